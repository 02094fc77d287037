//! Calendars that were proposed, and what was decided: a row a proposal, decided once and then never changed.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::calendar_proposals;
use super::types::{Instant, MaybeInstant};
use crate::ids::{ProposalId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One proposal.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_proposals, treat_none_as_default_value = false)]
pub struct ProposalRow {
    pub id: ProposalId,
    pub year: i32,
    pub notice: String,
    /// The days off and the days worked in their place, as JSON.
    pub body: String,
    pub source: String,
    /// Since when the edition is known with which it was compared; none for a year nobody knew.
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub stands_on: Option<DateTime<Utc>>,
    /// None for what was found at a start, or came by the command line.
    pub proposed_by: Option<StaffId>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub proposed_at: DateTime<Utc>,
    pub decided_by: Option<StaffId>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub decided_at: Option<DateTime<Utc>>,
    /// None while it is open.
    pub decision: Option<String>,
}

/// Adds a proposal.
///
/// # Errors
/// [`StoreError::Conflict`] when the id is taken.
pub fn insert(conn: &mut Conn, row: &ProposalRow) -> Result<(), StoreError> {
    diesel::insert_into(calendar_proposals::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The proposal with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: ProposalId) -> Result<ProposalRow, StoreError> {
    Ok(calendar_proposals::table.find(id).select(ProposalRow::as_select()).first(conn)?)
}

/// The latest, newest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, limit: u32) -> Result<Vec<ProposalRow>, StoreError> {
    Ok(calendar_proposals::table
        .order((calendar_proposals::proposed_at.desc(), calendar_proposals::id.desc()))
        .limit(i64::from(limit))
        .select(ProposalRow::as_select())
        .load(conn)?)
}

/// Those on which nothing is decided, in the order in which they came.
///
/// # Errors
/// Only the database's own.
pub fn list_open(conn: &mut Conn) -> Result<Vec<ProposalRow>, StoreError> {
    Ok(calendar_proposals::table
        .filter(calendar_proposals::decision.is_null())
        .order(calendar_proposals::id)
        .select(ProposalRow::as_select())
        .load(conn)?)
}

/// All of a year, in the order in which they came.
///
/// # Errors
/// Only the database's own.
pub fn list_of_year(conn: &mut Conn, year: i32) -> Result<Vec<ProposalRow>, StoreError> {
    Ok(calendar_proposals::table
        .filter(calendar_proposals::year.eq(year))
        .order(calendar_proposals::id)
        .select(ProposalRow::as_select())
        .load(conn)?)
}

/// Decides an open one. False when somebody else was first.
///
/// # Errors
/// Only the database's own.
pub fn decide(
    conn: &mut Conn,
    id: ProposalId,
    decision: &str,
    by: StaffId,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let open = calendar_proposals::table.find(id).filter(calendar_proposals::decision.is_null());
    let rows = diesel::update(open)
        .set((
            calendar_proposals::decision.eq(decision),
            calendar_proposals::decided_by.eq(by),
            calendar_proposals::decided_at.eq(Instant::from(at)),
        ))
        .execute(conn)?;
    Ok(rows > 0)
}

/// Marks every other open one of a year as overtaken.
///
/// # Errors
/// Only the database's own.
pub fn overtake_others(
    conn: &mut Conn,
    year: i32,
    but: ProposalId,
    by: StaffId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let others = calendar_proposals::table
        .filter(calendar_proposals::year.eq(year))
        .filter(calendar_proposals::id.ne(but))
        .filter(calendar_proposals::decision.is_null());
    diesel::update(others)
        .set((
            calendar_proposals::decision.eq("overtaken"),
            calendar_proposals::decided_by.eq(by),
            calendar_proposals::decided_at.eq(Instant::from(at)),
        ))
        .execute(conn)?;
    Ok(())
}
