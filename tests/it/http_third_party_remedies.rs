//! A third party that was told of disclosure against its opinion: what it can do, before whom and until which day, by the number and
//! the code in the letter to it; and nothing of whoever applied.

use serde_json::{Value, json};

use crate::support::handled::Handled;
use crate::support::served::{Answer, Served, on_both};
use crate::support::visitor::Visitor;

/// A case in which a firm objected, was overridden, and told on the day of the clock. The letter's entry, and its code.
fn told(service: &Served) -> (Handled<'_>, Value, String) {
    let case = Handled::new(service);
    let (seq, words, code) = case.overrides_a_third_party();
    assert!(words.contains(&format!("编号{}", case.receipt["receipt_no"].as_str().unwrap())), "{words}");
    (case, seq, code)
}

fn asked(service: &Served, receipt_no: &str, code: &str) -> Answer {
    let path = format!("/api/v1/public/applications/{receipt_no}/third-party/remedies");
    service.public("GET", &path, Some(code), None)
}

#[test]
fn a_third_party_sees_its_two_ways_with_their_last_days_and_nothing_of_the_applicant() {
    on_both("2025-03-03", |service| {
        let (case, seq, code) = told(service);
        let receipt_no = case.receipt["receipt_no"].as_str().unwrap();
        let seen = asked(service, receipt_no, &code.to_lowercase()).expect(200);
        assert_eq!(seen["situation"]["code"], "overridden");
        assert_eq!(seen["path"]["code"], "reconsideration_or_suit");
        // Sent on Monday 3 March and taken as received three working days later, on the 6th.
        assert_eq!(seen["known"], json!({"on": "2025-03-06", "is_proven": false}));
        let measures: Vec<_> = seen["ways"].as_array().unwrap().iter().map(|way| &way["measure"]["code"]).collect();
        assert_eq!(measures, ["reconsideration", "suit", "suit", "complaint"]);
        // Sixty days end on Monday 5 May, a free day (劳动节), and so on Tuesday the 6th; six months on Saturday 6 September, and so on
        // Monday the 8th.
        assert_eq!(seen["ways"][0]["clock"]["due_on"], "2025-05-06");
        assert_eq!(seen["ways"][1]["clock"]["due_on"], "2025-09-08");
        let first = &seen["ways"][0];
        assert_eq!(first["against"]["zh"], "公开决定");
        assert!(first["zh"].as_str().unwrap().contains("本决定") && !seen.to_string().contains("本答复"), "{seen:#}");
        assert!(seen["paragraph"].as_str().unwrap().contains("本决定"), "as the letter says it");
        let all = seen.to_string();
        for inside in ["陈晓燕", "13800000001", "chen@example.org", "施工合同", "公开合同总价"] {
            assert!(!all.contains(inside), "{inside}: {seen:#}");
        }

        // The register of service has the true day; the periods follow it.
        let line = json!({"letter": seq, "way": "post", "number": "1000000000001", "posted_on": "2025-03-03",
            "received_on": "2025-03-03"});
        case.does("clerk", "deliveries", &line);
        let seen = asked(service, receipt_no, &code).expect(200);
        assert_eq!(seen["known"], json!({"on": "2025-03-03", "is_proven": true}));
        service.check();
    });
}

#[test]
fn the_code_of_a_third_party_opens_only_this_and_no_other_code_opens_it() {
    on_both("2025-03-03", |service| {
        let (case, _, code) = told(service);
        let receipt_no = case.receipt["receipt_no"].as_str().unwrap();
        let own = case.receipt["query_code"].as_str().unwrap();
        asked(service, receipt_no, own).expect(401);
        service.public("GET", &format!("/api/v1/public/applications/{receipt_no}"), Some(&code), None).expect(401);
        let other = Handled::new(service);
        asked(service, other.receipt["receipt_no"].as_str().unwrap(), &code).expect(401);
        asked(service, "YUNHE-2025-999999", &code).expect(401);
        let turns = (0..40).map(|_| asked(service, receipt_no, "AAAA-AAAA-AAAAA").status).collect::<Vec<_>>();
        assert!(turns.contains(&429), "guessing is counted: {turns:?}");
        asked(service, receipt_no, &code).expect(200);
    });
}

#[test]
fn the_page_opens_with_what_stands_in_the_letter_and_keeps_nothing() {
    on_both("2025-03-03", |service| {
        let (case, _, code) = told(service);
        let receipt_no = case.receipt["receipt_no"].as_str().unwrap();
        let mut visitor = Visitor::new(service);
        visitor.get("/track").expect(200).says("收到第三方告知书的");
        visitor.get("/third-party").expect(200).says("告知书载明的编号");
        let page = visitor.post("/third-party", &[("receipt_no", receipt_no), ("code", &code)]).expect(200);
        let page = page.says("已经决定公开并书面告知").says("2025年5月6日").says("公开决定");
        assert!(!page.text().contains("全部材料") && !page.text().contains("施工合同"), "{}", page.text());
        visitor.post("/third-party", &[("receipt_no", receipt_no), ("code", "AAAA")]).expect(401).says("没有找到");
    });
}
