//! Applications and cases: how the API's conventions hold over the office's acts.

use actix_web::http::header::{ETAG, IF_MATCH};
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use super::house::{Answered, House, application};

const APPLY: &str = "/api/v1/public/agencies/lingang/applications";

async fn apply(house: &House) -> Value {
    let answer = house.ask(TestRequest::post().uri(APPLY).set_json(application())).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.body
}

async fn register(house: &House, id: &str, version: &str) -> Answered {
    let request = TestRequest::post()
        .uri(&format!("/api/v1/cases/{id}/registration"))
        .insert_header(house.token("clerk").await)
        .insert_header((IF_MATCH, version))
        .set_json(json!({}));
    house.ask(request).await
}

async fn show(house: &House, id: &str) -> Answered {
    let token = house.token("clerk").await;
    house.ask(TestRequest::get().uri(&format!("/api/v1/cases/{id}")).insert_header(token)).await
}

#[actix_web::test]
async fn an_application_is_found_again_by_number_and_code() {
    let house = House::open();
    let receipt = apply(&house).await;
    let uri = format!("/api/v1/public/applications/{}", receipt["receipt_no"].as_str().expect("a number"));
    let code = receipt["query_code"].as_str().expect("a code").to_owned();
    let tracked = house.ask(TestRequest::get().uri(&uri).insert_header(("X-Query-Code", code))).await;
    assert_eq!((tracked.status, &tracked.body["subject"]), (200, &json!("2025年部门预算")));

    let wrong = house.ask(TestRequest::get().uri(&uri).insert_header(("X-Query-Code", "wrong"))).await;
    let strange = TestRequest::get().uri("/api/v1/public/applications/X-1").insert_header(("X-Query-Code", "wrong"));
    let strange = house.ask(strange).await;
    assert_eq!((wrong.status, strange.status), (401, 401));
    assert_eq!(wrong.body["detail"], strange.body["detail"], "whether a number exists is not told");
}

#[actix_web::test]
async fn an_application_sent_twice_under_one_key_is_one_application() {
    let house = House::open();
    let send = |body: Value| TestRequest::post().uri(APPLY).insert_header(("Idempotency-Key", "k-1")).set_json(body);
    let first = house.ask(send(application())).await;
    let second = house.ask(send(application())).await;
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.body["receipt_no"], second.body["receipt_no"]);

    let mut other = application();
    other["request"]["subject"] = json!("另一事项");
    let third = house.ask(send(other)).await;
    assert_eq!((third.status, &third.body["type"]), (422, &json!("/problems/key-reused")));
}

#[actix_web::test]
async fn an_act_needs_the_version_it_rests_on() {
    let house = House::open();
    let receipt = apply(&house).await;
    let id = receipt["case_id"].as_str().expect("an id");
    let seen = show(&house, id).await;
    let version = seen.header(ETAG.as_str());
    assert_eq!(version, format!("\"{}\"", seen.body["version"]));

    let done = register(&house, id, version).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_ne!(done.header("etag"), version, "the answer carries the tag for the next act");

    let stale = register(&house, id, version).await;
    assert_eq!(stale.status, 412);
    assert_eq!(stale.body["current"]["version"], done.body["version"], "the loser is shown what was done meanwhile");

    let refused = register(&house, id, done.header("etag")).await;
    assert_eq!((refused.status, &refused.body["rule"]), (409, &json!("not_in_this_stage")));
    assert!(refused.body["allowed"].as_array().is_some_and(|acts| acts.iter().any(|act| act["act"] == "assign")));

    let token = house.token("clerk").await;
    let blind = TestRequest::post().uri(&format!("/api/v1/cases/{id}/registration")).insert_header(token);
    assert_eq!(house.ask(blind.set_json(json!({}))).await.status, 428);
}

#[actix_web::test]
async fn what_is_not_ones_own_is_not_there() {
    let house = House::open();
    for id in ["01890000-0000-7000-8000-000000000000", "not-an-id"] {
        assert_eq!(show(&house, id).await.status, 404, "{id}");
    }
}

#[actix_web::test]
async fn a_role_that_is_missing_is_named() {
    let house = House::open();
    let receipt = apply(&house).await;
    let id = receipt["case_id"].as_str().expect("an id");
    let version = show(&house, id).await.header("etag").to_owned();
    let request = TestRequest::post()
        .uri(&format!("/api/v1/cases/{id}/registration"))
        .insert_header(house.token("handler").await)
        .insert_header((IF_MATCH, version))
        .insert_header(("Accept-Language", "en"))
        .set_json(json!({}));
    let answer = house.ask(request).await;
    assert_eq!(answer.status, 403);
    assert!(answer.body["detail"].as_str().is_some_and(|detail| detail.contains("clerk")), "{}", answer.body);
}

#[actix_web::test]
async fn a_case_entered_over_the_counter_says_where_it_is() {
    let house = House::open();
    let mut body = application();
    body["agency"] = json!("lingang");
    body["channel"] = json!("in_person");
    let token = house.token("clerk").await;
    let entered = house.ask(TestRequest::post().uri("/api/v1/cases").insert_header(token.clone()).set_json(body)).await;
    assert_eq!(entered.status, 201, "{}", entered.body);
    let shown = house.ask(TestRequest::get().uri(entered.header("location")).insert_header(token.clone())).await;
    assert_eq!(shown.body["channel"]["code"], "in_person");

    let listed = house.ask(TestRequest::get().uri("/api/v1/cases?limit=1").insert_header(token)).await;
    assert_eq!((listed.status, &listed.body["items"][0]["id"]), (200, &shown.body["id"]));
}

#[actix_web::test]
async fn signing_out_ends_the_token() {
    let house = House::open();
    let token = house.token("clerk").await;
    let me = house.ask(TestRequest::get().uri("/api/v1/me").insert_header(token.clone())).await;
    assert_eq!((me.status, &me.body["name"]), (200, &json!("clerk")));
    let out = house.ask(TestRequest::post().uri("/api/v1/auth/logout").insert_header(token.clone())).await;
    assert_eq!((out.status, out.text.as_str()), (204, ""));
    assert_eq!(house.ask(TestRequest::get().uri("/api/v1/me").insert_header(token)).await.status, 401);
}
