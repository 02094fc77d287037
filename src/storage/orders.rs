//! Supervision orders, every act in them, and the words of those that are about no case.

use super::conn::{Conn, MultiBackend, touched};
use super::error::StoreError;
use super::schema::supervision::{order_entries, order_words, orders};
use super::types::Instant;
use crate::ids::{AgencyId, CaseId, OrderId, StaffId, TextId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// The state of an order that waits for its answer.
pub const AWAITING: &str = "awaiting";

/// One order, as its entries make it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = orders, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct OrderRow {
    pub id: OrderId,
    /// Unlike any other's.
    pub number: String,
    pub kind: String,
    /// The agency that supervises.
    pub issuer_id: AgencyId,
    /// The agency that is to answer.
    pub agency_id: AgencyId,
    /// The case, where it is about one.
    pub case_id: Option<CaseId>,
    pub state: String,
    /// Counts the entries.
    pub version: i32,
    pub issued_by: StaffId,
    pub issued_on: NaiveDate,
    /// The day of the first answer, as it was issued.
    pub first_due_on: NaiveDate,
    /// The day by which the answer that is waited for, or came last, was due.
    pub due_on: NaiveDate,
    /// When it was answered last.
    pub answered_on: Option<NaiveDate>,
    /// Whether any answer came late; None before the first.
    pub late: Option<bool>,
    pub closed_on: Option<NaiveDate>,
    /// The scheduler's own: when it looks again.
    pub next_on: Option<NaiveDate>,
}

/// One act in an order.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = order_entries, treat_none_as_default_value = false)]
pub struct EntryRow {
    pub order_id: OrderId,
    /// 1, 2, 3 … within the order.
    pub seq: i32,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub at: DateTime<Utc>,
    pub kind: String,
    pub staff_id: StaffId,
    /// In whose place.
    pub absent_id: Option<StaffId>,
    /// The day it sets.
    pub due_on: Option<NaiveDate>,
    /// The verdict on an answer.
    pub late: Option<bool>,
    /// Its words, where they are a text of a case.
    pub text_id: Option<TextId>,
    /// The files that prove it, as JSON.
    pub files: String,
}

/// The words of an act in an order that is about no case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = order_words, treat_none_as_default_value = false)]
pub struct WordsRow {
    pub order_id: OrderId,
    pub seq: i32,
    pub wrapped: Vec<u8>,
    pub sealed: Vec<u8>,
}

/// As much of an order as is counted.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct OrderFacts {
    pub agency_id: AgencyId,
    pub state: String,
    pub issued_on: NaiveDate,
    pub due_on: NaiveDate,
    pub late: Option<bool>,
    pub closed_on: Option<NaiveDate>,
}

impl OrderFacts {
    /// Whether its answer is waited for.
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        self.state == AWAITING
    }
}

/// Which to list.
#[derive(Debug, Clone, Default)]
pub struct OrderFilter {
    /// Of these agencies; nobody's if empty.
    pub agencies: Vec<AgencyId>,
    pub state: Option<String>,
    pub case: Option<CaseId>,
    /// Those that wait for an answer that was due before this day.
    pub overdue_before: Option<NaiveDate>,
    /// Behind this one.
    pub after: Option<OrderId>,
}

/// Adds one with its first entry.
///
/// # Errors
/// [`StoreError::Conflict`] when its id or number is taken.
pub fn insert(conn: &mut Conn, row: &OrderRow, entry: &EntryRow) -> Result<(), StoreError> {
    diesel::insert_into(orders::table).values(row.clone()).execute(conn)?;
    diesel::insert_into(order_entries::table).values(entry.clone()).execute(conn)?;
    Ok(())
}

/// Adds an entry, and writes what the order amounts to with it over version `seen`.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody wrote since.
pub fn append(conn: &mut Conn, row: &OrderRow, entry: &EntryRow, seen: i32) -> Result<(), StoreError> {
    let place = orders::table.find(row.id).filter(orders::version.eq(seen));
    touched(diesel::update(place).set(row.clone()).execute(conn), StoreError::Conflict)?;
    diesel::insert_into(order_entries::table).values(entry.clone()).execute(conn)?;
    Ok(())
}

/// Keeps the words of an entry.
///
/// # Errors
/// [`StoreError::Conflict`] when it has words already.
pub fn keep_words(conn: &mut Conn, row: &WordsRow) -> Result<(), StoreError> {
    diesel::insert_into(order_words::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The order with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: OrderId) -> Result<OrderRow, StoreError> {
    orders::table.find(id).select(OrderRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// Its entries, the first one first.
///
/// # Errors
/// Only the database's own.
pub fn entries(conn: &mut Conn, id: OrderId) -> Result<Vec<EntryRow>, StoreError> {
    Ok(order_entries::table
        .filter(order_entries::order_id.eq(id))
        .order(order_entries::seq)
        .select(EntryRow::as_select())
        .load(conn)?)
}

/// The words of its entries that are no texts of a case.
///
/// # Errors
/// Only the database's own.
pub fn words(conn: &mut Conn, id: OrderId) -> Result<Vec<WordsRow>, StoreError> {
    Ok(order_words::table.filter(order_words::order_id.eq(id)).select(WordsRow::as_select()).load(conn)?)
}

/// Orders by id, behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_all(conn: &mut Conn, after: Option<OrderId>, limit: u32) -> Result<Vec<OrderRow>, StoreError> {
    let mut query = orders::table
        .order(orders::id)
        .limit(i64::from(limit))
        .select(OrderRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some(after) = after {
        query = query.filter(orders::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// A page of those that fit, the newest first.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, filter: &OrderFilter, limit: u32) -> Result<Vec<OrderRow>, StoreError> {
    Ok(fitting(filter).order(orders::id.desc()).limit(i64::from(limit)).select(OrderRow::as_select()).load(conn)?)
}

/// How many fit.
///
/// # Errors
/// Only the database's own.
pub fn count(conn: &mut Conn, filter: &OrderFilter) -> Result<i64, StoreError> {
    Ok(fitting(filter).count().get_result(conn)?)
}

fn fitting(filter: &OrderFilter) -> orders::BoxedQuery<'_, MultiBackend> {
    let mut query = orders::table.filter(orders::agency_id.eq_any(&filter.agencies)).into_boxed();
    if let Some(state) = &filter.state {
        query = query.filter(orders::state.eq(state));
    }
    if let Some(case) = filter.case {
        query = query.filter(orders::case_id.assume_not_null().eq(case));
    }
    if let Some(before) = filter.overdue_before {
        query = query.filter(orders::state.eq(AWAITING)).filter(orders::due_on.lt(before));
    }
    if let Some(after) = filter.after {
        query = query.filter(orders::id.lt(after));
    }
    query
}

/// Those of these agencies that were issued within the span, as far as they are counted.
///
/// # Errors
/// Only the database's own.
pub fn list_of_span(
    conn: &mut Conn,
    agencies: &[AgencyId],
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<OrderFacts>, StoreError> {
    Ok(orders::table
        .filter(orders::agency_id.eq_any(agencies))
        .filter(orders::issued_on.between(from, to))
        .select((orders::agency_id, orders::state, orders::issued_on, orders::due_on, orders::late, orders::closed_on))
        .load(conn)?)
}

/// Those of these agencies whose first answer was due within the span and came late, or had not come when `today` began; the
/// longest due first, behind `after`, at most `limit`. Those taken back are not among them.
///
/// # Errors
/// Only the database's own.
pub fn list_missed(
    conn: &mut Conn,
    agencies: &[AgencyId],
    (from, to): (NaiveDate, NaiveDate),
    today: NaiveDate,
    after: Option<(NaiveDate, OrderId)>,
    limit: u32,
) -> Result<Vec<OrderRow>, StoreError> {
    let unanswered = orders::late.is_null().and(orders::state.eq(AWAITING)).and(orders::first_due_on.lt(today));
    let mut query = orders::table
        .filter(orders::agency_id.eq_any(agencies))
        .filter(orders::first_due_on.between(from, to))
        .filter(orders::state.ne("withdrawn"))
        .filter(orders::late.is_not_null().and(orders::late.assume_not_null().eq(true)).or(unanswered))
        .order((orders::first_due_on, orders::id))
        .limit(i64::from(limit))
        .select(OrderRow::as_select())
        .into_boxed::<MultiBackend>();
    if let Some((on, id)) = after {
        let due = orders::first_due_on;
        query = query.filter(due.ge(on).and(due.gt(on).or(orders::id.gt(id))));
    }
    Ok(query.load(conn)?)
}

/// How many of these there are at each agency.
///
/// # Errors
/// Only the database's own.
pub fn count_missed(
    conn: &mut Conn,
    agencies: &[AgencyId],
    (from, to): (NaiveDate, NaiveDate),
    today: NaiveDate,
) -> Result<Vec<(AgencyId, i64)>, StoreError> {
    let unanswered = orders::late.is_null().and(orders::state.eq(AWAITING)).and(orders::first_due_on.lt(today));
    Ok(orders::table
        .filter(orders::agency_id.eq_any(agencies))
        .filter(orders::first_due_on.between(from, to))
        .filter(orders::state.ne("withdrawn"))
        .filter(orders::late.is_not_null().and(orders::late.assume_not_null().eq(true)).or(unanswered))
        .group_by(orders::agency_id)
        .select((orders::agency_id, diesel::dsl::count_star()))
        .load(conn)?)
}

/// Those to be looked at by `today`, the longest owed first.
///
/// # Errors
/// Only the database's own.
pub fn list_to_look_at(conn: &mut Conn, today: NaiveDate, limit: u32) -> Result<Vec<OrderRow>, StoreError> {
    Ok(orders::table
        .filter(orders::next_on.assume_not_null().le(today))
        .order((orders::next_on.assume_not_null(), orders::id))
        .limit(i64::from(limit))
        .select(OrderRow::as_select())
        .load(conn)?)
}

/// Claims a row that was read: sets on the day on which it is looked at next. False when another instance was first.
///
/// # Errors
/// Only the database's own.
pub fn claim(conn: &mut Conn, row: &OrderRow, next: Option<NaiveDate>) -> Result<bool, StoreError> {
    let Some(read) = row.next_on else { return Ok(false) };
    let place = orders::table.find(row.id).filter(orders::version.eq(row.version));
    let rows = diesel::update(place.filter(orders::next_on.assume_not_null().eq(read)))
        .set(orders::next_on.eq(next))
        .execute(conn)?;
    Ok(rows > 0)
}
