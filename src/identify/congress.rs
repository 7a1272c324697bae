//! To which congress the report was read, and who read it.

use super::IdentifyRules;
use super::head::{Head, Line};
use crate::numeral;

/// Term and session.
pub fn congress(rules: &IdentifyRules, head: &Head) -> (Option<i16>, Option<i16>) {
    let read = |text: &str| {
        rules.congress.regexes.iter().find_map(|rule| {
            let found = rule.captures(text)?;
            Some((numeral::small(&found["term"]), numeral::small(&found["session"])))
        })
    };
    read(&head.compact).or_else(|| head.site.iter().find_map(|l| read(&l.compact))).unwrap_or_default()
}

/// Who read the report: name without inner spaces, and title as printed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Speaker {
    pub name: Option<String>,
    pub title: Option<String>,
}

/// The speaker, from the report's own head, else from the site's fields.
pub fn speaker(rules: &IdentifyRules, head: &Head) -> Speaker {
    // The salutation may stand in the speaker's own line, where it ends the name.
    let closed = |line: &Line| format!("{}\n", line.text);
    let own: Vec<String> = head.own.iter().map(closed).collect();
    find(rules, &own)
        .or_else(|| lone_name(rules, head))
        .or_else(|| find(rules, &head.site.iter().map(closed).collect::<Vec<_>>()))
        .unwrap_or_default()
}

/// A name that stands alone between the congress and the salutation; its title on another line, or none.
fn lone_name(rules: &IdentifyRules, head: &Head) -> Option<Speaker> {
    head.salutation?;
    let meeting = |l: &Line| l.compact.contains("会议") || l.compact.contains("报告");
    let own = head.own.iter().rev().take_while(|l| !meeting(l)).take(2);
    let after = own.chain(head.between.iter().rev().take(2));
    let surname = |l: &Line| l.compact.starts_with(|c| rules.surnames.contains(c));
    let is_name = |l: &&Line| (2..=4).contains(&l.compact.chars().count()) && surname(l);
    let name = after.filter(is_name).find_map(|l| plausible(&l.text))?;
    let lines = head.own.iter().rev().take(3).chain(&head.between);
    let title = lines.filter_map(|l| rules.speaker_title_only.regexes.iter().find_map(|r| r.captures(&l.text))).next();
    let title = title.and_then(|found| short_title(&found["title"]));
    head.own.iter().any(meeting).then_some(Speaker { name: Some(name), title })
}

fn find(rules: &IdentifyRules, lines: &[String]) -> Option<Speaker> {
    let direct = |line: &String| {
        let line = line.trim();
        rules.speaker.regexes.iter().find_map(|rule| {
            let found = rule.captures(line)?;
            Some(Speaker { name: plausible(&found["name"]), title: short_title(&found["title"]) })
                .filter(|s| s.name.is_some())
        })
    };
    let over_two_lines = || {
        lines.windows(2).find_map(|pair| {
            let title = rules.speaker_title_only.regexes.iter().find_map(|r| r.captures(pair[0].trim()))?;
            let name = plausible(pair[1].trim()).filter(|_| pair[1].trim().chars().count() <= 12)?;
            Some(Speaker { name: Some(name), title: short_title(&title["title"]) })
        })
    };
    // From the end: what stands nearest to the salutation is the speaker.
    lines.iter().rev().find_map(direct).or_else(over_two_lines)
}

/// A name of a person: two to four characters, or parts joined by a dot; and no word that follows a title in prose.
fn plausible(name: &str) -> Option<String> {
    const NO_NAMES: [&str; 12] =
        ["作政府", "同志", "信箱", "主持", "会议", "要求", "指出", "强调", "各位", "代表", "副市长", "副县长"];
    let name: String = name
        .chars()
        .filter(|c| !c.is_whitespace() && !"?？".contains(*c))
        .map(|c| if c == '•' { '·' } else { c })
        .collect();
    let length = name.chars().count();
    let han = name.chars().all(|c| crate::text::is_han(c) || c == '·');
    let fits = if name.contains('·') { (3..=20).contains(&length) } else { (2..=5).contains(&length) };
    (han && fits && !NO_NAMES.iter().any(|w| name.contains(w))).then_some(name)
}

/// 区长 of 人民政府区长; an acting one stays acting (代区长).
fn short_title(title: &str) -> Option<String> {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let tail = ["管委会", "管理委员会", "街道办", "办事处", "行政公署", "公署", "行署"]
        .iter()
        .find_map(|w| title.strip_prefix(w));
    let title = tail.unwrap_or(&title);
    let title = title.rsplit(['、', '，']).next().unwrap_or(title);
    (!title.is_empty()).then(|| title.to_owned())
}
