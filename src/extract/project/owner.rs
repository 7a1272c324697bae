//! Whose a bare phase is: 云岭产业园开工，一期工程完工.

use crate::text::Span;

use super::names;
use super::rules::ProjectRules;

const PHASES: [&str; 16] = [
    "一期", "二期", "三期", "四期", "五期", "六期", "首期", "1期", "2期", "3期", "东段", "西段", "南段", "北段",
    "中段", "续建",
];

/// A phase or section without the thing that it is of: 二期, 一期工程, 西段.
pub(super) fn is_bare(name: &str) -> bool {
    let mut bare = name;
    for end in ["项目", "工程", "建设", "主体"] {
        bare = bare.strip_suffix(end).unwrap_or(bare);
    }
    PHASES.contains(&bare)
        || matches!(bare, "新院区" | "新校区" | "扩建" | "改扩建" | "新建" | "迁建" | "改建" | "重建")
}

/// The thing that was named last in the sentence, without its own phase.
pub(super) fn owner<'n>(text: &str, mut before: impl Iterator<Item = &'n str>, topic: Option<Span>) -> Option<String> {
    if let Some(name) = before.find(|name| !is_bare(name)) {
        return Some(without_phase(name));
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
        || (PHASES[..10].iter().any(|phase| noun.find(phase).is_some_and(|at| at > 9)) && !noun.contains('、'))
}

fn without_phase(name: &str) -> String {
    let cut = PHASES.iter().filter_map(|phase| name.find(phase)).filter(|at| *at > 6).min();
    let name = cut.map_or(name, |at| &name[..at]);
    name.trim_end_matches(['（', '(', '“']).to_string()
}
