//! A run's tables read back with polars.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use polars::prelude::{BooleanChunked, DataFrame, NewChunkedArray, ParquetReader, SerReader, Series};

use super::facts::{Facts, Report, SectionText, Statement};
use crate::model::{Bound, Flag, Kind, Measure, Status};

/// Read what the derived tables need from `folder/*.parquet`.
///
/// # Errors
/// A table that is missing or has other columns than it should.
pub fn facts(folder: &Path) -> Result<Facts> {
    let mut facts = Facts::default();
    reports(folder, &mut facts).context("table reports")?;
    let targets = sections(folder, &mut facts).context("table sections")?;
    statements(folder, &targets, &mut facts).context("table indicators")?;
    Ok(facts)
}

fn read(folder: &Path, table: &str, columns: &[&str]) -> Result<DataFrame> {
    let path = folder.join(format!("{table}.parquet"));
    let file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
    let columns = columns.iter().map(|c| (*c).to_string()).collect();
    ParquetReader::new(file)
        .with_columns(Some(columns))
        .finish()
        .with_context(|| format!("cannot read {}", path.display()))
}

fn reports(folder: &Path, facts: &mut Facts) -> Result<()> {
    let frame = read(folder, "reports", &["report_id", "outcome", "region_code", "report_year", "review_year"])?;
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

/// The sections; the ids of those that hold the targets of the year.
fn sections(folder: &Path, facts: &mut Facts) -> Result<std::collections::BTreeSet<String>> {
    let frame = read(folder, "sections", &["section_id", "report_id", "kind", "period", "text"])?;
    let column = |name: &str| -> Result<Vec<String>> {
        Ok(frame.column(name)?.str()?.iter().map(|s| s.unwrap_or_default().to_string()).collect())
    };
    let (ids, reports, kinds, periods, texts) =
        (column("section_id")?, column("report_id")?, column("kind")?, column("period")?, column("text")?);
    let mut targets = std::collections::BTreeSet::new();
    for ((((id, report_id), kind), period), text) in ids.into_iter().zip(reports).zip(kinds).zip(periods).zip(texts) {
        let kind = Kind::from_word(&kind).unwrap_or(Kind::Other);
        if kind == Kind::Targets {
            targets.insert(id);
        }
        let period = Status::from_word(&period).unwrap_or(Status::Actual);
        facts.sections.push(SectionText { report_id, kind, period, text });
    }
    Ok(targets)
}

fn statements(folder: &Path, targets: &std::collections::BTreeSet<String>, facts: &mut Facts) -> Result<()> {
    let columns = [
        "indicator_id",
        "report_id",
        "section_id",
        "start",
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
    let frame = read(folder, "indicators", &columns)?;
    let (codes, values) = (frame.column("code")?.str()?, frame.column("value_si")?.f64()?);
    let coded: Vec<bool> = codes.iter().zip(values.iter()).map(|(c, v)| c.is_some() && v.is_some()).collect();
    let frame = frame.filter(&BooleanChunked::from_slice("coded".into(), &coded))?;
    let words = |name: &str| -> Result<Vec<Option<String>>> {
        Ok(frame.column(name)?.str()?.iter().map(|s| s.map(str::to_string)).collect())
    };
    let numbers = |name: &str| -> Result<Vec<Option<f64>>> { Ok(frame.column(name)?.f64()?.iter().collect()) };
    let years = |name: &str| -> Result<Vec<Option<i16>>> { Ok(frame.column(name)?.i16()?.iter().collect()) };
    let (ids, reports, sections, subjects) =
        (words("indicator_id")?, words("report_id")?, words("section_id")?, words("subject")?);
    let (codes, measures, bounds, statuses, units) =
        (words("code")?, words("measure")?, words("bound")?, words("status")?, words("unit_si")?);
    let (names, actions) = (words("name")?, words("action")?);
    let (printed, most, values) = (numbers("value")?, numbers("value_max")?, numbers("value_si")?);
    let (starts, ends) = (years("year_start")?, years("year")?);
    let confidences: Vec<Option<f32>> = frame.column("confidence")?.f32()?.iter().collect();
    let places: Vec<Option<i32>> = frame.column("start")?.i32()?.iter().collect();
    let flags: Vec<bool> =
        frame.column("flags")?.list()?.amortized_iter().map(|f| f.is_some_and(|f| implausible(f.as_ref()))).collect();
    for i in 0..frame.height() {
        let word = |column: &[Option<String>]| column[i].clone().unwrap_or_default();
        let (Some(value), Some(measure)) = (values[i], Measure::from_word(&word(&measures))) else { continue };
        let scale = printed[i].filter(|p| *p != 0.0).map_or(1.0, |p| value / p);
        facts.statements.push(Statement {
            indicator_id: word(&ids),
            report_id: word(&reports),
            code: word(&codes),
            name: word(&names),
            measure,
            value,
            value_max: most[i].map(|m| m * scale),
            unit: units[i].clone(),
            bound: Bound::from_word(&word(&bounds)).unwrap_or(Bound::Eq),
            status: Status::from_word(&word(&statuses)).unwrap_or(Status::Actual),
            year_start: starts[i],
            year: ends[i],
            added: ["新增", "净增"].iter().any(|w| word(&names).contains(w) || word(&actions).contains(w)),
            of_other_subject: subjects[i].is_some(),
            section_id: word(&sections),
            start: places[i].unwrap_or_default(),
            in_targets: targets.contains(&word(&sections)),
            implausible: flags[i],
            confidence: confidences[i].unwrap_or_default(),
        });
    }
    Ok(())
}

/// Do the flags say that unit or size do not fit?
fn implausible(flags: &Series) -> bool {
    let doubts = [Flag::UnitMismatch.as_str(), Flag::OutOfRange.as_str()];
    flags.str().is_ok_and(|words| words.iter().flatten().any(|word| doubts.contains(&word)))
}
