//! Roles that are lent: who stands in for somebody absent may do what they might, at the agencies both belong to, for as
//! long as the absence lasts (docs/decisions/011-an-absentees-role-is-lent.md).
//!
//! Only roles of one's own are lent. Who stands in for somebody cannot pass that on, an administrator's role is never
//! lent, and nothing is lent by somebody whose account is switched off.

use chrono::NaiveDate;

use super::failure::Failure;
use super::permission::{Held, Lineage, Officer};
use crate::case::{Act, Actor, Case, Choice, Moment, Role, allowed};
use crate::ids::StaffId;
use crate::storage::{Conn, absences, staff};

/// The roles that somebody holds of their own.
///
/// # Errors
/// [`Failure::Broken`] for a word that is no role; the database's failures.
pub fn own_roles(conn: &mut Conn, id: StaffId) -> Result<Vec<Held>, Failure> {
    staff::roles_of(conn, id)?
        .into_iter()
        .map(|(agency, role)| {
            let role = role.parse::<Role>().map_err(Failure::broken)?;
            Ok(Held { role, agency, absent: None })
        })
        .collect()
}

/// Whether a role can be lent at all.
#[must_use]
pub fn can_be_lent(held: &Held) -> bool {
    held.role != Role::Administrator
}

/// One's own roles, and those lent by the people one stands in for on that day.
///
/// # Errors
/// As [`own_roles`].
pub fn roles_on(conn: &mut Conn, id: StaffId, day: NaiveDate) -> Result<Vec<Held>, Failure> {
    let own = own_roles(conn, id)?;
    let mut roles = own.clone();
    for absence in absences::list_of_delegate(conn, id, day, day)? {
        if !staff::load(conn, absence.staff_id)?.active {
            continue;
        }
        let theirs = own_roles(conn, absence.staff_id)?;
        roles.extend(
            theirs
                .into_iter()
                .filter(|held| can_be_lent(held) && works_at(&own, held))
                .map(|held| Held { absent: Some(absence.staff_id), ..held }),
        );
    }
    Ok(roles)
}

/// Whether somebody with `own` roles is of the agency at which `held` is held, as more than its administrator.
#[must_use]
pub fn works_at(own: &[Held], held: &Held) -> bool {
    own.iter().any(|one| one.agency == held.agency && can_be_lent(one))
}

/// Under which names the journal would have this officer at the end of `lineage`, and the roles under each: one's own first, then
/// those of each who is absent.
#[must_use]
pub fn roles_by_name(officer: &Officer, lineage: &Lineage) -> Vec<(Actor, Vec<Role>)> {
    let held: Vec<Held> = officer.held_at(lineage).collect();
    let of = |whose: Option<StaffId>| -> Vec<Role> {
        held.iter().filter(|one| one.absent == whose).map(|one| one.role).collect()
    };
    let lent = officer.stands_in_for().into_iter();
    let lent = lent.map(|absent| (Actor::Delegate { id: officer.id, absent }, of(Some(absent))));
    std::iter::once((Actor::Staff { id: officer.id }, of(None))).chain(lent).collect()
}

/// The acts that this officer could do in some stage, each with what stands in its way now: by roles of one's own first,
/// then by lent ones, in the name under which the journal would have it.
#[must_use]
pub fn choices(case: &Case, officer: &Officer, lineage: &Lineage, at: &Moment<'_>) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for (actor, roles) in roles_by_name(officer, lineage) {
        for choice in allowed::choices(case, &roles, &Moment { actor, ..*at }) {
            if !choices.iter().any(|one| one.act == choice.act) {
                choices.push(choice);
            }
        }
    }
    choices.sort_by_key(|choice| Act::ALL.iter().position(|act| *act == choice.act));
    choices
}
