//! Where a counted noun is over though no event says so: before a particle that opens its predicate (事项|让群众少跑路, 分区|对雨污分流
//! 进行改造), before how it stands among others (指标|全国领先), and before a conjunct that is counted or quantified for itself
//! (园区道路|和一座立交桥, 重点企业|和全部加油站).

use super::grammar::Grammar;
use crate::numeral::is_counting;

/// Words that open a conjunct which is counted or quantified for itself.
const QUANTIFIERS: [&str; 12] =
    ["全部", "所有", "一批", "大批", "大量", "若干", "部分", "其他", "其它", "其余", "多个", "一系列"];
/// Counters behind a Chinese numeral: 一座立交桥; but 一体化, 三级医院, 两岸.
const COUNTERS: [char; 20] = [
    '座', '条', '个', '家', '项', '所', '处', '名', '栋', '台', '支', '艘', '辆', '宗', '件', '户', '幢', '间', '口',
    '公',
];

/// The byte at which the words behind a counter are no part of the counted noun any more.
pub fn ends_at(grammar: &Grammar, body: &str, runs_on: bool) -> Option<usize> {
    let mut quoted = 0_i32;
    let mut long = 0;
    for (at, c) in body.char_indices() {
        match c {
            '“' | '《' | '（' => quoted += 1,
            '”' | '》' | '）' => quoted -= 1,
            _ => {}
        }
        long += 1;
        // The noun has two characters at least.
        if quoted > 0 || long < 3 {
            continue;
        }
        let (head, after) = (&body[..at], &body[at + c.len_utf8()..]);
        let over = match c {
            '和' | '与' | '及' => conjunct_of_its_own(grammar, &body[at..at + c.len_utf8()], head, after, runs_on),
            '让' | '使' | '对' | '要' => opens_predicate(grammar, c, head, after),
            '全' | '世' | '国' | '省' | '市' => stands(grammar, &body[at..]),
            // 任务清单|的《实施方案》: what holds them is called behind it.
            '的' => after.starts_with('《'),
            _ => false,
        };
        if over {
            let head = head.strip_suffix('以').filter(|_| c == '及').unwrap_or(head);
            return (head.chars().count() >= 2).then_some(head.len());
        }
    }
    None
}

/// 让|群众少跑路, 对|雨污分流进行改造, 要|加快功能开发: a particle between the noun and what is told of it; but 转让, 使用, 对外开放, 主要.
fn opens_predicate(grammar: &Grammar, particle: char, head: &str, after: &str) -> bool {
    let (word_before, word_after): (&[char], &[char]) = match particle {
        '让' => (&['转', '出', '受', '谦', '礼', '割', '退'], &['利', '渡', '步', '售']),
        '使' => (
            &['大', '天', '行', '促', '驱', '公', '出', '特', '即', '假', '领', '致', '迫'],
            &['用', '命', '馆', '者', '团', '领', '节', '得'],
        ),
        '对' => (
            &[
                '相', '绝', '面', '针', '应', '核', '配', '结', '反', '派', '校', '查', '比', '一', '点', '敌', '成',
                '门',
            ],
            &[
                '口', '外', '象', '接', '标', '流', '应', '比', '策', '称', '照', '手', '抗', '岗', '开', '讲', '立',
                '话', '点', '冲',
            ],
        ),
        _ => (&['主', '重', '需', '必', '纪', '摘', '机', '首', '只', '次', '概', '简', '将', '想'], &[]),
    };
    if head.ends_with(word_before) || after.starts_with(word_after) || after.chars().count() < 2 {
        return false;
    }
    particle != '要'
        || grammar.manner.prefix_of(after).is_some_and(|word| word.chars().count() > 1)
        || grammar.leading_moves.prefix_of(after).is_some()
        || grammar.action_at_start(after).is_some()
}

/// 全国领先, 全省率先: how the counted things stand, and nothing behind it.
fn stands(grammar: &Grammar, words: &str) -> bool {
    grammar.rank_scopes.prefix_of(words).is_some_and(|scope| {
        ["领先", "首创", "领跑", "靠前", "前列", "第一", "首位", "最高", "最多", "唯一"]
            .contains(&&words[scope.len()..])
    })
}

/// Does a conjunction join what is counted for itself (|和一座立交桥, |和全部加油站, |和惠州3县), or what shares no head with works before
/// it (道路养护|和南环路、北环路配套建设)?
fn conjunct_of_its_own(grammar: &Grammar, word: &str, head: &str, after: &str, runs_on: bool) -> bool {
    if after.chars().count() < 2
        || grammar.is_inside(word, head, after)
        || after.starts_with(['谐', '美', '平', '时', '以'])
    {
        return false;
    }
    let counted = after.trim_start_matches(is_counting);
    if counted.len() < after.len() && counted.starts_with(COUNTERS) && counted.chars().count() >= 3 {
        return true;
    }
    if QUANTIFIERS.iter().any(|word| after.starts_with(word)) {
        return true;
    }
    // 帮扶协作|和惠州|3县产业协作: right before the next number it is that one's; but 国家和地区|达10个.
    let long = after.chars().count();
    let worked = grammar.works.suffix_of(head).or_else(|| head.ends_with("养护").then_some("养护"));
    let named = after.ends_with(['路', '街', '桥', '村', '河', '渠', '湖', '县', '市', '镇', '乡', '巷']);
    if worked.is_some_and(|works| head[..head.len() - works.len()].chars().count() >= 2) && long <= 6 && named {
        return true;
    }
    // 贫困村|以及云安县、东平县: places by their names.
    let first = after.find('、').map_or(after, |at| &after[..at]);
    if word == "及"
        && head.ends_with('以')
        && first.ends_with(['县', '市', '区', '镇'])
        && (3..=5).contains(&first.chars().count())
    {
        return true;
    }
    runs_on && long <= 3 && (after.ends_with(['州', '市', '县', '省', '京', '津', '沪']) || after == "京津")
}

/// 重点企业|和全部加油站|挥发性有机物深度治理: the works that a noun shares with a conjunct which is not counted with it.
pub fn works_behind_conjunct(words: &str) -> Option<&str> {
    let member = words.strip_prefix(['和', '与', '及'])?;
    let member = QUANTIFIERS.iter().find_map(|word| member.strip_prefix(word))?;
    let (at, c) = member.char_indices().rfind(|(at, c)| {
        *at >= 3 && "站厂区村园校院户店河业楼".contains(*c) && member[at + c.len_utf8()..].chars().count() >= 4
    })?;
    Some(&member[at + c.len_utf8()..])
}
