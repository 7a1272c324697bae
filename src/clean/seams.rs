//! Line breaks inside a figure or between a figure and the words that belong to it, where nothing else can be meant:
//! 固定资产投资⏎完成15亿元, 是2011年的1.⏎37倍, 17⏎个贫困村.
//!
//! Pages set numbers in elements of their own, and converters put each on a line. They are closed before anything looks
//! at lines: a bare number looks like a widget, and what follows it like a line of its own. Numbered headings, page
//! numbers and the cells of tables stay apart.

use serde::Deserialize;

use crate::clean::pages;
use crate::clean::paragraphs::{self, Line};
use crate::clean::shape::{cannot_begin, is_stop};
use crate::text::{AlignedText, Span, is_han};
use crate::trie::Trie;

/// `[seams]` of `config/furniture.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeamsConfig {
    why: String,
    /// Words that a figure must follow.
    asks: Vec<String>,
    /// Verbs that open no line with a figure right behind them: what they are said of stands before.
    states: Vec<String>,
    /// Words that end no line: their object follows.
    wants: Vec<String>,
    /// What stands right behind a figure: units, counters, magnitudes, bounds.
    counters: Vec<String>,
    /// Words that begin like a counter and are none.
    no_counters: Vec<String>,
    /// Words that a line break may part, written with a bar where it does.
    words: Vec<String>,
}

#[derive(Debug)]
pub(super) struct SeamRules {
    asks: Trie<()>,
    states: Trie<()>,
    wants: Trie<()>,
    counters: Trie<()>,
    no_counters: Trie<()>,
    words: Vec<(String, String)>,
}

impl SeamRules {
    /// # Errors
    /// A list without a reason, a word that no bar parts.
    pub(super) fn new(config: &SeamsConfig) -> anyhow::Result<Self> {
        anyhow::ensure!(!config.why.is_empty(), "config/furniture.toml: seams: a list has a why");
        let parted = |word: &String| {
            let (head, tail) = word.split_once('|')?;
            (!head.is_empty() && !tail.is_empty()).then(|| (head.to_owned(), tail.to_owned()))
        };
        let words: Option<Vec<_>> = config.words.iter().map(parted).collect();
        let Some(words) = words else {
            anyhow::bail!("config/furniture.toml: seams.words: a word without its bar");
        };
        Ok(Self {
            asks: trie(Trie::backwards(), &config.asks),
            states: trie(Trie::forwards(), &config.states),
            wants: trie(Trie::backwards(), &config.wants),
            counters: trie(Trie::forwards(), &config.counters),
            no_counters: trie(Trie::forwards(), &config.no_counters),
            words,
        })
    }

    /// Bytes of the longest word at the end of a line that asks for a figure.
    fn asks_at_end(&self, line: &str) -> Option<usize> {
        self.asks.longest(line.as_bytes(), line.len()).map(|(len, ())| len)
    }
}

fn trie(mut trie: Trie<()>, words: &[String]) -> Trie<()> {
    for word in words {
        trie.insert(word, ());
    }
    trie
}

/// Close the seams; the text and its lines.
pub(super) fn closed(rules: &SeamRules, text: AlignedText) -> (AlignedText, Vec<Line>) {
    let lines = paragraphs::lines(text.as_str());
    let body = text.as_str();
    let seams = (1..lines.len()).filter(|&i| may_be_one(body, &lines, i)).collect::<Vec<_>>();
    if seams.is_empty() {
        return (text, lines);
    }
    let pages = pages::numbers(body, &lines);
    let gap = |i: usize| Span::new(lines[i - 1].span.end, lines[i].span.start);
    let judge = Judge { rules, text: body, lines: &lines };
    let mut cuts: Vec<(Span, &str)> = Vec::new();
    // What the closed seams have made of the lines before, and the line that it ends with.
    let (mut run, mut last) = (String::new(), 0);
    for i in seams {
        let goes_on = last + 1 == i && !run.is_empty();
        if !goes_on {
            run.clear();
        }
        let before = if goes_on { run.as_str() } else { judge.line(i - 1) };
        if pages[i] || pages[i - 1] || !judge.is_seam(before, i) {
            run.clear();
            continue;
        }
        cuts.push((gap(i), ""));
        if !goes_on {
            run.push_str(judge.line(i - 1));
        }
        run.push_str(judge.line(i));
        last = i;
    }
    if cuts.is_empty() {
        return (text, lines);
    }
    let text = text.edited(&cuts);
    let lines = paragraphs::lines(text.as_str());
    (text, lines)
}

/// A cheap look at a seam: behind the end of a sentence only a figure goes on.
fn may_be_one(text: &str, lines: &[Line], i: usize) -> bool {
    let (before, after) = (lines[i - 1].span.of(text), lines[i].span.of(text));
    let figure = |c: char| c.is_ascii_digit();
    after.starts_with(figure) || before.ends_with(figure) || !before.ends_with(is_stop)
}

/// Lines within which the next number of a list stands.
const NEAR: usize = 12;

struct Judge<'a> {
    rules: &'a SeamRules,
    text: &'a str,
    lines: &'a [Line],
}

impl<'a> Judge<'a> {
    fn line(&self, i: usize) -> &'a str {
        self.lines.get(i).map_or("", |line| line.span.of(self.text))
    }

    /// Does line `i` go on with `before`, which ends with line `i - 1`?
    fn is_seam(&self, before: &str, i: usize) -> bool {
        let after = self.line(i);
        if splits_number(before, after) || self.splits_word(before, after) || splits_name(before, after) {
            return true;
        }
        if pages::starts_block(after) || before.ends_with(is_stop) {
            return false;
        }
        if is_list_number(before) && after.starts_with(|c: char| is_han(c) || c == '“') {
            return true;
        }
        if self.counts(before, i) || self.states_of(before, after) || self.wants(before, i) {
            return true;
        }
        starts_with_figure(after) && self.asks(before, i)
    }

    /// 我⏎市, 3个百分⏎点, 1.5万⏎亩, 全市三⏎次产业. Two single characters meet by chance, too.
    fn splits_word(&self, before: &str, after: &str) -> bool {
        self.rules.words.iter().any(|(head, tail)| {
            after.starts_with(tail.as_str())
                && before.strip_suffix(head.as_str()).is_some_and(|rest| {
                    !rest.is_empty() && tail.len() > 6
                        || rest.ends_with(|c: char| {
                            c.is_ascii_digit() || matches!(c, '，' | '个' | '、' | '在' | '是' | '使' | '对')
                        })
                })
        })
    }

    /// Does line `i` go on with the figure that the line before ends with: 17⏎个贫困村, 15亿⏎元, 4.5%⏎以内?
    fn counts(&self, before: &str, i: usize) -> bool {
        let after = self.line(i);
        let figure = before.trim_end_matches(['余', '多', '万', '亿', '千', '百']);
        let signed = before.ends_with(['%', '‰']);
        if !figure.trim_end_matches(['%', '‰']).ends_with(|c: char| c.is_ascii_digit()) {
            return false;
        }
        if after.starts_with(cannot_begin) {
            return true;
        }
        if signed {
            return ["以内", "以上", "以下", "左右", "的"].iter().any(|word| after.starts_with(word));
        }
        if !self.starts_with_counter(after) {
            return false;
        }
        if bare_number(before).is_none() {
            // A row of figures (-8.9 -5.0) is a table's.
            let ahead = figure.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-'));
            return !ahead.trim_end().ends_with(|c: char| c.is_ascii_digit());
        }
        // A number alone on its line may be a table's: behind an unfinished line, or before running text, it is none.
        self.goes_on(i - 1) || runs(after) && !self.is_counted_on(i - 1)
    }

    /// Does line `i` number a list: is the bare number before or behind it its neighbour?
    fn is_counted_on(&self, i: usize) -> bool {
        let value = |i: usize| bare_number(self.line(i)).and_then(|_| self.line(i).parse::<u32>().ok());
        let Some(own) = value(i) else { return false };
        // A number that counts something is none of the list's.
        let value = |j: usize| value(j).filter(|_| !self.starts_with_counter(self.line(j + 1)));
        let before = (0..i).rev().take(NEAR).find_map(value);
        let behind = (i + 1..self.lines.len()).take(NEAR).find_map(value);
        before.is_some_and(|n| n.abs_diff(own) == 1) || behind.is_some_and(|n| n.abs_diff(own) == 1)
    }

    /// Does the line before line `i` end in the middle of a sentence?
    fn goes_on(&self, i: usize) -> bool {
        i > 0 && {
            let before = self.line(i - 1);
            self.rules.asks_at_end(before).is_some() || !before.ends_with(is_stop) && runs(before)
        }
    }

    fn starts_with_counter(&self, line: &str) -> bool {
        let begins = |words: &Trie<()>| words.longest(line.as_bytes(), 0).map(|(len, ())| len);
        begins(&self.rules.counters).is_some_and(|len| begins(&self.rules.no_counters).is_none_or(|other| other < len))
    }

    /// 财政收入达到⏎3.2亿元, 收官战取得决定性成果，⏎17⏎个贫困村: does what stands before line `i` ask for its figure?
    fn asks(&self, before: &str, i: usize) -> bool {
        let after = self.line(i);
        let asked = self.rules.asks_at_end(before).is_some_and(|len| before.len() > len + 3);
        if asked {
            return !is_year(after) || before.ends_with(['到', '至', '在']);
        }
        // Behind a comma any figure goes on, but not a number of a list.
        let Some(signed) = bare_number(after) else { return false };
        let next = self.line(i + 1);
        let counted = self.starts_with_counter(next);
        let paused = before.ends_with(['，', '、', '》', '”', '—']);
        if paused || runs(before) && before.ends_with(is_han) {
            return signed || counted || next.starts_with(cannot_begin);
        }
        // 城镇新增就业⏎5.2⏎万人，…: in a table no comma follows.
        let words = before.chars().rev().take(4).filter(|c| is_han(*c)).count() == 4 || before.ends_with(['年', '月']);
        words && (next.starts_with(cannot_begin) || counted && (runs(next) || next.chars().count() > 12))
    }

    /// 截至11月底，全镇实现⏎财政收入2776万元: is the line before a sentence that breaks off behind its verb or 的?
    fn wants(&self, before: &str, i: usize) -> bool {
        let (after, line) = (self.line(i), self.lines[i]);
        let Some((len, ())) = self.rules.wants.longest(before.as_bytes(), before.len()) else { return false };
        // A heading may end with a verb (各项任务，如期完成), but its text does not begin with what was done.
        let figure = || after.chars().take(20).any(|c| c.is_ascii_digit()) && !pages::starts_block(before);
        before.contains('，')
            && !line.indented
            && !line.after_gap
            && after.starts_with(|c: char| is_han(c) || c == '“')
            && runs(after)
            && (len == 3 || figure())
    }

    /// 固定资产投资⏎完成15亿元: a verb with its figure, and before it a sentence with figures that is not at its end.
    fn states_of(&self, before: &str, after: &str) -> bool {
        let Some((len, ())) = self.rules.states.longest(after.as_bytes(), 0) else { return false };
        let figures = before.contains(|c: char| c.is_ascii_digit());
        starts_with_figure(&after[len..]) && before.ends_with(is_han) && figures && before.contains('，')
    }
}

/// 是2011年的1.⏎37倍, 12.5:46.8:⏎40.7, 增长8⏎.5%
fn splits_number(before: &str, after: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    if let Some(point) = after.strip_prefix('.') {
        return before.ends_with(digit) && point.starts_with(digit);
    }
    if !after.starts_with(digit) || is_year(after) {
        return false;
    }
    let Some(figure) = before.strip_suffix(['.', ':', '：']).filter(|figure| figure.ends_with(digit)) else {
        return false;
    };
    // Not the number of a heading that stands alone: 1.⏎2011年….
    let ahead = figure.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | '：' | '%'));
    let ratio = !before.ends_with('.');
    let compared = || ahead.chars().rev().take(12).any(|c| c == '比');
    !ahead.is_empty() && (!ratio || figure[ahead.len()..].contains(['.', ':', '：']) || compared())
}

/// PM⏎2.5⏎浓度, 实施G⏎98⏎环岛高速: the figure of a name stands behind its letter.
fn splits_name(before: &str, after: &str) -> bool {
    let letter = |c: char| c.is_ascii_alphabetic();
    if before.ends_with(letter) {
        return bare_number(after) == Some(false);
    }
    let name = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    name.len() < before.len()
        && name.ends_with(letter)
        && name.trim_end_matches(letter).ends_with(is_han_or_comma)
        && after.starts_with(is_han)
        && !pages::starts_block(after)
}

fn is_han_or_comma(c: char) -> bool {
    is_han(c) || matches!(c, '，' | '、' | '“')
}

/// （一）, 二、: the number of a heading without its heading.
fn is_list_number(line: &str) -> bool {
    let numeral = |line: &str| !line.is_empty() && line.chars().all(|c| "一二三四五六七八九十".contains(c));
    let bracketed = || line.strip_prefix(['（', '('])?.strip_suffix(['）', ')']);
    line.len() <= 15 && (bracketed().is_some_and(numeral) || line.strip_suffix('、').is_some_and(numeral))
}

/// Is this running text, or the end of it: a comma, a stop?
fn runs(line: &str) -> bool {
    line.contains(['，', '。', '、', '；', '！'])
}

/// Nothing but a number, and the marks behind it: 17, 0.47%, 8%；. Was there a sign or mark behind it?
fn bare_number(line: &str) -> Option<bool> {
    let number = line.trim_end_matches(['%', '‰', '，', '；', '。', '、', ',', ';']);
    let digits = number.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    (digits && number.starts_with(|c: char| c.is_ascii_digit())).then_some(number.len() < line.len())
}

/// Does a figure open the line: a number with more than a point or comma of a list behind it?
fn starts_with_figure(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_digit()) && !pages::starts_block(line)
}

/// 2019年
fn is_year(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && line[4..].starts_with('年')
}
