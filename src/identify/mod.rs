use anyhow::Result;

use crate::config::ConfigSource;

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct IdentifyRules {}

impl IdentifyRules {
    pub fn load(_source: &ConfigSource) -> Result<Self> {
        Ok(Self {})
    }
}

use crate::model::{Clean, Identity, Section};

/// Who reports what to whom, when; and whether the document can be used at all.
pub fn identify(_rules: &IdentifyRules, _source: &str, _clean: &Clean, _sections: &[Section]) -> Identity {
    Identity::default()
}
