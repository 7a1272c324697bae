//! What opens a clause before its name and is no part of it: list numbers, ways of reckoning, times.

use super::grammar::Grammar;
use super::rank::behind_times;
use crate::numeral::is_counting;
use crate::plan;

/// The number of a list item: `49.新开工`, `177、完成`, `121完成`.
pub fn number_at_start<'t>(grammar: &Grammar, text: &'t str) -> Option<&'t str> {
    if let Some(rest) = text.strip_prefix(|c: char| ('①'..='⑳').contains(&c)) {
        return Some(rest);
    }
    // 五、改造17个中转站; but 一、二、三产业增加值 lists its industries.
    let numeral = text.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    if (3..=9).contains(&(text.len() - numeral.len()))
        && let Some(rest) = numeral.strip_prefix('、')
        && !rest.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
        && !rest.starts_with("次产业")
        && rest.chars().count() >= 2
    {
        return Some(rest);
    }
    // （5）硬化村内巷道
    let open = text.len() - text.trim_start_matches(['（', '(']).len();
    let text = &text[open..];
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    if open > 0 {
        return text[digits..].strip_prefix(['）', ')']);
    }
    let rest = &text[digits..];
    let stop = rest.strip_prefix(['.', '、', '．', ')', '）']);
    stop.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
        .or_else(|| grammar.action_at_start(rest).is_some_and(|w| w.chars().count() > 1).then_some(rest))
        .or_else(|| (rest.starts_with("完成") || grammar.scopes.prefix_of(rest).is_some()).then_some(rest))
}

/// How a figure was reckoned: `按自然口径计算下降9.9%`.
pub fn reckoning_at_start<'t>(grammar: &Grammar, text: &'t str) -> Option<&'t str> {
    grammar.reckoning_starts.prefix_of(text)?;
    let end = grammar.reckoning_ends.find_iter(text).last()?.end;
    (text[..end].chars().count() <= 24).then(|| &text[end..])
}

/// The same behind a name: `地区生产总值|按原统计口径`.
pub fn reckoning_at_end<'t>(grammar: &Grammar, text: &'t str) -> Option<&'t str> {
    grammar.reckoning_ends.suffix_of(text)?;
    let at = ["按", "剔除", "扣除"].iter().filter_map(|start| text.rfind(start)).max()?;
    let long = text[at..].chars().count();
    (at >= 6 && (3..=14).contains(&long) && !grammar.is_inside("按", "", &text[at + '按'.len_utf8()..]))
        .then(|| &text[..at])
}

/// A time at the beginning: `2023年`, `到2025年底`, `12月底前`, `“十四五”时期`.
pub fn time_at_start<'t>(grammar: &Grammar, text: &'t str) -> Option<&'t str> {
    // 计划到2020年, 用三年时间
    if let Some(rest) = grammar.time_leads.prefix_of(text).map(|word| &text[word.len()..]) {
        return if rest.starts_with(['到', '至', '在', '用']) { time_at_start(grammar, rest) } else { None };
    }
    if let Some(span) = grammar.time_means.prefix_of(text).map(|word| &text[word.len()..]) {
        let rest = span.trim_start_matches(is_counting);
        let rest =
            grammar.time_units.prefix_of(rest).map(|unit| &rest[unit.len()..]).filter(|_| rest.len() < span.len());
        let rest = rest.map(|rest| rest.strip_prefix("左右").unwrap_or(rest));
        return rest.and_then(|rest| rest.strip_prefix("的时间").or_else(|| rest.strip_prefix("时间")));
    }
    // 连续|第16年|居全市第一
    if let Some(rest) = text.strip_prefix('第').map(|rest| (rest, rest.trim_start_matches(is_counting)))
        && rest.1.len() < rest.0.len()
        && let Some(behind) = rest.1.strip_prefix('年').or_else(|| rest.1.strip_prefix("个年头"))
    {
        return Some(behind);
    }
    // 连续|七年|位居全国百强区榜首
    if let Some(behind) = behind_times(text)
        && grammar.rank_verbs.prefix_of(behind).is_some_and(|verb| verb.chars().count() > 1)
    {
        return Some(behind);
    }
    // 并|于2024年|突破1万亿元
    let after = text.strip_prefix(['到', '至', '在', '截', '于']).unwrap_or(text);
    let after = after.strip_prefix("至").unwrap_or(after);
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    // 1—11月
    if (1..=2).contains(&digits)
        && let Some(last) = after[digits..].strip_prefix(['—', '-', '–', '～', '~', '至'])
        && let Some(rest) = last.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('月')
        && last.starts_with(|c: char| c.is_ascii_digit())
    {
        return Some(rest.strip_prefix('份').unwrap_or(rest));
    }
    if digits > 0 {
        let unit = &after[digits..];
        let shorter = match digits {
            4 => unit.strip_prefix('年'),
            1 | 2 => unit.strip_prefix("月份").or_else(|| unit.strip_prefix('月')).or_else(|| {
                // 连续|13年|蝉联…: how long it went on.
                unit.strip_prefix('年')
                    .filter(|rest| !rest.starts_with(['期', '级', '生', '龄', '产', '以', '制', '来']))
            }),
            _ => None,
        }?;
        let shorter =
            ["年底前", "底前", "年底", "底", "末", "初", "上半年", "下半年", "前", "内", "全年", "以来", "以前", "度"]
                .iter()
                // 2020年前海生产总值: 前 begins a name there.
                .find_map(|w| {
                    shorter
                        .strip_prefix(w)
                        .filter(|rest| *w != "前" || !rest.starts_with(['海', '沿', '列', '端', '期']))
                })
                .unwrap_or(shorter);
        return Some(shorter);
    }
    let quoted = after.strip_prefix('“').unwrap_or(after);
    let shorter = &quoted[plan::at_start(quoted)?.len()..];
    let shorter = shorter.strip_prefix('”').unwrap_or(shorter);
    let tail = ["时期", "期间", "期末", "末", "以来", "规划期间"].iter().find_map(|w| shorter.strip_prefix(w));
    tail.or((quoted.len() < after.len()).then_some(shorter))
}
