//! The bytes of every file held against their addresses in one go, for an audit; day by day they are looked at in
//! [`super::watching`].

use crate::files::beside;
use crate::ids::FileId;
use crate::office::Office;
use crate::office::check::{CheckReport, Difference, Fault};
use crate::office::failure::Failure;
use crate::storage::files::{self, FileRow};

/// Files read between two words to whoever waits: some hundred mebibytes each at the worst.
const BATCH: i64 = 20;

impl Office {
    /// Reads every file of every case and adds what is wrong to `report`. `progress` hears how many were read.
    ///
    /// # Errors
    /// [`Failure::Unavailable`] when the store is away: that says nothing about the files; the database's failures.
    pub fn check_files(&self, report: &mut CheckReport, progress: &mut dyn FnMut(u64)) -> Result<(), Failure> {
        let mut after: Option<FileId> = None;
        loop {
            let page = self.db().read_now(|conn| files::list_kept(conn, after, BATCH).map_err(Failure::from))?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.id);
            report.files = report.files.saturating_add(u64::try_from(page.len()).unwrap_or_default());
            let office = self.clone();
            let damaged = beside::wait(async move { office.damaged(page).await }).map_err(Failure::broken)??;
            report.differences.extend(damaged);
            progress(report.files);
        }
    }

    async fn damaged(&self, rows: Vec<FileRow>) -> Result<Vec<Difference>, Failure> {
        let mut found = Vec::new();
        for row in rows {
            let fault = self.verify(&row).await?;
            found.extend(fault.map(|fault| {
                let zh = format!("文件 {} 的内容已损坏或者被改动", row.id);
                Difference::of(row.case_id, Fault { zh, en: format!("file {}: {fault}", row.id) })
            }));
        }
        Ok(found)
    }
}
