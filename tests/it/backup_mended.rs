//! What an operator does when something went wrong between two backups, or between the rows and the files of a restore: it is told
//! in time, and there is a way on.

use std::fs::File;
use std::path::{Path, PathBuf};

use dafu::ids::CaseId;
use dafu::law::outcome::Outcome;
use tempfile::TempDir;

use crate::support::handled::{Handled, draft};
use crate::support::program::Program;
use crate::support::restored::{Machine, backed_up, destroyed_and_backed_up, run};
use crate::support::served::{Served, on_both};

/// The one part of a file, in a store or beside a backup.
fn part(store: &Path, file: &str) -> PathBuf {
    std::fs::read_dir(store.join(file)).unwrap().map(|part| part.unwrap().path()).next().unwrap()
}

/// An office with one file, backed up into a folder, and an empty machine that has its keys.
struct BackedUp {
    service: Served,
    file: String,
    folder: TempDir,
    archive: PathBuf,
    machine: Machine,
}

fn backed_up_with_a_file() -> BackedUp {
    let service = Served::on_sqlite("2025-03-03");
    let file = Handled::new(&service).attaches("handler", "一.txt", "第一份".as_bytes(), "working");
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = backed_up(&service, folder.path());
    let machine = Machine::on_sqlite();
    machine.takes_keys_of(&service);
    BackedUp { service, file, folder, archive, machine }
}

#[test]
fn what_the_store_has_lost_since_the_last_backup_is_told_and_what_was_changed_in_it_is_written_over() {
    let BackedUp { service, file, folder, archive, machine } = backed_up_with_a_file();

    // The store of the new machine holds something else under that name.
    let good = part(&folder.path().join("files"), &file);
    let there = machine.files().join(&file).join(good.file_name().unwrap());
    std::fs::create_dir_all(there.parent().unwrap()).unwrap();
    std::fs::write(&there, "something else").unwrap();
    let (well, said) = machine.restores(&archive);
    assert!(well && said.contains("1 files are whole, 0 findings"), "{said}");
    assert_eq!(std::fs::read(&there).unwrap(), std::fs::read(&good).unwrap());

    // That the backups have it already is no reason to keep silent about the store.
    std::fs::remove_file(part(Path::new(&service.config.files.url), &file)).unwrap();
    let (well, said) = run(service.command().args(["backup", "--to"]).arg(folder.path().join("next.zip")));
    assert!(!well && said.contains(&file), "{said}");
}

#[test]
fn a_restore_looks_at_its_lists_and_its_store_first_and_goes_on_with_the_files_alone() {
    let BackedUp { file, folder, archive, machine, .. } = backed_up_with_a_file();
    let restore = |more: &[&str]| run(machine.command(&["restore", "--from"]).arg(&archive).args(more));

    let none = folder.path().join("list.jsonl");
    std::fs::write(&none, "no list\n").unwrap();
    let (well, said) = restore(&["--destroyed", none.to_str().unwrap()]);
    assert!(!well && said.contains("line 1 of") && !said.contains("rows restored"), "{said}");

    // A file lies where the store is to be.
    std::fs::write(machine.files(), "in the way").unwrap();
    let (well, said) = restore(&[]);
    assert!(!well && said.contains("cannot be made") && !said.contains("rows restored"), "{said}");
    std::fs::remove_file(machine.files()).unwrap();

    // The copy of a part is lost, and found again once the rows are there.
    let beside = part(&folder.path().join("files"), &file);
    let kept = std::fs::read(&beside).unwrap();
    std::fs::remove_file(&beside).unwrap();
    let (well, said) = restore(&[]);
    assert!(!well && said.contains("0 files are whole, 1 findings"), "{said}");
    std::fs::write(&beside, kept).unwrap();
    let (well, said) = restore(&["--only-files"]);
    assert!(well && said.contains("1 files are whole, 0 findings"), "{said}");
    assert!(part(&machine.files(), &file).is_file());
    let (well, said) = restore(&["--only-files", "--no-files"]);
    assert!(!well && said.contains("cannot be used with"), "{said}");
}

#[test]
fn a_destroyed_case_that_came_back_with_a_restore_is_told_at_every_step_until_it_is_gone_again() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::Granted));
        let (id, number) = (case.id.parse::<CaseId>().unwrap(), case.view()["number"].as_str().unwrap().to_owned());
        let folder = tempfile::tempdir().unwrap();
        let (archive, _) = backed_up(service, folder.path());
        destroyed_and_backed_up(service, folder.path());
        assert_eq!(service.office.destroyed_and_there().unwrap(), []);
        service.check();

        for machine in Machine::of_either() {
            // Without keys nothing can be destroyed again: that is the last word, and no word is of starting the service.
            let (well, said) = machine.restores(&archive);
            let last = said.trim_end().lines().next_back().unwrap();
            assert!(!well && last.contains("dafu retention replay, before anything else"), "{said}");
            assert!(last.contains("must not be started before") && !said.contains("then start the service"), "{said}");

            machine.takes_keys_of(service);
            let check = || run(&mut machine.command(&["check"]));
            let (well, said) = check();
            assert!(!well && said.contains("1 differences") && said.contains("run `dafu retention replay`"), "{said}");
            assert!(said.contains(&case.id) && said.contains(&number), "{said}");
            assert_eq!(machine.office(service).destroyed_and_there().unwrap(), [id]);
            let log = folder.path().join("log");
            let written = File::create(&log).unwrap();
            drop(Program::start_with(service, |command| {
                command.env("DATABASE_URL", &machine.url).env("DAFU_KEYS__DIRECTORY", machine.keys());
                command.env("DAFU_FILES__URL", machine.files()).stderr(written);
            }));
            let told = std::fs::read_to_string(&log).unwrap();
            assert!(told.contains("run dafu retention replay") && told.contains(&case.id), "{told}");

            let (well, said) = run(&mut machine.command(&["retention", "replay"]));
            assert!(well && said.contains("1 files were there again"), "{said}");
            assert_eq!(machine.office(service).destroyed_and_there().unwrap(), []);
            let (well, said) = check();
            assert!(well, "{said}");

            // What cannot be read is held against nothing, and told.
            let list = machine.keys().join("destroyed.jsonl");
            std::fs::write(&list, [std::fs::read(&list).unwrap(), b"no case\n".to_vec()].concat()).unwrap();
            let (well, said) = check();
            assert!(!well && said.contains("line 2 of") && said.contains("1 differences"), "{said}");
        }
    });
}

#[test]
fn a_backup_under_a_name_that_another_is_writing_to_waits_for_nobody_and_harms_nothing() {
    let service = Served::on_sqlite("2025-03-03");
    Handled::new(&service);
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("office.zip");
    let unfinished = folder.path().join("office.zip.part");
    let others = std::fs::File::create(&unfinished).unwrap();
    others.lock().unwrap();
    std::fs::write(&unfinished, "half of it").unwrap();
    let (well, said) = run(service.command().args(["backup", "--to"]).arg(&archive));
    assert!(!well && said.contains("office.zip.part"), "{said}");
    assert_eq!(std::fs::read(&unfinished).unwrap(), b"half of it");
    // Left behind by one that died, it is in nobody's way.
    drop(others);
    let (archive, _) = backed_up(&service, folder.path());
    assert!(archive.is_file() && !unfinished.exists());
}
