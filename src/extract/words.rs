//! Word lists that are matched at the beginning or the end of a phrase, longest first.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::trie::Trie;

/// A list of words, found at either end of a phrase. In a rule file it is a plain list of strings.
#[derive(Debug, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct Words(Box<Ends>);

/// The same words, read from either end. Boxed: the grammar holds a hundred lists, and what reads its file keeps them all
/// on the stack.
#[derive(Debug)]
struct Ends {
    forwards: Trie<()>,
    backwards: Trie<()>,
}

impl Default for Words {
    fn default() -> Self {
        Self::new([""; 0])
    }
}

impl From<Vec<String>> for Words {
    fn from(words: Vec<String>) -> Self {
        Self::new(words)
    }
}

impl Words {
    pub fn new<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let mut ends = Ends { forwards: Trie::forwards(), backwards: Trie::backwards() };
        for word in words {
            ends.forwards.insert(word.as_ref(), ());
            ends.backwards.insert(word.as_ref(), ());
        }
        Self(Box::new(ends))
    }

    /// The longest word that the text begins with.
    pub fn prefix_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.forwards.longest(text.as_bytes(), 0).map(|(len, ())| &text[..len])
    }

    /// The longest word that the text ends with.
    pub fn suffix_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.0.backwards.longest(text.as_bytes(), text.len()).map(|(len, ())| &text[text.len() - len..])
    }

    /// Is the text one of the words?
    pub fn contains(&self, text: &str) -> bool {
        self.prefix_of(text) == Some(text)
    }

    /// Byte ranges of the words in the text, leftmost-longest.
    pub fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
        self.0.forwards.find_iter(text).map(|(start, len, ())| start..start + len)
    }
}

/// A large set of words, asked about every piece of a text: their first two characters tell which lengths are worth
/// the question.
#[derive(Debug, Default)]
pub struct Dictionary {
    words: FxHashSet<Box<str>>,
    /// For the first two characters of a word: the lengths of such words in characters, one bit each.
    lengths: FxHashMap<(char, char), u64>,
    longest: usize,
}

impl<'w> Extend<&'w str> for Dictionary {
    fn extend<I: IntoIterator<Item = &'w str>>(&mut self, words: I) {
        for word in words {
            let count = word.chars().count();
            let mut chars = word.chars();
            if let (Some(first), Some(second)) = (chars.next(), chars.next()) {
                *self.lengths.entry((first, second)).or_default() |= 1 << count.min(63);
            }
            self.longest = self.longest.max(count);
            self.words.insert(word.into());
        }
    }
}

impl Dictionary {
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Characters of the longest word.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// The lengths in characters, in ascending order, of the words that begin with these two characters.
    pub fn lengths(&self, first: char, second: char) -> impl Iterator<Item = usize> + use<> {
        let mut bits = self.lengths.get(&(first, second)).copied().unwrap_or_default();
        std::iter::from_fn(move || {
            let length = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(length)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_tells_the_lengths_of_its_words() {
        let mut words = Dictionary::default();
        words.extend(["人民", "人民医院", "人"]);
        assert!(words.contains("人民医院") && !words.contains("人民医"));
        assert_eq!(words.lengths('人', '民').collect::<Vec<_>>(), [2, 4]);
        assert_eq!(words.lengths('民', '人').count(), 0);
        assert_eq!(words.longest(), 4);
    }

    #[test]
    fn longest_word_wins_at_both_ends() {
        let words = Words::new(["增长", "同比增长", "增"]);
        assert_eq!(words.prefix_of("增长了"), Some("增长"));
        assert_eq!(words.suffix_of("产值同比增长"), Some("同比增长"));
        assert_eq!(words.suffix_of("产值"), None);
        assert!(words.contains("增"));
        assert_eq!(words.find_iter("a增长b增").collect::<Vec<_>>(), vec![1..7, 8..11]);
    }
}
