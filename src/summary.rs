//! What a run did: kept in `run.json` beside the tables, and told to people at the end.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use chrono::{SecondsFormat, Utc};
use serde::Serialize;

use crate::config::Rules;
use crate::input::Discovered;
use crate::model::Outcome;
use crate::pipeline::Run;
use crate::tables::{ReportRow, SCHEMA_VERSION};

/// The record of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    pub pipeline_version: &'static str,
    pub schema_version: &'static str,
    /// SHA-256 of the configuration.
    pub config_hash: String,
    /// As given.
    pub inputs: Vec<String>,
    pub limit: Option<usize>,
    /// Rows after which a table goes on in a new file.
    pub part_rows: usize,
    pub threads: usize,
    /// UTC.
    pub started_at: String,
    pub documents: usize,
    /// Bytes of the raw documents.
    pub bytes: u64,
    pub outcomes: BTreeMap<&'static str, usize>,
    /// Why documents were rejected.
    pub reasons: BTreeMap<String, usize>,
    pub doc_types: BTreeMap<&'static str, usize>,
    /// How many reports carry each flag.
    pub flags: BTreeMap<&'static str, usize>,
    /// Files that were left out of folders and globs, by reason.
    pub skipped: BTreeMap<String, usize>,
    /// Rows by table.
    pub rows: BTreeMap<&'static str, usize>,
    /// Damaged spots mended.
    pub repaired: u64,
    /// Damaged spots left.
    pub unrepaired: u64,
    pub seconds: f64,
    /// Seconds by phase: finding the inputs, all stages with the writing of rows, settling copies.
    pub durations: BTreeMap<&'static str, f64>,
    pub megabytes_per_second: f64,
    /// Largest resident set so far, where the system tells it.
    pub peak_memory_megabytes: Option<f64>,
}

/// What was counted of one document.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    outcome: Outcome,
    repaired: u32,
    unrepaired: u32,
}

impl Summary {
    pub fn begin(run: &Run, rules: &Rules, found: &Discovered, threads: usize) -> Self {
        let skipped = found.skipped_by_reason();
        Self {
            pipeline_version: env!("CARGO_PKG_VERSION"),
            schema_version: SCHEMA_VERSION,
            config_hash: rules.hash.clone(),
            inputs: run.inputs.clone(),
            limit: run.limit,
            part_rows: run.part_rows.get(),
            threads,
            started_at: Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
            documents: 0,
            bytes: 0,
            outcomes: BTreeMap::new(),
            reasons: BTreeMap::new(),
            doc_types: BTreeMap::new(),
            flags: BTreeMap::new(),
            skipped: skipped.into_iter().map(|(reason, count)| (reason.to_owned(), count)).collect(),
            rows: BTreeMap::new(),
            repaired: 0,
            unrepaired: 0,
            seconds: 0.0,
            durations: BTreeMap::new(),
            megabytes_per_second: 0.0,
            peak_memory_megabytes: None,
        }
    }

    /// Count a document as it stands in `reports`; what was counted of it.
    pub fn count(&mut self, report: &ReportRow) -> Counted {
        let counted = Counted {
            outcome: report.outcome,
            repaired: report.repaired.unsigned_abs(),
            unrepaired: report.unrepaired.unsigned_abs(),
        };
        self.documents += 1;
        self.bytes += report.source_bytes.unsigned_abs();
        *self.outcomes.entry(report.outcome.as_str()).or_default() += 1;
        *self.doc_types.entry(report.doc_type.as_str()).or_default() += 1;
        for flag in &report.flags {
            *self.flags.entry(flag.as_str()).or_default() += 1;
        }
        if let Some(reason) = &report.reason {
            *self.reasons.entry(reason.clone()).or_default() += 1;
        }
        self.repaired += u64::from(counted.repaired);
        self.unrepaired += u64::from(counted.unrepaired);
        counted
    }

    /// A document that was counted turned out to be a copy of a better one.
    pub fn turned_duplicate(&mut self, document: &Counted) {
        if let Some(count) = self.outcomes.get_mut(document.outcome.as_str()) {
            *count -= 1;
        }
        self.outcomes.retain(|_, count| *count > 0);
        *self.outcomes.entry(Outcome::Duplicate.as_str()).or_default() += 1;
        self.repaired -= u64::from(document.repaired);
        self.unrepaired -= u64::from(document.unrepaired);
    }

    /// Take the time and the memory at the end.
    pub fn finish(&mut self, elapsed: Duration) {
        self.seconds = elapsed.as_secs_f64();
        self.megabytes_per_second = self.bytes as f64 / 1e6 / self.seconds.max(1e-9);
        self.peak_memory_megabytes = peak_memory();
    }

    /// How many documents could not be used.
    pub fn rejected(&self) -> usize {
        self.outcomes.get(Outcome::Rejected.as_str()).copied().unwrap_or(0)
    }

    /// Write `run.json`.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let json = serde_json::to_string_pretty(self).context("run.json")?;
        std::fs::write(path, json + "\n").with_context(|| format!("cannot write {}", path.display()))
    }

    /// The closing summary, for people.
    pub fn to_text(&self, out: &Path) -> String {
        let mut text = String::new();
        let mut line = |label: &str, value: String| {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{label:<10} {value}");
        };
        let counts = |counts: &BTreeMap<&'static str, usize>| {
            counts.iter().map(|(word, n)| format!("{word} {n}")).collect::<Vec<_>>().join(" · ")
        };
        line("documents", format!("{}: {}", self.documents, counts(&self.outcomes)));
        for (reason, count) in &self.reasons {
            line("", format!("rejected {count}: {reason}"));
        }
        for (reason, count) in &self.skipped {
            line("", format!("left out {count} files: {reason}"));
        }
        line("rows", counts(&self.rows));
        line("damage", format!("{} spots mended, {} left", self.repaired, self.unrepaired));
        let memory = self.peak_memory_megabytes.map_or(String::new(), |mb| format!(", peak memory {mb:.0} MB"));
        let (mb, seconds, rate) = (self.bytes as f64 / 1e6, self.seconds, self.megabytes_per_second);
        line("speed", format!("{mb:.1} MB in {seconds:.2} s, {rate:.1} MB/s on {} threads{memory}", self.threads));
        line("tables", out.display().to_string());
        text
    }
}

/// Largest resident set of this process, in megabytes.
#[cfg(target_os = "linux")]
fn peak_memory() -> Option<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    // Linux counts in units of 1024 bytes.
    getrusage(UsageWho::RUSAGE_SELF).ok().map(|usage| usage.max_rss() as f64 * 1024.0 / 1e6)
}

#[cfg(not(target_os = "linux"))]
fn peak_memory() -> Option<f64> {
    None
}
