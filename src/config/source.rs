//! Where the configuration files come from.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/config");

/// The embedded `config/`, or a folder that holds files of the same names. A file that the folder lacks is taken from
/// the embedded ones, so that one word list can be replaced on its own.
#[derive(Debug, Clone)]
pub enum ConfigSource {
    Embedded,
    Folder(PathBuf),
}

impl ConfigSource {
    /// A folder whose files replace those of the same name.
    ///
    /// # Errors
    /// There is no such folder, or it holds a TOML, CSV, TSV or text file that the configuration does not know: a
    /// misspelt name would otherwise be ignored without a word.
    pub fn folder(path: &Path) -> Result<Self> {
        if !path.is_dir() {
            bail!("{}: there is no such configuration folder", path.display());
        }
        let mut known = Vec::new();
        collect(&EMBEDDED, &mut known);
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.with_context(|| format!("cannot read {}", path.display()))?;
            let name = entry.path().strip_prefix(path).unwrap_or(entry.path());
            let is_data = name.extension().is_some_and(|e| ["toml", "csv", "tsv", "txt"].iter().any(|data| e == *data));
            if is_data && !known.iter().any(|known| name == Path::new(known)) {
                bail!("{}: the configuration has no file of this name", entry.path().display());
            }
        }
        Ok(Self::Folder(path.to_owned()))
    }

    /// The bytes of one file, by its path below `config/`.
    ///
    /// # Errors
    /// No such file, or it cannot be read.
    pub fn bytes(&self, name: &str) -> Result<Cow<'static, [u8]>> {
        if let ConfigSource::Folder(folder) = self {
            let path = folder.join(name);
            if path.exists() {
                let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
                return Ok(Cow::Owned(bytes));
            }
        }
        EMBEDDED
            .get_file(name)
            .map(|file| Cow::Borrowed(file.contents()))
            .ok_or_else(|| anyhow!("config/{name}: there is no such file"))
    }

    /// One file as text.
    ///
    /// # Errors
    /// As [`ConfigSource::bytes`], and a file that is not UTF-8.
    pub fn text(&self, name: &str) -> Result<Cow<'static, str>> {
        Ok(match self.bytes(name)? {
            Cow::Borrowed(b) => Cow::Borrowed(std::str::from_utf8(b).with_context(|| format!("config/{name}"))?),
            Cow::Owned(b) => Cow::Owned(String::from_utf8(b).with_context(|| format!("config/{name}"))?),
        })
    }

    /// One TOML file.
    ///
    /// # Errors
    /// Names the file, the line and the key.
    pub fn toml<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        toml::from_str(&self.text(name)?).with_context(|| format!("config/{name}"))
    }

    /// SHA-256 over names and contents of all files, in hex.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn hash(&self) -> Result<String> {
        let mut names: Vec<&str> = Vec::new();
        collect(&EMBEDDED, &mut names);
        names.sort_unstable();
        let mut hasher = Sha256::new();
        for name in names {
            let bytes = self.bytes(name)?;
            hasher.update(name.as_bytes());
            hasher.update((bytes.len() as u64).to_le_bytes());
            hasher.update(&bytes);
        }
        Ok(hasher.finalize().iter().map(|b| format!("{b:02x}")).collect())
    }
}

fn collect<'a>(dir: &'a Dir<'a>, names: &mut Vec<&'a str>) {
    names.extend(dir.files().filter_map(|f| f.path().to_str()));
    dir.dirs().for_each(|d| collect(d, names));
}
