//! Pages of a PDF: their numbers and running heads, and what begins a new block after a page break.

use std::collections::BTreeMap;

use crate::clean::paragraphs::Line;
use crate::clean::shape::fold;
use crate::model::{Removed, RemovedAs};
use crate::text::{AlignedText, Span, is_han};

/// Take out page numbers and running heads.
pub fn remove(text: &AlignedText, lines: &mut Vec<Line>, removed: &mut Vec<Removed>) {
    let folded = folded(text.as_str(), lines);
    let numbers = page_numbers(&folded, lines);
    let heads = running_heads(&folded, &numbers);
    let mut i = 0;
    lines.retain(|line| {
        let reason = match (numbers[i], heads[i]) {
            (true, _) => Some("page_number"),
            (_, true) => Some("running_head"),
            _ => None,
        };
        i += 1;
        if let Some(rule) = reason {
            removed.push(Removed {
                source: text.source_span(line.span),
                text: line.span.of(text.as_str()).to_owned(),
                removed_as: RemovedAs::Furniture,
                rule: rule.to_owned(),
            });
        }
        reason.is_none()
    });
}

/// The short lines in the form that they are compared in.
fn folded(text: &str, lines: &[Line]) -> Vec<String> {
    let short = |line: &Line| line.span.len() <= 150;
    lines.iter().map(|line| if short(line) { fold(line.span.of(text)) } else { String::new() }).collect()
}

/// Which lines are the numbers of pages.
pub fn numbers(text: &str, lines: &[Line]) -> Vec<bool> {
    page_numbers(&folded(text, lines), lines)
}

/// Page numbers that a converter left inside a sentence, blanks included: 产业结— 12 —构调整.
pub fn inside_sentences(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{3000}');
    for (at, dash) in text.match_indices('—') {
        if found.last().is_some_and(|span| at < span.end) {
            continue;
        }
        let head = text[..at].trim_end_matches(blank);
        let inner = text[at + dash.len()..].trim_start_matches('—').trim_start_matches(blank);
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let behind = inner[digits..].trim_start_matches(blank);
        let tail = behind.trim_start_matches('—');
        let rest = tail.trim_start_matches(blank);
        let number = (1..=3).contains(&digits) && tail.len() < behind.len();
        if number && head.ends_with(is_han) && rest.starts_with(is_han) {
            found.push(Span::new(head.len(), text.len() - rest.len()));
        }
    }
    found
}

/// Bytes that a page holds at the least.
const PAGE: usize = 900;

/// Lines that are a number and count upwards by one, at least three of them, a page of text between: page numbers. A
/// single number may be anything, and numbers close together are a table's.
fn page_numbers(folded: &[String], lines: &[Line]) -> Vec<bool> {
    let mut is_number = vec![false; folded.len()];
    let values: Vec<(usize, u32)> =
        folded.iter().enumerate().filter_map(|(i, line)| Some((i, bare_number(line)?))).collect();
    let mut run: Vec<(usize, u32)> = Vec::new();
    let mut mark = |run: &[(usize, u32)]| {
        let spread = run.first().zip(run.last()).map_or(0, |(a, b)| lines[b.0].span.start - lines[a.0].span.start);
        let even = run.windows(2).all(|w| lines[w[1].0].span.start - lines[w[0].0].span.start >= PAGE / 3);
        if run.len() >= 3 && even && spread >= PAGE * (run.len() - 1) {
            run.iter().for_each(|&(i, _)| is_number[i] = true);
        }
    };
    for &(i, value) in &values {
        match run.last() {
            Some(&(_, last)) if value == last + 1 || value == last + 2 => run.push((i, value)),
            Some(&(_, last)) if value == last => {}
            _ => {
                mark(&run);
                run = vec![(i, value)];
            }
        }
    }
    mark(&run);
    is_number
}

/// `12`, `—12—`, `·12·`, `(12)`: the number.
fn bare_number(line: &str) -> Option<u32> {
    let digits = line.trim_matches(['—', '·', '.', '(', ')', '|', '_', '~']);
    (!digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())?
}

/// Short lines that come again beside the page numbers: the heads of pages.
fn running_heads(folded: &[String], numbers: &[bool]) -> Vec<bool> {
    let pages = numbers.iter().filter(|&&n| n).count();
    if pages < 3 {
        return vec![false; folded.len()];
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for line in folded.iter().filter(|line| (4..=90).contains(&line.len())) {
        *seen.entry(line.as_str()).or_default() += 1;
    }
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    folded
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let beside = (i.saturating_sub(2)..(i + 3).min(numbers.len())).any(|j| numbers[j]);
            let again = beside && seen.get(line.as_str()).is_some_and(|&n| n >= 3 && n * 2 >= pages) && !numbers[i];
            // The first one may be the title itself.
            let kept = *first.entry(line.as_str()).or_insert(i) == i;
            again && !kept
        })
        .collect()
}

/// Does a line begin with the mark of a heading or list item, or as a paragraph of a speech does?
pub fn starts_block(line: &str) -> bool {
    let mut chars = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = chars.next() else { return false };
    if is_cell(line) {
        return true;
    }
    if matches!(first, '—' | '–' | '★' | '●' | '■' | '◆' | '▲' | '①'..='⑳' | '㈠'..='㈩' | '⑴'..='⒇')
    {
        return true;
    }
    let head: String = line.chars().filter(|c| !c.is_whitespace()).take(12).collect();
    // A new paragraph of the speech, and not the end of a clause (…，各位代表).
    if ["各位代表", "各位委员", "同志们"].iter().any(|word| head.starts_with(word)) {
        return true;
    }
    numbered(&head)
}

/// `12<tab>text`: the row of a table.
fn is_cell(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < line.len() && rest.starts_with(['\t', '\u{3000}'])
}

const NUMERALS: &str = "一二三四五六七八九十百";

/// 一、 （一） 1. 1、 (1) 第一， 第一部分 一是.
fn numbered(head: &str) -> bool {
    let inner = head.trim_start_matches(['（', '(', '【', '[', '〔']);
    let bracketed = inner.len() < head.len();
    let numeral = inner.trim_start_matches('第');
    let ordinal = numeral.len() < inner.len();
    let chinese = numeral.trim_start_matches(|c| NUMERALS.contains(c));
    let arabic = numeral.trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let (rest, is_chinese) = if chinese.len() < numeral.len() { (chinese, true) } else { (arabic, false) };
    if rest.len() == numeral.len() {
        return false;
    }
    let Some(next) = rest.chars().next() else { return false };
    if bracketed {
        return matches!(next, '）' | ')' | '】' | ']' | '〕');
    }
    match next {
        // 一、二、三产业 and 二、三产业 count members.
        '、' => !(is_chinese && rest.chars().nth(1).is_some_and(|c| NUMERALS.contains(c)) && counts_members(rest)),
        '，' | ',' | '：' => ordinal,
        '是' | '要' => is_chinese && !ordinal,
        '部' | '章' | '节' => ordinal,
        // 1. and 1． but not 1.5
        '.' | '．' | ')' | '）' => {
            !is_chinese && rest.chars().nth(1).is_some_and(|c| is_han(c) || matches!(c, '“' | '"' | '《'))
        }
        _ => false,
    }
}

/// 、三产业, 、二、三产业: does a list of numerals end with what it counts?
fn counts_members(rest: &str) -> bool {
    let behind = rest.trim_start_matches(|c| c == '、' || NUMERALS.contains(c));
    behind.starts_with(['产', '次', '期', '级', '类', '线', '批'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_inside_sentences() {
        let text = "产业结— 12 —构调整——7——加快，2015—20年，第—3—2期，——8个";
        let found: Vec<&str> = inside_sentences(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, ["— 12 —", "——7——"]);
    }

    #[test]
    fn blocks_begin_with_numbers_and_dashes() {
        for line in [
            "一、工作回顾",
            "（二）狠抓落实",
            "3.加快重点项目",
            "——经济发展稳中有进",
            "第一，保增长",
            "一是稳",
            "(3)建成",
            "各位代表！",
        ] {
            assert!(starts_block(line), "{line}");
        }
        for line in ["1.5万亩", "十二五期间", "2023年", "三农工作", "一年来", "一、二、三产业比重", "二、三产业增加值"]
        {
            assert!(!starts_block(line), "{line}");
        }
    }
}
