//! Runs that were read one byte off in GBK, put into step again, with proof.
//!
//! A converter lost a byte (or read a lead byte on its own), read what follows one byte off, and wrote a mark for bytes
//! that are no character, until an ASCII character put it into step again. The bytes of the wrong characters, taken one
//! byte off, are the right ones. A repair is accepted only if damaging it again gives exactly what was found, and if the
//! bigram model leaves no doubt; a character that stands out from all others only by a little is left as U+FFFD.

use std::ops::Range;

use super::attest::{self, CERTAIN_OF_CUT};
use super::bigrams::Bigrams;
use super::gbk::{self, Break, Converter, Gbk, is_private};
use super::habits::Habits;
use super::lattice::{self, Best, Knowledge, Step, Taken};
use super::tokens::{Context, Found, Open, Token, is_mark, tokens};
use crate::clean::pinyin::PinyinRules;
use crate::model::{Repair, RepairKind};
use crate::text::{Span, is_han, three_byte_code};

/// A character whose share of all paths is smaller does not stand out; one of which a byte is lost never does, unless it
/// is known why.
const CERTAIN: f32 = 0.998;
/// The document, or a word, says the same as the guess and what is known beside it.
const CERTAIN_ATTESTED: f32 = 0.95;
/// A converter that leaves pairs out without a trace may have left out more than can be seen.
const CERTAIN_IN_DOUBT: f32 = 0.9999;
/// A run that no mark begins may begin elsewhere.
const CERTAIN_UNMARKED: f32 = 0.9995;
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

/// A suspicion with the tokens around it.
pub struct Window {
    found: Vec<Found>,
    /// Tokens at which damage may begin.
    zone: Range<usize>,
    context: Context,
}

impl Window {
    fn span(&self) -> Span {
        let first = self.found.first().map_or(0, |f| f.span.start);
        Span::new(first, self.found.last().map_or(first, |f| f.span.end))
    }

    fn bears_a_mark(&self) -> bool {
        self.found.iter().any(|found| matches!(found.token, Token::Half(_)) || found.char().is_some_and(is_mark))
    }

    /// Without a mark of damage a run comes into step again only where a byte of ASCII is the second one of a
    /// character, or the character read there ends in one: where none stands behind the beginning of the zone, every
    /// path is the text as found.
    fn may_come_into_step(&self, gbk: &Gbk) -> bool {
        let ends_a_run =
            |c: char| matches!(c, '@'..='~') || gbk.pair(c).is_some_and(|(_, second)| !gbk::is_lead(second));
        self.found.iter().skip(self.zone.start + 1).filter_map(Found::char).any(ends_a_run)
    }
}

/// The windows of a text around its suspicious spots, in ascending order; they do not overlap.
pub fn windows(pinyin: &PinyinRules, text: &str, spots: &[Span]) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::with_capacity(spots.len());
    let mut done = 0;
    for &spot in spots {
        if spot.start >= done {
            let window = window(pinyin, text, spot, done);
            done = window.span().end.max(done);
            windows.push(window);
        }
    }
    windows
}

/// What the tokens of the windows tell of the converter.
pub fn habits(windows: &[Window]) -> Habits {
    Habits::of(windows.iter().flat_map(|window| &window.found))
}

/// The parts of a text that are no evidence of what it says: the windows, and what follows them up to the next character
/// that puts a run into step again.
pub fn in_doubt(text: &str, windows: &[Window]) -> Vec<Span> {
    let run = |span: Span| text[span.end..].find(|c: char| c.is_ascii()).map_or(text.len(), |len| span.end + len);
    windows.iter().map(|window| Span::new(window.span().start, run(window.span()))).collect()
}

/// Does nothing bear a mark of damage, and is every window likeliest as it stands?
pub fn are_as_found(knowledge: Knowledge<'_>, windows: &[Window]) -> bool {
    let sound = |window: &Window| {
        !window.may_come_into_step(knowledge.gbk)
            || lattice::search(knowledge, window.context, &window.found, window.zone.clone())
                .is_none_or(|best| best.path.iter().all(|taken| taken.step == Step::Keep))
    };
    // Marks are told at a glance, a search is dear.
    !windows.iter().any(Window::bears_a_mark) && windows.iter().all(sound)
}

/// Mend the runs of the windows; the repairs are in ascending order and do not overlap.
pub fn mend(knowledge: Knowledge<'_>, text: &str, windows: &[Window]) -> Vec<Repair> {
    let search = |knowledge: Knowledge<'_>, w: &Window| lattice::search(knowledge, w.context, &w.found, w.zone.clone());
    let accepted = |knowledge: Knowledge<'_>, w: &Window, best: Option<&Best>| {
        best.map_or_else(Vec::new, |best| accept(knowledge, text, &w.found, best))
    };
    let mut searched: Vec<Option<Best>> = windows.iter().map(|window| search(knowledge, window)).collect();
    let mut habits = knowledge.habits.clone();
    let told: Vec<_> =
        windows.iter().zip(&searched).filter_map(|(w, best)| Some((&*w.found, best.as_ref()?))).collect();
    if !habits.learn(&told) {
        return windows.iter().zip(&searched).flat_map(|(w, best)| accepted(knowledge, w, best.as_ref())).collect();
    }
    // What the converter did once it did everywhere: with this known, look again where something is left in doubt.
    let knowledge = Knowledge { habits: &habits, ..knowledge };
    let mut repairs = Vec::new();
    for (window, best) in windows.iter().zip(&mut searched) {
        if !best.as_ref().is_some_and(Best::is_certain) {
            *best = search(knowledge, window);
        }
        repairs.extend(accepted(knowledge, window, best.as_ref()));
    }
    repairs
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
        // Nearly all of a text.
        if (0xE3..=0xED).contains(&byte) && !suspicion.odd[three_byte_code(bytes, i)] {
            i += 3;
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
fn window(pinyin: &PinyinRules, text: &str, spot: Span, floor: usize) -> Window {
    let line_start = text[floor..spot.start].rfind('\n').map_or(floor, |at| floor + at + 1);
    let start = text[line_start..spot.start]
        .char_indices()
        .rev()
        .nth(LEAD_IN + 4)
        .map_or(line_start, |(at, _)| line_start + at);
    let line_end = text[spot.end..].find('\n').map_or(text.len(), |at| spot.end + at);
    let end = text[spot.end..line_end].char_indices().nth(LEAD_OUT).map_or(line_end, |(at, _)| spot.end + at);
    let before = text[..start].chars().next_back().unwrap_or('\n');
    let found = tokens(pinyin, text, Span::new(start, end));
    let first = found.iter().position(|f| f.span.end > spot.start).unwrap_or(0);
    let last = found.iter().rposition(|f| f.span.start < spot.end).unwrap_or(0);
    let open = text[line_start..start].chars().fold(Open::default(), Open::behind);
    let closes = text[end..line_end].chars().find(|c| "()（）".contains(*c)).is_some_and(|c| matches!(c, ')' | '）'));
    Window { found, zone: first.saturating_sub(LEAD_IN)..last + 1, context: Context { before, open, closes } }
}

/// Take the runs of the path that are proven and certain.
fn accept(k: Knowledge<'_>, text: &str, found: &[Found], best: &Best) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let attested = attest::attested(k.words, k.habits, best);
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
                let (path, attested) = (&best.path[start..=at], &attested[start..=at]);
                repairs.extend(Run { k, text, found, path, attested, kept: &best.kept }.repair());
                start = at + 1;
            }
        }
        i = end;
    }
    repairs
}

/// A run of the path: from the step that breaks it to the one that puts it into step again.
struct Run<'a> {
    k: Knowledge<'a>,
    text: &'a str,
    found: &'a [Found],
    path: &'a [Taken],
    /// By step of the path.
    attested: &'a [bool],
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
        let split = self.path.first().is_some_and(|taken| taken.step == Step::StartSplit);
        let mut mended = Mended {
            after: String::new(),
            confidence: 0.999,
            known: 0,
            lost: Vec::new(),
            silent,
            split,
            begins_unmarked,
        };

        if sound < doubtful {
            mended.lose(Span::new(self.found[start].span.start, self.found[tokens[doubtful - 1]].span.end));
        }
        let mut at = start;
        for (taken, attested) in self.path.iter().zip(self.attested) {
            at = taken.token.unwrap_or(at);
            if at < certain {
                continue;
            }
            mended.take(taken, *attested, self.found[at].span);
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
    /// A planted reading cut a character in two.
    split: bool,
    /// No mark told of the beginning, and no character with both its bytes has come since.
    begins_unmarked: bool,
}

impl Mended {
    fn take(&mut self, taken: &Taken, attested: bool, span: Span) {
        for (at, c) in taken.emit.into_iter().enumerate().filter(|(_, c)| *c != '\0') {
            let share = taken.share[at];
            let certain = match at {
                // Its reading is there.
                0 if taken.told && self.split => share >= CERTAIN,
                0 if taken.told => share >= CERTAIN_OF_CUT || attested && share >= CERTAIN_ATTESTED,
                // Else a model's guess, be it ever so sure of itself: 综合管廊 is not 综合管理.
                0 if !taken.whole => attested && share >= CERTAIN_ATTESTED,
                // Nothing but the text itself tells where the run began.
                _ if self.silent => share >= CERTAIN_IN_DOUBT,
                _ if self.begins_unmarked => share >= CERTAIN_UNMARKED,
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
