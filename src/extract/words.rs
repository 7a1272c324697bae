//! Word lists that are matched at the beginning or the end of a phrase, longest first.

use rustc_hash::FxHashMap;

/// A list of words, looked up by their first and last characters.
#[derive(Debug, Default)]
pub struct Words {
    by_first: FxHashMap<char, Vec<Box<str>>>,
    by_last: FxHashMap<char, Vec<Box<str>>>,
}

impl Words {
    pub fn new<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> Self {
        let mut list = Words::default();
        for word in words {
            let word = word.as_ref();
            let (Some(first), Some(last)) = (word.chars().next(), word.chars().next_back()) else { continue };
            list.by_first.entry(first).or_default().push(word.into());
            list.by_last.entry(last).or_default().push(word.into());
        }
        for bucket in list.by_first.values_mut().chain(list.by_last.values_mut()) {
            bucket.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
            bucket.dedup();
        }
        list
    }

    /// The longest word that the text begins with.
    pub fn prefix_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        let bucket = self.by_first.get(&text.chars().next()?)?;
        bucket.iter().find(|w| text.starts_with(w.as_ref())).map(|w| &text[..w.len()])
    }

    /// The longest word that the text ends with.
    pub fn suffix_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        let bucket = self.by_last.get(&text.chars().next_back()?)?;
        bucket.iter().find(|w| text.ends_with(w.as_ref())).map(|w| &text[text.len() - w.len()..])
    }

    /// Is the text one of the words?
    pub fn contains(&self, text: &str) -> bool {
        self.prefix_of(text) == Some(text)
    }

    /// Byte ranges of the words in the text, leftmost-longest.
    pub fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = std::ops::Range<usize>> + 't {
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(c) = text[at..].chars().next() {
                if let Some(word) = self.prefix_of(&text[at..]) {
                    let range = at..at + word.len();
                    at = range.end;
                    return Some(range);
                }
                at += c.len_utf8();
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
