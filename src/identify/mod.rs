//! Who reports what to whom, when; and whether the document can be used at all.
//!
//! Everything is read from the head of the report (title, date, congress, speaker), its opening and headings, and only
//! then from counts of names and years in the text, from the site around it, and from the file name, which is a hint
//! and never beats the text. What was weighed stands in [`Identity::evidence`].

mod congress;
mod dates;
mod doc_type;
mod head;
mod region;
mod rules;
mod table;
mod title;
mod years;

pub use rules::IdentifyRules;
pub use table::{Region, Regions};

use crate::model::{Clean, DocType, Flag, Flags, Identity, Kind, Section};

/// Who reports what to whom, when; and whether the document can be used at all. `source` is the path of the document.
pub fn identify(rules: &IdentifyRules, source: &str, clean: &Clean, sections: &[Section]) -> Identity {
    let head = head::head(rules, clean, sections);
    let file_name = source.rsplit('/').next().unwrap_or(source);
    let own_title = title::own_title(rules, &head);
    let site_title = title::site_title(rules, &head);
    let title = own_title.clone().or_else(|| site_title.clone());
    let verdict = doc_type::doc_type(&rules.doc_type, &head, title.as_deref());

    let kinds: Vec<Kind> = sections.iter().map(|s| s.kind).collect();
    let head_missing = doc_type::head_missing(&head, &kinds);

    let delivered_on = dates::delivered(rules, &head);
    let published_on = dates::published(rules, &head);
    let titles = (own_title.as_deref(), site_title.as_deref());
    let years = years::years(rules, &head, titles, delivered_on, published_on, head_missing, file_name);
    let (congress_term, congress_session) = congress::congress(rules, &head);
    let speaker = congress::speaker(rules, &head);
    let witnesses = region::Witnesses {
        own_title: own_title.as_deref(),
        site_title: site_title.as_deref(),
        speaker_title: speaker.title.as_deref(),
        file_name,
    };
    let region = region::resolve(rules, &head, &witnesses, years.report);

    let mut flags: Flags = region.flags.clone();
    if years.inferred && years.report.is_some() {
        flags.insert(Flag::YearInferred);
    }
    if years.election {
        flags.insert(Flag::ElectionYear);
    }
    if disagrees(rules, file_name, &region, years.report) {
        flags.insert(Flag::FileNameDisagrees);
    }
    if verdict.doc_type == DocType::WorkReport {
        let tail_missing = doc_type::tail_missing(rules, &head);
        flags.extend(head_missing.then_some(Flag::TruncatedHead));
        flags.extend(tail_missing.then_some(Flag::TruncatedTail));
    }
    let mut evidence = verdict.evidence;
    evidence.extend(years.evidence);
    evidence.extend(region.evidence);
    Identity {
        doc_type: Some(verdict.doc_type),
        title,
        level: region.level,
        province: region.province,
        prefecture: region.prefecture,
        county: region.county,
        region_code: region.code.map(|c| format!("{c:06}")),
        report_year: years.report,
        review_year: years.review,
        review_year_start: years.review_start,
        delivered_on,
        published_on,
        congress_term,
        congress_session,
        speaker: speaker.name,
        speaker_title: speaker.title,
        flags,
        rejected: verdict.rejected,
        evidence,
    }
}

/// Does the file name name another year than the report's, or another place than its region?
fn disagrees(rules: &IdentifyRules, file_name: &str, region: &region::Resolved, year: Option<i16>) -> bool {
    let other_year = years::first_year(file_name).is_some_and(|y| year.is_some_and(|r| r != y));
    let named = rules.regions.mentions(file_name);
    let told = [&region.province, &region.prefecture, &region.county];
    let known = |m: &table::Mention| {
        let name = &rules.regions.names[m.name];
        name.regions.iter().map(|i| &rules.regions.all[*i]).any(|r| {
            told.iter().filter_map(|t| t.as_ref()).any(|t| {
                *t == r.name
                    || rules.regions.name(t).is_some_and(|n| {
                        rules.regions.names[n].regions.iter().any(|i| rules.regions.all[*i].place == r.place)
                    })
            })
        })
    };
    other_year || named.last().is_some_and(|m| !known(m))
}
