//! Targets without a number: 与经济增长基本同步, 高于经济增长水平, 与上年持平.

use anyhow::Result;
use serde::Deserialize;

use crate::config::{ConfigSource, PatternRule, Patterns};
use crate::text::Span;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQualitative {
    rule: Vec<PatternRule>,
}

/// `config/qualitative.toml`: how a statistic is measured against another one in words.
#[derive(Debug)]
pub struct Qualitative {
    pub patterns: Patterns,
}

/// A qualitative statement.
#[derive(Debug, Clone, Copy)]
pub struct Phrase {
    /// The phrase itself; bytes of the text given.
    pub span: Span,
    /// 与上年持平: growth of 0.
    pub level_with_last_year: bool,
    /// 快于经济增长: a target; of what was reached it tells nothing.
    pub outpaces: bool,
}

impl Qualitative {
    /// # Errors
    /// `config/qualitative.toml` is missing or malformed.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let raw: RawQualitative = source.toml("qualitative.toml")?;
        Ok(Self { patterns: Patterns::compile(raw.rule)? })
    }

    /// The statements of a sentence, in order, the first rule first where two overlap.
    pub fn find(&self, text: &str) -> Vec<Phrase> {
        let mut found: Vec<Phrase> = Vec::new();
        for i in self.patterns.candidates(text) {
            let id = self.patterns.rules[i].id.as_str();
            let (level_with_last_year, outpaces) = (id.starts_with("level_with"), id == "outpaces");
            for hit in self.patterns.regexes[i].find_iter(text) {
                let span = Span::new(hit.start(), hit.end());
                if !found.iter().any(|p| p.span.overlaps(&span)) {
                    found.push(Phrase { span, level_with_last_year, outpaces });
                }
            }
        }
        found.sort_by_key(|p| p.span);
        found
    }
}
