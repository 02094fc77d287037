//! Three whole cases through the built service, over HTTP, on both databases: from the public form's JSON to the end,
//! reading the explained clock after each act; afterwards every projection equals its journal.

use serde_json::{Value, json};

use dafu::law::outcome::Outcome;

use crate::support::handled::{draft, secrecy};
use crate::support::served::{Answer, Served, on_both};

/// An application taken in, registered and given to the handler.
fn handled(service: &Served) -> (String, Value) {
    let receipt = service.apply("yunhe");
    let case = receipt["case_id"].as_str().unwrap().to_owned();
    service.act("clerk", &case, "registration", &json!({})).expect(200);
    service.act("clerk", &case, "assignment", &json!({})).expect(200);
    service.act("handler", &case, "claim", &json!({})).expect(200);
    (case, receipt)
}

fn due(answer: Answer) -> String {
    let view = answer.expect(200);
    view["due"]["on"].as_str().unwrap_or("-").to_owned()
}

/// Draft, review, secrecy review, signature.
fn approved(service: &Served, case: &str, draft: &Value) {
    service.act("handler", case, "draft", draft).expect(200);
    service.act("reviewer", case, "review", &json!({"decision": "approve"})).expect(200);
    let record = json!({"decision": "approve", "secrecy": secrecy("granted")});
    service.act("secrecy", case, "secrecy-review", &record).expect(200);
    service.act("signer", case, "signature", &json!({"decision": "approve"})).expect(200);
}

fn counted(clock: &Value) -> usize {
    clock["steps"].as_array().unwrap().iter().filter(|step| step["number"].is_number()).count()
}

#[test]
fn a_plain_application_goes_from_the_public_form_to_a_served_reply() {
    on_both("2025-03-03", |service| {
        let receipt = service.apply("yunhe");
        assert_eq!(receipt["received_on"], "2025-03-03", "the automatic receipt confirms the date");
        assert_eq!(receipt["due_on"], "2025-03-31");
        let case = receipt["case_id"].as_str().unwrap();
        let number = receipt["receipt_no"].as_str().unwrap();
        let code = receipt["query_code"].as_str().unwrap();
        let track = format!("/api/v1/public/applications/{number}");

        let clock = service.clock_of(case, "reply");
        assert_eq!((clock["due_on"].as_str(), counted(&clock)), (Some("2025-03-31"), 20));
        assert_eq!(clock["steps"][0]["kind"], "start", "the day of receipt is day 0");

        let registered = service.act("clerk", case, "registration", &json!({})).expect(200);
        assert_eq!(registered["number"], "云政公开申〔2025〕1号");
        service.day("2025-03-05");
        service.act("clerk", case, "assignment", &json!({})).expect(200);
        let mine = service.act("handler", case, "claim", &json!({})).expect(200);
        assert_eq!(mine["stage"]["code"], "handling");
        assert_eq!(mine["due"]["days_left"], 18);

        service.day("2025-03-20");
        let tracked = service.public("GET", &track, Some(code), None).expect(200);
        assert_eq!(tracked["due"]["on"], "2025-03-31");
        assert!(tracked["documents"].as_array().unwrap().is_empty(), "nothing is shown before it is served");
        approved(service, case, &draft(Outcome::Granted));
        service.day("2025-03-24");
        let closed = service.act("clerk", case, "service", &json!({"way": "electronic"})).expect(200);
        assert_eq!(closed["closing"]["outcome"]["code"], "granted");
        assert_eq!(closed["closing"]["report_row"], "3.1");
        assert_eq!(closed["closing"]["late"], false);
        assert_eq!(closed["due"], Value::Null);

        let tracked = service.public("GET", &track, Some(code), None).expect(200);
        let document = &tracked["documents"][0];
        assert_eq!(document["kind"], "reply");
        assert!(tracked["remedies"].as_str().unwrap().contains("60日"));
        let letter = format!("{track}/documents/{}", document["id"].as_str().unwrap());
        let letter = service.public("GET", &letter, Some(code), None).expect(200);
        let text = letter["text"].as_str().unwrap();
        assert!(
            text.contains("予以公开") && text.contains("60日内向某省人民政府申请行政复议"),
            "the whole signed text: {text}"
        );
        service.check();
    });
}

#[test]
fn correction_third_party_and_extension_move_the_day_as_the_worked_case_says() {
    // Case E08 of the worked dates: over the New Year of 2026, due on 5 February.
    on_both("2025-11-10", |service| {
        let (case, receipt) = handled(service);
        assert_eq!(receipt["due_on"], "2025-12-08");

        service.day("2025-11-18");
        let letter =
            json!({"letter": "请补充说明所需信息的名称或者文号。逾期不补正的，视为放弃申请。", "window_days": 10});
        let asked = service.act("handler", &case, "correction-requests", &letter).expect(200);
        assert_eq!(
            (asked["stage"]["code"].as_str(), asked["correction"]["in_time"].as_bool()),
            (Some("correcting"), Some(true))
        );
        assert_eq!(asked["due"]["clock"]["code"], "correction_window");
        assert_eq!(asked["due"]["on"], "2025-12-05", "three working days in the post, ten to answer");
        let delivered = service.act("clerk", &case, "correction-requests/delivery", &json!({"on": "2025-11-18"}));
        assert_eq!(due(delivered), "2025-12-02", "ten working days from the day it was received");
        service.act("handler", &case, "correction-requests", &letter).refused_by("not_in_this_stage");

        service.day("2025-11-26");
        let number = receipt["receipt_no"].as_str().unwrap();
        let code = receipt["query_code"].as_str();
        let path = format!("/api/v1/public/applications/{number}/corrections");
        let corrected =
            service.public("POST", &path, code, Some(&json!({"text": "所需为云建〔2024〕15号文件"}))).expect(200);
        assert_eq!(corrected["due"]["on"], "2025-12-24", "the period starts afresh");
        let clock = service.clock_of(&case, "reply");
        assert_eq!((clock["from"].as_str(), counted(&clock)), (Some("2025-11-26"), 20));
        service.act("handler", &case, "correction-requests", &letter).refused_by("correction_already_requested");

        service.day("2025-12-02");
        let letter = json!({"party": "third_party", "addressee": "云河市某建设有限公司", "letter": "请在收到本函之日起十五个工作日内提出意见。"});
        let consulting = service.act("handler", &case, "consultations", &letter).expect(200);
        assert_eq!(consulting["stage"]["code"], "consulting");
        let consultation = consulting["consultations"][0]["id"].as_str().unwrap().to_owned();
        let reply = json!({"outcome": "granted", "letter": "予以公开", "submit": true});
        service.act("handler", &case, "draft", &reply).refused_by("not_in_this_stage");
        service.day("2025-12-16");
        let act = format!("consultations/{consultation}/opinion");
        let answer = json!({"opinion": "objects", "text": "合同含商业秘密，不同意公开。"});
        assert_eq!(due(service.act("clerk", &case, &act, &answer)), "2026-01-08");
        let clock = service.clock_of(&case, "reply");
        let stopped = clock["steps"].as_array().unwrap().iter().filter(|step| step["kind"] == "stopped").count();
        assert_eq!(stopped, 10, "3 to 16 December, working days");

        service.day("2026-01-04");
        let ask = json!({"days": 21, "reason": "需查找的档案数量较大"});
        let refused = service.act("handler", &case, "extension-request", &ask).refused_by("extension_too_long");
        assert_eq!(refused["article"]["code"], "regulation-33-2");
        let ask = json!({"days": 20, "reason": "需查找的档案数量较大"});
        service.act("handler", &case, "extension-request", &ask).expect(200);
        let notice = json!({"letter": "经本机关信息公开工作机构负责人同意，延长答复期限二十个工作日。"});
        service.act("clerk", &case, "extension-notice", &notice).refused_by("extension_not_granted");
        service.act("handler", &case, "extension-decision", &json!({"granted": true})).expect(403);
        assert_eq!(
            due(service.act("head", &case, "extension-decision", &json!({"granted": true}))),
            "2026-01-08",
            "no effect without a notice"
        );
        service.day("2026-01-05");
        assert_eq!(due(service.act("clerk", &case, "extension-notice", &notice)), "2026-02-05");
        let clock = service.clock_of(&case, "reply");
        assert_eq!((clock["due_on"].as_str(), counted(&clock)), (Some("2026-02-05"), 40));

        service.day("2026-01-26");
        // It objects: nothing is disclosed before that is weighed, it is told, and some days have passed (art. 32).
        let finding = json!({"finding": "objection_unreasonable", "text": "合同价款已在中标公告中公布，理由不成立。"});
        service.act("handler", &case, &format!("consultations/{consultation}/finding"), &finding).expect(200);
        let told = json!({"letter": "决定公开合同，现将内容和理由告知你公司。", "sent_on": "2026-01-26"});
        service.act("clerk", &case, &format!("consultations/{consultation}/override-notice"), &told).expect(200);
        service.day("2026-02-05");
        let told = json!({"letter": "曾征求第三方意见，所需时间不计入答复期限。"});
        service.act("clerk", &case, "consultation-notice", &told).expect(200);
        approved(service, &case, &draft(Outcome::Granted));
        let view = service.get("clerk", &format!("/api/v1/cases/{case}")).expect(200);
        assert_eq!(view["warnings"][0]["code"], "third_party_objects", "art. 32 asks for a written notice to it");
        let closed =
            service.act("clerk", &case, "service", &json!({"way": "post", "proof": "EMS 1000000000000"})).expect(200);
        assert_eq!(closed["closing"]["late"], false, "posted on the last day is in time");
        let codes: Vec<_> = closed["warnings"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
        assert!(codes.contains(&json!("served_another_way")), "asked for on line, posted: {codes:?}");
        service.check();
    });
}

#[test]
fn an_application_that_is_not_corrected_lapses_only_by_an_officers_finding_and_comes_back_for_good_reason() {
    on_both("2025-03-03", |service| {
        let (case, receipt) = handled(service);
        service.day("2025-03-12");
        let letter = json!({"letter": "请说明所需信息的名称。", "window_days": 15});
        service.act("handler", &case, "correction-requests", &letter).expect(200);
        service.day("2025-03-14");
        let delivered = service.act("clerk", &case, "correction-requests/delivery", &json!({}));
        assert_eq!(due(delivered), "2025-04-07", "case B09 of the worked dates");
        let finding = json!({"finding": "电话联系三次，申请人表示不再补正。", "letter": "您逾期未补正，视为放弃申请，本机关不再处理。"});
        let early = service.act("head", &case, "lapse", &finding).refused_by("correction_window_open");
        assert!(early["detail"].as_str().unwrap().contains("2025-04-07"), "{early:#}");

        service.day("2025-04-08");
        let first = service.office.tick(&mut |_| ()).unwrap();
        let second = service.office.tick(&mut |_| ()).unwrap();
        assert!(first.changed > 0 && second.changed == 0, "the calendar says it once: {first:?} {second:?}");
        let proposed = service.get("head", &format!("/api/v1/cases/{case}")).expect(200);
        assert_eq!(proposed["stage"]["code"], "correcting", "nothing lapses by itself");
        assert_eq!(proposed["correction"]["finding_needed"], true);
        service.act("handler", &case, "lapse", &finding).expect(403);
        let lapsed = service.act("head", &case, "lapse", &finding).expect(200);
        assert_eq!(lapsed["closing"]["report_row"], "3.6.1");
        let number = receipt["receipt_no"].as_str().unwrap();
        let path = format!("/api/v1/public/applications/{number}");
        let told = service.public("GET", &path, receipt["query_code"].as_str(), None).expect(200);
        let kinds: Vec<_> = told["documents"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
        assert_eq!(kinds, ["correction_notice", "lapse_notice"], "the applicant is told");

        service.day("2025-04-10");
        let reason = json!({"reason": "申请人住院，提交了证明。"});
        assert_eq!(
            due(service.act("head", &case, "reopening", &reason)),
            "2025-05-12",
            "twenty working days from that day"
        );
        let clock = service.clock_of(&case, "reply");
        assert_eq!((clock["from"].as_str(), counted(&clock)), (Some("2025-04-10"), 20));
        service.check();
    });
}

#[test]
fn a_third_party_that_stays_silent_stops_the_clock_no_longer_than_its_window() {
    // Case T04 of the worked dates.
    on_both("2025-03-03", |service| {
        let (case, _) = handled(service);
        service.day("2025-03-10");
        let letter = json!({"party": "third_party", "addressee": "某公司", "letter": "请提出意见。"});
        let consulting = service.act("handler", &case, "consultations", &letter).expect(200);
        let consultation = consulting["consultations"][0]["id"].as_str().unwrap().to_owned();
        service.day("2025-03-12");
        let act = format!("consultations/{consultation}/delivery");
        assert_eq!(due(service.act("clerk", &case, &act, &json!({}))), "2025-04-24");
        service.day("2025-04-03");
        service.office.tick(&mut |_| ()).unwrap();
        let view = service.get("handler", &format!("/api/v1/cases/{case}")).expect(200);
        assert_eq!(
            (view["stage"]["code"].as_str(), view["due"]["on"].as_str()),
            (Some("handling"), Some("2025-04-24"))
        );
        assert_eq!(view["consultations"][0]["silent"], true);
        service.check();
    });
}

#[test]
fn what_comes_by_ordinary_post_counts_from_the_day_it_was_confirmed() {
    on_both("2025-03-03", |service| {
        let mut body = crate::support::served::application();
        body["agency"] = json!("yunhe");
        body["channel"] = json!("ordinary_post");
        let entered = service.by("clerk", "POST", "/api/v1/cases", &[], Some(&body)).expect(201);
        let case = entered["case"]["id"].as_str().or_else(|| entered["id"].as_str()).unwrap().to_owned();
        let view = service.get("clerk", &format!("/api/v1/cases/{case}")).expect(200);
        assert_eq!(view["stage"]["code"], "confirming");
        assert_eq!(
            (view["due"]["clock"]["code"].as_str(), view["due"]["on"].as_str()),
            (Some("confirmation"), Some("2025-03-04"))
        );
        service
            .act("clerk", &case, "registration", &json!({"evidence": "收发登记簿第12页"}))
            .refused_by("not_in_this_stage");
        service.day("2025-03-06");
        let confirmed = service.act("clerk", &case, "confirmation", &json!({"by": "telephone"})).expect(200);
        assert_eq!(
            (confirmed["received_on"].as_str(), confirmed["due"]["on"].as_str()),
            (Some("2025-03-06"), Some("2025-04-03"))
        );
        assert_eq!(confirmed["warnings"][0]["code"], "receipt_differs_from_arrival");
        service.check();
    });
}

#[test]
fn a_step_recorded_by_mistake_is_annulled_by_an_entry_and_nothing_is_deleted() {
    on_both("2025-03-03", |service| {
        let (case, _) = handled(service);
        let letter = json!({"letter": "请补正。"});
        let asked = service.act("handler", &case, "correction-requests", &letter).expect(200);
        // The letter follows the step as an entry of its own.
        let seq = json!(asked["version"].as_u64().unwrap() - 1);
        let annulled =
            service.act("head", &case, "annulments", &json!({"seq": seq, "reason": "发错了案件"})).expect(200);
        assert_eq!(
            (annulled["stage"]["code"].as_str(), annulled["due"]["on"].as_str()),
            (Some("handling"), Some("2025-03-31"))
        );
        let journal = service.get("clerk", &format!("/api/v1/cases/{case}/journal")).expect(200);
        let entries = journal.as_array().or_else(|| journal["entries"].as_array()).unwrap().clone();
        let mistaken = entries.iter().find(|entry| entry["seq"] == seq).unwrap();
        assert_eq!(
            (mistaken["kind"].as_str(), mistaken["annulled"].as_bool()),
            (Some("correction_requested"), Some(true))
        );
        service.check();
    });
}
