//! The year that a clause tells of its works.

/// A year as printed, or the one after the section's own.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct When {
    year: Option<i16>,
    /// 明年: the year after the one that is spoken of.
    next: bool,
}

impl When {
    /// The time that words tell: 到2025年底, 明年上半年.
    pub fn of(words: &str) -> Self {
        let year = words.find('年').and_then(|at| printed(&words[..at]));
        Self { year, next: ["明年", "来年", "次年"].iter().any(|w| words.contains(w)) }
    }

    /// The time at the end of a noun, before its verb: 水泥粉磨站预计2015年.
    pub fn at_end(noun: &str) -> Self {
        let noun = noun.trim_end();
        let bare = ["底", "末", "初", "前", "内"].iter().fold(noun, |n, end| n.strip_suffix(end).unwrap_or(n));
        Self { year: bare.strip_suffix('年').and_then(printed), next: noun.ends_with("明年") }
    }

    /// This, or where it tells nothing the other.
    pub fn or(self, other: Self) -> Self {
        Self { year: self.year.or(other.year), next: self.next || other.next }
    }

    /// The year, in a section about `own`.
    pub fn year(self, own: Option<i16>) -> Option<i16> {
        self.year.or_else(|| own.filter(|_| self.next).map(|year| year + 1))
    }
}

/// The four digits that the words end with, where they are a year.
fn printed(words: &str) -> Option<i16> {
    let digits = words.len() - words.bytes().rev().take_while(u8::is_ascii_digit).count();
    let year: i16 = words.get(digits..)?.parse().ok()?;
    (1950..2100).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_read_where_they_stand() {
        assert_eq!(When::of("到2025年底").year(Some(2023)), Some(2025));
        assert_eq!(When::at_end("青石湾粉磨站预计2015年").year(Some(2014)), Some(2015));
        assert_eq!(When::of("明年上半年投入运行").year(Some(2005)), Some(2006));
        assert_eq!(When::of("9月底前").year(Some(2005)), None);
        assert_eq!(When::at_end("年产2000年").year(None), Some(2000));
    }
}
