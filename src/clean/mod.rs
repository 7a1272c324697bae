pub mod characters;
pub mod pinyin;
pub mod script;
pub mod spaces;
pub mod width;

use anyhow::Result;

use crate::config::ConfigSource;

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct CleanRules {
    pub characters: characters::CharacterRules,
}

impl CleanRules {
    pub fn load(source: &ConfigSource) -> Result<Self> {
        Ok(Self { characters: characters::CharacterRules::load(source)? })
    }
}

use crate::model::{Clean, Flags, Mark};
use crate::text::AlignedText;

/// Mended text → the report's own text, once, in the form of the contract. `hints` are what the source format tells of
/// the decoded source (spans in it; for a line of `text` take `text.source_span`); headings and bold runs among them
/// reach `Clean::marks` by themselves afterwards.
pub fn clean(rules: &CleanRules, text: AlignedText, _hints: &[Mark]) -> Clean {
    let (text, script) = characters::characters(&rules.characters, text);
    let text = spaces::normalise(text);
    Clean { text, removed: Vec::new(), marks: Vec::new(), script, flags: Flags::new() }
}
