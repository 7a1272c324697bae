//! Tables of an annex, whose titles tell what time their lines are of: 2016年主要指标完成情况, 2017年主要指标预期.

use crate::model::{Indicator, Section, Status};

/// The title of a table in an annex, and whether it tells what was or what is to be: 2016年主要指标完成情况, 2017年主要指标预期.
pub fn title(line: &str) -> Option<(i16, Status)> {
    let line = line.trim();
    if line.chars().count() > 24 || !line.starts_with("20") {
        return None;
    }
    let (year, rest) = line.split_at_checked(4)?;
    let (year, rest) = (year.parse().ok()?, rest.strip_prefix('年')?);
    let ends = |words: &[&str]| words.iter().any(|end| rest.ends_with(end));
    if ends(&["预期", "目标", "预期目标", "计划", "安排"]) {
        Some((year, Status::Target))
    } else {
        ends(&["完成情况", "情况", "完成"]).then_some((year, Status::Actual))
    }
}

/// Date the rows of a table by its title, where their own words gave them no other time than the section's.
pub fn date(rows: &mut [Indicator], section: &Section, (year, status): (i16, Status)) {
    for row in rows.iter_mut().filter(|row| row.year == section.year && row.year_start.is_none()) {
        (row.year, row.status) = (Some(year), status);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_tables() {
        assert_eq!(title("2016年主要经济指标完成情况"), Some((2016, Status::Actual)));
        assert_eq!(title("2017年主要指标预期"), Some((2017, Status::Target)));
        assert_eq!(title("2017年地区生产总值完成80亿元"), None);
    }
}
