//! Clean text → section tree.
//!
//! Numbers and title lines give the outline (`candidates`, `outline`), parts without a heading are cut out of it
//! (`passages`), sentences of one build give the run-in headings (`run_in`); `kinds`, `topics` and `dates` tell what
//! each section is about. Sections are contiguous: their texts in order are the clean text.

mod candidates;
mod dates;
mod kinds;
mod numbering;
mod outline;
pub(crate) mod paragraph;
mod passages;
mod rules;
mod run_in;
mod seam;
mod topics;
mod tree;

pub use rules::SegmentRules;

use crate::model::{Clean, Identity, Section};

/// Clean text → section tree, with kinds, periods and topics; years are set by [`date`].
pub fn segment(rules: &SegmentRules, clean: &Clean) -> Vec<Section> {
    tree::sections(clean.text.as_str(), &clean.marks, rules)
}

/// Give each section the year that it is about, once the report's own years are known.
pub fn date(_rules: &SegmentRules, text: &str, sections: &mut [Section], identity: &Identity) {
    dates::date(text, sections, identity);
}
