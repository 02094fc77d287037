//! Agencies and the tree they stand in.
//!
//! The tree is kept as a closure: one row for every pair of an agency and one below it. Supervision
//! asks "everything under this city" on every page, and a closure answers in one lookup on either
//! database. Agencies do not move; when one is merged, the successor is a new agency.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::{agencies, agency_tree};
use super::types::Instant;
use crate::ids::AgencyId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// 行政机关 with what its disclosure guide and its letters must say about the office (条例第十二条).
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = agencies, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct AgencyRow {
    pub id: AgencyId,
    /// The agency that supervises this one; for a department, the agency it belongs to.
    pub parent_id: Option<AgencyId>,
    /// The name in addresses of pages: lower-case letters, digits, hyphens.
    pub slug: String,
    pub name: String,
    /// `province`, `city`, `county`, `township` or `department`.
    pub level: String,
    /// 政府信息公开工作机构.
    pub office_name: String,
    pub office_address: String,
    pub office_postcode: String,
    pub office_phone: String,
    pub office_fax: String,
    pub office_email: String,
    pub office_hours: String,
    /// Where applications can be made online, if not here.
    pub online_url: Option<String>,
    /// Whether an application by e-mail or online counts as received on the day it came (条例第三十一条).
    pub automatic_confirmation: bool,
    /// Within how many working days the office confirms receipt itself.
    pub confirmation_days: i32,
    /// How many working days an applicant is given for a correction.
    pub correction_window_days: i32,
    /// How many working days another agency is given to answer a consultation.
    pub other_agency_days: i32,
    /// 发文机关代字 of the letters' numbers.
    pub number_mark: String,
    /// Who decides on a reconsideration of its replies (行政复议法 arts 24–28).
    pub reconsideration_body: String,
    /// The court in which it is sued.
    pub court: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
    /// What it is as far as reconsideration asks (行政复议法 arts 24–28).
    pub kind: String,
    /// The code of the agency in its numbers; empty if it has none.
    pub org_code: String,
    /// How the register's numbers are made.
    pub number_pattern: String,
    /// Where reconsideration can be applied for on line (行政复议法 art. 22 ¶2).
    pub reconsideration_online: Option<String>,
    /// How many working days an applicant is given to explain an excessive number of requests.
    pub explanation_window_days: i32,
    /// How many working days lie between the notice to a third party that its objection is overridden and disclosure.
    pub override_waiting_days: i32,
    /// Whether a referral on secrecy stops the reply clock.
    pub secrecy_stops_clock: bool,
    /// Whether the calendar itself finds a lapse that nobody found.
    pub automatic_lapse: bool,
    /// How the numbers of its letters are made.
    pub letter_pattern: String,
    /// Whether letters that hang on the last day of the reply carry the count of its days.
    pub deadline_annex: bool,
}

#[derive(Insertable)]
#[diesel(table_name = agency_tree, treat_none_as_default_value = false)]
struct TreeRow {
    ancestor_id: AgencyId,
    descendant_id: AgencyId,
    depth: i32,
}

/// Adds an agency below `row.parent_id`.
///
/// # Errors
/// [`StoreError::Conflict`] when the slug or the id is taken; [`StoreError::Missing`] when there is no
/// such parent.
pub fn insert(conn: &mut Conn, row: &AgencyRow) -> Result<(), StoreError> {
    let mut above: Vec<(AgencyId, i32)> = match row.parent_id {
        Some(parent) => agency_tree::table
            .filter(agency_tree::descendant_id.eq(parent))
            .select((agency_tree::ancestor_id, agency_tree::depth))
            .load(conn)?,
        None => Vec::new(),
    };
    if row.parent_id.is_some() && above.is_empty() {
        return Err(StoreError::Missing);
    }
    diesel::insert_into(agencies::table).values(row.clone()).execute(conn)?;
    for (_, depth) in &mut above {
        *depth += 1;
    }
    above.push((row.id, 0));
    for (ancestor_id, depth) in above {
        diesel::insert_into(agency_tree::table)
            .values(TreeRow { ancestor_id, descendant_id: row.id, depth })
            .execute(conn)?;
    }
    Ok(())
}

/// Changes an agency's settings; its place in the tree, its slug and its age stay as they were,
/// whatever the row says.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such agency.
pub fn update(conn: &mut Conn, row: &AgencyRow) -> Result<(), StoreError> {
    let stands = load(conn, row.id)?;
    let row =
        AgencyRow { parent_id: stands.parent_id, slug: stands.slug, created_at: stands.created_at, ..row.clone() };
    let rows = diesel::update(agencies::table.find(row.id)).set(row).execute(conn);
    touched(rows, StoreError::Missing)
}

/// The agency with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: AgencyId) -> Result<AgencyRow, StoreError> {
    Ok(agencies::table.find(id).select(AgencyRow::as_select()).first(conn)?)
}

/// The agency whose pages live under `slug`.
///
/// # Errors
/// Only the database's own.
pub fn find_by_slug(conn: &mut Conn, slug: &str) -> Result<Option<AgencyRow>, StoreError> {
    Ok(agencies::table.filter(agencies::slug.eq(slug)).select(AgencyRow::as_select()).first(conn).optional()?)
}

/// Every agency, by slug.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn) -> Result<Vec<AgencyRow>, StoreError> {
    Ok(agencies::table.order(agencies::slug).select(AgencyRow::as_select()).load(conn)?)
}

/// The agencies above `id`, the nearest first, without itself.
///
/// # Errors
/// Only the database's own.
pub fn list_ancestors(conn: &mut Conn, id: AgencyId) -> Result<Vec<AgencyRow>, StoreError> {
    Ok(agency_tree::table
        .inner_join(agencies::table.on(agencies::id.eq(agency_tree::ancestor_id)))
        .filter(agency_tree::descendant_id.eq(id))
        .filter(agency_tree::depth.gt(0))
        .order(agency_tree::depth)
        .select(AgencyRow::as_select())
        .load(conn)?)
}

/// The ids of `id` and everything below it; itself first.
///
/// # Errors
/// Only the database's own.
pub fn subtree(conn: &mut Conn, id: AgencyId) -> Result<Vec<AgencyId>, StoreError> {
    Ok(agency_tree::table
        .filter(agency_tree::ancestor_id.eq(id))
        .order((agency_tree::depth, agency_tree::descendant_id))
        .select(agency_tree::descendant_id)
        .load(conn)?)
}
