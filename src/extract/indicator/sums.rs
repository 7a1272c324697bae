//! How many a list has, behind it: 生产总值、财政收入等两项指标均居全市第一 is told of each, and the 两项 is no figure.

use super::compose::Scene;
use super::grammar::Grammar;
use super::lead::parse_lead;
use super::members::members_of;
use crate::numeral::is_counting;

/// What such a number counts; of all but the first the list says which ones they are (县域发展、园区两项考核).
const CLASSES: [&str; 7] = ["指标", "考核", "考评", "评比", "评价", "测评", "排名"];

/// Is this the number of a list's members? `before` and `after` are the words around number and unit.
pub fn is_sum(grammar: &Grammar, before: &str, after: &str) -> bool {
    if after.starts_with("合计") {
        return true;
    }
    let Some((class, tail)) = class_in(after) else { return false };
    let clause = before.rsplit(['，', '；', '。', '：', ',', ';', '（']).next().unwrap_or(before);
    let tail = tail.trim_start_matches(['中', '均', '都', '全', '部', '的']);
    let told = || {
        grammar.tells(tail)
            || grammar.facets.prefix_of(tail).is_some()
            || grammar.rank_scopes.prefix_of(tail).is_some()
            || tail.starts_with("超额")
    };
    // 完成3项考核 has no list before it.
    let listed = || clause.trim_end_matches('等').contains(['、', '和', '与', '及']);
    // 29项指标提前完成目标: nor has one that opens the sentence.
    let told_before = || !before.trim().is_empty();
    before.ends_with('等') && class == CLASSES[0] || told() && (class == CLASSES[0] && told_before() || listed())
}

/// The first class in the words behind a number, with an attribute before it at the most (两项|主要经济|指标), and the rest.
fn class_in(after: &str) -> Option<(&'static str, &str)> {
    let (at, class) = CLASSES.iter().filter_map(|class| Some((after.find(class)?, *class))).min()?;
    let kind = &after[..at];
    let plain = kind.chars().count() <= 6 && kind.chars().all(crate::text::is_han);
    plain.then(|| (class, &after[at + class.len()..]))
}

/// The members of a list that the words before a value sum up, each with the aspect that stands behind the sum
/// (A、B两项指标|超额完成率|全市第一).
pub fn listed_statistics(scene: &Scene<'_>, lead_text: &str) -> Option<Vec<String>> {
    let clause = lead_text.rsplit(['，', '；', '：']).next().unwrap_or(lead_text);
    // A、B|等主要指标|居全国第三位
    let (head, after) = match clause.rsplit_once('项') {
        Some(parts) => parts,
        None => return behind_examples(scene, clause),
    };
    let (class, tail) = class_in(after)?;
    let numberless = head.trim_end_matches(|c: char| is_counting(c) && c != '一');
    if numberless.len() == head.len() {
        return None;
    }
    let list = numberless.strip_suffix('等').unwrap_or(numberless);
    let grammar = &scene.context.rules.grammar;
    let lead = parse_lead(grammar, scene.context.lexicon, list.strip_prefix('在').unwrap_or(list), false);
    let members = members_of(lead.name);
    if members.len() < 2 || lead.action.is_some() {
        return None;
    }
    let aspect = aspect(grammar, tail);
    // GDP总量及增速: an aspect alone is of the member before it.
    let members = members.into_iter().filter(|member| !grammar.facets.contains(member));
    let names = members.map(|member| {
        let member = plain(grammar, member);
        match (class, aspect) {
            ("指标", None) => member.to_owned(),
            ("指标", Some(aspect)) => format!("{member}{aspect}"),
            // 示范区考核 is one word already.
            _ if member.ends_with(class) => member.to_owned(),
            _ => format!("{member}{class}"),
        }
    });
    let names: Vec<String> = names.collect();
    names.iter().all(|name| (2..=24).contains(&name.chars().count())).then_some(names)
}

/// 金融业增加值、存贷款余额|等主要指标|居全国第三位: those that are listed, where their class says nothing.
fn behind_examples(scene: &Scene<'_>, clause: &str) -> Option<Vec<String>> {
    let (list, after) = clause.rsplit_once('等')?;
    let kind = ["主要经济指标", "主要指标", "经济指标", "核心指标", "关键指标", "重要指标", "指标"];
    let tail = kind.iter().find_map(|kind| after.strip_prefix(kind))?;
    let grammar = &scene.context.rules.grammar;
    let lead = parse_lead(grammar, scene.context.lexicon, list, false);
    let members = members_of(lead.name);
    let told = grammar.tells(tail.trim_start_matches(['均', '都', '全', '部']));
    if members.len() < 2 || lead.action.is_some() || !(told || tail.is_empty()) {
        return None;
    }
    let names: Vec<String> = members.into_iter().map(|member| plain(grammar, member).to_owned()).collect();
    names.iter().all(|name| (2..=24).contains(&name.chars().count())).then_some(names)
}

/// What the words behind a sum measure of each member; a mere movement or size is the statistic itself (总量, 增速).
fn aspect<'t>(grammar: &Grammar, tail: &'t str) -> Option<&'t str> {
    let words = tail.trim_start_matches(['中', '的']).trim_end_matches(['均', '都', '全', '部', '在', '、']);
    let words = grammar.both.suffix_of(words).map_or(words, |word| &words[..words.len() - word.len()]);
    (words.ends_with('率') && (2..=6).contains(&words.chars().count())
        || grammar.measure_nouns.contains(words)
            && grammar.rate_nouns.suffix_of(words).is_none()
            && !grammar.plain_facets.contains(words))
    .then_some(words)
}

/// A member without its own movement: 批零贸易额|增速, GDP|总量及增速.
fn plain<'t>(grammar: &Grammar, member: &'t str) -> &'t str {
    let member = member.trim_end_matches(['的', '等']);
    // 生产|总值 is no aspect of 生产.
    let size = ["总量和增速", "总量及增速", "总量、增速", "总量"].into_iter().find(|size| member.ends_with(size));
    let word = grammar.rate_nouns.suffix_of(member).or(size);
    match word {
        Some(word) if member[..member.len() - word.len()].chars().count() >= 2 => {
            member[..member.len() - word.len()].trim_end_matches('的')
        }
        _ => member,
    }
}
