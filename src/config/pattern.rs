//! Rules that are a regular expression with a reason, examples and counter-examples.

use std::ops::Deref;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, Result, bail};
use regex::{Regex, RegexBuilder};
use regex_automata::Input;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::nfa::thompson::{self, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_syntax::hir::{Class, Hir, HirKind};
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

/// A pattern that is compiled when it is first searched: many a rule of a run never is.
#[derive(Debug)]
pub struct LazyRegex {
    pattern: String,
    regex: OnceLock<Regex>,
}

impl LazyRegex {
    /// # Errors
    /// The pattern is no regular expression, or one too large to be compiled.
    pub fn new(pattern: &str) -> Result<Self> {
        Self::parsed(pattern, &regex_syntax::parse(pattern)?)
    }

    fn parsed(pattern: &str, hir: &Hir) -> Result<Self> {
        if states(hir) > MOST_STATES {
            bail!("the pattern is too large: its repetitions multiply");
        }
        Ok(Self { pattern: pattern.to_owned(), regex: OnceLock::new() })
    }
}

impl Deref for LazyRegex {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        let compile = || RegexBuilder::new(&self.pattern).size_limit(usize::MAX).build();
        self.regex.get_or_init(|| compile().expect("it was parsed, and its size is known"))
    }
}

/// A lazy automaton that tells whether a pattern matches, not where: it reads forwards only, half of what a [`LazyRegex`]
/// has to compile.
struct Automaton {
    dfa: Arc<DFA>,
    /// What it has worked out so far, for each thread.
    caches: Pool<Cache, Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>>,
}

impl std::fmt::Debug for Automaton {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Automaton")
    }
}

impl Automaton {
    /// None where the pattern asks for more than it can tell (`\b` beside Han text).
    fn of(pattern: &str) -> Option<Self> {
        let config = thompson::Config::new().which_captures(WhichCaptures::None).nfa_size_limit(None);
        let dfa = Arc::new(DFA::builder().thompson(config).build(pattern).ok()?);
        let of_caches = Arc::clone(&dfa);
        Some(Self { dfa, caches: Pool::new(Box::new(move || of_caches.create_cache())) })
    }

    /// Nothing where it cannot tell.
    fn is_match(&self, text: &str) -> Option<bool> {
        let found = self.dfa.try_search_fwd(&mut self.caches.get(), &Input::new(text).earliest(true));
        found.ok().map(|end| end.is_some())
    }
}

/// States of a pattern's automaton at most. The largest of the rules has some ten thousand.
const MOST_STATES: u64 = 300_000;

/// About as many states as the automaton of a pattern has.
fn states(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(Class::Unicode(class)) => 4 * class.ranges().len() as u64,
        HirKind::Class(Class::Bytes(class)) => class.ranges().len() as u64,
        HirKind::Repetition(repetition) => {
            states(&repetition.sub).saturating_mul(repetition.max.unwrap_or(repetition.min + 1).into())
        }
        HirKind::Capture(capture) => states(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().map(states).fold(0, u64::saturating_add),
    }
}

/// A compiled list of rules. What the text must hold for each of them is looked for first, so that few are searched.
#[derive(Debug)]
pub struct Patterns {
    pub rules: Vec<PatternRule>,
    pub regexes: Vec<LazyRegex>,
    /// Made when the rule is first asked.
    automata: Vec<OnceLock<Option<Automaton>>>,
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
        let parsed: Vec<Hir> = rules
            .iter()
            .map(|r| regex_syntax::parse(&r.pattern).with_context(|| format!("rule {}", r.id)))
            .collect::<Result<_>>()?;
        let lazy = |(rule, hir): (&PatternRule, &Hir)| {
            LazyRegex::parsed(&rule.pattern, hir).with_context(|| format!("rule {}", rule.id))
        };
        let regexes = rules.iter().zip(&parsed).map(lazy).collect::<Result<_>>()?;
        let automata = rules.iter().map(|_| OnceLock::new()).collect();
        let needs = Needs::of(&parsed)?;
        Ok(Self { rules, regexes, automata, needs })
    }

    /// The first rule that matches, by its order in the file.
    pub fn first_match(&self, text: &str) -> Option<&PatternRule> {
        self.first(text).map(|i| &self.rules[i])
    }

    /// The place in the list of the first rule that matches.
    pub fn first(&self, text: &str) -> Option<usize> {
        self.candidates(text).find(|&i| self.matches(i, text))
    }

    /// Does the rule at this place of the list match?
    pub fn matches(&self, index: usize, text: &str) -> bool {
        let automaton = self.automata[index].get_or_init(|| Automaton::of(&self.rules[index].pattern));
        let told = automaton.as_ref().and_then(|automaton| automaton.is_match(text));
        told.unwrap_or_else(|| self.regexes[index].is_match(text))
    }

    /// The rules that may match, by their places in the list, in order: the others need not be searched.
    pub fn candidates(&self, text: &str) -> impl Iterator<Item = usize> + use<> {
        self.needs.candidates(text)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_parsed_at_once_and_compiled_when_searched() {
        assert!(LazyRegex::new("(无括号").is_err());
        let regex = LazyRegex::new("^第[0-9]{1,3}页$").unwrap();
        assert!(regex.regex.get().is_none());
        assert!(regex.is_match("第12页"));
    }

    #[test]
    fn a_list_matches_as_its_patterns_do() {
        let rule = |id: &str, pattern: &str| PatternRule {
            id: id.into(),
            why: String::new(),
            pattern: pattern.into(),
            examples: Vec::new(),
            counter_examples: Vec::new(),
        };
        let rules = vec![rule("a", "^[^。]{0,4}目标(?:是|为)"), rule("b", r"\bGDP\b"), rule("c", "回顾$|^$")];
        let patterns = Patterns::compile(rules).unwrap();
        for text in ["今年目标是", "今年的主要目标是", "全市 GDP 增长", "工作回顾", "", "GDPs"] {
            for i in 0..3 {
                assert_eq!(patterns.matches(i, text), patterns.regexes[i].is_match(text), "{i} {text}");
            }
        }
        assert_eq!(patterns.first("全市 GDP 增长"), Some(1));
        assert!(patterns.automata[1].get().is_some_and(Option::is_none));
    }

    #[test]
    fn repetitions_that_multiply_are_refused() {
        let error = LazyRegex::new("((a{1000}){1000}){1000}").unwrap_err();
        assert!(error.to_string().contains("too large"), "{error}");
    }
}
