//! How likely one character follows another in Chinese prose: a small model of character pairs, built by
//! `scripts/build_bigrams.py`, which tells the layout. Both scripts share it: a character counts as its simplified form.

use anyhow::{Result, bail};

use crate::clean::script::ScriptRules;
use crate::config::ConfigSource;

/// Costs of characters and pairs, in bits.
pub struct Bigrams {
    /// Character (basic plane) → symbol; 0 is none of the model's.
    symbols: Vec<u16>,
    entries: Vec<Entry>,
    codes: Vec<u16>,
    likelihoods: Vec<u8>,
    /// Stored byte → likelihood; and that with the weight of the search.
    scale: [f32; 256],
    weighed: [f32; 256],
    /// No pair is less likely, with the weight of the search.
    least: f32,
}

impl std::fmt::Debug for Bigrams {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bigrams").field("characters", &self.entries.len()).field("pairs", &self.codes.len()).finish()
    }
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    code: u16,
    /// Likelihood of the character anywhere.
    anywhere: f32,
    /// Likelihood that a word ends with the character, that one begins with it.
    end: f32,
    start: f32,
    /// End, start and anywhere with the weight of the search.
    weighed: [f32; 3],
    /// Its own pairs: `first..last`.
    first: u32,
    last: u32,
}

/// A character's place in the model.
pub type Symbol = u16;

/// Cost of a character that the model does not know, in bits.
const UNKNOWN: f32 = 22.0;
/// A character that is rarer than this, in bits, is odd.
const ODD: f32 = 16.5;

impl Bigrams {
    /// Likelihoods in the search count with their power `weight`.
    ///
    /// # Errors
    /// The file is missing or is not of the layout that this version reads.
    pub fn load(source: &ConfigSource, script: &ScriptRules, weight: f32) -> Result<Self> {
        let bytes = source.bytes("bigrams.bin")?;
        let u32_at = |at: usize| -> Result<u32> {
            match bytes.get(at..at + 4) {
                Some(four) => Ok(u32::from_le_bytes([four[0], four[1], four[2], four[3]])),
                None => bail!("config/bigrams.bin: cut short"),
            }
        };
        if bytes.get(..4) != Some(b"GWRB") || u32_at(4)? != 1 {
            bail!("config/bigrams.bin: not a model of version 1; build it with scripts/build_bigrams.py");
        }
        let (characters, pairs) = (u32_at(8)? as usize, u32_at(12)? as usize);
        let codes_at = 16 + characters * 10;
        if bytes.len() != codes_at + pairs * 3 {
            bail!("config/bigrams.bin: the length does not fit its counts");
        }
        let mut scale = [0f32; 256];
        for (byte, likelihood) in scale.iter_mut().enumerate() {
            *likelihood = (-(byte as f32) / 8.0).exp2();
        }
        let weighed = scale.map(|p| p.powf(weight));
        let unknown = (-UNKNOWN).exp2();
        let mut entries = vec![Entry {
            code: 0,
            anywhere: unknown,
            end: 0.5,
            start: unknown,
            weighed: [0.5f32, unknown, unknown].map(|p| p.powf(weight)),
            first: 0,
            last: 0,
        }];
        for record in bytes[16..codes_at].chunks_exact(10) {
            let first = u32::from_le_bytes([record[6], record[7], record[8], record[9]]);
            let code = u16::from_le_bytes([record[0], record[1]]);
            let (end, start) = (scale[usize::from(record[3])], scale[usize::from(record[4])]);
            let anywhere = scale[usize::from(record[2])];
            let weighed = [end, start, anywhere].map(|p| p.powf(weight));
            entries.push(Entry { code, anywhere, end, start, weighed, first, last: pairs as u32 });
        }
        for i in 1..entries.len() - 1 {
            entries[i].last = entries[i + 1].first;
        }
        let (codes, likelihoods) = bytes[codes_at..].split_at(pairs * 2);
        let codes = codes.chunks_exact(2).map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
        let mut model = Self {
            symbols: vec![0; 0x1_0000],
            entries,
            codes,
            likelihoods: likelihoods.to_vec(),
            scale,
            weighed,
            least: (-UNKNOWN - 3.0).exp2().powf(weight),
        };
        model.fill_symbols(script);
        Ok(model)
    }

    fn fill_symbols(&mut self, script: &ScriptRules) {
        let mut of_code = vec![0u16; 0x1_0000];
        for (symbol, entry) in self.entries.iter().enumerate().skip(1) {
            of_code[usize::from(entry.code)] = symbol as u16;
        }
        for code in 0..0x1_0000u32 {
            let Some(c) = char::from_u32(code) else { continue };
            let c = canonical(script, c);
            self.symbols[code as usize] = of_code[c as usize & 0xFFFF];
        }
    }

    /// How many symbols there are.
    pub fn symbols(&self) -> usize {
        self.entries.len()
    }

    /// The place of a character; 0 where the model does not know it.
    pub fn symbol(&self, c: char) -> Symbol {
        self.symbols.get(c as usize).copied().unwrap_or(0)
    }

    /// Cost in bits of `next` after `before`.
    pub fn cost(&self, before: Symbol, next: Symbol) -> f32 {
        let entry = &self.entries[usize::from(before)];
        let after = &self.entries[usize::from(next)];
        let row = &self.codes[entry.first as usize..entry.last as usize];
        let likelihood = match row.binary_search(&after.code) {
            Ok(i) => self.scale[usize::from(self.likelihoods[entry.first as usize + i])],
            Err(_) => (entry.end * after.start).max((-UNKNOWN - 3.0).exp2()),
        };
        -likelihood.log2()
    }

    /// How likely `next` is after `before`, with the weight of the search.
    pub fn likelihood(&self, before: Symbol, next: Symbol) -> f32 {
        let entry = &self.entries[usize::from(before)];
        let after = &self.entries[usize::from(next)];
        let row = &self.codes[entry.first as usize..entry.last as usize];
        match row.binary_search(&after.code) {
            Ok(i) => self.weighed[usize::from(self.likelihoods[entry.first as usize + i])],
            Err(_) => (entry.weighed[0] * after.weighed[1]).max(self.least),
        }
    }

    /// How likely a character is anywhere, with the weight of the search.
    pub fn anywhere(&self, symbol: Symbol) -> f32 {
        self.entries[usize::from(symbol)].weighed[2]
    }

    /// Is the character rare? Misread text is full of such.
    pub fn is_odd(&self, c: char) -> bool {
        self.entries[usize::from(self.symbol(c))].anywhere < (-ODD).exp2()
    }

    /// Mean cost in bits of the pairs of a text.
    pub fn mean_cost(&self, text: &str) -> f32 {
        let mut symbols = text.chars().map(|c| self.symbol(c));
        let Some(mut before) = symbols.next() else { return 0.0 };
        let (mut cost, mut pairs) = (0.0, 0u16);
        for symbol in symbols {
            cost += self.cost(before, symbol);
            pairs = pairs.saturating_add(1);
            before = symbol;
        }
        cost / f32::from(pairs.max(1))
    }
}

/// The character that stands for a character in the models: simplified, its width and kind folded.
pub fn canonical(script: &ScriptRules, c: char) -> char {
    match c {
        '0'..='9' | '０'..='９' => '0',
        'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => 'A',
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '(' => '（',
        ')' => '）',
        '％' => '%',
        '．' => '.',
        '―' | '–' => '—',
        '•' | '・' => '·',
        '\t' | '\n' | '\r' | '\u{a0}' | '\u{3000}' | '★' => ' ',
        c => script.simplified(c),
    }
}
