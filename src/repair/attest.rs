//! Which characters of a mended run are no guesses although a byte of them is lost: with known characters on both sides
//! they make a word, or say what the document says elsewhere.

use super::habits::Habits;
use super::lattice::{Best, Step};
use super::lexicon::Walk;
use super::tokens::is_mark;

/// Lengths of the runs of characters that attest a guess.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=8;
/// Two guesses side by side that are attested from one side each, and a full stop between two words, are taken where they
/// have a larger share of all paths.
const BRIDGED: f32 = 0.98;

/// A character of which a byte is lost, although it is known why, is certain where it has a larger share of all paths.
pub const CERTAIN_OF_CUT: f32 = 0.999;

/// A run of so many steps is short.
const SHORT: usize = 8;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Whole,
    Guessed,
    /// Not at all; or more may be lost beside it.
    Lost,
}

struct Written {
    c: char,
    known: Known,
    share: f32,
    told: bool,
    /// Step of the path.
    step: usize,
}

/// By step of the path: is what it writes attested?
pub fn attested(words: Walk<'_>, habits: &Habits, best: &Best) -> Vec<bool> {
    let written = written(best);
    let mut attested = vec![false; best.path.len()];
    // Short runs, of which both ends are known, are left by a converter that cuts texts. In a long one more may be lost
    // than what is said elsewhere tells.
    if !habits.cuts_texts() {
        return attested;
    }
    // Attested by what stands before, by what stands behind.
    let mut sides = vec![[false; 2]; written.len()];
    for length in LENGTHS {
        for (at, part) in written.windows(length).enumerate() {
            let Some(first) = part.iter().position(|w| w.known == Known::Guessed) else { continue };
            let last = part.iter().rposition(|w| w.known == Known::Guessed).unwrap_or(first);
            let whole = part.iter().filter(|w| w.known == Known::Whole).count();
            if part.iter().any(|w| w.known == Known::Lost) || whole < 2 || length - whole > whole {
                continue;
            }
            let run: Vec<char> = part.iter().map(|w| w.c).collect();
            if !words.attests(&run) {
                continue;
            }
            // Where the text was cut behind the last one, nothing can be lost there.
            let ends = part[last].told && last + 1 == length;
            match (first > 0, last + 1 < length || ends) {
                (true, true) => part[first..=last].iter().for_each(|w| attested[w.step] = true),
                (true, false) => sides[at + first][0] = true,
                (false, true) => sides[at + last][1] = true,
                (false, false) => {}
            }
        }
    }
    for (at, pair) in written.windows(2).enumerate() {
        if sides[at][0] && sides[at + 1][1] && pair.iter().all(|w| w.known == Known::Guessed && w.share >= BRIDGED) {
            pair.iter().for_each(|w| attested[w.step] = true);
        }
    }
    for (at, stop) in written.iter().enumerate() {
        if stop.c == '。' && stop.told && stop.share >= BRIDGED && is_between_words(words, &written, at) {
            attested[stop.step] = true;
        }
    }
    attested
}

/// Does a word end before a full stop and another begin behind it? Where another character was cut there is half a word:
/// 前海开发, 标准海”.
fn is_between_words(words: Walk<'_>, written: &[Written], at: usize) -> bool {
    let is_word = |part: Option<&[Written]>| {
        part.is_some_and(|part| {
            part.iter().all(|w| w.known == Known::Whole)
                && words.has_word(&part.iter().map(|w| w.c).collect::<Vec<_>>())
        })
    };
    (2..=4).any(|n| at >= n && is_word(written.get(at - n..at)))
        && (2..=4).any(|n| is_word(written.get(at + 1..at + 1 + n)))
}

/// What the path writes, and how much of it is known.
fn written(best: &Best) -> Vec<Written> {
    let mut written: Vec<Written> = Vec::new();
    // Steps of the run that a step belongs to.
    let mut length = Vec::with_capacity(best.path.len());
    for run in best.path.chunk_by(|a, b| (a.step == Step::Keep) == (b.step == Step::Keep)) {
        length.extend(run.iter().map(|_| run.len()));
    }
    for (step, taken) in best.path.iter().enumerate() {
        // Where nothing but the text tells that a run begins, or more may be lost behind its beginning.
        let begun = step.checked_sub(1).map(|before| best.path[before].step);
        let begins =
            matches!(begun, Some(Step::StartLone | Step::StartFirstLost)) || taken.step == Step::StartSecondLost;
        for (at, c) in taken.emit.into_iter().enumerate().filter(|(_, c)| *c != '\0' && *c != ' ') {
            let known = match taken.step {
                _ if is_mark(c) => Known::Lost,
                Step::Keep => Known::Whole,
                _ if at > 0 || taken.whole || taken.told && taken.share[0] >= CERTAIN_OF_CUT => Known::Whole,
                _ if !taken.told && (begins || length[step] > SHORT) => Known::Lost,
                _ => Known::Guessed,
            };
            written.push(Written { c, known, share: taken.share[at], told: taken.told, step });
        }
    }
    written
}
