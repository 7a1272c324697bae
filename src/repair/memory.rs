//! What the document says elsewhere: a report says again what it has said, and names what it names by the same words.
//! All runs of a few characters that stand in sound text, as words of their own.

use super::lattice::WEIGHT;
use super::tree::Tree;
use crate::text::{Span, is_han};

/// The runs of characters of the sound parts of a document.
#[derive(Debug)]
pub struct Memory {
    tree: Tree,
    /// The sound text in the symbols of the lexicon; 0 between its parts.
    said: Vec<u16>,
}

/// Runs of so many characters count.
const SHORTEST: usize = 3;
const LONGEST: usize = 6;
/// So much of a text is said to be what the document says elsewhere, all lengths together.
const REPEATED: f32 = 0.2;

impl Memory {
    /// What a text says outside the damaged spans, which are in ascending order. `symbols` are those of the lexicon.
    pub fn of(symbols: &[u16], text: &str, damaged: &[Span]) -> Self {
        let said = said(symbols, text, damaged);
        let mut runs: Vec<Run> = (0..said.len())
            .filter_map(|at| {
                let run = &said[at..said.len().min(at + LONGEST)];
                let run = &run[..run.iter().position(|symbol| *symbol == 0).unwrap_or(run.len())];
                (run.len() >= SHORTEST).then(|| Run::of(run))
            })
            .collect();
        runs.sort_unstable_by_key(Run::key);
        let scale = REPEATED / (LONGEST - SHORTEST + 1) as f32 / runs.len().max(1) as f32;
        // Nearly all runs are said but once.
        let once = scale.powf(WEIGHT);
        let likelihood = |runs: &[Run], length: usize| match runs.len() {
            _ if length < SHORTEST => 0.0,
            1 => once,
            often => (scale * often as f32).powf(WEIGHT),
        };
        let tree = Tree::new(&runs, likelihood);
        Self { tree, said }
    }

    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Does the document say this, in symbols of the lexicon? Of two characters it says nothing.
    pub fn says(&self, run: &[u16]) -> bool {
        if run.len() <= LONGEST {
            return run.len() >= SHORTEST && self.tree.find(run).is_some();
        }
        self.said.windows(run.len().max(1)).any(|window| window == run)
    }
}

/// A run of symbols, filled up with 0.
#[derive(Debug)]
struct Run([u16; LONGEST]);

impl Run {
    fn of(symbols: &[u16]) -> Self {
        let mut run = [0; LONGEST];
        run[..symbols.len()].copy_from_slice(symbols);
        Self(run)
    }

    /// The run as one number: runs are in the order of their numbers.
    fn key(&self) -> u128 {
        self.0.iter().fold(0, |key, symbol| key << 16 | u128::from(*symbol))
    }
}

impl AsRef<[u16]> for Run {
    fn as_ref(&self) -> &[u16] {
        &self.0
    }
}

/// The symbols of the sound parts: planted readings are passed over, a number is one symbol, blanks are none.
fn said(symbols: &[u16], text: &str, damaged: &[Span]) -> Vec<u16> {
    let mut said = Vec::with_capacity(text.len() / 3);
    let mut damaged = damaged.iter().peekable();
    let mut in_reading = false;
    for (at, c) in text.char_indices() {
        while damaged.next_if(|span| span.end <= at).is_some() {}
        match c {
            '(' => in_reading = true,
            ')' if in_reading => {
                in_reading = false;
                continue;
            }
            // No reading is so long, nor is it in Chinese.
            _ if in_reading && is_han(c) => in_reading = false,
            _ => {}
        }
        let lost = c == '\n' || damaged.peek().is_some_and(|span| span.start <= at);
        let symbol = if lost { 0 } else { symbols.get(c as usize).copied().unwrap_or(0) };
        let repeats = matches!(symbol, 0 | ZERO) && said.last() == Some(&symbol);
        if !in_reading && symbol != u16::from(b' ') && !repeats {
            said.push(symbol);
        }
    }
    said
}

const ZERO: u16 = b'0' as u16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_sound_text_says_is_remembered() {
        let symbols: Vec<u16> = (0..=u16::MAX).collect();
        let text = "严控“三公”经(jīng)费。\n“三乱?费";
        let start = text.find("乱").unwrap();
        let memory = Memory::of(&symbols, text, &[Span::new(start, text.len())]);
        let says = |run: &str| memory.says(&run.encode_utf16().collect::<Vec<_>>());
        assert!(says("三公”经费"));
        assert!(!says("。“三"), "a line is one of its own");
        assert!(!says("乱"));
    }
}
