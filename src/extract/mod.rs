//! Sections → indicators, projects, glossary and pledges.

mod bound;
pub mod confidence;
mod consistency;
pub mod damage;
mod glossary;
pub mod indicator;
pub mod lexicon;
mod mention;
pub mod number;
mod phrase;
mod pledge;
pub mod project;
pub mod quantity;
mod scan;
mod scan_forms;
pub mod sentence;
pub mod unit;
mod words;

use anyhow::Result;

use self::confidence::Confidence;
use self::indicator::IndicatorRules;
use self::lexicon::Lexicon;
use self::project::ProjectRules;
use self::quantity::QuantityRules;
use crate::config::ConfigSource;
use crate::model::{Clean, Extraction, Identity, Section};
use crate::trie;

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct ExtractRules {
    /// Numbers, units and fixed phrases.
    pub quantity: QuantityRules,
    /// Canonical indicators.
    pub lexicon: Lexicon,
    /// The clause grammar of stated figures.
    pub indicators: IndicatorRules,
    /// Named undertakings.
    pub project: ProjectRules,
    /// How sure a row is.
    pub confidence: Confidence,
}

impl ExtractRules {
    /// # Errors
    /// A file that is missing or malformed; each error names its file.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        Ok(Self {
            quantity: QuantityRules::load(source)?,
            lexicon: Lexicon::load(source)?,
            indicators: IndicatorRules::load(source)?,
            project: ProjectRules::load(source)?,
            confidence: Confidence::load(source)?,
        })
    }
}

/// Everything that the tables hold beneath the sections.
pub fn extract(rules: &ExtractRules, clean: &Clean, sections: &[Section], identity: &Identity) -> Extraction {
    let text = clean.text.as_str();
    let projects = project::projects(&rules.project, clean, sections, identity);
    let mut extraction = Extraction { projects, ..Extraction::default() };
    let context =
        indicator::Context { rules: &rules.indicators, quantities: &rules.quantity, lexicon: &rules.lexicon, identity };
    extraction.indicators =
        indicator::indicators(&context, text, sections, &extraction.projects, &mut extraction.dismissed);
    consistency::check(&rules.lexicon, identity.level, &mut extraction.indicators);
    extraction.glossary = glossary::glossary(text, sections);
    mention::link(text, sections, &mut extraction.glossary);
    extraction.pledges = pledge::pledges(text, sections);
    extraction
}
