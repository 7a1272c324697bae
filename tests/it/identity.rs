//! Who reports when, and what kind of document it is: cases in `tests/cases/identity.toml` and `doc_type.toml`.

use std::collections::BTreeMap;

use gwr::model::{Document, Outcome};
use serde::Deserialize;

use crate::support::{cases, document};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IdentityCase {
    name: String,
    #[serde(default)]
    source: String,
    text: String,
    want: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DocTypeCase {
    name: String,
    text: String,
    body: String,
    #[serde(default)]
    want: String,
    #[serde(default)]
    rejected: String,
}

/// Paragraphs of a report that name no place and no year.
fn report_body() -> String {
    let deed = "我们坚持稳中求进工作总基调，扎实推进项目建设，着力改善民生，经济运行总体平稳，社会大局和谐稳定。";
    let plan = "我们要抓好重点工作，推动产业转型升级，加快基础设施建设，提高公共服务水平，努力完成各项目标任务。";
    let deeds = format!("{}\n", deed.repeat(12)).repeat(5);
    let plans = format!("{}\n", plan.repeat(12)).repeat(5);
    format!(
        "{deeds}各位代表！成绩来之不易。\n{plans}各位代表！让我们更加紧密地团结起来，锐意进取，扎实工作，为建设美好家园而努力奋斗！\n"
    )
}

fn other_body() -> String {
    let line = "各部门认真履行职责，加强管理，规范程序，提高效率，较好地完成了各项任务，为全面发展提供了有力支撑。";
    format!("{}\n", line.repeat(12)).repeat(4)
}

fn field(document: &Document, name: &str) -> String {
    let identity = &document.identity;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let number = |value: Option<i16>| value.map(|n| n.to_string()).unwrap_or_default();
    match name {
        "title" => text(&identity.title),
        "level" => identity.level.map(|l| l.to_string()).unwrap_or_default(),
        "province" => text(&identity.province),
        "prefecture" => text(&identity.prefecture),
        "county" => text(&identity.county),
        "region_code" => text(&identity.region_code),
        "report_year" => number(identity.report_year),
        "review_year" => number(identity.review_year),
        "delivered_on" => identity.delivered_on.map(|d| d.to_string()).unwrap_or_default(),
        "published_on" => identity.published_on.map(|d| d.to_string()).unwrap_or_default(),
        "congress_term" => number(identity.congress_term),
        "congress_session" => number(identity.congress_session),
        "speaker" => text(&identity.speaker),
        "speaker_title" => text(&identity.speaker_title),
        "flags" => document.flags.iter().map(|f| f.as_str()).collect::<Vec<_>>().join(" "),
        _ => panic!("no field {name}"),
    }
}

#[test]
fn every_head_is_read() {
    let mut wrong = Vec::new();
    for case in cases::<IdentityCase>("identity.toml") {
        let source = if case.source.is_empty() { "report.txt" } else { &case.source };
        let text = format!("{}\n{}", case.text.trim(), report_body());
        let document = document(source, text.as_bytes());
        for (name, want) in &case.want {
            let got = field(&document, name);
            let right =
                if name == "flags" { want.split(' ').all(|w| got.split(' ').any(|g| g == w)) } else { *want == got };
            if !right {
                let evidence = document.identity.evidence.join("\n      ");
                wrong.push(format!("{}: {name} is {got:?}, not {want:?}\n      {evidence}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_kind_of_document_is_told_from_the_others() {
    let mut wrong = Vec::new();
    for case in cases::<DocTypeCase>("doc_type.toml") {
        let body = match case.body.as_str() {
            "report" => report_body(),
            "other" => other_body(),
            _ => String::new(),
        };
        let document = document("report.txt", format!("{}{body}", case.text).as_bytes());
        let got = document.identity.doc_type.map(|d| d.to_string()).unwrap_or_default();
        let reason = document.reason.clone().unwrap_or_default();
        let refused = document.outcome == Outcome::Rejected && reason.contains(&case.rejected);
        if !case.want.is_empty() && got != case.want || !case.rejected.is_empty() && !refused {
            let evidence = document.identity.evidence.first().cloned().unwrap_or_default();
            wrong.push(format!("{}: {got}, reason {reason:?}\n      {evidence}", case.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
