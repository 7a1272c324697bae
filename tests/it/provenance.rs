//! The way back: what the tables point to in the decoded source, cleaned on its own, gives what the tables say.

use gwr::model::{Document, Repair, RepairKind};
use gwr::repair::repair;
use gwr::text::Span;
use rayon::prelude::*;

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

/// Spans whose piece of the source does not give the same text. What was out of step is mended with what the document
/// shows elsewhere: in its stead stands what the table of repairs says.
fn astray(document: &Document, spans: impl Iterator<Item = Span>) -> Vec<String> {
    let text = document.clean.text.as_str();
    // So does a sign that a site replaced all over the document (12_M_M_ for 12%).
    let sign = |r: &Repair| r.kind == RepairKind::Markup && r.after == "%" && !r.before.contains('%');
    let realigned = |r: &&Repair| (r.kind == RepairKind::MisalignedGbk || sign(r)) && r.mended();
    spans
        .filter_map(|span| {
            let span_of_source = document.clean.text.source_span(span);
            let source = span_of_source.of(&document.decoded);
            let mut mended = String::new();
            let mut at = span_of_source.start;
            let within = |r: &&Repair| span_of_source.start <= r.source.start && r.source.end <= span_of_source.end;
            for repair in document.repairs.iter().filter(realigned).filter(within) {
                mended.push_str(&document.decoded[at..repair.source.start]);
                mended.push_str(&repair.after);
                at = repair.source.end;
            }
            mended.push_str(&document.decoded[at..span_of_source.end]);
            let (told, found) = (without_space(span.of(text)), cleaned(&mended));
            // A spot that is mended as one piece is the source of each of its characters.
            let begins_in_spot = document.repairs.iter().filter(realigned).any(|r| r.source.overlaps(&span_of_source));
            let same = told == found || begins_in_spot && found.contains(&told);
            (!same).then(|| format!("{told} came from {source:?}, which is {found}"))
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

/// The same for every document of a folder: `GWR_CORPUS=FOLDER cargo test -- --ignored corpus`.
#[test]
#[ignore = "needs a folder of reports, named by the environment variable GWR_CORPUS"]
fn every_value_and_name_of_a_corpus_is_what_its_source_says() {
    let reports = crate::support::corpus();
    assert!(!reports.is_empty(), "GWR_CORPUS names no folder of reports");
    let astray: Vec<String> = reports
        .par_iter()
        .flat_map_iter(|(name, bytes)| {
            let document = document(name, bytes);
            let values = document.extraction.indicators.iter().map(|indicator| indicator.span);
            let names = document.extraction.projects.iter().map(|project| project.span);
            let astray = astray(&document, values.chain(names));
            astray.into_iter().map(|told| format!("{name}: {told}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(astray.is_empty(), "{} go astray: {astray:#?}", astray.len());
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
        let astray = astray(&document, lines.iter().copied());
        assert!(astray.len() * 50 <= lines.len(), "{} of {} lines of {name}: {astray:#?}", astray.len(), lines.len());
    }
}
