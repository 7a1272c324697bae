//! One verb behind a list of counted things is that of each: 300个村、20万人|脱贫, 12条公交线路和46条微巴线路|开通.

use super::figure::Figure;
use super::naming::Naming;
use crate::extract::unit::Dimension;
use crate::model::Indicator;

/// The rows of a list that still have no verb.
#[derive(Debug, Default)]
pub struct Waiting {
    rows: Vec<usize>,
}

impl Waiting {
    /// A figure was read. `between`: what stands between it and the name of the one before; `behind`: the words behind it;
    /// `from`: where its rows begin in `found`; `told`: it has a verb or a predicate before it.
    #[expect(clippy::too_many_arguments, reason = "one call, from the walk over the figures")]
    pub fn read(
        &mut self,
        naming: &Naming,
        figure: &Figure,
        between: Option<&str>,
        behind: &str,
        told: bool,
        from: usize,
        found: &mut [Indicator],
    ) {
        let counted =
            matches!(figure, Figure::Value(q) if !matches!(q.dimension, Dimension::PercentagePoint | Dimension::Money));
        // 6个村、90户210人|脱贫: what happened to them names those counted in households.
        let named_so = naming.rule == "action_value" && naming.names.first() == naming.action.as_ref();
        if !(naming.rule == "value_name" || named_so) || !counted || told {
            self.rows.clear();
            return;
        }
        if !matches!(between, Some("、" | "和" | "与" | "及" | "以及" | "")) {
            self.rows.clear();
        }
        match naming.action.as_deref() {
            None => self.rows.extend(from..found.len()),
            Some(verb) => {
                let clause = &behind[..behind.find(['，', '。', '；']).unwrap_or(behind.len())];
                if clause.contains(verb) {
                    for row in self.rows.drain(..) {
                        found[row].action = Some(verb.to_owned());
                    }
                }
                self.rows.clear();
            }
        }
    }
}
