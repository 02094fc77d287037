//! Who looked at what is masked before looks had a chain of their own (`log_entries`). What was written then stays, is shown
//! with the looks that came after, and nothing is added to it any more.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::access_log;
use super::types::Instant;
use crate::ids::{AccessId, CaseId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One look.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = access_log)]
pub struct AccessRow {
    pub id: AccessId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub at: DateTime<Utc>,
    pub staff_id: StaffId,
    /// The case from which one looked, if it was one.
    pub case_id: Option<CaseId>,
    /// The blind index of the person looked for, if it was one; never the value.
    pub subject_index: Option<String>,
    /// What was looked at, such as `identity` or `applicant_cases`.
    pub kind: String,
    /// Why, as a code of a closed list, where a reason is asked for.
    pub reason_code: Option<String>,
    /// What was asked for, where that is more than one case; never a person's particulars.
    pub detail: Option<String>,
}

/// The looks from one case, the earliest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<AccessRow>, StoreError> {
    Ok(access_log::table
        .filter(access_log::case_id.eq(case))
        .order((access_log::at, access_log::id))
        .select(AccessRow::as_select())
        .load(conn)?)
}
