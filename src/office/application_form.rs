//! What an agency asks on its form beside what the law lists (art. 29): laid down by its administrator, version by version.
//! A case keeps the version that was filled in, so that its answers are read by the words they were given to.
//!
//! What may be asked no machine can tell: never what the information is for, never more proof than art. 29 allows. And
//! no application may be refused for such a field, so whoever enters one that came on paper need not fill it in.

mod answers;
mod fields;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::failure::Failure;
use super::log::{Change, Kind, Note};
use super::permission::{Deed, Officer, permit};
use super::views::StaffName;
use super::{Office, projection, reading};
use crate::ids::AgencyId;
use crate::storage::application_forms::{self as store, FormRow};
use crate::storage::{Conn, agencies};

pub(super) use answers::{Answered, Asked, check, read, view};
pub use answers::{Extra, ExtraView};
pub use fields::{FieldChoice, FieldKind, FormField};

/// The fields that an agency's form has from now on; none takes all of them away.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormChange {
    /// The fields, in the order in which they are asked. Never what the information is for, and no more proof than the law
    /// allows.
    #[schema(max_items = 20)]
    pub fields: Vec<FormField>,
}

/// A version of an agency's form, for whoever fills it in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExtraForm {
    /// Its number, to be sent as `form_version`; 0 while nothing was laid down.
    pub version: u32,
    /// What is asked beside what the law lists.
    pub fields: Vec<FormField>,
}

/// A version of an agency's form, for its administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormVersion {
    /// Its number.
    pub version: u32,
    /// What it asks.
    pub fields: Vec<FormField>,
    /// Who laid it down.
    pub laid_by: StaffName,
    /// When.
    pub laid_at: DateTime<Utc>,
}

/// An agency's form, for its administrator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgencyForm {
    /// The version in force; 0 while nothing was laid down.
    pub version: u32,
    /// What it asks.
    pub fields: Vec<FormField>,
    /// Every version, the latest first.
    pub versions: Vec<FormVersion>,
}

impl Office {
    /// The form of an agency with its earlier versions, for an administrator.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn application_form(&self, officer: &Officer, slug: &str) -> Result<AgencyForm, Failure> {
        let (officer, slug) = (officer.clone(), slug.to_owned());
        self.db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                whole(conn, agency.id)
            })
            .await
    }

    /// Lays down the next version. Applications that were sent keep theirs, and a draft the one it was filled in by.
    ///
    /// # Errors
    /// As [`Office::application_form`]; [`Failure::Invalid`] for fields that cannot be asked.
    pub async fn lay_down_application_form(
        &self,
        officer: &Officer,
        slug: &str,
        input: FormChange,
    ) -> Result<AgencyForm, Failure> {
        let (shared, officer, slug) = (self.shared(), officer.clone(), slug.to_owned());
        let fields = fields::read(&input.fields)?;
        self.db()
            .write(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                let stands = store::latest(conn, agency.id)?;
                let row = FormRow {
                    agency_id: agency.id,
                    version: stands.as_ref().map_or(0, |row| row.version) + 1,
                    body: serde_json::to_string(&fields).map_err(Failure::broken)?,
                    laid_by: officer.id,
                    laid_at: shared.clock.now(),
                };
                // Of two at once, the second begins again and lays down the version after.
                store::insert(conn, &row).map_err(Failure::of_race)?;
                let (before, after) = (stands.map(|row| row.body), Some(row.body));
                let change = Change { field: "/fields".to_owned(), before, after };
                let note = Note::by(&officer, Kind::FormChanged).at(agency.id).fact("version", row.version);
                note.changed(vec![change]).write(conn, &shared)?;
                whole(conn, agency.id)
            })
            .await
    }

    /// What an agency asks on its form: in a version, or as it stands. An unknown version is as it stands, for a draft
    /// must be shown whatever is wrong in it.
    ///
    /// # Errors
    /// [`Failure::Missing`] for an unknown agency; the database's failures.
    pub async fn asked_by(&self, slug: &str, version: Option<u32>) -> Result<ExtraForm, Failure> {
        let slug = slug.to_owned();
        self.db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                match of_version(conn, agency.id, version)? {
                    Some(form) => Ok(form),
                    None => in_force(conn, agency.id),
                }
            })
            .await
    }
}

/// The form as it stands.
///
/// # Errors
/// The database's failures.
pub(super) fn in_force(conn: &mut Conn, agency: AgencyId) -> Result<ExtraForm, Failure> {
    Ok(store::latest(conn, agency)?.map(|row| form(&row)).transpose()?.unwrap_or_default())
}

/// The form in a version, or as it stands; none for a version that the agency never had.
///
/// # Errors
/// The database's failures.
fn of_version(conn: &mut Conn, agency: AgencyId, version: Option<u32>) -> Result<Option<ExtraForm>, Failure> {
    let Some(version) = version else { return in_force(conn, agency).map(Some) };
    let Ok(version) = i32::try_from(version) else { return Ok(None) };
    store::find(conn, agency, version)?.map(|row| form(&row)).transpose()
}

fn form(row: &FormRow) -> Result<ExtraForm, Failure> {
    Ok(ExtraForm {
        version: u32::try_from(row.version).map_err(Failure::broken)?,
        fields: serde_json::from_str(&row.body).map_err(Failure::broken)?,
    })
}

fn whole(conn: &mut Conn, agency: AgencyId) -> Result<AgencyForm, Failure> {
    let mut versions = Vec::new();
    for row in store::list(conn, agency)? {
        let ExtraForm { version, fields } = form(&row)?;
        let laid_by = reading::name_of(conn, Some(row.laid_by))?.ok_or(Failure::Missing)?;
        versions.push(FormVersion { version, fields, laid_by, laid_at: row.laid_at });
    }
    let (version, fields) = versions.first().map(|one| (one.version, one.fields.clone())).unwrap_or_default();
    Ok(AgencyForm { version, fields, versions })
}
