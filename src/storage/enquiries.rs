//! The projection of each enquiry: one row that says what its journal amounts to now, and what the scheduler keeps beside it.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::enquiries::enquiries;
use super::types::Instant;
use crate::ids::{AgencyId, CaseId, EnquiryId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// An enquiry as lists see it. Days are days in China.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = enquiries, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct EnquiryRow {
    pub id: EnquiryId,
    /// Counts the writes; whoever changes it must have seen the latest.
    pub version: i32,
    /// Whose duty it is now.
    pub agency_id: AgencyId,
    /// Unique in the whole system: its writer names no agency.
    pub number: String,
    pub kind: String,
    pub stage: String,
    pub handler_id: Option<StaffId>,
    pub arrived_on: NaiveDate,
    pub registered_on: NaiveDate,
    /// The last day for the answer; none once closed.
    pub due_on: Option<NaiveDate>,
    pub due_provisional: bool,
    /// How it ended.
    pub ending: Option<String>,
    pub closed_on: Option<NaiveDate>,
    /// Whether the answer was late; none where there was none.
    pub late: Option<bool>,
    /// 1 to 5; 5 is best.
    pub satisfaction: Option<i32>,
    /// The application it went on as.
    pub case_id: Option<CaseId>,
    /// The application that turned out to be it.
    pub from_case_id: Option<CaseId>,
    /// The scheduler's own: through which day people were told.
    pub told_on: NaiveDate,
    /// The scheduler's own: when it looks again.
    pub next_on: Option<NaiveDate>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub updated_at: DateTime<Utc>,
}

/// Which to list.
#[derive(Debug, Clone, Default)]
pub struct EnquiryFilter {
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
    /// Whose day lies before this one.
    pub overdue_before: Option<NaiveDate>,
    /// Only those that came of this application, or went on as it.
    pub case: Option<CaseId>,
    /// Only the one of this number.
    pub number: Option<String>,
    /// Behind this one: the due day (none comes last) and the id where the last page ended.
    pub after: Option<(Option<NaiveDate>, EnquiryId)>,
}

/// Adds one.
///
/// # Errors
/// [`StoreError::Conflict`] when its id or number is taken.
pub fn insert(conn: &mut Conn, row: &EnquiryRow) -> Result<(), StoreError> {
    diesel::insert_into(enquiries::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Writes a new state over the one of version `seen`.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody wrote since.
pub fn update(conn: &mut Conn, row: &EnquiryRow, seen: i32) -> Result<(), StoreError> {
    let place = enquiries::table.find(row.id).filter(enquiries::version.eq(seen));
    touched(diesel::update(place).set(row.clone()).execute(conn), StoreError::Conflict)
}

/// The row with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: EnquiryId) -> Result<EnquiryRow, StoreError> {
    enquiries::table.find(id).select(EnquiryRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// The one of that number. For whoever may know whether there is one; others are answered by [`find_up_to_number`].
///
/// # Errors
/// Only the database's own.
pub fn find_by_number(conn: &mut Conn, number: &str) -> Result<Option<EnquiryRow>, StoreError> {
    Ok(enquiries::table.filter(enquiries::number.eq(number)).select(EnquiryRow::as_select()).first(conn).optional()?)
}

/// What a query code is held against: the enquiry with this number; where there is none, the one whose number comes next before it. A
/// number that does not exist is so looked for as one that does, and takes as long ([`super::cases::find_up_to_receipt_no`]).
///
/// # Errors
/// Only the database's own.
pub fn find_up_to_number(conn: &mut Conn, number: &str) -> Result<Option<(String, EnquiryId)>, StoreError> {
    Ok(enquiries::table
        .filter(enquiries::number.le(number))
        .order(enquiries::number.desc())
        .select((enquiries::number, enquiries::id))
        .first(conn)
        .optional()?)
}

/// The one that an application was taken up as.
///
/// # Errors
/// Only the database's own.
pub fn find_from_case(conn: &mut Conn, case: CaseId) -> Result<Option<EnquiryRow>, StoreError> {
    let came_of = enquiries::from_case_id.assume_not_null();
    Ok(enquiries::table.filter(came_of.eq(case)).select(EnquiryRow::as_select()).first(conn).optional()?)
}

/// The rows with these ids.
///
/// # Errors
/// Only the database's own.
pub fn list_of(conn: &mut Conn, ids: &[EnquiryId]) -> Result<Vec<EnquiryRow>, StoreError> {
    Ok(enquiries::table.filter(enquiries::id.eq_any(ids)).select(EnquiryRow::as_select()).load(conn)?)
}

/// A page of those that fit, by their due day, those without one last, then by id. Keyset, in two walks of an index.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, filter: &EnquiryFilter, limit: i64) -> Result<Vec<EnquiryRow>, StoreError> {
    let mut rows = Vec::new();
    if !matches!(filter.after, Some((None, _))) {
        let mut dated = fitting(filter).filter(enquiries::due_on.is_not_null());
        if let Some((Some(day), id)) = filter.after {
            let due = enquiries::due_on.assume_not_null();
            dated = dated.filter(due.gt(day).or(due.eq(day).and(enquiries::id.gt(id))));
        }
        let dated = dated.order((enquiries::due_on, enquiries::id)).limit(limit);
        rows = dated.select(EnquiryRow::as_select()).load(conn)?;
    }
    let left = limit.saturating_sub(i64::try_from(rows.len()).unwrap_or(limit));
    if left > 0 {
        let mut undated = fitting(filter).filter(enquiries::due_on.is_null());
        if let Some((None, id)) = filter.after {
            // The newest closed ones first: nobody looks for the oldest.
            undated = undated.filter(enquiries::id.lt(id));
        }
        let more = undated.order(enquiries::id.desc()).limit(left).select(EnquiryRow::as_select());
        rows.extend(more.load::<EnquiryRow>(conn)?);
    }
    Ok(rows)
}

fn fitting(filter: &EnquiryFilter) -> enquiries::BoxedQuery<'_, super::conn::MultiBackend> {
    let mut query = enquiries::table.filter(enquiries::agency_id.eq_any(&filter.agencies)).into_boxed();
    if !filter.kinds.is_empty() {
        query = query.filter(enquiries::kind.eq_any(&filter.kinds));
    }
    if !filter.stages.is_empty() {
        query = query.filter(enquiries::stage.eq_any(&filter.stages));
    }
    if !filter.handlers.is_empty() {
        query = query.filter(enquiries::handler_id.assume_not_null().eq_any(&filter.handlers));
    }
    match filter.open {
        Some(true) => query = query.filter(enquiries::closed_on.is_null()),
        Some(false) => query = query.filter(enquiries::closed_on.is_not_null()),
        None => {}
    }
    if let Some(before) = filter.overdue_before {
        query = query.filter(enquiries::due_on.assume_not_null().lt(before));
    }
    if let Some(case) = filter.case {
        let (on_as, came_of) = (enquiries::case_id.assume_not_null(), enquiries::from_case_id.assume_not_null());
        query = query.filter(on_as.eq(case).or(came_of.eq(case)));
    }
    if let Some(number) = &filter.number {
        query = query.filter(enquiries::number.eq(number));
    }
    query
}

/// Those the scheduler has to look at by `today`, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_to_look_at(
    conn: &mut Conn,
    today: NaiveDate,
    after: Option<(NaiveDate, EnquiryId)>,
    limit: u32,
) -> Result<Vec<(NaiveDate, EnquiryId)>, StoreError> {
    let next = enquiries::next_on.assume_not_null();
    let mut due = enquiries::table
        .filter(enquiries::next_on.is_not_null())
        .filter(next.le(today))
        .order((next, enquiries::id))
        .limit(i64::from(limit))
        .select((next, enquiries::id))
        .into_boxed();
    if let Some((day, id)) = after {
        due = due.filter(next.gt(day).or(next.eq(day).and(enquiries::id.gt(id))));
    }
    Ok(due.load(conn)?)
}

/// Claims the look of that day for whoever asks first; false where another instance did.
///
/// # Errors
/// Only the database's own.
pub fn claim_look(conn: &mut Conn, id: EnquiryId, next_on: NaiveDate) -> Result<bool, StoreError> {
    let place = enquiries::table.find(id).filter(enquiries::next_on.assume_not_null().eq(next_on));
    Ok(diesel::update(place).set(enquiries::next_on.eq(None::<NaiveDate>)).execute(conn)? == 1)
}

/// Sets when the scheduler looks again, and through which day people were told.
///
/// # Errors
/// [`StoreError::Missing`] when there is none such.
pub fn set_look(
    conn: &mut Conn,
    id: EnquiryId,
    told_on: NaiveDate,
    next_on: Option<NaiveDate>,
) -> Result<(), StoreError> {
    let set = (enquiries::told_on.eq(told_on), enquiries::next_on.eq(next_on));
    touched(diesel::update(enquiries::table.find(id)).set(set).execute(conn), StoreError::Missing)
}

/// Has the scheduler look at every open enquiry by `today`, or at those of one agency; gives how many there are.
///
/// # Errors
/// Only the database's own.
pub fn look_at_all(conn: &mut Conn, of: Option<AgencyId>, today: NaiveDate) -> Result<usize, StoreError> {
    let open = enquiries::table.filter(enquiries::closed_on.is_null());
    Ok(match of {
        Some(agency) => diesel::update(open.filter(enquiries::agency_id.eq(agency)))
            .set(enquiries::next_on.eq(today))
            .execute(conn)?,
        None => diesel::update(open).set(enquiries::next_on.eq(today)).execute(conn)?,
    })
}
