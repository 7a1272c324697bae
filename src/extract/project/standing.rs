//! What makes a noun one of a kind in its region: a number, the level of government, where it stands.

use crate::text::is_han;

use super::names::{Evidence, kind_of};
use super::rules::ProjectRules;
use super::vocabulary::residue;

/// 第六十九中, 市五中: schools by their number; the bytes of 中.
pub(super) fn numbered_school(core: &str) -> Option<usize> {
    let before = core.strip_suffix('中')?;
    let numerals = before.chars().rev().take_while(|c| "一二三四五六七八九十百".contains(*c)).count();
    (numerals > 0 && before.chars().count() <= numerals + 4).then_some("中".len())
}

/// 工业大道|南, 云岭路|东: a street with its side; the bytes of both words.
pub(super) fn side_of_a_street(rules: &ProjectRules, core: &str) -> Option<usize> {
    let street = core.strip_suffix(['东', '西', '南', '北', '中'])?;
    let (bytes, _) =
        kind_of(rules, street).filter(|(bytes, _)| street.ends_with(['路', '街', '道']) && *bytes < street.len())?;
    Some(bytes + '东'.len_utf8())
}

/// 城北植物园: where in the region it stands.
pub(super) fn positioned(rules: &ProjectRules, core: &str, weight: Option<i8>) -> bool {
    weight == Some(2) && core.chars().count() >= 4 && rules.positions.iter().any(|p| core.starts_with(p.as_str()))
}

/// 污水处理厂提标改造, 疾控中心实验楼: what is built at the one that the region has.
pub(super) fn of_a_single(rules: &ProjectRules, core: &str, found: &Evidence) -> bool {
    let typed = found.weight.is_some_and(|w| w >= 1) || found.generic_end;
    let ends = core.char_indices().skip(3).take(6).map(|(at, _)| at);
    typed
        && ends.filter(|end| end + 6 <= core.len()).any(|end| {
            rules
                .singles
                .longest(&core.as_bytes()[..end], end)
                .is_some_and(|(bytes, behind)| bytes + 3 >= end && !behind)
        })
}

/// 国家区域医疗中心, 国际公益学院: one in the land; 国家级创新平台, 国家重点实验室 are grades.
pub(super) fn for_the_land(rules: &ProjectRules, core: &str, weight: Option<i8>) -> bool {
    const GRADES: [&str; 6] = ["级", "重点", "现代", "农业", "示范", "一流"];
    let Some(front) = rules.for_the_land.iter().find(|p| core.starts_with(p.as_str())) else { return false };
    let behind = &core[front.len()..];
    const KINDS: [&str; 6] = ["机构", "平台", "系统", "通道", "网", "线"];
    weight.is_some_and(|w| w >= 1)
        && core.chars().count() >= 6
        && !KINDS.iter().any(|k| core.ends_with(k))
        && !GRADES.iter().any(|g| behind.starts_with(g))
}

/// 区人民医院, 市煤气配套工程: the level of government opens it, and no word that begins so (市场, 区级).
pub(super) fn is_the_towns(rules: &ProjectRules, core: &str) -> bool {
    let mut chars = core.chars();
    let level = chars.next().is_some_and(|c| matches!(c, '省' | '市' | '区' | '县' | '镇' | '乡' | '州' | '旗'));
    let longest = core.char_indices().skip(2).take(rules.common.longest() - 1).map(|(i, _)| i);
    level
        && chars.next().is_some_and(|c| is_han(c) && c != '级')
        && !core[3..].starts_with("重点")
        && !longest.chain([core.len()]).any(|e| rules.common.contains(&core[..e]))
}

/// Numbers and places that make a name one of a kind: 区人民医院, 第二水厂, 14号线.
pub(super) fn place(rules: &ProjectRules, core: &str, rest: &str) -> bool {
    let mut chars = core.chars();
    let (first, second) = (chars.next(), chars.next());
    if let (Some(first), Some(second)) = (first, second) {
        let level = matches!(first, '省' | '市' | '区' | '县' | '镇' | '乡' | '州' | '旗');
        if level
            && is_han(second)
            && kind_of(rules, core).is_some_and(|(_, k)| k.weight >= 1)
            && is_the_towns(rules, core)
        {
            return true;
        }
        // 第二批试点 is one of a series, no place.
        let third = chars.find(|c| !"一二三四五六七八九十0123456789".contains(*c));
        let numbered = first == '第' && "一二三四五六七八九十0123456789".contains(second);
        if numbered && !matches!(third, Some('批' | '次' | '季' | '类')) {
            return true;
        }
    }
    let numbered = |s: &str, ends: &[&str]| {
        ends.iter().any(|e| {
            s.find(e).is_some_and(|at| {
                s[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
            })
        })
    };
    // 国道308改建, G107东移改建: the number of a road.
    let bare = core.starts_with(['G', 'S']) && core[1..].bytes().all(|b| b.is_ascii_digit());
    let road = core.bytes().any(|b| b.is_ascii_digit())
        && (bare || rest.len() < core.len())
        && ["国道", "省道", "县道", "G", "S"].iter().any(|r| {
            core.strip_prefix(r).is_some_and(|n| n.len() >= 3 && n.as_bytes()[..3].iter().all(u8::is_ascii_digit))
        });
    let ends_numbered = core.strip_suffix('号').is_some_and(|n| n.ends_with(|c: char| c.is_ascii_digit()));
    road || ends_numbered
        || (core.contains(['号', '期'])
            && numbered(
                core,
                &[
                    "号线",
                    "期",
                    "号楼",
                    "号变电站",
                    "号机组",
                    "号井",
                    "号泵站",
                    "号桥",
                    "号路",
                    "号院",
                    "号航站楼",
                    "号跑道",
                ],
            ))
        || rest.chars().any(|c| "第".contains(c)) && residue(rules, rest) == 0
}
