//! The processing fee through the API, to the yuan: the sums of the tariff (国办函〔2020〕109号), month boundaries, places
//! that stand, one basis and never two, payment, lapse and waiver.

use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Served, application, on_both};
use dafu::law::outcome::Outcome;

/// An application of an applicant whose identity number ends in `n`.
fn application_of(n: u32) -> Value {
    let mut body = application();
    body["applicant"]["name"] = json!(format!("申请人{n}"));
    body["applicant"]["identity_number"] = json!(format!("1101011990030{n:05}"));
    body
}

fn apply(service: &Served, n: u32) -> Value {
    let path = "/api/v1/public/agencies/yunhe/applications";
    service.public("POST", path, None, Some(&application_of(n))).expect(201)
}

fn estimate(case: &Handled<'_>, query: &str) -> Value {
    case.service.get("handler", &format!("/api/v1/cases/{}/fee{query}", case.id)).expect(200)
}

fn notice(basis: &str, units: Option<u32>) -> Value {
    json!({"basis": basis, "units": units, "letter": "请按所附标准缴纳信息处理费。"})
}

#[test]
fn sixteen_items_cost_six_hundred_yuan_whether_in_one_form_or_in_sixteen() {
    on_both("2025-03-03", |service| {
        let whole = Handled::of(service, &application_of(1));
        assert_eq!(estimate(&whole, "?items=16")["by_item"], 600);
        let paying = whole.does("handler", "fee-notices", &notice("item", Some(16)));
        assert_eq!(paying["fee"]["yuan"], 600);

        for _ in 0..10 {
            apply(service, 2);
        }
        let mut sum = 0;
        for place in 11..=16_u64 {
            let case = Handled::of(service, &application_of(2));
            let paying = case.does("handler", "fee-notices", &notice("item", None));
            assert_eq!(paying["fee"]["places"], json!([place]));
            sum += paying["fee"]["yuan"].as_u64().unwrap();
        }
        assert_eq!(sum, 600);
        service.check();
    });
}

#[test]
fn every_sum_of_the_tariff_is_exact() {
    let by_item = [
        (11, 100),
        (25, 1_500),
        (30, 2_000),
        (31, 2_200),
        (40, 4_000),
        (41, 4_300),
        (50, 7_000),
        (51, 7_400),
        (60, 11_000),
        (100, 37_000),
    ];
    let by_page = [
        (31, 10),
        (44, 140),
        (57, 270),
        (72, 420),
        (100, 700),
        (101, 720),
        (109, 880),
        (119, 1_080),
        (200, 2_700),
        (201, 2_740),
        (250, 4_700),
        (300, 6_700),
    ];
    on_both("2025-03-03", |service| {
        for (n, (items, yuan)) in (10..).zip(by_item) {
            let case = Handled::of(service, &application_of(n));
            assert_eq!(
                case.does("handler", "fee-notices", &notice("item", Some(items)))["fee"]["yuan"],
                yuan,
                "{items} items"
            );
        }
        for (n, (pages, yuan)) in (30..).zip(by_page) {
            let case = Handled::of(service, &application_of(n));
            assert_eq!(estimate(&case, &format!("?pages={pages}"))["by_page"], yuan);
            assert_eq!(
                case.does("handler", "fee-notices", &notice("page", Some(pages)))["fee"]["yuan"],
                yuan,
                "{pages} pages"
            );
        }
        service.check();
    });
}

#[test]
fn nine_on_the_last_day_of_a_month_and_nine_on_the_first_of_the_next_cost_nothing() {
    on_both("2025-03-31", |service| {
        for _ in 0..9 {
            apply(service, 3);
        }
        service.day("2025-04-01");
        for _ in 0..8 {
            apply(service, 3);
        }
        let last = Handled::of(service, &application_of(3));
        let asked = estimate(&last, "");
        assert_eq!(
            (&asked["month"], &asked["before"], &asked["by_item"]),
            (&json!("2025-04-01"), &json!(8), &json!(0))
        );
        let refused = last.act("handler", "fee-notices", &notice("item", None)).refused_by("nothing_to_charge");
        assert_eq!(refused["article"]["code"], "regulation-42");
        // Somebody else's applications do not count, nor do those to another agency.
        let other = Handled::of(service, &application_of(4));
        assert_eq!(estimate(&other, "")["before"], 0);
        service.check();
    });
}

#[test]
fn a_place_once_noticed_stands_though_an_earlier_application_is_entered_afterwards() {
    on_both("2025-03-10", |service| {
        for _ in 0..9 {
            apply(service, 5);
        }
        let tenth = Handled::of(service, &application_of(5));
        assert_eq!(estimate(&tenth, "")["places"][0]["place"], 10);
        let eleventh = Handled::of(service, &application_of(5));
        assert_eq!(eleventh.does("handler", "fee-notices", &notice("item", None))["fee"]["places"], json!([11]));
        // By registered post, signed for a week before and entered today: it comes first by the order of receipt.
        let mut body = application_of(5);
        body["agency"] = json!("yunhe");
        body["channel"] = json!("signed_post");
        body["arrived_on"] = json!("2025-03-03");
        let entered = service.by("clerk", "POST", "/api/v1/cases", &[], Some(&body)).expect(201);
        let id = entered["case"]["id"].as_str().unwrap().to_owned();
        let fee = service.get("clerk", &format!("/api/v1/cases/{id}/fee")).expect(200);
        assert_eq!((&fee["before"], &fee["places"][0]["place"]), (&json!(0), &json!(1)));
        let fee = estimate(&tenth, "");
        assert_eq!((&fee["before"], &fee["places"][0]["place"]), (&json!(10), &json!(12)), "eleven is taken for good");
        service.check();
    });
}

#[test]
fn one_application_is_charged_once_and_by_one_basis() {
    on_both("2025-03-03", |service| {
        let case = Handled::of(service, &application_of(6));
        let bad = case.act("handler", "fee-notices", &notice("page", None)).expect(422);
        assert_eq!(bad["errors"][0]["pointer"], "/units");
        case.does("handler", "fee-notices", &notice("page", Some(119)));
        case.act("handler", "draft", &draft(Outcome::Granted)).refused_by("not_in_this_stage");
        service.day("2025-03-10");
        let reported = json!({"evidence": "网上转账，流水号123"});
        let told = case.applicant("POST", "/payments", Some(&reported)).expect(200);
        assert!(told["documents"].as_array().unwrap().iter().any(|one| one["kind"] == "fee_notice"), "{told:#}");
        assert_eq!(case.view()["stage"]["code"], "paying", "what the applicant says is no payment yet");
        let paid = case.does("clerk", "payments", &json!({"evidence": "财政票据 0012", "on": "2025-03-07"}));
        assert_eq!(paid["due"]["on"], "2025-04-07", "twenty working days from the payment");
        case.act("handler", "fee-notices", &notice("item", Some(30))).refused_by("fee_already_noticed");
        case.replied(&draft(Outcome::Granted));
        service.check();
    });
}

#[test]
fn a_waiver_by_the_head_lets_work_go_on_and_gives_the_office_no_fresh_period() {
    on_both("2025-03-03", |service| {
        let case = Handled::of(service, &application_of(7));
        case.does("handler", "fee-notices", &notice("page", Some(44)));
        let asked = json!({"reason": "hardship", "text": "申请人持有低保证。"});
        case.does("handler", "waiver-request", &asked);
        case.act("handler", "waiver-decision", &json!({"granted": true})).expect(403);
        service.day("2025-03-10");
        let waived = case.does("head", "waiver-decision", &json!({"granted": true, "reason": "情况属实"}));
        assert_eq!(
            (waived["stage"]["code"].as_str(), waived["due"]["on"].as_str()),
            (Some("handling"), Some("2025-03-31")),
            "house rule 19: as if there had been no notice"
        );
        case.act("handler", "waiver-request", &asked).refused_by("waiver_already_requested");
        case.replied(&draft(Outcome::Granted));
        service.check();
    });
}

#[test]
fn two_notices_at_once_take_two_places() {
    on_both("2025-03-03", |service| {
        for _ in 0..12 {
            apply(service, 8);
        }
        let cases: Vec<_> = (0..4).map(|_| Handled::of(service, &application_of(8))).collect();
        let places: Vec<u64> = std::thread::scope(|scope| {
            let running: Vec<_> = cases
                .iter()
                .map(|case| scope.spawn(move || case.does("handler", "fee-notices", &notice("item", None))))
                .collect();
            running.into_iter().map(|one| one.join().unwrap()["fee"]["places"][0].as_u64().unwrap()).collect()
        });
        let mut sorted = places.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted, [13, 14, 15, 16], "{places:?}");
        service.check();
    });
}
