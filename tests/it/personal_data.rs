//! What people tell in confidence, and what opens a door, planted through every door there is and then looked for: in the
//! database's files and its write-ahead log, in the service's log at its most talkative, in every mail, in the store of files, be it
//! a folder or a bucket, in a backup and in what the program says to an operator; in every spelling, by a service that runs as a
//! process of its own. Temporary files are none: nothing is ever made in the folder for them.

use std::path::{Path, PathBuf};

use crate::support::confided::{DB_PASSWORD, Told, subjects};
use crate::support::planted::Search;
use crate::support::postgres::Cluster;
use crate::support::s3::{Bucket, URL, with_bucket};
use crate::support::served::Served;
use crate::support::smtp::Accepted;

/// What is looked for.
fn search(told: &Told) -> Search {
    let plants = told.plants.all().iter().filter(|one| one.open.is_none());
    let plants = plants.map(|one| (one.what.as_str(), one.text.as_str()));
    Search::of(plants.chain(told.secrets.iter().map(|(what, text)| (what.as_str(), text.as_str()))))
}

/// What a mail may say: to whom it is, about which application, and what opens it; never a number, an address or a text of it.
/// Mail goes in the clear as far as its servers let it, and stays in a box.
const IN_MAILS: &[(&str, &[&str], &str)] = &[
    (
        "the applicant",
        &["mail of the applicant", "name of the applicant", "the subject", "the query code", "the link in a mail"],
        "their own: without name and subject a mail is taken for one of the many that are false",
    ),
    (
        "who writes on paper",
        &["mail of who writes on paper", "name of who writes on paper", "a subject on paper"],
        "the same",
    ),
    (
        "who wrote on paper, put right",
        &["mail of who wrote on paper, put right", "name of who wrote on paper, put right", "a subject on paper"],
        "the same",
    ),
    (
        "who writes to the mailbox",
        &["mail of who writes to the mailbox", "name of who writes to the mailbox", "the code of a letter"],
        "the same",
    ),
    (
        "the third party",
        &["mail of the third party", "name of the third party"],
        "their own name; neither who asks nor what for",
    ),
    (
        STAFF,
        &["the subject", "a subject on paper"],
        "who works on a case has to know which; long numbers in it are masked",
    ),
];

const STAFF: &str = "staff";

/// What a letter gives away beyond that.
fn given_away(told: &Told, search: &Search, letter: &Accepted) -> Vec<String> {
    let parsed = mail_parser::MessageParser::default().parse(&letter.raw).unwrap();
    let mut bytes = letter.raw.clone();
    bytes.extend(letter.raw.iter().filter(|byte| !b"\r\n".contains(byte)));
    for part in &parsed.parts {
        bytes.extend(part.contents());
    }
    bytes.extend(parsed.subject().unwrap_or_default().as_bytes());
    let whose = told.plants.all().iter().find(|one| one.text == letter.to).map_or(STAFF, |one| one.what.as_str());
    let whose = whose.trim_start_matches("mail of ");
    let allowed = IN_MAILS.iter().find(|(who, ..)| *who == whose).map_or([].as_slice(), |(_, what, _)| *what);
    let is_allowed = |found: &String| allowed.iter().any(|what| found.starts_with(&format!("{what} in ")));
    let found = search.within(&bytes).into_iter().filter(|found| !is_allowed(found));
    found.map(|found| format!("mail to {whose} “{}”: {found}", parsed.subject().unwrap_or_default())).collect()
}

/// Plants, walks and looks; `database` tells where the database's files are, once they are all written.
fn nothing_is_found(service: Served, bucket: Option<&Bucket>, database: impl Fn(&Served) -> PathBuf) {
    let mut told = Told::new(service);
    let temporary = told.folder.path().join("tmp");
    let untouched = std::fs::metadata(&temporary).unwrap().modified().unwrap();
    let application = told.applies();
    let case = told.walks(&application);
    told.comes_by_post();
    told.goes_on(&case);
    told.signs_in();
    let address = told.plants.given_as("mail of the applicant").to_owned();
    told.opens_all(&address);
    told.letter(&address, "答复");
    let third_party = told.plants.given_as("mail of the third party");
    told.letter(third_party, "征求");
    told.is_backed_up();

    let search = search(&told);
    let (store, in_bucket) = (PathBuf::from(&told.service.config.files.url), |bucket: &Bucket| {
        let keys = bucket.keys().into_iter();
        keys.map(|key| (bucket.bytes(&key), key)).collect::<Vec<_>>()
    });
    let objects = bucket.map(in_bucket).unwrap_or_default();
    let mut found = Vec::new();
    let mut places = vec![database(&told.service), told.folder.path().to_owned()];
    places.extend(bucket.is_none().then(|| store.clone()));
    for place in &places {
        assert!(place.exists(), "{}", place.display());
        found.extend(search.below(place));
    }
    for (bytes, key) in &objects {
        found.extend(search.within(bytes).into_iter().chain(search.within(key.as_bytes())));
    }
    for letter in told.mail.accepted() {
        found.extend(given_away(&told, &search, &letter));
    }
    assert!(found.is_empty(), "{found:#?}");

    // That the search sees what is there: what may lie in the clear does, the log is at its most talkative, files and mails came.
    let open = told.plants.all().iter().filter_map(|one| Some((one.text.as_str(), one.open?)));
    let (texts, whys): (Vec<&str>, Vec<&str>) = open.unzip();
    let seen = Search::of(texts.iter().map(|text| ("open", *text))).below(&places[0]);
    assert!(!seen.is_empty(), "{whys:?}");
    let log = std::fs::read_to_string(told.folder.path().join("log")).unwrap();
    assert!(log.contains("TRACE") && log.contains("DEBUG"), "{}", log.chars().take(2000).collect::<String>());
    assert!(told.mail.accepted().len() >= 6, "{:?}", subjects(&told.mail.accepted()));
    told.signed_in_to_the_mail_server();
    let kept = if bucket.is_some() { objects.len() } else { count(&store) };
    assert!(kept >= 4, "files were kept: {kept}");
    // A folder in which a file is made, and be it for a moment, is changed.
    let changed = std::fs::metadata(&temporary).unwrap().modified().unwrap();
    assert_eq!((changed, count(&temporary)), (untouched, 0), "somebody makes temporary files");
    told.serving.child.kill().unwrap();
    told.serving.child.wait().unwrap();
    assert_eq!(search.below(&database(&told.service)), [""; 0], "what is left of a process that was killed");
}

/// How many files lie below a place.
fn count(place: &Path) -> usize {
    if !place.is_dir() {
        return 1;
    }
    std::fs::read_dir(place).unwrap().flatten().map(|entry| count(&entry.path())).sum()
}

#[test]
fn nothing_told_in_confidence_lies_in_the_clear_anywhere_on_sqlite() {
    let service = Served::on_sqlite("2025-03-03");
    nothing_is_found(service, None, |service| {
        // The folder with the database, its write-ahead log and its index of that.
        let file = PathBuf::from(service.url().strip_prefix("sqlite://").unwrap());
        let copy = file.with_file_name("as-it-lies");
        std::fs::create_dir_all(&copy).unwrap();
        for part in ["dafu.db", "dafu.db-wal", "dafu.db-shm"] {
            // Without the write-ahead log nothing was written yet: it has to be there.
            std::fs::copy(file.with_file_name(part), copy.join(part)).unwrap();
        }
        copy
    });
}

#[test]
fn nothing_told_in_confidence_lies_in_the_clear_anywhere_on_postgresql() {
    with_bucket("personal_data::nothing_told_in_confidence_lies_in_the_clear_anywhere_on_postgresql", |bucket| {
        // A cluster of its own: the others hold what other tests wrote.
        let Some(cluster) = Cluster::new() else { return };
        let url = cluster.migrated_database().replace("//test@", &format!("//test:{DB_PASSWORD}@"));
        let mut service = Served::start(&url, "2025-03-03");
        URL.clone_into(&mut service.config.files.url);
        nothing_is_found(service, Some(&bucket), |_| cluster.files());
    });
}
