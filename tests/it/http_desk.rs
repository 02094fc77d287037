//! The desk over HTTP, on both databases: third parties in parallel and overridden, units that help, referrals, publication,
//! explanations with a delayed date, an office's own way of approval, a signed reply taken back, the text that was signed.

use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::on_both;
use dafu::law::outcome::Outcome;

fn consult(case: &Handled<'_>, name: &str) -> String {
    let letter = json!({"party": "third_party", "addressee": name, "letter": "请在十五个工作日内提出意见。"});
    let view = case.does("handler", "consultations", &letter);
    view["consultations"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned()
}

fn check<'a>(view: &'a Value, code: &str) -> &'a Value {
    view["gate"].as_array().unwrap().iter().find(|one| one["check"]["code"] == code).unwrap()
}

#[test]
fn three_third_parties_at_once_each_weighed_and_the_overridden_one_told_before_anything_goes_out() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let ids: Vec<_> = ["甲公司", "乙公司", "丙公司"].into_iter().map(|name| consult(&case, name)).collect();
        for id in &ids {
            case.does("clerk", &format!("consultations/{id}/delivery"), &json!({}));
        }
        let says = |id: &str, opinion: &str| {
            let body = json!({"opinion": opinion, "text": "来函意见"});
            case.does("clerk", &format!("consultations/{id}/opinion"), &body)
        };
        service.day("2025-03-10");
        says(&ids[0], "consents");
        let waiting = says(&ids[1], "objects");
        assert_eq!(waiting["stage"]["code"], "consulting", "the third still has time");
        let early = json!({"finding": "silent_no_harm", "text": "无损害"});
        case.act("handler", &format!("consultations/{}/finding", ids[2]), &early).refused_by("consultation_open");

        // Delivered on 3 March: fifteen working days end on the 24th, and the stop with them.
        service.day("2025-03-25");
        case.does("handler", &format!("consultations/{}/finding", ids[2]), &early);
        let view = case.view();
        assert_eq!(view["stage"]["code"], "handling");
        assert_eq!(view["due"]["on"], "2025-04-22", "fifteen working days are not counted");
        let misfit = json!({"finding": "silent_harm", "text": "它已经答复"});
        case.act("handler", &format!("consultations/{}/finding", ids[1]), &misfit).refused_by("finding_does_not_fit");
        let public = json!({"finding": "public_interest", "text": "涉及饮用水安全，不公开将对公共利益造成重大影响。"});
        case.does("handler", &format!("consultations/{}/finding", ids[1]), &public);

        case.does("clerk", "consultation-notice", &json!({"letter": "曾征求第三方意见。"}));
        let refused = case.approved(&draft(Outcome::Granted)).refused_by("gate_closed");
        assert!(refused["detail"].as_str().unwrap().contains("已书面告知不采纳其意见的第三方"), "{refused:#}");
        let view = case.view();
        assert_eq!(
            view["draft"]["sensitive"]["code"], "override",
            "overriding for the public interest is sensitive by rule"
        );
        assert_eq!(check(&view, "third_party")["level"]["code"], "green");

        let notice = json!({"letter": "决定公开检测报告，理由是饮用水安全。"});
        case.does("clerk", &format!("consultations/{}/override-notice", ids[1]), &notice);
        case.act("clerk", &format!("consultations/{}/override-notice", ids[1]), &notice).refused_by("not_overridden");
        case.signed().expect(200);
        let refused = case.served().refused_by("gate_closed");
        assert!(refused["detail"].as_str().unwrap().contains("等待期"), "five working days: {refused:#}");
        service.day("2025-04-01");
        case.served().refused_by("gate_closed");
        service.day("2025-04-02");
        let closed = case.served().expect(200);
        assert_eq!(closed["closing"]["late"], false);
        service.check();
    });
}

#[test]
fn a_late_objection_after_the_signature_stops_the_service_until_the_reply_is_taken_back() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let id = consult(&case, "甲公司");
        case.does("clerk", &format!("consultations/{id}/delivery"), &json!({}));
        service.day("2025-03-25");
        case.does("clerk", "consultation-notice", &json!({"letter": "曾征求第三方意见。"}));
        let finding = json!({"finding": "silent_no_harm", "text": "无损害"});
        case.does("handler", &format!("consultations/{id}/finding"), &finding);
        case.approved(&draft(Outcome::Granted)).expect(200);
        let objection = json!({"opinion": "objects", "text": "图纸是商业秘密。"});
        case.does("clerk", &format!("consultations/{id}/opinion"), &objection);
        case.served().refused_by("gate_closed");
        let binding = json!({"finding": "objection_reasonable", "text": "理由成立。"});
        case.does("handler", &format!("consultations/{id}/finding"), &binding);
        case.served().refused_by("gate_closed");
        let back = case.does("signer", "recall", &json!({"reason": "第三方迟到的意见有理"}));
        assert_eq!((&back["stage"]["code"], &back["draft"]["signed_on"]), (&json!("handling"), &Value::Null));
        let closed = case.replied(&draft(Outcome::RefusedThirdParty));
        assert_eq!(closed["closing"]["report_row"], "3.3.4");
        service.check();
    });
}

#[test]
fn units_have_internal_due_days_and_no_clock_knows_of_them() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let due = case.view()["due"]["on"].clone();
        let late = json!({"kind": "unit", "unit": "城建科", "task": "核对合同附件", "due_on": "2025-04-01"});
        case.act("handler", "co-work", &late).refused_by("co_work_too_long");
        let task = json!({"kind": "unit", "unit": "城建科", "task": "核对合同附件", "due_on": "2025-03-10"});
        let opened = case.does("handler", "co-work", &task);
        assert_eq!(opened["due"]["on"], due, "one statutory clock");
        let referral = json!({"kind": "secrecy_referral", "unit": "市国家保密局", "task": "附件三是否属于国家秘密", "due_on": "2025-03-20"});
        let both = case.does("handler", "co-work", &referral);
        assert_eq!(both["due"]["on"], due, "a secrecy referral stops nothing");
        let ids: Vec<_> =
            both["co_work"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect();
        service.day("2025-03-11");
        assert_eq!(case.view()["co_work"][0]["overdue"], true);
        case.does("handler", &format!("co-work/{}/answer", ids[0]), &json!({"text": "附件齐全。"}));
        let refused = case.approved(&draft(Outcome::Granted)).refused_by("gate_closed");
        assert!(refused["detail"].as_str().unwrap().contains("协办事项已办结"));
        case.does("handler", &format!("co-work/{}/recall", ids[1]), &json!({"reason": "自行确定"}));
        case.act("handler", &format!("co-work/{}/answer", ids[1]), &json!({"text": "迟到"}))
            .refused_by("co_work_closed");
        case.signed().expect(200);
        service.check();
    });
}

#[test]
fn reasonable_reasons_lead_to_a_delayed_date_that_counts_once_the_applicant_is_told() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.does("handler", "explanation-requests", &json!({"letter": "请说明理由。"}));
        case.does("clerk", "explanation-requests/delivery", &json!({}));
        service.day("2025-03-06");
        case.does("clerk", "explanations", &json!({"text": "研究课题需要。"}));
        let finding = json!({"reasonable": true, "finding": "确有研究需要", "delayed_until": "2025-03-31"});
        case.act("handler", "explanation-decision", &finding).refused_by("delay_not_later");
        let finding = json!({"reasonable": true, "finding": "确有研究需要", "delayed_until": "2025-05-31"});
        let decided = case.does("head", "explanation-decision", &finding);
        assert_eq!(decided["due"]["on"], "2025-03-31", "fixed and not told has no effect");
        let told = case.does("clerk", "delay-notice", &json!({"letter": "延迟至五月底答复。"}));
        assert_eq!(
            (told["due"]["clock"]["code"].as_str(), told["due"]["on"].as_str()),
            (Some("delayed_period"), Some("2025-06-03")),
            "a rest day at the end, with the Dragon Boat Festival after it, moves on"
        );
        let refused = case.approved(&draft(Outcome::NotProcessedExcessive)).refused_by("gate_closed");
        assert_eq!(refused["article"]["code"], "regulation-35");
        service.check();
    });
}

#[test]
fn an_office_lays_down_its_own_way_of_approval_and_the_laws_steps_stay_in_it() {
    on_both("2025-03-03", |service| {
        let path = "/api/v1/admin/agencies/yunhe/approval-flow";
        let put = |body: &Value| service.by("admin", "PUT", path, &[], Some(body));
        let wrong = put(&json!({"rules": [{"rounds": [["review", "review"], ["signature"]]}]})).expect(422);
        assert_eq!(wrong["errors"].as_array().unwrap().len(), 2, "{wrong:#}");
        let rules = json!({"rules": [
            {"groups": ["granted"], "sensitive": false, "rounds": [["review", "legal_review"]]},
        ]});
        put(&rules).expect(200);
        assert_eq!(service.get("admin", path).expect(200)["rules"][0]["rounds"], json!([["review", "legal_review"]]));
        service.get("clerk", path).expect(403);

        let case = Handled::new(service);
        let drafted = case.does("handler", "draft", &draft(Outcome::Granted));
        let rounds: Vec<Vec<String>> = drafted["draft"]["flow"]
            .as_array()
            .unwrap()
            .iter()
            .map(|round| {
                round.as_array().unwrap().iter().map(|step| step["code"].as_str().unwrap().to_owned()).collect()
            })
            .collect();
        assert_eq!(rounds, [vec!["review", "legal_review"], vec!["secrecy_review"], vec!["signature"]]);
        case.does("lawyer", "legal-review", &json!({"decision": "approve"}));
        case.act("lawyer", "legal-review", &json!({"decision": "approve"})).refused_by("step_not_pending");
        case.signed().expect(200);

        // Marked as sensitive it goes the usual way of sensitive cases: the rule is for others.
        let other = Handled::new(service);
        other.does("clerk", "sensitivity", &json!({"sensitive": true, "reason": "媒体关注"}));
        let drafted = other.does("handler", "draft", &draft(Outcome::Granted));
        assert_eq!(drafted["draft"]["flow"][1].as_array().unwrap().len(), 2);
        assert_eq!(drafted["draft"]["sensitive"]["code"], "marked");
        service.check();
    });
}

#[test]
fn the_signature_stands_over_the_whole_text_and_a_changed_word_is_found() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let closed = case.replied(&draft(Outcome::Granted));
        let text = closed["draft"]["signed_text"].as_str().unwrap();
        for part in [
            "云河市人民政府",
            "云政公开申〔2025〕1号",
            "陈晓燕：",
            "第三十六条第（二）项",
            "60日内向某省人民政府",
            "2025年3月3日",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        let journal = service.get("auditor", &format!("/api/v1/cases/{}/journal", case.id)).expect(200);
        let signature = journal.as_array().unwrap().iter().find(|entry| entry["event"]["step"] == "signature").unwrap();
        assert_eq!(signature["event"]["signed"]["digest"], closed["draft"]["signed_digest"]);
        let told = case.applicant("GET", "", None).expect(200);
        let document = &told["documents"][0];
        let letter =
            case.applicant("GET", &format!("/documents/{}", document["id"].as_str().unwrap()), None).expect(200);
        assert_eq!(letter["text"], *text, "the applicant reads what was signed");
        service.check();
    });
}

#[test]
fn a_referral_is_followed_until_the_other_agency_has_it_and_equal_requests_lead_to_publication() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let letter = json!({"to": "云河市水务局 0000-7654321", "letter": "请直接答复申请人。"});
        case.does("clerk", "referral", &letter);
        let other = json!({"to": "云河市城管局 0000-7654322", "letter": "请直接答复申请人。"});
        let both = case.does("clerk", "referral", &other);
        case.replied(&draft(Outcome::NotThisAgency));
        service.day("2025-03-06");
        let of_the_second = json!({"referral": both["referrals"][1]["seq"], "evidence": "来函确认收到。"});
        case.does("clerk", "referral-confirmation", &of_the_second);
        let confirmed = case.does("clerk", "referral-confirmation", &json!({"evidence": "电话确认收到，接听人王某。"}));
        let days: Vec<_> =
            confirmed["referrals"].as_array().unwrap().iter().map(|one| one["confirmed_on"].clone()).collect();
        assert_eq!(days, ["2025-03-06", "2025-03-06"], "each agency on its own, after the end too");
        case.act("clerk", "referral-confirmation", &json!({"evidence": "再次确认"})).refused_by("not_referred");

        let proposal = json!({"reason": "三人申请同一合同，可以公开。", "equal_requests": 3});
        let proposed = case.does("handler", "publication-proposal", &proposal);
        assert_eq!(proposed["publication"]["due_on"], "2025-04-03", "twenty working days");
        let published = case.does("clerk", "publication", &json!({"place": "市政府网站 重点项目栏目"}));
        assert_eq!(published["publication"]["published_on"], "2025-03-06");
        case.act("clerk", "publication", &json!({"place": "再次"})).refused_by("nothing_proposed");
        service.check();
    });
}

#[test]
fn notes_name_colleagues_and_stay_in_the_office() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let handler = case.view()["handler"]["id"].clone();
        case.does("clerk", "notes", &json!({"text": "请留意媒体报道。", "mentions": [handler]}));
        let stranger = json!({"text": "请看", "mentions": ["01890000-0000-7000-8000-000000000000"]});
        case.act("clerk", "notes", &stranger).expect(422);
        let journal = service.get("auditor", &format!("/api/v1/cases/{}/journal", case.id)).expect(200);
        let note = journal.as_array().unwrap().iter().find(|entry| entry["kind"] == "noted").unwrap();
        assert_eq!((&note["event"]["mentions"], &note["event"]["in_bundle"]), (&json!([handler]), &json!(false)));
        service.check();
    });
}

#[test]
fn a_late_correction_notice_leaves_the_date_running_a_late_extension_is_refused_and_a_late_reply_is_sent_as_late() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        service.day("2025-03-13");
        let late = case.does("handler", "correction-requests", &json!({"letter": "请补正。"}));
        assert_eq!(
            (late["correction"]["in_time"].as_bool(), late["due"]["on"].as_str()),
            (Some(false), Some("2025-03-31"))
        );
        service.day("2025-04-01");
        case.act("handler", "extension-request", &json!({"days": 10, "reason": "材料多"}))
            .refused_by("extension_too_late");
        let closed = case.replied(&draft(Outcome::Granted));
        assert_eq!(closed["closing"]["late"], true, "sent all the same, and recorded as late");
        service.check();
    });
}
