//! The head of a counted noun and where it ends: the works behind 的 (完成6个镇街|的整治任务), the example before a class that
//! says nothing (花卉种植|等项目), the thing before its statistic (园区|累计建成面积), and what stands before a value and is no
//! name of what is counted behind it.

use super::behind::event_behind;
use super::compose::Scene;
use super::deed::is_subject;
use super::figure::Figure;
use super::grammar::{Effect, Grammar};
use super::heavier::heavier;
use super::lead::Lead;
use super::naming::{Around, Naming, is_countish};
use super::noun::works_behind_conjunct;
use super::plain::behind_glued;
use super::reach::up_to_mark;
use super::trail::parse_trail;
use crate::extract::quantity::Quantity;
use crate::extract::unit::Dimension;

/// The longest works that a name takes up, in characters.
const WORKS: usize = 16;

/// Take words before a value that only say where, whose or of which lot it is for no name, where a noun follows the value:
/// 河湖沿线|240公里|碧道, 贡献了全国|38.7%|的贸易增量, 首期|50亿元|的引导基金, 联盟实现|357门|课程互选.
pub fn behind_value(
    scene: &Scene<'_>,
    lead: &mut Lead<'_>,
    group: &[Figure],
    (lead_text, trail_text): (&str, &str),
    runs_on: bool,
) {
    let [Figure::Value(quantity)] = group else { return };
    if lead.name.is_empty() || trail_text.is_empty() {
        return;
    }
    let grammar = &scene.context.rules.grammar;
    let lead_text = lead_text.trim_end();
    let of = trail_text.trim_start().starts_with('的') || scene.sentence[..quantity.outer.end].ends_with('的');
    let plain = lead.effect.is_none() && lead.share_of.is_none() && lead.rate_noun.is_none();
    let countish = is_countish(quantity);
    let percent = quantity.dimension == Dimension::Percent;
    let noun = || {
        parse_trail(grammar, trail_text, true, runs_on).map(|(noun, _)| noun).filter(|noun| noun.chars().count() >= 2)
    };
    let extent = matches!(quantity.dimension, Dimension::Length | Dimension::Area);
    // 甲路、乙路等|70公里|农村公路新改建
    if plain && extent && !of && lead_text.ends_with('等') && noun().is_some_and(|noun| is_thing(grammar, noun)) {
        lead.name = "";
        return;
    }
    // 加快宝龙园区|40万平方米|产业空间, 开展甲街道|94平方公里|环境评价: where it is, behind a verb.
    if plain && extent && !of && noun().is_some_and(|noun| is_thing(grammar, noun)) {
        where_it_is(grammar, lead);
    }
    // 市区和新区各增加|1条|公交线路
    if lead.effect == Some(Effect::Up)
        && countish
        && !of
        && lead.against.is_none()
        && is_place(grammar, lead.name)
        && noun().is_some_and(|noun| is_thing(grammar, noun))
        && let Some(verb) = ["增加", "新增", "增设"].into_iter().find(|verb| lead_text.ends_with(verb))
    {
        lead.subject = lead.subject.or(Some(lead.name).filter(|who| !who.contains(['和', '、', '与'])));
        (lead.name, lead.effect, lead.action, lead.each) = ("", None, Some(verb), false);
        return;
    }
    // 尧头窑旅游项目|1.95亿元|贷款: what kind of money it is.
    if plain
        && quantity.dimension == Dimension::Money
        && let Some(kind) =
            ["贷款", "资金", "债券"].into_iter().find(|kind| trail_text.trim_end_matches(['。', '；', ' ']) == *kind)
        && !lead.name.ends_with(kind)
        && lead.action.is_none()
        && grammar.actions.suffix_of(lead.name).is_none()
    {
        lead.subject = lead.subject.or(Some(lead.name).filter(|who| who.chars().count() <= 20));
        lead.name = "";
        return;
    }
    // 保护区内|703万平方米|土地, 河湖沿线|240公里|碧道建设
    // 城区内|178座|10蒸吨以下的锅炉
    let bounded = || countish && trail_text.starts_with(|c: char| c.is_ascii_digit());
    if (plain || lead.completed)
        && !percent
        && !of
        && grammar.locatives.suffix_of(lead.name).is_some()
        && (!countish && noun().is_some() || bounded())
    {
        lead.name = "";
        return;
    }
    // 承担了全国|62%|的入境航班, 贡献全市近|1/4|社会消费品零售总额
    if percent
        && plain
        && let Some(scope) = grammar.scopes.suffix_of(lead.name).or(lead.name.strip_suffix("全国").map(|_| "全国"))
    {
        let done = lead.name[..lead.name.len() - scope.len()].trim_end_matches('了');
        let verb = grammar.object_verbs.suffix_of(done).or_else(|| grammar.actions.suffix_of(done));
        let verb = verb.or_else(|| done.ends_with("贡献").then_some("贡献"));
        if let Some(verb) = verb.filter(|_| noun().is_some()) {
            lead.action = lead.action.or(Some(&done[done.len() - verb.len()..]));
            lead.name = "";
        }
        return;
    }
    // 二、三级医院|一半以上|的专家号源: the share is of what stands behind 的.
    if percent
        && plain
        && (of || quantity.outer.end > quantity.span.end)
        && grammar.subject_ends.suffix_of(lead.name).is_some()
        && noun().is_some_and(|noun| !is_whole(noun))
    {
        lead.subject = lead.subject.or(Some(lead.name).filter(|who| is_subject(grammar, who)));
        lead.name = "";
        return;
    }
    // 发挥首期|50亿元|的引导基金作用
    if plain
        && of
        && !countish
        && !percent
        && let Some(batch) =
            grammar.firsts.suffix_of(lead.name).or_else(|| lead.name.strip_suffix("首期").map(|_| "首期"))
        && lead.name.len() > batch.len()
        && noun().is_some()
    {
        lead.name = "";
        return;
    }
    if !countish || of || !(lead.effect.is_some() || lead.share_of.is_some()) {
        return;
    }
    // 抢占智能制造、低空经济等|25条|新赛道: a word of the list looked like a predicate.
    let listed = lead_text.ends_with('等') || lead.name.contains('、') && trail_text.starts_with("指标");
    // 联盟实现|357门|课程互选, 前海累计|75项|创新成果, 公司为|38家|企业: who did it is not what is counted.
    let verb = ["实现", "累计", "累计实现", "为"].iter().any(|verb| lead_text.ends_with(verb));
    let who = verb && lead.action.is_none() && is_doer(grammar, lead.name);
    if (listed || who) && noun().is_some() {
        if who {
            lead.subject = lead.subject.or(Some(lead.name));
        } else if !lead_text.starts_with(lead.action.unwrap_or_default()) {
            lead.action = None;
        }
        (lead.name, lead.effect, lead.share_of) = ("", None, None);
    }
}

/// Settle where the counted noun behind a value begins and ends. Returns how many bytes behind the value it takes up, and where
/// what is told of it begins.
pub fn settle(
    scene: &Scene<'_>,
    naming: &mut Naming,
    lead: &Lead<'_>,
    around: &Around<'_>,
    quantity: &Quantity,
    used: usize,
) -> (usize, usize) {
    let governed = naming.action.is_some() || lead.completed;
    let [name] = naming.names.as_mut_slice() else { return (used, used) };
    let grammar = &scene.context.rules.grammar;
    // 服务体为|30万|群众|提供服务, 为|100所|学校|建设供暖设施: for whom it was done.
    let lead_text = around.lead_text.trim();
    let for_whom = lead_text.ends_with(['为', '给', '向', '对'])
        || lead_text.starts_with(['为', '给', '对', '在']) && lead.name.is_empty() && lead.action.is_none();
    if for_whom
        && let Some(at) = done_for(grammar, name, around.runs_on)
        && let Some(from) = around.trail_text.find(name.as_str())
    {
        name.truncate(at);
        return (from + at, from + at);
    }
    told_around(grammar, name, lead_text);
    // 25个|示范县（市）|的特色产业: unless something is done to that, it is the places that are counted.
    if !governed
        && let Some((place, own)) = name.split_once('的')
        && place.ends_with(['县', '市', '区', '镇', '乡', '村', '）'])
        && ["产业", "经济", "面貌", "财力", "收入"].iter().any(|tail| own.ends_with(tail))
    {
        name.truncate(place.len());
    }
    // 其中80条|为|黑臭水体: what they are.
    if let Some(what) = name.strip_prefix('为').filter(|what| what.chars().count() >= 3 && is_countish(quantity))
        && !what.starts_with(['民', '老', '农', '企', '先', '期', '主'])
        && lead.action.is_none()
    {
        *name = what.to_owned();
    }
    // 3000户|1.2万人|实施扶贫搬迁
    if let Some(verb) = grammar.doing_verbs.prefix_of(name)
        && lead_text.is_empty()
        && name[verb.len()..].chars().count() >= 2
    {
        name.drain(..verb.len());
    }
    // 14条|主要道路|两侧违法建设150万平方米: the next value is of what is beside them.
    if around.runs_on
        && quantity.dimension == Dimension::Count
        && let Some(beside) = beside(grammar, name)
    {
        name.truncate(beside);
        return (0, used);
    }
    if let Some(named) = with_works(scene, lead, around, quantity, name, naming.action.as_deref()) {
        *name = named;
    } else if let Some(example) = example_of(grammar, name) {
        *name = example.to_owned();
    } else if lead.name.is_empty()
        && let Some(thing) = before_statistic(scene, name, quantity, governed)
    {
        *name = thing.to_owned();
        // The whole is the name of the next value.
        return (0, used);
    }
    (used, used)
}

/// 10名招商顾问|“一体联动”格局: a pattern in quotation marks is told of them; 企业反映的|134个|问题: a bare head keeps whose it is.
fn told_around(grammar: &Grammar, name: &mut String, lead_text: &str) {
    let pattern = || ["格局", "局面", "模式", "体系", "机制"].iter().any(|tail| name.ends_with(tail));
    if let Some(at) = name.find('“').filter(|at| *at >= 6 && name.contains('”') && pattern()) {
        name.truncate(at);
    }
    if let Some(clause) = lead_text.strip_suffix('的')
        && grammar.bare_heads.contains(name)
        && grammar.concerns.suffix_of(clause).is_some()
        && (4..=12).contains(&clause.chars().count())
        && grammar.action_at_start(clause).is_none()
        && grammar.inspecting.find_iter(clause).next().is_none()
        && !clause.contains(['，', '、', '；'])
    {
        name.insert_str(0, &format!("{clause}的"));
    }
}

/// 贫困地区实现|1万人|脱贫, 城镇|12万人|实现就业: the place before a number of people, and what they came to.
pub fn came_to<'a>(
    scene: &Scene<'a>,
    lead: &Lead<'a>,
    quantity: &Quantity,
    trail_text: &'a str,
) -> Option<(&'a str, &'a str)> {
    let grammar = &scene.context.rules.grammar;
    let people = matches!(quantity.dimension, Dimension::Person | Dimension::Household);
    let told = lead.effect.is_none_or(|effect| effect == Effect::State) && lead.action.is_none();
    let place = lead.name;
    if !people || !told || place.is_empty() {
        return None;
    }
    // 对居住在山区的|3000户|1.2万人|实施扶贫搬迁: the last of the numbers has what was done behind it.
    let whose = place.starts_with(['对', '为', '让', '使']);
    let behind = behind_glued(scene, quantity, trail_text);
    let known = is_place(grammar, place) || matches!(place, "城镇" | "农村" | "城乡" | "山区");
    if behind.is_empty() || !(known || whose && trail_text.is_empty()) {
        return None;
    }
    let event = event_behind(grammar, behind).and_then(|event| heavier(grammar, behind, event))?;
    let moved = ["脱贫", "就业", "搬迁", "安置", "脱困", "创业", "参保", "入住", "培训", "救助"];
    moved.iter().any(|word| event.ends_with(word)).then_some((if whose { "" } else { place }, event))
}

/// Where the words of place inside a name begin: 主要道路|两侧违法建设.
fn beside(grammar: &Grammar, name: &str) -> Option<usize> {
    let mut places = grammar.locatives.find_iter(name);
    places.find(|word| word.start >= 6 && word.end < name.len()).map(|word| word.start)
}

/// Nothing but what was done, or how (建设, 改造提升, 全线贯通)?
fn is_thing(grammar: &Grammar, noun: &str) -> bool {
    let deed = [&grammar.actions, &grammar.events, &grammar.works].iter().any(|words| words.contains(noun));
    let tail = grammar.works.suffix_of(noun).map_or(noun, |works| &noun[..noun.len() - works.len()]);
    !deed
        && tail.chars().count() >= 2
        && grammar.events.prefix_of(noun).is_none()
        && grammar.action_at_start(noun).is_none()
}

/// A part of the region by the end of its name.
fn is_place(grammar: &Grammar, name: &str) -> bool {
    grammar.subject_tails.suffix_of(name).is_some()
        || grammar.area_tails.suffix_of(name).is_some()
        || name.ends_with(['区', '县', '市', '镇', '乡', '旗'])
        || ["街道", "组团", "东部", "西部", "南部", "北部", "中部", "城区", "市区", "地区", "核心区", "新城"]
            .iter()
            .any(|tail| name.ends_with(tail))
}

/// Take the verb that no list of deeds knows off the place behind it, and the place off the name: 全面激活我区|东部, 做好|东山组团.
fn where_it_is<'t>(grammar: &Grammar, lead: &mut Lead<'t>) {
    let words = lead.name;
    let verb = grammar.leading_moves.prefix_of(words).or_else(|| grammar.office_verbs.prefix_of(words));
    let (verb, place) = match (verb, grammar.own_region.find_iter(words).next()) {
        (Some(verb), _) => (Some(verb), &words[verb.len()..]),
        (None, Some(own)) if own.start > 3 => (Some(&words[..own.start]), &words[own.end..]),
        _ => (None, words),
    };
    if !is_place(grammar, place) && !place.ends_with('段')
        || place.contains('的')
        || lead.action.is_none() && verb.is_none()
    {
        return;
    }
    let bare = |verb: &'t str| {
        grammar
            .manner
            .prefix_of(verb)
            .filter(|manner| manner.len() < verb.len())
            .map_or(verb, |manner| &verb[manner.len()..])
    };
    lead.action = lead.action.or(verb.map(bare));
    if is_subject(grammar, place) {
        lead.name = place;
    } else {
        lead.name = "";
    }
}

/// Where what was done begins, in the words behind a number of those for whom it was done: 群众|提供服务, 农村中小学|建设供暖设施.
fn done_for(grammar: &Grammar, name: &str, runs_on: bool) -> Option<usize> {
    let verbs = grammar.object_verbs.find_iter(name).chain(grammar.inner_actions.find_iter(name));
    let verbs = verbs.chain(grammar.doing_verbs.find_iter(name)).chain(grammar.works.find_iter(name));
    verbs
        .filter(|verb| {
            let (head, after) = (&name[..verb.start], &name[verb.end..]);
            head.chars().count() >= 2
                && after.chars().count() >= 2
                && !after.starts_with('的')
                && grammar.compound_heads.prefix_of(after).is_none()
                && !grammar.is_inside(&name[verb.clone()], head, after)
                && (grammar.agents.suffix_of(head).is_some()
                    || grammar.peoples.suffix_of(head).is_some()
                    || head.ends_with(['园', '船', '房', '区', '路']))
        })
        .map(|verb| verb.start)
        .min()
        // 企业|担保贷款|2.3亿元: what they got is the next value.
        .or_else(|| {
            const GIVEN: [&str; 10] = ["融资", "担保", "贷款", "放贷", "授信", "减免", "垫付", "追回", "争取", "落实"];
            let agent = grammar.agents.find_iter(name).chain(grammar.bare_heads.find_iter(name)).filter(|_| runs_on);
            agent.map(|who| who.end).filter(|end| GIVEN.iter().any(|verb| name[*end..].starts_with(verb))).last()
        })
}

/// A firm, a body or an area that does something, no set of things that have a number (试点目录扩大到19种).
fn is_doer(grammar: &Grammar, who: &str) -> bool {
    (is_subject(grammar, who) || ["联盟", "前海", "综合体", "服务体"].iter().any(|tail| who.ends_with(tail)))
        && grammar.measure_nouns.suffix_of(who).is_none()
}

/// 完成40%|的工程量, 控制在3.9%|的较低水平: what the percentage itself is called.
fn is_whole(noun: &str) -> bool {
    [
        "工程量",
        "面积",
        "水平",
        "目标",
        "任务",
        "速度",
        "比例",
        "比重",
        "份额",
        "形象进度",
        "工作量",
        "机制",
        "结构",
        "增速",
        "幅度",
    ]
    .iter()
    .any(|word| noun.starts_with(word) || noun.ends_with(word))
}

/// 完成6个|镇街|的整治任务, 解决40万|农村人口|的饮水问题, 完成209个|小区|正本清源改造: behind a verb that says only that something
/// was done, what was done is the head of the name. The verbs of works themselves (升级20家驿站的服务功能) have the thing.
fn with_works(
    scene: &Scene<'_>,
    lead: &Lead<'_>,
    around: &Around<'_>,
    quantity: &Quantity,
    name: &str,
    action: Option<&str>,
) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let done = if lead.completed { Some("完成") } else { lead.action.or(action) };
    let verb = done.filter(|verb| grammar.office_verbs.contains(verb))?;
    if !is_countish(quantity) && !matches!(quantity.dimension, Dimension::Area | Dimension::Length) {
        return None;
    }
    let at = around.trail_text.find(name)?;
    let from = quantity.outer.end + at + name.len();
    let behind = scene.sentence.get(from..)?;
    let of = behind.strip_prefix('的');
    let governed = around.lead_text.contains(verb) && scene.context.lexicon.code(name).is_none();
    if of.is_none() && !(governed && verb.ends_with("完成")) {
        return None;
    }
    let clause = of.unwrap_or(behind);
    let clause =
        &clause[..clause.find(['，', '。', '；', '：', '！', '（', '\n', ',', ';', ' ']).unwrap_or(clause.len())];
    let mut works = up_to_mark(clause);
    // 重点企业|和全部加油站|挥发性有机物深度治理
    if works.starts_with(['和', '与', '及']) {
        return works_behind_conjunct(works).map(|works| format!("{name}{works}"));
    }
    // 公厕|的新建、改造: deeds of a list.
    while let Some(next) = clause[works.len()..].strip_prefix('、') {
        let member = up_to_mark(next);
        let member = &member[..member.find(['和', '及']).unwrap_or(member.len())];
        if member.chars().count() > 6
            || ends_in_works(grammar, member).is_none()
            || ends_in_works(grammar, works).is_none()
        {
            break;
        }
        works = &clause[..works.len() + '、'.len_utf8() + member.len()];
    }
    // 102个村的整村推进|和12.7万人的脱贫任务: the next member has a number of its own.
    if let Some(digit) = works.find(|c: char| c.is_ascii_digit()) {
        works = works[..digit].trim_end_matches(['和', '及', '与', '、']);
        if works.len() == digit {
            return None;
        }
    }
    let long = works.chars().count();
    let verbal = of.is_none() && grammar.adverbs.find_iter(works).next().is_some() || works.contains('“');
    if !(2..=WORKS).contains(&long) || verbal {
        return None;
    }
    let works = ends_in_works(grammar, works)?;
    let joined = format!("{name}{works}");
    // 贫困人口|的脱贫: as the statistic is called.
    if of.is_none() || scene.context.lexicon.code(&joined).is_some() {
        return Some(joined);
    }
    Some(format!("{name}的{works}"))
}

/// Works without the word of the office behind them: 整治|任务, 治理|工作.
fn ends_in_works<'t>(grammar: &Grammar, works: &'t str) -> Option<&'t str> {
    let office = ["工作", "任务", "目标任务", "工程任务"].iter().find_map(|word| works.strip_suffix(word));
    let bare = office.map_or(works, |bare| bare.trim_end_matches('的'));
    if bare.chars().count() < 2 || ["艰巨", "繁重", "重大", "各项", "重点"].contains(&bare) {
        return office.is_none().then_some(works);
    }
    (office.is_some()
        || [&grammar.works, &grammar.deeds, &grammar.list_deeds, &grammar.done_nouns]
            .iter()
            .any(|words| words.suffix_of(bare).is_some()))
    .then_some(bare)
}

/// 花卉种植|等项目建设, 技能培训|等活动: a class that says nothing leaves the name to its example.
fn example_of<'n>(grammar: &Grammar, name: &'n str) -> Option<&'n str> {
    let at = name.rfind('等').filter(|at| *at >= 6)?;
    let class = &name[at + '等'.len_utf8()..];
    let example = &name[..at];
    if !grammar.bare_classes.contains(class) {
        return None;
    }
    // 育种场|开展性能测定|等工作, 酒庄|的旅游环线|等重点项目
    let told = grammar.doing_verbs.find_iter(example).map(|verb| verb.start).chain(example.find('的'));
    let end = told.filter(|at| *at >= 6).min().unwrap_or(example.len());
    Some(if example.contains('、') { name } else { &example[..end] })
}

/// 重点园区|累计建成面积, 村|集体经济收入, 设区市|地区生产总值: the thing that is counted, where a statistic of it follows that no
/// counter counts.
pub fn before_statistic<'n>(scene: &Scene<'_>, name: &'n str, quantity: &Quantity, governed: bool) -> Option<&'n str> {
    let grammar = &scene.context.rules.grammar;
    let counter = matches!(
        quantity.unit.as_deref(),
        Some("个" | "家" | "座" | "所" | "条" | "户" | "万户" | "万家" | "种" | "项" | "村")
    );
    if !counter && quantity.dimension != Dimension::Area {
        return None;
    }
    let measure = grammar.uncounted.suffix_of(name).or_else(|| {
        // 提升|50家|医院周边环境: a verb before the number has it for its object.
        let own = !governed && name.ends_with("环境");
        own.then_some("环境")
    })?;
    // 3个|集群|规模: the thing may be in the word for the measure.
    let measure = if measure.len() == name.len() { measure.strip_prefix("集群").unwrap_or(measure) } else { measure };
    let head = &name[..name.len() - measure.len()];
    // 固定资产投资|增速
    let head = grammar.uncounted.suffix_of(head).map_or(head, |more| &head[..head.len() - more.len()]);
    // 企业投资: the last of those who have it.
    let thing = [&grammar.counted_heads, &grammar.agents, &grammar.bare_heads]
        .iter()
        .filter_map(|words| words.find_iter(head).last())
        .filter(|thing| !grammar.is_inside(&head[thing.clone()], &head[..thing.start], &head[thing.end..]))
        .map(|thing| thing.end)
        .max();
    let thing = match thing {
        // 生态功能区县域|生态质量: what stands behind is of it.
        Some(end) if head[end..].chars().count() <= 10 => &head[..end],
        _ => head.trim_end_matches('的'),
    };
    (thing.chars().count() >= 2 || grammar.places.contains(thing)).then_some(thing)
}
