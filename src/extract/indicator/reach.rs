//! Which words belong to a figure: where those before and behind it begin and end, and which figures go together.

use super::compose::Scene;
use super::figure::{Figure, Layout};
use super::grammar::Grammar;
use super::lead::Lead;
use super::trail::parse_trail;
use crate::extract::unit::Dimension;

/// Where the words behind a figure end: at the next delimiter, or at the end of a list that has no other figure in it
/// (97台燃气、燃煤锅炉综合治理).
pub fn trail_end(scene: &Scene<'_>, layout: &Layout, from: usize, next: usize) -> usize {
    let grammar = &scene.context.rules.grammar;
    let first = layout.next(from, next);
    // 10个|街道分中心|和安监、查违等12个专业分中心: where the next list begins the counted noun is over.
    let (noun, list) = (&scene.sentence[from..first], &scene.sentence[first..next]);
    if list.starts_with('、') && list.ends_with('等') && !list.contains(['，', '。', '；', '：']) {
        let joint = noun.char_indices().rev().find(|&(at, c)| {
            let (head, word) = (&noun[..at], &noun[at..at + c.len_utf8()]);
            matches!(word, "和" | "及" | "与") && at > 0 && !grammar.is_inside(word, head, &noun[at + word.len()..])
        });
        if let Some((at, _)) = joint {
            return from + at;
        }
    }
    // 14条高速公路项目|和黄百等4个铁路项目: so is it where the next member's example begins.
    if first == next && next < scene.sentence.len() && noun.trim_end().ends_with('等') {
        let joint = noun.char_indices().rev().find(|&(at, c)| {
            let (head, word) = (&noun[..at], &noun[at..at + c.len_utf8()]);
            matches!(word, "和" | "及" | "与")
                && head.chars().count() >= 2
                && !grammar.is_inside(word, head, &noun[at + word.len()..])
        });
        if let Some((at, _)) = joint {
            return from + at;
        }
    }
    let clause = layout.clause_end(from, next);
    if clause < next || next == scene.sentence.len() {
        let rest = scene.sentence[first..clause].trim_start_matches('、');
        let short = first < clause
            && first > from
            && scene.sentence[from..clause].chars().count() <= 24
            && scene.sentence[from..first].chars().count() <= 8;
        let listed = grammar.action_at_start(rest).is_none()
            && grammar.manner.prefix_of(rest).is_none()
            // 24轮强降雨|、抗御台风: a verb of its own.
            && grammar.braving.prefix_of(rest).is_none()
            && !rest.starts_with(|c: char| c.is_ascii_digit());
        // 10个新建、改扩建学校项目: deeds before the noun that they are of.
        let works = grammar.actions.contains(&scene.sentence[from..first])
            && grammar.action_at_start(rest).is_some_and(|deed| rest[deed.len()..].chars().count() >= 2);
        if short && (listed || works) {
            return clause;
        }
    }
    first
}

/// Where the words that lead to a figure begin, and whether it goes on a list.
pub fn lead_start(
    grammar: &Grammar,
    sentence: &str,
    layout: &Layout,
    from: usize,
    start: usize,
    has_previous: bool,
) -> (usize, bool) {
    if let Some(at) = layout.clause_start(from, start) {
        return (at, false);
    }
    if !has_previous {
        return (from, false);
    }
    if let Some(at) = layout.list_start(from, start) {
        return (at, true);
    }
    let gap = &sentence[from..start];
    // 扩展到9个州|并|延长至240小时: what stands before the conjunction is of the value before.
    if let Some(at) = gap.find('并')
        && at > 0
        && grammar.predicate_at_start(&gap[at + '并'.len_utf8()..])
        && !grammar.is_inside("并", &gap[..at], &gap[at + '并'.len_utf8()..])
        && gap[at..].chars().count() <= 8
    {
        return (from + at + '并'.len_utf8(), false);
    }
    let trimmed = gap.trim_start();
    for word in ["以及", "和", "及", "与", "并"] {
        if trimmed.starts_with(word) {
            return (from + (gap.len() - trimmed.len()) + word.len(), true);
        }
    }
    (from, trimmed.is_empty())
}

/// The end of the run of figures from `i` on that are only separated by 、 or 和: 分别增长4.3%、9.9%.
/// A comma joins them only after 分别.
pub fn group_end(grammar: &Grammar, sentence: &str, figures: &[Figure], i: usize, each: bool) -> usize {
    let mut end = i + 1;
    while end < figures.len() {
        let between = sentence.get(figures[end - 1].outer().end..figures[end].outer().start).map(str::trim);
        // 每月680元、每年6240元: what each is of may stand before it.
        let between = between.map(|words| match words.strip_prefix(['、', '和', '与']).map(str::trim) {
            Some(per) if each && !per.is_empty() && grammar.each_per.contains(per) => "、",
            _ => words,
        });
        let listed = matches!(between, Some("、" | "和" | "及" | "与" | "以及" | "，" | "," | "或"));
        let comma = matches!(between, Some("，" | ","));
        if comma && !each {
            break;
        }
        let alike = match (&figures[end - 1], &figures[end]) {
            (Figure::Value(a), Figure::Value(b)) => {
                (each || a.unit_si == b.unit_si || a.unit_si.is_none()) && (!comma || a.unit == b.unit)
            }
            (Figure::Rank(_), Figure::Rank(b)) => b.outer == b.span || b.scope.is_some(),
            _ => false,
        };
        if !(listed && alike) {
            break;
        }
        end += 1;
    }
    end
}

/// Do the words to the next figure say that a movement ended there (由3262元|增长到)?
pub fn reaches(between: &str) -> bool {
    !between.contains(['。', '；'])
        && ["到", "至", "为", "升", "降", "跃", "居"].iter().any(|w| between.contains(w))
        && between.chars().count() <= 24
}

/// The name behind a figure that follows directly (36村7社区9.7万人温暖过冬) or as the next of a list without a name
/// (使2万户、8万居民受益): all of them share it.
pub fn glued_name<'a>(
    scene: &Scene<'a>,
    sentence: &'a str,
    figures: &[Figure],
    end: usize,
    layout: &Layout,
    lead: &Lead<'_>,
    last_end: usize,
) -> Option<&'a str> {
    let mut at = last_end;
    let mut k = end;
    if let Some(name) = behind_next_deed(scene, sentence, figures, end, lead, last_end) {
        return Some(name);
    }
    // 解决18万人、9万头大牲畜饮水困难: people are counted without a noun, what was solved stands behind the last number.
    let people = matches!(&figures[end - 1], Figure::Value(q) if matches!(q.dimension, Dimension::Person | Dimension::Household));
    let deed = lead.action.is_none_or(|deed| people && deed == "解决");
    // 建成|187公里、3.9万亩|景观林带: two measures of the one thing that was made.
    let extents = lead.action.is_some()
        && matches!((&figures[end - 1], figures.get(end)), (Figure::Value(a), Some(Figure::Value(b)))
            if a.dimension != b.dimension
                && matches!(a.dimension, Dimension::Length | Dimension::Count | Dimension::Area)
                && matches!(b.dimension, Dimension::Length | Dimension::Count | Dimension::Area));
    if lead.name.is_empty() && lead.effect.is_none() && (deed || extents) && sentence[at..].starts_with('、') {
        at += '、'.len_utf8();
    }
    while k < figures.len() && figures[k].outer().start == at && matches!(figures[k], Figure::Value(_)) {
        at = figures[k].outer().end;
        k += 1;
    }
    if k == end {
        return None;
    }
    let next = figures.get(k).map_or(sentence.len(), |f| f.outer().start);
    let trail = &sentence[at..layout.next(at, next)];
    parse_trail(
        &scene.context.rules.grammar,
        trail,
        lead.action.is_some(),
        at + trail.len() == next && next < sentence.len(),
    )
    .map(|(name, _)| name)
}

/// 新建103个、修缮60个|农村互助幸福院: two deeds done to the one thing that stands behind the last number.
fn behind_next_deed<'a>(
    scene: &Scene<'a>,
    sentence: &'a str,
    figures: &[Figure],
    end: usize,
    lead: &Lead<'_>,
    last_end: usize,
) -> Option<&'a str> {
    let grammar = &scene.context.rules.grammar;
    let (Figure::Value(this), Figure::Value(next)) = (&figures[end - 1], figures.get(end)?) else { return None };
    let between = sentence.get(last_end..next.outer.start)?.strip_prefix(['、', '，'])?;
    let deeds = lead.name.is_empty()
        && lead.action.is_some()
        && lead.effect.is_none()
        && grammar.action_at_start(between) == Some(between)
        && this.unit.is_some()
        && this.unit == next.unit;
    let behind = &sentence[next.outer.end..];
    deeds.then(|| parse_trail(grammar, up_to_mark(behind), true, false)).flatten().map(|(name, _)| name)
}

/// The text up to the first mark that ends a clause or a member of a list.
pub fn up_to_mark(text: &str) -> &str {
    &text[..text.find(['，', '。', '；', '、', ',', ';']).unwrap_or(text.len())]
}
