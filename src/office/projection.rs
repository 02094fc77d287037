//! The projections: what queries may ask of a case without reading its journal. Written with the events, in the same
//! transaction; `check` makes them again from the journals and compares.

pub(super) mod rounds;

use chrono::{DateTime, Utc};

use super::failure::Failure;
use super::reports::rows as reports;
use super::retention::holds;
use crate::case::due::{self, Span};
use crate::case::timing::{self, Stretch};
use crate::case::{Case, Entry, Event, Settings};
use crate::ids::{AgencyId, CaseId};
use crate::journal::{Algorithm, canonical, chain};
use crate::law::calendar::Calendar;
use crate::law::editions::Calendars;
use crate::law::remedy::AgencyKind;
use crate::storage::agencies::AgencyRow;
use crate::storage::case_links::CaseLinkRow;
use crate::storage::cases::CaseRow;
use crate::storage::due_spans::DueSpanRow;
use crate::storage::journal::JournalRow;
use crate::storage::timings::TimingRow;
use crate::storage::{Conn, agencies, case_links, cases, due_spans, journal, report_cases, timings};
use crate::vault::Digest;

/// The link between a case and one that was split off from it.
pub const SPLIT_OFF: &str = "split_off";

/// A number that a database column holds as a 32-bit integer.
///
/// # Errors
/// [`Failure::Broken`] beyond two thousand million.
pub fn small(number: u32) -> Result<i32, Failure> {
    i32::try_from(number).map_err(Failure::broken)
}

/// The row of a case as `calendar` dates it.
///
/// # Errors
/// [`Failure::Broken`] for a version beyond the column.
pub fn case_row(case: &Case, calendar: &Calendar) -> Result<CaseRow, Failure> {
    let now = due::due_now(case, calendar);
    Ok(CaseRow {
        id: case.id,
        version: small(case.version)?,
        agency_id: case.agency(),
        receipt_no: case.filed.receipt_no.clone(),
        number: case.registration.as_ref().map(|entry| entry.number.clone()),
        channel: case.filed.channel.as_str().to_owned(),
        applicant_kind: case.particulars.applicant_kind.as_str().to_owned(),
        stage: case.stage.as_str().to_owned(),
        handler_id: case.handler,
        arrived_on: case.filed.arrived_on,
        received_on: case.received_on,
        registered_on: case.registration.as_ref().map(|entry| entry.on),
        due_on: now.map(|now| now.due.on),
        last_defensible_on: now.map(|now| now.last_defensible.on),
        due_provisional: now.is_some_and(|now| now.due.provisional),
        due_clock: now.map(|now| now.clock.as_str().to_owned()),
        extended: case.extended_by().is_some(),
        outcome: case.closing.as_ref().map(|closing| closing.outcome.as_str().to_owned()),
        closed_on: case.closing.as_ref().map(|closing| closing.on),
        late: case.closing.as_ref().and_then(|closing| closing.late),
        query_generation: 0,
        created_at: case.filed_at,
        updated_at: case.dated_at,
        matter: case.particulars.matter.as_str().to_owned(),
    })
}

/// The links an entry makes.
///
/// # Errors
/// [`Failure::Broken`] for a number beyond the column.
pub fn link_rows(entry: &Entry) -> Result<Vec<CaseLinkRow>, Failure> {
    let row = |other: CaseId, link: &str| -> Result<CaseLinkRow, Failure> {
        Ok(CaseLinkRow { case_id: entry.case, seq: small(entry.seq)?, other_id: other, link: link.to_owned() })
    };
    match &entry.event {
        Event::Linked { other, link, .. } => Ok(vec![row(*other, link.as_str())?]),
        Event::MattersSplitOff { children, .. } => children.iter().map(|child| row(*child, SPLIT_OFF)).collect(),
        _ => Ok(Vec::new()),
    }
}

/// The row of a stretch of time.
///
/// # Errors
/// [`Failure::Broken`] for a number beyond the column.
pub fn span_row(case: &Case, span: &Span) -> Result<DueSpanRow, Failure> {
    Ok(DueSpanRow {
        case_id: case.id,
        seq: small(span.seq)?,
        agency_id: span.agency,
        handler_id: span.handler,
        stage: span.stage.as_str().to_owned(),
        clock: span.now.clock.as_str().to_owned(),
        due_on: span.now.due.on,
        provisional: span.now.due.provisional,
        from_at: span.from,
        to_at: span.to,
    })
}

/// The row of something timed. When the scheduler looks at it first is when it begins; from there on the columns are its
/// own.
///
/// # Errors
/// [`Failure::Broken`] for a number beyond the column.
pub fn timing_row(case: &Case, stretch: &Stretch) -> Result<TimingRow, Failure> {
    let Stretch { timing, agency, seq, since_on, from, to, by_act } = *stretch;
    Ok(TimingRow {
        case_id: case.id,
        seq: small(seq)?,
        timed: timing.timed.as_str().to_owned(),
        part: small(timing.part)?,
        agency_id: agency,
        on_day: timing.on,
        since_on,
        from_at: from,
        to_at: to,
        by_act,
        next_on: Some(since_on),
        acts_on: if to.is_none() { timing.acts_on } else { None },
    })
}

/// The journal's row of an entry, linked to `previous` by `algorithm`.
///
/// # Errors
/// [`Failure::Broken`] for an entry that cannot be written canonically.
pub fn journal_row(
    algorithm: Algorithm,
    entry: &Entry,
    previous: Option<&Digest>,
) -> Result<(JournalRow, Digest), Failure> {
    let body = canonical::bytes(entry).map_err(Failure::broken)?;
    let link = chain::link(algorithm, entry.case, previous, &body);
    let row = JournalRow {
        case_id: entry.case,
        seq: small(entry.seq)?,
        at: entry.at,
        kind: entry.event.kind().to_owned(),
        version: i32::from(entry.version),
        actor: canonical::bytes(&entry.actor).map_err(Failure::broken)?,
        body,
        algorithm: link.algorithm.as_str().to_owned(),
        previous: link.previous.to_string(),
        hash: link.hash.to_string(),
    };
    Ok((row, link.hash))
}

/// Appends entries to a journal, linked by `algorithm`, and brings both projections up to date. `before` is the case as it was, with the hash
/// of its last entry; none for a new case.
///
/// # Errors
/// [`Failure::Busy`] when somebody else appended first, so that the act is done again on what now stands; the
/// database's failures.
pub fn record(
    conn: &mut Conn,
    algorithm: Algorithm,
    before: Option<(&Case, &Digest)>,
    after: &Case,
    entries: &[Entry],
    calendars: &Calendars,
) -> Result<(), Failure> {
    let mut head = before.map(|(_, head)| *head);
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        let (row, hash) = journal_row(algorithm, entry, head.as_ref())?;
        rows.push(row);
        head = Some(hash);
    }
    journal::append(conn, &rows).map_err(Failure::of_race)?;
    for entry in entries {
        for link in link_rows(entry)? {
            case_links::insert(conn, &link)?;
        }
        holds::project(conn, entry)?;
    }
    let row = case_row(after, &calendars.known_at(after.dated_at))?;
    match before {
        None => cases::insert(conn, &row)?,
        Some((case, _)) => {
            // The generation of the query code is a fact of its own and stays as it is.
            let query_generation = cases::load(conn, case.id)?.query_generation;
            let row = CaseRow { query_generation, ..row };
            cases::update(conn, &row, small(case.version)?).map_err(Failure::of_race)?;
        }
    }
    let counted = reports::case_row(after)?;
    if before.is_none() {
        counted.iter().try_for_each(|counted| report_cases::insert(conn, counted))?;
    } else if counted != before.map(|(case, _)| reports::case_row(case)).transpose()?.flatten()
        && let Some(counted) = counted
    {
        report_cases::put(conn, &counted)?;
    }
    move_span(conn, before.map(|(case, _)| case), after, calendars)?;
    rounds::project(conn, before.map(|(case, _)| case), after, calendars)?;
    time(conn, before.map(|(case, _)| case), after, calendars)
}

/// Ends what is no longer timed and begins what is from now on.
fn time(conn: &mut Conn, before: Option<&Case>, after: &Case, calendars: &Calendars) -> Result<(), Failure> {
    let changes = timing::changes(before, after, calendars);
    for ended in &changes.ended {
        let part = small(ended.part)?;
        timings::end(conn, after.id, ended.timed.as_str(), part, after.dated_at, timing::is_act(after))?;
    }
    if before.is_some_and(|before| before.agency() != after.agency()) {
        timings::move_open(conn, after.id, after.agency())?;
    }
    let begun = changes.begun.into_iter().map(|begun| timing_row(after, &Stretch::beginning(begun, after)));
    Ok(timings::insert(conn, &begun.collect::<Result<Vec<_>, _>>()?)?)
}

/// Closes the stretch that ended and opens the one that begins, if anything in it has changed.
fn move_span(conn: &mut Conn, before: Option<&Case>, after: &Case, calendars: &Calendars) -> Result<(), Failure> {
    let was = before.and_then(|case| due::span_of(case, &calendars.known_at(case.dated_at)));
    let is = due::span_of(after, &calendars.known_at(after.dated_at));
    if let (Some(was), Some(is)) = (&was, &is)
        && was.says_the_same_as(is)
    {
        return Ok(());
    }
    if was.is_some() {
        due_spans::close_current(conn, after.id, after.dated_at)?;
    }
    if let Some(is) = is {
        due_spans::insert(conn, &span_row(after, &is)?)?;
    }
    Ok(())
}

/// The instant at which an act on the case is recorded: now, but never at or before the last entry, should the clock
/// have been set back. A journal's time only goes forward.
#[must_use]
pub fn instant_after(case: &Case, now: DateTime<Utc>) -> DateTime<Utc> {
    now.max(case.dated_at + chrono::Duration::microseconds(1))
}

/// The case of a journal as stored, with the hash of its last entry.
///
/// # Errors
/// [`Failure::Missing`] without a journal; [`Failure::Broken`] for rows that are no entries.
pub fn load(conn: &mut Conn, case: crate::ids::CaseId) -> Result<(Case, Digest), Failure> {
    let rows = journal::load(conn, case)?;
    let head =
        rows.last().ok_or(Failure::Missing).and_then(|row| row.hash.parse::<Digest>().map_err(Failure::broken))?;
    let entries = rows.iter().map(entry_of).collect::<Result<Vec<_>, _>>()?;
    Ok((Case::replay(entries).map_err(Failure::broken)?, head))
}

/// The entry in a row.
///
/// # Errors
/// [`Failure::Broken`] for a body that is none.
pub fn entry_of(row: &JournalRow) -> Result<Entry, Failure> {
    serde_json::from_str(&row.body).map_err(Failure::broken)
}

/// The settings of an agency, as a decision needs them.
///
/// # Errors
/// [`Failure::Broken`] for a negative number of days; the database's failures.
pub fn settings_of(conn: &mut Conn, row: &AgencyRow) -> Result<Settings, Failure> {
    let reconsideration_body_fits = match row.parent_id {
        Some(parent) if row.kind == AgencyKind::Department.as_str() => {
            agencies::load(conn, parent)?.name == row.reconsideration_body
        }
        Some(_) | None => true,
    };
    let days = |number: i32| u32::try_from(number).map_err(Failure::broken);
    Ok(Settings {
        automatic_confirmation: row.automatic_confirmation,
        confirmation_days: days(row.confirmation_days)?,
        correction_window_days: days(row.correction_window_days)?,
        other_agency_days: days(row.other_agency_days)?,
        explanation_window_days: days(row.explanation_window_days)?,
        override_waiting_days: days(row.override_waiting_days)?,
        secrecy_stops_clock: row.secrecy_stops_clock,
        reconsideration_online: row.reconsideration_online.is_some(),
        reconsideration_body_fits,
    })
}

/// An agency with all above it.
///
/// # Errors
/// The database's failures.
pub fn lineage(conn: &mut Conn, agency: AgencyId) -> Result<super::permission::Lineage, Failure> {
    let above = agencies::list_ancestors(conn, agency)?.into_iter().map(|row| row.id).collect();
    Ok(super::permission::Lineage { agency, above })
}
