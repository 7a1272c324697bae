//! Characters that a scan took for their look-alikes, where the words around them leave no other reading: 可支配收人 for
//! 可支配收入, 4l.38亿元 for 41.38亿元.

use memchr::memmem;
use serde::Deserialize;

use crate::text::Span;

/// A spelling that stands for another one behind certain words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Misread {
    wrong: String,
    right: String,
    /// It is wrong right behind one of these …
    behind: Vec<String>,
    /// … unless one of these follows (财政收人员经费).
    unless_before: Vec<String>,
}

/// The places of `text` that were misread, in ascending order, with what stood there.
pub fn misread<'r>(rules: &'r [Misread], text: &str) -> Vec<(Span, &'r str)> {
    let mut found: Vec<(Span, &str)> = Vec::new();
    for rule in rules {
        for at in memmem::find_iter(text.as_bytes(), &rule.wrong) {
            let end = at + rule.wrong.len();
            let (before, after) = (&text[..at], &text[end..]);
            if rule.behind.iter().any(|word| before.ends_with(word.as_str()))
                && !rule.unless_before.iter().any(|word| after.starts_with(word.as_str()))
            {
                found.push((Span::new(at, end), &rule.right));
            }
        }
    }
    found.extend(ones(text).map(|at| (Span::new(at, at + 1), "1")));
    found.sort_by_key(|(span, _)| *span);
    found
}

/// Where a letter l stands inside a number: a digit before it, a digit or a decimal point and a digit behind it.
fn ones(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'l', bytes).filter(move |&at| {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        at > 0 && digit(at - 1) && (digit(at + 1) || bytes.get(at + 1) == Some(&b'.') && digit(at + 2))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let rules = [Misread {
            wrong: "收人".into(),
            right: "收入".into(),
            behind: vec!["可支配".into(), "预算".into()],
            unless_before: vec!["员".into()],
        }];
        let mut mended = text.to_owned();
        for (span, right) in misread(&rules, text).into_iter().rev() {
            mended.replace_range(span.start..span.end, right);
        }
        mended
    }

    #[test]
    fn look_alikes_of_a_scan() {
        assert_eq!(
            read("居民人均可支配收人4718元，一般预算收人4l.38亿元"),
            "居民人均可支配收入4718元，一般预算收入41.38亿元"
        );
        assert_eq!(read("企业招收人员，接收人数增加，预算收人员经费"), "企业招收人员，接收人数增加，预算收人员经费");
        assert_eq!(read("用水5l，small.1，html5"), "用水5l，small.1，html5");
    }
}
