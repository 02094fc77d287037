//! A day's work in a few minutes: applications come evenly, and officers come one after the other, sign in, look at their lists, read
//! cases and act on them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::Client;
use super::figures::{Figures, Refusals};
use super::house::{House, PASSWORD, agency_of, application, applying};
use crate::Plan;

/// Cases that an officer deals with in one visit.
const CASES_A_VISIT: u32 = 5;

/// Memory is looked at in the beginning and so many times after.
const TENTHS: u32 = 10;

/// What officers do to a case, one after the other.
const ACTS: [&str; 3] = ["registration", "assignment", "claim"];

/// Cases that wait for an act, by agency, each with the place of that act in [`ACTS`].
type Waiting = Mutex<BTreeMap<String, VecDeque<(String, usize)>>>;

/// Passes the day and says how it went; gives how many errors there were. So few come at once that a refusal is one.
pub fn pass(house: &House, plan: &Plan) -> u64 {
    // What a program takes for its first requests in any case is not growth.
    for number in 0..50 {
        house.client().send("POST", &applying(number), &[], Some(&application(number)));
    }
    let begun = Instant::now();
    let waiting = Waiting::default();
    let figures = Mutex::new(Figures::default());
    let (applied, visited) = (AtomicU64::new(0), AtomicU64::new(0));
    let mut resident = vec![house.resident()];
    thread::scope(|scope| {
        for _ in 0..plan.lines {
            scope.spawn(|| {
                let (client, mut own) = (house.client(), Figures::default());
                while let Some(number) = next(&applied, plan.applications, begun, plan.time) {
                    let answer = client.send("POST", &applying(number), &[], Some(&application(number)));
                    own.note("apply", &answer);
                    if let Some(case) = answer.body["case_id"].as_str() {
                        waiting.lock().unwrap().entry(agency_of(number)).or_default().push_back((case.to_owned(), 0));
                    }
                }
                figures.lock().unwrap().add(own);
            });
            scope.spawn(|| {
                let (client, mut own) = (house.client(), Figures::default());
                while let Some(number) = next(&visited, plan.officers, begun, plan.time) {
                    visit(&client, number, &waiting, &mut own);
                }
                figures.lock().unwrap().add(own);
            });
        }
        for tenth in 1..=TENTHS {
            thread::sleep((plan.time * tenth / TENTHS).saturating_sub(begun.elapsed()));
            resident.push(house.resident());
        }
    });
    let took = begun.elapsed();
    let errors = figures.into_inner().unwrap().say("day", took, Refusals::AreErrors);
    println!(
        "{}",
        json!({"phase": "memory", "resident_mib": resident, "seconds": took.as_secs(),
            "applied": applied.into_inner().min(plan.applications), "visits": visited.into_inner().min(plan.officers)})
    );
    errors
}

/// The next number, at its moment: so many are spread evenly over the time. None when there are no more, or the time is over.
fn next(taken: &AtomicU64, all: u64, begun: Instant, time: Duration) -> Option<u64> {
    let number = taken.fetch_add(1, Ordering::Relaxed);
    if number >= all || begun.elapsed() > time {
        // What was not taken up is not counted as done.
        taken.fetch_sub(1, Ordering::Relaxed);
        return None;
    }
    let moment = time.mul_f64(f64::from(u32::try_from(number).unwrap()) / f64::from(u32::try_from(all).unwrap()));
    thread::sleep(moment.saturating_sub(begun.elapsed()));
    Some(number)
}

/// One officer comes and goes.
fn visit(client: &Client, number: u64, waiting: &Waiting, figures: &mut Figures) {
    let body = json!({"login": format!("officer{number}"), "password": PASSWORD});
    let tokens = client.send("POST", "/api/v1/auth/login", &[], Some(&body));
    figures.note("sign in", &tokens);
    let Some(token) = tokens.body["access_token"].as_str() else { return };
    let bearer = format!("Bearer {token}");
    let own = [("Authorization", bearer.as_str())];
    figures.note("list cases", &client.send("GET", "/api/v1/cases", &own, None));
    figures.note("count cases", &client.send("GET", "/api/v1/cases/counts", &own, None));
    for _ in 0..CASES_A_VISIT {
        let next = waiting.lock().unwrap().get_mut(&agency_of(number)).and_then(VecDeque::pop_front);
        let Some((case, place)) = next else { return };
        let path = format!("/api/v1/cases/{case}");
        let read = client.send("GET", &path, &own, None);
        figures.note("read case", &read);
        figures.note("read clock", &client.send("GET", &format!("{path}/clock"), &own, None));
        let etag = read.etag.unwrap_or_default();
        let headers = [own[0], ("If-Match", etag.as_str())];
        let done = client.send("POST", &format!("{path}/{}", ACTS[place]), &headers, Some(&json!({})));
        figures.note("act", &done);
        if done.status == Some(200) && place + 1 < ACTS.len() {
            waiting.lock().unwrap().entry(agency_of(number)).or_default().push_back((case, place + 1));
        }
    }
}
