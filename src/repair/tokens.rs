//! The found text as the search reads it: characters, planted readings, and readings that a mark of damage cut into.

use crate::clean::pinyin::{self, PinyinRules, Syllable};
use crate::text::{Span, is_han};

/// A unit of the found text.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Char(char),
    /// A planted reading in its brackets; it stands between two characters and belongs to neither.
    Reading,
    /// A mark of damage and the rest of a planted reading whose opening bracket it swallowed.
    Half(Syllable),
}

/// A token and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub token: Token,
    /// Bytes of the decoded source.
    pub span: Span,
}

impl Found {
    /// The character that the token is, where it is one.
    pub fn char(&self) -> Option<char> {
        match self.token {
            Token::Char(c) => Some(c),
            _ => None,
        }
    }
}

/// What stands before the tokens.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    pub before: char,
    /// A bracket, a quotation mark is open.
    pub open: Open,
    /// Behind the tokens, on their line, a bracket closes that stands open there.
    pub closes: bool,
}

/// Which paired marks are open.
#[derive(Debug, Clone, Copy, Default)]
pub struct Open {
    pub bracket: bool,
    pub quote: bool,
}

impl Open {
    /// What is open behind a character.
    pub fn behind(mut self, c: char) -> Self {
        match c {
            '(' | '（' => self.bracket = true,
            ')' | '）' => self.bracket = false,
            '“' => self.quote = true,
            '”' => self.quote = false,
            _ => {}
        }
        self
    }
}

/// A mark that a converter writes for what it cannot read.
pub fn is_mark(c: char) -> bool {
    c == '?' || c == '\u{FFFD}'
}

/// Cut a part of the text into tokens.
pub fn tokens(rules: &PinyinRules, text: &str, span: Span) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = span.start;
    let mut last = ' ';
    while at < span.end {
        let Some(c) = text[at..].chars().next() else { break };
        let next = at + c.len_utf8();
        let reading = (is_mark(c) || matches!(c, '(' | '（') && is_han(last))
            .then(|| pinyin::toned_syllable(rules, &text[next..]))
            .flatten();
        let (token, end) = match reading {
            Some((syllable, len)) if is_mark(c) => (Token::Half(syllable), next + len),
            Some((_, len)) => (Token::Reading, next + len),
            None => (Token::Char(c), next),
        };
        found.push(Found { token, span: Span::new(at, end) });
        at = end;
        last = c;
    }
    found
}
