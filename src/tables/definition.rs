//! The one definition of every table: names, columns, types, nullability, meanings. Writer, `gwr schema` and the data
//! dictionary all read it.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use chrono::NaiveDate;
use serde_json::Value;

use super::cell::Cell;
use crate::model::{
    Basis, Bound, Coverage, DocType, Flags, Kind, Level, Matching, Measure, Outcome, RepairKind, Script, SourceFormat,
    Stage, Status, Topic,
};

/// Version of the contract: raised when a column is dropped, renamed or changes its meaning.
pub const SCHEMA_VERSION: &str = "1";

/// A table as analysts see it.
#[derive(Debug, Clone)]
pub struct Table {
    pub name: &'static str,
    pub meaning: String,
    pub columns: Vec<Column>,
}

impl Table {
    pub fn schema(&self) -> SchemaRef {
        let fields = self.columns.iter().map(|c| Field::new(c.name, c.data_type.clone(), c.nullable));
        Arc::new(Schema::new(fields.collect::<Vec<_>>()))
    }
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    pub name: &'static str,
    pub data_type: DataType,
    pub nullable: bool,
    pub meaning: String,
    /// The words that it may hold; empty where it is open.
    pub vocabulary: Vec<&'static str>,
}

impl Column {
    /// The type in the words of the contract: `string`, `int16`, `list<string>`.
    pub fn type_name(&self) -> &'static str {
        match self.data_type {
            DataType::Int8 => "int8",
            DataType::Int16 => "int16",
            DataType::Int32 => "int32",
            DataType::Int64 => "int64",
            DataType::Float32 => "float",
            DataType::Float64 => "double",
            DataType::Boolean => "bool",
            DataType::Date32 => "date32",
            DataType::List(_) => "list<string>",
            _ => "string",
        }
    }
}

/// A row type: a struct whose fields are the columns of one table.
pub trait Row: Sized {
    fn table() -> Table;

    /// The rows as one batch of the table's schema.
    fn batch(rows: &[Self]) -> RecordBatch;

    /// The row as a JSON object.
    fn json(&self) -> Value;
}

/// Defines a row type and with it its table; the doc comments are the meanings of the data dictionary.
macro_rules! table {
    ($(#[doc = $about:literal])+ $Row:ident $(<$life:lifetime>)? = $name:literal {
        $($(#[doc = $meaning:literal])+ $column:ident: $type:ty),+ $(,)?
    }) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq)]
        pub struct $Row $(<$life>)? {
            $($(#[doc = $meaning])+ pub $column: $type),+
        }

        impl $(<$life>)? Row for $Row $(<$life>)? {
            fn table() -> Table {
                Table {
                    name: $name,
                    meaning: joined(&[$($about),+]),
                    columns: vec![$(Column {
                        name: stringify!($column),
                        data_type: <$type as Cell>::data_type(),
                        nullable: <$type as Cell>::NULLABLE,
                        meaning: joined(&[$($meaning),+]),
                        vocabulary: <$type as Cell>::vocabulary(),
                    }),+],
                }
            }

            fn batch(rows: &[Self]) -> RecordBatch {
                let columns: Vec<ArrayRef> = vec![$({
                    let mut builder = <$type as Cell>::builder(rows.len());
                    rows.iter().for_each(|row| row.$column.append(&mut builder));
                    Arc::new(builder.finish()) as ArrayRef
                }),+];
                RecordBatch::try_new(Self::table().schema(), columns)
                    .expect("columns and schema come from the same definition")
            }

            fn json(&self) -> Value {
                let cells = [$((stringify!($column).to_owned(), self.$column.json())),+];
                Value::Object(cells.into_iter().collect())
            }
        }
    };
}

fn joined(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

table! {
    /// One row per input document, also for those that could not be used.
    ReportRow = "reports" {
        /// Key: first 16 hex digits of the SHA-256 of the raw bytes. A second source with the very same bytes in one
        /// run gets the hash of bytes and `source` instead, and outcome duplicate.
        report_id: String,
        /// Path relative to the input root (led by the input's own name where several are given), unique in a run; a
        /// member of an archive or a row of a bulk file is `file#member`.
        source: String,
        /// Form of the document.
        source_format: SourceFormat,
        /// Size of the raw document in bytes.
        source_bytes: i64,
        /// WHATWG name of the encoding that it was decoded from; null where the format carries its own.
        encoding: Option<String>,
        /// ok, partial (read, with losses told in `flags`), rejected (told in `reason`), duplicate; only ok and
        /// partial reports have rows in the other tables.
        outcome: Outcome,
        /// Why it was rejected.
        reason: Option<String>,
        /// `report_id` of the better copy of the same report, where there is one.
        duplicate_of: Option<String>,
        /// work_report, digest (newspaper summary, infographic), other.
        doc_type: DocType,
        /// As printed, cleaned.
        title: Option<String>,
        /// Level of the government that reports.
        level: Option<Level>,
        /// Full official name valid in `report_year` (山西省).
        province: Option<String>,
        /// Full official name valid in `report_year` (长治市).
        prefecture: Option<String>,
        /// Full official name valid in `report_year` (潞城区).
        county: Option<String>,
        /// GB/T 2260 six-digit code of the region itself (140406).
        region_code: Option<String>,
        /// Year in which the report is delivered, which is its plan year.
        report_year: Option<i16>,
        /// Year that it looks back on.
        review_year: Option<i16>,
        /// Date read to the congress.
        delivered_on: Option<NaiveDate>,
        /// Date put on the web page.
        published_on: Option<NaiveDate>,
        /// 第十六届…第三次会议 is 16 (and session 3).
        congress_term: Option<i16>,
        /// 第十六届…第三次会议 is 3 (of term 16).
        congress_session: Option<i16>,
        /// 柴哲 (inner spaces of a name removed).
        speaker: Option<String>,
        /// 区长.
        speaker_title: Option<String>,
        /// Script of the source: hans, hant, mixed.
        script: Script,
        /// Characters after decoding.
        raw_chars: i32,
        /// Characters after cleaning.
        clean_chars: i32,
        /// Characters taken out as site furniture.
        removed_boilerplate: i32,
        /// Characters taken out as a second copy of the body.
        removed_duplicate: i32,
        /// Damaged spots mended.
        repaired: i32,
        /// Damaged spots left as they stand.
        unrepaired: i32,
        /// Quality flags, a closed vocabulary.
        flags: Flags,
        /// Rows of this report in `sections`.
        section_count: i32,
        /// Rows of this report in `indicators`.
        indicator_count: i32,
        /// Rows of this report in `projects`.
        project_count: i32,
    }
}

table! {
    /// The document as a tree; its leaves in order are the whole clean text.
    SectionRow<'a> = "sections" {
        /// Key: `report_id`, "-" and the ordinal in four digits.
        section_id: &'a str,
        /// The report.
        report_id: &'a str,
        /// Document order from 0.
        ordinal: i32,
        /// `section_id` of the enclosing section.
        parent_id: Option<&'a str>,
        /// 0 for front matter and the report's parts (2023年工作回顾, 一、2022年工作回顾); each level of heading inside adds
        /// one.
        depth: i8,
        /// As printed: 一, (三), 2, 第一.
        number: Option<&'a str>,
        /// Without its number; for a run-in heading (a short sentence that opens the paragraph: 特色农业规模发展。) that
        /// sentence without its stop.
        heading: Option<&'a str>,
        /// Headings from the root, joined by " > ".
        heading_path: Option<String>,
        /// What the section is: front, review, problems, overview (situation and general requirements), targets,
        /// tasks, livelihood (民生实事), self_building (政府自身建设), closing, glossary, other.
        kind: Kind,
        /// actual (looks back) or target (looks ahead).
        period: Status,
        /// The year that it is about.
        year: Option<i16>,
        /// Policy field.
        topic: Option<Topic>,
        /// Own text, its heading line included, its subsections' text not: simplified, NFC, half-width digits and
        /// letters, full-width Chinese punctuation between Han characters, one paragraph a line; concatenating `text`
        /// by ordinal gives the clean document.
        text: &'a str,
        /// First character of the span in the decoded source.
        source_start: i32,
        /// End (exclusive) of the span in the decoded source, in characters.
        source_end: i32,
    }
}

table! {
    /// One row per stated quantity, or stated qualitative target.
    IndicatorRow<'a> = "indicators" {
        /// Key: `report_id`, "-i" and a number in order of the text.
        indicator_id: &'a str,
        /// The report.
        report_id: &'a str,
        /// The section that it stands in.
        section_id: &'a str,
        /// First character, in `sections.text`, of the value, number to unit (of the phrase for a qualitative target).
        start: i32,
        /// End (exclusive) of the value in `sections.text`, in characters.
        end: i32,
        /// First character of the same place in the decoded source.
        source_start: i32,
        /// End (exclusive) of the same place in the decoded source, in characters.
        source_end: i32,
        /// The sentence that it stands in.
        evidence: &'a str,
        /// What is measured, as printed, without the verb and without the value: 高标准农田, 城镇居民人均可支配收入; a name that
        /// an earlier clause gives is carried over (…增长10%，总量全市第2).
        name: &'a str,
        /// The verb, as printed: 建成, 新增, 改造, 完成.
        action: Option<&'a str>,
        /// Whom it is about where that is not the whole region: 经开区, 全国, 潞通公司.
        subject: Option<&'a str>,
        /// Canonical indicator (`config/`), the same for 规上工业增加值 and 规模以上工业增加值.
        code: Option<&'a str>,
        /// level (an amount, also a count of things done), ratio (a percentage that is a state: 占比83%, 失业率4%), growth
        /// (relative change, in percent: 增长2倍 is 200, 下降4.7% is -4.7, 翻一番 is 100), change (absolute change against an
        /// earlier period: 提高5.5个百分点, 减少5天 is -5), gap (against another region or a goal: 高于全省1.3个百分点, 低 is
        /// negative), rank (全市第2 is 2).
        measure: Measure,
        /// In the printed unit (121.1 for 121.1亿元); null for a qualitative target.
        value: Option<f64>,
        /// Upper end, only for a range (1-2个).
        value_max: Option<f64>,
        /// As printed: 亿元, 万亩, %, 个百分点, 位.
        unit: Option<&'a str>,
        /// The value in the base unit.
        value_si: Option<f64>,
        /// The base unit, one of CNY, USD, EUR, HKD, percent, percentage_point, times, rank, count, person, person_time
        /// (人次), household, m2, m, m3, t, kWh, kW, kVA, kV, ug/m3, degC, day, month, year, hour, minute, or two of them
        /// with a slash (元/吨 is CNY/t, 吨标准煤/万元 is t/CNY). 亩 is 2000/3 m2, 斤 is 0.0005 t, 里 500 m, 名 and 人 person, 位 in
        /// a change of rank is rank; a plain counter (家, 座, 项, 张, 辆) is count; ratio and growth are percent, rank is
        /// rank.
        unit_si: Option<&'a str>,
        /// eq, ge (以上, 不低于), le (以内, 以下, 不超过), gt (超过, 突破, 余, 多), lt (低于), approx (左右, 约, 近), range.
        bound: Bound,
        /// actual or target.
        status: Status,
        /// First year of the period, only where it spans several years (五年来累计, 2021-2025).
        year_start: Option<i16>,
        /// The year, or last year of the period, that it is about.
        year: Option<i16>,
        /// What a growth, change or gap is measured against.
        basis: Option<Basis>,
        /// Among whom a rank counts: 全国, 全省, 全市, ….
        rank_scope: Option<&'a str>,
        /// Where there is no number: 与经济增长基本同步, 高于经济增长水平.
        qualitative: Option<&'a str>,
        /// The rule that found it.
        rule: &'a str,
        /// 0 to 1, calibrated: of the rows at 0.9, nine in ten are right.
        confidence: f32,
        /// Quality flags, a closed vocabulary.
        flags: Flags,
    }
}

table! {
    /// One row per named undertaking, per mention.
    ProjectRow<'a> = "projects" {
        /// Key: `report_id`, "-p" and a number in order of the text.
        project_id: &'a str,
        /// The report.
        report_id: &'a str,
        /// The section that it stands in.
        section_id: &'a str,
        /// First character of the name in `sections.text`.
        start: i32,
        /// End (exclusive) of the name in `sections.text`, in characters.
        end: i32,
        /// First character of the same place in the decoded source.
        source_start: i32,
        /// End (exclusive) of the same place in the decoded source, in characters.
        source_end: i32,
        /// The sentence that it stands in.
        evidence: &'a str,
        /// As printed, one row for each member of a list (贝特瑞负极材料、龙星炭黑…等项目), without the list's shared tail.
        name: &'a str,
        /// Normalised name: the same for the same undertaking in another sentence or in another year's report of the
        /// region (phases differ).
        project_key: &'a str,
        /// The verb, as printed: 建成投产, 加快推进.
        action: Option<&'a str>,
        /// planned (谋划, 争取, 前期, 签约), started (开工, 启动), under_construction (推进, 加快, 实施), completed (竣工, 投产, 投用,
        /// 完工).
        stage: Stage,
        /// actual or target.
        status: Status,
        /// The year that the mention is about.
        year: Option<i16>,
        /// CNY.
        investment: Option<f64>,
        /// Capacity in `capacity_unit`: 150.
        capacity: Option<f64>,
        /// As printed: MW.
        capacity_unit: Option<&'a str>,
        /// Policy field.
        topic: Option<Topic>,
        /// The rule that found it.
        rule: &'a str,
        /// 0 to 1, calibrated: of the rows at 0.9, nine in ten are right.
        confidence: f32,
        /// Quality flags, a closed vocabulary.
        flags: Flags,
    }
}

table! {
    /// Terms that a report explains (名词解释 at its end).
    GlossaryRow<'a> = "glossary" {
        /// The report.
        report_id: &'a str,
        /// The section that the explanation stands in.
        section_id: &'a str,
        /// The term.
        term: &'a str,
        /// What the report says that it means.
        definition: &'a str,
        /// The entry's number, where the list has numbers.
        number: Option<i32>,
        /// The section that first names the term, or carries its footnote mark (…[3]); null where none does.
        mention_section_id: Option<&'a str>,
        /// First character of that mention (of the mark, where the text uses other words) in `sections.text`.
        mention_start: Option<i32>,
        /// End (exclusive) of that mention in `sections.text`, in characters.
        mention_end: Option<i32>,
    }
}

table! {
    /// Every spot that was mended, or found damaged and left.
    RepairRow<'a> = "repairs" {
        /// The report.
        report_id: &'a str,
        /// First character of the spot in the decoded source.
        source_start: i32,
        /// End (exclusive) of the spot in the decoded source, in characters.
        source_end: i32,
        /// What was wrong.
        kind: RepairKind,
        /// As found.
        before: &'a str,
        /// As mended; equal to `before` where the spot was left.
        after: &'a str,
        /// 0 to 1: how sure the repair is; of a spot that was left, how sure it is that it is damaged.
        confidence: f32,
    }
}

table! {
    /// Livelihood items (民生实事) that the government pledges.
    PledgeRow<'a> = "pledges" {
        /// Key: `report_id`, "-l" and a number in order of the text.
        pledge_id: &'a str,
        /// The report.
        report_id: &'a str,
        /// The section that it stands in.
        section_id: &'a str,
        /// The item's number, where it has one.
        number: Option<i32>,
        /// The item.
        text: &'a str,
        /// First character of the item in `sections.text`.
        start: i32,
        /// End (exclusive) of the item in `sections.text`, in characters.
        end: i32,
        /// First character of the same place in the decoded source.
        source_start: i32,
        /// End (exclusive) of the same place in the decoded source, in characters.
        source_end: i32,
        /// The indicators inside.
        indicator_ids: Vec<String>,
        /// The projects inside.
        project_ids: Vec<String>,
    }
}

table! {
    /// What became of targets: each coded target for one year, joined by region, code and measure to what the report of
    /// the next year says of that year.
    OutcomeRow<'a> = "outcomes" {
        /// GB/T 2260 code of the region.
        region_code: &'a str,
        /// The year that the target is for.
        year: i16,
        /// Canonical indicator.
        code: &'a str,
        /// How the value measures it.
        measure: Measure,
        /// matched; no_report (the run holds no report that looks back on the year); not_stated (it is there and does
        /// not state this statistic by this measure); ambiguous (several values, or two that cannot be of one thing).
        status: Matching,
        /// The target in the base unit.
        target_value: f64,
        /// How the target bounds the value.
        bound: Bound,
        /// What the next report says, in the base unit.
        actual_value: Option<f64>,
        /// The base unit of both.
        unit_si: Option<&'a str>,
        /// Was the target reached? By its bound; a bare target (增长8%) by as much or more, for prices, unemployment and
        /// particles by as much or less; a rough one (8%左右) within a twentieth of its value, or better.
        met: Option<bool>,
        /// The target's row in `indicators`.
        target_indicator_id: &'a str,
        /// The actual's row in `indicators`.
        actual_indicator_id: Option<&'a str>,
    }
}

table! {
    /// Which headline statistics each report states, for the year it looks back on and as target.
    CoverageRow<'a> = "coverage" {
        /// The report.
        report_id: &'a str,
        /// GB/T 2260 code of the region.
        region_code: &'a str,
        /// The report's year.
        year: i16,
        /// Canonical indicator.
        code: &'a str,
        /// As actual of the year before: stated (in numbers or words); unread (the text names it with a number beside it, and
        /// no row of `indicators` was made of that number);
        /// not_stated.
        actual: Coverage,
        /// As target of the report's year: stated, unread or not_stated.
        target: Coverage,
    }
}
