//! 三次产业比为16.1：50：33.9: one phrase, three shares of the whole.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::Span;

/// One member of a composition.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// The number; bytes of the text given.
    pub span: Span,
    /// From the phrase's name to its last number.
    pub whole: Span,
    pub name: String,
    pub value: f64,
    /// 由a：b：c调整为…: the composition that was.
    pub earlier: bool,
    /// 由2010年的a：b：c: the year that is printed before it.
    pub year: Option<i16>,
}

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(三次产业|三产|一二三产业|一、二、三产业|三大产业|一、二、三次产业)([^，。；0-9]{0,12}?(?:比例|比重|结构|之比|构成|占比|比|产业))").expect("a constant pattern")
});
static TRIPLE: LazyLock<Regex> = LazyLock::new(|| {
    let number = "([0-9]{1,3}(?:\\.[0-9]{1,2})?)[%％]?";
    Regex::new(&format!("{number}\\s?[:：∶/]\\s?{number}\\s?[:：∶/]\\s?{number}")).expect("a constant pattern")
});

/// The shares that a sentence states of the three sectors.
pub fn shares(text: &str) -> Vec<Share> {
    let mut found = Vec::new();
    // Every name of the sectors holds it, and few sentences do.
    if !text.contains("产") {
        return found;
    }
    let Some(named) = NAMED.captures(text) else { return found };
    let (Some(whole), Some(kind)) = (named.get(0), named.get(2)) else { return found };
    let triples: Vec<_> = TRIPLE.captures_iter(&text[whole.end()..]).take(2).collect();
    let changes = triples.len() == 2;
    for (k, triple) in triples.iter().enumerate() {
        let Some(all) = triple.get(0) else { continue };
        let values: Vec<f64> = (1..=3).filter_map(|i| triple.get(i)?.as_str().parse().ok()).collect();
        // Shares of a whole add up to it; anything else is a score or a time.
        if values.len() != 3 || (values.iter().sum::<f64>() - 100.0).abs() > 1.5 {
            continue;
        }
        let before = &text[..whole.end() + all.start()];
        let year = before
            .trim_end_matches(['的', '末', '底'])
            .strip_suffix('年')
            .and_then(|head| head.get(head.len().checked_sub(4)?..)?.parse().ok());
        for (i, sector) in ["第一产业", "第二产业", "第三产业"].iter().enumerate() {
            let Some(number) = triple.get(i + 1) else { continue };
            found.push(Share {
                span: Span::new(whole.end() + number.start(), whole.end() + number.end()),
                whole: Span::new(whole.start(), whole.end() + all.end()),
                name: format!("{sector}{}", kind.as_str()),
                value: values[i],
                earlier: changes && k == 0,
                year: year.filter(|year| (1949..=2100).contains(year)),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_shares_of_one_phrase() {
        let found = shares("三次产业增加值比例由22.2：46.4：31.4调整为16.1：50：33.9。");
        let values: Vec<_> = found.iter().map(|s| (s.value, s.earlier)).collect();
        assert_eq!(values, [(22.2, true), (46.4, true), (31.4, true), (16.1, false), (50.0, false), (33.9, false)]);
        assert_eq!(found[0].name, "第一产业增加值比例");
    }

    #[test]
    fn what_does_not_add_up_is_no_composition() {
        assert!(shares("三次产业比赛以3:2:1结束").is_empty());
    }
}
