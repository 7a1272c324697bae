//! The year that each section is about.

use std::sync::LazyLock;

use regex::Regex;

use super::rules::Years;
use crate::model::{Identity, Kind, Section, Status};
use crate::plan;

/// Give each section its year: the one that its heading names, else its parent's, else the report's review or plan
/// year by its period.
pub fn date(years: &Years, text: &str, sections: &mut [Section], identity: &Identity) {
    for i in 0..sections.len() {
        if sections[i]
            .heading_span
            .is_some_and(|heading| is_planned_annex(years, heading.of(text), &sections[i], identity))
        {
            sections[i].period = Status::Target;
        }
        let section = &sections[i];
        let by_period = match section.period {
            Status::Actual => identity.review_year,
            Status::Target => identity.report_year,
        };
        let named = section.heading_span.and_then(|h| year_in(years, h.of(text), section.period, identity));
        let above =
            section.parent.and_then(|p| (sections[p].period == section.period).then_some(sections[p].year)).flatten();
        sections[i].year = match section.kind {
            Kind::Front | Kind::Closing | Kind::Glossary => identity.report_year,
            _ => named.or(above).or(by_period),
        };
    }
}

/// An annex of the plan's own year, 2017年民生实事项目, promises; 2016年民生实事完成情况 tells what was done.
fn is_planned_annex(years: &Years, heading: &str, section: &Section, identity: &Identity) -> bool {
    let names = |year: Option<i16>| year.is_some_and(|year| heading.contains(&format!("{year}年")));
    section.kind == Kind::Other
        && names(identity.report_year)
        && !names(identity.review_year)
        && !years.done.iter().any(|word| heading.contains(word.as_str()))
}

/// The last year that a heading names: 2023年, “十四五”时期 (its last year), 今后五年 (from the report on).
fn year_in(years: &Years, heading: &str, period: Status, identity: &Identity) -> Option<i16> {
    let mut year = None;
    for (i, _) in heading.match_indices('年') {
        let digits: Vec<u8> = heading[..i].bytes().rev().take_while(u8::is_ascii_digit).collect();
        if digits.len() == 4 {
            let value = digits.iter().rev().fold(0i16, |v, d| v * 10 + i16::from(d - b'0'));
            year = year.max(Some(value).filter(|y| (1949..2100).contains(y)));
        }
    }
    if year.is_some() {
        return year.filter(|y| fits(*y, period, identity));
    }
    // 加大今年工作力度，实现“十一五”良好开局 is about the plan period's first year.
    if period == Status::Target && years.this_year.iter().any(|t| heading.contains(t.as_str())) {
        return identity.report_year;
    }
    if period == Status::Target && years.next_term.iter().any(|t| heading.contains(t.as_str())) {
        return identity.report_year.map(|y| y + 4);
    }
    // A plan period that was over long before the report is a name (“十五运会”), not its time.
    let plan = five_year_plan(heading).filter(|plan| {
        fits(*plan, Status::Target, identity)
            || fits((*plan).min(identity.review_year.unwrap_or(*plan)), period, identity)
    })?;
    Some(match (period, identity.review_year) {
        // A review of a plan period that is not over yet looks back on what there is of it.
        (Status::Actual, Some(review)) => plan.min(review),
        _ => plan,
    })
}

/// A year in a heading is the section's own only where it is near the report's: 2035年远景目标 in a plan of 2021 is not.
fn fits(year: i16, period: Status, identity: &Identity) -> bool {
    match (period, identity.review_year, identity.report_year) {
        (Status::Actual, Some(review), _) => year <= review + 1 && year >= review - 6,
        (Status::Target, _, Some(report)) => year >= report - 1 && year <= report + 6,
        _ => true,
    }
}

/// Last year of 十五 (2001-2005), 十一五, … named in a heading; that of the last one named.
fn five_year_plan(heading: &str) -> Option<i16> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(plan::NAMES).expect("a constant pattern"));
    let named = NAME.find_iter(heading).filter(|found| {
        // 二十五, 第十五届 and 十五年 count something else.
        let after = heading[found.end()..].chars().next();
        let before = heading[..found.start()].chars().next_back();
        !matches!(after, Some('五' | '年')) && !matches!(before, Some('十' | '二' | '第'))
    });
    named.filter_map(|found| plan::last_year(found.as_str())).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ConfigSource;
    use crate::segment::SegmentRules;

    fn identity(report_year: i16) -> Identity {
        Identity { report_year: Some(report_year), review_year: Some(report_year - 1), ..Identity::default() }
    }

    #[test]
    fn years_of_headings() {
        let years = SegmentRules::load(&ConfigSource::Embedded).unwrap().years;
        let cases = [
            ("2020年工作回顾", Status::Actual, Some(2020)),
            ("“十三五”时期和2020年工作回顾", Status::Actual, Some(2020)),
            ("“十三五”时期经济社会发展回顾", Status::Actual, Some(2020)),
            ("“十四五”时期的主要目标任务", Status::Target, Some(2025)),
            ("“十五五”发展的主要考虑", Status::Target, Some(2030)),
            ("今后五年的主要工作", Status::Target, Some(2025)),
            ("2021年重点工作", Status::Target, Some(2021)),
            ("2035年远景目标", Status::Target, None),
            ("加大今年各项工作力度，实现“十四五”良好开局", Status::Target, Some(2021)),
            ("实现“十三五”圆满收官", Status::Actual, Some(2020)),
            ("加强政府自身建设", Status::Target, None),
        ];
        for (heading, period, year) in cases {
            assert_eq!(year_in(&years, heading, period, &identity(2021)), year, "{heading}");
        }
    }
}
