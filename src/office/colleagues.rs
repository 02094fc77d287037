//! Colleagues: whom one can name as a delegate, a handler, or somebody to ask. Active members of staff of the agencies of
//! which one is oneself, with what they do there, and who stands in for those who are away today.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::sign_in::HeldView;
use super::views::{AgencyName, StaffName, term};
use super::{Office, Officer, reading, standing_in};
use crate::ids::{AgencyId, StaffId};
use crate::storage::{Conn, absences, agencies, staff};

/// A colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Colleague {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub id: StaffId,
    /// The name.
    pub name: String,
    /// What they do at the agencies that one shares with them.
    pub roles: Vec<HeldView>,
    /// The last day of an absence, where they are away today.
    pub away_until: Option<NaiveDate>,
    /// Who stands in for them today.
    pub delegate: Option<StaffName>,
}

impl Office {
    /// One's colleagues, by login; oneself is not among them.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn colleagues(&self, officer: &Officer) -> Result<Vec<Colleague>, Failure> {
        let (officer, today) = (officer.clone(), self.today());
        self.db().read(move |conn| colleagues(conn, &officer, today)).await
    }
}

fn colleagues(conn: &mut Conn, officer: &Officer, today: NaiveDate) -> Result<Vec<Colleague>, Failure> {
    // Where one merely stands in for somebody, one is no colleague for that.
    let shared: Vec<AgencyId> =
        officer.roles.iter().filter(|held| held.absent.is_none()).map(|held| held.agency).collect();
    let names: HashMap<AgencyId, AgencyName> =
        agencies::list(conn)?.into_iter().map(|row| (row.id, AgencyName { slug: row.slug, name: row.name })).collect();
    let mut found = Vec::new();
    for row in staff::list_of_agencies(conn, &shared)?.into_iter().filter(|row| row.active && row.id != officer.id) {
        let roles = standing_in::own_roles(conn, row.id)?
            .into_iter()
            .filter(|held| shared.contains(&held.agency))
            .filter_map(|held| {
                let agency = names.get(&held.agency)?.clone();
                Some(HeldView { role: term!(held.role), agency, on_behalf_of: None })
            })
            .collect();
        let absence = absences::list_of_staff(conn, row.id, today, today)?.pop();
        found.push(Colleague {
            id: row.id,
            name: row.name,
            roles,
            away_until: absence.as_ref().map(|one| one.to_on),
            delegate: reading::name_of(conn, absence.map(|one| one.delegate_id))?,
        });
    }
    Ok(found)
}
