//! How often something was tried within a window of time, counted for all instances together.
//!
//! Sign-ins per account and queries per receipt number are limited by these counts; a limit kept in
//! one process would grow with every instance. Subjects are the caller's own keys, such as
//! `sign_in:<staff id>`; never put a name, a number or an address of a person into one.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::attempts;
use super::types::Instant;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

#[derive(Insertable)]
#[diesel(table_name = attempts)]
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

/// How many attempts the window holds, without adding one.
///
/// # Errors
/// Only the database's own.
pub fn attempts_in(conn: &mut Conn, subject: &str, window_start: DateTime<Utc>) -> Result<i64, StoreError> {
    Ok(attempts::table
        .find((subject, Instant::from(window_start)))
        .select(attempts::count)
        .first(conn)
        .optional()?
        .unwrap_or(0))
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
