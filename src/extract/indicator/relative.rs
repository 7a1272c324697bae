//! Verbs of a clause of its own around what is counted, and verbs that are part of its name: none of them was done to it.

use super::behind::event_behind;
use super::deed::is_subject;
use super::figure::Figure;
use super::grammar::{Effect, Grammar};
use super::lead::Lead;
use super::naming::Naming;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;
use crate::model::Status;

/// |纳入|考核的|25条河流: does the verb of the lead only say which of them are counted?
pub fn says_which(grammar: &Grammar, lead: &Lead<'_>, clause: &str) -> bool {
    let verb = grammar.relative_verbs.prefix_of(clause.trim_start());
    verb.zip(lead.action).is_some_and(|(verb, deed)| deed.starts_with(verb))
}

/// 举办30个国家|参加|的展会: what those who are counted did, in a clause of their own; the verb before is done to the thing behind.
pub fn took_part<'t>(grammar: &Grammar, behind: &'t str) -> Option<&'t str> {
    let verb = grammar.taking_part.prefix_of(behind.trim_start())?;
    behind.trim_start()[verb.len()..].starts_with('的').then_some(verb)
}

/// 建设|目标完成率: a rate of how far a plan came, whatever verb the plan is called by.
pub fn rate_of_plan(rest: &str) -> bool {
    rest.ends_with('率') && ["目标", "任务", "计划", "进度"].iter().any(|plan| rest.starts_with(plan))
}

/// 创建示范、评比表彰项目|分别压减: a deed that is also a noun, at the head of a list of which each member moved by itself.
pub fn names_member(grammar: &Grammar, lead: &Lead<'_>, text: &str) -> bool {
    lead.each
        && matches!(lead.effect, Some(Effect::Up | Effect::Down))
        && text.contains('、')
        && grammar.action_at_start(text).is_some_and(|deed| grammar.nominal_deeds.contains(deed))
}

/// 建成开发区22个，|注册|企业1万家: those who settled are in what the clause before counted.
pub fn settled<'c>(grammar: &Grammar, naming: &Naming, places: &'c [String], counted: bool) -> Option<&'c str> {
    let deed = naming.action.as_deref()?;
    let [place] = places else { return None };
    let settles = grammar.settling.contains(deed) && naming.subject.is_none() && !naming.carried && counted;
    (settles && grammar.settled_places.suffix_of(place).is_some()).then_some(place)
}

/// 20家企业签约、15家|入驻, 37项|向全国推广: is the verb behind a bare number all that is told of it? Not in 32个|提档升级村.
pub fn own_event(grammar: &Grammar, trail: &str) -> bool {
    let trail = trail.trim_end_matches(['，', '；', '。', '、', ' ']);
    event_behind(grammar, trail).is_some_and(|verb| trail.ends_with(verb))
}

/// 优良率|2019|、2020年连续两年|居全市第一: a year that the mark of a list has left at the end of a name.
pub fn without_year<'n>(name: &'n str, lead_text: &str) -> Option<&'n str> {
    let at = name.len().checked_sub(4).filter(|&at| name.is_char_boundary(at))?;
    let (head, year) = name.split_at(at);
    let listed = ["19", "20"].iter().any(|century| year.starts_with(century))
        && year.bytes().all(|b| b.is_ascii_digit())
        && lead_text.find(name).is_some_and(|at| {
            let behind = &lead_text[at + name.len()..];
            behind.trim_start_matches(['、', '和', '及']).starts_with("20") && !behind.starts_with("20")
        });
    (listed && head.chars().count() >= 2).then_some(head)
}

/// 获|2014年度|考核第一: the year that a contest was held for.
pub fn year_of_contest(lead_text: &str) -> Option<i16> {
    let at = lead_text.rfind("年度")?;
    let year = lead_text[..at].get(at.checked_sub(4)?..)?;
    let own =
        !lead_text[..at - 4].ends_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '至' | '比' | '较'));
    year.parse().ok().filter(|year| own && (1990..2050).contains(year))
}

/// 人均|10000元，由258亿元增加到543亿元: so much money is nobody's share but the whole.
pub fn whole_of_share<'c>(
    name: &str,
    quantity: &Quantity,
    counted: Option<&'c (Vec<String>, Dimension)>,
) -> Option<&'c [String]> {
    let (whole, _) = counted.filter(|_| name.starts_with("人均"))?;
    let large = quantity.unit.as_deref().is_some_and(|unit| unit.ends_with("亿元"));
    (large && whole.iter().any(|whole| name.ends_with(whole.as_str()))).then_some(whole)
}

/// 16次|调度推进|重大产业项目: behind a number of times the verb is what was done so often.
pub fn done_so_often(grammar: &Grammar, naming: &mut Naming, unit: Option<&str>) {
    let [name] = naming.names.as_mut_slice() else { return };
    if unit != Some("次") || naming.rule != "value_name" || naming.action.is_some() {
        return;
    }
    if let Some(deed) = grammar.action_at_start(name)
        && deed.chars().count() > 1
        && name[deed.len()..].chars().count() >= 3
    {
        naming.action = Some(deed.to_owned());
        name.drain(..deed.len());
    }
}

/// 拟|开工|项目5个: in a review what is only meant to be done tells which ones are counted.
pub fn not_yet(naming: &mut Naming, lead_text: &str, period: Status) {
    if period != Status::Actual || naming.rule != "name_value" || !lead_text.contains('拟') {
        return;
    }
    let (Some(deed), [name]) = (naming.action.as_deref(), naming.names.as_mut_slice()) else { return };
    let behind = lead_text.split_once('拟').map_or("", |(_, behind)| behind);
    if behind.strip_prefix(deed).is_some_and(|rest| rest.trim_end() == name.as_str()) {
        *name = format!("拟{deed}{name}");
        naming.action = None;
    }
}

/// 4家集聚区|完成投入|16亿元: what was laid out by those who are counted right before.
pub fn laid_out(naming: &mut Naming, lead: &Lead<'_>, before: &[String], dimension: Option<Dimension>, near: &str) {
    let [who] = before else { return };
    let outlay = naming.rule == "action_value" && naming.names.iter().all(|name| name == "投入");
    if outlay && lead.completed && near.trim().is_empty() && matches!(dimension, Some(Dimension::Count)) {
        naming.names = vec![format!("{who}投入")];
        naming.action = Some("完成".to_owned());
    }
}

/// 吸引|示范基地等|6个项目入驻: who did it stands before a verb whose list ends with 等.
pub fn doer_of_list<'t>(grammar: &Grammar, naming: &Naming, lead_text: &'t str) -> Option<&'t str> {
    if naming.rule != "value_name" || naming.subject.is_some() || !lead_text.trim_end().ends_with('等') {
        return None;
    }
    let deed = naming.action.as_deref().filter(|deed| deed.chars().count() > 1)?;
    let at = lead_text.find(deed)?;
    let mut who = lead_text[..at].trim();
    while let Some(word) = grammar.middle_adverbs.suffix_of(who).or_else(|| grammar.adverbs.suffix_of(who)) {
        who = &who[..who.len() - word.len()];
    }
    let own = grammar.own_region.prefix_of(who).is_none() && grammar.scopes.prefix_of(who).is_none();
    (own && who.chars().count() >= 3 && is_subject(grammar, who)).then_some(who)
}

/// 下发了|健康成长补贴|，共计9624万元: the sum is of the money that the clause before gave, not of those who got it.
pub fn sum_of_money(grammar: &Grammar, figure: &Figure, lead_text: &str, dimension: Option<Dimension>) -> bool {
    let money = matches!(figure, Figure::Value(Quantity { dimension: Dimension::Money, .. }));
    let people = matches!(dimension, Some(Dimension::Person | Dimension::Household | Dimension::Count));
    money && people && grammar.totals.contains(lead_text.trim().trim_end_matches(['近', '约', '超', '达']))
}

/// The verb and the money in a clause that gives it: 下发了|健康成长补贴.
pub fn money_given<'t>(grammar: &Grammar, between: &'t str) -> Option<(&'t str, &'t str)> {
    let clause = between.trim_end_matches(['，', ',', ' ']);
    let clause = clause.rsplit(['，', ',', '；']).next().unwrap_or(clause);
    let verb = grammar.actions.find_iter(clause).find(|verb| clause[verb.clone()].chars().count() > 1)?;
    let money = clause[verb.end..].trim_start_matches('了');
    let known = grammar.given_money.suffix_of(money).is_some() && !money.contains(['、', '，']);
    (known && (2..=24).contains(&money.chars().count())).then(|| (&clause[verb], money))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_that_are_no_deeds() {
        let grammar = Grammar::load(&crate::config::ConfigSource::Embedded).unwrap();
        let lead = Lead { action: Some("纳入"), ..Lead::default() };
        assert!(says_which(&grammar, &lead, "纳入监测"));
        assert!(!says_which(&grammar, &Lead { action: Some("建成"), ..Lead::default() }, "建成具有特色"));
        assert_eq!(took_part(&grammar, "参加的博览会"), Some("参加"));
        assert_eq!(took_part(&grammar, "参加博览会"), None);
        assert!(own_event(&grammar, "入驻") && !own_event(&grammar, "提档升级村"));
        assert_eq!(without_year("优良率2019", "优良率2019、2020年连续两年"), Some("优良率"));
        assert_eq!(without_year("中国制造2025", "中国制造2025位列"), None);
        assert_eq!(year_of_contest("获2014年度综合考核"), Some(2014));
        assert_eq!(year_of_contest("比2014年度综合考核"), None);
        assert!(rate_of_plan("目标完成率"));
        assert!(!rate_of_plan("完成率"));
        assert_eq!(money_given(&grammar, "发放了育儿补贴，"), Some(("发放", "育儿补贴")));
        assert_eq!(money_given(&grammar, "走访了困难家庭，"), None);
    }
}
