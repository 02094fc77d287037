//! What becomes of a file after its case is closed (条例 art. 45; 档案法 arts 13–15): how long it is kept, what holds it, who destroys
//! it, who takes it over. A destroyed case still is its journal; whoever asks for what was in it is told that it was destroyed.

pub mod certificate;
pub mod destroying;
pub mod disposal;
pub mod holds;
pub mod package;
pub mod plan;
pub mod register;
pub mod schedule;
pub mod telling;
pub mod transfer;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::reading::name_of;
use super::views::StaffName;
use crate::case::state::Destroyed;
use crate::case::{Case, Refusal};
use crate::ids::TransferId;
use crate::storage::{Conn, transfers};

/// An order to keep a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HoldView {
    /// The journal entry that placed it.
    pub seq: u32,
    /// By whom.
    pub placed_by: Option<StaffName>,
    /// Since when.
    pub placed_on: NaiveDate,
    /// By whom it was lifted.
    pub lifted_by: Option<StaffName>,
    /// When.
    pub lifted_on: Option<NaiveDate>,
}

/// The archive that has a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HandedOverView {
    /// The package.
    #[schema(value_type = String, format = "uuid")]
    pub transfer: TransferId,
    /// The archive.
    pub archive: Option<String>,
    /// The number of its receipt.
    pub receipt_no: Option<String>,
    /// On which day.
    pub on: NaiveDate,
}

/// That what was in a file is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DestroyedView {
    /// On which day.
    pub on: NaiveDate,
    /// The number of the certificate.
    pub certificate: String,
    /// Who proposed it.
    pub proposed_by: Option<StaffName>,
    /// Who approved it.
    pub approved_by: Option<StaffName>,
    /// When that was.
    pub approved_at: DateTime<Utc>,
    /// The last day on which it had to be kept.
    pub kept_until: NaiveDate,
    /// A sentence for whoever looks for its contents.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

/// What became of a closed file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct RetentionView {
    /// Orders to keep it, oldest first.
    pub holds: Vec<HoldView>,
    /// The archive that has it.
    pub handed_over: Option<HandedOverView>,
    /// That its contents are gone.
    pub destroyed: Option<DestroyedView>,
}

/// What became of it.
///
/// # Errors
/// The database's failures.
pub(super) fn view(conn: &mut Conn, case: &Case) -> Result<RetentionView, Failure> {
    let mut holds = Vec::new();
    for one in &case.holds {
        holds.push(HoldView {
            seq: one.seq,
            placed_by: name_of(conn, one.placed_by)?,
            placed_on: one.placed_on,
            lifted_by: name_of(conn, one.lifted.and_then(|(by, _)| by))?,
            lifted_on: one.lifted.map(|(_, on)| on),
        });
    }
    let handed_over = case.handed_over.map(|over| {
        // A restored copy may be older than the package.
        let row = match transfers::load(conn, over.transfer) {
            Ok(row) => Some(row),
            Err(crate::storage::StoreError::Missing) => None,
            Err(other) => return Err(Failure::from(other)),
        };
        Ok(HandedOverView {
            transfer: over.transfer,
            archive: row.as_ref().and_then(|row| row.archive.clone()),
            receipt_no: row.and_then(|row| row.receipt_no),
            on: over.on,
        })
    });
    let destroyed = case.destroyed.as_ref().map(|gone| {
        let refusal = refusal(gone);
        Ok::<_, Failure>(DestroyedView {
            on: gone.on,
            certificate: gone.by.certificate.clone(),
            proposed_by: name_of(conn, Some(gone.by.proposed_by))?,
            approved_by: name_of(conn, Some(gone.by.approved_by))?,
            approved_at: gone.by.approved_at,
            kept_until: gone.by.kept_until,
            zh: refusal.zh(),
            en: refusal.en(),
        })
    });
    Ok(RetentionView { holds, handed_over: handed_over.transpose()?, destroyed: destroyed.transpose()? })
}

/// What to tell whoever asks for what is gone.
pub(super) fn refusal(gone: &Destroyed) -> Refusal {
    Refusal::ContentDestroyed { on: gone.on, certificate: gone.by.certificate.clone() }
}

/// Asked before contents are opened as a whole: a letter, a sheet, a file.
///
/// # Errors
/// [`Failure::Refused`] once they are destroyed.
pub(super) fn intact(case: &Case) -> Result<(), Failure> {
    match &case.destroyed {
        Some(gone) => Err(Failure::Refused { refusal: refusal(gone), allowed: Vec::new() }),
        None => Ok(()),
    }
}
