//! What a value is held against at the end of the words before it: the whole of a share, a base of comparison, the other
//! side of a gap, a year.

use super::grammar::Grammar;
use crate::model::Basis;
use crate::plan;

/// `占全省的`, `占GDP比重`: the share and the whole.
pub fn share_at_end(text: &str) -> Option<(&str, &str)> {
    let at = text.rfind('占')?;
    let whole = text[at + '占'.len_utf8()..].trim();
    let whole = whole.trim_end_matches('的');
    let long = whole.chars().count();
    // 占地120亩 is no share, 占地区生产总值、占地方财政支出的 are.
    let land = whole.starts_with('地') && !["地区", "地方", "地级"].iter().any(|w| whole.starts_with(w));
    if long == 0 || long > 24 || land || whole.starts_with('比') || whole.contains(['，', '；']) {
        return None;
    }
    Some((&text[..at], whole))
}

/// `较上年`, `比2015年`, `比全省`: what a movement is measured against.
pub fn comparison_at_end<'t>(grammar: &Grammar, text: &'t str) -> Option<(&'t str, &'t str)> {
    // 比去年|同期: the last sign that is no part of a word.
    let signs = text.char_indices().rev().filter(|(_, c)| matches!(c, '较' | '比' | '与' | '同'));
    let (start, _) = signs.into_iter().find(|(at, c)| {
        let behind = &text[at + c.len_utf8()..];
        // 研究|与|试验发展 is one word.
        !(*c == '同' && behind.starts_with(['期', '比', '类']) || *c == '与' && behind.starts_with("试验发展"))
    })?;
    let against = text[start + '比'.len_utf8()..].trim();
    let long = against.chars().count();
    if !(1..=16).contains(&long) || against.contains(['，', '；', '。']) {
        return None;
    }
    // 占比, 对比, 性价比, 比重, 比例 are no comparison.
    if text[..start].ends_with(['占', '对', '价', '环', '相', '可'])
        || against.starts_with(['重', '例', '率', '较', '赛'])
    {
        return None;
    }
    // Only times and places can be compared with here; anything else is a name that holds the character.
    let known = grammar.compared_with.find_iter(against).next().is_some()
        || plan::at_start(against.trim_start_matches('“')).is_some();
    known.then_some((&text[..start], against))
}

/// The object of a gap: `高于全省`, `超全市平均水平`, `快于传统产业`. Returns what stands before the verb and the object.
pub fn gap_at_end(text: &str) -> Option<(&str, &str, f64)> {
    const VERBS: [(&str, f64); 17] = [
        ("高于", 1.0),
        ("快于", 1.0),
        ("高出", 1.0),
        ("优于", 1.0),
        ("好于", 1.0),
        ("领先", 1.0),
        ("超过", 1.0),
        ("超出", 1.0),
        ("跑赢", 1.0),
        ("强于", 1.0),
        ("大于", 1.0),
        ("小于", -1.0),
        ("低于", -1.0),
        ("慢于", -1.0),
        ("落后于", -1.0),
        ("落后", -1.0),
        ("超", 1.0),
    ];
    let (at, verb, sign) = text.char_indices().rev().find_map(|(at, c)| {
        if !matches!(c, '高' | '快' | '优' | '好' | '领' | '超' | '跑' | '强' | '低' | '慢' | '落' | '大' | '小')
        {
            return None;
        }
        let here = VERBS.iter().filter(|(verb, _)| text[at..].starts_with(verb));
        here.max_by_key(|(verb, _)| verb.len()).map(|(verb, sign)| (at, *verb, *sign))
    })?;
    let object = text[at + verb.len()..].trim();
    let long = object.chars().count();
    ((1..=20).contains(&long) && !object.contains(['，', '；', '。'])).then_some((&text[..at], object, sign))
}

/// What a comparison is made with.
pub fn basis_of(against: &str) -> Basis {
    if ["上年", "去年", "同期", "前年", "上一年"].iter().any(|w| against.contains(w)) {
        Basis::Yoy
    } else if ["目标", "计划", "任务", "预期", "序时"].iter().any(|w| against.contains(w)) {
        Basis::VsTarget
    } else if ["末", "初", "时期", "期末", "月", "季度", "半年", "以往", "前"].iter().any(|w| against.contains(w))
        || plan::at_start(against.trim_start_matches('“')).is_some()
        // 年均增幅: how another statistic moved, no time.
        || against.match_indices('年').any(|(at, year)| !against[at + year.len()..].starts_with(['均', '增', '递']))
    {
        Basis::VsPreviousPeriod
    } else {
        Basis::VsRegion
    }
}

/// `…2019年的`, `…2025年底`, `…“十五”末的`: the year and what stands before it.
pub fn year_at_end(text: &str) -> Option<(&str, i16)> {
    let bare = text.strip_suffix('的').unwrap_or(text);
    if let Some((before, year)) = plan_end_at_end(bare) {
        return (!before.ends_with(['比', '较', '与', '同', '自', '于'])).then_some((before, year));
    }
    let ended = ["底", "末", "初", "全年"].iter().find_map(|w| bare.strip_suffix(w)).unwrap_or(bare);
    let bare = match ended.strip_suffix('年') {
        Some(bare) => bare,
        // 增加到2010的13.2亿元: the word for the year was lost.
        None if bare.len() < text.len()
            && bare.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(['到', '至', '由', '从']) =>
        {
            bare
        }
        None => return None,
    };
    let digits = bare.len().checked_sub(4)?;
    if bare.get(..digits)?.ends_with(['比', '较', '与', '同', '自', '于']) {
        return None;
    }
    let year: i16 = bare.get(digits..)?.parse().ok()?;
    let before = &bare[..digits];
    ((1949..=2100).contains(&year) && !before.ends_with(|c: char| c.is_ascii_digit() || c == '-'))
        .then_some((before, year))
}

/// `…由“十五”末`, `…从“八五”期末`: the plan's last year and what stands before it.
fn plan_end_at_end(text: &str) -> Option<(&str, i16)> {
    let head = ["期末", "末期", "末年", "末"].iter().find_map(|end| text.strip_suffix(end))?;
    let name = plan::at_end(head.strip_suffix('”').unwrap_or(head))?;
    let before = &head[..head.rfind(name)?];
    Some((before.strip_suffix('“').unwrap_or(before), plan::last_year(name)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_before_a_value() {
        assert_eq!(year_at_end("出口由2009年的"), Some(("出口由", 2009)));
        assert_eq!(year_at_end("出口增加到2009的"), Some(("出口增加到", 2009)));
        assert_eq!(year_at_end("编号2009的"), None);
        assert_eq!(year_at_end("出口由“八五”期末的"), Some(("出口由", 1995)));
        assert_eq!(year_at_end("出口从“十三五”末的"), Some(("出口从", 2020)));
        assert_eq!(year_at_end("出口较“十三五”末的"), None);
    }

    #[test]
    fn times_and_others_that_are_compared_with() {
        assert_eq!(basis_of("“九五”"), Basis::VsPreviousPeriod);
        assert_eq!(basis_of("2012年"), Basis::VsPreviousPeriod);
        assert_eq!(basis_of("去年同期"), Basis::Yoy);
        assert_eq!(basis_of("农民收入年均增幅"), Basis::VsRegion);
        assert_eq!(basis_of("全省"), Basis::VsRegion);
    }
}
