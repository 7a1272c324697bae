//! Who has which name: the noun behind the value, the words before it, what the clause before left, each its own.

use super::compose::{Carried, Scene};
use super::deed::deed_of;
use super::figure::Figure;
use super::grammar::Effect;
use super::lead::Lead;
use super::name_before::name_before;
use super::noun_behind::noun_behind;
use super::opener::time_at_start;
use super::plain::{no_push, over_a_mark, per_day, plain_names};
use super::sums::listed_statistics;
use super::tidy::{class_of, tidy};
use super::trail::parse_trail;
use super::unnamed::unnamed;
use super::{aim, head, object, part, relative};
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;

/// The names of a group of figures and how they were found.
pub struct Naming {
    pub names: Vec<String>,
    pub action: Option<String>,
    pub subject: Option<String>,
    pub rule: &'static str,
    pub carried: bool,
    /// An aspect of the statistic before (总量, 投资): the next clause still speaks of that statistic.
    pub keeps_carried: bool,
}

impl Naming {
    /// Names with the deed and the doer of the words before the value.
    pub fn of(lead: &Lead<'_>, names: Vec<String>, rule: &'static str) -> Self {
        let (action, subject) = (lead.action.map(str::to_owned), lead.subject.map(str::to_owned));
        Self { names, action, subject, rule, carried: false, keeps_carried: false }
    }
}

/// A group of figures and what stands around it.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub group: &'a [Figure],
    pub lead: &'a Lead<'a>,
    pub lead_text: &'a str,
    pub trail_text: &'a str,
    /// The next figure follows right behind `trail_text`.
    pub runs_on: bool,
    /// No noun follows the next figure: it is of what this one counts (86个项目已开工|74个).
    pub bare_next: bool,
    pub carried: &'a Carried,
    /// It goes on a list.
    pub coordinated: bool,
    /// The name behind a figure that follows directly.
    pub glued: Option<&'a str>,
}

/// Find the names of a group and what was done, and how many bytes of the words behind it they take up.
pub fn name_group(scene: &Scene<'_>, around: Around<'_>) -> (Option<Naming>, usize) {
    let Around { group, lead, lead_text, trail_text, .. } = around;
    let mut lead = lead.clone();
    // 督察意见涉及的|8项任务: the verb of a clause that ends before the number is not what was done to what is counted.
    let clause = lead_text.trim_end().strip_suffix('的').unwrap_or_default();
    let grammar = &scene.context.rules.grammar;
    if (grammar.relative_verbs.suffix_of(clause).is_some()
        || grammar.actions.suffix_of(clause).is_some()
        || relative::says_which(grammar, &lead, clause))
        && lead.effect.is_none()
        && matches!(group.last(), Some(Figure::Value(q)) if is_countish(q))
    {
        lead.action = None;
    }
    // 对破损比较严重的|近百公里|农村公路: whatever is measured, the noun behind the value is what it is.
    if lead_text.trim_end().ends_with('的')
        && lead.effect.is_none()
        && lead.share_of.is_none()
        && lead.name.starts_with('对')
        && parse_trail(grammar, trail_text, true, around.runs_on).is_some()
    {
        lead.name = "";
    }
    // 对全县|5万亩|林木: where it was done.
    if lead.effect.is_none()
        && lead.name.strip_prefix('对').is_some_and(|scope| grammar.scopes.contains(scope))
        && parse_trail(grammar, trail_text, true, around.runs_on).is_some()
    {
        lead.name = "";
    }
    let lead = &lead;
    let (mut naming, mut used) = read_names(scene, Around { lead, ..around });
    let mut told = used;
    if let (Some(naming), Some(Figure::Value(quantity))) = (naming.as_mut(), group.last())
        && naming.rule == "value_name"
    {
        (used, told) = head::settle(scene, naming, lead, &around, quantity, used);
        relative::done_so_often(grammar, naming, quantity.unit.as_deref());
        if let Some(verb) = relative::took_part(grammar, &trail_text[told..]) {
            naming.action = Some(verb.to_owned());
        }
    }
    // 位居|中国创新百强区排行榜|第六
    if let (Some(naming), Some(Figure::Rank(_))) = (naming.as_mut(), group.first()) {
        for name in &mut naming.names {
            let list = grammar.rank_lists.suffix_of(name.trim_end_matches('”')).is_some()
                || grammar.rank_contests.suffix_of(name).is_some();
            let words = if list { name.strip_prefix('在').unwrap_or(name) } else { name.as_str() };
            // 新列|全国百强县
            let anew = words.strip_prefix('新').filter(|rest| list && grammar.rank_verbs.prefix_of(rest).is_some());
            let words = anew.unwrap_or(words);
            let verb = grammar.rank_verbs.prefix_of(words).filter(|verb| verb.chars().count() > 1 || list);
            let words = verb.map_or(words, |verb| &words[verb.len()..]);
            // 位列|2019年度|全国百强县
            let words = if list { time_at_start(grammar, words).unwrap_or(words) } else { words };
            if words.len() < name.len() {
                *name = tidy(grammar, words).to_owned();
            }
        }
    }
    if let Some(naming) = naming.as_mut().filter(|naming| !naming.carried && !lead.each && !lead.both) {
        for name in &mut naming.names {
            *name = class_of(grammar, name).to_owned();
        }
    }
    // 获奖|总数|全国第2: what is left of the name would be a deed.
    if let Some(Naming { names, .. }) = naming.as_mut()
        && let [name] = names.as_mut_slice()
        && name.chars().count() <= 3
        && (grammar.events.contains(name) || grammar.actions.contains(name) || name == "获奖")
        && let Some(at) = lead_text.find(name.as_str()).map(|at| at + name.len())
        && let Some(total) = ["总数", "总量", "数量"].into_iter().find(|word| lead_text[at..].starts_with(word))
    {
        name.push_str(total);
    }
    if let Some(naming) = naming.as_mut() {
        for name in naming.names.iter_mut().filter(|name| name.ends_with(|c: char| c.is_ascii_digit())) {
            if let Some(shorter) = relative::without_year(name, lead_text) {
                *name = shorter.to_owned();
            }
        }
        served(scene, naming, group);
        sold(naming, group, lead_text);
        plain_names(scene, naming, lead);
        object::without_preposition(scene, naming, lead, group, around.carried);
        no_push(scene, naming, lead, group, lead_text);
        per_day(naming, lead_text);
    }
    if let (Some(naming), Some(Figure::Value(quantity))) = (&mut naming, group.last()) {
        let behind = &trail_text[told..];
        let around = Around { lead, ..around };
        naming.action = naming.action.take().or_else(|| deed_of(scene, naming, quantity, behind, &around));
    }
    (naming, used)
}

/// 新兴产业实现|销售|11亿元, 应税|销售|3亿元: money that was taken is a statistic, not what was done to the branch.
fn sold(naming: &mut Naming, group: &[Figure], lead_text: &str) {
    let money = matches!(group.last(), Some(Figure::Value(quantity)) if quantity.dimension == Dimension::Money);
    if !money || naming.action.as_deref() != Some("销售") || !lead_text.trim_end().ends_with("销售") {
        return;
    }
    let [name] = naming.names.as_mut_slice() else { return };
    let name_before = std::mem::take(name);
    *name = if name_before.ends_with("销售") { name_before } else { format!("{name_before}销售") };
    naming.action = None;
}

/// 服务|企业|512家次, 平台服务|群众|90万人次: what is counted in times was done, however the noun may begin.
fn served(scene: &Scene<'_>, naming: &mut Naming, group: &[Figure]) {
    let Some(Figure::Value(quantity)) = group.last() else { return };
    if naming.rule != "name_value" || !quantity.unit.as_deref().is_some_and(|unit| unit.ends_with('次')) {
        return;
    }
    let grammar = &scene.context.rules.grammar;
    let [name] = naming.names.as_mut_slice() else { return };
    if let Some(at) = name.rfind("服务")
        && let whom = &name[at + "服务".len()..]
        && grammar.agents.contains(whom)
    {
        *name = whom.to_owned();
        naming.action = Some("服务".to_owned());
    }
}

fn read_names(scene: &Scene<'_>, around: Around<'_>) -> (Option<Naming>, usize) {
    let Around { group, lead, lead_text, trail_text, carried, coordinated, glued, .. } = around;
    let grammar = &scene.context.rules.grammar;
    let own = |names: Vec<String>, rule| Naming::of(lead, names, rule);
    let moves = matches!(lead.effect, Some(Effect::Up | Effect::Down | Effect::GapUp | Effect::GapDown));

    // 生产总值、财政收入等两项指标均居全市第一: told of each that is listed.
    if let Some(names) = listed_statistics(scene, lead_text).filter(|_| group.len() == 1) {
        return (Some(own(names, "name_predicate_value")), 0);
    }
    // 8家|企业实现销售收入过亿元: what is counted are those over the mark.
    if let Some(Figure::Value(quantity)) = group.last()
        && (is_countish(quantity) || quantity.dimension == Dimension::Percent)
        && (lead.name.is_empty() || lead_text.trim_end().ends_with('等'))
        && lead.effect.is_none()
        && let Some(name) = over_a_mark(grammar, trail_text)
    {
        return (Some(own(vec![name], "value_name")), trail_text.len());
    }
    if let Some(found) = noun_behind(scene, &around, moves) {
        return found;
    }
    // 完成民生实事48件: the report's own parts.
    if let (Some(Figure::Value(quantity)), None) = (group.last(), lead.effect)
        && grammar.own_part_names.suffix_of(lead.name).is_some()
        && matches!(quantity.unit.as_deref(), Some("件" | "项"))
        && quantity.value < 1000.0
    {
        return (None, 0);
    }
    let unstated = matches!(&group[0], Figure::Value(q) if is_countish(q)) && lead.effect.is_none();
    if (lead.name.is_empty() || unstated)
        && let Some(name) = glued
    {
        let mut naming = own(vec![tidy(grammar, name).to_owned()], "value_name");
        if coordinated && naming.action.is_none() {
            naming.action.clone_from(&carried.action);
        }
        return (Some(naming), 0);
    }

    if let Some(of_part) = part::of_part(scene, lead, lead_text, group, carried) {
        return (Some(of_part), 0);
    }
    if let Some(of_aim) = aim::done(scene, &around) {
        return (of_aim, 0);
    }
    if lead.name.is_empty() { unnamed(scene, &around, moves) } else { name_before(scene, &around, moves) }
}

pub fn is_countish(quantity: &Quantity) -> bool {
    matches!(quantity.unit_si.as_deref(), Some("count" | "person" | "household" | "person_time") | None)
}
