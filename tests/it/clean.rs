//! Cleaning, page by page: `tests/cases/pages.toml`, and copies that are too long to write down.

use gwr::clean::clean;
use gwr::model::{Clean, Flag, RemovedAs};
use gwr::text::AlignedText;
use serde::Deserialize;

use crate::support::{RULES, cases};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    page: String,
    clean: Vec<String>,
}

fn cleaned(page: &str) -> Clean {
    clean(&RULES.clean, AlignedText::from_source(page.to_owned()), &[])
}

#[test]
fn pages_of_other_sites_give_the_report_and_nothing_else() {
    let mut wrong = Vec::new();
    for case in cases::<Case>("pages.toml") {
        let clean = clean(&RULES.clean, AlignedText::from_source(case.page.clone()), &[]);
        let lines: Vec<&str> = clean.text.as_str().lines().collect();
        if lines != case.clean {
            wrong.push(format!("{}:\n  want {:#?}\n  have {lines:#?}", case.name, case.clean));
        }
        for removed in &clean.removed {
            assert!(removed.source.end <= case.page.len(), "{}: {removed:?}", case.name);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A body of `n` paragraphs that do not repeat each other.
fn body(n: usize) -> Vec<String> {
    let fields = ["农业生产", "工业经济", "城乡建设", "教育事业", "医疗卫生", "生态环境", "对外开放", "科技创新"];
    (0..n)
        .map(|i| {
            let field = fields[i % fields.len()];
            format!("（{i}）推进{field}第{i}项工作，完成投资{}.{i}亿元，新建项目{}个，惠及群众{}万人，{field}水平提高{}个百分点。", 3 * i + 7, i + 11, i * i + 5, i % 9 + 1)
        })
        .collect()
}

#[test]
fn of_a_body_on_one_line_and_one_in_paragraphs_the_paragraphs_stay() {
    let paragraphs = body(20);
    let page = format!("政府工作报告\n{}\n图片附件\n{}\n", paragraphs.concat(), paragraphs.join("\n\n"));
    let clean = cleaned(&page);
    let lines: Vec<&str> = clean.text.as_str().lines().collect();
    assert_eq!(lines[1..], paragraphs);
    assert!(clean.flags.contains(&Flag::SecondCopyRemoved));
    let copies: usize =
        clean.removed.iter().filter(|r| r.removed_as == RemovedAs::Copy).map(|r| r.text.chars().count()).sum();
    assert_eq!(copies, paragraphs.concat().chars().count());
}

#[test]
fn of_two_equal_bodies_one_stays() {
    let paragraphs = body(16);
    let page = format!("{}\n首页\n网站地图\n领导之窗\n{}\n", paragraphs.join("\n"), paragraphs.join("\n"));
    let clean = cleaned(&page);
    assert_eq!(clean.text.as_str().lines().collect::<Vec<_>>(), paragraphs);
}

#[test]
fn a_summary_at_the_head_goes() {
    let paragraphs = body(12);
    let summary: String = paragraphs.concat().chars().take(120).collect();
    let page = format!("内容摘要：\n{summary}......\n政 府 工 作 报 告\n{}\n", paragraphs.join("\n"));
    let clean = cleaned(&page);
    let mut want = vec!["政府工作报告".to_owned()];
    want.extend(paragraphs);
    assert_eq!(clean.text.as_str().lines().collect::<Vec<_>>(), want);
}

#[test]
fn the_overlap_of_two_pages_stands_once() {
    let paragraphs = body(12);
    let page = format!("{}\n上一页 1 2 下一页\n{}\n", paragraphs[..7].join("\n"), paragraphs[6..].join("\n"));
    let clean = cleaned(&page);
    assert_eq!(clean.text.as_str().lines().collect::<Vec<_>>(), paragraphs);
}

#[test]
fn set_phrases_and_repeated_aims_are_no_copies() {
    let aim = "以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神，坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，";
    let mut paragraphs = body(12);
    paragraphs[1] = format!("一年来，我们坚持{aim}各项工作取得新成效。");
    paragraphs[8] = format!("今年工作的总体要求是：{aim}奋力开创发展新局面。");
    let clean = cleaned(&paragraphs.join("\n"));
    assert_eq!(clean.text.as_str().lines().collect::<Vec<_>>(), paragraphs);
    assert!(!clean.flags.contains(&Flag::SecondCopyRemoved));
}

#[test]
fn every_paragraph_maps_back_into_the_page() {
    let paragraphs = body(10);
    let page = format!("首页 > 正文\n内容摘要：{}…\n{}\n", &paragraphs[0], paragraphs.join("\\r\\n"));
    let clean = cleaned(&page);
    let mut at = 0;
    for line in clean.text.as_str().split_inclusive('\n') {
        let source = clean.text.source_span((at..at + line.len() - 1).into());
        assert_eq!(source.of(&page), line.trim_end());
        at += line.len();
    }
}

/// Sentences of one build with other figures are two facts, and of no sentence half goes.
#[test]
fn sentences_of_one_build_are_no_copies() {
    let line = |year: &str, sum: u32| {
        format!(
            "{year}年全县完成固定资产投资{sum}亿元，新建改建农村公路120公里，改造老旧小区35个，城镇登记失业率控制在4%以内，各项社会事业全面进步，人民群众生活水平不断提高。"
        )
    };
    let mut paragraphs = body(10);
    paragraphs.insert(3, line("去", 24));
    paragraphs.insert(4, line("今", 24));
    paragraphs.insert(5, line("明", 27));
    let clean = cleaned(&paragraphs.join("\n"));
    assert_eq!(clean.text.as_str().lines().collect::<Vec<_>>(), paragraphs);
}
