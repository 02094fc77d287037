//! The machine's clock jumps ahead and back again, as one does that somebody set wrong or whose battery died: a journal's time
//! goes on forward, whatever is owed is told once, and what is due is due on the same day as if the clock had been right.
//!
//! What cannot be moved here is the time by which instances claim work from one another: it is the machine's own. So the claims are
//! stored that an instance leaves whose clock ran ahead when it died: they hold until that time comes, or until somebody frees them.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use dafu::notices::memory::Memory;
use dafu::notices::transport::Transport;
use dafu::scheduler::turn;
use dafu::storage::{StoreError, notices, scheduler_state};
use serde_json::{Value, json};

use super::scheduler_outage::{BEGIN, cases, record, run};
use super::support::program::is_sound;
use super::support::served::{Served, application, on_both};

fn beside(one: &Served) -> Served {
    if one.is_on_postgres() { Served::on_postgres(BEGIN).unwrap() } else { Served::on_sqlite(BEGIN) }
}

fn day(ahead: u64) -> String {
    BEGIN.parse::<NaiveDate>().unwrap().checked_add_days(Days::new(ahead)).unwrap().to_string()
}

#[test]
fn a_clock_that_jumps_tells_each_thing_once_and_nothing_else_than_a_clock_that_goes_right() {
    on_both(BEGIN, |right| {
        let jumping = beside(right);
        let letters = [Memory::default(), Memory::default()];
        let (of_right, of_jumping) = (cases(right), cases(&jumping));
        run(right, &letters[0]);
        run(&jumping, &letters[1]);
        for ahead in 1..=45 {
            right.day(&day(ahead));
            run(right, &letters[0]);
        }
        for ahead in [3, 1, 9, 2, 20, 5, 20, 45, 10, 0, 45] {
            jumping.day(&day(ahead));
            run(&jumping, &letters[1]);
            let sent: Vec<String> = letters[1].letters().into_iter().map(|letter| letter.message_id).collect();
            assert_eq!(sent.iter().collect::<BTreeSet<_>>().len(), sent.len(), "a letter went out twice");
        }
        assert_eq!(record(&jumping, &of_jumping), record(right, &of_right));
        let sent = letters[1].letters().len();
        run(&jumping, &letters[1]);
        assert_eq!(letters[1].letters().len(), sent, "and nothing more");
        jumping.check();
    });
}

/// What the clerk reads of a case at noon of a day: which stage, due when, how many days are left.
fn stands(service: &Served, case: &str, on: &str) -> Value {
    service.day(on);
    let view = service.get("clerk", &format!("/api/v1/cases/{case}")).expect(200);
    json!({"stage": view["stage"]["code"], "due": view["due"], "number": view["number"]})
}

#[test]
fn a_journals_time_goes_forward_and_what_is_due_is_due_on_the_same_day() {
    on_both("2025-03-05", |jumping| {
        let right = beside(jumping);
        let acts = [("clerk", "registration"), ("clerk", "assignment"), ("handler", "claim"), ("handler", "notes")];
        let apply = |service: &Served| {
            service.day("2025-03-05");
            service.apply("yunhe")["case_id"].as_str().unwrap().to_owned()
        };
        let cases = [apply(&right), apply(jumping)];
        for ((login, act), wrong) in acts.into_iter().zip(["2025-03-04", "2025-03-11", "2025-03-06", "2025-02-24"]) {
            let body = if act == "notes" { json!({"text": "已电话联系。"}) } else { json!({}) };
            right.day("2025-03-06");
            right.act(login, &cases[0], act, &body).expect(200);
            jumping.day(wrong);
            jumping.act(login, &cases[1], act, &body).expect(200);
        }
        let entries = jumping.get("clerk", &format!("/api/v1/cases/{}/journal", cases[1])).expect(200);
        let times: Vec<DateTime<Utc>> =
            entries.as_array().unwrap().iter().map(|entry| entry["at"].as_str().unwrap().parse().unwrap()).collect();
        // What an application brings about with itself bears one time; every act after it a later one than the one before.
        let of_acts = &times[times.len() - acts.len() - 1..];
        assert!(times.is_sorted() && of_acts.is_sorted_by(|one, next| one < next), "{times:?}");
        for on in ["2025-03-06", "2025-03-12", "2025-04-02", "2025-03-12", "2025-04-03"] {
            assert_eq!(stands(jumping, &cases[1], on), stands(&right, &cases[0], on), "{on}");
        }
        jumping.check();
        is_sound(jumping);
    });
}

#[test]
fn what_came_while_the_clock_ran_ahead_is_known_again_when_it_has_been_set_back() {
    on_both("2025-03-05", |service| {
        let path = "/api/v1/public/agencies/yunhe/applications";
        let apply = || service.send("POST", path, &[("Idempotency-Key", "k1")], Some(&application().to_string()));
        let right = service.clock.now();
        service.clock.set(right + TimeDelta::hours(12));
        let receipt = apply().expect(201);
        let token = service.token("clerk");
        service.clock.set(right);
        assert_eq!(apply().expect(201)["receipt_no"], receipt["receipt_no"]);
        // Who signed in meanwhile signs in again: a token of the future opens nothing.
        let bearer = format!("Bearer {token}");
        service.send("GET", "/api/v1/cases", &[("Authorization", &bearer)], None).expect(401);
        let case = receipt["case_id"].as_str().unwrap();
        service.act("clerk", case, "registration", &json!({})).expect(200);
        // Swept a day later, as ever, and not before.
        service.clock.set(right + TimeDelta::hours(23));
        run(service, &Memory::default());
        assert_eq!(apply().expect(201)["receipt_no"], receipt["receipt_no"]);
        service.check();
    });
}

/// Now, and a year ahead, by the machine's own time.
fn now_and_ahead(service: &Served) -> (DateTime<Utc>, DateTime<Utc>) {
    let now = service.office.machine_time();
    (now, now + TimeDelta::days(365))
}

#[test]
fn a_notice_that_a_clock_ahead_has_claimed_waits_until_an_administrator_sends_it_again_and_goes_out_once() {
    on_both(BEGIN, |service| {
        let (letters, db) = (Memory::default(), service.office.db());
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().parse().unwrap();
        let waiting = db.read_now(|conn| notices::list_of_case(conn, case)).unwrap();
        let id = waiting.iter().find(|row| row.person_id.is_some() && row.state == notices::WAITING).unwrap().id;
        let (now, ahead) = now_and_ahead(service);
        assert!(db.write_now(|conn| notices::claim(conn, id, "ahead", now, ahead)).unwrap());
        let sent = || letters.letters().iter().filter(|one| one.message_id.contains(&id.to_string())).count();
        let listed = || {
            let page = service.get("admin", "/api/v1/admin/outbox?limit=200").expect(200);
            page["items"].as_array().unwrap().iter().find(|one| one["id"] == json!(id)).unwrap().clone()
        };
        for ahead in 0..3 {
            service.day(&day(ahead));
            run(service, &letters);
        }
        assert!(!letters.letters().is_empty(), "all others went out");
        assert_eq!((sent(), &listed()["state"]["code"], &listed()["attempts"]), (0, &json!("waiting"), &json!(0)));

        let path = format!("/api/v1/admin/outbox/{id}/retry");
        service.by("admin", "POST", &path, &[], Some(&json!({}))).expect(200);
        // Should that instance wake up after all, the claim is no longer its own.
        let settled = db.write_now(|conn| notices::settle(conn, id, "ahead", notices::SENT, None, now));
        assert!(matches!(settled, Err(StoreError::Conflict)), "{settled:?}");
        run(service, &letters);
        run(service, &letters);
        assert_eq!((sent(), &listed()["state"]["code"]), (1, &json!("sent")));
        service.check();
    });
}

#[test]
fn a_reconciler_that_a_clock_ahead_holds_is_named_to_administrators_counts_as_late_and_keeps_no_other_from_its_turn() {
    on_both(BEGIN, |service| {
        let db = service.office.db();
        let elsewhere = || {
            let transport = Transport::Memory(Memory::default());
            let done = turn(&service.office, Some(&transport), "here", &mut |_| ());
            done.into_iter().filter(|one| one.elsewhere).map(|one| one.name).collect::<Vec<_>>()
        };
        let late = || {
            let ready = service.public("GET", "/readyz", None, None).expect(200);
            let needs = ready["needs"].as_array().unwrap();
            let scheduler = needs.iter().find(|one| one["name"] == "scheduler").unwrap();
            scheduler["detail"].as_str().unwrap().starts_with("late")
        };
        assert!(elsewhere().is_empty() && !late());
        let (now, ahead) = now_and_ahead(service);
        let held = db.write_now(|conn| {
            // It last ended a run an hour ago, by a clock that was right then.
            scheduler_state::ran(conn, "digests", "ahead", now - TimeDelta::hours(1))?;
            scheduler_state::hold(conn, "digests", "ahead", now, ahead)
        });
        assert!(held.unwrap());
        assert_eq!(elsewhere(), ["digests"], "the others take their turns");
        let told = service.get("admin", "/api/v1/admin/scheduler").expect(200);
        let holders = told["reconcilers"].as_array().unwrap().iter().filter(|one| !one["held_by"].is_null());
        let holders: Vec<_> = holders.map(|one| (&one["reconciler"], &one["held_by"])).collect();
        assert_eq!(holders, [(&json!("digests"), &json!("ahead"))]);
        assert!(late());
    });
}
