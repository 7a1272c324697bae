//! What conversion left in the text character by character: HTML entities and tags, formula marks, escapes of line
//! breaks, blanks that became question marks, look-alikes of ideographs, invisible characters.
//!
//! Line breaks, control and zero-width characters are a matter of form; the rest is told as repairs.

use anyhow::{Context, Result};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::misread::{Misread, misread};
use super::quotes::quotes;
use super::signs::percent_signs;
use crate::config::LazyRegex;
use crate::model::{Repair, RepairKind};
use crate::text::{Span, is_han};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResidueConfig {
    /// Entity names without `&` and `;` → what they stand for.
    entities: std::collections::BTreeMap<String, String>,
    /// Names of tags that are taken out; `br` and `p` leave a line break.
    tags: Vec<String>,
    /// Formula commands without the backslash → what they stand for.
    formulas: std::collections::BTreeMap<String, String>,
    /// Radicals that stand for an ideograph and have no compatibility form.
    radicals: std::collections::BTreeMap<char, char>,
    /// Words before a number that ask for percent.
    percent_asked_by: Vec<String>,
    /// Look-alikes that a scan took for the right characters.
    misread: Vec<Misread>,
}

/// Compiled tables.
#[derive(Debug)]
pub struct ResidueRules {
    entities: FxHashMap<String, String>,
    tag: LazyRegex,
    formula: LazyRegex,
    command: LazyRegex,
    formulas: FxHashMap<String, String>,
    radicals: FxHashMap<char, char>,
    percent_asked_by: Vec<String>,
    misread: Vec<Misread>,
    year: LazyRegex,
    lost_in_year: LazyRegex,
}

impl ResidueRules {
    /// # Errors
    /// A tag name that is no plain name.
    pub fn new(config: ResidueConfig) -> Result<Self> {
        let tags = config.tags.iter().map(|t| regex::escape(t)).collect::<Vec<_>>().join("|");
        Ok(Self {
            entities: config.entities.into_iter().collect(),
            tag: LazyRegex::new(&format!(r"^(?i)</?({tags})(\s[^<>\n]{{0,300}})?/?>"))
                .context("config/repair.toml: residue.tags")?,
            formula: LazyRegex::new(r"^\$\$?([0-9A-Za-z .,:;+\-*/=<>~^_{}()\[\]|\\%&×℃°·～—-]{1,80}?)\$\$?")?,
            command: LazyRegex::new(r"\\([A-Za-z]+|[%$&#_{},;! ])\s?")?,
            formulas: config.formulas.into_iter().collect(),
            radicals: config.radicals.into_iter().collect(),
            percent_asked_by: config.percent_asked_by,
            misread: config.misread,
            year: LazyRegex::new(r"^[一二]([OＯo○◯〇零0０九]|[一二三四五六七八九]){3}年?")?,
            lost_in_year: LazyRegex::new("^二\u{FFFD}{1,3}[一二三四][〇一二三四五六七八九]年")?,
        })
    }
}

/// An edit of the source, and the repair that it is, where it is one.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    pub span: Span,
    pub with: String,
    pub kind: Option<RepairKind>,
    pub confidence: f32,
}

impl Edit {
    fn form(start: usize, end: usize, with: &str) -> Self {
        Self { span: Span::new(start, end), with: with.to_owned(), kind: None, confidence: 1.0 }
    }

    fn mend(start: usize, end: usize, with: impl Into<String>, kind: RepairKind, confidence: f32) -> Self {
        Self { span: Span::new(start, end), with: with.into(), kind: Some(kind), confidence }
    }

    /// The row of the repairs table.
    pub fn repair(&self, source: &str) -> Option<Repair> {
        self.kind.map(|kind| Repair {
            source: self.span,
            kind,
            before: self.span.of(source).to_owned(),
            after: self.with.clone(),
            confidence: self.confidence,
        })
    }
}

/// Bytes from a byte to the next character, 0 where something of interest may begin with it: nearly none of a report.
const SKIPPED: [u8; 256] = {
    let mut skipped = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        skipped[byte] = match byte as u8 {
            0..=8 | 0x0B..=0x1F | 0x7F | b'\\' | b'&' | b'<' | b'$' | b'?' => 0,
            0xC2 | 0xE2 | 0xE4 | 0xEE | 0xEF => 0,
            lead => char_len(lead) as u8,
        };
        byte += 1;
    }
    skipped
};

/// Find what was left, in ascending order. `skip` holds spans that others have mended.
pub fn find(rules: &ResidueRules, text: &str, skip: &[Span], blanks_are_marks: bool) -> Vec<Edit> {
    let bytes = text.as_bytes();
    let scan = Scan { rules, text, blanks_are_marks };
    let mut edits = Vec::new();
    let others = skip;
    let mut skip = skip.iter();
    let mut mended = skip.next();
    let mut i = 0;
    while i < bytes.len() {
        let byte = bytes[i];
        let skipped = usize::from(SKIPPED[usize::from(byte)]);
        if let Some(span) = mended.filter(|span| i >= span.start) {
            i = i.max(span.end);
            mended = skip.next();
        } else if skipped > 0 {
            i += skipped;
        } else if let Some(edit) = scan.at(i, byte) {
            i = edit.span.end.max(i + 1);
            edits.push(edit);
        } else {
            i += char_len(byte);
        }
    }
    let scanned = edits.len();
    let signs = percent_signs(&rules.percent_asked_by, text);
    edits.extend(signs.iter().map(|s| Edit::mend(s.start, s.end, "%", RepairKind::Markup, 0.98)));
    for (span, right) in misread(&rules.misread, text) {
        let free = !others.iter().any(|other| other.overlaps(&span)) && !edits.iter().any(|e| e.span.overlaps(&span));
        if free {
            edits.push(Edit::mend(span.start, span.end, right, RepairKind::Misread, 0.98));
        }
    }
    for (span, mark) in quotes(text) {
        if !others.iter().any(|other| other.overlaps(&span)) {
            edits.push(Edit::mend(span.start, span.end, mark, RepairKind::Markup, 0.95));
        }
    }
    if edits.len() > scanned {
        edits.sort_by_key(|edit| edit.span);
    }
    edits
}

const fn char_len(lead: u8) -> usize {
    match lead {
        0..=0x7F => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

struct Scan<'a> {
    rules: &'a ResidueRules,
    text: &'a str,
    blanks_are_marks: bool,
}

impl Scan<'_> {
    fn at(&self, i: usize, byte: u8) -> Option<Edit> {
        match byte {
            b'\r' if self.text[i + 1..].starts_with('\n') => Some(Edit::form(i, i + 1, "")),
            b'\r' => Some(Edit::form(i, i + 1, "\n")),
            0..=0x1F | 0x7F => Some(Edit::form(i, i + 1, "")),
            b'\\' => self.escape(i),
            b'&' => self.entity(i),
            b'<' => self.tag(i),
            b'$' => self.formula(i),
            b'?' => self.marks(i),
            0xE4 if matches!(self.behind(i), [0xB8, 0x80] | [0xBA, 0x8C]) => self.year(i),
            // Other ideographs, quotation marks and dashes, commas and brackets: what nearly all of these are.
            0xE4 => None,
            0xE2 if matches!(self.behind(i), [0x80, 0x90..=0xA7] | [0x82..=0xB9, _]) => None,
            0xEF if matches!(self.behind(i), [0xBC, _] | [0xBD, 0x80..=0xBC]) => None,
            _ => self.character(i),
        }
    }

    /// The two bytes behind the first one of a character of three.
    fn behind(&self, i: usize) -> [u8; 2] {
        let bytes = self.text.as_bytes();
        [bytes[i + 1], bytes[i + 2]]
    }

    fn before(&self, i: usize) -> Option<char> {
        self.text[..i].chars().next_back()
    }

    /// `\r\n` and `\n` written out; `\%`.
    fn escape(&self, i: usize) -> Option<Edit> {
        let rest = &self.text[i..];
        for pair in [r"\r\n", r"\n\r"] {
            if rest.starts_with(pair) {
                return Some(Edit::form(i, i + pair.len(), "\n"));
            }
        }
        let follows = rest[1..].chars().nth(1);
        let alone = follows.is_none_or(|c| !c.is_ascii_alphabetic());
        match rest.as_bytes().get(1)? {
            b'n' | b'r' if alone => Some(Edit::form(i, i + 2, "\n")),
            b't' if alone => Some(Edit::form(i, i + 2, " ")),
            b'%' => Some(Edit::mend(i, i + 2, "%", RepairKind::Markup, 0.99)),
            _ => None,
        }
    }

    fn entity(&self, i: usize) -> Option<Edit> {
        let mut end = i;
        let mut with = String::new();
        while let Some((len, value)) = self.one_entity(&self.text[end..]) {
            with.push_str(&value);
            end += len;
        }
        (end > i).then(|| Edit::mend(i, end, with, RepairKind::Markup, 0.99))
    }

    /// One entity, its semicolon optional for the names of the table; `&amp;` may hide another.
    fn one_entity(&self, rest: &str) -> Option<(usize, String)> {
        let body = rest.strip_prefix('&')?;
        if let Some(number) = body.strip_prefix('#') {
            let (hex, digits) = match number.strip_prefix(['x', 'X']) {
                Some(hex) => (true, hex),
                None => (false, number),
            };
            let len = digits
                .bytes()
                .take(7)
                .take_while(|b| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() })
                .count();
            let code = u32::from_str_radix(&digits[..len], if hex { 16 } else { 10 }).ok()?;
            let c = char::from_u32(code).filter(|c| !c.is_control())?;
            let closed = usize::from(digits[len..].starts_with(';'));
            return Some((2 + usize::from(hex) + len + closed, c.to_string()));
        }
        let len = body.bytes().take(8).take_while(u8::is_ascii_alphanumeric).count();
        // Without its semicolon a name may be glued to what follows: the longest known one counts.
        for len in (2..=len).rev() {
            if let Some(value) = self.rules.entities.get(&body[..len]) {
                let closed = usize::from(body[len..].starts_with(';'));
                let end = 1 + len + closed;
                if value == "&"
                    && let Some((more, value)) =
                        self.one_entity(&format!("&{}", rest[end..].chars().take(12).collect::<String>()))
                {
                    return Some((end + more - 1, value));
                }
                return (closed == 1
                    || value.trim().is_empty()
                    || !body[len..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '='))
                .then(|| (end, value.clone()));
            }
        }
        None
    }

    fn tag(&self, i: usize) -> Option<Edit> {
        let found = self.rules.tag.captures(&self.text[i..floor(self.text, i + 320)])?;
        let name = found[1].to_ascii_lowercase();
        let with = if matches!(name.as_str(), "br" | "p" | "div" | "tr" | "li") { "\n" } else { "" };
        Some(Edit::mend(i, i + found[0].len(), with, RepairKind::Markup, 0.98))
    }

    /// `$5\%$`: only where a command, a script or nothing but a figure stands between the signs.
    fn formula(&self, i: usize) -> Option<Edit> {
        let found = self.rules.formula.captures(&self.text[i..floor(self.text, i + 90)])?;
        let inner = &found[1];
        let figure = inner.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b' ' | b'%'));
        if !(inner.contains(['\\', '^', '_']) || figure && inner.bytes().any(|b| b.is_ascii_digit())) {
            return None;
        }
        let plain = self
            .rules
            .command
            .replace_all(inner, |c: &regex::Captures<'_>| self.rules.formulas.get(&c[1]).cloned().unwrap_or_default());
        let plain: String = plain.chars().filter(|c| !matches!(c, '{' | '}' | '^' | '_' | ' ' | '~')).collect();
        Some(Edit::mend(i, i + found[0].len(), plain, RepairKind::Markup, 0.95))
    }

    /// Runs of question marks that stand for blanks (two each: the bytes of a no-break space).
    fn marks(&self, i: usize) -> Option<Edit> {
        let run = self.text[i..].bytes().take_while(|b| *b == b'?').count();
        let blank = run % 2 == 0 && (self.blanks_are_marks || run >= 4);
        if !blank || run < 2 {
            return None;
        }
        Some(Edit::mend(i, i + run, " ", RepairKind::QuestionMarks, 0.95))
    }

    /// Years, from 一 or 二 on, whose zero is a letter or a circle, or is lost: 二O一二年, 二��三五年.
    fn year(&self, i: usize) -> Option<Edit> {
        let rest = &self.text[i..floor(self.text, i + 24)];
        if self.before(i).is_some_and(|c| "〇一二三四五六七八九十百千万第".contains(c)) {
            return None;
        }
        if let Some(found) = self.rules.lost_in_year.find(rest) {
            let marks: String = found.as_str().chars().filter(|c| *c == '\u{FFFD}').collect();
            let start = i + '二'.len_utf8();
            return Some(Edit::mend(start, start + marks.len(), "〇", RepairKind::Replacement, 0.97));
        }
        let found = self.rules.year.find(rest)?.as_str();
        let circle = |c: char| matches!(c, 'O' | 'Ｏ' | 'o' | '○' | '◯');
        let with: String = found.chars().map(|c| if circle(c) { '〇' } else { c }).collect();
        // Four digits are a year only with a zero or a nine behind the first.
        (with != found && found.chars().nth(1).is_some_and(|c| circle(c) || "〇零0０九".contains(c)))
            .then(|| Edit::mend(i, i + found.len(), with, RepairKind::Numeral, 0.97))
    }

    fn character(&self, i: usize) -> Option<Edit> {
        let c = self.text[i..].chars().next()?;
        let end = i + c.len_utf8();
        match c {
            '\u{85}' | '\u{2028}' | '\u{2029}' => Some(Edit::form(i, end, "\n")),
            '\u{80}'..='\u{9F}'
            | '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{FEFF}' => Some(Edit::form(i, end, "")),
            '\u{2E80}'..='\u{2FD5}' | '\u{F900}'..='\u{FAFF}' => {
                let with: String = match self.rules.radicals.get(&c) {
                    Some(ideograph) => ideograph.to_string(),
                    None => c.nfkc().collect(),
                };
                (!with.starts_with(c)).then(|| Edit::mend(i, end, with, RepairKind::CompatibilityForm, 0.99))
            }
            '\u{E000}'..='\u{F8FF}' => Some(self.private_use(i, end)),
            '\u{FFFD}' => {
                let end = i + self.text[i..].chars().take_while(|c| *c == '\u{FFFD}').count() * c.len_utf8();
                Some(Edit::mend(i, end, &self.text[i..end], RepairKind::Replacement, 0.99))
            }
            _ => None,
        }
    }

    /// Icons of a web font stand beside blanks and marks and say nothing; inside Han text a character is lost.
    fn private_use(&self, i: usize, end: usize) -> Edit {
        let inside = self.before(i).is_some_and(is_han) && self.text[end..].chars().next().is_some_and(is_han);
        let with = if inside { &self.text[i..end] } else { "" };
        Edit::mend(i, end, with, RepairKind::PrivateUse, if inside { 0.9 } else { 0.8 })
    }
}

/// Does the document write question marks for no-break spaces? Then runs of even length stand where blanks do.
pub fn blanks_became_marks(text: &str) -> bool {
    let (mut long, mut even, mut odd) = (0, 0, 0);
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'?', rest.as_bytes()) {
        let run = rest[at..].bytes().take_while(|b| *b == b'?').count();
        match run {
            n if n >= 4 && n % 2 == 0 => long += 1,
            n if n % 2 == 0 => even += 1,
            _ => odd += 1,
        }
        rest = &rest[at + run..];
    }
    long > 0 && long + even > 2 * odd
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
