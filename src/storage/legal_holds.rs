//! What keeps a file from being destroyed. One function answers for all of it: [`held`].

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::retention::legal_holds;
use super::schema::{cases, proceedings};
use super::types::{Instant, MaybeInstant};
use crate::ids::{AgencyId, CaseId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use std::collections::BTreeSet;

/// An order by hand, as the journal of its case has it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = legal_holds)]
pub struct HoldRow {
    pub case_id: CaseId,
    /// The entry that placed it.
    pub seq: i32,
    pub placed_by: Option<StaffId>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub placed_at: DateTime<Utc>,
    pub lifted_by: Option<StaffId>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub lifted_at: Option<DateTime<Utc>>,
}

/// Which of `cases` may not be destroyed: a hold was placed by hand, or a proceeding runs.
///
/// # Errors
/// Only the database's own.
pub fn held(conn: &mut Conn, cases: &[CaseId]) -> Result<BTreeSet<CaseId>, StoreError> {
    let by_hand: Vec<CaseId> = legal_holds::table
        .filter(legal_holds::case_id.eq_any(cases))
        .filter(legal_holds::lifted_at.is_null())
        .select(legal_holds::case_id)
        .load(conn)?;
    let pending: Vec<CaseId> = proceedings::table
        .filter(proceedings::case_id.eq_any(cases))
        .filter(proceedings::closed_on.is_null())
        .select(proceedings::case_id)
        .load(conn)?;
    Ok(by_hand.into_iter().chain(pending).collect())
}

/// Which of `cases` were ever taken to a reconsideration or to court.
///
/// # Errors
/// Only the database's own.
pub fn reviewed(conn: &mut Conn, cases: &[CaseId]) -> Result<BTreeSet<CaseId>, StoreError> {
    let kinds = ["reconsideration", "litigation"];
    let taken: Vec<CaseId> = proceedings::table
        .filter(proceedings::case_id.eq_any(cases))
        .filter(proceedings::kind.eq_any(kinds))
        .select(proceedings::case_id)
        .load(conn)?;
    Ok(taken.into_iter().collect())
}

/// Places one.
///
/// # Errors
/// [`StoreError::Conflict`] when that entry placed one already.
pub fn insert(conn: &mut Conn, row: &HoldRow) -> Result<(), StoreError> {
    diesel::insert_into(legal_holds::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Lifts one.
///
/// # Errors
/// [`StoreError::Missing`] when it does not stand.
pub fn lift(conn: &mut Conn, case: CaseId, seq: i32, by: Option<StaffId>, at: DateTime<Utc>) -> Result<(), StoreError> {
    let stands = legal_holds::table.find((case, seq)).filter(legal_holds::lifted_at.is_null());
    let lifted = diesel::update(stands)
        .set((legal_holds::lifted_by.eq(by), legal_holds::lifted_at.eq(Instant::from(at))))
        .execute(conn);
    touched(lifted, StoreError::Missing)
}

/// All holds of a case, oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<HoldRow>, StoreError> {
    Ok(legal_holds::table
        .filter(legal_holds::case_id.eq(case))
        .order(legal_holds::seq)
        .select(HoldRow::as_select())
        .load(conn)?)
}

/// Holds that stand in cases of `agencies`, the oldest first, at most `limit`.
///
/// # Errors
/// Only the database's own.
pub fn list_standing(conn: &mut Conn, agencies: &[AgencyId], limit: i64) -> Result<Vec<HoldRow>, StoreError> {
    Ok(legal_holds::table
        .inner_join(cases::table.on(cases::id.eq(legal_holds::case_id)))
        .filter(legal_holds::lifted_at.is_null())
        .filter(cases::agency_id.eq_any(agencies))
        .order((legal_holds::placed_at, legal_holds::case_id, legal_holds::seq))
        .limit(limit)
        .select(HoldRow::as_select())
        .load(conn)?)
}
