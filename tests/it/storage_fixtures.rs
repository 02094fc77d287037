//! Databases and rows for the tests of `storage`: each test runs on both databases.

use crate::support::postgres::Cluster;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use dafu::ids::{AgencyId, CaseId, StaffId};
use dafu::storage::agencies::AgencyRow;
use dafu::storage::cases::CaseRow;
use dafu::storage::staff::StaffRow;
use dafu::storage::{Db, DbOptions, StoreError, agencies, cases, staff};
use std::fmt::Display;
use uuid::Uuid;

/// Runs a test on a migrated SQLite file, then on a migrated PostgreSQL database.
pub fn on_both(test: impl Fn(&Db)) {
    let folder = tempfile::tempdir().expect("a folder");
    let sqlite = open(&sqlite_url(folder.path()));
    sqlite.migrate(&mut |_| ()).expect("migrates");
    test(&sqlite);
    if let Some(cluster) = Cluster::shared() {
        test(&open(&cluster.migrated_database()));
    }
}

/// Runs a test on an empty database of each kind.
pub fn on_both_empty(test: impl Fn(&Db)) {
    let folder = tempfile::tempdir().expect("a folder");
    test(&open(&sqlite_url(folder.path())));
    if let Some(cluster) = Cluster::shared() {
        test(&open(&cluster.empty_database()));
    }
}

pub fn sqlite_url(folder: &std::path::Path) -> String {
    format!("sqlite://{}/deep/er/dafu.db", folder.display())
}

pub fn open(url: &str) -> Db {
    Db::open(url, &DbOptions::default()).expect("opens")
}

/// An id that shows its number: easy to read when an assertion fails, and sorted by it.
fn uuid(number: impl Into<u128>) -> Uuid {
    Uuid::from_u128(number.into())
}

pub fn agency_id(number: u32) -> AgencyId {
    AgencyId::from_uuid(uuid(number))
}

pub fn case_id(number: u32) -> CaseId {
    CaseId::from_uuid(uuid(number))
}

pub fn staff_id(number: u32) -> StaffId {
    StaffId::from_uuid(uuid(number))
}

/// Noon in China on this day.
pub fn noon(on: &str) -> DateTime<Utc> {
    (day(on).and_hms_opt(4, 0, 0).expect("an hour")).and_utc()
}

pub fn day(on: &str) -> NaiveDate {
    on.parse().expect(on)
}

pub fn agency(number: u32, parent: Option<u32>) -> AgencyRow {
    AgencyRow {
        id: agency_id(number),
        parent_id: parent.map(agency_id),
        slug: format!("agency-{number}"),
        name: format!("第{number}局"),
        level: "city".to_owned(),
        office_name: "政务公开科".to_owned(),
        office_address: "人民路1号".to_owned(),
        office_postcode: "650000".to_owned(),
        office_phone: "0871-1234567".to_owned(),
        office_fax: String::new(),
        office_email: "ysq@example.gov.cn".to_owned(),
        office_hours: "工作日 9:00–17:00".to_owned(),
        online_url: None,
        automatic_confirmation: false,
        confirmation_days: 1,
        correction_window_days: 15,
        other_agency_days: 15,
        number_mark: "云府".to_owned(),
        reconsideration_body: "云河市人民政府".to_owned(),
        court: "云河市中级人民法院".to_owned(),
        created_at: noon("2026-01-05"),
        kind: "local_government".to_owned(),
        org_code: String::new(),
        number_pattern: "{mark}公开申〔{year}〕{serial}号".to_owned(),
        letter_pattern: "{mark}公开{letter}〔{year}〕{serial}号".to_owned(),
        reconsideration_online: None,
        explanation_window_days: 5,
        override_waiting_days: 5,
        secrecy_stops_clock: false,
        automatic_lapse: false,
        deadline_annex: false,
    }
}

pub fn officer(number: u32) -> StaffRow {
    StaffRow {
        id: staff_id(number),
        login: format!("officer{number}"),
        name: "王芳".to_owned(),
        password_hash: "$argon2id$…".to_owned(),
        active: true,
        must_change_password: false,
        created_at: noon("2026-01-05"),
    }
}

/// A case at `agency`, opened `number` seconds after noon of 2026-03-02.
pub fn case(number: u32, agency: u32) -> CaseRow {
    let at = noon("2026-03-02") + Duration::seconds(i64::from(number));
    CaseRow {
        id: case_id(number),
        version: 1,
        agency_id: agency_id(agency),
        receipt_no: format!("R{number:06}"),
        number: None,
        channel: "online".to_owned(),
        applicant_kind: "natural_person".to_owned(),
        stage: "received".to_owned(),
        handler_id: None,
        arrived_on: day("2026-03-02"),
        received_on: Some(day("2026-03-02")),
        registered_on: None,
        due_on: Some(day("2026-03-30")),
        last_defensible_on: None,
        due_provisional: false,
        due_clock: Some("reply".to_owned()),
        extended: false,
        outcome: None,
        closed_on: None,
        late: None,
        query_generation: 0,
        created_at: at,
        updated_at: at,
        matter: "disclosure".to_owned(),
    }
}

/// Writes agencies 1 (above) and 2 (below it), officer 1, and the given cases.
pub fn fill(db: &Db, rows: &[CaseRow]) {
    db.write_now(|conn| {
        agencies::insert(conn, &agency(1, None))?;
        agencies::insert(conn, &agency(2, Some(1)))?;
        staff::insert(conn, &officer(1))?;
        rows.iter().try_for_each(|row| cases::insert(conn, row))
    })
    .expect("filled");
}

/// What a failed call says, with its cause.
pub fn said(result: Result<impl Sized, StoreError>) -> String {
    let Err(error) = result else { panic!("it succeeded") };
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    format!("{}: {cause}", &error as &dyn Display)
}
