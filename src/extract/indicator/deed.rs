//! The deed before a name: who did what, to what, by what means and for whom (市引导基金累计|投资|初创企业).

use std::ops::Range;

use super::against::{basis_of, comparison_at_end};
use super::behind::{event_behind, event_in_next_clause};
use super::compose::Scene;
use super::grammar::{Effect, Grammar};
use super::heavier::heavier;
use super::lead::{Lead, cut_end};
use super::naming::{Around, Naming, is_countish};
use super::relative::{names_member, rate_of_plan};
use super::tidy::tidy;
use super::topic::is_area_list;
use crate::extract::lexicon::Lexicon;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;

/// Take the deed, and whoever did it, off the words before a value: what is left is the name. The ways in which a clause
/// tells a deed, the surest first.
pub fn split_action<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str) -> &'t str {
    by_means(grammar, lead, text)
        .or_else(|| set_to_it(grammar, lead, text))
        .or_else(|| behind_adverb(grammar, lexicon, lead, text))
        .or_else(|| part_of_statistic(grammar, lead, text))
        .or_else(|| chain(grammar, lexicon, lead, text))
        .or_else(|| for_whom(grammar, lead, text))
        .or_else(|| dealt_out(grammar, lead, text))
        .or_else(|| trailing(grammar, lead, text))
        .or_else(|| inner(grammar, lexicon, lead, text))
        .unwrap_or(text)
}

/// 规上工业企业|实现|增加值, 开发区|完成|主营业务收入: what a branch or a place brought about is its statistic.
pub fn realized<'t>(grammar: &Grammar, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
    let verb = grammar.realizing.find_iter(text).next()?;
    let (who, name) = (&text[..verb.start], &text[verb.end..]);
    let measure = |name: &str| {
        grammar.measure_nouns.contains(name) || grammar.firm_measures.contains(name) || name.ends_with("税金")
    };
    // 规上工业|实现|销售收入、利税、利润: all of a list.
    let known = (grammar.measure_nouns.contains(name)
        || name.contains(['、', '和']) && name.split(['、', '和']).all(measure))
        && who.chars().count() >= 2
        && !who.contains(['，', '的'])
        && (!who.contains('、') || grammar.each.suffix_of(who).is_some());
    if !known || grammar.action_at_start(who).is_some() || grammar.manner.contains(who) || grammar.adverbs.contains(who)
    {
        return None;
    }
    // 芳烃、铝材两个产业集群|分别|实现销售收入
    let dealt = grammar.each.suffix_of(who);
    lead.each |= dealt.is_some();
    let who = dealt.map_or(who, |word| cut_end(who, word));
    // 观音洞水库|累计|完成投资
    let who = grammar.middle_adverbs.suffix_of(who).map_or(who, |adverb| cut_end(who, adverb));
    let who = tidy(grammar, who);
    if who.is_empty() {
        return Some(name);
    }
    if grammar.subject_tails.suffix_of(who).is_some() {
        lead.subject = Some(who);
    } else {
        lead.branch = Some(who);
    }
    Some(name)
}

/// 通过在线平台|吸引|项目: by what means it was done is no name.
fn by_means<'t>(grammar: &Grammar, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
    grammar.means.prefix_of(text)?;
    let deed = grammar.inner_actions.find_iter(text).find(|deed| {
        (6..=20).contains(&text[..deed.start].chars().count())
            && text[deed.end..].chars().count() >= 2
            && is_verbal(grammar, text, deed)
    })?;
    // 通过公共网络|实现|零售额: what a statistic came to is no deed.
    lead.action = Some(&text[deed.clone()]).filter(|deed| !matches!(*deed, "实现" | "完成"));
    Some(text[deed.end..].trim_start_matches('了'))
}

/// Is what looks like a deed one here, and not the beginning of a noun (培训|费, 投资项目)?
fn is_verbal(grammar: &Grammar, text: &str, deed: &Range<usize>) -> bool {
    let (word, after) = (&text[deed.clone()], &text[deed.end..]);
    // 校舍加固|改造|项目: works that a project is of.
    let works = grammar.nominal_deeds.contains(word) && grammar.compound_heads.contains(after);
    let longer = grammar.not_actions.prefix_of(&text[deed.start..]).is_some_and(|noun| noun.len() >= deed.len());
    !(works || longer || grammar.is_nominal(after) || grammar.is_inside(word, &text[..deed.start], after))
}

/// 提请|市人大常委会|审议|议案, 帮助|企业|引进|人才: the deed of the one in the middle is the value's.
fn set_to_it<'t>(grammar: &Grammar, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
    if lead.effect.is_some() {
        return None;
    }
    let pivot = grammar.pivots.prefix_of(text)?;
    let rest = &text[pivot.len()..];
    let deed = grammar.inner_actions.find_iter(rest).find(|deed| {
        let name = &rest[deed.end..];
        rest[..deed.start].chars().count() >= 2
            && name.chars().count() >= 2
            // 帮助乙县|引入|企业: what is fetched may be called by a bare noun.
            && (grammar.compound_heads.prefix_of(name).is_none() || grammar.fetching.contains(&rest[deed.clone()]))
            && is_verbal(grammar, rest, deed)
    })?;
    let who = &rest[..deed.start];
    // 提请…审议 is what the government does itself.
    let asks = pivot == "提请";
    lead.action = Some(if asks { pivot } else { &rest[deed.clone()] });
    lead.subject = Some(who).filter(|who| !asks && is_subject(grammar, who));
    Some(rest[deed.end..].trim_start_matches('了'))
}

/// 天使母基金|累计|投资|初创项目, 中欧班列|累计|开行: an adverb before the deed parts it from whom or what it is said of.
fn behind_adverb<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
    if lead.effect.is_some() {
        return None;
    }
    let (adverb, deed) = grammar.middle_adverbs.find_iter(text).find_map(|adverb| {
        let (who, after) = (&text[..adverb.start], &text[adverb.end..]);
        if who.chars().count() < 2 || grammar.is_inside(&text[adverb.clone()], who, after) {
            return None;
        }
        // 累计|投资|初创项目: behind the adverb even 投资 is a deed.
        let deed = grammar.action_at_start(after).or_else(|| {
            grammar.event_actions.prefix_of(after).filter(|deed| !grammar.is_nominal(&after[deed.len()..]))
        })?;
        Some((adverb, deed))
    })?;
    if lexicon.is_name(text) || text[..adverb.start].contains('的') {
        return None;
    }
    let who = tidy(grammar, &text[..adverb.start]);
    let name = text[adverb.end + deed.len()..].trim_start_matches('了');
    // 工业园区累计|投资|13亿元: money laid out is a statistic of theirs.
    if name.is_empty() && deed == "投资" {
        lead.subject = Some(who).filter(|who| is_subject(grammar, who));
        return Some(deed);
    }
    lead.action = Some(deed);
    if name.is_empty() {
        return Some(who);
    }
    if grammar.action_at_start(who).is_some() || grammar.towards.prefix_of(who).is_some() {
        return Some(name);
    }
    lead.subject = Some(who).filter(|who| is_subject(grammar, who));
    Some(name)
}

/// 调解成功率达到97%: a deed that a statistic is made of is no action.
fn part_of_statistic<'t>(grammar: &Grammar, lead: &Lead<'t>, text: &'t str) -> Option<&'t str> {
    let deed = grammar.action_at_start(text)?;
    let rest = &text[deed.len()..];
    // 调处|成功率98% says it without a predicate; 新建|公园目标完成率 is that of new ones, 稳定|参保率 a movement of it.
    let of_rate = rest.ends_with('率')
        && (rest.chars().count() <= 3
            || rate_of_plan(rest)
            || grammar.kinds_of.contains(deed) && !grammar.additions.contains(deed));
    if lead.effect.is_none() && !of_rate {
        return None;
    }
    (!rest.starts_with('了') && grammar.statistic_tails.suffix_of(rest).is_some()).then_some(text)
}

/// A chain of deeds at the beginning: 新建、改扩建, 孵化培育.
fn chain<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
    // 注册的|港资企业贡献率: a clause of its own before the noun.
    if (lead.effect.is_some() || text.ends_with('率'))
        && grammar.action_at_start(text).is_some_and(|deed| text[deed.len()..].starts_with('的'))
    {
        return Some(text);
    }
    // 发放|租赁补贴|惠及: whom it reached is the value's.
    if lead.effect.is_none()
        && let Some(given) = text.strip_suffix("惠及")
        && let Some(deed) = grammar.action_at_start(given)
        && given[deed.len()..].chars().count() >= 2
    {
        lead.action = Some(&text[given.len()..]);
        return Some(&given[deed.len()..]);
    }
    if names_member(grammar, lead, text) {
        return Some(text);
    }
    let mut rest = text;
    let mut end = 0;
    while let Some(word) = grammar.action_at_start(rest) {
        let after = rest[word.len()..].trim_start_matches('了');
        let deed = after.chars().count() >= 2
            && (grammar.lexicon_deeds.contains(word)
                || (grammar.lexicon_actions.contains(word) && lead.effect.is_none()));
        if !deed && lexicon.name_at_start(rest).is_some_and(|n| n.len() > word.len()) {
            break;
        }
        end = text.len() - after.len();
        rest = after.trim_start_matches(['、', '和', '并', '及', '或']);
        // 发放|救济金: what is left of the noun is too little to be one.
        // 出台|促进民营经济发展措施: what a policy is to do is part of what it is called.
        let policy = grammar.policy_verbs.suffix_of(text[..end].trim_end_matches('了')).is_some();
        // 实施|绿化工程: works that are of a deed.
        let works = grammar.light_verbs.contains(word);
        let next = grammar.action_at_start(rest).filter(|next| {
            let named = works && matches!(&rest[next.len()..], "工程" | "项目" | "行动" | "计划" | "任务");
            !named && rest[next.len()..].chars().count() != 1 && !(policy && grammar.leading_moves.contains(next))
        });
        if next.is_some() {
            continue;
        }
        // 修复和|新造|红树林: the second deed is one that stands in no other list.
        rest = match grammar.behind_conjunction(after) {
            Some(second) => match grammar.second_deeds.prefix_of(second) {
                Some(verb) => {
                    end = text.len() - second.len() + verb.len();
                    &second[verb.len()..]
                }
                None => second,
            },
            None => after,
        };
        break;
    }
    if end == 0 {
        return None;
    }
    let first = text[..end].trim_end_matches('了');
    // 纳入国家规划的重建项目: the verb of a clause of its own.
    if grammar.relative_verbs.contains(first)
        && rest.find('的').is_some_and(|at| at > 0 && at + '的'.len_utf8() < rest.len())
    {
        // 纳入规划的项目|开工94%: what happened to them.
        return Some(trailing(grammar, lead, text).unwrap_or(text));
    }
    if lead.effect.is_none() {
        // 开展|审计14项: what is done is itself a deed.
        if rest.is_empty()
            && !grammar.actions.contains(first)
            && let Some(light) = grammar.light_verbs.prefix_of(first)
            && first[light.len()..].chars().count() > 1
            && grammar.actions.contains(light)
        {
            lead.action = Some(light);
            return Some(&text[light.len()..]);
        }
        // 供应|分配12万套: a second verb that nothing follows makes a pair with the first.
        if (grammar.actions.contains(rest) || grammar.second_deeds.contains(rest))
            && grammar.not_actions.prefix_of(rest) != Some(rest)
            && !grammar.light_verbs.contains(first)
            && !lexicon.is_name(rest)
        {
            lead.action = Some(text);
            return Some("");
        }
    }
    lead.action = Some(first);
    Some(rest)
}

/// 向社会|供应, 为企业|量身定制|讲座: for whom it was done is no name.
fn for_whom<'t>(grammar: &Grammar, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
    let word = grammar.towards.prefix_of(text)?;
    if grammar.is_inside(word, "", &text[word.len()..]) {
        return None;
    }
    let deed = grammar.actions.find_iter(text).find(|deed| {
        (2..=10).contains(&text[..deed.start].chars().count())
            && text[deed.clone()].chars().count() > 1
            && is_verbal(grammar, text, deed)
            // 在科技奖|评选|中荣获: the occasion is no deed.
            && !(word == "在" && text[deed.end..].starts_with(['中', '上']))
    })?;
    let name = text[deed.end..].trim_start_matches('了');
    // 在平安建设考评中: a place of its own, in which nothing was done.
    if name.ends_with(['中', '上', '内', '里']) {
        return None;
    }
    // 清欠账款、挽回|损失: the last deed of a list is the value's.
    if let Some(at) = name.rfind('、')
        && let Some(last) = grammar.action_at_start(&name[at + '、'.len_utf8()..])
    {
        lead.action = Some(last);
        return Some(&name[at + '、'.len_utf8() + last.len()..]);
    }
    // 在全区|组织|创建|学习型社区: a second deed makes a pair with the first.
    let next = grammar.action_at_start(name).filter(|next| name[next.len()..].chars().count() >= 2);
    let end = text.len() - name.len() + next.map_or(0, str::len);
    lead.action = Some(if next.is_some() { &text[deed.start..end] } else { &text[deed] });
    Some(&text[end..])
}

/// 铁路、公路分别|投入, 活动年均|吸引: behind the word that deals out, any deed may stand at the end.
fn dealt_out<'t>(grammar: &Grammar, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
    let deed = grammar.actions.suffix_of(text).filter(|_| lead.effect.is_none())?;
    let rest = cut_end(text, deed);
    if let Some(each) = grammar.each.suffix_of(rest).filter(|word| word.chars().count() > 1) {
        lead.action = Some(deed);
        lead.each = true;
        return Some(cut_end(rest, each));
    }
    let yearly = grammar.yearly.suffix_of(rest)?;
    lead.action = Some(deed);
    lead.yearly = true;
    Some(cut_end(rest, yearly))
}

/// 棚户区改造|开工, 规上工业企业|净增: the deed behind its thing.
fn trailing<'t>(grammar: &Grammar, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
    let deed =
        grammar.trailing_actions.suffix_of(text).filter(|deed| deed.len() < text.len() && lead.effect.is_none())?;
    let mut rest = cut_end(text, deed);
    // 开票|销售 is one word.
    if grammar.is_inside(deed, rest, "") {
        return None;
    }
    lead.action = Some(deed);
    // 商事主体五年|净增: over how long is no name.
    while let Some(adverb) = grammar.adverbs.suffix_of(rest).filter(|adverb| {
        adverb.chars().count() > 1 && adverb.len() < rest.len() && !grammar.is_inside(adverb, cut_end(rest, adverb), "")
    }) {
        rest = cut_end(rest, adverb);
    }
    // 试|投产: what is left is too little to be a thing.
    if rest.chars().count() == 1 && !grammar.places.contains(rest) {
        lead.action = Some(text);
        return Some("");
    }
    // 较“十三五”末|净增: what it is compared with is no name.
    if let Some((shorter, against)) = comparison_at_end(grammar, rest) {
        lead.basis = Some(basis_of(against));
        lead.against = Some(against);
        lead.each |= grammar.each.suffix_of(shorter).is_some();
        return Some(grammar.each.suffix_of(shorter).map_or(shorter, |word| cut_end(shorter, word)));
    }
    Some(rest)
}

/// The last deed inside, with the one who did it before and a name behind: 深圳企业|新签|合同金额.
fn inner<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
    // 每千人口拥有托位数 is one statistic.
    if text.starts_with('以') || grammar.per_heads.prefix_of(text).is_some() {
        return None;
    }
    let moves = matches!(lead.effect, Some(Effect::Up | Effect::Down | Effect::GapUp | Effect::GapDown));
    let measured =
        moves || grammar.statistic_tails.suffix_of(text).is_some() || grammar.outlays.suffix_of(text).is_some();
    let known = grammar.not_actions.prefix_of(text).map_or(0, str::len);
    let deed = grammar
        .inner_actions
        .find_iter(text)
        .filter(|deed| deed.start > 3 && deed.start >= known && text[deed.end..].chars().count() >= 2)
        // 实施人才|培养|和科研攻关项目: what a conjunction follows is a member of a list.
        .filter(|deed| {
            !text[deed.end..].starts_with(['和', '与', '及']) || grammar.behind_conjunction(&text[deed.end..]).is_none()
        })
        // 已注册的|企业|贡献率: a clause of its own before a measure; 甲、新增乙、丙|分别增长: a member of a list of statistics.
        .filter(|deed| !(measured && text[deed.end..].starts_with('的')))
        .filter(|deed| !(moves && (lead.each || lead.both) && text[..deed.start].ends_with('、')))
        .last()
        .filter(|deed| is_verbal(grammar, text, deed))?;
    let name = &text[deed.end..];
    // 企业建立研发机构比例|达到40%: a rate is of the deed, nothing that it is done to.
    if lead.effect.is_some() && ["率", "比例", "占比", "比重", "指数", "能力"].iter().any(|tail| name.ends_with(tail))
    {
        return None;
    }
    // 研发费用加计扣除享受户数|增长: what moves is the number of those who do it.
    if lead.effect.is_some() && name.chars().count() <= 3 && grammar.statistic_tails.contains(name) {
        return None;
    }
    // 中欧班列|发运|货值, 消费|帮扶|采购额: what is measured is called by the deed, and nobody stands before it.
    if name.chars().count() <= 3
        && grammar.statistic_tails.suffix_of(name).is_some()
        && !is_subject(grammar, &text[..deed.start])
        && grammar.nominal_verbs.contains(&text[deed.clone()])
    {
        return Some(text);
    }
    // 新品牌正式发布、出口增长2倍: what was done before the list mark is a clause of its own.
    if name.starts_with('、') {
        return Some(name.trim_start_matches('、'));
    }
    // 合作|新签约|项目: the longer deed that begins there.
    let deed = match grammar.action_at_start(&text[deed.start..]) {
        Some(longer) if deed.start + longer.len() + 6 <= text.len() => {
            deed.start..deed.start + longer.len().max(deed.len())
        }
        _ => deed,
    };
    let who = tidy(grammar, &text[..deed.start]);
    // 特派团|助力|企业|攻克|难题: who helped did it.
    let who = match grammar.pivots.find_iter(who).next() {
        Some(pivot) if pivot.start >= 6 => &who[..pivot.start],
        _ => who,
    };
    let (done, name) = (&text[deed.clone()], &text[deed.end..]);
    // 安全宣传|覆盖|全区|30万人: how far it reached is no name.
    if lead.effect.is_none() && grammar.scopes.contains(name) {
        lead.action = Some(done);
        return Some(who);
    }
    // 雨污分流管网|改造提升: a second deed that nothing follows makes a pair with the first.
    if lead.effect.is_none() && grammar.actions.contains(name) && grammar.not_actions.prefix_of(name) != Some(name) {
        lead.action = Some(&text[deed.start..]);
        return Some(who);
    }
    // 文化产业|实现|增加值: the branch is part of what is measured.
    if matches!(done, "实现" | "完成" | "累计实现" | "累计完成")
        && grammar.branch_nouns.suffix_of(who).is_some()
        && grammar.measure_nouns.contains(name)
    {
        lead.branch = Some(who);
        return Some(name);
    }
    // 开发区|完成|主营业务收入: a statistic is not what is done.
    lead.completed |= done.ends_with("完成");
    // 国内贸易|实现|零售总额
    let statistic = || grammar.measure_nouns.suffix_of(name).is_some() || lexicon.code(name).is_some();
    lead.action =
        Some(done).filter(|done| !done.ends_with("完成")).filter(|done| !done.ends_with("实现") || !statistic());
    // 临江开发区、城南高新区|预计|完成|工业总产值
    let areas = grammar.adverbs.suffix_of(who).map_or(who, |adverb| cut_end(who, adverb));
    lead.subject = Some(who)
        .filter(|who| is_subject(grammar, who))
        .or_else(|| Some(areas).filter(|areas| is_area_list(grammar, areas)));
    Some(name)
}

/// What was done where no verb before the name says it: 完成 with works, or the event behind a counted thing.
pub fn deed_of(
    scene: &Scene<'_>,
    naming: &Naming,
    quantity: &Quantity,
    behind: &str,
    around: &Around<'_>,
) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let Around { lead, runs_on, bare_next, .. } = *around;
    let percentage = matches!(quantity.dimension, Dimension::Percent | Dimension::PercentagePoint);
    // 为60户农户提供了救助: the preposition before the number is no predicate of a statistic.
    let behind_value = naming.rule == "value_name";
    let nameless = behind_value && lead.name.is_empty();
    let moved = lead.effect.is_some_and(|effect| !((lead.completed || nameless) && effect == Effect::State));
    // 90%的园区|完成改造: of those that are counted by the hundred.
    let of_hundred = percentage && !(nameless && lead.effect.is_none());
    if of_hundred || moved || lead.rate_noun.is_some() || lead.share_of.is_some() {
        return None;
    }
    // 461项任务圆满|完成|453项: of those that were counted, so many were done.
    let of_counted = naming.rule == "carried" && is_countish(quantity) && naming.action.is_none();
    if lead.completed && !percentage && (!naming.carried || naming.rule == "facet" || of_counted) {
        let work = naming.names.iter().all(|name| is_work(scene, name));
        return work.then(|| "完成".to_owned());
    }
    // 按照|9个清单|开展排查: by what it was done.
    // 82项|获省级认可、37项|向全国推广: so many of those that were counted.
    let of_those = of_counted && lead.action.is_none() && lead.effect.is_none() && lead.name.is_empty();
    if !(behind_value || of_those) || grammar.bases.prefix_of(around.lead_text.trim_start()).is_some() {
        return None;
    }
    // 2家医院|进入全国前100名: where the noun was taken and the words behind it left to the next figure.
    let behind = match naming.names.as_slice() {
        [name] => behind.trim_start().strip_prefix(name.as_str()).unwrap_or(behind),
        _ => behind,
    };
    let end = quantity.outer.end + around.trail_text.len();
    let rest = &scene.sentence[end..];
    // 58项经验|在全省、全国推广: the place may be a list.
    let place = rest.starts_with('、') && behind.trim_start().starts_with(['在', '被', '分']);
    let whole = || {
        let clause = &scene.sentence[end - behind.len()..];
        let clause = &clause[..clause.find(['，', '；', '。']).unwrap_or(clause.len())];
        Some(clause).filter(|clause| !clause.contains(|c: char| c.is_ascii_digit()))
    };
    let (behind, place) = match place.then(whole).flatten() {
        Some(clause) => (clause, true),
        None => (behind, false),
    };
    // 2家医院|进入|全国前100名: the verb belongs to the rank, and was done by those.
    if behind.is_empty() && runs_on {
        return grammar.finite_events.prefix_of(rest).map(str::to_owned);
    }
    if behind.trim().is_empty() && behind_value {
        return event_in_next_clause(grammar, rest).map(str::to_owned);
    }
    // 5家企业在新三板|挂牌|40家企业…: the mark between the two is lost.
    let lone = |verb: &str| behind.trim_end().ends_with(verb) && !bare_next && grammar.trailing_actions.contains(verb);
    event_behind(grammar, behind)
        // 6个城市|开工建设|住房7万套, 72家医院|实现|114项检查互认: what has a number of its own was done to that, unless it is
        // the list that they came into (7家企业|进入|世界500强).
        .filter(|verb| !runs_on || lone(verb) || *verb == "融入" || grammar.finite_events.contains(verb))
        // 32项工程|取得明显成效: that something came of it is no deed.
        .filter(|verb| {
            !matches!(*verb, "取得" | "发生" | "出现" | "得到" | "收到") || !is_result(grammar, behind, verb)
        })
        // 进行|职业、技能培训: a list is no deed.
        .and_then(|verb| {
            let listed = !place && rest.starts_with('、');
            let told = |deed: &str| grammar.actions.contains(deed) || grammar.event_actions.contains(deed);
            heavier(grammar, behind, verb).filter(|deed| *deed == verb || !listed || told(deed))
        })
        // 86个项目|入选|74个: what is right before the next number was done to those.
        .filter(|verb| !(runs_on && bare_next && behind.trim_end().trim_end_matches('了').ends_with(verb)))
        .map(str::to_owned)
}

/// 取得|明显成效, 发生|显著变化: is what the verb takes nothing in particular?
fn is_result(grammar: &Grammar, behind: &str, verb: &str) -> bool {
    behind.find(verb).is_some_and(|at| {
        let object = &behind[at + verb.len()..];
        let object = object[..object.find(['，', '；', '。', '、']).unwrap_or(object.len())].trim();
        object.chars().count() <= 10 && grammar.results.suffix_of(object).is_some()
    })
}

/// Is it works that are done (人工造林, 投资 of a project), no statistic that stands at an amount (原煤产量, 出口)?
fn is_work(scene: &Scene<'_>, name: &str) -> bool {
    let grammar = &scene.context.rules.grammar;
    match scene.context.lexicon.code(name) {
        Some(statistic) => !statistic
            .level
            .iter()
            .any(|d| matches!(d, Dimension::Money | Dimension::Person | Dimension::PersonTime | Dimension::Mass)),
        None => {
            // 完成|交通投资205亿元 is a statistic, 完成|投资 of works is not.
            grammar.lone_outlays.contains(name)
                || ["项目投资", "工程投资", "建设投资"].iter().any(|tail| name.ends_with(tail))
                || !name.ends_with("投资")
                    && grammar.measure_nouns.suffix_of(name).is_none()
                    && !name.ends_with(['率', '额', '值'])
        }
    }
}

/// Can this be whom a figure is about: a place, a body, a group; no phrase of manner or means?
pub fn is_subject(grammar: &Grammar, who: &str) -> bool {
    who.chars().count() <= 16
        && grammar.subject_ends.suffix_of(who).is_some()
        && !who.starts_with(['与', '同', '每', '向', '对', '为', '给', '在', '从', '将', '把', '按', '通', '依', '以', '由'])
        // “4+2”|重点区域
        && who.strip_prefix('“').and_then(|quoted| quoted.split_once('”')).is_none_or(|(_, rest)| {
            rest.chars().count() >= 2 && grammar.action_at_start(rest).is_none()
        })
        && (!who.starts_with('“') || who.contains('”'))
        && !who.contains(['在', '、', '为', '向', '对'])
        && grammar.action_at_start(who).is_none()
        // 携手|兄弟城市: with whom, or for whom.
        && grammar.companions.prefix_of(who).is_none()
        && !grammar.actions.contains(who)
        && grammar.manner.prefix_of(who).is_none_or(|word| word.chars().count() == 1)
}
