//! A trie over short words, character by character: the words that start, or end, at a position of a text.

/// Words with a value each.
#[derive(Debug, Clone)]
pub struct Trie<T> {
    /// First characters (last ones, where words are read backwards) and their nodes.
    roots: Roots,
    nodes: Vec<Node<T>>,
    backwards: bool,
}

#[derive(Debug, Clone)]
struct Node<T> {
    /// Characters, in order, and what follows them.
    edges: Vec<(u32, u32)>,
    /// Which characters may be among them, see [`bit`]: most ways end here.
    next: u64,
    value: Option<T>,
}

/// Characters and their nodes, in pages: nearly all positions of a text are ruled out by two looks.
#[derive(Debug, Clone)]
struct Roots {
    /// The page of each block of characters; the first page is empty.
    pages: Vec<u16>,
    nodes: Vec<[u32; PAGE]>,
}

/// Characters of a page.
const PAGE: usize = 64;
/// No node.
const NONE: u32 = u32::MAX;

impl Roots {
    fn new() -> Self {
        Self { pages: Vec::new(), nodes: vec![[NONE; PAGE]] }
    }

    #[inline]
    fn get(&self, code: u32) -> Option<u32> {
        let page = self.pages.get(code as usize / PAGE).copied().unwrap_or(0);
        Some(self.nodes[usize::from(page)][code as usize % PAGE]).filter(|node| *node != NONE)
    }

    fn insert(&mut self, code: u32, node: u32) {
        let block = code as usize / PAGE;
        if self.pages.len() <= block {
            self.pages.resize(block + 1, 0);
        }
        if self.pages[block] == 0 {
            // All of Unicode has fewer blocks.
            self.pages[block] = self.nodes.len() as u16;
            self.nodes.push([NONE; PAGE]);
        }
        self.nodes[usize::from(self.pages[block])][code as usize % PAGE] = node;
    }
}

/// The bit of a character in a set of 64.
fn bit(code: u32) -> u64 {
    1 << ((code ^ code >> 6) % 64)
}

impl<T: Copy> Trie<T> {
    /// A trie that reads to the right of a position.
    pub fn forwards() -> Self {
        Self { roots: Roots::new(), nodes: Vec::new(), backwards: false }
    }

    /// A trie that reads to the left of a position.
    pub fn backwards() -> Self {
        Self { backwards: true, ..Self::forwards() }
    }

    /// Adds a word; the value that stood for it before is returned. An empty word stands nowhere.
    pub fn insert(&mut self, word: &str, value: T) -> Option<T> {
        if self.backwards { self.insert_all(word.chars().rev(), value) } else { self.insert_all(word.chars(), value) }
    }

    fn insert_all(&mut self, mut word: impl Iterator<Item = char>, value: T) -> Option<T> {
        let first = word.next()? as u32;
        let mut node = match self.roots.get(first) {
            Some(root) => root,
            None => {
                let root = self.add_node();
                self.roots.insert(first, root);
                root
            }
        };
        for c in word {
            let edges = &self.nodes[node as usize].edges;
            node = match edges.binary_search_by_key(&(c as u32), |e| e.0) {
                Ok(at) => edges[at].1,
                Err(at) => {
                    let next = self.add_node();
                    let node = &mut self.nodes[node as usize];
                    node.edges.insert(at, (c as u32, next));
                    node.next |= bit(c as u32);
                    next
                }
            };
        }
        self.nodes[node as usize].value.replace(value)
    }

    fn add_node(&mut self) -> u32 {
        self.nodes.push(Node { edges: Vec::new(), next: 0, value: None });
        // Four thousand million characters of words do not fit into memory before.
        (self.nodes.len() - 1) as u32
    }

    /// The longest word at `at`, as its length in bytes and its value: it starts there, or, in a trie that reads
    /// backwards, ends there. `text` is UTF-8.
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
    #[inline]
    pub fn walk(&self, text: &[u8], at: usize, see: impl FnMut(usize, T)) {
        let Some((code, len)) = self.character(text, at) else { return };
        if let Some(root) = self.roots.get(code) {
            self.walk_from(root, len, text, at, see);
        }
    }

    fn walk_from(&self, root: u32, mut len: usize, text: &[u8], at: usize, mut see: impl FnMut(usize, T)) {
        let mut node = &self.nodes[root as usize];
        loop {
            if let Some(value) = node.value {
                see(len, value);
            }
            if node.next == 0 {
                return;
            }
            let next = if self.backwards { at - len } else { at + len };
            let Some((code, more)) = self.character(text, next) else { return };
            if node.next & bit(code) == 0 {
                return;
            }
            let edges = &node.edges;
            let next = if edges.len() < 8 {
                edges.iter().find(|e| e.0 == code).map(|e| e.1)
            } else {
                edges.binary_search_by_key(&code, |e| e.0).ok().map(|i| edges[i].1)
            };
            let Some(next) = next else { return };
            node = &self.nodes[next as usize];
            len += more;
        }
    }

    #[inline]
    fn character(&self, text: &[u8], at: usize) -> Option<(u32, usize)> {
        if self.backwards { character_before(text, at) } else { character_at(text, at) }
    }

    /// Does any word stand at `at`?
    pub fn has(&self, text: &[u8], at: usize) -> bool {
        self.longest(text, at).is_some()
    }

    /// Shows all words of a text, wherever they start: where, length in bytes and value.
    pub fn each(&self, text: &str, mut see: impl FnMut(usize, usize, T)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some((code, len)) = character_at(bytes, at) {
            if let Some(root) = self.roots.get(code) {
                self.walk_from(root, len, bytes, at, |len, value| see(at, len, value));
            }
            at += len;
        }
    }

    /// The words of a text from left to right, the longest at each place, not overlapping: where, length in bytes and
    /// value.
    pub fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize, T)> + 't {
        let bytes = text.as_bytes();
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some((code, len)) = character_at(bytes, at) {
                let start = at;
                at += len;
                if let Some(root) = self.roots.get(code) {
                    let mut found = None;
                    self.walk_from(root, len, bytes, start, |len, value| found = Some((len, value)));
                    if let Some((len, value)) = found {
                        at = start + len;
                        return Some((start, len, value));
                    }
                }
            }
            None
        })
    }
}

/// The character that starts at `at` and its length; none inside a character.
#[inline]
fn character_at(text: &[u8], at: usize) -> Option<(u32, usize)> {
    let more = |i: usize| text.get(at + i).map(|b| u32::from(b & 0x3F));
    let lead = *text.get(at)?;
    let code = u32::from(lead);
    Some(match lead {
        0..0x80 => (code, 1),
        0x80..0xC0 => return None,
        0xC0..0xE0 => ((code & 0x1F) << 6 | more(1)?, 2),
        0xE0..0xF0 => ((code & 0x0F) << 12 | more(1)? << 6 | more(2)?, 3),
        _ => ((code & 0x07) << 18 | more(1)? << 12 | more(2)? << 6 | more(3)?, 4),
    })
}

/// The character that ends at `end` and its length.
#[inline]
fn character_before(text: &[u8], end: usize) -> Option<(u32, usize)> {
    let last = *text.get(end.checked_sub(1)?)?;
    if last < 0x80 {
        return Some((u32::from(last), 1));
    }
    let start = (2..=4.min(end)).map(|len| end - len).find(|&start| text[start] & 0xC0 != 0x80)?;
    character_at(text, start).filter(|(_, len)| start + len == end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trie(mut trie: Trie<usize>, words: &[&str]) -> Trie<usize> {
        for (i, word) in words.iter().enumerate() {
            trie.insert(word, i);
        }
        trie
    }

    const UNITS: [&str; 4] = ["亿", "亿元", "万亿元", "元"];

    #[test]
    fn the_longest_word_wins_in_both_directions() {
        let (forwards, backwards) = (trie(Trie::forwards(), &UNITS), trie(Trie::backwards(), &UNITS));
        let text = "3万亿元整".as_bytes();
        assert_eq!(forwards.longest(text, 1), Some((9, 2)));
        assert_eq!(forwards.longest(text, 4), Some((6, 1)));
        assert_eq!(backwards.longest(text, 10), Some((9, 2)));
        assert_eq!(backwards.longest(text, 7), Some((3, 0)));
        assert_eq!(forwards.longest(text, 0), None);
    }

    #[test]
    fn nothing_stands_inside_a_character_or_outside_the_text() {
        let (forwards, backwards) = (trie(Trie::forwards(), &UNITS), trie(Trie::backwards(), &UNITS));
        let text = "亿é𠮷元".as_bytes();
        for at in (0..text.len() + 3).filter(|at| ![0, 9].contains(at)) {
            assert_eq!(forwards.longest(text, at), None, "{at}");
        }
        for at in (0..text.len() + 3).filter(|at| ![3, 12].contains(at)) {
            assert_eq!(backwards.longest(text, at), None, "{at}");
        }
    }

    #[test]
    fn all_words_of_a_text_and_those_that_do_not_overlap() {
        let words = trie(Trie::forwards(), &UNITS);
        let mut all = Vec::new();
        words.each("3万亿元，a元", |at, len, _| all.push((at, len)));
        assert_eq!(all, [(1, 9), (4, 3), (4, 6), (7, 3), (14, 3)]);
        let apart: Vec<_> = words.find_iter("3万亿元，a元").collect();
        assert_eq!(apart, [(1, 9, 2), (14, 3, 3)]);
    }
}
