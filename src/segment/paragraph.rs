//! Paragraphs and sentences of the clean text, as spans.

use crate::text::{self, Span};

/// The lines of a text without surrounding white space; empty ones left out.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = trimmed(text, Span::new(start, start + line.len()));
        if !span.is_empty() {
            found.push(span);
        }
        start += line.len();
    }
    found
}

/// The span without the white space at its ends.
pub fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, (span.start + inner.trim_end().len()).max(start))
}

/// Does this character end a sentence?
pub fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?')
}

/// Marks that close a quotation or bracket and belong to the sentence that ends before them.
fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '"')
}

/// Sentences of a part of the text, each with its stop; the last one may lack it. White space between them belongs to
/// none.
pub fn sentences(text: &str, within: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = within.start;
    std::iter::from_fn(move || {
        let rest = &text[at..within.end];
        let start = at + (rest.len() - rest.trim_start().len());
        if start >= within.end {
            return None;
        }
        let mut end = start;
        while end < within.end {
            end += text::ideographs(&text[end..within.end]);
            let Some(c) = text[end..within.end].chars().next() else { break };
            end += c.len_utf8();
            if is_stop(c) {
                let closed = text[end..within.end].trim_start_matches(|c| is_stop(c) || is_closing(c));
                end = within.end - closed.len();
                break;
            }
        }
        at = end;
        Some(Span::new(start, end))
    })
}

/// White space taken out and full-width punctuation made half-width: the form that rules are matched against.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        // Ideographs need no closer look.
        let plain = text::ideographs(rest);
        folded.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(c) = rest.chars().next() else { break };
        if !c.is_whitespace() {
            folded.push(fold_char(c));
        }
        rest = &rest[c.len_utf8()..];
    }
    folded
}

fn fold_char(c: char) -> char {
    match c {
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '！' => '!',
        '？' => '?',
        '（' => '(',
        '）' => ')',
        '．' => '.',
        _ => c,
    }
}

/// At most `limit` characters from the start of a text.
pub fn opening(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_keep_their_stops_and_quotes() {
        let text = "  一、稳增长。他说：“好！”随后\n做了。";
        let all: Vec<&str> = sentences(text, Span::new(0, text.len())).map(|s| s.of(text)).collect();
        assert_eq!(all, ["一、稳增长。", "他说：“好！”", "随后\n做了。"]);
    }

    #[test]
    fn paragraphs_are_trimmed() {
        let text = "\n  a \n\n　　b\n";
        let all: Vec<&str> = paragraphs(text).iter().map(|s| s.of(text)).collect();
        assert_eq!(all, ["a", "b"]);
    }
}
