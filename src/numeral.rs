//! Numbers of years, days, meetings and headings, in every way that they are written. The numerals of quantities, with
//! their scales and their words from the configuration, are read in [`crate::extract::number`].

/// The year that four digits or numerals say (2024, 二〇二四, 二O二四, 二零二四); None where it is no year of our reports.
pub fn year(text: &str) -> Option<i16> {
    let digits: Option<Vec<i16>> = text.chars().filter(|c| !c.is_whitespace()).map(digit).collect();
    let digits = digits.filter(|d| d.len() == 4)?;
    let year = digits.iter().fold(0, |n, d| n * 10 + d);
    (1978..2100).contains(&year).then_some(year)
}

/// A small number as an ordinal is written: 3, 十六, 二十一, 廿三, 一○.
pub fn small(text: &str) -> Option<i16> {
    let text: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '第').collect();
    if text.is_empty() || text.len() > 4 {
        return None;
    }
    if text.contains(&'十') || text.contains(&'廿') {
        let at = text.iter().position(|c| matches!(c, '十' | '廿'))?;
        let tens = match (text[at], at) {
            ('廿', 0) => 2,
            (_, 0) => 1,
            (_, 1) => digit(text[0])?,
            _ => return None,
        };
        let ones = match text.len() - at {
            1 => 0,
            2 => digit(text[at + 1])?,
            _ => return None,
        };
        return Some(tens * 10 + ones);
    }
    let digits: Option<Vec<i16>> = text.iter().map(|c| digit(*c)).collect();
    digits.filter(|d| d.len() <= 2).map(|d| d.iter().fold(0, |n, d| n * 10 + d))
}

/// The Han numeral of 1 to 99 that the text begins with, and its length in bytes: 三, 十, 二十一.
pub fn below_hundred(text: &str) -> Option<(u32, usize)> {
    let (mut tens, mut ones, mut len) = (0, 0, 0);
    for c in text.chars() {
        match han_digit(c) {
            // 二三 is no number below a hundred.
            Some(_) if ones != 0 => return None,
            Some(digit) => ones = digit.into(),
            None if c == '十' && tens == 0 => (tens, ones) = (ones.max(1) * 10, 0),
            None => break,
        }
        len += c.len_utf8();
    }
    (tens + ones > 0).then_some((tens + ones, len))
}

/// Is it a sign that counts are written with, in digits or in words: 3, 三, 两?
pub fn is_counting(c: char) -> bool {
    c.is_ascii_digit() || "一两二三四五六七八九十".contains(c)
}

/// Any sign of one digit, those of years among them: 2, ２, 二, 两, 〇, O.
fn digit(c: char) -> Option<i16> {
    Some(match c {
        '0'..='9' => c as i16 - '0' as i16,
        '０'..='９' => (c as u32 - '０' as u32) as i16,
        '〇' | '○' | 'O' | 'o' | 'Ｏ' | '零' | 'Ο' | 'О' | '◯' => 0,
        '元' => 1,
        '两' => 2,
        _ => return han_digit(c).map(i16::from),
    })
}

fn han_digit(c: char) -> Option<u8> {
    Some(match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_all_numerals() {
        for (text, want) in [
            ("2024", Some(2024)),
            ("二〇一二", Some(2012)),
            ("二O一一", Some(2011)),
            ("二0一0", Some(2010)),
            ("二00二", Some(2002)),
            ("２０１９", Some(2019)),
            ("二零二零", Some(2020)),
            ("1950", None),
            ("一二", None),
        ] {
            assert_eq!(year(text), want, "{text}");
        }
    }

    #[test]
    fn numerals_at_the_beginning() {
        for (text, want) in [
            ("三、", Some((3, 3))),
            ("十", Some((10, 3))),
            ("二十一、经济", Some((21, 9))),
            ("二十十", Some((20, 6))),
            ("二三产业", None),
            ("经济", None),
            ("", None),
        ] {
            assert_eq!(below_hundred(text), want, "{text}");
        }
    }

    #[test]
    fn ordinals() {
        for (text, want) in [
            ("十六", Some(16)),
            ("二十一", Some(21)),
            ("三十", Some(30)),
            ("廿三", Some(23)),
            ("3", Some(3)),
            ("二", Some(2)),
        ] {
            assert_eq!(small(text), want, "{text}");
        }
        assert_eq!(small("百"), None);
        assert_eq!(small(""), None);
    }
}
