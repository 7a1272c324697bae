//! The words before a value: `[opener…] [subject] [action] NAME [comparison] [adverb…] PREDICATE`.

use super::against::{basis_of, comparison_at_end, share_at_end, year_at_end};
use super::grammar::{Effect, Grammar};
use super::opener::{number_at_start, reckoning_at_start, time_at_start};
use super::tidy::tidy;
use crate::extract::lexicon::Lexicon;
use crate::extract::unit::Dimension;
use crate::model::{Basis, Bound};

/// What the words before a value say.
#[derive(Debug, Clone, Default)]
pub struct Lead<'t> {
    /// What is measured; empty where the clause leaves it out.
    pub name: &'t str,
    pub action: Option<&'t str>,
    /// 完成 opens the clause: with works it is the action (完成|河道划界140公里), with a statistic it is none (完成出口2亿美元).
    pub completed: bool,
    pub subject: Option<&'t str>,
    /// The branch whose measure the name is (文化产业实现|增加值).
    pub branch: Option<&'t str>,
    pub effect: Option<Effect>,
    /// The name ends in 增速, 增幅 …: a percentage of it is growth.
    pub rate_noun: Option<&'t str>,
    /// 占X(的比重): the whole that the value is a share of.
    pub share_of: Option<&'t str>,
    /// The other side of a gap (全省, 目标, 传统产业) or of a comparison (上年).
    pub against: Option<&'t str>,
    pub basis: Option<Basis>,
    /// 分别: each name its own value.
    pub each: bool,
    /// 均: one value for every name.
    pub both: bool,
    /// 年均.
    pub yearly: bool,
    /// 由…, 从…: where a movement began.
    pub from: bool,
    /// A year right before the value (增长到2019年的9800元).
    pub year: Option<i16>,
    /// 至少, 约: a bound that stands away from the value.
    pub bound: Option<Bound>,
}

/// Read the words before a value. `text` is one clause up to the value, its delimiters stripped; `compares`: the value
/// is a movement of its own (比1995年翻了一番).
pub fn parse_lead<'t>(grammar: &Grammar, lexicon: &Lexicon, text: &'t str, compares: bool) -> Lead<'t> {
    let mut lead = Lead::default();
    // 是“十一五”的1.8倍: the whole of the words is what the value is measured against.
    let plain = text.trim().trim_start_matches(['均', '都', '已', '也', '约']).trim_start_matches("分别");
    if let Some(base) = plain.strip_prefix(['是', '为']).and_then(|rest| rest.strip_suffix('的'))
        && (1..=24).contains(&base.chars().count())
    {
        lead.effect = Some(Effect::State);
        lead.each = text.contains("分别");
        lead.both = text.contains(['均', '都']);
        lead.against = Some(base);
        return lead;
    }
    let text = strip_base(grammar, &mut lead, text.trim());
    let rest = strip_tail(grammar, &mut lead, text, compares);
    let (rest, reached) = strip_reached(&mut lead, rest);
    let rest = strip_head(grammar, lexicon, &mut lead, rest);
    let rest = strip_leading_move(grammar, lexicon, &lead, rest, reached);
    split_name(grammar, lexicon, &mut lead, rest);
    // PM2.5浓度改善10%: less of it is better.
    if lead.effect == Some(Effect::Up)
        && grammar.better.suffix_of(text).is_some()
        && grammar.the_less_the_better.suffix_of(lead.name).is_some()
    {
        lead.effect = Some(Effect::Down);
    }
    lead
}

/// 一般贸易额分别|是五年前的|2倍: what a multiple is of stands between the name and the value.
fn strip_base<'t>(grammar: &Grammar, lead: &mut Lead<'t>, text: &'t str) -> &'t str {
    let Some(bare) = text.strip_suffix('的') else { return text };
    let Some((at, base)) = ["相当于", "是", "为"]
        .iter()
        .filter_map(|verb| bare.rfind(verb).map(|at| (at, &bare[at + verb.len()..])))
        .max_by_key(|(at, _)| *at)
    else {
        return text;
    };
    let compared = (2..=12).contains(&base.chars().count()) && grammar.compared_with.find_iter(base).next().is_some();
    if at < 6 || !compared || base.contains(['，', '、']) {
        return text;
    }
    lead.effect = Some(Effect::State);
    lead.against = Some(base);
    lead.basis = Some(basis_of(base));
    &text[..at]
}

/// 提高换乘可达率|至90%: the preposition at the end says that the value is where a movement ended.
fn strip_reached<'t>(lead: &mut Lead<'t>, text: &'t str) -> (&'t str, bool) {
    match text.strip_suffix(['至', '到']) {
        Some(shorter) if lead.effect.is_none() && shorter.chars().count() >= 4 => {
            lead.effect = Some(Effect::State);
            (shorter, true)
        }
        _ => (text, false),
    }
}

/// 提高|换乘可达率|至90%, 将|办理时限|压缩到3天: a movement before its statistic is no part of the name.
fn strip_leading_move<'t>(
    grammar: &Grammar,
    lexicon: &Lexicon,
    lead: &Lead<'_>,
    text: &'t str,
    reached: bool,
) -> &'t str {
    if lead.effect != Some(Effect::State) {
        return text;
    }
    if let Some(rest) = text.strip_prefix(['将', '把'])
        && rest.chars().count() >= 3
        && !lexicon.is_name(text)
    {
        return rest;
    }
    let moved = grammar.leading_moves.prefix_of(text).map(|word| (word, &text[word.len()..]));
    match moved {
        Some((_, rest)) if lexicon.is_name(text) || rest.chars().count() < 3 => text,
        Some((_, rest)) if reached || lexicon.code(rest).is_some() => rest,
        _ => text,
    }
}

/// Does the whole of a share run on into the verb before the value (占全省的比重|达到)?
fn ends_in_predicate(grammar: &Grammar, whole: &str) -> bool {
    whole.ends_with(['至', '到', '从', '由'])
        || comparison_at_end(grammar, whole).is_some()
        || grammar.each.suffix_of(whole).is_some()
        || grammar.both.suffix_of(whole).is_some()
        || grammar.predicate_at_end(whole).is_some_and(|(word, _)| word.len() < whole.len())
}

/// Take predicate, adverbs and comparison off the end.
fn strip_tail<'t>(grammar: &Grammar, lead: &mut Lead<'t>, text: &'t str, compares: bool) -> &'t str {
    let mut rest = text;
    loop {
        let before = rest;
        rest = rest.trim_end_matches([' ', ':', '：', '—', '、', ',', '，', '了', '“', '?', '？', '\u{FFFD}']);
        if is_facets(grammar, rest) {
            break;
        }
        if let Some((shorter, year)) = year_at_end(rest) {
            lead.year = Some(year);
            rest = shorter;
            continue;
        }
        if let Some(word) = grammar.each.suffix_of(rest) {
            lead.each = true;
            rest = cut_end(rest, word);
            continue;
        }
        if let Some(word) = grammar.bare_adverbs.suffix_of(rest).filter(|_| rest.chars().count() > 3)
            && !grammar.is_inside(word, cut_end(rest, word), "")
        {
            rest = cut_end(rest, word);
            continue;
        }
        // 全年平均 is one year's, 年平均 that of several.
        if let Some(word) = grammar.yearly.suffix_of(rest).filter(|_| !rest.ends_with("全年平均")) {
            lead.yearly = true;
            rest = cut_end(rest, word);
            continue;
        }
        if let Some(word) = grammar.both.suffix_of(rest).filter(|_| grammar.averages.suffix_of(rest).is_none()) {
            lead.both = true;
            rest = cut_end(rest, word);
            continue;
        }
        if let Some((shorter, whole)) = share_at_end(rest)
            && lead.share_of.is_none()
            && !ends_in_predicate(grammar, whole)
        {
            lead.share_of = Some(whole);
            lead.effect = lead.effect.or(Some(Effect::State));
            rest = shorter;
            continue;
        }
        if (lead.effect.is_some() || compares)
            && lead.against.is_none()
            && let Some((shorter, against)) = comparison_at_end(grammar, rest)
        {
            lead.basis = Some(basis_of(against));
            lead.against = Some(against);
            rest = shorter;
            continue;
        }
        // 新增, 签约: the end of an action is no predicate.
        let action = grammar.actions.suffix_of(rest).map_or(0, str::len);
        let predicate = grammar.predicate_at_end(rest).filter(|(word, _)| word.len() >= action);
        let adverb = grammar.adverbs.suffix_of(rest).filter(|word| !grammar.is_inside(word, cut_end(rest, word), ""));
        match (predicate, adverb) {
            (Some((word, effect)), adverb)
                if adverb.is_none_or(|a| a.len() <= word.len()) && takes(grammar, lead, rest, word, effect) =>
            {
                rest = cut_end(rest, word);
                continue;
            }
            (Some((word, _)), adverb) if adverb.is_none_or(|a| a.len() < word.len()) => break,
            (_, Some(adverb)) if adverb.len() >= action && (lead.effect.is_some() || adverb.chars().count() > 1) => {
                lead.bound = lead.bound.or(bound_of(adverb));
                lead.from |= adverb.starts_with(['由', '从']);
                rest = cut_end(rest, adverb);
                continue;
            }
            _ => {}
        }
        if let Some(shorter) = rest.strip_suffix(['由', '从']) {
            lead.from = true;
            rest = shorter;
            continue;
        }
        for yoy in ["同比", "环比"] {
            if let Some(shorter) = rest.strip_suffix(yoy) {
                lead.basis = Some(if yoy == "同比" { Basis::Yoy } else { Basis::VsPreviousPeriod });
                rest = shorter;
            }
        }
        if rest == before {
            break;
        }
    }
    rest
}

/// Does this word at the end belong to the predicate? A second one does only where it refines the first (增幅 + 达到).
fn takes(grammar: &Grammar, lead: &mut Lead<'_>, rest: &str, word: &str, effect: Effect) -> bool {
    let shorter = cut_end(rest, word);
    // A one-character word is a predicate only behind a name (时速|达), not as the end of a longer word (贯通里|程达).
    if word.chars().count() == 1 && lead.effect.is_none() && shorter.is_empty() && effect != Effect::State {
        return false;
    }
    match lead.effect {
        None => {
            lead.effect = Some(effect);
            lead.completed |= word.ends_with("完成");
            true
        }
        Some(Effect::State) => {
            // 增幅|达到, 涨幅|控制在: the noun of movement stays for `split_name`; 共|达到 goes.
            effect == Effect::State && grammar.rate_nouns.suffix_of(rest).is_none() && word.chars().count() <= 3
        }
        Some(_) => false,
    }
}

/// Take openers off the beginning.
fn strip_head<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str) -> &'t str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '、', ',', '，', ':', '：', '—', '·', '★', '-', '”', '）', ')']);
        // 建成基地32个和|学校2所: the conjunction before the next member.
        if let Some(member) = grammar.behind_conjunction(rest).filter(|member| member.chars().count() >= 3) {
            rest = member;
        }
        // 共|接待游客: the sum is no part of the name.
        if let Some(summed) = rest.strip_prefix('共').filter(|summed| summed.chars().count() >= 2)
            && !grammar.is_inside("共", "", summed)
            && grammar.openers.prefix_of(rest).is_none()
            && grammar.action_at_start(rest).is_none()
            && !lexicon.is_name(rest)
        {
            rest = summed;
        }
        if rest.is_empty() || lexicon.is_name(rest) {
            return rest;
        }
        if let Some(shorter) =
            time_at_start(rest).or_else(|| number_at_start(grammar, rest)).or_else(|| reckoning_at_start(grammar, rest))
        {
            rest = shorter;
            continue;
        }
        if let Some(word) = grammar.openers.prefix_of(rest) {
            // An opener may be the beginning of a name (实现率, 全国性): a name of the lexicon wins.
            let longer = rest[word.len()..].starts_with('性') || grammar.is_inside(word, "", &rest[word.len()..]);
            if longer || lexicon.name_at_start(rest).is_some_and(|name| name.len() > word.len()) {
                return rest;
            }
            lead.bound = lead.bound.or(bound_of(word));
            lead.completed |= word.ends_with("完成");
            rest = &rest[word.len()..];
            continue;
        }
        if let Some(word) = grammar.manner.prefix_of(rest) {
            let after = rest[word.len()..].trim_start_matches(['了', '地']);
            let verbal = grammar.action_at_start(after).is_some()
                || grammar
                    .manner
                    .prefix_of(after)
                    .is_some_and(|w| grammar.action_at_start(&after[w.len()..]).is_some())
                || grammar.openers.prefix_of(after).is_some_and(|w| w.chars().count() > 1);
            let own = grammar.action_at_start(rest).map_or(0, str::len);
            if verbal && own <= word.len() {
                rest = after;
                continue;
            }
        }
        if grammar.relations.contains(rest) {
            lead.from |= rest == "由" || rest == "从";
            return "";
        }
        if let Some(shorter) = rest.strip_suffix(['由', '从']) {
            lead.from = true;
            rest = shorter;
            continue;
        }
        return rest;
    }
}

fn bound_of(word: &str) -> Option<Bound> {
    if word.contains("至少") || word.contains("不少于") || word.contains("最少") {
        Some(Bound::Ge)
    } else if word == "约" || word == "大约" {
        Some(Bound::Approx)
    } else {
        None
    }
}

/// Can this be whom a figure is about: a place, a body, a group; no phrase of manner or means?
pub fn is_subject(grammar: &Grammar, who: &str) -> bool {
    who.chars().count() <= 16
        && grammar.subject_ends.suffix_of(who).is_some()
        && !who.starts_with(['向', '对', '为', '给', '在', '从', '将', '把', '按', '通', '依', '“', '以', '由'])
        && !who.contains(['在', '、', '为', '向', '对'])
        && grammar.action_at_start(who).is_none()
        && !grammar.actions.contains(who)
        && grammar.manner.prefix_of(who).is_none_or(|word| word.chars().count() == 1)
}

/// Are all the members of this list aspects of the statistic before (总量及增速)?
pub fn is_facets(grammar: &Grammar, name: &str) -> bool {
    name.split(['、', '和', '及', '与']).all(|n| grammar.facets.contains(n))
}

/// Split what is left into subject, action and name.
fn split_name<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str) {
    let mut name = text;
    if let Some(shorter) =
        name.strip_suffix("由居").or_else(|| name.strip_suffix('由')).or_else(|| name.strip_suffix('从'))
    {
        lead.from = true;
        name = shorter;
    }
    // 打通断头路 may be a name of the lexicon; what is measured is the thing.
    let is_deed = |word: &str| {
        grammar.lexicon_deeds.prefix_of(word).is_some()
            || (grammar.lexicon_actions.contains(word) && lead.effect.is_none())
    };
    let deed =
        grammar.action_at_start(name).is_some_and(|word| is_deed(word) && name[word.len()..].chars().count() >= 2);
    if deed || !lexicon.is_name(name) {
        if let Some(rate) = grammar.rate_nouns.suffix_of(name)
            && !is_facets(grammar, name)
        {
            lead.rate_noun = Some(rate);
            name = cut_end(name, rate).trim_end_matches('的');
        }
        if deed || !lexicon.is_name(name) {
            name = split_action(grammar, lexicon, lead, name);
        }
    }
    // 固定资产投资计划|超过8000亿元: what was planned of a statistic is the statistic.
    if let Some(shorter) = name.strip_suffix("计划")
        && lexicon.code(shorter).is_some()
    {
        name = shorter;
    }
    // 增速17.7%: an aspect that is itself a movement.
    if is_facets(grammar, name) {
        lead.rate_noun = lead.rate_noun.or(grammar.rate_nouns.suffix_of(name));
    }
    // 全国: the figure is not the region's; but 全国重点实验室 is a title, which the region's own ones bear.
    if let Some(rest) = name.strip_prefix("全国")
        && lead.action.is_none()
        && lexicon.is_name(rest)
        && lexicon.code(rest).is_some_and(|s| !s.level.contains(&Dimension::Count))
    {
        lead.subject = Some("全国");
    }
    if let Some(subject) = subject_of(grammar, name) {
        lead.subject = lead.subject.or(Some(subject));
    }
    lead.name = tidy(grammar, name);
    // 综合楼和|投资1400万元: an aspect behind a conjunction belongs to what stands before, not to its name.
    if let Some(at) = lead.name.rfind(['和', '及'])
        && at > 0
        && lead.name[at + '和'.len_utf8()..].contains("投资")
        && is_facets(grammar, &lead.name[at + '和'.len_utf8()..])
        && !is_facets(grammar, lead.name)
    {
        lead.name = &lead.name[at + '和'.len_utf8()..];
    }
    // 设立首个|150亿元的纾困资金: which of them it is tells no name.
    if grammar.batches.contains(lead.name) {
        lead.name = "";
    }
    // 圆满|完成12所: a word of manner alone is no name.
    if grammar.manner.contains(lead.name)
        && !grammar.yardsticks.contains(lead.name)
        && !lexicon.is_name(lead.name)
        && !is_facets(grammar, lead.name)
    {
        lead.name = "";
        lead.effect = None;
    }
}

fn split_action<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str) -> &'t str {
    // 通过在线平台|吸引|项目: by what means it was done is no name.
    if grammar.means.prefix_of(text).is_some() {
        let action = grammar.inner_actions.find_iter(text).find(|r| {
            (6..=20).contains(&text[..r.start].chars().count())
                && text[r.end..].chars().count() >= 2
                && !grammar.is_nominal(&text[r.end..])
                && grammar.not_actions.prefix_of(&text[r.start..]).is_none_or(|noun| noun.len() < r.len())
        });
        if let Some(action) = action {
            // 通过公共网络|实现|零售额: what a statistic came to is no deed.
            lead.action = Some(&text[action.clone()]).filter(|deed| !matches!(*deed, "实现" | "完成"));
            return text[action.end..].trim_start_matches('了');
        }
    }
    if lead.effect.is_none()
        && let Some(name) = split_pivot(grammar, lead, text).or_else(|| split_middle(grammar, lexicon, lead, text))
    {
        return name;
    }
    // 调解成功率达到97%: a deed that a statistic is made of is no action.
    if lead.effect.is_some()
        && grammar.action_at_start(text).is_some_and(|deed| {
            let rest = text[deed.len()..].trim_start_matches('了');
            rest.len() == text.len() - deed.len() && grammar.statistic_tails.suffix_of(rest).is_some()
        })
    {
        return text;
    }
    // A chain of actions at the beginning: 新建、改扩建, 孵化培育.
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
        let next = grammar.action_at_start(rest).filter(|next| {
            rest[next.len()..].chars().count() != 1 && !(policy && grammar.leading_moves.contains(next))
        });
        if next.is_none() {
            // 修复和|新造|红树林: the second deed is one that stands in no other list.
            if let Some(second) = grammar.behind_conjunction(after)
                && let Some(verb) = grammar.second_deeds.prefix_of(second)
            {
                end = text.len() - second.len() + verb.len();
                rest = &second[verb.len()..];
                break;
            }
            rest = grammar.behind_conjunction(after).unwrap_or(after);
            break;
        }
    }
    if end > 0 {
        // 供应|分配12万套: a second verb that nothing follows makes a pair with the first.
        let first = text[..end].trim_end_matches('了');
        // 开展|审计14项: what is done is itself a deed.
        if rest.is_empty()
            && lead.effect.is_none()
            && !grammar.actions.contains(first)
            && let Some(light) =
                grammar.light_verbs.prefix_of(first).filter(|light| first[light.len()..].chars().count() > 1)
            && grammar.actions.contains(light)
        {
            lead.action = Some(light);
            return &text[light.len()..];
        }
        let pair = lead.effect.is_none()
            && (grammar.actions.contains(rest) || grammar.second_deeds.contains(rest))
            && grammar.not_actions.prefix_of(rest) != Some(rest)
            && !grammar.light_verbs.contains(first)
            && !lexicon.is_name(rest);
        if pair {
            lead.action = Some(text);
            return "";
        }
        lead.action = Some(first);
        return rest;
    }
    // 向社会|供应, 为企业|量身定制|讲座: for whom it was done is no name.
    if let Some(word) = grammar.towards.prefix_of(text)
        && !grammar.is_inside(word, "", &text[word.len()..])
    {
        let action = grammar.actions.find_iter(text).find(|r| {
            (2..=10).contains(&text[..r.start].chars().count())
                && text[r.clone()].chars().count() > 1
                && !grammar.is_nominal(&text[r.end..])
                && grammar.not_actions.prefix_of(&text[r.start..]).is_none_or(|noun| noun.len() < r.len())
        });
        if let Some(action) = action {
            let name = text[action.end..].trim_start_matches('了');
            // 清欠账款、挽回|损失: the last deed of a list is the value's.
            if let Some(at) = name.rfind('、')
                && let Some(last) = grammar.action_at_start(&name[at + '、'.len_utf8()..])
            {
                lead.action = Some(last);
                return &name[at + '、'.len_utf8() + last.len()..];
            }
            lead.action = Some(&text[action]);
            return name;
        }
    }
    // 铁路、公路分别|投入, 活动年均|吸引: behind the word that deals out, any action may stand at the end.
    if let Some(word) = grammar.actions.suffix_of(text)
        && lead.effect.is_none()
    {
        let rest = cut_end(text, word);
        if let Some(each) = grammar.each.suffix_of(rest).filter(|w| w.chars().count() > 1) {
            lead.action = Some(word);
            lead.each = true;
            return cut_end(rest, each);
        }
        if let Some(yearly) = grammar.yearly.suffix_of(rest) {
            lead.action = Some(word);
            lead.yearly = true;
            return cut_end(rest, yearly);
        }
    }
    if let Some(word) = grammar.trailing_actions.suffix_of(text)
        && word.len() < text.len()
        && lead.effect.is_none()
    {
        lead.action = Some(word);
        let mut rest = cut_end(text, word);
        // 商事主体五年|净增: over how long is no name.
        while let Some(adverb) = grammar.adverbs.suffix_of(rest).filter(|adverb| {
            adverb.chars().count() > 1
                && adverb.len() < rest.len()
                && !grammar.is_inside(adverb, cut_end(rest, adverb), "")
        }) {
            rest = cut_end(rest, adverb);
        }
        // 较“十三五”末|净增: what it is compared with is no name.
        if let Some((shorter, against)) = comparison_at_end(grammar, rest) {
            lead.basis = Some(basis_of(against));
            lead.against = Some(against);
            return shorter;
        }
        return rest;
    }
    // The last action inside, with a subject before and a name behind.
    let known = grammar.not_actions.prefix_of(text).map_or(0, str::len);
    let inner =
        grammar.inner_actions.find_iter(text).filter(|r| r.start > 3 && r.start >= known && text.len() - r.end >= 6);
    // 研发费用加计扣除享受户数|增长: what moves is the number of those who do it.
    let counted =
        |name: &str| lead.effect.is_some() && name.chars().count() <= 3 && grammar.statistic_tails.contains(name);
    let inner = inner.last().filter(|r| !grammar.is_nominal(&text[r.end..]) && !counted(&text[r.end..]));
    if let Some(range) = inner
        && !text.starts_with('以')
        && grammar.not_actions.prefix_of(&text[range.start..]).is_none_or(|n| n.len() < range.len())
    {
        // 新品牌正式发布、出口增长2倍: what was done before the list mark is a clause of its own.
        if text[range.end..].starts_with('、') {
            return text[range.end..].trim_start_matches('、');
        }
        // 合作|新签约|项目: the longer deed that begins there.
        let range = match grammar.action_at_start(&text[range.start..]) {
            Some(longer) if range.start + longer.len() + 6 <= text.len() => {
                range.start..range.start + longer.len().max(range.len())
            }
            _ => range,
        };
        lead.action = Some(&text[range.clone()]);
        let who = tidy(grammar, &text[..range.start]);
        let name = &text[range.end..];
        // 文化产业|实现|增加值: the branch is part of what is measured.
        if matches!(&text[range.clone()], "实现" | "完成" | "累计实现" | "累计完成")
            && grammar.branch_nouns.suffix_of(who).is_some()
            && grammar.measure_nouns.contains(name)
        {
            lead.action = None;
            lead.branch = Some(who);
            return name;
        }
        // 开发区|完成|主营业务收入: a statistic is not what is done.
        if text[range.clone()].ends_with("完成") {
            lead.action = None;
            lead.completed = true;
        }
        lead.subject = Some(who).filter(|who| is_subject(grammar, who));
        return name;
    }
    text
}

/// 提请|市人大常委会|审议|议案, 帮助|企业|引进|人才: the deed of the one in the middle is the value's.
fn split_pivot<'t>(grammar: &Grammar, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
    let pivot = grammar.pivots.prefix_of(text)?;
    let rest = &text[pivot.len()..];
    let deed = grammar.inner_actions.find_iter(rest).find(|deed| {
        let name = &rest[deed.end..];
        rest[..deed.start].chars().count() >= 2
            && name.chars().count() >= 2
            && !grammar.is_nominal(name)
            && grammar.compound_heads.prefix_of(name).is_none()
            && grammar.not_actions.prefix_of(&rest[deed.start..]).is_none_or(|noun| noun.len() < deed.len())
    })?;
    let who = &rest[..deed.start];
    // 提请…审议 is what the government does itself.
    let asks = pivot == "提请";
    lead.action = Some(if asks { pivot } else { &rest[deed.clone()] });
    lead.subject = Some(who).filter(|who| !asks && is_subject(grammar, who));
    Some(rest[deed.end..].trim_start_matches('了'))
}

/// 天使母基金|累计|投资|初创项目, 中欧班列|累计|开行: an adverb before the deed parts it from whom or what it is said of.
fn split_middle<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str) -> Option<&'t str> {
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

/// 开发区规上工业增加值: the figure of a part of the region or of a firm.
fn subject_of<'t>(grammar: &Grammar, name: &'t str) -> Option<&'t str> {
    let at = grammar.subject_tails.find_iter(name).next()?;
    let listed = name[at.end..].starts_with(['、', '和', '与', '及', '（', '(']);
    (at.end < name.len() && at.start < 24 && !listed).then(|| &name[..at.end])
}

fn cut_end<'t>(text: &'t str, word: &str) -> &'t str {
    &text[..text.len() - word.len()]
}
