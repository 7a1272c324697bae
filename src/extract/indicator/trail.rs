//! The words behind a value: the noun that is counted (改造21个**老旧小区**, 85%以上**的财力**用于…).

use super::grammar::Grammar;

/// The name at the beginning of the words behind a value, and how many bytes of them it takes up. `governed`: an action
/// before the value governs the noun (完成2个乡镇敬老院提质改造), so that a deed at its end belongs to the name; `runs_on`:
/// the next value follows right behind the words.
pub fn parse_trail<'t>(grammar: &Grammar, text: &'t str, governed: bool, runs_on: bool) -> Option<(&'t str, usize)> {
    let mut start = text.len() - text.trim_start().len();
    for word in ["的", "各类", "多"] {
        if text[start..].starts_with(word) {
            start += word.len();
        }
    }
    let body = &text[start..];
    let first = body.chars().next()?;
    if !(crate::text::is_han(first) || first.is_ascii_alphabetic() || matches!(first, '“' | '‘' | '《')) {
        return None;
    }
    let body = body.trim_end_matches(['。', '！', '？', '!', '?']);
    if grammar.predicate_at_start(body) {
        return None;
    }
    // 地表水考核断面水质优良比例|达到100%: the predicate at the end is the next value's.
    let body = grammar
        .predicate_at_end(body)
        .filter(|(w, _)| runs_on && w.chars().count() > 1)
        .map_or(body, |(w, _)| &body[..body.len() - w.len()]);
    let mut end = body.len();
    for event in grammar.events.find_iter(body) {
        let head = &body[..event.start];
        let word = &body[event.clone()];
        let after = &body[event.end..];
        let long = head.chars().count();
        if inside_quotes(head) {
            continue;
        }
        // 集中供热工程, 基本农田: a word of manner is one only before a deed.
        if grammar.manner.contains(word)
            && grammar.action_at_start(after).is_none()
            && grammar.events.prefix_of(after).is_none()
        {
            continue;
        }
        if long == 0 && word.chars().count() == 1 && is_word_inside(word, head, after) {
            continue;
        }
        if long == 0 {
            // A noun may begin like an event (开放平台, 投资项目): then the action list's nouns know it.
            if grammar.not_actions.prefix_of(body).is_some()
                || (governed && grammar.deeds.contains(word) && !after.is_empty())
            {
                continue;
            }
            return None;
        }
        if word.chars().count() == 1 && (long < 2 || is_word_inside(word, head, after)) {
            continue;
        }
        if grammar.deeds.contains(word) && (governed || heads(grammar, after)) {
            continue;
        }
        if heads(grammar, after) && word.chars().count() > 1 {
            continue;
        }
        end = event.start;
        break;
    }
    let name = body[..end].trim_end_matches(['的', '和', '与', '及', '等', ' ', '以']);
    let name = name.strip_suffix("以及").unwrap_or(name);
    (!name.is_empty()).then_some((name, start + end))
}

fn inside_quotes(head: &str) -> bool {
    head.matches('“').count() > head.matches('”').count() || head.matches('《').count() > head.matches('》').count()
}

/// Is a one-character event part of a longer word here (在校生, 到户, 比赛)?
fn is_word_inside(word: &str, head: &str, after: &str) -> bool {
    let next = after.chars().next();
    match word {
        "在" => next.is_some_and(|c| "校建册线岗职编".contains(c)) || head.ends_with('存'),
        "比" => next.is_some_and(|c| "赛武亚重例".contains(c)) || head.ends_with(['占', '对']),
        "来" => {
            next.is_some_and(|c| "源料电水访宾".contains(c)) || head.ends_with(['外', '未', '往', '以', '原', '近'])
        }
        "到" => next.is_some_and(|c| "户位期村人岗".contains(c)) || head.ends_with(['直', '一', '报']),
        "居" => {
            next.is_some_and(|c| "民住家委".contains(c))
                || head.ends_with(['民', '安', '宜', '旧', '移', '定', '邻', '新', '群', '社'])
        }
        "占" => next.is_some_and(|c| "地".contains(c)),
        "为" => {
            head.ends_with(['行', '作', '人', '成', '因', '华', '转', '改']) || next.is_some_and(|c| "民主".contains(c))
        }
        "与" => head.ends_with('参') || next.is_some_and(|c| "会".contains(c)),
        "获" => head.ends_with(['收', '捕']) || next.is_some_and(|c| "奖".contains(c)),
        "由" => head.ends_with(['自', '理']),
        "向" => head.ends_with(['方', '意', '导', '定', '纵', '横', '走', '面']),
        "都" => head.ends_with(['首', '成', '古', '钢', '煤', '瓷', '商']) || next.is_some_and(|c| "市".contains(c)),
        "将" => head.ends_with(['名', '大', '主']),
        "正" => head.ends_with(['修', '纠', '改', '矫']) || next.is_some_and(|c| "式规高常".contains(c)),
        "均" => head.ends_with(['人', '平', '户', '地', '年', '日']) || next.is_some_and(|c| "衡等".contains(c)),
        "按" => next.is_some_and(|c| "揭摩".contains(c)),
        "达" => head.ends_with(['发', '通', '直', '到', '雷', '马', '抵', '畅']),
        "是" => head.ends_with(['于', '但', '只', '还']),
        "从" => head.ends_with(['服']) || next.is_some_and(|c| "业".contains(c)),
        "被" => head.ends_with(['植', '棉']),
        "较" => head.ends_with(['比']),
        "已" => head.ends_with(['而']),
        _ => false,
    }
}

/// Does a noun that heads the phrase follow (…改扩建|项目, 就业|岗位)?
fn heads(grammar: &Grammar, after: &str) -> bool {
    grammar.compound_heads.prefix_of(after).is_some()
}
