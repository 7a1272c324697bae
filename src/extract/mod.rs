mod bound;
pub mod lexicon;
pub mod number;
mod phrase;
pub mod quantity;
mod scan;
mod scan_forms;
mod trie;
pub mod unit;

use anyhow::Result;

use crate::config::ConfigSource;

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct ExtractRules {
    /// Numbers, units and fixed phrases.
    pub quantity: quantity::QuantityRules,
    /// Canonical indicators.
    pub lexicon: lexicon::Lexicon,
}

impl ExtractRules {
    pub fn load(source: &ConfigSource) -> Result<Self> {
        Ok(Self { quantity: quantity::QuantityRules::load(source)?, lexicon: lexicon::Lexicon::load(source)? })
    }
}

use crate::model::{Clean, Extraction, Identity, Section};

/// Everything that the tables hold beneath the sections.
pub fn extract(_rules: &ExtractRules, _clean: &Clean, _sections: &[Section], _identity: &Identity) -> Extraction {
    Extraction::default()
}
