//! Which notices an act causes: one list to be read beside the list of events. Pure; whether and when each is sent is for
//! others to say.

use chrono::NaiveDate;

use super::facts::Facts;
use crate::case::milestone::Told;
use crate::case::{Actor, Case, Entry, Event, Stage, clocks, due};
use crate::clock::day_in_china;
use crate::ids::{ConsultationId, PersonId, StaffId};
use crate::law::calendar::Calendar;
use crate::law::count::ClockName;
use crate::notices::Notice;

/// Whom a notice is for, as far as the case says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// Whoever letters go to: the applicant or the agent.
    Applicant,
    /// Somebody who was consulted.
    Person(PersonId),
    /// A member of staff.
    Staff(StaffId),
    /// Whoever has that part in the office.
    Role(Told),
}

/// A notice that something causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// Which.
    pub notice: Notice,
    /// For whom.
    pub to: To,
    /// What it is about.
    pub facts: Facts,
}

fn cause(notice: Notice, to: To, facts: Facts) -> Cause {
    Cause { notice, to, facts }
}

/// What an entry causes; `after` is the case once all entries of the act are in, dated by `calendar`.
#[must_use]
pub fn of(entry: &Entry, after: &Case, calendar: &Calendar) -> Vec<Cause> {
    let outside = [to_the_applicant(entry, after, calendar), to_those_consulted(entry, after, calendar)];
    outside.into_iter().flatten().chain(to_the_office(entry)).collect()
}

fn until(on: Option<NaiveDate>) -> Facts {
    Facts { until: on, ..Facts::default() }
}

fn to_the_applicant(entry: &Entry, after: &Case, calendar: &Calendar) -> Option<Cause> {
    let due_on = due::due_now(after, calendar).map(|now| now.due.on);
    let (notice, facts) = match &entry.event {
        Event::Filed(_) => (Notice::Receipt, until(due_on)),
        Event::Registered { .. } => (Notice::Registered, until(due_on)),
        Event::CorrectionRequested { window_days, sent_on, .. } => {
            let window = after.correction.as_ref().map(|one| clocks::correction_window(one, calendar).due.on);
            let reply = clocks::reply_clock(after, calendar).filter(|_| after.has_an_ordered_day());
            let ordered = reply.map(|reply| reply.clock.due.on);
            let facts = Facts { days: Some(*window_days), on: Some(*sent_on), ordered, ..until(window) };
            (Notice::CorrectionAsked, facts)
        }
        Event::ExplanationRequested { window_days, sent_on, month_count, .. } => {
            let window = after.explanation.as_ref().map(|one| clocks::explanation_window(one, calendar).due.on);
            let facts =
                Facts { days: Some(*window_days), on: Some(*sent_on), count: Some(*month_count), ..until(window) };
            (Notice::ExplanationAsked, facts)
        }
        Event::ApplicantTold { sent_on, .. } => {
            (Notice::ThirdPartyConsulted, Facts { on: Some(*sent_on), ..Facts::default() })
        }
        Event::ExtensionNotified { sent_on, .. } => {
            (Notice::Extended, Facts { on: Some(*sent_on), days: after.extended_by(), ..until(due_on) })
        }
        Event::DelayNotified { sent_on, .. } => {
            let delayed = after.explanation.as_ref().and_then(|one| one.delayed_until);
            (Notice::Delayed, Facts { on: Some(*sent_on), ..until(delayed) })
        }
        Event::FeeNoticed { fee, sent_on, .. } => {
            let window = after.fee.as_ref().map(|one| clocks::fee_window(one, calendar).due.on);
            (Notice::Fee, Facts { amount: Some(fee.amount), on: Some(*sent_on), ..until(window) })
        }
        Event::Served { on, .. } => (Notice::ReplyReady, Facts { on: Some(*on), ..Facts::default() }),
        Event::Lapsed { on, .. } => (Notice::Lapsed, Facts { on: Some(*on), ..Facts::default() }),
        Event::Reinstated { on, .. } => (Notice::Reinstated, Facts { on: Some(*on), ..until(due_on) }),
        Event::Reopened { order } => (Notice::Reopened, Facts { on: Some(order.from), ..until(due_on) }),
        Event::Withdrawn { on, .. } => (Notice::Withdrawn, Facts { on: Some(*on), ..Facts::default() }),
        Event::DueMoved { clock, from, to } if from != to && was_told_of(*clock) => {
            (Notice::DateMoved, Facts { clock: Some(*clock), from: Some(*from), to: Some(*to), ..until(Some(*to)) })
        }
        _ => return None,
    };
    Some(cause(notice, To::Applicant, facts))
}

/// Clocks whose end the applicant was told in a receipt, a notice or a letter. The office's own limits are its own.
pub(in crate::office) const fn was_told_of(clock: ClockName) -> bool {
    matches!(
        clock,
        ClockName::Reply
            | ClockName::DelayedPeriod
            | ClockName::CorrectionWindow
            | ClockName::FeeWindow
            | ClockName::ExplanationWindow
    )
}

fn to_those_consulted(entry: &Entry, after: &Case, calendar: &Calendar) -> Option<Cause> {
    let addressee = |id: &ConsultationId| after.consultation(*id).map(|one| one.addressee.id);
    match &entry.event {
        Event::ConsultationIssued { consultation, addressee, issued_on, days, .. } => {
            let end = after.consultation(*consultation).map(|one| clocks::consultation_end(one, calendar).on);
            let facts = Facts { on: Some(*issued_on), days: Some(*days), ..until(end) };
            Some(cause(Notice::OpinionAsked, To::Person(addressee.id), facts))
        }
        Event::ThirdPartyTold { consultation, sent_on, .. } => {
            let facts = Facts { on: Some(*sent_on), ..Facts::default() };
            addressee(consultation).map(|person| cause(Notice::OverrideTold, To::Person(person), facts))
        }
        _ => None,
    }
}

fn to_the_office(entry: &Entry) -> Vec<Cause> {
    let none = Facts::default();
    let on = |day: &NaiveDate| Facts { on: Some(*day), ..Facts::default() };
    let to_handler = |notice, facts| vec![cause(notice, To::Role(Told::Handler), facts)];
    match &entry.event {
        Event::Assigned { handler: Some(handler) } => vec![cause(Notice::Assigned, To::Staff(*handler), none)],
        Event::Returned { .. } => vec![cause(Notice::Returned, To::Role(Told::Clerk), none)],
        Event::LapseProposed { clock, ended_on } => {
            to_handler(Notice::FindingNeeded, Facts { clock: Some(*clock), ..on(ended_on) })
        }
        Event::CorrectionReceived { on: day, .. }
        | Event::ExplanationReceived { on: day, .. }
        | Event::PaymentReported { on: day, .. }
        | Event::FeePaid { on: day, .. }
        | Event::CoWorkAnswered { on: day, .. }
        | Event::OpinionReceived { on: day, .. }
        | Event::ConsultationSilent { ended_on: day, .. }
        | Event::ReferralConfirmed { on: day, .. } => to_handler(Notice::AnswerReceived, on(day)),
        Event::Withdrawn { on: day, .. } if entry.actor == Actor::Applicant => {
            to_handler(Notice::AnswerReceived, on(day))
        }
        Event::ExtensionDecided { .. } | Event::WaiverDecided { .. } => to_handler(Notice::AnswerReceived, none),
        Event::ExtensionRequested { days, .. } => {
            let facts = Facts { days: Some(*days), clock: Some(ClockName::Reply), ..none };
            vec![cause(Notice::ToReview, To::Role(Told::OfficeHead), facts)]
        }
        Event::WaiverRequested { .. } => {
            let facts = Facts { clock: Some(ClockName::FeeWindow), ..none };
            vec![cause(Notice::ToReview, To::Role(Told::OfficeHead), facts)]
        }
        Event::CoWorkOpened { staff: Some(staff), due_on, .. } => {
            vec![cause(Notice::ContributionAsked, To::Staff(*staff), until(Some(*due_on)))]
        }
        Event::SentBack { .. } | Event::Recalled { .. } => to_handler(Notice::Returned, none),
        Event::Noted { mentions, .. } => {
            mentions.iter().map(|staff| cause(Notice::Mentioned, To::Staff(*staff), none)).collect()
        }
        _ => Vec::new(),
    }
}

/// The day an entry belongs to: that on which it was recorded, but for what the calendar brings about the day after something
/// ended, however late anybody looked.
#[must_use]
pub fn own_day(entry: &Entry) -> NaiveDate {
    match entry.event {
        Event::LapseProposed { ended_on, .. } | Event::ConsultationSilent { ended_on, .. } => {
            ended_on.succ_opt().unwrap_or(ended_on)
        }
        _ => day_in_china(entry.at),
    }
}

/// Whose desk a reply comes to lie on when it moves to that stage.
#[must_use]
pub fn of_stage(stage: Stage) -> Option<Cause> {
    let (notice, told) = match stage {
        Stage::Reviewing => (Notice::ToReview, Told::Reviewer),
        Stage::LegalReviewing => (Notice::ToReview, Told::LegalReviewer),
        Stage::SecrecyReviewing => (Notice::ToReview, Told::SecrecyReviewer),
        Stage::Signing => (Notice::ToSign, Told::Signer),
        Stage::Serving => (Notice::ToServe, Told::Clerk),
        _ => return None,
    };
    Some(cause(notice, To::Role(told), Facts { stage: Some(stage), ..Facts::default() }))
}
