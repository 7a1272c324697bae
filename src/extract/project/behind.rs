//! What stands behind a verb or between two: a phase of work, a count, an honour, a lapse of time.

use super::rules::{Phase, ProjectRules};
use super::{names, owner, vocabulary};

/// The phase of work that an object is, with plain words before it: 地面|土建项目, 塘渣|路基填筑, 前期工作.
pub(super) fn phase_behind(rules: &ProjectRules, text: &str) -> Option<Phase> {
    phase_at_start(rules, text).or_else(|| {
        let words = ["项目", "工程"]
            .iter()
            .fold(text.trim_end_matches(['等', ' ']), |w, end| w.strip_suffix(end).unwrap_or(w));
        let (bytes, phase) = rules.ends.longest(words.as_bytes(), words.len())?;
        let front = &words[..words.len() - bytes];
        let count = front.chars().count();
        let short = count <= 3 && names::kind_of(rules, front).is_none();
        let plain = count <= 8
            && !front.contains(['、', '和', '的'])
            && names::kind_of(rules, front).is_none_or(|(_, kind)| kind.weight < 2)
            && (short || vocabulary::residue(rules, front) <= 1);
        phase.filter(|_| plain)
    })
}

/// 后97天即, 后不到3个月就: how long after one deed the next came.
pub(super) fn is_delay(gap: &str) -> bool {
    let gap = gap.trim();
    let opens = ["后", "之后", "以后", "仅", "不到", "次月", "次年"].iter().any(|w| gap.starts_with(w));
    let time = |c: char| {
        c.is_ascii_digit() || "后之以仅不到用了次当即就便余多个天日周月年小时一二两三四五六七八九十".contains(c)
    };
    opens && gap.chars().all(time)
}

/// 和云岭地铁二号线: the conjunction that joins a thing to the clause before, and is no part of a word (和平路).
pub(super) fn conjunction<'n>(rules: &ProjectRules, noun: &'n str) -> Option<&'n str> {
    let word = ["以及", "和", "及"].into_iter().find(|w| noun.starts_with(w))?;
    let ends = noun.char_indices().map(|(at, _)| at).skip(2).take(3);
    let inside = word != "以及"
        && ends.map(|end| &noun[..end]).any(|word| rules.common.contains(word) || rules.regions.contains(word));
    (!inside && owner::names_a_thing(rules, noun)).then(|| &noun[..word.len()])
}

/// 项目340多个, 46家企业: how many there are of what a place holds.
pub(super) fn tells_a_count(rules: &ProjectRules, behind: &str) -> bool {
    const HELD: [&str; 12] =
        ["项目", "企业", "商户", "商铺", "商家", "店铺", "公司", "客商", "机构", "单位", "厂家", "品牌"];
    let counted = |words: &str| {
        let number = words.starts_with(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十百近超约".contains(c));
        let counter = ['个', '家', '户', '项', '名', '人'];
        number && rules.counted.find(words).is_some_and(|m| m.start() <= 3 && m.as_str().ends_with(counter))
    };
    let held = HELD.iter().find_map(|w| behind.strip_prefix(w));
    counted(behind) || held.is_some_and(|rest| rest.is_empty() || counted(rest) || rest.starts_with('数'))
}

/// 首批国家级示范区, 全国百强: a title that is given, where no plan or list of works is named.
pub(super) fn is_honour(rules: &ProjectRules, behind: &str) -> bool {
    let behind = behind.trim_end_matches(['。', '；', ' ']);
    !behind.is_empty() && !rules.listings.is_match(behind) && rules.honours.is_match(behind)
}

/// The phase that all of `text` is, particles aside: 前期工作, 主体工程.
pub(super) fn phase_at_start(rules: &ProjectRules, text: &str) -> Option<Phase> {
    rules.phases.get(text.trim_end_matches(['等', '。', ' '])).copied()
}

/// 国家批复, 前期工作, 各项手续: what has to be done before the works.
pub(super) fn is_paper(rules: &ProjectRules, text: &str) -> bool {
    phase_at_start(rules, text).is_some() || ["批复", "审批", "手续", "核准"].iter().any(|end| text.ends_with(end))
}

/// Words behind a verb that are no object of it.
pub(super) fn is_particle(behind: &str) -> bool {
    // 建成投产|发电, 建成|招商: what the works do then.
    const DOES: [&str; 12] =
        ["发电", "招商", "运营", "运行", "使用", "迎客", "营业", "生产", "供水", "供热", "供气", "供电"];
    const STARTS: [&str; 24] = [
        "任务", "后", "以来", "之后", "以后", "目标", "并", "且", "率", "条件", "(", "（", "[", "〔", "。", "、", "而",
        "等", "至", "仪式", "阶段", "于", "达效", "见效",
    ];
    behind.is_empty() || DOES.contains(&behind) || STARTS.iter().any(|s| behind.starts_with(s))
}

/// 年内, 上半年, 9月底前: when it is to be, no part of what is done.
pub(super) fn tells_time(word: &str) -> bool {
    word.contains(['年', '季', '月'])
}

/// When or how soon it is to be.
pub(super) fn time(word: &str) -> bool {
    ["年", "季", "月", "早", "尽快", "力争", "确保", "争取"].iter().any(|w| word.contains(w))
}

/// A conjunction at its end: the next verb opens another statement (加快A建设和推进B).
pub(super) fn ends_open(noun: &str) -> bool {
    ["和", "并", "及", "与", "、", "建设", "工作"].iter().any(|end| noun.ends_with(end))
}

/// May this stand between two verbs of one chain?
pub(super) fn joined(gap: &str) -> bool {
    matches!(gap.trim(), "" | "、" | "并" | "和" | "及" | "而" | "了" | "或")
}

/// 文旅康养集聚区建设娘子关小镇: who builds stands before the verb, what is built behind it.
pub(super) fn owns(before: &str, behind: &str) -> bool {
    const OWNERS: [&str; 12] = ["区", "市", "县", "镇", "院", "集团", "公司", "局", "办", "校", "街道", "大学"];
    OWNERS.iter().any(|o| before.ends_with(o))
        && behind.contains('、')
        && !is_particle(behind)
        && !behind.starts_with(['和', '与', '及'])
}
