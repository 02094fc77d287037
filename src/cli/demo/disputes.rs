//! What applicants did against their replies: the files of reconsideration and of a suit in the demonstration.

use anyhow::Context;

use super::story::Deed;
use crate::ids::CaseId;
use crate::law::judgment::Judgment;
use crate::law::overturn::OverturnReason;
use crate::office::proceedings::ProceedingInput;
use crate::office::proceedings::bodies::{
    AnswerHandedIn, DecisionReceived, EvidenceListing, PeriodUnit, ProceedingDay, ProceedingOpening, SuitRoute,
};
use crate::office::{Office, Officer};
use crate::proceeding::terms::{Challenged, EvidenceKind, Procedure, ProceedingKind};

/// Does one deed in the file of the case: the first one opens it.
///
/// # Errors
/// Every refusal of the office.
pub async fn act(office: &Office, by: &Officer, case: CaseId, deed: &Deed) -> anyhow::Result<()> {
    let opened = match deed {
        Deed::Challenged(body) => Some(opening(office, ProceedingKind::Reconsideration, body)),
        Deed::Sued(court) => Some(opening(office, ProceedingKind::Litigation, court)),
        _ => None,
    };
    if let Some(opening) = opened {
        office.open_proceeding(by, case, opening).await?;
        return Ok(());
    }
    let file = office.proceedings_of_case(by, case).await?.pop().context("the reply was challenged before")?;
    let version = u32::try_from(file.version)?;
    match deed {
        Deed::AnsweredBody(text) => {
            let listed = evidence(file.kind.code == ProceedingKind::Litigation.as_str());
            office.proceed(by, file.id, version, ProceedingInput::ListEvidence(listed)).await?;
            let answer = AnswerHandedIn { on: None, text: (*text).to_owned(), files: None };
            office.proceed(by, file.id, version + 1, ProceedingInput::Answer(answer)).await?;
        }
        Deed::Revoked(days, text) => {
            let decision = DecisionReceived {
                reasons: Some(vec![OverturnReason::NotSeparated, OverturnReason::NoReasons]),
                period: Some(PeriodUnit::WorkingDays),
                period_days: Some(*days),
                ..decision(office, Judgment::ReconsiderationRevoked, text)
            };
            office.proceed(by, file.id, version, ProceedingInput::ReceiveDecision(decision)).await?;
        }
        Deed::Dismissed(text) => {
            let decision = decision(office, Judgment::CourtDismissed, text);
            office.proceed(by, file.id, version, ProceedingInput::ReceiveDecision(decision)).await?;
        }
        Deed::InEffect => {
            let day = ProceedingDay { on: None };
            office.proceed(by, file.id, version, ProceedingInput::RecordEffect(day)).await?;
        }
        _ => {}
    }
    Ok(())
}

/// What is put first on the list of evidence.
fn evidence(of_search: bool) -> EvidenceListing {
    let (evidence, title, proves) = if of_search {
        (EvidenceKind::Search, "办公系统和档案室检索记录", "答复前已尽合理检索义务")
    } else {
        (EvidenceKind::Consultation, "征求意见书及第三方书面意见", "答复前依法征求了第三方意见")
    };
    EvidenceListing {
        evidence,
        title: title.to_owned(),
        proves: proves.to_owned(),
        file: None,
        pages: Some(4),
        leave: None,
    }
}

fn decision(office: &Office, judgment: Judgment, text: &str) -> DecisionReceived {
    DecisionReceived {
        judgment,
        made_on: office.today(),
        received_on: None,
        reasons: None,
        period: None,
        period_days: None,
        period_until: None,
        number: None,
        text: Some(text.to_owned()),
        document: None,
    }
}

fn opening(office: &Office, kind: ProceedingKind, before: &str) -> ProceedingOpening {
    ProceedingOpening {
        kind,
        challenged: Challenged::Reply,
        letter_number: None,
        claimant: None,
        route: (kind == ProceedingKind::Litigation).then_some(SuitRoute::Direct),
        after: None,
        authority: before.to_owned(),
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
