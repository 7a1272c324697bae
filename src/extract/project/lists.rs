//! A noun phrase → the members of its list, and the tail that they share (等项目, 2座智能化煤矿, 等景区).

use crate::text::Span;

use super::brackets::Brackets;
use super::names::{self, kind_of};
use super::rules::{Held, Phase, ProjectRules};

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
    /// 等机场项目: the type noun that every member shares, where the tail is nothing else.
    pub noun: Option<Span>,
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
    list.join_places(text);
    list.sums(rules, text);
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
                // 白团13900亩整理工程 tells the size of one thing, not how many the list has.
                if !several && found.as_str().ends_with(['亩', '里', '米', '顷', '人', '户']) {
                    continue;
                }
                let before = &name[..found.start()];
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
                tail.stated = true;
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
    at > noun.start
        && !before.is_some_and(|c| {
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
            return (at, next);
        }
        if matches!(c, '和' | '与' | '及') && !names::inside_common_word(rules, text, rest, at, c.len_utf8()) {
            let at = if c == '及' && text[..at].ends_with('以') { at - '以'.len_utf8() } else { at };
            return (at, next);
        }
    }
    (rest.end, rest.end)
}

fn tail(rules: &ProjectRules, text: &str, span: Span) -> Tail {
    let (span, _) = names::strip_end(rules, text, span);
    let words = span.of(text).trim();
    let counts = rules.counted.find(words).is_some_and(|m| m.start() == 0);
    let weight = if words.is_empty() {
        None
    } else if ["区域", "领域", "行业", "企业", "部门", "机构", "地区", "城市", "方面", "航线", "班列"]
        .iter()
        .any(|w| words.contains(w))
        && !words.ends_with("项目")
    {
        Some(-3)
    } else if words.ends_with('区') && kind_of(rules, words).is_none_or(|(_, kind)| kind.weight < 1) {
        Some(0)
    } else if words.ends_with("项目") || words.ends_with("工程") {
        Some(1)
    } else {
        kind_of(rules, words).map(|(_, kind)| kind.weight).or(counts.then_some(1))
    };
    let bare = ["项目", "工程"].iter().fold(words, |w, end| w.strip_suffix(end).unwrap_or(w));
    let noun = kind_of(rules, bare).filter(|(bytes, kind)| *bytes == bare.len() && kind.weight == 2).map(|_| {
        let start = span.start + (span.of(text).len() - span.of(text).trim_start().len());
        Span::new(start, start + bare.len())
    });
    Tail { stated: true, noun, weight, before: words.starts_with("前期") || words.starts_with("计划") }
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
    if left.is_empty() || right.is_empty() {
        return false;
    }
    let whole = Span::new(left.start, right.end);
    if names::inside_common_word(rules, text, whole, at, word.len()) {
        return false;
    }
    let (left_bare, phase) = names::strip_end(rules, text, left);
    if phase.is_some() || left_bare.len() < left.len() {
        return true;
    }
    let name = left.of(text).trim();
    let complete = name.ends_with("项目")
        || name.ends_with("工程")
        || kind_of(rules, name).is_some_and(|(_, kind)| kind.weight >= 1);
    let proper = |s: Span| names::residue(rules, s.of(text)) >= 2;
    let plain = names::residue(rules, right.of(text)) == 0
        && !right.of(text).trim().starts_with(|c: char| c.is_ascii_digit())
        && kind_of(rules, right.of(text).trim()).is_none_or(|(_, kind)| kind.weight < 2);
    (complete && (listed && !plain || word != "及" || proper(right))) || (proper(left) && proper(right))
}
