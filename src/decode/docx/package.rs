//! The zip archive around a .docx.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use zip::ZipArchive;

use super::super::encoding::declared_charset;

/// A part that unpacks to more than this is refused: reports have some hundred KB.
const MAX_PART_BYTES: u64 = 64 << 20;

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Folder of the main part, with a slash at its end.
    folder: String,
    /// A part ended before its time.
    pub cut: bool,
}

impl<'a> Package<'a> {
    /// # Errors
    /// The archive is broken.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| format!("the zip archive is broken: {e}"))?;
        Ok(Self { archive, folder: String::new(), cut: false })
    }

    /// The main part.
    ///
    /// # Errors
    /// The archive is no Word document, or the part is broken or too large.
    pub fn document(&mut self) -> Result<String, String> {
        let name = self.main_part().ok_or_else(|| self.what_else())?;
        self.folder = name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        self.part(&name)?.ok_or_else(|| format!("the archive lacks {name}"))
    }

    /// A part beside the main one; empty where there is none or it cannot be read.
    pub fn related(&mut self, name: &str) -> String {
        let name = format!("{}{name}", self.folder);
        match self.part(&name) {
            Ok(part) => part.unwrap_or_default(),
            Err(_) => {
                self.cut = true;
                String::new()
            }
        }
    }

    fn main_part(&mut self) -> Option<String> {
        let usual = "word/document.xml";
        if self.archive.index_for_name(usual).is_some() {
            return Some(usual.to_owned());
        }
        let relations = self.part("_rels/.rels").ok()??;
        let relation = relations.split("<Relationship ").find(|r| r.contains("/officeDocument\""))?;
        let target = relation.split_once("Target=\"")?.1.split_once('"')?.0.trim_start_matches('/');
        target.starts_with("word").then(|| target.to_owned())
    }

    fn what_else(&self) -> String {
        let has = |name: &str| self.archive.index_for_name(name).is_some();
        let what = if has("xl/workbook.xml") {
            "a spreadsheet (.xlsx): save its reports as text first"
        } else if has("ppt/presentation.xml") {
            "a presentation (.pptx): save it as text first"
        } else if has("OFD.xml") {
            "an .ofd document: save it as .docx or text first"
        } else if has("content.xml") {
            "an OpenDocument file (.odt): save it as .docx first"
        } else {
            "an archive: unpack it first"
        };
        what.to_owned()
    }

    fn part(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|e| format!("cannot unpack {name}: {e}"))?;
        let mut bytes = Vec::with_capacity(file.size().min(1 << 20) as usize);
        // The size that the archive states may be a lie: what is unpacked is what counts.
        let read = file.take(MAX_PART_BYTES + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > MAX_PART_BYTES {
            return Err(format!("{name} unpacks to more than {} MB", MAX_PART_BYTES >> 20));
        }
        if let Err(error) = read {
            if bytes.is_empty() {
                return Err(format!("cannot unpack {name}: {error}"));
            }
            self.cut = true;
        }
        Ok(Some(xml_text(bytes)))
    }
}

fn xml_text(bytes: Vec<u8>) -> String {
    if Encoding::for_bom(&bytes).is_none() && declared_charset(&bytes).is_none_or(|declared| declared == UTF_8) {
        return String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    }
    let encoding = declared_charset(&bytes).unwrap_or(UTF_8);
    encoding.decode(&bytes).0.into_owned()
}
