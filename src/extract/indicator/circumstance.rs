//! What the words around a value make of it before it is named: the frame of a circumstance, the speed of a growth, a movement
//! that is a deed, a verb that is a movement.

use super::compose::{Carried, Scene};
use super::deed::is_subject;
use super::figure::Figure;
use super::grammar::{Effect, Grammar};
use super::lead::Lead;
use super::trail::parse_trail;
use crate::extract::unit::Dimension;

/// 在|房地产税收下降13%的情况下, 除|外贸出口增长2%外: the words of the frame are no part of the name. Is it one of circumstance,
/// so that the next clause goes on with what was spoken of before it?
pub fn in_frame(grammar: &Grammar, lead_text: &str, behind: &str, lead: &mut Lead<'_>) -> bool {
    let opens = |word: &str| lead_text.trim_start().starts_with(word);
    let clause = &behind[..behind.find(['。', '；']).unwrap_or(behind.len())];
    if opens("除") {
        let near = clause.char_indices().nth(12).map_or(clause.len(), |(at, _)| at);
        if clause[..near].contains('外')
            && let Some(name) = lead.name.strip_prefix('除').filter(|name| name.chars().count() >= 2)
        {
            lead.name = name.trim_start_matches('了');
        }
        return false;
    }
    if grammar.frames.prefix_of(clause).is_none() || !(opens("在") || opens("面对") || opens("克服")) {
        return false;
    }
    if let Some(name) = lead.name.strip_prefix('在').filter(|name| name.chars().count() >= 2) {
        // 在|调减|玉米种植面积332万亩的情况下
        match grammar.action_at_start(name).filter(|deed| name[deed.len()..].chars().count() >= 2) {
            Some(deed) if lead.effect.is_none() && lead.action.is_none() => {
                lead.action = Some(deed);
                lead.name = &name[deed.len()..];
            }
            _ => lead.name = name,
        }
    }
    true
}

/// 生产总值以年均|12%|的速度增长: a rate of growth, told by the noun behind it.
pub fn at_a_speed(figure: &Figure, lead_text: &str, trail: &str, lead: &mut Lead<'_>) {
    let Figure::Value(quantity) = figure else { return };
    let at = lead_text.trim_end();
    let by = at.ends_with('以') || at.ends_with("以年均") || at.ends_with("以每年");
    if by
        && quantity.dimension == Dimension::Percent
        && lead.effect.is_none()
        && let Some(moved) = trail.strip_prefix("的速度").or_else(|| trail.strip_prefix("的增速"))
    {
        lead.effect = Some(if moved.contains(['降', '减']) { Effect::Down } else { Effect::Up });
    }
}

/// 提升6个外贸基地建设水平: a movement without a name, with a counted noun behind the value, is an action on it.
pub fn stand_alone<'t>(scene: &Scene<'_>, figure: &Figure, lead_text: &'t str, trail: &str, lead: &mut Lead<'t>) {
    let Figure::Value(quantity) = figure else { return };
    let grammar = &scene.context.rules.grammar;
    let word = lead_text.trim();
    let alone = lead.name.is_empty()
        && lead.against.is_none()
        && grammar.predicate_at_end(word).is_some_and(|(w, _)| w == word);
    let moves = matches!(lead.effect, Some(Effect::Up | Effect::Down));
    let named = || parse_trail(grammar, trail, true, false).is_some();
    if alone && moves && quantity.dimension == Dimension::Count && named() {
        lead.action = Some(word);
        lead.effect = None;
        return;
    }
    // 增加|6700万元|资金: money is given, not grown.
    if alone && moves && quantity.dimension == Dimension::Money && grammar.sought.prefix_of(trail).is_some() {
        lead.action = Some(word);
        lead.effect = None;
        return;
    }
    // “县中振兴”工程|提升|40所普通高中, 综合|提升|10个小区: so is what somebody did, where things are counted behind it.
    let improved = ["提升", "改善", "优化", "提质"].iter().find(|verb| word.ends_with(**verb));
    if let Some(verb) = improved
        && lead.effect == Some(Effect::Up)
        && lead.against.is_none()
        && quantity.dimension == Dimension::Count
        && lead.action.is_none()
        && trail.starts_with(crate::text::is_han)
        && !trail.starts_with('的')
        && !trail.contains(|c: char| c.is_ascii_digit())
        && named()
    {
        let who = lead.name;
        lead.action = Some(&word[word.len() - verb.len()..]);
        lead.effect = None;
        lead.name = "";
        lead.subject = lead.subject.or_else(|| Some(who).filter(|who| is_subject(grammar, who)));
    }
}

/// 粮食总产量达到1360万吨，|减产|45万吨, 支出485亿元，|比上年增支|127亿元: by how much the statistic before moved.
pub fn bare_move(figure: &Figure, carried: &Carried, lead: &mut Lead<'_>) {
    let Figure::Value(quantity) = figure else { return };
    if lead.effect.is_some() || lead.action.is_some() || carried.action.is_some() {
        return;
    }
    let bare = ["比上年", "较上年", "比去年", "同比"].iter().find_map(|than| lead.name.strip_prefix(than));
    let effect = match bare.unwrap_or(lead.name) {
        "增产" | "增支" | "增收" | "多收" => Effect::Up,
        "减产" | "减支" | "减收" | "少收" => Effect::Down,
        _ => return,
    };
    // 粮食产量实现“十一连增”，增产17亿斤: the clause before names it.
    let told = !carried.names.is_empty() && carried.dimension == Some(quantity.dimension);
    let crop = carried.names.is_empty() && quantity.dimension == Dimension::Mass && lead.name.ends_with('产');
    if told || crop {
        (lead.name, lead.effect) = ("", Some(effect));
    }
}

/// 减环节58%, 缩短审批时限5天, 提高缴费标准2个百分点: a verb before the statistic says how it moved.
pub fn move_before(scene: &Scene<'_>, figure: &Figure, lead: &mut Lead<'_>) {
    let Figure::Value(quantity) = figure else { return };
    if lead.effect.is_some() || lead.share_of.is_some() || lead.rate_noun.is_some() {
        return;
    }
    let grammar = &scene.context.rules.grammar;
    let relative = matches!(quantity.dimension, Dimension::Percent | Dimension::PercentagePoint);
    let verb = match lead.action {
        Some(verb) if !lead.name.is_empty() => verb,
        Some(_) => return,
        None => match grammar.lowering.prefix_of(lead.name) {
            Some(verb)
                if relative
                    && lead.name[verb.len()..].chars().count() >= 2
                    // 完成减排任务80%: how much of the task was done.
                    && grammar.yardsticks.suffix_of(lead.name).is_none()
                    && !scene.context.lexicon.is_name(lead.name) =>
            {
                lead.name = &lead.name[verb.len()..];
                verb
            }
            _ => return,
        },
    };
    let effect = if grammar.lowering.contains(verb) {
        Effect::Down
    } else if grammar.raising.contains(verb) {
        Effect::Up
    } else {
        return;
    };
    // 减少支出3亿元, 延长道路5公里 are amounts that something was done to.
    if relative || quantity.dimension == Dimension::Duration {
        lead.action = None;
        lead.effect = Some(effect);
    }
}
