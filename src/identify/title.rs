//! The report's title, as printed.

use super::IdentifyRules;
use super::head::{Head, Line};

/// The title in the report's own head, white space taken out: the last title line before the salutation.
pub fn own_title(rules: &IdentifyRules, head: &Head) -> Option<String> {
    head.own.iter().rev().find_map(|line| read(rules, line))
}

/// The title that the site gives, in a field (标题：…) or as a line.
pub fn site_title(rules: &IdentifyRules, head: &Head) -> Option<String> {
    head.site.iter().rev().find_map(|line| read(rules, line))
}

fn read(rules: &IdentifyRules, line: &Line) -> Option<String> {
    let compact = ["标题：", "标题:", "名称：", "名称:"]
        .iter()
        .fold(line.compact.as_str(), |s, p| s.strip_prefix(p).unwrap_or(s));
    if rules.not_a_title.is_match(compact) && !compact.starts_with("关于") {
        return None;
    }
    let found = rules.title.regexes.iter().find_map(|r| r.captures(compact))?;
    let title = found["title"].trim_matches(|c: char| "#*《》_".contains(c));
    (!title.is_empty() && title != "工作报告").then(|| title.to_owned())
}
