//! Names that the clause before gives: 低保标准，分别从554元、251元提高到…

use super::compose::Scene;
use super::lead::{Lead, parse_lead};
use super::members::split_names;
use super::naming::Naming;
use super::tidy::tidy;

/// 最低生活保障人均补差水平，分别从554元、251元提高到…: the clause before names it and has no figure of its own.
pub fn clause_before(scene: &Scene<'_>, lead_start: usize, from: usize, lead: &Lead<'_>) -> Option<Naming> {
    let head = scene.sentence.get(from..lead_start)?.trim_end_matches(['，', ',', '：', '；', ' ']);
    let whole = head.rsplit(['，', ',', '；', '：', '。']).next().unwrap_or(head);
    // 经济总量跨越300亿元、400亿元两个台阶，达到…: the last member of a list of marks is no clause.
    let member = whole.rsplit('、').next().unwrap_or(whole);
    let clause = if member.starts_with(|c: char| c.is_ascii_digit() || "一二两三四五六七八九".contains(c)) {
        whole
    } else {
        member
    };
    let grammar = &scene.context.rules.grammar;
    // 一般公共预算收入|剔除一次性因素，增长6%: how it was reckoned is no part of the name.
    let clause = match grammar.reckoning_starts.find_iter(clause).find(|r| r.start > 0) {
        Some(word) if grammar.reckoning_ends.suffix_of(clause).is_some() => &clause[..word.start],
        _ => clause,
    };
    let parsed = parse_lead(grammar, scene.context.lexicon, without_slogan(clause), false);
    // 生产总值历史性迈上千亿台阶，达到1012亿元: the clause opens with a statistic and says in words what it did.
    let opens = || {
        let known = scene.context.lexicon.name_at_start(parsed.name)?;
        let rest = &parsed.name[known.len()..];
        // 一般预算收入|在全国地级市排名中进入百强，达到63亿元; 市场主体|增量提质，总量突破9万户
        let told = grammar.tells(rest) || rest.starts_with('在') && rest.contains('中');
        let whole = lead.name.is_empty() || grammar.plain_facets.contains(lead.name);
        (whole && known.chars().count() >= 3 && told).then_some(known)
    };
    let known = if scene.context.lexicon.code(parsed.name).is_none() { opens() } else { None };
    if let Some(known) = known {
        return Some(Naming {
            names: vec![known.to_owned()],
            action: None,
            subject: None,
            rule: "clause_before",
            carried: true,
            keeps_carried: false,
        });
    }
    // 郊区五市经济|发展|迅速，总量占全市的一半: the aspect is of what develops.
    if matches!(lead.name, "总量" | "规模" | "总值" | "总规模")
        && let Some(who) = parsed.name.strip_suffix("发展").filter(|who| who.chars().count() >= 3)
    {
        return Some(Naming {
            names: vec![format!("{who}{}", lead.name)],
            action: None,
            subject: None,
            rule: "clause_before",
            carried: true,
            keeps_carried: false,
        });
    }
    let long = parsed.name.chars().count();
    let statistic = scene.context.lexicon.code(parsed.name).is_some() || lead.effect.is_some();
    (statistic && (2..=24).contains(&long) && parsed.action.is_none()).then(|| Naming {
        names: vec![parsed.name.to_owned()],
        action: None,
        subject: parsed.subject.map(str::to_owned),
        rule: "clause_before",
        carried: true,
        keeps_carried: false,
    })
}

/// 在全国百强县排名中，我县由99位升至87位; 连续两年入选“全国百强县”，列第8位: the list that the clause before names.
pub fn list_before(scene: &Scene<'_>, lead_start: usize, from: usize) -> Option<Naming> {
    let head = scene.sentence.get(from..lead_start)?.trim_end_matches(['，', ',', ' ']);
    let clause = head.rsplit(['，', ',', '；', '：', '。']).next().unwrap_or(head);
    let grammar = &scene.context.rules.grammar;
    let contest =
        clause.find('在').map(|at| &clause[at + '在'.len_utf8()..]).and_then(|field| field.strip_suffix('中'));
    let contest = contest.filter(|field| grammar.contests.suffix_of(field).is_some());
    let title = || {
        let verb = grammar.title_verbs.find_iter(clause).next();
        let verb = verb
            .or_else(|| grammar.rank_verbs.find_iter(clause).find(|verb| clause[verb.clone()].chars().count() > 1))?;
        let title = &clause[verb.end..];
        let title = ["行列", "之列", "名单", "榜单"].iter().find_map(|end| title.strip_suffix(end)).unwrap_or(title);
        let before = &clause[..verb.start];
        let quoted = title.starts_with('“') && title.ends_with('”');
        let bare = title.trim_matches(['“', '”']);
        let list = grammar.rank_lists.suffix_of(bare).is_some();
        (before.chars().count() <= 12 && (quoted || list)).then_some(bare)
    };
    let name = tidy(grammar, contest.or_else(title)?);
    (4..=24).contains(&name.chars().count()).then(|| Naming {
        names: vec![name.to_owned()],
        action: None,
        subject: None,
        rule: "clause_before",
        carried: true,
        keeps_carried: false,
    })
}

/// 加快|保障性住房|建设，开工…: what the deed of the clause before was done to, where that clause has no figure.
pub fn object_before(scene: &Scene<'_>, lead_start: usize, from: usize) -> Option<String> {
    let grammar = &scene.context.rules.grammar;
    let head = scene.sentence.get(from..lead_start)?.trim_end_matches(['，', ',', '；', ' ']);
    let clause = head.rsplit(['，', ',', '；', '：', '。']).next().unwrap_or(head);
    let parsed = parse_lead(grammar, scene.context.lexicon, clause, false);
    // 加快|租赁房|建设: a word that looks like a deed inside what is worked on.
    let led = grammar.light_verbs.prefix_of(clause).or_else(|| grammar.leading_moves.prefix_of(clause));
    let led = led.map(|verb| &clause[verb.len()..]).filter(|object| {
        let deed = grammar.action_at_start(object).map_or(0, str::len);
        object.strip_suffix("建设").is_some_and(|thing| thing.chars().count() >= 3 && thing.len() < deed + 6)
    });
    let object = match parsed.action {
        Some(_) if led.is_some() => led?,
        Some(_) => parsed.name,
        None => grammar
            .light_verbs
            .prefix_of(parsed.name)
            .or_else(|| grammar.leading_moves.prefix_of(parsed.name))
            .map(|verb| &parsed.name[verb.len()..])?,
    };
    let name = ["建设", "改造", "工作", "力度", "步伐", "进度", "供给", "筹建"]
        .iter()
        .find_map(|work| object.strip_suffix(work))
        .unwrap_or(object);
    // 轨道交通7、9、11号线 is one thing, 学校、医院 are two.
    let listed = name.split('、').skip(1).any(|member| !member.starts_with(|c: char| c.is_ascii_digit()));
    ((2..=16).contains(&name.chars().count()) && !listed && !name.contains(['“', '《'])).then(|| name.to_owned())
}

/// 事故起数、死亡人数|实现“双下降”: what a clause says of its statistics in a slogan.
fn without_slogan(clause: &str) -> &str {
    let slogan = clause.strip_suffix('”').and_then(|quoted| quoted.rfind('“'));
    let head = slogan.map(|at| clause[..at].trim_end_matches(['了', '首', '次', '再']));
    head.and_then(|head| head.strip_suffix("实现").or_else(|| head.strip_suffix("呈现"))).unwrap_or(clause)
}

/// The clause before, where it lists exactly `values` names and has no figure of its own.
pub fn names_before(
    scene: &Scene<'_>,
    lead_start: usize,
    from: usize,
    values: usize,
    lead: &Lead<'_>,
) -> Option<Naming> {
    let head = scene.sentence.get(from..lead_start)?.trim_end_matches(['，', ',', '：', '；', ' ']);
    let clause = head.rsplit(['，', ',', '；', '：', '。']).next().unwrap_or(head);
    let parsed = parse_lead(&scene.context.rules.grammar, scene.context.lexicon, without_slogan(clause), false);
    let names = split_names(scene, parsed.name, values, lead);
    (names.len() == values && parsed.action.is_none()).then_some(Naming {
        names,
        action: None,
        subject: None,
        rule: "clause_before",
        carried: true,
        keeps_carried: false,
    })
}
