//! Who has which name: the noun behind the value, the words before it, what the clause before left, each its own.

use super::aim;
use super::aspect::of_statistic_before;
use super::behind::event_behind;
use super::compose::{Carried, Scene};
use super::dealing::dealt_whole;
use super::deed::{deed_of, is_subject};
use super::figure::Figure;
use super::grammar::Effect;
use super::head;
use super::heavier::heavier;
use super::lead::{Lead, is_facets};
use super::members::{known_statistics, split_names};
use super::neighbours::{
    attributive_owner, behind_grades, counted_thing, counterpart, head_of_list, is_level, kind_before, per_head,
    place_before, shared_deed, shared_head, shared_paper, specifies, with_head,
};
use super::object;
use super::opener::time_at_start;
use super::part;
use super::plain::{behind_glued, no_push, over_a_mark, per_day, plain_names};
use super::relative;
use super::sums::listed_statistics;
use super::tails::with_modifier;
use super::tidy::{class_of, tidy};
use super::trail::{is_grade, parse_trail, title_behind, without_measure};
use crate::extract::number::NumberShape;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;
use crate::model::Bound;

/// The names of a group of figures and how they were found.
pub struct Naming {
    pub names: Vec<String>,
    pub action: Option<String>,
    pub subject: Option<String>,
    pub rule: &'static str,
    pub carried: bool,
    /// An aspect of the statistic before (总量, 投资): the next clause still speaks of that statistic.
    pub keeps_carried: bool,
}

/// A group of figures and what stands around it.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub group: &'a [Figure],
    pub lead: &'a Lead<'a>,
    pub lead_text: &'a str,
    pub trail_text: &'a str,
    /// The next figure follows right behind `trail_text`.
    pub runs_on: bool,
    /// No noun follows the next figure: it is of what this one counts (86个项目已开工|74个).
    pub bare_next: bool,
    pub carried: &'a Carried,
    /// It goes on a list.
    pub coordinated: bool,
    /// The name behind a figure that follows directly.
    pub glued: Option<&'a str>,
}

/// Find the names of a group and what was done, and how many bytes of the words behind it they take up.
pub fn name_group(scene: &Scene<'_>, around: Around<'_>) -> (Option<Naming>, usize) {
    let Around { group, lead, lead_text, trail_text, .. } = around;
    let mut lead = lead.clone();
    // 督察意见涉及的|8项任务: the verb of a clause that ends before the number is not what was done to what is counted.
    let clause = lead_text.trim_end().strip_suffix('的').unwrap_or_default();
    let grammar = &scene.context.rules.grammar;
    if (grammar.relative_verbs.suffix_of(clause).is_some()
        || grammar.actions.suffix_of(clause).is_some()
        || relative::says_which(grammar, &lead, clause))
        && lead.effect.is_none()
        && matches!(group.last(), Some(Figure::Value(q)) if is_countish(q))
    {
        lead.action = None;
    }
    // 对破损比较严重的|近百公里|农村公路: whatever is measured, the noun behind the value is what it is.
    if lead_text.trim_end().ends_with('的')
        && lead.effect.is_none()
        && lead.share_of.is_none()
        && lead.name.starts_with('对')
        && parse_trail(grammar, trail_text, true, around.runs_on).is_some()
    {
        lead.name = "";
    }
    // 对全县|5万亩|林木: where it was done.
    if lead.effect.is_none()
        && lead.name.strip_prefix('对').is_some_and(|scope| grammar.scopes.contains(scope))
        && parse_trail(grammar, trail_text, true, around.runs_on).is_some()
    {
        lead.name = "";
    }
    let lead = &lead;
    let (mut naming, mut used) = read_names(scene, Around { lead, ..around });
    let mut told = used;
    if let (Some(naming), Some(Figure::Value(quantity))) = (naming.as_mut(), group.last())
        && naming.rule == "value_name"
    {
        (used, told) = head::settle(scene, naming, lead, &around, quantity, used);
        relative::done_so_often(grammar, naming, quantity.unit.as_deref());
        if let Some(verb) = relative::took_part(grammar, &trail_text[told..]) {
            naming.action = Some(verb.to_owned());
        }
    }
    // 位居|中国创新百强区排行榜|第六
    if let (Some(naming), Some(Figure::Rank(_))) = (naming.as_mut(), group.first()) {
        for name in &mut naming.names {
            let list = grammar.rank_lists.suffix_of(name.trim_end_matches('”')).is_some()
                || grammar.rank_contests.suffix_of(name).is_some();
            let words = if list { name.strip_prefix('在').unwrap_or(name) } else { name.as_str() };
            // 新列|全国百强县
            let anew = words.strip_prefix('新').filter(|rest| list && grammar.rank_verbs.prefix_of(rest).is_some());
            let words = anew.unwrap_or(words);
            let verb = grammar.rank_verbs.prefix_of(words).filter(|verb| verb.chars().count() > 1 || list);
            let words = verb.map_or(words, |verb| &words[verb.len()..]);
            // 位列|2019年度|全国百强县
            let words = if list { time_at_start(grammar, words).unwrap_or(words) } else { words };
            if words.len() < name.len() {
                *name = tidy(grammar, words).to_owned();
            }
        }
    }
    if let Some(naming) = naming.as_mut().filter(|naming| !naming.carried && !lead.each && !lead.both) {
        for name in &mut naming.names {
            *name = class_of(grammar, name).to_owned();
        }
    }
    // 获奖|总数|全国第2: what is left of the name would be a deed.
    if let Some(Naming { names, .. }) = naming.as_mut()
        && let [name] = names.as_mut_slice()
        && name.chars().count() <= 3
        && (grammar.events.contains(name) || grammar.actions.contains(name) || name == "获奖")
        && let Some(at) = lead_text.find(name.as_str()).map(|at| at + name.len())
        && let Some(total) = ["总数", "总量", "数量"].into_iter().find(|word| lead_text[at..].starts_with(word))
    {
        name.push_str(total);
    }
    if let Some(naming) = naming.as_mut() {
        for name in naming.names.iter_mut().filter(|name| name.ends_with(|c: char| c.is_ascii_digit())) {
            if let Some(shorter) = relative::without_year(name, lead_text) {
                *name = shorter.to_owned();
            }
        }
        served(scene, naming, group);
        sold(naming, group, lead_text);
        plain_names(scene, naming, lead);
        object::without_preposition(scene, naming, lead, group, around.carried);
        no_push(scene, naming, lead, group, lead_text);
        per_day(naming, lead_text);
    }
    if let (Some(naming), Some(Figure::Value(quantity))) = (&mut naming, group.last()) {
        let behind = &trail_text[told..];
        let around = Around { lead, ..around };
        naming.action = naming.action.take().or_else(|| deed_of(scene, naming, quantity, behind, &around));
    }
    (naming, used)
}

/// 新兴产业实现|销售|11亿元, 应税|销售|3亿元: money that was taken is a statistic, not what was done to the branch.
fn sold(naming: &mut Naming, group: &[Figure], lead_text: &str) {
    let money = matches!(group.last(), Some(Figure::Value(quantity)) if quantity.dimension == Dimension::Money);
    if !money || naming.action.as_deref() != Some("销售") || !lead_text.trim_end().ends_with("销售") {
        return;
    }
    let [name] = naming.names.as_mut_slice() else { return };
    let name_before = std::mem::take(name);
    *name = if name_before.ends_with("销售") { name_before } else { format!("{name_before}销售") };
    naming.action = None;
}

/// 服务|企业|512家次, 平台服务|群众|90万人次: what is counted in times was done, however the noun may begin.
fn served(scene: &Scene<'_>, naming: &mut Naming, group: &[Figure]) {
    let Some(Figure::Value(quantity)) = group.last() else { return };
    if naming.rule != "name_value" || !quantity.unit.as_deref().is_some_and(|unit| unit.ends_with('次')) {
        return;
    }
    let grammar = &scene.context.rules.grammar;
    let [name] = naming.names.as_mut_slice() else { return };
    if let Some(at) = name.rfind("服务")
        && let whom = &name[at + "服务".len()..]
        && grammar.agents.contains(whom)
    {
        *name = whom.to_owned();
        naming.action = Some("服务".to_owned());
    }
}

fn read_names(scene: &Scene<'_>, around: Around<'_>) -> (Option<Naming>, usize) {
    let Around { group, lead, lead_text, trail_text, runs_on, carried, coordinated, glued, .. } = around;
    let grammar = &scene.context.rules.grammar;
    let action = lead.action.map(str::to_owned);
    let subject = lead.subject.map(str::to_owned);
    let own = |names: Vec<String>, rule| Naming {
        names,
        action: action.clone(),
        subject: subject.clone(),
        rule,
        carried: false,
        keeps_carried: false,
    };
    let moves = matches!(lead.effect, Some(Effect::Up | Effect::Down | Effect::GapUp | Effect::GapDown));

    // 生产总值、财政收入等两项指标均居全市第一: told of each that is listed.
    if let Some(names) = listed_statistics(scene, lead_text).filter(|_| group.len() == 1) {
        return (Some(own(names, "name_predicate_value")), 0);
    }
    // 8家|企业实现销售收入过亿元: what is counted are those over the mark.
    if let Some(Figure::Value(quantity)) = group.last()
        && (is_countish(quantity) || quantity.dimension == Dimension::Percent)
        && (lead.name.is_empty() || lead_text.trim_end().ends_with('等'))
        && lead.effect.is_none()
        && let Some(name) = over_a_mark(grammar, trail_text)
    {
        return (Some(own(vec![name], "value_name")), trail_text.len());
    }
    // The noun behind the value.
    if let Some(Figure::Value(quantity)) = group.last()
        && !moves
        && lead.share_of.is_none()
        && lead.rate_noun.is_none()
    {
        let governed =
            action.is_some() || lead.completed || (coordinated && carried.action.is_some() && lead.name.is_empty());
        let behind = parse_trail(grammar, trail_text, governed, runs_on).filter(|(name, _)| {
            is_countish(quantity)
                || trail_text.trim_start().starts_with('的')
                || grammar.action_at_start(name).is_none()
        });
        // 医护人员54名|挂职交流: what people do is no noun where another stands before.
        // 投入3亿元|为幼儿园教师|发放补贴, 投入2000万元|对破损路面|进行修复: for what the money was is told with a verb of its own.
        let behind = behind.filter(|(name, _)| {
            quantity.dimension != Dimension::Money
                || !name.starts_with(['对', '为', '向'])
                || name.starts_with("对口")
                || name.starts_with("对外")
        });
        let behind = behind.filter(|(name, _)| {
            lead.name.is_empty() || quantity.dimension != Dimension::Person || !grammar.actions.contains(name)
        });
        if let Some((behind, used)) = behind {
            let countish = is_countish(quantity);
            // 12个断面优良率为100%: the count is of 断面, the statistic is the next value's.
            let part = quantity.dimension == Dimension::Percent && lead.name.is_empty() && lead.effect.is_none();
            if (countish || part)
                && action.is_none()
                && runs_on
                && let Some(thing) = counted_thing(scene, behind)
                    .or_else(|| head::before_statistic(scene, behind, quantity, false))
                    .or_else(|| without_measure(grammar, behind))
            {
                let named = (thing.chars().count() >= 2 || grammar.places.contains(thing))
                    .then(|| own(vec![thing.to_owned()], "value_name"));
                return (named, 0);
            }
            let stated = lead.effect.is_some() && !lead.name.is_empty();
            let large = quantity.unit.as_deref().is_some_and(|u| u.starts_with(['万', '亿']));
            if (!countish || large)
                && !stated
                && !lead.name.is_empty()
                && specifies(grammar, behind)
                && !trail_text.trim_start().starts_with('的')
            {
                return (None, used);
            }
            // 城内各村分别建成|3亩左右的游园: an action right before the value governs the noun behind it.
            let deed = grammar
                .actions
                .suffix_of(lead.name)
                .filter(|w| lead.effect.is_none() && w.chars().count() > 1)
                // 省环保督察|92宗案件
                .filter(|w| !grammar.is_inside(w, &lead.name[..lead.name.len() - w.len()], ""))
                .map(str::to_owned);
            let done = deed.is_some()
                || (lead.action.is_some_and(|a| grammar.trailing_actions.contains(a))
                    && lead.effect.is_none()
                    && lead_text.trim_end().ends_with(lead.action.unwrap_or_default()));
            if !lead.name.is_empty()
                && !done
                && !stated
                && countish
                && matches!(quantity.bound, Bound::Ge | Bound::Le)
                && lead.action.is_none()
                && quantity.outer.end > quantity.span.end
                // 甲、乙等20个以上项目: the list is no name of its own.
                && !lead_text.trim_end().ends_with('等')
            {
                return (None, used);
            }
            let takes = done
                || if lead.name.is_empty() {
                    true
                } else {
                    countish && !stated && !trail_text.trim_start().starts_with('的')
                };
            // 解决|农村|200万人的|饮水安全问题: whose need was met.
            let people = matches!(quantity.dimension, Dimension::Person | Dimension::Household);
            if people
                && lead.action.is_some_and(|deed| deed.starts_with("解决") || deed == "保障" || deed == "改善")
                && lead.effect.is_none()
                && grammar.attributes.contains(lead.name)
            {
                return (Some(own(vec![format!("{}{}", lead.name, tidy(grammar, behind))], "value_name")), used);
            }
            // 建设|龙腾工业区|2公里|滨水活力带: the place and the thing together are what was built.
            if let Some(place) = place_before(scene, lead, quantity, &trail_text[used..])
                .filter(|_| !takes && !stated && !trail_text.starts_with('的'))
            {
                return (Some(own(vec![format!("{place}{}", tidy(grammar, behind))], "value_name")), used);
            }
            if takes {
                let mut name = tidy(grammar, behind).to_owned();
                // 投入3亿元|加强|城市基础设施建设: what the money is for, without its verb.
                if lead.action.is_some_and(|deed| grammar.spendings.contains(deed))
                    && let Some(verb) = grammar.leading_moves.prefix_of(&name)
                    && name[verb.len()..].chars().count() >= 4
                {
                    name.drain(..verb.len());
                }
                // 出台|促进民营经济发展|33条|措施: what a policy is to do stands before the number.
                if !lead.name.is_empty()
                    && lead.action.is_some_and(|deed| grammar.policy_verbs.suffix_of(deed).is_some())
                    && grammar.papers.suffix_of(&name).is_some()
                    // 水污染治理等|3个|专项清单: an example is no part of what they are called.
                    && !(lead_text.trim_end().ends_with('等')
                        && (lead.name.contains('、')
                            || !grammar.papers.contains(&name)
                            // 周转金贴息等|19条|措施; but 促进民营经济发展等|33条|措施 says what they are for.
                            || grammar.leading_moves.prefix_of(lead.name).is_none()))
                    // 涵盖|61项|任务清单
                    && !grammar.object_verbs.contains(lead.name)
                {
                    name.insert_str(0, lead.name);
                }
                // 实现6条水体“长治久清”: what they came to is said of them in quotation marks.
                if lead_text.contains("实现")
                    && name.ends_with('”')
                    && let Some(at) = name.rfind('“').filter(|at| name[..*at].chars().count() >= 2)
                {
                    name.truncate(at);
                }
                // 4家企业|获评|国家级专精特新“小巨人”: the title is what they are counted as.
                if grammar.titled.contains(&name)
                    && let Some(title) = title_behind(grammar, &trail_text[used..])
                {
                    let mut naming = own(vec![tidy(grammar, title.1).to_owned()], "value_name");
                    naming.action = Some(title.0.to_owned());
                    return (Some(naming), trail_text.len());
                }
                // 灾后重建|240个|项目: of which kind stands before the number.
                if let Some(kind) = kind_before(scene, lead, lead_text, &name) {
                    let mut naming = own(vec![format!("{kind}{name}")], "value_name");
                    if coordinated && naming.action.is_none() {
                        naming.action.clone_from(&carried.action);
                    }
                    return (Some(naming), used);
                }
                if grammar.attributes.contains(&name) || is_grade(&name) || is_level(&name) {
                    name = with_head(scene, &name, used, quantity).unwrap_or(name);
                } else if let Some(noun) = object::behind_qualities(scene, &name, quantity.outer.end) {
                    name = noun;
                } else if let Some(head) = head_of_list(scene, &name, used, quantity) {
                    name.push_str(head);
                } else if let Some(deed) =
                    shared_deed(scene, lead, &name, used, quantity, carried.action.as_deref().filter(|_| coordinated))
                {
                    name.push_str(deed);
                } else if let Some(head) = shared_head(scene, &name, used, quantity) {
                    name.push_str(head);
                } else if let Some(paper) = shared_paper(scene, &name, used, quantity) {
                    name.push_str(paper);
                }
                let mut naming = own(vec![name], "value_name");
                // 高校、企业|承接|13个: who did it stands before the verb.
                let right_before = |verb: &&String| {
                    lead_text.trim_end().ends_with(verb.as_str())
                        && !lead.completed
                        && (grammar.works.suffix_of(verb).is_none() || verb.ends_with("建设"))
                };
                // 撬动社会资本|打造|引导基金集群: the one who was set to it did it.
                let set_to_it = |deed: &String| grammar.pivots.contains(deed) || deed == "撬动" || deed == "吸引";
                if let (true, Some(verb)) =
                    (naming.action.as_ref().is_none_or(set_to_it), deed.as_ref().filter(right_before))
                {
                    let who = &lead.name[..lead.name.len() - verb.len()];
                    naming.subject =
                        naming.subject.or_else(|| Some(who.to_owned()).filter(|who| is_subject(grammar, who)));
                    // 与省卫生委|共建: with whom.
                    naming.subject = naming.subject.filter(|_| !lead_text.trim_start().starts_with('与'));
                    naming.action = Some(verb.clone());
                }
                // 456个小区完成整治、60万户居民|用上舒心电: its own verb is nearer than that of the member before.
                if coordinated && naming.action.is_none() && event_behind(grammar, &trail_text[used..]).is_none() {
                    naming.action.clone_from(&carried.action);
                }
                // 临江大学|新增|7个博士点: who did it stands before the verb.
                let doer = |deed: &str| lead_text.trim_end().ends_with(deed) && lead.name.chars().count() >= 3;
                if naming.subject.is_none()
                    && !lead.name.is_empty()
                    && lead.action.is_none_or(doer)
                    // 指挥中心、|10个街道分中心: nor is a member of the list whose they are.
                    && !lead_text.trim_end().ends_with(['等', '、'])
                {
                    naming.subject = Some(lead.name.to_owned()).filter(|who| is_subject(grammar, who));
                }
                return (Some(naming), used);
            }
        }
    }
    // 3.9万人|加入|合作社: what they joined is what they are counted in.
    if let Some(Figure::Value(quantity)) = group.last()
        && matches!(quantity.dimension, Dimension::Person | Dimension::Household)
        && lead.name.is_empty()
        && lead.action.is_none()
        && lead.effect.is_none()
        && let behind = behind_glued(scene, quantity, trail_text).trim_start()
        && let Some(verb) = ["加入", "参加", "入住", "住进", "住上", "搬进", "搬入", "用上", "喝上"]
            .iter()
            .find(|verb| behind.starts_with(**verb))
        && let Some((object, _)) = parse_trail(grammar, behind[verb.len()..].trim_start_matches('了'), true, false)
        && object.chars().count() >= 2
    {
        let mut naming = own(vec![tidy(grammar, object).to_owned()], "value_name");
        naming.action = Some((*verb).to_owned());
        return (Some(naming), 0);
    }
    if let Some(Figure::Value(quantity)) = group.last()
        && let Some((place, event)) = head::came_to(scene, lead, quantity, trail_text)
    {
        let mut naming = own(vec![event.to_owned()], "action_value");
        naming.action = Some(event.to_owned());
        naming.subject = Some(place.to_owned()).filter(|place| !place.is_empty());
        return (Some(naming), 0);
    }
    // 完成民生实事48件: the report's own parts.
    if let (Some(Figure::Value(quantity)), None) = (group.last(), lead.effect)
        && grammar.own_part_names.suffix_of(lead.name).is_some()
        && matches!(quantity.unit.as_deref(), Some("件" | "项"))
        && quantity.value < 1000.0
    {
        return (None, 0);
    }
    let unstated = matches!(&group[0], Figure::Value(q) if is_countish(q)) && lead.effect.is_none();
    if (lead.name.is_empty() || unstated)
        && let Some(name) = glued
    {
        let mut naming = own(vec![tidy(grammar, name).to_owned()], "value_name");
        if coordinated && naming.action.is_none() {
            naming.action.clone_from(&carried.action);
        }
        return (Some(naming), 0);
    }

    if let Some(of_part) = part::of_part(scene, lead, lead_text, group, carried) {
        return (Some(of_part), 0);
    }
    if let Some(of_aim) = aim::done(scene, &around) {
        return (of_aim, 0);
    }
    // The name before the value.
    if !lead.name.is_empty() {
        if let Some(branch) = lead.branch {
            let whole = format!("{branch}{}", lead.name);
            let listed = group.len() > 1 && lead.name.contains(['、', '和']);
            let names = if listed && lead.name.split(['、', '和']).count() == group.len() {
                lead.name.split(['、', '和']).map(|measure| format!("{branch}{measure}")).collect()
            } else if lead.each {
                split_names(scene, &whole, group.len(), lead)
            } else {
                vec![whole]
            };
            return (Some(own(names, "name_value")), 0);
        }
        // 地方一般公共预算收入增长2.3%、支出超过7000亿元: what the other side of the statistic before is.
        if let Some(name) = carried.names.last().and_then(|before| counterpart(before, lead.name)) {
            return (Some(own(vec![name], "facet")), 0);
        }
        let sold = coordinated && carried.names.first().is_some_and(|first| first.ends_with("销售"));
        if (lead.name == "销售" || sold)
            && let Some(name) = carried.names.first().and_then(|first| with_modifier(scene, first, lead.name))
        {
            return (Some(own(vec![name], "name_value")), 0);
        }
        if let Some((name, rule)) = of_statistic_before(scene, &around) {
            let mut naming = own(vec![name], rule);
            // 新增营收超10亿元项目5个、超亿元项目45个: the same was done to those.
            naming.action = naming.action.or_else(|| carried.action.clone().filter(|_| lead.effect.is_none()));
            return (Some(naming), 0);
        }
        if is_facets(grammar, lead.name) && !carried.names.is_empty() && !trail_text.trim_start().starts_with('的') {
            let plain = lead.name.split(['、', '和', '及', '与']).all(|n| grammar.plain_facets.contains(n));
            let many = lead.name.split(['、', '和', '及', '与']).count();
            let names = if plain {
                // 总量、增幅|全市第一: a rank of each.
                let ranked = matches!(group, [Figure::Rank(_)]);
                let repeat = if lead.each || lead.both || ranked { many } else { 1 };
                let of_size = grammar.size_facets.contains(lead.name);
                // 新能源装机占比63%、|规模|翻一番: the size of what the share is of.
                let whole = |n: &String| {
                    let share = ["占比", "比重", "比例"].iter().find_map(|share| n.strip_suffix(share));
                    share.filter(|_| of_size).map_or_else(|| n.clone(), |thing| format!("{thing}{}", lead.name))
                };
                carried.names.iter().flat_map(|n| std::iter::repeat_n(whole(n), repeat)).collect()
            } else if matches!(lead.name, "占比" | "比重" | "比例" | "参合率" | "亩产" | "单产") {
                let joined = |n: &String| {
                    // 参合人数…，参合率: a statistic of its own.
                    let own = lead.name.char_indices().nth(2).is_some_and(|(at, _)| n.starts_with(&lead.name[..at]));
                    let own = own || scene.context.lexicon.is_name(lead.name);
                    if own { lead.name.to_owned() } else { format!("{n}{}", lead.name) }
                };
                carried.names.iter().map(joined).collect()
            } else {
                // 规模以上工业企业58家，完成增加值22.6亿元: the measure of those that were counted.
                let whole = |n: &String| format!("{}{}", n.strip_suffix("企业").unwrap_or(n), lead.name);
                let counted = matches!(carried.dimension, Some(Dimension::Count | Dimension::Household))
                    && !lead.name.ends_with("投资");
                let known = carried
                    .names
                    .last()
                    .map(whole)
                    .filter(|name| counted && scene.context.lexicon.code(name).is_some());
                vec![known.unwrap_or_else(|| lead.name.to_owned())]
            };
            return (
                Some(Naming {
                    names,
                    action,
                    subject: subject.or_else(|| carried.subject.clone()),
                    rule: "facet",
                    carried: true,
                    // 企业达到70家，完成产值84亿元，同比增长19.3%: what grew is the output.
                    keeps_carried: plain
                        || grammar.measure_nouns.suffix_of(lead.name).is_none()
                        // 总投资5亿元 is of the project; 完成投资2亿元，增长8% speaks of what was invested.
                        || (lead.name.ends_with("投资") && !lead.completed && lead.name != "完成投资"),
                }),
                0,
            );
        }
        // 签约项目52个，其中10亿元以上|9个: the threshold qualifies what the clause before counted.
        if let (Some(Figure::Value(quantity)), Some(whole)) = (group.last(), carried.names.last())
            && is_countish(quantity)
            && matches!(carried.dimension, Some(Dimension::Count | Dimension::Household))
            && lead.effect.is_none()
            && ["以上", "以下"].iter().any(|end| lead.name.ends_with(end))
        {
            let head = ["以上", "以下"].iter().filter_map(|end| whole.rsplit_once(end)).map(|(_, head)| head).next();
            let head = head.unwrap_or(whole).trim_start_matches('的');
            let head = head.rsplit_once('元').map_or(head, |(_, head)| head);
            let mut naming = own(vec![format!("{}{head}", lead.name)], "attribute");
            naming.keeps_carried = true;
            naming.action = naming.action.or_else(|| carried.action.clone());
            return (Some(naming), 0);
        }
        // 规划园区12个，在建34家: how far those before are.
        if grammar.unfinished.contains(lead.name)
            && lead.effect.is_none()
            && !carried.names.is_empty()
            && matches!(group.last(), Some(Figure::Value(q)) if is_countish(q))
        {
            let mut naming = own(carried.names.clone(), "carried");
            naming.action = Some(lead.name.to_owned());
            (naming.carried, naming.keeps_carried) = (true, true);
            return (Some(naming), 0);
        }
        if let Some(owner) = attributive_owner(scene, lead, group, trail_text) {
            return (Some(own(vec![owner], "attribute")), 0);
        }
        // 培训县级骨干教师500名、市级60名: an attribute takes the head that the member before has.
        // 城镇低保补差由…提高到…，农村由…: the other of two.
        let other_of_two = lead.from || lead.effect == Some(Effect::State);
        if (coordinated || other_of_two || lead_text.contains("其中"))
            && grammar.attributes.contains(lead.name)
            && let Some(first) = carried.names.last()
            // 实施|类省级|项目5个、市级|20个: the grade of the first may stand behind its kind.
            && let other = grammar.attributes.prefix_of(first).map_or_else(
                || grammar.attributes.find_iter(first).find(|w| first[..w.end].ends_with('级')).map_or(0, |w| w.end),
                str::len,
            )
            && (other > 0 || lead.name.ends_with('级'))
            && first.len() > other
            && !first.ends_with(lead.name)
        {
            let mut naming = own(vec![format!("{}{}", lead.name, &first[other..])], "attribute");
            naming.action = naming.action.or_else(|| carried.action.clone());
            return (Some(naming), 0);
        }
        let joins = ['和', '、', '与', '及'];
        let joined = lead.name.contains(joins)
            && grammar.split_pairs.iter().any(|p| p.phrase.contains(joins) && lead.name.contains(&p.phrase));
        let ranked = matches!(group.last(), Some(Figure::Rank(_) | Figure::Phrase(_)));
        // A、B翻一番, A率、B率达93%
        let doubled = matches!(group.last(), Some(Figure::Value(q)) if q.shape == NumberShape::Doubling);
        let of_rates = matches!(group.last(), Some(Figure::Value(q)) if q.dimension == Dimension::Percent)
            && lead.name.ends_with('率')
            && lead.share_of.is_none();
        let each = ranked || moves || doubled;
        let told_of_each = group.len() == 1 && !lead.each && (each || of_rates);
        let mut whole = false;
        let names = if let Some(names) = told_of_each.then(|| known_statistics(scene, lead, ranked, each)).flatten() {
            names
        } else if let Some(names) = dealt_whole(scene, lead, if lead.each { group.len() } else { 0 }) {
            whole = true;
            names
        } else if lead.each || lead.both || joined || group.len() > 1 {
            split_names(scene, lead.name, group.len(), lead)
        } else {
            vec![lead.name.to_owned()]
        };
        let mut naming = own(names, if lead.effect.is_some() { "name_predicate_value" } else { "name_value" });
        if whole {
            naming.action = None;
        }
        // 每千人口执业医师数3.1人、注册护士3.4人: both of so many people.
        if coordinated
            && let Some(per) = carried.names.last().and_then(|name| per_head(grammar, name))
            && naming.names.iter().all(|name| per_head(grammar, name).is_none())
        {
            naming.names.iter_mut().for_each(|name| name.insert_str(0, per));
        }
        // 发送旅客超4500万人次、货物超5000万吨: a bound is no predicate of its own.
        let bounded =
            lead_text.trim_end().ends_with(['超', '逾', '近', '约']) || lead_text.trim_end().ends_with("超过");
        // 建成项目4个、装机规模|全省第一: nothing is done to a place.
        if coordinated && naming.action.is_none() && !ranked && (lead.effect.is_none() || bounded) {
            naming.action.clone_from(&carried.action);
        }
        return (Some(naming), 0);
    }

    // 22个750千伏和330千伏电网工程: the grades before the noun are part of what it is called.
    if let Some(Figure::Value(quantity)) = group.last()
        && is_countish(quantity)
        && let Some(graded) = behind_grades(grammar, trail_text)
        && let Some((noun, _)) = parse_trail(grammar, graded, lead.action.is_some(), runs_on)
    {
        let at = trail_text.len() - graded.len() + graded.find(noun).unwrap_or(0) + noun.len();
        let name = tidy(grammar, &trail_text[..at]).to_owned();
        return (Some(own(vec![name], "value_name")), at);
    }
    // 建设20个10亿元以上的项目: the noun that is counted stands behind a threshold.
    if let Some(Figure::Value(quantity)) = group.last()
        && is_countish(quantity)
        && trail_text.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        let noun = trail_text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let noun = noun.split_once("以上").or_else(|| noun.split_once("以下")).map_or("", |(_, noun)| noun);
        let named = parse_trail(grammar, noun, true, runs_on);
        if named.is_some() || lead.action.is_some() {
            // 6万名65岁以上老年人|免费体检: what is told of them stands behind the noun.
            let used = named.map_or(trail_text.len(), |(_, used)| trail_text.len() - noun.len() + used);
            return (named.map(|(name, _)| own(vec![tidy(grammar, name).to_owned()], "value_name")), used);
        }
    }

    // 拿出8亿元|支持|基层化债
    if let (Some(_), Some(Figure::Value(quantity))) = (lead.action, group.last())
        && quantity.dimension == Dimension::Money
        && lead.effect.is_none()
        && let Some((purpose, used)) = object::purpose(grammar, trail_text)
    {
        return (Some(own(vec![tidy(grammar, purpose).to_owned()], "value_name")), used);
    }
    if let (Some(word), Some(Figure::Value(quantity))) = (lead.action, group.last())
        && quantity.dimension == Dimension::Money
        && grammar.spendings.contains(word)
    {
        if let Some(fund) = object::fund_before(scene, lead_text, group[0].outer().start) {
            return (Some(own(vec![fund.to_owned()], "clause_before")), 0);
        }
        let mut naming = own(vec![word.to_owned()], "action_value");
        naming.keeps_carried = true;
        return (Some(naming), 0);
    }
    // 落实贷款1.3亿元、|贴息|234万元: money that is called by the giving.
    if let (Some(word), Some(Figure::Value(quantity))) = (lead.action, group.last())
        && coordinated
        && quantity.dimension == Dimension::Money
        && lead.effect.is_none()
        && carried.action.as_deref().is_some_and(|deed| deed != word)
        && grammar.money_deeds.contains(word)
    {
        let mut naming = own(vec![word.to_owned()], "name_value");
        naming.action.clone_from(&carried.action);
        return (Some(naming), 0);
    }
    // 吸引|3万人次|参与: what they came for is all that names them.
    if let (Some("吸引" | "组织" | "发动" | "动员" | "引导"), Some(Figure::Value(quantity))) =
        (lead.action, group.last())
        && matches!(quantity.dimension, Dimension::Person | Dimension::PersonTime)
        && lead.name.is_empty()
        && lead.effect.is_none()
        && let Some(event) = ["参与", "参加", "观看", "参观", "游览", "体验", "打卡", "观赛", "观演"]
            .iter()
            .find(|event| trail_text.starts_with(**event))
    {
        let mut naming = own(vec![(*event).to_owned()], "action_value");
        naming.action = Some(lead.action.unwrap_or_default().to_owned());
        return (Some(naming), 0);
    }
    // 新建搬迁点3个，共搬迁438户: a deed done to other things than the clause before spoke of.
    let other = match group.last() {
        Some(Figure::Value(quantity)) => {
            // 总量3万户、净增10%: a percentage is of what was named, whatever the verb.
            !matches!(quantity.dimension, Dimension::Percent | Dimension::PercentagePoint)
                && carried.dimension.is_some_and(|dimension| dimension != quantity.dimension)
        }
        _ => false,
    };
    let reached = lead.action.is_some_and(|deed| grammar.benefits.contains(deed));
    let on_other = lead.action.is_some() && lead.effect.is_none() && other && !reached;
    // 烟叶种植3.2万亩、收购9.2万担: a list goes on with what it began with.
    let own_deed = on_other && !coordinated;
    // 23个项目完成投资28亿元、竣工7个: the deed was done to what was counted before.
    if on_other
        && let (Some((names, dimension)), Some(Figure::Value(quantity))) = (&carried.counted, group.last())
        && *dimension == quantity.dimension
    {
        let mut naming = own(names.clone(), "carried");
        naming.carried = true;
        naming.keeps_carried = true;
        return (Some(naming), 0);
    }
    // 投入资金1260万元，4600人脱贫: what happened to them is all that names them.
    if let Some(Figure::Value(quantity)) = group.last()
        && other
        // 贫困人口96户、183人|全部脱贫: both of what was named.
        && !(coordinated && carried.rule == "name_value")
        // 建成252套廉租房，首批241户入住
        && !grammar.batches.contains(lead_text.trim())
        && lead.action.is_none()
        && lead.effect.is_none()
        && matches!(quantity.dimension, Dimension::Person | Dimension::Household)
        && let behind = behind_glued(scene, quantity, trail_text)
        && let Some(event) = event_behind(grammar, behind).and_then(|event| heavier(grammar, behind, event))
    {
        let mut naming = own(vec![event.to_owned()], "action_value");
        // 脱贫人口828户|1710人: the same people, counted twice.
        if lead_text.trim().is_empty()
            && carried.dimension == Some(Dimension::Household)
            && carried.rule == "name_value"
            && carried.names.iter().all(|name| !name.starts_with(['对', '为', '向']))
        {
            naming = own(carried.names.clone(), "carried");
            (naming.carried, naming.keeps_carried) = (true, true);
        }
        naming.action = Some(event.to_owned());
        return (Some(naming), 0);
    }
    // 存栏61万头、出栏48万头: a deed that named itself names no other.
    let own_deed =
        own_deed || lead.action.is_some() && lead.effect.is_none() && carried.names.first() == carried.action.as_ref();
    if let (Some(Figure::Value(quantity)), [name]) = (group.last(), carried.names.as_slice())
        && let Some(whole) = relative::whole_of_share(name, quantity, carried.counted.as_ref())
    {
        let mut naming = own(whole.to_vec(), "carried");
        naming.carried = true;
        return (Some(naming), 0);
    }
    // Nothing of its own: what the clause before named.
    if !carried.names.is_empty() && !own_deed {
        return (
            Some(Naming {
                names: carried.names.clone(),
                // 引进项目50个、增长8% is the growth of what was brought in; 新增10家、总数达89家 is a stock.
                action: action.or_else(|| {
                    let grown = |deed: &String| moves && deed != "完成";
                    // 7家企业|进入|全国前50名: what they did is told of them, not of their rank.
                    let of_rank = carried.rule == "value_name" && matches!(group[0], Figure::Rank(_));
                    // 20家企业签约、15家|入驻: its own verb stands behind it.
                    let own =
                        matches!(group.last(), Some(Figure::Value(_))) && relative::own_event(grammar, trail_text);
                    let listed = coordinated && lead.effect.is_none() && !of_rank && !own;
                    carried.action.clone().filter(|deed| listed || grown(deed))
                }),
                subject: carried.subject.clone(),
                rule: "carried",
                carried: true,
                keeps_carried: true,
            }),
            0,
        );
    }
    // 生猪存栏44万头、|出栏60万头: the other side of what was counted.
    if let Some(name) = lead.action.and_then(|word| counterpart(carried.names.last()?, word)) {
        let mut naming = own(vec![name], "facet");
        naming.action = None;
        return (Some(naming), 0);
    }
    // 加快|租赁房|建设，供应5万套
    if let (Some(word), Some(Figure::Value(quantity))) = (lead.action, group.last())
        && lead.effect.is_none()
        && matches!(quantity.dimension, Dimension::Count | Dimension::Area | Dimension::Length | Dimension::Household)
        && (grammar.additions.contains(word)
            || grammar.works.suffix_of(word).is_some()
            || ["供应", "交付", "改建", "新建", "扩建", "建成"].iter().any(|deed| word.ends_with(deed)))
        && trail_text.trim_matches(['。', '；', ' ']).is_empty()
        && let Some(thing) = object::works_before(scene, lead_text, group[0].outer().start)
    {
        let mut naming = own(vec![thing.to_owned()], "clause_before");
        naming.keeps_carried = true;
        return (Some(naming), 0);
    }
    if let Some(word) = lead.action {
        let mut naming = own(vec![word.to_owned()], "action_value");
        // 完成签约60万人: what was completed is the deed.
        if lead.completed {
            naming.action = None;
        }
        naming.keeps_carried = true;
        return (Some(naming), 0);
    }
    (None, 0)
}

pub fn is_countish(quantity: &Quantity) -> bool {
    matches!(quantity.unit_si.as_deref(), Some("count" | "person" | "household" | "person_time") | None)
}
