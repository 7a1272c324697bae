//! What a report says of one statistic held against itself and against what is plausible. Nothing is dropped or
//! mended here: a row that does not fit carries a flag.

use std::collections::BTreeMap;

use super::lexicon::{Fit, Lexicon};
use super::unit::Dimension;
use crate::model::{Bound, Flag, Indicator, Level, Measure, Status};

/// Two amounts of the same statistic that differ by no more than this share are the same figure, rounded.
const ROUNDING: f64 = 0.02;

/// Percentage points by which rounded ends may miss their movement, and the share of a growth.
const ROUNDED_POINTS: f64 = 0.21;
const ROUNDED_GROWTH: f64 = 0.06;

/// Flags rows whose unit or size does not fit their code, and rows that contradict each other.
pub fn check(lexicon: &Lexicon, level: Option<Level>, indicators: &mut [Indicator]) {
    for indicator in indicators.iter_mut() {
        let Some(statistic) = indicator.code.as_deref().and_then(|code| lexicon.get(code)) else { continue };
        let Some(unit) = indicator.unit_si.as_deref() else { continue };
        // Amounts added or cut are parts of the statistic, so the range of the whole says nothing of them.
        let level = level.filter(|_| indicator.action.is_none() && indicator.subject.is_none());
        match statistic.fit(indicator.measure, dimension_of(unit), indicator.value_si, level) {
            Fit::Fits => {}
            // What is plausible of one year's growth says nothing of that over several.
            Fit::Range if indicator.measure == Measure::Growth && indicator.year_start.is_some() => {}
            Fit::Unit => {
                indicator.flags.insert(Flag::UnitMismatch);
            }
            Fit::Range => {
                indicator.flags.insert(Flag::OutOfRange);
            }
        }
    }
    contradictions(lexicon, indicators);
    movements(indicators);
}

/// The same headline statistic, measure and year of the same region, stated as a fact with different values. What is
/// new in the year (新增…) shares its code with the whole and is not compared with it.
fn contradictions(lexicon: &Lexicon, indicators: &mut [Indicator]) {
    let mut stated: BTreeMap<(String, Measure, i16), Vec<usize>> = BTreeMap::new();
    for (i, indicator) in indicators.iter().enumerate() {
        let comparable = matches!(indicator.measure, Measure::Level | Measure::Ratio)
            && indicator.status == Status::Actual
            && matches!(indicator.bound, Bound::Eq | Bound::Approx)
            && indicator.subject.is_none()
            && indicator.action.is_none()
            && !indicator.name.starts_with('新')
            && indicator.year_start.is_none();
        let headline = |code: &String| lexicon.get(code).is_some_and(|s| s.headline);
        if let (true, Some(code), Some(year), Some(_)) =
            (comparable, indicator.code.as_ref().filter(|c| headline(c)), indicator.year, indicator.value_si)
        {
            stated.entry((code.clone(), indicator.measure, year)).or_default().push(i);
        }
    }
    for rows in stated.into_values() {
        let differ = |a: usize, b: usize| {
            let (a, b) = (&indicators[a], &indicators[b]);
            let (one, two) = (a.value_si.unwrap_or(0.0), b.value_si.unwrap_or(0.0));
            // A household rate and a resident rate have one code and two names: only the same name contradicts.
            a.unit_si == b.unit_si && a.name == b.name && (one - two).abs() > ROUNDING * one.abs().max(two.abs())
        };
        let wrong: Vec<usize> = rows.iter().copied().filter(|&a| rows.iter().any(|&b| differ(a, b))).collect();
        for i in wrong {
            indicators[i].flags.insert(Flag::Contradiction);
        }
    }
}

/// 由50家增加到75家，增长50%, 由31%提高到53%，提高22个百分点: a movement that its two ends do not bear out. Money is left alone:
/// its growth is mostly told at comparable prices.
fn movements(indicators: &mut [Indicator]) {
    let mut wrong = Vec::new();
    for (i, moved) in indicators.iter().enumerate() {
        let Some(told) = moved.value_si.filter(|_| moved.bound == Bound::Eq) else { continue };
        let same = |end: &&Indicator| {
            end.sentence == moved.sentence
                && end.name == moved.name
                && end.subject == moved.subject
                && end.status == moved.status
                && end.value_max.is_none()
                && matches!(end.measure, Measure::Level | Measure::Ratio)
                && matches!(end.bound, Bound::Eq | Bound::Approx)
        };
        let ends: Vec<&Indicator> = indicators[..i].iter().filter(same).collect();
        let [.., first, last] = ends.as_slice() else { continue };
        let (Some(from), Some(to), Some(began), Some(ended)) = (first.value_si, last.value_si, first.year, last.year)
        else {
            continue;
        };
        if began >= ended || Some(ended) != moved.year || first.unit_si != last.unit_si {
            continue;
        }
        let unit = first.unit_si.as_deref().unwrap_or_default();
        let borne_out = match (moved.measure, dimension_of(unit)) {
            (Measure::Change, Dimension::Percent) => (to - from - told).abs() <= ROUNDED_POINTS,
            (Measure::Growth, Dimension::Money | Dimension::Percent | Dimension::Compound) => continue,
            (Measure::Growth, _) if from > 0.0 && first.unit.is_some() => {
                let whole = (to / from - 1.0) * 100.0;
                let yearly = ((to / from).powf(1.0 / f64::from(ended - began)) - 1.0) * 100.0;
                [whole, yearly].iter().any(|grown| (grown - told).abs() <= (ROUNDED_GROWTH * grown.abs()).max(1.5))
            }
            _ => continue,
        };
        if !borne_out {
            wrong.push(i);
        }
    }
    for i in wrong {
        indicators[i].flags.insert(Flag::Contradiction);
    }
}

/// What a base unit of the tables measures.
fn dimension_of(unit: &str) -> Dimension {
    match unit {
        "CNY" | "USD" | "EUR" | "HKD" => Dimension::Money,
        "percent" => Dimension::Percent,
        "percentage_point" => Dimension::PercentagePoint,
        "times" => Dimension::Multiple,
        "rank" => Dimension::Rank,
        "person" => Dimension::Person,
        "person_time" => Dimension::PersonTime,
        "household" => Dimension::Household,
        "m2" => Dimension::Area,
        "m" => Dimension::Length,
        "m3" => Dimension::Volume,
        "t" => Dimension::Mass,
        "kWh" => Dimension::Energy,
        "kW" => Dimension::Power,
        "kVA" => Dimension::ApparentPower,
        "kV" => Dimension::Voltage,
        "ug/m3" => Dimension::Concentration,
        "degC" => Dimension::Temperature,
        "day" | "month" | "year" | "hour" | "minute" => Dimension::Duration,
        compound if compound.contains('/') => Dimension::Compound,
        _ => Dimension::Count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ConfigSource;
    use crate::model::Flags;
    use crate::text::Span;

    fn row(code: &str, measure: Measure, value: f64, unit: &str) -> Indicator {
        Indicator {
            section: 0,
            span: Span::default(),
            sentence: Span::default(),
            name: code.to_owned(),
            action: None,
            subject: None,
            code: Some(code.to_owned()),
            measure,
            value: Some(value),
            value_max: None,
            unit: None,
            value_si: Some(value),
            unit_si: Some(unit.to_owned()),
            bound: Bound::Eq,
            status: Status::Actual,
            year_start: None,
            year: Some(2023),
            basis: None,
            rank_scope: None,
            qualitative: None,
            rule: "test",
            confidence: 1.0,
            flags: Flags::new(),
        }
    }

    fn flags(mut rows: Vec<Indicator>) -> Vec<Vec<Flag>> {
        let lexicon = Lexicon::load(&ConfigSource::Embedded).expect("the embedded lexicon loads");
        check(&lexicon, Some(Level::County), &mut rows);
        rows.into_iter().map(|r| r.flags.into_iter().collect()).collect()
    }

    #[test]
    fn units_and_sizes_that_do_not_fit_are_flagged() {
        let rows = vec![
            row("gdp", Measure::Level, 1.8e10, "CNY"),
            row("gdp", Measure::Growth, 85.0, "percent"),
            row("grain_output", Measure::Level, 5.0, "CNY"),
        ];
        assert_eq!(flags(rows), [vec![], vec![Flag::OutOfRange], vec![Flag::UnitMismatch]]);
    }

    #[test]
    fn a_movement_that_its_ends_do_not_bear_out_is_a_contradiction() {
        let told = |from: f64, to: f64, growth: f64| {
            let mut first = row("firms", Measure::Level, from, "count");
            (first.year, first.unit) = (Some(2018), Some("家".to_owned()));
            let last = row("firms", Measure::Level, to, "count");
            flags(vec![first, last, row("firms", Measure::Growth, growth, "percent")]).pop()
        };
        assert_eq!(told(50.0, 75.0, 50.0), Some(vec![]), "over all years");
        assert_eq!(told(50.0, 75.0, 8.4), Some(vec![]), "a year");
        assert_eq!(told(50.0, 75.0, 70.0), Some(vec![Flag::Contradiction]));
    }

    #[test]
    fn the_same_figure_with_two_values_is_a_contradiction() {
        let two = vec![row("gdp", Measure::Level, 1.8e10, "CNY"), row("gdp", Measure::Level, 2.4e10, "CNY")];
        assert_eq!(flags(two), [[Flag::Contradiction], [Flag::Contradiction]]);
        let rounded = vec![row("gdp", Measure::Level, 1.814e10, "CNY"), row("gdp", Measure::Level, 1.8e10, "CNY")];
        assert_eq!(flags(rounded), [[], []] as [[Flag; 0]; 2]);
    }
}
