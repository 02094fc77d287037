//! Score cards and the forecast over HTTP: each point opens what it stands for, and what will be late is what the pace does not reach.

use dafu::law::outcome::Outcome;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Served, on_both};
use crate::support::visitor::Visitor;

fn cards(service: &Served, query: &str) -> Value {
    service.get("supervisor", &format!("/api/v1/supervision/scorecards?{query}")).expect(200)
}

/// Score of the agency, and (rule, count, points) where anything was counted.
fn card(cards: &Value, slug: &str) -> (i64, Vec<(String, i64, i64)>) {
    let card = cards["items"].as_array().unwrap().iter().find(|one| one["agency"]["slug"] == slug).unwrap();
    let lines = card["lines"].as_array().unwrap().iter().filter(|line| line["count"].as_i64().unwrap() > 0);
    let lines = lines.map(|line| {
        let number = |name: &str| line[name].as_i64().unwrap();
        (line["rule"].as_str().unwrap().to_owned(), number("count"), number("points"))
    });
    (card["score"].as_i64().unwrap(), lines.collect())
}

fn line(rule: &str, count: i64, points: i64) -> (String, i64, i64) {
    (rule.to_owned(), count, points)
}

#[test]
fn every_point_opens_the_cases_that_it_was_taken_away_for() {
    on_both("2025-03-03", |service| {
        let late: Vec<Handled<'_>> = (0..2).map(|_| Handled::new(service)).collect();
        let open = Handled::new(service);
        let order = json!({"kind": "order", "agency": "yunhe", "text": "请说明。", "days": 2});
        service.by("supervisor", "POST", "/api/v1/supervision/orders", &[], Some(&order)).expect(201);
        // Due on 31 March.
        service.day("2025-04-02");
        for case in &late {
            case.replied(&draft(Outcome::RefusedProcessInformation));
        }
        let told = cards(service, "period=2025");
        assert_eq!(
            (&told["from"], &told["to"], &told["base"]),
            (&json!("2025-01-01"), &json!("2025-04-02"), &json!(100))
        );
        let (score, lines) = card(&told, "yunhe");
        assert_eq!(lines, [line("late_reply", 2, -12), line("overdue_case", 1, -2), line("missed_order", 1, -2)]);
        assert_eq!((score, card(&told, "qingxi")), (84, (100, Vec::new())));

        // As many as were counted, page by page.
        let items = "/api/v1/supervision/scorecards/items?agency=yunhe&period=2025";
        let (mut seen, mut next) = (Vec::new(), String::new());
        loop {
            let page = service.get("supervisor", &format!("{items}&rule=late_reply&limit=1{next}")).expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|one| one["case"].as_str().unwrap().to_owned()));
            let Some(cursor) = page["next"].as_str() else { break };
            next = format!("&cursor={}", cursor.replace('|', "%7C"));
        }
        seen.sort_unstable();
        let mut expected: Vec<String> = late.iter().map(|case| case.id.clone()).collect();
        expected.sort_unstable();
        assert_eq!(seen, expected);
        let overdue = service.get("supervisor", &format!("{items}&rule=overdue_case")).expect(200);
        assert_eq!(overdue["items"][0]["case"], open.id.as_str());
        let missed = service.get("supervisor", &format!("{items}&rule=missed_order")).expect(200);
        assert_eq!(missed["items"][0]["number"], "云政督〔2025〕1号");

        // The month before: nothing was served, and on its last day nothing was overdue yet.
        let march = cards(service, "period=2025-03");
        assert_eq!(card(&march, "yunhe").1, [line("missed_order", 1, -2)]);
        service.get("supervisor", "/api/v1/supervision/scorecards?period=2025-Q3").expect(422);
        service.get("supervisor", "/api/v1/supervision/scorecards?period=moon").expect(422);
        service.get("supervisor", &format!("{items}&rule=moon")).expect(422);
        service.get("county_clerk", &format!("{items}&rule=late_reply")).expect(404);
        service.get("handler", "/api/v1/supervision/scorecards").expect(403);
    });
}

#[test]
fn an_agency_with_nothing_late_has_the_bonus_and_a_file_of_ones_own_sets_the_points() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let rules = std::fs::read_to_string("config/scorecard.toml").unwrap().replace("points = 5", "points = 7");
    std::fs::write(&file, rules.replace("base = 100", "base = 50")).unwrap();
    let service = &Served::on_sqlite_with("2025-03-03", |config| {
        config.scorecard = dafu::config::scorecards::known(&file).unwrap();
    });
    let case = Handled::new(service);
    case.replied(&draft(Outcome::RefusedProcessInformation));
    assert_eq!(card(&cards(service, "period=2025-Q1"), "yunhe"), (57, vec![line("nothing_late", 1, 7)]));
    let items = "/api/v1/supervision/scorecards/items?agency=yunhe&period=2025-Q1&rule=nothing_late";
    let earned = service.get("supervisor", items).expect(200);
    assert_eq!(earned["items"].as_array().unwrap().len(), 1, "the replies it was earned with");
    assert_eq!(earned["items"][0]["case"], case.id.as_str());
}

#[test]
fn what_the_pace_does_not_reach_in_time_is_foretold_with_the_figures() {
    on_both("2025-03-03", |service| {
        // Thirty closed in the sixty working days before: half a case a working day.
        let closed: Vec<Handled<'_>> = (0..30).map(|_| Handled::new(service)).collect();
        service.day("2025-03-10");
        for case in &closed {
            case.does("clerk", "withdrawal", &json!({"reason": "申请人来电撤回。"}));
        }
        // Six cases of 10 March: due on 8 April (4 April is free). Two of them wait for the applicant.
        let open: Vec<Handled<'_>> = (0..6).map(|_| Handled::new(service)).collect();
        let letter = json!({"letter": "请明确所需合同的年度和路段。", "window_days": 30});
        open[0].does("handler", "correction-requests", &letter);
        service.day("2025-04-02");
        let path = "/api/v1/supervision/forecast?by=2025-04-20&agency=yunhe";
        let told = service.get("supervisor", path).expect(200);
        let unit = told["units"].as_array().unwrap().iter().find(|one| one["agency"]["slug"] == "yunhe").unwrap();
        assert_eq!(
            (&unit["closed"], &unit["pace_hundredths"], &unit["queue"]),
            (&json!(30), &json!(50), &json!(5)),
            "{told:#}"
        );
        // Working days: 2, 3, 7 and 8 April: two of five are done by the 8th, three will be late. From tomorrow on one is done by then:
        // four must move today.
        assert_eq!((&told["total"], &unit["late"], &unit["today"]), (&json!(3), &json!(3), &json!(4)));
        let items = told["items"].as_array().unwrap();
        let done: Vec<&str> = items.iter().map(|one| one["done_on"].as_str().unwrap()).collect();
        assert_eq!(done, ["2025-04-10", "2025-04-14", "2025-04-16"]);
        assert!(items.iter().all(|one| one["due_on"] == "2025-04-08"));
        assert!(unit["zh"].as_str().unwrap().contains("办结30件，每个工作日0.50件"), "{unit:#}");
        let early = service.get("supervisor", "/api/v1/supervision/forecast?by=2025-04-08&agency=yunhe").expect(200);
        assert_eq!(early["total"], 0, "on the last day there is still time");

        let by_handler = service.get("supervisor", &format!("{path}&unit=handler")).expect(200);
        let names: Vec<&Value> =
            by_handler["units"].as_array().unwrap().iter().map(|one| &one["handler"]["name"]).collect();
        assert_eq!((names, &by_handler["total"]), (vec![&json!("某handler")], &json!(3)));
        let wrong =
            service.get("supervisor", "/api/v1/supervision/forecast?by=2025-04-01&unit=moon&limit=0").expect(422);
        assert_eq!(wrong["errors"].as_array().map(Vec::len), Some(3));
        service.get("handler", "/api/v1/supervision/forecast").expect(403);
    });
}

#[test]
fn the_pages_of_assessment_stand_and_tell_what_is_wrong_beside_the_field() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    service.day("2025-04-02");
    case.replied(&draft(Outcome::RefusedProcessInformation));
    let mut supervisor = Visitor::signed_in(service, "supervisor");
    for (path, says) in [
        ("/supervision/indicators", "工作日用在何处"),
        ("/supervision/indicators?by=agency&from=2025-03-01", "云河市人民政府"),
        ("/supervision/scorecards", "逾期答复"),
        ("/supervision/scorecards/items?agency=yunhe&rule=late_reply&period=2025", "分／项"),
        ("/supervision/forecast?unit=handler", "怎样推算"),
    ] {
        let page = supervisor.get(path).expect(200).says(says);
        assert!(!page.html.contains("style="), "{path}: nothing is inline");
    }
    supervisor.get("/supervision/indicators.csv").expect(200);
    for (path, told) in [
        ("/supervision/indicators?from=2026-01-01&to=2025-01-01", "不能晚于截止日期"),
        ("/supervision/scorecards?period=moon", "请填写已经开始的年"),
        ("/supervision/forecast?by=2025-01-01", "最多一百二十日"),
    ] {
        let page = supervisor.get(path).expect(422).says(told);
        assert!(page.html.contains("role=\"alert\"") && page.html.contains("<form method=\"get\""), "{path}");
    }
    supervisor.language = "en";
    supervisor.get("/supervision/scorecards").expect(200).says("Late reply");
}
