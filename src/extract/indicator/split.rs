//! What is left of the words before a value, without opener and predicate → subject, deed and name.

use super::deed::{realized, split_action};
use super::grammar::{Effect, Grammar};
use super::lead::{Lead, cut_end, is_facets};
use super::tidy::{among_so_many, tidy};
use crate::extract::lexicon::Lexicon;
use crate::extract::unit::Dimension;
use crate::numeral::is_counting;

/// Split what is left into subject, action and name.
pub fn split_name<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str) {
    let mut name = text;
    if let Some(shorter) =
        name.strip_suffix("由居").or_else(|| name.strip_suffix('由')).or_else(|| name.strip_suffix('从'))
    {
        lead.from = true;
        name = shorter;
    }
    // 打通断头路 may be a name of the lexicon; what is measured is the thing.
    let is_deed = |word: &str| {
        grammar.lexicon_deeds.prefix_of(word).is_some()
            || (grammar.lexicon_actions.contains(word) && lead.effect.is_none())
    };
    let deed =
        grammar.action_at_start(name).is_some_and(|word| is_deed(word) && name[word.len()..].chars().count() >= 2);
    if lead.effect.is_none()
        && lexicon.is_name(name)
        && let Some(measure) = realized(grammar, lead, name)
    {
        lead.name = measure;
        return;
    }
    if deed || !lexicon.is_name(name) {
        if let Some(rate) = grammar.rate_nouns.suffix_of(name)
            && !is_facets(grammar, name)
        {
            lead.rate_noun = Some(rate);
            name = cut_end(name, rate).trim_end_matches('的');
        }
        if deed || !lexicon.is_name(name) {
            name = realized(grammar, lead, name).unwrap_or_else(|| split_action(grammar, lexicon, lead, name));
        }
    }
    // 固定资产投资计划|超过8000亿元: what was planned of a statistic is the statistic.
    if let Some(shorter) = name.strip_suffix("计划")
        && lexicon.code(shorter).is_some()
    {
        name = shorter;
    }
    // 增速17.7%: an aspect that is itself a movement.
    if is_facets(grammar, name) {
        lead.rate_noun = lead.rate_noun.or(grammar.rate_nouns.suffix_of(name));
    }
    whose(grammar, lexicon, lead, name);
    // 一般公共预算收入|总量、增幅|分别居第3、第1: aspects of the one statistic.
    if let Some((head, last)) = name.rsplit_once(['、', '和'])
        && grammar.plain_facets.contains(last)
        && let Some(first) = grammar.plain_facets.suffix_of(head)
        && lexicon.code(&head[..head.len() - first.len()]).is_some()
    {
        name = &head[..head.len() - first.len()];
    }
    lead.name = tidy(grammar, name);
    settle(grammar, lexicon, lead);
}

/// Whose figure it is, where the name itself says so.
fn whose<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, name: &'t str) {
    // 全国: the figure is not the region's; but 全国重点实验室 is a title, which the region's own ones bear.
    if let Some(rest) = name.strip_prefix("全国")
        && lead.action.is_none()
        && lexicon.is_name(rest)
        && lexicon.code(rest).is_some_and(|s| !s.level.contains(&Dimension::Count))
    {
        lead.subject = Some("全国");
    }
    if let Some(subject) = subject_of(grammar, name) {
        lead.subject = lead.subject.or(Some(subject));
    }
}

/// What looks like a name and is none, or only its end is.
fn settle(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'_>) {
    // 综合楼和|投资1400万元: an aspect behind a conjunction belongs to what stands before, not to its name.
    if let Some(at) = lead.name.rfind(['和', '及', '、'])
        && at > 0
        && lead.name[at + '和'.len_utf8()..].contains("投资")
        && is_facets(grammar, &lead.name[at + '和'.len_utf8()..])
        && !is_facets(grammar, lead.name)
        // 基金总规模和总投资均超…: two of a list, of which one thing is told.
        && !(lead.both || lead.each)
    {
        lead.name = &lead.name[at + '和'.len_utf8()..];
    }
    // 基本医疗保险实现市级统筹、|参保率95%: what the clause told before the mark is over.
    if let Some((head, last)) = lead.name.rsplit_once('、')
        && !(lead.each || lead.both)
        && grammar.realizing.find_iter(head).next().is_some()
        && (lexicon.is_name(last) || last.ends_with('率') && last.chars().count() >= 3)
        && lexicon.code(head).is_none()
    {
        lead.name = last;
    }
    if let Some(last) = last_clause(grammar, lexicon, lead) {
        (lead.name, lead.action) = (last, None);
    }
    // 保障|粮食种植面积36万亩: that it is kept up is no part of the statistic.
    if lead.effect.is_none()
        && lead.action.is_none()
        && let Some(kept) = ["保障", "保持", "稳住", "守住", "维持", "巩固", "稳定"]
            .iter()
            .find_map(|verb| lead.name.strip_prefix(verb))
        && kept.chars().count() >= 4
        && !lexicon.is_name(lead.name)
        && (grammar.measure_nouns.suffix_of(kept).is_some() || grammar.statistic_tails.suffix_of(kept).is_some())
        && grammar.statistic_tails.prefix_of(kept).is_none()
        && !kept.starts_with(['性', '房', '人'])
    {
        lead.name = kept;
    }
    // 甲厂、乙厂等|总投资34亿元: what the projects before it cost.
    if let Some(at) = lead.name.rfind('等').filter(|at| *at >= 6)
        && grammar.outlays.contains(&lead.name[at + '等'.len_utf8()..])
    {
        lead.name = &lead.name[at + '等'.len_utf8()..];
    }
    // 诊疗量|达到本区总诊疗量的|40%, 待遇|提高到最低标准|2倍: what it came to a part or a multiple of.
    let reached = ["达到", "提高到", "提升到", "提高至", "提升至", "扩大到"];
    if let Some((verb, (name, whole))) = reached.iter().find_map(|verb| Some((*verb, lead.name.split_once(verb)?)))
        && name.chars().count() >= 4
        && whole.chars().count() >= 4
        && lead.effect.is_none()
        && lead.action.is_none()
        && !whole.contains(['的', '、'])
        && (grammar.measure_nouns.suffix_of(name).is_some()
            || grammar.statistic_tails.suffix_of(name).is_some()
            || grammar.measure_nouns.suffix_of(whole).is_some()
            || grammar.statistic_tails.suffix_of(whole).is_some())
    {
        (lead.name, lead.effect) = (name, Some(Effect::State));
        // 农田|达到耕地总面积的|64%: a share of it.
        lead.share_of = Some(whole).filter(|_| verb == "达到");
    }
    // 党代会提出|国内生产总值…翻两番: who set the aim is no part of it.
    if lead.effect.is_some()
        && let Some(aim) = ["提出", "明确", "要求"].iter().find_map(|verb| Some(lead.name.split_once(verb)?.1))
        && lexicon.code(aim).is_some()
    {
        lead.name = aim;
    }
    // 在全市五县二区中|排第3位: among whom is no name.
    if lead.name.starts_with('在')
        && lead.name.ends_with('中')
        && (grammar.contests.find_iter(lead.name).next().is_none()
            // 在全国333个地级市排名中|居第87位: they were ranked by what the clause before speaks of.
            || lead.name.ends_with("排名中") && among_so_many(lead.name))
    {
        lead.name = "";
    }
    // 年分别增长17%: over which time is no name; nor is 连续|第16年.
    let counted = lead.name.strip_prefix('第').and_then(|name| name.strip_suffix('年'));
    // 五|年内翻两番
    let number = || lead.name.chars().all(is_counting);
    if lead.name == "年"
        || !lead.name.is_empty() && number()
        || counted.is_some_and(|years| years.chars().all(is_counting))
    {
        lead.name = "";
    }
    // 财政收入51亿元（|含|留抵退税3亿元）
    if let Some(part) = lead.name.strip_prefix('含').filter(|part| {
        part.chars().count() >= 3 && !part.starts_with(['量', '油', '水', '氧', '硫', '金', '糖', '碳', '山', '税'])
    }) {
        lead.name = part;
    }
    // 基础设施建设|四年|累计投入: over how long is no name.
    if let Some(shorter) =
        ["三年", "四年", "五年", "六年", "七年"].iter().find_map(|years| lead.name.strip_suffix(years))
        && shorter.chars().count() >= 4
        && !shorter.ends_with(['第', '十', '二', '近', '过', '前', '后'])
    {
        lead.name = shorter;
    }
    // 其总量由全省第八位…: of the statistic before.
    if let Some(aspect) = lead.name.strip_prefix('其').filter(|aspect| is_facets(grammar, aspect)) {
        lead.name = aspect;
    }
    // 在全市建制县（市、区）|排第2位: so is among which places.
    if lead.name.starts_with('在')
        && lead.name.ends_with(['县', '区', '市', '省', '镇', '乡', '）'])
        && grammar.rank_scopes.prefix_of(&lead.name['在'.len_utf8()..]).is_some()
        && lead.name.chars().count() <= 12
        && !lead.name.contains('强')
    {
        lead.name = "";
    }
    // 突破|总量500亿元、人均10000元: a mark is passed by what was named before.
    if let Some(verb) = grammar.crossings.prefix_of(lead.name)
        && is_facets(grammar, &lead.name[verb.len()..])
    {
        lead.name = &lead.name[verb.len()..];
    }
    // 设立首个|150亿元的纾困资金: which of them it is tells no name; 十大类|43项: nor does into how many it is divided.
    if grammar.batches.contains(lead.name) || is_division(grammar, lead.name) {
        lead.name = "";
    }
    // 圆满|完成12所: a word of manner alone is no name.
    let bare = lead.name.trim_start_matches(['要', '将']).trim_end_matches('将');
    if !bare.is_empty() && bare.len() < lead.name.len() && grammar.manner.contains(bare) {
        lead.name = bare;
    }
    if grammar.manner.contains(lead.name)
        && !grammar.yardsticks.contains(lead.name)
        && !lexicon.is_name(lead.name)
        && !is_facets(grammar, lead.name)
    {
        lead.name = "";
        lead.effect = None;
    }
}

/// 点亮超算中心、|计算性能登顶, 建设电厂平台、|可调负荷提升至75万千瓦, 收入稳步增长、|劳动报酬同步提高: what a clause before the mark of
/// a list told is over, and the statistic behind it is the value's.
fn last_clause<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &Lead<'t>) -> Option<&'t str> {
    if lead.each || lead.both {
        return None;
    }
    let (head, last) = lead.name.rsplit_once('、')?;
    let statistic = |name: &str| {
        lexicon.is_name(name)
            || grammar.measure_nouns.suffix_of(name).is_some()
            || grammar.statistic_tails.suffix_of(name).is_some()
            || grammar.qualities.suffix_of(name).is_some()
            || ["负荷", "性能", "产能", "里程"].iter().any(|tail| name.ends_with(tail))
    };
    let long = last.chars().count() >= 4;
    // 新增投资、产值…: a list of statistics has its verb for all of them.
    if lead.action.is_some() {
        lead.effect?;
        let thing = head.chars().count() >= 4 && !statistic(head) && grammar.attributes.suffix_of(head).is_none();
        return (long && thing && statistic(last) && lexicon.code(head).is_none()).then_some(last);
    }
    let (moved, effect) = grammar.predicate_at_end(head)?;
    let told = cut_end(head, moved);
    let adverb =
        grammar.adverbs.suffix_of(told).filter(|adverb| adverb.chars().count() > 1 && adverb.len() < told.len());
    (moved.chars().count() > 1
        && matches!(effect, Effect::Up | Effect::Down)
        && adverb.is_some()
        && last.chars().count() >= 2)
        .then_some(last)
}

/// 十大类: into how many something is divided.
fn is_division(grammar: &Grammar, name: &str) -> bool {
    let part = name.trim_start_matches(is_counting);
    part.len() < name.len() && grammar.parts_of_whole.contains(part)
}

/// 开发区规上工业增加值: the figure of a part of the region or of a firm.
fn subject_of<'t>(grammar: &Grammar, name: &'t str) -> Option<&'t str> {
    let at = grammar.subject_tails.find_iter(name).next()?;
    let listed = name[at.end..].starts_with(['、', '和', '与', '及', '（', '(']);
    let whole = !name[..at.end].contains(['《', '“']);
    (at.end < name.len() && at.start < 24 && !listed && whole).then(|| &name[..at.end])
}
