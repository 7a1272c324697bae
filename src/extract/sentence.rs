//! A section's text as sentences.

use crate::text::{Span, ideographs};

/// One sentence, its stop included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the clean text.
    pub span: Span,
    /// Is it the first of its paragraph?
    pub opens_paragraph: bool,
}

/// The sentences of a part of the text, in order: they end at 。！？ (and closing quotes behind) or at the line's end.
pub fn sentences(text: &str, part: Span) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut start = part.start;
    let mut opens_paragraph = true;
    let mut end = part.start;
    while end < part.end {
        end += ideographs(&text[end..part.end]);
        let Some(c) = text[end..part.end].chars().next() else { break };
        end += c.len_utf8();
        let line_end = c == '\n';
        if !line_end && !matches!(c, '。' | '！' | '？' | '!' | '?') {
            continue;
        }
        let rest = &text[end..part.end];
        // 产量达到?2.5万吨: a mark before a number stands for something lost, and asks nothing.
        if matches!(c, '？' | '?') && rest.starts_with(|next: char| next.is_ascii_digit()) {
            continue;
        }
        end = part.end - rest.trim_start_matches(['”', '’', '）', ')', '」']).len();
        push(text, Span::new(start, end), opens_paragraph, &mut found);
        start = end;
        opens_paragraph = line_end;
    }
    push(text, Span::new(start, part.end.max(start)), opens_paragraph, &mut found);
    found
}

fn push(text: &str, span: Span, opens_paragraph: bool, found: &mut Vec<Sentence>) {
    let body = span.of(text);
    let trimmed = body.trim();
    if trimmed.is_empty() {
        return;
    }
    let start = span.start + (body.len() - body.trim_start().len());
    found.push(Sentence { span: Span::new(start, start + trimmed.len()), opens_paragraph });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_and_lines() {
        let text = "一、总量。增长5%！\n他说“好。”完了";
        let got: Vec<_> = sentences(text, Span::new(0, text.len()))
            .into_iter()
            .map(|s| (s.span.of(text), s.opens_paragraph))
            .collect();
        let damaged = "产量达到?2.5万吨。";
        assert_eq!(sentences(damaged, Span::new(0, damaged.len())).len(), 1);
        assert_eq!(got, vec![("一、总量。", true), ("增长5%！", false), ("他说“好。”", true), ("完了", false)]);
    }
}
