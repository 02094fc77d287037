//! What a supervisor asks of people and of the past: who has how much, which replies came late, and what was believed of
//! a clock on an earlier day.

use serde_json::{Value, json};

use crate::http_supervision::served;
use crate::support::served::{Served, on_both};

fn applied(service: &Served, agency: &str) -> String {
    service.apply(agency)["case_id"].as_str().unwrap().to_owned()
}

fn claimed(service: &Served, case: &str) {
    service.act("clerk", case, "registration", &json!({})).expect(200);
    service.act("clerk", case, "assignment", &json!({})).expect(200);
    service.act("handler", case, "claim", &json!({})).expect(200);
}

fn counts(open: i64, soon: i64, overdue: i64, waiting: i64) -> Value {
    json!({"open": open, "due_soon": soon, "overdue": overdue, "waiting": waiting})
}

#[test]
fn the_workload_tells_for_every_handler_what_presses_and_what_waits_for_others() {
    on_both("2025-03-03", |service| {
        let (handled, waiting, closed) =
            (applied(service, "yunhe"), applied(service, "yunhe"), applied(service, "yunhe"));
        applied(service, "yunhe");
        applied(service, "qingxi");
        claimed(service, &handled);
        claimed(service, &waiting);
        served(service, &closed);
        let letter = json!({"letter": "请明确所需合同的年度和路段。", "window_days": 30});
        service.act("handler", &waiting, "correction-requests", &letter).expect(200);

        service.day("2025-03-26");
        let load = service.get("supervisor", "/api/v1/supervision/workload").expect(200);
        assert_eq!(load["as_of"], "2025-03-26");
        assert_eq!(load["total"], counts(4, 3, 0, 1), "due on 31 March; the correction's window runs on: {load:#}");
        let rows: Vec<(&str, Value, &Value)> = load["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["agency"]["slug"].as_str().unwrap(), one["handler"]["name"].clone(), &one["counts"]))
            .collect();
        assert_eq!(
            rows,
            [
                ("qingxi", Value::Null, &counts(1, 1, 0, 0)),
                ("yunhe", json!("某handler"), &counts(2, 1, 0, 1)),
                ("yunhe", Value::Null, &counts(1, 1, 0, 0)),
            ]
        );

        service.day("2025-04-01");
        let load = service.get("supervisor", "/api/v1/supervision/workload?agency=yunhe").expect(200);
        assert_eq!(load["total"], counts(4, 0, 3, 1), "of the city and all below it");
        served(service, &applied(service, "yunhe"));
        let then = service.get("supervisor", "/api/v1/supervision/workload?agency=yunhe&as_of=2025-03-26").expect(200);
        assert_eq!(then["total"], counts(4, 3, 0, 1), "as it stood then");
        let before = service.get("auditor", "/api/v1/supervision/workload?as_of=2025-03-01").expect(200);
        assert_eq!((&before["total"], before["items"].as_array().map(Vec::len)), (&counts(0, 0, 0, 0), Some(0)));

        let wrong = service.get("supervisor", "/api/v1/supervision/workload?as_of=2025-04-02").expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "?as_of");
        service.get("handler", "/api/v1/supervision/workload").expect(403);
        service.get("county_clerk", "/api/v1/supervision/workload?agency=jianshe").expect(404);
        let own = service.get("county_clerk", "/api/v1/supervision/workload").expect(200);
        assert_eq!(own["total"], counts(1, 0, 1, 0), "its own agency's and nobody else's");
    });
}

#[test]
fn late_replies_are_listed_over_the_subtree_with_the_verdict_of_their_day() {
    on_both("2025-03-03", |service| {
        let in_time = applied(service, "yunhe");
        served(service, &in_time);
        let late: Vec<String> = (0..3).map(|_| applied(service, "yunhe")).collect();
        // Due on 31 March; 4 April is a holiday.
        for (case, day) in late.iter().zip(["2025-04-01", "2025-04-03", "2025-04-07"]) {
            service.day(day);
            served(service, case);
        }
        let all = service.get("supervisor", "/api/v1/supervision/late-replies").expect(200);
        let items = all["items"].as_array().unwrap();
        let told: Vec<(&str, &str, i64)> = items
            .iter()
            .map(|one| {
                assert_eq!((&one["due_on"], &one["provisional"]), (&json!("2025-03-31"), &json!(false)));
                assert_eq!(
                    (&one["outcome"]["code"], &one["handler"]["name"]),
                    (&json!("not_held"), &json!("某handler"))
                );
                assert!(one["number"].as_str().unwrap().starts_with("云政公开申"), "{one:#}");
                let day = one["served_on"].as_str().unwrap();
                (one["id"].as_str().unwrap(), day, one["days_late"].as_i64().unwrap())
            })
            .collect();
        let expected: [(&str, &str, i64); 3] =
            [(&late[2], "2025-04-07", 4), (&late[1], "2025-04-03", 3), (&late[0], "2025-04-01", 1)];
        assert_eq!(told, expected, "the latest served first");
        assert_eq!(all["next"], Value::Null);

        let (mut seen, mut next) = (Vec::new(), String::new());
        loop {
            let page = service.get("auditor", &format!("/api/v1/supervision/late-replies?limit=1{next}")).expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
            let Some(cursor) = page["next"].as_str() else { break };
            next = format!("&cursor={}", cursor.replace('|', "%7C"));
        }
        assert_eq!(seen, [late[2].clone(), late[1].clone(), late[0].clone()]);

        let some = |query: &str| {
            let page = service.get("supervisor", &format!("/api/v1/supervision/late-replies?{query}")).expect(200);
            page["items"].as_array().unwrap().len()
        };
        assert_eq!(some("from=2025-04-02&to=2025-04-03"), 1);
        assert_eq!((some("agency=yunhe"), some("agency=qingxi")), (3, 0));
        let own = service.get("county_clerk", "/api/v1/supervision/late-replies").expect(200);
        assert_eq!(own["items"], json!([]));
        service.get("handler", "/api/v1/supervision/late-replies").expect(403);
        let path = "/api/v1/supervision/late-replies?limit=0&cursor=x&from=2025-04-02&to=2025-04-01";
        assert_eq!(service.get("supervisor", path).expect(422)["errors"].as_array().map(Vec::len), Some(3));
    });
}

#[test]
fn a_clock_is_shown_as_it_was_believed_on_an_earlier_day() {
    on_both("2025-03-03", |service| {
        let case = applied(service, "yunhe");
        service.day("2025-03-05");
        claimed(service, &case);
        let letter = json!({"letter": "请明确所需合同的年度和路段。", "window_days": 10});
        service.act("handler", &case, "correction-requests", &letter).expect(200);
        service.day("2025-03-12");
        let correction = json!({"text": "2024年，人民路。"});
        service.act("clerk", &case, "corrections", &correction).expect(200);
        let asked = |query: &str| service.get("clerk", &format!("/api/v1/cases/{case}/clock{query}"));
        let reply = |query: &str| {
            let clocks = asked(query).expect(200);
            let reply =
                clocks.as_array().unwrap().iter().find(|clock| clock["name"]["code"] == "reply").unwrap().clone();
            reply["due_on"].as_str().unwrap().to_owned()
        };
        let now = reply("");
        assert_eq!(reply("?as_of=2025-03-12"), now, "the end of today is now");
        assert_eq!(reply("?as_of=2025-03-04"), "2025-03-31", "before anything was asked");
        assert!(now.as_str() > "2025-03-31", "the correction restarted it: {now}");
        let names = |query: &str| -> Vec<String> {
            let clocks = asked(query).expect(200);
            clocks.as_array().unwrap().iter().map(|one| one["name"]["code"].as_str().unwrap().to_owned()).collect()
        };
        assert!(
            names("?as_of=2025-03-03").contains(&"correction_notice".to_owned()),
            "{:?}",
            names("?as_of=2025-03-03")
        );
        assert!(
            names("?as_of=2025-03-05").contains(&"correction_window".to_owned()),
            "{:?}",
            names("?as_of=2025-03-05")
        );
        for day in ["2025-03-02", "2025-03-13"] {
            let wrong = asked(&format!("?as_of={day}")).expect(422);
            assert_eq!(wrong["errors"][0]["pointer"], "?as_of", "{day}");
        }
        assert_eq!(asked("?as_of=yesterday").expect(422)["errors"][0]["pointer"], "?as_of");
    });
}

#[test]
fn replies_in_time_are_counted_month_by_month_by_the_verdict_of_their_day() {
    on_both("2025-03-03", |service| {
        let cases: Vec<String> = (0..4).map(|_| applied(service, "yunhe")).collect();
        let path = "/api/v1/supervision/timeliness";
        let none = service.get("supervisor", path).expect(200);
        assert_eq!(none["total"], json!({"in_time": 0, "late": 0, "in_time_per_mille": null}));
        assert_eq!(none["months"].as_array().map(Vec::len), Some(12), "months without a reply are there too");
        // Due on 31 March.
        for (case, day) in cases.iter().zip(["2025-03-04", "2025-03-31", "2025-04-01", "2025-05-06"]) {
            service.day(day);
            served(service, case);
        }
        let withdrawn = applied(service, "yunhe");
        service.act("clerk", &withdrawn, "withdrawal", &json!({"reason": "申请人来电撤回。"})).expect(200);
        let told = service.get("supervisor", &format!("{path}?months=3")).expect(200);
        assert_eq!(told["total"], json!({"in_time": 2, "late": 2, "in_time_per_mille": 500}));
        let month = |from: &str, to: &str, in_time: i64, late: i64, share: i64| {
            let replies = json!({"in_time": in_time, "late": late, "in_time_per_mille": share});
            json!({"from": from, "to": to, "replies": replies})
        };
        let expected = [
            month("2025-03-01", "2025-03-31", 2, 0, 1000),
            month("2025-04-01", "2025-04-30", 0, 1, 0),
            month("2025-05-01", "2025-05-06", 0, 1, 0),
        ];
        assert_eq!(told["months"], json!(expected), "a withdrawal is no reply");
        let at = |login: &str, query: &str| service.get(login, &format!("{path}?{query}")).expect(200)["total"].clone();
        assert_eq!(at("auditor", "months=2")["late"], 2);
        assert_eq!(at("supervisor", "agency=qingxi")["late"], 0);
        assert_eq!(at("county_clerk", "")["in_time_per_mille"], Value::Null);
        service.get("handler", path).expect(403);
        service.get("county_clerk", &format!("{path}?agency=jianshe")).expect(404);
        for months in ["0", "61"] {
            service.get("supervisor", &format!("{path}?months={months}")).expect(422);
        }
    });
}
