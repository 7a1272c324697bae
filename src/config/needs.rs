//! What a text must hold for a pattern to match it, told from the pattern's syntax.
//!
//! Most lines hold none of the words that a rule speaks of. One pass for the words of a whole list
//! tells which of its rules are worth a search: the others cannot match.

use std::ops::RangeInclusive;

use aho_corasick::packed::Searcher;
use anyhow::{Result, bail};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::trie::Trie;

/// Rules of a list at most: one bit each.
const MOST_RULES: usize = 64;
/// Words that one branch may ask for; beyond it the words are no longer told one by one.
const MOST_WORDS: usize = 400;
/// So many words are looked for all at once before each is.
const FEW_WORDS: usize = 12;
/// Characters of a class that are told one by one.
const MOST_OF_CLASS: usize = 12;

/// What all patterns of a list need.
#[derive(Debug)]
pub struct Needs {
    words: Trie<u32>,
    /// Looks for any of the words, where they are few: most texts hold none.
    any: Option<Searcher>,
    /// For each word: whom it speaks for.
    asked: Vec<Vec<Asked>>,
    /// Rules with a branch that asks for no word, and the lengths that it asks for.
    wordless: Vec<(u64, RangeInclusive<usize>)>,
}

/// A rule that a word speaks for.
#[derive(Debug, Clone)]
struct Asked {
    rule: u64,
    place: Place,
    /// Bytes of the whole text.
    lengths: RangeInclusive<usize>,
}

/// Where a word has to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Start,
    End,
    Anywhere,
}

impl Needs {
    /// # Errors
    /// Too many patterns.
    pub fn of<'p>(patterns: impl IntoIterator<Item = &'p Hir>) -> Result<Self> {
        let mut asked: Vec<(String, Asked)> = Vec::new();
        let mut wordless = Vec::new();
        for (i, pattern) in patterns.into_iter().enumerate() {
            if i >= MOST_RULES {
                bail!("a list holds {MOST_RULES} rules at most");
            }
            let rule = 1 << i;
            for branch in branches(pattern) {
                let lengths = lengths(&branch);
                match Words::of(&branch).best(&branch) {
                    Some((place, words)) => {
                        let ask = |word| (word, Asked { rule, place, lengths: lengths.clone() });
                        asked.extend(words.into_iter().map(ask));
                    }
                    None => wordless.push((rule, lengths)),
                }
            }
        }
        asked.sort_by(|a, b| (&a.0, a.1.rule, a.1.place).cmp(&(&b.0, b.1.rule, b.1.place)));
        let mut words = Trie::forwards();
        let mut by_word: Vec<Vec<Asked>> = Vec::new();
        for of_word in asked.chunk_by(|a, b| a.0 == b.0) {
            words.insert(&of_word[0].0, u32::try_from(by_word.len())?);
            by_word.push(of_word.iter().map(|(_, asked)| asked.clone()).collect());
        }
        let any = asked.len() <= FEW_WORDS;
        let any = any.then(|| Searcher::new(asked.iter().map(|(word, _)| word))).flatten();
        Ok(Self { words, any, asked: by_word, wordless })
    }

    /// The rules that may match the text, in order, by their places in the list.
    pub fn candidates(&self, text: &str) -> Candidates {
        Candidates(self.bits(text))
    }

    /// The rules, one bit each, that may match the text or any part of it.
    pub fn held_in(&self, text: &str) -> u64 {
        let mut held = self.wordless.iter().fold(0, |bits, (rule, _)| bits | rule);
        self.each_word(text, |_, _, word| {
            held = self.asked[word as usize].iter().fold(held, |bits, asked| bits | asked.rule);
        });
        held
    }

    /// Shows the words of a text: where, length in bytes, and which.
    fn each_word(&self, text: &str, see: impl FnMut(usize, usize, u32)) {
        if self.any.as_ref().is_none_or(|any| any.find(text).is_some()) {
            self.words.each(text, see);
        }
    }

    fn bits(&self, text: &str) -> u64 {
        let len = text.len();
        let mut candidates = 0;
        for (rule, lengths) in &self.wordless {
            if lengths.contains(&len) {
                candidates |= rule;
            }
        }
        self.each_word(text, |at, word_len, word| {
            for asked in &self.asked[word as usize] {
                let there = match asked.place {
                    Place::Start => at == 0,
                    Place::End => at + word_len == len,
                    Place::Anywhere => true,
                };
                if there && asked.lengths.contains(&len) {
                    candidates |= asked.rule;
                }
            }
        });
        candidates
    }
}

/// Rules that may match, in order.
#[derive(Debug, Clone, Copy)]
pub struct Candidates(u64);

impl Iterator for Candidates {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let next = (self.0 != 0).then(|| self.0.trailing_zeros() as usize)?;
        self.0 &= self.0 - 1;
        Some(next)
    }
}

/// The alternatives of a pattern, each with the anchors that stand before all of them.
fn branches(hir: &Hir) -> Vec<Hir> {
    match hir.kind() {
        HirKind::Capture(capture) => branches(&capture.sub),
        HirKind::Alternation(all) => all.iter().flat_map(branches).collect(),
        HirKind::Concat(parts) => {
            let anchors = parts.iter().take_while(|part| matches!(part.kind(), HirKind::Look(_))).count();
            match parts[anchors..].iter().map(Hir::kind).collect::<Vec<_>>().as_slice() {
                [HirKind::Alternation(_) | HirKind::Capture(_)] => {
                    let whole = |branch: Hir| Hir::concat(parts[..anchors].iter().cloned().chain([branch]).collect());
                    branches(&parts[anchors]).into_iter().map(whole).collect()
                }
                _ => vec![hir.clone()],
            }
        }
        _ => vec![hir.clone()],
    }
}

/// The lengths of a text that a pattern can match: of any text, where it is not held at both ends.
fn lengths(branch: &Hir) -> RangeInclusive<usize> {
    let properties = branch.properties();
    let least = properties.minimum_len().unwrap_or(0);
    let held = starts(branch) && ends(branch);
    least..=properties.maximum_len().filter(|_| held).unwrap_or(usize::MAX)
}

fn starts(branch: &Hir) -> bool {
    branch.properties().look_set_prefix().contains(Look::Start)
}

fn ends(branch: &Hir) -> bool {
    branch.properties().look_set_suffix().contains(Look::End)
}

/// A set of words of which one must stand there.
type Set = Vec<String>;

/// The words of a part of a pattern.
#[derive(Debug, Clone, Default)]
struct Words {
    /// All that it matches, where that is little.
    exact: Option<Set>,
    /// What each match begins with.
    first: Option<Set>,
    /// What each match ends with.
    last: Option<Set>,
    /// What each match holds somewhere.
    inner: Option<Set>,
}

impl Words {
    fn of(hir: &Hir) -> Self {
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => Self::exactly(vec![String::new()]),
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                Ok(word) => Self::exactly(vec![word.to_owned()]),
                Err(_) => Self::default(),
            },
            HirKind::Class(class) => letters(class).map_or_else(Self::default, Self::exactly),
            HirKind::Capture(capture) => Self::of(&capture.sub),
            HirKind::Repetition(repetition) => {
                let sub = Self::of(&repetition.sub);
                match (repetition.min, repetition.max, sub.exact) {
                    (0, Some(1), Some(mut words)) => {
                        words.push(String::new());
                        Self::exactly(words)
                    }
                    (0, ..) => Self::default(),
                    (1, Some(1), Some(words)) => Self::exactly(words),
                    // Once and more: each match begins and ends with one.
                    (_, _, Some(words)) => {
                        let words = Some(words);
                        Self { exact: None, first: words.clone(), last: words.clone(), inner: words }
                    }
                    (_, _, None) => Self { exact: None, ..sub },
                }
            }
            HirKind::Concat(parts) => Self::in_order(parts),
            HirKind::Alternation(parts) => Self::either(parts.iter().map(Self::of)),
        }
    }

    fn exactly(words: Set) -> Self {
        Self { exact: Some(words), ..Self::default() }
    }

    fn either(parts: impl Iterator<Item = Self>) -> Self {
        let mut parts: Vec<Self> = parts.collect();
        let join = |sets: Vec<Option<Set>>| -> Option<Set> {
            let sets: Option<Vec<Set>> = sets.into_iter().collect();
            let mut words: Set = sets?.into_iter().flatten().collect();
            words.sort();
            words.dedup();
            (words.len() <= MOST_WORDS).then_some(words)
        };
        let first = join(parts.iter().map(|p| p.exact.clone().or_else(|| p.first.clone())).collect());
        let last = join(parts.iter().map(|p| p.exact.clone().or_else(|| p.last.clone())).collect());
        let inner = join(parts.iter().map(Self::somewhere).collect());
        let exact = join(parts.iter_mut().map(|p| p.exact.take()).collect());
        Self { exact, first, last, inner }
    }

    /// The best of what each match holds somewhere.
    fn somewhere(&self) -> Option<Set> {
        let sets = [&self.exact, &self.first, &self.last, &self.inner];
        let known = sets.into_iter().flatten().filter(|set| told(set));
        known.min_by(|a, b| frequency(a).total_cmp(&frequency(b))).cloned()
    }

    fn in_order(parts: &[Hir]) -> Self {
        let mut whole = Self::default();
        // The words that end here, and whether they are all there is since the beginning.
        let mut run: Option<Set> = Some(vec![String::new()]);
        let mut from_start = true;
        for part in parts {
            let words = Self::of(part);
            let first = words.exact.as_ref().or(words.first.as_ref());
            let joined = run.as_ref().zip(first).and_then(|(run, next)| product(run, next));
            match (words.exact.as_ref(), joined) {
                (Some(_), Some(joined)) => run = Some(joined),
                (_, joined) => {
                    let until = joined.or(run.take());
                    if from_start {
                        whole.first = until.clone().filter(told);
                    }
                    whole.hold(until);
                    whole.hold(words.inner.clone());
                    run = words.exact.or(words.last);
                    from_start = false;
                }
            }
        }
        if from_start {
            whole.exact = run;
        } else {
            whole.last = run.clone().filter(told);
            whole.hold(run);
        }
        whole
    }

    /// Each match holds one of these too: the rarer words are kept.
    fn hold(&mut self, set: Option<Set>) {
        let Some(set) = set.filter(told) else { return };
        if self.inner.as_ref().is_none_or(|old| frequency(&set) < frequency(old)) {
            self.inner = Some(set);
        }
    }

    /// The words to look for, and where.
    fn best(&self, branch: &Hir) -> Option<(Place, Set)> {
        // A word that has to stand at an edge is met there far more seldom.
        const EDGE: f64 = 0.05;
        let first = self.exact.as_ref().or(self.first.as_ref()).filter(|_| starts(branch));
        let last = self.exact.as_ref().or(self.last.as_ref()).filter(|_| ends(branch));
        let inner = self.somewhere();
        let choices = [(Place::Start, first, EDGE), (Place::End, last, EDGE), (Place::Anywhere, inner.as_ref(), 1.0)];
        let known = choices.into_iter().filter_map(|(place, set, edge)| Some((place, set?, edge)));
        known
            .filter(|(_, set, _)| told(set))
            .min_by(|a, b| (frequency(a.1) * a.2).total_cmp(&(frequency(b.1) * b.2)))
            .map(|(place, set, _)| (place, set.clone()))
    }
}

/// Does the set tell anything? An empty word stands everywhere.
fn told(set: &Set) -> bool {
    !set.is_empty() && !set.iter().any(String::is_empty)
}

/// How often one of the words is met in a text, roughly.
fn frequency(set: &Set) -> f64 {
    set.iter().map(|word| 0.1f64.powi(i32::try_from(word.chars().count()).unwrap_or(i32::MAX))).sum()
}

fn product(left: &Set, right: &Set) -> Option<Set> {
    (left.len() * right.len() <= MOST_WORDS)
        .then(|| left.iter().flat_map(|a| right.iter().map(move |b| format!("{a}{b}"))).collect())
}

/// The characters of a small class.
fn letters(class: &Class) -> Option<Set> {
    let Class::Unicode(class) = class else { return None };
    let count: usize = class.iter().map(|range| range.len()).sum();
    (count <= MOST_OF_CLASS)
        .then(|| class.iter().flat_map(|range| (range.start()..=range.end()).map(String::from)).collect())
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;
    use crate::config::ConfigSource;

    fn parsed(patterns: &[&str]) -> Needs {
        let all: Vec<Hir> = patterns.iter().map(|p| regex_syntax::parse(p).unwrap()).collect();
        Needs::of(&all).unwrap()
    }

    fn needs(pattern: &str) -> Needs {
        parsed(&[pattern])
    }

    fn may_match(pattern: &str, text: &str) -> bool {
        needs(pattern).candidates(text).next().is_some()
    }

    #[test]
    fn a_text_without_the_words_is_no_candidate() {
        for (pattern, yes, no) in [
            ("(打印|关闭)(本页|窗口)?", "请打印", "请关门"),
            ("^第[0-9]+页$", "第12页", "共第12页"),
            (".{0,9}(工作报告|统计公报)$", "政府工作报告", "工作报告的决议"),
            ("^[a-z|]{1,4}$", "en", "english"),
            ("^[a-z|]{1,4}$|广告", "投放广告", "投放公告"),
            ("[一二三]+(件|项)实事", "十二件实事", "十二件事实"),
            ("^(?:各位)?(?:代表|委员)[^。]*会议", "各位代表出席会议", "出席会议各位代表"),
        ] {
            let regex = Regex::new(pattern).unwrap();
            assert!(regex.is_match(yes) && may_match(pattern, yes), "{pattern}: {yes}");
            assert!(!regex.is_match(no) && !may_match(pattern, no), "{pattern}: {no}");
        }
    }

    #[test]
    fn a_part_is_held_wherever_it_stands() {
        let needs = parsed(&["^第[0-9]页$", "广告", "^.$"]);
        assert_eq!(needs.held_in("见第3页的公告"), 0b101);
        assert_eq!(needs.held_in("广告部"), 0b110);
    }

    #[test]
    fn candidates_come_in_the_order_of_the_list() {
        let needs = parsed(&["丙", "乙", "甲", ".*"]);
        assert_eq!(needs.candidates("甲丙").collect::<Vec<_>>(), [0, 2, 3]);
    }

    /// A text that the pattern matches, its choices taken from `seed`.
    fn matching(hir: &Hir, seed: &mut u64, text: &mut String) {
        let mut next = |below: usize| {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (*seed >> 33) as usize % below.max(1)
        };
        match hir.kind() {
            HirKind::Empty | HirKind::Look(_) => {}
            HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).unwrap()),
            HirKind::Class(Class::Unicode(class)) => {
                let range = class.ranges()[next(class.ranges().len())];
                text.extend(char::from_u32(range.start() as u32 + next(range.len()) as u32));
            }
            HirKind::Class(Class::Bytes(_)) => unreachable!("patterns are of text"),
            HirKind::Repetition(repetition) => {
                let most = repetition.max.unwrap_or(repetition.min + 3).min(repetition.min + 5);
                for _ in 0..repetition.min as usize + next((most - repetition.min) as usize + 1) {
                    matching(&repetition.sub, seed, text);
                }
            }
            HirKind::Capture(capture) => matching(&capture.sub, seed, text),
            HirKind::Concat(parts) => parts.iter().for_each(|part| matching(part, seed, text)),
            HirKind::Alternation(parts) => matching(&parts[next(parts.len())], seed, text),
        }
    }

    fn collect_patterns(value: &toml::Value, patterns: &mut Vec<String>) {
        match value {
            toml::Value::Table(table) => {
                patterns.extend(table.get("pattern").and_then(|p| p.as_str()).map(str::to_owned));
                table.values().for_each(|value| collect_patterns(value, patterns));
            }
            toml::Value::Array(values) => values.iter().for_each(|value| collect_patterns(value, patterns)),
            _ => {}
        }
    }

    #[test]
    fn what_a_configured_pattern_matches_is_always_a_candidate() {
        let mut patterns = Vec::new();
        for file in ["furniture.toml", "headings.toml", "identify.toml", "doc_type.toml", "projects.toml"] {
            collect_patterns(&ConfigSource::Embedded.toml(file).unwrap(), &mut patterns);
        }
        assert!(patterns.len() > 60, "{}", patterns.len());
        let mut seed = 7;
        for pattern in &patterns {
            let (hir, regex, needs) =
                (regex_syntax::parse(pattern).unwrap(), Regex::new(pattern).unwrap(), needs(pattern));
            for _ in 0..40 {
                let mut text = String::new();
                matching(&hir, &mut seed, &mut text);
                assert!(
                    !regex.is_match(&text) || needs.candidates(&text).next().is_some(),
                    "{pattern} matches {text:?} and asks for other words"
                );
                let around = format!("甲{text}乙");
                assert_eq!(needs.held_in(&around), 1, "{pattern} stands in {around:?}");
            }
        }
    }
}
