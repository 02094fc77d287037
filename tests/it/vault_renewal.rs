//! The master key is renewed while the service runs: what was sealed opens before, meanwhile and after; interrupted, it goes on; and
//! with SM4 by setting everything is sealed by SM4, and what was sealed before is read.

use std::cell::Cell;
use std::path::Path;

use dafu::law::outcome::Outcome;
use dafu::storage::wrapped_keys::{self, WrappedIn};
use dafu::storage::{people, texts, vault_keys};
use dafu::vault::{KeyName, key_files};
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::program::{Program, says};
use crate::support::restored::run;
use crate::support::rows;
use crate::support::served::{Served, application, on_both};
use crate::support::underway::Underway;

const LETTER: &str = "人民路与建设街交口的路灯坏了两周";

/// Something under every kind of key: a case with a file and a reply, a letter, a draft, an order with a document, entries of the log.
fn an_office_at_work(service: &Served) -> (Handled<'_>, String, String) {
    let case = Handled::new(service);
    case.attaches("handler", "调查记录.txt", "走访记录：合同已归档".as_bytes(), "working");
    case.replied(&draft(Outcome::RefusedProcessInformation));
    let letter = json!({
        "kind": "mailbox_letter",
        "writer": {"name": "周秀英", "phone": "13900000002", "email": "zhou@example.org"},
        "subject": "路灯不亮", "content": LETTER,
    });
    let written = service.public("POST", "/api/v1/public/agencies/yunhe/enquiries", None, Some(&letter)).expect(201);
    let order = json!({"kind": "order", "agency": "yunhe", "text": "登记不及时，请说明。", "days": 5});
    let order = service.by("supervisor", "POST", "/api/v1/supervision/orders", &[], Some(&order)).expect(201);
    let order = order["order"]["id"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {}", service.token("clerk"));
    let to = format!("/api/v1/supervision/orders/{order}/papers?name=a.txt");
    service.bytes("POST", &to, &[("Authorization", &bearer)], "整改完成。".as_bytes()).expect(200);
    service.public("POST", "/api/v1/public/agencies/yunhe/drafts", None, Some(&application())).expect(201);
    (case, written["number"].as_str().unwrap().to_owned(), order)
}

/// All of it is read, through the door.
fn is_read(service: &Served, case: &Handled<'_>, order: &str) {
    let view = service.get("clerk", &format!("/api/v1/cases/{}", case.id)).expect(200);
    assert_eq!(view["applicant"]["name"], "陈晓燕");
    let letters = service.get("clerk", "/api/v1/enquiries").expect(200);
    let path = format!("/api/v1/enquiries/{}", letters["items"][0]["id"].as_str().unwrap());
    assert_eq!(service.get("clerk", &path).expect(200)["content"], LETTER);
    let order = service.get("clerk", &format!("/api/v1/supervision/orders/{order}")).expect(200);
    assert_eq!(order["entries"][0]["text"], "登记不及时，请说明。");
    assert_eq!(order["underway"][0]["name"], "a.txt");
    let entries = service.get("auditor", "/api/v1/audit/entries?limit=200").expect(200);
    assert!(entries["items"].as_array().unwrap().len() > 3);
}

/// What the program says, where it does well.
fn said(service: &Served, arguments: &[&str]) -> String {
    let (well, said) = run(service.command().args(arguments));
    assert!(well, "{said}");
    said
}

fn formers(folder: &Path) -> Vec<std::path::PathBuf> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    names.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("master-")).collect()
}

fn wrapped(service: &Served) -> Vec<Vec<u8>> {
    let read = |conn: &mut dafu::storage::Conn| {
        let mut all = Vec::new();
        for table in WrappedIn::ALL {
            let rows = wrapped_keys::list(conn, table, None, 1000)?;
            assert!(!rows.is_empty(), "nothing in {table:?}");
            all.extend(rows.into_iter().map(|(_, wrapped)| wrapped));
        }
        Ok::<_, dafu::storage::StoreError>(all)
    };
    service.office.db().read_now(read).unwrap()
}

#[test]
fn the_master_key_is_renewed_under_a_running_service_and_the_former_one_opens_nothing_any_more() {
    on_both("2025-03-03", |service| {
        let (case, _, order) = an_office_at_work(service);
        let folder = service.config.keys.directory.clone();
        let before = key_files::read(&folder).unwrap().fingerprint(KeyName::Master);
        let old = wrapped(service);

        let told = said(service, &["keys", "renew"]);
        let print = key_files::read(&folder).unwrap().fingerprint(KeyName::Master);
        assert!(print != before && told.contains(&print), "{told}");
        let log = service.get("auditor", "/api/v1/audit/entries?kind=master_key_renewed").expect(200);
        let renewals = log["items"].as_array().unwrap();
        let named: Vec<_> = renewals.iter().map(|one| (&one["facts"]["before"], &one["facts"]["after"])).collect();
        assert_eq!(named, [(&json!(before), &json!(print))], "the log tells of it");
        let new = wrapped(service);
        assert!(old.len() <= new.len() && old.iter().all(|key| !new.contains(key)), "every key was wrapped anew");

        // The running service was told nothing, and reads on; what it takes in from now on lies under the new one.
        is_read(service, &case, &order);
        service.apply("yunhe");
        let [former] = &formers(&folder)[..] else { panic!("one former key") };
        assert!(former.display().to_string().contains(&before));
        let anew = said(service, &["keys", "rewrap"]);
        assert!(anew.contains(" 0 of "), "{anew}");

        // Taken away, nothing misses it.
        std::fs::remove_file(former).unwrap();
        let another = service.another_process();
        let people = another.db().read_now(|conn| people::list(conn, case.id.parse().unwrap())).unwrap();
        assert!(!people.is_empty());
        is_read(service, &case, &order);
        service.check();
    });
}

#[test]
fn whoever_writes_while_the_key_is_renewed_is_answered_and_all_of_it_is_read_under_the_new_one() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let folder = service.config.keys.directory.clone();
        let people = Underway::new(service, vec![case.id.clone()]);
        people.while_doing(|| {
            people.goes_on();
            let before = people.done();
            said(service, &["keys", "renew"]);
            let after = people.done();
            assert!(before.iter().zip(after).all(|(before, after)| *before < after), "{before:?} {after:?}");
            // Once more, step by step: no step is so short that nobody wrote before, within and behind it.
            let machine = service.another_process();
            let in_force = machine.renew_master_key().unwrap();
            people.goes_on();
            let first = Cell::new(true);
            let within = |_| {
                if first.take() {
                    people.goes_on();
                }
            };
            let done = machine.rewrap_keys(&within).unwrap();
            assert!(done.closed == 0 && done.anew > 0, "{done:?}");
            said(service, &["keys", "rewrap"]);
            people.goes_on();
            assert_eq!(key_files::read(&folder).unwrap().fingerprint(KeyName::Master), in_force);
        });
        assert_eq!(people.refused(), Vec::<String>::new());
        says(&format!("applications, readings and notes at both renewals: {:?}", people.done()));

        // Every key opens under the new master alone, and a machine that has no other reads all that was acknowledged.
        let taken_out = formers(&folder);
        assert_eq!(taken_out.len(), 2);
        for former in taken_out {
            std::fs::remove_file(former).unwrap();
        }
        let anew = said(service, &["keys", "rewrap"]);
        assert!(anew.contains(" 0 of "), "{anew}");
        let program = Program::start(service);
        people.is_all_read_by(&program.signs_in("clerk").unwrap());
        assert_eq!(case.view()["applicant"]["name"], "陈晓燕");
        service.check();
    });
}

#[test]
fn a_service_that_opens_nothing_stays_ready_and_wraps_nothing_under_the_former_key() {
    on_both("2025-03-03", |service| {
        service.apply("yunhe");
        let office = service.another_process();
        let told = said(service, &["keys", "renew"]);
        assert!(told.contains("leave the former key in the folder until then"), "{told}");
        // Whoever sends it traffic asks; and it looks by itself.
        service.send("GET", "/readyz", &[], None).expect(200);
        service.apply("yunhe");
        let waiting = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        waiting.block_on(office.take_master_in_force()).unwrap();
        let input = serde_json::from_value(application()).unwrap();
        waiting.block_on(office.apply("yunhe", input, None)).unwrap();
        let anew = said(service, &["keys", "rewrap"]);
        assert!(anew.contains(" 0 of "), "{anew}");
    });
}

#[test]
fn a_process_that_slept_through_a_renewal_keeps_nothing_under_the_former_key() {
    on_both("2025-03-03", |service| {
        service.apply("yunhe");
        // It asks nobody, and nobody asks it.
        let asleep = service.another_process();
        said(service, &["keys", "renew"]);
        let folder = service.config.keys.directory.clone();
        let [former] = &formers(&folder)[..] else { panic!("one former key") };
        std::fs::remove_file(former).unwrap();

        let woken = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let letter = json!({"kind": "mailbox_letter", "writer": {"name": "周秀英", "phone": "13900000002"},
            "subject": "路灯不亮", "content": LETTER});
        woken.block_on(async {
            let input = serde_json::from_value(application()).unwrap();
            asleep.apply("yunhe", input, None).await.unwrap();
        });
        // Another one, which begins with a letter; and one with a draft.
        let another = slept_through(service);
        woken.block_on(async {
            another.write_to("yunhe", serde_json::from_value(letter).unwrap(), None).await.unwrap();
        });
        let third = slept_through(service);
        woken.block_on(async {
            let content = serde_json::from_value(application()).unwrap();
            third.begin_draft("yunhe", content, |_| Vec::new()).await.unwrap();
        });
        let anew = said(service, &["keys", "rewrap"]);
        assert!(anew.contains(" 0 of "), "{anew}");
        service.check();
    });
}

/// A process before whose eyes the key was renewed and the former one taken away.
fn slept_through(service: &Served) -> dafu::office::Office {
    let asleep = service.another_process();
    said(service, &["keys", "renew"]);
    for former in formers(&service.config.keys.directory) {
        std::fs::remove_file(former).unwrap();
    }
    asleep
}

#[test]
fn where_the_new_key_was_not_copied_nothing_is_taken_in_until_it_is() {
    let service = &Served::on_sqlite("2025-03-03");
    let folder = service.config.keys.directory.clone();
    let apart = tempfile::tempdir().unwrap();
    let elsewhere = apart.path().join("keys");
    copied(&folder, &elsewhere);
    let office = service.opened_with(|config| config.keys.directory.clone_from(&elsewhere));
    said(service, &["keys", "renew"]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let apply = || runtime.block_on(office.apply("yunhe", serde_json::from_value(application()).unwrap(), None));
    let before = rows::lines(service.office.db(), "SELECT count(*) || '' AS line FROM case_keys");
    assert!(matches!(apply(), Err(dafu::office::failure::Failure::Unavailable)));
    assert_eq!(rows::lines(service.office.db(), "SELECT count(*) || '' AS line FROM case_keys"), before);
    std::fs::copy(folder.join("master.key"), elsewhere.join("master-next.key")).unwrap();
    apply().unwrap();
    let anew = said(service, &["keys", "rewrap"]);
    assert!(anew.contains(" 0 of "), "{anew}");
}

/// The keys of one folder in another, for their owner alone.
fn copied(from: &Path, to: &Path) {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn after_the_restoring_of_an_older_backup_its_key_has_the_name_again_and_the_other_may_go() {
    let service = &Served::on_sqlite("2025-03-03");
    let (case, _, order) = an_office_at_work(service);
    let folder = &service.config.keys.directory;
    let before = key_files::read(folder).unwrap().fingerprint(KeyName::Master);
    said(service, &["keys", "renew"]);
    let renewed = key_files::read(folder).unwrap().fingerprint(KeyName::Master);
    // The database of before: it names the former key.
    let row = vault_keys::VaultKeyRow {
        name: "master".to_owned(),
        fingerprint: before.clone(),
        created_at: service.office.now(),
    };
    assert!(service.office.db().write_now(|conn| vault_keys::replace(conn, "master", &renewed, &row)).unwrap());
    let told = said(service, &["keys", "rewrap"]);
    let [other] = &formers(folder)[..] else { panic!("one other key") };
    assert!(other.display().to_string().contains(&renewed) && told.contains(&other.display().to_string()), "{told}");
    std::fs::remove_file(other).unwrap();
    assert_eq!(key_files::read(folder).unwrap().fingerprint(KeyName::Master), before);
    service.another_process();
    is_read(service, &case, &order);
    service.check();
}

#[test]
fn a_key_that_does_not_open_is_named_and_keeps_no_other_from_being_wrapped() {
    on_both("2025-03-03", |service| {
        let (case, _, _) = an_office_at_work(service);
        let other = service.apply("yunhe");
        let id = case.id.parse().unwrap();
        let spoilt = service
            .office
            .db()
            .write_now(|conn| {
                let key = dafu::storage::case_keys::find(conn, id)?.unwrap().wrapped;
                let mut spoilt = key.clone();
                spoilt[20] ^= 1;
                assert!(wrapped_keys::replace(conn, wrapped_keys::WrappedFor::Case(id), &key, &spoilt)?);
                Ok::<_, dafu::storage::StoreError>(spoilt)
            })
            .unwrap();
        let old = wrapped(service);
        let (well, told) = run(service.command().args(["keys", "renew"]));
        assert!(!well && told.contains(&case.id) && told.contains("open under no master"), "{told}");
        let new = wrapped(service);
        let left: Vec<_> = old.iter().filter(|key| new.contains(key)).collect();
        assert_eq!(left, [&spoilt], "every other key was wrapped anew");
        let (well, told) = run(service.command().args(["keys", "rewrap"]));
        assert!(!well && told.contains(&case.id) && !told.contains("may be taken out"), "{told}");
        assert!(!other.is_null());
    });
}

#[test]
fn a_renewal_that_was_interrupted_is_found_in_force_and_goes_on_where_it_was() {
    let service = &Served::on_sqlite("2025-03-03");
    let (case, _, order) = an_office_at_work(service);
    let folder = &service.config.keys.directory;
    let prepared = said(service, &["keys", "renew", "--prepare"]);
    let again = said(service, &["keys", "renew", "--prepare"]);
    assert_eq!(prepared, again, "what was prepared is not prepared twice");
    is_read(service, &case, &order);

    // The database knows the new key, and then the power failed: no file has its name yet, nothing is wrapped anew.
    let before = key_files::read(folder).unwrap().fingerprint(KeyName::Master);
    let next = key_files::prepare_master(folder, &mut dafu::ids::Randomness::System).unwrap();
    assert!(prepared.contains(&next));
    let row = vault_keys::VaultKeyRow {
        name: "master".to_owned(),
        fingerprint: next.clone(),
        created_at: service.office.now(),
    };
    assert!(service.office.db().write_now(|conn| vault_keys::replace(conn, "master", &before, &row)).unwrap());
    let office = service.another_process();
    assert_eq!(key_files::read(folder).unwrap().fingerprint(KeyName::Master), next, "its file has the name");
    let done = office.rewrap_keys(&|_| ()).unwrap();
    assert_eq!((done.seen, done.anew), (done.seen, done.seen));
    assert_eq!(formers(folder).len(), 1, "the opening gave the new one its name");
    is_read(service, &case, &order);

    // Renewed once more, an export takes the former ones with it.
    said(service, &["keys", "renew"]);
    assert_eq!(formers(folder).len(), 2);
    let place = tempfile::tempdir().unwrap();
    let (file, secret) = (place.path().join("keys.json"), place.path().join("passphrase"));
    std::fs::write(&secret, "一个足够长的口令用来测试\n").unwrap();
    let (file, secret) = (file.to_str().unwrap(), secret.to_str().unwrap());
    said(service, &["keys", "export", "--to", file, "--passphrase-file", secret]);
    let text = std::fs::read_to_string(file).unwrap();
    let back = place.path().join("keys");
    dafu::vault::key_export::import(&back, &text, "一个足够长的口令用来测试").unwrap();
    assert_eq!(formers(&back).len(), 2);
}

#[test]
fn with_sm4_by_setting_everything_is_sealed_by_it_and_what_was_sealed_before_is_read() {
    on_both("2025-03-03", |service| {
        let (case, _, order) = an_office_at_work(service);
        let by_sm4 = service.opened_with(|config| "sm4".clone_into(&mut config.keys.cipher));
        is_read(service, &case, &order);
        let receipt = tokio::runtime::Runtime::new().unwrap().block_on(async {
            let input = serde_json::from_value(application()).unwrap();
            by_sm4.apply("yunhe", input, None).await.unwrap()
        });
        let id = receipt.case_id;
        let (rows, persons, key) = by_sm4
            .db()
            .read_now(|conn| {
                let key = dafu::storage::case_keys::find(conn, id)?.unwrap();
                Ok::<_, dafu::storage::StoreError>((texts::list(conn, id)?, people::list(conn, id)?, key))
            })
            .unwrap();
        assert_eq!(key.wrapped.first(), Some(&2));
        assert!(rows.iter().all(|row| row.sealed.first() == Some(&2)) && !rows.is_empty());
        assert!(persons.iter().all(|row| row.sealed.first() == Some(&2)));
        // One that goes on with AES reads it.
        let seen: Value = service.get("clerk", &format!("/api/v1/cases/{id}")).expect(200);
        assert_eq!(seen["applicant"]["name"], "陈晓燕");
        service.check();
    });
}

/// Values whose first byte is not this, with the columns they lie in; and the columns in which there is nothing at all. Every column of
/// bytes is looked at, whatever its name: a new one cannot be forgotten.
fn sealed_otherwise(service: &Served, byte: &str) -> (Vec<String>, Vec<String>) {
    // Addresses of parts, which are digests of what is sealed.
    const NOT_SEALED: [&str; 1] = ["files parts"];
    let db = service.office.db();
    let columns = if service.is_on_postgres() {
        "SELECT table_name || ' ' || column_name AS line FROM information_schema.columns \
         WHERE data_type = 'bytea' AND table_schema = 'public'"
    } else {
        "SELECT m.name || ' ' || c.name AS line FROM sqlite_master m JOIN pragma_table_info(m.name) c \
         WHERE m.type = 'table' AND c.type = 'BLOB'"
    };
    let (mut otherwise, mut empty) = (Vec::new(), Vec::new());
    for column in rows::lines(db, columns).into_iter().filter(|one| !NOT_SEALED.contains(&one.as_str())) {
        let (table, name) = column.split_once(' ').unwrap();
        let first = if service.is_on_postgres() {
            format!("encode(substring({name} from 1 for 1), 'hex')")
        } else {
            format!("hex(substr({name}, 1, 1))")
        };
        let found = rows::lines(db, &format!("SELECT {first} AS line FROM {table} WHERE {name} IS NOT NULL"));
        if found.is_empty() {
            empty.push(column.clone());
        }
        otherwise.extend(found.iter().filter(|one| *one != byte).map(|one| format!("{column}: {one}")));
    }
    (otherwise, empty)
}

/// The first byte of every part in the store.
fn firsts(folder: &Path) -> Vec<u8> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let of_entry = |path: std::path::PathBuf| {
        if path.is_dir() { firsts(&path) } else { std::fs::read(path).unwrap().first().copied().into_iter().collect() }
    };
    entries.flat_map(of_entry).collect()
}

#[test]
fn with_sm4_from_the_first_day_nothing_is_sealed_otherwise_in_any_column_or_file() {
    let by_sm4 = |config: &mut dafu::config::Config| "sm4".clone_into(&mut config.keys.cipher);
    let services = [Some(Served::on_sqlite_with("2025-03-03", by_sm4)), Served::on_postgres_with("2025-03-03", by_sm4)];
    for service in services.iter().flatten() {
        let (case, _, order) = an_office_at_work(service);
        let thought = json!({"satisfaction": 4, "comment": "答复清楚"});
        assert!(case.applicant("POST", "/feedback", Some(&thought)).status < 300);
        is_read(service, &case, &order);
        let (otherwise, empty) = sealed_otherwise(service, "02");
        assert_eq!(otherwise, Vec::<String>::new());
        assert_eq!(empty, Vec::<String>::new(), "an office at work writes into every one of them");
        let parts = firsts(Path::new(&service.config.files.url));
        assert!(!parts.is_empty() && parts.iter().all(|first| *first == 2), "{parts:?}");
        service.check();
    }
}
