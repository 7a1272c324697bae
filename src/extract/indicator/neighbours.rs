//! What a name takes from those beside it: the head that a list shares, the other side of a statistic, the owner of an
//! aspect, of how many people it is.

use super::behind::event_behind;
use super::compose::Scene;
use super::deed::is_subject;
use super::figure::Figure;
use super::grammar::Grammar;
use super::lead::Lead;
use super::reach::up_to_mark;
use super::tidy::tidy;
use super::trail::{grade_at_start, is_grade, parse_trail};
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;
use crate::numeral::is_counting;

/// What stands behind the voltages that open the text: 750千伏和330千伏|电网工程.
pub fn behind_grades<'t>(grammar: &Grammar, text: &'t str) -> Option<&'t str> {
    let mut rest = text.trim_start();
    loop {
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let behind = (unit.len() < rest.len())
            .then(|| grammar.grades.prefix_of(unit).map(|grade| &unit[grade.len()..]))
            .flatten()?;
        match behind.strip_prefix(['和', '、', '及', '/']) {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => rest = next,
            _ => return Some(behind),
        }
    }
}

/// 每千人口|执业医师数: of how many people a statistic is.
pub fn per_head<'n>(grammar: &Grammar, name: &'n str) -> Option<&'n str> {
    let rest = name.strip_prefix('每')?.trim_start_matches(['十', '百', '千', '万', '亿', '名']);
    let tail = &rest[grammar.populations.prefix_of(rest)?.len()..];
    Some(&name[..name.len() - tail.len()])
}

/// 支出 behind 一般公共预算收入 is 一般公共预算支出, 产量 behind 粮食播种面积 is 粮食产量.
pub fn counterpart(before: &str, bare: &str) -> Option<String> {
    let ends: &[&str] = match bare {
        // 研发投入年均增长17.5%、强度达2.06%
        "强度" if before.contains("研发") => return Some(format!("{before}{bare}")),
        "支出" => &["收入"],
        "总收入" | "收入" | "综合收入" if before.contains("旅游") => {
            return before.find("旅游").map(|at| format!("{}{bare}", &before[at..at + "旅游".len()]));
        }
        // 接待游客3亿人次、总花费4500亿元
        "总花费" | "花费" | "总消费" if before.contains("接待") => return Some(format!("游客{bare}")),
        "出栏" | "出栏量" => &["存栏量", "存栏"],
        "存栏" | "存栏量" => &["出栏量", "出栏"],
        "单产" | "亩产" => &["总产量", "总产", "产量", "播种面积", "种植面积", "总面积", "面积"],
        "播种面积" | "种植面积" => &["总产量", "总产", "产量", "单产"],
        "产量" | "总产量" | "总产" | "产值" => &["播种面积", "种植面积", "总面积", "面积"],
        _ => return None,
    };
    let head = ends.iter().find_map(|end| before.strip_suffix(end)).filter(|head| !head.is_empty())?;
    // 有效灌溉面积, 造林面积: nothing that bears a crop.
    if ["灌溉", "造林", "绿化", "供热", "建筑", "施工", "建设", "整理", "规划", "整治"]
        .iter()
        .any(|works| head.ends_with(works))
    {
        return None;
    }
    // 粮食|生产|面积
    Some(format!("{}{bare}", head.strip_suffix("生产").filter(|crop| !crop.is_empty()).unwrap_or(head)))
}

/// 总投资12亿元的6个治理项目, 占地6904亩的工业台地: an aspect that stands before its owner.
pub fn attributive_owner(scene: &Scene<'_>, lead: &Lead<'_>, group: &[Figure], trail_text: &str) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let extent = grammar.extents.suffix_of(lead.name).is_some();
    if !trail_text.trim_start().starts_with('的') || !extent || lead.name.chars().count() > 5 {
        return None;
    }
    let end = group.last()?.outer().end;
    let rest = &scene.sentence[end..];
    let rest = up_to_mark(rest);
    let owner = rest.trim_start().trim_start_matches('的');
    let digits = owner.char_indices().skip(4).find(|(_, c)| c.is_ascii_digit()).map_or(owner.len(), |(at, _)| at);
    let owner = owner[..digits].trim_end_matches(['和', '及', '与']);
    // 13所小学 is counted; 30万千瓦电站 is what it is called.
    let bare = owner.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let owner = grammar.extent_counters.prefix_of(bare).map_or(owner, |counter| &bare[counter.len()..]);
    let figure = owner.len() - owner.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let body = &owner[figure..];
    // 灾后重建|项目|建设: works end where they are called works; anything else where something is told of it.
    let works = ["项目", "工程"].iter().filter_map(|work| body.find(work).map(|at| at + work.len())).min();
    let noun = match works.filter(|end| *end > "项目".len() && !body[..*end].contains('的')) {
        Some(end) => &body[..end],
        None => parse_trail(grammar, body, false, false)?.0,
    };
    let owner = &owner[..owner.find(noun).map_or(owner.len(), |at| at + noun.len())];
    let owner = tidy(grammar, owner);
    // 加快|总投资52亿元的…项目: the verb is no part of the measure.
    let name = match grammar.leading_moves.prefix_of(lead.name).or_else(|| grammar.manner.prefix_of(lead.name)) {
        Some(verb) if grammar.extents.contains(lead.name[verb.len()..].trim_start_matches('总')) => {
            &lead.name[verb.len()..]
        }
        _ => lead.name,
    };
    (owner.chars().count() >= 2)
        .then(|| if lead.name.starts_with("占地") { owner.to_owned() } else { format!("{owner}{name}") })
}

/// 黑羊站水厂3万吨扩建项目: the value is part of what the thing is called.
pub fn specifies(grammar: &Grammar, behind: &str) -> bool {
    grammar.spec_heads.suffix_of(behind).is_some()
}

/// 2家省级、2家市级家庭农场: an attribute takes the head that the last member of its list has.
pub fn with_head(scene: &Scene<'_>, attribute: &str, used: usize, quantity: &Quantity) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let from = quantity.outer.end + used;
    let rest = scene.sentence.get(from..)?;
    // The next member: 、2家市级家庭农场.
    let unit = quantity.unit.as_deref()?;
    let at = rest.find(unit)? + unit.len();
    let next = &rest[at..];
    let next = up_to_mark(next);
    // 5个以上百亿元级、10个|以上|三十亿元级项目
    let next = next.strip_prefix("以上").unwrap_or(next);
    // 1个400亿级、3个|100亿级|产业名镇
    let grade = grade_at_start(next).map(|end| next[..end].trim_end_matches('的')).filter(|_| is_grade(attribute));
    let money = || money_grade(next).map(|end| &next[..end]).filter(|_| is_level(attribute));
    let level =
        || next.find('级').map(|at| &next[..at + '级'.len_utf8()]).filter(|own| is_level(attribute) && is_level(own));
    let other = grade.or_else(money).or_else(|| grammar.attributes.prefix_of(next)).or_else(level)?;
    // 企业在展示板挂牌: what the other member's own noun is, without what it did.
    let (head, _) = parse_trail(grammar, &next[other.len()..], true, false)?;
    let head = head.trim_start_matches('的');
    // 市重点、县级|重点项目: what the attribute ends with is not said twice.
    let opening = head.char_indices().nth(2).map_or(head, |(at, _)| &head[..at]);
    let head = head.strip_prefix(opening).filter(|_| attribute.ends_with(opening)).unwrap_or(head);
    // 17个区、2个|县（市）|: a bracket belongs to its own member.
    (!head.is_empty() && !head.starts_with('（') && head.chars().count() <= 14).then(|| format!("{attribute}{head}"))
}

/// A size in money at the start of a text, which says which of them they are: 百亿元级|, 30亿元以上|.
fn money_grade(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || is_counting(c) || "十百千万亿.".contains(c));
    let number = &text[..text.len() - rest.len()];
    let rest = rest.strip_prefix('元').unwrap_or(rest);
    let rest =
        ["级及以上", "级以上", "及以上", "以上", "级"].iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    (number.contains(['亿', '万']) && rest.len() + number.len() < text.len()).then(|| text.len() - rest.len())
}

/// Is it a level or a size alone, of which the noun stands behind the next one: 2支|区级|, 50个|乡镇级|, 12个|百亿元|?
pub fn is_level(text: &str) -> bool {
    let long = text.chars().count();
    (2..=5).contains(&long) && text.ends_with('级') && !text.ends_with("年级")
        || long <= 6 && money_grade(text).is_some_and(|end| end == text.len())
}

/// 5个省重大、30个市重点和100个县重点|项目: the head at the end of a list whose members end with an attribute.
pub fn head_of_list<'t>(scene: &Scene<'t>, name: &str, used: usize, quantity: &Quantity) -> Option<&'t str> {
    /// More members than a list of this kind has.
    const MEMBERS: usize = 6;
    let grammar = &scene.context.rules.grammar;
    let unit = quantity.unit.as_deref()?;
    grammar.attribute_ends.suffix_of(name)?;
    let mut rest = scene.sentence.get(quantity.outer.end + used..)?;
    for _ in 0..MEMBERS {
        let next = rest.strip_prefix(['、', '和', '及', '与']).unwrap_or(rest);
        let counted = next.trim_start_matches(|c: char| c.is_ascii_digit());
        let noun = counted.strip_prefix(unit).filter(|_| counted.len() < next.len())?;
        let member = &noun[..noun.find(['，', '。', '；', '、', '和', '及', '与']).unwrap_or(noun.len())];
        let (whole, _) = parse_trail(grammar, member, true, false)?;
        if grammar.attribute_ends.suffix_of(whole).is_none() {
            return ["项目", "工程", "企业", "产业", "园区", "平台", "景区"]
                .iter()
                .find_map(|head| whole.rfind(head).map(|at| &whole[at..at + head.len()]));
        }
        rest = &noun[member.len()..];
    }
    None
}

/// 完成300户危房、20公里农村公路|改造: the deed at the end of a list of two, behind a verb that says little.
pub fn shared_deed<'t>(
    scene: &Scene<'t>,
    lead: &Lead<'_>,
    name: &str,
    used: usize,
    quantity: &Quantity,
    carried: Option<&str>,
) -> Option<&'t str> {
    const DEEDS: [&str; 24] = [
        "升级改造",
        "提升改造",
        "提标改造",
        "维修改造",
        "新建改造",
        "改造升级",
        "综合整治",
        "建设",
        "改造",
        "治理",
        "整治",
        "救助",
        "修缮",
        "维修",
        "加固",
        "帮扶",
        "搬迁",
        "升级",
        "调查",
        "修复",
        "排查",
        "检测",
        "疏浚",
        "清淤",
    ];
    let grammar = &scene.context.rules.grammar;
    let light = lead.completed
        || lead.action.or(carried).is_some_and(|deed| ["完成", "开展", "实施", "推进", "做好", "抓好"].contains(&deed));
    let bare = grammar.bare_heads.suffix_of(name).is_some() || grammar.deeds.suffix_of(name).is_some();
    // 完成 is read as a predicate too.
    let stated = lead.effect.is_some() && !lead.completed;
    if !light || bare || stated || name.ends_with("行动") || DEEDS.iter().any(|deed| name.ends_with(deed)) {
        return None;
    }
    let (told, rest) = scene.sentence.split_at_checked(quantity.outer.end + used)?;
    // 36个老旧小区的节能改造: it has a deed of its own.
    let told = told.trim_end_matches(['和', '及', '与']);
    let rest = rest.strip_prefix(['、', '和']).unwrap_or(rest);
    if !told.ends_with(name) {
        return None;
    }
    let noun = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '余' | '多' | '.'));
    // 211个城中村、22万户天然气入户改造: of another kind; but 亩 and 平方公里 are of one.
    let extent = || {
        quantity.dimension == Dimension::Area
            && ["亩", "万亩", "公顷", "平方公里", "平方米", "万平方米"].iter().any(|unit| noun.starts_with(unit))
    };
    if noun.strip_prefix(quantity.unit.as_deref()?).is_none() && !extent() {
        return None;
    }
    let next = up_to_mark(noun);
    let deed = DEEDS.iter().find(|deed| next.ends_with(**deed)).filter(|_| noun.len() < rest.len())?;
    // 7家街道图书馆、10家社区图书馆|的自助服务改造升级: what follows the same noun in the next member.
    if let Some((at, _)) = name.char_indices().rev().nth(1).filter(|(at, _)| *at > 0)
        && let Some(from) = next.find(&name[at..]).filter(|from| *from > 0)
    {
        let behind = next[from + name[at..].len()..].trim_start_matches('的');
        return (behind.chars().count() >= if *deed == "建设" { 4 } else { 2 } && behind.ends_with(deed))
            .then_some(behind);
    }
    // 200个示范村、300个整治村|入户道路建设: what follows the same kind of thing in the next member.
    if let Some(kind) = name.chars().last().filter(|_| matches!(*deed, "建设" | "调查" | "修复" | "排查")) {
        let behind = next.find(kind).map(|at| &next[at + kind.len_utf8()..])?;
        return (behind.chars().count() >= 4 && lead.completed).then_some(behind);
    }
    // 3公里改造 names nothing that was done so.
    (next.chars().count() >= deed.chars().count() + 3).then(|| &next[next.len() - deed.len()..])
}

/// 25个产业基础再造、10个技术装备攻关|项目, 150个“深研”、150个“重研”|项目: what was done, or a word in quotation marks, takes the head that
/// stands at the end of the next member; but 7个国家枢纽、3个物流基地 are two things.
pub fn shared_head(scene: &Scene<'_>, name: &str, used: usize, quantity: &Quantity) -> Option<&'static str> {
    const HEADS: [&str; 4] = ["项目", "工程", "企业", "基地"];
    // Works themselves (改造, 改扩建) are done; these only say what kind of project it is.
    const KINDS: [&str; 12] =
        ["研究", "再造", "优化", "入户", "换人", "攻关", "养殖", "种植", "加工", "转化", "孵化", "改良"];
    let rest = scene.sentence.get(quantity.outer.end + used..)?;
    let next = rest.trim_start_matches(['、', '和', '及', '与']);
    let noun = next.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '余' | '多'));
    let noun = noun.strip_prefix(quantity.unit.as_deref()?).filter(|_| noun.len() < next.len())?;
    let noun = up_to_mark(noun);
    let head = HEADS.into_iter().find(|head| noun.ends_with(head))?;
    let named = || KINDS.iter().any(|tail| name.ends_with(tail));
    // A list in quotation marks: both of the same kind.
    let quoted = name.starts_with('“') && name.ends_with('”') && noun.starts_with('“');
    let long = noun.chars().count() >= 4 && !noun.contains(['和', '与', '及']);
    (long && scene.context.lexicon.code(name).is_none() && (quoted || named())).then_some(head)
}

/// 17条稳就业、8条青年就业创业|政策措施: articles share the word for what they are.
pub fn shared_paper<'t>(scene: &Scene<'t>, name: &str, used: usize, quantity: &Quantity) -> Option<&'t str> {
    let grammar = &scene.context.rules.grammar;
    if quantity.unit.as_deref() != Some("条") || grammar.papers.suffix_of(name).is_some() {
        return None;
    }
    let rest = scene.sentence.get(quantity.outer.end + used..)?.strip_prefix(['、', '和'])?;
    let next =
        rest.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix('条').filter(|n| n.len() < rest.len())?;
    let next = up_to_mark(next);
    grammar.papers.suffix_of(next)
}

/// 89个|开发区|规上工业总产值, 13个|设区市|地区生产总值: the thing that is counted, before a statistic of it.
pub fn counted_thing<'t>(scene: &Scene<'_>, behind: &'t str) -> Option<&'t str> {
    let grammar = &scene.context.rules.grammar;
    let thing = grammar.counted_heads.prefix_of(behind)?;
    let statistic = &behind[thing.len()..];
    // 75家|县级以上龙头企业销售收入: 县 is part of a word there.
    if statistic.starts_with(['级', '域', '直', '属', '内', '际', '政', '委', '长'])
        || statistic.starts_with('城') && thing.chars().count() == 1
    {
        return None;
    }
    let measured = grammar.measure_nouns.suffix_of(statistic).is_some()
        || grammar.statistic_tails.suffix_of(statistic).is_some()
        || scene.context.lexicon.is_name(statistic)
        // 8个|市县|城镇固定资产|投资增速
        || statistic.ends_with("固定资产");
    (statistic.chars().count() >= 3 && measured).then_some(thing)
}

/// 地震灾后重建|240个|项目, “回头看”|171宗|案件: of which kind a bare head is, told right before its number.
pub fn kind_before<'t>(scene: &Scene<'_>, lead: &Lead<'t>, lead_text: &str, head: &str) -> Option<&'t str> {
    let grammar = &scene.context.rules.grammar;
    let kind = lead.name;
    let attached = lead_text.ends_with(kind) && !kind.ends_with('等');
    let plain = lead.effect.is_none()
        && (2..=20).contains(&kind.chars().count())
        && !kind.contains(['、', '，', '的'])
        && !kind.ends_with(head)
        && grammar.measure_nouns.suffix_of(kind).is_none()
        && grammar.statistic_tails.suffix_of(kind).is_none()
        && grammar.facets.suffix_of(kind).is_none()
        && grammar.action_at_start(kind).is_none()
        && (grammar.works.suffix_of(kind).is_some()
            || grammar.actions.suffix_of(kind).is_none() && grammar.events.suffix_of(kind).is_none());
    (grammar.bare_heads.contains(head) && attached && plain && !is_subject(grammar, kind)).then_some(kind)
}

/// 建设|龙腾工业区|2公里滨水活力带: the place of works whose length or area stands between it and what they are.
pub fn place_before<'t>(scene: &Scene<'_>, lead: &Lead<'t>, quantity: &Quantity, behind_noun: &str) -> Option<&'t str> {
    let grammar = &scene.context.rules.grammar;
    let extent = matches!(quantity.dimension, Dimension::Length | Dimension::Area);
    let told = || event_behind(grammar, behind_noun).is_some();
    let line = || ["干流", "河", "江", "湖", "沿线", "两岸"].iter().any(|tail| lead.name.ends_with(tail));
    (extent
        && lead.effect.is_none()
        && (is_subject(grammar, lead.name) && (lead.action.is_some() || told()) || line() && told()))
    .then_some(lead.name)
}
