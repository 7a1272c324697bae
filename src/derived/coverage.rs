//! Which headline statistics a report states: *not stated* and *not read* are different answers.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::facts::Report;
use crate::extract::lexicon::Lexicon;
use crate::model::Kind;
use crate::model::{Coverage, Status};
use crate::tables::CoverageRow;
use crate::trie::Trie;

/// Names of the headline statistics, by code, among the names of all others.
#[derive(Debug)]
pub struct Headlines {
    codes: Vec<String>,
    /// Every name, with its code's place in `codes`; none for the names of other statistics.
    names: Trie<Option<usize>>,
}

/// A headline statistic that a text names with a number beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention<'t> {
    pub code: usize,
    /// As printed.
    pub name: &'t str,
    /// Where the number (or the word for a state: 同步) begins, in bytes of the text.
    pub number: usize,
}

/// Characters behind a name in which its number is looked for.
const REACH: usize = 24;

/// A number right before a name: 4个老旧小区.
static COUNT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[0-9][0-9.]*[十百千万亿]*余?多?[个家户亩座项]?$").expect("a constant pattern"));
/// What a name is followed by where the figure behind it is of something else.
static OTHER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("比重|占比|贡献|比例|能耗|的[^，]*率").expect("a constant pattern"));
/// A number that is no year, or a word that says how a statistic moves without one.
static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:(?:19|20)[0-9]{2}[—-])?(?:19|20)[0-9]{2}年|(?P<figure>[0-9]|同步|持平)").expect("a constant pattern")
});

impl Headlines {
    /// Those of the lexicon.
    pub fn of(lexicon: &Lexicon) -> Self {
        Self::new(lexicon.printed_names())
    }

    /// From pairs of code and name; names without a code belong to other statistics.
    pub fn new<'n>(pairs: impl IntoIterator<Item = (Option<&'n str>, String)>) -> Self {
        // 区 and the like name a statistic only in the company of others.
        let telling = |(_, name): &(_, String)| name.chars().count() >= 3 || name.is_ascii();
        let mut owned: Vec<(Option<&str>, String)> = pairs.into_iter().filter(telling).collect();
        // Of two statistics with one name it is that of the last.
        owned.reverse();
        owned.sort_by(|a, b| a.1.cmp(&b.1));
        owned.dedup_by(|next, kept| next.1 == kept.1);
        let known: BTreeSet<&str> = owned.iter().filter_map(|(code, _)| *code).collect();
        let codes: Vec<String> = known.into_iter().map(str::to_string).collect();
        let place = |code: &str| codes.binary_search_by(|c| c.as_str().cmp(code)).ok();
        let mut names = Trie::forwards();
        for (code, name) in &owned {
            names.insert(name, code.and_then(place));
        }
        Self { codes, names }
    }

    /// The codes, in order.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// The place of a code among them.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.codes.binary_search_by(|known| known.as_str().cmp(code)).ok()
    }

    /// The headline statistics that a text names with a number close by.
    pub fn mentions<'t>(&self, text: &'t str) -> Vec<Mention<'t>> {
        let mut found = Vec::new();
        for (start, long, code) in self.names.find_iter(text) {
            let Some(code) = code else { continue };
            let (before, end) = (&text[..start], start + long);
            // 占财政支出比重 is a share of it.
            if before.ends_with(['占', '单', '元']) {
                continue;
            }
            if let Some(number) = figure_behind(text, end).or_else(|| figure_before(text, start)) {
                found.push(Mention { code, name: &text[start..end], number });
            }
        }
        found
    }
}

/// Where the figure behind a name begins, in the same clause.
fn figure_behind(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from..];
    let clause = rest
        .char_indices()
        .take(REACH)
        .take_while(|(_, c)| !matches!(c, '。' | '；' | '，' | '\n'))
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    let clause = &rest[..clause];
    // The 10 of PM10 measures nothing.
    let measures = |at: usize| !clause[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let figures = FIGURE.captures_iter(clause).filter_map(|found| found.name("figure")).map(|m| m.start());
    let figure = figures.into_iter().find(|at| measures(*at))?;
    (!OTHER.is_match(&clause[..figure])).then_some(from + figure)
}

/// Where the count right before a name begins.
fn figure_before(text: &str, to: usize) -> Option<usize> {
    let start = text[..to].char_indices().rev().take(10).last().map_or(to, |(at, _)| at);
    COUNT.find(&text[start..to]).map(|found| start + found.start())
}

/// Does a section of this kind state figures of the region?
pub fn states_figures(kind: Kind) -> bool {
    !matches!(kind, Kind::Glossary | Kind::Front | Kind::Closing)
}

/// A row for each of the reports that has a region and a year, and each headline statistic.
pub fn coverage<'f>(headlines: &'f Headlines, reports: &[&'f Report]) -> Vec<CoverageRow<'f>> {
    let mut rows = Vec::new();
    for report in reports {
        let (Some(region_code), Some(year)) = (report.region_code.as_deref(), report.report_year) else { continue };
        for (place, code) in headlines.codes.iter().enumerate() {
            let told = |status: Status| {
                let mut found = report.told.iter().filter(|t| (t.0, t.1) == (place, status)).map(|t| t.2);
                let first = found.next().unwrap_or(Coverage::NotStated);
                if found.any(|answer| answer == Coverage::Stated) { Coverage::Stated } else { first }
            };
            let (actual, target) = (told(Status::Actual), told(Status::Target));
            rows.push(CoverageRow { report_id: &report.report_id, region_code, year, code, actual, target });
        }
    }
    rows
}

/// The reports in the order in which `coverage` tells of them.
pub fn in_order(reports: &[Report]) -> Vec<&Report> {
    let mut order: Vec<&Report> = reports.iter().collect();
    order.sort_by_key(|report| (&report.region_code, report.report_year, &report.report_id));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headlines() -> Headlines {
        let names = [
            (Some("gdp"), "生产总值"),
            (Some("cpi"), "居民消费价格"),
            (Some("loans"), "贷款余额"),
            (Some("market_entities"), "经营主体"),
            (None, "新型农业经营主体"),
            (Some("old_communities"), "老旧小区"),
            (Some("budget_expenditure"), "财政支出"),
        ];
        Headlines::new(names.map(|(code, name)| (code, name.to_string())))
    }

    fn named(text: &str) -> Vec<(String, &str)> {
        let headlines = headlines();
        headlines.mentions(text).iter().map(|m| (headlines.codes()[m.code].clone(), &text[m.number..])).collect()
    }

    #[test]
    fn what_is_named_with_a_number() {
        assert_eq!(
            named("生产总值增长6%，贷款余额稳步增加，总量达到5亿元。"),
            [("gdp".into(), "6%，贷款余额稳步增加，总量达到5亿元。")]
        );
        assert_eq!(named("到2025年，生产总值2025年达到3亿元"), [("gdp".into(), "3亿元")]);
        assert_eq!(named("居民消费价格与上年持平"), [("cpi".into(), "持平")]);
        assert_eq!(named("改造4个老旧小区。"), [("old_communities".into(), "4个老旧小区。")]);
    }

    #[test]
    fn what_is_named_as_something_else() {
        assert!(named("新型农业经营主体达到15家").is_empty());
        assert!(named("生产总值、PM10都有改善").is_empty());
        assert!(named("教育支出占财政支出的75%，财政支出中民生占比75%").is_empty());
    }

    #[test]
    fn three_answers() {
        let headlines = headlines();
        let place = |code: &str| headlines.place(code).unwrap();
        let report = Report {
            report_id: "r".into(),
            region_code: Some("110000".into()),
            report_year: Some(2020),
            review_year: Some(2019),
            told: vec![
                (place("gdp"), Status::Actual, Coverage::Unread),
                (place("gdp"), Status::Actual, Coverage::Stated),
                (place("cpi"), Status::Target, Coverage::Unread),
            ],
            ..Report::default()
        };
        let nowhere = Report { region_code: None, ..report.clone() };
        let reports = [&report, &nowhere];
        let told: Vec<_> = coverage(&headlines, &reports).iter().map(|r| (r.code, r.actual, r.target)).collect();
        assert_eq!(told.len(), 6);
        assert!(told.contains(&("gdp", Coverage::Stated, Coverage::NotStated)));
        assert!(told.contains(&("cpi", Coverage::NotStated, Coverage::Unread)));
        assert!(told.contains(&("loans", Coverage::NotStated, Coverage::NotStated)));
    }
}
