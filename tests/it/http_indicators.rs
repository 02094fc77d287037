//! Indicators over HTTP: the figures are those that the journals give, whatever they are grouped by; and every group is a part of one
//! whole.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dafu::case::{Case, Event, rounds};
use dafu::law::outcome::Outcome;
use dafu::office::projection;
use dafu::storage::cases;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft, draft_withholding};
use crate::support::served::{Served, on_both};

fn figures(service: &Served, query: &str) -> Value {
    service.get("supervisor", &format!("/api/v1/supervision/indicators{query}")).expect(200)
}

/// Five cases: one in time, one late and extended, one after a correction, one withdrawn, one open.
fn some_cases(service: &Served) -> Vec<String> {
    let in_time = Handled::new(service);
    let late = Handled::new(service);
    let corrected = Handled::new(service);
    let withdrawn = Handled::new(service);
    service.day("2025-03-04");
    let letter = json!({"letter": "请明确所需合同的年度和路段。", "window_days": 10});
    corrected.does("handler", "correction-requests", &letter);
    service.day("2025-03-10");
    in_time.replied(&draft(Outcome::RefusedProcessInformation));
    withdrawn.does("clerk", "withdrawal", &json!({"reason": "申请人来电撤回。"}));
    corrected.does("clerk", "corrections", &json!({"text": "2024年，人民路。"}));
    service.day("2025-03-24");
    let open = Handled::new(service);
    corrected.replied(&draft(Outcome::RefusedProcessInformation));
    service.day("2025-04-08");
    late.replied(&draft(Outcome::RefusedProcessInformation));
    [in_time, late, corrected, withdrawn, open].into_iter().map(|case| case.id).collect()
}

#[test]
fn the_figures_are_those_of_the_journals_by_whatever_they_are_grouped() {
    on_both("2025-03-03", |service| {
        let ids = some_cases(service);
        let told = figures(service, "?from=2025-03-01&to=2025-04-08");
        let total = &told["total"];
        let count = |name: &str| total[name].as_i64().unwrap();
        assert_eq!((count("received"), count("closed"), count("open_at_end")), (5, 4, 1), "{told:#}");
        assert_eq!(total["replies"], json!({"in_time": 2, "late": 1, "in_time_per_mille": 666}));
        assert_eq!(total["corrected"], json!({"count": 1, "per_mille": 250}));

        // The same from the journals, one by one.
        let all = ids.iter().map(|id| {
            let id = id.parse().unwrap();
            service.office.db().read_now(|conn| projection::load(conn, id)).unwrap().0
        });
        let all: Vec<Case> = all.collect();
        let calendars = service.office.calendars();
        let rounds: Vec<rounds::Round> =
            all.iter().flat_map(|case| rounds::history(case.journal(), &calendars).unwrap()).collect();
        let mut days: Vec<i64> = rounds.iter().filter_map(|one| one.days).collect();
        days.sort_unstable();
        // From Monday 3 March: 5 to the 10th, 15 to the 24th, 25 to 8 April, of which 4 April is free.
        assert_eq!(days, [5, 15, 25]);
        assert_eq!(total["days"], json!({"median": 15, "ninetieth": 25, "longest": 25}));
        let mut outcomes: BTreeMap<&str, i64> = BTreeMap::new();
        for closing in rounds.iter().filter_map(|one| one.closing.as_ref()) {
            *outcomes.entry(closing.outcome.as_str()).or_default() += 1;
        }
        let shown: BTreeMap<&str, i64> = total["outcomes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["term"]["code"].as_str().unwrap(), one["count"].as_i64().unwrap()))
            .collect();
        assert_eq!(shown, outcomes);

        // Every grouping is a part of the same whole.
        for by in ["month", "agency", "handler", "channel", "applicant_kind"] {
            let grouped = figures(service, &format!("?from=2025-03-01&to=2025-04-08&by={by}"));
            assert_eq!(grouped["total"], *total, "{by}");
            for name in ["received", "closed"] {
                let sum: i64 = grouped["groups"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|group| group["figures"][name].as_i64().unwrap())
                    .sum();
                assert_eq!(sum, count(name), "{by} {name}");
            }
            if by != "month" {
                let open: i64 = grouped["groups"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|group| group["figures"]["open_at_end"].as_i64().unwrap())
                    .sum();
                assert_eq!(open, 1, "{by}");
            }
        }
        let months = figures(service, "?from=2025-03-01&to=2025-04-08");
        let open: Vec<(&str, i64)> = months["groups"]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| (group["key"].as_str().unwrap(), group["figures"]["open_at_end"].as_i64().unwrap()))
            .collect();
        assert_eq!(open, [("2025-03", 2), ("2025-04", 1)]);
        service.check();
    });
}

#[test]
fn the_days_of_a_closed_case_go_to_the_steps_and_to_whom_it_waited_for() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        service.day("2025-03-05");
        let letter = json!({"letter": "请明确所需合同的年度和路段。", "window_days": 10});
        case.does("handler", "correction-requests", &letter);
        service.day("2025-03-12");
        case.does("clerk", "corrections", &json!({"text": "2024年，人民路。"}));
        service.day("2025-03-14");
        case.replied(&draft(Outcome::RefusedProcessInformation));
        let told = figures(service, "");
        let step = |code: &str| {
            let found = told["steps"].as_array().unwrap().iter().find(|one| one["step"]["code"] == code).cloned();
            found.map(|one| (one["days"].as_i64().unwrap(), one["cases"].as_i64().unwrap()))
        };
        // Handled 3 to 5 and 12 to 14 March, corrected 5 to 12 March.
        assert_eq!((step("handling"), step("correcting")), (Some((4, 1)), Some((5, 1))), "{told:#}");
        let party = |code: &str| {
            let found = told["parties"].as_array().unwrap().iter().find(|one| one["party"]["code"] == code).unwrap();
            (found["days"].as_i64().unwrap(), found["per_mille"].as_i64().unwrap())
        };
        assert_eq!((party("office"), party("applicant"), party("others")), ((4, 444), (5, 555), (0, 0)));
        service.check();
    });
}

#[test]
fn a_case_answered_anew_is_closed_twice_and_open_between() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::RefusedProcessInformation));
        service.day("2025-04-29");
        let opening = json!({
            "kind": "reconsideration", "challenged": "reply", "authority": "云河省人民政府", "procedure": "simplified",
            "submitted_on": "2025-04-18", "accepted_on": "2025-04-25", "received_on": "2025-04-29",
        });
        let path = format!("/api/v1/cases/{}/proceedings", case.id);
        let file = service.by("lawyer", "POST", &path, &[], Some(&opening)).expect(201);
        let path = format!("/api/v1/proceedings/{}", file["id"].as_str().unwrap());
        let act = |act: &str, body: &Value| {
            let etag = service.get("lawyer", &path).etag.unwrap_or_default();
            service.by("lawyer", "POST", &format!("{path}/acts/{act}"), &[("If-Match", &etag)], Some(body)).expect(200)
        };
        service.day("2025-05-08");
        act("list_evidence", &json!({"evidence": "search", "title": "检索记录", "proves": "已尽检索义务"}));
        act("answer", &json!({"text": "答复人依法作出不予公开决定，请予维持。"}));
        service.day("2025-05-23");
        act(
            "receive_decision",
            &json!({
                "judgment": "reconsideration_revoked", "made_on": "2025-05-22", "reasons": ["wrong_ground"],
                "period": "working_days", "period_days": 15, "text": "适用依据错误。",
            }),
        );
        let told = figures(service, "?from=2025-03-01&to=2025-05-23");
        let total = &told["total"];
        assert_eq!(
            (&total["received"], &total["taken_up_again"], &total["closed"], &total["open_at_end"]),
            (&json!(1), &json!(1), &json!(1), &json!(1)),
            "{told:#}"
        );
        let reviews = &total["reviews"];
        assert_eq!((&reviews["decided"], &reviews["overturned"]), (&json!(1), &json!(1)), "{reviews:#}");
        assert_eq!(reviews["begun"][0]["term"]["code"], "reconsideration");
        service.day("2025-06-10");
        case.replied(&draft_withholding(Outcome::PartlyGranted, &[Outcome::RefusedProcessInformation]));
        let again = figures(service, "?from=2025-03-01&to=2025-06-10");
        let total = &again["total"];
        assert_eq!(
            (&total["closed"], &total["open_at_end"], &total["replies"]["in_time"]),
            (&json!(2), &json!(0), &json!(2))
        );
        service.check();
    });
}

#[test]
fn what_is_wrong_with_a_span_is_told_at_once_and_only_what_one_may_see_is_counted() {
    on_both("2025-03-03", |service| {
        some_cases(service);
        let wrong = service.get("supervisor", "/api/v1/supervision/indicators?from=2026-01-02&to=2026-01-01&by=moon");
        assert_eq!(wrong.expect(422)["errors"].as_array().map(Vec::len), Some(3));
        service.get("handler", "/api/v1/supervision/indicators").expect(403);
        let own = service.get("county_clerk", "/api/v1/supervision/indicators").expect(200);
        assert_eq!(own["total"]["received"], 0);
        service.get("county_clerk", "/api/v1/supervision/indicators?agency=jianshe").expect(404);
        let bearer = format!("Bearer {}", service.token("supervisor"));
        let path = "/api/v1/supervision/indicators.csv?by=agency";
        let (status, kind, bytes) = service.file(path, &[("Authorization", &bearer)]);
        let table = String::from_utf8(bytes).unwrap();
        assert_eq!((status, kind.as_str()), (200, "text/csv; charset=utf-8"));
        assert!(table.starts_with("\u{FEFF}\"按机关\",\"收到申请\""), "{table}");
        assert!(table.contains("\"云河市人民政府\",\"5\",\"0\",\"4\",\"1\",\"2\",\"1\",\"66.6%\""), "{table}");
    });
}

#[test]
fn cases_of_a_database_from_before_the_table_are_counted_after_the_next_turn() {
    on_both("2025-03-03", |service| {
        some_cases(service);
        let before = figures(service, "");
        crate::support::tampering::execute(
            service.url(),
            "DELETE FROM case_steps; DELETE FROM case_rounds; DELETE FROM scheduler_state",
        );
        assert_eq!(figures(service, "")["total"]["received"], 0);
        service.office.tick(&mut |_| ()).unwrap();
        assert_eq!(figures(service, ""), before);
        service.check();
    });
}

#[test]
fn a_round_that_somebody_changed_is_found() {
    let service = &Served::on_sqlite("2025-03-03");
    some_cases(service);
    service.check();
    crate::support::tampering::execute(service.url(), "UPDATE case_rounds SET late = 0 WHERE late = 1");
    crate::support::tampering::execute(
        service.url(),
        "UPDATE case_steps SET days = days + 1 WHERE step = 'correcting'",
    );
    let report = service.office.check(&mut |_| ()).unwrap();
    let told = format!("{:?}", report.differences);
    assert!(told.contains("column late of round 1") && told.contains("days of a step"), "{told}");
}

#[test]
fn no_event_but_a_closing_ends_a_round() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let id = case.id.parse().unwrap();
    let (case, _) = service.office.db().read_now(|conn| projection::load(conn, id)).unwrap();
    assert!(case.journal().iter().all(|entry| !matches!(entry.event, Event::Served { .. })));
    let row = service.office.db().read_now(|conn| cases::load(conn, id)).unwrap();
    let current = rounds::current(&case, &service.office.calendars());
    assert_eq!((current.closing, current.days, current.began_on), (None, None, row.arrived_on));
    assert_eq!(current.began_on, "2025-03-03".parse::<NaiveDate>().unwrap());
}
