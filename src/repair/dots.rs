//! Marks in the place of what a site or a converter did not know, where the document is sound otherwise: a question mark
//! for the dot between two names (海珠?江南 for 海珠·江南), stars for a word that a filter struck out (全面**清底数).
//!
//! A dot is believed where nothing can ask: in brackets, between two short names. The stars stay; what they stand for is
//! lost, and told.

use crate::model::{Repair, RepairKind};
use crate::text::{Span, is_han};

/// Characters that a name beside the dot has at the least, and at the most.
const NAME: std::ops::RangeInclusive<usize> = 2..=8;

/// The question marks that stand for a dot, mended, and the stars, left as they stand.
pub fn find(text: &str, question_words: &[String]) -> Vec<Repair> {
    let mut found: Vec<Repair> = memchr::memchr_iter(b'?', text.as_bytes())
        .map(|at| Span::new(at, at + 1))
        .filter(|mark| is_dot(text, *mark, question_words))
        .map(|source| row(text, source, RepairKind::QuestionMarks, "·"))
        .collect();
    found.extend(stars(text).map(|span| row(text, span, RepairKind::Replacement, "**")));
    found
}

fn row(text: &str, source: Span, kind: RepairKind, after: &str) -> Repair {
    Repair { source, kind, before: source.of(text).to_owned(), after: after.to_owned(), confidence: 0.9 }
}

/// Does the mark stand between two names, and nothing else with it in its brackets?
fn is_dot(text: &str, mark: Span, question_words: &[String]) -> bool {
    let han = |c: &char| is_han(*c);
    let (before, after) = (&text[..mark.start], &text[mark.end..]);
    let left = before.chars().rev().take_while(han).take(NAME.end() + 1).count();
    let right = after.chars().take_while(han).take(NAME.end() + 1).count();
    if !NAME.contains(&left) || !NAME.contains(&right) {
        return false;
    }
    let start = mark.start - before.chars().rev().take(left).map(char::len_utf8).sum::<usize>();
    let end = mark.end + after.chars().take(right).map(char::len_utf8).sum::<usize>();
    let open = text[..start].chars().next_back();
    let close = text[end..].chars().next();
    let bracketed = matches!(
        (open, close),
        (Some('(' | '（'), Some(')' | '）')) | (Some('《'), Some('》')) | (Some('“'), Some('”'))
    );
    bracketed && !question_words.iter().any(|word| text[start..end].contains(word.as_str()))
}

/// Two stars amid Han text, the only ones of the document: bold runs have two pairs.
fn stars(text: &str) -> Option<Span> {
    let at = memchr::memmem::find(text.as_bytes(), b"**")?;
    let span = Span::new(at, at + 2);
    let (before, after) = (&text[..at], &text[span.end..]);
    let amid = before.ends_with(|c: char| is_han(c) || c.is_ascii_uppercase()) && after.starts_with(is_han);
    (amid && !after.contains("**")).then_some(span)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, String)> {
        find(text, &["吗".to_owned(), "什么".to_owned()]).into_iter().map(|r| (r.before, r.after)).collect()
    }

    #[test]
    fn dots_between_names_in_brackets() {
        assert_eq!(told("举办(海珠?江南)论坛"), [("?".to_owned(), "·".to_owned())]);
        assert_eq!(told("唱响“山水?青山”品牌").len(), 1);
        for text in ["“准备好了吗?我们准备好了”", "海珠?江南", "（见注?）", "(增长5?下降)", "“你好?”"]
        {
            assert!(told(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn stars_of_a_filter_are_told() {
        assert_eq!(told("全面**清底数"), [("**".to_owned(), "**".to_owned())]);
        for text in ["**加粗**文字", "全面**清底数**了", "**", "5**6"] {
            assert!(told(text).is_empty(), "{text}");
        }
    }
}
