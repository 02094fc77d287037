//! What each failure looks like on the wire.

use super::*;
use crate::case::{Act, Choice, Refusal, Stage};
use crate::office::failure::Problem;
use actix_web::body::to_bytes;
use serde_json::{Value, json};

async fn answer(fault: &Fault, language: Language) -> (HttpResponse<()>, Value) {
    let (head, body) = fault.render(language, Some("r-1")).into_parts();
    let bytes = to_bytes(body).await.unwrap_or_default();
    (head, serde_json::from_slice(&bytes).expect("problem+json"))
}

fn every_failure() -> Vec<(Failure, u16, &'static str)> {
    vec![
        (Failure::Refused { refusal: Refusal::OwnDraft, allowed: vec![] }, 409, "/problems/refused"),
        (Failure::Invalid(vec![]), 422, "/problems/invalid"),
        (Failure::NotSignedIn(SignInFault::Missing), 401, "/problems/not-signed-in"),
        (Failure::NotSignedIn(SignInFault::WrongQueryCode), 401, "/problems/wrong-query-code"),
        (Failure::Forbidden { zh: String::new(), en: String::new() }, 403, "/problems/forbidden"),
        (Failure::Missing, 404, "/problems/missing"),
        (Failure::Stale { current: Box::new(json!({})), version: 3 }, 412, "/problems/stale"),
        (Failure::VersionMissing, 428, "/problems/version-missing"),
        (Failure::KeyReused, 422, "/problems/key-reused"),
        (Failure::Taken(Problem::at("/name", "", "")), 422, "/problems/taken"),
        (Failure::contrary("", ""), 409, "/problems/contrary"),
        (Failure::TooOften { retry_after: 9 }, 429, "/problems/too-often"),
        (Failure::WrongCodes { fault: SignInFault::WrongQueryCode, retry_after: 9 }, 429, "/problems/too-often"),
        (Failure::Busy, 503, "/problems/busy"),
        (Failure::Unavailable, 503, "/problems/unavailable"),
        (Failure::Full, 503, "/problems/full"),
        (Failure::broken("disk"), 500, "/problems/broken"),
    ]
}

#[actix_web::test]
async fn each_failure_has_its_status_and_its_type() {
    for (failure, status, kind) in every_failure() {
        let (head, body) = answer(&failure.into(), Language::Zh).await;
        assert_eq!((head.status().as_u16(), &body["type"], &body["status"]), (status, &json!(kind), &json!(status)));
        assert_eq!(head.headers().get("content-type").expect("a type"), "application/problem+json");
        assert_eq!(head.headers().contains_key("www-authenticate"), status == 401, "{kind}");
        assert_eq!(head.headers().contains_key("retry-after"), status == 429 || status == 503, "{kind}");
    }
}

#[actix_web::test]
async fn a_refusal_names_rule_article_and_what_may_be_done_instead() {
    let refusal = Refusal::NotInThisStage { act: Act::Sign, stage: Stage::Handling };
    let stands_in_the_way = Some(Refusal::OwnDraft);
    let allowed =
        vec![Choice { act: Act::Draft, refusal: None }, Choice { act: Act::Sign, refusal: stands_in_the_way }];
    let (_, body) = answer(&Failure::Refused { refusal, allowed }.into(), Language::En).await;
    assert_eq!(body["rule"], "not_in_this_stage");
    assert_eq!(body["article"]["code"], "regulation-45");
    assert_eq!(body["allowed"], json!([{ "act": "draft", "zh": "拟稿", "en": "draft the reply" }]));
}

#[actix_web::test]
async fn fields_are_told_in_the_readers_language() {
    let fault = Fault::from(Failure::invalid("/days", "应为整数", "a whole number is expected"));
    let (head, zh) = answer(&fault, Language::Zh).await;
    assert_eq!(head.headers().get("content-language").expect("a language"), "zh-CN");
    assert_eq!(zh["errors"], json!([{ "pointer": "/days", "detail": "应为整数" }]));
    let (_, en) = answer(&fault, Language::En).await;
    assert_eq!(en["errors"][0]["detail"], "a whole number is expected");
}

#[actix_web::test]
async fn the_cause_of_a_fault_of_ours_is_not_told() {
    let (_, body) = answer(&Failure::broken("secret path").into(), Language::En).await;
    assert!(!body.to_string().contains("secret path"));
    assert_eq!(body["request_id"], "r-1");
}
