//! What applicants did against their replies: the files of reconsideration in the demonstration.

use anyhow::Context;

use super::story::Deed;
use crate::ids::CaseId;
use crate::law::judgment::Judgment;
use crate::law::overturn::OverturnReason;
use crate::office::proceedings::ProceedingInput;
use crate::office::proceedings::bodies::{
    AnswerHandedIn, DecisionReceived, EvidenceListing, PeriodUnit, ProceedingOpening,
};
use crate::office::{Office, Officer};
use crate::proceeding::terms::{Challenged, EvidenceKind, Procedure, ProceedingKind};

/// Does one deed in the file of the case: the first one opens it.
///
/// # Errors
/// Every refusal of the office.
pub async fn act(office: &Office, by: &Officer, case: CaseId, deed: &Deed) -> anyhow::Result<()> {
    if let Deed::Challenged(body) = deed {
        office.open_proceeding(by, case, opening(office, body)).await?;
        return Ok(());
    }
    let file = office.proceedings_of_case(by, case).await?.pop().context("the reply was challenged before")?;
    let version = u32::try_from(file.version)?;
    match deed {
        Deed::AnsweredBody(text) => {
            let listed = EvidenceListing {
                evidence: EvidenceKind::Consultation,
                title: "征求意见书及第三方书面意见".to_owned(),
                proves: "答复前依法征求了第三方意见".to_owned(),
                file: None,
                pages: Some(4),
                leave: None,
            };
            office.proceed(by, file.id, version, ProceedingInput::ListEvidence(listed)).await?;
            let answer = AnswerHandedIn { on: None, text: (*text).to_owned(), files: None };
            office.proceed(by, file.id, version + 1, ProceedingInput::Answer(answer)).await?;
        }
        Deed::Revoked(days, text) => {
            let decision = DecisionReceived {
                judgment: Judgment::ReconsiderationRevoked,
                made_on: office.today(),
                received_on: None,
                reasons: Some(vec![OverturnReason::NotSeparated, OverturnReason::NoReasons]),
                period: Some(PeriodUnit::WorkingDays),
                period_days: Some(*days),
                period_until: None,
                number: None,
                text: Some((*text).to_owned()),
                document: None,
            };
            office.proceed(by, file.id, version, ProceedingInput::ReceiveDecision(decision)).await?;
        }
        _ => {}
    }
    Ok(())
}

fn opening(office: &Office, body: &str) -> ProceedingOpening {
    ProceedingOpening {
        kind: ProceedingKind::Reconsideration,
        challenged: Challenged::Reply,
        letter_number: None,
        claimant: None,
        route: None,
        after: None,
        authority: body.to_owned(),
        authority_number: None,
        procedure: Some(Procedure::Simplified),
        submitted_on: None,
        accepted_on: None,
        received_on: Some(office.today()),
        answer_by: None,
        document: None,
        handler: None,
    }
}
