//! Clean text → section tree.
//!
//! Numbers and title lines give the outline (`candidates`, `outline`), parts without a heading are cut out of it
//! (`passages`), sentences of one build give the run-in headings (`run_in`); `kinds`, `topics` and `dates` tell what
//! each section is about. Sections are contiguous: their texts in order are the clean text.

mod candidates;
mod dates;
mod kinds;
mod numbering;
mod outline;
pub(crate) mod paragraph;
mod passages;
mod rules;
mod run_in;
mod seam;
mod topics;
mod tree;

pub(crate) use numbering::note_number;
pub use rules::SegmentRules;
pub(crate) use topics::TopicWords;

use crate::model::{Clean, Identity, Kind, Section, Status};
use crate::text::Span;

/// Clean text → section tree, with kinds, periods and topics; years are set by [`date`].
pub fn segment(rules: &SegmentRules, clean: &Clean) -> Vec<Section> {
    tree::sections(clean.text.as_str(), &clean.marks, rules)
}

/// A section without a heading and without others around it: a text that is read on its own.
pub fn plain(span: Span, kind: Kind, period: Status, year: Option<i16>) -> Section {
    Section {
        span,
        parent: None,
        depth: 0,
        number: None,
        heading: None,
        heading_span: None,
        kind,
        period,
        year,
        topic: None,
        evidence: String::new(),
    }
}

/// Give each section the year that it is about, once the report's own years are known.
pub fn date(rules: &SegmentRules, text: &str, sections: &mut [Section], identity: &Identity) {
    dates::date(&rules.years, text, sections, identity);
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::config::ConfigSource;
    use crate::model::{Flags, Script};
    use crate::text::AlignedText;

    pub(super) fn tree(text: &str) -> Vec<Section> {
        static RULES: LazyLock<SegmentRules> = LazyLock::new(|| SegmentRules::load(&ConfigSource::Embedded).unwrap());
        segment(&RULES, &clean(text))
    }

    fn clean(text: &str) -> Clean {
        Clean {
            text: AlignedText::from_source(text.into()),
            removed: Vec::new(),
            marks: Vec::new(),
            script: Script::Hans,
            flags: Flags::new(),
        }
    }

    fn holds_invariants(text: &str, sections: &[Section]) {
        let whole: String = sections.iter().map(|s| s.span.of(text)).collect();
        assert_eq!(whole, text, "sections concatenate to the text");
        for (i, section) in sections.iter().enumerate() {
            assert_eq!(section.parent.is_none(), section.depth == 0, "only parts have no parent");
            if let Some(parent) = section.parent {
                assert!(parent < i, "parents come before children");
                assert_eq!(section.depth, sections[parent].depth + 1, "depth steps by one");
            }
            if let Some(heading) = section.heading_span {
                assert!(section.span.contains(&heading), "the heading stands in its section");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_text_gives_a_tree(parts in proptest::collection::vec(
            prop_oneof![
                Just("一、".to_owned()), Just("（二）".to_owned()), Just("(3)".to_owned()), Just("1.".to_owned()),
                Just("第一部分".to_owned()), Just("2023年工作回顾".to_owned()), Just("名词解释".to_owned()),
                Just("\n".to_owned()), Just("。".to_owned()), Just("，".to_owned()), Just("：".to_owned()),
                Just("各位代表！让我们努力奋斗！".to_owned()), Just("加快推进项目建设".to_owned()),
                Just("主要预期目标是：地区生产总值增长5%。".to_owned()), "[一-龥]{1,80}", "\\PC{0,12}",
            ], 0..60))
        {
            let text: String = parts.concat();
            holds_invariants(&text, &tree(&text));
        }
    }
}
