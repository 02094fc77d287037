//! What a supervisor asks of waiting: windows that others have and that close, steps of the office that lie.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::handled::Handled;
use crate::support::served::{Served, on_both};
use crate::support::visitor::Visitor;

const WINDOWS: &str = "/api/v1/supervision/windows";
const STALLED: &str = "/api/v1/supervision/stalled";

fn items(page: &Value) -> &Vec<Value> {
    page["items"].as_array().unwrap()
}

fn of_case<'a>(page: &'a Value, case: &str) -> &'a Value {
    items(page).iter().find(|one| one["id"] == case).unwrap_or(&Value::Null)
}

/// Every row of a list, one a page.
fn row_by_row(service: &Served, path: &str) -> Vec<Value> {
    let (mut seen, mut next) = (Vec::new(), String::new());
    let separator = if path.contains('?') { '&' } else { '?' };
    loop {
        let page = service.get("auditor", &format!("{path}{separator}limit=1{next}")).expect(200);
        seen.extend(items(&page).iter().cloned());
        let Some(cursor) = page["next"].as_str() else { return seen };
        next = format!("&cursor={}", cursor.replace('|', "%7C"));
    }
}

/// Numbers by the code of what they count.
fn counts<'a>(list: &'a Value, of: &str, number: &str) -> BTreeMap<&'a str, i64> {
    let one = |row: &'a Value| (row[of]["code"].as_str().unwrap(), row[number].as_i64().unwrap());
    list.as_array().unwrap().iter().map(one).filter(|(_, count)| *count > 0).collect()
}

#[test]
fn windows_of_others_are_listed_before_they_close_and_until_what_is_called_for_is_done() {
    on_both("2025-03-03", |service| {
        let correcting = Handled::new(service);
        let letter = json!({"letter": "请明确所需合同的年度和路段。", "window_days": 10});
        correcting.does("handler", "correction-requests", &letter);
        let paying = Handled::new(service);
        let fee = json!({"basis": "page", "units": 300, "letter": "请按所附标准缴纳信息处理费。"});
        paying.does("handler", "fee-notices", &fee);
        let explaining = Handled::new(service);
        explaining.does("handler", "explanation-requests", &json!({"letter": "请说明理由。"}));
        let consulting = Handled::new(service);
        for name in ["甲公司", "乙公司"] {
            let asked = json!({"party": "third_party", "addressee": name, "letter": "请在十五个工作日内提出意见。"});
            consulting.does("handler", "consultations", &asked);
        }
        Handled::new(service);

        let soon = service.get("supervisor", WINDOWS).expect(200);
        assert_eq!((&soon["total"], &soon["items"], &soon["next"]), (&json!(0), &json!([]), &Value::Null));
        let all = service.get("supervisor", &format!("{WINDOWS}?within=60")).expect(200);
        let kinds = counts(&all["by_window"], "window", "count");
        let expected = [("consultation", 2), ("correction_window", 1), ("explanation_window", 1), ("fee_window", 1)];
        assert_eq!(kinds, expected.into_iter().collect(), "{all:#}");
        assert_eq!((&all["total"], items(&all).len()), (&json!(5), 5));
        for (case, window) in
            [(&correcting, "correction_window"), (&paying, "fee_window"), (&explaining, "explanation_window")]
        {
            let told = of_case(&all, &case.id);
            assert_eq!(told["window"]["code"], window);
            assert_eq!(told["last_on"], service.clock_of(&case.id, window)["due_on"], "{window}");
            assert_eq!((&told["closed"], &told["handler"]["name"]), (&json!(false), &json!("某handler")));
            assert_eq!(told["number"], case.view()["number"]);
            assert!(told["days_left"].as_i64().unwrap() > 5);
        }
        let days: Vec<&str> = items(&all).iter().map(|one| one["last_on"].as_str().unwrap()).collect();
        assert!(days.is_sorted(), "the earliest last day first: {days:?}");
        assert_eq!(row_by_row(service, &format!("{WINDOWS}?within=60")), *items(&all), "two of one day and case too");

        let last = of_case(&all, &correcting.id)["last_on"].as_str().unwrap().to_owned();
        service.day(&last);
        let today = service.get("supervisor", &format!("{WINDOWS}?within=0")).expect(200);
        assert_eq!(of_case(&today, &correcting.id)["days_left"], 0);
        assert_eq!(of_case(&today, &correcting.id)["closed"], false, "the last day is the applicant's");

        service.day("2025-05-30");
        service.office.tick(&mut |_| ()).unwrap();
        let closed = service.get("supervisor", WINDOWS).expect(200);
        let expected: BTreeMap<_, _> =
            [("correction_window", 1), ("explanation_window", 1), ("fee_window", 1)].into_iter().collect();
        assert_eq!(counts(&closed["by_window"], "window", "closed"), expected, "silence ends a consultation");
        assert!(items(&closed).iter().all(|one| one["closed"] == true && one["days_left"].as_i64().unwrap() < 0));
        assert_eq!(of_case(&closed, &paying.id)["window"]["code"], "fee_window", "a finding is owed on it");
        let finding = json!({"finding": "期满未补正，无正当理由。", "letter": "视为放弃申请。"});
        correcting.does("head", "lapse", &finding);
        let left = service.get("supervisor", WINDOWS).expect(200);
        assert_eq!(of_case(&left, &correcting.id), &Value::Null, "once it is found, nobody waits");
        assert_eq!(left["total"], 2);
        service.check();
    });
}

#[test]
fn windows_are_shown_to_those_who_supervise_and_only_over_what_is_theirs() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请明确年度。", "window_days": 10}));
        let total = |login: &str, query: &str| {
            let page = service.get(login, &format!("{WINDOWS}?within=60{query}")).expect(200);
            page["total"].as_i64().unwrap()
        };
        assert_eq!((total("supervisor", "&agency=yunhe"), total("supervisor", "&agency=qingxi")), (1, 0));
        assert_eq!((total("clerk", ""), total("county_clerk", "")), (1, 0));
        for path in [WINDOWS, STALLED] {
            service.get("handler", path).expect(403);
            service.get("county_clerk", &format!("{path}?agency=jianshe")).expect(404);
            let wrong = service.get("supervisor", &format!("{path}?limit=0&cursor=x")).expect(422);
            assert_eq!(wrong["errors"].as_array().map(Vec::len), Some(2));
        }
        service.get("supervisor", &format!("{WINDOWS}?within=61")).expect(422);
        service.get("supervisor", &format!("{STALLED}?step=finding")).expect(422);
    });
}

#[test]
fn a_step_lies_too_long_by_the_rule_of_its_own_office_and_the_longest_stands_first() {
    on_both("2025-03-03", |service| {
        let letter = json!({
            "agency": "yunhe", "channel": "ordinary_post", "arrived_on": "2025-03-03",
            "applicant": {"kind": "natural_person", "name": "李明", "identity_number": "110101199003070011",
                "phone": "13800000002", "address": "云河市某村1号", "postcode": "000000"},
            "request": {"subject": "征地补偿方案", "description": "2024年某村征地补偿安置方案", "form": "paper", "route": "post"}
        });
        let entered = service.by("clerk", "POST", "/api/v1/cases", &[], Some(&letter)).expect(201);
        let unconfirmed = entered["case"]["id"].as_str().unwrap().to_owned();
        let unregistered = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        let county = service.apply("qingxi")["case_id"].as_str().unwrap().to_owned();
        let handling = Handled::new(service);
        let today = service.get("supervisor", STALLED).expect(200);
        assert_eq!((&today["total"], &today["items"]), (&json!(0), &json!([])), "nothing lies on its first day");

        service.day("2025-03-04");
        let unclaimed = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        service.act("clerk", &unclaimed, "registration", &json!({})).expect(200);
        service.act("clerk", &unclaimed, "assignment", &json!({})).expect(200);
        let rules = "/api/v1/admin/agencies/qingxi/reminders";
        let mut laid_down = service.get("admin", rules).expect(200);
        laid_down["step"] = json!(3);
        service.by("admin", "PUT", rules, &[], Some(&laid_down)).expect(200);
        let one_day = service.get("supervisor", STALLED).expect(200);
        let expected: BTreeMap<_, _> = [("confirmation", 1), ("registering", 1)].into_iter().collect();
        assert_eq!(counts(&one_day["by_step"], "step", "count"), expected, "the county's own rule gives three days");

        // Saturday and Sunday lie between.
        service.day("2025-03-10");
        let page = service.get("supervisor", STALLED).expect(200);
        let told = |case: &str| {
            let one = of_case(&page, case);
            (one["step"]["code"].clone(), one["since"].clone(), one["days"].clone(), one["allowed"].clone())
        };
        let row =
            |step: &str, since: &str, days: i64, allowed: u32| (json!(step), json!(since), json!(days), json!(allowed));
        assert_eq!(told(&unconfirmed), row("confirmation", "2025-03-03", 5, 1));
        assert_eq!(told(&unregistered), row("registering", "2025-03-03", 5, 1));
        assert_eq!(told(&county), row("registering", "2025-03-03", 5, 3));
        assert_eq!(told(&unclaimed), row("assigning", "2025-03-04", 4, 1));
        assert_eq!(of_case(&page, &handling.id), &Value::Null, "handling is no step: its clock is the reply's");
        assert_eq!(
            (&page["total"], items(&page).last().unwrap()["id"].as_str()),
            (&json!(4), Some(unclaimed.as_str()))
        );
        assert_eq!(row_by_row(service, STALLED), *items(&page));

        let confirming = service.get("supervisor", &format!("{STALLED}?step=confirmation")).expect(200);
        assert_eq!((&confirming["total"], items(&confirming).len()), (&json!(1), 1));
        assert_eq!(counts(&confirming["by_step"], "step", "count").len(), 3, "the counts are those of all steps");
        assert_eq!(service.get("supervisor", &format!("{STALLED}?agency=qingxi")).expect(200)["total"], 1);
        service.act("clerk", &unregistered, "registration", &json!({})).expect(200);
        let after = service.get("supervisor", STALLED).expect(200);
        assert_eq!(of_case(&after, &unregistered), &Value::Null, "the step was taken; the next begins today");
        service.check();
    });
}

#[test]
fn the_board_counts_what_waits_and_each_number_opens_its_list_with_the_agency_kept() {
    let service = &Served::on_sqlite("2025-03-03");
    let correcting = Handled::new(service);
    correcting.does("handler", "correction-requests", &json!({"letter": "请明确年度。", "window_days": 10}));
    let lying = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
    for _ in 0..2 {
        service.apply("qingxi");
    }
    service.day("2025-03-20");
    let mut supervisor = Visitor::signed_in(service, "supervisor");
    let board = supervisor.get("/supervision?agency=yunhe&as_of=2025-03-19").expect(200);
    let board = board.says("对方期限将届满").says("环节滞留").says("收到日期久未确认").says("近十二个月的按期答复率");
    for link in ["windows?agency=yunhe", "stalled?agency=yunhe", "stalled?agency=yunhe&#38;step=confirmation"] {
        let alike = board.html.replace("&amp;", "&#38;");
        assert!(alike.contains(&format!("href=\"/supervision/{link}\"")), "{link}");
    }
    let windows = supervisor.get("/supervision/windows?agency=yunhe").expect(200).says("申请人补正期限");
    assert!(windows.html.contains(&format!("href=\"/desk/cases/{}\"", correcting.id)));
    let stalled = supervisor.get("/supervision/stalled?agency=yunhe&limit=1").expect(200).says("登记").says("下一页");
    assert!(stalled.html.contains("/supervision/stalled?agency=yunhe&"), "the filter stays on the next page");
    let all = supervisor.get("/supervision/stalled?step=registering").expect(200);
    assert!(all.html.contains(&format!("href=\"/desk/cases/{lying}\"")));
    assert!(!all.html.contains(&correcting.id), "what the applicant has does not lie here");
    supervisor.get("/supervision/stalled?step=finding").expect(422);

    crate::http_supervision::served(service, &lying);
    supervisor.language = "en";
    let board = supervisor.get("/supervision").expect(200).says("Replies in time").says("100%");
    for needed in ["<title id=\"months-title\">", "<desc id=\"months-desc\">", "url(#months-late)"] {
        assert!(board.html.contains(needed), "{needed}");
    }
    let mut handler = Visitor::signed_in(service, "handler");
    handler.get("/supervision/windows").expect(403);
}
