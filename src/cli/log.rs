//! Messages (tracing, on standard error) and the progress bar, which must not write over each other.

use std::io::{self, IsTerminal, Write};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tracing_subscriber::fmt::MakeWriter;

use super::args::LogFormat;

/// Send messages to standard error in the form asked for; the bar makes room for them.
pub fn start(format: LogFormat, quiet: bool, bar: &ProgressBar) {
    let level = if quiet { tracing::Level::ERROR } else { tracing::Level::INFO };
    let builder = tracing_subscriber::fmt().with_max_level(level).with_target(false).with_writer(Above(bar.clone()));
    // A second start in one process (tests) keeps the first.
    let _ = match format {
        LogFormat::Text => {
            let ansi = io::stderr().is_terminal();
            tracing::subscriber::set_global_default(builder.without_time().with_ansi(ansi).finish())
        }
        LogFormat::Json => tracing::subscriber::set_global_default(builder.json().flatten_event(true).finish()),
    };
}

/// A bar over the bytes of all documents; hidden where nobody sees it.
pub fn progress(quiet: bool) -> ProgressBar {
    let shown = !quiet && io::stderr().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr_with_hz(8) } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {msg} {bytes_per_sec} {eta} left")
        .expect("the template is a constant");
    ProgressBar::with_draw_target(None, target).with_style(style)
}

/// Standard error, above the bar.
struct Above(ProgressBar);

impl<'a> MakeWriter<'a> for Above {
    type Writer = AboveWriter<'a>;

    fn make_writer(&'a self) -> Self::Writer {
        AboveWriter(&self.0)
    }
}

struct AboveWriter<'a>(&'a ProgressBar);

impl Write for AboveWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| io::stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
