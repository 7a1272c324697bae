use serde::Deserialize;

use crate::config::ConfigSource;
use crate::model::{Script, Status};
use crate::text::AlignedText;

use super::*;

/// A text, and the projects in it: name, stage, investment, capacity.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    text: String,
    projects: Vec<Expected>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    name: String,
    stage: Stage,
    investment: Option<f64>,
    capacity: Option<f64>,
    unit: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Debug, Deserialize)]
struct VerbExamples {
    verbs: Vec<Examples>,
}

#[derive(Debug, Deserialize)]
struct Examples {
    id: String,
    stage: Stage,
    examples: Vec<String>,
    counter_examples: Vec<String>,
}

fn rules() -> ProjectRules {
    ProjectRules::load(&ConfigSource::Embedded).expect("the embedded rules load")
}

fn read(rules: &ProjectRules, text: &str) -> Vec<Project> {
    let section = crate::segment::plain(Span::new(0, text.len()), Kind::Review, Status::Actual, Some(2023));
    let clean = Clean {
        text: AlignedText::from_source(text.to_string()),
        removed: Vec::new(),
        marks: Vec::new(),
        script: Script::Hans,
        flags: Flags::new(),
    };
    projects(rules, &clean, &[section], &Identity::default())
}

#[test]
fn cases_hold() {
    let rules = rules();
    let cases: Cases = toml::from_str(include_str!("../../../tests/cases/projects.toml")).expect("the cases are TOML");
    for case in cases.case {
        let found: Vec<Expected> = read(&rules, &case.text)
            .into_iter()
            .map(|p| Expected {
                name: p.name,
                stage: p.stage,
                investment: p.investment,
                capacity: p.capacity,
                unit: p.capacity_unit,
            })
            .collect();
        assert_eq!(found, case.projects, "{}: {}", case.why, case.text);
    }
}

#[test]
fn every_verb_holds_against_its_examples() {
    let rules = rules();
    let config: VerbExamples = ConfigSource::Embedded.toml("projects.toml").expect("the file is TOML");
    for verb in config.verbs {
        for example in &verb.examples {
            let found = read(&rules, example);
            assert!(
                found.iter().any(|p| p.stage == verb.stage),
                "verbs {}: nothing in its example {example:?}",
                verb.id
            );
        }
        for example in &verb.counter_examples {
            let found = read(&rules, example);
            assert!(found.is_empty(), "verbs {}: {:?} in its counter-example {example:?}", verb.id, found[0].name);
        }
    }
}

#[test]
fn any_text_is_read_without_a_panic() {
    let rules = rules();
    for text in [
        "",
        "、、、等",
        "“（《",
        "建成等等、和与及",
        "开工，，；：。",
        "完成）”》和",
        "1、2、3号线",
        "的的的项目建成",
        "一是二是三是",
    ] {
        read(&rules, text);
    }
}
