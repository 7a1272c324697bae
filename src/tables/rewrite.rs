//! A second pass over written tables, where the end of a run shows that an earlier document is a copy of a better one:
//! its rows are left out, and its row in `reports` says of what it is a copy.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use arrow_array::builder::StringBuilder;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_array::{Array, ArrayRef, BooleanArray, Int32Array, RecordBatch, StringArray};
use arrow_select::filter::filter_record_batch;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rustc_hash::FxHashMap;

use super::definition::Table;
use super::writer::{FileMetadata, TableWriter, files_of, path_of};
use crate::model::Outcome;

/// `report_id` of a copy → `report_id` of the better copy, which is not itself a key.
pub type BetterCopies = FxHashMap<String, String>;

/// Write the table anew, without the rows of the copies (in `reports`: with their rows changed); its rows.
///
/// # Errors
/// The table cannot be read back or written.
pub fn without_copies(folder: &Path, table: &Table, metadata: &FileMetadata, copies: &BetterCopies) -> Result<usize> {
    let scratch = folder.join(".rewrite");
    std::fs::create_dir_all(&scratch).with_context(|| format!("cannot make {}", scratch.display()))?;
    let mut writer = TableWriter::new(&scratch, table, metadata);
    for path in files_of(folder, table.name)? {
        let told = || format!("cannot read back {}", path.display());
        let file = File::open(&path).with_context(told)?;
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).and_then(|file| file.build()).with_context(told)?;
        for batch in reader {
            let batch = batch.with_context(told)?;
            let batch = if table.name == "reports" { marked(&batch, copies)? } else { kept(&batch, copies)? };
            writer.write(&batch)?;
        }
    }
    let rows = writer.close()?;
    let path = path_of(folder, table.name);
    let removed = if path.is_dir() { std::fs::remove_dir_all(&path) } else { Ok(()) };
    removed
        .and_then(|()| std::fs::rename(path_of(&scratch, table.name), &path))
        .with_context(|| format!("cannot replace {}", path.display()))?;
    std::fs::remove_dir(&scratch).with_context(|| format!("cannot remove {}", scratch.display()))?;
    Ok(rows)
}

fn text<'b>(batch: &'b RecordBatch, column: &str) -> Result<&'b StringArray> {
    batch
        .column_by_name(column)
        .and_then(|array| array.as_string_opt::<i32>())
        .with_context(|| format!("the table has no text column {column}"))
}

/// The rows of documents that are no copies.
fn kept(batch: &RecordBatch, copies: &BetterCopies) -> Result<RecordBatch> {
    let ids = text(batch, "report_id")?;
    let keep: BooleanArray = ids.iter().map(|id| Some(id.is_none_or(|id| !copies.contains_key(id)))).collect();
    filter_record_batch(batch, &keep).context("cannot filter a table")
}

/// All rows of `reports`; those of copies changed as `DocumentRows::make_duplicate_of` does.
fn marked(batch: &RecordBatch, copies: &BetterCopies) -> Result<RecordBatch> {
    let ids = text(batch, "report_id")?;
    let better: Vec<Option<&String>> = ids.iter().map(|id| id.and_then(|id| copies.get(id))).collect();
    let mut columns = batch.columns().to_vec();
    for (index, field) in batch.schema_ref().fields().iter().enumerate() {
        let changed: Option<ArrayRef> = match field.name().as_str() {
            "outcome" => Some(replaced(text(batch, "outcome")?, &better, |_| Some(Outcome::Duplicate.as_str()))),
            "reason" => Some(replaced(text(batch, "reason")?, &better, |_| None)),
            "duplicate_of" => {
                // A copy of these very bytes that was found earlier now has a better original.
                let old = text(batch, "duplicate_of")?;
                let through = old.iter().map(|id| id.and_then(|id| copies.get(id)));
                let better: Vec<_> = better.iter().zip(through).map(|(own, through)| own.or(through)).collect();
                Some(replaced(old, &better, Some))
            }
            "repaired" | "unrepaired" | "section_count" | "indicator_count" | "project_count" => {
                let old = columns[index].as_primitive::<Int32Type>();
                let zeroed = old.values().iter().zip(&better).map(|(n, copy)| if copy.is_some() { 0 } else { *n });
                Some(Arc::new(zeroed.collect::<Int32Array>()))
            }
            _ => None,
        };
        if let Some(changed) = changed {
            columns[index] = changed;
        }
    }
    RecordBatch::try_new(batch.schema(), columns).context("cannot mark the copies in reports")
}

/// The column, with what `with` makes of the better copy in the rows that have one.
fn replaced<'c>(
    old: &'c StringArray,
    better: &[Option<&'c String>],
    with: impl Fn(&'c str) -> Option<&'c str>,
) -> ArrayRef {
    let mut builder = StringBuilder::with_capacity(old.len(), old.value_data().len());
    for (old, better) in old.iter().zip(better) {
        builder.append_option(better.map_or(old, |better| with(better)));
    }
    Arc::new(builder.finish())
}
