//! Kind × stage × act × role, as data: who may do what, in which proceeding, where it must stand.
//!
//! Whether the law allows the act at this moment is asked after it (`guards`). Supervisors, auditors and administrators stand in
//! no row: they read. Nobody outside the agency acts in these files.

use super::act::Act;
use super::stage::Stage::{self, Answering, Appealable, Closed, Deciding, Filing, Performing, Suspended};
use super::terms::ProceedingKind::{self, Complaint, Inspection, Litigation, Reconsideration};
use crate::case::role::Role::{self, Clerk, Handler, LegalReviewer, OfficeHead, Signer};

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The act.
    pub act: Act,
    /// In which kinds it occurs.
    pub kinds: &'static [ProceedingKind],
    /// Where the file must stand; nowhere for opening it.
    pub stages: &'static [Stage],
    /// Who may do it.
    pub roles: &'static [Role],
}

/// The two that the law regulates.
const LEGAL: &[ProceedingKind] = &[Reconsideration, Litigation];
/// The two in which the supervising authority sets the pace.
const SUPERVISED: &[ProceedingKind] = &[Complaint, Inspection];
const SUIT: &[ProceedingKind] = &[Litigation];
const BODY: &[ProceedingKind] = &[Reconsideration];
const BEGUN_BY_SOMEBODY: &[ProceedingKind] = &[Reconsideration, Litigation, Complaint];

/// Undecided.
const PENDING: &[Stage] = &[Filing, Answering, Deciding, Suspended];
/// Undecided, and the copy is here or will never come.
const HEARD: &[Stage] = &[Answering, Deciding, Suspended];
const OPEN: &[Stage] = &[Filing, Answering, Deciding, Suspended, Appealable, Performing];

/// Whose desk it is: clerk of the disclosure office, handler of the matter, legal reviewer.
const HANDS: &[Role] = &[Clerk, Handler, LegalReviewer];
/// What binds the agency or strikes a file out.
const HEADS: &[Role] = &[OfficeHead];

/// The table.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    Row { act: Act::Open,                  kinds: ProceedingKind::ALL, stages: &[],                             roles: HANDS },
    Row { act: Act::Assign,                kinds: ProceedingKind::ALL, stages: OPEN,                            roles: &[Clerk, OfficeHead] },
    Row { act: Act::RecordCorrectionAsked, kinds: LEGAL,               stages: &[Filing],                       roles: HANDS },
    Row { act: Act::RecordCorrected,       kinds: LEGAL,               stages: &[Filing],                       roles: HANDS },
    // The day of acceptance is often learnt later than the copy comes.
    Row { act: Act::RecordAcceptance,      kinds: BEGUN_BY_SOMEBODY,   stages: PENDING,                         roles: HANDS },
    Row { act: Act::ReceiveCopy,           kinds: ProceedingKind::ALL, stages: &[Filing, Deciding],             roles: HANDS },
    Row { act: Act::SwitchProcedure,       kinds: LEGAL,               stages: PENDING,                         roles: HANDS },
    Row { act: Act::MoveAnswer,            kinds: SUPERVISED,          stages: &[Answering],                    roles: HANDS },
    Row { act: Act::ListEvidence,          kinds: ProceedingKind::ALL, stages: PENDING,                         roles: HANDS },
    Row { act: Act::RemoveEvidence,        kinds: ProceedingKind::ALL, stages: PENDING,                         roles: HANDS },
    Row { act: Act::IssuePaper,            kinds: LEGAL,               stages: HEARD,                           roles: HANDS },
    // The agency's own period runs on while the proceeding stands (house rule 27).
    Row { act: Act::Answer,                kinds: ProceedingKind::ALL, stages: &[Answering, Suspended],         roles: HANDS },
    Row { act: Act::FixHearing,            kinds: ProceedingKind::ALL, stages: HEARD,                           roles: HANDS },
    Row { act: Act::MoveHearing,           kinds: ProceedingKind::ALL, stages: HEARD,                           roles: HANDS },
    Row { act: Act::RecordHearing,         kinds: ProceedingKind::ALL, stages: HEARD,                           roles: HANDS },
    Row { act: Act::DropHearing,           kinds: ProceedingKind::ALL, stages: HEARD,                           roles: HANDS },
    Row { act: Act::RecordMediation,       kinds: LEGAL,               stages: HEARD,                           roles: HANDS },
    Row { act: Act::RecordSuspension,      kinds: LEGAL,               stages: &[Answering, Deciding],          roles: HANDS },
    Row { act: Act::RecordResumption,      kinds: LEGAL,               stages: &[Suspended],                    roles: HANDS },
    Row { act: Act::RecordExtension,       kinds: LEGAL,               stages: HEARD,                           roles: HANDS },
    Row { act: Act::ReceiveDecision,       kinds: ProceedingKind::ALL, stages: PENDING,                         roles: HANDS },
    Row { act: Act::RecordEffect,          kinds: SUIT,                stages: &[Appealable],                   roles: &[LegalReviewer, OfficeHead] },
    // An opinion may come with the decision, before it, or when the file is closed.
    Row { act: Act::ReceiveOpinion,        kinds: BODY,                stages: &[Answering, Deciding, Suspended, Performing, Closed], roles: HANDS },
    Row { act: Act::ReportOpinion,         kinds: BODY,                stages: &[Answering, Deciding, Suspended, Performing], roles: HANDS },
    Row { act: Act::RecordPerformance,     kinds: ProceedingKind::ALL, stages: &[Performing],                   roles: HANDS },
    // Whether the agency itself appeals is for its head; that somebody did is for whoever opens the letter.
    Row { act: Act::RecordAppeal,          kinds: SUIT,                stages: &[Appealable],                   roles: &[Clerk, Handler, LegalReviewer, OfficeHead, Signer] },
    Row { act: Act::RecordRetrial,         kinds: SUIT,                stages: &[Performing, Closed],           roles: HANDS },
    Row { act: Act::RecordWithdrawal,      kinds: BEGUN_BY_SOMEBODY,   stages: PENDING,                         roles: HANDS },
    Row { act: Act::Close,                 kinds: ProceedingKind::ALL, stages: OPEN,                            roles: HEADS },
    Row { act: Act::AttachFile,            kinds: ProceedingKind::ALL, stages: Stage::ALL,                      roles: HANDS },
    Row { act: Act::Link,                  kinds: ProceedingKind::ALL, stages: Stage::ALL,                      roles: HANDS },
    Row { act: Act::Note,                  kinds: ProceedingKind::ALL, stages: Stage::ALL,                      roles: &[Clerk, Handler, LegalReviewer, OfficeHead, Signer] },
    Row { act: Act::CorrectDate,           kinds: ProceedingKind::ALL, stages: Stage::ALL,                      roles: HEADS },
    Row { act: Act::Annul,                 kinds: ProceedingKind::ALL, stages: Stage::ALL,                      roles: HEADS },
    // The calendar is no role: nobody can be it.
    Row { act: Act::Tick,                  kinds: ProceedingKind::ALL, stages: Stage::ALL,                      roles: &[] },
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

/// Whether it occurs in that kind of proceeding.
#[must_use]
pub fn occurs_in(act: Act, kind: ProceedingKind) -> bool {
    row(act).is_some_and(|row| row.kinds.contains(&kind))
}

/// Whether somebody with that role may do it.
#[must_use]
pub fn may(role: Role, act: Act) -> bool {
    row(act).is_some_and(|row| row.roles.contains(&role))
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
    fn every_open_stage_has_a_way_on_in_every_kind_that_knows_it() {
        for kind in ProceedingKind::ALL.iter().copied() {
            for stage in OPEN.iter().copied().filter(|stage| *stage != Appealable || kind == Litigation) {
                let ways = [Act::ReceiveDecision, Act::RecordPerformance, Act::RecordEffect];
                assert!(ways.into_iter().any(|act| open_in(act, stage) && occurs_in(act, kind)), "{kind} × {stage}");
            }
        }
    }
}
