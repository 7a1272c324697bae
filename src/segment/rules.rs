//! `config/headings.toml` and `config/topics.toml`, compiled.

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::topics::TopicWords;
use crate::config::{ConfigSource, PatternRule, Patterns};
use crate::model::Kind;
use crate::trie::Trie;

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct SegmentRules {
    /// Unnumbered lines that are titles of the report's parts.
    pub titles: KindPatterns,
    /// Titles that a report without line breaks runs into its text.
    pub inline_titles: KindPatterns,
    /// Kinds of headings.
    pub kinds: KindPatterns,
    /// Paragraphs that make a section of their own without a heading.
    pub passages: KindPatterns,
    /// Lines of the front matter: titles, dates, speakers, salutation, opening sentence.
    pub front: Patterns,
    /// Lines that look like headings and are none.
    pub not_headings: Patterns,
    /// Sentences inside a paragraph that tell of one deed.
    pub deeds: Patterns,
    /// The last words of a report.
    pub closing: Patterns,
    /// Paragraphs with which a plan begins that has no heading.
    pub plan_openings: Patterns,
    /// Words that end a heading and words that begin a body, for headings that ran into their paragraph.
    pub seams: Seams,
    pub speech: Speech,
    pub years: Years,
    pub topics: TopicWords,
}

/// Patterns of which each stands for a kind.
#[derive(Debug)]
pub struct KindPatterns {
    pub patterns: Patterns,
    kinds: Vec<Kind>,
}

impl KindPatterns {
    /// Kind and id of the first rule that matches.
    pub fn first(&self, text: &str) -> Option<(Kind, &str)> {
        let index = self.patterns.first(text)?;
        Some((self.kinds[index], &self.patterns.rules[index].id))
    }
}

/// Where a heading ends that ran into its paragraph without punctuation.
#[derive(Debug)]
pub struct Seams {
    tails: Trie<()>,
    openers: Trie<()>,
}

impl Seams {
    fn new(file: &SeamsFile) -> Self {
        let mut seams = Seams { tails: Trie::backwards(), openers: Trie::forwards() };
        for word in &file.tails {
            seams.tails.insert(word, ());
        }
        for word in &file.openers {
            seams.openers.insert(word, ());
        }
        seams
    }

    /// May a heading end at byte `at`?
    pub fn ends(&self, text: &str, at: usize) -> bool {
        self.tails.has(text.as_bytes(), at)
    }

    /// May a sentence of the body open at byte `at`?
    pub fn opens(&self, text: &str, at: usize) -> bool {
        self.openers.has(text.as_bytes(), at)
    }
}

/// The words of [`Seams`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeamsFile {
    /// Why these lists exist.
    #[serde(rename = "why")]
    _why: String,
    /// Words that a heading may end with.
    tails: Vec<String>,
    /// Words that open a sentence of the body.
    openers: Vec<String>,
}

/// How the speaker speaks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    /// Why this list exists.
    pub why: String,
    /// Words that address the audience.
    pub addresses: Vec<String>,
}

impl Speech {
    /// Does the speaker address the audience here?
    pub fn is_address(&self, text: &str) -> bool {
        self.addresses.iter().any(|a| text.starts_with(a.as_str()))
    }
}

/// Periods that headings name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// Why these lists exist.
    pub why: String,
    /// Words for the five years that begin with the report's.
    pub next_term: Vec<String>,
    /// Words for the report's own year.
    pub this_year: Vec<String>,
    /// Words of an annex that tells what was done.
    pub done: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KindRule {
    id: String,
    kind: Kind,
    why: String,
    pattern: String,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadingsFile {
    title: Vec<KindRule>,
    inline_title: Vec<KindRule>,
    kind: Vec<KindRule>,
    passage: Vec<KindRule>,
    front: Vec<PatternRule>,
    not_heading: Vec<PatternRule>,
    deed: Vec<PatternRule>,
    closing: Vec<PatternRule>,
    plan_opening: Vec<PatternRule>,
    seams: SeamsFile,
    speech: Speech,
    years: Years,
}

impl SegmentRules {
    /// # Errors
    /// A missing file, an unknown key, a pattern that is no regular expression: each names its file.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let file: HeadingsFile = source.toml("headings.toml")?;
        Self::compile(file, source).context("config/headings.toml")
    }

    fn compile(file: HeadingsFile, source: &ConfigSource) -> Result<Self> {
        Ok(Self {
            titles: kind_patterns(file.title)?,
            inline_titles: kind_patterns(file.inline_title)?,
            kinds: kind_patterns(file.kind)?,
            passages: kind_patterns(file.passage)?,
            front: Patterns::compile(file.front)?,
            not_headings: Patterns::compile(file.not_heading)?,
            deeds: Patterns::compile(file.deed)?,
            closing: Patterns::compile(file.closing)?,
            plan_openings: Patterns::compile(file.plan_opening)?,
            seams: Seams::new(&file.seams),
            speech: file.speech,
            years: file.years,
            topics: TopicWords::load(source)?,
        })
    }

    /// What an annex holds, by its title: terms, livelihood projects, or something else.
    pub fn annex_kind(&self, title: &str) -> Kind {
        match self.kinds.first(title) {
            Some((kind @ (Kind::Glossary | Kind::Livelihood), _)) => kind,
            _ => Kind::Other,
        }
    }

    /// Hold every rule against its examples.
    ///
    /// # Errors
    /// Every rule that fails.
    pub fn check(&self) -> Result<()> {
        let kinds = [&self.titles, &self.inline_titles, &self.kinds, &self.passages].map(|k| &k.patterns);
        let plain = [&self.front, &self.not_headings, &self.deeds, &self.closing, &self.plan_openings];
        let wrong: Vec<String> = kinds
            .iter()
            .chain(&plain)
            .flat_map(|patterns| &patterns.rules)
            .filter_map(|rule| rule.check().err())
            .chain(self.topics.check().err())
            .map(|e| format!("{e:#}"))
            .collect();
        if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n")) }
    }
}

fn kind_patterns(rules: Vec<KindRule>) -> Result<KindPatterns> {
    let kinds = rules.iter().map(|r| r.kind).collect();
    let patterns = rules
        .into_iter()
        .map(|r| PatternRule {
            id: r.id,
            why: r.why,
            pattern: r.pattern,
            examples: r.examples,
            counter_examples: r.counter_examples,
        })
        .collect();
    Ok(KindPatterns { patterns: Patterns::compile(patterns)?, kinds })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_hold_against_their_examples() {
        SegmentRules::load(&ConfigSource::Embedded).unwrap().check().unwrap();
    }
}
