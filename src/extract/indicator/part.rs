//! A part of the region alone before its value, the statistic left out: 财政收入27亿元，其中|市本级|增长14%, （甲市|21亿元，乙区|2亿元）.

use super::compose::{Carried, Scene};
use super::figure::Figure;
use super::grammar::{Effect, Grammar};
use super::lead::Lead;
use super::naming::Naming;
use crate::extract::unit::Dimension;

/// The statistic of the clause before, said of the part of the region that is all that stands before the value.
pub fn of_part(
    scene: &Scene<'_>,
    lead: &Lead<'_>,
    lead_text: &str,
    group: &[Figure],
    carried: &Carried,
) -> Option<Naming> {
    let grammar = &scene.context.rules.grammar;
    let (statistic, [Figure::Value(quantity)]) = (carried.names.last()?, group) else { return None };
    let who = lead.name;
    if who.is_empty() || lead.action.is_some() || lead.share_of.is_some() || !is_part(grammar, who) {
        return None;
    }
    let moved = matches!(lead.effect, Some(Effect::Up | Effect::Down | Effect::GapUp | Effect::GapDown));
    let relative = matches!(quantity.dimension, Dimension::Percent | Dimension::PercentagePoint);
    let alike = carried.dimension == Some(quantity.dimension) || relative && moved;
    // 龙头企业62家，其中省级21家: a grade of what was counted, no part of the region.
    let grade = quantity.dimension == Dimension::Count && grammar.attributes.contains(who);
    if !alike || grade || statistic.as_str() == who {
        return None;
    }
    let before = &scene.sentence[..quantity.outer.start];
    let open = before.rfind(['（', '(']);
    let bracketed = open.is_some_and(|at| !before[at..].contains(['）', ')', '。']));
    let said = lead_text.contains("其中") || before[..before.len() - lead_text.len()].ends_with("其中：");
    // 其中甲县20亿元、乙县15亿元
    if !(bracketed || said || carried.part.is_some() || who.starts_with('各')) {
        return None;
    }
    Some(Naming {
        names: vec![statistic.clone()],
        action: carried.action.clone().filter(|_| !relative),
        subject: Some(who.to_owned()),
        rule: "carried",
        carried: true,
        keeps_carried: true,
    })
}

/// 其中市本级10亿元，|增长14%: a value without a name goes on with the part, until its bracket is closed.
pub fn go_on(naming: &mut Naming, carried: &mut Carried, since: &str) {
    if naming.rule != "carried" || since.contains(['）', ')', '；']) {
        carried.part = None;
    }
    if naming.rule == "carried" {
        if naming.subject.is_some() && naming.subject != carried.subject {
            carried.part.clone_from(&naming.subject);
        } else if naming.subject.is_none() {
            naming.subject.clone_from(&carried.part);
        }
    }
}

/// Is it a place, or a level of government, and nothing else: 乙县, 州高新区, 市本级?
fn is_part(grammar: &Grammar, who: &str) -> bool {
    let place = || {
        (2..=8).contains(&who.chars().count())
            && (who.ends_with(['市', '县', '区', '旗', '镇', '乡', '州', '盟']) || who.ends_with("街道"))
            && who.chars().all(crate::text::is_han)
            && !who.ends_with("小区")
            && !who.ends_with("社区")
            && !who.ends_with("景区")
            && !who.ends_with("城市")
            && !who.contains(['、', '的', '和'])
            && grammar.scopes.prefix_of(who).is_none()
            && grammar.area_kinds.prefix_of(who).is_none()
            && grammar.action_at_start(who).is_none()
    };
    grammar.own_levels.contains(who) || place()
}
