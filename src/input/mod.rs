//! Paths → raw documents: files, folders (walked in sorted order) and globs become a list of [`InputFile`]s; their
//! bytes are read later, by the worker that needs them.

mod name;

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use walkdir::WalkDir;

use crate::config::ConfigSource;
use crate::model::RawDocument;

/// A file larger than this is no report; it is refused before it fills the memory.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// Which files a walk leaves out (`config/input.toml`).
#[derive(Debug)]
pub struct InputRules {
    /// Extension in lower case → group.
    skipped: FxHashMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InputConfig {
    skipped: Vec<SkippedGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SkippedGroup {
    group: String,
    extensions: Vec<String>,
}

impl InputRules {
    /// # Errors
    /// `config/input.toml` is missing or malformed, or names an extension twice.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let config: InputConfig = source.toml("input.toml")?;
        let mut skipped = FxHashMap::default();
        for group in config.skipped {
            for extension in group.extensions {
                if skipped.insert(extension.clone(), group.group.clone()).is_some() {
                    bail!("config/input.toml: the extension {extension:?} stands twice");
                }
            }
        }
        Ok(Self { skipped })
    }

    fn skips(&self, path: &Path) -> Option<&str> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        self.skipped.get(&extension).map(String::as_str)
    }
}

/// A file that is going to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    pub path: PathBuf,
    /// Unique in a run; see [`RawDocument::source`].
    pub source: String,
    /// Size when it was found.
    pub bytes: u64,
}

impl InputFile {
    /// Read the whole file.
    ///
    /// # Errors
    /// The file cannot be read, or is larger than [`MAX_FILE_BYTES`].
    pub fn read(&self) -> io::Result<RawDocument> {
        if self.bytes > MAX_FILE_BYTES {
            let message = format!("{} MB are more than a document can have", self.bytes >> 20);
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(RawDocument { source: self.source.clone(), bytes: std::fs::read(&self.path)? })
    }
}

/// A file or folder that was found and left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub path: PathBuf,
    /// For people: `hidden`, a group of `config/input.toml`, or what went wrong.
    pub reason: String,
}

/// What the inputs hold, in the order of the inputs, sorted by path within each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discovered {
    pub files: Vec<InputFile>,
    pub skipped: Vec<Skipped>,
}

impl Discovered {
    /// How many were left out for each reason, sorted by reason.
    pub fn skipped_by_reason(&self) -> std::collections::BTreeMap<&str, usize> {
        let mut counts = std::collections::BTreeMap::new();
        for skipped in &self.skipped {
            *counts.entry(skipped.reason.as_str()).or_default() += 1;
        }
        counts
    }

    /// Bytes of all files together.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|f| f.bytes).sum()
    }
}

/// Find the files of all inputs: each is a file, a folder or a glob (`reports/**/*.txt`).
///
/// Hidden files, and files that cannot be a report, are left out of folders and globs and told in
/// [`Discovered::skipped`]; a file that is named itself is always taken. A file that is reached twice is taken once.
///
/// # Errors
/// An input that does not exist, or a glob that is malformed or matches nothing.
pub fn discover<S: AsRef<str>>(rules: &InputRules, inputs: &[S]) -> Result<Discovered> {
    let mut walk = Walk { rules, several: inputs.len() > 1, seen: FxHashSet::default(), found: Discovered::default() };
    let mut roots = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        roots.push(walk.input(index, input.as_ref())?);
    }
    let Walk { mut found, .. } = walk;
    found.files = name::sources(found.files, &roots);
    Ok(found)
}

/// Where an input begins, and how many files had been found before it.
#[derive(Debug)]
struct Root {
    path: PathBuf,
    first: usize,
}

struct Walk<'a> {
    rules: &'a InputRules,
    several: bool,
    seen: FxHashSet<PathBuf>,
    found: Discovered,
}

impl Walk<'_> {
    fn input(&mut self, index: usize, input: &str) -> Result<Root> {
        let first = self.found.files.len();
        let path = Path::new(input);
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => {
                self.folder(path);
                Ok(Root { path: path.to_owned(), first })
            }
            Ok(metadata) => {
                self.take(path, metadata.len());
                Ok(Root { path: path.to_owned(), first })
            }
            Err(_) if input.contains(['*', '?', '[']) => {
                self.glob(input)?;
                Ok(Root { path: fixed_part(path), first })
            }
            Err(error) => Err(error).with_context(|| format!("input {}: cannot read {input}", index + 1)),
        }
    }

    fn folder(&mut self, root: &Path) {
        let mut walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    let reason = if error.loop_ancestor().is_some() { "link to a folder above" } else { "unreadable" };
                    self.skip(&path, reason);
                    continue;
                }
            };
            let hidden = entry.depth() > 0 && is_hidden(entry.path());
            if entry.file_type().is_dir() {
                if hidden {
                    self.skip(entry.path(), "hidden");
                    walk.skip_current_dir();
                }
            } else if hidden {
                self.skip(entry.path(), "hidden");
            } else {
                match entry.metadata() {
                    Ok(metadata) if metadata.is_file() => self.consider(entry.path(), metadata.len()),
                    Ok(_) => self.skip(entry.path(), "neither file nor folder"),
                    Err(_) => self.skip(entry.path(), "unreadable"),
                }
            }
        }
    }

    fn glob(&mut self, pattern: &str) -> Result<()> {
        let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::default() };
        let mut paths = glob::glob_with(pattern, options)
            .with_context(|| format!("{pattern} is no valid glob"))?
            .filter_map(std::result::Result::ok)
            .collect::<Vec<_>>();
        if paths.is_empty() {
            bail!("{pattern} matches no file");
        }
        paths.sort();
        for path in paths {
            match path.metadata() {
                Ok(metadata) if metadata.is_file() => self.consider(&path, metadata.len()),
                // A glob such as `**` names the folders on the way, too; their files match by themselves.
                Ok(_) => {}
                Err(_) => self.skip(&path, "unreadable"),
            }
        }
        Ok(())
    }

    fn consider(&mut self, path: &Path, bytes: u64) {
        match self.rules.skips(path) {
            // Word keeps a lock beside an open document.
            None if path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"~$")) => {
                self.skip(path, "leftover of another program");
            }
            None => self.take(path, bytes),
            Some(group) => {
                let group = group.to_owned();
                self.skip(path, &group);
            }
        }
    }

    fn take(&mut self, path: &Path, bytes: u64) {
        let place =
            if self.several { path.canonicalize().unwrap_or_else(|_| path.to_owned()) } else { path.to_owned() };
        if self.seen.insert(place) {
            self.found.files.push(InputFile { path: path.to_owned(), source: String::new(), bytes });
        } else {
            self.skip(path, "given twice");
        }
    }

    fn skip(&mut self, path: &Path, reason: &str) {
        self.found.skipped.push(Skipped { path: path.to_owned(), reason: reason.to_owned() });
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// The folder that all matches of a glob lie in.
fn fixed_part(pattern: &Path) -> PathBuf {
    let fixed = |part: &std::path::Component<'_>| {
        !part.as_os_str().as_encoded_bytes().iter().any(|b| matches!(b, b'*' | b'?' | b'['))
    };
    pattern.components().take_while(fixed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> InputRules {
        InputRules::load(&ConfigSource::Embedded).unwrap()
    }

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file).unwrap();
        }
        dir
    }

    fn run(dir: &Path, inputs: &[&str]) -> Discovered {
        let inputs: Vec<String> = inputs.iter().map(|i| format!("{}/{i}", dir.display())).collect();
        discover(&rules(), &inputs).unwrap()
    }

    fn sources(found: &Discovered) -> Vec<&str> {
        found.files.iter().map(|f| f.source.as_str()).collect()
    }

    #[test]
    fn a_folder_is_walked_in_sorted_order_and_tells_what_it_left_out() {
        let dir =
            tree(&["in/b.txt", "in/a/z.html", "in/a.md", "in/.git/x.txt", "in/.x.txt", "in/p.PNG", "in/~$b.docx"]);
        let found = run(dir.path(), &["in"]);
        assert_eq!(sources(&found), ["a/z.html", "a.md", "b.txt"]);
        let reasons: Vec<_> = found.skipped_by_reason().into_iter().collect();
        assert_eq!(reasons, [("hidden", 2), ("image", 1), ("leftover of another program", 1)]);
        let document = found.files[1].read().unwrap();
        assert_eq!((document.source.as_str(), document.bytes.as_slice()), ("a.md", b"in/a.md".as_slice()));
        assert_eq!(found.bytes(), 11 + 7 + 8);
    }

    #[test]
    fn several_inputs_lead_their_sources_with_their_own_names() {
        let dir = tree(&["data/a.txt", "more/a.txt", "x/one.csv"]);
        let found = run(dir.path(), &["more", "data/", "x/one.csv", "data/a.txt"]);
        assert_eq!(sources(&found), ["more/a.txt", "data/a.txt", "one.csv"]);
        assert_eq!(found.skipped_by_reason().get("given twice"), Some(&1));
    }

    #[test]
    fn inputs_of_the_same_name_are_told_apart_by_the_folders_above() {
        let dir = tree(&["x/data/a.txt", "y/data/a.txt", "y/data/b.txt"]);
        assert_eq!(sources(&run(dir.path(), &["x/data", "y/data"])), ["x/data/a.txt", "y/data/a.txt", "y/data/b.txt"]);
        assert_eq!(sources(&run(dir.path(), &["x/data/a.txt", "y/data/a.txt"])), ["x/data/a.txt", "y/data/a.txt"]);
    }

    #[test]
    fn a_glob_is_relative_to_its_fixed_part() {
        let dir = tree(&["in/b/2.txt", "in/b/1.txt", "in/c/1.md"]);
        assert_eq!(sources(&run(dir.path(), &["in/**/*.txt"])), ["b/1.txt", "b/2.txt"]);
    }

    #[test]
    fn what_is_not_there_is_an_error_that_names_it() {
        let missing = discover(&rules(), &["no/such/folder"]).unwrap_err();
        assert!(format!("{missing:#}").contains("no/such/folder"), "{missing:#}");
        let empty = discover(&rules(), &["no/such/*.txt"]).unwrap_err();
        assert!(format!("{empty:#}").contains("no/such/*.txt matches no file"), "{empty:#}");
    }
}
