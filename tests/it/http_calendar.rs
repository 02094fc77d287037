//! A year whose calendar is not published: its dates are provisional everywhere, and a calendar learnt later moves them by
//! an event that names both days.

use dafu::law::calendar::Year;
use serde_json::{Value, json};

use crate::support::served::{Served, on_both};

/// The year after the last published one, as it may turn out: New Year's Day off, and Monday the 4th besides.
fn next_year() -> Year {
    serde_json::from_value(json!({
        "year": 2027, "notice": "测试用通知", "published_on": "2026-12-15", "amendments": [],
        "holidays": ["2027-01-01", "2027-01-04"], "workdays": []
    }))
    .unwrap()
}

fn view(service: &Served, case: &str) -> Value {
    service.get("clerk", &format!("/api/v1/cases/{case}")).expect(200)
}

#[test]
fn a_year_without_a_notice_gives_a_provisional_day_and_learning_it_moves_the_day_by_an_event() {
    on_both("2026-12-10", |service| {
        let receipt = service.apply("yunhe");
        assert_eq!((receipt["due_on"].as_str(), receipt["provisional"].as_bool()), (Some("2027-01-08"), Some(true)));
        let case = receipt["case_id"].as_str().unwrap().to_owned();
        let before = view(service, &case);
        assert_eq!(before["due"]["provisional"], true);
        assert_eq!(before["warnings"][0]["code"], "date_provisional");
        let queue = service.get("clerk", "/api/v1/cases?sort=due_on").expect(200);
        assert_eq!(queue["items"][0]["due"]["provisional"], true, "it still orders the queue, and says so");

        service.day("2026-12-20");
        service.office.learn_calendars(&[next_year()]).unwrap();
        service.day("2026-12-21");
        let first = service.office.tick(&mut |_| ()).unwrap();
        let second = service.office.tick(&mut |_| ()).unwrap();
        assert!(first.changed > 0 && second.changed == 0, "{first:?} {second:?}");
        let after = view(service, &case);
        assert_eq!(
            (after["due"]["on"].as_str(), after["due"]["provisional"].as_bool()),
            (Some("2027-01-11"), Some(false))
        );
        let journal = service.get("clerk", &format!("/api/v1/cases/{case}/journal")).expect(200);
        let moved = journal.as_array().unwrap().iter().find(|entry| entry["kind"] == "due_moved").unwrap();
        assert_eq!(
            (moved["event"]["from"].as_str(), moved["event"]["to"].as_str()),
            (Some("2027-01-08"), Some("2027-01-11"))
        );
        service.check();
    });
}

#[test]
fn a_calendar_learnt_unnoticed_is_told_by_the_next_act() {
    on_both("2026-12-10", |service| {
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        service.day("2026-12-20");
        service.office.learn_calendars(&[next_year()]).unwrap();
        service.day("2026-12-21");
        service.act("clerk", &case, "registration", &json!({})).expect(200);
        let journal = service.get("clerk", &format!("/api/v1/cases/{case}/journal")).expect(200);
        let kinds: Vec<&str> =
            journal.as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["filed", "receipt_confirmed", "due_moved", "registered"]);
        service.check();
    });
}

#[test]
fn what_one_process_learns_the_other_dates_by_and_an_older_program_takes_nothing_back() {
    on_both("2026-12-10", |service| {
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        let other = service.another_process();
        other.learn_calendars(&[next_year()]).unwrap();
        service.day("2026-12-21");
        service.act("clerk", &case, "registration", &json!({})).expect(200);
        assert_eq!(view(service, &case)["due"]["on"], "2027-01-11");
        let older = dafu::config::calendars::embedded_years().unwrap();
        other.learn_calendars(&older).unwrap();
        service.day("2026-12-22");
        other.tick(&mut |_| ()).unwrap();
        assert_eq!(view(service, &case)["due"]["on"], "2027-01-11");
        service.check();
    });
}
