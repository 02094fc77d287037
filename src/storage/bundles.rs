//! Bundles of evidence: who asked for which, how far each has come, which instance is at it, and where its bytes lie. A job is
//! held by conditional update and until an instant of the machine's own time, so that what a dead process held is free again.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::bundles::bundles;
use super::types::{Instant, MaybeInstant};
use crate::ids::{BundleId, CaseId, FileId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Asked for.
pub const WAITING: &str = "waiting";
/// Being made.
pub const WORKING: &str = "working";
/// Made.
pub const READY: &str = "ready";
/// Given up.
pub const FAILED: &str = "failed";
/// Taken away after its days.
pub const REMOVED: &str = "removed";

/// One bundle.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = bundles, treat_none_as_default_value = false)]
pub struct BundleRow {
    pub id: BundleId,
    pub case_id: CaseId,
    pub asked_by: StaffId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub asked_at: DateTime<Utc>,
    pub masked: bool,
    /// Why it is not masked, as a code.
    pub reason_code: Option<String>,
    pub state: String,
    pub done: i32,
    pub total: i32,
    pub attempts: i32,
    pub held_by: Option<String>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub held_until: Option<DateTime<Utc>>,
    /// Under which its bytes lie, or will.
    pub file_id: Option<FileId>,
    /// How many entries of the journal are in it.
    pub entries: Option<i32>,
    pub size: Option<i64>,
    pub sha256: Option<String>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub ended_at: Option<DateTime<Utc>>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub expires_at: Option<DateTime<Utc>>,
    pub fault_zh: Option<String>,
    pub fault_en: Option<String>,
}

/// Adds a bundle.
///
/// # Errors
/// [`StoreError::Conflict`] when the id is taken.
pub fn insert(conn: &mut Conn, row: &BundleRow) -> Result<(), StoreError> {
    diesel::insert_into(bundles::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The bundle with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: BundleId) -> Result<BundleRow, StoreError> {
    bundles::table.find(id).select(BundleRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// The bundles of a case, the newest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<BundleRow>, StoreError> {
    Ok(bundles::table
        .filter(bundles::case_id.eq(case))
        .order((bundles::asked_at.desc(), bundles::id.desc()))
        .select(BundleRow::as_select())
        .load(conn)?)
}

/// Those that nobody alive is at, the one first that has waited longest.
///
/// # Errors
/// Only the database's own.
pub fn list_free(conn: &mut Conn, alive_at: DateTime<Utc>, limit: i64) -> Result<Vec<BundleRow>, StoreError> {
    Ok(bundles::table
        .filter(bundles::state.eq_any([WAITING, WORKING]))
        .filter(bundles::held_until.is_null().or(bundles::held_until.assume_not_null().lt(Instant::from(alive_at))))
        .order((bundles::asked_at, bundles::id))
        .limit(limit)
        .select(BundleRow::as_select())
        .load(conn)?)
}

/// Takes hold of a bundle as it was read; false when another was first. Its bytes will lie under `file`.
///
/// # Errors
/// Only the database's own.
pub fn hold(
    conn: &mut Conn,
    was: &BundleRow,
    holder: &str,
    until: DateTime<Utc>,
    file: FileId,
) -> Result<bool, StoreError> {
    let rows = diesel::update(bundles::table.find(was.id))
        .filter(bundles::attempts.eq(was.attempts))
        .filter(bundles::state.eq(was.state.clone()))
        .set((
            bundles::state.eq(WORKING),
            bundles::attempts.eq(was.attempts.saturating_add(1)),
            bundles::held_by.eq(holder),
            bundles::held_until.eq(Instant::from(until)),
            bundles::file_id.eq(file),
            bundles::done.eq(0),
        ))
        .execute(conn)?;
    Ok(rows > 0)
}

/// So much of it is done; it stays its holder's for some time more.
///
/// # Errors
/// [`StoreError::Conflict`] when it is another's by now.
pub fn go_on(
    conn: &mut Conn,
    id: BundleId,
    holder: &str,
    (done, total): (i32, i32),
    until: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = diesel::update(bundles::table.find(id))
        .filter(bundles::state.eq(WORKING))
        .filter(bundles::held_by.assume_not_null().eq(holder))
        .set((bundles::done.eq(done), bundles::total.eq(total), bundles::held_until.eq(Instant::from(until))))
        .execute(conn);
    touched(rows, StoreError::Conflict)
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// How many entries of the journal are in it.
    pub entries: i32,
    /// Its bytes.
    pub size: i64,
    /// Their SHA-256.
    pub sha256: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When it is taken away.
    pub expires_at: DateTime<Utc>,
}

/// It is made.
///
/// # Errors
/// [`StoreError::Conflict`] when it is another's by now.
pub fn finish(conn: &mut Conn, id: BundleId, holder: &str, made: &Made) -> Result<(), StoreError> {
    let rows = diesel::update(bundles::table.find(id))
        .filter(bundles::state.eq(WORKING))
        .filter(bundles::held_by.assume_not_null().eq(holder))
        .set((
            bundles::state.eq(READY),
            bundles::done.eq(bundles::total),
            bundles::held_by.eq(None::<String>),
            bundles::held_until.eq(None::<Instant>),
            bundles::entries.eq(made.entries),
            bundles::size.eq(made.size),
            bundles::sha256.eq(made.sha256.clone()),
            bundles::ended_at.eq(Instant::from(made.at)),
            bundles::expires_at.eq(Instant::from(made.expires_at)),
        ))
        .execute(conn);
    touched(rows, StoreError::Conflict)
}

/// It could not be made. `again`: it waits for another try.
///
/// # Errors
/// [`StoreError::Conflict`] when it is another's by now.
pub fn fail(
    conn: &mut Conn,
    id: BundleId,
    holder: &str,
    (zh, en): (&str, &str),
    at: DateTime<Utc>,
    again: bool,
) -> Result<(), StoreError> {
    let rows = diesel::update(bundles::table.find(id))
        .filter(bundles::state.eq(WORKING))
        .filter(bundles::held_by.assume_not_null().eq(holder))
        .set((
            bundles::state.eq(if again { WAITING } else { FAILED }),
            bundles::held_by.eq(None::<String>),
            bundles::held_until.eq(None::<Instant>),
            bundles::ended_at.eq(Instant::from(at)),
            bundles::fault_zh.eq(zh.to_owned()),
            bundles::fault_en.eq(en.to_owned()),
        ))
        .execute(conn);
    touched(rows, StoreError::Conflict)
}

/// Those whose days are over, the oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list_expired(conn: &mut Conn, at: DateTime<Utc>, limit: i64) -> Result<Vec<BundleRow>, StoreError> {
    Ok(bundles::table
        .filter(bundles::state.eq(READY))
        .filter(bundles::expires_at.assume_not_null().lt(Instant::from(at)))
        .order((bundles::expires_at, bundles::id))
        .limit(limit)
        .select(BundleRow::as_select())
        .load(conn)?)
}

/// Its bytes are gone.
///
/// # Errors
/// [`StoreError::Conflict`] when they were before.
pub fn remove(conn: &mut Conn, id: BundleId) -> Result<(), StoreError> {
    let ready = bundles::table.find(id).filter(bundles::state.eq(READY));
    touched(diesel::update(ready).set(bundles::state.eq(REMOVED)).execute(conn), StoreError::Conflict)
}
