//! One document through all stages: the flow of the data, in one function.

use sha2::{Digest, Sha256};

use crate::config::Rules;
use crate::model::{Document, Extraction, Flag, Outcome, RawDocument, Repair};
use crate::{clean, decode, extract, identify, repair, segment};

/// Raw bytes → a document with everything that the tables hold. Never fails: what cannot be used is told in
/// `outcome` and `reason`.
pub fn process(rules: &Rules, raw: &RawDocument) -> Document {
    let decoded = decode::decode(&rules.decode, raw);
    let repaired = repair::repair(&rules.repair, &decoded.text);
    let mut clean = clean::clean(&rules.clean, repaired.text, &decoded.marks);
    clean.adopt(&decoded.marks);
    let mut sections = segment::segment(&rules.segment, &clean);
    let identity = identify::identify(&rules.identify, &raw.source, &clean, &sections);
    segment::date(&rules.segment, clean.text.as_str(), &mut sections, &identity);

    let mut flags = decoded.flags;
    flags.extend(&clean.flags);
    flags.extend(&identity.flags);
    if !repaired.repairs.iter().all(Repair::mended) {
        flags.insert(Flag::Damaged);
    }
    let partial = [Flag::TruncatedHead, Flag::TruncatedTail, Flag::Damaged, Flag::InvalidBytes, Flag::SourceDamaged];
    let blank = clean.text.as_str().trim().is_empty().then(|| "the document holds no text".to_owned());
    let (outcome, reason) = match decoded.unusable.or_else(|| identity.rejected.clone()).or(blank) {
        Some(reason) => (Outcome::Rejected, Some(reason)),
        None if partial.iter().any(|f| flags.contains(f)) => (Outcome::Partial, None),
        None => (Outcome::Ok, None),
    };
    let mut extraction = match outcome {
        Outcome::Rejected => Extraction::default(),
        _ => extract::extract(&rules.extract, &clean, &sections, &identity),
    };
    extract::damage::flag_damage(&clean.text, &repaired.repairs, &mut extraction);
    rules.extract.confidence.set(&mut extraction.indicators);
    extraction.sort();
    if outcome == Outcome::Rejected {
        sections.clear();
    }
    let (report_id, id_as_copy) = ids(&raw.bytes, &raw.source);
    Document {
        report_id,
        id_as_copy,
        source: raw.source.clone(),
        source_bytes: raw.bytes.len(),
        format: decoded.format,
        encoding: decoded.encoding,
        outcome,
        reason,
        decoded: decoded.text,
        clean,
        repairs: repaired.repairs,
        identity,
        sections,
        extraction,
        flags,
    }
}

/// The id of a document, the first 16 hex digits of the SHA-256 of its bytes; and the one that it has where the very
/// same bytes came before it in the run, of its bytes and its source.
pub fn ids(bytes: &[u8], source: &str) -> (String, String) {
    let hash = Sha256::new().chain_update(bytes);
    (hex(&hash.clone().finalize()), hex(&hash.chain_update(source).finalize()))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().take(8).map(|b| format!("{b:02x}")).collect()
}
