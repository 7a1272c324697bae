//! Named projects: undertakings that one could find on a map or in a register, one row a mention.
//!
//! A sentence is cut into clauses, a clause into chains of verbs with nouns between them ([`clause`]). The chains tell
//! how far works are; a noun phrase is taken apart into the members of its list ([`lists`]); each member is judged by
//! what it ends with and by what of it no dictionary knows ([`names`]).

mod behind;
mod brackets;
mod clause;
mod frames;
mod key;
mod lists;
mod money;
mod names;
mod owner;
mod rules;
mod shared;
mod standing;
mod vocabulary;
mod when;

pub use rules::ProjectRules;

use crate::model::{Clean, Flags, Identity, Kind, Project, Section, Stage};
use crate::text::{Span, ideographs};

use brackets::Brackets;
use clause::Statement;
use names::Evidence;

/// Least evidence for a row.
const ENOUGH: i32 = 3;

/// All named projects of a document, in document order.
pub fn projects(rules: &ProjectRules, clean: &Clean, sections: &[Section], identity: &Identity) -> Vec<Project> {
    let text = clean.text.as_str();
    let mut out = Vec::new();
    for (index, section) in sections.iter().enumerate() {
        if matches!(section.kind, Kind::Glossary | Kind::Front | Kind::Closing) {
            continue;
        }
        for sentence in sentences(text, section.span) {
            read_sentence(rules, text, (index, section), sentence, identity, &mut out);
        }
    }
    out
}

/// Sentences end with a full stop or the line.
fn sentences(text: &str, within: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = within.start;
    let mut at = within.start;
    while at < within.end {
        at += ideographs(&text[at..within.end]);
        let Some(c) = text[at..within.end].chars().next() else { break };
        let next = at + c.len_utf8();
        if matches!(c, '。' | '！' | '？' | '\n') {
            out.push(Span::new(start, if c == '\n' { at } else { next }));
            start = next;
        }
        at = next;
    }
    out.push(Span::new(start, within.end));
    out.retain(|s| s.of(text).trim().len() > 6);
    out
}

fn read_sentence(
    rules: &ProjectRules,
    text: &str,
    (index, section): (usize, &Section),
    sentence: Span,
    identity: &Identity,
    out: &mut Vec<Project>,
) {
    let words = sentence.of(text);
    if rules.lexicon.find_iter(words).next().is_none() && rules.frame_opens.find_iter(words).next().is_none() {
        return;
    }
    let brackets = Brackets::of(text, sentence);
    let trimmed = trim_sentence(text, sentence);
    let mut last: std::ops::Range<usize> = 0..0;
    let mut money: Option<f64> = None;
    let mut topic: Option<Span> = None;
    let first = out.len();
    for span in clause::clauses(text, sentence, &brackets) {
        let clause = clause::read(rules, text, span, &brackets);
        let mut statements = clause.statements;
        if let Some(verbs) = clause.follow_up {
            match topic.take() {
                // 投资3亿元的云岭化纤项目，已竣工投产: the clause before names what the verbs speak of.
                Some(noun) if last.is_empty() => statements = vec![verbs.of(noun)],
                _ => {
                    for project in &mut out[last.clone()] {
                        if project.stage != Stage::Completed {
                            project.stage = verbs.stage;
                        }
                    }
                    continue;
                }
            }
        }
        let from = out.len();
        for statement in &statements {
            for mut found in read_statement(rules, text, statement, &brackets) {
                if owner::begins_with_phase(&found.name) {
                    let before = out[first..].iter().rev().map(|p| p.name.as_str());
                    match owner::owner(text, before, topic) {
                        Some(owner) => found.name = format!("{owner}{}", found.name),
                        None if owner::is_bare(&found.name) => continue,
                        None => {}
                    }
                }
                let year = statement.when.or(clause.when).year(section.year);
                let ahead = section.year.is_some_and(|own| year.is_some_and(|year| year > own));
                let (investment, capacity) = worth(rules, text, statement, &found, money);
                out.push(Project {
                    section: index,
                    span: found.span,
                    sentence: trimmed,
                    key: key::key(&found.name, identity),
                    topic: rules.topics.of(&found.name, 1.0).or(section.topic),
                    name: found.name,
                    action: Some(statement.action.of(text).to_string()),
                    stage: found.stage,
                    status: clause::status(section.period, statement, ahead),
                    year: year.or(section.year),
                    investment,
                    capacity: capacity.as_ref().map(|(v, _)| *v),
                    capacity_unit: capacity.map(|(_, u)| u),
                    rule: rules.rule_ids[statement.rule],
                    confidence: confidence(found.score),
                    flags: Flags::new(),
                });
            }
        }
        money = None;
        let thing = clause.topic.filter(|noun| owner::names_a_thing(rules, noun.of(text)));
        if thing.is_some() || out.len() > from {
            topic = thing;
        }
        if out.len() > from {
            last = from..out.len();
        } else if thing.is_some() {
            last = 0..0;
        } else {
            let words = span.of(text).trim();
            if let [only] = &mut out[last.clone()]
                && let Some(size) = rules.output.find(words)
                && let (None, Some((value, unit))) = (only.capacity, money::capacity(rules, &words[size.end()..]))
            {
                only.capacity = Some(value);
                only.capacity_unit = Some(unit);
            }
            // 投资2.7亿元，实施…一期项目: the clause before tells the money.
            if statements.is_empty() || words.starts_with(['投', '总', '计']) {
                money = money::investment(rules, words);
            }
        }
    }
}

fn trim_sentence(text: &str, sentence: Span) -> Span {
    let inner = sentence.of(text);
    let start = sentence.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

/// A member of a list that holds as a name.
#[derive(Debug)]
struct Found {
    span: Span,
    /// What stood before the name: the member as printed from its beginning.
    member: Span,
    name: String,
    stage: Stage,
    score: i32,
    alone: bool,
    /// Of several members each has its own money before it (投资36亿元的A、投资21.5亿元的B).
    dealt: bool,
}

fn read_statement(rules: &ProjectRules, text: &str, statement: &Statement, brackets: &Brackets) -> Vec<Found> {
    // 各地博物馆、图书馆: kinds, all of them.
    if statement
        .noun
        .of(text)
        .strip_prefix('各')
        .is_some_and(|rest| rest.starts_with(['地', '县', '级', '乡', '镇', '区', '市']))
    {
        return Vec::new();
    }
    // 推进区医院、妇保院创建“三甲”: what is created is a title.
    if rules.titles.is_match(statement.noun.of(text)) {
        return Vec::new();
    }
    let list = lists::take_apart(rules, text, statement.noun, brackets);
    let mut evidence: Vec<Evidence> =
        list.members.iter().map(|m| names::look(rules, text, m.span, list.held)).collect();
    let types: Vec<Typed> = (0..evidence.len()).map(|i| typed(text, statement, &list, &evidence, i)).collect();
    for (own, _) in evidence.iter_mut().zip(&types).filter(|(own, typed)| typed.is_typed && own.never.is_none()) {
        names::look_closer(rules, text, own, list.held);
    }
    let stage = staged(statement, &list);
    let before = |group: usize| statement.object && list.tail(group).before && stage == Stage::UnderConstruction;
    let strong = statement.strong || list.phase.is_some();
    let built = statement.noun.of(text).trim_end().ends_with("建设");
    let lines: Vec<bool> = (0..evidence.len()).map(|i| shared::opens_lines(text, &list, &evidence, i)).collect();
    let heads: Vec<Option<String>> = (0..evidence.len())
        .map(|i| if lines[i] { Some("号线".into()) } else { shared::head(rules, text, &list, &evidence, i) })
        .collect();
    let score = |i: usize, siblings: bool| -> i32 {
        let own = &evidence[i];
        let group = list.members[i].group;
        let tail = list.tail(group);
        let Typed { is_typed, inherited } = types[i];
        if own.never.is_some() || !(is_typed || lines[i]) {
            return i32::MIN;
        }
        // 精锋医疗等项目: the tail tells that they are projects, whatever the name ends with.
        let works = tail.works && statement.definite && !statement.vague;
        let told = (tail.projects || works) && own.heads && own.residue >= 2;
        let mut score = match own.residue {
            0 => 0,
            1 => 1,
            _ if !own.heads && !strong => 1,
            _ => 2,
        };
        // 支持云岭产业园建设: that it is being built is told.
        let built = built && own.heads && own.residue >= 2 && own.weight.is_some_and(|w| w >= 1);
        score -= i32::from(statement.vague && list.phase.is_none() && !built);
        let for_the_land = own.for_the_land && (statement.definite && !statement.vague || tail.projects);
        let positioned = own.positioned && !statement.vague;
        score += if own.place || for_the_land || positioned { 2 } else { 0 };
        // “小而美”民生项目: what quotation marks open is a motto unless it ends as a thing does.
        let motto = own.generic_end
            && own.weight.is_none()
            && own.span.of(text).starts_with('“')
            && !own.span.of(text).ends_with("”项目")
            && !strong;
        score -= i32::from(motto);
        score += if own.unique { 2 } else { 0 };
        score += if own.sized { 1 } else { 0 };
        score += i32::from(own.generic_end) + i32::from(strong);
        score += match own.weight {
            Some(w) if w >= 0 => i32::from(w),
            Some(_) if told => 0,
            Some(w) => i32::from(w) + i32::from(own.generic_end) * 3,
            None => inherited.unwrap_or(0).min(1),
        };
        score -= if own.weight.is_some_and(|w| w < 2) && inherited.is_some_and(|w| w < 0) { 1 } else { 0 };
        score += match tail.weight {
            Some(w) if w >= 1 => 1,
            Some(w) if w < 0 => -3,
            // 支持云岭大学等高校: they stand already.
            Some(0) if statement.vague => -3,
            _ => 0,
        };
        if siblings && (own.residue > 0 || own.weight.is_some_and(|w| w >= 1)) {
            score += 1;
        }
        if siblings && own.digits {
            score += 2;
        }
        // 建设教学楼、食堂、图书馆: among kinds the single one is a kind as well.
        let peers_named =
            (0..evidence.len()).all(|j| evidence[j].single || evidence[j].residue > 0 || evidence[j].place);
        let told_of =
            !own.levelled || (statement.definite && !own.span.of(text).starts_with("国家")) || own.for_the_land;
        let single = own.single
            && own.weight == Some(2)
            && !statement.vague
            && (statement.definite || peers_named && !own.levelled)
            && told_of;
        score += i32::from(single);
        if !statement.vague && heads[i].is_some() && (lines[i] || shared::is_name(rules, text, own)) {
            score = score.max(ENOUGH);
        }
        let named = own.residue > 0
            || lines[i]
            || own.place
            || own.unique
            || for_the_land
            || positioned
            || single
            // 红棉公园等10个社区公园: one of a counted number has a name.
            || (tail.counted && own.weight == Some(2) && own.kind_start() >= 6)
            || (heads[i].is_some() && shared::is_name(rules, text, own))
            // 水库建成 tells of a kind; among names, with its size or as a phase of one it is a thing.
            || (own.weight == Some(2)
                && strong
                && (!own.is_kind_alone() || siblings || own.sized || owner::begins_with_phase(own.span.of(text))))
            || (siblings && (own.digits || own.weight.is_some_and(|w| w >= 1) && (own.single || !own.is_kind_alone())));
        // 振义、永丰三座煤矿: among other names a county's is a firm's.
        let among_names = tail.stated
            && (0..evidence.len())
                .any(|j| list.members[j].group == group && !evidence[j].region_alone && evidence[j].residue > 0);
        let nowhere = own.region_alone && !among_names && heads[i].is_none();
        if named && !nowhere { score } else { i32::MIN }
    };
    let firm: Vec<usize> =
        (0..evidence.len()).filter(|i| score(*i, false) >= ENOUGH).map(|i| list.members[i].group).collect();
    // 云岭制药、枫树线业等技改项目投产: where one of a list is a project, all are.
    let carried = |i: usize| {
        let group = list.members[i].group;
        let tail = list.tail(group);
        (tail.projects || tail.works || tail.weight == Some(2))
            && statement.definite
            && !statement.vague
            && firm.contains(&group)
            && is_carried(rules, text, &evidence[i], tail)
    };
    let mut out = Vec::new();
    for (i, own) in evidence.iter().enumerate() {
        let score = score(i, evidence.len() > 1 && firm.contains(&list.members[i].group));
        let score = if score < ENOUGH && carried(i) { ENOUGH } else { score };
        // What is left of a member when modifiers and numbers are off may be nothing.
        if score < ENOUGH || own.span.is_empty() {
            continue;
        }
        let group = list.members[i].group;
        let peers: Vec<usize> = (0..evidence.len()).filter(|j| list.members[*j].group == group).collect();
        out.push(Found {
            span: own.span,
            member: list.members[i].span,
            name: match &heads[i] {
                Some(what) => format!("{}{what}", own.span.of(text)),
                None if shared::line_front(text, &list, &evidence, i).is_some() => {
                    let front = shared::line_front(text, &list, &evidence, i).unwrap_or_default();
                    format!("{front}{}", own.span.of(text))
                }
                None => full_name(text, &evidence, &peers, i, list.tail(group).stated),
            },
            stage: if before(group) { Stage::Planned } else { stage },
            score,
            alone: evidence.len() == 1 && !list.tail(group).stated,
            dealt: false,
        });
    }
    let moneyed = |member: &lists::Member| {
        let words = member.span.of(text);
        words.rfind('的').is_some_and(|at| money::own(rules, &words[..at + '的'.len_utf8()]).is_some())
    };
    let own = list.members.iter().filter(|member| moneyed(member)).count();
    // 分别投资150亿元的A、B: the money before the first is that of each.
    let each = ["分别", "均", "各"].iter().any(|w| text[..statement.noun.start].ends_with(w));
    let shared = list.members.first().filter(|_| each && own == 1).map(|first| first.span.start);
    for found in &mut out {
        found.dealt = own > 1 || shared.is_some();
        found.member.start = shared.unwrap_or(found.member.start);
    }
    out
}

/// Could this be the name of a project among others that are: a firm, a product, a brand, no kind of works?
fn is_carried(rules: &ProjectRules, text: &str, own: &Evidence, tail: lists::Tail) -> bool {
    let name = own.span.of(text);
    let count = name.chars().count();
    // “引黄济青”、云岭水库等工程: what is quoted among works is the name of one.
    let quoted = own.never == Some(names::CAMPAIGN) && (tail.works || tail.projects) && {
        let inner = name.trim_matches(['“', '”']);
        (4..=8).contains(&inner.chars().count()) && vocabulary::residue(rules, inner) >= 2
    };
    if quoted {
        return true;
    }
    own.never.is_none()
        && (3..=20).contains(&count)
        && own.weight.is_none_or(|w| w == 0 && tail.projects)
        && !(own.generic_end && own.residue == 0)
        && (own.residue > 0 || count >= 4 && !name.starts_with(|c: char| c.is_ascii_digit()))
        && !name.ends_with(|c: char| c.is_ascii_digit())
        && !rules.counted.is_match(name)
        && !rules.common.contains(name)
        && !rules.activities.is_match(name)
}

/// Is a member of a list of a type that can be a project, by its own words or by those that it shares?
#[derive(Debug, Clone, Copy)]
struct Typed {
    is_typed: bool,
    /// The weight of the last member's type noun, where that stands for all.
    inherited: Option<i32>,
}

fn typed(text: &str, statement: &Statement, list: &lists::NounList, evidence: &[Evidence], i: usize) -> Typed {
    let own = &evidence[i];
    let group = list.members[i].group;
    let tail = list.tail(group);
    let last = (i..list.members.len()).rev().find(|j| list.members[*j].group == group).unwrap_or(i);
    let several = list.members.iter().filter(|m| m.group == group).count() > 1;
    // A type noun at the end of 、-lists may stand for all; of two names joined by 和 each has its own.
    let listed = several
        && text[list.members[i].span.end..list.members[last].span.start.max(list.members[i].span.end)].contains('、');
    let bare = shared::stands_bare(text, own);
    let given = bare && last != i && evidence[last].has_own_name();
    let inherited = evidence[last].weight.filter(|_| last != i && !tail.stated && (listed || given)).map(i32::from);
    let is_typed = own.weight.is_some_and(|w| w >= 1)
        || own.generic_end
        || tail.weight.is_some_and(|w| w >= 1)
        || inherited.is_some_and(|w| w >= 1)
        || (given && evidence[last].generic_end)
        || (statement.strong && !statement.object)
        || list.phase.is_some();
    Typed { is_typed, inherited }
}

/// The stage of a statement, with the phase of work that its noun ends with.
fn staged(statement: &Statement, list: &lists::NounList) -> Stage {
    match list.phase {
        Some(phase) if phase.stage == Stage::Planned && !(statement.strong && statement.stage == Stage::Started) => {
            Stage::Planned
        }
        Some(phase) if phase.stage == Stage::UnderConstruction && statement.stage == Stage::Completed => {
            Stage::UnderConstruction
        }
        Some(phase) if phase.stage == Stage::Completed && statement.stage != Stage::Started => Stage::Completed,
        _ => statement.stage,
    }
}

/// The name as printed; a shared head or tail is given back where the member cannot stand without it
/// (荣乌、津石高速: 荣乌高速; 3号线、14号线 of 3、14号线).
fn full_name(text: &str, evidence: &[Evidence], peers: &[usize], i: usize, stated: bool) -> String {
    let own = &evidence[i];
    let mut name: String = own.span.of(text).chars().filter(|c| !c.is_control()).collect();
    if peers.len() > 1 && !stated {
        // A shared 项目 at the end of the last member belongs to the list.
        let last = peers[peers.len() - 1] == i;
        let lonely = peers.iter().filter(|j| evidence[**j].generic_end).count() == 1;
        if last && lonely && evidence[peers[0]].weight.is_some() == own.weight.is_some() {
            for end in ["等项目", "项目"] {
                if let Some(rest) = name.strip_suffix(end).filter(|r| r.chars().count() >= 2) {
                    name = rest.to_string();
                    break;
                }
            }
        }
    }
    if own.digits {
        let head = peers.iter().rev().filter(|j| **j < i).find_map(|j| {
            let before = evidence[*j].span.of(text);
            let bare = before.trim_end_matches(|c: char| c.is_ascii_digit());
            (!evidence[*j].digits && bare.len() < before.len()).then(|| bare.to_string())
        });
        name = head.unwrap_or_default() + &name;
    }
    let needs = own.weight.is_none() && !own.generic_end;
    let last = &evidence[peers[peers.len() - 1]];
    if let (true, false, Some(kind)) = (needs, stated, last.shared_kind) {
        let kind = kind.of(text);
        if kind.chars().count() <= name.chars().count() && !name.ends_with(kind) {
            // 10号、14号线: the 号 stands already.
            name.push_str(kind.strip_prefix('号').filter(|_| name.ends_with('号')).unwrap_or(kind));
        }
    }
    name
}

/// Money and size, where they can belong to this one only.
fn worth(
    rules: &ProjectRules,
    text: &str,
    statement: &Statement,
    found: &Found,
    before: Option<f64>,
) -> (Option<f64>, Option<(f64, String)>) {
    let modifiers = &text[found.member.start..found.span.start];
    let own = found.span.of(text);
    let capacity = money::capacity(rules, own).or_else(|| money::capacity(rules, modifiers));
    let mut investment = None;
    if found.alone {
        investment = money::investment(rules, modifiers).or(before.filter(|_| statement.object));
    } else if found.dealt {
        investment = money::own(rules, modifiers);
    }
    (investment, capacity)
}

fn confidence(score: i32) -> f32 {
    match score {
        i32::MIN..=3 => 0.6,
        4 => 0.75,
        5 => 0.85,
        _ => 0.92,
    }
}

#[cfg(test)]
mod tests;
