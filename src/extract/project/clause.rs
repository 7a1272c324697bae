//! A clause as chains of verbs with nouns between them, and which chain says what of which noun.

use crate::model::{Stage, Status};
use crate::text::{Span, ideographs};

use super::behind::{
    conjunction, ends_open, is_delay, is_honour, is_paper, is_particle, joined, owns, phase_at_start, phase_behind,
    tells_a_count, tells_time, time,
};
use super::brackets::Brackets;
use super::rules::{Meaning, ProjectRules, Verb, Word};
use super::when::When;
use super::{frames, names};

/// A noun phrase (often a list) and what the clause says of it.
#[derive(Debug, Clone)]
pub(super) struct Statement {
    /// The noun phrase, bytes of the whole text.
    pub noun: Span,
    /// The verbs, as printed.
    pub action: Span,
    pub stage: Stage,
    pub strong: bool,
    pub vague: bool,
    /// The verb tells a stage by itself.
    pub definite: bool,
    /// The verb stands before the noun.
    pub object: bool,
    pub rule: usize,
    /// 已 and the like: a plan that speaks of what is done.
    pub already: bool,
    /// The time that stands between the noun and its verb (大桥预计2015年上半年建成).
    pub when: When,
}

/// What one clause holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    pub statements: Vec<Statement>,
    /// A clause of verbs alone (力争年内动工建设): it speaks of the nouns of the clause before.
    pub follow_up: Option<FollowUp>,
    /// A clause without a verb: the thing that the next one speaks of (投资3亿元的云岭化纤项目，已竣工投产).
    pub topic: Option<Span>,
    /// The year that opens the clause (到2025年).
    pub when: When,
}

/// What verbs alone say of the nouns before them.
#[derive(Debug, Clone, Copy)]
pub(super) struct FollowUp {
    pub stage: Stage,
    /// The verbs, as printed.
    pub action: Span,
    strong: bool,
    rule: usize,
    already: bool,
}

impl FollowUp {
    /// The same said of a noun that stands in a clause of its own.
    pub fn of(self, noun: Span) -> Statement {
        let Self { stage, action, strong, rule, already } = self;
        let when = When::default();
        Statement { noun, action, stage, strong, vague: false, definite: true, object: false, rule, already, when }
    }
}

#[derive(Debug, Clone)]
enum Piece {
    /// `told` is the chain from its first word that is no time (年内|建成投产).
    Chain {
        span: Span,
        told: Span,
        verbs: Vec<(Span, Verb)>,
        soon: bool,
        already: bool,
    },
    Noun(Span),
}

/// Cut a sentence at its commas, semicolons and colons that stand outside brackets.
pub(super) fn clauses(text: &str, sentence: Span, brackets: &Brackets) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = sentence.start;
    let mut next = sentence.start;
    while next < sentence.end {
        let at = next + ideographs(&text[next..sentence.end]);
        let Some(c) = text[at..sentence.end].chars().next() else { break };
        next = at + c.len_utf8();
        if matches!(c, '，' | ',' | '；' | ';' | '：' | ':') && !brackets.contain(at) {
            // 1,234 is a number.
            let digit = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_digit());
            let bytes = text.as_bytes();
            if c == ',' && digit(bytes.get(at.wrapping_sub(1)).copied()) && digit(bytes.get(at + 1).copied()) {
                continue;
            }
            out.push(Span::new(start, at));
            start = next;
        }
    }
    let end = sentence.start + sentence.of(text).trim_end_matches(['。', '！', '？', ' ']).len();
    out.push(Span::new(start, end.max(start)));
    out.retain(|s| !s.of(text).trim().is_empty());
    out
}

/// Read one clause.
pub(super) fn read(rules: &ProjectRules, text: &str, clause: Span, brackets: &Brackets) -> Clause {
    let (start, when) = skip_openers(rules, text, clause);
    let mut read = Clause { when, ..Clause::default() };
    let body = Span::new(start, clause.end);
    if body.of(text).trim().is_empty() {
        return read;
    }
    let pieces = pieces(rules, text, body, brackets);
    match pieces.as_slice() {
        [Piece::Chain { told, verbs, soon, already, .. }] => {
            let meaning = resolve(verbs, *soon, true).filter(|m| m.definite);
            read.follow_up = meaning.map(|Meaning { stage, strong, rule, .. }| FollowUp {
                stage,
                action: *told,
                strong,
                rule,
                already: *already,
            });
            return read;
        }
        [Piece::Noun(noun)] => read.topic = Some(*noun),
        _ => {}
    }
    let mut taken = None;
    for i in 0..pieces.len() {
        let Piece::Noun(noun) = &pieces[i] else { continue };
        if taken == Some(i) {
            continue;
        }
        let left = i.checked_sub(1).and_then(|j| pieces.get(j));
        let right = pieces.get(i + 1);
        let behind = match right {
            Some(Piece::Chain { span, .. }) => text[span.end..body.end].trim(),
            _ => "",
        };
        // A完成国家批复|并开工建设: the paper between is no project, the last verb speaks of A.
        if let (Some(Piece::Noun(paper)), Some(last)) = (pieces.get(i + 2), pieces.get(i + 3))
            && right.is_some_and(governs)
            && is_paper(rules, paper.of(text).trim())
            && let Some(statement) = as_subject(rules, text, *noun, None, last, "")
            && statement.0.strong
        {
            taken = Some(i + 2);
            read.statements.push(statement.0);
            continue;
        }
        // 湖区被列入|国家级示范区: an honour, no works.
        if let Some(Piece::Chain { span, .. }) = right
            && span.of(text).ends_with('入')
            && is_honour(rules, behind)
        {
            continue;
        }
        // 产业园签约|后97天即|全面开工: the time between two deeds is no noun, the second deed tells how far it is.
        if let (Some(Piece::Chain { .. }), Some(Piece::Noun(gap)), Some(last)) =
            (right, pieces.get(i + 2), pieces.get(i + 3))
            && is_delay(gap.of(text))
            && let Some(statement) = as_subject(rules, text, *noun, left, last, "")
        {
            taken = Some(i + 2);
            read.statements.push(statement.0);
            continue;
        }
        if let Some(statement) = right.and_then(|r| as_subject(rules, text, *noun, left, r, behind)) {
            if statement.1 {
                taken = Some(i + 2);
            }
            read.statements.push(statement.0);
        } else if right.is_some_and(governs) && !behind.is_empty() && !ends_open(noun.of(text)) {
            // 支持中山大学谋划建设科技园: the noun is who does it.
        } else if let Some(mut statement) = left.and_then(|l| as_object(*noun, l)) {
            // 推进A等项目的|前期谋划, 推进A|前期研究: what is done of it is planning.
            if let Some(Piece::Chain { verbs, span, .. }) = right
                && behind.is_empty()
            {
                let words = span.of(text);
                let planning = noun.of(text).ends_with('的')
                    && !words.contains("建设")
                    && resolve(verbs, false, false).is_some_and(|m| m.stage == Stage::Planned);
                if planning || phase_at_start(rules, words).is_some_and(|phase| phase.stage == Stage::Planned) {
                    statement.stage = Stage::Planned;
                }
            }
            read.statements.push(statement);
        }
    }
    read
}

/// The place where a clause really begins, and the time that it opens with.
fn skip_openers(rules: &ProjectRules, text: &str, clause: Span) -> (usize, When) {
    let mut at = clause.start;
    let mut when = When::default();
    loop {
        let rest = &text[at..clause.end];
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        match rules.openers.find(trimmed) {
            Some(found) if found.end() > 0 => {
                when = when.or(When::of(found.as_str()));
                at += found.end();
            }
            _ => return (at, when),
        }
    }
}

fn pieces(rules: &ProjectRules, text: &str, body: Span, brackets: &Brackets) -> Vec<Piece> {
    // Words that may belong to a chain, in order.
    let mut tokens: Vec<(Span, Option<Verb>)> = Vec::new();
    let mut framed = frames::find(rules, text, body, brackets).into_iter().peekable();
    for (start, len, word) in rules.lexicon.find_iter(body.of(text)) {
        let mut span = Span::new(body.start + start, body.start + start + len);
        while let Some((frame, verb)) = framed.next_if(|(frame, _)| frame.start <= span.start) {
            tokens.retain(|(before, _)| before.end <= frame.start);
            tokens.push((frame, Some(verb)));
        }
        if tokens.last().is_some_and(|(before, _)| span.start < before.end) {
            continue;
        }
        // 新材料项目9|月底前|投产, 水厂一|季度|建成: the number belongs to the time.
        if span.of(text).starts_with(['月', '季']) {
            let before = &text[body.start..span.start];
            let numeral = |c: char| c.is_ascii_digit() || matches!(c, '一' | '二' | '三' | '四' | '前');
            span.start -= before.len() - before.trim_end_matches(numeral).len();
        }
        if brackets.contain(span.start) {
            continue;
        }
        let joins = |last: Option<&(Span, Option<Verb>)>| match last {
            Some((before, _)) => joined(&text[before.end..span.start]),
            None => span.start == body.start,
        };
        match word {
            // 启动|区儿童公园建设: the district's own; 启动区 alone is a noun.
            Word::NotVerb => {
                if joins(tokens.last())
                    && let Some((verb, len)) = verb_before_district(rules, span.of(text), &text[span.end..body.end])
                {
                    span.end = span.start + len;
                    tokens.push((span, Some(verb)));
                }
            }
            Word::Adverb => tokens.push((span, None)),
            Word::Verb(mut verb) => {
                // 完成|投资3亿元的学校建设: what is said of a subject gives way where none stands before it.
                if verb.object.is_none() && joins(tokens.last()) {
                    if let Some(object) = object_verb_behind_adverb(rules, span.of(text)) {
                        verb.object = object;
                    } else if span.start == body.start
                        && let Some((shorter, object)) = object_verb_within(rules, span.of(text))
                    {
                        span.end = span.start + shorter;
                        verb = object;
                    }
                }
                let behind = &text[span.end..body.end];
                let owner = tokens.is_empty() && owns(&text[body.start..span.start], behind);
                // 新建300个服务社、|改造|20个服务站: a number behind it tells that the word is a verb.
                let counts = text[..span.start].ends_with('、') && behind.starts_with(|c: char| c.is_ascii_digit());
                if verb.lead && !joins(tokens.last()) && span.start != body.start && !owner && !counts {
                    if verb.subject.is_none() {
                        continue;
                    }
                    verb.object = None;
                }
                tokens.push((span, Some(verb)));
            }
        }
    }
    for (frame, verb) in framed {
        tokens.retain(|(before, _)| before.end <= frame.start);
        tokens.push((frame, Some(verb)));
    }
    let mut pieces = Vec::new();
    let mut at = body.start;
    let mut i = 0;
    while i < tokens.len() {
        let mut j = i + 1;
        while j < tokens.len() && joined(&text[tokens[j - 1].0.end..tokens[j].0.start]) {
            j += 1;
        }
        let verbs: Vec<(Span, Verb)> = tokens[i..j].iter().filter_map(|(s, v)| v.map(|v| (*s, v))).collect();
        let opens = tokens[i].0.start == body.start;
        if verbs.is_empty() && !opens {
            i = j;
            continue;
        }
        // 抓好重点行业改造: an adverb behind the last verb belongs to the noun, unless it tells the time.
        let last = (i..j).rev().find(|k| tokens[*k].1.is_some() || time(tokens[*k].0.of(text))).unwrap_or(j - 1);
        let span =
            Span::new(tokens[i].0.start, if verbs.is_empty() { tokens[j - 1].0.end } else { tokens[last].0.end });
        let words = span.of(text);
        let soon = words.contains("即将") || words.contains("有望");
        let already = tokens[i..j].iter().any(|(s, _)| matches!(s.of(text), "已" | "已经" | "均已" | "也已" | "现已"));
        push_noun(text, Span::new(at, span.start), &mut pieces);
        let dated = |k: &usize| tokens[*k].1.is_none() && tells_time(tokens[*k].0.of(text));
        let first = (i..j).find(|k| !dated(k)).filter(|k| tokens[*k].0.start < span.end).unwrap_or(i);
        let told = Span::new(tokens[first].0.start, span.end);
        pieces.push(Piece::Chain { span, told, verbs, soon, already });
        at = span.end;
        i = j;
    }
    push_noun(text, Span::new(at, body.end), &mut pieces);
    pieces
}

/// The longest verb with an object that the word begins with, and its bytes.
fn object_verb_within(rules: &ProjectRules, word: &str) -> Option<(usize, Verb)> {
    let ends = word.char_indices().map(|(at, _)| at).skip(2);
    ends.filter_map(|end| match rules.lexicon.find_iter(&word[..end]).next()? {
        (0, len, Word::Verb(verb)) if len == end && verb.object.is_some() => Some((end, verb)),
        _ => None,
    })
    .last()
}

/// 积极|推进: the verb of a word that an adverb opens takes its object.
fn object_verb_behind_adverb(rules: &ProjectRules, word: &str) -> Option<Option<Meaning>> {
    let all = |part: &str| rules.lexicon.find_iter(part).next().filter(|(at, len, _)| *at == 0 && *len == part.len());
    word.char_indices().map(|(at, _)| at).skip(1).find_map(|at| {
        let (adverb, verb) = word.split_at(at);
        match (all(adverb)?.2, all(verb)?.2) {
            (Word::Adverb, Word::Verb(verb)) if verb.object.is_some() => Some(verb.object),
            _ => None,
        }
    })
}

/// 启动区|儿童公园建设 is 启动 and the district's park.
fn verb_before_district(rules: &ProjectRules, word: &str, behind: &str) -> Option<(Verb, usize)> {
    let verb = word.strip_suffix('区')?;
    let end = behind.find(['、', '等']).unwrap_or(behind.len());
    let (name, _) = names::strip_end(rules, behind, Span::new(0, end));
    let (bytes, kind) = names::kind_of(rules, name.of(behind))?;
    if kind.weight < 2 || bytes == name.len() && bytes < 6 {
        return None;
    }
    match rules.lexicon.find_iter(verb).next()? {
        (0, len, Word::Verb(found)) if len == verb.len() => Some((found, len)),
        _ => None,
    }
}

fn push_noun(text: &str, span: Span, pieces: &mut Vec<Piece>) {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start_matches([' ', '了', '、']).len());
    let end = start + text[start..span.end].trim_end().len();
    if start < end {
        pieces.push(Piece::Noun(Span::new(start, end)));
    }
}

/// Does this chain take an object?
fn governs(piece: &Piece) -> bool {
    matches!(piece, Piece::Chain { verbs, .. } if verbs.iter().any(|(_, v)| v.object.is_some()))
}

/// What a chain of verbs says: the last definite verb, but what is only planned stays planned (谋划建设).
fn resolve(verbs: &[(Span, Verb)], soon: bool, subject: bool) -> Option<Meaning> {
    let side = |v: &Verb| if subject { v.subject.or(v.object) } else { v.object.or(v.subject) };
    let meanings: Vec<Meaning> = verbs.iter().filter_map(|(_, v)| side(v)).collect();
    let first = *meanings.first()?;
    let mut meaning = if first.definite && first.stage == Stage::Planned {
        meanings.iter().rev().find(|m| m.definite && m.strong).copied().unwrap_or(first)
    } else {
        let real = |m: &&Meaning| m.definite && (m.strong || m.stage != Stage::UnderConstruction);
        meanings
            .iter()
            .rev()
            .find(real)
            .or_else(|| meanings.iter().rev().find(|m| m.definite))
            .copied()
            .unwrap_or(first)
    };
    if soon && meaning.stage == Stage::Completed {
        meaning.stage = Stage::UnderConstruction;
    }
    meaning.strong = meanings.iter().any(|m| m.strong);
    meaning.vague = meanings.iter().any(|m| m.vague);
    Some(meaning)
}

/// The chain behind the noun speaks of it. The flag tells that the noun behind that chain is a phase and is used up.
fn as_subject(
    rules: &ProjectRules,
    text: &str,
    noun: Span,
    left: Option<&Piece>,
    right: &Piece,
    behind: &str,
) -> Option<(Statement, bool)> {
    let Piece::Chain { span, told, verbs, soon, already } = right else { return None };
    let (noun_words, right_words) = (noun.of(text), span.of(text));
    // What a project is listed in (纳入地铁五期建设) is not the project, unless it stands apart.
    let mut noun = noun;
    let told_before = matches!(left, Some(Piece::Chain { verbs, .. }) if !verbs.is_empty() && verbs.iter().all(|(_, v)| v.object.is_none()));
    if told_before && !text[..noun.start].ends_with('、') {
        noun.start += conjunction(rules, noun_words)?.len();
    }
    let mut used = false;
    let phase = phase_behind(rules, behind)
        .filter(|_| verbs.iter().any(|(_, v)| v.object.is_some()) || right_words.ends_with("完成"));
    let meaning = if let Some(phase) = phase {
        used = true;
        let mut meaning = resolve(verbs, *soon, false)?;
        meaning.stage = phase.stage;
        meaning.definite = true;
        meaning.strong = true;
        meaning
    } else {
        let subject = verbs.iter().any(|(_, v)| v.subject.is_some());
        let only = verbs.iter().all(|(_, v)| v.object.is_none());
        // 一体化项目申报省示范点: the noun says that it is a project, and nothing else governs it.
        let listing = resolve(verbs, false, true).is_some_and(|m| m.stage == Stage::Planned);
        let alone = listing && left.is_none() && (noun_words.ends_with("项目") || noun_words.ends_with("工程"));
        // 港口获批增加功能, 大学获批学位授予单位: what is approved is told behind the verb.
        let told_behind = listing && behind.chars().count() > 2 && !is_particle(behind) && right_words.ends_with("批");
        // 支持大学纳入建设行列: who is supported is there already.
        let supported = listing && matches!(left, Some(Piece::Chain { span, .. }) if span.of(text).contains("支持"));
        if told_behind || supported {
            return None;
        }
        // 园区入驻|企业46家, 开发区签约|项目25个: what came to the place is counted, the place itself stands.
        let deed = verbs.iter().rev().find_map(|(_, v)| v.subject).is_some_and(|m| m.stage != Stage::UnderConstruction);
        let counts = tells_a_count(rules, behind) || right_words.ends_with("入驻") && !is_particle(behind);
        if only && deed && counts {
            return None;
        }
        let relative = behind.char_indices().take(6).any(|(_, c)| c == '的');
        if !subject || relative || !(only || alone || is_particle(behind)) {
            return None;
        }
        resolve(verbs, *soon, true)?
    };
    let mut meaning = meaning;
    let mut action = *told;
    // 铁路、机场等项目|前期取得实质性进展: what goes on is the work before the works.
    if meaning.stage == Stage::UnderConstruction && right_words.starts_with("前期") {
        meaning.stage = Stage::Planned;
    }
    if let Some(Piece::Chain { told: before, verbs, .. }) = left
        && let Some(lead) = resolve(verbs, false, false)
    {
        // 启动A实施: the weak word at the end leaves the stage to the definite one before.
        let weak = meaning.stage == Stage::UnderConstruction && !meaning.strong;
        if weak && lead.definite {
            meaning = Meaning { strong: lead.strong || meaning.strong, ..lead };
            action = *before;
        } else if (weak || right_words.ends_with("入驻")) && lead.stage == Stage::Planned {
            meaning.stage = Stage::Planned;
            action = *before;
        }
    }
    let statement = Statement {
        noun,
        action,
        stage: meaning.stage,
        strong: meaning.strong,
        vague: meaning.vague,
        definite: meaning.definite,
        object: false,
        rule: meaning.rule,
        already: *already,
        when: When::at_end(noun_words).or(When::of(right_words)),
    };
    Some((statement, used))
}

fn as_object(noun: Span, left: &Piece) -> Option<Statement> {
    let Piece::Chain { told, verbs, soon, already, .. } = left else { return None };
    verbs.iter().find(|(_, v)| v.object.is_some())?;
    let meaning = resolve(verbs, *soon, false)?;
    Some(Statement {
        noun,
        action: *told,
        stage: meaning.stage,
        strong: meaning.strong,
        vague: meaning.vague,
        definite: meaning.definite,
        object: true,
        rule: meaning.rule,
        already: *already,
        when: When::default(),
    })
}

/// Is the plan's clause about something done already, or the review's about a year to come?
pub(super) fn status(period: Status, statement: &Statement, ahead: bool) -> Status {
    match statement.already {
        true => Status::Actual,
        false if ahead => Status::Target,
        false => period,
    }
}
