//! The wordings that come with the system: one text for each kind of letter, and one for each way a reply can decide; a layout
//! that all replies share. Embedded in the binary.

use crate::law::letter::LetterKind;
use crate::law::outcome::Outcome;

/// The name by which a reply calls its layout.
pub const REPLY_LAYOUT: &str = "reply/layout.txt";

/// The layout of replies.
#[must_use]
pub const fn reply_layout() -> &'static str {
    include_str!("wordings/reply/layout.txt")
}

/// The wording that comes with the system. `outcome`: what a reply or a lapse decides; the others do not ask.
#[must_use]
pub const fn embedded(kind: LetterKind, outcome: Option<Outcome>) -> &'static str {
    match kind {
        LetterKind::Correction => include_str!("wordings/correction.txt"),
        LetterKind::Explanation => include_str!("wordings/explanation.txt"),
        LetterKind::Delay => include_str!("wordings/delay.txt"),
        LetterKind::Extension => include_str!("wordings/extension.txt"),
        LetterKind::ThirdParty => include_str!("wordings/third_party.txt"),
        LetterKind::ConsultationTold => include_str!("wordings/consultation_told.txt"),
        LetterKind::Override => include_str!("wordings/override.txt"),
        LetterKind::CoMaker => include_str!("wordings/co_maker.txt"),
        LetterKind::Assisting => include_str!("wordings/assisting.txt"),
        LetterKind::Fee => include_str!("wordings/fee.txt"),
        LetterKind::Referral => include_str!("wordings/referral.txt"),
        LetterKind::WithdrawalConfirmed => include_str!("wordings/withdrawal_confirmed.txt"),
        LetterKind::Release => include_str!("wordings/release.txt"),
        LetterKind::ReconsiderationAnswer => include_str!("wordings/reconsideration_answer.txt"),
        LetterKind::Defence => include_str!("wordings/defence.txt"),
        LetterKind::EvidenceCatalogue => include_str!("wordings/evidence_catalogue.txt"),
        LetterKind::Receipt => include_str!("wordings/receipt.txt"),
        LetterKind::ServiceReceipt => include_str!("wordings/service_receipt.txt"),
        LetterKind::DownloadReceipt => include_str!("wordings/download_receipt.txt"),
        LetterKind::ApplicationForm => include_str!("wordings/application_form.txt"),
        LetterKind::CoverSheet => include_str!("wordings/cover_sheet.txt"),
        LetterKind::DeadlineSheet => include_str!("wordings/deadline_sheet.txt"),
        LetterKind::Lapse => match outcome {
            Some(Outcome::LapsedFee) => include_str!("wordings/lapsed_fee.txt"),
            _ => include_str!("wordings/lapsed_correction.txt"),
        },
        LetterKind::Reply => match outcome {
            Some(outcome) => of_reply(outcome),
            None => of_reply(Outcome::Other),
        },
    }
}

const fn of_reply(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Granted => include_str!("wordings/reply/granted.txt"),
        Outcome::AlreadyPublic => include_str!("wordings/reply/already_public.txt"),
        Outcome::PartlyGranted => include_str!("wordings/reply/partly_granted.txt"),
        Outcome::RefusedStateSecret => include_str!("wordings/reply/refused_state_secret.txt"),
        Outcome::RefusedForbiddenByLaw => include_str!("wordings/reply/refused_forbidden_by_law.txt"),
        Outcome::RefusedSecurityStability => include_str!("wordings/reply/refused_security_stability.txt"),
        Outcome::RefusedThirdParty => include_str!("wordings/reply/refused_third_party.txt"),
        Outcome::RefusedInternalAffairs => include_str!("wordings/reply/refused_internal_affairs.txt"),
        Outcome::RefusedProcessInformation => include_str!("wordings/reply/refused_process_information.txt"),
        Outcome::RefusedEnforcementFiles => include_str!("wordings/reply/refused_enforcement_files.txt"),
        Outcome::RefusedOwnRoute => include_str!("wordings/reply/refused_own_route.txt"),
        Outcome::NotHeld => include_str!("wordings/reply/not_held.txt"),
        Outcome::NotThisAgency => include_str!("wordings/reply/not_this_agency.txt"),
        Outcome::WouldHaveToBeMade => include_str!("wordings/reply/would_have_to_be_made.txt"),
        Outcome::StillUnclear => include_str!("wordings/reply/still_unclear.txt"),
        Outcome::NotProcessedPetition => include_str!("wordings/reply/not_processed_petition.txt"),
        Outcome::NotProcessedRepeat => include_str!("wordings/reply/not_processed_repeat.txt"),
        Outcome::NotProcessedPublications => include_str!("wordings/reply/not_processed_publications.txt"),
        Outcome::NotProcessedExcessive => include_str!("wordings/reply/not_processed_excessive.txt"),
        Outcome::NotProcessedReissue => include_str!("wordings/reply/not_processed_reissue.txt"),
        Outcome::NotGovernmentInformation => include_str!("wordings/reply/not_government_information.txt"),
        Outcome::RecordsCorrected => include_str!("wordings/reply/records_corrected.txt"),
        Outcome::RecordsCorrectionReferred => include_str!("wordings/reply/records_correction_referred.txt"),
        Outcome::RecordsCorrectionRefused => include_str!("wordings/reply/records_correction_refused.txt"),
        Outcome::Other => include_str!("wordings/reply/other.txt"),
        // No reply decides these: they come about by themselves.
        Outcome::LapsedCorrection | Outcome::LapsedFee | Outcome::Withdrawn => {
            include_str!("wordings/reply/other.txt")
        }
    }
}

/// Every wording there is: the kind, and what it decides where that makes a difference.
#[must_use]
pub fn all() -> Vec<(LetterKind, Option<Outcome>)> {
    let outcomes = |kind: LetterKind| -> Vec<Option<Outcome>> {
        let of = |wanted: fn(Outcome) -> bool| {
            Outcome::ALL.iter().copied().filter(|outcome| wanted(*outcome)).map(Some).collect()
        };
        match kind {
            LetterKind::Reply => of(|outcome| crate::law::outcome::rule(outcome).by_reply),
            LetterKind::Lapse => of(|outcome| matches!(outcome, Outcome::LapsedCorrection | Outcome::LapsedFee)),
            _ => vec![None],
        }
    };
    LetterKind::ALL.iter().flat_map(|kind| outcomes(*kind).into_iter().map(|outcome| (*kind, outcome))).collect()
}
