use anyhow::Result;

use crate::config::ConfigSource;

/// What this stage reads from `config/`.
#[derive(Debug)]
pub struct SegmentRules {}

impl SegmentRules {
    pub fn load(_source: &ConfigSource) -> Result<Self> {
        Ok(Self {})
    }
}

use crate::model::{Clean, Identity, Kind, Section, Status};
use crate::text::Span;

/// Clean text → section tree, with kinds and topics; periods and years are set by [`date`].
pub fn segment(_rules: &SegmentRules, clean: &Clean) -> Vec<Section> {
    vec![Section {
        span: Span::new(0, clean.text.as_str().len()),
        parent: None,
        depth: 0,
        number: None,
        heading: None,
        heading_span: None,
        kind: Kind::Other,
        period: Status::Actual,
        year: None,
        topic: None,
        evidence: "whole text".into(),
    }]
}

/// Give each section the year that it is about, once the report's own years are known.
pub fn date(_rules: &SegmentRules, _text: &str, _sections: &mut [Section], _identity: &Identity) {}
