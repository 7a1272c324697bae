//! Quotation marks that a converter turned into pairs of semicolons: ;;五水共治;; for “五水共治”; and the dash that opens a
//! paragraph, which is two marks: ;;;;质量效益提高 for ——质量效益提高.
//!
//! Left alone they are stops, and cut the sentence that they stand in. A pair is believed where it holds a name: short,
//! without a comma or a figure with its unit; doubled semicolons between clauses (增长5%;;投资增长8%;;) hold neither.

use crate::text::{Span, is_han};

/// Characters that a quoted name has at the most.
const LONGEST: usize = 20;

/// The marks of all pairs, and the dashes, in ascending order, with what each stands for.
pub fn quotes(text: &str) -> Vec<(Span, &'static str)> {
    let mut found: Vec<(Span, &'static str)> = dashes(text).map(|span| (span, "——")).collect();
    let dashes = found.len();
    let mut open: Option<Span> = None;
    for mark in marks(text) {
        match open.take() {
            Some(from) if is_name(&text[from.end..mark.start]) => {
                found.extend([(from, "“"), (mark, "”")]);
            }
            _ => open = Some(mark),
        }
    }
    if dashes > 0 {
        found.sort_by_key(|(span, _)| *span);
    }
    found
}

/// Exactly four semicolons that open a line, Han text behind them.
fn dashes(text: &str) -> impl Iterator<Item = Span> + '_ {
    let begins = |at: usize| text[..at].trim_end_matches([' ', '\u{3000}', '\u{a0}', '\t']).ends_with(['\n', '\r']);
    memchr::memmem::find_iter(text.as_bytes(), ";;;;")
        .map(|at| Span::new(at, at + 4))
        .filter(move |span| (span.start == 0 || begins(span.start)) && text[span.end..].starts_with(is_han))
}

/// Exactly two semicolons in a row, of one width.
fn marks(text: &str) -> impl Iterator<Item = Span> + '_ {
    let bytes = text.as_bytes();
    let two = |word: &'static str| {
        memchr::memmem::find_iter(bytes, word).filter_map(move |at| {
            let end = at + word.len();
            let one = &word[..word.len() / 2];
            (!text[..at].ends_with(one) && !text[end..].starts_with(one)).then(|| Span::new(at, end))
        })
    };
    let mut all: Vec<Span> = two(";;").chain(two("；；")).collect();
    all.sort_unstable();
    all.into_iter()
}

/// Is this what a quotation may hold: a name, perhaps broken over two lines?
fn is_name(inner: &str) -> bool {
    let mut chars = 0;
    let mut last_digit = false;
    for c in inner.trim_end_matches(['\r', '\n']).chars() {
        let unit = matches!(c, '%' | '％' | '‰' | '亿' | '万' | '元' | '亩' | '吨');
        if matches!(c, '，' | ',' | '。' | '；' | ';' | '：' | ':' | '！' | '“' | '”') || unit && last_digit {
            return false;
        }
        last_digit = c.is_ascii_digit();
        chars += usize::from(!c.is_whitespace());
    }
    (1..=LONGEST).contains(&chars) && !inner.starts_with(char::is_whitespace) && inner.matches('\n').count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut mended = text.to_owned();
        for (span, mark) in quotes(text).into_iter().rev() {
            mended.replace_range(span.start..span.end, mark);
        }
        mended
    }

    #[test]
    fn a_pair_around_a_name_is_a_quotation() {
        assert_eq!(mended(";;五水共治;;扎实推进,打好;;三大\n攻坚战;;,"), "“五水共治”扎实推进,打好“三大\n攻坚战”,");
        assert_eq!(mended("着力培育;;4+3+N;;产业集群"), "着力培育“4+3+N”产业集群");
    }

    #[test]
    fn four_at_the_head_of_a_line_are_a_dash() {
        assert_eq!(mended("回顾\n　　;;;;质量效益提高。\n;;;;生态改善"), "回顾\n　　——质量效益提高。\n——生态改善");
        for text in ["增长5%;;;;投资", "\n;;;;;五个", "\n;;;;100", "\n；；；；投资"] {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn doubled_stops_are_none() {
        let text = "生产总值增长5%;;投资增长8%;;消费增长9%;;改善民生,办好实事;;完成税收";
        assert_eq!(mended(text), text);
    }
}
