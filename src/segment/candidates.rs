//! Places where a heading may stand: numbered ones, and unnumbered titles of the report's parts.

use super::numbering::{self, Number, Scheme};
use super::paragraph::{folded, is_stop, opening, sentences, trimmed};
use super::rules::SegmentRules;
use super::seam;
use crate::model::Kind;
use crate::text::{Span, ideographs, is_han};

/// How a heading stands to the text after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// A line of its own.
    OwnLine,
    /// A line of its own that is a whole sentence with a stop: heading or list item, the siblings decide.
    OwnSentence,
    /// The first sentence of its paragraph.
    FirstSentence,
    /// The words before a colon.
    Colon,
    /// Run into the text without punctuation.
    Seam,
}

/// A number, and what would be its heading.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Where the section would begin.
    pub at: usize,
    pub scheme: Scheme,
    pub value: u32,
    /// The number as printed.
    pub printed: Span,
    pub heading: Span,
    pub joint: Joint,
    /// Does the number open its line?
    pub at_line_start: bool,
    /// Is the text after the number a name rather than a statement with figures?
    pub name_like: bool,
    /// What its words tell of its rank.
    pub rank: Rank,
}

/// What the words of a heading tell of its rank, whatever its number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// It names a period and its work: 2010年工作回顾, 今后五年的奋斗目标. It is a part of the report.
    Part,
    /// What a last part is often called, but a chapter, too: 加强政府自身建设, 全面完成各项工作任务.
    PartLike,
    Open,
}

/// Longest heading that is believed, in characters.
const HEADING_CHARS: usize = 90;
/// A longer first sentence is looked through for a seam.
const SEAM_CHARS: usize = 48;
/// Longest heading that stands on its own line.
const LINE_CHARS: usize = 70;
/// A paragraph of more bytes than this may hold headings inside: a report that lost its line breaks.
const LONG_PARAGRAPH: usize = 360;

/// Numbered candidates in reading order.
pub fn numbered(text: &str, paragraphs: &[Span], rules: &SegmentRules) -> Vec<Candidate> {
    let mut found = Vec::new();
    for paragraph in paragraphs {
        let inner = paragraph.of(text);
        if inner.chars().next().is_some_and(numbering::may_begin)
            && let Some(number) = numbering::parse(inner)
        {
            found.extend(candidate(text, paragraph.start, *paragraph, number, true, rules));
        }
        if paragraph.len() > LONG_PARAGRAPH || inner.contains("、2") {
            inside(text, *paragraph, rules, &mut found);
        }
    }
    // A number inside the heading before it is a word of that heading.
    let mut end = 0;
    found.retain(|c| {
        let apart = c.at >= end;
        if apart {
            end = c.heading.end;
        }
        apart
    });
    found
}

/// Candidates after a sentence end or a lead-in's colon inside a long paragraph, and lost parts in any.
fn inside(text: &str, paragraph: Span, rules: &SegmentRules, found: &mut Vec<Candidate>) {
    let inner = paragraph.of(text);
    let long = paragraph.len() > LONG_PARAGRAPH;
    let mut before = '\n';
    let mut starts = Vec::new();
    let mut i = 0;
    while let Some(c) = inner[i..].chars().next() {
        let at = i;
        i += c.len_utf8();
        if c == '、' {
            // …示范基地二、2011年工作任务: the number of a part whose line break and stop are lost.
            starts.extend(lost_part(inner, at, rules).map(|at| (at, '\n')));
        }
        if long
            && at > 0
            && (is_stop(before) || matches!(before, '：' | ':' | '；' | '”' | ' ' | '　' | '）' | ')'))
            && numbering::may_begin(c)
        {
            starts.push((at, before));
        }
        if !(c.is_whitespace() && is_stop(before)) {
            before = c;
        }
        // Behind an ideograph no number of a heading begins.
        let plain = if is_han(before) { ideographs(&inner[i..]) } else { 0 };
        i += plain;
    }
    for (i, before) in starts {
        let Some(number) = numbering::parse(&inner[i..]) else { continue };
        // After a bracket or quotation only where that closes a sentence.
        if matches!(before, '”' | '）' | ')') {
            let head = inner[..i].trim_end();
            let mut tail = head.chars().rev().skip(1);
            if !tail.next().is_some_and(is_stop) {
                continue;
            }
        }
        if before == '；' && number.scheme < Scheme::Arabic && number.scheme != Scheme::Ordinal {
            continue;
        }
        let at = paragraph.start + i;
        found.extend(candidate(text, at, Span::new(at, paragraph.end), number, false, rules));
    }
}

/// Where the number before the mark at `at` begins, if it numbers a part: it stands right behind Han text without a
/// stop, counts above one, and a title with its year follows. Lists (第一、二、三产业) have none.
fn lost_part(line: &str, at: usize, rules: &SegmentRules) -> Option<usize> {
    let head = &line[..at];
    let start = head.trim_end_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']).len();
    let before = line[..start].chars().next_back()?;
    if start == at || !is_han(before) && !matches!(before, '”' | '）' | '%') {
        return None;
    }
    let number = numbering::parse(&line[start..]).filter(|n| n.scheme == Scheme::Han && n.value > 1)?;
    let title = folded(opening(&line[start + number.len..], 28));
    rules.inline_titles.first(&title).map(|_| start)
}

fn candidate(
    text: &str,
    at: usize,
    paragraph: Span,
    number: Number,
    at_line_start: bool,
    rules: &SegmentRules,
) -> Option<Candidate> {
    let rest = trimmed(text, Span::new(at + number.len, paragraph.end));
    if rest.is_empty() {
        return None;
    }
    let (heading, joint) = extent(text, rest, number.scheme, at_line_start, rules)?;
    let heading = strip_notes(text, heading);
    if heading.is_empty() {
        return None;
    }
    Some(Candidate {
        at,
        scheme: number.scheme,
        value: number.value,
        printed: Span::new(at, at + number.printed),
        heading,
        joint,
        at_line_start,
        name_like: is_name_like(heading.of(text)),
        rank: rank(heading.of(text), number.scheme, rules),
    })
}

/// Longest title of a part that is believed by its words alone, in characters.
const PART_CHARS: usize = 36;

/// What the words of a heading tell of its rank: only 一、 may number parts and what stands below them.
fn rank(heading: &str, scheme: Scheme, rules: &SegmentRules) -> Rank {
    if scheme != Scheme::Han || heading.chars().count() > PART_CHARS {
        return Rank::Open;
    }
    let plain = folded(heading);
    match (rules.titles.first(&plain).map(|t| t.0), rules.kinds.first(&plain).map(|k| k.0)) {
        (Some(Kind::Review | Kind::Tasks), _) => Rank::Part,
        (_, Some(Kind::Review | Kind::Tasks | Kind::Targets | Kind::Overview)) if names_period(&plain) => Rank::Part,
        (Some(Kind::SelfBuilding), _) | (_, Some(Kind::Tasks | Kind::SelfBuilding)) => Rank::PartLike,
        _ => Rank::Open,
    }
}

/// Does the heading name the period of a part, in one clause: 2010年的工作, 今后五年经济社会发展的主要目标?
fn names_period(heading: &str) -> bool {
    let year = |at: usize| heading[..at].bytes().rev().take_while(u8::is_ascii_digit).count() == 4;
    let term = || ["过去五年", "过去的五年", "今后五年", "未来五年"].iter().any(|word| heading.contains(word));
    !heading.contains([',', ';', ':']) && (heading.find('年').is_some_and(year) || term())
}

/// How far the heading reaches in the rest of its paragraph.
fn extent(text: &str, rest: Span, scheme: Scheme, own_line: bool, rules: &SegmentRules) -> Option<(Span, Joint)> {
    let first = sentences(text, rest).next()?;
    let bare = without_stop(text, first);
    let chars = bare.of(text).chars().count();
    let alone = first.end == rest.end;
    let stopped = bare.end < first.end;
    if alone && !stopped {
        let inner = bare.of(text);
        if inner.ends_with(['：', ':', '；', ';', '，', ',', '、']) {
            return None;
        }
        // Without a stop the line is a heading, unless it is so long that the text must have run on.
        if chars <= LINE_CHARS && own_line && !inner.contains('；') {
            return Some((bare, Joint::OwnLine));
        }
    }
    if let Some(end) = lost_break(bare.of(text)) {
        return Some((Span::new(bare.start, bare.start + end), Joint::FirstSentence));
    }
    if let Some(end) = seam::part_title(bare.of(text), scheme, chars, rules) {
        return Some((Span::new(bare.start, bare.start + end), Joint::Seam));
    }
    if let Some(end) = colon(bare.of(text)) {
        return Some((Span::new(bare.start, bare.start + end), Joint::Colon));
    }
    if chars > SEAM_CHARS
        && let Some(end) =
            seam::find(bare.of(text), &rules.seams).filter(|end| bare.of(text)[..*end].chars().count() >= 10)
    {
        return Some((Span::new(bare.start, bare.start + end), Joint::Seam));
    }
    if chars <= HEADING_CHARS && stopped && !bare.of(text).contains('；') {
        return Some((bare, if alone { Joint::OwnSentence } else { Joint::FirstSentence }));
    }
    let end = seam::find(bare.of(text), &rules.seams)?;
    Some((Span::new(bare.start, bare.start + end), Joint::Seam))
}

/// White space between Han characters is what is left of a line break in a report on one line: 一、2020年工作回顾 过去一年….
fn lost_break(sentence: &str) -> Option<usize> {
    let end = sentence.find([' ', '\u{3000}', '\u{a0}', '\t'])?;
    let (head, rest) = (&sentence[..end], sentence[end..].trim_start());
    let han = |c: Option<char>| c.is_some_and(|c| is_han(c) || matches!(c, '”' | '“' | '》' | '《' | '）'));
    let chars = head.chars().count();
    ((5..=LINE_CHARS).contains(&chars) && han(head.chars().next_back()) && rest.chars().count() > 8).then_some(end)
}

/// A heading before a colon: 稳增长：全年…; not a sentence that leads into a list.
fn colon(sentence: &str) -> Option<usize> {
    let end = sentence.find(['：', ':'])?;
    let head = &sentence[..end];
    let chars = head.chars().count();
    (2..=16).contains(&chars).then_some(end).filter(|_| {
        !head.contains(['，', ',', '是', '“', '"'])
            && !head.chars().any(|c| c.is_ascii_digit())
            && sentence.len() > end + 30
    })
}

/// The sentence without its stop.
pub fn without_stop(text: &str, sentence: Span) -> Span {
    let inner = sentence.of(text).trim_end_matches(|c: char| is_stop(c) || c.is_whitespace());
    Span::new(sentence.start, sentence.start + inner.len())
}

/// The heading without a footnote mark at its end: …新突破[12].
pub fn strip_notes(text: &str, heading: Span) -> Span {
    let mut inner = heading.of(text);
    loop {
        let before = inner;
        for (open, close) in [('[', ']'), ('〔', '〕'), ('【', '】'), ('［', '］')] {
            if inner.ends_with(close)
                && let Some(start) = inner.rfind(open)
                && inner[start + open.len_utf8()..inner.len() - close.len_utf8()].chars().all(|c| c.is_ascii_digit())
            {
                inner = inner[..start].trim_end();
            }
        }
        inner = inner.trim_end_matches(|c: char| matches!(c, '①'..='⑳') || matches!(c, '：' | ':' | '，' | ',' | '、'));
        if inner.len() == before.len() {
            break;
        }
    }
    Span::new(heading.start, heading.start + inner.len())
}

/// Is this a name (of a chapter) rather than a statement with figures?
pub fn is_name_like(heading: &str) -> bool {
    let mut numbers = 0;
    let mut chars = heading.chars().peekable();
    let mut quoted = 0i32;
    while let Some(c) = chars.next() {
        match c {
            '“' | '‘' | '《' => quoted += 1,
            '”' | '’' | '》' => quoted -= 1,
            '%' | '％' | '‰' => return false,
            '0'..='9' => {
                let mut len = 1;
                while chars.peek().is_some_and(|c| c.is_ascii_digit() || *c == '.') {
                    chars.next();
                    len += 1;
                }
                let unit = chars.peek().copied();
                let year = len == 4 && unit == Some('年');
                if matches!(unit, Some('亿' | '万' | '元' | '公' | '平' | '吨' | '亩' | '户' | '米' | '%' | '％'))
                    && quoted <= 0
                {
                    return false;
                }
                if !year && quoted <= 0 {
                    numbers += 1;
                }
            }
            _ => {}
        }
    }
    numbers <= 1
}

/// An unnumbered title of a part.
#[derive(Debug, Clone)]
pub struct Title {
    pub at: usize,
    pub heading: Span,
    pub kind: Kind,
    pub evidence: String,
}

/// Unnumbered lines that are titles of parts, and titles that a report without line breaks runs into its text.
pub fn titles(text: &str, paragraphs: &[Span], rules: &SegmentRules) -> Vec<Title> {
    let mut found: Vec<Title> = Vec::new();
    let mut annex: Option<Span> = None;
    for paragraph in paragraphs {
        let line = paragraph.of(text);
        let short = line.len() <= 3 * 48;
        if short && !line.ends_with(['。', '；', '，', '！', ',', ';']) {
            if is_annex_label(line) {
                annex = Some(*paragraph);
                continue;
            }
            let heading = without_label(text, *paragraph);
            let plain = folded(heading.of(text));
            // 名词解释： opens a list; any other line with a colon leads into its sentence.
            let leads_in = line.ends_with(['：', ':']);
            let known = rules.titles.first(&plain).filter(|known| {
                numbering::parse(heading.of(text)).is_none() && (!leads_in || known.0 == Kind::Glossary)
            });
            let at = annex.map_or(paragraph.start, |a| a.start);
            if let Some((kind, id)) = known {
                found.push(Title { at, heading, kind, evidence: format!("title line ({id})") });
            } else if let Some(annex) = annex.filter(|_| !leads_in) {
                // Whatever an annex holds is no part of the report's outline.
                let kind = rules.annex_kind(&plain);
                found.push(Title { at: annex.start, heading, kind, evidence: "title of an annex".into() });
            }
        } else if paragraph.len() > LONG_PARAGRAPH {
            for sentence in sentences(text, *paragraph) {
                let plain = folded(opening(sentence.of(text), 28));
                if let Some((kind, id)) = rules.inline_titles.first(&plain)
                    && let Some(heading) = seam::inline_title(text, sentence, &plain, id, rules)
                {
                    found.push(Title {
                        at: sentence.start,
                        heading,
                        kind,
                        evidence: format!("title in running text ({id})"),
                    });
                }
            }
        }
        annex = None;
    }
    add_sisters(text, paragraphs, rules, &mut found);
    found
}

/// Titles of one build with a known one: 站在新起点：2012年工作回顾 makes 开启新征程：确保强势开局 a title too.
fn add_sisters(text: &str, paragraphs: &[Span], rules: &SegmentRules, found: &mut Vec<Title>) {
    let motto = |line: &str| {
        let at = line.find(['：', ':'])?;
        let chars = line[..at].chars().count();
        let whole = line.chars().count();
        let clean = !line.ends_with(['。', '；', '，', '：', ':', '！']) && !line[..at].contains(['，', '是', '、']);
        ((3..=10).contains(&chars) && whole > chars + 4 && whole <= 44 && clean).then_some(chars)
    };
    let Some(known) =
        found.iter().filter(|t| !matches!(t.kind, Kind::Glossary)).find_map(|t| motto(t.heading.of(text)))
    else {
        return;
    };
    let from = found.first().map_or(0, |t| t.at);
    let sisters: Vec<Title> = paragraphs
        .iter()
        .filter(|p| p.start > from && p.len() <= 3 * 44 && motto(p.of(text)) == Some(known))
        .filter(|p| found.iter().all(|t| t.heading.start != p.start) && numbering::parse(p.of(text)).is_none())
        .map(|p| {
            let kind = rules.kinds.first(&folded(p.of(text))).map_or(Kind::Tasks, |k| k.0);
            Title { at: p.start, heading: *p, kind, evidence: "title line of one build with another".into() }
        })
        .collect();
    found.extend(sisters);
    found.sort_by_key(|t| t.at);
}

/// The line without the label of an annex (附件2 名词解释) and ornaments (※名词解释※).
fn without_label(text: &str, line: Span) -> Span {
    let ornament = |c: char| matches!(c, '#' | '*' | '※' | '【' | '】') || c.is_whitespace();
    let inner = line.of(text);
    let start = line.start + inner.len() - inner.trim_start_matches(ornament).len();
    let inner = &text[start..line.end];
    let label = inner
        .strip_prefix("附件")
        .or_else(|| inner.strip_prefix("附录"))
        .map(|rest| {
            rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || "一二三四：:、.".contains(c))
        })
        .filter(|rest| !rest.is_empty());
    let start = label.map_or(start, |rest| line.end - rest.len());
    let inner = text[start..line.end].trim_end_matches(ornament).trim_end_matches(['：', ':']);
    Span::new(start, start + inner.len())
}

/// 附件1: the label of an annex on a line of its own.
fn is_annex_label(line: &str) -> bool {
    let plain = folded(line);
    let Some(rest) =
        plain.strip_prefix("附件").or_else(|| plain.strip_prefix("附录")).or_else(|| plain.strip_prefix('附'))
    else {
        return false;
    };
    let rest = rest.trim_end_matches(':');
    rest.chars().count() <= 2 && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '一' | '二' | '三' | '四'))
}
