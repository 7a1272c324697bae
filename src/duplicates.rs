//! The same report from two sources: found by fingerprints that are kept for each document of a run.

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use crate::model::{Document, Outcome, Repair};

/// What is kept of a document to find its copies by; small, because there is one for each document of a run.
#[derive(Debug, Clone)]
pub struct Fingerprint {
    body: [u8; 16],
    /// Characters of the clean text: the longer copy is the better one.
    clean_chars: usize,
    /// Damaged spots left as they stand: of two copies as long, the one with fewer is the better one.
    unrepaired: usize,
}

/// The fingerprint of a document; none where it has no body to compare.
pub fn fingerprint(document: &Document) -> Option<Fingerprint> {
    if !matches!(document.outcome, Outcome::Ok | Outcome::Partial) {
        return None;
    }
    let mut hasher = Sha256::new();
    let mut clean_chars = 0;
    for word in document.clean.text.as_str().split_whitespace() {
        clean_chars += word.chars().count();
        hasher.update(word);
    }
    let mut body = [0; 16];
    body.copy_from_slice(&hasher.finalize()[..16]);
    let unrepaired = document.repairs.iter().filter(|repair| !Repair::mended(repair)).count();
    (clean_chars > 0).then_some(Fingerprint { body, clean_chars, unrepaired })
}

/// For each document, the index of a better copy of the same report, where there is one; a better copy has none
/// itself. Of two copies that are as good, the earlier one is the better.
pub fn better_copies(fingerprints: &[Option<&Fingerprint>]) -> Vec<Option<usize>> {
    let mut best: FxHashMap<[u8; 16], (usize, &Fingerprint)> = FxHashMap::default();
    for (i, fingerprint) in fingerprints.iter().enumerate() {
        let Some(fingerprint) = fingerprint else { continue };
        let entry = best.entry(fingerprint.body).or_insert((i, fingerprint));
        if better(fingerprint, entry.1) {
            *entry = (i, fingerprint);
        }
    }
    let copy_of = |(i, fingerprint): (usize, &Option<&Fingerprint>)| {
        let (best, _) = best.get(&fingerprint.as_ref()?.body)?;
        (*best != i).then_some(*best)
    };
    fingerprints.iter().enumerate().map(copy_of).collect()
}

fn better(one: &Fingerprint, other: &Fingerprint) -> bool {
    (one.clean_chars, other.unrepaired) > (other.clean_chars, one.unrepaired)
}
