//! Applicants, agents and third parties: sealed, and found only by a whole value's blind index.
//!
//! The indexes are keyed digests made above; equal values give equal indexes, and nothing about a value
//! can be read from its index without the key.

use super::conn::{Conn, MultiBackend, touched};
use super::error::StoreError;
use super::schema::{cases, people};
use super::types::Instant;
use crate::ids::{AgencyId, CaseId, PersonId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Someone's part in one case. The same person in two cases is two rows under two keys.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = people, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct PersonRow {
    pub id: PersonId,
    pub case_id: CaseId,
    /// `applicant`, `agent`, `third_party`, `contact` …
    pub part: String,
    /// Names, numbers and addresses under the case's data key, behind the salt of its digest.
    pub sealed: Vec<u8>,
    pub name_index: String,
    pub identity_index: Option<String>,
    pub phone_index: Option<String>,
    pub email_index: Option<String>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
}

/// Which value someone is looked for by; each carries the keyed index of the whole value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonIndex {
    Name(String),
    /// 身份证件号码 or 统一社会信用代码.
    Identity(String),
    Phone(String),
    Email(String),
}

/// Adds a person to a case.
///
/// # Errors
/// [`StoreError::Conflict`] when the id is taken.
pub fn insert(conn: &mut Conn, row: &PersonRow) -> Result<(), StoreError> {
    diesel::insert_into(people::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Writes a person's whole row again, after a correction of address or phone.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such person in this case.
pub fn update(conn: &mut Conn, row: &PersonRow) -> Result<(), StoreError> {
    let stands = people::table.find(row.id).filter(people::case_id.eq(row.case_id));
    touched(diesel::update(stands).set(row.clone()).execute(conn), StoreError::Missing)
}

/// The person with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none, or the case's content was destroyed.
pub fn load(conn: &mut Conn, id: PersonId) -> Result<PersonRow, StoreError> {
    Ok(people::table.find(id).select(PersonRow::as_select()).first(conn)?)
}

/// Everyone in a case, in the order they were added.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<PersonRow>, StoreError> {
    Ok(people::table
        .filter(people::case_id.eq(case))
        .order((people::created_at, people::id))
        .select(PersonRow::as_select())
        .load(conn)?)
}

/// Everyone in any of `cases`, case by case: one query for a page of a list.
///
/// # Errors
/// Only the database's own.
pub fn list_of_cases(conn: &mut Conn, cases: &[CaseId]) -> Result<Vec<PersonRow>, StoreError> {
    Ok(people::table
        .filter(people::case_id.eq_any(cases))
        .order((people::case_id, people::created_at, people::id))
        .select(PersonRow::as_select())
        .load(conn)?)
}

/// The cases of `agencies` in which someone has this `part` and a value with this index, the latest first. The agencies
/// are asked for here and not afterwards: the limit must not be used up by cases of others.
///
/// # Errors
/// Only the database's own.
pub fn list_cases_by_index(
    conn: &mut Conn,
    index: &PersonIndex,
    part: &str,
    agencies: &[AgencyId],
    limit: i64,
) -> Result<Vec<CaseId>, StoreError> {
    // One look at a case by its id for each person found; `IN (SELECT …)` would list all cases of the agencies first.
    let theirs = cases::table.filter(cases::id.eq(people::case_id)).filter(cases::agency_id.eq_any(agencies));
    let people = people::table
        .filter(people::part.eq(part))
        .filter(diesel::dsl::exists(theirs))
        .select(people::case_id)
        .into_boxed::<MultiBackend>();
    let matching = match index {
        PersonIndex::Name(index) => people.filter(people::name_index.eq(index)),
        PersonIndex::Identity(index) => people.filter(people::identity_index.eq(index)),
        PersonIndex::Phone(index) => people.filter(people::phone_index.eq(index)),
        PersonIndex::Email(index) => people.filter(people::email_index.eq(index)),
    };
    Ok(matching.order((people::created_at.desc(), people::id.desc())).limit(limit).load(conn)?)
}
