//! A turn of the scheduler that finds a thousand timings whose day has come among those of as many open cases as there are cases: what the
//! others cost it. Made-up cases are closed for the most part and nothing is timed in them, so one timing is laid beside each case, to be
//! looked at on a later day, and taken away again in the end. Each of the thousand reaches one milestone, of which the clerk of its agency
//! gets a notice.
//!
//! Beside it, bare: the same rows are found in the same pages, and each is claimed, its milestone and its notice written, in a transaction
//! of its own.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use dafu::case::Role;
use dafu::case::milestone::working_day_before;
use dafu::ids::{CaseId, Randomness, StaffId};
use dafu::office::Office;
use dafu::storage::milestones::{self, MilestoneRow};
use dafu::storage::notices::{self, NoticeRow};
use dafu::storage::schema::timings as table;
use dafu::storage::staff::{self, StaffRow};
use dafu::storage::timings::{self, TimingRow};
use dafu::storage::whole_rows::take_time;
use dafu::storage::{Backend, Conn, StoreError, agencies};
use diesel::prelude::*;
use diesel::sql_query;

/// How many have come due.
const DUE: u32 = 1000;

/// Timings of a page, as ours reads them.
const PAGE: u32 = 200;

/// What tells the timings of this measurement from all others.
const PART: i32 = 1_000_000;

/// A day that does not come.
const LATER: &str = "2999-01-01";

/// Each side sweeps so many times, after once in vain.
const TIMES: usize = 3;

pub struct Found {
    pub ours: Duration,
    pub raw: Duration,
    pub due: u64,
    /// Timings that wait for a later day.
    pub waiting: i64,
    pub milestones: usize,
    pub notices: usize,
}

/// What one of the thousand leaves behind.
#[derive(Default)]
struct Left {
    milestones: Vec<MilestoneRow>,
    notices: Vec<NoticeRow>,
}

/// Measures both, over the database at this address.
pub fn sweeping(office: &Office, url: &str) -> Found {
    hire_clerks(office);
    lay_beside(office, url);
    let waiting = count_waiting(office);
    let (mut ours, mut raw, mut due) = (Vec::new(), Vec::new(), 0);
    let mut left = HashMap::new();
    for _ in 0..=TIMES {
        let cases = arm(office);
        let begun = Instant::now();
        let report = office.tell_milestones(&mut |_| ()).unwrap();
        ours.push(begun.elapsed());
        assert_eq!(report.failed, []);
        due = report.looked_at;
        assert_eq!(
            (report.changed, cases.len()),
            (due, usize::try_from(due).unwrap()),
            "others were due, or others swept"
        );
        left = left_behind(office, &cases);
    }
    for _ in 0..=TIMES {
        arm(office);
        let begun = Instant::now();
        let claimed = bare(office, &left);
        raw.push(begun.elapsed());
        assert_eq!(claimed, due);
    }
    let found = Found {
        ours: middle(ours),
        raw: middle(raw),
        due,
        waiting,
        milestones: left.values().map(|one| one.milestones.len()).sum(),
        notices: left.values().map(|one| one.notices.len()).sum(),
    };
    clear(office, url);
    found
}

/// The middle of all but the first.
fn middle(mut times: Vec<Duration>) -> Duration {
    times.remove(0);
    times.sort_unstable();
    times[times.len() / 2]
}

/// Made-up offices have nobody who could be told.
fn hire_clerks(office: &Office) {
    let hire = |conn: &mut Conn| {
        for agency in agencies::list(conn)? {
            let login = format!("clerk-{}", agency.slug);
            if staff::find_by_login(conn, &login)?.is_some() {
                continue;
            }
            let row = StaffRow {
                id: StaffId::new(office.now(), &mut Randomness::System),
                name: login.clone(),
                login,
                password_hash: String::new(),
                active: true,
                must_change_password: false,
                created_at: office.now(),
            };
            staff::insert(conn, &row)?;
            staff::grant(conn, row.id, agency.id, Role::Clerk.as_str(), office.now())?;
        }
        Ok::<_, StoreError>(())
    };
    office.db().write_now(hire).unwrap();
}

/// Runs these statements, as long as they take.
fn run(office: &Office, statements: &[String]) {
    let all = |conn: &mut Conn| {
        take_time(conn)?;
        for statement in statements {
            sql_query(statement).execute(conn)?;
        }
        Ok::<_, StoreError>(())
    };
    office.db().write_now(all).unwrap();
}

/// What an earlier run that was broken off, or an earlier sweep, has left behind goes; timings that have come due by themselves wait.
fn undone(office: &Office) -> [String; 3] {
    [
        format!("DELETE FROM milestones WHERE part = {PART}"),
        format!("DELETE FROM notices WHERE cause LIKE '%:reply#{PART}:%'"),
        format!("UPDATE timings SET next_on = '{LATER}' WHERE next_on <= '{}'", office.today()),
    ]
}

/// Lays a timing beside each case.
fn lay_beside(office: &Office, url: &str) {
    let [milestones, notices, others] = undone(office);
    run(
        office,
        &[
            milestones,
            notices,
            format!("DELETE FROM timings WHERE part = {PART}"),
            format!(
                "INSERT INTO timings (case_id, seq, timed, part, agency_id, on_day, since_on, from_at, to_at, by_act, next_on, acts_on) \
                 SELECT id, {PART}, 'reply', {PART}, agency_id, '{LATER}', '{LATER}', created_at, NULL, FALSE, '{LATER}', NULL FROM cases"
            ),
            others,
        ],
    );
    settle(office, url);
}

/// Has the database take up what was written in bulk: nobody who comes after is to pay for it.
fn settle(office: &Office, url: &str) {
    if office.db().backend() == Backend::Postgres {
        // Not in a transaction, so not through the office's door.
        let mut pg = PgConnection::establish(url).unwrap();
        sql_query("VACUUM (ANALYZE) timings").execute(&mut pg).unwrap();
    } else {
        run(office, &["ANALYZE timings".to_owned()]);
        office.db().forget_old_pages().unwrap();
    }
}

/// Takes away all that was laid there.
fn clear(office: &Office, url: &str) {
    let [milestones, notices, _] = undone(office);
    run(office, &[milestones, notices, format!("DELETE FROM timings WHERE part = {PART}")]);
    settle(office, url);
}

/// Has a thousand of them come due: the cases. Their last day is today, or the working day before.
fn arm(office: &Office) -> Vec<CaseId> {
    let today = office.today();
    let last = working_day_before(today, 0, &office.calendars().known_at(office.now()));
    let some = format!("SELECT case_id FROM timings WHERE part = {PART} ORDER BY case_id LIMIT {DUE}");
    let [milestones, notices, others] = undone(office);
    let due = format!(
        "UPDATE timings SET on_day = '{last}', since_on = '{last}', next_on = '{today}' WHERE part = {PART} AND case_id IN ({some})"
    );
    run(office, &[milestones, notices, others, due]);
    let armed = |conn: &mut Conn| {
        let cases = table::table.filter(table::part.eq(PART)).filter(table::next_on.assume_not_null().le(today));
        Ok::<_, StoreError>(cases.order(table::case_id).select(table::case_id).load(conn)?)
    };
    office.db().read_now(armed).unwrap()
}

/// Timings that wait for a later day, of all kinds.
fn count_waiting(office: &Office) -> i64 {
    let today = office.today();
    let count = |conn: &mut Conn| {
        let waiting = table::table.filter(table::next_on.assume_not_null().gt(today));
        Ok::<_, StoreError>(waiting.count().get_result(conn)?)
    };
    office.db().read_now(count).unwrap()
}

/// The rows that a sweep wrote, case by case.
fn left_behind(office: &Office, cases: &[CaseId]) -> HashMap<CaseId, Left> {
    let cause = format!(":reply#{PART}:");
    let read = |conn: &mut Conn| {
        let mut all = HashMap::new();
        for case in cases {
            let mut left =
                Left { milestones: milestones::list(conn, *case)?, notices: notices::list_of_case(conn, *case)? };
            left.milestones.retain(|row| row.part == PART);
            left.notices.retain(|row| row.cause.contains(&cause));
            all.insert(*case, left);
        }
        Ok::<_, StoreError>(all)
    };
    office.db().read_now(read).unwrap()
}

/// Finds what is due and claims it, with the rows that ours wrote: how many were claimed.
fn bare(office: &Office, left: &HashMap<CaseId, Left>) -> u64 {
    let (today, later) = (office.today(), LATER.parse().unwrap());
    let mut claimed = 0;
    loop {
        let page: Vec<TimingRow> = office.db().read_now(|conn| timings::list_to_be_told(conn, today, 0, PAGE)).unwrap();
        if page.is_empty() {
            return claimed;
        }
        for row in page {
            let claim = |conn: &mut Conn| {
                assert!(timings::claim_telling(conn, &row, Some(later))?);
                let left = &left[&row.case_id];
                for milestone in &left.milestones {
                    milestones::record(conn, milestone)?;
                }
                for notice in &left.notices {
                    notices::insert(conn, notice)?;
                }
                Ok::<_, StoreError>(())
            };
            office.db().write_now(claim).unwrap();
            claimed += 1;
        }
    }
}
