//! The pairs of characters of the document in hand: a report says again what it has said.

use rustc_hash::FxHashMap;

use super::bigrams::{Bigrams, Symbol};
use super::lattice::WEIGHT;
use crate::text::is_han;

/// How often characters follow each other in a document.
#[derive(Debug, Default)]
pub struct Pairs {
    pairs: FxHashMap<(Symbol, Symbol), u16>,
    /// How often each symbol is the first of a pair.
    firsts: Vec<u16>,
}

/// So much of what the document says is believed.
const BELIEVED: f32 = 0.3;
/// A character that stands less often than about this tells little.
const FEW: f32 = 4.0;

impl Pairs {
    /// Readings planted between two characters are passed over.
    pub fn of(bigrams: &Bigrams, text: &str) -> Self {
        let mut pairs = Self { firsts: vec![0; bigrams.symbols()], ..Self::default() };
        // A report says nearly half of its pairs but once.
        pairs.pairs.reserve(text.len() / 6);
        let mut last = None;
        let mut in_reading = false;
        for c in text.chars() {
            match c {
                '(' => in_reading = true,
                ')' if in_reading => in_reading = false,
                // No reading is so long, nor is it in Chinese.
                _ if in_reading && is_han(c) => in_reading = false,
                _ => {}
            }
            if in_reading || c == ')' {
                continue;
            }
            let symbol = bigrams.symbol(c);
            if let Some(last) = last {
                let count = pairs.pairs.entry((last, symbol)).or_default();
                *count = count.saturating_add(1);
                let count = &mut pairs.firsts[usize::from(last)];
                *count = count.saturating_add(1);
            }
            last = (symbol != 0).then_some(symbol);
        }
        pairs
    }

    /// How likely `next` is after `before` in this document, with the weight of the search; 0 where it is never, but for
    /// `apart` times that do not count.
    pub fn likelihood(&self, before: Symbol, next: Symbol, apart: u16) -> f32 {
        match self.pairs.get(&(before, next)).map(|n| n.saturating_sub(apart)) {
            Some(n) if n > 0 => {
                let all = f32::from(self.firsts[usize::from(before)]);
                (BELIEVED * f32::from(n) / (all + FEW)).powf(WEIGHT)
            }
            _ => 0.0,
        }
    }
}
