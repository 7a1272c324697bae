//! The table of regions (`config/regions.csv`): which code a name had in which year, and where names stand in a text.

use anyhow::{Context, Result, anyhow};
use rustc_hash::FxHashMap;

use crate::config::ConfigSource;
use crate::model::Level;
use crate::text::Span;

/// One code under one name, for the years that it was in force.
#[derive(Debug, Clone)]
pub struct Region {
    /// GB/T 2260, six digits.
    pub code: u32,
    pub name: String,
    pub level: Level,
    /// First and last year in force, both included; 1999 is 1999 or earlier.
    pub first_year: i16,
    pub last_year: Option<i16>,
    /// The place that this is a name of: 潞城市 and 潞城区 are one place.
    pub place: usize,
    /// Short names: 潞城.
    pub shorts: Vec<String>,
}

impl Region {
    /// Was the code in force, under this name, in some part of the year?
    pub fn valid_in(&self, year: i16) -> bool {
        self.first_year <= year && self.last_year.is_none_or(|last| year <= last)
    }

    /// How many years lie between a year and the time in force.
    fn distance(&self, year: i16) -> i16 {
        (self.first_year - year).max(self.last_year.map_or(0, |last| year - last)).max(0)
    }

    /// The last year in force, far in the future for one that still is.
    fn until(&self) -> i16 {
        self.last_year.unwrap_or(i16::MAX)
    }
}

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    pub span: Span,
    /// Index into [`Regions::names`].
    pub name: usize,
}

/// A full or short name, and what it can stand for.
#[derive(Debug)]
pub struct Name {
    pub text: String,
    /// 潞城 for 潞城区.
    pub short: bool,
    /// Indices into [`Regions::all`].
    pub regions: Vec<usize>,
}

/// All regions since 1999, findable by code and by name.
#[derive(Debug)]
pub struct Regions {
    pub all: Vec<Region>,
    pub names: Vec<Name>,
    by_code: FxHashMap<u32, Vec<usize>>,
    by_name: FxHashMap<String, usize>,
    /// Names by their first two characters, longest first.
    by_start: FxHashMap<(char, char), Vec<usize>>,
    /// Which pairs of first characters there are, by some bits of them: most pairs of a text are ruled out here.
    pairs: Vec<u64>,
    /// Regions of each place, by first year.
    places: Vec<Vec<usize>>,
}

impl Regions {
    /// Read `config/regions.csv`.
    ///
    /// # Errors
    /// Names the line that is no row of the table.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        const FILE: &str = "regions.csv";
        let text = source.text(FILE)?;
        let mut all = Vec::with_capacity(4500);
        let mut successors: Vec<Vec<u32>> = Vec::with_capacity(4500);
        for (i, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.starts_with("code,") || line.is_empty() {
                continue;
            }
            let row = parse_row(line).with_context(|| format!("config/{FILE}, line {}", i + 1))?;
            all.push(row.0);
            successors.push(row.1);
        }
        let mut by_code: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (i, region) in all.iter().enumerate() {
            by_code.entry(region.code).or_default().push(i);
        }
        let places = join_places(&mut all, &successors, &by_code);
        let mut regions = Self {
            all,
            names: Vec::with_capacity(8000),
            by_code,
            by_name: FxHashMap::default(),
            by_start: FxHashMap::default(),
            pairs: vec![0; PAIRS / 64],
            places,
        };
        for i in 0..regions.all.len() {
            let name = regions.all[i].name.clone();
            regions.add_name(&name, false, i);
            for short in regions.all[i].shorts.clone() {
                regions.add_name(&short, true, i);
            }
        }
        let names = &regions.names;
        for bucket in regions.by_start.values_mut() {
            bucket.sort_by_key(|n| std::cmp::Reverse(names[*n].text.len()));
        }
        Ok(regions)
    }

    fn add_name(&mut self, text: &str, short: bool, region: usize) {
        let next = self.names.len();
        let name = *self.by_name.entry(text.to_owned()).or_insert(next);
        if name == next {
            self.names.push(Name { text: text.to_owned(), short, regions: Vec::new() });
            let mut chars = text.chars();
            if let (Some(a), Some(b)) = (chars.next(), chars.next()) {
                self.by_start.entry((a, b)).or_default().push(next);
                let pair = pair(a, b);
                self.pairs[pair / 64] |= 1 << (pair % 64);
            }
        }
        // A full name outweighs the same word as a short one (沙市 the district, and 沙市区 for short).
        self.names[name].short &= short;
        if !self.names[name].regions.contains(&region) {
            self.names[name].regions.push(region);
        }
    }

    /// Every name in the text, leftmost and longest first, so that 唐县 is not found inside 高唐县.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut before = (0, '\0');
        let mut free_from = 0;
        for (at, second) in text.char_indices() {
            let (start, first) = std::mem::replace(&mut before, (at, second));
            let pair = pair(first, second);
            if self.pairs[pair / 64] >> (pair % 64) & 1 == 0 || start < free_from {
                continue;
            }
            let Some(bucket) = self.by_start.get(&(first, second)) else { continue };
            let rest = &text[start..];
            if let Some(&name) = bucket.iter().find(|n| rest.starts_with(&self.names[**n].text)) {
                let end = start + self.names[name].text.len();
                found.push(Mention { span: Span::new(start, end), name });
                free_from = end;
            }
        }
        found
    }

    /// The name, if the word is one.
    pub fn name(&self, word: &str) -> Option<usize> {
        self.by_name.get(word).copied()
    }

    /// The region that a code meant in a year, or nearest to it.
    pub fn by_code(&self, code: u32, year: i16) -> Option<&Region> {
        self.nearest(self.by_code.get(&code)?, year, None)
    }

    /// The name and code of a place in a year; among those of a year of change, the one that the text uses.
    pub fn of_place(&self, place: usize, year: i16, named: Option<&str>) -> Option<&Region> {
        self.nearest(self.places.get(place)?, year, named)
    }

    fn nearest(&self, among: &[usize], year: i16, named: Option<&str>) -> Option<&Region> {
        among.iter().map(|i| &self.all[*i]).min_by_key(|r| {
            let other_name = named.is_some_and(|n| !r.name.starts_with(n));
            (r.distance(year), other_name, std::cmp::Reverse(r.until()), std::cmp::Reverse(r.first_year))
        })
    }

    /// Code of the enclosing province, and of the enclosing prefecture where there can be one.
    pub fn parent_codes(code: u32) -> (Option<u32>, Option<u32>) {
        let province = (!code.is_multiple_of(10_000)).then_some(code / 10_000 * 10_000);
        let prefecture = (!code.is_multiple_of(100)).then_some(code / 100 * 100);
        (province, prefecture)
    }
}

/// Bits of [`Regions::pairs`].
const PAIRS: usize = 1 << 16;

/// The place of a pair of characters among them.
fn pair(first: char, second: char) -> usize {
    (first as usize * 31 + second as usize) % PAIRS
}

fn parse_row(line: &str) -> Result<(Region, Vec<u32>)> {
    let mut fields = line.split(',');
    let mut next = |what: &str| fields.next().ok_or_else(|| anyhow!("no {what}"));
    let code = next("code")?.parse().context("code")?;
    let name = next("name")?.to_owned();
    let word = next("level")?;
    let level = Level::from_word(word).ok_or_else(|| anyhow!("{word:?} is no level"))?;
    let first_year = next("first_year")?.parse().context("first_year")?;
    let last_year = match next("last_year")? {
        "" => None,
        year => Some(year.parse().context("last_year")?),
    };
    let successors = next("successors")?
        .split(';')
        .filter(|s| !s.is_empty())
        .map(|s| s.parse().context("successors"))
        .collect::<Result<Vec<u32>>>()?;
    let shorts = next("short")?.split(';').filter(|s| !s.is_empty()).map(str::to_owned).collect();
    Ok((Region { code, name, level, first_year, last_year, place: 0, shorts }, successors))
}

/// Join the rows that are one place under several names or codes: the same code renamed, or one successor that keeps
/// the first two characters of the name. A place that was split or merged into another is another place.
fn join_places(all: &mut [Region], successors: &[Vec<u32>], by_code: &FxHashMap<u32, Vec<usize>>) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..all.len()).collect();
    fn find(root: &mut [usize], mut i: usize) -> usize {
        while root[i] != i {
            root[i] = root[root[i]];
            i = root[i];
        }
        i
    }
    for (i, codes) in successors.iter().enumerate() {
        for next in codes.iter().filter_map(|c| by_code.get(c)).flatten() {
            let follows = all[i].last_year == Some(all[*next].first_year);
            let kin = all[*next].code == all[i].code || same_stem(&all[*next].name, &all[i].name);
            if *next != i && follows && kin && all[*next].level == all[i].level {
                let (a, b) = (find(&mut root, i), find(&mut root, *next));
                root[a.max(b)] = a.min(b);
            }
        }
    }
    let mut places: Vec<Vec<usize>> = Vec::new();
    let mut place_of: FxHashMap<usize, usize> = FxHashMap::default();
    for (i, entry) in all.iter_mut().enumerate() {
        let top = find(&mut root, i);
        let place = *place_of.entry(top).or_insert_with(|| {
            places.push(Vec::new());
            places.len() - 1
        });
        entry.place = place;
        places[place].push(i);
    }
    places.iter_mut().for_each(|p| p.sort_by_key(|i| all[*i].first_year));
    places
}

fn same_stem(a: &str, b: &str) -> bool {
    let stem = |s: &str| s.char_indices().next_back().map_or(String::new(), |(i, _)| s[..i].to_owned());
    let (a, b) = (stem(a), stem(b));
    a == b || (a.chars().count() >= 2 && b.chars().count() >= 2 && a.chars().take(2).eq(b.chars().take(2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions() -> Regions {
        Regions::load(&ConfigSource::Embedded).unwrap()
    }

    fn found(regions: &Regions, text: &str) -> Vec<String> {
        regions.mentions(text).iter().map(|m| m.span.of(text).to_owned()).collect()
    }

    #[test]
    fn never_inside_a_longer_name() {
        let regions = regions();
        assert_eq!(found(&regions, "高唐县、唐县、米易县、易县"), ["高唐县", "唐县", "米易县", "易县"]);
        assert_eq!(found(&regions, "湘西土家族苗族自治州凤凰县"), ["湘西土家族苗族自治州", "凤凰县"]);
    }

    #[test]
    fn a_place_keeps_its_identity_through_its_names() {
        let regions = regions();
        let place = regions.all[regions.names[regions.name("潞城区").unwrap()].regions[0]].place;
        let code = |year, named| regions.of_place(place, year, named).unwrap().code;
        assert_eq!(code(2012, None), 140481);
        assert_eq!(code(2018, Some("潞城市")), 140481);
        assert_eq!(code(2018, Some("潞城区")), 140406);
        assert_eq!(code(2024, Some("潞城市")), 140406);
        let place = regions.all[regions.names[regions.name("满城县").unwrap()].regions[0]].place;
        assert_eq!(regions.of_place(place, 2020, None).unwrap().name, "满城区");
        assert_eq!(regions.of_place(place, 2001, None).unwrap().name, "满城县");
    }

    #[test]
    fn each_year_has_its_names() {
        let regions = regions();
        assert_eq!(regions.by_code(420600, 2005).unwrap().name, "襄樊市");
        assert_eq!(regions.by_code(420600, 2015).unwrap().name, "襄阳市");
        for code in [419001, 429004, 659001, 150000, 433100, 120116] {
            assert!(regions.by_code(code, 2023).unwrap().valid_in(2023));
        }
        assert!(regions.by_code(120100, 2020).is_none());
    }
}
