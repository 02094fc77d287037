//! The outbox: who is to be told what, written with its cause, claimed, sent, and kept. No words and no addresses: both are
//! looked up when it is sent.
//!
//! A row is claimed by a conditional update and so sent by one instance at a time. Claims run out by the machine's own time,
//! not by the day that is played: they are about a process that may have died.

use super::conn::{Conn, MultiBackend, both, touched};
use super::error::StoreError;
use super::prepared::Prepared;
use super::schema::notices;
use super::types::{Instant, MaybeInstant};
use crate::ids::{AgencyId, CaseId, NoticeId, PersonId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// Waits to be sent.
pub const WAITING: &str = "waiting";
/// Accepted by the mail server.
pub const SENT: &str = "sent";
/// Refused for good, or given up.
pub const DEAD: &str = "dead";
/// Taken out by an administrator.
pub const CANCELLED: &str = "cancelled";
/// The case had moved on before it could be sent.
pub const OVERTAKEN: &str = "overtaken";
/// Nobody has an address for the one to be told.
pub const NO_ADDRESS: &str = "no_address";
/// The one to be told does not want to be, or mail is switched off.
pub const SWITCHED_OFF: &str = "switched_off";
/// Went out as a line of a digest.
pub const COLLECTED: &str = "collected";

/// One notice to one person.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = notices, treat_none_as_default_value = false)]
pub struct NoticeRow {
    pub id: NoticeId,
    /// What it follows from and whom it is for: never twice the same.
    pub cause: String,
    pub kind: String,
    pub agency_id: Option<AgencyId>,
    pub case_id: Option<CaseId>,
    /// The journal entry it follows from.
    pub seq: Option<i32>,
    pub staff_id: Option<StaffId>,
    pub person_id: Option<PersonId>,
    /// Kinds, days and numbers, as JSON.
    pub facts: String,
    /// The day it belongs to, whenever it is sent.
    pub fell_on: NaiveDate,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
    pub state: String,
    pub in_digest: bool,
    pub digest_id: Option<NoticeId>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub not_before: DateTime<Utc>,
    pub attempts: i32,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub first_tried_at: Option<DateTime<Utc>>,
    pub claimed_by: Option<String>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub claimed_until: Option<DateTime<Utc>>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub settled_at: Option<DateTime<Utc>>,
    /// Why it was not accepted: a code of the mail server, or a word of ours.
    pub fault: Option<String>,
}

/// Writes one; false when its cause has one already.
///
/// # Errors
/// Only the database's own.
pub fn insert(conn: &mut Conn, row: &NoticeRow) -> Result<bool, StoreError> {
    let written = both!(conn, inner => {
        Prepared(diesel::insert_into(notices::table).values(row.clone()).on_conflict(notices::cause).do_nothing())
            .execute(inner)?
    });
    Ok(written > 0)
}

/// Whether a notice stands to whose cause, but for its reader, this is the name.
///
/// # Errors
/// Only the database's own.
pub fn has_cause(conn: &mut Conn, cause: &str) -> Result<bool, StoreError> {
    // Ids are made of hexadecimal digits and hyphens: between `:` and `;` lie all of them.
    let found = notices::table
        .filter(notices::cause.ge(format!("{cause}:")))
        .filter(notices::cause.lt(format!("{cause};")))
        .select(notices::id)
        .first::<NoticeId>(conn)
        .optional()?;
    Ok(found.is_some())
}

/// The notice with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: NoticeId) -> Result<NoticeRow, StoreError> {
    notices::table.find(id).select(NoticeRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// Those that can be sent at `now` and that nobody alive (`alive_at`) has claimed, in the order of their days.
///
/// # Errors
/// Only the database's own.
pub fn list_sendable(
    conn: &mut Conn,
    now: DateTime<Utc>,
    alive_at: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<NoticeRow>, StoreError> {
    let free =
        notices::claimed_until.is_null().or(notices::claimed_until.assume_not_null().lt(Instant::from(alive_at)));
    Ok(notices::table
        .filter(notices::state.eq(WAITING))
        .filter(notices::in_digest.eq(false))
        .filter(notices::not_before.le(Instant::from(now)))
        .filter(free)
        .order((notices::fell_on, notices::created_at, notices::seq, notices::id))
        .limit(i64::from(limit))
        .select(NoticeRow::as_select())
        .load(conn)?)
}

/// Claims one for `holder` until `until`; false when somebody else has it, or it waits no more.
///
/// # Errors
/// Only the database's own.
pub fn claim(
    conn: &mut Conn,
    id: NoticeId,
    holder: &str,
    alive_at: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let free =
        notices::claimed_until.is_null().or(notices::claimed_until.assume_not_null().lt(Instant::from(alive_at)));
    let rows = diesel::update(notices::table.find(id))
        .filter(notices::state.eq(WAITING))
        .filter(free)
        .set((notices::claimed_by.eq(holder), notices::claimed_until.eq(Instant::from(until))))
        .execute(conn)?;
    Ok(rows > 0)
}

/// Settles one that `holder` has claimed: it is sent, dead or whatever `state` says.
///
/// # Errors
/// [`StoreError::Conflict`] when the claim was lost meanwhile.
pub fn settle(
    conn: &mut Conn,
    id: NoticeId,
    holder: &str,
    state: &str,
    fault: Option<&str>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = diesel::update(notices::table.find(id))
        .filter(notices::state.eq(WAITING))
        .filter(notices::claimed_by.assume_not_null().eq(holder))
        .set((
            notices::state.eq(state),
            notices::fault.eq(fault),
            notices::settled_at.eq(Instant::from(at)),
            notices::attempts.eq(notices::attempts + 1),
            notices::claimed_by.eq(None::<String>),
            notices::claimed_until.eq(None::<Instant>),
        ))
        .execute(conn);
    touched(rows, StoreError::Conflict)
}

/// Puts one that could not be sent back, to be tried again at `again_at`.
///
/// # Errors
/// [`StoreError::Conflict`] when the claim was lost meanwhile.
pub fn put_back(
    conn: &mut Conn,
    row: &NoticeRow,
    holder: &str,
    fault: &str,
    tried_at: DateTime<Utc>,
    again_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = diesel::update(notices::table.find(row.id))
        .filter(notices::state.eq(WAITING))
        .filter(notices::claimed_by.assume_not_null().eq(holder))
        .set((
            notices::fault.eq(fault),
            notices::attempts.eq(notices::attempts + 1),
            notices::first_tried_at.eq(Instant::from(row.first_tried_at.unwrap_or(tried_at))),
            notices::not_before.eq(Instant::from(again_at)),
            notices::claimed_by.eq(None::<String>),
            notices::claimed_until.eq(None::<Instant>),
        ))
        .execute(conn);
    touched(rows, StoreError::Conflict)
}

/// Changes the state of one that stands in one of `from`, by an administrator's hand: to be tried again at once, or not at
/// all. Whoever has it claimed loses the claim.
///
/// # Errors
/// [`StoreError::Conflict`] when it stands elsewhere.
pub fn change(conn: &mut Conn, id: NoticeId, from: &[&str], state: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let settled = (state != WAITING).then(|| Instant::from(at));
    let rows = diesel::update(notices::table.find(id))
        .filter(notices::state.eq_any(from))
        .set((
            notices::state.eq(state),
            notices::not_before.eq(Instant::from(at)),
            notices::first_tried_at.eq(None::<Instant>),
            notices::settled_at.eq(settled),
            notices::in_digest.eq(false),
            notices::claimed_by.eq(None::<String>),
            notices::claimed_until.eq(None::<Instant>),
        ))
        .execute(conn);
    touched(rows, StoreError::Conflict)
}

/// Members of staff for whom something waits for a digest by `now`.
///
/// # Errors
/// Only the database's own.
pub fn list_digest_readers(conn: &mut Conn, now: DateTime<Utc>) -> Result<Vec<StaffId>, StoreError> {
    Ok(notices::table
        .filter(notices::state.eq(WAITING))
        .filter(notices::in_digest.eq(true))
        .filter(notices::staff_id.is_not_null())
        .filter(notices::not_before.le(Instant::from(now)))
        .select(notices::staff_id.assume_not_null())
        .distinct()
        .order(notices::staff_id.assume_not_null())
        .load(conn)?)
}

/// What waits for somebody's digest by `now`, in the order of its days.
///
/// # Errors
/// Only the database's own.
pub fn list_for_digest(
    conn: &mut Conn,
    staff: StaffId,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<NoticeRow>, StoreError> {
    Ok(notices::table
        .filter(notices::state.eq(WAITING))
        .filter(notices::in_digest.eq(true))
        .filter(notices::staff_id.assume_not_null().eq(staff))
        .filter(notices::not_before.le(Instant::from(now)))
        .order((notices::fell_on, notices::created_at, notices::seq, notices::id))
        .limit(i64::from(limit))
        .select(NoticeRow::as_select())
        .load(conn)?)
}

/// Takes a waiting one into a digest, or out as overtaken (no digest).
///
/// # Errors
/// [`StoreError::Conflict`] when it waits no more.
pub fn collect(
    conn: &mut Conn,
    id: NoticeId,
    state: &str,
    digest: Option<NoticeId>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = diesel::update(notices::table.find(id))
        .filter(notices::state.eq(WAITING))
        .set((notices::state.eq(state), notices::digest_id.eq(digest), notices::settled_at.eq(Instant::from(at))))
        .execute(conn);
    touched(rows, StoreError::Conflict)
}

/// The lines of a digest, in the order of their days.
///
/// # Errors
/// Only the database's own.
pub fn list_of_digest(conn: &mut Conn, digest: NoticeId) -> Result<Vec<NoticeRow>, StoreError> {
    Ok(notices::table
        .filter(notices::digest_id.assume_not_null().eq(digest))
        .order((notices::fell_on, notices::created_at, notices::seq, notices::id))
        .select(NoticeRow::as_select())
        .load(conn)?)
}

/// Those about a case, the oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list_of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<NoticeRow>, StoreError> {
    Ok(notices::table
        .filter(notices::case_id.assume_not_null().eq(case))
        .order((notices::created_at, notices::seq, notices::id))
        .select(NoticeRow::as_select())
        .load(conn)?)
}

/// A page of the queue, the newest first, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list(
    conn: &mut Conn,
    agencies: &[AgencyId],
    state: Option<&str>,
    after: Option<NoticeId>,
    limit: u32,
) -> Result<Vec<NoticeRow>, StoreError> {
    let mut query = notices::table
        .filter(notices::agency_id.assume_not_null().eq_any(agencies.to_vec()))
        .order(notices::id.desc())
        .limit(i64::from(limit))
        .select(NoticeRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(state) = state {
        query = query.filter(notices::state.eq(state));
    }
    if let Some(after) = after {
        query = query.filter(notices::id.lt(after));
    }
    Ok(query.load(conn)?)
}

/// How many stand in each state.
///
/// # Errors
/// Only the database's own.
pub fn count_by_state(conn: &mut Conn) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(notices::table
        .group_by(notices::state)
        .order(notices::state)
        .select((notices::state, diesel::dsl::count_star()))
        .load(conn)?)
}
