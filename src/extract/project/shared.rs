//! The head that a list tells once: 布吉、横岗街道文体中心; 同德、南山口2座抽水蓄能电站.

use super::lists::{NounList, Tail};
use super::names::{self, Evidence};
use super::rules::ProjectRules;
use super::vocabulary;

/// What is given back to a member that cannot stand without it.
pub(super) fn head(
    rules: &ProjectRules,
    text: &str,
    list: &NounList,
    evidence: &[Evidence],
    i: usize,
) -> Option<String> {
    let own = evidence.get(i).filter(|own| own.never.is_none() && !own.span.is_empty())?;
    let group = list.members.get(i)?.group;
    let tail = list.tail(group);
    // 云岭路建设、青石路亮化工程: what is done to it is told of the member itself.
    let worked = !text[own.span.end..list.members[i].span.end.max(own.span.end)].trim().is_empty();
    let mut behind = (i + 1..evidence.len()).filter(|j| list.members[*j].group == group && !worked);
    if tail.stated {
        let next = evidence.get(i + 1).filter(|_| list.members[i + 1].group == group);
        // 响水潭和竹沟抽水蓄能电站等项目: what a conjunction joins shares its head before the tail.
        let joined = next.filter(|next| {
            let gap = &text[list.members[i].span.end..next.span.start.max(list.members[i].span.end)];
            let conjunction = ["和", "与", "及", "以及"].contains(&gap.trim());
            // 龙长、漳龙（漳州段）高速公路等项目: lines do so across 、 as well.
            let line = gap.trim() == "、" && next.shared_kind.is_some() && own.span.of(text).chars().count() <= 3;
            stands_bare(text, own) && (conjunction || line) && next.kind_start() >= 6
        });
        return by_tail(rules, text, own, tail)
            .or_else(|| joined.and_then(|next| last_head(rules, text, own, next)))
            .or_else(|| works_behind(text, own, evidence.get(behind.next_back()?)?));
    }
    if own.region_alone || stands_bare(text, own) {
        // The next member that has a head gives it: 深惠、深大城际及深汕铁路.
        let next =
            behind.map(|j| &evidence[j]).find(|e| (e.weight.is_some() && e.kind_start() >= 6) || e.generic_end)?;
        return last_head(rules, text, own, next);
    }
    works_behind(text, own, evidence.get(behind.next_back()?)?)
}

/// The noun of the tail: 哇让、同德等4座抽水蓄能电站; 青石河等5条河流水质提升工程.
fn by_tail(rules: &ProjectRules, text: &str, own: &Evidence, tail: Tail) -> Option<String> {
    let noun = tail.noun?.of(text);
    let name = own.span.of(text);
    if noun.contains("片区") || name.ends_with(noun) || name.contains(noun) || own.digits || own.generic_end {
        return None;
    }
    // 老虎坑、上洋等污泥处理厂 can stand so; a region (湛江等机场), a route (同德至玛沁等公路) and what is counted cannot.
    let needs = own.region_alone || name.contains('至') || tail.counted;
    let untyped = own.weight.is_none() && name.chars().count() <= 8 && !is_work(noun) && needs;
    // 云岭湖等3家长者服务中心: a place has the house that is counted.
    const HOUSES: [&str; 8] = ["服务中心", "中心", "学校", "小学", "幼儿园", "医院", "卫生院", "服务站"];
    let place = own.weight == Some(1) && tail.counted && name.chars().count() <= 5;
    let housed = place && PLACES[..15].iter().any(|p| name.ends_with(p)) && HOUSES.iter().any(|h| noun.ends_with(h));
    let line =
        own.weight == Some(2) && name.chars().count() == 2 && names::kind_of(rules, noun).is_some_and(|k| k.1.shared);
    (untyped || line || housed).then(|| noun.to_string())
}

/// Names that end so are places first: what is done to them is told behind.
const PLACES: [&str; 21] = [
    "江", "溪", "河", "湖", "路", "街", "大道", "巷", "渠", "村", "镇", "山", "桥", "里", "屯", "灌区", "小区", "社区",
    "片区", "街区", "库区",
];

/// Where in `whole` a place of the kind of `end` ends: roads are of one kind (云岭大道、青石路改造), and so are rivers.
fn place_end(whole: &str, end: &str) -> Option<usize> {
    const ROADS: [char; 4] = ['路', '街', '道', '巷'];
    const WATERS: [char; 5] = ['江', '溪', '河', '湖', '渠'];
    let from = whole.chars().next()?.len_utf8();
    if let Some(at) = whole[from..].find(end) {
        return Some(from + at + end.len());
    }
    let found = match end.chars().next_back()? {
        c if ROADS.contains(&c) => whole[from..].find(ROADS),
        c if WATERS.contains(&c) => whole[from..].find(WATERS),
        _ => None,
    };
    found.map(|at| from + at + '路'.len_utf8())
}

/// Ends of works that are done to what stands already.
const WORKS: [&str; 24] = [
    "整治", "治理", "改造", "提升", "修复", "绿化", "亮化", "搬迁", "加固", "拓宽", "改建", "扩建", "连通", "疏浚",
    "清淤", "升级", "复明", "美化", "硬化", "修缮", "保护", "迁建", "大修", "整理",
];

pub(super) fn is_work(noun: &str) -> bool {
    let noun = noun.strip_suffix("工程").or_else(|| noun.strip_suffix("项目")).unwrap_or(noun);
    WORKS.iter().any(|w| noun.ends_with(w))
}

/// 沙湾河、大康河|流域综合整治工程: places of one kind share what is done to the last of them.
fn works_behind(text: &str, own: &Evidence, last: &Evidence) -> Option<String> {
    let name = own.span.of(text);
    let end = PLACES.into_iter().find(|end| name.ends_with(end))?;
    let whole = last.span.of(text);
    let head = &whole[place_end(whole, end)?..];
    // 宁九高速公路、宁洛高速公路改扩建: a line that is told whole is a new one; only the last is rebuilt.
    if own.weight == Some(2) && own.shared_kind.is_some() && ["建", "改线"].iter().any(|w| head.ends_with(w)) {
        return None;
    }
    (own.span.end <= last.span.start && is_work(head)).then(|| head.to_string())
}

/// 轨道14、16号线: does the member open a list of numbered lines?
pub(super) fn opens_lines(text: &str, list: &NounList, evidence: &[Evidence], i: usize) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let name = evidence[i].span.of(text);
    if evidence[i].digits || !name.ends_with(digit) || evidence[i].never.is_some() {
        return false;
    }
    let group = list.members[i].group;
    let mut behind = (i + 1..evidence.len()).filter(|j| list.members[*j].group == group);
    let last = behind.find(|j| !evidence[*j].digits).map(|j| &evidence[j]);
    last.is_some_and(|last| {
        let number = last.span.of(text).trim_start_matches(digit);
        number.len() < last.span.len() && number.starts_with("号线")
    })
}

/// 捷运1、2号线: what the first of the lines is called, for the last of them.
pub(super) fn line_front<'t>(text: &'t str, list: &NounList, evidence: &[Evidence], i: usize) -> Option<&'t str> {
    let digit = |c: char| c.is_ascii_digit();
    let group = list.members[i].group;
    let first = (0..i).rev().take_while(|j| list.members[*j].group == group).find(|j| !evidence[*j].digits)?;
    let numbered = !evidence[i].digits && evidence[i].span.of(text).starts_with(digit);
    (numbered && opens_lines(text, list, evidence, first))
        .then(|| evidence[first].span.of(text).trim_end_matches(digit))
}

/// Is the member a name and nothing that tells what it is (布吉, 国网牛首山)?
pub(super) fn stands_bare(text: &str, own: &Evidence) -> bool {
    let name = own.span.of(text);
    let count = name.chars().count();
    own.weight.is_none()
        && !own.generic_end
        && !own.digits
        && (own.region_alone || count <= 3 || (own.residue == count && count <= 6) || (count == 4 && own.residue >= 3))
}

/// A word of everyday names nothing (供水、供电等工程); a region does, and so do the ends of a line (西延高铁).
pub(super) fn is_name(rules: &ProjectRules, text: &str, own: &Evidence) -> bool {
    let name = own.span.of(text);
    let short = name.chars().count() <= 3;
    let proper = own.residue >= 2 || own.residue == 1 && short || own.weight == Some(2);
    own.region_alone || (proper && !rules.common.contains(name))
}

/// 横岗|街道文体中心, 红旗|750千伏输变电工程: the type noun with the words of its trade before it.
fn last_head(rules: &ProjectRules, text: &str, own: &Evidence, last: &Evidence) -> Option<String> {
    let name = last.span.of(text);
    let region = vocabulary::region_at_start(rules, name).filter(|at| *at < name.len());
    if let Some(at) = region.filter(|at| own.region_alone || vocabulary::residue(rules, &name[*at..]) == 0) {
        return Some(name[at..].to_string());
    }
    let mut start = last.kind_start();
    loop {
        let before = &name[..start];
        let word = before.char_indices().rev().map(|(at, _)| at).take(5).filter(|at| {
            let word = &before[*at..];
            word.chars().count() >= 2 && rules.common.contains(word) && !rules.regions.contains(word)
        });
        let sized = rules.capacity.find_iter(before).last().filter(|m| m.end() == before.len()).map(|m| m.start());
        match word.last().or(sized).filter(|at| before[..*at].chars().count() >= 2) {
            Some(at) => start = at,
            None => break,
        }
    }
    let head = &name[start..];
    // 京承高速公路河北段: a section is told of the last alone.
    let section = head.ends_with('段') && head.chars().count() <= 2;
    (start > 0 && !head.is_empty() && !section && !is_work(head)).then(|| head.to_string())
}
