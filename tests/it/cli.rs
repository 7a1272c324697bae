//! The command line: what it writes, what it says, how it ends.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::{ReadTable, gwr, project, seeds, stderr, stdout, write};

const TABLES: [&str; 7] = ["reports", "sections", "indicators", "projects", "glossary", "repairs", "pledges"];

fn data() -> String {
    project("data").to_string_lossy().into_owned()
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_run_writes_all_tables_and_tells_what_it_did() {
    let dir = tempfile::tempdir().unwrap();
    let output = gwr(dir.path(), &["run", &data(), "--out", "tables"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    for part in ["documents  5", "reports 5", "damage", "MB/s", "tables"] {
        assert!(said.contains(part), "{part:?} is not in {said}");
    }
    let out = dir.path().join("tables");
    let mut expected: BTreeSet<String> = TABLES.iter().map(|table| format!("{table}.parquet")).collect();
    expected.insert("run.json".into());
    assert!(names(&out).is_superset(&expected), "{:?}", names(&out));
    assert_eq!(names(dir.path()).len(), 1, "nothing else is left: {:?}", names(dir.path()));
    let reports = ReadTable::open(&out, "reports");
    let sources: Vec<String> = seeds().into_iter().map(|(name, _)| name).collect();
    assert_eq!(reports.all_texts("source"), sources);
    let record: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("run.json")).unwrap()).expect("run.json is JSON");
    for table in TABLES {
        assert_eq!(record["rows"][table], ReadTable::open(&out, table).rows(), "{table}");
    }
    assert_eq!(record["documents"], 5);
}

#[test]
fn without_arguments_the_reports_in_data_become_tables_in_out() {
    let dir = tempfile::tempdir().unwrap();
    let (name, bytes) = &seeds()[1];
    write(dir.path(), &format!("data/{name}"), bytes);
    let output = gwr(dir.path(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(ReadTable::open(&dir.path().join("out"), "reports").all_texts("source"), [name.as_str()]);
}

#[test]
fn the_tables_do_not_depend_on_the_number_of_threads() {
    let dir = tempfile::tempdir().unwrap();
    for threads in ["1", "3"] {
        let output = gwr(dir.path(), &["run", &data(), "--out", threads, "--threads", threads, "--quiet"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(output.stdout.is_empty() && output.stderr.is_empty(), "quiet is quiet");
    }
    for table in TABLES {
        let read = |threads: &str| std::fs::read(dir.path().join(threads).join(format!("{table}.parquet"))).unwrap();
        assert!(read("1") == read("3"), "{table} differs");
    }
}

#[test]
fn an_input_that_is_not_there_fails_and_publishes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "out/reports.parquet", "the last good one");
    let output = gwr(dir.path(), &["run", "no/such/folder"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("no/such/folder"), "{}", stderr(&output));
    assert_eq!(std::fs::read(dir.path().join("out/reports.parquet")).unwrap(), b"the last good one");
    assert_eq!(names(dir.path()).len(), 1);
}

#[test]
fn wrong_arguments_fail_and_help_does_not() {
    let dir = tempfile::tempdir().unwrap();
    for (args, code) in [
        (&["run", "--no-such-flag"][..], 1),
        (&["no-such-command"], 1),
        (&["run", "--config", "no-such-folder", "."], 1),
        (&["--help"], 0),
        (&["run", "--help"], 0),
        (&["--version"], 0),
    ] {
        let output = gwr(dir.path(), args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn a_document_that_cannot_be_used_is_a_row_with_a_reason() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "in/empty.txt", "");
    let output = gwr(dir.path(), &["run", "in"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let reports = ReadTable::open(&dir.path().join("out"), "reports");
    assert_eq!(reports.all_texts("outcome"), ["rejected"]);
    let reason = reports.texts("reason").remove(0).expect("a rejected document has a reason");
    assert!(stderr(&output).contains("empty.txt") && stderr(&output).contains(&reason), "{}", stderr(&output));
    assert!(stdout(&output).contains(&reason), "{}", stdout(&output));
    assert_eq!(ReadTable::open(&dir.path().join("out"), "sections").rows(), 0);
}

#[test]
fn the_same_bytes_twice_are_one_report_and_a_duplicate() {
    let dir = tempfile::tempdir().unwrap();
    let (_, bytes) = &seeds()[1];
    write(dir.path(), "in/a.txt", bytes);
    write(dir.path(), "in/b.txt", bytes);
    let output = gwr(dir.path(), &["run", "in"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    one_and_a_duplicate(&dir.path().join("out"));
}

#[test]
fn the_same_report_in_other_bytes_is_a_duplicate_without_rows() {
    let dir = tempfile::tempdir().unwrap();
    let (_, bytes) = &seeds()[1];
    write(dir.path(), "in/a.txt", bytes);
    write(dir.path(), "in/b.txt", [b"\n", bytes.as_slice(), b"\n\n"].concat());
    let output = gwr(dir.path(), &["run", "in"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    one_and_a_duplicate(&dir.path().join("out"));
}

fn one_and_a_duplicate(out: &Path) {
    let reports = ReadTable::open(out, "reports");
    let outcomes = reports.all_texts("outcome");
    assert!(outcomes[0] != "duplicate" && outcomes[1] == "duplicate", "{outcomes:?}");
    let ids = reports.all_texts("report_id");
    assert_ne!(ids[0], ids[1]);
    assert_eq!(reports.texts("duplicate_of"), [None, Some(ids[0].clone())]);
    let sections = ReadTable::open(out, "sections");
    assert!(sections.all_texts("report_id").iter().all(|id| *id == ids[0]));
    assert_eq!(reports.ints("section_count"), [i32::try_from(sections.rows()).unwrap(), 0]);
    let record: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("run.json")).unwrap()).expect("run.json is JSON");
    assert_eq!(record["outcomes"]["duplicate"], 1);
    assert_eq!(record["rows"]["sections"], sections.rows());
}

#[test]
fn a_limit_reads_the_first_documents_only() {
    let dir = tempfile::tempdir().unwrap();
    let output = gwr(dir.path(), &["run", &data(), "--limit", "2", "--log-format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let summary: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("the summary is JSON");
    assert_eq!(summary["documents"], 2);
    for line in stderr(&output).lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("each message is JSON");
    }
}

#[test]
fn inspect_shows_every_stage_as_text_and_json() {
    let seed = project("data").join(&seeds()[1].0);
    let seed = seed.to_string_lossy();
    for stage in ["decode", "repair", "clean", "segment", "extract"] {
        let dir = tempfile::tempdir().unwrap();
        let output = gwr(dir.path(), &["inspect", &seed, "--stage", stage]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stdout(&output).contains(stage));
        let output = gwr(dir.path(), &["inspect", &seed, "--stage", stage, "--json"]);
        let value: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
        assert!(value[stage].is_object(), "{stage}");
    }
}

#[test]
fn the_schema_is_the_one_of_the_files() {
    let dir = tempfile::tempdir().unwrap();
    let output = gwr(dir.path(), &["schema", "--json"]);
    let schema: serde_json::Value = serde_json::from_str(&stdout(&output)).expect("it is JSON");
    let tables: Vec<&str> = schema["tables"].as_array().unwrap().iter().filter_map(|t| t["name"].as_str()).collect();
    assert!(TABLES.iter().all(|table| tables.contains(table)), "{tables:?}");
}

#[test]
fn a_killed_run_leaves_the_last_good_tables() {
    killed(&[], "out/reports.parquet");
}

#[test]
fn a_killed_run_leaves_the_last_good_parts() {
    killed(&["--part-rows", "7"], "out/sections.parquet/part-00001.parquet");
}

/// Kill a run over the tables of another one, `table` among them.
fn killed(more: &[&str], table: &str) {
    let dir = tempfile::tempdir().unwrap();
    let (_, bytes) = &seeds()[1];
    write(dir.path(), "one/a.txt", bytes);
    write(dir.path(), "one/b.txt", &seeds()[2].1);
    let one = [&["run", "one", "--quiet"], more].concat();
    assert_eq!(gwr(dir.path(), &one).status.code(), Some(0));
    let reports = dir.path().join(table);
    let good = std::fs::read(&reports).unwrap();
    for i in 0..200 {
        write(dir.path(), &format!("many/{i}.txt"), [bytes.as_slice(), format!("{i}").as_bytes()].concat());
    }
    let program = assert_cmd::cargo::cargo_bin!("gwr");
    let mut child = std::process::Command::new(program)
        .current_dir(dir.path())
        .args(["run", "many", "--quiet"])
        .args(more)
        .spawn()
        .unwrap();
    while !dir.path().join(".out.staging").exists() && child.try_wait().unwrap().is_none() {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    let ended = child.wait().unwrap();
    if ended.code().is_none() {
        assert_eq!(std::fs::read(&reports).unwrap(), good, "the tables are those of the run before");
    }
    assert_eq!(gwr(dir.path(), &one).status.code(), Some(0));
    assert_eq!(std::fs::read(&reports).unwrap(), good, "the next run is whole");
    assert!(!dir.path().join(".out.staging").exists(), "what the killed run left is cleared away");
}
