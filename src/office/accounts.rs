//! An account after it was added: the roles it holds, the name, the address, a new first password. Who keeps the agency keeps
//! its roles; a password is reset only by somebody who keeps every agency at which its holder has a role, for whoever has the
//! password has all of these.

use std::collections::BTreeMap;

use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input::Reader;
use super::log::{Change, Kind, Note, changes_between};
use super::notices::choices;
use super::permission::{Deed, Officer, permit};
use super::sign_in::{check_new_password, unlock};
use super::staff::{StaffView, may_keep, view_of};
use super::{Office, intake, projection};
use crate::case::Role;
use crate::ids::{AgencyId, StaffId};
use crate::storage::{Conn, agencies, sessions, staff, tokens};
use crate::vault::password;

/// The roles somebody is to hold at an agency.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleChange {
    /// The agency, by its short name.
    #[schema(min_length = 1, max_length = 100)]
    pub agency: String,
    /// All the roles there; none takes them away.
    #[schema(value_type = Vec<String>)]
    pub roles: Vec<Role>,
}

/// A new first password, for somebody who has lost theirs.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    /// The password, to be changed at the first sign-in.
    #[schema(min_length = 12, max_length = 1000)]
    pub password: String,
}

/// What is to be otherwise; what is missing stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountChange {
    /// The name.
    #[schema(min_length = 1, max_length = 100)]
    pub name: Option<String>,
    /// The address to which notices go.
    #[schema(max_length = 200, example = "zhang@example.gov.cn")]
    pub email: Option<String>,
}

impl Office {
    /// A member of staff, for an administrator.
    ///
    /// # Errors
    /// [`Failure::Forbidden`], [`Failure::Missing`]; the database's failures.
    pub async fn staff_member(&self, officer: &Officer, id: StaffId) -> Result<StaffView, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                may_keep(conn, &officer, id)?;
                view_of(conn, id)
            })
            .await
    }

    /// Lays down the roles somebody holds at an agency. They hold from the next request on.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] where the officer does not keep the agency; [`Failure::Missing`] for whom they do not keep;
    /// [`Failure::Contrary`] for one's own administration, the last role, or the last administrator of a top agency; the
    /// database's failures.
    pub async fn set_roles(&self, officer: &Officer, id: StaffId, input: RoleChange) -> Result<StaffView, Failure> {
        let (officer, now, shared) = (officer.clone(), self.now(), self.shared());
        self.db()
            .write(move |conn| {
                may_keep(conn, &officer, id)?;
                let agency =
                    agencies::find_by_slug(conn, &input.agency)?.ok_or_else(|| intake::no_such_agency("/agency"))?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                // Two changes of one person's roles follow each other, so that the last is really the last.
                staff::hold(conn, &[id])?;
                let held = staff::roles_of(conn, id)?;
                let here: Vec<Role> =
                    held.iter().filter(|(at, _)| *at == agency.id).filter_map(|(_, role)| role.parse().ok()).collect();
                let taken: Vec<Role> = here.iter().copied().filter(|role| !input.roles.contains(role)).collect();
                may_be_taken(conn, &officer, id, &taken, agency.id, agency.parent_id.is_none())?;
                if input.roles.is_empty() && held.len() == here.len() {
                    return Err(Failure::contrary(
                        "这是该人员的全部岗位，不能都去掉；离岗的请停用账号。",
                        "These are all the roles they hold. For somebody who leaves, switch the account off.",
                    ));
                }
                for role in &taken {
                    staff::revoke(conn, id, agency.id, role.as_str())?;
                }
                for role in &input.roles {
                    staff::grant(conn, id, agency.id, role.as_str(), now)?;
                }
                let listed = |roles: &[Role]| roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(" ");
                let change = Change {
                    field: "/roles".to_owned(),
                    before: Some(listed(&here)),
                    after: Some(listed(&input.roles)),
                };
                let note = Note::by(&officer, Kind::RolesChanged).at(agency.id).fact("about", id);
                note.changed(vec![change]).write(conn, &shared)?;
                view_of(conn, id)
            })
            .await
    }

    /// Gives somebody a new first password: every sign-in of theirs ends, and what locked the account is forgiven.
    ///
    /// # Errors
    /// As [`Office::staff_member`]; [`Failure::Forbidden`] where they hold a role at an agency that the officer does not
    /// keep; [`Failure::Contrary`] for one's own; [`Failure::Invalid`] for a short one.
    pub async fn reset_password(&self, officer: &Officer, id: StaffId, input: PasswordReset) -> Result<(), Failure> {
        let mut reader = Reader::new();
        check_new_password(&mut reader, "/password", &input.password);
        reader.finish(())?;
        let (officer, now, shared) = (officer.clone(), self.now(), self.shared());
        let mut randomness = shared.randomness.clone();
        let hash = shared.hashing.hash(move || password::hash(&input.password, &mut randomness)).await?;
        self.db()
            .write(move |conn| {
                may_keep(conn, &officer, id)?;
                if id == officer.id {
                    return Err(Failure::contrary(
                        "修改自己的密码请到“我的账号”。",
                        "One's own password is changed in one's own settings.",
                    ));
                }
                keeps_all_of(conn, &officer, id)?;
                let row = staff::load(conn, id)?;
                staff::set_password(conn, id, &hash, true)?;
                tokens::revoke_all_of(conn, id, now)?;
                sessions::end_all_of(conn, id, None, now)?;
                Note::by(&officer, Kind::PasswordReset).fact("about", id).write(conn, &shared)?;
                unlock(conn, &shared, &row.login, now)
            })
            .await
    }

    /// Changes the name or the address.
    ///
    /// # Errors
    /// As [`Office::staff_member`]; [`Failure::Forbidden`] where they hold a role at an agency that the officer does not keep;
    /// [`Failure::Invalid`].
    pub async fn change_account(
        &self,
        officer: &Officer,
        id: StaffId,
        input: AccountChange,
    ) -> Result<StaffView, Failure> {
        let mut reader = Reader::new();
        let name = input.name.as_deref().map(|name| reader.text("/name", name));
        let email = reader.email("/email", input.email.as_deref());
        let (name, email) = reader.finish((name, email))?;
        let (officer, now, shared) = (officer.clone(), self.now(), self.shared());
        self.db()
            .write(move |conn| {
                keeps_all_of(conn, &officer, id)?;
                let before = held_of(conn, id)?;
                if let Some(name) = &name {
                    staff::rename(conn, id, name)?;
                }
                if let Some(email) = &email {
                    choices::give_address(conn, id, email, now)?;
                }
                let changes = changes_between(Some(&before), Some(&held_of(conn, id)?))?;
                let note = Note::by(&officer, Kind::AccountChanged).fact("about", id).changed(changes);
                note.write(conn, &shared)?;
                view_of(conn, id)
            })
            .await
    }
}

/// What of an account can be changed, as the log tells it.
pub(super) fn held_of(conn: &mut Conn, id: StaffId) -> Result<BTreeMap<&'static str, String>, Failure> {
    let row = staff::load(conn, id)?;
    let email = choices::Choices::of(conn, id)?.email;
    Ok(BTreeMap::from([("login", row.login), ("name", row.name), ("email", email)]))
}

/// Nobody takes their own administration away by a slip, and a top agency is never left without an administrator.
fn may_be_taken(
    conn: &mut Conn,
    officer: &Officer,
    id: StaffId,
    taken: &[Role],
    agency: AgencyId,
    is_top: bool,
) -> Result<(), Failure> {
    if !taken.contains(&Role::Administrator) {
        return Ok(());
    }
    if id == officer.id {
        return Err(Failure::contrary(
            "不能去掉自己的管理员岗位，请由其他管理员办理。",
            "One cannot take one's own administration away; ask another administrator.",
        ));
    }
    let holders = staff::list_holders(conn, &[agency], Role::Administrator.as_str())?;
    if is_top && holders.iter().all(|holder| *holder == id) {
        return Err(Failure::contrary(
            "这是该机关最后一名管理员，请先指定另一名。",
            "This is the agency's last administrator; name another first.",
        ));
    }
    Ok(())
}

/// Whoever has somebody's password, reads their mail, has another stand in for them or switches them off reaches all their roles:
/// who does so must keep every agency at which they hold one. One's own account is one's own.
///
/// # Errors
/// As [`may_keep`], and [`Failure::Forbidden`].
pub(super) fn keeps_all_of(conn: &mut Conn, officer: &Officer, id: StaffId) -> Result<(), Failure> {
    may_keep(conn, officer, id)?;
    if id == officer.id {
        return Ok(());
    }
    for (agency, _) in staff::roles_of(conn, id)? {
        if permit(officer, Deed::Administer, &projection::lineage(conn, agency)?).is_err() {
            return Err(Failure::Forbidden {
                zh: "该人员在您管理范围以外的机关也有岗位，须由管理全部这些机关的管理员办理。".to_owned(),
                en: "They hold a role at an agency that is not yours to keep; ask an administrator who keeps all of these."
                    .to_owned(),
            });
        }
    }
    Ok(())
}
