//! Figures and the words around them → indicators: who has which name, what kind of measure it is, what is carried on.

use super::Context;
use super::composition::Share;
use super::figure::{Figure, Layout};
use super::grammar::{Effect, Grammar};
use super::lead::{Lead, basis_of, gap_at_end, is_facets, parse_lead, tidy};
use super::period::{Frame, period};
use super::trail::parse_trail;
use crate::extract::number::NumberShape;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;
use crate::model::{Basis, Bound, Dismissed, Flag, Flags, Indicator, Measure, Section};
use crate::text::Span;

/// Where a sentence stands.
pub struct Scene<'a> {
    pub context: &'a Context<'a>,
    pub sentence: &'a str,
    /// Byte of the clean text at which the sentence begins.
    pub at: usize,
    pub section: usize,
    pub sections: &'a [Section],
    pub frame: Frame,
}

/// What a clause leaves to the next one.
#[derive(Debug, Default, Clone)]
struct Carried {
    names: Vec<String>,
    action: Option<String>,
    subject: Option<String>,
}

/// The names of a group of figures and how they were found.
struct Naming {
    names: Vec<String>,
    action: Option<String>,
    subject: Option<String>,
    rule: &'static str,
    confidence: f32,
    carried: bool,
    /// An aspect of the statistic before (总量, 投资): the next clause still speaks of that statistic.
    keeps_carried: bool,
}

/// A value that is no figure of the region, and why.
pub fn dismissal(grammar: &Grammar, sentence: &str, quantity: &Quantity) -> Option<&'static str> {
    let after = &sentence[quantity.outer.end..];
    let before = &sentence[..quantity.outer.start];
    let unit = quantity.unit.as_deref().unwrap_or("");
    let si = quantity.unit_si.as_deref();
    if before.rfind('《').is_some_and(|open| !before[open..].contains('》')) {
        return Some("inside a title");
    }
    if let Some(open) = before.rfind('“')
        && !before[open..].contains('”')
        && after.find('”').is_some_and(|close| sentence[open..quantity.outer.end + close].chars().count() <= 12)
        && !matches!(si, Some("percent" | "CNY"))
    {
        return Some("inside a quoted slogan");
    }
    if let Some(open) = before.rfind('“')
        && !before[open..].contains('”')
        && quantity.shape == NumberShape::Chinese
        && quantity.value < 100.0
        && after.find('”').is_some_and(|close| sentence[open..quantity.outer.end + close].contains('、'))
    {
        return Some("inside a quoted slogan");
    }
    if unit == "类" && before.contains("水质") {
        return Some("a grade of water");
    }
    if grammar.others.find_iter(before).next().is_some() && matches!(unit, "次" | "度" | "封") {
        return Some("an event, not a figure");
    }
    if matches!(unit, "岁" | "周岁" | "点" | "时" | "级" | "星" | "度电") && unit != "度" {
        return Some("an age, a grade or a time of day");
    }
    if matches!(quantity.bound, Bound::Ge | Bound::Gt | Bound::Le | Bound::Lt)
        && !matches!(si, Some("percent" | "percentage_point"))
        && grammar.threshold_heads.prefix_of(after.trim_start_matches('的')).is_some()
        && grammar.predicate_at_end(before).is_none_or(|(w, _)| w.chars().count() == 1 || w == "超过")
        && (!matches!(si, Some("count" | "person"))
            || quantity.dimension == Dimension::None
            || matches!(unit, "千万" | "百万" | "亿" | "万" | "百亿" | "千亿" | "十亿"))
    {
        return Some("a threshold inside a name");
    }
    if matches!(si, Some("year" | "month" | "day" | "hour" | "minute")) && duration_is_time(before, after, si) {
        return Some("a time, not an amount");
    }
    if quantity.unit.is_none() && quantity.unit_si.is_none() {
        if !before.trim_end().ends_with(['到', '达', '为', '于', '数']) {
            return Some("a number without a unit");
        }
    }
    let stop = after
        .find(['，', '。', '；', '、', '：', '”', '）', ')', ',', ';', '的', '和', '与', '\n'])
        .unwrap_or(after.len());
    let counted = after[..stop].trim_start_matches('“');
    if grammar.own_parts.prefix_of(counted).is_some() && quantity.value < 1000.0 {
        return Some("a part of the report itself");
    }
    if quantity.dimension == Dimension::Duration && before.contains("承包") {
        return Some("a term that a policy sets");
    }
    if is_small_counter(sentence, quantity) && grammar.abstract_heads.contains(counted) || counted == "规定" {
        return Some("a way of speaking");
    }
    if after.starts_with("范围") {
        return Some("a distance that bounds a place");
    }
    if ["年产", "年处理", "日产", "日处理"].iter().any(|w| before.ends_with(w))
        && !counted.is_empty()
        && specifies_any(counted)
    {
        return Some("the capacity in a name");
    }
    if matches!(quantity.dimension, Dimension::Area | Dimension::Length)
        && quantity.shape == NumberShape::Chinese
        && quantity.value < 11.0
        && after.chars().next().is_some_and(crate::text::is_han)
        && unit.chars().count() == 1
    {
        return Some("a place name");
    }
    None
}

/// 两个方面, 三场硬仗: a small number in Chinese, or in digits with the plainest counters.
fn is_small_counter(sentence: &str, quantity: &Quantity) -> bool {
    let printed = quantity.number.of(sentence);
    quantity.value < 100.0
        && matches!(quantity.dimension, Dimension::Count | Dimension::None | Dimension::PersonTime)
        && (printed.chars().all(crate::text::is_han)
            || matches!(quantity.unit.as_deref(), Some("大" | "项" | "类" | "方面" | "个方面" | "件")))
}

fn specifies_any(counted: &str) -> bool {
    counted.chars().count() >= 2
}

/// 连续13年, 用3年时间, 3年来: a duration that only says when.
fn duration_is_time(before: &str, after: &str, si: Option<&str>) -> bool {
    let before = before.trim_end();
    let starts = [
        "连续",
        "用",
        "近",
        "第",
        "历时",
        "经过",
        "未来",
        "今后",
        "过去",
        "每",
        "利用",
        "前",
        "后",
        "力争",
        "再",
        "这",
        "近几",
        "在",
        "通过",
        "奋战",
        "为期",
        "满",
        "约",
        "每隔",
        "下",
        "上",
        "头",
        "超过",
        "长达",
        "为",
        "全年",
        "最近",
        "提前或延后",
        "服役",
    ];
    let ends = [
        "来",
        "内",
        "后",
        "前",
        "间",
        "时间",
        "期",
        "行动",
        "攻坚",
        "计划",
        "倍增",
        "以来",
        "之",
        "左右时间",
        "的时间",
        "多来",
        "大变样",
        "任务",
        "规划",
        "滚动",
        "目标",
        "一",
        "生活圈",
        "都市圈",
        "交通圈",
        "经济圈",
        "通勤圈",
        "服务圈",
        "养老服务圈",
        "不",
        "如一",
        "免费",
        "营业",
        "制",
    ];
    if ends.iter().any(|w| after.starts_with(w)) {
        return true;
    }
    if starts.iter().any(|w| before.ends_with(w)) && si != Some("day") {
        return true;
    }
    // Years and months count only as a movement or as a stated span of something.
    matches!(si, Some("year" | "month" | "hour" | "minute"))
        && ![
            "延长",
            "缩短",
            "压缩",
            "提前",
            "减少",
            "增加",
            "缩短到",
            "缩短至",
            "压缩至",
            "压缩到",
            "达到",
            "达",
            "为",
            "至",
            "到",
            "提高",
        ]
        .iter()
        .any(|w| before.ends_with(w))
}

/// Turn the figures of a sentence into indicators.
pub fn compose(scene: &Scene<'_>, figures: &[Figure], found: &mut Vec<Indicator>, dismissed: &mut Vec<Dismissed>) {
    let sentence = scene.sentence;
    let layout = Layout::new(sentence, figures);
    let mut carried = Carried::default();
    let mut consumed = 0;
    let mut last_rank_scope: Option<String> = None;
    let mut recent: Vec<String> = Vec::new();
    let mut i = 0;
    while i < figures.len() {
        let start = figures[i].outer().start;
        let (lead_start, coordinated) = lead_start(sentence, &layout, consumed.min(start), start, i > 0);
        let lead_text = &sentence[lead_start.min(start)..start];
        let doubles = matches!(&figures[i], Figure::Value(q) if q.shape == NumberShape::Doubling);
        let mut lead = parse_lead(&scene.context.rules.grammar, scene.context.lexicon, lead_text, doubles);
        let end = group_end(sentence, figures, i);
        let group = &figures[i..end];
        let last_end = group.last().map_or(start, |f| f.outer().end);
        let next = figures.get(end).map_or(sentence.len(), |f| f.outer().start).max(last_end);
        let trail_end = trail_end(scene, &layout, last_end, next);
        let trail_text = &sentence[last_end..trail_end];
        read_gap(scene, &group[0], lead_text, &mut lead);

        let glued_next = glued_name(scene, sentence, figures, end, &layout, &lead, last_end);
        let (naming, used) = name_group(
            scene,
            group,
            &lead,
            lead_text,
            trail_text,
            trail_end == next && next < sentence.len(),
            &carried,
            coordinated,
            glued_next,
        );
        let consumed_before = consumed;
        consumed = last_end + used;
        let naming = naming.or_else(|| clause_before(scene, lead_start, consumed_before, &lead));
        let naming = naming.filter(|n| n.names.iter().all(|name| !name.is_empty()));
        let naming = naming.map(|naming| of_recent(naming, &lead, group.len(), &recent));
        let Some(naming) = naming else {
            for figure in group {
                dismissed.push(Dismissed { span: figure.span().shifted(scene.at), reason: "no name to go with it" });
            }
            i = end;
            continue;
        };
        for name in naming.names.iter().filter(|_| !naming.carried) {
            recent.retain(|n| n != name);
            recent.push(name.clone());
        }
        if !naming.keeps_carried {
            carried =
                Carried { names: naming.names.clone(), action: naming.action.clone(), subject: naming.subject.clone() };
        }
        let earlier =
            lead.from && figures.get(end).is_some_and(|f| reaches(&sentence[last_end..f.outer().start.max(last_end)]));
        // 分别增长8.5%、10%以上: the bound behind the last value holds for all of them.
        let shared = match group.last() {
            Some(Figure::Value(last)) if lead.each && matches!(last.bound, Bound::Ge | Bound::Le | Bound::Approx) => {
                Some(last.bound)
            }
            _ => None,
        };
        for (k, figure) in group.iter().enumerate() {
            if let Figure::Rank(rank) = figure
                && rank.scope.is_some()
            {
                last_rank_scope.clone_from(&rank.scope);
            }
            let names = deal(&naming, &lead, group.len(), k);
            for name in names {
                let mut row = build(scene, figure, &lead, lead_text, name, &naming, earlier, shared);
                if row.measure == Measure::Rank && row.rank_scope.is_none() {
                    row.rank_scope.clone_from(&last_rank_scope);
                }
                found.push(row);
            }
        }
        i = end;
    }
}

/// One share of a composition (三次产业比) as a row.
pub fn share(scene: &Scene<'_>, share: &Share) -> Indicator {
    let naming = Naming {
        names: vec![share.name.clone()],
        action: None,
        subject: None,
        rule: "composition",
        confidence: 0.9,
        carried: false,
        keeps_carried: true,
    };
    let before = &scene.sentence[..share.whole.start];
    let mut row = row(scene, share.span, before, before, &Lead::default(), &share.name, &naming, share.earlier);
    row.measure = Measure::Ratio;
    row.value = Some(share.value);
    row.unit = Some("%".into());
    row.value_si = Some(share.value);
    row.unit_si = Some("percent".into());
    row
}

/// 最低生活保障人均补差水平，分别从554元、251元提高到…: the clause before names it and has no figure of its own.
fn clause_before(scene: &Scene<'_>, lead_start: usize, from: usize, lead: &Lead<'_>) -> Option<Naming> {
    let head = scene.sentence.get(from..lead_start)?.trim_end_matches(['，', ',', '：', '；', ' ']);
    let clause = &head[head
        .rfind(['，', ',', '；', '：', '。', '、'])
        .map_or(0, |at| at + head[at..].chars().next().map_or(0, char::len_utf8))..];
    let parsed = parse_lead(&scene.context.rules.grammar, scene.context.lexicon, clause, false);
    let long = parsed.name.chars().count();
    let statistic = scene.context.lexicon.code(parsed.name).is_some() || lead.effect.is_some();
    (statistic && (2..=24).contains(&long) && parsed.action.is_none()).then(|| Naming {
        names: vec![parsed.name.to_owned()],
        action: None,
        subject: parsed.subject.map(str::to_owned),
        rule: "clause_before",
        confidence: 0.6,
        carried: true,
        keeps_carried: false,
    })
}

/// Where the words behind a figure end: at the next delimiter, or at the end of a list that has no other figure in it
/// (97台燃气、燃煤锅炉综合治理).
fn trail_end(scene: &Scene<'_>, layout: &Layout, from: usize, next: usize) -> usize {
    let grammar = &scene.context.rules.grammar;
    let first = layout.next(from, next);
    let clause = layout.clause_end(from, next);
    if clause < next || next == scene.sentence.len() {
        let rest = scene.sentence[first..clause].trim_start_matches('、');
        let listed = first < clause
            && first > from
            && grammar.action_at_start(rest).is_none()
            && grammar.manner.prefix_of(rest).is_none()
            && scene.sentence[from..clause].chars().count() <= 24
            && scene.sentence[from..first].chars().count() <= 8;
        if listed {
            return clause;
        }
    }
    first
}

/// 分别高于省定目标10.6、38.3个百分点: the values belong to the names of the last clauses, in their order.
fn of_recent(mut naming: Naming, lead: &Lead<'_>, values: usize, recent: &[String]) -> Naming {
    if lead.each && naming.carried && values > 1 && naming.names.len() != values && recent.len() >= values {
        naming.names = recent[recent.len() - values..].to_vec();
    }
    naming
}

/// Where the words that lead to a figure begin, and whether it goes on a list.
fn lead_start(sentence: &str, layout: &Layout, from: usize, start: usize, has_previous: bool) -> (usize, bool) {
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
    let trimmed = gap.trim_start();
    for word in ["以及", "和", "及", "与", "并"] {
        if trimmed.starts_with(word) {
            return (from + (gap.len() - trimmed.len()) + word.len(), true);
        }
    }
    (from, trimmed.is_empty())
}

/// The end of the run of figures from `i` on that are only separated by 、 or 和: 分别增长4.3%、9.9%.
fn group_end(sentence: &str, figures: &[Figure], i: usize) -> usize {
    let mut end = i + 1;
    while end < figures.len() {
        let between = sentence.get(figures[end - 1].outer().end..figures[end].outer().start).map(str::trim);
        let listed = matches!(between, Some("、" | "和" | "及" | "与" | "以及" | "，" | "," | "或"));
        let comma = matches!(between, Some("，" | ","));
        let alike = match (&figures[end - 1], &figures[end]) {
            (Figure::Value(a), Figure::Value(b)) => {
                (a.unit_si == b.unit_si || a.unit_si.is_none()) && (!comma || a.unit == b.unit)
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
fn reaches(between: &str) -> bool {
    !between.contains(['。', '；'])
        && ["到", "至", "为", "升", "降"].iter().any(|w| between.contains(w))
        && between.chars().count() <= 24
}

/// The gap that the words before a value speak of: 高于全省, 超全市平均水平, 比全国平均高.
fn read_gap<'t>(scene: &Scene<'_>, figure: &Figure, lead_text: &'t str, lead: &mut Lead<'t>) {
    let Figure::Value(quantity) = figure else { return };
    let points = quantity.unit_si.as_deref() == Some("percentage_point");
    if matches!(lead.effect, Some(Effect::Up | Effect::Down)) {
        return;
    }
    let distant = ["平均", "全省", "全市", "全国", "目标", "计划", "预期", "任务", "水平", "全区", "同期"];
    if let Some((head, object, sign)) = gap_at_end(lead_text.trim_end_matches(['约', '近']))
        && (points || (distant.iter().any(|w| object.contains(w)) && !object.ends_with(['到', '为', '达'])))
    {
        let grammar = &scene.context.rules.grammar;
        let whole = parse_lead(grammar, scene.context.lexicon, head, false);
        lead.name = whole.name;
        lead.action = whole.action;
        lead.subject = whole.subject;
        lead.rate_noun = whole.rate_noun;
        lead.each |= whole.each || object.contains("分别");
        lead.both |= whole.both;
        lead.effect = Some(if sign < 0.0 { Effect::GapDown } else { Effect::GapUp });
        lead.against = Some(object);
        lead.basis = Some(basis_of(object));
    }
}

/// The name behind a figure that follows directly (36村7社区9.7万人温暖过冬): all of them share it.
fn glued_name<'a>(
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

fn is_countish(quantity: &Quantity) -> bool {
    matches!(quantity.unit_si.as_deref(), Some("count" | "person" | "household" | "person_time") | None)
}

/// Find the names of a group. `runs_on`: the next figure follows right behind `trail_text`. Returns also how many bytes of the words behind it they take up.
#[expect(clippy::too_many_arguments, reason = "one call; what stands around a group is much")]
fn name_group(
    scene: &Scene<'_>,
    group: &[Figure],
    lead: &Lead<'_>,
    lead_text: &str,
    trail_text: &str,
    runs_on: bool,
    carried: &Carried,
    coordinated: bool,
    glued: Option<&str>,
) -> (Option<Naming>, usize) {
    let grammar = &scene.context.rules.grammar;
    let action = lead.action.map(str::to_owned);
    let subject = lead.subject.map(str::to_owned);
    let own = |names: Vec<String>, rule, confidence| Naming {
        names,
        action: action.clone(),
        subject: subject.clone(),
        rule,
        confidence,
        carried: false,
        keeps_carried: false,
    };
    let moves = matches!(lead.effect, Some(Effect::Up | Effect::Down | Effect::GapUp | Effect::GapDown));

    // The noun behind the value.
    if let Some(Figure::Value(quantity)) = group.last()
        && !moves
        && lead.share_of.is_none()
        && lead.rate_noun.is_none()
    {
        let governed = action.is_some() || (coordinated && carried.action.is_some());
        let behind = parse_trail(grammar, trail_text, governed, runs_on).filter(|(name, _)| {
            is_countish(quantity)
                || trail_text.trim_start().starts_with('的')
                || grammar.action_at_start(name).is_none()
        });
        if let Some((behind, used)) = behind {
            let countish = is_countish(quantity);
            let stated = lead.effect.is_some() && !lead.name.is_empty();
            let large = quantity.unit.as_deref().is_some_and(|u| u.starts_with(['万', '亿']));
            if (!countish || large)
                && !stated
                && !lead.name.is_empty()
                && specifies(behind)
                && !trail_text.trim_start().starts_with('的')
            {
                return (None, used);
            }
            // 城内各村分别建成|3亩左右的游园: an action right before the value governs the noun behind it.
            let deed = grammar
                .actions
                .suffix_of(lead.name)
                .filter(|w| lead.effect.is_none() && w.chars().count() > 1)
                .map(str::to_owned);
            let done = deed.is_some()
                || (lead.action.is_some_and(|a| grammar.trailing_actions.contains(a))
                    && lead.effect.is_none()
                    && lead_text.trim_end().ends_with(lead.action.unwrap_or_default()));
            if !lead.name.is_empty()
                && !done
                && !stated
                && countish
                && matches!(quantity.bound, Bound::Ge | Bound::Le)
                && lead.action.is_none()
                && quantity.outer.end > quantity.span.end
            {
                return (None, used);
            }
            let takes = done
                || if lead.name.is_empty() {
                    true
                } else {
                    countish && !stated && !trail_text.trim_start().starts_with('的')
                };
            if takes {
                let mut name = tidy(grammar, behind).to_owned();
                if grammar.attributes.contains(&name) {
                    name = with_head(scene, &name, trail_text, used, quantity).unwrap_or(name);
                }
                let mut naming = own(vec![name], "value_name", 0.85);
                if coordinated && naming.action.is_none() {
                    naming.action.clone_from(&carried.action);
                }
                if naming.subject.is_none()
                    && !lead.name.is_empty()
                    && lead.action.is_none()
                    && !lead.name.ends_with('等')
                {
                    naming.subject = Some(lead.name.to_owned());
                }
                return (Some(naming), used);
            }
        }
    }
    let unstated = matches!(&group[0], Figure::Value(q) if is_countish(q)) && lead.effect.is_none();
    if (lead.name.is_empty() || unstated)
        && let Some(name) = glued
    {
        let mut naming = own(vec![tidy(grammar, name).to_owned()], "value_name", 0.8);
        if coordinated && naming.action.is_none() {
            naming.action.clone_from(&carried.action);
        }
        return (Some(naming), 0);
    }

    // The name before the value.
    if !lead.name.is_empty() {
        if is_facets(grammar, lead.name) && !carried.names.is_empty() && !trail_text.trim_start().starts_with('的') {
            let plain = lead.name.split(['、', '和', '及', '与']).all(|n| grammar.plain_facets.contains(n));
            let many = lead.name.split(['、', '和', '及', '与']).count();
            let names = if plain {
                let repeat = if lead.each || lead.both { many } else { 1 };
                carried.names.iter().flat_map(|n| std::iter::repeat_n(n.clone(), repeat)).collect()
            } else if matches!(lead.name, "占比" | "比重" | "比例" | "参合率" | "亩产" | "单产") {
                carried.names.iter().map(|n| format!("{n}{}", lead.name)).collect()
            } else {
                vec![lead.name.to_owned()]
            };
            return (
                Some(Naming {
                    names,
                    action,
                    subject: subject.or_else(|| carried.subject.clone()),
                    rule: "facet",
                    confidence: 0.8,
                    carried: true,
                    keeps_carried: true,
                }),
                0,
            );
        }
        if let Some(owner) = attributive_owner(scene, lead, group, trail_text) {
            return (Some(own(vec![owner], "attribute", 0.8)), 0);
        }
        let joined = grammar
            .split_pairs
            .iter()
            .any(|p| p.phrase.contains(['和', '、', '与', '及']) && lead.name.contains(&p.phrase));
        let names = if lead.each || lead.both || joined || group.len() > 1 {
            split_names(scene, lead.name, group.len(), lead)
        } else {
            vec![lead.name.to_owned()]
        };
        let mut naming = own(
            names,
            if lead.effect.is_some() { "name_predicate_value" } else { "name_value" },
            if lead.effect.is_some() { 0.95 } else { 0.9 },
        );
        if coordinated && naming.action.is_none() && lead.effect.is_none() {
            naming.action.clone_from(&carried.action);
        }
        return (Some(naming), 0);
    }

    // Nothing of its own: what the clause before named.
    if !carried.names.is_empty() {
        return (
            Some(Naming {
                names: carried.names.clone(),
                action: action.or_else(|| carried.action.clone().filter(|_| coordinated)),
                subject: carried.subject.clone(),
                rule: "carried",
                confidence: 0.85,
                carried: true,
                keeps_carried: true,
            }),
            0,
        );
    }
    if let Some(word) = lead.action {
        let mut naming = own(vec![word.to_owned()], "action_value", 0.6);
        naming.keeps_carried = true;
        return (Some(naming), 0);
    }
    (None, 0)
}

/// 总投资12亿元的6个治理项目, 占地6904亩的工业台地: an aspect that stands before its owner.
fn attributive_owner(scene: &Scene<'_>, lead: &Lead<'_>, group: &[Figure], trail_text: &str) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let extent = ["投资", "占地", "面积", "里程", "长", "投资额"].iter().any(|w| lead.name.ends_with(w));
    if !trail_text.trim_start().starts_with('的') || !extent || lead.name.chars().count() > 5 {
        return None;
    }
    let end = group.last()?.outer().end;
    let rest = &scene.sentence[end..];
    let rest = &rest[..rest.find(['，', '。', '；', '、', ',', ';']).unwrap_or(rest.len())];
    let owner = rest.trim_start().trim_start_matches('的');
    let digits = owner.char_indices().skip(4).find(|(_, c)| c.is_ascii_digit()).map_or(owner.len(), |(at, _)| at);
    let owner = owner[..digits].trim_end_matches(['和', '及', '与']);
    let owner = owner
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
        .trim_start_matches(['个', '项', '座', '家', '处', '条']);
    let (owner, _) = parse_trail(grammar, owner, true, false)?;
    let owner = tidy(grammar, owner);
    (owner.chars().count() >= 2)
        .then(|| if lead.name.starts_with("占地") { owner.to_owned() } else { format!("{owner}{}", lead.name) })
}

/// 黑羊站水厂3万吨扩建项目: the value is part of what the thing is called.
fn specifies(behind: &str) -> bool {
    [
        "项目",
        "工程",
        "电站",
        "生产线",
        "基地",
        "厂",
        "园",
        "机组",
        "线路",
        "变电站",
        "光伏",
        "风电",
        "储能",
        "改造",
        "级",
    ]
    .iter()
    .any(|w| behind.ends_with(w))
}

/// 2家省级、2家市级家庭农场: an attribute takes the head that the last member of its list has.
fn with_head(scene: &Scene<'_>, attribute: &str, trail_text: &str, used: usize, quantity: &Quantity) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let from = quantity.outer.end + used;
    let rest = scene.sentence.get(from..)?;
    let _ = trail_text;
    // The next member: 、2家市级家庭农场.
    let unit = quantity.unit.as_deref()?;
    let at = rest.find(unit)? + unit.len();
    let next = &rest[at..];
    let stop = next.find(['，', '。', '；', '、', ',', ';']).unwrap_or(next.len());
    let other = grammar.attributes.prefix_of(next)?;
    let head = &next[other.len()..stop];
    (!head.is_empty() && head.chars().count() <= 14).then(|| format!("{attribute}{head}"))
}

/// Names that a phrase lists: 城乡居民人均可支配收入 is two, 高新技术企业、科技型中小企业 are two.
fn split_names(scene: &Scene<'_>, name: &str, values: usize, lead: &Lead<'_>) -> Vec<String> {
    let grammar = &scene.context.rules.grammar;
    let lexicon = scene.context.lexicon;
    let wanted = if lead.both { None } else { Some(values) };
    for pair in &grammar.split_pairs {
        if let Some(at) = name.find(&pair.phrase)
            && wanted.is_none_or(|n| n == 1 || n == pair.parts.len())
        {
            let (head, tail) = (&name[..at], &name[at + pair.phrase.len()..]);
            let parts: Vec<String> = pair.parts.iter().map(|p| format!("{head}{p}{tail}")).collect();
            // 城乡低保标准 is two as well, but only where two values say so.
            let joined = pair.phrase.contains(['和', '、', '与', '及']);
            if values == pair.parts.len() || ((lead.both || joined) && parts.iter().any(|p| lexicon.code(p).is_some()))
            {
                return parts;
            }
        }
    }
    let mut members: Vec<&str> = Vec::new();
    let mut from = 0;
    let mut depth = 0;
    for (at, c) in name.char_indices() {
        match c {
            '“' | '（' | '《' => depth += 1,
            '”' | '）' | '》' => depth -= 1,
            '、' | '和' | '与' | '及' if depth == 0 && at > from => {
                // 和谐, 普及, 参与: not every 和 joins.
                let before = &name[from..at];
                let after = &name[at + c.len_utf8()..];
                if c == '、'
                    || (before.chars().count() >= 2
                        && after.chars().count() >= 2
                        && !before.ends_with(['普', '参', '涉', '以', '总'])
                        && !after.starts_with(['谐', '平']))
                {
                    members.push(before);
                    from = at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    members.push(&name[from..]);
    let members: Vec<&str> =
        members.iter().map(|m| m.trim_start_matches("以").trim()).filter(|m| !m.is_empty()).collect();
    let fits = match wanted {
        Some(n) if n > 1 => members.len() == n,
        Some(_) => false,
        None => (2..=4).contains(&members.len()),
    };
    if !fits {
        return vec![name.to_owned()];
    }
    complete(scene, &members)
}

/// Give each member of a list the head or tail that it shares with its neighbours: 万元GDP水耗和电耗, 城镇和农村居民收入.
fn complete(scene: &Scene<'_>, members: &[&str]) -> Vec<String> {
    let grammar = &scene.context.rules.grammar;
    let lexicon = scene.context.lexicon;
    let last = members[members.len() - 1];
    let first = members[0];
    members
        .iter()
        .enumerate()
        .map(|(k, member)| {
            if k + 1 < members.len()
                && lexicon.code(member).is_none()
                && let Some(other) = grammar.attributes.prefix_of(last)
                && (grammar.attributes.contains(member))
            {
                return format!("{member}{}", &last[other.len()..]);
            }
            if k > 0 && member.chars().count() <= 3 && first.chars().count() > member.chars().count() + 1 {
                // 万元GDP水耗|电耗: the same last character, the same length.
                let keep = first.chars().count() - member.chars().count();
                let head: String = first.chars().take(keep).collect();
                let tail: String = first.chars().skip(keep).collect();
                if tail.chars().next_back() == member.chars().next_back() {
                    return format!("{head}{member}");
                }
            }
            if k + 1 < members.len() && lexicon.code(member).is_none() {
                // 装备制造业、高新技术产业增加值: with the tail the member is a known statistic or parallel to the last.
                for (at, _) in last.char_indices().skip(1) {
                    let candidate = format!("{member}{}", &last[at..]);
                    if lexicon.code(&candidate).is_some() && lexicon.code(last).is_some() {
                        return candidate;
                    }
                }
            }
            (*member).to_owned()
        })
        .collect()
}

/// Which names the k-th of `values` figures has.
fn deal<'n>(naming: &'n Naming, lead: &Lead<'_>, values: usize, k: usize) -> Vec<&'n str> {
    let names = &naming.names;
    if values == 1 {
        if names.len() > 1 && !(lead.both || naming.carried && lead.each) && naming.carried {
            // One value after a list of names: the last one named.
            return names.last().map(String::as_str).into_iter().collect();
        }
        return names.iter().map(String::as_str).collect();
    }
    if names.len() == values {
        return vec![&names[k]];
    }
    vec![names.first().map_or("", String::as_str)]
}

/// One row.
#[expect(clippy::too_many_arguments, reason = "the parts of a row come from as many places")]
fn build(
    scene: &Scene<'_>,
    figure: &Figure,
    lead: &Lead<'_>,
    lead_text: &str,
    name: &str,
    naming: &Naming,
    earlier: bool,
    shared: Option<Bound>,
) -> Indicator {
    let before = &scene.sentence[..figure.outer().start];
    let mut row = row(scene, figure.span(), before, lead_text, lead, name, naming, earlier);
    match figure {
        Figure::Value(quantity) => {
            measure(&mut row, quantity, lead, naming);
            if let (Bound::Eq, Some(bound)) = (row.bound, lead.bound.or(shared)) {
                row.bound = bound;
            }
        }
        Figure::Rank(rank) => {
            row.measure = Measure::Rank;
            row.value = Some(rank.value);
            row.value_si = Some(rank.value);
            row.unit_si = Some("rank".into());
            row.bound = rank.bound;
            row.rank_scope.clone_from(&rank.scope);
            row.rule = "rank";
        }
        Figure::Phrase(phrase) => state_in_words(&mut row, phrase.span.of(scene.sentence), phrase.level_with_last_year),
    }
    row
}

/// A qualitative statement: 与上年持平 is growth of 0, the others have no number.
fn state_in_words(row: &mut Indicator, phrase: &str, level_with_last_year: bool) {
    row.measure = Measure::Growth;
    if level_with_last_year {
        row.value = Some(0.0);
        row.unit = Some("%".into());
        row.value_si = Some(0.0);
        row.unit_si = Some("percent".into());
        row.bound = if phrase.contains(['基', '大', '总']) { Bound::Approx } else { Bound::Eq };
        row.basis = Some(Basis::Yoy);
        row.rule = "level_with_last_year";
    } else {
        let phrase = ["增长", "增速", "增幅"].iter().find_map(|w| phrase.strip_prefix(w)).unwrap_or(phrase);
        row.qualitative = Some(phrase.to_owned());
        row.rule = "qualitative";
    }
}

/// A row with everything but its value.
#[expect(clippy::too_many_arguments, reason = "the parts of a row come from as many places")]
fn row(
    scene: &Scene<'_>,
    span: Span,
    before: &str,
    lead_text: &str,
    lead: &Lead<'_>,
    name: &str,
    naming: &Naming,
    earlier: bool,
) -> Indicator {
    let context = scene.context;
    let grammar = &context.rules.grammar;
    let mut time = period(
        grammar,
        &scene.sections[scene.section],
        context.identity,
        scene.frame,
        before,
        lead_text,
        lead.year,
        lead.yearly,
    );
    if earlier && lead.year.is_none() {
        // 由50个增加到75个: the first value is of the period before.
        let first = scene.frame.years.map(|(start, _)| start).or(time.year);
        time.year = first.map(|y| y - 1);
        time.year_start = None;
    }
    let subject = naming.subject.clone();
    let shares = lead.share_of.is_some();
    let statistic = if shares || subject.is_some() {
        None
    } else {
        let deed = || naming.action.as_ref().and_then(|action| context.lexicon.code(&format!("{action}{name}")));
        context.lexicon.code(name).or_else(deed)
    };
    let mut flags = Flags::new();
    if naming.carried {
        flags.insert(Flag::NameCarried);
    }
    if subject.is_some() {
        flags.insert(Flag::SubjectOther);
    }
    Indicator {
        section: scene.section,
        span: span.shifted(scene.at),
        sentence: Span::new(scene.at, scene.at + scene.sentence.len()),
        name: match lead.share_of {
            Some(whole) if !naming.carried => format!("{name}占{whole}"),
            Some(whole) => format!("{name}占{whole}"),
            None => name.to_owned(),
        },
        action: naming.action.clone(),
        subject,
        code: statistic.map(|s| s.code.clone()),
        measure: Measure::Level,
        value: None,
        value_max: None,
        unit: None,
        value_si: None,
        unit_si: None,
        bound: Bound::Eq,
        status: time.status,
        year_start: time.year_start,
        year: time.year,
        basis: lead.basis,
        rank_scope: None,
        qualitative: None,
        rule: naming.rule,
        confidence: naming.confidence,
        flags,
    }
}

/// Measure, value and unit of a value under its predicate.
fn measure(row: &mut Indicator, quantity: &Quantity, lead: &Lead<'_>, naming: &Naming) {
    row.value = Some(quantity.value);
    row.value_max = quantity.value_max;
    row.unit.clone_from(&quantity.unit);
    row.value_si = quantity.value_si;
    row.unit_si.clone_from(&quantity.unit_si);
    row.bound = quantity.bound;
    let si = quantity.unit_si.as_deref();
    let down = matches!(lead.effect, Some(Effect::Down))
        || lead.rate_noun.is_some_and(|n| n.contains('降'))
        || matches!(lead.effect, Some(Effect::GapDown));
    let moved = matches!(lead.effect, Some(Effect::Up | Effect::Down));
    let gap = matches!(lead.effect, Some(Effect::GapUp | Effect::GapDown));
    let rate = lead.rate_noun.is_some();
    row.measure = match si {
        Some("percentage_point") if gap => Measure::Gap,
        Some("percentage_point") if moved && lead.against.is_some() && row.basis == Some(Basis::VsRegion) => {
            Measure::Gap
        }
        Some("percentage_point") => Measure::Change,
        Some("percent") if gap => Measure::Gap,
        Some("percent") if moved || (rate && lead.share_of.is_none()) || lead.yearly => Measure::Growth,
        Some("percent") => Measure::Ratio,
        _ if quantity.dimension == Dimension::Multiple && (moved || quantity.shape == NumberShape::Doubling) => {
            row.value = quantity.percent();
            row.value_max = quantity.value_max.map(|v| v * 100.0);
            row.unit = Some("%".into());
            row.value_si = row.value;
            row.unit_si = Some("percent".into());
            Measure::Growth
        }
        Some("times") => Measure::Ratio,
        _ if gap => Measure::Gap,
        _ if moved && (row.action.is_none() || naming.carried) => Measure::Change,
        _ => Measure::Level,
    };
    if down && matches!(row.measure, Measure::Growth | Measure::Change | Measure::Gap) {
        negate(&mut row.value);
        negate(&mut row.value_si);
        negate(&mut row.value_max);
    }
    // A change of place: 前进15位.
    if row.measure == Measure::Change && matches!(row.unit.as_deref(), Some("位" | "个位次" | "位次" | "名" | "个名次"))
    {
        row.unit_si = Some("rank".into());
    }
}

fn negate(value: &mut Option<f64>) {
    if let Some(v) = value
        && *v > 0.0
    {
        *v = -*v;
    }
}
