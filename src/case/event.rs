//! What has happened to a case. Events are facts: past tense, dated, with the findings they rest on, so that a case can
//! be rebuilt without looking at any other.
//!
//! They are stored for ever and read by later versions of this program: a variant or field is never renamed or taken
//! away; what changes gets a new variant, and [`entry::VERSION`](super::entry::VERSION) goes up.
//!
//! No personal data and no free text: only kinds, dates, numbers, ids and salted digests.

#![expect(missing_docs, reason = "the fields of an event say by name and type what they are")]

mod imported;
mod names;
mod parts;
mod steps;
mod texts;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::gate::CheckCode;
use super::terms::{
    ApprovalStep, CheckReason, CoWorkKind, ConfirmedBy, ConsultedParty, DeliveryRoute, EnquiryTie, Examined,
    FileFormat, FilePurpose, FileRef, InformationForm, LinkKind, Matter, Opinion, PersonRef, SecrecyRecord,
    Separability, ServiceWay, Stated, TextRef, Visibility, WaiverReason, WithheldPart,
};
use crate::ids::{
    AgencyId, CaseId, CoWorkId, ConsultationId, EnquiryId, FileId, HistoryId, ProceedingId, StaffId, WordingId,
};
use crate::law::count::ClockName;
use crate::law::letter::LetterKind;
use crate::law::outcome::Outcome;
use crate::law::receipt::ApplicantKind;
use crate::law::third_party::ThirdPartyFinding;
use crate::vault::Digest;

pub use imported::{
    Imported, ImportedClosing, ImportedCorrection, ImportedExtension, ImportedFee, ImportedRegistration,
};
pub use parts::{Delivery, Destruction, Fee, Filed, HandOver, Redaction, Reopened, SearchRecord};

/// What has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// It arrived.
    Filed(Box<Filed>),
    /// It was kept elsewhere before, and is brought in as that ledger has it: always the second entry.
    Imported(Box<Imported>),
    /// Both sides confirmed the date of receipt (art. 31).
    ReceiptConfirmed { received_on: NaiveDate, by: ConfirmedBy, evidence: Option<TextRef> },
    /// The office tried to reach the applicant.
    ContactAttempted { by: ConfirmedBy, reached: bool, on: NaiveDate, remark: Option<TextRef> },
    /// The record of who asks and in which form was set right.
    ParticularsCorrected {
        #[serde(default)]
        matter: Option<Matter>,
        applicant_kind: ApplicantKind,
        applicant: Option<PersonRef>,
        form: InformationForm,
        route: DeliveryRoute,
        reason: TextRef,
    },
    /// The first look was taken.
    Examined { answers: Vec<Examined>, remark: Option<TextRef> },
    /// Matters went over to cases of their own; `remaining` is what this one still asks for.
    MattersSplitOff { children: Vec<CaseId>, remaining: TextRef, reason: TextRef },
    /// It was linked to another case.
    Linked { other: CaseId, link: LinkKind, remark: Option<TextRef> },
    /// It was marked as sensitive, or no longer.
    SensitivityMarked { sensitive: bool, reason: TextRef },
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
    /// The file of a proceeding, linked to this case, has new entries, up to `entry`; `digest` is the head of that file's chain, which
    /// is so held by this one, and by the seals over it.
    ProceedingAnchored { proceeding: ProceedingId, entry: u32, digest: Digest },
    /// It came from that enquiry, or went on as it.
    EnquiryTied { enquiry: EnquiryId, tie: EnquiryTie },
    /// The agency `to` succeeded to it; no clock was changed by that. `history`: the entry of the agency's history that orders it.
    TakenOver { from: AgencyId, to: AgencyId, history: HistoryId },
    /// A decision in a proceeding has it answered anew.
    Reopened { order: Box<Reopened> },
    /// Reasons were asked for, since the applications are clearly many (art. 35). `month_count`: how many in that month.
    ExplanationRequested { letter: TextRef, sent_on: NaiveDate, window_days: u32, month_count: u32 },
    /// The applicant received that letter.
    ExplanationRequestDelivered { on: NaiveDate },
    /// The explanation came.
    ExplanationReceived { text: TextRef, on: NaiveDate },
    /// The agency found the reasons reasonable or not, and fixed a delayed reply date where it did.
    ExplanationDecided { reasonable: bool, finding: TextRef, delayed_until: Option<NaiveDate> },
    /// The applicant was told of the delayed date: it has taken effect.
    DelayNotified { letter: TextRef, sent_on: NaiveDate },
    /// A fee was noticed (art. 42).
    FeeNoticed { fee: Fee, letter: TextRef, sent_on: NaiveDate },
    /// The applicant received the fee notice; the window runs from here.
    FeeNoticeDelivered { on: NaiveDate },
    /// The applicant says it is paid.
    PaymentReported { text: TextRef, on: NaiveDate },
    /// The fee was paid.
    FeePaid { on: NaiveDate, evidence: TextRef },
    /// A waiver was asked for.
    WaiverRequested { reason: WaiverReason, text: TextRef },
    /// The head of the office decided on it.
    WaiverDecided { granted: bool, reason: Option<TextRef> },
    /// A unit was asked to contribute.
    CoWorkOpened {
        co_work: CoWorkId,
        /// What for. Not `kind`, which names the event.
        purpose: CoWorkKind,
        unit: TextRef,
        staff: Option<StaffId>,
        task: TextRef,
        due_on: NaiveDate,
    },
    /// Its contribution came.
    CoWorkAnswered { co_work: CoWorkId, text: TextRef, on: NaiveDate },
    /// It was called back unanswered.
    CoWorkRecalled { co_work: CoWorkId, reason: TextRef },
    /// A search was made (检索记录).
    SearchRecorded { search: SearchRecord },
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
    /// The agency found what follows from a third party's answer or silence (art. 32).
    ConsultationWeighed { consultation: ConsultationId, finding: ThirdPartyFinding, text: TextRef },
    /// A third party was told what is disclosed all the same, and why.
    ThirdPartyTold { consultation: ConsultationId, letter: TextRef, sent_on: NaiveDate },
    /// The applicant was told of the consultations so far.
    ApplicantTold { letter: TextRef, sent_on: NaiveDate },
    /// It was pointed, or passed on, to another agency.
    Referred { to: TextRef, letter: TextRef, on: NaiveDate },
    /// That agency confirmed it.
    ReferralConfirmed { referral: u32, evidence: TextRef, on: NaiveDate },
    /// An extension was asked for.
    ExtensionRequested { days: u32, reason: TextRef },
    /// The head of the disclosure office decided (art. 33).
    ExtensionDecided { granted: bool, days: u32, reason: Option<TextRef> },
    /// The applicant was sent the notice: the extension has taken effect.
    ExtensionNotified { letter: TextRef, sent_on: NaiveDate },
    /// A reply was drafted; `submitted` when it went on its way. What follows `submitted` came with version 2 of the entries.
    Drafted {
        outcome: Outcome,
        withheld: Vec<Outcome>,
        letter: TextRef,
        submitted: bool,
        #[serde(default)]
        statements: Vec<Stated>,
        #[serde(default)]
        parts: Vec<WithheldPart>,
        #[serde(default)]
        separability: Option<Separability>,
        #[serde(default)]
        repeats: Option<CaseId>,
        /// The rounds of approval laid down for it.
        #[serde(default)]
        flow: Vec<Vec<ApprovalStep>>,
        /// Numbers and addresses of people in it, as the office found them; came with version 5.
        #[serde(default)]
        personal_data: u32,
    },
    /// The draft passed a step of approval: with the record of a secrecy review, or the whole text that was signed.
    Approved {
        step: ApprovalStep,
        remark: Option<TextRef>,
        #[serde(default)]
        secrecy: Option<SecrecyRecord>,
        #[serde(default)]
        signed: Option<TextRef>,
    },
    /// A check was amber, and somebody said why the reply may go out.
    CheckAnswered { check: CheckCode, reason: CheckReason, text: TextRef },
    /// The signed reply was taken back before it was served.
    Recalled { reason: TextRef },
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
    /// What several ask for was proposed for publication (art. 44).
    PublicationProposed { reason: TextRef, equal_requests: u32 },
    /// It was published.
    Published { place: TextRef, on: NaiveDate },
    /// A file was put into the case. `redaction`: of which file it shows what may be shown, and what was blacked out.
    FileAttached {
        file: FileRef,
        purpose: FilePurpose,
        format: FileFormat,
        size: u64,
        #[serde(default)]
        redaction: Option<Redaction>,
    },
    /// Who may see a file was decided.
    FileShown { file: FileId, to: Visibility, from: Option<NaiveDate>, reason: Option<TextRef> },
    /// A second member of staff looked at a file that is to be public.
    FileChecked { file: FileId, remark: Option<TextRef> },
    /// Files were handed out, the `part`-th time; nothing is outstanding after the `last`. `found`: numbers of people found in
    /// them; `accepted`: why they went out all the same.
    Released { part: u32, files: Vec<FileId>, last: bool, letter: TextRef, found: u32, accepted: Option<TextRef> },
    /// How the letter that entry `letter` issued was sent or handed over.
    DeliveryRecorded { letter: u32, delivery: Delivery },
    /// The applicant fetched a letter or a released file for the first time.
    Downloaded { document: Uuid },
    /// A note: the office's own, kept out of every bundle unless it says otherwise.
    Noted {
        text: TextRef,
        #[serde(default)]
        mentions: Vec<StaffId>,
        #[serde(default)]
        in_bundle: bool,
    },
    /// The recorded date of receipt was wrong. `correction_in_time`: whether a correction notice that was sent is in time
    /// when counted from the right date.
    ReceiptCorrected { received_on: NaiveDate, correction_in_time: Option<bool>, reason: TextRef },
    /// The step recorded as entry `seq` was a mistake: the case stands as if it had not been recorded.
    Annulled { seq: u32, reason: TextRef },
    /// It was ordered that the file be kept, whatever its term (a suit that is threatened, an audit).
    HoldPlaced { reason: TextRef },
    /// The hold of entry `hold` was lifted.
    HoldLifted { hold: u32, reason: TextRef },
    /// The file was handed over to an archive.
    HandedOver(HandOver),
    /// What is in the file was destroyed, its key first. What remains is this journal.
    Destroyed(Destruction),
    /// A letter was issued for entry `of`: under its number, in the edition of its wording (none: what is built in), with its
    /// whole text.
    LetterIssued {
        of: u32,
        letter: LetterKind,
        number: String,
        wording: Option<WordingId>,
        text: TextRef,
        /// The letter as it was set; none where there was no font to set it in.
        #[serde(default)]
        pdf: Option<FileRef>,
    },
    /// The day it was due passed. Raised by the calendar, once for each due date.
    WentOverdue { clock: ClockName, due: NaiveDate },
    /// A calendar published or amended since moved the day it is due, or (both days equal) made it final.
    DueMoved { clock: ClockName, from: NaiveDate, to: NaiveDate },
}
