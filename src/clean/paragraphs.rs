//! Lines as they came → paragraphs as they were meant.
//!
//! Two ways lead away from paragraphs: a page's text may break a sentence over lines (a link or a sensitive word on a
//! line of its own, soft wraps and page breaks of a PDF), or a table cell may hold a whole report on one line, its
//! breaks written out (`\r\n`) or turned into runs of blanks.

use std::collections::BTreeSet;

use crate::clean::shape::{Shape, cannot_begin, is_blank, is_stop};
use crate::text::{Span, is_han};

/// A line of the text, trimmed.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Bytes of the text; never empty.
    pub span: Span,
    /// Did it begin with an indent, as paragraphs do?
    pub indented: bool,
    /// Did an empty line stand before it?
    pub after_gap: bool,
}

/// How a kept line hangs together with the kept line before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// A paragraph of its own.
    Apart,
    /// The sentence goes on.
    Glued,
    /// The sentence goes on with a Latin word: a space belongs between.
    Spaced,
}

/// All lines that hold anything, in order. Breaks are line feeds of any kind, the written-out `\r\n` and `\n` of
/// exported cells, `<br>` and `<p>`; a very long line is also broken where runs of blanks stand for former breaks.
pub fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut gap) = (0, false);
    for brk in breaks(text) {
        push_line(text, Span::new(start, brk.start), &mut gap, &mut lines);
        start = brk.end;
    }
    push_line(text, Span::new(start, text.len()), &mut gap, &mut lines);
    lines
}

fn push_line(text: &str, span: Span, gap: &mut bool, lines: &mut Vec<Line>) {
    let line = span.of(text);
    let body = line.trim_start_matches(is_blank);
    if body.is_empty() {
        *gap = true;
        return;
    }
    let lead = &line[..line.len() - body.len()];
    let indented = lead.contains(['\u{3000}', '\u{2003}', '\t']) || lead.chars().count() >= 2;
    let body = body.trim_end_matches(is_blank);
    let start = span.start + lead.len();
    let line = Line { span: Span::new(start, start + body.len()), indented, after_gap: *gap };
    *gap = false;
    if body.len() > LONG_LINE {
        split_long(text, line, lines);
    } else {
        push_salutation(text, line, lines);
    }
}

/// Push a line, a salutation at its end apart: `上海市市长 龚正 各位代表：`.
fn push_salutation(text: &str, line: Line, lines: &mut Vec<Line>) {
    let body = line.span.of(text);
    let salutation = SALUTATIONS.iter().find_map(|word| {
        let at = [body, body.strip_suffix(|_| true).unwrap_or(body)]
            .into_iter()
            .find_map(|body| body.strip_suffix(word))
            .map(str::len)?;
        (at > 0 && body[..at].ends_with(is_blank)).then_some(at)
    });
    let Some(at) = salutation.filter(|_| body.len() <= 200) else {
        lines.push(line);
        return;
    };
    let name = body[..at].trim_end_matches(is_blank);
    lines.push(Line { span: Span::new(line.span.start, line.span.start + name.len()), ..line });
    lines.push(Line { span: Span::new(line.span.start + at, line.span.end), after_gap: false, ..line });
}

const SALUTATIONS: [&str; 3] = ["各位代表", "各位委员", "同志们"];

/// Bytes from which a line is looked through for former breaks: two thousand characters are no paragraph.
const LONG_LINE: usize = 6000;

/// The written breaks of a text, in order.
fn breaks(text: &str) -> impl Iterator<Item = Span> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            // Ideographs and full-width forms need no closer look.
            if (0xE3..=0xEF).contains(&byte) {
                at += 3;
                continue;
            }
            let i = at;
            at += 1;
            if let Some(len) = break_len(&bytes[i..]) {
                at = i + len;
                return Some(Span::new(i, i + len));
            }
        }
        None
    })
}

/// The length of the break that stands at the beginning of `bytes`, if one does.
fn break_len(bytes: &[u8]) -> Option<usize> {
    match bytes[0] {
        b'\r' if bytes.get(1) == Some(&b'\n') => Some(2),
        b'\n' | b'\r' | 0x0B | 0x0C => Some(1),
        // U+2028, U+2029.
        0xE2 => (bytes.get(1) == Some(&0x80) && matches!(bytes.get(2), Some(0xA8 | 0xA9))).then_some(3),
        b'\\' => match (bytes.get(1)?, bytes.get(2..4)) {
            (b'r', Some(b"\\n")) => Some(4),
            (b'n' | b'r', next) => {
                let after = next.and_then(|n| n.first()).copied().unwrap_or(b' ');
                (!after.is_ascii_alphabetic()).then_some(2)
            }
            _ => None,
        },
        b'<' => tag_len(bytes),
        _ => None,
    }
}

/// `<br>`, `<br/>`, `<p>`, `</p>`, `<div …>`: tags that a scraper left in the text and that break a line.
fn tag_len(bytes: &[u8]) -> Option<usize> {
    let head = &bytes[1..bytes.len().min(8)];
    let head = head.strip_prefix(b"/").unwrap_or(head);
    let known = [&b"br"[..], b"p", b"div"].into_iter().any(|name| {
        head.get(..name.len()).is_some_and(|h| h.eq_ignore_ascii_case(name))
            && head.get(name.len()).is_some_and(|b| matches!(b, b'>' | b'/' | b' '))
    });
    if !known {
        return None;
    }
    let end = memchr::memchr(b'>', &bytes[..bytes.len().min(200)])?;
    Some(end + 1)
}

/// Break a long line where a run of blanks follows the end of a sentence or stands around something short: former
/// paragraphs. Double blanks after a comma are the rests of soft wraps and stay.
fn split_long(text: &str, line: Line, lines: &mut Vec<Line>) {
    let body = line.span.of(text);
    let runs = blank_runs(body);
    // The blanks that stand where paragraphs ended, by their length: the shortest kind that does it a few times.
    let after_stop =
        |run: &&BlankRun| run.wide && run.after.is_some_and(|c| is_stop(c) || matches!(c, '：' | ':' | '；'));
    let paragraph_runs = runs.iter().filter(after_stop).count();
    if paragraph_runs < 2 {
        lines.push(line);
        return;
    }
    let mut start = 0;
    let cut = |from: usize, to: usize, indented: bool, lines: &mut Vec<Line>| {
        let piece = body[from..to].trim_matches(is_blank);
        if !piece.is_empty() {
            let at = line.span.start + (piece.as_ptr() as usize - body.as_ptr() as usize);
            let span = Span::new(at, at + piece.len());
            push_salutation(text, Line { span, indented, after_gap: line.after_gap && from == 0 }, lines);
        }
    };
    let mut previous_end = 0;
    for (i, run) in runs.iter().enumerate() {
        if !run.wide {
            continue;
        }
        let before = body[previous_end..run.span.start].chars().filter(|c| !is_blank(*c)).count();
        let next_start = runs[i + 1..].iter().find(|r| r.wide).map_or(body.len(), |r| r.span.start);
        let after = body[run.span.end..next_start].chars().take(60).count();
        let ends = after_stop(&run);
        let heading = before <= 40 && !run.after.is_some_and(|c| matches!(c, '，' | '、' | ','));
        if ends || heading || (after <= 40 && !run.after.is_some_and(|c| matches!(c, '，' | '、' | ','))) {
            cut(start, run.span.start, start > 0, lines);
            start = run.span.end;
            previous_end = run.span.end;
        }
    }
    cut(start, body.len(), start > 0, lines);
}

struct BlankRun {
    span: Span,
    /// Two blanks or more, or a wide one: more than a typist's space.
    wide: bool,
    after: Option<char>,
}

fn blank_runs(body: &str) -> Vec<BlankRun> {
    let mut runs: Vec<BlankRun> = Vec::new();
    let mut last = None;
    for (i, c) in body.char_indices() {
        if !is_blank(c) {
            last = Some(c);
            continue;
        }
        let end = i + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.span.end == i => {
                run.span.end = end;
                run.wide = true;
            }
            _ => runs.push(BlankRun { span: Span::new(i, end), wide: false, after: last }),
        }
    }
    runs
}

/// Decide for each kept line, of the shape given, whether it goes on with the sentence of the line before.
/// `starts_block` tells of lines that begin something new whatever the line before looks like (headings, salutations,
/// list items).
pub fn joints(text: &str, lines: &[Line], shapes: &[Shape], starts_block: impl Fn(usize, &str) -> bool) -> Vec<Joint> {
    let fragments = fragments(text, lines, shapes);
    let width = wrap_width(lines, shapes);
    let indents = lines.iter().zip(shapes).filter(|(_, s)| s.prose()).filter(|(l, _)| l.indented).count();
    let prose = shapes.iter().filter(|s| s.prose()).count();
    // Where nearly every paragraph ends with a stop, one that does not is unfinished, however the next is indented.
    let unfinished = shapes.iter().filter(|s| s.prose() && s.stops > 0 && !s.ended).count();
    let gapped = lines.iter().zip(shapes).filter(|(l, s)| s.prose() && l.indented && l.after_gap).count() * 2 > prose;
    // Of wrapped lines only those can be indented that open a paragraph: behind a short line that ends a sentence.
    let opens = |i: usize| i > 0 && shapes[i - 1].ended && width.is_some_and(|w| shapes[i - 1].width + SLACK < w);
    let openers = (0..lines.len()).filter(|&i| opens(i)).count();
    let indented_openers = (0..lines.len()).filter(|&i| opens(i) && lines[i].indented).count();
    let indented = indents * 2 > prose || openers >= 3 && indented_openers * 4 > openers * 3;
    let layout = Layout { gapped, indented, stops_tell: unfinished * 12 <= prose, width };
    let wrapped = if width.is_none() { wrapped_runs(lines, shapes) } else { Vec::new() };
    let mut joints = Vec::with_capacity(lines.len());
    // The paragraph so far, as one shape.
    let mut whole = Shape::default();
    let mut heading = false;
    let mut fragment_before = false;
    for (i, line) in lines.iter().enumerate() {
        let body = line.span.of(text);
        let shape = shapes[i];
        let fragment = fragments.contains(body);
        let starts = starts_block(i, body);
        let glued = i > 0 && {
            let wrapped = wrapped.get(i - 1).copied().unwrap_or(false);
            let before = Paragraph { whole, last: shapes[i - 1], heading, fragment: fragment_before, wrapped };
            let this = This { line, shape, fragment, starts };
            goes_on(&before, &this, &layout) || resumes_meeting(lines[i - 1].span.of(text), body)
        };
        let joint = match (glued, whole.last, shape.first) {
            (false, _, _) => Joint::Apart,
            (true, Some(a), Some(b)) if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => Joint::Spaced,
            (true, _, _) => Joint::Glued,
        };
        if glued {
            whole = Shape {
                chars: whole.chars + shape.chars,
                width: whole.width + shape.width,
                stops: whole.stops + shape.stops,
                pauses: whole.pauses + shape.pauses,
                colons: whole.colons + shape.colons,
                ended: shape.ended,
                open: shape.open || (whole.open && !closes(body)),
                first: whole.first,
                last: shape.last,
            };
        } else {
            whole = shape;
            heading = starts;
        }
        fragment_before = fragment;
        joints.push(joint);
    }
    joints
}

/// `——2023年6月16日在…第二届人民代表大会` and `第四次会议上`: one line under the title, broken in two.
fn resumes_meeting(before: &str, body: &str) -> bool {
    body.len() <= 60
        && before.len() <= 240
        && before.trim_end_matches(is_blank).ends_with("大会")
        && body.starts_with('第')
        && body.contains("次会议")
}

fn closes(body: &str) -> bool {
    body.contains(['”', '》', '）', ')'])
}

struct Paragraph {
    whole: Shape,
    last: Shape,
    heading: bool,
    fragment: bool,
    /// Was its last line cut by its width, as its neighbours were?
    wrapped: bool,
}

struct This<'a> {
    line: &'a Line,
    shape: Shape,
    fragment: bool,
    starts: bool,
}

/// What the paragraphs of a text have in common.
struct Layout {
    /// Most of them are indented.
    indented: bool,
    /// Most of them stand behind an empty line, indented.
    gapped: bool,
    /// Nearly all of them end with a stop.
    stops_tell: bool,
    /// The width of wrapped lines.
    width: Option<usize>,
}

/// Characters that the heading of a part has at the most.
const HEADING_CHARS: usize = 40;

/// Does `this` go on with the sentence of the paragraph before it?
fn goes_on(before: &Paragraph, this: &This, layout: &Layout) -> bool {
    let width = layout.width;
    let Some(last) = before.whole.last else { return false };
    if this.shape.first.is_some_and(cannot_begin) && !before.whole.ended {
        return true;
    }
    if before.whole.ended || matches!(last, '：' | ':') {
        // A full line of wrapped text may end with a sentence by chance.
        let full = width.is_some_and(|w| before.last.width.abs_diff(w) <= SLACK);
        return full
            && !this.starts
            && !this.line.after_gap
            && layout.indented
            && !this.line.indented
            && before.whole.ended;
    }
    // 次全会 alone looks like a meeting's line; as a known piece of sentences it is none.
    if this.starts && !this.fragment {
        // The heading of a part stands alone, whatever is left of the line before it.
        let alone = this.shape.stops == 0 && this.shape.chars <= HEADING_CHARS && this.shape.last.is_some_and(is_han);
        if alone && this.shape.first.is_some_and(|c| "一二三四五六七八九十".contains(c)) && width.is_none() {
            return false;
        }
        return matches!(last, '，' | '、' | ',') && before.whole.stops > 0;
    }
    if before.fragment || this.fragment {
        return true;
    }
    // An empty line and an indent end a paragraph, though its stop was lost; where most begin so, nothing else tells.
    let apart = this.line.indented && this.line.after_gap && layout.gapped;
    if apart && !matches!(last, '，' | '、' | ',') {
        return false;
    }
    let paused = matches!(last, '，' | '、' | ',');
    let cut_short = layout.stops_tell && before.whole.stops > 0;
    if layout.indented && this.line.indented && !paused && !cut_short {
        return false;
    }
    if matches!(last, '；' | ';' | '）' | ')') && width.is_none() {
        return false;
    }
    let full = width.is_some_and(|w| before.last.width + SLACK >= w) || before.wrapped && before.whole.pauses > 0;
    // An entry of a glossary, cut before its first stop; headings have no colon.
    let explains = before.whole.colons > 0 && before.whole.chars >= 30 && before.whole.pauses >= 3;
    let heading = before.heading && before.whole.stops == 0;
    full || paused || before.whole.open || explains || (before.whole.stops > 0 && !heading)
}

/// Short lines that are pieces of sentences: the portal set a link or a watched word on a line of its own. Known by
/// standing between an unfinished line and its rest at least once, or by coming again and again.
fn fragments<'t>(text: &'t str, lines: &[Line], shapes: &[Shape]) -> BTreeSet<&'t str> {
    let broken = |i: usize| {
        let (shape, next) = (shapes[i], shapes.get(i + 2));
        let goes_on = shape.stops > 0 && shape.chars > 20
            || shape.pauses > 0 && shape.chars > 5 && next.is_some_and(|s| s.stops + s.pauses > 0);
        goes_on && !shape.ended && !matches!(shape.last, Some('：' | ':' | '；' | ';' | '）' | ')'))
    };
    let short = |i: usize| {
        let shape = shapes[i];
        shape.chars <= 10
            && shape.stops + shape.pauses == 0
            && lines[i].span.of(text).chars().all(|c| is_han(c) || matches!(c, '《' | '》' | '“' | '”' | '、'))
    };
    let certain: Vec<usize> = (1..lines.len().saturating_sub(1)).filter(|&i| short(i) && broken(i - 1)).collect();
    if certain.len() < 3 {
        return BTreeSet::new();
    }
    certain.into_iter().map(|i| lines[i].span.of(text)).collect()
}

/// Narrowest line that is believed to be cut by its width, in half-width characters.
const NARROW: usize = 48;

/// Lines of a short text that were cut by their width: at least two of the lines around are as wide and unfinished, too.
/// What a reader sees is compared: a digit is half as wide as an ideograph.
fn wrapped_runs(lines: &[Line], shapes: &[Shape]) -> Vec<bool> {
    let widths: Vec<usize> = lines
        .iter()
        .zip(shapes)
        .map(|(line, shape)| if shape.ended || line.span.len() > 300 { 0 } else { shape.width })
        .collect();
    let alike = |i: usize, j: usize| i != j && widths[i].abs_diff(widths[j]) <= 3;
    (0..lines.len())
        .map(|i| {
            widths[i] >= NARROW && (i.saturating_sub(3)..(i + 4).min(lines.len())).filter(|&j| alike(i, j)).count() >= 2
        })
        .collect()
}

/// How far lines of one width may differ, in half-width characters: a mark that must not begin a line, an ideograph that
/// did not fit.
pub const SLACK: usize = 4;

/// The width of a text that was wrapped by hand or by a PDF, in half-width characters: most lines reach it and do not end
/// a sentence.
pub fn wrap_width(lines: &[Line], shapes: &[Shape]) -> Option<usize> {
    let mut widths: Vec<usize> = shapes.iter().map(|s| s.width).filter(|&w| w >= 24).collect();
    if widths.len() < 20 {
        return None;
    }
    widths.sort_unstable();
    let width = widths[widths.len() * 9 / 10];
    let near = |s: &&Shape| s.width.abs_diff(width) <= SLACK;
    let full = shapes.iter().filter(near).count();
    let cut = shapes.iter().filter(near).filter(|s| !s.ended).count();
    (width <= 180 && full * 2 > lines.len() && cut * 3 > full * 2).then_some(width)
}
