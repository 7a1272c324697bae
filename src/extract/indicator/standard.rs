//! Numbers of what something is held to (按照…的标准, 106项卫生标准), of the frame that it is told in (以科教城|26平方公里|为试点)
//! and of how large one named thing is (占地|120亩).

use super::grammar::Grammar;
use crate::extract::number::NumberShape;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;
use crate::model::Bound;
use crate::numeral::is_counting;

/// A value that tells nothing of the region, and why. `clause` is what stands before it in its own clause.
pub fn dismissal(grammar: &Grammar, sentence: &str, clause: &str, quantity: &Quantity) -> Option<&'static str> {
    use Dimension::{Area, Count, Length, Mass, Money, None as Bare, Power, Voltage, Volume};
    let (before, after) = (&sentence[..quantity.outer.start], &sentence[quantity.outer.end..]);
    let measured = matches!(quantity.dimension, Area | Length | Mass | Money | Power | Volume);
    if quantity.dimension == Voltage && goes_on_in_list(after) {
        return Some("the grade of a line");
    }
    // 向千亿大关冲刺: a mark that nothing says was passed.
    if quantity.shape == NumberShape::BareScale
        && quantity.outer.start == quantity.span.start
        && sentence[quantity.span.end..].starts_with("大关")
    {
        return Some("a mark that is aimed at");
    }
    if quantity.dimension != Money && is_standard(clause, after) {
        return Some("a standard that is followed");
    }
    if matches!(quantity.dimension, Count | Bare) {
        if is_norm(grammar, clause, after, quantity) {
            return Some("the articles of a rule");
        }
        if is_watchword(grammar, after, quantity) {
            return Some("a way of speaking");
        }
    }
    if measured && frames_a_trial(clause, after) {
        return Some("how large the place of a trial is");
    }
    if quantity.dimension == Area && describes_one(before, clause) {
        return Some("investment or capacity of a named project");
    }
    if measured && bounds_those_counted(before, after, quantity) {
        return Some("a threshold inside a name");
    }
    if quantity.dimension == Mass && quantity.bound == Bound::Eq && is_capacity_of_signed(grammar, clause, after) {
        return Some("investment or capacity of a named project");
    }
    // 龙泉产业园项目（|3000亩|）完成规划, 人均住房|10平方米以下|住房困难: of the one thing, and a condition.
    let in_brackets = || after.starts_with(['）', ')']) && (before.ends_with("项目（") || before.ends_with("项目("));
    if measured && quantity.dimension != Money && in_brackets() {
        return Some("investment or capacity of a named project");
    }
    if quantity.bound == Bound::Le && ["住房困难", "困难", "的困难"].iter().any(|need| after.starts_with(need))
    {
        return Some("a threshold inside a name");
    }
    if quantity.bound != Bound::Eq && after.starts_with('的') && is_one_in_order(clause) {
        return Some("a threshold inside a name");
    }
    None
}

/// 2座|220千伏|、4座110千伏变电站: the noun stands behind the next grade of the list.
fn goes_on_in_list(after: &str) -> bool {
    let next = after.trim_start_matches(['、', '和', '及', '与']);
    next.len() < after.len()
        && next.starts_with(|c: char| c.is_ascii_digit())
        && next.split(['，', '。', '；']).next().is_some_and(|list| list.contains("千伏"))
}

/// 按照5分钟到达、建成区|7平方公里|覆盖的标准: what is done is held to it.
fn is_standard(clause: &str, after: &str) -> bool {
    let follows =
        ["按照", "按", "依照", "参照", "遵循", "本着"].iter().any(|verb| clause.trim_start().starts_with(verb));
    if !follows {
        return false;
    }
    let behind = &after[..after.find(['，', '。', '；', ',']).unwrap_or(after.len())];
    let held = |word: &str| {
        behind
            .find(word)
            .is_some_and(|at| behind[..at].ends_with('的') && at <= 30 || at + word.len() == behind.len() && at <= 42)
    };
    ["标准", "要求", "原则", "思路", "模式", "频次"].iter().any(|word| held(word))
}

/// 落实自治区|28条|配套规定, 水质达到国家|106项|卫生标准: how many articles a rule has; but 制定|5项|标准.
fn is_norm(grammar: &Grammar, clause: &str, after: &str, quantity: &Quantity) -> bool {
    if !matches!(quantity.unit.as_deref(), Some("项" | "条")) || quantity.value >= 1000.0 {
        return false;
    }
    let noun = &after[..after.find(['，', '。', '；', '、', '和', '及', '的']).unwrap_or(after.len())];
    let kept =
        ["落实", "执行", "遵守", "贯彻", "达到", "符合", "恪守", "坚守"].iter().any(|verb| clause.contains(verb));
    kept && (2..=8).contains(&noun.chars().count())
        && ["规定", "标准", "准则", "禁令"].iter().any(|end| noun.ends_with(end))
        && grammar.policy_verbs.find_iter(clause).all(|verb| clause[verb].contains("落实"))
}

/// 做到|6个|“始终坚持”: how many watchwords there are.
fn is_watchword(grammar: &Grammar, after: &str, quantity: &Quantity) -> bool {
    if quantity.value >= 20.0 || !after.starts_with('“') {
        return false;
    }
    let Some((word, rest)) = after['“'.len_utf8()..].split_once('”') else { return false };
    let said = ["坚持", "确保", "必须", "严禁", "不准", "到位", "不动摇", "注重", "突出", "强化", "不放松"];
    word.chars().count() <= 8
        && said.iter().any(|end| word.ends_with(end) || word.starts_with(end))
        && !rest.starts_with(crate::text::is_han)
        && grammar.agents.suffix_of(word).is_none()
}

/// 以科教城|26平方公里|为试点
fn frames_a_trial(clause: &str, after: &str) -> bool {
    clause.trim_start().starts_with('以')
        && after.strip_prefix('为').is_some_and(|role| {
            ["试点", "示范", "核心", "重点", "中心", "依托", "载体", "起步", "主战场", "龙头"]
                .iter()
                .any(|word| role.starts_with(word))
        })
}

/// 建设智慧仓库，|占地|430亩, 文化中心为地下一层，|占地面积|6637平方米: of the one thing that the sentence is about; but 30个项目，建筑面积220万平方米.
fn describes_one(before: &str, clause: &str) -> bool {
    let size = clause.trim().trim_end_matches(['约', '近', '达', '为', '：']);
    let sizes =
        ["占地", "占地面积", "总占地", "总占地面积", "用地面积", "总用地面积", "建筑面积", "总建筑面积", "规划用地"];
    let own = sizes.contains(&size)
        || size.strip_prefix("项目内容：").is_some_and(|size| sizes.contains(&size))
        || sizes.contains(&size.rsplit('：').next().unwrap_or(size));
    let head = &before[..before.len() - clause.len()];
    own && !head.char_indices().any(|(at, c)| "个座处所栋宗幢项家块批".contains(c) && head[..at].ends_with(is_counting))
}

/// 2300家|200平方米以上|的餐饮单位, 3座|5万平方米以上|公园: how large each of those is that the number before it counts.
fn bounds_those_counted(before: &str, after: &str, quantity: &Quantity) -> bool {
    // 6个|10万千瓦|光伏项目: so is the capacity of each.
    let bounded = quantity.bound != Bound::Eq && quantity.outer.end > quantity.span.end
        || quantity.bound == Bound::Eq && matches!(quantity.dimension, Dimension::Power | Dimension::Mass);
    let noun = after.strip_prefix('的').unwrap_or(after);
    bounded
        && noun.starts_with(crate::text::is_han)
        && before
            .strip_suffix(['家', '个', '户', '所', '座', '处', '栋', '条', '项', '块', '宗'])
            .is_some_and(|head| head.ends_with(|c: char| is_counting(c) || "余多".contains(c)))
}

/// |3万吨|碳纤维项目成功签约: the capacity of one project, which its clause opens with.
fn is_capacity_of_signed(grammar: &Grammar, clause: &str, after: &str) -> bool {
    if !clause.trim().is_empty() || !after.starts_with(crate::text::is_han) {
        return false;
    }
    let Some((head, tail)) = ["项目", "生产线"].iter().filter_map(|work| Some((after.find(work)?, work.len()))).min()
    else {
        return false;
    };
    let behind = &after[head + tail..];
    let told = grammar.trailing_manner.prefix_of(behind).map_or(behind, |manner| &behind[manner.len()..]);
    after[..head].chars().count() <= 12
        && after[..head].chars().all(crate::text::is_han)
        && grammar.event_actions.prefix_of(told).is_some()
}

/// 是历史上第6个|突破百亿公斤|的年份, 全国第5个|突破3000公里|的省份: the mark that made it one.
fn is_one_in_order(clause: &str) -> bool {
    clause.rfind('第').is_some_and(|at| {
        let rest = clause[at + '第'.len_utf8()..].trim_start_matches(is_counting);
        rest.starts_with(['个', '座', '家', '位']) && rest.chars().count() <= 8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standards_and_frames() {
        assert!(is_standard("按照5分钟到达、建成区", "覆盖的标准，完成布局"));
        assert!(!is_standard("按照规划，建成", "的绿地"));
        assert!(frames_a_trial("以临港科教城", "为试点"));
        assert!(!frames_a_trial("以", "为主的旅游区"));
    }

    #[test]
    fn the_size_of_one_thing() {
        assert!(describes_one("建设智慧仓库，占地", "占地"));
        assert!(!describes_one("建成30个项目，建筑面积", "建筑面积"));
        assert!(!describes_one("新增绿化，公园面积", "公园面积"));
        assert!(is_one_in_order("是历史上第6个"));
        assert!(!is_one_in_order("第一产业增加值"));
    }
}
