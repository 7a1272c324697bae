//! The words behind a value: the noun that is counted (改造21个**老旧小区**, 85%以上**的财力**用于…).

use super::grammar::Grammar;
use super::noun;
use crate::numeral::is_counting;

/// How many bytes a number takes up that tells of which kind something is: 24小时|自助服务区, 400亿级|名镇, 35-64岁|妇女.
pub fn grade_at_start(text: &str) -> Option<usize> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '—' | '–' | '~' | '～' | '至' | '.');
    let rest = text.trim_start_matches(number);
    let scaled = rest.trim_start_matches(['十', '百', '千', '万', '亿', '元']);
    let rest = match scaled.strip_prefix('级') {
        Some(rest) => rest,
        None => match scaled.strip_prefix("兆瓦").or_else(|| scaled.strip_prefix('瓦')) {
            // 10万千瓦|光伏项目, 30万吨|级: 千 was taken for a scale.
            Some(rest) => rest,
            None => ["周岁", "岁", "小时", "年级", "千伏"].iter().find_map(|unit| rest.strip_prefix(unit))?,
        },
    };
    let bounds = ["及以上", "及以下", "以上", "以下", "以内"];
    let rest = bounds.iter().find_map(|bound| rest.strip_prefix(bound)).unwrap_or(rest);
    let rest = rest.strip_prefix('的').unwrap_or(rest);
    let more = rest.is_empty() || rest.starts_with(|c: char| crate::text::is_han(c) || c == '“');
    (rest.len() < text.len() && more).then(|| text.len() - rest.len())
}

/// Is it a grade and nothing else, of which the noun stands behind the next one: 1个|400亿级|、3个100亿级名镇?
pub fn is_grade(text: &str) -> bool {
    !text.contains('岁') && grade_at_start(text).is_some_and(|grade| grade == text.len())
}

/// The name at the beginning of the words behind a value, and how many bytes of them it takes up. `governed`: an action
/// before the value governs the noun (完成2个乡镇敬老院提质改造), so that a deed at its end belongs to the name; `runs_on`:
/// the next value follows right behind the words.
pub fn parse_trail<'t>(grammar: &Grammar, text: &'t str, governed: bool, runs_on: bool) -> Option<(&'t str, usize)> {
    let mut start = text.len() - text.trim_start().len();
    for word in ["（次）", "(次)", "的", "各类", "多"] {
        if text[start..].starts_with(word) {
            start += word.len();
        }
    }
    // 组建200亿元|规模|母基金
    if let Some(rest) = text[start..].strip_prefix("规模").map(|rest| rest.strip_prefix('的').unwrap_or(rest))
        && rest.chars().count() >= 2
        && rest.starts_with(crate::text::is_han)
        && !grammar.is_inside("规模", "", rest)
    {
        start = text.len() - rest.len();
    }
    let body = &text[start..];
    // 建设40万套的目标: the number is the aim itself, of what was named before.
    if start > text.len() - text.trim_start().len()
        && grammar
            .aims
            .prefix_of(body)
            .is_some_and(|aim| body[aim.len()..].chars().next().is_none_or(|c| !crate::text::is_han(c)))
    {
        return None;
    }
    let first = body.chars().next()?;
    // 10个|24小时自助服务区, 1个|400亿级产业名镇, 7万名|35-64岁妇女: a grade or an age before what is counted.
    if is_grade(body) {
        return Some((body, start + body.len()));
    }
    if let Some(grade) = grade_at_start(body)
        && let Some((name, used)) = parse_trail(grammar, &body[grade..], governed, runs_on)
    {
        // An age says whom, a grade is part of what it is.
        let end = grade + body[grade..].find(name).unwrap_or(0) + name.len();
        let name = if body[..grade].contains('岁') { name } else { &body[..end] };
        return Some((name, start + grade + used));
    }
    // 5G基站, 4S店: a model number opens a name.
    let model = first.is_ascii_digit() && body[1..].starts_with(|c: char| c.is_ascii_alphabetic());
    if !(model || crate::text::is_han(first) || first.is_ascii_alphabetic() || matches!(first, '“' | '‘' | '《')) {
        return None;
    }
    let body = body.trim_end_matches(['。', '！', '？', '!', '?']);
    // 4项|未能如期完成: that it was not done is no noun.
    if let Some(word) = grammar.negations.prefix_of(body)
        && !body[word.len()..].starts_with(['就', '成', '来', '婚'])
    {
        // 69个|没有污水处理设施的|建制镇: what it has not says which it is.
        let (clause, noun) = body.split_once('的')?;
        let told = (4..=16).contains(&clause.chars().count()) && !clause.contains(['，', '、', '；', '0']);
        let (name, used) = parse_trail(grammar, noun, governed, runs_on).filter(|_| told && !noun.is_empty())?;
        return Some((name, start + clause.len() + '的'.len_utf8() + used));
    }
    // 100所|海拔1500米以上|学校, 10家|产值超亿元的|企业: how large each of them is.
    if let Some(bound) = bound_of_each(grammar, body)
        && let Some((noun, used)) = parse_trail(grammar, &body[bound..], governed, runs_on)
    {
        let end = bound + body[bound..].find(noun).unwrap_or(0) + noun.len();
        return Some((&body[..end], start + bound + used));
    }
    // 11家|和创新载体195家: the next member of the list.
    // 超百例|首个清零城市: which of them it is opens another thing than what was counted.
    if grammar.firsts.prefix_of(body).is_some() {
        return None;
    }
    // 3个|过20亿元: a bound on each of them.
    let each = grammar.bounds_of_each.prefix_of(body).map_or(body, |bound| &body[bound.len()..]);
    if each.len() < body.len() && each.chars().next().is_none_or(|c| c.is_ascii_digit()) {
        // 7个|超1平方公里的|地块
        if let Some((bound, noun)) =
            body.split_once('的').filter(|(bound, noun)| bound.chars().count() <= 14 && !noun.is_empty())
        {
            let (name, used) = parse_trail(grammar, noun, governed, runs_on)?;
            return Some((name, start + bound.len() + '的'.len_utf8() + used));
        }
        return None;
    }
    // 1个|具有三级水平的|医学中心: a clause of its own before what is counted.
    if grammar.relative_verbs_of_kind.prefix_of(body).is_some()
        && let Some((clause, noun)) = body.split_once('的')
        && (4..=24).contains(&clause.chars().count())
        && !clause.contains(['，', '；'])
        && !noun.is_empty()
        && let Some((name, used)) = parse_trail(grammar, noun, governed, runs_on)
    {
        return Some((name, start + clause.len() + '的'.len_utf8() + used));
    }
    // 38宗|以区政府为被告的|案件
    if body.starts_with('以')
        && let Some((clause, noun)) = body.split_once('的')
        && clause.contains('为')
        && (4..=16).contains(&clause.chars().count())
        && let Some((name, used)) = parse_trail(grammar, noun, governed, runs_on)
    {
        let end = clause.len() + '的'.len_utf8() + noun.find(name).unwrap_or(0) + name.len();
        return Some((&body[..end], start + clause.len() + '的'.len_utf8() + used));
    }
    // 36项|全国领先: what they are among others is no noun.
    if let Some(scope) = grammar.rank_scopes.prefix_of(body)
        && ["领先", "首创", "领跑", "推广", "复制推广", "靠前", "前列"].contains(&&body[scope.len()..])
    {
        return None;
    }
    // 突破150亿元|关口: a mark that was passed.
    if grammar.marks.contains(body) {
        return None;
    }
    let closes = body.starts_with('等') && !body.starts_with("等外");
    if closes || grammar.predicate_at_start(body) || grammar.behind_conjunction(body).is_some() {
        return None;
    }
    // 地表水考核断面水质优良比例|达到100%: the predicate at the end is the next value's.
    let body = grammar
        .predicate_at_end(body)
        .filter(|(w, _)| runs_on && w.chars().count() > 1)
        .map_or(body, |(w, _)| &body[..body.len() - w.len()]);
    // 6家企业|设置12台一体机: so is a verb that takes an object.
    let body = match grammar.object_verbs.suffix_of(body) {
        Some(verb) if runs_on && body[..body.len() - verb.len()].chars().count() >= 2 => {
            &body[..body.len() - verb.len()]
        }
        _ => body,
    };
    let body = without_scene(grammar, body);
    let body = noun::ends_at(grammar, body, runs_on).map_or(body, |end| &body[..end]);
    let body = agent(grammar, body, governed, runs_on).unwrap_or(body);
    // 改造提升村污水处理站: what is inside a noun that begins like an action is no event.
    let opening = grammar.not_actions.prefix_of(body).map_or(0, str::len);
    let mut end = body.len();
    for event in grammar.events.find_iter(body) {
        let head = &body[..event.start];
        let word = &body[event.clone()];
        let after = &body[event.end..];
        let long = head.chars().count();
        if event.start < opening || inside_quotes(head) || grammar.is_inside(word, head, after) {
            continue;
        }
        // 集中供热工程, 基本农田: a word of manner is one only before a deed.
        if grammar.manner.contains(word)
            && !after.is_empty()
            && grammar.action_at_start(after).is_none()
            && grammar.events.prefix_of(after).is_none()
            // 公立医院|为老年人|设立…
            && grammar.beneficiaries.prefix_of(&body[event.start..]).is_none()
            // 旅游公路|提前三年|贯通
            && !(word == "提前" && after.starts_with(is_counting))
        {
            continue;
        }
        if long == 0 {
            // A noun may begin like an event (开放平台, 投资项目): then the action list's nouns know it, or how it ends
            // (3家|转型升级标杆企业).
            if (word.chars().count() > 1 && (heads(grammar, after) || ends_in_head(grammar, word, after)))
                || (governed && grammar.deeds.contains(word) && !after.is_empty())
            {
                continue;
            }
            // 150户|因大病致贫的|特困户: a clause of its own before what is counted.
            let (clause, noun) = body.split_once('的')?;
            if !(3..=16).contains(&clause.chars().count()) || clause.contains(['，', '、']) || noun.is_empty() {
                return None;
            }
            let (name, used) = parse_trail(grammar, noun, governed, runs_on)?;
            return Some((name, start + clause.len() + '的'.len_utf8() + used));
        }
        if word.chars().count() == 1 && long < 2 {
            continue;
        }
        // 8个|基础较好的|城中村: how good each of them is.
        if word == "较" && after.chars().nth(1) == Some('的') && after.chars().count() >= 4 {
            continue;
        }
        // 引进100名教师|开展教学帮扶: with an object of its own it is what they do.
        let verb = matches!(word, "开展" | "进行") && !after.is_empty();
        let does = verb
            || word == "实施"
                && after.chars().count() >= 4
                && grammar.agents.suffix_of(head).is_some()
                && !heads(grammar, after);
        if grammar.deeds.contains(word) && !does && (governed || heads(grammar, after)) {
            continue;
        }
        // 质效|提升|突出县获得…: up to the next event it is the counted thing that ends.
        if grammar.nominal_deeds.contains(word) {
            let next = grammar.events.find_iter(after).next().map_or(after.len(), |event| event.start);
            let tail = &after[..next];
            if tail.chars().count() >= 2
                && (grammar.compound_heads.suffix_of(tail).is_some() || grammar.places.suffix_of(tail).is_some())
            {
                continue;
            }
        }
        // 产业园区|启动|规划建设: a deed behind the event is no noun.
        if heads(grammar, after)
            && word.chars().count() > 1
            && !grammar.finite_events.contains(word)
            // 在17个旗县|开展|试点
            && !verb
            && !grammar.actions.contains(after)
        {
            continue;
        }
        end = event.start;
        break;
    }
    let verb = object_verb(grammar, body).filter(|verb| *verb < end);
    if let Some(verb) = verb.or_else(|| object_verb(grammar, &body[..end])) {
        end = verb;
    }
    // 150万|资金|资助企业: what the money was for is no part of it.
    if let Some(purse) =
        ["专项资金", "补助资金", "扶持资金", "资金", "经费", "贷款"].iter().find(|purse| body.starts_with(**purse))
        && grammar.action_at_start(&body[purse.len()..end.max(purse.len())]).is_some()
    {
        end = purse.len();
    }
    // 20项|举措|深化街道综合行政执法改革: what a policy is for is no part of what it is.
    if let Some(paper) = grammar.papers.prefix_of(&body[..end])
        && grammar.leading_moves.prefix_of(&body[paper.len()..end]).is_some()
    {
        end = paper.len();
    }
    // 6个文体中心|及区档案馆: what the region has one of is not counted with it.
    if let Some(sole) =
        grammar.sole_owners.find_iter(&body[..end]).find(|sole| body[..sole.start].ends_with(['和', '与', '及']))
    {
        end = sole.start;
    }
    // 指标|未|完成
    let no =
        ["尚未", "仍未", "还未", "没有", "未", "没"].iter().find(|no| end < body.len() && body[..end].ends_with(**no));
    let end = end - no.map_or(0, |no| no.len());
    let name = body[..end].trim_end_matches(['的', '和', '与', '及', '等', ' ', '以', '并', '也', '已']);
    let name = without_aspect(grammar, name.strip_suffix("以及").unwrap_or(name));
    let name = match grammar.trailing_manner.suffix_of(name) {
        Some(manner) if name[..name.len() - manner.len()].chars().count() >= 1 => &name[..name.len() - manner.len()],
        _ => name,
    };
    let name = without_quality(grammar, name);
    // 学科|新|进入ESI排名: anew before what happened.
    let name = match name.strip_suffix('新').filter(|_| end < body.len()) {
        Some(shorter) if shorter.chars().count() >= 2 && !grammar.is_inside("新", shorter, "") => shorter,
        _ => name,
    };
    let name = match grammar.trailing_deeds.suffix_of(name) {
        Some(deed) if governed && name[..name.len() - deed.len()].chars().count() >= 2 => {
            &name[..name.len() - deed.len()]
        }
        _ => name,
    };
    // 241户|已经入住: an adverb is nothing that is counted.
    // 36项|全国领先: nor is how they stand.
    let nothing = grammar.adverbs.contains(name)
        || grammar.trailing_manner.contains(name)
        || name.starts_with('全') && grammar.batches.contains(name);
    (!name.is_empty() && !nothing).then_some((name, start + end))
}

/// 企业|投入|4500万元, 重点县|建设|冬春果菜基地6.2万亩, 干部|挂钩帮扶|8253户: who did what is told of the next value ends before the
/// verb. `None` where the verb makes a noun with what follows (企业技术改造项目) or an action before the number governs it.
fn agent<'t>(grammar: &Grammar, body: &'t str, governed: bool, runs_on: bool) -> Option<&'t str> {
    if !runs_on || body.contains(['、', '“', '（']) {
        return None;
    }
    let head = grammar.agents.find_iter(body).find(|head| {
        let rest = &body[head.end..];
        let adverb = grammar.middle_adverbs.prefix_of(rest).map_or(0, str::len);
        let behind = &rest[adverb..];
        // 企业|年|销售收入 is a statistic of theirs.
        let Some(deed) = grammar.action_at_start(behind) else { return false };
        let object = behind[deed.len()..].trim_start_matches('了');
        let last = object.chars().count();
        // 村|建设|项目, 企业|技术改造|资金: works make a noun with what they are of; 园区|入驻|项目 tells what they did.
        let works = [&grammar.works, &grammar.nominal_deeds, &grammar.nominal_verbs]
            .iter()
            .any(|words| words.suffix_of(deed).is_some());
        let verbal = deed.chars().count() > 1
            && (last == 0 || last >= 2)
            && grammar.not_actions.prefix_of(behind).is_none()
            && (!works || grammar.compound_heads.prefix_of(object).is_none())
            && (adverb > 0 || grammar.statistic_tails.suffix_of(object).is_none())
            // 乡村|振兴|重点帮扶村
            && grammar.agents.suffix_of(object.trim_end_matches(['和', '及', '与', '等'])).is_none();
        // 支持|200家企业|改造|设备300台 is what they were helped to; 抓好|50个村|改造3000户 is what was taken in hand.
        verbal && body[..head.end].chars().count() >= 1 && !(governed && last == 0 && grammar.deeds.contains(deed))
    })?;
    Some(&body[..head.end])
}

/// Does a noun that begins like an event end like one (转型升级|标杆企业)?
fn ends_in_head(grammar: &Grammar, word: &str, after: &str) -> bool {
    let end = after.find(['，', '、', '；', '的']).unwrap_or(after.len());
    let next = grammar.events.find_iter(&after[..end]).next().map_or(end, |event| event.start);
    let tail = &after[..next];
    grammar.nominal_deeds.contains(word)
        && (3..=8).contains(&tail.chars().count())
        && (grammar.compound_heads.suffix_of(tail).is_some() || grammar.branch_nouns.suffix_of(tail).is_some())
}

/// The end of a bound on each of the things that are counted, told before their noun: |海拔1500米以上|, |年产值超亿元的|.
fn bound_of_each(grammar: &Grammar, body: &str) -> Option<usize> {
    let measure = grammar.thresholds.prefix_of(body)?;
    let rest = &body[measure.len()..];
    let word = grammar.bounds_of_each.prefix_of(rest);
    let number = &rest[word.map_or(0, str::len)..];
    let unit = number.trim_start_matches(|c: char| c.is_ascii_digit() || "十百千万亿.".contains(c));
    let behind = unit.strip_prefix(['元', '米', '亩']).or_else(|| unit.strip_prefix("平方米"))?;
    let closed = ["（含）以上", "以上", "以下"].iter().find_map(|bound| behind.strip_prefix(bound));
    let noun = closed.unwrap_or(behind);
    let noun = noun.strip_prefix('的').unwrap_or(noun);
    let bounded = unit.len() < number.len() && (closed.is_some() || word.is_some());
    (bounded && noun.chars().count() >= 2 && noun.starts_with(crate::text::is_han)).then(|| body.len() - noun.len())
}

/// A counted noun without the time and the place of what is told behind it: 村|3个月完成征迁, 医检结果|全省三甲医院互认.
fn without_scene<'t>(grammar: &Grammar, body: &'t str) -> &'t str {
    let mut end = body.len();
    // A number of months or years says when.
    for (at, _) in body.char_indices().skip(1).filter(|(_, c)| c.is_ascii_digit()) {
        let unit = body[at..].trim_start_matches(|c: char| c.is_ascii_digit());
        if grammar.time_units.prefix_of(unit).is_some() && !inside_quotes(&body[..at]) {
            end = at;
            break;
        }
    }
    // 全省, 全市 open a noun (全国重点实验室) or say where it happened.
    if let Some(scope) = grammar.scopes.find_iter(&body[..end]).find(|scope| {
        body[..scope.start].chars().count() >= 2
            && body[scope.end..end].chars().count() >= 2
            && !body[..scope.start]
                .ends_with(['级', '的', '、', '和', '“', '（', '面', '期', '家', '省', '市', '于', '比', '较'])
            && !grammar.is_inside(&body[scope.clone()], &body[..scope.start], &body[scope.end..])
            && !inside_quotes(&body[..scope.start])
    }) {
        end = scope.start;
    }
    // 附属空间|对社会开放, 强降雨|特别是…, 栈道建设|的基础上
    for words in [&grammar.publics, &grammar.frame_tails] {
        if let Some(found) = words
            .find_iter(&body[..end])
            .find(|found| body[..found.start].chars().count() >= 2 && !inside_quotes(&body[..found.start]))
        {
            end = found.start;
        }
    }
    let noun = &body[..end];
    // 负面清单|对全区…, 指标|连续8年: what leads to the scene goes with it.
    match grammar.scene_leads.suffix_of(noun).filter(|_| end < body.len()) {
        Some(lead) if noun[..noun.len() - lead.len()].chars().count() >= 2 => &noun[..noun.len() - lead.len()],
        _ => noun,
    }
}

/// The verb and the title in the words behind a counted thing: 获评|国家级专精特新“小巨人”.
pub fn title_behind<'t>(grammar: &Grammar, after: &'t str) -> Option<(&'t str, &'t str)> {
    let after = after.trim_start().trim_start_matches(['均', '已', '都']);
    let verb = grammar.title_verbs.prefix_of(after)?;
    // 25家企业|成为|市首批总部企业, but 3个集群|成为|经济支柱 is what they mean to it.
    let became = matches!(verb, "成为" | "缔结为" | "结为");
    let title = after[verb.len()..].trim_start_matches(['了', '为']);
    // 获批|建设|国家区域医疗中心: what they may do with it stands before the title.
    let deed = ["创建", "建设", "设立", "成立", "组建"]
        .iter()
        .find(|deed| title.starts_with(**deed))
        .map_or(0, |deed| deed.len());
    let (verb, title) = (&after[..verb.len() + deed], &title[deed..]);
    let title = title.trim_end_matches(['。', '；', '，', '、', ' ']);
    // 通过|国家学前教育普及普惠区|评估认定
    let title = grammar.recognitions.suffix_of(title).map_or(title, |word| &title[..title.len() - word.len()]);
    let long = title.chars().count();
    // What they got in money or praise is no title.
    let plain = title.chars().all(|c| crate::text::is_han(c) || c.is_ascii_alphabetic() || "“”（）·".contains(c));
    let praise = ["表彰", "表扬", "通报", "好评"].iter().any(|tail| title.ends_with(tail));
    let titled = !praise && !became || grammar.titled.suffix_of(title).is_some() || title.ends_with("城市");
    (plain
        && titled
        && (4..=24).contains(&long)
        && !title.contains("支持")
        && grammar.events.find_iter(title).next().is_none())
    .then_some((verb, title))
}

/// 驿站的服务功能: what stands behind 的 is an aspect of the thing that is counted; but 群众身边的环境问题 are problems.
fn without_aspect<'t>(grammar: &Grammar, name: &'t str) -> &'t str {
    match name.split_once('的') {
        Some((thing, aspect))
            if !thing.is_empty()
                && (grammar.aspect_nouns.suffix_of(aspect).is_some()
                    && grammar.concerns.suffix_of(thing).is_none()
                    || grammar.actions.contains(aspect)
                    || grammar.places.contains(thing)) =>
        {
            thing
        }
        _ => name,
    }
}

/// 普通高中|办学能力, 污水处理厂|排放水质: the thing that is counted, without what is told of it.
fn without_quality<'t>(grammar: &Grammar, name: &'t str) -> &'t str {
    if grammar.qualities.suffix_of(name).is_none() || name.contains(['“', '、', '的']) {
        return name;
    }
    let schools = ["高中", "初中", "中学", "小学", "幼儿园", "卫生院", "处理厂", "污水厂", "水厂", "泵站"];
    let school = schools.iter().filter_map(|school| name.find(school).map(|at| at + school.len())).max();
    let agent = grammar.agents.find_iter(name).map(|agent| agent.end).filter(|end| *end >= 6).last();
    let Some(end) = school.max(agent) else { return name };
    // 企业|总体竞争力和带动作用 names two of them; 企业银行贷款风险补偿资金池作用 is of the pool.
    let most = if name[end..].contains('和') { 12 } else { 6 };
    if (2..=most).contains(&name[end..].chars().count()) { &name[..end] } else { name }
}

/// The counted thing at the head of a statistic that the next value belongs to: 断面|优良率 in 12个断面优良率为100%.
/// `None` where nothing is left of it.
pub fn without_measure<'t>(grammar: &Grammar, name: &'t str) -> Option<&'t str> {
    let measure = grammar.measure_nouns.suffix_of(name)?;
    let mut head = &name[..name.len() - measure.len()];
    while let Some(more) = grammar.measure_nouns.suffix_of(head) {
        head = &head[..head.len() - more.len()];
    }
    let head = head.trim_end_matches('的');
    // 龙头企业|年|销售收入
    let bare = head.strip_suffix('年').filter(|bare| !bare.ends_with(['老', '青', '少', '童', '成', '中', '全', '学']));
    Some(bare.filter(|bare| bare.chars().count() >= 2).unwrap_or(head))
}

/// 医院|设置免陪护病房: where the predicate of the counted noun begins, told by the object behind it.
fn object_verb(grammar: &Grammar, body: &str) -> Option<usize> {
    // 企业|清偿了历史欠款: what was done to it, told by the particle.
    if let Some(particle) = body.find('了').filter(|at| !body[..*at].ends_with(['为', '除', '不'])) {
        let head = &body[..particle];
        let verb = grammar.actions.suffix_of(head).or_else(|| grammar.events.suffix_of(head)).map_or(0, str::len);
        if verb > 0 && head.len() > verb && head[..head.len() - verb].chars().count() >= 2 {
            return Some(head.len() - verb);
        }
    }
    let nominal = grammar.compound_heads.suffix_of(body).is_some() || body.contains('的');
    if nominal {
        // 居家老年人|提供专业上门服务: what was given may itself be a noun of this kind.
        let given = grammar.object_verbs.find_iter(body).find(|verb| {
            let (head, after) = (&body[..verb.start], &body[verb.end..]);
            let planned = || {
                &body[verb.clone()] == "编制"
                    && (grammar.bare_heads.suffix_of(head).is_some() || grammar.agents.suffix_of(head).is_some())
            };
            (matches!(&body[verb.clone()], "提供" | "构建" | "推出" | "开设") && head.chars().count() >= 3 || planned())
                && after.chars().count() >= 4
                && !head.ends_with(['、', '和', '与', '及', '的'])
        });
        return given.map(|verb| verb.start);
    }
    let verb = grammar.object_verbs.find_iter(body).find(|verb| {
        let (head, after) = (&body[..verb.start], &body[verb.end..]);
        head.chars().count() >= 2
            && after.chars().count() >= 2
            && !inside_quotes(head)
            && !heads(grammar, after)
            && !grammar.is_inside(&body[verb.clone()], head, after)
            && !head.ends_with(['、', '和', '与', '及'])
            && !grammar.is_nominal(after)
    })?;
    Some(verb.start)
}

fn inside_quotes(head: &str) -> bool {
    head.matches('“').count() > head.matches('”').count() || head.matches('《').count() > head.matches('》').count()
}

/// Does a noun that heads the phrase follow (…改扩建|项目, 就业|岗位)?
fn heads(grammar: &Grammar, after: &str) -> bool {
    grammar.compound_heads.prefix_of(after).is_some()
}
