//! Whose figures a sentence goes on with: after 深汕合作区地区生产总值增长10%, the next growth is still the zone's, until the
//! region itself (全市, 我区) or another subject takes over.

use super::compose::Scene;
use super::grammar::{Effect, Grammar};
use super::lead::Lead;
use super::naming::Naming;
use crate::extract::unit::Dimension;

/// The subject that a sentence has come to speak of, and where it was named.
#[derive(Debug, Clone)]
pub struct Topic {
    who: String,
    /// Byte of the sentence behind the figure that named it.
    from: usize,
    /// It is what the sentence speaks of from its first clause on.
    opens: bool,
}

/// Give a statistic the subject that the sentence speaks of, and note the one that it names itself. `from..at` are the words
/// since the last figure up to this one, `end` is behind it.
pub fn of_whom(
    scene: &Scene<'_>,
    topic: &mut Option<Topic>,
    naming: &mut Naming,
    lead: &Lead<'_>,
    lead_text: &str,
    span: (usize, usize),
) {
    let grammar = &scene.context.rules.grammar;
    let (at, end) = span;
    // 美迪科产业园等|3个项目: an example is not whose they are.
    if naming.rule == "value_name" && lead_text.trim_end().ends_with('等') {
        naming.subject = None;
    }
    if naming.subject.is_none()
        && lead.effect.is_none()
        && !naming.carried
        && let Some(each) = each_place(grammar, lead_text)
    {
        naming.subject = Some(each.to_owned());
        return;
    }
    if naming.subject.is_none()
        && topic.is_none()
        && let Some(place) = settled_in(grammar, naming, &scene.sentence[..at], lead_text)
    {
        naming.subject = Some(place.to_owned());
        return;
    }
    if naming.subject.is_none()
        && topic.is_none()
        && let Some(sight) = sight_before(scene, naming, at, end, lead_text)
    {
        naming.subject = Some(sight);
        return;
    }
    let goes_on = topic.is_some() && lead.effect.is_some();
    let statistic = naming.action.is_none() && (goes_on || is_statistic(scene, naming, lead));
    if !statistic {
        // 园区|新开工项目11个, 规划建设|临港集聚区|10平方公里: what the sentence tells next is of the same area.
        let named = naming.subject.as_deref().filter(|_| naming.rule == "name_value" && lead.effect.is_none());
        let area = named.or_else(|| area_built(scene, naming, at)).filter(|who| is_part(grammar, who));
        if let Some(who) = area.filter(|who| !who.contains(['、', '等'])) {
            let before = &scene.sentence[..at];
            let opens =
                !before.contains(['；', '。']) && before.find(who).is_none_or(|from| !before[..from].contains('，'));
            *topic = Some(Topic { who: who.to_owned(), from: end, opens });
        }
        return;
    }
    if naming.subject.is_none()
        && let Some(area) = naming.names.first().and_then(|name| area_at_start(grammar, name))
    {
        naming.subject = Some(area.to_owned());
    }
    match &naming.subject {
        Some(who) if is_part(grammar, who) => *topic = Some(Topic { who: who.clone(), from: end, opens: false }),
        Some(_) => *topic = None,
        None => {
            if topic.is_none() {
                *topic =
                    opening_area(grammar, &scene.sentence[..at]).map(|(who, from)| Topic { who, from, opens: true });
            }
            let Some(spoken) = topic.as_ref() else { return };
            let since = scene.sentence.get(spoken.from.min(at)..at).unwrap_or_default();
            if taken_over(grammar, since, spoken.opens) {
                *topic = None;
            } else if !naming.carried || naming.rule == "clause_before" {
                naming.subject = Some(spoken.who.clone());
            }
        }
    }
}

/// |每个县|至少打造1个集群, |每街道|配备2名: in each of which it is done.
fn each_place<'t>(grammar: &Grammar, lead_text: &'t str) -> Option<&'t str> {
    let at = lead_text.find('每')?;
    let words = &lead_text[at..];
    let place = words.strip_prefix("每个").or_else(|| words.strip_prefix('每'))?;
    // 每个|成熟的|社区
    let place = place.split_once('的').filter(|(kind, _)| kind.chars().count() <= 4).map_or(place, |(_, place)| place);
    let tail = grammar.each_places.prefix_of(place)?;
    let rest = place[tail.len()..].trim_start_matches(['都', '再', '要']);
    let done = grammar.action_at_start(rest).is_some()
        || grammar.adverbs.prefix_of(rest).is_some()
        || grammar.manner.prefix_of(rest).is_some();
    // 在每个县建成; 的每个村
    let opens = !lead_text[..at].ends_with(['的', '将', '为', '向', '对', '给']);
    (done && opens).then(|| &words[..words.len() - place.len() + tail.len()])
}

/// 创业园晋升国家级孵化器，新|入驻|企业30家: they came to what the clause before, without a figure, tells of.
fn settled_in<'t>(grammar: &Grammar, naming: &Naming, before: &'t str, lead_text: &str) -> Option<&'t str> {
    let settles = match naming.action.as_deref() {
        Some(deed) => grammar.settling.contains(deed),
        None => naming.names.first().is_some_and(|name| grammar.settling.prefix_of(name).is_some()),
    };
    let comes = lead_text.trim_start().trim_start_matches(['已', '共', '新']);
    if !settles || naming.carried || grammar.settling.prefix_of(comes).is_none() {
        return None;
    }
    let head = before.strip_suffix(lead_text)?.strip_suffix('，')?;
    let clause = head.rsplit(['，', '；', '。', '：']).next()?.trim();
    let tail = grammar.settled_places.find_iter(clause).next()?;
    let who = &clause[..tail.end];
    let plain = (3..=14).contains(&who.chars().count())
        && clause.len() > tail.end
        && who.chars().all(|c| crate::text::is_han(c) || c.is_ascii_alphanumeric())
        && !clause.contains(|c: char| c.is_ascii_digit())
        && grammar.action_at_start(who).is_none()
        && grammar.leading_moves.prefix_of(who).is_none()
        && grammar.light_verbs.prefix_of(who).is_none()
        && grammar.manner.prefix_of(who).is_none()
        && !clause[tail.end..].starts_with(['、', '和', '与', '及', '的', '等', '建']);
    plain.then_some(who)
}

/// 古城遗址通过4A级景区验收，全年|接待游客: the visitors are those of the sight that the clause before tells of, where nothing
/// goes on with what the region earned by them.
fn sight_before(scene: &Scene<'_>, naming: &Naming, at: usize, end: usize, lead_text: &str) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let visitors =
        naming.names.iter().all(|name| ["游客", "客流", "客流量", "旅客"].iter().any(|who| name.ends_with(who)));
    let regions = scene.sentence[end..].contains("旅游") || grammar.own_region.find_iter(lead_text).next().is_some();
    if !visitors || regions || naming.carried {
        return None;
    }
    let head = scene.sentence[..at].strip_suffix(lead_text)?.trim_end_matches('，');
    let clause = head.rsplit(['，', '；', '。', '：']).next()?.trim().trim_start_matches("其中");
    let sight = grammar.sights.find_iter(clause).next()?;
    let who = &clause[..sight.end];
    let told = grammar.openings.prefix_of(clause[sight.end..].trim_start_matches(['全', '面', '已'])).is_some();
    (told
        && (3..=16).contains(&who.chars().count())
        && grammar.action_at_start(who).is_none()
        && !who.contains(['等', '和']))
    .then(|| who.to_owned())
}

/// Is it a statistic that a place has (a movement, a rank, money), nothing that was built or counted?
fn is_statistic(scene: &Scene<'_>, naming: &Naming, lead: &Lead<'_>) -> bool {
    let moved = matches!(lead.effect, Some(Effect::Up | Effect::Down | Effect::State)) || lead.rate_noun.is_some();
    let grammar = &scene.context.rules.grammar;
    let measured = |name: &String| grammar.measure_nouns.suffix_of(name).is_some();
    let code = |name: &String| scene.context.lexicon.code(name);
    let money = |name: &String| code(name).is_some_and(|statistic| statistic.level.contains(&Dimension::Money));
    matches!(naming.rule, "name_predicate_value" | "name_value" | "facet" | "clause_before")
        && (moved && naming.names.iter().any(|name| measured(name) || code(name).is_some())
            || naming.names.iter().all(|name| measured(name) || money(name)))
}

/// 临江开发区、城南高新区: a list of parts of the region.
pub fn is_area_list(grammar: &Grammar, who: &str) -> bool {
    who.contains('、')
        && who.chars().count() <= 40
        && who.split(['、', '和']).all(|area| {
            let tail = grammar.subject_tails.suffix_of(area).or_else(|| grammar.area_tails.suffix_of(area));
            tail.is_some_and(|tail| area.len() > tail.len()) && grammar.action_at_start(area).is_none()
        })
}

/// Is this a part of the region, not the region, another one or a firm?
fn is_part(grammar: &Grammar, who: &str) -> bool {
    grammar.subject_tails.suffix_of(who).or_else(|| grammar.area_tails.suffix_of(who)).is_some()
        && !who.starts_with("全国")
}

/// 深汕特别合作区|地区生产总值: the part of the region that a statistic is of, named by a name of its own (not 化工园区, 水功能区).
fn area_at_start<'n>(grammar: &Grammar, name: &'n str) -> Option<&'n str> {
    let tail = grammar.area_tails.find_iter(name).last()?;
    let who = &name[..tail.end];
    let own = name[..tail.start].chars().count() >= 2 || grammar.bare_areas.contains(who);
    let rest = &name[tail.end..];
    let listed = who.contains(['、', '和', '的']) || rest.starts_with(['、', '和', '与', '及', '（', '(', '等']);
    (own && !rest.is_empty() && !listed && grammar.area_kinds.prefix_of(who).is_none()).then_some(who)
}

/// 规划建设面积10平方公里的|临港集聚区: the area that was laid out, as the name of a row says it.
fn area_built<'n>(scene: &Scene<'_>, naming: &'n Naming, at: usize) -> Option<&'n str> {
    let grammar = &scene.context.rules.grammar;
    let name = naming.names.first().filter(|_| matches!(naming.rule, "attribute" | "name_value"))?;
    let who = ["规划面积", "总面积", "面积"].iter().find_map(|tail| name.strip_suffix(tail)).unwrap_or(name);
    let tail = grammar.subject_tails.suffix_of(who).or_else(|| grammar.area_tails.suffix_of(who))?;
    let own = who[..who.len() - tail.len()].chars().count() >= 2 && grammar.area_kinds.prefix_of(who).is_none();
    let measured = scene.sentence[..at].ends_with("面积") || who.len() < name.len();
    (own && measured).then_some(who)
}

/// The part of the region that a sentence opens with (加快前海开发建设, 自贸新城建设加快), and where its clause ends.
fn opening_area(grammar: &Grammar, before: &str) -> Option<(String, usize)> {
    // …；累计完成: a sum without anybody of its own is of what the sentence opened with.
    let start = before.rfind('；').map_or(0, |at| at + '；'.len_utf8());
    let start = if grammar.sums.prefix_of(before[start..].trim_start()).is_some() { 0 } else { start };
    let end = start + before[start..].find('，')?;
    let clause = before[start..end].trim_start();
    let object = clause.strip_suffix("开发建设").and_then(|head| {
        ["加快", "推进", "加快推进", "全力推进", "大力推进"].iter().find_map(|verb| head.strip_prefix(verb))
    });
    if let Some(area) =
        object.filter(|area| (2..=8).contains(&area.chars().count()) && !area.contains(['、', '和', '的']))
    {
        return Some((area.to_owned(), end));
    }
    let tail =
        grammar.area_tails.find_iter(clause).chain(grammar.subject_tails.find_iter(clause)).min_by_key(|t| t.end)?;
    let who = &clause[..tail.end];
    let rest = &clause[tail.end..];
    let moving = grammar.area_moves.prefix_of(rest).is_some();
    if moving && grammar.bare_areas.contains(who) {
        return Some((who.to_owned(), end));
    }
    let own = clause[..tail.start].chars().count() >= 2
        && grammar.area_kinds.prefix_of(who).is_none()
        // 建桥园区: one character may be part of a name.
        && grammar.action_at_start(who).is_none_or(|deed| deed.chars().count() == 1)
        && grammar.manner.prefix_of(who).is_none()
        && !who.contains(['、', '和', '的']);
    (own && moving).then(|| (who.to_owned(), end))
}

/// Do the words since a subject was named speak of the region again, or of somebody else?
fn taken_over(grammar: &Grammar, since: &str, opens: bool) -> bool {
    // 园区落户企业49家；|累计完成固定资产投资44亿元: a sum without anybody of its own goes on with what the sentence opened with.
    let summed = |rest: &str| opens && grammar.sums.prefix_of(rest.trim_start()).is_some();
    since.contains('。')
        || since.rfind('；').is_some_and(|at| !summed(&since[at + '；'.len_utf8()..]))
        || grammar.own_region.find_iter(since).any(|word| {
            // 占全市的38%, 居全省第一, 高于全市平均: what it is held against takes nothing over.
            !since[..word.start]
                .ends_with(['占', '居', '于', '过', '比', '较', '列', '在', '为', '超', '达', '名', '第'])
        })
        || grammar.subject_tails.find_iter(since).next().is_some()
        || grammar.area_tails.find_iter(since).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_region() {
        let grammar = Grammar::load(&crate::config::ConfigSource::Embedded).unwrap();
        assert_eq!(area_at_start(&grammar, "深汕特别合作区地区生产总值"), Some("深汕特别合作区"));
        assert_eq!(area_at_start(&grammar, "合作区地区生产总值"), Some("合作区"));
        assert_eq!(area_at_start(&grammar, "化工园区风险比例"), None);
        assert_eq!(area_at_start(&grammar, "重点片区投资"), None);
        let opened = |before: &str| opening_area(&grammar, before).map(|(who, _)| who);
        assert_eq!(opened("加快滨海开发建设，全年完成"), Some("滨海".to_owned()));
        assert_eq!(opened("空港新城建设加快，全年完成"), Some("空港新城".to_owned()));
        assert_eq!(opened("临港产业新城建成投用，全年完成"), None);
        assert_eq!(opened("城南新城从小到大，工业产值突破"), Some("城南新城".to_owned()));
        assert_eq!(opened("城南综合保税区封关运营，进出口"), None);
        assert!(taken_over(&grammar, "，全市增长", true));
        assert!(!taken_over(&grammar, "，占全市的", true));
        assert!(taken_over(&grammar, "；固定资产投资", true));
        assert!(!taken_over(&grammar, "；累计完成固定资产投资", true));
    }
}
