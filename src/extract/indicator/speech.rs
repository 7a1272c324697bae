//! Numbers that are a way of speaking (一幅美好蓝图, 两个根本转变, 一枚印章), a class of things (八类暴力犯罪, 按照四类村规划) or tell how
//! large, fast or far each of those is that are told of (万人以上大学10所, 500Mbps及以上用户, 500米公交站点覆盖率).

use super::grammar::Grammar;
use crate::extract::number::NumberShape;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;
use crate::model::Bound;
use crate::text::is_han;

/// A value that tells nothing of the region, and why. `clause` is what stands before it in its own clause.
pub fn dismissal(grammar: &Grammar, sentence: &str, clause: &str, quantity: &Quantity) -> Option<&'static str> {
    let after = &sentence[quantity.outer.end..];
    let unit = quantity.unit.as_deref().unwrap_or("");
    let bounded = quantity.bound != Bound::Eq && quantity.outer.end > quantity.span.end;
    match quantity.dimension {
        Dimension::Count if quantity.value < 20.0 && is_figure_of_speech(grammar, after, unit, quantity) => {
            Some("a way of speaking")
        }
        // 收支|两条|线管理: how the purse is kept.
        Dimension::Count if unit == "条" && clause.ends_with("收支") && after.starts_with('线') => {
            Some("a way of speaking")
        }
        Dimension::Count if is_worked_upon(clause, after) => Some("a way of speaking"),
        Dimension::Count if is_chain_of_places(sentence, unit, quantity) => Some("in how many places it was done"),
        Dimension::Count if unit == "类" && is_class(clause, after) => Some("a way of dividing"),
        Dimension::Length if is_radius(after) => Some("a distance that bounds a place"),
        Dimension::Person | Dimension::Household if bounded && is_size_of_places(after) => {
            Some("a threshold inside a name")
        }
        Dimension::Mass | Dimension::Volume | Dimension::Power
            if !bounded && is_capacity_of_works(grammar, clause, after) =>
        {
            Some("investment or capacity of a named project")
        }
        // 新开工|20层以上|高层13栋
        Dimension::Count if unit == "层" && bounded && is_size_of_places(after) => Some("a threshold inside a name"),
        _ if unit.ends_with("bps") && after.trim_start_matches(['及', '以', '上', '的']).starts_with(is_han) => {
            Some("the grade of a line")
        }
        // 成为全国病例|超百例|首个清零的省份: the mark that made it one.
        _ if quantity.bound != Bound::Eq
            && clause.trim_start().starts_with("成为")
            && ["首个", "第一个", "唯一", "少数"].iter().any(|one| after.starts_with(one)) =>
        {
            Some("a threshold inside a name")
        }
        _ => None,
    }
}

/// 绘就|一幅|美好蓝图, 实现|两个|根本转变, 集中精力抓好|3件|事，…, |一枚|印章管审批.
fn is_figure_of_speech(grammar: &Grammar, after: &str, unit: &str, quantity: &Quantity) -> bool {
    let stop = after.find(|c: char| !is_han(c)).unwrap_or(after.len());
    let noun = &after[..stop];
    match unit {
        "件" => matches!(noun, "事" | "大事" | "要事" | "难事" | "小事" | "事情"),
        "枚" => ["章", "印章", "公章"].iter().any(|seal| noun.starts_with(seal)),
        _ if quantity.shape != NumberShape::Chinese || noun.chars().count() > 14 => false,
        _ => grammar.images.suffix_of(noun).is_some(),
    }
}

/// 在“抓产业、惠民生”|三项|举措上下功夫: what one sets to work on.
fn is_worked_upon(clause: &str, after: &str) -> bool {
    let Some(at) = after.find('上').filter(|at| (3..=24).contains(at)) else { return false };
    let done = &after[at + '上'.len_utf8()..];
    let work = [
        "下功夫",
        "狠下功夫",
        "用力",
        "发力",
        "持续发力",
        "精准发力",
        "做文章",
        "求突破",
        "见成效",
        "见实效",
        "出实招",
        "着力",
    ];
    clause.contains('在') && after[..at].chars().all(is_han) && work.iter().any(|word| done.starts_with(word))
}

/// 助力|9省|54县|20万人脱贫, 支援|6省|34县|项目233个: other places, in a chain that ends in what was done there; but 9省106县对口帮扶协作.
fn is_chain_of_places(sentence: &str, unit: &str, quantity: &Quantity) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let (before, after) = (&sentence[..quantity.outer.start], &sentence[quantity.outer.end..]);
    let counties = if unit == "省" {
        let Some(counties) = after.trim_start_matches(digit).strip_prefix(['县', '市', '区', '州']) else {
            return false;
        };
        if !after.starts_with(digit) {
            return false;
        }
        counties
    } else if unit.starts_with(['县', '市', '区', '州'])
        && before.strip_suffix('省').is_some_and(|chain| chain.ends_with(digit))
    {
        after
    } else {
        return false;
    };
    // 54县（区、市）|20万人
    let done = counties.strip_prefix('（').and_then(|rest| rest.split_once('）')).map_or(counties, |(_, rest)| rest);
    done.strip_prefix("项目").unwrap_or(done).starts_with(digit)
}

/// 八类|暴力犯罪, 按照|四类|村规划: how they are divided; but 完成四类村庄认定.
fn is_class(clause: &str, after: &str) -> bool {
    let noun = &after[..after.find(['，', '。', '；', '、']).unwrap_or(after.len())];
    let cases = ["暴力", "严重暴力", "重点犯罪", "严重犯罪", "可防性"].iter().any(|kind| noun.starts_with(kind));
    let by = ["按照", "按", "依照", "根据"].iter().any(|by| clause.trim() == *by);
    cases || by && noun.chars().count() <= 8
}

/// |500米|公交站点覆盖率, |300米|绿地服务半径覆盖率: how near it must be for a place to count as covered.
fn is_radius(after: &str) -> bool {
    after.find("覆盖率").is_some_and(|at| at <= 36 && after[..at].chars().all(is_han) && !after.starts_with('的'))
}

/// |20户以上|自然村通硬化路, |万人以上|大学10所, |15人以上|加工点221家: how large each of the places is.
fn is_size_of_places(after: &str) -> bool {
    let noun = after.strip_prefix('的').unwrap_or(after);
    if ["自然村", "村组", "村寨", "村屯", "村庄", "村民小组", "屯", "寨", "村通"]
        .iter()
        .any(|kind| noun.starts_with(kind))
    {
        return true;
    }
    let end = noun.find(|c: char| !is_han(c)).unwrap_or(noun.len());
    let kind = &noun[..end];
    let kind =
        ["发展到", "增加到", "增至", "达到", "达"].iter().find_map(|verb| kind.strip_suffix(verb)).unwrap_or(kind);
    // |30人以上|劳资纠纷下降60%: what moved is how many of them there were.
    let moved = ["下降", "减少", "上升", "增长", "增加"].iter().find_map(|verb| kind.strip_suffix(verb));
    if moved.is_some_and(|kind| kind.chars().count() >= 4) && noun[end..].starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    let count = noun[end..].trim_start_matches(|c: char| c.is_ascii_digit());
    count.len() < noun.len() - end
        && (2..=8).contains(&kind.chars().count())
        && !kind.ends_with(['人', '员', '者', '民', '增', '和', '与'])
        && count.starts_with(['所', '家', '个', '座', '处', '栋'])
}

/// 谋划总投资20亿元的|30万千瓦|风电项目, |3万吨|碳纤维项目成功签约: the capacity of one project, told before what it is.
fn is_capacity_of_works(grammar: &Grammar, clause: &str, after: &str) -> bool {
    const WORKS: [&str; 6] = ["项目", "工程", "生产线", "电站", "水电站", "基地"];
    let after = after.strip_prefix('的').unwrap_or(after);
    let end = after.find(|c: char| !is_han(c)).unwrap_or(after.len());
    let noun = &after[..end];
    let Some(head) = WORKS.iter().filter_map(|work| noun.find(work).map(|at| at + work.len())).min() else {
        return false;
    };
    if !(4..=24).contains(&noun[..head].chars().count()) {
        return false;
    }
    // 年产|30亿方|的平原气田增产项目
    let clause = clause.trim_end_matches(['约', '近']);
    let yearly = ["年产", "日产", "年处理", "日处理", "年发电", "年供气"].iter().any(|each| clause.ends_with(each));
    if yearly || clause.ends_with("元的") {
        return true;
    }
    let told = &noun[head..];
    let event = grammar.trailing_manner.prefix_of(told).map_or(told, |manner| &told[manner.len()..]);
    clause.trim().is_empty() && grammar.event_actions.prefix_of(event).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_and_sizes() {
        assert!(is_class("", "暴力犯罪下降12%"));
        assert!(is_class("按照", "村庄规划，有序推进"));
        assert!(!is_class("完成", "村庄认定"));
        assert!(is_radius("绿地服务半径覆盖率达到90%"));
        assert!(!is_radius("道路，管网覆盖率达到90%"));
        assert!(is_size_of_places("自然村全部通硬化路"));
        assert!(is_size_of_places("学校12所"));
        assert!(!is_size_of_places("，新增学校12所"));
    }
}
