//! One mail about several cases: a row for the mail, and beside it a row for each case, so that each case's own thread says
//! who was told of it. Whoever gathers such mail gets the rows in the day's digest instead, and no mail of its own.

use chrono::NaiveDate;

use super::choices::{Choice, Choices};
use super::facts::Facts;
use super::outbox::{About, Outbox};
use crate::ids::{AgencyId, StaffId};
use crate::notices::Notice;
use crate::office::failure::Failure;
use crate::storage::Conn;
use crate::storage::notices::{self, NoticeRow};

/// A mail about several cases.
#[derive(Debug, Clone)]
pub struct Together<'a> {
    /// Which.
    pub notice: Notice,
    /// To whom.
    pub staff: StaffId,
    /// The agency whose wording and hours hold.
    pub agency: AgencyId,
    /// The name of its cause.
    pub cause: &'a str,
    /// The day it belongs to.
    pub fell_on: NaiveDate,
    /// What it says of itself.
    pub facts: Facts,
}

/// Whether such a mail would go to that reader by itself, and not into the digest.
///
/// # Errors
/// The database's failures.
pub fn goes_by_itself(conn: &mut Conn, notice: Notice, staff: StaffId) -> Result<bool, Failure> {
    Ok(Choices::of(conn, staff)?.of_notice(notice) == Choice::AtOnce)
}

impl Outbox<'_> {
    /// Lays one mail about these cases in the outbox, with a row for each.
    ///
    /// # Errors
    /// The database's failures.
    pub fn to_staff_together(
        &mut self,
        conn: &mut Conn,
        mail: &Together<'_>,
        lines: &[(About<'_>, Facts)],
    ) -> Result<(), Failure> {
        if !goes_by_itself(conn, mail.notice, mail.staff)? {
            for (about, facts) in lines {
                self.to_staff(conn, about, mail.notice, mail.staff, *facts, false)?;
            }
            return Ok(());
        }
        let about = About {
            agency: mail.agency,
            case: None,
            seq: None,
            cause: mail.cause,
            fell_on: mail.fell_on,
            overtaken: false,
        };
        let whole = self.staff_row(conn, &about, mail.notice, mail.staff, mail.facts, false)?;
        if !notices::insert(conn, &whole)? {
            return Ok(());
        }
        for (about, facts) in lines {
            let line = self.staff_row(conn, about, mail.notice, mail.staff, *facts, false)?;
            let line = NoticeRow {
                state: notices::COLLECTED.to_owned(),
                in_digest: true,
                digest_id: Some(whole.id),
                settled_at: Some(self.now),
                ..line
            };
            notices::insert(conn, &line)?;
        }
        Ok(())
    }
}
