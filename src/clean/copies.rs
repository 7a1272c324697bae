//! The second copy of a text inside one document: the body once on one line and once in paragraphs, a page and its
//! mobile twin, a summary at the head, a description at the end, the overlap of two pages.
//!
//! Reports repeat themselves: slogans, the same aims in review and plan. Only long verbatim runs count, and only where
//! they are a copy by their place too. Fingerprints of windows of letters find them in linear time.

use rustc_hash::FxHashMap;

use crate::clean::paragraphs::Line;
use crate::clean::shape::{is_blank, is_stop};
use crate::text::Span;

/// Letters of a window: long enough that a set phrase seldom fills it.
const WINDOW: usize = 24;
/// Every so many letters a window is remembered.
const STEP: usize = 12;
/// Letters that two places must share to be copies wherever they stand.
const LONG: usize = 300;
/// Letters that a summary or a whole paragraph must share.
const SHORT: usize = 60;

/// A stretch of text that stands in another place already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// What to take out.
    pub span: Span,
    /// Why it is a copy.
    pub reason: &'static str,
}

/// The copies in a text of lines, in order, not overlapping. `is_summary` tells of the lines (by index) that a page
/// announces as a summary of the text.
pub fn find(text: &str, lines: &[Line], is_summary: impl Fn(usize) -> bool) -> Vec<Copy> {
    let letters = Letters::of(text, lines);
    if letters.codes.len() < 2 * SHORT {
        return Vec::new();
    }
    let runs = letters.runs();
    let mut copies: Vec<Copy> =
        chains(&runs, &letters.codes).into_iter().filter_map(|chain| letters.judge(&chain, &is_summary)).collect();
    copies.sort_by_key(|copy| copy.span);
    let mut kept: Vec<Copy> = Vec::new();
    for copy in copies {
        match kept.last_mut() {
            Some(last) if last.span.end >= copy.span.start => last.span.end = last.span.end.max(copy.span.end),
            _ => kept.push(copy),
        }
    }
    kept
}

/// The letters and digits of all lines in one row.
struct Letters<'a> {
    text: &'a str,
    lines: &'a [Line],
    codes: Vec<u32>,
    /// The first letter of each line.
    starts: Vec<usize>,
}

/// Is the character one of those that are compared?
fn is_letter(c: char) -> bool {
    c >= '\u{3400}' && !('\u{FF00}'..='\u{FFEF}').contains(&c) || c.is_ascii_alphanumeric()
}

/// The same letters at two places: `a` before `b`, `len` letters.
#[derive(Debug, Clone, Copy)]
struct Run {
    a: usize,
    b: usize,
    len: usize,
}

/// Runs that follow each other at both places.
#[derive(Debug, Clone, Copy)]
struct Chain {
    a: (usize, usize),
    b: (usize, usize),
    shared: usize,
    /// Other figures stand at the two places: 完成投资12亿元 and 完成投资15亿元 are two facts.
    figures_differ: bool,
}

impl<'a> Letters<'a> {
    fn of(text: &'a str, lines: &'a [Line]) -> Self {
        let mut codes = Vec::with_capacity(text.len() / 3);
        let mut starts = Vec::with_capacity(lines.len());
        for line in lines {
            starts.push(codes.len());
            codes.extend(line.span.of(text).chars().filter(|c| is_letter(*c)).map(u32::from));
        }
        Self { text, lines, codes, starts }
    }

    /// The line of a letter.
    fn line(&self, letter: usize) -> usize {
        self.starts.partition_point(|start| *start <= letter) - 1
    }

    /// Byte of the text where a letter begins.
    fn at(&self, letter: usize) -> usize {
        let line = self.line(letter);
        let span = self.lines[line].span;
        let mut letters = span.of(self.text).char_indices().filter(|(_, c)| is_letter(*c));
        letters.nth(letter - self.starts[line]).map_or(span.end, |(at, _)| span.start + at)
    }

    /// The maximal runs that stand twice, by their second place.
    fn runs(&self) -> Vec<Run> {
        let codes = &self.codes;
        let mut runs = Vec::new();
        let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
        // One bit a slot: most windows are new, and a look into the table is dear.
        let mut filter = vec![0u64; 4096];
        let slot = |hash: u64| ((hash >> 52) as usize, 1u64 << ((hash >> 46) & 63));
        let mut hash = RollingHash::new(&codes[..WINDOW]);
        let mut i = 0;
        let mut found_to = 0;
        loop {
            let value = hash.hash;
            let (word, bit) = slot(value);
            if i >= found_to
                && filter[word] & bit != 0
                && let Some(&first) = seen.get(&value)
                && let Some(run) = self.extend(first as usize, i, found_to)
            {
                found_to = run.b + run.len;
                runs.push(run);
            }
            if i % STEP == 0 {
                filter[word] |= bit;
                seen.entry(value).or_insert(i as u32);
            }
            if i + WINDOW >= codes.len() {
                return runs;
            }
            hash.roll(codes[i], codes[i + WINDOW]);
            i += 1;
        }
    }

    fn extend(&self, a: usize, b: usize, from: usize) -> Option<Run> {
        let codes = &self.codes;
        if a + WINDOW > b || codes[a..a + WINDOW] != codes[b..b + WINDOW] {
            return None;
        }
        let back = (0..a.min(b - from)).take_while(|k| codes[a - 1 - k] == codes[b - 1 - k]).count();
        let (a, b) = (a - back, b - back);
        let len = codes[b..].iter().zip(&codes[a..b]).take_while(|(x, y)| x == y).count();
        Some(Run { a, b, len })
    }

    /// Is a chain a copy, and which of its two places goes?
    fn judge(&self, chain: &Chain, is_summary: &impl Fn(usize) -> bool) -> Option<Copy> {
        let (a, b) = (self.place(chain.a), self.place(chain.b));
        let breaks = |place: &Place| place.last_line - place.first_line;
        if (a.first_line..=a.last_line).any(is_summary) && chain.shared >= SHORT / 2 {
            return Some(Copy { span: self.widened(chain.a), reason: "summary" });
        }
        if (b.first_line..=b.last_line).any(is_summary) && chain.shared >= SHORT / 2 {
            return Some(Copy { span: self.widened(chain.b), reason: "summary" });
        }
        // Letters of the lines before and behind the range.
        let rest = |place: &Place, range: (usize, usize)| {
            let end = self.starts.get(place.last_line + 1).copied().unwrap_or(self.codes.len());
            (range.0 - self.starts[place.first_line], end - range.1)
        };
        let whole = |place: &Place, range: (usize, usize)| {
            let (head, tail) = rest(place, range);
            head <= 2 && tail <= 2
        };
        // A stray letter may stand at one of two places; where both have one, the sentences differ (今年…, 去年…).
        let same_ends = {
            let ((head_a, tail_a), (head_b, tail_b)) = (rest(&a, chain.a), rest(&b, chain.b));
            head_a.min(head_b) == 0 && tail_a.min(tail_b) == 0
        };
        let dense = chain.shared * 10 >= (chain.a.1 - chain.a.0).min(chain.b.1 - chain.b.0) * 6;
        if chain.shared >= LONG && dense && (whole(&a, chain.a) || whole(&b, chain.b)) {
            let first_goes = breaks(&a) * 2 < breaks(&b);
            let range = if first_goes { chain.a } else { chain.b };
            return Some(Copy { span: self.in_sentences(self.widened(range))?, reason: "second_copy" });
        }
        // The last paragraph of a page, once more at the head of the next one, may be short.
        let near = b.first_line <= a.last_line + 4;
        if (chain.shared >= SHORT || near && chain.shared >= SHORT / 2)
            && dense
            && same_ends
            && !chain.figures_differ
            && whole(&a, chain.a)
            && whole(&b, chain.b)
        {
            let first_goes = breaks(&a) < breaks(&b);
            let range = if first_goes { chain.a } else { chain.b };
            return Some(Copy { span: self.widened(range), reason: "repeated_paragraph" });
        }
        None
    }

    fn place(&self, range: (usize, usize)) -> Place {
        Place { first_line: self.line(range.0), last_line: self.line(range.1 - 1) }
    }

    /// The whole sentences of a span: what begins or ends in the middle of a sentence leaves that sentence whole.
    fn in_sentences(&self, span: Span) -> Option<Span> {
        let ends = |c: char| is_stop(c) || matches!(c, '；' | '：') || is_blank(c);
        let inner = span.of(self.text);
        let line_of = |at: usize| self.lines.iter().find(|line| line.span.start <= at && at < line.span.end);
        let before = line_of(span.start).map_or("", |line| &self.text[line.span.start..span.start]);
        let behind = span.end.checked_sub(1).and_then(line_of).map_or("", |line| &self.text[span.end..line.span.end]);
        let opens = before.is_empty() || before.trim_end_matches(['”', '）', '》']).ends_with(ends);
        let closes = behind.is_empty() || behind.starts_with(ends) || inner.trim_end_matches('”').ends_with(ends);
        let start = if opens { 0 } else { inner.find(|c| ends(c) || c == '\n')? };
        let start = start + inner[start..].chars().next().filter(|_| !opens).map_or(0, char::len_utf8);
        let end = if closes { inner.len() } else { inner.rfind(|c| ends(c) || c == '\n')? };
        let end = end + inner[end..].chars().next().map_or(0, char::len_utf8);
        (start < end).then(|| Span::new(span.start + start, span.start + end))
    }

    /// The bytes of a range of letters, with the marks around it that belong to it.
    fn widened(&self, range: (usize, usize)) -> Span {
        let text = self.text;
        let first = self.lines[self.line(range.0)].span;
        let last = self.lines[self.line(range.1 - 1)].span;
        let mut start = self.at(range.0);
        let mut end = self.at(range.1 - 1);
        end += text[end..].chars().next().map_or(0, char::len_utf8);
        let head = &text[first.start..start];
        start -= head.len() - head.trim_end_matches(|c| !is_letter(c)).len();
        let tail = &text[end..last.end];
        end += tail.len() - tail.trim_start_matches(|c| !is_letter(c)).len();
        // What is left of the line on either side must be worth a line of its own.
        if text[first.start..start].chars().filter(|&c| !is_blank(c)).count() < 2 {
            start = first.start;
        }
        if text[end..last.end].chars().filter(|&c| !is_blank(c)).count() < 2 {
            end = last.end;
        }
        Span::new(start, end)
    }
}

struct Place {
    first_line: usize,
    last_line: usize,
}

/// Runs joined where little stands between them at both places.
fn chains(runs: &[Run], codes: &[u32]) -> Vec<Chain> {
    let figures = |from: usize, to: usize| {
        codes[from..to].iter().copied().filter(|c| (u32::from('0')..=u32::from('9')).contains(c))
    };
    let mut chains: Vec<Chain> = Vec::new();
    for run in runs {
        let joins = |chain: &Chain| {
            let slack = 60.max(chain.shared.min(run.len).min(400));
            run.a >= chain.a.1 && run.b >= chain.b.1 && run.a - chain.a.1 <= slack && run.b - chain.b.1 <= slack
        };
        let open = chains.len().saturating_sub(6);
        match chains[open..].iter_mut().rev().find(|chain| joins(chain)) {
            Some(chain) => {
                chain.figures_differ |= !figures(chain.a.1, run.a).eq(figures(chain.b.1, run.b));
                chain.a.1 = run.a + run.len;
                chain.b.1 = run.b + run.len;
                chain.shared += run.len;
            }
            None => {
                let (a, b) = ((run.a, run.a + run.len), (run.b, run.b + run.len));
                chains.push(Chain { a, b, shared: run.len, figures_differ: false });
            }
        }
    }
    chains
}

/// Polynomial hash of a sliding window.
struct RollingHash {
    hash: u64,
    /// The base to the power of the window less one: the weight of the letter that leaves.
    weight: u64,
}

const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

impl RollingHash {
    fn new(window: &[u32]) -> Self {
        let hash = window.iter().fold(0u64, |h, &c| h.wrapping_mul(BASE).wrapping_add(u64::from(c)));
        let weight = (1..window.len()).fold(1u64, |w, _| w.wrapping_mul(BASE));
        Self { hash, weight }
    }

    fn roll(&mut self, out: u32, into: u32) {
        let rest = self.hash.wrapping_sub(u64::from(out).wrapping_mul(self.weight));
        self.hash = rest.wrapping_mul(BASE).wrapping_add(u64::from(into));
    }
}
