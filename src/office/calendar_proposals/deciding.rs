//! Deciding on a proposal: a second administrator confirms it, which makes it an edition in the same transaction; any of them
//! turns it down. It is decided once.

use chrono::{DateTime, Utc};

use super::views::{self, ProposalView};
use super::{ProposalDecision, keeps_calendars, last_of};
use crate::ids::ProposalId;
use crate::office::calendars::{self as editions, SETTLING};
use crate::office::failure::Failure;
use crate::office::log::{Change, Kind, Note};
use crate::office::{Office, Officer, Shared};
use crate::storage::Conn;
use crate::storage::calendar_proposals::{self, ProposalRow};
use crate::storage::calendars::{self, CalendarRow};

impl Office {
    /// Confirms a proposal: it is known from a minute later on.
    ///
    /// # Errors
    /// [`Failure::Forbidden`], [`Failure::Missing`]; [`Failure::Contrary`] for one's own proposal, for one that is decided,
    /// and for one whose year got another edition since, which is then marked so; the database's failures.
    pub async fn confirm_calendar(&self, officer: &Officer, id: ProposalId) -> Result<ProposalView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        let confirmed = self.db().write(move |conn| confirm(conn, &shared, &officer, id)).await?;
        // That it was overtaken is written down, and told only after that.
        confirmed.ok_or_else(overtaken)
    }

    /// Turns a proposal down, or takes back one's own.
    ///
    /// # Errors
    /// [`Failure::Forbidden`], [`Failure::Missing`]; [`Failure::Contrary`] for one that is decided; the database's failures.
    pub async fn reject_calendar(&self, officer: &Officer, id: ProposalId) -> Result<ProposalView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                keeps_calendars(conn, &officer)?;
                let row = open(conn, id)?;
                decide(conn, &row, ProposalDecision::Rejected, &officer, shared.clock.now())?;
                let note = Note::by(&officer, Kind::CalendarRejected).fact("proposal", row.id);
                note.fact("year", row.year).write(conn, &shared)?;
                view(conn, &shared, id)
            })
            .await
    }
}

/// None when it was overtaken.
fn confirm(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    id: ProposalId,
) -> Result<Option<ProposalView>, Failure> {
    keeps_calendars(conn, officer)?;
    let row = open(conn, id)?;
    if row.proposed_by == Some(officer.id) {
        return Err(Failure::contrary(
            "不能确认自己提出的日历变更，请由另一名管理员确认。",
            "One does not confirm one's own proposal; ask another administrator.",
        ));
    }
    let now = shared.clock.now();
    let known = editions::list(conn)?;
    if last_of(row.year, &known).map(|edition| edition.known_from) != row.stands_on {
        decide(conn, &row, ProposalDecision::Overtaken, officer, now)?;
        return Ok(None);
    }
    decide(conn, &row, ProposalDecision::Confirmed, officer, now)?;
    let stood = last_of(row.year, &known).map(|edition| serde_json::to_string(&edition.year)).transpose();
    let before = stood.map_err(Failure::broken)?;
    let change = Change { field: "/year".to_owned(), before, after: Some(row.body.clone()) };
    let note = Note::by(officer, Kind::CalendarConfirmed).fact("proposal", row.id).fact("year", row.year);
    note.changed(vec![change]).write(conn, shared)?;
    calendar_proposals::overtake_others(conn, row.year, row.id, officer.id, now)?;
    let edition =
        CalendarRow { year: row.year, known_from: now + SETTLING, notice: row.notice.clone(), body: row.body.clone() };
    // Another instance wrote an edition at the same instant; asked again, this one is overtaken.
    calendars::insert(conn, &edition).map_err(Failure::of_race)?;
    view(conn, shared, id).map(Some)
}

/// A proposal on which nothing is decided.
fn open(conn: &mut Conn, id: ProposalId) -> Result<ProposalRow, Failure> {
    let row = calendar_proposals::load(conn, id)?;
    match row.decision.as_deref().map(str::parse::<ProposalDecision>).transpose().map_err(Failure::broken)? {
        None => Ok(row),
        Some(ProposalDecision::Overtaken) => Err(overtaken()),
        Some(decision) => Err(decided(decision)),
    }
}

fn decide(
    conn: &mut Conn,
    row: &ProposalRow,
    decision: ProposalDecision,
    officer: &Officer,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    if calendar_proposals::decide(conn, row.id, decision.as_str(), officer.id, now)? {
        return Ok(());
    }
    // Somebody was first; asked again, it tells what was decided.
    Err(Failure::Busy)
}

fn view(conn: &mut Conn, shared: &Shared, id: ProposalId) -> Result<ProposalView, Failure> {
    let row = calendar_proposals::load(conn, id)?;
    views::whole(conn, shared, &row)
}

fn decided(decision: ProposalDecision) -> Failure {
    Failure::contrary(
        format!("此项日历变更{}，不能再次决定。", decision.zh()),
        format!("This proposal is decided already: {}.", decision.en()),
    )
}

fn overtaken() -> Failure {
    Failure::contrary(
        "提出之后，该年日历已有新版本；请对照新版本重新提出。",
        "The year has got another edition since this was proposed; compare with that and propose anew.",
    )
}
