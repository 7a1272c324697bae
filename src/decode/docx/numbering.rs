//! `numbering.xml`: the numbers of list paragraphs (一、 （一） 1.), which stand nowhere in the text.

use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use super::body::{attribute, reader, switched_on};

const LEVELS: usize = 9;

#[derive(Debug, Clone, Default)]
struct Level {
    start: i64,
    format: String,
    /// `%1、`: `%n` stands for the number of level n.
    text: String,
    /// All numbers in Arabic digits.
    legal: bool,
}

#[derive(Debug, Default)]
struct List {
    kind: i64,
    /// A list that goes on with the counters of its kind, unless it starts anew.
    starts: [Option<i64>; LEVELS],
}

/// Definitions of all lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    kinds: FxHashMap<i64, Vec<Level>>,
    lists: FxHashMap<i64, List>,
}

/// Where the lists of a document stand while it is read.
#[derive(Debug, Default)]
pub(super) struct Counters {
    kinds: FxHashMap<i64, [Option<i64>; LEVELS]>,
    begun: FxHashMap<i64, [bool; LEVELS]>,
}

impl Numbering {
    pub fn parse(xml: &str) -> Self {
        let mut numbering = Numbering::default();
        let (mut kind, mut list, mut level): (Option<i64>, Option<i64>, usize) = (None, None, 0);
        let mut reader = reader(xml);
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    let number = |name: &str| attribute(&element, name).and_then(|v| v.parse::<i64>().ok());
                    match element.local_name().as_ref() {
                        "abstractNum" | "listDef" => {
                            kind = number("abstractNumId").or_else(|| number("listDefId"));
                            if let Some(kind) = kind {
                                numbering.kinds.insert(kind, vec![Level { start: 1, ..Level::default() }; LEVELS]);
                            }
                        }
                        "num" | "list" => {
                            list = number("numId").or_else(|| number("ilfo"));
                            if let Some(list) = list {
                                numbering.lists.insert(list, List::default());
                            }
                        }
                        "abstractNumId" | "ilst" => {
                            if let Some(list) = list.and_then(|l| numbering.lists.get_mut(&l)) {
                                list.kind = number("val").unwrap_or_default();
                            }
                        }
                        "lvl" | "lvlOverride" => {
                            level = number("ilvl").unwrap_or(0).clamp(0, LEVELS as i64 - 1) as usize
                        }
                        "startOverride" => {
                            if let Some(list) = list.and_then(|l| numbering.lists.get_mut(&l)) {
                                list.starts[level] = number("val");
                            }
                        }
                        name => {
                            // A list that redefines a level of its kind is rare, and never seen to change the form.
                            let Some(kind) = kind.filter(|_| list.is_none()) else { continue };
                            let Some(level) = numbering.kinds.get_mut(&kind).map(|levels| &mut levels[level]) else {
                                continue;
                            };
                            let value = || attribute(&element, "val").unwrap_or_default();
                            match name {
                                "start" => level.start = value().parse().unwrap_or(1),
                                "numFmt" | "nfc" => level.format = value(),
                                "lvlText" => level.text = value(),
                                "isLgl" => level.legal = switched_on(&element),
                                _ => {}
                            }
                        }
                    }
                }
                Ok(Event::End(element)) => match element.local_name().as_ref() {
                    "abstractNum" | "listDef" => kind = None,
                    "num" | "list" => list = None,
                    _ => {}
                },
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        numbering
    }

    /// The number of the next paragraph of a list, as Word prints it; empty for bullets and unknown lists.
    pub fn next(&self, counters: &mut Counters, list: i64, level: usize) -> String {
        let level = level.min(LEVELS - 1);
        let Some(definition) = self.lists.get(&list) else { return String::new() };
        let Some(levels) = self.kinds.get(&definition.kind) else { return String::new() };
        let counts = counters.kinds.entry(definition.kind).or_default();
        let begun = &mut counters.begun.entry(list).or_default()[level];
        let start = definition.starts[level].unwrap_or(levels[level].start);
        counts[level] = match counts[level] {
            Some(_) if !*begun && definition.starts[level].is_some() => Some(start),
            Some(count) => Some(count.saturating_add(1)),
            None => Some(start),
        };
        *begun = true;
        counts[level + 1..].fill(None);
        let own = &levels[level];
        if own.format == "bullet" || own.format == "none" {
            return String::new();
        }
        let mut label = own.text.clone();
        for (i, of) in levels.iter().enumerate().take(level + 1) {
            let format = if own.legal { "decimal" } else { of.format.as_str() };
            label = label.replace(&format!("%{}", i + 1), &number(counts[i].unwrap_or(of.start), format));
        }
        // A bare number would run into the digits that follow it.
        if label.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            label.push(' ');
        }
        label
    }
}

/// A count in one of the number formats of WordprocessingML (ST_NumberFormat).
fn number(count: i64, format: &str) -> String {
    let from = |first: char| {
        char::from_u32(first as u32 + count.saturating_sub(1).clamp(0, 0xFFFF) as u32).unwrap_or(' ').to_string()
    };
    let of = |signs: &str| {
        let signs: Vec<char> = signs.chars().collect();
        let index = count.saturating_sub(1).max(0) as usize;
        signs[index % signs.len()].to_string()
    };
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "37"
        | "39"
        | "11"
        | "35" => chinese(count, "〇一二三四五六七八九", "十百千"),
        "chineseLegalSimplified" | "38" => chinese(count, "零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
            let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
            count.max(0).to_string().bytes().map(|b| digits[usize::from(b - b'0')]).collect()
        }
        "ideographTraditional" | "30" => of("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" | "31" => of("子丑寅卯辰巳午未申酉戌亥"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" | "18" if (1..=20).contains(&count) => from('①'),
        "decimalEnclosedParen" if (1..=20).contains(&count) => from('⑴'),
        "decimalEnclosedFullstop" if (1..=20).contains(&count) => from('⒈'),
        "ideographEnclosedCircle" if (1..=10).contains(&count) => from('㊀'),
        "upperLetter" | "3" if (1..=26).contains(&count) => from('A'),
        "lowerLetter" | "4" if (1..=26).contains(&count) => from('a'),
        "upperRoman" | "1" => roman(count),
        "lowerRoman" | "2" => roman(count).to_lowercase(),
        "decimalZero" => format!("{count:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => {
            count.max(0).to_string().bytes().filter_map(|b| char::from_u32(u32::from(b) + 0xFEE0)).collect()
        }
        _ => count.to_string(),
    }
}

/// Counting numerals below ten thousand: 十, 十一, 二十, 一百零三.
fn chinese(count: i64, digits: &str, places: &str) -> String {
    if !(1..10_000).contains(&count) {
        return count.to_string();
    }
    let digits: Vec<char> = digits.chars().collect();
    let places: Vec<char> = places.chars().collect();
    let figures: Vec<usize> = count.to_string().bytes().map(|b| usize::from(b - b'0')).collect();
    let mut out = String::new();
    let mut gap = false;
    for (i, figure) in figures.iter().enumerate() {
        let place = figures.len() - 1 - i;
        if *figure == 0 {
            gap = true;
            continue;
        }
        if gap {
            out.push('零');
            gap = false;
        }
        if !(*figure == 1 && place == 1 && i == 0) {
            out.push(digits[*figure]);
        }
        if place > 0 {
            out.push(places[place - 1]);
        }
    }
    out
}

fn roman(count: i64) -> String {
    const SIGNS: &[(i64, &str)] =
        &[(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = count.clamp(0, 999);
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= *value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_as_word_prints_them() {
        for (count, format, printed) in [
            (3, "chineseCounting", "三"),
            (10, "chineseCountingThousand", "十"),
            (12, "japaneseCounting", "十二"),
            (20, "chineseCounting", "二十"),
            (103, "chineseCounting", "一百零三"),
            (110, "chineseCounting", "一百一十"),
            (2, "chineseLegalSimplified", "贰"),
            (24, "ideographDigital", "二四"),
            (2, "ideographTraditional", "乙"),
            (3, "decimalEnclosedCircle", "③"),
            (21, "decimalEnclosedCircle", "21"),
            (4, "lowerRoman", "iv"),
            (12, "decimalFullWidth", "１２"),
            (7, "decimal", "7"),
        ] {
            assert_eq!(number(count, format), printed, "{count} as {format}");
        }
    }
}
