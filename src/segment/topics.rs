//! Policy field of a section, by the words of its heading and text.

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::config::ConfigSource;
use crate::model::Topic;
use crate::trie::Trie;

/// Words of the policy fields.
#[derive(Debug)]
pub struct TopicWords {
    /// Topic and weight of each word.
    words: Trie<(Topic, f32)>,
    rules: Vec<TopicRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicsFile {
    topic: Vec<TopicRule>,
}

/// The words of one field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicRule {
    topic: Topic,
    why: String,
    /// Words that name the field: weight 2.
    strong: Vec<String>,
    /// Words that go with it: weight 1.
    weak: Vec<String>,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

impl TopicWords {
    /// # Errors
    /// A missing file, an unknown key, a word in two fields.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let file: TopicsFile = source.toml("topics.toml")?;
        Self::compile(file).context("config/topics.toml")
    }

    fn compile(file: TopicsFile) -> Result<Self> {
        let mut words = Trie::forwards();
        for rule in &file.topic {
            for (list, weight) in [(&rule.strong, 2.0), (&rule.weak, 1.0)] {
                for word in list {
                    if words.insert(word, (rule.topic, weight)).is_some() {
                        bail!("{word}: the word stands twice");
                    }
                }
            }
        }
        Ok(Self { words, rules: file.topic })
    }

    /// Hold every field against its examples.
    ///
    /// # Errors
    /// Every example that stands on the wrong side.
    pub fn check(&self) -> Result<()> {
        let mut wrong = Vec::new();
        for rule in &self.rules {
            if rule.why.is_empty() || rule.examples.is_empty() || rule.counter_examples.is_empty() {
                bail!("{}: a field has a why, examples and counter_examples", rule.topic);
            }
            for (texts, wanted) in [(&rule.examples, true), (&rule.counter_examples, false)] {
                let failed = texts.iter().filter(|t| (self.of(t, 1.0) == Some(rule.topic)) != wanted);
                wrong.extend(failed.map(|t| format!("{}: {t} is {:?}", rule.topic, self.of(t, 1.0))));
            }
        }
        if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n")) }
    }

    /// The field with the greatest weight of words, if it reaches `least`; of equals, the one named last (a heading
    /// ends with what it is about).
    pub fn of(&self, text: &str, least: f32) -> Option<Topic> {
        let mut weights = [0.0f32; Topic::ALL.len()];
        let mut last = [0usize; Topic::ALL.len()];
        for (start, len, (topic, weight)) in self.words.find_iter(text) {
            weights[topic as usize] += weight;
            last[topic as usize] = start + len;
        }
        let best = (0..weights.len()).max_by(|&a, &b| weights[a].total_cmp(&weights[b]).then(last[a].cmp(&last[b])))?;
        (weights[best] >= least).then(|| Topic::ALL[best])
    }
}
