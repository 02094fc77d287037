//! The seals over the journals: made at an interval and on demand, proven for one case, and every tampering below them found,
//! on both databases, with the triggers out of the way.

use dafu::journal::audit::Finding;
use dafu::journal::log::{Inclusion, Root};
use dafu::journal::seal::{KnownKeys, SignedSeal, Slip, VerifyingKey};
use dafu::law::outcome::Outcome;
use dafu::office::seals::SealView;
use dafu::office::seals::auditing::{Audited, audit};
use dafu::storage::{Db, DbOptions};
use dafu::vault::seal_files;
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use serde_json::json;

use crate::support::handled::{Handled, draft};
use crate::support::served::{Served, on_both};
use crate::support::tampering::{Family, Tampering, execute, refused, remember, restore, tamper};

pub fn keys(service: &Served) -> KnownKeys {
    let pems = seal_files::read_public(&seal_files::public_keys(&service.config.keys.directory)).unwrap();
    pems.iter().map(|pem| VerifyingKey::from_pem(pem).unwrap()).collect()
}

fn audited(service: &Served, url: &str) -> Audited {
    let db = Db::open(url, &DbOptions::default()).unwrap();
    audit(&db, &keys(service), &mut |_| ()).unwrap()
}

fn seal(service: &Served) -> serde_json::Value {
    service.by("auditor", "POST", "/api/v1/audit/seals", &[], Some(&json!({}))).expect(200)["items"].clone()
}

#[test]
fn what_was_recorded_is_sealed_on_demand_at_an_interval_and_never_twice() {
    on_both("2025-03-03", |service| {
        // That agencies were founded is what there is at first.
        let sizes = |made: Vec<SealView>| made.iter().map(|one| one.size).collect::<Vec<_>>();
        assert_eq!(sizes(service.office.seal_now().unwrap()), [1]);
        assert!(service.office.seal_now().unwrap().is_empty(), "there is nothing since");
        let case = Handled::new(service);
        let made = seal(service);
        // The case, and the chains of who looked and of who signed in.
        assert_eq!((&made[0]["number"], &made[0]["size"]), (&json!(2), &json!(4)));
        // That somebody sealed by hand is an entry as well, and the last.
        assert_eq!(sizes(service.office.seal_now().unwrap()), [5]);
        assert!(service.office.seal_now().unwrap().is_empty(), "and nothing since");
        service.by("handler", "POST", "/api/v1/audit/seals", &[], Some(&json!({}))).expect(403);

        // An hour has not passed: what is new waits. Then it is sealed without anybody asking.
        case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        assert_eq!(service.office.seal_in_time().unwrap().changed, 0);
        service.clock.set(service.clock.now() + chrono::TimeDelta::minutes(61));
        assert_eq!(service.office.seal_in_time().unwrap().changed, 1);
        assert_eq!(service.office.seal_in_time().unwrap().changed, 0);
        let seals = service.get("auditor", "/api/v1/audit/seals").expect(200)["items"].clone();
        let numbers: Vec<_> = seals.as_array().unwrap().iter().map(|one| one["number"].clone()).collect();
        assert_eq!(numbers, [4, 3, 2, 1]);
        assert_eq!(service.get("auditor", "/api/v1/audit/seals?before=2").expect(200)["items"][0]["number"], 1);

        // The slip says what the seal says, to the last digit.
        let signed = |at: usize| {
            let text = |name: &str| seals[at][name].as_str().unwrap().to_owned();
            (SignedSeal::read(&text("text"), &text("signature")).unwrap(), text("slip").parse::<Slip>().unwrap())
        };
        let (newest, slip) = signed(0);
        newest.verify(&keys(service)).unwrap();
        slip.compare(newest.seal()).unwrap();
        assert!(signed(1).1.compare(newest.seal()).is_err());
        assert_eq!(newest.seal().origin.as_str(), "云河市人民政府");
        let found = audited(service, service.url());
        assert!(found.holds(), "{:?}", found.told());
        assert_eq!(
            (json!(found.leaves), found.unsealed_entries),
            (seals[0]["size"].clone(), 1),
            "the auditor came back"
        );
    });
}

#[test]
fn a_case_is_proven_to_lie_under_a_seal_with_the_public_key_alone() {
    on_both("2025-03-03", |service| {
        let cases: Vec<Handled<'_>> = (0..5).map(|_| Handled::new(service)).collect();
        let path = |case: &Handled<'_>| format!("/api/v1/cases/{}/proof", case.id);
        assert!(service.get("handler", &path(&cases[2])).expect(200)["proof"].is_null());
        seal(service);
        cases[2].does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        seal(service);
        for case in &cases {
            let proof = service.get("handler", &path(case)).expect(200)["proof"].clone();
            let text = |name: &str| proof["seal"][name].as_str().unwrap().to_owned();
            let signed = SignedSeal::read(&text("text"), &text("signature")).unwrap();
            signed.verify(&keys(service)).unwrap();
            let leaf: dafu::journal::log::Leaf = proof["leaf"].as_str().unwrap().parse().unwrap();
            let inclusion: Inclusion = serde_json::from_value(proof["inclusion"].clone()).unwrap();
            let root: Root = signed.seal().root;
            inclusion.verify(&leaf.leaf_hash(root.algorithm), &root).unwrap();
            assert!(proof["leaf"].as_str().unwrap().contains(case.id.as_str()));
            assert_eq!(proof["has_gone_on"], false);
        }
        cases[0].does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        assert_eq!(service.get("handler", &path(&cases[0])).expect(200)["proof"]["has_gone_on"], true);
        service.get("county_handler", &path(&cases[0])).expect(404);
    });
}

#[test]
fn another_algorithm_and_another_key_go_on_where_the_last_stopped() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    seal(&service);
    let sm3 = service.opened_with(|config| config.seals.algorithm = "sm3".to_owned());
    case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
    let made = sm3.seal_now().unwrap();
    // What there was once more under the new algorithm, then the case, who looked, and that somebody sealed.
    assert_eq!(made.iter().map(|one| (one.size, one.algorithm)).collect::<Vec<_>>(), [(3, "sm3"), (6, "sm3")]);
    let fingerprint = sm3.new_seal_key().unwrap();
    Handled::new(&service);
    assert_eq!(sm3.seal_now().unwrap()[0].key, fingerprint);
    let found = audited(&service, service.url());
    assert!(found.holds(), "{:?}", found.told());

    // Without the key nothing is sealed, and none is made in its place.
    std::fs::remove_file(seal_files::private_key(&service.config.keys.directory)).unwrap();
    Handled::new(&service);
    assert!(sm3.seal_now().unwrap_err().to_string().contains("new-key"));
    // Without the public key of the first seals they are nobody's.
    let first = seal_files::public_keys(&service.config.keys.directory);
    for file in std::fs::read_dir(first).unwrap().map(|file| file.unwrap().path()) {
        if !file.to_string_lossy().contains(&fingerprint) {
            std::fs::remove_file(file).unwrap();
        }
    }
    let found = audited(&service, service.url());
    assert!(matches!(found.report.first(), Some(Finding::SealForged { number: 1, .. })), "{:?}", found.told());
}

/// Opens a file of reconsideration beside the case, with a second entry.
fn disputed(case: &Handled<'_>) {
    let path = format!("/api/v1/cases/{}/proceedings", case.id);
    let opening = json!({
        "kind": "reconsideration", "challenged": "reply", "authority": "云河省人民政府", "procedure": "simplified",
        "submitted_on": "2025-03-03", "accepted_on": "2025-03-03", "received_on": "2025-03-03",
    });
    let file = case.service.by("lawyer", "POST", &path, &[], Some(&opening)).expect(201);
    let note = format!("/api/v1/proceedings/{}/acts/note", file["id"].as_str().unwrap());
    let text = json!({"text": "已转法制科。"});
    case.service.by("lawyer", "POST", &note, &[("If-Match", "\"1\"")], Some(&text)).expect(200);
}

/// A city with a past: cases in several states, sealed in between, a few entries after the last seal.
fn with_a_past(service: &Served) {
    let cases = if std::env::var_os("DAFU_DRILL").is_some() { 500 } else { 12 };
    for number in 0..cases {
        let case = Handled::new(service);
        if number % 3 == 0 {
            case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        }
        // Every sixth was refused, and is before a reconsideration body.
        if number % 6 == 5 {
            case.replied(&draft(Outcome::RefusedProcessInformation));
            disputed(&case);
        }
        if number % 4 == 0 {
            seal(service);
        }
    }
    let answered = Handled::new(service);
    let tags = json!({"cases": [answered.id], "add": ["拆迁", "媒体关注"], "remove": [], "preview": false});
    service.by("clerk", "POST", "/api/v1/cases/tags", &[], Some(&tags)).expect(200);
    let tags = json!({"cases": [answered.id], "add": ["催办"], "remove": ["拆迁"], "preview": false});
    service.by("handler", "POST", "/api/v1/cases/tags", &[], Some(&tags)).expect(200);
    answered.replied(&draft(Outcome::Granted));
    answered.does("handler", "publication-proposal", &json!({"reason": "多人申请", "equal_requests": 3}));
    let answer = json!({"place": "https://www.yunhe.example/xxgk/1", "title": "施工合同", "summary": "合同全文。"});
    answered.does("clerk", "publication", &answer);
    service.clock.set(service.clock.now() + chrono::TimeDelta::hours(2));
    seal(service);
    Handled::new(service);
}

/// As many tamperings as are asked for, one after the other, each found where it was done; and no alarm between them.
fn every_tampering_is_found(service: &Served) {
    with_a_past(service);
    remember(service.url());
    let (tamperings, untouched) = if std::env::var_os("DAFU_DRILL").is_some() { (530, 50) } else { (53, 2) };
    for round in 0..tamperings {
        let how = Tampering::ALL[round % Tampering::ALL.len()];
        let places = tamper(service.url(), how, u64::try_from(round).unwrap());
        let found = audited(service, service.url());
        // What the chains have only digests of is found by whoever has the office's keys.
        let contents = how.family() == Family::Contents;
        assert_eq!(found.holds(), contents, "{how:?} (seed {round}) at {places:?}: {:?}", found.told());
        let told = if contents { service.office.check(&mut |_| ()).unwrap().told() } else { found.told() };
        let first = &told.first().unwrap_or_else(|| panic!("{how:?} (seed {round}) was not found at {places:?}")).1;
        assert!(places.iter().any(|place| first.contains(place)), "{how:?} (seed {round}) at {places:?}: {first}");
        restore(service.url());
        if round < untouched || round + 1 == tamperings {
            let found = audited(service, service.url());
            assert!(found.holds(), "{:?}", found.told());
            assert!(found.unsealed_entries > 0, "what came after the last seal is told");
            assert!(found.of_proceedings > 0, "there are files of proceedings");
            service.check();
        }
    }
}

#[test]
fn what_is_sealed_is_never_replaced() {
    let service = Served::on_sqlite("2025-03-03");
    Handled::new(&service);
    seal(&service);
    for table in ["seals", "seal_leaves", "log_particulars", "log_entries", "log_links", "journal"] {
        let said = refused(service.url(), &format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}"));
        assert!(said.as_ref().is_some_and(|said| said.contains("never replaced")), "{table}: {said:?}");
    }
    assert!(audited(&service, service.url()).holds());
}

#[test]
fn nodes_that_are_gone_are_told_hinder_no_proof_and_are_made_anew() {
    on_both("2025-03-03", |service| {
        let cases: Vec<Handled<'_>> = (0..5).map(|_| Handled::new(service)).collect();
        seal(service);
        let proof =
            |case: &Handled<'_>| service.get("handler", &format!("/api/v1/cases/{}/proof", case.id)).expect(200);
        let before: Vec<_> = cases.iter().map(proof).collect();
        for harm in [
            "UPDATE seal_nodes SET hash = previous.hash FROM seal_nodes AS previous WHERE previous.level = 1 AND previous.place = 0",
            "DELETE FROM seal_nodes",
        ] {
            execute(service.url(), harm);
            let told = audited(service, service.url()).told();
            assert!(told[0].1.contains("rebuild-nodes") && told[0].0.contains("rebuild-nodes"), "{told:?}");
            assert_eq!(cases.iter().map(proof).collect::<Vec<_>>(), before, "{harm}");
            let done = service.command().args(["audit", "rebuild-nodes"]).output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            let found = audited(service, service.url());
            assert!(found.holds(), "{:?}", found.told());
        }
    });
}

#[test]
fn a_difference_is_told_by_its_column_in_both_languages_and_the_last_line_is_the_verdict() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    seal(&service);
    let run = |command: &[&str]| {
        let done = service.command().args(command).output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let (well, told) = run(&["audit", "verify"]);
    assert!(well && told.trim_end().ends_with("验证通过，没有发现异常。 / Verified: nothing is wrong."), "{told}");
    execute(service.url(), "UPDATE cases SET received_on = '2019-05-15'");
    for command in [&["audit", "verify"][..], &["check"]] {
        let (well, told) = run(command);
        let zh = format!("案件 {}：案件行的 received_on 一列为“2019-05-15”，依日志应为“2025-03-03”", case.id);
        let en =
            format!("case {}: column received_on of the case's row says 2019-05-15, the journal 2025-03-03", case.id);
        assert!(!well && told.contains(&zh) && told.contains(&en) && !told.contains("CaseId"), "{told}");
        let last = told.trim_end().lines().last().unwrap();
        if command[0] == "audit" {
            assert!(last.starts_with("验证未通过：1 处异常，首处：案件") && last.contains(&en), "{last}");
        }
    }
}

#[test]
fn a_mistyped_address_makes_no_empty_database_in_which_nothing_is_wrong() {
    let service = Served::on_sqlite("2025-03-03");
    let elsewhere = tempfile::tempdir().unwrap();
    let keys = seal_files::public_keys(&service.config.keys.directory);
    let path = elsewhere.path().join("dafu.bd");
    for arguments in [
        &["audit", "verify"][..],
        &["audit", "verify", "--public-keys", keys.to_str().unwrap()],
        &["audit", "seal"],
        &["audit", "slip"],
        &["check"],
        &["retention", "replay"],
    ] {
        let mut command = service.command();
        command.env("DATABASE_URL", format!("sqlite://{}", path.display()));
        let done = command.args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && said.contains("没有数据库文件") && said.contains("there is no"), "{said}");
        assert!(!path.exists(), "{arguments:?}");
    }
}

#[test]
fn what_is_more_than_one_seal_holds_is_sealed_page_by_page_and_no_case_is_passed_over() {
    on_both("2025-03-03", |service| {
        let cases: [Handled<'_>; 5] = std::array::from_fn(|_| Handled::new(service));
        let heads = || {
            let db = Db::open(service.url(), &DbOptions::default()).unwrap();
            db.read_now(|conn| dafu::storage::seals::list_unsealed(conn, None, 100)).unwrap().len()
        };
        assert_eq!(heads(), 5);
        let made = service.office.seal_by(2).unwrap();
        assert!(made.len() >= 3, "{made:?}");
        assert_eq!(heads(), 0);
        assert!(service.office.seal_by(2).unwrap().is_empty(), "nothing is sealed twice");
        // Only some of them change, in the middle and at the end: those, and what was written down besides.
        for case in [&cases[1], &cases[2], &cases[4]] {
            case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        }
        assert_eq!(heads(), 3);
        service.office.seal_by(1).unwrap();
        assert_eq!(heads(), 0);
        let found = audited(service, service.url());
        assert!(found.holds(), "{:?}", found.told());
    });
}

#[test]
fn sealers_at_once_seal_everything_and_none_of_them_fails() {
    on_both("2025-03-03", |service| {
        let cases: [Handled<'_>; 6] = std::array::from_fn(|_| Handled::new(service));
        for round in 0..3 {
            for case in &cases {
                case.does("handler", "notes", &json!({"text": format!("第{round}次。")}));
            }
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    let office = service.another_process();
                    scope.spawn(move || office.seal_by(2).unwrap());
                }
            });
            assert!(service.office.seal_now().unwrap().is_empty(), "round {round}");
        }
        let found = audited(service, service.url());
        assert!(found.holds(), "{:?}", found.told());
    });
}

#[test]
fn a_case_that_is_kept_from_the_sealer_is_told() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    seal(&service);
    case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
    let db = Db::open(service.url(), &DbOptions::default()).unwrap();
    db.write_now(|conn| dafu::storage::seals::set_sealed(conn, case.id.parse().unwrap(), 99)).unwrap();
    service.clock.set(service.clock.now() + chrono::TimeDelta::hours(2));
    Handled::new(&service);
    seal(&service);
    let found = audited(&service, service.url());
    assert!(found.report.findings.is_empty(), "the chains hold");
    let told = &found.told()[0].1;
    assert!(told.contains(case.id.as_str()) && told.contains("older than the last seal"), "{told}");
}

#[test]
fn what_the_columns_of_the_seals_say_hides_no_case_that_is_gone() {
    on_both("2025-03-03", |service| {
        Handled::new(service);
        seal(service);
        execute(service.url(), "UPDATE seals SET size = 0; DELETE FROM journal");
        let found = audited(service, service.url()).report.findings;
        assert!(found.iter().any(|one| matches!(one, Finding::CaseGone { .. })), "{found:?}");
    });
}

#[test]
fn a_journal_under_an_id_that_nobody_finds_is_not_taken_for_the_one_that_was_there() {
    on_both("2025-03-03", |service| {
        Handled::new(service);
        seal(service);
        let respelt = "UPDATE journal SET case_id = upper(case_id)";
        if let Some(path) = service.url().strip_prefix("sqlite://") {
            // Whoever owns the file need not have its keys hold.
            execute(service.url(), "SELECT 1");
            let mut own = SqliteConnection::establish(path).unwrap();
            own.batch_execute(&format!("PRAGMA foreign_keys = OFF; {respelt}")).unwrap();
        } else {
            execute(service.url(), respelt);
        }
        let db = Db::open(service.url(), &DbOptions::default()).unwrap();
        let told = audit(&db, &keys(service), &mut |_| ()).map(|audited| audited.told());
        assert!(
            told.as_ref().is_err_and(|fault| format!("{fault:?}").contains("no id as dafu writes one")),
            "{told:?}"
        );
    });
}

#[test]
fn the_command_line_verifies_with_public_keys_alone_and_holds_a_slip_against_its_seal() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
    seal(&service);
    let elsewhere = tempfile::tempdir().unwrap();
    let keys = elsewhere.path().join("keys");
    std::fs::create_dir(&keys).unwrap();
    for file in std::fs::read_dir(seal_files::public_keys(&service.config.keys.directory)).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), keys.join(file.file_name())).unwrap();
    }
    let run = |arguments: &[&str]| {
        let mut command = service.command();
        // No key of the office is at hand.
        command.env("DAFU_KEYS__DIRECTORY", elsewhere.path().join("nothing"));
        let done = command.arg("audit").args(arguments).output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
    };
    let (well, slip) = run(&["slip"]);
    assert!(well && slip.contains("云河市人民政府"), "{slip}");
    let paper = elsewhere.path().join("slip.txt");
    std::fs::write(&paper, &slip).unwrap();
    let verify = ["verify", "--public-keys", keys.to_str().unwrap(), "--slip", paper.to_str().unwrap()];
    let (well, told) = run(&verify);
    assert!(well && told.contains("0 处异常") && told.contains("一致") && told.contains("验证通过"), "{told}");
    std::fs::write(&paper, slip.replace("编号 Number: 1", "编号 Number: 2")).unwrap();
    let (well, told) = run(&verify);
    assert!(!well && told.contains("没有第 2 号"), "{told}");

    std::fs::write(&paper, &slip).unwrap();
    remember(service.url());
    tamper(service.url(), Tampering::Recomputed, 3);
    let (well, told) = run(&verify);
    assert!(!well && told.contains(case.id.as_str()), "{told}");
}

#[test]
fn every_tampering_below_the_last_seal_is_found_on_sqlite() {
    every_tampering_is_found(&Served::on_sqlite("2025-03-03"));
}

#[test]
fn every_tampering_below_the_last_seal_is_found_on_postgres() {
    if let Some(service) = Served::on_postgres("2025-03-03") {
        every_tampering_is_found(&service);
    }
}
