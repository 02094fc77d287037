//! A calendar is changed by two: one lays a year before those who keep the calendars, another confirms it, and both see first
//! which open cases it moves. Keeping them is for the administrators of a top agency, since all agencies are dated alike
//! (docs/decisions/014).

pub mod deciding;
pub mod formats;
pub mod found;
pub mod moves;
pub mod rehearsal;
pub mod views;

use chrono::{DateTime, Utc};

use super::failure::Failure;
use super::log::{Kind, Note};
use super::permission::{Deed, Officer};
use super::{Office, Shared, calendars as editions};
use crate::ids::{ProposalId, StaffId};
use crate::law::calendar::Year;
use crate::law::coded::coded;
use crate::law::editions::Edition;
use crate::storage::calendar_proposals::{self, ProposalRow};
use crate::storage::{Conn, agencies};
use formats::{NewProposal, Offered};
use moves::{MovesPage, MovesQuery};
use views::{ProposalLine, ProposalView};

/// Proposals shown in the list.
const LISTED: u32 = 200;

coded! {
    /// How a proposal came.
    pub enum ProposalSource {
        /// Entered as a year.
        Entered = "entered", "接口填报", "entered";
        /// From a TOML file.
        Toml = "toml", "TOML 文件", "TOML file";
        /// From an iCalendar file.
        Ical = "ical", "iCalendar 文件", "iCalendar file";
        /// Found at a start: built in, or in the settings' folder.
        Start = "start", "启动时读到", "found at a start";
        /// From the command line.
        CommandLine = "command_line", "命令行", "command line";
    }
}

coded! {
    /// What was decided of a proposal.
    pub enum ProposalDecision {
        /// It is an edition now.
        Confirmed = "confirmed", "已确认", "confirmed";
        /// It was turned down, or taken back.
        Rejected = "rejected", "已否决", "rejected";
        /// Its year got another edition first.
        Overtaken = "overtaken", "已被其他版本取代", "overtaken";
    }
}

impl Office {
    /// Lays a year before those who keep the calendars.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; [`Failure::Invalid`] with everything that is wrong with the year, or when it says nothing
    /// new; the database's failures.
    pub async fn propose_calendar(&self, officer: &Officer, input: NewProposal) -> Result<ProposalView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                keeps_calendars(conn, &officer)?;
                let offered = formats::read(&input, &editions::list(conn)?)?;
                let row = lay(conn, &shared, &offered, Some(officer.id))?;
                let note = Note::by(&officer, Kind::CalendarProposed).fact("proposal", row.id);
                note.fact("year", row.year).write(conn, &shared)?;
                views::whole(conn, &shared, &row)
            })
            .await
    }

    /// The latest proposals, newest first.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; the database's failures.
    pub async fn calendar_proposals(&self, officer: &Officer) -> Result<Vec<ProposalLine>, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                keeps_calendars(conn, &officer)?;
                calendar_proposals::list(conn, LISTED)?.iter().map(|row| views::line(conn, row)).collect()
            })
            .await
    }

    /// A proposal, with the days it changes and the first page of what it moves.
    ///
    /// # Errors
    /// [`Failure::Forbidden`], [`Failure::Missing`]; the database's failures.
    pub async fn calendar_proposal(&self, officer: &Officer, id: ProposalId) -> Result<ProposalView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .read(move |conn| {
                keeps_calendars(conn, &officer)?;
                let row = calendar_proposals::load(conn, id)?;
                views::whole(conn, &shared, &row)
            })
            .await
    }

    /// A page of the open cases that a proposal moves.
    ///
    /// # Errors
    /// As [`Office::calendar_proposal`]; [`Failure::Invalid`] for a cursor or limit that is none.
    pub async fn calendar_moves(
        &self,
        officer: &Officer,
        id: ProposalId,
        query: MovesQuery,
    ) -> Result<MovesPage, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        let page = query.read()?;
        self.db()
            .read(move |conn| {
                keeps_calendars(conn, &officer)?;
                let row = calendar_proposals::load(conn, id)?;
                if row.decision.is_some() {
                    return Ok(MovesPage::default());
                }
                moves::page(conn, &shared, &year_of(&row)?, page)
            })
            .await
    }
}

/// Whether this officer keeps the calendars: an administrator of an agency with none above it.
///
/// # Errors
/// [`Failure::Forbidden`]; the database's failures.
pub(super) fn keeps_calendars(conn: &mut Conn, officer: &Officer) -> Result<(), Failure> {
    for held in officer.roles.iter().filter(|held| Deed::Administer.roles().contains(&held.role)) {
        if agencies::load(conn, held.agency)?.parent_id.is_none() {
            return Ok(());
        }
    }
    Err(Failure::Forbidden {
        zh: "日历对所有机关一体适用，须由最上级机关的管理员办理。".to_owned(),
        en: "The calendar holds for all agencies: this is for an administrator of the top agency.".to_owned(),
    })
}

/// The edition of a year that was written last, whether it is known yet or not.
pub(super) fn last_of(year: i32, known: &[Edition]) -> Option<&Edition> {
    known.iter().filter(|edition| edition.year.year == year).max_by_key(|edition| edition.known_from)
}

/// Writes a proposal down.
///
/// # Errors
/// [`Failure::Broken`] for a year that cannot be written; the database's failures.
fn lay(conn: &mut Conn, shared: &Shared, offered: &Offered, by: Option<StaffId>) -> Result<ProposalRow, Failure> {
    let now = shared.clock.now();
    let row = ProposalRow {
        id: ProposalId::new(now, &mut shared.randomness.clone()),
        ..row_of(&offered.year, offered.source, offered.stands_on, by, now)?
    };
    calendar_proposals::insert(conn, &row)?;
    Ok(row)
}

/// An open proposal without an id of its own yet.
fn row_of(
    year: &Year,
    source: ProposalSource,
    stands_on: Option<DateTime<Utc>>,
    by: Option<StaffId>,
    at: DateTime<Utc>,
) -> Result<ProposalRow, Failure> {
    Ok(ProposalRow {
        id: ProposalId::from_uuid(uuid::Uuid::nil()),
        year: year.year,
        notice: year.notice.clone(),
        body: serde_json::to_string(year).map_err(Failure::broken)?,
        source: source.as_str().to_owned(),
        stands_on,
        proposed_by: by,
        proposed_at: at,
        decided_by: None,
        decided_at: None,
        decision: None,
    })
}

fn year_of(row: &ProposalRow) -> Result<Year, Failure> {
    serde_json::from_str(&row.body).map_err(Failure::broken)
}
