//! The command line: arguments, messages, exit codes.

mod args;
mod inspect;
mod log;
mod run;
mod schema;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command, RunArgs};

/// Every document was read.
const ALL_READ: u8 = 0;
/// The command itself failed.
const FAILED: u8 = 1;
/// Some documents could not be used; each is told.
const SOME_REJECTED: u8 = 2;

/// Parse the arguments, do what they say, and tell how it went.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Nothing can be done if the terminal is gone.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { ALL_READ });
        }
    };
    let result = match args.command.unwrap_or_else(|| Command::Run(RunArgs::default())) {
        Command::Run(args) => run::run(&args),
        Command::Inspect(args) => inspect::inspect(&args),
        Command::Schema(args) => Ok(schema::schema(&args)),
    };
    result.map_or_else(
        |error| {
            eprintln!("error: {error:#}");
            ExitCode::from(FAILED)
        },
        ExitCode::from,
    )
}

/// Print a result. That nobody reads on (`| head`) is no failure.
fn print(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}
