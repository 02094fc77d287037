//! What is shown of a proceeding.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ids::{CaseId, FileId, ProceedingId};
use crate::office::views::{AgencyName, ArticleView, ChoiceView, ClockView, EntryView, StaffName, Term};

/// What is due next in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProceedingDue {
    /// Which clock.
    pub clock: Term,
    /// The last day.
    pub on: NaiveDate,
    /// Whether it lies in a year without a published calendar.
    pub provisional: bool,
    /// Working days left; 0 on the day, negative after it.
    pub days_left: i64,
    /// The same in a word, as the settings divide it: `ample`, `near`, `urgent`, `overdue`.
    pub band: Term,
    /// Whether it is this agency that owes it; else it is when the authority is to have acted.
    pub ours: bool,
    /// Whether it is this agency's and the day has passed.
    pub overdue: bool,
}

/// A file in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProceedingSummary {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ProceedingId,
    /// Its version.
    pub version: i32,
    /// The agency's own number of it.
    pub number: String,
    /// What kind it is.
    pub kind: Term,
    /// The instance.
    pub level: Term,
    /// What is challenged.
    pub challenged: Term,
    /// The number of the letter that is challenged.
    pub letter_number: Option<String>,
    /// Where it stands.
    pub stage: Term,
    /// The agency.
    pub agency: AgencyName,
    /// The application that led to it.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// That application's number.
    pub case_number: String,
    /// Who sees to it.
    pub handler: Option<StaffName>,
    /// Since when it is known.
    pub began_on: NaiveDate,
    /// What is due; none once closed.
    pub due: Option<ProceedingDue>,
    /// How it ended, as far as it has.
    pub judgment: Option<Term>,
    /// The day the decision bears.
    pub decided_on: Option<NaiveDate>,
    /// Why the agency's act did not stand, once that binds.
    pub reasons: Vec<Term>,
    /// Why it was closed without an outcome; one opened by mistake never was a proceeding.
    pub struck: Option<Term>,
    /// The day it was closed.
    pub closed_on: Option<NaiveDate>,
}

/// A round: a reconsideration, a complaint, an inspection, or one instance of a suit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoundView {
    /// Its place.
    pub level: Term,
    /// For a retrial: as what it is heard.
    pub heard_as: Term,
    /// The authority; none once destroyed.
    pub authority: Option<String>,
    /// Its number of the matter.
    pub number: Option<String>,
    /// The procedure.
    pub procedure: Term,
    /// Who appealed.
    pub appellant: Option<Term>,
    /// When the application, suit or appeal reached the authority.
    pub submitted_on: Option<NaiveDate>,
    /// When a correction of it was asked for.
    pub correction_asked_on: Option<NaiveDate>,
    /// When it was corrected.
    pub corrected_on: Option<NaiveDate>,
    /// When it was accepted.
    pub accepted_on: Option<NaiveDate>,
    /// When the copy came.
    pub received_on: Option<NaiveDate>,
    /// When the answer was handed in.
    pub answered_on: Option<NaiveDate>,
    /// Whether that was too late.
    pub answered_late: Option<bool>,
    /// The answer's words.
    pub answer: Option<String>,
    /// Hearings, dropped ones too.
    pub hearings: Vec<HearingView>,
    /// Since when it stands still.
    pub suspended_since: Option<NaiveDate>,
    /// Calendar days by which the authority took more time.
    pub extended_by: Option<u32>,
    /// How it ended.
    pub ended: Option<EndedView>,
    /// The day from which that binds.
    pub effect_on: Option<NaiveDate>,
    /// The day on which what was ordered was done.
    pub performed_on: Option<NaiveDate>,
}

/// A hearing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HearingView {
    /// The entry that fixed it.
    pub seq: u32,
    /// For what.
    pub of: Term,
    /// The day.
    pub on: NaiveDate,
    /// Whether it took place.
    pub held: bool,
    /// Whether it was dropped.
    pub dropped: bool,
}

/// How a round ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EndedView {
    /// The outcome.
    pub judgment: Term,
    /// Its article.
    pub article: ArticleView,
    /// The day it bears.
    pub made_on: NaiveDate,
    /// The day it came.
    pub received_on: NaiveDate,
    /// Why the agency's act did not stand.
    pub reasons: Vec<Term>,
    /// What is ordered, in Chinese.
    pub order_zh: Option<String>,
    /// In English.
    pub order_en: Option<String>,
}

/// An item of the evidence list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EvidenceView {
    /// The entry that listed it.
    pub seq: u32,
    /// What it is.
    pub evidence: Term,
    /// Its title; none once destroyed.
    pub title: Option<String>,
    /// What it proves.
    pub proves: Option<String>,
    /// The file of the case.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub file: Option<FileId>,
    /// How many pages it has.
    pub pages: Option<u32>,
}

/// A paper that the agency issued in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IssuedPaperView {
    /// Which.
    pub letter: Term,
    /// Its number.
    pub number: String,
    /// The day it bears.
    pub on: NaiveDate,
    /// The entry of the case's journal under which it lies among the letters: `GET /cases/{id}/letters/{seq}/{format}`.
    pub seq: u32,
}

/// What follows for the application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConsequenceView {
    /// Whether it is answered anew.
    pub reopens: bool,
    /// From which day the time for that runs.
    pub from: Option<NaiveDate>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// The checks before a reply that ask for what was found missing.
    pub checks: Vec<Term>,
}

/// A file as an officer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProceedingView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub summary: ProceedingSummary,
    /// What the application asks for; none once destroyed.
    pub subject: Option<String>,
    /// Who began it.
    pub claimant: Term,
    /// How a suit came about.
    pub route: Option<Term>,
    /// The reconsideration that a suit follows.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub after: Option<ProceedingId>,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// The rounds, oldest first.
    pub rounds: Vec<RoundView>,
    /// Every clock, explained day by day.
    pub clocks: Vec<ClockView>,
    /// The evidence list.
    pub evidence: Vec<EvidenceView>,
    /// The answers, defences and catalogues issued, oldest first.
    pub issued: Vec<IssuedPaperView>,
    /// Usual papers that are not on it.
    pub evidence_missing: Vec<Term>,
    /// Files of the case that belong to it.
    #[schema(value_type = Vec<String>)]
    pub papers: Vec<FileId>,
    /// Whom a suit after this reconsideration would be brought against, in Chinese.
    pub defendants_zh: Option<String>,
    /// In English.
    pub defendants_en: Option<String>,
    /// What follows for the application.
    pub consequence: ConsequenceView,
    /// What this reader may do, and what stands in the way of the rest.
    pub choices: Vec<ChoiceView>,
    /// Its journal, oldest entry first.
    pub journal: Vec<EntryView>,
}
