//! A name without what does not belong to it.

use super::grammar::Grammar;
use crate::numeral::is_counting;
use crate::text::{find_rare, ideographs};

/// A name without what does not belong to it: scope words, 各类, a trailing 等 or 的.
pub fn tidy<'t>(grammar: &Grammar, name: &'t str) -> &'t str {
    let mut name = name;
    loop {
        let before = name;
        name = name.trim_matches([' ', '、', ',', '，', ':', '：', '；', ';', '的', '—', '★', '·']);
        for word in ["各类", "各级各类", "一批", "各级", "各项", "了"] {
            if let Some(shorter) = name.strip_prefix(word)
                && shorter.chars().count() >= 2
                // 各项贷款余额 is what the statistic is called.
                && !(word == "各项" && shorter.starts_with(['贷', '存']))
            {
                name = shorter;
            }
        }
        // 为企业|减税降费: for whom it was is no part of the name.
        if let Some(whom) = grammar.beneficiaries.prefix_of(name).filter(|whom| {
            let done = &name[whom.len()..];
            done.chars().count() >= 2 && !grammar.is_inside(whom, "", done)
        }) {
            name = &name[whom.len()..];
        }
        if let Some(scope) = grammar.scopes.prefix_of(name)
            && name.len() > scope.len()
            && !name[scope.len()..].starts_with('性')
            && !grammar.is_inside(scope, "", &name[scope.len()..])
        {
            name = &name[scope.len()..];
        }
        // 投资25亿元的大唐电站: the money that the thing costs is none of its name.
        if let Some(at) = find_rare(name, "元的").filter(|at| {
            name[..*at].ends_with(['万', '亿'])
                    && name.contains("投资")
                    // 投资额超30亿元的项目: which of them they are.
                    && grammar.bounds_of_each.find_iter(&name[..*at]).next().is_none()
        }) {
            name = &name[at + "元的".len()..];
        }
        name = without_circumstance(grammar, name);
        // 综合整治（主办：新桥街道办）: who is in charge is no part of the name.
        if name.ends_with(['）', ')'])
            && let Some(open) = name.rfind(['（', '('])
            && open > 0
            && ["：", ":", "主办", "责任", "牵头", "承办", "见第"].iter().any(|w| name[open..].contains(w))
        {
            name = &name[..open];
        }
        // 生态建设|任务: 建设 stays where what is left would be nothing that is built.
        let task = grammar.task_tails.suffix_of(name).map(|task| match task.strip_suffix("任务") {
            Some(deed) if grammar.unbuilt.contains(&name[..name.len() - task.len()]) => &task[deed.len()..],
            _ => task,
        });
        if let Some(task) = task
            && grammar.yardsticks.suffix_of(name) != Some(name)
            && name[..name.len() - task.len()].chars().count() >= 2
            // 生态建设任务, “两重”建设任务: what is left would be no thing.
            && !name[..name.len() - task.len()].ends_with('”')
            && !grammar.attributes.contains(&name[..name.len() - task.len()])
            && !name[..name.len() - task.len()].ends_with(['度', '定', '年'])
        {
            name = &name[..name.len() - task.len()];
        }
        // 评估|我省|连续两年全国第一
        if let Some(own) =
            ["我省", "我市", "我区", "我县", "我州", "我旗", "我国"].iter().find_map(|own| name.strip_suffix(own))
            && own.chars().count() >= 4
        {
            name = own;
        }
        if name.chars().count() > 2 {
            name = name.strip_suffix("分别").or_else(|| name.strip_suffix('等')).unwrap_or(name);
        }
        if name == before {
            return balanced(name);
        }
    }
}

/// 绩效考核|连续4个季度, 空气质量|在169个城市中, 在|营商环境评价|中: how long it went on and among whom is no part of the name.
fn without_circumstance<'t>(grammar: &Grammar, name: &'t str) -> &'t str {
    let numeral = |c: char| is_counting(c) || c == '多';
    if let Some(at) = find_rare(name, "连续")
        && at > 3
        && name[at + "连续".len()..].trim_start_matches('第').starts_with(numeral)
    {
        return &name[..at];
    }
    // 经济总量|跨过两个万亿元大关
    if let Some(crossing) = grammar.crossings.find_iter(name).find(|word| word.start > 3)
        && name[crossing.end..].starts_with(numeral)
    {
        let head = &name[..crossing.start];
        return grammar.adverbs.suffix_of(head).map_or(head, |adverb| &head[..head.len() - adverb.len()]);
    }
    // 农民收入|率先在州直|突破万元: among whom it was the first is no part of the name.
    if let Some(at) = find_rare(name, "率先在").filter(|at| *at > 3) {
        return &name[..at];
    }
    if let Some(at) = name.rfind('在').filter(|at| *at > 3 && name.ends_with("率先")) {
        return &name[..at];
    }
    // 审批时限|在法定时限基础上: from where it was reckoned is no part of the name.
    if let Some(at) = name.rfind('在').filter(|at| *at > 3)
        && ["基础上", "情况下", "前提下", "的同时"].iter().any(|end| name.ends_with(end))
    {
        return &name[..at];
    }
    // 省定民生工程|和20项民生实事: the next member has a number of its own.
    if let Some(at) = name.char_indices().skip(1).find_map(|(at, c)| {
        let member = &name[at + c.len_utf8()..];
        let counted = member.trim_start_matches(|c: char| c.is_ascii_digit());
        let counter = counted.starts_with(crate::text::is_han)
            && grammar.grades.prefix_of(counted).is_none()
            && !counted.starts_with(['年', '月', '号', '万', '亿']);
        (matches!(c, '和' | '及') && counted.len() < member.len() && counter).then_some(at)
    }) {
        return &name[..at];
    }
    // 企业数|3年|翻一番: over how long is no part of the name.
    if let Some(shorter) = name.strip_suffix('年') {
        let head = shorter.trim_end_matches(|c: char| c.is_ascii_digit());
        if (1..=2).contains(&(shorter.len() - head.len())) && head.chars().count() >= 3 {
            return head.trim_end_matches(['近', '过', '去']);
        }
    }
    // 收入增速|高于全国平均水平: what it is held against is no part of the name; but 水质优于Ⅲ类的断面 is one.
    let held = |word: &std::ops::Range<usize>| {
        word.start > 3 && !grammar.is_inside(&name[word.clone()], &name[..word.start], &name[word.end..])
    };
    if let Some(limit) = grammar.limits.find_iter(name).find(held)
        && !name[limit.end..].contains('的')
    {
        // 税收占比|历史性|超过|工业
        let head = &name[..limit.start];
        let head = grammar.adverbs.suffix_of(head).map_or(head, |adverb| &head[..head.len() - adverb.len()]);
        // 一般预算收入|增幅|首次超过…
        let rate = grammar.rate_nouns.suffix_of(head).filter(|rate| head.len() - rate.len() >= 6);
        return rate.map_or(head, |rate| &head[..head.len() - rate.len()]);
    }
    // 在|全国百强县市排名|第18位: where the rank was won.
    if let Some(contest) = name.strip_prefix('在')
        && ["排名", "排行榜", "评价", "考核", "评比", "测评", "考评"].iter().any(|end| contest.ends_with(end))
        && contest.chars().count() >= 4
        && !grammar.is_inside("在", "", contest)
    {
        return contest;
    }
    let Some((at, field)) =
        name.rfind('在').and_then(|at| Some((at, name[at + '在'.len_utf8()..].strip_suffix('中')?)))
    else {
        return name;
    };
    // 我市|在全省营商环境评价中 was measured by what stands between.
    if !among_so_many(field) && field.chars().count() >= 4 && grammar.subject_ends.suffix_of(field).is_none() {
        return field;
    }
    if at > 3 { &name[..at] } else { name }
}

/// 全市五县二区, 169个城市: how many others there are; but 一类县考核 is what was measured.
pub fn among_so_many(field: &str) -> bool {
    let mut rest = field;
    while let Some(at) = rest.find(is_counting) {
        let behind = rest[at..].trim_start_matches(|c: char| is_counting(c) || c == '多');
        if behind.starts_with(['个', '家', '座', '县', '市', '区', '省', '旗', '州', '项', '大']) {
            return true;
        }
        rest = behind;
    }
    false
}

/// 石墨烯等|省级创新中心: what is counted is called by the class, not by its examples.
pub fn class_of<'t>(grammar: &Grammar, name: &'t str) -> &'t str {
    let Some(at) = name.rfind('等').filter(|at| *at >= 6) else { return name };
    let class = &name[at + '等'.len_utf8()..];
    // 高等学校, 中等职业, 5A等级: 等 is part of a word there.
    let word = name[..at]
        .ends_with(['高', '中', '初', '平', '同', '优', '均', '对', '何', '特', '一', '二', '三', '上', '下'])
        || class.starts_with(['级', '外', '次', '值', '效', '待', '多', '于', '号'])
        || class.starts_with("方面");
    // 科技服务等收入: a measure alone says too little.
    let bare = grammar.measure_nouns.contains(class) || grammar.facets.contains(class) || class.chars().count() < 2;
    if word || bare || balanced(class) != class { name } else { class.trim_start_matches("各类") }
}

/// Cut a lone bracket or quotation mark off either end.
fn balanced(name: &str) -> &str {
    let mut name = name;
    if ideographs(name) == name.len() {
        return name;
    }
    for (open, close) in [('“', '”'), ('（', '）'), ('(', ')'), ('《', '》'), ('‘', '’')] {
        if name.matches(open).count() != name.matches(close).count() {
            if let Some(at) = name.rfind(open)
                && name[at..].find(close).is_none()
            {
                name = if at == 0 { &name[open.len_utf8()..] } else { name[..at].trim_end() };
            } else if let Some(at) = name.find(close) {
                name = &name[at + close.len_utf8()..];
            }
        }
    }
    name
}
