//! `config/projects.toml` and `config/common_words.txt` → what this folder reads with.

use aho_corasick::packed::Searcher;
use anyhow::{Context, Result, bail};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::config::{ConfigSource, LazyRegex, Needs, PatternRule};
use crate::extract::words::{Dictionary, Words};
use crate::model::Stage;
use crate::segment::TopicWords;
use crate::trie::Trie;

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
    pub(super) lexicon: Trie<Word>,
    pub(super) phases: FxHashMap<String, Phase>,
    /// What a name ends with.
    pub(super) kinds: Trie<Kind>,
    /// What is taken off the end of a name: a phase of work, or nothing that tells.
    pub(super) ends: Trie<Option<Phase>>,
    /// Words that open no name.
    pub(super) generic_heads: Words,
    /// Names that hold a word of sentences (华为: 为).
    pub(super) sentence_words: Vec<String>,
    /// Words that no name holds.
    pub(super) never_inside: aho_corasick::AhoCorasick,
    /// Kinds of which a region has one: true where a word of its trade has to stand before it.
    pub(super) singles: Trie<bool>,
    /// Words of where in the region a thing stands.
    pub(super) positions: Vec<String>,
    /// Words of for whom in the land it is.
    pub(super) for_the_land: Vec<String>,
    /// Words before a name that are no part of it.
    pub(super) fronts: Words,
    /// What is done to a thing.
    pub(super) worked_on: Words,
    /// Names known to all that a dictionary of everyday words covers (华为).
    pub(super) proper_words: Words,
    pub(super) common: Dictionary,
    /// A project's own field, where its name tells it.
    pub(super) topics: TopicWords,
    /// Names of regions, long and short.
    pub(super) regions: Dictionary,
    pub(super) openers: LazyRegex,
    pub(super) firsts: LazyRegex,
    pub(super) counted: LazyRegex,
    pub(super) measured: LazyRegex,
    pub(super) closers: LazyRegex,
    pub(super) slogans: LazyRegex,
    pub(super) output: LazyRegex,
    pub(super) capacity: LazyRegex,
    pub(super) investment: LazyRegex,
    /// What a place is made a member of: titles, and plans or lists of works.
    pub(super) honours: LazyRegex,
    pub(super) listings: LazyRegex,
    /// What is created of a thing that stands: 创建“三甲”.
    pub(super) titles: LazyRegex,
    /// Members of a list that are work and no works: 城市更新, 污水处理.
    pub(super) activities: LazyRegex,
    /// The two words of a frame (进入…阶段), and what it says but for the stage.
    pub(super) frame_opens: Words,
    pub(super) frame_closes: Words,
    /// Finds any of them at a glance.
    pub(super) frame_marks: Option<Searcher>,
    pub(super) frame: Meaning,
    needs: Needs,
}

/// Which of the patterns a text may hold anywhere: most nouns hold none of their words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Held {
    pub firsts: bool,
    pub counted: bool,
    pub measured: bool,
    pub closers: bool,
    pub capacity: bool,
    pub investment: bool,
    pub slogan: bool,
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

    /// See [`Held`].
    pub(super) fn held_in(&self, text: &str) -> Held {
        let held = self.needs.held_in(text);
        let [firsts, counted, measured, closers, capacity, investment, slogan] =
            std::array::from_fn(|i| held >> i & 1 == 1);
        Held { firsts, counted, measured, closers, capacity, investment, slogan }
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
    generic_heads: WordList,
    never_inside: WordList,
    singles: WordList,
    trades: WordList,
    positions: WordList,
    for_the_land: WordList,
    fronts: WordList,
    worked_on: WordList,
    generic_words: WordList,
    proper_words: WordList,
    everyday_regions: WordList,
    sentence_words: WordList,
    tails: WordList,
    firsts: PatternRule,
    slogans: PatternRule,
    counted: PatternRule,
    measured: PatternRule,
    closers: PatternRule,
    output: PatternRule,
    capacity: PatternRule,
    investment: PatternRule,
    honours: PatternRule,
    listings: PatternRule,
    titles: PatternRule,
    activities: PatternRule,
    frames: FrameRule,
}

/// Words around a phase of work: what stands between an opening and a closing one tells the stage.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameRule {
    id: String,
    why: String,
    opens: Vec<String>,
    closes: Vec<String>,
    examples: Vec<String>,
    counter_examples: Vec<String>,
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
            ("generic_heads", &self.generic_heads.why),
            ("never_inside", &self.never_inside.why),
            ("singles", &self.singles.why),
            ("trades", &self.trades.why),
            ("positions", &self.positions.why),
            ("for_the_land", &self.for_the_land.why),
            ("fronts", &self.fronts.why),
            ("worked_on", &self.worked_on.why),
            ("generic_words", &self.generic_words.why),
            ("proper_words", &self.proper_words.why),
            ("everyday_regions", &self.everyday_regions.why),
            ("sentence_words", &self.sentence_words.why),
            ("tails", &self.tails.why),
        ] {
            if why.is_empty() {
                bail!("{what}: a word list has a why");
            }
        }
        if self.frames.why.is_empty() || self.frames.examples.is_empty() || self.frames.counter_examples.is_empty() {
            bail!("frames: a rule has a why, examples and counter_examples");
        }
        match self.types.iter().find(|t| t.why.is_empty()) {
            Some(rule) => bail!("types {}: a rule has a why", rule.id),
            None => Ok(()),
        }
    }

    fn compile(&self, common: &str, regions: Dictionary, topics: TopicWords) -> Result<ProjectRules> {
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
        rule_ids.push(Box::leak(format!("project_{}", self.frames.id).into_boxed_str()));
        let frame = Meaning {
            stage: Stage::UnderConstruction,
            definite: true,
            strong: true,
            vague: false,
            rule: rule_ids.len() - 1,
        };
        let mut lexicon = Trie::forwards();
        for (text, word) in texts.iter().zip(words) {
            lexicon.insert(text, word);
        }
        let mut ends = Trie::backwards();
        for word in &self.tails.words {
            ends.insert(word, None);
        }
        let mut phases = FxHashMap::default();
        for rule in &self.phases {
            for word in &rule.words {
                let phase = Phase { stage: rule.stage };
                phases.insert(word.clone(), phase);
                if !rule.after_verb_only {
                    ends.insert(word, Some(phase));
                }
            }
        }
        let mut kinds = Trie::backwards();
        for word in &self.not_types.words {
            kinds.insert(word, Kind { weight: -3, shared: false });
        }
        for rule in &self.types {
            for word in &rule.words {
                kinds.insert(word, Kind { weight: rule.weight, shared: rule.shared });
            }
        }
        let mut singles = Trie::backwards();
        for (list, behind) in [(&self.singles, false), (&self.trades, true)] {
            for word in &list.words {
                singles.insert(word, behind);
            }
        }
        let common = self.everyday(common, &regions);
        // In the order of `held_in`.
        let mut searched = Vec::new();
        for rule in [
            &self.firsts,
            &self.counted,
            &self.measured,
            &self.closers,
            &self.capacity,
            &self.investment,
            &self.slogans,
        ] {
            searched.push(regex_syntax::parse(&rule.pattern)?);
        }
        Ok(ProjectRules {
            needs: Needs::of(&searched)?,
            topics,
            regions,
            rule_ids,
            lexicon,
            phases,
            kinds,
            ends,
            generic_heads: Words::new(&self.generic_heads.words),
            sentence_words: self.sentence_words.words.clone(),
            never_inside: aho_corasick::AhoCorasick::new(&self.never_inside.words)?,
            common,
            singles,
            positions: self.positions.words.clone(),
            for_the_land: self.for_the_land.words.clone(),
            fronts: Words::new(&self.fronts.words),
            worked_on: Words::new(&self.worked_on.words),
            proper_words: Words::new(&self.proper_words.words),
            openers: regex(&self.openers)?,
            firsts: regex(&self.firsts)?,
            counted: regex(&self.counted)?,
            measured: regex(&self.measured)?,
            closers: regex(&self.closers)?,
            slogans: regex(&self.slogans)?,
            output: regex(&self.output)?,
            capacity: regex(&self.capacity)?,
            investment: regex(&self.investment)?,
            honours: regex(&self.honours)?,
            listings: regex(&self.listings)?,
            titles: regex(&self.titles)?,
            activities: regex(&self.activities)?,
            frame_opens: Words::new(&self.frames.opens),
            frame_closes: Words::new(&self.frames.closes),
            frame_marks: Searcher::new(&self.frames.closes),
            frame,
        })
    }
}

impl File {
    /// The words that name nothing: those of everyday and of the trade, without the names of regions and firms that a
    /// dictionary holds as well (保定, 长城).
    fn everyday(&self, common: &str, regions: &Dictionary) -> Dictionary {
        let everyday: FxHashSet<&str> = self.everyday_regions.words.iter().map(String::as_str).collect();
        let proper: FxHashSet<&str> = self.proper_words.words.iter().map(String::as_str).collect();
        let names = |word: &str| proper.contains(word) || (regions.contains(word) && !everyday.contains(word));
        let mut words = Dictionary::default();
        let listed = common.lines().map(str::trim).filter(|w| !w.is_empty() && !w.starts_with('#'));
        words.extend(listed.filter(|word| !names(word)));
        words.extend(self.generic_words.words.iter().map(String::as_str));
        words
    }
}

fn regex(rule: &PatternRule) -> Result<LazyRegex> {
    LazyRegex::new(&rule.pattern).with_context(|| format!("rule {}", rule.id))
}

/// The names of all regions of `regions.csv`, long (潞城区) and short (潞城).
fn regions(source: &ConfigSource) -> Result<Dictionary> {
    let text = source.text("regions.csv")?;
    let mut rows = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
    let headers = rows.headers().context("config/regions.csv")?.clone();
    let wanted: Vec<usize> = ["name", "short"].iter().filter_map(|n| headers.iter().position(|h| h == *n)).collect();
    let mut names = Dictionary::default();
    for row in rows.records() {
        let row = row.context("config/regions.csv")?;
        names.extend(wanted.iter().filter_map(|i| row.get(*i)).filter(|n| n.chars().count() >= 2));
    }
    Ok(names)
}
