//! Stage × act × role, as data: who may do what, where it must stand. Supervisors, auditors and administrators stand in no row:
//! they read.

use super::act::Act;
use super::stage::Stage::{self, Assigning, Closed, Handling, Sending};
use crate::case::role::Role::{self, Clerk, Handler, LegalReviewer, OfficeHead, Reviewer, SecrecyReviewer, Signer};

/// One row.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The act.
    pub act: Act,
    /// Where the enquiry must stand; nowhere for registering it.
    pub stages: &'static [Stage],
    /// Who of the agency may do it.
    pub roles: &'static [Role],
    /// Whether its writer may.
    pub writer: bool,
}

const OPEN: &[Stage] = &[Assigning, Handling, Sending];
const HANDS: &[Role] = &[Clerk, Handler];
const HEADS: &[Role] = &[Clerk, OfficeHead];

/// The table.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    Row { act: Act::Register,            stages: &[],                  roles: HANDS, writer: true },
    Row { act: Act::Assign,              stages: OPEN,                 roles: HEADS, writer: false },
    Row { act: Act::HandOver,            stages: OPEN,                 roles: HEADS, writer: false },
    // A clerk answers what needs no handler. An answer that is not sent yet can be written anew.
    Row { act: Act::Answer,              stages: OPEN,                 roles: HANDS, writer: false },
    Row { act: Act::Send,                stages: &[Sending],           roles: &[Clerk, Handler, OfficeHead], writer: false },
    Row { act: Act::Close,               stages: OPEN,                 roles: HEADS, writer: false },
    // Whoever enters applications (art. 29).
    Row { act: Act::TurnIntoApplication, stages: OPEN,                 roles: &[Clerk], writer: false },
    Row { act: Act::Note,                stages: Stage::ALL,           roles: &[Clerk, Handler, Reviewer, LegalReviewer, SecrecyReviewer, OfficeHead, Signer], writer: false },
    Row { act: Act::Rate,                stages: &[Closed],            roles: &[], writer: true },
    // The calendar is no role: nobody can be it.
    Row { act: Act::Tick,                stages: Stage::ALL,           roles: &[], writer: false },
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
}
