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
pub fn extract(_rules: &ExtractRules, _clean: &Clean, _sections: &[Section], _identity: &Identity) -> Extraction {
    Extraction::default()
}
