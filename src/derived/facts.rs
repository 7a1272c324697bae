//! What the derived tables need of a run's tables.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Bound, Measure, Status};

/// The run's tables, as far as they matter here.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// By `report_id`.
    pub reports: BTreeMap<String, Report>,
    /// Coded quantities.
    pub statements: Vec<Statement>,
    /// Report, code and status of what is stated of the region for the report's own two years, in numbers or words.
    pub stated: BTreeSet<(String, String, Status)>,
    /// Report, code and status of headline statistics that the text names with a number of which no row was made.
    pub unread: BTreeSet<(String, String, Status)>,
}

/// A report of which rows stand in the tables.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub region_code: Option<String>,
    pub report_year: Option<i16>,
    pub review_year: Option<i16>,
}

/// One coded quantity, in its base unit.
#[derive(Debug, Clone)]
pub struct Statement {
    pub indicator_id: String,
    pub report_id: String,
    pub section_id: String,
    /// First character in the section's text.
    pub start: i32,
    pub code: String,
    /// As printed.
    pub name: String,
    pub measure: Measure,
    pub value: f64,
    pub value_max: Option<f64>,
    pub unit: Option<String>,
    pub bound: Bound,
    pub status: Status,
    pub year_start: Option<i16>,
    pub year: Option<i16>,
    /// What is new in the year, not all that there is: 新增500家.
    pub added: bool,
    /// About another subject than the region.
    pub of_other_subject: bool,
    /// Stands in the section of targets.
    pub in_targets: bool,
    /// Its unit or size does not fit its code.
    pub implausible: bool,
    pub confidence: f32,
}
