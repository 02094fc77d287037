//! The job: taken up by whichever instance is free, held while it goes on, and free again when its holder has died. What is made
//! is a file of the case; after its days it is taken away.

use chrono::TimeDelta;

use super::making::made;
use super::material::Material;
use crate::case::terms::FileFormat;
use crate::files::beside;
use crate::ids::FileId;
use crate::office::Office;
use crate::office::blocking::off_the_reactor;
use crate::office::failure::Failure;
use crate::office::files::keeper::{Keeper, Stored};
use crate::office::sealing::{FileParticulars, Sealer};
use crate::office::tick::TickReport;
use crate::storage::bundles::{self, BundleRow, Made};
use crate::storage::files::{self, FileRow};

/// After so many tries a bundle is given up: something in it brings the process down.
const TRIES: i32 = 3;

/// Bundles taken away in one round.
const BATCH: i64 = 50;

impl Office {
    /// Begins to make what waits, beside whatever else goes on and after what is being made. Should there be no thread for it, the
    /// scheduler finds it.
    pub(super) fn begin_making(&self) {
        let office = self.clone();
        let begun = beside::begin(async move {
            let Some(_turn) = office.shared.bundling.turn().await else { return };
            if let Err(failure) = office.make_waiting().await {
                tracing::error!(fault = %failure, "bundles could not be made");
            }
        });
        if let Err(error) = begun {
            tracing::error!(%error, "no thread to make a bundle; the scheduler will");
        }
    }

    /// Makes what waits and what nobody alive is at, unless this process is at it already; takes away those whose days are over.
    ///
    /// # Errors
    /// The database's failures while listing; why one could not be made is told in its row.
    pub async fn look_after_bundles(&self) -> Result<TickReport, Failure> {
        // Waited for: a program that runs one turn of the scheduler ends after it, and with it whatever it has only begun.
        if let Some(_turn) = self.shared.bundling.free_turn() {
            self.make_waiting().await?;
        }
        self.take_bundles_away().await
    }

    async fn make_waiting(&self) -> Result<(), Failure> {
        let holder = self.new_instance();
        while let Some((row, file)) = self.take_up(&holder).await? {
            if let Err(failure) = self.make(&row, file, &holder).await {
                tracing::error!(bundle = %row.id, fault = %failure, "a bundle was not made");
                self.tell_not_made(&row, &holder, &failure).await?;
            }
        }
        Ok(())
    }

    /// Takes hold of the one that has waited longest; with it the id under which its bytes will lie.
    async fn take_up(&self, holder: &str) -> Result<Option<(BundleRow, FileId)>, Failure> {
        let (shared, holder, alive) = (self.shared(), holder.to_owned(), self.machine_time());
        let until = alive + self.claim_time();
        let taken = self
            .db()
            .write(move |conn| {
                for row in bundles::list_free(conn, alive, BATCH)? {
                    let file = FileId::new(shared.clock.now(), &mut shared.randomness.clone());
                    if bundles::hold(conn, &row, &holder, until, file)? {
                        return Ok::<_, Failure>(Some((row, file)));
                    }
                }
                Ok(None)
            })
            .await?;
        if let Some((row, _)) = &taken
            && let Some(before) = row.file_id
        {
            // What a holder that died had put away: nobody has its key.
            let _found_as_strays = self.shared().store()?.sweep(before, &[]).await;
        }
        Ok(taken)
    }

    async fn make(&self, row: &BundleRow, file: FileId, holder: &str) -> Result<(), Failure> {
        if row.attempts >= TRIES {
            return Err(Failure::contrary(
                "多次生成都中途中断，已放弃；请联系管理员查看日志。",
                "It broke off again and again and was given up: have an administrator look into the log.",
            ));
        }
        let (office, row, holder) = (self.clone(), row.clone(), holder.to_owned());
        off_the_reactor(move || office.make_now(&row, file, &holder)).await
    }

    fn make_now(&self, row: &BundleRow, file: FileId, holder: &str) -> Result<(), Failure> {
        let (shared, case, masked) = (self.shared(), row.case_id, row.masked);
        // So that the whole journal lies under a seal, up to the entry of today.
        self.seal_now()?;
        let material = self.db().read_now(|conn| Material::read(conn, &shared, case, masked))?;
        let (key, wrapped) = self.db().read_now(|conn| {
            let now = shared.clock.now();
            Sealer::of_case(conn, case, &shared.keys, shared.randomness.clone(), now, false)?.file_key(file)
        })?;
        let keeper = Keeper::new(file, key, shared.store()?.clone(), shared.randomness.clone());
        let mut steps = |done: i32, total: i32| {
            let until = self.machine_time() + self.claim_time();
            self.db().write_now(|conn| Ok(bundles::go_on(conn, row.id, holder, (done, total), until)?))
        };
        let keeper = made(self, &material, keeper, &mut steps)?;
        let stored = keeper.finish().map_err(Failure::broken)?;
        self.put_made(row, file, holder, &material, (wrapped, stored))
    }

    /// The file's row comes last: whoever sees it finds all of its bytes.
    fn put_made(
        &self,
        row: &BundleRow,
        file: FileId,
        holder: &str,
        material: &Material,
        (wrapped, stored): (Vec<u8>, Stored),
    ) -> Result<(), Failure> {
        let shared = self.shared();
        let name = crate::release::bundle::plain_name(&format!("证据包 {}.zip", material.number()));
        let is = FileParticulars { name, size: stored.size, sha256: stored.sha256.clone() };
        let size = i64::try_from(stored.size).map_err(Failure::broken)?;
        let entries = i32::try_from(material.rows.len()).map_err(Failure::broken)?;
        self.db().write_now(|conn| {
            let now = shared.clock.now();
            // The case may have been destroyed meanwhile: then there is no key, and no bundle.
            let mut sealer = Sealer::of_case(conn, row.case_id, &shared.keys, shared.randomness.clone(), now, false)?;
            let (sealed, _) = sealer.file(file, &is)?;
            let kept = FileRow {
                id: file,
                case_id: row.case_id,
                state: files::MADE.to_owned(),
                wrapped: wrapped.clone(),
                sealed,
                sent_by: Some(row.asked_by),
                by_applicant: false,
                size,
                received: size,
                parts: stored.parts.clone(),
                format: Some(FileFormat::Zip.as_str().to_owned()),
                scan: files::SCAN_OFF.to_owned(),
                scan_found: None,
                begun_at: now,
                completed_at: Some(now),
                verified_at: Some(now),
                fault: None,
            };
            files::insert(conn, &kept)?;
            let expires_at = now + TimeDelta::days(shared.files.bundle_days.max(1));
            let made = Made { entries, size, sha256: stored.sha256.clone(), at: now, expires_at };
            Ok(bundles::finish(conn, row.id, holder, &made)?)
        })
    }

    /// Tells why it was not made. What may be gone by itself is tried again, so many times.
    async fn tell_not_made(&self, row: &BundleRow, holder: &str, failure: &Failure) -> Result<(), Failure> {
        let passing = matches!(failure, Failure::Busy | Failure::Unavailable | Failure::Full)
            && row.attempts.saturating_add(1) < TRIES;
        let (zh, en) = match failure {
            Failure::Contrary { zh, en } => (zh.clone(), en.clone()),
            Failure::Busy | Failure::Unavailable | Failure::Full => {
                ("数据库或者文件存储暂时不可用。".to_owned(), "The database or the store of files was away.".to_owned())
            }
            // What went wrong inside is for the log.
            _ => (
                "生成时出错，请联系管理员查看日志。".to_owned(),
                "Something went wrong: have an administrator look into the log.".to_owned(),
            ),
        };
        let (id, holder, now) = (row.id, holder.to_owned(), self.now());
        self.db()
            .write(move |conn| match bundles::fail(conn, id, &holder, (&zh, &en), now, passing) {
                // Another instance took it up: it is theirs.
                Err(crate::storage::StoreError::Conflict) => Ok(()),
                told => Ok::<_, Failure>(told?),
            })
            .await
    }

    /// Takes away what has been kept for its days: the row of the file first, and then its bytes.
    async fn take_bundles_away(&self) -> Result<TickReport, Failure> {
        let now = self.now();
        let over = self.db().read(move |conn| bundles::list_expired(conn, now, BATCH).map_err(Failure::from)).await?;
        let mut report = TickReport::default();
        for row in over {
            let (id, file) = (row.id, row.file_id);
            let removed = self
                .db()
                .write(move |conn| {
                    bundles::remove(conn, id)?;
                    match file.map(|file| files::delete_unkept(conn, file)) {
                        // A case that was destroyed took its files along.
                        Some(Err(crate::storage::StoreError::Conflict)) | None => Ok(()),
                        Some(gone) => Ok::<_, Failure>(gone?),
                    }
                })
                .await;
            if let (Ok(()), Some(file)) = (&removed, file) {
                let _found_as_strays = self.shared().store()?.sweep(file, &[]).await;
            }
            report.saw(row.case_id, removed.map(|()| true));
        }
        Ok(report)
    }
}
