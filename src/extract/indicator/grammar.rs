//! `config/clauses.toml` → compiled word lists.

use anyhow::{Context, Result, bail};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;

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
#[derive(Debug, Default, Deserialize)]
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
#[derive(Debug, Default, Deserialize)]
#[serde(from = "Vec<Inside>")]
struct Longer(FxHashMap<String, Inside>);

impl From<Vec<Inside>> for Longer {
    fn from(raw: Vec<Inside>) -> Self {
        Self(raw.into_iter().map(|inside| (inside.word.clone(), inside)).collect())
    }
}

/// Defines [`Grammar`] with these word lists. What serde would derive for so many fields is a megabyte of code, and half
/// of the time to build the program.
macro_rules! grammar {
    ($($list:ident),* $(,)?) => {
        /// The word lists of a clause: a field is the key of the same name in `config/clauses.toml`, which says what it
        /// is.
        #[derive(Debug)]
        pub struct Grammar {
            $(pub $list: Words,)*
            pub split_pairs: Vec<SplitPair>,
            predicates: Predicates,
            inside: Longer,
        }

        impl Grammar {
            fn of(table: toml::Table) -> Result<Self> {
                let mut keys = Keys { table, faults: Vec::new() };
                let grammar = Self {
                    $($list: keys.take(stringify!($list)),)*
                    split_pairs: keys.take("split_pair"),
                    predicates: keys.take("predicate"),
                    inside: keys.take("inside"),
                };
                keys.end()?;
                Ok(grammar)
            }
        }
    };
}

/// The keys of a file that are not read yet, and what is wrong with those that are.
struct Keys {
    table: toml::Table,
    faults: Vec<String>,
}

impl Keys {
    /// A missing or malformed key is a fault, and an empty list till the end.
    fn take<T: DeserializeOwned + Default>(&mut self, key: &str) -> T {
        let value = self.table.remove(key).ok_or_else(|| "missing".to_string());
        value.and_then(|value| value.try_into().map_err(|error| error.to_string())).unwrap_or_else(|fault| {
            self.faults.push(format!("key `{key}`: {}", fault.trim_end()));
            T::default()
        })
    }

    fn end(mut self) -> Result<()> {
        self.faults.extend(self.table.keys().map(|key| format!("unknown key `{key}`")));
        if self.faults.is_empty() { Ok(()) } else { bail!("{}", self.faults.join("; ")) }
    }
}

grammar! {
    openers, conjunctions, manner, relations, scopes, adverbs, middle_adverbs, bare_adverbs, each, both, yearly,
    rate_nouns, facets, plain_facets, actions, not_actions, holdings, second_deeds, events, event_actions, deeds,
    nominal_deeds, finite_events, relative_verbs, inspecting, braving, list_deeds, nominal_verbs, reaching_verbs,
    doing_verbs, light_verbs, trailing_actions, inner_actions, leading_moves, measure_nouns, statistic_tails,
    branch_nouns, list_heads, scale_heads, shared_tails, shared_nouns, aspect_nouns, field_ends, series_units, averages, object_verbs, aims, yardsticks, marks, schemes,
    crossings, limits, spendings, batches, firsts, papers, grades, additions, growths, contests, yearly_moves, sums, flows,
    kinds_of, from_last_year, time_leads, time_means, per_heads, realizing, multiple_verbs, gains, seeking, hopes,
    sought, titled, title_verbs, benefits, beneficiaries, bounds_of_each, count_bounds, firms, each_per, lowering,
    raising, unfinished, ratios, ages, one_year, years_other, scene_leads, thresholds, parts_of_whole, per_area,
    per_outputs, outlays_per_output, sole_owners, bare_measures, concerns, bare_heads, works, recognitions,
    task_tails, relative_verbs_of_kind, frame_tails, publics, negations, grade_units, closing_kinds, counted_heads,
    returns, time_units, populations, extents, extent_counters, line_nouns, policy_verbs, outlays, trailing_deeds,
    peoples, trailing_manner, places, agents, remarks, pushing, frames, results, qualities, money_deeds, name_times,
    towards, pivots, means, the_less_the_better, better, abstract_heads, own_parts, own_part_names, subject_ends,
    compared_with, compound_heads, spec_heads, duration_moves, duration_after, duration_before, lexicon_deeds,
    lexicon_actions, others, noun_tails, reckoning_ends, reckoning_starts, attributes, attribute_ends, subject_tails,
    area_tails, each_places, settling, settled_places, lone_measures, size_facets, unsummed, foreign, trades, sights, openings, lone_outlays, firm_measures, branch_taxes, branches, turns,
    no_owners, advances, area_kinds, bare_areas, area_moves, own_levels, threshold_heads, actual_words, target_words,
    own_region, still_there, plan_words, event_manner, governing, bases, makers, firm_tails,
    rank_scopes, rank_verbs, rank_lists, rank_contests, rank_moves, not_rank,
    taking_part, companions, fetching, totals, given_money,
    office_verbs, done_nouns, bare_classes, locatives, uncounted, images, unbuilt
}

impl Grammar {
    /// # Errors
    /// `config/clauses.toml` is missing or malformed.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        Self::of(source.toml("clauses.toml")?).context("config/clauses.toml")
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
            // 释放|产值15亿元: so may what is brought about.
            _ if (self.additions.contains(action) || self.makers.contains(action))
                && text[action.len()..].chars().count() >= 2 =>
            {
                Some(action)
            }
            _ if self.is_nominal(&text[action.len()..]) || self.is_inside(action, "", &text[action.len()..]) => None,
            _ => Some(action),
        }
    }

    /// Do the words behind what looks like an action make a noun of it (诊疗|量)? Not where a longer word than the tail
    /// begins there (建设|线路).
    pub fn is_nominal(&self, after: &str) -> bool {
        self.noun_tails.prefix_of(after).is_some_and(|tail| {
            let rest = &after[tail.len()..];
            !rest.starts_with(|c: char| crate::text::is_han(c) || c.is_ascii_digit())
                // 使用环节|抽检; 诊疗量|占比
                || self.firm_tails.contains(tail)
                || self.firm_tails.contains(rest)
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
