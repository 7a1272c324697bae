//! Targets without a number: 与经济增长基本同步, 高于经济增长水平, 与上年持平.

use anyhow::Result;
use regex::Regex;
use serde::Deserialize;

use crate::config::{ConfigSource, PatternRule};
use crate::text::Span;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawQualitative {
    rule: Vec<PatternRule>,
}

/// `config/qualitative.toml`: how a statistic is measured against another one in words.
#[derive(Debug)]
pub struct Qualitative {
    pub rules: Vec<PatternRule>,
    regexes: Vec<Regex>,
}

/// A qualitative statement.
#[derive(Debug, Clone, Copy)]
pub struct Phrase {
    /// The phrase itself; bytes of the text given.
    pub span: Span,
    /// 与上年持平: growth of 0.
    pub level_with_last_year: bool,
}

impl Qualitative {
    /// # Errors
    /// `config/qualitative.toml` is missing or malformed.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let raw: RawQualitative = source.toml("qualitative.toml")?;
        let regexes = raw.rule.iter().map(|r| Ok(Regex::new(&r.pattern)?)).collect::<Result<Vec<_>>>()?;
        Ok(Self { rules: raw.rule, regexes })
    }

    /// The statements of a sentence, in order, the first rule first where two overlap.
    pub fn find(&self, text: &str) -> Vec<Phrase> {
        let mut found: Vec<Phrase> = Vec::new();
        if !text.contains(['同', '高', '快', '持', '低']) {
            return found;
        }
        for (rule, regex) in self.rules.iter().zip(&self.regexes) {
            for hit in regex.find_iter(text) {
                let span = Span::new(hit.start(), hit.end());
                if !found.iter().any(|p| p.span.overlaps(&span)) {
                    found.push(Phrase { span, level_with_last_year: rule.id.starts_with("level_with") });
                }
            }
        }
        found.sort_by_key(|p| p.span);
        found
    }
}
