//! Intake and registration in full over HTTP, on both databases: who applies and for whom, post that waits for the
//! applicant, spoken applications, splits, links, particulars set right, the first look.

use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Served, application, on_both};
use dafu::law::outcome::Outcome;

/// Enters an application over the counter.
fn enter(service: &Served, change: impl FnOnce(&mut Value)) -> crate::support::served::Answer {
    let mut body = application();
    body["agency"] = json!("yunhe");
    change(&mut body);
    service.by("clerk", "POST", "/api/v1/cases", &[], Some(&body))
}

fn case_of(entered: &Value) -> String {
    entered["case"]["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_application_without_proof_of_identity_is_entered_and_whoever_enters_it_is_told_to_ask_for_it() {
    on_both("2025-03-03", |service| {
        let without = |body: &mut Value| drop(body["applicant"].as_object_mut().unwrap().remove("identity_number"));
        let entered = enter(service, |body| {
            body["channel"] = json!("in_person");
            without(body);
        })
        .expect(201);
        assert_eq!(entered["receipt"]["remarks"][0]["code"], "missing");
        let view = service.get("clerk", &format!("/api/v1/cases/{}", case_of(&entered))).expect(200);
        assert_eq!(view["warnings"][0]["code"], "identity_number_doubtful");
        assert!(view["warnings"][0]["zh"].as_str().unwrap().contains("补正"));
        assert_eq!(view["applicant"]["identity_masked"], false);

        // On line it is asked for at once.
        let mut body = application();
        without(&mut body);
        let told = service.public("POST", "/api/v1/public/agencies/yunhe/applications", None, Some(&body)).expect(422);
        assert_eq!(told["errors"][0]["pointer"], "/applicant/identity_number");
    });
}

#[test]
fn joint_applicants_and_an_agent_are_taken_in_and_masked_for_those_who_only_watch() {
    on_both("2025-03-03", |service| {
        let mut body = application();
        body["besides"] = json!({
            "co_applicants": [{"kind": "natural_person", "name": "陈晓东", "identity_number": "110101199203070019"}],
            "agent": {"name": "赵律师", "identity_number": "110101198001010039", "phone": "13800000009",
                      "authority": "授权委托书，2025年2月28日，代为申请、接收文书"},
            "recipient": "agent",
            "assistance": ["sight"]
        });
        let case = Handled::of(service, &body);
        let view = case.view();
        assert_eq!(view["besides"]["co_applicants"][0]["name"], "陈晓东");
        assert_eq!(view["besides"]["agent"]["name"], "赵律师");
        assert_eq!(
            (&view["besides"]["recipient"]["code"], &view["besides"]["assistance"][0]["code"]),
            (&json!("agent"), &json!("sight"))
        );
        let watched = service.get("supervisor", &format!("/api/v1/cases/{}", case.id)).expect(200);
        assert_eq!(watched["besides"]["agent"]["name"], "赵**");

        body["besides"]["agent"] = Value::Null;
        body["besides"]["co_applicants"][0]["name"] = json!("  ");
        let path = "/api/v1/public/agencies/yunhe/applications";
        let refused = service.public("POST", path, None, Some(&body)).expect(422);
        let pointers: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|one| one["pointer"].clone()).collect();
        assert_eq!(pointers, ["/besides/co_applicants/0/name", "/besides/recipient"], "all at once");
        service.check();
    });
}

#[test]
fn a_spoken_application_is_read_back_before_it_counts() {
    on_both("2025-03-03", |service| {
        let refused = enter(service, |body| body["channel"] = json!("spoken")).refused_by("spoken_not_read_back");
        assert_eq!(refused["article"]["code"], "house-rule-18");
        let entered = enter(service, |body| {
            body["channel"] = json!("spoken");
            body["read_back"] = json!(true);
            body["besides"] = json!({"assistance": ["writing"]});
        })
        .expect(201);
        assert_eq!(entered["case"]["received_on"], "2025-03-03", "received as if handed in");
        assert_eq!(entered["case"]["besides"]["read_back"], true);
        service.check();
    });
}

#[test]
fn misaddressed_post_waits_for_the_applicant_and_every_try_is_on_record() {
    on_both("2025-03-03", |service| {
        let entered = enter(service, |body| {
            body["channel"] = json!("signed_post");
            body["misaddressed"] = json!(true);
        })
        .expect(201);
        assert_eq!(
            entered["case"]["stage"]["code"], "confirming",
            "signed for by somebody else: confirm with the applicant"
        );
        let id = case_of(&entered);
        let failed = json!({"by": "telephone", "reached": false, "remark": "无人接听"});
        service.act("clerk", &id, "contacts", &failed).expect(200);
        service.day("2025-03-04");
        let reached = json!({"by": "telephone", "reached": true, "remark": "本人接听，确认提交"});
        let logged = service.act("clerk", &id, "contacts", &reached).expect(200);
        let tries: Vec<_> = logged["contacts"].as_array().unwrap().iter().map(|one| one["reached"].clone()).collect();
        assert_eq!(tries, [json!(false), json!(true)]);
        let confirmed = service.act("clerk", &id, "confirmation", &json!({"by": "telephone"})).expect(200);
        assert_eq!((&confirmed["arrived_on"], &confirmed["received_on"]), (&json!("2025-03-03"), &json!("2025-03-04")));
        service.act("clerk", &id, "contacts", &reached).refused_by("not_in_this_stage");
        service.check();
    });
}

#[test]
fn submission_confirmation_and_registration_are_three_facts_and_told_apart() {
    on_both("2025-03-03", |service| {
        let entered = enter(service, |body| body["channel"] = json!("email")).expect(201);
        let id = case_of(&entered);
        service.day("2025-03-06");
        service.act("clerk", &id, "confirmation", &json!({"by": "email"})).expect(200);
        service.day("2025-03-11");
        let registered = service.act("clerk", &id, "registration", &json!({})).expect(200);
        let days = [&registered["arrived_on"], &registered["received_on"], &registered["registered_on"]];
        assert_eq!(days, [&json!("2025-03-03"), &json!("2025-03-06"), &json!("2025-03-11")]);
        let codes: Vec<_> = registered["warnings"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
        assert!(codes.contains(&json!("receipt_differs_from_arrival")), "{codes:?}");
        assert!(codes.contains(&json!("registered_late")), "{codes:?}");
        service.check();
    });
}

#[test]
fn matters_are_split_off_into_cases_with_numbers_and_clocks_of_their_own() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        service.day("2025-03-06");
        let split = json!({
            "remaining": "施工合同",
            "matters": [
                {"subject": "监理合同", "description": "城东片区改造项目监理合同"},
                {"subject": "验收报告", "description": "城东片区改造项目竣工验收报告"}
            ],
            "reason": "三项内容相互独立，分别办理。"
        });
        let answer = case.does("clerk", "split", &split);
        assert_eq!(answer["case"]["subject"], "施工合同");
        let receipts = answer["receipts"].as_array().unwrap();
        assert_eq!(receipts.len(), 2);
        for receipt in receipts {
            assert_eq!(
                (&receipt["received_on"], &receipt["due_on"]),
                (&json!("2025-03-03"), &json!("2025-03-31")),
                "as received as the first"
            );
        }
        let child = receipts[0]["case_id"].as_str().unwrap();
        let registered = service.act("clerk", child, "registration", &json!({})).expect(200);
        assert_eq!(registered["number"], "云政公开申〔2025〕2号");
        assert_eq!((&registered["subject"], &registered["split_from"]), (&json!("监理合同"), &json!(case.id)));
        assert_eq!(registered["applicant"]["name"], "陈晓燕");
        assert_eq!(registered["links"][0]["link"], "split_off");
        // The child's own code opens the child to the applicant.
        let path = format!("/api/v1/public/applications/{}", receipts[0]["receipt_no"].as_str().unwrap());
        let tracked = service.public("GET", &path, receipts[0]["query_code"].as_str(), None).expect(200);
        assert_eq!(tracked["subject"], "监理合同");
        let again = case.does("clerk", "split", &json!({
            "remaining": "施工合同正文", "matters": [{"subject": "合同附件", "description": "施工合同附件"}], "reason": "另行办理"
        }));
        assert_eq!(again["receipts"].as_array().unwrap().len(), 1, "the receipts of this act only");
        case.does("handler", "draft", &draft(Outcome::Granted));
        case.act("clerk", "split", &split).refused_by("not_in_this_stage");
        service.check();
    });
}

#[test]
fn links_are_seen_from_both_sides_and_not_made_to_what_one_may_not_read() {
    on_both("2025-03-03", |service| {
        let (one, other) = (Handled::new(service), Handled::new(service));
        // By its number, as people know it; the id does as well.
        let number = other.receipt["receipt_no"].as_str().unwrap().to_lowercase();
        let linked = one.does(
            "clerk",
            "links",
            &json!({"other": format!(" {number} "), "link": "same_facts", "remark": "同一项目"}),
        );
        assert_eq!((&linked["links"][0]["case"], &linked["links"][0]["from_there"]), (&json!(other.id), &json!(false)));
        let seen = &other.view()["links"][0];
        assert_eq!(
            (&seen["case"], &seen["link"], &seen["from_there"]),
            (&json!(one.id), &json!("same_facts"), &json!(true))
        );
        let county = service.apply("qingxi");
        let hidden = json!({"other": county["case_id"], "link": "duplicate"});
        let refused = one.act("clerk", "links", &hidden).expect(422);
        assert_eq!(refused["errors"][0]["pointer"], "/other");
        one.act("clerk", "links", &json!({"other": one.id, "link": "duplicate"})).expect(422);
        service.check();
    });
}

#[test]
fn particulars_are_set_right_with_a_trace_and_the_class_follows_into_the_lists() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let right = json!({"applicant_kind": "legal_service_organisation", "form": "paper", "route": "collection",
                           "reason": "以律师事务所名义申请，登记有误。"});
        let corrected = case.does("clerk", "particulars", &right);
        assert_eq!(corrected["applicant_kind"]["code"], "legal_service_organisation");
        assert_eq!((&corrected["form"]["code"], &corrected["route"]["code"]), (&json!("paper"), &json!("collection")));
        assert_eq!(corrected["applicant"]["name"], "陈晓燕", "what was not named stays");
        let journal = service.get("auditor", &format!("/api/v1/cases/{}/journal", case.id)).expect(200);
        let kinds: Vec<_> = journal.as_array().unwrap().iter().map(|entry| entry["kind"].clone()).collect();
        assert!(kinds.contains(&json!("particulars_corrected")));
        service.check();
    });
}

#[test]
fn the_first_look_keeps_its_seven_answers() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let first = json!({"answers": [{"step": "correction", "answer": "no"}, {"step": "held", "answer": "open"}]});
        case.does("clerk", "examination", &first);
        let second = json!({"answers": [{"step": "held", "answer": "yes"}], "remark": "档案室确认有存"});
        let looked = case.does("handler", "examination", &second);
        let answers: Vec<_> = looked["examination"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["step"]["code"].clone(), one["answer"]["code"].clone()))
            .collect();
        assert_eq!(answers, [(json!("correction"), json!("no")), (json!("held"), json!("yes"))]);
        let twice = json!({"answers": [{"step": "held", "answer": "yes"}, {"step": "held", "answer": "no"}]});
        case.act("clerk", "examination", &twice).expect(422);
        service.check();
    });
}
