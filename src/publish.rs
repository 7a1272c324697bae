//! A run writes beside its output folder and takes the folder's place when it is whole: readers never see half a run,
//! and a run that fails or is killed leaves the last good tables as they were.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The folder that a run writes to until it is published. Held under a lock: two runs cannot share an output folder.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    folder: PathBuf,
    /// The lock lives as long as the handle.
    _lock: File,
    published: bool,
}

impl Staging {
    /// Make `.NAME.staging` beside `out`; what a killed run left there is cleared away.
    ///
    /// # Errors
    /// `out` is a file, the folder cannot be made, or another run holds it.
    pub fn create(out: &Path) -> Result<Self> {
        if out.exists() && !out.is_dir() {
            bail!("{}: the output is a folder, but this is a file", out.display());
        }
        let out = std::path::absolute(out).with_context(|| format!("{}: no usable path", out.display()))?;
        let out = out.canonicalize().unwrap_or(out);
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            bail!("{}: the output cannot be the root of the file system", out.display());
        };
        let folder = parent.join(format!(".{}.staging", name.to_string_lossy()));
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let lock = File::open(&folder).with_context(|| format!("cannot open {}", folder.display()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!("another run is writing to {}", out.display()),
            // A file system without locks: two runs at once are then the user's care.
            Err(TryLockError::Error(_)) => {}
        }
        clear(&folder).with_context(|| format!("cannot clear {}", folder.display()))?;
        Ok(Self { out, folder, _lock: lock, published: false })
    }

    /// Where to write.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Put everything in place. A folder that holds nothing else is exchanged whole, in one step where the file
    /// system can (Linux); otherwise entry by entry, the run's own record `run.json` last.
    ///
    /// # Errors
    /// The folder cannot be renamed.
    pub fn publish(mut self) -> Result<()> {
        let name = || format!("cannot put the tables in place at {}", self.out.display());
        if !self.out.exists() {
            fs::rename(&self.folder, &self.out).with_context(name)?;
        } else if self.may_move().with_context(name)? && exchange(&self.folder, &self.out).is_ok() {
            fs::remove_dir_all(&self.folder).with_context(|| format!("cannot remove {}", self.folder.display()))?;
        } else {
            self.entry_by_entry().with_context(name)?;
        }
        self.published = true;
        Ok(())
    }

    /// May the output folder go as a whole? Not if it holds something that this run does not replace, nor if it is
    /// where the user stands.
    fn may_move(&self) -> io::Result<bool> {
        if std::env::current_dir().is_ok_and(|here| here.starts_with(&self.out)) {
            return Ok(false);
        }
        for entry in fs::read_dir(&self.out)? {
            let name = entry?.file_name();
            let stem = Path::new(&name).with_extension("");
            if !self.folder.join(&name).exists() && !self.folder.join(stem.with_extension("parquet")).exists() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn entry_by_entry(&self) -> io::Result<()> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            names.push(entry?.file_name());
        }
        names.sort_by_key(|name| (name == "run.json", name.clone()));
        for name in names {
            let (source, target) = (self.folder.join(&name), self.out.join(&name));
            // A table may be a file in the one place and a folder in the other.
            let of_two_kinds = target.exists() && (target.is_dir() || source.is_dir());
            if !of_two_kinds {
                fs::rename(&source, &target)?;
            } else if exchange(&source, &target).is_err() {
                let mut old = name;
                old.push(".old");
                fs::rename(&target, self.folder.join(old))?;
                fs::rename(&source, &target)?;
            }
        }
        fs::remove_dir_all(&self.folder)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.published {
            // Nothing can be done about a failure here; the next run clears the folder.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
    }
    Ok(())
}

/// Swap two folders in one step.
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use nix::fcntl::{AT_FDCWD, RenameFlags, renameat2};
    renameat2(AT_FDCWD, a, AT_FDCWD, b, RenameFlags::RENAME_EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_a: &Path, _b: &Path) -> io::Result<()> {
    Err(io::Error::from(io::ErrorKind::Unsupported))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str, text: &str) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join(name), text).unwrap();
    }

    fn publish(out: &Path, text: &str) {
        let staging = Staging::create(out).unwrap();
        write(staging.folder(), "reports.parquet", text);
        write(staging.folder(), "run.json", text);
        staging.publish().unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_published_run_replaces_the_one_before() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        publish(&out, "one");
        publish(&out, "two");
        assert_eq!(fs::read_to_string(out.join("reports.parquet")).unwrap(), "two");
        assert_eq!(names(dir.path()), ["out"]);
    }

    #[test]
    fn what_else_lies_in_the_output_folder_stays() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        publish(&out, "one");
        write(&out, "notes.txt", "mine");
        publish(&out, "two");
        assert_eq!(names(&out), ["notes.txt", "reports.parquet", "run.json"]);
        assert_eq!(fs::read_to_string(out.join("run.json")).unwrap(), "two");
        assert_eq!(names(dir.path()), ["out"]);
    }

    #[test]
    fn a_run_that_fails_leaves_the_last_good_tables() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        publish(&out, "one");
        let staging = Staging::create(&out).unwrap();
        write(staging.folder(), "reports.parquet", "half");
        drop(staging);
        assert_eq!(fs::read_to_string(out.join("reports.parquet")).unwrap(), "one");
        assert_eq!(names(dir.path()), ["out"]);
    }

    #[test]
    fn two_runs_cannot_write_to_one_folder() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let first = Staging::create(&out).unwrap();
        let second = Staging::create(&out).unwrap_err();
        assert!(second.to_string().contains("another run is writing"), "{second}");
        drop(first);
        Staging::create(&out).unwrap();
    }

    #[test]
    fn what_a_killed_run_left_is_not_published() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        write(&dir.path().join(".out.staging"), "sections.parquet", "half");
        publish(&out, "one");
        assert_eq!(names(&out), ["reports.parquet", "run.json"]);
    }
}
