//! A text under construction, with the marks that its format tells beside it.

use crate::model::{Flag, Flags, Mark, MarkKind};
use crate::text::{Span, is_han};

/// Text and marks of a document whose format knows structure.
#[derive(Debug, Default)]
pub(super) struct Marked {
    pub text: String,
    pub marks: Vec<Mark>,
    pub flags: Flags,
}

impl Marked {
    /// A text without marks.
    pub fn plain(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Mark `start..` as far as the text is written, white space at both ends left out; marks of one kind that touch
    /// become one.
    pub fn mark(&mut self, kind: MarkKind, start: usize) {
        // Spaces taken back at a line's end may have left the start inside of what was written after them.
        let start = (0..=start.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let text = &self.text[start..];
        let from = start + text.len() - text.trim_start().len();
        let to = start + text.trim_end().len();
        if from >= to {
            return;
        }
        if let Some(last) = self.marks.iter_mut().rev().take(4).find(|m| m.kind == kind)
            && self.text[last.span.end.min(from)..from].is_empty()
        {
            last.span.end = to;
            return;
        }
        self.marks.push(Mark { span: Span::new(from, to), kind });
    }

    /// End the line, unless nothing stands on it yet.
    pub fn end_line(&mut self) {
        while self.text.ends_with([' ', '\t']) {
            self.text.pop();
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub fn flag(&mut self, flag: Flag) {
        self.flags.insert(flag);
    }

    /// Bring the marks into the order of the text, and cut them to it.
    pub fn finish(mut self) -> Self {
        let length = self.text.len();
        self.marks.retain_mut(|mark| {
            mark.span.end = mark.span.end.min(length);
            mark.span.start < mark.span.end
        });
        self.marks.sort_by_key(|mark| (mark.span, mark.kind));
        self
    }
}

/// Is a space between these two characters only a matter of layout?
pub(super) fn is_wide(c: char) -> bool {
    is_han(c)
        || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}
