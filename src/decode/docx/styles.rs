//! `styles.xml`: which paragraphs are headings, tables of contents, bold, or members of a list by their style.

use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use super::body::{attribute, reader, switched_on};

#[derive(Debug, Default, Clone)]
pub(super) struct Style {
    based_on: Option<String>,
    /// 1 to 6.
    pub heading: Option<u8>,
    pub bold: Option<bool>,
    /// List and level.
    pub list: (Option<i64>, Option<usize>),
    /// A line of a table of contents, which Word makes out of the headings.
    pub contents: bool,
}

#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: FxHashMap<String, Style>,
}

impl Styles {
    pub fn parse(xml: &str) -> Self {
        let mut styles = FxHashMap::default();
        let mut open: Option<(String, Style)> = None;
        let mut reader = reader(xml);
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    let name = element.local_name();
                    let value = || attribute(&element, "val");
                    if name.as_ref() == "style" {
                        open = attribute(&element, "styleId").map(|id| (id, Style::default()));
                        continue;
                    }
                    let Some((_, style)) = &mut open else { continue };
                    match name.as_ref() {
                        "name" => style.named(&value().unwrap_or_default()),
                        "basedOn" => style.based_on = value(),
                        "outlineLvl" => style.heading = heading_level(value().as_deref()).or(style.heading),
                        "b" => style.bold = Some(switched_on(&element)),
                        "numId" => style.list.0 = value().and_then(|v| v.parse().ok()),
                        "ilvl" => style.list.1 = value().and_then(|v| v.parse().ok()),
                        _ => {}
                    }
                }
                Ok(Event::End(element)) if element.local_name().as_ref() == "style" => styles.extend(open.take()),
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        Self { styles }
    }

    /// A style with what it inherits.
    pub fn get(&self, id: &str) -> Style {
        let mut resolved = Style::default();
        let mut next = Some(id);
        // Styles that are based on each other in a circle end here.
        for _ in 0..12 {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else { break };
            resolved.heading = resolved.heading.or(style.heading);
            resolved.bold = resolved.bold.or(style.bold);
            resolved.list.0 = resolved.list.0.or(style.list.0);
            resolved.list.1 = resolved.list.1.or(style.list.1);
            resolved.contents |= style.contents;
            next = style.based_on.as_deref();
        }
        resolved
    }
}

impl Style {
    fn named(&mut self, name: &str) {
        let name = name.trim().to_lowercase();
        if let Some(level) = name.strip_prefix("heading ").or_else(|| name.strip_prefix("标题 ")) {
            self.heading = level.parse().ok().filter(|l| (1..=9).contains(l)).map(|l: u8| l.min(6));
        } else if name == "title" {
            self.heading = Some(1);
        }
        self.contents = name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok());
    }
}

/// `outlineLvl` counts from 0; 9 is body text.
pub(super) fn heading_level(outline: Option<&str>) -> Option<u8> {
    let level: u8 = outline?.parse().ok()?;
    (level < 9).then(|| (level + 1).min(6))
}
