//! Marks that end a clause, in the form of the contract: the ASCII point that ends a sentence of Han text becomes 。, of
//! two stops that were typed in a row the stronger one stays, and none stands inside a figure's phrase.
//!
//! Sites that copy reports double their commas (，，增长15.2%), and converters take the per-mille sign apart (7.2%,。以内).

use crate::text::{AlignedText, Span, is_han};

/// Bring the marks that end clauses to the form of the contract. Expects text in the width of the contract.
pub fn normalise(text: AlignedText) -> AlignedText {
    let mut edits: Vec<(Span, &str)> = doubled(text.as_str());
    let points = points(text.as_str());
    if !points.is_empty() {
        edits.extend(points.into_iter().map(|span| (span, "。")));
        edits.sort_by_key(|(span, _)| *span);
    }
    text.edited(&edits)
}

/// How much a mark parts: of two in a row the one that parts more was meant.
fn weight(c: char) -> Option<u8> {
    match c {
        '、' => Some(1),
        '，' => Some(2),
        '；' => Some(3),
        '。' => Some(4),
        _ => None,
    }
}

/// What takes the second of two stops out, and the stops between a percentage and its bound. Three in a row are an
/// ellipsis, and stay.
fn doubled(text: &str) -> Vec<(Span, &'static str)> {
    let mut edits = Vec::new();
    let bytes = text.as_bytes();
    let mut done = 0;
    for at in memchr::memchr2_iter(0xE3, 0xEF, bytes) {
        // Only bytes that begin a character can be meant: inside one they never occur in UTF-8.
        let stop = |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).and_then(weight);
        if at < done {
            continue;
        }
        let Some(first) = stop(at) else { continue };
        let mut end = at + 3;
        let mut second = None;
        let mut count = 1;
        loop {
            let next = skip_blanks(bytes, end);
            let Some(weight) = stop(next) else { break };
            second = second.or(Some((next, weight)));
            count += 1;
            end = next + 3;
        }
        done = end;
        // 15.2%,，增幅: the half-width comma found no Han text beside it.
        if count == 1 && text[..at].ends_with(',') {
            edits.push((Span::new(at - 1, at), ""));
            continue;
        }
        let inside = text[..at].ends_with(['%', '‰']) && ["以内", "左右"].iter().any(|w| text[end..].starts_with(w));
        if inside && count <= 2 {
            edits.push((Span::new(at, end), ""));
        } else if let Some((next, weight)) = second.filter(|_| count == 2) {
            // The blank between goes with the mark that goes.
            edits.push((if weight > first { Span::new(at, next) } else { Span::new(at + 3, next + 3) }, ""));
        }
    }
    edits
}

fn skip_blanks(bytes: &[u8], at: usize) -> usize {
    at + bytes[at.min(bytes.len())..].iter().take_while(|b| **b == b' ').count()
}

/// Characters that a clause has at the least: a shorter word before a point is a number or a name (一.经济, 买买提.艾山).
const CLAUSE: usize = 6;
/// Points between Han text, and the share of full stops that they must reach, that make the point the text's own stop.
const HABIT: usize = 3;

/// The points that end a sentence: 是上年的3.3倍.全年…
fn points(text: &str) -> Vec<Span> {
    let mut sure = Vec::new();
    let mut likely = Vec::new();
    let bytes = text.as_bytes();
    let wide = memchr::memmem::find_iter(bytes, "．").map(|at| Span::new(at, at + 3));
    for span in memchr::memchr_iter(b'.', bytes).map(|at| Span::new(at, at + 1)).chain(wide) {
        let (head, tail) = (&text[..span.start], text[span.end..].trim_start_matches([' ', '\u{3000}']));
        let Some(last) = head.chars().next_back().filter(|c| is_han(*c) || matches!(c, '%' | '‰' | '”' | '》'))
        else {
            continue;
        };
        let at_end = tail.is_empty() || tail.starts_with('\n');
        if !at_end && !tail.starts_with(|c: char| is_han(c) || matches!(c, '“' | '《')) {
            continue;
        }
        let clause = clause_before(head);
        if clause.chars().count() < CLAUSE {
            continue;
        }
        let figure = clause.chars().rev().take(8).any(|c| c.is_ascii_digit());
        if at_end || figure || !is_han(last) {
            sure.push(span);
        } else if tail.chars().take_while(|c| is_han(*c)).take(CLAUSE).count() == CLAUSE {
            likely.push(span);
        }
    }
    let points = sure.len() + likely.len();
    if points >= HABIT && points * 4 >= memchr::memmem::find_iter(bytes, "。").count() {
        sure.append(&mut likely);
    }
    sure.sort_unstable();
    sure
}

/// What stands between the last mark and the end.
fn clause_before(head: &str) -> &str {
    let from = head.char_indices().rev().take(40).take_while(|(_, c)| !is_mark(*c)).last();
    &head[from.map_or(head.len(), |(at, _)| at)..]
}

fn is_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | '、' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_stand_once_and_in_full_width() {
        for (from, to) in [
            ("总值8亿元，，增长1%，；投资2亿元；；失业率2%。。改善", "总值8亿元，增长1%；投资2亿元；失业率2%。改善"),
            ("等等。。。。。。还有", "等等。。。。。。还有"),
            ("自然增长率控制在7.1%，。以内，；", "自然增长率控制在7.1%以内；"),
            ("增长15.1%,，增幅5.1%", "增长15.1%，增幅5.1%"),
            ("增长5%。以上成绩来之不易", "增长5%。以上成绩来之不易"),
            ("是上年的3.3倍.全年完成5.1亿元", "是上年的3.3倍。全年完成5.1亿元"),
            ("出生率达到96.5%.教育事业", "出生率达到96.5%。教育事业"),
            ("营造了良好的发展环境.\n四.教育", "营造了良好的发展环境。\n四.教育"),
            ("副主席阿力木江.买买提明同志", "副主席阿力木江.买买提明同志"),
            ("1.加快发展，2.5万亩，PM2.5浓度", "1.加快发展，2.5万亩，PM2.5浓度"),
        ] {
            assert_eq!(normalise(AlignedText::from_source(from.into())).as_str(), to);
        }
    }

    #[test]
    fn a_text_that_ends_its_sentences_with_points_is_believed() {
        let text = "经济实力明显增强.各项指标全面完成.社会事业全面进步.人民生活水平提高";
        assert_eq!(normalise(AlignedText::from_source(text.into())).as_str(), text.replace('.', "。"));
    }
}
