//! The forms of numbers that are no plain values, and the ones that span several numerals: dates, numbering, ordinals,
//! ranges, ratios, names.

use super::number::{NumberShape, Numeral, is_han};
use super::quantity::{Kind, Quantity, Reason};
use super::scan::{Draft, Scanner};
use super::unit::{Dimension, Use, skip_space};
use crate::model::Bound;
use crate::text::Span;

/// Years that a bare number of four digits may be.
const BARE_YEARS: std::ops::RangeInclusive<f64> = 1949.0..=2060.0;
/// Years before 年.
const YEARS: std::ops::RangeInclusive<f64> = 1800.0..=2100.0;

impl Scanner<'_> {
    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or("")
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn whole(&self, at: usize) -> Option<Numeral> {
        self.rules.numerals.read(self.text, at).filter(|n| n.decimals == 0 && n.scale == 1.0 && n.value_max.is_none())
    }

    /// 一、 (三) 1. ①-like numbering at the head of a line or sentence.
    pub(super) fn list_number(&mut self, numeral: &Numeral) -> Option<usize> {
        let (at, numeral) = (numeral.start, *numeral);
        let head = self.text[..at].trim_end_matches([' ', '\u{3000}', '\t']);
        let previous = head.chars().next_back();
        if let Some('（' | '(') = previous {
            let close = self.rest(numeral.end).starts_with(['）', ')']);
            return (close && numeral.decimals == 0 && numeral.value < 100.0 && numeral.scale == 1.0).then(|| {
                self.push_plain(Span::new(at, numeral.end), Some(numeral), Kind::ListNumber, Reason::Form("numbering"));
                numeral.end
            });
        }
        if !matches!(previous, None | Some('\n' | '。' | '；' | '：' | '！' | '”' | '*' | '#' | '★' | '）')) {
            return None;
        }
        let arabic = numeral.shape == NumberShape::Arabic;
        let line_head = matches!(previous, None | Some('\n' | '*' | '#' | '★'));
        let mut end = numeral.end;
        let numbering = if arabic && numeral.decimals == 4 && line_head {
            // 1.2023年: numbering before a year.
            end = at + numeral.integer_digits as usize;
            let year = self.whole(end + 1)?;
            YEARS.contains(&year.value) && self.rest(year.end).starts_with('年')
        } else {
            let mark = self.rest(end).chars().next().unwrap_or('\n');
            let behind = self.rest(end + mark.len_utf8()).chars().next();
            let own_mark = match mark {
                '、' => line_head || previous != Some('：'),
                '.' | '．' => behind.is_none_or(|c| !c.is_ascii_digit()),
                '）' | ')' => line_head,
                // A number alone in its line or table cell.
                '\n' | '\t' | '\u{3000}' => line_head && arabic && numeral.integer_digits <= 3,
                _ => false,
            };
            // 7、9、11号线 at a head is a list of numbers.
            let list = mark == '、' && behind.is_some_and(|c| self.rules.numerals.is_candidate(c as u32));
            own_mark && (!list || line_head) && numeral.value < 200.0 && numeral.decimals == 0
        };
        numbering.then(|| {
            self.push_plain(Span::new(at, end), Some(numeral), Kind::ListNumber, Reason::Form("numbering"));
            end
        })
    }

    /// Years, dates, clock times.
    pub(super) fn date(&mut self, numeral: &Numeral) -> Option<usize> {
        let (at, numeral) = (numeral.start, *numeral);
        if numeral.decimals != 0 || numeral.scale != 1.0 || numeral.value_max.is_some() {
            return None;
        }
        if self.before(at).is_some_and(|c| c.is_ascii_alphabetic()) {
            return None;
        }
        let digits = matches!(numeral.shape, NumberShape::Arabic | NumberShape::ChineseDigits);
        let year_like = digits && numeral.integer_digits == 4 && YEARS.contains(&numeral.value);
        let after = skip_space(self.text, numeral.end);
        if year_like {
            return self.year(numeral, after);
        }
        let next = self.rest(after);
        let small = numeral.value >= 1.0 && numeral.value <= 31.0 && numeral.value.fract() == 0.0;
        let two = numeral.integer_digits == 2 && self.rest(at).starts_with('0');
        // 07-29: month and day alone in a line.
        if numeral.integer_digits == 2
            && let Some(day) = next.strip_prefix('-').and_then(|_| self.whole(after + 1))
            && day.integer_digits == 2
            && numeral.value <= 12.0
            && day.value <= 31.0
            && matches!(self.before(at), None | Some('\n' | ' ' | '\t' | '\u{3000}'))
            && self.rest(day.end).chars().next().is_none_or(|c| c.is_whitespace())
        {
            self.push_plain(Span::new(at, day.end), Some(numeral), Kind::Date, Reason::Form("date"));
            return Some(day.end);
        }
        let (end, kind) = if numeral.value <= 12.0 && small && next.starts_with('月') {
            (self.day(after + '月'.len_utf8()), Kind::Date)
        } else if small && next.starts_with('日') && !next[3..].starts_with(['均', '产', '供', '处', '吞']) {
            (after + 3, Kind::Date)
        } else if two && next.starts_with('年') {
            (after + 3, Kind::Year)
        } else if numeral.value <= 24.0
            && digits
            && next.starts_with('时')
            && !next[3..].starts_with(['代', '期', '段', '间', '速'])
        {
            (after + 3, Kind::Time)
        } else {
            return None;
        };
        // 1-5月: the numbers before belong to the date.
        self.push_plain(Span::new(at, end), Some(numeral), kind, Reason::Form("date"));
        Some(end)
    }

    fn year(&mut self, numeral: Numeral, after: usize) -> Option<usize> {
        let (at, text) = (numeral.start, self.text);
        let next = self.rest(after);
        if next.starts_with('年') {
            let year_end = after + '年'.len_utf8();
            let month = self.whole(skip_space(text, year_end)).filter(|m| m.value <= 12.0 && m.value >= 1.0);
            if let Some(month) = month
                && self.rest(skip_space(text, month.end)).starts_with('月')
            {
                let end = self.day(skip_space(text, month.end) + '月'.len_utf8());
                self.push_plain(Span::new(at, end), Some(numeral), Kind::Date, Reason::Form("date"));
                return Some(end);
            }
            let (end, last) = self.year_end(year_end, numeral.value).unwrap_or((year_end, numeral.value));
            return Some(self.push_years(numeral, end, last));
        }
        if let Some((end, last)) = self.year_end(numeral.end, numeral.value) {
            return Some(self.push_years(numeral, end, last));
        }
        // 2024.5.14
        let mark = next.chars().next().filter(|c| matches!(c, '.' | '-' | '/'));
        if let Some(mark) = mark
            && let Some(month) = self.whole(after + 1).filter(|m| m.value <= 12.0)
            && self.rest(month.end).starts_with(mark)
            && let Some(day) = self.whole(month.end + 1).filter(|d| d.value <= 31.0)
        {
            self.push_plain(Span::new(at, day.end), Some(numeral), Kind::Date, Reason::Form("date"));
            return Some(day.end);
        }
        let bracket = self.before(at).is_some_and(|c| matches!(c, '〔' | '[' | '［' | '【' | '(' | '（'));
        if bracket && next.starts_with(['〕', ']', '］', '】', ')', '）']) {
            self.push_plain(Span::new(at, numeral.end), Some(numeral), Kind::Year, Reason::Form("document_number"));
            return Some(numeral.end);
        }
        let unit = self.rules.units.read(&self.rules.numerals, text, &numeral, after);
        let measured = unit.is_some_and(|u| u.used != Use::ArabicOnly || u.dimension != Dimension::Count);
        let other = next.starts_with(['.', '%', '+', '＋', '×', ',', '余', '多', '：', ':', '〕', ']']);
        let letters = next.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !measured && !other && !letters && BARE_YEARS.contains(&numeral.value) && numeral.decimals == 0 {
            // A list 1200、2000个 is told by the list, not here.
            let list = self.rules.list_words.has(next.as_bytes(), 0) && {
                let len = self.rules.list_words.longest(next.as_bytes(), 0).map_or(0, |l| l.0);
                let member = self.draft(after + len);
                member.is_some_and(|m| m.unit.is_some() && !YEARS.contains(&m.value))
            };
            let preceded =
                self.before(at).is_some_and(|c| is_han(c) && !matches!(c, '在' | '到' | '至' | '从' | '于' | '自'));
            if !list && !preceded {
                return Some(self.push_years(numeral, numeral.end, numeral.value));
            }
        }
        None
    }

    fn push_years(&mut self, numeral: Numeral, end: usize, last: f64) -> usize {
        self.push_plain(Span::new(numeral.start, end), Some(numeral), Kind::Year, Reason::Form("year"));
        if last > numeral.value
            && let Some(year) = self.out.last_mut()
        {
            (year.value_max, year.bound) = (Some(last), Bound::Range);
        }
        end
    }

    /// —2025年, 至2025年 behind a first year: where it ends, and the year.
    fn year_end(&self, at: usize, first: f64) -> Option<(usize, f64)> {
        let (len, ()) = self.rules.range_words.longest(self.text.as_bytes(), at)?;
        let last = self.whole(at + len).filter(|l| l.value > first && YEARS.contains(&l.value))?;
        let after = skip_space(self.text, last.end);
        let year = ["年", "学年", "财年"].iter().find(|y| self.rest(after).starts_with(**y));
        match year {
            Some(y) => Some((after + y.len(), last.value)),
            None if self.text[..at].ends_with('年') => None,
            None => {
                let unit = self.rules.units.read(&self.rules.numerals, self.text, &last, after);
                unit.is_none().then_some((last.end, last.value))
            }
        }
    }

    /// The end of a date behind its month: a day may follow.
    fn day(&self, at: usize) -> usize {
        let from = skip_space(self.text, at);
        let end = self.whole(from).filter(|d| d.value <= 31.0).and_then(|day| {
            let after = skip_space(self.text, day.end);
            self.rest(after).starts_with(['日', '号']).then_some(after + '日'.len_utf8())
        });
        end.unwrap_or(at)
    }

    /// Numbers joined by : + · ×.
    pub(super) fn chain(&mut self, first: &Numeral) -> Option<usize> {
        let (at, first) = (first.start, *first);
        if first.shape != NumberShape::Arabic {
            return None;
        }
        let joined = |c: Option<char>| matches!(c, Some('+' | '＋'));
        let next = self.rest(first.end).chars().next();
        if joined(next) || (joined(self.before(at)) && !self.text[..at].ends_with("%+")) {
            return Some(self.name(at, first, Reason::Form("plus_chain")));
        }
        match next? {
            '：' | ':' | '∶' => self.ratio(at, first),
            '%' | '％' if self.rest(first.end + next?.len_utf8()).starts_with(['：', ':', '∶']) => {
                self.ratio(at, first)
            }
            mark @ ('·' | '•' | '‧') if self.whole(first.end + mark.len_utf8()).is_some() => {
                Some(self.name(at, first, Reason::Form("event")))
            }
            mark @ ('×' | '*' | 'x' | 'X' | '✕' | '╳') => self.product(first, mark),
            _ => None,
        }
    }

    /// 16.1：50：33.9, 1：2000, 9:30
    fn ratio(&mut self, at: usize, first: Numeral) -> Option<usize> {
        let mut parts = vec![first];
        let mut end = first.end;
        loop {
            let rest = self.rest(end);
            let percent = rest.chars().next().filter(|c| matches!(c, '%' | '％')).map_or(0, char::len_utf8);
            let colon = rest[percent..].chars().next().filter(|c| matches!(c, '：' | ':' | '∶'));
            let Some(colon) = colon else { break };
            let Some(part) = self.rules.numerals.read(self.text, end + percent + colon.len_utf8()) else { break };
            if part.shape != NumberShape::Arabic {
                break;
            }
            parts.push(part);
            end = part.end;
        }
        if parts.len() < 2 {
            return None;
        }
        let sum: f64 = parts.iter().map(|p| p.value).sum();
        if parts.len() >= 3 && (97.0..=103.0).contains(&sum) {
            for part in &parts {
                let percent = self.rest(part.end).starts_with(['%', '％']);
                let span = Span::new(part.start, part.end + usize::from(percent));
                self.push(Quantity {
                    kind: Kind::Value,
                    span,
                    number: Span::new(part.start, part.end),
                    outer: span,
                    value: part.value,
                    value_max: None,
                    unit: percent.then(|| "%".to_owned()),
                    unit_si: Some("percent".to_owned()),
                    value_si: Some(part.value),
                    value_max_si: None,
                    dimension: Dimension::Percent,
                    bound: Bound::Eq,
                    shape: NumberShape::Proportion,
                    unit_inherited: false,
                    reason: None,
                });
            }
            return Some(self.done);
        }
        // 缩小到1.82∶1: so many to one.
        if parts.len() == 2 && first.decimals > 0 && (parts[1].value - 1.0).abs() < f64::EPSILON {
            self.push_plain(Span::new(at, end), Some(first), Kind::Value, Reason::Form("ratio"));
            return Some(end);
        }
        let whole = |n: &Numeral, max: f64| n.decimals == 0 && n.value <= max;
        let is_clock = parts.len() <= 3
            && whole(&first, 24.0)
            && parts[1..].iter().all(|p| whole(p, 59.0) && p.integer_digits == 2);
        // 目标：5：… a colon between two sentences' numbers is none of these where a unit follows the second.
        let (kind, reason) = if is_clock { (Kind::Time, "clock") } else { (Kind::Identifier, "ratio") };
        self.push_plain(Span::new(at, end), Some(first), kind, Reason::Form(reason));
        Some(end)
    }

    /// 2×35万千瓦
    fn product(&mut self, first: Numeral, mark: char) -> Option<usize> {
        let second = self.draft(first.end + mark.len_utf8())?;
        let span = Span::new(first.start, second.end);
        let value = first.value * second.value;
        let factor = second.si.as_ref().map(|s| s.1);
        self.push(Quantity {
            kind: if second.unit.is_some() { Kind::Value } else { Kind::Identifier },
            span,
            number: Span::new(first.start, second.numeral.end),
            outer: span,
            value,
            value_max: None,
            unit: second.printed,
            value_si: factor.map(|f| f * value),
            value_max_si: None,
            unit_si: second.si.map(|s| s.0),
            dimension: second.dimension,
            bound: Bound::Eq,
            shape: NumberShape::Product,
            unit_inherited: false,
            reason: Some(Reason::Form("product")),
        });
        Some(span.end)
    }

    /// A number in a name: takes the letters, digits and joins around it.
    fn name(&mut self, at: usize, numeral: Numeral, reason: Reason) -> usize {
        let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '＋' | '·' | '•' | '-' | '.' | '_');
        let head = self.text[..at].trim_end_matches(part).len().max(self.done);
        let rest = self.rest(numeral.end);
        let tail = rest.trim_start_matches(part);
        let mut end = numeral.end + rest.len() - tail.len();
        while end > numeral.end && self.text[..end].ends_with(['.', '-']) {
            end -= 1;
        }
        self.push_plain(Span::new(head, end), Some(numeral), Kind::Identifier, reason);
        end
    }

    /// G55, 5A, 〔2022〕35号, 0351: digits that are a name.
    pub(super) fn identifier(&mut self, draft: &Draft) -> Option<usize> {
        let numeral = draft.numeral;
        if !matches!(numeral.shape, NumberShape::Arabic) {
            return None;
        }
        let (at, bytes) = (numeral.start, self.text.as_bytes());
        let encoded = at.checked_sub(1).is_some_and(|i| matches!(bytes[i], b'%' | b'=' | b'&'));
        let letter = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphabetic);
        let joined = at >= 2
            && matches!(bytes[at - 1], b'-' | b'_')
            && bytes[at - 2].is_ascii_alphanumeric()
            && letter(Some(at - 2));
        let after_letter = letter(at.checked_sub(1)) && !self.rules.letter_words.has(bytes, at);
        let unit_is_measure = draft.unit.as_ref().is_some_and(|u| u.used == Use::Measure);
        let before_letter = draft.unit.is_none() && letter(Some(numeral.end));
        if after_letter || joined || before_letter || encoded {
            return Some(self.name(at, numeral, Reason::Form("letters")));
        }
        let bracketed = self.before(at).is_some_and(|c| matches!(c, '〔' | '[' | '［' | '【'))
            && self.rest(numeral.end).starts_with(['〕', ']', '］', '】']);
        let document =
            self.before(at).is_some_and(|c| matches!(c, '〕' | '］')) && self.rest(numeral.end).starts_with('号');
        let zero = numeral.integer_digits > 1 && self.rest(at).starts_with('0') && numeral.decimals == 0;
        let long =
            numeral.integer_digits > 8 && numeral.decimals == 0 && !unit_is_measure && !self.rest(at).contains(',');
        if bracketed || document || zero || long {
            self.push_plain(
                Span::new(at, numeral.end),
                Some(numeral),
                Kind::Identifier,
                Reason::Form("number_as_name"),
            );
            return Some(numeral.end);
        }
        None
    }

    /// The range that `first` begins, as one number.
    pub(super) fn range(&self, first: &Draft) -> Option<Draft> {
        if first.value_max.is_some() || first.inner.is_some() {
            return None;
        }
        let from = skip_space(self.text, first.end);
        let (len, ()) = self.rules.range_words.longest(self.text.as_bytes(), from)?;
        let word = &self.text[from..from + len];
        let to = skip_space(self.text, from + len);
        if word.starts_with(['到', '至'])
            && self.rules.words.movement.iter().any(|w| self.text[..first.start].ends_with(w.as_str()))
        {
            return None;
        }
        let second = self.draft(to)?;
        if second.value_max.is_some()
            || second.numeral.integer_digits == 4 && self.rest(second.numeral.end).starts_with('年')
        {
            return None;
        }
        let mut low = first.value;
        match (&first.printed, &second.printed) {
            (None, None) => {
                // 1-5月
                let month = self.rest(second.numeral.end).starts_with(['月', '日', '时']);
                if month || !matches!(first.shape, NumberShape::Arabic) {
                    return None;
                }
            }
            (None, Some(_)) => {
                if low > second.value
                    && let Some(unit) = &second.unit
                    && unit.scale > 1.0
                {
                    low /= unit.scale;
                }
            }
            (Some(_), Some(_)) if first.dimension == second.dimension || first.dimension == Dimension::None => {
                let (one, two) = (first.si.as_ref()?, second.si.as_ref()?);
                let same = one.0 == two.0 || first.dimension == Dimension::None;
                let printed = first.printed == second.printed;
                let scale = second.unit.as_ref().map_or(1.0, |u| u.scale);
                low = match same {
                    true if printed => low,
                    true if first.dimension == Dimension::None => low * one.1 / scale,
                    true => low * one.1 / two.1,
                    false => return None,
                };
            }
            _ => return None,
        }
        if low >= second.value || second.shape == NumberShape::BareScale || first.shape == NumberShape::BareScale {
            return None;
        }
        Some(Draft {
            numeral: first.numeral,
            start: first.start,
            value: low,
            value_max: Some(second.value),
            shape: first.shape,
            ..second
        })
    }

    /// 第2, 第一位: an ordinal, and whether it can be a rank.
    pub(super) fn ordinal(&mut self, at: usize) -> Option<usize> {
        let from = skip_space(self.text, at + self.rules.ordinal.prefix.len_utf8());
        let numeral = self.rules.numerals.read(self.text, from)?;
        if numeral.several {
            return None;
        }
        if let Some((span, rule)) = self.rules.phrases.phrase(self.text, from)
            && span.start == at
        {
            let kind = self.rules.phrases.rules[rule].kind;
            self.push_plain(span, Some(numeral), kind, Reason::Phrase(rule));
            return Some(span.end);
        }
        let after = skip_space(self.text, numeral.scale_end);
        let ordinal = &self.rules.ordinal;
        let word = ordinal.rank_words.iter().find(|w| self.rest(after).starts_with(w.as_str()));
        let end = word.map_or(numeral.scale_end, |w| after + w.len());
        let free =
            self.rest(end).is_empty() || ordinal.rank_ends.iter().any(|e| self.rest(end).starts_with(e.as_str()));
        let opens = self.text[..at].trim_end_matches([' ', '\u{3000}', '\t']).chars().next_back();
        let point = self.rest(end).starts_with(|c| ordinal.point_ends.contains(&c))
            && matches!(opens, None | Some('\n' | '。' | '；' | '：' | '”' | '！'));
        if point && word.is_none() {
            self.push_plain(Span::new(at, end), Some(numeral), Kind::ListNumber, Reason::Form("numbering"));
            return Some(end);
        }
        let rank = word.is_some() || free;
        self.push_ordinal(Span::new(at, end), numeral, rank, Bound::Eq);
        Some(end)
    }

    /// 前三, 前20名: a rank at most this.
    pub(super) fn top(&mut self, at: usize) -> Option<usize> {
        let from = at + self.rules.ordinal.top.len_utf8();
        let numeral = self.rules.numerals.read(self.text, from).filter(|n| n.scale == 1.0 && n.decimals == 0)?;
        let ordinal = &self.rules.ordinal;
        let word = ordinal.top_words.iter().find(|w| self.rest(numeral.end).starts_with(w.as_str()));
        let end = word.map_or(numeral.end, |w| numeral.end + w.len());
        let free =
            self.rest(end).is_empty() || ordinal.rank_ends.iter().any(|e| self.rest(end).starts_with(e.as_str()));
        if word.is_none() && !free {
            return None;
        }
        self.push_ordinal(Span::new(at, end), numeral, true, Bound::Le);
        Some(end)
    }

    /// 首位, 榜首
    pub(super) fn first_place(&mut self, at: usize) -> Option<usize> {
        let (len, ()) = self.rules.first.longest(self.text.as_bytes(), at)?;
        let numeral = Numeral {
            start: at,
            end: at + len,
            value: 1.0,
            value_max: None,
            scale: 1.0,
            scale_end: at + len,
            shape: NumberShape::Ordinal,
            several: false,
            decimals: 0,
            integer_digits: 0,
            grouped: false,
        };
        if self.rest(at + len).starts_with('度') {
            return None;
        }
        self.push_ordinal(Span::new(at, at + len), numeral, true, Bound::Eq);
        Some(at + len)
    }

    fn push_ordinal(&mut self, span: Span, numeral: Numeral, rank: bool, bound: Bound) {
        let value = numeral.value * numeral.scale;
        self.push(Quantity {
            kind: Kind::Ordinal,
            span,
            number: Span::new(numeral.start, numeral.end),
            outer: span,
            value,
            value_max: None,
            unit: None,
            unit_si: rank.then(|| "rank".to_owned()),
            value_si: rank.then_some(value),
            value_max_si: None,
            dimension: if rank { Dimension::Rank } else { Dimension::None },
            bound,
            shape: NumberShape::Ordinal,
            unit_inherited: false,
            reason: Some(Reason::Form("ordinal")),
        });
    }

    /// 翻一番, 翻了两番, 翻番: growth of 100, 300, 100 percent.
    pub(super) fn doubling(&mut self, at: usize) -> Option<usize> {
        let words = &self.rules.double;
        let mut from = at + words.verb.len_utf8();
        if let Some(particle) = self.rest(from).chars().next().filter(|c| words.particles.contains(c)) {
            from += particle.len_utf8();
        }
        let numeral = self.rules.numerals.read(self.text, from);
        let end = numeral.map_or(from, |n| n.scale_end);
        if !self.rest(end).starts_with(words.unit) {
            return None;
        }
        let span = Span::new(at, end + words.unit.len_utf8());
        let times = numeral.map_or(1.0, |n| n.value);
        let value = (2f64.powf(times) - 1.0) * 100.0;
        let after = self.rules.bounds.after(self.text, span.end);
        let before = self.rules.bounds.before(self.text, span.start, false);
        let quoted = self.in_quotes(at);
        self.push(Quantity {
            kind: if quoted { Kind::FixedPhrase } else { Kind::Value },
            span,
            number: numeral.map_or(span, |n| Span::new(n.start, n.end)),
            outer: Span::new(before.map_or(span.start, |b| b.0), after.map_or(span.end, |a| a.0)),
            value,
            value_max: None,
            unit: Some("%".to_owned()),
            unit_si: Some("percent".to_owned()),
            value_si: Some(value),
            value_max_si: None,
            dimension: Dimension::Percent,
            bound: after.or(before).map_or(Bound::Eq, |b| b.1),
            shape: NumberShape::Doubling,
            unit_inherited: false,
            reason: quoted.then_some(Reason::Form("quoted")),
        });
        Some(span.end)
    }
}
