//! Mended text → the report's own text, once, one paragraph a line.
//!
//! Order matters. Markdown marks go first, then the character level, so that all rules see one script and one width;
//! then line breaks inside figures are closed, then planted site names, second copies, page numbers and furniture go;
//! then the paragraphs, which can only be put together when nothing foreign stands between their pieces. Spaces come
//! last: blanks and indents are evidence until then.

pub mod characters;
mod copies;
mod doubled;
mod furniture;
mod furniture_rules;
mod marks;
mod pages;
mod paragraphs;
pub mod pinyin;
pub mod script;
mod seams;
mod shape;
pub mod spaces;
pub mod stops;
pub mod width;

use anyhow::Result;

use crate::clean::furniture::Fate;
use crate::clean::furniture_rules::FurnitureRules;
use crate::clean::paragraphs::{Joint, Line};
use crate::clean::shape::Shape;
use crate::config::ConfigSource;
use crate::model::{Clean, Flag, Flags, Mark, MarkKind, Removed, RemovedAs};
use crate::text::{AlignedText, Rewriter, Span, is_han};

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct CleanRules {
    pub characters: characters::CharacterRules,
    furniture: FurnitureRules,
}

impl CleanRules {
    /// # Errors
    /// A missing file, an unknown key, a pattern that does not compile.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        Ok(Self { characters: characters::CharacterRules::load(source)?, furniture: FurnitureRules::load(source)? })
    }
}

/// Mended text → the report's own text, once, in the form of the contract. `hints` are what the source format tells of
/// the decoded source (spans in it; for a line of `text` take `text.source_span`); headings and bold runs among them
/// reach `Clean::marks` by themselves afterwards.
pub fn clean(rules: &CleanRules, text: AlignedText, hints: &[Mark]) -> Clean {
    let mut flags = Flags::new();
    let mut removed = Vec::new();
    let (text, told) = marks::strip(text);
    let (text, script) = characters::characters(&rules.characters, text);
    let (text, lines) = seams::closed(&rules.furniture.seams, text);
    let (text, mut lines) = without_planted(&rules.furniture, text, lines, &mut removed);
    if lines.len() == 1 && lines[0].span.len() > 3000 {
        flags.insert(Flag::OneLine);
    }
    if remove_copies(rules, &text, &mut lines, &mut removed) {
        flags.insert(Flag::SecondCopyRemoved);
    }
    pages::remove(&text, &mut lines, &mut removed);
    let (shapes, unknown) = remove_furniture(rules, &text, hints, &mut lines, &mut removed);
    flags.extend(unknown.then_some(Flag::UnknownFurniture));
    let text = spaces::normalise(joined(rules, &text, &lines, &shapes));
    removed.sort_by_key(|block| block.source);
    let mut clean = Clean { text, removed, marks: Vec::new(), script, flags };
    clean.adopt(&told);
    clean
}

/// Lines at the head of a text that may be its front matter.
const FRONT_LINES: usize = 12;

fn block(text: &AlignedText, span: Span, removed_as: RemovedAs, rule: &str) -> Removed {
    Removed {
        source: text.source_span(span),
        text: span.of(text.as_str()).to_owned(),
        removed_as,
        rule: rule.to_owned(),
    }
}

/// The rule of a phrase that stands twice in a row.
const DOUBLED: &str = "doubled_phrase";

/// Take out the names that sites plant inside sentences, and phrases set twice, before the lines are looked at; the lines
/// of what is left.
fn without_planted(
    rules: &FurnitureRules,
    text: AlignedText,
    lines: Vec<Line>,
    removed: &mut Vec<Removed>,
) -> (AlignedText, Vec<Line>) {
    let mut cuts: Vec<(Span, String)> = Vec::new();
    for line in &lines {
        if let Some((span, rule)) = rules.planted_at_edge(line.span.of(text.as_str())) {
            cuts.push((span.shifted(line.span.start), rule.to_owned()));
        }
    }
    cuts.extend(rules.planted(text.as_str()).into_iter().map(|span| (span, "planted_name".to_owned())));
    cuts.extend(pages::inside_sentences(text.as_str()).into_iter().map(|span| (span, "page_number".to_owned())));
    cuts.extend(doubled::phrases(text.as_str()).into_iter().map(|span| (span, DOUBLED.to_owned())));
    if cuts.is_empty() {
        return (text, lines);
    }
    cuts.sort_by_key(|(span, _)| *span);
    cuts.dedup_by(|later, earlier| {
        let same = later.0.start < earlier.0.end;
        if same {
            earlier.0.end = earlier.0.end.max(later.0.end);
        }
        same
    });
    removed.extend(cuts.iter().map(|(span, rule)| {
        let removed_as = if rule == DOUBLED { RemovedAs::Copy } else { RemovedAs::Furniture };
        block(&text, *span, removed_as, rule)
    }));
    let edits: Vec<(Span, &str)> = cuts.iter().map(|(span, _)| (*span, "")).collect();
    let text = text.edited(&edits);
    let lines = paragraphs::lines(text.as_str());
    (text, lines)
}

/// Take out second copies; lines are shortened, split or dropped. Was there one?
fn remove_copies(rules: &CleanRules, text: &AlignedText, lines: &mut Vec<Line>, removed: &mut Vec<Removed>) -> bool {
    let body = text.as_str();
    let announces = |i: usize| rules.furniture.announces_summary(lines[i].span.of(body));
    let is_summary = |i: usize| announces(i) || (i > 0 && announces(i - 1) && lines[i - 1].span.len() < 60);
    let copies = copies::find(body, lines, is_summary);
    if copies.is_empty() {
        return false;
    }
    for copy in &copies {
        removed.push(block(text, copy.span, RemovedAs::Copy, copy.reason));
    }
    let mut left = Vec::with_capacity(lines.len());
    for line in lines.iter() {
        let mut pieces = vec![line.span];
        for copy in copies.iter().filter(|copy| copy.span.overlaps(&line.span)) {
            pieces = pieces.into_iter().flat_map(|piece| without(piece, copy.span)).collect();
        }
        left.extend(pieces.into_iter().filter_map(|piece| trimmed(body, piece)).map(|span| Line { span, ..*line }));
    }
    *lines = left;
    true
}

/// What is left of `piece` without `cut`.
fn without(piece: Span, cut: Span) -> Vec<Span> {
    if !piece.overlaps(&cut) {
        return vec![piece];
    }
    let before = Span::new(piece.start, cut.start.clamp(piece.start, piece.end));
    let after = Span::new(cut.end.clamp(piece.start, piece.end), piece.end);
    [before, after].into_iter().filter(|span| !span.is_empty()).collect()
}

fn trimmed(text: &str, span: Span) -> Option<Span> {
    let body = span.of(text);
    let start = span.start + body.len() - body.trim_start_matches(shape::is_blank).len();
    let kept = body.trim_matches(shape::is_blank);
    let words = kept.chars().any(|c| is_han(c) || c.is_alphanumeric());
    words.then(|| Span::new(start, start + kept.len()))
}

/// Drop the lines that are furniture. What the others look like; and is anything left that looks like it?
fn remove_furniture(
    rules: &CleanRules,
    text: &AlignedText,
    hints: &[Mark],
    lines: &mut Vec<Line>,
    removed: &mut Vec<Removed>,
) -> (Vec<Shape>, bool) {
    let links: Vec<Span> = hints
        .iter()
        .filter(|mark| mark.kind == MarkKind::Link)
        .map(|mark| text.alignment().out_span(mark.span))
        .collect();
    let judgement = furniture::judge(&rules.furniture, text.as_str(), lines, &links);
    let mut shapes = Vec::with_capacity(lines.len());
    let mut judged = judgement.fates.into_iter().zip(judgement.shapes);
    lines.retain(|line| match judged.next() {
        Some((Fate::Drop(rule), _)) => {
            removed.push(block(text, line.span, RemovedAs::Furniture, &rule));
            false
        }
        kept => {
            shapes.push(kept.map(|(_, shape)| shape).unwrap_or_default());
            true
        }
    });
    (shapes, judgement.unknown)
}

/// Put the lines together to paragraphs, each ended by a line feed.
fn joined(rules: &CleanRules, text: &AlignedText, lines: &[Line], shapes: &[Shape]) -> AlignedText {
    let body = text.as_str();
    let joints =
        paragraphs::joints(body, lines, shapes, |i, line| pages::starts_block(line) || rules.starts_part(i, line));
    let mut rewriter = Rewriter::new(text);
    for (i, line) in lines.iter().enumerate() {
        rewriter.skip_to(line.span.start);
        match joints[i] {
            Joint::Apart if i > 0 => rewriter.insert("\n"),
            Joint::Spaced => rewriter.insert(" "),
            _ => {}
        }
        rewriter.keep_to(line.span.end);
    }
    if !lines.is_empty() {
        rewriter.insert("\n");
    }
    rewriter.skip_to(body.len());
    rewriter.finish()
}

impl CleanRules {
    /// A line of the front matter (among the first lines of the text) or the head of an annex.
    fn starts_part(&self, i: usize, line: &str) -> bool {
        if line.len() > 240 {
            return false;
        }
        let folded = shape::fold(line);
        (i < FRONT_LINES && self.furniture.is_front_line(&folded)) || self.furniture.is_attachment_head(&folded)
    }
}
