//! The damage of converters that read GBK one byte off, done on purpose, and how well a repair undoes it.
//!
//! `src/repair/gbk.rs` damages text, too, to prove a repair. This is a second writing of it on purpose: the tests damage
//! without the code that they test, so that an error there cannot hide itself.

use encoding_rs::GB18030;
use gwr::model::{Repair, RepairKind, Repaired};
use gwr::text::Span;

/// What a converter does with pairs of the private-use area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Private {
    Kept,
    /// Gone without a trace.
    LeftOut,
    /// The first byte becomes a mark, the second begins anew.
    Marked,
}

/// The habits of a converter.
#[derive(Debug, Clone, Copy)]
pub struct Converter {
    /// What it writes for bytes that it cannot read.
    pub mark: char,
    /// A lead byte before a byte that is no trail takes that byte along.
    pub swallows: bool,
    pub private: Private,
    /// Full-width forms of ASCII become ASCII afterwards.
    pub folds: bool,
}

/// How the bytes came to be one off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// The first byte of a character was read on its own and became a mark.
    Lone,
    /// The first byte of a character is gone.
    First,
    /// The second byte is.
    Second,
}

/// A small generator of numbers (SplitMix64), so that every run of a test sees the same damage.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

/// A sentence and what became of it.
#[derive(Debug)]
pub struct Damaged {
    pub source: Vec<char>,
    pub text: String,
    /// By source character: it looks damaged, and both its bytes are in the text.
    recoverable: Vec<bool>,
    /// By source character: where its bytes begin.
    starts: Vec<usize>,
    /// By character of the text: the bytes of the source that it was read from.
    origins: Vec<(usize, usize)>,
}

/// Two bytes for every character that is not ASCII; nothing where GBK has none.
pub fn gbk(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, unmappable) = GB18030.encode(text);
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    (!unmappable && bytes.len() == text.chars().count() + wide).then(|| bytes.into_owned())
}

fn character(pair: [u8; 2]) -> Option<char> {
    let (text, _, bad) = GB18030.decode(&pair);
    let mut chars = text.chars();
    chars.next().filter(|_| !bad && chars.next().is_none())
}

impl Damaged {
    fn new(sentence: &str, bytes: &[u8]) -> Self {
        let source: Vec<char> = sentence.chars().collect();
        let mut starts = Vec::with_capacity(source.len());
        let mut at = 0;
        for c in &source {
            starts.push(at);
            at += if c.is_ascii() { 1 } else { 2 };
        }
        assert_eq!(at, bytes.len());
        Self { recoverable: vec![false; source.len()], source, text: String::new(), starts, origins: Vec::new() }
    }

    /// Read bytes, each with its place in the source, and note what was read from where.
    fn read(&mut self, stream: &[(u8, usize)], converter: Converter, seen: &mut [u8]) {
        let mut i = 0;
        while i < stream.len() {
            let (byte, from) = stream[i];
            let next = stream.get(i + 1).copied();
            let to = next.map_or(from, |(_, at)| at);
            let pair = next.and_then(|(next, _)| character([byte, next]));
            let private = pair.is_some_and(|c| ('\u{E000}'..='\u{F8FF}').contains(&c));
            match pair {
                _ if byte < 0x80 => {
                    self.push(char::from(byte), from, from);
                    seen[from] = 1;
                    i += 1;
                }
                Some(_) if private && converter.private == Private::LeftOut => i += 2,
                Some(c) if !(private && converter.private == Private::Marked) => {
                    let folded = converter.folds && ('！'..='～').contains(&c);
                    let c = if folded { char::from_u32(c as u32 - 0xFEE0).unwrap() } else { c };
                    self.push(c, from, to);
                    // A character that was read from its own two bytes is sound.
                    let sound = !folded && to == from + 1 && self.starts.binary_search(&from).is_ok();
                    (seen[from], seen[to]) = if sound { (2, 2) } else { (1, 1) };
                    i += 2;
                }
                _ => {
                    let swallows = converter.swallows && !private && next.is_some();
                    self.push(converter.mark, from, if swallows { to } else { from });
                    i += if swallows { 2 } else { 1 };
                }
            }
        }
    }

    fn push(&mut self, c: char, from: usize, to: usize) {
        self.text.push(c);
        self.origins.push((from, to + 1));
    }

    fn count(&mut self, seen: &[u8]) {
        for (i, start) in self.starts.iter().enumerate() {
            self.recoverable[i] = !self.source[i].is_ascii() && seen[*start] == 1 && seen[start + 1] == 1;
        }
    }

    /// Source characters from the first to the last that bytes `from..to` touch, those cut in two being optional.
    fn touched(&self, from: usize, to: usize) -> (Vec<usize>, Vec<usize>) {
        let first = self.starts.partition_point(|s| *s < from);
        let last = self.starts.partition_point(|s| *s < to);
        // Where the first character is cut, or a byte before it is gone, it may or may not be a part.
        ((first.saturating_sub(1)..=first.min(last)).collect(), (last.saturating_sub(1).max(first)..=last).collect())
    }
}

/// Lose a byte at a random character of a sentence.
pub fn lose(sentence: &str, numbers: &mut Numbers, converter: Converter, loss: Loss) -> Option<Damaged> {
    let bytes = gbk(sentence)?;
    let mut damaged = Damaged::new(sentence, &bytes);
    let wide: Vec<usize> =
        damaged.starts.iter().zip(&damaged.source).filter(|(_, c)| !c.is_ascii()).map(|(s, _)| *s).collect();
    if wide.is_empty() {
        return None;
    }
    let at = wide[numbers.below(wide.len())];
    let mut seen = vec![0u8; bytes.len()];
    let stream: Vec<(u8, usize)> = bytes.iter().copied().zip(0..).collect();
    damaged.read(&stream[..at], converter, &mut seen);
    let mut rest = stream[at..].to_vec();
    rest.remove(usize::from(loss == Loss::Second));
    if loss == Loss::Lone {
        damaged.push(converter.mark, at, at);
    }
    damaged.read(&rest, converter, &mut seen);
    damaged.count(&seen);
    Some(damaged)
}

/// A report with some of its sentences damaged: each sentence is a line, and each loss is one of its own.
#[derive(Debug)]
pub struct DamagedReport {
    pub text: String,
    /// The damaged lines and where they begin.
    pub damaged: Vec<(usize, Damaged)>,
}

/// Lose a byte in about one of `every` sentences of a report, the way of losing it by turns. All went through the same
/// converter. Sentences that GBK cannot write are left out.
pub fn lose_in_report(
    sentences: &[String],
    numbers: &mut Numbers,
    converter: Converter,
    every: usize,
) -> DamagedReport {
    let mut report = DamagedReport { text: String::new(), damaged: Vec::new() };
    let mut turn = numbers.below(3);
    for sentence in sentences {
        if numbers.below(every) == 0 {
            let loss = [Loss::Lone, Loss::First, Loss::Second][turn % 3];
            if let Some(damaged) = lose(sentence, numbers, converter, loss) {
                let start = report.text.len();
                report.text.push_str(&damaged.text);
                report.damaged.push((start, damaged));
                turn += 1;
            }
        } else if let Some(bytes) = gbk(sentence) {
            report.text.push_str(&unbroken(sentence, &bytes, converter).text);
        }
        report.text.push('\n');
    }
    report
}

/// Cut the sentences of a report at their marks by their bytes, as [`split`] does.
pub fn split_report(sentences: &[String], converter: Converter) -> DamagedReport {
    let mut report = DamagedReport { text: String::new(), damaged: Vec::new() };
    for sentence in sentences {
        if let Some(damaged) = split(sentence, converter) {
            let start = report.text.len();
            report.text.push_str(&damaged.text);
            report.damaged.push((start, damaged));
        } else if let Some(bytes) = gbk(sentence) {
            report.text.push_str(&unbroken(sentence, &bytes, converter).text);
        }
        report.text.push('\n');
    }
    report
}

/// A sentence that lost nothing, as the converter writes it.
fn unbroken(sentence: &str, bytes: &[u8], converter: Converter) -> Damaged {
    let mut sound = Damaged::new(sentence, bytes);
    let stream: Vec<(u8, usize)> = bytes.iter().copied().zip(0..).collect();
    sound.read(&stream, converter, &mut vec![0u8; bytes.len()]);
    sound
}

/// Cut a sentence at its marks by their bytes wherever these stand, and read each piece on its own: what the converter
/// of the damaged seed did. Nothing where no piece is cut amid a character.
pub fn split(sentence: &str, converter: Converter) -> Option<Damaged> {
    const MARKS: [[u8; 2]; 5] = [[0xA1, 0xA3], [0xA3, 0xBF], [0xA3, 0xA1], [0xA3, 0xBB], [0xA1, 0xA2]];
    let bytes = gbk(sentence)?;
    let mut damaged = Damaged::new(sentence, &bytes);
    let stream: Vec<(u8, usize)> = bytes.iter().copied().zip(0..).collect();
    let mut seen = vec![0u8; bytes.len()];
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        if bytes.get(at..at + 2).is_some_and(|pair| MARKS.iter().any(|mark| mark == pair)) {
            damaged.read(&stream[from..at], converter, &mut seen);
            damaged.read(&stream[at..at + 2], converter, &mut seen);
            at += 2;
            from = at;
        } else {
            at += 1;
        }
    }
    damaged.read(&stream[from..], converter, &mut seen);
    damaged.count(&seen);
    damaged.recoverable.contains(&true).then_some(damaged)
}

/// What a repair made of damaged sentences.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    pub recoverable: usize,
    pub recovered: usize,
    pub accepted: usize,
    pub wrong: usize,
}

impl Tally {
    fn out_of_place(&mut self, repair: &Repair) {
        let accepted = usize::from(repair.kind == RepairKind::MisalignedGbk && repair.mended());
        self.accepted += accepted;
        self.wrong += accepted;
    }

    pub fn add(self, other: Tally) -> Tally {
        Tally {
            recoverable: self.recoverable + other.recoverable,
            recovered: self.recovered + other.recovered,
            accepted: self.accepted + other.accepted,
            wrong: self.wrong + other.wrong,
        }
    }
}

/// Hold mended text and repairs against the truth.
pub fn judge(damaged: &Damaged, mended: &str, repairs: &[Repair]) -> Tally {
    let accepted: Vec<&Repair> = repairs.iter().filter(|r| r.kind == RepairKind::MisalignedGbk && r.mended()).collect();
    let wrong = accepted.iter().filter(|repair| !is_right(damaged, repair)).count();
    let got: Vec<char> = mended.chars().collect();
    let in_common = common(&got, &damaged.source);
    let both = |marks: &[bool]| damaged.recoverable.iter().zip(marks).filter(|(can, is)| **can && **is).count();
    Tally {
        recoverable: damaged.recoverable.iter().filter(|can| **can).count(),
        recovered: both(&in_common),
        accepted: accepted.len(),
        wrong,
    }
}

/// Hold a mended report against the truth. A repair where nothing was damaged is wrong.
pub fn judge_report(report: &DamagedReport, repaired: &Repaired) -> Tally {
    let mut repairs = repaired.repairs.iter().peekable();
    let mut tally = Tally::default();
    for (start, damaged) in &report.damaged {
        let line = Span::new(*start, start + damaged.text.len());
        let mut own = Vec::new();
        while let Some(repair) = repairs.next_if(|r| r.source.start < line.end) {
            if repair.source.start < line.start {
                tally.out_of_place(repair);
            } else {
                let source = Span::new(repair.source.start - start, repair.source.end - start);
                own.push(Repair { source, ..repair.clone() });
            }
        }
        let mended = repaired.text.alignment().out_span(line).of(repaired.text.as_str());
        tally = tally.add(judge(damaged, mended, &own));
    }
    repairs.for_each(|repair| tally.out_of_place(repair));
    tally
}

/// Does a repair say what stood there? U+FFFD in it leaves up to eight characters open.
fn is_right(damaged: &Damaged, repair: &Repair) -> bool {
    let char_at = |byte: usize| damaged.text[..byte].chars().count();
    let (from, to) = (char_at(repair.source.start), char_at(repair.source.end));
    let (start, end) = (damaged.origins[from].0, damaged.origins[to - 1].1);
    let (starts, ends) = damaged.touched(start, end);
    let after: Vec<char> = repair.after.chars().collect();
    starts.iter().any(|start| {
        ends.iter().any(|end| start <= end && agrees(&after, &damaged.source[*start..(*end).min(damaged.source.len())]))
    })
}

fn agrees(mended: &[char], sentence: &[char]) -> bool {
    // Where in the sentence the mended characters so far can end.
    let mut ends = vec![false; sentence.len() + 1];
    ends[0] = true;
    for c in mended {
        let mut next = vec![false; sentence.len() + 1];
        for at in (0..=sentence.len()).filter(|at| ends[*at]) {
            match c {
                '\u{FFFD}' => next[at..sentence.len().min(at + 8) + 1].fill(true),
                c if sentence.get(at).is_some_and(|right| fold(*right) == fold(*c)) => next[at + 1] = true,
                _ => {}
            }
        }
        ends = next;
    }
    ends[sentence.len()]
}

fn fold(c: char) -> char {
    if ('！'..='～').contains(&c) { char::from_u32(c as u32 - 0xFEE0).unwrap() } else { c }
}

/// Which characters of `b` are in the longest common subsequence.
fn common(a: &[char], b: &[char]) -> Vec<bool> {
    let width = b.len() + 1;
    let mut longest = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if fold(a[i]) == fold(b[j]) {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut marks = vec![false; b.len()];
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if fold(a[i]) == fold(b[j]) {
            marks[j] = true;
            i += 1;
            j += 1;
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    marks
}
