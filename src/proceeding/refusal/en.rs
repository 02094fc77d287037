//! The sentence of each refusal, in English.

use super::Refusal;
use crate::law::order::OrderPeriod;

impl Refusal {
    /// The sentence in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::NotInThisKind { act, kind } => format!("In a {} one cannot {}.", kind.en(), act.en()),
            Self::NotInThisStage { act, stage } => {
                format!("The file stands at \"{}\"; one cannot {} there.", stage.en(), act.en())
            }
            Self::DateInFuture { on, today } => {
                format!("{on} lies after today ({today}); only what has happened can be recorded.")
            }
            Self::DateTooEarly { on, earliest } => format!("{on} lies before {earliest}; it cannot have happened then."),
            Self::DateTooLate { on, latest } => format!("{on} lies after {latest}; it cannot have happened then."),
            Self::RouteMissing => {
                "Say whether the suit was brought without reconsideration or after it: the annual report counts them apart.".to_owned()
            }
            Self::RouteOutOfPlace { kind } => format!("A {} is brought in one way only.", kind.en()),
            Self::LetterNumberMissing => "What is challenged is a letter of this agency: give its number.".to_owned(),
            Self::AnswerDayMissing => {
                "No law sets the day for this answer: give the day the letter came and the day the authority has set.".to_owned()
            }
            Self::AnswerDayFixedByLaw => "The law sets the time for this answer; it cannot be set otherwise.".to_owned(),
            Self::NoSimplifiedProcedure => {
                "There is no simplified procedure here: it is for reconsiderations and for first instances that were not sent back.".to_owned()
            }
            Self::ProcedureUnchanged { procedure } => format!("It is heard in the {} procedure already.", procedure.en()),
            Self::AcceptedAlready => "It was accepted already; a wrong day is set right by correcting the date.".to_owned(),
            Self::NoCorrectionAsked => "No correction of the application is awaited.".to_owned(),
            Self::CopyReceivedAlready => "The copy came already; a wrong day is set right by correcting the date.".to_owned(),
            Self::NothingToAnswer => "No answer is owed: no copy has come, or it was answered.".to_owned(),
            Self::NoSuchEvidence => "There is no such item on the evidence list.".to_owned(),
            Self::NothingListed => "The evidence list is empty; list the evidence first.".to_owned(),
            Self::EvidenceHandedIn => "The evidence list went in with the answer and can no longer be shortened.".to_owned(),
            Self::EvidenceNeedsLeave { .. } => {
                "Evidence was to be handed in with the answer; what is added now needs leave of the authority.".to_owned()
            }
            Self::NoSuchHearing => "There is no such hearing ahead.".to_owned(),
            Self::NoExtensionWhenSimplified => "The simplified procedure knows no extension.".to_owned(),
            Self::ExtendedAlready => "The time for the decision was extended already.".to_owned(),
            Self::ExtensionTooLong { days, max } => {
                format!("{days} days cannot be an extension; it has 1 to {max} calendar days.")
            }
            Self::OutcomeOfAnotherForum { judgment, kind } => {
                format!("\"{}\" is no outcome of a {}.", judgment.en(), kind.en())
            }
            Self::OutcomeOfAnotherLevel { judgment, level } => {
                format!("\"{}\" is for a court above; this is: {}.", judgment.en(), level.en())
            }
            Self::RemandedBefore => "It was sent back once already; a second time is not allowed.".to_owned(),
            Self::ReasonsMissing { judgment } => {
                format!("\"{}\": say why the agency's act did not stand.", judgment.en())
            }
            Self::ReasonsOutOfPlace { judgment } => {
                format!("\"{}\": the agency's act was not found wrong, so there are no reasons for that.", judgment.en())
            }
            Self::OrderMissing { judgment } => {
                format!("\"{}\" orders something: say within what time, or that none was named.", judgment.en())
            }
            Self::OrderOutOfPlace { judgment } => format!("\"{}\" orders nothing of the agency.", judgment.en()),
            Self::OrderNotSensible => {
                format!("A time to perform has 1 to {} days and is not over before the decision.", OrderPeriod::LONGEST_DAYS)
            }
            Self::AppealWindowOpen { until } => {
                format!("One can appeal until {until}; the judgment takes effect after that at the earliest.")
            }
            Self::AppealTooLate { until } => format!("The agency could appeal until {until}."),
            Self::NotInEffect => "A retrial is of what has taken effect; this has not.".to_owned(),
            Self::RetrialHeardAsWhat { level } => {
                format!("A retrial is heard as a first or a second instance, not as: {}.", level.en())
            }
            Self::OpinionReceivedAlready => "An opinion of the body is in the file already, or the file was closed without an outcome.".to_owned(),
            Self::NoOpinionToReportOn => "There is no opinion that waits for a report.".to_owned(),
            Self::NothingOrdered => "Nothing is ordered of the agency, or it is done.".to_owned(),
            Self::NoDateToCorrect => "That day is not recorded in the round that is open.".to_owned(),
            Self::NotTheLastStep { last: Some(last) } => format!("Only the last step can be annulled; that is entry {last}."),
            Self::NotTheLastStep { last: None } => "There is no step to annul.".to_owned(),
            Self::CannotBeAnnulled => "That step cannot be annulled; a file opened by mistake is closed instead.".to_owned(),
        }
    }
}
