//! The characters that a source can hold, by the bytes that are known of them.

use std::ops::RangeInclusive;

use super::bigrams::Bigrams;
use super::gbk::{Gbk, is_private};
use crate::text::is_han;

/// Characters of GBK that a report can hold, by their first byte and by their second.
#[derive(Debug)]
pub struct Sources {
    by_first: Vec<Vec<(u8, char)>>,
    by_second: Vec<Vec<(u8, char)>>,
}

impl Sources {
    pub fn new(gbk: &Gbk, bigrams: &Bigrams) -> Self {
        let mut sources = Self { by_first: vec![Vec::new(); 256], by_second: vec![Vec::new(); 256] };
        for first in 0x81..=0xFEu8 {
            for second in 0x40..=0xFEu8 {
                let Some(c) = gbk.character(first, second) else { continue };
                if !is_private(c) && c != '\u{3000}' && (is_han(c) || bigrams.symbol(c) != 0 && !is_stray(c)) {
                    sources.by_first[usize::from(first)].push((second, c));
                    sources.by_second[usize::from(second)].push((first, c));
                }
            }
        }
        sources
    }

    /// The characters with this first byte, each with its second.
    pub fn with_first(&self, first: u8) -> &[(u8, char)] {
        &self.by_first[usize::from(first)]
    }

    /// The characters with this first byte and one of these second bytes.
    pub fn with_first_and(&self, first: u8, seconds: RangeInclusive<u8>) -> &[(u8, char)] {
        let all = self.with_first(first);
        let from = all.partition_point(|(second, _)| second < seconds.start());
        let to = all.partition_point(|(second, _)| second <= seconds.end());
        &all[from..to]
    }

    /// Can a source hold the character of these bytes?
    pub fn has(&self, first: u8, second: u8) -> bool {
        self.with_first(first).binary_search_by_key(&second, |(second, _)| *second).is_ok()
    }

    /// The characters with this second byte, each with its first.
    pub fn with_second(&self, second: u8) -> &[(u8, char)] {
        &self.by_second[usize::from(second)]
    }
}

/// Digits and letters in full width, and what the models take for a blank: sources hardly hold them, and the models know
/// them by their half-width forms only.
fn is_stray(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '★' | '．')
}
