//! What holds for every document, whatever its bytes.

use gwr::model::{Document, Outcome};
use gwr::tables::DocumentRows;
use gwr::text::Span;

use crate::support::{document, seeds};

/// Hold a document against the contract.
pub fn check(document: &Document) {
    let text = document.clean.text.as_str();
    assert_eq!(document.outcome == Outcome::Rejected, document.reason.is_some(), "rejected means a reason");
    if document.outcome == Outcome::Rejected {
        assert!(document.sections.is_empty() && document.extraction.indicators.is_empty());
    } else {
        let joined: String = document.sections.iter().map(|section| section.span.of(text)).collect();
        assert_eq!(joined, text, "the sections in order are the clean text");
    }
    for (i, section) in document.sections.iter().enumerate() {
        match section.parent {
            None => assert_eq!(section.depth, 0, "section {i} has no parent and depth {}", section.depth),
            Some(parent) => {
                assert!(parent < i, "section {i} comes before its parent {parent}");
                assert_eq!(section.depth, document.sections[parent].depth + 1, "depth of section {i} steps by one");
            }
        }
        if let (Some(span), Some(_)) = (section.heading_span, &section.heading) {
            assert!(section.span.contains(&span), "the heading of section {i} stands in it");
        }
    }
    for indicator in &document.extraction.indicators {
        stands(document, indicator.section, indicator.span);
        assert!(indicator.sentence.contains(&indicator.span), "{indicator:?} stands in its sentence");
        assert!((0.0..=1.0).contains(&indicator.confidence), "{indicator:?}");
        assert!(indicator.value.is_some() || indicator.qualitative.is_some(), "{indicator:?} states something");
        assert!(!indicator.name.is_empty(), "{indicator:?} has a name");
        let numbers = [indicator.value, indicator.value_max, indicator.value_si];
        assert!(numbers.iter().flatten().all(|value| value.is_finite()), "{indicator:?}");
    }
    for project in &document.extraction.projects {
        stands(document, project.section, project.span);
        assert!(project.sentence.contains(&project.span), "{project:?} stands in its sentence");
        assert!((0.0..=1.0).contains(&project.confidence), "{project:?}");
        assert!(!project.name.is_empty() && !project.key.is_empty(), "{project:?} has a name");
    }
    for pledge in &document.extraction.pledges {
        stands(document, pledge.section, pledge.span);
    }
    for entry in &document.extraction.glossary {
        assert!(entry.section < document.sections.len());
    }
    for repair in &document.repairs {
        assert_eq!(repair.source.of(&document.decoded), repair.before, "a repair tells what it found");
        assert!((0.0..=1.0).contains(&repair.confidence), "{repair:?}");
    }
    maps_into_the_source(document);
    DocumentRows::of(document);
}

fn stands(document: &Document, section: usize, span: Span) {
    let text = document.clean.text.as_str();
    assert!(!span.is_empty() && text.get(span.start..span.end).is_some(), "{span:?} is a piece of the text");
    assert!(document.sections[section].span.contains(&span), "{span:?} stands in its section {section}");
}

/// Every line of the clean text has its place in the decoded source, in order.
fn maps_into_the_source(document: &Document) {
    let text = document.clean.text.as_str();
    let mut at = 0;
    let mut last = 0;
    for line in text.split_inclusive('\n') {
        let source = document.clean.text.source_span(Span::new(at, at + line.len()));
        assert!(document.decoded.get(source.start..source.end).is_some(), "{source:?} is a piece of the source");
        assert!(source.start >= last, "the source of {line:?} goes back");
        last = source.start;
        at += line.len();
    }
}

#[test]
fn they_hold_for_the_seeds() {
    for (name, bytes) in seeds() {
        let document = document(&name, &bytes);
        assert_ne!(document.outcome, Outcome::Rejected, "{name}");
        check(&document);
    }
}

#[test]
fn they_hold_for_hostile_documents() {
    let long = "全年地区生产总值增长5%，".repeat(3000);
    let numbers = "1".repeat(50_000);
    let brackets = "（".repeat(20_000);
    let cases: [&[u8]; 10] = [
        b"",
        b"\n\n\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe\x00",
        b"\x00\x01\x02\x03",
        "政府工作报告".as_bytes(),
        "一、\n二、\n三、".as_bytes(),
        long.as_bytes(),
        numbers.as_bytes(),
        brackets.as_bytes(),
    ];
    for (i, case) in cases.iter().enumerate() {
        check(&document(&format!("case_{i}.txt"), case));
    }
}
