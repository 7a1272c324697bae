//! The rules of furniture: `config/furniture.toml`, compiled, and the marks that sites plant inside lines.

use anyhow::Result;
use regex::Regex;
use serde::Deserialize;

use crate::clean::seams::{SeamRules, SeamsConfig};
use crate::clean::shape::fold;
use crate::config::{ConfigSource, LazyRegex, PatternRule, Patterns};
use crate::text::{Span, is_han};

/// `config/furniture.toml` as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FurnitureFile {
    planted_names: Vec<String>,
    anywhere: Vec<PatternRule>,
    outside: Vec<PatternRule>,
    ends: Vec<PatternRule>,
    label: Vec<PatternRule>,
    planted: Vec<PatternRule>,
    title: Vec<PatternRule>,
    meeting: Vec<PatternRule>,
    date: Vec<PatternRule>,
    speaker: Vec<PatternRule>,
    draft: Vec<PatternRule>,
    caption: Vec<PatternRule>,
    salutation: Vec<PatternRule>,
    opening: Vec<PatternRule>,
    closing: Vec<PatternRule>,
    attachment: Vec<PatternRule>,
    note: Vec<PatternRule>,
    web_word: Vec<PatternRule>,
    seams: SeamsConfig,
}

/// The rules, compiled.
#[derive(Debug)]
pub struct FurnitureRules {
    /// What a short line can be by its words: the rules `anywhere`, `outside`, `ends` and `label` in one list, so that
    /// one look at a line serves them all.
    of_lines: Patterns,
    /// Where in that list `outside`, `ends` and `label` begin.
    groups: [usize; 3],
    planted: Patterns,
    planted_names: Regex,
    planted_lead: LazyRegex,
    pub(super) title: Patterns,
    pub(super) meeting: Patterns,
    pub(super) date: Patterns,
    pub(super) speaker: Patterns,
    pub(super) draft: Patterns,
    pub(super) caption: Patterns,
    pub(super) salutation: Patterns,
    pub(super) opening: Patterns,
    pub(super) closing: Patterns,
    pub(super) attachment: Patterns,
    pub(super) note: Patterns,
    pub(super) web_word: Patterns,
    pub(super) seams: SeamRules,
}

/// What the words of a line tell: the first rule of each kind.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Told<'r> {
    pub anywhere: Option<&'r str>,
    pub outside: Option<&'r str>,
    pub ends: Option<&'r str>,
    /// A label whose value stands on the next line.
    pub label: Option<&'r str>,
    /// A label with its value.
    pub labelled: bool,
}

impl FurnitureRules {
    /// # Errors
    /// An unknown key, a pattern that does not compile, an id that stands twice.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let file: FurnitureFile = source.toml("furniture.toml")?;
        let outside = file.anywhere.len();
        let ends = outside + file.outside.len();
        let label = ends + file.ends.len();
        let of_lines = [file.anywhere, file.outside, file.ends, file.label].into_iter().flatten().collect();
        Ok(Self {
            of_lines: Patterns::compile(of_lines)?,
            groups: [outside, ends, label],
            planted: Patterns::compile(file.planted)?,
            planted_names: names_pattern(&file.planted_names)?,
            planted_lead: LazyRegex::new(LEAD)?,
            title: Patterns::compile(file.title)?,
            meeting: Patterns::compile(file.meeting)?,
            date: Patterns::compile(file.date)?,
            speaker: Patterns::compile(file.speaker)?,
            draft: Patterns::compile(file.draft)?,
            caption: Patterns::compile(file.caption)?,
            salutation: Patterns::compile(file.salutation)?,
            opening: Patterns::compile(file.opening)?,
            closing: Patterns::compile(file.closing)?,
            attachment: Patterns::compile(file.attachment)?,
            note: Patterns::compile(file.note)?,
            web_word: Patterns::compile(file.web_word)?,
            seams: SeamRules::new(&file.seams)?,
        })
    }

    /// What the words of a folded line tell.
    pub(super) fn told(&self, folded: &str) -> Told<'_> {
        let mut told = Told::default();
        let [outside, ends, label] = self.groups;
        for i in self.of_lines.candidates(folded) {
            let id = self.of_lines.rules[i].id.as_str();
            let kind = match i {
                _ if i < outside => &mut told.anywhere,
                _ if i < ends => &mut told.outside,
                _ if i < label => &mut told.ends,
                _ => &mut told.label,
            };
            let labelled = id == "labelled_value";
            if (kind.is_none() || labelled) && self.of_lines.matches(i, folded) {
                kind.get_or_insert(id);
                told.labelled |= labelled;
            }
        }
        told
    }

    /// Marks that a site planted inside the lines of a text, in order, with the words that lead to them.
    pub fn planted(&self, text: &str) -> Vec<Span> {
        self.planted_names
            .find_iter(text)
            .map(|hit| {
                let from = floor(text, hit.start().saturating_sub(EDGE));
                let lead = self.planted_lead.find(&text[from..hit.start()]).map_or(0, |m| m.len());
                Span::new(hit.start() - lead, hit.end())
            })
            .collect()
    }

    /// Marks at the edges of one line, see [`FurnitureRules::planted`]. The span is within the line.
    pub fn planted_at_edge(&self, line: &str) -> Option<(Span, &str)> {
        // A sentence that ends as sentences do carries no mark; most lines are spared the patterns by this.
        if line.ends_with(['。', '！', '？', '；', '：', '”', '!', ':', ';']) {
            return None;
        }
        let from = floor(line, line.len().saturating_sub(EDGE));
        let tail = &line[from..];
        let index = self.planted.first(tail)?;
        let hit = self.planted.regexes[index].find(tail)?;
        // The stop that the mark follows is the report's own.
        let kept =
            tail[hit.start()..].chars().next().filter(|c| !c.is_whitespace() && !is_word(*c)).map_or(0, char::len_utf8);
        Some((Span::new(from + hit.start() + kept, from + hit.end()), &self.planted.rules[index].id))
    }

    /// Does a line announce the summary that stands in it or after it?
    pub fn announces_summary(&self, line: &str) -> bool {
        let folded = fold(&line[..floor(line, 60)]);
        ["内容摘要", "摘要:", "导读:", "核心提示", "【摘要】", "内容简介", "简介:"]
            .iter()
            .any(|word| folded.starts_with(word))
    }

    /// Does this line begin something new, whatever the line before it looks like?
    pub fn is_front_line(&self, folded: &str) -> bool {
        self.meeting.is_match(folded) || self.salutation.is_match(folded) || self.speaker.is_match(folded)
    }

    /// Is this line the head of a glossary or annex?
    pub fn is_attachment_head(&self, folded: &str) -> bool {
        self.attachment.is_match(folded)
    }
}

/// Bytes at the end of a line where a planted mark is looked for.
const EDGE: usize = 180;

/// The largest character boundary not above `at`.
pub(super) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_word(c: char) -> bool {
    is_han(c) || c.is_ascii_alphanumeric()
}

/// One pattern for all planted names: blanks may stand between their characters.
fn names_pattern(names: &[String]) -> Result<Regex> {
    let blank = r"[\s\u{a0}\u{3000}]{0,3}";
    let spaced: Vec<String> = names
        .iter()
        .map(|name| name.chars().map(|c| regex::escape(&c.to_string())).collect::<Vec<_>>().join(blank))
        .collect();
    Ok(Regex::new(&format!("(?:{})[”》】]?", spaced.join("|")))?)
}

/// The words that lead to a planted name, at the end of what stands before it.
const LEAD: &str = r"(?:(?:来源于?|来自|转自|摘自|搜索|百度|关注|更多(?:数据|内容|资料)?|微信公众号|微信|公众号)[:：]?[\s\u{a0}\u{3000}]{0,4}){0,3}[“《【]?$";
