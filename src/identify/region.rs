//! Which government reports.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::IdentifyRules;
use super::head::Head;
use super::table::{Mention, Region, Regions};
use crate::model::{Flag, Flags, Level};

/// The region of a report, in the names and the code of its year.
#[derive(Debug, Default, Clone)]
pub struct Resolved {
    pub level: Option<Level>,
    pub province: Option<String>,
    pub prefecture: Option<String>,
    pub county: Option<String>,
    pub code: Option<u32>,
    pub flags: Flags,
    /// Candidates with their scores, best first.
    pub evidence: Vec<String>,
}

/// What each witness is worth, in the order of trust.
mod weight {
    pub const OWN_TITLE: f32 = 100.0;
    pub const CONGRESS: f32 = 90.0;
    pub const SPEAKER: f32 = 80.0;
    pub const OPENING: f32 = 75.0;
    /// At most, for the place that the text names most of those that it can be about.
    pub const COUNTS: f32 = 40.0;
    pub const SITE: f32 = 12.0;
    pub const FILE_NAME: f32 = 8.0;
    /// A unit that the speaker's title or the opening tells, and the candidate has not.
    pub const WRONG_UNIT: f32 = -30.0;
    /// A name that was not in force in the report's year.
    pub const WRONG_YEAR: f32 = -20.0;
    /// The enclosing region stands directly before the name.
    pub const CHAIN: f32 = 12.0;
}

/// The texts that name the region, in the order of trust.
#[derive(Debug, Default)]
pub struct Witnesses<'a> {
    pub own_title: Option<&'a str>,
    pub site_title: Option<&'a str>,
    pub speaker_title: Option<&'a str>,
    pub file_name: &'a str,
}

/// How the government calls itself: the unit before 人民政府, or of its head's title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Nation,
    Province,
    AutonomousRegion,
    City,
    County,
    District,
    Prefecture,
    Banner,
    Township,
    Zone,
}

impl Unit {
    fn from_word(word: &str) -> Option<Self> {
        let word = word.trim_start_matches("代理").trim_start_matches('代');
        Some(match word {
            "省" | "省长" => Unit::Province,
            "自治区" => Unit::AutonomousRegion,
            "市" | "市长" => Unit::City,
            "县" | "自治县" | "县长" => Unit::County,
            "区" | "区长" => Unit::District,
            "州" | "自治州" | "盟" | "州长" | "盟长" | "专员" => Unit::Prefecture,
            "旗" | "自治旗" | "旗长" => Unit::Banner,
            "镇" | "乡" | "街道" | "镇长" | "乡长" => Unit::Township,
            "新区" | "开发区" => Unit::Zone,
            "总理" => Unit::Nation,
            _ => return None,
        })
    }

    fn fits(self, region: &Region) -> bool {
        let name = region.name.as_str();
        match self {
            Unit::Nation => false,
            Unit::Province => region.level == Level::Province && name.ends_with('省'),
            Unit::AutonomousRegion => name.ends_with("自治区"),
            Unit::City => name.ends_with('市'),
            Unit::County => name.ends_with('县'),
            Unit::District => name.ends_with('区') && (region.level == Level::County || name.ends_with("自治区")),
            Unit::Prefecture => region.level == Level::Prefecture && !name.ends_with('市'),
            Unit::Banner => name.ends_with('旗'),
            Unit::Township => region.level == Level::County,
            // A zone's host: its prefecture, or the municipality.
            Unit::Zone => region.level == Level::Prefecture || region.level == Level::Province && name.ends_with('市'),
        }
    }
}

/// All names of the text and how often each place is named.
struct Counts<'a> {
    regions: &'a Regions,
    by_name: FxHashMap<usize, (u32, bool)>,
}

impl<'a> Counts<'a> {
    fn new(regions: &'a Regions, mentions: &[Mention]) -> Self {
        let mut by_name: FxHashMap<usize, (u32, bool)> = FxHashMap::default();
        for mention in mentions {
            by_name.entry(mention.name).or_insert((0, regions.names[mention.name].short)).0 += 1;
        }
        Self { regions, by_name }
    }

    /// How often a region is named, in full or in short.
    fn of(&self, region: &Region) -> f32 {
        let count =
            |word: &str| self.regions.name(word).and_then(|n| self.by_name.get(&n)).map_or(0.0, |(n, _)| *n as f32);
        let full = count(&region.name);
        full + region.shorts.iter().map(|s| count(s)).sum::<f32>()
    }
}

struct Scores<'a> {
    rules: &'a IdentifyRules,
    year: i16,
    counts: Counts<'a>,
    unit: Option<Unit>,
    file_name: &'a str,
    by_place: BTreeMap<usize, Score>,
}

#[derive(Default)]
struct Score {
    total: f32,
    why: Vec<String>,
    named: Option<String>,
}

/// Weigh all witnesses; `year` is the report's, as far as it is known.
pub fn resolve(rules: &IdentifyRules, head: &Head, witnesses: &Witnesses, year: Option<i16>) -> Resolved {
    let regions = &rules.regions;
    let mentions = regions.mentions(head.text);
    let opening = opening(rules, head);
    let mut unit = unit(&opening, witnesses.speaker_title, head.text);
    let zone = zone(rules, head, witnesses, &opening);
    if zone.is_some() {
        unit = Some(Unit::Zone);
    }
    if is_national(head, unit) {
        let evidence = vec!["region: the State Council".to_owned()];
        return Resolved { level: Some(Level::National), evidence, ..Resolved::default() };
    }
    let mut scores = Scores {
        rules,
        year: year.unwrap_or(2020),
        counts: Counts::new(regions, &mentions),
        unit,
        file_name: witnesses.file_name,
        by_place: BTreeMap::new(),
    };
    let mut told = false;
    if let Some(host) = zone.as_ref().and_then(|z| host(rules, z)) {
        scores.host(host);
        told = true;
    }
    if let Some(title) = witnesses.own_title {
        told |= scores.named(title, weight::OWN_TITLE, "title");
    }
    if let Some(before) = before_congress(rules, &head.compact) {
        told |= scores.named(before, weight::CONGRESS, "congress");
    }
    for line in head.own.iter().rev().take(6) {
        if let Some(before) = before_title(&line.compact) {
            told |= scores.named(before, weight::SPEAKER, "speaker");
        }
    }
    if let Some((who, _)) = &opening {
        told |= scores.named(who, weight::OPENING, "opening");
    }
    told |= scores.count(&mentions);
    if let Some(title) = witnesses.site_title {
        scores.named(title, weight::SITE, "site's title");
    }
    for line in head.site.iter().filter(|l| l.compact.contains("所在地")) {
        scores.named(&line.compact, weight::SITE, "site's place");
    }
    scores.named(witnesses.file_name, weight::FILE_NAME, "file name");
    let mut resolved = scores.best(zone);
    if !told && resolved.level.is_some() {
        resolved.flags.insert(Flag::RegionFromFileName);
    }
    resolved
}

/// The words between 代表 and 政府 near the beginning, and the unit there.
fn opening(rules: &IdentifyRules, head: &Head) -> Option<(String, Option<Unit>)> {
    let text: String = head.opening.of(head.text).chars().filter(|c| !c.is_whitespace()).take(1500).collect();
    let found = rules.opening.regexes.iter().find_map(|r| r.captures(&text))?;
    let word = found.name("unit").map_or("", |m| m.as_str());
    let unit = match &found["body"] {
        "国务院" => Some(Unit::Nation),
        "管委会" | "管理委员会" => Some(Unit::Zone),
        "办事处" => Some(Unit::Township),
        _ => Unit::from_word(word),
    };
    Some((format!("{}{word}", &found["who"]), unit))
}

/// The functional zone that reports, if it is one: the title, the opening or the head name a committee (管委会) in place
/// of a government, and the zone is no region of the table.
fn zone(
    rules: &IdentifyRules,
    head: &Head,
    witnesses: &Witnesses,
    opening: &Option<(String, Option<Unit>)>,
) -> Option<String> {
    let said = opening.as_ref().filter(|(who, unit)| *unit == Some(Unit::Zone) && who.chars().count() > 2);
    let said = said.map(|(who, _)| who.as_str());
    let government = opening.as_ref().is_some_and(|(_, unit)| unit.is_some_and(|u| u != Unit::Zone));
    let texts = [witnesses.own_title, Some(head.compact.as_str())].into_iter().flatten().filter(|_| !government);
    let found = texts.filter_map(|t| rules.zone.regexes.iter().find_map(|r| r.captures(t))).next();
    let zone = said.map(str::to_owned).or_else(|| found.map(|c| c["zone"].to_owned()))?;
    // The zone's own name: what the names of regions before it leave (保定市高新区 keeps 高新区's host apart).
    let mentions = rules.regions.mentions(&zone);
    let in_table = mentions.last().is_some_and(|m| m.span.end == zone.len() && m.span.len() == zone.len());
    let leading = mentions.first().filter(|m| m.span.start == 0 && !rules.regions.names[m.name].short);
    let own = leading.map_or(zone.as_str(), |m| &zone[m.span.end..]);
    (!in_table && own.chars().count() >= 2).then(|| zone.clone())
}

/// The code of the host of a zone that the configuration knows.
fn host(rules: &IdentifyRules, zone: &str) -> Option<u32> {
    rules.zone_hosts.iter().find(|(name, _)| zone.ends_with(name.as_str())).map(|(_, code)| *code)
}

fn unit(opening: &Option<(String, Option<Unit>)>, speaker_title: Option<&str>, text: &str) -> Option<Unit> {
    let said = opening.as_ref().and_then(|(_, unit)| *unit);
    said.or_else(|| speaker_title.and_then(Unit::from_word)).or_else(|| unit_by_self_words(text))
}

/// Without an opening: the unit that the text calls its own most often (全县, 我市).
fn unit_by_self_words(text: &str) -> Option<Unit> {
    let mut counts: BTreeMap<char, u32> = BTreeMap::new();
    for own in ['全', '我', '本'] {
        for (at, _) in text.match_indices(own) {
            if let Some(unit) = text[at + own.len_utf8()..].chars().next().filter(|c| "省市县区州盟旗镇乡".contains(*c))
            {
                *counts.entry(unit).or_default() += 1;
            }
        }
    }
    let (unit, _) = counts.into_iter().filter(|(_, n)| *n >= 3).max_by_key(|(_, n)| *n)?;
    Unit::from_word(unit.encode_utf8(&mut [0; 4]))
}

fn is_national(head: &Head, unit: Option<Unit>) -> bool {
    unit == Some(Unit::Nation) || head.compact.contains("届全国人民代表大会") || head.compact.contains("国务院总理")
}

/// What stands before 第…届人民代表大会 in the head.
fn before_congress<'t>(rules: &IdentifyRules, compact: &'t str) -> Option<&'t str> {
    let start = rules.congress.regexes.iter().find_map(|r| r.find(compact))?.start();
    let from = compact[..start].char_indices().rev().nth(23).map_or(0, |(i, _)| i);
    Some(&compact[from..start])
}

/// What stands before 人民政府…长 in a line of the head.
fn before_title(compact: &str) -> Option<&str> {
    let titles = ["省长", "市长", "县长", "区长", "州长", "盟长", "旗长", "镇长", "乡长", "主席", "主任", "专员"];
    let end = titles.iter().filter_map(|t| compact.find(t)).min()?;
    (end > 0 && end <= 120).then(|| &compact[..end])
}

impl<'a> Scores<'a> {
    /// Give the last region that a witness names its weight. True if there is one.
    fn named(&mut self, text: &str, score: f32, witness: &str) -> bool {
        let regions = &self.rules.regions;
        let mut mentions = regions.mentions(text);
        mentions.retain(|m| self.stands_alone(text, m));
        let Some(last) = mentions.last() else { return false };
        let name = &regions.names[last.name];
        let before: Vec<usize> =
            mentions[..mentions.len() - 1].iter().flat_map(|m| regions.names[m.name].regions.clone()).collect();
        let mut places: BTreeMap<usize, f32> = BTreeMap::new();
        for index in &name.regions {
            let region = &regions.all[*index];
            let parents = Regions::parent_codes(region.code);
            let chained = before.iter().any(|b| {
                let code = Some(regions.all[*b].code);
                code == parents.0 || code == parents.1
            });
            let fits = score * if name.short { 0.8 } else { 1.0 } + if chained { weight::CHAIN } else { 0.0 };
            let entry = places.entry(region.place).or_insert(f32::MIN);
            *entry = entry.max(fits + self.context(region));
        }
        let text = name.text.clone();
        for (place, points) in places {
            let entry = self.by_place.entry(place).or_default();
            entry.total += points;
            entry.why.push(format!("{witness} {points:.0}"));
            entry.named.get_or_insert_with(|| text.clone());
        }
        true
    }

    /// 新区 and 城区 are names of districts, and parts of other words: they count at the beginning, after a word that
    /// leads to a name, or after another name.
    fn stands_alone(&self, text: &str, mention: &Mention) -> bool {
        let name = &self.rules.regions.names[mention.name];
        let generic = !name.short && self.rules.everyday.contains(&name.text);
        let before = text[..mention.span.start].chars().next_back();
        !generic || before.is_none_or(|c| !crate::text::is_han(c) || "市州盟省在代表于年日".contains(c))
    }

    /// What speaks for one of the regions of a name: its province and prefecture are named too, its name was in force,
    /// its unit is the report's.
    fn context(&self, region: &Region) -> f32 {
        let regions = &self.rules.regions;
        let (province, prefecture) = Regions::parent_codes(region.code);
        let told = |code: Option<u32>| {
            let parent = code.and_then(|c| regions.by_code(c, self.year));
            parent.map_or(0.0, |p| {
                let in_file_name =
                    self.file_name.contains(&p.name) || p.shorts.iter().any(|s| self.file_name.contains(s));
                (1.0 + self.counts.of(p)).ln() + if in_file_name { 0.5 } else { 0.0 }
            })
        };
        let mut points = 3.0 * told(prefecture).min(5.0) + 2.0 * told(province).min(5.0);
        if self.unit.is_some_and(|u| !u.fits(region)) {
            points += weight::WRONG_UNIT;
        }
        if !(region.valid_in(self.year) || region.valid_in(self.year - 1) || region.valid_in(self.year + 1)) {
            points += weight::WRONG_YEAR;
        }
        points
    }

    /// Give the places that the text names most their share. True if one of them fits the unit.
    fn count(&mut self, mentions: &[Mention]) -> bool {
        let regions = &self.rules.regions;
        let mut by_place: BTreeMap<usize, (f32, f32)> = BTreeMap::new();
        let mut seen: Vec<usize> = mentions.iter().map(|m| m.name).collect();
        seen.sort_unstable();
        seen.dedup();
        for name in seen {
            let count = self.counts.by_name[&name].0 as f32;
            let word = &regions.names[name];
            let mut places: Vec<(usize, f32)> = Vec::new();
            for region in word.regions.iter().map(|i| &regions.all[*i]) {
                let generic = !word.short && self.rules.everyday.contains(&word.text);
                if generic || self.unit.is_some_and(|u| !u.fits(region)) {
                    continue;
                }
                let weak = region.level == Level::County && self.rules.everyday.contains(&word.text);
                let worth = if weak {
                    0.1
                } else if word.short {
                    1.0
                } else {
                    3.0
                };
                match places.iter_mut().find(|p| p.0 == region.place) {
                    Some(place) => place.1 = place.1.max(worth),
                    None => places.push((region.place, worth)),
                }
            }
            for (place, worth) in places {
                by_place.entry(place).or_default().0 += worth * count;
            }
        }
        for (place, (_, context)) in &mut by_place {
            *context = regions.of_place(*place, self.year, None).map_or(0.0, |r| self.context(r));
        }
        let top = by_place.values().map(|(n, _)| *n).fold(0.0, f32::max);
        if top < 2.0 {
            return false;
        }
        for (place, (n, context)) in by_place {
            if n < top * 0.2 {
                continue;
            }
            let points = weight::COUNTS * n / top + context;
            let entry = self.by_place.entry(place).or_default();
            entry.total += points;
            entry.why.push(format!("counts {points:.0}"));
        }
        true
    }

    /// The configuration knows the zone's host.
    fn host(&mut self, code: u32) {
        if let Some(region) = self.rules.regions.by_code(code, self.year) {
            let entry = self.by_place.entry(region.place).or_default();
            entry.total += weight::OWN_TITLE;
            entry.why.push("host of the zone".to_owned());
        }
    }

    fn best(self, zone: Option<String>) -> Resolved {
        let regions = &self.rules.regions;
        let mut ranked: Vec<(&usize, &Score)> = self.by_place.iter().collect();
        ranked.sort_by(|a, b| b.1.total.total_cmp(&a.1.total).then(a.0.cmp(b.0)));
        let mut resolved = Resolved::default();
        for (place, score) in ranked.iter().take(4) {
            if let Some(region) = regions.of_place(**place, self.year, score.named.as_deref()) {
                let line =
                    format!("region {} {}: {:.0} ({})", region.code, region.name, score.total, score.why.join(", "));
                resolved.evidence.push(line);
            }
        }
        let Some((place, score)) = ranked.first() else { return resolved };
        if ranked.get(1).is_some_and(|second| second.1.total > 0.95 * score.total) {
            resolved.flags.insert(Flag::RegionAmbiguous);
        }
        let Some(region) = regions.of_place(**place, self.year, score.named.as_deref()) else { return resolved };
        self.fill(&mut resolved, region);
        if self.unit == Some(Unit::Township) {
            resolved.level = Some(Level::Township);
            resolved.code = None;
        } else if zone.is_some() {
            resolved.level = Some(Level::County);
            resolved.code = None;
            resolved.county = zone;
            resolved.flags.insert(Flag::FunctionalZone);
        }
        resolved
    }

    fn fill(&self, resolved: &mut Resolved, region: &Region) {
        let regions = &self.rules.regions;
        let (province, prefecture) = Regions::parent_codes(region.code);
        let name = |code: Option<u32>| code.and_then(|c| regions.by_code(c, self.year)).map(|r| r.name.clone());
        resolved.level = Some(region.level);
        resolved.code = Some(region.code);
        resolved.province = name(province);
        resolved.prefecture = name(prefecture);
        match region.level {
            Level::Province => resolved.province = Some(region.name.clone()),
            Level::Prefecture => resolved.prefecture = Some(region.name.clone()),
            _ => resolved.county = Some(region.name.clone()),
        }
    }
}
