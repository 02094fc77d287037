//! Role × stage × act, as data: who may do what, where the papers must lie for it.
//!
//! This is the one table behind the permission function, the refusals, the API's `allowed` and the pages' buttons.
//! Whether the law allows the act at this moment is asked after it (`guards`). Supervisors, auditors and administrators
//! stand in no row: they read.

use super::act::Act;
use super::role::Role::{self, Clerk, Handler, LegalReviewer, OfficeHead, Reviewer, SecrecyReviewer, Signer};
use super::stage::Stage::{
    self, Assigning, Closed, Confirming, Consulting, Correcting, Handling, LegalReviewing, Paying, Registering,
    Reviewing, SecrecyReviewing, Serving, Signing,
};

/// One row: an act, the stages in which it can be done, the roles that may do it, and whether the applicant may.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The act.
    pub act: Act,
    /// Where the case must stand.
    pub stages: &'static [Stage],
    /// Who of the staff may do it.
    pub roles: &'static [Role],
    /// Whether the applicant may do it on line.
    pub applicant: bool,
}

/// A case that is registered and not yet at the end of its way through the office, while the reply clock runs or stands.
const AT_WORK: &[Stage] =
    &[Assigning, Handling, Consulting, Reviewing, LegalReviewing, SecrecyReviewing, Signing, Serving];

/// The same, or waiting for a payment.
const AT_WORK_OR_PAYING: &[Stage] =
    &[Assigning, Handling, Paying, Consulting, Reviewing, LegalReviewing, SecrecyReviewing, Signing, Serving];

/// The same, or waiting for a correction.
const NOT_CLOSED_SINCE_REGISTERED: &[Stage] = &[
    Assigning,
    Handling,
    Correcting,
    Paying,
    Consulting,
    Reviewing,
    LegalReviewing,
    SecrecyReviewing,
    Signing,
    Serving,
];

/// The same, or closed.
const SINCE_REGISTERED: &[Stage] = &[
    Assigning,
    Handling,
    Correcting,
    Paying,
    Consulting,
    Reviewing,
    LegalReviewing,
    SecrecyReviewing,
    Signing,
    Serving,
    Closed,
];

/// Open, or not yet registered.
const NOT_CLOSED_SINCE_RECEIVED: &[Stage] = &[
    Registering,
    Assigning,
    Handling,
    Correcting,
    Paying,
    Consulting,
    Reviewing,
    LegalReviewing,
    SecrecyReviewing,
    Signing,
    Serving,
];

/// A case that is not closed.
const OPEN: &[Stage] = &[
    Confirming,
    Registering,
    Assigning,
    Handling,
    Correcting,
    Paying,
    Consulting,
    Reviewing,
    LegalReviewing,
    SecrecyReviewing,
    Signing,
    Serving,
];

/// A draft under approval. Which steps are asked of it stands in the draft; those of one round go side by side.
const UNDER_APPROVAL: &[Stage] = &[Reviewing, LegalReviewing, SecrecyReviewing, Signing];

/// A draft that exists: on the desk, under approval, or signed.
const WITH_A_DRAFT: &[Stage] = &[Handling, Reviewing, LegalReviewing, SecrecyReviewing, Signing, Serving];

/// Everybody whose hands a case goes through.
const ANY_HAND: &[Role] = &[Clerk, Handler, Reviewer, LegalReviewer, SecrecyReviewer, OfficeHead, Signer];

/// The table.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    Row { act: Act::ConfirmReceipt,             stages: &[Confirming],                    roles: &[Clerk],                          applicant: false },
    Row { act: Act::RecordContact,              stages: &[Confirming],                    roles: &[Clerk],                          applicant: false },
    Row { act: Act::Register,                   stages: &[Registering],                   roles: &[Clerk],                          applicant: false },
    Row { act: Act::CorrectParticulars,         stages: OPEN,                             roles: &[Clerk, OfficeHead],              applicant: false },
    Row { act: Act::Examine,                    stages: &[Registering, Assigning, Handling], roles: &[Clerk, Handler],              applicant: false },
    Row { act: Act::SplitOff,                   stages: &[Registering, Assigning, Handling], roles: &[Clerk],                       applicant: false },
    Row { act: Act::Link,                       stages: Stage::ALL,                       roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::MarkSensitive,              stages: OPEN,                             roles: &[Clerk, Handler, OfficeHead],     applicant: false },
    Row { act: Act::Assign,                     stages: &[Assigning, Handling, Consulting, Correcting, Paying], roles: &[Clerk, OfficeHead], applicant: false },
    Row { act: Act::Claim,                      stages: &[Assigning],                     roles: &[Handler],                        applicant: false },
    Row { act: Act::Return,                     stages: &[Handling],                      roles: &[Handler],                        applicant: false },
    Row { act: Act::RequestCorrection,          stages: &[Assigning, Handling],           roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecordCorrectionDelivery,   stages: &[Correcting],                    roles: &[Clerk, Handler],                 applicant: false },
    // A notice sent too late stops nothing, so its answer may come while the case is at work.
    Row { act: Act::ReceiveCorrection,          stages: NOT_CLOSED_SINCE_REGISTERED,      roles: &[Clerk, Handler],                 applicant: true  },
    Row { act: Act::Lapse,                      stages: &[Correcting, Paying],            roles: &[OfficeHead, Signer],             applicant: false },
    Row { act: Act::Reinstate,                  stages: &[Closed],                        roles: &[OfficeHead, Signer],             applicant: false },
    // What a decision says follows from the proceeding's file: no role, as with the calendar.
    Row { act: Act::Reopen,                     stages: SINCE_REGISTERED,                 roles: &[],                               applicant: false },
    Row { act: Act::AnchorProceeding,           stages: Stage::ALL,                       roles: &[],                               applicant: false },
    Row { act: Act::TieEnquiry,                 stages: Stage::ALL,                       roles: &[],                               applicant: false },
    Row { act: Act::TakeOver,                   stages: Stage::ALL,                       roles: &[],                               applicant: false },
    // The reply clock runs on meanwhile, so the answer may come wherever the case lies.
    Row { act: Act::RequestExplanation,         stages: &[Handling, Consulting],          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecordExplanationDelivery,  stages: AT_WORK_OR_PAYING,                roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::ReceiveExplanation,         stages: AT_WORK_OR_PAYING,                roles: &[Clerk, Handler],                 applicant: true  },
    Row { act: Act::DecideExplanation,          stages: AT_WORK_OR_PAYING,                roles: &[Handler, OfficeHead],            applicant: false },
    Row { act: Act::NotifyDelay,                stages: AT_WORK,                          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::NotifyFee,                  stages: &[Handling],                      roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecordFeeDelivery,          stages: &[Paying],                        roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::ReportPayment,              stages: &[Paying],                        roles: &[],                               applicant: true  },
    Row { act: Act::RecordPayment,              stages: &[Paying],                        roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RequestWaiver,              stages: &[Handling, Paying],              roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::DecideWaiver,               stages: &[Handling, Paying],              roles: &[OfficeHead],                     applicant: false },
    Row { act: Act::OpenCoWork,                 stages: &[Assigning, Handling, Consulting], roles: &[Clerk, Handler],               applicant: false },
    Row { act: Act::AnswerCoWork,               stages: NOT_CLOSED_SINCE_REGISTERED,      roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecallCoWork,               stages: NOT_CLOSED_SINCE_REGISTERED,      roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecordSearch,               stages: AT_WORK,                          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::Consult,                    stages: &[Handling, Consulting],          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecordConsultationDelivery, stages: AT_WORK_OR_PAYING,                roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::ReceiveOpinion,             stages: AT_WORK_OR_PAYING,                roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::WeighConsultation,          stages: AT_WORK_OR_PAYING,                roles: &[Handler, OfficeHead],            applicant: false },
    Row { act: Act::TellThirdParty,             stages: AT_WORK,                          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::TellApplicant,              stages: AT_WORK,                          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::Refer,                      stages: AT_WORK,                          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::ConfirmReferral,            stages: Stage::ALL,                       roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RequestExtension,           stages: AT_WORK,                          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::DecideExtension,            stages: AT_WORK,                          roles: &[OfficeHead],                     applicant: false },
    Row { act: Act::NotifyExtension,            stages: AT_WORK,                          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::Draft,                      stages: &[Handling],                      roles: &[Handler],                        applicant: false },
    Row { act: Act::Review,                     stages: UNDER_APPROVAL,                   roles: &[Reviewer],                       applicant: false },
    Row { act: Act::ReviewLegality,             stages: UNDER_APPROVAL,                   roles: &[LegalReviewer],                  applicant: false },
    Row { act: Act::ReviewSecrecy,              stages: UNDER_APPROVAL,                   roles: &[SecrecyReviewer],                applicant: false },
    Row { act: Act::AnswerCheck,                stages: WITH_A_DRAFT,                     roles: &[Handler, OfficeHead, Signer],    applicant: false },
    Row { act: Act::Sign,                       stages: UNDER_APPROVAL,                   roles: &[Signer],                         applicant: false },
    Row { act: Act::Recall,                     stages: &[Serving],                       roles: &[OfficeHead, Signer],             applicant: false },
    Row { act: Act::Serve,                      stages: &[Serving],                       roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecordServiceProof,         stages: &[Closed],                        roles: &[Clerk, Handler],                 applicant: true  },
    Row { act: Act::Withdraw,                   stages: OPEN,                             roles: &[Clerk],                          applicant: true  },
    Row { act: Act::ProposePublication,         stages: Stage::ALL,                       roles: &[Clerk, Handler, OfficeHead],     applicant: false },
    Row { act: Act::RecordPublication,          stages: Stage::ALL,                       roles: &[Clerk],                          applicant: false },
    Row { act: Act::AttachFile,                 stages: Stage::ALL,                       roles: ANY_HAND,                          applicant: true  },
    Row { act: Act::ShowFile,                   stages: Stage::ALL,                       roles: &[Clerk, Handler, OfficeHead],     applicant: false },
    Row { act: Act::CheckFile,                  stages: Stage::ALL,                       roles: ANY_HAND,                          applicant: false },
    Row { act: Act::Release,                    stages: &[Closed],                        roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecordDelivery,             stages: Stage::ALL,                       roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::Download,                   stages: Stage::ALL,                       roles: &[],                               applicant: true  },
    Row { act: Act::Note,                       stages: Stage::ALL,                       roles: ANY_HAND,                          applicant: false },
    Row { act: Act::PlaceHold,                  stages: &[Closed],                        roles: &[Clerk, OfficeHead],              applicant: false },
    Row { act: Act::LiftHold,                   stages: &[Closed],                        roles: &[OfficeHead],                     applicant: false },
    Row { act: Act::HandOver,                   stages: &[Closed],                        roles: &[Clerk, OfficeHead],              applicant: false },
    // Done by the program on a list that two people made (house rule 34); also of a copy that had been restored open.
    Row { act: Act::Destroy,                    stages: Stage::ALL,                       roles: &[],                               applicant: false },
    Row { act: Act::CorrectReceipt,             stages: NOT_CLOSED_SINCE_RECEIVED,        roles: &[OfficeHead],                     applicant: false },
    Row { act: Act::Annul,                      stages: Stage::ALL,                       roles: &[OfficeHead],                     applicant: false },
    // The calendar is no role: nobody can be it.
    Row { act: Act::Tick,                       stages: Stage::ALL,                       roles: &[],                               applicant: false },
];

/// The row of an act.
#[must_use]
pub fn row(act: Act) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.act == act)
}

/// Whether the act can be done in that stage at all.
#[must_use]
pub fn open_in(act: Act, stage: Stage) -> bool {
    row(act).is_some_and(|row| row.stages.contains(&stage))
}

/// Whether somebody with that role may do the act.
#[must_use]
pub fn may(role: Role, act: Act) -> bool {
    row(act).is_some_and(|row| row.roles.contains(&role))
}

/// Whether the applicant may do it.
#[must_use]
pub fn applicant_may(act: Act) -> bool {
    row(act).is_some_and(|row| row.applicant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_act_has_exactly_one_row() {
        for act in Act::ALL.iter().copied() {
            assert_eq!(TABLE.iter().filter(|row| row.act == act).count(), 1, "{act}");
        }
    }

    #[test]
    fn those_who_only_read_stand_in_no_row() {
        for act in Act::ALL.iter().copied() {
            for role in [Role::Supervisor, Role::Auditor, Role::Administrator] {
                assert!(!may(role, act), "{role} must not {act}");
            }
        }
    }

    #[test]
    fn only_the_head_of_the_office_decides_an_extension() {
        let deciders: Vec<_> = Role::ALL.iter().copied().filter(|role| may(*role, Act::DecideExtension)).collect();
        assert_eq!(deciders, [Role::OfficeHead]);
    }

    #[test]
    fn every_open_stage_has_a_way_on() {
        for stage in Stage::ALL.iter().copied().filter(|stage| *stage != Stage::Closed) {
            let ways = TABLE
                .iter()
                .filter(|row| {
                    row.stages.contains(&stage)
                        && !matches!(row.act, Act::Note | Act::Annul | Act::Tick | Act::Withdraw)
                })
                .count();
            assert!(ways > 0, "{stage} is a dead end");
        }
    }
}
