//! The journal is appended to and never changed, in either database, whoever tries.

use crate::storage_fixtures::{case, case_id, fill, noon, on_both, open, said, sqlite_url};
use dafu::storage::journal::JournalRow;
use dafu::storage::{Conn, Db, StoreError, journal};
use diesel::{RunQueryDsl, sql_query};

fn event(case: u32, seq: i32) -> JournalRow {
    JournalRow {
        case_id: case_id(case),
        seq,
        at: noon("2026-03-02"),
        kind: "arrived".to_owned(),
        version: 1,
        actor: "system".to_owned(),
        body: r#"{"channel":"online"}"#.to_owned(),
        algorithm: "sha256".to_owned(),
        previous: format!("hash {}", seq - 1),
        hash: format!("hash {seq}"),
    }
}

fn append(db: &Db, rows: &[JournalRow]) -> Result<(), StoreError> {
    db.write_now(|conn| rows.iter().try_for_each(|row| journal::append(conn, std::slice::from_ref(row))))
}

fn execute(db: &Db, sql: &str) -> Result<usize, StoreError> {
    db.write_now(|conn| {
        Ok(match conn {
            Conn::Sqlite(conn) => sql_query(sql).execute(conn)?,
            Conn::Pg(conn) => sql_query(sql).execute(conn)?,
        })
    })
}

#[test]
fn events_come_back_in_order_and_unchanged() {
    on_both(|db| {
        fill(db, &[case(1, 2), case(2, 2)]);
        let rows = [event(1, 1), event(2, 1), event(1, 2)];
        append(db, &rows).expect("appended");
        assert_eq!(db.read_now(|conn| journal::load(conn, case_id(1))).expect("there"), [event(1, 1), event(1, 2)]);
        assert_eq!(db.read_now(journal::count).expect("counted"), 3);
    });
}

#[test]
fn a_case_without_events_is_missing() {
    on_both(|db| {
        fill(db, &[case(1, 2)]);
        assert!(matches!(db.read_now(|conn| journal::load(conn, case_id(1))), Err(StoreError::Missing)));
    });
}

#[test]
fn two_who_append_the_same_event_cannot_both_succeed() {
    on_both(|db| {
        fill(db, &[case(1, 2)]);
        append(db, &[event(1, 1)]).expect("the first");
        assert!(matches!(append(db, &[event(1, 1)]), Err(StoreError::Conflict)));
    });
}

#[test]
fn no_event_is_changed_deleted_or_emptied_away() {
    on_both(|db| {
        fill(db, &[case(1, 2)]);
        append(db, &[event(1, 1)]).expect("appended");
        let mut attacks = vec!["UPDATE journal SET body = '{}'", "UPDATE journal SET at = at", "DELETE FROM journal"];
        if matches!(db.backend(), dafu::storage::Backend::Postgres) {
            attacks.extend(["TRUNCATE journal", "TRUNCATE cases CASCADE"]);
        }
        for attack in attacks {
            let refused = said(execute(db, attack));
            assert!(refused.contains("a journal row is never"), "{attack}: {refused}");
        }
        assert_eq!(db.read_now(|conn| journal::load(conn, case_id(1))).expect("there"), [event(1, 1)]);
    });
}

#[test]
fn all_cases_are_walked_through_once_in_bounded_steps() {
    on_both(|db| {
        let rows: Vec<_> = (1..=7).map(|number| case(number, 2)).collect();
        fill(db, &rows);
        let events: Vec<_> = (1..=7).flat_map(|number| [event(number, 1), event(number, 2)]).collect();
        append(db, &events).expect("appended");
        let (mut walked, mut after) = (Vec::new(), None);
        loop {
            let step = db.read_now(|conn| journal::list_cases(conn, after, 3)).expect("step");
            assert!(step.len() <= 3);
            let Some(last) = step.last() else { break };
            after = Some(*last);
            walked.extend(step);
        }
        assert_eq!(walked, (1..=7).map(case_id).collect::<Vec<_>>());
    });
}

#[test]
fn a_row_cannot_be_replaced_in_sqlite_either() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(&sqlite_url(folder.path()));
    db.migrate(&mut |_| ()).expect("migrates");
    fill(&db, &[case(1, 1)]);
    append(&db, &[event(1, 1)]).expect("appended");
    let replaced = execute(
        &db,
        "INSERT OR REPLACE INTO journal SELECT case_id, seq, at, kind, version, actor, '{}', algorithm, previous, hash FROM journal",
    );
    assert!(replaced.is_err());
    assert_eq!(db.read_now(|conn| journal::load(conn, case_id(1))).expect("there"), [event(1, 1)]);
}
