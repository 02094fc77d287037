//! What somebody wants done with a case: imperative, with its particulars. Texts and people are already sealed into
//! rows of their own; a command carries references.

#![expect(missing_docs, reason = "the fields of a command say by name and type what they are")]

use chrono::NaiveDate;
use uuid::Uuid;

use super::act::Act;
use super::event::{Delivery, Destruction, Fee, HandOver, Redaction, Reopened, SearchRecord};
use super::gate::CheckCode;
use super::terms::{
    ApprovalStep, CheckReason, CoWorkKind, ConfirmedBy, ConsultedParty, DeliveryRoute, EnquiryTie, Examined,
    FileFormat, FilePurpose, FileRef, InformationForm, LinkKind, Matter, Opinion, PersonRef, SecrecyRecord,
    Separability, ServiceWay, Stated, TextRef, Visibility, WaiverReason, WithheldPart,
};
use crate::ids::{AgencyId, CaseId, CoWorkId, ConsultationId, EnquiryId, FileId, HistoryId, ProceedingId, StaffId};
use crate::law::outcome::Outcome;
use crate::law::receipt::ApplicantKind;
use crate::law::third_party::ThirdPartyFinding;
use crate::vault::Digest;

/// A reply as its author lays it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it decides.
    pub outcome: Outcome,
    /// The grounds of what is withheld, for a reply that grants a part.
    pub withheld: Vec<Outcome>,
    /// Its text.
    pub letter: TextRef,
    /// What the law has it state, in its own words.
    pub statements: Vec<Stated>,
    /// The parts withheld, each with its reason.
    pub parts: Vec<WithheldPart>,
    /// That separation was considered.
    pub separability: Option<Separability>,
    /// The earlier case it repeats: the office has found that it is the same applicant's.
    pub repeats: Option<CaseId>,
    /// The rounds of approval the office has laid down for such a reply; the usual ones if empty.
    pub flow: Vec<Vec<ApprovalStep>>,
    /// Numbers and addresses of people in it, as the office has found them; those of offices are not counted.
    pub personal_data: u32,
}

/// Something to be done. Where a day is given it is the day the thing took place, which may lie before today;
/// never after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Confirm the date of receipt.
    ConfirmReceipt { received_on: NaiveDate, by: ConfirmedBy, evidence: Option<TextRef> },
    /// The applicant was called, or could not be reached.
    RecordContact { by: ConfirmedBy, reached: bool, on: NaiveDate, remark: Option<TextRef> },
    /// The record of who asks and in which form was wrong; it is this. `applicant` only where that changes.
    CorrectParticulars {
        matter: Option<Matter>,
        applicant_kind: ApplicantKind,
        applicant: Option<PersonRef>,
        form: InformationForm,
        route: DeliveryRoute,
        reason: TextRef,
    },
    /// The answers of the first look; questions left out stay as they were.
    Examine { answers: Vec<Examined>, remark: Option<TextRef> },
    /// These cases take over matters; `remaining` is what this one still asks for.
    SplitOff { children: Vec<CaseId>, remaining: TextRef, reason: TextRef },
    /// Link to another case.
    Link { other: CaseId, link: LinkKind, remark: Option<TextRef> },
    /// Sensitive from now on, or no longer.
    MarkSensitive { sensitive: bool, reason: TextRef },
    /// Register under `number`, which the register's counter has given. `evidence`: what proves the date of receipt.
    Register { number: String, evidence: Option<TextRef> },
    /// Give to a handler, or lay out for claiming.
    Assign { handler: Option<StaffId> },
    /// Take up oneself.
    Claim,
    /// Give back.
    Return { reason: TextRef },
    /// Ask for a correction. `window_days`: working days given, or the agency's usual.
    RequestCorrection { letter: TextRef, sent_on: NaiveDate, window_days: Option<u32> },
    /// The applicant received the correction notice on that day.
    RecordCorrectionDelivery { on: NaiveDate },
    /// The correction came on that day.
    ReceiveCorrection { text: TextRef, on: NaiveDate },
    /// No good reason is found for the missing correction; `letter` tells the applicant.
    Lapse { finding: TextRef, letter: TextRef },
    /// Good reason is shown.
    Reinstate { reason: TextRef },
    /// The file of a proceeding has new entries, the last of them `entry` with that digest.
    AnchorProceeding { proceeding: ProceedingId, entry: u32, digest: Digest },
    /// It came from an enquiry, or went on as one.
    TieEnquiry { enquiry: EnquiryId, tie: EnquiryTie },
    /// The agency `to` succeeds to it, by that entry of the agency's history.
    TakeOver { to: AgencyId, history: HistoryId },
    /// A decision that binds has it answered anew, or by the day that it sets.
    Reopen { order: Box<Reopened> },
    /// The decision was recorded by mistake, and nothing rests on it yet.
    TakeBackReopening { seq: u32, reason: TextRef },
    /// Ask for reasons. `month_count`: applications of this applicant in that month, as found. `window_days`: working days
    /// given, or the agency's usual.
    RequestExplanation { letter: TextRef, sent_on: NaiveDate, window_days: Option<u32>, month_count: u32 },
    /// The applicant received that letter on that day.
    RecordExplanationDelivery { on: NaiveDate },
    /// The explanation came on that day.
    ReceiveExplanation { text: TextRef, on: NaiveDate },
    /// The reasons are reasonable, or not; `delayed_until` fixes a delayed reply date for reasonable ones.
    DecideExplanation { reasonable: bool, finding: TextRef, delayed_until: Option<NaiveDate> },
    /// The applicant was told of the delayed date on that day.
    NotifyDelay { letter: TextRef, sent_on: NaiveDate },
    /// Charge this fee.
    NotifyFee { fee: Fee, letter: TextRef, sent_on: NaiveDate },
    /// The applicant received the notice on that day.
    RecordFeeDelivery { on: NaiveDate },
    /// The applicant says that the fee is paid.
    ReportPayment { text: TextRef, on: NaiveDate },
    /// The fee was paid on that day, whole.
    RecordPayment { on: NaiveDate, evidence: TextRef },
    /// Ask for a waiver.
    RequestWaiver { reason: WaiverReason, text: TextRef },
    /// Waive, or not.
    DecideWaiver { granted: bool, reason: Option<TextRef> },
    /// Ask a unit, by an internal due day.
    OpenCoWork {
        co_work: CoWorkId,
        kind: CoWorkKind,
        unit: TextRef,
        staff: Option<StaffId>,
        task: TextRef,
        due_on: NaiveDate,
    },
    /// Its answer came on that day.
    AnswerCoWork { co_work: CoWorkId, text: TextRef, on: NaiveDate },
    /// Call it back.
    RecallCoWork { co_work: CoWorkId, reason: TextRef },
    /// A search was made.
    RecordSearch { search: SearchRecord },
    /// Ask for an opinion. `days` only for another agency: its cap, or the agency's usual.
    Consult {
        consultation: ConsultationId,
        party: ConsultedParty,
        addressee: PersonRef,
        letter: TextRef,
        issued_on: NaiveDate,
        days: Option<u32>,
    },
    /// They received the letter on that day.
    RecordConsultationDelivery { consultation: ConsultationId, on: NaiveDate },
    /// Their opinion came on that day.
    ReceiveOpinion { consultation: ConsultationId, opinion: Opinion, text: TextRef, on: NaiveDate },
    /// What follows from the third party's answer or silence.
    WeighConsultation { consultation: ConsultationId, finding: ThirdPartyFinding, text: TextRef },
    /// The third party was told on that day.
    TellThirdParty { consultation: ConsultationId, letter: TextRef, sent_on: NaiveDate },
    /// The applicant was told on that day.
    TellApplicant { letter: TextRef, sent_on: NaiveDate },
    /// Referred on that day.
    Refer { to: TextRef, letter: TextRef, on: NaiveDate },
    /// The other agency confirmed on that day.
    ConfirmReferral { referral: Option<u32>, evidence: TextRef, on: NaiveDate },
    /// Ask for so many more working days.
    RequestExtension { days: u32, reason: TextRef },
    /// Consent, or not.
    DecideExtension { granted: bool, reason: Option<TextRef> },
    /// The notice was sent on that day.
    NotifyExtension { letter: TextRef, sent_on: NaiveDate },
    /// Write the reply; `submit` sends it on its way through approval.
    Draft { reply: Box<Reply>, submit: bool },
    /// Pass the draft on at a step of approval. `secrecy`: the record that a secrecy review leaves; `signed`: the whole text
    /// that is signed.
    Approve { step: ApprovalStep, remark: Option<TextRef>, secrecy: Option<SecrecyRecord>, signed: Option<TextRef> },
    /// Send the draft back from a step of approval.
    SendBack { step: ApprovalStep, reason: TextRef },
    /// Say why the reply may go out although that check is amber.
    AnswerCheck { check: CheckCode, reason: CheckReason, text: TextRef },
    /// Take the signed reply back.
    Recall { reason: TextRef },
    /// The reply was served on that day, by that way.
    /// `text_stands`: whether the reply, made again now, is the text that was signed.
    Serve { way: ServiceWay, on: NaiveDate, proof: Option<TextRef>, text_stands: bool },
    /// Proof of service came in.
    RecordServiceProof { proof: TextRef, on: NaiveDate },
    /// The applicant withdraws.
    Withdraw { reason: Option<TextRef> },
    /// Publish what several ask for.
    ProposePublication { reason: TextRef, equal_requests: u32 },
    /// It was published there on that day.
    RecordPublication { place: TextRef, on: NaiveDate },
    /// Put a file into the case.
    AttachFile { file: FileRef, purpose: FilePurpose, format: FileFormat, size: u64, redaction: Option<Redaction> },
    /// Let a file be seen, from a day on.
    ShowFile { file: FileId, to: Visibility, from: Option<NaiveDate>, reason: Option<TextRef> },
    /// A second member of staff has looked at a file that is to be public.
    CheckFile { file: FileId, remark: Option<TextRef> },
    /// Hand out files. `found`: numbers of people that were found in them; `accepted`: why they may go out all the same.
    Release { files: Vec<FileId>, last: bool, letter: TextRef, found: u32, accepted: Option<TextRef> },
    /// How the letter that entry `letter` issued was sent or handed over.
    RecordDelivery { letter: u32, delivery: Delivery },
    /// The applicant fetches a letter (by its text) or a released file.
    Download { document: Uuid },
    /// Leave a note. It stays out of every bundle unless `in_bundle`.
    Note { text: TextRef, mentions: Vec<StaffId>, in_bundle: bool },
    /// Keep the file, whatever its term.
    PlaceHold { reason: TextRef },
    /// The hold of entry `hold` is over; the oldest that stands if none is named.
    LiftHold { hold: Option<u32>, reason: TextRef },
    /// It was handed over to an archive.
    HandOver(HandOver),
    /// Destroy what is in it. `held`: whether a proceeding runs, as the office has found.
    Destroy { by: Box<Destruction>, held: bool },
    /// The date of receipt was recorded wrongly; it is this one.
    CorrectReceipt { received_on: NaiveDate, reason: TextRef },
    /// Entry `seq` was a mistake.
    Annul { seq: u32, reason: TextRef },
    /// Let the calendar act.
    Tick,
}

impl Command {
    /// Its kind.
    #[must_use]
    pub const fn act(&self) -> Act {
        match self {
            Self::ConfirmReceipt { .. } => Act::ConfirmReceipt,
            Self::RecordContact { .. } => Act::RecordContact,
            Self::CorrectParticulars { .. } => Act::CorrectParticulars,
            Self::Examine { .. } => Act::Examine,
            Self::SplitOff { .. } => Act::SplitOff,
            Self::Link { .. } => Act::Link,
            Self::MarkSensitive { .. } => Act::MarkSensitive,
            Self::Register { .. } => Act::Register,
            Self::Assign { .. } => Act::Assign,
            Self::Claim => Act::Claim,
            Self::Return { .. } => Act::Return,
            Self::RequestCorrection { .. } => Act::RequestCorrection,
            Self::RecordCorrectionDelivery { .. } => Act::RecordCorrectionDelivery,
            Self::ReceiveCorrection { .. } => Act::ReceiveCorrection,
            Self::Lapse { .. } => Act::Lapse,
            Self::Reinstate { .. } => Act::Reinstate,
            Self::Reopen { .. } | Self::TakeBackReopening { .. } => Act::Reopen,
            Self::AnchorProceeding { .. } => Act::AnchorProceeding,
            Self::TieEnquiry { .. } => Act::TieEnquiry,
            Self::TakeOver { .. } => Act::TakeOver,
            Self::RequestExplanation { .. } => Act::RequestExplanation,
            Self::RecordExplanationDelivery { .. } => Act::RecordExplanationDelivery,
            Self::ReceiveExplanation { .. } => Act::ReceiveExplanation,
            Self::DecideExplanation { .. } => Act::DecideExplanation,
            Self::NotifyDelay { .. } => Act::NotifyDelay,
            Self::NotifyFee { .. } => Act::NotifyFee,
            Self::RecordFeeDelivery { .. } => Act::RecordFeeDelivery,
            Self::ReportPayment { .. } => Act::ReportPayment,
            Self::RecordPayment { .. } => Act::RecordPayment,
            Self::RequestWaiver { .. } => Act::RequestWaiver,
            Self::DecideWaiver { .. } => Act::DecideWaiver,
            Self::OpenCoWork { .. } => Act::OpenCoWork,
            Self::AnswerCoWork { .. } => Act::AnswerCoWork,
            Self::RecallCoWork { .. } => Act::RecallCoWork,
            Self::RecordSearch { .. } => Act::RecordSearch,
            Self::Consult { .. } => Act::Consult,
            Self::RecordConsultationDelivery { .. } => Act::RecordConsultationDelivery,
            Self::ReceiveOpinion { .. } => Act::ReceiveOpinion,
            Self::WeighConsultation { .. } => Act::WeighConsultation,
            Self::TellThirdParty { .. } => Act::TellThirdParty,
            Self::TellApplicant { .. } => Act::TellApplicant,
            Self::Refer { .. } => Act::Refer,
            Self::ConfirmReferral { .. } => Act::ConfirmReferral,
            Self::RequestExtension { .. } => Act::RequestExtension,
            Self::DecideExtension { .. } => Act::DecideExtension,
            Self::NotifyExtension { .. } => Act::NotifyExtension,
            Self::Draft { .. } => Act::Draft,
            Self::Approve { step, .. } | Self::SendBack { step, .. } => step.act(),
            Self::AnswerCheck { .. } => Act::AnswerCheck,
            Self::Recall { .. } => Act::Recall,
            Self::Serve { .. } => Act::Serve,
            Self::RecordServiceProof { .. } => Act::RecordServiceProof,
            Self::Withdraw { .. } => Act::Withdraw,
            Self::ProposePublication { .. } => Act::ProposePublication,
            Self::RecordPublication { .. } => Act::RecordPublication,
            Self::AttachFile { .. } => Act::AttachFile,
            Self::ShowFile { .. } => Act::ShowFile,
            Self::CheckFile { .. } => Act::CheckFile,
            Self::Release { .. } => Act::Release,
            Self::RecordDelivery { .. } => Act::RecordDelivery,
            Self::Download { .. } => Act::Download,
            Self::Note { .. } => Act::Note,
            Self::PlaceHold { .. } => Act::PlaceHold,
            Self::LiftHold { .. } => Act::LiftHold,
            Self::HandOver(_) => Act::HandOver,
            Self::Destroy { .. } => Act::Destroy,
            Self::CorrectReceipt { .. } => Act::CorrectReceipt,
            Self::Annul { .. } => Act::Annul,
            Self::Tick => Act::Tick,
        }
    }
}

impl ApprovalStep {
    /// The act that passes a draft on, or sends it back, at this step.
    #[must_use]
    pub const fn act(self) -> Act {
        match self {
            Self::Review => Act::Review,
            Self::LegalReview => Act::ReviewLegality,
            Self::SecrecyReview => Act::ReviewSecrecy,
            Self::Signature => Act::Sign,
        }
    }
}
