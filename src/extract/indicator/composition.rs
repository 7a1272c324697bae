//! 三次产业比为16.1：50：33.9: one phrase, three shares of the whole.

use std::sync::LazyLock;

use regex::Regex;

use crate::plan;
use crate::text::{Span, ideographs};

/// One member of a composition.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The number; bytes of the text given.
    pub span: Span,
    /// From its first number to its last.
    pub whole: Span,
    /// Where the name of the sectors begins.
    pub head: usize,
    pub name: String,
    /// What is composed is the output, not the jobs or the investment of the sectors.
    pub code: Option<&'static str>,
    pub value: f64,
    /// 由a：b：c调整为…: the composition that was.
    pub earlier: bool,
    /// 由2010年的a：b：c: the year that is printed before it.
    pub year: Option<i16>,
    /// 由上年的a：b：c.
    pub last_year: bool,
}

/// What is composed of three: the sectors by any of their names, or 产业结构 alone, and what is told of them.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        "(?:三次产业|三大产业|三次产|一二三次?产业?|第?一、(?:第?)二、(?:第?)三(?:次产业|产业?)|一产、二产、三产|三产|产业)",
        "([^，。；、0-9]{0,12}?(?:结构比例|结构比重|结构比|比例|比重|结构|之比|构成|占比|比))?",
    ))
    .expect("a constant pattern")
});
/// What a later clause of the sentence says of them (三次产业协调发展，结构比由…).
static KIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("结构比例|结构比重|结构比|比例关系|比例|比重|结构|之比|构成|占比").expect("a constant pattern")
});
static TRIPLE: LazyLock<Regex> = LazyLock::new(|| {
    let number = "([0-9]{1,3}(?:\\.[0-9]{1,3})?)[%％]?";
    let sign = "\\s{0,2}[:：∶︰/]\\s{0,2}";
    Regex::new(&format!("{number}{sign}{number}{sign}{number}")).expect("a constant pattern")
});

const SECTORS: [&str; 3] = ["第一产业", "第二产业", "第三产业"];
const CODES: [&str; 3] = ["primary_share", "secondary_share", "tertiary_share"];
/// Of which three other things the same shape is said: 农业产业结构 is of crops, 从业人员 are no output.
const OTHER_THREE: [&str; 8] = ["农业", "种植业", "畜牧业", "养殖业", "林业", "工业", "内部", "农村"];
const NOT_OUTPUT: [&str; 12] =
    ["业人员", "就业", "劳动", "人口", "投资", "税收", "用电", "用地", "能耗", "利用", "贷款", "贡献"];

/// Does a sentence hold two of the signs that stand between shares? Few do.
pub fn may_stand_in(sentence: &str) -> bool {
    let mut signs = 0;
    let mut rest = sentence;
    loop {
        rest = &rest[ideographs(rest)..];
        let Some(c) = rest.chars().next() else { return false };
        signs += u32::from(matches!(c, ':' | '：' | '∶' | '︰' | '/'));
        if signs == 2 {
            return true;
        }
        rest = &rest[c.len_utf8()..];
    }
}

/// The shares that a sentence states of the three sectors. `earlier`: what its paragraph says before it (第三产业…。比重由…).
pub fn shares(earlier: &str, text: &str) -> Vec<Share> {
    let mut found: Vec<Share> = Vec::new();
    // The kind of the composition read last, and where that ended.
    let mut last: Option<(String, usize, usize)> = None;
    for triple in TRIPLE.captures_iter(text) {
        let Some(all) = triple.get(0) else { continue };
        let values: Vec<f64> = (1..=3).filter_map(|i| triple.get(i)?.as_str().parse().ok()).collect();
        // Shares of a whole add up to it; anything else is a score or a time.
        if values.len() != 3 || (values.iter().sum::<f64>() - 100.0).abs() > 1.5 {
            continue;
        }
        let before = &text[..all.start()];
        let (kind, head) = match last.take().filter(|(_, _, end)| becomes(&before[*end..])) {
            Some((kind, head, _)) => {
                found.iter_mut().rev().take(SECTORS.len()).for_each(|share| share.earlier = true);
                (kind, head)
            }
            None => match kind_before(before).or_else(|| bare_kind(earlier, before)) {
                Some(named) => named,
                None => continue,
            },
        };
        let year = year_before(before);
        let last_year =
            ["上年", "上一年", "去年"].iter().any(|word| before.trim_end_matches(['的', '末', '底']).ends_with(word));
        let output = !NOT_OUTPUT.iter().any(|word| kind.contains(word));
        for (i, sector) in SECTORS.iter().enumerate() {
            let Some(number) = triple.get(i + 1) else { continue };
            found.push(Share {
                span: Span::new(number.start(), number.end()),
                whole: Span::new(all.start(), all.end()),
                head,
                name: format!("{sector}{kind}"),
                code: output.then_some(CODES[i]),
                value: values[i],
                earlier: false,
                year,
                last_year,
            });
        }
        last = Some((kind, head, all.end()));
    }
    found
}

/// Do the words between two compositions say that one became the other (…，调整为现在的…; not …，投资结构为…)?
fn becomes(between: &str) -> bool {
    between.chars().count() <= 24
        && !between.contains(['。', '；', ';'])
        && between.contains(['为', '到', '至', '成', '变', '转'])
        && !HEADING.is_match(between)
}

/// What the words before a composition call it, where they name the sectors, and where that name begins: 比例 of
/// 三次产业比例调整为.
fn kind_before(before: &str) -> Option<(String, usize)> {
    /// In characters: from the name of the sectors to the first number.
    const REACH: usize = 48;
    let heading = HEADING.captures_iter(before).filter(|heading| is_of_sectors(before, heading)).last()?;
    let name = heading.get(0)?;
    let between = &before[name.end()..];
    if between.chars().count() > REACH {
        return None;
    }
    let own = heading.get(1).map(|kind| kind.as_str()).filter(|kind| !kind.is_empty());
    // 三次产业协调发展，结构比由…: the clause before the numbers says what they are.
    let clause = between.rsplit(['，', ',', '、']).next().unwrap_or(between);
    let kind = own.or_else(|| KIND.find(clause).map(|kind| kind.as_str())).unwrap_or("比重");
    Some((kind.to_owned(), name.start()))
}

/// 比重由…, 结构比为…: a clause that opens with the word alone, in a paragraph on the sectors.
fn bare_kind(earlier: &str, before: &str) -> Option<(String, usize)> {
    /// In characters: how far back the sectors may have been named.
    const REACH: usize = 90;
    let at =
        before.rfind(['，', '；', ',', ';']).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let kind = KIND.find(&before[at..]).filter(|kind| before[at..at + kind.start()].trim().is_empty())?;
    let from = earlier.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let named = ["三次产业", "第一产业", "第三产业", "三产", "一产"];
    let of_sectors = [&earlier[from..], &before[..at]].iter().any(|text| named.iter().any(|name| text.contains(name)));
    of_sectors.then(|| (kind.as_str().to_owned(), at))
}

/// 三次产业, or 产业结构 where it is that of the whole economy.
fn is_of_sectors(before: &str, heading: &regex::Captures<'_>) -> bool {
    let Some(name) = heading.get(0) else { return false };
    let head = &before[..name.start()];
    if !name.as_str().starts_with("产业") {
        return !head.ends_with('第');
    }
    let told = heading.get(1).is_some_and(|kind| kind.as_str().starts_with("结构"));
    told && !OTHER_THREE.iter().any(|other| head.ends_with(other))
}

/// The year that stands right before a composition: 由2010年的, 由2010年底的, 由“十一五”末的.
fn year_before(before: &str) -> Option<i16> {
    let head = before.trim_end().trim_end_matches(['的', '末', '底', '初', '期']);
    if let Some(digits) = head.strip_suffix('年') {
        let year: i16 = digits.get(digits.len().checked_sub(4)?..)?.parse().ok()?;
        return (1949..=2100).contains(&year).then_some(year);
    }
    // A plan without its end is a span, no year.
    let ended = before.trim_end().trim_end_matches('的').ends_with(['末', '底']);
    let name = head.strip_suffix('”').unwrap_or(head);
    let from = name.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    let plan = (from..name.len()).filter(|at| name.is_char_boundary(*at)).find_map(|at| plan::at_start(&name[at..]))?;
    (ended && name.ends_with(plan)).then(|| plan::last_year(plan)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, f64, bool, Option<i16>)> {
        shares("", text).into_iter().map(|s| (s.name, s.value, s.earlier, s.year)).collect()
    }

    fn names(text: &str) -> Vec<String> {
        shares("", text).into_iter().map(|s| s.name).collect()
    }

    #[test]
    fn three_shares_of_one_phrase() {
        let found = read("三次产业增加值比例由21.2：47.4：31.4调整为15.1：51：33.9。");
        let values: Vec<_> = found.iter().map(|s| (s.1, s.2)).collect();
        assert_eq!(values, [(21.2, true), (47.4, true), (31.4, true), (15.1, false), (51.0, false), (33.9, false)]);
        assert_eq!(found[0].0, "第一产业增加值比例");
    }

    #[test]
    fn any_heading_and_any_colon() {
        assert_eq!(names("产业结构调整为12: 38.5: 49.5")[2], "第三产业结构");
        assert_eq!(names("三次产业由2001年的20∶37∶43演进为17∶43∶40")[5], "第三产业比重");
        assert_eq!(names("三次产业更加协调，结构比由2004年的14:68:18变为11:64:25")[0], "第一产业结构比");
        assert_eq!(names("一、二、三产业比例为9︰51︰40")[1], "第二产业比例");
        let bare = "比重由2003年的20∶37∶43演进为现在的17∶43∶40";
        assert_eq!(shares("三次产业增加值分别增长3%、20%和15%。", bare)[5].name, "第三产业比重");
        assert!(shares("粮经饲种植更加合理。", bare).is_empty());
    }

    #[test]
    fn each_with_its_year() {
        let years = |text: &str| -> Vec<Option<i16>> { read(text).into_iter().step_by(3).map(|s| s.3).collect() };
        assert_eq!(years("三次产业比由2001年底的20∶37∶43变为2006年的17∶43∶40"), [Some(2001), Some(2006)]);
        assert_eq!(years("三次产业比由“十五”末的20∶37∶43变为17∶43∶40"), [Some(2005), None]);
        assert_eq!(years("三次产业比由上年的20∶37∶43变为17∶43∶40"), [None, None]);
    }

    #[test]
    fn what_is_of_others_or_does_not_add_up_is_no_composition() {
        assert!(shares("", "三次产业比赛以3:2:1结束").is_empty());
        assert!(shares("", "农业产业结构调整为60:30:10").is_empty());
        assert!(shares("", "产业园区建设用地比为60:30:10").is_empty());
        assert_eq!(shares("", "三次产业就业结构为30:30:40")[0].code, None);
        assert_eq!(shares("", "三次产业结构为30:30:40")[0].code, Some("primary_share"));
    }
}
