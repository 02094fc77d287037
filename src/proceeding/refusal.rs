//! Everything a proceeding's file says no to. Read it beside the two procedural laws: each refusal names its rule and its article,
//! and says in one sentence what stands in the way. A test asserts that each is raised somewhere.

#![expect(missing_docs, reason = "the fields of a refusal are the values its sentence names")]

use chrono::NaiveDate;

mod en;
mod zh;

use super::act::Act;
use super::stage::Stage;
use super::terms::{Level, Procedure, ProceedingKind};
use crate::law::article::{Article, Instrument};
use crate::law::house;
use crate::law::judgment::{self, Judgment};

/// Why an act cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.en())]
pub enum Refusal {
    /// The act does not occur in that kind of proceeding.
    NotInThisKind { act: Act, kind: ProceedingKind },
    /// The file does not stand where the act can be done.
    NotInThisStage { act: Act, stage: Stage },
    /// A date lies in the future.
    DateInFuture { on: NaiveDate, today: NaiveDate },
    /// A date lies before the thing it follows.
    DateTooEarly { on: NaiveDate, earliest: NaiveDate },
    /// A date lies after the thing that follows it.
    DateTooLate { on: NaiveDate, latest: NaiveDate },
    /// A suit is direct, or after reconsideration.
    RouteMissing,
    /// Only a suit has a route.
    RouteOutOfPlace { kind: ProceedingKind },
    /// What is challenged is a letter, and has a number.
    LetterNumberMissing,
    /// The supervising authority sets the day for the answer, with the letter that asks for it.
    AnswerDayMissing,
    /// The law sets it.
    AnswerDayFixedByLaw,
    /// There is no simplified procedure there.
    NoSimplifiedProcedure,
    /// It is in that procedure already.
    ProcedureUnchanged { procedure: Procedure },
    /// It was accepted already.
    AcceptedAlready,
    /// No correction of the application is awaited.
    NoCorrectionAsked,
    /// The copy came already.
    CopyReceivedAlready,
    /// No answer is owed.
    NothingToAnswer,
    /// There is no such item on the evidence list.
    NoSuchEvidence,
    /// Nothing is on the evidence list.
    NothingListed,
    /// The list was handed in with the answer.
    EvidenceHandedIn,
    /// Evidence after the answer needs leave.
    EvidenceNeedsLeave { kind: ProceedingKind },
    /// There is no such hearing ahead.
    NoSuchHearing,
    /// The simplified procedure knows no extension.
    NoExtensionWhenSimplified,
    /// It was extended already.
    ExtendedAlready,
    /// More days than the law allows, or none.
    ExtensionTooLong { days: u32, max: u32 },
    /// Another authority decides so.
    OutcomeOfAnotherForum { judgment: Judgment, kind: ProceedingKind },
    /// Another instance decides so.
    OutcomeOfAnotherLevel { judgment: Judgment, level: Level },
    /// It was sent back once already.
    RemandedBefore,
    /// The agency's act did not stand, and nobody says why.
    ReasonsMissing { judgment: Judgment },
    /// It stands, and yet there are reasons against it.
    ReasonsOutOfPlace { judgment: Judgment },
    /// Such an outcome orders something, within some time.
    OrderMissing { judgment: Judgment },
    /// Such an outcome orders nothing.
    OrderOutOfPlace { judgment: Judgment },
    /// No time, a time that is over, or one too long to be true.
    OrderNotSensible,
    /// One can still appeal.
    AppealWindowOpen { until: NaiveDate },
    /// The agency can no longer appeal.
    AppealTooLate { until: NaiveDate },
    /// A retrial is of what is in effect.
    NotInEffect,
    /// A retrial is heard as a first or a second instance.
    RetrialHeardAsWhat { level: Level },
    /// The body's opinion is in the file already, or the file was struck out.
    OpinionReceivedAlready,
    /// There is no opinion that waits for a report.
    NoOpinionToReportOn,
    /// Nothing is ordered, or it is done.
    NothingOrdered,
    /// That day is not recorded.
    NoDateToCorrect,
    /// That entry is not the last step.
    NotTheLastStep { last: Option<u32> },
    /// That step cannot be annulled.
    CannotBeAnnulled,
}

impl Refusal {
    /// The stable name of the rule.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::NotInThisKind { .. } => "not_in_this_kind",
            Self::NotInThisStage { .. } => "not_in_this_stage",
            Self::DateInFuture { .. } => "date_in_future",
            Self::DateTooEarly { .. } => "date_too_early",
            Self::DateTooLate { .. } => "date_too_late",
            Self::RouteMissing => "route_missing",
            Self::RouteOutOfPlace { .. } => "route_out_of_place",
            Self::LetterNumberMissing => "letter_number_missing",
            Self::AnswerDayMissing => "answer_day_missing",
            Self::AnswerDayFixedByLaw => "answer_day_fixed_by_law",
            Self::NoSimplifiedProcedure => "no_simplified_procedure",
            Self::ProcedureUnchanged { .. } => "procedure_unchanged",
            Self::AcceptedAlready => "accepted_already",
            Self::NoCorrectionAsked => "no_correction_asked",
            Self::CopyReceivedAlready => "copy_received_already",
            Self::NothingToAnswer => "nothing_to_answer",
            Self::NoSuchEvidence => "no_such_evidence",
            Self::NothingListed => "nothing_listed",
            Self::EvidenceHandedIn => "evidence_handed_in",
            Self::EvidenceNeedsLeave { .. } => "evidence_needs_leave",
            Self::NoSuchHearing => "no_such_hearing",
            Self::NoExtensionWhenSimplified => "no_extension_when_simplified",
            Self::ExtendedAlready => "extended_already",
            Self::ExtensionTooLong { .. } => "extension_too_long",
            Self::OutcomeOfAnotherForum { .. } => "outcome_of_another_forum",
            Self::OutcomeOfAnotherLevel { .. } => "outcome_of_another_level",
            Self::RemandedBefore => "remanded_before",
            Self::ReasonsMissing { .. } => "reasons_missing",
            Self::ReasonsOutOfPlace { .. } => "reasons_out_of_place",
            Self::OrderMissing { .. } => "order_missing",
            Self::OrderOutOfPlace { .. } => "order_out_of_place",
            Self::OrderNotSensible => "order_not_sensible",
            Self::AppealWindowOpen { .. } => "appeal_window_open",
            Self::AppealTooLate { .. } => "appeal_too_late",
            Self::NotInEffect => "not_in_effect",
            Self::RetrialHeardAsWhat { .. } => "retrial_heard_as_what",
            Self::OpinionReceivedAlready => "opinion_received_already",
            Self::NoOpinionToReportOn => "no_opinion_to_report_on",
            Self::NothingOrdered => "nothing_ordered",
            Self::NoDateToCorrect => "no_date_to_correct",
            Self::NotTheLastStep { .. } => "not_the_last_step",
            Self::CannotBeAnnulled => "cannot_be_annulled",
        }
    }

    /// The article in the way.
    #[must_use]
    pub fn article(&self) -> Article {
        const BODY: Instrument = Instrument::ReconsiderationLaw;
        const COURT: Instrument = Instrument::LitigationLaw;
        match self {
            Self::NotInThisKind { .. } | Self::RouteOutOfPlace { .. } => Article::regulation(51),
            Self::NotInThisStage { .. }
            | Self::NotTheLastStep { .. }
            | Self::CannotBeAnnulled
            | Self::NoDateToCorrect => Article::regulation(45),
            Self::DateInFuture { .. } | Self::DateTooEarly { .. } | Self::DateTooLate { .. } => house::ONLY_FACTS,
            Self::RouteMissing => Article::whole(Instrument::ReportFormat),
            Self::LetterNumberMissing => Article::regulation(36),
            Self::AnswerDayMissing => Article::regulation(47),
            Self::AnswerDayFixedByLaw
            | Self::NothingToAnswer
            | Self::CopyReceivedAlready
            | Self::NothingListed
            | Self::EvidenceHandedIn => Article::new(BODY, 48),
            Self::NoSimplifiedProcedure => Article::new(COURT, 82),
            Self::ProcedureUnchanged { .. } => Article::new(BODY, 55),
            Self::AcceptedAlready => Article::new(BODY, 30),
            Self::NoCorrectionAsked => Article::new(BODY, 31),
            Self::NoSuchEvidence => Article::new(BODY, 43),
            Self::EvidenceNeedsLeave { kind: ProceedingKind::Litigation } => Article::new(COURT, 36),
            Self::EvidenceNeedsLeave { .. } => Article::new(BODY, 46).paragraph(2),
            Self::NoSuchHearing => Article::new(BODY, 51),
            Self::NoExtensionWhenSimplified | Self::ExtendedAlready | Self::ExtensionTooLong { .. } => {
                Article::new(BODY, 62)
            }
            Self::OutcomeOfAnotherForum { judgment, .. }
            | Self::OutcomeOfAnotherLevel { judgment, .. }
            | Self::ReasonsMissing { judgment }
            | Self::ReasonsOutOfPlace { judgment }
            | Self::OrderMissing { judgment }
            | Self::OrderOutOfPlace { judgment } => judgment::rule(*judgment).article,
            Self::RemandedBefore => Article::new(COURT, 89).paragraph(2),
            Self::OrderNotSensible | Self::NothingOrdered => Article::new(BODY, 77),
            Self::AppealWindowOpen { .. } | Self::AppealTooLate { .. } => Article::new(COURT, 85),
            Self::NotInEffect | Self::RetrialHeardAsWhat { .. } => Article::new(COURT, 90),
            Self::OpinionReceivedAlready | Self::NoOpinionToReportOn => Article::new(BODY, 76),
        }
    }
}
