//! Signing in: a short access token, and a refresh token that is used once. Using one twice voids every token of that
//! sign-in, for one of the two who hold it stole it.

mod tries;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::failure::{Failure, SignInFault};
use super::log::{Kind, Note, Visit};
use super::permission::Officer;
use super::views::{StaffName, Term, term};
use super::{Office, Shared, input, reading, standing_in};
use crate::ids::{StaffId, TokenId, uuid_at};
use crate::storage::staff::StaffRow;
use crate::storage::tokens::{self, TokenRow};
use crate::storage::{Conn, StoreError, agencies, sessions, staff};
use crate::vault::blind;
use crate::vault::password;
use crate::vault::token::{self, Claims, TokenFault};

pub(super) use tries::unlock;

use tries::tries_of;

/// Shortest password that is taken.
pub const PASSWORD_MIN: usize = 12;

/// Signing in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// The account.
    #[schema(min_length = 1, max_length = 100)]
    pub login: String,
    /// The password.
    #[schema(min_length = 1, max_length = 1000)]
    pub password: String,
}

/// Renewing the tokens.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// The refresh token; it is good for this once.
    #[schema(min_length = 1, max_length = 200)]
    pub refresh_token: String,
}

/// Changing one's password.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password until now.
    #[schema(min_length = 1, max_length = 1000)]
    pub current: String,
    /// The new one, twelve characters or more.
    #[schema(min_length = 12, max_length = 1000)]
    pub new: String,
}

/// The tokens of a sign-in.
#[derive(Clone, Serialize, ToSchema)]
pub struct Tokens {
    /// Goes into `Authorization: Bearer`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// Seconds until the access token runs out.
    pub expires_in: i64,
    /// Renews both, once.
    pub refresh_token: String,
    /// Whether the password must be changed first.
    pub must_change_password: bool,
}

/// Oneself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Me {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub id: StaffId,
    /// The name.
    pub name: String,
    /// The roles.
    pub roles: Vec<HeldView>,
}

/// A role and where it is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeldView {
    /// The role.
    pub role: Term,
    /// The agency.
    pub agency: super::views::AgencyName,
    /// Whose it is, where one stands in for somebody absent; none for one's own.
    pub on_behalf_of: Option<StaffName>,
}

/// How a refresh token was found.
enum Renewal {
    Renewed(Box<Tokens>),
    Refused(SignInFault),
}

impl Office {
    /// Signs in.
    ///
    /// # Errors
    /// [`Failure::NotSignedIn`] without telling which of the two was wrong; [`Failure::TooOften`]; the database's failures.
    pub async fn login(&self, input: Login, visit: &Visit) -> Result<Tokens, Failure> {
        let (shared, now) = (self.shared(), self.now());
        self.with_right_password(input, visit, "token", move |conn, row| {
            let family = TokenId::new(now, &mut shared.randomness.clone());
            issue(conn, &shared, row, family, now)
        })
        .await
    }

    /// What a right password opens, by token or by browser: the one place where passwords are looked at for it.
    ///
    /// # Errors
    /// As [`Office::login`], and those of `opens`.
    pub(super) async fn with_right_password<T: Send + 'static>(
        &self,
        input: Login,
        visit: &Visit,
        by: &'static str,
        opens: impl FnOnce(&mut Conn, &StaffRow) -> Result<T, Failure> + Clone + Send + 'static,
    ) -> Result<T, Failure> {
        let (shared, now) = (self.shared(), self.now());
        let login = input.login.trim().to_lowercase();
        let taken = self.take_try(tries_of(&shared, &login), now, visit).await?;
        let account = blind::blind(&shared.keys, "login", &login);
        let row = self.db().read(move |conn| staff::find_by_login(conn, &login).map_err(Failure::from)).await?;
        let stored = row.as_ref().map_or_else(|| password::decoy().to_owned(), |row| row.password_hash.clone());
        let fits = self.shared.hashing.hash(move || password::verify(&input.password, &stored)).await?;
        let known = row.as_ref().map(|row| row.id);
        let Some(id) = row.filter(|row| fits && row.active).map(|row| row.id) else {
            self.note_refused(visit, known, account).await?;
            return Err(Failure::NotSignedIn(SignInFault::WrongCredentials));
        };
        let visit = visit.clone();
        self.db()
            .write(move |conn| {
                // Read again: the account may have been switched off while the password was hashed.
                let row = staff::load(conn, id)?;
                if !row.active {
                    return Err(Failure::NotSignedIn(SignInFault::WrongCredentials));
                }
                taken.give_back(conn)?;
                Note::by_account(conn, &visit, Kind::SignIn, id)?.fact("by", by).write(conn, &shared)?;
                opens.clone()(conn, &row)
            })
            .await
    }

    /// Renews the tokens of a sign-in.
    ///
    /// # Errors
    /// [`Failure::NotSignedIn`]; the database's failures.
    pub async fn refresh(&self, input: Refresh, visit: &Visit) -> Result<Tokens, Failure> {
        let (shared, now, visit) = (self.shared(), self.now(), visit.clone());
        let renewal = self
            .db()
            .write(move |conn| renew(conn, &shared, &token::refresh_digest(&input.refresh_token), now, &visit))
            .await?;
        match renewal {
            Renewal::Renewed(tokens) => Ok(*tokens),
            Renewal::Refused(fault) => Err(Failure::NotSignedIn(fault)),
        }
    }

    /// Voids every token of this sign-in.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn logout(&self, officer: &Officer) -> Result<(), Failure> {
        let (family, now, shared) = (TokenId::from_uuid(officer.family), self.now(), self.shared());
        let note = Note::by(officer, Kind::SignOut);
        self.db()
            .write(move |conn| {
                tokens::revoke_family(conn, family, now)?;
                note.clone().write(conn, &shared)
            })
            .await
    }

    /// The officer behind an access token, with the roles as they are now, lent ones included.
    ///
    /// # Errors
    /// [`Failure::NotSignedIn`]; the database's failures.
    pub async fn officer_of(&self, access_token: &str) -> Result<Officer, Failure> {
        let claims = token::verify(&self.shared().keys, access_token, self.now()).map_err(|fault| {
            Failure::NotSignedIn(match fault {
                TokenFault::Expired => SignInFault::Expired,
                TokenFault::Malformed | TokenFault::BadSignature | TokenFault::UnknownKey | TokenFault::Early => {
                    SignInFault::Invalid
                }
            })
        })?;
        let today = self.today();
        self.db()
            .read(move |conn| {
                if tokens::is_revoked(conn, TokenId::from_uuid(claims.family))? {
                    return Err(Failure::NotSignedIn(SignInFault::Expired));
                }
                present(conn, claims.sub, claims.family, today)
            })
            .await
    }

    /// Oneself, with one's roles by name.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn me(&self, officer: &Officer) -> Result<Me, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let mut roles = Vec::new();
                for held in &officer.roles {
                    let agency = agencies::load(conn, held.agency)?;
                    roles.push(HeldView {
                        role: term!(held.role),
                        agency: super::views::AgencyName { slug: agency.slug, name: agency.name },
                        on_behalf_of: reading::name_of(conn, held.absent)?,
                    });
                }
                Ok(Me { id: officer.id, name: officer.name, roles })
            })
            .await
    }

    /// Changes one's password and voids every other sign-in. The current password has as many tries an hour as at the
    /// sign-in, counted apart: a stolen token must not be a second way to guess it.
    ///
    /// # Errors
    /// [`Failure::Invalid`] when the current password is wrong or the new one too short; [`Failure::TooOften`]; the
    /// database's failures.
    pub async fn change_password(&self, officer: &Officer, input: ChangePassword) -> Result<(), Failure> {
        let (shared, id, now) = (self.shared(), officer.id, self.now());
        let family = TokenId::from_uuid(officer.family);
        let mut reader = input::Reader::new();
        check_new_password(&mut reader, "/new", &input.new);
        if input.new == input.current {
            reader.wrong("/new", "新密码不能与现用密码相同。", "The new password must differ from the current one.");
        }
        reader.finish(())?;
        let taken = self.take_try(format!("password:{id}"), now, &officer.visit).await?;
        let note = Note::by(officer, Kind::PasswordChanged);
        let row = self.db().read(move |conn| staff::load(conn, id).map_err(Failure::from)).await?;
        let current = input.current;
        if !shared.hashing.hash(move || password::verify(&current, &row.password_hash)).await? {
            return Err(Failure::invalid("/current", "现用密码不正确。", "The current password is wrong."));
        }
        let mut randomness = shared.randomness.clone();
        let hash = shared.hashing.hash(move || password::hash(&input.new, &mut randomness)).await?;
        self.db()
            .write(move |conn| -> Result<(), Failure> {
                taken.give_back(conn)?;
                staff::set_password(conn, id, &hash, false)?;
                tokens::revoke_all_of(conn, id, now)?;
                sessions::end_all_of(conn, id, Some(family), now)?;
                note.clone().write(conn, &shared)
            })
            .await
    }
}

/// Says what is wrong with a new password.
pub(super) fn check_new_password(reader: &mut input::Reader, pointer: &str, new: &str) {
    if new.chars().count() < PASSWORD_MIN {
        reader.wrong(pointer, "密码至少十二个字符。", "A password has twelve characters or more.");
    }
}

fn issue(
    conn: &mut Conn,
    shared: &Shared,
    row: &StaffRow,
    family: TokenId,
    now: DateTime<Utc>,
) -> Result<Tokens, Failure> {
    let mut randomness = shared.randomness.clone();
    let lasts = TimeDelta::minutes(shared.tokens.access_minutes);
    let claims = Claims {
        sub: row.id,
        iat: now.timestamp(),
        exp: (now + lasts).timestamp(),
        jti: uuid_at(now, &mut randomness),
        family: family.uuid(),
    };
    let access_token = token::sign(&shared.keys, &claims)?;
    let (refresh_token, digest) = token::new_refresh(&mut randomness);
    tokens::insert(
        conn,
        &TokenRow {
            id: TokenId::new(now, &mut randomness),
            family_id: family,
            staff_id: row.id,
            digest,
            issued_at: now,
            expires_at: now + TimeDelta::days(shared.tokens.refresh_days),
            used_at: None,
            revoked_at: None,
        },
    )?;
    Ok(Tokens {
        access_token,
        token_type: "Bearer",
        expires_in: lasts.num_seconds(),
        refresh_token,
        must_change_password: row.must_change_password,
    })
}

/// What has to be kept even though the answer is no (a family voided) is returned, not raised: an error would undo it.
fn renew(
    conn: &mut Conn,
    shared: &Shared,
    digest: &str,
    now: DateTime<Utc>,
    visit: &Visit,
) -> Result<Renewal, Failure> {
    let Some(found) = tokens::find_by_digest(conn, digest)? else {
        return Ok(Renewal::Refused(SignInFault::Invalid));
    };
    if found.revoked_at.is_some() {
        return Ok(Renewal::Refused(SignInFault::Invalid));
    }
    if found.used_at.is_some() || !tokens::mark_used(conn, found.id, now)? {
        tokens::revoke_family(conn, found.family_id, now)?;
        Note::by_account(conn, visit, Kind::TokenReused, found.staff_id)?.write(conn, shared)?;
        return Ok(Renewal::Refused(SignInFault::Reused));
    }
    if found.expires_at <= now {
        return Ok(Renewal::Refused(SignInFault::Expired));
    }
    let row = staff::load(conn, found.staff_id)?;
    if !row.active {
        return Ok(Renewal::Refused(SignInFault::Inactive));
    }
    issue(conn, shared, &row, found.family_id, now).map(|tokens| Renewal::Renewed(Box::new(tokens)))
}

/// Who is behind a sign-in that holds, with the roles as they are on this day.
pub(super) fn present(conn: &mut Conn, id: StaffId, family: Uuid, today: NaiveDate) -> Result<Officer, Failure> {
    let row = match staff::load(conn, id) {
        Err(StoreError::Missing) => return Err(Failure::NotSignedIn(SignInFault::Invalid)),
        found => found?,
    };
    if !row.active {
        return Err(Failure::NotSignedIn(SignInFault::Inactive));
    }
    let roles = standing_in::roles_on(conn, row.id, today)?;
    let visit = Visit::default();
    Ok(Officer { id: row.id, name: row.name, roles, must_change_password: row.must_change_password, family, visit })
}
