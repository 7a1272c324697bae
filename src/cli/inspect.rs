//! `gwr inspect`: what each stage made of one document, for people and as JSON.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::args::{InspectArgs, InspectStage};
use super::run::config_source;
use super::{ALL_READ, SOME_REJECTED, print};
use crate::config::Rules;
use crate::input;
use crate::model::{Dismissed, Document, Indicator, Outcome, Project, RemovedAs};
use crate::process::process;
use crate::tables::{DocumentRows, document_json};
use crate::text::{CharIndex, Span};

/// Print what the stages made of one document; the exit code.
///
/// # Errors
/// The file cannot be read.
pub fn inspect(args: &InspectArgs) -> Result<u8> {
    let rules = Rules::load(&config_source(args.config.as_deref())?)?;
    let found = input::discover(&rules.input, &[args.file.to_string_lossy()])?;
    let [file] = found.files.as_slice() else {
        bail!("{}: inspect looks at one document, this is {}", args.file.display(), found.files.len());
    };
    let raw = file.read().with_context(|| format!("cannot read {}", args.file.display()))?;
    let document = process(&rules, &raw);
    let stages: &[InspectStage] = match &args.stage {
        Some(stage) => std::slice::from_ref(stage),
        None => InspectStage::ALL,
    };
    let output = if args.json {
        let parts = stages.iter().map(|stage| (stage.as_str().to_owned(), stage_json(*stage, &document)));
        format!("{:#}\n", Value::Object(parts.collect()))
    } else {
        stages.iter().map(|stage| stage_text(*stage, &document)).collect::<Vec<_>>().join("\n")
    };
    print(&output);
    Ok(if document.outcome == Outcome::Rejected { SOME_REJECTED } else { ALL_READ })
}

fn stage_text(stage: InspectStage, document: &Document) -> String {
    let mut out = format!("── {} ──\n", stage.as_str());
    match stage {
        InspectStage::Decode => decode_text(document, &mut out),
        InspectStage::Repair => repair_text(document, &mut out),
        InspectStage::Clean => clean_text(document, &mut out),
        InspectStage::Segment => segment_text(document, &mut out),
        InspectStage::Extract => extract_text(document, &mut out),
    }
    out
}

/// Writing to a String cannot fail: one place to say so.
macro_rules! line {
    ($out:expr, $($arg:tt)*) => {{ let _ = writeln!($out, $($arg)*); }};
}

fn decode_text(document: &Document, out: &mut String) {
    line!(out, "source     {} ({} bytes, {})", document.source, document.source_bytes, document.format);
    line!(out, "encoding   {}", document.encoding.unwrap_or("the format's own"));
    line!(out, "characters {}", document.decoded.chars().count());
    line!(out, "U+FFFD     {}", document.decoded.matches('\u{FFFD}').count());
    line!(out, "flags      {}", words(document.flags.iter().map(|flag| flag.as_str())));
}

fn repair_text(document: &Document, out: &mut String) {
    let chars = CharIndex::new(&document.decoded);
    for repair in &document.repairs {
        let place = chars.span(repair.source);
        let (before, after) = around(&document.decoded, repair.source, 12);
        let verdict = if repair.mended() { format!("→ {:?}", repair.after) } else { "left as it stands".to_owned() };
        line!(
            out,
            "{:>7} {:<18} {:.2}  {before}⟦{}⟧{after}  {verdict}",
            place.start,
            repair.kind.as_str(),
            repair.confidence,
            shown(&repair.before),
        );
    }
    line!(out, "{} spots, {} mended", document.repairs.len(), document.repairs.iter().filter(|r| r.mended()).count());
}

fn clean_text(document: &Document, out: &mut String) {
    for removed in &document.clean.removed {
        let what = match removed.removed_as {
            RemovedAs::Furniture => "furniture",
            RemovedAs::Copy => "copy",
        };
        line!(out, "− {what:<9} {:<24} {}", removed.rule, shown(&shortened(removed.text.trim(), 80)));
    }
    line!(out, "script {} · {} bytes removed", document.clean.script, removed_bytes(document));
    line!(out, "");
    out.push_str(document.clean.text.as_str());
}

fn removed_bytes(document: &Document) -> usize {
    document.clean.removed.iter().map(|removed| removed.source.len()).sum()
}

fn segment_text(document: &Document, out: &mut String) {
    identity_text(document, out);
    line!(out, "");
    let text = document.clean.text.as_str();
    for (ordinal, section) in document.sections.iter().enumerate() {
        let indent = "  ".repeat(usize::from(section.depth));
        let heading = match (&section.number, &section.heading) {
            (None, None) => format!("({})", shown(&shortened(section.span.of(text).trim(), 24))),
            (number, heading) => words([number.as_deref(), heading.as_deref()].into_iter().flatten().map(str::trim)),
        };
        let year = section.year.map_or("–".to_owned(), |year| year.to_string());
        let topic = section.topic.map_or(String::new(), |topic| format!(" {topic}"));
        line!(
            out,
            "{ordinal:04} {indent}{heading}  [{} {} {year}{topic}] {} characters ← {}",
            section.kind,
            section.period,
            section.span.of(text).chars().count(),
            section.evidence,
        );
    }
}

fn identity_text(document: &Document, out: &mut String) {
    let report = DocumentRows::of(document).report;
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    line!(
        out,
        "outcome    {}{}",
        document.outcome,
        document.reason.as_ref().map_or(String::new(), |r| format!(": {r}"))
    );
    line!(out, "type       {}", report.doc_type);
    line!(out, "title      {}", or_dash(report.title));
    line!(
        out,
        "region     {} {} {} ({}, {})",
        or_dash(report.province),
        or_dash(report.prefecture),
        or_dash(report.county),
        or_dash(report.level.map(|level| level.to_string())),
        or_dash(report.region_code),
    );
    line!(
        out,
        "years      report {}, review {}",
        or_dash(report.report_year.map(|y| y.to_string())),
        or_dash(report.review_year.map(|y| y.to_string())),
    );
    line!(
        out,
        "dates      delivered {}, published {}",
        or_dash(report.delivered_on.map(|d| d.to_string())),
        or_dash(report.published_on.map(|d| d.to_string())),
    );
    line!(
        out,
        "congress   term {}, session {}",
        or_dash(report.congress_term.map(|n| n.to_string())),
        or_dash(report.congress_session.map(|n| n.to_string())),
    );
    line!(out, "speaker    {} {}", or_dash(report.speaker_title), or_dash(report.speaker));
    line!(out, "flags      {}", words(document.flags.iter().map(|flag| flag.as_str())));
    for evidence in &document.identity.evidence {
        line!(out, "  · {evidence}");
    }
}

/// Something that stands at a place of the clean text, with what there is to say of it.
struct Finding {
    span: Span,
    text: String,
}

fn extract_text(document: &Document, out: &mut String) {
    let text = document.clean.text.as_str();
    let extraction = &document.extraction;
    let mut findings: Vec<Finding> = Vec::new();
    findings.extend(extraction.indicators.iter().map(|i| Finding { span: i.span, text: indicator_line(i, text) }));
    findings.extend(extraction.projects.iter().map(|p| Finding { span: p.span, text: project_line(p) }));
    findings.extend(extraction.dismissed.iter().map(|d| Finding { span: d.span, text: dismissed_line(d, text) }));
    findings.sort_by_key(|finding| finding.span);
    let mut sentence = Span::default();
    for finding in &findings {
        if finding.span.start >= sentence.end {
            sentence = sentence_around(text, finding.span);
            line!(out, "\n{}", sentence.of(text).trim());
        }
        line!(out, "  {}", finding.text);
    }
    for pledge in &extraction.pledges {
        let number = pledge.number.map_or("–".to_owned(), |number| number.to_string());
        line!(out, "\npledge {number}: {}", shown(&shortened(&pledge.text, 120)));
    }
    for entry in &extraction.glossary {
        line!(out, "\nterm {}: {}", entry.term, shown(&shortened(&entry.definition, 120)));
    }
    line!(
        out,
        "\n{} indicators, {} projects, {} terms, {} pledges, {} dismissed",
        extraction.indicators.len(),
        extraction.projects.len(),
        extraction.glossary.len(),
        extraction.pledges.len(),
        extraction.dismissed.len(),
    );
}

fn indicator_line(indicator: &Indicator, text: &str) -> String {
    let mut line = format!("+ {:<12} {} =", shown(indicator.span.of(text)), indicator.name);
    let mut say = |part: &dyn std::fmt::Display| {
        let _ = write!(line, " {part}");
    };
    say(&indicator.measure);
    if let Some(value) = indicator.value {
        say(&value);
    }
    if let Some(value_max) = indicator.value_max {
        say(&format!("– {value_max}"));
    }
    for word in [&indicator.unit, &indicator.qualitative].into_iter().flatten() {
        say(word);
    }
    say(&indicator.bound);
    say(&indicator.status);
    if let Some(year) = indicator.year {
        say(&indicator.year_start.map_or(year.to_string(), |start| format!("{start}–{year}")));
    }
    let optional = [
        ("code", &indicator.code),
        ("action", &indicator.action),
        ("subject", &indicator.subject),
        ("scope", &indicator.rank_scope),
    ];
    for (label, value) in optional {
        if let Some(value) = value {
            say(&format!("{label}:{value}"));
        }
    }
    if let Some(basis) = indicator.basis {
        say(&format!("basis:{basis}"));
    }
    say(&format!("← {} {:.2}", indicator.rule, indicator.confidence));
    indicator.flags.iter().for_each(|flag| say(&format!("⚑{flag}")));
    line
}

fn project_line(project: &Project) -> String {
    let mut line = format!("* {} = {} {}", project.name, project.stage, project.status);
    let mut say = |part: String| {
        let _ = write!(line, " {part}");
    };
    if let Some(year) = project.year {
        say(year.to_string());
    }
    if let Some(action) = &project.action {
        say(format!("action:{action}"));
    }
    if let Some(investment) = project.investment {
        say(format!("investment:{investment} CNY"));
    }
    if let Some(capacity) = project.capacity {
        say(format!("capacity:{capacity} {}", project.capacity_unit.as_deref().unwrap_or_default()));
    }
    if let Some(topic) = project.topic {
        say(topic.to_string());
    }
    say(format!("key:{} ← {} {:.2}", project.key, project.rule, project.confidence));
    line
}

fn dismissed_line(dismissed: &Dismissed, text: &str) -> String {
    format!("− {:<12} {}", shown(dismissed.span.of(text)), dismissed.reason)
}

/// From the stop before the span to the stop after it, within its line.
fn sentence_around(text: &str, span: Span) -> Span {
    let stop = |c: char| matches!(c, '。' | '！' | '？' | '\n');
    let start = text[..span.start].rfind(stop).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let end = text[span.end..]
        .find(stop)
        .map_or(text.len(), |at| span.end + at + text[span.end + at..].chars().next().map_or(1, char::len_utf8));
    Span::new(start, end)
}

fn words<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

fn shown(text: &str) -> String {
    text.replace('\n', "⏎").replace('\r', "␍")
}

fn shortened(text: &str, chars: usize) -> String {
    let mut short: String = text.chars().take(chars).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Up to `chars` characters on both sides of a span.
fn around(text: &str, span: Span, chars: usize) -> (String, String) {
    let mut before: Vec<char> = text[..span.start].chars().rev().take(chars).collect();
    before.reverse();
    let after: String = text[span.end..].chars().take(chars).collect();
    (shown(&before.into_iter().collect::<String>()), shown(&after))
}

fn stage_json(stage: InspectStage, document: &Document) -> Value {
    let mut rows = document_json(document);
    let mut table = |name: &str| rows[name].take();
    let clean = CharIndex::new(document.clean.text.as_str());
    let source = CharIndex::new(&document.decoded);
    match stage {
        InspectStage::Decode => json!({
            "source": document.source, "source_bytes": document.source_bytes, "source_format": document.format,
            "encoding": document.encoding, "flags": document.flags, "text": document.decoded,
        }),
        InspectStage::Repair => json!({ "repairs": table("repairs") }),
        InspectStage::Clean => json!({
            "script": document.clean.script,
            "text": document.clean.text.as_str(),
            "removed": document.clean.removed.iter().map(|removed| {
                let place = source.span(removed.source);
                json!({
                    "source_start": place.start, "source_end": place.end, "rule": removed.rule, "text": removed.text,
                    "removed_as": if removed.removed_as == RemovedAs::Copy { "copy" } else { "furniture" },
                })
            }).collect::<Vec<_>>(),
        }),
        InspectStage::Segment => json!({
            "report": table("reports"),
            "identity_evidence": document.identity.evidence,
            "sections": table("sections"),
            "section_evidence": document.sections.iter().map(|s| s.evidence.as_str()).collect::<Vec<_>>(),
        }),
        InspectStage::Extract => json!({
            "indicators": table("indicators"), "projects": table("projects"), "glossary": table("glossary"),
            "pledges": table("pledges"),
            "dismissed": document.extraction.dismissed.iter().map(|dismissed| {
                let place = clean.span(dismissed.span);
                json!({
                    "clean_start": place.start, "clean_end": place.end, "reason": dismissed.reason,
                    "text": dismissed.span.of(document.clean.text.as_str()),
                })
            }).collect::<Vec<_>>(),
        }),
    }
}
