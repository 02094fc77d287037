//! Packages of files for an archive, and that they were handed over.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::retention::{archive_transfer_items, archive_transfers};
use super::types::{Instant, MaybeInstant};
use crate::ids::{AgencyId, CaseId, StaffId, TransferId};
use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

/// One package.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = archive_transfers, treat_none_as_default_value = false)]
pub struct TransferRow {
    pub id: TransferId,
    pub agency_id: AgencyId,
    pub made_by: StaffId,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub made_at: DateTime<Utc>,
    /// The SHA-256 of its manifest, once it was written.
    pub manifest: Option<String>,
    pub archive: Option<String>,
    pub receipt_no: Option<String>,
    pub handed_on: Option<NaiveDate>,
    pub recorded_by: Option<StaffId>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub recorded_at: Option<DateTime<Utc>>,
}

/// Adds a package of these cases, each with its number.
///
/// # Errors
/// [`StoreError::Conflict`] when the id is taken.
pub fn insert(conn: &mut Conn, row: &TransferRow, cases: &[(CaseId, String)]) -> Result<(), StoreError> {
    diesel::insert_into(archive_transfers::table).values(row.clone()).execute(conn)?;
    for (case, number) in cases {
        diesel::insert_into(archive_transfer_items::table)
            .values((
                archive_transfer_items::transfer_id.eq(row.id),
                archive_transfer_items::case_id.eq(*case),
                archive_transfer_items::number.eq(number),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// One package.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: TransferId) -> Result<TransferRow, StoreError> {
    let found = archive_transfers::table.find(id).select(TransferRow::as_select()).first(conn).optional()?;
    found.ok_or(StoreError::Missing)
}

/// The packages of `agencies`, the newest first, at most `limit`.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, agencies: &[AgencyId], limit: i64) -> Result<Vec<TransferRow>, StoreError> {
    Ok(archive_transfers::table
        .filter(archive_transfers::agency_id.eq_any(agencies))
        .order((archive_transfers::made_at.desc(), archive_transfers::id.desc()))
        .limit(limit)
        .select(TransferRow::as_select())
        .load(conn)?)
}

/// The cases of a package with their numbers.
///
/// # Errors
/// Only the database's own.
pub fn cases(conn: &mut Conn, id: TransferId) -> Result<Vec<(CaseId, String)>, StoreError> {
    Ok(archive_transfer_items::table
        .filter(archive_transfer_items::transfer_id.eq(id))
        .order(archive_transfer_items::case_id)
        .select((archive_transfer_items::case_id, archive_transfer_items::number))
        .load(conn)?)
}

/// The package was written: the SHA-256 of its manifest.
///
/// # Errors
/// Only the database's own.
pub fn written(conn: &mut Conn, id: TransferId, manifest: &str) -> Result<(), StoreError> {
    let open = archive_transfers::table.filter(archive_transfers::id.eq(id));
    diesel::update(open.filter(archive_transfers::handed_on.is_null()))
        .set(archive_transfers::manifest.eq(manifest))
        .execute(conn)?;
    Ok(())
}

/// It was handed over.
///
/// # Errors
/// [`StoreError::Conflict`] when that was recorded before.
pub fn hand_over(
    conn: &mut Conn,
    id: TransferId,
    (archive, receipt_no, on): (&str, &str, NaiveDate),
    by: StaffId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let open =
        archive_transfers::table.filter(archive_transfers::id.eq(id)).filter(archive_transfers::handed_on.is_null());
    let done = diesel::update(open)
        .set((
            archive_transfers::archive.eq(archive),
            archive_transfers::receipt_no.eq(receipt_no),
            archive_transfers::handed_on.eq(on),
            archive_transfers::recorded_by.eq(by),
            archive_transfers::recorded_at.eq(Instant::from(at)),
        ))
        .execute(conn);
    touched(done, StoreError::Conflict)
}
