//! `gwr`: Chinese government work reports (政府工作报告) as tables.
//!
//! A document comes as bytes ([`input`]) and is made text by its declared or detected encoding ([`decode`]). Damage is
//! mended where the repair can be proven ([`repair`]); site furniture and second copies are taken out, and the rest is
//! brought to one form ([`clean`]). The clean text is cut into a tree of sections ([`segment`]), which tells, with the
//! text around it, who reports what to whom and when ([`identify`]). Indicators, projects, terms and pledges are read
//! from the sections ([`extract`]) and written as rows ([`tables`]). [`process`] is that flow in one function, and
//! [`pipeline`] runs it over many documents at once.
//!
//! ```
//! use gwr::{config::Rules, model::{Outcome, RawDocument}, process::process, tables::DocumentRows};
//!
//! let rules = Rules::embedded()?;
//! let bytes = include_bytes!("../data/003_ef89a3ccdfd81a2a.txt").to_vec();
//! let document = process(&rules, &RawDocument { source: "report.txt".into(), bytes });
//! assert_ne!(document.outcome, Outcome::Rejected);
//!
//! let rows = DocumentRows::of(&document);
//! assert_eq!(rows.report.source, "report.txt");
//! # Ok::<(), anyhow::Error>(())
//! ```

pub mod caught;
pub mod clean;
pub mod cli;
pub mod config;
pub mod decode;
pub mod derived;
pub mod duplicates;
pub mod extract;
pub mod identify;
pub mod input;
pub mod model;
mod numeral;
pub mod pipeline;
mod plan;
pub mod process;
pub mod publish;
pub mod repair;
pub mod segment;
pub mod summary;
pub mod tables;
pub mod text;
mod trie;
