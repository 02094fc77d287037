//! The sentence of each refusal, in English.

use super::Refusal;
use crate::law::periods;

impl Refusal {
    /// The same in English.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "a sentence for each refusal, in the order of the list")]
    pub fn en(&self) -> String {
        match self {
            Self::NotInThisStage { act, stage } => {
                format!("The case stands at \"{}\"; one cannot {} there.", stage.en(), act.en())
            }
            Self::DateInFuture { on, today } => {
                format!("{on} lies after today ({today}); only what has happened can be recorded.")
            }
            Self::DateTooEarly { on, earliest } => format!("{on} lies before {earliest}; it cannot have happened then."),
            Self::DateTooLate { on, latest } => format!("{on} lies after {latest}; it cannot have happened then."),
            Self::OnlineIsSubmittedByTheApplicant => {
                "Online applications are submitted by the applicant; staff enter those that came by window, post, fax, e-mail or were spoken.".to_owned()
            }
            Self::CorrectionAlreadyRequested => "A correction may be asked for once only, and has been.".to_owned(),
            Self::CorrectionWindowUnreasonable { days } => format!(
                "{days} working days are not a reasonable window; give {} to {}.",
                periods::CORRECTION_WINDOW_DAYS.start(),
                periods::CORRECTION_WINDOW_DAYS.end()
            ),
            Self::NoCorrectionAwaited => "No correction is awaited.".to_owned(),
            Self::CorrectionWindowOpen { until } => {
                format!("The correction window is open until {until}; no lapse can be found before it closes.")
            }
            Self::NotLapsed => "Only a case that lapsed for want of a correction can be reinstated.".to_owned(),
            Self::WindowFixedByLaw { days, .. } => {
                format!("The law gives third parties and co-makers {days} working days; it cannot be set otherwise.")
            }
            Self::ConsultationTooLong { days, cap } => {
                format!("{days} working days for another agency are too many; the clock stands for it at most {cap}.")
            }
            Self::NoSuchConsultation => "There is no such consultation in this case.".to_owned(),
            Self::ConsultationAnswered => "They have answered already.".to_owned(),
            Self::ConsultationOpen { until } => {
                format!("Others are being consulted until {until}; reply once they have answered or the window has closed.")
            }
            Self::ExtensionAlreadyUsed => "The period can be extended once; an extension was asked for or granted already.".to_owned(),
            Self::ExtensionTooLong { days } => {
                format!("{days} working days are too many; at most {}.", periods::EXTENSION_MAX_DAYS)
            }
            Self::PeriodSetByDecision { until } => {
                format!("The decision has set the time, until {until}; the agency cannot lengthen it.")
            }
            Self::ExtensionTooLate { latest } => format!(
                "The notice of extension had to be sent by {latest}; the period has ended, an extension has no effect. Reply now."
            ),
            Self::NoExtensionRequested => "No extension has been asked for.".to_owned(),
            Self::ExtensionNotGranted => "The head of the disclosure office has not consented to an extension.".to_owned(),
            Self::NotAReply { outcome } => format!("\"{}\" is not stated in a reply.", outcome.en()),
            Self::WithheldGroundsMissing => "Where a part is granted, name the ground for each part withheld.".to_owned(),
            Self::NotAGround { outcome } => format!("\"{}\" is no ground here: only a reply that grants a part names grounds, and only of refusal or of what cannot be provided.", outcome.en()),
            Self::NeverCorrected => {
                "\"Still unclear\" needs a correction to have been asked for, and to have come or its window to have passed.".to_owned()
            }
            Self::OwnDraft => "Nobody reviews, clears or signs a draft of their own, nor in the place of its author.".to_owned(),
            Self::ServiceProofMissing => "Service in person counts from the signature: record its proof.".to_owned(),
            Self::ServiceConfirmedAlready => "The service has been confirmed already.".to_owned(),
            Self::ContentDestroyed { on, certificate } => format!(
                "Its term being over, what was in this case was destroyed on {on}; the certificate of destruction is no. {certificate}."
            ),
            Self::TermRuns { until: Some(until) } => {
                format!("This file is kept until {until}; before that it is not destroyed.")
            }
            Self::TermRuns { until: None } => "This file is kept for ever; it is not destroyed.".to_owned(),
            Self::LegalHold => {
                "A reconsideration, a suit or a complaint runs in this case, or a hold was placed on it: it is not destroyed before that is over.".to_owned()
            }
            Self::NoSuchHold => "No such hold stands in this case.".to_owned(),
            Self::OwnProposal => {
                "Destruction takes two: nobody approves a list of their own, nor in the place of whoever proposed it, nor one that was proposed in their place.".to_owned()
            }
            Self::HandedOverAlready { on } => format!("An archive has this file since {on}."),
            Self::NoSuchFile => "There is no such file in this case.".to_owned(),
            Self::FileStaysInside { purpose, to } => format!(
                "A file that is a {} is not shown like this to {}: information is handed out by a release, with its letter, and can be public after that; working papers, proofs and the application's material are never public.",
                purpose.en(),
                to.en()
            ),
            Self::NoCheckPending => "No file waits for a second look.".to_owned(),
            Self::OwnDecision => {
                "The second look is somebody else's than who decided or proposed it, and not in their place either.".to_owned()
            }
            Self::NothingGranted => {
                "Information is handed out once a reply was served that grants it, in whole or in part.".to_owned()
            }
            Self::ReleaseComplete => "All the information was handed out.".to_owned(),
            Self::NothingToRelease => "Choose the files to be handed out.".to_owned(),
            Self::ReleasedAlready => "A file among them was handed out already, or is named twice.".to_owned(),
            Self::PersonalNumbersFound { found } => format!(
                "{found} numbers or addresses of people were found in the files: black them out, or say why they must go out (consent, or the public interest)."
            ),
            Self::NoSuchLetter => "No such letter was issued in this case.".to_owned(),
            Self::DeliveryIncomplete { way } => format!(
                "\"{}\" is incomplete: by post it needs the day of posting and the number of the item, by e-mail and public notice the day it was sent, else the day of receipt.",
                way.en()
            ),
            Self::DownloadedAlready => "It was downloaded before; the day of the first time is on record.".to_owned(),
            Self::NothingServed => "No reply was served in this case; there is no service to prove.".to_owned(),
            Self::NotTheLastStep { last } => match last {
                Some(last) => format!("Steps are annulled from the last one back; that is entry {last}."),
                None => "There is no step to annul.".to_owned(),
            },
            Self::CannotBeAnnulled => {
                "That step cannot be annulled: an arrival, a number, a reply that was served and what the applicant did cannot be called back.".to_owned()
            }
            Self::SpokenNotReadBack => "A spoken application is written down and read back to the applicant first.".to_owned(),
            Self::TooLateToSplit => "Others were consulted, the period was extended, a fee was noticed or a reply drafted: it can no longer be split. Answer matter by matter.".to_owned(),
            Self::ExplanationAlreadyRequested => "Reasons have been asked for already.".to_owned(),
            Self::ExplanationWindowUnreasonable { days } => format!(
                "{days} working days are not a reasonable window; give {} to {}.",
                periods::EXPLANATION_WINDOW_DAYS.start(),
                periods::EXPLANATION_WINDOW_DAYS.end()
            ),
            Self::NoExplanationAwaited => "No explanation is awaited, and none is to be decided on.".to_owned(),
            Self::ExplanationWindowOpen { until } => format!("The applicant may explain until {until}; decide once the explanation has come or that day has passed."),
            Self::DelayNotLater { due } => format!("A delayed reply date lies after the present one ({due})."),
            Self::DelayTooLong { latest } => format!("A delayed reply date lies no later than {latest}."),
            Self::NotForRecords { act } => format!("For a correction of records one cannot {}.", act.en()),
            Self::WaiverUndecided => "A waiver is being decided on; no lapse can be found before that.".to_owned(),
            Self::SignedTextStale => "Since the signature the applicant, the receipt or the agency's settings have changed: what was signed is not what would go out. Recall it and have it signed again.".to_owned(),
            Self::NoDelayFixed => "No delayed date was fixed, or the applicant has been told.".to_owned(),
            Self::DelayTooLate { latest } => format!("The delayed date had to be notified by {latest}; the period has ended, it has no effect. Reply now."),
            Self::FeeAlreadyNoticed => "One application is charged once, by item or by page; a fee notice went out already.".to_owned(),
            Self::NothingToCharge => "By the tariff nothing is due: the free items of the month, or the free pages, are not exceeded.".to_owned(),
            Self::PagesNeedCopies => "A charge by page is for copies; what is read at the office is not charged by page.".to_owned(),
            Self::FeeNoticeTooLate { latest } => format!("A fee is noticed within the reply period, by {latest}; it has ended. Reply now."),
            Self::FeeWaived => "The fee was waived.".to_owned(),
            Self::FeeWindowOpen { until } => format!("The payment window is open until {until}; no lapse can be found before it closes."),
            Self::WaiverAlreadyRequested => "A waiver is being decided on, or was granted.".to_owned(),
            Self::NoWaiverRequested => "No waiver waits for a decision.".to_owned(),
            Self::NoSuchCoWork => "There is no such request to a unit in this case.".to_owned(),
            Self::CoWorkClosed => "That unit has answered, or was called back.".to_owned(),
            Self::CoWorkTooLong { latest } => format!("A unit's internal due day lies between today and {latest}, when the reply is due."),
            Self::SecrecyReferralRunsOn => "This office does not read a secrecy referral as consulting another agency: the clock runs on. Refer it as co-work.".to_owned(),
            Self::NotAThirdParty => "Only a third party's answer is weighed, and only a third party is told.".to_owned(),
            Self::FindingDoesNotFit { finding } => format!("\"{}\" does not fit what the third party said.", finding.en()),
            Self::NotOverridden => "Its opinion was not overridden, or it has been told.".to_owned(),
            Self::NothingToTell => "There is no consultation the applicant has not been told of.".to_owned(),
            Self::NotReferred => "There is no referral that waits for a confirmation.".to_owned(),
            Self::OutcomeOfAnotherMatter { outcome } => format!("\"{}\" does not answer this kind of application: corrections of records and disclosure are apart.", outcome.en()),
            Self::StepNotPending { step } => format!("\"{}\" is not a step this draft waits for now.", step.en()),
            Self::SecrecyRecordMissing => "A secrecy review that passes leaves its record: questions, basis and result.".to_owned(),
            Self::GateClosed { checks } => format!("The legality check has not passed: {}.", joined(checks.iter().map(|check| check.en()), "; ")),
            Self::CheckNotAmber { check } => format!("\"{}\" does not ask for a reason now.", check.en()),
            Self::NothingProposed => "Nothing waits to be published.".to_owned(),
            Self::AlreadyProposed => "It was proposed already.".to_owned(),
            Self::ReceiptNotSettled => "The date of receipt is not settled; no period runs yet.".to_owned(),
        }
    }
}

/// Several names in one sentence.
fn joined<'a>(names: impl Iterator<Item = &'a str>, with: &str) -> String {
    names.collect::<Vec<_>>().join(with)
}
