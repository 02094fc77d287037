//! What is sent with each act in a proceeding: one body an act. Days that are missing are today's.

mod ending;

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::ids::{FileId, ProceedingId, StaffId};
use crate::proceeding::terms::{
    Challenged, Claimant, CloseReason, DateKind, EvidenceKind, HearingKind, PaperKind, Procedure, ProceedingKind,
    SuspensionGround,
};

pub use ending::{
    AppealRecord, DecisionReceived, OpinionReceived, OpinionReport, PerformanceRecord, PeriodUnit, RetrialRecord,
    SuitRoute,
};

/// A file is opened.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProceedingOpening {
    /// `reconsideration`, `litigation`, `complaint` or `inspection`.
    #[schema(value_type = String, example = "reconsideration")]
    pub kind: ProceedingKind,
    /// What is challenged.
    #[schema(value_type = String, example = "reply")]
    pub challenged: Challenged,
    /// The number of the letter that is challenged, where it is one; that of the last reply if missing.
    #[schema(max_length = 100)]
    pub letter_number: Option<String>,
    /// Who began it; the applicant if missing.
    #[schema(value_type = Option<String>, example = "applicant")]
    pub claimant: Option<Claimant>,
    /// How a suit came about: `direct` or `after_reconsideration`; none for anything else.
    #[schema(value_type = Option<String>)]
    pub route: Option<SuitRoute>,
    /// The reconsideration that a suit follows, where its file is here.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub after: Option<ProceedingId>,
    /// The body, court or authority, by name.
    #[schema(min_length = 1, max_length = 200)]
    pub authority: String,
    /// Its number of the matter.
    #[schema(max_length = 100)]
    pub authority_number: Option<String>,
    /// `simplified` or `ordinary`; ordinary if missing.
    #[schema(value_type = Option<String>)]
    pub procedure: Option<Procedure>,
    /// The day the application or complaint reached the authority.
    pub submitted_on: Option<NaiveDate>,
    /// The day it was accepted.
    pub accepted_on: Option<NaiveDate>,
    /// The day the copy came; missing as long as one has only heard of it.
    pub received_on: Option<NaiveDate>,
    /// The day set for the answer, where the supervising authority sets it.
    pub answer_by: Option<NaiveDate>,
    /// The letter that came: a file of the case.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub document: Option<FileId>,
    /// Who sees to it; whoever opens it if missing.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub handler: Option<StaffId>,
}

/// Somebody else sees to it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProceedingAssignment {
    /// Who; nobody in particular if missing.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub handler: Option<StaffId>,
}

/// Something of which only the day is recorded.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProceedingDay {
    /// The day.
    pub on: Option<NaiveDate>,
}

/// The authority accepted it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptanceRecord {
    /// The day.
    pub on: Option<NaiveDate>,
    /// The court or body, where it is another one.
    #[schema(max_length = 200)]
    pub authority: Option<String>,
    /// Its number.
    #[schema(max_length = 100)]
    pub number: Option<String>,
}

/// The copy came.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CopyReceived {
    /// The day.
    pub on: Option<NaiveDate>,
    /// The day set for the answer, where the supervising authority sets it.
    pub answer_by: Option<NaiveDate>,
}

/// The procedure is another one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcedureSwitch {
    /// Which.
    #[schema(value_type = String, example = "ordinary")]
    pub to: Procedure,
    /// The day the notice came.
    pub on: Option<NaiveDate>,
}

/// The answer is due on another day.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerMove {
    /// The day.
    pub to: NaiveDate,
    /// Who agreed to it, and how.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// An item of the evidence list.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceListing {
    /// What it is.
    #[schema(value_type = String, example = "search")]
    pub evidence: EvidenceKind,
    /// Its title on the list.
    #[schema(min_length = 1, max_length = 500)]
    pub title: String,
    /// What it proves.
    #[schema(min_length = 1, max_length = 2000)]
    pub proves: String,
    /// The file of the case; missing for what is handed in on paper only.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub file: Option<FileId>,
    /// How many pages it has: the catalogue numbers the pages through as far as they are known.
    #[schema(minimum = 1, maximum = 9999)]
    pub pages: Option<u32>,
    /// The authority's consent, for what is added after the answer.
    #[schema(max_length = 2000)]
    pub leave: Option<String>,
}

/// An item is taken off the list.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EvidenceRemoval {
    /// The entry that put it there.
    pub item: u32,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// An answer, a defence or an evidence catalogue is issued.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperIssue {
    /// `answer` (in a suit the defence) or `evidence_catalogue`.
    #[schema(value_type = String, example = "answer")]
    pub paper: PaperKind,
    /// What the agency says: of an answer its heart, of a catalogue a remark under the list.
    #[schema(max_length = 20000)]
    pub text: Option<String>,
}

/// The answer is handed in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerHandedIn {
    /// The day.
    pub on: Option<NaiveDate>,
    /// The answer.
    #[schema(min_length = 1, max_length = 20000)]
    pub text: String,
    /// Files of the case that went with it.
    #[schema(value_type = Option<Vec<String>>, max_items = 100)]
    pub files: Option<Vec<FileId>>,
}

/// People are called together.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HearingFixed {
    /// For what.
    #[schema(value_type = String, example = "hearing")]
    pub of: HearingKind,
    /// The day.
    pub on: NaiveDate,
    /// The place and the hour.
    #[schema(min_length = 1, max_length = 500)]
    pub place: String,
}

/// On another day.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HearingMove {
    /// The entry that fixed it.
    pub hearing: u32,
    /// The day.
    pub to: NaiveDate,
}

/// It took place.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HearingRecord {
    /// The entry that fixed it.
    pub hearing: u32,
    /// The day.
    pub on: Option<NaiveDate>,
    /// Whether a head of the agency was there.
    pub head_attended: bool,
    /// What was said.
    #[schema(max_length = 20000)]
    pub minutes: Option<String>,
}

/// It will not take place.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HearingDrop {
    /// The entry that fixed it.
    pub hearing: u32,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// Mediation or settlement was tried.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MediationRecord {
    /// The day.
    pub on: Option<NaiveDate>,
    /// Whether it came to something.
    pub agreed: bool,
    /// How it went.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
}

/// It stands still.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspensionRecord {
    /// Since when.
    pub on: Option<NaiveDate>,
    /// Why.
    #[schema(value_type = String, example = "other_case")]
    pub ground: SuspensionGround,
    /// In words.
    #[schema(max_length = 2000)]
    pub text: Option<String>,
}

/// The authority takes more time.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionExtension {
    /// The day the notice came.
    pub on: Option<NaiveDate>,
    /// Calendar days.
    #[schema(minimum = 1, maximum = 180)]
    pub days: u32,
}

/// A file of the case is put into this one.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperAttached {
    /// The file of the case.
    #[schema(value_type = String, format = "uuid")]
    pub file: FileId,
    /// What it is.
    #[schema(min_length = 1, max_length = 500)]
    pub title: String,
}

/// Another case belongs to it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseLinked {
    /// Its number in the register or on the receipt, or its id.
    #[schema(min_length = 1, max_length = 100)]
    pub case: String,
}

/// A note, for the office.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProceedingNote {
    /// Its words.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
    /// Members of staff it is meant for.
    #[schema(value_type = Option<Vec<String>>, max_items = 20)]
    pub mentions: Option<Vec<StaffId>>,
}

/// A day was recorded wrongly.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DayCorrection {
    /// Which.
    #[schema(value_type = String, example = "copy_received")]
    pub date: DateKind,
    /// The right one.
    pub on: NaiveDate,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// A step was recorded by mistake.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepAnnulment {
    /// Its entry: the last step.
    pub seq: u32,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// The file ends without an outcome.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProceedingClosing {
    /// Why.
    #[schema(value_type = String, example = "mistaken")]
    pub reason: CloseReason,
    /// In words.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
}

/// Whoever began it withdrew.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalRecord {
    /// The day on which it so ended.
    pub on: Option<NaiveDate>,
    /// In words.
    #[schema(max_length = 2000)]
    pub text: Option<String>,
}
