//! Files of cases: which parts of the store each is, how far it has come in, and what the scanner and the last verification
//! say of it.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::files;
use super::types::{Instant, MaybeInstant};
use crate::ids::{CaseId, FileId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Being received.
pub const RECEIVING: &str = "receiving";
/// All its bytes are there.
pub const COMPLETE: &str = "complete";
/// An entry of the journal speaks of it.
pub const KEPT: &str = "kept";
/// Made out of the case, to be taken away again: no entry speaks of it.
pub const MADE: &str = "made";

/// There is no scanner.
pub const SCAN_OFF: &str = "off";
/// It waits for the scanner.
pub const SCAN_WAITING: &str = "waiting";
/// The scanner knows nothing against it.
pub const SCAN_CLEAN: &str = "clean";
/// The scanner knows it.
pub const SCAN_INFECTED: &str = "infected";

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = files, treat_none_as_default_value = false)]
pub struct FileRow {
    pub id: FileId,
    pub case_id: CaseId,
    pub state: String,
    /// Its own key, under the key of its case.
    pub wrapped: Vec<u8>,
    /// Its name; once it is whole, its particulars behind the salt of their digest.
    pub sealed: Vec<u8>,
    pub sent_by: Option<StaffId>,
    pub by_applicant: bool,
    pub size: i64,
    pub received: i64,
    /// The addresses of its parts, 32 bytes each.
    pub parts: Vec<u8>,
    pub format: Option<String>,
    pub scan: String,
    pub scan_found: Option<String>,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub begun_at: DateTime<Utc>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub completed_at: Option<DateTime<Utc>>,
    #[diesel(serialize_as = MaybeInstant, deserialize_as = MaybeInstant)]
    pub verified_at: Option<DateTime<Utc>>,
    pub fault: Option<String>,
}

/// Adds a file.
///
/// # Errors
/// [`StoreError::Conflict`] when the id is taken.
pub fn insert(conn: &mut Conn, row: &FileRow) -> Result<(), StoreError> {
    diesel::insert_into(files::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The file with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: FileId) -> Result<FileRow, StoreError> {
    files::table.find(id).select(FileRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// Every file of a case, the oldest first, unfinished ones too.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, case: CaseId) -> Result<Vec<FileRow>, StoreError> {
    Ok(files::table
        .filter(files::case_id.eq(case))
        .order((files::begun_at, files::id))
        .select(FileRow::as_select())
        .load(conn)?)
}

/// How many uploads of a case are on their way, of its applicant or of the office.
///
/// # Errors
/// Only the database's own.
pub fn count_underway(conn: &mut Conn, case: CaseId, by_applicant: bool) -> Result<i64, StoreError> {
    Ok(files::table
        .filter(files::case_id.eq(case))
        .filter(files::by_applicant.eq(by_applicant))
        .filter(files::state.ne_all([KEPT, MADE]))
        .count()
        .get_result(conn)?)
}

/// What all files take together, in bytes, those on their way with the size they were announced with.
///
/// # Errors
/// Only the database's own.
pub fn sum_bytes(conn: &mut Conn) -> Result<i64, StoreError> {
    // A sum of 64-bit numbers is no 64-bit number on PostgreSQL.
    let sum = diesel::dsl::sql::<diesel::sql_types::BigInt>("CAST(COALESCE(SUM(size), 0) AS BIGINT)");
    Ok(files::table.select(sum).first(conn)?)
}

/// Another part has come in behind the first `from` bytes; `parts` and `received` are what there is now.
///
/// # Errors
/// [`StoreError::Conflict`] when it does not stand at `from` any more: somebody else went on with it.
pub fn advance(conn: &mut Conn, id: FileId, from: i64, parts: &[u8], received: i64) -> Result<(), StoreError> {
    let row = files::table.filter(files::id.eq(id)).filter(files::received.eq(from)).filter(files::state.eq(RECEIVING));
    let rows = diesel::update(row).set((files::parts.eq(parts.to_vec()), files::received.eq(received))).execute(conn);
    touched(rows, StoreError::Conflict)
}

/// How long it turned out to be, where that was not known before.
///
/// # Errors
/// [`StoreError::Conflict`] when it is not being received any more.
pub fn measure(conn: &mut Conn, id: FileId, size: i64) -> Result<(), StoreError> {
    let row = files::table.filter(files::id.eq(id)).filter(files::received.eq(size)).filter(files::state.eq(RECEIVING));
    touched(diesel::update(row).set(files::size.eq(size)).execute(conn), StoreError::Conflict)
}

/// It is whole.
///
/// # Errors
/// [`StoreError::Conflict`] when it is not being received any more.
pub fn complete(
    conn: &mut Conn,
    id: FileId,
    sealed: &[u8],
    format: &str,
    scan: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = files::table.filter(files::id.eq(id)).filter(files::state.eq(RECEIVING));
    let rows = diesel::update(row)
        .set((
            files::state.eq(COMPLETE),
            files::sealed.eq(sealed.to_vec()),
            files::format.eq(format.to_owned()),
            files::scan.eq(scan.to_owned()),
            files::completed_at.eq(Instant::from(at)),
            files::verified_at.eq(Instant::from(at)),
        ))
        .execute(conn);
    touched(rows, StoreError::Conflict)
}

/// An entry of the journal speaks of it from now on.
///
/// # Errors
/// [`StoreError::Conflict`] when one did already, or it is not whole.
pub fn keep(conn: &mut Conn, id: FileId) -> Result<(), StoreError> {
    let row = files::table.filter(files::id.eq(id)).filter(files::state.eq(COMPLETE));
    touched(diesel::update(row).set(files::state.eq(KEPT)).execute(conn), StoreError::Conflict)
}

/// What the scanner says.
///
/// # Errors
/// [`StoreError::Missing`] when it is gone.
pub fn set_scan(conn: &mut Conn, id: FileId, scan: &str, found: Option<&str>) -> Result<(), StoreError> {
    let rows = diesel::update(files::table.find(id))
        .set((files::scan.eq(scan.to_owned()), files::scan_found.eq(found.map(str::to_owned))))
        .execute(conn);
    touched(rows, StoreError::Missing)
}

/// What the verification of its bytes found; nothing when they are what was written.
///
/// # Errors
/// [`StoreError::Missing`] when it is gone.
pub fn set_verified(conn: &mut Conn, id: FileId, at: DateTime<Utc>, fault: Option<&str>) -> Result<(), StoreError> {
    let rows = diesel::update(files::table.find(id))
        .set((files::verified_at.eq(Instant::from(at)), files::fault.eq(fault.map(str::to_owned))))
        .execute(conn);
    touched(rows, StoreError::Missing)
}

/// Takes the row of a file away that no entry of the journal speaks of.
///
/// # Errors
/// [`StoreError::Conflict`] when one does.
pub fn delete_unkept(conn: &mut Conn, id: FileId) -> Result<(), StoreError> {
    let row = files::table.filter(files::id.eq(id)).filter(files::state.ne(KEPT));
    touched(diesel::delete(row).execute(conn), StoreError::Conflict)
}

/// Which of these files have a row.
///
/// # Errors
/// Only the database's own.
pub fn list_known(conn: &mut Conn, ids: &[FileId]) -> Result<Vec<FileId>, StoreError> {
    Ok(files::table.filter(files::id.eq_any(ids.to_vec())).select(files::id).load(conn)?)
}

/// Files that wait for the scanner, the oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list_waiting(conn: &mut Conn, limit: i64) -> Result<Vec<FileRow>, StoreError> {
    Ok(files::table
        .filter(files::scan.eq(SCAN_WAITING))
        .filter(files::state.ne(RECEIVING))
        .order((files::begun_at, files::id))
        .limit(limit)
        .select(FileRow::as_select())
        .load(conn)?)
}

/// Uploads begun before `before` that nothing came of, the oldest first.
///
/// # Errors
/// Only the database's own.
pub fn list_abandoned(conn: &mut Conn, before: DateTime<Utc>, limit: i64) -> Result<Vec<FileRow>, StoreError> {
    Ok(files::table
        .filter(files::state.ne_all([KEPT, MADE]))
        .filter(files::begun_at.lt(Instant::from(before)))
        .order((files::begun_at, files::id))
        .limit(limit)
        .select(FileRow::as_select())
        .load(conn)?)
}

/// Files last verified before `before`, those first that have waited longest.
///
/// # Errors
/// Only the database's own.
pub fn list_to_verify(conn: &mut Conn, before: DateTime<Utc>, limit: i64) -> Result<Vec<FileRow>, StoreError> {
    Ok(files::table
        .filter(files::state.eq(KEPT))
        .filter(files::verified_at.is_null().or(files::verified_at.lt(Instant::from(before))))
        .order((files::verified_at, files::id))
        .limit(limit)
        .select(FileRow::as_select())
        .load(conn)?)
}

/// Files that belong to cases, in the order of their ids, `limit` of them behind `after`.
///
/// # Errors
/// Only the database's own.
pub fn list_kept(conn: &mut Conn, after: Option<FileId>, limit: i64) -> Result<Vec<FileRow>, StoreError> {
    let kept = files::table.filter(files::state.eq(KEPT)).order(files::id).limit(limit).select(FileRow::as_select());
    Ok(match after {
        Some(after) => kept.filter(files::id.gt(after)).load(conn)?,
        None => kept.load(conn)?,
    })
}
