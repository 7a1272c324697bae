//! What a plan says of today: 我省有…, 还有63万失能老人, 近年来…; its figures are facts, though the section looks ahead.

use std::sync::LazyLock;

use regex::Regex;

use super::grammar::Grammar;

/// What a sentence opens with that tells of the years behind: 60年来, 近年来, 2019年以来.
static LOOKS_BACK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        "^(?:近年来|近些年来?|多年来|长期以来|一直以来|今年以来|去年以来|入[春夏秋冬]以来|自?(?:19|20)[0-9]{2}年[^，。；]{0,6}以来|",
        "(?:过去|近|这)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})多?年(?:多)?来)",
    ))
    .expect("a constant pattern")
});

/// Do the words up to a value tell how things stand, where the section tells what is to be done? 全区有280万农牧民…;
/// 还有63万失能老人、158万残疾人; but 确保每个乡镇有1所敬老院, 我市要有….
pub fn stands_today(grammar: &Grammar, before: &str) -> bool {
    let before = before.trim_start();
    if let Some(opening) = LOOKS_BACK.find(before) {
        // 近年来…，今年要…: from there on it is the plan again.
        return grammar.plan_words.find_iter(&before[opening.end()..]).next().is_none();
    }
    let clause = before.rsplit(['，', '；', '：', '。', '！']).next().unwrap_or(before).trim_start();
    let aimed = |words: &str| grammar.plan_words.find_iter(words).next().is_some();
    // 依托|25个派出所: what one builds on is there; 依托桃河建设2条走廊 is a deed.
    if clause == "依托" {
        return !aimed(before);
    }
    // 每年新增30万，还有|63万失能老人: what is added of itself is no promise; 要新增20家，还有3家….
    if grammar.still_there.prefix_of(clause).is_some() {
        let head = &before[..before.len() - clause.len()];
        return !aimed(clause) && !head.split(['，', '；', '：', '。', '！']).any(|told| aimed(told) && !goes_on(told));
    }
    let Some(own) = grammar.own_region.prefix_of(clause) else {
        return false;
    };
    let rest = clause[own.len()..].trim_start_matches(['现', '已', '共', '还', '仍']);
    let has = rest.starts_with('有') && !rest.starts_with("有望") || rest.starts_with("拥有");
    // 我区|1100多种…，在全国有市场: nothing is done to them. 我区每年接待游客3亿人次: it goes on.
    let ours = own.starts_with('我') && (rest.is_empty() || rest.contains("每年"));
    (has || ours) && (!aimed(rest) || goes_on(clause))
}

/// 老年人平均每年新增30万: does a clause tell what comes of itself every year, and of nobody who is to do it?
fn goes_on(clause: &str) -> bool {
    ["平均每年新增", "每年新增", "每年净增", "平均每年增加", "每年增加"]
        .iter()
        .any(|word| clause.find(word).is_some_and(|at| clause[..at].chars().count() >= 4))
        && !["要", "力争", "确保", "争取", "计划", "至少", "将"].iter().any(|word| clause.contains(word))
}

/// The year of what a sentence of a plan tells that looks back: 今年以来 is the plan's own, 2019年以来 at least that one.
pub fn year_of_today(before: &str, review: Option<i16>, plan: Option<i16>) -> Option<i16> {
    let opening = before.trim_start();
    if opening.starts_with("今年以来") {
        return plan;
    }
    let named = LOOKS_BACK.find(opening).and_then(|found| {
        let digits = found.as_str().trim_start_matches('自').get(..4)?;
        digits.parse::<i16>().ok()
    });
    named.max(review)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_is_no_promise() {
        let grammar = Grammar::load(&crate::config::ConfigSource::Embedded).unwrap();
        let today = |before: &str| stands_today(&grammar, before);
        assert!(today("我市有"));
        assert!(today("全县有12万农民进城，还有3万老人、"));
        assert!(today("我省每年接待游客"));
        assert!(today("近年来，航线开通"));
        assert!(!today("确保每个乡镇有"));
        assert!(!today("我市每年要培训"));
        assert!(today("我市60岁以上老年人平均每年新增20万，还有"));
        assert!(today("我市60岁以上老年人平均每年新增"));
        assert!(!today("今年要新增床位300张，还有"));
        assert!(!today("近年来，航线不断开通，今年要新开"));
        assert!(!today("力争还有"));
        assert!(!today("2030年全市有"));
    }
}
