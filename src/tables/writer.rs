//! Parquet files: rows are encoded as they come, a row group is closed when it is full, and a file when it is large, so
//! that memory does not grow with the corpus.

use std::fs::File;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_schema::{DataType, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;

use super::definition::{SCHEMA_VERSION, Table};

const ZSTD_LEVEL: i32 = 3;
/// Rows of a row group at most.
const GROUP_ROWS: usize = 128 * 1024;
/// Encoded bytes of a row group at most.
const GROUP_BYTES: usize = 32 << 20;
/// Columns whose values hardly ever repeat: a dictionary would be built and thrown away.
const UNIQUE: [&str; 7] = ["source", "section_id", "indicator_id", "project_id", "pledge_id", "text", "definition"];

/// Rows after which a table goes on in a new file, where nothing else is asked for: about a gigabyte of sections.
pub const PART_ROWS: NonZeroUsize = NonZeroUsize::new(4_000_000).expect("it is not zero");

/// How the files of a run are written, and what they say of their own making.
#[derive(Debug, Clone)]
pub struct FileMetadata {
    pub config_hash: String,
    /// A table goes on in a new file with the first document after so many rows.
    pub part_rows: NonZeroUsize,
}

impl FileMetadata {
    fn key_values(&self, table: &Table) -> Vec<KeyValue> {
        let pair = |key: &str, value: &str| KeyValue::new(format!("gwr.{key}"), value.to_owned());
        vec![
            pair("table", table.name),
            pair("schema_version", SCHEMA_VERSION),
            pair("pipeline_version", env!("CARGO_PKG_VERSION")),
            pair("config_hash", &self.config_hash),
        ]
    }
}

/// Writes one table: to the file `NAME.parquet`, or, once it has more than `part_rows` rows, to a folder of that name
/// with the files `part-00000.parquet`, `part-00001.parquet`, … Where a part ends depends on the rows alone: it is the
/// first document's end at or after `part_rows` rows, so that no document stands in two parts. A table without a
/// `report_id` ends a part after any row.
pub struct TableWriter {
    path: PathBuf,
    schema: SchemaRef,
    properties: WriterProperties,
    name: &'static str,
    part_rows: usize,
    /// The file that is being written; none before the first row, and between two parts.
    part: Option<ArrowWriter<File>>,
    /// Parts begun so far.
    parts: usize,
    /// Rows of the open part.
    rows_of_part: usize,
    rows: usize,
    /// Document of the last row.
    last: Option<String>,
}

impl TableWriter {
    /// A table below `folder`; its file is made with its first row.
    pub fn new(folder: &Path, table: &Table, metadata: &FileMetadata) -> Self {
        Self {
            path: path_of(folder, table.name),
            schema: table.schema(),
            properties: properties(table, metadata),
            name: table.name,
            part_rows: metadata.part_rows.get(),
            part: None,
            parts: 0,
            rows_of_part: 0,
            rows: 0,
            last: None,
        }
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Append rows.
    ///
    /// # Errors
    /// The file cannot be written (disk full).
    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        let mut rest = batch.clone();
        while let Some(end) = self.part_end(&rest) {
            self.append(&rest.slice(0, end))?;
            self.end_part()?;
            rest = rest.slice(end, rest.num_rows() - end);
        }
        self.append(&rest)
    }

    /// Write what is left and the footer; the number of rows. A table without rows is a file without rows.
    ///
    /// # Errors
    /// As [`TableWriter::write`].
    pub fn close(mut self) -> Result<usize> {
        if self.parts == 0 {
            self.part = Some(self.begin_part()?);
        }
        self.end_part()?;
        Ok(self.rows)
    }

    /// How many of these rows still belong to the open part, where rows of the next part follow among them.
    fn part_end(&self, batch: &RecordBatch) -> Option<usize> {
        let ids = batch.column_by_name("report_id").and_then(|ids| ids.as_string_opt::<i32>());
        let earliest = self.part_rows.saturating_sub(self.rows_of_part);
        (earliest..batch.num_rows()).find(|row| match ids {
            Some(ids) => {
                let before = if *row == 0 { self.last.as_deref() } else { Some(ids.value(row - 1)) };
                before.is_some_and(|before| before != ids.value(*row))
            }
            None => true,
        })
    }

    fn append(&mut self, batch: &RecordBatch) -> Result<()> {
        let rows = batch.num_rows();
        if rows == 0 {
            return Ok(());
        }
        let mut part = match self.part.take() {
            Some(part) => part,
            None => self.begin_part()?,
        };
        part.write(batch).with_context(|| format!("cannot write the table {}", self.name))?;
        self.part = Some(part);
        self.rows += rows;
        self.rows_of_part += rows;
        let ids = batch.column_by_name("report_id").and_then(|ids| ids.as_string_opt::<i32>());
        self.last = ids.map(|ids| ids.value(rows - 1).to_owned());
        Ok(())
    }

    /// The first part is the table's file; with the second one that file moves into a folder of its name.
    fn begin_part(&mut self) -> Result<ArrowWriter<File>> {
        if self.parts == 1 {
            let aside = self.path.with_extension("first");
            std::fs::rename(&self.path, &aside)
                .and_then(|()| std::fs::create_dir(&self.path))
                .and_then(|()| std::fs::rename(&aside, part_of(&self.path, 0)))
                .with_context(|| format!("cannot make {} a folder", self.path.display()))?;
        }
        let path = if self.parts == 0 { self.path.clone() } else { part_of(&self.path, self.parts) };
        self.parts += 1;
        let file = File::create(&path).with_context(|| format!("cannot create {}", path.display()))?;
        ArrowWriter::try_new(file, self.schema.clone(), Some(self.properties.clone()))
            .with_context(|| format!("cannot begin {}", path.display()))
    }

    fn end_part(&mut self) -> Result<()> {
        if let Some(part) = self.part.take() {
            part.close().with_context(|| format!("cannot finish the table {}", self.name))?;
        }
        self.rows_of_part = 0;
        Ok(())
    }
}

/// Where a table stands: a file, or a folder of parts.
pub fn path_of(folder: &Path, table: &str) -> PathBuf {
    folder.join(format!("{table}.parquet"))
}

/// The files of a table in `folder`, in the order of their rows.
///
/// # Errors
/// The table is a folder that cannot be listed.
pub fn files_of(folder: &Path, table: &str) -> Result<Vec<PathBuf>> {
    let path = path_of(folder, table);
    if !path.is_dir() {
        return Ok(vec![path]);
    }
    let entries = std::fs::read_dir(&path).with_context(|| format!("cannot list {}", path.display()))?;
    let files: std::io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut files = files.with_context(|| format!("cannot list {}", path.display()))?;
    // A hundred thousand parts and more have longer numbers.
    files.sort_by_key(|file| (file.as_os_str().len(), file.clone()));
    Ok(files)
}

fn part_of(table: &Path, number: usize) -> PathBuf {
    table.join(format!("part-{number:05}.parquet"))
}

fn properties(table: &Table, metadata: &FileMetadata) -> WriterProperties {
    let level = ZstdLevel::try_new(ZSTD_LEVEL).expect("3 is a level of zstd");
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_max_row_group_bytes(Some(GROUP_BYTES))
        .set_key_value_metadata(Some(metadata.key_values(table)));
    for column in &table.columns {
        let path = ColumnPath::from(column.name);
        if UNIQUE.contains(&column.name) {
            properties = properties.set_column_dictionary_enabled(path, false);
        } else if column.data_type == DataType::Int32 {
            // Offsets ascend: their differences are small.
            properties = properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED);
        }
    }
    properties.build()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, Int32Array, StringArray};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use proptest::prelude::*;

    use super::*;
    use crate::tables::{GlossaryRow, Row};

    /// Rows of the table `glossary`: document and term.
    fn batch(rows: &[(usize, usize)]) -> RecordBatch {
        let column = |of: &dyn Fn(&(usize, usize)) -> String| -> ArrayRef {
            Arc::new(rows.iter().map(|row| Some(of(row))).collect::<StringArray>())
        };
        let schema = GlossaryRow::table().schema();
        let columns = schema.fields().iter().map(|field| match field.name().as_str() {
            "report_id" => column(&|row| row.0.to_string()),
            "term" => column(&|row| row.1.to_string()),
            _ if field.data_type() == &DataType::Int32 => Arc::new(Int32Array::from(vec![0; rows.len()])),
            _ => column(&|_| String::new()),
        });
        RecordBatch::try_new(schema.clone(), columns.collect()).expect("the glossary has columns of text and offsets")
    }

    /// Documents of each file, with their terms.
    fn read(folder: &Path) -> Vec<Vec<(usize, usize)>> {
        let of = |path: &PathBuf| {
            let file = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
            let told = file.metadata().file_metadata().key_value_metadata().unwrap();
            assert!(told.iter().any(|pair| pair.key == "gwr.schema_version"), "each part tells its schema");
            let mut rows = Vec::new();
            for batch in file.build().unwrap() {
                let batch = batch.unwrap();
                let column = |name: &str| batch.column_by_name(name).unwrap().as_string::<i32>().clone();
                let pairs = column("report_id");
                let terms = column("term");
                rows.extend(
                    pairs
                        .iter()
                        .zip(&terms)
                        .map(|(id, term)| (id.unwrap().parse().unwrap(), term.unwrap().parse().unwrap())),
                );
            }
            rows
        };
        files_of(folder, "glossary").unwrap().iter().map(of).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever the sizes of documents and batches: the parts hold all rows in order, none but the last has fewer
        /// rows than asked for, none goes on a document longer than it has to, and no document stands in two.
        #[test]
        fn parts_end_with_documents(
            sizes in prop::collection::vec(0usize..9, 0..30),
            part_rows in 1usize..20,
            at_a_time in 1usize..12,
        ) {
            let rows: Vec<(usize, usize)> =
                sizes.iter().enumerate().flat_map(|(document, size)| (0..*size).map(move |term| (document, term))).collect();
            let dir = tempfile::tempdir().unwrap();
            let part_rows = NonZeroUsize::new(part_rows).unwrap();
            let metadata = FileMetadata { config_hash: String::new(), part_rows };
            let mut writer = TableWriter::new(dir.path(), &GlossaryRow::table(), &metadata);
            for rows in rows.chunks(at_a_time) {
                writer.write(&batch(rows)).unwrap();
            }
            prop_assert_eq!(writer.close().unwrap(), rows.len());
            let parts = read(dir.path());
            prop_assert_eq!(parts.concat(), rows);
            prop_assert_eq!(path_of(dir.path(), "glossary").is_dir(), parts.len() > 1);
            for pair in parts.windows(2) {
                let (last, next) = (pair[0].last().unwrap().0, pair[1][0].0);
                prop_assert!(last != next, "the document {} stands in two parts", last);
                let without_last = pair[0].iter().filter(|row| row.0 != last).count();
                prop_assert!(pair[0].len() >= part_rows.get() && without_last < part_rows.get());
            }
        }
    }

    #[test]
    fn parts_are_in_the_order_of_their_numbers() {
        let dir = tempfile::tempdir().unwrap();
        let table = path_of(dir.path(), "glossary");
        std::fs::create_dir(&table).unwrap();
        for number in [100_000, 2, 99_999, 0] {
            std::fs::write(part_of(&table, number), "").unwrap();
        }
        let expected: Vec<PathBuf> = [0, 2, 99_999, 100_000].map(|number| part_of(&table, number)).into();
        assert_eq!(files_of(dir.path(), "glossary").unwrap(), expected);
    }
}
