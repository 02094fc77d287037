//! Colleagues: whom one can name as a delegate, a handler, or somebody to ask. Active members of staff of the agencies of
//! which one is oneself, with what they do there, and who stands in for those who are away today.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::sign_in::HeldView;
use super::views::{AgencyName, StaffName, term};
use super::{Office, Officer};
use crate::case::Role;
use crate::ids::{AgencyId, StaffId};
use crate::storage::absences::AbsenceRow;
use crate::storage::staff::StaffRow;
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
    let here: Vec<StaffRow> =
        staff::list_of_agencies(conn, &shared)?.into_iter().filter(|row| row.active && row.id != officer.id).collect();
    let ids: Vec<StaffId> = here.iter().map(|row| row.id).collect();
    let mut roles: HashMap<StaffId, Vec<HeldView>> = HashMap::new();
    for (id, agency, role) in staff::list_roles_of(conn, &ids)? {
        if let Some(name) = names.get(&agency).filter(|_| shared.contains(&agency)) {
            let role = term!(role.parse::<Role>().map_err(Failure::broken)?);
            roles.entry(id).or_default().push(HeldView { role, agency: name.clone(), on_behalf_of: None });
        }
    }
    let absences = absences::list_on(conn, &ids, today)?;
    let delegates: Vec<StaffId> = absences.iter().map(|one| one.delegate_id).collect();
    let delegates: HashMap<StaffId, String> = staff::names_of(conn, &delegates)?.into_iter().collect();
    let away: HashMap<StaffId, AbsenceRow> = absences.into_iter().map(|one| (one.staff_id, one)).collect();
    Ok(here
        .into_iter()
        .map(|row| {
            let absence = away.get(&row.id);
            Colleague {
                roles: roles.remove(&row.id).unwrap_or_default(),
                away_until: absence.map(|one| one.to_on),
                delegate: absence.and_then(|one| {
                    let name = delegates.get(&one.delegate_id)?.clone();
                    Some(StaffName { id: one.delegate_id, name })
                }),
                id: row.id,
                name: row.name,
            }
        })
        .collect())
}
