//! Words as a tree of characters, so that the search can go through them character by character.

use std::collections::VecDeque;
use std::ops::Range;

/// A place in a tree: the characters of a word that has not ended yet.
pub type Place = u32;

/// The place before the first character of a word.
pub const ROOT: Place = 0;

#[derive(Debug, Clone, Copy)]
struct Branch {
    symbol: u16,
    /// Branches that go on from here: `first..last`.
    first: u32,
    last: u32,
    /// Likelihood of the word that ends here, 0 where none does; of the likeliest that ends further on.
    word: f32,
    further: f32,
}

/// The tree of some words.
#[derive(Debug)]
pub struct Tree {
    branches: Vec<Branch>,
    /// By symbol: where it leads from the root, 0 for nowhere. Most ways begin there.
    begins: Vec<Place>,
}

impl Tree {
    /// Rows are sorted, and 0 is no symbol but the end of a row. `word` says how likely the word is that the first
    /// symbols of some rows are: these rows, and how many symbols.
    pub fn new<R: AsRef<[u16]>>(rows: &[R], word: impl Fn(&[R], usize) -> f32) -> Self {
        let mut branches = vec![Branch { symbol: 0, first: 0, last: 0, word: 0.0, further: 1.0 }];
        // Level by level, so that the branches of one place stand together: (place, its rows, their depth).
        let mut open: VecDeque<(usize, Range<usize>, usize)> = VecDeque::from([(0, 0..rows.len(), 0)]);
        let symbol_of = |row: &R, depth: usize| row.as_ref().get(depth).copied().unwrap_or(0);
        while let Some((place, range, depth)) = open.pop_front() {
            branches[place].first = branches.len() as u32;
            let mut at = range.start;
            while at < range.end {
                let symbol = symbol_of(&rows[at], depth);
                let end = at + rows[at..range.end].partition_point(|row| symbol_of(row, depth) <= symbol);
                if symbol != 0 {
                    let word = word(&rows[at..end], depth + 1);
                    branches.push(Branch { symbol, first: 0, last: 0, word, further: 0.0 });
                    open.push_back((branches.len() - 1, at..end, depth + 1));
                }
                at = end;
            }
            branches[place].last = branches.len() as u32;
        }
        for place in (1..branches.len()).rev() {
            let Branch { first, last, .. } = branches[place];
            let children = &branches[first as usize..last as usize];
            branches[place].further = children.iter().map(|child| child.word.max(child.further)).fold(0.0, f32::max);
        }
        let mut begins = vec![ROOT; 0x1_0000];
        for place in branches[0].first..branches[0].last {
            begins[usize::from(branches[place as usize].symbol)] = place;
        }
        Self { branches, begins }
    }

    /// Where a symbol leads from a place.
    pub fn child(&self, place: Place, symbol: u16) -> Option<Place> {
        if place == ROOT {
            return Some(self.begins[usize::from(symbol)]).filter(|place| *place != ROOT);
        }
        let branch = &self.branches[place as usize];
        let children = &self.branches[branch.first as usize..branch.last as usize];
        let at = children.binary_search_by_key(&symbol, |child| child.symbol).ok()?;
        Some(branch.first + at as u32)
    }

    /// Where symbols lead from the root.
    pub fn find(&self, symbols: &[u16]) -> Option<Place> {
        symbols.iter().try_fold(ROOT, |place, symbol| self.child(place, *symbol))
    }

    /// The symbols that go on from a place.
    pub fn symbols_from(&self, place: Place) -> impl Iterator<Item = u16> + '_ {
        let branch = &self.branches[place as usize];
        self.branches[branch.first as usize..branch.last as usize].iter().map(|child| child.symbol)
    }

    /// Likelihood of the word that ends at a place, and of the likeliest that goes on from it.
    pub fn worth(&self, place: Place) -> (f32, f32) {
        let branch = &self.branches[place as usize];
        (branch.word, branch.further)
    }
}
