//! The region's own name before a statistic: in the report of 云山县, 云山县生产总值 is the statistic itself.

use super::Context;
use crate::extract::lexicon::Statistic;
use crate::model::{Identity, Indicator, Level, Measure};

/// The statistic that a name means, also with the name of the region itself before it (云山县|生产总值, 区|财政一般预算收入);
/// not where somebody brought it about (班列带动|云山进出口).
pub fn code<'a>(context: &Context<'a>, name: &str, done: bool) -> Option<&'a Statistic> {
    if let Some(statistic) = context.lexicon.code(name) {
        // 县域生产总值: all the counties together, but in the report of one of them its own.
        let counties = name.starts_with("县域") && statistic.headline;
        let own = context.identity.level.is_none_or(|level| level == Level::County);
        return (own || !counties).then_some(statistic);
    }
    // 区出口: too little is left for a place before it. 市本级财政收入: a part of the city's.
    let rest = behind_own_name(context.identity, name)
        .filter(|rest| !done && rest.chars().count() >= 3 && !rest.starts_with("本级"))?;
    context.lexicon.code(rest).filter(|statistic| statistic.headline)
}

/// 公共财政收入14.5亿元；地方公共财政收入8.1亿元: where a sentence tells the local revenue beside a larger one, the larger is the
/// total. `rows` are those of one sentence.
pub fn total_beside_local(rows: &mut [Indicator]) {
    let revenue = |row: &Indicator| {
        row.code.as_deref() == Some("budget_revenue") && row.measure == Measure::Level && row.value_si.is_some()
    };
    // 一般公共预算收入…，其中区级…: only names that are alike but for the word 地方.
    let Some((name, smaller)) = rows.iter().find_map(|row| {
        let name = row.name.strip_prefix("地方").filter(|_| revenue(row))?;
        Some((name.to_owned(), row.value_si))
    }) else {
        return;
    };
    let total = rows.iter().any(|row| revenue(row) && row.name == name && row.value_si > smaller);
    if total {
        for row in rows.iter_mut().filter(|row| row.name == name) {
            if row.code.as_deref() == Some("budget_revenue") {
                row.code = Some("fiscal_revenue".to_owned());
            }
        }
    }
}

/// What stands behind the name of the region, or behind the word for what kind of region it is.
fn behind_own_name<'n>(identity: &Identity, name: &'n str) -> Option<&'n str> {
    let own = match identity.level {
        Some(Level::County) => identity.county.as_deref(),
        Some(Level::Prefecture) => identity.prefecture.as_deref(),
        Some(Level::Province) => identity.province.as_deref(),
        _ => None,
    };
    let Some(own) = own else {
        // Not known which: a lone word for a region can be no other.
        return name.strip_prefix(['省', '市', '县', '区', '州', '旗']);
    };
    if let Some(rest) = name.strip_prefix(own) {
        return Some(rest);
    }
    let (kind_at, kind) = own.char_indices().next_back()?;
    // 硚口|地区生产总值: without the word for what it is.
    let short = &own[..kind_at];
    name.strip_prefix(kind).or_else(|| name.strip_prefix(short).filter(|_| short.chars().count() >= 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_region_itself() {
        let county = Identity {
            level: Some(Level::County),
            county: Some("云山县".to_owned()),
            prefecture: Some("平江市".to_owned()),
            ..Identity::default()
        };
        assert_eq!(behind_own_name(&county, "云山县生产总值"), Some("生产总值"));
        assert_eq!(behind_own_name(&county, "云山地区生产总值"), Some("地区生产总值"));
        assert_eq!(behind_own_name(&county, "县财政收入"), Some("财政收入"));
        assert_eq!(behind_own_name(&county, "市财政收入"), None);
        assert_eq!(behind_own_name(&county, "平江市财政收入"), None);
    }
}
