//! Headings without a number: lines of their own, and short sentences that open a paragraph or stand inside it. One
//! alone proves nothing; siblings of the same build do.

use super::candidates::{is_name_like, strip_notes, without_stop};
use super::paragraph::{folded, is_stop, sentences, trimmed};
use super::rules::SegmentRules;
use crate::model::{Mark, MarkKind};
use crate::text::Span;

/// A run-in heading: where its section begins, the heading itself, how far below the section it stands in (1, 2, 3).
#[derive(Debug, Clone)]
pub struct RunIn {
    pub at: usize,
    pub heading: Span,
    pub below: u8,
    pub evidence: String,
}

/// Build of a sentence that may be a heading.
#[derive(Debug, Clone)]
struct Shape {
    at: usize,
    heading: Span,
    chars: usize,
    head: [char; 2],
    middle: [char; 2],
    tail: [char; 2],
    bold: bool,
}

/// Run-in headings of the text of one section, its own heading excluded.
pub fn run_ins(text: &str, own: Span, marks: &[Mark], rules: &SegmentRules) -> Vec<RunIn> {
    let pieces = pieces(text, own);
    let lines = own_lines(text, &pieces, marks, rules);
    let mut found = Vec::new();
    let mut from = 0;
    let below = u8::from(!lines.is_empty());
    for (index, shape) in lines {
        inside(text, &pieces[from..index], below, marks, rules, &mut found);
        found.push(RunIn {
            at: shape.at,
            heading: shape.heading,
            below: 1,
            evidence: "line of its own among its like".into(),
        });
        from = index + 1;
    }
    inside(text, &pieces[from..], below, marks, rules, &mut found);
    found
}

/// One paragraph, or the rest of one behind a heading.
#[derive(Debug, Clone, Copy)]
struct Piece {
    span: Span,
    line_start: bool,
}

fn pieces(text: &str, own: Span) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = own.start;
    for line in own.of(text).split_inclusive('\n') {
        let span = trimmed(text, Span::new(at, at + line.len()));
        if !span.is_empty() {
            let line_start = at > own.start || own.start == 0 || text[..own.start].ends_with('\n');
            found.push(Piece { span, line_start });
        }
        at += line.len();
    }
    found
}

/// Headings that are whole lines, two or more of a build.
fn own_lines(text: &str, pieces: &[Piece], marks: &[Mark], rules: &SegmentRules) -> Vec<(usize, Shape)> {
    let mut found = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        if !piece.line_start || piece.span.len() > 3 * 70 {
            continue;
        }
        if piece.span.of(text).ends_with(['：', ':', '；', '，', '、']) {
            continue;
        }
        let heading = without_stop(text, piece.span);
        let stopped = heading.end < piece.span.end;
        let next = pieces.get(i + 1).map_or("", |p| p.span.of(text));
        let body = next.len();
        let body_stops = next.ends_with(is_stop) || is_bullet(next);
        let titled =
            !stopped && i + 2 < pieces.len() && (4..=48).contains(&body) && is_bullet(pieces[i + 2].span.of(text));
        let long_body = body > 90 && body > piece.span.len();
        let followed = long_body || titled || !stopped && body_stops && (body > 40 || is_bullet(next));
        if !followed || is_bullet(piece.span.of(text)) || sentences(text, piece.span).count() > 1 {
            continue;
        }
        found.extend(shape(text, heading, 4, 60, marks, rules).map(|s| (i, s)));
    }
    found.truncate(400);
    let shapes: Vec<Shape> = found.iter().map(|f| f.1.clone()).collect();
    let kept: Vec<bool> = shapes.iter().map(|s| s.bold || akin(s, &shapes)).collect();
    let lines = pieces.iter().filter(|p| p.line_start).count();
    let enough = kept.iter().filter(|k| **k).count();
    if enough < 2 && !shapes.iter().any(|s| s.bold) || enough * 12 < lines {
        return Vec::new();
    }
    let mut kept = kept.into_iter();
    found.retain(|_| kept.next().unwrap_or(false));
    found
}

/// Headings at the start of paragraphs, and inside them.
fn inside(text: &str, pieces: &[Piece], below: u8, marks: &[Mark], rules: &SegmentRules, found: &mut Vec<RunIn>) {
    let mut openings: Vec<(usize, Shape)> = Vec::new();
    let mut paragraphs = 0usize;
    for (i, piece) in pieces.iter().enumerate().filter(|(_, p)| p.line_start) {
        let mut all = sentences(text, piece.span);
        let Some(first) = all.next() else { continue };
        let begin = bullet(text, first);
        let heading = without_stop(text, Span::new(begin, first.end));
        let address = ["各位", "同时", "此外", "同志们", "——"].iter().any(|a| first.of(text).starts_with(a));
        paragraphs += usize::from(!address || begin > first.start);
        let stopped = heading.end < first.end;
        let body = piece.span.end - first.end;
        if stopped && body > 45 {
            openings
                .extend(shape(text, heading, 4, 64, marks, rules).map(|s| (i, Shape { at: piece.span.start, ..s })));
        }
    }
    openings.truncate(400);
    let shapes: Vec<Shape> = openings.iter().map(|o| o.1.clone()).collect();
    let typical = median(&shapes);
    // Where most paragraphs open with a heading, one of another build is one too, unless it leads in.
    let common = shapes.iter().filter(|s| akin(s, &shapes)).count() * 10 >= paragraphs * 6;
    let lead = shapes.first().map(|s| s.at);
    // ——经济总体回升向好。 Two or more paragraphs with a dash are a list of chapters whatever stands around them.
    let dashed = |i: usize| pieces[i].span.of(text).starts_with('—');
    let dashes = openings.iter().filter(|o| dashed(o.0)).count() >= 2;
    openings.retain(|(i, s)| {
        let fits = akin(s, &shapes) || common && Some(s.at) != lead;
        s.bold || dashes && dashed(*i) || fits && s.chars <= typical * 2 + 4
    });
    let enough = openings.len() >= 2 && openings.len() * 2 >= paragraphs || openings.iter().any(|o| o.1.bold);
    if !enough {
        openings.retain(|(i, _)| dashes && dashed(*i));
    }
    let mut openings = openings.into_iter().peekable();
    for (i, piece) in pieces.iter().enumerate() {
        let opening = openings.next_if(|o| o.0 == i).map(|o| o.1);
        let mut body = piece.span;
        let mut level = below + 1;
        let mut place = if piece.line_start { Place::Bare } else { Place::Behind };
        if let Some(opening) = opening {
            let evidence =
                if opening.bold { "bold opening of a paragraph" } else { "opens its paragraph like its siblings" };
            body = Span::new(after_stop(text, opening.heading.end, piece.span.end), piece.span.end);
            found.push(RunIn { at: opening.at, heading: opening.heading, below: level, evidence: evidence.into() });
            level += 1;
            place = Place::Nested;
        }
        found.extend(mid_paragraph(text, body, place, marks, rules).into_iter().map(|s| RunIn {
            at: s.at,
            heading: s.heading,
            below: level,
            evidence: if s.bold {
                "bold words".into()
            } else {
                "short sentence before a body, like its siblings".into()
            },
        }));
    }
}

/// What stands before the sentences in which headings are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing: the first sentence would be a heading that opens its paragraph, which was tried before.
    Bare,
    /// A numbered heading: a short sentence behind it is likely a heading itself.
    Behind,
    /// A run-in heading: only sentences built in parallel are headings below it.
    Nested,
}

/// Headings inside a paragraph: two or more short sentences of a build, each followed by a body, the first near the
/// start.
fn mid_paragraph(text: &str, body: Span, place: Place, marks: &[Mark], rules: &SegmentRules) -> Vec<Shape> {
    let all: Vec<Span> = sentences(text, body).collect();
    let mut shapes: Vec<(usize, Shape)> = Vec::new();
    for (i, sentence) in all.iter().enumerate() {
        let heading = without_stop(text, *sentence);
        if heading.end == sentence.end || heading.len() > 3 * 44 || i + 1 >= all.len() {
            continue;
        }
        let Some(shape) = shape(text, heading, 4, 40, marks, rules) else { continue };
        if !shape.bold
            && (shape.chars > 22 || heading.of(text).contains(['，', ',']) || rules.deeds.is_match(heading.of(text)))
        {
            continue;
        }
        // Of two short sentences in a row one is the body of the other: the plainer one is the heading.
        if let Some((last, before)) = shapes.last()
            && last + 1 == i
            && !shape.bold
        {
            let weight = |s: &Shape| s.chars + 4 * s.heading.of(text).matches('、').count();
            if before.bold || weight(before) <= weight(&shape) {
                continue;
            }
            shapes.pop();
        }
        shapes.push((i, shape));
    }
    if place == Place::Bare && shapes.first().is_some_and(|s| s.0 == 0 && !s.1.bold) {
        return shapes.into_iter().map(|s| s.1).filter(|s| s.bold).collect();
    }
    // A paragraph of hundreds of short sentences is no text with headings.
    if shapes.len() > 200 {
        return Vec::new();
    }
    let ends = shapes.iter().skip(1).map(|s| s.1.at).chain([body.end]);
    let bodies: Vec<usize> = shapes.iter().zip(ends).map(|(s, end)| end - s.1.heading.end).collect();
    let mut bodies = bodies.into_iter();
    shapes.retain(|s| bodies.next().is_some_and(|b| b > 45) || s.1.bold);
    let typical = median(&shapes.iter().map(|s| s.1.clone()).collect::<Vec<_>>());
    shapes.retain(|s| s.1.bold || s.1.chars <= typical + 6);
    let plain: Vec<Shape> = shapes.iter().map(|s| s.1.clone()).collect();
    // Right behind a heading a short sentence is likely a heading itself; further on it has to match its siblings.
    let first = shapes.first().map_or(usize::MAX, |s| s.0);
    let loose = first == 0 && place == Place::Behind;
    let alike = plain.iter().filter(|s| if loose { akin(s, &plain) } else { parallel(s, &plain) }).count();
    let wordy: Vec<Shape> = plain.iter().filter(|s| s.bold || same_words(s, &plain)).cloned().collect();
    let group = plain.len() >= 2 && first <= 1 && alike * 10 >= plain.len() * 6 && body.len() / plain.len() > 110;
    if place == Place::Nested {
        let even = plain.len() >= 3 && plain.iter().all(|s| s.chars.abs_diff(plain[0].chars) <= 1);
        let worded = wordy.len() == plain.len() && plain.iter().all(|s| s.chars <= 14);
        return if group && (even || worded) { plain } else { plain.into_iter().filter(|s| s.bold).collect() };
    }
    if group {
        plain
    } else if wordy.len() >= 3 && wordy.len() * 2 >= plain.len() && first <= 2 {
        wordy
    } else {
        plain.into_iter().filter(|s| s.bold).collect()
    }
}

/// The build of a sentence, if it can be a heading at all.
fn shape(text: &str, heading: Span, least: usize, most: usize, marks: &[Mark], rules: &SegmentRules) -> Option<Shape> {
    let heading = strip_notes(text, trimmed(text, heading));
    let inner = heading.of(text);
    if inner.len() > most * 3 + 12 {
        return None;
    }
    let plain: Vec<char> = inner.chars().filter(|c| !c.is_whitespace()).collect();
    let clauses = plain.split(|c| matches!(c, '，' | ',')).map(<[char]>::len).max().unwrap_or(0);
    if plain.len() < least || plain.len() > most || clauses > 30 || inner.contains(['；', '：', '\n', ':', ';']) {
        return None;
    }
    let unlike = !is_name_like(inner)
        || inner.ends_with(['、', '，', ',', '（', '('])
        || plain.iter().filter(|c| c.is_ascii_digit()).count() > 4;
    if unlike || rules.not_headings.is_match(&folded(inner)) {
        return None;
    }
    let bold = marks.iter().any(|m| {
        matches!(m.kind, MarkKind::Bold | MarkKind::Heading(_))
            && m.span.start <= heading.start + 6
            && m.span.overlaps(&heading)
            && m.span.end + 6 >= heading.end
    });
    let at = |i: usize| plain.get(i).copied().unwrap_or(' ');
    let end = plain.len();
    Some(Shape {
        at: heading.start,
        heading,
        chars: end,
        head: [at(0), at(1)],
        middle: [at(2), at(3)],
        tail: [at(end - 2), at(end - 1)],
        bold,
    })
}

/// Longest heading, in characters, that is believed to be one by its length or its last word.
const LONG: usize = 48;

/// Is there another one of the same build: as long, or with the same first, second or last word? Long sentences are as
/// long as others by chance: 在全国经济普遍放缓的大背景下，我省经济发展保持了…的势头 needs one that opens with the same word.
fn akin(shape: &Shape, all: &[Shape]) -> bool {
    all.iter().any(|other| {
        let alike = other.chars.abs_diff(shape.chars) <= 1 + shape.chars / 10
            || other.tail == shape.tail
            || other.middle == shape.middle;
        other.at != shape.at && (other.head == shape.head || alike && shape.chars <= LONG)
    })
}

/// Is there another one built in parallel: as long to the character, or with the same first, second or last word?
fn parallel(shape: &Shape, all: &[Shape]) -> bool {
    all.iter().any(|other| other.at != shape.at && other.chars == shape.chars) || same_words(shape, all)
}

/// Is there another one with the same first, second or last word?
fn same_words(shape: &Shape, all: &[Shape]) -> bool {
    all.iter().any(|other| {
        other.at != shape.at && (other.head == shape.head || other.tail == shape.tail || other.middle == shape.middle)
    })
}

fn median(shapes: &[Shape]) -> usize {
    let mut chars: Vec<usize> = shapes.iter().map(|s| s.chars).collect();
    chars.sort_unstable();
    chars.get(chars.len() / 2).copied().unwrap_or(0)
}

/// Does the line begin with the mark of a list item?
fn is_bullet(line: &str) -> bool {
    line.starts_with(['★', '●', '■', '◆', '▲', '·', '•', '-', '☆', '○'])
}

/// Start of the words behind a dash or bullet.
fn bullet(text: &str, sentence: Span) -> usize {
    let inner = sentence.of(text);
    sentence.start
        + (inner.len() - inner.trim_start_matches(['—', '●', '■', '◆', '★', '·', '－', '-', ' ', '　']).len())
}

/// Where the text goes on behind the stop of a heading.
fn after_stop(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at..end];
    at + rest.len() - rest.trim_start_matches(|c: char| is_stop(c) || c.is_whitespace() || c == '”').len()
}
