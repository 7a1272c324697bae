//! The same report from two sources: found by sketches of the clean text that are kept for each document of a run.
//!
//! A sketch is a MinHash by one permutation (Li, Owen, Zhang 2012): one hash a shingle, the least in each of
//! [`BINS`] bins. The usual MinHash, which the crates offer, takes a hash for each bin, and so a hundred times as long.
//! Two reports of different years or regions share set phrases only (in the reports known, under a tenth of their
//! shingles); two copies of one report share nearly all, and a cut copy has nearly all of its own in the other. So it
//! is the text that decides, and the identity only moves the bar.

use rustc_hash::FxHashMap;

use crate::model::{DocType, Document, Outcome, Repair};

const BINS: usize = 192;
/// Rows of a band: two documents are compared where all rows of one band are equal.
const BAND: usize = 3;
/// Characters of a shingle.
const SHINGLE: usize = 8;
/// A bin that no shingle fell into.
const EMPTY: u32 = u32::MAX;

/// Share of the shorter text that stands in the longer one, for two copies of one report…
const SAME: f32 = 0.80;
/// …where region and year agree, so that one copy may be more damaged or differently cut…
const SAME_IDENTITY: f32 = 0.60;
/// …and where they disagree: then the texts are as good as equal, or the reports are two.
const OTHER_IDENTITY: f32 = 0.90;

/// What is kept of a document to find its copies by (under 1 KiB), because there is one for each document of a run.
#[derive(Debug, Clone)]
pub struct Fingerprint {
    sketch: Sketch,
    /// Region and year, as far as they are known.
    place: Option<String>,
    year: Option<i16>,
    doc_type: Option<DocType>,
    quality: Quality,
}

/// Which of two copies is the better one: the greater. Compared in the order of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Quality {
    /// Length of the body, in steps of some two percent: a line of furniture more is no merit.
    length_step: u32,
    whole: bool,
    /// Damaged spots left as they stand.
    unrepaired: std::cmp::Reverse<usize>,
    clean_chars: usize,
}

/// The fingerprint of a document; none where it has no body to compare.
pub fn fingerprint(document: &Document) -> Option<Fingerprint> {
    if !matches!(document.outcome, Outcome::Ok | Outcome::Partial) {
        return None;
    }
    let identity = &document.identity;
    let names = [&identity.province, &identity.prefecture, &identity.county];
    let place = identity.region_code.clone().or_else(|| {
        let names: Vec<&str> = names.iter().filter_map(|name| name.as_deref()).collect();
        (!names.is_empty()).then(|| names.join(" "))
    });
    let (sketch, clean_chars) = Sketch::of(document.clean.text.as_str());
    let quality = Quality {
        length_step: ((clean_chars.max(1) as f64).ln() * 50.0) as u32,
        whole: document.outcome == Outcome::Ok,
        unrepaired: std::cmp::Reverse(document.repairs.iter().filter(|r| !Repair::mended(r)).count()),
        clean_chars,
    };
    (clean_chars > 0).then_some(Fingerprint {
        sketch,
        place,
        year: identity.report_year,
        doc_type: identity.doc_type,
        quality,
    })
}

/// For each document, the index of a better copy of the same report, where there is one; a better copy has none
/// itself. The longer body is better, then the one with less damage, then the earlier one.
pub fn better_copies(fingerprints: &[Option<&Fingerprint>]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..fingerprints.len()).filter(|i| fingerprints[*i].is_some()).collect();
    order.sort_by_key(|i| (std::cmp::Reverse(fingerprints[*i].map(|f| f.quality)), *i));
    let mut copies = vec![None; fingerprints.len()];
    // Documents without a better copy, by the bands of their sketches.
    let mut originals: FxHashMap<(usize, [u32; BAND]), Vec<usize>> = FxHashMap::default();
    for i in order {
        let Some(fingerprint) = fingerprints[i] else { continue };
        let bands = || fingerprint.sketch.bands();
        let mut candidates: Vec<usize> = bands().filter_map(|band| originals.get(&band)).flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        let closest = candidates
            .into_iter()
            .filter_map(|other| fingerprints[other].map(|f| (fingerprint.contained_in(f), other)))
            .filter(|(_, other)| fingerprints[*other].is_some_and(|f| fingerprint.is_copy_of(f)))
            .max_by(|one, two| one.0.total_cmp(&two.0).then(two.1.cmp(&one.1)));
        match closest {
            Some((_, other)) => copies[i] = Some(other),
            None => bands().for_each(|band| originals.entry(band).or_default().push(i)),
        }
    }
    copies
}

impl Fingerprint {
    fn is_copy_of(&self, other: &Fingerprint) -> bool {
        if self.doc_type != other.doc_type {
            return false;
        }
        let bar =
            match (self.place.is_some() && self.place == other.place, self.year.is_some() && self.year == other.year) {
                (true, true) => SAME_IDENTITY,
                _ if self.disagrees(other) => OTHER_IDENTITY,
                _ => SAME,
            };
        self.contained_in(other) >= bar
    }

    fn disagrees(&self, other: &Fingerprint) -> bool {
        let differ = |one: bool, two: bool, same: bool| one && two && !same;
        differ(self.place.is_some(), other.place.is_some(), self.place == other.place)
            || differ(self.year.is_some(), other.year.is_some(), self.year == other.year)
    }

    /// Share of the shorter text's shingles that the longer one has.
    fn contained_in(&self, other: &Fingerprint) -> f32 {
        self.sketch.containment(&other.sketch)
    }
}

#[derive(Debug, Clone)]
struct Sketch {
    bins: Box<[u32; BINS]>,
    /// Shingles that were seen.
    shingles: u32,
}

impl Sketch {
    /// The sketch of a text, white space and punctuation aside, and how many characters it was made of.
    fn of(text: &str) -> (Sketch, usize) {
        const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
        let drop = (0..SHINGLE).fold(1u64, |power, _| power.wrapping_mul(BASE));
        let mut bins = Box::new([EMPTY; BINS]);
        let mut window = [0u64; SHINGLE];
        let (mut rolling, mut length) = (0u64, 0usize);
        for c in text.chars().filter(|c| is_told(*c)) {
            let code = u64::from(c);
            rolling = rolling.wrapping_mul(BASE).wrapping_add(code);
            rolling = rolling.wrapping_sub(window[length % SHINGLE].wrapping_mul(drop));
            window[length % SHINGLE] = code;
            length += 1;
            if length >= SHINGLE {
                let hash = mixed(rolling);
                let bin = (((hash >> 32) * BINS as u64) >> 32) as usize;
                bins[bin] = bins[bin].min((hash as u32).min(EMPTY - 1));
            }
        }
        let shingles = (length + 1).saturating_sub(SHINGLE).min(u32::MAX as usize) as u32;
        (Sketch { bins, shingles }, length)
    }

    fn bands(&self) -> impl Iterator<Item = (usize, [u32; BAND])> + '_ {
        let bands = self.bins.chunks_exact(BAND).enumerate().filter(|(_, band)| band.iter().all(|row| *row != EMPTY));
        bands.map(|(i, band)| (i, [band[0], band[1], band[2]]))
    }

    /// Estimate of the share of shingles in common among the shingles of both.
    fn similarity(&self, other: &Sketch) -> f32 {
        let (mut same, mut filled) = (0u32, 0u32);
        for (one, two) in self.bins.iter().zip(other.bins.iter()) {
            filled += u32::from(*one != EMPTY || *two != EMPTY);
            same += u32::from(one == two && *one != EMPTY);
        }
        if filled == 0 { 0.0 } else { same as f32 / filled as f32 }
    }

    fn containment(&self, other: &Sketch) -> f32 {
        let similarity = self.similarity(other);
        let (short, long) = (self.shingles.min(other.shingles), self.shingles.max(other.shingles));
        // |A ∩ B| = J (|A| + |B|) / (1 + J)
        let common = similarity * (short as f32 + long as f32) / (1.0 + similarity);
        if short == 0 { 0.0 } else { (common / short as f32).min(1.0) }
    }
}

/// Letters, digits and Han characters: punctuation differs from copy to copy.
fn is_told(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        !matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}')
    }
}

/// The finaliser of SplitMix64: every bit of the hash depends on every bit of the shingle.
fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed(name: &str) -> String {
        std::fs::read_to_string(format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    fn fingerprint(text: &str, place: Option<&str>, year: Option<i16>, unrepaired: usize) -> Fingerprint {
        let (sketch, clean_chars) = Sketch::of(text);
        let length_step = ((clean_chars.max(1) as f64).ln() * 50.0) as u32;
        let quality = Quality { length_step, whole: true, unrepaired: std::cmp::Reverse(unrepaired), clean_chars };
        Fingerprint { sketch, place: place.map(str::to_owned), year, doc_type: Some(DocType::WorkReport), quality }
    }

    fn copies(fingerprints: &[Fingerprint]) -> Vec<Option<usize>> {
        better_copies(&fingerprints.iter().map(Some).collect::<Vec<_>>())
    }

    /// Every so many characters one is lost.
    fn damaged(text: &str, every: usize) -> String {
        text.chars().enumerate().filter(|(i, _)| i % every != every - 1).map(|(_, c)| c).collect()
    }

    fn part(text: &str, from: usize, to: usize) -> String {
        let count = text.chars().count();
        text.chars().skip(count * from / 100).take(count * (to - from) / 100).collect()
    }

    #[test]
    fn a_damaged_or_cut_or_wrapped_copy_finds_the_better_one() {
        let text = seed("002_bc0ee4ffd7aec591.txt");
        let better = fingerprint(&text, Some("140404"), Some(2023), 0);
        for (name, copy) in [
            ("punctuation of another width", text.replace('，', ",").replace('。', ". ")),
            ("a character in a hundred lost", damaged(&text, 100)),
            ("cut at the end", part(&text, 0, 60)),
            ("cut at the beginning", part(&text, 40, 100)),
            ("page by page", part(&text, 30, 70)),
        ] {
            for (place, year) in [(Some("140404"), Some(2023)), (None, None)] {
                let copy = fingerprint(&copy, place, year, 1);
                assert_eq!(copies(&[copy.clone(), better.clone()]), [Some(1), None], "{name}, {place:?}");
                assert_eq!(copies(&[better.clone(), copy]), [None, Some(0)], "{name}, {place:?}");
            }
        }
    }

    #[test]
    fn reports_of_other_years_and_regions_stay_apart() {
        let names = [
            "000_df6dbc2bd7619a8a.txt",
            "001_f0b7d99be94f9d5a.txt",
            "002_bc0ee4ffd7aec591.txt",
            "003_ef89a3ccdfd81a2a.txt",
            "004_0761b37575dd39c7.txt",
        ];
        // Even where the identity is mistaken for the same.
        let all: Vec<Fingerprint> =
            names.iter().map(|n| fingerprint(&seed(n), Some("140406"), Some(2024), 0)).collect();
        assert_eq!(copies(&all), [None; 5]);
        // Half of the text in common, as between two years' reports that nobody ever wrote: not the same report.
        let text = seed("002_bc0ee4ffd7aec591.txt");
        let half = part(&text, 0, 50) + &part(&seed("000_df6dbc2bd7619a8a.txt"), 0, 60);
        let (one, two) =
            (fingerprint(&text, Some("140404"), Some(2023), 0), fingerprint(&half, Some("140404"), Some(2024), 0));
        assert_eq!(copies(&[one, two]), [None, None]);
    }

    #[test]
    fn a_digest_is_no_copy_of_the_report_that_it_sums_up() {
        let text = seed("002_bc0ee4ffd7aec591.txt");
        let report = fingerprint(&text, Some("140404"), Some(2023), 0);
        let digest = Fingerprint {
            doc_type: Some(DocType::Digest),
            ..fingerprint(&part(&text, 0, 50), Some("140404"), Some(2023), 0)
        };
        assert_eq!(copies(&[report, digest]), [None, None]);
    }

    #[test]
    fn of_copies_as_long_the_less_damaged_wins_then_the_earlier() {
        let text = seed("002_bc0ee4ffd7aec591.txt");
        let with = |text: &str, unrepaired| fingerprint(text, None, Some(2023), unrepaired);
        let furniture = text.clone() + "责任编辑：某某";
        assert_eq!(copies(&[with(&furniture, 9), with(&text, 0), with(&text, 0)]), [Some(1), None, Some(1)]);
        assert_eq!(copies(&[with(&part(&text, 0, 90), 0), with(&text, 9)]), [Some(1), None]);
    }

    #[test]
    fn texts_shorter_than_a_shingle_have_no_copies() {
        let all: Vec<Fingerprint> =
            ["一", "一", "政府工作报告"].iter().map(|t| fingerprint(t, None, None, 0)).collect();
        assert_eq!(copies(&all), [None; 3]);
        assert_eq!(better_copies(&[None, None]), [None, None]);
    }
}
