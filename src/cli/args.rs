//! What can be said on the command line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::tables::PART_ROWS;

/// Chinese government work reports (政府工作报告) as Parquet tables.
///
/// Without a command: `gwr run`, which reads the reports in data/ and writes the tables to out/.
#[derive(Debug, Parser)]
#[command(name = "gwr", version, after_help = EXIT_CODES)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXIT_CODES: &str = "Exit codes: 0 every document was read; 2 some could not be used (each is told, with its reason, \
and is a row in reports); 1 the run itself failed, and nothing was published.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports and write the tables.
    Run(RunArgs),
    /// Show what each stage made of one document, and why.
    Inspect(InspectArgs),
    /// Print the tables: columns, types and meanings.
    Schema(SchemaArgs),
}

#[derive(Debug, ClapArgs)]
#[command(after_help = EXIT_CODES)]
pub struct RunArgs {
    /// Files, folders (walked in sorted order) or globs.
    #[arg(default_value = "data")]
    pub input: Vec<String>,
    /// Folder for the tables; it is replaced when the run is whole.
    #[arg(long, short, default_value = "out")]
    pub out: PathBuf,
    /// Folder with files that replace those of the same name in the embedded configuration.
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// Worker threads; 0: one for each core. The tables do not depend on it.
    #[arg(long, short = 'j', default_value_t = 0)]
    pub threads: usize,
    /// Read at most so many documents.
    #[arg(long)]
    pub limit: Option<usize>,
    /// A table of more rows becomes a folder NAME.parquet/ of files: a new one begins with the first document after so
    /// many rows.
    #[arg(long, value_name = "ROWS", default_value_t = PART_ROWS)]
    pub part_rows: NonZeroUsize,
    /// No progress, no messages, no summary; only errors.
    #[arg(long, short)]
    pub quiet: bool,
    /// Form of messages and summary.
    #[arg(long, value_enum, default_value_t)]
    pub log_format: LogFormat,
}

impl Default for RunArgs {
    fn default() -> Self {
        Self {
            input: vec!["data".to_owned()],
            out: PathBuf::from("out"),
            config: None,
            threads: 0,
            limit: None,
            part_rows: PART_ROWS,
            quiet: false,
            log_format: LogFormat::default(),
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

#[derive(Debug, ClapArgs)]
pub struct SchemaArgs {
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
pub struct InspectArgs {
    /// The document.
    pub file: PathBuf,
    /// One stage only.
    #[arg(long, value_enum)]
    pub stage: Option<InspectStage>,
    /// As JSON; spans in characters.
    #[arg(long)]
    pub json: bool,
    /// Folder with files that replace those of the same name in the embedded configuration.
    #[arg(long)]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InspectStage {
    /// Format, encoding, losses.
    Decode,
    /// Each damaged spot, before and after.
    Repair,
    /// What was taken out, and the clean text.
    Clean,
    /// Who reports when, and the outline, with the evidence.
    Segment,
    /// Each row beneath its sentence, with its rule; what was looked at and dismissed, and why.
    Extract,
}

impl InspectStage {
    pub const ALL: &'static [InspectStage] = &[Self::Decode, Self::Repair, Self::Clean, Self::Segment, Self::Extract];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Repair => "repair",
            Self::Clean => "clean",
            Self::Segment => "segment",
            Self::Extract => "extract",
        }
    }
}
