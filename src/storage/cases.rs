//! The projection of each case: one row that says what its journal amounts to now.
//!
//! Written in the same transaction as the events. There is no deleting: a case whose content is
//! destroyed keeps its row and its journal.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::prepared::Prepared;
use super::schema::cases;
use super::types::Instant;
use crate::ids::{AgencyId, CaseId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// A case as lists and searches see it. Days are days in China.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = cases, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct CaseRow {
    pub id: CaseId,
    /// Counts the writes; whoever changes the case must have seen the latest.
    pub version: i32,
    pub agency_id: AgencyId,
    /// 回执编号: what the applicant is told when the application arrives.
    pub receipt_no: String,
    /// 案号, given at registration, unique within the agency.
    pub number: Option<String>,
    pub channel: String,
    pub applicant_kind: String,
    pub stage: String,
    pub handler_id: Option<StaffId>,
    pub arrived_on: NaiveDate,
    /// 收到之日 in the law's sense (条例第三十一条), once it is known.
    pub received_on: Option<NaiveDate>,
    pub registered_on: Option<NaiveDate>,
    /// The last day of the clock that runs, or of the wait that stands in its place. None once closed.
    pub due_on: Option<NaiveDate>,
    /// The last day that could still be argued for, where two readings of a period differ.
    pub last_defensible_on: Option<NaiveDate>,
    /// Whether `due_on` rests on a calendar that is not yet announced.
    pub due_provisional: bool,
    /// Which clock `due_on` belongs to.
    pub due_clock: Option<String>,
    pub extended: bool,
    pub outcome: Option<String>,
    pub closed_on: Option<NaiveDate>,
    /// Whether the reply came after its due date; None while there is none.
    pub late: Option<bool>,
    /// Renewing the applicant's query code raises this.
    pub query_generation: i32,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub updated_at: DateTime<Utc>,
    /// What is applied for: disclosure, or a correction of records (条例第四十一条).
    pub matter: String,
}

/// Adds a case.
///
/// # Errors
/// [`StoreError::Conflict`] when its receipt number, its number within the agency or its id is taken.
pub fn insert(conn: &mut Conn, row: &CaseRow) -> Result<(), StoreError> {
    diesel::insert_into(cases::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Writes the whole row, if the case still is at `expected_version`; `row.version` is the new one.
///
/// # Errors
/// [`StoreError::Conflict`] when someone else changed the case first (or it is not there), and when
/// its number is taken within the agency.
pub fn update(conn: &mut Conn, row: &CaseRow, expected_version: i32) -> Result<(), StoreError> {
    let stands = cases::table.find(row.id).filter(cases::version.eq(expected_version));
    touched(Prepared(diesel::update(stands).set(row.clone())).execute(conn), StoreError::Conflict)
}

/// The case with this id, if there is one.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
    Ok(cases::table.find(id).select(CaseRow::as_select()).first(conn).optional()?)
}

/// The case with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: CaseId) -> Result<CaseRow, StoreError> {
    find(conn, id)?.ok_or(StoreError::Missing)
}

/// The case with this number on its receipt. For whoever may know whether there is one; others are answered by
/// [`find_up_to_receipt_no`].
///
/// # Errors
/// Only the database's own.
pub fn find_by_receipt_no(conn: &mut Conn, receipt_no: &str) -> Result<Option<CaseRow>, StoreError> {
    Ok(cases::table.filter(cases::receipt_no.eq(receipt_no)).select(CaseRow::as_select()).first(conn).optional()?)
}

/// What a query code is held against: the number on a receipt, its case, and the generation of its code. Of the case with this number;
/// where there is none, of the one whose number comes next before it. So a number that does not exist is looked for in the same way, and
/// a row is read for it too: it takes as long. Whoever asks looks whether the number is the one they meant.
///
/// # Errors
/// Only the database's own.
pub fn find_up_to_receipt_no(conn: &mut Conn, receipt_no: &str) -> Result<Option<(String, CaseId, i32)>, StoreError> {
    Ok(cases::table
        .filter(cases::receipt_no.le(receipt_no))
        .order(cases::receipt_no.desc())
        .select((cases::receipt_no, cases::id, cases::query_generation))
        .first(conn)
        .optional()?)
}

/// The cases of these agencies with this number in the register, or with this one on the receipt; several only where two agencies have given the
/// same.
///
/// # Errors
/// Only the database's own.
pub fn list_by_number(
    conn: &mut Conn,
    agencies: &[AgencyId],
    number: &str,
    receipt_no: &str,
) -> Result<Vec<CaseRow>, StoreError> {
    let received: Vec<CaseRow> =
        cases::table.filter(cases::receipt_no.eq(receipt_no)).select(CaseRow::as_select()).load(conn)?;
    let registered: Vec<CaseRow> = cases::table
        .filter(cases::agency_id.eq_any(agencies.to_vec()))
        .filter(cases::number.eq(number))
        .select(CaseRow::as_select())
        .load(conn)?;
    Ok(received.into_iter().filter(|row| agencies.contains(&row.agency_id)).chain(registered).collect())
}

/// Whether the agency has given this number already.
///
/// # Errors
/// Only the database's own.
pub fn has_number(conn: &mut Conn, agency: AgencyId, number: &str) -> Result<bool, StoreError> {
    let given = cases::table.filter(cases::agency_id.eq(agency)).filter(cases::number.eq(number));
    Ok(given.select(cases::id).first::<CaseId>(conn).optional()?.is_some())
}

/// How many open cases are in the hands of each of `handlers`; who has none is not in the list.
///
/// # Errors
/// Only the database's own.
pub fn count_open_of(conn: &mut Conn, handlers: &[StaffId]) -> Result<Vec<(StaffId, i64)>, StoreError> {
    Ok(cases::table
        .filter(cases::closed_on.is_null())
        .filter(cases::handler_id.assume_not_null().eq_any(handlers))
        .group_by(cases::handler_id)
        .select((cases::handler_id.assume_not_null(), diesel::dsl::count_star()))
        .load(conn)?)
}

/// The rows of these cases, in no particular order.
///
/// # Errors
/// The database's own.
pub fn list_of(conn: &mut Conn, ids: &[CaseId]) -> Result<Vec<CaseRow>, StoreError> {
    Ok(cases::table.filter(cases::id.eq_any(ids)).select(CaseRow::as_select()).load(conn)?)
}

/// Cases that have a row but no journal: there must be none.
///
/// # Errors
/// The database's own.
pub fn list_without_journal(conn: &mut Conn) -> Result<Vec<CaseId>, StoreError> {
    use super::schema::journal;
    let with_journal = journal::table.filter(journal::seq.eq(1)).select(journal::case_id);
    Ok(cases::table.filter(cases::id.ne_all(with_journal)).select(cases::id).load(conn)?)
}
