//! A byte trie over short words: the longest word that starts, or ends, at a position. Words are matched whole, so on
//! UTF-8 text a match always ends on a character boundary.

/// Words with a value each.
#[derive(Debug, Clone)]
pub struct Trie<T> {
    nodes: Vec<Node<T>>,
    backwards: bool,
}

#[derive(Debug, Clone)]
struct Node<T> {
    edges: Vec<(u8, u32)>,
    value: Option<T>,
}

impl<T: Copy> Trie<T> {
    /// A trie that reads to the right of a position.
    pub fn forwards() -> Self {
        Self { nodes: vec![Node { edges: Vec::new(), value: None }], backwards: false }
    }

    /// A trie that reads to the left of a position.
    pub fn backwards() -> Self {
        Self { backwards: true, ..Self::forwards() }
    }

    /// Adds a word; the value that stood for it before is returned.
    pub fn insert(&mut self, word: &str, value: T) -> Option<T> {
        let mut node = 0;
        for i in 0..word.len() {
            let byte = word.as_bytes()[if self.backwards { word.len() - 1 - i } else { i }];
            node = match self.nodes[node].edges.binary_search_by_key(&byte, |e| e.0) {
                Ok(at) => self.nodes[node].edges[at].1 as usize,
                Err(at) => {
                    let next = self.nodes.len();
                    self.nodes[node].edges.insert(at, (byte, next as u32));
                    self.nodes.push(Node { edges: Vec::new(), value: None });
                    next
                }
            };
        }
        self.nodes[node].value.replace(value)
    }

    /// The longest word at `at`, as its length in bytes and its value: it starts there, or, in a trie that reads
    /// backwards, ends there.
    pub fn longest(&self, text: &[u8], at: usize) -> Option<(usize, T)> {
        let mut found = None;
        self.walk(text, at, |len, value| found = Some((len, value)));
        found
    }

    /// Folds the values of all words at `at`, from the shortest to the longest.
    pub fn fold<A>(&self, text: &[u8], at: usize, start: A, join: impl Fn(A, T) -> A) -> A
    where
        A: Copy,
    {
        let mut sum = start;
        self.walk(text, at, |_, value| sum = join(sum, value));
        sum
    }

    /// Shows all words at `at`, from the shortest to the longest: length in bytes and value.
    pub fn walk(&self, text: &[u8], at: usize, mut see: impl FnMut(usize, T)) {
        let (mut node, mut len) = (0, 0);
        loop {
            let byte =
                if self.backwards { at.checked_sub(len + 1).map(|i| text[i]) } else { text.get(at + len).copied() };
            let Some(byte) = byte else { return };
            let edges = &self.nodes[node].edges;
            let next = if edges.len() < 8 {
                edges.iter().find(|e| e.0 == byte).map(|e| e.1)
            } else {
                edges.binary_search_by_key(&byte, |e| e.0).ok().map(|i| edges[i].1)
            };
            let Some(next) = next else { return };
            node = next as usize;
            len += 1;
            if let Some(value) = self.nodes[node].value {
                see(len, value);
            }
        }
    }

    /// Does any word stand at `at`?
    pub fn has(&self, text: &[u8], at: usize) -> bool {
        self.longest(text, at).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_wins_in_both_directions() {
        let mut forwards = Trie::forwards();
        let mut backwards = Trie::backwards();
        for (i, word) in ["亿", "亿元", "万亿元", "元"].into_iter().enumerate() {
            forwards.insert(word, i);
            backwards.insert(word, i);
        }
        let text = "3万亿元整".as_bytes();
        assert_eq!(forwards.longest(text, 1), Some((9, 2)));
        assert_eq!(forwards.longest(text, 4), Some((6, 1)));
        assert_eq!(backwards.longest(text, 10), Some((9, 2)));
        assert_eq!(backwards.longest(text, 7), Some((3, 0)));
        assert_eq!(forwards.longest(text, 0), None);
    }
}
