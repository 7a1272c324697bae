//! Terms that a report explains, whatever the numbering of the list: 1. 术语：定义, [1]“…”是指…, ① …, or no number.

use crate::model::{GlossaryEntry, Kind, Section};
use crate::segment::note_number;
use crate::segment::paragraph::{is_stop, paragraphs, sentences, trimmed};
use crate::text::Span;

/// Longest term, in characters.
const TERM_CHARS: usize = 60;

/// The entries of every glossary section, in order.
pub fn glossary(text: &str, sections: &[Section]) -> Vec<GlossaryEntry> {
    let mut found = Vec::new();
    for (index, section) in sections.iter().enumerate().filter(|(_, s)| s.kind == Kind::Glossary) {
        let from = section.heading_span.map_or(section.span.start, |h| h.end);
        for entry in entries(text, Span::new(from, section.span.end)) {
            let number = entry.number;
            found.extend(split(&entry.text).map(|(term, definition)| GlossaryEntry {
                section: index,
                number,
                term,
                definition,
                mention: None,
            }));
        }
    }
    found
}

/// An entry before its term is told from its definition.
struct Entry {
    number: Option<i32>,
    text: String,
}

/// The text of each entry, its number taken off, its paragraphs joined.
fn entries(text: &str, own: Span) -> Vec<Entry> {
    let lines: Vec<Span> = paragraphs(own.of(text)).into_iter().map(|p| p.shifted(own.start)).collect();
    let Some(style) = lines.iter().find_map(|l| note_number(l.of(text))).map(|n| n.style) else {
        return unnumbered(text, &lines);
    };
    let mut found: Vec<Entry> = Vec::new();
    let mut last = 0;
    for line in lines {
        for piece in pieces(text, line, style, &mut last) {
            match piece {
                Piece::Entry(number, span) => {
                    found.push(Entry { number: i32::try_from(number).ok(), text: span.of(text).to_owned() });
                }
                // What comes before the first number belongs to no entry.
                Piece::More(span) => {
                    if let Some(entry) = found.last_mut() {
                        entry.text.push_str(span.of(text));
                    }
                }
            }
        }
    }
    found
}

/// A part of a line: the beginning of an entry, or more of the one before.
enum Piece {
    Entry(u32, Span),
    More(Span),
}

/// Cut a line where the numbers of its style go on.
fn pieces(text: &str, line: Span, style: u8, last: &mut u32) -> Vec<Piece> {
    let mut starts: Vec<(usize, Option<(u32, usize)>)> = vec![(line.start, None)];
    let own = note_number(line.of(text)).filter(|n| n.style == style && follows(n.value, *last));
    if let Some(number) = own {
        *last = number.value;
        starts[0].1 = Some((number.value, line.start + number.len));
    }
    // A list that lost its line breaks goes on inside the line.
    for sentence in sentences(text, line).skip(1) {
        if let Some(number) = note_number(sentence.of(text)).filter(|n| n.style == style && n.value == *last + 1) {
            *last = number.value;
            starts.push((sentence.start, Some((number.value, sentence.start + number.len))));
        }
    }
    let ends: Vec<usize> = starts.iter().skip(1).map(|s| s.0).chain([line.end]).collect();
    starts
        .into_iter()
        .zip(ends)
        .map(|((start, body), end)| match body {
            Some((number, body)) => Piece::Entry(number, trimmed(text, Span::new(body.min(end), end))),
            None => Piece::More(trimmed(text, Span::new(start, end))),
        })
        .collect()
}

/// Numbers of a list go on by one; a few may be lost, and a list may begin anew.
fn follows(value: u32, last: u32) -> bool {
    value > last && value - last <= 4 || last == 0
}

/// A list without numbers: every line that has a term and a definition begins an entry.
fn unnumbered(text: &str, lines: &[Span]) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for line in lines {
        let inner = line.of(text);
        match found.last_mut() {
            Some(entry) if split(inner).is_none() => entry.text.push_str(inner),
            _ => found.push(Entry { number: None, text: inner.to_owned() }),
        }
    }
    found
}

/// Term and definition of an entry: before and after the first colon outside quotes, else before 是指, 指, 即.
fn split(entry: &str) -> Option<(String, String)> {
    let mut depth = 0i32;
    for (count, (at, c)) in entry.char_indices().enumerate() {
        if count > TERM_CHARS {
            break;
        }
        match c {
            '“' | '《' | '（' | '(' | '‘' => depth += 1,
            '”' | '》' | '）' | ')' | '’' => depth -= 1,
            '：' | ':' if depth <= 0 => return pair(&entry[..at], &entry[at + c.len_utf8()..]),
            _ if is_stop(c) && depth <= 0 => break,
            _ => {}
        }
    }
    let opening: usize = entry.char_indices().nth(TERM_CHARS).map_or(entry.len(), |(at, _)| at);
    for verb in
        ["，是指", ",是指", "是指", "，指", "，即", ",即", "主要指", "特指", "即指", "——", "指的是", "指", "是", "即"]
    {
        if let Some(at) = entry[..opening].find(verb) {
            let definition = entry[at..].trim_start_matches(['，', ',', '—']);
            return pair(&entry[..at], definition);
        }
    }
    None
}

fn pair(term: &str, definition: &str) -> Option<(String, String)> {
    let term = without_pages(term.trim());
    let definition = definition.trim();
    (!term.is_empty() && definition.chars().count() > 1).then(|| (term.to_owned(), definition.to_owned()))
}

/// The term without the pages that it stands on: “四上”企业（P2，P15）.
fn without_pages(term: &str) -> &str {
    let Some(open) = term.rfind(['（', '(']) else { return term };
    let inner = term[open..].trim_matches(|c| matches!(c, '（' | '(' | '）' | ')'));
    let pages =
        inner.strip_prefix(['P', 'p']).or_else(|| inner.strip_prefix("见")).or_else(|| inner.strip_prefix('第'));
    let is_pages = pages.is_some_and(|p| {
        p.chars().all(|c| c.is_ascii_digit() || "，,、 Pp第页行-—；".contains(c))
            && p.chars().any(|c| c.is_ascii_digit())
    });
    if is_pages { term[..open].trim_end() } else { term }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        entries(text, Span::new(0, text.len())).iter().filter_map(|e| split(&e.text)).collect()
    }

    fn terms(text: &str) -> Vec<String> {
        read(text).into_iter().map(|e| e.0).collect()
    }

    #[test]
    fn numbered_lists_of_every_style() {
        assert_eq!(
            terms("1. “煤八条”：一是巩固资源\n整合成果。\n2. 六大产业链：即绿色煤炭。"),
            ["“煤八条”", "六大产业链"]
        );
        assert_eq!(terms("[1]“减税降费”：“减税”指减免。\n[2]一村一品：是指以村为单位。"), ["“减税降费”", "一村一品"]);
        assert_eq!(terms("〔1〕两免一补：是指免费。\n〔2〕村医：指医生。"), ["两免一补", "村医"]);
        assert_eq!(terms("【1】甲：一。\n【2】乙：二。"), ["甲", "乙"]);
        assert_eq!(terms("①甲：一样。\n②乙：两样。"), ["甲", "乙"]);
        assert_eq!(terms("3．10种有色金属：铜、铅。\n4．两新：更新。"), ["10种有色金属", "两新"]);
    }

    #[test]
    fn definitions_on_the_next_line_or_in_running_text() {
        assert_eq!(read("[1]一降三减：\n火灾下降。\n[2]ESI：\n数据库。")[0], ("一降三减".into(), "火灾下降。".into()));
        assert_eq!(terms("1.甲：一样。2.乙：两样。3.丙：三样。"), ["甲", "乙", "丙"]);
    }

    #[test]
    fn terms_without_colon_and_with_pages() {
        assert_eq!(
            terms("1.“四上”企业（P2，P15）：统计称谓。\n2.海绵城市，是指城市像海绵。"),
            ["“四上”企业", "海绵城市"]
        );
        assert_eq!(terms("“三名工程”是指名医。\n“两园”即产业园。"), ["“三名工程”", "“两园”"]);
    }
}
