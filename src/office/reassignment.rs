//! Giving many cases to another handler at once: when somebody leaves, falls ill, or has too much. Each case moves by the
//! same act as a single assignment, in a transaction of its own, so that one that cannot move holds up no other.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::assignment::handles_here;
use super::desk::{Ask, Desk, Who, act, perform, rehearse};
use super::failure::Failure;
use super::permission::Deed;
use super::queue::visible;
use super::sealing::TextKind;
use super::views::StaffName;
use super::{Office, Officer, Shared, input, reading};
use crate::case::{Act, Case, Command};
use crate::ids::{CaseId, StaffId};
use crate::storage::Conn;
use crate::storage::case_list::{self, CaseFilter, CaseOrder, Direction};

/// Cases moved in one call.
pub const MOST: u32 = 200;

/// Many cases, to one handler.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reassignment {
    /// Only cases in the hands of this member of staff; with no `cases` given, all that are open, 200 at a time.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub from: Option<StaffId>,
    /// These cases.
    #[schema(value_type = Option<Vec<uuid::Uuid>>, min_items = 1, max_items = 200)]
    pub cases: Option<Vec<CaseId>>,
    /// The handler; `null` lays the cases out for claiming.
    #[schema(value_type = Option<String>, format = "uuid", required = true)]
    pub to: Option<StaffId>,
    /// What the next handler should know; kept as a note in each case.
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// Whether only to tell what would move and what cannot.
    pub preview: bool,
}

/// A case that moved, or would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The case.
    pub case: CaseId,
    /// Its number in the register, or on the receipt.
    pub number: String,
    /// In whose hands it was.
    pub from: Option<StaffName>,
}

/// What became of the cases.
#[derive(Debug)]
pub struct Reassigned {
    /// Those that moved, or would.
    pub moved: Vec<Moved>,
    /// Those that could not, each with the reason.
    pub failed: Vec<(CaseId, Failure)>,
    /// Whether `from` has more open cases than one call moves.
    pub more: bool,
}

impl Office {
    /// Moves many cases to one handler, or tells what would move.
    ///
    /// # Errors
    /// [`Failure::Invalid`] where neither `from` nor `cases` is given; [`Failure::Forbidden`] for somebody who may assign
    /// nowhere; the database's failures while listing. What stands in the way of a single case is in the answer.
    pub async fn reassign(&self, officer: &Officer, input: Reassignment) -> Result<Reassigned, Failure> {
        let (cases, more) = self.to_be_moved(officer, &input).await?;
        let (shared, preview) = (self.shared(), input.preview);
        let input = Arc::new(input);
        let mut answer = Reassigned { moved: Vec::new(), failed: Vec::new(), more };
        for case in cases {
            let (shared, input) = (Arc::clone(&shared), Arc::clone(&input));
            let ask = Ask { who: Who::Officer(officer.clone()), act: Act::Assign, case, expected: None };
            let done = if preview {
                self.db().read(move |conn| would_move(conn, &shared, &ask, &input)).await
            } else {
                self.db().write(move |conn| move_one(conn, &shared, &ask, &input)).await
            };
            match done {
                Ok(moved) => answer.moved.push(moved),
                Err(failure) => answer.failed.push((case, failure)),
            }
        }
        Ok(answer)
    }

    async fn to_be_moved(&self, officer: &Officer, input: &Reassignment) -> Result<(Vec<CaseId>, bool), Failure> {
        if let Some(cases) = &input.cases {
            let mut cases = cases.clone();
            cases.sort_unstable();
            cases.dedup();
            return Ok((cases, false));
        }
        let Some(from) = input.from else {
            return Err(Failure::invalid(
                "/from",
                "请指明从谁手中移交（from），或者列出案件（cases）。",
                "Say from whom (from), or which cases (cases).",
            ));
        };
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let agencies = visible(conn, &officer, Deed::Act(Act::Assign), None)?;
                let filter = CaseFilter { agencies, handlers: vec![from], open: Some(true), ..CaseFilter::default() };
                let order = CaseOrder::CreatedAt { after: None };
                let page = case_list::list(conn, &filter, order, Direction::Ascending, MOST)?;
                Ok((page.rows.into_iter().map(|row| row.id).collect(), page.next.is_some()))
            })
            .await
    }
}

fn would_move(conn: &mut Conn, shared: &Arc<Shared>, ask: &Ask, input: &Reassignment) -> Result<Moved, Failure> {
    let (desk, _) = rehearse(conn, shared, ask, &|desk: &mut Desk<'_>| assign(desk, input))?;
    let case = desk.case;
    moved(desk.conn, &case, case.handler)
}

fn move_one(conn: &mut Conn, shared: &Arc<Shared>, ask: &Ask, input: &Reassignment) -> Result<Moved, Failure> {
    let before = std::cell::Cell::new(None);
    let desk = perform(conn, shared, ask, &|desk: &mut Desk<'_>| {
        before.set(desk.case.handler);
        assign(desk, input)
    })?;
    let case = desk.case;
    if let Some(words) = input.note.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        let note = Ask { act: Act::Note, ..ask.clone() };
        act(conn, shared, &note, &|desk: &mut Desk<'_>| {
            let words = input::required("/note", words)?;
            Ok(Command::Note { text: desk.text(TextKind::Note, &words)?, in_bundle: false, mentions: Vec::new() })
        })?;
    }
    moved(conn, &case, before.get())
}

/// The same as a single assignment, once it is sure that there is something to move.
fn assign(desk: &mut Desk<'_>, input: &Reassignment) -> Result<Command, Failure> {
    if input.from.is_some_and(|from| desk.case.handler != Some(from)) {
        return Err(Failure::invalid("/from", "此件不在该人手中。", "The case is not in those hands."));
    }
    if input.to.is_some() && desk.case.handler == input.to {
        return Err(Failure::invalid("/to", "此件已在其手中。", "The case is in those hands already."));
    }
    if let Some(handler) = input.to {
        handles_here(desk, handler, "/to")?;
    }
    Ok(Command::Assign { handler: input.to })
}

fn moved(conn: &mut Conn, case: &Case, from: Option<StaffId>) -> Result<Moved, Failure> {
    let number = case.registration.as_ref().map_or_else(|| case.filed.receipt_no.clone(), |entry| entry.number.clone());
    Ok(Moved { case: case.id, number, from: reading::name_of(conn, from)? })
}
