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

/// 1—2个|带动力强、就业容量大的|特色产业, 9万平方米|低成本、优质、定制化厂房空间: a quality that opens a list of them is no noun; the noun stands
/// behind the last of the list.
pub fn behind_qualities(scene: &Scene<'_>, quality: &str, from: usize) -> Option<String> {
    const QUALITIES: [&str; 40] = [
        "强",
        "高",
        "好",
        "优",
        "多",
        "快",
        "广",
        "大",
        "足",
        "鲜明",
        "突出",
        "明显",
        "完善",
        "先进",
        "优良",
        "合理",
        "显著",
        "便捷",
        "齐全",
        "优美",
        "集中",
        "一流",
        "完备",
        "雄厚",
        "丰富",
        "清晰",
        "旺盛",
        "活跃",
        "低成本",
        "高品质",
        "高标准",
        "高质量",
        "多功能",
        "全覆盖",
        "智能化",
        "现代化",
        "规模化",
        "专业化",
        "特色化",
        "标准化",
    ];
    let long = quality.chars().count();
    if !(3..=10).contains(&long) || !QUALITIES.iter().any(|end| quality.ends_with(end)) {
        return None;
    }
    let grammar = &scene.context.rules.grammar;
    let rest = scene.sentence.get(from..)?;
    let at = rest.find(quality).filter(|at| *at <= 6)?;
    let list = rest[at + quality.len()..].strip_prefix('、')?;
    let end = list.find(['，', '。', '；', '：', ',', ';']).unwrap_or(list.len());
    let list = &list[..end];
    if list.chars().count() > 40 || list.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some((_, noun)) = list.rsplit_once('的') {
        let (noun, _) = parse_trail(grammar, noun, true, false)?;
        return (noun.chars().count() >= 2).then(|| noun.to_owned());
    }
    // Without 的 the list and its noun are one name.
    let last = list.rsplit('、').next()?;
    let (noun, _) = parse_trail(grammar, last, true, false)?;
    (noun == last && noun.chars().count() >= 4).then(|| format!("{quality}、{list}"))
}

/// 加快|租赁房|建设，供应5万套, 对|老旧厂区|实施改造，推动改造9万平方米, 实施“|服务业企业|倍增计划”，新增78家: what a verb without an object was
/// done to is what the clause right before set to work on.
pub fn works_before<'t>(scene: &'t Scene<'_>, lead_text: &str, at: usize) -> Option<&'t str> {
    const TAILS: [&str; 8] = ["建设", "改造", "整治", "工作", "攻坚战", "倍增计划", "培育计划", "倍增行动"];
    let grammar = &scene.context.rules.grammar;
    let head = scene.sentence[..at].strip_suffix(lead_text)?.trim_end().strip_suffix('，')?;
    let clause = head.rsplit(['，', '；', '。', '：']).next()?.trim();
    if clause.contains(|c: char| c.is_ascii_digit()) || clause.chars().count() > 30 {
        return None;
    }
    if let Some(object) = clause.strip_prefix('对') {
        let end = ["实施", "进行", "开展"].iter().filter_map(|verb| object.find(verb)).min()?;
        let object = &object[..end];
        return plain_thing(object.rsplit('的').next().unwrap_or(object));
    }
    let mut rest = clause;
    while let Some(verb) = grammar
        .leading_moves
        .prefix_of(rest)
        .or_else(|| grammar.governing.prefix_of(rest))
        .or_else(|| grammar.manner.prefix_of(rest))
        .or_else(|| grammar.light_verbs.prefix_of(rest))
        .or_else(|| grammar.scopes.prefix_of(rest))
        .or_else(|| ["打好", "完成", "率先"].into_iter().find(|verb| rest.starts_with(verb)))
    {
        rest = &rest[verb.len()..];
    }
    let (end, tail) = TAILS.iter().filter_map(|tail| rest.find(tail).map(|end| (end, tail))).min()?;
    let behind = rest[end + tail.len()..].trim_start_matches('”');
    let over = behind.is_empty()
        || grammar.turns.prefix_of(behind).is_some()
        || grammar.adverbs.prefix_of(behind).is_some()
        || grammar.advances.contains(behind);
    plain_thing(&rest[..end]).filter(|_| over)
}

/// The thing itself, where it is one: no list, no clause.
fn plain_thing(thing: &str) -> Option<&str> {
    let thing = thing.trim_matches(['“', '”']);
    ((2..=12).contains(&thing.chars().count()) && thing.chars().all(crate::text::is_han) && !thing.contains('的'))
        .then_some(thing)
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
    // 继获|10个|奖项之后, 又有2项
    if let Some(shorter) = name.strip_suffix("之后").or_else(|| name.strip_suffix("之前")) {
        *name = shorter.to_owned();
    }
    // 让利|群众|2亿元: money is no number of those who got it.
    if quantity.dimension == Dimension::Money
        && naming.action.as_deref() == Some("让利")
        && (grammar.agents.contains(name) || grammar.peoples.contains(name) || name == "群众")
    {
        name.insert_str(0, "让利");
        return;
    }
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
