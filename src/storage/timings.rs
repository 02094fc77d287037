//! What is timed in each case: the projection from which reminders, escalation and the calendar's acts are found without
//! reading a journal.
//!
//! `next_on` and `acts_on` are the scheduler's own: the day on which it looks at the row again. Setting one of them on, if
//! it still says what was read, is how an instance claims the row; whoever comes second changes nothing and passes on.

use super::conn::Conn;
use super::error::StoreError;
use super::prepared::{Prepared, insert_all};
use super::schema::timings;
use super::types::{Instant, MaybeInstant};
use crate::ids::{AgencyId, CaseId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// One thing timed in one case, over one stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = timings, treat_none_as_default_value = false)]
pub struct TimingRow {
    pub case_id: CaseId,
    /// The journal's length when it began.
    pub seq: i32,
    pub timed: String,
    pub part: i32,
    pub agency_id: AgencyId,
    /// The day to which, or from which, it is reckoned.
    pub on_day: NaiveDate,
    pub since_on: NaiveDate,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub from_at: DateTime<Utc>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub to_at: Option<DateTime<Utc>>,
    /// Whether somebody's act ended it, and not the calendar.
    pub by_act: bool,
    pub next_on: Option<NaiveDate>,
    pub acts_on: Option<NaiveDate>,
}

/// Begins some.
///
/// # Errors
/// [`StoreError::Conflict`] when a case has one of them already.
pub fn insert(conn: &mut Conn, rows: &[TimingRow]) -> Result<(), StoreError> {
    insert_all!(conn, timings::table, rows);
    Ok(())
}

/// Ends the current one of that kind. What is still to be told of it stays to be told; the calendar acts on it no more.
///
/// # Errors
/// Only the database's own.
pub fn end(
    conn: &mut Conn,
    case: CaseId,
    timed: &str,
    part: i32,
    at: DateTime<Utc>,
    by_act: bool,
) -> Result<(), StoreError> {
    let current = timings::table
        .filter(timings::case_id.eq(case))
        .filter(timings::timed.eq(timed))
        .filter(timings::part.eq(part))
        .filter(timings::to_at.is_null());
    let ended =
        (timings::to_at.eq(Instant::from(at)), timings::by_act.eq(by_act), timings::acts_on.eq(None::<NaiveDate>));
    Prepared(diesel::update(current).set(ended)).execute(conn)?;
    Ok(())
}

/// Gives all that is still timed in a case to the agency that succeeds to it.
///
/// # Errors
/// Only the database's own.
pub fn move_open(conn: &mut Conn, case: CaseId, to: AgencyId) -> Result<(), StoreError> {
    let open = timings::table.filter(timings::case_id.eq(case)).filter(timings::to_at.is_null());
    diesel::update(open).set(timings::agency_id.eq(to)).execute(conn)?;
    Ok(())
}

/// All of a case, in order.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<TimingRow>, StoreError> {
    Ok(timings::table
        .filter(timings::case_id.eq(case))
        .order((timings::seq, timings::timed, timings::part))
        .select(TimingRow::as_select())
        .load(conn)?)
}

/// Those to be looked at by `today`, the longest owed first, passing over `skip`.
///
/// # Errors
/// Only the database's own.
pub fn list_to_be_told(conn: &mut Conn, today: NaiveDate, skip: u32, limit: u32) -> Result<Vec<TimingRow>, StoreError> {
    Ok(timings::table
        .filter(timings::next_on.assume_not_null().le(today))
        .order((timings::next_on.assume_not_null(), timings::case_id, timings::timed))
        .offset(i64::from(skip))
        .limit(i64::from(limit))
        .select(TimingRow::as_select())
        .load(conn)?)
}

/// Claims a row that was read: sets on the day on which it is looked at next. False when another instance was first.
///
/// # Errors
/// Only the database's own.
pub fn claim_telling(conn: &mut Conn, row: &TimingRow, next: Option<NaiveDate>) -> Result<bool, StoreError> {
    let Some(read) = row.next_on else { return Ok(false) };
    let claimed = diesel::update(timings::table.find((row.case_id, row.seq, row.timed.as_str(), row.part)))
        .filter(timings::next_on.assume_not_null().eq(read))
        .set(timings::next_on.eq(next));
    Ok(Prepared(claimed).execute(conn)? > 0)
}

/// Cases on which the calendar has to act by `today`, with the day since which, the longest owed first, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_to_be_acted_on(
    conn: &mut Conn,
    today: NaiveDate,
    after: Option<(NaiveDate, CaseId)>,
    limit: u32,
) -> Result<Vec<(NaiveDate, CaseId)>, StoreError> {
    let mut query = timings::table
        .filter(timings::acts_on.assume_not_null().le(today))
        .order((timings::acts_on.assume_not_null(), timings::case_id))
        .limit(i64::from(limit))
        .select((timings::acts_on.assume_not_null(), timings::case_id))
        .distinct()
        .into_boxed::<super::conn::MultiBackend>();
    if let Some((on, case)) = after {
        let on_day = timings::acts_on.assume_not_null();
        query = query.filter(on_day.ge(on).and(on_day.gt(on).or(timings::case_id.gt(case))));
    }
    Ok(query.load(conn)?)
}

/// Claims what the calendar has to do in a case by `today`: false when another instance has done it.
///
/// # Errors
/// Only the database's own.
pub fn claim_acting(conn: &mut Conn, case: CaseId, today: NaiveDate) -> Result<bool, StoreError> {
    let owed = timings::table.filter(timings::case_id.eq(case)).filter(timings::acts_on.assume_not_null().le(today));
    let claimed = diesel::update(owed).set(timings::acts_on.eq(None::<NaiveDate>));
    Ok(Prepared(claimed).execute(conn)? > 0)
}

/// Has the calendar act on the current one of that kind on a later day.
///
/// # Errors
/// Only the database's own.
pub fn act_again(conn: &mut Conn, case: CaseId, timed: &str, part: i32, on: NaiveDate) -> Result<(), StoreError> {
    let current = timings::table
        .filter(timings::case_id.eq(case))
        .filter(timings::timed.eq(timed))
        .filter(timings::part.eq(part))
        .filter(timings::to_at.is_null());
    diesel::update(current).set(timings::acts_on.eq(on)).execute(conn)?;
    Ok(())
}

/// Has everything current that is reckoned to `from` or a later day looked at again on `today`: the calendar has changed.
///
/// # Errors
/// Only the database's own.
pub fn look_again(conn: &mut Conn, from: NaiveDate, today: NaiveDate) -> Result<usize, StoreError> {
    let current = timings::table.filter(timings::to_at.is_null()).filter(timings::on_day.ge(from));
    Ok(diesel::update(current).set((timings::acts_on.eq(today), timings::next_on.eq(today))).execute(conn)?)
}

/// Cases of which something current is reckoned to `from` or a later day, by id, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_cases_from(
    conn: &mut Conn,
    from: NaiveDate,
    after: Option<CaseId>,
    limit: u32,
) -> Result<Vec<CaseId>, StoreError> {
    let mut query = timings::table
        .filter(timings::to_at.is_null())
        .filter(timings::on_day.ge(from))
        .order(timings::case_id)
        .limit(i64::from(limit))
        .select(timings::case_id)
        .distinct()
        .into_boxed::<super::conn::MultiBackend>();
    if let Some(after) = after {
        query = query.filter(timings::case_id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// How many such cases there are.
///
/// # Errors
/// Only the database's own.
pub fn count_cases_from(conn: &mut Conn, from: NaiveDate) -> Result<i64, StoreError> {
    Ok(timings::table
        .filter(timings::to_at.is_null())
        .filter(timings::on_day.ge(from))
        .select(diesel::dsl::count(timings::case_id).aggregate_distinct())
        .first(conn)?)
}

/// Has everything current of an agency looked at again on `today`: its rules have changed.
///
/// # Errors
/// Only the database's own.
pub fn tell_again(conn: &mut Conn, agency: AgencyId, today: NaiveDate) -> Result<usize, StoreError> {
    let current = timings::table.filter(timings::to_at.is_null()).filter(timings::agency_id.eq(agency));
    Ok(diesel::update(current).set(timings::next_on.eq(today)).execute(conn)?)
}

/// The current ones of that kind at these agencies, the earliest first.
///
/// # Errors
/// Only the database's own.
pub fn list_current(
    conn: &mut Conn,
    timed: &str,
    agencies: &[AgencyId],
    limit: u32,
) -> Result<Vec<TimingRow>, StoreError> {
    Ok(timings::table
        .filter(timings::timed.eq(timed))
        .filter(timings::agency_id.eq_any(agencies))
        .filter(timings::to_at.is_null())
        .order((timings::on_day, timings::case_id))
        .limit(i64::from(limit))
        .select(TimingRow::as_select())
        .load(conn)?)
}

/// Open cases of which nothing is timed yet: those of a database from before this table.
///
/// # Errors
/// Only the database's own.
pub fn list_untimed(conn: &mut Conn, limit: u32) -> Result<Vec<CaseId>, StoreError> {
    use super::schema::cases;
    let timed = timings::table.filter(timings::to_at.is_null()).select(timings::case_id);
    Ok(cases::table
        .filter(cases::closed_on.is_null())
        .filter(cases::id.ne_all(timed))
        .order(cases::id)
        .limit(i64::from(limit))
        .select(cases::id)
        .load(conn)?)
}
