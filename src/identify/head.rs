//! The head of a document: what stands before the salutation, in the report and in the furniture around it.

use super::IdentifyRules;
use crate::model::{Clean, RemovedAs, Section, Status};
use crate::text::Span;

/// A line of the head.
#[derive(Debug, Clone)]
pub struct Line {
    /// Trimmed.
    pub text: String,
    /// Without any white space.
    pub compact: String,
}

/// The head, the sentence that opens the report, and what the site says around it.
#[derive(Debug)]
pub struct Head<'a> {
    /// The whole clean text.
    pub text: &'a str,
    /// The report's own lines before the salutation, in order.
    pub own: Vec<Line>,
    /// Lines of the furniture that stood before the body.
    pub site: Vec<Line>,
    /// Those of `site` that stood between the report's title and its body: a date or a name alone on its line may be
    /// the report's own.
    pub between: Vec<Line>,
    /// Lines of the furniture that stood after it.
    pub tail: Vec<Line>,
    /// The whole of `own` without white space: congresses and dates run over line ends.
    pub compact: String,
    /// Where the salutation stands, if there is one.
    pub salutation: Option<Span>,
    /// The first paragraphs after the head (bytes of `text`).
    pub opening: Span,
    /// Headings of the report, in order.
    pub headings: Vec<&'a str>,
    /// Those of parts that look ahead and are not the first by their number (二、2007年的政府工作).
    pub ahead: Vec<&'a str>,
}

/// How far from the beginning a salutation can stand and still close the head, in bytes.
const HEAD_MAX: usize = 3000;
/// The same where a site's menu was left before it.
const HEAD_FAR: usize = 15_000;
/// How long a line can be and still belong to the head where no salutation tells its end, in bytes.
const LINE_MAX: usize = 240;
/// How long a sentence is that is no caption and ends the head, in bytes.
const SENTENCE_MIN: usize = 120;
/// How much of the text counts as its opening, in bytes.
const OPENING: usize = 6000;

/// Find the head.
pub fn head<'a>(rules: &IdentifyRules, clean: &'a Clean, sections: &[Section]) -> Head<'a> {
    let text = clean.text.as_str();
    let limit = floor_boundary(text, HEAD_MAX);
    let salutation = salutation(rules, text, limit);
    let end = salutation.map_or_else(|| end_without_salutation(text), |s| s.start);
    let own: Vec<Line> = lines(&text[..end]).collect();
    // A web page's own date line is no part of what the report says of itself.
    let said = own.iter().filter(|l| !rules.published.is_match(&l.text));
    let compact = said.map(|l| l.compact.as_str()).collect();

    let body_start = clean.text.source_span(Span::new(end, end)).start;
    let title_start = clean.text.source_span(Span::new(0, 0)).start;
    let mut site = Vec::new();
    let mut between = Vec::new();
    let mut tail = Vec::new();
    let furniture = clean.removed.iter().filter(|block| block.removed_as == RemovedAs::Furniture);
    for block in furniture {
        if (title_start..=body_start).contains(&block.source.start) && !own.is_empty() {
            between.extend(lines(&block.text));
        }
        let into = if block.source.start <= body_start { &mut site } else { &mut tail };
        into.extend(lines(&block.text));
    }
    let opening = Span::new(end, floor_boundary(text, end + OPENING));
    let headings = sections.iter().filter_map(|s| s.heading_span).map(|s| s.of(text).trim()).collect();
    let later = |s: &&Section| s.number.as_deref().is_some_and(|n| !n.contains(['一', '1']));
    let plans = sections.iter().filter(|s| s.depth == 0 && s.period == Status::Target).filter(later);
    let ahead = plans.filter_map(|s| s.heading_span).map(|s| s.of(text).trim()).collect();
    Head { text, own, site, between, tail, compact, salutation, opening, headings, ahead }
}

/// The first salutation near the beginning; farther down, where a site's menu may come first, only one that stands as
/// a line of its own and opens what follows.
fn salutation(rules: &IdentifyRules, text: &str, limit: usize) -> Option<Span> {
    let first = |part: &str| rules.salutation.regexes.iter().find_map(|r| r.find(part)).map(|m| Span::from(m.range()));
    first(&text[..limit]).or_else(|| {
        let mut from = 0;
        let far = floor_boundary(text, HEAD_FAR);
        while let Some(found) = first(&text[from..far]).map(|s| s.shifted(from)) {
            let line = text[..found.start].rfind('\n').map_or(0, |at| at + 1);
            let alone = text[line..found.start].trim().is_empty() && found.of(text).ends_with(['：', ':']);
            if alone {
                return Some(found);
            }
            from = found.end;
        }
        None
    })
}

fn end_without_salutation(text: &str) -> usize {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let sentence = trimmed.ends_with('。') && trimmed.len() > SENTENCE_MIN;
        let body =
            sentence || trimmed.len() > LINE_MAX || trimmed.contains("回顾") || trimmed.starts_with(['一', '（', '(']);
        if body || end + line.len() > HEAD_MAX / 2 {
            break;
        }
        end += line.len();
    }
    end
}

fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    text.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .map(move |l| Line { text: l.to_owned(), compact: l.chars().filter(|c| !c.is_whitespace()).collect() })
}

/// The last character boundary at or before `at`.
pub fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
