//! docs/data-dictionary.md is what `gwr schema` prints.

use crate::support::{gwr, project, stdout};

#[test]
fn the_data_dictionary_is_the_schema() {
    let path = project("docs/data-dictionary.md");
    let schema = stdout(&gwr(&project(""), &["schema"]));
    if std::env::var_os("GWR_BLESS").is_some() {
        std::fs::write(&path, &schema).expect("the dictionary can be written");
    }
    let kept = std::fs::read_to_string(&path).expect("the dictionary is there");
    assert!(
        kept == schema,
        "docs/data-dictionary.md is not what `gwr schema` prints; write it anew with `GWR_BLESS=1 cargo test`"
    );
}
