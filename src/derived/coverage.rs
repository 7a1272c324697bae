//! Which headline statistics a report states: *not stated* and *not read* are different answers.

use std::collections::{BTreeMap, BTreeSet};

use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::Result;

use super::facts::{Facts, SectionText};
use crate::model::{Coverage, Kind, Status};
use crate::tables::CoverageRow;

/// Names of the headline statistics, by code.
#[derive(Debug)]
pub struct Headlines {
    codes: Vec<String>,
    /// The code of each name of the automaton.
    owners: Vec<usize>,
    names: AhoCorasick,
}

/// Characters behind a name in which its number is looked for.
const REACH: usize = 14;

impl Headlines {
    /// From pairs of code and name.
    ///
    /// # Errors
    /// More names than an automaton holds.
    pub fn new<'n>(pairs: impl IntoIterator<Item = (&'n str, String)>) -> Result<Self> {
        let mut by_code: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (code, name) in pairs {
            // 区 and the like name a statistic only in the company of others.
            if name.chars().count() >= 3 || name.is_ascii() {
                by_code.entry(code).or_default().insert(name);
            }
        }
        let codes = by_code.keys().map(|c| (*c).to_string()).collect();
        let owned: Vec<(usize, &str)> =
            by_code.values().enumerate().flat_map(|(i, names)| names.iter().map(move |n| (i, n.as_str()))).collect();
        let names =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(owned.iter().map(|(_, n)| *n))?;
        Ok(Self { codes, owners: owned.iter().map(|(i, _)| *i).collect(), names })
    }
}

/// A row for each report with a region and a year, and each headline statistic.
pub fn coverage<'f>(headlines: &'f Headlines, facts: &'f Facts) -> Vec<CoverageRow<'f>> {
    const TARGET: usize = 1;
    let count = headlines.codes.len();
    let mut marks: BTreeMap<&str, Vec<[Coverage; 2]>> = BTreeMap::new();
    for (id, report) in &facts.reports {
        if report.region_code.is_some() && report.report_year.is_some() {
            marks.insert(id, vec![[Coverage::NotStated; 2]; count]);
        }
    }
    let side = |status: Status| usize::from(status == Status::Target) * TARGET;
    for section in &facts.sections {
        let Some(marks) = marks.get_mut(section.report_id.as_str()) else { continue };
        if looks_at_figures(section) {
            for code in named_with_a_number(headlines, &section.text) {
                marks[code][side(section.period)] = Coverage::Unread;
            }
        }
    }
    for statement in &facts.statements {
        let report = facts.reports.get(&statement.report_id);
        let (Some(marks), Some(report)) = (marks.get_mut(statement.report_id.as_str()), report) else { continue };
        let year = if statement.status == Status::Target { report.report_year } else { report.review_year };
        if let (Ok(code), true) = (
            headlines.codes.binary_search_by(|c| c.as_str().cmp(&statement.code)),
            statement.year == year && !statement.of_other_subject,
        ) {
            marks[code][side(statement.status)] = Coverage::Stated;
        }
    }
    let mut rows: Vec<CoverageRow<'f>> = marks
        .into_iter()
        .flat_map(|(id, marks)| {
            let report = &facts.reports[id];
            marks.into_iter().enumerate().map(move |(code, [actual, target])| CoverageRow {
                report_id: id,
                region_code: report.region_code.as_deref().unwrap_or_default(),
                year: report.report_year.unwrap_or_default(),
                code: &headlines.codes[code],
                actual,
                target,
            })
        })
        .collect();
    rows.sort_by(|a, b| {
        (a.region_code, a.year, a.report_id, a.code).cmp(&(b.region_code, b.year, b.report_id, b.code))
    });
    rows
}

fn looks_at_figures(section: &SectionText) -> bool {
    !matches!(section.kind, Kind::Glossary | Kind::Front | Kind::Closing)
}

/// The statistics that the text names with a number close behind.
fn named_with_a_number(headlines: &Headlines, text: &str) -> Vec<usize> {
    headlines
        .names
        .find_iter(text)
        .filter(|found| {
            text[found.end()..]
                .chars()
                .take(REACH)
                .take_while(|c| !matches!(c, '。' | '；' | '，' | '\n'))
                .any(|c| c.is_ascii_digit())
        })
        .map(|found| headlines.owners[found.pattern().as_usize()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derived::facts::Report;

    #[test]
    fn what_is_named_with_a_number_but_not_extracted_is_unread() {
        let headlines =
            Headlines::new([("gdp", "生产总值".into()), ("cpi", "居民消费价格".into()), ("loans", "贷款余额".into())])
                .unwrap();
        let report = Report { region_code: Some("110000".into()), report_year: Some(2020), review_year: Some(2019) };
        let facts = Facts {
            reports: [("r".to_string(), report)].into_iter().collect(),
            statements: Vec::new(),
            sections: vec![SectionText {
                report_id: "r".into(),
                kind: Kind::Review,
                period: Status::Actual,
                text: "生产总值增长6%，贷款余额稳步增加，总量达到5亿元。".into(),
            }],
        };
        let told: Vec<_> = coverage(&headlines, &facts).iter().map(|r| (r.code, r.actual, r.target)).collect();
        assert_eq!(
            told,
            [
                ("cpi", Coverage::NotStated, Coverage::NotStated),
                ("gdp", Coverage::Unread, Coverage::NotStated),
                ("loans", Coverage::NotStated, Coverage::NotStated),
            ]
        );
    }
}
