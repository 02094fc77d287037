//! What became of past answers: for whoever writes the next one like them, and for whoever keeps the wording they were written from.

use serde::Serialize;
use utoipa::ToSchema;

use super::desk::load;
use super::queue::reasons;
use crate::case::Case;
use crate::case::state::Closing;
use crate::ids::{AgencyId, CaseId, ProceedingId};
use crate::law::judgment::{Cell, Counts, Judgment, rule};
use crate::law::outcome::Outcome;
use crate::law::overturn::OverturnReason;
use crate::office::failure::Failure;
use crate::office::projection;
use crate::office::views::{Term, term};
use crate::storage::Conn;
use crate::storage::proceedings::{self, ProceedingRow};

/// Overturned replies that are looked through for one wording.
const LOOKED_AT: i64 = 50;

/// What became of a case's reply, as far as it binds.
pub(in crate::office) struct Verdict {
    pub case: CaseId,
    /// Why it did not stand; none where it stood.
    pub reasons: Option<Vec<Term>>,
    /// The outcome of the reply that did not stand.
    pub fell: Option<Outcome>,
}

/// What binds about the replies of these cases; an overturned one outweighs one that stood.
///
/// # Errors
/// [`Failure::Broken`] for a word that is none; the database's failures.
pub(in crate::office) fn verdicts(conn: &mut Conn, cases: &[CaseId]) -> Result<Vec<Verdict>, Failure> {
    let mut found: Vec<Verdict> = Vec::new();
    for row in proceedings::list_of_cases(conn, cases)? {
        let Some(mut verdict) = verdict(&row)? else { continue };
        if row.overturned {
            let (case, _) = projection::load(conn, row.case_id)?;
            verdict.fell = challenged(&case, &row).map(|closing| closing.outcome);
        }
        match found.iter_mut().find(|one| one.case == verdict.case) {
            Some(known) => {
                known.reasons = known.reasons.take().or(verdict.reasons);
                known.fell = known.fell.or(verdict.fell);
            }
            None => found.push(verdict),
        }
    }
    Ok(found)
}

/// None where nothing binds that says either.
fn verdict(row: &ProceedingRow) -> Result<Option<Verdict>, Failure> {
    let case = row.case_id;
    if row.overturned {
        return Ok(Some(Verdict { case, reasons: Some(reasons(&row.reasons)?), fell: None }));
    }
    let judgment = row.judgment.as_deref().filter(|_| row.effect_on.is_some());
    let judgment = judgment.map(str::parse::<Judgment>).transpose().map_err(Failure::broken)?;
    let stood = judgment.is_some_and(|one| rule(one).counts == Counts::In(Cell::Upheld));
    Ok(stood.then_some(Verdict { case, reasons: None, fell: None }))
}

/// How the case had ended by the reply that was challenged: of several the one of that number, else the first.
fn challenged<'a>(case: &'a Case, row: &ProceedingRow) -> Option<&'a Closing> {
    let challenged = case.replies().find(|(letter, _)| Some(&letter.number) == row.letter_number.as_ref());
    let decided = challenged.and_then(|(letter, _)| {
        let taken_away = case.reopenings.iter().find(|one| one.seq > letter.seq && one.closing.is_some());
        taken_away.map_or(case.closing.as_ref(), |one| one.closing.as_ref())
    });
    decided.or_else(|| case.first_closing())
}

/// A reply that did not stand for reasons that lie in its wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OverturnedReply {
    /// The file in which that was decided.
    #[schema(value_type = String, format = "uuid")]
    pub proceeding: ProceedingId,
    /// Its number.
    pub number: String,
    /// The number of the reply.
    pub letter_number: Option<String>,
    /// By which outcome.
    pub judgment: Term,
    /// Why.
    pub reasons: Vec<Term>,
}

/// The agency's replies of that outcome which did not stand for reasons that lie in the wording, the newest first.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn overturned_replies(
    conn: &mut Conn,
    agency: AgencyId,
    outcome: Outcome,
) -> Result<Vec<OverturnedReply>, Failure> {
    let mut found = Vec::new();
    for row in proceedings::list_overturned(conn, agency, LOOKED_AT)? {
        let (file, _) = load(conn, row.id)?;
        let Some(overturned) = crate::proceeding::consequence::overturned(&file) else { continue };
        let concerned: Vec<OverturnReason> = overturned.in_the_wording().collect();
        if concerned.is_empty() {
            continue;
        }
        let (case, _) = projection::load(conn, row.case_id)?;
        if challenged(&case, &row).is_some_and(|closing| closing.outcome == outcome) {
            found.push(OverturnedReply {
                proceeding: row.id,
                number: row.number,
                letter_number: row.letter_number,
                judgment: term!(overturned.judgment),
                reasons: concerned.into_iter().map(|reason| term!(reason)).collect(),
            });
        }
    }
    Ok(found)
}
