//! See [`gwr::cli`].

use std::process::ExitCode;

/// Many small strings live and die with each document: a tenth of a run went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    gwr::cli::main()
}
