//! Thirty days without the scheduler, then one run: every lapse, reminder and escalation, once each, with its own date; the
//! same as if it had run every day, but for the time of sending.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use dafu::notices::memory::Memory;
use dafu::notices::transport::Transport;
use dafu::scheduler::turn;
use dafu::storage::{milestones, notices};
use serde_json::{Value, json};

use super::support::handled::{Handled, draft};
use super::support::served::{Served, on_both};
use dafu::law::outcome::Outcome;

pub const BEGIN: &str = "2026-03-02";

/// Cases that wait for everything there is to wait for.
pub fn cases(service: &Served) -> Vec<String> {
    service.day(BEGIN);
    let mut all = vec![service.apply("yunhe")["case_id"].as_str().unwrap().to_owned()];
    let letter = json!({
        "agency": "yunhe", "channel": "ordinary_post", "arrived_on": BEGIN,
        "applicant": {"kind": "natural_person", "name": "李明", "identity_number": "110101199003070011", "phone": "13800000002", "address": "云河市某村1号", "postcode": "000000"},
        "request": {"subject": "征地补偿方案", "description": "2024年某村征地补偿安置方案", "form": "paper", "route": "post"}
    });
    let posted = service.by("clerk", "POST", "/api/v1/cases", &[], Some(&letter)).expect(201);
    all.push(posted["case"]["id"].as_str().or_else(|| posted["id"].as_str()).unwrap().to_owned());
    let handling = Handled::new(service);
    let correcting = Handled::new(service);
    correcting.does("handler", "correction-requests", &json!({"letter": "请说明年度。", "window_days": 10}));
    let consulting = Handled::new(service);
    let asked = json!({"party": "third_party", "addressee": "某公司", "letter": "请提出意见。"});
    consulting.does("handler", "consultations", &asked);
    let helped = Handled::new(service);
    let who = service.get("handler", "/api/v1/me/colleagues").expect(200);
    let lawyer = who.as_array().unwrap().iter().find(|one| one["name"] == "某lawyer").unwrap()["id"].clone();
    let help =
        json!({"kind": "unit", "unit": "城建科", "staff": lawyer, "task": "请提供合同。", "due_on": "2026-03-06"});
    helped.does("handler", "co-work", &help);
    let reviewing = Handled::new(service);
    reviewing.does("handler", "draft", &draft(Outcome::Granted));
    all.extend([handling, correcting, consulting, helped, reviewing].map(|one| one.id));
    all
}

pub fn run(service: &Served, memory: &Memory) {
    let transport = Transport::Memory(memory.clone());
    for done in turn(&service.office, Some(&transport), "one", &mut |_| ()) {
        assert_eq!(done.report.unwrap().failed, []);
    }
}

/// What is on record: milestones, notices and entries of the journals, under the names that both services share.
#[derive(Debug, PartialEq)]
pub struct Record {
    milestones: BTreeSet<(usize, String, String, String, String, String)>,
    notices: BTreeMap<String, (String, String, bool, String)>,
    entries: Vec<(usize, Vec<Value>)>,
}

pub fn record(service: &Served, cases: &[String]) -> Record {
    let names: BTreeMap<String, String> = service
        .get("admin", "/api/v1/admin/staff")
        .expect(200)
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["id"].as_str().unwrap().to_owned(), one["login"].as_str().unwrap().to_owned()))
        .collect();
    let mut record = Record { milestones: BTreeSet::new(), notices: BTreeMap::new(), entries: Vec::new() };
    for (place, case) in cases.iter().enumerate() {
        let id = case.parse().unwrap();
        let rows = service.office.db().read_now(|conn| milestones::list(conn, id)).unwrap();
        for row in rows {
            record.milestones.insert((
                place,
                row.timed,
                row.on_day.to_string(),
                row.milestone,
                row.fell_on.to_string(),
                row.told,
            ));
        }
        for row in service.office.db().read_now(|conn| notices::list_of_case(conn, id)).unwrap() {
            let mut cause = row.cause.replace(case, &place.to_string());
            for (id, login) in &names {
                cause = cause.replace(id, login);
            }
            if let Some(person) = row.person_id {
                cause = cause.replace(&person.to_string(), "person");
            }
            let twice = record.notices.insert(cause, (row.kind, row.fell_on.to_string(), row.in_digest, row.facts));
            assert_eq!(twice, None);
        }
        let journal = service.get("clerk", &format!("/api/v1/cases/{case}/journal")).expect(200);
        let raised = ["lapse_proposed", "consultation_silent", "went_overdue"];
        let events =
            journal.as_array().unwrap().iter().filter(|entry| raised.contains(&entry["kind"].as_str().unwrap()));
        let events = events.map(|entry| {
            let mut event = entry["event"].clone();
            if let Some(event) = event.as_object_mut() {
                event.remove("consultation");
            }
            event
        });
        record.entries.push((place, events.collect()));
    }
    record
}

#[test]
fn thirty_days_without_the_scheduler_are_made_up_in_one_run() {
    on_both(BEGIN, |daily| {
        let late = if daily.is_on_postgres() { Served::on_postgres(BEGIN).unwrap() } else { Served::on_sqlite(BEGIN) };
        let (daily_letters, late_letters) = (Memory::default(), Memory::default());
        let (of_daily, of_late) = (cases(daily), cases(&late));
        run(daily, &daily_letters);
        run(&late, &late_letters);
        let begin: NaiveDate = BEGIN.parse().unwrap();
        for ahead in 1..=45 {
            daily.day(&begin.checked_add_days(Days::new(ahead)).unwrap().to_string());
            run(daily, &daily_letters);
        }
        let before = late_letters.letters().len();
        late.day("2026-04-16");
        run(&late, &late_letters);

        let (daily_record, late_record) = (record(daily, &of_daily), record(&late, &of_late));
        let missing: Vec<_> = daily_record.milestones.difference(&late_record.milestones).collect();
        let surplus: Vec<_> = late_record.milestones.difference(&daily_record.milestones).collect();
        assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:#?}, surplus {surplus:#?}");
        for (cause, notice) in &daily_record.notices {
            assert_eq!(late_record.notices.get(cause), Some(notice), "{cause}");
        }
        assert_eq!(late_record, daily_record);
        let codes: BTreeSet<String> =
            daily_record.milestones.iter().map(|one| format!("{} {}", one.1, one.3)).collect();
        for expected in [
            "reply reminder_10",
            "reply reminder_0",
            "reply overdue_0",
            "reply overdue_1",
            "reply overdue_3",
            "reply overdue_8",
            "correction_notice reminder_2",
            "consultation reminder_3",
            "consultation reminder_0",
            "contribution chaser_2",
            "confirmation overdue_0",
            "finding stalled_1",
            "registering stalled_1",
            "reviewing stalled_1",
        ] {
            assert!(codes.contains(expected), "{expected} is not among {codes:?}");
        }
        assert_eq!(daily_record.entries.iter().map(|(_, events)| events.len()).sum::<usize>(), 7, "{daily_record:#?}");

        // In the order of their days, though all at once.
        let days: Vec<NaiveDate> = late_letters.letters()[before..]
            .iter()
            .map(|letter| {
                let id = letter.message_id.trim_start_matches('<').split('@').next().unwrap().parse().unwrap();
                late.office.db().read_now(|conn| notices::load(conn, id)).unwrap().fell_on
            })
            .collect();
        assert!(days.len() > 20 && days.is_sorted(), "{days:?}");

        // A second run the same day finds nothing.
        let transport = Transport::Memory(late_letters.clone());
        let again = turn(&late.office, Some(&transport), "one", &mut |_| ());
        assert!(again.iter().all(|done| done.report.as_ref().unwrap().changed == 0), "{again:?}");
        late.check();
        daily.check();
    });
}
