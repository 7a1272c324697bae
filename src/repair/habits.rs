//! What the damage of a document tells of the converter that did it: it did the same everywhere.

use super::gbk::{Private, is_private};
use super::lattice::{Best, Step};
use super::tokens::{Found, Token, is_mark};

/// What is known of a converter.
#[derive(Debug, Clone, PartialEq)]
pub struct Habits {
    /// Characters that were cut, and the mark at which they were: the same pair of characters is cut wherever it stands.
    pub cuts: Vec<(char, char)>,
    /// A lead byte before an ASCII character takes it along, or does not.
    pub swallows: Option<bool>,
    /// What became of pairs of the private-use area.
    pub private: Option<Private>,
}

/// So many cuts as likely as this make a habit.
const CUTS: usize = 3;
const LIKELY: f32 = 0.9;

impl Habits {
    /// What the found text tells before any search.
    pub fn of<'a>(found: impl Iterator<Item = &'a Found> + Clone) -> Self {
        let kept = found.clone().filter_map(Found::char).any(is_private);
        let private = kept.then_some(Private::Kept);
        let half = found.into_iter().any(|f| matches!(f.token, Token::Half(_)));
        Self { cuts: Vec::new(), swallows: half.then_some(true), private }
    }

    /// Does the converter cut texts at marks by their bytes?
    pub fn cuts_texts(&self) -> bool {
        self.cuts.len() >= CUTS
    }

    /// Learn from what was found; false where that is nothing new.
    pub fn learn(&mut self, searched: &[(&[Found], &Best)]) -> bool {
        let known = self.clone();
        let (mut swallows, mut leaves) = (0usize, 0usize);
        self.cuts.clear();
        for (found, best) in searched {
            for taken in &best.path {
                let token = taken.token.map(|token| &found[token]);
                let mark = token.and_then(Found::char).is_some_and(is_mark);
                match taken.step {
                    Step::Keep => continue,
                    Step::LeftOut if taken.share[0] >= LIKELY && self.private.is_none() => {
                        self.private = Some(Private::LeftOut);
                    }
                    Step::EndSwallow if mark && taken.share[0] >= LIKELY => swallows += 1,
                    Step::End if mark && taken.share[0] >= LIKELY && taken.emit[0] != '\u{FFFD}' && !taken.told => {
                        leaves += 1;
                    }
                    _ => {}
                }
                if taken.told && taken.share[0] >= LIKELY {
                    self.cuts.extend(token.and_then(Found::char).map(|at| (taken.emit[0], at)));
                }
            }
        }
        if !self.cuts_texts() {
            self.cuts.clear();
        }
        if self.swallows.is_none() {
            self.swallows = match (swallows, leaves) {
                (3.., 0) => Some(true),
                (0, 3..) => Some(false),
                _ => None,
            };
        }
        *self != known
    }
}
