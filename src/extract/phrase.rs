//! Numerals that measure nothing, told by what stands around them (`config/fixed_phrases.toml`).

use anyhow::{Result, bail};
use serde::Deserialize;

use super::number::{NumberShape, Numeral};
use super::quantity::Kind;
use super::trie::Trie;
use super::unit::Dimension;
use crate::text::Span;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseConfig {
    rule: Vec<PhraseRule>,
}

/// Which numerals a rule speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    #[default]
    Any,
    Arabic,
    Chinese,
    /// 一 alone.
    One,
    /// 二 alone.
    Two,
}

/// A rule as it stands in the file; all conditions that it gives must hold.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "why and examples are for people, and a test holds them"))]
pub struct PhraseRule {
    pub id: String,
    pub why: String,
    pub kind: Kind,
    #[serde(default)]
    numeral: Written,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    after_unit: Vec<String>,
    #[serde(default)]
    after_outer: Vec<String>,
    #[serde(default)]
    dimensions: Vec<Dimension>,
    #[serde(default)]
    bound: bool,
    #[serde(default)]
    unless_before: Vec<String>,
    #[serde(default)]
    unless_after: Vec<String>,
    pub examples: Vec<String>,
    pub counter_examples: Vec<String>,
}

/// A numeral with what was read around it, as bytes of the text.
pub(super) struct Place<'a> {
    pub numeral: &'a Numeral,
    /// Where the quantity begins (its sign included), where its unit ends, and where the bound word behind it does.
    pub start: usize,
    pub unit_end: usize,
    pub outer_end: usize,
    pub dimension: Dimension,
    /// Is a bound told?
    pub bound: bool,
}

/// Sets of rules, one bit each.
type Mask = u64;

/// The rules, compiled to tries over the words of all of them.
#[derive(Debug)]
pub struct PhraseRules {
    pub rules: Vec<PhraseRule>,
    /// From the first numeral of a phrase on, as an index into `entries`.
    phrases: Trie<u32>,
    /// The phrases of one tail: what stands before the numeral, and the rule; the longest prefix first.
    entries: Vec<Vec<(String, usize)>>,
    before: Trie<Mask>,
    after: Trie<Mask>,
    after_unit: Trie<Mask>,
    after_outer: Trie<Mask>,
    unless_before: Trie<Mask>,
    unless_after: Trie<Mask>,
    wants_before: Mask,
    wants_after: Mask,
    wants_after_unit: Mask,
    wants_after_outer: Mask,
    /// Rules that have a condition at all (not phrases only).
    conditional: Mask,
}

impl PhraseRules {
    /// # Errors
    /// Too many rules, an id that stands twice, a phrase without a numeral.
    pub(super) fn load(source: &crate::config::ConfigSource, is_numeral: impl Fn(char) -> bool) -> Result<Self> {
        let config: PhraseConfig = source.toml("fixed_phrases.toml")?;
        let mut rules = Self {
            rules: config.rule,
            phrases: Trie::forwards(),
            entries: Vec::new(),
            before: Trie::backwards(),
            after: Trie::forwards(),
            after_unit: Trie::forwards(),
            after_outer: Trie::forwards(),
            unless_before: Trie::backwards(),
            unless_after: Trie::forwards(),
            wants_before: 0,
            wants_after: 0,
            wants_after_unit: 0,
            wants_after_outer: 0,
            conditional: 0,
        };
        if rules.rules.len() > Mask::BITS as usize {
            bail!("config/fixed_phrases.toml: more than {} rules", Mask::BITS);
        }
        for (i, rule) in rules.rules.iter().enumerate() {
            if rules.rules[..i].iter().any(|r| r.id == rule.id) {
                bail!("config/fixed_phrases.toml: rule {} stands twice", rule.id);
            }
            let bit = 1 << i;
            add_words(&mut rules.before, &rule.before, bit);
            add_words(&mut rules.after, &rule.after, bit);
            add_words(&mut rules.after_unit, &rule.after_unit, bit);
            add_words(&mut rules.after_outer, &rule.after_outer, bit);
            add_words(&mut rules.unless_before, &rule.unless_before, bit);
            add_words(&mut rules.unless_after, &rule.unless_after, bit);
            rules.wants_before |= if rule.before.is_empty() { 0 } else { bit };
            rules.wants_after |= if rule.after.is_empty() { 0 } else { bit };
            rules.wants_after_outer |= if rule.after_outer.is_empty() { 0 } else { bit };
            rules.wants_after_unit |= if rule.after_unit.is_empty() { 0 } else { bit };
            for phrase in &rule.phrases {
                let Some(at) = phrase.find(&is_numeral) else {
                    bail!("config/fixed_phrases.toml: rule {}: {phrase} has no numeral", rule.id);
                };
                let (prefix, tail) = phrase.split_at(at);
                let entry = match rules.phrases.longest(tail.as_bytes(), 0) {
                    Some((len, entry)) if len == tail.len() => entry as usize,
                    _ => {
                        rules.phrases.insert(tail, u32::try_from(rules.entries.len())?);
                        rules.entries.push(Vec::new());
                        rules.entries.len() - 1
                    }
                };
                if rules.entries[entry].iter().any(|e| e.0 == prefix && e.1 != i) {
                    bail!("config/fixed_phrases.toml: {phrase} stands in two rules");
                }
                rules.entries[entry].push((prefix.to_owned(), i));
                rules.entries[entry].sort_by_key(|e| std::cmp::Reverse(e.0.len()));
            }
        }
        rules.conditional = rules.wants_before | rules.wants_after | rules.wants_after_unit | rules.wants_after_outer;
        Ok(rules)
    }

    /// A fixed phrase around the numeral character at `at`: its span and rule.
    pub(super) fn phrase(&self, text: &str, at: usize) -> Option<(Span, usize)> {
        let mut found = None;
        self.phrases.walk(text.as_bytes(), at, |len, entry: u32| {
            let before = &text[..at];
            if let Some((prefix, rule)) = self.entries[entry as usize].iter().find(|e| before.ends_with(e.0.as_str())) {
                found = Some((Span::new(at - prefix.len(), at + len), *rule));
            }
        });
        let (span, rule) = found?;
        if self.unless_after.fold(text.as_bytes(), span.end, 0, |a, b| a | b) >> rule & 1 == 1 {
            return None;
        }
        // 5A is no mark inside 15A, PM10 none inside PM100.
        let bytes = text.as_bytes();
        let before = span.start.checked_sub(1).map_or(b' ', |i| bytes[i]);
        let first_is_digit = bytes[span.start].is_ascii_digit();
        if first_is_digit && (before.is_ascii_alphanumeric() || before == b'.') {
            return None;
        }
        let last = bytes[span.end - 1];
        let next = bytes.get(span.end).copied().unwrap_or(b' ');
        if last.is_ascii_alphanumeric() && (next.is_ascii_digit() || (next == b'.' && last.is_ascii_digit())) {
            return None;
        }
        Some((span, rule))
    }

    /// The first rule whose conditions hold at a place.
    pub(super) fn conditional(&self, text: &str, place: &Place) -> Option<usize> {
        let (bytes, numeral) = (text.as_bytes(), place.numeral);
        let or = |a: Mask, b: Mask| a | b;
        let mut held = self.conditional;
        held &= !self.wants_after | self.after.fold(bytes, numeral.scale_end, 0, or);
        held &= !self.wants_after_unit | self.after_unit.fold(bytes, place.unit_end, 0, or);
        if held & self.wants_before != 0 {
            held &= !self.wants_before | self.before.fold(bytes, place.start, 0, or);
        }
        if held & self.wants_after_outer != 0 {
            held &= !self.wants_after_outer | self.after_outer.fold(bytes, place.outer_end, 0, or);
        }
        if held == 0 {
            return None;
        }
        held &= !self.unless_before.fold(bytes, place.start, 0, or);
        held &= !self.unless_after.fold(bytes, place.unit_end, 0, or);
        held &= !self.unless_after.fold(bytes, numeral.scale_end, 0, or);
        let arabic = matches!(numeral.shape, NumberShape::Arabic | NumberShape::Mixed);
        let single = |value: f64| !arabic && !numeral.grouped && numeral.value == value && numeral.scale == 1.0;
        (0..self.rules.len()).find(|&i| {
            held >> i & 1 == 1
                && (place.bound || !self.rules[i].bound)
                && (self.rules[i].dimensions.is_empty() || self.rules[i].dimensions.contains(&place.dimension))
                && match self.rules[i].numeral {
                    Written::Any => true,
                    Written::Arabic => arabic,
                    Written::Chinese => !arabic,
                    Written::One => single(1.0),
                    Written::Two => single(2.0) && text[numeral.start..].starts_with('二'),
                }
        })
    }
}

fn add_words(trie: &mut Trie<Mask>, words: &[String], bit: Mask) {
    for word in words {
        if let Some(mask) = trie.insert(word, bit) {
            trie.insert(word, mask | bit);
        }
    }
}
