//! Which year the report is for, and which it looks back on.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::IdentifyRules;
use super::head::Head;
use crate::config::Patterns;
use crate::{numeral, plan};

/// The report's years.
#[derive(Debug, Default, Clone)]
pub struct Years {
    pub report: Option<i16>,
    pub review: Option<i16>,
    /// First year of a review of several years.
    pub review_start: Option<i16>,
    /// The review spans a term of government.
    pub election: bool,
    /// Neither title nor date nor the headings of review and plan state the year.
    pub inferred: bool,
    /// Candidates with their scores, best first.
    pub evidence: Vec<String>,
}

/// What each witness is worth. A delivery date settles the year, unless it lies in the last weeks of a year and the
/// text looks back on that same year; two headings outweigh a site's title.
mod weight {
    pub const DELIVERED: f32 = 10.0;
    pub const DELIVERED_LATE: f32 = 5.0;
    pub const OWN_TITLE: f32 = 6.0;
    pub const SITE_TITLE: f32 = 3.0;
    pub const REVIEW_HEADING: f32 = 6.0;
    pub const PLAN_HEADING: f32 = 4.0;
    /// By the order of the rules in the file.
    pub const OPENING: [f32; 4] = [3.0, 2.5, 2.0, 2.0];
    pub const OCCASION: f32 = 2.5;
    pub const PLAN_IN_TEXT: f32 = 2.5;
    pub const MOST_NAMED: f32 = 1.5;
    pub const PUBLISHED: f32 = 0.8;
    pub const FILE_NAME: f32 = 0.7;
}

#[derive(Default)]
struct Votes {
    by_year: BTreeMap<i16, (f32, Vec<String>)>,
}

impl Votes {
    fn add(&mut self, year: i16, score: f32, witness: &str) {
        let entry = self.by_year.entry(year).or_default();
        entry.0 += score;
        entry.1.push(format!("{witness} {score}"));
    }

    fn best(&self) -> Option<(i16, f32)> {
        let better = |a: &(i16, f32), b: &(i16, f32)| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0));
        self.by_year.iter().map(|(y, (s, _))| (*y, *s)).max_by(better)
    }

    fn told(&self) -> Vec<String> {
        let mut all: Vec<_> = self.by_year.iter().collect();
        all.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(b.0)));
        all.iter().take(4).map(|(y, (s, why))| format!("year {y}: {s:.1} ({})", why.join(", "))).collect()
    }
}

/// Weigh all witnesses.
pub fn years(
    rules: &IdentifyRules,
    head: &Head,
    titles: (Option<&str>, Option<&str>),
    delivered: Option<NaiveDate>,
    published: Option<NaiveDate>,
    head_missing: bool,
    file_name: &str,
) -> Years {
    let mut votes = Votes::default();
    let mut stated = false;
    let mut review = None;
    if let Some(date) = delivered {
        stated = true;
        let year = date.year() as i16;
        if date.month() >= 11 {
            votes.add(year, weight::DELIVERED_LATE, "delivered late in the year");
            votes.add(year + 1, weight::DELIVERED_LATE, "delivered late in the year before");
        } else {
            votes.add(year, weight::DELIVERED, "delivered");
        }
    }
    for (title, score, witness) in
        [(titles.0, weight::OWN_TITLE, "title"), (titles.1, weight::SITE_TITLE, "site's title")]
    {
        if let Some(year) = title.and_then(first_year) {
            stated = true;
            votes.add(year, score, witness);
        }
    }
    let headings = review_headings(head);
    // 二、2007年的政府工作 may be all that is left of a report: what looks ahead is no heading of the review.
    let ahead = |h: &&String| head.ahead.iter().any(|a| h.ends_with(&squeezed(a)));
    if let Some(year) = headings.iter().filter(|h| !ahead(h)).find_map(|h| last_year(&rules.review_heading, h)) {
        stated = true;
        votes.add(year + 1, weight::REVIEW_HEADING, "heading of the review");
        review = Some(year);
    }
    let planned = head.headings.iter().find_map(|h| last_year(&rules.plan_heading, &squeezed(h)));
    // 三、2001年的主要工作 reads like a review's heading; its place tells.
    let planned = planned.or_else(|| head.ahead.iter().find_map(|h| last_year(&rules.review_heading, &squeezed(h))));
    if let Some(year) = planned {
        stated = true;
        votes.add(year, weight::PLAN_HEADING, "heading of the plan");
    } else if let Some(year) = plan_in_text(rules, head.text) {
        votes.add(year, weight::PLAN_IN_TEXT, "plan in the text");
    }
    let opening = head.opening.of(head.text);
    occasions(rules, head, &mut votes);
    // Where the review is missing, the year that the text is about is the plan's.
    let after = if head_missing { 0 } else { 1 };
    for (rule, score) in rules.review_opening.regexes.iter().zip(weight::OPENING) {
        if let Some(year) = rule.captures(opening).and_then(|c| numeral::year(&c["year"])) {
            votes.add(year + after, score, "opening of the review");
            break;
        }
    }
    if let Some(year) = last_told(head.text) {
        votes.add(year + after, weight::MOST_NAMED, "last year told of");
    }
    if let Some(date) = published {
        votes.add(date.year() as i16, weight::PUBLISHED, "published");
    }
    if let Some(year) = first_year(file_name) {
        votes.add(year, weight::FILE_NAME, "file name");
    }

    let report = votes.best().map(|(year, _)| year);
    let review = review.filter(|y| report.is_some_and(|r| *y == r || *y == r - 1)).or(report.map(|y| y - 1));
    let (review_start, election) = span_of_years(rules, &headings, opening, review);
    Years { report, review, review_start, election, inferred: !stated, evidence: votes.told() }
}

/// Headings, and short lines of the opening that may be headings, white space taken out.
fn review_headings(head: &Head) -> Vec<String> {
    let lines = head.opening.of(head.text).lines().map(str::trim);
    let short = lines.filter(|l| l.chars().count() <= 45 && !l.ends_with(['。', '；', '，', '：'])).take(12);
    let opening_line = head.opening.of(head.text).split(['。', '\n']).take(4);
    let glued = opening_line.filter_map(|l| l.find("回顾").map(|at| &l[..at + "回顾".len()]));
    head.headings.iter().take(6).copied().chain(short).chain(glued).map(squeezed).collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn last_year(patterns: &Patterns, text: &str) -> Option<i16> {
    let years = patterns.candidates(text).flat_map(|i| patterns.regexes[i].captures_iter(text));
    years.filter_map(|c| numeral::year(&c["year"])).last()
}

/// The first four digits or numerals that are a year.
pub fn first_year(text: &str) -> Option<i16> {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |c: &char| c.is_ascii_digit() || "〇○OoＯ0零一二三四五六七八九０１２３４５６７８９".contains(*c);
    (0..chars.len().saturating_sub(3)).find_map(|i| {
        let apart = i == 0 || !is_digit(&chars[i - 1]);
        let ends = chars.get(i + 4).is_none_or(|c| !is_digit(c));
        let word: String = chars[i..i + 4].iter().collect();
        if apart && ends { numeral::year(&word).filter(|y| *y >= 1990) } else { None }
    })
}

/// What the closing and the opening date by ordinals: anniversaries, congresses of the Party, five-year plans.
fn occasions(rules: &IdentifyRules, head: &Head, votes: &mut Votes) {
    let tail = &head.text[super::head::floor_boundary(head.text, head.text.len() * 2 / 5)..];
    for occasion in &rules.occasions {
        let text = if occasion.outline { head.opening.of(head.text) } else { tail };
        let counts = occasion.patterns.regexes.iter().flat_map(|r| r.captures_iter(text));
        if let Some(count) = counts.last().and_then(|c| numeral::small(&c["count"])) {
            let year = occasion.base + occasion.step * if occasion.outline { count - 1 } else { count };
            votes.add(year, weight::OCCASION, &occasion.patterns.rules[0].id);
        }
    }
}

/// A heading of the plan that stands inside the text, as in a report on one line.
fn plan_in_text(rules: &IdentifyRules, text: &str) -> Option<i16> {
    let numbered = text.match_indices(['、', '）', '\n']).map(|(at, mark)| at + mark.len());
    let starts = numbered.filter(|at| {
        let next = text[*at..].trim_start().bytes().next();
        next.is_some_and(|b| b == b'1' || b == b'2' || b == 0xE4)
    });
    starts
        .filter_map(|at| {
            let end = text[at..].char_indices().nth(22).map_or(text.len(), |(i, _)| at + i);
            let line = squeezed(text[at..end].trim_start());
            rules.plan_heading.candidates(&line).find_map(|i| {
                let found = rules.plan_heading.regexes[i]
                    .captures(&line)
                    .filter(|c| c.get(0).is_some_and(|m| m.start() == 0))?;
                numeral::year(&found["year"])
            })
        })
        .next()
}

/// The latest year that the first third of the text tells of: not one that it looks ahead to (到2025年, 2021—2025年),
/// and not one that it names far less often than others.
fn last_told(text: &str) -> Option<i16> {
    let part = &text[..super::head::floor_boundary(text, text.len() / 3)];
    let mut counts: BTreeMap<i16, u32> = BTreeMap::new();
    for (at, _) in part.match_indices('年') {
        let before = part[..at].trim_end();
        let Some(digits) = before.len().checked_sub(4).and_then(|from| before.get(from..)) else { continue };
        let ahead = before[..before.len() - 4].trim_end().ends_with(['到', '至', '—', '-', '～', '~', '－', '–']);
        if let Some(year) = numeral::year(digits).filter(|_| !ahead && digits.bytes().all(|b| b.is_ascii_digit())) {
            *counts.entry(year).or_default() += 1;
        }
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().rev().find(|(_, n)| *n * 5 >= most).map(|(y, _)| y)
}

/// The first year of a review that spans several, and whether it is a term of government.
fn span_of_years(
    rules: &IdentifyRules,
    headings: &[String],
    opening: &str,
    review: Option<i16>,
) -> (Option<i16>, bool) {
    let Some(review) = review else { return (None, false) };
    let looks_back = |h: &&String| !["今后", "未来", "下一", "下个"].iter().any(|w| h.contains(w));
    let term_of = |h: &str| {
        let found = rules.several_years.regexes.iter().find_map(|r| r.captures(h))?;
        let count = found.name("count").or(found.name("count2")).map_or("五", |m| m.as_str());
        numeral::small(count)
    };
    if let Some(count) = headings.iter().filter(looks_back).find_map(|h| term_of(h)) {
        return (Some(review - count + 1), count >= 4);
    }
    let plan = headings.iter().find_map(|h| rules.plan_period.regexes.iter().find_map(|r| r.captures(h)));
    if let Some(found) = plan {
        let first = plan::last_year(&found["plan"]).map(|last| last - 4);
        return (first.filter(|y| *y < review), false);
    }
    let first_words = &opening[..super::head::floor_boundary(opening, 500)];
    match term_of(first_words) {
        Some(count) => (Some(review - count + 1), count >= 4),
        None => (None, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_year_of_a_name() {
        assert_eq!(first_year("county_四川攀枝花米易县_2022_labelled2024.txt"), Some(2022));
        assert_eq!(first_year("二O一一年政府工作报告"), Some(2011));
        assert_eq!(first_year("002_bc0ee4ffd7aec591"), None);
        assert_eq!(first_year("政府工作报告"), None);
    }

    #[test]
    fn last_year_told_of() {
        let text = "从2017年的5.9万元增加，2022年预计。到2025年……".to_owned() + &"今年工作安排。".repeat(40);
        assert_eq!(last_told(&text), Some(2022));
    }
}
