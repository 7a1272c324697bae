//! The commonest words and how likely each is (`config/words.bin`, built by `scripts/build_words.py`): tells which of
//! several readings of a lost character makes words with its neighbours, where pairs of characters alone do not
//! (融合。科學 against 融合專科學).
//!
//! The words are a tree of characters, so that the search can go through it character by character.

use std::sync::OnceLock;

use anyhow::{Result, bail};

use crate::clean::script::ScriptRules;
use crate::config::ConfigSource;

/// Words of up to four characters in their simplified form, marks among them.
pub struct Lexicon {
    /// Each word's symbols, filled up with 0, and its likelihood.
    words: Vec<([u16; LONGEST], f32)>,
    /// Made when the first damage is found: most runs of the program never need it.
    tree: OnceLock<Tree>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.words.len()).finish_non_exhaustive()
    }
}

const LONGEST: usize = 4;
/// Likelihood of a character that is no word, in bits.
const UNKNOWN: f32 = 26.0;

/// A place in the tree of words: the characters of a word that has not ended yet. Between two words: [`BETWEEN`].
pub type Place = u32;

/// Between two words.
pub const BETWEEN: Place = 0;

#[derive(Debug, Clone, Copy)]
struct Branch {
    symbol: u16,
    /// Branches that go on from here: `first..last`.
    first: u32,
    last: u32,
    /// Likelihood of the word that ends here, 0 where none does; of the likeliest that ends further on.
    word: f32,
    further: f32,
}

#[derive(Debug)]
struct Tree {
    branches: Vec<Branch>,
    /// Character of the basic plane → its symbol.
    symbols: Vec<u16>,
    unknown: f32,
}

impl Lexicon {
    /// Likelihoods count with their power `weight`.
    ///
    /// # Errors
    /// The file is missing or is not of the layout that this version reads.
    pub fn load(source: &ConfigSource, weight: f32) -> Result<Self> {
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
        let mut words = Vec::new();
        for length in 1..=LONGEST {
            let count = take(4)?;
            let count = u32::from_le_bytes([count[0], count[1], count[2], count[3]]) as usize;
            let codes = take(count * length * 2)?.chunks_exact(length * 2);
            for (codes, bits) in codes.zip(take(count)?) {
                let mut word = [0; LONGEST];
                for (symbol, code) in word.iter_mut().zip(codes.chunks_exact(2)) {
                    *symbol = u16::from_le_bytes([code[0], code[1]]);
                }
                words.push((word, (-weight * f32::from(*bits) / 8.0).exp2()));
            }
        }
        Ok(Self { words, tree: OnceLock::new() })
    }

    /// The lexicon made ready to be walked through. `weight` is that of [`Lexicon::load`].
    pub fn walk(&self, script: &ScriptRules, weight: f32) -> Walk<'_> {
        Walk { tree: self.tree.get_or_init(|| Tree::new(&self.words, script, weight)) }
    }
}

impl Tree {
    fn new(words: &[([u16; LONGEST], f32)], script: &ScriptRules, weight: f32) -> Self {
        let mut words = words.to_vec();
        words.sort_unstable_by_key(|(word, _)| *word);
        let mut branches = vec![Branch { symbol: 0, first: 0, last: 0, word: 0.0, further: 1.0 }];
        // Level by level, so that the branches of one place stand together: (place, its words, their depth).
        let mut open = std::collections::VecDeque::from([(0usize, 0..words.len(), 0usize)]);
        while let Some((place, range, depth)) = open.pop_front() {
            branches[place].first = branches.len() as u32;
            let mut at = range.start;
            while at < range.end && depth < LONGEST {
                let symbol = words[at].0[depth];
                let end = at + words[at..range.end].partition_point(|(word, _)| word[depth] <= symbol);
                if symbol != 0 {
                    let ends = depth + 1 == LONGEST || words[at].0[depth + 1] == 0;
                    let word = if ends { words[at].1 } else { 0.0 };
                    let longer = &words[at + usize::from(ends)..end];
                    let further = longer.iter().map(|(_, p)| *p).fold(0.0, f32::max);
                    branches.push(Branch { symbol, first: 0, last: 0, word, further });
                    open.push_back((branches.len() - 1, at..end, depth + 1));
                }
                at = end;
            }
            branches[place].last = branches.len() as u32;
        }
        let symbol = |code: u32| -> u16 {
            let c = char::from_u32(code).map_or(' ', |c| super::bigrams::canonical(script, c));
            u16::try_from(c as u32).unwrap_or(0)
        };
        let unknown = (-weight * UNKNOWN).exp2();
        Self { branches, symbols: (0..0x1_0000).map(symbol).collect(), unknown }
    }

    fn child(&self, place: Place, symbol: u16) -> Option<Place> {
        let branch = &self.branches[place as usize];
        let children = &self.branches[branch.first as usize..branch.last as usize];
        let at = children.binary_search_by_key(&symbol, |child| child.symbol).ok()?;
        Some(branch.first + at as u32)
    }
}

/// The lexicon, ready to be walked through.
#[derive(Debug, Clone, Copy)]
pub struct Walk<'a> {
    tree: &'a Tree,
}

impl Walk<'_> {
    /// Where a character leads from a place behind the character `last`, and how likely: on inside a word, or to its
    /// end. A likelihood of 0 is no way.
    pub fn on(&self, place: Place, last: char, c: char) -> [(Place, f32); 2] {
        let symbol = self.tree.symbols.get(c as usize).copied().unwrap_or(0);
        let blank = symbol == u16::from(b' ');
        // A number and a blank are one symbol each, as in the reports that the lexicon was built from.
        if blank || symbol == u16::from(b'0') && last.is_ascii_digit() {
            return [(place, 1.0), (BETWEEN, 0.0)];
        }
        let before = self.tree.branches[place as usize].further;
        let Some(next) = self.tree.child(place, symbol) else {
            let p = if place == BETWEEN { self.tree.unknown } else { 0.0 };
            return [(BETWEEN, p), (BETWEEN, 0.0)];
        };
        let branch = &self.tree.branches[next as usize];
        // A rare single character that only begins words is still one.
        let end = if branch.word == 0.0 && place == BETWEEN { self.tree.unknown } else { branch.word / before };
        [(next, branch.further / before), (BETWEEN, end)]
    }
}
