//! Applications that are begun and not sent, as somebody without an account would keep, finish and send them.

use serde_json::{Value, json};

use crate::support::served::{Answer, Served, application, on_both};

const BEGIN: &str = "/api/v1/public/agencies/yunhe/drafts";
const DRAFT: &str = "/api/v1/public/drafts";
const SEND: &str = "/api/v1/public/drafts/submission";

fn begin(service: &Served, content: &Value) -> Value {
    service.public("POST", BEGIN, None, Some(content)).expect(201)
}

fn with_code(service: &Served, method: &str, path: &str, code: &str, body: Option<&Value>) -> Answer {
    service.send(method, path, &[("X-Draft-Code", code)], body.map(ToString::to_string).as_deref())
}

fn send(service: &Served, code: &str) -> Answer {
    with_code(service, "POST", SEND, code, Some(&json!({})))
}

fn missing(body: &Value) -> Vec<&str> {
    body["missing"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect()
}

fn code_of(begun: &Value) -> &str {
    begun["draft_code"].as_str().unwrap()
}

#[test]
fn an_unfinished_application_is_kept_finished_and_sent() {
    on_both("2025-03-03", |service| {
        let begun = begin(service, &json!({"applicant": {"name": "陈晓燕"}, "request": {"route": "email"}}));
        assert_eq!(begun["expires_on"], "2025-04-02");
        assert!(missing(&begun).contains(&"/applicant/identity_number"), "{begun:#}");
        let code = code_of(&begun).to_owned();
        assert_eq!(code.len(), 23, "twenty signs in four groups");

        service.day("2025-03-10");
        let by_hand = code.to_lowercase().replace('-', " ");
        let shown = with_code(service, "GET", DRAFT, &by_hand, None).expect(200);
        assert_eq!(shown["application"], json!({"applicant": {"name": "陈晓燕"}, "request": {"route": "email"}}));
        assert_eq!(shown["agency"]["slug"], "yunhe");

        let mut nearly = application();
        nearly["request"]["route"] = json!("email");
        nearly["applicant"].as_object_mut().unwrap().remove("email");
        let saved = with_code(service, "PUT", DRAFT, &code, Some(&nearly)).expect(200);
        assert_eq!(missing(&saved), ["/applicant/email"], "what the schema cannot state is told as well");
        assert_eq!(saved["expires_on"], "2025-04-09", "its days begin again");
        let early = send(service, &code).expect(422);
        assert_eq!(early["errors"][0]["pointer"], "/applicant/email", "the same as on the form");

        let saved = with_code(service, "PUT", DRAFT, &code, Some(&application())).expect(200);
        assert_eq!(missing(&saved), [""; 0]);
        let receipt = send(service, &code).expect(201);
        assert_eq!(receipt["received_on"], "2025-03-10", "it is received when it is sent, not when it was begun");
        let track = format!("{}/{}", "/api/v1/public/applications", receipt["receipt_no"].as_str().unwrap());
        let tracked = service.public("GET", &track, receipt["query_code"].as_str(), None).expect(200);
        assert_eq!(tracked["subject"], application()["request"]["subject"]);
        service.check();

        let again = send(service, &code).expect(201);
        assert_eq!(again, receipt, "the answer may have been lost: one application, one receipt");
        for (method, body) in [("GET", None), ("DELETE", None), ("PUT", Some(application()))] {
            with_code(service, method, DRAFT, &code, body.as_ref()).expect(401);
        }
        let listed = service.get("clerk", "/api/v1/cases").expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_draft_is_strict_about_what_there_is_and_lenient_about_what_there_is_not() {
    on_both("2025-03-03", |service| {
        let wrong = json!({"applicant": {"nmae": "陈", "kind": "cat"}, "request": {"subject": "长".repeat(201)}});
        let told = service.public("POST", BEGIN, None, Some(&wrong)).expect(422);
        let pointers: Vec<_> = told["errors"].as_array().unwrap().iter().map(|one| &one["pointer"]).collect();
        assert_eq!(pointers, ["/applicant/kind", "/applicant/nmae", "/request/subject"]);
        let begun = begin(service, &json!({}));
        assert_eq!(missing(&begun), ["/applicant", "/request"]);
        let blank = json!({"applicant": {"name": ""}});
        with_code(service, "PUT", DRAFT, code_of(&begun), Some(&blank)).expect(200);
        send(service, code_of(&begun)).expect(422);
        service.public("POST", "/api/v1/public/agencies/nowhere/drafts", None, Some(&json!({}))).expect(404);
    });
}

#[test]
fn a_draft_runs_out_after_thirty_days_and_is_swept_away() {
    on_both("2025-03-03", |service| {
        let begun = begin(service, &application());
        let deleted = begin(service, &application());
        with_code(service, "DELETE", DRAFT, code_of(&deleted), None).expect(204);
        with_code(service, "GET", DRAFT, code_of(&deleted), None).expect(401);
        service.day("2025-04-02");
        service.office.tick(&mut |_| ()).unwrap();
        with_code(service, "GET", DRAFT, code_of(&begun), None).expect(200);
        service.day("2025-04-03");
        let told = send(service, code_of(&begun)).expect(401);
        assert_eq!(told["type"], "/problems/wrong-draft-code");
        service.office.tick(&mut |_| ()).unwrap();
        service.day("2025-04-02");
        with_code(service, "GET", DRAFT, code_of(&begun), None).expect(401);
    });
}

#[test]
fn wrong_draft_codes_are_counted_and_the_right_one_always_opens() {
    on_both("2025-03-03", |service| {
        let begun = begin(service, &application());
        let statuses: Vec<u16> =
            (0..11).map(|_| with_code(service, "GET", DRAFT, "00000-00000-00000-00000", None).status).collect();
        assert_eq!(statuses, [[401; 10].as_slice(), &[429]].concat());
        with_code(service, "GET", DRAFT, code_of(&begun), None).expect(200);
        service.public("GET", DRAFT, None, None).expect(401);
    });
}

#[test]
fn nothing_of_a_draft_lies_in_the_clear() {
    let service = Served::on_sqlite("2025-03-03");
    let begun = begin(&service, &application());
    let bare = code_of(&begun).replace('-', "");
    let bytes = service.database_bytes();
    assert!(bytes.windows(5).any(|window| window == b"yunhe"), "the files were read");
    for word in ["陈晓燕", "110101199003070011", "老旧小区", code_of(&begun), &bare] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
}
