//! Which sealed rows an event refers to: for showing them beside it, and for holding them against its digests.

use super::{Decision, Event, EvidenceItem};
use crate::case::terms::TextRef;
use crate::ids::FileId;

impl Event {
    /// The texts this event refers to. They are the application's, under its key.
    #[must_use]
    pub fn texts(&self) -> Vec<TextRef> {
        match self {
            Self::Opened(opening) => std::iter::once(opening.authority).chain(opening.authority_number).collect(),
            Self::Imported(imported) => imported.answered.iter().map(|one| one.text).collect(),
            Self::Accepted { authority, number, .. } => authority.iter().chain(number).copied().collect(),
            Self::EvidenceListed { item: EvidenceItem { title, proves, .. }, leave } => {
                [*title, *proves].into_iter().chain(*leave).collect()
            }
            Self::Decided(decision) => {
                let Decision { number, text, .. } = decision.as_ref();
                number.iter().chain(text).copied().collect()
            }
            Self::HearingHeld { minutes: text, .. }
            | Self::Suspended { text, .. }
            | Self::Withdrawn { text, .. }
            | Self::PaperIssued { text, .. } => text.iter().copied().collect(),
            Self::AnswerMoved { text, .. }
            | Self::EvidenceRemoved { reason: text, .. }
            | Self::Answered { text, .. }
            | Self::HearingFixed { place: text, .. }
            | Self::HearingDropped { reason: text, .. }
            | Self::MediationRecorded { text, .. }
            | Self::OpinionReceived { text, .. }
            | Self::OpinionReported { text, .. }
            | Self::Performed { text, .. }
            | Self::RetrialOrdered { authority: text, .. }
            | Self::Closed { text, .. }
            | Self::FileAttached { title: text, .. }
            | Self::Noted { text, .. }
            | Self::DateCorrected { reason: text, .. }
            | Self::Annulled { reason: text, .. } => vec![*text],
            Self::Assigned { .. }
            | Self::CorrectionAsked { .. }
            | Self::Corrected { .. }
            | Self::CopyReceived { .. }
            | Self::ProcedureSwitched { .. }
            | Self::HearingMoved { .. }
            | Self::Resumed { .. }
            | Self::DecisionExtended { .. }
            | Self::TookEffect { .. }
            | Self::Appealed { .. }
            | Self::Linked { .. }
            | Self::WentOverdue { .. }
            | Self::DueMoved { .. } => Vec::new(),
        }
    }

    /// The files of the application that this event refers to, in their order.
    #[must_use]
    pub fn papers(&self) -> Vec<FileId> {
        match self {
            Self::Opened(opening) => opening.document.into_iter().collect(),
            Self::EvidenceListed { item, .. } => item.file.into_iter().collect(),
            Self::Answered { files, .. } => files.clone(),
            Self::Decided(decision) => decision.document.into_iter().collect(),
            Self::OpinionReceived { document, .. } => document.iter().copied().collect(),
            Self::FileAttached { file, .. } => vec![file.id],
            _ => Vec::new(),
        }
    }
}
