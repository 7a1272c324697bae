//! One document → its rows in every table: indices become ids, byte spans become character spans.

use arrow_array::RecordBatch;

use super::definition::{
    GlossaryRow, IndicatorRow, PledgeRow, ProjectRow, RepairRow, ReportRow, Row, SectionRow, Table,
};
use crate::model::{DocType, Document, Outcome, RemovedAs, Repair, Script};
use crate::text::{CharIndex, Span};

/// What one document adds to the tables.
#[derive(Debug, Clone)]
pub struct DocumentRows {
    /// Its row in `reports`; kept apart because the run may still find that it is a duplicate.
    pub report: ReportRow,
    /// Its rows in the other tables, in the order of [`DocumentRows::tables`]; empty where it has none.
    pub batches: Vec<RecordBatch>,
}

impl DocumentRows {
    /// The tables beside `reports`, in the order of the contract.
    pub fn tables() -> Vec<Table> {
        vec![
            SectionRow::table(),
            IndicatorRow::table(),
            ProjectRow::table(),
            GlossaryRow::table(),
            RepairRow::table(),
            PledgeRow::table(),
        ]
    }

    /// The rows of a document. Only `ok` and `partial` ones have any beside the one in `reports`.
    pub fn of(document: &Document) -> Self {
        let report = report_row(document);
        if !matches!(document.outcome, Outcome::Ok | Outcome::Partial) {
            return Self { report, batches: Vec::new() };
        }
        let places = Places::new(document);
        let ids = Ids::new(document);
        let batches = vec![
            SectionRow::batch(&section_rows(document, &places, &ids)),
            IndicatorRow::batch(&indicator_rows(document, &places, &ids)),
            ProjectRow::batch(&project_rows(document, &places, &ids)),
            GlossaryRow::batch(&glossary_rows(document, &places, &ids)),
            RepairRow::batch(&repair_rows(document, &places)),
            PledgeRow::batch(&pledge_rows(document, &places, &ids)),
        ];
        Self { report, batches }
    }

    /// The row of a document that could not even be read or processed.
    pub fn rejected(report_id: String, source: String, source_bytes: u64, reason: String) -> Self {
        let report = ReportRow {
            report_id,
            source,
            source_format: crate::model::SourceFormat::Text,
            source_bytes: i64::try_from(source_bytes).unwrap_or(i64::MAX),
            encoding: None,
            outcome: Outcome::Rejected,
            reason: Some(reason),
            duplicate_of: None,
            doc_type: DocType::Other,
            title: None,
            level: None,
            province: None,
            prefecture: None,
            county: None,
            region_code: None,
            report_year: None,
            review_year: None,
            delivered_on: None,
            published_on: None,
            congress_term: None,
            congress_session: None,
            speaker: None,
            speaker_title: None,
            script: Script::Hans,
            raw_chars: 0,
            clean_chars: 0,
            removed_boilerplate: 0,
            removed_duplicate: 0,
            repaired: 0,
            unrepaired: 0,
            flags: crate::model::Flags::new(),
            section_count: 0,
            indicator_count: 0,
            project_count: 0,
        };
        Self { report, batches: Vec::new() }
    }

    /// The document turns out to be a copy of another one: it keeps its row in `reports` and loses all others.
    pub fn make_duplicate_of(&mut self, report_id: &str) {
        self.batches.clear();
        let report = &mut self.report;
        report.outcome = Outcome::Duplicate;
        report.reason = None;
        report.duplicate_of = Some(report_id.to_owned());
        for count in [
            &mut report.repaired,
            &mut report.unrepaired,
            &mut report.section_count,
            &mut report.indicator_count,
            &mut report.project_count,
        ] {
            *count = 0;
        }
    }
}

/// The rows of a document in every table as JSON, also of one that has none in the tables.
pub fn document_json(document: &Document) -> serde_json::Value {
    let places = Places::new(document);
    let ids = Ids::new(document);
    serde_json::json!({
        "reports": report_row(document).json(),
        "sections": json(&section_rows(document, &places, &ids)),
        "indicators": json(&indicator_rows(document, &places, &ids)),
        "projects": json(&project_rows(document, &places, &ids)),
        "glossary": json(&glossary_rows(document, &places, &ids)),
        "repairs": json(&repair_rows(document, &places)),
        "pledges": json(&pledge_rows(document, &places, &ids)),
    })
}

fn json<R: Row>(rows: &[R]) -> serde_json::Value {
    rows.iter().map(Row::json).collect()
}

/// The tables count in 32 bits; no document comes near (see `input::MAX_FILE_BYTES`).
fn int(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

fn text(value: &Option<String>) -> Option<&str> {
    value.as_deref()
}

/// Byte spans of a document as character spans.
struct Places<'a> {
    document: &'a Document,
    clean: CharIndex<'a>,
    source: CharIndex<'a>,
}

impl<'a> Places<'a> {
    fn new(document: &'a Document) -> Self {
        let clean = CharIndex::new(document.clean.text.as_str());
        Self { document, clean, source: CharIndex::new(&document.decoded) }
    }

    /// A span of the clean text in the decoded source.
    fn source(&self, span: Span) -> (i32, i32) {
        self.decoded(self.document.clean.text.source_span(span))
    }

    /// A span of the decoded source.
    fn decoded(&self, span: Span) -> (i32, i32) {
        let span = self.source.span(span);
        (int(span.start), int(span.end))
    }

    /// A span of the clean text within its section's own text.
    fn in_section(&self, section: usize, span: Span) -> (i32, i32) {
        let own = self.document.sections[section].span;
        debug_assert!(own.contains(&span), "{span:?} is outside its section {own:?}");
        let base = self.clean.char_at(own.start);
        let clipped = |at: usize| int(self.clean.char_at(at.clamp(own.start, own.end)) - base);
        (clipped(span.start), clipped(span.end))
    }

    fn sentence(&self, span: Span) -> &'a str {
        span.of(self.document.clean.text.as_str()).trim()
    }
}

struct Ids {
    sections: Vec<String>,
    indicators: Vec<String>,
    projects: Vec<String>,
    pledges: Vec<String>,
}

impl Ids {
    fn new(document: &Document) -> Self {
        let report_id = &document.report_id;
        let numbered = |mark: &str, count: usize| (1..=count).map(|n| format!("{report_id}-{mark}{n:04}")).collect();
        Self {
            sections: (0..document.sections.len()).map(|n| format!("{report_id}-{n:04}")).collect(),
            indicators: numbered("i", document.extraction.indicators.len()),
            projects: numbered("p", document.extraction.projects.len()),
            pledges: numbered("l", document.extraction.pledges.len()),
        }
    }
}

fn report_row(document: &Document) -> ReportRow {
    let identity = &document.identity;
    let removed = |what: RemovedAs| {
        let blocks = document.clean.removed.iter().filter(|r| r.removed_as == what);
        int(blocks.map(|r| r.text.chars().count()).sum())
    };
    let has_rows = matches!(document.outcome, Outcome::Ok | Outcome::Partial);
    let count = |n: usize| if has_rows { int(n) } else { 0 };
    let mended = document.repairs.iter().filter(|r| Repair::mended(r)).count();
    ReportRow {
        report_id: document.report_id.clone(),
        source: document.source.clone(),
        source_format: document.format,
        source_bytes: i64::try_from(document.source_bytes).unwrap_or(i64::MAX),
        encoding: document.encoding.map(str::to_owned),
        outcome: document.outcome,
        reason: document.reason.clone(),
        duplicate_of: None,
        doc_type: identity.doc_type.unwrap_or(DocType::Other),
        title: identity.title.clone(),
        level: identity.level,
        province: identity.province.clone(),
        prefecture: identity.prefecture.clone(),
        county: identity.county.clone(),
        region_code: identity.region_code.clone(),
        report_year: identity.report_year,
        review_year: identity.review_year,
        delivered_on: identity.delivered_on,
        published_on: identity.published_on,
        congress_term: identity.congress_term,
        congress_session: identity.congress_session,
        speaker: identity.speaker.clone(),
        speaker_title: identity.speaker_title.clone(),
        script: document.clean.script,
        raw_chars: int(document.decoded.chars().count()),
        clean_chars: int(document.clean.text.as_str().chars().count()),
        removed_boilerplate: removed(RemovedAs::Furniture),
        removed_duplicate: removed(RemovedAs::Copy),
        repaired: count(mended),
        unrepaired: count(document.repairs.len() - mended),
        flags: document.flags.clone(),
        section_count: count(document.sections.len()),
        indicator_count: count(document.extraction.indicators.len()),
        project_count: count(document.extraction.projects.len()),
    }
}

fn section_rows<'a>(document: &'a Document, places: &Places<'a>, ids: &'a Ids) -> Vec<SectionRow<'a>> {
    let mut paths: Vec<Option<String>> = Vec::with_capacity(document.sections.len());
    for section in &document.sections {
        let above = section.parent.and_then(|parent| paths[parent].as_deref());
        paths.push(match (above, &section.heading) {
            (Some(above), Some(heading)) => Some(format!("{above} > {heading}")),
            (Some(above), None) => Some(above.to_owned()),
            (None, heading) => heading.clone(),
        });
    }
    let sections = document.sections.iter().zip(paths).enumerate();
    sections
        .map(|(ordinal, (section, heading_path))| {
            let (source_start, source_end) = places.source(section.span);
            SectionRow {
                section_id: &ids.sections[ordinal],
                report_id: &document.report_id,
                ordinal: int(ordinal),
                parent_id: section.parent.map(|parent| ids.sections[parent].as_str()),
                depth: i8::try_from(section.depth).unwrap_or(i8::MAX),
                number: text(&section.number),
                heading: text(&section.heading),
                heading_path,
                kind: section.kind,
                period: section.period,
                year: section.year,
                topic: section.topic,
                text: section.span.of(document.clean.text.as_str()),
                source_start,
                source_end,
            }
        })
        .collect()
}

fn indicator_rows<'a>(document: &'a Document, places: &Places<'a>, ids: &'a Ids) -> Vec<IndicatorRow<'a>> {
    let indicators = document.extraction.indicators.iter().zip(&ids.indicators);
    indicators
        .map(|(indicator, id)| {
            let (start, end) = places.in_section(indicator.section, indicator.span);
            let (source_start, source_end) = places.source(indicator.span);
            IndicatorRow {
                indicator_id: id,
                report_id: &document.report_id,
                section_id: &ids.sections[indicator.section],
                start,
                end,
                source_start,
                source_end,
                evidence: places.sentence(indicator.sentence),
                name: &indicator.name,
                action: text(&indicator.action),
                subject: text(&indicator.subject),
                code: text(&indicator.code),
                measure: indicator.measure,
                value: indicator.value,
                value_max: indicator.value_max,
                unit: text(&indicator.unit),
                value_si: indicator.value_si,
                unit_si: text(&indicator.unit_si),
                bound: indicator.bound,
                status: indicator.status,
                year_start: indicator.year_start,
                year: indicator.year,
                basis: indicator.basis,
                rank_scope: text(&indicator.rank_scope),
                qualitative: text(&indicator.qualitative),
                rule: indicator.rule,
                confidence: indicator.confidence,
                flags: indicator.flags.clone(),
            }
        })
        .collect()
}

fn project_rows<'a>(document: &'a Document, places: &Places<'a>, ids: &'a Ids) -> Vec<ProjectRow<'a>> {
    let projects = document.extraction.projects.iter().zip(&ids.projects);
    projects
        .map(|(project, id)| {
            let (start, end) = places.in_section(project.section, project.span);
            let (source_start, source_end) = places.source(project.span);
            ProjectRow {
                project_id: id,
                report_id: &document.report_id,
                section_id: &ids.sections[project.section],
                start,
                end,
                source_start,
                source_end,
                evidence: places.sentence(project.sentence),
                name: &project.name,
                project_key: &project.key,
                action: text(&project.action),
                stage: project.stage,
                status: project.status,
                year: project.year,
                investment: project.investment,
                capacity: project.capacity,
                capacity_unit: text(&project.capacity_unit),
                topic: project.topic,
                rule: project.rule,
                confidence: project.confidence,
                flags: project.flags.clone(),
            }
        })
        .collect()
}

fn glossary_rows<'a>(document: &'a Document, places: &Places<'a>, ids: &'a Ids) -> Vec<GlossaryRow<'a>> {
    let entries = document.extraction.glossary.iter();
    entries
        .map(|entry| {
            let mention = entry.mention.map(|(section, span)| (section, places.in_section(section, span)));
            GlossaryRow {
                report_id: &document.report_id,
                section_id: &ids.sections[entry.section],
                term: &entry.term,
                definition: &entry.definition,
                number: entry.number,
                mention_section_id: mention.map(|(section, _)| ids.sections[section].as_str()),
                mention_start: mention.map(|(_, (start, _))| start),
                mention_end: mention.map(|(_, (_, end))| end),
            }
        })
        .collect()
}

fn repair_rows<'a>(document: &'a Document, places: &Places<'a>) -> Vec<RepairRow<'a>> {
    let repairs = document.repairs.iter();
    repairs
        .map(|repair| {
            let (source_start, source_end) = places.decoded(repair.source);
            RepairRow {
                report_id: &document.report_id,
                source_start,
                source_end,
                kind: repair.kind,
                before: &repair.before,
                after: &repair.after,
                confidence: repair.confidence,
            }
        })
        .collect()
}

fn pledge_rows<'a>(document: &'a Document, places: &Places<'a>, ids: &'a Ids) -> Vec<PledgeRow<'a>> {
    let pledges = document.extraction.pledges.iter().zip(&ids.pledges);
    pledges
        .map(|(pledge, id)| {
            let (start, end) = places.in_section(pledge.section, pledge.span);
            let (source_start, source_end) = places.source(pledge.span);
            let inside = |spans: &mut dyn Iterator<Item = Span>, ids: &[String]| {
                spans.zip(ids).filter(|(span, _)| pledge.span.contains(span)).map(|(_, id)| id.clone()).collect()
            };
            PledgeRow {
                pledge_id: id,
                report_id: &document.report_id,
                section_id: &ids.sections[pledge.section],
                number: pledge.number,
                text: &pledge.text,
                start,
                end,
                source_start,
                source_end,
                indicator_ids: inside(&mut document.extraction.indicators.iter().map(|i| i.span), &ids.indicators),
                project_ids: inside(&mut document.extraction.projects.iter().map(|p| p.span), &ids.projects),
            }
        })
        .collect()
}
