//! What keeps a file from being destroyed. One function answers for all of it: [`held`].

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::retention::legal_holds;
use super::schema::{cases, proceedings};
use super::types::{Instant, MaybeInstant};
use crate::ids::{AgencyId, CaseId, ProceedingId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use std::collections::BTreeSet;

/// The code of a file that was opened by mistake.
const MISTAKEN: &str = "mistaken";

/// An order by hand, as the journal of its case has it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = legal_holds, treat_none_as_default_value = false)]
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

/// Which of `cases` were ever taken to a reconsideration or to court. A file opened by mistake is none.
///
/// # Errors
/// Only the database's own.
pub fn reviewed(conn: &mut Conn, cases: &[CaseId]) -> Result<BTreeSet<CaseId>, StoreError> {
    let kinds = ["reconsideration", "litigation"];
    let taken: Vec<CaseId> = proceedings::table
        .filter(proceedings::case_id.eq_any(cases))
        .filter(proceedings::kind.eq_any(kinds))
        .filter(proceedings::struck.is_null().or(proceedings::struck.ne(MISTAKEN)))
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

/// A closed case that a proceeding holds.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct PendingRow {
    pub case_id: CaseId,
    /// In the register, or on the receipt.
    pub number: Option<String>,
    pub receipt_no: String,
    pub proceeding_id: ProceedingId,
    /// The number of the proceeding's file.
    pub proceeding: String,
    /// Since when it runs, as far as is known.
    pub began_on: NaiveDate,
}

/// Proceedings that run beside closed cases of `agencies`, the oldest first, at most `limit`.
///
/// # Errors
/// Only the database's own.
pub fn list_pending(conn: &mut Conn, agencies: &[AgencyId], limit: i64) -> Result<Vec<PendingRow>, StoreError> {
    Ok(proceedings::table
        .inner_join(cases::table.on(cases::id.eq(proceedings::case_id)))
        .filter(proceedings::closed_on.is_null())
        .filter(cases::closed_on.is_not_null())
        .filter(proceedings::agency_id.eq_any(agencies))
        .order((proceedings::began_on, proceedings::id))
        .limit(limit)
        .select((
            cases::id,
            cases::number,
            cases::receipt_no,
            proceedings::id,
            proceedings::number,
            proceedings::began_on,
        ))
        .load(conn)?)
}

/// The closed cases of an agency beside which a proceeding ever stood, or that somebody ordered to be kept: those whose term may be
/// another than their outcome alone would give them, or that are held.
///
/// # Errors
/// Only the database's own.
pub fn list_beside(conn: &mut Conn, agency: AgencyId) -> Result<Vec<CaseId>, StoreError> {
    let taken: Vec<CaseId> = proceedings::table
        .inner_join(cases::table.on(cases::id.eq(proceedings::case_id)))
        .filter(cases::agency_id.eq(agency))
        .filter(cases::closed_on.is_not_null())
        .select(cases::id)
        .distinct()
        .load(conn)?;
    let by_hand: Vec<CaseId> = legal_holds::table
        .inner_join(cases::table.on(cases::id.eq(legal_holds::case_id)))
        .filter(cases::agency_id.eq(agency))
        .filter(cases::closed_on.is_not_null())
        .filter(legal_holds::lifted_at.is_null())
        .select(cases::id)
        .distinct()
        .load(conn)?;
    let all: BTreeSet<CaseId> = taken.into_iter().chain(by_hand).collect();
    Ok(all.into_iter().collect())
}
