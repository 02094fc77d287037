//! Role × stage × act, as data: who may do what, where the papers must lie for it.
//!
//! This is the one table behind the permission function, the refusals, the API's `allowed` and the pages' buttons.
//! Whether the law allows the act at this moment is asked after it (`guards`). Supervisors, auditors and administrators
//! stand in no row: they read.

use super::act::Act;
use super::role::Role::{self, Clerk, Handler, OfficeHead, Reviewer, SecrecyReviewer, Signer};
use super::stage::Stage::{
    self, Assigning, Closed, Confirming, Consulting, Correcting, Handling, Registering, Reviewing, SecrecyReviewing,
    Serving, Signing,
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

/// A case that is registered and not yet at the end of its way through the office.
const AT_WORK: &[Stage] = &[Assigning, Handling, Consulting, Reviewing, SecrecyReviewing, Signing, Serving];

/// The same, or waiting for a correction.
const NOT_CLOSED_SINCE_REGISTERED: &[Stage] =
    &[Assigning, Handling, Correcting, Consulting, Reviewing, SecrecyReviewing, Signing, Serving];

/// A case that is not closed.
const OPEN: &[Stage] = &[
    Confirming,
    Registering,
    Assigning,
    Handling,
    Correcting,
    Consulting,
    Reviewing,
    SecrecyReviewing,
    Signing,
    Serving,
];

/// Everybody whose hands a case goes through.
const ANY_HAND: &[Role] = &[Clerk, Handler, Reviewer, SecrecyReviewer, OfficeHead, Signer];

/// The table.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    Row { act: Act::ConfirmReceipt,             stages: &[Confirming],                    roles: &[Clerk],                          applicant: false },
    Row { act: Act::Register,                   stages: &[Registering],                   roles: &[Clerk],                          applicant: false },
    Row { act: Act::Assign,                     stages: &[Assigning, Handling, Consulting, Correcting], roles: &[Clerk, OfficeHead], applicant: false },
    Row { act: Act::Claim,                      stages: &[Assigning],                     roles: &[Handler],                        applicant: false },
    Row { act: Act::Return,                     stages: &[Handling],                      roles: &[Handler],                        applicant: false },
    Row { act: Act::RequestCorrection,          stages: &[Assigning, Handling],           roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecordCorrectionDelivery,   stages: &[Correcting],                    roles: &[Clerk, Handler],                 applicant: false },
    // A notice sent too late stops nothing, so its answer may come while the case is at work.
    Row { act: Act::ReceiveCorrection,          stages: NOT_CLOSED_SINCE_REGISTERED,      roles: &[Clerk, Handler],                 applicant: true  },
    Row { act: Act::Lapse,                      stages: &[Correcting],                    roles: &[OfficeHead, Signer],             applicant: false },
    Row { act: Act::Reinstate,                  stages: &[Closed],                        roles: &[OfficeHead, Signer],             applicant: false },
    Row { act: Act::Consult,                    stages: &[Handling, Consulting],          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecordConsultationDelivery, stages: AT_WORK,                          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::ReceiveOpinion,             stages: AT_WORK,                          roles: &[Clerk, Handler], applicant: false },
    Row { act: Act::RequestExtension,           stages: AT_WORK,                          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::DecideExtension,            stages: AT_WORK,                          roles: &[OfficeHead],                     applicant: false },
    Row { act: Act::NotifyExtension,            stages: AT_WORK,                          roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::Draft,                      stages: &[Handling],                      roles: &[Handler],                        applicant: false },
    Row { act: Act::Review,                     stages: &[Reviewing],                     roles: &[Reviewer],                       applicant: false },
    Row { act: Act::ReviewSecrecy,              stages: &[SecrecyReviewing],              roles: &[SecrecyReviewer],                applicant: false },
    Row { act: Act::Sign,                       stages: &[Signing],                       roles: &[Signer],                         applicant: false },
    Row { act: Act::Serve,                      stages: &[Serving],                       roles: &[Clerk, Handler],                 applicant: false },
    Row { act: Act::RecordServiceProof,         stages: &[Closed],                        roles: &[Clerk, Handler],                 applicant: true  },
    Row { act: Act::Withdraw,                   stages: OPEN,                             roles: &[Clerk],                          applicant: true  },
    Row { act: Act::Note,                       stages: Stage::ALL,            roles: ANY_HAND,                          applicant: false },
    Row { act: Act::CorrectReceipt,             stages: &[Registering, Assigning, Handling, Correcting, Consulting, Reviewing, SecrecyReviewing, Signing, Serving], roles: &[OfficeHead], applicant: false },
    Row { act: Act::Annul,                      stages: Stage::ALL,            roles: &[OfficeHead],                     applicant: false },
    // The calendar is no role: nobody can be it.
    Row { act: Act::Tick,                       stages: Stage::ALL,            roles: &[],                               applicant: false },
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
