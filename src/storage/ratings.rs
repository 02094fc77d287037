//! What applicants thought of it once it was over: one rating a case, which may be changed. No part of the journal: it
//! changes nothing in the case and proves nothing about it.

use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::schema::ratings;
use super::types::Instant;
use crate::ids::{AgencyId, CaseId};
use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;

/// The rating of one case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = ratings, treat_none_as_default_value = false)]
pub struct RatingRow {
    pub case_id: CaseId,
    /// The case's agency, which never changes: what is counted is counted by it.
    pub agency_id: AgencyId,
    /// 1 to 5; 5 is best.
    pub satisfaction: i32,
    /// The comment under the case's data key.
    pub comment: Option<Vec<u8>>,
    /// When it was given first; the time for changing it runs from there.
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub rated_at: DateTime<Utc>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub changed_at: DateTime<Utc>,
}

/// Which ratings are counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RatingFilter {
    /// The agencies whose cases may be seen; an empty list matches nothing.
    pub agencies: Vec<AgencyId>,
    /// First given at this instant or later.
    pub from: Option<DateTime<Utc>>,
    /// First given before this instant.
    pub before: Option<DateTime<Utc>>,
}

/// Writes a rating: the first of its case, or a change of it, which leaves `rated_at` as it was.
///
/// # Errors
/// Only the database's own.
pub fn set(conn: &mut Conn, row: &RatingRow) -> Result<(), StoreError> {
    if change(conn, row)? {
        return Ok(());
    }
    let added = conn.savepoint(|conn| {
        diesel::insert_into(ratings::table).values(row.clone()).execute(conn)?;
        Ok(())
    });
    match added {
        Err(StoreError::Conflict) => change(conn, row).map(drop),
        done => done,
    }
}

fn change(conn: &mut Conn, row: &RatingRow) -> Result<bool, StoreError> {
    let rows = diesel::update(ratings::table.find(row.case_id))
        .set((
            ratings::satisfaction.eq(row.satisfaction),
            ratings::comment.eq(row.comment.clone()),
            ratings::changed_at.eq(Instant::from(row.changed_at)),
        ))
        .execute(conn)?;
    Ok(rows > 0)
}

/// The rating of a case, if there is one.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, case: CaseId) -> Result<Option<RatingRow>, StoreError> {
    Ok(ratings::table.find(case).select(RatingRow::as_select()).first(conn).optional()?)
}

/// How many there are of each value that was given, the lowest value first.
///
/// # Errors
/// Only the database's own.
pub fn count_by_value(conn: &mut Conn, filter: &RatingFilter) -> Result<Vec<(i32, i64)>, StoreError> {
    let mut query = ratings::table
        .filter(ratings::agency_id.eq_any(filter.agencies.clone()))
        .group_by(ratings::satisfaction)
        .select((ratings::satisfaction, count_star()))
        .order(ratings::satisfaction)
        .into_boxed::<MultiBackend>();
    if let Some(from) = filter.from {
        query = query.filter(ratings::rated_at.ge(Instant::from(from)));
    }
    if let Some(before) = filter.before {
        query = query.filter(ratings::rated_at.lt(Instant::from(before)));
    }
    Ok(query.load(conn)?)
}
