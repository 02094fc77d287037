//! The rounds of a case: from its arrival to its closing, and again from each decision that had it answered anew. Indicators are
//! counted from them, so that what came in, what was closed and what lies open always agree.
//!
//! A lapse that was taken back ends no round: the law has the case go on as if nothing had been. What a round took is reckoned
//! by the calendar known at the end of the day on which it closed, and no later calendar changes it.

use chrono::NaiveDate;

use super::apply::ReplayFault;
use super::due::{self, Span};
use super::entry::Entry;
use super::stage::Stage;
use super::state::{Case, Closing, Reopening};
use crate::clock::{day_in_china, end_of_day_in_china};
use crate::ids::StaffId;
use crate::law::coded::coded;
use crate::law::editions::Calendars;

coded! {
    /// Whom a case waits for.
    pub enum Party {
        /// Somebody of the agency.
        Office = "office", "本机关", "the agency";
        /// Whoever asks.
        Applicant = "applicant", "申请人", "the applicant";
        /// Somebody who is consulted.
        Others = "others", "被征求意见的他方", "those consulted";
    }
}

impl Party {
    /// Whom a case in that stage waits for.
    #[must_use]
    pub const fn of_stage(stage: Stage) -> Self {
        match stage {
            Stage::Correcting | Stage::Paying => Self::Applicant,
            Stage::Consulting => Self::Others,
            Stage::Confirming
            | Stage::Registering
            | Stage::Assigning
            | Stage::Handling
            | Stage::Reviewing
            | Stage::LegalReviewing
            | Stage::SecrecyReviewing
            | Stage::Signing
            | Stage::Serving
            | Stage::Closed => Self::Office,
        }
    }
}

/// One round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// 0 for the first, 1 for the one after the first decision that took a reply away, and so on.
    pub number: u32,
    /// The day the application arrived, or the one on which the decision binds.
    pub began_on: NaiveDate,
    /// With whom it is, or was at the end.
    pub handler: Option<StaffId>,
    /// How it ended; none while it runs.
    pub closing: Option<Closing>,
    /// Working days after the legal receipt (or the decision) up to the day of the reply; none where no reply ended it.
    pub days: Option<i64>,
    /// Whether the period was extended.
    pub extended: bool,
    /// Whether the applicant was asked for a correction.
    pub corrected: bool,
}

/// What a closed round spent at one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepDays {
    /// Which round.
    pub round: u32,
    /// Where it stood.
    pub step: Stage,
    /// Working days after it came to stand there, up to the day it left; by the days on which both were recorded.
    pub days: i64,
}

/// The decisions that took a reply or a closing away.
fn again(case: &Case) -> impl DoubleEndedIterator<Item = &Reopening> {
    case.reopenings.iter().filter(|one| one.closing.is_some())
}

/// Which round the case is in.
#[must_use]
pub fn number(case: &Case) -> u32 {
    u32::try_from(again(case).count()).unwrap_or(u32::MAX)
}

/// The round that runs, or the last one.
#[must_use]
pub fn current(case: &Case, calendars: &Calendars) -> Round {
    let reopening = again(case).next_back();
    let since = reopening.map_or(0, |one| one.seq);
    let began_on = reopening.map_or(case.filed.arrived_on, |one| one.order.from);
    let counted_from = reopening.map_or(case.received_on, |one| Some(one.order.from));
    let replied = case.closing.as_ref().filter(|closing| closing.late.is_some());
    Round {
        number: number(case),
        began_on,
        handler: case.handler,
        days: replied.zip(counted_from).map(|(closing, from)| {
            calendars.known_at(end_of_day_in_china(closing.on)).working_days_between(from, closing.on)
        }),
        closing: case.closing.clone(),
        extended: case.extended_by().is_some(),
        corrected: case.correction.as_ref().is_some_and(|one| one.seq > since),
    }
}

/// Every round of a case, the first one first. Entries recorded in one act (at one instant) make one step.
///
/// # Errors
/// [`ReplayFault`] for what is no journal of a case.
pub fn history(journal: &[Entry], calendars: &Calendars) -> Result<Vec<Round>, ReplayFault> {
    let mut entries = journal.iter().cloned();
    let mut case = Case::begin(entries.next().ok_or(ReplayFault::Empty)?)?;
    let mut rounds: Vec<Round> = Vec::new();
    let mut rest = entries.peekable();
    loop {
        while let Some(entry) = rest.next_if(|next| next.at == case.dated_at) {
            case.apply(entry);
        }
        let round = current(&case, calendars);
        rounds.retain(|one| one.number < round.number);
        rounds.push(round);
        match rest.next() {
            Some(entry) => case.apply(entry),
            None => return Ok(rounds),
        }
    }
}

/// What each closed round spent where.
///
/// # Errors
/// As [`history`].
pub fn steps(case: &Case, rounds: &[Round], calendars: &Calendars) -> Result<Vec<StepDays>, ReplayFault> {
    let begun: Vec<u32> = again(case).map(|one| one.seq).collect();
    let mut found: Vec<StepDays> = Vec::new();
    for Span { seq, stage, from, to, .. } in due::spans(case.journal(), calendars)? {
        let number = u32::try_from(begun.iter().filter(|since| **since <= seq).count()).unwrap_or(u32::MAX);
        let closing = rounds.iter().find(|one| one.number == number).and_then(|one| one.closing.as_ref());
        let (Some(to), Some(closing)) = (to, closing) else { continue };
        let calendar = calendars.known_at(end_of_day_in_china(closing.on));
        let days = calendar.working_days_between(day_in_china(from), day_in_china(to)).max(0);
        match found.iter_mut().find(|one| one.round == number && one.step == stage) {
            Some(one) => one.days += days,
            None => found.push(StepDays { round: number, step: stage, days }),
        }
    }
    Ok(found)
}
