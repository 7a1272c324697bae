//! What a figure takes from those before it in its list: the deed, where it has none of its own, and the years.

use super::compose::{Carried, Scene};
use super::figure::Figure;
use super::grammar::Grammar;
use super::heavier::{at_head, governing, right_before};
use super::lead::Lead;
use super::naming::{Around, Naming};
use super::period::{told_together, years_named};
use crate::extract::unit::Dimension;
use crate::model::{Bound, Indicator, Measure};

/// The deed of a counted thing by the words before its number, where those right around it tell none or a lesser one.
pub fn deeds_around(scene: &Scene<'_>, naming: &mut Naming, lead: &Lead<'_>, around: &Around<'_>) {
    let grammar = &scene.context.rules.grammar;
    let Around { group, lead_text, trail_text, .. } = *around;
    let Some(Figure::Value(quantity)) = group.last() else { return };
    let counted = matches!(
        quantity.dimension,
        Dimension::Count | Dimension::Person | Dimension::Household | Dimension::Area | Dimension::Length
    );
    if naming.rule != "value_name" || lead.effect.is_some() || !counted {
        return;
    }
    if let Some(verb) = governing(grammar, lead_text) {
        naming.action = Some(verb.to_owned());
    } else if naming.action.is_none() {
        naming.action =
            right_before(grammar, lead_text, trail_text).or_else(|| at_head(grammar, lead_text)).map(str::to_owned);
    }
}

/// Does this clause say the same of another thing as the one before, without its verb?
pub fn goes_on(scene: &Scene<'_>, lead: &Lead<'_>, naming: &Naming, figure: &Figure, carried: &Carried) -> bool {
    let Figure::Value(quantity) = figure else { return false };
    let grammar = &scene.context.rules.grammar;
    // 改造道路40公里，桥梁10座
    let works = |dimension: Option<Dimension>| matches!(dimension, Some(Dimension::Length | Dimension::Count));
    let plain =
        lead.effect.is_none() && !lead.from && !lead.completed && lead.rate_noun.is_none() && lead.share_of.is_none();
    // 完成生态建设4000万亩，其中防沙治沙1500万亩: a light verb takes deeds.
    let light = carried
        .action
        .as_deref()
        .is_some_and(|deed| grammar.light_verbs.contains(deed) && !grammar.additions.contains(deed));
    // 新开通航线77条，无人机飞行61万架次: what is counted in times was not done to things.
    let times = quantity.unit.as_deref().is_some_and(|unit| unit.ends_with('次')) && !light;
    plain
        && !times
        && carried.action.as_deref().is_some_and(|deed| !grammar.holdings.contains(deed) || deed == "拥有")
        && matches!(naming.rule, "name_value" | "value_name")
        && !carried.deed_behind
        && naming.rule == carried.rule
        && (carried.dimension == Some(quantity.dimension)
            || works(carried.dimension) && works(Some(quantity.dimension)))
        && matches!(quantity.dimension, Dimension::Count | Dimension::Area | Dimension::Length | Dimension::Person)
        && naming.subject.is_none()
        && naming.names.iter().all(|name| {
            // 招聘教师100名，辅导员20名; but 补贴3000人 is what they got.
            let people = quantity.dimension != Dimension::Person
                || name.ends_with(['员', '师', '生', '家', '才', '工', '者', '兵', '人', '士', '部', '医']);
            people &&
            scene.context.lexicon.code(name).is_none_or(|s| s.level.contains(&quantity.dimension))
                && grammar.facets.suffix_of(name).is_none()
                && grammar.action_at_start(name).is_none()
                // 肉牛饲养量3万头 is a statistic, 在建项目8个 not yet done.
                && grammar.statistic_tails.suffix_of(name).is_none()
                && grammar.unfinished.prefix_of(name).is_none()
                && !name.starts_with('每')
                // 盐碱地综合利用15万亩 tells a deed of its own.
                && grammar.deeds.suffix_of(name).is_none()
                && (light || grammar.list_deeds.suffix_of(name).is_none())
                // 新入库企业1368家，在库企业1万家, …总数5500家 is a stock.
                && !["在库", "现有", "在册", "存量"].iter().any(|stock| name.starts_with(stock))
                && !name.ends_with("利用")
                && !name.ends_with("修复")
        })
}

/// 新增企业120家，其中|小微企业80家: are those a part of what was done?
pub fn part_of_deed(
    scene: &Scene<'_>,
    lead: &Lead<'_>,
    naming: &Naming,
    figure: &Figure,
    carried: &Carried,
    (between, lead_text): (&str, &str),
) -> bool {
    let Figure::Value(quantity) = figure else { return false };
    let Some(deed) = carried.action.as_deref() else { return false };
    let opened =
        lead_text.trim_start().starts_with("其中") || between.trim_end_matches(['：', ':', ' ']).ends_with("其中");
    let grammar = &scene.context.rules.grammar;
    opened
        && lead.effect.is_none()
        && lead.action.is_none()
        && !lead.completed
        && !grammar.holdings.contains(deed)
        && matches!(naming.rule, "name_value" | "value_name" | "attribute")
        && carried.dimension == Some(quantity.dimension)
        && matches!(quantity.dimension, Dimension::Count | Dimension::Household | Dimension::Area | Dimension::Length)
        && naming.names.iter().all(|name| grammar.unfinished.prefix_of(name).is_none())
}

/// 推进甲、乙等40个工业项目，丙、丁等|9个技改项目: a list behind a comma that has the noun of the one before and no verb.
pub fn list_goes_on(
    scene: &Scene<'_>,
    lead: &Lead<'_>,
    naming: &Naming,
    figure: &Figure,
    carried: &Carried,
    lead_text: &str,
) -> bool {
    let Figure::Value(quantity) = figure else { return false };
    let ends_alike = |a: &str, b: &str| {
        let tail = |name: &str| name.chars().rev().take(2).collect::<Vec<_>>();
        let plain = |name: &str| name.trim_end_matches("建设").len();
        tail(&a[..plain(a)]) == tail(&b[..plain(b)])
    };
    let listed = lead_text.trim_end().ends_with('等') || lead_text.contains('、');
    listed
        && naming.rule == "value_name"
        && carried.rule == "value_name"
        && carried.action.is_some()
        && lead.effect.is_none()
        && carried.dimension == Some(quantity.dimension)
        && at_head(&scene.context.rules.grammar, lead_text).is_none()
        && matches!((naming.names.as_slice(), carried.names.last()), ([name], Some(before)) if ends_alike(name, before))
}

/// Does the member of a list name a deed or a statistic of its own, so that the verb before the list is not its (新增就业…、农村
/// 劳动力转移就业…; 到发班列…、货运量超过…)? Not where the verb itself says little (完成造林…、治沙…).
pub fn own_deed(carried: &Carried, scene: &Scene<'_>, naming: &Naming) -> bool {
    let grammar = &scene.context.rules.grammar;
    let Some(deed) = naming.action.as_deref() else { return false };
    let adds = grammar.additions.contains(deed);
    if naming.rule != "name_value" || naming.carried || grammar.light_verbs.contains(deed) && !adds {
        return false;
    }
    // 查明煤炭资源量…、煤层气资源量…: of the same kind as the first, it was done to both.
    let alike = |name: &str, tail: &str| carried.names.iter().any(|first| first.ends_with(tail) && first != name);
    naming.names.iter().all(|name| {
        let statistic = ["量", "额", "值", "收入", "面积", "规模"].iter().find(|tail| name.ends_with(**tail) && !adds);
        let rate = name.ends_with('率');
        grammar.list_deeds.suffix_of(name).is_some_and(|tail| !alike(name, tail))
            || rate
            || statistic.is_some_and(|tail| !alike(name, tail))
    })
}

/// 总投资137亿元: money that things which are counted next cost.
pub fn is_outlay(scene: &Scene<'_>, lead: &Lead<'_>, figure: &Figure) -> bool {
    matches!(figure, Figure::Value(q) if q.dimension == Dimension::Money)
        && scene
            .context
            .rules
            .grammar
            .outlays
            .suffix_of(lead.name)
            .is_some_and(|word| word != "投资" || lead.name == word)
}

/// The years of a row by those of the row before it: the next of a list is of the same years (累计发放补贴35亿元、贷款12亿元;
/// 累计发放资金35亿元，惠及项目3700个), and an amount whose growth per year follows is that of the last one
/// (增加值完成40亿元，年均增长12%).
pub fn of_same_years(
    last: &Indicator,
    row: &mut Indicator,
    lead: &Lead<'_>,
    naming: &Naming,
    coordinated: bool,
    grammar: &Grammar,
) {
    let amounts = row.measure == Measure::Level && last.measure == Measure::Level && lead.effect.is_none();
    let reached = row.action.as_deref().is_some_and(|deed| grammar.benefits.contains(deed));
    if amounts
        && row.year_start.is_none()
        && row.year == last.year
        && row.action.is_some()
        && (coordinated && row.action == last.action || reached && !naming.carried)
    {
        row.year_start = last.year_start;
    }
}

/// Amounts of the last year, which a yearly growth of the same statistic behind them gives away: 三次产业增加值分别完成4亿元、48亿元和
/// 22亿元|，年均递增9%、19%和21%. What was summed up stays so: 五年累计进出口264亿美元，其中出口184亿美元，年均增长7%.
pub fn of_the_last_year(scene: &Scene<'_>, found: &mut [Indicator], row: &Indicator, lead: &Lead<'_>, naming: &Naming) {
    /// Rows that such a list is long.
    const REACH: usize = 6;
    if !lead.yearly || row.measure != Measure::Growth || !naming.carried {
        return;
    }
    let grammar = &scene.context.rules.grammar;
    let amount = found.iter_mut().rev().take(REACH).take_while(|last| last.span.start >= scene.at).find(|last| {
        last.name == row.name && last.measure == Measure::Level && last.action.is_none() && last.year_start.is_some()
    });
    let Some(amount) = amount else { return };
    let before = &scene.sentence[..amount.span.start - scene.at];
    let before = before.rsplit('；').next().unwrap_or(before);
    let reached =
        ["完成", "达到", "达", "为", "实现", "突破", "超过", "、", "和"].iter().any(|verb| before.ends_with(verb));
    let summed = grammar.sums.find_iter(before).next().is_some() || told_together(before);
    // 零售总额9亿元，年均增长14%: so is a headline's amount.
    if (reached || amount.code.is_some()) && !summed && years_named(before).is_none() {
        amount.year_start = None;
    }
}

/// 每个县至少|建成|2个示范区、20个示范村: a bound before the deed is that of all its list.
pub fn bounded_alike(scene: &Scene<'_>, row: &mut Indicator, last: &Indicator) {
    let alike = row.bound == Bound::Eq
        && last.bound == Bound::Ge
        && row.measure == Measure::Level
        && row.action.is_some()
        && row.action == last.action
        && last.span.start >= scene.at;
    if !alike {
        return;
    }
    let before = &scene.sentence[..last.span.start - scene.at];
    let clause = before.rsplit(['，', '；', '。', '、']).next().unwrap_or(before);
    if let Some((_, deed)) = clause.rsplit_once("至少").or_else(|| clause.rsplit_once("不少于"))
        && row.action.as_deref().is_some_and(|action| deed.contains(action))
    {
        row.bound = Bound::Ge;
    }
}

/// 累计完成固定资产投资2543亿元，实际利用外资19亿美元: what flows in is summed up with what the clause before sums up.
pub fn summed_with(scene: &Scene<'_>, row: &mut Indicator, last: &Indicator, lead: &Lead<'_>) {
    let grammar = &scene.context.rules.grammar;
    let alike = row.measure == Measure::Level
        && last.measure == Measure::Level
        && row.year_start.is_none()
        && row.year == last.year
        && last.year_start.is_some()
        && row.action.is_none()
        && lead.effect.is_none()
        && lead.year.is_none()
        && last.span.start >= scene.at
        && (grammar.flows.suffix_of(&row.name).is_some() || row.code.as_deref() == Some("foreign_capital"));
    if !alike {
        return;
    }
    let before = &scene.sentence[..last.span.start - scene.at];
    let clause = before.rsplit(['，', '；']).next().unwrap_or(before);
    if grammar.sums.find_iter(clause).next().is_some() {
        row.year_start = last.year_start;
    }
}
