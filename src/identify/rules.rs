//! `config/identify.toml`: the patterns that this stage reads names, dates and meetings with.

use anyhow::Result;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::doc_type::DocTypeRules;
use super::table::Regions;
use crate::config::{ConfigSource, PatternRule, Patterns};

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct IdentifyRules {
    pub regions: Regions,
    pub doc_type: DocTypeRules,
    pub salutation: Patterns,
    pub title: Patterns,
    pub congress: Patterns,
    pub speaker: Patterns,
    pub speaker_title_only: Patterns,
    pub opening: Patterns,
    pub published: Patterns,
    pub review_heading: Patterns,
    pub plan_heading: Patterns,
    pub review_opening: Patterns,
    pub several_years: Patterns,
    pub plan_period: Patterns,
    /// Everyday words that are short names of counties too.
    pub everyday: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    salutation: Vec<PatternRule>,
    title: Vec<PatternRule>,
    congress: Vec<PatternRule>,
    speaker: Vec<PatternRule>,
    speaker_title_only: Vec<PatternRule>,
    opening: Vec<PatternRule>,
    published: Vec<PatternRule>,
    review_heading: Vec<PatternRule>,
    plan_heading: Vec<PatternRule>,
    review_opening: Vec<PatternRule>,
    several_years: Vec<PatternRule>,
    plan_period: Vec<PatternRule>,
    words: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    everyday: Vec<String>,
}

impl IdentifyRules {
    /// # Errors
    /// A file that is missing or malformed; the error names it.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let file: File = source.toml("identify.toml")?;
        Ok(Self {
            regions: Regions::load(source)?,
            doc_type: DocTypeRules::load(source)?,
            salutation: Patterns::compile(file.salutation)?,
            title: Patterns::compile(file.title)?,
            congress: Patterns::compile(file.congress)?,
            speaker: Patterns::compile(file.speaker)?,
            speaker_title_only: Patterns::compile(file.speaker_title_only)?,
            opening: Patterns::compile(file.opening)?,
            published: Patterns::compile(file.published)?,
            review_heading: Patterns::compile(file.review_heading)?,
            plan_heading: Patterns::compile(file.plan_heading)?,
            review_opening: Patterns::compile(file.review_opening)?,
            several_years: Patterns::compile(file.several_years)?,
            plan_period: Patterns::compile(file.plan_period)?,
            everyday: file.words.everyday.into_iter().collect(),
        })
    }

    /// Every list of patterns, to hold them against their examples.
    pub fn patterns(&self) -> [&Patterns; 12] {
        [
            &self.salutation,
            &self.title,
            &self.congress,
            &self.speaker,
            &self.speaker_title_only,
            &self.opening,
            &self.published,
            &self.review_heading,
            &self.plan_heading,
            &self.review_opening,
            &self.several_years,
            &self.plan_period,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_keeps_its_examples() {
        let rules = IdentifyRules::load(&ConfigSource::Embedded).unwrap();
        for patterns in rules.patterns() {
            patterns.check().unwrap();
        }
    }
}
