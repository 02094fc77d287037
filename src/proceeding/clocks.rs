//! Which clocks a proceeding has, whose each is, and each explained day by day. The counting is the law's; here the facts of the
//! file are laid before it.

use chrono::NaiveDate;

use super::state::{Proceeding, Round};
use super::terms::{Appellant, Level, Procedure, ProceedingKind};
use crate::law::article::{Article, Instrument};
use crate::law::calendar::Calendar;
use crate::law::count::{Clock, ClockName, Suspension, suspended};
use crate::law::judgment::{self, Forum};
use crate::law::order::OrderPeriod;
use crate::law::proceeding::{self as periods, Party, Period};

/// A clock, and whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    /// The clock.
    pub clock: Clock,
    /// Who must act by its end.
    pub party: Party,
    /// The round it belongs to, from 0.
    pub round: usize,
    /// Whether it runs now.
    pub runs: bool,
}

/// The clock of that name. The fallback is never met: a test holds that each name used here stands in the table of periods.
fn named(name: ClockName, from: NaiveDate, calendar: &Calendar) -> Clock {
    Period::named(name).unwrap_or(&periods::SUPERVISION_FINDING).clock(from, calendar)
}

/// The agency's answer; none before the copy has come, or where none is expected.
#[must_use]
pub fn answer(kind: ProceedingKind, round: &Round, calendar: &Calendar) -> Option<Clock> {
    let received_on = round.received_on?;
    Some(match kind {
        ProceedingKind::Reconsideration => reconsideration_answer(round, received_on, calendar),
        ProceedingKind::Litigation if round.level == Level::Second => {
            named(ClockName::AppealDefence, received_on, calendar)
        }
        ProceedingKind::Litigation => periods::defence(received_on, calendar),
        ProceedingKind::Complaint => {
            set_by_authority(Article::regulation(47).paragraph(2), received_on, round.answer_by)
        }
        ProceedingKind::Inspection => {
            set_by_authority(Article::regulation(47).paragraph(1), received_on, round.answer_by)
        }
    })
}

fn set_by_authority(article: Article, received_on: NaiveDate, answer_by: Option<NaiveDate>) -> Clock {
    Clock::fixed(ClockName::SupervisionAnswer, article, received_on, answer_by.unwrap_or(received_on))
}

/// House rule 28: the ordinary period is counted from the copy whenever it came to be; the simplified one from the notice of the
/// switch, for nobody is made late by a notice, and never beyond the day that stood before.
fn reconsideration_answer(round: &Round, received_on: NaiveDate, calendar: &Calendar) -> Clock {
    let ordinary = || periods::reconsideration_answer(received_on, false, calendar);
    match (round.procedure, round.switched_on) {
        (Procedure::Ordinary, _) => ordinary(),
        (Procedure::Simplified, None) => periods::reconsideration_answer(received_on, true, calendar),
        (Procedure::Simplified, Some(switched_on)) => {
            let switched = periods::reconsideration_answer(switched_on.max(received_on), true, calendar);
            let before = ordinary();
            if before.due < switched.due { before } else { switched }
        }
    }
}

/// The authority's decision. An open suspension takes out nothing yet: the day is the earliest on which it can come.
#[must_use]
pub fn decision(kind: ProceedingKind, round: &Round, calendar: &Calendar) -> Clock {
    let from = round.accepted_on.or(round.received_on).unwrap_or_else(|| round.began_on());
    let simplified = round.procedure == Procedure::Simplified;
    let plain = match (kind, round.heard_as) {
        (ProceedingKind::Reconsideration, _) => periods::reconsideration_decision(from, simplified, false, calendar),
        (ProceedingKind::Litigation, Level::Second) => named(ClockName::SecondInstance, from, calendar),
        (ProceedingKind::Litigation, _) if simplified => named(ClockName::FirstInstanceSimplified, from, calendar),
        (ProceedingKind::Litigation, _) => named(ClockName::FirstInstance, from, calendar),
        (ProceedingKind::Complaint | ProceedingKind::Inspection, _) => {
            let from = round.answer.map_or(from, |answer| answer.on);
            named(ClockName::SupervisionFinding, from, calendar)
        }
    };
    let stood: Vec<Suspension> = round
        .suspensions
        .iter()
        .filter_map(|one| Some(Suspension { label: format!("#{}", one.seq), from: one.from, until: one.until? }))
        .collect();
    if stood.is_empty() && round.extended_by.is_none() {
        return plain;
    }
    let more = round.extended_by.unwrap_or_default();
    let mut clock = suspended(&plain, more, &stood, calendar);
    if more > 0 && kind == ProceedingKind::Reconsideration {
        clock.name = ClockName::ReconsiderationDecisionExtended;
    }
    clock
}

/// What the authority, or the applicant before it, does until the copy comes.
#[must_use]
pub fn filing(kind: ProceedingKind, round: &Round, calendar: &Calendar) -> Clock {
    let simplified = round.procedure == Procedure::Simplified;
    let came_on = round.corrected_on.or(round.submitted_on).unwrap_or(round.heard_of_on);
    let corrects = round.correction_asked_on.filter(|_| round.corrected_on.is_none() && round.accepted_on.is_none());
    let (name, from) = match (kind, round.accepted_on, corrects) {
        // In court the judge sets the time for a correction; that of the Reconsideration Law stands for it.
        (ProceedingKind::Reconsideration | ProceedingKind::Litigation, None, Some(asked_on)) => {
            (ClockName::ReconsiderationCorrectionWindow, asked_on)
        }
        (ProceedingKind::Reconsideration, None, None) => (ClockName::ReconsiderationAcceptance, came_on),
        (ProceedingKind::Reconsideration, Some(on), _) if simplified => {
            (ClockName::ReconsiderationForwardSimplified, on)
        }
        (ProceedingKind::Reconsideration, Some(on), _) => (ClockName::ReconsiderationForward, on),
        (ProceedingKind::Litigation, on, None) if round.level == Level::Second => {
            (ClockName::AppealForward, on.unwrap_or(came_on))
        }
        (ProceedingKind::Litigation, None, None) => (ClockName::CourtFiling, came_on),
        (ProceedingKind::Litigation, Some(on), _) => (ClockName::CourtForward, on),
        (ProceedingKind::Complaint | ProceedingKind::Inspection, _, _) => (ClockName::SupervisionFinding, came_on),
    };
    named(name, from, calendar)
}

/// The window for an appeal, counted from the agency's own receipt: the only one it can know for sure.
#[must_use]
pub fn appeal_window(round: &Round, calendar: &Calendar) -> Option<Clock> {
    let ended = round.ended.as_ref().filter(|_| round.is_appealable())?;
    judgment::rule(ended.judgment).appeal.map(|name| named(name, ended.received_on, calendar))
}

/// What is ordered, from the day it binds; none if nothing is, or not yet.
#[must_use]
pub fn order(proceeding: &Proceeding, calendar: &Calendar) -> Option<Clock> {
    let (standing, from) = (proceeding.standing()?, proceeding.effect_on()?);
    let article = match judgment::rule(standing.judgment).forum {
        Forum::Reconsideration => Article::new(Instrument::ReconsiderationLaw, 77),
        Forum::Court => Article::new(Instrument::LitigationLaw, 94),
        Forum::Supervision => judgment::rule(standing.judgment).article,
    };
    standing.order.map(|period: OrderPeriod| period.clock(article, from, calendar))
}

/// The report on the body's opinion.
#[must_use]
pub fn opinion_report(proceeding: &Proceeding, calendar: &Calendar) -> Option<Clock> {
    proceeding.opinion.map(|opinion| named(ClockName::OpinionReport, opinion.received_on, calendar))
}

/// Every clock that runs or ran in the file, in the order of its rounds.
#[must_use]
pub fn clocks(proceeding: &Proceeding, calendar: &Calendar) -> Vec<Running> {
    let kind = proceeding.kind();
    let last = proceeding.past.len();
    let mut all = Vec::new();
    for (place, round) in proceeding.rounds().enumerate() {
        let open = place == last && proceeding.struck.is_none() && round.ended.is_none();
        let mut add = |clock: Clock, party: Party, runs: bool| all.push(Running { clock, party, round: place, runs });
        let files = round.received_on.is_none() && round.ended.is_none() && round.pending_stage().is_before_the_copy();
        if files {
            let clock = filing(kind, round, calendar);
            let party = party_of(&clock);
            add(clock, party, open);
        }
        if let Some(clock) = answer(kind, round, calendar) {
            add(clock, Party::Agency, open && round.owes_answer());
        }
        if round.accepted_on.is_some() || round.received_on.is_some() {
            let clock = decision(kind, round, calendar);
            let party = party_of(&clock);
            add(clock, party, open && round.suspended_since().is_none());
        }
        if let Some(clock) = appeal_window(round, calendar) {
            let waits = place == last && round.effect_on().is_none() && proceeding.struck.is_none();
            add(clock, Party::Agency, waits);
        }
        if let (ProceedingKind::Reconsideration, Some(ended)) = (kind, &round.ended) {
            add(periods::suit_after_reconsideration(ended.received_on, calendar), Party::Applicant, false);
        }
    }
    if let Some(clock) = order(proceeding, calendar) {
        let runs = proceeding.owed().is_some() && proceeding.struck.is_none();
        all.push(Running { clock, party: Party::Agency, round: last, runs });
    }
    if let Some(clock) = opinion_report(proceeding, calendar) {
        let runs = proceeding.unreported().is_some() && proceeding.struck.is_none();
        all.push(Running { clock, party: Party::Agency, round: last, runs });
    }
    all
}

fn party_of(clock: &Clock) -> Party {
    Period::named(clock.name).map_or(Party::Agency, |period| period.party)
}

/// Whether the agency may still appeal on that day.
///
/// # Errors
/// The last day of its window, once that has passed.
pub fn agency_may_appeal(round: &Round, by: Appellant, on: NaiveDate, calendar: &Calendar) -> Result<(), NaiveDate> {
    match appeal_window(round, calendar).map(|window| window.due.on) {
        Some(until) if by == Appellant::Agency && on > until => Err(until),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_used_here_stands_in_the_table_of_periods() {
        for name in [
            ClockName::AppealDefence,
            ClockName::AppealForward,
            ClockName::CourtFiling,
            ClockName::CourtForward,
            ClockName::FirstInstance,
            ClockName::FirstInstanceSimplified,
            ClockName::SecondInstance,
            ClockName::OpinionReport,
            ClockName::ReconsiderationAcceptance,
            ClockName::ReconsiderationCorrectionWindow,
            ClockName::ReconsiderationForward,
            ClockName::ReconsiderationForwardSimplified,
            ClockName::SupervisionFinding,
            ClockName::AppealJudgment,
            ClockName::AppealRuling,
        ] {
            assert!(Period::named(name).is_some(), "{name}");
        }
    }
}
