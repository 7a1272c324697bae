//! What a value is held against in the words around it: a goal, one year, what was before.

use std::sync::LazyLock;

use regex::Regex;

use super::against::year_at_end;
use crate::plan;

/// The goal inside a comparison: 高于年初|12%|的目标14.4个百分点, 比全年|10%|的计划高2个百分点. What is told is the distance.
pub fn compared_aim(before: &str, after: &str) -> bool {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            "^(?:以上|左右|以内)?的?[^，。；、0-9]{0,6}(?:目标|任务|计划|要求|预期|水平|增幅|增速)(?:任务|数|值)?",
            "(?:高出?|低|快|慢|多|少|超出?|提高|增加)?(?:了|约|近)?[0-9.]+个?(?:百分点|百分比|点)",
        ))
        .expect("a constant pattern")
    });
    if !after.contains("个") {
        return false;
    }
    let clause = before.rsplit(['，', '。', '；', ',', ';', '（']).next().unwrap_or(before);
    ["高于", "低于", "快于", "慢于", "超", "高出", "优于", "比", "较"].iter().any(|verb| clause.contains(verb))
        && BEHIND.is_match(after)
}

/// A goal that somebody set, told where it was reached: 实现了县人大会议提出的年均增长|12%|的目标.
pub fn told_goal(before: &str, after: &str) -> bool {
    static SET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            "(?:(?:提出|确定|制定|要求|明确|设定|通过|审议)的|(?:下达|核定|规定|考核|确定|提出)的?)[^，。；]{0,16}$",
        )
        .expect("a constant pattern")
    });
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:以上|左右|以内)?”?的?[^，。；、0-9]{0,6}(?:目标|任务|指标|要求)").expect("a constant pattern")
    });
    (after.contains("目标") || after.contains("任务") || after.contains("指标") || after.contains("要求"))
        && BEHIND.is_match(after)
        && SET.is_match(before)
}

/// A goal that was kept to or passed: 失业率5.3%，低于|6%|的控制目标; 好于|5.5%|左右的预期目标.
pub fn passed_goal(before: &str, after: &str) -> bool {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:以内|以下|以上|左右)?的?[^，。；、0-9]{0,6}(?:目标|预期|控制线|警戒线|红线)(?:以内|之内|要求)?(?:$|[，。；、])")
            .expect("a constant pattern")
    });
    // 远低于全市|3%|控制线: whose line it is.
    let before = ["全市", "全省", "全国", "省定", "市定", "国家", "年度", "省下达", "市下达"]
        .iter()
        .find_map(|whose| before.strip_suffix(whose))
        .unwrap_or(before);
    (after.contains("目标") || after.contains("预期") || after.contains("线"))
        && ["低于", "高于", "好于", "优于", "快于", "超过", "超", "超出", "少于", "控制在"]
            .iter()
            .any(|verb| before.ends_with(verb))
        && BEHIND.is_match(after)
}

/// Is an amount held against one year in the words behind it, so that it is one year's too? 完成60亿元|，是2003年的4倍,
/// 15亿元|，较上年增长20%; but 累计40亿元，是“九五”时期的5倍.
pub fn against_one_year(after: &str) -> bool {
    static AGAINST: LazyLock<Regex> = LazyLock::new(|| {
        let names = plan::NAMES;
        Regex::new(&format!(
            "^[，,（(](?:同比|(?:分别)?(?:比|较|是|为|相当于)(?:上年|去年|上一年|(?:19|20)[0-9]{{2}}年|五年前|“?(?:{names})”?(?:期末|末)))"
        ))
        .expect("a constant pattern")
    });
    after.starts_with(['，', ',', '（', '(']) && AGAINST.is_match(after)
}

/// What was, in a comparison that goes on: |较“十三五”末的|9323亿元增加4374亿元, 税收|比上年的|30亿元增加2亿元: the words before
/// the comparison, and the year where one is named.
pub fn level_before<'t>(lead: &'t str, after: &str) -> Option<(&'t str, Option<i16>)> {
    if !after.starts_with(['增', '提', '上', '扩', '净', '多', '高', '翻', '减', '下', '少', '降']) {
        return None;
    }
    let bare = lead.trim_end().strip_suffix('的')?;
    let at = bare.rfind(['比', '较'])?;
    let (head, against) = (&lead[..at], &bare[at + '比'.len_utf8()..]);
    if ["上年", "去年", "上年同期", "去年同期", "上年末", "去年底", "上年底", "年初"].contains(&against)
    {
        return Some((head, None));
    }
    let (rest, year) = year_at_end(against)?;
    rest.is_empty().then_some((head, Some(year)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_inside_comparisons() {
        assert!(compared_aim("税收增长15%，高于年初县人代会", "的目标3个百分点；"));
        assert!(compared_aim("税收增长15%，比年初目标", "的目标高3个百分点"));
        assert!(!compared_aim("税收增长", "，高于全市3个百分点"));
        assert!(told_goal("圆满完成了县党代会提出的年均增长", "的目标。"));
        assert!(told_goal("完成市下达下降", "的目标任务，"));
        assert!(passed_goal("失业率5.3%，低于", "的控制目标。"));
        assert!(!passed_goal("失业率控制在", "以内。"));
        assert!(passed_goal("失业率远低于全市", "控制线。"));
        assert!(!told_goal("在减税的情况下仍实现了增长", "的既定目标。"));
    }

    #[test]
    fn amounts_of_one_year() {
        assert!(against_one_year("，是2003年的4倍"));
        assert!(against_one_year("，比上年增长8%"));
        assert!(!against_one_year("，是“九五”时期的5倍"));
        assert!(!against_one_year("，增长8%"));
    }

    #[test]
    fn what_was_before() {
        assert_eq!(level_before("较“十三五”末的", "增加43亿元"), Some(("", Some(2020))));
        assert_eq!(level_before("税收比2015年的", "增加43亿元"), Some(("税收", Some(2015))));
        assert_eq!(level_before("比上年的", "增加3亿元"), Some(("", None)));
        assert_eq!(level_before("对比显著的", "增加3亿元"), None);
    }
}
