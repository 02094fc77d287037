//! What the last audit found, kept so that it can be shown: when, by whom, over how much, and the first bad place.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::auditing::Audited;
use crate::ids::RunId;
use crate::office::check::CheckReport;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::{Office, Shared};
use crate::storage::audit_runs::{self, AuditRow};

/// Longest name of who ran it, in characters.
const WHOM_MAX: usize = 200;

/// What the last audit found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Verification {
    /// When it ended.
    pub at: DateTime<Utc>,
    /// On which machine and by which account of it.
    pub by: String,
    /// Whether nothing was wrong.
    pub holds: bool,
    /// Cases that were read.
    pub cases: i64,
    /// Entries that were read, of journals and of the log.
    pub entries: i64,
    /// Leaves of the seal log that were read.
    pub leaves: i64,
    /// Entries that no seal covered yet.
    pub unsealed: i64,
    /// How much was wrong.
    pub findings: i64,
    /// The first bad place, in Chinese; empty where all holds.
    pub first_zh: String,
    /// The same in English.
    pub first_en: String,
    /// The last seal that holds.
    pub seal: Option<i64>,
    /// Whether projections, texts, people and files were held against the journals too, which takes the office's keys.
    pub contents: bool,
}

impl From<AuditRow> for Verification {
    fn from(row: AuditRow) -> Self {
        Self {
            at: row.at,
            by: row.by_whom,
            holds: row.findings == 0,
            cases: row.cases,
            entries: row.entries,
            leaves: row.leaves,
            unsealed: row.unsealed,
            findings: row.findings,
            first_zh: row.first_zh,
            first_en: row.first_en,
            seal: row.seal,
            contents: row.contents,
        }
    }
}

impl Office {
    /// What the last audit found, for an auditor; none before the first.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; the database's failures.
    pub async fn verification(&self, officer: &Officer) -> Result<Option<Verification>, Failure> {
        Deed::Audit.anywhere(officer)?;
        let last = self.db().read(|conn| audit_runs::last(conn).map_err(Failure::from)).await?;
        Ok(last.map(Verification::from))
    }

    /// Keeps what an audit found; `check`: what was found besides in the contents, where they were looked at.
    ///
    /// # Errors
    /// The database's failures.
    pub fn keep_audit(&self, audited: &Audited, check: Option<&CheckReport>, by: &str) -> Result<(), Failure> {
        let row = row_of(&self.shared(), audited, check, by)?;
        self.db().write_now(|conn| audit_runs::insert(conn, &row).map_err(Failure::from))
    }
}

fn row_of(shared: &Shared, audited: &Audited, check: Option<&CheckReport>, by: &str) -> Result<AuditRow, Failure> {
    let mut told = audited.told();
    told.extend(check.into_iter().flat_map(CheckReport::told));
    let at = shared.clock.now();
    let count = |number: u64| i64::try_from(number).map_err(Failure::broken);
    let findings = told.len() + usize::try_from(audited.report.further).unwrap_or_default();
    let (first_zh, first_en) = told.into_iter().next().unwrap_or_default();
    Ok(AuditRow {
        id: RunId::new(at, &mut shared.randomness.clone()),
        at,
        by_whom: by.chars().take(WHOM_MAX).collect(),
        cases: count(audited.cases)?,
        entries: count(audited.entries.saturating_add(audited.of_proceedings).saturating_add(audited.chained))?,
        leaves: count(audited.leaves)?,
        unsealed: count(audited.unsealed_entries)?,
        findings: i64::try_from(findings).map_err(Failure::broken)?,
        first_zh,
        first_en,
        seal: audited.report.proved.as_ref().map(|seal| count(seal.number)).transpose()?,
        contents: check.is_some(),
    })
}
