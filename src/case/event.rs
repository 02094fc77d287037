//! What has happened to a case. Events are facts: past tense, dated, with the findings they rest on, so that a case can
//! be rebuilt without looking at any other.
//!
//! They are stored for ever and read by later versions of this program: a variant or field is never renamed or taken
//! away; what changes gets a new variant, and [`entry::VERSION`](super::entry::VERSION) goes up.
//!
//! No personal data and no free text: only kinds, dates, numbers, ids and salted digests.

#![expect(missing_docs, reason = "the fields of an event say by name and type what they are")]

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::terms::{
    ApprovalStep, ConfirmedBy, ConsultedParty, DeliveryRoute, InformationForm, Opinion, PersonRef, ServiceWay, TextRef,
};
use crate::ids::{AgencyId, ConsultationId, StaffId};
use crate::law::count::ClockName;
use crate::law::outcome::Outcome;
use crate::law::receipt::{ApplicantKind, Channel};

/// An application arrived: the first entry of every journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filed {
    /// The agency addressed.
    pub agency: AgencyId,
    /// The number on the receipt, which the applicant uses until the case has its own.
    pub receipt_no: String,
    /// How it came.
    pub channel: Channel,
    /// The day it was handed in, signed for, or arrived.
    pub arrived_on: NaiveDate,
    /// The legal date of receipt where the channel alone settles it (art. 31); else it waits for confirmation.
    pub received_on: Option<NaiveDate>,
    /// Working days within which the office means to confirm receipt: its setting on that day.
    pub confirmation_days: u32,
    /// The annual report's class of the applicant.
    pub applicant_kind: ApplicantKind,
    /// Who asks.
    pub applicant: PersonRef,
    /// Title of what is asked for.
    pub subject: TextRef,
    /// Title, document number or other description by which it can be found (art. 29 ¶2 (2)).
    pub description: TextRef,
    /// The form wanted.
    pub form: InformationForm,
    /// The way of getting it.
    pub route: DeliveryRoute,
}

/// What has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// It arrived.
    Filed(Filed),
    /// Both sides confirmed the date of receipt (art. 31).
    ReceiptConfirmed { received_on: NaiveDate, by: ConfirmedBy, evidence: Option<TextRef> },
    /// It was entered in the register, with what proves the date of receipt (a postmark, a signature book).
    Registered { number: String, on: NaiveDate, evidence: Option<TextRef> },
    /// It was given to a handler, or (none) laid out for claiming.
    Assigned { handler: Option<StaffId> },
    /// A handler took it up.
    Claimed { handler: StaffId },
    /// The handler gave it back.
    Returned { reason: TextRef },
    /// A correction was asked for (art. 30). `in_time`: sent within the seven working days.
    CorrectionRequested { letter: TextRef, sent_on: NaiveDate, window_days: u32, in_time: bool },
    /// The applicant received the correction notice; the window runs from here.
    CorrectionNoticeDelivered { on: NaiveDate },
    /// The correction came.
    CorrectionReceived { text: TextRef, on: NaiveDate },
    /// The window closed without a correction; an officer has to find why. Raised by the calendar.
    LapseProposed { clock: ClockName, ended_on: NaiveDate },
    /// An officer found no good reason; the application is deemed abandoned (art. 30), and the applicant is told.
    Lapsed { outcome: Outcome, finding: TextRef, letter: TextRef, on: NaiveDate },
    /// Good reason was shown after all; the period starts afresh.
    Reinstated { reason: TextRef, on: NaiveDate },
    /// Somebody was asked for an opinion in writing (arts 32–34).
    ConsultationIssued {
        consultation: ConsultationId,
        party: ConsultedParty,
        addressee: PersonRef,
        letter: TextRef,
        issued_on: NaiveDate,
        /// Working days they have, from receipt.
        days: u32,
    },
    /// They received the letter.
    ConsultationDelivered { consultation: ConsultationId, on: NaiveDate },
    /// Their opinion came.
    OpinionReceived { consultation: ConsultationId, opinion: Opinion, text: TextRef, on: NaiveDate },
    /// Their window closed in silence. Raised by the calendar.
    ConsultationSilent { consultation: ConsultationId, ended_on: NaiveDate },
    /// An extension was asked for.
    ExtensionRequested { days: u32, reason: TextRef },
    /// The head of the disclosure office decided (art. 33).
    ExtensionDecided { granted: bool, days: u32, reason: Option<TextRef> },
    /// The applicant was sent the notice: the extension has taken effect.
    ExtensionNotified { letter: TextRef, sent_on: NaiveDate },
    /// A reply was drafted; `submitted` when it went to review.
    Drafted { outcome: Outcome, withheld: Vec<Outcome>, letter: TextRef, submitted: bool },
    /// The draft passed a step of approval.
    Approved { step: ApprovalStep, remark: Option<TextRef> },
    /// The draft was sent back.
    SentBack { step: ApprovalStep, reason: TextRef },
    /// The reply was served. `due` is the day it was due as then known; `late` the verdict, never rewritten.
    Served {
        way: ServiceWay,
        on: NaiveDate,
        proof: Option<TextRef>,
        due: NaiveDate,
        late: bool,
        /// Whether `due` lay in a year without a published calendar, so that the verdict is no last word.
        provisional: bool,
    },
    /// Proof of service was added.
    ServiceProven { proof: TextRef, on: NaiveDate },
    /// The applicant withdrew.
    Withdrawn { reason: Option<TextRef>, on: NaiveDate },
    /// A note.
    Noted { text: TextRef },
    /// The recorded date of receipt was wrong. `correction_in_time`: whether a correction notice that was sent is in time
    /// when counted from the right date.
    ReceiptCorrected { received_on: NaiveDate, correction_in_time: Option<bool>, reason: TextRef },
    /// The step recorded as entry `seq` was a mistake: the case stands as if it had not been recorded.
    Annulled { seq: u32, reason: TextRef },
    /// The day it was due passed. Raised by the calendar, once for each due date.
    WentOverdue { clock: ClockName, due: NaiveDate },
    /// A calendar published or amended since moved the day it is due, or (both days equal) made it final.
    DueMoved { clock: ClockName, from: NaiveDate, to: NaiveDate },
}

impl Event {
    /// The stable name under which it is stored.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Filed(_) => "filed",
            Self::ReceiptConfirmed { .. } => "receipt_confirmed",
            Self::Registered { .. } => "registered",
            Self::Assigned { .. } => "assigned",
            Self::Claimed { .. } => "claimed",
            Self::Returned { .. } => "returned",
            Self::CorrectionRequested { .. } => "correction_requested",
            Self::CorrectionNoticeDelivered { .. } => "correction_notice_delivered",
            Self::CorrectionReceived { .. } => "correction_received",
            Self::LapseProposed { .. } => "lapse_proposed",
            Self::Lapsed { .. } => "lapsed",
            Self::Reinstated { .. } => "reinstated",
            Self::ConsultationIssued { .. } => "consultation_issued",
            Self::ConsultationDelivered { .. } => "consultation_delivered",
            Self::OpinionReceived { .. } => "opinion_received",
            Self::ConsultationSilent { .. } => "consultation_silent",
            Self::ExtensionRequested { .. } => "extension_requested",
            Self::ExtensionDecided { .. } => "extension_decided",
            Self::ExtensionNotified { .. } => "extension_notified",
            Self::Drafted { .. } => "drafted",
            Self::Approved { .. } => "approved",
            Self::SentBack { .. } => "sent_back",
            Self::Served { .. } => "served",
            Self::ServiceProven { .. } => "service_proven",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Noted { .. } => "noted",
            Self::ReceiptCorrected { .. } => "receipt_corrected",
            Self::Annulled { .. } => "annulled",
            Self::WentOverdue { .. } => "went_overdue",
            Self::DueMoved { .. } => "due_moved",
        }
    }

    /// The Chinese name for a time line.
    #[must_use]
    pub const fn zh(&self) -> &'static str {
        match self {
            Self::Filed(_) => "申请到达",
            Self::ReceiptConfirmed { .. } => "确认收到日期",
            Self::Registered { .. } => "登记",
            Self::Assigned { .. } => "分办",
            Self::Claimed { .. } => "签收承办",
            Self::Returned { .. } => "退回",
            Self::CorrectionRequested { .. } => "发出补正告知书",
            Self::CorrectionNoticeDelivered { .. } => "申请人收到补正告知书",
            Self::CorrectionReceived { .. } => "收到补正",
            Self::LapseProposed { .. } => "补正期限届满，待认定",
            Self::Lapsed { .. } => "视为放弃申请",
            Self::Reinstated { .. } => "恢复办理",
            Self::ConsultationIssued { .. } => "发出征求意见书",
            Self::ConsultationDelivered { .. } => "对方收到征求意见书",
            Self::OpinionReceived { .. } => "收到意见",
            Self::ConsultationSilent { .. } => "逾期未提出意见",
            Self::ExtensionRequested { .. } => "提出延期",
            Self::ExtensionDecided { granted: true, .. } => "同意延期",
            Self::ExtensionDecided { granted: false, .. } => "不同意延期",
            Self::ExtensionNotified { .. } => "发出延期告知书",
            Self::Drafted { submitted: true, .. } => "拟稿送审",
            Self::Drafted { submitted: false, .. } => "拟稿",
            Self::Approved { step: ApprovalStep::Review, .. } => "审核通过",
            Self::Approved { step: ApprovalStep::SecrecyReview, .. } => "保密审查通过",
            Self::Approved { step: ApprovalStep::Signature, .. } => "签发",
            Self::SentBack { .. } => "退回修改",
            Self::Served { .. } => "送达答复",
            Self::ServiceProven { .. } => "登记送达凭证",
            Self::Withdrawn { .. } => "撤回申请",
            Self::Noted { .. } => "备注",
            Self::ReceiptCorrected { .. } => "更正收到日期",
            Self::Annulled { .. } => "撤销误记的步骤",
            Self::WentOverdue { .. } => "逾期",
            Self::DueMoved { .. } => "因日历变动调整到期日",
        }
    }

    /// The English name for a time line.
    #[must_use]
    pub const fn en(&self) -> &'static str {
        match self {
            Self::Filed(_) => "application arrived",
            Self::ReceiptConfirmed { .. } => "date of receipt confirmed",
            Self::Registered { .. } => "registered",
            Self::Assigned { .. } => "assigned",
            Self::Claimed { .. } => "claimed",
            Self::Returned { .. } => "returned",
            Self::CorrectionRequested { .. } => "correction notice sent",
            Self::CorrectionNoticeDelivered { .. } => "correction notice received by the applicant",
            Self::CorrectionReceived { .. } => "correction received",
            Self::LapseProposed { .. } => "window closed, a finding is needed",
            Self::Lapsed { .. } => "deemed abandoned",
            Self::Reinstated { .. } => "reinstated",
            Self::ConsultationIssued { .. } => "consultation letter sent",
            Self::ConsultationDelivered { .. } => "consultation letter received",
            Self::OpinionReceived { .. } => "opinion received",
            Self::ConsultationSilent { .. } => "no opinion in time",
            Self::ExtensionRequested { .. } => "extension requested",
            Self::ExtensionDecided { granted: true, .. } => "extension consented to",
            Self::ExtensionDecided { granted: false, .. } => "extension not consented to",
            Self::ExtensionNotified { .. } => "extension notice sent",
            Self::Drafted { submitted: true, .. } => "draft submitted",
            Self::Drafted { submitted: false, .. } => "drafted",
            Self::Approved { step: ApprovalStep::Review, .. } => "reviewed",
            Self::Approved { step: ApprovalStep::SecrecyReview, .. } => "cleared for secrecy",
            Self::Approved { step: ApprovalStep::Signature, .. } => "signed",
            Self::SentBack { .. } => "sent back",
            Self::Served { .. } => "reply served",
            Self::ServiceProven { .. } => "proof of service recorded",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Noted { .. } => "note",
            Self::ReceiptCorrected { .. } => "date of receipt corrected",
            Self::Annulled { .. } => "step annulled",
            Self::WentOverdue { .. } => "went overdue",
            Self::DueMoved { .. } => "due date moved by a calendar change",
        }
    }

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
        )
    }

    /// Whether a mistaken record of it can be annulled. Arrival and number cannot: a number once given is never given
    /// again. Nor can service: the reply is the applicant's, and what follows from it is not the office's to undo.
    #[must_use]
    pub const fn can_be_annulled(&self) -> bool {
        self.is_step() && !matches!(self, Self::Filed(_) | Self::Registered { .. } | Self::Served { .. })
    }

    /// The texts this event refers to, so that they can be shown beside it.
    #[must_use]
    pub fn texts(&self) -> Vec<TextRef> {
        match self {
            Self::Filed(filed) => vec![filed.subject, filed.description],
            Self::ReceiptConfirmed { evidence, .. } | Self::Registered { evidence, .. } => {
                evidence.iter().copied().collect()
            }
            Self::ExtensionDecided { reason, .. } | Self::Withdrawn { reason, .. } => reason.iter().copied().collect(),
            Self::Approved { remark, .. } => remark.iter().copied().collect(),
            Self::Served { proof, .. } => proof.iter().copied().collect(),
            Self::Lapsed { finding, letter, .. } => vec![*finding, *letter],
            Self::Returned { reason: text }
            | Self::CorrectionRequested { letter: text, .. }
            | Self::CorrectionReceived { text, .. }
            | Self::Reinstated { reason: text, .. }
            | Self::ConsultationIssued { letter: text, .. }
            | Self::OpinionReceived { text, .. }
            | Self::ExtensionRequested { reason: text, .. }
            | Self::ExtensionNotified { letter: text, .. }
            | Self::Drafted { letter: text, .. }
            | Self::SentBack { reason: text, .. }
            | Self::ServiceProven { proof: text, .. }
            | Self::Noted { text }
            | Self::ReceiptCorrected { reason: text, .. }
            | Self::Annulled { reason: text, .. } => vec![*text],
            Self::Assigned { .. }
            | Self::Claimed { .. }
            | Self::CorrectionNoticeDelivered { .. }
            | Self::LapseProposed { .. }
            | Self::ConsultationDelivered { .. }
            | Self::ConsultationSilent { .. }
            | Self::WentOverdue { .. }
            | Self::DueMoved { .. } => Vec::new(),
        }
    }
}
