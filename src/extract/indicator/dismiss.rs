//! Values that are no figures of the region: thresholds in names, slogans, durations, parts of the report itself.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::capacity::{is_capacity_in_list, is_capacity_of_one, is_threshold_of_those_counted};
use super::grammar::Grammar;
use super::speech;
use super::standard;
use super::sums::is_sum;
use crate::extract::number::NumberShape;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;
use crate::model::Bound;
use crate::numeral::is_counting;

/// Further numbers and how many of them there are, before the word for a mark: 、400亿元两个|台阶.
static COUNTED_MARKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^(?:[、和][0-9.一二三四五六七八九]+[百千万亿]*[元斤吨]?)*[两二三四五六七八九十几][个大道重级]大?")
        .expect("a constant pattern")
});

/// Roads that are told by their numbers, of which the last stands behind: 国道105和|514.
static ROAD_NUMBERS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("(?:国道|省道|县道|乡道|高速)G?S?[0-9]+[、和及]$").expect("a constant pattern"));

/// A value that is no figure of the region, and why.
pub fn dismissal(grammar: &Grammar, sentence: &str, quantity: &Quantity) -> Option<&'static str> {
    let after = &sentence[quantity.outer.end..];
    let before = &sentence[..quantity.outer.start];
    let unit = quantity.unit.as_deref().unwrap_or("");
    let si = quantity.unit_si.as_deref();
    // 上述4项指标: what the text itself has just told.
    if (before.ends_with("上述") || before.ends_with("前述")) && is_small_counter(sentence, quantity) {
        return Some("a part of the report itself");
    }
    // 单笔50万元以下账款, 海拔1500米以上学校: how large or high each of them is.
    if quantity.bound != Bound::Eq
        && ["单笔", "单户", "单个", "单体", "单家", "每笔", "海拔"].iter().any(|each| before.ends_with(each))
        && after.trim_start_matches('的').starts_with(crate::text::is_han)
    {
        return Some("a threshold inside a name");
    }
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
    // 《年鉴》2014卷: a year behind a title.
    if before.trim_end().ends_with('》') && (1900.0..2100.0).contains(&quantity.value) && quantity.value_max.is_none()
    {
        return Some("a year of a title");
    }
    // 110千伏变电站3座: of what voltage it is.
    if quantity.dimension == Dimension::Voltage && after.starts_with(crate::text::is_han) {
        return Some("the grade of a line");
    }
    // 1.4GHz无线宽带专网: a frequency is part of a name.
    if matches!(unit, "GHz" | "MHz" | "kHz" | "兆赫" | "兆赫兹" | "赫兹") {
        return Some("a frequency");
    }
    // 类6代柔性显示屏, 第8.5代线: a generation of a technique.
    if unit == "代" && (after.starts_with(crate::text::is_han) || before.ends_with('第')) {
        return Some("a grade of a technique");
    }
    // 三类及以上断面, Ⅲ类水质
    if unit == "类"
        && (before.contains("水质")
            || before.ends_with(['水', '质'])
            || after.starts_with(['及', '以', '水', '标'])
            || before.ends_with('于') && after.trim_start_matches(['的', '地', '表']).starts_with('水'))
    {
        return Some("a grade of water");
    }
    if matches!(unit, "次" | "度" | "封") && grammar.others.find_iter(before).next().is_some() {
        return Some("an event, not a figure");
    }
    let clause = before.rsplit(['，', '。', '；', ',', ';']).next().unwrap_or(before);
    // 人均预期寿命提高到80.5岁 is a statistic.
    let age = matches!(unit, "岁" | "周岁");
    if age && grammar.ages.find_iter(clause).next().is_none() || matches!(unit, "点" | "时" | "级" | "星" | "度电")
    {
        return Some("an age, a grade or a time of day");
    }
    // 8000多户居民, 3万余群众: 多 and 余 inside a number of people or things bound that number.
    let counts = quantity.outer == quantity.span
        && matches!(quantity.dimension, Dimension::Count | Dimension::Household | Dimension::Person | Dimension::None);
    if matches!(quantity.bound, Bound::Ge | Bound::Gt | Bound::Le | Bound::Lt)
        && !counts
        && !matches!(si, Some("percent" | "percentage_point"))
        && grammar.threshold_heads.prefix_of(after.trim_start_matches('的')).is_some()
        && grammar.predicate_at_end(before).is_none_or(|(w, _)| w.chars().count() == 1 || w == "超过")
        && (!matches!(si, Some("count" | "person"))
            || grammar.grade_units.contains(unit)
            || quantity.dimension == Dimension::None
            || matches!(unit, "千万" | "百万" | "亿" | "万" | "百亿" | "千亿" | "十亿"))
    {
        return Some("a threshold inside a name");
    }
    if !age
        && matches!(si, Some("year" | "month" | "day" | "hour" | "minute"))
        && duration_is_time(grammar, before, after, si)
    {
        return Some("a time, not an amount");
    }
    // 连续10个季度, 连续5届: how long something went on.
    let lasted = grammar.series_units.contains(unit)
        || unit == "个" && ["报告期", "统计期", "考核期", "赛季", "财年"].iter().any(|time| after.starts_with(time));
    if lasted && before.trim_end().ends_with("连续") {
        return Some("how long something went on");
    }
    // 突破两个千亿大关: how often a mark was passed.
    let mark = after.trim_start_matches(['十', '百', '千', '万', '亿', '元', '级', '“', '”']);
    if (mark.len() < after.len() || unit == "个") && grammar.marks.prefix_of(mark).is_some() {
        return Some("how many marks were passed");
    }
    // 先后跨越300亿元、400亿元两个台阶: the marks themselves.
    if let Some(counted) = COUNTED_MARKS.find(after)
        && grammar.marks.prefix_of(&after[counted.end()..]).is_some()
    {
        return Some("the marks that were passed");
    }
    // 签约后97天即开工: how long it took.
    if quantity.dimension == Dimension::Duration
        && before.ends_with('后')
        && !["延后", "推后", "落后", "滞后", "前后", "提前或延后"].iter().any(|word| before.ends_with(word))
    {
        return Some("a time, not an amount");
    }
    // 居八个卫星城市|前列: the field of a rank.
    if unit != "位"
        && let stop = after.find(['，', '。', '；', '、', '\n']).unwrap_or(after.len())
        && ["前列", "前茅", "榜首", "前位", "之首"].iter().any(|end| after[..stop].ends_with(end))
        && after[..stop].chars().count() <= 12
        && !matches!(si, Some("percent" | "CNY"))
    {
        return Some("the field in which a rank was won");
    }
    let near = after.char_indices().nth(11).map_or(after.len(), |(at, _)| at);
    let people = quantity.value_si.is_some_and(|v| v >= 3e5) && matches!(si, Some("count" | "person"));
    // 惠及|300多万|各族群众: those that were reached are counted.
    if people
        && unit.starts_with(['万', '亿'])
        && grammar.benefits.suffix_of(before.trim_end()).is_none()
        && grammar.peoples.find_iter(after[..near].split('，').next().unwrap_or_default()).next().is_some()
    {
        return Some("the people that the report speaks to");
    }
    if is_size_of_each(grammar, clause, after, quantity)
        || is_threshold_of_kind(grammar, before, after, quantity)
        || is_threshold_before_count(grammar, sentence, quantity)
        || is_threshold_of_those_counted(grammar, before, after, sentence, quantity)
    {
        return Some("a threshold inside a name");
    }
    // 完成国家下达的|16%|目标任务: the aim itself.
    if si == Some("percent")
        && before.ends_with('的')
        && grammar.aims.prefix_of(after.trim_start_matches('的')).is_some()
    {
        return Some("the aim itself");
    }
    // 完成市政府|28亿元|的指标任务: nor is it one in money.
    if si == Some("CNY")
        && let Some(who) = clause.trim_start().strip_prefix("完成")
        && (who.is_empty()
            || who.chars().count() <= 6 && who.starts_with(['省', '市', '县', '区', '上', '年', '国', '州']))
        && ["指标任务", "目标任务", "任务", "目标"].iter().any(|aim| after.trim_start_matches('的').starts_with(aim))
    {
        return Some("the aim itself");
    }
    // 投资1.6亿元的天湖景区开发项目: one project's own money; that of 38个项目 is a figure.
    if si == Some("CNY")
        && let Some(owner) = after.strip_prefix('的')
        && grammar.outlays.suffix_of(before.trim_end_matches(['约', '近', '达'])).is_some()
        && !owner.starts_with(|c: char| is_counting(c) || "几百千".contains(c))
        && !counted_behind(owner)
    {
        return Some("investment or capacity of a named project");
    }
    if is_capacity_of_one(grammar, before, after) || is_capacity_in_list(grammar, clause, after, quantity) {
        return Some("investment or capacity of a named project");
    }
    // 出台大气质量提升40条, 稳增长25条: the articles of a policy are part of what it is called.
    if unit == "条"
        && !after.starts_with(|c: char| crate::text::is_han(c) && c != '等')
        && grammar.policy_verbs.find_iter(clause).next().is_some()
        && grammar.line_nouns.suffix_of(before).is_none()
    {
        return Some("the articles of a policy");
    }
    if unit == "大类" || unit == "类" && is_class_of_cases(after) {
        return Some("a way of dividing");
    }
    // 等两项经济指标均居全市第一: how many the list before names.
    if unit == "项" && is_sum(grammar, before, after) {
        return Some("how many indicators are listed");
    }
    // 国道105和514大修: the numbers of roads.
    if unit == "大" && ROAD_NUMBERS.is_match(before) {
        return Some("the number of a road");
    }
    // 2公里充电服务圈: how far a circle reaches.
    if matches!(quantity.dimension, Dimension::Length | Dimension::Duration)
        && let stop = after.find(['，', '。', '；', '、', '）', ')', ',', ';']).unwrap_or(after.len())
        && grammar.closing_kinds.suffix_of(&after[..stop]).is_some()
    {
        return Some("a distance that bounds a place");
    }
    if unit == "路" && after.contains("公交") {
        return Some("the number of a route");
    }
    if si == Some("percent") && before.trim_end().ends_with('前') {
        return Some("the top part of a field");
    }
    if is_field_of_rank(grammar, before, after, unit) && !matches!(si, Some("percent" | "CNY")) {
        return Some("the field in which a rank was won");
    }
    if is_threshold_of_count(grammar, after, quantity) {
        return Some("a threshold inside a name");
    }
    if quantity.unit.is_none()
        && quantity.unit_si.is_none()
        && !before.trim_end().ends_with(['到', '达', '为', '于', '数', '至'])
        && (grammar.ratios.find_iter(clause).next().is_none()
            || !after.starts_with(|c: char| !crate::text::is_han(c) || "提缩扩降升调减增".contains(c)))
    {
        return Some("a number without a unit");
    }
    let stop = after
        .find(['，', '。', '；', '、', '：', '”', '）', ')', ',', ';', '的', '和', '与', '\n'])
        .unwrap_or(after.len());
    let counted = after[..stop].trim_start_matches('“');
    // 116件|具体民生实事, 10件|惠企实事; but 1182项|民生微实事.
    let own_deeds = matches!(unit, "件" | "项" | "大") && counted.ends_with("实事") && !counted.ends_with("微实事");
    if (own_deeds || grammar.own_parts.prefix_of(counted).is_some()) && quantity.value < 1000.0 {
        return Some("a part of the report itself");
    }
    // 成为全国第5个突破3000公里的省份: the mark that made it one.
    if after.starts_with('的') && clause.contains("成为") && quantity.bound != Bound::Eq {
        return Some("a threshold inside a name");
    }
    if quantity.dimension == Dimension::Duration && before.contains("承包") {
        return Some("a term that a policy sets");
    }
    if counted.ends_with("之一") && !counted.ends_with("分之一") {
        return Some("one of so many");
    }
    // 四级三类国土空间规划体系: how a scheme is divided.
    // 三个|层面协调发展, 北、中、南三个|片区的协调发展
    let spoken = counted.starts_with("层面")
        || counted.starts_with("片区")
            && after[..near].split('，').next().is_some_and(|words| words.contains("协调") || words.contains("联动"));
    if spoken && is_small_counter(sentence, quantity) && quantity.shape == NumberShape::Chinese {
        return Some("a way of speaking");
    }
    let scheme = matches!(unit, "类" | "级" | "层")
        && is_small_counter(sentence, quantity)
        && grammar.schemes.suffix_of(counted).is_some();
    if is_small_counter(sentence, quantity) && grammar.abstract_heads.contains(counted) || scheme || counted == "规定"
    {
        return Some("a way of speaking");
    }
    if after.starts_with("范围") || quantity.dimension == Dimension::Length && after.starts_with("覆盖") {
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
    standard::dismissal(grammar, sentence, clause, quantity)
        .or_else(|| speech::dismissal(grammar, sentence, clause, quantity))
}

/// 八类|严重刑事案件: how cases are divided.
fn is_class_of_cases(after: &str) -> bool {
    let head = after.char_indices().nth(10).map_or(after, |(at, _)| &after[..at]);
    ["案件", "刑事", "主要刑事"].iter().any(|kind| after.starts_with(kind))
        || head.split(['，', '。', '；', '、']).next().is_some_and(|noun| noun.contains("案件"))
}

/// 总投资126亿元的省、市重点项目16个: the noun is counted behind, so that it is a group.
fn counted_behind(owner: &str) -> bool {
    let clause = &owner[..owner.find(['，', '。', '；', ',', ';']).unwrap_or(owner.len())];
    clause.find(|c: char| c.is_ascii_digit()).is_some_and(|at| {
        let unit = clause[at..].trim_start_matches(|c: char| c.is_ascii_digit());
        unit.starts_with(['个', '项']) && unit.chars().count() == 1
    })
}

/// 在全国169个城市中排名第六: how many took part.
fn is_field_of_rank(grammar: &Grammar, before: &str, after: &str, unit: &str) -> bool {
    let clause = &before[before.rfind(['，', '。', '；', '、']).unwrap_or(0)..];
    // 127个县（市、区）考核中: what stands in brackets is no end of the words.
    let near = after.char_indices().nth(18).map_or(after.len(), |(at, _)| at);
    let after = without_brackets(&after[..near]);
    let stop = after.find(['，', '。', '；', '、']).unwrap_or(after.len());
    // 居全市18个区县第3位
    // 居全市6县市|第1位: the unit may be all of the field.
    let least = usize::from(!unit.ends_with(['县', '市', '区', '省', '州', '镇', '乡']));
    let ranked = after[..stop].find('第').is_some_and(|at| {
        (least..=8).contains(&after[..at].chars().count())
            && grammar.rank_verbs.find_iter(clause).next().is_some()
            && after[at + '第'.len_utf8()..]
                .starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
    });
    // 均居宁波八个卫星城市|前列
    let ahead = ["前列", "首位", "榜首", "前茅", "之首", "上游", "中游", "下游", "偏上水平", "中等水平", "位次前移"]
        .iter()
        .any(|word| after[..stop].ends_with(word));
    // 在全省18个省辖市中|由低到高排第3位
    let among = clause.contains('在')
        && after[..stop].split_once('中').is_some_and(|(field, told)| {
            let told = told.trim_start_matches('的');
            (1..=8).contains(&field.chars().count())
                && (["位次", "名次", "排名", "排位"].iter().any(|word| told.starts_with(word))
                    || told.split_once('第').is_some_and(|(verb, place)| {
                        grammar.rank_verbs.suffix_of(verb).is_some() && place.starts_with(is_counting)
                    }))
        });
    if ranked || among || ahead && grammar.rank_verbs.find_iter(clause).next().is_some() {
        return true;
    }
    clause.contains('在')
        && (grammar.field_ends.find_iter(&after[..stop]).next().is_some() || after[..stop].ends_with('中'))
}

/// The text without what stands in closed brackets.
fn without_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains('（') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('（') {
        let Some(close) = rest[open..].find('）') else { break };
        plain.push_str(&rest[..open]);
        rest = &rest[open + close + '）'.len_utf8()..];
    }
    Cow::Owned(plain + rest)
}

/// 480千瓦以上超充站1098座: a bound on each of the things that the next number counts.
fn is_threshold_of_count(grammar: &Grammar, after: &str, quantity: &Quantity) -> bool {
    let digits = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
    let noun = &after[..digits];
    let noun = grammar.predicate_at_end(noun).map_or(noun, |(word, _)| &noun[..noun.len() - word.len()]);
    let noun = noun.strip_suffix("新增").or_else(|| noun.strip_suffix("净增")).unwrap_or(noun);
    quantity.bound != Bound::Eq
        && quantity.outer.end > quantity.span.end
        && (matches!(
            quantity.dimension,
            Dimension::Money | Dimension::Power | Dimension::Area | Dimension::Length | Dimension::Mass
        ) || grammar.threshold_heads.suffix_of(noun).is_some())
        && digits < after.len()
        && (2..=14).contains(&noun.chars().count())
        && noun.chars().all(crate::text::is_han)
        && !noun.contains("其中")
        && grammar.action_at_start(noun).is_none()
        && grammar.predicate_at_end(noun).is_none()
        && grammar.events.find_iter(noun).next().is_none()
}

/// 200平方米以上|餐饮服务单位|全部纳入: how large each of them is.
fn is_size_of_each(grammar: &Grammar, clause: &str, after: &str, quantity: &Quantity) -> bool {
    let opens = quantity.outer.end > quantity.span.end
        && matches!(quantity.dimension, Dimension::Area | Dimension::Money)
        && matches!(clause.trim(), "" | "单笔" | "单户" | "单个" | "单体" | "单家" | "每笔");
    let all = || ["全部", "均", "都", "100%"].iter().filter_map(|all| after.find(all)).min();
    opens
        && all()
            .map(|at| &after[..at])
            .is_some_and(|kind| kind.chars().count() <= 12 && grammar.threshold_heads.suffix_of(kind).is_some())
}

/// 纳税|200万元以上|的微型企业: a bound on each of a kind of thing.
fn is_threshold_of_kind(grammar: &Grammar, before: &str, after: &str, quantity: &Quantity) -> bool {
    let kind = after.strip_prefix('的').unwrap_or(after);
    let kind = &kind[..kind.find(['，', '。', '；', '、', ',', ';', '和']).unwrap_or(kind.len())];
    let bounded = quantity.outer.end > quantity.span.end
        // 产值|超亿元|的时尚企业
        || quantity.outer.start < quantity.span.start && after.starts_with('的') && quantity.bound == Bound::Gt;
    bounded
        && quantity.dimension == Dimension::Money
        && (2..=12).contains(&kind.chars().count())
        && grammar.threshold_heads.suffix_of(kind).is_some()
        && grammar.measure_nouns.suffix_of(before).or_else(|| grammar.thresholds.suffix_of(before)).is_some()
}

/// 投资|5000万元以上|的6家, 产值|过10亿元|企业5家, 3个|过20亿元: a bound on each of the things that a number beside it counts.
fn is_threshold_before_count(grammar: &Grammar, sentence: &str, quantity: &Quantity) -> bool {
    let after = &sentence[quantity.outer.end..];
    if matches!(quantity.dimension, Dimension::Percent | Dimension::PercentagePoint | Dimension::Duration) {
        return false;
    }
    let counted = after.strip_prefix('的').unwrap_or(after);
    // 10亿元以上|不少于|5个
    let counted = grammar.count_bounds.prefix_of(counted).map_or(counted, |word| &counted[word.len()..]);
    let behind = quantity.bound != Bound::Eq && quantity.outer.end > quantity.span.end;
    // …10000人次以上2016年…: a year is no count of anything.
    let digits = counted.len() - counted.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let year = digits == 4 && counted[digits..].starts_with('年');
    if behind && !year && (digits > 0 || counted.starts_with('两')) {
        return true;
    }
    let sized = matches!(quantity.dimension, Dimension::Money | Dimension::Area);
    let number = &sentence[..quantity.span.start];
    // 产值50亿元企业1户: so large that it can only be of each.
    let firms = grammar
        .firms
        .prefix_of(counted)
        .is_some_and(|head| counted[head.len()..].starts_with(|c: char| c.is_ascii_digit()));
    if quantity.dimension == Dimension::Money && firms {
        return true;
    }
    // The bound word may have been read as part of the figure or not.
    let Some(bound) = sized.then(|| grammar.bounds_of_each.suffix_of(number)).flatten() else { return false };
    let head = &number[..number.len() - bound.len()];
    let each = head.strip_suffix(['个', '家', '户']).is_some_and(|head| head.ends_with(|c: char| c.is_ascii_digit()));
    let named = grammar.threshold_heads.prefix_of(counted).is_some_and(|head| {
        let rest = &counted[head.len()..];
        rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with(['达', '数', '仅', '占'])
    });
    let of_each = counted.len() < after.len() && counted.starts_with(|c: char| c.is_ascii_digit());
    each || of_each || named && bound != "达"
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
fn duration_is_time(grammar: &Grammar, before: &str, after: &str, si: Option<&str>) -> bool {
    let before = before.trim_end();
    if grammar.duration_after.prefix_of(after).is_some() {
        return true;
    }
    // 用20天建成: even days, where they say how long it took.
    let took = ["用", "历时", "仅花", "经过"].iter().any(|w| before.ends_with(w));
    if grammar.duration_before.suffix_of(before).is_some() && (took || si != Some("day")) {
        return true;
    }
    // Years and months count only as a movement or as a stated span of something.
    matches!(si, Some("year" | "month" | "hour" | "minute")) && grammar.duration_moves.suffix_of(before).is_none()
}
