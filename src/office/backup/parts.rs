//! The parts of files beside a backup: copied once for all backups of a folder, since a part never changes; held against their
//! addresses; put back into a store.
//!
//! They are read off the backup's own table of files. What was taken away between the snapshot and the copying is no fault: its row is
//! gone by then, and the manifest names it.

use std::path::{Path, PathBuf};

use super::archive::{Archive, FILES, FileReader, lines, unzipped};
use super::fault::BackupFault;
use super::manifest::FilesCopied;
use super::{Progress, tables};
use crate::files::{self, Address, Store, StoreFault};
use crate::ids::FileId;
use crate::storage::{self, Db};

/// The folder of parts, beside the archive.
const FOLDER: &str = "files";

/// Where the parts of files lie that belong to the archive at this path.
#[must_use]
pub fn beside(archive: &Path) -> PathBuf {
    archive.with_file_name(FOLDER)
}

/// How the parts of a backup stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Files whose parts are all as they were written.
    pub files: u64,
    /// Parts that were looked at.
    pub parts: u64,
    /// What is missing or changed, in both languages.
    pub faults: Vec<String>,
}

/// Copies what the archive at `archive` speaks of out of the store into the folder beside it.
pub(super) fn copy(
    db: &Db,
    (store, folder): (&Store, &Path),
    archive: &Path,
    (copied, faults): (&mut FilesCopied, &mut Vec<String>),
    progress: Progress<'_>,
) -> Result<(), BackupFault> {
    let into = Store::open(&folder.display().to_string())?;
    let mut reader = FileReader::default();
    let mut zip = unzipped(archive)?;
    lines(&mut zip, archive, &tables::path_of(FILES), &mut |number, line| {
        reader.take(number, line, &mut |file, addresses| {
            let mut whole = true;
            for address in addresses {
                match copy_part(store, &into, file, *address) {
                    Ok(new) => copied.copied += u64::from(new),
                    Err(StoreFault::Missing { .. }) if !is_known(db, file)? => {
                        copied.gone.push(file);
                        return Ok(());
                    }
                    Err(fault @ (StoreFault::Missing { .. } | StoreFault::Changed { .. })) => {
                        faults.push(told(&fault));
                        whole = false;
                    }
                    Err(away) => return Err(away.into()),
                }
                copied.parts += 1;
                progress(FOLDER, copied.parts);
            }
            copied.files += u64::from(whole);
            Ok(())
        })
    })?;
    Ok(())
}

/// Reads every part that the backup speaks of and holds it against its address; nothing where the backup was made without files.
///
/// # Errors
/// As [`Archive::verify`]; [`BackupFault::Files`] when the folder cannot be read. What is missing or changed is told, and no error.
pub fn check(backup: &Archive, progress: Progress<'_>) -> Result<Option<Kept>, BackupFault> {
    let Some(said) = &backup.manifest().files else { return Ok(None) };
    let store = Store::open(&backup.files_folder().display().to_string())?;
    let mut kept = Kept::default();
    backup.each_file(&mut |file, addresses| {
        if said.gone.contains(&file) {
            return Ok(());
        }
        look(&mut kept, addresses, progress, |address| get(&store, file, address))
    })?;
    Ok(Some(kept))
}

/// Puts the parts back into a store, over what was changed there, too: those of files that the restored database still knows, so that the bytes of a case that was
/// destroyed again do not come back. Nothing where the backup was made without files.
///
/// # Errors
/// As [`check`]; [`BackupFault::Files`] also when the store is away.
pub fn put_back(db: &Db, store: &Store, backup: &Archive, progress: Progress<'_>) -> Result<Option<Kept>, BackupFault> {
    let Some(said) = &backup.manifest().files else { return Ok(None) };
    let from = Store::open(&backup.files_folder().display().to_string())?;
    let mut kept = Kept::default();
    backup.each_file(&mut |file, addresses| {
        if said.gone.contains(&file) || !is_known(db, file)? {
            return Ok(());
        }
        look(&mut kept, addresses, progress, |address| put_part_back(&from, store, file, address))
    })?;
    Ok(Some(kept))
}

fn look(
    kept: &mut Kept,
    addresses: &[Address],
    progress: Progress<'_>,
    at: impl Fn(Address) -> Result<(), StoreFault>,
) -> Result<(), BackupFault> {
    let mut whole = true;
    for address in addresses {
        match at(*address) {
            Ok(()) => {}
            Err(fault @ (StoreFault::Missing { .. } | StoreFault::Changed { .. })) => {
                kept.faults.push(told(&fault));
                whole = false;
            }
            Err(away) => return Err(away.into()),
        }
        kept.parts += 1;
        progress(FOLDER, kept.parts);
    }
    kept.files += u64::from(whole);
    Ok(())
}

/// Copies a part out of the store unless the backups have it; whether it had to be. What was copied once is not read again (that is
/// for [`check`]); that the store still has it is looked at.
fn copy_part(store: &Store, into: &Store, file: FileId, address: Address) -> Result<bool, StoreFault> {
    let (store, into) = (store.clone(), into.clone());
    waited(async move {
        if into.holds(file, address).await? {
            return if store.holds(file, address).await? {
                Ok(false)
            } else {
                Err(StoreFault::Missing { file, address })
            };
        }
        let part = store.get(file, address).await?;
        into.put(file, part.to_vec()).await?;
        Ok(true)
    })
}

/// Puts a part back unless the store has it as it was written: one that was changed there is written over.
fn put_part_back(from: &Store, store: &Store, file: FileId, address: Address) -> Result<(), StoreFault> {
    let (from, store) = (from.clone(), store.clone());
    waited(async move {
        match store.get(file, address).await {
            Ok(_as_written) => return Ok(()),
            Err(StoreFault::Missing { .. } | StoreFault::Changed { .. }) => {}
            Err(away) => return Err(away),
        }
        // Read against its address, so that what is put there is what was written.
        let part = from.get(file, address).await?;
        store.put(file, part.to_vec()).await.map(drop)
    })
}

fn get(store: &Store, file: FileId, address: Address) -> Result<(), StoreFault> {
    let store = store.clone();
    waited(async move { store.get(file, address).await.map(drop) })
}

fn waited<T: Send + 'static>(
    work: impl Future<Output = Result<T, StoreFault>> + Send + 'static,
) -> Result<T, StoreFault> {
    files::beside::wait(work).map_err(|error| StoreFault::Setting(format!("no thread for it: {error}")))?
}

fn is_known(db: &Db, file: FileId) -> Result<bool, BackupFault> {
    Ok(db.read_now(|conn| storage::files::list_known(conn, &[file]))?.contains(&file))
}

fn told(fault: &StoreFault) -> String {
    match fault {
        StoreFault::Missing { file, .. } => format!("文件 {file} 缺少一部分 / {fault}"),
        StoreFault::Changed { file, .. } => format!("文件 {file} 的一部分被改动 / {fault}"),
        other => other.to_string(),
    }
}
