//! The livelihood projects that a government pledges for the year: numbered, 一是…二是…, one a line, or as many sentences as
//! are promised.

use crate::model::{Kind, Pledge, Section, Status};
use crate::numeral;
use crate::segment::note_number;
use crate::segment::paragraph::{is_stop, paragraphs, sentences, trimmed};
use crate::text::{Span, is_han};

/// Shortest item, in bytes.
const ITEM: usize = 12;
/// The same behind a circled number, which is no accident.
const SHORT_ITEM: usize = 6;

/// The items of every livelihood section that looks ahead, and of every list in another one whose lead-in promises as
/// many as there are, in order.
pub fn pledges(text: &str, sections: &[Section]) -> Vec<Pledge> {
    let mut found = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        let items = match (section.kind, section.period) {
            (Kind::Livelihood, Status::Target) => listed(text, section),
            (Kind::Tasks | Kind::Overview | Kind::Targets, Status::Target) => led_in(text, section),
            _ => Vec::new(),
        };
        found.extend(items.into_iter().map(|(number, span)| Pledge {
            section: index,
            span,
            number,
            text: span.of(text).replace('\n', ""),
        }));
    }
    without_summaries(found, sections)
}

/// The items of a livelihood section.
fn listed(text: &str, section: &Section) -> Vec<Item> {
    let from = section.heading_span.map_or(section.span.start, |h| h.end);
    let own = Span::new(from, section.span.end);
    let promised = counts_promised(&text[section.span.start..section.span.start + lead(text, section)]);
    let items = items(text, own);
    let close = |items: &[Item]| promised.iter().any(|n| n.abs_diff(items.len()) <= 2);
    if promised.is_empty() || close(&items) {
        return items;
    }
    // 办好12件实事 with six measures behind it lists the measures of a chapter.
    as_many(text, own, &promised)
}

/// The items of a list inside a section of something else: 今年办好以下十件实事：一、…；二、….
fn led_in(text: &str, section: &Section) -> Vec<Item> {
    /// Characters of a lead-in at most.
    const LEAD: usize = 60;
    let own = section.span.of(text);
    for (colon, mark) in own.char_indices().filter(|(_, c)| matches!(c, '：' | ':')) {
        let from = own[..colon].char_indices().rev().take(LEAD).take_while(|(_, c)| !is_stop(*c) && *c != '\n').last();
        let lead = &own[from.map_or(colon, |(at, _)| at)..colon];
        if !["实事", "民心工程", "民生工程", "惠民工程"].iter().any(|word| lead.contains(word)) {
            continue;
        }
        let promised = counts_promised(lead);
        let list = Span::new(section.span.start + colon + mark.len_utf8(), section.span.end);
        let items = items(text, list);
        if promised.contains(&items.len()) {
            return items;
        }
    }
    Vec::new()
}

/// Sentences, or members of one sentence, where there are exactly as many behind the lead-in as it promises.
fn as_many(text: &str, own: Span, promised: &[usize]) -> Vec<Item> {
    let lines = paragraphs(own.of(text)).into_iter().map(|p| p.shifted(own.start));
    let all: Vec<Span> = lines.flat_map(|line| sentences(text, line).collect::<Vec<_>>()).collect();
    let promises = |span: &Span| !counts_promised(span.of(text)).is_empty();
    let Some(lead) = all.iter().position(promises).or((!all.is_empty()).then_some(0)) else { return Vec::new() };
    for rest in [&all[lead + 1..], &all[..]] {
        if rest.len() > 2 && promised.contains(&rest.len()) {
            return rest.iter().map(|span| (None, item(text, *span))).collect();
        }
    }
    let inner = all[lead].of(text);
    let Some(at) = ["，即", "：", ":", "包括"].iter().filter_map(|w| inner.find(w).map(|at| at + w.len())).min()
    else {
        return Vec::new();
    };
    let mut from = all[lead].start + at;
    let mut members = Vec::new();
    for member in inner[at..].split_inclusive('、') {
        members.push((None, item(text, Span::new(from, from + member.len()))));
        from += member.len();
    }
    if promised.contains(&members.len()) { members } else { Vec::new() }
}

/// A list in the text that stands again in an annex, in full, is left out.
fn without_summaries(found: Vec<Pledge>, sections: &[Section]) -> Vec<Pledge> {
    let annexed: Vec<usize> = found
        .iter()
        .map(|p| p.section)
        .filter(|s| sections[*s].depth == 0)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    let count = |section: usize| found.iter().filter(|p| p.section == section).count();
    let full: Vec<usize> = annexed.iter().map(|s| count(*s)).collect();
    let keep: Vec<bool> =
        found.iter().map(|p| sections[p.section].depth == 0 || !full.contains(&count(p.section))).collect();
    let mut keep = keep.into_iter();
    found.into_iter().filter(|_| keep.next().unwrap_or(true)).collect()
}

/// Bytes of the lead-in of a section: its first line, at most 300 bytes, cut at a character.
fn lead(text: &str, section: &Section) -> usize {
    let own = section.span.of(text);
    let line = own.find('\n').unwrap_or(own.len());
    own.char_indices().map(|(i, c)| i + c.len_utf8()).take_while(|end| *end <= line.min(300)).last().unwrap_or(0)
}

/// The counts that the lead-in names, where it promises livelihood projects: 10件民生实事; 在办好省定12件民生实事的基础上，
/// 再新增3件.
fn counts_promised(lead: &str) -> Vec<usize> {
    const HAN: &str = "一二三四五六七八九十";
    if !["实事", "民生", "民心"].iter().any(|word| lead.contains(word)) {
        return Vec::new();
    }
    let mut counts = Vec::new();
    for (at, _) in lead.match_indices(['件', '项', '大']) {
        let digits: String = lead[..at].chars().rev().take_while(char::is_ascii_digit).collect();
        let numeral: Vec<char> = lead[..at].chars().rev().take_while(|c| HAN.contains(*c)).collect();
        match digits.chars().rev().collect::<String>().parse::<usize>() {
            Ok(value) => counts.push(value),
            Err(_) if numeral == ['十'] => counts.push(10),
            Err(_) if !lead[at..].starts_with('大') => {
                let numeral: String = numeral.iter().rev().collect();
                counts.extend(numeral::small(&numeral).and_then(|value| usize::try_from(value).ok()));
            }
            Err(_) => {}
        }
    }
    counts
}

/// An item: its number, where it has one, and where it stands.
type Item = (Option<i32>, Span);

/// Items with their numbers: by the first scheme that lists two or more.
fn items(text: &str, own: Span) -> Vec<Item> {
    let numbered = marked(text, own);
    if numbered.len() >= 2 {
        return numbered;
    }
    let lines: Vec<Span> = paragraphs(own.of(text)).into_iter().map(|p| p.shifted(own.start)).collect();
    let table = table(text, &lines);
    if table.len() >= 2 {
        return table;
    }
    let clauses = clauses(text, own);
    if clauses.len() >= 2 {
        return clauses;
    }
    let statements: Vec<_> = lines
        .iter()
        .filter(|l| l.len() >= ITEM && !l.of(text).ends_with(['：', ':']))
        .map(|l| (None, item(text, *l)))
        .collect();
    if statements.len() >= 3 { statements } else { Vec::new() }
}

/// Numbers at the start of a line, or after a stop, a semicolon or the lead-in's colon, that go on by one.
fn marked(text: &str, own: Span) -> Vec<Item> {
    let inner = own.of(text);
    let circled = item_number("①").map(|number| number.0);
    let mut starts: Vec<Start> = Vec::new();
    let mut boundary = true;
    for (i, c) in inner.char_indices() {
        // A circled number begins an item wherever it stands: lists lose what parted their items.
        let number = if boundary && !c.is_whitespace() || matches!(c, '①'..='⑳') {
            item_number(&inner[i..]).map(|(style, value, len)| (style, value, len, Sign::Number)).or_else(|| {
                let (len, value, sign) = unnumbered(&inner[i..])?;
                Some((circled?, value, len, sign))
            })
        } else {
            None
        };
        if let Some((style, value, len, sign)) = number {
            starts.push(Start { style, value, at: own.start + i, body: own.start + i + len, sign });
        }
        boundary = is_stop(c)
            || matches!(c, '\n' | '；' | ';' | '：' | ':' | '，' | ',' | '”')
            || boundary && c.is_whitespace();
    }
    // The style that begins with one and goes on the longest.
    let mut best: Vec<(u32, usize, usize)> = Vec::new();
    let mut styles: Vec<u8> = starts.iter().map(|s| s.style).collect();
    styles.sort_unstable();
    styles.dedup();
    for style in styles {
        let mut run: Vec<(u32, usize, usize)> = Vec::new();
        for &Start { value, at, body, ref sign, .. } in starts.iter().filter(|s| s.style == style) {
            let next = run.last().map_or(1, |r| r.0 + 1);
            // 城建10项：①…⑩…教育3项：①…电力1项：…: a list in groups begins anew.
            let of_group = text[at..].starts_with('①') || *sign == Sign::GroupOfOne;
            let anew = value == 1 && run.len() > 1 && of_group;
            let value = match sign {
                Sign::Lost if next > LAST_OF_GB2312 => next,
                Sign::Lost => continue,
                _ => value,
            };
            if value == next || value == next + 1 && !run.is_empty() || anew {
                run.push((value, at, body));
            }
        }
        if run.len() > best.len() {
            best = run;
        }
    }
    let ends: Vec<usize> = best.iter().skip(1).map(|s| s.1).chain([own.end]).collect();
    let circles = best.first().is_some_and(|s| text[s.1..].starts_with('①'));
    let last = best.len().saturating_sub(1);
    // Items of several lines: the last one has several, too.
    let lines = best.windows(2).filter(|w| text[w[0].2..w[1].1].trim_end().contains('\n')).count() * 2 > best.len();
    let several = |span: &str| span.trim_end().trim_end_matches('。').contains('。');
    let long = best.windows(2).filter(|w| several(&text[w[0].2..w[1].1])).count() * 2 > best.len();
    best.iter()
        .zip(ends)
        .enumerate()
        .map(|(i, (&(value, _, body), end))| {
            let inner = &text[body..end];
            let group_ends = best.get(i + 1).is_some_and(|next| next.0 == 1);
            // The last item ends with its line, and with its sentence where the others have one: what follows is none.
            let line = inner.find('\n').filter(|_| i == last && !lines);
            let sentence = inner.find('。').filter(|_| group_ends || i == last && !lines && !long);
            let end = body + line.unwrap_or(inner.len()).min(sentence.map_or(inner.len(), |s| s + '。'.len_utf8()));
            (i32::try_from(value).ok(), item(text, Span::new(body, end)))
        })
        .filter(|(_, span)| span.len() >= if circles { SHORT_ITEM } else { ITEM })
        .collect()
}

/// Where an item begins.
struct Start {
    style: u8,
    value: u32,
    at: usize,
    body: usize,
    sign: Sign,
}

/// What an item begins with.
#[derive(PartialEq, Eq)]
enum Sign {
    Number,
    /// A question mark where a number was that the charset does not have.
    Lost,
    /// 电力工程1项：, and its one item has no number.
    GroupOfOne,
}

/// The last circled number that GB 2312 has: the next ones come out of it as question marks.
const LAST_OF_GB2312: u32 = 10;

/// The beginning of an item in a list of circled numbers that has no number: length, value, and what it is.
fn unnumbered(text: &str) -> Option<(usize, u32, Sign)> {
    /// Characters of a group's name and count.
    const NAME: usize = 12;
    if let Some(item) = text.strip_prefix(['？', '?']) {
        return item.starts_with(is_han).then_some((text.len() - item.len(), 0, Sign::Lost));
    }
    let colon = text.char_indices().take(NAME).find(|(_, c)| !is_han(*c) && !c.is_ascii_digit())?;
    let group = &text[..colon.0];
    let name = ["1项", "1件", "一项", "一件"].iter().find_map(|count| group.strip_suffix(count));
    // 第一项 and 二十一项 count otherwise.
    let counts_one = name.is_some_and(|name| {
        name.chars().count() > 1 && name.chars().all(is_han) && !name.ends_with(['十', '第', '每'])
    });
    let body = colon.0 + colon.1.len_utf8();
    let item = matches!(colon.1, '：' | ':') && counts_one && !matches!(text[body..].chars().next(), Some('①'..='⑳'));
    item.then_some((body, 1, Sign::GroupOfOne))
}

/// A number of an item: style, value, length. 一是, 一要, 第一件，, 1., (1), ①, 第一.
fn item_number(text: &str) -> Option<(u8, u32, usize)> {
    /// Each with a style of its own, above those of headings.
    const ENUMERATIONS: [&str; 2] = ["是", "要"];
    const ORDINALS: [&str; 3] = ["件", "项", "个"];
    const FIRST_STYLE: u8 = 100;
    const HAN: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let ordinal = text.strip_prefix('第');
    if let (None, Some(number)) = (ordinal, note_number(text)) {
        return Some((number.style, number.value, number.len));
    }
    let whole = text;
    let text = ordinal.unwrap_or(text);
    let head: Vec<char> = text.chars().take(4).collect();
    let numeral: String = head.iter().take_while(|c| HAN.contains(c)).collect();
    let value = match numeral.chars().filter_map(|c| HAN.iter().position(|h| *h == c)).collect::<Vec<_>>()[..] {
        [a] => a as u32 + 1,
        [9, b] if b < 9 => 11 + b as u32,
        [a, 9] if a < 9 => (a as u32 + 1) * 10,
        [a, 9, b] if a < 9 && b < 9 => (a as u32 + 1) * 10 + b as u32 + 1,
        _ => 0,
    };
    let rest = &text[numeral.len()..];
    let words = if ordinal.is_some() { &ORDINALS[..] } else { &ENUMERATIONS[..] };
    let style = |at: usize| FIRST_STYLE + u8::try_from(at).unwrap_or(0) + if ordinal.is_some() { 10 } else { 0 };
    let found = words.iter().enumerate().filter(|_| value > 0).find_map(|(at, word)| {
        let behind = rest.strip_prefix(word)?;
        // 第一件，新建…; but 第一项工程 counts no item.
        let mark =
            behind.chars().next().filter(|c| matches!(c, '，' | '、' | '：' | ':' | ',')).map_or(0, char::len_utf8);
        (ordinal.is_none() || mark > 0).then_some((style(at), value, whole.len() - behind.len() + mark))
    });
    found.or_else(|| note_number(whole).map(|number| (number.style, number.value, number.len)))
}

/// A table that was read line by line: a number alone on its line, the item on the next.
fn table(text: &str, lines: &[Span]) -> Vec<Item> {
    let mut found: Vec<Item> = Vec::new();
    for pair in lines.windows(2) {
        let value: Option<i32> = pair[0].of(text).parse().ok();
        let next = found.last().and_then(|f| f.0).map_or(1, |n| n + 1);
        if value == Some(next) && pair[1].len() >= ITEM {
            found.push((value, pair[1]));
        }
    }
    found
}

/// Clauses with semicolons behind the colon of a lead-in.
fn clauses(text: &str, own: Span) -> Vec<Item> {
    let inner = own.of(text);
    let Some(colon) = inner.find(['：', ':']) else { return Vec::new() };
    let start = colon + inner[colon..].chars().next().map_or(0, char::len_utf8);
    let end = inner[start..].find(['。', '\n']).map_or(inner.len(), |i| start + i);
    let list = &inner[start..end];
    let mut at = own.start + start;
    let mut found = Vec::new();
    for clause in list.split_inclusive(['；', ';']) {
        found.push((None, item(text, Span::new(at, at + clause.len()))));
        at += clause.len();
    }
    found.retain(|f| f.1.len() >= ITEM);
    found
}

/// The item without white space and separators at its ends.
fn item(text: &str, span: Span) -> Span {
    let span = trimmed(text, span);
    let bullets = |c: char| c.is_whitespace() || matches!(c, '—' | '–' | '-' | '●' | '•' | '·' | '■' | '◆' | '▲' | '★');
    let span = Span::new(span.end - span.of(text).trim_start_matches(bullets).len(), span.end);
    let separators = ['；', ';', '，', ',', '、'];
    let inner = span.of(text).trim_end_matches(separators).trim_end();
    // The end of a list that names only some.
    let inner = inner.strip_suffix("等等").filter(|i| i.ends_with(separators)).unwrap_or(inner);
    let inner = inner.trim_end_matches(separators);
    Span::new(span.start, span.start + inner.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Option<i32>, &str)> {
        items(text, Span::new(0, text.len())).into_iter().map(|(n, s)| (n, s.of(text))).collect()
    }

    #[test]
    fn items_of_every_scheme() {
        let first = (Some(1), "推动医院投入使用");
        let second = (Some(2), "建成海亮学校。");
        assert_eq!(read("一是推动医院投入使用；二是建成海亮学校。"), [first, second]);
        assert_eq!(read("办好10件实事：(1)推动医院投入使用；(2)建成海亮学校。"), [first, second]);
        assert_eq!(read("1.推动医院投入使用；\n2.建成海亮学校。\n各位代表！"), [first, second]);
        assert_eq!(read("一、推动医院投入使用；\n二、建成海亮学校。"), [first, second]);
        assert_eq!(read("1\n推动医院投入使用\n区卫健局\n2\n建成海亮学校。\n教育局"), [first, second]);
    }

    #[test]
    fn circled_numbers_need_no_stop_before_them() {
        let list = read("年内完成3项民生工程：①东大街建设②复兴路改造③天然气");
        assert_eq!(list, [(Some(1), "东大街建设"), (Some(2), "复兴路改造"), (Some(3), "天然气")]);
        let groups = read("城建工程2项：①东大街建设②复兴路改造。教育工程2项：①新建中学②新建小学。以上工程年内完成。");
        assert_eq!(
            groups,
            [(Some(1), "东大街建设"), (Some(2), "复兴路改造。"), (Some(1), "新建中学"), (Some(2), "新建小学。")]
        );
    }

    #[test]
    fn a_group_of_one_has_no_number_and_numbers_that_a_charset_lacks_are_question_marks() {
        let groups = read(
            "道路工程2项：①东大街建设②复兴路改造。供电工程1项：新建变电站一座。饮水工程1项：打机井两眼。年内完成。",
        );
        assert_eq!(
            groups,
            [
                (Some(1), "东大街建设"),
                (Some(2), "复兴路改造。"),
                (Some(1), "新建变电站一座。"),
                (Some(1), "打机井两眼。")
            ]
        );
        let numbers: String = ('①'..='⑩').map(|number| format!("{number}修一条路。")).collect();
        let lost = numbers + "？建一所学校。？修一座大桥。";
        let list = read(&lost);
        assert_eq!(list.len(), 12);
        assert_eq!(list[10..], [(Some(11), "建一所学校。"), (Some(12), "修一座大桥。")]);
        // A question is none.
        let asked = read("①修一条路。②建一所学校。？为什么建？");
        assert_eq!(asked.len(), 2);
    }

    #[test]
    fn the_lead_in_says_how_many() {
        assert_eq!(counts_promised("集中力量办好10件民生实事："), [10]);
        assert_eq!(counts_promised("在办好省定12件民生实事的基础上，再新增3件："), [12, 3]);
        assert_eq!(counts_promised("倾力抓好十项民心工程"), [10]);
        assert!(counts_promised("重点抓好三件大事").is_empty());
    }

    fn of_section(kind: Kind, text: &str) -> Vec<(Option<i32>, String)> {
        let section = crate::segment::plain(Span::new(0, text.len()), kind, Status::Target, Some(2024));
        pledges(text, &[section]).into_iter().map(|p| (p.number, p.text)).collect()
    }

    #[test]
    fn lists_of_other_enumerations() {
        let second = |text: &str| of_section(Kind::Livelihood, text)[1].clone();
        assert_eq!(
            second("办好3件民生实事。一要修路十公里；二要建一所学校；三要改造小区。"),
            (Some(2), "建一所学校".into())
        );
        assert_eq!(second("办好民生实事。第一件，修路十公里；第二件，建一所学校。"), (Some(2), "建一所学校。".into()));
        assert_eq!(
            second("办好民生实事。\n第一项：修路十公里。\n第二项：建一所学校。"),
            (Some(2), "建一所学校。".into())
        );
        assert_eq!(second("办好实事：\n——修路十公里。\n——建一所学校。\n——改造小区。"), (None, "建一所学校。".into()));
    }

    #[test]
    fn as_many_sentences_as_are_promised_are_items() {
        let three = of_section(Kind::Livelihood, "今年办好三件民生实事。修路十公里。建一所学校。改造小区五个。");
        assert_eq!(three.len(), 3);
        assert_eq!(three[2], (None, "改造小区五个。".into()));
        assert!(of_section(Kind::Livelihood, "今年办好9件民生实事。修路十公里。建一所学校。改造小区。").is_empty());
        let members =
            of_section(Kind::Livelihood, "办好4件民生实事，即修路十公里、建一所学校、改造小区五个、提高低保标准。");
        assert_eq!(members.len(), 4);
    }

    #[test]
    fn a_list_inside_another_section_keeps_its_promise() {
        let told = "持续改善民生。今年办好以下三件实事：一、修路十公里；二、建一所学校；三、改造小区。";
        assert_eq!(of_section(Kind::Tasks, told).len(), 3);
        let other = "持续改善民生。今年办好以下九件实事：一、修路十公里；二、建一所学校；三、改造小区。";
        assert!(of_section(Kind::Tasks, other).is_empty());
        let review = "办好三件实事：一、修路十公里；二、建一所学校；三、改造小区。";
        assert!(of_section(Kind::Review, review).is_empty());
    }

    #[test]
    fn items_without_numbers() {
        let items = [(None, "提高养老金标准"), (None, "新建口袋公园")];
        assert_eq!(read("再新增两件：提高养老金标准；新建口袋公园，为群众解难题。")[0], items[0]);
        assert_eq!(read("推动医院投入使用。\n建成海亮学校。\n新建口袋公园。").len(), 3);
        assert!(read("我们将认真办好民生实事。").is_empty());
    }
}
