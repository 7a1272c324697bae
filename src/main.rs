//! See [`gwr::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    gwr::cli::main()
}
