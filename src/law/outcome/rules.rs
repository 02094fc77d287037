//! The table beside the list of outcomes, in the order of the annual report's rows.

use super::{Outcome, OutcomeGroup, OutcomeRule, Statement};
use crate::law::article::{Article, Instrument};
use crate::law::remedy::RemedyPath;

/// What the law attaches to `outcome`.
#[must_use]
pub const fn rule(outcome: Outcome) -> &'static OutcomeRule {
    match outcome {
        Outcome::Granted => &GRANTED,
        Outcome::AlreadyPublic => &ALREADY_PUBLIC,
        Outcome::PartlyGranted => &PARTLY_GRANTED,
        Outcome::RefusedStateSecret => &REFUSED_STATE_SECRET,
        Outcome::RefusedForbiddenByLaw => &REFUSED_FORBIDDEN_BY_LAW,
        Outcome::RefusedSecurityStability => &REFUSED_SECURITY_STABILITY,
        Outcome::RefusedThirdParty => &REFUSED_THIRD_PARTY,
        Outcome::RefusedInternalAffairs => &REFUSED_INTERNAL_AFFAIRS,
        Outcome::RefusedProcessInformation => &REFUSED_PROCESS_INFORMATION,
        Outcome::RefusedEnforcementFiles => &REFUSED_ENFORCEMENT_FILES,
        Outcome::RefusedOwnRoute => &REFUSED_OWN_ROUTE,
        Outcome::NotHeld => &NOT_HELD,
        Outcome::NotThisAgency => &NOT_THIS_AGENCY,
        Outcome::WouldHaveToBeMade => &WOULD_HAVE_TO_BE_MADE,
        Outcome::StillUnclear => &STILL_UNCLEAR,
        Outcome::NotProcessedPetition => &NOT_PROCESSED_PETITION,
        Outcome::NotProcessedRepeat => &NOT_PROCESSED_REPEAT,
        Outcome::NotProcessedPublications => &NOT_PROCESSED_PUBLICATIONS,
        Outcome::NotProcessedExcessive => &NOT_PROCESSED_EXCESSIVE,
        Outcome::NotProcessedReissue => &NOT_PROCESSED_REISSUE,
        Outcome::LapsedCorrection => &LAPSED_CORRECTION,
        Outcome::LapsedFee => &LAPSED_FEE,
        Outcome::Withdrawn => &WITHDRAWN,
        Outcome::NotGovernmentInformation => &NOT_GOVERNMENT_INFORMATION,
        Outcome::RecordsCorrected => &RECORDS_CORRECTED,
        Outcome::RecordsCorrectionReferred => &RECORDS_CORRECTION_REFERRED,
        Outcome::RecordsCorrectionRefused => &RECORDS_CORRECTION_REFUSED,
        Outcome::Other => &OTHER,
    }
}

/// Art. 36: its seven items are the seven plain answers.
const fn answer(item: u8) -> Article {
    Article::regulation(36).item(item)
}

const PLAIN: OutcomeRule = OutcomeRule {
    outcome: Outcome::Other,
    group: OutcomeGroup::Other,
    articles: &[Article::regulation(36)],
    report_row: Some("3.6.3"),
    remedy: RemedyPath::ReconsiderationOrSuit,
    must_state: &[Statement::Reason],
    may_state: &[],
    discloses: false,
    by_reply: true,
    needs_secrecy_review: false,
};

const REFUSED: OutcomeRule =
    OutcomeRule { group: OutcomeGroup::Refused, remedy: RemedyPath::ReconsiderationFirst, ..PLAIN };
const UNAVAILABLE: OutcomeRule = OutcomeRule { group: OutcomeGroup::Unavailable, ..PLAIN };
const NOT_PROCESSED: OutcomeRule = OutcomeRule { group: OutcomeGroup::NotProcessed, ..PLAIN };

// 3.1 and 3.2: information goes out, or is out already.
static GRANTED: OutcomeRule = OutcomeRule {
    outcome: Outcome::Granted,
    group: OutcomeGroup::Granted,
    articles: &[answer(2)],
    report_row: Some("3.1"),
    must_state: &[Statement::HowToObtain],
    discloses: true,
    needs_secrecy_review: true,
    ..PLAIN
};
static ALREADY_PUBLIC: OutcomeRule = OutcomeRule {
    outcome: Outcome::AlreadyPublic,
    group: OutcomeGroup::Granted,
    articles: &[answer(1)],
    report_row: Some("3.1"),
    must_state: &[Statement::HowToObtain],
    ..PLAIN
};
/// Its remedy is that of each part: `case::clocks::path_of` looks at each ground of what is withheld, and this one is the strictest.
static PARTLY_GRANTED: OutcomeRule = OutcomeRule {
    outcome: Outcome::PartlyGranted,
    group: OutcomeGroup::Partly,
    articles: &[Article::regulation(37), answer(2), answer(3)],
    report_row: Some("3.2"),
    remedy: RemedyPath::ByPart,
    must_state: &[Statement::HowToObtain, Statement::Reason],
    discloses: true,
    needs_secrecy_review: true,
    ..PLAIN
};

// 3.3: refused.
static REFUSED_STATE_SECRET: OutcomeRule = OutcomeRule {
    outcome: Outcome::RefusedStateSecret,
    articles: &[answer(3), Article::regulation(14)],
    report_row: Some("3.3.1"),
    needs_secrecy_review: true,
    ..REFUSED
};
static REFUSED_FORBIDDEN_BY_LAW: OutcomeRule = OutcomeRule {
    outcome: Outcome::RefusedForbiddenByLaw,
    articles: &[answer(3), Article::regulation(14)],
    report_row: Some("3.3.2"),
    must_state: &[Statement::Reason, Statement::GoverningLaw],
    ..REFUSED
};
static REFUSED_SECURITY_STABILITY: OutcomeRule = OutcomeRule {
    outcome: Outcome::RefusedSecurityStability,
    articles: &[answer(3), Article::regulation(14)],
    report_row: Some("3.3.3"),
    ..REFUSED
};
static REFUSED_THIRD_PARTY: OutcomeRule = OutcomeRule {
    outcome: Outcome::RefusedThirdParty,
    articles: &[answer(3), Article::regulation(15), Article::regulation(32)],
    report_row: Some("3.3.4"),
    ..REFUSED
};
static REFUSED_INTERNAL_AFFAIRS: OutcomeRule = OutcomeRule {
    outcome: Outcome::RefusedInternalAffairs,
    articles: &[answer(3), Article::regulation(16).paragraph(1)],
    report_row: Some("3.3.5"),
    ..REFUSED
};
static REFUSED_PROCESS_INFORMATION: OutcomeRule = OutcomeRule {
    outcome: Outcome::RefusedProcessInformation,
    articles: &[answer(3), Article::regulation(16).paragraph(2)],
    report_row: Some("3.3.6"),
    ..REFUSED
};
static REFUSED_ENFORCEMENT_FILES: OutcomeRule = OutcomeRule {
    outcome: Outcome::RefusedEnforcementFiles,
    articles: &[answer(3), Article::regulation(16).paragraph(2)],
    report_row: Some("3.3.7"),
    ..REFUSED
};
/// Counted among the refusals but not a withholding under arts 14–16, hence open to a direct suit (法释〔2025〕8号 art. 1; our reading).
static REFUSED_OWN_ROUTE: OutcomeRule = OutcomeRule {
    outcome: Outcome::RefusedOwnRoute,
    articles: &[answer(7)],
    report_row: Some("3.3.8"),
    remedy: RemedyPath::ReconsiderationOrSuit,
    must_state: &[Statement::GoverningLaw],
    ..REFUSED
};

// 3.4: cannot be provided.
static NOT_HELD: OutcomeRule = OutcomeRule {
    outcome: Outcome::NotHeld,
    articles: &[answer(4)],
    report_row: Some("3.4.1"),
    must_state: &[Statement::SearchMade],
    ..UNAVAILABLE
};
/// The right agency is named only "if it can be determined", hence not a must; the reason is one.
static NOT_THIS_AGENCY: OutcomeRule = OutcomeRule {
    outcome: Outcome::NotThisAgency,
    articles: &[answer(5), Article::regulation(10)],
    report_row: Some("3.4.1"),
    may_state: &[Statement::RightAgency],
    ..UNAVAILABLE
};
static WOULD_HAVE_TO_BE_MADE: OutcomeRule = OutcomeRule {
    outcome: Outcome::WouldHaveToBeMade,
    articles: &[Article::regulation(38)],
    report_row: Some("3.4.2"),
    ..UNAVAILABLE
};
static STILL_UNCLEAR: OutcomeRule = OutcomeRule {
    outcome: Outcome::StillUnclear,
    articles: &[Article::regulation(30)],
    report_row: Some("3.4.3"),
    must_state: &[Statement::WhatIsUnclear],
    ..UNAVAILABLE
};

// 3.5: not processed.
static NOT_PROCESSED_PETITION: OutcomeRule = OutcomeRule {
    outcome: Outcome::NotProcessedPetition,
    articles: &[Article::regulation(39).paragraph(1)],
    report_row: Some("3.5.1"),
    may_state: &[Statement::ProperChannel],
    ..NOT_PROCESSED
};
static NOT_PROCESSED_REPEAT: OutcomeRule = OutcomeRule {
    outcome: Outcome::NotProcessedRepeat,
    articles: &[answer(6)],
    report_row: Some("3.5.2"),
    must_state: &[Statement::EarlierReply],
    ..NOT_PROCESSED
};
static NOT_PROCESSED_PUBLICATIONS: OutcomeRule = OutcomeRule {
    outcome: Outcome::NotProcessedPublications,
    articles: &[Article::regulation(39).paragraph(2)],
    report_row: Some("3.5.3"),
    may_state: &[Statement::ProperChannel],
    ..NOT_PROCESSED
};
static NOT_PROCESSED_EXCESSIVE: OutcomeRule = OutcomeRule {
    outcome: Outcome::NotProcessedExcessive,
    articles: &[Article::regulation(35)],
    report_row: Some("3.5.4"),
    ..NOT_PROCESSED
};
/// No article names it: the row itself is its only source.
static NOT_PROCESSED_REISSUE: OutcomeRule = OutcomeRule {
    outcome: Outcome::NotProcessedReissue,
    articles: &[Article::whole(Instrument::ReportFormat)],
    report_row: Some("3.5.5"),
    ..NOT_PROCESSED
};

// 3.6: other ends.
static LAPSED_CORRECTION: OutcomeRule = OutcomeRule {
    outcome: Outcome::LapsedCorrection,
    group: OutcomeGroup::Lapsed,
    articles: &[Article::regulation(30)],
    report_row: Some("3.6.1"),
    must_state: &[Statement::NoticeUnheeded],
    by_reply: false,
    ..PLAIN
};
static LAPSED_FEE: OutcomeRule = OutcomeRule {
    outcome: Outcome::LapsedFee,
    group: OutcomeGroup::Lapsed,
    articles: &[Article::new(Instrument::FeeMeasures, 6), Article::regulation(42)],
    report_row: Some("3.6.2"),
    must_state: &[Statement::NoticeUnheeded],
    by_reply: false,
    ..PLAIN
};
/// The applicant's own act: nothing to complain of.
static WITHDRAWN: OutcomeRule = OutcomeRule {
    outcome: Outcome::Withdrawn,
    articles: &[Article::whole(Instrument::ReportFormat)],
    remedy: RemedyPath::NotSeparately,
    must_state: &[],
    by_reply: false,
    ..PLAIN
};
static NOT_GOVERNMENT_INFORMATION: OutcomeRule =
    OutcomeRule { outcome: Outcome::NotGovernmentInformation, articles: &[Article::regulation(2)], ..PLAIN };
static OTHER: OutcomeRule =
    OutcomeRule { outcome: Outcome::Other, articles: &[Article::whole(Instrument::ReportFormat)], ..PLAIN };

// Art. 41: records about oneself. Not a request for information, so not counted in table 三 (our reading).
static RECORDS_CORRECTED: OutcomeRule = OutcomeRule {
    outcome: Outcome::RecordsCorrected,
    articles: &[Article::regulation(41)],
    report_row: None,
    must_state: &[],
    ..PLAIN
};
static RECORDS_CORRECTION_REFERRED: OutcomeRule = OutcomeRule {
    outcome: Outcome::RecordsCorrectionReferred,
    articles: &[Article::regulation(41)],
    report_row: None,
    must_state: &[Statement::RightAgency],
    ..PLAIN
};
static RECORDS_CORRECTION_REFUSED: OutcomeRule = OutcomeRule {
    outcome: Outcome::RecordsCorrectionRefused,
    articles: &[Article::regulation(41)],
    report_row: None,
    ..PLAIN
};
