//! Words around a phase of work or a deed that tell how far the works are: 进入路面施工阶段, 具备核准条件.

use crate::model::Stage;
use crate::text::Span;

use super::brackets::Brackets;
use super::rules::{Meaning, ProjectRules, Verb, Word};

/// The frames of a clause in order, each read as a verb that is said of the noun before it.
pub(super) fn find(rules: &ProjectRules, text: &str, body: Span, brackets: &Brackets) -> Vec<(Span, Verb)> {
    let mut out: Vec<(Span, Verb)> = Vec::new();
    // Most clauses hold no word that closes one.
    if rules.frame_marks.as_ref().is_some_and(|closes| closes.find(body.of(text)).is_none()) {
        return out;
    }
    for open in rules.frame_opens.find_iter(body.of(text)) {
        let (start, from) = (body.start + open.start, body.start + open.end);
        if brackets.contain(start) || out.last().is_some_and(|(last, _)| start < last.end) {
            continue;
        }
        let within = &text[from..body.end];
        let within = &within[..within.char_indices().nth(LONGEST).map_or(within.len(), |(at, _)| at)];
        let within = &within[..within.find(['、', '的', '等']).unwrap_or(within.len())];
        let Some(close) = rules.frame_closes.find_iter(within).next() else { continue };
        let condition = within[close.start..].starts_with("条件");
        if let Some(meaning) = meaning(rules, &within[..close.start], condition) {
            let verb = Verb { object: None, subject: Some(meaning), lead: false };
            out.push((Span::new(start, from + close.end), verb));
        }
    }
    out
}

/// Characters between the two words of a frame.
const LONGEST: usize = 16;

/// What the words inside say: a phase of work or a deed at their end; what a condition is met for is still to come.
fn meaning(rules: &ProjectRules, inner: &str, condition: bool) -> Option<Meaning> {
    let phase = rules.ends.longest(inner.as_bytes(), inner.len()).and_then(|(_, phase)| phase);
    let deed = || {
        let (at, len, word) = rules.lexicon.find_iter(inner).last()?;
        match word {
            Word::Verb(verb) if at + len == inner.len() => verb.subject.or(verb.object).filter(|m| m.definite),
            _ => None,
        }
    };
    let mut meaning = rules.frame;
    meaning.stage = match (phase.map(|p| p.stage).or_else(|| deed().map(|m| m.stage))?, condition) {
        (Stage::Completed, _) => Stage::UnderConstruction,
        (Stage::Started, true) => Stage::Planned,
        (stage, _) => stage,
    };
    Some(meaning)
}
