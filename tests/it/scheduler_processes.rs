//! Two processes on one PostgreSQL, one of them killed again and again in the middle of its work: no milestone twice, none
//! missing, and every act of the calendar once. With some hundred cases here; with ten thousand under `make drill`.

use std::collections::BTreeSet;
use std::process::{Child, Stdio};
use std::time::Duration;

use chrono::NaiveDate;
use dafu::case::milestone::{self, Rules};
use dafu::case::timing::Timing;
use dafu::clock::day_in_china;
use dafu::storage::{journal, milestones, notices, timings};

use super::support::served::Served;

const BEGIN: &str = "2026-03-02";
/// The replies are two days late.
const THEN: &str = "2026-04-01";
const KILLS: u32 = 10;

fn tick(service: &Served) -> Child {
    service
        .command()
        .args(["tick", "--at", THEN, "--ahead"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// A running number that looks like chance and is the same in every run.
fn chance(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn two_processes_share_the_work_and_killing_one_loses_and_doubles_nothing() {
    let Some(service) = Served::on_postgres(BEGIN) else { return };
    let wanted = if std::env::var_os("DAFU_DRILL").is_some() { 10_000 } else { 200 };
    let path = "/api/v1/public/agencies/yunhe/applications";
    let application = super::support::served::application();
    let mut cases = Vec::new();
    for _ in 0..wanted {
        let receipt = service.public("POST", path, None, Some(&application)).expect(201);
        cases.push(receipt["case_id"].as_str().unwrap().to_owned());
    }

    let mut state = 20_260_302;
    let mut both = [tick(&service), tick(&service)];
    let (mut killed, mut at_work) = (0, 0);
    while killed < KILLS {
        std::thread::sleep(Duration::from_millis(150 + chance(&mut state) % 350));
        let one = usize::try_from(chance(&mut state) % 2).unwrap();
        at_work += u32::from(both[one].try_wait().unwrap().is_none());
        let _may_have_ended = both[one].kill();
        both[one].wait().unwrap();
        both[one] = tick(&service);
        killed += 1;
    }
    assert!(at_work > 0, "none of them was killed at its work");
    for mut one in both {
        assert!(one.wait().unwrap().success());
    }
    // Whoever was killed last may have held something: another turn finds it, and then nothing more.
    for _ in 0..2 {
        assert!(tick(&service).wait().unwrap().success());
    }

    let calendar = service.office.calendars().latest();
    let today: NaiveDate = THEN.parse().unwrap();
    let (mut told, mut overdue) = (0, 0);
    for case in &cases {
        let id = case.parse().unwrap();
        let (rows, recorded, sent, entries) = service
            .office
            .db()
            .read_now(|conn| {
                Ok::<_, dafu::storage::StoreError>((
                    timings::list(conn, id)?,
                    milestones::list(conn, id)?,
                    notices::list_of_case(conn, id)?,
                    journal::load(conn, id)?,
                ))
            })
            .unwrap();
        let mut expected = BTreeSet::new();
        for row in rows {
            let timing = Timing {
                timed: row.timed.parse().unwrap(),
                part: row.part.cast_unsigned(),
                on: row.on_day,
                since_on: Some(row.since_on),
                acts_on: None,
            };
            let through = row.to_at.map_or(today, |at| day_in_china(at).min(today));
            for one in milestone::between(&timing, &Rules::default(), &calendar, row.since_on, through) {
                expected.insert((row.timed.clone(), row.on_day, one.code()));
            }
        }
        let found: BTreeSet<_> =
            recorded.iter().map(|row| (row.timed.clone(), row.on_day, row.milestone.clone())).collect();
        assert_eq!(found, expected, "{case}");
        assert!(!found.is_empty());
        for row in &recorded {
            let cause = format!("{case}:{}#{}:{}:{}:", row.timed, row.part, row.on_day, row.milestone);
            assert!(sent.iter().any(|notice| notice.cause.starts_with(&cause)), "{cause} told nobody");
        }
        told += sent.len();
        overdue += entries.iter().filter(|entry| entry.kind == "went_overdue").count();
    }
    assert!(told > cases.len());
    assert_eq!(overdue, cases.len(), "each went overdue once");
    service.check();
}
