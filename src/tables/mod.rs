//! Documents → rows → Parquet. The domain types know nothing of Arrow; everything that does lives here.

mod cell;
mod definition;
mod rewrite;
mod rows;
mod writer;

pub use cell::Cell;
pub use definition::{
    Column, CoverageRow, GlossaryRow, IndicatorRow, OutcomeRow, PledgeRow, ProjectRow, RepairRow, ReportRow, Row,
    SCHEMA_VERSION, SectionRow, Table,
};
pub use rewrite::{BetterCopies, without_copies};
pub use rows::{DocumentRows, document_json};
pub use writer::{FileMetadata, PART_ROWS, TableWriter, files_of};

/// Every table, in the order of the contract: those of the documents, then the derived ones.
pub fn tables() -> Vec<Table> {
    let mut tables = document_tables();
    tables.extend([OutcomeRow::table(), CoverageRow::table()]);
    tables
}

/// The tables whose rows come from single documents.
pub fn document_tables() -> Vec<Table> {
    vec![
        ReportRow::table(),
        SectionRow::table(),
        IndicatorRow::table(),
        ProjectRow::table(),
        GlossaryRow::table(),
        RepairRow::table(),
        PledgeRow::table(),
    ]
}
