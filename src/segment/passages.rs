//! Parts of a report that have no heading: front matter, problems, targets, general requirements, closing words.

use super::numbering::{SQUARE, note_number};
use super::outline::Node;
use super::paragraph::{folded, opening, sentences};
use super::rules::SegmentRules;
use crate::model::Kind;
use crate::text::Span;

/// How many lines before the first heading may be front matter.
const FRONT_LINES: usize = 30;
/// A paragraph of more bytes than this is looked through sentence by sentence.
const LONG_PARAGRAPH: usize = 2400;
/// The closing words are looked for in the last paragraphs, and are no longer than this (bytes).
const CLOSING_BYTES: usize = 4200;

/// Where the front matter ends: behind the last line before the first heading that is title, date, speaker, salutation
/// or opening sentence.
pub fn front_end(text: &str, paragraphs: &[Span], first_heading: usize, rules: &SegmentRules) -> usize {
    let mut end = 0;
    for paragraph in paragraphs.iter().take(FRONT_LINES) {
        if paragraph.start >= first_heading {
            break;
        }
        if paragraph.len() <= 600 && paragraph.end <= first_heading {
            if rules.front.is_match(&folded(paragraph.of(text))) {
                end = paragraph.end;
            }
            continue;
        }
        let within = Span::new(paragraph.start, paragraph.end.min(first_heading));
        for sentence in sentences(text, within).take(6) {
            if rules.front.is_match(&folded(opening(sentence.of(text), 200))) {
                end = sentence.end;
            }
        }
    }
    end
}

/// Where the closing words begin, if the text before `end` closes with some.
pub fn closing(
    text: &str,
    paragraphs: &[Span],
    end: usize,
    last_heading: usize,
    rules: &SegmentRules,
) -> Option<usize> {
    let clipped = |p: &Span| Span::new(p.start.max(last_heading.min(p.end)), p.end);
    let tail: Vec<Span> = paragraphs
        .iter()
        .filter(|p| p.end <= end && p.end > last_heading && end - p.end < CLOSING_BYTES)
        .map(clipped)
        .collect();
    let called = tail.iter().rev().take(4).any(|p| {
        let inner = p.of(text);
        rules.closing.is_match(inner)
    });
    if !called {
        return None;
    }
    let mut begin = None;
    for paragraph in tail.iter().rev().take(6) {
        let whole_line = paragraph.start > last_heading;
        if paragraph.len() > LONG_PARAGRAPH || !whole_line {
            let all: Vec<Span> = sentences(text, *paragraph).collect();
            let last = all
                .iter()
                .rev()
                .take(12)
                .filter(|s| end - s.start < CLOSING_BYTES)
                .find(|s| rules.speech.is_address(s.of(text)));
            return begin.or(last.map(|s| s.start).filter(|at| *at > last_heading));
        }
        if rules.speech.is_address(paragraph.of(text)) && end - paragraph.start < CLOSING_BYTES {
            return Some(paragraph.start).filter(|at| *at > last_heading);
        }
        if begin.is_none() && rules.closing.is_match(paragraph.of(text)) {
            begin = Some(paragraph.start).filter(|at| *at > last_heading);
        }
    }
    begin
}

/// Where notes without a title begin after the body: a line [1]…, a line [2]… and only notes from there on.
pub fn untitled_notes(text: &str, paragraphs: &[Span], from: usize) -> Option<usize> {
    let value = |p: &Span| note_number(p.of(text)).filter(|n| n.style == SQUARE).map(|n| n.value);
    let first = paragraphs.iter().rposition(|p| p.start >= from && value(p) == Some(1))?;
    let rest = &paragraphs[first..];
    let noted = rest.iter().filter(|p| value(p).is_some()).count();
    (noted >= 2 && noted * 2 >= rest.len() && rest.iter().any(|p| value(p) == Some(2))).then(|| paragraphs[first].start)
}

/// Bytes of a review at the least, before a plan without a heading.
const LEAST_REVIEW: usize = 600;

/// Where the plan begins in a report that has no part for it: its heading is lost. `nodes` have their kinds.
pub fn lost_plan(text: &str, paragraphs: &[Span], nodes: &[Node], rules: &SegmentRules) -> Option<usize> {
    let part = |n: &&Node| n.depth == 0;
    let ahead = |n: &Node| matches!(n.kind, Some(Kind::Tasks | Kind::Targets | Kind::Overview | Kind::SelfBuilding));
    if nodes.iter().filter(part).any(ahead) {
        return None;
    }
    let review = nodes.iter().filter(part).rfind(|n| n.kind == Some(Kind::Review))?;
    let end = nodes.iter().filter(part).find(|n| n.at > review.at).map_or(text.len(), |n| n.at);
    let from = review.heading.map_or(review.at, |h| h.end);
    let within = paragraphs.iter().filter(|p| p.end > from && p.start < end);
    within
        .flat_map(|p| {
            let split = p.len() > LONG_PARAGRAPH;
            sentences(text, *p).map(move |s| if split { s } else { *p }).take(if split { usize::MAX } else { 1 })
        })
        .find(|span| {
            span.start > from + LEAST_REVIEW && rules.plan_openings.is_match(&folded(opening(span.of(text), 300)))
        })
        .map(|span| span.start)
}

/// Paragraphs that make a section of their own inside the parts. `nodes` have their kinds.
pub fn passages(text: &str, paragraphs: &[Span], nodes: &[Node], rules: &SegmentRules) -> Vec<Node> {
    let mut found: Vec<Node> = Vec::new();
    let mut current = 0;
    let spans = paragraphs.iter().flat_map(|p| {
        let whole = (p.len() <= LONG_PARAGRAPH).then_some(*p);
        let split = (p.len() > LONG_PARAGRAPH).then(|| sentences(text, *p));
        whole.into_iter().chain(split.into_iter().flatten())
    });
    for span in spans {
        while current + 1 < nodes.len() && nodes[current + 1].at <= span.start {
            current += 1;
        }
        if nodes.get(current).is_some_and(|n| n.at < span.start) {
            found.extend(passage(text, span, nodes, current, rules));
        }
    }
    // One paragraph of a kind after the other is one section.
    found.dedup_by(|b, a| a.kind == b.kind && nodes.iter().all(|n| n.at <= a.at || n.at >= b.at));
    let resumed = resumptions(text, paragraphs, nodes, &found);
    found.extend(resumed);
    found.sort_by_key(|n| n.at);
    found
}

/// Where the chapter goes on behind a list of livelihood projects that has no heading: at the first line after it that
/// is no item.
fn resumptions(text: &str, paragraphs: &[Span], nodes: &[Node], found: &[Node]) -> Vec<Node> {
    let mut resumed = Vec::new();
    for (i, list) in found.iter().enumerate().filter(|(_, n)| n.kind == Some(Kind::Livelihood)) {
        let end = found.get(i + 1).map_or(usize::MAX, |n| n.at);
        let end = nodes.iter().find(|n| n.at > list.at).map_or(end, |n| end.min(n.at));
        let mut after = paragraphs.iter().skip_while(|p| p.end <= list.at).skip(1).take_while(|p| p.start < end);
        let is_item = |p: &Span| note_number(p.of(text)).is_some() || p.of(text).starts_with(ITEM_OPENERS);
        let rest = after.find(|p| !is_item(p));
        let kind = nodes.iter().rev().find(|n| n.at <= list.at).and_then(|n| n.kind);
        resumed.extend(rest.map(|p| Node {
            at: p.start,
            depth: list.depth,
            number: None,
            heading: None,
            kind,
            evidence: "goes on behind a list".into(),
        }));
    }
    resumed
}

/// Does the paragraph list something: a colon at its end, or items inside? A member of another list (一是…) does not.
fn lists(text: &str, span: Span) -> bool {
    let inner = span.of(text);
    let member = inner.chars().take(3).find(|c| !"一二三四五六七八九十".contains(*c));
    let first = inner.chars().next().unwrap_or(' ');
    if "一二三四五六七八九十".contains(first) && matches!(member, Some('是' | '要')) {
        return false;
    }
    inner.ends_with(['：', ':'])
        || inner.contains("一是")
        || inner.matches(['；', ';']).count() >= 1
        || sentences(text, span).any(|s| note_number(s.of(text)).is_some())
        || inner.contains(['①', '⑴'])
        || inner.contains("(1)")
        || inner.contains("（1）")
}

/// Words that open an item without a number of its own.
const ITEM_OPENERS: [char; 3] = ['—', '●', '·'];

fn passage(text: &str, span: Span, nodes: &[Node], current: usize, rules: &SegmentRules) -> Option<Node> {
    let part = nodes[..=current].iter().rev().find(|n| n.depth == 0)?;
    let part_kind = part.kind.unwrap_or(Kind::Other);
    if matches!(part_kind, Kind::Front | Kind::Glossary | Kind::Closing | Kind::Livelihood) {
        return None;
    }
    let (kind, id) = rules.passages.first(&folded(opening(span.of(text), 140)))?;
    if kind == Kind::Livelihood && !lists(text, span) {
        return None;
    }
    let looks_back = matches!(part_kind, Kind::Review | Kind::Problems);
    let fits = match (id, kind) {
        ("thanks" | "problems", _) => looks_back,
        (_, Kind::SelfBuilding) => !looks_back && part_kind != Kind::SelfBuilding && nodes[current].kind != Some(kind),
        (_, Kind::Targets | Kind::Overview) => !looks_back && nodes[current].depth == 0,
        (_, Kind::Livelihood) => !looks_back,
        _ => true,
    };
    let depth = if kind == Kind::Livelihood { nodes[current].depth + 1 } else { 1 };
    // What follows must be able to stand beside it.
    let follows = nodes.get(current + 1).is_none_or(|n| n.depth <= depth);
    (fits && follows && (part_kind != kind || id == "thanks")).then(|| Node {
        at: span.start,
        depth,
        number: None,
        heading: None,
        kind: Some(kind),
        evidence: format!("passage ({id})"),
    })
}
