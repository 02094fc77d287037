//! Orders to keep a file: placed by one named person, with a reason, lifted by another. The reason is a text of the case.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::case::{Act, Command, Entry, Event};
use crate::clock::day_in_china;
use crate::ids::CaseId;
use crate::office::failure::Failure;
use crate::office::input;
use crate::office::permission::Deed;
use crate::office::projection::small;
use crate::office::queue::visible;
use crate::office::reading::name_of;
use crate::office::sealing::TextKind;
use crate::office::views::{CaseView, StaffName};
use crate::office::{Office, Officer};
use crate::storage::legal_holds::{self, HoldRow, PendingRow};
use crate::storage::{Conn, cases};

/// Holds shown at once.
const SHOWN: i64 = 500;

/// An order to keep the file.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldInput {
    /// Why: a suit that is threatened, an audit, a request of the archive.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// That such an order is over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldLifting {
    /// The journal entry that placed it; the oldest that stands if missing.
    pub hold: Option<u32>,
    /// Why.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// A hold that stands: placed by hand, or by a proceeding that runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StandingHold {
    /// The case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The journal entry that placed it; none where a proceeding holds the file.
    pub seq: Option<u32>,
    /// The number of the proceeding's file, where it is that which holds.
    pub proceeding: Option<String>,
    /// By whom.
    pub placed_by: Option<StaffName>,
    /// Since when; the day on which the proceeding began, as far as is known.
    pub placed_on: chrono::NaiveDate,
}

impl Office {
    /// Orders that a closed file be kept.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn place_hold(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        given: HoldInput,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::PlaceHold, case, expected, move |desk| {
            let reason = input::required("/reason", &given.reason)?;
            Ok(Command::PlaceHold { reason: desk.text(TextKind::Reason, &reason)? })
        })
        .await
    }

    /// Lifts such an order.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn lift_hold(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        given: HoldLifting,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::LiftHold, case, expected, move |desk| {
            desk.is_open(Act::LiftHold)?;
            let reason = input::required("/reason", &given.reason)?;
            Ok(Command::LiftHold { hold: given.hold, reason: desk.text(TextKind::Reason, &reason)? })
        })
        .await
    }

    /// The holds that stand on closed files at the agencies this officer may see the plan of: those by hand first.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; the database's failures.
    pub async fn holds(&self, officer: &Officer) -> Result<Vec<StandingHold>, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let seen = visible(conn, &officer, Deed::Retain, None)?;
                let rows = legal_holds::list_standing(conn, &seen, SHOWN)?;
                let by_hand: Vec<_> = rows.into_iter().map(|row| standing(conn, &row)).collect::<Result<_, _>>()?;
                let pending = legal_holds::list_pending(conn, &seen, SHOWN)?.into_iter().map(pending);
                Ok(by_hand.into_iter().chain(pending).collect())
            })
            .await
    }
}

fn standing(conn: &mut Conn, row: &HoldRow) -> Result<StandingHold, Failure> {
    let case = cases::load(conn, row.case_id)?;
    Ok(StandingHold {
        case: row.case_id,
        number: case.number.unwrap_or(case.receipt_no),
        seq: Some(u32::try_from(row.seq).map_err(Failure::broken)?),
        proceeding: None,
        placed_by: name_of(conn, row.placed_by)?,
        placed_on: day_in_china(row.placed_at),
    })
}

fn pending(row: PendingRow) -> StandingHold {
    StandingHold {
        case: row.case_id,
        number: row.number.unwrap_or(row.receipt_no),
        seq: None,
        proceeding: Some(row.proceeding),
        placed_by: None,
        placed_on: row.began_on,
    }
}

/// Brings the table of holds up to an entry of a journal.
///
/// # Errors
/// The database's failures.
pub(in crate::office) fn project(conn: &mut Conn, entry: &Entry) -> Result<(), Failure> {
    match &entry.event {
        Event::HoldPlaced { .. } => legal_holds::insert(
            conn,
            &HoldRow {
                case_id: entry.case,
                seq: small(entry.seq)?,
                placed_by: entry.actor.staff(),
                placed_at: entry.at,
                lifted_by: None,
                lifted_at: None,
            },
        )?,
        Event::HoldLifted { hold, .. } => {
            legal_holds::lift(conn, entry.case, small(*hold)?, entry.actor.staff(), entry.at)?;
        }
        _ => {}
    }
    Ok(())
}

/// The rows that a journal makes.
///
/// # Errors
/// [`Failure::Broken`] for a number beyond the column.
pub(in crate::office) fn rows_of(journal: &[Entry]) -> Result<Vec<HoldRow>, Failure> {
    let mut rows: Vec<HoldRow> = Vec::new();
    for entry in journal {
        match &entry.event {
            Event::HoldPlaced { .. } => rows.push(HoldRow {
                case_id: entry.case,
                seq: small(entry.seq)?,
                placed_by: entry.actor.staff(),
                placed_at: entry.at,
                lifted_by: None,
                lifted_at: None,
            }),
            Event::HoldLifted { hold, .. } => {
                let hold = small(*hold)?;
                for row in rows.iter_mut().filter(|row| row.seq == hold) {
                    (row.lifted_by, row.lifted_at) = (entry.actor.staff(), Some(entry.at));
                }
            }
            _ => {}
        }
    }
    Ok(rows)
}
