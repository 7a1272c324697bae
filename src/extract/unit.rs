//! Units: [scale][base][/[scale]base], what they measure, and how they turn into the base units of the tables.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::Deserialize;

use super::number::{NumberShape, Numeral, NumeralRules};
use super::trie::Trie;

crate::model::vocabulary! {
    /// What a unit measures.
    Dimension {
        Money = "money", Percent = "percent", PercentagePoint = "percentage_point", Multiple = "multiple", Rank = "rank",
        Area = "area", Length = "length", Volume = "volume", Mass = "mass", Energy = "energy", Power = "power",
        ApparentPower = "apparent_power", Voltage = "voltage", Concentration = "concentration",
        Temperature = "temperature", Person = "person", PersonTime = "person_time", Household = "household",
        Duration = "duration", Age = "age", Score = "score", Data = "data",
        /// A counter (家, 座, 项) or a thing counted by its own word.
        Count = "count",
        /// Two units with a slash.
        Compound = "compound",
        /// A bare number.
        None = "none",
    }
}

/// How freely a unit may follow a numeral.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A unit of measurement.
    Measure,
    /// A counter.
    Counter,
    /// Counts only after digits.
    ArabicOnly,
    /// Counts the points of a list.
    List,
    /// Stands only below a slash.
    Per,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitConfig {
    base: Vec<BaseConfig>,
    ambiguous: Ambiguous,
    counters: Counters,
    nouns: Nouns,
    per: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct BaseConfig {
    dimension: Dimension,
    si: String,
    #[serde(default, rename = "why")]
    _why: String,
    units: BTreeMap<String, f64>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ambiguous {
    arabic: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counters {
    any: Vec<String>,
    arabic: Vec<String>,
    list: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    words: Vec<String>,
}

/// In place of a unit: a noun that only begins like one.
const NOUN: u16 = u16::MAX;

/// The base units of the contract (`unit_si`).
const BASE_UNITS: [&str; 24] = [
    "CNY",
    "USD",
    "EUR",
    "HKD",
    "percent",
    "percentage_point",
    "times",
    "rank",
    "count",
    "person",
    "person_time",
    "household",
    "m2",
    "m",
    "m3",
    "t",
    "kWh",
    "kW",
    "kVA",
    "kV",
    "ug/m3",
    "degC",
    "day",
    "month",
];
const BASE_UNITS_TIME: [&str; 3] = ["year", "hour", "minute"];

#[derive(Debug, Clone, Copy)]
struct Base {
    dimension: Dimension,
    si: &'static str,
    factor: f64,
    used: Use,
}

/// `config/units.toml`, compiled.
#[derive(Debug)]
pub struct UnitRules {
    bases: Vec<Base>,
    words: Trie<u16>,
}

/// A unit that was read after a numeral.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct UnitMatch {
    /// Where the unit begins (its scale words included) and ends.
    pub start: usize,
    pub end: usize,
    /// End of the scale words.
    pub scale_end: usize,
    pub scale: f64,
    pub dimension: Dimension,
    pub used: Use,
    /// The base unit and what one printed unit, its scale included, is in it. None for units with two slashes.
    pub si: Option<(String, f64)>,
}

impl UnitRules {
    /// # Errors
    /// A base unit that the tables do not have, a word that stands twice.
    pub(super) fn load(source: &crate::config::ConfigSource) -> Result<Self> {
        let config: UnitConfig = source.toml("units.toml")?;
        let mut rules = Self { bases: Vec::new(), words: Trie::forwards() };
        for base in &config.base {
            for (word, &factor) in &base.units {
                let used = if config.ambiguous.arabic.contains(word) { Use::ArabicOnly } else { Use::Measure };
                rules.add(word, base.dimension, &base.si, factor, used)?;
            }
        }
        let counters = [
            (&config.counters.any, Use::Counter),
            (&config.counters.arabic, Use::ArabicOnly),
            (&config.counters.list, Use::List),
        ];
        for (words, used) in counters {
            for word in words {
                rules.add(word, Dimension::Count, "count", 1.0, used)?;
            }
        }
        for word in &config.nouns.words {
            if rules.words.insert(word, NOUN).is_some() {
                bail!("config/units.toml: {word} stands twice");
            }
        }
        for (si, words) in &config.per {
            for word in words {
                // A word that is a unit anyway stays one.
                if rules.words.longest(word.as_bytes(), 0).is_none_or(|(len, _)| len < word.len()) {
                    rules.add(word, Dimension::Duration, si, 1.0, Use::Per)?;
                }
            }
        }
        Ok(rules)
    }

    fn add(&mut self, word: &str, dimension: Dimension, si: &str, factor: f64, used: Use) -> Result<()> {
        let known = BASE_UNITS.iter().chain(&BASE_UNITS_TIME).find(|b| **b == si);
        let Some(si) = known else { bail!("config/units.toml: {word}: {si} is no base unit of the tables") };
        let id = u16::try_from(self.bases.len())?;
        self.bases.push(Base { dimension, si, factor, used });
        if self.words.insert(word, id).is_some() {
            bail!("config/units.toml: {word} stands twice");
        }
        Ok(())
    }

    /// The unit after `numeral`, whose scale words are part of it; `at` is where to look (behind 余 or a space).
    /// `None` where neither scale nor base stands there.
    pub(super) fn read(&self, numerals: &NumeralRules, text: &str, numeral: &Numeral, at: usize) -> Option<UnitMatch> {
        // 5千瓦: the scale word may belong to the base, so each split is tried and the longest unit wins.
        let bare = numeral.shape == NumberShape::BareScale && numeral.scale_end >= at;
        let own = bare.then_some((numeral.scale_end, numeral.scale));
        let runs = own.into_iter().chain(numerals.scales(text, at).take(if bare { 0 } else { usize::MAX }));
        let mut last = (at, 1.0);
        let start = if numeral.shape == NumberShape::BareScale { numeral.start } else { at };
        let mut best: Option<(usize, UnitMatch)> = None;
        for (scale_end, scale) in runs {
            last = (scale_end, scale);
            let Some((end, base)) = self.base(text, skip_space(text, scale_end)) else { continue };
            if base.used == Use::Per {
                continue;
            }
            if best.as_ref().is_none_or(|b| end > b.0) {
                let (dimension, used) = (base.dimension, base.used);
                let si = Some((base.si.to_owned(), scale * base.factor));
                best = Some((end, UnitMatch { start, end, scale_end, scale, dimension, used, si }));
            }
        }
        if let Some((_, mut unit)) = best {
            self.read_per(numerals, text, &mut unit);
            return Some(unit);
        }
        let (scale_end, scale) = last;
        (scale != 1.0).then(|| UnitMatch {
            start,
            end: scale_end,
            scale_end,
            scale,
            dimension: Dimension::None,
            used: Use::Measure,
            si: Some(("count".to_owned(), scale)),
        })
    }

    /// …/吨, …/人·月
    fn read_per(&self, numerals: &NumeralRules, text: &str, unit: &mut UnitMatch) {
        let mut slashes = 0;
        while let Some(slash) = ["/", "／", "·", "•"].iter().find(|s| text[unit.end..].starts_with(**s)) {
            if slashes == 0 && !slash.starts_with(['/', '／']) {
                return;
            }
            let at = unit.end + slash.len();
            let below = numerals
                .scales(text, at)
                .filter_map(|(end, scale)| self.base(text, end).map(|(end, base)| (end, scale * base.factor, base)))
                .max_by_key(|b| b.0);
            let Some((end, factor, base)) = below else { return };
            unit.end = end;
            slashes += 1;
            unit.dimension = Dimension::Compound;
            unit.si = match unit.si.take() {
                Some((si, above)) if slashes == 1 => Some((format!("{si}/{}", base.si), above / factor)),
                _ => None,
            };
        }
    }

    fn base(&self, text: &str, at: usize) -> Option<(usize, Base)> {
        let (len, id) = self.words.longest(text.as_bytes(), at)?;
        if id == NOUN {
            return None;
        }
        let mut end = at + len;
        let mut id = id;
        // 9条|次干道, 3.5万人|年度任务: the last character of the unit begins a noun.
        if let Some((last, _)) = text[at..end].char_indices().next_back().filter(|(last, _)| *last > 0)
            && let Some((noun, NOUN)) = self.words.longest(text.as_bytes(), at + last)
            && noun > end - at - last
            && let Some((shorter, other)) = self.words.longest(&text.as_bytes()[..at + last], at)
            && shorter == last
        {
            end = at + last;
            id = other;
        }
        // 六|大|项目: 大项 is no unit before a project; but 10大项|目标.
        if end - at > '项'.len_utf8()
            && text[end..].starts_with('目')
            && !text[end..].starts_with("目标")
            && let Some(shorter) = text[at..end].strip_suffix('项')
            && let Some((len, other)) = self.words.longest(&text.as_bytes()[..at + shorter.len()], at)
            && len == shorter.len()
        {
            (end, id) = (at + len, other);
        }
        // kW is no unit inside kWX, m none inside mm.
        let bytes = text.as_bytes();
        if bytes[end - 1].is_ascii_alphabetic() && bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            return None;
        }
        Some((end, self.bases[id as usize]))
    }

    /// The base unit, factor and dimension of a unit as printed (亿元, 元/吨), or `None` where it is unknown.
    pub fn convert(&self, numerals: &NumeralRules, unit: &str) -> Option<(String, f64, Dimension)> {
        let one = format!("1{unit}");
        let numeral = numerals.read(&one, 0)?;
        let found = self.read(numerals, &one, &numeral, 1)?;
        (found.end == one.len()).then_some(())?;
        found.si.map(|(si, factor)| (si, factor, found.dimension))
    }
}

/// The position behind one or two spaces.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches([' ', '\u{3000}', '\u{a0}']).len()
}

#[cfg(test)]
mod tests {
    use super::super::quantity::tests::rules;
    use super::*;

    #[test]
    fn units_convert_to_the_base_units_of_the_tables() {
        let rules = rules();
        let cases = [
            ("亿元", "CNY", 1e8, Dimension::Money),
            ("万亿元", "CNY", 1e12, Dimension::Money),
            ("亿美元", "USD", 1e8, Dimension::Money),
            ("万亩", "m2", 1e4 * 2000.0 / 3.0, Dimension::Area),
            ("平方公里", "m2", 1e6, Dimension::Area),
            ("亿斤", "t", 5e4, Dimension::Mass),
            ("万千瓦时", "kWh", 1e4, Dimension::Energy),
            ("万千瓦", "kW", 1e4, Dimension::Power),
            ("MW", "kW", 1e3, Dimension::Power),
            ("微克/立方米", "ug/m3", 1.0, Dimension::Concentration),
            ("元/吨", "CNY/t", 1.0, Dimension::Compound),
            ("吨标准煤/万元", "t/CNY", 1e-4, Dimension::Compound),
            ("万吨/日", "t/day", 1e4, Dimension::Compound),
            ("万人次", "person_time", 1e4, Dimension::PersonTime),
            ("百万吨", "t", 1e6, Dimension::Mass),
            ("里", "m", 500.0, Dimension::Length),
            ("万户", "household", 1e4, Dimension::Household),
            ("个百分点", "percentage_point", 1.0, Dimension::PercentagePoint),
            ("‰", "percent", 0.1, Dimension::Percent),
            ("万标准箱", "count", 1e4, Dimension::Count),
            ("大类", "count", 1.0, Dimension::Count),
        ];
        for (unit, si, factor, dimension) in cases {
            let (got_si, got, got_dimension) = rules.convert(unit).unwrap_or_else(|| panic!("{unit} is unknown"));
            assert_eq!((got_si.as_str(), got_dimension), (si, dimension), "{unit}");
            assert!((got / factor - 1.0).abs() < 1e-9, "{unit}: {got} is not {factor}");
        }
    }
}
