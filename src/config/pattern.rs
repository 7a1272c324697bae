//! Rules that are a regular expression with a reason, examples and counter-examples.

use anyhow::{Context, Result, bail};
use regex::Regex;
use serde::Deserialize;

use super::needs::Needs;

/// A rule as it stands in a `config/*.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternRule {
    /// Short and unique in its file; told in evidence and `rule` columns.
    pub id: String,
    /// Why the rule exists, and what it must leave alone.
    pub why: String,
    pub pattern: String,
    /// Each must match.
    pub examples: Vec<String>,
    /// None may match.
    pub counter_examples: Vec<String>,
}

impl PatternRule {
    /// Hold the rule against its own examples.
    ///
    /// # Errors
    /// No reason, no example, no counter-example, or one of them on the wrong side.
    pub fn check(&self) -> Result<()> {
        let regex = Regex::new(&self.pattern).with_context(|| format!("rule {}", self.id))?;
        if self.why.trim().is_empty() || self.examples.is_empty() || self.counter_examples.is_empty() {
            bail!("rule {}: a rule has a why, examples and counter_examples", self.id);
        }
        for example in &self.examples {
            if !regex.is_match(example) {
                bail!("rule {}: does not match its example {example:?}", self.id);
            }
        }
        for example in &self.counter_examples {
            if regex.is_match(example) {
                bail!("rule {}: matches its counter-example {example:?}", self.id);
            }
        }
        Ok(())
    }
}

/// A compiled list of rules. What the text must hold for each of them is looked for first, so that few are searched.
#[derive(Debug)]
pub struct Patterns {
    pub rules: Vec<PatternRule>,
    pub regexes: Vec<Regex>,
    needs: Needs,
}

impl Patterns {
    /// # Errors
    /// Names the rule whose pattern is no regular expression, or whose id stands twice.
    pub fn compile(rules: Vec<PatternRule>) -> Result<Self> {
        for (i, rule) in rules.iter().enumerate() {
            if rules[..i].iter().any(|r| r.id == rule.id) {
                bail!("rule {}: the id stands twice", rule.id);
            }
        }
        let regexes = rules
            .iter()
            .map(|r| Regex::new(&r.pattern).with_context(|| format!("rule {}", r.id)))
            .collect::<Result<Vec<_>>>()?;
        let needs = Needs::of(rules.iter().map(|r| r.pattern.as_str()))?;
        Ok(Self { rules, regexes, needs })
    }

    /// The first rule that matches, by its order in the file.
    pub fn first_match(&self, text: &str) -> Option<&PatternRule> {
        self.first(text).map(|i| &self.rules[i])
    }

    /// The place in the list of the first rule that matches.
    pub fn first(&self, text: &str) -> Option<usize> {
        self.all(text).next()
    }

    /// All rules that match, by their places in the list, in order.
    pub fn all<'p>(&'p self, text: &'p str) -> impl Iterator<Item = usize> + 'p {
        self.needs.candidates(text).filter(|&i| self.regexes[i].is_match(text))
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.first(text).is_some()
    }

    /// Hold every rule against its examples.
    ///
    /// # Errors
    /// The first rule that fails, see [`PatternRule::check`].
    pub fn check(&self) -> Result<()> {
        self.rules.iter().try_for_each(PatternRule::check)
    }
}
