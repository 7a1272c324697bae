//! Money and size of one project.

use super::rules::ProjectRules;

/// The investment that a text tells, in CNY.
pub(super) fn investment(rules: &ProjectRules, text: &str) -> Option<f64> {
    // Most texts tell none, and room for captures is dear.
    let found = rules.investment.is_match(text).then(|| rules.investment.captures(text))??;
    let value: f64 = found.name("value")?.as_str().parse().ok()?;
    let scale = match found.name("unit").map(|m| m.as_str()) {
        Some("万亿") => 1e12,
        Some("亿") => 1e8,
        Some("千万") => 1e7,
        Some("百万") => 1e6,
        Some("万") => 1e4,
        _ => 1.0,
    };
    Some((value * scale * 100.0).round() / 100.0)
}

/// The money that stands before one member of a list: 投资36亿元的, or 6.8亿元的 alone.
pub(super) fn own(rules: &ProjectRules, modifiers: &str) -> Option<f64> {
    let told = investment(rules, modifiers);
    let bare = || {
        let sum = modifiers.trim().strip_suffix("元的")?;
        sum.starts_with(|c: char| c.is_ascii_digit()).then(|| investment(rules, &format!("投资{sum}元")))?
    };
    told.or_else(bare)
}

/// The size that a text tells, in its printed unit: 150, MW.
pub(super) fn capacity(rules: &ProjectRules, text: &str) -> Option<(f64, String)> {
    for found in rules.capacity.captures_iter(text) {
        let (whole, value, unit) = (found.get(0)?, found.name("value")?, found.name("unit")?);
        // 2×1000吨/日 is not one printed value; 110千伏 tells a grade.
        let product = text[..whole.start()].ends_with(['×', 'x', 'X', '*']);
        if product || unit.as_str().ends_with("千伏") || unit.as_str().eq_ignore_ascii_case("kv") {
            continue;
        }
        // 青石河31公里处: a place.
        if text[whole.end()..].starts_with('处') && !text[whole.end()..].starts_with("处理") {
            continue;
        }
        return Some((value.as_str().parse().ok()?, unit.as_str().to_string()));
    }
    None
}
