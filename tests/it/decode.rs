//! Bytes → text: every encoding there and back, wrong declarations, broken bytes, HTML and .docx made here.

use std::io::{Cursor, Write};

use encoding_rs::{BIG5, Encoding, GB18030, GBK};
use gwr::decode::decode;
use gwr::model::{Decoded, Flag, MarkKind, RawDocument, SourceFormat};
use proptest::prelude::*;

use crate::support::RULES;

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Decoded {
    decode(&RULES.decode, &RawDocument { source: name.into(), bytes: bytes.into() })
}

fn seed(name: &str) -> String {
    std::fs::read_to_string(format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Simplified text, of characters that GBK has.
fn hans() -> String {
    seed("000_df6dbc2bd7619a8a.txt").chars().filter(|c| !GBK.encode(&c.to_string()).2).collect()
}

/// Traditional text of characters that Big5 and GBK have.
fn hant() -> String {
    seed("003_ef89a3ccdfd81a2a.txt")
        .chars()
        .filter(|c| !BIG5.encode(&c.to_string()).2 && !GBK.encode(&c.to_string()).2)
        .collect()
}

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{} lacks a character", encoding.name());
    bytes.into_owned()
}

fn utf16(text: &str, little: bool, bom: bool) -> Vec<u8> {
    let bom = bom.then_some(0xFEFF_u16);
    let units = bom.into_iter().chain(text.encode_utf16());
    units.flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
}

fn flags(decoded: &Decoded) -> Vec<Flag> {
    decoded.flags.iter().copied().collect()
}

#[test]
fn every_encoding_comes_back() {
    let (hans, hant) = (hans(), hant());
    // U+3400 and U+20000 have four bytes in GB18030.
    let rare = format!("{hans}㐀𠀀");
    let with_bom = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let cases: Vec<(&str, Vec<u8>, &str, &str, Vec<Flag>)> = vec![
        ("UTF-8", hans.clone().into(), &hans, "UTF-8", vec![]),
        ("UTF-8, traditional", hant.clone().into(), &hant, "UTF-8", vec![]),
        ("UTF-8 with BOM", with_bom(&hans), &hans, "UTF-8", vec![]),
        ("GBK", encoded(GBK, &hans), &hans, "GBK", vec![Flag::EncodingGuessed]),
        ("GBK, traditional", encoded(GBK, &hant), &hant, "GBK", vec![Flag::EncodingGuessed]),
        ("GB18030", encoded(GB18030, &rare), &rare, "gb18030", vec![Flag::EncodingGuessed]),
        ("Big5", encoded(BIG5, &hant), &hant, "Big5", vec![Flag::EncodingGuessed]),
        ("UTF-16LE with BOM", utf16(&hans, true, true), &hans, "UTF-16LE", vec![]),
        ("UTF-16BE with BOM", utf16(&hans, false, true), &hans, "UTF-16BE", vec![]),
        ("UTF-16LE", utf16(&hans, true, false), &hans, "UTF-16LE", vec![Flag::EncodingGuessed]),
        ("UTF-16BE", utf16(&hans, false, false), &hans, "UTF-16BE", vec![Flag::EncodingGuessed]),
        ("UTF-16LE, traditional", utf16(&hant, true, false), &hant, "UTF-16LE", vec![Flag::EncodingGuessed]),
    ];
    for (name, bytes, text, encoding, expected) in cases {
        let decoded = read("a.txt", bytes);
        assert!(decoded.text == *text, "{name}: the text differs");
        assert_eq!(decoded.encoding, Some(encoding), "{name}");
        assert_eq!(flags(&decoded), expected, "{name}");
        assert_eq!(decoded.replacements, 0, "{name}");
    }
}

#[test]
fn a_few_characters_are_enough() {
    for text in ["政府工作报告", "各位代表：现在，我代表市人民政府", "2023年工作回顾", "联通"]
    {
        assert_eq!(read("a.txt", encoded(GBK, text)).text, text);
        assert_eq!(read("a.txt", text).text, text);
    }
    for text in ["政府工作報告", "各位代表：現在，我代表市人民政府", "2023年工作回顧"] {
        assert_eq!(read("a.txt", encoded(BIG5, text)).text, text);
        assert_eq!(read("a.txt", utf16(text, true, false)).text, text);
        assert_eq!(read("a.txt", utf16(text, false, false)).text, text);
    }
}

#[test]
fn a_long_head_in_ascii_hides_nothing() {
    let head = "var menu = [1, 2, 3];\n".repeat(5_000);
    for encoding in [GBK, GB18030] {
        let text = format!("{head}{}", hans());
        assert!(read("a.txt", encoded(encoding, &text)).text == text);
    }
    let text = format!("{head}{}", hant());
    let decoded = read("a.txt", encoded(BIG5, &text));
    assert_eq!(decoded.encoding, Some("Big5"));
    assert!(decoded.text == text);
}

#[test]
fn a_wrong_declaration_loses_against_the_text() {
    let page = |charset: &str, text: &str| {
        format!("<html><head><meta charset=\"{charset}\"><title>x</title></head><body><p>{text}</p></body></html>")
    };
    let body: String = hans().split_whitespace().collect();
    let cases: Vec<(Vec<u8>, &str, Vec<Flag>)> = vec![
        (page("gb2312", &body).into(), "UTF-8", vec![Flag::EncodingMismatch]),
        (page("utf-8", &body).into(), "UTF-8", vec![]),
        (encoded(GBK, &page("utf-8", &body)), "GBK", vec![Flag::EncodingMismatch]),
        (encoded(GBK, &page("gb2312", &body)), "GBK", vec![]),
        (encoded(GBK, &page("big5", &body)), "GBK", vec![Flag::EncodingMismatch]),
        (encoded(GBK, &page("gb18030", &body)), "gb18030", vec![]),
        (encoded(GBK, &page("iso-8859-1", &body)), "GBK", vec![Flag::EncodingMismatch]),
        (page("no-such-charset", &body).into(), "UTF-8", vec![]),
        ([b"\xEF\xBB\xBF".to_vec(), encoded(GBK, &body)].concat(), "GBK", vec![Flag::EncodingMismatch]),
    ];
    for (i, (bytes, encoding, expected)) in cases.into_iter().enumerate() {
        let decoded = read("a.htm", bytes);
        assert_eq!(decoded.encoding, Some(encoding), "case {i}");
        assert_eq!(flags(&decoded), expected, "case {i}");
        let text: String = decoded.text.split_whitespace().collect();
        assert!(text.contains(&body), "case {i}: the body differs");
    }
}

/// Every so many bytes one is broken: the encoding stays, the losses are counted, the rest is whole.
#[test]
fn a_few_broken_bytes_change_no_encoding() {
    let (hans, hant) = (hans(), hant());
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("UTF-8", hans.clone().into(), &hans),
        ("GBK", encoded(GBK, &hans), &hans),
        ("Big5", encoded(BIG5, &hant), &hant),
    ];
    for (encoding, bytes, text) in cases {
        let known: std::collections::HashSet<char> = text.chars().collect();
        for damage in [0xFF_u8, 0x80, b'?', 0] {
            let mut broken = bytes.clone();
            broken.iter_mut().skip(50).step_by(400).for_each(|b| *b = damage);
            let decoded = read("a.txt", broken);
            assert_eq!(decoded.encoding, Some(encoding), "{damage:#x} in {encoding}");
            assert_eq!(decoded.flags.contains(&Flag::InvalidBytes), decoded.replacements > 0);
            assert_eq!(decoded.replacements, decoded.text.matches('\u{FFFD}').count());
            let kept = decoded.text.chars().filter(|c| known.contains(c)).count();
            assert!(kept * 100 > text.chars().count() * 97, "{damage:#x} in {encoding}: kept {kept}");
        }
        let cut = &bytes[..bytes.len() / 2 * 2 - 1];
        assert_eq!(read("a.txt", cut).encoding, Some(encoding), "cut {encoding}");
    }
}

#[test]
fn marks_of_earlier_losses_are_not_counted_as_new_ones() {
    let decoded = read("a.txt", "二\u{FFFD}\u{FFFD}三五年");
    assert_eq!((decoded.replacements, flags(&decoded)), (0, vec![]));
    let decoded = read("a.txt", [&"到二\u{FFFD}三五年，各位代表：".repeat(9).into_bytes()[..], b"\xFF"].concat());
    assert_eq!((decoded.replacements, decoded.encoding), (1, Some("UTF-8")));
}

#[test]
fn lines_of_another_encoding_are_read_in_theirs() {
    let (one, two) =
        ("经济发展取得新成效，固定资产投资增长10%。\n", "各位代表：现在，我代表市人民政府向大会报告工作。\n");
    for (bytes, encoding) in [
        ([one.repeat(20).into_bytes(), encoded(GBK, two)].concat(), "UTF-8"),
        ([encoded(GBK, &one.repeat(20)), two.into()].concat(), "GBK"),
    ] {
        let decoded = read("a.txt", bytes);
        assert_eq!(decoded.text, one.repeat(20) + two);
        assert_eq!(decoded.encoding, Some(encoding));
        assert!(decoded.flags.contains(&Flag::MixedEncodings) && decoded.replacements == 0);
    }
}

#[test]
fn what_cannot_be_read_says_why() {
    let mut noise = 1u32;
    let random: Vec<u8> = std::iter::repeat_with(|| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (noise >> 24) as u8
    })
    .take(20_000)
    .collect();
    for (name, bytes, format, reason) in [
        ("a.txt", Vec::new(), SourceFormat::Text, "empty"),
        ("a.txt", b" \r\n\t\n".to_vec(), SourceFormat::Text, "no text"),
        ("a.html", b"<html><script>var a = 1;</script></html>".to_vec(), SourceFormat::Html, "no text"),
        ("a.txt", b"%PDF-1.7 x".to_vec(), SourceFormat::Pdf, "PDF"),
        ("a.txt", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....".to_vec(), SourceFormat::Doc, ".doc"),
        ("a.txt", b"PK\x03\x04 and nothing".to_vec(), SourceFormat::Other, "zip"),
        ("a.docx", zip(&[("xl/workbook.xml", "<x/>")]), SourceFormat::Other, "spreadsheet"),
        ("a.docx", zip(&[("a.txt", "x")]), SourceFormat::Other, "archive"),
        ("a.txt", random, SourceFormat::Other, "no text in any known encoding"),
    ] {
        let decoded = read(name, bytes);
        let told = decoded.unusable.unwrap_or_default();
        assert!(told.contains(reason), "{name}: {told:?} lacks {reason:?}");
        assert_eq!(decoded.format, format, "{told}");
        assert_eq!(decoded.text.trim(), "");
    }
}

#[test]
fn a_page_becomes_the_lines_that_a_reader_sees() {
    let page = r#"<!DOCTYPE html><html><head><title>政府工作报告_某县人民政府</title>
        <meta name="PubDate" content="2024-03-05 10:00"><style>p { color: red }</style></head><body>
        <nav><a href="/">首页</a><a href="/x">政务公开</a></nav><script>document.write("脚本")</script>
        <h1>政府工作报告</h1>
        <p>　　各位代表：<br/>现在，我代表县人民政府
           向大会报告工作。&nbsp;PM<sub>2.5</sub>浓度下降&lt;5%&gt;。</p>
        <p><strong>一、2023年工作回顾</strong></p><div>GDP growth was <b>5%</b>
        in the year</div><p style="display: none">看不见</p><p hidden>也看不见</p>
        <table><tr><th>指标</th><th>数值</th></tr><tr><td><p>地区生产总值</p></td><td>100<br>亿元</td></tr></table>
        <table><tr><td><p>甲</p><p>乙</p><p>丙</p><p>丁</p></td></tr></table>
        <ul><li>第一项</li><li><a href="/y">第二项</a></li></ul><textarea>控件</textarea>
        </body></html>"#;
    let decoded = read("a.html", page);
    let expected = "发布时间：2024-03-05 10:00\n政府工作报告\n　　各位代表：\n现在，我代表县人民政府向大会报告工作。\u{A0}PM2.5浓度下降<5%>。\n\
        一、2023年工作回顾\nGDP growth was 5% in the year\n指标\t数值\n地区生产总值\t100 亿元\n甲\n乙\n丙\n丁\n第一项\n第二项\n";
    assert_eq!(decoded.text, expected);
    assert_eq!(marks(&decoded), ["Heading(1) 政府工作报告", "Bold 一、2023年工作回顾", "Bold 5%", "Link 第二项",]);
}

/// A text that was read off a scan has its paragraphs as lines and its tables as tags.
#[test]
fn tables_in_a_text_leave_its_lines_alone() {
    let table = "<table><tr><td>指标</td><td>数值</td></tr><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>";
    let text =
        format!("# 政府工作报告\n\n各位代表：\n现在，我代表县人民政府\n向大会报告工作。\n\n{table}\n\n二、工作安排\n");
    let expected = "# 政府工作报告\n各位代表：\n现在，我代表县人民政府\n向大会报告工作。\n指标\t数值\n甲\t1\n乙\t2\n二、工作安排\n";
    assert_eq!(read("a.md", text).text, expected);
}

#[test]
fn a_date_in_the_head_is_told_in_any_form() {
    for date in ["2024年03月05日", "2024-03-05", "2024", "2024年三月"] {
        let page = format!("<html><head><meta name=PubDate content={date}></head><body><p>各位代表</p></body></html>");
        assert_eq!(read("a.html", page).text, format!("发布时间：{date}\n各位代表\n"));
    }
}

#[test]
fn nothing_that_may_be_the_body_is_left_out() {
    let body = "我们深入贯彻新发展理念，经济运行总体平稳。".repeat(40);
    for page in [
        format!("<html><body><div style='display:none'><p>{body}</p></div></body></html>"),
        format!("<html><body><footer><p>{body}</p></footer></body></html>"),
        format!("<html><body><textarea>{body}</textarea></body></html>"),
        format!("<html><body><noscript><p>{body}</p></noscript></body></html>"),
        format!("{}{body}", "<div>".repeat(100_000)),
        format!("<html><body><p>{body}</p></body></html>{}", "</div>".repeat(10)),
    ] {
        assert!(read("a.html", page.clone()).text.contains(&body), "{}", page.chars().take(60).collect::<String>());
    }
}

fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn docx(body: &str, others: &[(&str, &str)]) -> Decoded {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>{body}</w:body></w:document>"
    );
    let parts: Vec<(&str, &str)> =
        std::iter::once(("word/document.xml", document.as_str())).chain(others.iter().copied()).collect();
    read("a.bin", zip(&parts))
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn marks(decoded: &Decoded) -> Vec<String> {
    decoded.marks.iter().map(|m| format!("{:?} {}", m.kind, m.span.of(&decoded.text))).collect()
}

#[test]
fn a_docx_gives_its_paragraphs_in_order() {
    let decoded = docx(
        "<w:p><w:r><w:t>政府</w:t></w:r><w:r><w:t xml:space=\"preserve\">工作 </w:t></w:r><w:r><w:t>报告</w:t></w:r></w:p>
         <w:p/>
         <w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>A&amp;B&#x4E2D;</w:t><w:tab/><w:t>C</w:t><w:br/><w:t>D</w:t></w:r></w:p>
         <w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:fldSimple w:instr=\"PAGE\"><w:r><w:t>1</w:t></w:r></w:fldSimple>
           <w:r><w:instrText>HYPERLINK x</w:instrText></w:r></w:p>
         <w:sdt><w:sdtPr><w:docPartGallery w:val=\"Table of Contents\"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p></w:sdtContent></w:sdt>
         <w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的正文</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        &[],
    );
    assert_eq!(decoded.text, "政府工作 报告\nA&B中\tC\nD\n链接1\n控件里的正文\n");
    assert_eq!((decoded.format, decoded.encoding, flags(&decoded)), (SourceFormat::Docx, None, vec![]));
}

#[test]
fn deleted_text_of_a_docx_is_gone_and_inserted_text_is_there() {
    let decoded = docx(
        "<w:p><w:r><w:t>增长</w:t></w:r><w:del><w:r><w:delText>4</w:delText></w:r></w:del><w:ins><w:r><w:t>5</w:t></w:r></w:ins><w:r><w:t>%</w:t></w:r></w:p>
         <w:p><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>
         <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p><w:p><w:r><w:t>后半</w:t></w:r></w:p>
         <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>可见</w:t></w:r></w:p>
         <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
         <w:p><w:pPr><w:pPrChange><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>",
        &[],
    );
    assert_eq!(decoded.text, "增长5%\n新处\n前半后半\n可见\n正文\n");
    assert_eq!(marks(&decoded), [""; 0]);
}

#[test]
fn tables_and_text_boxes_of_a_docx_stand_once() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let long = "我们深入贯彻新发展理念，经济运行总体平稳。".repeat(10);
    let decoded = docx(
        &format!(
            "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}<w:tc>{}{}</w:tc></w:tr></w:tbl>
             <w:tbl><w:tr><w:tc>{}{}</w:tc></w:tr></w:tbl>
             <w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:posOffset>123</wp:posOffset><w:txbxContent>{}</w:txbxContent></w:drawing></mc:Choice>
             <mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>",
            cell("指标"), cell("数值"), cell("甲"), paragraph("1"), paragraph("亿元"),
            paragraph("一、回顾"), paragraph(&long), paragraph("框中"), paragraph("框中"),
        ),
        &[],
    );
    assert_eq!(decoded.text, format!("指标\t数值\n甲\t1 亿元\n一、回顾\n{long}\n前后\n框中\n"));
}

#[test]
fn headings_numbers_and_notes_of_a_docx_are_written_out() {
    let styles = "<w:styles><w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr></w:pPr></w:style>
        <w:style w:styleId=\"a\"><w:name w:val=\"x\"/><w:basedOn w:val=\"1\"/></w:style>
        <w:style w:styleId=\"T\"><w:name w:val=\"toc 1\"/></w:style></w:styles>";
    let numbering = "<w:numbering><w:abstractNum w:abstractNumId=\"0\">
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl>
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%2\"/></w:lvl></w:abstractNum>
        <w:num w:numId=\"7\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
    let footnotes = "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>
        <w:footnote w:id=\"2\"><w:p><w:r><w:footnoteRef/><w:t>两山：绿水青山就是金山银山。</w:t></w:r></w:p></w:footnote></w:footnotes>";
    let styled = |style: &str, text: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let item = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        styled("T", "2023年工作回顾\t1"),
        styled("1", "2023年工作回顾"),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>特色农业</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>规模发展。</w:t></w:r><w:r><w:t>践行两山</w:t><w:footnoteReference w:id=\"2\"/><w:t>理念。</w:t></w:r></w:p>".into(),
        item("2024年开工"),
        item("完工"),
        styled("a", "2024年工作安排"),
        item("新建"),
    ]
    .concat();
    let decoded = docx(
        &body,
        &[("word/styles.xml", styles), ("word/numbering.xml", numbering), ("word/footnotes.xml", footnotes)],
    );
    assert_eq!(
        decoded.text,
        "一、2023年工作回顾\n特色农业规模发展。践行两山[1]理念。\n1 2024年开工\n2 完工\n二、2024年工作安排\n1 新建\n[1] 两山：绿水青山就是金山银山。\n"
    );
    assert_eq!(
        marks(&decoded),
        ["Heading(1) 一、2023年工作回顾", "Bold 特色农业规模发展。", "Heading(1) 二、2024年工作安排",]
    );
}

#[test]
fn a_zip_bomb_is_refused_and_a_cut_part_is_told() {
    let bomb = docx(&paragraph(&"0".repeat(70 << 20)), &[]);
    assert!(bomb.unusable.is_some_and(|reason| reason.contains("MB")));
    let cut = read(
        "a.docx",
        zip(&[(
            "word/document.xml",
            "<w:document><w:body><w:p><w:r><w:t>各位代表</w:t></w:r></w:p><w:p><w:r><w:t>现在",
        )]),
    );
    assert_eq!((cut.text.as_str(), flags(&cut)), ("各位代表\n现在\n", vec![Flag::SourceDamaged]));
}

/// Whatever comes out, its marks lie on characters, in order.
fn assert_sound(decoded: &Decoded) {
    let mut last = 0;
    for mark in &decoded.marks {
        assert!(mark.span.start >= last && mark.span.start < mark.span.end);
        assert!(!mark.span.of(&decoded.text).is_empty());
        assert!(matches!(mark.kind, MarkKind::Heading(1..=6) | MarkKind::Bold | MarkKind::Link));
        last = mark.span.start;
    }
    assert_eq!(decoded.unusable.is_some(), decoded.text.trim().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_at_all_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..2000), name in "[a-z]{1,3}\\.(txt|html|md|docx)") {
        assert_sound(&read(&name, bytes));
    }

    #[test]
    fn any_tags_at_all_are_answered(
        parts in proptest::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<b>", "</b>", "<td>", "<table>", "<tr>", "</table>", "<a href=x>", "</a>", "<div hidden>", "</div>", "<pre>",
            "</pre>", "<br>", "<h2>", "</h2>", "<!--", "-->", "<script>", "</script>", "&nbsp;", "&#20013;", " ", "\n", "政府", "工作", "x", "<",
        ]), 0..60)
    ) {
        assert_sound(&read("a.html", format!("<html>{}", parts.concat())));
    }

    #[test]
    fn any_elements_at_all_are_answered(
        parts in proptest::collection::vec(prop::sample::select(vec![
            "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "</w:tbl>", "<w:del>",
            "</w:del>", "<w:pPr>", "</w:pPr>", "<w:b/>", "<w:rPr>", "</w:rPr>", "<w:txbxContent>", "</w:txbxContent>", "<w:br/>", "政府", "工作",
            "<w:footnote w:id='1'>", "</w:footnote>", "<w:footnoteReference w:id='1'/>", "<mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>",
            "<mc:Fallback>", "&amp;", "<w:outlineLvl w:val='0'/>", "<w:numId w:val='1'/>", " ",
        ]), 0..60)
    ) {
        assert_sound(&docx(&parts.concat(), &[]));
    }
}
