//! How often something was tried within a window of time, counted for all instances together.
//!
//! Sign-ins per account and wrong codes by number and by address are limited by these counts; a limit kept in
//! one process would grow with every instance. An attempt is counted before it is looked at, and its
//! own count is held against the limit: whoever reads first and counts later lets through all who come
//! at once. What is asked for by somebody who must not learn whether it will be done is counted too, and
//! taken away by the scheduler that does it. Subjects are the caller's own keys, such as
//! `password:<staff id>`; never put a name, a number or an address of a person into one.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::attempts;
use super::types::Instant;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

#[derive(Insertable)]
#[diesel(table_name = attempts, treat_none_as_default_value = false)]
struct AttemptRow<'a> {
    subject: &'a str,
    window_start: Instant,
    count: i64,
}

/// Counts one more attempt in the window that began at `window_start`; returns how many there are now.
///
/// # Errors
/// Only the database's own.
pub fn count_attempt(conn: &mut Conn, subject: &str, window_start: DateTime<Utc>) -> Result<i64, StoreError> {
    let window_start = Instant::from(window_start);
    if let Some(count) = add(conn, subject, window_start)? {
        return Ok(count);
    }
    let first = AttemptRow { subject, window_start, count: 1 };
    let begun = conn.savepoint(|conn| {
        diesel::insert_into(attempts::table).values(first).execute(conn)?;
        Ok(1)
    });
    match begun {
        Err(StoreError::Conflict) => add(conn, subject, window_start)?.ok_or(StoreError::Busy),
        done => done,
    }
}

/// Takes back one attempt of the window that began at `window_start`: one that turned out to be right. A window
/// without any is left as it is; the last one takes its row along, so that those who do right leave no trace.
///
/// # Errors
/// Only the database's own.
pub fn forgive(conn: &mut Conn, subject: &str, window_start: DateTime<Utc>) -> Result<(), StoreError> {
    let window = attempts::table.find((subject, Instant::from(window_start)));
    let fewer = diesel::update(window.filter(attempts::count.gt(1)))
        .set(attempts::count.eq(attempts::count - 1))
        .execute(conn)?;
    if fewer == 0 {
        diesel::delete(window.filter(attempts::count.le(1))).execute(conn)?;
    }
    Ok(())
}

/// Forgives all attempts of a window.
///
/// # Errors
/// Only the database's own.
pub fn forget(conn: &mut Conn, subject: &str, window_start: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::delete(attempts::table.find((subject, Instant::from(window_start)))).execute(conn)?;
    Ok(())
}

/// The subjects that begin with `kind` and a colon, each with the start of its window, the oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list_of_kind(conn: &mut Conn, kind: &str, limit: u32) -> Result<Vec<(String, DateTime<Utc>)>, StoreError> {
    // Between `:` and `;` lies whatever begins with the colon.
    let rows: Vec<(String, Instant)> = attempts::table
        .filter(attempts::subject.ge(format!("{kind}:")))
        .filter(attempts::subject.lt(format!("{kind};")))
        .order((attempts::window_start, attempts::subject))
        .limit(i64::from(limit))
        .select((attempts::subject, attempts::window_start))
        .load(conn)?;
    Ok(rows.into_iter().map(|(subject, window_start)| (subject, window_start.into())).collect())
}

/// Takes a subject away with its window; false when somebody else has.
///
/// # Errors
/// Only the database's own.
pub fn take(conn: &mut Conn, subject: &str, window_start: DateTime<Utc>) -> Result<bool, StoreError> {
    Ok(diesel::delete(attempts::table.find((subject, Instant::from(window_start)))).execute(conn)? > 0)
}

/// Deletes windows that began before `before`.
///
/// # Errors
/// Only the database's own.
pub fn prune(conn: &mut Conn, before: DateTime<Utc>) -> Result<usize, StoreError> {
    Ok(diesel::delete(attempts::table.filter(attempts::window_start.lt(Instant::from(before)))).execute(conn)?)
}

fn add(conn: &mut Conn, subject: &str, window_start: Instant) -> Result<Option<i64>, StoreError> {
    Ok(diesel::update(attempts::table.find((subject, window_start)))
        .set(attempts::count.eq(attempts::count + 1))
        .returning(attempts::count)
        .get_result(conn)
        .optional()?)
}
