//! What became of last year's targets: each target of a year, joined to what the next report says of that year.

use std::collections::BTreeMap;

use super::DerivedRules;
use super::facts::{Facts, Report, Statement};
use crate::model::{Bound, Matching, Measure, Status};
use crate::tables::OutcomeRow;

/// Of the statements of whole reports, in the order of the text, those that an outcome can be made of: of the region as
/// a whole, and either the goal for a single year or a fact of the report's own.
pub fn candidates(rules: &DerivedRules, reports: &[Report], statements: Vec<Statement>) -> Vec<Statement> {
    let whole = of_the_whole(rules, &statements);
    let candidate = |statement: &Statement| {
        let report = &reports[statement.report];
        let year = match statement.status {
            Status::Target => report.report_year.zip(statement.year).is_some_and(|(own, year)| own <= year),
            Status::Actual => statement.year.is_some() && report.review_year == statement.year,
        };
        report.region_code.is_some() && year && comparable(statement)
    };
    statements.into_iter().zip(whole).filter(|(s, whole)| *whole && candidate(s)).map(|(s, _)| s).collect()
}

/// One row for each target for a single year, in the order of region, year, code, measure, from the [`candidates`] of
/// all reports of their regions.
pub fn outcomes<'f>(rules: &DerivedRules, facts: &'f Facts) -> Vec<OutcomeRow<'f>> {
    let mut targets: BTreeMap<Key<'f>, Vec<&'f Statement>> = BTreeMap::new();
    let mut actuals: BTreeMap<Key<'f>, Vec<&'f Statement>> = BTreeMap::new();
    for statement in &facts.statements {
        let (Some(region), Some(year)) = (facts.reports[statement.report].region_code.as_deref(), statement.year)
        else {
            continue;
        };
        let key = Key { region, year, code: &statement.code, measure: statement.measure, added: statement.added };
        let side = if statement.status == Status::Target { &mut targets } else { &mut actuals };
        side.entry(key).or_default().push(statement);
    }
    let reported: BTreeMap<(&str, i16), ()> =
        facts.reports.iter().filter_map(|r| Some(((r.region_code.as_deref()?, r.review_year?), ()))).collect();
    let mut rows = Vec::new();
    for (key, said) in &targets {
        let said = distinct(&first_said(&own_year(facts, said)));
        let mut found = actuals.get(key).map(|a| distinct(&first_said(a))).unwrap_or_default();
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
                met: actual.and_then(|a| met(rules, target, a)),
                target_indicator_id: &target.indicator_id,
                actual_indicator_id: actual.map(|a| &*a.indicator_id),
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
    /// 新增500家 is no part of 达到3000家.
    added: bool,
}

/// A figure of the region itself for one single year.
fn comparable(statement: &Statement) -> bool {
    !statement.of_other_subject && statement.year_start.is_none_or(|start| Some(start) == statement.year)
}

/// Which statements are of the whole region. An amount of money that is less than a third of one that the same report
/// states before it for the same statistic and for one year is a part's (a zone's investment), and so is the growth that
/// is told of it. Counts are left alone: what is new in a year stands beside a stock of the same code.
fn of_the_whole(rules: &DerivedRules, statements: &[Statement]) -> Vec<bool> {
    let mut largest: BTreeMap<(usize, &str, &str), f64> = BTreeMap::new();
    let mut whole: Vec<bool> = Vec::with_capacity(statements.len());
    for (i, statement) in statements.iter().enumerate() {
        let money = statement.unit.as_deref().filter(|unit| ["CNY", "USD", "HKD", "EUR"].contains(unit));
        whole.push(match (statement.measure, money) {
            (Measure::Level, Some(unit)) => {
                let of = (statement.report, &*statement.code, unit);
                let part = largest.get(&of).is_some_and(|most| statement.value * rules.level_factor < *most);
                if comparable(statement) && !statement.implausible {
                    let most = largest.entry(of).or_insert(statement.value);
                    *most = most.max(statement.value);
                }
                !part
            }
            // 完成固定资产投资370亿元，增长37.7%: the growth goes with its amount.
            (Measure::Growth, _) => {
                let near = |j: &usize| in_one_breath(&statements[*j], statement);
                let mut told = (0..i).rev().take_while(near).filter(|j| statements[*j].measure == Measure::Level);
                told.next().is_none_or(|j| statements[j].code != statement.code || whole[j])
            }
            _ => true,
        });
    }
    whole
}

/// Does the second follow the first within a few words?
fn in_one_breath(first: &Statement, second: &Statement) -> bool {
    /// In characters.
    const REACH: i32 = 40;
    first.section_id == second.section_id && (0..REACH).contains(&(second.start - first.start))
}

/// Of values told in one breath (增长4%以上（按可比口径增长10%左右）; 突破200亿元，达204.3亿元) the exact one of a fact, else
/// the first.
fn first_said<'s>(statements: &[&'s Statement]) -> Vec<&'s Statement> {
    let mut kept: Vec<&Statement> = Vec::new();
    for statement in statements {
        let variant = |k: &&mut &'s Statement| k.name == statement.name && in_one_breath(k, statement);
        match kept.last_mut().filter(variant) {
            Some(said) if said.status == Status::Actual && said.bound != Bound::Eq && statement.bound == Bound::Eq => {
                *said = statement;
            }
            Some(_) => {}
            None => kept.push(statement),
        }
    }
    kept
}

/// A target that the year's own report sets outweighs what earlier ones planned for the year.
fn own_year<'s>(facts: &Facts, said: &[&'s Statement]) -> Vec<&'s Statement> {
    let own = |s: &&Statement| facts.reports[s.report].report_year == s.year;
    let kept: Vec<&Statement> = said.iter().copied().filter(|s| own(s)).collect();
    if kept.is_empty() { said.to_vec() } else { kept }
}

/// Can the two be of one thing?
fn fits(rules: &DerivedRules, target: &Statement, actual: &Statement) -> bool {
    let factor = actual.value / target.value;
    let named = !rules.of_several_kinds.contains(&*target.code)
        || target.name.contains(&*actual.name)
        || actual.name.contains(&*target.name);
    named
        && target.unit == actual.unit
        && (target.measure != Measure::Level || (factor <= rules.level_factor && factor >= 1.0 / rules.level_factor))
}

/// The statements that differ in value; of equal ones the surest, of a targets section before others.
fn distinct<'s>(statements: &[&'s Statement]) -> Vec<&'s Statement> {
    let firm = statements.iter().any(|s| s.in_targets);
    let mut kept: Vec<&Statement> = Vec::new();
    for statement in statements.iter().filter(|s| s.status == Status::Actual || s.in_targets || !firm) {
        let same =
            |k: &&mut &Statement| k.unit == statement.unit && (near(k.value, statement.value) || rounded(k, statement));
        match kept.iter_mut().find(same) {
            Some(same) if finer(statement, same) => *same = statement,
            Some(_) => {}
            None => kept.push(statement),
        }
    }
    kept
}

/// Is one of two facts the other, rounded down? 突破1000亿元 and 1055.45亿元.
fn rounded(a: &Statement, b: &Statement) -> bool {
    /// A rounder figure is less than a fifth below.
    const ROUNDING: f64 = 1.2;
    let below = |rough: &Statement, exact: &Statement| {
        matches!(rough.bound, Bound::Gt | Bound::Ge | Bound::Approx)
            && exact.bound == Bound::Eq
            && exact.value >= rough.value
            && exact.value <= rough.value * ROUNDING
    };
    let amounts = a.measure == Measure::Level && a.status == Status::Actual && a.name == b.name;
    amounts && (below(a, b) || below(b, a))
}

/// Of two that are one figure: the exact one, else the surer.
fn finer(a: &Statement, b: &Statement) -> bool {
    let exact = |s: &Statement| s.bound == Bound::Eq;
    if exact(a) == exact(b) { a.confidence > b.confidence } else { exact(a) }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}

/// Did the year reach the target? A bare or rough target (8%左右) is reached within the tolerance of the rules, and from
/// the good side at any distance.
/// Nothing can be said where a rough figure (近万亿元) stands at the goal itself.
fn met(rules: &DerivedRules, target: &Statement, actual: &Statement) -> Option<bool> {
    if actual.bound == Bound::Approx && target.bound != Bound::Approx && near(actual.value, target.value) {
        return None;
    }
    Some(reached(rules, target, actual.value))
}

fn reached(rules: &DerivedRules, target: &Statement, actual: f64) -> bool {
    let lower = rules.lower_is_better.contains(&*target.code);
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

    /// First year of a report in these tests: a statement's report is named by its year.
    const FIRST: i16 = 2010;

    fn facts(statements: Vec<Statement>, years: &[i16]) -> Facts {
        let report = |year: i16| Report {
            report_id: format!("r{year}"),
            region_code: years.contains(&year).then(|| "440300".into()),
            report_year: Some(year),
            review_year: Some(year - 1),
            ..Report::default()
        };
        let reports: Vec<Report> = (FIRST..2030).map(report).collect();
        let rules = DerivedRules::load(&ConfigSource::Embedded).unwrap();
        Facts { statements: candidates(&rules, &reports, statements), reports }
    }

    fn said(report: i16, status: Status, year: i16, value: f64, bound: Bound) -> Statement {
        Statement {
            indicator_id: format!("r{report}-{year}-{value}").into(),
            report: usize::try_from(report - FIRST).unwrap(),
            section_id: format!("r{report}-{value}").into(),
            start: 0,
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
            added: false,
            of_other_subject: false,
            in_targets: status == Status::Target,
            implausible: false,
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

    /// An amount of fixed investment in the words of one section.
    fn amount(report: i16, status: Status, year: i16, value: f64, place: (&str, i32)) -> Statement {
        Statement {
            indicator_id: format!("{}-{}", place.0, place.1).into(),
            section_id: place.0.into(),
            start: place.1,
            measure: Measure::Level,
            unit: Some("CNY".into()),
            ..said(report, status, year, value, Bound::Eq)
        }
    }

    #[test]
    fn a_zones_amount_is_not_the_regions() {
        let rules = DerivedRules::load(&ConfigSource::Embedded).unwrap();
        let growth = |report, status, value, place: (&str, i32)| Statement {
            indicator_id: format!("{}-{}", place.0, place.1).into(),
            section_id: place.0.into(),
            start: place.1,
            ..said(report, status, 2020, value, Bound::Eq)
        };
        let statements = vec![
            amount(2020, Status::Actual, 2019, 400e8, ("t", 0)),
            growth(2020, Status::Target, 18.0, ("t", 200)),
            amount(2020, Status::Target, 2020, 36e8, ("t", 300)),
            amount(2021, Status::Actual, 2020, 480e8, ("a", 0)),
            growth(2021, Status::Actual, 20.0, ("a", 20)),
            amount(2021, Status::Actual, 2020, 37e8, ("b", 0)),
            growth(2021, Status::Actual, 37.7, ("b", 20)),
        ];
        let facts = facts(statements, &[2020, 2021]);
        let told: Vec<_> = outcomes(&rules, &facts).iter().map(|r| (r.status, r.actual_value)).collect();
        assert_eq!(told, [(Matching::Matched, Some(20.0))]);
    }

    #[test]
    fn what_is_new_is_not_the_stock_and_kinds_of_one_code_are_apart() {
        let rules = DerivedRules::load(&ConfigSource::Embedded).unwrap();
        let count = |report, status, value, name: &str, added| Statement {
            code: "school_places".into(),
            name: name.into(),
            added,
            unit: Some("count".into()),
            ..amount(report, status, 2020, value, (name, 0))
        };
        let statements = vec![
            count(2020, Status::Target, 3e4, "小学学位", true),
            count(2021, Status::Actual, 2e5, "小学学位", false),
            count(2021, Status::Actual, 2e4, "幼儿园学位", true),
        ];
        let both = facts(statements.clone(), &[2020, 2021]);
        assert_eq!(outcomes(&rules, &both)[0].status, Matching::Ambiguous);
        let stock = facts(statements[..2].to_vec(), &[2020, 2021]);
        assert_eq!(outcomes(&rules, &stock)[0].status, Matching::NotStated);
    }

    #[test]
    fn values_told_in_one_breath_are_one_and_a_rough_one_at_the_goal_tells_nothing() {
        let rules = DerivedRules::load(&ConfigSource::Embedded).unwrap();
        let mut near_goal = amount(2021, Status::Actual, 2020, 200e8, ("a", 0));
        near_goal.bound = Bound::Approx;
        let statements = vec![amount(2020, Status::Target, 2020, 200e8, ("t", 0)), near_goal];
        let rough = facts(statements.clone(), &[2020, 2021]);
        assert_eq!(outcomes(&rules, &rough)[0].met, None);
        for place in [("a", 8), ("elsewhere", 0)] {
            let mut told = statements.clone();
            told.push(amount(2021, Status::Actual, 2020, 204.3e8, place));
            let exact = facts(told, &[2020, 2021]);
            assert_eq!(outcomes(&rules, &exact)[0].actual_value, Some(204.3e8));
        }
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
