//! Where the code of a statistic does not fit what is told of it: what was done to some of those that it counts, a number of
//! something else.

use super::grammar::Grammar;
use crate::extract::lexicon::{ANY_GROWTH, Statistic};
use crate::extract::unit::Dimension;
use crate::model::{Indicator, Measure};

/// May this be done to what the statistic counts and still be told of it? 新增|上市公司; but 帮助|上市公司, 规上企业|上云.
pub fn keeps(grammar: &Grammar, statistic: &Statistic, deed: &str) -> bool {
    statistic.deeds.as_ref().is_none_or(|deeds| {
        deeds.iter().any(|own| match own.as_str() {
            ANY_GROWTH => deed.starts_with('新') || grammar.growths.find_iter(deed).next().is_some(),
            own => deed.contains(own),
        })
    })
}

/// Is the amount of another kind than the statistic: 新入库规上工业|24家 are firms and no value added, 新改建农村公路|12条?
pub fn of_another_kind(statistic: &Statistic, dimension: Dimension, unit: Option<&str>) -> bool {
    use Dimension::{Area, Count, Energy, Household, Length, Mass, Money, Person, PersonTime, Power, Volume};
    let counted = |d: &Dimension| matches!(d, Count | Person | PersonTime | Household);
    let measured = |d: &Dimension| matches!(d, Area | Energy | Length | Mass | Money | Power | Volume);
    // 连续突破3000亿: a scale alone may be of any unit.
    let bare = || unit.is_none_or(|unit| unit.chars().all(|c| "十百千万亿".contains(c)));
    let kinds = &statistic.level;
    (counted(&dimension) && !kinds.is_empty() && kinds.iter().all(measured) && !bare())
        || (measured(&dimension)
            && kinds.iter().all(|kind| counted(kind) || measured(kind))
            && !kinds.is_empty()
            && !kinds.contains(&dimension))
}

/// 36家外资企业入选试点、数量居全国第一: what goes on with an amount that has not the code of its statistic has it neither.
pub fn goes_on_without(row: &Indicator, last: &Indicator) -> bool {
    row.code.is_some()
        && last.code.is_none()
        && last.action.is_some()
        && last.measure == Measure::Level
        && (last.sentence, last.section) == (row.sentence, row.section)
        && last.name == row.name
        && last.subject == row.subject
        && row.measure != Measure::Level
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ConfigSource;
    use crate::extract::lexicon::Lexicon;

    #[test]
    fn deeds_that_tell_of_the_number_of_all() {
        let grammar = Grammar::load(&ConfigSource::Embedded).unwrap();
        let lexicon = Lexicon::load(&ConfigSource::Embedded).unwrap();
        let told = |code: &str, deed: &str| keeps(&grammar, lexicon.get(code).unwrap(), deed);
        assert!(told("above_scale_firms", "新增"));
        assert!(!told("above_scale_firms", "上云"));
        assert!(told("park_count", "新建改造"));
        assert!(!told("park_count", "改造提升"));
        assert!(told("poor_villages", "出列"));
        assert!(!told("poor_villages", "带动"));
        assert!(told("cppcc_proposals", "办理"));
        assert!(told("shantytown", "完成"));
    }

    #[test]
    fn amounts_of_another_kind() {
        let lexicon = Lexicon::load(&ConfigSource::Embedded).unwrap();
        let other = |code: &str, dimension, unit| of_another_kind(lexicon.get(code).unwrap(), dimension, Some(unit));
        assert!(other("industrial_va", Dimension::Count, "家"));
        assert!(other("grain_area", Dimension::Mass, "吨"));
        assert!(!other("gdp", Dimension::Count, "亿"));
        assert!(!other("high_standard_farmland", Dimension::Area, "万亩"));
        assert!(!other("skilled_workers", Dimension::PersonTime, "万人次"));
    }
}
