//! A turn of the scheduler that finds a thousand timings whose day has come, among however many there are: what the others cost it.

use std::time::{Duration, Instant};

use dafu::office::Office;
use dafu::storage::{Conn, StoreError};
use diesel::RunQueryDsl;
use diesel::sql_query;

/// How many have come due.
const DUE: u32 = 1000;

/// How long the telling took, and how many it told of.
pub fn sweeping(office: &Office) -> (Duration, u64) {
    let today = office.today();
    let arm = |conn: &mut Conn| {
        // Whatever else has come due in the made-up years is put off; a thousand that run are due today, and nobody was told of them.
        let some = format!(
            "SELECT case_id, seq, timed, part FROM timings WHERE to_at IS NULL ORDER BY case_id, seq, timed, part LIMIT {DUE}"
        );
        for statement in [
            format!("UPDATE timings SET next_on = '2999-01-01' WHERE next_on <= '{today}'"),
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
    (took, report.looked_at)
}
