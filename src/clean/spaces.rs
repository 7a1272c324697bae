//! White space in the form of the contract: one paragraph a line, no spaces inside Han text or around numbers.
//!
//! Sources put spaces where none belong (around every number in text from PDF, between the letters of a spaced title,
//! anywhere in text of old pages), but also use them as separators: between the items of a line without punctuation,
//! between an office and a name. A space is removed unless it separates.

use crate::text::{AlignedText, Rewriter, Span, is_han};

/// Bring the white space of every line to the form of the contract. Line breaks stay; the end of a line is trimmed, its
/// beginning too.
pub fn normalise(text: AlignedText) -> AlignedText {
    let mut rewriter = Rewriter::new(&text);
    let numbers_split = splits_numbers(text.as_str());
    let mut start = 0;
    let mut blanks = Vec::new();
    for line in text.as_str().split_inclusive('\n') {
        normalise_line(line, start, numbers_split, &mut blanks, &mut rewriter);
        start += line.len();
    }
    rewriter.finish()
}

/// White space within a line.
pub fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\r' | '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200B}' | '\u{202F}' | '\u{205F}' | '\u{FEFF}'
    )
}

/// Does the source put spaces inside its numbers? Told by places that cannot be read otherwise: a decimal point between
/// spaces (2 . 26万), a year in two parts (2 016年).
fn splits_numbers(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    memchr::memchr_iter(b' ', bytes).any(|at| {
        if at == 0 || !digit(at - 1) {
            return false;
        }
        let point = bytes.get(at + 1) == Some(&b'.') && bytes.get(at + 2) == Some(&b' ') && digit(at + 3);
        let lone = at < 2 || !digit(at - 2);
        let year = lone
            && matches!(bytes[at - 1], b'1' | b'2')
            && matches!(bytes.get(at + 1), Some(b'0' | b'9'))
            && digit(at + 2)
            && digit(at + 3)
            && text.get(at + 4..).is_some_and(|rest| rest.starts_with('年'));
        point || year
    })
}

fn normalise_line(line: &str, start: usize, numbers_split: bool, blanks: &mut Vec<Span>, rewriter: &mut Rewriter<'_>) {
    find_blanks(line, blanks);
    if blanks.is_empty() {
        return;
    }
    let body = line.trim_end_matches('\n');
    for (index, blank) in blanks.iter().enumerate() {
        let at_edge = blank.start == 0 || blank.end == body.len();
        let separates = !at_edge && separates(body, *blank, neighbours(blanks, index, body.len()), numbers_split);
        let single = separates && &body[blank.start..blank.end] == " ";
        if single {
            continue;
        }
        rewriter.keep_to(start + blank.start);
        if separates {
            rewriter.replace_to(start + blank.end, " ");
        } else {
            rewriter.skip_to(start + blank.end);
        }
    }
}

/// Runs of white space in a line, its line break aside.
fn find_blanks(line: &str, blanks: &mut Vec<Span>) {
    blanks.clear();
    let bytes = line.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        let byte = bytes[i];
        // Ideographs and full-width forms need no closer look.
        if (0xE4..=0xEE).contains(&byte) {
            i += 3;
            continue;
        }
        if byte < 0x80 && byte > b' ' {
            i += 1;
            continue;
        }
        let Some(c) = line[i..].chars().next() else { break };
        let len = c.len_utf8();
        if is_blank(c) {
            match blanks.last_mut() {
                Some(last) if last.end == i => last.end = i + len,
                _ => blanks.push(Span::new(i, i + len)),
            }
        }
        i += len;
    }
}

/// Where the words beside a run of white space begin and end.
#[derive(Debug, Clone, Copy)]
struct Words {
    before: usize,
    after: usize,
}

fn neighbours(blanks: &[Span], index: usize, end: usize) -> Words {
    let before = index.checked_sub(1).map_or(0, |i| blanks[i].end);
    let after = blanks.get(index + 1).map_or(end, |b| b.start);
    Words { before, after }
}

fn separates(body: &str, blank: Span, words: Words, numbers_split: bool) -> bool {
    let before = &body[words.before..blank.start];
    let after = &body[blank.end..words.after];
    let (Some(left), Some(right)) = (before.chars().next_back(), after.chars().next()) else { return false };
    if left.is_ascii_graphic() && right.is_ascii_graphic() {
        let figures = |c: char| c.is_ascii_digit() || c == '.';
        let year =
            after.len() > 3 && after.as_bytes()[..3].iter().all(u8::is_ascii_digit) && after[3..].starts_with('年');
        if numbers_split && figures(left) && figures(right) && (year || after_han(&body[..blank.start])) {
            return false;
        }
        if matches!(right, '%' | '‰') && left.is_ascii_digit() || in_ratio(body, blank) {
            return false;
        }
        return !splits_number(body, before, after, words);
    }
    if is_punctuation(left) || is_punctuation(right) {
        return false;
    }
    if is_han(left) && is_han(right) {
        return separates_han(body, before, after, blank);
    }
    // A number or word beside Han text belongs to it (完成 367 亿元); a closed figure before a phrase does not
    // (★优良天数占比72% 空气质量持续好转).
    matches!(left, '%' | '‰') && han_prefix(after) > 1 && !near_sentence(body, blank)
}

/// Is this the blank beside a colon between two figures: 26: 32.5: 41.5, 3.6 : 48 : 48.4? A year behind the colon is none
/// of a ratio (附件1: 2015年).
fn in_ratio(body: &str, blank: Span) -> bool {
    let (ahead, behind) = (&body[..blank.start], body[blank.end..].trim_start_matches(is_blank));
    let (first, second) = match (ahead.strip_suffix(':'), behind.strip_prefix(':')) {
        (Some(first), None) => (first.trim_end_matches(is_blank), behind),
        (None, Some(second)) => (ahead, second.trim_start_matches(is_blank)),
        _ => return false,
    };
    let digits = second.bytes().take_while(u8::is_ascii_digit).count();
    let figure = first.trim_end_matches('%').ends_with(|c: char| c.is_ascii_digit());
    figure && digits > 0 && !second[digits..].starts_with('年')
}

/// Does Han text stand before the digits, points and spaces at the end?
fn after_han(text: &str) -> bool {
    let ahead = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || is_blank(c));
    ahead.chars().next_back().is_some_and(|c| is_han(c) || is_punctuation(c))
}

/// Is the space a slip inside a number: 12. 05亿, 1 2 3 亿? Only where Han text stands before the number, so that a list
/// number (1. 5个项目) and a row of figures are left alone.
fn splits_number(body: &str, before: &str, after: &str, words: Words) -> bool {
    let follows_han = |word: &str, at: usize| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        let ahead = if digits.is_empty() { body[..at].trim_end_matches(is_blank) } else { digits };
        ahead.chars().next_back().is_some_and(is_han)
    };
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let point_before = before.ends_with('.') && digit(before.chars().rev().nth(1)) && digit(after.chars().next());
    let point_after = after.starts_with('.') && digit(before.chars().next_back()) && digit(after.chars().nth(1));
    if point_before || point_after {
        return follows_han(before, words.before);
    }
    // Digits one by one: every word of the run a single digit, Han text on both sides.
    let lone = |word: &str| word.len() == 1 && digit(word.chars().next());
    let left_end = lone(before) || digit(before.chars().next_back()) && before.chars().rev().nth(1).is_some_and(is_han);
    let right_end = lone(after) || digit(after.chars().next()) && after.chars().nth(1).is_some_and(is_han);
    left_end && right_end && digits_stand_alone(body, words)
}

/// Do the single digits around end in Han text on both sides?
fn digits_stand_alone(body: &str, words: Words) -> bool {
    let spaced = |c: char| is_blank(c) || c.is_ascii_digit();
    let ahead = body[..words.before].trim_end_matches(spaced);
    let behind = body[words.after..].trim_start_matches(spaced);
    let opens = body[words.before..].starts_with(is_han) || ahead.ends_with(is_han);
    let closes = body[..words.after].ends_with(is_han) || behind.starts_with(is_han);
    let run = &body[ahead.len()..body.len() - behind.len()];
    opens && closes && run.split(is_blank).all(|word| word.len() <= 1 || !word.bytes().all(|b| b.is_ascii_digit()))
}

fn is_punctuation(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{3011}' | '\u{3014}'..='\u{301B}' | '“' | '”' | '‘' | '’' | '，' | '；' | '：' | '？' | '！'
        | '（' | '）' | '—' | '～' | '·' | '★')
}

/// Between two Han characters: a separator where both sides are phrases and the sentence around has no other
/// punctuation of its own; spaced single characters (政 府 工 作 报 告, 柴 哲) are one word.
fn separates_han(body: &str, before: &str, after: &str, blank: Span) -> bool {
    let left = han_suffix(before);
    let right = han_prefix(after);
    if left <= 1 && right <= 1 {
        return false;
    }
    let wide = blank.len() > 3 || body[blank.start..blank.end].contains('\u{3000}');
    if wide {
        return true;
    }
    // A name behind an office: 区长 柴哲, 区长 柴 哲; but 规 模 工 业 增加 值 and 投资总 额961亿元，增长… are words pulled apart.
    if right == 1 || left == 1 {
        let name = right == 1 && after.chars().count() == 1 && left > 1;
        return name && !in_sentence(body, blank) && !letters_apart(body, blank) && !figure_follows(body, blank);
    }
    !in_sentence(body, blank)
}

/// Does a clause with a comma or stop surround the place? Then a space inside it is a mistake of the source.
fn in_sentence(body: &str, blank: Span) -> bool {
    let (head, tail) = around(body, blank);
    has_stop(head) && has_stop(tail)
}

/// Is most of what stands around set letter by letter (规 模 工 业 增加 值 增 长)? Four lone letters on one side are more
/// than a name has.
fn letters_apart(body: &str, blank: Span) -> bool {
    let (head, tail) = around(body, blank);
    let lone = |word: &&str| word.chars().count() == 1 && word.starts_with(is_han);
    let before = head.rsplit(is_blank).skip(1).take(6).filter(lone).count();
    let after = tail.split(is_blank).take(6).filter(lone).count();
    before >= 4 || after >= 4
}

/// Does a figure stand behind the word that follows (总 额 961 亿元)? Behind a name nothing does, or the next name.
fn figure_follows(body: &str, blank: Span) -> bool {
    let rest = body[blank.end..].trim_start_matches(is_han).trim_start_matches(is_blank);
    rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Is there a comma or stop anywhere near?
fn near_sentence(body: &str, blank: Span) -> bool {
    let (head, tail) = around(body, blank);
    has_stop(head) || has_stop(tail)
}

fn has_stop(text: &str) -> bool {
    text.contains(['，', '。', '；', '、', ',', ';'])
}

/// Some forty characters on either side.
fn around(body: &str, blank: Span) -> (&str, &str) {
    let head = &body[floor(body, blank.start.saturating_sub(120))..blank.start];
    (head, &body[blank.end..floor(body, (blank.end + 120).min(body.len()))])
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn han_suffix(text: &str) -> usize {
    text.chars().rev().take_while(|c| is_han(*c)).take(3).count()
}

fn han_prefix(text: &str) -> usize {
    text.chars().take_while(|c| is_han(*c)).take(3).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_what_does_not_separate() {
        for (from, to) in [
            ("政 府 工 作 报 告", "政府工作报告"),
            ("区长 冯丽华", "区长 冯丽华"),
            ("全年完成 367 亿元，同比增长 6.5%；规上 306 亿元", "全年完成367亿元，同比增长6.5%；规上306亿元"),
            ("2023 年 6 月 16 日在长治市", "2023年6月16日在长治市"),
            ("★地区生产总值181.4亿元 增长2.1%", "★地区生产总值181.4亿元 增长2.1%"),
            ("加速转型升级 聚力改革创新", "加速转型升级 聚力改革创新"),
            (
                "人事制度改革，公务 员队伍培训工作得到加强，连续12年 较好地完成",
                "人事制度改革，公务员队伍培训工作得到加强，连续12年较好地完成",
            ),
            ("\u{3000}\u{3000}现在，我代表 \n", "现在，我代表\n"),
            ("幼儿园 、托育中心。 建成 GDP 增长", "幼儿园、托育中心。建成GDP增长"),
            ("人民政府区长\u{3000}\u{3000}张天喜", "人民政府区长 张天喜"),
            ("e map of China 2024", "e map of China 2024"),
            ("投资12. 05亿元，收入 1 2 3 亿元", "投资12.05亿元，收入123亿元"),
            ("1. 5个项目 10 20 30", "1. 5个项目10 20 30"),
            ("2 016年完成40.8 2亿元，新增2 . 26 万人，增长1 2.7 %", "2016年完成40.82亿元，新增2.26万人，增长12.7%"),
            ("增长12. 7%，见表 3 5 8.2", "增长12.7%，见表3 5 8.2"),
            ("结构为26: 32.5: 41.5，上年3.6 : 48 : 48.4", "结构为26:32.5:41.5，上年3.6:48:48.4"),
            ("附件1: 2015年实事", "附件1: 2015年实事"),
            ("7.5%，规 模 工 业 增加 值 增 长 8.2%，投 资", "7.5%，规模工业增加值增长8.2%，投资"),
            ("投资总 额 96 亿元，增长2%", "投资总额96亿元，增长2%"),
            ("区长 柴 哲", "区长 柴哲"),
        ] {
            assert_eq!(normalise(AlignedText::from_source(from.into())).as_str(), to);
        }
    }
}
