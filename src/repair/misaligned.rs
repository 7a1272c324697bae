//! Runs that were read one byte off in GBK, put into step again, with proof.
//!
//! A converter lost a byte (or read a lead byte on its own), read what follows one byte off, and wrote a mark for bytes
//! that are no character, until an ASCII character put it into step again. The bytes of the wrong characters, taken one
//! byte off, are the right ones. A repair is accepted only if damaging it again gives exactly what was found, and if the
//! bigram model leaves no doubt; a character that stands out from all others only by a little is left as U+FFFD.

use std::ops::Range;

use super::bigrams::Bigrams;
use super::gbk::{self, Break, Converter, Gbk, is_private};
use super::lattice::{self, Best, Knowledge, Step, Taken};
use super::tokens::{Context, Found, Open, Token, is_mark, tokens};
use crate::model::{Repair, RepairKind};
use crate::text::{Span, is_han};

/// A character whose share of all paths is smaller does not stand out; one of which a byte is lost never does, unless it
/// is known why.
const CERTAIN: f32 = 0.998;
/// It is known why a byte is lost; and the document shows the same elsewhere.
const CERTAIN_OF_CUT: f32 = 0.999;
const CERTAIN_OF_CUTS: f32 = 0.95;
/// So many cuts as likely as this make a habit.
const HABIT: usize = 3;
const LIKELY_CUT: f32 = 0.9;
/// A converter that leaves pairs out without a trace may have left out more than can be seen; and a run that no mark
/// begins may begin elsewhere.
const CERTAIN_IN_DOUBT: f32 = 0.9999;
/// A run that may also be right as found with a higher share than this is left alone.
const AS_FOUND: f32 = 2e-3;
/// A character that is right as found with a higher share than this stays where the run's beginning is in doubt.
const SOUND: f32 = 0.9;
/// Odd characters that stand closer than this are taken as one suspicion.
const NEAR: usize = 5;
/// Mean cost of a pair above which rare characters are more than a name, in bits.
const UNLIKELY: f32 = 12.0;
/// Tokens looked at before the first odd character and behind the last.
const LEAD_IN: usize = 10;
const LEAD_OUT: usize = 14;
/// Suspicions closer than this are searched together.
const JOIN: usize = 24;

/// Characters that make a text suspicious, by code point of the basic plane.
pub struct Suspicion {
    odd: Vec<bool>,
    /// Odd enough to be looked at alone.
    telling: String,
}

impl std::fmt::Debug for Suspicion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Suspicion")
    }
}

impl Suspicion {
    /// Odd is what hardly begins a word and can be written in GBK: rare ideographs, foreign letters, private use.
    pub fn new(bigrams: &Bigrams, gbk: &Gbk, usual: &str, telling: String) -> Self {
        let odd = (0..0x1_0000u32)
            .map(|code| {
                let Some(c) = char::from_u32(code) else { return false };
                let written = gbk.pair(c).is_some();
                written && !usual.contains(c) && (is_private(c) || bigrams.is_odd(c))
            })
            .collect();
        Self { odd, telling }
    }

    fn is_odd(&self, c: char) -> bool {
        self.odd.get(c as usize).copied().unwrap_or(false)
    }
}

/// Mend the runs of a text around its suspicious spots; the repairs are in ascending order and do not overlap.
pub fn mend(knowledge: Knowledge<'_>, text: &str, spots: &[Span]) -> Vec<Repair> {
    let (repairs, cuts) = pass(knowledge, text, spots);
    if cuts.len() < HABIT {
        return repairs;
    }
    // What was cut once was cut everywhere: with this known, look again.
    pass(Knowledge { cuts: &cuts, ..knowledge }, text, spots).0
}

fn certain_of_cut(knowledge: Knowledge<'_>) -> f32 {
    if knowledge.cuts.is_empty() { CERTAIN_OF_CUT } else { CERTAIN_OF_CUTS }
}

fn pass(knowledge: Knowledge<'_>, text: &str, spots: &[Span]) -> (Vec<Repair>, Vec<(char, char)>) {
    let mut repairs = Vec::new();
    let mut cuts = Vec::new();
    let mut done = 0;
    for &spot in spots {
        if spot.start < done {
            continue;
        }
        let (found, zone, context) = window(knowledge, text, spot, done);
        done = found.last().map_or(done, |f| f.span.end);
        if let Some(best) = lattice::search(knowledge, context, &found, zone) {
            accept(knowledge, text, &found, &best, &mut repairs);
            let likely = best.path.iter().filter(|taken| taken.cut && taken.share[0] >= LIKELY_CUT);
            cuts.extend(likely.filter_map(|taken| Some((taken.emit[0], found[taken.token?].char()?))));
        }
    }
    (repairs, cuts)
}

/// Spans from the first to the last odd character of each suspicion. Where runs of question marks stand for blanks only
/// single ones are suspicious.
pub fn suspicious(suspicion: &Suspicion, text: &str, blanks_are_marks: bool) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spots: Vec<Span> = Vec::new();
    let mut odd: Option<usize> = None;
    let mut i = 0;
    while i < bytes.len() {
        let byte = bytes[i];
        if byte < 0x80 {
            if byte == b'?' {
                let run = bytes[i..].iter().take_while(|b| **b == b'?').count();
                let blank = blanks_are_marks && run % 2 == 0;
                if run <= 3 && !blank && is_amid_han(bytes, i, i + run) {
                    push(&mut spots, Span::new(i, i + run));
                }
                i += run;
                continue;
            }
            if byte == b'\n' {
                odd = None;
            }
            i += 1;
            continue;
        }
        let Some(c) = text[i..].chars().next() else { break };
        let end = i + c.len_utf8();
        if c == '\u{FFFD}' {
            push(&mut spots, Span::new(i, end));
        } else if suspicion.is_odd(c) {
            if suspicion.telling.contains(c) {
                push(&mut spots, Span::new(i, end));
            }
            if let Some(last) = odd.filter(|last| i - last <= NEAR * 3) {
                push(&mut spots, Span::new(last, end));
            }
            odd = Some(i);
        }
        i = end;
    }
    spots
}

/// Is a spot without a mark of damage unlikely enough as it stands? Names hold rare characters, too, but not in a row.
pub fn is_unlikely(bigrams: &Bigrams, text: &str, spot: Span) -> bool {
    if spot.of(text).contains(is_mark) {
        return true;
    }
    let start = text[..spot.start].char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let end = text[spot.end..].char_indices().nth(2).map_or(text.len(), |(at, _)| spot.end + at);
    bigrams.mean_cost(&text[start..end]) > UNLIKELY
}

/// Does the line go on at both sides without a blank, and with Chinese text near?
fn is_amid_han(bytes: &[u8], start: usize, end: usize) -> bool {
    let blank = |b: Option<&u8>| b.is_none_or(u8::is_ascii_whitespace);
    let chinese = |part: &[u8]| part.iter().any(|b| *b >= 0xC3);
    !blank(start.checked_sub(1).and_then(|i| bytes.get(i)))
        && !blank(bytes.get(end))
        && chinese(&bytes[start.saturating_sub(12)..start])
        && chinese(&bytes[end..(end + 6).min(bytes.len())])
}

fn push(spots: &mut Vec<Span>, span: Span) {
    match spots.last_mut() {
        Some(last) if span.start <= last.end + JOIN * 3 => last.end = last.end.max(span.end),
        _ => spots.push(span),
    }
}

/// The tokens around a suspicion, on its own line; the tokens at which damage may begin; and what stands before.
fn window(k: Knowledge<'_>, text: &str, spot: Span, floor: usize) -> (Vec<Found>, Range<usize>, Context) {
    let line_start = text[floor..spot.start].rfind('\n').map_or(floor, |at| floor + at + 1);
    let start = text[line_start..spot.start]
        .char_indices()
        .rev()
        .nth(LEAD_IN + 4)
        .map_or(line_start, |(at, _)| line_start + at);
    let line_end = text[spot.end..].find('\n').map_or(text.len(), |at| spot.end + at);
    let end = text[spot.end..line_end].char_indices().nth(LEAD_OUT).map_or(line_end, |(at, _)| spot.end + at);
    let before = text[..start].chars().next_back().unwrap_or('\n');
    let found = tokens(k.pinyin, text, Span::new(start, end));
    let first = found.iter().position(|f| f.span.end > spot.start).unwrap_or(0);
    let last = found.iter().rposition(|f| f.span.start < spot.end).unwrap_or(0);
    let open = text[line_start..start].chars().fold(Open::default(), Open::behind);
    (found, first.saturating_sub(LEAD_IN)..last + 1, Context { before, open })
}

/// Take the runs of the path that are proven and certain.
fn accept(k: Knowledge<'_>, text: &str, found: &[Found], best: &Best, repairs: &mut Vec<Repair>) {
    let mut i = 0;
    while i < best.path.len() {
        if best.path[i].step == Step::Keep {
            i += 1;
            continue;
        }
        let end = best.path[i..].iter().position(|t| t.step == Step::Keep).map_or(best.path.len(), |n| i + n);
        // A run that begins right behind another is one of its own.
        let mut start = i;
        for at in i..end {
            let closes = matches!(best.path[at].step, Step::End | Step::EndSwallow);
            if closes {
                repairs.extend(Run { k, text, found, path: &best.path[start..=at], kept: &best.kept }.repair());
                start = at + 1;
            }
        }
        i = end;
    }
}

/// A run of the path: from the step that breaks it to the one that puts it into step again.
struct Run<'a> {
    k: Knowledge<'a>,
    text: &'a str,
    found: &'a [Found],
    path: &'a [Taken],
    kept: &'a [f32],
}

impl Run<'_> {
    /// The repair, and the spots inside it that are lost.
    fn repair(&self) -> Vec<Repair> {
        let tokens: Vec<usize> = self.path.iter().filter_map(|t| t.token).collect();
        let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return Vec::new() };
        // Where the run begins may be in doubt: its first characters are then left as they stand.
        let doubtful = tokens.iter().take_while(|t| self.kept[**t] > AS_FOUND).count();
        if doubtful == tokens.len() || tokens[doubtful..].iter().any(|t| self.kept[*t] > AS_FOUND) || !self.is_proven()
        {
            return Vec::new();
        }
        // What is probably right stays as found; the rest of the doubtful ones is lost.
        let sound = tokens[..doubtful].iter().take_while(|t| self.kept[**t] > SOUND).count();
        let (start, certain) = (tokens[sound], tokens[doubtful]);
        debug_assert!(first <= start);
        let span = Span::new(self.found[start].span.start, self.found[last].span.end);
        let silent = self.path.iter().any(|taken| taken.step == Step::LeftOut);
        let begins_unmarked =
            self.path.first().is_some_and(|t| matches!(t.step, Step::StartFirstLost | Step::StartSecondLost));
        let mut mended = Mended {
            after: String::new(),
            confidence: 0.999,
            known: 0,
            lost: Vec::new(),
            silent,
            certain_of_cut: certain_of_cut(self.k),
            begins_unmarked,
        };

        if sound < doubtful {
            mended.lose(Span::new(self.found[start].span.start, self.found[tokens[doubtful - 1]].span.end));
        }
        let mut at = start;
        for taken in self.path {
            at = taken.token.unwrap_or(at);
            if at < certain {
                continue;
            }
            mended.take(taken, self.found[at].span);
            let reading = self.reading(taken);
            if !reading.is_empty() {
                mended.after.push('(');
                mended.after.push_str(without_mark(reading));
            }
        }
        let before = span.of(self.text).to_owned();
        if mended.known == 0 || mended.after == before {
            return Vec::new();
        }
        let kind = RepairKind::MisalignedGbk;
        let mut repairs =
            vec![Repair { source: span, kind, before, after: mended.after, confidence: mended.confidence }];
        repairs.extend(mended.lost.iter().map(|lost| left(self.text, *lost, RepairKind::Replacement)));
        repairs
    }

    /// The planted reading that a step restores behind its character: its bracket was swallowed.
    fn reading(&self, taken: &Taken) -> &str {
        match (taken.step, taken.token.map(|t| &self.found[t])) {
            (Step::EndSwallow, Some(Found { token: Token::Half(_), span })) => span.of(self.text),
            _ => "",
        }
    }

    /// Damage the repair again: does that give exactly what was found?
    fn is_proven(&self) -> bool {
        let Some(first) = self.path.first() else { return false };
        let Some(begin) = self.path.iter().find_map(|t| t.token) else { return false };
        let Some(last) = self.path.iter().rev().find_map(|t| t.token) else { return false };
        let broken = match first.step {
            Step::StartLone => Break::LoneLead,
            Step::StartFirstLost => Break::FirstLost,
            Step::StartSecondLost => Break::SecondLost,
            Step::StartSplit => Break::Split(without_mark(self.found[begin].span.of(self.text)).to_owned()),
            _ => return false,
        };
        let mut source = String::new();
        for taken in self.path {
            // What cannot be known was an ASCII character below the trail bytes.
            source.extend(taken.emit.into_iter().filter(|c| *c != '\0').map(|c| if c == '\u{FFFD}' { '0' } else { c }));
            let reading = self.reading(taken);
            if !reading.is_empty() {
                source.push('(');
                source.push_str(without_mark(reading));
            }
        }
        let found = &self.text[self.found[begin].span.start..self.found[last].span.end];
        let Some(bytes) = self.k.gbk.encode(&source) else { return false };
        let mark = if found.contains('\u{FFFD}') { '\u{FFFD}' } else { '?' };
        Converter::all(mark)
            .any(|converter| gbk::damage(self.k.gbk, &bytes, &broken, converter).as_deref() == Some(found))
    }
}

/// What a run becomes.
struct Mended {
    after: String,
    confidence: f32,
    known: usize,
    lost: Vec<Span>,
    /// The converter left pairs out.
    silent: bool,
    certain_of_cut: f32,
    /// No mark told of the beginning, and no character with both its bytes has come since.
    begins_unmarked: bool,
}

impl Mended {
    fn take(&mut self, taken: &Taken, span: Span) {
        for (at, c) in taken.emit.into_iter().enumerate().filter(|(_, c)| *c != '\0') {
            let share = taken.share[at];
            let certain = match at {
                0 if taken.cut => share >= self.certain_of_cut,
                // A model's guess, be it ever so sure of itself: 综合管廊 is not 综合管理.
                0 if !taken.whole => false,
                // Nothing but the text itself tells where the run began.
                _ if self.silent || self.begins_unmarked => share >= CERTAIN_IN_DOUBT,
                _ => share >= CERTAIN,
            };
            if certain && c != '\u{FFFD}' {
                self.after.push(c);
                self.known += 1;
                self.confidence = self.confidence.min(share);
            } else {
                self.lose(span);
            }
            self.begins_unmarked &= !taken.whole;
        }
    }

    fn lose(&mut self, span: Span) {
        self.after.push('\u{FFFD}');
        if self.lost.last() != Some(&span) {
            self.lost.push(span);
        }
    }
}

/// A spot that is damaged and stays as it is.
fn left(text: &str, span: Span, kind: RepairKind) -> Repair {
    let before = span.of(text).to_owned();
    Repair { source: span, kind, after: before.clone(), before, confidence: 0.9 }
}

/// Marks of damage amid Han text that nothing mended. A question has its question word.
pub fn unmended(text: &str, spots: &[Span], repairs: &[Repair], question_words: &[String]) -> Vec<Repair> {
    let mut unmended = Vec::new();
    for spot in spots {
        for (at, mark) in spot.of(text).match_indices('?') {
            let at = spot.start + at;
            let span = Span::new(at, at + mark.len());
            if repairs.iter().any(|r| r.source.overlaps(&span))
                || unmended.last().is_some_and(|r: &Repair| r.source.end == at)
            {
                continue;
            }
            let start = text[..at].char_indices().rev().nth(16).map_or(0, |(i, _)| i);
            let asks = question_words.iter().any(|word| text[start..at].contains(word.as_str()));
            // A question ends its sentence: what follows one at once is a blank, a quotation mark or another sentence.
            let goes_on =
                |c: char| is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '?' | '、' | '；' | ';' | '(' | '（');
            if !asks && text[at + 1..].starts_with(goes_on) {
                unmended.push(left(text, span, RepairKind::QuestionMarks));
            }
        }
    }
    unmended
}

fn without_mark(text: &str) -> &str {
    text.trim_start_matches(is_mark)
}
