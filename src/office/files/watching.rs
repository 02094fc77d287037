//! What watches over files: the scanner is asked again for those that wait, uploads that nothing came of are taken away, and the
//! bytes of every file are held against their addresses, day by day.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::StreamExt;

use super::keeping::Kept;
use crate::files::StoreFault;
use crate::files::scanner::{Scanner, Verdict};
use crate::ids::FileId;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::tick::TickReport;
use crate::storage::files::{self, FileRow};

/// Files taken up in one round.
const BATCH: i64 = 50;

impl Office {
    /// Asks the scanner for those that wait. One that cannot be reached leaves them waiting.
    ///
    /// # Errors
    /// The database's failures while listing.
    pub async fn scan_waiting(&self) -> Result<TickReport, Failure> {
        let waiting = self.db().read(|conn| files::list_waiting(conn, BATCH).map_err(Failure::from)).await?;
        let mut report = TickReport::default();
        for row in waiting {
            report.looked_at += 1;
            match self.scan(row.id).await {
                Ok(()) => report.changed += 1,
                Err(failure) => {
                    report.failed.push((row.case_id, failure.to_string()));
                    // One that is away will be away for the next file as well.
                    break;
                }
            }
        }
        Ok(report)
    }

    /// Has the scanner look through a file.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when nothing could be learnt; then it goes on waiting.
    pub(super) async fn scan(&self, id: FileId) -> Result<(), Failure> {
        let shared = self.shared();
        let Some(scanner) = Scanner::of(&shared.files.scanner).map_err(Failure::broken)? else {
            // It was switched off since: what waited for it goes on without.
            return self.db().write(move |conn| Ok(files::set_scan(conn, id, files::SCAN_OFF, None)?)).await;
        };
        let inner = self.shared();
        let kept = self
            .db()
            .read(move |conn| {
                let row = files::load(conn, id)?;
                Kept::of(conn, &inner, row)
            })
            .await?;
        let content = kept.content(shared.store()?).map(|part| part.map_err(std::io::Error::other));
        let patience = Duration::from_secs(shared.files.scanner_seconds);
        let verdict = scanner.scan(content, patience).await.map_err(|fault| {
            tracing::warn!(file = %id, %fault, "a file waits for the scanner");
            Failure::Unavailable
        })?;
        self.db()
            .write(move |conn| {
                let (scan, found) = match &verdict {
                    Verdict::Clean => (files::SCAN_CLEAN, None),
                    Verdict::Infected { name } => (files::SCAN_INFECTED, Some(name.as_str())),
                };
                Ok(files::set_scan(conn, id, scan, found)?)
            })
            .await
    }

    /// Takes away what was begun and never put into a case: rows first, so that a failure leaves only bytes that nobody knows.
    ///
    /// # Errors
    /// The database's failures while listing.
    pub async fn sweep_uploads(&self) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let before = self.now() - TimeDelta::days(shared.files.upload_days);
        let old = self.db().read(move |conn| files::list_abandoned(conn, before, BATCH).map_err(Failure::from)).await?;
        let mut report = TickReport::default();
        for row in old {
            report.looked_at += 1;
            match self.take_away(&row).await {
                Ok(()) => report.changed += 1,
                Err(failure) => report.failed.push((row.case_id, failure.to_string())),
            }
        }
        Ok(report)
    }

    async fn take_away(&self, row: &FileRow) -> Result<(), Failure> {
        let id = row.id;
        self.db().write(move |conn| files::delete_unkept(conn, id)).await?;
        self.shared().store()?.sweep(id, &[]).await?;
        Ok(())
    }

    /// Verifies the files that have waited longest since they last were.
    ///
    /// # Errors
    /// The database's failures while listing; a store that is away.
    pub async fn verify_files(&self) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let before = self.now() - TimeDelta::hours(shared.files.verify_hours);
        let due = self.db().read(move |conn| files::list_to_verify(conn, before, BATCH).map_err(Failure::from)).await?;
        let mut report = TickReport::default();
        for row in due {
            report.looked_at += 1;
            let fault = self.verify(&row).await?;
            if let Some(fault) = &fault {
                report.failed.push((row.case_id, fault.clone()));
            }
            let (id, at) = (row.id, self.now());
            self.db().write(move |conn| files::set_verified(conn, id, at, fault.as_deref())).await?;
            report.changed += 1;
        }
        Ok(report)
    }

    /// Holds the bytes of a file against their addresses; tells what is wrong with them.
    ///
    /// # Errors
    /// When the store is away: that says nothing about the file.
    async fn verify(&self, row: &FileRow) -> Result<Option<String>, Failure> {
        let shared = self.shared();
        let store = shared.store()?;
        for address in crate::files::Address::listed(&row.parts) {
            match store.get(row.id, address).await {
                Ok(_) => {}
                Err(fault @ StoreFault::Away(_)) => return Err(fault.into()),
                Err(fault) => {
                    tracing::error!(case = %row.case_id, file = %row.id, %fault, "a file was damaged in the store");
                    return Ok(Some(fault.to_string()));
                }
            }
        }
        Ok(None)
    }

    /// What is wrong with files, for the command line: every file of every case is read, from the first on.
    ///
    /// # Errors
    /// The database's failures; a store that is away.
    pub async fn faulty_files(&self) -> Result<Vec<FileRow>, Failure> {
        self.db().read(|conn| files::list_faulty(conn, 1000).map_err(Failure::from)).await
    }
}
