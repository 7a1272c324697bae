//! Tables that are computed from the tables of a run: what became of targets, and what each report covers.
//!
//! The logic knows only [`facts`]; `read` makes them of the tables.

mod coverage;
mod facts;
mod outcomes;
mod read;
mod write;

use std::collections::BTreeSet;

use anyhow::Result;
use serde::Deserialize;

pub use coverage::{Headlines, Mention, coverage, in_order};
pub use facts::{Facts, GROUP_ROWS, Report, Statement, groups};
pub use outcomes::{candidates, outcomes};
pub use write::write;

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
