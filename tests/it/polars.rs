//! Polars reads every table back: the same rows as the run says, the same names and types as the definition.

use std::fs::File;

use gwr::tables::{files_of, tables};
use polars::prelude::{DataType, ParquetReader, SerReader};

use crate::support::{gwr, project, stderr};

#[test]
fn every_table_reads_back() {
    read_back(&[]);
}

#[test]
fn every_table_in_parts_reads_back() {
    read_back(&["--part-rows", "7"]);
}

fn read_back(more: &[&str]) {
    let dir = tempfile::tempdir().unwrap();
    let data = project("data");
    let output = gwr(dir.path(), &[&["run", &data.to_string_lossy(), "--out", "out", "--quiet"], more].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let out = dir.path().join("out");
    let record: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("run.json")).unwrap()).expect("run.json is JSON");
    for table in tables() {
        let parts = files_of(&out, table.name)
            .unwrap()
            .into_iter()
            .map(|path| ParquetReader::new(File::open(&path).unwrap()).finish().expect("polars reads it"));
        let frame = parts.reduce(|above, below| above.vstack(&below).expect("the parts have one schema")).unwrap();
        assert_eq!(record["rows"][table.name], frame.height(), "{}", table.name);
        for (column, defined) in frame.columns().iter().zip(&table.columns) {
            assert_eq!(column.name().as_str(), defined.name, "{}", table.name);
            let same = match defined.type_name() {
                "string" => *column.dtype() == DataType::String,
                "int8" => *column.dtype() == DataType::Int8,
                "int16" => *column.dtype() == DataType::Int16,
                "int32" => *column.dtype() == DataType::Int32,
                "int64" => *column.dtype() == DataType::Int64,
                "float" => *column.dtype() == DataType::Float32,
                "double" => *column.dtype() == DataType::Float64,
                "bool" => *column.dtype() == DataType::Boolean,
                "date32" => *column.dtype() == DataType::Date,
                _ => *column.dtype() == DataType::List(Box::new(DataType::String)),
            };
            assert!(same, "{}.{} is {} in polars", table.name, defined.name, column.dtype());
            assert!(defined.nullable || column.null_count() == 0, "{}.{} has nulls", table.name, defined.name);
        }
    }
}
