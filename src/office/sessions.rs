//! Signing in by browser: a secret in a cookie, of which only the digest is kept; it runs out when it is not used, and
//! after half a day in any case (`tokens.session_minutes`, `tokens.session_hours`).
//!
//! The cookie is no access token: it can be ended at once, here or from another of one's browsers.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::failure::{Failure, SignInFault};
use super::log::{Kind, Note, Visit};
use super::permission::Officer;
use super::sign_in::{Login, present};
use super::{Office, Shared};
use crate::ids::TokenId;
use crate::storage::sessions::{self, SessionRow};
use crate::storage::{Conn, staff};
use crate::vault::token;

/// How exactly the last use is kept: a page every second must not be a write every second.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Longest name of a browser that is kept, in characters.
const BROWSER_MAX: usize = 200;

/// A sign-in that was begun.
#[derive(Clone)]
pub struct Begun {
    /// Goes into the cookie; shown this once.
    pub secret: String,
    /// Whether the password must be changed first.
    pub must_change_password: bool,
}

/// One of one's sign-ins by browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SessionView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: TokenId,
    /// What the browser calls itself.
    pub browser: String,
    /// Since when.
    pub started_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
}

impl Office {
    /// Signs in by browser.
    ///
    /// # Errors
    /// As [`Office::login`].
    pub async fn begin_session(&self, input: Login, browser: &str, visit: &Visit) -> Result<Begun, Failure> {
        let (shared, now) = (self.shared(), self.now());
        let browser = browser.chars().filter(|letter| !letter.is_control()).take(BROWSER_MAX).collect();
        self.with_right_password(input, visit, "browser", move |conn, row| {
            let mut randomness = shared.randomness.clone();
            let (secret, digest) = token::new_refresh(&mut randomness);
            let session = SessionRow {
                id: TokenId::new(now, &mut randomness),
                staff_id: row.id,
                digest,
                browser,
                started_at: now,
                seen_at: now,
                ended_at: None,
            };
            sessions::insert(conn, &session)?;
            Ok(Begun { secret, must_change_password: row.must_change_password })
        })
        .await
    }

    /// The officer behind a cookie, with the roles as they are now, lent ones included. Using it lets it last longer.
    ///
    /// # Errors
    /// [`Failure::NotSignedIn`]; the database's failures.
    pub async fn officer_of_session(&self, secret: &str) -> Result<Officer, Failure> {
        let (shared, now, today) = (self.shared(), self.now(), self.today());
        let digest = token::refresh_digest(secret);
        let (session, officer) = self
            .db()
            .read(move |conn| {
                let session = open(conn, &shared, &digest, now)?;
                let officer = present(conn, session.staff_id, session.id.uuid(), today)?;
                Ok::<_, Failure>((session, officer))
            })
            .await?;
        if now - session.seen_at >= SEEN_EVERY {
            self.db().write(move |conn| sessions::touch(conn, session.id, now).map_err(Failure::from)).await?;
        }
        Ok(officer)
    }

    /// One's sign-ins by browser that have not run out, the last used first.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn sessions(&self, officer: &Officer) -> Result<Vec<SessionView>, Failure> {
        let (shared, now) = (self.shared(), self.now());
        let (id, family) = (officer.id, officer.family);
        self.db()
            .read(move |conn| {
                let rows = sessions::list_of(conn, id, now - idle(&shared))?;
                let views = rows.into_iter().filter(|row| row.started_at + longest(&shared) > now).map(|row| {
                    let current = row.id.uuid() == family;
                    let SessionRow { id, browser, started_at, seen_at, .. } = row;
                    SessionView { id, browser, started_at, seen_at, current }
                });
                Ok(views.collect())
            })
            .await
    }

    /// Ends one of one's sign-ins by browser.
    ///
    /// # Errors
    /// [`Failure::Missing`] when there is none; the database's failures.
    pub async fn end_session(&self, officer: &Officer, id: TokenId) -> Result<(), Failure> {
        let (staff, now, shared) = (officer.id, self.now(), self.shared());
        let note = Note::by(officer, Kind::SignOut).fact("session", id);
        self.db()
            .write(move |conn| {
                sessions::end(conn, staff, id, now)?;
                note.clone().write(conn, &shared)
            })
            .await
    }

    /// The name of the account that a cookie was for, run out though it may be: so that its owner need not type it.
    ///
    /// # Errors
    /// The database's failures.
    pub async fn login_of_session(&self, secret: &str) -> Result<Option<String>, Failure> {
        let digest = token::refresh_digest(secret);
        self.db()
            .read(move |conn| {
                let Some(session) = sessions::find_by_digest(conn, &digest)? else { return Ok(None) };
                Ok(Some(staff::load(conn, session.staff_id)?.login))
            })
            .await
    }
}

fn idle(shared: &Shared) -> TimeDelta {
    TimeDelta::minutes(shared.tokens.session_minutes)
}

fn longest(shared: &Shared) -> TimeDelta {
    TimeDelta::hours(shared.tokens.session_hours)
}

/// The sign-in with this digest, if it still holds.
fn open(conn: &mut Conn, shared: &Shared, digest: &str, now: DateTime<Utc>) -> Result<SessionRow, Failure> {
    let fault = |fault| Err(Failure::NotSignedIn(fault));
    let Some(session) = sessions::find_by_digest(conn, digest)? else { return fault(SignInFault::Invalid) };
    let over = session.ended_at.is_some()
        || session.seen_at + idle(shared) <= now
        || session.started_at + longest(shared) <= now;
    if over { fault(SignInFault::Expired) } else { Ok(session) }
}
