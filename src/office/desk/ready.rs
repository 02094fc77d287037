//! The desk before an act: whether this person may do it on what they have read. Asked within the transaction of the act; and
//! before it, where much is to be done first that would be for nothing.

use std::sync::Arc;

use super::{Ask, Desk};
use crate::office::failure::Failure;
use crate::office::{Office, Shared};
use crate::storage::Conn;

/// The desk with the case laid on it.
///
/// # Errors
/// [`Failure::Missing`], [`Failure::Forbidden`], [`Failure::Stale`]; [`Failure::Refused`] once the contents were destroyed.
pub(in crate::office) fn ready<'a>(conn: &'a mut Conn, shared: &'a Shared, ask: &'a Ask) -> Result<Desk<'a>, Failure> {
    let mut desk = Desk::open(conn, shared, ask)?;
    desk.permits(ask.act)?;
    desk.is_current(ask.expected)?;
    desk.is_intact()?;
    Ok(desk)
}

impl Office {
    /// Whether an act could be done now. It is asked again when it is done.
    ///
    /// # Errors
    /// As [`ready`]; [`Failure::Refused`] where the act is not open to the case.
    pub(in crate::office) async fn could_act(&self, ask: Ask) -> Result<(), Failure> {
        let shared: Arc<Shared> = self.shared();
        self.db().read(move |conn| ready(conn, &shared, &ask)?.is_open(ask.act)).await
    }
}
