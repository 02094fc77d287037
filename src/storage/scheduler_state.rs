//! How far each reconciler has come, and which instance is at it. Holding is by conditional update and runs out by the
//! machine's own time, so that what a dead process held is free again.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::scheduler_state;
use super::types::{Instant, MaybeInstant};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One reconciler.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = scheduler_state, treat_none_as_default_value = false)]
pub struct SchedulerStateRow {
    pub reconciler: String,
    /// Everything until this instant has been seen to.
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub through_at: DateTime<Utc>,
    /// When it last ended a run without a failure, by the machine's time.
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub ran_at: DateTime<Utc>,
    /// When it last failed.
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub failed_at: Option<DateTime<Utc>>,
    pub fault: Option<String>,
    pub held_by: Option<String>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub held_until: Option<DateTime<Utc>>,
}

/// Every reconciler, by name.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn) -> Result<Vec<SchedulerStateRow>, StoreError> {
    Ok(scheduler_state::table.order(scheduler_state::reconciler).select(SchedulerStateRow::as_select()).load(conn)?)
}

/// One reconciler, if it ever ran.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, reconciler: &str) -> Result<Option<SchedulerStateRow>, StoreError> {
    Ok(scheduler_state::table.find(reconciler).select(SchedulerStateRow::as_select()).first(conn).optional()?)
}

/// Takes hold of a reconciler until `until`; false while another instance that is alive has it.
///
/// # Errors
/// Only the database's own.
pub fn hold(
    conn: &mut Conn,
    reconciler: &str,
    holder: &str,
    alive_at: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let free = scheduler_state::held_until
        .is_null()
        .or(scheduler_state::held_until.assume_not_null().lt(Instant::from(alive_at)))
        .or(scheduler_state::held_by.assume_not_null().eq(holder.to_owned()));
    let rows = diesel::update(scheduler_state::table.find(reconciler))
        .filter(free)
        .set((scheduler_state::held_by.eq(holder), scheduler_state::held_until.eq(Instant::from(until))))
        .execute(conn)?;
    Ok(rows > 0)
}

/// Adds a reconciler that has not run yet; harmless where it has.
///
/// # Errors
/// Only the database's own.
pub fn begin(conn: &mut Conn, row: &SchedulerStateRow) -> Result<(), StoreError> {
    if find(conn, &row.reconciler)?.is_some() {
        return Ok(());
    }
    let added = conn.savepoint(|conn| {
        diesel::insert_into(scheduler_state::table).values(row.clone()).execute(conn)?;
        Ok(())
    });
    match added {
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Notes that a run of `holder` ended well, and lets go.
///
/// # Errors
/// Only the database's own.
pub fn ran(conn: &mut Conn, reconciler: &str, holder: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(scheduler_state::table.find(reconciler))
        .set(scheduler_state::ran_at.eq(Instant::from(at)))
        .execute(conn)?;
    let_go(conn, reconciler, holder)
}

/// Notes that a run of `holder` failed, and lets go.
///
/// # Errors
/// Only the database's own.
pub fn failed(
    conn: &mut Conn,
    reconciler: &str,
    holder: &str,
    fault: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    diesel::update(scheduler_state::table.find(reconciler))
        .set((scheduler_state::failed_at.eq(Instant::from(at)), scheduler_state::fault.eq(fault)))
        .execute(conn)?;
    let_go(conn, reconciler, holder)
}

fn let_go(conn: &mut Conn, reconciler: &str, holder: &str) -> Result<(), StoreError> {
    diesel::update(scheduler_state::table.find(reconciler))
        .filter(scheduler_state::held_by.assume_not_null().eq(holder))
        .set((scheduler_state::held_by.eq(None::<String>), scheduler_state::held_until.eq(None::<Instant>)))
        .execute(conn)?;
    Ok(())
}

/// Moves the instant until which everything has been seen to from `was` to `to`; false when another instance was first.
///
/// # Errors
/// Only the database's own.
pub fn advance(conn: &mut Conn, reconciler: &str, was: DateTime<Utc>, to: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = diesel::update(scheduler_state::table.find(reconciler))
        .filter(scheduler_state::through_at.eq(Instant::from(was)))
        .set(scheduler_state::through_at.eq(Instant::from(to)))
        .execute(conn)?;
    Ok(rows > 0)
}
