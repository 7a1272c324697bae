//! A run's tables read back with polars, a slice at a time: only what the derived tables need stays in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use polars::prelude::{BooleanChunked, DataFrame, NewChunkedArray, ParquetReader, SerReader, Series};

use super::coverage::{Headlines, states_figures};
use super::facts::{Facts, Report, Statement};
use crate::model::{Bound, Flag, Kind, Measure, Status};
use crate::tables::files_of;

/// Rows that are read at a time.
const SLICE: usize = 50_000;

/// Read what the derived tables need from `folder/*.parquet`.
///
/// # Errors
/// A table that is missing or has other columns than it should.
pub fn facts(headlines: &Headlines, folder: &Path) -> Result<Facts> {
    let mut facts = Facts::default();
    slices(folder, "reports", &["report_id", "outcome", "region_code", "report_year", "review_year"], |frame| {
        reports(frame, &mut facts)
    })?;
    let mut noted = Noted::default();
    slices(folder, "sections", &["section_id", "report_id", "kind", "period", "text"], |frame| {
        sections(headlines, frame, &mut noted)
    })?;
    slices(folder, "indicators", &COLUMNS, |frame| statements(frame, &mut noted, &mut facts))?;
    for mention in noted.mentions.into_values().flatten() {
        facts.unread.insert((mention.report_id, headlines.codes()[mention.code].clone(), mention.period));
    }
    Ok(facts)
}

/// What the sections leave behind for the indicators.
#[derive(Debug, Default)]
struct Noted {
    /// Sections that hold the targets of the year.
    targets: BTreeSet<String>,
    /// Numbers beside headline names, by section, of which no row is known yet.
    mentions: BTreeMap<String, Vec<Pending>>,
}

#[derive(Debug)]
struct Pending {
    report_id: String,
    code: usize,
    name: String,
    period: Status,
    /// First character of the number in the section's text.
    number: i32,
}

/// Read a table in slices of rows.
fn slices(folder: &Path, table: &str, columns: &[&str], mut each: impl FnMut(&DataFrame) -> Result<()>) -> Result<()> {
    let mut slice = |path: &Path, from: usize| -> Result<usize> {
        let file = File::open(path)?;
        let columns = columns.iter().map(|c| (*c).to_string()).collect();
        let frame = ParquetReader::new(file).with_columns(Some(columns)).with_slice(Some((from, SLICE))).finish()?;
        each(&frame)?;
        Ok(frame.height())
    };
    for path in files_of(folder, table)? {
        let mut from = 0;
        loop {
            let rows = slice(&path, from).with_context(|| format!("cannot read {}", path.display()))?;
            from += rows;
            if rows < SLICE {
                break;
            }
        }
    }
    Ok(())
}

fn reports(frame: &DataFrame, facts: &mut Facts) -> Result<()> {
    let outcome = frame.column("outcome")?.str()?;
    let used: Vec<bool> = outcome.iter().map(|o| matches!(o, Some("ok" | "partial"))).collect();
    let frame = frame.filter(&BooleanChunked::from_slice("used".into(), &used))?;
    let ids = frame.column("report_id")?.str()?;
    let regions = frame.column("region_code")?.str()?;
    let years = frame.column("report_year")?.i16()?;
    let reviews = frame.column("review_year")?.i16()?;
    for (((id, region), report_year), review_year) in
        ids.iter().zip(regions.iter()).zip(years.iter()).zip(reviews.iter())
    {
        if let Some(id) = id {
            let region_code = region.map(str::to_string);
            facts.reports.insert(id.to_string(), Report { region_code, report_year, review_year });
        }
    }
    Ok(())
}

/// The sections that hold targets, and the numbers that stand beside headline names.
fn sections(headlines: &Headlines, frame: &DataFrame, noted: &mut Noted) -> Result<()> {
    let column = |name: &str| -> Result<_> { Ok(frame.column(name)?.str()?) };
    let (ids, reports, kinds, periods, texts) =
        (column("section_id")?, column("report_id")?, column("kind")?, column("period")?, column("text")?);
    for i in 0..frame.height() {
        let (Some(id), Some(report), Some(text)) = (ids.get(i), reports.get(i), texts.get(i)) else { continue };
        let kind = kinds.get(i).and_then(Kind::from_word).unwrap_or(Kind::Other);
        let period = periods.get(i).and_then(Status::from_word).unwrap_or(Status::Actual);
        if kind == Kind::Targets {
            noted.targets.insert(id.to_string());
        }
        if !states_figures(kind) {
            continue;
        }
        let (mut chars, mut bytes) = (0, 0);
        let mut mentions = headlines.mentions(text);
        mentions.sort_by_key(|mention| mention.number);
        let pending: Vec<Pending> = mentions
            .into_iter()
            .map(|mention| {
                chars += text[bytes..mention.number].chars().count();
                bytes = mention.number;
                Pending {
                    report_id: report.to_string(),
                    code: mention.code,
                    name: mention.name.to_string(),
                    period,
                    number: i32::try_from(chars).unwrap_or(i32::MAX),
                }
            })
            .collect();
        if !pending.is_empty() {
            noted.mentions.insert(id.to_string(), pending);
        }
    }
    Ok(())
}

const COLUMNS: [&str; 20] = [
    "indicator_id",
    "report_id",
    "section_id",
    "start",
    "end",
    "subject",
    "code",
    "name",
    "action",
    "measure",
    "value",
    "value_max",
    "value_si",
    "unit_si",
    "bound",
    "status",
    "year_start",
    "year",
    "confidence",
    "flags",
];

fn statements(frame: &DataFrame, noted: &mut Noted, facts: &mut Facts) -> Result<()> {
    let words = |name: &str| -> Result<_> { Ok(frame.column(name)?.str()?) };
    let numbers = |name: &str| -> Result<_> { Ok(frame.column(name)?.f64()?) };
    let years = |name: &str| -> Result<_> { Ok(frame.column(name)?.i16()?) };
    let places = |name: &str| -> Result<_> { Ok(frame.column(name)?.i32()?) };
    let (ids, reports, sections) = (words("indicator_id")?, words("report_id")?, words("section_id")?);
    let (starts, ends) = (places("start")?, places("end")?);
    let (subjects, codes, names, actions) = (words("subject")?, words("code")?, words("name")?, words("action")?);
    let (measures, bounds, statuses, units) = (words("measure")?, words("bound")?, words("status")?, words("unit_si")?);
    let (printed, most, values) = (numbers("value")?, numbers("value_max")?, numbers("value_si")?);
    let (first_years, last_years) = (years("year_start")?, years("year")?);
    let confidences = frame.column("confidence")?.f32()?;
    let flags = frame.column("flags")?.list()?;
    let doubtful: Vec<bool> = flags.amortized_iter().map(|f| f.is_some_and(|f| implausible(f.as_ref()))).collect();
    for i in 0..frame.height() {
        let (Some(id), Some(report_id), Some(section_id), Some(start)) =
            (ids.get(i), reports.get(i), sections.get(i), starts.get(i))
        else {
            continue;
        };
        let (subject, code, name) = (subjects.get(i), codes.get(i), names.get(i).unwrap_or_default());
        if let Some(pending) = noted.mentions.get_mut(section_id) {
            let end = ends.get(i).unwrap_or(start + 1).max(start + 1);
            // A row whose name goes on behind the statistic's (固定资产投资计划) did not understand it.
            let understood = |p: &Pending| code.is_some() || subject.is_some() || !name.starts_with(&p.name);
            pending.retain(|p| !((start..end).contains(&p.number) && understood(p)));
        }
        let Some(code) = code else { continue };
        let status = statuses.get(i).and_then(Status::from_word).unwrap_or(Status::Actual);
        let year = last_years.get(i);
        if let (None, Some(report)) = (subject, facts.reports.get(report_id)) {
            let own = if status == Status::Target { report.report_year } else { report.review_year };
            if own == year {
                facts.stated.insert((report_id.to_string(), code.to_string(), status));
            }
        }
        let (Some(value), Some(measure)) = (values.get(i), measures.get(i).and_then(Measure::from_word)) else {
            continue;
        };
        let scale = printed.get(i).filter(|p| *p != 0.0).map_or(1.0, |p| value / p);
        let action = actions.get(i).unwrap_or_default();
        facts.statements.push(Statement {
            indicator_id: id.to_string(),
            report_id: report_id.to_string(),
            section_id: section_id.to_string(),
            start,
            code: code.to_string(),
            name: name.to_string(),
            measure,
            value,
            value_max: most.get(i).map(|m| m * scale),
            unit: units.get(i).map(str::to_string),
            bound: bounds.get(i).and_then(Bound::from_word).unwrap_or(Bound::Eq),
            status,
            year_start: first_years.get(i),
            year,
            added: ["新增", "净增"].iter().any(|w| name.contains(w) || action.contains(w)),
            of_other_subject: subject.is_some(),
            in_targets: noted.targets.contains(section_id),
            implausible: doubtful[i],
            confidence: confidences.get(i).unwrap_or_default(),
        });
    }
    Ok(())
}

/// Do the flags say that unit or size do not fit?
fn implausible(flags: &Series) -> bool {
    let doubts = [Flag::UnitMismatch.as_str(), Flag::OutOfRange.as_str()];
    flags.str().is_ok_and(|words| words.iter().flatten().any(|word| doubts.contains(&word)))
}
