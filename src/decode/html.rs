//! HTML → text: a block or table row a line, nothing that a reader of the page would not see, headings, bold runs and
//! links as marks.
//!
//! The tree is laid out flat in document order first, with running totals of characters: whatever is left out (hidden
//! parts, menus) is left out only where it cannot be the body.

mod page;

use crate::model::MarkKind;
use crate::text::is_han;

use super::marked::{Marked, is_wide};
use page::{Item, Page, Role};

/// A part with this many Han characters, most of them outside of links, may be the body: it is never left out.
const BODY_HAN: usize = 500;

/// The text of a page; or of a text that holds some tags, such as the tables in a text that was read off a scan: there
/// a line end is one.
pub(super) fn read(source: &str) -> Marked {
    let page = Page::parse(source);
    let mut writer = Writer {
        page: &page,
        out: Marked::default(),
        open: Vec::new(),
        space: Space::None,
        pre: 0,
        cells: 0,
        lines_count: is_text_with_tags(source),
    };
    writer.run();
    let body = writer.out;
    let lead = page.lead(&body.text);
    with_lead(lead, body).finish()
}

/// What the head of the page tells and the body does not, as lines before the body.
fn with_lead(lead: String, mut body: Marked) -> Marked {
    if !lead.is_empty() {
        body.marks.iter_mut().for_each(|mark| mark.span = mark.span.shifted(lead.len()));
        body.text.insert_str(0, &lead);
    }
    body
}

/// White space that was read and not written yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    None,
    Blank,
    /// With a line end of the source in it, which is layout of the source, not of the page.
    Newline,
}

struct Writer<'a> {
    page: &'a Page,
    out: Marked,
    /// Marks that are open: where they began.
    open: Vec<(MarkKind, usize)>,
    space: Space,
    /// Depth of `<pre>`.
    pre: usize,
    /// Depth of cells of data tables, where line breaks are spaces.
    cells: usize,
    /// Line ends of the source are line ends of the text.
    lines_count: bool,
}

impl Writer<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(item) = self.page.items.get(at) {
            match item {
                Item::Text(range) => self.text(&self.page.text[range.clone()]),
                Item::Open(element) => {
                    if self.is_left_out(at) {
                        if element.role.is_block() {
                            self.line();
                        }
                        at = element.close + 1;
                        continue;
                    }
                    self.enter(element.role);
                    if let Some(kind) = element.mark {
                        self.open.push((kind, self.out.text.len()));
                    }
                }
                Item::Close(open) => {
                    if let Some(Item::Open(element)) = self.page.items.get(*open) {
                        if element.mark.is_some()
                            && let Some((kind, start)) = self.open.pop()
                        {
                            self.out.mark(kind, start.min(self.out.text.len()));
                        }
                        self.leave(element.role);
                    }
                }
            }
            at += 1;
        }
        self.out.end_line();
    }

    /// Scripts and the like always; what is hidden, or is furniture by its tag, unless it may be the body.
    fn is_left_out(&self, at: usize) -> bool {
        let Some(Item::Open(element)) = self.page.items.get(at) else { return false };
        match element.role {
            Role::Never => true,
            Role::Furniture => {
                let total = self.page.han(at..element.close);
                let linked = self.page.linked_han(at..element.close);
                total < BODY_HAN || linked * 2 > total
            }
            _ => element.hidden && self.page.han(at..element.close) < BODY_HAN,
        }
    }

    fn enter(&mut self, role: Role) {
        match role {
            Role::Break => self.line(),
            Role::Cell if self.cells == 0 => {
                if !self.out.text.is_empty() && !self.out.text.ends_with('\n') {
                    self.space = Space::None;
                    self.out.text.push('\t');
                }
                self.cells += 1;
            }
            Role::Cell => self.cells += 1,
            Role::Pre => {
                self.line();
                self.pre += 1;
            }
            role if role.is_block() => self.line(),
            _ => {}
        }
    }

    fn leave(&mut self, role: Role) {
        match role {
            Role::Cell => self.cells = self.cells.saturating_sub(1),
            Role::Pre => {
                self.pre = self.pre.saturating_sub(1);
                self.line();
            }
            role if role.is_block() => self.line(),
            _ => {}
        }
    }

    fn line(&mut self) {
        if self.cells > 0 {
            self.space = self.space.max(Space::Blank);
        } else {
            self.space = Space::None;
            self.out.end_line();
        }
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 {
            self.out.text.push_str(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let blank = rest.len() - rest.trim_start_matches(is_blank).len();
            if blank > 0 {
                let kind = if rest[..blank].contains('\n') { Space::Newline } else { Space::Blank };
                if kind == Space::Newline && self.lines_count {
                    self.line();
                } else {
                    self.space = self.space.max(kind);
                }
                rest = &rest[blank..];
                continue;
            }
            let word = rest.find(is_blank).unwrap_or(rest.len());
            self.word(&rest[..word]);
            rest = &rest[word..];
        }
    }

    fn word(&mut self, word: &str) {
        let space = std::mem::replace(&mut self.space, Space::None);
        let before = self.out.text.chars().next_back();
        let wide = |c: Option<char>| c.is_some_and(is_wide);
        let layout = space == Space::Newline && wide(before) && wide(word.chars().next());
        if space != Space::None && !layout && before.is_some_and(|c| c != '\n' && c != '\t') {
            self.out.text.push(' ');
        }
        self.out.text.push_str(word);
    }
}

/// White space that a browser folds; no-break and ideographic spaces are text.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C')
}

/// Most of the text stands on lines without a tag, and nothing says that it is a page.
fn is_text_with_tags(source: &str) -> bool {
    let head: String = source.chars().take(2000).collect::<String>().to_ascii_lowercase();
    if ["<!doctype", "<html", "<head", "<body"].iter().any(|tag| head.contains(tag)) {
        return false;
    }
    let plain: usize = source.lines().filter(|line| !line.contains('<')).map(count_han).sum();
    plain * 2 > count_han(source)
}

fn count_han(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}
