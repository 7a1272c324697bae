//! The commonest words and how likely each is (`config/words.bin`, built by `scripts/build_words.py`): tells which of
//! several readings of a lost character makes words with its neighbours, where pairs of characters alone do not
//! (融合。科學 against 融合專科學).

use anyhow::{Result, bail};

use crate::clean::script::ScriptRules;
use crate::config::ConfigSource;

/// Words of up to four characters in their simplified form.
pub struct Lexicon {
    /// By length: the words one after the other, ascending; and their costs in bits.
    words: [(Vec<u16>, Vec<f32>); LONGEST],
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts = self.words.each_ref().map(|(_, costs)| costs.len());
        f.debug_struct("Lexicon").field("words", &counts).finish()
    }
}

const LONGEST: usize = 4;
/// Cost of a character that is no word, in bits.
const UNKNOWN: f32 = 26.0;

impl Lexicon {
    /// # Errors
    /// The file is missing or is not of the layout that this version reads.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let bytes = source.bytes("words.bin")?;
        let mut rest: &[u8] = &bytes;
        let mut take = |len: usize| -> Result<&[u8]> {
            if rest.len() < len {
                bail!("config/words.bin: cut short; build it with scripts/build_words.py");
            }
            let (head, tail) = rest.split_at(len);
            rest = tail;
            Ok(head)
        };
        if take(8)? != b"GWRW\x01\0\0\0" {
            bail!("config/words.bin: not a lexicon of version 1; build it with scripts/build_words.py");
        }
        let mut words: [(Vec<u16>, Vec<f32>); LONGEST] = Default::default();
        for (length, (codes, costs)) in words.iter_mut().enumerate() {
            let count = take(4)?;
            let count = u32::from_le_bytes([count[0], count[1], count[2], count[3]]) as usize;
            codes.extend(take(count * (length + 1) * 2)?.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])));
            costs.extend(take(count)?.iter().map(|b| f32::from(*b) / 8.0));
        }
        Ok(Self { words })
    }

    /// Cost in bits of the likeliest way to cut the symbols into words.
    pub fn cost(&self, symbols: &[u16]) -> f32 {
        let mut best = vec![f32::INFINITY; symbols.len() + 1];
        best[0] = 0.0;
        for start in 0..symbols.len() {
            for length in 1..=LONGEST.min(symbols.len() - start) {
                let word = &symbols[start..start + length];
                let cost = match self.word(word) {
                    Some(cost) => cost,
                    None if length == 1 => UNKNOWN,
                    None => continue,
                };
                best[start + length] = best[start + length].min(best[start] + cost);
            }
        }
        best[symbols.len()]
    }

    fn word(&self, word: &[u16]) -> Option<f32> {
        let length = word.len();
        let (codes, costs) = &self.words[length - 1];
        let (mut low, mut high) = (0, costs.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match codes[middle * length..(middle + 1) * length].cmp(word) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(costs[middle]),
            }
        }
        None
    }
}

/// The symbols that the lexicon's words are made of.
pub fn symbols(script: &ScriptRules, text: impl Iterator<Item = char>) -> Vec<u16> {
    let code = |c: char| -> u16 {
        let c = super::bigrams::canonical(script, c);
        u16::try_from(c as u32).unwrap_or(0)
    };
    let mut symbols: Vec<u16> = Vec::new();
    for c in text {
        let symbol = code(c);
        // A number and a blank are one symbol each, as in the reports that the lexicon was built from.
        if !(symbol == u16::from(b' ') || symbol == u16::from(b'0') && symbols.last() == Some(&symbol)) {
            symbols.push(symbol);
        }
    }
    symbols
}
