//! Parquet files: rows are encoded as they come, and a row group is closed when it is full, so that memory does not
//! grow with the corpus.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use arrow_array::RecordBatch;
use arrow_schema::DataType;
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

/// What a file says of its own making.
#[derive(Debug, Clone)]
pub struct FileMetadata {
    pub config_hash: String,
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

/// Writes one table to one file.
pub struct TableWriter {
    writer: ArrowWriter<File>,
    name: &'static str,
    rows: usize,
}

impl TableWriter {
    /// Create `folder/NAME.parquet`.
    ///
    /// # Errors
    /// The file cannot be created.
    pub fn create(folder: &Path, table: &Table, metadata: &FileMetadata) -> Result<Self> {
        let path = folder.join(format!("{}.parquet", table.name));
        let file = File::create(&path).with_context(|| format!("cannot create {}", path.display()))?;
        let writer = ArrowWriter::try_new(file, table.schema(), Some(properties(table, metadata)))
            .with_context(|| format!("cannot begin {}", path.display()))?;
        Ok(Self { writer, name: table.name, rows: 0 })
    }

    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Append rows.
    ///
    /// # Errors
    /// The file cannot be written (disk full).
    pub fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        self.rows += batch.num_rows();
        self.writer.write(batch).with_context(|| format!("cannot write the table {}", self.name))
    }

    /// Write what is left and the footer; the number of rows.
    ///
    /// # Errors
    /// As [`TableWriter::write`].
    pub fn close(self) -> Result<usize> {
        self.writer.close().with_context(|| format!("cannot finish the table {}", self.name))?;
        Ok(self.rows)
    }
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
