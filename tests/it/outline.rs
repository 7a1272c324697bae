//! Section trees of short texts, as data.

use gwr::model::{Clean, Flags, Script, Section};
use gwr::text::AlignedText;
use serde::Deserialize;

use crate::support::{RULES, cases};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    text: String,
    outline: String,
}

#[test]
fn outlines() {
    let wrong: Vec<String> = cases::<Case>("outline.toml")
        .iter()
        .filter_map(|case| {
            let found = shown(&sections(case.text.trim_start()));
            (found != case.outline.trim()).then(|| format!("{}\nfound:\n{found}\nwanted:\n{}", case.why, case.outline))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A report of 100 KB on one line takes no longer than its length asks for.
#[test]
fn a_long_line_is_no_trap() {
    let chapter = "（一）着力扩大有效需求。更大力度提振消费，扩大有效投资。大力提振消费。实施专项行动，完成投资12.5亿元，增长7%。";
    let text = chapter.repeat(3000);
    let sections = sections(&text);
    assert_eq!(sections.iter().map(|s| s.span.len()).sum::<usize>(), text.len());
}

fn sections(text: &str) -> Vec<Section> {
    let clean = Clean {
        text: AlignedText::from_source(text.to_owned()),
        removed: Vec::new(),
        marks: Vec::new(),
        script: Script::Hans,
        flags: Flags::new(),
    };
    gwr::segment::segment(&RULES.segment, &clean)
}

fn shown(sections: &[Section]) -> String {
    let line = |s: &Section| {
        let indent = "  ".repeat(usize::from(s.depth));
        let number = s.number.as_deref().map(|n| format!("{n} | ")).unwrap_or_default();
        format!("{indent}{number}{} | {}", s.heading.as_deref().unwrap_or("~"), s.kind)
    };
    sections.iter().map(line).collect::<Vec<_>>().join("\n")
}
