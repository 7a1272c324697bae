//! GBK as tables, and the damage that a converter does to it: a byte lost, the rest read one byte off.

use encoding_rs::GB18030;

/// Both directions of the two-byte part of GBK, private-use area included.
pub struct Gbk {
    /// `(lead - 0x81) * 191 + (trail - 0x40)` → character, 0 where there is none.
    characters: Vec<u16>,
    /// Character → `lead << 8 | trail`, 0 where there is none.
    pairs: Vec<u16>,
}

impl std::fmt::Debug for Gbk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gbk")
    }
}

const TRAILS: usize = 191;

impl Default for Gbk {
    fn default() -> Self {
        let mut characters = vec![0u16; 126 * TRAILS];
        let mut pairs = vec![0u16; 0x1_0000];
        for lead in 0x81..=0xFEu8 {
            for trail in (0x40..=0xFEu8).filter(|t| *t != 0x7F) {
                let pair = [lead, trail];
                let (text, _, malformed) = GB18030.decode(&pair);
                let mut decoded = text.chars();
                if let (Some(c), None, false) = (decoded.next(), decoded.next(), malformed)
                    && let Ok(code) = u16::try_from(c as u32)
                {
                    characters[slot(lead, trail)] = code;
                    if pairs[usize::from(code)] == 0 {
                        pairs[usize::from(code)] = u16::from_be_bytes([lead, trail]);
                    }
                }
            }
        }
        Self { characters, pairs }
    }
}

fn slot(lead: u8, trail: u8) -> usize {
    usize::from(lead - 0x81) * TRAILS + usize::from(trail - 0x40)
}

/// Is the byte one that a two-byte character can begin with?
pub fn is_lead(byte: u8) -> bool {
    (0x81..=0xFE).contains(&byte)
}

/// Is the byte one that a two-byte character can end with?
pub fn is_trail(byte: u8) -> bool {
    (0x40..=0xFE).contains(&byte) && byte != 0x7F
}

/// Is the character of the private-use area?
pub fn is_private(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

impl Gbk {
    /// The character of a pair of bytes, private-use ones included.
    pub fn character(&self, lead: u8, trail: u8) -> Option<char> {
        if !is_lead(lead) || !is_trail(trail) {
            return None;
        }
        match self.characters[slot(lead, trail)] {
            0 => None,
            code => char::from_u32(u32::from(code)),
        }
    }

    /// The pair of bytes of a character.
    pub fn pair(&self, c: char) -> Option<(u8, u8)> {
        match self.pairs.get(c as usize) {
            Some(&pair) if pair != 0 => {
                let [lead, trail] = pair.to_be_bytes();
                Some((lead, trail))
            }
            _ => None,
        }
    }

    /// A text in GBK; nothing where a character has no place in it.
    pub fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::with_capacity(text.len());
        for c in text.chars() {
            if c.is_ascii() {
                bytes.push(c as u8);
            } else {
                let (lead, trail) = self.pair(c)?;
                bytes.extend([lead, trail]);
            }
        }
        Some(bytes)
    }
}

/// How a run of bytes came to be read one byte off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Break {
    /// The first byte was read on its own, and a mark of damage was written for it.
    LoneLead,
    /// The first byte is gone.
    FirstLost,
    /// The second byte is gone.
    SecondLost,
    /// A planted reading was written behind the first byte: its text from letter to closing bracket.
    Split(String),
}

/// How a converter treats what it cannot read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Converter {
    /// What is written for bytes that are no character.
    pub mark: char,
    /// A lead byte before a byte that is no trail takes that byte with it.
    pub swallows: bool,
    /// Private-use characters: kept, marked or left out.
    pub private: Private,
    /// Full-width forms of ASCII became ASCII afterwards.
    pub folds: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Private {
    Kept,
    Marked,
    LeftOut,
}

impl Converter {
    /// Every converter that the search allows for, with a mark.
    pub fn all(mark: char) -> impl Iterator<Item = Converter> {
        let privates = [Private::LeftOut, Private::Kept, Private::Marked];
        privates.into_iter().flat_map(move |private| {
            [(true, true), (false, true), (true, false), (false, false)]
                .into_iter()
                .map(move |(swallows, folds)| Converter { mark, swallows, private, folds })
        })
    }
}

/// The damage itself: what a converter makes of the bytes of a run, broken at its first character. `None` where the
/// break does not fit the run.
pub fn damage(gbk: &Gbk, bytes: &[u8], broken: &Break, converter: Converter) -> Option<String> {
    let mut out = String::new();
    let first = *bytes.first()?;
    let stream: Vec<u8> = match broken {
        Break::LoneLead => {
            out.push(converter.mark);
            bytes[1..].to_vec()
        }
        Break::FirstLost => bytes[1..].to_vec(),
        Break::SecondLost => std::iter::once(first).chain(bytes.get(2..)?.iter().copied()).collect(),
        Break::Split(reading) => {
            let planted = gbk.encode(reading)?;
            [&[first, b'('], planted.as_slice(), &bytes[1..]].concat()
        }
    };
    read(gbk, &stream, converter, &mut out);
    Some(out)
}

/// Read bytes as GBK in the manner of a converter.
pub fn read(gbk: &Gbk, bytes: &[u8], converter: Converter, out: &mut String) {
    let mut i = 0;
    while i < bytes.len() {
        let byte = bytes[i];
        if byte < 0x80 {
            out.push(char::from(byte));
            i += 1;
            continue;
        }
        let Some(&next) = bytes.get(i + 1) else {
            out.push(converter.mark);
            return;
        };
        match gbk.character(byte, next) {
            Some(c) if is_private(c) => match converter.private {
                Private::Kept => out.push(c),
                Private::Marked => out.push(converter.mark),
                Private::LeftOut => {}
            },
            Some(c) if converter.folds && ('！'..='～').contains(&c) => {
                out.extend(char::from_u32(c as u32 - 0xFEE0));
            }
            Some(c) => out.push(c),
            None => {
                out.push(converter.mark);
                i += if converter.swallows { 2 } else { 1 };
                continue;
            }
        }
        i += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_what_the_seed_shows() {
        let gbk = Gbk::default();
        let seed = Converter { mark: '?', swallows: true, private: Private::LeftOut, folds: true };
        for (source, broken, found) in [
            ("。總投資", Break::LoneLead, "??偼顿Y"),
            ("。空氣污染物濃度指標(", Break::LoneLead, "??諝馕廴疚餄舛戎笜?"),
            ("省）2", Break::LoneLead, "?。?"),
            ("模化豬", Break::LoneLead, "?;i"),
            ("模化", Break::LoneLead, "?;?"),
            ("。“三公”經(", Break::LoneLead, "?!叭苯?"),
            ("氣", Break::Split("xì)".into()), "?xì)?"),
        ] {
            let bytes = gbk.encode(source).unwrap();
            assert_eq!(damage(&gbk, &bytes, &broken, seed).as_deref(), Some(found));
        }
    }
}
