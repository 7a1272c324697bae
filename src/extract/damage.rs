//! Figures beside a spot that is damaged and could not be mended: a digit may be swallowed there.

use crate::model::{Extraction, Flag, Repair};
use crate::text::{AlignedText, Span};

/// How near a damaged spot is to a value, in bytes of the decoded source: about four Han characters.
const NEAR: usize = 12;

/// Flag every indicator and project whose place in the source touches an unmended spot. `repairs` are in the order of
/// the source.
pub fn flag_damage(text: &AlignedText, repairs: &[Repair], extraction: &mut Extraction) {
    let left: Vec<Span> = repairs.iter().filter(|r| !r.mended()).map(|r| r.source).collect();
    if left.is_empty() {
        return;
    }
    let near = |span: Span| {
        let source = text.source_span(span);
        let from = left.partition_point(|spot| spot.end + NEAR < source.start);
        left.get(from).is_some_and(|spot| spot.start <= source.end + NEAR)
    };
    for indicator in &mut extraction.indicators {
        if near(indicator.span) {
            indicator.flags.insert(Flag::DamageNearValue);
        }
    }
    for project in &mut extraction.projects {
        if near(project.span) {
            project.flags.insert(Flag::DamageNearValue);
        }
    }
}
