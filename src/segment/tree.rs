//! From headings to sections: contiguous spans, parents before children, depth in steps of one.

use super::candidates;
use super::kinds;
use super::outline::{self, Node};
use super::paragraph::{paragraphs, trimmed};
use super::passages;
use super::rules::SegmentRules;
use super::run_in;
use crate::model::{Kind, Mark, Section, Topic};
use crate::text::Span;

/// Least weight of topic words in a heading and in a text.
const HEADING_WEIGHT: f32 = 1.0;
const TEXT_WEIGHT: f32 = 3.0;
/// Text before the first heading that is longer than this (bytes) is a part whose title is lost.
const LOST_PART: usize = 1200;

/// The section tree of a clean text.
pub fn sections(text: &str, marks: &[Mark], rules: &SegmentRules) -> Vec<Section> {
    let paragraphs = paragraphs(text);
    let titles = candidates::titles(text, &paragraphs, rules);
    let numbered = candidates::numbered(text, &paragraphs, rules);
    let mut nodes = outline::outline(text, &titles, numbered, rules);

    let first = nodes.first().map_or(text.len(), |n| n.at);
    let front = passages::front_end(text, &paragraphs, first, rules);
    nodes.retain(|n| n.at >= front);
    let body = body_start(text, front);
    let first = nodes.first().map_or(text.len(), |n| n.at);
    if first > body && (first - body > LOST_PART || outline::begins_in_a_part(&nodes)) || nodes.is_empty() {
        insert(&mut nodes, bare_part(body));
    } else if outline::begins_in_a_part(&nodes) {
        // Nothing is left of the part but its chapters: they are the parts then.
        for node in nodes.iter_mut().take_while(|n| n.depth > 0) {
            node.depth -= 1;
            node.kind = (node.depth == 0).then_some(Kind::Review);
        }
    }
    if front > 0 {
        nodes.insert(
            0,
            Node {
                at: 0,
                depth: 0,
                number: None,
                heading: None,
                kind: Some(Kind::Front),
                evidence: "front matter".into(),
            },
        );
    }
    kinds::assign(text, &mut nodes, rules);

    let titled = nodes.iter().any(|n| n.kind == Some(Kind::Glossary));
    let notes = passages::untitled_notes(text, &paragraphs, front).filter(|_| !titled);
    let end = nodes.iter().find(|n| n.depth == 0 && is_annex(n)).map_or(notes.unwrap_or(text.len()), |n| n.at);
    let last_heading = nodes.iter().rev().find(|n| n.at < end).map_or(0, |n| n.heading.map_or(n.at, |h| h.end));
    if let Some(at) = passages::closing(text, &paragraphs, end, last_heading, rules) {
        insert(
            &mut nodes,
            Node {
                at,
                depth: 0,
                number: None,
                heading: None,
                kind: Some(Kind::Closing),
                evidence: "closing words".into(),
            },
        );
    }
    if let Some(at) = notes.filter(|at| *at > last_heading) {
        let evidence = "notes without a title".into();
        insert(&mut nodes, Node { at, depth: 0, number: None, heading: None, kind: Some(Kind::Glossary), evidence });
    }
    if let Some(at) = passages::lost_plan(text, &paragraphs, &nodes, rules) {
        insert_plan(text, &mut nodes, at, rules);
    }
    for node in passages::passages(text, &paragraphs, &nodes, rules) {
        insert(&mut nodes, node);
    }
    clip(&mut nodes, text);
    let nodes = with_run_ins(text, nodes, marks, rules);
    build(text, nodes, rules)
}

fn is_annex(node: &Node) -> bool {
    node.number.is_none() && node.heading.is_some() && node.kind.is_some_and(outline::is_annex)
}

fn body_start(text: &str, front: usize) -> usize {
    front + (text[front..].len() - text[front..].trim_start().len())
}

/// Text of the body before the first heading: a report begins with its review.
fn bare_part(at: usize) -> Node {
    let evidence = "text before the first heading".into();
    Node { at, depth: 0, number: None, heading: None, kind: Some(Kind::Review), evidence }
}

fn insert(nodes: &mut Vec<Node>, node: Node) {
    let at = nodes.partition_point(|n| n.at <= node.at);
    if nodes.get(at.wrapping_sub(1)).is_some_and(|n| n.at == node.at) {
        return;
    }
    nodes.insert(at, node);
}

/// A plan without a heading: what stands behind its first words belongs to it.
fn insert_plan(text: &str, nodes: &mut Vec<Node>, at: usize, rules: &SegmentRules) {
    let evidence = "plan without a heading".into();
    insert(nodes, Node { at, depth: 0, number: None, heading: None, kind: Some(Kind::Tasks), evidence });
    let chapters = nodes.iter_mut().filter(|n| n.at > at).take_while(|n| n.depth > 0);
    chapters.for_each(|n| n.kind = None);
    kinds::assign(text, nodes, rules);
}

/// Add the headings without numbers inside each section.
fn with_run_ins(text: &str, nodes: Vec<Node>, marks: &[Mark], rules: &SegmentRules) -> Vec<Node> {
    let ends: Vec<usize> = nodes.iter().skip(1).map(|n| n.at).chain([text.len()]).collect();
    let mut all = Vec::with_capacity(nodes.len() * 2);
    for (node, end) in nodes.into_iter().zip(ends) {
        let kind = node.kind.unwrap_or(Kind::Other);
        let silent = matches!(
            kind,
            Kind::Other | Kind::Front | Kind::Glossary | Kind::Closing | Kind::Livelihood | Kind::Problems
        );
        let mut depth = node.depth;
        let mut from = node.heading.map_or(node.at, |h| h.end);
        if node.heading.is_none() && node.depth > 0 {
            // Behind a passage the part goes on; what it holds stands beside the passage.
            depth = node.depth - 1;
            from = text[node.at..end].find('\n').map_or(end, |i| node.at + i + 1);
        } else {
            let rest = &text[from..end];
            from += rest.len()
                - rest
                    .trim_start_matches(|c: char| c != '\n' && (c.is_whitespace() || "。！？!?：:”、，".contains(c)))
                    .len();
            from += usize::from(text[from..end].starts_with('\n'));
        }
        let level = |below: u8| depth + below;
        let found =
            if silent || from >= end { Vec::new() } else { run_in::run_ins(text, Span::new(from, end), marks, rules) };
        all.push(node);
        all.extend(found.into_iter().map(|r| Node {
            at: r.at,
            depth: level(r.below),
            number: None,
            heading: Some(r.heading),
            kind: None,
            evidence: format!("run-in heading: {}", r.evidence),
        }));
    }
    all
}

/// A heading ends where the next section begins, at the latest.
fn clip(nodes: &mut [Node], text: &str) {
    for i in 0..nodes.len() {
        let end = nodes.get(i + 1).map_or(text.len(), |n| n.at);
        let node = &mut nodes[i];
        node.number = node.number.filter(|n| n.end <= end);
        node.heading =
            node.heading.filter(|h| h.start < end).map(|h| trimmed(text, Span::new(h.start, h.end.min(end))));
    }
}

/// Nodes → sections.
fn build(text: &str, mut nodes: Vec<Node>, rules: &SegmentRules) -> Vec<Section> {
    nodes.dedup_by_key(|n| n.at);
    if nodes.first().is_none_or(|n| n.at > 0) {
        let silent = Node {
            at: 0,
            depth: 0,
            number: None,
            heading: None,
            kind: None,
            evidence: "text before the first section".into(),
        };
        match nodes.first_mut() {
            Some(first) if text[..first.at].trim().is_empty() => first.at = 0,
            _ => nodes.insert(0, silent),
        }
    }
    clip(&mut nodes, text);
    let mut above: Option<u8> = None;
    for node in &mut nodes {
        node.depth = node.depth.min(above.map_or(0, |d| d + 1));
        above = Some(node.depth);
    }
    kinds::assign(text, &mut nodes, rules);
    let ends: Vec<usize> = nodes.iter().skip(1).map(|n| n.at).chain([text.len()]).collect();
    let mut sections: Vec<Section> = Vec::with_capacity(nodes.len());
    let mut open: Vec<usize> = Vec::new();
    for (node, end) in nodes.into_iter().zip(ends) {
        open.truncate(usize::from(node.depth));
        let parent = open.last().copied();
        let span = Span::new(node.at, end);
        let kind = node.kind.unwrap_or(Kind::Other);
        let own = node.heading.and_then(|h| rules.topics.of(h.of(text), HEADING_WEIGHT));
        let inherited = parent.and_then(|p| sections[p].topic);
        let topic = match kind {
            Kind::Front | Kind::Closing | Kind::Glossary | Kind::Overview | Kind::Problems => own,
            Kind::Targets => own.or(Some(Topic::Economy)),
            _ => own
                .or(inherited)
                .or_else(|| (node.depth > 0).then(|| rules.topics.of(span.of(text), TEXT_WEIGHT)).flatten()),
        };
        let period = match parent.map(|p: usize| &sections[p]) {
            // Whatever stands inside a review looks back.
            Some(p) if p.kind == Kind::Review => p.period,
            _ => kinds::period(kind),
        };
        open.push(sections.len());
        sections.push(Section {
            span,
            parent,
            depth: node.depth,
            number: node.number.map(|n| n.of(text).to_owned()),
            heading: node.heading.map(|h| h.of(text).to_owned()),
            heading_span: node.heading,
            kind,
            period,
            year: None,
            topic,
            evidence: node.evidence,
        });
    }
    sections
}
