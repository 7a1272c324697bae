//! What the members of a list share: the modifier of the first (万元GDP水耗、|电耗), the measure of the last (铁路、航空|客运量).

use super::compose::Scene;
use super::dealing::share_head;
use super::neighbours::counterpart;
use crate::extract::unit::Dimension;
use crate::numeral::is_counting;

/// Give each member of a list the head or tail that it shares with its neighbours: 万元GDP水耗和电耗, 城镇和农村居民收入.
pub fn complete(scene: &Scene<'_>, members: &[&str]) -> Vec<String> {
    let mut names = with_tails(scene, members);
    share_head(&scene.context.rules.grammar, members, &mut names);
    names
}

/// Each member of a list with the tail that it shares, or the modifier of the first.
fn with_tails(scene: &Scene<'_>, members: &[&str]) -> Vec<String> {
    let grammar = &scene.context.rules.grammar;
    let lexicon = scene.context.lexicon;
    let last = members[members.len() - 1];
    let first = members[0];
    members
        .iter()
        .enumerate()
        .map(|(k, member)| {
            if let Some(whole) = with_modifier(scene, first, member).filter(|_| k > 0) {
                return whole;
            }
            if k + 1 < members.len()
                && lexicon.code(member).is_none()
                && let Some(other) = grammar.attributes.prefix_of(last)
                && (grammar.attributes.contains(member))
            {
                // 省、市|重点龙头企业: what is left out is as short as the member.
                let long = member.chars().count();
                let short = last.char_indices().nth(long).map_or(last, |(at, _)| &last[..at]);
                let other = if grammar.attributes.contains(short) { short } else { other };
                return format!("{member}{}", &last[other.len()..]);
            }
            // 满洲里、二连浩特两大口岸过货量, A、B、C三大产业营收: how many they are is no part of what they share.
            if let Some(at) = summed_at(last) {
                let tail = last[at..].trim_start_matches(is_counting).trim_start_matches(['大', '个']);
                return if k + 1 < members.len() {
                    format!("{member}{tail}")
                } else {
                    format!("{}{tail}", &last[..at])
                };
            }
            // 有机产品、低碳产品|认证证书数: what stands behind the noun that both end in.
            if k + 1 < members.len()
                && let Some(tail) = parallel(scene, member, last)
            {
                return format!("{member}{tail}");
            }
            // 急难型、支出型|临时救助标准: so is what stands behind the kind.
            if k + 1 < members.len()
                && let Some(kind) = member.chars().next_back().filter(|c| matches!(c, '型' | '类' | '式'))
                && let Some(at) = last.find(kind).filter(|at| *at > 0)
                && at + kind.len_utf8() < last.len()
                && last[..at].chars().count().abs_diff(member.chars().count() - 1) <= 1
            {
                return format!("{member}{}", &last[at + kind.len_utf8()..]);
            }
            // 昭平县、富川县农村居民收入: what stands behind the last place is told of each.
            if k + 1 < members.len()
                && let Some(place) = member.chars().next_back().filter(|c| "县市区旗镇乡州园".contains(*c))
                && let far = if place == '园' { 9 } else { 5 }
                && let Some(at) = last.char_indices().skip(1).take(far).find(|(_, c)| *c == place).map(|(at, _)| at)
                && (2..=far + 1).contains(&member.chars().count())
                && at + place.len_utf8() < last.len()
                // 产业园、开发园区 are of two kinds.
                && (place != '园' || last[at + place.len_utf8()..].chars().count() >= 2)
            {
                return format!("{member}{}", last[at + place.len_utf8()..].trim_start_matches('”'));
            }
            // 肥东和长丰在全省位次: where they stand is told of each.
            if k + 1 < members.len()
                && ["位次", "排名", "名次", "排位"].iter().any(|place| last.ends_with(place))
                && let Some(at) = last.find('在').filter(|at| *at > 0)
                && !member.contains('在')
            {
                return format!("{member}{}", &last[at..]);
            }
            // 一、二、三产业: bare ordinals share all but the ordinal of the last.
            let ordinal = |text: &str| text.starts_with(['一', '二', '三']);
            if k + 1 < members.len() && member.starts_with('第') && member.chars().count() == 2 && ordinal(last) {
                return format!("{member}{}", &last['三'.len_utf8()..]);
            }
            // 第一、第二、第三产业
            if k + 1 < members.len()
                && let Some(whole) = last.strip_prefix('第').filter(|whole| ordinal(whole))
                && member.strip_prefix('第').is_some_and(|n| n.chars().count() == 1 && ordinal(n))
            {
                return format!("{member}{}", &whole['三'.len_utf8()..]);
            }
            // 规上工业、限上商贸、规上服务业|企业
            if k + 1 < members.len()
                && last.ends_with("企业")
                && member.ends_with(['业', '贸', '商'])
                && !member.ends_with("企业")
            {
                return format!("{member}企业");
            }
            if k > 0 && k + 1 == members.len() && first.starts_with('第') && ordinal(last) {
                return format!("第{last}");
            }
            if k + 1 < members.len() && ordinal(member) && member.chars().count() == 1 && ordinal(last) {
                // 第一、二、三产业
                let ordinal = if first.starts_with('第') { "第" } else { "" };
                return format!("{ordinal}{member}{}", &last['三'.len_utf8()..]);
            }
            if k > 0 && member.chars().count() <= 3 && first.chars().count() > member.chars().count() + 1 {
                // 万元GDP水耗|电耗: the same last character, the same length.
                let keep = first.chars().count() - member.chars().count();
                let head: String = first.chars().take(keep).collect();
                let tail: String = first.chars().skip(keep).collect();
                // 高速公路、铁路 are two things, no two measures.
                let measured = tail.ends_with(['耗', '量', '额', '值', '数', '费', '率', '价', '效', '产']);
                // 原油加工量、发电量: a statistic of its own needs no head.
                // 进出口总额和|出口额: nor one that is said inside the first.
                let said = || member.char_indices().nth(2).is_some_and(|(at, _)| first.contains(&member[..at]));
                if measured
                    && !said()
                    && lexicon.code(member).is_none_or(|s| !s.headline)
                    && tail.chars().next_back() == member.chars().next_back()
                {
                    return format!("{head}{member}");
                }
            }
            if k + 1 < members.len() && lexicon.code(member).is_none() {
                // 装备制造业、高新技术产业增加值: with the tail the member is a known statistic or parallel to the last.
                for (at, _) in last.char_indices().skip(1) {
                    let candidate = format!("{member}{}", &last[at..]);
                    // 工业、制造业、工业技改投资: not what another one says.
                    let said = members.contains(&candidate.as_str());
                    if !said && lexicon.code(&candidate).is_some() && lexicon.code(last).is_some() {
                        return candidate;
                    }
                }
            }
            // 公路、水路货运量和港口吞吐量: the first of them that has a measure shares it with those before it.
            if let Some(measured) = members.iter().position(|other| !lacks_measure(scene, other))
                && k < measured
                && measured + 1 < members.len()
                // 卫生户厕、处理设施覆盖率和治理率: a rate is of what is counted, too.
                && (lexicon.code(member).is_none() || members[measured].ends_with('率'))
                && let Some(tail) = shared_measure(scene, member, members[measured])
            {
                return format!("{member}{tail}");
            }
            // 工业投资、房地产投资占比: a share is no longer the statistic that the member names.
            // 货物进口、出口通关时间: nor is how long it takes.
            let share = ["占比", "比重", "时间", "时限", "成本", "费用"].iter().any(|tail| last.ends_with(tail))
                // 养老保险、医疗保险参保率: a rate is not how many there are.
                || last.ends_with('率') && lacks_measure(scene, member);
            // 原煤、原油、天然气产量: what the member is short for.
            let short = || {
                let measure = grammar.measure_nouns.suffix_of(last).filter(|measure| measure.len() < last.len())?;
                let whole = format!("{member}{measure}");
                let (own, full) = (lexicon.code(member)?, lexicon.code(&whole)?);
                (own.code == full.code).then_some(whole)
            };
            if k + 1 < members.len()
                && lacks_measure(scene, member)
                && let Some(whole) = short()
            {
                return whole;
            }
            // 新能源汽车、家电消费: a thing that is counted is not what is measured.
            // 服务贸易、数字贸易规模: nor is one that is built like the last.
            let thing =
                lexicon.code(member).is_none_or(|s| s.level.contains(&Dimension::Count)) || alike(scene, member, last);
            if k + 1 < members.len()
                && (share || thing)
                && (share || members[..members.len() - 1].iter().all(|other| lacks_measure(scene, other)))
                && let Some(tail) = shared_measure(scene, member, last)
            {
                return format!("{member}{tail}");
            }
            (*member).to_owned()
        })
        .collect()
}

/// 一般公共预算收入、|支出, 旅游人数和|收入, 亩均产值、|税收: what a bare member takes from the first.
pub fn with_modifier(scene: &Scene<'_>, first: &str, member: &str) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    if let Some(other) = counterpart(first, member) {
        return Some(other);
    }
    // 万元GDP能耗、水耗、建设用地
    if let Some(output) = grammar.per_outputs.prefix_of(first)
        && grammar.outlays_per_output.contains(member)
    {
        return Some(format!("{output}{member}"));
    }
    if let Some(area) = grammar.per_area.prefix_of(first) {
        return grammar.per_area.prefix_of(member).is_none().then(|| format!("{area}{member}"));
    }
    if !grammar.bare_measures.contains(member)
        || scene.context.lexicon.code(member).is_some_and(|s| !s.level.contains(&Dimension::Person))
    {
        return None;
    }
    // 规上工业企业|主营业务收入、利润: the longest of them is what the first one measures.
    let measure = [&grammar.bare_measures, &grammar.firm_measures]
        .iter()
        .filter_map(|words| words.suffix_of(first))
        .max_by_key(|word| word.len())
        .or_else(|| grammar.measure_nouns.suffix_of(first))
        .or_else(|| grammar.statistic_tails.suffix_of(first))
        .or_else(|| first.ends_with('数').then_some("数"))?;
    let modifier = first[..first.len() - measure.len()].trim_end_matches(['总', '的']);
    // 技术合同|登记数、|成交额: what was counted was done to the owner.
    let deed = grammar.actions.suffix_of(modifier).filter(|_| measure == "数").map_or(0, str::len);
    let modifier = &modifier[..modifier.len() - deed];
    // 配额成交量、成交额: what the member begins with is not said twice.
    let opening = member.char_indices().nth(2).map_or(member, |(at, _)| &member[..at]);
    let modifier = modifier.strip_suffix(opening).unwrap_or(modifier);
    // 主营业务收入、利润: what kind of income it is says nothing of the profit.
    let modifier = ["主营业务", "营业", "销售"].iter().find_map(|kind| modifier.strip_suffix(kind)).unwrap_or(modifier);
    (modifier.chars().count() >= 2).then(|| format!("{modifier}{member}"))
}

/// Where the last member of a list ends and their sum begins: 二连浩特|两大口岸.
fn summed_at(last: &str) -> Option<usize> {
    last.char_indices().skip(1).find_map(|(at, c)| {
        let behind = last[at..].trim_start_matches(is_counting);
        (is_counting(c) && behind.starts_with(['大', '个', '级']) && behind.chars().count() >= 4).then_some(at)
    })
}

/// Does a member of a list name a thing only, no statistic? Where one of them does, the list shares no measure
/// (能耗、建设用地、二氧化碳排放量).
fn lacks_measure(scene: &Scene<'_>, member: &str) -> bool {
    let grammar = &scene.context.rules.grammar;
    grammar.measure_nouns.suffix_of(member).is_none()
        && !member.ends_with(['率', '额', '值', '数'])
        && !["能力", "安全感", "获得感", "幸福感"].iter().any(|tail| member.ends_with(tail))
        && !member.ends_with("投入")
        // 化学需氧|量 is what is let out, no measure.
        && (grammar.statistic_tails.suffix_of(member).is_none() || member.ends_with("需氧量"))
        && member.chars().count() <= 18
}

/// 有机产品、|低碳产品|认证证书数: all that stands in the last member behind the noun that this one ends in, where it ends in a measure.
fn parallel<'t>(scene: &Scene<'_>, member: &str, last: &'t str) -> Option<&'t str> {
    let (at, _) = member.char_indices().rev().nth(1).filter(|(at, _)| *at > 0)?;
    let noun = &member[at..];
    let tail = last[last.find(noun).filter(|at| *at > 0)? + noun.len()..].trim_start_matches('”');
    let measure = shared_measure(scene, member, last)?;
    (lacks_measure(scene, member)
        && tail.len() > measure.len()
        && tail.ends_with(measure)
        && scene.context.rules.grammar.shared_tails.suffix_of(member).is_none())
    .then_some(tail)
}

/// 服务贸易、|数字贸易|规模, 二氧化硫、|二氧化氮|浓度: does a member end as the last one does without its measure, or begin as it does?
fn alike(scene: &Scene<'_>, member: &str, last: &str) -> bool {
    let Some((tail, _)) = member.char_indices().rev().nth(1) else { return false };
    let Some((head, _)) = member.char_indices().nth(3) else { return false };
    let long = member.chars().count();
    let own = scene.context.rules.grammar.shared_tails.suffix_of(member).is_some();
    long >= 3
        && !own
        && (last.find(&member[tail..]).is_some_and(|at| at > 0 && at + member[tail..].len() < last.len())
            || long == 4 && last.starts_with(&member[..head]))
        || long == 3 && member.ends_with('业') && last.find('业').is_some_and(|at| at >= 6)
}

/// 铁路、航空|客运量: the measure that a member of a list shares with the last one, with the word for a branch before it.
fn shared_measure<'t>(scene: &Scene<'_>, member: &str, last: &'t str) -> Option<&'t str> {
    let grammar = &scene.context.rules.grammar;
    // 人大代表建议、政协提案|办结率: any rate of a deed.
    let rate = || {
        let tail = last.char_indices().rev().nth(2).map(|(at, _)| &last[at..])?;
        (tail.ends_with('率') && tail.chars().all(crate::text::is_han)).then_some(tail)
    };
    let whole = grammar
        .measure_nouns
        .suffix_of(last)
        .or_else(rate)
        .or_else(|| grammar.shared_tails.suffix_of(last).filter(|tail| tail.len() < last.len()))?;
    // 航空货邮和旅客吞吐量: the last member is a measure as it stands; what it ends with is the shared one.
    let measure = match last.chars().next() {
        Some(first) if whole.len() == last.len() => grammar.measure_nouns.suffix_of(&last[first.len_utf8()..])?,
        _ => whole,
    };
    let mut start = last.len() - measure.len();
    // 每千人托位、养老|床位数: the place is the member's own.
    if measure.ends_with('数') && measure.chars().rev().nth(1) == member.chars().next_back() {
        start = last.len() - '数'.len_utf8();
    }
    // 家电、汽车|换新|数量, 刑事、治安|案件|立案数: the deed or the noun before the measure is shared where the rest is as short.
    if let Some((at, _)) = last.char_indices().nth(member.chars().count()).filter(|(at, _)| *at < start)
        && let more = &last[at..start]
        && grammar.shared_nouns.contains(more)
    {
        start = at;
    }
    // 高新产业、新兴产业|产值占比: the share is that of their output.
    while lacks_measure(scene, member)
        && matches!(measure, "占比" | "比重" | "比例" | "增速" | "增幅")
        && let Some(more) = grammar.measure_nouns.suffix_of(&last[..start]).filter(|more| more.len() < start)
    {
        start -= more.len();
    }
    if let Some(branch) = grammar.branch_nouns.suffix_of(&last[..start]).filter(|word| word.chars().count() > 1)
        && grammar.branch_nouns.suffix_of(member).is_none()
    {
        start -= branch.len();
    }
    // 城市公园、“口袋公园|”保有量: the mark closes the last one.
    start += last[start..].len() - last[start..].trim_start_matches('”').len();
    // 无还本续|贷、科技贷款: cut short, it says the measure itself.
    if let Some(first) = last[start..].chars().next()
        && member.ends_with(first)
        && start + first.len_utf8() < last.len()
        && grammar.shared_tails.contains(&last[start..])
    {
        return None;
    }
    // 生活补贴、护理补贴标准: what the member ends with is not said twice.
    while let Some((at, _)) = last[start..].char_indices().nth(2)
        && member.ends_with(&last[start..start + at])
    {
        start += at;
    }
    (start > 0 && start < last.len()).then(|| &last[start..])
}
