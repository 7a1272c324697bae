//! Numerals: Arabic, Chinese and mixed, and what stands inside a quantity between its digits and its unit.
//!
//! A numeral is read at a position; nothing is searched. The scale words that end it (万, 亿; after digits also 百, 千)
//! are kept apart, because the tables count them to the unit: 1.6万户 is 1.6 and 万户.

mod chinese;

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::Deserialize;

/// How a numeral is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberShape {
    /// 1,234.5
    Arabic,
    /// 两百零五
    Chinese,
    /// 5万4千; 3千零20
    Mixed,
    /// 二〇二四: digits without scale words.
    ChineseDigits,
    /// A scale word alone: 百(万吨), 千(余家).
    BareScale,
    /// 三分之一, 1/3, 一半
    Fraction,
    /// 八成五, 九折
    Tenths,
    /// 翻一番
    Doubling,
    /// 第2, 前三, 首位
    Ordinal,
    /// One of a:b:c.
    Proportion,
    /// 2×35万千瓦
    Product,
}

/// What a character is to a numeral.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Class {
    None,
    Digit(u8),
    /// A digit in a form that is also an ordinary word.
    FormalDigit(u8),
    /// 十百千, below 万.
    Small(f64),
    FormalSmall(f64),
    /// 万, 亿.
    Big(f64),
    Arabic(u8),
    /// 兆: a scale only before more of the numeral.
    Rare(f64),
    /// 几, 数
    Several,
}

/// The `[digits]` … `[words]` part of `config/numbers.toml` that numerals need.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumeralConfig {
    pub digits: BTreeMap<char, u8>,
    pub formal_digits: BTreeMap<char, u8>,
    pub small_scales: BTreeMap<char, f64>,
    pub formal_scales: BTreeMap<char, f64>,
    pub big_scales: BTreeMap<char, f64>,
    pub rare_scales: BTreeMap<char, f64>,
    pub fraction: String,
    pub several: Vec<char>,
    pub several_after: Vec<char>,
    pub point: char,
}

/// The characters of numerals, compiled.
#[derive(Debug)]
pub struct NumeralRules {
    /// For each code point of the basic plane: its place in `classes`.
    table: Vec<u8>,
    classes: Vec<Class>,
    point: char,
    fraction: String,
    several_after: Vec<char>,
}

/// A numeral that was read, as bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numeral {
    pub start: usize,
    /// End of the digits; of a bare scale, its end.
    pub end: usize,
    /// The value without the scale words that end it.
    pub value: f64,
    /// 三五个: 3 and 5.
    pub value_max: Option<f64>,
    /// The scale words that end it: their factor, and where they end.
    pub scale: f64,
    pub scale_end: usize,
    pub shape: NumberShape,
    /// 几, 数 in it: the value is a lower bound.
    pub several: bool,
    /// Decimal places of an Arabic numeral; digits before the point.
    pub decimals: u8,
    pub integer_digits: u8,
    /// Written with 十/百/千, that is: not one Chinese digit alone.
    pub grouped: bool,
}

impl NumeralRules {
    pub(super) fn compile(config: &NumeralConfig) -> Result<Self> {
        let mut table = vec![0u8; 0x10000];
        let mut classes = vec![Class::None];
        let mut add = |c: char, class: Class| {
            match table.get_mut(c as usize) {
                Some(place @ 0) => *place = u8::try_from(classes.len())?,
                Some(_) => bail!("config/numbers.toml: {c} stands twice"),
                None => bail!("config/numbers.toml: {c} is outside the basic plane"),
            }
            classes.push(class);
            Ok(())
        };
        for (&c, &d) in &config.digits {
            add(c, Class::Digit(d))?;
        }
        for (&c, &d) in &config.formal_digits {
            add(c, Class::FormalDigit(d))?;
        }
        for (&c, &f) in &config.small_scales {
            add(c, Class::Small(f))?;
        }
        for (&c, &f) in &config.formal_scales {
            add(c, Class::FormalSmall(f))?;
        }
        for (&c, &f) in &config.big_scales {
            add(c, Class::Big(f))?;
        }
        for (&c, &f) in &config.rare_scales {
            add(c, Class::Rare(f))?;
        }
        for &c in &config.several {
            add(c, Class::Several)?;
        }
        for d in 0..10u8 {
            add(char::from(b'0' + d), Class::Arabic(d))?;
            let wide = char::from_u32('０' as u32 + u32::from(d)).expect("full-width digits are characters");
            add(wide, Class::Arabic(d))?;
        }
        Ok(Self {
            table,
            classes,
            point: config.point,
            fraction: config.fraction.clone(),
            several_after: config.several_after.clone(),
        })
    }

    /// Can the character begin a numeral?
    #[inline]
    pub(super) fn is_candidate(&self, code: u32) -> bool {
        self.table.get(code as usize).is_some_and(|&place| place != 0)
    }

    #[inline]
    pub(super) fn class(&self, c: char) -> Class {
        self.table.get(c as usize).map_or(Class::None, |&place| self.classes[place as usize])
    }

    /// Does a run of numeral characters go on behind this one? (Not behind 几 and 数.)
    pub(super) fn goes_on(&self, c: char) -> bool {
        !matches!(self.class(c), Class::Several | Class::None)
    }

    /// The Chinese digit that the character is.
    pub(super) fn digit(&self, c: char) -> Option<u8> {
        match self.class(c) {
            Class::Digit(d) | Class::FormalDigit(d) => Some(d),
            _ => None,
        }
    }

    #[inline]
    fn class_at(&self, text: &str, at: usize) -> (Class, usize) {
        text[at..].chars().next().map_or((Class::None, 0), |c| (self.class(c), c.len_utf8()))
    }

    /// The numeral that begins at `at`, if one does.
    pub fn read(&self, text: &str, at: usize) -> Option<Numeral> {
        match self.class_at(text, at).0 {
            Class::None => None,
            Class::Arabic(_) => self.read_arabic(text, at),
            _ => self.read_chinese(text, at),
        }
    }

    /// The runs of scale words at `at`, from none to the longest: where each ends, and its factor.
    pub(super) fn scales<'t>(&'t self, text: &'t str, at: usize) -> impl Iterator<Item = (usize, f64)> + 't {
        let mut next = Some((at, 1.0));
        std::iter::from_fn(move || {
            let (end, factor) = next?;
            next = match self.class_at(text, end) {
                (Class::Small(f) | Class::Big(f), len) => Some((end + len, factor * f)),
                _ => None,
            };
            Some((end, factor))
        })
    }

    fn read_arabic(&self, text: &str, at: usize) -> Option<Numeral> {
        let plain = self.read_digits(text, at)?;
        // 5万4千6百, 3千零20: scale words with more digits after them.
        let after_scale = self.scales(text, plain.end).last().map_or(plain.end, |r| r.0);
        if after_scale > plain.end {
            let (class, len) = self.class_at(text, after_scale);
            let more = match class {
                Class::Arabic(_) => true,
                Class::Digit(0) => matches!(self.class_at(text, after_scale + len).0, Class::Arabic(_)),
                _ => false,
            };
            if more && let Some(mixed) = self.read_tokens(text, at) {
                return Some(Numeral { shape: NumberShape::Mixed, ..mixed });
            }
        }
        Some(plain)
    }

    /// 1,234.5 without scale words.
    fn read_digits(&self, text: &str, at: usize) -> Option<Numeral> {
        let first = self.take_digits(text, at, Digits::default());
        let (mut digits, mut end) = first;
        if end == at {
            return None;
        }
        // Groups of three after a comma; a full-width comma joins only full-width digits.
        let leading_zero = text[at..].starts_with(['0', '０']);
        if digits.count <= 3 && !leading_zero {
            let wide = end - at == 3 * digits.count as usize;
            let comma = if wide { '，' } else { ',' };
            let (mut grouped, mut grouped_end) = first;
            while text[grouped_end..].starts_with(comma) {
                let from = grouped_end + comma.len_utf8();
                let (group, to) = self.take_digits(text, from, grouped);
                if group.count - grouped.count != 3 || (to - from == 9) != wide {
                    // 12,5000: these commas part two numbers.
                    if group.count - grouped.count > 3 {
                        (grouped, grouped_end) = first;
                    }
                    break;
                }
                (grouped, grouped_end) = (group, to);
            }
            (digits, end) = (grouped, grouped_end);
        }
        let mut value = digits.value;
        let mut decimals = 0;
        let point = text[end..].chars().next().filter(|c| matches!(c, '.' | '．'));
        if let Some(point) = point {
            let (all, to) = self.take_digits(text, end + point.len_utf8(), digits);
            decimals = all.count - digits.count;
            if decimals > 0 {
                // Up to 15 digits the quotient is the nearest double to what is printed.
                value = all.value / 10f64.powi(i32::from(decimals));
                if all.count > 15 {
                    let plain: String = text[at..to].chars().filter_map(half_width).collect();
                    value = plain.parse().ok()?;
                }
                end = to;
            }
        }
        Some(Numeral {
            start: at,
            end,
            value,
            value_max: None,
            scale: 1.0,
            scale_end: end,
            shape: NumberShape::Arabic,
            several: false,
            decimals,
            integer_digits: digits.count,
            grouped: false,
        })
    }

    /// Adds the digits at `at` to those before; where they end.
    fn take_digits(&self, text: &str, at: usize, before: Digits) -> (Digits, usize) {
        let (mut digits, mut end) = (before, at);
        while let (Class::Arabic(d), len) = self.class_at(text, end) {
            digits.value = digits.value * 10.0 + f64::from(d);
            digits.count = digits.count.saturating_add(1);
            end += len;
        }
        (digits, end)
    }
}

/// Decimal digits read so far.
#[derive(Debug, Clone, Copy, Default)]
struct Digits {
    value: f64,
    count: u8,
}

/// The half-width form of a digit or point; commas are left out.
fn half_width(c: char) -> Option<char> {
    match c {
        '0'..='9' | '.' => Some(c),
        '０'..='９' => char::from_u32(c as u32 - 0xfee0),
        '．' => Some('.'),
        _ => None,
    }
}

/// Is the character a Han character?
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> NumeralRules {
        crate::extract::quantity::tests::rules().numerals
    }

    /// Text → (value, value_max, scale, digits).
    fn read(text: &str) -> Option<(f64, Option<f64>, f64, &str)> {
        let numeral = rules().read(text, 0)?;
        Some((numeral.value, numeral.value_max, numeral.scale, &text[numeral.start..numeral.end]))
    }

    #[test]
    fn chinese_numerals_keep_their_scale_apart() {
        assert_eq!(read("三百亿元"), Some((300.0, None, 1e8, "三百")));
        assert_eq!(read("一千两百三十四万"), Some((1234.0, None, 1e4, "一千两百三十四")));
        assert_eq!(read("百万吨"), Some((1.0, None, 1e6, "百万")));
        assert_eq!(read("十万"), Some((10.0, None, 1e4, "十")));
        assert_eq!(read("两百零五"), Some((205.0, None, 1.0, "两百零五")));
        assert_eq!(read("一万三"), Some((13000.0, None, 1.0, "一万三")));
        assert_eq!(read("四千零四万"), Some((4004.0, None, 1e4, "四千零四")));
        assert_eq!(read("五亿零六"), Some((500000006.0, None, 1.0, "五亿零六")));
        assert_eq!(read("十五点七"), Some((15.7, None, 1.0, "十五点七")));
        assert_eq!(read("三百五十万亿"), Some((350.0, None, 1e12, "三百五十")));
    }

    #[test]
    fn pairs_of_digits_are_ranges_and_strings_are_years() {
        assert_eq!(read("三五个"), Some((3.0, Some(5.0), 1.0, "三五")));
        assert_eq!(read("十七八个"), Some((17.0, Some(18.0), 1.0, "十七八")));
        assert_eq!(read("七八十人"), Some((70.0, Some(80.0), 1.0, "七八十")));
        assert_eq!(read("二〇二四年"), Some((2024.0, None, 1.0, "二〇二四")));
    }

    #[test]
    fn commas_group_by_three_only() {
        assert_eq!(read("1,234.5万"), Some((1234.5, None, 1.0, "1,234.5")));
        assert_eq!(read("12,5000"), Some((12.0, None, 1.0, "12")));
        assert_eq!(read("1.29万元,分别"), Some((1.29, None, 1.0, "1.29")));
        assert_eq!(read("５，２３６家"), Some((5236.0, None, 1.0, "５，２３６")));
        assert_eq!(read("13，200所"), Some((13.0, None, 1.0, "13")));
    }

    #[test]
    fn mixed_numerals_add_up() {
        assert_eq!(read("5万4千6百"), Some((54600.0, None, 1.0, "5万4千6百")));
        assert_eq!(read("3万4000人"), Some((34000.0, None, 1.0, "3万4000")));
        assert_eq!(read("2千零30万"), Some((2030.0, None, 1e4, "2千零30")));
    }
}
