//! The lexicon of canonical indicators (`config/indicators.toml`): which statistic a printed name means, and what to
//! expect of its values.
//!
//! A name means a statistic only where the whole of it does, its scope (全市, 全年) and its measure (增速, 总量) taken off:
//! 制造业投资 and 开发区规上工业增加值 are parts and have no code of the whole.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::trie::Trie;
use super::unit::Dimension;
use crate::config::ConfigSource;
use crate::model::{Level, Measure};
use crate::text::{Span, ideographs};

/// A canonical statistic.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statistic {
    pub code: String,
    pub name: String,
    pub english: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Dimensions of its amount; empty where it is itself a percentage or an index.
    pub level: Vec<Dimension>,
    /// Plausible growth, in percent.
    pub growth: Option<[f64; 2]>,
    /// Plausible value where it is a percentage.
    pub ratio: Option<[f64; 2]>,
    /// Plausible amounts in the base unit, by level of government (or `any`).
    #[serde(default)]
    pub range: BTreeMap<String, [f64; 2]>,
    /// Names that look like it and are not.
    #[serde(default)]
    pub not: Vec<String>,
    /// One of the statistics by which the coverage of a report is told.
    #[serde(default)]
    pub headline: bool,
    /// The statistic that it is in percent: 优良天数92.9% is the share of such days.
    pub in_percent: Option<String>,
    /// An amount that stands; what is done with it (发放贷款) is another thing.
    #[serde(default)]
    pub stock: bool,
    /// What may be done to it and still be told of it, where not all may: 新增企业 are some of the firms that there are, but
    /// 帮助企业 says nothing of their number. [`ANY_GROWTH`] stands for every deed that adds.
    pub deeds: Option<Vec<String>>,
}

/// In [`Statistic::deeds`]: every deed that adds to what there is.
pub const ANY_GROWTH: &str = "+";

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Affixes {
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct LexiconConfig {
    affixes: Affixes,
    indicator: Vec<Statistic>,
}

/// The lexicon, compiled.
#[derive(Debug)]
pub struct Lexicon {
    pub statistics: Vec<Statistic>,
    /// Every name, folded.
    names: Trie<u32>,
    before: Trie<()>,
    after: Trie<()>,
}

/// How well a value fits a statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    Fits,
    /// The unit does not measure this.
    Unit,
    /// The value is outside the plausible range.
    Range,
}

impl Lexicon {
    /// # Errors
    /// A code or name that stands twice, an unknown key: each names the file.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let config: LexiconConfig = source.toml("indicators.toml")?;
        let mut lexicon = Self {
            statistics: config.indicator,
            names: Trie::forwards(),
            before: Trie::forwards(),
            after: Trie::backwards(),
        };
        for word in &config.affixes.before {
            lexicon.before.insert(word, ());
        }
        for word in &config.affixes.after {
            lexicon.after.insert(word, ());
        }
        let mut codes = FxHashMap::default();
        for (i, statistic) in lexicon.statistics.iter().enumerate() {
            if codes.insert(statistic.code.as_str(), i).is_some() {
                bail!("config/indicators.toml: code {} stands twice", statistic.code);
            }
            for key in statistic.range.keys() {
                if key != "any" && Level::from_word(key).is_none() {
                    bail!("config/indicators.toml: {}: {key} is no level of government", statistic.code);
                }
            }
            let mut names = vec![statistic.name.clone()];
            statistic.aliases.iter().for_each(|alias| expand(alias, &mut names));
            for name in names {
                match lexicon.names.insert(&fold(&name), u32::try_from(i)?) {
                    Some(other) if other as usize != i => bail!(
                        "config/indicators.toml: {name} is a name of both {} and {}",
                        lexicon.statistics[other as usize].code,
                        statistic.code
                    ),
                    _ => {}
                }
            }
        }
        Ok(lexicon)
    }

    /// Every printed name, with the code of its statistic where that is a headline. Names of other statistics, and names
    /// that only look like one, have none.
    pub fn printed_names(&self) -> Vec<(Option<&str>, String)> {
        let own = self.statistics.iter().flat_map(|statistic| {
            let mut names = vec![statistic.name.clone()];
            statistic.aliases.iter().for_each(|alias| expand(alias, &mut names));
            let code = statistic.headline.then_some(statistic.code.as_str());
            names.into_iter().map(move |name| (code, name))
        });
        let others = self.statistics.iter().flat_map(|s| s.not.iter().map(|name| (None, name.clone())));
        own.chain(others.filter(|(_, name)| !self.is_name(name))).collect()
    }

    /// The statistic that a printed name means as a whole.
    pub fn code(&self, name: &str) -> Option<&Statistic> {
        let folded = fold(name);
        self.lookup(&folded, 0).map(|i| &self.statistics[i])
    }

    /// Is the text itself a name of the lexicon, nothing to take off?
    pub fn is_name(&self, text: &str) -> bool {
        self.name(&fold(text)).is_some()
    }

    /// The statistic that a folded name means, nothing taken off.
    fn name(&self, folded: &str) -> Option<usize> {
        self.names.longest(folded.as_bytes(), 0).filter(|(len, _)| *len == folded.len()).map(|(_, i)| i as usize)
    }

    /// The longest name that the text begins with.
    pub fn name_at_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.names.longest(text.as_bytes(), 0).map(|(len, _)| &text[..len])
    }

    /// As [`Lexicon::code`], with what was measured: 优良天数 in percent is the share of such days.
    pub fn code_of(&self, name: &str, dimension: Dimension, measure: Measure) -> Option<&Statistic> {
        let statistic = self.code(name)?;
        if statistic.code == "good_air_days" && dimension == Dimension::Percent && measure == Measure::Ratio {
            return self.get("good_air_ratio");
        }
        Some(statistic)
    }

    /// The statistic of a code.
    pub fn get(&self, code: &str) -> Option<&Statistic> {
        self.statistics.iter().find(|s| s.code == code)
    }

    /// Takes affixes off until what is left is a name.
    fn lookup(&self, name: &str, depth: u8) -> Option<usize> {
        if let Some(i) = self.name(name) {
            return Some(i);
        }
        if depth > 6 || name.is_empty() {
            return None;
        }
        let bytes = name.as_bytes();
        let mut found = None;
        self.after.walk(bytes, bytes.len(), |len, ()| {
            if found.is_none() && len < name.len() {
                found = self.lookup(&name[..name.len() - len], depth + 1);
            }
        });
        if found.is_none() {
            self.before.walk(bytes, 0, |len, ()| {
                if found.is_none() && len < name.len() {
                    found = self.lookup(&name[len..], depth + 1);
                }
            });
        }
        if found.is_none() {
            found = without_year(name).and_then(|rest| self.lookup(rest, depth + 1));
        }
        found
    }

    /// The names of statistics in a running text, longest first, not overlapping. Also those inside longer words: the
    /// caller tells whether the name is whole.
    pub fn find<'a>(&'a self, text: &str) -> Vec<(Span, &'a Statistic)> {
        let found = self.names.find_iter(text);
        found.map(|(at, len, i)| (Span::new(at, at + len), &self.statistics[i as usize])).collect()
    }
}

impl Statistic {
    /// Does a value of this dimension and size fit the statistic? `value` is in the base unit.
    pub fn fit(&self, measure: Measure, dimension: Dimension, value: Option<f64>, level: Option<Level>) -> Fit {
        use Dimension::{Count, Multiple, None as Bare, Percent, PercentagePoint, Rank};
        let outside = |range: Option<[f64; 2]>| match (range, value) {
            (Some([low, high]), Some(v)) if v < low || v > high => Fit::Range,
            _ => Fit::Fits,
        };
        let amount = self.level.contains(&dimension) || (self.level.is_empty() && matches!(dimension, Bare));
        match measure {
            Measure::Rank => Fit::Fits,
            Measure::Growth if matches!(dimension, Percent | Multiple | Bare) => outside(self.growth),
            Measure::Growth => Fit::Unit,
            Measure::Ratio if dimension == Percent => outside(self.ratio),
            Measure::Ratio if dimension == Multiple || amount => Fit::Fits,
            Measure::Ratio => Fit::Unit,
            Measure::Change | Measure::Gap if amount => Fit::Fits,
            Measure::Change | Measure::Gap
                if matches!(dimension, Percent | PercentagePoint | Rank | Multiple | Count) =>
            {
                Fit::Fits
            }
            Measure::Change | Measure::Gap => Fit::Unit,
            Measure::Level if amount => {
                let range = level.and_then(|l| self.range.get(l.as_str())).or_else(|| self.range.get("any"));
                outside(range.copied())
            }
            Measure::Level if self.level.is_empty() && matches!(dimension, Percent | Multiple) => outside(self.ratio),
            Measure::Level => Fit::Unit,
        }
    }
}

/// A name without white space, quotation marks and brackets, letters in upper case, digits in half width.
fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut depth = 0;
    let mut rest = name;
    while !rest.is_empty() {
        // Ideographs need no closer look.
        let plain = ideographs(rest);
        if depth == 0 {
            folded.push_str(&rest[..plain]);
        }
        let Some(c) = rest[plain..].chars().next() else { break };
        rest = &rest[plain + c.len_utf8()..];
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = (depth - 1).max(0),
            _ if depth > 0 => {}
            c if c.is_whitespace() || matches!(c, '“' | '”' | '"' | '「' | '」' | '‘' | '’' | '_' | '·') => {
            }
            '\u{ff01}'..='\u{ff5e}' => {
                let half = char::from_u32(c as u32 - 0xfee0).unwrap_or(c);
                folded.push(half.to_ascii_uppercase());
            }
            c => folded.push(c.to_ascii_uppercase()),
        }
    }
    folded
}

/// 2023年地区生产总值 → 地区生产总值
fn without_year(name: &str) -> Option<&str> {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < name.len()).then(|| rest.strip_prefix('年')).flatten()
}

/// Each string that a pattern with {a|b|} stands for.
fn expand(pattern: &str, into: &mut Vec<String>) {
    let Some((head, tail)) = pattern.split_once('{') else {
        into.push(pattern.to_owned());
        return;
    };
    let (choices, rest) = tail.split_once('}').unwrap_or((tail, ""));
    let mut rests = Vec::new();
    expand(rest, &mut rests);
    for choice in choices.split('|') {
        into.extend(rests.iter().map(|rest| [head, choice, rest].concat()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        Lexicon::load(&ConfigSource::Embedded).expect("the embedded lexicon loads")
    }

    fn code<'a>(lexicon: &'a Lexicon, name: &str) -> Option<&'a str> {
        lexicon.code(name).map(|s| s.code.as_str())
    }

    #[test]
    fn names_of_the_same_statistic_have_one_code() {
        let lexicon = lexicon();
        let cases = [
            ("规上工业增加值", "industrial_va"),
            ("规模以上工业增加值增速", "industrial_va"),
            ("全市地区生产总值", "gdp"),
            ("2025年全市GDP", "gdp"),
            ("国内生产总值年均增长", "gdp"),
            ("全社会固定资产投资", "fixed_investment"),
            ("社消零总额", "retail_sales"),
            ("地方财政一般预算收入", "budget_revenue"),
            ("公共财政预算收入", "budget_revenue"),
            ("地方财政总收入", "fiscal_revenue"),
            ("农民人均纯收入", "rural_income"),
            ("城镇居民人均可支配收入增速", "urban_income"),
            ("全体居民人均可支配收入", "resident_income"),
            ("居民消费价格涨幅", "cpi"),
            ("PM2.5平均浓度", "pm25"),
            ("细颗粒物（PM2.5）年均浓度", "pm25"),
            ("全社会研发投入占GDP的比重", "rd_intensity"),
            ("老旧小区", "old_communities"),
            ("金融机构本外币各项存款余额", "deposits"),
            ("万元生产总值能耗", "energy_intensity"),
        ];
        for (name, want) in cases {
            assert_eq!(code(&lexicon, name), Some(want), "{name}");
        }
    }

    #[test]
    fn a_part_has_not_the_code_of_the_whole() {
        let lexicon = lexicon();
        for statistic in &lexicon.statistics {
            for name in &statistic.not {
                assert_ne!(code(&lexicon, name), Some(statistic.code.as_str()), "{name}");
            }
        }
        assert_eq!(code(&lexicon, "开发区规上工业增加值"), None);
        assert_eq!(code(&lexicon, "乡镇一般公共预算收入"), None);
        assert_eq!(code(&lexicon, "城乡居民收入"), None);
        assert_eq!(code(&lexicon, "经济总量"), None);
    }

    #[test]
    fn the_lexicon_is_large_and_in_order() {
        let lexicon = lexicon();
        assert!(lexicon.statistics.len() >= 170);
        assert_eq!(lexicon.statistics.iter().filter(|s| s.headline).count(), 44);
        for statistic in &lexicon.statistics {
            assert!(!statistic.english.is_empty(), "{}", statistic.code);
            assert!(statistic.code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
            assert_eq!(code(&lexicon, &statistic.name), Some(statistic.code.as_str()), "{}", statistic.name);
        }
    }

    #[test]
    fn values_that_do_not_fit_are_told() {
        let lexicon = lexicon();
        let gdp = lexicon.get("gdp").expect("gdp is a code");
        assert_eq!(gdp.fit(Measure::Level, Dimension::Money, Some(1.8e10), Some(Level::County)), Fit::Fits);
        assert_eq!(gdp.fit(Measure::Level, Dimension::Mass, Some(1.8e10), None), Fit::Unit);
        assert_eq!(gdp.fit(Measure::Growth, Dimension::Percent, Some(85.0), None), Fit::Range);
        let air = lexicon.code_of("优良天数", Dimension::Percent, Measure::Ratio);
        assert_eq!(air.map(|s| s.code.as_str()), Some("good_air_ratio"));
    }

    #[test]
    fn names_are_found_in_running_text() {
        let lexicon = lexicon();
        let text = "地区生产总值增长6%，规上工业增加值增长8%";
        let found: Vec<_> = lexicon.find(text).iter().map(|(s, i)| (s.of(text), i.code.as_str())).collect();
        assert_eq!(found, [("地区生产总值", "gdp"), ("规上工业增加值", "industrial_va")]);
    }
}
