//! Tries at a password: how many there are in an hour, and that one failed.

use chrono::{DateTime, TimeDelta, Utc};

use crate::ids::StaffId;
use crate::office::failure::Failure;
use crate::office::log::{Kind, Note, Visit};
use crate::office::public::code::{hour_of, seconds_until};
use crate::office::{Office, Shared};
use crate::storage::{Conn, StoreError, attempts};
use crate::vault::blind;

/// One of the tries at a password that `subject` has in the hour that began at `window`.
pub(super) struct Try {
    subject: String,
    window: DateTime<Utc>,
}

impl Try {
    /// The password was right: in the transaction of what it opens.
    pub(super) fn give_back(&self, conn: &mut Conn) -> Result<(), StoreError> {
        attempts::forgive(conn, &self.subject, self.window)
    }
}

impl Office {
    /// Writes down that a sign-in was refused: of an account that is known, or of a name that is none. The name itself is not
    /// kept, for what is typed there may be anything.
    pub(super) async fn note_refused(
        &self,
        visit: &Visit,
        known: Option<StaffId>,
        account: String,
    ) -> Result<(), Failure> {
        let (shared, visit) = (self.shared(), visit.clone());
        self.db()
            .write(move |conn| {
                let note = match known {
                    Some(id) => Note::by_account(conn, &visit, Kind::SignInFailed, id)?,
                    None => Note::from(&visit, Kind::SignInFailed),
                };
                note.fact("account", &account).write(conn, &shared)
            })
            .await
    }

    /// Takes a try before the password is looked at. Counting only the wrong ones afterwards would let through all that
    /// come while the first is still being hashed.
    pub(super) async fn take_try(&self, subject: String, now: DateTime<Utc>, visit: &Visit) -> Result<Try, Failure> {
        let window = hour_of(now);
        let counted = self
            .db()
            .write({
                let subject = subject.clone();
                move |conn| attempts::count_attempt(conn, &subject, window).map_err(Failure::from)
            })
            .await?;
        let most = self.shared().limits.wrong_passwords_per_hour;
        if counted > most {
            // Once an hour: who goes on knocking does not fill the log.
            if counted == most.saturating_add(1) {
                let tried = subject.split(':').next_back().unwrap_or_default();
                let note = Note::from(visit, Kind::SignInFailed).fact("account", tried);
                self.write_down(note.fact("reason", "too_often")).await?;
            }
            return Err(Failure::TooOften { retry_after: seconds_until(window + TimeDelta::hours(1), now) });
        }
        Ok(Try { subject, window })
    }
}

/// Under what the tries at an account are counted. Keyed, for what is typed there may be anything: a name, or a password in
/// the wrong field.
pub(super) fn tries_of(shared: &Shared, login: &str) -> String {
    format!("login:{}", blind::blind(&shared.keys, "login", login))
}

/// Forgives the wrong passwords of this hour.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn unlock(
    conn: &mut Conn,
    shared: &Shared,
    login: &str,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    Ok(attempts::forget(conn, &tries_of(shared, login), hour_of(now))?)
}
