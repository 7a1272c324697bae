//! What is the report's own and what the page put around it.
//!
//! Two kinds of evidence: rules that know a line by its words (`config/furniture.toml`), and the frame of a report by
//! its structure: front matter above the salutation, the closing appeal, glossary and annexes after it. Before and
//! after that frame nearly everything goes; inside it only what a rule is certain of.

use crate::clean::furniture_rules::{FurnitureRules, Told, floor};
use crate::clean::pages;
use crate::clean::paragraphs::{self, Line};
use crate::clean::shape::{Shape, fold};
use crate::text::{Span, is_han};

/// What becomes of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Keep,
    /// Out, by the rule or structural reason of this id.
    Drop(String),
}

/// The fates of all lines, in order.
#[derive(Debug)]
pub struct Judgement {
    pub fates: Vec<Fate>,
    /// What each line looks like.
    pub shapes: Vec<Shape>,
    /// Lines inside the body look like furniture but were kept.
    pub unknown: bool,
}

/// Judge the lines of a text; `links` are the spans that the source format told to be links, in order.
pub fn judge(rules: &FurnitureRules, text: &str, lines: &[Line], links: &[Span]) -> Judgement {
    let mut judge = Judge::new(rules, text, lines);
    judge.mark_links(links);
    judge.run()
}

/// What the rules say of one line.
#[derive(Debug, Default)]
struct Seen<'r> {
    shape: Shape,
    /// Empty for a line too long for the rules of short lines.
    folded: String,
    anywhere: Option<&'r str>,
    outside: Option<&'r str>,
    ends: Option<&'r str>,
    label: bool,
    /// A label and its value.
    labelled: bool,
}

impl Seen<'_> {
    /// Does a rule know the line by words that no table of a report holds? Offices, dates and numbers stand in the
    /// cells of an annex as well.
    fn of_a_site(&self) -> bool {
        let outside =
            self.outside.is_some_and(|id| !matches!(id, "office" | "counter" | "time_stamp" | "labelled_value"));
        outside || self.anywhere.is_some() || self.ends.is_some()
    }
}

/// Characters up to which a line of the body can be furniture by its words.
const SHORT_LINE: usize = 90;

/// Characters up to which a line outside the body can: declarations are long.
const LONG_LINE: usize = 400;

struct Judge<'r, 't> {
    rules: &'r FurnitureRules,
    text: &'t str,
    lines: &'t [Line],
    seen: Vec<Seen<'r>>,
    fates: Vec<Fate>,
}

impl<'r, 't> Judge<'r, 't> {
    fn new(rules: &'r FurnitureRules, text: &'t str, lines: &'t [Line]) -> Self {
        let seen = lines.iter().map(|line| see(rules, line.span.of(text), SHORT_LINE)).collect();
        Self { rules, text, lines, seen, fates: vec![Fate::Keep; lines.len()] }
    }

    fn run(mut self) -> Judgement {
        let Some((start, opened)) = self.start() else {
            self.drop_all();
            return self.judgement(false);
        };
        self.front(start, opened);
        let end = self.closing(start);
        self.after(end);
        let unknown = self.inside(start, end);
        self.judgement(unknown)
    }

    fn judgement(self, unknown: bool) -> Judgement {
        Judgement { fates: self.fates, shapes: self.seen.iter().map(|seen| seen.shape).collect(), unknown }
    }

    /// A short line that is a link from end to end is a menu's or a list's.
    fn mark_links(&mut self, links: &[Span]) {
        let mut next = 0;
        for (line, seen) in self.lines.iter().zip(&mut self.seen) {
            while next < links.len() && links[next].end <= line.span.start {
                next += 1;
            }
            let covered: usize = links[next..]
                .iter()
                .take_while(|link| link.start < line.span.end)
                .map(|link| link.end.min(line.span.end) - link.start.max(line.span.start))
                .sum();
            if covered * 10 >= line.span.len() * 9 && !seen.shape.prose() && seen.outside.is_none() {
                seen.outside = Some("link");
            }
        }
    }

    /// A text without any beginning: a page of menus goes whole, a few lines of something unknown stay.
    fn drop_all(&mut self) {
        let known = (0..self.lines.len()).filter(|&i| !self.nothing_known(i)).count();
        if known * 3 < self.lines.len() && self.lines.len() < 20 {
            return;
        }
        for i in 0..self.lines.len() {
            self.drop_line(i, "no_body");
        }
    }

    fn body(&self, i: usize) -> &'t str {
        self.lines[i].span.of(self.text)
    }

    fn drop_line(&mut self, i: usize, reason: &str) {
        let seen = &self.seen[i];
        let id = seen.anywhere.or(seen.ends).or(seen.outside).unwrap_or(reason);
        self.fates[i] = Fate::Drop(id.to_owned());
    }

    /// Running text that no rule takes for a site's.
    fn report_prose(&self, i: usize) -> bool {
        let seen = &self.seen[i];
        seen.shape.prose() && seen.anywhere.is_none() && seen.ends.is_none() && seen.outside.is_none()
    }

    /// Where the speech begins: its salutation or first sentence; without one, the first heading or paragraph that
    /// running text follows. The second value: was it an opening?
    fn start(&self) -> Option<(usize, bool)> {
        let half = self.lines.len().div_ceil(2).max(self.lines.len().min(12));
        if let Some(opening) = (0..self.lines.len()).find(|&i| self.opens(i)) {
            let chars: usize = self.seen.iter().map(|s| s.shape.chars).sum();
            let before: usize = self.seen[..opening].iter().map(|s| s.shape.chars).sum();
            if before * 2 <= chars || opening <= half {
                let salutation = (opening.saturating_sub(3)..opening)
                    .rev()
                    .find(|&i| self.rules.salutation.is_match(&self.seen[i].folded));
                return Some((salutation.unwrap_or(opening), true));
            }
        }
        Some(((0..self.lines.len()).find(|&i| self.begins_somehow(i))?, false))
    }

    /// The first line of a text without an opening: a heading or running text that is not followed by a menu.
    fn begins_somehow(&self, i: usize) -> bool {
        let folded = &self.seen[i].folded;
        (self.rules.salutation.is_match(folded) || self.report_prose(i) || starts_part(folded)) && !self.menu_follows(i)
    }

    fn opens(&self, i: usize) -> bool {
        let body = self.body(i);
        if !body.contains("代表") && !body.contains("报告") && !body.contains("汇报") {
            return false;
        }
        if self.seen[i].outside.is_some() || body.contains("记者") {
            return false;
        }
        let head = fold(&body[..floor(body, 900)]);
        self.rules.opening.is_match(&head)
    }

    /// Are most of the lines that follow a site's?
    fn menu_follows(&self, i: usize) -> bool {
        let next = &self.seen[i + 1..self.lines.len().min(i + 9)];
        let known = next.iter().filter(|s| s.outside.is_some() || s.anywhere.is_some() || s.ends.is_some()).count();
        known * 2 > next.len()
    }

    /// Keep the front matter above `start`, drop the rest of what stands there.
    fn front(&mut self, start: usize, opened: bool) {
        let mut titled = false;
        let mut closed = false;
        // The line below was kept: names and dates belong to the front matter only in its company.
        let mut near = true;
        for i in (0..start).rev() {
            let part = if closed { None } else { self.front_part(i, near) };
            match part {
                Some(Front::Title) if !titled => titled = true,
                // Without an opening, what stands right above the first paragraph may be its heading.
                None if !opened && near && self.nothing_known(i) => {}
                Some(Front::Title) | None => {
                    near &= self.is_caption(i);
                    closed |= titled;
                    self.drop_line(i, "before_title");
                    continue;
                }
                Some(Front::Other) => {}
            }
            near = true;
        }
    }

    /// A picture's caption or the newspaper's sentence on who gave the report.
    fn is_caption(&self, i: usize) -> bool {
        let seen = &self.seen[i];
        self.rules.caption.is_match(&seen.folded)
            && (seen.anywhere.is_some() || !self.rules.meeting.is_match(&seen.folded))
    }

    fn nothing_known(&self, i: usize) -> bool {
        let seen = &self.seen[i];
        seen.anywhere.is_none() && seen.ends.is_none() && seen.outside.is_none() && !self.is_value(i)
    }

    fn front_part(&self, i: usize, near: bool) -> Option<Front> {
        let seen = &self.seen[i];
        let folded = seen.folded.as_str();
        if folded.is_empty() || seen.shape.chars > 90 || self.is_value(i) {
            return None;
        }
        if self.is_caption(i) {
            return None;
        }
        if seen.anywhere.is_some() || seen.ends.is_some() {
            return None;
        }
        let meeting = self.rules.meeting.is_match(folded);
        if self.rules.title.is_match(folded) && !meeting && !folded.contains('>') && !seen.labelled {
            return Some(Front::Title);
        }
        let dashed = folded.starts_with('—');
        if meeting && (dashed || near || seen.outside.is_none()) && !seen.labelled {
            return Some(Front::Other);
        }
        let speaks = self.rules.speaker.is_match(folded) || folded.ends_with("各位代表:");
        if seen.outside.is_none() && (speaks || self.rules.draft.is_match(folded)) {
            return Some(Front::Other);
        }
        if seen.labelled && !folded.starts_with("报告人") || !near {
            return None;
        }
        let name_alone = (2..=4).contains(&seen.shape.chars) && folded.chars().all(is_han);
        let other = self.rules.date.is_match(folded)
            || (name_alone && i > 0 && self.rules.speaker.is_match(&self.seen[i - 1].folded))
            || (name_alone && i > 0 && self.seen[i - 1].folded.ends_with("人民政府"))
            || (i + 1 < self.seen.len()
                && self.rules.title.is_match(&self.seen[i + 1].folded)
                && seen.outside.is_none()
                && self.breaks_off(i))
            || dashed;
        other.then_some(Front::Other)
    }

    /// A title that was broken over lines: its first lines are short, end nowhere and begin with 关于 or a region.
    fn breaks_off(&self, i: usize) -> bool {
        let seen = &self.seen[i];
        seen.shape.chars <= 40
            && seen.shape.stops + seen.shape.pauses == 0
            && self.seen[i + 1].folded.chars().count() <= 30
            && {
                let next = &self.seen[i + 1].folded;
                !next.starts_with("政府工作报告") && !next.starts_with("关于") && !next.starts_with("20")
            }
    }

    /// Is this line the value of a label on the line before?
    fn is_value(&self, i: usize) -> bool {
        i > 0 && self.seen[i - 1].label && self.seen[i].shape.chars <= 30
    }

    /// Look at the longer lines from `from` on with the rules that are spared inside the body.
    fn look_closer(&mut self, from: usize) {
        for i in from..self.lines.len() {
            let chars = self.seen[i].shape.chars;
            if chars > SHORT_LINE && chars <= LONG_LINE {
                self.seen[i] = see(self.rules, self.body(i), LONG_LINE);
            }
        }
    }

    /// The last line of the speech.
    fn closing(&mut self, start: usize) -> usize {
        let closing = (start..self.lines.len()).rev().find(|&i| {
            let seen = &self.seen[i];
            if seen.anywhere.is_some() || seen.ends.is_some() {
                return false;
            }
            let body = self.body(i);
            let mut tail = floor(body, body.len().saturating_sub(1200));
            if tail > 0 {
                // Only the end of a long line can close, and it must begin where a sentence does.
                tail = body[..tail]
                    .rfind(['。', '！', '!'])
                    .map_or(tail, |at| at + body[at..].chars().next().map_or(1, char::len_utf8));
            }
            self.rules.closing.is_match(&fold(&body[tail..])) && (seen.shape.ended || seen.shape.chars < 20)
        });
        self.look_closer(closing.map_or(self.lines.len().saturating_sub(60).max(start), |closing| closing + 1));
        let last_prose = (start..self.lines.len()).rev().find(|&i| self.report_prose(i) && !self.web(i));
        let Some(closing) = closing else {
            // Headings and list items may follow the last running text.
            let last = last_prose.unwrap_or(start);
            let goes_on = |i: &usize| {
                self.nothing_known(*i)
                    || pages::starts_block(self.body(*i))
                    || self.body(i - 1).ends_with(['，', '、']) && self.seen[*i].ends.is_none()
            };
            return (last + 1..self.lines.len()).take_while(goes_on).last().unwrap_or(last);
        };
        // What follows may still be the report's own: a closing word in the middle of a text that goes on.
        let first_end = (closing + 1..self.lines.len())
            .find(|&i| self.seen[i].ends.is_some() || self.starts_attachment(i))
            .unwrap_or(self.lines.len());
        let after = closing + 1..first_end;
        let all: usize = after.clone().map(|i| self.seen[i].shape.chars).sum();
        let own: usize = after
            .clone()
            .filter(|&i| self.report_prose(i) && self.seen[i].shape.chars >= 60 && !self.web(i))
            .map(|i| self.seen[i].shape.chars)
            .sum();
        if own > 200 && own * 10 >= all * 6 {
            return after.rev().find(|&i| self.report_prose(i) && !self.web(i)).unwrap_or(closing);
        }
        closing
    }

    fn web(&self, i: usize) -> bool {
        self.seen[i].shape.chars <= LONG_LINE && self.rules.web_word.is_match(&self.seen[i].folded)
    }

    fn starts_attachment(&self, i: usize) -> bool {
        let seen = &self.seen[i];
        seen.ends.is_none()
            && seen.anywhere.is_none()
            && (self.rules.attachment.is_match(&seen.folded) || self.rules.note.is_match(&seen.folded))
            && seen.outside != Some("attached_file")
            && !seen.labelled
    }

    /// What follows the closing: annexes and glossary stay, the rest goes.
    fn after(&mut self, closing: usize) {
        let mut annexed = false;
        let mut over = false;
        for i in closing + 1..self.lines.len() {
            let seen = &self.seen[i];
            let attachment = self.starts_attachment(i);
            over |= seen.ends.is_some() && !attachment && !(annexed && self.annex_goes_on(i));
            if over {
                self.drop_line(i, "after_end");
                continue;
            }
            // A numbered sentence belongs to a list of the report, heading or not.
            let item =
                self.seen[i].shape.ended && self.nothing_known(i) && pages::starts_block(self.body(i)) && !self.web(i);
            annexed |= attachment || item;
            if !annexed && self.signs_off(i, closing) {
                continue;
            }
            let furniture = seen.anywhere.is_some() || self.is_value(i) || (!annexed && seen.outside.is_some());
            if furniture || !annexed || self.menu_run(i) {
                self.drop_line(i, "after_closing");
            }
        }
    }

    /// Does more of a glossary or annex follow line `i`? Then what looks like an end is a line of the annex.
    fn annex_goes_on(&self, i: usize) -> bool {
        let rest = i + 1..self.lines.len();
        let all: usize = rest.clone().map(|j| self.seen[j].shape.chars).sum();
        let own: usize = rest
            .filter(|&j| {
                self.starts_attachment(j) || (self.report_prose(j) && !self.web(j)) || pages::starts_block(self.body(j))
            })
            .map(|j| self.seen[j].shape.chars)
            .sum();
        own * 10 >= all * 4 && own > 0
    }

    /// Words that may still follow the closing sentence: thanks, who signs, the day.
    fn signs_off(&self, i: usize, closing: usize) -> bool {
        let folded = self.seen[i].folded.as_str();
        i <= closing + 3
            && (folded.starts_with("谢谢")
                || folded.starts_with("专此报告")
                || self.rules.date.is_match(folded)
                || (folded.ends_with("人民政府") && self.seen[i].shape.chars <= 20))
    }

    /// Is this line one of a run of short lines, most of which a rule knows as a site's?
    fn menu_run(&self, i: usize) -> bool {
        if !self.seen[i].of_a_site() || self.seen[i].shape.prose() {
            return false;
        }
        let from = i.saturating_sub(4);
        let to = (i + 5).min(self.seen.len());
        let run = &self.seen[from..to];
        run.iter().filter(|seen| seen.of_a_site()).count() * 10 >= run.len() * 7
    }

    /// Between start and closing: drop what is certain, and tell whether something looks like furniture.
    fn inside(&mut self, start: usize, closing: usize) -> bool {
        let mut unknown = false;
        // The title once more between two paragraphs heads a page.
        let titles: Vec<String> = (0..start)
            .filter(|&i| self.fates[i] == Fate::Keep && self.rules.title.is_match(&self.seen[i].folded))
            .map(|i| self.seen[i].folded.clone())
            .collect();
        let shapes: Vec<Shape> = self.seen.iter().map(|seen| seen.shape).collect();
        let width = paragraphs::wrap_width(self.lines, &shapes);
        for i in start..=closing.min(self.lines.len() - 1) {
            if self.fates[i] != Fate::Keep {
                continue;
            }
            // A full line between full lines is a piece of a sentence, whatever its words.
            let full = |i: usize| width.is_some_and(|w| shapes[i].width.abs_diff(w) <= paragraphs::SLACK);
            if i > start && full(i) && full(i - 1) && !shapes[i - 1].ended {
                continue;
            }
            let seen = &self.seen[i];
            if seen.anywhere.is_some() && i != start {
                self.drop_line(i, "inside");
            } else if self.menu_run(i) && i != start {
                self.drop_line(i, "menu_run");
            } else if titles.contains(&self.seen[i].folded) {
                self.drop_line(i, "running_head");
            } else {
                unknown |= seen.ends.is_some();
            }
        }
        unknown
    }
}

enum Front {
    Title,
    Other,
}

/// A first heading of a report: 一、…, 第一部分, 2023年工作回顾.
fn starts_part(folded: &str) -> bool {
    let count = folded.chars().count();
    (4..=60).contains(&count)
        && (folded.starts_with("一、")
            || folded.starts_with("(一)")
            || folded.starts_with("第一部分")
            || (folded.contains("回顾") && folded.contains('年') && count <= 30))
}

fn see<'r>(rules: &'r FurnitureRules, line: &str, longest: usize) -> Seen<'r> {
    let shape = Shape::of(line);
    if shape.chars > longest {
        return Seen { shape, ..Seen::default() };
    }
    let folded = fold(line);
    let Told { anywhere, outside, ends, label, labelled } = rules.told(&folded);
    let label = label.is_some() && shape.chars <= 90;
    Seen { shape, anywhere, outside, ends, label, labelled, folded }
}
