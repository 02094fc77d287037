//! How many open cases lie where: one walk over the projection, whatever their number.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::cases;
use crate::ids::{AgencyId, StaffId};
use chrono::NaiveDate;
use diesel::dsl::{case_when, count_star, sum};
use diesel::prelude::*;
use diesel::sql_types::Integer;

/// The open cases of one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageCount {
    pub stage: String,
    pub open: i64,
    /// In the hands of those who were named.
    pub theirs: i64,
    /// Due before the day.
    pub overdue: i64,
}

/// The open cases of `agencies` stage by stage; stages without one are left out.
///
/// # Errors
/// Only the database's own.
pub fn count_open_by_stage(
    conn: &mut Conn,
    agencies: &[AgencyId],
    handlers: &[StaffId],
    day: NaiveDate,
) -> Result<Vec<StageCount>, StoreError> {
    type Counted = (String, i64, Option<i64>, Option<i64>);
    let (one, none) = (|| 1.into_sql::<Integer>(), || 0.into_sql::<Integer>());
    // A null is compared as if it could not be: it then simply does not match.
    let theirs = cases::handler_id.assume_not_null().eq_any(handlers.to_vec());
    let overdue = cases::due_on.assume_not_null().lt(day);
    let found: Vec<Counted> = cases::table
        .filter(cases::closed_on.is_null())
        .filter(cases::agency_id.eq_any(agencies.to_vec()))
        .group_by(cases::stage)
        .select((
            cases::stage,
            count_star(),
            sum(case_when(theirs, one()).otherwise(none())),
            sum(case_when(overdue, one()).otherwise(none())),
        ))
        .load(conn)?;
    Ok(found
        .into_iter()
        .map(|(stage, open, theirs, overdue)| StageCount {
            stage,
            open,
            theirs: theirs.unwrap_or(0),
            overdue: overdue.unwrap_or(0),
        })
        .collect())
}
