//! Markdown marks: taken out of the text and told beside it.
//!
//! Only a document that is markdown is read as one: a report in plain text has stars and number signs of its own.

use crate::model::{Mark, MarkKind};
use crate::text::{AlignedText, Span};

/// Take the markdown marks out. The marks that tell of structure (headings, bold) are given by bytes of the decoded
/// source, so that later edits cannot move them.
pub fn strip(text: AlignedText) -> (AlignedText, Vec<Mark>) {
    if !is_markdown(text.as_str()) {
        return (text, Vec::new());
    }
    let mut stripper = Stripper::default();
    let body = text.as_str();
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        stripper.line(body, Span::new(start, start + line.len()));
        start += line.len();
    }
    let marks = stripper.marks.iter().map(|m| Mark { span: text.source_span(m.span), kind: m.kind }).collect();
    stripper.edits.sort_by_key(|(span, _)| *span);
    stripper.edits.dedup_by(|b, a| b.0.start < a.0.end);
    (text.edited(&stripper.edits), marks)
}

/// Headings with number signs, or bold runs: one of them twice, or a heading and anything else.
fn is_markdown(text: &str) -> bool {
    if memchr::memchr2(b'#', b'*', text.as_bytes()).is_none() {
        return false;
    }
    let headings = text.lines().filter(|line| heading_len(line.trim_start()).is_some()).count();
    let bold = memchr::memmem::find_iter(text.as_bytes(), b"**").take(5).count() / 2;
    headings >= 2 || bold >= 2 || (headings == 1 && bold >= 1) || (headings == 1 && text.contains("](http"))
}

/// The length of `# `…`###### ` at the beginning of a line and the level.
fn heading_len(line: &str) -> Option<(usize, u8)> {
    let level = line.bytes().take_while(|&b| b == b'#').count();
    let rest = &line[level..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\u{3000}']).len();
    ((1..=6).contains(&level) && blank > 0 && !rest.trim().is_empty()).then_some((level + blank, level as u8))
}

#[derive(Default)]
struct Stripper {
    edits: Vec<(Span, &'static str)>,
    marks: Vec<Mark>,
    /// Where an open bold run began: its text begins here.
    bold: Option<usize>,
    /// Was the last thing a hard break (two blanks or a backslash at the end of the line)?
    fence: bool,
}

impl Stripper {
    fn line(&mut self, text: &str, span: Span) {
        let line = span.of(text);
        let content = line.trim_end_matches(['\n', '\r']);
        let indent = content.len() - content.trim_start().len();
        let trimmed = content.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") || is_rule(trimmed) {
            self.fence ^= trimmed.starts_with("```") || trimmed.starts_with("~~~");
            self.cut(span.start, span.start + content.len());
            return;
        }
        let mut at = span.start + indent;
        let end = span.start + content.trim_end().len();
        if trimmed.is_empty() {
            self.bold = None;
            return;
        }
        if let Some((len, level)) = heading_len(&text[at..end]) {
            self.cut(at, at + len);
            at += len;
            let tail = text[at..end].trim_end_matches('#').trim_end();
            let tail_end = at + tail.len();
            self.cut(tail_end, end);
            self.marks.push(Mark { span: Span::new(at, tail_end), kind: MarkKind::Heading(level) });
        } else {
            at = self.line_start(text, at, end);
        }
        self.inside(text, at, end);
        self.hard_break(text, span, end);
    }

    /// Quote marks, bullets and table bars at the beginning of a line; gives where the text begins.
    fn line_start(&mut self, text: &str, mut at: usize, end: usize) -> usize {
        while text[at..end].starts_with('>') {
            let rest = text[at + 1..end].trim_start();
            self.cut(at, end - rest.len());
            at = end - rest.len();
        }
        for bullet in ["- ", "* ", "+ "] {
            if let Some(rest) = text[at..end].strip_prefix(bullet) {
                let rest = rest.trim_start();
                self.cut(at, end - rest.len());
                return end - rest.len();
            }
        }
        if text[at..end].starts_with('|') && text[at..end].ends_with('|') {
            self.table_row(text, at, end);
        }
        at
    }

    /// The cells of a table row, a tab between them.
    fn table_row(&mut self, text: &str, at: usize, end: usize) {
        let row = &text[at..end];
        let bars: Vec<usize> = row.match_indices('|').map(|(i, _)| at + i).collect();
        for &bar in &bars {
            let with = if bar == at || bar + 1 == end { "" } else { "\t" };
            self.edits.push((Span::new(bar, bar + 1), with));
        }
    }

    /// Bold and italic stars, escapes, links and pictures inside a line.
    fn inside(&mut self, text: &str, from: usize, end: usize) {
        let bytes = text.as_bytes();
        let mut at = from;
        while let Some(offset) = next_special(&bytes[at..end]) {
            let i = at + offset;
            at = match bytes[i] {
                b'*' if bytes[i..end].starts_with(b"**") => self.bold_mark(text, i, end),
                b'_' if bytes[i..end].starts_with(b"__") => self.bold_mark(text, i, end),
                b'*' => self.single_star(bytes, i, end),
                b'\\' => self.escape(bytes, i, end),
                b'!' | b'[' => self.link(text, i, end),
                b'`' => {
                    self.cut(i, i + 1);
                    i + 1
                }
                _ => i + 1,
            };
        }
    }

    fn bold_mark(&mut self, text: &str, i: usize, end: usize) -> usize {
        let run = text[i..end].bytes().take_while(|&b| b == text.as_bytes()[i]).count();
        self.cut(i, i + run);
        match self.bold.take() {
            Some(start) if start < i => self.marks.push(Mark { span: Span::new(start, i), kind: MarkKind::Bold }),
            Some(_) => {}
            None => self.bold = Some(i + run),
        }
        i + run
    }

    /// `*italic*` within the line; a lone star is a star.
    fn single_star(&mut self, bytes: &[u8], i: usize, end: usize) -> usize {
        let Some(close) = memchr::memchr(b'*', &bytes[i + 1..end]) else { return i + 1 };
        let close = i + 1 + close;
        let inner = &bytes[i + 1..close];
        if inner.is_empty() || inner[0] == b' ' || inner[inner.len() - 1] == b' ' {
            return i + 1;
        }
        self.cut(i, i + 1);
        self.cut(close, close + 1);
        close + 1
    }

    fn escape(&mut self, bytes: &[u8], i: usize, end: usize) -> usize {
        if i + 1 < end && bytes[i + 1].is_ascii_punctuation() {
            self.cut(i, i + 1);
            return i + 2;
        }
        i + 1
    }

    /// `[text](address)` keeps its text, `![text](address)` is a picture and goes.
    fn link(&mut self, text: &str, i: usize, end: usize) -> usize {
        let picture = text[i..end].starts_with("![");
        let open = i + usize::from(picture);
        if !text[open..end].starts_with('[') {
            return i + 1;
        }
        let Some(close) = text[open..end].find("](").map(|at| open + at) else { return i + 1 };
        let Some(last) = text[close..end].find(')').map(|at| close + at) else { return i + 1 };
        if text[open + 1..close].contains('[') {
            return i + 1;
        }
        if picture {
            self.cut(i, last + 1);
        } else {
            self.cut(open, open + 1);
            self.cut(close, last + 1);
        }
        last + 1
    }

    /// Two blanks or a backslash at the end of a line join it with the next one by a break inside the paragraph.
    fn hard_break(&mut self, text: &str, span: Span, end: usize) {
        if text[..end].ends_with('\\') && end > span.start {
            self.cut(end - 1, end);
        }
    }

    fn cut(&mut self, start: usize, end: usize) {
        if start < end {
            self.edits.push((Span::new(start, end), ""));
        }
    }
}

fn next_special(bytes: &[u8]) -> Option<usize> {
    let a = memchr::memchr3(b'*', b'\\', b'[', bytes);
    let b = memchr::memchr3(b'!', b'`', b'_', bytes);
    a.into_iter().chain(b).min()
}

/// `---`, `***`, `| --- | --- |`: lines that are only drawn.
fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && line.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | '|' | ':' | ' '))
        && line.chars().any(|c| matches!(c, '-' | '*' | '_' | '='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> (String, Vec<(String, MarkKind)>) {
        let (clean, marks) = strip(AlignedText::from_source(text.into()));
        let told = marks.iter().map(|m| (m.span.of(text).to_owned(), m.kind)).collect();
        (clean.as_str().to_owned(), told)
    }

    #[test]
    fn headings_and_bold_become_marks() {
        let (text, marks) = stripped("# 政 府 工 作 报 告\n\n## **二、苦干实干**\n\n**依法行政。**深入践行。1\\. 项\n");
        assert_eq!(text, "政 府 工 作 报 告\n\n二、苦干实干\n\n依法行政。深入践行。1. 项\n");
        assert_eq!(marks[0], ("政 府 工 作 报 告".into(), MarkKind::Heading(1)));
        assert_eq!(marks[1], ("**二、苦干实干**".into(), MarkKind::Heading(2)));
        assert_eq!(marks[3], ("依法行政。".into(), MarkKind::Bold));
    }

    #[test]
    fn links_lists_tables_and_pictures_leave_their_words() {
        let (text, _) =
            stripped("# 标题\n## 二\n![图](a.png)[首页](http://a.cn)\n- 一项\n> 引文\n| 指标 | 数 |\n|---|---|\n");
        assert_eq!(text, "标题\n二\n首页\n一项\n引文\n 指标 \t 数 \n\n");
    }

    #[test]
    fn plain_text_keeps_its_stars() {
        let plain = "全国**资质查询平台\n# 不是标题\n5*3\n";
        assert_eq!(stripped(plain).0, plain);
    }
}
