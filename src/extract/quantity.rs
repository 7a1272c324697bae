//! Quantities: every numeral of a text, with its unit, its bound, and what kind of number it is.
//!
//! One pass over the characters; at a numeral the readers of numbers, units, bounds and fixed phrases look at what
//! stands there. Nothing is dropped: what measures nothing (years, marks, numbering, slogans) is told by [`Kind`] and
//! the rule, so that the caller can dismiss it and say why.

use anyhow::Result;
use serde::Deserialize;

use super::bound::{BoundConfig, BoundException, BoundReach, BoundRules};
use super::number::{NumberShape, NumeralConfig, NumeralRules};
use super::phrase::PhraseRules;
use super::scan::Scanner;
use super::trie::Trie;
use super::unit::{Dimension, UnitRules};
use crate::config::ConfigSource;
use crate::model::Bound;
use crate::text::Span;

crate::model::vocabulary! {
    /// What a number is.
    Kind {
        /// It measures something, or is a bare number.
        Value = "value",
        /// A place in an order: 第2, 前三, 二期; with dimension rank where it can be a rank.
        Ordinal = "ordinal",
        Year = "year",
        Date = "date",
        Time = "time",
        /// A span of time that frames a sentence: 五年来, 近三年, 连续13年.
        Period = "period",
        /// Part of a name: PM2.5, 5G, G208, 〔2022〕35号, 1+N.
        Identifier = "identifier",
        /// Numbering: 一、, (三), 1., 一是; also 九个方面.
        ListNumber = "list_number",
        /// 一批, 两个确保, 三大战略, “一区两地”.
        FixedPhrase = "fixed_phrase",
    }
}

/// Why a number was told to be no plain value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A rule of `config/fixed_phrases.toml`, by its place there.
    Phrase(usize),
    /// Told by its form or place.
    Form(&'static str),
}

/// A number of the text. All spans are bytes of the text that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    pub kind: Kind,
    /// Number to unit, inner 余 and 多 and a range's end included, bound words outside not.
    pub span: Span,
    /// The numeral only (of a range: the first).
    pub number: Span,
    /// `span` and the bound words right before and after it.
    pub outer: Span,
    /// In the printed unit: 1.6万户 is 1.6.
    pub value: f64,
    /// The upper end of a range.
    pub value_max: Option<f64>,
    /// As printed, scale words included, white space and inner 余 left out: 万户.
    pub unit: Option<String>,
    /// Base unit of the tables, and the values in it.
    pub unit_si: Option<String>,
    pub value_si: Option<f64>,
    pub value_max_si: Option<f64>,
    pub dimension: Dimension,
    pub bound: Bound,
    pub shape: NumberShape,
    /// The unit stands only behind a later member of the list: 10.6、38.3个百分点.
    pub unit_inherited: bool,
    /// Why it is no plain value.
    pub reason: Option<Reason>,
}

impl Quantity {
    /// The value as a relative change in percent: 1.5倍 is 150, 翻一番 is 100. `None` for other units.
    pub fn percent(&self) -> Option<f64> {
        match self.dimension {
            Dimension::Percent => self.value_si,
            // 1.1倍 is 110, not 110.00000000000001.
            Dimension::Multiple => Some((self.value * 1e8).round() / 1e6),
            _ => None,
        }
    }
}

/// The words of `config/numbers.toml` that are neither digits nor bounds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    several: Vec<char>,
    several_after: Vec<char>,
    pub more: Vec<char>,
    pub about: Vec<char>,
    pub counted: Vec<String>,
    point: char,
    pub fraction: String,
    pub plus_fraction: String,
    pub half: String,
    negative: Vec<String>,
    pub negative_unless_after: Vec<char>,
    range: Vec<String>,
    pub movement: Vec<String>,
    list: Vec<String>,
    letter_words: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ordinals {
    pub prefix: char,
    pub top: char,
    pub rank_words: Vec<String>,
    pub rank_ends: Vec<String>,
    pub point_ends: Vec<char>,
    pub top_words: Vec<String>,
    first: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Doubling {
    pub verb: char,
    pub particles: Vec<char>,
    pub unit: char,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tenths {
    pub words: Vec<char>,
    pub unless_before: Vec<char>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumbersConfig {
    digits: std::collections::BTreeMap<char, u8>,
    formal_digits: std::collections::BTreeMap<char, u8>,
    small_scales: std::collections::BTreeMap<char, f64>,
    formal_scales: std::collections::BTreeMap<char, f64>,
    big_scales: std::collections::BTreeMap<char, f64>,
    rare_scales: std::collections::BTreeMap<char, f64>,
    words: Words,
    bound: Vec<BoundConfig>,
    bound_exception: Vec<BoundException>,
    bound_reach: Vec<BoundReach>,
    ordinal: Ordinals,
    double: Doubling,
    tenths: Tenths,
}

/// `config/numbers.toml`, `config/units.toml` and `config/fixed_phrases.toml`, compiled.
#[derive(Debug)]
pub struct QuantityRules {
    pub(super) numerals: NumeralRules,
    pub(super) units: UnitRules,
    pub(super) bounds: BoundRules,
    pub(super) phrases: PhraseRules,
    pub(super) words: Words,
    pub(super) ordinal: Ordinals,
    pub(super) double: Doubling,
    pub(super) tenths: Tenths,
    pub(super) negatives: Trie<()>,
    pub(super) range_words: Trie<()>,
    pub(super) list_words: Trie<()>,
    pub(super) letter_words: Trie<()>,
    pub(super) first: Trie<()>,
    /// One bit for each code point of the basic plane: does the scanner stop there?
    pub(super) stops: Vec<u64>,
}

impl QuantityRules {
    /// # Errors
    /// A missing file, an unknown key, a word that stands twice: each names its file.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let config: NumbersConfig = source.toml("numbers.toml")?;
        let words = config.words;
        let numerals = NumeralRules::compile(&NumeralConfig {
            digits: config.digits,
            formal_digits: config.formal_digits,
            small_scales: config.small_scales,
            formal_scales: config.formal_scales,
            big_scales: config.big_scales,
            rare_scales: config.rare_scales,
            fraction: words.fraction.clone(),
            several: words.several.clone(),
            several_after: words.several_after.clone(),
            point: words.point,
        })?;
        let trie = |mut trie: Trie<()>, words: &[String]| {
            words.iter().for_each(|w| {
                trie.insert(w, ());
            });
            trie
        };
        let phrases = PhraseRules::load(source, |c| numerals.is_candidate(c as u32))?;
        let mut stops = vec![0u64; 1024];
        let triggers = ['“', '「', '"', '《', config.ordinal.prefix, config.ordinal.top, config.double.verb];
        let first = config.ordinal.first.iter().filter_map(|w| w.chars().next());
        for code in (0..0x10000).filter(|&c| numerals.is_candidate(c)) {
            stops[code as usize / 64] |= 1 << (code % 64);
        }
        for c in triggers.into_iter().chain(first) {
            stops[c as usize / 64] |= 1 << (c as usize % 64);
        }
        Ok(Self {
            units: UnitRules::load(source)?,
            bounds: BoundRules::compile(&config.bound, config.bound_exception, config.bound_reach)?,
            negatives: trie(Trie::backwards(), &words.negative),
            range_words: trie(Trie::forwards(), &words.range),
            list_words: trie(Trie::forwards(), &words.list),
            letter_words: trie(Trie::backwards(), &words.letter_words),
            first: trie(Trie::forwards(), &config.ordinal.first),
            numerals,
            phrases,
            words,
            ordinal: config.ordinal,
            double: config.double,
            tenths: config.tenths,
            stops,
        })
    }

    /// The name of a reason, for people.
    pub fn reason(&self, reason: Reason) -> &str {
        match reason {
            Reason::Phrase(i) => &self.phrases.rules[i].id,
            Reason::Form(name) => name,
        }
    }

    /// A unit as printed (亿元, 元/吨) in the base units of the tables: base unit, factor, dimension.
    pub fn convert(&self, unit: &str) -> Option<(String, f64, Dimension)> {
        self.units.convert(&self.numerals, unit)
    }
}

/// Every number of the text, in order, not overlapping.
pub fn quantities(rules: &QuantityRules, text: &str) -> Vec<Quantity> {
    Scanner::new(rules, text).scan()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn rules() -> QuantityRules {
        QuantityRules::load(&ConfigSource::Embedded).expect("the embedded configuration loads")
    }

    /// Each number as `text|value|unit|kind`.
    fn read(text: &str) -> Vec<String> {
        let rules = rules();
        quantities(&rules, text)
            .iter()
            .map(|q| {
                let max = q.value_max.map(|m| format!("..{m}")).unwrap_or_default();
                format!("{}|{}{max}|{}|{}", q.span.of(text), q.value, q.unit.as_deref().unwrap_or("-"), q.kind)
            })
            .collect()
    }

    #[test]
    fn every_fixed_phrase_rule_holds_for_its_examples() {
        let rules = rules();
        let names = |text: &str| -> Vec<String> {
            quantities(&rules, text).iter().filter_map(|q| q.reason).map(|r| rules.reason(r).to_owned()).collect()
        };
        let mut wrong = Vec::new();
        for rule in &rules.phrases.rules {
            assert!(
                !rule.why.is_empty() && !rule.examples.is_empty() && !rule.counter_examples.is_empty(),
                "{}",
                rule.id
            );
            for (texts, want) in [(&rule.examples, true), (&rule.counter_examples, false)] {
                for text in texts {
                    let got = names(text);
                    if got.contains(&rule.id) != want {
                        wrong.push(format!("rule {}: {text}: {got:?}", rule.id));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_comma_between_two_values_is_no_thousands_separator() {
        assert_eq!(
            read("分别达到3.18万元、1.29万元,分别增长4.3%"),
            ["3.18万元|3.18|万元|value", "1.29万元|1.29|万元|value", "4.3%|4.3|%|value"]
        );
    }
}
