//! Identity numbers over HTTP: remarked on and never refused, masked for everybody, shown whole for a reason that is
//! written down.

use crate::support::served::{Served, application, on_both};
use dafu::ids::CaseId;
use dafu::storage::log_entries::{self, LogFilter};
use serde_json::{Value, json};

fn apply(service: &Served, change: &[(&str, &str)]) -> Value {
    let mut body = application();
    for (field, value) in change {
        body["applicant"][*field] = json!(value);
    }
    service.public("POST", "/api/v1/public/agencies/yunhe/applications", None, Some(&body)).expect(201)
}

fn codes(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

/// Looks at whole numbers: who, and why.
fn looks(service: &Served, case: &str) -> Vec<String> {
    let case: CaseId = case.parse().unwrap();
    let filter = LogFilter { case: Some(case), kind: Some("identity".to_owned()), ..LogFilter::default() };
    let rows = service.office.db().read_now(|conn| log_entries::list(conn, &filter, 100)).unwrap();
    let body = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    rows.iter().map(|row| body(&row.body)["facts"]["reason"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_number_that_looks_mistyped_is_told_with_the_receipt_and_keeps_nobody_out() {
    on_both("2025-03-03", |service| {
        let receipt = apply(service, &[("identity_number", "110101199003070012"), ("phone", "1380000001")]);
        assert_eq!(codes(&receipt["remarks"]), ["resident_check_wrong", "phone_doubtful"]);
        assert_eq!(receipt["received_on"], "2025-03-03", "it is received all the same");
        assert_eq!(codes(&apply(service, &[])["remarks"]), Vec::<&str>::new());
        let passport = apply(service, &[("identity_number", "E12345678")]);
        assert_eq!(codes(&passport["remarks"]), ["not_a_resident_number"]);
        let company = apply(service, &[("kind", "commercial_enterprise"), ("identity_number", "91990101MADEM00016")]);
        assert_eq!(codes(&company["remarks"]), Vec::<&str>::new());
    });
}

#[test]
fn the_receipt_sent_again_with_its_key_says_the_same() {
    on_both("2025-03-03", |service| {
        let mut body = application();
        body["applicant"]["identity_number"] = json!("110101199003070012");
        let path = "/api/v1/public/agencies/yunhe/applications";
        let send = || service.send("POST", path, &[("Idempotency-Key", "once")], Some(&body.to_string())).expect(201);
        let first = send();
        assert_eq!(codes(&first["remarks"]), ["resident_check_wrong"]);
        assert_eq!(send(), first);
    });
}

#[test]
fn an_officer_who_works_on_the_case_is_warned_and_one_who_watches_is_not() {
    on_both("2025-03-03", |service| {
        let receipt = apply(service, &[("identity_number", "110101199003070012"), ("phone", "66001234")]);
        let path = format!("/api/v1/cases/{}", receipt["case_id"].as_str().unwrap());
        let seen = service.get("clerk", &path).expect(200);
        assert_eq!(codes(&seen["warnings"]), ["identity_number_doubtful", "phone_doubtful"]);
        let watched = service.get("supervisor", &path).expect(200);
        assert_eq!(codes(&watched["warnings"]), Vec::<&str>::new());
    });
}

#[test]
fn an_identity_number_is_masked_even_for_those_who_work_on_the_case() {
    on_both("2025-03-03", |service| {
        for (number, shown) in [("110101199003070011", "1101************11"), ("E12345678", "*******78")] {
            let receipt = apply(service, &[("identity_number", number)]);
            let case = receipt["case_id"].as_str().unwrap();
            for login in ["clerk", "handler", "head"] {
                let answer = service.get(login, &format!("/api/v1/cases/{case}")).expect(200);
                assert_eq!(answer["applicant"]["identity_number"], shown);
                assert_eq!(answer["applicant"]["identity_masked"], true);
                assert_eq!(answer["applicant"]["phone"], "13800000001", "what one works with stays in sight");
                assert!(!answer.to_string().contains(number));
            }
            assert!(looks(service, case).is_empty(), "a masked number is no look");
        }
    });
}

#[test]
fn the_whole_number_is_shown_for_a_reason_and_the_look_is_recorded() {
    on_both("2025-03-03", |service| {
        let case = apply(service, &[])["case_id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/cases/{case}/identity-view");
        let ask = json!({"reason": "identity_check"});
        let seen = service.by("handler", "POST", &path, &[], Some(&ask)).expect(200);
        let applicant = json!({"part": "applicant", "name": "陈晓燕", "identity_number": "110101199003070011"});
        assert_eq!(seen, json!([applicant]));
        service.by("clerk", "POST", &path, &[], Some(&json!({"reason": "fee"}))).expect(200);
        let mut kept = looks(service, &case);
        kept.sort_unstable();
        assert_eq!(kept, ["fee", "identity_check"]);
        let before = service.get("clerk", &format!("/api/v1/cases/{case}")).etag;
        assert_eq!(before.as_deref(), Some("\"2\""), "looking changes nothing in the case");
    });
}

#[test]
fn without_a_reason_of_the_list_or_without_working_on_the_case_no_number_is_shown() {
    on_both("2025-03-03", |service| {
        let case = apply(service, &[])["case_id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/cases/{case}/identity-view");
        for body in [json!({"reason": "curiosity"}), json!({}), json!({"reason": "fee", "note": "x"})] {
            service.by("handler", "POST", &path, &[], Some(&body)).expect(422);
        }
        let ask = json!({"reason": "fee"});
        for login in ["supervisor", "auditor", "admin"] {
            service.by(login, "POST", &path, &[], Some(&ask)).expect(403);
        }
        service.by("county_handler", "POST", &path, &[], Some(&ask)).expect(404);
        assert!(looks(service, &case).is_empty());
    });
}
