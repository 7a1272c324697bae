//! A parsed page, flat: elements and texts in document order.

use std::ops::Range;

use dom_query::{Document, NodeData, NodeRef};

use crate::model::MarkKind;

use super::count_han;

/// Elements nested deeper than this are not parsed as a tree: parsers take time by the square of the depth.
const MAX_DEPTH: usize = 2_000;

#[derive(Debug)]
pub(super) struct Page {
    pub items: Vec<Item>,
    /// All text, character references resolved.
    pub text: String,
    /// Han characters, and Han characters inside of links, before each item.
    totals: Vec<(u32, u32)>,
    title: Option<String>,
    /// `<meta name content>`, names in lower case.
    meta: Vec<(String, String)>,
}

#[derive(Debug)]
pub(super) enum Item {
    Open(Element),
    /// Index of the item that opened it.
    Close(usize),
    /// Bytes of [`Page::text`].
    Text(Range<usize>),
}

#[derive(Debug)]
pub(super) struct Element {
    pub role: Role,
    pub mark: Option<MarkKind>,
    pub hidden: bool,
    /// Index of the item that closes it.
    pub close: usize,
}

/// What an element means for the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Inline,
    Block,
    Break,
    Pre,
    Table,
    /// A cell of a table of data; the cells of tables that only lay out the page become blocks.
    Cell,
    /// Menus and the like.
    Furniture,
    /// Never text: scripts, styles, controls.
    Never,
}

impl Role {
    pub fn is_block(self) -> bool {
        matches!(self, Role::Block | Role::Table | Role::Furniture | Role::Pre)
    }

    fn of(name: &str) -> Role {
        match name {
            "br" => Role::Break,
            "pre" | "xmp" | "listing" => Role::Pre,
            "table" => Role::Table,
            "td" | "th" => Role::Cell,
            "nav" | "footer" | "aside" | "menu" | "dialog" | "noscript" | "textarea" => Role::Furniture,
            "script" | "style" | "template" | "svg" | "iframe" | "object" | "embed" | "applet" | "select"
            | "datalist" | "button" | "input" | "canvas" | "audio" | "video" | "map" | "head" | "rt" | "rp"
            | "noframes" | "frameset" => Role::Never,
            "address" | "article" | "blockquote" | "body" | "caption" | "center" | "dd" | "details" | "dir" | "div"
            | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
            | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "main" | "ol" | "p" | "search" | "section"
            | "summary" | "tbody" | "thead" | "tfoot" | "tr" | "ul" => Role::Block,
            _ => Role::Inline,
        }
    }
}

impl Page {
    pub fn parse(source: &str) -> Page {
        if nesting(source) > MAX_DEPTH {
            return Page::without_tree(source);
        }
        let document = Document::from(source);
        let mut page =
            Page { items: Vec::new(), text: String::new(), totals: Vec::new(), title: None, meta: Vec::new() };
        page.flatten(document.root());
        page.total();
        page.find_layout_tables();
        page
    }

    /// Tags taken out and nothing else: for what no browser would show either.
    fn without_tree(source: &str) -> Page {
        let mut text = String::with_capacity(source.len());
        let mut rest = source;
        while let Some(open) = rest.find('<') {
            text.push_str(&rest[..open]);
            let Some(close) = rest[open..].find('>') else { break };
            text.push('\n');
            rest = &rest[open + close + 1..];
        }
        text.push_str(rest);
        let pre = Element { role: Role::Pre, mark: None, hidden: false, close: 2 };
        let items = vec![Item::Open(pre), Item::Text(0..text.len()), Item::Close(0)];
        let mut page = Page { items, text, totals: Vec::new(), title: None, meta: Vec::new() };
        page.total();
        page
    }

    /// Han characters of a range of items.
    pub fn han(&self, items: Range<usize>) -> usize {
        (self.totals[items.end].0 - self.totals[items.start].0) as usize
    }

    /// Han characters of a range of items that stand inside of links.
    pub fn linked_han(&self, items: Range<usize>) -> usize {
        (self.totals[items.end].1 - self.totals[items.start].1) as usize
    }

    /// Lines for what the head tells and `body` does not: the title, the date, the source.
    pub fn lead(&self, body: &str) -> String {
        let mut lead = String::new();
        let meta = |names: &[&str]| {
            let found = names
                .iter()
                .find_map(|name| self.meta.iter().find(|(n, content)| n == name && !content.trim().is_empty()));
            found.map(|(_, content)| content.trim())
        };
        let title = meta(&["articletitle", "og:title"]).or(self.title.as_deref());
        if let Some(title) = title
            && !title.split(['_', '-', '|', '—', '–']).any(|part| !part.trim().is_empty() && body.contains(part.trim()))
        {
            lead.push_str(title);
            lead.push('\n');
        }
        let date = meta(&["pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "others"]);
        let told = |date: &str| body.contains(&date.chars().take(10).collect::<String>());
        if let Some(date) = date.filter(|d| d.starts_with(|c: char| c.is_ascii_digit()) && !told(d)) {
            lead.push_str("发布时间：");
            lead.push_str(date);
            lead.push('\n');
        }
        lead
    }

    fn flatten(&mut self, root: NodeRef<'_>) {
        // Open elements: their node and the index of their item.
        let mut open: Vec<(NodeRef<'_>, usize)> = Vec::new();
        let mut next = Some(root);
        while let Some(node) = next {
            let entered = self.open(&node);
            if let Some(index) = entered
                && let Some(child) = node.first_child()
            {
                open.push((node, index));
                next = Some(child);
                continue;
            }
            if let Some(index) = entered {
                self.close(index);
            }
            next = node.next_sibling();
            while next.is_none() {
                let Some((parent, index)) = open.pop() else { return };
                self.close(index);
                next = parent.next_sibling();
            }
        }
    }

    /// Lay out one node; the index of its item, where it is an element that may have children.
    fn open(&mut self, node: &NodeRef<'_>) -> Option<usize> {
        node.query(|tree_node| match &tree_node.data {
            NodeData::Text { contents } => {
                let start = self.text.len();
                self.text.push_str(contents.as_ref());
                self.items.push(Item::Text(start..self.text.len()));
                None
            }
            NodeData::Element(element) => {
                let name: &str = &element.name.local;
                let attribute =
                    |wanted: &str| element.attrs.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.as_ref());
                if name == "meta"
                    && let (Some(name), Some(content)) =
                        (attribute("name").or(attribute("property")), attribute("content"))
                {
                    self.meta.push((name.to_ascii_lowercase(), str::to_owned(content)));
                }
                if name == "title" && self.title.is_none() {
                    self.title = Some(node.text().split_whitespace().collect::<Vec<_>>().join(" "));
                }
                let style = attribute("style").map(compact).unwrap_or_default();
                let hidden = attribute("hidden").is_some()
                    || style.contains("display:none")
                    || style.contains("visibility:hidden");
                Some(self.element(Role::of(name), mark_of(name, &style), hidden))
            }
            NodeData::Document | NodeData::Fragment => Some(self.element(Role::Block, None, false)),
            _ => None,
        })
        .flatten()
    }

    fn element(&mut self, role: Role, mark: Option<MarkKind>, hidden: bool) -> usize {
        self.items.push(Item::Open(Element { role, mark, hidden, close: 0 }));
        self.items.len() - 1
    }

    fn close(&mut self, open: usize) {
        let close = self.items.len();
        self.items.push(Item::Close(open));
        if let Item::Open(element) = &mut self.items[open] {
            element.close = close;
        }
    }
}

impl Page {
    /// Count what has been laid out, scripts and the like apart.
    fn total(&mut self) {
        let (mut han, mut linked) = (0, 0);
        // Items up to which we are inside of a link, or of something that is never text.
        let (mut link_end, mut never_end) = (0, 0);
        self.totals.clear();
        for (i, item) in self.items.iter().enumerate() {
            self.totals.push((han, linked));
            match item {
                Item::Open(element) if element.role == Role::Never => never_end = never_end.max(element.close),
                Item::Open(element) if element.mark == Some(MarkKind::Link) => link_end = link_end.max(element.close),
                Item::Text(range) if i >= never_end => {
                    let count = count_han(&self.text[range.clone()]) as u32;
                    han += count;
                    linked += if i < link_end { count } else { 0 };
                }
                _ => {}
            }
        }
        self.totals.push((han, linked));
    }

    /// A table whose cells hold tables, paragraphs or long texts lays out the page.
    fn find_layout_tables(&mut self) {
        const LONG_CELL: usize = 150;
        const MANY_BLOCKS: usize = 3;
        struct Table {
            cells: Vec<usize>,
            blocks: usize,
            lays_out: bool,
        }
        let mut tables: Vec<Table> = Vec::new();
        let mut layout_cells = Vec::new();
        for (i, item) in self.items.iter().enumerate() {
            match item {
                Item::Open(element) => {
                    let han = self.han(i..element.close);
                    match element.role {
                        Role::Table => {
                            tables.iter_mut().for_each(|t| t.lays_out = true);
                            tables.push(Table { cells: Vec::new(), blocks: 0, lays_out: false });
                        }
                        Role::Cell => {
                            if let Some(table) = tables.last_mut() {
                                table.cells.push(i);
                                table.blocks = 0;
                                table.lays_out |= han > LONG_CELL;
                            }
                        }
                        Role::Block => {
                            if let Some(table) = tables.last_mut() {
                                table.blocks += 1;
                                table.lays_out |= table.blocks > MANY_BLOCKS && !table.cells.is_empty();
                            }
                        }
                        _ => {}
                    }
                }
                Item::Close(open) if matches!(&self.items[*open], Item::Open(e) if e.role == Role::Table) => {
                    if let Some(table) = tables.pop().filter(|t| t.lays_out) {
                        layout_cells.extend(table.cells);
                    }
                }
                _ => {}
            }
        }
        for i in layout_cells {
            if let Item::Open(element) = &mut self.items[i] {
                element.role = Role::Block;
            }
        }
    }
}

/// A style attribute in lower case, without white space.
fn compact(style: &str) -> String {
    style.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect()
}

fn mark_of(name: &str, style: &str) -> Option<MarkKind> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(MarkKind::Heading(level - b'0')),
        b"a" => Some(MarkKind::Link),
        b"b" | b"strong" => Some(MarkKind::Bold),
        _ if ["font-weight:bold", "font-weight:700", "font-weight:800", "font-weight:900"]
            .iter()
            .any(|w| style.contains(w)) =>
        {
            Some(MarkKind::Bold)
        }
        _ => None,
    }
}

/// The greatest depth that elements are nested to, those aside whose end tag may be left out.
fn nesting(source: &str) -> usize {
    const OPEN_ENDED: &[&str] = &[
        "area", "base", "br", "col", "colgroup", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "o",
        "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
    ];
    let bytes = source.as_bytes();
    let (mut depth, mut deepest) = (0usize, 0);
    for at in memchr::memchr_iter(b'<', bytes) {
        let closes = bytes.get(at + 1) == Some(&b'/');
        let name = &bytes[at + 1 + usize::from(closes)..];
        let length = name.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
        if length == 0 || OPEN_ENDED.iter().any(|tag| tag.as_bytes().eq_ignore_ascii_case(&name[..length])) {
            continue;
        }
        depth = if closes { depth.saturating_sub(1) } else { depth + 1 };
        deepest = deepest.max(depth);
    }
    deepest
}
