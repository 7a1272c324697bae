//! What kind of file is this? Content decides; the name is a hint where content leaves it open.

use memchr::memmem;

use crate::model::SourceFormat;

/// A file that is recognised by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// A zip archive, which a .docx is.
    Zip,
    /// A form that cannot be read, and what to tell people of it.
    Unread(SourceFormat, &'static str),
}

/// Magic bytes → what they stand for.
const MAGIC: &[(&[u8], Container)] = &[
    (b"PK\x03\x04", Container::Zip),
    (b"PK\x05\x06", Container::Zip),
    (b"%PDF-", Container::Unread(SourceFormat::Pdf, "PDF is not read: convert it to text or .docx first")),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        Container::Unread(SourceFormat::Doc, "an old or encrypted Office file (.doc, .wps): save it as .docx first"),
    ),
    (b"{\\rtf", Container::Unread(SourceFormat::Doc, "rich text (.rtf) is not read: save it as .docx first")),
    (
        b"MIME-Version:",
        Container::Unread(SourceFormat::Other, "a web archive (.mht) is not read: save it as .html first"),
    ),
    (
        b"From: <Saved by",
        Container::Unread(SourceFormat::Other, "a web archive (.mht) is not read: save it as .html first"),
    ),
    (b"\x1F\x8B", Container::Unread(SourceFormat::Other, "a compressed file: unpack it first")),
    (b"Rar!", Container::Unread(SourceFormat::Other, "an archive: unpack it first")),
    (b"7z\xBC\xAF\x27\x1C", Container::Unread(SourceFormat::Other, "an archive: unpack it first")),
    (b"\x89PNG", Container::Unread(SourceFormat::Other, "an image, not text")),
    (b"\xFF\xD8\xFF", Container::Unread(SourceFormat::Other, "an image, not text")),
    (b"GIF8", Container::Unread(SourceFormat::Other, "an image, not text")),
    (b"II*\0", Container::Unread(SourceFormat::Other, "an image, not text")),
    (b"PAR1", Container::Unread(SourceFormat::Other, "a Parquet table, not a document")),
    (b"SQLite format 3\0", Container::Unread(SourceFormat::Other, "a database, not a document")),
];

/// Recognise a file by its first bytes; a PDF may begin a little later.
pub fn container(bytes: &[u8]) -> Option<Container> {
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, container)| *container);
    known.or_else(|| {
        let head = &bytes[..bytes.len().min(1024)];
        let pdf = &MAGIC[2];
        memmem::find(head, pdf.0).filter(|at| !head[..*at].iter().any(|b| *b >= 0x80)).map(|_| pdf.1)
    })
}

/// Tell plain text, markdown and HTML apart. `name` is the source's name.
pub fn text_format(text: &str, name: &str) -> SourceFormat {
    let extension =
        name.rsplit('/').next().and_then(|n| n.rsplit_once('.')).map_or("", |(_, e)| e).to_ascii_lowercase();
    let page =
        matches!(extension.as_str(), "html" | "htm" | "shtml" | "xhtml" | "jhtml" | "asp" | "aspx" | "jsp" | "php");
    if is_html(text, page) {
        SourceFormat::Html
    } else if matches!(extension.as_str(), "md" | "markdown" | "mdx") || is_markdown(text) {
        SourceFormat::Markdown
    } else {
        SourceFormat::Text
    }
}

/// Does the text begin like a page, or is it full of the tags that lay out paragraphs? A few inline tags in a text
/// (`PM<sub>2.5</sub>`) make no page.
fn is_html(text: &str, named_so: bool) -> bool {
    let mut head = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    while let Some(comment) = head.strip_prefix("<!--") {
        let Some(end) = comment.find("-->") else { break };
        head = comment[end + 3..].trim_start();
    }
    if head.starts_with("<?xml") {
        head = head.split_once("?>").map_or("", |(_, rest)| rest.trim_start());
    }
    if let Some(tag) = head.strip_prefix('<') {
        let name_end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || c == '!')).unwrap_or(tag.len());
        let name = tag[..name_end].to_ascii_lowercase();
        let opening = [
            "!doctype", "html", "head", "body", "meta", "title", "script", "style", "link", "div", "p", "table",
            "span", "article", "section", "h1", "h2", "h3", "ul", "center", "font", "td", "tr", "main", "header", "br",
            "strong", "b", "img", "a",
        ];
        if opening.contains(&name.as_str()) {
            return true;
        }
    }
    let layout: usize =
        ["</p>", "</P>", "<br", "<BR", "</div>", "</DIV>", "</td>", "</TD>", "</li>", "</html>", "</HTML>"]
            .iter()
            .map(|tag| memmem::find_iter(text.as_bytes(), tag.as_bytes()).count())
            .sum();
    layout >= if named_so { 1 } else { 5 } && layout * 4000 >= text.len()
}

/// Marks of markdown at the beginning of lines, or pairs of `**`.
fn is_markdown(text: &str) -> bool {
    let is_heading = |line: &str| {
        let level = line.bytes().take_while(|b| *b == b'#').count();
        (1..=6).contains(&level) && line[level..].starts_with(' ')
    };
    let headings = memchr::memchr(b'#', text.as_bytes()).map_or(0, |_| text.lines().filter(|l| is_heading(l)).count());
    headings >= 2 || memmem::find_iter(text.as_bytes(), b"**").count() >= 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_the_format_before_the_name() {
        let cases = [
            ("政府工作报告\n各位代表：", "a.txt", SourceFormat::Text),
            ("政府工作报告\n各位代表：", "a.md", SourceFormat::Markdown),
            ("政府工作报告\n各位代表：", "a.html", SourceFormat::Text),
            ("# 政府工作报告\n\n## 一、回顾\n", "a.txt", SourceFormat::Markdown),
            ("**一**、甲。**二**、乙。**三**、丙。", "a.txt", SourceFormat::Markdown),
            ("<!-- x -->\n<!DOCTYPE html><html>", "a.txt", SourceFormat::Html),
            ("<?xml version='1.0'?>\n<html>", "a", SourceFormat::Html),
            ("<p>各位代表：</p>", "a.txt", SourceFormat::Html),
            ("标题\n<p>一</p><p>二</p><p>三</p><p>四</p><p>五</p>", "a.txt", SourceFormat::Html),
            ("PM<sub>2.5</sub>浓度下降，PM<sub>10</sub>浓度下降", "a.txt", SourceFormat::Text),
            ("<2023年>政府工作报告", "a.txt", SourceFormat::Text),
            ("#1工程和#2工程", "a.txt", SourceFormat::Text),
        ];
        for (text, name, format) in cases {
            assert_eq!(text_format(text, name), format, "{text:?} in {name}");
        }
    }

    #[test]
    fn magic_bytes_tell_what_cannot_be_read() {
        assert_eq!(container(b"PK\x03\x04rest"), Some(Container::Zip));
        assert!(matches!(container(b"\n%PDF-1.7"), Some(Container::Unread(SourceFormat::Pdf, _))));
        assert!(matches!(
            container(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
            Some(Container::Unread(SourceFormat::Doc, _))
        ));
        assert_eq!(container("政府工作报告".as_bytes()), None);
        assert_eq!(container(b""), None);
    }
}
