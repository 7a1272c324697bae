//! Large tables: a folder of parts under the table's name, and the way from one form to the other.

use std::collections::BTreeSet;
use std::path::Path;

use gwr::tables::{files_of, tables};

use crate::support::{ReadTable, gwr, project, seeds, stderr, stdout, write};

/// So few that every table of the seeds with more than a few rows has parts.
const FEW: &str = "7";

fn run(folder: &Path, input: &str, out: &str, more: &[&str]) {
    let args = [&["run", input, "--out", out, "--quiet"], more].concat();
    let output = gwr(folder, &args);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

fn data() -> String {
    project("data").to_string_lossy().into_owned()
}

/// Two reports, for runs that are many.
fn two_reports(folder: &Path) {
    for (name, bytes) in &seeds()[..2] {
        write(folder, &format!("in/{name}"), bytes);
    }
}

/// The tables that a run in this build writes.
fn written(out: &Path) -> Vec<&'static str> {
    tables().into_iter().map(|table| table.name).filter(|name| files_of(out, name).unwrap()[0].exists()).collect()
}

/// Everything below a folder: files with their bytes.
fn contents(folder: &Path) -> BTreeSet<(String, Vec<u8>)> {
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(contents(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else if name != "run.json" {
            // It tells when the run was.
            found.insert((name, std::fs::read(&path).unwrap()));
        }
    }
    found
}

#[test]
fn the_parts_hold_the_rows_of_the_one_file() {
    let dir = tempfile::tempdir().unwrap();
    let (_, bytes) = &seeds()[1];
    for (name, bytes) in seeds() {
        write(dir.path(), &format!("in/{name}"), bytes);
    }
    // A poor copy that comes first: its rows are taken out again when the better one is known.
    write(dir.path(), "in/000_first.txt", &bytes[..bytes.len() * 9 / 10]);
    run(dir.path(), "in", "whole", &[]);
    run(dir.path(), "in", "parts", &["--part-rows", FEW]);
    let (whole, parts) = (dir.path().join("whole"), dir.path().join("parts"));
    let outcomes = ReadTable::open(&parts, "reports").all_texts("outcome");
    assert!(outcomes.contains(&"duplicate".to_string()), "{outcomes:?}");
    assert_eq!(written(&whole), written(&parts));
    for table in written(&whole) {
        assert!(ReadTable::open(&whole, table).whole() == ReadTable::open(&parts, table).whole(), "{table} differs");
    }
    for table in ["sections", "indicators", "projects"] {
        assert_eq!(files_of(&whole, table).unwrap().len(), 1, "{table} is one file");
        let files = files_of(&parts, table).unwrap();
        assert!(files.len() > 1 && parts.join(format!("{table}.parquet")).is_dir(), "{table}: {files:?}");
        assert!(files[0].ends_with("part-00000.parquet"), "{files:?}");
    }
    let record: serde_json::Value = serde_json::from_slice(&std::fs::read(parts.join("run.json")).unwrap()).unwrap();
    assert_eq!(record["part_rows"], 7);
}

#[test]
fn the_cuts_do_not_depend_on_the_number_of_threads() {
    let dir = tempfile::tempdir().unwrap();
    two_reports(dir.path());
    for threads in ["1", "3"] {
        run(dir.path(), "in", threads, &["--part-rows", FEW, "--threads", threads]);
    }
    assert!(contents(&dir.path().join("1")) == contents(&dir.path().join("3")));
}

#[test]
fn nothing_is_left_of_the_other_form() {
    let dir = tempfile::tempdir().unwrap();
    two_reports(dir.path());
    run(dir.path(), "in", "fresh/whole", &[]);
    run(dir.path(), "in", "fresh/parts", &["--part-rows", FEW]);
    let fresh = |form: &str| contents(&dir.path().join("fresh").join(form));
    let out = dir.path().join("out");
    for notes in [false, true] {
        if notes {
            // What is not the run's own is why the folder cannot be exchanged as a whole.
            write(&out, "notes.txt", "mine");
        }
        for (form, more) in [("whole", &[][..]), ("parts", &["--part-rows", FEW]), ("whole", &[])] {
            run(dir.path(), "in", "out", more);
            let mut found = contents(&out);
            assert_eq!(found.remove(&("notes.txt".into(), b"mine".to_vec())), notes);
            let names = |found: &BTreeSet<(String, Vec<u8>)>| found.iter().map(|f| f.0.clone()).collect::<Vec<_>>();
            assert_eq!(names(&found), names(&fresh(form)));
            assert!(found == fresh(form), "the bytes are those of a run into an empty folder");
        }
    }
}

#[test]
fn a_part_has_at_least_one_row() {
    let dir = tempfile::tempdir().unwrap();
    let output = gwr(dir.path(), &["run", &data(), "--part-rows", "0"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("--part-rows"), "{}", stderr(&output));
    assert!(stdout(&gwr(dir.path(), &["run", "--help"])).contains("NAME.parquet/"));
}
