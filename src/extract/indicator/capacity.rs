//! Amounts that belong to a thing and are no figures: what each of those counted came to (8家企业收入|过亿元|), the capacity of a
//! project in a list or of one that is named behind it.

use super::grammar::Grammar;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;
use crate::model::{Bound, Indicator, Project};
use crate::numeral::is_counting;

/// 8家企业实现销售收入|过亿元|, 90%的乡镇财政收入|超过千万元|: what each of those that a number before it counts came to, where
/// the amount is a mark without a digit or is only passed. 38家企业实现产值超30亿元 is what they came to together.
pub fn is_threshold_of_those_counted(
    grammar: &Grammar,
    before: &str,
    after: &str,
    sentence: &str,
    quantity: &Quantity,
) -> bool {
    let bounded = matches!(quantity.bound, Bound::Gt | Bound::Ge);
    if quantity.dimension != Dimension::Money || !(bounded || before.ends_with('过')) {
        return false;
    }
    let printed = quantity.number.of(sentence);
    let bare = !printed.contains(|c: char| c.is_ascii_digit() || "一二三四五六七八九".contains(c));
    let word = sentence[quantity.outer.start..quantity.span.start].trim();
    let passed = word == "过" || word.is_empty() && before.ends_with('过');
    if !(bare || passed) || after.starts_with(['大', '关', '的']) {
        return false;
    }
    let clause = before.rsplit(['，', '；', '。', '：', '（']).next().unwrap_or(before).trim_end_matches('过');
    let Some(last) = clause.rfind(|c: char| c.is_ascii_digit() || c == '%') else {
        return passed && each_of_all(clause);
    };
    let noun = clause[last + 1..].trim_start_matches(['多', '余', '左', '右']);
    let noun = noun.strip_prefix("以上").unwrap_or(noun);
    let counted = clause[last..].starts_with('%') || noun.starts_with(['家', '户', '个']);
    let measured = grammar.measure_nouns.suffix_of(noun).or_else(|| grammar.thresholds.suffix_of(noun));
    counted && measured.is_some_and(|measure| noun.len() >= measure.len() + 6) && !noun.contains('共')
}

/// 县县财政收入, 村村集体收入: does the clause speak of each of all places?
fn each_of_all(clause: &str) -> bool {
    ["县县", "村村", "镇镇", "乡乡", "户户", "家家", "人人"].iter().any(|each| clause.starts_with(each))
        || ["所有县", "所有乡", "所有镇", "所有村", "所有市", "所有区"].iter().any(|all| clause.contains(all))
}

/// 南山|30万吨|甲醇，红星|6万吨|炭黑项目建成投产: the capacity of a project of a list, of which only the last is called one.
pub fn is_capacity_in_list(grammar: &Grammar, clause: &str, after: &str, quantity: &Quantity) -> bool {
    if !matches!(quantity.dimension, Dimension::Mass | Dimension::Power)
        || quantity.bound != Bound::Eq
        || !after.starts_with(crate::text::is_han)
        || after.starts_with(['的', '以', '左'])
        || clause.trim().is_empty()
        || grammar.predicate_at_end(clause).is_some()
        || grammar.action_at_start(clause.trim()).is_some()
    {
        return false;
    }
    let end = after.find(['。', '；', ';']).unwrap_or(after.len());
    let Some(head) = ["等项目", "项目", "生产线", "工程"].iter().filter_map(|head| after[..end].find(head)).min()
    else {
        return false;
    };
    let behind = after[head..end].trim_start_matches(['等', '项', '目', '生', '产', '线', '工', '程']);
    let started = grammar.event_actions.prefix_of(behind).is_some()
        || grammar
            .trailing_manner
            .prefix_of(behind)
            .is_some_and(|manner| grammar.event_actions.prefix_of(&behind[manner.len()..]).is_some());
    // Every member up to there has a capacity of its own and says nothing else.
    let members = after[..head].split(['，', '、']).skip(1);
    let mut alike = members.map(|member| member.contains(|c: char| c.is_ascii_digit()) && member.chars().count() <= 24);
    let list = after[..head].contains(['，', '、']);
    started && list && alike.all(|alike| alike)
}

/// 装机容量为|60万千瓦|的南山水电站建成发电: the capacity of the one that is named behind it.
pub fn is_capacity_of_one(grammar: &Grammar, before: &str, after: &str) -> bool {
    let Some(owner) = after.strip_prefix('的') else { return false };
    let before = before.trim_end_matches(['为', '达', '约', '近']);
    let owner = &owner[..owner.find(['，', '。', '；', '、']).unwrap_or(owner.len())];
    let works = ["电站", "水库", "电厂", "热电厂", "水厂", "风电场", "光伏电站", "变电站", "码头"];
    // 占地1000亩的城北植物园完成征地: so is the land.
    let places = [
        "植物园",
        "动物园",
        "公园",
        "体育馆",
        "体育中心",
        "文化中心",
        "博物馆",
        "图书馆",
        "医院",
        "中学",
        "学院",
        "产业园",
        "物流园",
        "广场",
        "园区",
        "工业园",
        "开发区",
        "示范区",
        "新城",
        "机场",
        "车站",
        "体育场",
        "养殖场",
        "牧场",
        "综合体",
    ];
    if ["占地", "占地面积", "总占地面积"].iter().any(|land| before.ends_with(land)) {
        // 占地300亩的厂房和|80亩的产业园
        let owner = &owner[..owner.find(|c: char| c.is_ascii_digit()).unwrap_or(owner.len())];
        return owner.starts_with(crate::text::is_han)
            && !owner.starts_with(|c: char| is_counting(c) || "几百千".contains(c))
            && places.iter().any(|place| owner.find(place).is_some_and(|at| at >= 6));
    }
    ["装机容量", "装机", "总装机", "库容", "总库容", "设计能力", "日处理能力", "日供水能力", "年吞吐能力", "设计吞吐量"]
        .iter()
        .any(|capacity| before.ends_with(capacity))
        && owner.starts_with(crate::text::is_han)
        && !owner.starts_with(|c: char| is_counting(c) || "几百千".contains(c))
        && works.iter().any(|work| {
            owner
                .find(work)
                .is_some_and(|at| at >= 6 && grammar.events.find_iter(&owner[at + work.len()..]).next().is_some())
        })
}

/// 开工建设青山储能项目，年内|完成投资|1.2亿元, 汽车园项目|累计完成投资|3亿元: nothing but when and how much stands between the one project
/// and its money; but 甲园、乙园等77个项目加快建设，完成投资110亿元.
pub fn is_outlay_on(text: &str, project: &Project, indicator: &Indicator) -> bool {
    if indicator.unit_si.as_deref() != Some("CNY")
        || project.span.end > indicator.span.start
        || indicator.span.start - project.span.end > 60
        || !["投资", "完成投资", "总投资", "计划投资", "年度投资", "计划总投资"].contains(&indicator.name.as_str())
    {
        return false;
    }
    let Some(mut rest) = text.get(project.span.end..indicator.span.start) else { return false };
    let kinds = ["项目", "工程", "产业园", "电站", "公路", "水库", "医院", "学校", "中学", "大桥"];
    if !kinds.iter().any(|kind| project.name.ends_with(kind)) {
        match kinds[..2].iter().find_map(|kind| rest.strip_prefix(kind)) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    const BETWEEN: [&str; 22] = [
        "累计",
        "当年",
        "年内",
        "全年",
        "年度",
        "已",
        "共",
        "力争",
        "计划",
        "完成",
        "总投资",
        "投资",
        "约",
        "近",
        "达",
        "超过",
        "超",
        "建设",
        "尽快",
        "开工",
        "顺利",
        "，",
    ];
    while let Some(behind) = BETWEEN.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = behind;
    }
    rest.is_empty()
}
