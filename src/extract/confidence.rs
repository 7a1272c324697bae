//! `config/confidence.toml`: how sure a row is, by the rule that found it and what was noticed of it.

use std::collections::BTreeMap;

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::config::ConfigSource;
use crate::model::{Flag, Indicator};

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shares {
    /// Of the rows whose name is a known statistic.
    coded: f32,
    /// Of all others.
    plain: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConfidence {
    rule: BTreeMap<String, Shares>,
    flag: BTreeMap<Flag, f32>,
}

/// Shares of right rows, as they were measured.
#[derive(Debug)]
pub struct Confidence {
    rules: BTreeMap<String, Shares>,
    flags: BTreeMap<Flag, f32>,
}

impl Confidence {
    /// # Errors
    /// A malformed file, a share outside 0 to 1, a rule of the extraction that has no share.
    pub fn load(source: &ConfigSource) -> Result<Self> {
        let raw: RawConfidence = source.toml("confidence.toml")?;
        let shares = raw.rule.values().flat_map(|s| [s.coded, s.plain]).chain(raw.flag.values().copied());
        for share in shares {
            if !(0.0..=1.0).contains(&share) {
                bail!("config/confidence.toml: {share} is no share");
            }
        }
        for rule in super::indicator::RULES {
            if !raw.rule.contains_key(*rule) {
                bail!("config/confidence.toml: no share for the rule {rule}");
            }
        }
        Ok(Self { rules: raw.rule, flags: raw.flag })
    }

    /// Sets the confidence of every row; the last step, when all flags are known.
    pub fn set(&self, indicators: &mut [Indicator]) {
        for row in indicators {
            let share = self.rules.get(row.rule).map_or(0.0, |s| if row.code.is_some() { s.coded } else { s.plain });
            let noticed: f32 = row.flags.iter().filter_map(|flag| self.flags.get(flag)).product();
            // Two places are what the measurement can tell.
            row.confidence = (share * noticed * 100.0).round() / 100.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_share() {
        let confidence = Confidence::load(&ConfigSource::Embedded).expect("the embedded shares load");
        assert_eq!(confidence.rules.len(), crate::extract::indicator::RULES.len(), "no share without a rule");
    }
}
