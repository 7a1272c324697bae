//! When a figure is for, and whether it is a fact or a promise.

use std::sync::LazyLock;

use regex::{Captures, Match, Regex};

use super::grammar::Grammar;
use super::span::{names_a_year, years_told};
use super::today::{stands_today, year_of_today};
use crate::model::{Identity, Section, Status};
use crate::plan;

/// The time of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub status: Status,
    pub year_start: Option<i16>,
    pub year: Option<i16>,
}

/// A pattern that cannot match where none of some words stands: to look for them is much cheaper.
struct Hinted {
    words: &'static [&'static str],
    regex: LazyLock<Regex>,
}

impl Hinted {
    const fn new(words: &'static [&'static str], compile: fn() -> Regex) -> Self {
        Self { words, regex: LazyLock::new(compile) }
    }

    /// The pattern, where it may match.
    fn of(&self, text: &str) -> Option<&Regex> {
        self.words.iter().any(|word| text.contains(word)).then(|| &*self.regex)
    }

    fn is_match(&self, text: &str) -> bool {
        self.of(text).is_some_and(|regex| regex.is_match(text))
    }

    fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.of(text)?.find(text)
    }

    fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.of(text)?.captures(text)
    }

    fn captures_iter<'t>(&self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        self.of(text).into_iter().flat_map(|regex| regex.captures_iter(text))
    }
}

static YEAR: Hinted = Hinted::new(&["年"], || {
    Regex::new("((?:19|20)[0-9]{2})(?:年|-((?:19|20)[0-9]{2})年)").expect("a constant pattern")
});
static PLAN: Hinted = Hinted::new(&["五"], || {
    let names = plan::NAMES;
    Regex::new(&format!("“?({names})”?(时期|期间|期末|末|以来|五年|的?目标|是)")).expect("a constant pattern")
});
static SPAN: Hinted = Hinted::new(&["年"], || {
    Regex::new("(?:过去|近|这|前|最近)?的?([三四五六七八十])年(?:来|间|里|期间|累计|中)|(?:过去|这|任期|本届政府|届内)的?([三四五])年|(?:今后|未来|后|下一个)(五|三)年").expect("a constant pattern")
});

/// Several years in the clause itself: summed up or averaged (五年累计4.5万亿元, 五年来年均), or moved over
/// (五年增长44.8%).
static SEVERAL: Hinted = Hinted::new(&["年"], || {
    Regex::new(concat!(
        "([两二三四五六七八九十2-9])年(?:来|间|里|内)?",
        "(?:(累计|共计?|合计|总计|年均|平均|均|总共|[^，。；0-9]{1,8}累计)|增|提|下|减|翻|扩|降|净|新|分|$)",
    ))
    .expect("a constant pattern")
});

/// The year that a movement is measured from: 比2015年, 较“十五”末.
static BASE: Hinted = Hinted::new(&["年", "末"], || {
    let names = plan::NAMES;
    Regex::new(&format!("[比较与](?:((?:19|20)[0-9]{{2}})年(?:底|末)?|“?({names})”?(?:期?末|末期|末年))"))
        .expect("a constant pattern")
});

/// What a paragraph says of the time of its figures before they come: 五年来, “十三五”时期.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frame {
    /// First and last year.
    pub years: Option<(i16, i16)>,
    /// Those of a chapter that speaks of one year and of several (2011年暨过去五年工作回顾): what is summed up and where a
    /// movement began are of these.
    pub chapter: Option<(i16, i16)>,
    /// The years that the document was first told to be about (过去的四年): a mean of years that nothing else tells is over
    /// these.
    pub term: Option<(i16, i16)>,
    /// A sentence before has spoken of the last year alone (2006年，生产总值达到…): the statistics behind it are of that year.
    pub last_year: bool,
}

/// The frame that a paragraph's own words set, read from the beginning of its first sentences; `inherited` is what the
/// paragraphs before it set within the same section.
pub fn frame(opening: &str, section: &Section, identity: &Identity, inherited: Frame) -> Frame {
    let (Some(review), Some(plan)) = (identity.review_year, identity.report_year) else { return inherited };
    // One year's opening ends the span of several: 2020年，是…
    // “十五五”时期的开局之年 speaks of one year.
    let one_year = ["开局", "收官", "首年", "第一年", "关键之年", "攻坚之年"].iter().any(|w| opening.contains(w));
    // 较“十三五”末 measures from there, 是“十三五”时期的1.5倍 against it.
    let compared = BASE.is_match(opening);
    let base = |found: &Captures<'_>| {
        found.get(0).is_some_and(|plan| {
            opening[..plan.start()].ends_with(['是', '为', '比', '较', '于'])
                || opening[plan.end()..]
                    .strip_prefix('的')
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    if let Some(found) = PLAN.captures(opening).filter(|found| !one_year && !compared && !base(found)) {
        let end = plan::last_year(found.get(1).map_or("", |m| m.as_str()));
        if let Some(end) = end {
            let years = match section.period {
                Status::Actual if end - 4 <= review => Some((end - 4, end.min(review))),
                Status::Target if end >= plan => Some(((end - 4).max(plan), end)),
                _ => None,
            };
            if years.is_some() {
                return Frame { years, last_year: false, ..inherited };
            }
        }
    }
    // 增幅为近十年来最高: how long it had not been so.
    let record = |found: &Captures<'_>| {
        found.get(0).is_some_and(|m| opening[m.end()..].starts_with(['最', '首', '新', '罕', '少', '未', '第']))
    };
    if let Some(found) = SPAN.captures(opening).filter(|found| !record(found)) {
        if let Some(ahead) = found.get(3) {
            let long = small(ahead.as_str());
            return Frame { years: Some((plan, plan + long - 1)), last_year: false, ..inherited };
        }
        let long = small(found.get(1).or(found.get(2)).map_or("五", |m| m.as_str()));
        if section.period == Status::Actual {
            let first = identity.review_year_start.filter(|_| long == 5).unwrap_or(review - long + 1);
            return Frame { years: Some((first, review)), last_year: false, ..inherited };
        }
    }
    if names_a_year(opening)
        || one_year
        || ["一年来", "过去一年", "过去的一年", "去年", "今年"].iter().any(|w| opening.starts_with(w))
    {
        return Frame::default();
    }
    inherited
}

/// The frame that a section's heading sets, or one that it stands under: 过去五年工作回顾. `before` are those of the sections
/// before it.
pub fn section_frame(sections: &[Section], index: usize, identity: &Identity, before: &[Frame]) -> Frame {
    let section = &sections[index];
    let above = section.parent.and_then(|parent| before.get(parent)).copied().unwrap_or_default();
    match &section.heading {
        // 过去五年和2025年工作回顾 does not say which figure is of which.
        Some(heading) if heading.contains("一年") || YEAR.is_match(heading) => {
            let several = quoted_plan(heading).map(|name| format!("“{name}”时期"));
            let several = several.or_else(|| SPAN.find(heading).map(|span| span.as_str().to_owned()));
            let chapter = several.and_then(|words| frame(&words, section, identity, Frame::default()).years);
            Frame { chapter, ..Frame::default() }
        }
        // “九五”回顾, “十四五”发展成就: the plan alone names its years.
        Some(heading) => match quoted_plan(heading) {
            Some(name) if section.period == Status::Actual => frame(&format!("“{name}”时期"), section, identity, above),
            _ => match years_in_heading(heading) {
                Some(long) if section.period == Status::Actual => {
                    frame(&format!("过去{long}年"), section, identity, above)
                }
                _ => frame(heading, section, identity, above),
            },
        },
        None => above,
    }
}

/// How many years a heading of a review says that it is about: 本届政府五年工作回顾, 五年的主要成就.
fn years_in_heading(heading: &str) -> Option<&str> {
    static HEADING: Hinted = Hinted::new(&["年"], || {
        Regex::new("([三四五])年(?:的|来的)?(?:工作|政府工作|主要|回顾|发展|成就|成绩|奋斗|历程|总结|任期)")
            .expect("a constant pattern")
    });
    let found = HEADING.captures(heading)?;
    let numbered = heading[..found.get(0)?.start()].ends_with(['第', '十', '后', '来', '下']);
    (!numbered).then(|| found.get(1).map(|numeral| numeral.as_str())).flatten()
}

/// Does the nearest heading that names a time name one year only (2023年工作回顾, not 过去五年和2023年工作回顾)?
pub fn of_one_year(sections: &[Section], index: usize) -> bool {
    let section = &sections[index];
    match section.heading.as_deref().filter(|heading| YEAR.is_match(heading)) {
        Some(heading) => {
            !(quoted_plan(heading).is_some()
                || heading.contains("五年")
                || SPAN.is_match(heading)
                || PLAN.is_match(heading))
        }
        None => section.parent.is_some_and(|parent| of_one_year(sections, parent)),
    }
}

/// The plan that a heading names in quotation marks.
fn quoted_plan(heading: &str) -> Option<&str> {
    let at = heading.find('“')? + '“'.len_utf8();
    let name = plan::at_start(&heading[at..])?;
    heading[at + name.len()..].starts_with('”').then_some(name)
}

/// The frame that goes on from the section before, where this one stands under the same heading and its own names no
/// time: the parts of a review that opened with 五年来.
pub fn going_on(sections: &[Section], index: usize, ends: &[Frame]) -> Option<Frame> {
    let section = &sections[index];
    let parent = section.parent?;
    let named = section.heading.as_deref().is_some_and(|heading| YEAR.is_match(heading) || heading.contains("一年"));
    if named || section.period != Status::Actual {
        return None;
    }
    let before = (parent..index).rev().find(|i| *i == parent || sections[*i].parent == Some(parent))?;
    ends.get(before).copied().filter(|frame| frame.years.is_some())
}

/// The year that the clause measures a movement from.
fn base(clause: &str) -> Option<i16> {
    let found = BASE.captures_iter(clause).last()?;
    match found.get(1) {
        Some(year) => year.as_str().parse().ok(),
        None => plan::last_year(&found[2]),
    }
}

/// The frame of a sentence inside a paragraph: its own, where its first words set one (五年来，…), else the paragraph's.
pub fn sentence_frame(sentence: &str, section: &Section, identity: &Identity, paragraph: Frame) -> Frame {
    /// Characters of the words that set a time.
    const OPENING: usize = 12;
    let end = sentence.char_indices().nth(OPENING).map_or(sentence.len(), |(i, _)| i);
    let opening = &sentence[..end];
    // ——这是综合实力跃升的五年。
    if let (Some(long), Some(review), Status::Actual) = (years_told(sentence), identity.review_year, section.period) {
        let first = identity.review_year_start.filter(|_| long == 5).unwrap_or(review - long + 1);
        return Frame { years: Some((first, review)), last_year: false, ..paragraph };
    }
    // 刚刚过去的2025年，…: from here on one year is spoken of.
    if opening.contains("过去的2") || ["一年来", "过去一年", "过去的一年"].iter().any(|year| opening.starts_with(year))
    {
        return Frame::default();
    }
    let starts = |found: Option<Match<'_>>| found.is_some_and(|m| m.start() <= "这过".len());
    if starts(SPAN.find(opening)) || starts(PLAN.find(opening)) && !BASE.is_match(opening) {
        frame(opening, section, identity, paragraph)
    } else {
        paragraph
    }
}

/// The frame of a sentence or clause that opens with a year to look back from: 2013年以来新增商事主体24.9万户. It ends with
/// the sentence, as the year that it names is the sentence's own.
pub fn since(opening: &str, section: &Section, identity: &Identity, otherwise: Frame) -> Frame {
    static SINCE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^自?((?:19|20)[0-9]{2})年(?:底|末|初|启动|实施)?以来").expect("a constant pattern")
    });
    let opens = opening.trim_start();
    let since = opens.starts_with(['自', '1', '2']).then(|| SINCE.captures(opens)).flatten();
    let first = since.and_then(|found| found[1].parse().ok());
    // 力争用3年时间，产值翻一番
    if let (None, Status::Target, Some(plan)) = (first, section.period, identity.report_year)
        && let Some(long) = years_taken(opening)
    {
        return Frame { years: Some((plan, plan + long - 1)), ..otherwise };
    }
    match (first, identity.review_year, section.period) {
        (Some(first), Some(review), Status::Actual) if first < review => {
            Frame { years: Some((first, review)), ..otherwise }
        }
        _ => otherwise,
    }
}

/// How many years a sentence says that it is to take: 力争用三年时间，….
fn years_taken(sentence: &str) -> Option<i16> {
    static TAKEN: Hinted = Hinted::new(&["时间"], || {
        Regex::new("^[^，。；0-9]{0,6}(?:用|利用|通过)([两二三四五2-5])年(?:左右)?的?时间").expect("a constant pattern")
    });
    let end = sentence.char_indices().nth(20).map_or(sentence.len(), |(at, _)| at);
    TAKEN.captures(&sentence[..end]).map(|found| small(&found[1]))
}

/// Within how many years a clause says that something is to be: 三年内; but 2025年内, 第三年内.
fn years_within(clause: &str) -> Option<i16> {
    let at = clause.find("年内")?;
    let (from, numeral) = clause[..at].char_indices().next_back()?;
    let alone = !clause[..from].ends_with(|c: char| c.is_ascii_digit() || "第十".contains(c));
    (alone && "两二三四五2345".contains(numeral)).then(|| small(&clause[from..at]))
}

fn small(numeral: &str) -> i16 {
    match numeral {
        "二" | "两" | "2" => 2,
        "三" | "3" => 3,
        "四" | "4" => 4,
        "六" | "6" => 6,
        "七" | "7" => 7,
        "八" | "8" => 8,
        "九" | "9" => 9,
        "十" => 10,
        _ => 5,
    }
}

/// The first year behind the plan that an amount is held against in the words behind it: ，是“十一五”的2.4倍.
pub fn after_a_plan(after: &str, year: i16) -> Option<i16> {
    static AGAINST: LazyLock<Regex> = LazyLock::new(|| {
        let names = plan::NAMES;
        let before = "上届(?:政府)?|上一?个?五年|前(?:一个)?五年";
        Regex::new(&format!(
            "^，?(?:分别)?(?:(?:是|为|相当于)(?:“({names})”?(?:时期|期间)?|{before})的|[比较]“({names})”(?:时期|期间)(?:增|翻|提|多|净|扩))"
        ))
        .expect("a constant pattern")
    });
    // 支出52亿元，比“九五”时期增长1.9倍: so is what is held against all the years of one.
    let found = AGAINST.captures(after)?;
    match found.get(1).or(found.get(2)) {
        Some(plan) => plan::last_year(plan.as_str()).map(|last| last + 1),
        None => Some(year - 4),
    }
}

/// How many years a clause opens with: 五年新增96户, 过去五年淘汰企业1.7万家; but 五年规划, 三年级.
pub fn years_opening(grammar: &Grammar, clause: &str) -> Option<i16> {
    static OPENING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("^(?:过去|最近|近|这|前)?([两三四五六七八九十])年(?:来|间|里)?").expect("a constant pattern")
    });
    let found = OPENING.captures(clause.trim_start())?;
    let rest = &clause.trim_start()[found.get(0)?.end()..];
    grammar.years_other.prefix_of(rest).is_none().then(|| small(&found[1]))
}

/// How many years the words before a movement or a sum name: 五年增长44.8%.
pub fn years_named(clause: &str) -> Option<i16> {
    several(clause).map(|(years, _)| years)
}

/// The years that a clause names, and whether its value is their sum or mean.
fn several(clause: &str) -> Option<(i16, bool)> {
    let found = SEVERAL.captures(clause)?;
    // 2005年增长: a year, no number of them; PM2.5年均浓度.
    if clause[..found.get(0)?.start()].ends_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let summed = found.get(2).is_some();
    // 连续五年增长, 第三年新增, 五年前: each of them, one of them, a time.
    let one_of_them = clause[..found.get(0)?.start()].ends_with(['续', '第', '每', '前']);
    (summed || !one_of_them).then(|| (small(&found[1]), summed))
}

/// The time of one figure. `before` is the sentence up to the value, `clause` the figure's own clause up to the value,
/// `own_year` a year right before the value.
#[expect(clippy::too_many_arguments, reason = "each is a witness of the period")]
pub fn period(
    grammar: &Grammar,
    section: &Section,
    identity: &Identity,
    frame: Frame,
    before: &str,
    clause: &str,
    own_year: Option<i16>,
    yearly: bool,
) -> Period {
    let (review, plan) = (identity.review_year, identity.report_year);
    // “十二五”以来累计搬迁…, 五年来累计…: the clause's own words are nearer than those of its paragraph.
    let frame = sentence_frame(clause.trim_start(), section, identity, frame);
    let frame = since(clause, section, identity, frame);
    // 年均浓度 is the mean over the days of one year.
    let yearly = yearly
        || grammar.yearly_moves.find_iter(clause).any(|word| {
            // 比“十五”年均增速|高2个百分点: what it is held against.
            let behind = clause[word.end..].trim_start_matches(['长', '速', '幅', '率', '度']);
            !behind.starts_with(['高', '低', '快', '慢', '提', '回', '加'])
        });
    let mut period = Period { status: section.period, year_start: None, year: section.year };
    if period.year.is_none() {
        period.year = if section.period == Status::Target { plan } else { review };
    }
    if let Some((start, end)) = frame.years {
        period.year = Some(end);
        // A state (城镇化率达到60%) is of the last year; what was summed up or averaged spans them all.
        let spans = yearly
            || ["累计", "新增", "完成", "建成", "新建", "实施"].iter().any(|w| clause.contains(w))
            || told_together(clause);
        period.year_start = spans.then_some(start);
    }
    if yearly && period.year_start.is_none() && period.status == Status::Actual {
        // 年均 spans several years even where nothing says which: a term of five.
        let chapter = frame.chapter.filter(|(_, end)| period.year == Some(*end)).map(|(start, _)| start);
        let term = frame.term.filter(|(_, end)| period.year == Some(*end)).map(|(start, _)| start);
        period.year_start = chapter.or(term).or(period.year.map(|year| year - 4));
    }
    if let (true, Status::Target, Some(plan), Some(year)) = (yearly, period.status, plan, period.year)
        && year > plan
    {
        // Under a five-year plan's heading: from the plan's own year on.
        period.year_start = period.year_start.or(Some(plan));
    }
    // 五年累计达到2000亿元: in a plan the years to come.
    if let (Some((years, true)), Status::Target, Some(plan)) = (several(clause), period.status, plan)
        && period.year == Some(plan)
    {
        (period.year_start, period.year) = (Some(plan), Some(plan + years - 1));
    }
    // 三年内达到50亿元: by the end of so many years.
    if let (Some(long), Status::Target, Some(plan)) = (years_within(clause), period.status, plan)
        && period.year == Some(plan)
    {
        let state = ["达到", "达", "突破", "超过", "到", "至"].iter().any(|verb| clause.trim_end().ends_with(verb));
        (period.year_start, period.year) = ((!state).then_some(plan), Some(plan + long - 1));
    }
    if let (Some((years, true)), Status::Actual) = (several(clause), period.status) {
        period.year_start = period.year.map(|year| year - years + 1);
    }
    if let (Some(base), Some(year)) = (base(clause), period.year)
        && base + 1 < year
    {
        period.year_start = Some(base + 1);
    }
    // 力争2027年突破…，目前已建成…: the clause's own 目前 is nearer than the year of the clause before.
    let today = section.period == Status::Target && speaks_of_today(grammar, clause);
    // 2006年，…；固定资产投资四年累计完成28亿元: the clause's own years are nearer.
    let own_span = matches!(several(clause), Some((_, true))) && period.status == Status::Actual;
    let near = if today || own_span { clause } else { before };
    // 到2010年达到29亿元；今年生产总值增长12%: one year of a part that plans several.
    let this_year = period.status == Status::Target
        && own_year.is_none()
        && says_this_year(near)
        && several(clause).is_none()
        && !PLAN.is_match(clause);
    if this_year && plan.is_some() {
        return Period { year_start: None, year: plan, ..period };
    }
    let stated = own_year.or_else(|| stated_year(grammar, near));
    if let Some(year) = stated {
        period.year = Some(year);
        if !yearly {
            // 2012年，…；能耗累计下降21%: the clause's own sum is over the years that the part speaks of.
            let whole = frame.years.or(frame.chapter).filter(|(_, end)| *end == year);
            let summed = whole.filter(|_| {
                period.status == Status::Actual
                    && grammar.sums.find_iter(clause).next().is_some()
                    && stated_year(grammar, clause).is_none()
                    && own_year.is_none()
            });
            let from = base(clause).filter(|base| base + 1 < year && own_year.is_none()).map(|base| base + 1);
            period.year_start = from.or(summed.map(|(start, _)| start));
        }
        if let Some(plan) = plan {
            period.status = match year.cmp(&plan) {
                std::cmp::Ordering::Less => Status::Actual,
                std::cmp::Ordering::Equal if section.period == Status::Target => Status::Target,
                std::cmp::Ordering::Equal => section.period,
                std::cmp::Ordering::Greater => Status::Target,
            };
            // 到2020年，年均增长9%, 累计完成500亿元: from the plan's own year on.
            if (yearly || clause.contains("累计")) && period.status == Status::Target && year > plan {
                period.year_start = period.year_start.or(Some(plan));
            }
        }
        period.year_start = period.year_start.filter(|start| *start < year);
        return period;
    }
    if period.status == Status::Target {
        if speaks_of_today(grammar, clause) && !clause.contains("目前的") || stands_today(grammar, before) {
            period.status = Status::Actual;
            period.year = year_of_today(before, review, plan);
        }
    } else if grammar.target_words.find_iter(clause).next().is_some() {
        period.status = Status::Target;
        period.year = plan;
    }
    period
}

/// Do the words say that something was summed up: 共|安置, 一共; but 公共预算收入, 共享单车, 共建园区?
pub fn told_together(words: &str) -> bool {
    words.match_indices('共').any(|(at, word)| {
        let rest = &words[at + word.len()..];
        !words[..at].ends_with(['公', '中']) && !rest.starts_with(['享', '和', '同', '青', '性', '富', '治', '生'])
    })
}

/// Do the words before a value speak of the plan's own year, behind any other that they name? 今年以来 looks back, 比今年 compares.
fn says_this_year(before: &str) -> bool {
    let Some(at) = before.rfind("今年") else { return false };
    let behind = &before[at + "今年".len()..];
    !behind.starts_with("以来")
        && !before[..at].ends_with(['比', '较', '与', '同', '于', '从', '由'])
        && !YEAR.is_match(behind)
        && !SPAN.is_match(behind)
}

/// Does a clause say how things stand (目前已达…)? 比上年提高1.2个百分点 is what a plan is measured against.
fn speaks_of_today(grammar: &Grammar, clause: &str) -> bool {
    let compared = |at: usize| clause[..at].ends_with(['比', '较', '与', '同', '于']);
    grammar.actual_words.find_iter(clause).any(|word| !compared(word.start))
}

/// The year that the words before a value state for it: the last one that is neither a base of comparison (比2015年)
/// nor part of a name (2021年度…奖).
pub fn stated_year(grammar: &Grammar, before: &str) -> Option<i16> {
    let mut stated = None;
    for found in YEAR.captures_iter(before) {
        let whole = found.get(0)?;
        let (head, tail) = (&before[..whole.start()], &before[whole.end()..]);
        let compared = head.ends_with('为') && tail.starts_with('的')
            || head.ends_with(['比', '较', '是', '于', '与', '同', '从', '由', '自', '相', '过'])
            || head.ends_with("接近")
            || head.ends_with("相当");
        let part_of_name =
            tail.starts_with('度') && !tail.starts_with("度，") || tail.starts_with("以来") || tail.starts_with("版");
        // “十四五”规划和2035年远景目标纲要编制: the year that a plan is called after.
        let part_of_name = part_of_name || tail.starts_with("远景目标") || tail.starts_with("远景规划");
        // 力争2020年6月建成通车，铺轨120公里: the day of something else, over with its clause.
        let day = tail.trim_start_matches(|c: char| c.is_ascii_digit());
        let of_event = day.len() < tail.len()
            && day.starts_with('月')
            && !head.ends_with(['至', '止', '到'])
            && day.find(['，', '；', '。']).is_some_and(|stop| day[..stop].chars().count() > 4);
        let restored = grammar.returns.suffix_of(head).is_some();
        let base = tail.starts_with("的基础") || tail.starts_with("基础上");
        // 扣除2022年留抵退税因素: the year of what is left out of the figure.
        let left_out = grammar.reckoning_starts.suffix_of(head).is_some_and(|word| !matches!(word, "受" | "按"));
        let in_title = head.rfind('《').is_some_and(|open| !head[open..].contains('》'));
        if compared || part_of_name || in_title || of_event || restored || base || left_out {
            continue;
        }
        stated = found.get(2).or(found.get(1)).and_then(|m| m.as_str().parse().ok());
    }
    stated
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(before: &str) -> Option<i16> {
        stated_year(&Grammar::load(&crate::config::ConfigSource::Embedded).unwrap(), before)
    }

    #[test]
    fn stated_years() {
        assert_eq!(stated("力争2025年制造业增加值突破"), Some(2025));
        assert_eq!(stated("普通高校在校生比1995年翻了"), None);
        assert_eq!(stated("由2012年的3262元增长到2019年的"), Some(2019));
        assert_eq!(stated("《2023年条例》实施"), None);
        assert_eq!(stated("扣除2018年一次性因素影响，增长"), None);
        assert_eq!(stated("剔除价格因素，2018年增长"), Some(2018));
        assert_eq!(stated("编制完成规划和2035年远景目标纲要；清理入库"), None);
    }

    #[test]
    fn years_to_come() {
        assert_eq!(years_within("产值三年内达到"), Some(3));
        assert_eq!(years_within("力争2025年内达到"), None);
        assert_eq!(years_within("年内完成"), None);
    }

    #[test]
    fn summed_up() {
        assert!(told_together("五年共投资"));
        assert!(!told_together("一般公共预算收入达"));
        assert!(!told_together("投放共享单车"));
    }

    fn actual(sentence: &str, clause: &str) -> (Option<i16>, Option<i16>) {
        let identity = Identity { report_year: Some(2021), review_year: Some(2020), ..Identity::default() };
        let span = crate::text::Span::new(0, 0);
        let section = crate::segment::plain(span, crate::model::Kind::Review, Status::Actual, Some(2020));
        let grammar = Grammar::load(&crate::config::ConfigSource::Embedded).unwrap();
        let frame = sentence_frame(sentence, &section, &identity, Frame::default());
        let period = period(&grammar, &section, &identity, frame, clause, clause, None, false);
        (period.year_start, period.year)
    }

    #[test]
    fn sums_and_means_of_several_years() {
        assert_eq!(actual("五年来，总产值年均增速达", "总产值年均增速达"), (Some(2016), Some(2020)));
        assert_eq!(actual("投资三年累计", "投资三年累计"), (Some(2018), Some(2020)));
        assert_eq!(actual("总产值比2015年增长", "总产值比2015年增长"), (Some(2016), Some(2020)));
        assert_eq!(actual("较“十五”末翻了", "较“十五”末翻了"), (Some(2006), Some(2020)));
        assert_eq!(actual("总产值比2019年增长", "总产值比2019年增长"), (None, Some(2020)));
        assert_eq!(actual("总产值是五年前的", "总产值是五年前的"), (None, Some(2020)));
    }

    #[test]
    fn years_that_a_clause_names() {
        assert_eq!(several("总产值五年增长"), Some((5, false)));
        assert_eq!(several("投资三年累计"), Some((3, true)));
        assert_eq!(several("十年间年均"), Some((10, true)));
        assert_eq!(several("连续五年增长"), None);
        assert_eq!(several("连续两年共"), Some((2, true)));
        assert_eq!(several("第三年新增"), None);
        assert_eq!(several("五年前的"), None);
    }
}
