//! What a decision does to the application beside it: one that is still open, one recorded by mistake, one whose day was wrong; and
//! that nothing in a file lies before what it is about.

use dafu::law::outcome::Outcome;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Answer, Served, on_both};

/// Opens a file beside the case; its id.
#[track_caller]
fn opened(case: &Handled<'_>, body: &Value) -> String {
    let path = format!("/api/v1/cases/{}/proceedings", case.id);
    let file = case.service.by("lawyer", "POST", &path, &[], Some(body)).expect(201);
    file["id"].as_str().unwrap().to_owned()
}

fn act(service: &Served, login: &str, file: &str, act: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/proceedings/{file}");
    let etag = service.get(login, &path).etag.unwrap_or_default();
    service.by(login, "POST", &format!("{path}/acts/{act}"), &[("If-Match", &etag)], Some(body))
}

fn view(service: &Served, file: &str) -> Value {
    service.get("lawyer", &format!("/api/v1/proceedings/{file}")).expect(200)
}

fn against(challenged: &str, from: &str) -> Value {
    json!({
        "kind": "reconsideration", "challenged": challenged, "authority": "云河省人民政府", "procedure": "simplified",
        "submitted_on": from, "accepted_on": from, "received_on": from,
    })
}

fn decided(judgment: &str, on: &str, days: u32, reasons: &[&str]) -> Value {
    json!({"judgment": judgment, "made_on": on, "received_on": on, "reasons": reasons, "period": "working_days",
        "period_days": days, "number": "云府复决〔2025〕3号", "text": "责令限期答复。"})
}

#[test]
fn an_application_that_is_still_open_is_answered_by_the_day_that_the_decision_sets() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        assert_eq!(case.view()["due"]["on"], "2025-03-31");
        service.day("2025-04-07");
        let file = opened(&case, &against("inaction", "2025-04-01"));
        // Three working days from the 7th: 8, 9 and 10 April.
        let order = decided("reconsideration_performance", "2025-04-07", 3, &["late"]);
        let told = act(service, "lawyer", &file, "receive_decision", &order).expect(200);
        assert_eq!(told["consequence"]["due_on"], "2025-04-10");
        let open = case.view();
        assert_eq!((&open["stage"]["code"], &open["due"]["on"]), (&json!("handling"), &json!("2025-04-10")));
        assert_eq!(open["reopened"]["reasons"][0]["code"], "late");
        case.act("handler", "extension-request", &json!({"reason": "材料多。", "days": 5}))
            .refused_by("period_set_by_decision");
        let closed = case.replied(&draft(Outcome::Granted));
        assert_eq!(closed["closing"]["late"], false, "by the day that was set");
        let replies = case.applicant("GET", "", None).expect(200);
        assert_eq!(replies["documents"].as_array().unwrap().iter().filter(|one| one["kind"] == "reply").count(), 1);
        service.check();
    });
}

#[test]
fn while_a_correction_is_awaited_the_day_that_was_set_stays_the_one_that_is_due() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::RefusedProcessInformation));
        service.day("2025-03-20");
        let file = opened(&case, &against("reply", "2025-03-10"));
        let order = decided("reconsideration_revoked", "2025-03-20", 5, &["wrong_ground"]);
        act(service, "lawyer", &file, "receive_decision", &order).expect(200);
        assert_eq!(case.view()["due"]["on"], "2025-03-27");
        if case.act("handler", "correction-requests", &json!({"letter": "请写明年度。"})).status == 200 {
            assert_eq!(case.view()["due"]["on"], "2025-03-27", "sooner than the window of the correction");
        }
        service.check();
    });
}

#[test]
fn a_decision_recorded_by_mistake_closes_the_case_again_as_it_was_while_nothing_rests_on_it() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::RefusedProcessInformation));
        let before = case.view();
        service.day("2025-03-20");
        let file = opened(&case, &against("reply", "2025-03-10"));
        let order = decided("reconsideration_revoked", "2025-03-19", 10, &["wrong_ground"]);
        act(service, "lawyer", &file, "receive_decision", &order).expect(200);
        assert_eq!(case.view()["stage"]["code"], "handling");

        // The day on which it came was another: the application's day moves with that of the file.
        let corrected = json!({"date": "decision_received", "on": "2025-03-20", "reason": "收文登记为二十日。"});
        let moved = act(service, "head", &file, "correct_date", &corrected).expect(200);
        assert_eq!(case.view()["due"]["on"], moved["consequence"]["due_on"]);
        assert_eq!(case.view()["due"]["on"], "2025-04-03");

        let undo = |seq: u64| act(service, "head", &file, "annul", &json!({"seq": seq, "reason": "录入有误。"}));
        let seq_of = |kind: &str| {
            let told = view(service, &file);
            let journal = told["journal"].as_array().unwrap();
            journal.iter().rfind(|one| one["kind"] == kind).unwrap()["seq"].as_u64().unwrap()
        };
        undo(seq_of("date_corrected")).expect(200);
        assert_eq!(case.view()["due"]["on"], "2025-04-02", "and back with it");
        case.does("handler", "draft", &draft(Outcome::Granted));
        let refused = undo(seq_of("decided"));
        assert_eq!(refused.status, 409, "a draft rests on it");
        assert_eq!(case.view()["stage"]["code"], "reviewing");
        let entries = service.get("clerk", &format!("/api/v1/cases/{}/journal", case.id)).expect(200);
        let drafted = entries.as_array().unwrap().iter().rfind(|one| one["kind"] == "drafted").unwrap()["seq"].clone();
        case.does("head", "annulments", &json!({"seq": drafted, "reason": "录入有误。"}));
        undo(seq_of("decided")).expect(200);
        let after = case.view();
        assert_eq!((&after["stage"], &after["closing"]), (&before["stage"], &before["closing"]));
        assert_eq!(after["reopened"], Value::Null);
        // And what was decided in truth is recorded.
        let upheld =
            json!({"judgment": "reconsideration_upheld", "made_on": "2025-03-20", "received_on": "2025-03-20"});
        act(service, "lawyer", &file, "receive_decision", &upheld).expect(200);
        assert_eq!(case.view()["stage"]["code"], "closed");
        service.check();
    });
}

#[test]
fn nothing_in_a_file_lies_before_what_it_is_about_and_the_letter_is_one_of_the_case() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::RefusedProcessInformation));
        service.day("2025-03-20");
        let path = format!("/api/v1/cases/{}/proceedings", case.id);
        let mut wrong = against("reply", "2025-03-02");
        wrong["letter_number"] = json!("胡诌〔2025〕99号");
        let told = service.by("lawyer", "POST", &path, &[], Some(&wrong)).expect(422);
        let at: Vec<&str> =
            told["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert_eq!(at, ["/letter_number", "/submitted_on", "/accepted_on", "/received_on"], "{told:#}");
        wrong["letter_number"] = Value::Null;
        let told = service.by("lawyer", "POST", &path, &[], Some(&wrong)).expect(422);
        assert_eq!(told["errors"].as_array().unwrap().len(), 3, "each day: {told:#}");

        let file = opened(&case, &against("reply", "2025-03-10"));
        let upheld =
            json!({"judgment": "reconsideration_upheld", "made_on": "2025-03-18", "received_on": "2025-03-19"});
        act(service, "lawyer", &file, "receive_decision", &upheld).expect(200);
        let suit = json!({
            "kind": "litigation", "challenged": "reply", "route": "after_reconsideration", "after": file,
            "authority": "云河市中级人民法院", "submitted_on": "2025-03-12",
        });
        service.by("lawyer", "POST", &path, &[], Some(&suit)).expect(422);
    });
}

#[test]
fn what_was_begun_is_not_offered_again_and_a_suit_has_its_day_from_the_decision() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::RefusedProcessInformation));
        let remedies = || case.applicant("GET", "/remedies", None).expect(200);
        let measures = |told: &Value| {
            let ways = told["ways"].as_array().unwrap().iter();
            ways.map(|way| way["measure"]["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert!(measures(&remedies()).contains(&"reconsideration".to_owned()));
        service.day("2025-03-20");
        let file = opened(&case, &against("reply", "2025-03-10"));
        let told = remedies();
        assert!(!measures(&told).contains(&"reconsideration".to_owned()), "{told:#}");
        assert!(told["notes"][0]["zh"].as_str().unwrap().contains("正在进行"), "{told:#}");
        let upheld =
            json!({"judgment": "reconsideration_upheld", "made_on": "2025-03-18", "received_on": "2025-03-19"});
        act(service, "lawyer", &file, "receive_decision", &upheld).expect(200);
        let told = remedies();
        let suit =
            told["ways"].as_array().unwrap().iter().find(|way| way["measure"]["code"] == "suit").unwrap().clone();
        // Fifteen days from the 19th end on 3 April, a Thursday (行政诉讼法 art. 45).
        assert_eq!(
            (&suit["clock"]["due_on"], &suit["begins_later"]),
            (&json!("2025-04-03"), &json!(false)),
            "{told:#}"
        );
        let suit = json!({
            "kind": "litigation", "challenged": "reply", "route": "after_reconsideration", "after": file,
            "authority": "云河市中级人民法院", "submitted_on": "2025-03-20",
        });
        opened(&case, &suit);
        assert!(!measures(&remedies()).iter().any(|one| ["suit", "reconsideration"].contains(&one.as_str())));
        service.check();
    });
}

#[test]
fn a_file_that_ended_without_an_outcome_was_pending_in_the_years_before_and_one_opened_by_mistake_never() {
    on_both("2025-11-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::RefusedProcessInformation));
        service.day("2025-12-20");
        let merged = opened(&case, &against("reply", "2025-12-10"));
        let mistaken = opened(&case, &against("reply", "2025-12-11"));
        service.day("2026-02-02");
        for (file, reason) in [(&merged, "merged"), (&mistaken, "mistaken")] {
            act(service, "head", file, "close", &json!({"reason": reason, "text": "见批示。"})).expect(200);
        }
        let cells = |year: i32| {
            let table = service.get("supervisor", &format!("/api/v1/reports/{year}/table-four")).expect(200);
            let rows = table["rows"].as_array().unwrap();
            let row = rows.iter().find(|row| row["row"]["code"] == "reconsideration").unwrap();
            row["cells"].as_array().unwrap().iter().map(|cell| cell["count"].as_u64().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(cells(2025), [0, 0, 0, 1]);
        assert_eq!(cells(2026), [0, 0, 0, 0]);
    });
}
