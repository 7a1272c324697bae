//! The derived tables, written beside the tables that they are computed from.

use std::path::Path;

use anyhow::Result;

use super::{GROUP_ROWS, Headlines, coverage, groups, in_order, outcomes, read};
use crate::config::Rules;
use crate::tables::{CoverageRow, FileMetadata, OutcomeRow, Row, TableWriter};

/// Reports whose coverage is written at a time.
const REPORTS: usize = 1000;
/// Rows that are read at a time.
const WINDOW_ROWS: usize = 50_000;

/// Read the tables in `folder` back and write the derived ones beside them; their names and rows.
///
/// # Errors
/// A table that cannot be read back or written.
pub fn write(
    rules: &Rules,
    headlines: &Headlines,
    folder: &Path,
    metadata: &FileMetadata,
) -> Result<Vec<(&'static str, usize)>> {
    in_groups_of(GROUP_ROWS, WINDOW_ROWS, rules, headlines, folder, metadata)
}

/// As [`write`], with so many rows of `indicators` to a group of regions, and so many of all tables in memory.
fn in_groups_of(
    group_rows: usize,
    window_rows: usize,
    rules: &Rules,
    headlines: &Headlines,
    folder: &Path,
    metadata: &FileMetadata,
) -> Result<Vec<(&'static str, usize)>> {
    let mut reader = read::Reader::open(folder, window_rows)?;
    let groups = groups(&reader.facts.reports, group_rows);
    let last = groups.iter().flatten().max().copied().unwrap_or(0);
    let mut table = TableWriter::new(folder, &OutcomeRow::table(), metadata);
    for group in 0..=last {
        // What the reports cover is read on the way, the first time.
        let on_the_way = (group == 0).then_some(headlines);
        reader.read(&rules.derived, on_the_way, |report| groups[report] == Some(group))?;
        rows(&mut table, &outcomes(&rules.derived, &reader.facts))?;
    }
    let outcomes = (table.name(), table.close()?);
    let mut table = TableWriter::new(folder, &CoverageRow::table(), metadata);
    for reports in in_order(&reader.facts.reports).chunks(REPORTS) {
        rows(&mut table, &coverage(headlines, reports))?;
    }
    Ok(vec![outcomes, (table.name(), table.close()?)])
}

fn rows<R: Row>(table: &mut TableWriter, rows: &[R]) -> Result<()> {
    if rows.is_empty() { Ok(()) } else { table.write(&R::batch(rows)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{self, Run};
    use crate::tables::PART_ROWS;

    #[test]
    fn the_tables_do_not_depend_on_how_much_is_read_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let rules = Rules::embedded().unwrap();
        let run = Run {
            inputs: vec![concat!(env!("CARGO_MANIFEST_DIR"), "/data").into()],
            out: dir.path().join("out"),
            threads: 0,
            limit: None,
            part_rows: 100.try_into().unwrap(),
        };
        pipeline::run(&rules, &run, &mut |_| {}).unwrap();
        let metadata = FileMetadata { config_hash: rules.hash.clone(), part_rows: PART_ROWS };
        let headlines = Headlines::of(&rules.extract.lexicon);
        let read = |group_rows, window_rows| {
            for table in ["outcomes", "coverage"] {
                std::fs::remove_dir_all(run.out.join(format!("{table}.parquet")))
                    .or_else(|_| std::fs::remove_file(run.out.join(format!("{table}.parquet"))))
                    .unwrap();
            }
            let rows = in_groups_of(group_rows, window_rows, &rules, &headlines, &run.out, &metadata).unwrap();
            assert!(rows.iter().all(|(_, rows)| *rows > 100), "{rows:?}");
            ["outcomes", "coverage"].map(|table| std::fs::read(run.out.join(format!("{table}.parquet"))).unwrap())
        };
        let whole = read(GROUP_ROWS, WINDOW_ROWS);
        assert!(whole == read(1, 1), "a region and a document at a time");
        assert!(whole == read(300, 700));
    }
}
