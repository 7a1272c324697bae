//! Is this noun a name? What it ends with, and what of it no dictionary knows.

use crate::text::{Span, is_han};

use super::rules::{Held, Kind, Phase, ProjectRules};

/// What speaks for a noun being the name of an undertaking.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// The name, trimmed; bytes of the whole text.
    pub span: Span,
    /// Bytes of the name without 项目, brackets and closing quotation marks, and of that without its type noun.
    core: usize,
    rest: usize,
    /// Characters that common words do not cover.
    pub residue: usize,
    /// They begin the name, as proper names do (恒山水库), and do not only stand inside (园区雨污分流管网).
    pub heads: bool,
    /// Weight of its type noun.
    pub weight: Option<i8>,
    /// The type noun, where it may stand once for a whole list.
    pub shared_kind: Option<Span>,
    /// Ends with 项目 or 工程.
    pub generic_end: bool,
    /// 区人民医院, 第二水厂, 14号线, 二期.
    pub place: bool,
    /// The first of its kind, or named in quotation marks.
    pub unique: bool,
    /// Digits alone: 17、24、25号线.
    pub digits: bool,
    /// A place and nothing else (涿州 of 涿州、涞源产业基地): what is there is told by a member behind it, or not at all.
    pub region_alone: bool,
    /// Size or money stands in it or before it.
    pub sized: bool,
    /// Why it can be none.
    pub never: Option<&'static str>,
}

/// The longest known ending of a name, in bytes, and its kind.
pub(super) fn kind_of(rules: &ProjectRules, name: &str) -> Option<(usize, Kind)> {
    rules.kinds.longest(name.as_bytes(), name.len())
}

/// Take words off the end that belong to no name: 建设, 进度; and the phase of work, which is told.
pub(super) fn strip_end(rules: &ProjectRules, text: &str, noun: Span) -> (Span, Option<Phase>) {
    let mut end = noun.start + noun.of(text).trim_end().len();
    let mut phase = None;
    loop {
        let name = &text[noun.start..end];
        match rules.ends.longest(name.as_bytes(), name.len()) {
            Some((bytes, found)) if bytes < name.len() => {
                phase = phase.or(found);
                end -= bytes;
                end = noun.start + text[noun.start..end].trim_end_matches([' ', '的', '等', '及', '、']).len();
            }
            _ => return (Span::new(noun.start, end.max(noun.start)), phase),
        }
    }
}

/// Look at one member of a list: what it ends with, and whether it can be a name; `held` is of the list.
pub(super) fn look(rules: &ProjectRules, text: &str, member: Span, held: Held) -> Evidence {
    let mut found = Evidence::default();
    let mut span = trim(text, member);
    // 完成对胜利大街的改造: what is done is done to it.
    let name = span.of(text);
    if name.starts_with('对') && !["对外", "对接", "对口", "对面", "对岸"].iter().any(|w| name.starts_with(w))
    {
        span = trim(text, Span::new(span.start + '对'.len_utf8(), span.end));
    }
    // Modifiers end with 的: 总投资14.65亿元的EOD项目.
    if let Some(at) = last_of(span.of(text)) {
        let before = &span.of(text)[..at];
        found.sized = (held.investment && rules.investment.is_match(before))
            || (held.capacity && rules.capacity.is_match(before));
        found.unique = held.firsts && rules.firsts.is_match(before);
        span = trim(text, Span::new(span.start + at + '的'.len_utf8(), span.end));
    }
    if held.firsts
        && let Some(first) = rules.firsts.find(span.of(text))
    {
        found.unique = true;
        span = trim(text, Span::new(span.start + first.end(), span.end));
    }
    while held.closers
        && let Some(time) = rules.closers.find(span.of(text)).filter(|m| m.start() > 0)
    {
        span = trim(text, Span::new(span.start, span.start + time.start()));
    }
    // 香港东铁北延至罗湖口岸: where a line is led to is not its name.
    if span.of(text).contains('延')
        && let Some(at) = span.of(text).find("延至").or_else(|| span.of(text).find("延到"))
    {
        span = trim(text, Span::new(span.start, span.start + at + '延'.len_utf8()));
    }
    let (bare, _) = strip_end(rules, text, span);
    span = trim(text, bare);
    found.span = span;
    let name = span.of(text);
    if name.chars().count() < 2 && !name.chars().all(|c| c.is_ascii_digit()) {
        found.never = Some("too short");
        return found;
    }
    if name.chars().count() > 45 {
        found.never = Some("too long");
        return found;
    }
    if held.measured
        && let Some(size) = rules.measured.find(name)
    {
        let rest = Span::new(span.start + size.end(), span.end);
        if residue(rules, rest.of(text)) >= 2 {
            span = trim(text, rest);
            found.span = span;
            found.sized = true;
        }
    }
    let name = span.of(text);
    found.digits = !name.is_empty() && name.chars().all(|c| c.is_ascii_digit());
    if !found.digits && counted(rules, name, held) {
        found.never = Some("counts a kind");
        return found;
    }
    if is_sentence(name) {
        found.never = Some("a sentence, no name");
        return found;
    }
    if rules.never_inside.is_match(name) || rules.generic_heads.iter().any(|w| name.starts_with(w.as_str())) {
        found.never = Some("a plan or a kind");
        return found;
    }
    span = cut_slogan(rules, text, span);
    found.span = span;
    let name = span.of(text);
    // 人才工程, 康复项目: with its 工程 the name ends as no project does.
    if let Some((bytes, kind)) = kind_of(rules, name).filter(|(_, kind)| kind.weight < 0) {
        let end = &name[name.len() - bytes..];
        if end.ends_with("项目") || end.ends_with("工程") {
            found.weight = Some(kind.weight);
            found.never = Some("a campaign");
            return found;
        }
    }
    let mut core = name;
    for end in ["项目", "工程"] {
        if let Some(rest) = core.strip_suffix(end) {
            found.generic_end = true;
            core = strip_words(rules, rest);
            break;
        }
    }
    // A bracket behind the name (四期), （龙岗段） is looked into for its phase.
    let outer = core.rfind(['（', '(']).filter(|_| core.ends_with(['）', ')'])).map_or(core, |at| &core[..at]);
    if outer.len() < core.len() {
        let inner = core[outer.len()..].trim_matches(['（', '）', '(', ')']);
        found.place |= kind_of(rules, inner).is_some_and(|(_, k)| k.weight == 2);
        core = outer;
    }
    let quoted = core.ends_with('”') && core.contains('“');
    let core_bare = core.trim_end_matches(['”', '’', '》']);
    let mut rest = core_bare;
    if let Some((bytes, kind)) =
        kind_of(rules, core_bare).filter(|(bytes, _)| !ends_with_region(rules, core_bare, *bytes))
    {
        found.weight = Some(kind.weight);
        rest = &core_bare[..core_bare.len() - bytes];
        if kind.shared {
            let end = span.start + core_bare.len();
            found.shared_kind = Some(Span::new(end - bytes, end));
        }
    }
    found.unique |= quoted && !core.starts_with('“') && found.weight.is_none();
    (found.core, found.rest) = (core_bare.len(), rest.len());
    if core.starts_with('“') && core.ends_with('”') && (found.generic_end || found.weight.is_none_or(|w| w < 2)) {
        found.never = Some("a campaign in quotation marks");
    }
    found
}

/// What of the member no dictionary knows, and what makes it one of a kind.
pub(super) fn look_closer(rules: &ProjectRules, text: &str, found: &mut Evidence, held: Held) {
    let name = found.span.of(text);
    let (core, rest) = (&name[..found.core], &name[..found.rest]);
    found.residue = residue(rules, rest);
    found.heads = heads(rules, rest);
    found.region_alone = found.weight.is_none() && !found.generic_end && rules.regions.contains(core);
    // 大通 of 大通道 is no county: the type noun is off.
    if names_a_region(rules, core, rest.len()) {
        found.heads = true;
        found.residue = found.residue.max(2);
    }
    found.place |= place(rules, core, rest);
    found.sized |= held.capacity && rules.capacity.is_match(rest);
}

/// Does the text hold words that no name holds?
fn is_sentence(text: &str) -> bool {
    text.char_indices().any(|(at, c)| {
        let word = match c {
            '了' | '使' | '让' | '为' | '是' | '在' | '。' | '？' => return true,
            '我' => "我们",
            '不' => "不断",
            '等' => "等等",
            '—' => "——",
            '进' => "进一步",
            '以' => return text[at..].starts_with("以上") || text[at..].starts_with("以内"),
            '如' => "如何",
            _ => return false,
        };
        text[at..].starts_with(word)
    })
}

/// 河坡电厂“三改联动”改造: what is done to a thing with a name of its own is not part of the name.
fn cut_slogan(rules: &ProjectRules, text: &str, span: Span) -> Span {
    let name = span.of(text);
    let Some(open) = name.find('“').filter(|_| name.ends_with("改造")) else { return span };
    match kind_of(rules, &name[..open]) {
        Some((_, kind)) if kind.weight == 2 => Span::new(span.start, span.start + open),
        _ => span,
    }
}

fn strip_words<'a>(rules: &ProjectRules, name: &'a str) -> &'a str {
    strip_end(rules, name, Span::new(0, name.len())).0.of(name)
}

fn trim(text: &str, span: Span) -> Span {
    const MARKS: [char; 14] = [' ', '\u{3000}', '、', '的', '★', '●', '■', '◆', '▲', '◇', '○', '-', '—', '·'];
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start_matches(MARKS).len());
    let mut end = start + text[start..span.end].trim_end_matches(MARKS).len();
    // 17号线西延伸共67公里: what introduces a sum is no part of the name.
    if let Some(rest) = text[start..end].strip_suffix('共').filter(|r| !r.ends_with('公') && r.chars().count() > 3) {
        end = start + rest.len();
    }
    // Footnote marks: [47], 〔8〕.
    while let Some(open) = text[start..end].rfind(['[', '〔']).filter(|_| text[start..end].ends_with([']', '〕'])) {
        end = start + text[start..start + open].trim_end_matches(MARKS).len();
    }
    Span::new(start, end.max(start))
}

/// Byte of the last 的 outside of the very end.
fn last_of(name: &str) -> Option<usize> {
    name.rfind('的').filter(|at| at + '的'.len_utf8() < name.len())
}

/// 5个…, 中试基地3个.
fn counted(rules: &ProjectRules, name: &str, held: Held) -> bool {
    (held.counted && rules.counted.find_iter(name).any(|m| m.start() == 0 || m.end() == name.len()))
        || name.chars().next().is_some_and(|c| c.is_ascii_digit()) && name.contains("个")
}

/// Characters that the common words leave uncovered, at best: proper names, brands, places.
pub(super) fn residue(rules: &ProjectRules, name: &str) -> usize {
    let chars: Vec<(usize, char)> = name.char_indices().collect();
    let end = |i: usize| chars.get(i).map_or(name.len(), |(at, _)| *at);
    let mut best = vec![usize::MAX; chars.len() + 1];
    best[0] = 0;
    for i in 0..chars.len() {
        let c = chars[i].1;
        let cost = usize::from((is_han(c) && !is_bare(c)) || c.is_ascii_uppercase());
        best[i + 1] = best[i + 1].min(best[i] + cost);
        let Some(&(_, next)) = chars.get(i + 1) else { break };
        for n in rules.common.lengths(c, next).take_while(|n| i + n <= chars.len()) {
            if best[i] < best[i + n] && rules.common.contains(&name[chars[i].0..end(i + n)]) {
                best[i + n] = best[i];
            }
        }
    }
    best[chars.len()]
}

/// Characters that name nothing by themselves.
fn is_bare(c: char) -> bool {
    matches!(
        c,
        '省' | '市'
            | '区'
            | '县'
            | '镇'
            | '乡'
            | '村'
            | '新'
            | '老'
            | '大'
            | '中'
            | '小'
            | '东'
            | '西'
            | '南'
            | '北'
            | '上'
            | '下'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '第'
            | '个'
            | '和'
            | '与'
            | '及'
            | '的'
            | '级'
            | '期'
            | '段'
            | '型'
            | '内'
            | '外'
            | '前'
            | '后'
            | '首'
            | '全'
            | '总'
            | '副'
            | '主'
    )
}

/// The region that a name begins with, in bytes.
pub(super) fn region_at_start(rules: &ProjectRules, name: &str) -> Option<usize> {
    let ends = name.char_indices().skip(2).take(8).map(|(i, _)| i);
    ends.filter(|end| rules.regions.contains(&name[..*end])).last()
}

/// 长治职业教育实训基地, 协和天津基地; 平安创建工程 is none, though a 平安县 exists.
/// The region stands in the first `own` bytes, before the type noun.
fn names_a_region(rules: &ProjectRules, name: &str, own: usize) -> bool {
    name.char_indices().take(8).any(|(start, first)| {
        let mut behind = name[start..].char_indices().skip(1);
        let Some((_, second)) = behind.next() else { return false };
        let ends: [Option<usize>; 4] = std::array::from_fn(|_| behind.next().map(|(i, _)| start + i));
        rules.regions.lengths(first, second).take_while(|n| *n <= 5).any(|n| {
            // The whole of a name is no region in it.
            ends.get(n - 2).copied().flatten().filter(|end| *end <= own).is_some_and(|end| {
                let word = &name[start..end];
                rules.regions.contains(word) && !rules.common.contains(word)
            })
        })
    })
}

/// 万象罗湖: what looks like a type noun of one character is the end of a region's name.
fn ends_with_region(rules: &ProjectRules, name: &str, kind: usize) -> bool {
    let starts: Vec<usize> = name.char_indices().rev().take(4).map(|(i, _)| i).collect();
    name[name.len() - kind..].chars().count() == 1
        && starts.iter().skip(1).any(|start| *start > 0 && rules.regions.contains(&name[*start..]))
}

/// Do the first characters of the name belong to no common word?
fn heads(rules: &ProjectRules, name: &str) -> bool {
    let ends: Vec<usize> = name.char_indices().map(|(i, c)| i + c.len_utf8()).collect();
    let Some(start) = name.char_indices().map(|(i, _)| i).next() else { return false };
    let known = |from: usize| {
        ends.iter().filter(|e| **e > from).skip(1).take(4).any(|e| rules.common.contains(&name[from..*e]))
    };
    !known(start)
        || ends
            .first()
            .is_some_and(|second| *second < name.len() && residue(rules, &name[..*second]) == 0 && !known(*second))
}

/// Does a common word of two or more characters cross or hold the bytes `at..at + len`?
pub(super) fn inside_common_word(rules: &ProjectRules, text: &str, within: Span, at: usize, len: usize) -> bool {
    let before: Vec<usize> =
        text[within.start..at].char_indices().rev().take(3).map(|(i, _)| within.start + i).collect();
    let behind: Vec<usize> =
        text[at + len..within.end].char_indices().take(3).map(|(i, c)| at + len + i + c.len_utf8()).collect();
    let starts = before.iter().copied().chain([at]);
    starts
        .flat_map(|s| behind.iter().copied().chain([at + len]).map(move |e| (s, e)))
        .any(|(s, e)| e - s > len && rules.common.contains(&text[s..e]))
}

/// Numbers and places that make a name one of a kind: 区人民医院, 第二水厂, 14号线.
fn place(rules: &ProjectRules, core: &str, rest: &str) -> bool {
    let mut chars = core.chars();
    let (first, second) = (chars.next(), chars.next());
    if let (Some(first), Some(second)) = (first, second) {
        let level = matches!(first, '省' | '市' | '区' | '县' | '镇' | '乡' | '州' | '旗');
        if level && is_han(second) && kind_of(rules, core).is_some_and(|(_, k)| k.weight >= 1) {
            let longest = core.char_indices().skip(2).take(rules.common.longest() - 1).map(|(i, _)| i);
            if !longest.chain([core.len()]).any(|e| rules.common.contains(&core[..e])) {
                return true;
            }
        }
        if first == '第' && "一二三四五六七八九十0123456789".contains(second) {
            return true;
        }
    }
    let numbered = |s: &str, ends: &[&str]| {
        ends.iter().any(|e| {
            s.find(e).is_some_and(|at| {
                s[..at].chars().next_back().is_some_and(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
            })
        })
    };
    (core.contains(['号', '期']) && numbered(core, &["号线", "期", "号楼"]))
        || rest.chars().any(|c| "第".contains(c)) && residue(rules, rest) == 0
}
