//! A sign that a site replaced by a token of its own everywhere (12_M_M_以上 for 12%以上). The document itself is the
//! proof: it holds no percent sign, the token stands behind numbers only, and before most of these numbers stands a word
//! that asks for percent.

use std::collections::BTreeMap;

use crate::text::{Span, is_han};

/// How often the token must stand in a document, and in what share of the places behind a word that asks for percent.
const OFTEN: usize = 5;
const ASKED: f64 = 0.5;

/// The places of the token that stands for the percent sign; none where nothing proves it.
pub fn percent_signs(asks: &[String], text: &str) -> Vec<Span> {
    if memchr::memchr(b'_', text.as_bytes()).is_none() || text.matches(['%', '％', '‰']).count() > 1 {
        return Vec::new();
    }
    let mut tokens: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for (at, _) in text.match_indices('_') {
        if let Some(span) = token_at(text, at) {
            tokens.entry(span.of(text)).or_default().push(span);
        }
    }
    let Some((token, places)) = tokens.into_iter().max_by_key(|(_, places)| places.len()) else { return Vec::new() };
    let asked = places.iter().filter(|place| asks_percent(asks, &text[..place.start])).count();
    let only_here = text.matches(token).count() == places.len();
    if places.len() < OFTEN || (asked as f64) < ASKED * places.len() as f64 || !only_here {
        return Vec::new();
    }
    places
}

/// A token of letters and underscores right behind a digit, before Han text or the end of a clause.
fn token_at(text: &str, at: usize) -> Option<Span> {
    if !text[..at].ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = &text[at..];
    let long = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'_').count();
    let after = rest[long..].chars().next();
    let ends = after.is_none_or(|c| is_han(c) || "，。；、：）,;:) \n\r\\".contains(c));
    ((2..=10).contains(&long) && ends).then(|| Span::new(at, at + long))
}

/// Does a word that asks for percent stand in the clause before the number?
fn asks_percent(asks: &[String], before: &str) -> bool {
    let start = before.char_indices().rev().nth(20).map_or(0, |(at, _)| at);
    let near = &before[start..];
    let clause = &near[near.rfind(['，', '；', '。', ';', ',']).map_or(0, |at| at)..];
    asks.iter().any(|word| clause.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks() -> Vec<String> {
        ["增长", "下降", "率", "占"].map(str::to_owned).to_vec()
    }

    const LOST: &str = "生产总值增长12_M_M_以上；投资增长13.6_M_M_，失业率4.5_M_M_。税收占60_M_M_，出口下降3_M_M_。";

    #[test]
    fn a_token_behind_every_percentage_is_the_sign() {
        let places = percent_signs(&asks(), LOST);
        assert_eq!(places.len(), 5);
        assert!(places.iter().all(|place| place.of(LOST) == "_M_M_"));
    }

    #[test]
    fn without_proof_nothing_is_told() {
        assert!(percent_signs(&asks(), &LOST.replace("12_M_M_", "12%").replace("13.6_M_M_", "13.6%")).is_empty());
        assert!(percent_signs(&asks(), "编号1_A_，编号2_A_，编号3_A_，编号4_A_，编号5_A_，编号6_A_。").is_empty());
        assert!(percent_signs(&asks(), "增长3_M_，增长4_M_。").is_empty());
    }
}
