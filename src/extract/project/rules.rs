//! `config/projects.toml` and `config/common_words.txt` → what this folder reads with.

use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::{Context, Result, bail};
use regex::Regex;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::config::{ConfigSource, PatternRule};
use crate::model::Stage;
use crate::segment::TopicWords;

const FILE: &str = "projects.toml";

/// What a verb says of the noun on one of its sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub stage: Stage,
    /// Tells the stage by itself (竣工); the others give way to a definite verb beside them (推进).
    pub definite: bool,
    /// Said of works and hardly of policies.
    pub strong: bool,
    /// Said of anything but works: counts against a project.
    pub vague: bool,
    /// Index into [`ProjectRules::rule_ids`].
    pub rule: usize,
}

/// A verb: what it says of a noun behind it, and of one before it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Verb {
    pub object: Option<Meaning>,
    pub subject: Option<Meaning>,
    /// As an object verb only where a clause or a chain of verbs begins.
    pub lead: bool,
}

/// A word that the clause reader knows.
#[derive(Debug, Clone, Copy)]
pub(super) enum Word {
    Verb(Verb),
    Adverb,
    /// Holds a verb and is none: 建成区.
    NotVerb,
}

/// A noun that tells how far works are: 前期工作, 主体工程.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phase {
    pub stage: Stage,
    /// Only behind an object verb (完成建设), not at the end of a name.
    pub after_verb_only: bool,
}

/// What a name ends with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// 2 a thing with a place, 1 also a kind or field, 0 a product, below 0 no project at all.
    pub weight: i8,
    /// May stand once for a whole list: 荣乌、津石高速.
    pub shared: bool,
}

/// What the extractor of projects reads from `config/`.
#[derive(Debug)]
pub struct ProjectRules {
    pub(super) rule_ids: Vec<&'static str>,
    pub(super) lexicon: AhoCorasick,
    pub(super) words: Vec<Word>,
    pub(super) phases: FxHashMap<String, Phase>,
    pub(super) kinds: FxHashMap<String, Kind>,
    pub(super) tails: FxHashSet<String>,
    pub(super) common: FxHashSet<Box<str>>,
    /// A project's own field, where its name tells it.
    pub(super) topics: TopicWords,
    /// Names of regions, long and short.
    pub(super) regions: FxHashSet<Box<str>>,
    pub(super) openers: Regex,
    pub(super) firsts: Regex,
    pub(super) counted: Regex,
    pub(super) measured: Regex,
    pub(super) closers: Regex,
    pub(super) output: Regex,
    pub(super) capacity: Regex,
    pub(super) investment: Regex,
    /// Characters of the longest suffix in `phases`, `kinds`, `tails`.
    pub(super) longest_suffix: usize,
    /// Characters of the longest common word.
    pub(super) longest_common: usize,
}

impl ProjectRules {
    /// # Errors
    /// A missing file, an unknown key or word of a vocabulary, a pattern that is none, a rule without its examples.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let file: File = source.toml(FILE)?;
        file.check().with_context(|| format!("config/{FILE}"))?;
        file.compile(&source.text("common_words.txt")?, regions(source)?, TopicWords::load(source)?)
            .with_context(|| format!("config/{FILE}"))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verbs: Vec<VerbRule>,
    not_verbs: WordList,
    adverbs: WordList,
    openers: PatternRule,
    phases: Vec<PhaseRule>,
    types: Vec<TypeRule>,
    not_types: WordList,
    tails: WordList,
    firsts: PatternRule,
    counted: PatternRule,
    measured: PatternRule,
    closers: PatternRule,
    output: PatternRule,
    capacity: PatternRule,
    investment: PatternRule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Takes {
    Subject,
    Object,
    Both,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbRule {
    id: String,
    why: String,
    stage: Stage,
    takes: Takes,
    definite: bool,
    strong: bool,
    #[serde(default)]
    lead: bool,
    #[serde(default)]
    vague: bool,
    words: Vec<String>,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordList {
    why: String,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhaseRule {
    id: String,
    why: String,
    stage: Stage,
    #[serde(default)]
    after_verb_only: bool,
    words: Vec<String>,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TypeRule {
    id: String,
    why: String,
    weight: i8,
    #[serde(default)]
    shared: bool,
    words: Vec<String>,
}

impl File {
    fn check(&self) -> Result<()> {
        for rule in &self.verbs {
            if rule.why.is_empty() || rule.examples.is_empty() || rule.counter_examples.is_empty() {
                bail!("verbs {}: a rule has a why, examples and counter_examples", rule.id);
            }
        }
        for rule in &self.phases {
            if rule.why.is_empty() || rule.examples.is_empty() || rule.counter_examples.is_empty() {
                bail!("phases {}: a rule has a why, examples and counter_examples", rule.id);
            }
        }
        for (what, why) in [
            ("not_verbs", &self.not_verbs.why),
            ("adverbs", &self.adverbs.why),
            ("not_types", &self.not_types.why),
            ("tails", &self.tails.why),
        ] {
            if why.is_empty() {
                bail!("{what}: a word list has a why");
            }
        }
        match self.types.iter().find(|t| t.why.is_empty()) {
            Some(rule) => bail!("types {}: a rule has a why", rule.id),
            None => Ok(()),
        }
    }

    fn compile(&self, common: &str, regions: FxHashSet<Box<str>>, topics: TopicWords) -> Result<ProjectRules> {
        let mut rule_ids: Vec<&'static str> = Vec::new();
        let mut index: FxHashMap<&str, usize> = FxHashMap::default();
        let mut texts: Vec<&str> = Vec::new();
        let mut words: Vec<Word> = Vec::new();
        for rule in &self.verbs {
            // Rule ids live as long as the run: rows carry them as plain words.
            rule_ids.push(Box::leak(format!("project_{}", rule.id).into_boxed_str()));
            let meaning = Meaning {
                stage: rule.stage,
                definite: rule.definite,
                strong: rule.strong,
                vague: rule.vague,
                rule: rule_ids.len() - 1,
            };
            for word in &rule.words {
                let at = *index.entry(word).or_insert_with(|| {
                    texts.push(word);
                    words.push(Word::Verb(Verb::default()));
                    texts.len() - 1
                });
                let Word::Verb(verb) = &mut words[at] else { continue };
                if rule.takes != Takes::Object && verb.subject.is_none() {
                    verb.subject = Some(meaning);
                }
                if rule.takes != Takes::Subject && verb.object.is_none() {
                    verb.object = Some(meaning);
                    verb.lead = rule.lead;
                }
            }
        }
        for (list, word_as) in [(&self.not_verbs, Word::NotVerb), (&self.adverbs, Word::Adverb)] {
            for word in &list.words {
                if !index.contains_key(word.as_str()) {
                    index.insert(word, texts.len());
                    texts.push(word);
                    words.push(word_as);
                }
            }
        }
        let lexicon = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&texts)?;
        let mut phases = FxHashMap::default();
        for rule in &self.phases {
            for word in &rule.words {
                phases.insert(word.clone(), Phase { stage: rule.stage, after_verb_only: rule.after_verb_only });
            }
        }
        let mut kinds = FxHashMap::default();
        for word in &self.not_types.words {
            kinds.insert(word.clone(), Kind { weight: -3, shared: false });
        }
        for rule in &self.types {
            for word in &rule.words {
                kinds.insert(word.clone(), Kind { weight: rule.weight, shared: rule.shared });
            }
        }
        let tails: FxHashSet<String> = self.tails.words.iter().cloned().collect();
        let common: FxHashSet<Box<str>> =
            common.lines().map(str::trim).filter(|w| !w.is_empty() && !w.starts_with('#')).map(Box::from).collect();
        let suffixes = phases.keys().chain(kinds.keys()).chain(tails.iter());
        Ok(ProjectRules {
            longest_suffix: suffixes.map(|w| w.chars().count()).max().unwrap_or(0),
            longest_common: common.iter().map(|w| w.chars().count()).max().unwrap_or(0),
            topics,
            regions,
            rule_ids,
            lexicon,
            words,
            phases,
            kinds,
            tails,
            common,
            openers: regex(&self.openers)?,
            firsts: regex(&self.firsts)?,
            counted: regex(&self.counted)?,
            measured: regex(&self.measured)?,
            closers: regex(&self.closers)?,
            output: regex(&self.output)?,
            capacity: regex(&self.capacity)?,
            investment: regex(&self.investment)?,
        })
    }
}

fn regex(rule: &PatternRule) -> Result<Regex> {
    Regex::new(&rule.pattern).with_context(|| format!("rule {}", rule.id))
}

/// The names of all regions of `regions.csv`, long (潞城区) and short (潞城).
fn regions(source: &ConfigSource) -> Result<FxHashSet<Box<str>>> {
    let text = source.text("regions.csv")?;
    let mut rows = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let headers = rows.headers().context("config/regions.csv")?.clone();
    let wanted: Vec<usize> = ["name", "short"].iter().filter_map(|n| headers.iter().position(|h| h == *n)).collect();
    let mut names = FxHashSet::default();
    for row in rows.records() {
        let row = row.context("config/regions.csv")?;
        let found = wanted.iter().filter_map(|i| row.get(*i)).filter(|n| n.chars().count() >= 2);
        names.extend(found.map(Box::from));
    }
    Ok(names)
}
