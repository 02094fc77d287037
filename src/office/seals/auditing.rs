//! The audit of a whole database against its seals: every chain, every leaf, every seal. It needs the public keys and nothing
//! else of the office, so it runs on a machine that has only them, on a copy of the database.

mod beside;
mod cases;
mod columns;
mod enquiries;
mod heads;
mod leaves;
mod moored;
mod named;

use chrono::TimeDelta;

use crate::journal::audit::{Audit, Finding, Report, StoredSeal};
use crate::journal::seal::KnownKeys;
use crate::office::failure::Failure;
use crate::storage::Db;
use crate::storage::seals::{self, SealRow};

pub use beside::Beside;

/// Leaves, and cases, read at a time.
const PAGE: i64 = 500;

/// An entry that is older than the last seal by more was there when it was made: a transaction does not take so long.
const MARGIN: TimeDelta = TimeDelta::minutes(10);

/// What the audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    /// Seals, log and journals.
    pub report: Report,
    /// What is wrong besides.
    pub besides: Vec<Beside>,
    /// Cases that were read.
    pub cases: u64,
    /// Entries of their journals that were read.
    pub entries: u64,
    /// Entries of the files of proceedings that were read.
    pub of_proceedings: u64,
    /// Entries of enquiries that were read.
    pub of_enquiries: u64,
    /// Entries of the named chains that were read.
    pub chained: u64,
    /// Leaves that were read.
    pub leaves: u64,
    /// Entries that no seal covers yet.
    pub unsealed_entries: u64,
}

impl Audited {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.report.findings.is_empty() && self.besides.is_empty()
    }

    /// What is wrong, each in Chinese and in English; the first bad place first.
    #[must_use]
    pub fn told(&self) -> Vec<(String, String)> {
        let found = self.report.findings.iter().map(|one: &Finding| (one.zh(), one.to_string()));
        found.chain(self.besides.iter().map(|one| (one.zh(), one.to_string()))).collect()
    }
}

/// Audits a database. `progress` hears how many leaves and cases were read.
///
/// # Errors
/// The database's failures; what is wrong is in the report.
pub fn audit(db: &Db, keys: &KnownKeys, progress: &mut dyn FnMut(u64)) -> Result<Audited, Failure> {
    let sealed: Vec<SealRow> = db.read_now(|conn| seals::all(conn).map_err(Failure::from))?;
    let mut audit =
        Audit::new(keys, sealed.iter().map(|row| StoredSeal { text: &row.text, signature: &row.signature }));
    let leaves = leaves::walk(db, &mut audit, &sealed, progress)?;
    let mut done = leaves.read;
    let mut besides = columns::of_seals(&sealed);
    besides.extend(leaves.held.besides());
    let cases = cases::walk(db, &mut audit, leaves.heads, &mut |read| progress(done.saturating_add(read)))?;
    done = done.saturating_add(cases.read);
    besides.extend(cases.besides);
    let files = moored::walk(db, cases.moorings, &mut |read| progress(done.saturating_add(read)))?;
    besides.extend(files.besides);
    done = done.saturating_add(files.entries);
    let letters = enquiries::walk(db, &mut |read| progress(done.saturating_add(read)))?;
    besides.extend(letters.besides);
    done = done.saturating_add(letters.entries);
    let named = named::walk(db, &mut audit, &mut |read| progress(done.saturating_add(read)))?;
    let unsealed_entries = cases.unsealed_entries.saturating_add(named.unlinked);
    let chained = named.entries;
    let report = audit.finish();
    besides.extend(named.besides(report.unsealed_since().map(|since| since - MARGIN)));
    if let Some(since) = report.unsealed_since() {
        let old = cases.unsealed.into_iter().filter(|(_, _, at)| *at + MARGIN < since);
        besides.extend(old.map(|(case, seq, at)| Beside::LeftOut { case, seq, at }));
    }
    Ok(Audited {
        report,
        besides,
        cases: cases.read,
        entries: cases.entries,
        of_proceedings: files.entries,
        of_enquiries: letters.entries,
        chained,
        leaves: leaves.read,
        unsealed_entries,
    })
}
