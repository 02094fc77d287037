//! What each member of staff has chosen about notices: address, language, hours, and which at once.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::notice_choices;
use super::types::Instant;
use crate::ids::StaffId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One person's choice.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = notice_choices, treat_none_as_default_value = false)]
pub struct NoticeChoiceRow {
    pub staff_id: StaffId,
    /// Empty where there is none.
    pub email: String,
    pub language: String,
    /// Whether mail may come outside working hours.
    pub any_hour: bool,
    /// A JSON object: kind of notice to `at_once`, `digest` or `off`.
    pub choices: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub changed_at: DateTime<Utc>,
}

/// Somebody's choice, if any was made.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, staff: StaffId) -> Result<Option<NoticeChoiceRow>, StoreError> {
    Ok(notice_choices::table.find(staff).select(NoticeChoiceRow::as_select()).first(conn).optional()?)
}

/// Puts a choice in the place of what was there.
///
/// # Errors
/// Only the database's own.
pub fn set(conn: &mut Conn, row: &NoticeChoiceRow) -> Result<(), StoreError> {
    diesel::delete(notice_choices::table.find(row.staff_id)).execute(conn)?;
    diesel::insert_into(notice_choices::table).values(row.clone()).execute(conn)?;
    Ok(())
}
