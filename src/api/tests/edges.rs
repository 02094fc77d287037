//! What every request meets, whatever it asks for.

use actix_web::http::header::{ACCEPT_LANGUAGE, CONTENT_ENCODING};
use actix_web::test::TestRequest;
use serde_json::json;

use super::house::{House, application};

const APPLY: &str = "/api/v1/public/agencies/lingang/applications";

#[actix_web::test]
async fn a_path_that_is_not_there_is_answered_as_a_problem() {
    let house = House::open();
    for path in ["/api/v1/nothing", "/api", "/elsewhere"] {
        let answer = house.ask(TestRequest::get().uri(path)).await;
        assert_eq!((answer.status, answer.header("content-type")), (404, "application/problem+json"), "{path}");
    }
}

#[actix_web::test]
async fn a_method_that_is_not_offered_is_answered_with_those_that_are() {
    let house = House::open();
    let answer = house.ask(TestRequest::delete().uri("/api/v1/cases")).await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, POST"));
    let answer = house.ask(TestRequest::post().uri("/healthz")).await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET"));
}

#[actix_web::test]
async fn a_problem_speaks_the_readers_language_and_names_the_request() {
    let house = House::open();
    let english = TestRequest::get().uri("/api/v1/nothing").insert_header((ACCEPT_LANGUAGE, "en"));
    let answer = house.ask(english).await;
    assert_eq!(answer.body["title"], "Not found");
    assert_eq!(answer.body["request_id"], answer.header("x-request-id"));
    let answer = house.ask(TestRequest::get().uri("/api/v1/nothing")).await;
    assert_eq!(answer.body["title"], "没有找到");
}

#[actix_web::test]
async fn every_answer_is_guarded_against_being_kept_or_run() {
    let house = House::open();
    for path in ["/api/v1/public/agencies", "/api/v1/nothing", "/healthz"] {
        let answer = house.ask(TestRequest::get().uri(path)).await;
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
    }
}

#[actix_web::test]
async fn a_body_that_is_no_plain_json_is_turned_away() {
    let house = House::open();
    let post = || TestRequest::post().uri(APPLY);
    let json = ("content-type", "application/json");
    let text = application().to_string();
    for (request, status) in [
        (post().set_payload(text.clone()), 415),
        (post().insert_header(("content-type", "text/plain")).set_payload(text.clone()), 415),
        (post().insert_header(("content-type", "application/json; charset=gbk")).set_payload(text.clone()), 415),
        (post().insert_header(json).insert_header((CONTENT_ENCODING, "gzip")).set_payload(text), 415),
        (post().insert_header(json).set_payload("{"), 400),
        (post().insert_header(json).set_payload(&b"\"\xff\""[..]), 400),
        (post().insert_header(json).set_payload(r#"{"request":1,"request":2}"#), 400),
        (post().insert_header(json).set_payload(" ".repeat(1_048_577)), 413),
    ] {
        assert_eq!(house.ask(request).await.status, status);
    }
}

#[actix_web::test]
async fn every_wrong_field_is_told_at_once() {
    let house = House::open();
    let mut body = application();
    body["applicant"]["kind"] = json!("cat");
    body["applicant"]["phone_no"] = json!("1");
    body["request"]["subject"] = json!(7);
    body["request"].as_object_mut().expect("an object").remove("form");
    let answer = house.ask(TestRequest::post().uri(APPLY).set_json(body)).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.pointers(), ["/applicant/kind", "/applicant/phone_no", "/request/form", "/request/subject"]);
    let kinds = answer.body["errors"][0]["detail"].as_str().expect("text");
    assert!(kinds.contains("natural_person") && !kinds.contains("cat"), "{kinds}");
}

#[actix_web::test]
async fn every_wrong_parameter_is_told_at_once() {
    let house = House::open();
    let token = house.token("clerk").await;
    let uri = "/api/v1/cases?limit=many&offset=3&due_to=tomorrow&open=true&open=false";
    let answer = house.ask(TestRequest::get().uri(uri).insert_header(token)).await;
    let mut pointers = answer.pointers();
    pointers.sort_unstable();
    assert_eq!((answer.status, pointers), (422, vec!["?due_to", "?limit", "?offset", "?open"]));
}

#[actix_web::test]
async fn nobody_learns_from_a_body_what_a_token_keeps() {
    let house = House::open();
    let uri = "/api/v1/cases/01890000-0000-7000-8000-000000000000/draft";
    let answer = house.ask(TestRequest::post().uri(uri).set_json(json!({ "wrong": 1 }))).await;
    assert_eq!((answer.status, answer.header("www-authenticate")), (401, "Bearer realm=\"dafu\""));
    let forged = TestRequest::post().uri(uri).insert_header(("Authorization", "Bearer x.y.z")).set_json(json!({}));
    let answer = house.ask(forged).await;
    assert_eq!(
        (answer.status, answer.header("www-authenticate")),
        (401, "Bearer realm=\"dafu\", error=\"invalid_token\"")
    );
}

#[actix_web::test]
async fn a_full_house_says_so_at_once_and_is_still_alive() {
    let house = House::with(|config| config.server.requests = 0);
    let answer = house.ask(TestRequest::get().uri("/api/v1/public/agencies")).await;
    assert_eq!((answer.status, answer.header("retry-after")), (503, "2"));
    assert_eq!(house.ask(TestRequest::get().uri("/healthz")).await.status, 200);
}

#[actix_web::test]
async fn a_house_in_order_is_ready() {
    let house = House::open();
    let answer = house.ask(TestRequest::get().uri("/readyz")).await;
    assert_eq!((answer.status, &answer.body["ready"]), (200, &json!(true)), "{}", answer.body);
}

#[actix_web::test]
async fn the_document_is_served() {
    let house = House::open();
    let answer = house.ask(TestRequest::get().uri("/api/v1/openapi.json")).await;
    assert_eq!((answer.status, &answer.body["openapi"]), (200, &json!("3.1.0")));
}

#[actix_web::test]
async fn its_reader_needs_nothing_from_elsewhere() {
    let house = House::open();
    let bare = house.ask(TestRequest::get().uri("/api/docs")).await;
    assert_eq!((bare.status, bare.header("location")), (307, "/api/docs/"));
    let page = house.ask(TestRequest::get().uri("/api/docs/")).await;
    assert!(page.status == 200 && page.text.contains("swagger"), "{}", page.text);
    for part in [&page, &house.ask(TestRequest::get().uri("/api/docs/swagger-initializer.js")).await] {
        assert!(part.header("content-security-policy").starts_with("default-src 'self'"));
        assert!(!part.text.contains("http://") && !part.text.contains("https://"), "{}", part.text);
    }
    let lost = house.ask(TestRequest::get().uri("/api/docs/nothing.js")).await;
    assert_eq!((lost.status, lost.header("content-type")), (404, "application/problem+json"));
}

#[actix_web::test]
async fn an_address_may_apply_so_often_in_an_hour() {
    let house = House::with(|config| config.limits.applications_per_hour = 1);
    let apply = || {
        let peer = "192.0.2.1:1".parse().expect("an address");
        TestRequest::post().uri(APPLY).peer_addr(peer).set_json(application())
    };
    assert_eq!(house.ask(apply()).await.status, 201);
    let second = house.ask(apply()).await;
    assert_eq!((second.status, second.header("retry-after")), (429, "3600"));
}
