//! Stated quantities → indicators.
//!
//! A paragraph is cut into sentences, a sentence into figures with words between them ([`figure`], [`reach`]). The words
//! before a figure are read backwards from the value: predicate, adverbs, comparison, then forwards: openers ([`lead`]),
//! whose it is and what the name is not ([`split`]), deed ([`deed`]); a counted noun may follow instead ([`trail`]). What a
//! clause leaves out is carried over from the one before ([`preceding`], [`owner`], [`topic`]); what it says of several
//! names at once is dealt out to each ([`members`]), and what a name lacks it takes from those beside it ([`neighbours`]).

mod against;
mod aim;
mod aspect;
mod behind;
mod branch;
mod capacity;
mod circumstance;
mod code;
mod compose;
mod composition;
mod dealing;
mod deed;
mod dismiss;
mod figure;
mod grammar;
mod head;
mod heavier;
mod held;
mod lead;
mod listed;
mod members;
mod name_before;
mod naming;
mod neighbours;
mod noun;
mod noun_behind;
mod object;
mod opener;
mod owner;
mod part;
mod period;
mod plain;
mod preceding;
mod qualitative;
mod rank;
mod reach;
mod region;
mod relative;
mod row;
mod shared;
mod span;
mod speech;
mod split;
mod standard;
mod sums;
mod table;
mod tails;
mod tidy;
mod today;
mod topic;
mod trail;
mod unnamed;

use anyhow::Result;

use self::figure::Figure;
pub use self::grammar::Grammar;
use self::period::Frame;
pub use self::qualitative::Qualitative;
use crate::config::ConfigSource;
use crate::extract::lexicon::Lexicon;
use crate::extract::quantity::{Kind as NumberKind, Quantity, QuantityRules, quantities};
use crate::extract::sentence::sentences;
use crate::extract::unit::Dimension;
use crate::model::{Dismissed, Identity, Indicator, Kind, Project, Section, Status};
use crate::text::Span;

/// The rules by which a row may be found, as they stand in the column `rule`.
pub const RULES: &[&str] = &[
    "name_predicate_value",
    "name_value",
    "value_name",
    "carried",
    "facet",
    "rank",
    "attribute",
    "action_value",
    "clause_before",
    "composition",
    "qualitative",
    "level_with_last_year",
];

/// What indicators read from `config/`.
#[derive(Debug)]
pub struct IndicatorRules {
    pub grammar: Grammar,
    pub qualitative: Qualitative,
}

impl IndicatorRules {
    /// # Errors
    /// A file that is missing or malformed.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        Ok(Self { grammar: Grammar::load(source)?, qualitative: Qualitative::load(source)? })
    }
}

/// Everything that indicators are read with.
pub struct Context<'a> {
    pub rules: &'a IndicatorRules,
    pub quantities: &'a QuantityRules,
    pub lexicon: &'a Lexicon,
    pub identity: &'a Identity,
}

/// All indicators of a document, in the order of the text. `projects` are the named ones: their own investment and
/// capacity are theirs and no indicators.
pub fn indicators(
    context: &Context<'_>,
    text: &str,
    sections: &[Section],
    projects: &[Project],
    dismissed: &mut Vec<Dismissed>,
) -> Vec<Indicator> {
    let mut found = Vec::new();
    // The frame at the end of each section.
    let mut ends: Vec<Frame> = Vec::with_capacity(sections.len());
    // Those that the headings set.
    let mut headed: Vec<Frame> = Vec::with_capacity(sections.len());
    // The years that it is first told to be about.
    let mut term: Option<(i16, i16)> = None;
    for (index, section) in sections.iter().enumerate() {
        headed.push(period::section_frame(sections, index, context.identity, &headed));
        if section.kind == Kind::Glossary {
            ends.push(Frame::default());
            continue;
        }
        let one_year = period::of_one_year(sections, index);
        let mut frame = headed[index];
        if !one_year && frame.years.is_none() {
            frame = period::going_on(sections, index, &ends).unwrap_or(frame);
        }
        let chapter = frame;
        let (mut own, mut item) = (frame, None);
        let mut time_of_table = None;
        for mut sentence in sentences(text, section.span) {
            if sentence.opens_paragraph {
                let (number, length) = item_number(sentence.span.of(text));
                // 147 VOC企业污染整治: one more than the paragraph before says that it is the item's number.
                if number.is_some() && item.and_then(|last: u32| last.checked_add(1)) == number {
                    sentence.span.start += length;
                }
                item = number;
                let opening = opening(sentence.span.of(text));
                // 2023年工作回顾: a paragraph on five years is an exception, the next one speaks of the year again.
                frame = period::frame(opening, section, context.identity, if one_year { chapter } else { frame });
                frame.last_year = false;
                // 2006年，…: in a chapter on several years what is summed up is still of them all.
                if frame.years.is_none() && !one_year {
                    frame.chapter = frame.chapter.or(chapter.years);
                }
                own = frame;
            }
            // 五年来，…: what one sentence says of the time holds for what follows, in a chapter on one year only for the
            // rest of its paragraph.
            own = period::sentence_frame(sentence.span.of(text), section, context.identity, own);
            if !one_year {
                frame = own;
            }
            if term.is_none() && section.period == Status::Actual {
                let whole = |years: &(i16, i16)| Some(years.1) == context.identity.review_year && years.0 < years.1;
                term = own.years.or(own.chapter).filter(whole);
            }
            let of_sentence = Frame { term, ..period::since(sentence.span.of(text), section, context.identity, own) };
            let from = found.len();
            read_sentence(context, text, sections, index, sentence.span, of_sentence, &mut found, dismissed);
            if section.kind == Kind::Other {
                if sentence.opens_paragraph {
                    time_of_table = table::title(sentence.span.of(text)).or(time_of_table);
                }
                if let Some(time) = time_of_table {
                    table::date(&mut found[from..], section, time);
                }
            }
            if let Some((_, end)) = own.years
                && let Some(year) = span::year_at_head(sentence.span.of(text))
            {
                own.last_year |= year == end;
            }
        }
        ends.push(frame);
    }
    drop_project_figures(text, projects, &mut found, dismissed);
    found
}

/// A percentage that is a goal which something else is held against, or was held to.
fn held_against(sentence: &str, quantity: &Quantity, period: Status) -> Option<&'static str> {
    if quantity.dimension != Dimension::Percent {
        return None;
    }
    let (before, after) = (&sentence[..quantity.outer.start], &sentence[quantity.outer.end..]);
    if held::compared_aim(before, after) {
        Some("the goal inside a comparison")
    } else if period == Status::Actual
        && (held::told_goal(before, after) || held::passed_goal(&sentence[..quantity.span.start], after))
    {
        Some("a goal that was set")
    } else {
        None
    }
}

/// The number that a paragraph opens with, straight before a word, and the bytes it takes up: `147完成…`.
fn item_number(paragraph: &str) -> (Option<u32>, usize) {
    let rest = paragraph.trim_start_matches(|c: char| c.is_ascii_digit());
    let length = paragraph.len() - rest.len();
    let open =
        length > 0 && length <= 3 && rest.starts_with(|c: char| !matches!(c, '%' | '-' | '—' | '～' | '~' | '/'));
    let mark = rest.chars().next().filter(|c| matches!(c, '.' | '．' | '、' | ')' | '）')).map_or(0, char::len_utf8);
    (open.then(|| paragraph[..length].parse().ok()).flatten(), length + mark)
}

/// The first words of a paragraph, where it says what time it speaks of.
fn opening(paragraph: &str) -> &str {
    let end = paragraph.char_indices().nth(40).map_or(paragraph.len(), |(i, _)| i);
    &paragraph[..end]
}

#[expect(clippy::too_many_arguments, reason = "one call, from the loop above")]
fn read_sentence(
    context: &Context<'_>,
    text: &str,
    sections: &[Section],
    section: usize,
    span: Span,
    frame: Frame,
    found: &mut Vec<Indicator>,
    dismissed: &mut Vec<Dismissed>,
) {
    let sentence = span.of(text);
    let grammar = &context.rules.grammar;
    let mut figures: Vec<Figure> = Vec::new();
    let shares = if composition::may_stand_in(sentence) {
        let paragraph = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        composition::shares(&text[paragraph..span.start], sentence)
    } else {
        Vec::new()
    };
    let scene = compose::Scene { context, sentence, at: span.start, section, sections, frame };
    for share in &shares {
        found.push(row::share(&scene, share));
    }
    let mut last_rank: Option<rank::Rank> = None;
    for quantity in quantities(context.quantities, sentence) {
        if shares.iter().any(|share| share.whole.contains(&quantity.number)) {
            continue;
        }
        let at = quantity.span.shifted(span.start);
        // 列17位, 由99位提升至87位: a rank without 第.
        if rank::is_place(grammar, sentence, &quantity)
            && let Some(rank) = rank::rank(grammar, sentence, &quantity, last_rank.as_ref())
        {
            last_rank = Some(rank.clone());
            figures.push(Figure::Rank(rank));
            continue;
        }
        let reason = match quantity.kind {
            NumberKind::Value => dismiss::dismissal(grammar, sentence, &quantity)
                .or_else(|| held_against(sentence, &quantity, sections[section].period)),
            NumberKind::Ordinal => match rank::rank(grammar, sentence, &quantity, last_rank.as_ref()) {
                Some(rank) => {
                    last_rank = Some(rank.clone());
                    figures.push(Figure::Rank(rank));
                    continue;
                }
                None => Some("an ordinal that is no rank"),
            },
            kind => Some(kind.as_str()),
        };
        match reason {
            Some(reason) => dismissed.push(Dismissed { span: at, reason }),
            None => figures.push(Figure::Value(quantity)),
        }
    }
    for phrase in context.rules.qualitative.find(sentence) {
        // 增速高于全区GDP增速|2.9个百分点: a number tells the distance. 实现了…同步增长的目标: a goal that was set.
        let behind = &sentence[phrase.span.end..];
        let told = figures.iter().any(|f| f.span().overlaps(&phrase.span))
            || figures.iter().any(|f| {
                f.outer().start == phrase.span.end
                    && matches!(f, Figure::Value(q) if q.dimension == Dimension::PercentagePoint)
            })
            || sections[section].period == Status::Actual
                && (held::told_goal(&sentence[..phrase.span.start], behind) || behind.starts_with("”的预期目标"));
        if !told {
            figures.push(Figure::Phrase(phrase));
        }
    }
    drop_thresholds(sentence, span.start, &mut figures, dismissed);
    if figures.is_empty() {
        return;
    }
    figures.sort_by_key(|f| f.span());
    // Words between two figures bind to the first where both claim them.
    for k in 1..figures.len() {
        let (left, right) = figures.split_at_mut(k);
        right[0].begin_after(left[k - 1].outer().end);
    }
    let from = found.len();
    compose::compose(&scene, &figures, found, dismissed);
    region::total_beside_local(&mut found[from..]);
}

/// 178座|10蒸吨|及以下的燃煤锅炉: right behind a count, a bound says which of them they are.
fn drop_thresholds(sentence: &str, at: usize, figures: &mut Vec<Figure>, dismissed: &mut Vec<Dismissed>) {
    for k in (1..figures.len()).rev() {
        let (Figure::Value(count), Figure::Value(bound)) = (&figures[k - 1], &figures[k]) else { continue };
        // 2座|35万千瓦|光热电站: how large each of them is.
        let sized = matches!(bound.dimension, Dimension::Power | Dimension::Voltage)
            && count.dimension == Dimension::Count
            && count.outer.end == bound.outer.start
            && sentence[bound.outer.end..].starts_with(crate::text::is_han);
        if sized {
            dismissed.push(Dismissed { span: bound.span.shifted(at), reason: "a bound on each of what is counted" });
            figures.remove(k);
            continue;
        }
        let behind = sentence[bound.span.end..].trim_start_matches("（含）").trim_start_matches('及');
        let Some(noun) = behind.strip_prefix("以上").or_else(|| behind.strip_prefix("以下")) else { continue };
        let counted = count.dimension == Dimension::Count
            && (bound.unit.as_deref() == Some("蒸吨")
                || !matches!(
                    bound.dimension,
                    Dimension::Count | Dimension::Percent | Dimension::Person | Dimension::Household
                ));
        let noun = noun.trim_start_matches(['的', '各', '类']).starts_with(crate::text::is_han);
        if counted && noun && count.outer.end == bound.outer.start {
            dismissed.push(Dismissed { span: bound.span.shifted(at), reason: "a bound on each of what is counted" });
            figures.remove(k);
        }
    }
}

/// A named project keeps its own investment and capacity: an indicator on the same figure goes.
fn drop_project_figures(text: &str, projects: &[Project], found: &mut Vec<Indicator>, dismissed: &mut Vec<Dismissed>) {
    found.retain(|indicator| {
        let owned = projects.iter().any(|project| {
            if project.sentence.start > indicator.span.end || indicator.span.start > project.sentence.end {
                return false;
            }
            let inside = project.span.contains(&indicator.span);
            let investment = project.investment.is_some()
                && project.investment == indicator.value_si
                && indicator.unit_si.as_deref() == Some("CNY");
            let capacity = project.capacity.is_some()
                && project.capacity == indicator.value
                && project.capacity_unit == indicator.unit
                && indicator.span.start.abs_diff(project.span.end).min(indicator.span.end.abs_diff(project.span.start))
                    < 90
                && text.is_char_boundary(indicator.span.start);
            inside || investment || capacity || capacity::is_outlay_on(text, project, indicator)
        });
        if owned {
            dismissed.push(Dismissed { span: indicator.span, reason: "investment or capacity of a named project" });
        }
        !owned
    });
}
