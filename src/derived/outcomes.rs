//! What became of last year's targets: each target of a year, joined to what the next report says of that year.

use std::collections::BTreeMap;

use super::DerivedRules;
use super::facts::{Facts, Statement};
use crate::model::{Bound, Matching, Measure, Status};
use crate::tables::OutcomeRow;

/// One row for each target for a single year, in the order of region, year, code, measure.
pub fn outcomes<'f>(rules: &DerivedRules, facts: &'f Facts) -> Vec<OutcomeRow<'f>> {
    let mut targets: BTreeMap<Key<'f>, Vec<&'f Statement>> = BTreeMap::new();
    let mut actuals: BTreeMap<Key<'f>, Vec<&'f Statement>> = BTreeMap::new();
    for statement in facts.statements.iter().filter(|s| comparable(s)) {
        let (Some(report), Some(year)) = (facts.reports.get(&statement.report_id), statement.year) else { continue };
        let Some(region) = report.region_code.as_deref() else { continue };
        let key = Key { region, year, code: &statement.code, measure: statement.measure };
        match statement.status {
            Status::Target if report.report_year.is_some_and(|own| own <= year) => {
                targets.entry(key).or_default().push(statement);
            }
            Status::Actual if report.review_year == Some(year) => actuals.entry(key).or_default().push(statement),
            _ => {}
        }
    }
    let reported: BTreeMap<(&str, i16), ()> =
        facts.reports.values().filter_map(|r| Some(((r.region_code.as_deref()?, r.review_year?), ()))).collect();
    let mut rows = Vec::new();
    for (key, said) in &targets {
        let said = distinct(&own_year(facts, said));
        let mut found = actuals.get(key).map(|a| distinct(a)).unwrap_or_default();
        if let (true, [target]) = (found.len() > 1, said.as_slice()) {
            // Of several the one that is printed under the very name of the target (地方一般公共预算收入, not 辖区公共财政收入).
            let same: Vec<&Statement> = found.iter().copied().filter(|f| f.name == target.name).collect();
            found = if same.len() == 1 { same } else { found };
        }
        for target in &said {
            let status = if !reported.contains_key(&(key.region, key.year)) {
                Matching::NoReport
            } else if found.is_empty() {
                Matching::NotStated
            } else if found.len() > 1 || said.len() > 1 || !fits(rules, target, found[0]) {
                Matching::Ambiguous
            } else {
                Matching::Matched
            };
            let actual = (status == Matching::Matched).then(|| found[0]);
            rows.push(OutcomeRow {
                region_code: key.region,
                year: key.year,
                code: key.code,
                measure: key.measure,
                status,
                target_value: target.value,
                bound: target.bound,
                actual_value: actual.map(|a| a.value),
                unit_si: target.unit.as_deref(),
                met: actual.map(|a| met(rules, target, a.value)),
                target_indicator_id: &target.indicator_id,
                actual_indicator_id: actual.map(|a| a.indicator_id.as_str()),
            });
        }
    }
    rows
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'f> {
    region: &'f str,
    year: i16,
    code: &'f str,
    measure: Measure,
}

/// A figure of the region itself for one single year.
fn comparable(statement: &Statement) -> bool {
    !statement.of_other_subject && statement.year_start.is_none_or(|start| Some(start) == statement.year)
}

/// A target that the year's own report sets outweighs what earlier ones planned for the year.
fn own_year<'s>(facts: &Facts, said: &[&'s Statement]) -> Vec<&'s Statement> {
    let own = |s: &&Statement| facts.reports.get(&s.report_id).is_some_and(|r| r.report_year == s.year);
    let kept: Vec<&Statement> = said.iter().copied().filter(|s| own(s)).collect();
    if kept.is_empty() { said.to_vec() } else { kept }
}

/// Can the two be of one thing?
fn fits(rules: &DerivedRules, target: &Statement, actual: &Statement) -> bool {
    let factor = actual.value / target.value;
    target.unit == actual.unit
        && (target.measure != Measure::Level || (factor <= rules.level_factor && factor >= 1.0 / rules.level_factor))
}

/// The statements that differ in value; of equal ones the surest, of a targets section before others.
fn distinct<'s>(statements: &[&'s Statement]) -> Vec<&'s Statement> {
    let firm = statements.iter().any(|s| s.in_targets);
    let mut kept: Vec<&Statement> = Vec::new();
    for statement in statements.iter().filter(|s| s.status == Status::Actual || s.in_targets || !firm) {
        match kept.iter_mut().find(|k| near(k.value, statement.value) && k.unit == statement.unit) {
            Some(same) if same.confidence < statement.confidence => *same = statement,
            Some(_) => {}
            None => kept.push(statement),
        }
    }
    kept
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}

/// Did the year reach the target? A bare or rough target (8%左右) is reached within the tolerance of the rules, and from
/// the good side at any distance.
fn met(rules: &DerivedRules, target: &Statement, actual: f64) -> bool {
    let lower = rules.lower_is_better.contains(&target.code);
    let slack = match target.bound {
        Bound::Approx => rules.rough_tolerance * target.value.abs(),
        _ => 0.0,
    };
    let goal = target.value;
    let epsilon = 1e-9 * goal.abs().max(1.0);
    match target.bound {
        Bound::Le => actual <= goal + epsilon,
        Bound::Lt => actual < goal,
        Bound::Gt => actual > goal,
        Bound::Ge => actual >= goal - epsilon,
        // A drop that is a goal (-3%) is reached by a larger one.
        Bound::Eq | Bound::Approx | Bound::Range if lower => {
            actual <= target.value_max.unwrap_or(goal) + slack + epsilon
        }
        Bound::Eq | Bound::Approx | Bound::Range => actual >= goal - slack - epsilon,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ConfigSource;
    use crate::derived::facts::Report;

    fn facts(statements: Vec<Statement>, years: &[i16]) -> Facts {
        let report = |year: &i16| {
            let report =
                Report { region_code: Some("440300".into()), report_year: Some(*year), review_year: Some(year - 1) };
            (format!("r{year}"), report)
        };
        Facts { reports: years.iter().map(report).collect(), statements, sections: Vec::new() }
    }

    fn said(report: i16, status: Status, year: i16, value: f64, bound: Bound) -> Statement {
        Statement {
            indicator_id: format!("r{report}-{year}-{value}"),
            report_id: format!("r{report}"),
            code: "gdp".into(),
            name: "地区生产总值".into(),
            measure: Measure::Growth,
            value,
            value_max: None,
            unit: Some("percent".into()),
            bound,
            status,
            year_start: None,
            year: Some(year),
            of_other_subject: false,
            in_targets: status == Status::Target,
            confidence: 0.9,
        }
    }

    #[test]
    fn a_target_meets_the_review_of_the_next_report() {
        let rules = DerivedRules::load(&ConfigSource::Embedded).unwrap();
        let facts = facts(
            vec![
                said(2020, Status::Target, 2020, 6.0, Bound::Approx),
                said(2021, Status::Actual, 2020, 3.1, Bound::Eq),
                said(2021, Status::Target, 2021, 6.0, Bound::Ge),
                said(2022, Status::Target, 2022, 6.0, Bound::Ge),
                said(2022, Status::Actual, 2021, 6.7, Bound::Eq),
                said(2022, Status::Actual, 2021, 6.7, Bound::Eq),
            ],
            &[2020, 2021, 2022],
        );
        let rows = outcomes(&rules, &facts);
        let told: Vec<_> = rows.iter().map(|r| (r.year, r.status, r.actual_value, r.met)).collect();
        assert_eq!(
            told,
            [
                (2020, Matching::Matched, Some(3.1), Some(false)),
                (2021, Matching::Matched, Some(6.7), Some(true)),
                (2022, Matching::NoReport, None, None),
            ]
        );
    }

    #[test]
    fn the_years_own_target_and_the_same_name_decide() {
        let rules = DerivedRules::load(&ConfigSource::Embedded).unwrap();
        let other =
            Statement { name: "前海地区生产总值".into(), ..said(2021, Status::Actual, 2020, 15.0, Bound::Eq) };
        let statements = vec![
            said(2016, Status::Target, 2020, 9.0, Bound::Approx),
            said(2020, Status::Target, 2020, 6.8, Bound::Approx),
            said(2021, Status::Actual, 2020, 1.1, Bound::Eq),
            other,
        ];
        let facts = facts(statements, &[2016, 2020, 2021]);
        let rows = outcomes(&rules, &facts);
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].status, rows[0].target_value, rows[0].actual_value), (Matching::Matched, 6.8, Some(1.1)));
    }

    #[test]
    fn two_values_are_ambiguous_and_none_is_not_stated() {
        let rules = DerivedRules::load(&ConfigSource::Embedded).unwrap();
        let mut statements = vec![
            said(2020, Status::Target, 2020, 6.0, Bound::Eq),
            said(2021, Status::Actual, 2020, 3.1, Bound::Eq),
            said(2021, Status::Actual, 2020, 4.1, Bound::Eq),
        ];
        let both = facts(statements.clone(), &[2020, 2021]);
        assert_eq!(outcomes(&rules, &both)[0].status, Matching::Ambiguous);
        statements.truncate(1);
        let none = facts(statements, &[2020, 2021]);
        assert_eq!(outcomes(&rules, &none)[0].status, Matching::NotStated);
    }
}
