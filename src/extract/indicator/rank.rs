//! Ranks: 全市第2, 居全省首位, 排名全省前三, 位居全市第四位.

use super::grammar::Grammar;
use crate::extract::quantity::Quantity;
use crate::model::Bound;
use crate::numeral::is_counting;
use crate::text::Span;

/// A rank that the text states.
#[derive(Debug, Clone)]
pub struct Rank {
    /// 第2, 前三, 首位; bytes of the text given.
    pub span: Span,
    /// From the verb or scope before it: 位居全市第2.
    pub outer: Span,
    pub value: f64,
    pub bound: Bound,
    /// 全市, 全省, 内地大中城市.
    pub scope: Option<String>,
}

/// Read an ordinal (第2, 前三, 首位) as a rank, where its surroundings say that it is one.
pub fn rank(grammar: &Grammar, text: &str, ordinal: &Quantity, previous: Option<&Rank>) -> Option<Rank> {
    let printed = ordinal.span.of(text);
    let top = printed.starts_with('前');
    let mut whole = ordinal.span;
    if let Some(word) = ["位", "名", "强", "列"].iter().find(|w| text[whole.end..].starts_with(**w)) {
        whole.end += word.len();
    }
    let counted =
        whole.of(text).ends_with(['位', '名', '强', '列', '首']) || printed.contains('首') || printed.contains('榜');
    let value = ordinal.value;
    let after = &text[whole.end..];
    // 以全省第一名成绩参加评选: how it was won, no rank of anything.
    if printed.starts_with('倒')
        || text[..whole.start].ends_with("倒数")
        || after.starts_with("成绩")
        || after.starts_with("的成绩")
    {
        return None;
    }
    if !counted && grammar.not_rank.prefix_of(after).is_some() {
        return None;
    }
    if counted && after.starts_with(['党', '书', '代', '副', '长']) {
        return None;
    }
    let before = text[..whole.start].trim_end_matches(['的', ' ', '各', '“']);
    let (mut scope, mut head) = scope_at_end(grammar, before);
    if scope.is_some()
        && let Some(verb_and) = without_count(head)
    {
        let ranked = grammar.rank_verbs.suffix_of(verb_and).is_some_and(|verb| verb.contains(['居', '列', '排', '位']));
        if ranked {
            // 位居|15个|副省级城市之首: how many took part.
            head = verb_and;
        } else if !top {
            // 获得3个|全国第一, “十个全国第一”: so many first places, and no place.
            return None;
        }
    }
    let mut verb = grammar.rank_verbs.suffix_of(head);
    // 由99位提升至87位: where it stood before needs no verb.
    if verb.is_none() && scope.is_none() && begins_move(before) && grammar.rank_moves.prefix_of(after).is_some() {
        (head, verb) = (before, Some(""));
    }
    if scope.is_none()
        && let Some(word) = verb
    {
        // 全市|排名|第二: the scope may stand before the verb.
        let (outer_scope, outer_head) = scope_at_end(grammar, &head[..head.len() - word.len()]);
        if outer_scope.is_some() && head.len() - word.len() - outer_head.len() <= 18 {
            scope = outer_scope;
            head = outer_head;
            verb = grammar.rank_verbs.suffix_of(head).or(Some(""));
        }
    }
    // 位居中国创新百强区排行榜|第六: a list is a field of its own, unless a statistic stands before it (总量居全国百强县|第六).
    let list = grammar.rank_lists.suffix_of(before.trim_end_matches('”'));
    let plain = list.is_some_and(|list| scope.is_none() && !list.ends_with(['县', '市', '区', '镇']));
    if plain || names_list(grammar, before) || !top && names_contest(grammar, before) {
        (head, verb) = (before, Some(""));
    }
    if scope.is_none() && verb.is_none() {
        // 居主城新区第3, 居全市18个区县第3位: the field between the verb and the rank.
        (scope, head, verb) = field_at_end(grammar, before).unwrap_or((None, head, None));
    }
    let ends = after.chars().next().is_none_or(|c| "，。；、,;！：） )\n和及与”（".contains(c))
        || after.starts_with("上升")
        || after.starts_with("前移");
    // 分别位居全市第二位、第四位: a second rank of the list has the scope of the first.
    if let Some(first) =
        previous.filter(|first| matches!(text[first.span.end..whole.start].trim(), "、" | "和" | "与" | "及"))
    {
        return Some(Rank { span: whole, outer: whole, value, bound: first.bound, scope: first.scope.clone() });
    }
    // 在全市法治建设考评中荣获第一: the field that the clause begins with.
    if scope.is_none() && verb.is_some() {
        let clause = before.rsplit(['，', '；', '。']).next().unwrap_or(before);
        // 在新近公布的|全省法治建设考评中
        let field = clause.rfind('在').map(|at| &clause[at + '在'.len_utf8()..]);
        scope = field.and_then(|field| {
            let near = grammar.rank_scopes.find_iter(field).find(|range| field[range.clone()].chars().count() > 1)?;
            let opens = near.start == 0 || field[..near.start].ends_with('的');
            opens.then(|| field[near].to_owned())
        });
    }
    // 增速位列全市第二，|南六县第一: the next place of the same, in another field.
    if scope.is_none()
        && verb.is_none()
        && let Some(first) = previous
        && let Some(field) = text[first.span.end..whole.start].strip_prefix(['，', '、'])
        && (2..=8).contains(&field.chars().count())
        && field.ends_with(['县', '市', '区', '省', '州', '旗', '域', '圈', '群'])
        && field.chars().all(crate::text::is_han)
    {
        let start = whole.start - field.len();
        return Some(Rank {
            span: whole,
            outer: Span::new(start, whole.end),
            value,
            bound: if top { Bound::Le } else { Bound::Eq },
            scope: Some(field.to_owned()),
        });
    }
    // 前N needs a verb or a scope (前三季度 has neither); 第N without 位 needs one too and an end behind it.
    if scope.is_none() && verb.is_none() {
        return None;
    }
    if scope.as_deref().is_some_and(|s| s.chars().count() == 1) && verb.is_none() {
        return None;
    }
    if top && !counted && !ends {
        return None;
    }
    if !top && !counted && !ends {
        return None;
    }
    if top && after.starts_with(['季', '月', '年', '个', '期', '天']) {
        return None;
    }
    let mut start = head.len();
    if let Some(verb) = verb {
        start -= verb.len();
        // 总量和增速均|居: two verbs in a row; but 百强县排名|提升至 is a list.
        while let Some(more) = grammar.rank_verbs.suffix_of(&text[..start]) {
            if more == "排名" && grammar.rank_lists.suffix_of(&text[..start - more.len()]).is_some() {
                break;
            }
            start -= more.len();
        }
    }
    // 增幅|在|珠三角排第二位
    if scope.is_some()
        && let Some(shorter) = text[..start].strip_suffix('在')
        && !grammar.is_inside("在", shorter, "")
        && !shorter.ends_with(['所', '现', '实', '潜', '自'])
    {
        start = shorter.len();
    }
    Some(Rank {
        span: whole,
        outer: Span::new(start, whole.end),
        value,
        bound: if top { Bound::Le } else { Bound::Eq },
        scope: scope.filter(|s| s.chars().count() > 1),
    })
}

/// What stands before a number of things that the text ends with: 获得|3个, “|十项.
fn without_count(text: &str) -> Option<&str> {
    let head = text.strip_suffix(['个', '项'])?;
    let before = head.trim_end_matches(is_counting);
    (before.len() < head.len()).then_some(before)
}

/// Do the words before a place say where a move began (由, 由2010年的, 从上年的)?
fn begins_move(before: &str) -> bool {
    let words = before.trim_end_matches(['的', '末', '底', '初']);
    let time = ["上年", "去年", "原来", "年"].iter().find_map(|time| words.strip_suffix(time)).unwrap_or(words);
    time.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(['由', '从'])
}

/// Is a list that was ranked all that the clause names before its number (位列2019年度全国百强县|第七)?
fn names_list(grammar: &Grammar, before: &str) -> bool {
    grammar.rank_lists.suffix_of(before.trim_end_matches('”')).is_some() && behind_verb(grammar, before).is_some()
}

/// Is a contest all that it names: 获全省营商环境评价|第二名、全省平安建设考核|第一名; but 全市考核|第一 has the scope for its field.
fn names_contest(grammar: &Grammar, before: &str) -> bool {
    let Some(contest) = grammar.rank_contests.suffix_of(before) else { return false };
    let listed = || before.rsplit(['，', '；', '。', '：', '、']).next().filter(|_| before.contains('、'));
    let field = behind_verb(grammar, before).or_else(listed).unwrap_or_default();
    let name = grammar.rank_scopes.prefix_of(field).map_or("", |scope| &field[scope.len()..]);
    let year = field.trim_start_matches(|c: char| c.is_ascii_digit());
    // 获得2013年自治区文明城市测评
    let name = if year.len() < field.len() { year } else { name };
    name.chars().count() >= contest.chars().count() + 3
}

/// The words of the clause behind the verb of rank that it opens with: 首次|位列|…
fn behind_verb<'t>(grammar: &Grammar, before: &'t str) -> Option<&'t str> {
    let clause = before.rsplit(['，', '；', '。', '：', '、', ',', ';']).next().unwrap_or(before);
    let mut rest = clause.trim_start_matches(['新', '再', '首', '次']);
    while let Some(word) = grammar.openers.prefix_of(rest).or_else(|| grammar.manner.prefix_of(rest)) {
        rest = &rest[word.len()..];
    }
    // 连续|七年|位居全国工业百强区
    rest = behind_times(rest).unwrap_or(rest);
    let verb =
        grammar.rank_verbs.prefix_of(rest).filter(|verb| verb.chars().count() > 1 || "列居获".contains(*verb))?;
    Some(&rest[verb.len()..])
}

/// What stands behind the number of years or times that a text begins with: 七年|位居…, 3届|蝉联….
pub fn behind_times(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(is_counting);
    rest.strip_prefix(['年', '届', '次']).filter(|_| rest.len() < text.len())
}

/// Is a number of 位 without 第 a place in a ranking: 列17位, 由99位提升至87位, 前移到15位? 教授由12位增加到20位 is none.
pub fn is_place(grammar: &Grammar, text: &str, quantity: &Quantity) -> bool {
    let before = text[..quantity.outer.start].trim_end();
    if quantity.unit.as_deref() != Some("位") || quantity.value.fract() != 0.0 {
        return false;
    }
    let stated = ["列", "居", "位列", "名列", "排在", "排名"].iter().any(|verb| before.ends_with(verb));
    let field = grammar.rank_scopes.suffix_of(before).map_or(before, |scope| &before[..before.len() - scope.len()]);
    let moved = |text: &str| grammar.rank_moves.suffix_of(text).is_some();
    let from = field.ends_with(['由', '从'])
        && grammar.rank_moves.prefix_of(text[quantity.outer.end..].trim_start_matches(['大', '幅'])).is_some();
    stated || moved(before) || moved(field) || from
}

/// A field of places that the text ends with, behind a verb of rank: its name, the words up to the verb, the verb.
fn field_at_end<'t>(grammar: &Grammar, text: &'t str) -> Option<(Option<String>, &'t str, Option<&'t str>)> {
    /// In characters.
    const REACH: usize = 16;
    let from = text.char_indices().rev().take(REACH).last()?.0;
    let at = grammar.rank_verbs.find_iter(&text[from..]).last()?;
    let (head, field) = (&text[..from + at.end], &text[from + at.end..]);
    let places = field
        .ends_with(['区', '市', '县', '省', '州', '旗', '国', '城', '圈', '群', '）', '级', '家', '口', '校', '园'])
        || field.chars().count() <= 5;
    let plain = field.chars().all(|c| crate::text::is_han(c) || c.is_ascii_digit() || matches!(c, '（' | '）'));
    let known = grammar.rank_scopes.prefix_of(field);
    let named = (2..=12).contains(&field.chars().count()) && places && plain;
    let verb = grammar.rank_verbs.suffix_of(head).filter(|verb| verb.contains(['居', '列', '排', '位']));
    (named && verb.is_some()).then(|| (Some(known.unwrap_or(field).to_owned()), head, verb))
}

/// The scope that the text ends with, and what stands before it. `居全市各县第一` has 全市, with a word behind it.
fn scope_at_end<'t>(grammar: &Grammar, printed: &'t str) -> (Option<String>, &'t str) {
    // 全省各县（市、区）, 全省区（县、市）
    let bracket = printed.strip_suffix('）').and_then(|text| text.rsplit_once('（'));
    let text = bracket
        .filter(|(_, kinds)| kinds.chars().all(|c| "县市区旗州、".contains(c)))
        .map_or(printed, |(head, _)| head);
    if let Some(scope) = grammar.rank_scopes.suffix_of(text) {
        return (Some(scope.to_owned()), &text[..text.len() - scope.len()]);
    }
    // A scope with a few words behind it: 全市|各县, 全国|百强县, 全省|开发区.
    let window_start = text.char_indices().rev().take(10).last().map_or(0, |(i, _)| i);
    let window_start = text[window_start..]
        .char_indices()
        .rev()
        .find(|(_, c)| matches!(c, '，' | '；' | ',' | ';' | '、'))
        .map_or(window_start, |(at, c)| window_start + at + c.len_utf8());
    let window = &text[window_start..];
    if window.contains(['第', '位', '名']) {
        return (None, printed);
    }
    let found = grammar.rank_scopes.find_iter(window).filter(|r| window[r.clone()].chars().count() > 1).last();
    // 在全市考评中: the field is what was measured.
    let contest = window.strip_suffix('中').is_some_and(|field| grammar.contests.suffix_of(field).is_some());
    match found.filter(|_| !contest) {
        Some(range) => (Some(window[range.clone()].to_owned()), &text[..window_start + range.start]),
        None => (None, printed),
    }
}
