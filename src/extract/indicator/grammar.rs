//! `config/clauses.toml` → compiled word lists.

use anyhow::Result;
use rustc_hash::FxHashMap;
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

/// The predicates, and what each makes of the value behind it.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<RawPredicate>")]
struct Predicates {
    words: Words,
    effects: FxHashMap<String, Effect>,
}

impl From<Vec<RawPredicate>> for Predicates {
    fn from(raw: Vec<RawPredicate>) -> Self {
        let mut effects = FxHashMap::default();
        // A word may stand under two effects (超过): the first one that is listed is its effect behind a name; the
        // gap reading needs an object and is found by `gap_verb`.
        for predicate in raw {
            for word in predicate.words {
                effects.entry(word).or_insert(predicate.effect);
            }
        }
        Self { words: Words::new(effects.keys()), effects }
    }
}

/// The longer words by the word inside them.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<Inside>")]
struct Longer(FxHashMap<String, Inside>);

impl From<Vec<Inside>> for Longer {
    fn from(raw: Vec<Inside>) -> Self {
        Self(raw.into_iter().map(|inside| (inside.word.clone(), inside)).collect())
    }
}

/// The word lists of a clause: a field is the key of the same name in `config/clauses.toml`, which says what it is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    pub openers: Words,
    pub conjunctions: Words,
    pub manner: Words,
    pub relations: Words,
    pub scopes: Words,
    pub adverbs: Words,
    pub middle_adverbs: Words,
    pub bare_adverbs: Words,
    pub each: Words,
    pub both: Words,
    pub yearly: Words,
    pub rate_nouns: Words,
    pub facets: Words,
    pub plain_facets: Words,
    pub actions: Words,
    pub not_actions: Words,
    pub holdings: Words,
    pub second_deeds: Words,
    pub events: Words,
    pub event_actions: Words,
    pub deeds: Words,
    pub nominal_deeds: Words,
    pub finite_events: Words,
    pub relative_verbs: Words,
    pub inspecting: Words,
    pub braving: Words,
    pub list_deeds: Words,
    pub nominal_verbs: Words,
    pub reaching_verbs: Words,
    pub doing_verbs: Words,
    pub light_verbs: Words,
    pub trailing_actions: Words,
    pub inner_actions: Words,
    pub leading_moves: Words,
    pub measure_nouns: Words,
    pub statistic_tails: Words,
    pub branch_nouns: Words,
    pub aspect_nouns: Words,
    pub field_ends: Words,
    pub series_units: Words,
    pub averages: Words,
    pub object_verbs: Words,
    pub aims: Words,
    pub yardsticks: Words,
    pub marks: Words,
    pub schemes: Words,
    pub crossings: Words,
    pub limits: Words,
    pub spendings: Words,
    pub batches: Words,
    pub firsts: Words,
    pub papers: Words,
    pub grades: Words,
    pub additions: Words,
    pub contests: Words,
    pub yearly_moves: Words,
    pub sums: Words,
    pub flows: Words,
    pub kinds_of: Words,
    pub from_last_year: Words,
    pub time_leads: Words,
    pub time_means: Words,
    pub per_heads: Words,
    pub realizing: Words,
    pub multiple_verbs: Words,
    pub gains: Words,
    pub seeking: Words,
    pub hopes: Words,
    pub sought: Words,
    pub titled: Words,
    pub title_verbs: Words,
    pub benefits: Words,
    pub beneficiaries: Words,
    pub bounds_of_each: Words,
    pub count_bounds: Words,
    pub firms: Words,
    pub each_per: Words,
    pub lowering: Words,
    pub raising: Words,
    pub unfinished: Words,
    pub ratios: Words,
    pub ages: Words,
    pub one_year: Words,
    pub years_other: Words,
    pub scene_leads: Words,
    pub thresholds: Words,
    pub parts_of_whole: Words,
    pub per_area: Words,
    pub per_outputs: Words,
    pub outlays_per_output: Words,
    pub sole_owners: Words,
    pub bare_measures: Words,
    pub concerns: Words,
    pub bare_heads: Words,
    pub works: Words,
    pub recognitions: Words,
    pub task_tails: Words,
    pub relative_verbs_of_kind: Words,
    pub frame_tails: Words,
    pub publics: Words,
    pub negations: Words,
    pub grade_units: Words,
    pub closing_kinds: Words,
    pub counted_heads: Words,
    pub returns: Words,
    pub time_units: Words,
    pub populations: Words,
    pub extents: Words,
    pub extent_counters: Words,
    pub line_nouns: Words,
    pub policy_verbs: Words,
    pub outlays: Words,
    pub trailing_deeds: Words,
    pub peoples: Words,
    pub trailing_manner: Words,
    pub places: Words,
    pub agents: Words,
    pub remarks: Words,
    pub pushing: Words,
    pub frames: Words,
    pub results: Words,
    pub qualities: Words,
    pub money_deeds: Words,
    pub name_times: Words,
    pub towards: Words,
    pub pivots: Words,
    pub means: Words,
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
    pub lexicon_actions: Words,
    pub others: Words,
    pub noun_tails: Words,
    pub reckoning_ends: Words,
    pub reckoning_starts: Words,
    pub attributes: Words,
    pub attribute_ends: Words,
    pub subject_tails: Words,
    pub area_tails: Words,
    pub lone_measures: Words,
    pub trades: Words,
    pub sights: Words,
    pub openings: Words,
    pub lone_outlays: Words,
    pub firm_measures: Words,
    pub branch_taxes: Words,
    pub branches: Words,
    pub turns: Words,
    pub no_owners: Words,
    pub advances: Words,
    pub area_kinds: Words,
    pub bare_areas: Words,
    pub area_moves: Words,
    pub own_levels: Words,
    pub threshold_heads: Words,
    pub actual_words: Words,
    pub target_words: Words,
    pub own_region: Words,
    pub still_there: Words,
    pub plan_words: Words,
    pub rank_scopes: Words,
    pub rank_verbs: Words,
    pub rank_lists: Words,
    pub rank_contests: Words,
    pub rank_moves: Words,
    pub not_rank: Words,
    #[serde(rename = "split_pair")]
    pub split_pairs: Vec<SplitPair>,
    #[serde(rename = "predicate")]
    predicates: Predicates,
    inside: Longer,
}

impl Grammar {
    /// # Errors
    /// `config/clauses.toml` is missing or malformed.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        source.toml("clauses.toml")
    }

    /// The predicate that the text ends with.
    pub fn predicate_at_end<'t>(&self, text: &'t str) -> Option<(&'t str, Effect)> {
        let word = self.predicates.words.suffix_of(text)?;
        Some((word, *self.predicates.effects.get(word)?))
    }

    /// Do the words speak of one year within the report of several?
    pub fn says_one_year(&self, words: &str) -> bool {
        self.one_year.find_iter(words).next().is_some()
    }

    /// Does the text begin with a predicate of more than one character?
    pub fn predicate_at_start(&self, text: &str) -> bool {
        self.predicates
            .words
            .prefix_of(text)
            .is_some_and(|w| w.chars().count() > 1 && !self.is_inside(w, "", &text[w.len()..]))
    }

    /// The action that the text begins with, unless a longer noun begins there too.
    pub fn action_at_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        let renewed = text
            .strip_prefix('新')
            .filter(|rest| !rest.starts_with('增'))
            .and_then(|rest| self.actions.prefix_of(rest))
            .map(|word| &text[..'新'.len_utf8() + word.len()]);
        // 新|创建, 新栽植: a deed done anew, where the list does not name it.
        // 新|建设施蔬菜: the longer deed ends inside the next word.
        let renewed = renewed.filter(|word| !self.is_inside(word, "", &text[word.len()..]));
        let action = match (self.actions.prefix_of(text), renewed) {
            (Some(plain), Some(renewed)) if plain.len() >= renewed.len() => plain,
            (plain, renewed) => renewed.or(plain)?,
        };
        match self.not_actions.prefix_of(text) {
            Some(noun) if noun.len() >= action.len() => None,
            // 新增|产值94亿元: what is added may be a bare measure.
            _ if self.additions.contains(action) && text[action.len()..].chars().count() >= 2 => Some(action),
            _ if self.is_nominal(&text[action.len()..]) || self.is_inside(action, "", &text[action.len()..]) => None,
            _ => Some(action),
        }
    }

    /// Do the words behind what looks like an action make a noun of it (诊疗|量)? Not where a longer word than the tail
    /// begins there (建设|线路).
    pub fn is_nominal(&self, after: &str) -> bool {
        self.noun_tails.prefix_of(after).is_some_and(|tail| {
            !after[tail.len()..].starts_with(|c: char| crate::text::is_han(c) || c.is_ascii_digit())
        })
    }

    /// Does what a statistic did begin here, in words (历史性迈上…, 增幅首次超过…, 保持平稳)?
    pub fn tells(&self, text: &str) -> bool {
        self.predicate_at_start(text)
            || [&self.adverbs, &self.openers, &self.rate_nouns, &self.rank_verbs, &self.crossings]
                .iter()
                .any(|words| words.prefix_of(text).is_some())
    }

    /// What stands behind a conjunction that the text begins with (和|创新载体, but 和美乡村, 及时).
    pub fn behind_conjunction<'t>(&self, text: &'t str) -> Option<&'t str> {
        let word = self.conjunctions.prefix_of(text)?;
        let member = &text[word.len()..];
        (!self.is_inside(word, "", member)).then_some(member)
    }

    /// Is this word part of a longer one here (在校生, 到户, 修复工程)?
    pub fn is_inside(&self, word: &str, head: &str, after: &str) -> bool {
        self.inside.0.get(word).is_some_and(|longer| {
            longer.before.iter().any(|w| head.ends_with(w.as_str()))
                || longer.after.iter().any(|w| after.starts_with(w.as_str()))
        })
    }
}
