//! What was asked for and has been published since, for everybody to look through; with the pairs of characters by which it
//! is found.

use super::conn::{Conn, MultiBackend, both, touched};
use super::error::StoreError;
use super::schema::{published_answers, published_grams};
use crate::ids::{AgencyId, CaseId};
use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;
use std::collections::BTreeSet;

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = published_answers, treat_none_as_default_value = false)]
pub struct PublishedRow {
    pub case_id: CaseId,
    pub agency_id: AgencyId,
    pub title: String,
    pub summary: String,
    /// Where it stands: an address, or words.
    pub place: String,
    pub published_on: NaiveDate,
    /// How many found here what they were about to ask for.
    pub sufficed: i32,
}

#[derive(Insertable)]
#[diesel(table_name = published_grams, treat_none_as_default_value = false)]
struct GramRow<'a> {
    gram: &'a str,
    case_id: CaseId,
}

/// Puts an answer on the list.
///
/// # Errors
/// [`StoreError::Conflict`] when that case's is on it.
pub fn insert(conn: &mut Conn, row: &PublishedRow, grams: &BTreeSet<String>) -> Result<(), StoreError> {
    diesel::insert_into(published_answers::table).values(row.clone()).execute(conn)?;
    // A title and a summary have some two thousand characters at most.
    let rows: Vec<GramRow> = grams.iter().map(|gram| GramRow { gram, case_id: row.case_id }).collect();
    for some in rows.chunks(1000) {
        both!(conn, inner => {
            diesel::insert_into(published_grams::table).values(some).execute(inner)?
        });
    }
    Ok(())
}

/// Takes an answer off the list; harmless if it is not on it.
///
/// # Errors
/// Only the database's own.
pub fn delete(conn: &mut Conn, case: CaseId) -> Result<(), StoreError> {
    diesel::delete(published_grams::table.filter(published_grams::case_id.eq(case))).execute(conn)?;
    diesel::delete(published_answers::table.find(case)).execute(conn)?;
    Ok(())
}

/// The answer of a case, if it is on the list.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, case: CaseId) -> Result<Option<PublishedRow>, StoreError> {
    Ok(published_answers::table.find(case).select(PublishedRow::as_select()).first(conn).optional()?)
}

/// A page of the list, the newest first: of these agencies (none: of all), with all of `grams`, behind the row `after`.
///
/// # Errors
/// Only the database's own.
pub fn list(
    conn: &mut Conn,
    agencies: Option<&[AgencyId]>,
    grams: &BTreeSet<String>,
    after: Option<(NaiveDate, CaseId)>,
    limit: i64,
) -> Result<Vec<PublishedRow>, StoreError> {
    let mut found = published_answers::table.select(PublishedRow::as_select()).into_boxed::<MultiBackend>();
    if let Some(agencies) = agencies {
        found = found.filter(published_answers::agency_id.eq_any(agencies.to_vec()));
    }
    for gram in grams {
        let having = published_grams::table.filter(published_grams::gram.eq(gram)).select(published_grams::case_id);
        found = found.filter(published_answers::case_id.eq_any(having));
    }
    if let Some((on, case)) = after {
        let behind = published_answers::published_on.lt(on).or(published_answers::case_id.lt(case));
        found = found.filter(published_answers::published_on.le(on).and(behind));
    }
    let order = (published_answers::published_on.desc(), published_answers::case_id.desc());
    Ok(found.order(order).limit(limit).load(conn)?)
}

/// The answers that share most of `grams`, each with how many; those that share most first.
///
/// # Errors
/// Only the database's own.
pub fn list_like(
    conn: &mut Conn,
    grams: &BTreeSet<String>,
    limit: i64,
) -> Result<Vec<(PublishedRow, i64)>, StoreError> {
    let grams: Vec<&String> = grams.iter().collect();
    let shared: Vec<(CaseId, i64)> = published_grams::table
        .filter(published_grams::gram.eq_any(grams))
        .group_by(published_grams::case_id)
        .select((published_grams::case_id, count_star()))
        .order((count_star().desc(), published_grams::case_id.desc()))
        .limit(limit)
        .load(conn)?;
    let cases: Vec<CaseId> = shared.iter().map(|(case, _)| *case).collect();
    let rows: Vec<PublishedRow> = published_answers::table
        .filter(published_answers::case_id.eq_any(cases))
        .select(PublishedRow::as_select())
        .load(conn)?;
    let row_of = |case: CaseId| rows.iter().find(|row| row.case_id == case).cloned();
    Ok(shared.into_iter().filter_map(|(case, count)| Some((row_of(case)?, count))).collect())
}

/// One more found here what they were about to ask for.
///
/// # Errors
/// [`StoreError::Missing`] when it is not on the list.
pub fn count_sufficed(conn: &mut Conn, case: CaseId) -> Result<(), StoreError> {
    let rows = diesel::update(published_answers::table.find(case))
        .set(published_answers::sufficed.eq(published_answers::sufficed + 1))
        .execute(conn);
    touched(rows, StoreError::Missing)
}
