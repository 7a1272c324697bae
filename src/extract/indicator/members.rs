//! The members of a list of names: 城乡居民收入 is two, 铁路、航空客运量 share their measure.

use super::compose::Scene;
use super::dealing::{members_for, rates_of_each};
use super::figure::Figure;
use super::grammar::Effect;
use super::lead::Lead;
use super::naming::Naming;
use super::neighbours::counterpart;
use super::tails::complete;
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
        None => Some(behind_examples(name)).filter(|members| (2..=4).contains(&members.len())),
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

/// 食品、钢铁等七大产业增加值|和|利税: the examples of a class are no members of the list that it is in.
fn behind_examples(name: &str) -> Vec<&str> {
    let members = members_of(name);
    let Some(class) = members.iter().rposition(|member| member.contains('等') && !member.ends_with('等')) else {
        return members;
    };
    // 高等教育、中等教育 are no classes of examples.
    let word = members[class].find('等').is_some_and(|at| at <= '等'.len_utf8());
    if class == 0 || class + 1 == members.len() || word {
        return members;
    }
    let end = members[class].as_ptr() as usize - name.as_ptr() as usize + members[class].len();
    std::iter::once(&name[..end]).chain(members[class + 1..].iter().copied()).collect()
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
    // 安全感、满意度连续4年全省“双第一”: a rank of several measures.
    let measured = |name: &String| {
        name.chars().count() >= 3
            && (name.ends_with(['率', '度', '感', '量', '额', '值', '数']) || name.ends_with("规模"))
    };
    if ranked && names.len() > 1 && whole && names.iter().all(measured) {
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
        if names.len() > 1
            && naming.carried
            && !lead.both
            && !lead.each
            && !moved
            && names.iter().any(|name| *name != names[0])
        {
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
    if (lead.each || (naming.keeps_carried && (moves || lead.against.is_some())))
        && naming.carried
        && values > 1
        && naming.names.len() != values
    {
        naming.names = last.iter().map(|before| before.name.clone()).collect();
        return (naming, last.to_vec());
    }
    (naming, Vec::new())
}
