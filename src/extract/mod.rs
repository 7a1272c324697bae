mod glossary;
mod pledge;

use anyhow::Result;

use crate::config::ConfigSource;

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct ExtractRules {}

impl ExtractRules {
    pub fn load(_source: &ConfigSource) -> Result<Self> {
        Ok(Self {})
    }
}

use crate::model::{Clean, Extraction, Identity, Section};

/// Everything that the tables hold beneath the sections.
pub fn extract(_rules: &ExtractRules, clean: &Clean, sections: &[Section], _identity: &Identity) -> Extraction {
    let text = clean.text.as_str();
    Extraction {
        glossary: glossary::glossary(text, sections),
        pledges: pledge::pledges(text, sections),
        ..Extraction::default()
    }
}
