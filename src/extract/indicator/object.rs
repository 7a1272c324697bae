//! Names where the words around a value have no noun of their own, or a preposition before it: what money was laid out for
//! (筹集3亿元|用于资助困难学生|), the fund that it was put into (设立创业基金，|首期投入|2亿元), 2项|为|续建项目.

use super::compose::{Carried, Scene};
use super::figure::Figure;
use super::grammar::Grammar;
use super::lead::Lead;
use super::naming::{Naming, is_countish};
use super::tidy::tidy;
use super::trail::parse_trail;
use crate::extract::unit::Dimension;

/// 拿出8亿元|支持|基层化债, 筹集3亿元|用于资助|困难学生: what the money is for, and how many bytes of the words behind the value tell it.
pub fn purpose<'t>(grammar: &Grammar, trail_text: &'t str) -> Option<(&'t str, usize)> {
    let trail = trail_text.trim_start();
    let mut rest = trail.strip_prefix("用于").or_else(|| trail.strip_prefix("支持"))?;
    while let Some(verb) = grammar.leading_moves.prefix_of(rest).or_else(|| {
        ["资助", "支付", "偿还", "开展", "实施", "补助", "扶持", "发展", "建设", "改善", "解决", "拓展"]
            .iter()
            .find(|verb| rest.starts_with(**verb))
            .map(|verb| &rest[..verb.len()])
    }) {
        if rest[verb.len()..].chars().count() < 4 || rest[verb.len()..].starts_with(['和', '、', '与', '及']) {
            break;
        }
        rest = &rest[verb.len()..];
    }
    let clause = &rest[..rest.find(['，', '。', '；', '、']).unwrap_or(rest.len())];
    let clause =
        clause.split_once('和').map_or(clause, |(first, _)| if first.chars().count() >= 4 { first } else { clause });
    let (name, _) = parse_trail(grammar, clause, true, false)?;
    (name.chars().count() >= 3 && !name.contains(|c: char| c.is_ascii_digit())).then_some((name, trail_text.len()))
}

/// 设立|创业投资引导基金|，首期投入2亿元: the first lot of money is of the fund that the clause before set up.
pub fn fund_before<'t>(scene: &'t Scene<'_>, lead_text: &str, at: usize) -> Option<&'t str> {
    let grammar = &scene.context.rules.grammar;
    grammar.batches.prefix_of(lead_text.trim_start()).or_else(|| {
        ["每年", "首年", "其中财政", "财政"].into_iter().find(|word| lead_text.trim_start().starts_with(word))
    })?;
    let head = scene.sentence[..at].strip_suffix(lead_text)?.trim_end().strip_suffix('，')?;
    let clause = head.rsplit(['，', '；', '。', '：']).next()?;
    let set_up = ["设立", "建立", "组建", "成立", "发起", "创设", "新设", "启动"];
    let from = set_up.iter().filter_map(|verb| clause.find(verb).map(|at| at + verb.len())).max()?;
    let fund = tidy(grammar, clause[from..].trim_start_matches('了'));
    let named = ["基金", "资金", "资金池", "专项", "专户"].iter().any(|kind| fund.ends_with(kind));
    (named && (4..=20).contains(&fund.chars().count()) && fund.chars().all(crate::text::is_han)).then_some(fund)
}

/// Take the preposition off a name that begins with one, or the name off where it says nothing else: 2项|为|续建项目, |为|老年人免费体检
/// 1万人, 投入200万元|对主要街道进行修复, |按|年均增长7%.
pub fn without_preposition(
    scene: &Scene<'_>,
    naming: &mut Naming,
    lead: &Lead<'_>,
    group: &[Figure],
    carried: &Carried,
) {
    let grammar = &scene.context.rules.grammar;
    let Some(Figure::Value(quantity)) = group.last() else { return };
    let [name] = naming.names.as_mut_slice() else { return };
    const PREPOSITIONS: [char; 8] = ['为', '对', '向', '给', '按', '于', '由', '将'];
    if !name.starts_with(PREPOSITIONS) {
        return;
    }
    let first = name.chars().next().map_or(0, char::len_utf8);
    let (preposition, rest) = (name[..first].to_owned(), name[first..].to_owned());
    if grammar.is_inside(&preposition, "", &rest) {
        return;
    }
    let spent = lead.action.filter(|deed| quantity.dimension == Dimension::Money && grammar.spendings.contains(deed));
    if rest.is_empty() || naming.rule == "value_name" && spent.is_some() {
        if let Some(deed) = spent {
            *name = deed.to_owned();
        } else if rest.is_empty() && !carried.names.is_empty() {
            naming.names.clone_from(&carried.names);
            (naming.rule, naming.carried, naming.keeps_carried) = ("carried", true, true);
        }
        return;
    }
    let counted = is_countish(quantity) && rest.chars().count() >= 4;
    let told = naming.rule == "value_name" && preposition == "为"
        || naming.rule == "name_value" && matches!(preposition.as_str(), "为" | "给") && lead.effect.is_none();
    if counted && told {
        *name = rest;
    }
}
