//! Whether an act is open at this moment, before its particulars are looked at: the stage first, then what the law makes
//! of the case's history. The same question answers a command, the API's `allowed` and a page's buttons.

mod fee;
mod inside;
mod retention;

use super::act::Act;
use super::moment::{Actor, Moment};
use super::refusal::Refusal;
use super::stage::Stage;
use super::state::{Case, Consultation, Extension};
use super::terms::{ApprovalStep, Matter};
use super::{clocks, flow, table};
use crate::law::outcome::Outcome;

/// Whether `act` is open in `case` at `at`.
///
/// # Errors
/// The [`Refusal`] that stands in the way.
pub fn open(case: &Case, act: Act, at: &Moment<'_>) -> Result<(), Refusal> {
    if let Some(destroyed) = case.destroyed.as_ref().filter(|_| act != Act::Tick) {
        return Err(Refusal::ContentDestroyed { on: destroyed.on, certificate: destroyed.by.certificate.clone() });
    }
    if !table::open_in(act, case.stage) {
        return Err(Refusal::NotInThisStage { act, stage: case.stage });
    }
    if matches!(act, Act::RequestExplanation | Act::NotifyFee | Act::RequestWaiver)
        && case.particulars.matter == Matter::RecordsCorrection
    {
        return Err(Refusal::NotForRecords { act });
    }
    match act {
        Act::SplitOff => inside::matters_stand_apart(case),
        Act::RequestCorrection => correction_can_be_asked(case),
        Act::RecordCorrectionDelivery | Act::ReceiveCorrection => correction_is_awaited(case),
        Act::Lapse => window_has_closed(case, at),
        Act::Reinstate => has_lapsed(case),
        Act::Reopen => was_registered(case),
        Act::RequestExplanation => fee::explanation_can_be_asked(case),
        Act::RecordExplanationDelivery | Act::ReceiveExplanation => fee::explanation_is_awaited(case),
        Act::DecideExplanation => fee::explanation_can_be_decided(case, at),
        Act::NotifyDelay => fee::delay_is_fixed(case),
        Act::NotifyFee => fee::fee_can_be_noticed(case),
        Act::RequestWaiver => fee::waiver_can_be_asked(case),
        Act::DecideWaiver => fee::waiver_is_asked(case),
        Act::AnswerCoWork | Act::RecallCoWork => inside::some_unit_is_unanswered(case),
        Act::RecordConsultationDelivery | Act::ReceiveOpinion => somebody_is_unanswered(case),
        Act::WeighConsultation | Act::TellThirdParty => inside::a_third_party_was_asked(case),
        Act::TellApplicant => inside::the_applicant_can_be_told(case),
        Act::ConfirmReferral => inside::a_referral_waits(case),
        Act::ProposePublication => inside::publication_is_not_proposed(case),
        Act::RecordPublication => inside::publication_is_proposed(case, at),
        Act::RequestExtension => extension_can_be_asked(case, at),
        Act::DecideExtension => extension_is_requested(case, at),
        Act::NotifyExtension => extension_is_granted(case),
        Act::Draft | Act::Serve => nobody_is_consulted(case, at),
        Act::Review => step_can_be_done(case, ApprovalStep::Review, at),
        Act::ReviewLegality => step_can_be_done(case, ApprovalStep::LegalReview, at),
        Act::ReviewSecrecy => step_can_be_done(case, ApprovalStep::SecrecyReview, at),
        Act::Sign => step_can_be_done(case, ApprovalStep::Signature, at),
        Act::AnswerCheck => inside::there_is_a_draft(case, at),
        Act::RecordServiceProof => service_can_be_proven(case, at),
        Act::ShowFile => inside::there_is_a_file(case),
        Act::CheckFile => inside::a_file_waits_for_its_check(case, at),
        Act::Release => inside::something_was_granted(case),
        Act::RecordDelivery => inside::a_letter_was_issued(case),
        Act::LiftHold => retention::a_hold_stands(case),
        Act::HandOver => retention::it_can_be_handed_over(case),
        Act::Annul => something_can_be_annulled(case),
        Act::CorrectReceipt => case.received_on.map(drop).ok_or(Refusal::ReceiptNotSettled),
        Act::ConfirmReceipt
        | Act::RecordContact
        | Act::Register
        | Act::CorrectParticulars
        | Act::Examine
        | Act::Link
        | Act::MarkSensitive
        | Act::Assign
        | Act::Claim
        | Act::Return
        | Act::RecordFeeDelivery
        | Act::ReportPayment
        | Act::RecordPayment
        | Act::OpenCoWork
        | Act::RecordSearch
        | Act::Consult
        | Act::Refer
        | Act::Recall
        | Act::Withdraw
        | Act::AnchorProceeding
        | Act::TieEnquiry
        | Act::TakeOver
        | Act::AttachFile
        | Act::Download
        | Act::Note
        | Act::PlaceHold
        | Act::Destroy
        | Act::Tick => Ok(()),
    }
}

/// Once for all (art. 30).
const fn correction_can_be_asked(case: &Case) -> Result<(), Refusal> {
    if case.correction.is_some() || case.correction_spent { Err(Refusal::CorrectionAlreadyRequested) } else { Ok(()) }
}

fn correction_is_awaited(case: &Case) -> Result<(), Refusal> {
    case.awaited_correction().map(drop).ok_or(Refusal::NoCorrectionAwaited)
}

/// Nobody loses an application while the window is open (art. 30; 国办函〔2020〕109号 art. 6).
fn window_has_closed(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    if case.stage == Stage::Paying {
        return fee::payment_window_has_closed(case, at);
    }
    let correction = case.awaited_correction().ok_or(Refusal::NoCorrectionAwaited)?;
    let until = clocks::correction_window(correction, &at.calendar()).last_defensible.on;
    if at.today <= until { Err(Refusal::CorrectionWindowOpen { until }) } else { Ok(()) }
}

fn has_lapsed(case: &Case) -> Result<(), Refusal> {
    case.closing
        .as_ref()
        .filter(|closing| matches!(closing.outcome, Outcome::LapsedCorrection | Outcome::LapsedFee))
        .map(drop)
        .ok_or(Refusal::NotLapsed)
}

/// What never came into the register has no period that could begin anew.
fn was_registered(case: &Case) -> Result<(), Refusal> {
    let stage = case.stage;
    case.registration.as_ref().map(drop).ok_or(Refusal::NotInThisStage { act: Act::Reopen, stage })
}

fn somebody_is_unanswered(case: &Case) -> Result<(), Refusal> {
    if case.consultations.is_empty() {
        return Err(Refusal::NoSuchConsultation);
    }
    if case.consultations.iter().all(|one| one.answer.is_some()) { Err(Refusal::ConsultationAnswered) } else { Ok(()) }
}

/// Once, and while the running period lasts (art. 33 ¶2).
fn extension_can_be_asked(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    if case.extension.is_some() || case.extension_spent {
        return Err(Refusal::ExtensionAlreadyUsed);
    }
    still_time_to_extend(case, at)
}

fn still_time_to_extend(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    let reply = clocks::reply_clock(case, &at.calendar()).ok_or(Refusal::ReceiptNotSettled)?;
    // What a body or a court has set is not the agency's to lengthen (行政复议法 art. 77; 行政诉讼法 art. 94).
    if case.has_an_ordered_day() {
        return Err(Refusal::PeriodSetByDecision { until: reply.clock.due.on });
    }
    let latest = reply.extension_latest.on;
    if at.today > latest { Err(Refusal::ExtensionTooLate { latest }) } else { Ok(()) }
}

fn extension_is_requested(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    match case.extension {
        Some(Extension::Requested { .. }) => still_time_to_extend(case, at),
        Some(Extension::Granted { .. } | Extension::Notified { .. }) => Err(Refusal::ExtensionAlreadyUsed),
        None => Err(Refusal::NoExtensionRequested),
    }
}

/// The day of the notice decides whether it is in time; it may have been sent on paper some days ago (`decide`).
const fn extension_is_granted(case: &Case) -> Result<(), Refusal> {
    match case.extension {
        Some(Extension::Granted { .. }) => Ok(()),
        Some(Extension::Notified { .. }) => Err(Refusal::ExtensionAlreadyUsed),
        Some(Extension::Requested { .. }) => Err(Refusal::ExtensionNotGranted),
        None => Err(Refusal::NoExtensionRequested),
    }
}

/// No reply over the head of somebody who was asked and still has time (arts 32, 34). A window taken for closed opens
/// again when the letter's true receipt comes to light, so it is asked at the draft, the signature and the service.
///
/// # Errors
/// [`Refusal::ConsultationOpen`].
pub fn nobody_is_consulted(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    let calendar = at.calendar();
    case.consultations
        .iter()
        .filter(|one| one.is_open())
        .map(|one| clocks::consultation_end(one, &calendar).on)
        .max()
        .filter(|until| at.today <= *until)
        .map_or(Ok(()), |until| Err(Refusal::ConsultationOpen { until }))
}

/// There must have been a service; the applicant confirms it once.
fn service_can_be_proven(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    let served = case.served.as_ref().ok_or(Refusal::NothingServed)?;
    let again = at.actor == Actor::Applicant && served.confirmed_by_applicant;
    if again { Err(Refusal::ServiceConfirmedAlready) } else { Ok(()) }
}

/// A step that the draft waits for, done by somebody else than its author.
fn step_can_be_done(case: &Case, step: ApprovalStep, at: &Moment<'_>) -> Result<(), Refusal> {
    if case.draft.as_ref().is_some_and(|draft| !flow::pending(draft).contains(&step)) {
        return Err(Refusal::StepNotPending { step });
    }
    not_ones_own_draft(case, at)
}

/// Two pairs of eyes (house rule 16). A delegate is held to it twice: a lent role does not reach further than it would in
/// the hands of the one who lent it.
fn not_ones_own_draft(case: &Case, at: &Moment<'_>) -> Result<(), Refusal> {
    let author = case.draft.as_ref().and_then(|draft| draft.author);
    let theirs = author.is_some() && (author == at.actor.staff() || author == at.actor.absent());
    if theirs { Err(Refusal::OwnDraft) } else { Ok(()) }
}

fn something_can_be_annulled(case: &Case) -> Result<(), Refusal> {
    match case.last_step() {
        Some(entry) if entry.can_be_annulled() => Ok(()),
        Some(_) => Err(Refusal::CannotBeAnnulled),
        None => Err(Refusal::NotTheLastStep { last: None }),
    }
}

/// The consultation with that id, if it still wants an answer.
///
/// # Errors
/// [`Refusal::NoSuchConsultation`], [`Refusal::ConsultationAnswered`].
pub fn unanswered(case: &Case, id: crate::ids::ConsultationId) -> Result<&Consultation, Refusal> {
    let one = case.consultation(id).ok_or(Refusal::NoSuchConsultation)?;
    if one.answer.is_some() { Err(Refusal::ConsultationAnswered) } else { Ok(one) }
}
