//! A noun phrase → the members of its list, and the tail that they share (等项目, 2座智能化煤矿, 等景区).

use crate::text::Span;

use super::brackets::Brackets;
use super::names::{self, kind_of};
use super::rules::{Held, Phase, ProjectRules};
use super::vocabulary;

/// One member of a list, as printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    pub span: Span,
    /// Members with the same number share a tail.
    pub group: usize,
}

/// A noun phrase taken apart.
#[derive(Debug, Clone, Default)]
pub(super) struct NounList {
    pub members: Vec<Member>,
    /// What each group ends with: the text behind 等, or behind the sum of the list.
    pub tails: Vec<Tail>,
    /// A phase of work at the end (前期工作).
    pub phase: Option<Phase>,
    /// What the whole noun phrase may hold.
    pub held: Held,
}

/// The shared end of a group.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tail {
    /// 等 or a sum stood there.
    pub stated: bool,
    /// Weight of its type noun; projects and works are 1.
    pub weight: Option<i8>,
    /// 等前期项目: planned, whatever the verb.
    pub before: bool,
    /// 等机场项目, 等5条在建高速公路: the type noun that every member shares, where the tail is nothing else.
    pub noun: Option<Span>,
    /// 等重点项目: that the members are projects is told.
    pub projects: bool,
    /// 等工程: that they are works is told.
    pub works: bool,
    /// 等5条高铁, 4座电站: a number of them is told.
    pub counted: bool,
}

/// Take a noun phrase apart.
pub(super) fn take_apart(rules: &ProjectRules, text: &str, noun: Span, brackets: &Brackets) -> NounList {
    let (noun, phase) = names::strip_end(rules, text, noun);
    let mut list = NounList { phase, held: rules.held_in(noun.of(text)), ..NounList::default() };
    let mut start = noun.start;
    let mut group = 0;
    let mut at = noun.start;
    while at < noun.end {
        let Some(c) = text[at..noun.end].chars().next() else { break };
        let next = at + c.len_utf8();
        if !matches!(c, '、' | '等' | '和' | '与' | '及' | '以') || brackets.contain(at) {
            at = next;
            continue;
        }
        if c == '、' {
            push(&mut list, start, at, group);
            start = next;
        } else if c == '等' && is_etc(text, noun, at) {
            push(&mut list, start, at, group);
            let (end, resume) = tail_end(rules, text, Span::new(next, noun.end), brackets);
            list.set_tail(group, tail(rules, text, Span::new(next, end)));
            group += 1;
            start = resume;
            at = resume;
            continue;
        } else if c != '等' {
            let word = if text[at..].starts_with("以及") { "以及" } else { &text[at..next] };
            let after = at + word.len();
            if c != '以' || word == "以及" {
                let (left, right) = (Span::new(start, at), Span::new(after, item_end(text, after, noun.end, brackets)));
                if splits(rules, text, left, at, word, right, list.members.iter().any(|m| m.group == group)) {
                    push(&mut list, start, at, group);
                    start = after;
                    at = after;
                    continue;
                }
            }
        }
        at = next;
    }
    push(&mut list, start, noun.end, group);
    list.without_circumstance(text);
    list.join_places(text);
    list.sums(rules, text);
    list.without_kinds(rules, text);
    list
}

impl NounList {
    fn set_tail(&mut self, group: usize, tail: Tail) {
        self.tails.resize(group + 1, Tail::default());
        self.tails[group] = tail;
    }

    /// The tail of a group; none where the list just ends.
    pub fn tail(&self, group: usize) -> Tail {
        self.tails.get(group).copied().unwrap_or_default()
    }

    /// 以云岭大道、青石路为中心的商业区: what another thing has at its heart is no member.
    fn without_circumstance(&mut self, text: &str) {
        let opens = |m: &Member| m.span.of(text).starts_with('以') && !m.span.of(text).starts_with("以及");
        let Some(first) = self.members.iter().position(opens) else { return };
        let Some(last) = (first..self.members.len()).find(|i| self.members[*i].span.of(text).contains('为')) else {
            return;
        };
        // 以康养为主的云岭医疗基地: what stands behind is one.
        let member = &mut self.members[last];
        let words = member.span.of(text);
        let behind = words.find('为').and_then(|at| words[at..].find('的').map(|of| at + of + '的'.len_utf8()));
        member.span = Span::new(behind.map_or(member.span.end, |at| member.span.start + at), member.span.end);
        let gone = if member.span.is_empty() { last + 1 } else { last };
        self.members.drain(first..gone);
    }

    /// 一批创意产业园和工业园, 扶贫驿站、扶贫车间234个: what is counted together is a kind, all of it, but for names.
    fn without_kinds(&mut self, rules: &ProjectRules, text: &str) {
        const SOME: [&str; 6] = ["一批", "一大批", "一系列", "若干", "各类", "各种"];
        let Some((first, last)) = self.members.first().zip(self.members.last()) else { return };
        if self.members.len() < 2 || !self.tails.is_empty() {
            return;
        }
        let name = last.span.of(text).trim();
        let counted = || {
            let found = rules.counted.find_iter(name).last();
            self.held.counted && found.is_some_and(|m| m.start() > 0 && m.end() == name.len())
        };
        if SOME.iter().any(|w| first.span.of(text).starts_with(w)) || counted() {
            self.members.retain(|m| {
                let name = m.span.of(text);
                vocabulary::residue(rules, name) >= 2 && vocabulary::heads(rules, name)
            });
        }
    }

    /// 永安镇、蔡村镇以工代赈: places alone share what follows, so that the whole is one name.
    fn join_places(&mut self, text: &str) {
        const PLACES: [&str; 6] = ["镇", "乡", "街道", "县", "市", "村"];
        if self.members.len() < 2 || self.members.iter().any(|m| m.group != 0) || !self.tails.is_empty() {
            return;
        }
        let (Some(first), Some((last, others))) = (self.members.first().copied(), self.members.split_last()) else {
            return;
        };
        let place = |s: &str| PLACES.iter().any(|p| s.trim().ends_with(p));
        if !others.iter().all(|m| place(m.span.of(text))) || place(last.span.of(text)) {
            return;
        }
        let name = last.span.of(text);
        let begins = name.char_indices().skip(1).take(5).any(|(i, _)| PLACES.iter().any(|p| name[i..].starts_with(p)));
        if begins {
            let end = last.span.end;
            self.members = vec![Member { span: Span::new(first.span.start, end), group: 0 }];
        }
    }

    /// 华阳一矿、新景矿2座智能化煤矿: the sum of the list is its tail.
    fn sums(&mut self, rules: &ProjectRules, text: &str) {
        if !self.held.counted {
            return;
        }
        for i in 0..self.members.len() {
            let Member { span, group } = self.members[i];
            if self.tail(group).stated {
                continue;
            }
            let several = self.members.iter().filter(|m| m.group == group).count() > 1;
            let name = span.of(text);
            for found in rules.counted.find_iter(name) {
                // 云岭村百亩核桃基地和青石园: land and length are never numbers of a list.
                const LAND: [char; 4] = ['亩', '里', '米', '顷'];
                let summed = ["共", "计", "总长", "全长"].iter().any(|w| name[..found.start()].ends_with(w));
                // 国道105和514大修: the number of a road.
                let road = found.as_str().ends_with('大');
                // 白团13900亩整理工程 tells the size of one thing, not how many the list has; 云岭3县 where it is.
                const SIZES: [char; 18] = [
                    '亩', '里', '米', '顷', '人', '户', '台', '张', '辆', '套', '头', '只', '支', '县', '乡', '镇',
                    '村', '大',
                ];
                let before = &name[..found.start()];
                if (!several && found.as_str().ends_with(SIZES))
                    || (found.as_str().ends_with(LAND) && !summed)
                    || (road && found.as_str().starts_with(|c: char| c.is_ascii_digit()))
                    || before.ends_with('“')
                {
                    continue;
                }
                let size = ["年产", "产能", "日产", "年", "第", "总", "新增", "储能"];
                let digits = found.as_str().starts_with(|c: char| c.is_ascii_digit());
                if before.trim().is_empty()
                    || !(several || digits)
                    || size.iter().any(|s| before.trim_end().ends_with(s))
                {
                    continue;
                }
                let behind = Span::new(span.start + found.end(), span.end);
                if behind.is_empty() {
                    break; // 中试基地3个 counts a kind
                }
                let mut tail = tail(rules, text, behind);
                if tail.weight.is_none_or(|w| w < 1) {
                    break;
                }
                // 科技城10个项目: the projects are at the place, which is none of them.
                if !several && tail.projects {
                    self.members[i].span = Span::new(span.start, span.start);
                    break;
                }
                tail.counted = true;
                self.set_tail(group, tail);
                self.members[i].span = Span::new(span.start, span.start + before.trim_end().len());
                break;
            }
        }
    }
}

fn push(list: &mut NounList, start: usize, end: usize, group: usize) {
    if start < end {
        list.members.push(Member { span: Span::new(start, end), group });
    }
}

/// 等 that closes a list, not the one in 高等, 中等, 等级.
fn is_etc(text: &str, noun: Span, at: usize) -> bool {
    let before = text[noun.start..at].chars().next_back();
    let behind = text[at + '等'.len_utf8()..noun.end].chars().next();
    // 南街胡同等街巷: no 同等.
    let lane = ["胡同", "合同"].iter().any(|w| text[noun.start..at].ends_with(w));
    at > noun.start
        && !before.filter(|_| !lane).is_some_and(|c| {
            matches!(c, '高' | '中' | '初' | '平' | '同' | '均' | '对' | '相' | '不' | '一' | '二' | '三' | '特')
        })
        && !behind.is_some_and(|c| matches!(c, '级' | '候' | '值' | '额' | '于'))
}

/// Where the tail behind 等 ends, and where reading goes on: a conjunction opens another list.
fn tail_end(rules: &ProjectRules, text: &str, rest: Span, brackets: &Brackets) -> (usize, usize) {
    for (i, c) in rest.of(text).char_indices() {
        let at = rest.start + i;
        if brackets.contain(at) || i == 0 {
            continue;
        }
        let next = at + c.len_utf8();
        if c == '、' {
            // 等省、市重点项目: two levels of one tail.
            let levels = ["国家", "省", "市", "部"].iter().any(|level| text[rest.start..at].ends_with(level))
                && ["省", "市", "区", "县"].iter().any(|level| text[next..rest.end].starts_with(level));
            if levels {
                continue;
            }
            return (at, next);
        }
        if matches!(c, '和' | '与' | '及') && !vocabulary::inside_common_word(rules, text, rest, at, c.len_utf8()) {
            let at = if c == '及' && text[..at].ends_with('以') { at - '以'.len_utf8() } else { at };
            return (at, next);
        }
    }
    (rest.end, rest.end)
}

fn tail(rules: &ProjectRules, text: &str, span: Span) -> Tail {
    let (span, _) = names::strip_end(rules, text, span);
    let mut words = span.of(text).trim();
    let mut many = false;
    // 等协作项目587个, 等项目的土地征收: what follows the noun tells nothing of the members.
    if let Some(at) = words.find("项目").map(|at| at + "项目".len())
        && words[at..].starts_with(|c: char| c == '的' || c.is_ascii_digit())
    {
        words = &words[..at];
    } else if let Some(sum) = rules.counted.find_iter(words).last().filter(|m| m.start() > 0 && m.end() == words.len())
    {
        many = number(sum.as_str()) >= 100.0;
        words = words[..sum.start()].trim_end();
    }
    let count = rules.counted.find(words).filter(|m| m.start() == 0);
    let projects = words.ends_with("项目");
    let works = words.ends_with("工程") && kind_of(rules, words).is_none_or(|(_, kind)| kind.weight >= 0);
    let weight = if words.is_empty() {
        None
    } else if many && !projects && !works {
        // 驿站、司机之家等服务阵地1600个: of so many none is told by name.
        Some(-3)
    } else if ["各类", "各种", "各级"].iter().any(|w| words.starts_with(w))
        || ((BODIES.iter().any(|w| words.contains(w)) || words.ends_with("产品")) && !projects)
    {
        Some(-3)
    } else if (words.ends_with('区') && kind_of(rules, words).is_none_or(|(_, kind)| kind.weight < 1))
        || ["高校", "院校"].iter().any(|schools| words.ends_with(schools))
    {
        Some(0)
    } else if projects || words.ends_with("工程") {
        Some(1)
    } else {
        kind_of(rules, words).map(|(_, kind)| kind.weight).or(count.map(|_| 1))
    };
    let behind = &words[count.map_or(0, |m| m.end())..];
    let counted =
        count.is_some_and(|m| m.as_str().starts_with(|c: char| c.is_ascii_digit() || "两三四五六七八九十".contains(c)));
    Tail {
        stated: true,
        noun: noun(rules, text, span, behind),
        weight,
        before: before(words),
        projects,
        works,
        counted,
    }
}

/// The number that a sum begins with.
fn number(sum: &str) -> f64 {
    let end = sum.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(sum.len());
    sum[..end].parse().unwrap_or(0.0)
}

/// What no project is, whatever number of it a list ends with.
const BODIES: [&str; 15] = [
    "商圈",
    "区域",
    "领域",
    "行业",
    "企业",
    "部门",
    "机构",
    "地区",
    "城市",
    "方面",
    "航线",
    "班列",
    "旗舰店",
    "首店",
    "团队",
];

/// 等前期项目, 等计划开工项目: not begun yet.
fn before(words: &str) -> bool {
    words.starts_with("计划") || (words.contains("前期") && !words.contains("前期工作"))
}

/// 5条|在建|高速公路, 6个|抽水蓄能|项目: the noun that each member may be given.
fn noun(rules: &ProjectRules, text: &str, span: Span, words: &str) -> Option<Span> {
    const BEFORE: [&str; 17] = [
        "在建",
        "续建",
        "新建",
        "拟建",
        "重点",
        "重大",
        "大型",
        "中型",
        "小型",
        "中小型",
        "主要",
        "一批",
        "多个",
        "骨干",
        "百万千瓦级",
        "千万千瓦级",
        "国省",
    ];
    let mut bare = words.trim();
    while let Some(word) = BEFORE.iter().find(|word| bare.starts_with(**word)) {
        bare = bare[word.len()..].trim_start();
    }
    let bare = ["项目", "工程"].iter().fold(bare, |w, end| w.strip_suffix(end).unwrap_or(w));
    let (bytes, kind) = kind_of(rules, bare)?;
    let trade = &bare[..bare.len() - bytes];
    // 现代|牧场, 街道|文体中心: a word or two of its trade.
    let plain = trade.chars().count() <= 8 && vocabulary::residue(rules, trade) == 0;
    if kind.weight < 1 || bytes < 6 || !plain {
        return None;
    }
    let at = text[span.start..span.end].find(bare)? + span.start;
    Some(Span::new(at, at + bare.len()))
}

/// The end of the item that begins at `from`.
fn item_end(text: &str, from: usize, end: usize, brackets: &Brackets) -> usize {
    text[from..end]
        .char_indices()
        .map(|(i, c)| (from + i, c))
        .find(|(at, c)| matches!(c, '、' | '等') && !brackets.contain(*at))
        .map_or(end, |(at, _)| at)
}

/// Does this conjunction part two names? 容易线和京白线 yes, 深度脱硫和除尘改造 no.
fn splits(rules: &ProjectRules, text: &str, left: Span, at: usize, word: &str, right: Span, listed: bool) -> bool {
    // G325及S280: numbers of roads.
    let road = |s: Span| {
        let mut chars = s.of(text).trim().chars();
        chars.next().is_some_and(|c| c.is_ascii_uppercase()) && chars.all(|c| c.is_ascii_digit())
    };
    if road(left) && road(right) {
        return true;
    }
    // 医学院附属|和济医院: what is attached follows.
    if left.is_empty() || right.is_empty() || left.of(text).ends_with("附属") {
        return false;
    }
    let whole = Span::new(left.start, right.end);
    if vocabulary::inside_common_word(rules, text, whole, at, word.len()) {
        return false;
    }
    // 云岭生态岛和11个分岛, 6个文体中心及区档案馆: what is counted is no part of a name.
    let counted = |s: Span| rules.counted.find(s.of(text).trim()).is_some_and(|m| m.start() == 0);
    let typed = |s: Span| kind_of(rules, s.of(text).trim()).is_some_and(|(_, kind)| kind.weight >= 1);
    if (counted(right) && typed(left)) || (counted(left) && typed(right)) {
        return true;
    }
    let (left_bare, phase) = names::strip_end(rules, text, left);
    if phase.is_some() || left_bare.len() < left.len() {
        return true;
    }
    let name = left.of(text).trim();
    let complete = name.ends_with("项目")
        || name.ends_with("工程")
        || kind_of(rules, name).is_some_and(|(_, kind)| kind.weight >= 1);
    let proper = |s: Span| vocabulary::residue(rules, s.of(text)) >= 2;
    let plain = vocabulary::residue(rules, right.of(text)) == 0
        && !right.of(text).trim().starts_with(|c: char| c.is_ascii_digit())
        && kind_of(rules, right.of(text).trim()).is_none_or(|(_, kind)| kind.weight < 2);
    (complete && (listed && !plain || word != "及" || proper(right))) || (proper(left) && proper(right))
}
