//! What is not what was written is no backup, and what is in use is not written over: each refusal says what to do, and leaves the
//! database as empty as it was.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use dafu::office::backup::Archive;
use dafu::storage::tables;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::handled::Handled;
use crate::support::restored::{Machine, backed_up, run};
use crate::support::served::{Served, on_both};

/// The archive again, with one member of it changed by `change`.
fn rewritten(from: &Path, to: &Path, member: &str, change: impl Fn(String) -> String) {
    let mut archive = ZipArchive::new(File::open(from).unwrap()).unwrap();
    let mut out = ZipWriter::new(File::create(to).unwrap());
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        out.start_file(&name, SimpleFileOptions::default()).unwrap();
        out.write_all(if name == member { change(text) } else { text }.as_bytes()).unwrap();
    }
    out.finish().unwrap();
}

/// The archive again, with something more in it under this name.
fn with_more(from: &Path, to: &Path, name: &str) {
    std::fs::copy(from, to).unwrap();
    let file = File::options().read(true).write(true).open(to).unwrap();
    let mut out = ZipWriter::new_append(file).unwrap();
    out.start_file(name, SimpleFileOptions::default()).unwrap();
    out.write_all(b"[]\n").unwrap();
    out.finish().unwrap();
}

fn is_empty(machine: &Machine) -> bool {
    machine
        .db()
        .read_now(|conn| {
            let mut empty = true;
            for table in tables::names(conn)? {
                empty &= !tables::holds_rows(conn, &table)?;
            }
            Ok::<_, dafu::storage::StoreError>(empty)
        })
        .unwrap()
}

#[test]
fn a_backup_that_was_changed_or_cut_off_is_refused_and_nothing_of_it_stays() {
    let service = Served::on_sqlite("2025-03-03");
    Handled::new(&service);
    let folder = tempfile::tempdir().unwrap();
    let (good, _) = backed_up(&service, folder.path());
    let bytes = std::fs::read(&good).unwrap();
    let bad = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let mut turned = bytes.clone();
    let middle = turned.len() / 2;
    turned[middle] ^= 0x10;
    let entry = folder.path().join("entry.zip");
    rewritten(&good, &entry, "tables/journal.jsonl", |text| text.replacen("online", "window", 1));
    let row = folder.path().join("row.zip");
    rewritten(&good, &row, "tables/cases.jsonl", |text| text.lines().next().unwrap().to_owned() + "\n");
    let manifest = folder.path().join("manifest.zip");
    let digest = Archive::open(&good).unwrap().manifest().digest.clone();
    rewritten(&good, &manifest, "manifest.json", |text| text.replace(&digest, &"0".repeat(64)));
    let sums = folder.path().join("sums.zip");
    rewritten(&good, &sums, "SHA256SUMS", |text| text.lines().skip(1).collect::<Vec<_>>().join("\n"));
    let form = folder.path().join("form.zip");
    rewritten(&good, &form, "manifest.json", |text| text.replace("dafu-backup-1", "dafu-backup-9"));
    let cases = [
        (bad("short.zip", &bytes[..bytes.len() - 1000]), "take another one"),
        (bad("half.zip", &bytes[..middle]), "take another one"),
        (bad("none.zip", b"nothing"), "take another one"),
        (bad("turned.zip", &turned), "damaged or changed"),
        (entry, "tables/journal.jsonl"),
        (row, "tables/cases.jsonl"),
        (manifest, "manifest.json"),
        (sums, "SHA256SUMS"),
        (form, "take a newer one"),
    ];
    for machine in Machine::of_either() {
        for (path, told) in &cases {
            let (well, said) = machine.restores(path);
            assert!(!well && said.contains(told), "{}: {said}", path.display());
            assert!(is_empty(&machine), "{}", path.display());
        }
        let (well, said) = machine.restores(&good);
        assert!(!well && said.contains("keys import"), "the good one is restored into what they left: {said}");
        assert!(!is_empty(&machine));
    }
    let verify = |path: &Path, more: &[&str]| run(service.command().args(["backup", "verify"]).arg(path).args(more));
    for (path, told) in &cases {
        let (well, said) = verify(path, &[]);
        assert!(!well && said.contains(told), "{}: {said}", path.display());
    }
    assert!(verify(&good, &["--digest", &digest]).0);
    let (well, said) = verify(&good, &["--digest", &"0".repeat(64)]);
    assert!(!well && said.contains(&digest), "{said}");
}

#[test]
fn a_backup_with_anything_more_in_it_is_refused_by_name_and_nothing_of_it_stays() {
    let service = Served::on_sqlite("2025-03-03");
    Handled::new(&service);
    let folder = tempfile::tempdir().unwrap();
    let (good, _) = backed_up(&service, folder.path());
    let long = "x".repeat(500);
    let names = [
        ("tables/evil.jsonl", "tables/evil.jsonl is in it"),
        ("../../evil", "../../evil is in it"),
        ("\u{1b}[2Jevil", "\\u{1b}[2Jevil is in it"),
        (long.as_str(), "which its manifest does not name"),
    ];
    let mut cases = Vec::new();
    for (place, (name, told)) in names.into_iter().enumerate() {
        let path = folder.path().join(format!("more-{place}.zip"));
        with_more(&good, &path, name);
        cases.push((path, told));
    }
    // A second one under the name of a table: the writer refuses it, so it is renamed afterwards, where it lies and in the list of all.
    let twice = folder.path().join("twice.zip");
    with_more(&good, &twice, "tables/CASES.jsonl");
    let mut bytes = std::fs::read(&twice).unwrap();
    let (from, to) = (b"tables/CASES.jsonl", b"tables/cases.jsonl");
    let found: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
    assert_eq!(found.len(), 2);
    for at in found {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    std::fs::write(&twice, bytes).unwrap();
    cases.push((twice, "have one name"));

    let machine = Machine::on_sqlite();
    for (path, told) in &cases {
        let (well, said) = run(service.command().args(["backup", "verify"]).arg(path));
        assert!(!well && said.contains(told) && said.contains("take another one"), "{}: {said}", path.display());
        assert!(!said.contains('\u{1b}') && !said.contains(&long), "{said}");
        let (well, said) = machine.restores(path);
        assert!(!well && said.contains(told), "{}: {said}", path.display());
        assert!(!machine.keys().exists() && !machine.files().exists(), "{}", path.display());
        assert!(is_empty(&machine), "{}", path.display());
    }
    let (well, said) = machine.restores(&good);
    assert!(!well && said.contains("keys import"), "the good one is restored into what they left: {said}");
}

#[test]
fn parts_of_files_that_are_missing_or_changed_are_told_by_name() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let file = case.attaches("handler", "一.txt", "第一份".as_bytes(), "working");
    let other = case.attaches("handler", "二.txt", "第二份".as_bytes(), "working");
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = backed_up(&service, folder.path());
    let part = |file: &str| {
        let parts = std::fs::read_dir(folder.path().join("files").join(file)).unwrap();
        parts.map(|part| part.unwrap().path()).next().unwrap()
    };
    std::fs::write(part(&file), "something else").unwrap();
    std::fs::remove_file(part(&other)).unwrap();
    let (well, said) = run(service.command().args(["backup", "verify"]).arg(&archive));
    assert!(!well && said.contains("2 findings") && said.contains(&file) && said.contains(&other), "{said}");
    let machine = Machine::on_sqlite();
    machine.takes_keys_of(&service);
    let (well, said) = machine.restores(&archive);
    assert!(!well && said.contains("0 files are whole, 2 findings"), "{said}");

    // A store that lacks what its database speaks of is found out when the backup is made.
    std::fs::remove_dir_all(std::path::Path::new(&service.config.files.url).join(&other)).unwrap();
    let (well, said) = run(service.command().args(["backup", "--to"]).arg(folder.path().join("new.zip")));
    assert!(!well && said.contains(&other), "{said}");
}

#[test]
fn a_database_that_holds_anything_is_left_alone_and_no_backup_is_written_over() {
    on_both("2025-03-03", |service| {
        Handled::new(service);
        let folder = tempfile::tempdir().unwrap();
        let (archive, _) = backed_up(service, folder.path());
        let (well, said) = run(service.command().args(["restore", "--from"]).arg(&archive));
        assert!(!well && said.contains("目标数据库不是空库") && said.contains("DATABASE_URL"), "{said}");
        service.check();
        let (well, said) = run(service.command().args(["backup", "--to"]).arg(&archive));
        assert!(!well && said.contains("choose another name"), "{said}");
    });
}

#[test]
fn keys_open_with_their_passphrase_only_and_never_replace_others() {
    let service = Served::on_sqlite("2025-03-03");
    let folder = tempfile::tempdir().unwrap();
    let exported = folder.path().join("keys.json");
    let machine = Machine::on_sqlite();
    let export = |passphrase: &str| {
        let mut command = service.command();
        run(command.env("DAFU_KEYS_PASSPHRASE", passphrase).args(["keys", "export", "--to"]).arg(&exported))
    };
    let (well, said) = export("short");
    assert!(!well && said.contains("12 characters"), "{said}");
    let (well, said) = export("another passphrase");
    assert!(well, "{said}");
    assert!(!export("another passphrase").0, "it is there already");
    let (well, said) = run(machine.command(&["keys", "import", "--from"]).arg(&exported));
    assert!(!well && said.contains("口令不对"), "{said}");
    assert!(!machine.keys().exists());
    let phrase = folder.path().join("phrase");
    std::fs::write(&phrase, "another passphrase\n").unwrap();
    let import =
        || run(machine.command(&["keys", "import", "--from"]).arg(&exported).arg("--passphrase-file").arg(&phrase));
    let (well, said) = import();
    assert!(well && said.contains("master"), "{said}");
    let (well, said) = import();
    assert!(!well && said.contains("never overwritten"), "{said}");
}
