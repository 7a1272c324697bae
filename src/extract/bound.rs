//! The words around a quantity that tell how it bounds the real value: 不低于, 约, …以上, …左右.

use anyhow::{Result, bail};
use serde::Deserialize;

use super::trie::Trie;
use crate::model::Bound;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoundConfig {
    bound: Bound,
    #[serde(rename = "why")]
    _why: String,
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoundException {
    word: String,
    #[serde(rename = "why")]
    _why: String,
    unless_after: Vec<char>,
    unless_before: Vec<String>,
    /// Only before 百, 千, 万, 亿 without a digit.
    #[serde(default)]
    only_bare_scale: bool,
    #[serde(default)]
    never: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoundReach {
    word: String,
    #[serde(rename = "why")]
    _why: String,
    bound: Bound,
    characters: usize,
    /// Only where what the number is a part of stands between: 不低于|当地低保标准的|1.6倍.
    #[serde(default)]
    of_whole: bool,
}

/// The bound words, compiled.
#[derive(Debug)]
pub struct BoundRules {
    before: Trie<(Bound, u16)>,
    after: Trie<(Bound, u16)>,
    exceptions: Vec<BoundException>,
    reach: Vec<BoundReach>,
    /// The words of `reach`, by their places there.
    reaching: Trie<usize>,
    /// Characters before a number in which such a word can stand.
    furthest: usize,
}

const NO_EXCEPTION: u16 = u16::MAX;

impl BoundRules {
    pub(super) fn compile(
        bounds: &[BoundConfig],
        exceptions: Vec<BoundException>,
        reach: Vec<BoundReach>,
    ) -> Result<Self> {
        let mut reaching = Trie::forwards();
        for (i, reach) in reach.iter().enumerate() {
            if reaching.insert(&reach.word, i).is_some() {
                bail!("config/numbers.toml: bound word {} reaches twice", reach.word);
            }
        }
        let furthest = reach.iter().map(|r| r.characters + r.word.chars().count()).max().unwrap_or(0);
        let mut rules =
            Self { before: Trie::backwards(), after: Trie::forwards(), exceptions, reach, reaching, furthest };
        let exception_of = |word: &str, exceptions: &[BoundException]| {
            exceptions.iter().position(|e| e.word == word).map_or(NO_EXCEPTION, |i| i as u16)
        };
        for config in bounds {
            for word in &config.before {
                let exception = exception_of(word, &rules.exceptions);
                if rules.before.insert(word, (config.bound, exception)).is_some() {
                    bail!("config/numbers.toml: bound word {word} stands twice");
                }
            }
            for word in &config.after {
                let exception = exception_of(word, &rules.exceptions);
                if rules.after.insert(word, (config.bound, exception)).is_some() {
                    bail!("config/numbers.toml: bound word {word} stands twice");
                }
            }
        }
        Ok(rules)
    }

    /// The bound word that ends at `at`: where it begins, and what it says.
    pub(super) fn before(&self, text: &str, at: usize, bare_scale: bool) -> Option<(usize, Bound)> {
        let trimmed = text[..at].trim_end_matches([' ', '\u{3000}']).len();
        let (len, (bound, exception)) = self.before.longest(text.as_bytes(), trimmed)?;
        let start = trimmed - len;
        let previous = text[..start].chars().next_back();
        match self.exceptions.get(exception as usize) {
            Some(e) if e.never || (e.only_bare_scale && !bare_scale) => None,
            Some(e) if previous.is_some_and(|c| e.unless_after.contains(&c)) => None,
            _ => Some((start, bound)),
        }
    }

    /// A bound word a little before `at` in the same clause: 至少建成2个, 约占全省的47.7%.
    pub(super) fn reach(&self, text: &str, at: usize) -> Option<Bound> {
        let mut start = at;
        for c in text[..at].chars().rev().take(self.furthest) {
            if matches!(c, '，' | '。' | '、' | '；' | '：' | ',' | ';' | '\n' | '0'..='9') {
                break;
            }
            start -= c.len_utf8();
        }
        let clause = &text[start..at];
        let mut first: Option<usize> = None;
        self.reaching.each(clause, |i, len, rule| {
            let (between, reach) = (&clause[i + len..], &self.reach[rule]);
            if (!reach.of_whole || between.ends_with('的')) && between.chars().count() <= reach.characters {
                first = Some(first.map_or(rule, |before| before.min(rule)));
            }
        });
        first.map(|rule| self.reach[rule].bound)
    }

    /// The bound word that begins at `at`: where it ends, and what it says.
    pub(super) fn after(&self, text: &str, at: usize) -> Option<(usize, Bound)> {
        let from = super::unit::skip_space(text, at);
        let (len, (bound, exception)) = self.after.longest(text.as_bytes(), from)?;
        let end = from + len;
        match self.exceptions.get(exception as usize) {
            Some(e) if e.never => None,
            Some(e) if e.unless_before.iter().any(|w| text[end..].starts_with(w.as_str())) => None,
            _ => Some((end, bound)),
        }
    }
}
