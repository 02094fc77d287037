//! What watches over files: the scanner is asked again for those that wait, uploads that nothing came of are taken away, and the
//! bytes of every file are held against their addresses, day by day.

use std::time::Duration;

use chrono::TimeDelta;
use futures_util::StreamExt;

use super::keeping::Kept;
use crate::files::StoreFault;
use crate::files::scanner::{Scanner, ScannerFault, Verdict};
use crate::ids::FileId;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::tick::TickReport;
use crate::storage::files::{self, FileRow};

/// Files taken up in one round.
const BATCH: i64 = 50;
/// After so many files that could not be read, the store counts as away.
const GIVE_UP: u32 = 5;

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
                Ok(true) => report.changed += 1,
                // It is away, and will be away for the next one as well.
                Ok(false) => break,
                Err(failure) => report.failed.push((row.case_id, failure.to_string())),
            }
        }
        Ok(report)
    }

    /// Has the scanner look through a file; false when it cannot be reached. Until something is learnt the file goes on waiting.
    ///
    /// # Errors
    /// When it said nothing clear of this file, or the file cannot be read.
    pub(super) async fn scan(&self, id: FileId) -> Result<bool, Failure> {
        let shared = self.shared();
        let Some(scanner) = Scanner::of(&shared.files.scanner).map_err(Failure::broken)? else {
            // It was switched off since: what waited for it goes on without.
            return self
                .db()
                .write(move |conn| Ok(files::set_scan(conn, id, files::SCAN_OFF, None).map(|()| true)?))
                .await;
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
        let verdict = match scanner.scan(content, patience).await {
            Ok(verdict) => verdict,
            Err(fault @ (ScannerFault::Away(_) | ScannerFault::Slow(_))) => {
                tracing::warn!(file = %id, %fault, "a file waits for the scanner");
                return Ok(false);
            }
            Err(fault) => {
                tracing::warn!(file = %id, %fault, "a file waits for the scanner");
                return Err(Failure::broken(fault));
            }
        };
        self.db()
            .write(move |conn| {
                let (scan, found) = match &verdict {
                    Verdict::Clean => (files::SCAN_CLEAN, None),
                    Verdict::Infected { name } => (files::SCAN_INFECTED, Some(name.as_str())),
                };
                Ok(files::set_scan(conn, id, scan, found).map(|()| true)?)
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
    /// The database's failures while listing.
    pub async fn verify_files(&self) -> Result<TickReport, Failure> {
        let shared = self.shared();
        let before = self.now() - TimeDelta::hours(shared.files.verify_hours);
        let due = self.db().read(move |conn| files::list_to_verify(conn, before, BATCH).map_err(Failure::from)).await?;
        let mut report = TickReport::default();
        let mut unread = 0;
        for row in due {
            report.looked_at += 1;
            let fault = match self.verify(&row).await {
                Ok(fault) => fault,
                // One that cannot be read does not keep the others from it; a store that is away does.
                Err(failure) => {
                    report.failed.push((row.case_id, failure.to_string()));
                    unread += 1;
                    if unread >= GIVE_UP {
                        break;
                    }
                    continue;
                }
            };
            // Nothing is owed at once after it: a turn verifies one batch, and the next goes on.
            if let Some(fault) = &fault {
                report.failed.push((row.case_id, fault.clone()));
            }
            let (id, at) = (row.id, self.now());
            self.db().write(move |conn| files::set_verified(conn, id, at, fault.as_deref())).await?;
        }
        Ok(report)
    }

    /// Holds the bytes of a file against their addresses; tells what is wrong with them.
    ///
    /// # Errors
    /// When the store is away: that says nothing about the file.
    pub(super) async fn verify(&self, row: &FileRow) -> Result<Option<String>, Failure> {
        let shared = self.shared();
        let store = shared.store()?;
        if !super::keeping::is_all(row) {
            return Ok(Some("parts of it are missing in its row".to_owned()));
        }
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
}
