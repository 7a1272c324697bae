//! `config/identify.toml`: the patterns that this stage reads names, dates and meetings with.

use std::collections::BTreeMap;

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
    pub occasions: Vec<Occasion>,
    pub not_a_title: Patterns,
    pub closing: Patterns,
    pub last_words: Patterns,
    pub zone: Patterns,
    /// Codes of the hosts of zones whose names do not tell them.
    pub zone_hosts: BTreeMap<String, u32>,
    /// First characters of names.
    pub surnames: String,
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
    occasion: Vec<RawOccasion>,
    outline_year: Vec<RawOccasion>,
    not_a_title: Vec<PatternRule>,
    closing: Vec<PatternRule>,
    last_words: Vec<PatternRule>,
    zone: Vec<PatternRule>,
    zone_hosts: BTreeMap<String, u32>,
    lone_name: LoneName,
    words: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LoneName {
    surnames: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    everyday: Vec<String>,
}

/// A phrase that dates the report by an ordinal: the 70th anniversary of 1949 is 2019.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOccasion {
    id: String,
    why: String,
    pattern: String,
    /// Year that the count starts from.
    base: i16,
    /// Years from one to the next.
    step: i16,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

/// A compiled [`RawOccasion`].
#[derive(Debug)]
pub struct Occasion {
    pub patterns: Patterns,
    pub base: i16,
    pub step: i16,
    /// The draft of a five-year plan: its count is of plans, and stands in the opening, not at the end.
    pub outline: bool,
}

impl RawOccasion {
    fn compile(self, outline: bool) -> Result<Occasion> {
        let Self { id, why, pattern, base, step, examples, counter_examples } = self;
        let rule = PatternRule { id, why, pattern, examples, counter_examples };
        Ok(Occasion { patterns: Patterns::compile(vec![rule])?, base, step, outline })
    }
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
            occasions: (file.occasion.into_iter().map(|o| o.compile(false)))
                .chain(file.outline_year.into_iter().map(|o| o.compile(true)))
                .collect::<Result<_>>()?,
            not_a_title: Patterns::compile(file.not_a_title)?,
            closing: Patterns::compile(file.closing)?,
            last_words: Patterns::compile(file.last_words)?,
            zone: Patterns::compile(file.zone)?,
            zone_hosts: file.zone_hosts,
            surnames: file.lone_name.surnames,
            everyday: file.words.everyday.into_iter().collect(),
        })
    }

    /// Every list of patterns, to hold them against their examples.
    pub fn patterns(&self) -> Vec<&Patterns> {
        let occasions = self.occasions.iter().map(|o| &o.patterns);
        let own = [
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
            &self.not_a_title,
            &self.closing,
            &self.last_words,
            &self.zone,
        ];
        own.into_iter().chain(occasions).collect()
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
