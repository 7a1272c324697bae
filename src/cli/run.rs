//! `gwr run`.

use std::path::Path;

use anyhow::Result;
use tracing::{info, warn};

use super::args::{LogFormat, RunArgs};
use super::{ALL_READ, SOME_REJECTED, log, print};
use crate::config::{ConfigSource, Rules};
use crate::model::Outcome;
use crate::pipeline::{self, Event, Run};

/// Run, show progress, tell the summary; the exit code.
///
/// # Errors
/// The run itself failed.
pub fn run(args: &RunArgs) -> Result<u8> {
    let bar = log::progress(args.quiet);
    log::start(args.log_format, args.quiet, &bar);
    // They are needed until the program ends; to take them apart then is work for nothing.
    let rules: &Rules = Box::leak(Box::new(Rules::load(&config_source(args.config.as_deref())?)?));
    let run = Run {
        inputs: args.input.clone(),
        out: args.out.clone(),
        threads: args.threads,
        limit: args.limit,
        part_rows: args.part_rows,
    };
    let mut written = 0;
    let summary = pipeline::run(rules, &run, &mut |event| match event {
        Event::Found { files, bytes } => {
            bar.set_length(bytes);
            info!(files, bytes, "found");
        }
        Event::Written { report } => {
            written += 1;
            bar.set_message(format!("{written} documents"));
            bar.inc(report.source_bytes.unsigned_abs());
            let (source, reason) = (report.source.as_str(), report.reason.as_deref().unwrap_or_default());
            match (report.outcome, &report.duplicate_of) {
                (Outcome::Rejected, _) => warn!(source, reason, "rejected"),
                (_, Some(duplicate_of)) => info!(source, duplicate_of, "duplicate"),
                _ => {}
            }
        }
    })?;
    bar.finish_and_clear();
    if !args.quiet {
        match args.log_format {
            LogFormat::Text => print(&summary.to_text(&args.out)),
            LogFormat::Json => print(&(serde_json::to_string(&summary)? + "\n")),
        }
    }
    Ok(if summary.rejected() == 0 { ALL_READ } else { SOME_REJECTED })
}

/// The configuration that the arguments ask for.
///
/// # Errors
/// The folder does not exist, or holds a file that is none of the configuration.
pub fn config_source(folder: Option<&Path>) -> Result<ConfigSource> {
    folder.map_or(Ok(ConfigSource::Embedded), ConfigSource::folder)
}
