use anyhow::Result;

use crate::config::ConfigSource;

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct CleanRules {}

impl CleanRules {
    pub fn load(_source: &ConfigSource) -> Result<Self> {
        Ok(Self {})
    }
}

use crate::model::{Clean, Flags, Script};
use crate::text::AlignedText;

/// Mended text → the report's own text, once, in the form of the contract.
pub fn clean(_rules: &CleanRules, text: AlignedText) -> Clean {
    Clean { text, removed: Vec::new(), marks: Vec::new(), script: Script::Hans, flags: Flags::new() }
}
