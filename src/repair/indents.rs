//! Numbers of chapters behind an indent that lost a byte: 　（一）经济 became 。ㄒ唬┚….
//!
//! An indent is a wide blank, and its second byte is like its first; a converter that lost one of them read what follows
//! one byte off: 。 is the first byte of the blank with the first one of （, and （一） always becomes the same. No text has
//! these characters side by side, so the run begins there for certain; it ends where a planted reading, an ASCII
//! character or a mark of damage puts it into step again.

use super::bigrams::Bigrams;
use super::gbk::{Gbk, is_lead, is_private};
use super::sources::Sources;
use super::tokens::is_mark;
use crate::clean::pinyin::{self, PinyinRules};
use crate::clean::script::ScriptRules;
use crate::model::{Repair, RepairKind};
use crate::text::{Span, is_han};

/// What the search stands on.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub gbk: &'a Gbk,
    pub sources: &'a Sources,
    pub bigrams: &'a Bigrams,
    pub pinyin: &'a PinyinRules,
    pub script: &'a ScriptRules,
}

/// What （N became: its bytes A3 A8 and those of the numeral, one byte off behind the A3 that 。 took; pairs of the
/// private-use area are left out. The last byte of the numeral takes the A3 of ）, and ） the first byte of the heading.
const NUMBERS: [(&str, char); 9] = [
    ("ㄒ唬", '一'),
    ("ǘ", '二'),
    ("ㄈ", '三'),
    ("ㄋ模", '四'),
    ("ㄎ澹", '五'),
    ("ㄆ撸", '七'),
    ("ò耍", '八'),
    ("ň牛", '九'),
    ("ㄊ", '十'),
];

/// Mean cost of a pair, in bits, below which text is in step as it stands.
const IN_STEP: f32 = 9.0;
/// Characters of a run at the most: a heading's first clause.
const LONGEST: usize = 24;

/// The runs of a text, mended, in ascending order; behind one that ends with a lost character that is told.
pub fn find(known: Known<'_>, text: &str) -> Vec<Repair> {
    // ） with the first byte of an ideograph is a line of a box.
    let boxes = |lead: &'static [u8]| memchr::memmem::find_iter(text.as_bytes(), lead);
    let mut found: Vec<Repair> =
        boxes(b"\xE2\x94").chain(boxes(b"\xE2\x95")).filter_map(|at| run(known, text, at)).collect();
    found.sort_by_key(|repair| repair.source);
    found.dedup_by(|later, earlier| later.source.start < earlier.source.end);
    found.into_iter().flat_map(|run| [lost(text, &run), Some(run)]).flatten().collect()
}

/// The last character of a run whose source is lost, left as it stands.
fn lost(text: &str, run: &Repair) -> Option<Repair> {
    let (at, _) = run.before.char_indices().next_back().filter(|_| run.after.contains('\u{FFFD}'))?;
    let source = Span::new(run.source.start + at, run.source.end);
    let before = source.of(text).to_owned();
    Some(Repair { source, kind: RepairKind::Replacement, after: before.clone(), before, confidence: 0.9 })
}

/// The run whose ） stands at `at`.
fn run(known: Known<'_>, text: &str, at: usize) -> Option<Repair> {
    let line = text[at..].chars().next()?;
    let (0xA9, first) = known.gbk.pair(line)? else { return None };
    let head = text[..at].trim_end_matches(is_private);
    let (garbled, numeral) = NUMBERS.iter().find(|(garbled, _)| head.ends_with(garbled))?;
    let head = head.strip_suffix(garbled)?.strip_suffix('。')?;
    if !is_lead(first) {
        return None;
    }
    // In the middle of a line the byte is rather the stop's own.
    let indent = head.is_empty() || head.ends_with(char::is_whitespace);
    let mut after = format!("{}（{numeral}）", if indent { '\u{3000}' } else { '。' });
    let end = heading(known, text, at + line.len_utf8(), first, &mut after);
    let source = Span::new(head.len(), end);
    let before = source.of(text).to_owned();
    let lost = after.contains('\u{FFFD}');
    let confidence = if lost { 0.95 } else { 0.99 };
    Some(Repair { source, kind: RepairKind::MisalignedGbk, before, after, confidence })
}

/// Go on behind ）, the first byte of the next character known, until the text is in step again; where that is.
fn heading(known: Known<'_>, text: &str, from: usize, first: u8, after: &mut String) -> usize {
    let (mut at, mut first) = (from, first);
    for _ in 0..LONGEST {
        let rest = &text[at..];
        let Some(c) = rest.chars().next().filter(|c| *c != '\n') else { break };
        let next = at + c.len_utf8();
        let marked = is_mark(c);
        // A mark stands for the byte that is lost, and may have taken the bracket along.
        let bracket = usize::from(marked && text[next..].starts_with('('));
        let next = next + bracket;
        if (marked || matches!(c, '(' | '（'))
            && let Some((syllable, len)) = pinyin::toned_syllable(known.pinyin, &text[next..])
        {
            let behind = text[next + len..].chars().next().unwrap_or('\n');
            let fits = |c: &char| known.pinyin.is_reading(*c, &syllable);
            let Some(source) = likeliest(known, first, [after.chars().next_back().unwrap_or('\n'), behind], text, fits)
            else {
                after.push('\u{FFFD}');
                return next + len;
            };
            after.push(source);
            after.push('(');
            after.push_str(&text[next..next + len]);
            return next + len;
        }
        let source = known.gbk.pair(c).filter(|(_, trail)| is_lead(*trail)).and_then(|(lead, trail)| {
            let c = known.gbk.character(first, lead).filter(|c| known.sources.has(first, lead) && is_han(*c));
            Some((c?, trail))
        });
        let Some((source, trail)) = source.filter(|_| !is_in_step(known, rest)) else {
            after.push('\u{FFFD}');
            return if marked { next - bracket } else { at };
        };
        after.push(source);
        first = trail;
        at = next;
    }
    after.push('\u{FFFD}');
    at
}

/// Is the text in step as it stands: are its first words likely ones, or is its first character read as it says behind?
fn is_in_step(known: Known<'_>, rest: &str) -> bool {
    let words = &rest[..rest
        .char_indices()
        .take_while(|(_, c)| is_han(*c))
        .take(4)
        .map(|(at, c)| at + c.len_utf8())
        .last()
        .unwrap_or(0)];
    match (words.chars().count(), words.chars().next()) {
        (0, _) | (_, None) => false,
        (1, Some(c)) => {
            let reading = rest[c.len_utf8()..].strip_prefix(['(', '（']);
            let said = reading.and_then(|reading| pinyin::toned_syllable(known.pinyin, reading));
            said.map_or(!known.bigrams.is_odd(c), |(syllable, _)| known.pinyin.is_reading(c, &syllable))
        }
        _ => known.bigrams.mean_cost(words) < IN_STEP,
    }
}

/// The one character with this first byte that fits; of several the one that is far likelier between those beside it.
fn likeliest(known: Known<'_>, first: u8, beside: [char; 2], text: &str, fits: impl Fn(&char) -> bool) -> Option<char> {
    let script = known.script.count(text).script();
    let own = |c: &char| !known.script.is_foreign(*c, script);
    let fitting = known.sources.with_first(first).iter().map(|(_, c)| *c).filter(|c| fits(c) && own(c));
    let [before, behind] = beside.map(|c| known.bigrams.symbol(c));
    let cost = |c: char| {
        let symbol = known.bigrams.symbol(c);
        known.bigrams.cost(before, symbol) + known.bigrams.cost(symbol, behind)
    };
    let mut costs: Vec<(f32, char)> = fitting.map(|c| (cost(c), c)).collect();
    costs.sort_by(|a, b| a.0.total_cmp(&b.0));
    match costs[..] {
        [(_, only)] => Some(only),
        [(best, c), (second, _), ..] if second - best >= SURE => Some(c),
        _ => None,
    }
}

/// So many bits less a character costs than the next one.
const SURE: f32 = 6.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::characters::CharacterRules;
    use crate::config::ConfigSource;

    fn mended(text: &str) -> String {
        let source = &ConfigSource::Embedded;
        let characters = CharacterRules::load(source).unwrap();
        let (gbk, bigrams) = (Gbk::default(), Bigrams::load(source, &characters.script, 0.7).unwrap());
        let sources = Sources::new(&gbk, &bigrams);
        let (pinyin, script) = (&characters.pinyin, &characters.script);
        let known = Known { gbk: &gbk, sources: &sources, bigrams: &bigrams, pinyin, script };
        let mut mended = text.to_owned();
        for run in find(known, text).into_iter().rev().filter(Repair::mended) {
            mended.replace_range(run.source.start..run.source.end, &run.after);
        }
        mended
    }

    #[test]
    fn numbers_behind_half_an_indent() {
        for (from, to) in [
            ("　。ㄒ唬┙(jīng)濟(jì)運(yùn)行", "　　（一）經(jīng)濟(jì)運(yùn)行"),
            ("。ㄋ模┥鐣(huì)事業(yè)進(jìn)步", "　（四）社會(huì)事業(yè)進(jìn)步"),
            ("建設(shè)。ㄒ唬┙?jīng)濟(jì)運(yùn)行", "建設(shè)。（一）經(jīng)濟(jì)運(yùn)行"),
            ("。ㄒ唬┙?(jīng)濟(jì)運(yùn)行", "　（一）經(jīng)濟(jì)運(yùn)行"),
            ("。ㄎ澹┚?济运行稳中有进", "　（五）\u{FFFD}济运行稳中有进"),
        ] {
            assert_eq!(mended(from), to);
        }
    }

    #[test]
    fn nothing_else_is_touched() {
        for text in ["┌──┬──┐\n│一┙二│", "注音ㄒ唬，唬人。ㄈ", "（一）經(jīng)濟(jì)。"]
        {
            assert_eq!(mended(text), text);
        }
    }
}
