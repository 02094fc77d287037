//! Who it is that has a part: the handler, whoever stands in, the holders of a role. Whoever has left is nobody.

use chrono::NaiveDate;

use crate::case::milestone::Told;
use crate::case::{Case, Role};
use crate::ids::{AgencyId, StaffId};
use crate::office::failure::Failure;
use crate::storage::{Conn, absences, agencies, staff, watchers};

/// The people who have the part `told` in the case on that day, each once. `part` is the journal entry of a contribution.
///
/// # Errors
/// The database's failures.
pub fn of(conn: &mut Conn, case: &Case, told: Told, part: u32, on: NaiveDate) -> Result<Vec<StaffId>, Failure> {
    match told {
        Told::Handler => handler(conn, case.agency(), case.handler),
        Told::Deputy => deputy(conn, case.handler, on),
        Told::Contributor => {
            let asked = case.co_work.iter().find(|one| one.seq == part).and_then(|one| one.staff);
            match asked {
                Some(staff) if is_active(conn, staff)? => Ok(vec![staff]),
                Some(_) | None => handler(conn, case.agency(), case.handler),
            }
        }
        Told::UnitHead | Told::Reviewer => holders(conn, case, Role::Reviewer),
        Told::Clerk => holders(conn, case, Role::Clerk),
        Told::LegalReviewer => holders(conn, case, Role::LegalReviewer),
        Told::SecrecyReviewer => holders(conn, case, Role::SecrecyReviewer),
        Told::OfficeHead => holders(conn, case, Role::OfficeHead),
        Told::Signer => holders(conn, case, Role::Signer),
        Told::Supervisor => {
            let mut above: Vec<_> =
                agencies::list_ancestors(conn, case.agency())?.into_iter().map(|row| row.id).collect();
            above.push(case.agency());
            Ok(staff::list_holders(conn, &above, Role::Supervisor.as_str())?)
        }
    }
}

/// Those who follow the case and want to be told.
///
/// # Errors
/// The database's failures.
pub fn followers(conn: &mut Conn, case: &Case) -> Result<Vec<StaffId>, Failure> {
    let mut found = Vec::new();
    for row in watchers::list(conn, case.id)? {
        if !row.muted && is_active(conn, row.staff_id)? {
            found.push(row.staff_id);
        }
    }
    Ok(found)
}

/// Who has that part at the agency, of a file beside the cases: whoever sees to it and whoever stands in, the holders of a role.
///
/// # Errors
/// The database's failures.
pub fn at_agency(
    conn: &mut Conn,
    agency: AgencyId,
    handler: Option<StaffId>,
    told: Told,
    on: NaiveDate,
) -> Result<Vec<StaffId>, Failure> {
    let role = match told {
        Told::Handler | Told::Deputy | Told::Contributor => return at_desk(conn, agency, handler, on),
        Told::Supervisor => {
            let mut above: Vec<_> = agencies::list_ancestors(conn, agency)?.into_iter().map(|row| row.id).collect();
            above.push(agency);
            return Ok(staff::list_holders(conn, &above, Role::Supervisor.as_str())?);
        }
        Told::UnitHead | Told::Reviewer => Role::Reviewer,
        Told::Clerk => Role::Clerk,
        Told::LegalReviewer => Role::LegalReviewer,
        Told::SecrecyReviewer => Role::SecrecyReviewer,
        Told::OfficeHead => Role::OfficeHead,
        Told::Signer => Role::Signer,
    };
    Ok(staff::list_holders(conn, &[agency], role.as_str())?)
}

/// Those at whose desk a case of the agency lies on that day: its handler and whoever stands in, or the clerks; each once.
///
/// # Errors
/// The database's failures.
pub fn at_desk(
    conn: &mut Conn,
    agency: AgencyId,
    handled_by: Option<StaffId>,
    on: NaiveDate,
) -> Result<Vec<StaffId>, Failure> {
    let mut people = handler(conn, agency, handled_by)?;
    for staff in deputy(conn, handled_by, on)? {
        if !people.contains(&staff) {
            people.push(staff);
        }
    }
    Ok(people)
}

/// The handler; the clerks while there is none, or the handler has left.
fn handler(conn: &mut Conn, agency: AgencyId, handler: Option<StaffId>) -> Result<Vec<StaffId>, Failure> {
    match handler {
        Some(handler) if is_active(conn, handler)? => Ok(vec![handler]),
        Some(_) | None => Ok(staff::list_holders(conn, &[agency], Role::Clerk.as_str())?),
    }
}

fn deputy(conn: &mut Conn, handler: Option<StaffId>, on: NaiveDate) -> Result<Vec<StaffId>, Failure> {
    let Some(handler) = handler else { return Ok(Vec::new()) };
    Ok(absences::list_of_staff(conn, handler, on, on)?.into_iter().map(|row| row.delegate_id).collect())
}

fn holders(conn: &mut Conn, case: &Case, role: Role) -> Result<Vec<StaffId>, Failure> {
    Ok(staff::list_holders(conn, &[case.agency()], role.as_str())?)
}

fn is_active(conn: &mut Conn, id: StaffId) -> Result<bool, Failure> {
    Ok(staff::load(conn, id)?.active)
}
