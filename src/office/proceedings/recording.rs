//! A file's projection and its journal's rows, written together; `check` makes the rows again from the journals and compares.

use chrono::{Days, NaiveDate};

use super::desk::Desk;
use super::reminding::rules_of;
use crate::clock::day_in_china;
use crate::journal::{Algorithm, canonical, chain};
use crate::law::calendar::Calendar;
use crate::office::failure::Failure;
use crate::office::projection::small;
use crate::office::reports::rows as reports;
use crate::proceeding::milestone::{self, Rules};
use crate::proceeding::terms::Route;
use crate::proceeding::{Entry, Proceeding, consequence, due};
use crate::storage::Conn;
use crate::storage::proceeding_journal::{self, ProceedingEntryRow};
use crate::storage::proceedings::{self, ProceedingRow};
use crate::storage::report_proceedings;
use crate::vault::Digest;

/// Appends entries, brings the row up to date, and gives the new head of the chain. `before`: the file as it was, with its head.
///
/// # Errors
/// [`Failure::Busy`] when somebody else appended first; the database's failures.
pub(super) fn append(
    desk: &mut Desk<'_>,
    before: Option<&(Proceeding, Digest)>,
    entries: &[Entry],
) -> Result<Digest, Failure> {
    let calendar = desk.calendars.known_at(desk.proceeding.dated_at);
    append_to(desk.conn, desk.shared.algorithm, &desk.proceeding, before, entries, &calendar)
}

/// The same without a desk, for a file that is only being opened.
///
/// # Errors
/// As [`append`].
pub(in crate::office) fn append_to(
    conn: &mut Conn,
    algorithm: Algorithm,
    after: &Proceeding,
    before: Option<&(Proceeding, Digest)>,
    entries: &[Entry],
    calendar: &Calendar,
) -> Result<Digest, Failure> {
    let mut head = before.map(|(_, head)| *head);
    for entry in entries {
        let (row, hash) = entry_row(algorithm, entry, head.as_ref())?;
        proceeding_journal::append(conn, &row).map_err(Failure::of_race)?;
        head = Some(hash);
    }
    let today = day_in_china(after.dated_at);
    // What falls on the day of the act itself is looked at once more: what was said already is not said again.
    let yesterday = today - Days::new(1);
    let rules = rules_of(conn, after.opening.agency)?;
    match before {
        None => proceedings::insert(conn, &row(after, &rules, calendar, yesterday)?)?,
        Some((before, _)) => {
            let told_on = proceedings::load(conn, after.id)?.told_on.min(yesterday);
            let row = row(after, &rules, calendar, told_on)?;
            proceedings::update(conn, &row, small(before.version)?).map_err(Failure::of_race)?;
        }
    }
    report_proceedings::put(conn, after.id, &reports::proceeding_rows(after)?)?;
    head.ok_or_else(|| Failure::broken("nothing was appended"))
}

/// The journal's row of an entry, linked to `previous`.
fn entry_row(
    algorithm: Algorithm,
    entry: &Entry,
    previous: Option<&Digest>,
) -> Result<(ProceedingEntryRow, Digest), Failure> {
    let body = canonical::bytes(entry).map_err(Failure::broken)?;
    let link = chain::link(algorithm, entry.proceeding, previous, &body);
    let row = ProceedingEntryRow {
        proceeding_id: entry.proceeding,
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

/// The entry in a row.
///
/// # Errors
/// [`Failure::Broken`] for a body that is none.
pub(super) fn entry_of(row: &ProceedingEntryRow) -> Result<Entry, Failure> {
    serde_json::from_str(&row.body).map_err(Failure::broken)
}

/// The files that these entries are the journals of, file by file.
///
/// # Errors
/// [`Failure::Broken`] for entries that are none, or that do not follow each other.
pub fn replayed(rows: &[ProceedingEntryRow]) -> Result<Vec<Proceeding>, Failure> {
    let files = rows.chunk_by(|one, next| one.proceeding_id == next.proceeding_id);
    files
        .map(|rows| {
            let entries = rows.iter().map(entry_of).collect::<Result<Vec<_>, _>>()?;
            Proceeding::replay(entries).map_err(Failure::broken)
        })
        .collect()
}

/// The row of a file as `calendar` dates it and `rules` have it looked at; people were told through `told_on`.
///
/// # Errors
/// [`Failure::Broken`] for a version beyond the column.
pub(super) fn row(
    file: &Proceeding,
    rules: &Rules,
    calendar: &Calendar,
    told_on: NaiveDate,
) -> Result<ProceedingRow, Failure> {
    let now = due::due(file, calendar);
    let standing = file.standing();
    let overturned = consequence::overturned(file);
    let reasons: Vec<&str> = overturned.iter().flat_map(|one| &one.reasons).map(|reason| reason.as_str()).collect();
    Ok(ProceedingRow {
        id: file.id,
        version: small(file.version)?,
        case_id: file.case(),
        agency_id: file.opening.agency,
        number: file.opening.number.clone(),
        kind: file.kind().as_str().to_owned(),
        level: file.round.level.as_str().to_owned(),
        route: file.opening.route.map(|route| route_code(route).to_owned()),
        challenged: file.opening.challenged.as_str().to_owned(),
        letter_number: file.opening.letter_number.clone(),
        stage: file.stage.as_str().to_owned(),
        handler_id: file.handler,
        began_on: file.rounds().next().map_or(file.round.began_on(), crate::proceeding::state::Round::began_on),
        received_on: file.round.received_on,
        due_on: now.map(|now| now.due.on),
        due_provisional: now.is_some_and(|now| now.due.provisional),
        due_clock: now.map(|now| now.clock.as_str().to_owned()),
        due_ours: now.is_some_and(|now| now.is_ours()),
        judgment: standing.map(|ended| ended.judgment.as_str().to_owned()),
        decided_on: standing.map(|ended| ended.made_on),
        effect_on: file.effect_on(),
        overturned: overturned.is_some(),
        reasons: reasons.join(","),
        closed_on: file.is_closed().then_some(file.stage_since),
        told_on,
        next_on: next_look(file, rules, calendar, told_on),
        created_at: file.opened_at,
        updated_at: file.dated_at,
        struck: file.struck.as_ref().map(|struck| struck.reason.as_str().to_owned()),
    })
}

/// How the API names the way of a suit.
pub(in crate::office) const fn route_code(route: Route) -> &'static str {
    match route {
        Route::Direct => "direct",
        Route::AfterReconsideration { .. } => "after_reconsideration",
    }
}

/// When there is something to say or to find next, people having been told through `told_on`.
pub(super) fn next_look(
    file: &Proceeding,
    rules: &Rules,
    calendar: &Calendar,
    told_on: NaiveDate,
) -> Option<NaiveDate> {
    let from = told_on.succ_opt().unwrap_or(told_on);
    let said = milestone::timings(file, calendar)
        .into_iter()
        .filter_map(|timing| {
            milestone::between(&timing, rules, calendar, from, NaiveDate::MAX).first().map(|one| one.on)
        })
        .min();
    let ours = due::due(file, calendar).filter(due::DueNow::is_ours).map(|now| now.due.on);
    let passed = ours.filter(|on| file.overdue_since != Some(*on)).and_then(|on| on.succ_opt());
    said.into_iter().chain(passed).min()
}
