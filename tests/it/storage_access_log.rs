//! The access log of before looks had a chain: every look is kept, and none is changed or taken away.

use crate::storage_fixtures::{case, case_id, fill, noon, on_both, said, staff_id};
use chrono::Duration;
use dafu::ids::AccessId;
use dafu::storage::access_log::{self, AccessRow};
use dafu::storage::{Backend, Conn, Db, StoreError};
use diesel::{RunQueryDsl, sql_query};
use uuid::Uuid;

fn look(number: u32, case: u32) -> AccessRow {
    AccessRow {
        id: AccessId::from_uuid(Uuid::from_u128(number.into())),
        at: noon("2026-03-02") - Duration::seconds(i64::from(number)),
        staff_id: staff_id(1),
        case_id: Some(case_id(case)),
        subject_index: (number == 2).then(|| "index".to_owned()),
        kind: "identity".to_owned(),
        reason_code: Some("fee".to_owned()),
        detail: None,
    }
}

/// As an earlier version wrote it.
fn written(conn: &mut Conn, look: &AccessRow) -> Result<(), StoreError> {
    let at = look.at.format("%Y-%m-%d %H:%M:%S%.6f");
    let index = look.subject_index.as_ref().map_or_else(|| "NULL".to_owned(), |index| format!("'{index}'"));
    let (id, staff, case) = (look.id, look.staff_id, look.case_id.expect("a case"));
    sql_query(format!(
        "INSERT INTO access_log (id, at, staff_id, case_id, subject_index, kind, reason_code) \
         VALUES ('{id}', '{at}', '{staff}', '{case}', {index}, '{}', 'fee')",
        look.kind
    ))
    .execute(conn)?;
    Ok(())
}

fn execute(db: &Db, statement: &str) -> Result<usize, StoreError> {
    db.write_now(|conn: &mut Conn| Ok::<_, StoreError>(sql_query(statement).execute(conn)?))
}

#[test]
fn the_looks_at_a_case_are_listed_in_the_order_in_which_they_were_made() {
    on_both(|db| {
        fill(db, &[case(1, 2), case(2, 2)]);
        let looks = [look(1, 1), look(2, 1), look(3, 2)];
        db.write_now(|conn| looks.iter().try_for_each(|look| written(conn, look))).expect("written");
        assert_eq!(db.read_now(|conn| access_log::list(conn, case_id(1))).expect("asked"), [look(2, 1), look(1, 1)]);
    });
}

#[test]
fn no_look_is_changed_deleted_or_replaced() {
    on_both(|db| {
        fill(db, &[case(1, 2)]);
        db.write_now(|conn| written(conn, &look(1, 1))).expect("written");
        let mut attacks = vec!["UPDATE access_log SET kind = 'other'", "DELETE FROM access_log"];
        attacks.push(match db.backend() {
            Backend::Postgres => "TRUNCATE access_log",
            Backend::Sqlite => {
                "INSERT OR REPLACE INTO access_log SELECT id, at, staff_id, NULL, NULL, kind, NULL, NULL FROM access_log"
            }
        });
        for attack in attacks {
            let refused = said(execute(db, attack));
            assert!(refused.contains("a row of the access log is never"), "{attack}: {refused}");
        }
        assert_eq!(db.read_now(|conn| access_log::list(conn, case_id(1))).expect("there"), [look(1, 1)]);
    });
}
