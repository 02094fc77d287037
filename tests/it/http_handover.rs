//! Cases that change hands by the dozen, cases somebody follows, and drafts that come back with a reason.

use serde_json::{Value, json};

use crate::http_absences::{handled, id};
use crate::support::served::{Served, on_both};

fn reassign(service: &Served, login: &str, body: &Value) -> Value {
    service.by(login, "POST", "/api/v1/cases/reassignment", &[], Some(body)).expect(200)
}

fn cases<'a>(answer: &'a Value, list: &str) -> Vec<&'a str> {
    let mut cases: Vec<&str> =
        answer[list].as_array().unwrap().iter().map(|one| one["case"].as_str().unwrap()).collect();
    // All of one test's cases come in the same millisecond, so that their ids have no order of their own.
    cases.sort_unstable();
    cases
}

fn handler_of(service: &Served, case: &str) -> Value {
    service.get("clerk", &format!("/api/v1/cases/{case}")).expect(200)["handler"]["name"].clone()
}

#[test]
fn the_cases_of_one_handler_go_to_another_each_on_its_own() {
    on_both("2025-03-03", |service| {
        let staff = json!({
            "login": "second", "name": "王二", "password": "first-password", "agency": "yunhe", "roles": ["handler"]
        });
        let second = service.by("admin", "POST", "/api/v1/admin/staff", &[], Some(&staff)).expect(201)["id"].clone();
        let (one, two, reviewing) = (handled(service), handled(service), handled(service));
        let mut both = [one.as_str(), two.as_str()];
        both.sort_unstable();
        let draft = json!({"outcome": "granted", "letter": "予以公开。", "submit": true});
        service.act("handler", &reviewing, "draft", &draft).expect(200);

        let mut ask = json!({"from": id(service, "handler"), "to": second, "note": "合同在二号柜。", "preview": true});
        let seen = reassign(service, "clerk", &ask);
        assert_eq!((cases(&seen, "moved"), cases(&seen, "failed")), (both.to_vec(), vec![&*reviewing]));
        assert_eq!(seen["failed"][0]["rule"], "not_in_this_stage");
        assert_eq!(handler_of(service, &one), "某handler", "a preview moves nothing");

        ask["preview"] = json!(false);
        let done = reassign(service, "clerk", &ask);
        assert_eq!((cases(&done, "moved"), cases(&done, "failed")), (both.to_vec(), vec![&*reviewing]));
        assert_eq!((&done["moved"][0]["from"]["name"], &done["more"]), (&json!("某handler"), &json!(false)));
        assert_eq!((handler_of(service, &one), handler_of(service, &reviewing)), (json!("王二"), json!("某handler")));
        let journal = service.get("clerk", &format!("/api/v1/cases/{one}/journal")).expect(200);
        let kinds: Vec<_> = journal.as_array().unwrap().iter().rev().take(2).map(|one| one["kind"].clone()).collect();
        assert_eq!(kinds, ["noted", "assigned"]);
        assert_eq!(journal.as_array().unwrap().last().unwrap()["texts"][0]["words"], "合同在二号柜。");
        service.check();

        let again = json!({"cases": [one, two], "to": second, "preview": false});
        assert_eq!(cases(&reassign(service, "clerk", &again), "failed").len(), 2, "they are there already");
        let laid_out = json!({"cases": [one], "to": null, "preview": false});
        assert_eq!(cases(&reassign(service, "head", &laid_out), "moved"), [&*one]);
        assert_eq!(handler_of(service, &one), Value::Null);
    });
}

#[test]
fn a_bulk_move_asks_for_the_same_role_and_meets_the_same_refusals_as_a_single_one() {
    on_both("2025-03-03", |service| {
        let case = handled(service);
        let to = id(service, "county_handler");
        let ask = json!({"cases": [case], "to": to, "preview": false});
        let failed = reassign(service, "clerk", &ask)["failed"][0].clone();
        assert_eq!(failed["type"], "/problems/invalid");
        assert!(failed["zh"].as_str().unwrap().contains("不是本机关在岗的承办人"), "{failed:#}");
        let of_another = reassign(service, "county_clerk", &json!({"cases": [case], "to": null, "preview": true}));
        assert_eq!(of_another["failed"][0]["type"], "/problems/missing", "not even that it exists");
        let handlers = reassign(service, "handler", &json!({"cases": [case], "to": null, "preview": false}));
        assert_eq!(handlers["failed"][0]["type"], "/problems/forbidden");
        let from = json!({"from": to, "to": null, "preview": true});
        service.by("handler", "POST", "/api/v1/cases/reassignment", &[], Some(&from)).expect(403);
        for wrong in [json!({"cases": [case], "preview": true}), json!({"to": null, "preview": true})] {
            service.by("clerk", "POST", "/api/v1/cases/reassignment", &[], Some(&wrong)).expect(422);
        }
    });
}

#[test]
fn whoever_may_read_a_case_may_watch_it_and_nobody_else() {
    on_both("2025-03-03", |service| {
        let (watched, other) = (handled(service), handled(service));
        let path = format!("/api/v1/cases/{watched}/watch");
        let watch = |login: &str, muted: bool| service.by(login, "PUT", &path, &[], Some(&json!({"muted": muted})));
        let version = service.get("clerk", &format!("/api/v1/cases/{watched}")).expect(200)["version"].clone();
        assert_eq!(watch("supervisor", false).expect(200)["muted"], false);
        service.day("2025-03-04");
        assert_eq!(watch("handler", false).expect(200)["muted"], false);
        let again = watch("supervisor", true).expect(200);
        assert_eq!((&again["muted"], &again["since"]), (&json!(true), &json!("2025-03-03T04:00:00Z")));
        watch("county_handler", false).expect(404);
        watch("admin", false).expect(403);

        let watchers = service.get("auditor", &format!("/api/v1/cases/{watched}/watchers")).expect(200);
        let names: Vec<_> = watchers.as_array().unwrap().iter().map(|one| one["staff"]["name"].clone()).collect();
        assert_eq!(names, ["某supervisor", "某handler"]);
        service.get("county_handler", &format!("/api/v1/cases/{watched}/watchers")).expect(404);

        let listed = |filter: &str| -> Vec<String> {
            let page = service.get("handler", &format!("/api/v1/cases?watched={filter}")).expect(200);
            page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!((listed("true"), listed("false")), (vec![watched.clone()], vec![other.clone()]));
        for _ in 0..2 {
            service.by("handler", "DELETE", &path, &[], None).expect(204);
        }
        assert_eq!(listed("true"), [""; 0]);
        let now = service.get("clerk", &format!("/api/v1/cases/{watched}")).expect(200)["version"].clone();
        assert_eq!(now, version, "the journal knows nothing of it");
    });
}

#[test]
fn every_version_of_a_draft_is_shown_with_what_was_said_and_what_was_changed() {
    on_both("2025-03-03", |service| {
        let case = handled(service);
        let draft = |letter: &str| {
            let body = json!({"outcome": "granted", "letter": letter, "submit": true});
            service.act("handler", &case, "draft", &body).expect(200);
        };
        draft("您申请的施工合同予以公开。");
        let back = |reason: &str| json!({"decision": "send_back", "reason": reason});
        service.act("reviewer", &case, "review", &back("请写明年度。")).expect(200);
        draft("您申请的2024年施工合同予以公开。");
        service.act("reviewer", &case, "review", &json!({"decision": "approve"})).expect(200);
        service.act("secrecy", &case, "secrecy-review", &back("请写明附件。")).expect(200);
        draft("您申请的2024年施工合同及附件予以公开。");

        let versions = service.get("auditor", &format!("/api/v1/cases/{case}/drafts")).expect(200);
        let versions = versions.as_array().unwrap();
        assert_eq!(versions.len(), 3);
        assert_eq!((&versions[0]["changes"], &versions[0]["author"]["name"]), (&Value::Null, &json!("某handler")));
        let said = |version: &Value| -> Vec<(String, String)> {
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let all = version["sent_back"].as_array().unwrap().iter();
            all.map(|one| (text(&one["step"]["code"]), text(&one["reason"]))).collect()
        };
        assert_eq!(said(&versions[0]), [("review".to_owned(), "请写明年度。".to_owned())]);
        assert_eq!(said(&versions[1]), [("secrecy_review".to_owned(), "请写明附件。".to_owned())]);
        assert_eq!(said(&versions[2]), []);
        assert_eq!(
            versions[1]["changes"],
            json!([
                {"kind": "equal", "text": "您申请的"},
                {"kind": "inserted", "text": "2024年"},
                {"kind": "equal", "text": "施工合同予以公开。"}
            ])
        );
        assert_eq!(versions[2]["changes"][1], json!({"kind": "inserted", "text": "及附件"}));
        service.get("county_handler", &format!("/api/v1/cases/{case}/drafts")).expect(404);
    });
}
