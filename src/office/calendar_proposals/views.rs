//! A proposal for those who decide on it: who laid it down, which days change, and whom that moves.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::formats::YearBody;
use super::moves::{self, MovesPage, Page};
use super::{ProposalDecision, ProposalSource, year_of};
use crate::ids::ProposalId;
use crate::law::calendar::{Calendar, Day, Year};
use crate::law::coded::coded;
use crate::office::failure::Failure;
use crate::office::views::{StaffName, Term, term};
use crate::office::{Shared, calendars as editions, reading};
use crate::storage::Conn;
use crate::storage::calendar_proposals::ProposalRow;

coded! {
    /// What a day is to those who count.
    pub enum DayKind {
        /// Monday to Friday, worked.
        Weekday = "weekday", "工作日", "working day";
        /// A Saturday or Sunday that is worked.
        MadeUp = "made_up", "调休上班", "weekend day that is worked";
        /// A Saturday or Sunday.
        Weekend = "weekend", "周末休息", "weekend";
        /// A Monday to Friday that is free.
        Holiday = "holiday", "放假", "day off";
    }
}

/// A day that would be something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DayChange {
    /// The day.
    pub day: NaiveDate,
    /// What it is by the edition in force, or by assumption where the year has none.
    pub was: Term,
    /// What it would be.
    pub will_be: Term,
}

/// A proposal in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProposalLine {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ProposalId,
    /// The year.
    pub year: i32,
    /// The notice, with what amends it.
    pub notice: String,
    /// How it came.
    pub source: Term,
    /// Who laid it down; none for what was found at a start or came by the command line, which one administrator confirms.
    pub proposed_by: Option<StaffName>,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// What was decided; none while it is open.
    pub decision: Option<Term>,
    /// Who decided.
    pub decided_by: Option<StaffName>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
}

/// A proposal, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProposalView {
    /// What stands in the list.
    #[serde(flatten)]
    pub line: ProposalLine,
    /// Since when the edition is known with which it was compared; none for a year nobody knew.
    pub stands_on: Option<DateTime<Utc>>,
    /// The year as it would be.
    pub calendar: YearBody,
    /// The days that differ from the edition it was compared with.
    pub days: Vec<DayChange>,
    /// Open cases that are looked at, page by page; none once it is decided.
    pub candidates: i64,
    /// The first page of what would move; none once it is decided.
    pub moves: MovesPage,
}

/// The line of a proposal.
///
/// # Errors
/// [`Failure::Broken`] for a stored code that is none; the database's failures.
pub(super) fn line(conn: &mut Conn, row: &ProposalRow) -> Result<ProposalLine, Failure> {
    let source: ProposalSource = row.source.parse().map_err(Failure::broken)?;
    let decision = row.decision.as_deref().map(str::parse::<ProposalDecision>).transpose().map_err(Failure::broken)?;
    Ok(ProposalLine {
        id: row.id,
        year: row.year,
        notice: year_of(row)?.citation(),
        source: term!(source),
        proposed_by: reading::name_of(conn, row.proposed_by)?,
        proposed_at: row.proposed_at,
        decision: decision.map(|decision| term!(decision)),
        decided_by: reading::name_of(conn, row.decided_by)?,
        decided_at: row.decided_at,
    })
}

/// The proposal whole, with the first page of what it moves.
///
/// # Errors
/// As [`line`].
pub(super) fn whole(conn: &mut Conn, shared: &Shared, row: &ProposalRow) -> Result<ProposalView, Failure> {
    let year = year_of(row)?;
    let open = row.decision.is_none();
    let (candidates, page) = if open {
        let calendars = shared.calendars_in(conn)?;
        (moves::candidates(conn, &calendars, &year)?, moves::page(conn, shared, &year, Page::FIRST)?)
    } else {
        (0, MovesPage::default())
    };
    Ok(ProposalView {
        stands_on: row.stands_on,
        days: days(compared_with(conn, row)?, &year)?,
        calendar: year.into(),
        candidates,
        moves: page,
        line: line(conn, row)?,
    })
}

/// The year with which a proposal was compared.
fn compared_with(conn: &mut Conn, row: &ProposalRow) -> Result<Option<Year>, Failure> {
    let Some(known_from) = row.stands_on else { return Ok(None) };
    let mut known = editions::list(conn)?.into_iter();
    Ok(known.find(|edition| edition.year.year == row.year && edition.known_from == known_from).map(|one| one.year))
}

/// The days on which the count differs.
pub(super) fn days(stands: Option<Year>, year: &Year) -> Result<Vec<DayChange>, Failure> {
    let before = Calendar::new(stands).map_err(Failure::broken)?;
    let after = Calendar::new([year.clone()]).map_err(Failure::broken)?;
    let number = year.year;
    let first = NaiveDate::from_ymd_opt(number, 1, 1).into_iter();
    let all = first.flat_map(|first| first.iter_days().take_while(move |day| day.year() == number));
    let changed = all.filter(|day| before.is_working(*day) != after.is_working(*day));
    Ok(changed.map(|day| DayChange { day, was: kind(&before, day), will_be: kind(&after, day) }).collect())
}

fn kind(calendar: &Calendar, on: NaiveDate) -> Term {
    let kind = match calendar.day(on) {
        Day::Weekday | Day::Assumed { working: true } => DayKind::Weekday,
        Day::MadeUp { .. } => DayKind::MadeUp,
        Day::Holiday { .. } => DayKind::Holiday,
        // 1 January is assumed to be free whatever day it is.
        Day::Assumed { working: false } if on.weekday().number_from_monday() <= 5 => DayKind::Holiday,
        Day::Weekend | Day::Assumed { working: false } => DayKind::Weekend,
    };
    term!(kind)
}
