//! A case that was answered anew has been through its handling more than once: each time had its approval, its service and its
//! clocks, and whoever judges the first reply asks for those of the first time.

use crate::case::Case;
use crate::law::letter::LetterKind;
use crate::letters::Letter;
use crate::office::failure::Failure;
use crate::office::letters::sheets;
use crate::office::views::{CaseView, ClockView};
use crate::office::{Shared, reading};
use crate::storage::Conn;

/// One time through the handling.
pub(super) struct Life {
    /// The case as it stood at its end.
    pub case: Case,
    /// The same as an officer saw it.
    pub view: CaseView,
    /// Its clocks.
    pub clocks: Vec<ClockView>,
    /// The receipt of service of its reply, once that was signed.
    pub receipt: Option<Letter>,
    /// Its entries lie behind this one.
    pub since: u32,
    /// How its papers are told apart; empty where there is only one.
    pub title: String,
}

/// All of them, oldest first; the last is the case as it stands.
///
/// # Errors
/// [`Failure::Broken`] for entries that are none; the database's failures.
pub(super) fn of_case(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Vec<Life>, Failure> {
    let ends: Vec<u32> = case.reopenings.iter().filter(|one| one.served.is_some()).map(|one| one.seq).collect();
    let (mut lives, mut since) = (Vec::new(), 0);
    for (end, place) in ends.iter().zip(1..) {
        let before = case.journal().iter().take_while(|entry| entry.seq < *end).cloned();
        let then = Case::replay(before).map_err(Failure::broken)?;
        lives.push(life(conn, shared, then, since, format!("（第{place}次答复）"))?);
        since = *end;
    }
    let title = if ends.is_empty() { String::new() } else { format!("（第{}次办理）", ends.len() + 1) };
    lives.push(life(conn, shared, case.clone(), since, title)?);
    Ok(lives)
}

fn life(conn: &mut Conn, shared: &Shared, case: Case, since: u32, title: String) -> Result<Life, Failure> {
    let signed = case.letters.iter().any(|one| one.kind == LetterKind::Reply && one.seq > since);
    let receipt =
        if signed { Some(sheets::of_case(conn, shared, &case, None, LetterKind::ServiceReceipt)?) } else { None };
    Ok(Life {
        view: reading::view(conn, shared, &case, None, shared.clock.now())?,
        clocks: reading::explained(shared, &case, &shared.calendars_in(conn)?),
        receipt,
        case,
        since,
        title,
    })
}

impl Life {
    /// Whether an entry of the journal belongs to it.
    pub const fn has(&self, seq: u32) -> bool {
        seq > self.since && seq <= self.case.version
    }
}
