//! Width and punctuation in the form of the contract: half-width digits and letters, full-width Chinese punctuation
//! beside Han characters, paired quotes, NFC.
//!
//! Decimal points, thousands separators, ratios and clock times keep their marks: a comma or colon becomes full-width
//! only where a Han character stands beside it. The colons that print shops set in ratios (∶ ︰ ﹕) become plain ones
//! between digits: 三次产业结构为9.2∶46.6∶44.2.

use anyhow::{Result, bail};
use serde::Deserialize;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::text::{AlignedText, Rewriter, Span, ideographs, is_han};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WidthConfig {
    /// ASCII mark → its full-width form beside a Han character.
    beside_han: Vec<(char, char)>,
}

/// Marks that widen beside a Han character, by their ASCII code.
#[derive(Debug)]
pub struct WidthRules {
    wide: [Option<char>; 128],
}

impl WidthRules {
    /// # Errors
    /// A mark that is not ASCII.
    pub fn new(config: &WidthConfig) -> Result<Self> {
        let mut wide = [None; 128];
        for &(mark, to) in &config.beside_han {
            match wide.get_mut(mark as usize) {
                Some(slot) => *slot = Some(to),
                None => bail!("config/characters.toml: width.beside_han: {mark:?} is not ASCII"),
            }
        }
        Ok(Self { wide })
    }
}

/// Bring width and punctuation to the form of the contract. Expects simplified text without planted readings.
pub fn normalise(rules: &WidthRules, text: AlignedText) -> AlignedText {
    let text = compose(text);
    let mut rewriter = Rewriter::new(&text);
    let mut start = 0;
    for line in text.as_str().split_inclusive('\n') {
        Line { rules, text: text.as_str(), span: Span::new(start, start + line.len()) }.normalise(&mut rewriter);
        start += line.len();
    }
    rewriter.finish()
}

/// NFC, for the runs that need it.
fn compose(text: AlignedText) -> AlignedText {
    let mut edits: Vec<(Span, String)> = Vec::new();
    let mut start = 0;
    // Nothing is composed across the end of a line.
    for line in text.as_str().split_inclusive('\n') {
        if !all_composed(line) && is_nfc_quick(line.chars()) != IsNormalized::Yes {
            compose_line(line, start, &mut edits);
        }
        start += line.len();
    }
    text.edited(&edits)
}

/// The compositions of a line that begins at byte `from`.
fn compose_line(line: &str, from: usize, edits: &mut Vec<(Span, String)>) {
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        while let Some((_, mark)) = chars.next_if(|(_, m)| unicode_normalization::char::is_combining_mark(*m)) {
            end += mark.len_utf8();
        }
        let run = &line[at..end];
        if is_nfc_quick(run.chars()) != IsNormalized::Yes {
            let composed: String = run.nfc().collect();
            if composed != run {
                edits.push((Span::new(from + at, from + end), composed));
            }
        }
    }
}

fn all_composed(mut text: &str) -> bool {
    while let Some(c) = text.chars().next() {
        if !is_composed(c) {
            return false;
        }
        text = &text[c.len_utf8()..];
        text = &text[ideographs(text)..];
    }
    true
}

/// Is this one of the characters that make up nearly all texts and that composition leaves alone, whatever stands
/// beside them?
fn is_composed(c: char) -> bool {
    matches!(
        c,
        '\0'..='\u{2FF}'
            | '\u{2010}'..='\u{2027}'
            | '\u{2030}'..='\u{205E}'
            | '℃'
            | '\u{2160}'..='\u{217F}'
            | '\u{2460}'..='\u{27BF}'
            | '\u{3000}'..='\u{3029}'
            | '\u{3400}'..='\u{9FFF}'
            | '\u{E000}'..='\u{F8FF}'
            | '\u{FF00}'..='\u{FF9D}'
            | '\u{FFFD}'
    )
}

struct Line<'a> {
    rules: &'a WidthRules,
    text: &'a str,
    span: Span,
}

impl Line<'_> {
    fn normalise(&self, rewriter: &mut Rewriter<'_>) {
        let bytes = self.text.as_bytes();
        // Open brackets that wait for their partner: position in `edits`, was it widened?
        let mut brackets: Vec<bool> = Vec::new();
        let mut quote_open = false;
        let mut buffer = [0u8; 4];
        let mut i = self.span.start;
        while i < self.span.end {
            let byte = bytes[i];
            // Unified ideographs: E4 B8 80 .. E9 BF BF, and CJK punctuation stay.
            if (0xE3..=0xE9).contains(&byte) {
                i += 3;
                continue;
            }
            let (to, len) = if byte < 0x80 {
                (self.ascii(byte, i, &mut brackets, &mut quote_open), 1)
            } else {
                let Some(c) = self.text[i..].chars().next() else { break };
                (self.wide(c, i), c.len_utf8())
            };
            if let Some(to) = to {
                rewriter.keep_to(i);
                rewriter.replace_to(i + len, to.encode_utf8(&mut buffer));
            }
            i += len;
        }
    }

    fn ascii(&self, byte: u8, at: usize, brackets: &mut Vec<bool>, quote_open: &mut bool) -> Option<char> {
        match byte {
            b'(' => {
                let wide = self.is_han_before(at) || self.is_han_after(at + 1) || self.han_around_bracket(at);
                brackets.push(wide);
                wide.then_some('（')
            }
            b')' => {
                let wide = brackets.pop().unwrap_or_else(|| self.is_han_before(at) || self.is_han_after(at + 1));
                wide.then_some('）')
            }
            b'"' => {
                *quote_open = !*quote_open;
                Some(if *quote_open { '“' } else { '”' })
            }
            b',' | b';' | b':' | b'?' | b'!' => {
                let to = self.rules.wide[usize::from(byte)]?;
                (self.is_han_before(at) || self.is_han_after(at + 1) || self.is_han_on_next_line(at)).then_some(to)
            }
            _ => None,
        }
    }

    /// A character of three bytes or more that has a form of the contract.
    fn wide(&self, c: char, at: usize) -> Option<char> {
        match c {
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0),
            '％' | '＋' | '＝' | '＆' | '＠' | '＃' | '＊' | '／' | '＜' | '＞' | '｜' | '＄' | '＿' => {
                char::from_u32(c as u32 - 0xFEE0)
            }
            '＂' => Some('"'),
            '．' | '－' => {
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || is_wide_alphanumeric(c));
                let after = at + c.len_utf8();
                let near = digit(self.before(at)) || digit(self.after(after));
                near.then_some(if c == '．' { '.' } else { '-' })
            }
            '﹐' => Some('，'),
            '﹑' | '､' => Some('、'),
            '﹒' => Some('.'),
            '﹔' => Some('；'),
            '∶' | '︰' | '﹕' if self.is_ratio(at, at + c.len_utf8()) => Some(':'),
            '︰' | '﹕' => Some('：'),
            '∶' if self.is_han_before(at) && self.is_han_after(at + c.len_utf8()) => Some('：'),
            '―' => Some('—'),
            '﹖' => Some('？'),
            '﹗' => Some('！'),
            '﹙' => Some('（'),
            '﹚' => Some('）'),
            '﹪' => Some('%'),
            '｡' => Some('。'),
            '｢' => Some('「'),
            '｣' => Some('」'),
            _ => None,
        }
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[self.span.start..at].chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text[at..self.span.end].chars().next()
    }

    /// Does the nearest character before, white space and closing marks aside, belong to Chinese text?
    fn is_han_before(&self, at: usize) -> bool {
        self.text[self.span.start..at].chars().rev().find(|c| !is_blank(*c)).is_some_and(|c| is_han(c) || is_mark(c))
    }

    fn is_han_after(&self, at: usize) -> bool {
        self.text[at..self.span.end].chars().find(|c| !is_blank(*c)).is_some_and(|c| is_han(c) || is_mark(c))
    }

    /// Does the mark at the end of its line part a figure from the Han text of the next one (8%;⏎财政收入)?
    fn is_han_on_next_line(&self, at: usize) -> bool {
        let ends =
            self.text[at + 1..self.span.end].trim_start_matches(is_blank).trim_end_matches(['\r', '\n']).is_empty();
        let figure = matches!(self.before(at), Some('0'..='9' | '%'));
        let next = || self.text[self.span.end..].chars().find(|c| !is_blank(*c) && !matches!(c, '\r' | '\n'));
        ends && figure && next().is_some_and(is_han)
    }

    /// Does the mark of these bytes stand between two figures, blanks and the sign of the first aside: 9.2% ∶ 46.6%?
    fn is_ratio(&self, at: usize, end: usize) -> bool {
        let digit = |c: char| c.is_ascii_digit() || is_wide_alphanumeric(c);
        let ahead = self.text[self.span.start..at].trim_end_matches(is_blank).trim_end_matches(['%', '％']);
        ahead.ends_with(digit) && self.text[end..self.span.end].trim_start_matches(is_blank).starts_with(digit)
    }

    /// Does the bracket that opens at `at` hold a Han character, or stand before one when it closes?
    fn han_around_bracket(&self, at: usize) -> bool {
        let rest = &self.text[at + 1..self.span.end];
        for (count, (i, c)) in rest.char_indices().enumerate() {
            match c {
                ')' | '）' => return self.is_han_after(at + 1 + i + c.len_utf8()),
                _ if is_han(c) => return true,
                '(' => return false,
                _ if count > 64 => return false,
                _ => {}
            }
        }
        false
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}')
}

/// Punctuation of Chinese text.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3011}' | '\u{3014}'..='\u{301B}' | '“' | '”' | '‘' | '’' | '，' | '；' | '：' | '？' | '！' | '（' | '）')
}

fn is_wide_alphanumeric(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

#[cfg(test)]
mod tests {
    use super::super::characters::CharacterRules;
    use super::*;
    use crate::config::ConfigSource;

    #[test]
    fn brings_width_to_the_form_of_the_contract() {
        let rules = CharacterRules::load(&ConfigSource::Embedded).unwrap();
        for (from, to) in [
            ("增长１０．５％,总量全市第2;其中:工业(规上)增长3%", "增长10.5%，总量全市第2；其中：工业（规上）增长3%"),
            ("367 亿元,同比1,234.5万,1,234", "367 亿元，同比1,234.5万，1,234"),
            ("比例0.0:28.4:71.6,上午9:30", "比例0.0:28.4:71.6，上午9:30"),
            ("比例0.4∶28.1∶71.5，调为１︰３０︰６９，8% ﹕ 92%", "比例0.4:28.1:71.5，调为1:30:69，8% : 92%"),
            ("各位代表︰现在∶我", "各位代表：现在：我"),
            ("――经济平稳增长", "——经济平稳增长"),
            ("(一)坚持 (1)推进", "（一）坚持 （1）推进"),
            ("PM2.5(细颗粒物)、y=f(x)+1、(GDP)增长", "PM2.5（细颗粒物）、y=f(x)+1、（GDP）增长"),
            ("\"一区两地\"和\"三城\"", "“一区两地”和“三城”"),
            ("１．发展", "1.发展"),
            ("ＧＤＰ占比１－２％", "GDP占比1-2%"),
            ("http://www.gov.cn/a?b=1,2", "http://www.gov.cn/a?b=1,2"),
            ("各位代表:\n现在,我", "各位代表：\n现在，我"),
            ("增长\n8%;\n财政收入增长\n10%,\n20", "增长\n8%；\n财政收入增长\n10%,\n20"),
            ("e\u{301}", "é"),
        ] {
            let out = normalise(&rules.width, AlignedText::from_source(from.into()));
            assert_eq!(out.as_str(), to);
        }
    }
}
