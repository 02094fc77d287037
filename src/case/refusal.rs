//! Everything the law, or the state of a case, says no to. Read it beside the regulation: each refusal names its rule
//! and its article, and says in one sentence what stands in the way. A test asserts that each is raised somewhere.

#![expect(missing_docs, reason = "the fields of a refusal are the values its sentence names")]

use chrono::NaiveDate;

mod en;
mod zh;

use super::act::Act;
use super::gate::CheckCode;
use super::stage::Stage;
use super::terms::{ApprovalStep, ConsultedParty, DeliveryWay, FilePurpose, Visibility};
use crate::law::article::{Article, Instrument};
use crate::law::house;
use crate::law::outcome::Outcome;
use crate::law::third_party::ThirdPartyFinding;

/// Why an act cannot be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.en())]
pub enum Refusal {
    /// The case does not stand where the act can be done.
    NotInThisStage { act: Act, stage: Stage },
    /// A date lies in the future.
    DateInFuture { on: NaiveDate, today: NaiveDate },
    /// A date lies before the thing it follows.
    DateTooEarly { on: NaiveDate, earliest: NaiveDate },
    /// A date lies after the last day on which it can have happened.
    DateTooLate { on: NaiveDate, latest: NaiveDate },
    /// The online or oral channel, or the applicant kind, does not go with the way it was entered.
    OnlineIsSubmittedByTheApplicant,
    /// A correction may be asked for once only.
    CorrectionAlreadyRequested,
    /// The window given for a correction is not reasonable.
    CorrectionWindowUnreasonable { days: u32 },
    /// No correction is awaited.
    NoCorrectionAwaited,
    /// The correction window has not closed yet.
    CorrectionWindowOpen { until: NaiveDate },
    /// Only a case that lapsed can be reinstated.
    NotLapsed,
    /// The window of a third party or co-maker is the law's, not the agency's.
    WindowFixedByLaw { party: ConsultedParty, days: u32 },
    /// Another agency is given more days than the clock may stand for it.
    ConsultationTooLong { days: u32, cap: u32 },
    /// There is no such consultation in the case.
    NoSuchConsultation,
    /// That consultation has its answer.
    ConsultationAnswered,
    /// Somebody is still being consulted.
    ConsultationOpen { until: NaiveDate },
    /// An extension has been asked for or granted already.
    ExtensionAlreadyUsed,
    /// More days than the law allows.
    ExtensionTooLong { days: u32 },
    /// The running period has ended; an extension has no effect any more.
    ExtensionTooLate { latest: NaiveDate },
    /// A decision has set the time; the agency cannot lengthen it.
    PeriodSetByDecision { until: NaiveDate },
    /// Nobody has asked for an extension.
    NoExtensionRequested,
    /// The head of the office has not consented.
    ExtensionNotGranted,
    /// The outcome is not one that a reply can state.
    NotAReply { outcome: Outcome },
    /// A reply that grants a part must say on which grounds the rest is withheld.
    WithheldGroundsMissing,
    /// What is named as a ground for withholding is none.
    NotAGround { outcome: Outcome },
    /// "Still unclear" can only be answered once a correction has come.
    NeverCorrected,
    /// Nobody reviews or signs their own draft.
    OwnDraft,
    /// Service in person needs its proof at once.
    ServiceProofMissing,
    /// What was in the case was destroyed when its term was over.
    ContentDestroyed { on: NaiveDate, certificate: String },
    /// The term for which the file is kept still runs; for ever, where there is no day.
    TermRuns { until: Option<NaiveDate> },
    /// A proceeding runs, or somebody has ordered that the file be kept.
    LegalHold,
    /// No such hold stands.
    NoSuchHold,
    /// Nobody approves the destruction that they proposed.
    OwnProposal,
    /// An archive has the file already.
    HandedOverAlready { on: NaiveDate },
    /// There is no such file in the case.
    NoSuchFile,
    /// A file of that kind is not shown to them like that.
    FileStaysInside { purpose: FilePurpose, to: Visibility },
    /// No file waits for a second look.
    NoCheckPending,
    /// The second look is somebody else's.
    OwnDecision,
    /// No reply was served that grants information.
    NothingGranted,
    /// All of it was handed out.
    ReleaseComplete,
    /// A release needs a file.
    NothingToRelease,
    /// That file was handed out already.
    ReleasedAlready,
    /// Numbers of people were found in the files, and nobody has said why they may go out.
    PersonalNumbersFound { found: u32 },
    /// There is no such letter in the case.
    NoSuchLetter,
    /// That way of delivery needs its day or its number.
    DeliveryIncomplete { way: DeliveryWay },
    /// That document was fetched before.
    DownloadedAlready,
    /// There is no proof of a service that never was.
    NothingServed,
    /// The applicant has confirmed the service already.
    ServiceConfirmedAlready,
    /// That entry is not the last step.
    NotTheLastStep { last: Option<u32> },
    /// That step cannot be annulled.
    CannotBeAnnulled,
    /// The date of receipt follows from the confirmation that is still missing.
    ReceiptNotSettled,
    /// A spoken application was not read back.
    SpokenNotReadBack,
    /// Matters can no longer be split off.
    TooLateToSplit,
    /// Reasons were asked for already.
    ExplanationAlreadyRequested,
    /// The window given for an explanation is not reasonable.
    ExplanationWindowUnreasonable { days: u32 },
    /// No explanation is awaited or undecided.
    NoExplanationAwaited,
    /// The applicant still has time to explain.
    ExplanationWindowOpen { until: NaiveDate },
    /// A delayed date that is none.
    DelayNotLater { due: NaiveDate },
    /// There is no delayed date to tell of.
    NoDelayFixed,
    /// The running period has ended; a delayed date has no effect any more.
    DelayTooLate { latest: NaiveDate },
    /// A fee notice went out already; never both bases, never twice.
    FeeAlreadyNoticed,
    /// The tariff gives nothing to pay.
    NothingToCharge,
    /// A fee by page for what is only inspected.
    PagesNeedCopies,
    /// The reply period has ended; no fee can be noticed any more.
    FeeNoticeTooLate { latest: NaiveDate },
    /// The fee was waived.
    FeeWaived,
    /// The payment window has not closed yet.
    FeeWindowOpen { until: NaiveDate },
    /// A delayed date too far away.
    DelayTooLong { latest: NaiveDate },
    /// An application for correction of records is not charged and not called excessive.
    NotForRecords { act: Act },
    /// A waiver waits for its decision.
    WaiverUndecided,
    /// What the signature stands over is not what the reply would be now.
    SignedTextStale,
    /// A waiver waits for its decision, or was granted.
    WaiverAlreadyRequested,
    /// No waiver waits for a decision.
    NoWaiverRequested,
    /// There is no such request to a unit.
    NoSuchCoWork,
    /// That unit has answered or was called back.
    CoWorkClosed,
    /// The internal due day does not lie within the reply period.
    CoWorkTooLong { latest: NaiveDate },
    /// A secrecy referral does not stop the clock here.
    SecrecyReferralRunsOn,
    /// Whoever was consulted is no third party.
    NotAThirdParty,
    /// The finding contradicts what the third party said.
    FindingDoesNotFit { finding: ThirdPartyFinding },
    /// There is nothing to tell the third party.
    NotOverridden,
    /// The applicant knows of every consultation.
    NothingToTell,
    /// There is no referral to confirm.
    NotReferred,
    /// The outcome answers another kind of application.
    OutcomeOfAnotherMatter { outcome: Outcome },
    /// The draft does not wait for that step.
    StepNotPending { step: ApprovalStep },
    /// A secrecy review without its record.
    SecrecyRecordMissing,
    /// Something lawful is missing for the reply to go out.
    GateClosed { checks: Vec<CheckCode> },
    /// That check needs no reason, or a reason does not help.
    CheckNotAmber { check: CheckCode },
    /// There is no proposal to publish, or it was published.
    NothingProposed,
    /// It was proposed for publication already.
    AlreadyProposed,
}

impl Refusal {
    /// The stable name of the rule.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::NotInThisStage { .. } => "not_in_this_stage",
            Self::DateInFuture { .. } => "date_in_future",
            Self::DateTooEarly { .. } => "date_too_early",
            Self::DateTooLate { .. } => "date_too_late",
            Self::OnlineIsSubmittedByTheApplicant => "online_is_submitted_by_the_applicant",
            Self::CorrectionAlreadyRequested => "correction_already_requested",
            Self::CorrectionWindowUnreasonable { .. } => "correction_window_unreasonable",
            Self::NoCorrectionAwaited => "no_correction_awaited",
            Self::CorrectionWindowOpen { .. } => "correction_window_open",
            Self::NotLapsed => "not_lapsed",
            Self::WindowFixedByLaw { .. } => "window_fixed_by_law",
            Self::ConsultationTooLong { .. } => "consultation_too_long",
            Self::NoSuchConsultation => "no_such_consultation",
            Self::ConsultationAnswered => "consultation_answered",
            Self::ConsultationOpen { .. } => "consultation_open",
            Self::ExtensionAlreadyUsed => "extension_already_used",
            Self::ExtensionTooLong { .. } => "extension_too_long",
            Self::ExtensionTooLate { .. } => "extension_too_late",
            Self::PeriodSetByDecision { .. } => "period_set_by_decision",
            Self::NoExtensionRequested => "no_extension_requested",
            Self::ExtensionNotGranted => "extension_not_granted",
            Self::NotAReply { .. } => "not_a_reply",
            Self::WithheldGroundsMissing => "withheld_grounds_missing",
            Self::NotAGround { .. } => "not_a_ground",
            Self::NeverCorrected => "never_corrected",
            Self::OwnDraft => "own_draft",
            Self::ServiceProofMissing => "service_proof_missing",
            Self::NoSuchFile => "no_such_file",
            Self::FileStaysInside { .. } => "file_stays_inside",
            Self::NoCheckPending => "no_check_pending",
            Self::OwnDecision => "own_decision",
            Self::NothingGranted => "nothing_granted",
            Self::ReleaseComplete => "release_complete",
            Self::NothingToRelease => "nothing_to_release",
            Self::ReleasedAlready => "released_already",
            Self::PersonalNumbersFound { .. } => "personal_numbers_found",
            Self::NoSuchLetter => "no_such_letter",
            Self::DeliveryIncomplete { .. } => "delivery_incomplete",
            Self::DownloadedAlready => "downloaded_already",
            Self::NothingServed => "nothing_served",
            Self::ServiceConfirmedAlready => "service_confirmed_already",
            Self::NotTheLastStep { .. } => "not_the_last_step",
            Self::CannotBeAnnulled => "cannot_be_annulled",
            Self::ReceiptNotSettled => "receipt_not_settled",
            Self::SpokenNotReadBack => "spoken_not_read_back",
            Self::TooLateToSplit => "too_late_to_split",
            Self::ExplanationAlreadyRequested => "explanation_already_requested",
            Self::ExplanationWindowUnreasonable { .. } => "explanation_window_unreasonable",
            Self::NoExplanationAwaited => "no_explanation_awaited",
            Self::ExplanationWindowOpen { .. } => "explanation_window_open",
            Self::DelayNotLater { .. } => "delay_not_later",
            Self::DelayTooLong { .. } => "delay_too_long",
            Self::NotForRecords { .. } => "not_for_records",
            Self::WaiverUndecided => "waiver_undecided",
            Self::SignedTextStale => "signed_text_stale",
            Self::NoDelayFixed => "no_delay_fixed",
            Self::DelayTooLate { .. } => "delay_too_late",
            Self::FeeAlreadyNoticed => "fee_already_noticed",
            Self::NothingToCharge => "nothing_to_charge",
            Self::PagesNeedCopies => "pages_need_copies",
            Self::FeeNoticeTooLate { .. } => "fee_notice_too_late",
            Self::FeeWaived => "fee_waived",
            Self::FeeWindowOpen { .. } => "fee_window_open",
            Self::WaiverAlreadyRequested => "waiver_already_requested",
            Self::NoWaiverRequested => "no_waiver_requested",
            Self::NoSuchCoWork => "no_such_co_work",
            Self::CoWorkClosed => "co_work_closed",
            Self::CoWorkTooLong { .. } => "co_work_too_long",
            Self::SecrecyReferralRunsOn => "secrecy_referral_runs_on",
            Self::NotAThirdParty => "not_a_third_party",
            Self::FindingDoesNotFit { .. } => "finding_does_not_fit",
            Self::NotOverridden => "not_overridden",
            Self::NothingToTell => "nothing_to_tell",
            Self::NotReferred => "not_referred",
            Self::OutcomeOfAnotherMatter { .. } => "outcome_of_another_matter",
            Self::StepNotPending { .. } => "step_not_pending",
            Self::SecrecyRecordMissing => "secrecy_record_missing",
            Self::GateClosed { .. } => "gate_closed",
            Self::CheckNotAmber { .. } => "check_not_amber",
            Self::ContentDestroyed { .. } => "content_destroyed",
            Self::TermRuns { .. } => "term_runs",
            Self::LegalHold => "legal_hold",
            Self::NoSuchHold => "no_such_hold",
            Self::OwnProposal => "own_proposal",
            Self::HandedOverAlready { .. } => "handed_over_already",
            Self::NothingProposed => "nothing_proposed",
            Self::AlreadyProposed => "already_proposed",
        }
    }

    /// The article in the way.
    #[must_use]
    pub fn article(&self) -> Article {
        match self {
            Self::NotInThisStage { .. }
            | Self::NotTheLastStep { .. }
            | Self::CannotBeAnnulled
            | Self::NoSuchCoWork
            | Self::CoWorkClosed
            | Self::StepNotPending { .. }
            | Self::CheckNotAmber { .. }
            | Self::NoSuchHold => Article::regulation(45),
            Self::TermRuns { .. } => house::KEPT_YEARS,
            Self::LegalHold => house::LEGAL_HOLD,
            Self::ContentDestroyed { .. } | Self::OwnProposal => house::TWO_DESTROY,
            Self::HandedOverAlready { .. } => Article::new(Instrument::ArchivesRules, 20),
            Self::DateInFuture { .. } | Self::DateTooEarly { .. } | Self::DateTooLate { .. } => house::ONLY_FACTS,
            Self::OwnDraft => house::TWO_PAIRS_OF_EYES,
            Self::ConsultationTooLong { .. } => house::OTHER_AGENCY_CAP,
            Self::OnlineIsSubmittedByTheApplicant => Article::regulation(29),
            Self::ReceiptNotSettled => Article::regulation(31),
            Self::CorrectionAlreadyRequested
            | Self::CorrectionWindowUnreasonable { .. }
            | Self::NoCorrectionAwaited
            | Self::CorrectionWindowOpen { .. }
            | Self::NotLapsed
            | Self::NeverCorrected => Article::regulation(30),
            Self::WindowFixedByLaw { party: ConsultedParty::CoMaker, .. } => Article::regulation(34),
            Self::WindowFixedByLaw { .. }
            | Self::NoSuchConsultation
            | Self::ConsultationAnswered
            | Self::ConsultationOpen { .. }
            | Self::NotAThirdParty
            | Self::FindingDoesNotFit { .. }
            | Self::NotOverridden => Article::regulation(32),
            Self::ExtensionAlreadyUsed
            | Self::ExtensionTooLong { .. }
            | Self::ExtensionTooLate { .. }
            | Self::NoExtensionRequested
            | Self::ExtensionNotGranted => Article::regulation(33).paragraph(2),
            Self::PeriodSetByDecision { .. } => Article::new(Instrument::ReconsiderationLaw, 77),
            Self::NotAReply { .. } | Self::SignedTextStale => Article::regulation(36),
            Self::WithheldGroundsMissing | Self::NotAGround { .. } => Article::regulation(37),
            Self::GateClosed { checks } => checks.first().map_or(Article::regulation(45), |check| check.article()),
            Self::SpokenNotReadBack => house::SPOKEN_READ_BACK,
            Self::TooLateToSplit => house::SPLIT_INHERITS,
            Self::ExplanationAlreadyRequested
            | Self::NoExplanationAwaited
            | Self::ExplanationWindowOpen { .. }
            | Self::DelayNotLater { .. }
            | Self::NoDelayFixed => Article::regulation(35),
            Self::ExplanationWindowUnreasonable { .. } => house::EXPLANATION_WINDOW,
            Self::DelayTooLate { .. } | Self::DelayTooLong { .. } => house::DELAY_BY_NOTICE,
            Self::FeeAlreadyNoticed => Article::new(Instrument::FeeMeasures, 3),
            Self::NothingToCharge
            | Self::FeeWaived
            | Self::WaiverAlreadyRequested
            | Self::WaiverUndecided
            | Self::NoWaiverRequested => Article::regulation(42),
            Self::PagesNeedCopies => Article::new(Instrument::FeeMeasures, 5),
            Self::FeeNoticeTooLate { .. } | Self::FeeWindowOpen { .. } => Article::new(Instrument::FeeMeasures, 6),
            Self::CoWorkTooLong { .. } => house::INTERNAL_DUE,
            Self::SecrecyReferralRunsOn => Article::regulation(33).paragraph(3),
            Self::NothingToTell => house::APPLICANT_TOLD,
            Self::NotReferred => Article::regulation(36).item(5),
            Self::OutcomeOfAnotherMatter { .. } | Self::NotForRecords { .. } => Article::regulation(41),
            Self::SecrecyRecordMissing | Self::NoCheckPending | Self::OwnDecision => Article::regulation(17),
            Self::NothingProposed | Self::AlreadyProposed => Article::regulation(44),
            Self::NoSuchFile
            | Self::FileStaysInside { .. }
            | Self::NothingGranted
            | Self::ReleaseComplete
            | Self::NothingToRelease
            | Self::ReleasedAlready
            | Self::DownloadedAlready => Article::regulation(40),
            Self::PersonalNumbersFound { .. } => Article::regulation(15),
            Self::ServiceProofMissing
            | Self::NothingServed
            | Self::ServiceConfirmedAlready
            | Self::NoSuchLetter
            | Self::DeliveryIncomplete { .. } => Article::whole(Instrument::ServiceLetter),
        }
    }
}
