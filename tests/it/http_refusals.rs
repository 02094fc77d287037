//! Bad input through the real door: the right status, the right words, every fault at once, and nothing half-written.

use serde_json::{Value, json};

use crate::support::served::{Answer, Served, application, on_both};

const APPLY: &str = "/api/v1/public/agencies/yunhe/applications";

fn pointers(body: &Value) -> Vec<String> {
    let mut all: Vec<String> =
        body["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect();
    all.sort();
    all
}

fn cases(service: &Served) -> usize {
    let page = service.get("clerk", "/api/v1/cases").expect(200);
    page["items"].as_array().unwrap().len()
}

fn problem(answer: Answer, status: u16, kind: &str) -> Value {
    assert!(answer.content_type.starts_with("application/problem+json"), "{}", answer.content_type);
    let body = answer.expect(status);
    assert_eq!(body["type"], format!("/problems/{kind}"));
    assert_eq!(body["status"], status);
    body
}

#[test]
fn what_is_not_a_body_is_told_apart() {
    on_both("2025-03-03", |service| {
        problem(service.send("POST", APPLY, &[], Some("{\"applicant\":")), 400, "unreadable");
        problem(service.send("POST", APPLY, &[], Some("{\"a\":1,\"a\":2}")), 400, "unreadable");
        let text = [("Content-Type", "text/plain")];
        problem(service.send("POST", APPLY, &text, Some("{}")), 415, "wrong-media-type");
        let large = format!("{{\"applicant\": \"{}\"}}", "长".repeat(500_000));
        problem(service.send("POST", APPLY, &[], Some(&large)), 413, "too-large");
        problem(service.public("GET", "/api/v1/nothing", None, None), 404, "missing");
        problem(service.public("DELETE", "/api/v1/public/agencies", None, None), 405, "wrong-method");
        problem(
            service.public("POST", "/api/v1/public/agencies/atlantis/applications", None, Some(&application())),
            404,
            "missing",
        );
        assert_eq!(cases(service), 0);
    });
}

#[test]
fn every_fault_of_a_form_is_told_at_once_with_its_place() {
    on_both("2025-03-03", |service| {
        let body = json!({
            "applicant": {"kind": "robot", "name": 7, "identity_number": "1", "age": 30},
            "request": {"subject": "", "form": "electronic", "route": "online"},
            "urgent": true
        });
        let told = problem(service.public("POST", APPLY, None, Some(&body)), 422, "invalid");
        assert_eq!(
            pointers(&told),
            [
                "/applicant/age",
                "/applicant/kind",
                "/applicant/name",
                "/request/description",
                "/request/subject",
                "/urgent"
            ]
        );
        let kind =
            told["errors"].as_array().unwrap().iter().find(|error| error["pointer"] == "/applicant/kind").unwrap();
        assert!(kind["detail"].as_str().unwrap().contains("natural_person"), "what is allowed instead: {kind}");

        let mut unreachable = application();
        unreachable["applicant"] =
            json!({"kind": "natural_person", "name": "陈晓燕", "identity_number": "1", "email": "nowhere"});
        unreachable["request"]["route"] = json!("post");
        let told = problem(service.public("POST", APPLY, None, Some(&unreachable)), 422, "invalid");
        assert_eq!(pointers(&told), ["/applicant/address", "/applicant/email"]);
        assert_eq!(cases(service), 0);
    });
}

#[test]
fn the_reader_chooses_the_language() {
    let service = Served::on_sqlite("2025-03-03");
    let answer = service.send("POST", APPLY, &[("Accept-Language", "en")], Some("{}"));
    assert!(answer.expect(422)["title"].as_str().unwrap().is_ascii());
    let answer = service.send("POST", APPLY, &[], Some("{}"));
    assert!(!answer.expect(422)["title"].as_str().unwrap().is_ascii());
}

#[test]
fn an_act_rests_on_a_version_that_was_read() {
    on_both("2025-03-03", |service| {
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/cases/{case}/registration");
        problem(service.by("clerk", "POST", &path, &[], Some(&json!({}))), 428, "version-missing");
        let stale =
            problem(service.by("clerk", "POST", &path, &[("If-Match", "\"1\"")], Some(&json!({}))), 412, "stale");
        assert_eq!(stale["current"]["version"], 2, "with the case as it is now");
        let read = service.get("clerk", &format!("/api/v1/cases/{case}"));
        assert_eq!(read.etag.as_deref(), Some("\"2\""));
        service.act("clerk", &case, "registration", &json!({})).expect(200);
        service.check();
    });
}

#[test]
fn the_wrong_role_is_told_who_may_and_the_wrong_agency_is_told_nothing() {
    on_both("2025-03-03", |service| {
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/cases/{case}");
        let told = problem(service.act("handler", &case, "registration", &json!({})), 403, "forbidden");
        assert!(told["detail"].as_str().unwrap().contains("经办人"), "{told:#}");
        problem(service.get("county_clerk", &path), 404, "missing");
        problem(service.get("jianshe_handler", &path), 404, "missing");
        problem(service.get("admin", &path), 403, "forbidden");
        let missing = service.get("county_clerk", "/api/v1/cases/00000000-0000-7000-8000-000000000000");
        let hidden = service.get("county_clerk", &path);
        assert_eq!(missing.body["detail"], hidden.body["detail"], "existence is not told");
        problem(service.act("supervisor", &case, "registration", &json!({})), 403, "forbidden");
        problem(service.public("GET", &path, None, None), 401, "not-signed-in");
    });
}

#[test]
fn what_the_law_forbids_names_its_article_and_what_may_be_done_instead() {
    on_both("2025-03-03", |service| {
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        service.act("clerk", &case, "registration", &json!({})).expect(200);
        service.act("clerk", &case, "assignment", &json!({})).expect(200);
        service.act("handler", &case, "claim", &json!({})).expect(200);
        service.day("2025-04-01");
        let ask = json!({"days": 5, "reason": "材料较多"});
        let refused = problem(service.act("handler", &case, "extension-request", &ask), 409, "refused");
        assert_eq!(refused["rule"], "extension_too_late");
        assert!(refused["article"]["zh"].as_str().unwrap().contains("第三十三条"));
        assert!(refused["detail"].as_str().unwrap().contains("2025-03-31"));
        let allowed: Vec<&str> =
            refused["allowed"].as_array().unwrap().iter().map(|act| act["act"].as_str().unwrap()).collect();
        assert!(allowed.contains(&"draft") && !allowed.contains(&"request_extension"), "{allowed:?}");
        let too_new = json!({"letter": "请补正", "sent_on": "2025-04-02"});
        service.act("handler", &case, "correction-requests", &too_new).refused_by("date_in_future");
        let partly = json!({"outcome": "partly_granted", "letter": "部分公开", "submit": true});
        service.act("handler", &case, "draft", &partly).refused_by("withheld_grounds_missing");
        service.check();
    });
}

#[test]
fn the_same_key_and_body_answer_the_same_and_another_body_is_refused() {
    on_both("2025-03-03", |service| {
        let key = [("Idempotency-Key", "form-7f3a")];
        let body = application().to_string();
        let first = service.send("POST", APPLY, &key, Some(&body)).expect(201);
        let again = service.send("POST", APPLY, &key, Some(&body)).expect(201);
        assert_eq!(first, again);
        assert_eq!(cases(service), 1);
        let mut other = application();
        other["request"]["subject"] = json!("另一件事");
        problem(service.send("POST", APPLY, &key, Some(&other.to_string())), 422, "key-reused");
        assert_eq!(cases(service), 1);
    });
}

#[test]
fn wrong_parameters_of_a_list_are_all_named() {
    let service = Served::on_sqlite("2025-03-03");
    let told = service.get("clerk", "/api/v1/cases?stage=lost&limit=900&colour=red&sort=size").expect(422);
    let named = pointers(&told);
    assert!(named.iter().any(|pointer| pointer.contains("colour")), "{named:?}");
}

#[test]
fn characters_and_lengths_no_database_keeps_are_refused_and_break_nothing() {
    on_both("2025-03-03", |service| {
        let login = r#"{"login": "cle\u0000rk", "password": "correct-horse-battery"}"#;
        let told = problem(service.send("POST", "/api/v1/auth/login", &[], Some(login)), 400, "unreadable");
        assert!(told["detail"].as_str().unwrap().contains("u0000"), "{told:#}");
        let mut form = application();
        form["request"]["subject"] = json!("老旧\0小区");
        problem(service.public("POST", APPLY, None, Some(&form)), 400, "unreadable");
        assert_eq!(cases(service), 0);

        let long = json!({"login": "İ".repeat(100), "password": "correct-horse-battery"});
        problem(service.public("POST", "/api/v1/auth/login", None, Some(&long)), 401, "not-signed-in");

        let track = |number: &str| {
            service.public("GET", &format!("/api/v1/public/applications/{number}"), Some("7K3M-9QXT-4B2HD"), None)
        };
        problem(track("YUNHE%00-2025-000001"), 404, "missing");
        problem(track(&"9".repeat(195)), 401, "wrong-query-code");
        problem(track("%E5%8F%B7"), 401, "wrong-query-code");
        problem(service.public("GET", "/api/v1/public/agencies/yun%00he", None, None), 404, "missing");
        let told = problem(service.get("clerk", "/api/v1/cases?agency=yun%00he&applicant=%00"), 422, "invalid");
        assert_eq!(pointers(&told), ["?agency", "?applicant"]);
    });
}

#[test]
fn a_value_that_a_parameter_does_not_know_is_told_there_with_the_values_it_knows() {
    let service = Served::on_sqlite("2025-03-03");
    let ledger = "/api/v1/reports/ledger.csv?from=2025-01-01&to=2025-03-03&columns=number";
    let told = problem(service.get("clerk", &format!("{ledger}&sheet=cases&reason=archive")), 422, "invalid");
    assert_eq!(pointers(&told), ["?reason"]);
    let said = "只能是：annual_report、supervision、proceeding、statistics、moving、other。";
    assert_eq!(told["errors"][0]["detail"], said, "{told:#}");
    let told = problem(service.get("clerk", &format!("{ledger}&reason=other&sheet=moon")), 422, "invalid");
    assert_eq!(pointers(&told), ["?sheet"]);
    assert!(!told.to_string().contains("moon"), "what was sent is not repeated: {told:#}");
}

#[test]
fn the_calculator_tells_facts_that_cannot_all_be_true() {
    let service = Served::on_sqlite("2025-03-03");
    let facts = json!({
        "received_on": "2025-03-03", "correction_received_on": "2025-03-10", "extension_days": 10,
        "consultations": [{"from": "2025-03-06", "until": "2025-03-05"}],
    });
    let told = service.public("POST", "/api/v1/public/deadline", None, Some(&facts)).expect(422);
    assert_eq!(
        pointers(&told),
        ["/consultations/0/until", "/correction_notice_sent_on", "/extension_notice_sent_on"],
        "{told:#}"
    );
}
