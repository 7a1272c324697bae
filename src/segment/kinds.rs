//! What a section is, by its heading and its place.

use super::outline::Node;
use super::paragraph::folded;
use super::rules::SegmentRules;
use crate::model::{Kind, Status};

/// Give every node its kind: parts by their headings and their order (the first part of a report looks back, the ones
/// after it look ahead), chapters by their headings or from their part.
pub fn assign(text: &str, nodes: &mut [Node], rules: &SegmentRules) {
    let mut reviewed = false;
    let mut inherited: Vec<Kind> = Vec::new();
    for node in nodes {
        let plain = node.heading.map(|h| folded(h.of(text)));
        let said = plain.as_deref().and_then(|h| rules.kinds.first(h)).map(|k| k.0);
        inherited.truncate(usize::from(node.depth));
        let kind = match inherited.last() {
            None => part(node, said, reviewed),
            Some(&above) => node.kind.unwrap_or_else(|| chapter(above, said, plain.as_deref().unwrap_or_default())),
        };
        if node.depth == 0 && kind == Kind::Review {
            reviewed = true;
        }
        node.kind = Some(kind);
        inherited.push(kind);
    }
}

fn part(node: &Node, said: Option<Kind>, reviewed: bool) -> Kind {
    if let Some(kind) = node.kind {
        // A title rule knows the shape of the line; the words of its heading tell more where it says plan.
        return match (kind, said) {
            (Kind::Tasks, Some(said @ (Kind::Overview | Kind::Targets | Kind::SelfBuilding))) => said,
            _ => kind,
        };
    }
    match said {
        Some(Kind::SelfBuilding) if !reviewed && node.number.is_none() => Kind::SelfBuilding,
        Some(kind) => kind,
        None if node.heading.is_none() => Kind::Other,
        None if reviewed => Kind::Tasks,
        None => Kind::Review,
    }
}

fn chapter(above: Kind, said: Option<Kind>, heading: &str) -> Kind {
    // 贯彻防控总要求，… is a task; 总体要求 alone is the requirement.
    let alone = heading.chars().count() <= 12 && !heading.contains(',');
    match (above, said) {
        (Kind::Review, Some(Kind::Problems)) => Kind::Problems,
        (
            Kind::Tasks | Kind::Other | Kind::Overview | Kind::Targets,
            Some(kind @ (Kind::SelfBuilding | Kind::Livelihood)),
        ) => kind,
        (Kind::Tasks | Kind::Other, Some(kind @ (Kind::Targets | Kind::Overview))) if alone => kind,
        _ => above,
    }
}

/// Does a section of this kind look back or ahead, where its parent tells nothing else?
pub fn period(kind: Kind) -> Status {
    match kind {
        Kind::Overview | Kind::Targets | Kind::Tasks | Kind::Livelihood | Kind::SelfBuilding | Kind::Closing => {
            Status::Target
        }
        Kind::Front | Kind::Review | Kind::Problems | Kind::Glossary | Kind::Other => Status::Actual,
    }
}
