//! The queues of the desk: what is counted is what the list of each holds, for whoever asks.

use std::collections::BTreeMap;

use dafu::law::outcome::Outcome;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft, secrecy};
use crate::support::served::{Served, on_both};

fn counts(service: &Served, login: &str, query: &str) -> Vec<(String, i64, String)> {
    let view = service.get(login, &format!("/api/v1/cases/counts{query}")).expect(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    view["queues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["queue"]["code"]), one["count"].as_i64().unwrap(), text(&one["query"])))
        .collect()
}

/// How many cases a query lists, page by page.
fn listed(service: &Served, login: &str, query: &str) -> i64 {
    let (mut found, mut cursor) = (0, String::new());
    loop {
        let path = format!("/api/v1/cases?{query}&limit=3&cursor={}", cursor.replace('+', "%2B"));
        let page = service.get(login, &path).expect(200);
        found += page["items"].as_array().unwrap().len() as i64;
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return found,
        }
    }
}

/// The numbers, each of them held against the list that its query opens.
fn held(service: &Served, login: &str, query: &str) -> BTreeMap<String, i64> {
    let counted = counts(service, login, query);
    for (queue, count, query) in &counted {
        assert_eq!(listed(service, login, query), *count, "{queue} for {login}: {query}");
    }
    counted.into_iter().map(|(queue, count, _)| (queue, count)).collect()
}

/// Takes a draft to that stage of its approval.
fn until(case: &Handled<'_>, stage: &str) {
    loop {
        let view = case.view();
        if view["stage"]["code"] == stage {
            return;
        }
        let mut body = json!({"decision": "approve"});
        let (login, act) = match view["draft"]["pending"][0]["code"].as_str().unwrap() {
            "review" => ("reviewer", "review"),
            "legal_review" => ("lawyer", "legal-review"),
            "secrecy_review" => {
                body["secrecy"] = secrecy("granted");
                ("secrecy", "secrecy-review")
            }
            _ => ("signer", "signature"),
        };
        case.does(login, act, &body);
    }
}

fn drafted<'a>(service: &'a Served, stage: &str, sensitive: bool) -> Handled<'a> {
    let case = Handled::new(service);
    if sensitive {
        case.does("clerk", "sensitivity", &json!({"sensitive": true, "reason": "媒体关注"}));
    }
    case.does("handler", "draft", &draft(Outcome::Granted));
    until(&case, stage);
    case
}

/// A case in every stage, two of some; one of them at the county.
fn fill(service: &Served) {
    let letter = json!({
        "agency": "yunhe", "channel": "ordinary_post", "arrived_on": "2025-03-03",
        "applicant": {"kind": "natural_person", "name": "李明", "identity_number": "110101199003070011",
            "phone": "13800000002", "address": "云河市某村1号", "postcode": "000000"},
        "request": {"subject": "征地补偿方案", "description": "2024年某村征地补偿安置方案", "form": "paper", "route": "post"}
    });
    service.by("clerk", "POST", "/api/v1/cases", &[], Some(&letter)).expect(201);
    service.apply("yunhe");
    service.apply("qingxi");
    let assigning = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
    service.act("clerk", &assigning, "registration", &json!({})).expect(200);
    Handled::new(service);
    Handled::new(service);
    let correcting = Handled::new(service);
    correcting.does("handler", "correction-requests", &json!({"letter": "请说明年度。", "window_days": 30}));
    let asked = json!({"party": "third_party", "addressee": "某公司", "letter": "请提出意见。"});
    Handled::new(service).does("handler", "consultations", &asked);
    let fee = json!({"basis": "page", "units": 300, "letter": "请按所附标准缴纳信息处理费。"});
    Handled::new(service).does("handler", "fee-notices", &fee);
    for stage in ["reviewing", "secrecy_reviewing", "signing", "serving", "serving"] {
        drafted(service, stage, false);
    }
    drafted(service, "legal_reviewing", true);
    let closed = drafted(service, "serving", false);
    closed.served().expect(200);
}

#[test]
fn each_queue_counts_what_its_query_lists_for_whoever_asks() {
    on_both("2025-03-03", |service| {
        let empty = held(service, "clerk", "");
        assert_eq!(empty.values().sum::<i64>(), 0);
        assert_eq!(empty.len(), 15, "all are there, the empty ones too: {empty:?}");

        fill(service);
        let of_the_clerk = held(service, "clerk", "");
        let expected: BTreeMap<String, i64> = [
            ("to_confirm", 1),
            ("to_register", 1),
            ("to_assign", 1),
            ("handling_mine", 0),
            ("handling_all", 2),
            ("awaiting_correction", 1),
            ("consulting", 1),
            ("awaiting_payment", 1),
            ("to_review", 1),
            ("legal_review", 1),
            ("secrecy_review", 1),
            ("to_sign", 1),
            ("to_serve", 2),
            ("overdue", 0),
            ("closed_recently", 1),
        ]
        .into_iter()
        .map(|(queue, count)| (queue.to_owned(), count))
        .collect();
        assert_eq!(of_the_clerk, expected);

        assert_eq!(held(service, "handler", "")["handling_mine"], 2);
        assert_eq!(held(service, "supervisor", "")["to_register"], 2, "the county's as well");
        assert_eq!(held(service, "supervisor", "?agency=qingxi")["to_register"], 1);
        let of_the_county = held(service, "county_clerk", "");
        assert_eq!((of_the_county["to_register"], of_the_county["to_serve"]), (1, 0));
        service.get("county_clerk", "/api/v1/cases/counts?agency=jianshe").expect(404);
        service.get("admin", "/api/v1/cases/counts").expect(403);

        // The month is over: what was due on the last of March is late; of thirty days the day of closing is the first.
        service.day("2025-04-01");
        let late = held(service, "clerk", "?agency=yunhe");
        assert!(late["overdue"] >= 9, "{late:?}");
        assert_eq!(late["closed_recently"], 1);
        service.day("2025-04-02");
        assert_eq!(held(service, "supervisor", "")["closed_recently"], 0, "closed on 3 March, thirty days ago");
        let open: i64 =
            late.iter().filter(|(queue, _)| !OUTSIDE.contains(&queue.as_str())).map(|(_, count)| count).sum();
        assert_eq!(open, listed(service, "clerk", "agency=yunhe&open=true"), "the stages add up to all that is open");
    });
}

/// Queues that cut across the stages, or hold part of another.
const OUTSIDE: [&str; 3] = ["handling_mine", "overdue", "closed_recently"];

#[test]
fn whoever_stands_in_for_somebody_counts_their_cases_as_their_own() {
    on_both("2025-03-03", |service| {
        Handled::new(service);
        assert_eq!(held(service, "reviewer", "")["handling_mine"], 0);
        let absence = json!({
            "delegate": crate::http_absences::id(service, "reviewer"), "from_on": "2025-03-03", "to_on": "2025-03-10"
        });
        service.by("handler", "POST", "/api/v1/me/absences", &[], Some(&absence)).expect(201);
        assert_eq!(held(service, "reviewer", "")["handling_mine"], 1);
    });
}

#[test]
fn cases_are_listed_by_the_day_on_which_they_were_closed() {
    on_both("2025-03-03", |service| {
        let first = Handled::new(service);
        first.replied(&draft(Outcome::Granted));
        service.day("2025-03-05");
        Handled::new(service).replied(&draft(Outcome::Granted));
        Handled::new(service);
        assert_eq!(listed(service, "clerk", "closed_from=2025-03-04"), 1);
        assert_eq!(listed(service, "clerk", "closed_from=2025-03-03&closed_to=2025-03-03"), 1);
        assert_eq!(listed(service, "clerk", "closed_to=2025-03-05"), 2);
        service.get("clerk", "/api/v1/cases?closed_from=yesterday").expect(422);
    });
}
