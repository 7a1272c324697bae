//! .docx → text: paragraphs in order, a table row a line, what Word itself writes (list numbers, note marks) written
//! out; deleted text, field codes and the second branch of alternatives left out. Headings and bold runs are marks.

mod body;
mod numbering;
mod package;
mod styles;

use crate::model::{Flag, Mark, MarkKind};
use crate::text::Span;

use super::marked::Marked;
use body::{Body, Line};
use numbering::Numbering;
use package::Package;
use styles::Styles;

/// Read the bytes of a zip archive that should be a .docx.
///
/// # Errors
/// For people: why it is none, or cannot be read.
pub(super) fn read(bytes: &[u8]) -> Result<Marked, String> {
    let mut package = Package::open(bytes)?;
    let document = package.document()?;
    let styles = Styles::parse(&package.related("styles.xml"));
    let numbering = Numbering::parse(&package.related("numbering.xml"));
    let notes = [package.related("footnotes.xml"), package.related("endnotes.xml")];
    let mut read = assemble(&[&document, &notes[0], &notes[1]], &styles, &numbering);
    if package.cut {
        read.flag(Flag::SourceDamaged);
    }
    Ok(read)
}

/// Is this the XML of a Word document in a single file?
pub(super) fn is_word_xml(text: &str) -> bool {
    let head: String = text.chars().take(2000).collect();
    head.trim_start_matches('\u{FEFF}').trim_start().starts_with("<?xml")
        && (head.contains("<w:wordDocument") || head.contains("<pkg:package"))
}

/// Read such a file: styles, lists and body all stand in one tree.
pub(super) fn read_xml(text: &str) -> Marked {
    assemble(&[text], &Styles::parse(text), &Numbering::parse(text))
}

fn assemble(parts: &[&str], styles: &Styles, numbering: &Numbering) -> Marked {
    let mut body = Body::new(styles, numbering);
    let mut out = Marked::default();
    for part in parts {
        if !body.parse(part) {
            out.flag(Flag::SourceDamaged);
        }
    }
    body.lines().iter().for_each(|line| push(&mut out, line));
    out.finish()
}

fn push(out: &mut Marked, line: &Line) {
    let start = out.text.len();
    out.text.push_str(line.text.trim_end());
    let end = out.text.len();
    let own = |mark: &Mark| Mark {
        span: Span::new(mark.span.start + start, (mark.span.end + start).min(end)),
        kind: mark.kind,
    };
    out.marks.extend(line.marks.iter().filter(|m| m.span.start + start < end).map(own));
    if let Some(level) = line.heading {
        out.mark(MarkKind::Heading(level), start);
    }
    out.text.push('\n');
}
