//! The name before a value: 生产总值达到|3亿元, and what it takes from the clause before: …，总投资|12亿元.

use super::aspect::of_statistic_before;
use super::compose::Scene;
use super::dealing::dealt_whole;
use super::figure::Figure;
use super::grammar::Effect;
use super::lead::is_facets;
use super::members::{known_statistics, split_names};
use super::naming::{Around, Naming, is_countish};
use super::neighbours::{attributive_owner, counterpart, per_head};
use super::tails::with_modifier;
use crate::extract::number::NumberShape;
use crate::extract::unit::Dimension;

/// The names that the words before the value give, and how many bytes of those behind it they take up. `moves`: they say
/// that something rose or fell.
pub fn name_before(scene: &Scene<'_>, around: &Around<'_>, moves: bool) -> (Option<Naming>, usize) {
    let Around { group, lead, lead_text, trail_text, carried, coordinated, .. } = *around;
    let grammar = &scene.context.rules.grammar;
    let action = lead.action.map(str::to_owned);
    let subject = lead.subject.map(str::to_owned);
    let own = |names: Vec<String>, rule| Naming::of(lead, names, rule);
    if let Some(branch) = lead.branch {
        let whole = format!("{branch}{}", lead.name);
        let listed = group.len() > 1 && lead.name.contains(['、', '和']);
        let names = if listed && lead.name.split(['、', '和']).count() == group.len() {
            lead.name.split(['、', '和']).map(|measure| format!("{branch}{measure}")).collect()
        } else if lead.each {
            split_names(scene, &whole, group.len(), lead)
        } else {
            vec![whole]
        };
        return (Some(own(names, "name_value")), 0);
    }
    // 地方一般公共预算收入增长2.3%、支出超过7000亿元: what the other side of the statistic before is.
    if let Some(name) = carried.names.last().and_then(|before| counterpart(before, lead.name)) {
        return (Some(own(vec![name], "facet")), 0);
    }
    let sold = coordinated && carried.names.first().is_some_and(|first| first.ends_with("销售"));
    if (lead.name == "销售" || sold)
        && let Some(name) = carried.names.first().and_then(|first| with_modifier(scene, first, lead.name))
    {
        return (Some(own(vec![name], "name_value")), 0);
    }
    if let Some((name, rule)) = of_statistic_before(scene, around) {
        let mut naming = own(vec![name], rule);
        // 新增营收超10亿元项目5个、超亿元项目45个: the same was done to those.
        naming.action = naming.action.or_else(|| carried.action.clone().filter(|_| lead.effect.is_none()));
        return (Some(naming), 0);
    }
    if is_facets(grammar, lead.name) && !carried.names.is_empty() && !trail_text.trim_start().starts_with('的') {
        let plain = lead.name.split(['、', '和', '及', '与']).all(|n| grammar.plain_facets.contains(n));
        let many = lead.name.split(['、', '和', '及', '与']).count();
        let names = if plain {
            // 总量、增幅|全市第一: a rank of each.
            let ranked = matches!(group, [Figure::Rank(_)]);
            let repeat = if lead.each || lead.both || ranked { many } else { 1 };
            let of_size = grammar.size_facets.contains(lead.name);
            // 新能源装机占比63%、|规模|翻一番: the size of what the share is of.
            let whole = |n: &String| {
                let share = ["占比", "比重", "比例"].iter().find_map(|share| n.strip_suffix(share));
                share.filter(|_| of_size).map_or_else(|| n.clone(), |thing| format!("{thing}{}", lead.name))
            };
            carried.names.iter().flat_map(|n| std::iter::repeat_n(whole(n), repeat)).collect()
        } else if matches!(lead.name, "占比" | "比重" | "比例" | "参合率" | "亩产" | "单产") {
            let joined = |n: &String| {
                // 参合人数…，参合率: a statistic of its own.
                let own = lead.name.char_indices().nth(2).is_some_and(|(at, _)| n.starts_with(&lead.name[..at]));
                let own = own || scene.context.lexicon.is_name(lead.name);
                if own { lead.name.to_owned() } else { format!("{n}{}", lead.name) }
            };
            carried.names.iter().map(joined).collect()
        } else {
            // 规模以上工业企业58家，完成增加值22.6亿元: the measure of those that were counted.
            let whole = |n: &String| format!("{}{}", n.strip_suffix("企业").unwrap_or(n), lead.name);
            let counted = matches!(carried.dimension, Some(Dimension::Count | Dimension::Household))
                && !lead.name.ends_with("投资");
            let known =
                carried.names.last().map(whole).filter(|name| counted && scene.context.lexicon.code(name).is_some());
            vec![known.unwrap_or_else(|| lead.name.to_owned())]
        };
        return (
            Some(Naming {
                names,
                action,
                subject: subject.or_else(|| carried.subject.clone()),
                rule: "facet",
                carried: true,
                // 企业达到70家，完成产值84亿元，同比增长19.3%: what grew is the output.
                keeps_carried: plain
                    || grammar.measure_nouns.suffix_of(lead.name).is_none()
                    // 总投资5亿元 is of the project; 完成投资2亿元，增长8% speaks of what was invested.
                    || (lead.name.ends_with("投资") && !lead.completed && lead.name != "完成投资"),
            }),
            0,
        );
    }
    // 签约项目52个，其中10亿元以上|9个: the threshold qualifies what the clause before counted.
    if let (Some(Figure::Value(quantity)), Some(whole)) = (group.last(), carried.names.last())
        && is_countish(quantity)
        && matches!(carried.dimension, Some(Dimension::Count | Dimension::Household))
        && lead.effect.is_none()
        && ["以上", "以下"].iter().any(|end| lead.name.ends_with(end))
    {
        let head = ["以上", "以下"].iter().filter_map(|end| whole.rsplit_once(end)).map(|(_, head)| head).next();
        let head = head.unwrap_or(whole).trim_start_matches('的');
        let head = head.rsplit_once('元').map_or(head, |(_, head)| head);
        let mut naming = own(vec![format!("{}{head}", lead.name)], "attribute");
        naming.keeps_carried = true;
        naming.action = naming.action.or_else(|| carried.action.clone());
        return (Some(naming), 0);
    }
    // 规划园区12个，在建34家: how far those before are.
    if grammar.unfinished.contains(lead.name)
        && lead.effect.is_none()
        && !carried.names.is_empty()
        && matches!(group.last(), Some(Figure::Value(q)) if is_countish(q))
    {
        let mut naming = own(carried.names.clone(), "carried");
        naming.action = Some(lead.name.to_owned());
        (naming.carried, naming.keeps_carried) = (true, true);
        return (Some(naming), 0);
    }
    if let Some(owner) = attributive_owner(scene, lead, group, trail_text) {
        return (Some(own(vec![owner], "attribute")), 0);
    }
    // 培训县级骨干教师500名、市级60名: an attribute takes the head that the member before has.
    // 城镇低保补差由…提高到…，农村由…: the other of two.
    let other_of_two = lead.from || lead.effect == Some(Effect::State);
    if (coordinated || other_of_two || lead_text.contains("其中"))
        && grammar.attributes.contains(lead.name)
        && let Some(first) = carried.names.last()
        // 实施|类省级|项目5个、市级|20个: the grade of the first may stand behind its kind.
        && let other = grammar.attributes.prefix_of(first).map_or_else(
            || grammar.attributes.find_iter(first).find(|w| first[..w.end].ends_with('级')).map_or(0, |w| w.end),
            str::len,
        )
        && (other > 0 || lead.name.ends_with('级'))
        && first.len() > other
        && !first.ends_with(lead.name)
    {
        let mut naming = own(vec![format!("{}{}", lead.name, &first[other..])], "attribute");
        naming.action = naming.action.or_else(|| carried.action.clone());
        return (Some(naming), 0);
    }
    let joins = ['和', '、', '与', '及'];
    let joined = lead.name.contains(joins)
        && grammar.split_pairs.iter().any(|p| p.phrase.contains(joins) && lead.name.contains(&p.phrase));
    let ranked = matches!(group.last(), Some(Figure::Rank(_) | Figure::Phrase(_)));
    // A、B翻一番, A率、B率达93%
    let doubled = matches!(group.last(), Some(Figure::Value(q)) if q.shape == NumberShape::Doubling);
    let of_rates = matches!(group.last(), Some(Figure::Value(q)) if q.dimension == Dimension::Percent)
        && lead.name.ends_with('率')
        && lead.share_of.is_none();
    let each = ranked || moves || doubled;
    let told_of_each = group.len() == 1 && !lead.each && (each || of_rates);
    let mut whole = false;
    let names = if let Some(names) = told_of_each.then(|| known_statistics(scene, lead, ranked, each)).flatten() {
        names
    } else if let Some(names) = dealt_whole(scene, lead, if lead.each { group.len() } else { 0 }) {
        whole = true;
        names
    } else if lead.each || lead.both || joined || group.len() > 1 {
        split_names(scene, lead.name, group.len(), lead)
    } else {
        vec![lead.name.to_owned()]
    };
    let mut naming = own(names, if lead.effect.is_some() { "name_predicate_value" } else { "name_value" });
    if whole {
        naming.action = None;
    }
    // 每千人口执业医师数3.1人、注册护士3.4人: both of so many people.
    if coordinated
        && let Some(per) = carried.names.last().and_then(|name| per_head(grammar, name))
        && naming.names.iter().all(|name| per_head(grammar, name).is_none())
    {
        naming.names.iter_mut().for_each(|name| name.insert_str(0, per));
    }
    // 发送旅客超4500万人次、货物超5000万吨: a bound is no predicate of its own.
    let bounded = lead_text.trim_end().ends_with(['超', '逾', '近', '约']) || lead_text.trim_end().ends_with("超过");
    // 建成项目4个、装机规模|全省第一: nothing is done to a place.
    if coordinated && naming.action.is_none() && !ranked && (lead.effect.is_none() || bounded) {
        naming.action.clone_from(&carried.action);
    }
    (Some(naming), 0)
}
