//! What somebody must see to beside the steps of the law, such as a letter that did not arrive.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::tasks;
use super::types::{Instant, MaybeInstant};
use crate::ids::{AgencyId, CaseId, NoticeId, StaffId, TaskId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One task.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = tasks, treat_none_as_default_value = false)]
pub struct TaskRow {
    pub id: TaskId,
    pub case_id: CaseId,
    pub agency_id: AgencyId,
    pub kind: String,
    /// The notice that it is about.
    pub notice_id: Option<NoticeId>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub raised_at: DateTime<Utc>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub done_at: Option<DateTime<Utc>>,
    pub done_by: Option<StaffId>,
    /// How it was settled, as a code.
    pub remark: Option<String>,
}

/// Gives the tasks of a case that are not done to the agency that succeeds to it.
///
/// # Errors
/// Only the database's own.
pub fn move_open(conn: &mut Conn, case: CaseId, to: AgencyId) -> Result<(), StoreError> {
    let open = tasks::table.filter(tasks::case_id.eq(case)).filter(tasks::done_at.is_null());
    diesel::update(open).set(tasks::agency_id.eq(to)).execute(conn)?;
    Ok(())
}

/// Raises one; false when the same was raised before.
///
/// # Errors
/// Only the database's own.
pub fn insert(conn: &mut Conn, row: &TaskRow) -> Result<bool, StoreError> {
    let raised = conn.savepoint(|conn| {
        diesel::insert_into(tasks::table).values(row.clone()).execute(conn)?;
        Ok(())
    });
    match raised {
        Ok(()) => Ok(true),
        Err(StoreError::Conflict) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The task with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: TaskId) -> Result<TaskRow, StoreError> {
    tasks::table.find(id).select(TaskRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// Those of a case, the oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list_of_case(conn: &mut Conn, case: CaseId) -> Result<Vec<TaskRow>, StoreError> {
    Ok(tasks::table
        .filter(tasks::case_id.eq(case))
        .order((tasks::raised_at, tasks::id))
        .select(TaskRow::as_select())
        .load(conn)?)
}

/// Open ones at these agencies, the oldest first, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_open(
    conn: &mut Conn,
    agencies: &[AgencyId],
    after: Option<TaskId>,
    limit: u32,
) -> Result<Vec<TaskRow>, StoreError> {
    let mut query = tasks::table
        .filter(tasks::agency_id.eq_any(agencies.to_vec()))
        .filter(tasks::done_at.is_null())
        .order(tasks::id)
        .limit(i64::from(limit))
        .select(TaskRow::as_select())
        .into_boxed::<super::conn::MultiBackend>();
    if let Some(after) = after {
        query = query.filter(tasks::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Marks one as done.
///
/// # Errors
/// [`StoreError::Conflict`] when it was done already.
pub fn finish(conn: &mut Conn, id: TaskId, by: StaffId, remark: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let rows = diesel::update(tasks::table.find(id))
        .filter(tasks::done_at.is_null())
        .set((tasks::done_at.eq(Instant::from(at)), tasks::done_by.eq(by), tasks::remark.eq(remark)))
        .execute(conn);
    touched(rows, StoreError::Conflict)
}
