//! How to reach those before whom the replies of an agency can be contested: one row for an agency that has said so.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::remedies::remedy_places;
use crate::ids::AgencyId;
use diesel::prelude::*;

/// 救济渠道 of one agency.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = remedy_places, treat_none_as_default_value = false)]
pub struct RemedyPlacesRow {
    pub agency_id: AgencyId,
    /// Where the reconsideration body takes applications.
    pub reconsideration_address: Option<String>,
    pub reconsideration_phone: Option<String>,
    pub court_address: Option<String>,
    /// Where the court takes suits on line.
    pub court_online: Option<String>,
    /// 政府信息公开工作主管部门 or the agency above: who takes complaints (条例第四十七条、第五十一条).
    pub supervisor: Option<String>,
    pub supervisor_address: Option<String>,
    pub supervisor_phone: Option<String>,
    pub supervisor_online: Option<String>,
}

impl RemedyPlacesRow {
    /// Of an agency that has said nothing.
    #[must_use]
    pub const fn none(agency_id: AgencyId) -> Self {
        Self {
            agency_id,
            reconsideration_address: None,
            reconsideration_phone: None,
            court_address: None,
            court_online: None,
            supervisor: None,
            supervisor_address: None,
            supervisor_phone: None,
            supervisor_online: None,
        }
    }
}

/// The places of an agency; empty ones where it has said nothing.
///
/// # Errors
/// Only the database's own.
pub fn of(conn: &mut Conn, agency: AgencyId) -> Result<RemedyPlacesRow, StoreError> {
    let found = remedy_places::table.find(agency).select(RemedyPlacesRow::as_select()).first(conn).optional()?;
    Ok(found.unwrap_or_else(|| RemedyPlacesRow::none(agency)))
}

/// Puts `row` in the place of what the agency had. Whoever writes has changed the agency's own row before, in the same transaction:
/// that row is what keeps two writers apart.
///
/// # Errors
/// Only the database's own.
pub fn replace(conn: &mut Conn, row: &RemedyPlacesRow) -> Result<(), StoreError> {
    diesel::delete(remedy_places::table.find(row.agency_id)).execute(conn)?;
    diesel::insert_into(remedy_places::table).values(row.clone()).execute(conn)?;
    Ok(())
}
