//! Excessive applications: whether reasons can be asked for and decided on (art. 35), a fee noticed, paid, waived (art. 42).

use crate::case::clocks;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;

/// Once.
pub(super) const fn explanation_can_be_asked(case: &Case) -> Result<(), Refusal> {
    if case.explanation.is_some() || case.explanation_spent {
        Err(Refusal::ExplanationAlreadyRequested)
    } else {
        Ok(())
    }
}

pub(super) fn explanation_is_awaited(case: &Case) -> Result<(), Refusal> {
    case.awaited_explanation().map(drop).ok_or(Refusal::NoExplanationAwaited)
}

/// Nobody is found unreasonable before the explanation came or the time for it has passed.
pub(super) fn explanation_can_be_decided(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    let undecided = case.explanation.as_ref().filter(|one| one.reasonable.is_none());
    let explanation = undecided.ok_or(Refusal::NoExplanationAwaited)?;
    let until = clocks::explanation_window(explanation, &at.calendar()).last_defensible.on;
    if explanation.received_on.is_none() && at.today <= until {
        return Err(Refusal::ExplanationWindowOpen { until });
    }
    Ok(())
}

pub(super) fn delay_is_fixed(case: &Case) -> Result<(), Refusal> {
    let fixed = case.explanation.as_ref().filter(|one| one.delayed_until.is_some() && one.delay_told_on.is_none());
    fixed.map(drop).ok_or(Refusal::NoDelayFixed)
}

/// One notice, by one basis (国办函〔2020〕109号 art. 3).
pub(super) fn fee_can_be_noticed(case: &Case) -> Result<(), Refusal> {
    if case.fee.is_some() || case.fee_spent {
        return Err(Refusal::FeeAlreadyNoticed);
    }
    if case.fee_is_waived() { Err(Refusal::FeeWaived) } else { Ok(()) }
}

pub(super) fn payment_window_has_closed(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    let fee = case.unpaid_fee().ok_or(Refusal::FeeWaived)?;
    // Whoever waits for the head's decision has not refused to pay.
    if case.waiver.is_some_and(|waiver| waiver.granted.is_none()) {
        return Err(Refusal::WaiverUndecided);
    }
    let until = clocks::fee_window(fee, &at.calendar()).last_defensible.on;
    if at.today <= until { Err(Refusal::FeeWindowOpen { until }) } else { Ok(()) }
}

/// Again only after a refusal; and there is nothing to waive once the fee is paid.
pub(super) fn waiver_can_be_asked(case: &Case) -> Result<(), Refusal> {
    if case.fee.as_ref().is_some_and(|fee| fee.paid_on.is_some()) {
        return Err(Refusal::FeeAlreadyNoticed);
    }
    match &case.waiver {
        Some(waiver) if waiver.granted != Some(false) => Err(Refusal::WaiverAlreadyRequested),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn waiver_is_asked(case: &Case) -> Result<(), Refusal> {
    match &case.waiver {
        Some(waiver) if waiver.granted.is_none() => Ok(()),
        Some(_) | None => Err(Refusal::NoWaiverRequested),
    }
}
