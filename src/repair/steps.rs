//! The steps of the search: what a converter can have made of source characters, and what that is worth.

use std::ops::RangeInclusive;

use super::gbk::{Private, is_lead};
use super::lattice::{Lattice, Mode, Move, Node, Step};
use super::tokens::{Found, Token, is_mark};
use crate::clean::pinyin::Syllable;
use crate::text::is_han;

/// 2 to the power of `-bits`.
const fn bits(bits: u32) -> f32 {
    1.0 / (1u64 << bits) as f32
}

// What the damage is worth.
const START_AT_MARK: f32 = bits(8);
/// The mark stands before a character at which converters cut a text by its bytes.
const START_AT_CUT: f32 = bits(1);
const START_UNMARKED: f32 = bits(24);
/// Where a mark stands in the tokens something is damaged, to be sure.
const START_NEAR_MARK: f32 = bits(17);
const START_SPLIT: f32 = bits(6);
/// The reading goes with the character that the two bytes beside it make.
const START_SPLIT_TOLD: f32 = bits(2);
const HALF_KEPT: f32 = bits(16);
const END_AT_MARK: f32 = bits(2);
/// What a converter does elsewhere it does here.
const AGAINST_HABIT: f32 = bits(12);
/// A character between two marks.
const LOST: f32 = bits(10);
const SWALLOW: f32 = bits(3);
const LONE_BEFORE_HAN: f32 = bits(9);
const MARKED_PAIR: f32 = bits(7);
const LEFT_OUT: f32 = bits(4);
const LEFT_OUT_BY_HABIT: f32 = bits(1);
/// Second bytes of a pair that is of the private-use area with the first byte of the next one; that one is below A1, or
/// not.
const LOST_SECONDS: [(bool, RangeInclusive<u8>); 3] = [(false, 0xAA..=0xAF), (false, 0xF8..=0xFE), (true, 0xA1..=0xA7)];
/// A path that is less likely than this, in terms of the likeliest, is not asked for characters that were left out whole.
const HOPEFUL: f64 = 1.0 / (1u64 << 16) as f64;
/// Two pairs and more.
const MORE_LEFT_OUT: f32 = bits(8);
/// A lost character that is less likely than this behind the one before it is not looked at on its own.
const LIKELY: f32 = bits(10);
/// What a mark of damage is worth where it is taken as it stands.
const MARK_KEPT: f32 = bits(16);

impl Lattice<'_> {
    pub(super) fn expand(&mut self, node: u32, i: usize) {
        let token = self.found[i].token.clone();
        match (self.nodes[node as usize].mode, token) {
            (Mode::InStep, Token::Reading) => self.take(node, i, keep(['\0'; 2], 1.0)),
            (Mode::InStep, Token::Half(syllable)) => {
                // As found: a mark, and a reading that belongs to nothing.
                self.take_as_blank(node, i, keep(['\0'; 2], HALF_KEPT));
                if self.zone.contains(&i) {
                    self.split(node, i, &syllable);
                }
            }
            (Mode::InStep, Token::Char(c)) => self.expand_in_step(node, i, c),
            (mode, Token::Half(syllable)) => self.end_at_half(node, mode, i, &syllable),
            (_, Token::Reading) => {}
            (mode, Token::Char(c)) => {
                self.expand_pending(node, mode, i, c);
                if let Mode::LeftOut { low } = mode {
                    self.hidden(node, low, i);
                }
            }
        }
    }

    fn expand_in_step(&mut self, node: u32, i: usize, c: char) {
        if is_mark(c) {
            self.take_as_lost(node, i, keep([c, '\0'], MARK_KEPT));
        } else {
            self.take(node, i, keep([c, '\0'], 1.0));
        }
        if !self.zone.contains(&i) {
            return;
        }
        if is_mark(c) {
            let p = if self.is_cut(i + 1) { START_AT_CUT } else { START_AT_MARK };
            self.take(node, i, Move { step: Step::StartLone, mode: Mode::Lone, emit: ['\0'; 2], p });
        }
        let Some((lead, trail)) = self.k.gbk.pair(c) else { return };
        let start = if self.has_mark { START_NEAR_MARK } else { START_UNMARKED };
        let first_lost = Move { step: Step::StartFirstLost, mode: Mode::Unknown, emit: ['\0'; 2], p: start };
        self.take(node, i, first_lost);
        if is_lead(trail) {
            for &(_, source) in self.k.sources.with_first(lead) {
                let (step, mode) = (Step::StartSecondLost, Mode::Pending(trail));
                self.take(node, i, Move { step, mode, emit: [source, '\0'], p: start });
            }
        }
    }

    /// A reading planted amid a character: it goes with the character that the bytes before it make, or with its own.
    fn split(&mut self, node: u32, i: usize, syllable: &Syllable) {
        let step = Step::StartSplit;
        let last = self.k.gbk.pair(self.nodes[node as usize].last);
        if let Some((_, before)) = last {
            for &(first, c) in self.k.sources.with_first(before) {
                if is_lead(first) && self.k.pinyin.is_reading(c, syllable) {
                    let p = START_SPLIT_TOLD;
                    self.take(node, i, Move { step, mode: Mode::Pending(first), emit: ['\0'; 2], p });
                }
            }
        }
        self.take(node, i, Move { step, mode: Mode::Read(i), emit: ['\0'; 2], p: START_SPLIT });
    }

    /// The source characters that a pending byte and this second byte can make.
    fn with_second(&self, mode: Mode, second: u8) -> Vec<char> {
        match mode {
            Mode::InStep => Vec::new(),
            Mode::Pending(first) => self.source(first, second).into_iter().collect(),
            Mode::Unknown | Mode::Lone => self.k.sources.with_second(second).iter().map(|(_, c)| *c).collect(),
            Mode::LeftOut { low } | Mode::Gap { low } => {
                let fits = |(first, _): &&(u8, char)| (*first < 0xA1) == low;
                self.k.sources.with_second(second).iter().filter(fits).map(|(_, c)| *c).collect()
            }
            Mode::Read(half) => {
                let mut characters: Vec<char> = self.k.sources.with_second(second).iter().map(|(_, c)| *c).collect();
                if let Token::Half(syllable) = &self.found[half].token {
                    characters.retain(|c| self.k.pinyin.is_reading(*c, syllable));
                }
                characters
            }
        }
    }

    /// The source characters that a pending byte can begin where the second one is lost: it is none of ASCII's, and it
    /// tells what comes next. Nothing where nothing at all is known of the character: there is nothing to find.
    fn with_lost_second(&self, mode: Mode) -> Vec<(u8, char)> {
        let high = |(second, _): &&(u8, char)| *second >= 0x80;
        match mode {
            Mode::Pending(first) => self.k.sources.with_first(first).iter().filter(high).copied().collect(),
            Mode::Read(half) => {
                let Token::Half(syllable) = &self.found[half].token else { return Vec::new() };
                let all = (0x81..=0xFE).flat_map(|first| self.k.sources.with_first(first)).filter(high);
                all.filter(|(_, c)| self.k.pinyin.is_reading(*c, syllable)).copied().collect()
            }
            Mode::InStep | Mode::Unknown | Mode::LeftOut { .. } | Mode::Gap { .. } | Mode::Lone => Vec::new(),
        }
    }

    fn source(&self, first: u8, second: u8) -> Option<char> {
        let all = self.k.sources.with_first(first);
        all.binary_search_by_key(&second, |(second, _)| *second).ok().map(|at| all[at].1)
    }

    fn expand_pending(&mut self, node: u32, mode: Mode, i: usize, c: char) {
        // An ASCII byte that is the second byte of the pending character.
        if c.is_ascii() && (0x40..0x7F).contains(&(c as u32)) {
            for source in self.with_second(mode, c as u8) {
                self.take(node, i, Move { step: Step::End, mode: Mode::InStep, emit: [source, '\0'], p: 1.0 });
            }
        }
        let folded = ('!'..='~').contains(&c).then(|| (0xA3, c as u8 + 0x80));
        for (first, second) in self.k.gbk.pair(c).into_iter().chain(folded) {
            for source in self.with_second(mode, first) {
                let (step, mode, emit) = if is_lead(second) {
                    (Step::Inside, Mode::Pending(second), [source, '\0'])
                } else {
                    // The second byte is an ASCII character of the source.
                    (Step::End, Mode::InStep, [source, char::from(second)])
                };
                self.take(node, i, Move { step, mode, emit, p: 1.0 });
            }
        }
        if is_mark(c) {
            self.end_at_mark(node, mode, i);
        }
        if let Mode::Pending(first) = mode
            && self.k.habits.private != Some(Private::Kept)
        {
            self.left_out(node, first, i);
        }
    }

    /// A mark where the run falls into step again, or where a pair is none of GBK's.
    fn end_at_mark(&mut self, node: u32, mode: Mode, i: usize) {
        if matches!(mode, Mode::Lone | Mode::LeftOut { .. } | Mode::Gap { .. }) {
            // Of the character nothing at all is known. Where texts are cut at such marks by their bytes that is why.
            let lost = if self.k.habits.cuts_texts() && self.is_cut(i) { LOST * AGAINST_HABIT } else { LOST };
            let (step, mode, emit) = (Step::End, Mode::InStep, ['\u{FFFD}', '\0']);
            self.take_as_lost(node, i, Move { step, mode, emit, p: lost });
        }
        let swallowed = self.swallowed_digit(i);
        let (end, swallow) = self.worth_at_mark(i);
        // A converter does the same everywhere: a lead byte takes an ASCII character along, or never does. But at the end
        // of a piece there is nothing to take.
        let (end, swallow) = match self.k.habits.swallows {
            Some(true) if !self.is_cut(i + 1) => (end * AGAINST_HABIT, swallow),
            Some(false) => (end, swallow * AGAINST_HABIT),
            _ => (end, swallow),
        };
        for (second, source) in self.with_lost_second(mode) {
            let p = END_AT_MARK;
            self.take(node, i, Move { step: Step::End, mode: Mode::InStep, emit: [source, '\0'], p: p * end });
            let (step, mode) = (Step::EndSwallow, Mode::InStep);
            match swallowed {
                Some(digit) => {
                    let p = if self.k.habits.swallows == Some(false) { p * AGAINST_HABIT } else { p };
                    self.take(node, i, Move { step, mode, emit: [source, digit], p });
                }
                None => {
                    let emit = [source, '\u{FFFD}'];
                    self.take(node, i, Move { step, mode, emit, p: p * swallow });
                }
            }
            // Both bytes are leads and no pair: still out of step.
            if is_lead(second) && !(0xB0..=0xF7).contains(&second) {
                let (step, mode) = (Step::Inside, Mode::Unknown);
                self.take(node, i, Move { step, mode, emit: [source, '\0'], p: MARKED_PAIR });
            }
        }
    }

    /// A reading whose bracket the mark swallowed, behind the character that it belongs to.
    fn end_at_half(&mut self, node: u32, mode: Mode, i: usize, syllable: &Syllable) {
        for (_, source) in self.with_lost_second(mode) {
            if self.k.pinyin.is_reading(source, syllable) {
                let (step, mode, emit) = (Step::EndSwallow, Mode::InStep, [source, '\0']);
                self.take(node, i, Move { step, mode, emit, p: END_AT_MARK });
            }
        }
    }

    /// Pairs of the private-use area that the converter left out without a trace: one or more, and with them the second
    /// byte of the pending character, the first byte of a later one, and whatever stood between. What is known is that
    /// there is a character for the first byte; the likeliest stands for them all.
    fn left_out(&mut self, node: u32, first: u8, i: usize) {
        let Node { symbol, last, word, .. } = self.nodes[node as usize];
        let sources = self.k.sources;
        let left_out = if self.k.habits.private == Some(Private::LeftOut) { LEFT_OUT_BY_HABIT } else { LEFT_OUT };
        for low in [false, true] {
            let mut all = 0.0f32;
            let mut likeliest = (0.0, '\0');
            let seconds = LOST_SECONDS.into_iter().filter(|(of, _)| *of == low);
            let candidates = seconds.flat_map(|(_, range)| sources.with_first_and(first, range));
            for &(_, c) in candidates {
                let of_pair = self.likelihood(symbol, c, false);
                let of_word = self.k.words.on(word, last, c).iter().map(|(_, p)| *p).fold(0.0, f32::max);
                all += of_pair * of_word;
                if of_pair * of_word > likeliest.0 {
                    likeliest = (of_pair * of_word, c);
                }
                if of_pair > LIKELY {
                    let (step, mode) = (Step::LeftOut, Mode::LeftOut { low });
                    self.take(node, i, Move { step, mode, emit: [c, '\0'], p: left_out });
                }
            }
            if all > 0.0 {
                let emit = [likeliest.1, '\0'];
                let p = MORE_LEFT_OUT * all;
                self.take_as_lost(node, i, Move { step: Step::LeftOut, mode: Mode::Gap { low }, emit, p });
            }
        }
    }

    /// A character that was left out whole, between two pairs that were: only where it goes on with a word that has
    /// begun, or with what the document says elsewhere.
    fn hidden(&mut self, node: u32, low: bool, i: usize) {
        let words = self.k.words;
        if self.nodes[node as usize].all < HOPEFUL {
            return;
        }
        for c in words.goes_on(self.nodes[node as usize].word) {
            let Some((first, second)) = self.k.gbk.pair(c).filter(|(first, _)| (*first < 0xA1) == low) else {
                continue;
            };
            let step = Step::LeftOut;
            for (low, range) in LOST_SECONDS {
                if range.contains(&second) && self.k.sources.has(first, second) {
                    self.take(node, i, Move { step, mode: Mode::LeftOut { low }, emit: [c, '\0'], p: 1.0 });
                }
            }
        }
    }

    /// The digit that a mark swallowed, where what follows is the rest of a year.
    fn swallowed_digit(&self, i: usize) -> Option<char> {
        let mut rest = self.found[i + 1..].iter().map(Found::char);
        let mut digits = [' '; 3];
        for digit in &mut digits {
            *digit = rest.next()?.filter(char::is_ascii_digit)?;
        }
        match (digits[0], rest.next()?) {
            ('0', Some('年')) => Some('2'),
            ('9', Some('年')) => Some('1'),
            _ => None,
        }
    }

    /// What it is worth that a mark stands for a lead byte alone, and that it took an ASCII character along. A converter
    /// comes to a lead byte alone before an ASCII character, which is either left standing or gone.
    fn worth_at_mark(&self, i: usize) -> (f32, f32) {
        match self.found.get(i + 1).and_then(Found::char) {
            Some(c) if is_han(c) => (LONE_BEFORE_HAN, bits(1)),
            _ => (1.0, SWALLOW),
        }
    }
}

fn keep(emit: [char; 2], p: f32) -> Move {
    Move { step: Step::Keep, mode: Mode::InStep, emit, p }
}
