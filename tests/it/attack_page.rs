//! The page on security against the tests it names.

use std::path::Path;

#[test]
fn every_test_that_the_page_on_security_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/SECURITY.md")).unwrap();
    let named = page.split('`').skip(1).step_by(2).filter_map(|word| word.split_once("::"));
    let (mut missing, mut found) = (Vec::new(), 0);
    for (file, name) in named.filter(|(file, _)| *file != "file") {
        let text = std::fs::read_to_string(root.join(format!("tests/it/{file}.rs"))).unwrap_or_default();
        if text.contains(&format!("fn {name}(")) { found += 1 } else { missing.push(format!("{file}::{name}")) }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(found >= 25, "{found}");
}
