//! An enquiry's journal and its row, written together, and each entry made fast in the chain `staff`; `check` makes the row again from
//! the journal and compares.

use chrono::{Days, NaiveDate};

use super::rules::rules_of;
use crate::case::Actor;
use crate::clock::day_in_china;
use crate::enquiry::milestone::{self, Rules};
use crate::enquiry::state::Ended;
use crate::enquiry::{Enquiry, Entry, clock};
use crate::ids::EnquiryId;
use crate::journal::{canonical, chain};
use crate::law::calendar::Calendar;
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::office::log::{Kind, Note, Visit};
use crate::office::permission::Officer;
use crate::office::projection::small;
use crate::storage::Conn;
use crate::storage::enquiries::{self, EnquiryRow};
use crate::storage::enquiry_journal::{self, EnquiryEntryRow};
use crate::vault::Digest;

/// The enquiry as its journal makes it, with the head of its chain.
///
/// # Errors
/// [`Failure::Missing`] where there is none; [`Failure::Broken`] for rows that are no entries.
pub(super) fn load(conn: &mut Conn, id: EnquiryId) -> Result<(Enquiry, Digest), Failure> {
    let rows = enquiry_journal::load(conn, id)?;
    let head = rows.last().ok_or(Failure::Missing)?.hash.parse::<Digest>().map_err(Failure::broken)?;
    let entries = rows.iter().map(entry_of).collect::<Result<Vec<_>, _>>()?;
    Ok((Enquiry::replay(entries).map_err(Failure::broken)?, head))
}

/// Appends entries, makes each fast, brings the row up to date, and gives the new head. `before`: the enquiry as it was, with its
/// head; none for a new one.
///
/// # Errors
/// [`Failure::Busy`] when somebody else appended first; the database's failures.
pub(super) fn append(
    conn: &mut Conn,
    shared: &Shared,
    officer: Option<&Officer>,
    before: Option<&(Enquiry, Digest)>,
    after: &Enquiry,
    entries: &[Entry],
    calendar: &Calendar,
) -> Result<Digest, Failure> {
    let mut head = before.map(|(_, head)| *head);
    for entry in entries {
        let (row, hash) = entry_row(shared, entry, head.as_ref())?;
        enquiry_journal::append(conn, &row).map_err(Failure::of_race)?;
        make_fast(conn, shared, officer, after, entry, &hash)?;
        head = Some(hash);
    }
    // What falls on the day of the act itself is looked at once more: what was said already is not said again.
    let yesterday = day_in_china(after.dated_at) - Days::new(1);
    let rules = rules_of(conn, after.agency)?;
    match before {
        None => enquiries::insert(conn, &row(after, &rules, calendar, yesterday)?)?,
        Some((before, _)) => {
            let told_on = enquiries::load(conn, after.id)?.told_on.min(yesterday);
            let row = row(after, &rules, calendar, told_on)?;
            enquiries::update(conn, &row, small(before.version)?).map_err(Failure::of_race)?;
        }
    }
    head.ok_or_else(|| Failure::broken("nothing was appended"))
}

/// Number and hash of the entry, as an entry of the chain `staff`: the seals cover that, and so this (decision 024).
fn make_fast(
    conn: &mut Conn,
    shared: &Shared,
    officer: Option<&Officer>,
    enquiry: &Enquiry,
    entry: &Entry,
    hash: &Digest,
) -> Result<(), Failure> {
    let note = match (officer, entry.actor) {
        (Some(officer), Actor::Staff { .. } | Actor::Delegate { .. }) => {
            Note::by(officer, Kind::EnquiryRecorded).in_place_of(entry.actor.absent())
        }
        (_, Actor::Applicant) => Note::from(&Visit::default(), Kind::EnquiryRecorded).fact("by", "writer"),
        _ => Note::from(&Visit::default(), Kind::EnquiryRecorded).fact("by", "calendar"),
    };
    let note = note.at(enquiry.agency).fact("enquiry", entry.enquiry).fact("seq", entry.seq);
    note.fact("hash", hash).fact("entry", entry.event.kind()).write(conn, shared)
}

/// The journal's row of an entry, linked to `previous`.
fn entry_row(shared: &Shared, entry: &Entry, previous: Option<&Digest>) -> Result<(EnquiryEntryRow, Digest), Failure> {
    let body = canonical::bytes(entry).map_err(Failure::broken)?;
    let link = chain::link(shared.algorithm, entry.enquiry, previous, &body);
    let row = EnquiryEntryRow {
        enquiry_id: entry.enquiry,
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
pub(super) fn entry_of(row: &EnquiryEntryRow) -> Result<Entry, Failure> {
    serde_json::from_str(&row.body).map_err(Failure::broken)
}

/// The row of an enquiry as `calendar` dates it and `rules` have it looked at; people were told through `told_on`.
///
/// # Errors
/// [`Failure::Broken`] for a version beyond the column.
pub(super) fn row(
    enquiry: &Enquiry,
    rules: &Rules,
    calendar: &Calendar,
    told_on: NaiveDate,
) -> Result<EnquiryRow, Failure> {
    let due = clock::due(enquiry, calendar);
    let (mut late, mut case_id) = (None, None);
    match enquiry.ended {
        Some(Ended::Answered { late: was_late, .. }) => late = Some(was_late),
        Some(Ended::Turned { case, .. }) => case_id = Some(case),
        Some(Ended::Closed { .. }) | None => {}
    }
    Ok(EnquiryRow {
        id: enquiry.id,
        version: small(enquiry.version)?,
        agency_id: enquiry.agency,
        number: enquiry.opening.number.clone(),
        kind: enquiry.kind().as_str().to_owned(),
        stage: enquiry.stage.as_str().to_owned(),
        handler_id: enquiry.handler,
        arrived_on: enquiry.opening.arrived_on,
        registered_on: enquiry.registered_on(),
        due_on: due.map(|due| due.on),
        due_provisional: due.is_some_and(|due| due.provisional),
        ending: enquiry.ended.map(|ended| ended.ending().as_str().to_owned()),
        closed_on: enquiry.ended.map(|ended| ended.on()),
        late,
        satisfaction: enquiry.rating.map(|rating| i32::from(rating.satisfaction)),
        case_id,
        from_case_id: enquiry.opening.from_case,
        told_on,
        next_on: next_look(enquiry, rules, calendar, told_on),
        created_at: enquiry.registered_at,
        updated_at: enquiry.dated_at,
    })
}

/// When there is something to say or to find next, people having been told through `told_on`.
pub(super) fn next_look(
    enquiry: &Enquiry,
    rules: &Rules,
    calendar: &Calendar,
    told_on: NaiveDate,
) -> Option<NaiveDate> {
    let from = told_on.succ_opt().unwrap_or(told_on);
    let said = milestone::between(enquiry, rules, calendar, from, NaiveDate::MAX).first().map(|one| one.on);
    let due = clock::due(enquiry, calendar).map(|due| due.on);
    let passed = due.filter(|on| enquiry.overdue_since != Some(*on)).and_then(|on| on.succ_opt());
    said.into_iter().chain(passed).min()
}
