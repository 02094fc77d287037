//! A file that is here: its key, its parts in their order, and its content as a stream, one part in memory at a time. Also
//! what the office itself makes (letters as they were set, redacted records), which goes in whole.

use std::io::Write;
use std::pin::pin;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{Stream, StreamExt, TryStreamExt, stream};

use super::keeper::{Keeper, Stored, failure_of};
use super::receiving::NAME;
use crate::case::terms::{FileFormat, FileRef};
use crate::files::{Address, Store, StoreFault};
use crate::ids::{self, CaseId, FileId};
use crate::office::Shared;
use crate::office::desk::{Desk, Who};
use crate::office::failure::Failure;
use crate::office::sealing::{FileParticulars, Opener, Sealer};
use crate::storage::Conn;
use crate::storage::files::{self, FileRow};
use crate::vault::file_key::PART_BYTES;
use crate::vault::{FileKey, VaultError};

/// A file with its key.
pub(in crate::office) struct Kept {
    /// Its row.
    pub row: FileRow,
    pub(super) key: FileKey,
    /// What it is called.
    pub name: String,
}

/// Why a part cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ContentFault {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// It does not open.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl From<ContentFault> for Failure {
    fn from(fault: ContentFault) -> Self {
        match fault {
            ContentFault::Store(fault) => fault.into(),
            ContentFault::Vault(fault) => fault.into(),
        }
    }
}

impl Kept {
    /// The file of a row.
    ///
    /// # Errors
    /// [`Failure::Missing`] once its case was destroyed; [`Failure::Broken`] for a row that was tampered with.
    pub fn of(conn: &mut Conn, shared: &Shared, row: FileRow) -> Result<Self, Failure> {
        let opener = Opener::of(conn, &[row.case_id], &shared.keys)?;
        let key = opener.file_key(&row)?.ok_or(Failure::Missing)?;
        let name = if row.state == files::RECEIVING {
            opener.beside(row.case_id, row.id.uuid(), NAME, &row.sealed)?
        } else {
            let is = opener.file(&row)?.map(|(is, _)| is);
            if is.as_ref().is_some_and(|is| i64::try_from(is.size) != Ok(row.size)) || !is_all(&row) {
                return Err(Failure::broken("a file is shorter or longer than it was when it came"));
            }
            is.map(|is| is.name)
        };
        Ok(Self { row, key, name: name.ok_or(Failure::Missing)? })
    }

    /// The addresses of its parts.
    pub fn parts(&self) -> Vec<Address> {
        Address::listed(&self.row.parts)
    }

    /// Its content, part by part.
    pub fn content<'a>(&'a self, store: &'a Store) -> impl Stream<Item = Result<Bytes, ContentFault>> + 'a {
        let (id, key) = (self.row.id, &self.key);
        stream::iter((0_u32..).zip(self.parts())).then(move |(no, address)| opened(store, key, id, no, address))
    }

    /// Its content, part by part, for a reader who comes after the transaction.
    pub fn into_content(self, store: Store) -> impl Stream<Item = Result<Bytes, ContentFault>> {
        let parts: Vec<(u32, Address)> = (0_u32..).zip(self.parts()).collect();
        stream::unfold((self, store, parts.into_iter()), |(kept, store, mut parts)| async move {
            let (no, address) = parts.next()?;
            let part = opened(&store, &kept.key, kept.row.id, no, address).await;
            Some((part, (kept, store, parts)))
        })
    }

    /// One part of it, from 0; none behind its end.
    ///
    /// # Errors
    /// Those of its content.
    pub async fn part(&self, store: &Store, no: u32) -> Result<Option<Bytes>, Failure> {
        let Some((no, address)) = (0_u32..).zip(self.parts()).find(|(place, _)| *place == no) else { return Ok(None) };
        Ok(Some(opened(store, &self.key, self.row.id, no, address).await?))
    }

    /// Whether its end is in the store and opens: asked before it is written down that somebody was given it.
    ///
    /// # Errors
    /// Those of its content.
    pub async fn is_at_hand(&self, store: &Store) -> Result<(), Failure> {
        if let Some((no, address)) = (0_u32..).zip(self.parts()).last() {
            opened(store, &self.key, self.row.id, no, address).await?;
        }
        Ok(())
    }

    /// All of it, where that is at most `most` bytes.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for a larger one; those of its content.
    pub async fn whole(&self, store: &Store, most: u64) -> Result<Vec<u8>, Failure> {
        let size = u64::try_from(self.row.size).map_err(Failure::broken)?;
        if size > most {
            return Err(Failure::invalid(
                "",
                format!("文件超过 {} MB，不能整体处理。", most >> 20),
                format!("The file has more than {} MB and cannot be looked through as a whole.", most >> 20),
            ));
        }
        let mut whole = Vec::with_capacity(usize::try_from(size).map_err(Failure::broken)?);
        let mut content = pin!(self.content(store));
        while let Some(part) = content.try_next().await.map_err(Failure::from)? {
            whole.extend_from_slice(&part);
        }
        Ok(whole)
    }
}

async fn opened(store: &Store, key: &FileKey, id: FileId, no: u32, address: Address) -> Result<Bytes, ContentFault> {
    let sealed = store.get(id, address).await?;
    Ok(Bytes::from(key.open(id, no, Vec::from(sealed))?))
}

/// Whether the row lists as many parts as a file of its size has.
pub(super) fn is_all(row: &FileRow) -> bool {
    let parts = i64::try_from(Address::listed(&row.parts).len()).unwrap_or(i64::MAX);
    let part = i64::try_from(PART_BYTES).unwrap_or(i64::MAX);
    parts == row.size.saturating_add(part - 1) / part
}

/// What the office has made goes into the store, within the transaction of the act that made it: first the bytes, then the row.
/// Should the transaction be undone, the bytes lie there under no row: nobody can open them, and nobody asks for them. For what is
/// short; what is long is stored before, and [`keep_stored`] writes its row.
///
/// # Errors
/// [`Failure::Unavailable`] when the store is away: a letter that cannot be kept is not issued.
pub(in crate::office) fn keep_made(
    desk: &mut Desk<'_>,
    name: String,
    format: FileFormat,
    content: &[u8],
    state: &str,
) -> Result<FileRef, Failure> {
    let (keeper, wrapped) = keeper(desk.conn, desk.shared, desk.case.id, desk.now)?;
    let stored = in_store(keeper, content).map_err(failure_of)?;
    keep_stored(desk, name, format, &wrapped, &stored, state)
}

fn in_store(mut keeper: Keeper, content: &[u8]) -> std::io::Result<Stored> {
    keeper.write_all(content)?;
    keeper.finish()
}

/// A file of the case that is going to be made, and its key as it will lie in its row.
///
/// # Errors
/// [`Failure::Missing`] once the contents of the case were destroyed; the database's failures.
pub(in crate::office) fn keeper(
    conn: &mut Conn,
    shared: &Shared,
    case: CaseId,
    now: DateTime<Utc>,
) -> Result<(Keeper, Vec<u8>), Failure> {
    let mut randomness = shared.randomness.clone();
    let id = FileId::new(now, &mut randomness);
    let mut sealer = Sealer::of_case(conn, case, &shared.keys, randomness, now, false)?;
    let (key, wrapped) = sealer.file_key(id)?;
    Ok((Keeper::new(id, key, shared.store()?.clone(), shared.randomness.clone()), wrapped))
}

/// The row of a file whose bytes are in the store.
///
/// # Errors
/// [`Failure::Missing`] once the contents of the case were destroyed; the database's failures.
pub(in crate::office) fn keep_stored(
    desk: &mut Desk<'_>,
    name: String,
    format: FileFormat,
    wrapped: &[u8],
    stored: &Stored,
    state: &str,
) -> Result<FileRef, Failure> {
    let shared = desk.shared;
    let (now, case) = (desk.now, desk.case.id);
    let mut sealer = Sealer::of_case(desk.conn, case, &shared.keys, shared.randomness.clone(), now, false)?;
    let is = FileParticulars { name, size: stored.size, sha256: stored.sha256.clone() };
    let (sealed, file) = sealer.file(stored.id, &is)?;
    let size = i64::try_from(stored.size).map_err(Failure::broken)?;
    let row = FileRow {
        id: stored.id,
        case_id: case,
        state: state.to_owned(),
        wrapped: wrapped.to_vec(),
        sealed,
        sent_by: match desk.who {
            Who::Officer(officer) => Some(officer.id),
            Who::Applicant | Who::System => None,
        },
        by_applicant: false,
        size,
        received: size,
        parts: stored.parts.clone(),
        format: Some(format.as_str().to_owned()),
        scan: files::SCAN_OFF.to_owned(),
        scan_found: None,
        // When its id was given: what takes long to be made was begun before the act that puts it into the case.
        begun_at: DateTime::from_timestamp_millis(ids::millis_of(stored.id.uuid())).unwrap_or(now),
        completed_at: Some(now),
        verified_at: Some(now),
        fault: None,
    };
    files::insert(desk.conn, &row)?;
    Ok(file)
}
