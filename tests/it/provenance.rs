//! The way back: what the tables point to in the decoded source, cleaned on its own, gives what the tables say.

use gwr::model::{Document, RepairKind};
use gwr::repair::repair;
use gwr::text::Span;

use crate::support::{RULES, document, seeds};

/// A piece of the decoded source, cleaned on its own, without white space.
fn cleaned(source: &str) -> String {
    let repaired = repair(&RULES.repair, source);
    let clean = gwr::clean::characters::characters(&RULES.clean.characters, repaired.text).0;
    without_space(gwr::clean::spaces::normalise(clean).as_str())
}

/// Without white space, and without the marks of Markdown: a line's source holds those that stood around its words.
fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '#')).collect()
}

/// Spans whose piece of the source does not give the same text.
fn astray(document: &Document, spans: impl Iterator<Item = Span>) -> Vec<String> {
    let text = document.clean.text.as_str();
    spans
        .filter_map(|span| {
            let source = document.clean.text.source_span(span).of(&document.decoded);
            let (told, found) = (without_space(span.of(text)), cleaned(source));
            (told != found).then(|| format!("{told} came from {source:?}, which is {found}"))
        })
        .collect()
}

/// Lines whose spaces or script are settled by their neighbours may differ when they stand alone; values may not.
#[test]
fn every_value_and_name_of_the_seeds_is_what_its_source_says() {
    for (name, bytes) in seeds() {
        let document = document(&name, &bytes);
        let values = document.extraction.indicators.iter().map(|indicator| indicator.span);
        assert_eq!(astray(&document, values), [""; 0], "values of {name}");
        let names = document.extraction.projects.iter().map(|project| project.span);
        assert_eq!(astray(&document, names), [""; 0], "projects of {name}");
    }
}

#[test]
fn the_lines_of_the_seeds_are_what_their_source_says() {
    for (name, bytes) in seeds() {
        let document = document(&name, &bytes);
        let mut at = 0;
        let lines: Vec<Span> = document
            .clean
            .text
            .as_str()
            .split_inclusive('\n')
            .map(|line| {
                at += line.len();
                Span::new(at - line.len(), at)
            })
            .collect();
        // A line that is out of step is mended with what the document shows elsewhere: it differs when it stands alone.
        let realigned = |line: &Span| {
            let source = document.clean.text.source_span(*line);
            let mut repairs = document.repairs.iter().filter(|r| r.kind == RepairKind::MisalignedGbk);
            repairs.any(|r| r.source.overlaps(&source))
        };
        let astray = astray(&document, lines.iter().copied().filter(|line| !realigned(line)));
        assert!(astray.len() * 50 <= lines.len(), "{} of {} lines of {name}: {astray:#?}", astray.len(), lines.len());
    }
}
