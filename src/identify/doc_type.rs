//! What kind of document it is, whether there is a body to read, and whether an end of it is missing.

use anyhow::{Context, Result, bail};
use regex::Regex;
use serde::Deserialize;

use super::IdentifyRules;
use super::head::{Head, floor_boundary};
use crate::config::ConfigSource;
use crate::model::{DocType, Kind};

/// `config/doc_type.toml`, compiled.
#[derive(Debug)]
pub struct DocTypeRules {
    pub features: Vec<Feature>,
    no_body_below: usize,
    /// What the scores are divided by before they are read as probabilities.
    temperature: f32,
    stub_below: usize,
}

/// Where a feature looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Within {
    Title,
    Opening,
    Body,
    Tail,
    SiteAndBody,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    no_body_below: usize,
    stub_below: usize,
    temperature: f32,
    feature: Vec<RawFeature>,
}

/// One sign, as it stands in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFeature {
    id: String,
    why: String,
    within: Within,
    #[serde(default)]
    pattern: String,
    #[serde(default = "one")]
    at_least: usize,
    min_chars: Option<usize>,
    max_chars: Option<usize>,
    #[serde(default)]
    work_report: f32,
    #[serde(default)]
    digest: f32,
    #[serde(default)]
    other: f32,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    counter_examples: Vec<String>,
}

fn one() -> usize {
    1
}

/// One sign and what it is worth for each kind.
#[derive(Debug)]
pub struct Feature {
    raw: RawFeature,
    regex: Option<Regex>,
}

impl Feature {
    /// Hold the sign against its own examples.
    ///
    /// # Errors
    /// Names the feature and the example on the wrong side.
    pub fn check(&self) -> Result<()> {
        let Some(regex) = &self.regex else { return Ok(()) };
        let raw = &self.raw;
        if raw.why.is_empty() || raw.examples.is_empty() || raw.counter_examples.is_empty() {
            bail!("feature {}: has no why, examples or counter_examples", raw.id);
        }
        if let Some(wrong) = raw.examples.iter().find(|e| !regex.is_match(e)) {
            bail!("feature {}: does not match its example {wrong:?}", raw.id);
        }
        if let Some(wrong) = raw.counter_examples.iter().find(|e| regex.is_match(e)) {
            bail!("feature {}: matches its counter-example {wrong:?}", raw.id);
        }
        Ok(())
    }

    fn holds(&self, text: &str, chars: usize) -> bool {
        if self.raw.min_chars.is_some_and(|n| chars < n) || self.raw.max_chars.is_some_and(|n| chars > n) {
            return false;
        }
        self.regex.as_ref().is_none_or(|r| r.find_iter(text).take(self.raw.at_least).count() == self.raw.at_least)
    }
}

impl DocTypeRules {
    /// # Errors
    /// A file that is missing or malformed; the error names it.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let file: File = source.toml("doc_type.toml")?;
        let compile = |raw: RawFeature| {
            let regex = match raw.pattern.as_str() {
                "" => None,
                pattern => Some(Regex::new(pattern).with_context(|| format!("doc_type.toml, feature {}", raw.id))?),
            };
            Ok(Feature { raw, regex })
        };
        Ok(Self {
            features: file.feature.into_iter().map(compile).collect::<Result<_>>()?,
            no_body_below: file.no_body_below,
            temperature: file.temperature,
            stub_below: file.stub_below,
        })
    }
}

/// The kind of a document, and what follows from it.
#[derive(Debug)]
pub struct Verdict {
    pub doc_type: DocType,
    /// Why the document cannot be used, where it cannot.
    pub rejected: Option<String>,
    /// Scores and the signs behind them.
    pub evidence: Vec<String>,
}

/// Weigh the signs.
pub fn doc_type(rules: &DocTypeRules, head: &Head, title: Option<&str>) -> Verdict {
    let text = head.text;
    let chars = text.chars().filter(|c| !c.is_whitespace()).count();
    let tail = &text[floor_boundary(text, text.len().saturating_sub(3000))..];
    let site: String = head.site.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
    let mut scores = [0.0f32; 3];
    let mut signs = Vec::new();
    for feature in &rules.features {
        let holds = match feature.raw.within {
            Within::Title => title.is_some_and(|t| feature.holds(t, chars)),
            Within::Opening => feature.holds(&text[..head.opening.end], chars),
            Within::Body => feature.holds(text, chars),
            Within::Tail => feature.holds(tail, chars),
            Within::SiteAndBody => feature.holds(&site, chars) || feature.holds(text, chars),
        };
        if holds {
            let raw = &feature.raw;
            for (score, add) in scores.iter_mut().zip([raw.work_report, raw.digest, raw.other]) {
                *score += add;
            }
            signs.push(raw.id.as_str());
        }
    }
    let kinds = [DocType::WorkReport, DocType::Digest, DocType::Other];
    let power = |score: f32| (score / rules.temperature).exp();
    let total: f32 = scores.iter().map(|s| power(*s)).sum();
    let prose = prose_chars(text);
    // A sign of something else that weighs as much leaves it no report and no digest.
    let best = if scores.iter().all(|s| *s <= 0.0) || scores[2] >= scores[0].max(scores[1]) {
        2
    } else {
        (0..3).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
    };
    let told = format!(
        "doc_type {} {:.2} (work_report {:.1}, digest {:.1}, other {:.1}: {})",
        kinds[best],
        power(scores[best]) / total,
        scores[0],
        scores[1],
        scores[2],
        signs.join(", ")
    );
    let rejected = if prose < rules.no_body_below {
        Some(format!("no body: {prose} characters of prose, the rest is navigation or metadata"))
    } else if chars < rules.stub_below {
        Some(format!("a stub of {chars} characters, not a report"))
    } else {
        None
    };
    Verdict { doc_type: kinds[best], rejected, evidence: vec![told] }
}

/// Characters of lines that are sentences: they end or are divided by stops and are longer than a menu entry.
fn prose_chars(text: &str) -> usize {
    let sentence = |line: &&str| line.chars().count() >= 20 && line.contains(['。', '；', '！', '，']);
    text.lines().map(str::trim).filter(sentence).map(|l| l.chars().count()).sum()
}

/// Does the text begin behind the beginning of a report: with the thanks of the review's end, or with the plan?
pub fn head_missing(head: &Head, kinds: &[Kind]) -> bool {
    let text = head.text;
    let opened = head.salutation.is_some_and(|s| s.start > 0)
        || head.own.iter().any(|l| l.compact.contains("工作报告"))
        || head.opening.of(text).chars().take(400).collect::<String>().contains("代表")
            && head.opening.of(text).contains("审议");
    let start = &text[..floor_boundary(text, text.len() / 12)];
    let reviewed = ["回顾", "一年来", "五年来", "过去一年", "过去的一年"].iter().any(|w| start.contains(w));
    let thanks = ["表示衷心", "表示最衷心", "表示诚挚", "崇高的敬意", "崇高敬意"].iter().any(|w| start.contains(w));
    !opened && (thanks || !reviewed && !kinds.contains(&Kind::Review))
}

/// Does the text stop before the call that ends a speech? A glossary or a list of projects may follow the call, so that
/// it is sought after every late salutation, and in the last lines.
pub fn tail_missing(rules: &IdentifyRules, head: &Head) -> bool {
    let text = head.text;
    let late = floor_boundary(text, text.len() * 3 / 10);
    let calls = rules.salutation.regexes.iter().flat_map(|r| r.find_iter(&text[late..])).any(|m| {
        let from = late + m.start();
        let part = &text[from..floor_boundary(text, from + 1500)];
        rules.closing.is_match(part)
    });
    let mut end = text.len().saturating_sub(1500);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let last = &text[end..];
    let last_line = text.trim_end().lines().next_back().unwrap_or_default();
    !(calls || rules.closing.is_match(last) || rules.last_words.is_match(last_line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_keeps_its_examples() {
        let rules = DocTypeRules::load(&ConfigSource::Embedded).unwrap();
        rules.features.iter().try_for_each(Feature::check).unwrap();
    }
}
