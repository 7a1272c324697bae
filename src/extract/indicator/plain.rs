//! Names as they should stand: without what was put into them (生产总值|（预计，下同）|), without who pushed them, and with the
//! mark that those who are counted came to (税收超过千万元的乡镇).

use super::compose::Scene;
use super::figure::Figure;
use super::grammar::{Effect, Grammar};
use super::lead::Lead;
use super::naming::Naming;
use super::tidy::tidy;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;

/// Names without remarks, years and words of a list inside: 生产总值|（预计，下同）|, 第三产业|2011年|增加值, 电子信息|等|行业产值.
pub fn plain_names(scene: &Scene<'_>, naming: &mut Naming, lead: &Lead<'_>) {
    let grammar = &scene.context.rules.grammar;
    for name in &mut naming.names {
        // 接待游客、实现旅游花费|分别增长: what a statistic came to is no part of its name.
        if let Some(statistic) = name.strip_prefix("实现")
            && (lead.each || lead.both)
            && grammar.measure_nouns.suffix_of(statistic).is_some() | scene.context.lexicon.is_name(statistic)
        {
            *name = statistic.to_owned();
        }
        if let Some(open) = name.find(['（', '('])
            && let Some(close) = name[open..].find(['）', ')']).map(|at| open + at)
            && grammar.remarks.find_iter(&name[open..close]).next().is_some()
        {
            let end = close + name[close..].chars().next().map_or(1, char::len_utf8);
            name.replace_range(open..end, "");
        }
        // The tail must be a measure of what stands before, or the whole a statistic.
        let year = name.char_indices().skip(2).find(|(at, _)| {
            let rest = &name.as_bytes()[*at..];
            rest.len() > 7 && rest[..4].iter().all(u8::is_ascii_digit) && name[at + 4..].starts_with('年')
        });
        if let Some((at, _)) = year {
            let tail = &name[at + 4 + '年'.len_utf8()..];
            let tail = tail.strip_prefix(['底', '末']).unwrap_or(tail);
            let joined = format!("{}{tail}", name[..at].trim_end_matches('的'));
            if grammar.measure_nouns.contains(tail) || scene.context.lexicon.code(&joined).is_some() {
                *name = joined;
            }
        }
    }
    // What all the members of a list share stands behind 等 in its last one.
    if lead.each
        && let [first, .., last] = naming.names.as_mut_slice()
        && let Some(at) = last.find('等').filter(|at| *at >= 6)
        && first.ends_with(&last[at + '等'.len_utf8()..])
        && last[at + '等'.len_utf8()..].chars().count() >= 2
    {
        last.replace_range(at..at + '等'.len_utf8(), "");
    }
}

/// 日均|新设企业1665户: how many there were a day is a statistic of its own, deed and all.
pub fn per_day(naming: &mut Naming, lead_text: &str) {
    let Some(day) = ["日均", "月均"].into_iter().find(|day| lead_text.contains(day)) else { return };
    let clause = lead_text.rsplit(['，', '；', '：', '、']).next().unwrap_or(lead_text).trim();
    if naming.carried || naming.rule == "value_name" || !clause.starts_with(day) {
        return;
    }
    let deed = naming.action.take().unwrap_or_default();
    for name in naming.names.iter_mut().filter(|name| !name.contains("均")) {
        name.insert_str(0, &deed);
        name.insert_str(0, day);
    }
}

/// 推动|增加值突破2600亿元, 推动|签约率70%以上, 拉动|产值增长8%: who pushed a statistic did nothing to it.
pub fn no_push(scene: &Scene<'_>, naming: &mut Naming, lead: &Lead<'_>, group: &[Figure], lead_text: &str) {
    let grammar = &scene.context.rules.grammar;
    let Some(Figure::Value(quantity)) = group.last() else { return };
    let printed = &scene.sentence[quantity.outer.start..quantity.span.start];
    let reached = ["突破", "超过", "达到", "达"].iter().any(|word| printed.starts_with(word));
    let told = lead.effect.is_some() || reached;
    if naming.carried || naming.rule == "value_name" || !told && quantity.dimension != Dimension::Percent {
        return;
    }
    if naming.action.as_deref().is_some_and(|deed| grammar.pushing.contains(deed)) {
        let statistic = |name: &String| {
            scene.context.lexicon.code(name).is_some()
                || grammar.measure_nouns.suffix_of(name).is_some()
                || grammar.statistic_tails.suffix_of(name).is_some()
        };
        if naming.names.iter().all(statistic) {
            naming.action = None;
        }
    }
    // 新机制推动|企业反映问题解决率: whatever pushed it is no part of the name either.
    for name in naming.names.iter_mut().filter(|_| told && !lead_text.contains('、')) {
        let found = grammar.pushing.find_iter(name).next();
        if let Some(verb) = found
            && (verb.start == 0 || verb.start > 3)
            && name[verb.end..].chars().count() >= 2
            && (lead.effect.is_some_and(|effect| effect != Effect::State) && verb.start == 0
                || grammar.measure_nouns.suffix_of(name).is_some()
                || grammar.statistic_tails.suffix_of(&name[verb.end..]).is_some())
            && !name[verb.end..].starts_with(['的', '力', '型', '作', '效', '系'])
            && !name[..verb.start].contains('的')
        {
            let own = tidy(grammar, &name[verb.end..]).to_owned();
            *name = own;
        }
    }
}

/// 工业项目固投超亿元 → 固投超亿元的工业项目: things that are counted because each came to a mark without a digit.
pub fn over_a_mark(grammar: &Grammar, trail: &str) -> Option<String> {
    let clause = &trail[..trail.find(['，', '。', '；', '、']).unwrap_or(trail.len())];
    let clause = clause.strip_prefix('的').unwrap_or(clause);
    let word = grammar.bounds_of_each.find_iter(clause).last()?;
    let mark = &clause[word.start..];
    let money = clause[word.end..].strip_suffix('元')?;
    if money.is_empty() || !money.chars().all(|c| "十百千万亿".contains(c)) {
        return None;
    }
    let head = &clause[..word.start];
    let things = [&grammar.agents, &grammar.threshold_heads];
    let end = things.iter().filter_map(|words| words.find_iter(head).last()).map(|thing| thing.end).max()?;
    let measure = head[end..].trim_start_matches("实现").trim_start_matches("完成");
    let plain = (2..=10).contains(&measure.chars().count()) && measure.chars().all(crate::text::is_han);
    plain.then(|| format!("{measure}{mark}的{}", &head[..end]))
}

/// The words behind a figure that another one follows straight away: 9478户|33411人|实现脱贫.
pub fn behind_glued<'a>(scene: &Scene<'a>, quantity: &Quantity, trail_text: &'a str) -> &'a str {
    if !trail_text.is_empty() {
        return trail_text;
    }
    let rest = &scene.sentence[quantity.outer.end..];
    let digits = rest.trim_start_matches('、').trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let people = digits.trim_start_matches(['多', '余', '万']);
    match people.strip_prefix(['人', '户', '名']) {
        Some(behind) if digits.len() < rest.len() => &behind[..behind.find(['，', '；', '。']).unwrap_or(behind.len())],
        _ => trail_text,
    }
}
