//! What a line looks like, without knowing what it says.

use crate::text::ideographs;

/// A line in the form that the furniture rules are held against: no white space, full-width ASCII made half-width,
/// every dash an em dash, arrows of links `>`, Latin letters lower case.
pub fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        // Ideographs need no closer look.
        let plain = ideographs(rest);
        folded.push_str(&rest[..plain]);
        let Some(c) = rest[plain..].chars().next() else { break };
        rest = &rest[plain + c.len_utf8()..];
        match c {
            c if is_blank(c) => {}
            '\u{FF01}'..='\u{FF5E}' => push_folded(&mut folded, char::from((c as u32 - 0xFEE0) as u8)),
            '–' | '―' | '─' | '‐' | '‑' | '‒' | '﹣' | '−' | '━' => folded.push('—'),
            '»' | '›' | '》' if folded.is_empty() => folded.push('>'),
            '»' | '›' => folded.push('>'),
            '┃' | '│' | '︱' => folded.push('|'),
            '•' | '∙' | '・' | '●' => folded.push('·'),
            c => push_folded(&mut folded, c),
        }
    }
    folded
}

fn push_folded(folded: &mut String, c: char) {
    match c {
        '-' => folded.push('—'),
        c => folded.push(c.to_ascii_lowercase()),
    }
}

/// White space, and the characters that show nothing.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// A mark that ends a sentence.
pub fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…')
}

/// A mark that cannot begin a line: what it stands in began on the line before.
pub fn cannot_begin(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '”'
            | '’'
            | '》'
            | '）'
            | '】'
            | '〕'
            | ','
            | ';'
            | '!'
            | '?'
            | ')'
            | '%'
            | '％'
            | '‰'
    )
}

/// The shape of one line, from one look at it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shape {
    /// Characters, blanks not counted.
    pub chars: usize,
    /// As wide as a reader sees it: two for an ideograph or its mark, one for a digit, blanks not counted.
    pub width: usize,
    /// Marks that end a sentence, semicolons among them.
    pub stops: usize,
    /// Commas and colons.
    pub pauses: usize,
    /// Colons alone.
    pub colons: usize,
    /// Does a mark that ends a sentence stand at the end (closing quotes aside)?
    pub ended: bool,
    /// Does a quote, bracket or book title stand open at the end?
    pub open: bool,
    pub first: Option<char>,
    pub last: Option<char>,
}

impl Shape {
    pub fn of(line: &str) -> Self {
        let mut shape = Shape::default();
        let (mut quotes, mut titles, mut brackets) = (0i32, 0i32, 0i32);
        let mut rest = line;
        loop {
            // Nearly all of a text, and none of the marks below.
            let (plain, behind) = rest.split_at(ideographs(rest));
            if !plain.is_empty() {
                shape.chars += plain.len() / 3;
                shape.width += plain.len() / 3 * 2;
                shape.first = shape.first.or_else(|| plain.chars().next());
                shape.last = plain.chars().next_back();
            }
            let Some(c) = behind.chars().next() else { break };
            rest = &behind[c.len_utf8()..];
            if is_blank(c) {
                continue;
            }
            shape.chars += 1;
            shape.width += if c.is_ascii() { 1 } else { 2 };
            shape.first.get_or_insert(c);
            shape.last = Some(c);
            match c {
                '。' | '！' | '？' | '；' | '!' | '?' | ';' => shape.stops += 1,
                '，' | ',' => shape.pauses += 1,
                '：' | ':' => {
                    shape.pauses += 1;
                    shape.colons += 1;
                }
                '“' => quotes += 1,
                '”' => quotes = (quotes - 1).max(0),
                '《' => titles += 1,
                '》' => titles = (titles - 1).max(0),
                '（' | '(' => brackets += 1,
                '）' | ')' => brackets = (brackets - 1).max(0),
                _ => {}
            }
        }
        shape.open = quotes == 1 || titles == 1 || brackets == 1;
        shape.ended = line
            .chars()
            .rev()
            .filter(|&c| !is_blank(c))
            .find(|c| !matches!(c, '”' | '"' | '’' | '）' | ')' | '】' | ']' | '》'))
            .is_some_and(is_stop);
        shape
    }

    /// Is it running text: sentences rather than the words of a menu?
    pub fn prose(&self) -> bool {
        (self.chars >= 40 && (self.stops >= 1 || self.pauses >= 2))
            || (self.chars >= 15 && self.ended)
            || (self.chars >= 15 && self.last == Some('；'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_hides_width_and_blanks() {
        assert_eq!(fold("【字体： 大　中 小】"), "【字体:大中小】");
        assert_eq!(fold("－–Ａ+　》"), "——a+》");
        assert_eq!(fold("》》点击"), ">》点击");
    }

    #[test]
    fn shapes_tell_prose_from_menus() {
        assert!(Shape::of("过去的一年，是极不平凡的一年，全县人民团结奋斗。").prose());
        assert!(!Shape::of("领导之窗").prose());
        assert!(!Shape::of("一、2023年工作回顾").prose());
        assert!(Shape::of("他说：“好！”").ended);
        assert!(Shape::of("坚定“四个自信”，做到“").open);
    }
}
