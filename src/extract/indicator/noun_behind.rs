//! The noun behind a value: 改造|21个|老旧小区, 3.9万人加入|合作社.

use super::behind::event_behind;
use super::compose::Scene;
use super::deed::is_subject;
use super::figure::Figure;
use super::naming::{Around, Naming, is_countish};
use super::neighbours::{
    counted_thing, head_of_list, is_level, kind_before, place_before, shared_deed, shared_head, shared_paper,
    specifies, with_head,
};
use super::plain::behind_glued;
use super::tidy::tidy;
use super::trail::{is_grade, parse_trail, title_behind, without_measure};
use super::{head, object};
use crate::extract::unit::Dimension;
use crate::model::Bound;

/// The names that the words behind the value give, and how many bytes of them they take up; `None` where the name is to be
/// looked for elsewhere. `moves`: the words before the value say that something rose or fell.
pub fn noun_behind(scene: &Scene<'_>, around: &Around<'_>, moves: bool) -> Option<(Option<Naming>, usize)> {
    let Around { group, lead, lead_text, trail_text, runs_on, carried, coordinated, .. } = *around;
    let grammar = &scene.context.rules.grammar;
    let action = lead.action;
    let own = |names: Vec<String>, rule| Naming::of(lead, names, rule);
    // The noun behind the value.
    if let Some(Figure::Value(quantity)) = group.last()
        && !moves
        && lead.share_of.is_none()
        && lead.rate_noun.is_none()
    {
        let governed =
            action.is_some() || lead.completed || (coordinated && carried.action.is_some() && lead.name.is_empty());
        let behind = parse_trail(grammar, trail_text, governed, runs_on).filter(|(name, _)| {
            is_countish(quantity)
                || trail_text.trim_start().starts_with('的')
                || grammar.action_at_start(name).is_none()
        });
        // 医护人员54名|挂职交流: what people do is no noun where another stands before.
        // 投入3亿元|为幼儿园教师|发放补贴, 投入2000万元|对破损路面|进行修复: for what the money was is told with a verb of its own.
        let behind = behind.filter(|(name, _)| {
            quantity.dimension != Dimension::Money
                || !name.starts_with(['对', '为', '向'])
                || name.starts_with("对口")
                || name.starts_with("对外")
        });
        let behind = behind.filter(|(name, _)| {
            lead.name.is_empty() || quantity.dimension != Dimension::Person || !grammar.actions.contains(name)
        });
        if let Some((behind, used)) = behind {
            let countish = is_countish(quantity);
            // 12个断面优良率为100%: the count is of 断面, the statistic is the next value's.
            let part = quantity.dimension == Dimension::Percent && lead.name.is_empty() && lead.effect.is_none();
            if (countish || part)
                && action.is_none()
                && runs_on
                && let Some(thing) = counted_thing(scene, behind)
                    .or_else(|| head::before_statistic(scene, behind, quantity, false))
                    .or_else(|| without_measure(grammar, behind))
            {
                let named = (thing.chars().count() >= 2 || grammar.places.contains(thing))
                    .then(|| own(vec![thing.to_owned()], "value_name"));
                return Some((named, 0));
            }
            let stated = lead.effect.is_some() && !lead.name.is_empty();
            let large = quantity.unit.as_deref().is_some_and(|u| u.starts_with(['万', '亿']));
            if (!countish || large)
                && !stated
                && !lead.name.is_empty()
                && specifies(grammar, behind)
                && !trail_text.trim_start().starts_with('的')
            {
                return Some((None, used));
            }
            // 城内各村分别建成|3亩左右的游园: an action right before the value governs the noun behind it.
            let deed = grammar
                .actions
                .suffix_of(lead.name)
                .filter(|w| lead.effect.is_none() && w.chars().count() > 1)
                // 省环保督察|92宗案件
                .filter(|w| !grammar.is_inside(w, &lead.name[..lead.name.len() - w.len()], ""))
                .map(str::to_owned);
            let done = deed.is_some()
                || (lead.action.is_some_and(|a| grammar.trailing_actions.contains(a))
                    && lead.effect.is_none()
                    && lead_text.trim_end().ends_with(lead.action.unwrap_or_default()));
            if !lead.name.is_empty()
                && !done
                && !stated
                && countish
                && matches!(quantity.bound, Bound::Ge | Bound::Le)
                && lead.action.is_none()
                && quantity.outer.end > quantity.span.end
                // 甲、乙等20个以上项目: the list is no name of its own.
                && !lead_text.trim_end().ends_with('等')
            {
                return Some((None, used));
            }
            let takes = done
                || if lead.name.is_empty() {
                    true
                } else {
                    countish && !stated && !trail_text.trim_start().starts_with('的')
                };
            // 解决|农村|200万人的|饮水安全问题: whose need was met.
            let people = matches!(quantity.dimension, Dimension::Person | Dimension::Household);
            if people
                && lead.action.is_some_and(|deed| deed.starts_with("解决") || deed == "保障" || deed == "改善")
                && lead.effect.is_none()
                && grammar.attributes.contains(lead.name)
            {
                return Some((Some(own(vec![format!("{}{}", lead.name, tidy(grammar, behind))], "value_name")), used));
            }
            // 建设|龙腾工业区|2公里|滨水活力带: the place and the thing together are what was built.
            if let Some(place) = place_before(scene, lead, quantity, &trail_text[used..])
                .filter(|_| !takes && !stated && !trail_text.starts_with('的'))
            {
                return Some((Some(own(vec![format!("{place}{}", tidy(grammar, behind))], "value_name")), used));
            }
            if takes {
                let mut name = tidy(grammar, behind).to_owned();
                // 投入3亿元|加强|城市基础设施建设: what the money is for, without its verb.
                if lead.action.is_some_and(|deed| grammar.spendings.contains(deed))
                    && let Some(verb) = grammar.leading_moves.prefix_of(&name)
                    && name[verb.len()..].chars().count() >= 4
                {
                    name.drain(..verb.len());
                }
                // 出台|促进民营经济发展|33条|措施: what a policy is to do stands before the number.
                if !lead.name.is_empty()
                    && lead.action.is_some_and(|deed| grammar.policy_verbs.suffix_of(deed).is_some())
                    && grammar.papers.suffix_of(&name).is_some()
                    // 水污染治理等|3个|专项清单: an example is no part of what they are called.
                    && !(lead_text.trim_end().ends_with('等')
                        && (lead.name.contains('、')
                            || !grammar.papers.contains(&name)
                            // 周转金贴息等|19条|措施; but 促进民营经济发展等|33条|措施 says what they are for.
                            || grammar.leading_moves.prefix_of(lead.name).is_none()))
                    // 涵盖|61项|任务清单
                    && !grammar.object_verbs.contains(lead.name)
                {
                    name.insert_str(0, lead.name);
                }
                // 实现6条水体“长治久清”: what they came to is said of them in quotation marks.
                if lead_text.contains("实现")
                    && name.ends_with('”')
                    && let Some(at) = name.rfind('“').filter(|at| name[..*at].chars().count() >= 2)
                {
                    name.truncate(at);
                }
                // 4家企业|获评|国家级专精特新“小巨人”: the title is what they are counted as.
                if grammar.titled.contains(&name)
                    && let Some(title) = title_behind(grammar, &trail_text[used..])
                {
                    let mut naming = own(vec![tidy(grammar, title.1).to_owned()], "value_name");
                    naming.action = Some(title.0.to_owned());
                    return Some((Some(naming), trail_text.len()));
                }
                // 灾后重建|240个|项目: of which kind stands before the number.
                if let Some(kind) = kind_before(scene, lead, lead_text, &name) {
                    let mut naming = own(vec![format!("{kind}{name}")], "value_name");
                    if coordinated && naming.action.is_none() {
                        naming.action.clone_from(&carried.action);
                    }
                    return Some((Some(naming), used));
                }
                if grammar.attributes.contains(&name) || is_grade(&name) || is_level(&name) {
                    name = with_head(scene, &name, used, quantity).unwrap_or(name);
                } else if let Some(noun) = object::behind_qualities(scene, &name, quantity.outer.end) {
                    name = noun;
                } else if let Some(head) = head_of_list(scene, &name, used, quantity) {
                    name.push_str(head);
                } else if let Some(deed) =
                    shared_deed(scene, lead, &name, used, quantity, carried.action.as_deref().filter(|_| coordinated))
                {
                    name.push_str(deed);
                } else if let Some(head) = shared_head(scene, &name, used, quantity) {
                    name.push_str(head);
                } else if let Some(paper) = shared_paper(scene, &name, used, quantity) {
                    name.push_str(paper);
                }
                let mut naming = own(vec![name], "value_name");
                // 高校、企业|承接|13个: who did it stands before the verb.
                let right_before = |verb: &&String| {
                    lead_text.trim_end().ends_with(verb.as_str())
                        && !lead.completed
                        && (grammar.works.suffix_of(verb).is_none() || verb.ends_with("建设"))
                };
                // 撬动社会资本|打造|引导基金集群: the one who was set to it did it.
                let set_to_it = |deed: &String| grammar.pivots.contains(deed) || deed == "撬动" || deed == "吸引";
                if let (true, Some(verb)) =
                    (naming.action.as_ref().is_none_or(set_to_it), deed.as_ref().filter(right_before))
                {
                    let who = &lead.name[..lead.name.len() - verb.len()];
                    naming.subject =
                        naming.subject.or_else(|| Some(who.to_owned()).filter(|who| is_subject(grammar, who)));
                    // 与省卫生委|共建: with whom.
                    naming.subject = naming.subject.filter(|_| !lead_text.trim_start().starts_with('与'));
                    naming.action = Some(verb.clone());
                }
                // 456个小区完成整治、60万户居民|用上舒心电: its own verb is nearer than that of the member before.
                if coordinated && naming.action.is_none() && event_behind(grammar, &trail_text[used..]).is_none() {
                    naming.action.clone_from(&carried.action);
                }
                // 临江大学|新增|7个博士点: who did it stands before the verb.
                let doer = |deed: &str| lead_text.trim_end().ends_with(deed) && lead.name.chars().count() >= 3;
                if naming.subject.is_none()
                    && !lead.name.is_empty()
                    && lead.action.is_none_or(doer)
                    // 指挥中心、|10个街道分中心: nor is a member of the list whose they are.
                    && !lead_text.trim_end().ends_with(['等', '、'])
                {
                    naming.subject = Some(lead.name.to_owned()).filter(|who| is_subject(grammar, who));
                }
                return Some((Some(naming), used));
            }
        }
    }
    // 3.9万人|加入|合作社: what they joined is what they are counted in.
    if let Some(Figure::Value(quantity)) = group.last()
        && matches!(quantity.dimension, Dimension::Person | Dimension::Household)
        && lead.name.is_empty()
        && lead.action.is_none()
        && lead.effect.is_none()
        && let behind = behind_glued(scene, quantity, trail_text).trim_start()
        && let Some(verb) = ["加入", "参加", "入住", "住进", "住上", "搬进", "搬入", "用上", "喝上"]
            .iter()
            .find(|verb| behind.starts_with(**verb))
        && let Some((object, _)) = parse_trail(grammar, behind[verb.len()..].trim_start_matches('了'), true, false)
        && object.chars().count() >= 2
    {
        let mut naming = own(vec![tidy(grammar, object).to_owned()], "value_name");
        naming.action = Some((*verb).to_owned());
        return Some((Some(naming), 0));
    }
    if let Some(Figure::Value(quantity)) = group.last()
        && let Some((place, event)) = head::came_to(scene, lead, quantity, trail_text)
    {
        let mut naming = own(vec![event.to_owned()], "action_value");
        naming.action = Some(event.to_owned());
        naming.subject = Some(place.to_owned()).filter(|place| !place.is_empty());
        return Some((Some(naming), 0));
    }
    None
}
