//! Traditional → simplified, by OpenCC's dictionaries and in context.
//!
//! Characters that exist only in traditional writing (發, 會) are converted wherever they stand. Those that simplified
//! writing has too (乾 in 乾县, 著 in 著名, 於 as a surname) are converted only in a line whose own characters are
//! traditional, so that simplified text passes unchanged and a mixed document keeps its simplified part.

use std::ops::RangeInclusive;

use anyhow::{Context, Result, bail};
use encoding_rs::{BIG5, Encoding, GBK};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::config::ConfigSource;
use crate::model::Script;
use crate::text::{AlignedText, Rewriter, Span, three_byte_code};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptConfig {
    /// Traditional forms that are left alone in a simplified line.
    kept_alone: String,
    /// Traditional phrases and their simplified form, beyond OpenCC's.
    phrases: Vec<(String, String)>,
}

/// The character exists only in traditional writing.
const HANT: u8 = 1;
/// The character exists only in simplified writing.
const HANS: u8 = 2;
/// The character has a simplified form that is not itself.
const CHANGES: u8 = 4;
/// A phrase begins with the character.
const PHRASE: u8 = 8;

/// Tables over the basic plane, indexed by code point.
pub struct ScriptRules {
    class: Vec<u8>,
    simplified: Vec<u16>,
    /// Phrases by their first character, the longest first.
    phrases: FxHashMap<char, Vec<(Box<str>, Box<str>)>>,
}

impl std::fmt::Debug for ScriptRules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ScriptRules").field("phrases", &self.phrases.len()).finish_non_exhaustive()
    }
}

/// How many characters of a text exist in one script only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ScriptCount {
    pub hant: usize,
    pub hans: usize,
}

impl ScriptCount {
    /// The script of the counted text. A few foreign characters (a name, a quotation) do not make a text mixed.
    pub fn script(self) -> Script {
        let (few, many) = (self.hant.min(self.hans), self.hant.max(self.hans));
        if few >= 8 && few * 50 > many {
            Script::Mixed
        } else if self.hant > self.hans {
            Script::Hant
        } else {
            Script::Hans
        }
    }
}

impl ScriptRules {
    /// # Errors
    /// A dictionary that is missing or has a line that is not `key TAB value`.
    pub fn load(source: &ConfigSource, config: &ScriptConfig) -> Result<Self> {
        let characters = dictionary(source, "opencc/TSCharacters.txt")?;
        let mut simplified: Vec<u16> = vec![0; 0x1_0000];
        let mut class = vec![0u8; 0x1_0000];
        let sets = CharacterSets::new();
        for (from, to) in &characters {
            set(&sets, &mut simplified, &mut class, from, to);
        }
        // 著 and its like: forms of a converter that OpenCC's own traditional writes otherwise (着).
        let variants = dictionary(source, "opencc/TWVariantsRev.txt")?;
        for (from, to) in &variants {
            let Some(c) = single(from) else { continue };
            let known = characters.iter().any(|(key, _)| key == from);
            if !known && !characters.iter().any(|(_, value)| value == from) && c != '么' {
                let to = convert_by(&simplified, to);
                set(&sets, &mut simplified, &mut class, from, &to);
            }
        }
        for c in config.kept_alone.chars() {
            if let Some(class) = class.get_mut(c as usize) {
                *class &= !HANT;
            }
        }
        let mut phrases: FxHashMap<char, Vec<(Box<str>, Box<str>)>> = FxHashMap::default();
        let variants = dictionary(source, "opencc/TWVariantsRevPhrases.txt")?;
        let own = dictionary(source, "opencc/TSPhrases.txt")?;
        let variants = variants.into_iter().filter(|(from, _)| from.contains('著')).map(|(from, to)| {
            let to = own
                .iter()
                .find(|(key, _)| *key == to)
                .map_or_else(|| convert_keeping(&simplified, &to), |(_, v)| v.clone());
            (from, to)
        });
        for (from, to) in variants.collect::<Vec<_>>().into_iter().chain(own.clone()).chain(config.phrases.clone()) {
            if convert_by(&simplified, &from) == to {
                continue;
            }
            let Some(first) = from.chars().next() else { continue };
            if let Some(class) = class.get_mut(first as usize) {
                *class |= PHRASE;
            }
            phrases.entry(first).or_default().push((from.into(), to.into()));
        }
        for list in phrases.values_mut() {
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        Ok(Self { class, simplified, phrases })
    }

    /// Count the characters that tell the script.
    pub fn count(&self, text: &str) -> ScriptCount {
        let mut count = ScriptCount::default();
        let bytes = text.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            // Every character of interest is three bytes long: E3..EF.
            if bytes[i] < 0xE3 || bytes[i] > 0xEF {
                i += 1;
                continue;
            }
            let class = self.class[three_byte_code(bytes, i)];
            count.hant += usize::from(class & HANT);
            count.hans += usize::from((class & HANS) >> 1);
            i += 3;
        }
        count
    }

    /// The simplified form of a character, itself where it has none.
    pub fn simplified(&self, c: char) -> char {
        match self.simplified.get(c as usize) {
            Some(&code) if code != 0 => char::from_u32(u32::from(code)).unwrap_or(c),
            _ => c,
        }
    }

    /// Does the character exist only in simplified writing?
    pub fn is_hans_only(&self, c: char) -> bool {
        self.class.get(c as usize).is_some_and(|class| class & HANS != 0)
    }

    /// Does the character exist only in traditional writing?
    pub fn is_hant_only(&self, c: char) -> bool {
        self.class.get(c as usize).is_some_and(|class| class & HANT != 0)
    }

    /// Does the character exist only in the other writing than that of a document? In a mixed one none does.
    pub fn is_foreign(&self, c: char, script: Script) -> bool {
        match script {
            Script::Hans => self.is_hant_only(c),
            Script::Hant => self.is_hans_only(c),
            Script::Mixed => false,
        }
    }
}

/// Simplify a text; tells the script that it came in.
pub fn simplify(rules: &ScriptRules, text: AlignedText) -> (AlignedText, Script) {
    let whole = rules.count(text.as_str());
    let script = whole.script();
    if whole.hant == 0 {
        return (text, script);
    }
    let mut rewriter = Rewriter::new(&text);
    let mut start = 0;
    for line in text.as_str().split_inclusive('\n') {
        let count = rules.count(line);
        // A line without a telling character follows the document.
        let in_context = count.hant > count.hans || (count.hant == count.hans && script == Script::Hant);
        if count.hant > 0 || in_context {
            simplify_line(rules, &mut rewriter, Span::new(start, start + line.len()), text.as_str(), in_context);
        }
        start += line.len();
    }
    let out = rewriter.finish();
    (out, script)
}

fn simplify_line(rules: &ScriptRules, rewriter: &mut Rewriter<'_>, line: Span, text: &str, in_context: bool) {
    let bytes = text.as_bytes();
    let mut i = line.start;
    let mut buffer = [0u8; 4];
    while i < line.end {
        if bytes[i] < 0xE3 || bytes[i] > 0xEF {
            i += 1;
            continue;
        }
        let code = three_byte_code(bytes, i);
        let class = rules.class[code];
        if in_context
            && class & PHRASE != 0
            && let Some((from, to)) = rules.phrase_at(&text[i..line.end])
        {
            rewriter.keep_to(i);
            i += from.len();
            rewriter.replace_to(i, to);
            continue;
        }
        if class & HANT != 0 || (in_context && class & CHANGES != 0) {
            let to = char::from_u32(u32::from(rules.simplified[code])).unwrap_or('\u{FFFD}');
            rewriter.keep_to(i);
            rewriter.replace_to(i + 3, to.encode_utf8(&mut buffer));
        }
        i += 3;
    }
}

impl ScriptRules {
    fn phrase_at(&self, rest: &str) -> Option<(&str, &str)> {
        let list = self.phrases.get(&rest.chars().next()?)?;
        list.iter().find(|(from, _)| rest.starts_with(from.as_ref())).map(|(from, to)| (from.as_ref(), to.as_ref()))
    }
}

fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    let first = chars.next()?;
    chars.next().is_none().then_some(first)
}

fn set(sets: &CharacterSets, simplified: &mut [u16], class: &mut [u8], from: &str, to: &str) {
    let (Some(from), Some(to)) = (single(from), single(to)) else { return };
    if from == to {
        return;
    }
    let (Ok(from_code), Ok(to_code)) = (u16::try_from(from as u32), u16::try_from(to as u32)) else { return };
    if from_code < 0x3000 {
        return;
    }
    simplified[usize::from(from_code)] = to_code;
    class[usize::from(from_code)] |= CHANGES;
    if !sets.gb2312.contains(from) {
        class[usize::from(from_code)] |= HANT;
    }
    if sets.gb2312.contains(to) && !sets.big5.contains(to) {
        class[usize::from(to_code)] |= HANS;
    }
}

/// The characters that simplified and traditional writing were first encoded with.
struct CharacterSets {
    /// The 6,763 Han characters of GB 2312.
    gb2312: CharacterSet,
    big5: CharacterSet,
}

impl CharacterSets {
    fn new() -> Self {
        Self {
            gb2312: CharacterSet::decoded(GBK, 0xB0..=0xF7, 0xA1..=0xFE),
            big5: CharacterSet::decoded(BIG5, 0xA1..=0xF9, 0x40..=0xFE),
        }
    }
}

/// A set of characters below U+10000.
struct CharacterSet(Vec<bool>);

impl CharacterSet {
    /// All double bytes at once: to encode each character costs a walk through the whole table.
    fn decoded(encoding: &'static Encoding, lead: RangeInclusive<u8>, trail: RangeInclusive<u8>) -> Self {
        let codes: Vec<u8> = lead.flat_map(|lead| trail.clone().flat_map(move |trail| [lead, trail, b'\n'])).collect();
        let mut set = vec![false; 0x1_0000];
        for c in encoding.decode_without_bom_handling(&codes).0.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}') {
            if let Some(member) = set.get_mut(c as usize) {
                *member = true;
            }
        }
        Self(set)
    }

    fn contains(&self, c: char) -> bool {
        self.0.get(c as usize).copied().unwrap_or(false)
    }
}

fn convert_by(simplified: &[u16], text: &str) -> String {
    text.chars().map(|c| mapped(simplified, c)).collect()
}

/// As [`convert_by`], with 著 left as it is.
fn convert_keeping(simplified: &[u16], text: &str) -> String {
    text.chars().map(|c| if c == '著' { c } else { mapped(simplified, c) }).collect()
}

fn mapped(simplified: &[u16], c: char) -> char {
    match simplified.get(c as usize) {
        Some(&code) if code != 0 => char::from_u32(u32::from(code)).unwrap_or(c),
        _ => c,
    }
}

/// `key TAB value [SPACE value…]` lines; the first value is taken.
fn dictionary(source: &ConfigSource, name: &str) -> Result<Vec<(String, String)>> {
    let text = source.text(name)?;
    let mut pairs = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (key, values) =
            line.split_once('\t').with_context(|| format!("config/{name}: line {}: no tab", number + 1))?;
        let Some(value) = values.split(' ').next().filter(|v| !v.is_empty()) else {
            bail!("config/{name}: line {}: no value", number + 1);
        };
        pairs.push((key.to_owned(), value.to_owned()));
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::super::characters::CharacterRules;
    use super::*;

    fn simplified(text: &str) -> (String, Script) {
        let rules = CharacterRules::load(&ConfigSource::Embedded).unwrap();
        let (out, script) = simplify(&rules.script, AlignedText::from_source(text.into()));
        (out.as_str().to_owned(), script)
    }

    #[test]
    fn converts_by_context() {
        for (from, to) in [
            ("著力推動乾部隊伍建設，成效顯著。", "着力推动干部队伍建设，成效显著。"),
            ("隨著經濟發展，著名品牌增多", "随着经济发展，著名品牌增多"),
            ("於是徵收土地，瞭解情況，後來", "于是征收土地，了解情况，后来"),
            ("裏面的乾縣、乾坤灣", "里面的乾县、乾坤湾"),
            ("發展一目瞭然，瞭望塔，慰藉", "发展一目了然，瞭望塔，慰藉"),
            ("範仲淹、鍾山縣、餘慶縣、渾源縣", "范仲淹、钟山县、余庆县、浑源县"),
        ] {
            assert_eq!(simplified(from).0, to);
        }
    }

    #[test]
    fn simplified_text_is_left_alone() {
        for text in
            ["乾县、乾隆年间、瞭望塔、著名企业、慰藉、宫商角徵羽、於陵、夥颐", "彭州市濛阳街道办事处主任王昇说什么"]
        {
            assert_eq!(simplified(text), (text.to_owned(), Script::Hans));
        }
    }

    #[test]
    fn a_mixed_document_keeps_its_simplified_part() {
        let text = "乾县的著名景点发展很快，经济总量增长，实现历史性跨越。\n隨著經濟發展，我們著力擴大內需，實現歷史性跨越。\n";
        let (out, script) = simplified(text);
        assert_eq!(script, Script::Mixed);
        assert_eq!(
            out,
            "乾县的著名景点发展很快，经济总量增长，实现历史性跨越。\n随着经济发展，我们着力扩大内需，实现历史性跨越。\n"
        );
    }
}
