use anyhow::Result;

use crate::config::ConfigSource;

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct DecodeRules {}

impl DecodeRules {
    pub fn load(_source: &ConfigSource) -> Result<Self> {
        Ok(Self {})
    }
}

use crate::model::{Decoded, Flags, RawDocument, SourceFormat};

/// Bytes → text.
pub fn decode(_rules: &DecodeRules, raw: &RawDocument) -> Decoded {
    let (text, encoding, _) = encoding_rs::UTF_8.decode(&raw.bytes);
    Decoded {
        format: SourceFormat::Text,
        encoding: Some(encoding.name()),
        replacements: text.matches('\u{FFFD}').count(),
        text: text.into_owned(),
        marks: Vec::new(),
        unusable: None,
        flags: Flags::new(),
    }
}
