//! Bytes of a text → characters: BOM, declaration, and proof by the text itself.
//!
//! Every candidate encoding is tried on samples of the bytes and judged by what it makes of them: the share of frequent
//! Han characters against what cannot stand in a text. So a few broken bytes never drive a file into another encoding,
//! and a wrong declaration loses against the text. Valid UTF-8 needs no trial.

use std::borrow::Cow;
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use rustc_hash::FxHashSet;

use crate::model::{Flag, Flags};

/// Text that was made from bytes.
#[derive(Debug)]
pub struct DecodedText {
    pub text: String,
    /// The encoding of (most of) the bytes.
    pub encoding: &'static Encoding,
    /// U+FFFD put in for bytes that the encoding does not have.
    pub replacements: usize,
    pub flags: Flags,
}

/// A candidate below this share of frequent characters is no Chinese text.
const PLAUSIBLE: f32 = 0.15;
/// Bytes of one sample; up to [`SAMPLES`] are taken from all over the file.
const SAMPLE_BYTES: usize = 2048;
const SAMPLES: usize = 4;

/// Decode `bytes`, which are declared to be in `declared` by the document itself.
pub fn decode_text(frequent: &FxHashSet<char>, bytes: &[u8], declared: Option<&'static Encoding>) -> DecodedText {
    let mut flags = Flags::new();
    let (bom, bytes) = split_bom(bytes);
    let declared = bom.or(declared);
    let (encoding, valid) = match std::str::from_utf8(bytes) {
        Ok(text) if bom.is_none_or(|e| e == UTF_8) && is_surely_utf8(text) => (UTF_8, Some(text)),
        valid => match bom {
            // A BOM is as good as its text: programs are known to put one before bytes of another encoding.
            Some(bom) if trial(frequent, bytes, bom) >= PLAUSIBLE => (bom, None),
            _ => (detect(frequent, bytes, declared), valid.ok()),
        },
    };
    let same = |declared: &'static Encoding| declared == encoding || family(declared) == family(encoding);
    let ascii = bytes.is_ascii();
    match declared {
        Some(declared) if !same(declared) && !ascii => {
            flags.insert(Flag::EncodingMismatch);
        }
        None if encoding != UTF_8 || valid.is_none() => {
            flags.insert(Flag::EncodingGuessed);
        }
        _ => {}
    }
    let (text, replacements) = match valid {
        Some(valid) if encoding == UTF_8 => (valid.to_owned(), 0),
        _ => decode_lines(frequent, bytes, encoding, &mut flags),
    };
    if replacements > 0 {
        flags.insert(Flag::InvalidBytes);
    }
    DecodedText { encoding: reported(encoding, declared, bytes), text, replacements, flags }
}

/// The charset that a page or XML file states in its head, whether true or not.
pub fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let mut from = 0;
    while let Some(at) = memchr::memmem::find_iter(&head[from..], b"=").next().map(|at| from + at) {
        from = at + 1;
        let before = head[..at].trim_ascii_end();
        let named =
            |name: &[u8]| before.len() >= name.len() && before[before.len() - name.len()..].eq_ignore_ascii_case(name);
        let in_xml = || memchr::memmem::find(&head[..at], b"<?xml").is_some();
        if !(named(b"charset") || (named(b"encoding") && in_xml())) {
            continue;
        }
        let value = head[at + 1..].trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let end = value
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')))
            .unwrap_or(value.len());
        if let Some(encoding) = Encoding::for_label(&value[..end]) {
            // The declaration itself was read as ASCII, so that the file cannot be in UTF-16 (as in the HTML standard).
            return Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
        }
    }
    None
}

fn split_bom(bytes: &[u8]) -> (Option<&'static Encoding>, &[u8]) {
    if let Some(rest) = bytes.strip_prefix(b"\x84\x31\x95\x33") {
        return (Some(GB18030), rest);
    }
    match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (Some(encoding), &bytes[length..]),
        None => (None, bytes),
    }
}

/// Valid UTF-8 may still be a few characters of GBK (联通), or UTF-16 of ASCII characters.
fn is_surely_utf8(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(4096)];
    if memchr::memchr_iter(0, head).count() * 8 > head.len() {
        return false;
    }
    text.len() > head.len() || text.is_ascii() || text.chars().any(|c| c >= '\u{800}')
}

fn family(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GB18030 { GBK } else { encoding }
}

/// GB18030 is the superset of GBK: it is told where it was declared, or where its four-byte characters stand.
fn reported(encoding: &'static Encoding, declared: Option<&'static Encoding>, bytes: &[u8]) -> &'static Encoding {
    if family(encoding) != GBK {
        return encoding;
    }
    let four_bytes = |w: &[u8]| w[0] >= 0x81 && w[1].is_ascii_digit() && w[2] >= 0x81 && w[3].is_ascii_digit();
    if declared == Some(GB18030) || bytes.windows(4).any(four_bytes) { GB18030 } else { GBK }
}

fn detect(frequent: &FxHashSet<char>, bytes: &[u8], declared: Option<&'static Encoding>) -> &'static Encoding {
    let mut candidates = vec![UTF_8, GB18030, BIG5, UTF_16LE, UTF_16BE];
    if let Some(declared) = declared.filter(|d| !candidates.contains(&family_of_trial(d))) {
        candidates.push(declared);
    }
    let mut best = (f32::MIN, UTF_8);
    for candidate in candidates {
        // Of two readings that are equally good, the declared one.
        let favour = if declared.is_some_and(|d| family_of_trial(d) == candidate) { 0.02 } else { 0.0 };
        let score = trial(frequent, bytes, candidate) + favour;
        if score > best.0 {
            best = (score, candidate);
        }
    }
    if best.0 >= PLAUSIBLE {
        return best.1;
    }
    // No Chinese text in any of them: trust valid UTF-8, then a declaration that holds, then the detector of browsers.
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if let Some(declared) = declared.filter(|d| !d.decode_without_bom_handling(bytes).1) {
        return declared;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for sample in samples(bytes, 1) {
        detector.feed(&bytes[sample], false);
    }
    detector.feed(b"", true);
    detector.guess(None, Utf8Detection::Allow)
}

fn family_of_trial(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// How much the bytes look like Chinese text when they are read in this encoding: at most 1, below zero for rubbish.
fn trial(frequent: &FxHashSet<char>, bytes: &[u8], encoding: &'static Encoding) -> f32 {
    let unit = if encoding == UTF_16LE || encoding == UTF_16BE { 2 } else { 1 };
    let mut tally = Tally::default();
    for sample in samples(bytes, unit) {
        tally.add(frequent, &encoding.decode_without_bom_handling(&bytes[sample]).0);
    }
    tally.score()
}

#[derive(Debug, Default)]
struct Tally {
    seen: usize,
    frequent: usize,
    bad: usize,
}

impl Tally {
    fn add(&mut self, frequent: &FxHashSet<char>, text: &str) {
        for c in text.chars() {
            if c.is_ascii() {
                let bad = c.is_ascii_control() && !c.is_ascii_whitespace();
                self.bad += usize::from(bad);
                self.seen += usize::from(bad);
                continue;
            }
            self.seen += 1;
            self.frequent += usize::from(frequent.contains(&c) || matches!(c, '，' | '。' | '、'));
            self.bad += usize::from(
                matches!(c, '\u{FFFD}' | '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}' | '\u{FFFE}' | '\u{FFFF}'),
            );
        }
    }

    fn score(&self) -> f32 {
        if self.seen == 0 {
            return 0.0;
        }
        (self.frequent as f32 - self.bad as f32) / self.seen as f32
    }
}

/// Stretches of the bytes that hold something else than ASCII, spread over the file, each beginning with a whole
/// character whatever the encoding (`unit` bytes a code unit).
fn samples(bytes: &[u8], unit: usize) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let step = (bytes.len() / SAMPLES).max(SAMPLE_BYTES);
    let mut at = 0;
    while at < bytes.len() && found.len() < SAMPLES {
        let from = at.max(found.last().map_or(0, |last| last.end));
        let text = from + Encoding::ascii_valid_up_to(&bytes[from..]);
        if text >= bytes.len() && unit == 1 && !found.is_empty() {
            break;
        }
        let start = if unit > 1 { from / unit * unit } else { character_start(bytes, from, text) };
        let end = (start + SAMPLE_BYTES).min(bytes.len());
        if start < end {
            found.push(start..end);
        }
        at = (at + step).max(end);
    }
    found
}

/// A place at or near `text` where a character begins: no encoding in question has a byte below `0` inside a
/// character (UTF-16 apart).
fn character_start(bytes: &[u8], from: usize, text: usize) -> usize {
    let is_boundary = |b: &u8| *b < 0x30;
    if from == 0 {
        // From the very beginning everything is in step; skip the ASCII before the first other byte.
        return text.min(bytes.len());
    }
    let back = bytes[from..text.min(bytes.len())].iter().rposition(is_boundary).map(|i| from + i);
    let ahead = || bytes[text.min(bytes.len())..].iter().take(SAMPLE_BYTES).position(is_boundary).map(|i| text + i);
    back.or_else(ahead).map_or(text, |at| at + 1)
}

/// Decode, and let a line that is plainly in the other common encoding be read in that one: pages are put together out
/// of pieces.
fn decode_lines(
    frequent: &FxHashSet<char>,
    bytes: &[u8],
    encoding: &'static Encoding,
    flags: &mut Flags,
) -> (String, usize) {
    if !encoding.is_ascii_compatible() {
        return counted(encoding, bytes);
    }
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut replacements = 0;
    let mut pending = 0..0;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if let Some(other) = other_encoding(frequent, line, encoding) {
            flags.insert(Flag::MixedEncodings);
            let (before, replaced) = counted(encoding, &bytes[pending.clone()]);
            text.push_str(&before);
            text.push_str(&other);
            replacements += replaced;
            pending = pending.end + line.len()..pending.end + line.len();
        } else {
            pending.end += line.len();
        }
    }
    let (rest, replaced) = counted(encoding, &bytes[pending]);
    text.push_str(&rest);
    (text, replacements + replaced)
}

fn other_encoding<'a>(frequent: &FxHashSet<char>, line: &'a [u8], encoding: &'static Encoding) -> Option<Cow<'a, str>> {
    if line.len() < 8 || line.is_ascii() {
        return None;
    }
    let valid = std::str::from_utf8(line);
    let (candidate, own) = match (encoding == UTF_8, valid) {
        (true, Ok(_)) | (false, Err(_)) => return None,
        (true, Err(_)) => {
            let (text, broken) = GB18030.decode_without_bom_handling(line);
            (Some(text).filter(|_| !broken)?, UTF_8)
        }
        (false, Ok(text)) => (Cow::Borrowed(text), encoding),
    };
    let score = |text: &str| {
        let mut tally = Tally::default();
        tally.add(frequent, text);
        tally.score()
    };
    let there = score(&candidate);
    let here = score(&own.decode_without_bom_handling(line).0);
    (there >= 2.0 * PLAUSIBLE && there > here + PLAUSIBLE).then_some(candidate)
}

fn counted(encoding: &'static Encoding, bytes: &[u8]) -> (String, usize) {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if !broken {
        return (text.into_owned(), 0);
    }
    let all = memchr::memmem::find_iter(text.as_bytes(), "\u{FFFD}".as_bytes()).count();
    // U+FFFD that the source already held were put there by somebody else.
    let held = if encoding == UTF_8 { memchr::memmem::find_iter(bytes, "\u{FFFD}".as_bytes()).count() } else { 0 };
    (text.into_owned(), all - held.min(all))
}
