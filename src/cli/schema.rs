//! `gwr schema`.

use serde_json::{Value, json};

use super::args::SchemaArgs;
use super::{ALL_READ, print};
use crate::model::Flag;
use crate::tables::{Column, SCHEMA_VERSION, Table, tables};

/// How a table is stored.
const STORED: &str = "Each table is the file `NAME.parquet`, or, where it has more than `--part-rows` rows, a folder of that \
name with the files `part-00000.parquet`, `part-00001.parquet`, …: in the order of the rows, no report in two of them, \
each with the schema version, the pipeline version and the configuration's hash in its metadata.";

/// Print the tables as Markdown or JSON; the exit code.
pub fn schema(args: &SchemaArgs) -> u8 {
    print(&if args.json { format!("{:#}\n", as_json()) } else { as_markdown() });
    ALL_READ
}

/// The data dictionary, also kept in `docs/data-dictionary.md`.
fn as_markdown() -> String {
    let mut text = format!("# The tables, schema version {SCHEMA_VERSION}\n{STORED}\n");
    for table in tables() {
        text += &format!("\n## {}\n{}\n\n| column | type | meaning |\n|---|---|---|\n", table.name, table.meaning);
        for column in &table.columns {
            let nullable = if column.nullable { "?" } else { "" };
            text += &format!("| {} | {}{nullable} | {} |\n", column.name, column.type_name(), meaning(column));
        }
    }
    text += "\n## flags\nThe closed vocabulary of all `flags` columns.\n\n| flag | meaning |\n|---|---|\n";
    for flag in Flag::ALL {
        text += &format!("| {} | {} |\n", flag.as_str(), flag.meaning());
    }
    text
}

/// The meaning, and the vocabulary where the meaning does not name every word of it.
fn meaning(column: &Column) -> String {
    let missing = column.vocabulary.iter().any(|word| !column.meaning.contains(word));
    if missing && column.name != "flags" {
        format!("{} One of: {}.", column.meaning, column.vocabulary.join(", "))
    } else {
        column.meaning.clone()
    }
}

fn as_json() -> Value {
    let column = |column: &Column| {
        json!({
            "name": column.name,
            "type": column.type_name(),
            "nullable": column.nullable,
            "meaning": column.meaning,
            "vocabulary": column.vocabulary,
        })
    };
    let table = |table: &Table| {
        json!({
            "name": table.name,
            "meaning": table.meaning,
            "columns": table.columns.iter().map(column).collect::<Vec<_>>(),
        })
    };
    let flags = Flag::ALL.iter().map(|flag| json!({ "flag": flag.as_str(), "meaning": flag.meaning() }));
    json!({
        "schema_version": SCHEMA_VERSION,
        "stored": STORED,
        "tables": tables().iter().map(table).collect::<Vec<_>>(),
        "flags": flags.collect::<Vec<_>>(),
    })
}
