//! When the report was read to the congress, and when it was put on the web.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::IdentifyRules;
use super::head::Head;
use crate::numeral;

/// A date in any of the ways that reports print it; the shape of a date is no rule that anyone would want to configure.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"([12][0-9]{3}|[一二][〇○OoＯ0零一二三四五六七八九]{3})\s*[年./-]\s*([0-9]{1,2}|[一二三四五六七八九十元]{1,2})\s*[月./-]\s*([0-9]{1,2}|[一二三四五六七八九十廿]{1,3})\s*(日|号)?",
    )
    .expect("a literal pattern")
});

/// The date that a match of the text says.
pub fn parse(text: &str) -> Option<NaiveDate> {
    let found = DATE.captures(text)?;
    let year = numeral::year(&found[1])?;
    let month = numeral::small(&found[2])?;
    let day = numeral::small(&found[3])?;
    NaiveDate::from_ymd_opt(i32::from(year), u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// The day on which the report was read: the date beside the congress in the head, or one that stands alone in the
/// report's own head, or the one that the site's title gives with the congress.
pub fn delivered(rules: &IdentifyRules, head: &Head) -> Option<NaiveDate> {
    let beside_congress = |text: &str| {
        let meetings = rules.congress.regexes.iter().flat_map(|r| r.find_iter(text)).map(|m| m.start());
        let before =
            |meeting: usize| DATE.find_iter(text).filter(|d| d.end() <= meeting && meeting - d.end() < 120).last();
        meetings.filter_map(before).find_map(|d| parse(d.as_str()))
    };
    if let Some(date) = beside_congress(&head.compact) {
        return Some(date);
    }
    let own = head.own.iter().chain(&head.between).filter(|l| !is_published(rules, &l.text));
    let dated: Vec<&str> = own.filter(|l| l.compact.contains('年')).map(|l| l.compact.as_str()).collect();
    let alone = |line: &&&str| {
        let line = line.trim_matches(|c: char| "（）()[]【】—-–―－".contains(c));
        DATE.find(line).is_some_and(|d| d.len() == line.len())
    };
    let in_brackets = |line: &&str| {
        let (open, close) = (line.rfind(['（', '('])?, line.rfind(['）', ')'])?);
        (open < close).then(|| parse(&line[open..close])).flatten()
    };
    dated
        .iter()
        .find(alone)
        .and_then(|l| parse(l))
        .or_else(|| dated.iter().find_map(in_brackets))
        .or_else(|| head.site.iter().find_map(|l| beside_congress(&l.compact)))
}

/// The day on which the page was published, as the site tells it.
pub fn published(rules: &IdentifyRules, head: &Head) -> Option<NaiveDate> {
    let lines = || head.site.iter().chain(&head.own).chain(&head.tail);
    rules
        .published
        .regexes
        .iter()
        .find_map(|rule| lines().find_map(|line| rule.captures(&line.text).and_then(|c| parse(&c["date"]))))
}

/// Is the line about the publication of the page?
fn is_published(rules: &IdentifyRules, line: &str) -> bool {
    rules.published.is_match(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_all_numerals() {
        for (text, want) in [
            ("2023 年 6 月 16 日", (2023, 6, 16)),
            ("二〇〇三年一月十日", (2003, 1, 10)),
            ("二〇一二年一月六日", (2012, 1, 6)),
            ("2026-02-03 09:02:33", (2026, 2, 3)),
            ("2022/1/24", (2022, 1, 24)),
            ("二○一九年十二月二十八日", (2019, 12, 28)),
        ] {
            assert_eq!(parse(text), NaiveDate::from_ymd_opt(want.0, want.1, want.2), "{text}");
        }
        assert_eq!(parse("2023年13月40日"), None);
    }
}
