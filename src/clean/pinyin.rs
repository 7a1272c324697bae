//! Readings planted after Han characters against copying: 現(xiàn)在 → 現在.
//!
//! Nothing else in brackets is touched: what stands in them must be a syllable of Mandarin, and either carry a tone mark
//! or be a reading of the character before it ((GDP), (EPC), (PE) are none).

use anyhow::{Context, Result};
use memchr::memchr2_iter;
use rustc_hash::FxHashMap;

use crate::config::ConfigSource;
use crate::text::{AlignedText, Rewriter, Span, is_han};

/// Syllables and the characters that are read so (`config/pinyin.tsv`).
#[derive(Debug)]
pub struct PinyinRules {
    /// Syllable without tone, ü as v → the characters, sorted.
    syllables: FxHashMap<Box<str>, Vec<char>>,
}

/// What stands in a pair of brackets, read as pinyin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Syllable {
    /// Without tone, ü as v.
    pub plain: String,
    pub toned: bool,
}

/// The longest syllable (zhuang) with a tone digit.
const LONGEST: usize = 7;

impl PinyinRules {
    /// # Errors
    /// The table is missing or has a line that is not `syllable TAB characters`.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let text = source.text("pinyin.tsv")?;
        let mut syllables = FxHashMap::default();
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            let (syllable, characters) =
                line.split_once('\t').with_context(|| format!("config/pinyin.tsv: line {}: no tab", number + 1))?;
            let mut characters: Vec<char> = characters.chars().collect();
            characters.sort_unstable();
            syllables.insert(syllable.into(), characters);
        }
        Ok(Self { syllables })
    }

    /// Can the character be read so?
    pub fn is_reading(&self, c: char, syllable: &Syllable) -> bool {
        self.syllables.get(syllable.plain.as_str()).is_some_and(|list| list.binary_search(&c).is_ok())
    }

    /// Read a text as one syllable: tone marks (composed or not) or a tone digit, any case, ü or v, g or ɡ.
    pub fn syllable(&self, text: &str) -> Option<Syllable> {
        let mut plain = String::with_capacity(8);
        let mut toned = false;
        for (count, c) in text.chars().enumerate() {
            if count > LONGEST + 1 {
                return None;
            }
            let (base, tone) = base_letter(c)?;
            toned |= tone;
            plain.extend(base);
        }
        if let Some(short) = plain.strip_suffix(|c: char| c.is_ascii_digit())
            && !plain.ends_with(['0', '6', '7', '8', '9'])
        {
            plain = short.to_owned();
        }
        self.syllables.contains_key(plain.as_str()).then_some(Syllable { plain, toned })
    }
}

/// The letter without its tone mark, and whether it had one; nothing for a mark on its own.
fn base_letter(c: char) -> Option<(Option<char>, bool)> {
    let (base, toned) = match c {
        'a'..='z' | '1'..='5' => (c, false),
        'A'..='Z' => (c.to_ascii_lowercase(), false),
        'ā' | 'á' | 'ǎ' | 'à' | 'ă' | 'Ā' | 'Á' | 'Ǎ' | 'À' => ('a', true),
        'ō' | 'ó' | 'ǒ' | 'ò' | 'ŏ' | 'Ō' | 'Ó' | 'Ǒ' | 'Ò' => ('o', true),
        'ē' | 'é' | 'ě' | 'è' | 'ĕ' | 'Ē' | 'É' | 'Ě' | 'È' | 'ế' | 'ề' => ('e', true),
        'ī' | 'í' | 'ǐ' | 'ì' | 'ĭ' | 'Ī' | 'Í' | 'Ǐ' | 'Ì' => ('i', true),
        'ū' | 'ú' | 'ǔ' | 'ù' | 'ŭ' | 'Ū' | 'Ú' | 'Ǔ' | 'Ù' => ('u', true),
        'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'Ǖ' | 'Ǘ' | 'Ǚ' | 'Ǜ' => ('v', true),
        'ü' | 'Ü' => ('v', false),
        'ɡ' => ('g', false),
        'ń' | 'ň' | 'ǹ' => ('n', true),
        'ḿ' => ('m', true),
        'ɑ' => ('a', false),
        '\u{0300}' | '\u{0301}' | '\u{0304}' | '\u{030C}' => return Some((None, true)),
        '\u{0308}' => return Some((None, false)),
        'ａ'..='ｚ' => (char::from_u32(c as u32 - 'ａ' as u32 + 'a' as u32)?, false),
        'Ａ'..='Ｚ' => (char::from_u32(c as u32 - 'Ａ' as u32 + 'a' as u32)?, false),
        _ => return None,
    };
    Some((Some(base), toned))
}

/// Take planted readings out.
pub fn remove_planted(rules: &PinyinRules, text: AlignedText) -> AlignedText {
    let spans = planted(rules, text.as_str());
    if spans.is_empty() {
        return text;
    }
    let mut rewriter = Rewriter::new(&text);
    for span in spans {
        rewriter.keep_to(span.start);
        rewriter.skip_to(span.end);
    }
    rewriter.finish()
}

/// Where planted readings stand, brackets included.
pub fn planted(rules: &PinyinRules, text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut spans: Vec<Span> = Vec::new();
    // `（` and `）` begin with EF; a half-width bracket is itself.
    for at in memchr2_iter(b'(', 0xEF, bytes) {
        let open = if bytes[at] == b'(' { 1 } else { 3 };
        if open == 3 && !bytes[at..].starts_with("（".as_bytes()) || spans.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let Some((inner, close)) = inside(&text[at + open..]) else { continue };
        let end = at + open + inner.len() + close;
        let Some(before) = text[..at].chars().next_back() else { continue };
        if is_han(before) && is_planted(rules, before, inner) {
            spans.push(Span::new(at, end));
        }
    }
    swallowed(rules, text, &mut spans);
    spans
}

/// The syllable with a tone mark, closing bracket included, that a text begins with; and its length in bytes.
pub fn toned_syllable(rules: &PinyinRules, text: &str) -> Option<(Syllable, usize)> {
    if text.starts_with(is_han) {
        return None;
    }
    let (inner, close) = inside(text)?;
    let syllable = rules.syllable(inner).filter(|s| s.toned)?;
    Some((syllable, inner.len() + close))
}

fn is_planted(rules: &PinyinRules, before: char, inner: &str) -> bool {
    if let Some(syllable) = rules.syllable(inner) {
        return syllable.toned || rules.is_reading(before, &syllable);
    }
    // A gloss of a whole word: every part a syllable, one at least with its tone.
    let mut toned = false;
    let mut parts = 0;
    for part in inner.split([' ', '\u{a0}', '\'', '’', '-']).filter(|p| !p.is_empty()) {
        let Some(syllable) = rules.syllable(part) else { return false };
        toned |= syllable.toned;
        parts += 1;
    }
    toned && parts > 1
}

/// The text up to the closing bracket, and that bracket's length; nothing where it is not near.
fn inside(rest: &str) -> Option<(&str, usize)> {
    for (count, (i, c)) in rest.char_indices().enumerate() {
        match c {
            ')' => return (i > 0).then_some((&rest[..i], 1)),
            '）' => return (i > 0).then_some((&rest[..i], 3)),
            '\n' | '(' | '（' => return None,
            _ if is_han(c) || count > 24 => return None,
            _ => {}
        }
    }
    None
}

/// A reading whose opening bracket was swallowed by damage (標?biāo)): with a tone mark, behind a mark of damage, up to
/// its closing bracket. The mark of damage stays.
fn swallowed(rules: &PinyinRules, text: &str, spans: &mut Vec<Span>) {
    let mut extra = Vec::new();
    // U+FFFD begins with EF.
    for at in memchr2_iter(b'?', 0xEF, text.as_bytes()) {
        let lost = text.as_bytes()[at..].starts_with("\u{FFFD}".as_bytes());
        if !lost && text.as_bytes()[at] != b'?' {
            continue;
        }
        let start = at + if lost { '\u{FFFD}'.len_utf8() } else { 1 };
        if let Some((_, len)) = toned_syllable(rules, &text[start..]) {
            extra.push(Span::new(start, start + len));
        }
    }
    if !extra.is_empty() {
        spans.append(&mut extra);
        spans.sort_unstable();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removes_readings_and_nothing_else() {
        let rules = PinyinRules::load(&ConfigSource::Embedded).unwrap();
        for (from, to) in [
            ("現(xiàn)在，經(jīng)濟", "現在，經濟"),
            ("綠(lǜ)色、綠(lv)色、綠（lǜ）色、綠(LǛ)色", "綠色、綠色、綠色、綠色"),
            ("長(zhǎnɡ)治、長(ZHANG)治、长(zhang3)治", "長治、長治、长治"),
            ("穩(wěn)、额(é)、恶(è)", "穩、额、恶"),
            ("数（shu\u{300}）字", "数字"),
            ("浑源(hún yuán)县", "浑源县"),
            (
                "县(区)、总值(GDP)、有机物(VOCs)、羊(只)、承包(EPC)、基金(PE)",
                "县(区)、总值(GDP)、有机物(VOCs)、羊(只)、承包(EPC)、基金(PE)",
            ),
            ("人工智能(AI)、局域网(LAN)、(xiàn)、能力(an)", "人工智能(AI)、局域网(LAN)、(xiàn)、能力(an)"),
            ("戎笜?biāo)呈", "戎笜?呈"),
            ("x=f(a)、甲(a)、乙(b)", "x=f(a)、甲(a)、乙(b)"),
        ] {
            let out = remove_planted(&rules, AlignedText::from_source(from.into()));
            assert_eq!(out.as_str(), to);
        }
    }
}
