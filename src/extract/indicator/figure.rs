//! A sentence as a row of figures with the words between them.

use super::qualitative::Phrase;
use super::rank::Rank;
use crate::extract::quantity::Quantity;
use crate::text::Span;

/// What a figure is.
#[derive(Debug, Clone)]
pub enum Figure {
    Value(Quantity),
    Rank(Rank),
    Phrase(Phrase),
}

impl Figure {
    /// The figure with its bound words; bytes of the sentence.
    pub fn outer(&self) -> Span {
        match self {
            Figure::Value(q) => q.outer,
            Figure::Rank(r) => r.outer,
            Figure::Phrase(p) => p.span,
        }
    }

    /// Give up bound words and verbs that stand before `at`.
    pub fn begin_after(&mut self, at: usize) {
        match self {
            Figure::Value(q) => q.outer.start = q.outer.start.max(at).min(q.span.start),
            Figure::Rank(r) => r.outer.start = r.outer.start.max(at).min(r.span.start),
            Figure::Phrase(_) => {}
        }
    }

    /// The figure itself; bytes of the sentence.
    pub fn span(&self) -> Span {
        match self {
            Figure::Value(q) => q.span,
            Figure::Rank(r) => r.span,
            Figure::Phrase(p) => p.span,
        }
    }
}

/// A delimiter between clauses, or between the members of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Delimiter {
    /// ，；：（）
    Clause,
    /// 、
    List,
}

/// Where the clauses and list members of a sentence end. Brackets without a figure in them are part of a name.
#[derive(Debug)]
pub struct Layout {
    delimiters: Vec<(Span, Delimiter)>,
}

impl Layout {
    pub fn new(sentence: &str, figures: &[Figure]) -> Self {
        let opaque = opaque_brackets(sentence, figures);
        let mut delimiters = Vec::new();
        for (at, c) in sentence.char_indices() {
            let kind = match c {
                '，' | '；' | '：' | ',' | ';' | '（' | '）' | '(' | ')' | '★' | '\t' => Delimiter::Clause,
                ':' => Delimiter::Clause,
                ' ' | '\u{3000}' => {
                    // A space beside a digit only sets the number off.
                    let before = sentence[..at].chars().next_back();
                    let after = sentence[at + c.len_utf8()..].chars().next();
                    if before.is_some_and(|c| c.is_ascii_digit()) || after.is_some_and(|c| c.is_ascii_digit()) {
                        if before.is_some_and(|c| c == '%') { Delimiter::Clause } else { continue }
                    } else {
                        Delimiter::Clause
                    }
                }
                '、' => Delimiter::List,
                _ => continue,
            };
            let span = Span::new(at, at + c.len_utf8());
            let inside_figure = figures.iter().any(|f| f.span().start < span.start && span.end < f.span().end);
            if !inside_figure && !opaque.iter().any(|o| o.contains(&span)) {
                delimiters.push((span, kind));
            }
        }
        Self { delimiters }
    }

    /// The end of the last clause delimiter within `from..to`.
    pub fn clause_start(&self, from: usize, to: usize) -> Option<usize> {
        self.delimiters
            .iter()
            .rev()
            .find(|(s, k)| *k == Delimiter::Clause && s.start >= from && s.end <= to)
            .map(|(s, _)| s.end)
    }

    /// The end of the first list delimiter within `from..to`.
    pub fn list_start(&self, from: usize, to: usize) -> Option<usize> {
        self.delimiters
            .iter()
            .find(|(s, k)| *k == Delimiter::List && s.start >= from && s.end <= to)
            .map(|(s, _)| s.end)
    }

    /// The start of the first clause delimiter at or after `from`, or `to`.
    pub fn clause_end(&self, from: usize, to: usize) -> usize {
        let clause = |(s, k): &&(Span, Delimiter)| *k == Delimiter::Clause && s.start >= from && s.start < to;
        self.delimiters.iter().find(clause).map_or(to, |(s, _)| s.start)
    }

    /// The start of the first delimiter at or after `from`, or `to`.
    pub fn next(&self, from: usize, to: usize) -> usize {
        self.delimiters.iter().find(|(s, _)| s.start >= from && s.start < to).map_or(to, |(s, _)| s.start)
    }
}

/// Brackets and quotation marks that hold no figure.
fn opaque_brackets(sentence: &str, figures: &[Figure]) -> Vec<Span> {
    let mut spans = Vec::new();
    for (open, close) in [('（', '）'), ('(', ')'), ('《', '》'), ('“', '”')] {
        let mut from = 0;
        while let Some(start) = sentence[from..].find(open).map(|i| i + from) {
            let Some(end) = sentence[start..].find(close).map(|i| i + start + close.len_utf8()) else { break };
            let span = Span::new(start, end);
            if !figures.iter().any(|f| span.contains(&f.span())) {
                spans.push(span);
            }
            from = end;
        }
    }
    spans
}
