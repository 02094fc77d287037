//! A draft on its way: steps passed, amber checks answered, and the gate before the signature.

use crate::case::event::Event;
use crate::case::gate::{self, CheckCode, Door, Level};
use crate::case::guards;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::terms::{ApprovalStep, CheckReason, SecrecyRecord, TextRef};

/// A step is passed. Sending back stays open whatever the gate says, hence asked here and not of the act.
pub(super) fn passed(
    case: &Case,
    step: ApprovalStep,
    remark: Option<TextRef>,
    secrecy: Option<SecrecyRecord>,
    signed: Option<TextRef>,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    match step {
        ApprovalStep::SecrecyReview if secrecy.is_none() => return Err(Refusal::SecrecyRecordMissing),
        ApprovalStep::Signature => {
            guards::nobody_is_consulted(case, at)?;
            gate::pass(case, Door::Signature, at)?;
        }
        ApprovalStep::Review | ApprovalStep::LegalReview | ApprovalStep::SecrecyReview => {}
    }
    Ok(Event::Approved {
        step,
        remark,
        secrecy: secrecy.filter(|_| step == ApprovalStep::SecrecyReview),
        signed: signed.filter(|_| step == ApprovalStep::Signature),
    })
}

/// A reason helps only where the check is amber; what is amber at one door is amber at every other.
pub(super) fn answered(
    case: &Case,
    check: CheckCode,
    reason: CheckReason,
    text: TextRef,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    let checks = gate::checks(case, Door::Signature, at);
    let amber = checks.iter().any(|found| found.code == check && found.level == Level::Amber);
    if amber { Ok(Event::CheckAnswered { check, reason, text }) } else { Err(Refusal::CheckNotAmber { check }) }
}
