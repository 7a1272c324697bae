//! `document.xml`, `footnotes.xml`, `endnotes.xml`: paragraphs, runs, tables, text boxes.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use crate::model::{Mark, MarkKind};
use crate::text::{Span, is_han};

use super::numbering::{Counters, Numbering};
use super::styles::{Style, Styles, heading_level};

/// A finished paragraph (it may hold line breaks) or table row.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub text: String,
    pub marks: Vec<Mark>,
    pub heading: Option<u8>,
}

impl Line {
    /// Put text before the line.
    fn lead(&mut self, lead: &str) {
        self.marks.iter_mut().for_each(|mark| mark.span = mark.span.shifted(lead.len()));
        self.text.insert_str(0, lead);
    }
}

/// A note is known by its kind and the id that refers to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum NoteId {
    Foot(String),
    End(String),
}

impl NoteId {
    fn of(element: &str, id: String) -> Self {
        if element.starts_with("foot") { NoteId::Foot(id) } else { NoteId::End(id) }
    }
}

/// Reads one part of a document.
pub(super) struct Body<'a> {
    styles: &'a Styles,
    numbering: &'a Numbering,
    counters: Counters,
    /// Notes in the order in which the text refers to them.
    noted: Vec<NoteId>,
    notes: FxHashMap<NoteId, Vec<Line>>,
    /// The note that is being read.
    note: Option<NoteId>,
    /// Where finished lines go: the body, and the cells and text boxes that are open.
    sinks: Vec<Vec<Line>>,
    /// Cells of the rows that are open.
    rows: Vec<Row>,
    /// The paragraph that is being written, and the ones that wait around a text box.
    paragraph: Paragraph,
    waiting: Vec<Paragraph>,
    /// For each open `AlternateContent`: has a branch been taken?
    alternatives: Vec<bool>,
    in_paragraph_properties: bool,
    in_row_properties: bool,
    in_run: bool,
    in_text: bool,
    /// The next `sdtContent` holds a table of contents or a placeholder.
    skip_content: bool,
}

#[derive(Default)]
struct Row {
    cells: Vec<Vec<Line>>,
    deleted: bool,
}

#[derive(Default)]
struct Paragraph {
    line: Line,
    style: Style,
    list: (Option<i64>, Option<usize>),
    run: Run,
    /// Lines of text boxes that hang on this paragraph.
    after: Vec<Line>,
    /// The paragraph mark is deleted: the next paragraph goes on here.
    joined: bool,
}

#[derive(Default, Clone, Copy)]
struct Run {
    bold: Option<bool>,
    hidden: bool,
}

impl<'a> Body<'a> {
    pub fn new(styles: &'a Styles, numbering: &'a Numbering) -> Self {
        Self {
            styles,
            numbering,
            counters: Counters::default(),
            noted: Vec::new(),
            notes: FxHashMap::default(),
            note: None,
            sinks: vec![Vec::new()],
            rows: Vec::new(),
            paragraph: Paragraph::default(),
            waiting: Vec::new(),
            alternatives: Vec::new(),
            in_paragraph_properties: false,
            in_row_properties: false,
            in_run: false,
            in_text: false,
            skip_content: false,
        }
    }

    /// Read a part; false where it ends before its time.
    pub fn parse(&mut self, xml: &str) -> bool {
        let mut reader = reader(xml);
        // Depth inside of an element that is left out.
        let mut skipped = 0usize;
        let mut depth = 0usize;
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    depth += 1;
                    if skipped > 0 {
                        skipped += 1;
                    } else if !self.open(&element) {
                        skipped = 1;
                    }
                }
                Ok(Event::End(_)) if skipped > 0 => {
                    depth = depth.saturating_sub(1);
                    skipped -= 1;
                }
                Ok(Event::End(element)) => {
                    depth = depth.saturating_sub(1);
                    self.close(element.local_name().as_ref());
                }
                Ok(Event::Text(text)) if skipped == 0 && self.in_text => self.write(&text),
                Ok(Event::CData(text)) if skipped == 0 && self.in_text => self.write(&text),
                Ok(Event::GeneralRef(reference)) if skipped == 0 && self.in_text => {
                    if let Ok(Some(c)) = reference.resolve_char_ref() {
                        self.write(c.encode_utf8(&mut [0; 4]));
                    } else if let Some(text) = resolve_predefined_entity(&reference) {
                        self.write(text);
                    }
                }
                Ok(Event::Eof) => return depth == 0,
                Err(_) => return false,
                Ok(_) => {}
            }
        }
    }

    /// All lines, those of paragraphs and cells that never ended included, then the notes in the order in which the
    /// text refers to them.
    pub fn lines(mut self) -> Vec<Line> {
        self.end_paragraph();
        let Row { cells, .. } = self.rows.drain(..).fold(Row::default(), |mut all, row| {
            all.cells.extend(row.cells);
            all
        });
        let mut lines: Vec<Line> = self.sinks.drain(..).chain(cells).flatten().collect();
        for (i, id) in self.noted.iter().enumerate() {
            for (j, mut line) in self.notes.remove(id).unwrap_or_default().into_iter().enumerate() {
                if j == 0 {
                    line.lead(&format!("[{}] ", i + 1));
                }
                lines.push(line);
            }
        }
        lines
    }

    /// Begin an element; false to leave it out with all that it holds.
    fn open(&mut self, element: &BytesStart<'_>) -> bool {
        let name = element.local_name();
        let value = || attribute(element, "val");
        match name.as_ref() {
            "p" => {
                if !self.paragraph.joined {
                    self.end_paragraph();
                }
                self.paragraph.joined = false;
            }
            "pPr" => self.in_paragraph_properties = true,
            "pStyle" if self.in_paragraph_properties => {
                if let Some(id) = value() {
                    self.paragraph.style = self.styles.get(&id);
                }
            }
            "outlineLvl" if self.in_paragraph_properties => {
                self.paragraph.line.heading = heading_level(value().as_deref());
            }
            "numId" | "ilfo" if self.in_paragraph_properties => {
                self.paragraph.list.0 = value().and_then(|v| v.parse().ok())
            }
            "ilvl" if self.in_paragraph_properties => self.paragraph.list.1 = value().and_then(|v| v.parse().ok()),
            "r" => {
                self.in_run = true;
                self.paragraph.run = Run::default();
            }
            "b" if self.in_run => self.paragraph.run.bold = Some(switched_on(element)),
            "vanish" if self.in_run => self.paragraph.run.hidden = switched_on(element),
            "t" => self.in_text = true,
            "tab" | "ptab" if self.in_run => self.write("\t"),
            "br" | "cr" if self.in_run => self.write("\n"),
            "noBreakHyphen" if self.in_run => self.write("-"),
            "sym" => {
                let code = attribute(element, "char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.write(c.encode_utf8(&mut [0; 4]));
                }
            }
            "footnoteReference" | "endnoteReference" => {
                if let Some(id) = attribute(element, "id") {
                    self.refer(NoteId::of(name.as_ref(), id));
                }
            }
            // Within properties these only tell that the paragraph mark or the row is deleted; elsewhere they hold
            // the deleted text.
            "del" | "moveFrom" => {
                if self.in_paragraph_properties {
                    self.paragraph.joined = true;
                } else if self.in_row_properties
                    && let Some(row) = self.rows.last_mut()
                {
                    row.deleted = true;
                }
                return false;
            }
            "trPr" => self.in_row_properties = true,
            "tr" => self.rows.push(Row::default()),
            "tc" => self.sinks.push(Vec::new()),
            "txbxContent" => self.set_aside(),
            "AlternateContent" => self.alternatives.push(false),
            "Choice" | "Fallback" => match self.alternatives.last_mut() {
                Some(taken) if *taken => return false,
                Some(taken) => *taken = true,
                None => {}
            },
            "docPartGallery" => self.skip_content |= value().is_some_and(|v| v == "Table of Contents"),
            "showingPlcHdr" => self.skip_content |= switched_on(element),
            "sdtContent" if std::mem::take(&mut self.skip_content) => return false,
            "footnote" | "endnote" => {
                // Separators and the like have a type.
                if attribute(element, "type").is_some_and(|t| t != "normal") {
                    return false;
                }
                self.note = attribute(element, "id").map(|id| NoteId::of(name.as_ref(), id));
                self.set_aside();
            }
            "instrText" | "delText" | "delInstrText" | "pPrChange" | "rPrChange" | "tblPrChange" | "trPrChange"
            | "tcPrChange" | "sectPrChange" | "numberingChange" | "rt" | "hdr" | "ftr" | "comment" | "styles"
            | "docDefaults" | "lists" | "numbering" | "docPr" | "binData" => return false,
            _ => {}
        }
        true
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.end_paragraph(),
            "pPr" => self.in_paragraph_properties = false,
            "trPr" => self.in_row_properties = false,
            "r" => self.in_run = false,
            "t" => self.in_text = false,
            "tc" if self.sinks.len() > 1 => {
                let cell = self.sinks.pop().unwrap_or_default();
                match self.rows.last_mut() {
                    Some(row) => row.cells.push(cell),
                    None => self.sink().extend(cell),
                }
            }
            "tr" => {
                if let Some(row) = self.rows.pop().filter(|row| !row.deleted) {
                    let lines = row.lines();
                    self.sink().extend(lines);
                }
            }
            "txbxContent" => {
                let lines = self.take_up();
                self.paragraph.after.extend(lines);
            }
            "footnote" | "endnote" => {
                let lines = self.take_up();
                // In the XML of Word 2003 the note stands in the text itself.
                let id = self.note.take().unwrap_or_else(|| {
                    let id = NoteId::Foot(format!("here {}", self.noted.len()));
                    self.refer(id.clone());
                    id
                });
                self.notes.insert(id, lines);
            }
            "AlternateContent" => {
                self.alternatives.pop();
            }
            _ => {}
        }
    }

    /// Leave the paragraph for a text of its own inside of it.
    fn set_aside(&mut self) {
        self.waiting.push(std::mem::take(&mut self.paragraph));
        self.sinks.push(Vec::new());
    }

    /// Back to the paragraph that was left; the lines of the text in between.
    fn take_up(&mut self) -> Vec<Line> {
        self.end_paragraph();
        let Some(paragraph) = self.waiting.pop() else { return Vec::new() };
        self.paragraph = paragraph;
        self.in_run = true;
        if self.sinks.len() > 1 { self.sinks.pop().unwrap_or_default() } else { Vec::new() }
    }

    fn sink(&mut self) -> &mut Vec<Line> {
        if self.sinks.is_empty() {
            self.sinks.push(Vec::new());
        }
        let last = self.sinks.len() - 1;
        &mut self.sinks[last]
    }

    fn write(&mut self, text: &str) {
        let paragraph = &mut self.paragraph;
        if paragraph.run.hidden {
            return;
        }
        let start = paragraph.line.text.len();
        paragraph.line.text.push_str(text);
        let end = paragraph.line.text.len();
        if !paragraph.run.bold.or(paragraph.style.bold).unwrap_or(false) {
            return;
        }
        match paragraph.line.marks.last_mut() {
            Some(mark) if mark.span.end == start => mark.span.end = end,
            _ => paragraph.line.marks.push(Mark { span: Span::new(start, end), kind: MarkKind::Bold }),
        }
    }

    fn refer(&mut self, note: NoteId) {
        self.noted.push(note);
        let mark = format!("[{}]", self.noted.len());
        self.write(&mark);
    }

    fn end_paragraph(&mut self) {
        self.in_run = false;
        self.in_text = false;
        self.in_paragraph_properties = false;
        if self.paragraph.joined {
            return;
        }
        let Paragraph { mut line, style, list, after, .. } = std::mem::take(&mut self.paragraph);
        if style.contents {
            return;
        }
        line.heading = line.heading.or(style.heading);
        let empty = line.text.trim().is_empty();
        if let Some(list_id) = list.0.or(style.list.0).filter(|id| *id > 0 && !empty) {
            let label = self.numbering.next(&mut self.counters, list_id, list.1.or(style.list.1).unwrap_or(0));
            line.lead(&label);
        }
        let sink = self.sink();
        if !empty {
            sink.push(line);
        }
        sink.extend(after);
    }
}

impl Row {
    /// One line, cells apart by tabs; a row that lays out the page (long cells, many paragraphs) as its paragraphs.
    fn lines(self) -> Vec<Line> {
        const LONG_CELL: usize = 150;
        const MANY_PARAGRAPHS: usize = 3;
        let lays_out = self.cells.iter().any(|cell| {
            let han = cell.iter().map(|line| line.text.chars().filter(|c| is_han(*c)).count()).sum::<usize>();
            cell.len() > MANY_PARAGRAPHS || han > LONG_CELL
        });
        if lays_out {
            return self.cells.into_iter().flatten().collect();
        }
        let mut row = Line::default();
        for (i, cell) in self.cells.iter().enumerate() {
            if i > 0 {
                row.text.push('\t');
            }
            for (j, line) in cell.iter().enumerate() {
                if j > 0 {
                    row.text.push(' ');
                }
                let start = row.text.len();
                row.text.push_str(&line.text.replace('\n', " "));
                row.marks.extend(line.marks.iter().map(|m| Mark { span: m.span.shifted(start), kind: m.kind }));
            }
        }
        if row.text.trim().is_empty() { Vec::new() } else { vec![row] }
    }
}

/// A reader that is content with less than perfect XML.
pub(super) fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{FEFF}'));
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attributes = attributes.with_checks(false);
    let found = attributes.flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), |v| v.into_owned()))
}

/// `<w:b/>` is on, `<w:b w:val="0"/>` is off.
pub(super) fn switched_on(element: &BytesStart<'_>) -> bool {
    !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off" | "none"))
}
