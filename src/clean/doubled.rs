//! A phrase that was set twice in a row: 环境质量方面环境质量方面，PM2.5…. Speech doubles words, but not a whole clause of
//! six characters and more.

use crate::text::{self, Span};

/// Bytes of a phrase at the least and at the most: six ideographs, twenty.
const PHRASE: std::ops::RangeInclusive<usize> = 18..=60;

/// The second ones of phrases that stand twice between a mark and a comma, in ascending order.
pub fn phrases(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let len = text::ideographs(&text[at..]);
        let (half, end) = (len / 2, at + len);
        // Ideographs have three bytes each.
        if len.is_multiple_of(6)
            && PHRASE.contains(&half)
            && text.as_bytes()[at..at + half] == text.as_bytes()[at + half..end]
            && text[end..].starts_with(['，', ','])
            && text[..at].chars().next_back().is_none_or(|c| matches!(c, '。' | '；' | '，' | '：' | '！' | '\n'))
        {
            found.push(Span::new(at + half, end));
        }
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_stands_once() {
        let text = "下降3%。环境质量方面环境质量方面，包括";
        assert_eq!(phrases(text), [Span::new(text.len() - 27, text.len() - 9)]);
        for text in ["一步一步一步一步，", "政府工作报告政府工作报告\n", "环境质量方面，环境质量方面，", "研究研究，"]
        {
            assert!(phrases(text).is_empty(), "{text}");
        }
    }
}
