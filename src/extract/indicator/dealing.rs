//! Values dealt out with 分别: which members a list has where it holds deeds or words with 和 and 与, the word at its head
//! that is said of all of them, and the list that a clause before a bare measure gives.

use super::compose::Scene;
use super::grammar::{Effect, Grammar};
use super::lead::{Lead, parse_lead};
use super::members::{Recent, members_of};
use super::neighbours::per_head;
use super::tails::complete;
use crate::extract::unit::Dimension;
use crate::numeral::is_counting;

/// The members of a list of which there are as many as values: 新型研发机构、研发|与|转化平台 is two where two values say so.
pub fn members_for(name: &str, values: usize) -> Option<Vec<&str>> {
    let all = members_of(name);
    if all.len() == values {
        return Some(all);
    }
    if all.len() < values {
        // “两抢”|“两盗”、黄赌警情: two that are quoted need no mark between them.
        return apart(name).filter(|members| members.len() == values);
    }
    // 城市和县城的|污水和垃圾|处理率 has more than one joint of a kind: only the one that parts it as often as it must.
    let by = |joint: char| {
        let members: Vec<&str> = name.split(joint).map(str::trim).collect();
        (members.len() == values && members.iter().all(|member| member.chars().count() >= 2)).then_some(members)
    };
    by('、').or_else(|| by('和')).or_else(|| by('与'))
}

/// The members of a list in which two quoted ones may stand side by side.
fn apart(name: &str) -> Option<Vec<&str>> {
    name.contains("”“").then(|| {
        let parts = name.split("”“").enumerate();
        let last = parts.clone().count() - 1;
        let mut members = Vec::new();
        let mut at = 0;
        for (k, part) in parts {
            // Each half of the cut keeps its own mark.
            let start = if k == 0 { at } else { at - '“'.len_utf8() };
            let end = at + part.len() + if k < last { '”'.len_utf8() } else { 0 };
            members.extend(members_of(&name[start..end]));
            at += part.len() + "”“".len();
        }
        members
    })
}

/// 规上|高技术制造业、装备制造业增加值, 每千人|托位数、养老床位数: the word before the first of a list that shares its measure, or of how
/// many people its first is, holds for all of them. `members` as printed, `names` with what they share.
pub fn share_head(grammar: &Grammar, members: &[&str], names: &mut [String]) {
    let Some((first, others)) = names.split_first_mut() else { return };
    let counted = |name: &String| name.ends_with(['数', '量']);
    if let Some(per) = per_head(grammar, first).filter(|_| counted(first)) {
        for name in others.iter_mut().filter(|name| counted(name) && !name.starts_with(['每', '人'])) {
            name.insert_str(0, per);
        }
        return;
    }
    // 网贷机构的|数量、借贷余额、出借人数: whose the first is, the bare others are.
    if let Some((owner, aspect)) = first.split_once('的')
        && grammar.size_facets.contains(aspect)
        && others.iter().all(|name| (3..=5).contains(&name.chars().count()) && !name.contains('的'))
    {
        others.iter_mut().for_each(|name| name.insert_str(0, owner));
        return;
    }
    // 规上工业增加值、服务业营收: a first member with a measure of its own shares nothing.
    let Some(head) =
        grammar.list_heads.prefix_of(first).filter(|head| first.len() > members[0].len() || head.ends_with("企业"))
    else {
        return;
    };
    let scale = grammar.scale_heads.contains(head);
    // 民营|企业、外资企业出口: it opens the first noun alone, unless a size follows.
    if !scale && !head.ends_with("企业") && grammar.scale_heads.prefix_of(&first[head.len()..]).is_none() {
        return;
    }
    for name in others {
        let own = grammar.list_heads.prefix_of(name).is_some_and(|own| !scale || grammar.scale_heads.contains(own))
            && (scale || grammar.scale_heads.prefix_of(name).is_none());
        if !own && name.len() > head.len() {
            name.insert_str(0, head);
        }
    }
}

/// 进口货值、新增企业、免税销售额|分别增长…, 接待游客、实现旅游花费|分别增长…: a deed inside a list is that of its own member, so
/// that the list is read before it is taken off. `None` where the names do without, or the deed is done to all of them.
pub fn dealt_whole(scene: &Scene<'_>, lead: &Lead<'_>, values: usize) -> Option<Vec<String>> {
    let grammar = &scene.context.rules.grammar;
    if values < 2 || lead.list.len() <= lead.name.len() || lead.branch.is_some() {
        return None;
    }
    let list = lead.rate_noun.and_then(|rate| lead.list.strip_suffix(rate)).unwrap_or(lead.list);
    let members = members_for(list.trim_end_matches('的'), values)?;
    let moved = matches!(lead.effect, Some(Effect::Up | Effect::Down)) || lead.rate_noun.is_some();
    if let Some(deed) = lead.action {
        match list.find(deed) {
            // 新落地项目、实际利用内资: the second has a verb or a sum of its own.
            Some(0) => {
                let own = |member: &&&str| {
                    grammar.action_at_start(member).is_some()
                        || scene.context.lexicon.code(member).is_some_and(|s| s.level.contains(&Dimension::Money))
                };
                if !moved || members[1..].iter().filter(own).count() + 1 < values {
                    return None;
                }
            }
            // 总部、研发中心分别|新认定: a deed behind the list is done to all of it.
            Some(at) if at + deed.len() == list.len() => return None,
            Some(_) => {}
            None => return None,
        }
    } else if members_for(lead.name, values).is_some() {
        return None;
    }
    let members: Vec<&str> = members
        .into_iter()
        .map(|member| ["实现", "完成"].iter().find_map(|verb| member.strip_prefix(verb)).unwrap_or(member))
        .collect();
    let plain = members.iter().all(|member| (2..=24).contains(&member.chars().count()));
    plain.then(|| complete(scene, &members))
}

/// 公交、地铁服务不断改善，|满意率|分别达…; 发展生物医药和新材料产业，|产业规模|分别达…: whose a bare measure is, where the clause before has no
/// figure and lists as many as there are values.
pub fn owners_before(
    scene: &Scene<'_>,
    lead: &Lead<'_>,
    values: usize,
    from: usize,
    lead_start: usize,
) -> Option<Vec<String>> {
    let grammar = &scene.context.rules.grammar;
    if values < 2 || !lead.each || lead.action.is_some() || !is_bare(grammar, lead.name) {
        return None;
    }
    let head = scene.sentence.get(from..lead_start)?.trim_end_matches(['，', ',', ' ']);
    let clause = head.rsplit(['，', ',', '；', '：', '。']).next().unwrap_or(head).trim();
    let parsed = parse_lead(grammar, scene.context.lexicon, clause, false);
    // 农贸市场、小巷|改造|提速: a deed inside is what is told of the last one.
    let inside = parsed.action.is_some_and(|deed| clause.find(deed).is_some_and(|at| at >= 6));
    let list = if inside { clause } else { parsed.name };
    let moved = grammar.leading_moves.prefix_of(list).map_or(list, |verb| &list[verb.len()..]);
    let mut members = members_for(moved, values)?;
    let last = members.last_mut()?;
    // 城市污水|处理能力不断提高，处理率…: what the measure begins with is where the last one ends.
    let stem = &lead.name[..lead.name.char_indices().last()?.0];
    let end = [last.find(stem).filter(|_| stem.chars().count() >= 2), first_of(grammar, last)];
    *last = &last[..end.into_iter().flatten().filter(|at| *at >= 6).min().unwrap_or(last.len())];
    // 全市一流标准的|平湖医院
    members.iter_mut().for_each(|member| *member = member.rsplit('的').next().unwrap_or(member));
    let plain = |member: &&str| (2..=14).contains(&member.chars().count()) && member.chars().all(crate::text::is_han);
    members.iter().all(plain).then(|| members.iter().map(|member| joined(member, lead.name)).collect())
}

/// Where what is told of the last of a list begins: |开工, |不断提高.
fn first_of(grammar: &Grammar, words: &str) -> Option<usize> {
    let event = grammar.event_actions.find_iter(words).next().map(|word| word.start);
    let turn = grammar.turns.find_iter(words).next().map(|word| word.start);
    event.into_iter().chain(turn).min()
}

/// 办理建议20件、提案30件，|满意率|分别达99%和98%; 省级项目5个、市级项目9个，分别完成|投资|…: a bare rate, or what was laid out, of each of the things that were counted last.
pub fn rates_of_each(scene: &Scene<'_>, lead: &Lead<'_>, last: &[Recent]) -> Option<Vec<String>> {
    let grammar = &scene.context.rules.grammar;
    let bare = lead.each
        && lead.action.is_none()
        && (lead.name.ends_with('率') && lead.name.chars().count() <= 4
            || grammar.lone_outlays.contains(lead.name.trim_start_matches("完成")));
    let thing = |before: &&Recent| {
        grammar.measure_nouns.suffix_of(&before.name).is_none()
            && grammar.statistic_tails.suffix_of(&before.name).is_none()
    };
    (bare && last.iter().all(|before| thing(&before))).then(|| {
        let name = lead.name.trim_start_matches("完成");
        last.iter().map(|before| format!("{}{name}", before.name)).collect()
    })
}

/// A measure that says nothing alone: 满意率, 床位数, 产业规模.
fn is_bare(grammar: &Grammar, name: &str) -> bool {
    let long = name.chars().count();
    (2..=4).contains(&long)
        && !name.contains(is_counting)
        && (grammar.lone_measures.contains(name)
            || grammar.measure_nouns.contains(name) && long > 2
            || long > 2 && name.ends_with(['率', '数']))
}

/// 未来产业|产业规模: what the owner ends and the measure begins with is not said twice.
fn joined(owner: &str, name: &str) -> String {
    let opening = name.char_indices().nth(2).map_or(name, |(at, _)| &name[..at]);
    format!("{}{name}", owner.strip_suffix(opening).unwrap_or(owner))
}
