//! What stands inside brackets and quotation marks: no verb and no comma in there counts.

use crate::text::{Span, ideographs};

/// Spans of the outermost matched pairs in one sentence, marks included. A mark without its partner is no bracket, so
/// that a lost closing mark does not swallow the rest.
#[derive(Debug, Default)]
pub(super) struct Brackets(Vec<Span>);

fn closing(open: char) -> Option<char> {
    Some(match open {
        '（' => '）',
        '(' => ')',
        '“' => '”',
        '‘' => '’',
        '《' => '》',
        '〔' => '〕',
        '[' => ']',
        '【' => '】',
        '「' => '」',
        '『' => '』',
        '〈' => '〉',
        _ => return None,
    })
}

impl Brackets {
    /// The pairs of `text[sentence]`; positions are of `text`.
    pub fn of(text: &str, sentence: Span) -> Self {
        let mut spans: Vec<Span> = Vec::new();
        let mut open: Vec<(char, usize)> = Vec::new();
        let mut next = sentence.start;
        while next < sentence.end {
            let at = next + ideographs(&text[next..sentence.end]);
            let Some(c) = text[at..sentence.end].chars().next() else { break };
            next = at + c.len_utf8();
            if let Some(close) = closing(c) {
                open.push((close, at));
            } else if let Some(i) = open.iter().rposition(|(close, _)| *close == c) {
                let start = open[i].1;
                open.truncate(i);
                while spans.last().is_some_and(|s| s.start >= start) {
                    spans.pop();
                }
                spans.push(Span::new(start, next));
            }
        }
        Self(spans)
    }

    /// Does byte `at` stand inside a pair (its opening mark included)?
    pub fn contain(&self, at: usize) -> bool {
        let i = self.0.partition_point(|s| s.end <= at);
        self.0.get(i).is_some_and(|s| s.start <= at)
    }
}
