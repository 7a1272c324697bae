//! `config/` → rules. The files are embedded in the binary and can be replaced by a folder of the same names.
//!
//! A stage declares its own file formats (`serde`, unknown keys denied) beside its code and reads them here; this
//! module knows only how to find a file, how to name the file and key in an error, and how to hash the whole.

mod needs;
mod pattern;
mod source;

use anyhow::Result;

pub(crate) use needs::Needs;
pub use pattern::{LazyRegex, PatternRule, Patterns};
pub use source::ConfigSource;

use crate::{clean::CleanRules, decode::DecodeRules, extract::ExtractRules, identify::IdentifyRules};
use crate::{derived::DerivedRules, input::InputRules, repair::RepairRules, segment::SegmentRules};

/// Everything in `config/`, compiled once and shared by all threads.
#[derive(Debug)]
pub struct Rules {
    pub input: InputRules,
    pub decode: DecodeRules,
    pub repair: RepairRules,
    pub clean: CleanRules,
    pub segment: SegmentRules,
    pub identify: IdentifyRules,
    pub extract: ExtractRules,
    pub derived: DerivedRules,
    /// SHA-256 of all configuration files, in hex.
    pub hash: String,
}

impl Rules {
    /// Compile the rules of a source.
    ///
    /// # Errors
    /// A missing file, an unknown key, a pattern that is no regular expression: each names its file.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        // Half of the work on a thread of its own: a run of a few documents is mostly this.
        let (here, there) = std::thread::scope(|scope| {
            let there = scope.spawn(|| -> Result<_> {
                Ok((ExtractRules::load(source)?, RepairRules::load(source)?, source.hash()?))
            });
            let here = || -> Result<_> {
                Ok((CleanRules::load(source)?, SegmentRules::load(source)?, IdentifyRules::load(source)?))
            };
            (here(), there.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        let (clean, segment, identify) = here?;
        let (extract, repair, hash) = there?;
        Ok(Self {
            input: InputRules::load(source)?,
            decode: DecodeRules::load(source)?,
            derived: DerivedRules::load(source)?,
            repair,
            clean,
            segment,
            identify,
            extract,
            hash,
        })
    }

    /// The rules that are embedded in the binary.
    ///
    /// # Errors
    /// See [`Rules::load`]; a test holds that the embedded ones load.
    pub fn embedded() -> Result<Self> {
        Self::load(&ConfigSource::Embedded)
    }
}
