//! Sentences as data and the rows that they state: `tests/cases/indicators.toml`.

use gwr::extract::indicator::{Context, indicators};
use gwr::model::{Identity, Indicator, Kind, Section, Status};
use gwr::segment::plain;
use gwr::text::Span;
use serde::Deserialize;

use crate::support::{RULES, cases};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    part: String,
    text: String,
    rows: Vec<String>,
}

fn section(text: &str, part: &str) -> Section {
    let (kind, period, year) =
        if part == "review" { (Kind::Review, Status::Actual, 2023) } else { (Kind::Tasks, Status::Target, 2024) };
    plain(Span::new(0, text.len()), kind, period, Some(year))
}

fn told(row: &Indicator, with_deed: bool, with_time: bool, with_subject: bool) -> String {
    let value = row.value.map_or_else(|| row.qualitative.clone().unwrap_or_default(), |v| v.to_string());
    let unit = row.unit.as_deref().unwrap_or_default();
    let deed = row.action.as_ref().filter(|_| with_deed).map_or_else(String::new, |deed| format!("[{deed}] "));
    let subject = row.subject.as_ref().filter(|_| with_subject).map_or_else(String::new, |who| format!(" @ {who}"));
    let mut line = format!("{deed}{}{subject} | {} | {value} | {unit} | {}", row.name, row.measure, row.bound);
    if with_time {
        let start = row.year_start.map_or_else(String::new, |y| format!("{y}-"));
        line += &format!(" | {} {start}{}", row.status, row.year.map_or_else(String::new, |y| y.to_string()));
    }
    line
}

#[test]
fn sentences_state_their_rows() {
    let identity = Identity { report_year: Some(2024), review_year: Some(2023), ..Identity::default() };
    let mut wrong = Vec::new();
    let cases = cases::<Case>("indicators.toml");
    for case in &cases {
        // Where one row tells its deed, all of them do.
        let deeds = case.rows.iter().any(|want| want.starts_with('['));
        let subjects = case.rows.iter().any(|want| want.contains(" @ "));
        let context = Context {
            rules: &RULES.extract.indicators,
            quantities: &RULES.extract.quantity,
            lexicon: &RULES.extract.lexicon,
            identity: &identity,
        };
        let sections = [section(&case.text, &case.part)];
        let rows = indicators(&context, &case.text, &sections, &[], &mut Vec::new());
        let got: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(i, row)| {
                told(row, deeds, case.rows.get(i).is_some_and(|want| want.matches('|').count() == 5), subjects)
            })
            .collect();
        if got != case.rows {
            wrong.push(format!("{}\n  {}\n  want {:#?}\n  got  {:#?}", case.why, case.text, case.rows, got));
        }
        for row in &rows {
            assert!(case.text.get(row.span.start..row.span.end).is_some(), "{}: the span is text", case.why);
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
