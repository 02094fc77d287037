//! What can be chosen in the form of an act, where the contract cannot know it: people, the case's files, what stands in the file.

use crate::ids::CaseId;
use crate::law::judgment::{self, Forum, Judgment};
use crate::office::failure::Failure;
use crate::office::permission::Deed;
use crate::office::proceedings::views::{ProceedingSummary, ProceedingView};
use crate::proceeding::Act;
use crate::proceeding::terms::ProceedingKind;
use crate::web::form::{Choice, Choices};
use crate::web::signed_in::SignedIn;

/// The choices of the form that opens a file.
///
/// # Errors
/// The database's failures.
pub(super) async fn of_opening(by: &SignedIn, case: CaseId, files: &[ProceedingSummary]) -> Result<Choices, Failure> {
    let reconsiderations = files.iter().filter(|one| one.kind.code == ProceedingKind::Reconsideration.as_str());
    let reconsiderations = reconsiderations.map(|one| Choice::new(one.id.to_string(), one.number.clone()));
    Ok(vec![
        ("ProceedingOpening", "after", reconsiderations.collect()),
        ("ProceedingOpening", "document", papers(by, case).await?),
        ("ProceedingOpening", "handler", people(by).await?),
    ])
}

/// The choices of an act's form.
///
/// # Errors
/// The database's failures.
pub(super) async fn of(by: &SignedIn, act: Act, file: &ProceedingView) -> Result<Choices, Failure> {
    let case = file.summary.case;
    Ok(match act {
        Act::Assign => vec![("ProceedingAssignment", "handler", people(by).await?)],
        Act::Note => vec![("ProceedingNote", "mentions", people(by).await?)],
        Act::ListEvidence => vec![("EvidenceListing", "file", papers(by, case).await?)],
        Act::RemoveEvidence => vec![("EvidenceRemoval", "item", evidence(file))],
        Act::Answer => vec![("AnswerHandedIn", "files", papers(by, case).await?)],
        Act::MoveHearing => vec![("HearingMove", "hearing", hearings(by, file))],
        Act::RecordHearing => vec![("HearingRecord", "hearing", hearings(by, file))],
        Act::DropHearing => vec![("HearingDrop", "hearing", hearings(by, file))],
        Act::AttachFile => vec![("PaperAttached", "file", papers(by, case).await?)],
        Act::ReceiveOpinion => vec![("OpinionReceived", "document", papers(by, case).await?)],
        Act::ReceiveDecision => vec![
            ("DecisionReceived", "judgment", judgments(by, file)),
            ("DecisionReceived", "document", papers(by, case).await?),
        ],
        _ => Choices::new(),
    })
}

/// Those of the agency who may see to such a file, oneself first.
async fn people(by: &SignedIn) -> Result<Vec<Choice>, Failure> {
    let roles = Deed::Proceed(Act::Answer).roles();
    let fits = |code: &str| roles.iter().any(|role| role.as_str() == code);
    let oneself =
        Choice::new(by.officer.id.to_string(), format!("{}{}", by.officer.name, by.frame.t("（本人）", " (me)")));
    let others = by.office.colleagues(&by.officer).await?.into_iter();
    let others = others.filter(|one| one.roles.iter().any(|held| fits(held.role.code)));
    let others = others.map(|one| Choice::new(one.id.to_string(), one.name));
    let myself = by.officer.roles.iter().any(|held| fits(held.role.as_str()));
    Ok(myself.then_some(oneself).into_iter().chain(others).collect())
}

/// The files of the case, by name.
async fn papers(by: &SignedIn, case: CaseId) -> Result<Vec<Choice>, Failure> {
    let files = by.office.files(&by.officer, case).await?;
    Ok(files.into_iter().map(|one| Choice::new(one.id.to_string(), one.name)).collect())
}

fn evidence(file: &ProceedingView) -> Vec<Choice> {
    let items = file.evidence.iter();
    items.map(|one| Choice::new(one.seq.to_string(), one.title.clone().unwrap_or_default())).collect()
}

fn hearings(by: &SignedIn, file: &ProceedingView) -> Vec<Choice> {
    let ahead = file.rounds.iter().flat_map(|round| &round.hearings).filter(|one| !one.held && !one.dropped);
    let name = |one: &crate::office::proceedings::views::HearingView| {
        format!("{} {}", by.frame.term(&one.of), by.frame.day(&one.on))
    };
    ahead.map(|one| Choice::new(one.seq.to_string(), name(one))).collect()
}

/// The outcomes that such a file can have.
fn judgments(by: &SignedIn, file: &ProceedingView) -> Vec<Choice> {
    let forum = file.summary.kind.code.parse::<ProceedingKind>().map_or(Forum::Supervision, ProceedingKind::forum);
    let all = Judgment::ALL.iter().filter(|one| judgment::rule(**one).forum == forum);
    all.map(|one| Choice::new(one.as_str(), by.frame.t(one.zh(), one.en()))).collect()
}
