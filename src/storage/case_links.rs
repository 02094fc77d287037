//! Which cases belong together, seen from either side: a projection of the journals.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::case_links;
use crate::ids::CaseId;
use diesel::prelude::*;

/// One link, as the case that recorded it has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Queryable, Selectable, Insertable)]
#[diesel(table_name = case_links, treat_none_as_default_value = false)]
pub struct CaseLinkRow {
    /// The case that recorded it.
    pub case_id: CaseId,
    /// The entry that did.
    pub seq: i32,
    /// The other case.
    pub other_id: CaseId,
    /// A link's code, or `split_off`.
    pub link: String,
}

/// Adds a link.
///
/// # Errors
/// [`StoreError::Conflict`] when that entry has made it already.
pub fn insert(conn: &mut Conn, row: &CaseLinkRow) -> Result<(), StoreError> {
    diesel::insert_into(case_links::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The links that a case's own journal made.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<CaseLinkRow>, StoreError> {
    Ok(case_links::table
        .filter(case_links::case_id.eq(case))
        .order((case_links::seq, case_links::other_id))
        .select(CaseLinkRow::as_select())
        .load(conn)?)
}

/// The links that other cases made to this one.
///
/// # Errors
/// Only the database's own.
pub fn list_to(conn: &mut Conn, case: CaseId) -> Result<Vec<CaseLinkRow>, StoreError> {
    Ok(case_links::table
        .filter(case_links::other_id.eq(case))
        .order((case_links::case_id, case_links::seq))
        .select(CaseLinkRow::as_select())
        .load(conn)?)
}
