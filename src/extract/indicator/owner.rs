//! Whose a bare measure is: 推进124个重点项目，完成|投资|40亿元 is 重点项目投资, 民营经济快速发展，完成|增加值 is 民营经济增加值.

use super::branch::{branch_of, known_before, told_of, worked_on};
use super::compose::{Carried, Scene};
use super::grammar::Grammar;
use super::lead::Lead;
use super::naming::Naming;
use super::preceding::object_before;
use super::tidy::tidy;
use crate::extract::lexicon::Lexicon;
use crate::extract::unit::Dimension;

/// The longest name that a measure is joined to, and the longest clause between the two, in characters.
const OWNER: usize = 18;
const BETWEEN: usize = 16;

/// Join a measure that says nothing alone to what the clause before speaks of, or to what the money was for. `from` is the
/// end of the last figure, `span` where the words of this one begin and where it ends.
pub fn join(
    scene: &Scene<'_>,
    naming: &mut Naming,
    lead: &Lead<'_>,
    carried: &Carried,
    from: usize,
    span: (usize, usize),
) {
    let grammar = &scene.context.rules.grammar;
    let (lead_start, end) = span;
    if naming.names.len() > 1 {
        // 装备制造业强势发展，销售收入、利税|分别增长…: all of them are its own.
        let lone = |name: &String| grammar.lone_measures.contains(name) || grammar.firm_measures.contains(name);
        let branch = |who: &String| grammar.branch_nouns.suffix_of(who).is_some();
        if naming.names.iter().all(lone) && naming.subject.is_none() && naming.rule != "carried" {
            let who = spoken_of(scene, from, lead_start, &naming.names[0])
                .filter(branch)
                .or_else(|| of_firms(scene, carried, from, lead_start, &naming.names[0]));
            if let Some(who) = who {
                naming.names.iter_mut().for_each(|name| name.insert_str(0, &who));
            }
        }
        return;
    }
    // 释放|产值15亿元: what was brought about is nobody's yet.
    if naming.action.as_deref().is_some_and(|deed| grammar.makers.contains(deed)) {
        return;
    }
    let [name] = naming.names.as_slice() else { return };
    // 猕猴桃综合产值增长8%、|出口|增长53%, “江城三文鱼”品牌发布、|出口|增长12倍: of the thing, not of the region.
    if grammar.trades.contains(name) && naming.subject.is_none() {
        if let Some(thing) = traded(scene, carried, from, lead_start, &scene.sentence[lead_start..end]) {
            naming.names = vec![format!("{thing}{name}")];
        }
        return;
    }
    // 投资120万元|实施生态工程: what it was laid out on stands behind it.
    let spent = name == "投资" && lead.name == "投资" && !lead.completed && naming.action.is_none()
        || naming.rule == "action_value" && grammar.spendings.contains(name);
    // 投入2495万元，|加强|农业基础设施建设: also behind a comma.
    let behind = &scene.sentence[end..];
    let behind = behind.strip_prefix('，').unwrap_or(behind);
    if spent && let Some(purpose) = purpose_behind(grammar, behind) {
        let spent = if name.ends_with("投资") { "投资" } else { "投入" };
        naming.names = vec![format!("{purpose}{spent}")];
        return;
    }
    // 固定资产投资增长23%，累计完成|投资1008亿元: the amount of what grew.
    if name == "投资"
        && naming.rule != "carried"
        && let Some(whole) = carried.names.last().filter(|whole| whole.ends_with("投资") && whole.as_str() != name)
        && carried.dimension == Some(Dimension::Percent)
        && scene.context.lexicon.code(whole).is_some()
    {
        naming.names = vec![whole.clone()];
        (naming.action, naming.carried) = (None, true);
        return;
    }
    if let Some(whole) = sister(scene, naming, lead, carried, (from, lead_start)) {
        naming.names = vec![whole];
        return;
    }
    // 规上工业增加值增长8%、|企业利润总额|增长16%: the firms of the branch.
    if let Some(measure) = name.strip_prefix("企业")
        && grammar.firm_measures.contains(measure)
        && let Some(who) = carried.names.last().and_then(|before| branch_of(grammar, before))
        && who.ends_with("工业")
    {
        naming.names = vec![format!("{who}{name}")];
        return;
    }
    let firms = grammar.firm_measures.contains(name) || is_contribution(name);
    // 房地产业保持平稳发展，完成|税收: the region has taxes, too; a branch only where its own clause stands right before.
    let taxes = grammar.branch_taxes.contains(name);
    let lone = grammar.lone_measures.contains(name) || grammar.lone_outlays.contains(name) || firms || taxes;
    let dealt = lead.each || lead.share_of.is_some() && lead.name.is_empty();
    // 沿江区域实施项目128个，完成投资558亿元: theirs, as the projects are.
    let other = naming.subject.is_some()
        && !(naming.subject == carried.subject && grammar.lone_outlays.contains(name) && carried.action.is_some());
    if !lone || dealt || other || naming.rule == "carried" {
        return;
    }
    if has_agent(grammar, &scene.sentence[lead_start..end], name) {
        return;
    }
    if firms || taxes {
        let who = spoken_of(scene, from, lead_start, name)
            .or_else(|| firms.then(|| of_firms(scene, carried, from, lead_start, name)).flatten());
        if let Some(who) = who {
            naming.names = vec![joined(&who, name)];
        }
        if !grammar.lone_measures.contains(&naming.names[0]) {
            return;
        }
    }
    let [name] = naming.names.as_slice() else { return };
    let Some(between) = scene.sentence.get(from.min(lead_start)..lead_start) else { return };
    // Behind ； only what its own clauses speak of.
    let ended = between.contains(['；', '。']);
    let between = between.trim_matches(['，', '、', ',', ' ', '（']);
    let works = |owner: &String| ["项目", "工程"].iter().any(|tail| owner.ends_with(tail));
    let before = carried
        .names
        .last()
        .filter(|_| !ended && between.chars().count() <= BETWEEN)
        .and_then(|before| {
            before_of(grammar, scene.context.lexicon, before, name, carried.dimension, between.is_empty())
        })
        // 疏浚河道88公里，加快管网建设，完成投资6亿元: over a clause of its own only works go on.
        .filter(|owner| between.is_empty() || works(owner) && !owner.starts_with('新'))
        // 其中|新开工|项目65个，完成投资75亿元: how far they are tells which ones.
        .or_else(|| {
            let thing = carried.names.last().filter(|thing| matches!(thing.as_str(), "项目" | "工程"))?;
            // 其中签约|项目18个，总投资150亿元: at least of those that are counted.
            let kind = carried
                .action
                .as_deref()
                .filter(|deed| grammar.kinds_of.contains(deed) || matches!(*deed, "开工" | "竣工"));
            let counted = carried.dimension == Some(Dimension::Count) && between.is_empty() && !ended;
            (counted && grammar.lone_outlays.contains(name)).then(|| format!("{}{thing}", kind.unwrap_or_default()))
        });
    let owner = before.or_else(|| {
        let clause = !between.is_empty() || carried.names.is_empty();
        clause.then(|| spoken_of(scene, from, lead_start, name)).flatten()
    });
    // 占地430亩，|建筑面积; 产业项目1000个，|产业规模: neither is of the other.
    let opening = name.char_indices().nth(2).map_or(name.as_str(), |(at, _)| &name[..at]);
    let apart = |owner: &String| owner.starts_with("占地") || opening == "产业" && owner.contains(opening);
    let fits = |owner: &String| {
        (2..=OWNER).contains(&owner.chars().count()) && !name.starts_with(owner.as_str()) && !apart(owner)
    };
    if let Some(owner) = owner.filter(fits) {
        // 出让|矿业权755宗、成交价6亿元: what they came to in money was not done.
        if naming.action.is_some() && naming.action == carried.action && !grammar.lone_outlays.contains(name) {
            naming.action = None;
        }
        naming.names = vec![joined(&owner, name)];
    }
}

/// 商品房销售面积428万平方米，|销售额|75亿元, 棚户区改造签约率99%、|拆除率|98%: a measure that begins as the one before does, or a rate
/// beside a rate, is of the same thing.
fn sister(
    scene: &Scene<'_>,
    naming: &Naming,
    lead: &Lead<'_>,
    carried: &Carried,
    (from, lead_start): (usize, usize),
) -> Option<String> {
    let name = naming.names.first()?;
    let before = carried.names.last()?;
    let long = name.chars().count();
    let beside = matches!(scene.sentence.get(from..lead_start)?.trim(), "，" | "、" | "," | "");
    let own = naming.carried || naming.rule == "carried" || lead.share_of.is_some() || lead.each || lead.both;
    if before.ends_with(name.as_str()) || before.chars().count() > OWNER {
        return None;
    }
    if !beside || own || !(3..=4).contains(&long) || naming.subject.is_some() || naming.action.is_some() {
        return None;
    }
    let lexicon = scene.context.lexicon;
    if lexicon.code(name).is_some() {
        return None;
    }
    let opening = &name[..name.char_indices().nth(2)?.0];
    let whole = |head: &str| (head.chars().count() >= 2).then(|| format!("{head}{name}"));
    if let Some(at) = before.rfind(opening).filter(|at| *at >= 6)
        && before[at + opening.len()..].chars().count() <= 2
        && name.ends_with(['额', '量', '率', '价', '数', '积'])
    {
        return whole(before[..at].trim_end_matches('总'));
    }
    let (rate, other) = (name.ends_with('率') && long == 3, before.ends_with('率'));
    let (at, _) = before.char_indices().rev().nth(2).filter(|_| rate && other)?;
    let deed = |word: &str| scene.context.rules.grammar.actions.contains(word);
    (deed(opening) && deed(&before[at..before.len() - '率'.len_utf8()])).then(|| whole(&before[..at])).flatten()
}

/// 技术合同|交易13宗，|交易额: what the owner ends and the measure begins with is not said twice.
fn joined(owner: &str, name: &str) -> String {
    let opening = name.char_indices().nth(2).map_or(name, |(at, _)| &name[..at]);
    format!("{}{name}", owner.strip_suffix(opening).unwrap_or(owner))
}

/// 对全市经济增长的贡献率: whose it is stands before.
fn is_contribution(name: &str) -> bool {
    name.starts_with('对') && ["贡献率", "贡献度", "贡献份额"].iter().any(|tail| name.ends_with(tail))
}

/// 规模以上|工业|增加值增长9%；实现|利润13亿元: what only firms have is of the branch whose statistic was told last.
fn of_firms(scene: &Scene<'_>, carried: &Carried, from: usize, lead_start: usize, name: &str) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let before = carried.names.last()?;
    let counted = matches!(carried.dimension, Some(Dimension::Count | Dimension::Household));
    let firms = || grammar.branch_nouns.suffix_of(before).filter(|_| counted).map(|_| before.as_str());
    let who = branch_of(grammar, before).or_else(firms)?;
    let between = scene.sentence.get(from.min(lead_start)..lead_start)?;
    let clause = between.trim_matches(['，', '、', ',', '；', ' ', '。']);
    // What stands between is of somebody else, unless it only tells how things went.
    let aside = clause.chars().count() > BETWEEN || grammar.own_region.find_iter(clause).next().is_some();
    let fits = (2..=OWNER).contains(&who.chars().count())
        && !grammar.no_owners.contains(who)
        // 技术研究中心|带动|企业: who brought it about is no branch.
        && grammar.pivots.find_iter(who).next().is_none()
        && !name.starts_with(who)
        && !before.ends_with(name);
    (fits && !aside).then(|| who.to_owned())
}

/// 省属国企|完成年度投资: does the clause say itself who brought the measure about?
fn has_agent(grammar: &Grammar, words: &str, name: &str) -> bool {
    let Some(mut who) = words.find(name).map(|at| words[..at].trim()) else { return false };
    while let Some(word) = ["完成", "实现", "年度", "了"]
        .iter()
        .find(|word| who.ends_with(**word))
        .copied()
        .or_else(|| grammar.adverbs.suffix_of(who))
        .or_else(|| grammar.openers.suffix_of(who))
    {
        who = &who[..who.len() - word.len()];
    }
    // 消费品以旧换新|带动|销售额: what brought it about stands before the verb.
    let brought = grammar.pivots.suffix_of(who).map_or("", |verb| &who[..who.len() - verb.len()]);
    let agent =
        brought.chars().count() >= 4 && !brought.contains(['，', '、']) && grammar.manner.prefix_of(brought).is_none();
    let verbal = !agent && grammar.actions.suffix_of(who).or_else(|| grammar.manner.suffix_of(who)).is_some();
    let time = who.ends_with(['年', '月', '底', '内', '度', '前', '中']) || who.ends_with("年来");
    who.chars().count() >= 3 && !verbal && !time
}

/// The thing whose trade is told behind a list mark: what the figure before it was of, or the brand that the words open with.
fn traded(scene: &Scene<'_>, carried: &Carried, from: usize, lead_start: usize, words: &str) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    if let Some(quoted) = words.trim_start().strip_prefix('“')
        && let Some((brand, rest)) = quoted.split_once('”')
        && rest.contains('、')
        && brand.chars().count() <= 10
    {
        return Some(format!("“{brand}”"));
    }
    let before = carried.names.last()?;
    let listed = scene.sentence.get(from..lead_start).is_some_and(|between| between.trim() == "、");
    let measure = grammar.measure_nouns.suffix_of(before)?;
    let thing = before[..before.len() - measure.len()].trim_end_matches("综合").trim_end_matches('总');
    let own = scene.context.lexicon.code(before).is_none()
        && !["贸", "外资", "口"].iter().any(|word| thing.contains(word))
        && !["经济", "工业", "企业"].iter().any(|word| thing.ends_with(word));
    (listed && own && thing.chars().count() >= 2).then(|| thing.to_owned())
}

/// What money was laid out on, in the words behind it: |实施|生态家园工程, |完成|10所|学校改扩建工程, |用于|道路改造12公里.
fn purpose_behind(grammar: &Grammar, behind: &str) -> Option<String> {
    let end = behind.find(['，', '；', '。', '、', '！', ',', ';', '（', '(']).unwrap_or(behind.len());
    let clause = behind[..end].trim();
    let listed = behind[end..].starts_with('、');
    if clause.starts_with("撬动") || clause.starts_with("带动") {
        return None;
    }
    let verb_of = |clause: &str| {
        ["用于", "加强", "支持", "完成了", "完成", "推进"]
            .into_iter()
            .find(|verb| clause.starts_with(verb))
            .map(str::len)
            .or_else(|| grammar.action_at_start(clause).filter(|verb| verb.chars().count() > 1).map(str::len))
    };
    // 重点|实施了|民生项目
    let manner = grammar
        .manner
        .prefix_of(clause)
        .filter(|word| word.chars().count() > 1)
        .map_or("", |word| &clause[word.len()..]);
    let (clause, verb) = match verb_of(clause) {
        Some(verb) => (clause, verb),
        None => (manner, verb_of(manner)?),
    };
    let object = clause[verb..].trim_start_matches('了');
    let digit = |c: char| c.is_ascii_digit();
    let object = match (object.find(digit), object.rfind(digit)) {
        // 小麦深松整地|12.2万亩
        (Some(first), _) if object[..first].chars().count() >= 3 && !object[..first].ends_with('等') => {
            object[..first].trim_end_matches(['近', '约', '超', '逾', '达', '共'])
        }
        // 宝民小学等10所|学校改扩建工程
        (Some(_), Some(last)) => {
            let noun = object[last + 1..].trim_start_matches(['余', '多', '万', '亿']);
            let counter = grammar.extent_counters.prefix_of(noun)?;
            &noun[counter.len()..]
        }
        _ => object,
    };
    // 四座|农村危桥改造
    let noun = object.trim_start_matches(|c: char| "一二两三四五六七八九十".contains(c));
    let object = match grammar.extent_counters.prefix_of(noun) {
        Some(counter) if noun.len() < object.len() => &noun[counter.len()..],
        _ => object,
    };
    let object = tidy(grammar, object);
    let plain = object.chars().all(|c| crate::text::is_han(c) || "“”".contains(c));
    let known = (3..=16).contains(&object.chars().count()) && plain && !listed;
    (known && grammar.events.suffix_of(object).is_none_or(|event| grammar.deeds.contains(event)))
        .then(|| object.to_owned())
}

/// What the figure before was of, as the owner of a measure: 重点项目|建设, 新能源|投资, VC/PE机构.
fn before_of(
    grammar: &Grammar,
    lexicon: &Lexicon,
    before: &str,
    name: &str,
    dimension: Option<Dimension>,
    adjacent: bool,
) -> Option<String> {
    let outlay = grammar.lone_outlays.contains(name);
    let mut thing = before;
    // 产业项目1000个，|产业规模|超过3万亿元: an industry's, not that of what was counted.
    if name.starts_with("产业") && !["产业", "业", "产业链", "集群"].iter().any(|kind| before.ends_with(kind))
    {
        return None;
    }
    for work in ["建设", "新建", "改造建设"] {
        thing = thing.strip_suffix(work).filter(|head| head.chars().count() >= 2).unwrap_or(thing);
    }
    // 新开工|项目: works may be called by how far they are.
    // 320个|共建|项目|完成投资: behind a number the verb is part of what they are called.
    let works = outlay
        && ["项目", "工程"].iter().any(|tail| thing.ends_with(tail))
        && (thing.starts_with('新') || adjacent && dimension == Some(Dimension::Count));
    if grammar.no_owners.contains(thing) || !works && grammar.action_at_start(thing).is_some() {
        return None;
    }
    if let Some(measure) = grammar.measure_nouns.suffix_of(thing) {
        let stem = &thing[..thing.len() - measure.len()];
        // 固定资产|投资, 地区生产|总值: the statistic is one word.
        // 果品产量3.08亿斤，产值2.4亿元: what was grown has a value, too.
        let grown = name == "产值" && ["产量", "总产量"].contains(&measure);
        let own = (grown || lexicon.code(before).is_none()) && !outlay && stem.chars().count() >= 2;
        return own.then(|| stem.trim_end_matches(['的', '年']).to_owned());
    }
    let statistic = [
        "率", "额", "值", "量", "数", "收入", "支出", "标准", "资金", "时间", "指数", "人", "人员", "群众", "面积",
        "规模", "占地",
    ];
    // What cost money is a work; people and rates have none.
    let nothing = statistic.iter().any(|tail| thing.ends_with(tail));
    // 造林10万亩，注册资本…: only what is counted has money of its own; anything may be long or wide.
    let extent = ["里程", "长", "长度", "面积"].iter().any(|tail| name.ends_with(tail));
    let counted = matches!(dimension, Some(Dimension::Count | Dimension::Household))
        || grammar.branch_nouns.suffix_of(thing).is_some();
    (!nothing && (outlay || extent || counted)).then(|| thing.to_owned())
}

/// What a clause without a figure speaks of: 民营经济|快速发展, 大力发展|第三产业, 康养项目|落地.
fn spoken_of(scene: &Scene<'_>, from: usize, lead_start: usize, name: &str) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let outlay = grammar.lone_outlays.contains(name);
    let head = scene.sentence.get(from..lead_start)?.trim_end_matches(['，', ',', '、', ' ']);
    let clause = head.rsplit(['，', ',', '；', '：', '。', '）']).next().unwrap_or(head).trim();
    if clause.is_empty() {
        return None;
    }
    if let Some(known) = known_before(scene, clause, name) {
        return Some(known);
    }
    if let Some((who, rest)) = grammar.advances.find_iter(clause).find_map(|verb| {
        let who = &clause[..verb.start];
        let rest = &clause[verb.end..];
        (who.chars().count() >= 2 && rest.chars().count() <= 4).then_some((who, rest))
    }) {
        let who = scene
            .context
            .rules
            .grammar
            .trailing_manner
            .suffix_of(who)
            .map_or(who, |word| &who[..who.len() - word.len()]);
        // 房地产业|保持|平稳发展
        let who = ["继续保持", "保持", "呈现", "实现"].iter().find_map(|verb| who.strip_suffix(verb)).unwrap_or(who);
        let who = tidy(grammar, who.trim_end_matches(['的', '步', '伐']));
        let who = who.strip_suffix("工作").unwrap_or(who);
        // 纺织服装业|整合升级|步伐加快: the branch alone.
        let who = match who.rfind('业') {
            Some(at) if at >= 6 && (1..=4).contains(&who[at + '业'.len_utf8()..].chars().count()) => {
                let deed = &who[at + '业'.len_utf8()..];
                let told = grammar.deeds.suffix_of(deed).is_some() || grammar.actions.suffix_of(deed).is_some();
                if told { &who[..at + '业'.len_utf8()] } else { who }
            }
            _ => who,
        };
        let branch = grammar.branch_nouns.suffix_of(who).is_some();
        let plain =
            !(who.contains(['、', '“', '在', '对', '，']) || rest.contains('、') || who.contains('和') && !branch)
                && grammar.action_at_start(who).is_none()
                && grammar.manner.prefix_of(who).is_none_or(|word| word.chars().count() == 1)
                && !grammar.no_owners.contains(who)
                && grammar.own_region.prefix_of(who).is_none();
        if plain {
            return Some(who.to_owned());
        }
    }
    // 骨干企业|带动作用日益突出, 电网改造|取得阶段性成果: whom or what the clause begins with.
    let told = if outlay { worked_on(grammar, clause) } else { told_of(grammar, clause) };
    if let Some(who) = told {
        return Some(who.to_owned());
    }
    let object = object_before(scene, lead_start, from)?;
    // 促进|第三产业|多作贡献
    if let Some(known) = known_before(scene, &object, name) {
        return Some(known);
    }
    // 继续增加|新农村建设|资金投入
    let purpose = ["资金投入", "投入", "投资"].iter().find_map(|tail| object.strip_suffix(tail)).filter(|_| outlay);
    if let Some(purpose) = purpose.filter(|purpose| purpose.chars().count() >= 3) {
        return Some(purpose.to_owned());
    }
    let object = ["发展", "实施", "落地"].iter().find_map(|work| object.strip_suffix(work)).unwrap_or(&object);
    let kind = grammar.branch_nouns.suffix_of(object).is_some()
        || object.ends_with(['业', '园', '区'])
        || outlay && ["项目", "工程"].iter().any(|tail| object.ends_with(tail));
    (kind && grammar.no_owners.suffix_of(object).is_none()).then(|| object.to_owned())
}
