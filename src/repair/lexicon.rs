//! The commonest words and how likely each is (`config/words.bin`, built by `scripts/build_words.py`): tells which of
//! several readings of a lost character makes words with its neighbours, where pairs of characters alone do not
//! (融合。科學 against 融合專科學).

use std::sync::OnceLock;

use anyhow::{Result, bail};
use rustc_hash::FxHashMap;

use super::memory::Memory;
use super::tree::{Place, ROOT, Tree};
use crate::clean::script::ScriptRules;
use crate::config::ConfigSource;

/// Words of up to four characters in their simplified form, marks among them.
pub struct Lexicon {
    /// Each word's symbols, filled up with 0, and its likelihood.
    words: Vec<([u16; LONGEST], f32)>,
    /// Made when the first damage is found: most runs of the program never need it.
    tree: OnceLock<Words>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("words", &self.words.len()).finish_non_exhaustive()
    }
}

const LONGEST: usize = 4;
/// Likelihood of a character that is no word, in bits.
const UNKNOWN: f32 = 26.0;

/// Between two words.
pub const BETWEEN: Place = ROOT;
/// A place in the memory of the document; the others are in the lexicon.
const IN_MEMORY: Place = 1 << 31;

/// The words as a tree, and the symbols that they are written in.
#[derive(Debug)]
struct Words {
    tree: Tree,
    /// Character of the basic plane → its symbol.
    symbols: Vec<u16>,
    /// The characters of a symbol, both scripts' forms.
    forms: FxHashMap<u16, Vec<char>>,
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

    /// The lexicon made ready to be walked through, with what the document says. `weight` is that of
    /// [`Lexicon::load`].
    pub fn walk<'a>(&'a self, script: &ScriptRules, weight: f32, memory: Option<&'a Memory>) -> Walk<'a> {
        Walk { words: self.words(script, weight), memory }
    }

    /// The symbol of each character of the basic plane.
    pub fn symbols(&self, script: &ScriptRules, weight: f32) -> &[u16] {
        &self.words(script, weight).symbols
    }

    fn words(&self, script: &ScriptRules, weight: f32) -> &Words {
        self.tree.get_or_init(|| Words::new(&self.words, script, weight))
    }
}

impl Words {
    fn new(words: &[([u16; LONGEST], f32)], script: &ScriptRules, weight: f32) -> Self {
        struct Row([u16; LONGEST], f32);
        impl AsRef<[u16]> for Row {
            fn as_ref(&self) -> &[u16] {
                &self.0
            }
        }
        let mut rows: Vec<Row> = words.iter().map(|(word, p)| Row(*word, *p)).collect();
        // The words of each length are in order: runs for a stable sort to join.
        rows.sort_by_key(|row| row.0.iter().fold(0, |key, symbol| key << 16 | u64::from(*symbol)));
        let ends = |row: &Row, depth: usize| row.0.get(depth).is_none_or(|symbol| *symbol == 0);
        let tree = Tree::new(&rows, |rows, depth| if ends(&rows[0], depth) { rows[0].1 } else { 0.0 });
        let symbol = |code: u32| -> u16 {
            let c = char::from_u32(code).map_or(' ', |c| super::bigrams::canonical(script, c));
            u16::try_from(c as u32).unwrap_or(0)
        };
        let symbols: Vec<u16> = (0..0x1_0000).map(symbol).collect();
        let mut forms: FxHashMap<u16, Vec<char>> = FxHashMap::default();
        for (code, symbol) in symbols.iter().enumerate() {
            forms.entry(*symbol).or_default().extend(char::from_u32(code as u32));
        }
        Self { tree, symbols, forms, unknown: (-weight * UNKNOWN).exp2() }
    }
}

/// The lexicon and the memory of the document, ready to be walked through.
#[derive(Debug, Clone, Copy)]
pub struct Walk<'a> {
    words: &'a Words,
    memory: Option<&'a Memory>,
}

/// Where a character leads, and how likely; a likelihood of 0 is no way.
pub type Ways = [(Place, f32); 3];

const NOWHERE: (Place, f32) = (BETWEEN, 0.0);

impl Walk<'_> {
    fn symbol(&self, c: char) -> u16 {
        self.words.symbols.get(c as usize).copied().unwrap_or(0)
    }

    /// Where a character leads from a place behind the character `last`: on inside a word, to its end, or into what the
    /// document says elsewhere.
    pub fn on(&self, place: Place, last: char, c: char) -> Ways {
        let symbol = self.symbol(c);
        let blank = symbol == u16::from(b' ');
        // A number and a blank are one symbol each, as in the reports that the lexicon was built from.
        if blank || symbol == u16::from(b'0') && last.is_ascii_digit() {
            return [(place, 1.0), NOWHERE, NOWHERE];
        }
        if place & IN_MEMORY != 0 {
            let (on, end) = self.remembered(place & !IN_MEMORY, symbol);
            return [on, end, NOWHERE];
        }
        let [on, end] = self.known(place, symbol);
        let remembered = if place == BETWEEN { self.remembered(ROOT, symbol).0 } else { NOWHERE };
        [on, end, remembered]
    }

    fn known(&self, place: Place, symbol: u16) -> [(Place, f32); 2] {
        let tree = &self.words.tree;
        let before = tree.worth(place).1;
        let Some(next) = tree.child(place, symbol) else {
            return [(BETWEEN, if place == BETWEEN { self.words.unknown } else { 0.0 }), NOWHERE];
        };
        let (word, further) = tree.worth(next);
        // A rare single character that only begins words is still one.
        let end = if word == 0.0 && place == BETWEEN { self.words.unknown } else { word / before };
        [(next, further / before), (BETWEEN, end)]
    }

    fn remembered(&self, place: Place, symbol: u16) -> ((Place, f32), (Place, f32)) {
        let Some(tree) = self.memory.map(Memory::tree) else { return (NOWHERE, NOWHERE) };
        let Some(next) = tree.child(place, symbol) else { return (NOWHERE, NOWHERE) };
        let before = tree.worth(place).1;
        let (word, further) = tree.worth(next);
        ((next | IN_MEMORY, further / before), (BETWEEN, word / before))
    }

    /// The characters with which the word goes on that has begun; none between two words.
    pub fn goes_on(&self, place: Place) -> impl Iterator<Item = char> {
        let tree = match self.memory {
            Some(memory) if place & IN_MEMORY != 0 => memory.tree(),
            _ => &self.words.tree,
        };
        let place = place & !IN_MEMORY;
        let symbols = (place != ROOT).then(|| tree.symbols_from(place)).into_iter().flatten();
        symbols.filter_map(|symbol| self.words.forms.get(&symbol)).flatten().copied()
    }

    /// Is this a word of the lexicon?
    pub fn has_word(&self, run: &[char]) -> bool {
        self.knows(&run.iter().map(|c| self.symbol(*c)).collect::<Vec<_>>())
    }

    fn knows(&self, run: &[u16]) -> bool {
        let tree = &self.words.tree;
        tree.find(run).is_some_and(|place| tree.worth(place).0 > 0.0)
    }

    /// Is this a word, or does the document say it elsewhere?
    pub fn attests(&self, run: &[char]) -> bool {
        let run: Vec<u16> = run.iter().map(|c| self.symbol(*c)).collect();
        self.knows(&run) || self.memory.is_some_and(|memory| memory.says(&run))
    }
}
