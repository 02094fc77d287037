//! Whether the replies of cases that are alike stood, and if not, why.

use super::views::LikeCase;
use crate::ids::CaseId;
use crate::office::failure::Failure;
use crate::office::proceedings;
use crate::office::views::term;
use crate::storage::Conn;

/// Fills it in: one query for all of them.
///
/// # Errors
/// The database's failures.
pub(super) fn fill(conn: &mut Conn, cases: &mut [LikeCase]) -> Result<(), Failure> {
    let ids: Vec<CaseId> = cases.iter().map(|one| one.id).collect();
    let verdicts = proceedings::verdicts(conn, &ids)?;
    for case in cases {
        let Some(verdict) = verdicts.iter().find(|one| one.case == case.id) else { continue };
        case.stood = Some(verdict.reasons.is_none());
        // What did not stand is told by its own outcome, not by that of the reply that came after it.
        case.overturned_outcome = verdict.fell.map(|outcome| term!(outcome));
        case.overturned = verdict.reasons.clone().unwrap_or_default();
    }
    Ok(())
}
