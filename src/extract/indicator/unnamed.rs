//! A value without a name right before or behind it: a threshold or a grade stands between, the deed names it, or it is of
//! what the clause before named.

use super::behind::event_behind;
use super::compose::Scene;
use super::figure::Figure;
use super::heavier::heavier;
use super::naming::{Around, Naming, is_countish};
use super::neighbours::{behind_grades, counterpart};
use super::plain::behind_glued;
use super::tidy::tidy;
use super::trail::parse_trail;
use super::{object, relative};
use crate::extract::unit::Dimension;

/// The names that are left, and how many bytes of the words behind the value they take up. `moves`: the words before it say
/// that something rose or fell.
pub fn unnamed(scene: &Scene<'_>, around: &Around<'_>, moves: bool) -> (Option<Naming>, usize) {
    let Around { group, lead, lead_text, trail_text, runs_on, carried, coordinated, .. } = *around;
    let grammar = &scene.context.rules.grammar;
    let action = lead.action.map(str::to_owned);
    let own = |names: Vec<String>, rule| Naming::of(lead, names, rule);
    // 22个750千伏和330千伏电网工程: the grades before the noun are part of what it is called.
    if let Some(Figure::Value(quantity)) = group.last()
        && is_countish(quantity)
        && let Some(graded) = behind_grades(grammar, trail_text)
        && let Some((noun, _)) = parse_trail(grammar, graded, lead.action.is_some(), runs_on)
    {
        let at = trail_text.len() - graded.len() + graded.find(noun).unwrap_or(0) + noun.len();
        let name = tidy(grammar, &trail_text[..at]).to_owned();
        return (Some(own(vec![name], "value_name")), at);
    }
    // 建设20个10亿元以上的项目: the noun that is counted stands behind a threshold.
    if let Some(Figure::Value(quantity)) = group.last()
        && is_countish(quantity)
        && trail_text.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        let noun = trail_text.trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let noun = noun.split_once("以上").or_else(|| noun.split_once("以下")).map_or("", |(_, noun)| noun);
        let named = parse_trail(grammar, noun, true, runs_on);
        if named.is_some() || lead.action.is_some() {
            // 6万名65岁以上老年人|免费体检: what is told of them stands behind the noun.
            let used = named.map_or(trail_text.len(), |(_, used)| trail_text.len() - noun.len() + used);
            return (named.map(|(name, _)| own(vec![tidy(grammar, name).to_owned()], "value_name")), used);
        }
    }

    // 拿出8亿元|支持|基层化债
    if let (Some(_), Some(Figure::Value(quantity))) = (lead.action, group.last())
        && quantity.dimension == Dimension::Money
        && lead.effect.is_none()
        && let Some((purpose, used)) = object::purpose(grammar, trail_text)
    {
        return (Some(own(vec![tidy(grammar, purpose).to_owned()], "value_name")), used);
    }
    if let (Some(word), Some(Figure::Value(quantity))) = (lead.action, group.last())
        && quantity.dimension == Dimension::Money
        && grammar.spendings.contains(word)
    {
        if let Some(fund) = object::fund_before(scene, lead_text, group[0].outer().start) {
            return (Some(own(vec![fund.to_owned()], "clause_before")), 0);
        }
        let mut naming = own(vec![word.to_owned()], "action_value");
        naming.keeps_carried = true;
        return (Some(naming), 0);
    }
    // 落实贷款1.3亿元、|贴息|234万元: money that is called by the giving.
    if let (Some(word), Some(Figure::Value(quantity))) = (lead.action, group.last())
        && coordinated
        && quantity.dimension == Dimension::Money
        && lead.effect.is_none()
        && carried.action.as_deref().is_some_and(|deed| deed != word)
        && grammar.money_deeds.contains(word)
    {
        let mut naming = own(vec![word.to_owned()], "name_value");
        naming.action.clone_from(&carried.action);
        return (Some(naming), 0);
    }
    // 吸引|3万人次|参与: what they came for is all that names them.
    if let (Some("吸引" | "组织" | "发动" | "动员" | "引导"), Some(Figure::Value(quantity))) =
        (lead.action, group.last())
        && matches!(quantity.dimension, Dimension::Person | Dimension::PersonTime)
        && lead.name.is_empty()
        && lead.effect.is_none()
        && let Some(event) = ["参与", "参加", "观看", "参观", "游览", "体验", "打卡", "观赛", "观演"]
            .iter()
            .find(|event| trail_text.starts_with(**event))
    {
        let mut naming = own(vec![(*event).to_owned()], "action_value");
        naming.action = Some(lead.action.unwrap_or_default().to_owned());
        return (Some(naming), 0);
    }
    // 新建搬迁点3个，共搬迁438户: a deed done to other things than the clause before spoke of.
    let other = match group.last() {
        Some(Figure::Value(quantity)) => {
            // 总量3万户、净增10%: a percentage is of what was named, whatever the verb.
            !matches!(quantity.dimension, Dimension::Percent | Dimension::PercentagePoint)
                && carried.dimension.is_some_and(|dimension| dimension != quantity.dimension)
        }
        _ => false,
    };
    let reached = lead.action.is_some_and(|deed| grammar.benefits.contains(deed));
    let on_other = lead.action.is_some() && lead.effect.is_none() && other && !reached;
    // 烟叶种植3.2万亩、收购9.2万担: a list goes on with what it began with.
    let own_deed = on_other && !coordinated;
    // 23个项目完成投资28亿元、竣工7个: the deed was done to what was counted before.
    if on_other
        && let (Some((names, dimension)), Some(Figure::Value(quantity))) = (&carried.counted, group.last())
        && *dimension == quantity.dimension
    {
        let mut naming = own(names.clone(), "carried");
        naming.carried = true;
        naming.keeps_carried = true;
        return (Some(naming), 0);
    }
    // 投入资金1260万元，4600人脱贫: what happened to them is all that names them.
    if let Some(Figure::Value(quantity)) = group.last()
        && other
        // 贫困人口96户、183人|全部脱贫: both of what was named.
        && !(coordinated && carried.rule == "name_value")
        // 建成252套廉租房，首批241户入住
        && !grammar.batches.contains(lead_text.trim())
        && lead.action.is_none()
        && lead.effect.is_none()
        && matches!(quantity.dimension, Dimension::Person | Dimension::Household)
        && let behind = behind_glued(scene, quantity, trail_text)
        && let Some(event) = event_behind(grammar, behind).and_then(|event| heavier(grammar, behind, event))
    {
        let mut naming = own(vec![event.to_owned()], "action_value");
        // 脱贫人口828户|1710人: the same people, counted twice.
        if lead_text.trim().is_empty()
            && carried.dimension == Some(Dimension::Household)
            && carried.rule == "name_value"
            && carried.names.iter().all(|name| !name.starts_with(['对', '为', '向']))
        {
            naming = own(carried.names.clone(), "carried");
            (naming.carried, naming.keeps_carried) = (true, true);
        }
        naming.action = Some(event.to_owned());
        return (Some(naming), 0);
    }
    // 存栏61万头、出栏48万头: a deed that named itself names no other.
    let own_deed =
        own_deed || lead.action.is_some() && lead.effect.is_none() && carried.names.first() == carried.action.as_ref();
    if let (Some(Figure::Value(quantity)), [name]) = (group.last(), carried.names.as_slice())
        && let Some(whole) = relative::whole_of_share(name, quantity, carried.counted.as_ref())
    {
        let mut naming = own(whole.to_vec(), "carried");
        naming.carried = true;
        return (Some(naming), 0);
    }
    // Nothing of its own: what the clause before named.
    if !carried.names.is_empty() && !own_deed {
        return (
            Some(Naming {
                names: carried.names.clone(),
                // 引进项目50个、增长8% is the growth of what was brought in; 新增10家、总数达89家 is a stock.
                action: action.or_else(|| {
                    let grown = |deed: &String| moves && deed != "完成";
                    // 7家企业|进入|全国前50名: what they did is told of them, not of their rank.
                    let of_rank = carried.rule == "value_name" && matches!(group[0], Figure::Rank(_));
                    // 20家企业签约、15家|入驻: its own verb stands behind it.
                    let own =
                        matches!(group.last(), Some(Figure::Value(_))) && relative::own_event(grammar, trail_text);
                    let listed = coordinated && lead.effect.is_none() && !of_rank && !own;
                    carried.action.clone().filter(|deed| listed || grown(deed))
                }),
                subject: carried.subject.clone(),
                rule: "carried",
                carried: true,
                keeps_carried: true,
            }),
            0,
        );
    }
    // 生猪存栏44万头、|出栏60万头: the other side of what was counted.
    if let Some(name) = lead.action.and_then(|word| counterpart(carried.names.last()?, word)) {
        let mut naming = own(vec![name], "facet");
        naming.action = None;
        return (Some(naming), 0);
    }
    // 加快|租赁房|建设，供应5万套
    if let (Some(word), Some(Figure::Value(quantity))) = (lead.action, group.last())
        && lead.effect.is_none()
        && matches!(quantity.dimension, Dimension::Count | Dimension::Area | Dimension::Length | Dimension::Household)
        && (grammar.additions.contains(word)
            || grammar.works.suffix_of(word).is_some()
            || ["供应", "交付", "改建", "新建", "扩建", "建成"].iter().any(|deed| word.ends_with(deed)))
        && trail_text.trim_matches(['。', '；', ' ']).is_empty()
        && let Some(thing) = object::works_before(scene, lead_text, group[0].outer().start)
    {
        let mut naming = own(vec![thing.to_owned()], "clause_before");
        naming.keeps_carried = true;
        return (Some(naming), 0);
    }
    if let Some(word) = lead.action {
        let mut naming = own(vec![word.to_owned()], "action_value");
        // 完成签约60万人: what was completed is the deed.
        if lead.completed {
            naming.action = None;
        }
        naming.keeps_carried = true;
        return (Some(naming), 0);
    }
    (None, 0)
}
