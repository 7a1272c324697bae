//! Numerals with Han characters in them: digits, scale words, and both mixed with Arabic digits.

use super::{Class, NumberShape, Numeral, NumeralRules, is_han};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    /// Value, and whether it is one Chinese digit.
    Number(f64, bool),
    Zero,
    Small(f64),
    Big(f64),
    Several,
}

impl NumeralRules {
    pub(super) fn read_chinese(&self, text: &str, at: usize) -> Option<Numeral> {
        if self.class_at(text, at).0 == Class::Several {
            let (next, _) = self.class_at(text, at + text[at..].chars().next()?.len_utf8());
            let before = text[..at].chars().next_back();
            let alone = before.is_none_or(|c| !is_han(c) || self.several_after.contains(&c));
            let is_vague = matches!(next, Class::Small(_) | Class::Big(_)) && (alone || text[at..].starts_with('几'));
            if !is_vague {
                return None;
            }
        }
        self.read_tokens(text, at)
    }

    /// Reads numeral characters of any kind and works out their value.
    pub(super) fn read_tokens(&self, text: &str, at: usize) -> Option<Numeral> {
        // Most are one digit alone: 一, 两, 三.
        if let (Class::Digit(d), len) = self.class_at(text, at)
            && self.class_at(text, at + len).0 == Class::None
            && !text[at + len..].starts_with(self.point)
        {
            return Some(Numeral {
                start: at,
                end: at + len,
                value: f64::from(d),
                value_max: None,
                scale: 1.0,
                scale_end: at + len,
                shape: NumberShape::Chinese,
                several: false,
                decimals: 0,
                integer_digits: 0,
                grouped: false,
            });
        }
        let mut tokens: Vec<(Token, usize)> = Vec::with_capacity(8);
        let mut end = at;
        let mut formal = false;
        let mut several = false;
        loop {
            let (class, len) = self.class_at(text, end);
            let token = match class {
                Class::None => break,
                Class::Arabic(_) => {
                    if tokens.last().is_some_and(|t| matches!(t.0, Token::Number(..) | Token::Several)) {
                        break;
                    }
                    let digits = self.read_digits(text, end)?;
                    end = digits.end;
                    tokens.push((Token::Number(digits.value, false), end));
                    continue;
                }
                Class::Digit(0) => Token::Zero,
                Class::Digit(d) => Token::Number(f64::from(d), true),
                Class::FormalDigit(d) => {
                    formal = true;
                    Token::Number(f64::from(d), true)
                }
                Class::Small(f) => Token::Small(f),
                Class::FormalSmall(f) => {
                    formal = true;
                    Token::Small(f)
                }
                Class::Big(f) => Token::Big(f),
                Class::Rare(f) => {
                    if tokens.is_empty() || self.class_at(text, end + len).0 == Class::None {
                        break;
                    }
                    Token::Big(f)
                }
                Class::Several => {
                    // Inside: 十几, 几十; after a whole numeral 几 may begin another word only where no unit follows.
                    let after_scale = tokens.last().is_none_or(|t| matches!(t.0, Token::Small(_) | Token::Zero));
                    if !after_scale || (!tokens.is_empty() && !text[end..].starts_with('几')) {
                        break;
                    }
                    several = true;
                    Token::Several
                }
            };
            end += len;
            tokens.push((token, end));
        }
        let fraction = text[end..].starts_with(&self.fraction) || text[..at].ends_with(&self.fraction);
        let alone = tokens.len() < 2 && !fraction && !text[end..].starts_with(self.point);
        if tokens.is_empty() || (formal && alone) {
            return None;
        }
        let mut numeral = Self::evaluate(at, &tokens, several)?;
        if numeral.scale_end == end && numeral.scale == 1.0 && !several {
            self.read_point(text, &mut numeral, &tokens);
        }
        // 陆点 without digits behind: the formal digit was a word.
        (!formal || tokens.len() > 1 || fraction || numeral.end > end).then_some(numeral)
    }

    /// 十五点七, 零点五: digits after 点.
    fn read_point(&self, text: &str, numeral: &mut Numeral, tokens: &[(Token, usize)]) {
        if tokens.iter().any(|t| matches!(t.0, Token::Number(_, false))) || !text[numeral.end..].starts_with(self.point)
        {
            return;
        }
        let mut at = numeral.end + self.point.len_utf8();
        let (mut fraction, mut place) = (0.0, 0.1);
        let from = at;
        while let (Class::Digit(d) | Class::FormalDigit(d), len) = self.class_at(text, at) {
            fraction += f64::from(d) * place;
            place /= 10.0;
            at += len;
        }
        if at == from {
            return;
        }
        let places = ((at - from) / 3).min(12) as i32;
        let unit = 10f64.powi(places);
        numeral.value += (fraction * unit).round() / unit;
        numeral.end = at;
        numeral.grouped = true;
        let last = self.scales(text, at).last().unwrap_or((at, 1.0));
        (numeral.scale_end, numeral.scale) = last;
    }

    fn evaluate(start: usize, tokens: &[(Token, usize)], several: bool) -> Option<Numeral> {
        let end = tokens.last()?.1;
        let kinds: Vec<Token> = tokens.iter().map(|t| t.0).collect();
        let mut numeral = Numeral {
            start,
            end,
            value: 0.0,
            value_max: None,
            scale: 1.0,
            scale_end: end,
            shape: NumberShape::Chinese,
            several,
            decimals: 0,
            integer_digits: 0,
            grouped: kinds.len() > 1,
        };
        if kinds.len() > 1 && kinds.iter().all(|t| matches!(t, Token::Number(_, true) | Token::Zero)) {
            return Some(digit_string(numeral, &kinds));
        }
        if kinds.iter().all(|t| matches!(t, Token::Small(_) | Token::Big(_))) && kinds != [Token::Small(10.0)] {
            let ten = matches!(kinds[0], Token::Small(f) if f == 10.0);
            if !ten {
                numeral.value = 1.0;
                numeral.scale = kinds.iter().map(|t| factor(*t)).product();
                numeral.shape = NumberShape::BareScale;
                return Some(numeral);
            }
        }
        // The scale words at the end that multiply all before them: from the first 万 or 亿 of the last run.
        let run = kinds.len() - kinds.iter().rev().take_while(|t| matches!(t, Token::Small(_) | Token::Big(_))).count();
        let cut = (run..kinds.len()).find(|&i| matches!(kinds[i], Token::Big(_))).unwrap_or(kinds.len());
        let cut = if kinds[..cut].iter().any(|t| matches!(t, Token::Big(_))) { kinds.len() } else { cut };
        let (head, tail) = kinds.split_at(cut);
        if cut < kinds.len() {
            numeral.scale = tail.iter().map(|t| factor(*t)).product();
            numeral.end = tokens[cut - 1].1;
        }
        // 三五个, 十七八个, 七八十人: two digits side by side are a range.
        let pairs: Vec<usize> = (1..head.len())
            .filter(|&i| matches!((head[i - 1], head[i]), (Token::Number(_, true), Token::Number(_, true))))
            .collect();
        match pairs[..] {
            [] => numeral.value = total(head)?,
            [i] => {
                let mut low = head.to_vec();
                low.remove(i);
                let mut high = head.to_vec();
                high.remove(i - 1);
                let (low, high) = (total(&low)?, total(&high)?);
                if low >= high {
                    return None;
                }
                (numeral.value, numeral.value_max) = (low, Some(high));
            }
            _ => return None,
        }
        Some(numeral)
    }
}

fn factor(token: Token) -> f64 {
    match token {
        Token::Small(f) | Token::Big(f) => f,
        _ => 1.0,
    }
}

/// 二〇二四 as 2024; 三五 as the range 3 to 5.
fn digit_string(mut numeral: Numeral, tokens: &[Token]) -> Numeral {
    let digit = |t: &Token| if let Token::Number(d, _) = t { *d } else { 0.0 };
    if let [Token::Number(low, _), Token::Number(high, _)] = tokens
        && low < high
        && high - low <= 2.0
    {
        (numeral.value, numeral.value_max) = (*low, Some(*high));
        return numeral;
    }
    numeral.value = tokens.iter().fold(0.0, |sum, t| sum * 10.0 + digit(t));
    numeral.shape = NumberShape::ChineseDigits;
    numeral.integer_digits = tokens.len().min(255) as u8;
    numeral
}

/// The value of a positional numeral: 一万零二百五十, 两千三百五, 5万4千6百.
fn total(tokens: &[Token]) -> Option<f64> {
    let (mut sum, mut section, mut digit) = (0.0f64, 0.0f64, None::<f64>);
    let (mut last, mut zero) = (1.0f64, false);
    for &token in tokens {
        match token {
            Token::Number(d, _) => {
                if digit.is_some() {
                    return None;
                }
                digit = Some(d);
            }
            Token::Several => digit = Some(if sum + section > 0.0 { 0.0 } else { 1.0 }),
            Token::Zero => {
                if digit.is_some() {
                    return None;
                }
                zero = true;
            }
            Token::Small(f) => {
                section += digit.take().unwrap_or(1.0) * f;
                (last, zero) = (f, false);
            }
            Token::Big(f) => {
                section += digit.take().unwrap_or(0.0);
                if section == 0.0 {
                    sum = if sum == 0.0 { f } else { sum * f };
                } else if sum > 0.0 && sum < f {
                    sum = (sum + section) * f;
                } else {
                    sum += section * f;
                }
                section = 0.0;
                (last, zero) = (f, false);
            }
        }
    }
    let digit = match (digit, tokens.last()) {
        // 一万三 is 13000, 两千三百五 is 2350.
        (Some(d), Some(Token::Number(_, true))) if last >= 100.0 && !zero => d * last / 10.0,
        (Some(d), _) => d,
        (None, _) => 0.0,
    };
    Some(sum + section + digit)
}
