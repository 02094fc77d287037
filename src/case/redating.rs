//! Which of a case's clocks end on another day once a further edition of the calendar is known. The calendar's turn records
//! it, and the preview of a change foretells it: both ask here, so that they never differ.

use chrono::NaiveDate;

use super::clocks;
use super::due::due_now;
use super::event::Event;
use super::stage::Stage;
use super::state::{Case, Consultation};
use super::terms::ConsultedParty;
use crate::law::calendar::Calendar;
use crate::law::count::ClockName;
use crate::law::reply;

/// A clock whose last day is another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// Which clock.
    pub clock: ClockName,
    /// The last day as it was known.
    pub from: NaiveDate,
    /// The last day as it is known now; the same day where it has only become final.
    pub to: NaiveDate,
}

impl From<Move> for Event {
    fn from(moved: Move) -> Self {
        Self::DueMoved { clock: moved.clock, from: moved.from, to: moved.to }
    }
}

/// The clocks that move between the calendar by which the case was dated and the one known now: first the one that is due
/// now, also where it has only become final or provisional, then the others that run beside it.
#[must_use]
pub fn moves(case: &Case, dated_by: &Calendar, known: &Calendar) -> Vec<Move> {
    if case.is_closed() {
        return Vec::new();
    }
    let mut moves: Vec<Move> = due_moved(case, dated_by, known).into_iter().collect();
    let was = beside(case, dated_by);
    let is = beside(case, known);
    moves.extend(was.into_iter().zip(is).filter(|(was, is)| was != is).map(|((clock, from), (_, to))| Move {
        clock,
        from,
        to,
    }));
    moves
}

fn due_moved(case: &Case, dated_by: &Calendar, known: &Calendar) -> Option<Move> {
    let (was, is) = (due_now(case, dated_by)?, due_now(case, known)?);
    (was.due != is.due).then_some(Move { clock: is.clock, from: was.due.on, to: is.due.on })
}

/// The clocks that run beside the one that is due now, each with its last day. Which they are depends on the case alone, so
/// that two calendars give the same list with other days.
fn beside(case: &Case, calendar: &Calendar) -> Vec<(ClockName, NaiveDate)> {
    let mut all = Vec::new();
    let may_still_ask = matches!(case.stage, Stage::Registering | Stage::Assigning | Stage::Handling);
    if let (true, None, false, Some(received_on)) =
        (may_still_ask, &case.correction, case.correction_spent, case.received_on)
    {
        all.push((ClockName::CorrectionNotice, reply::correction_notice_clock(received_on, calendar).due.on));
    }
    let open = case.consultations.iter().filter(|one| one.is_open());
    all.extend(open.map(|one| (clock_of(one), clocks::consultation_end(one, calendar).on)));
    let waits_for_reasons = matches!(case.stage, Stage::Handling | Stage::Consulting);
    if let (true, Some(explanation)) = (waits_for_reasons, case.awaited_explanation()) {
        all.push((ClockName::ExplanationWindow, clocks::explanation_window(explanation, calendar).due.on));
    }
    all
}

const fn clock_of(consultation: &Consultation) -> ClockName {
    match consultation.party {
        ConsultedParty::ThirdParty => ClockName::ThirdPartyWindow,
        ConsultedParty::CoMaker => ClockName::CoMakerWindow,
        ConsultedParty::OtherAgency | ConsultedParty::SecrecyAuthority => ClockName::OtherAgencyWindow,
    }
}
