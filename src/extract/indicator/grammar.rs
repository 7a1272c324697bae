//! `config/clauses.toml` → compiled word lists.

use anyhow::Result;
use serde::Deserialize;

use crate::config::ConfigSource;
use crate::extract::words::Words;

/// What a predicate makes of the value behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The value is the amount itself: 达到, 为, 完成.
    State,
    /// A movement: 增长, 下降.
    Up,
    Down,
    /// A distance from something else: 高于, 低于.
    GapUp,
    GapDown,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPredicate {
    effect: Effect,
    words: Vec<String>,
}

/// One phrase that names two statistics: 城乡居民 is 城镇居民 and 农村居民.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitPair {
    pub phrase: String,
    pub parts: Vec<String>,
}

/// Where a word is part of a longer one: behind or before one of these.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inside {
    word: String,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGrammar {
    openers: Vec<String>,
    manner: Vec<String>,
    relations: Vec<String>,
    scopes: Vec<String>,
    adverbs: Vec<String>,
    bare_adverbs: Vec<String>,
    each: Vec<String>,
    both: Vec<String>,
    yearly: Vec<String>,
    rate_nouns: Vec<String>,
    facets: Vec<String>,
    plain_facets: Vec<String>,
    actions: Vec<String>,
    not_actions: Vec<String>,
    events: Vec<String>,
    deeds: Vec<String>,
    trailing_actions: Vec<String>,
    inner_actions: Vec<String>,
    leading_moves: Vec<String>,
    measure_nouns: Vec<String>,
    branch_nouns: Vec<String>,
    aspect_nouns: Vec<String>,
    field_ends: Vec<String>,
    series_units: Vec<String>,
    averages: Vec<String>,
    object_verbs: Vec<String>,
    aims: Vec<String>,
    marks: Vec<String>,
    crossings: Vec<String>,
    spendings: Vec<String>,
    trailing_deeds: Vec<String>,
    peoples: Vec<String>,
    trailing_manner: Vec<String>,
    places: Vec<String>,
    towards: Vec<String>,
    the_less_the_better: Vec<String>,
    better: Vec<String>,
    abstract_heads: Vec<String>,
    own_parts: Vec<String>,
    own_part_names: Vec<String>,
    subject_ends: Vec<String>,
    compared_with: Vec<String>,
    compound_heads: Vec<String>,
    spec_heads: Vec<String>,
    duration_moves: Vec<String>,
    duration_after: Vec<String>,
    duration_before: Vec<String>,
    lexicon_deeds: Vec<String>,
    others: Vec<String>,
    noun_tails: Vec<String>,
    reckoning_ends: Vec<String>,
    reckoning_starts: Vec<String>,
    attributes: Vec<String>,
    subject_tails: Vec<String>,
    threshold_heads: Vec<String>,
    actual_words: Vec<String>,
    target_words: Vec<String>,
    rank_scopes: Vec<String>,
    rank_verbs: Vec<String>,
    not_rank: Vec<String>,
    predicate: Vec<RawPredicate>,
    split_pair: Vec<SplitPair>,
    inside: Vec<Inside>,
}

/// The word lists of a clause, compiled; see `config/clauses.toml` for what each is.
#[derive(Debug)]
pub struct Grammar {
    pub openers: Words,
    pub manner: Words,
    pub relations: Words,
    pub scopes: Words,
    pub adverbs: Words,
    pub bare_adverbs: Words,
    pub each: Words,
    pub both: Words,
    pub yearly: Words,
    pub rate_nouns: Words,
    pub facets: Words,
    pub plain_facets: Words,
    pub actions: Words,
    pub not_actions: Words,
    pub events: Words,
    pub deeds: Words,
    pub trailing_actions: Words,
    pub inner_actions: Words,
    pub leading_moves: Words,
    pub measure_nouns: Words,
    pub branch_nouns: Words,
    pub aspect_nouns: Words,
    pub field_ends: Words,
    pub series_units: Words,
    pub averages: Words,
    pub object_verbs: Words,
    pub aims: Words,
    pub marks: Words,
    pub crossings: Words,
    pub spendings: Words,
    pub trailing_deeds: Words,
    pub peoples: Words,
    pub trailing_manner: Words,
    pub places: Words,
    pub towards: Words,
    pub the_less_the_better: Words,
    pub better: Words,
    pub abstract_heads: Words,
    pub own_parts: Words,
    pub own_part_names: Words,
    pub subject_ends: Words,
    pub compared_with: Words,
    pub compound_heads: Words,
    pub spec_heads: Words,
    pub duration_moves: Words,
    pub duration_after: Words,
    pub duration_before: Words,
    pub lexicon_deeds: Words,
    pub others: Words,
    pub noun_tails: Words,
    pub reckoning_ends: Words,
    pub reckoning_starts: Words,
    pub attributes: Words,
    pub subject_tails: Words,
    pub threshold_heads: Words,
    pub actual_words: Words,
    pub target_words: Words,
    pub rank_scopes: Words,
    pub rank_verbs: Words,
    pub not_rank: Words,
    pub split_pairs: Vec<SplitPair>,
    predicates: Words,
    effects: rustc_hash::FxHashMap<String, Effect>,
    inside: rustc_hash::FxHashMap<String, Inside>,
}

impl Grammar {
    /// # Errors
    /// `config/clauses.toml` is missing or malformed.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let raw: RawGrammar = source.toml("clauses.toml")?;
        let mut effects = rustc_hash::FxHashMap::default();
        // A word may stand under two effects (超过): the first one that is listed is its effect behind a name; the
        // gap reading needs an object and is found by `gap_verb`.
        for predicate in &raw.predicate {
            for word in &predicate.words {
                effects.entry(word.clone()).or_insert(predicate.effect);
            }
        }
        Ok(Self {
            openers: Words::new(raw.openers),
            manner: Words::new(raw.manner),
            relations: Words::new(raw.relations),
            scopes: Words::new(raw.scopes),
            adverbs: Words::new(raw.adverbs),
            bare_adverbs: Words::new(raw.bare_adverbs),
            each: Words::new(raw.each),
            both: Words::new(raw.both),
            yearly: Words::new(raw.yearly),
            rate_nouns: Words::new(raw.rate_nouns),
            facets: Words::new(raw.facets),
            plain_facets: Words::new(raw.plain_facets),
            actions: Words::new(raw.actions),
            not_actions: Words::new(raw.not_actions),
            events: Words::new(raw.events),
            deeds: Words::new(raw.deeds),
            trailing_actions: Words::new(raw.trailing_actions),
            inner_actions: Words::new(raw.inner_actions),
            leading_moves: Words::new(raw.leading_moves),
            measure_nouns: Words::new(raw.measure_nouns),
            branch_nouns: Words::new(raw.branch_nouns),
            aspect_nouns: Words::new(raw.aspect_nouns),
            field_ends: Words::new(raw.field_ends),
            series_units: Words::new(raw.series_units),
            averages: Words::new(raw.averages),
            object_verbs: Words::new(raw.object_verbs),
            aims: Words::new(raw.aims),
            marks: Words::new(raw.marks),
            crossings: Words::new(raw.crossings),
            spendings: Words::new(raw.spendings),
            trailing_deeds: Words::new(raw.trailing_deeds),
            peoples: Words::new(raw.peoples),
            trailing_manner: Words::new(raw.trailing_manner),
            places: Words::new(raw.places),
            towards: Words::new(raw.towards),
            the_less_the_better: Words::new(raw.the_less_the_better),
            better: Words::new(raw.better),
            abstract_heads: Words::new(raw.abstract_heads),
            own_parts: Words::new(raw.own_parts),
            own_part_names: Words::new(raw.own_part_names),
            subject_ends: Words::new(raw.subject_ends),
            compared_with: Words::new(raw.compared_with),
            compound_heads: Words::new(raw.compound_heads),
            spec_heads: Words::new(raw.spec_heads),
            duration_moves: Words::new(raw.duration_moves),
            duration_after: Words::new(raw.duration_after),
            duration_before: Words::new(raw.duration_before),
            lexicon_deeds: Words::new(raw.lexicon_deeds),
            others: Words::new(raw.others),
            noun_tails: Words::new(raw.noun_tails),
            reckoning_ends: Words::new(raw.reckoning_ends),
            reckoning_starts: Words::new(raw.reckoning_starts),
            attributes: Words::new(raw.attributes),
            subject_tails: Words::new(raw.subject_tails),
            threshold_heads: Words::new(raw.threshold_heads),
            actual_words: Words::new(raw.actual_words),
            target_words: Words::new(raw.target_words),
            rank_scopes: Words::new(raw.rank_scopes),
            rank_verbs: Words::new(raw.rank_verbs),
            not_rank: Words::new(raw.not_rank),
            split_pairs: raw.split_pair,
            inside: raw.inside.into_iter().map(|inside| (inside.word.clone(), inside)).collect(),
            predicates: Words::new(effects.keys()),
            effects,
        })
    }

    /// The predicate that the text ends with.
    pub fn predicate_at_end<'t>(&self, text: &'t str) -> Option<(&'t str, Effect)> {
        let word = self.predicates.suffix_of(text)?;
        Some((word, *self.effects.get(word)?))
    }

    /// Does the text begin with a predicate of more than one character?
    pub fn predicate_at_start(&self, text: &str) -> bool {
        self.predicates.prefix_of(text).is_some_and(|w| w.chars().count() > 1)
    }

    /// The action that the text begins with, unless a longer noun begins there too.
    pub fn action_at_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        let action = self.actions.prefix_of(text)?;
        match self.not_actions.prefix_of(text) {
            Some(noun) if noun.len() >= action.len() => None,
            _ if self.is_nominal(&text[action.len()..]) => None,
            _ => Some(action),
        }
    }

    /// Do the words behind what looks like an action make a noun of it (诊疗|量)? Not where a longer word than the tail
    /// begins there (建设|线路).
    pub fn is_nominal(&self, after: &str) -> bool {
        self.noun_tails
            .prefix_of(after)
            .is_some_and(|tail| !after[tail.len()..].chars().next().is_some_and(crate::text::is_han))
    }

    /// Does what a statistic did begin here, in words (历史性迈上…, 增幅首次超过…, 保持平稳)?
    pub fn tells(&self, text: &str) -> bool {
        self.predicate_at_start(text)
            || [&self.adverbs, &self.openers, &self.rate_nouns, &self.rank_verbs, &self.crossings]
                .iter()
                .any(|words| words.prefix_of(text).is_some())
    }

    /// Is this word part of a longer one here (在校生, 到户, 修复工程)?
    pub fn is_inside(&self, word: &str, head: &str, after: &str) -> bool {
        self.inside.get(word).is_some_and(|longer| {
            longer.before.iter().any(|w| head.ends_with(w.as_str()))
                || longer.after.iter().any(|w| after.starts_with(w.as_str()))
        })
    }
}
