//! Which events are steps in the handling, and which of those a later entry can undo.

use super::Event;

impl Event {
    /// Whether this is a step in the handling, as against a remark beside it. Annulment goes step by step, newest first.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        !matches!(
            self,
            Self::Noted { .. }
                | Self::Annulled { .. }
                | Self::WentOverdue { .. }
                | Self::DueMoved { .. }
                | Self::LapseProposed { .. }
                | Self::ServiceProven { .. }
                | Self::ReceiptCorrected { .. }
                | Self::ConsultationSilent { .. }
                | Self::ContactAttempted { .. }
                | Self::ParticularsCorrected { .. }
                | Self::Examined { .. }
                | Self::Linked { .. }
                | Self::SensitivityMarked { .. }
                | Self::PaymentReported { .. }
                | Self::ReferralConfirmed { .. }
                | Self::PublicationProposed { .. }
                | Self::Published { .. }
                | Self::LetterIssued { .. }
                | Self::FileAttached { .. }
                | Self::FileShown { .. }
                | Self::FileChecked { .. }
                | Self::Released { .. }
                | Self::DeliveryRecorded { .. }
                | Self::Downloaded { .. }
                | Self::ProceedingAnchored { .. }
                | Self::EnquiryTied { .. }
                | Self::TakenOver { .. }
                | Self::HoldPlaced { .. }
                | Self::HoldLifted { .. }
                | Self::HandedOver(_)
                | Self::Destroyed(_)
        )
    }

    /// Whether it is written down as evidence only: what somebody has read of the case before is still true.
    #[must_use]
    pub const fn is_only_noted(&self) -> bool {
        match self {
            Self::Downloaded { .. } | Self::ProceedingAnchored { .. } | Self::EnquiryTied { .. } => true,
            // It was written in another file, which the case only keeps it for.
            Self::LetterIssued { letter, .. } => letter.is_of_proceeding(),
            _ => false,
        }
    }

    /// Whether a mistaken record of it can be annulled. Arrival and number cannot: a number once given is never given
    /// again; nor can a split, for other cases rest on it; nor what a ledger said. Nor can service: the reply is the applicant's, and what follows
    /// from it is not the office's to undo. Nor that a decision has it answered anew: that stands in another file.
    #[must_use]
    pub const fn can_be_annulled(&self) -> bool {
        self.is_step()
            && !matches!(
                self,
                Self::Filed(_)
                    | Self::Imported(_)
                    | Self::Registered { .. }
                    | Self::MattersSplitOff { .. }
                    | Self::Served { .. }
                    | Self::Reopened { .. }
            )
    }
}
