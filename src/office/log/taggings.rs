//! The entries `tagged` of one case, with the words that each put on and took off: to hold against them what is kept beside the case.

use chrono::{DateTime, Utc};

use super::entry::Particulars;
use super::{Kind, LogChain};
use crate::ids::{CaseId, StaffId};
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::storage::Conn;
use crate::storage::log_entries::{self, LogFilter};
use crate::vault::particulars::{SealedParticulars, open_particulars};

/// What one entry tells.
pub(in crate::office) struct Tagging {
    /// Who did it.
    pub by: StaffId,
    /// When, as the entry says.
    pub at: DateTime<Utc>,
    /// Words that were put on.
    pub added: Vec<String>,
    /// Words that were taken off.
    pub removed: Vec<String>,
}

impl Tagging {
    /// What stands between two words in the value before and the value after.
    pub const MARK: char = '、';
}

/// All of a case; none where what is sealed beside one cannot be read, which is told of the log.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn taggings(
    conn: &mut Conn,
    shared: &Shared,
    case: CaseId,
) -> Result<Option<Vec<Tagging>>, Failure> {
    let filter = LogFilter {
        chain: Some(LogChain::Staff.as_str().to_owned()),
        kind: Some(Kind::Tagged.as_str().to_owned()),
        case: Some(case),
        ..LogFilter::default()
    };
    let rows = log_entries::list(conn, &filter, i64::MAX)?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let sealed = if ids.is_empty() { Vec::new() } else { log_entries::list_particulars(conn, &ids)? };
    let mut told = Vec::new();
    for row in &rows {
        let Some(kept) = sealed.iter().find(|kept| kept.entry_id == row.id) else { return Ok(None) };
        let kept = SealedParticulars { wrapped: kept.wrapped.clone(), sealed: kept.sealed.clone() };
        let Ok(opened) = open_particulars(&shared.keys, row.id, &kept) else { return Ok(None) };
        let Ok(is) = serde_json::from_slice::<Particulars>(&opened.plain) else { return Ok(None) };
        let (Some(by), Some(change)) = (row.staff_id, is.changes.first()) else { return Ok(None) };
        let (before, after) = (words(change.before.as_deref()), words(change.after.as_deref()));
        told.push(Tagging { by, at: row.at, added: less(&after, &before), removed: less(&before, &after) });
    }
    Ok(Some(told))
}

fn words(joined: Option<&str>) -> Vec<String> {
    let joined = joined.unwrap_or_default();
    joined.split(Tagging::MARK).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What of `words` is left when each of `others` is taken off once.
fn less(words: &[String], others: &[String]) -> Vec<String> {
    let mut left = words.to_vec();
    for other in others {
        if let Some(at) = left.iter().position(|word| word == other) {
            left.remove(at);
        }
    }
    left
}
