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

use crate::model::{Clean, Flags, Mark, Script};
use crate::text::AlignedText;

/// Mended text → the report's own text, once, in the form of the contract. `hints` are what the source format tells of
/// the decoded source (spans in it; for a line of `text` take `text.source_span`); headings and bold runs among them
/// reach `Clean::marks` by themselves afterwards.
pub fn clean(_rules: &CleanRules, text: AlignedText, _hints: &[Mark]) -> Clean {
    Clean { text, removed: Vec::new(), marks: Vec::new(), script: Script::Hans, flags: Flags::new() }
}
