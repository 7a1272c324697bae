//! Is this noun a name? What it ends with, and what of it no dictionary knows.

use crate::text::{Span, find_rare};

use super::owner;
use super::rules::{Held, Kind, Phase, ProjectRules};
use super::standing::{for_the_land, is_the_towns, numbered_school, of_a_single, place, positioned, side_of_a_street};
use super::vocabulary::{ends_with_region, heads, names_a_region, no_word, residue};

/// Why a name in quotation marks can be none.
pub(super) const CAMPAIGN: &str = "a campaign in quotation marks";

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
    /// The noun alone names it in its region: 博物馆, 智能制造产业园.
    pub single: bool,
    /// 国家区域医疗中心: one in the land, where a verb tells a stage of it.
    pub for_the_land: bool,
    /// 县级公墓, 国家医学中心: the level makes it a kind or an aim, unless a verb tells a stage.
    pub levelled: bool,
    /// 城北植物园: where in the region it stands.
    pub positioned: bool,
    /// Digits alone: 17、24、25号线.
    pub digits: bool,
    /// A place and nothing else (涿州 of 涿州、涞源产业基地): what is there is told by a member behind it, or not at all.
    pub region_alone: bool,
    /// Size or money stands in it or before it.
    pub sized: bool,
    /// Why it can be none.
    pub never: Option<&'static str>,
}

impl Evidence {
    /// Where in the name its type noun begins.
    pub fn kind_start(&self) -> usize {
        self.rest
    }

    /// Nothing but its type noun: 医院, 整体搬迁.
    pub fn is_kind_alone(&self) -> bool {
        self.rest == 0 && self.weight.is_some()
    }

    /// Does a name stand before its type noun (竹沟|抽水蓄能电站)?
    pub fn has_own_name(&self) -> bool {
        self.rest > 0 && (self.residue > 0 || self.place)
    }
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
    // 云岭市场、以及青石棉油厂: the conjunction is no part of it.
    if span.of(text).starts_with("以及") {
        span = trim(text, Span::new(span.start + "以及".len(), span.end));
    }
    // 完成对胜利大街的改造: what is done is done to it.
    let name = span.of(text);
    if name.starts_with('对') && !["对外", "对接", "对口", "对面", "对岸"].iter().any(|w| name.starts_with(w))
    {
        span = trim(text, Span::new(span.start + '对'.len_utf8(), span.end));
    }
    // 最大的会展中心——云岭会展中心: what is told of it stands before.
    if let Some(at) = find_rare(span.of(text), "——").filter(|at| *at > 0) {
        found.unique = true;
        span = trim(text, Span::new(span.start + at + "——".len(), span.end));
    }
    // 纬十街的开发建设: the thing stands before what is done to it.
    while let Some(at) = last_of(span.of(text)).filter(|at| is_work(rules, &span.of(text)[at + '的'.len_utf8()..])) {
        span = trim(text, Span::new(span.start, span.start + at));
    }
    // Modifiers end with 的: 总投资14.65亿元的EOD项目.
    // 云岭大桥至青石路的标准段: a section is of what stands before it.
    if let Some(at) = last_of(span.of(text)).filter(|at| !owner::is_section(&span.of(text)[at + '的'.len_utf8()..])) {
        let before = &span.of(text)[..at];
        // 20%的燃煤电厂: a share of a kind.
        if before.ends_with(['%', '％']) {
            found.never = Some("a share of a kind");
            return found;
        }
        // 4座现代化的中转站 counts a kind; 12公里的环城路 is one road.
        let sum = rules.counted.find(before).filter(|m| held.counted && m.start() == 0);
        if sum.is_some_and(|m| !m.as_str().ends_with(['里', '米', '亩', '顷'])) {
            found.never = Some("counts a kind");
            return found;
        }
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
    // 两条安|全线: no 全线 there.
    while held.closers
        && let Some(time) = rules.closers.find(span.of(text)).filter(|m| m.start() > 0)
        && !(time.as_str() == "全线" && span.of(text)[..time.start()].ends_with('安'))
    {
        span = trim(text, Span::new(span.start, span.start + time.start()));
    }
    // 207国道云岭段作为一级公路: what it becomes is not its name.
    if let Some(at) = find_rare(span.of(text), "作为").filter(|at| *at > 6) {
        span = trim(text, Span::new(span.start, span.start + at));
    }
    // 香港东铁北延至罗湖口岸: where a line is led to is not its name.
    if span.of(text).contains('延')
        && let Some(at) = span.of(text).find("延至").or_else(|| span.of(text).find("延到"))
    {
        span = trim(text, Span::new(span.start, span.start + at + '延'.len_utf8()));
    }
    while let Some(front) = rules.fronts.prefix_of(span.of(text)).filter(|front| front.len() + 6 < span.len()) {
        span = trim(text, Span::new(span.start + front.len(), span.end));
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
    if goes_on(rules, name) {
        found.never = Some("goes on from before");
        return found;
    }
    if is_sentence(rules, name) {
        found.never = Some("a sentence, no name");
        return found;
    }
    if never_inside(rules, name) || rules.generic_heads.prefix_of(name).is_some() {
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
    // 恢复重建项目, 展陈提升, 好项目: what is done, to nothing.
    if is_work(rules, core) || found.generic_end && core.chars().count() < 2 {
        found.never = Some("work without a thing");
        return found;
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
    if let Some(bytes) = numbered_school(core_bare).or_else(|| side_of_a_street(rules, core_bare)) {
        found.weight = Some(2);
        rest = &core_bare[..core_bare.len() - bytes];
    }
    found.unique |= quoted && !core.starts_with('“') && found.weight.is_none();
    (found.core, found.rest) = (core_bare.len(), rest.len());
    // “雪亮”工程 is a campaign, “梨园小镇”项目 a thing.
    let whole = core.starts_with('“')
        && core.split('”').all(|part| part.is_empty() || part.starts_with('“'))
        && core.ends_with('”');
    let thing = name.ends_with("项目")
        && !core.contains('、')
        && (found.weight.is_some_and(|w| w >= 1) || residue(rules, core_bare.trim_start_matches('“')) >= 2);
    let quote = if name.ends_with("工程") && core.ends_with('”') {
        core
    } else {
        // “两旧一村”改造 has no place before it.
        core.find('”').filter(|_| core.starts_with('“')).map_or("", |at| &core[..at + '”'.len_utf8()])
    };
    // “枫桥式”派出所: of a kind, all of them.
    let like = core.starts_with('“')
        && ["式”", "型”"].iter().any(|end| core.find('”').is_some_and(|at| core[..at + 3].ends_with(end)));
    let behind = core_bare.find('”').map_or(core_bare, |at| &core_bare[at + '”'.len_utf8()..]);
    if like && residue(rules, behind) < 2 {
        found.never = Some("of a kind");
    }
    let slogan = held.slogan && rules.slogans.is_match(quote);
    if slogan {
        found.never = Some(CAMPAIGN);
    }
    if whole && !thing && (found.generic_end || found.weight.is_none_or(|w| w < 2)) {
        found.never = Some(CAMPAIGN);
    }
    found
}

/// What of the member no dictionary knows, and what makes it one of a kind.
pub(super) fn look_closer(rules: &ProjectRules, text: &str, found: &mut Evidence, held: Held) {
    let name = found.span.of(text);
    let (core, rest) = (&name[..found.core], &name[..found.rest]);
    found.residue = residue(rules, rest);
    found.heads = heads(rules, rest);
    // 新六路, 北大外环: characters that name nothing each, together no word.
    if found.residue == 0
        && found.heads
        && core.ends_with(['路', '街', '道', '环', '桥', '巷', '线'])
        && no_word(rules, rest)
    {
        found.residue = 1;
    }
    found.region_alone = found.weight.is_none() && !found.generic_end && rules.regions.contains(core);
    // 中石油一体化升级: a firm known to all opens it.
    if rules.proper_words.prefix_of(core).is_some_and(|firm| firm.len() < core.len()) {
        found.heads = true;
        found.residue = found.residue.max(2);
    }
    // 大通 of 大通道 is no county: the type noun is off.
    if names_a_region(rules, core, rest.len()) {
        found.heads = true;
        found.residue = found.residue.max(2);
    }
    found.place |= place(rules, core, rest) || of_a_single(rules, core, found);
    // 市煤气配套工程: the town's own works.
    found.place |= found.generic_end && core.chars().count() >= 4 && is_the_towns(rules, core);
    found.for_the_land = for_the_land(rules, core, found.weight);
    found.positioned = positioned(rules, core, found.weight);
    found.single = rules
        .singles
        .longest(core.as_bytes(), core.len())
        .is_some_and(|(bytes, behind)| !behind || bytes + 6 <= core.len());
    const LEVELS: [&str; 9] = ["县级", "乡镇", "农村", "镇级", "社区", "市级", "区级", "村级", "标准化"];
    found.levelled = core.starts_with("国家") || LEVELS.iter().any(|level| core.starts_with(level));
    found.sized |= held.capacity && rules.capacity.is_match(rest);
}

/// Does the text hold words that no name holds? 淮河云岭以下段 tells where, 规模以下 a condition.
fn never_inside(rules: &ProjectRules, name: &str) -> bool {
    rules.never_inside.find_iter(name).any(|m| {
        let place = |w: &str| name[m.end()..].starts_with(w);
        !(name[m.range()] == *"以下" && ["段", "河", "干流", "航道"].iter().any(|w| place(w)))
    })
}

/// 并获大奖, 和提标改造水厂: the conjunction belongs to what stands before; 和平大街 begins with a word.
fn goes_on(rules: &ProjectRules, name: &str) -> bool {
    let ends = name.char_indices().skip(2).take(3).map(|(at, _)| at);
    // 和济医院: no word goes on behind it.
    let words = |from: usize| {
        name[from..].char_indices().skip(2).take(3).any(|(at, _)| rules.common.contains(&name[from..from + at]))
    };
    (name.starts_with(['并', '与', '及', '或']) || name.starts_with('和') && words('和'.len_utf8()))
        && !ends.chain([name.len()]).any(|end| {
            let word = &name[..end];
            word.chars().count() >= 2 && (rules.common.contains(word) || rules.regions.contains(word))
        })
}

/// Does the text hold words that no name holds?
fn is_sentence(rules: &ProjectRules, text: &str) -> bool {
    let named = |at: usize| {
        rules.sentence_words.iter().any(|w| {
            let mut starts = text.match_indices(w.as_str());
            starts.any(|(start, _)| start <= at && at < start + w.len())
        })
    };
    text.char_indices().any(|(at, c)| {
        let word = match c {
            // 哇让: a sentence would go on.
            '为' | '让' | '在' | '使' if at + c.len_utf8() == text.len() || named(at) => return false,
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

/// Is the text nothing but what is done to a thing (开发建设, 规范改造, 房屋和土地征收工作)?
fn is_work(rules: &ProjectRules, text: &str) -> bool {
    let mut rest = text.trim();
    let some = !rest.is_empty();
    while let Some(word) = rules.worked_on.prefix_of(rest) {
        rest = &rest[word.len()..];
    }
    some && rest.is_empty()
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
    let name = name.trim_start_matches(['近', '约', '超']);
    // 二期|20个安置区
    let counts = |start: usize, end: usize| start == 0 || end == name.len() || owner::is_bare(&name[..start]);
    (held.counted && rules.counted.find_iter(name).any(|m| counts(m.start(), m.end())))
        || name.chars().next().is_some_and(|c| c.is_ascii_digit()) && name.contains("个")
}
