//! Staff: accounts, and the roles they hold at agencies. Kept by administrators, each for their own agency and those
//! below it. Nobody is deleted, for journals name them: who leaves is switched off.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::accounts::{held_of, keeps_all_of};
use super::failure::{Failure, Problem};
use super::input::Reader;
use super::log::{Kind, Note, changes_between};
use super::notices::choices;
use super::permission::{Deed, Officer, permit};
use super::sign_in::{HeldView, check_new_password};
use super::views::{AgencyName, term};
use super::{Office, Shared, intake, projection};
use crate::case::Role;
use crate::ids::StaffId;
use crate::storage::staff::StaffRow;
use crate::storage::{Conn, StoreError, agencies, cases, sessions, staff, tokens};
use crate::vault::password;

/// A new member of staff, with a first role.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStaff {
    /// The account: letters, digits, `.`, `_`, `-`.
    #[schema(min_length = 1, max_length = 100)]
    pub login: String,
    /// The name.
    #[schema(min_length = 1, max_length = 100)]
    pub name: String,
    /// A first password, to be changed at the first sign-in.
    #[schema(min_length = 12, max_length = 1000)]
    pub password: String,
    /// The agency, by its short name.
    #[schema(min_length = 1, max_length = 100)]
    pub agency: String,
    /// The roles there.
    #[schema(value_type = Vec<String>, min_items = 1)]
    pub roles: Vec<Role>,
    /// The address to which notices go.
    #[schema(max_length = 200, example = "zhang@example.gov.cn")]
    pub email: Option<String>,
}

/// Switching an account on or off.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountStatus {
    /// Whether its holder may sign in.
    pub active: bool,
}

/// What becomes of a first password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstPassword {
    /// It opens nothing but the change of itself, for two people know it.
    ToBeChanged,
    /// It stays: for demonstrations and tests.
    Stays,
}

/// A member of staff, for administrators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StaffView {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub id: StaffId,
    /// The account.
    pub login: String,
    /// The name.
    pub name: String,
    /// Whether the account is switched on.
    pub active: bool,
    /// The roles.
    pub roles: Vec<HeldView>,
    /// How many open cases are in their hands: to be given to others when they leave.
    pub open_cases: i64,
}

impl Office {
    /// Everybody at the agencies this administrator keeps.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; the database's failures.
    pub async fn staff(&self, officer: &Officer) -> Result<Vec<StaffView>, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let mut kept = Vec::new();
                for held in officer.roles.iter().filter(|held| held.role == Role::Administrator) {
                    kept.extend(agencies::subtree(conn, held.agency)?);
                }
                if kept.is_empty() {
                    return Err(Deed::Administer.forbidden());
                }
                let rows = staff::list_of_agencies(conn, &kept)?;
                let ids: Vec<StaffId> = rows.iter().map(|row| row.id).collect();
                let open: HashMap<StaffId, i64> = cases::count_open_of(conn, &ids)?.into_iter().collect();
                let mut roles = held_by(conn, &ids)?;
                let shown = rows.into_iter().map(|row| {
                    let open = open.get(&row.id).copied().unwrap_or_default();
                    let roles = roles.remove(&row.id).unwrap_or_default();
                    shown(row, roles, open)
                });
                Ok(shown.collect())
            })
            .await
    }

    /// Adds a member of staff.
    ///
    /// # Errors
    /// [`Failure::Invalid`], [`Failure::Taken`], [`Failure::Forbidden`], [`Failure::Missing`]; the database's failures.
    pub async fn add_staff(&self, officer: &Officer, input: NewStaff) -> Result<StaffView, Failure> {
        let officer = officer.clone();
        let shared = self.shared();
        let prepared = self
            .shared
            .hashing
            .hash({
                let shared = self.shared();
                move || prepare(&shared, input)
            })
            .await?;
        self.db()
            .write(move |conn| {
                let agency =
                    agencies::find_by_slug(conn, &prepared.agency)?.ok_or_else(|| intake::no_such_agency("/agency"))?;
                permit(&officer, Deed::Administer, &projection::lineage(conn, agency.id)?)?;
                let added = insert(conn, &shared, &prepared)?;
                note_added(conn, &shared, Note::by(&officer, Kind::AccountAdded).at(agency.id), &added)?;
                Ok(added)
            })
            .await
    }

    /// Switches an account off, which ends all its sign-ins at once, or on again, which brings none of them back. The
    /// roles stay as they are, and so do the cases in their hands; the answer tells how many.
    ///
    /// # Errors
    /// [`Failure::Forbidden`] for somebody who is administrator nowhere, or who does not keep every agency at which the other
    /// holds a role; [`Failure::Missing`] for an account without a role at an agency of which the officer is; [`Failure::Invalid`] for one's own; the database's failures.
    pub async fn set_staff_status(
        &self,
        officer: &Officer,
        id: StaffId,
        input: AccountStatus,
    ) -> Result<StaffView, Failure> {
        let (officer, now, shared) = (officer.clone(), self.now(), self.shared());
        self.db()
            .write(move |conn| {
                keeps_all_of(conn, &officer, id)?;
                if id == officer.id && !input.active {
                    return Err(Failure::invalid(
                        "/active",
                        "不能停用自己的账号，请由其他管理员办理。",
                        "One cannot switch oneself off; ask another administrator.",
                    ));
                }
                let before = staff::load(conn, id)?.active;
                staff::set_active(conn, id, input.active)?;
                let note = Note::by(&officer, Kind::AccountSwitched).fact("about", id);
                note.fact("before", before).fact("after", input.active).write(conn, &shared)?;
                if !input.active {
                    tokens::revoke_all_of(conn, id, now)?;
                    sessions::end_all_of(conn, id, None, now)?;
                }
                view_of(conn, id)
            })
            .await
    }

    /// Adds a member of staff on the word of whoever has the machine: for the command line and the demonstration.
    ///
    /// # Errors
    /// As [`Office::add_staff`], permissions apart.
    pub fn install_staff(&self, input: NewStaff, first: FirstPassword) -> Result<StaffView, Failure> {
        let shared = self.shared();
        let prepared = Prepared { first, ..prepare(&shared, input)? };
        self.db().write_now(move |conn| {
            let added = insert(conn, &shared, &prepared)?;
            note_added(conn, &shared, Note::of_machine(Kind::AccountAdded), &added)?;
            Ok::<_, Failure>(added)
        })
    }
}

fn note_added(conn: &mut Conn, shared: &Shared, note: Note, added: &StaffView) -> Result<(), Failure> {
    let roles: Vec<&str> = added.roles.iter().map(|held| held.role.code).collect();
    let account = held_of(conn, added.id)?;
    let note = note.fact("about", added.id).fact("roles", roles.join(" "));
    note.changed(changes_between(None, Some(&account))?).write(conn, shared)
}

/// Whether the officer is administrator over an agency at which `id` holds a role. Whom one does not keep one is not
/// told of.
///
/// # Errors
/// [`Failure::Forbidden`], [`Failure::Missing`]; the database's failures.
pub(super) fn may_keep(conn: &mut Conn, officer: &Officer, id: StaffId) -> Result<(), Failure> {
    Deed::Administer.anywhere(officer)?;
    for (agency, _) in staff::roles_of(conn, id)? {
        if permit(officer, Deed::Administer, &projection::lineage(conn, agency)?).is_ok() {
            return Ok(());
        }
    }
    Err(Failure::Missing)
}

/// A new member of staff, read and with the password hashed.
struct Prepared {
    login: String,
    name: String,
    hash: String,
    agency: String,
    roles: Vec<Role>,
    email: Option<String>,
    first: FirstPassword,
}

fn prepare(shared: &Shared, input: NewStaff) -> Result<Prepared, Failure> {
    let mut reader = Reader::new();
    let login = reader.text("/login", &input.login).to_lowercase();
    if login.chars().any(|letter| !(letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-'))) {
        reader.wrong(
            "/login",
            "账号只能使用字母、数字和 . _ - 。",
            "An account is made of letters, digits and . _ - only.",
        );
    }
    let name = reader.text("/name", &input.name);
    check_new_password(&mut reader, "/password", &input.password);
    let email = reader.email("/email", input.email.as_deref());
    if input.roles.is_empty() {
        reader.wrong("/roles", "至少选择一个角色。", "Choose at least one role.");
    }
    reader.finish(())?;
    let hash = password::hash(&input.password, &mut shared.randomness.clone())?;
    let first = FirstPassword::ToBeChanged;
    Ok(Prepared { login, name, hash, agency: input.agency, roles: input.roles, email, first })
}

fn insert(conn: &mut Conn, shared: &Shared, new: &Prepared) -> Result<StaffView, Failure> {
    let now = shared.clock.now();
    let agency = agencies::find_by_slug(conn, &new.agency)?.ok_or_else(|| intake::no_such_agency("/agency"))?;
    let row = StaffRow {
        id: StaffId::new(now, &mut shared.randomness.clone()),
        login: new.login.clone(),
        name: new.name.clone(),
        password_hash: new.hash.clone(),
        active: true,
        must_change_password: new.first == FirstPassword::ToBeChanged,
        created_at: now,
    };
    staff::insert(conn, &row).map_err(|error| match error {
        StoreError::Conflict => {
            Failure::Taken(Problem::at("/login", "账号已被使用，请换一个。", "That account is taken; choose another."))
        }
        other => Failure::from(other),
    })?;
    for role in &new.roles {
        staff::grant(conn, row.id, agency.id, role.as_str(), now)?;
    }
    if let Some(email) = &new.email {
        choices::give_address(conn, row.id, email, now)?;
    }
    view(conn, row, 0)
}

/// Somebody as administrators see them.
///
/// # Errors
/// The database's failures.
pub(super) fn view_of(conn: &mut Conn, id: StaffId) -> Result<StaffView, Failure> {
    let row = staff::load(conn, id)?;
    let open = cases::count_open_of(conn, &[id])?.into_iter().map(|(_, count)| count).sum();
    view(conn, row, open)
}

fn view(conn: &mut Conn, row: StaffRow, open_cases: i64) -> Result<StaffView, Failure> {
    let roles = held_by(conn, &[row.id])?.remove(&row.id).unwrap_or_default();
    Ok(shown(row, roles, open_cases))
}

fn shown(row: StaffRow, roles: Vec<HeldView>, open_cases: i64) -> StaffView {
    StaffView { id: row.id, login: row.login, name: row.name, active: row.active, roles, open_cases }
}

/// The roles of these people, by name.
fn held_by(conn: &mut Conn, people: &[StaffId]) -> Result<HashMap<StaffId, Vec<HeldView>>, Failure> {
    let names: HashMap<_, AgencyName> =
        agencies::list(conn)?.into_iter().map(|row| (row.id, AgencyName { slug: row.slug, name: row.name })).collect();
    let mut held: HashMap<StaffId, Vec<HeldView>> = HashMap::new();
    for (id, agency, role) in staff::list_roles_of(conn, people)? {
        let role = role.parse::<Role>().map_err(Failure::broken)?;
        let agency = names.get(&agency).cloned().ok_or(Failure::Missing)?;
        held.entry(id).or_default().push(HeldView { role: term!(role), agency, on_behalf_of: None });
    }
    Ok(held)
}
