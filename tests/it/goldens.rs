//! What the program reads from the bundled reports, as compact text that was read by eye: `tests/golden/`.
//! `just bless` writes them anew; look at the difference before you commit it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gwr::model::{Document, Indicator, Project};
use gwr::tables::DocumentRows;

use crate::support::{document, project, seeds};

#[test]
fn the_seeds_read_as_they_did() {
    let mut differ = Vec::new();
    for (name, bytes) in seeds() {
        let path = project("tests/golden").join(&name);
        let now = golden(&document(&name, &bytes));
        if std::env::var_os("GWR_BLESS").is_some() {
            std::fs::create_dir_all(project("tests/golden")).expect("the folder can be made");
            std::fs::write(&path, &now).expect("the golden can be written");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        if kept != now {
            differ.push(format!("{name}\n{}", difference(&kept, &now)));
        }
    }
    let told = differ.join("\n");
    assert!(differ.is_empty(), "if this is better, write the goldens anew with `GWR_BLESS=1 cargo test`:\n{told}");
}

/// The first lines that are only in one of them.
fn difference(kept: &str, now: &str) -> String {
    let mut counts: BTreeMap<&str, i32> = BTreeMap::new();
    kept.lines().for_each(|line| *counts.entry(line).or_default() -= 1);
    now.lines().for_each(|line| *counts.entry(line).or_default() += 1);
    let lost = kept.lines().filter(|line| counts[line] < 0).map(|line| format!("- {line}\n"));
    let new = now.lines().filter(|line| counts[line] > 0).map(|line| format!("+ {line}\n"));
    lost.take(12).chain(new.take(12)).collect()
}

macro_rules! line {
    ($out:expr, $($arg:tt)*) => { writeln!($out, $($arg)*).expect("writing to a String cannot fail") };
}

fn golden(document: &Document) -> String {
    let mut out = String::new();
    report(document, &mut out);
    removed(document, &mut out);
    outline(document, &mut out);
    line!(out, "\n# indicators");
    document.extraction.indicators.iter().for_each(|i| line!(out, "{}", indicator(document, i)));
    line!(out, "\n# projects");
    document.extraction.projects.iter().for_each(|p| line!(out, "{}", one_project(p)));
    line!(out, "\n# glossary");
    document.extraction.glossary.iter().for_each(|g| line!(out, "{} = {}", g.term, first(&g.definition, 40)));
    line!(out, "\n# pledges");
    document.extraction.pledges.iter().for_each(|p| line!(out, "{:?} {}", p.number, first(&p.text, 40)));
    line!(out, "\n# repairs");
    for repair in &document.repairs {
        line!(out, "{} {:?} -> {:?}", repair.kind, repair.before, repair.after);
    }
    out
}

fn report(document: &Document, out: &mut String) {
    line!(out, "# report");
    let row = serde_json::to_value(gwr::tables::document_json(document)).expect("rows are JSON");
    let left_out = ["report_id", "source", "raw_chars", "source_bytes"];
    for (key, value) in row["reports"].as_object().expect("a row is an object") {
        if !value.is_null() && !left_out.contains(&key.as_str()) {
            line!(out, "{key} {value}");
        }
    }
    assert_eq!(DocumentRows::of(document).report.source, document.source);
}

/// Pieces and characters taken out, by rule.
fn removed(document: &Document, out: &mut String) {
    line!(out, "\n# removed");
    let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for piece in &document.clean.removed {
        let (pieces, chars) = rules.entry(&piece.rule).or_default();
        *pieces += 1;
        *chars += piece.text.chars().count();
    }
    rules.iter().for_each(|(rule, (pieces, chars))| line!(out, "{rule}: {pieces} pieces, {chars} characters"));
}

fn outline(document: &Document, out: &mut String) {
    line!(out, "\n# sections");
    let text = document.clean.text.as_str();
    for section in &document.sections {
        let indent = "  ".repeat(usize::from(section.depth));
        let own = section.span.of(text);
        let heading = match (&section.number, &section.heading) {
            (None, None) => format!("({})", first(own.trim(), 16)),
            (number, heading) => format!("{}|{}", or_dash(number.as_ref()), or_dash(heading.as_ref())),
        };
        let (year, topic) = (or_dash(section.year), or_dash(section.topic));
        let chars = own.chars().count();
        line!(out, "{indent}{heading} [{} {} {year} {topic} {chars}]", section.kind, section.period);
    }
}

fn indicator(document: &Document, indicator: &Indicator) -> String {
    let printed = indicator.span.of(document.clean.text.as_str());
    let mut line = format!("{} = {printed}", indicator.name);
    let value = indicator.value.map(|v| v.to_string());
    let max = indicator.value_max.map(|v| format!("..{v}")).unwrap_or_default();
    let years = indicator.year_start.map(|y| format!("{y}-")).unwrap_or_default();
    line!(
        line,
        "  {} {}{max} {} {} {} {years}{} code:{} action:{} subject:{} si:{}{}{}{}",
        indicator.measure,
        or_dash(value),
        or_dash(indicator.unit.as_ref()),
        indicator.bound,
        indicator.status,
        or_dash(indicator.year),
        or_dash(indicator.code.as_ref()),
        or_dash(indicator.action.as_ref()),
        or_dash(indicator.subject.as_ref()),
        or_dash(indicator.unit_si.as_ref()),
        indicator.basis.map(|b| format!(" {b}")).unwrap_or_default(),
        indicator.rank_scope.as_ref().map(|s| format!(" scope:{s}")).unwrap_or_default(),
        indicator.flags.iter().map(|f| format!(" {f}")).collect::<String>(),
    );
    line.trim_end().to_owned()
}

fn one_project(project: &Project) -> String {
    format!(
        "{} [{} {} {}] action:{} investment:{} capacity:{}{} topic:{}",
        project.name,
        project.stage,
        project.status,
        or_dash(project.year),
        or_dash(project.action.as_ref()),
        or_dash(project.investment),
        or_dash(project.capacity),
        project.capacity_unit.as_deref().unwrap_or_default(),
        or_dash(project.topic),
    )
}

fn or_dash(value: Option<impl std::fmt::Display>) -> String {
    value.map_or("–".to_owned(), |value| value.to_string())
}

fn first(text: &str, chars: usize) -> String {
    text.chars().take(chars).map(|c| if c == '\n' { '⏎' } else { c }).collect()
}
