//! The number and unit parser against the Chinese cases of microsoft/Recognizers-Text (see `tests/suites/README.md`).
//!
//! A case passes when the numbers that the parser finds have the expected values, in order. Cases whose convention
//! differs from the contract of the tables are declared in `tests/suites/exclusions.toml`, each with its reason.

use gwr::config::ConfigSource;
use gwr::extract::number::NumberShape;
use gwr::extract::quantity::{Kind, Quantity, QuantityRules, Reason, quantities};
use gwr::extract::unit::Dimension;
use serde::Deserialize;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exclusions {
    exclusion: Vec<Exclusion>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exclusion {
    suite: String,
    reason: String,
    inputs: Vec<String>,
}

/// The share of a suite's cases that must pass, exclusions left out.
const FLOORS: [(&str, f64); 5] = [
    ("NumberModel", 0.96),
    ("PercentModel", 0.96),
    ("DimensionModel", 0.75),
    ("CurrencyModel", 0.85),
    ("OrdinalModel", 0.75),
];

#[test]
fn the_parser_passes_the_suites() {
    let rules = QuantityRules::load(&ConfigSource::Embedded).expect("the embedded configuration loads");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/suites");
    let declared = std::fs::read_to_string(format!("{folder}/exclusions.toml")).expect("the exclusions are there");
    let declared: Exclusions = toml::from_str(&declared).expect("the exclusions are TOML");
    let mut report = String::new();
    let mut below = false;
    for (suite, floor) in FLOORS {
        let text =
            std::fs::read_to_string(format!("{folder}/recognizers-zh/{suite}.json")).expect("the suite is there");
        let cases: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).expect("the suite is JSON");
        let mut excluded: Vec<&str> = Vec::new();
        for exclusion in declared.exclusion.iter().filter(|e| e.suite == suite) {
            assert!(exclusion.reason.len() > 10, "{suite}: an exclusion gives its reason");
            excluded.extend(exclusion.inputs.iter().map(String::as_str));
        }
        let (mut right, mut all) = (0, 0);
        let mut left = excluded.clone();
        for case in &cases {
            let input = case["Input"].as_str().expect("a case has an input");
            left.retain(|e| *e != input);
            if excluded.contains(&input) {
                continue;
            }
            let want = expected(suite, case);
            let got = found(&rules, suite, input);
            all += 1;
            if same(&want, &got) {
                right += 1;
            } else {
                report += &format!("{suite}: {input}: want {want:?}, got {got:?}\n");
            }
        }
        assert!(left.is_empty(), "{suite}: exclusions that no case has: {left:?}");
        let share = f64::from(right) / f64::from(all.max(1));
        report += &format!("{suite}: {right} of {all} right ({share:.3}), {} excluded\n", excluded.len());
        below |= share < floor;
    }
    println!("{report}");
    assert!(!below, "{report}");
}

/// A number and what it is measured in.
type Answer = (f64, String);

fn same(want: &[Answer], got: &[Answer]) -> bool {
    want.len() == got.len()
        && want.iter().zip(got).all(|(w, g)| (w.0 - g.0).abs() <= 1e-9 * w.0.abs().max(1e-9) && w.1 == g.1)
}

fn expected(suite: &str, case: &Value) -> Vec<Answer> {
    let results = case["Results"].as_array().expect("a case has results");
    let answer = |result: &Value| {
        let resolution = &result["Resolution"];
        let value = resolution["value"].as_str()?;
        let value: f64 = value.trim_end_matches('%').parse().ok()?;
        let unit = match suite {
            "CurrencyModel" => resolution["isoCurrency"].as_str().unwrap_or_default().to_owned(),
            "DimensionModel" => resolution["unit"].as_str().unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        Some((value, unit))
    };
    results.iter().filter_map(answer).collect()
}

fn found(rules: &QuantityRules, suite: &str, input: &str) -> Vec<Answer> {
    let text = clean(input);
    let all = quantities(rules, &text);
    all.iter().filter_map(|q| answer(rules, suite, &text, q)).collect()
}

fn answer(rules: &QuantityRules, suite: &str, text: &str, q: &Quantity) -> Option<Answer> {
    let unit = q.unit.as_deref().unwrap_or_default();
    let (scale, base) = scale_of(unit);
    let plain = String::new();
    match suite {
        "NumberModel" => {
            // Words that only look like numbers, and tenths, are none; 百分之五 is 5 in this suite.
            let word = matches!(q.reason, Some(Reason::Phrase(_)) if q.kind == Kind::FixedPhrase && !counted(rules, q))
                || (q.kind == Kind::FixedPhrase
                    && matches!(q.shape, NumberShape::BareScale | NumberShape::ChineseDigits));
            let percent = q.span.of(text).starts_with("百分之");
            let value = match q.shape {
                NumberShape::Fraction if !percent => q.value_si? / 100.0,
                NumberShape::Tenths => return None,
                _ => q.value * scale,
            };
            (q.kind != Kind::Identifier && !word).then_some((value, plain))
        }
        "PercentModel" => match q.dimension {
            Dimension::Percent | Dimension::PercentagePoint => Some((q.value_si?, plain)),
            _ => None,
        },
        "OrdinalModel" => (q.kind == Kind::Ordinal).then_some((q.value, plain)),
        "CurrencyModel" => (q.dimension == Dimension::Money).then(|| {
            let si = q.unit_si.clone().unwrap_or_default();
            let code = match base {
                "日元" => "JPY",
                "奈拉" => "NGN",
                _ => si.as_str(),
            };
            (q.value_si.unwrap_or(q.value), code.to_owned())
        }),
        _ => {
            let name = english(base)?;
            Some((q.value * scale, name.to_owned()))
        }
    }
}

/// Rules about what is counted: their numerals are numbers all the same.
fn counted(rules: &QuantityRules, q: &Quantity) -> bool {
    q.reason.is_some_and(|r| matches!(rules.reason(r), "one_of" | "two_bare" | "per" | "principles" | "grade_bare"))
}

/// The scale words that a printed unit begins with, and the rest.
fn scale_of(unit: &str) -> (f64, &str) {
    let keep = ["千米", "千克", "千瓦", "千卡", "千字节", "千比特", "兆字节", "兆赫", "百分点"];
    let mut scale = 1.0;
    let mut rest = unit;
    while !keep.iter().any(|k| rest.starts_with(k)) {
        let factor = match rest.chars().next() {
            Some('十') => 1e1,
            Some('百') => 1e2,
            Some('千') => 1e3,
            Some('万') => 1e4,
            Some('亿') => 1e8,
            _ => break,
        };
        scale *= factor;
        rest = &rest[3..];
    }
    (scale, rest)
}

/// The suite's name of a unit.
fn english(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "吨" => "Ton",
        "cm" | "厘米" => "Centimeter",
        "m" | "米" => "Meter",
        "斤" => "Jin",
        "两" => "Liang",
        "千米" | "公里" => "Kilometer",
        "千克" | "公斤" => "Kilogram",
        "兆字节" => "Megabyte",
        "千字节" => "Kilobyte",
        "千比特" => "Kilobit",
        "兆赫" | "兆赫兹" => "Megahertz",
        "赫兹" => "Hertz",
        "千卡" => "Kilocalorie",
        _ => return None,
    })
}

/// The case's input as the parser gets it in the pipeline: half width, simplified, no white space inside a number.
fn clean(input: &str) -> String {
    let folded: String = input.nfkc().map(simplified).collect();
    let folded = folded.replace("CM", "cm");
    let characters: Vec<char> = folded.chars().collect();
    let wide = |i: Option<&char>| i.is_some_and(|c| !c.is_ascii());
    let mut clean = String::new();
    for (i, &c) in characters.iter().enumerate() {
        let next = characters[i + 1..].iter().find(|c| !c.is_whitespace());
        let previous = clean.chars().next_back();
        let inside = wide(next) || previous.as_ref().is_some_and(|c| !c.is_ascii());
        if !(c.is_whitespace() && inside) {
            clean.push(c);
        }
    }
    clean
}

fn simplified(c: char) -> char {
    match c {
        '億' => '亿',
        '萬' => '万',
        '兩' => '两',
        '倆' => '俩',
        '陸' => '陆',
        '貳' => '贰',
        '點' => '点',
        '個' => '个',
        '負' => '负',
        '塊' => '块',
        '對' => '对',
        '壹' => '壹',
        other => other,
    }
}
