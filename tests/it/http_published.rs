//! Published answers: listed for everybody without a trace of who asked, and shown to who is about to ask the same.

use dafu::law::outcome::Outcome;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Served, on_both};
use crate::support::visitor::Visitor;

fn list(service: &Served, query: &str) -> Vec<Value> {
    let page = service.public("GET", &format!("/api/v1/public/published?{query}"), None, None).expect(200);
    page["items"].as_array().unwrap().clone()
}

/// Publishes what a case asked for, under this title.
fn published(case: &Handled<'_>, title: &str) {
    case.replied(&draft(Outcome::Granted));
    case.does("handler", "publication-proposal", &json!({"reason": "多人申请", "equal_requests": 3}));
    let record =
        json!({"place": "https://www.yunhe.example/xxgk/1", "title": title, "summary": "合同全文，附件三除外。"});
    case.does("clerk", "publication", &record);
}

#[test]
fn an_answer_is_listed_without_a_trace_of_who_asked_and_can_be_taken_off() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let proposal = json!({"reason": "多人申请", "equal_requests": 3});
        case.does("handler", "publication-proposal", &proposal);
        let early = json!({"place": "网站", "title": "合同", "summary": "全文"});
        let early = case.act("clerk", "publication", &early).expect(422);
        assert_eq!(early["errors"][0]["pointer"], "/title", "nothing was granted yet: {early:#}");
        case.replied(&draft(Outcome::Granted));
        let named = json!({
            "place": "网站", "title": "陈晓燕（110101194912310012）所问合同", "summary": "联系电话13800000001"
        });
        let told = case.act("clerk", "publication", &named).expect(422);
        let places: Vec<&str> =
            told["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert!(places.contains(&"/summary") && told.to_string().contains("申请人的姓名"), "{told:#}");
        assert!(list(service, "").is_empty(), "nothing is half published");

        let record =
            json!({"place": "https://www.yunhe.example/1", "title": "老旧小区改造施工合同", "summary": "全文"});
        case.does("clerk", "publication", &record);
        let shown = list(service, "");
        assert_eq!((shown.len(), &shown[0]["title"]), (1, &json!("老旧小区改造施工合同")));
        assert!(!shown[0].to_string().contains("陈晓燕"), "{shown:#?}");
        assert_eq!(list(service, "q=%E5%B0%8F%E5%8C%BA").len(), 1);
        assert_eq!(list(service, "q=%E8%B7%AF%E7%81%AF").len(), 0);
        assert_eq!(list(service, "agency=qingxi").len(), 0);
        service.public("GET", "/api/v1/public/published?q=a", None, None).expect(422);

        let path = format!("/api/v1/cases/{}/published-answer", case.id);
        service.by("handler", "DELETE", &path, &[], None).expect(403);
        service.by("clerk", "DELETE", &path, &[], None).expect(204);
        assert!(list(service, "").is_empty());

        // It can be put right and listed again, by two people as before.
        case.does("clerk", "publication-proposal", &proposal);
        case.act("clerk", "publication", &record).refused_by("own_decision");
        case.act("handler", "publication-proposal", &proposal).refused_by("already_proposed");
        service.check();
    });
}

#[test]
fn who_is_about_to_ask_is_shown_what_is_published_and_what_this_spared_is_counted() {
    let service = Served::on_sqlite("2025-03-03");
    let (one, other) = (Handled::new(&service), Handled::new(&service));
    published(&one, "2024年老旧小区改造项目施工合同");
    published(&other, "城区路灯维护经费");
    let mut citizen = Visitor::new(&service);
    citizen.post("/apply/yunhe", &[]).expect(303);
    let request = [
        ("subject", "老旧小区改造项目施工合同"),
        ("description", "2024年的合同"),
        ("form", "electronic"),
        ("route", "online"),
    ];
    citizen.post("/apply/yunhe/request", &request).expect(303);
    let page = citizen.get("/apply/yunhe/check");
    assert!(page.html.contains("2024年老旧小区改造项目施工合同"), "{}", page.html);
    assert!(!page.html.contains("城区路灯维护经费"));
    citizen.post("/apply/yunhe/found", &[("id", &one.id)]).expect(303);
    let shown = list(&service, "");
    let counted = shown.iter().find(|answer| answer["id"] == one.id.as_str()).unwrap();
    assert_eq!(counted["sufficed"], 1);
    assert_eq!(citizen.get("/apply/yunhe/check").status, 303, "the draft is gone");
}
