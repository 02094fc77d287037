//! The page on security against the tests it names.

use std::path::Path;

#[test]
fn every_test_that_the_page_on_security_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/SECURITY.md")).unwrap();
    let named = page.split('`').skip(1).step_by(2).filter_map(|word| word.split_once("::"));
    let (mut missing, mut found) = (Vec::new(), 0);
    for (file, name) in named.filter(|(file, _)| *file != "file") {
        let places = [
            format!("tests/it/{file}.rs"),
            format!("tests/it/support/{file}.rs"),
            format!("src/{file}.rs"),
            format!("src/{file}/tests.rs"),
        ];
        let texts = places.iter().filter_map(|place| std::fs::read_to_string(root.join(place)).ok());
        let is_there = texts.into_iter().any(|text| text.contains(&format!("fn {name}(")));
        if is_there { found += 1 } else { missing.push(format!("{file}::{name}")) }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(found >= 100, "{found}");
}
