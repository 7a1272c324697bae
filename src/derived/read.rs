//! A run's tables read back, some documents at a time: what stays is one line a report and the statements of one group of
//! regions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result};
use arrow_array::cast::AsArray;
use arrow_array::types::{ArrowPrimitiveType, Float32Type, Float64Type, Int16Type, Int32Type};
use arrow_array::{
    Array, ArrayAccessor, ArrayRef, ListArray, PrimitiveArray, RecordBatch, RecordBatchReader, StringArray,
};
use arrow_select::concat::concat_batches;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::coverage::{Headlines, states_figures};
use super::facts::{Facts, Report, Statement};
use super::{DerivedRules, candidates};
use crate::model::{Bound, Coverage, Flag, Kind, Measure, Status};
use crate::tables::files_of;

/// The tables of a run, and what was read of them.
pub struct Reader {
    sections: Files,
    indicators: Files,
    pub facts: Facts,
    words: Words,
    window: usize,
}

impl Reader {
    /// The reports of the tables in `folder`; of the other tables `window` rows are read at a time, unless one document
    /// has more.
    ///
    /// # Errors
    /// A table that is missing or has other columns than it should.
    pub fn open(folder: &Path, window: usize) -> Result<Self> {
        let table = Files::open(folder, "reports")?;
        let mut facts = Facts::default();
        for from in (0..table.rows()).step_by(window.max(1)) {
            let columns = [
                "report_id",
                "outcome",
                "region_code",
                "report_year",
                "review_year",
                "section_count",
                "indicator_count",
            ];
            reports(&table.read(from..table.rows().min(from + window.max(1)), &columns)?, &mut facts)?;
        }
        let (sections, indicators) = (Files::open(folder, "sections")?, Files::open(folder, "indicators")?);
        Ok(Self { sections, indicators, facts, words: Words::default(), window })
    }

    /// Read the statements of the reports that `joined` picks by their place, in the stead of those of the time before.
    /// With headlines, also what every report tells of them.
    ///
    /// # Errors
    /// A table that has other columns or rows than it should.
    pub fn read(
        &mut self,
        rules: &DerivedRules,
        headlines: Option<&Headlines>,
        joined: impl Fn(usize) -> bool,
    ) -> Result<()> {
        self.facts.statements.clear();
        for window in windows(&self.facts.reports, self.window) {
            if headlines.is_none() && !window.reports.clone().any(&joined) {
                continue;
            }
            let text = headlines.map(|_| "text");
            let columns: Vec<&str> = ["section_id", "report_id", "kind", "period"].into_iter().chain(text).collect();
            let (noted, frame) = rayon::join(
                || noted(headlines, &self.sections.read(window.sections, &columns)?),
                || self.indicators.read(window.indicators, &COLUMNS),
            );
            let (mut noted, frame) = (noted?, frame?);
            let places: FxHashMap<String, usize> =
                window.reports.map(|place| (self.facts.reports[place].report_id.clone(), place)).collect();
            let mut said = Vec::new();
            let mut context = Window { headlines, places: &places, noted: &mut noted, words: &mut self.words };
            statements(&frame, &mut context, &mut self.facts.reports, &mut said)?;
            said.retain(|statement| joined(statement.report));
            self.facts.statements.extend(candidates(rules, &self.facts.reports, said));
            for pending in noted.mentions.into_values().flatten() {
                if let Some(place) = places.get(&pending.report_id) {
                    self.facts.reports[*place].told.push((pending.code, pending.period, Coverage::Unread));
                }
            }
            for place in places.into_values() {
                let told = &mut self.facts.reports[place].told;
                told.sort_unstable();
                told.dedup();
                told.shrink_to_fit();
            }
        }
        Ok(())
    }
}

/// Documents that are read at a time: their places, and their rows in the tables.
struct Documents {
    reports: Range<usize>,
    sections: Range<usize>,
    indicators: Range<usize>,
}

/// The reports in windows of whole documents.
fn windows(reports: &[Report], most: usize) -> Vec<Documents> {
    let mut windows: Vec<Documents> = Vec::new();
    let (mut sections, mut indicators) = (0, 0);
    for (place, report) in reports.iter().enumerate() {
        let (from_section, from_indicator) = (sections, indicators);
        sections += report.sections;
        indicators += report.indicators;
        let open = windows.last_mut().filter(|w| sections - w.sections.start + indicators - w.indicators.start <= most);
        match open {
            Some(window) => {
                window.reports.end = place + 1;
                window.sections.end = sections;
                window.indicators.end = indicators;
            }
            None => windows.push(Documents {
                reports: place..place + 1,
                sections: from_section..sections,
                indicators: from_indicator..indicators,
            }),
        }
    }
    windows
}

/// The files of a table, with the number of the first row of each.
struct Files(Vec<(PathBuf, Range<usize>)>);

impl Files {
    fn open(folder: &Path, table: &str) -> Result<Self> {
        let mut files = Vec::new();
        let mut from = 0;
        for path in files_of(folder, table)? {
            let rows = || -> Result<usize> {
                let file = ParquetRecordBatchReaderBuilder::try_new(File::open(&path)?)?;
                Ok(usize::try_from(file.metadata().file_metadata().num_rows())?)
            };
            let to = from + rows().with_context(|| format!("cannot read {}", path.display()))?;
            files.push((path, from..to));
            from = to;
        }
        Ok(Self(files))
    }

    fn rows(&self) -> usize {
        self.0.last().map_or(0, |file| file.1.end)
    }

    /// Rows of the table, which may lie in several of its files.
    fn read(&self, rows: Range<usize>, columns: &[&str]) -> Result<Frame> {
        let (mut schema, mut found) = (None, Vec::new());
        for (path, of_file) in &self.0 {
            let (from, to) = (rows.start.max(of_file.start), rows.end.min(of_file.end));
            // No rows at all still have the columns.
            let none = schema.is_none() && rows.is_empty() && of_file.end >= rows.end;
            if from >= to && !none {
                continue;
            }
            let (offset, limit) = (from.saturating_sub(of_file.start), to.saturating_sub(from));
            let mut read = || -> Result<()> {
                let file = ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?;
                let mask = ProjectionMask::columns(file.parquet_schema(), columns.iter().copied());
                let reader = file.with_projection(mask).with_offset(offset).with_limit(limit).build()?;
                schema.get_or_insert(reader.schema());
                for batch in reader {
                    found.push(batch?);
                }
                Ok(())
            };
            read().with_context(|| format!("cannot read {}", path.display()))?;
        }
        let schema = schema.context("a table has fewer rows than reports tells")?;
        Ok(Frame(concat_batches(&schema, &found)?))
    }
}

/// Rows of a table, column by column.
struct Frame(RecordBatch);

impl Frame {
    fn column<'f, A>(&'f self, name: &str, of_type: impl Fn(&'f ArrayRef) -> Option<A>) -> Result<A> {
        let column = self.0.column_by_name(name).with_context(|| format!("the table has no column {name}"))?;
        of_type(column).with_context(|| format!("the column {name} holds {}", column.data_type()))
    }

    fn words(&self, name: &str) -> Result<&StringArray> {
        self.column(name, |column| column.as_string_opt())
    }

    fn numbers<T: ArrowPrimitiveType>(&self, name: &str) -> Result<&PrimitiveArray<T>> {
        self.column(name, |column| column.as_primitive_opt())
    }

    fn lists(&self, name: &str) -> Result<&ListArray> {
        self.column(name, |column| column.as_list_opt())
    }
}

/// What a column says of a row.
fn at<A: ArrayAccessor>(column: A, row: usize) -> Option<A::Item> {
    column.is_valid(row).then(|| column.value(row))
}

/// Words that many statements share, each held once; and the identifier that the row before had.
#[derive(Default)]
struct Words {
    known: FxHashSet<Rc<str>>,
    section: Option<Rc<str>>,
}

impl Words {
    fn shared(&mut self, word: &str) -> Rc<str> {
        if let Some(known) = self.known.get(word) {
            return known.clone();
        }
        let word: Rc<str> = word.into();
        self.known.insert(word.clone());
        word
    }

    fn section(&mut self, id: &str) -> Rc<str> {
        match &self.section {
            Some(same) if **same == *id => same.clone(),
            _ => self.section.insert(id.into()).clone(),
        }
    }
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

fn reports(frame: &Frame, facts: &mut Facts) -> Result<()> {
    let (ids, outcomes, regions) = (frame.words("report_id")?, frame.words("outcome")?, frame.words("region_code")?);
    let years = frame.numbers::<Int16Type>("report_year")?;
    let reviews = frame.numbers::<Int16Type>("review_year")?;
    let sections = frame.numbers::<Int32Type>("section_count")?;
    let indicators = frame.numbers::<Int32Type>("indicator_count")?;
    let used = |i: &usize| matches!(at(outcomes, *i), Some("ok" | "partial"));
    let count = |rows: Option<i32>| usize::try_from(rows.unwrap_or(0)).unwrap_or(0);
    facts.reports.extend((0..ids.len()).filter(used).map(|i| Report {
        report_id: at(ids, i).unwrap_or_default().to_string(),
        region_code: at(regions, i).map(str::to_string),
        report_year: at(years, i),
        review_year: at(reviews, i),
        sections: count(at(sections, i)),
        indicators: count(at(indicators, i)),
        told: Vec::new(),
    }));
    Ok(())
}

/// The sections that hold targets, and the numbers that stand beside headline names.
fn noted(headlines: Option<&Headlines>, sections: &Frame) -> Result<Noted> {
    let mut noted = Noted::default();
    let (ids, reports) = (sections.words("section_id")?, sections.words("report_id")?);
    let (kinds, periods) = (sections.words("kind")?, sections.words("period")?);
    let texts = headlines.map(|headlines| anyhow::Ok((headlines, sections.words("text")?))).transpose()?;
    let mut told = Vec::new();
    for i in 0..ids.len() {
        let (Some(id), Some(report)) = (at(ids, i), at(reports, i)) else { continue };
        let kind = at(kinds, i).and_then(Kind::from_word).unwrap_or(Kind::Other);
        let period = at(periods, i).and_then(Status::from_word).unwrap_or(Status::Actual);
        if kind == Kind::Targets {
            noted.targets.insert(id.to_string());
        }
        if let Some((headlines, texts)) = texts.filter(|_| states_figures(kind)) {
            told.push((id, headlines, report, period, at(texts, i).unwrap_or_default()));
        }
    }
    // The texts are read on all threads: nothing else here is slow.
    let pending = told.par_iter().map(|(id, headlines, report, period, text)| {
        let pending = pending(headlines, report, *period, text);
        (!pending.is_empty()).then(|| ((*id).to_string(), pending))
    });
    noted.mentions.par_extend(pending.flatten());
    Ok(noted)
}

/// The numbers that stand beside headline names in a section.
fn pending(headlines: &Headlines, report: &str, period: Status, text: &str) -> Vec<Pending> {
    let (mut chars, mut bytes) = (0, 0);
    let mut mentions = headlines.mentions(text);
    mentions.sort_by_key(|mention| mention.number);
    let pending = mentions.into_iter().map(|mention| {
        chars += text[bytes..mention.number].chars().count();
        bytes = mention.number;
        Pending {
            report_id: report.to_string(),
            code: mention.code,
            name: mention.name.to_string(),
            period,
            number: i32::try_from(chars).unwrap_or(i32::MAX),
        }
    });
    pending.collect()
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

/// What the rows of a window are read with.
struct Window<'w> {
    headlines: Option<&'w Headlines>,
    /// Places of the reports, by their identifiers.
    places: &'w FxHashMap<String, usize>,
    noted: &'w mut Noted,
    words: &'w mut Words,
}

fn statements(
    frame: &Frame,
    window: &mut Window<'_>,
    reports_read: &mut [Report],
    said: &mut Vec<Statement>,
) -> Result<()> {
    let (ids, reports) = (frame.words("indicator_id")?, frame.words("report_id")?);
    let (sections, subjects, codes) = (frame.words("section_id")?, frame.words("subject")?, frame.words("code")?);
    let (names, actions, measures) = (frame.words("name")?, frame.words("action")?, frame.words("measure")?);
    let (bounds, statuses, units) = (frame.words("bound")?, frame.words("status")?, frame.words("unit_si")?);
    let (starts, ends) = (frame.numbers::<Int32Type>("start")?, frame.numbers::<Int32Type>("end")?);
    let (printed, most) = (frame.numbers::<Float64Type>("value")?, frame.numbers::<Float64Type>("value_max")?);
    let values = frame.numbers::<Float64Type>("value_si")?;
    let (first_years, last_years) = (frame.numbers::<Int16Type>("year_start")?, frame.numbers::<Int16Type>("year")?);
    let confidences = frame.numbers::<Float32Type>("confidence")?;
    let flags = frame.lists("flags")?;
    for i in 0..ids.len() {
        let (Some(id), Some(report_id), Some(section_id), Some(start)) =
            (at(ids, i), at(reports, i), at(sections, i), at(starts, i))
        else {
            continue;
        };
        let (subject, code, name) = (at(subjects, i), at(codes, i), at(names, i).unwrap_or_default());
        if let Some(pending) = window.noted.mentions.get_mut(section_id) {
            let end = at(ends, i).unwrap_or(start + 1).max(start + 1);
            // A row whose name goes on behind the statistic's (固定资产投资计划) did not understand it.
            let understood = |p: &Pending| code.is_some() || subject.is_some() || !name.starts_with(&p.name);
            pending.retain(|p| !((start..end).contains(&p.number) && understood(p)));
        }
        let (Some(code), Some(place)) = (code, window.places.get(report_id).copied()) else { continue };
        let status = at(statuses, i).and_then(Status::from_word).unwrap_or(Status::Actual);
        let year = at(last_years, i);
        let report = &mut reports_read[place];
        let own = if status == Status::Target { report.report_year } else { report.review_year };
        let headline = window.headlines.and_then(|headlines| headlines.place(code));
        if let (None, true, Some(headline)) = (subject, own == year, headline) {
            report.told.push((headline, status, Coverage::Stated));
        }
        let (Some(value), Some(measure)) = (at(values, i), at(measures, i).and_then(Measure::from_word)) else {
            continue;
        };
        let scale = at(printed, i).filter(|p| *p != 0.0).map_or(1.0, |p| value / p);
        let action = at(actions, i).unwrap_or_default();
        said.push(Statement {
            indicator_id: id.into(),
            report: place,
            section_id: window.words.section(section_id),
            start,
            code: window.words.shared(code),
            name: window.words.shared(name),
            measure,
            value,
            value_max: at(most, i).map(|m| m * scale),
            unit: at(units, i).map(|unit| window.words.shared(unit)),
            bound: at(bounds, i).and_then(Bound::from_word).unwrap_or(Bound::Eq),
            status,
            year_start: at(first_years, i),
            year,
            added: ["新增", "净增"].iter().any(|w| name.contains(w) || action.contains(w)),
            of_other_subject: subject.is_some(),
            in_targets: window.noted.targets.contains(section_id),
            implausible: at(flags, i).is_some_and(|flags| implausible(&flags)),
            confidence: at(confidences, i).unwrap_or_default(),
        });
    }
    Ok(())
}

/// Do the flags say that unit or size do not fit?
fn implausible(flags: &ArrayRef) -> bool {
    let doubts = [Flag::UnitMismatch.as_str(), Flag::OutOfRange.as_str()];
    flags.as_string_opt::<i32>().is_some_and(|words| words.iter().flatten().any(|word| doubts.contains(&word)))
}
