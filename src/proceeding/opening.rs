//! How a file begins: what the agency knows when the first letter about it comes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::decide::on;
use super::event::Event;
use super::refusal::Refusal;
use super::terms::{Challenged, Claimant, Procedure, ProceedingKind, Route};
use crate::case::moment::Moment;
use crate::case::terms::TextRef;
use crate::ids::{AgencyId, CaseId, FileId, StaffId};
use crate::law::periods;

/// The first entry of every file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The agency that has to answer.
    pub agency: AgencyId,
    /// The agency's own number of the file.
    pub number: String,
    /// What kind of proceeding it is. (`kind` is the event's own tag, `proceeding` the entry's id.)
    pub of: ProceedingKind,
    /// The application that led to it.
    pub case: CaseId,
    /// What is challenged.
    pub challenged: Challenged,
    /// The number of the letter that is challenged, where it is one.
    pub letter_number: Option<String>,
    /// Who began it.
    pub claimant: Claimant,
    /// How a suit came about; none for anything else.
    pub route: Option<Route>,
    /// The body, court or authority, by name.
    pub authority: TextRef,
    /// Its number of the matter.
    pub authority_number: Option<TextRef>,
    /// The procedure. What the authority has not said is ordinary.
    pub procedure: Procedure,
    /// When the application reached the authority, as far as is known.
    pub submitted_on: Option<NaiveDate>,
    /// When the authority accepted it, as far as is known.
    pub accepted_on: Option<NaiveDate>,
    /// When the agency received the copy; missing as long as it has only been heard of.
    pub received_on: Option<NaiveDate>,
    /// The day the supervising authority has set for the answer; none where the law sets it.
    pub answer_by: Option<NaiveDate>,
    /// The letter that came.
    pub document: Option<FileId>,
    /// Who sees to it.
    pub handler: Option<StaffId>,
}

/// Opens a file.
///
/// # Errors
/// The [`Refusal`] that says what does not fit together.
pub fn open(opening: Opening, at: &Moment<'_>) -> Result<Event, Refusal> {
    let kind = opening.of;
    match (kind, opening.route) {
        (ProceedingKind::Litigation, None) => return Err(Refusal::RouteMissing),
        (ProceedingKind::Litigation, Some(_)) | (_, None) => {}
        (_, Some(_)) => return Err(Refusal::RouteOutOfPlace { kind }),
    }
    let numbered = opening.letter_number.as_ref().is_some_and(|number| !number.trim().is_empty());
    if opening.challenged.is_a_letter() && !numbered {
        return Err(Refusal::LetterNumberMissing);
    }
    if kind.answer_day_is_set() {
        if opening.procedure == Procedure::Simplified {
            return Err(Refusal::NoSimplifiedProcedure);
        }
        if opening.received_on.is_none() || opening.answer_by.is_none() {
            return Err(Refusal::AnswerDayMissing);
        }
    } else if opening.answer_by.is_some() {
        return Err(Refusal::AnswerDayFixedByLaw);
    }
    let mut earliest = periods::IN_FORCE;
    for day in [opening.submitted_on, opening.accepted_on, opening.received_on].into_iter().flatten() {
        earliest = on(day, earliest, at)?;
    }
    answer_day_fits(opening.answer_by, earliest)?;
    Ok(Event::Opened(Box::new(opening)))
}

/// A day set for the answer that lies before the letter that sets it is a slip of the pen.
///
/// # Errors
/// [`Refusal::DateTooEarly`].
pub(super) fn answer_day_fits(answer_by: Option<NaiveDate>, received_on: NaiveDate) -> Result<(), Refusal> {
    match answer_by.filter(|day| *day < received_on) {
        Some(day) => Err(Refusal::DateTooEarly { on: day, earliest: received_on }),
        None => Ok(()),
    }
}
