//! How much of an aim was done: 完成目标的125%, 完成减排任务80%和96% are of the statistic that the aim was set for.

use super::compose::Scene;
use super::figure::Figure;
use super::lead::parse_lead;
use super::members::{members_of, split_names};
use super::naming::{Around, Naming};
use super::tidy::tidy;
use crate::extract::unit::Dimension;

/// Whose share of an aim a group of percentages is. `None` where it is no share of one; `Some(None)` where the clause before
/// lists the statistics.
pub fn done(scene: &Scene<'_>, around: &Around<'_>) -> Option<Option<Naming>> {
    let grammar = &scene.context.rules.grammar;
    let Around { group, lead, lead_text, carried, .. } = *around;
    let percent = matches!(group.last(), Some(Figure::Value(q)) if q.dimension == Dimension::Percent);
    // 完成市下达任务的138%: whoever set it.
    let aim = lead.name.trim_end_matches('的');
    let set = lead.completed && aim.chars().count() <= 10 && grammar.yardsticks.suffix_of(aim).is_some();
    if !percent || !(set || grammar.yardsticks.contains(aim)) {
        return None;
    }
    // 运河投资|完成|工程概算的|64.6%: of what stands before the verb.
    // 新增就业、再就业、困难人员就业分别|完成|年度任务的|112%、130%、125%: of each that the clause lists.
    if let Some((who, _)) = lead_text.rsplit_once("完成")
        && let list = who.trim_end().trim_end_matches("分别")
        && let members = members_of(list.rsplit(['，', '；']).next().unwrap_or(list).trim())
        && group.len() > 1
        && members.len() == group.len()
    {
        return Some(Some(Naming {
            names: members.into_iter().map(|member| tidy(grammar, member).to_owned()).collect(),
            action: lead.action.map(str::to_owned),
            subject: None,
            rule: "name_value",
            carried: false,
            keeps_carried: false,
        }));
    }
    if let Some((who, _)) = lead_text.rsplit_once("完成")
        && let whole = parse_lead(grammar, scene.context.lexicon, who, false)
        && whole.name.chars().count() >= 2
        && whole.action.is_none()
    {
        let names = match group.len() {
            1 => vec![whole.name.to_owned()],
            values => split_names(scene, whole.name, values, lead),
        };
        return Some(Some(Naming {
            names,
            action: lead.action.map(str::to_owned),
            subject: lead.subject.map(str::to_owned),
            rule: "name_value",
            carried: false,
            keeps_carried: false,
        }));
    }
    // 新增就业、再就业、困难人员就业，分别|完成省定任务的|170%、184%、202%
    let dealt = lead.each || lead_text.trim_start().starts_with("分别");
    if dealt && group.len() > 1 && carried.names.len() != group.len() {
        return Some(None);
    }
    // 二氧化硫、氨氮…，完成减排任务80%和96%: each its own, where there are as many.
    let last = carried.names.len().checked_sub(1)?;
    let first = if carried.names.len() == group.len() { 0 } else { last };
    Some(Some(Naming {
        names: carried.names[first..].to_vec(),
        action: None,
        subject: carried.subject.clone(),
        rule: "carried",
        carried: true,
        keeps_carried: true,
    }))
}
