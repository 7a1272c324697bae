//! The scanner behind [`super::quantity::quantities`]: one pass, and at each numeral the question what it is.

use super::number::{NumberShape, Numeral, is_han};
use super::phrase::Place;
use super::quantity::{Kind, Quantity, QuantityRules, Reason};
use super::unit::{Dimension, UnitMatch, Use, skip_space};
use crate::model::Bound;
use crate::text::Span;

/// Longest term in quotation marks whose numerals are taken as part of a name, in bytes.
const QUOTED_TERM: usize = 36;
/// Longest title in 《》, in bytes.
const TITLE: usize = 240;

/// A number and its unit, before it is known what kind of number it is.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub numeral: Numeral,
    pub start: usize,
    pub end: usize,
    pub value: f64,
    pub value_max: Option<f64>,
    pub unit: Option<UnitMatch>,
    /// Printed unit and its conversion: base unit and factor.
    pub printed: Option<String>,
    pub si: Option<(String, f64)>,
    pub dimension: Dimension,
    pub shape: NumberShape,
    /// From 余, 多, 几 inside.
    pub inner: Option<Bound>,
}

pub(super) struct Scanner<'a> {
    pub rules: &'a QuantityRules,
    pub text: &'a str,
    pub out: Vec<Quantity>,
    /// Numerals before this position stand inside a short quoted term.
    quoted_until: usize,
    /// … inside a title.
    titled_until: usize,
    /// End of the last quantity.
    pub done: usize,
}

impl<'a> Scanner<'a> {
    pub fn new(rules: &'a QuantityRules, text: &'a str) -> Self {
        Self { rules, text, out: Vec::new(), quoted_until: 0, titled_until: 0, done: 0 }
    }

    pub fn scan(mut self) -> Vec<Quantity> {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            let (code, len) = match byte {
                0..0x80 => (u32::from(byte), 1),
                0x80..0xe0 => {
                    at += 2;
                    continue;
                }
                0xe0..0xf0 => {
                    let [b, c] = [bytes[at + 1], bytes[at + 2]];
                    (u32::from(byte & 15) << 12 | u32::from(b & 63) << 6 | u32::from(c & 63), 3)
                }
                _ => {
                    at += 4;
                    continue;
                }
            };
            at = if self.rules.stops[code as usize / 64] >> (code % 64) & 1 == 0 {
                at + len
            } else {
                self.stop(at, code, len).max(at + len)
            };
        }
        self.inherit_units();
        self.out
    }

    /// Looks at a character that may begin something; returns where to go on.
    fn stop(&mut self, at: usize, code: u32, len: usize) -> usize {
        if !self.rules.numerals.is_candidate(code) {
            let c = char::from_u32(code).unwrap_or(' ');
            return match c {
                '“' | '「' | '"' | '《' => self.open(at, c, len),
                c if c == self.rules.ordinal.prefix => self.ordinal(at),
                c if c == self.rules.ordinal.top => self.top(at),
                c if c == self.rules.double.verb => self.doubling(at),
                _ => self.first_place(at),
            }
            .unwrap_or(at + len);
        }
        if let Some((span, rule)) = self.rules.phrases.phrase(self.text, at)
            && span.start >= self.done
        {
            let numeral = self.rules.numerals.read(self.text, at);
            let kind = self.rules.phrases.rules[rule].kind;
            self.push_plain(span, numeral, kind, Reason::Phrase(rule));
            return span.end;
        }
        self.value(at).unwrap_or_else(|| self.skip_numerals(at))
    }

    /// Behind a run of numeral characters that makes no number.
    fn skip_numerals(&self, at: usize) -> usize {
        let mut end = at;
        for c in self.text[at..].chars() {
            if !self.rules.numerals.is_candidate(c as u32) {
                break;
            }
            end += c.len_utf8();
            // 数, 几: the numeral behind them is still to be read.
            if !self.rules.numerals.goes_on(c) {
                break;
            }
        }
        end
    }

    fn open(&mut self, at: usize, c: char, len: usize) -> Option<usize> {
        let from = at + len;
        let (close, limit) = match c {
            '“' => ('”', QUOTED_TERM),
            '「' => ('」', QUOTED_TERM),
            '《' => ('》', TITLE),
            _ if at < self.quoted_until + 1 && self.quoted_until > 0 => return None,
            _ => ('"', QUOTED_TERM),
        };
        let mut stop = (from + limit).min(self.text.len());
        while !self.text.is_char_boundary(stop) {
            stop -= 1;
        }
        let inside = &self.text[from..stop];
        let end = from + inside.find(close)?;
        if self.text[from..end].contains(['\n', '。', '；']) {
            return None;
        }
        if c == '《' {
            self.titled_until = end;
        } else {
            self.quoted_until = end;
        }
        None
    }

    /// Does the position stand inside a short quoted term?
    pub fn in_quotes(&self, at: usize) -> bool {
        at < self.quoted_until
    }

    fn value(&mut self, at: usize) -> Option<usize> {
        let numeral = self.rules.numerals.read(self.text, at)?;
        let form = self.list_number(&numeral).or_else(|| self.date(&numeral)).or_else(|| self.chain(&numeral));
        if form.is_some() {
            return form;
        }
        let first = self.draft_of(numeral);
        let draft = self.range(&first).unwrap_or(first);
        if let Some(end) = self.identifier(&draft) {
            return Some(end);
        }
        let end = draft.end;
        self.classify(draft);
        Some(end)
    }

    /// A number with its unit at `at`, without regard to ranges.
    pub fn draft(&self, at: usize) -> Option<Draft> {
        self.rules.numerals.read(self.text, at).map(|numeral| self.draft_of(numeral))
    }

    fn draft_of(&self, numeral: Numeral) -> Draft {
        let (text, rules) = (self.text, self.rules);
        if let Some(draft) = self.fraction(numeral).or_else(|| self.tenths(numeral)) {
            return draft;
        }
        let mut draft = Draft {
            numeral,
            start: numeral.start,
            end: numeral.scale_end,
            value: numeral.value,
            value_max: numeral.value_max,
            unit: None,
            printed: None,
            si: None,
            dimension: Dimension::None,
            shape: numeral.shape,
            inner: numeral.several.then_some(Bound::Gt),
        };
        // [余] scale [余] base
        let bare = numeral.shape == NumberShape::BareScale;
        let mut position = if bare { numeral.scale_end } else { numeral.end };
        let mut scale = (position, position, if bare { numeral.scale } else { 1.0 });
        if let Some((end, bound)) = self.inner_word(position) {
            let follows = rules.units.read(&rules.numerals, text, &numeral, skip_space(text, end));
            if follows.is_some() || self.clause_ends(end) || bare && self.counted_follows(end) {
                draft.inner = Some(bound);
                draft.end = end;
                position = end;
            }
        }
        let mut unit = rules.units.read(&rules.numerals, text, &numeral, skip_space(text, position));
        if let Some(found) = &unit
            && found.dimension == Dimension::None
            && let Some((end, bound)) = self.inner_word(found.scale_end)
        {
            // 3万余人: a second look behind 余.
            let behind = skip_space(text, end);
            let plain = Numeral { shape: NumberShape::Arabic, scale_end: behind, scale: 1.0, ..numeral };
            if let Some(base) = rules.units.read(&rules.numerals, text, &plain, behind) {
                draft.inner = Some(bound);
                scale = (found.start, found.scale_end, found.scale);
                unit = Some(base);
            } else if self.clause_ends(end) || self.counted_follows(end) {
                draft.inner = Some(bound);
                draft.end = end;
            }
        }
        if bare && unit.as_ref().is_some_and(|u| u.start > numeral.start) {
            // 百余家, 千余万元: the scale word stands before 余.
            scale = (numeral.start, numeral.scale_end, numeral.scale);
        }
        if let Some(unit) = unit {
            draft.end = draft.end.max(unit.end);
            let split = unit.start > scale.1 || scale.0 == scale.1;
            let own = if split { text[scale.0..scale.1].to_owned() } else { String::new() };
            let mut printed: String = own;
            printed.extend(text[unit.start..unit.end].chars().filter(|c| !c.is_whitespace()));
            if printed.contains("个多") {
                printed = printed.replace("个多", "个");
                draft.inner = Some(Bound::Gt);
            }
            let outer = if scale.0 == scale.1 || !split { 1.0 } else { scale.2 };
            draft.si = unit.si.clone().map(|(si, factor)| (si, factor * outer));
            draft.dimension = unit.dimension;
            draft.printed = Some(printed);
            draft.unit = Some(unit);
        } else if bare {
            draft.printed = Some(text[numeral.start..numeral.scale_end].to_owned());
            draft.si = Some(("count".to_owned(), numeral.scale));
        }
        self.half(&mut draft);
        draft
    }

    /// 三斤半, 一年半
    fn half(&self, draft: &mut Draft) {
        use Dimension::{Area, Duration, Length, Mass, Multiple};
        let half = self.rules.words.half.as_str();
        let rest = &self.text[draft.end..];
        if matches!(draft.dimension, Area | Duration | Length | Mass | Multiple)
            && rest.starts_with(half)
            && !rest[half.len()..].starts_with(['导', '程', '挂', '年', '径', '岛', '天', '个', '数', '小'])
        {
            draft.value += 0.5;
            draft.end += half.len();
        }
    }

    fn inner_word(&self, at: usize) -> Option<(usize, Bound)> {
        let at = skip_space(self.text, at);
        let c = self.text[at..].chars().next()?;
        if self.rules.words.more.contains(&c) {
            return Some((at + c.len_utf8(), Bound::Gt));
        }
        self.rules.words.about.contains(&c).then_some((at + c.len_utf8(), Bound::Approx))
    }

    /// 7万多|家庭: does what is counted follow without a counter?
    fn counted_follows(&self, at: usize) -> bool {
        let rest = &self.text[skip_space(self.text, at)..];
        self.rules.words.counted.iter().any(|word| rest.starts_with(word.as_str()))
    }

    /// Does the clause end here?
    fn clause_ends(&self, at: usize) -> bool {
        self.text[at..].chars().next().is_none_or(|c| !is_han(c) && !c.is_ascii_alphanumeric())
    }

    /// 三分之一, 百分之五, 一半
    fn fraction(&self, numeral: Numeral) -> Option<Draft> {
        let (text, words) = (self.text, &self.rules.words);
        let whole = numeral.value * numeral.scale;
        let (value, end, printed) = if text[numeral.scale_end..].starts_with(words.fraction.as_str()) {
            let at = numeral.scale_end + words.fraction.len();
            let above = self.rules.numerals.read(text, at)?;
            let top = above.value * above.scale;
            match whole {
                100.0 => (top, above.scale_end, "%"),
                1000.0 => (top, above.scale_end, "‰"),
                w if w > 0.0 => (top / w * 100.0, above.scale_end, "%"),
                _ => return None,
            }
        } else if text[numeral.scale_end..].starts_with(words.plus_fraction.as_str()) {
            let at = numeral.scale_end + words.plus_fraction.len();
            let part = self.fraction(self.rules.numerals.read(text, at)?)?;
            let si = part.si.as_ref()?.1;
            (whole * 100.0 + part.value * si, part.end, "%")
        } else if let Some(rest) = text[numeral.scale_end..].strip_prefix(['/', '／']) {
            let below = self.rules.numerals.read(text, text.len() - rest.len())?;
            let small = |n: &Numeral| n.shape == NumberShape::Arabic && n.decimals == 0 && n.integer_digits <= 3;
            let next = text[below.end..].chars().next();
            if !small(&numeral) || !small(&below) || below.value < 2.0 || next == Some('/') {
                return None;
            }
            (whole / below.value * 100.0, below.end, "%")
        } else if numeral.value == 1.0
            && numeral.shape == NumberShape::Chinese
            && text[numeral.scale_end..].starts_with(words.half.as_str())
        {
            (50.0, numeral.scale_end + words.half.len(), "%")
        } else {
            return None;
        };
        Some(percent(numeral, value, None, end, printed, NumberShape::Fraction))
    }

    /// 八成, 八成五, 九成多, 九折
    fn tenths(&self, numeral: Numeral) -> Option<Draft> {
        let (text, tenths) = (self.text, &self.rules.tenths);
        let word = text[numeral.scale_end..].chars().next().filter(|c| tenths.words.contains(c))?;
        let two_digits = numeral.shape == NumberShape::ChineseDigits && numeral.integer_digits == 2
            || numeral.value_max.is_some() && !numeral.grouped;
        if numeral.scale != 1.0
            || (numeral.value > 10.0 && !two_digits)
            || numeral.grouped && numeral.value_max.is_some()
        {
            return None;
        }
        let mut end = numeral.scale_end + word.len_utf8();
        let rest = &text[end..];
        let (mut value, mut max) = (numeral.value * 10.0, numeral.value_max.map(|m| m * 10.0));
        if let Some(next) = rest.chars().next() {
            if let Some(digit) = self.rules.numerals.digit(next) {
                // 八成五; but 八成五金 keeps its 成.
                value += f64::from(digit);
                end += next.len_utf8();
            } else if rest.starts_with(self.rules.words.half.as_str()) && !rest.contains("半数") {
                value += 5.0;
                end += self.rules.words.half.len();
            } else if tenths.unless_before.contains(&next) {
                return None;
            }
        }
        if two_digits && numeral.shape == NumberShape::ChineseDigits {
            (value, max) = (numeral.value, None);
        }
        let mut draft = percent(numeral, value, max, end, "%", NumberShape::Tenths);
        if let Some((end, bound)) = self.inner_word(draft.end)
            && !self.text[end..].starts_with(|c| self.rules.numerals.is_candidate(c as u32))
        {
            draft.inner = Some(bound);
            draft.end = end;
        }
        Some(draft)
    }

    /// What was read is pushed with the kind that its form, its place and the rules tell.
    fn classify(&mut self, mut draft: Draft) {
        let bare_scale = draft.shape == NumberShape::BareScale;
        let arabic = matches!(draft.numeral.shape, NumberShape::Arabic | NumberShape::Mixed);
        let negative = arabic.then(|| self.minus(&draft)).flatten().or_else(|| self.negative_word(&draft));
        if let Some(start) = negative {
            draft.start = start;
            draft.value = -draft.value;
            draft.value_max = draft.value_max.map(|v| -v);
        }
        let before = self.rules.bounds.before(self.text, draft.start, bare_scale);
        let after = self.rules.bounds.after(self.text, draft.end);
        let bound = match (draft.value_max, after, draft.inner, before) {
            (Some(_), ..) => Bound::Range,
            (None, Some((_, bound)), ..) | (None, None, Some(bound), _) | (None, None, None, Some((_, bound))) => bound,
            (None, None, None, None) => Bound::Eq,
        };
        let bound = match bound {
            Bound::Eq => self.rules.bounds.reach(self.text, draft.start).unwrap_or(Bound::Eq),
            told => told,
        };
        let (kind, reason) = self.kind(&draft, arabic, bound != Bound::Eq, after.map_or(draft.end, |a| a.0));
        let factor = draft.si.as_ref().map(|s| s.1);
        self.push(Quantity {
            kind,
            span: Span::new(draft.start, draft.end),
            number: Span::new(draft.numeral.start, draft.numeral.end),
            outer: Span::new(before.map_or(draft.start, |b| b.0), after.map_or(draft.end, |a| a.0)),
            value: draft.value,
            value_max: draft.value_max,
            unit: draft.printed,
            value_si: factor.map(|f| draft.value * f),
            value_max_si: factor.and_then(|f| draft.value_max.map(|m| m * f)),
            unit_si: draft.si.map(|s| s.0),
            dimension: draft.dimension,
            bound,
            shape: draft.shape,
            unit_inherited: false,
            reason,
        });
    }

    fn kind(&self, draft: &Draft, arabic: bool, bound_told: bool, outer_end: usize) -> (Kind, Option<Reason>) {
        let form = |kind, name| (kind, Some(Reason::Form(name)));
        if draft.start < self.titled_until {
            return form(Kind::Identifier, "title");
        }
        let told = matches!(draft.shape, NumberShape::Fraction | NumberShape::Tenths);
        let place = Place {
            numeral: &draft.numeral,
            start: draft.start,
            unit_end: draft.end,
            outer_end,
            dimension: draft.dimension,
            bound: bound_told,
        };
        let found = self.rules.phrases.conditional(self.text, &place);
        if let Some(rule) = found.filter(|_| !told) {
            return (self.rules.phrases.rules[rule].kind, Some(Reason::Phrase(rule)));
        }
        if draft.start < self.quoted_until {
            return form(Kind::FixedPhrase, "quoted");
        }
        if told {
            return (Kind::Value, None);
        }
        let used = draft.unit.as_ref().map(|u| u.used);
        if used == Some(Use::List) {
            return form(Kind::ListNumber, "points");
        }
        if !arabic {
            match used {
                None if draft.printed.is_none() || !bound_told => return form(Kind::FixedPhrase, "bare_chinese"),
                Some(Use::ArabicOnly) => return form(Kind::FixedPhrase, "noun_after_chinese"),
                Some(Use::Measure) if draft.dimension == Dimension::None && !bound_told => {
                    return form(Kind::FixedPhrase, "bare_chinese");
                }
                _ => {}
            }
            if draft.shape == NumberShape::BareScale && !bound_told {
                return form(Kind::FixedPhrase, "bare_scale");
            }
            if draft.shape == NumberShape::ChineseDigits {
                return form(Kind::FixedPhrase, "digit_string");
            }
        }
        (Kind::Value, None)
    }

    /// Where a minus sign before the number begins, if the sign is one and no dash or range.
    fn minus(&self, draft: &Draft) -> Option<usize> {
        let before = &self.text[..draft.start];
        let sign = before.chars().next_back().filter(|c| matches!(c, '-' | '－' | '−' | '﹣'))?;
        let start = draft.start - sign.len_utf8();
        let previous = self.text[..start].chars().next_back();
        let measured =
            matches!(draft.dimension, Dimension::Percent | Dimension::PercentagePoint | Dimension::Temperature);
        let sure = measured || draft.numeral.decimals > 0;
        let free = match previous {
            None | Some('\n') => sure || draft.unit.is_none(),
            Some(c) if is_han(c) => sure,
            Some(c) => {
                matches!(c, ' ' | '，' | '、' | '；' | '：' | '（' | '(' | ',' | ':' | '为')
                    && (sure || draft.unit.is_none())
            }
        };
        (free && start >= self.done).then_some(start)
    }

    /// 负, 零下
    fn negative_word(&self, draft: &Draft) -> Option<usize> {
        let (len, ()) = self.rules.negatives.longest(self.text.as_bytes(), draft.start)?;
        let start = draft.start - len;
        let previous = self.text[..start].chars().next_back();
        let other_word = previous.is_some_and(|c| self.rules.words.negative_unless_after.contains(&c));
        (!other_word && start >= self.done).then_some(start)
    }

    /// Pushes a number that measures nothing.
    pub fn push_plain(&mut self, span: Span, numeral: Option<Numeral>, kind: Kind, reason: Reason) {
        let number =
            numeral.map_or(span, |n| Span::new(n.start.max(span.start), n.end.clamp(n.start, span.end.max(n.start))));
        self.push(Quantity {
            kind,
            span,
            number,
            outer: span,
            value: numeral.map_or(1.0, |n| n.value * n.scale),
            value_max: numeral.and_then(|n| n.value_max),
            unit: None,
            unit_si: None,
            value_si: None,
            value_max_si: None,
            dimension: Dimension::None,
            bound: Bound::Eq,
            shape: numeral.map_or(NumberShape::Chinese, |n| n.shape),
            unit_inherited: false,
            reason: Some(reason),
        });
    }

    pub fn push(&mut self, quantity: Quantity) {
        self.done = quantity.span.end;
        self.out.push(quantity);
    }

    /// 10.6、38.3个百分点: a bare number takes the unit of the next member of its list.
    fn inherit_units(&mut self) {
        for i in (0..self.out.len().saturating_sub(1)).rev() {
            let (head, tail) = self.out.split_at_mut(i + 1);
            let (one, next) = (&mut head[i], &tail[0]);
            // 2.1个和3.4个百分点: the counter is the beginning of the unit behind the next number.
            let begun = one.unit.as_deref() == Some("个")
                && matches!(next.dimension, Dimension::PercentagePoint)
                && next.unit.as_deref().is_some_and(|unit| unit.starts_with('个'));
            let bare = one.kind == Kind::Value
                && one.reason.is_none()
                && (one.unit.is_none() || begun)
                && one.shape == NumberShape::Arabic;
            if !bare || one.span.end > next.span.start {
                continue;
            }
            let between = &self.text[one.span.end..next.span.start];
            let joined =
                self.rules.list_words.longest(between.as_bytes(), 0).is_some_and(|(len, ())| len == between.len());
            if !joined {
                continue;
            }
            match next.kind {
                Kind::Value if next.unit.is_some() => {
                    let factor = next.value_si.filter(|_| next.value != 0.0).map(|v| v / next.value);
                    one.unit.clone_from(&next.unit);
                    one.unit_si.clone_from(&next.unit_si);
                    one.dimension = next.dimension;
                    one.value_si = factor.map(|f| one.value * f);
                    one.value_max_si = factor.and_then(|f| one.value_max.map(|m| m * f));
                    one.unit_inherited = true;
                }
                Kind::Identifier | Kind::Ordinal | Kind::Year | Kind::Date => {
                    one.kind = next.kind;
                    one.reason = next.reason;
                }
                _ => {}
            }
        }
    }
}

fn percent(numeral: Numeral, value: f64, max: Option<f64>, end: usize, printed: &str, shape: NumberShape) -> Draft {
    Draft {
        numeral: Numeral { end, ..numeral },
        start: numeral.start,
        end,
        value,
        value_max: max,
        unit: None,
        printed: Some(printed.to_owned()),
        si: Some(("percent".to_owned(), if printed == "‰" { 0.1 } else { 1.0 })),
        dimension: Dimension::Percent,
        shape,
        inner: None,
    }
}
