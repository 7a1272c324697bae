//! Any bytes at all give a row and no panic, and the invariants hold.

use std::sync::LazyLock;

use proptest::prelude::*;

use crate::invariants::check;
use crate::support::{document, seeds};

static SEEDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let lossy = |(_, bytes): (String, Vec<u8>)| String::from_utf8_lossy(&bytes).into_owned();
    seeds().into_iter().map(lossy).collect()
});

/// Pieces of real reports in any order, with odd bytes between: far likelier to reach deep code than random bytes. One
/// piece in eight is cut wherever it happens to be; cut so at every end, a document would be read in a wrong encoding
/// as a whole, and nothing behind its repair would be looked at.
fn patchwork() -> impl Strategy<Value = Vec<u8>> {
    let odd = prop_oneof![
        Just(b"\n".to_vec()),
        Just("。".into()),
        Just(b"**".to_vec()),
        Just(b"\\r\\n".to_vec()),
        Just(b"<p>".to_vec()),
        Just("５０％".into()),
        Just("?".into()),
        Just(vec![0xE4, 0xB8]),
        Just("一、".into()),
        Just("(xiàn)".into()),
        Just("分别增长".into()),
        Just("百亿".into()),
    ];
    let piece = (0..5usize, 0..10_000usize, 1..600usize, 0..8usize, odd);
    proptest::collection::vec(piece, 1..6).prop_map(|pieces| {
        let mut bytes = Vec::new();
        for (seed, start, length, cut, odd) in pieces {
            let text = &SEEDS[seed % SEEDS.len()];
            let start = start * 5 % text.len();
            let end = (start + length).min(text.len());
            let whole = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(at);
            let (start, end) = if cut == 0 { (start, end) } else { (whole(start), whole(end)) };
            bytes.extend_from_slice(&text.as_bytes()[start..end]);
            bytes.extend_from_slice(&odd);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_give_a_row(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        check(&document("any.txt", &bytes));
    }

    #[test]
    fn any_text_gives_a_row(text in "[\\PC\n一二三四五增长%亿元。，、（）0-9]{0,200}") {
        check(&document("any.txt", text.as_bytes()));
    }

    #[test]
    fn any_patchwork_of_reports_gives_a_row(bytes in patchwork()) {
        check(&document("any.txt", &bytes));
    }
}
