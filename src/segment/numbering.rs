//! Numbers of headings and list items: 一、 （一） 1. 1、 (1) ① 第一部分 第一，

use crate::numeral::below_hundred;
use crate::text::is_han;

/// How a number is written. The order is the usual order of levels, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// 第一部分, 第一章.
    Part,
    /// 一、
    Han,
    /// （一）
    HanBracket,
    /// 第一，
    Ordinal,
    /// 1. 1、
    Arabic,
    /// (1)
    ArabicBracket,
    /// ①
    Circled,
}

impl Scheme {
    pub fn name(self) -> &'static str {
        match self {
            Scheme::Part => "第一部分",
            Scheme::Han => "一、",
            Scheme::HanBracket => "（一）",
            Scheme::Ordinal => "第一，",
            Scheme::Arabic => "1.",
            Scheme::ArabicBracket => "(1)",
            Scheme::Circled => "①",
        }
    }
}

/// A number at the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    pub scheme: Scheme,
    pub value: u32,
    /// Bytes of the number as printed, brackets included, separator not: 一, (三), 2, 第一.
    pub printed: usize,
    /// Bytes of the number, its separator and the white space after it.
    pub len: usize,
}

/// Can a number begin with this character? A cheap test before [`parse`].
pub fn may_begin(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '第' | '（' | '(' | '0'..='9')
        || circled(c).is_some()
}

/// The number that the text begins with. `None` for what only looks like one: 第一产业, 一是, 1.5亿元, 一二三产业.
pub fn parse(text: &str) -> Option<Number> {
    let first = text.chars().next()?;
    let number = match first {
        '第' => ordinal(text),
        '（' | '(' => bracketed(text),
        '0'..='9' => arabic(text),
        _ => match circled(first) {
            Some(value) => {
                let printed = first.len_utf8();
                Some(Number {
                    scheme: Scheme::Circled,
                    value,
                    printed,
                    len: printed + separator(&text[printed..], true),
                })
            }
            None => han(text),
        },
    }?;
    let rest = &text[number.len..];
    let space = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() && c != '\n').len();
    Some(Number { len: number.len + space, ..number })
}

/// What follows the last numeral where numerals list members: 二、三产业, 一、二期, 一、二、三.
const MEMBERS: [char; 11] = ['、', '产', '期', '季', '级', '类', '线', '号', '次', '等', '批'];

/// 一、 and its variants (一．, 一. , 一 、).
fn han(text: &str) -> Option<Number> {
    let (value, printed) = below_hundred(text)?;
    let gap = blank(&text[printed..]);
    let rest = &text[printed + gap..];
    let mark = rest.chars().next().filter(|c| matches!(c, '、' | '．' | '.' | '，' | ',' | '：' | ':'))?;
    let after = &rest[mark.len_utf8()..];
    // 一、二、三产业 and 一、二期工程 count members; they number nothing.
    if mark == '、' && below_hundred(after).is_some_and(|(_, n)| after[n..].starts_with(MEMBERS)) {
        return None;
    }
    // 一，… is a word of speech more often than a number.
    if matches!(mark, '，' | ',') && gap == 0 && value > 1 && after.trim_start().is_empty() {
        return None;
    }
    Some(Number { scheme: Scheme::Han, value, printed, len: printed + gap + mark.len_utf8() })
}

/// （一） and (1).
fn bracketed(text: &str) -> Option<Number> {
    let open = text.chars().next()?.len_utf8();
    let inner = &text[open..];
    let gap = blank(inner);
    let (scheme, value, digits) = match below_hundred(&inner[gap..]) {
        Some((value, len)) => (Scheme::HanBracket, value, len),
        None => {
            let (value, len) = digits(&inner[gap..])?;
            (Scheme::ArabicBracket, value, len)
        }
    };
    let tail = gap + digits;
    let closing_gap = blank(&inner[tail..]);
    let close = inner[tail + closing_gap..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
    let printed = open + tail + closing_gap + close.len_utf8();
    Some(Number { scheme, value, printed, len: printed + separator(&text[printed..], false) })
}

/// 第一部分, 第一章, 第一，
fn ordinal(text: &str) -> Option<Number> {
    let start = '第'.len_utf8();
    let (value, numeral) = below_hundred(&text[start..])?;
    let printed = start + numeral;
    let rest = &text[printed..];
    for unit in ["部分", "章", "篇"] {
        if let Some(after) = rest.strip_prefix(unit) {
            let printed = printed + unit.len();
            let gap = separator(after, true);
            // Without a separator only where a short title is all that follows: 第一部分过去五年工作回顾.
            let title = after.chars().take(41).count() <= 40 && !after.contains(['。', '，', '；', '\n']);
            let stands_apart = gap > 0 || after.starts_with(char::is_whitespace) || title;
            return stands_apart.then_some(Number { scheme: Scheme::Part, value, printed, len: printed + gap });
        }
    }
    let mark = rest.chars().next().filter(|c| matches!(c, '，' | ',' | '、' | '：' | ':'))?;
    let after = &rest[mark.len_utf8()..];
    // 第一、二、三产业
    if mark == '、' && (below_hundred(after).is_some() || after.starts_with('第')) {
        return None;
    }
    Some(Number { scheme: Scheme::Ordinal, value, printed, len: printed + mark.len_utf8() })
}

/// 1. 1、 1． but not 1.5, 1、2号线, 12.05亿元.
fn arabic(text: &str) -> Option<Number> {
    let (value, printed) = digits(text)?;
    let gap = blank(&text[printed..]);
    let rest = &text[printed + gap..];
    let mark = rest.chars().next().filter(|c| matches!(c, '.' | '．' | '、' | ')' | '）'))?;
    if matches!(mark, ')' | '）') {
        let printed = printed + gap + mark.len_utf8();
        return Some(Number {
            scheme: Scheme::ArabicBracket,
            value,
            printed,
            len: printed + separator(&text[printed..], false),
        });
    }
    let after = &rest[mark.len_utf8()..];
    let next_digits = after.bytes().take_while(u8::is_ascii_digit).count();
    // A year may open a heading: 1.2023年…; any other digit is a decimal or a list of numbers.
    let year = next_digits == 4 && after[4..].starts_with('年');
    if next_digits > 0 && !year && !(mark == '．' && starts_with_count(&after[next_digits..])) {
        return None;
    }
    Some(Number { scheme: Scheme::Arabic, value, printed, len: printed + gap + mark.len_utf8() })
}

/// 3．10种有色金属: the full stop is no decimal point before a counted noun.
fn starts_with_count(after: &str) -> bool {
    after.chars().next().is_some_and(|c| is_han(c) && !matches!(c, '亿' | '万' | '千' | '百' | '元' | '吨'))
}

/// One to three digits with nothing but the number in them.
fn digits(text: &str) -> Option<(u32, usize)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if len == 0 || len > 3 {
        return None;
    }
    text[..len].parse().ok().filter(|v| *v > 0).map(|v| (v, len))
}

fn circled(c: char) -> Option<u32> {
    let code = c as u32;
    match c {
        '①'..='⑳' => Some(code - '①' as u32 + 1),
        '⑴'..='⒇' => Some(code - '⑴' as u32 + 1),
        '⒈'..='⒛' => Some(code - '⒈' as u32 + 1),
        '㈠'..='㈩' => Some(code - '㈠' as u32 + 1),
        '❶'..='❿' => Some(code - '❶' as u32 + 1),
        _ => None,
    }
}

/// A number of a note or list item, brackets of any kind included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoteNumber {
    /// Numbers of one list have one style.
    pub style: u8,
    pub value: u32,
    /// Bytes of the number, its separator and the white space after it.
    pub len: usize,
}

/// Style of [1], 【1】, 〔1〕.
pub const SQUARE: u8 = 50;

/// The number that a note or list item begins with: as [`parse`], or [1], 【1】, 〔1〕, ［1］, 〖1〗, 注1：.
pub fn note_number(text: &str) -> Option<NoteNumber> {
    if let Some(number) = parse(text) {
        return Some(NoteNumber { style: number.scheme as u8, value: number.value, len: number.len });
    }
    let body = text.strip_prefix('注').unwrap_or(text);
    let noted = text.len() - body.len();
    let first = body.chars().next()?;
    let (open, close) = match first {
        '[' | '［' | '【' | '〔' | '〖' => (first.len_utf8(), true),
        '0'..='9' if noted > 0 => (0, false),
        _ => return None,
    };
    let inner = &body[open..];
    let gap = blank(inner);
    let (value, len) = digits(&inner[gap..])?;
    let mut end = open + gap + len;
    end += blank(&body[end..]);
    let mark = body[end..].chars().next()?;
    let closes = if close {
        matches!(mark, ']' | '］' | '】' | '〕' | '〗')
    } else {
        matches!(mark, '：' | ':' | '、' | '.')
    };
    if !closes {
        return None;
    }
    end += mark.len_utf8();
    end += separator(&body[end..], true);
    Some(NoteNumber { style: SQUARE, value, len: noted + end + blank(&body[end..]) })
}

/// Bytes of white space (no line break) at the start.
fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_whitespace() && c != '\n').len()
}

/// Bytes of a separator after a number that needs none.
fn separator(text: &str, comma: bool) -> usize {
    let gap = blank(text);
    match text[gap..].chars().next() {
        Some(c @ ('、' | '．' | '.' | '：' | ':')) => gap + c.len_utf8(),
        Some(c @ ('，' | ',')) if comma => gap + c.len_utf8(),
        _ => gap,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Scheme, u32, &str, &str)> {
        parse(text).map(|n| (n.scheme, n.value, &text[..n.printed], &text[n.len..]))
    }

    #[test]
    fn numbers_of_every_scheme() {
        let cases = [
            ("一、经济", Scheme::Han, 1, "一", "经济"),
            ("十二、经济", Scheme::Han, 12, "十二", "经济"),
            ("三 、经济", Scheme::Han, 3, "三", "经济"),
            ("一、一体推进", Scheme::Han, 1, "一", "一体推进"),
            ("四、五年来", Scheme::Han, 4, "四", "五年来"),
            ("（三）经济", Scheme::HanBracket, 3, "（三）", "经济"),
            ("( 三 )、经济", Scheme::HanBracket, 3, "( 三 )", "经济"),
            ("1. 经济", Scheme::Arabic, 1, "1", "经济"),
            ("10．经济", Scheme::Arabic, 10, "10", "经济"),
            ("1、2023年经济", Scheme::Arabic, 1, "1", "2023年经济"),
            ("3．10种有色金属", Scheme::Arabic, 3, "3", "10种有色金属"),
            ("(2)经济", Scheme::ArabicBracket, 2, "(2)", "经济"),
            ("2）经济", Scheme::ArabicBracket, 2, "2）", "经济"),
            ("③经济", Scheme::Circled, 3, "③", "经济"),
            ("第一部分 经济", Scheme::Part, 1, "第一部分", "经济"),
            ("第二部分今后五年的任务", Scheme::Part, 2, "第二部分", "今后五年的任务"),
            ("第二，经济", Scheme::Ordinal, 2, "第二", "经济"),
            ("第十、经济", Scheme::Ordinal, 10, "第十", "经济"),
        ];
        for (text, scheme, value, printed, rest) in cases {
            assert_eq!(read(text), Some((scheme, value, printed, rest)), "{text}");
        }
    }

    #[test]
    fn numbers_of_notes() {
        for text in ["[3]术语", "【3】术语", "〔3〕术语", "［3］ 术语", "注3：术语", "[ 3 ]、术语"]
        {
            let number = note_number(text).unwrap();
            assert_eq!((number.style, number.value, &text[number.len..]), (SQUARE, 3, "术语"), "{text}");
        }
        assert_eq!(note_number("3.术语").map(|n| n.value), Some(3));
        assert_eq!(note_number("[2022]29号"), None);
        assert_eq!(note_number("[abc]"), None);
    }

    #[test]
    fn what_only_looks_like_a_number() {
        for text in [
            "第一产业增加值",
            "第一、二、三产业",
            "一是经济",
            "一、二、三产业结构",
            "12.05亿元",
            "1、2号线",
            "2023年",
            "1.5万亩",
            "（2023年）",
            "十分重视",
            "一二三产业融合",
            "第一部分产业已经完成升级，第二部分正在推进。",
            "",
            "（",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
