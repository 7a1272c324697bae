//! The words before a value: `[opener…] [subject] [action] NAME [comparison] [adverb…] PREDICATE`.

use super::against::{basis_of, comparison_at_end, share_at_end, year_at_end};
use super::grammar::{Effect, Grammar};
use super::opener::{number_at_start, reckoning_at_end, reckoning_at_start, time_at_start};
use super::split::split_name;
use crate::extract::lexicon::Lexicon;
use crate::model::{Basis, Bound};

/// What the words before a value say.
#[derive(Debug, Clone, Default)]
pub struct Lead<'t> {
    /// What is measured; empty where the clause leaves it out.
    pub name: &'t str,
    pub action: Option<&'t str>,
    /// 完成 opens the clause: with works it is the action (完成|河道划界140公里), with a statistic it is none (完成出口2亿美元).
    pub completed: bool,
    pub subject: Option<&'t str>,
    /// The branch whose measure the name is (文化产业实现|增加值).
    pub branch: Option<&'t str>,
    pub effect: Option<Effect>,
    /// The name ends in 增速, 增幅 …: a percentage of it is growth.
    pub rate_noun: Option<&'t str>,
    /// 占X(的比重): the whole that the value is a share of.
    pub share_of: Option<&'t str>,
    /// The other side of a gap (全省, 目标, 传统产业) or of a comparison (上年).
    pub against: Option<&'t str>,
    pub basis: Option<Basis>,
    /// 分别: each name its own value.
    pub each: bool,
    /// The words before 分别, deeds and all, without opener and predicate.
    pub list: &'t str,
    /// 均: one value for every name.
    pub both: bool,
    /// 年均.
    pub yearly: bool,
    /// 由…, 从…: where a movement began.
    pub from: bool,
    /// A year right before the value (增长到2019年的9800元).
    pub year: Option<i16>,
    /// 至少, 约: a bound that stands away from the value.
    pub bound: Option<Bound>,
}

/// Read the words before a value. `text` is one clause up to the value, its delimiters stripped; `compares`: the value
/// is a movement of its own (比1995年翻了一番).
pub fn parse_lead<'t>(grammar: &Grammar, lexicon: &Lexicon, text: &'t str, compares: bool) -> Lead<'t> {
    let mut lead = Lead::default();
    // 是“十一五”的1.8倍: the whole of the words is what the value is measured against.
    let plain = text.trim().trim_start_matches(['均', '都', '已', '也', '约']).trim_start_matches("分别");
    // 是“十一五”|3倍: a plan in quotation marks needs no 的.
    let base = |rest: &'t str| {
        rest.strip_suffix('的')
            .or_else(|| Some(rest).filter(|rest| rest.starts_with('“') && rest.ends_with('”') && rest.contains('五')))
    };
    if let Some(base) = plain.strip_prefix(['是', '为']).and_then(base)
        && (1..=24).contains(&base.chars().count())
    {
        lead.effect = Some(Effect::State);
        lead.each = text.contains("分别");
        lead.both = text.contains(['均', '都']);
        lead.against = Some(base);
        return lead;
    }
    let text = strip_base(grammar, &mut lead, text.trim());
    let text = without_heads(grammar, text);
    let rest = strip_tail(grammar, lexicon, &mut lead, text, compares);
    let (rest, reached) = strip_reached(&mut lead, rest);
    let rest = strip_head(grammar, lexicon, &mut lead, rest);
    let rest = match behind_event(grammar, lexicon, &lead, rest) {
        Some(clause) => strip_head(grammar, lexicon, &mut lead, clause),
        None => rest,
    };
    let rest = strip_leading_move(grammar, lexicon, &lead, rest, reached);
    if lead.each {
        lead.list = rest;
    }
    // 甲类5个、乙类9个，|分别完成投资|…: said before the deed.
    lead.each |= text
        .strip_prefix("分别")
        .is_some_and(|rest| !rest.starts_with(['与', '和', '在', '对', '向', '为', '给', '由', '从']));
    split_name(grammar, lexicon, &mut lead, rest);
    // 新能源装机占比63%、|规模|翻一番: the size of a fund is no name, one that moves is.
    let moved = compares || matches!(lead.effect, Some(Effect::Up | Effect::Down));
    if lead.name.is_empty() && moved && lead.action.is_none() && grammar.size_facets.contains(rest) {
        lead.name = rest;
    }
    // PM2.5浓度改善10%: less of it is better.
    if lead.effect == Some(Effect::Up)
        && grammar.better.suffix_of(text).is_some()
        && grammar.the_less_the_better.suffix_of(lead.name).is_some()
    {
        lead.effect = Some(Effect::Down);
    }
    lead
}

/// 一般贸易额分别|是五年前的|2倍: what a multiple is of stands between the name and the value.
fn strip_base<'t>(grammar: &Grammar, lead: &mut Lead<'t>, text: &'t str) -> &'t str {
    let Some(bare) = text.strip_suffix('的') else { return text };
    let Some(verb) = grammar.multiple_verbs.find_iter(bare).last() else { return text };
    let (at, base) = (verb.start, &bare[verb.end..]);
    let back = bare[verb].chars().count() > 1;
    let compared = (2..=12).contains(&base.chars().count()) && grammar.compared_with.find_iter(base).next().is_some();
    // 恢复到2019年的103.2% may have no name of its own before it.
    if at < 6 && !back || !compared || base.contains(['，', '、']) {
        return text;
    }
    lead.effect = Some(Effect::State);
    lead.against = Some(base);
    lead.basis = Some(basis_of(base));
    &text[..at]
}

/// 执业医师数达|每千人|3.5名: of how many people a value is, between the predicate and the value.
fn without_heads<'t>(grammar: &Grammar, text: &'t str) -> &'t str {
    let Some(heads) = grammar.populations.suffix_of(text) else { return text };
    let rest = cut_end(text, heads).trim_end_matches(['十', '百', '千', '万', '亿', '名']);
    match rest.strip_suffix('每') {
        Some(shorter) if grammar.predicate_at_end(shorter).is_some() || shorter.ends_with(['至', '到', '由', '从']) => {
            shorter
        }
        _ => text,
    }
}

/// 提高换乘可达率|至90%: the preposition at the end says that the value is where a movement ended.
fn strip_reached<'t>(lead: &mut Lead<'t>, text: &'t str) -> (&'t str, bool) {
    match text.strip_suffix(['至', '到']) {
        Some(shorter) if lead.effect.is_none() && shorter.chars().count() >= 4 => {
            lead.effect = Some(Effect::State);
            (shorter, true)
        }
        _ => (text, false),
    }
}

/// 提高|换乘可达率|至90%, 将|办理时限|压缩到3天: a movement before its statistic is no part of the name.
fn strip_leading_move<'t>(
    grammar: &Grammar,
    lexicon: &Lexicon,
    lead: &Lead<'_>,
    text: &'t str,
    reached: bool,
) -> &'t str {
    if lead.effect != Some(Effect::State) {
        return text;
    }
    if let Some(rest) = text.strip_prefix(['将', '把'])
        && rest.chars().count() >= 3
        && !lexicon.is_name(text)
    {
        return rest;
    }
    let moved = grammar.leading_moves.prefix_of(text).map(|word| (word, &text[word.len()..]));
    match moved {
        Some((_, rest)) if lexicon.is_name(text) || rest.chars().count() < 3 => text,
        Some((_, rest))
            if reached || lexicon.code(rest).is_some() || grammar.statistic_tails.suffix_of(rest).is_some() =>
        {
            rest
        }
        _ => text,
    }
}

/// Does the whole of a share run on into the verb before the value (占全省的比重|达到)?
fn ends_in_predicate(grammar: &Grammar, whole: &str) -> bool {
    whole.ends_with(['至', '到', '从', '由'])
        || comparison_at_end(grammar, whole).is_some()
        || grammar.each.suffix_of(whole).is_some()
        || grammar.both.suffix_of(whole).is_some()
        || grammar.predicate_at_end(whole).is_some_and(|(word, _)| word.len() < whole.len())
        // 占总产值比重|由上年, 占总产值比重|争取, 占全省比重|首次
        || grammar.adverbs.suffix_of(whole).is_some_and(|word| {
            word.len() < whole.len()
                && (word.starts_with(['由', '从']) || grammar.hopes.contains(word) || matches!(word, "首次" | "历史性"))
        })
}

/// Take predicate, adverbs and comparison off the end.
fn strip_tail<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str, compares: bool) -> &'t str {
    let mut rest = text;
    loop {
        let before = rest;
        rest = rest.trim_end_matches([' ', ':', '：', '—', '、', ',', '，', '了', '“', '?', '？', '\u{FFFD}']);
        if is_facets(grammar, rest) {
            break;
        }
        if let Some((shorter, year)) = year_at_end(rest) {
            lead.year = Some(year);
            rest = shorter;
            continue;
        }
        if let Some(word) = grammar.each.suffix_of(rest) {
            lead.each = true;
            rest = cut_end(rest, word);
            continue;
        }
        if let Some(word) = grammar.bare_adverbs.suffix_of(rest).filter(|_| rest.chars().count() > 3)
            && !grammar.is_inside(word, cut_end(rest, word), "")
            // 比例|稳定在|80%
            && grammar.predicate_at_end(rest).is_none_or(|(longer, _)| longer.chars().count() == 1)
        {
            rest = cut_end(rest, word);
            continue;
        }
        // 工业经济总量|前三季度|跃升至全省第三位; but 完成今年|66个重点项目 has the verb before it.
        if let Some(word) = grammar.name_times.suffix_of(rest)
            && let shorter = cut_end(rest, word)
            && shorter.chars().count() >= 2
            && !shorter.ends_with(['比', '较', '同', '在', '到', '至', '是', '为', '从', '由', '的', '、'])
            && grammar.predicate_at_end(shorter).is_none()
            && grammar.actions.suffix_of(shorter).is_none()
            && grammar.openers.suffix_of(shorter).is_none()
        {
            rest = shorter;
            continue;
        }
        // 生产总值|按原统计口径|完成: how it was reckoned stands between the name and its predicate.
        if let Some(shorter) = reckoning_at_end(grammar, rest) {
            rest = shorter;
            continue;
        }
        // 全年平均 is one year's, 年平均 that of several.
        if let Some(word) = grammar.yearly.suffix_of(rest).filter(|_| !rest.ends_with("全年平均")) {
            lead.yearly = true;
            rest = cut_end(rest, word);
            continue;
        }
        if let Some(word) = grammar.both.suffix_of(rest).filter(|_| grammar.averages.suffix_of(rest).is_none()) {
            lead.both = true;
            rest = cut_end(rest, word);
            continue;
        }
        if let Some((shorter, whole)) = share_at_end(rest)
            && lead.share_of.is_none()
            && lead.against.is_none()
            && !ends_in_predicate(grammar, whole)
        {
            // 占年度计划的112% is how far it came, no part of a whole.
            if grammar.yardsticks.contains(whole) {
                lead.against = Some(whole);
                lead.basis = Some(Basis::VsTarget);
            } else {
                lead.share_of = Some(whole);
            }
            lead.effect = lead.effect.or(Some(Effect::State));
            rest = shorter;
            continue;
        }
        if (lead.effect.is_some() || compares)
            && lead.against.is_none()
            && let Some((shorter, against)) = comparison_at_end(grammar, rest).or_else(|| {
                // 增速比规上工业投资快9.2个百分点: a distance is from whatever is named.
                let gap = matches!(lead.effect, Some(Effect::GapUp | Effect::GapDown));
                let (head, other) = rest.rsplit_once('比').filter(|_| gap)?;
                ((2..=16).contains(&other.chars().count()) && !head.ends_with(['占', '对'])).then_some((head, other))
            })
        {
            lead.basis = Some(basis_of(against));
            lead.against = Some(against);
            rest = shorter;
            continue;
        }
        // 比上年|增收1.2亿元: behind a comparison even these are movements.
        if lead.effect.is_none()
            && let Some(word) = grammar.gains.suffix_of(rest)
            && (comparison_at_end(grammar, cut_end(rest, word)).is_some()
                || cut_end(rest, word).ends_with("同比")
                || cut_end(rest, word).ends_with("环比"))
        {
            lead.effect = Some(if word.starts_with(['减', '少']) { Effect::Down } else { Effect::Up });
            rest = cut_end(rest, word);
            continue;
        }
        // 新增, 签约: the end of an action is no predicate.
        let action = grammar.actions.suffix_of(rest).map_or(0, str::len);
        let predicate = grammar.predicate_at_end(rest).filter(|(word, _)| {
            let head = cut_end(rest, word);
            // 违规放牧行|为, 人口自然|增长率: the end of a word, or of a statistic that is itself a rate.
            // 水土|保持: so may a longer one.
            let part = grammar.is_inside(word, head, "")
                || word.ends_with('率')
                    && lexicon.code(rest).is_some_and(|s| s.level.is_empty())
                    && lexicon.code(head).is_none();
            word.len() >= action && !part
        });
        let adverb = grammar.adverbs.suffix_of(rest).filter(|word| !grammar.is_inside(word, cut_end(rest, word), ""));
        match (predicate, adverb) {
            (Some((word, effect)), adverb)
                if adverb.is_none_or(|a| a.len() <= word.len()) && takes(grammar, lead, rest, word, effect) =>
            {
                rest = cut_end(rest, word);
                continue;
            }
            (Some((word, _)), adverb) if adverb.is_none_or(|a| a.len() < word.len()) => break,
            (_, Some(adverb)) if adverb.len() >= action && (lead.effect.is_some() || adverb.chars().count() > 1) => {
                lead.bound = lead.bound.or(bound_of(adverb));
                lead.from |= adverb.starts_with(['由', '从']);
                rest = cut_end(rest, adverb);
                continue;
            }
            _ => {}
        }
        if let Some(shorter) = rest.strip_suffix(['由', '从']) {
            lead.from = true;
            rest = shorter;
            continue;
        }
        for yoy in ["同比", "环比"] {
            if let Some(shorter) = rest.strip_suffix(yoy) {
                lead.basis = Some(if yoy == "同比" { Basis::Yoy } else { Basis::VsPreviousPeriod });
                rest = shorter;
            }
        }
        if rest == before {
            break;
        }
    }
    rest
}

/// Does this word at the end belong to the predicate? A second one does only where it refines the first (增幅 + 达到).
fn takes(grammar: &Grammar, lead: &mut Lead<'_>, rest: &str, word: &str, effect: Effect) -> bool {
    let shorter = cut_end(rest, word);
    // A one-character word is a predicate only behind a name (时速|达), not as the end of a longer word (贯通里|程达).
    if word.chars().count() == 1 && lead.effect.is_none() && shorter.is_empty() && effect != Effect::State {
        return false;
    }
    match lead.effect {
        None => {
            lead.effect = Some(effect);
            lead.completed |= word.ends_with("完成");
            true
        }
        Some(Effect::State) => {
            // 增幅|达到, 涨幅|控制在: the noun of movement stays for `split_name`; 共|达到 goes.
            effect == Effect::State && grammar.rate_nouns.suffix_of(rest).is_none() && word.chars().count() <= 3
        }
        Some(_) => false,
    }
}

/// Take openers off the beginning.
fn strip_head<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &mut Lead<'t>, text: &'t str) -> &'t str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '、', ',', '，', ':', '：', '—', '·', '★', '-', '”', '）', ')']);
        // 下降13%|的情况下仍实现了|增长6%: the end of a frame is no name.
        if let Some(frame) = grammar.frames.prefix_of(rest) {
            rest = rest[frame.len()..].trim_start_matches(['，', ',', ' ']);
        }
        // 建成基地32个和|学校2所: the conjunction before the next member.
        if let Some(member) = grammar.behind_conjunction(rest).filter(|member| member.chars().count() >= 3) {
            rest = member;
        }
        // 共|接待游客: the sum is no part of the name.
        if let Some(summed) = rest.strip_prefix('共').filter(|summed| summed.chars().count() >= 2)
            && !grammar.is_inside("共", "", summed)
            && grammar.openers.prefix_of(rest).is_none()
            && grammar.action_at_start(rest).is_none()
            && !lexicon.is_name(rest)
        {
            rest = summed;
        }
        // 将|低保标准|从每月500元提高到600元
        if (lead.from || lead.effect.is_some() || rest.ends_with('的'))
            && let Some(object) = rest.strip_prefix('将')
            && object.chars().count() >= 3
            && !grammar.is_inside("将", "", object)
            && !lexicon.is_name(rest)
        {
            rest = object;
        }
        // 坚持把|财政支出的八成…: what is taken in hand is no part of the name.
        if let Some(object) = ["坚持把", "坚持将", "把"].iter().find_map(|word| rest.strip_prefix(word)) {
            rest = object;
        }
        // 在|资金投入和绿化面积|上: the frame is no part of what is measured.
        if let Some(framed) = rest.strip_prefix('在').and_then(|framed| {
            framed.strip_suffix("方面").or_else(|| framed.strip_suffix('上')).or_else(|| framed.strip_suffix("领域"))
        }) && framed.chars().count() >= 4
            && !grammar.is_inside("在", "", framed)
        {
            rest = framed;
        }
        // 用于|项目建设1542亿元; but 用于民生的财政支出 is one noun.
        if let Some(use_of) = rest.strip_prefix("用于").filter(|use_of| !use_of.contains('的')) {
            rest = use_of;
        }
        if rest.is_empty() {
            return rest;
        }
        if lexicon.is_name(rest) {
            // 完成造林绿化 may stand in the lexicon; what is measured is the works.
            let works = rest.strip_prefix("完成").filter(|works| lead.effect.is_none() && lexicon.is_name(works));
            lead.completed |= works.is_some();
            return works.unwrap_or(rest);
        }
        if let Some(shorter) = time_at_start(grammar, rest)
            .or_else(|| number_at_start(grammar, rest))
            .or_else(|| reckoning_at_start(grammar, rest))
        {
            rest = shorter;
            continue;
        }
        // 争取|中央资金6亿元 is a deed, 争取|生产总值增长8% a hope.
        if lead.effect.is_none()
            && let Some(seeking) = grammar.seeking.prefix_of(rest)
            && grammar.sought.suffix_of(&rest[seeking.len()..]).is_some()
            && lexicon.name_at_start(&rest[seeking.len()..]).is_none()
            // 争取|新开工项目10个
            && grammar.action_at_start(&rest[seeking.len()..]).is_none()
        {
            return rest;
        }
        if let Some(word) = grammar.openers.prefix_of(rest).filter(|word| {
            // 争取到|国家项目: the longer word is a deed.
            let behind = &rest[word.len()..];
            grammar.action_at_start(rest).is_none_or(|deed| deed.len() <= word.len())
                || grammar.action_at_start(behind).is_some()
        }) {
            // An opener may be the beginning of a name (实现率, 全国性): a name of the lexicon wins.
            let longer = rest[word.len()..].starts_with('性') || grammar.is_inside(word, "", &rest[word.len()..]);
            // 完成|营造林建设: what was completed is not called so.
            let done = *word == *"完成" && rest[word.len()..].starts_with(['造', '营', '人', '植', '荒', '国']);
            if longer || !done && lexicon.name_at_start(rest).is_some_and(|name| name.len() > word.len()) {
                return rest;
            }
            lead.bound = lead.bound.or(bound_of(word));
            lead.completed |= word.ends_with("完成");
            rest = &rest[word.len()..];
            continue;
        }
        if let Some(word) = grammar.manner.prefix_of(rest) {
            let after = rest[word.len()..].trim_start_matches(['了', '地']);
            let verbal = grammar.action_at_start(after).is_some()
                || grammar
                    .manner
                    .prefix_of(after)
                    .is_some_and(|w| grammar.action_at_start(&after[w.len()..]).is_some())
                || grammar.openers.prefix_of(after).is_some_and(|w| w.chars().count() > 1);
            let own = grammar.action_at_start(rest).map_or(0, str::len);
            // 新增|和恢复|灌溉面积, 新增|境内外上市企业: a word of manner that is a deed is one where no other follows at once, unless
            // it sets others to one (组织|全区部门|开展).
            let alone = own == word.len() && grammar.action_at_start(after).is_none() && !grammar.pivots.contains(word);
            if verbal && own <= word.len() && !alone {
                rest = after;
                continue;
            }
        }
        if grammar.relations.contains(rest) {
            lead.from |= rest == "由" || rest == "从";
            return "";
        }
        if let Some(shorter) = rest.strip_suffix(['由', '从']) {
            lead.from = true;
            rest = shorter;
            continue;
        }
        return rest;
    }
}

fn bound_of(word: &str) -> Option<Bound> {
    if word.contains("至少") || word.contains("不少于") || word.contains("最少") {
        Some(Bound::Ge)
    } else if word == "约" || word == "大约" {
        Some(Bound::Approx)
    } else {
        None
    }
}

/// Are all the members of this list aspects of the statistic before (总量及增速)?
pub fn is_facets(grammar: &Grammar, name: &str) -> bool {
    name.split(['、', '和', '及', '与']).all(|n| grammar.facets.contains(n))
}

/// 产业园竣工投产、|预计混凝土产能: what happened before the list mark is a clause of its own.
fn behind_event<'t>(grammar: &Grammar, lexicon: &Lexicon, lead: &Lead<'_>, text: &'t str) -> Option<&'t str> {
    let (head, last) = text.rsplit_once('、').filter(|_| !(lead.each || lead.both))?;
    let event = grammar.event_actions.suffix_of(head).filter(|event| event.chars().count() > 1)?;
    let who = cut_end(head, event);
    let statistic = lexicon.is_name(head) || grammar.measure_nouns.suffix_of(head).is_some();
    let told = !statistic && who.chars().count() >= 4 && !who.contains('、') && grammar.action_at_start(who).is_none();
    (told && last.chars().count() >= 3 && grammar.event_actions.prefix_of(last).is_none()).then_some(last)
}

/// `text` without the word that it ends in.
pub fn cut_end<'t>(text: &'t str, word: &str) -> &'t str {
    &text[..text.len() - word.len()]
}
