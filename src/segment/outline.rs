//! Which candidates are headings, and at which depth: numbers are read as sequences that open, go on and close.

use super::candidates::{Candidate, Joint, Rank, Title, is_name_like};
use super::numbering::Scheme;
use super::rules::SegmentRules;
use super::seam;
use crate::model::Kind;
use crate::text::Span;

/// A heading in its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where the section begins.
    pub at: usize,
    pub depth: u8,
    pub number: Option<Span>,
    pub heading: Option<Span>,
    /// Where the title rules or the passage rules know the kind.
    pub kind: Option<Kind>,
    pub evidence: String,
}

/// A sequence of numbers that is open: its scheme and the last value seen.
#[derive(Debug, Clone, Copy)]
struct Level {
    scheme: Scheme,
    last: u32,
    /// Rank of the last heading of the sequence.
    rank: Rank,
}

/// A candidate that found its place.
#[derive(Debug, Clone, Copy)]
struct Placed {
    candidate: usize,
    depth: u8,
    /// Candidates of one sequence under one parent share it.
    group: usize,
}

/// Shortest body of a heading inside a paragraph that is a low-ranking number, in bytes.
const INLINE_BODY: usize = 90;

/// Titles and candidates → headings in reading order. `stray` tells that text of the body stands before the first
/// heading, so that a low-ranking number at the start belongs to a part whose title is lost.
pub fn outline(text: &str, titles: &[Title], mut candidates: Vec<Candidate>, rules: &SegmentRules) -> Vec<Node> {
    let titles: Vec<&Title> = titles.iter().filter(|t| !continues_across(t, &candidates)).collect();
    candidates.retain(|c| {
        let zone = titles.iter().rev().find(|t| t.at <= c.at);
        !zone.is_some_and(|t| is_annex(t.kind)) && !overlaps_title(c, &titles)
    });
    let mut placed = arrange(&titles, &candidates);
    mend_seams(text, &mut candidates, &placed, rules);
    for _ in 0..3 {
        let bad = unlikely(text, &candidates, &placed, rules);
        if bad.is_empty() && placed.len() == candidates.len() {
            break;
        }
        let keep: Vec<usize> = placed.iter().map(|p| p.candidate).filter(|c| !bad.contains(c)).collect();
        let done = bad.is_empty();
        candidates = keep.into_iter().map(|c| candidates[c].clone()).collect();
        placed = arrange(&titles, &candidates);
        if done {
            break;
        }
    }
    nodes(&titles, &candidates, &placed)
}

/// A title line between two parts that are numbered through is a line of the part, not a part.
fn continues_across(title: &Title, candidates: &[Candidate]) -> bool {
    if is_annex(title.kind) {
        return false;
    }
    let before = candidates.iter().rev().find(|c| c.scheme == Scheme::Han && c.at < title.at && c.at_line_start);
    let after = candidates.iter().find(|c| c.scheme == Scheme::Han && c.at > title.at && c.at_line_start);
    matches!((before, after), (Some(b), Some(a)) if a.value == b.value + 1 && a.value > 1)
}

/// Does a title of this kind open an annex, in which nothing is a heading?
pub fn is_annex(kind: Kind) -> bool {
    matches!(kind, Kind::Glossary | Kind::Livelihood | Kind::Other)
}

fn overlaps_title(candidate: &Candidate, titles: &[&Title]) -> bool {
    titles.iter().any(|t| t.heading.start <= candidate.at && candidate.at < t.heading.end)
}

/// Read the numbers as sequences.
fn arrange(titles: &[&Title], candidates: &[Candidate]) -> Vec<Placed> {
    let mut placed = Vec::with_capacity(candidates.len());
    let chapters = lost_title(titles, candidates);
    let mut base = if chapters { 1 } else { lost_part(titles, candidates) };
    let mut stack: Vec<(Level, usize)> = Vec::new();
    let mut seen: Vec<(Scheme, u32)> = Vec::new();
    let mut habit = false;
    let mut groups = 0;
    let mut next_title = 0;
    for (index, candidate) in candidates.iter().enumerate() {
        while next_title < titles.len() && titles[next_title].at <= candidate.at {
            base = 1;
            stack.clear();
            next_title += 1;
        }
        if candidate.scheme == Scheme::Part {
            stack.clear();
            base = 0;
        }
        if base == 1
            && next_title == 0
            && !chapters
            && candidate.scheme == Scheme::Han
            && !stack.iter().any(|s| s.0.scheme == Scheme::Han)
        {
            // The first part that carries a number ends the part whose title is lost.
            base = 0;
            stack.clear();
        }
        let known = seen.iter().find(|s| s.0 == candidate.scheme).map(|s| s.1);
        let level = Level { scheme: candidate.scheme, last: candidate.value, rank: candidate.rank };
        let below = opens_below(&stack, candidate, habit);
        habit |= below;
        if !below {
            let open = level_of(&stack, &candidates[index..]);
            let Some(keep) = place(&stack, open, candidate, known) else { continue };
            stack.truncate(keep);
        }
        match stack.last_mut() {
            Some((last, _)) if !below && last.scheme == candidate.scheme => *last = level,
            _ => {
                stack.push((level, groups));
                groups += 1;
            }
        }
        match seen.iter_mut().find(|s| s.0 == candidate.scheme) {
            Some(entry) => entry.1 = candidate.value,
            None => seen.push((candidate.scheme, candidate.value)),
        }
        let depth = base + stack.len() as u8 - 1;
        placed.push(Placed { candidate: index, depth, group: stack.last().map_or(0, |s| s.1) });
    }
    placed
}

/// Does 一、 begin anew below a part that is numbered the same way: 二、2011年工作任务 / 一、发展农业 / 二、…? Behind any
/// other heading it begins a new part, unless the report has numbered so before (`habit`).
fn opens_below(stack: &[(Level, usize)], candidate: &Candidate, habit: bool) -> bool {
    let Some(((part, _), chapters)) = stack.split_first() else { return false };
    candidate.scheme == Scheme::Han
        && candidate.value == 1
        && candidate.rank != Rank::Part
        && part.scheme == Scheme::Han
        && (part.rank == Rank::Part || habit)
        && chapters.iter().all(|(level, _)| level.scheme == Scheme::HanBracket)
}

/// The open sequence that the first of the candidates belongs to. Of two of one scheme, parts and what stands below one
/// of them, its words decide, then the number that goes on; where both do, whether the next part is still to come:
/// 二、2011年工作任务 / 一、… / 二、… / 三、加强政府自身建设.
fn level_of(stack: &[(Level, usize)], candidates: &[Candidate]) -> Option<usize> {
    let candidate = &candidates[0];
    let mut open = stack.iter().enumerate().filter(|(_, s)| s.0.scheme == candidate.scheme);
    let (parts, above) = open.next()?;
    let Some((items, below)) = open.next() else { return Some(parts) };
    let next = above.0.last + 1;
    let comes_later = || candidates[1..].iter().find(|c| c.rank == Rank::Part).is_some_and(|c| c.value == next);
    let is_part = match candidate.rank {
        Rank::Part => true,
        _ if candidate.value < next || comes_later() => false,
        Rank::PartLike => true,
        Rank::Open => candidate.value == next && candidate.value != below.0.last + 1,
    };
    Some(if is_part { parts } else { items })
}

/// How many open sequences stay open when this candidate comes, of which `open` is its own; `None`: it is no heading.
fn place(stack: &[(Level, usize)], open: Option<usize>, candidate: &Candidate, known: Option<u32>) -> Option<usize> {
    let value = candidate.value;
    let clear = candidate.at_line_start && candidate.name_like && candidate.joint != Joint::OwnSentence;
    if let Some(open) = open {
        let last = stack[open].0.last;
        let goes_on = value == last + 1;
        let gap = value > last && (value - last <= 2 || clear && value - last <= 4);
        let restart = value == 1 && (candidate.at_line_start || candidate.scheme <= Scheme::HanBracket);
        let misprint = clear && value <= last && value + 2 >= last;
        return (goes_on || gap || restart || misprint).then_some(open + 1);
    }
    if value == 1 {
        return Some(stack.len());
    }
    // Higher in rank than what is open: the sequences below it are over.
    let keep = stack.iter().position(|s| s.0.scheme > candidate.scheme).unwrap_or(stack.len());
    let goes_on = known.is_some_and(|k| value > k && value - k <= 3);
    let first_of_its_kind = known.is_none() && (clear || candidate.scheme <= Scheme::HanBracket);
    (goes_on || first_of_its_kind || clear && value <= 3).then_some(keep)
}

/// 1 where the document begins inside a part whose title is lost (its chapters come before any part), else 0.
fn lost_part(titles: &[&Title], candidates: &[Candidate]) -> u8 {
    let Some(first) = candidates.first() else { return 0 };
    if first.scheme <= Scheme::Han || titles.first().is_some_and(|t| t.at <= first.at) {
        return 0;
    }
    let part_follows = candidates.iter().any(|c| c.scheme == Scheme::Han && c.value > 1 && c.at_line_start);
    u8::from(part_follows)
}

/// Are the numbers before the first title chapters of a part whose own title is lost: 一、…七、 that name no period, and
/// behind the plan's title, which has no number, they begin anew?
fn lost_title(titles: &[&Title], candidates: &[Candidate]) -> bool {
    let Some(title) = titles.first().filter(|t| t.kind != Kind::Review && !is_annex(t.kind)) else { return false };
    let parts = || candidates.iter().filter(|c| c.scheme <= Scheme::Han);
    let before = || parts().take_while(|c| c.at < title.at);
    before().count() > 2
        && before().all(|c| c.scheme == Scheme::Han && c.rank != Rank::Part)
        && before().next().is_some_and(|c| c.value == 1)
        && parts().find(|c| c.at > title.at).is_some_and(|c| c.scheme == Scheme::Han && c.value == 1)
}

/// Does the document begin inside a part whose title is lost?
pub fn begins_in_a_part(nodes: &[Node]) -> bool {
    nodes.first().is_some_and(|n| n.depth > 0)
}

/// Candidates of sequences that are lists of items, not chapters.
fn unlikely(text: &str, candidates: &[Candidate], placed: &[Placed], rules: &SegmentRules) -> Vec<usize> {
    let mut bad = Vec::new();
    let groups = placed.iter().map(|p| p.group).max().map_or(0, |g| g + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups];
    for (i, p) in placed.iter().enumerate() {
        members[p.group].push(i);
    }
    for group in members {
        if group.is_empty() {
            continue;
        }
        let parent = parent_of(placed, group[0]).map(|p| &candidates[placed[p].candidate]);
        if !is_chapters(text, candidates, placed, &group, parent, rules) {
            bad.extend(group.iter().map(|&i| placed[i].candidate));
        }
    }
    bad
}

fn parent_of(placed: &[Placed], child: usize) -> Option<usize> {
    placed[..child].iter().rposition(|p| p.depth < placed[child].depth)
}

/// Are the members of a sequence headings of chapters?
fn is_chapters(
    text: &str,
    candidates: &[Candidate],
    placed: &[Placed],
    group: &[usize],
    parent: Option<&Candidate>,
    rules: &SegmentRules,
) -> bool {
    let first = &candidates[placed[group[0]].candidate];
    if let Some(parent) = parent
        && rules
            .kinds
            .first(&super::paragraph::folded(parent.heading.of(text)))
            .is_some_and(|k| k.0 == Kind::Livelihood)
    {
        return false;
    }
    let low = first.scheme >= Scheme::Ordinal;
    if low && group.len() == 1 && !(first.at_line_start && first.value > 1) {
        return false;
    }
    let mut good = 0usize;
    for &i in group {
        let candidate = &candidates[placed[i].candidate];
        let next = placed.get(i + 1).map_or(text.len(), |n| candidates[n.candidate].at);
        let body = next.saturating_sub(candidate.heading.end);
        let fits = match candidate.joint {
            Joint::OwnLine | Joint::FirstSentence => candidate.name_like,
            Joint::OwnSentence => {
                candidate.name_like && candidate.at_line_start && body > 120 && candidate.heading.len() < 180
            }
            Joint::Colon => candidate.name_like && body > 60,
            Joint::Seam => candidate.name_like && first.scheme <= Scheme::HanBracket,
        };
        let inline_list = !candidate.at_line_start && low && (body < INLINE_BODY || candidate.heading.len() > 120);
        good += usize::from(fits && !inline_list);
    }
    good * 10 >= group.len() * 6
}

/// A sequence whose headings all run into their text without punctuation is cut at the seams.
fn mend_seams(text: &str, candidates: &mut [Candidate], placed: &[Placed], rules: &SegmentRules) {
    let groups = placed.iter().map(|p| p.group).max().map_or(0, |g| g + 1);
    for group in 0..groups {
        let members: Vec<usize> = placed.iter().filter(|p| p.group == group).map(|p| p.candidate).collect();
        let seams: Vec<Option<usize>> = members
            .iter()
            .map(|&i| {
                let c = &candidates[i];
                if c.joint == Joint::Seam {
                    return Some(c.heading.len());
                }
                if !matches!(c.joint, Joint::FirstSentence | Joint::OwnSentence) {
                    return None;
                }
                let inner = c.heading.of(text);
                let clause = inner.find(['，', ',']).unwrap_or(inner.len());
                seam::find(inner, &rules.seams).filter(|&end| end < clause)
            })
            .collect();
        let found = seams.iter().flatten().count();
        if members.len() < 3 || found * 10 < members.len() * 6 {
            continue;
        }
        for (&i, seam) in members.iter().zip(&seams) {
            if let Some(end) = *seam
                && end < candidates[i].heading.len()
            {
                let start = candidates[i].heading.start;
                candidates[i].heading = Span::new(start, start + end);
                candidates[i].joint = Joint::Seam;
                candidates[i].name_like = is_name_like(candidates[i].heading.of(text));
            }
        }
    }
}

fn nodes(titles: &[&Title], candidates: &[Candidate], placed: &[Placed]) -> Vec<Node> {
    let mut nodes: Vec<Node> = titles
        .iter()
        .map(|t| Node {
            at: t.at,
            depth: 0,
            number: None,
            heading: Some(t.heading),
            kind: Some(t.kind),
            evidence: t.evidence.clone(),
        })
        .collect();
    for p in placed {
        let candidate = &candidates[p.candidate];
        let joint = match candidate.joint {
            Joint::OwnLine => "own line",
            Joint::OwnSentence => "own line with a stop",
            Joint::FirstSentence => "first sentence",
            Joint::Colon => "up to the colon",
            Joint::Seam => "up to where the body seems to begin",
        };
        let place = if candidate.at_line_start { "line start" } else { "inside the line" };
        nodes.push(Node {
            at: candidate.at,
            depth: p.depth,
            number: Some(candidate.printed),
            heading: Some(candidate.heading),
            kind: None,
            evidence: format!("number {} at {place}, {joint}", candidate.scheme.name()),
        });
    }
    nodes.sort_by_key(|n| n.at);
    nodes
}
