//! A turn of the scheduler that finds a thousand timings whose day has come, among all that have been timed, each of which is set to be
//! looked at on a later day: what the others cost it.

use std::time::{Duration, Instant};

use dafu::office::Office;
use dafu::storage::schema::timings;
use dafu::storage::{Conn, StoreError};
use diesel::prelude::*;
use diesel::sql_query;

/// How many have come due.
const DUE: u32 = 1000;

/// How long the telling took, how many it told of, and how many there were.
pub fn sweeping(office: &Office) -> (Duration, u64, i64) {
    let today = office.today();
    let arm = |conn: &mut Conn| {
        // Whatever was timed in the made-up years waits for a later day; a thousand that run are due today, and nobody was told of them.
        let some = format!(
            "SELECT case_id, seq, timed, part FROM timings WHERE to_at IS NULL ORDER BY case_id, seq, timed, part LIMIT {DUE}"
        );
        for statement in [
            format!("UPDATE timings SET next_on = '2999-01-01' WHERE next_on IS NULL OR next_on <= '{today}'"),
            format!(
                "UPDATE timings SET next_on = '{today}' WHERE to_at IS NULL AND (case_id, seq, timed, part) IN ({some})"
            ),
        ] {
            sql_query(statement).execute(conn)?;
        }
        Ok::<_, StoreError>(())
    };
    office.db().write_now(arm).unwrap();
    let begun = Instant::now();
    let report = office.tell_milestones(&mut |_| ()).unwrap();
    let took = begun.elapsed();
    assert_eq!(report.failed, []);
    let all = |conn: &mut Conn| Ok::<_, StoreError>(timings::table.count().get_result(conn)?);
    (took, report.looked_at, office.db().read_now(all).unwrap())
}
