//! The projection of each proceeding: one row that says what its journal amounts to now, and what the scheduler keeps beside it.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::proceedings;
use super::types::Instant;
use crate::ids::{AgencyId, CaseId, ProceedingId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// A proceeding as lists see it. Days are days in China.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = proceedings, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ProceedingRow {
    pub id: ProceedingId,
    /// Counts the writes; whoever changes the file must have seen the latest.
    pub version: i32,
    /// The application that led to it.
    pub case_id: CaseId,
    pub agency_id: AgencyId,
    /// The agency's own number of the file, unique within it.
    pub number: String,
    pub kind: String,
    /// The instance that is open, or the last one.
    pub level: String,
    /// How a suit came about.
    pub route: Option<String>,
    pub challenged: String,
    pub letter_number: Option<String>,
    pub stage: String,
    pub handler_id: Option<StaffId>,
    /// The earliest day known of it.
    pub began_on: NaiveDate,
    /// When the copy came, in the instance that is open.
    pub received_on: Option<NaiveDate>,
    /// The last day of what is due next; none once closed.
    pub due_on: Option<NaiveDate>,
    pub due_provisional: bool,
    pub due_clock: Option<String>,
    /// Whether it is the agency that owes it.
    pub due_ours: bool,
    /// The result that stands, whether in effect or not.
    pub judgment: Option<String>,
    pub decided_on: Option<NaiveDate>,
    /// Since when it binds.
    pub effect_on: Option<NaiveDate>,
    /// Whether it binds and found the agency's act wrong.
    pub overturned: bool,
    /// Why: codes separated by commas.
    pub reasons: String,
    pub closed_on: Option<NaiveDate>,
    /// The scheduler's own: through which day people were told.
    pub told_on: NaiveDate,
    /// The scheduler's own: when it looks again.
    pub next_on: Option<NaiveDate>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub updated_at: DateTime<Utc>,
    /// Why it was closed without an outcome.
    pub struck: Option<String>,
}

/// Which to list.
#[derive(Debug, Clone, Default)]
pub struct ProceedingFilter {
    /// Of these agencies; nobody's if empty.
    pub agencies: Vec<AgencyId>,
    /// Kinds; all if empty.
    pub kinds: Vec<String>,
    /// Stages; all if empty.
    pub stages: Vec<String>,
    /// At these desks; all if empty.
    pub handlers: Vec<StaffId>,
    /// Only open ones, or only closed ones.
    pub open: Option<bool>,
    /// Whose day lies before this one and is the agency's own.
    pub overdue_before: Option<NaiveDate>,
    /// Only those that found the agency's act wrong.
    pub overturned: Option<bool>,
    /// Behind this one: the due day (none comes last) and the id where the last page ended.
    pub after: Option<(Option<NaiveDate>, ProceedingId)>,
}

/// Adds one.
///
/// # Errors
/// [`StoreError::Conflict`] when its id or number is taken.
pub fn insert(conn: &mut Conn, row: &ProceedingRow) -> Result<(), StoreError> {
    diesel::insert_into(proceedings::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Writes a new state over the one of version `seen`.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody wrote since.
pub fn update(conn: &mut Conn, row: &ProceedingRow, seen: i32) -> Result<(), StoreError> {
    let place = proceedings::table.find(row.id).filter(proceedings::version.eq(seen));
    touched(diesel::update(place).set(row.clone()).execute(conn), StoreError::Conflict)
}

/// The row with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: ProceedingId) -> Result<ProceedingRow, StoreError> {
    proceedings::table.find(id).select(ProceedingRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// Those of these cases, case by case, oldest first: one query for a page of a list.
///
/// # Errors
/// Only the database's own.
pub fn list_of_cases(conn: &mut Conn, cases: &[CaseId]) -> Result<Vec<ProceedingRow>, StoreError> {
    Ok(proceedings::table
        .filter(proceedings::case_id.eq_any(cases))
        .order((proceedings::case_id, proceedings::created_at, proceedings::id))
        .select(ProceedingRow::as_select())
        .load(conn)?)
}

/// Whether one of this case is open: as long as one is, nothing of the case is destroyed.
///
/// # Errors
/// Only the database's own.
pub fn any_open(conn: &mut Conn, case: CaseId) -> Result<bool, StoreError> {
    let open = proceedings::table.filter(proceedings::case_id.eq(case)).filter(proceedings::closed_on.is_null());
    Ok(open.select(proceedings::id).first::<ProceedingId>(conn).optional()?.is_some())
}

/// A page of those that fit, by their due day, those without one last, then by id. Keyset, in two walks of an index: those with a
/// day, then those without.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, filter: &ProceedingFilter, limit: i64) -> Result<Vec<ProceedingRow>, StoreError> {
    let mut rows = Vec::new();
    if !matches!(filter.after, Some((None, _))) {
        let mut dated = fitting(filter).filter(proceedings::due_on.is_not_null());
        if let Some((Some(day), id)) = filter.after {
            let due = proceedings::due_on.assume_not_null();
            dated = dated.filter(due.gt(day).or(due.eq(day).and(proceedings::id.gt(id))));
        }
        rows = dated
            .order((proceedings::due_on, proceedings::id))
            .limit(limit)
            .select(ProceedingRow::as_select())
            .load(conn)?;
    }
    let left = limit.saturating_sub(i64::try_from(rows.len()).unwrap_or(limit));
    if left > 0 {
        let mut undated = fitting(filter).filter(proceedings::due_on.is_null());
        if let Some((None, id)) = filter.after {
            undated = undated.filter(proceedings::id.gt(id));
        }
        let more = undated.order(proceedings::id).limit(left).select(ProceedingRow::as_select());
        rows.extend(more.load::<ProceedingRow>(conn)?);
    }
    Ok(rows)
}

fn fitting(filter: &ProceedingFilter) -> proceedings::BoxedQuery<'_, super::conn::MultiBackend> {
    let mut query = proceedings::table.filter(proceedings::agency_id.eq_any(&filter.agencies)).into_boxed();
    if !filter.kinds.is_empty() {
        query = query.filter(proceedings::kind.eq_any(&filter.kinds));
    }
    if !filter.stages.is_empty() {
        query = query.filter(proceedings::stage.eq_any(&filter.stages));
    }
    if !filter.handlers.is_empty() {
        query = query.filter(proceedings::handler_id.assume_not_null().eq_any(&filter.handlers));
    }
    match filter.open {
        Some(true) => query = query.filter(proceedings::closed_on.is_null()),
        Some(false) => query = query.filter(proceedings::closed_on.is_not_null()),
        None => {}
    }
    if let Some(before) = filter.overdue_before {
        query = query.filter(proceedings::due_ours.eq(true));
        query = query.filter(proceedings::due_on.assume_not_null().lt(before));
    }
    if let Some(overturned) = filter.overturned {
        query = query.filter(proceedings::overturned.eq(overturned));
    }
    query
}

/// Those of these agencies that began by `last` and were not over before `first`: what table 四 of a year is made from.
///
/// # Errors
/// Only the database's own.
pub fn list_of_time(
    conn: &mut Conn,
    agencies: &[AgencyId],
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Vec<ProceedingId>, StoreError> {
    Ok(proceedings::table
        .filter(proceedings::agency_id.eq_any(agencies))
        .filter(proceedings::began_on.le(last))
        .filter(proceedings::closed_on.is_null().or(proceedings::closed_on.assume_not_null().ge(first)))
        .order(proceedings::id)
        .select(proceedings::id)
        .load(conn)?)
}

/// Those of these agencies that were there before `end` and not over before `on`.
///
/// # Errors
/// Only the database's own.
pub fn list_standing(
    conn: &mut Conn,
    agencies: &[AgencyId],
    end: DateTime<Utc>,
    on: NaiveDate,
) -> Result<Vec<ProceedingId>, StoreError> {
    Ok(proceedings::table
        .filter(proceedings::agency_id.eq_any(agencies))
        .filter(proceedings::created_at.lt(Instant::from(end)))
        .filter(proceedings::closed_on.is_null().or(proceedings::closed_on.assume_not_null().ge(on)))
        .order(proceedings::id)
        .select(proceedings::id)
        .load(conn)?)
}

/// These files, in no order.
///
/// # Errors
/// Only the database's own.
pub fn list_of_ids(conn: &mut Conn, ids: &[ProceedingId]) -> Result<Vec<ProceedingRow>, StoreError> {
    Ok(proceedings::table.filter(proceedings::id.eq_any(ids)).select(ProceedingRow::as_select()).load(conn)?)
}

/// Those the scheduler has to look at by `today`, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_to_look_at(
    conn: &mut Conn,
    today: NaiveDate,
    after: Option<(NaiveDate, ProceedingId)>,
    limit: u32,
) -> Result<Vec<(NaiveDate, ProceedingId)>, StoreError> {
    let next = proceedings::next_on.assume_not_null();
    let mut due = proceedings::table
        .filter(proceedings::next_on.is_not_null())
        .filter(next.le(today))
        .order((next, proceedings::id))
        .limit(i64::from(limit))
        .select((next, proceedings::id))
        .into_boxed();
    if let Some((day, id)) = after {
        due = due.filter(next.gt(day).or(next.eq(day).and(proceedings::id.gt(id))));
    }
    Ok(due.load(conn)?)
}

/// Claims the look of that day for whoever asks first; false where another instance did.
///
/// # Errors
/// Only the database's own.
pub fn claim_look(conn: &mut Conn, id: ProceedingId, next_on: NaiveDate) -> Result<bool, StoreError> {
    let place = proceedings::table.find(id).filter(proceedings::next_on.assume_not_null().eq(next_on));
    Ok(diesel::update(place).set(proceedings::next_on.eq(None::<NaiveDate>)).execute(conn)? == 1)
}

/// Sets when the scheduler looks again, and through which day people were told.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such file.
pub fn set_look(
    conn: &mut Conn,
    id: ProceedingId,
    told_on: NaiveDate,
    next_on: Option<NaiveDate>,
) -> Result<(), StoreError> {
    let set = (proceedings::told_on.eq(told_on), proceedings::next_on.eq(next_on));
    touched(diesel::update(proceedings::table.find(id)).set(set).execute(conn), StoreError::Missing)
}

/// Has the scheduler look at every open file by `today`; gives how many there are.
///
/// # Errors
/// Only the database's own.
pub fn look_at_all(conn: &mut Conn, today: NaiveDate) -> Result<usize, StoreError> {
    let open = proceedings::table.filter(proceedings::closed_on.is_null());
    Ok(diesel::update(open).set(proceedings::next_on.eq(today)).execute(conn)?)
}

/// The same for the files of one agency.
///
/// # Errors
/// Only the database's own.
pub fn look_at_all_of(conn: &mut Conn, agency: AgencyId, today: NaiveDate) -> Result<usize, StoreError> {
    let open = proceedings::table.filter(proceedings::closed_on.is_null()).filter(proceedings::agency_id.eq(agency));
    Ok(diesel::update(open).set(proceedings::next_on.eq(today)).execute(conn)?)
}

/// Those of an agency that found its act wrong, the newest first.
///
/// # Errors
/// Only the database's own.
pub fn list_overturned(conn: &mut Conn, agency: AgencyId, limit: i64) -> Result<Vec<ProceedingRow>, StoreError> {
    Ok(proceedings::table
        .filter(proceedings::agency_id.eq(agency))
        .filter(proceedings::overturned.eq(true))
        .order((proceedings::updated_at.desc(), proceedings::id))
        .limit(limit)
        .select(ProceedingRow::as_select())
        .load(conn)?)
}
