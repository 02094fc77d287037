//! Robots kept apart and nobody lost: what looks as if a program had sent it is set aside, looked at by a clerk, and taken
//! in as of the day it was sent, or discarded with a reason.

use chrono::TimeDelta;
use dafu::storage::discarded_applications;
use serde_json::{Value, json};

use crate::support::served::{Served, application, on_both};
use crate::support::visitor::{Page, Visitor};

const LIST: &str = "/api/v1/held-applications";

/// Fills in the form up to the last step.
fn filled_in<'a>(service: &'a Served, slug: &str) -> Visitor<'a> {
    let mut citizen = Visitor::new(service);
    let at = |step: &str| format!("/apply/{slug}/{step}");
    citizen.post(&format!("/apply/{slug}"), &[]).expect(303);
    let request = [
        ("subject", "老旧小区改造项目施工合同"),
        ("description", "2024年城东片区老旧小区改造项目的施工合同及附件"),
        ("form", "electronic"),
        ("route", "online"),
    ];
    citizen.post(&at("request"), &request).expect(303);
    let person = [
        ("kind", "natural_person"),
        ("name", "陈晓燕"),
        ("identity_number", "110101199003070011"),
        ("phone", "13800000001"),
    ];
    citizen.post(&at("applicant"), &person).expect(303);
    citizen.post(&at("besides"), &[]).expect(303);
    citizen
}

fn seconds_pass(service: &Served, seconds: i64) {
    service.clock.set(service.clock.now() + TimeDelta::seconds(seconds));
}

/// Sends it with something in the field that people do not see; the page that is shown.
fn lured(service: &Served, slug: &str) -> (String, Page) {
    let mut robot = filled_in(service, slug);
    seconds_pass(service, 60);
    let sent = robot.post(&format!("/apply/{slug}/check"), &[("homepage", "https://spam.example")]);
    let page = robot.follow(sent).expect(200);
    (robot.cookie("dafu_draft").unwrap().to_owned(), page)
}

fn held(service: &Served, login: &str) -> Vec<Value> {
    service.get(login, LIST).expect(200).as_array().unwrap().clone()
}

fn settle(service: &Served, login: &str, id: &Value, how: &str, body: &Value) -> crate::support::served::Answer {
    service.by(login, "POST", &format!("{LIST}/{}/{how}", id.as_str().unwrap()), &[], Some(body))
}

fn cases(service: &Served) -> usize {
    service.get("clerk", "/api/v1/cases").expect(200)["items"].as_array().unwrap().len()
}

#[test]
fn a_person_at_normal_speed_is_received_at_once_and_never_sees_the_hidden_field() {
    on_both("2025-03-03", |service| {
        let mut citizen = filled_in(service, "yunhe");
        let check = citizen.get("/apply/yunhe/check").expect(200);
        let hidden = check.html.split("name=\"homepage\"").next().unwrap().rsplit("<div").next().unwrap();
        assert!(hidden.contains("class=\"unseen\"") && hidden.contains("aria-hidden=\"true\""), "{hidden}");
        let tag = check.html.split("name=\"homepage\"").nth(1).unwrap().split('>').next().unwrap();
        assert!(tag.contains("tabindex=\"-1\"") && tag.contains("autocomplete=\"off\""), "{tag}");
        seconds_pass(service, 3);
        let sent = citizen.post("/apply/yunhe/check", &[("homepage", "")]);
        citizen.follow(sent).expect(200).says("申请已提交");
        assert_eq!((held(service, "clerk").len(), cases(service)), (0, 1));
        assert!(!Visitor::signed_in(service, "clerk").get("/desk").expect(200).html.contains("/desk/held"));
    });
}

#[test]
fn what_looks_like_a_program_is_set_aside_and_its_sender_is_told_what_happens_to_it() {
    on_both("2025-03-03", |service| {
        let (code, page) = lured(service, "yunhe");
        let page = page.says("等待人工核对").says("2025年3月3日（星期一）").says("2025年5月2日");
        assert!(page.html.contains(&code), "the sender keeps the code");
        let mut hasty = filled_in(service, "yunhe");
        seconds_pass(service, 2);
        let sent = hasty.post("/apply/yunhe/check", &[]);
        hasty.follow(sent).expect(200).says("等待人工核对");
        assert_eq!(cases(service), 0, "neither is a case");

        let list = held(service, "clerk");
        let why: Vec<_> = list.iter().map(|one| one["held_for"]["code"].as_str().unwrap()).collect();
        assert_eq!(why, ["hidden_field", "too_fast"]);
        assert_eq!(list[0]["applicant"]["name"], "陈晓燕");
        assert_eq!(list[0]["applicant"]["identity_number"], "1101************11");
        assert_eq!(list[0]["counts_from"], "2025-03-03");

        // Sent again, looked at again, gone on with: it stays where it is.
        let again = hasty.post("/apply/yunhe/check", &[]);
        hasty.follow(again).expect(200).says("等待人工核对");
        assert_eq!(hasty.get("/apply/yunhe/request").location.as_deref(), Some("/apply/yunhe/aside"));
        assert_eq!(
            hasty.post("/apply/yunhe/request", &[("subject", "别的")]).location.as_deref(),
            Some("/apply/yunhe/aside")
        );
        let header = [("X-Draft-Code", code.as_str())];
        let drafts = "/api/v1/public/drafts";
        let shown = service.send("GET", drafts, &header, None).expect(200);
        assert_eq!(shown["held"], json!({"counts_from": "2025-03-03", "kept_until": "2025-05-02"}));
        service.send("PUT", drafts, &header, Some(&application().to_string())).expect(409);
        service.send("POST", &format!("{drafts}/submission"), &header, Some("{}")).expect(409);
        service.day("2025-05-02");
        assert_eq!(held(service, "clerk").len(), 2, "sixty days");
        if !service.is_on_postgres() {
            let bytes = service.database_bytes();
            assert!(!bytes.windows(12).any(|one| one == "城东片区".as_bytes()), "kept sealed");
        }
    });
}

#[test]
fn one_that_is_taken_in_after_a_weekend_counts_from_the_day_it_was_sent() {
    on_both("2025-03-07", |service| {
        let (code, _) = lured(service, "yunhe");
        service.day("2025-03-10");
        let list = held(service, "clerk");
        let case = settle(service, "clerk", &list[0]["id"], "release", &json!({})).expect(201);
        assert_eq!(
            (&case["channel"]["code"], &case["arrived_on"], &case["received_on"]),
            (&json!("online"), &json!("2025-03-07"), &json!("2025-03-07"))
        );
        assert_eq!(case["due"]["on"], "2025-04-07", "twenty working days after Friday, past Qingming");
        let id = case["id"].as_str().unwrap();
        let journal = service.get("clerk", &format!("/api/v1/cases/{id}/journal")).expect(200);
        let told: Vec<_> = journal.as_array().unwrap().iter().map(|one| (&one["kind"], &one["actor"])).collect();
        let said = |kind: &str, actor: &str| (json!(kind), json!(actor));
        let expected = [said("filed", "applicant"), said("receipt_confirmed", "applicant"), said("noted", "staff")];
        assert!(told.iter().map(|(kind, actor)| ((*kind).clone(), (*actor).clone())).eq(expected), "{told:?}");
        assert!(journal[2]["texts"][0]["words"].as_str().unwrap().contains("2025年3月7日"));
        service.check();

        assert!(held(service, "clerk").is_empty());
        settle(service, "clerk", &list[0]["id"], "release", &json!({})).expect(404);
        settle(service, "clerk", &list[0]["id"], "discard", &json!({"reason": "晚了"})).expect(404);
        // Days later the code still shows the receipt, here and over the API, and opens nothing else.
        service.day("2025-04-20");
        let mut sender = Visitor::new(service);
        let found = sender.post("/apply/yunhe/resume", &[("code", &code)]);
        let page = sender.follow(found).expect(200).says("申请已提交");
        assert!(page.html.contains(case["receipt_no"].as_str().unwrap()));
        sender.get("/track").expect(200).says("老旧小区改造项目施工合同");
        let header = [("X-Draft-Code", code.as_str())];
        let receipt = service.send("POST", "/api/v1/public/drafts/submission", &header, Some("{}")).expect(201);
        assert_eq!(receipt["case_id"], case["id"]);
        service.send("GET", "/api/v1/public/drafts", &header, None).expect(401);
    });
}

#[test]
fn one_that_is_nobodys_is_discarded_with_a_reason_that_is_kept() {
    on_both("2025-03-03", |service| {
        let (code, _) = lured(service, "yunhe");
        let id = held(service, "clerk")[0]["id"].clone();
        let wrong = settle(service, "clerk", &id, "discard", &json!({"reason": "  "})).expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "/reason");
        settle(service, "clerk", &id, "discard", &json!({"reason": "广告"})).expect(204);
        assert!(held(service, "clerk").is_empty());
        let mut sender = Visitor::new(service);
        sender.post("/apply/yunhe/resume", &[("code", &code)]).expect(401);
        let kept = service
            .office
            .db()
            .read_now(|conn| {
                let agency = dafu::storage::agencies::find_by_slug(conn, "yunhe")?.unwrap();
                discarded_applications::list(conn, agency.id)
            })
            .unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!((kept[0].held_for.as_str(), kept[0].reason.as_str()), ("hidden_field", "广告"));
    });
}

#[test]
fn only_the_clerks_of_the_agency_see_what_was_set_aside() {
    on_both("2025-03-03", |service| {
        lured(service, "yunhe");
        let id = held(service, "clerk")[0]["id"].clone();
        assert!(held(service, "county_clerk").is_empty() && held(service, "handler").is_empty());
        for how in ["release", "discard"] {
            let body = if how == "release" { json!({}) } else { json!({"reason": "不是"}) };
            settle(service, "county_clerk", &id, how, &body).expect(404);
            settle(service, "handler", &id, how, &body).expect(403);
        }
        let mut county = Visitor::signed_in(service, "county_clerk");
        assert!(!county.get("/desk").expect(200).html.contains("/desk/held"));
        county.get("/desk/held").expect(200).says("没有待核对的申请");
        assert_eq!((held(service, "clerk").len(), cases(service)), (1, 0), "nothing happened to it");
    });
}

#[test]
fn a_clerk_settles_what_was_set_aside_in_the_pages() {
    on_both("2025-03-03", |service| {
        lured(service, "yunhe");
        lured(service, "yunhe");
        let mut clerk = Visitor::signed_in(service, "clerk");
        let desk = clerk.get("/desk").expect(200).says("待核对的申请 2");
        assert!(desk.html.contains("href=\"/desk/held\""));
        let page = clerk.get("/desk/held").expect(200).says("陈晓燕").says("填写了页面上看不见的字段");
        let list = held(service, "clerk");
        let place = |one: usize, how: &str| format!("/desk/held/{}/{how}", list[one]["id"].as_str().unwrap());
        clerk.submit(&page, &place(0, "discard"), &[("reason", " ")]).expect(422).says("不能为空");
        let gone = clerk.submit(&page, &place(0, "discard"), &[("reason", "广告")]);
        clerk.follow(gone).expect(200).says("已删除，理由已记录");
        let taken = clerk.submit(&page, &place(1, "release"), &[]);
        clerk.follow(taken).expect(200).says("老旧小区改造项目施工合同");
        clerk.get("/desk/held").expect(200).says("没有待核对的申请");
    });
}

#[test]
fn the_api_is_used_by_programs_on_purpose_and_sets_nothing_aside() {
    on_both("2025-03-03", |service| {
        let drafts = "/api/v1/public/agencies/yunhe/drafts";
        let begun = service.public("POST", drafts, None, Some(&application())).expect(201);
        let header = [("X-Draft-Code", begun["draft_code"].as_str().unwrap())];
        service.send("POST", "/api/v1/public/drafts/submission", &header, Some("{}")).expect(201);
        service.apply("yunhe");
        assert_eq!((held(service, "clerk").len(), cases(service)), (0, 2));
    });
}
