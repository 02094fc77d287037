//! Words by which an office sorts its cases. A mark beside the case, no part of its journal; who put it on or took it off
//! is kept in rows that are only added.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::{case_tag_changes, case_tags};
use super::types::Instant;
use crate::ids::{CaseId, StaffId, TagChangeId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// A word on a case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = case_tags, treat_none_as_default_value = false)]
pub struct CaseTagRow {
    pub case_id: CaseId,
    pub tag: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub tagged_at: DateTime<Utc>,
}

/// That one was put on or taken off.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = case_tag_changes, treat_none_as_default_value = false)]
pub struct CaseTagChangeRow {
    pub id: TagChangeId,
    pub case_id: CaseId,
    pub tag: String,
    /// Put on; else taken off.
    pub put_on: bool,
    pub staff_id: StaffId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub at: DateTime<Utc>,
}

/// Makes the change and keeps who made it. Whether it is one is the caller's to know.
///
/// # Errors
/// [`StoreError::Conflict`] where somebody else has just put the same word on.
pub fn change(conn: &mut Conn, row: &CaseTagChangeRow) -> Result<(), StoreError> {
    if row.put_on {
        let tag = CaseTagRow { case_id: row.case_id, tag: row.tag.clone(), tagged_at: row.at };
        diesel::insert_into(case_tags::table).values(tag).execute(conn)?;
    } else {
        diesel::delete(case_tags::table.find((row.case_id, row.tag.clone()))).execute(conn)?;
    }
    diesel::insert_into(case_tag_changes::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The words on these cases, each case's in their order.
///
/// # Errors
/// Only the database's own.
pub fn list_of_cases(conn: &mut Conn, cases: &[CaseId]) -> Result<Vec<CaseTagRow>, StoreError> {
    Ok(case_tags::table
        .filter(case_tags::case_id.eq_any(cases.to_vec()))
        .order((case_tags::case_id, case_tags::tag))
        .select(CaseTagRow::as_select())
        .load(conn)?)
}

/// What was changed on a case, the earliest first.
///
/// # Errors
/// Only the database's own.
pub fn list_changes(conn: &mut Conn, case: CaseId) -> Result<Vec<CaseTagChangeRow>, StoreError> {
    Ok(case_tag_changes::table
        .filter(case_tag_changes::case_id.eq(case))
        .order((case_tag_changes::at, case_tag_changes::id))
        .select(CaseTagChangeRow::as_select())
        .load(conn)?)
}
