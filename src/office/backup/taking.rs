//! Making a backup beside a service that goes on: one snapshot of the database, then the parts of files that it speaks of.
//!
//! The snapshot is one transaction that only reads, so that nobody waits for it, and one row after the other goes from the database
//! into the archive: memory does not grow with what there is. The archive bears its name only once it is whole and on the disk.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::archive::{MANIFEST, SUMS};
use super::fault::BackupFault;
use super::manifest::{FORM, FilesCopied, Manifest, TableSaid};
use super::sums::{Summed, migrations_text};
use super::{LEFT_OUT, Progress, line, parts, tables};
use crate::files::Store;
use crate::storage::{Backend, Conn, Db, StoreError, migrations, whole_rows};
use crate::vault::hex;

/// A backup is its owner's alone: what lies in the clear in the database lies in the clear in it.
const MODE: u32 = 0o600;

/// Where a backup goes.
#[derive(Debug, Clone)]
pub struct Place {
    /// The archive.
    pub archive: PathBuf,
}

/// A backup that was made.
#[derive(Debug, Clone)]
pub struct Taken {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Parts that rows speak of and that are not in the store, or are not what was written.
    pub faults: Vec<String>,
}

impl Place {
    /// A file by its name; in a folder that is there, or is named with a slash at its end, one by the instant `now`.
    #[must_use]
    pub fn of(to: &Path, now: DateTime<Utc>) -> Self {
        let named_as_folder = to.as_os_str().as_encoded_bytes().ends_with(b"/");
        let name = format!("dafu-{}.zip", now.format("%Y%m%dT%H%M%SZ"));
        Self { archive: if named_as_folder || to.is_dir() { to.join(name) } else { to.to_owned() } }
    }

    fn unfinished(&self) -> PathBuf {
        self.archive.with_added_extension("part")
    }
}

/// Makes a backup. `store`: where the parts of files are copied from; nothing if they are not to be.
///
/// # Errors
/// [`BackupFault::Exists`]; [`BackupFault::Disk`]; the database's and the store's own. What was begun is taken away again.
pub fn take(
    db: &Db,
    store: Option<&Store>,
    place: &Place,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Taken, BackupFault> {
    let path = &place.archive;
    if path.symlink_metadata().is_ok() {
        return Err(BackupFault::Exists(path.clone()));
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(BackupFault::disk(folder))?;
    }
    let unfinished = place.unfinished();
    let file = begun(&unfinished, path)?;
    let made = make(db, store, (file, &unfinished, path), now, progress);
    if made.is_err() {
        // Why it failed is what is told; what is left of it opens as no backup.
        let _gone = fs::remove_file(&unfinished);
    }
    made
}

/// The file that the archive is written to, ours alone until it is closed: what a process that died has left is written over, what
/// another one is at is not.
fn begun(unfinished: &Path, path: &Path) -> Result<File, BackupFault> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(MODE).open(unfinished);
    let file = opened.map_err(BackupFault::disk(unfinished))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(BackupFault::Exists(unfinished.to_owned())),
        Err(TryLockError::Error(source)) => return Err(BackupFault::disk(unfinished)(source)),
    }
    // Another one may have been done, and given the file its name, between the looking and the locking.
    if path.symlink_metadata().is_ok() {
        return Err(BackupFault::Exists(path.to_owned()));
    }
    file.set_len(0).map_err(BackupFault::disk(unfinished))?;
    Ok(file)
}

fn make(
    db: &Db,
    store: Option<&Store>,
    (file, unfinished, path): (File, &Path, &Path),
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Taken, BackupFault> {
    let mut zip = ZipWriter::new(file);
    let mut manifest = db.read_now(|conn| snapshot(conn, &mut zip, unfinished, now, progress))?;
    let file = zip.finish().map_err(BackupFault::zip(unfinished))?;
    let mut faults = Vec::new();
    if let Some(store) = store {
        let mut copied = FilesCopied::default();
        let beside = parts::beside(path);
        parts::copy(db, (store, &beside), unfinished, (&mut copied, &mut faults), progress)?;
        manifest.files = Some(copied);
    }
    let mut zip = ZipWriter::new_append(file).map_err(BackupFault::zip(unfinished))?;
    let text = serde_json::to_string_pretty(&manifest).map_err(|fault| BackupFault::disk(unfinished)(fault.into()))?;
    add(&mut zip, unfinished, MANIFEST, &text)?;
    let file = zip.finish().map_err(BackupFault::zip(unfinished))?;
    file.sync_all().map_err(BackupFault::disk(unfinished))?;
    fs::rename(unfinished, path).map_err(BackupFault::disk(path))?;
    // The name, too, must survive a loss of power.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(BackupFault::disk(folder))?;
    Ok(Taken { manifest, faults })
}

/// Writes every table as it stands at one instant.
fn snapshot(
    conn: &mut Conn,
    zip: &mut ZipWriter<File>,
    path: &Path,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Manifest, BackupFault> {
    whole_rows::take_time(conn)?;
    let migrations = migrations::seen(conn)?;
    let known = migrations::names(conn.backend())?;
    if let Some(unknown) = migrations.iter().find(|name| !known.contains(name)) {
        // What a newer release keeps may be of a form that this one would carry over wrongly.
        return Err(
            StoreError::broken(format!("{unknown}: 数据库由更新的版本建立 / written by a newer release")).into()
        );
    }
    let names = migrations_text(&migrations);
    add(zip, path, tables::MIGRATIONS, &names)?;
    let mut said = Vec::new();
    let mut total = 0;
    for table in tables::without(conn, &tables::left_out())? {
        zip.start_file(tables::path_of(&table.name), packed(true)).map_err(BackupFault::zip(path))?;
        let mut out = Summed::over(&mut *zip);
        writeln!(out, "{}", line::head(&table)).map_err(BackupFault::disk(path))?;
        let mut rows = 0;
        whole_rows::read(conn, &table, &mut |row| {
            rows += 1;
            progress(&table.name, total + rows);
            line::write(&mut out, &row).map_err(BackupFault::disk(path))
        })?;
        total += rows;
        said.push(TableSaid { name: table.name.clone(), rows, sha256: out.digest() });
    }
    let mut manifest = Manifest {
        form: FORM.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at: now,
        database: match conn.backend() {
            Backend::Sqlite => "sqlite",
            Backend::Postgres => "postgres",
        }
        .to_owned(),
        migrations,
        tables: said,
        left_out: LEFT_OUT.iter().map(|(name, why)| ((*name).to_owned(), (*why).to_owned())).collect(),
        files: None,
        digest: String::new(),
    };
    let sums = manifest.sums(hex::encode(&Sha256::digest(&names)));
    manifest.digest = sums.digest();
    add(zip, path, SUMS, &sums.text())?;
    Ok(manifest)
}

fn add(zip: &mut ZipWriter<File>, path: &Path, member: &str, text: &str) -> Result<(), BackupFault> {
    zip.start_file(member, packed(false)).map_err(BackupFault::zip(path))?;
    zip.write_all(text.as_bytes()).map_err(BackupFault::disk(path))
}

fn packed(large: bool) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .unix_permissions(MODE)
        .large_file(large)
}
