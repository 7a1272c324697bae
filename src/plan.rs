//! Five-year plans by their short names: 九五 (1996 to 2000), 十五, 十一五, …, each beginning where the last one ended.

use std::sync::LazyLock;

use regex::Regex;

use crate::numeral;

/// The names, for a pattern that reads one; longest first.
pub const NAMES: &str = "十[一二三四五六七八九]五|十五|[七八九]五";

/// The last year of a plan, by its name.
pub fn last_year(name: &str) -> Option<i16> {
    // Three years lay between 二五 and 三五; from there on the plans follow each other.
    let number = numeral::small(name.strip_suffix('五')?).filter(|n| *n >= 3)?;
    Some(1955 + 5 * number)
}

/// The name of a plan that the text begins with.
pub fn at_start(text: &str) -> Option<&str> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!("^(?:{NAMES})")).expect("a constant pattern"));
    NAME.find(text).map(|found| found.as_str())
}

/// The name of a plan that the text ends with.
pub fn at_end(text: &str) -> Option<&str> {
    let head = text.strip_suffix('五')?;
    let numeral =
        head.char_indices().rev().take(2).map(|(at, _)| &text[at..]).filter(|name| at_start(name) == Some(name));
    numeral.last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_end_every_five_years() {
        assert_eq!(last_year("八五"), Some(1995));
        assert_eq!(last_year("九五"), Some(2000));
        assert_eq!(last_year("十五"), Some(2005));
        assert_eq!(last_year("十四五"), Some(2025));
        assert_eq!(last_year("十五五"), Some(2030));
        assert_eq!(last_year("十四"), None);
        assert_eq!(last_year("五"), None);
    }

    #[test]
    fn names_at_the_end() {
        assert_eq!(at_end("收入由“十一五"), Some("十一五"));
        assert_eq!(at_end("比“九五"), Some("九五"));
        assert_eq!(at_end("较十五"), Some("十五"));
        assert_eq!(at_end("二十五"), Some("十五"));
        assert_eq!(at_end("第五"), None);
    }

    #[test]
    fn names_at_the_beginning() {
        assert_eq!(at_start("十五五”时期"), Some("十五五"));
        assert_eq!(at_start("十五末"), Some("十五"));
        assert_eq!(at_start("九五"), Some("九五"));
        assert_eq!(at_start("十件实事"), None);
        assert_eq!(at_start("五"), None);
        assert_eq!(at_start(""), None);
    }
}
