//! The verb that tells what was done, where the nearest one says little: 进行了|救助, 实现|划转; and the verb of the whole
//! clause, where a clause of its own stands before the number (加快推进|已下达资金的5个国债项目).

use super::grammar::Grammar;

/// The deed in the words behind a counted thing, of which `verb` is the first: 实现|划转, 完成|优化重组, 进行了|扩容增桩. `None`
/// where they tell a state (实现“秒批”).
pub fn heavier<'t>(grammar: &Grammar, behind: &'t str, verb: &'t str) -> Option<&'t str> {
    let reaching = grammar.reaching_verbs.contains(verb);
    if !reaching && verb != "得到" && !grammar.doing_verbs.contains(verb) {
        return Some(verb);
    }
    let Some(object) = behind.find(verb).map(|at| object_of(grammar, &behind[at + verb.len()..])) else {
        return Some(verb);
    };
    let long = object.chars().count();
    // Without an object the verb is all there is: 3项工作|全部完成.
    if long == 0 {
        return Some(verb).filter(|verb| !matches!(*verb, "进行" | "得到"));
    }
    // 实现|政企、社企分离: a list is no verb.
    let listed = behind.find(object).is_some_and(|at| behind[at + object.len()..].starts_with('、'));
    let plain = object.chars().all(crate::text::is_han) && !object.contains('的') && !listed;
    let deed_first = grammar
        .event_actions
        .prefix_of(object)
        .into_iter()
        .chain(grammar.action_at_start(object))
        .chain(grammar.deeds.prefix_of(object))
        .filter(|word| word.chars().count() > 1)
        .max_by_key(|word| word.len());
    let deed_last = || {
        [&grammar.actions, &grammar.deeds, &grammar.event_actions].iter().any(|words| words.suffix_of(object).is_some())
    };
    // 得到|有效化解: what was done to them.
    if verb == "得到" {
        return deed_first.filter(|deed| plain && *deed == object);
    }
    if reaching {
        let bare = plain && (long == 2 || long <= 6 && deed_first.is_some() && deed_last());
        if bare {
            return Some(object);
        }
        if verb == "实现" {
            // 实现|小区改造全覆盖 tells a state; 实现|脱贫摘帽 a deed.
            return deed_first.filter(|_| plain && long <= 8);
        }
        return Some(verb);
    }
    // 实施|“电代煤”, 开展|安全生产大检查活动: with a name of its own the verb stays.
    if plain && long <= 6 && (verb == "进行" || verb == "予以" || verb == "给予" || deed_last()) {
        return Some(object);
    }
    // 进行|居家适老化|改造: the deed at the end of a long one.
    if !listed && matches!(verb, "进行" | "予以" | "给予") && (7..=14).contains(&long) {
        let deed = grammar.actions.suffix_of(object).or_else(|| grammar.deeds.suffix_of(object));
        return deed.filter(|deed| deed.chars().count() > 1);
    }
    Some(verb).filter(|verb| *verb != "进行")
}

/// What a light verb takes, without particles and words of manner around it: 了有效|救助, |优化重组|工作.
fn object_of<'t>(grammar: &Grammar, rest: &'t str) -> &'t str {
    let end = rest.find(['，', '；', '。', '、', '！', ',', ';', '（', '(']).unwrap_or(rest.len());
    let mut object = rest[..end].trim().trim_start_matches('了');
    while let Some(manner) = grammar
        .manner
        .prefix_of(object)
        .or_else(|| grammar.trailing_manner.prefix_of(object))
        .filter(|word| word.chars().count() > 1 && word.len() < object.len())
    {
        // 规范|管理, 精准帮扶: a word that is itself the deed stays.
        let after = object[manner.len()..].trim_start_matches(['地', '的']);
        if grammar.event_actions.prefix_of(object).is_some_and(|deed| deed.len() > manner.len())
            || grammar.actions.contains(object)
            || after.chars().count() < 2
        {
            break;
        }
        object = after;
    }
    ["工作任务", "工作", "任务", "目标"]
        .iter()
        .find_map(|tail| object.strip_suffix(tail).filter(|head| head.chars().count() >= 2))
        .unwrap_or(object)
}

/// The verb that governs a number behind a clause of its own: 加快推进|已下达资金的, 实施|纳入国家规划的.
pub fn governing<'t>(grammar: &Grammar, lead_text: &'t str) -> Option<&'t str> {
    let clause = lead_text.trim().strip_suffix('的')?;
    let mut rest = clause;
    while let Some(word) = grammar.openers.prefix_of(rest).or_else(|| grammar.manner.prefix_of(rest)).filter(|word| {
        word.chars().count() > 1 && grammar.action_at_start(rest).is_none_or(|deed| deed.len() <= word.len())
    }) {
        rest = &rest[word.len()..];
    }
    let verb = grammar.action_at_start(rest).filter(|verb| verb.chars().count() > 1)?;
    let between = &rest[verb.len()..];
    // 纳入考核的 is the clause of the thing itself, as is 涉及群众的.
    let own =
        [&grammar.relative_verbs, &grammar.holdings, &grammar.inspecting].iter().any(|verbs| verbs.contains(verb));
    (!own && between.chars().count() >= 3).then_some(verb)
}

/// The verb at the head of a clause whose list or attribute ends before the number: 公布|“马上办”“就近办”等|六类, 加快|甲路、乙路等|9条,
/// 推进|首批|15个.
pub fn at_head<'t>(grammar: &Grammar, lead_text: &'t str) -> Option<&'t str> {
    let mut rest = lead_text.trim();
    let deed = |text: &'t str| {
        let deed = grammar.action_at_start(text).or_else(|| grammar.governing.prefix_of(text))?;
        (deed.chars().count() > 1 && !grammar.is_inside(deed, "", &text[deed.len()..])).then_some(deed)
    };
    // 加快|建设: an opener or a word of manner that may itself be the verb.
    while let Some(word) = grammar.openers.prefix_of(rest).or_else(|| grammar.manner.prefix_of(rest)).filter(|word| {
        let longer = deed(rest).is_some_and(|deed| deed.len() > word.len());
        !longer && (!grammar.governing.contains(word) || deed(&rest[word.len()..]).is_some())
    }) {
        rest = &rest[word.len()..];
    }
    let verb = deed(rest)?;
    let between = rest[verb.len()..].trim_start_matches('了');
    let listed = between.ends_with('等') || between.contains('、') || grammar.batches.contains(between);
    let apart = between.starts_with(['、', '和', '与', '及', '的', '在', '对', '向', '从'])
        || between.contains(['，', '；', '：']);
    (listed && !apart).then_some(verb)
}

/// The verb right before a number, behind whoever did it or how: 以坚定的决心|取缔|2个, 兄弟城市加快|建设|4个.
pub fn right_before<'t>(grammar: &Grammar, lead_text: &'t str, trail: &str) -> Option<&'t str> {
    let words = lead_text.trim().trim_end_matches('了');
    let verb = grammar.actions.suffix_of(words).filter(|verb| verb.chars().count() > 1);
    let verb = verb.or_else(|| grammar.braving.suffix_of(words))?;
    let head = &words[..words.len() - verb.len()];
    // 以村容改造|15个村|为示范: what is taken as a pattern is no deed.
    let pattern = words.starts_with('以') && trail.contains('为');
    let nominal = pattern
        || grammar.not_actions.suffix_of(words).is_some_and(|noun| noun.len() > verb.len())
        || grammar.is_inside(verb, head, "")
        || head.ends_with(['的', '、', '和', '与', '及', '等']);
    (!nominal).then_some(verb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verb_that_tells_most() {
        let grammar = Grammar::load(&crate::config::ConfigSource::Embedded).unwrap();
        let deed = |behind: &'static str, verb: &'static str| heavier(&grammar, behind, verb);
        assert_eq!(deed("实现划转", "实现"), Some("划转"));
        assert_eq!(deed("实现稳定脱贫", "实现"), Some("稳定脱贫"));
        assert_eq!(deed("实现政企、社企分离", "实现"), None);
        assert_eq!(deed("实现“秒批”", "实现"), None);
        assert_eq!(deed("实施了有效救助", "实施"), Some("救助"));
        assert_eq!(deed("进行了扩容增桩", "进行"), Some("扩容增桩"));
        assert_eq!(deed("进行居家适老化设施改造", "进行"), Some("改造"));
        assert_eq!(deed("完成迁建工作", "完成"), Some("迁建"));
        assert_eq!(deed("完成“亩产效益”综合评价", "完成"), Some("完成"));
        assert_eq!(deed("全部完成", "完成"), Some("完成"));
        assert_eq!(deed("开工建设", "开工建设"), Some("开工建设"));
        assert_eq!(governing(&grammar, "加快推进已下达资金的"), Some("加快推进"));
        assert_eq!(governing(&grammar, "纳入考核的"), None);
        assert_eq!(governing(&grammar, "督察反馈意见涉及的"), None);
        assert_eq!(right_before(&grammar, "以壮士断腕的决心取缔", "煤场"), Some("取缔"));
        assert_eq!(right_before(&grammar, "政府投资", "项目"), None);
        assert_eq!(deed("得到有效化解", "得到"), Some("化解"));
        assert_eq!(deed("得到显著好转", "得到"), None);
        assert_eq!(at_head(&grammar, "公布“马上办”“就近办”等"), Some("公布"));
        assert_eq!(at_head(&grammar, "加快南山路、北河路等"), Some("加快"));
        assert_eq!(at_head(&grammar, "推进首批"), Some("推进"));
        assert_eq!(at_head(&grammar, "培训、考核等"), None);
        assert_eq!(at_head(&grammar, "围绕种植、养殖等"), None);
    }
}
