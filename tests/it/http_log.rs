//! The log over HTTP: every look, search, download and export, every sign-in and change is one entry, with who, in whose
//! place, when and from where; read by those who may, found when it is tampered with, and mailed under its seal.

use dafu::law::outcome::Outcome;
use dafu::notices::memory::Memory;
use dafu::notices::transport::Transport;
use serde_json::{Value, json};

use crate::http_absences::id;
use crate::support::handled::{Handled, draft};
use crate::support::served::{PASSWORD, Served, on_both};
use crate::support::visitor::Visitor;

/// What the auditor finds.
fn entries(service: &Served, query: &str) -> Vec<Value> {
    let page = service.get("auditor", &format!("/api/v1/audit/entries?limit=200&{query}")).expect(200);
    page["items"].as_array().unwrap().clone()
}

/// The one entry there is.
#[track_caller]
fn one(service: &Served, query: &str) -> Value {
    let found = entries(service, query);
    assert_eq!(found.len(), 1, "{query}: {found:#?}");
    found[0].clone()
}

fn name(entry: &Value) -> &str {
    entry["staff"]["name"].as_str().unwrap_or_default()
}

#[test]
fn a_sign_in_and_one_that_fails_are_one_entry_each_with_the_address_sealed() {
    on_both("2025-03-03", |service| {
        let sign_in = |login: &str, password: &str| {
            let body = json!({"login": login, "password": password}).to_string();
            service.send("POST", "/api/v1/auth/login", &[], Some(&body))
        };
        sign_in("clerk", PASSWORD).expect(200);
        sign_in("clerk", "wrong-horse-battery").expect(401);
        sign_in("nobody-of-that-name", PASSWORD).expect(401);
        let signed_in = one(service, "kind=sign_in&staff=clerk");
        assert_eq!((name(&signed_in), &signed_in["address"]), (&*signed_in_name(service), &json!("127.0.0.1")));
        assert_eq!(signed_in["chain"]["code"], "staff");
        assert!(signed_in["at"].as_str().unwrap().starts_with("2025-03-03"));
        let refused = entries(service, "kind=sign_in_failed");
        assert_eq!(refused.len(), 2, "{refused:#?}");
        assert_eq!(refused.iter().filter(|entry| entry["staff"].is_null()).count(), 1, "who is known to nobody");
        for entry in &refused {
            assert_eq!(entry["address"], "127.0.0.1");
            assert!(!entry.to_string().contains("nobody-of-that-name"), "a password may have been typed there");
        }
        if !service.is_on_postgres() {
            let kept = service.database_bytes();
            assert!(!kept.windows(9).any(|window| window == b"127.0.0.1"), "an address is personal");
        }
    });
}

fn signed_in_name(service: &Served) -> String {
    service.get("clerk", "/api/v1/me").expect(200)["name"].as_str().unwrap().to_owned()
}

#[test]
fn opening_a_case_by_api_or_page_is_one_look_and_a_search_keeps_its_words_sealed() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let looks = format!("kind=case&case={}&staff=lawyer", case.id);
        service.get("lawyer", &format!("/api/v1/cases/{}", case.id)).expect(200);
        let look = one(service, &looks);
        assert_eq!((look["case"]["id"].as_str(), &look["on_behalf_of"]), (Some(case.id.as_str()), &Value::Null));
        // A page that asks for view, choices, journal, watchers and notices is one look; what shows nobody is none.
        Visitor::signed_in(service, "lawyer").get(&format!("/desk/cases/{}", case.id)).expect(200);
        assert_eq!(entries(service, &looks).len(), 2);
        service.get("lawyer", &format!("/api/v1/cases/{}/clock", case.id)).expect(200);
        service.get("county_handler", &format!("/api/v1/cases/{}", case.id)).expect(404);
        assert_eq!(entries(service, &looks).len(), 2);
        assert!(entries(service, "kind=case&staff=county_handler").is_empty(), "who was turned away saw nothing");

        Visitor::signed_in(service, "reviewer").get("/desk?applicant=%E9%99%88%E6%99%93%E7%87%95").expect(200);
        let search = one(service, "kind=search&staff=reviewer");
        assert!(search["words"]["query"].as_str().unwrap().contains("applicant="), "{search:#}");
        assert_eq!(search["facts"], json!({"shown": "1"}), "what is hashed names nobody");
        service.get("reviewer", "/api/v1/cases?open=true").expect(200);
        one(service, "kind=list&staff=reviewer");
    });
}

#[test]
fn what_is_fetched_and_taken_out_is_named() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        let file = case.attaches("handler", "台账.txt", b"lamp 1\nlamp 2\n", "record");
        let letters = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
        let letters = letters["items"].as_array().or_else(|| letters.as_array()).unwrap().clone();
        let seq = letters.iter().find_map(|one| one["seq"].as_u64()).unwrap();
        let bearer = format!("Bearer {}", service.token("handler"));
        let headers = [("Authorization", bearer.as_str())];
        for path in [format!("letters/{seq}/txt"), format!("files/{file}/content")] {
            assert_eq!(service.file(&format!("/api/v1/cases/{}/{path}", case.id), &headers).0, 200, "{path}");
        }
        let letter = one(service, &format!("kind=letter&case={}", case.id));
        assert_eq!(letter["facts"], json!({"letter": seq.to_string(), "format": "txt"}));
        let fetched = one(service, &format!("kind=file&case={}", case.id));
        assert_eq!(fetched["facts"]["file"], json!(file));
        let lists = entries(service, "kind=list&staff=handler").len();
        assert_eq!(service.file("/api/v1/cases/export?stage=handling", &headers).0, 200);
        let export = one(service, "kind=export");
        assert!(export["words"]["query"].as_str().unwrap().contains("stage=handling"));
        assert_eq!(entries(service, "kind=list&staff=handler").len(), lists, "its pages are not entries of their own");
    });
}

#[test]
fn settings_roles_and_passwords_keep_what_was_there_before() {
    on_both("2025-03-03", |service| {
        let path = "/api/v1/admin/agencies/yunhe";
        let before = service.get("admin", path).expect(200)["office_phone"].clone();
        service.by("admin", "PATCH", path, &[], Some(&json!({"office_phone": "0000-7654321"}))).expect(200);
        let changed = one(service, "kind=agency_changed");
        let change = json!({"field": "/office_phone", "before": before, "after": "0000-7654321"});
        assert_eq!(changed["changes"], json!([change]));
        assert_eq!(changed["facts"]["fields"], "/office_phone");

        let clerk = id(service, "clerk");
        let roles = json!({"agency": "yunhe", "roles": ["clerk", "handler"]});
        service.by("admin", "PUT", &format!("/api/v1/admin/staff/{clerk}/roles"), &[], Some(&roles)).expect(200);
        let changed = one(service, "kind=roles_changed");
        assert_eq!(changed["changes"], json!([{"field": "/roles", "before": "clerk", "after": "clerk handler"}]));
        assert_eq!(changed["about"]["id"], json!(clerk));

        let path = format!("/api/v1/admin/staff/{clerk}/password");
        service.by("admin", "POST", &path, &[], Some(&json!({"password": "another-horse-battery"}))).expect(204);
        let reset = one(service, "kind=password_reset");
        assert_eq!(reset["about"]["id"], json!(clerk));
        assert!(!reset.to_string().contains("another-horse"), "{reset:#}");

        let path = format!("/api/v1/admin/staff/{clerk}");
        service.by("admin", "PATCH", &path, &[], Some(&json!({"email": "new@example.org"}))).expect(200);
        let changed = one(service, "kind=account_changed");
        assert_eq!(changed["changes"][0]["after"], "new@example.org");
        if !service.is_on_postgres() {
            // In its own table the address stands as it is; the log holds it sealed.
            let bodies: Vec<Value> = entries(service, "chain=staff");
            assert!(bodies.iter().all(|entry| !entry["facts"].to_string().contains("example.org")));
        }
    });
}

#[test]
fn who_stands_in_is_named_with_whom_they_stand_in_for() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let body = json!({"delegate": id(service, "reviewer"), "from_on": "2025-03-03", "to_on": "2025-03-07", "note_code": "leave"});
        service.by("clerk", "POST", "/api/v1/me/absences", &[], Some(&body)).expect(201);
        assert_eq!(one(service, "kind=absence_entered")["facts"]["delegate"], json!(id(service, "reviewer")));
        // To read, a role of one's own does; to remind and to see what was set aside takes the clerk's.
        service.get("reviewer", &format!("/api/v1/cases/{}", case.id)).expect(200);
        assert!(one(service, "kind=case&staff=reviewer")["on_behalf_of"].is_null());
        let ask = json!({"cases": [case.id], "preview": false});
        service.by("reviewer", "POST", "/api/v1/cases/reminders", &[], Some(&ask)).expect(200);
        service.get("reviewer", "/api/v1/held-applications").expect(200);
        let me = |login: &str| service.get(login, "/api/v1/me").expect(200)["name"].as_str().unwrap().to_owned();
        for kind in ["reminded", "held"] {
            let entry = one(service, &format!("kind={kind}&staff=reviewer"));
            assert_eq!((name(&entry), &entry["on_behalf_of"]["name"]), (&*me("reviewer"), &json!(me("clerk"))));
        }
        assert_eq!(entries(service, &format!("kind=held&staff={}", id(service, "clerk"))).len(), 1);
    });
}

#[test]
fn the_log_is_the_auditors_and_reading_it_is_an_entry() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        for login in ["clerk", "handler", "head", "supervisor", "admin"] {
            service.get(login, "/api/v1/audit/entries").expect(403);
        }
        service.get("auditor", "/api/v1/audit/entries?kind=nothing&staff=nobody&case=x&limit=0").expect(422);
        let before = entries(service, "kind=log").len();
        assert_eq!(entries(service, "kind=log").len(), before + 1);
        assert_eq!(name(&entries(service, "kind=log")[0]), service.get("auditor", "/api/v1/me").expect(200)["name"]);

        // Who looked into a case: supervisors see who and when, auditors from where as well.
        let path = format!("/api/v1/cases/{}/readings", case.id);
        service.get("handler", &path).expect(403);
        service.get("county_handler", &path).expect(404);
        let seen = service.get("supervisor", &path).expect(200)["items"].clone();
        assert!(seen.as_array().unwrap().iter().all(|look| look["address"].is_null() && look["staff"].is_object()));
        let seen = service.get("auditor", &path).expect(200)["items"].clone();
        let asked: Vec<&Value> = seen.as_array().unwrap().iter().filter(|one| one["kind"]["code"] == "log").collect();
        assert_eq!((asked.len(), &asked[0]["address"]), (1, &json!("127.0.0.1")), "that the supervisor asked");

        // Pages go on where the last one ended, and none is shown twice.
        let first = service.get("auditor", "/api/v1/audit/entries?limit=2&chain=staff").expect(200);
        let cursor = first["next"].as_str().unwrap();
        let second = service.get("auditor", &format!("/api/v1/audit/entries?limit=2&chain=staff&cursor={cursor}"));
        let ids = |page: &Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
        };
        let (first, second) = (ids(&first), ids(&second.expect(200)));
        assert!(first.iter().all(|id| second.iter().all(|other| other < id)), "{first:?} {second:?}");
        assert!(entries(service, "from=2025-03-04").is_empty() && !entries(service, "to=2025-03-03").is_empty());
    });
}

#[test]
fn entries_are_linked_by_the_sealer_and_what_is_sealed_beside_them_is_checked() {
    on_both("2025-03-03", |service| {
        Handled::new(service).replied(&draft(Outcome::Granted));
        assert!(entries(service, "kind=case").iter().all(|entry| entry["seq"].is_null()));
        assert!(!service.office.seal_now().unwrap().is_empty());
        let linked = entries(service, "chain=staff");
        let mut places: Vec<u64> = linked.iter().filter_map(|entry| entry["seq"].as_u64()).collect();
        places.reverse();
        assert!(places.iter().copied().eq(1..=places.len() as u64), "{places:?}");
        let report = service.office.check(&mut |_| ()).unwrap();
        assert!(report.holds() && report.log_entries > 10, "{:?}", report.told());
    });
}

#[test]
fn what_an_audit_found_is_kept_and_shown() {
    let service = Served::on_sqlite("2025-03-03");
    assert!(service.get("auditor", "/api/v1/audit/verification").expect(200)["verification"].is_null());
    Handled::new(&service);
    service.office.seal_now().unwrap();
    let done = service.command().args(["audit", "verify"]).output().unwrap();
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && told.contains("已核对 1 件"), "{told}");
    let found = service.get("auditor", "/api/v1/audit/verification").expect(200)["verification"].clone();
    assert_eq!((&found["holds"], &found["contents"], &found["seal"]), (&json!(true), &json!(true), &json!(1)));
    service.get("handler", "/api/v1/audit/verification").expect(403);
    let page = Visitor::signed_in(&service, "auditor").get("/audit").expect(200).text();
    assert!(page.contains("未发现异常"), "{page}");
}

#[test]
fn a_slip_is_mailed_once_a_day_and_verifies_as_it_came() {
    on_both("2025-03-03", |service| {
        let office = service.opened_with(|config| {
            config.seals.mail_to = "keeper@archive.example, two@archive.example".to_owned();
        });
        let send = || {
            let memory = Memory::default();
            office.mail_slips().unwrap();
            office.send_notices(&Transport::Memory(memory.clone()), "one").unwrap();
            let mails = memory.letters();
            mails.into_iter().filter(|mail| mail.to_address.ends_with("@archive.example")).collect::<Vec<_>>()
        };
        assert!(send().is_empty(), "nothing is sealed yet");
        Handled::new(service);
        office.seal_now().unwrap();
        let mails = send();
        let mut to: Vec<&str> = mails.iter().map(|mail| mail.to_address.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, ["keeper@archive.example", "two@archive.example"]);
        Handled::new(service);
        office.seal_now().unwrap();
        assert!(send().is_empty(), "once a day");
        service.day("2025-03-04");
        Handled::new(service);
        office.seal_now().unwrap();
        let next = send();
        assert!(next.len() == 2 && next[0].rendered.subject.contains('3'), "{next:?}");

        // The mail itself, quoted as it may be, is held against the database.
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mail.txt");
        let quoted: Vec<String> = mails[0].rendered.text.lines().map(|line| format!("> {line}")).collect();
        let quoted = quoted.join("\n");
        std::fs::write(&file, quoted).unwrap();
        let done = service.command().args(["audit", "verify", "--slip", file.to_str().unwrap()]).output().unwrap();
        let told = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success() && told.contains("与第 1 号封存一致"), "{told}");
    });
}
