//! The configuration: every mistake is told with its file and key, and every rule holds against its own examples.

use std::path::{Path, PathBuf};

use gwr::config::{ConfigSource, PatternRule, Rules};

use crate::support::{project, write};

/// The TOML files of `config/`, by their path below it.
fn toml_files() -> Vec<(String, String)> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("config/ can be listed") {
            let path = entry.expect("config/ can be listed").path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                files.push(path);
            }
        }
    }
    let root = project("config");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let named = |path: PathBuf| {
        let name = path.strip_prefix(&root).expect("it was found there").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(&path).expect("it is UTF-8"))
    };
    files.into_iter().map(named).collect()
}

#[test]
fn an_unknown_key_is_told_with_its_file() {
    for (name, text) in toml_files() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), &name, format!("no_such_key = 1\n{text}"));
        let error = Rules::load(&ConfigSource::Folder(dir.path().to_owned())).expect_err(&name);
        let told = format!("{error:#}");
        assert!(told.contains(&format!("config/{name}")), "the file {name} is not named: {told}");
        assert!(told.contains("no_such_key"), "the key is not named: {told}");
    }
}

#[test]
fn a_missing_or_malformed_word_list_is_told() {
    let told = |clauses: &str| {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "clauses.toml", clauses);
        let source = ConfigSource::Folder(dir.path().to_owned());
        format!("{:#}", Rules::load(&source).expect_err("the file is at fault"))
    };
    let files = toml_files();
    let (_, whole) = files.iter().find(|(name, _)| name == "clauses.toml").unwrap();
    let missing = told(&whole.replacen("\nopeners = [", "\nopeners_of_old = [", 1));
    assert!(missing.contains("`openers`: missing") && missing.contains("unknown key `openers_of_old`"), "{missing}");
    let malformed = told(&whole.replacen("\nopeners = [", "\nopeners = [1, ", 1));
    assert!(malformed.contains("key `openers`: invalid type"), "{malformed}");
}

#[test]
fn every_pattern_rule_holds_against_its_own_examples() {
    fn visit(file: &str, value: &toml::Value) {
        match value {
            toml::Value::Table(table) if table.contains_key("pattern") && table.contains_key("examples") => {
                let mut table = table.clone();
                // Rules of some files carry settings of their own beside those that all have.
                table.retain(|key, _| ["id", "why", "pattern", "examples", "counter_examples"].contains(&key));
                let rule: PatternRule = table.try_into().unwrap_or_else(|e| panic!("config/{file}: {e}"));
                rule.check().unwrap_or_else(|e| panic!("config/{file}: {e:#}"));
            }
            toml::Value::Table(table) => {
                assert!(!table.contains_key("pattern"), "config/{file}: a rule has examples: {table:?}");
                table.values().for_each(|value| visit(file, value));
            }
            toml::Value::Array(values) => values.iter().for_each(|value| visit(file, value)),
            _ => {}
        }
    }
    for (name, text) in toml_files() {
        visit(&name, &text.parse().map(toml::Value::Table).expect("it is TOML"));
    }
}

#[test]
fn a_folder_replaces_only_the_files_that_it_holds() {
    let dir = tempfile::tempdir().unwrap();
    let whole = Rules::embedded().unwrap();
    let same = Rules::load(&ConfigSource::Folder(dir.path().to_owned())).unwrap();
    assert_eq!(whole.hash, same.hash);
}

#[test]
fn a_file_of_an_unknown_name_is_told() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "funiture.toml", "");
    let error = ConfigSource::folder(dir.path()).expect_err("the name is misspelt");
    assert!(error.to_string().contains("funiture.toml"), "{error:#}");
}
