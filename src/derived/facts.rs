//! What the derived tables need of a run's tables.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::model::{Bound, Coverage, Measure, Status};

/// The reports of a run, and the statements of one group of regions. What is held of a report takes some 300 bytes,
/// a statement some 200: only the coded quantities of a group are held at a time, and a group has [`GROUP_ROWS`] rows of
/// `indicators` (unless one region has more), of which a third is coded.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Reports that have rows, in the order of the tables.
    pub reports: Vec<Report>,
    /// Coded quantities that an outcome can be made of.
    pub statements: Vec<Statement>,
}

/// Rows of `indicators` whose regions are joined at a time: about 200 MB of statements. A run of more than so many reads
/// the table once more for each further group.
pub const GROUP_ROWS: usize = 3_000_000;

/// A report of which rows stand in the tables.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub report_id: String,
    pub region_code: Option<String>,
    pub report_year: Option<i16>,
    pub review_year: Option<i16>,
    /// Rows in `sections` and `indicators`.
    pub sections: usize,
    pub indicators: usize,
    /// What is told of headline statistics, each by its place among the codes; what is not here is not stated.
    pub told: Vec<(usize, Status, Coverage)>,
}

/// One coded quantity, in its base unit.
#[derive(Debug, Clone)]
pub struct Statement {
    pub indicator_id: Box<str>,
    /// Place in [`Facts::reports`].
    pub report: usize,
    pub section_id: Rc<str>,
    /// First character in the section's text.
    pub start: i32,
    pub code: Rc<str>,
    /// As printed.
    pub name: Rc<str>,
    pub measure: Measure,
    pub value: f64,
    pub value_max: Option<f64>,
    pub unit: Option<Rc<str>>,
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

/// The group of each report: regions in order, as many to a group as have `most` rows of `indicators` together. None for
/// a report without a region, whose targets and facts meet no others.
pub fn groups(reports: &[Report], most: usize) -> Vec<Option<usize>> {
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for report in reports {
        if let Some(region) = report.region_code.as_deref() {
            *rows.entry(region).or_default() += report.indicators;
        }
    }
    let (mut group, mut held) = (0, 0);
    for rows in rows.values_mut() {
        if held > 0 && held + *rows > most {
            (group, held) = (group + 1, 0);
        }
        held += *rows;
        *rows = group;
    }
    reports.iter().map(|report| rows.get(report.region_code.as_deref()?).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_stands_in_one_group() {
        let report = |region: Option<&str>, indicators| Report {
            region_code: region.map(str::to_string),
            indicators,
            ..Report::default()
        };
        let reports = [
            report(Some("110000"), 40),
            report(Some("440300"), 30),
            report(None, 99),
            report(Some("110000"), 50),
            report(Some("310000"), 10),
            report(Some("440000"), 200),
        ];
        assert_eq!(groups(&reports, 100), [Some(0), Some(2), None, Some(0), Some(0), Some(1)]);
        assert_eq!(groups(&reports, 1000), [Some(0), Some(0), None, Some(0), Some(0), Some(0)]);
        assert!(groups(&[], 10).is_empty());
    }
}
