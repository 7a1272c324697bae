//! What a clause says of the statistic before it: how much a head, with whom, how large a share of the region, and those over
//! another mark.

use super::compose::Scene;
use super::figure::Figure;
use super::grammar::Effect;
use super::naming::Around;
use crate::extract::unit::Dimension;
use crate::numeral::is_counting;

/// The name that the words before a value make with the statistic of the clause before, and the rule.
pub fn of_statistic_before(scene: &Scene<'_>, around: &Around<'_>) -> Option<(String, &'static str)> {
    let Around { group, lead, carried, .. } = *around;
    let before = carried.names.last()?;
    match lead.name.chars().next()? {
        // 生产总值突破160亿元，|人均|超过2万元
        '人' => {
            let money = matches!(group.last(), Some(Figure::Value(q)) if q.dimension == Dimension::Money);
            let fits = lead.name == "人均" && money && !before.contains("人均");
            let whole = fits.then(|| format!("人均{before}"))?;
            (scene.context.lexicon.code(&whole).is_some() || before == "经济总量").then_some((whole, "facet"))
        }
        '超' | '过' => over_another(before, lead.name).map(|name| (name, "attribute")),
        '对' => with_whom(scene, around, before).map(|name| (name, "attribute")),
        // 总量迈上4千亿元台阶，|在全省占比|由22%提高到23%
        '在' => {
            let share = ["占比", "比重", "位次", "排名", "份额"].iter().any(|share| lead.name.ends_with(share));
            (share && lead.name.chars().count() <= 8).then(|| (format!("{before}{}", lead.name), "facet"))
        }
        _ => None,
    }
}

/// 进出口总值增长12%，其中|对中亚五国|增长48%: with whom the trade is that was told of.
fn with_whom(scene: &Scene<'_>, around: &Around<'_>, before: &str) -> Option<String> {
    let Around { lead, lead_text, carried, coordinated, .. } = *around;
    let grammar = &scene.context.rules.grammar;
    let moves = matches!(lead.effect, Some(Effect::Up | Effect::Down | Effect::GapUp | Effect::GapDown));
    let bare = moves
        && lead.action.is_none()
        && (3..=16).contains(&lead.name.chars().count())
        && grammar.foreign.suffix_of(lead.name).is_none()
        && (coordinated || lead_text.contains("其中") || carried.rule != "value_name");
    let trade = grammar.foreign.suffix_of(before).filter(|_| bare)?;
    Some(format!("{}{trade}", lead.name))
}

/// 工业产值超百亿元的镇3个，|超50亿元的镇|4个: what the mark of the one before measures, the next one leaves out.
fn over_another(before: &str, name: &str) -> Option<String> {
    let mark = name.strip_prefix(['超', '过'])?.trim_start_matches(|c: char| is_counting(c) || "百千万亿.".contains(c));
    let head = mark.strip_prefix('元')?;
    let at = before.find(['超', '过']).filter(|at| *at >= 6)?;
    // 超千万元的|45户: nor does it say of what it is.
    let thing = || before[at..].split_once('元').map(|(_, thing)| thing).filter(|thing| thing.chars().count() >= 2);
    let tail = if head.trim_matches('的').is_empty() { thing()? } else { "" };
    let tail = if head.ends_with('的') { tail.trim_start_matches('的') } else { tail };
    Some(format!("{}{name}{tail}", &before[..at]))
}
