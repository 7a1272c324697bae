//! The members of a list of names: 城乡居民收入 is two, 铁路、航空客运量 share their measure.

use super::compose::Scene;
use super::dealing::{members_for, rates_of_each, share_head};
use super::figure::Figure;
use super::grammar::Effect;
use super::lead::Lead;
use super::naming::Naming;
use super::neighbours::counterpart;
use crate::extract::unit::Dimension;
use crate::numeral::{self, is_counting};

/// Names that a phrase lists: 城乡居民人均可支配收入 is two, 高新技术企业、科技型中小企业 are two.
pub fn split_names(scene: &Scene<'_>, name: &str, values: usize, lead: &Lead<'_>) -> Vec<String> {
    let grammar = &scene.context.rules.grammar;
    let lexicon = scene.context.lexicon;
    // 工业投资、民间投资分别增长8%: one value behind 分别 is that of each.
    let wanted = if lead.both || (lead.each && values == 1) { None } else { Some(values) };
    // 城乡居民养老金、低保标准分别…: two members for two values, so that 城乡居民 is one of them.
    let joined = |pair: &str| pair.contains(['和', '、', '与', '及']);
    let listed = |pair: &str| {
        wanted.is_some_and(|n| n > 1 && name.replace(pair, "").matches('、').count() + 1 == n)
            // 城乡居民养老保险|和|医疗保险参保率分别…
            || !joined(pair) && wanted.is_some_and(|n| n > 1 && name.contains(pair) && members_of(name).len() == n)
    };
    for pair in grammar.split_pairs.iter().filter(|pair| !listed(&pair.phrase)) {
        if let Some(at) = name.find(&pair.phrase)
            && wanted.is_none_or(|n| n == 1 || n == pair.parts.len())
        {
            let (head, tail) = (&name[..at], &name[at + pair.phrase.len()..]);
            let parts: Vec<String> = pair.parts.iter().map(|p| format!("{head}{p}{tail}")).collect();
            // 城乡低保标准 is two as well, but only where two values say so.
            if values == pair.parts.len()
                || ((lead.both || joined(&pair.phrase)) && parts.iter().any(|p| lexicon.code(p).is_some()))
            {
                return parts;
            }
        }
    }
    let members = match wanted {
        Some(n) if n > 1 => members_for(name, n),
        Some(_) => None,
        None => Some(members_of(name)).filter(|members| (2..=4).contains(&members.len())),
    };
    let Some(members) = members else { return vec![name.to_owned()] };
    let mut names = complete(scene, &members);
    // 对欧盟、东盟进出口: with whom it was done is told of each.
    if name.starts_with('对')
        && ["出口", "进口", "进口额", "出口额", "贸易额", "投资"].iter().any(|tail| name.ends_with(tail))
    {
        names.iter_mut().filter(|name| !name.starts_with('对')).for_each(|name| name.insert(0, '对'));
    }
    names
}

/// The members of a list as printed: 和 and 与 join words too (和谐, 参与).
pub fn members_of(name: &str) -> Vec<&str> {
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
    members.iter().map(|m| m.trim_start_matches("以").trim()).filter(|m| !m.is_empty()).collect()
}

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
                if measured
                    && (k == 1 || lexicon.code(member).is_none())
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
        && !member.ends_with("能力")
        && !member.ends_with("投入")
        // 化学需氧|量 is what is let out, no measure.
        && (grammar.statistic_tails.suffix_of(member).is_none() || member.ends_with("需氧量"))
        && member.chars().count() <= 18
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

/// 城镇居民收入和农民收入|增长9%, 旅游人数、综合效益|居全省第一: one value of several statistics is that of each. `ranked`: so
/// it is where they share a tail (牛羊肉、牛奶产量居全国第1); but 货物和服务进出口增长6% is one sum. Not `each`: only where all of
/// them are rates.
pub fn known_statistics(scene: &Scene<'_>, lead: &Lead<'_>, ranked: bool, each: bool) -> Option<Vec<String>> {
    if !lead.name.contains(['、', '和', '与', '及']) || scene.context.lexicon.is_name(lead.name) {
        return None;
    }
    let names = split_names(scene, lead.name, 1, &Lead { both: true, ..lead.clone() });
    let coded = names.iter().filter(|name| scene.context.lexicon.code(name).is_some()).count();
    let whole = ranked || names.iter().all(|name| lead.name.contains(name.as_str()));
    // 毛入园率、毛入学率超过93%: a percentage of several rates.
    if names.len() > 1 && whole && names.iter().all(|name| name.ends_with('率')) {
        return Some(names);
    }
    if !each {
        return None;
    }
    // 化学需氧量和二氧化硫|排放量|下降3%, GDP能耗和水耗|下降4%: nothing that could be one sum.
    let apart =
        |name: &String| scene.context.rules.grammar.unsummed.suffix_of(name).is_some_and(|m| m.len() < name.len());
    if names.len() > 1 && names.iter().all(apart) {
        return Some(names);
    }
    (names.len() > 1 && whole && coded > 0 && names.iter().all(|name| is_statistic(scene, name))).then_some(names)
}

/// How many indicators a name sums up, where it does nothing else: 两项指标, 有3项指标.
fn summed(name: &str) -> Option<usize> {
    let count = name.trim_start_matches('有').strip_suffix("指标")?.strip_suffix('项')?;
    usize::try_from(numeral::small(count)?).ok()
}

/// ∶ between two numbers, a lone dash name nothing; nor does a place (其中3项|第一), nor one character what is ranked.
pub fn names_something(name: &str, ranked: bool) -> bool {
    let place = name.strip_prefix('第').is_some_and(|n| n.chars().all(is_counting));
    // 3项指标增速居全省第一: which ones is not told.
    let place = place || summed(name).is_some();
    name.chars().count() > usize::from(ranked) && name.contains(char::is_alphanumeric) && !place
}

/// Is it the name of a statistic, by the lexicon or by its end?
fn is_statistic(scene: &Scene<'_>, name: &str) -> bool {
    let grammar = &scene.context.rules.grammar;
    scene.context.lexicon.code(name).is_some()
        || grammar.measure_nouns.suffix_of(name).is_some_and(|measure| measure.len() < name.len())
        || grammar.statistic_tails.suffix_of(name).is_some_and(|tail| tail.len() < name.len())
        || grammar.bare_measures.suffix_of(name).is_some_and(|measure| measure.len() < name.len())
        || name.ends_with('数') && name.chars().count() > 3
}

/// Which names the k-th of `values` figures has. `more`: the list of values goes on with another verb,
/// `coordinated`: it goes on the list before.
pub fn deal<'n>(
    naming: &'n Naming,
    lead: &Lead<'_>,
    values: usize,
    k: usize,
    (more, coordinated): (bool, bool),
) -> Vec<&'n str> {
    let names = &naming.names;
    if values == 1 {
        // 存贷款余额分别达到2万亿元和1万亿元，增长1.5倍; 能耗和水耗下降4%，力争5%: a movement behind a list is of all of it.
        let moved = matches!(lead.effect, Some(Effect::Up | Effect::Down)) && lead.name.is_empty() && !coordinated;
        if names.len() > 1 && naming.carried && !lead.both && !lead.each && !moved {
            // One value after a list of names: the last one named.
            return names.last().map(String::as_str).into_iter().collect();
        }
        if names.len() > 1 && lead.each && more {
            // 分别提升11.9、下降16.5个百分点: the first value of a list whose members have verbs of their own.
            return names.first().map(String::as_str).into_iter().collect();
        }
        return names.iter().map(String::as_str).collect();
    }
    if names.len() == values {
        return vec![&names[k]];
    }
    vec![names.first().map_or("", String::as_str)]
}

/// The statistics that a sentence states one after the other, each with its own value: 收入15820元、支出9180元，均增长8%.
#[derive(Debug, Default)]
pub struct Chain {
    names: Vec<String>,
    dimension: Option<Dimension>,
}

impl Chain {
    /// What one value behind 均, 双双, 同步 is said of: all that the list before it states. `near`: what stands between the
    /// clause and the one before.
    pub fn told_of_all(
        &mut self,
        mut naming: Naming,
        lead: &Lead<'_>,
        group: &[Figure],
        coordinated: bool,
        near: Option<&str>,
    ) -> Naming {
        /// More than a list of statistics has.
        const LIMIT: usize = 8;
        let dimension = match group.last() {
            Some(Figure::Value(quantity)) => Some(quantity.dimension),
            _ => None,
        };
        if naming.carried {
            // 均增长8%, 均居全市第一: one value, and a list of several.
            let one = group.len() == 1 && naming.names.len() == 1 && naming.keeps_carried;
            if lead.both && one && self.names.len() > 1 && self.names.contains(&naming.names[0]) {
                naming.names.clone_from(&self.names);
            }
            return naming;
        }
        // The members of one list, or clauses on the same kind of value; anything else begins anew.
        let goes_on = coordinated || near == Some("，") && dimension.is_some() && dimension == self.dimension;
        let listed = lead.effect.is_none() || lead.effect == Some(Effect::State);
        if !goes_on || !listed || self.names.len() >= LIMIT {
            self.names.clear();
        }
        if listed && naming.action.is_none() && naming.rule != "value_name" {
            self.names.extend(naming.names.iter().cloned());
            self.dimension = dimension;
        }
        naming
    }
}

/// A name that a clause of the sentence gave, with what was done and whose it is.
#[derive(Debug, Clone)]
pub struct Recent {
    pub name: String,
    pub action: Option<String>,
    pub subject: Option<String>,
}

impl Recent {
    /// 新登记主体3万户，新增企业1万家，分别增长…: each value is of its own deed.
    pub fn applied(&self, naming: &Naming) -> Naming {
        Naming {
            names: vec![self.name.clone()],
            action: naming.action.as_ref().and(self.action.clone()),
            subject: self.subject.clone(),
            ..*naming
        }
    }
}

/// 分别高于省定目标10.6、38.3个百分点: the values belong to the names of the last clauses, in their order.
pub fn of_recent(
    scene: &Scene<'_>,
    mut naming: Naming,
    lead: &Lead<'_>,
    values: usize,
    recent: &[Recent],
) -> (Naming, Vec<Recent>) {
    // 增速分别高于全国、全省2.9和1.4个百分点: one statistic, against each of several others.
    let others = lead.against.map_or(0, |against| against.matches(['、', '和']).count() + 1);
    if others > 1 && others == values {
        return (naming, Vec::new());
    }
    // 安全感排名第二，满意度排名第三，两项指标均居全市第一: those before it.
    if let [name] = naming.names.as_slice()
        && let Some(count) = summed(name).filter(|count| (2..=recent.len()).contains(count))
    {
        naming.names = recent[recent.len() - count..].iter().map(|before| before.name.clone()).collect();
        (naming.carried, naming.keeps_carried) = (false, true);
        if values == 1 {
            return (naming, Vec::new());
        }
    }
    // 汽车产量357万辆，新能源汽车产量168万辆，|产量|均居全国第2: of each of which it was told.
    if lead.both
        && values == 1
        && lead.name.chars().count() >= 2
        && let of_each = recent.iter().rev().take_while(|before| before.name.ends_with(lead.name)).count()
        && (2..=4).contains(&of_each)
    {
        naming.names = recent[recent.len() - of_each..].iter().map(|before| before.name.clone()).collect();
        (naming.carried, naming.keeps_carried, naming.rule) = (false, true, "facet");
        return (naming, Vec::new());
    }
    let Some(last) = recent.len().checked_sub(values).map(|from| &recent[from..]) else { return (naming, Vec::new()) };
    // 粮食面积6万亩，蔬菜面积9万亩，产量分别为5万吨和20万吨: the other side of each.
    if lead.each
        && values > 1
        && naming.rule == "facet"
        && let Some(names) = last.iter().map(|before| counterpart(&before.name, lead.name)).collect::<Option<Vec<_>>>()
    {
        naming.names = names;
        return (naming, Vec::new());
    }
    if values > 1
        && naming.names.len() != values
        && let Some(names) = rates_of_each(scene, lead, last)
    {
        naming.names = names;
        return (naming, Vec::new());
    }
    // 城镇…18860元，农民…6540元，增长10.6%和12.8%: two values behind two statistics need no 分别.
    let moves = matches!(lead.effect, Some(Effect::Up | Effect::Down));
    if (lead.each || (naming.keeps_carried && moves)) && naming.carried && values > 1 && naming.names.len() != values {
        naming.names = last.iter().map(|before| before.name.clone()).collect();
        return (naming, last.to_vec());
    }
    (naming, Vec::new())
}
