//! The reply: what a draft may decide (arts 36–39), and when it counts as served (国办公开办函〔2016〕235号).

use chrono::NaiveDate;

use super::on;
use crate::case::command::Reply;
use crate::case::event::Event;
use crate::case::gate::{self, Door};
use crate::case::moment::Moment;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::terms::{Matter, ServiceWay, TextRef};
use crate::case::{clocks, flow};
use crate::law::outcome::{self, Outcome, OutcomeGroup};

/// A draft that can stand: an outcome a reply can state, for this kind of application, and grounds exactly where a part is
/// withheld. The rounds of approval it goes through are laid down with it.
pub(super) fn draft(case: &Case, reply: Reply, submit: bool, at: &Moment<'_>) -> Result<Event, Refusal> {
    let Reply { outcome, withheld, letter, statements, parts, separability, repeats, flow, personal_data } = reply;
    let rule = outcome::rule(outcome);
    if !rule.by_reply {
        return Err(Refusal::NotAReply { outcome });
    }
    if answers_records_correction(outcome) != (case.particulars.matter == Matter::RecordsCorrection)
        && outcome != Outcome::NotThisAgency
    {
        return Err(Refusal::OutcomeOfAnotherMatter { outcome });
    }
    if outcome == Outcome::StillUnclear && !asked_and_answered_or_silent(case, at) {
        return Err(Refusal::NeverCorrected);
    }
    if outcome == Outcome::PartlyGranted && withheld.is_empty() {
        return Err(Refusal::WithheldGroundsMissing);
    }
    let no_ground = |part: &Outcome| {
        outcome != Outcome::PartlyGranted
            || !matches!(outcome::rule(*part).group, OutcomeGroup::Refused | OutcomeGroup::Unavailable)
    };
    let stray = |part: &Outcome| no_ground(part) || !withheld.contains(part);
    let grounds = withheld.iter().find(|part| no_ground(part));
    if let Some(part) = grounds.or_else(|| parts.iter().map(|part| &part.ground).find(|part| stray(part))) {
        return Err(Refusal::NotAGround { outcome: *part });
    }
    let flow = flow::lawful(&flow, outcome, flow::sensitivity(case, outcome, &withheld).is_some());
    Ok(Event::Drafted {
        outcome,
        withheld,
        letter,
        submitted: submit,
        statements,
        parts,
        separability,
        repeats: repeats.filter(|_| outcome == Outcome::NotProcessedRepeat),
        flow,
        personal_data,
    })
}

/// A correction was asked for: it came, or the time for it has passed. Who was silent after a notice in time lets the
/// application lapse; after one that was late, or whose record was annulled, this is what can be answered.
fn asked_and_answered_or_silent(case: &Case, at: &Moment<'_>) -> bool {
    case.correction.as_ref().map_or(case.correction_spent, |correction| {
        correction.received_on.is_some()
            || at.today > clocks::correction_window(correction, &at.calendar()).last_defensible.on
    })
}

/// The outcomes of an application under art. 41.
const fn answers_records_correction(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::RecordsCorrected | Outcome::RecordsCorrectionReferred | Outcome::RecordsCorrectionRefused
    )
}

/// Service. What was posted in time is in time; what is handed over counts from the signature, so its proof comes with it.
/// The verdict on lateness is taken here, with the calendar as known, and never rewritten.
pub(super) fn serve(
    case: &Case,
    way: ServiceWay,
    day: NaiveDate,
    proof: Option<TextRef>,
    text_stands: bool,
    at: &Moment<'_>,
) -> Result<Event, Refusal> {
    let reply = clocks::reply_clock(case, &at.calendar()).ok_or(Refusal::ReceiptNotSettled)?;
    let signed_on = case.draft.as_ref().and_then(|draft| draft.signed_on).unwrap_or_else(|| case.began_on());
    let served_on = on(day, signed_on, at)?;
    if matches!(way, ServiceWay::InPerson | ServiceWay::Entrusted) && proof.is_none() {
        return Err(Refusal::ServiceProofMissing);
    }
    if !text_stands {
        return Err(Refusal::SignedTextStale);
    }
    // What has to have passed by then has to have passed by the day of service, not by that of its record.
    gate::pass(case, Door::Service(way), &Moment { today: served_on, ..*at })?;
    let due = reply.clock.due;
    Ok(Event::Served { way, on: served_on, proof, due: due.on, late: served_on > due.on, provisional: due.provisional })
}
