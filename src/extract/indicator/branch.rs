//! The branch of the economy, or the kind of firm, that a name or a clause speaks of: 规模以上|工业|增加值, 骨干企业|带动作用日益突出.

use super::compose::Scene;
use super::grammar::Grammar;
use super::opener::time_at_start;
use super::tidy::tidy;
use crate::numeral::is_counting;

/// The longest owner that a clause opens with, in characters.
const LONG: usize = 18;

/// 规模以上工业|增加值, 监管企业|营收, 服务业增加值|占GDP比重: the branch that a statistic is of.
pub fn branch_of<'n>(grammar: &Grammar, name: &'n str) -> Option<&'n str> {
    if name.contains(['、', '，', '（']) {
        return None;
    }
    let (end, measure) = branch_ends(grammar, name)
        .map(|end| (end, &name[end..]))
        .filter(|(_, measure)| is_measure(grammar, measure))
        .last()?;
    (!measure.is_empty()).then(|| &name[..end])
}

/// The ends of the words for a branch in a text: 服务|业|, 骨干|企业|; not in 就业, 创业, 营业收入.
fn branch_ends<'t>(grammar: &'t Grammar, text: &'t str) -> impl Iterator<Item = usize> + 't {
    grammar
        .branches
        .find_iter(text)
        .filter(|word| !grammar.is_inside(&text[word.clone()], &text[..word.start], &text[word.end..]))
        .map(|word| word.end)
}

/// Is it a measure, or the share of one (增加值, 资产负债率, 增加值占GDP比重)?
fn is_measure(grammar: &Grammar, text: &str) -> bool {
    let text = text.split_once('占').map_or(text, |(part, _)| part).trim_start_matches(['的', '总']);
    text.is_empty()
        || grammar.measure_nouns.suffix_of(text).is_some()
        || grammar.firm_measures.suffix_of(text).is_some()
        || grammar.statistic_tails.suffix_of(text).is_some()
}

/// 粮食生产再获丰收, 服务业量质齐升: what the clause opens with and makes a statistic of the lexicon with the measure behind it
/// (粮食|总产, 服务业|增加值).
pub fn known_before(scene: &Scene<'_>, clause: &str, name: &str) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let clause = opened(grammar, clause);
    let mut whole = String::with_capacity(clause.len().min(48) + name.len());
    let ends = clause.char_indices().map(|(at, c)| at + c.len_utf8()).take(12).skip(1);
    let who = ends
        .filter(|&end| {
            whole.clear();
            whole.push_str(&clause[..end]);
            whole.push_str(name);
            scene.context.lexicon.is_name(&whole)
        })
        .last()
        .map(|end| &clause[..end])?;
    // 固定资产|投资: a word that is no owner alone. 项目|投资: nor is what says nothing.
    let rest = &clause[who.len()..];
    let own = !grammar.no_owners.contains(who)
        && !grammar.lone_outlays.contains(name)
        && !rest.starts_with(['、', '和', '与', '及', '的'])
        && rest.chars().count() >= 2;
    // 粮食生产|再获丰收，|总产: 生产 is said by the measure.
    let who = who.strip_suffix("生产").filter(|head| name.contains('产') && head.chars().count() >= 2).unwrap_or(who);
    own.then(|| who.to_owned())
}

/// 骨干企业|带动作用日益突出, …等五大支柱产业|不断做大做强: the branch or the kind of firm that a clause opens with.
pub fn told_of<'t>(grammar: &Grammar, clause: &'t str) -> Option<&'t str> {
    // 着力培育医药、新材料和高分子|三大产业集群: the class of what a clause lists.
    if let Some(class) = class_at_end(grammar, clause) {
        return Some(class);
    }
    let clause = opened(grammar, clause);
    // 钢铁、铝业|、装备制造等五大支柱产业: a member of a list is not where it ends.
    let member = |end: &usize| clause[*end..].starts_with(['、', '和', '与', '及', '等']);
    let (end, who) = branch_ends(grammar, clause).find(|end| !member(end)).map(|end| (end, &clause[..end]))?;
    let rest = &clause[end..];
    // 工业|增速超过全省平均水平: with a movement of its own even the short word is a branch.
    let moved = grammar.rate_nouns.prefix_of(rest).is_some();
    let examples = who.contains('、');
    // 煤化工、风力发电等|战略性新兴产业: examples are not whom it is about.
    let who = match who.rfind('等') {
        Some(at) => &who[at + '等'.len_utf8()..],
        None if examples => return None,
        None => who,
    };
    // 重点工业|项目, 工业|园区: the word goes on.
    let goes_on = rest.starts_with(['的', '、', '和', '与', '及', '等', '之', '园', '化'])
        || rest.chars().count() < 2
        || grammar.compound_heads.prefix_of(rest).is_some();
    let plain = (if moved { 2 } else { 3 }..=LONG).contains(&who.chars().count())
        && !who.contains(['，', '（', '：'])
        && is_noun(grammar, who)
        && !grammar.no_owners.contains(who);
    (plain && !goes_on).then_some(who)
}

/// 医药、新材料和高分子|三大产业集群: how many there are, and of what kind, at the end of a list.
fn class_at_end<'t>(grammar: &Grammar, clause: &'t str) -> Option<&'t str> {
    if !clause.contains(['、', '和', '等']) {
        return None;
    }
    let at = clause.rfind(['大', '个']).filter(|&at| {
        let behind = &clause[at + '大'.len_utf8()..];
        (2..=10).contains(&behind.chars().count())
            && ["产业集群", "集群", "产业", "行业"].iter().any(|kind| behind.ends_with(kind))
            && !behind.contains(['、', '和'])
            && grammar.action_at_start(behind).is_none()
    })?;
    let digits = clause[..at].trim_end_matches(is_counting);
    (digits.len() < at).then(|| &clause[digits.len()..])
}

/// 城乡电网改造|取得阶段性成果, 堤防综合整治一期|初具规模: the works that a clause without a figure tells the progress of.
pub fn worked_on<'t>(grammar: &Grammar, clause: &'t str) -> Option<&'t str> {
    let clause = opened(grammar, clause);
    let turn = grammar.turns.find_iter(clause).find(|word| word.start >= 9)?;
    let who = &clause[..turn.start];
    let who = grammar.trailing_manner.suffix_of(who).map_or(who, |word| &who[..who.len() - word.len()]);
    let body = who.trim_end_matches(['一', '二', '三', '四', '期']);
    let works = grammar.works.suffix_of(body).is_some() || ["工程", "项目"].iter().any(|tail| body.ends_with(tail));
    let plain = (4..=LONG).contains(&who.chars().count())
        && works
        && !who.contains(['、', '，', '和', '与', '及', '：', '等'])
        && is_noun(grammar, who)
        && grammar.own_region.prefix_of(who).is_none()
        && !grammar.no_owners.contains(tidy(grammar, body));
    plain.then_some(who)
}

/// No deed, no manner, no object brought forward (将…, 把…): the words can be what a clause is about.
fn is_noun(grammar: &Grammar, words: &str) -> bool {
    !words.contains(['在', '对', '将', '把', '让', '使'])
        && grammar.action_at_start(words).is_none()
        && grammar.leading_moves.prefix_of(words).is_none()
        && grammar.light_verbs.prefix_of(words).is_none()
        && grammar.manner.prefix_of(words).is_none_or(|word| word.chars().count() == 1)
}

/// A clause without what opens it: 一是, 全年, 全市.
fn opened<'t>(grammar: &Grammar, clause: &'t str) -> &'t str {
    let mut rest = clause.trim();
    while let Some(shorter) = time_at_start(grammar, rest)
        .or_else(|| grammar.scopes.prefix_of(rest).map(|word| &rest[word.len()..]))
        .or_else(|| {
            let word = grammar.openers.prefix_of(rest).filter(|word| word.chars().count() > 1)?;
            Some(&rest[word.len()..])
        })
        .filter(|shorter| shorter.chars().count() >= 2)
    {
        rest = shorter.trim_start_matches([' ', '，', '：']);
    }
    rest
}
