//! Members of staff, and what they may do where.

use super::conn::{Conn, touched};
use super::error::StoreError;
use super::schema::{staff, staff_roles};
use super::types::Instant;
use crate::ids::{AgencyId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// Someone who can sign in.
#[derive(Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = staff, treat_none_as_default_value = false)]
pub struct StaffRow {
    pub id: StaffId,
    /// Lower-case; the database refuses anything else.
    pub login: String,
    pub name: String,
    /// A password hash in its own text form (algorithm, settings, salt, hash).
    pub password_hash: String,
    /// Someone who left stays in the journal, and so stays here.
    pub active: bool,
    pub must_change_password: bool,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
}

/// Without the hash: rows end up in logs.
impl std::fmt::Debug for StaffRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StaffRow")
            .field("id", &self.id)
            .field("login", &self.login)
            .field("active", &self.active)
            .finish_non_exhaustive()
    }
}

#[derive(Insertable)]
#[diesel(table_name = staff_roles, treat_none_as_default_value = false)]
struct RoleRow<'a> {
    staff_id: StaffId,
    agency_id: AgencyId,
    role: &'a str,
    granted_at: Instant,
}

/// Adds a member of staff.
///
/// # Errors
/// [`StoreError::Conflict`] when the login or the id is taken.
pub fn insert(conn: &mut Conn, row: &StaffRow) -> Result<(), StoreError> {
    diesel::insert_into(staff::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// Who signs in as `login`; give it in lower case.
///
/// # Errors
/// Only the database's own.
pub fn find_by_login(conn: &mut Conn, login: &str) -> Result<Option<StaffRow>, StoreError> {
    Ok(staff::table.filter(staff::login.eq(login)).select(StaffRow::as_select()).first(conn).optional()?)
}

/// The member of staff with this id.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, id: StaffId) -> Result<StaffRow, StoreError> {
    Ok(staff::table.find(id).select(StaffRow::as_select()).first(conn)?)
}

/// Everyone, by login.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn) -> Result<Vec<StaffRow>, StoreError> {
    Ok(staff::table.order(staff::login).select(StaffRow::as_select()).load(conn)?)
}

/// The names of these people.
///
/// # Errors
/// Only the database's own.
pub fn names_of(conn: &mut Conn, people: &[StaffId]) -> Result<Vec<(StaffId, String)>, StoreError> {
    Ok(staff::table.filter(staff::id.eq_any(people)).select((staff::id, staff::name)).load(conn)?)
}

/// Everyone who holds a role in one of `agencies`, each once, by login.
///
/// # Errors
/// Only the database's own.
pub fn list_of_agencies(conn: &mut Conn, agencies: &[AgencyId]) -> Result<Vec<StaffRow>, StoreError> {
    let holders = staff_roles::table.filter(staff_roles::agency_id.eq_any(agencies)).select(staff_roles::staff_id);
    Ok(staff::table.filter(staff::id.eq_any(holders)).order(staff::login).select(StaffRow::as_select()).load(conn)?)
}

/// Everyone active who holds `role` at one of `agencies`, each once, by login.
///
/// # Errors
/// Only the database's own.
pub fn list_holders(conn: &mut Conn, agencies: &[AgencyId], role: &str) -> Result<Vec<StaffId>, StoreError> {
    let holders = staff_roles::table
        .filter(staff_roles::agency_id.eq_any(agencies))
        .filter(staff_roles::role.eq(role))
        .select(staff_roles::staff_id);
    Ok(staff::table
        .filter(staff::active.eq(true))
        .filter(staff::id.eq_any(holders))
        .order(staff::login)
        .select(staff::id)
        .load(conn)?)
}

/// Keeps the rows of these people to this transaction until it ends: two absences that rest on each other are entered
/// one after the other.
///
/// # Errors
/// Only the database's own.
pub fn hold(conn: &mut Conn, people: &[StaffId]) -> Result<(), StoreError> {
    diesel::update(staff::table.filter(staff::id.eq_any(people))).set(staff::active.eq(staff::active)).execute(conn)?;
    Ok(())
}

/// The roles someone holds, agency by agency.
///
/// # Errors
/// Only the database's own.
pub fn roles_of(conn: &mut Conn, id: StaffId) -> Result<Vec<(AgencyId, String)>, StoreError> {
    Ok(staff_roles::table
        .filter(staff_roles::staff_id.eq(id))
        .order((staff_roles::agency_id, staff_roles::role))
        .select((staff_roles::agency_id, staff_roles::role))
        .load(conn)?)
}

/// The roles that these people hold, person by person and agency by agency.
///
/// # Errors
/// Only the database's own.
pub fn list_roles_of(conn: &mut Conn, people: &[StaffId]) -> Result<Vec<(StaffId, AgencyId, String)>, StoreError> {
    Ok(staff_roles::table
        .filter(staff_roles::staff_id.eq_any(people))
        .order((staff_roles::staff_id, staff_roles::agency_id, staff_roles::role))
        .select((staff_roles::staff_id, staff_roles::agency_id, staff_roles::role))
        .load(conn)?)
}

/// Gives a role in an agency. Giving it twice is harmless and keeps the first date.
///
/// # Errors
/// Only the database's own.
pub fn grant(
    conn: &mut Conn,
    staff_id: StaffId,
    agency_id: AgencyId,
    role: &str,
    granted_at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = RoleRow { staff_id, agency_id, role, granted_at: granted_at.into() };
    let granted = conn.savepoint(|conn| {
        diesel::insert_into(staff_roles::table).values(row).execute(conn)?;
        Ok(())
    });
    match granted {
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Takes a role away.
///
/// # Errors
/// [`StoreError::Missing`] when it was not held.
pub fn revoke(conn: &mut Conn, staff_id: StaffId, agency_id: AgencyId, role: &str) -> Result<(), StoreError> {
    let rows = diesel::delete(staff_roles::table.find((staff_id, agency_id, role))).execute(conn);
    touched(rows, StoreError::Missing)
}

/// Sets a new password's hash.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such member of staff.
pub fn set_password(
    conn: &mut Conn,
    id: StaffId,
    password_hash: &str,
    must_change_password: bool,
) -> Result<(), StoreError> {
    let rows = diesel::update(staff::table.find(id))
        .set((staff::password_hash.eq(password_hash), staff::must_change_password.eq(must_change_password)))
        .execute(conn);
    touched(rows, StoreError::Missing)
}

/// Gives someone another name.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such member of staff.
pub fn rename(conn: &mut Conn, id: StaffId, name: &str) -> Result<(), StoreError> {
    let rows = diesel::update(staff::table.find(id)).set(staff::name.eq(name)).execute(conn);
    touched(rows, StoreError::Missing)
}

/// Lets someone sign in, or not any more.
///
/// # Errors
/// [`StoreError::Missing`] when there is no such member of staff.
pub fn set_active(conn: &mut Conn, id: StaffId, active: bool) -> Result<(), StoreError> {
    let rows = diesel::update(staff::table.find(id)).set(staff::active.eq(active)).execute(conn);
    touched(rows, StoreError::Missing)
}
