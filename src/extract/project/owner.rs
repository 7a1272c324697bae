//! Whose a bare phase is: 云岭产业园开工，一期工程完工.

use crate::text::Span;

use super::names;
use super::rules::ProjectRules;

const PHASES: [&str; 16] = [
    "一期", "二期", "三期", "四期", "五期", "六期", "首期", "1期", "2期", "3期", "东段", "西段", "南段", "北段",
    "中段", "续建",
];

/// Sections of a road or wall by what they are for.
const SECTIONS: [&str; 6] = ["标准段", "示范段", "试验段", "先行段", "先导段", "样板段"];

/// A section without the thing that it is of: 标准段, 二期.
pub(super) fn is_section(name: &str) -> bool {
    SECTIONS.contains(&name.trim()) || PHASES.contains(&name.trim())
}

/// A phase or section without the thing that it is of: 二期, 一期工程, 西段.
pub(super) fn is_bare(name: &str) -> bool {
    let mut bare = name;
    for end in ["项目", "工程", "建设", "主体"] {
        bare = bare.strip_suffix(end).unwrap_or(bare);
    }
    is_section(bare) || matches!(bare, "新院区" | "新校区" | "扩建" | "改扩建" | "新建" | "迁建" | "改建" | "重建")
}

/// 一期改造项目, 二期产业地块: a phase opens the name, so that it is of something.
pub(super) fn begins_with_phase(name: &str) -> bool {
    // 四期12号线 has a number of its own.
    let numbered = |rest: &str| rest.contains(|c: char| c.is_ascii_digit());
    is_bare(name) || PHASES[..10].iter().any(|phase| name.strip_prefix(phase).is_some_and(|rest| !numbered(rest)))
}

/// The thing that was named last in the sentence, without its own phase.
pub(super) fn owner<'n>(text: &str, mut before: impl Iterator<Item = &'n str>, topic: Option<Span>) -> Option<String> {
    if let Some(name) = before.find(|name| !begins_with_phase(name)) {
        // 焚烧发电厂一、二期升级改造: the first numeral is of the phases, too.
        let name = without_phase(name);
        return Some(name.trim_end_matches(['一', '二', '三', '四', '五']).to_string());
    }
    let noun = topic?.of(text).trim();
    let name = noun.rfind('的').map_or(noun, |at| &noun[at + '的'.len_utf8()..]).trim();
    (name.chars().count() >= 4 && !name.contains('、')).then(|| without_phase(name))
}

/// Does the text end with a thing or tell a phase of one (云岭安置区一期达到入住条件)?
pub(super) fn names_a_thing(rules: &ProjectRules, noun: &str) -> bool {
    let noun = noun.trim();
    noun.ends_with("项目")
        || noun.ends_with("工程")
        || names::kind_of(rules, noun).is_some_and(|(_, kind)| kind.weight >= 1)
        || (tells_phase(noun) && !noun.contains('、'))
}

/// Does a numbered phase stand in the noun, behind a name?
fn tells_phase(noun: &str) -> bool {
    // Each of them ends with the same character, which most nouns lack.
    let ends = noun.match_indices('期').map(|(at, end)| &noun[..at + end.len()]);
    ends.filter_map(|until| PHASES[..10].iter().find_map(|phase| until.strip_suffix(phase))).any(|name| name.len() > 9)
}

fn without_phase(name: &str) -> String {
    let cut = PHASES.iter().chain(&SECTIONS).filter_map(|phase| name.find(phase)).filter(|at| *at > 6).min();
    let name = cut.map_or(name, |at| &name[..at]);
    name.trim_end_matches(['（', '(', '“']).to_string()
}
