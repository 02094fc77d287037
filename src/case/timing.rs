//! What of a case is being timed: its clocks, each to the day it ends, and the steps that wait for somebody, each from the
//! day it began. Reminders, escalation and the calendar's own acts all hang on these days, and on nothing else.

mod history;

use std::fmt;

use chrono::{Days, NaiveDate};

use super::clocks;
use super::stage::Stage;
use super::state::{Case, Extension};
use crate::law::calendar::Calendar;
use crate::law::coded::coded;
use crate::law::count::{Clock, ClockName};
use crate::law::reply;

pub use history::{Changes, Stretch, changes, history, is_act};

coded! {
    /// What is timed.
    pub enum Timed {
        /// The reply (art. 33).
        Reply = "reply", "答复期限", "reply";
        /// Confirming receipt with the applicant (art. 31).
        Confirmation = "confirmation", "确认收到", "confirmation of receipt";
        /// The last day for a correction notice, where one is needed (art. 30).
        CorrectionNotice = "correction_notice", "补正告知期限", "correction notice";
        /// The applicant's correction.
        CorrectionWindow = "correction_window", "申请人补正期限", "correction by the applicant";
        /// The applicant's explanation (art. 35).
        ExplanationWindow = "explanation_window", "申请人说明理由期限", "explanation by the applicant";
        /// The applicant's payment (art. 42).
        FeeWindow = "fee_window", "缴费期限", "payment of the fee";
        /// The opinion of somebody who is consulted (arts 32–34).
        Consultation = "consultation", "征求意见期限", "opinion of those consulted";
        /// What a unit of the agency was asked to contribute.
        Contribution = "contribution", "协办反馈期限", "contribution of a unit";
        /// An officer's finding after a window of the applicant closed.
        Finding = "finding", "期限届满后的认定", "finding after a window has closed";
        /// Sending the notice of an extension that is consented to.
        ExtensionNotice = "extension_notice", "发出延期告知书", "notice of an extension";
        /// Entering it in the register.
        Registering = "registering", "登记", "registration";
        /// Assigning it, or claiming it where it is laid out.
        Assigning = "assigning", "分办或者认领", "assignment or claim";
        /// Reviewing the draft.
        Reviewing = "reviewing", "审核", "review";
        /// Its legal review.
        LegalReviewing = "legal_reviewing", "法制审核", "legal review";
        /// Its secrecy review.
        SecrecyReviewing = "secrecy_reviewing", "保密审查", "secrecy review";
        /// Signing it.
        Signing = "signing", "签发", "signature";
        /// Serving what is signed.
        Serving = "serving", "送达", "service";
    }
}

/// How the day of a timing is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reckoned {
    /// It is the last day: one reminds before it and escalates after it.
    ToIt,
    /// It is the first day: one asks some days after it.
    FromIt,
}

impl Timed {
    /// How its day is meant.
    #[must_use]
    pub const fn reckoned(self) -> Reckoned {
        match self {
            Self::Reply
            | Self::Confirmation
            | Self::CorrectionNotice
            | Self::CorrectionWindow
            | Self::ExplanationWindow
            | Self::FeeWindow
            | Self::Consultation
            | Self::Contribution
            | Self::ExtensionNotice => Reckoned::ToIt,
            Self::Finding
            | Self::Registering
            | Self::Assigning
            | Self::Reviewing
            | Self::LegalReviewing
            | Self::SecrecyReviewing
            | Self::Signing
            | Self::Serving => Reckoned::FromIt,
        }
    }

    /// The step that a stage is, where somebody of the office holds it up.
    #[must_use]
    pub const fn of_stage(stage: Stage) -> Option<Self> {
        match stage {
            Stage::Registering => Some(Self::Registering),
            Stage::Assigning => Some(Self::Assigning),
            Stage::Reviewing => Some(Self::Reviewing),
            Stage::LegalReviewing => Some(Self::LegalReviewing),
            Stage::SecrecyReviewing => Some(Self::SecrecyReviewing),
            Stage::Signing => Some(Self::Signing),
            Stage::Serving => Some(Self::Serving),
            Stage::Confirming
            | Stage::Handling
            | Stage::Correcting
            | Stage::Paying
            | Stage::Consulting
            | Stage::Closed => None,
        }
    }
}

/// One thing that is timed. Two timings of a case are the same if all but `acts_on` and `since_on` agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// What.
    pub timed: Timed,
    /// Which of its kind: the journal entry it belongs to; 0 where there can be but one.
    pub part: u32,
    /// The day to which, or from which, it is reckoned.
    pub on: NaiveDate,
    /// The day from which it counts as timed, where that is not the day it was recorded: what the calendar brings about
    /// begins when it was due, however late anybody looks.
    pub since_on: Option<NaiveDate>,
    /// The first day on which the calendar itself acts on it; none where it never does.
    pub acts_on: Option<NaiveDate>,
}

impl Timing {
    const fn new(timed: Timed, part: u32, on: NaiveDate) -> Self {
        Self { timed, part, on, since_on: None, acts_on: None }
    }

    /// The calendar acts on the day after `last`.
    fn acting_after(self, last: NaiveDate) -> Self {
        Self { acts_on: Some(day_after(last)), ..self }
    }

    /// What makes two timings of a case the same.
    #[must_use]
    pub const fn identity(&self) -> (Timed, u32, NaiveDate) {
        (self.timed, self.part, self.on)
    }
}

impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}:{}", self.timed, self.part, self.on)
    }
}

fn day_after(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

/// All that is timed in the case as it stands; nothing once it is closed.
#[must_use]
pub fn timings(case: &Case, calendar: &Calendar) -> Vec<Timing> {
    if case.is_closed() {
        return Vec::new();
    }
    let mut all = Vec::new();
    all.extend(step(case));
    all.extend(reply_or_confirmation(case, calendar));
    all.extend(of_the_applicant(case, calendar));
    all.extend(of_others(case, calendar));
    all
}

fn step(case: &Case) -> Option<Timing> {
    Timed::of_stage(case.stage).map(|timed| Timing::new(timed, 0, case.stage_since))
}

/// The clock of the office itself. It is not timed while the applicant has the case: then nobody here is late.
fn reply_or_confirmation(case: &Case, calendar: &Calendar) -> Vec<Timing> {
    let mut all = Vec::new();
    if case.stage == Stage::Confirming {
        let limit = clocks::confirmation_limit(case, calendar).due.on;
        all.push(Timing::new(Timed::Confirmation, 0, limit).acting_after(limit));
        return all;
    }
    let Some(due) = super::due::due_now(case, calendar) else { return all };
    if matches!(due.clock, ClockName::CorrectionWindow | ClockName::FeeWindow) {
        return all;
    }
    all.push(Timing::new(Timed::Reply, 0, due.due.on).acting_after(due.due.on));
    if let Some(Extension::Granted { .. }) = case.extension {
        all.push(Timing::new(Timed::ExtensionNotice, 0, due.due.on));
    }
    let may_still_ask = matches!(case.stage, Stage::Registering | Stage::Assigning | Stage::Handling);
    if let (true, None, false, Some(received_on)) =
        (may_still_ask, &case.correction, case.correction_spent, case.received_on)
    {
        let last = reply::correction_notice_clock(received_on, calendar).due.on;
        all.push(Timing::new(Timed::CorrectionNotice, 0, last));
    }
    all
}

/// What the applicant was asked, and what follows when the answer does not come.
fn of_the_applicant(case: &Case, calendar: &Calendar) -> Vec<Timing> {
    let mut all = Vec::new();
    if let (Stage::Correcting, Some(correction)) = (case.stage, case.awaited_correction().filter(|one| one.in_time)) {
        let window = clocks::correction_window(correction, calendar);
        all.push(window_or_finding(Timed::CorrectionWindow, correction.seq, &window, correction.lapse_proposed));
    }
    if let (Stage::Paying, Some(fee)) = (case.stage, case.unpaid_fee()) {
        let window = clocks::fee_window(fee, calendar);
        all.push(window_or_finding(Timed::FeeWindow, fee.seq, &window, fee.lapse_proposed));
    }
    let waits_for_reasons = matches!(case.stage, Stage::Handling | Stage::Consulting);
    if let (true, Some(explanation)) = (waits_for_reasons, case.awaited_explanation()) {
        let last = clocks::explanation_window(explanation, calendar).due.on;
        all.push(Timing::new(Timed::ExplanationWindow, 0, last));
    }
    all
}

fn window_or_finding(timed: Timed, part: u32, window: &Clock, closed: bool) -> Timing {
    let last = window.last_defensible.on;
    if closed {
        let since_on = Some(day_after(last));
        return Timing { since_on, ..Timing::new(Timed::Finding, part, last) };
    }
    Timing::new(timed, part, window.due.on).acting_after(last)
}

/// What others were asked.
fn of_others(case: &Case, calendar: &Calendar) -> Vec<Timing> {
    let opinions = case.consultations.iter().filter(|one| one.is_open()).map(|one| {
        let last = clocks::consultation_end(one, calendar).on;
        Timing::new(Timed::Consultation, one.seq, last).acting_after(last)
    });
    let contributions = case
        .co_work
        .iter()
        .filter(|one| one.is_open())
        .map(|one| Timing::new(Timed::Contribution, one.seq, one.due_on));
    opinions.chain(contributions).collect()
}
