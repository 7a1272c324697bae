//! Bytes → text, whatever form they came in: the first stage, and the only one that knows formats and encodings.

mod docx;
mod encoding;
mod html;
mod marked;
mod sniff;

use anyhow::Result;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use crate::config::ConfigSource;
use crate::model::{Decoded, Flags, RawDocument, SourceFormat};

use marked::Marked;
use sniff::Container;

/// What this stage reads from `config/decode.toml`.
#[derive(Debug)]
pub struct DecodeRules {
    /// Characters that Chinese reports are full of.
    frequent: FxHashSet<char>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DecodeConfig {
    frequent: String,
}

impl DecodeRules {
    /// # Errors
    /// `config/decode.toml` is missing or malformed.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let config: DecodeConfig = source.toml("decode.toml")?;
        Ok(Self { frequent: config.frequent.chars().filter(|c| !c.is_whitespace()).collect() })
    }
}

/// Bytes → text. Never fails: what cannot be read is told in [`Decoded::unusable`].
pub fn decode(rules: &DecodeRules, raw: &RawDocument) -> Decoded {
    match sniff::container(&raw.bytes) {
        _ if raw.bytes.is_empty() => unusable(SourceFormat::Text, "the file is empty"),
        Some(Container::Zip) => match docx::read(&raw.bytes) {
            Ok(document) => finish(SourceFormat::Docx, None, document, 0, Flags::new()),
            Err(reason) => unusable(SourceFormat::Other, &reason),
        },
        Some(Container::Unread(format, reason)) => unusable(format, reason),
        None => decode_text(rules, raw),
    }
}

fn decode_text(rules: &DecodeRules, raw: &RawDocument) -> Decoded {
    let declared = encoding::declared_charset(&raw.bytes);
    let decoded = encoding::decode_text(&rules.frequent, &raw.bytes, declared);
    if is_binary(&decoded.text) {
        return unusable(SourceFormat::Other, "the bytes are no text in any known encoding");
    }
    let (format, marked) = match sniff::text_format(&decoded.text, &raw.source) {
        _ if docx::is_word_xml(&decoded.text) => (SourceFormat::Docx, docx::read_xml(&decoded.text)),
        SourceFormat::Html => (SourceFormat::Html, html::read(&decoded.text)),
        format => (format, Marked::plain(decoded.text)),
    };
    finish(format, Some(decoded.encoding.name()), marked, decoded.replacements, decoded.flags)
}

fn finish(
    format: SourceFormat,
    encoding: Option<&'static str>,
    document: Marked,
    replacements: usize,
    mut flags: Flags,
) -> Decoded {
    flags.extend(&document.flags);
    let unusable = document.text.trim().is_empty().then(|| "there is no text in it".to_owned());
    Decoded { format, encoding, text: document.text, replacements, marks: document.marks, unusable, flags }
}

fn unusable(format: SourceFormat, reason: &str) -> Decoded {
    Decoded {
        format,
        encoding: None,
        text: String::new(),
        replacements: 0,
        marks: Vec::new(),
        unusable: Some(reason.to_owned()),
        flags: Flags::new(),
    }
}

/// Too many of the characters cannot stand in a text. The beginning and the end are looked at.
fn is_binary(text: &str) -> bool {
    let (mut all, mut lost, mut control) = (0, 0, 0);
    for c in text.chars().take(4096).chain(text.chars().rev().take(4096)) {
        all += 1;
        lost += usize::from(c == '\u{FFFD}');
        control += usize::from(c.is_control() && !c.is_whitespace());
    }
    lost * 4 > all || control * 20 > all
}
