//! Lists of files to be destroyed, and what became of each file on them. Nothing here destroys: see `case_keys`.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::retention::{disposal_items, disposals};
use super::types::{Instant, MaybeInstant};
use crate::ids::{AgencyId, CaseId, DisposalId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;

/// Proposed by one.
pub const PROPOSED: &str = "proposed";
/// Approved by another: what stands on it is being destroyed.
pub const APPROVED: &str = "approved";
/// All of it is destroyed.
pub const DONE: &str = "done";
/// Given up.
pub const DROPPED: &str = "dropped";

/// One list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = disposals, treat_none_as_default_value = false)]
pub struct DisposalRow {
    pub id: DisposalId,
    pub agency_id: AgencyId,
    pub state: String,
    /// From its approval on.
    pub certificate: Option<String>,
    pub proposed_by: StaffId,
    /// In whose place, where a role was lent.
    pub proposed_for: Option<StaffId>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub proposed_at: DateTime<Utc>,
    pub decided_by: Option<StaffId>,
    pub decided_for: Option<StaffId>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub decided_at: Option<DateTime<Utc>>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub done_at: Option<DateTime<Utc>>,
}

/// A file on a list.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = disposal_items, treat_none_as_default_value = false)]
pub struct ItemRow {
    pub disposal_id: DisposalId,
    pub case_id: CaseId,
    pub number: String,
    pub closed_on: NaiveDate,
    pub outcome: String,
    pub term: String,
    pub kept_until: NaiveDate,
    pub struck_by: Option<StaffId>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub struck_at: Option<DateTime<Utc>>,
    /// Why, as a code.
    pub struck_for: Option<String>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub destroyed_at: Option<DateTime<Utc>>,
    /// The entry of its journal that says so, and the head of the chain there.
    pub head_seq: Option<i32>,
    pub head: Option<String>,
    /// The files whose bytes are still to go, as JSON.
    pub objects: String,
    /// When the last of its bytes had gone.
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub swept_at: Option<DateTime<Utc>>,
    /// Why it could not be destroyed when it was last tried.
    pub fault: Option<String>,
}

/// What was done with the key, and where the journal says so.
#[derive(Debug, Clone)]
pub struct Gone {
    pub at: DateTime<Utc>,
    pub head_seq: i32,
    pub head: String,
    pub objects: String,
}

/// Adds a list with its files.
///
/// # Errors
/// [`StoreError::Conflict`] when one of them stands on another list.
pub fn insert(conn: &mut Conn, row: &DisposalRow, items: &[ItemRow]) -> Result<(), StoreError> {
    diesel::insert_into(disposals::table).values(row.clone()).execute(conn)?;
    for item in items {
        diesel::insert_into(disposal_items::table).values(item.clone()).execute(conn)?;
    }
    Ok(())
}

/// One list.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: DisposalId) -> Result<DisposalRow, StoreError> {
    disposals::table.find(id).select(DisposalRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// The lists of `agencies`, the newest first, at most `limit`.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, agencies: &[AgencyId], limit: i64) -> Result<Vec<DisposalRow>, StoreError> {
    Ok(disposals::table
        .filter(disposals::agency_id.eq_any(agencies))
        .order((disposals::proposed_at.desc(), disposals::id.desc()))
        .limit(limit)
        .select(DisposalRow::as_select())
        .load(conn)?)
}

/// Lists that two people have approved and that are not done.
///
/// # Errors
/// Only the database's own.
pub fn list_approved(conn: &mut Conn) -> Result<Vec<DisposalRow>, StoreError> {
    Ok(disposals::table
        .filter(disposals::state.eq(APPROVED))
        .order(disposals::id)
        .select(DisposalRow::as_select())
        .load(conn)?)
}

/// The files on a list, in the order of their closing.
///
/// # Errors
/// Only the database's own.
pub fn items(conn: &mut Conn, id: DisposalId) -> Result<Vec<ItemRow>, StoreError> {
    Ok(disposal_items::table
        .filter(disposal_items::disposal_id.eq(id))
        .order((disposal_items::closed_on, disposal_items::case_id))
        .select(ItemRow::as_select())
        .load(conn)?)
}

/// A file on a list.
///
/// # Errors
/// [`StoreError::Missing`] when it is not on it.
pub fn item(conn: &mut Conn, id: DisposalId, case: CaseId) -> Result<ItemRow, StoreError> {
    let found = disposal_items::table.find((id, case)).select(ItemRow::as_select()).first(conn).optional()?;
    found.ok_or(StoreError::Missing)
}

/// The list on which a case stands or stood to its end, if any: not one off which it was struck.
///
/// # Errors
/// Only the database's own.
pub fn item_of_case(conn: &mut Conn, case: CaseId) -> Result<Option<ItemRow>, StoreError> {
    Ok(disposal_items::table
        .filter(disposal_items::case_id.eq(case))
        .filter(disposal_items::struck_at.is_null())
        .select(ItemRow::as_select())
        .first(conn)
        .optional()?)
}

/// Strikes a file off.
///
/// # Errors
/// [`StoreError::Missing`] when it does not stand on it.
pub fn strike(
    conn: &mut Conn,
    (id, case): (DisposalId, CaseId),
    by: StaffId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let stands = disposal_items::table
        .find((id, case))
        .filter(disposal_items::struck_at.is_null())
        .filter(disposal_items::destroyed_at.is_null());
    let struck = diesel::update(stands)
        .set((
            disposal_items::struck_by.eq(by),
            disposal_items::struck_for.eq(reason),
            disposal_items::struck_at.eq(Instant::from(at)),
        ))
        .execute(conn);
    touched(struck, StoreError::Missing)
}

/// Decides on a list: `state` is approved or dropped.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody decided before.
pub fn decide(
    conn: &mut Conn,
    id: DisposalId,
    state: &str,
    certificate: Option<&str>,
    (by, absent): (StaffId, Option<StaffId>),
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let waits = disposals::table.filter(disposals::id.eq(id)).filter(disposals::state.eq(PROPOSED));
    let decided = diesel::update(waits)
        .set((
            disposals::state.eq(state),
            disposals::certificate.eq(certificate),
            disposals::decided_by.eq(by),
            disposals::decided_for.eq(absent),
            disposals::decided_at.eq(Instant::from(at)),
        ))
        .execute(conn);
    touched(decided, StoreError::Conflict)
}

/// The key of a file on the list is gone: in the transaction that took it.
///
/// # Errors
/// [`StoreError::Missing`] when it does not stand on the list.
pub fn destroyed(conn: &mut Conn, id: DisposalId, case: CaseId, gone: &Gone) -> Result<(), StoreError> {
    let done = diesel::update(disposal_items::table.find((id, case)))
        .set((
            disposal_items::destroyed_at.eq(Instant::from(gone.at)),
            disposal_items::head_seq.eq(gone.head_seq),
            disposal_items::head.eq(&gone.head),
            disposal_items::objects.eq(&gone.objects),
            disposal_items::fault.eq(None::<String>),
        ))
        .execute(conn);
    touched(done, StoreError::Missing)
}

/// Its bytes are gone too.
///
/// # Errors
/// Only the database's own.
pub fn swept(conn: &mut Conn, id: DisposalId, case: CaseId, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(disposal_items::table.find((id, case)))
        .set(disposal_items::swept_at.eq(Instant::from(at)))
        .execute(conn)?;
    Ok(())
}

/// It could not be destroyed, or its bytes could not be taken away.
///
/// # Errors
/// Only the database's own.
pub fn failed(conn: &mut Conn, id: DisposalId, case: CaseId, fault: &str) -> Result<(), StoreError> {
    diesel::update(disposal_items::table.find((id, case))).set(disposal_items::fault.eq(fault)).execute(conn)?;
    Ok(())
}

/// Files of a list that are still to be done: not destroyed, or destroyed with bytes left in the store; behind `after`, at most `limit`.
///
/// # Errors
/// Only the database's own.
pub fn to_do(conn: &mut Conn, id: DisposalId, after: Option<CaseId>, limit: i64) -> Result<Vec<ItemRow>, StoreError> {
    let mut query = disposal_items::table
        .filter(disposal_items::disposal_id.eq(id))
        .filter(disposal_items::struck_at.is_null())
        .filter(disposal_items::swept_at.is_null())
        .order(disposal_items::case_id)
        .limit(limit)
        .select(ItemRow::as_select())
        .into_boxed::<super::conn::MultiBackend>();
    if let Some(after) = after {
        query = query.filter(disposal_items::case_id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// How many files stand on a list, how many of them have lost their key, and how many are wholly gone.
///
/// # Errors
/// Only the database's own.
pub fn progress(conn: &mut Conn, id: DisposalId) -> Result<(i64, i64, i64), StoreError> {
    let standing =
        || disposal_items::table.filter(disposal_items::disposal_id.eq(id)).filter(disposal_items::struck_at.is_null());
    let all = standing().select(count_star()).first(conn)?;
    let keyless = standing().filter(disposal_items::destroyed_at.is_not_null()).select(count_star()).first(conn)?;
    let gone = standing().filter(disposal_items::swept_at.is_not_null()).select(count_star()).first(conn)?;
    Ok((all, keyless, gone))
}

/// All of it is done.
///
/// # Errors
/// Only the database's own.
pub fn finish(conn: &mut Conn, id: DisposalId, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::update(disposals::table.filter(disposals::id.eq(id)).filter(disposals::state.eq(APPROVED)))
        .set((disposals::state.eq(DONE), disposals::done_at.eq(Instant::from(at))))
        .execute(conn)?;
    Ok(())
}
