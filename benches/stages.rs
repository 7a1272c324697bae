//! Throughput of the stages on the bundled reports: `cargo bench`. One core; bytes are those of the decoded source.

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use gwr::config::Rules;
use gwr::model::{Clean, Decoded, Document, Identity, RawDocument, Section};
use gwr::tables::DocumentRows;
use gwr::{clean, decode, extract, identify, process, repair, segment};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::embedded().expect("the embedded configuration loads"));

static SEEDS: LazyLock<Vec<RawDocument>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("data/ is part of the project")
        .map(|entry| entry.expect("data/ can be listed").path())
        .collect();
    paths.sort();
    let read = |path: std::path::PathBuf| RawDocument {
        source: path.file_name().expect("a file has a name").to_string_lossy().into_owned(),
        bytes: std::fs::read(&path).expect("a seed can be read"),
    };
    paths.into_iter().map(read).collect()
});

/// A seed on its way through the stages.
struct Stages {
    raw: &'static RawDocument,
    decoded: Decoded,
    clean: Clean,
    sections: Vec<Section>,
    identity: Identity,
    document: Document,
}

static STAGES: LazyLock<Vec<Stages>> = LazyLock::new(|| {
    let through = |raw: &'static RawDocument| {
        let decoded = decode::decode(&RULES.decode, raw);
        let clean = cleaned(&decoded);
        let mut sections = segment::segment(&RULES.segment, &clean);
        let identity = identify::identify(&RULES.identify, &raw.source, &clean, &sections);
        segment::date(&RULES.segment, clean.text.as_str(), &mut sections, &identity);
        Stages { raw, decoded, clean, sections, identity, document: process::process(&RULES, raw) }
    };
    SEEDS.iter().map(through).collect()
});

fn cleaned(decoded: &Decoded) -> Clean {
    let repaired = repair::repair(&RULES.repair, &decoded.text);
    clean::clean(&RULES.clean, repaired.text, &decoded.marks)
}

fn over<T>(bencher: Bencher<'_, '_>, work: impl Fn(&Stages) -> T + Sync) {
    let bytes: usize = STAGES.iter().map(|stages| stages.decoded.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| STAGES.iter().map(&work).collect::<Vec<_>>());
}

#[divan::bench]
fn a_decode(bencher: Bencher<'_, '_>) {
    over(bencher, |stages| decode::decode(&RULES.decode, stages.raw));
}

/// Clean UTF-8, and the same text in the encodings that have to be found out. Bytes are those of the source.
#[divan::bench(args = ["UTF-8", "GBK", "gb18030", "Big5", "UTF-16LE", "UTF-16BE"])]
fn a_decode_encoding(bencher: Bencher<'_, '_>, name: &str) {
    let text = std::str::from_utf8(&SEEDS[2].bytes).expect("the seed is UTF-8");
    let bytes: Vec<u8> = match name {
        "UTF-16LE" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "UTF-16BE" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => {
            let encoding = encoding_rs::Encoding::for_label(name.as_bytes()).expect("a known encoding");
            encoding.encode(text).0.into_owned()
        }
    };
    let raw = RawDocument { source: "a.txt".into(), bytes };
    bencher.counter(BytesCount::new(raw.bytes.len())).bench(|| decode::decode(&RULES.decode, &raw));
}

#[divan::bench]
fn a_decode_html(bencher: Bencher<'_, '_>) {
    let text = std::str::from_utf8(&SEEDS[2].bytes).expect("the seed is UTF-8");
    let body: String =
        text.lines().map(|line| format!("<p style=\"text-indent: 2em\"><span>{line}</span></p>\n")).collect();
    let page = format!("<!DOCTYPE html><html><head><title>x</title></head><body><div>{body}</div></body></html>");
    let raw = RawDocument { source: "a.html".into(), bytes: page.into_bytes() };
    bencher.counter(BytesCount::new(raw.bytes.len())).bench(|| decode::decode(&RULES.decode, &raw));
}

/// From bytes to the clean text, on a report without damage in simplified UTF-8.
#[divan::bench]
fn c_decode_to_clean_simplified(bencher: Bencher<'_, '_>) {
    let raw = &SEEDS[2];
    bencher.counter(BytesCount::new(raw.bytes.len())).bench(|| cleaned(&decode::decode(&RULES.decode, raw)));
}

#[divan::bench]
fn b_repair(bencher: Bencher<'_, '_>) {
    over(bencher, |stages| repair::repair(&RULES.repair, &stages.decoded.text));
}

#[divan::bench]
fn c_repair_and_clean(bencher: Bencher<'_, '_>) {
    over(bencher, |stages| cleaned(&stages.decoded));
}

#[divan::bench]
fn d_segment(bencher: Bencher<'_, '_>) {
    over(bencher, |stages| segment::segment(&RULES.segment, &stages.clean));
}

#[divan::bench]
fn e_identify(bencher: Bencher<'_, '_>) {
    over(bencher, |stages| identify::identify(&RULES.identify, &stages.raw.source, &stages.clean, &stages.sections));
}

#[divan::bench]
fn f_extract(bencher: Bencher<'_, '_>) {
    over(bencher, |stages| extract::extract(&RULES.extract, &stages.clean, &stages.sections, &stages.identity));
}

/// Numbers and units alone, over the clean text.
#[divan::bench]
fn f_quantities(bencher: Bencher<'_, '_>) {
    over(bencher, |stages| extract::quantity::quantities(&RULES.extract.quantity, stages.clean.text.as_str()));
}

#[divan::bench]
fn g_rows(bencher: Bencher<'_, '_>) {
    over(bencher, |stages| DocumentRows::of(&stages.document));
}

#[divan::bench]
fn h_whole_document(bencher: Bencher<'_, '_>) {
    over(bencher, |stages| process::process(&RULES, stages.raw));
}

/// What a run pays before the first document.
#[divan::bench]
fn i_start_up() -> Rules {
    Rules::embedded().expect("the embedded configuration loads")
}

fn main() {
    divan::main();
}
