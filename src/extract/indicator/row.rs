//! One figure with its name → one indicator: measure, value, unit, bound, time.

use super::code;
use super::compose::Scene;
use super::composition::Share;
use super::figure::Figure;
use super::grammar::Effect;
use super::held::against_one_year;
use super::lead::Lead;
use super::naming::Naming;
use super::period::{after_a_plan, period, stated_year, told_together, years_named, years_opening};
use super::region;
use super::relative::year_of_contest;
use crate::extract::lexicon::Statistic;
use crate::extract::number::NumberShape;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;
use crate::model::{Basis, Bound, Flag, Flags, Indicator, Measure, Status};
use crate::plan;
use crate::text::Span;

/// One row.
#[expect(clippy::too_many_arguments, reason = "the parts of a row come from as many places")]
pub fn build(
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
            if row.measure == Measure::Level
                && let Some(statistic) = row.code.as_deref().and_then(|code| scene.context.lexicon.get(code))
                && code::of_another_kind(statistic, quantity.dimension, quantity.unit.as_deref())
            {
                row.code = None;
            }
            per_cubic_metre(scene, &mut row, quantity);
            // 优良天数92.9%: the share is a statistic of its own.
            if row.measure == Measure::Ratio
                && let Some(share) =
                    row.code.as_deref().and_then(|code| scene.context.lexicon.get(code)?.in_percent.clone())
            {
                row.code = Some(share);
            }
            // 八成的财政支出用于民生: a share of a sum is not the sum; 完成预算的104% is how far it came.
            let share = row.measure == Measure::Ratio && row.unit_si.as_deref() == Some("percent");
            let of_money =
                |code: &String| scene.context.lexicon.get(code).is_some_and(|s| s.level.contains(&Dimension::Money));
            let behind = scene.sentence[quantity.outer.end..].trim_start();
            let used = behind.starts_with("用于") || behind.starts_with("投向") || behind.starts_with('的');
            if share && used && lead.against.is_none() && !lead.completed && row.code.as_ref().is_some_and(of_money) {
                row.code = None;
            }
            // 单日航班最高1235架次: of what was, the highest is a peak and no limit.
            let bound = &scene.sentence[quantity.outer.start..quantity.span.start];
            if row.bound == Bound::Le && row.status == Status::Actual && bound.contains("最高") {
                row.bound = Bound::Eq;
            }
            if let (Bound::Eq, Some(bound)) = (row.bound, lead.bound.or(shared)) {
                row.bound = bound;
            }
            // 五年来…投资187亿元，生态补水33亿立方米: a name that itself tells a deed spans the years that are spoken of.
            let flows = row.measure == Measure::Level
                && row.action.is_none()
                && lead.effect.is_none()
                && lead.year.is_none()
                && !earlier
                && scene.context.rules.grammar.flows.suffix_of(name).is_some();
            if let Some((start, end)) = scene.frame.years.filter(|_| flows && row.status == Status::Actual)
                && (row.year_start, row.year) == (None, Some(end))
                && start < end
                && !scene.context.rules.grammar.says_one_year(before)
                && stated_year(&scene.context.rules.grammar, before).is_none()
            {
                row.year_start = Some(start);
            }
            // 这五年…进出口总值翻番: so does a movement without a verb.
            if let Some((start, end)) = scene.frame.years
                && quantity.shape == NumberShape::Doubling
                && (row.year_start, row.year) == (None, Some(end))
                && lead.year.is_none()
                && stated_year(&scene.context.rules.grammar, before).is_none()
            {
                row.year_start = Some(start);
            }
            // 新增基地26个，累计达到46个: how many there are now.
            if naming.carried
                && row.measure == Measure::Level
                && matches!(quantity.dimension, Dimension::Count | Dimension::Household)
                && ["累计达", "总数达", "累计已达"].iter().any(|stock| lead_text.trim_start().starts_with(stock))
            {
                row.year_start = None;
            }
            of_one_year(scene, &mut row, &scene.sentence[quantity.outer.end..], lead_text);
            // 五年增长44.8%: a movement over the years that the clause itself names.
            if let (Measure::Growth | Measure::Change, None, None, Some(year)) =
                (row.measure, row.year_start, lead.year, row.year)
                && let Some(long) = years_named(lead_text)
            {
                row.year_start = Some(year - long + 1);
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
            // 五年来…获2014年度考核全省第一: one year's contest.
            if row.year_start.is_some()
                && let Some(year) = year_of_contest(lead_text)
            {
                (row.year_start, row.year) = (None, Some(year));
            }
        }
        Figure::Phrase(phrase) => state_in_words(&mut row, phrase.span.of(scene.sentence), phrase.level_with_last_year),
    }
    row
}

/// 完成60亿元，是2003年的4倍: what is held against one year is of one year, where nothing says that it was summed up. 2006年，生产总值…。
/// 固定资产投资完成29亿元: so is a headline statistic behind a sentence on that year; but …。五年造林500万亩.
fn of_one_year(scene: &Scene<'_>, row: &mut Indicator, after: &str, lead_text: &str) {
    let grammar = &scene.context.rules.grammar;
    let whole = scene.frame.years.is_some_and(|(start, end)| (row.year_start, row.year) == (Some(start), Some(end)));
    if !whole || row.measure != Measure::Level {
        return;
    }
    let summed = grammar.sums.find_iter(lead_text).next().is_some()
        || told_together(lead_text)
        || lead_text.contains('期')
        || years_named(lead_text).is_some()
        || years_opening(grammar, lead_text).is_some();
    let headline = || {
        let statistic = row.code.as_deref().and_then(|code| scene.context.lexicon.get(code));
        row.action.is_none() && statistic.is_some_and(|statistic| statistic.headline)
    };
    if !summed && (against_one_year(after) || scene.frame.last_year && headline()) {
        row.year_start = None;
    }
}

/// One share of a composition (三次产业比) as a row.
pub fn share(scene: &Scene<'_>, share: &Share) -> Indicator {
    let naming = Naming {
        names: vec![share.name.clone()],
        action: None,
        subject: None,
        rule: "composition",
        carried: false,
        keeps_carried: true,
    };
    let before = &scene.sentence[..share.head];
    let last_year = || scene.context.identity.review_year.filter(|_| share.last_year).map(|year| year - 1);
    let lead = Lead { year: share.year.or_else(last_year), ..Lead::default() };
    let mut row = row(scene, share.span, before, before, &lead, &share.name, &naming, share.earlier);
    row.code = share.code.map(str::to_owned);
    // A state of the last year, whatever span the sentence speaks of.
    row.year_start = None;
    row.measure = Measure::Ratio;
    row.value = Some(share.value);
    row.unit = Some("%".into());
    row.value_si = Some(share.value);
    row.unit_si = Some("percent".into());
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
        let last_year = grammar.from_last_year.find_iter(lead_text).next().is_some();
        let years = scene.frame.years.or(scene.frame.chapter.filter(|_| !last_year));
        let first = years.map(|(start, _)| start).or(time.year);
        time.year = first.map(|y| y - 1);
        time.year_start = None;
        // 从每月2295元提高到2375元: in a plan, too, what is raised stands today.
        if time.year < context.identity.report_year {
            time.status = Status::Actual;
        }
    }
    // 五年来…建成学校12所: what was done within a span spans it; a stock is that of its last year.
    if let Some((start, end)) = scene.frame.years
        && naming.action.as_deref().is_some_and(|deed| !grammar.holdings.contains(deed))
        && !matches!(lead.effect, Some(Effect::State))
        && time.year_start.is_none()
        && time.year == Some(end)
        && lead.year.is_none()
        && start < end
        && !earlier
        && !grammar.says_one_year(before)
        && stated_year(grammar, lead_text).is_none()
    {
        time.year_start = Some(start);
    }
    // A chapter on several years: what is summed up is of them all; a state is that of the last.
    let summed = grammar.sums.find_iter(lead_text).next().is_some();
    if let (Some((start, end)), None, None) = (scene.frame.chapter, scene.frame.years, time.year_start)
        && summed
        && time.status == Status::Actual
        && time.year == Some(end)
        && lead.year.is_none()
    {
        time.year_start = Some(start);
    }
    if scene.frame.years.is_some_and(|(start, _)| time.year_start == Some(start))
        && lead.effect == Some(Effect::State)
        && !(lead.completed
            || lead.yearly
            || summed
            || told_together(lead_text)
            || lead_text.contains("年均")
            || years_named(lead_text).is_some())
    {
        time.year_start = None;
    }
    // 五年来…投资额增长12.6倍: a movement is over the years that are spoken of.
    if let (Some((start, end)), Some(Effect::Up | Effect::Down), None) =
        (scene.frame.years, lead.effect, time.year_start)
        && time.status == Status::Actual
        && time.year == Some(end)
        && lead.year.is_none()
        && start < end
        && stated_year(grammar, before).is_none()
        && lead.basis != Some(Basis::Yoy)
        && !grammar.says_one_year(before)
    {
        time.year_start = Some(start);
    }
    // 教育投入1349亿元，是“十一五”的2.4倍: what is held against a plan is that of the plan after it.
    if let (Some(year), None, Status::Actual) = (time.year, time.year_start, time.status)
        && let Some(first) = after_a_plan(&scene.sentence[span.end..], year)
        && first < year
        && year < first + 5
    {
        time.year_start = Some(first);
    }
    // 五年新增96户: what a deed's clause opens with is said of all its years.
    if let (Some(long), Status::Actual, Some(year), None) =
        (years_opening(grammar, lead_text), time.status, time.year, time.year_start)
        && (naming.action.is_some()
            || lead.effect.is_none()
            // 五年财政教育支出达78亿元: what is spent is no state.
            || lead.effect == Some(Effect::State)
                && (name.ends_with("支出") || grammar.flows.suffix_of(name).is_some()))
        && lead.year.is_none()
        && !earlier
    {
        time.year_start = Some(year - long + 1);
    }
    // 收入和支出分别是“十二五”时期的1.6倍、2.1倍: so it is where the multiple itself is told.
    if let (Some(against), Some(year), None, Status::Actual) =
        (lead.against.filter(|against| !against.ends_with('末')), time.year, time.year_start, time.status)
        && let Some(name) = plan::at_start(against.trim_start_matches('“'))
        && let Some(first) = plan::last_year(name).map(|last| last + 1)
        && first < year
        && year < first + 5
    {
        time.year_start = Some(first);
    }
    // “十五”的第一年: one year is no span.
    time.year_start = time.year_start.filter(|start| Some(*start) < time.year);
    let subject = naming.subject.clone();
    let statistic = if subject.is_some() {
        None
    } else if let Some(whole) = lead.share_of {
        // 研发投入占GDP比重 is a statistic of its own; any other share has not the code of its part.
        context.lexicon.code(&format!("{name}占{whole}"))
    } else {
        let deed = || naming.action.as_ref().and_then(|action| context.lexicon.code(&format!("{action}{name}")));
        // 新增|贷款323亿元 is what was lent, 新增|经营主体 some of those that there are.
        let done = |deed: &String, statistic: &Statistic| {
            !grammar.additions.contains(deed) || statistic.level.contains(&Dimension::Money) && !name.ends_with("余额")
        };
        let stands = |statistic: &&Statistic| {
            !statistic.stock || naming.action.as_ref().is_none_or(|deed| !done(deed, statistic))
        };
        // 新登记|商事主体 is a statistic of its own, no stock of them.
        let own = deed().filter(|_| naming.action.as_deref().is_some_and(|action| action.starts_with('新')));
        // 帮助|上市公司: nothing is told of how many there are.
        let of_all =
            |statistic: &&Statistic| naming.action.as_deref().is_none_or(|deed| code::keeps(grammar, statistic, deed));
        own.or_else(|| region::code(context, name, naming.action.is_some()).filter(stands).filter(of_all)).or_else(deed)
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
        name: without_marks(match lead.share_of {
            // 船舶出口占全国: with no word for the share the place is no part of the name, a statistic is.
            Some(whole) if grammar.batches.contains(whole) => name.to_owned(),
            Some(whole) => format!("{name}占{whole}"),
            None => name.to_owned(),
        }),
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
        // Set once the row's flags are known (`extract::confidence`).
        confidence: 0.0,
        flags,
    }
}

/// A name without the marks of notes: “千万工程”[28]经验.
fn without_marks(mut name: String) -> String {
    let mut from = 0;
    while let Some(open) = name[from..].find(['[', '〔', '［']).map(|at| from + at) {
        let bracket = name[open..].chars().next().map_or(1, char::len_utf8);
        let inner = &name[open + bracket..];
        let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let close = inner[digits..].chars().next().filter(|c| matches!(c, ']' | '〕' | '］'));
        // A mark that the name was cut inside of is one too.
        match (digits, close) {
            (1.., Some(close)) => name.replace_range(open..open + bracket + digits + close.len_utf8(), ""),
            (_, None) if digits == inner.len() => name.truncate(open),
            _ => from = open + bracket,
        }
    }
    name
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
        || lead.rate_noun.is_some_and(|n| n.contains(['降', '减']))
        || matches!(lead.effect, Some(Effect::GapDown));
    let moved = matches!(lead.effect, Some(Effect::Up | Effect::Down));
    let gap = matches!(lead.effect, Some(Effect::GapUp | Effect::GapDown));
    // 失业率、消费价格涨幅分别控制在5%和3%: what is itself a rate is none of movement.
    let rate = lead.rate_noun.is_some() && !(row.name.ends_with('率') && (lead.each || lead.both));
    row.measure = match si {
        _ if quantity.shape == NumberShape::Doubling || (quantity.dimension == Dimension::Multiple && moved) => {
            row.value = quantity.percent();
            row.value_max =
                quantity.value_max.filter(|_| quantity.shape != NumberShape::Doubling).map(|v| (v * 1e8).round() / 1e6);
            row.unit = Some("%".into());
            row.value_si = row.value;
            row.unit_si = Some("percent".into());
            Measure::Growth
        }
        // 高于2011年17个百分点: against its own past.
        Some("percentage_point") if gap && matches!(lead.basis, Some(Basis::VsPreviousPeriod | Basis::Yoy)) => {
            Measure::Change
        }
        Some("percentage_point") if gap => Measure::Gap,
        Some("percentage_point") if moved && lead.against.is_some() && row.basis == Some(Basis::VsRegion) => {
            Measure::Gap
        }
        Some("percentage_point") => Measure::Change,
        Some("percent") if gap => Measure::Gap,
        Some("percent") if moved || (rate && lead.share_of.is_none()) || lead.yearly => Measure::Growth,
        // 主营业务增收10%: so is what comes in more.
        Some("percent")
            if lead.share_of.is_none()
                && ["增收", "增产", "增销", "增效"].iter().any(|gain| row.name.ends_with(gain)) =>
        {
            Measure::Growth
        }
        // 示范点新增10%: what is added in percent is growth.
        Some("percent")
            if lead.share_of.is_none() && matches!(row.action.as_deref(), Some("新增" | "净增" | "增加" | "再增")) =>
        {
            Measure::Growth
        }
        Some("percent") => Measure::Ratio,
        // 高于全国脱贫标准7倍
        Some("times") if gap => Measure::Gap,
        Some("times") => Measure::Ratio,
        _ if gap => Measure::Gap,
        _ if moved && (row.action.is_none() || naming.carried) => Measure::Change,
        // 粮食总产再创新高，增量40亿斤: by how much it moved.
        _ if matches!(lead.rate_noun, Some("增量" | "增长额" | "增加额")) => Measure::Change,
        // 较上年净增88人, 比2002年净增4430元
        _ if lead.against.is_some() && row.action.as_deref() == Some("净增") => Measure::Change,
        _ => Measure::Level,
    };
    // 新建公共自行车10个点: places that were built.
    if row.measure == Measure::Change
        && quantity.unit.as_deref() == Some("个点")
        && lead.effect.is_none()
        && row
            .action
            .as_deref()
            .is_some_and(|deed| !matches!(deed, "提升" | "提高" | "增加" | "下调" | "上调" | "降低"))
    {
        row.measure = Measure::Level;
        row.unit_si = Some("count".into());
    }
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

/// PM2.5平均浓度降至每立方米29微克: the mass is that in a cubic metre, whether the clause repeats it or not.
fn per_cubic_metre(scene: &Scene<'_>, row: &mut Indicator, quantity: &Quantity) {
    let context = scene.context;
    let statistic = row.code.as_deref().and_then(|code| context.lexicon.get(code));
    if quantity.dimension != Dimension::Mass || !statistic.is_some_and(|s| s.level.contains(&Dimension::Concentration))
    {
        return;
    }
    let Some(unit) = row.unit.as_deref() else { return };
    if let Some((si, factor, Dimension::Concentration)) = context.quantities.convert(&format!("{unit}/立方米")) {
        row.value_si = row.value.map(|value| value * factor);
        row.unit_si = Some(si);
    }
}

fn negate(value: &mut Option<f64>) {
    if let Some(v) = value
        && *v > 0.0
    {
        *v = -*v;
    }
}
