//! Tables that are computed from the tables of a run: what became of targets, and what each report covers.
//!
//! The logic knows only [`facts`]; reading them back with polars is the part that the feature `derived` switches on.

mod coverage;
mod facts;
mod outcomes;
#[cfg(feature = "derived")]
mod read;

use std::collections::BTreeSet;

use anyhow::Result;
use serde::Deserialize;

pub use coverage::{Headlines, Mention, coverage};
pub use facts::{Facts, Report, Statement};
pub use outcomes::outcomes;

use crate::config::ConfigSource;

/// What the derived tables are judged by.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DerivedRules {
    /// Codes of which less is better: prices, unemployment, particles.
    pub lower_is_better: BTreeSet<String>,
    /// Amounts that differ by more than this factor are not of one thing (a zone's figure beside the region's).
    pub level_factor: f64,
    /// By how much of its value a rough target (8%左右) may be missed and still be met.
    pub rough_tolerance: f64,
    /// Codes that several statistics share: only those of one name are compared.
    pub of_several_kinds: BTreeSet<String>,
}

impl DerivedRules {
    /// # Errors
    /// See [`crate::config::Rules::load`].
    pub fn load(source: &ConfigSource) -> Result<Self> {
        source.toml("derived.toml")
    }
}

#[cfg(feature = "derived")]
pub use write::write;

#[cfg(feature = "derived")]
mod write {
    use std::path::Path;

    use anyhow::Result;

    use super::{Headlines, coverage, outcomes, read};
    use crate::config::Rules;
    use crate::tables::{CoverageRow, FileMetadata, OutcomeRow, Row, TableWriter};

    /// Read the tables in `folder` back and write the derived ones beside them; their names and rows.
    ///
    /// # Errors
    /// A table that cannot be read back or written.
    pub fn write(rules: &Rules, folder: &Path, metadata: &FileMetadata) -> Result<Vec<(&'static str, usize)>> {
        let headlines = Headlines::new(rules.extract.lexicon.printed_names());
        let facts = read::facts(&headlines, folder)?;
        Ok(vec![
            table(folder, metadata, &outcomes(&rules.derived, &facts))?,
            table(folder, metadata, &coverage(&headlines, &facts))?,
        ])
    }

    fn table<R: Row>(folder: &Path, metadata: &FileMetadata, rows: &[R]) -> Result<(&'static str, usize)> {
        debug_assert!([OutcomeRow::table().name, CoverageRow::table().name].contains(&R::table().name));
        let mut writer = TableWriter::new(folder, &R::table(), metadata);
        if !rows.is_empty() {
            writer.write(&R::batch(rows))?;
        }
        Ok((R::table().name, writer.close()?))
    }
}
