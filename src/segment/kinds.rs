//! What a section is, by its heading and its place.

use super::numbering::{self, Scheme};
use super::outline::Node;
use super::paragraph::folded;
use super::rules::SegmentRules;
use crate::model::{Kind, Status};

/// Give every node its kind: parts by their headings and their order (the first part of a report looks back, the ones
/// after it look ahead), chapters by their headings or from their part.
pub fn assign(text: &str, nodes: &mut [Node], rules: &SegmentRules) {
    if let Some(first) = review_called_work(text, nodes, rules) {
        nodes[first].kind = Some(Kind::Review);
        // What its chapters took from it as a plan goes with it.
        let chapters = nodes[first + 1..].iter_mut().take_while(|node| node.depth > 0);
        chapters.filter(|node| node.kind == Some(Kind::Tasks)).for_each(|node| node.kind = None);
    }
    // A document that begins with its second or third part has lost its review.
    let first = nodes.iter().find(|node| node.depth == 0 && node.heading.is_some());
    let number = first.and_then(|node| numbering::parse(&text[node.number?.start..]));
    let mut reviewed = number.is_some_and(|number| number.scheme <= Scheme::Han && number.value > 1);
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

/// The part that looks back where its heading reads like a plan's (关于2014年政府工作): the first one with a year, behind
/// which another part has the year after, or most of whose chapters look back (过去的一年，是…).
fn review_called_work(text: &str, nodes: &[Node], rules: &SegmentRules) -> Option<usize> {
    let parts: Vec<usize> = (0..nodes.len()).filter(|&i| nodes[i].depth == 0 && nodes[i].heading.is_some()).collect();
    let heading = |i: usize| nodes[i].heading.map(|h| folded(h.of(text))).unwrap_or_default();
    let said = |i: usize| rules.kinds.first(&heading(i)).map(|k| k.0);
    let &first = parts.first()?;
    let planned = nodes[first].kind == Some(Kind::Tasks) && said(first).is_none_or(|kind| kind == Kind::Tasks);
    if !planned || parts.iter().any(|&i| said(i) == Some(Kind::Review) || nodes[i].kind == Some(Kind::Review)) {
        return None;
    }
    let end = parts.get(1).copied().unwrap_or(nodes.len());
    let chapters: Vec<usize> =
        (first + 1..end).filter(|&i| nodes[i].depth == 1 && nodes[i].heading.is_some()).collect();
    let back = chapters.iter().filter(|&&i| said(i) == Some(Kind::Review)).count();
    // 一、2010年的政府工作 and 二、今年的工作任务: the year of the plan need not be printed.
    let follows = |heading: &str, year| year_of(heading) == Some(year + 1) || heading.contains("今年");
    let next_year = year_of(&heading(first)).is_some_and(|year| parts[1..].iter().any(|&i| follows(&heading(i), year)));
    (next_year || chapters.len() >= 2 && back * 2 > chapters.len()).then_some(first)
}

/// The year that a heading names.
fn year_of(heading: &str) -> Option<i32> {
    let at = heading.find('年')?;
    heading.get(at.checked_sub(4)?..at)?.parse().ok().filter(|year| (1949..2100).contains(year))
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
