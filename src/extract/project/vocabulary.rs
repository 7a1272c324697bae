//! What of a name the words of everyday cover: what they leave is proper to it.

use crate::text::{Span, is_han};

use super::rules::ProjectRules;

/// Two characters or more, and no two of them a word.
pub(super) fn no_word(rules: &ProjectRules, text: &str) -> bool {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    chars.len() >= 2
        && chars.windows(2).all(|pair| {
            let end = pair[1].0 + pair[1].1.len_utf8();
            is_han(pair[0].1) && !rules.common.contains(&text[pair[0].0..end])
        })
}

/// Characters that the common words leave uncovered, at best: proper names, brands, places.
pub(super) fn residue(rules: &ProjectRules, name: &str) -> usize {
    let chars: Vec<(usize, char)> = name.char_indices().collect();
    let end = |i: usize| chars.get(i).map_or(name.len(), |(at, _)| *at);
    let mut best = vec![usize::MAX; chars.len() + 1];
    best[0] = 0;
    for i in 0..chars.len() {
        let c = chars[i].1;
        let cost = usize::from((is_han(c) && !is_bare(c)) || c.is_ascii_uppercase());
        best[i + 1] = best[i + 1].min(best[i] + cost);
        let Some(&(_, next)) = chars.get(i + 1) else { break };
        for n in rules.common.lengths(c, next).take_while(|n| i + n <= chars.len()) {
            if best[i] < best[i + n] && rules.common.contains(&name[chars[i].0..end(i + n)]) {
                best[i + n] = best[i];
            }
        }
    }
    best[chars.len()]
}

/// Characters that name nothing by themselves.
fn is_bare(c: char) -> bool {
    matches!(
        c,
        '省' | '市'
            | '区'
            | '县'
            | '镇'
            | '乡'
            | '村'
            | '新'
            | '老'
            | '大'
            | '中'
            | '小'
            | '东'
            | '西'
            | '南'
            | '北'
            | '上'
            | '下'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '第'
            | '个'
            | '和'
            | '与'
            | '及'
            | '的'
            | '级'
            | '期'
            | '段'
            | '型'
            | '内'
            | '外'
            | '前'
            | '后'
            | '首'
            | '全'
            | '总'
            | '副'
            | '主'
    )
}

/// The region that a name begins with, in bytes.
pub(super) fn region_at_start(rules: &ProjectRules, name: &str) -> Option<usize> {
    let ends = name.char_indices().skip(2).take(8).map(|(i, _)| i);
    ends.filter(|end| rules.regions.contains(&name[..*end])).last()
}

/// 长治职业教育实训基地, 协和天津基地; 平安创建工程 is none, though a 平安县 exists.
/// The region stands in the first `own` bytes, before the type noun.
pub(super) fn names_a_region(rules: &ProjectRules, name: &str, own: usize) -> bool {
    name.char_indices().take(8).any(|(start, first)| {
        let mut behind = name[start..].char_indices().skip(1);
        let Some((_, second)) = behind.next() else { return false };
        let ends: [Option<usize>; 4] = std::array::from_fn(|_| behind.next().map(|(i, _)| start + i));
        rules.regions.lengths(first, second).take_while(|n| *n <= 5).any(|n| {
            // The whole of a name is no region in it.
            ends.get(n - 2).copied().flatten().filter(|end| *end <= own).is_some_and(|end| {
                let word = &name[start..end];
                rules.regions.contains(word)
                    && !rules.common.contains(word)
                    && !inside_common_word(rules, name, Span::new(0, name.len()), start, word.len())
            })
        })
    })
}

/// 万象罗湖: what looks like a type noun of one character is the end of a region's name.
pub(super) fn ends_with_region(rules: &ProjectRules, name: &str, kind: usize) -> bool {
    let starts: Vec<usize> = name.char_indices().rev().take(4).map(|(i, _)| i).collect();
    name[name.len() - kind..].chars().count() == 1
        && starts.iter().skip(1).any(|start| *start > 0 && rules.regions.contains(&name[*start..]))
}

/// Do the first characters of the name belong to no common word?
pub(super) fn heads(rules: &ProjectRules, name: &str) -> bool {
    let ends: Vec<usize> = name.char_indices().map(|(i, c)| i + c.len_utf8()).collect();
    let Some(start) = name.char_indices().map(|(i, _)| i).next() else { return false };
    let known = |from: usize| {
        ends.iter().filter(|e| **e > from).skip(1).take(4).any(|e| rules.common.contains(&name[from..*e]))
    };
    !known(start)
        || ends
            .first()
            .is_some_and(|second| *second < name.len() && residue(rules, &name[..*second]) == 0 && !known(*second))
}

/// Does a common word of two or more characters cross or hold the bytes `at..at + len`?
pub(super) fn inside_common_word(rules: &ProjectRules, text: &str, within: Span, at: usize, len: usize) -> bool {
    let before: Vec<usize> =
        text[within.start..at].char_indices().rev().take(3).map(|(i, _)| within.start + i).collect();
    let behind: Vec<usize> =
        text[at + len..within.end].char_indices().take(3).map(|(i, c)| at + len + i + c.len_utf8()).collect();
    let starts = before.iter().copied().chain([at]);
    starts
        .flat_map(|s| behind.iter().copied().chain([at + len]).map(move |e| (s, e)))
        .any(|(s, e)| e - s > len && rules.common.contains(&text[s..e]))
}
