//! Which clocks a case has, and each of them explained day by day. The counting itself is the law's; here the case's
//! facts are laid before it.

use chrono::{Days, NaiveDate};

use super::state::{Case, Consultation, Correction, Explanation, Extension, FeeNotice, Served};
use super::terms::{ConsultedParty, ServiceWay};
use crate::law::calendar::Calendar;
use crate::law::count::{Clock, Due};
use crate::law::outcome::{self, Outcome};
use crate::law::remedy::{self, RemedyPath};
use crate::law::reply::{self, CorrectionFacts, ExtensionFacts, ReplyClock, ReplyFacts, Restart, RestartCause, Stop};
use crate::law::{periods, windows};

/// The reply clock of the case; none before the date of receipt is settled.
#[must_use]
pub fn reply_clock(case: &Case, calendar: &Calendar) -> Option<ReplyClock> {
    reply_facts(case, calendar).map(|facts| reply::reply_clock(&facts, calendar))
}

/// What the reply clock counts from.
#[must_use]
pub fn reply_facts(case: &Case, calendar: &Calendar) -> Option<ReplyFacts> {
    Some(ReplyFacts {
        received_on: case.received_on?,
        correction: case.correction.as_ref().map(|correction| CorrectionFacts {
            notice_sent_on: correction.sent_on,
            received_on: correction.received_on,
            found_in_time: Some(correction.in_time),
        }),
        restarts: restarts(case),
        stops: case.consultations.iter().map(|consultation| stop(consultation, calendar)).collect(),
        extension: match case.extension {
            Some(Extension::Notified { days, sent_on }) => Some(ExtensionFacts { days, notice_sent_on: sent_on }),
            Some(Extension::Requested { .. } | Extension::Granted { .. }) | None => None,
        },
        delayed_until: case.explanation.as_ref().and_then(|one| one.delay_told_on.and(one.delayed_until)),
        ordered: case.reopenings.last().map(|one| one.order.ordered()),
    })
}

/// What gave a fresh period besides a correction: taking the case up again, paying the fee. A waived fee gives none (house
/// rule 19).
fn restarts(case: &Case) -> Vec<Restart> {
    let reinstated = case.reinstated_on.map(|on| Restart { cause: RestartCause::Reinstated, on });
    let paid = case.fee.as_ref().and_then(|fee| fee.paid_on);
    reinstated.into_iter().chain(paid.map(|on| Restart { cause: RestartCause::FeePaid, on })).collect()
}

/// The days a consultation keeps the clock stopped: to the opinion, or to the end of the window, whichever is first.
fn stop(consultation: &Consultation, calendar: &Calendar) -> Stop {
    let window_end = consultation_end(consultation, calendar).on;
    Stop {
        label: format!("#{}", consultation.seq),
        cause: consultation.party.stop_cause(),
        from: consultation.issued_on,
        until: consultation.answer.map_or(window_end, |(_, on)| on.min(window_end)),
    }
}

/// The last day of a consultation's window, reckoned from the presumed receipt while the true one is unknown.
#[must_use]
pub fn consultation_end(consultation: &Consultation, calendar: &Calendar) -> Due {
    windows::consultation_end(consultation.issued_on, consultation.delivered_on, consultation.days, calendar)
}

/// The day from which the correction window runs: the notice's receipt, or what is presumed of it.
fn correction_notice_day(correction: &Correction, calendar: &Calendar) -> NaiveDate {
    correction.delivered_on.unwrap_or_else(|| windows::presumed_received(correction.sent_on, calendar).on)
}

/// The window for a correction.
#[must_use]
pub fn correction_window(correction: &Correction, calendar: &Calendar) -> Clock {
    windows::correction_window(correction_notice_day(correction, calendar), correction.window_days, calendar)
}

/// The window of a consultation.
#[must_use]
pub fn consultation_window(consultation: &Consultation, calendar: &Calendar) -> Clock {
    let received =
        consultation.delivered_on.unwrap_or_else(|| windows::presumed_received(consultation.issued_on, calendar).on);
    match consultation.party {
        ConsultedParty::ThirdParty => windows::third_party_window(received, calendar),
        ConsultedParty::CoMaker => windows::co_maker_window(received, calendar),
        ConsultedParty::OtherAgency | ConsultedParty::SecrecyAuthority => {
            windows::other_agency_window(received, consultation.days, calendar)
        }
    }
}

/// The window for payment: from receipt of the notice, or what is presumed of it; from the day a lapse was taken back.
#[must_use]
pub fn fee_window(fee: &FeeNotice, calendar: &Calendar) -> Clock {
    let received = fee.delivered_on.unwrap_or_else(|| windows::presumed_received(fee.sent_on, calendar).on);
    windows::fee_window(fee.window_from.unwrap_or(received), calendar)
}

/// The window for an explanation. The reply clock runs on meanwhile.
#[must_use]
pub fn explanation_window(explanation: &Explanation, calendar: &Calendar) -> Clock {
    let received =
        explanation.delivered_on.unwrap_or_else(|| windows::presumed_received(explanation.sent_on, calendar).on);
    windows::explanation_window(received, explanation.window_days, calendar)
}

/// The limit within which receipt is to be confirmed.
#[must_use]
pub fn confirmation_limit(case: &Case, calendar: &Calendar) -> Clock {
    windows::confirmation_limit(case.filed.arrived_on, case.filed.confirmation_days, calendar)
}

/// The remedies open against the reply of the case.
#[must_use]
pub fn remedy_path(case: &Case) -> Option<RemedyPath> {
    let closing = case.closing.as_ref()?;
    Some(path_of(closing.outcome, case.withheld()))
}

/// The remedy path of an outcome. Where a part is granted and a part withheld under arts 14–16, each part has its own: for what is
/// withheld reconsideration comes first (国办函〔2021〕132号 art. 2), for what is not held or would have to be made it need not.
#[must_use]
pub fn path_of(outcome: Outcome, withheld: &[Outcome]) -> RemedyPath {
    if outcome != Outcome::PartlyGranted {
        return outcome::rule(outcome).remedy;
    }
    let first = |part: &Outcome| outcome::rule(*part).remedy == RemedyPath::ReconsiderationFirst;
    if withheld.iter().any(first) { RemedyPath::ByPart } else { RemedyPath::ReconsiderationOrSuit }
}

/// The day from which the applicant's own periods run: that of knowing, not that of posting (行政复议法 art. 20, 行政诉讼法
/// art. 46). Until receipt is proven, what was posted is presumed received some days later.
pub(super) fn known_on(served: &Served, calendar: &Calendar) -> NaiveDate {
    served.received_on.unwrap_or_else(|| match served.way {
        ServiceWay::Electronic | ServiceWay::InPerson | ServiceWay::Entrusted => served.on,
        ServiceWay::Post => windows::presumed_received(served.on, calendar).on,
        ServiceWay::PublicNotice => served.on + Days::new(periods::PUBLIC_NOTICE_DAYS),
    })
}

/// Every clock that runs or ran in the case, explained.
#[must_use]
pub fn all(case: &Case, calendar: &Calendar) -> Vec<Clock> {
    let mut clocks = Vec::new();
    let Some(reply) = reply_clock(case, calendar) else {
        return vec![confirmation_limit(case, calendar)];
    };
    clocks.push(reply.clock);
    if let Some(correction) = &case.correction {
        clocks.push(correction_window(correction, calendar));
    } else if let (Some(received_on), None) = (case.received_on, &case.closing) {
        clocks.push(reply::correction_notice_clock(received_on, calendar));
    }
    clocks.extend(case.explanation.iter().map(|explanation| explanation_window(explanation, calendar)));
    clocks.extend(case.fee.iter().map(|fee| fee_window(fee, calendar)));
    clocks.extend(case.consultations.iter().map(|consultation| consultation_window(consultation, calendar)));
    if let (Some(served), Some(path)) = (&case.served, remedy_path(case)) {
        clocks.extend(remedy::remedy_clocks(path, known_on(served, calendar), calendar));
    }
    clocks
}
