//! Which sealed rows an event refers to: for showing them beside it, and for holding them against its digests.

use super::{Event, SearchRecord};
use crate::case::terms::{FileRef, PersonRef, TextRef};

impl Event {
    /// The texts this event refers to.
    #[must_use]
    pub fn texts(&self) -> Vec<TextRef> {
        match self {
            Self::Filed(filed) => {
                let authority = filed.agent.and_then(|agent| agent.authority);
                let besides = authority.into_iter().chain(filed.evidence).chain(filed.extra);
                [filed.subject, filed.description].into_iter().chain(besides).collect()
            }
            Self::Imported(imported) => imported.correction.iter().map(|one| one.letter).collect(),
            Self::ReceiptConfirmed { evidence: text, .. }
            | Self::Registered { evidence: text, .. }
            | Self::ExtensionDecided { reason: text, .. }
            | Self::WaiverDecided { reason: text, .. }
            | Self::Withdrawn { reason: text, .. }
            | Self::ContactAttempted { remark: text, .. }
            | Self::Examined { remark: text, .. }
            | Self::Linked { remark: text, .. }
            | Self::FileShown { reason: text, .. }
            | Self::FileChecked { remark: text, .. }
            | Self::Served { proof: text, .. } => text.iter().copied().collect(),
            Self::Drafted { letter, statements, parts, separability, .. } => std::iter::once(*letter)
                .chain(statements.iter().map(|one| one.text))
                .chain(parts.iter().flat_map(|one| [one.part, one.reason]))
                .chain(separability.iter().map(|one| one.reason))
                .collect(),
            Self::Approved { remark, secrecy, signed, .. } => {
                remark.iter().copied().chain(secrecy.iter().map(|one| one.basis)).chain(*signed).collect()
            }
            Self::FileAttached { redaction, .. } => redaction.iter().map(|one| one.sheet).collect(),
            Self::Released { letter, accepted, .. } => std::iter::once(*letter).chain(*accepted).collect(),
            Self::DeliveryRecorded { delivery, .. } => {
                delivery.number.iter().chain(&delivery.remark).copied().collect()
            }
            Self::SearchRecorded { search } => {
                let SearchRecord { searched_by, place, words, result, .. } = search;
                vec![*searched_by, *place, *words, *result]
            }
            Self::MattersSplitOff { remaining: one, reason: other, .. }
            | Self::Lapsed { finding: one, letter: other, .. }
            | Self::CoWorkOpened { unit: one, task: other, .. }
            | Self::Referred { to: one, letter: other, .. } => vec![*one, *other],
            Self::Returned { reason: text }
            | Self::ParticularsCorrected { reason: text, .. }
            | Self::SensitivityMarked { reason: text, .. }
            | Self::CorrectionRequested { letter: text, .. }
            | Self::CorrectionReceived { text, .. }
            | Self::Reinstated { reason: text, .. }
            | Self::ExplanationRequested { letter: text, .. }
            | Self::ExplanationReceived { text, .. }
            | Self::ExplanationDecided { finding: text, .. }
            | Self::DelayNotified { letter: text, .. }
            | Self::FeeNoticed { letter: text, .. }
            | Self::PaymentReported { text, .. }
            | Self::FeePaid { evidence: text, .. }
            | Self::WaiverRequested { text, .. }
            | Self::CoWorkAnswered { text, .. }
            | Self::CoWorkRecalled { reason: text, .. }
            | Self::ConsultationIssued { letter: text, .. }
            | Self::OpinionReceived { text, .. }
            | Self::ConsultationWeighed { text, .. }
            | Self::ThirdPartyTold { letter: text, .. }
            | Self::ApplicantTold { letter: text, .. }
            | Self::ReferralConfirmed { evidence: text, .. }
            | Self::ExtensionRequested { reason: text, .. }
            | Self::ExtensionNotified { letter: text, .. }
            | Self::SentBack { reason: text, .. }
            | Self::CheckAnswered { text, .. }
            | Self::Recalled { reason: text }
            | Self::ServiceProven { proof: text, .. }
            | Self::PublicationProposed { reason: text, .. }
            | Self::Published { place: text, .. }
            | Self::Noted { text, .. }
            | Self::HoldPlaced { reason: text }
            | Self::HoldLifted { reason: text, .. }
            | Self::LetterIssued { text, .. }
            | Self::ReceiptCorrected { reason: text, .. }
            | Self::Annulled { reason: text, .. } => vec![*text],
            Self::Assigned { .. }
            | Self::Claimed { .. }
            | Self::CorrectionNoticeDelivered { .. }
            | Self::LapseProposed { .. }
            | Self::ExplanationRequestDelivered { .. }
            | Self::FeeNoticeDelivered { .. }
            | Self::ConsultationDelivered { .. }
            | Self::ConsultationSilent { .. }
            | Self::WentOverdue { .. }
            | Self::DueMoved { .. }
            | Self::Reopened { .. }
            | Self::ProceedingAnchored { .. }
            | Self::EnquiryTied { .. }
            | Self::TakenOver { .. }
            | Self::Downloaded { .. }
            | Self::HandedOver(_)
            | Self::Destroyed(_) => Vec::new(),
        }
    }

    /// The files this event put into the store.
    #[must_use]
    pub fn files(&self) -> Vec<FileRef> {
        match self {
            Self::FileAttached { file, .. } => vec![*file],
            Self::LetterIssued { pdf, .. } => pdf.iter().copied().collect(),
            _ => Vec::new(),
        }
    }

    /// The people this event refers to.
    #[must_use]
    pub fn people(&self) -> Vec<PersonRef> {
        match self {
            Self::Filed(filed) => std::iter::once(filed.applicant)
                .chain(filed.co_applicants.iter().copied())
                .chain(filed.agent.map(|agent| agent.person))
                .collect(),
            Self::ParticularsCorrected { applicant, .. } => applicant.iter().copied().collect(),
            Self::ConsultationIssued { addressee, .. } => vec![*addressee],
            _ => Vec::new(),
        }
    }
}
