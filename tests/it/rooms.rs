//! The order of the house (docs/ARCHITECTURE.md): an arrow may only point down, the statute and the case file know
//! four crates, the databases are spoken to in one room and the web in its own; and files stay small enough to read.
//!
//! It reads the sources as text. Whoever wants to move a wall changes the table here, where a reviewer sees it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Every room and its floor.
const FLOORS: &[(u8, &[&str])] = &[
    // The binary is a door to `cli` and nothing else.
    (7, &["main"]),
    (6, &["cli"]),
    (5, &["api", "web", "scheduler"]),
    (4, &["office"]),
    (3, &["files", "letters", "release", "reports", "notices", "storage"]),
    (2, &["journal", "case", "enquiry", "proceeding", "wording"]),
    (1, &["law", "vault"]),
    (0, &["ids", "clock", "config"]),
];

/// Arrows that go level or upward all the same, each with its reason. One that no source needs any more fails a test.
const GRANTED: &[(&str, &str, &str)] = &[
    ("config", "law", "the holiday notices of config/calendar are read straight into the law's own `Year`"),
    ("enquiry", "case", "an enquiry speaks in the terms of the cases: texts, roles, milestones"),
    ("notices", "release", "a number is read alike in a mail and in what goes out: full width, blanks, dashes"),
    ("proceeding", "case", "a proceeding speaks of its case in the case's own terms: texts, files, roles, milestones"),
    ("reports", "letters", "a report is laid out as a paper, which the typesetter's room knows how to set"),
    ("web", "api", "a page sends what its API twin takes, checked by the same contract (decision 016)"),
];

/// What the pure rooms may know besides the standard library.
const PURE: &[(&str, &[&str])] = &[
    ("law", &["chrono", "serde", "thiserror", "uuid"]),
    ("case", &["chrono", "serde", "thiserror", "uuid"]),
    ("enquiry", &["chrono", "serde", "thiserror", "uuid"]),
    ("proceeding", &["chrono", "serde", "thiserror", "uuid"]),
];

/// Crates that stay in certain rooms.
const CONFINED: &[(&str, &[&str])] = &[
    ("diesel", &["storage"]),
    ("diesel_migrations", &["storage"]),
    ("libsqlite3_sys", &["storage"]),
    ("pq_sys", &["storage"]),
    ("actix_web", &["api", "web", "cli", "main"]),
    ("askama", &["web"]),
    ("form_urlencoded", &["web", "office"]),
    ("icalendar", &["config"]),
    ("mimalloc", &["main"]),
    ("metrics", &["api"]),
    ("metrics_exporter_prometheus", &["api"]),
    ("minijinja", &["wording"]),
    ("actix_multipart", &["web"]),
    ("clamav_client", &["files"]),
    ("infer", &["files"]),
    ("rustix", &["cli"]),
    ("object_store", &["files"]),
    ("rust_xlsxwriter", &["reports"]),
    ("comemo", &["letters"]),
    ("docx_rs", &["letters"]),
    ("typst", &["letters"]),
    ("typst_layout", &["letters"]),
    ("typst_pdf", &["letters"]),
];

/// A file that is longer is two ideas.
const LONGEST: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn floor(room: &str) -> Option<u8> {
    FLOORS.iter().find(|(_, rooms)| rooms.contains(&room)).map(|(floor, _)| *floor)
}

/// A source file.
struct Source {
    /// Its path below `src`.
    path: String,
    text: String,
}

impl Source {
    /// The room it lies in: the first part of its path.
    fn room(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    /// How many modules deep it lies: so many times `super` leads to the root of the crate.
    fn depth(&self) -> usize {
        self.path.split('/').count()
    }

    /// Whether it holds tests only.
    fn is_tests(&self) -> bool {
        self.path.ends_with("/tests.rs")
    }

    /// Its code without comments and without the tests at its end.
    fn code(&self) -> String {
        let code = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        code.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
    }

    /// The rooms its code speaks of: `crate::x`, `dafu::x`, `crate::{x, y::z}`, and `super` as often as it is deep.
    fn rooms_used(&self) -> BTreeSet<String> {
        let code = self.code();
        let up = "super::".repeat(self.depth());
        ["crate::", "dafu::", &up]
            .into_iter()
            .flat_map(|start| after_path_start(&code, start))
            .flat_map(first_names)
            .filter(|name| floor(name).is_some())
            .collect()
    }

    fn knows(&self, krate: &str) -> bool {
        after_path_start(&self.code(), &format!("{krate}::")).next().is_some()
    }
}

/// What follows each `start` that begins a path, not one that continues a longer word or path.
fn after_path_start<'a>(code: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(start).filter_map(move |(at, _)| {
        let (before, path) = code.split_at(at);
        let continues =
            before.chars().next_back().is_some_and(|before| before.is_alphanumeric() || matches!(before, '_' | ':'));
        (!continues).then(|| path.split_at(start.len()).1)
    })
}

/// The first name of a path, or of every path in a group.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
    };
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut nested = 0_usize;
    let mut names = vec![name(group)];
    for (at, letter) in group.char_indices() {
        match (letter, nested) {
            ('{', _) => nested += 1,
            ('}', 0) => break,
            ('}', _) => nested -= 1,
            (',', 0) => names.push(name(group.split_at(at + 1).1)),
            _ => {}
        }
    }
    names
}

fn sources() -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let src = root().join("src");
    let mut found = Vec::new();
    walk(&src, &mut found);
    found.sort();
    let sources = found.into_iter().map(|path| Source {
        path: path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/"),
        text: std::fs::read_to_string(&path).unwrap(),
    });
    sources.collect()
}

/// The sources that make up the rooms: all but the crate's own list of them.
fn rooms() -> Vec<Source> {
    sources().into_iter().filter(|source| source.path != "lib.rs").collect()
}

/// Every crate of `[dependencies]`, as code spells it.
fn dependencies() -> Vec<String> {
    let manifest: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    manifest["dependencies"].as_table().unwrap().keys().map(|name| name.replace('-', "_")).collect()
}

#[track_caller]
fn none_of(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_file_lies_in_a_room_of_the_house() {
    let homeless: Vec<_> =
        rooms().iter().filter(|one| floor(one.room()).is_none()).map(|one| one.path.clone()).collect();
    none_of(&homeless);
}

#[test]
fn an_arrow_points_only_down() {
    let mut wrong = Vec::new();
    let mut needed = BTreeSet::new();
    for source in rooms() {
        for used in source.rooms_used().into_iter().filter(|used| used != source.room()) {
            if floor(&used) < floor(source.room()) {
                continue;
            }
            let granted = GRANTED.iter().any(|(from, to, _)| (*from, *to) == (source.room(), used.as_str()));
            needed.insert((source.room().to_owned(), used.clone()));
            if !granted {
                wrong.push(format!("src/{}: {} must not use {used}", source.path, source.room()));
            }
        }
    }
    none_of(&wrong);
    for (from, to, reason) in GRANTED {
        let used = needed.contains(&((*from).to_owned(), (*to).to_owned()));
        assert!(used, "{from} no longer uses {to} ({reason}): take the grant away");
    }
}

#[test]
fn statute_and_case_file_know_four_crates() {
    let dependencies = dependencies();
    let mut wrong = Vec::new();
    for (room, known) in PURE {
        for source in rooms().iter().filter(|source| source.room() == *room && !source.is_tests()) {
            let stray = dependencies.iter().filter(|krate| !known.contains(&krate.as_str()) && source.knows(krate));
            wrong.extend(stray.map(|krate| format!("src/{}: {room} must not know {krate}", source.path)));
        }
    }
    none_of(&wrong);
}

#[test]
fn databases_and_web_are_spoken_to_in_their_own_rooms() {
    let mut wrong = Vec::new();
    for source in rooms() {
        for (krate, homes) in CONFINED.iter().filter(|(krate, _)| source.knows(krate)) {
            if !homes.contains(&source.room()) {
                wrong.push(format!("src/{}: {krate} belongs in {}", source.path, homes.join(", ")));
            }
        }
    }
    none_of(&wrong);
}

#[test]
fn every_file_says_first_why_it_is_there() {
    let silent = sources().into_iter().filter(|source| !source.text.starts_with("//!"));
    none_of(&silent.map(|source| format!("src/{} does not begin with //!", source.path)).collect::<Vec<_>>());
}

#[test]
fn no_file_is_longer_than_one_reads_at_a_sitting() {
    let long = sources().into_iter().filter(|source| source.text.lines().count() > LONGEST);
    none_of(
        &long.map(|source| format!("src/{}: {} lines", source.path, source.text.lines().count())).collect::<Vec<_>>(),
    );
}

/// diesel has the database prepare an INSERT anew each time unless its text is the same for whatever values: src/storage/prepared.rs.
#[test]
fn every_row_is_inserted_with_all_its_columns() {
    let of = |source: Source| {
        let lines: Vec<String> = source.text.lines().map(str::to_owned).collect();
        let derived =
            lines.iter().enumerate().filter(|(_, line)| line.starts_with("#[derive(") && line.contains("Insertable"));
        let wrong = derived.filter(|(at, _)| {
            let attributes = lines[at + 1..].iter().take_while(|line| line.starts_with("#["));
            !attributes.into_iter().any(|line| line.contains("treat_none_as_default_value = false"))
        });
        wrong.map(|(at, _)| format!("src/{}: line {}", source.path, at + 1)).collect::<Vec<_>>()
    };
    none_of(&sources().into_iter().flat_map(of).collect::<Vec<_>>());
}

#[test]
fn no_file_is_called_mod() {
    let named = sources().into_iter().filter(|source| source.path.split('/').next_back() == Some("mod.rs"));
    none_of(&named.map(|source| format!("src/{}", source.path)).collect::<Vec<_>>());
}

#[test]
fn the_reader_of_arrows_sees_every_way_to_write_one() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let used = |path: &str, text: &str| source(path, text).rooms_used().into_iter().collect::<Vec<_>>();
    assert_eq!(used("law/count.rs", "use crate::case::Case;"), ["case"]);
    assert_eq!(
        used("law/count.rs", "use crate::{ids::{CaseId, TextId}, office, vault::Keys};"),
        ["ids", "office", "vault"]
    );
    assert_eq!(used("law/count.rs", "let at = crate::clock::day_in_china(at);"), ["clock"]);
    assert_eq!(used("law/count.rs", "type E = $crate::storage::StoreError;"), ["storage"]);
    assert_eq!(used("law/count.rs", "use super::super::office::Office;"), ["office"]);
    assert_eq!(used("law/count.rs", "use super::article::Article; use super::case_numbers;"), [""; 0]);
    assert_eq!(used("main.rs", "fn main() { dafu::cli::run() }"), ["cli"]);
    assert_eq!(
        used("law.rs", "/// See [`crate::case`].\n// crate::office\n#[cfg(test)]\nmod tests {\nuse crate::case;"),
        [""; 0]
    );
    assert!(source("law.rs", "#[derive(thiserror::Error)]").knows("thiserror"));
    assert!(!source("law.rs", "use serde_json::Value;").knows("serde"));
}
