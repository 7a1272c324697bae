//! The character level of cleaning: planted readings, script, width, stops. Spaces are brought to form last, in
//! [`super::spaces`], once the structural part has seen them.

use anyhow::Result;
use serde::Deserialize;

use super::pinyin::{self, PinyinRules};
use super::script::{self, ScriptConfig, ScriptRules};
use super::stops;
use super::width::{self, WidthConfig, WidthRules};
use crate::config::ConfigSource;
use crate::model::Script;
use crate::text::AlignedText;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CharacterConfig {
    script: ScriptConfig,
    width: WidthConfig,
}

/// Tables of the character level.
#[derive(Debug)]
pub struct CharacterRules {
    pub pinyin: PinyinRules,
    pub script: ScriptRules,
    pub width: WidthRules,
}

impl CharacterRules {
    /// # Errors
    /// A table is missing or malformed; the error names the file.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let config: CharacterConfig = source.toml("characters.toml")?;
        Ok(Self {
            pinyin: PinyinRules::load(source)?,
            script: ScriptRules::load(source, &config.script)?,
            width: WidthRules::new(&config.width)?,
        })
    }
}

/// Mended text → simplified, without planted readings, in the width of the contract; and the script it came in.
pub fn characters(rules: &CharacterRules, text: AlignedText) -> (AlignedText, Script) {
    let text = pinyin::remove_planted(&rules.pinyin, text);
    let (text, script) = script::simplify(&rules.script, text);
    (stops::normalise(width::normalise(&rules.width, text)), script)
}
