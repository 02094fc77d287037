//! The index of words: which pairs of characters occur in which case.
//!
//! The texts themselves are sealed, so a search goes by pairs of neighbouring characters (a two-word
//! index serves both databases alike; SQLite's own trigrams find nothing for words of two characters).
//! A case that has all pairs of a word need not have the word: whoever searches opens the texts and
//! looks. How a text is cut into pairs is decided above.

use super::conn::{Conn, MultiBackend};
use super::error::StoreError;
use super::prepared::Prepared;
use super::schema::{bigrams, cases};
use crate::ids::{AgencyId, CaseId};
use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Text};
use std::collections::BTreeSet;

/// All pairs go in one value, so that the statement is the same for any number of them.
const ADD_SQLITE: &str =
    "INSERT INTO bigrams (gram, case_id) SELECT value, ?2 FROM json_each(?1) WHERE TRUE ON CONFLICT DO NOTHING";

/// See [`ADD_SQLITE`].
const ADD_POSTGRES: &str = "INSERT INTO bigrams (gram, case_id) SELECT unnest($1), $2 ON CONFLICT DO NOTHING";

/// Adds the pairs of one more text of a case; those it has already are left alone.
///
/// # Errors
/// Only the database's own.
pub fn add(conn: &mut Conn, case_id: CaseId, grams: &BTreeSet<String>) -> Result<(), StoreError> {
    let grams: Vec<&str> = grams.iter().map(String::as_str).collect();
    match conn {
        Conn::Pg(pg) => {
            let added = sql_query(ADD_POSTGRES).bind::<Array<Text>, _>(grams).bind::<Text, _>(case_id);
            Prepared(added).execute(pg)?
        }
        Conn::Sqlite(sqlite) => {
            let grams = serde_json::to_string(&grams).map_err(StoreError::broken)?;
            let added = sql_query(ADD_SQLITE).bind::<Text, _>(grams).bind::<Text, _>(case_id);
            Prepared(added).execute(sqlite)?
        }
    };
    Ok(())
}

/// Takes a case out of the index.
///
/// # Errors
/// Only the database's own.
pub fn remove(conn: &mut Conn, case_id: CaseId) -> Result<(), StoreError> {
    diesel::delete(bigrams::table.filter(bigrams::case_id.eq(case_id))).execute(conn)?;
    Ok(())
}

/// The cases of `agencies` that have every one of `grams`, the latest first. No pairs at all match nothing, nor do no
/// agencies. The agencies are asked for here and not afterwards: the limit must not be used up by cases of others.
///
/// # Errors
/// Only the database's own.
pub fn list_cases_with_all(
    conn: &mut Conn,
    grams: &BTreeSet<String>,
    agencies: &[AgencyId],
    limit: i64,
) -> Result<Vec<CaseId>, StoreError> {
    if grams.is_empty() {
        return Ok(Vec::new());
    }
    let mut found =
        cases::table.filter(cases::agency_id.eq_any(agencies)).select(cases::id).into_boxed::<MultiBackend>();
    for gram in grams {
        let having = bigrams::table.filter(bigrams::gram.eq(gram)).select(bigrams::case_id);
        found = found.filter(cases::id.eq_any(having));
    }
    Ok(found.order(cases::id.desc()).limit(limit).load(conn)?)
}

/// The other cases of one agency that share pairs with `grams`, those that share most first and of equals the latest. Asked
/// of one agency, so that the limit is not used up by the cases of others.
///
/// Pairs that stand in more than `common_from` cases tell little and cost much (政府, 信息 …): they are left out where there
/// are rarer ones, and where there are none only cases that have them all are found.
///
/// # Errors
/// Only the database's own.
pub fn list_sharing(
    conn: &mut Conn,
    grams: &BTreeSet<String>,
    common_from: i64,
    agency: AgencyId,
    besides: CaseId,
    limit: i64,
) -> Result<Vec<CaseId>, StoreError> {
    let mut rare: Vec<&String> = Vec::new();
    for gram in grams {
        let last = bigrams::table.filter(bigrams::gram.eq(gram)).select(bigrams::case_id).offset(common_from).limit(1);
        if last.first::<CaseId>(conn).optional()?.is_none() {
            rare.push(gram);
        }
    }
    if rare.is_empty() {
        let mut found = list_cases_with_all(conn, grams, &[agency], limit.saturating_add(1))?;
        found.retain(|case| *case != besides);
        return Ok(found);
    }
    let own = cases::table.filter(cases::id.eq(bigrams::case_id)).filter(cases::agency_id.eq(agency));
    Ok(bigrams::table
        .filter(bigrams::gram.eq_any(rare))
        .filter(bigrams::case_id.ne(besides))
        .filter(exists(own))
        .group_by(bigrams::case_id)
        .order((count_star().desc(), bigrams::case_id.desc()))
        .limit(limit)
        .select(bigrams::case_id)
        .load(conn)?)
}
