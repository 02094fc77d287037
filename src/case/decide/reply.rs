//! The reply: what a draft may decide (arts 36–39), and when it counts as served (国办公开办函〔2016〕235号).

use chrono::NaiveDate;

use super::on;
use crate::case::clocks;
use crate::case::event::Event;
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::terms::{ServiceWay, TextRef};
use crate::law::outcome::{self, Outcome, OutcomeGroup};

/// A draft that can stand: an outcome a reply can state, and grounds exactly where a part is withheld.
pub(super) fn draft(
    case: &Case,
    outcome: Outcome,
    withheld: Vec<Outcome>,
    letter: TextRef,
    submit: bool,
) -> Result<Event, Refusal> {
    if !outcome::rule(outcome).by_reply {
        return Err(Refusal::NotAReply { outcome });
    }
    let corrected = case.correction.as_ref().is_some_and(|correction| correction.received_on.is_some());
    if outcome == Outcome::StillUnclear && !corrected {
        return Err(Refusal::NeverCorrected);
    }
    if outcome == Outcome::PartlyGranted && withheld.is_empty() {
        return Err(Refusal::WithheldGroundsMissing);
    }
    let no_ground = |part: &&Outcome| {
        outcome != Outcome::PartlyGranted
            || !matches!(outcome::rule(**part).group, OutcomeGroup::Refused | OutcomeGroup::Unavailable)
    };
    if let Some(part) = withheld.iter().find(no_ground) {
        return Err(Refusal::NotAGround { outcome: *part });
    }
    Ok(Event::Drafted { outcome, withheld, letter, submitted: submit })
}

/// Service. What was posted in time is in time; what is handed over counts from the signature, so its proof comes with it.
/// The verdict on lateness is taken here, with the calendar as known, and never rewritten.
pub(super) fn serve(
    case: &Case,
    way: ServiceWay,
    day: NaiveDate,
    proof: Option<TextRef>,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    let reply = clocks::reply_clock(case, &at.calendar()).ok_or(Refusal::ReceiptNotSettled)?;
    let signed_on = case.draft.as_ref().and_then(|draft| draft.signed_on).unwrap_or_else(|| case.began_on());
    let served_on = on(day, signed_on, at)?;
    if matches!(way, ServiceWay::InPerson | ServiceWay::Entrusted) && proof.is_none() {
        return Err(Refusal::ServiceProofMissing);
    }
    let due = reply.clock.due;
    Ok(Event::Served { way, on: served_on, proof, due: due.on, late: served_on > due.on, provisional: due.provisional })
}
