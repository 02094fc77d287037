//! Pointing a case to the right agency, and what several ask for to the public.

use super::answer::{self, Answer};
use super::body::Checked;
use super::case_act::CaseAct;
use super::documented::{CaseAnswer, CaseInPath, IfMatch};
use crate::office::referral::{PublicationProposal, PublicationRecord, ReferralConfirmation, ReferralInput};

/// Refer to another agency
///
/// Followed until that agency confirms (arts 36 item 5, 41).
#[utoipa::path(post, path = "/api/v1/cases/{id}/referral", tag = "referral",
    params(CaseInPath, IfMatch), request_body = ReferralInput, responses(CaseAnswer))]
pub async fn refer(act: CaseAct<Checked<ReferralInput>>) -> Answer {
    answer::case(&act.office.refer(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Confirm a referral
///
/// The other agency has it.
#[utoipa::path(post, path = "/api/v1/cases/{id}/referral-confirmation", tag = "referral",
    params(CaseInPath, IfMatch), request_body = ReferralConfirmation, responses(CaseAnswer))]
pub async fn confirm(act: CaseAct<Checked<ReferralConfirmation>>) -> Answer {
    answer::case(&act.office.confirm_referral(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Propose publication
///
/// Of what several ask for (art. 44).
#[utoipa::path(post, path = "/api/v1/cases/{id}/publication-proposal", tag = "referral",
    params(CaseInPath, IfMatch), request_body = PublicationProposal, responses(CaseAnswer))]
pub async fn propose(act: CaseAct<Checked<PublicationProposal>>) -> Answer {
    answer::case(&act.office.propose_publication(&act.officer, act.case, act.expected, act.input.value).await?)
}

/// Record publication
///
/// Where it can be found.
#[utoipa::path(post, path = "/api/v1/cases/{id}/publication", tag = "referral",
    params(CaseInPath, IfMatch), request_body = PublicationRecord, responses(CaseAnswer))]
pub async fn publish(act: CaseAct<Checked<PublicationRecord>>) -> Answer {
    answer::case(&act.office.record_publication(&act.officer, act.case, act.expected, act.input.value).await?)
}
