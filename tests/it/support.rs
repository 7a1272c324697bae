//! What the tests share: the rules, the seeds, runs of the program, tables read back.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use arrow_array::cast::AsArray;
use arrow_array::{Array, RecordBatch};
use arrow_schema::Schema;
use arrow_select::concat::concat_batches;
use gwr::config::Rules;
use gwr::model::{Document, RawDocument};
use gwr::process::process;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::embedded().expect("the embedded configuration loads"));

/// A path below the project's root.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The bundled reports, by name.
pub fn seeds() -> Vec<(String, Vec<u8>)> {
    reports_of(&project("data"), |_| true)
}

/// The reports of the folder that `GWR_CORPUS` names, by name; none where it is not set.
pub fn corpus() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = std::env::var_os("GWR_CORPUS") else { return Vec::new() };
    reports_of(Path::new(&folder), |path| path.is_file() && path.extension().is_none_or(|e| e != "tsv"))
}

/// The files of `folder` that are reports, by name.
fn reports_of(folder: &Path, is_report: impl Fn(&Path) -> bool) -> Vec<(String, Vec<u8>)> {
    let mut reports: Vec<_> = std::fs::read_dir(folder)
        .expect("a folder of reports can be listed")
        .map(|entry| entry.expect("a folder of reports can be listed").path())
        .filter(|path| is_report(path))
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a report can be read"))
        })
        .collect();
    reports.sort();
    reports
}

/// The cases of a file in `tests/cases/`.
pub fn cases<T: DeserializeOwned>(name: &str) -> Vec<T> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields, bound = "T: DeserializeOwned")]
    struct Cases<T> {
        case: Vec<T>,
    }
    let text = std::fs::read_to_string(project("tests/cases").join(name)).expect("the cases can be read");
    toml::from_str::<Cases<T>>(&text).unwrap_or_else(|error| panic!("{name}: {error}")).case
}

pub fn document(source: &str, bytes: &[u8]) -> Document {
    process(&RULES, &RawDocument { source: source.to_owned(), bytes: bytes.to_owned() })
}

/// The program with these arguments, run in a folder.
pub fn gwr(folder: &Path, args: &[&str]) -> std::process::Output {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("gwr");
    command.current_dir(folder).args(args).output().expect("the program starts")
}

pub fn stdout(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn stderr(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
    std::fs::write(path, bytes).expect("files can be written");
}

/// A table read back.
pub struct ReadTable(Vec<RecordBatch>);

impl ReadTable {
    pub fn open(out: &Path, name: &str) -> Self {
        let files = gwr::tables::files_of(out, name).expect("the table can be listed");
        let batches = files.iter().flat_map(|path| {
            let file = File::open(path).expect("the table is there");
            ParquetRecordBatchReaderBuilder::try_new(file).expect("it is Parquet").build().expect("it opens")
        });
        Self(batches.map(|batch| batch.expect("it can be read")).collect())
    }

    /// All rows as one batch.
    pub fn whole(&self) -> RecordBatch {
        let schema = self.0.first().map_or_else(|| Arc::new(Schema::empty()), RecordBatch::schema);
        concat_batches(&schema, &self.0).expect("the parts have one schema")
    }

    pub fn rows(&self) -> usize {
        self.0.iter().map(RecordBatch::num_rows).sum()
    }

    /// A text column.
    pub fn texts(&self, column: &str) -> Vec<Option<String>> {
        let of = |batch: &RecordBatch| {
            let array = batch.column_by_name(column).expect("the column is there").as_string::<i32>().clone();
            array.iter().map(|text| text.map(str::to_owned)).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(of).collect()
    }

    /// A text column without nulls.
    pub fn all_texts(&self, column: &str) -> Vec<String> {
        self.texts(column).into_iter().map(|text| text.expect("the column has no nulls")).collect()
    }

    /// A column of 32-bit integers without nulls.
    pub fn ints(&self, column: &str) -> Vec<i32> {
        let of = |batch: &RecordBatch| {
            let array = batch.column_by_name(column).expect("the column is there").clone();
            assert_eq!(array.null_count(), 0);
            array.as_primitive::<arrow_array::types::Int32Type>().values().to_vec()
        };
        self.0.iter().flat_map(of).collect()
    }
}
