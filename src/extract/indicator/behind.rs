//! The verb behind a counted noun: what was done with the things or happened to them (6个项目|全部开工, 30项经验|在全国推广,
//! 82名学生|被高校录取).

use super::grammar::Grammar;
use super::opener::time_at_start;

/// Prepositions whose phrase may stand between a counted noun and its verb (向社会|开放, 被国家|列入, 与企业|对接).
const PREPOSITIONS: [&str; 11] = ["面向", "在", "向", "对", "被", "为", "与", "同", "到", "来", "赴"];

/// What was done with the counted thing or happened to it, at the beginning of the words behind it: 全部|封顶,
/// 在“新三板”|挂牌.
pub fn event_behind<'t>(grammar: &Grammar, after: &'t str) -> Option<&'t str> {
    let after = after.trim_start();
    let after =
        if after.starts_with("已经") { after } else { after.trim_start_matches(['均', '已', '都', '仍']) };
    // 4项|未能如期完成: it was not done.
    if grammar.negations.prefix_of(after).is_some() {
        return None;
    }
    let rest = without_manner(grammar, after);
    if let Some(phrase) = PREPOSITIONS.iter().find_map(|word| rest.strip_prefix(word))
        && grammar.event_actions.prefix_of(rest).is_none()
        && grammar.object_verbs.prefix_of(rest).is_none()
    {
        return behind_phrase(grammar, phrase);
    }
    let verb = grammar
        .event_actions
        .prefix_of(rest)
        .or_else(|| grammar.object_verbs.prefix_of(rest))
        .filter(|verb| !grammar.is_inside(verb, "", &rest[verb.len()..]))?;
    // 4个项目|投资|超序时: a statistic of theirs.
    if verb == "投资"
        && (rest.len() == verb.len()
            || grammar.predicate_at_start(&rest[verb.len()..])
            || rest[verb.len()..].starts_with(['超', '达', '过', '近', '约', '完']))
    {
        return None;
    }
    // 35个项目|完成投资30亿元: what was completed is the next value's.
    let money = matches!(verb, "完成" | "实现")
        && ["投资", "年度投资", "收入", "产值", "营业"].iter().any(|w| rest[verb.len()..].starts_with(w));
    (!money).then_some(verb)
}

/// The words without when, how and in which region: 6月底前|建成投产, 稳定|脱贫, 全省|复制推广.
fn without_manner<'t>(grammar: &Grammar, words: &'t str) -> &'t str {
    // 加工厂|6月底前|建成投产
    let mut rest = time_at_start(grammar, words).unwrap_or(words);
    let long = |word: &&str| word.chars().count() > 1;
    while let Some(word) = grammar
        .trailing_manner
        .prefix_of(rest)
        .or_else(|| grammar.event_manner.prefix_of(rest))
        .or_else(|| grammar.manner.prefix_of(rest).filter(long))
        .or_else(|| {
            grammar.openers.prefix_of(rest).filter(|word| {
                // 达到|脱贫标准 is a deed, 达到|优良水平 none.
                let standard = |after: &str| {
                    grammar.event_actions.prefix_of(after).is_some_and(|event| after[event.len()..].starts_with("标准"))
                };
                long(word) && (*word != "达到" || standard(&rest[word.len()..]))
            })
        })
        .filter(|word| grammar.event_actions.prefix_of(rest).is_none_or(|verb| verb.len() < word.len()))
    {
        rest = &rest[word.len()..];
    }
    rest
}

/// The same where the clause behind the noun's is nothing else: 45个重点项目|，建成投产|。
pub fn event_in_next_clause<'t>(grammar: &Grammar, rest: &'t str) -> Option<&'t str> {
    let clause = rest.strip_prefix('，')?;
    let clause = &clause[..clause.find(['，', '；', '。', '、'])?];
    let verb = event_behind(grammar, clause)?;
    (clause.chars().count() <= 10 && clause.ends_with(verb)).then_some(verb)
}

/// The verb behind a phrase of place or person: 在全国|推广, 向社会|开放, 被国家级榜单|列入. Behind a word that closes the
/// phrase it may be a long one (在联合国气候变化大会|上|交流).
fn behind_phrase<'t>(grammar: &Grammar, phrase: &'t str) -> Option<&'t str> {
    let phrase = &phrase[..phrase.find(['，', '；', '。', '：', ',']).unwrap_or(phrase.len())];
    let long = |at: usize| phrase[..at].chars().count();
    // What a number stands before is the next value's (向12家企业|发放).
    let free =
        |at: usize| !phrase[..at].contains(|c: char| c.is_ascii_digit()) || phrase[..at].ends_with(['上', '中', '内']);
    let verb_at = |at: usize| {
        let rest = without_manner(grammar, &phrase[at..]);
        grammar.event_actions.prefix_of(rest)
    };
    let closed = phrase
        .char_indices()
        .filter(|(_, c)| matches!(c, '上' | '中' | '内' | '里'))
        .map(|(at, c)| at + c.len_utf8())
        .find_map(|at| verb_at(at).filter(|_| (3..=36).contains(&long(at))));
    closed.or_else(|| {
        phrase.char_indices().map(|(at, _)| at).skip(1).take(12).find_map(|at| verb_at(at).filter(|_| free(at)))
    })
}
