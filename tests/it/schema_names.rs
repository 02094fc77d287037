//! The names of what the API documents. utoipa keeps schemas by the name of their type without its module: of two types with one
//! name the later one silently takes the place of the earlier, and the document, and with it the check of every body, is wrong.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A type that is documented: under which name, and where it is.
#[derive(Debug)]
struct Documented {
    name: String,
    at: String,
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The word after `before`, letters, digits and underscores only.
fn word_after(line: &str, before: &str) -> Option<String> {
    let (_, rest) = line.split_once(before)?;
    Some(rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect())
}

/// The types of one file that derive a schema.
fn documented(text: &str, at: &str) -> Vec<Documented> {
    let mut found = Vec::new();
    let mut derives: Option<Option<String>> = None;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[derive(") && line.contains("ToSchema") {
            derives = Some(None);
        }
        let Some(renamed) = &mut derives else { continue };
        if line.starts_with("#[schema(") {
            *renamed = word_after(line, "as = ").or(renamed.take());
        }
        let declared = word_after(line, "struct ").or_else(|| word_after(line, "enum "));
        if let Some(declared) = declared.filter(|_| !line.starts_with("//") && !line.starts_with('#')) {
            found.push(Documented { name: renamed.take().unwrap_or(declared), at: at.to_owned() });
            derives = None;
        }
    }
    found
}

#[test]
fn no_two_types_of_the_api_have_one_name_in_its_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let at = file.strip_prefix(&root).unwrap().display().to_string();
        for one in documented(&text, &at) {
            by_name.entry(one.name).or_default().push(one.at);
        }
    }
    assert!(by_name.len() > 200, "only {} were found: the scan reads something else", by_name.len());
    by_name.retain(|_, places| places.len() > 1);
    assert!(by_name.is_empty(), "give one of each a name of its own with #[schema(as = …)]: {by_name:#?}");
}

#[test]
fn every_component_of_the_document_is_a_type_that_was_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let all: Vec<String> = files
        .iter()
        .flat_map(|file| documented(&std::fs::read_to_string(file).unwrap(), ""))
        .map(|one| one.name)
        .collect();
    let document = dafu::api::document().unwrap();
    let components = document["components"]["schemas"].as_object().unwrap();
    // Those that are made of others are called after them: the lenient forms of drafts, and whatever has a type in it.
    let called_after = |name: &str| name.split('_').next().unwrap_or_default().trim_end_matches("Draft").to_owned();
    let is_found = |name: &String| all.contains(name) || all.contains(&called_after(name));
    let unknown: Vec<&String> = components.keys().filter(|name| !is_found(name)).collect();
    assert!(unknown.iter().all(|name| BY_HAND.contains(&name.as_str())), "{unknown:?}");
}

/// Components whose schema no derive makes.
const BY_HAND: &[&str] = &["ProceedingInput", "EnquiryInput"];
