//! Headings that ran into their paragraph: where the heading ends and the body begins.

use super::numbering::Scheme;
use super::paragraph::folded;
use super::rules::{Seams, SegmentRules};
use crate::text::Span;

/// Where a part's title ends that runs on without punctuation: 一、2009年政府工作回顾|刚刚过去的2009年，… The title rules
/// decide: the shortest opening that one of them takes for a title, before the first comma.
pub fn part_title(sentence: &str, scheme: Scheme, chars: usize, rules: &SegmentRules) -> Option<usize> {
    if !matches!(scheme, Scheme::Han | Scheme::Part) || chars < 8 {
        return None;
    }
    let clause = sentence.find(['，', ',', '。', '；', '：', '！']).unwrap_or(sentence.len());
    // A clean heading clause is no longer than this; a longer one has run on.
    if sentence[..clause].chars().count() < 12 || clause == sentence.len() && chars < 26 {
        return None;
    }
    let mut best = None;
    for (at, _) in sentence[..clause].char_indices().skip(6) {
        let head = &sentence[..at];
        if rules.seams.ends(sentence, at) && rules.titles.first(&folded(head)).is_some() {
            best = Some(at);
            // 主要目标|任务: the longer title wins while it keeps being one.
            continue;
        }
        if best.is_some_and(|b| sentence[b..at].chars().count() > 4) {
            break;
        }
    }
    let end = best?;
    // What follows has to be a sentence: 2023年工作回顾和展望 is one title.
    (sentence[end..].chars().count() > 6).then_some(end)
}

/// Where a chapter's heading ends that runs on: the first place where a noun that may end a heading meets a word that
/// may open a sentence.
pub fn find(sentence: &str, seams: &Seams) -> Option<usize> {
    for (count, (at, _)) in sentence.char_indices().enumerate() {
        if count < 5 {
            continue;
        }
        if count > 60 {
            break;
        }
        if seams.ends(sentence, at) && seams.opens(sentence, at) {
            return Some(at);
        }
    }
    None
}

/// The heading of a title found at the start of a sentence: as many characters as its rule matched.
pub fn inline_title(text: &str, sentence: Span, plain: &str, id: &str, rules: &SegmentRules) -> Option<Span> {
    let index = rules.inline_titles.patterns.rules.iter().position(|r| r.id == id)?;
    let matched = rules.inline_titles.patterns.regexes[index].find(plain)?;
    let wanted = plain[..matched.end()].chars().count();
    let mut seen = 0;
    for (i, c) in sentence.of(text).char_indices() {
        if !c.is_whitespace() {
            seen += 1;
        }
        if seen == wanted {
            return Some(Span::new(sentence.start, sentence.start + i + c.len_utf8()));
        }
    }
    None
}
