//! A backup that is made while people write comes back into either database: the same to the digest, and sound. The keys come back
//! from their own file, the files from beside the backup, and what was destroyed meanwhile stays destroyed.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use dafu::ids::CaseId;
use dafu::law::outcome::Outcome;
use dafu::office::backup::{Archive, digest_of};
use dafu::storage::{case_keys, cases, texts};
use serde_json::json;

use crate::support::handled::{Handled, draft};
use crate::support::restored::{Machine, backed_up, destroyed_and_backed_up, run};
use crate::support::served::{Served, application, on_both};

/// A case that was refused with a file in it and is being reconsidered, a letter, a seal over them.
fn an_office_at_work(service: &Served) -> Handled<'_> {
    let case = Handled::new(service);
    case.attaches("handler", "调查记录.txt", "走访记录：合同已归档".as_bytes(), "working");
    case.replied(&draft(Outcome::RefusedProcessInformation));
    service.day("2025-04-29");
    let proceeding = json!({
        "kind": "reconsideration", "challenged": "reply", "authority": "云河省人民政府", "procedure": "simplified",
        "submitted_on": "2025-04-18", "accepted_on": "2025-04-25", "received_on": "2025-04-29",
    });
    let path = format!("/api/v1/cases/{}/proceedings", case.id);
    service.by("lawyer", "POST", &path, &[], Some(&proceeding)).expect(201);
    let letter = json!({
        "kind": "mailbox_letter",
        "writer": {"name": "周秀英", "phone": "13900000002", "email": "zhou@example.org"},
        "subject": "小区门口路灯不亮",
        "content": "人民路与建设街交口的路灯坏了两周，晚上看不清路。"
    });
    service.public("POST", "/api/v1/public/agencies/yunhe/enquiries", None, Some(&letter)).expect(201);
    service.office.seal_now().unwrap();
    case
}

#[test]
fn a_backup_made_while_people_write_comes_back_into_either_database_whole_and_sound() {
    on_both("2025-03-03", |service| {
        let case = an_office_at_work(service);
        let folder = tempfile::tempdir().unwrap();
        let (done, written) = (AtomicBool::new(false), AtomicU32::new(0));
        let (archive, said) = std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    service.apply("yunhe");
                    written.fetch_add(1, Ordering::Relaxed);
                }
            });
            while written.load(Ordering::Relaxed) == 0 {
                std::thread::yield_now();
            }
            let made = backed_up(service, folder.path());
            done.store(true, Ordering::Relaxed);
            made
        });
        let manifest = Archive::open(&archive).unwrap().manifest().clone();
        assert!(said.contains(&manifest.digest), "{said}");
        let rows = |name: &str| manifest.tables.iter().find(|table| table.name == name).unwrap().rows;
        let files = manifest.files.as_ref().unwrap().files;
        assert!(files > 0 && files == rows("files"));
        assert!(rows("cases") > 1 && rows("proceeding_journal") > 0 && rows("enquiry_journal") > 0);

        let (well, said) = run(Machine::on_sqlite().command(&["backup", "verify"]).arg(&archive));
        assert!(well && said.contains(&manifest.digest), "{said}");
        for machine in Machine::of_either() {
            machine.takes_keys_of(service);
            let (well, said) = machine.restores(&archive);
            assert!(
                well && said.contains(&manifest.digest) && said.contains(&format!("{files} files are whole")),
                "{said}"
            );
            let left_out: Vec<String> = manifest.left_out.keys().cloned().collect();
            let read_back = machine.db().read_now(|conn| digest_of(conn, &left_out)).unwrap();
            assert_eq!(read_back, manifest.digest, "{}", machine.url);

            let office = machine.office(service);
            let mut report = office.check(&mut |_| ()).unwrap();
            office.check_files(&mut report, &mut |_| ()).unwrap();
            assert_eq!((report.told(), report.files), (Vec::new(), files));
            assert_eq!(report.cases, rows("cases"));
            let (well, said) = run(&mut machine.command(&["audit", "verify"]));
            assert!(well, "{said}");
            let id: CaseId = case.id.parse().unwrap();
            assert!(!machine.db().read_now(|conn| texts::list(conn, id)).unwrap().is_empty());
        }
    });
}

#[test]
fn a_second_backup_copies_only_the_parts_that_are_new() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    case.attaches("handler", "一.txt", "第一份".as_bytes(), "working");
    let folder = tempfile::tempdir().unwrap();
    let copied = |name: &str| {
        let archive = folder.path().join(name);
        let (well, said) = run(service.command().args(["backup", "--to"]).arg(&archive));
        assert!(well, "{said}");
        let files = Archive::open(&archive).unwrap().manifest().files.clone().unwrap();
        (files.files, files.copied)
    };
    assert_eq!(copied("first.zip"), (1, 1));
    case.attaches("handler", "二.txt", "第二份".as_bytes(), "working");
    assert_eq!(copied("second.zip"), (2, 1));
    assert_eq!(copied("third.zip"), (2, 0));
    let (well, said) =
        run(service.command().args(["backup", "--to"]).arg(folder.path().join("fourth.zip")).arg("--no-files"));
    assert!(well && Archive::open(&folder.path().join("fourth.zip")).unwrap().manifest().files.is_none(), "{said}");
    // The store itself is no place for a backup.
    let store = std::path::PathBuf::from(&service.config.files.url);
    let (well, said) = run(service.command().args(["backup", "--to"]).arg(store.with_file_name("x.zip")));
    assert!(!well && said.contains("choose another folder"), "{said}");
    // A bucket keeps its own copies.
    let bucket = folder.path().join("bucket.zip");
    let (well, said) =
        run(service.command().env("DAFU_FILES__URL", "s3://dafu/x").args(["backup", "--to"]).arg(&bucket));
    assert!(well && said.contains("s3://dafu/x") && said.contains("not copied"), "{said}");
}

#[test]
fn what_was_destroyed_after_the_backup_stays_destroyed_and_its_bytes_stay_away() {
    on_both("2025-03-03", |service| {
        let case = Handled::of(service, &application());
        case.attaches("handler", "调查记录.txt", "走访记录".as_bytes(), "working");
        case.replied(&draft(Outcome::Granted));
        let id: CaseId = case.id.parse().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (archive, _) = backed_up(service, folder.path());
        destroyed_and_backed_up(service, folder.path());

        for machine in Machine::of_either() {
            machine.takes_keys_of(service);
            let (well, said) = machine.restores(&archive);
            assert!(well && said.contains("1 files were there again"), "{said}");
            let db = machine.db();
            assert!(!db.read_now(|conn| case_keys::has_remains(conn, id)).unwrap());
            assert!(db.read_now(|conn| cases::find(conn, id)).unwrap().is_some());
            assert_eq!(std::fs::read_dir(machine.files()).map_or(0, Iterator::count), 0, "no bytes came back");
            let (well, said) = run(&mut machine.command(&["check"]));
            assert!(well, "{said}");
        }
        // Without the keys nothing can be destroyed again yet: that is told, and what to do.
        let bare = Machine::on_sqlite();
        let (well, said) = bare.restores(&archive);
        assert!(!well && said.contains("dafu keys import") && said.contains("dafu retention replay"), "{said}");
        bare.takes_keys_of(service);
        let (well, said) = run(&mut bare.command(&["retention", "replay"]));
        assert!(well && said.contains("1 files were there again"), "{said}");
    });
}
