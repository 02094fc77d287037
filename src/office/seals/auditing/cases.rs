//! The walk over the journals of the cases: the next page is read while the last one is held against its chains, by as many threads
//! as the machine runs at once. What was found is put together in the order of the cases.

use std::sync::mpsc::{self, SyncSender};
use std::thread;

use chrono::{DateTime, Utc};

use super::heads::{Differing, Heads};
use super::moored::Moorings;
use super::{Beside, PAGE};
use crate::ids::{CaseId, ProceedingId};
use crate::journal::audit::Audit;
use crate::journal::mooring::Anchor;
use crate::journal::verify::{Break, Walk};
use crate::office::check::{columns, stored};
use crate::office::failure::Failure;
use crate::storage::Db;
use crate::storage::journal::{self, JournalRow};

/// What was found on the way.
#[derive(Default)]
pub(super) struct Cases {
    /// Cases that were read.
    pub read: u64,
    /// Entries that were read.
    pub entries: u64,
    /// Entries that no seal covers.
    pub unsealed_entries: u64,
    /// Of each case with such entries the first: its number, and when it was recorded.
    pub unsealed: Vec<(CaseId, u32, DateTime<Utc>)>,
    /// Columns that differ.
    pub besides: Vec<Beside>,
    /// What the journals name.
    pub moorings: Moorings,
    differing: Vec<Differing>,
    broken: Vec<(CaseId, Break)>,
}

/// Walks over them, and then over those that are only named by `heads`. `progress` hears how many pages' worth of cases were read.
///
/// # Errors
/// The database's failures; what is wrong is told to the audit, or kept in what comes back.
pub(super) fn walk(
    db: &Db,
    audit: &mut Audit,
    mut heads: Heads,
    progress: &mut dyn FnMut(u64),
) -> Result<Cases, Failure> {
    let mut cases = Cases::default();
    thread::scope(|scope| {
        let (send, pages) = mpsc::sync_channel(1);
        scope.spawn(move || read_all(db, &send));
        for page in pages {
            for held in hold_all(&page?, &heads) {
                heads.met(held.case);
                cases.add(held);
            }
            progress(cases.read);
        }
        cases.tell(audit, heads);
        Ok(cases)
    })
}

/// Reads page after page, until nobody wants another.
fn read_all(db: &Db, send: &SyncSender<Result<Vec<JournalRow>, Failure>>) {
    let mut after = None;
    loop {
        let page = db.read_now(|conn| {
            let ids = journal::list_all_cases(conn, after, PAGE)?;
            let (Some(first), Some(last)) = (ids.first().copied(), ids.last().copied()) else { return Ok(None) };
            Ok::<_, Failure>(Some((last, journal::load_between(conn, first, last)?)))
        });
        let more = match page {
            Ok(None) => break,
            Ok(Some((last, rows))) => {
                after = Some(last);
                send.send(Ok(rows)).is_ok()
            }
            Err(failure) => {
                // Whoever has gone away wants no failure either.
                let _told = send.send(Err(failure));
                break;
            }
        };
        if !more {
            break;
        }
    }
}

/// What was found in one journal.
struct Held {
    case: CaseId,
    entries: usize,
    broken: Option<Break>,
    /// Entries of which a column differs.
    columns: Vec<u32>,
    /// Entries that no seal covers, and the first of them.
    unsealed: (usize, Option<(u32, DateTime<Utc>)>),
    anchors: Vec<(ProceedingId, Anchor)>,
    /// The first head under the seals that is not there any more.
    differing: Option<Differing>,
}

/// The journals of a page, each held against its chain, in the order in which they came.
fn hold_all(page: &[JournalRow], heads: &Heads) -> Vec<Held> {
    let journals: Vec<&[JournalRow]> = page.chunk_by(|one, next| one.case_id == next.case_id).collect();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = journals.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let hold_some = |some: &[&[JournalRow]]| some.iter().filter_map(|rows| hold(rows, heads)).collect::<Vec<_>>();
        let shares: Vec<_> = journals.chunks(share).map(|some| scope.spawn(move || hold_some(some))).collect();
        let joined =
            shares.into_iter().map(|share| share.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.flatten().collect()
    })
}

fn hold(rows: &[JournalRow], heads: &Heads) -> Option<Held> {
    let case = rows.first()?.case_id;
    let number = |row: &JournalRow| u32::try_from(row.seq).unwrap_or_default();
    let (mut walk, mut broken) = (Walk::new(case), None);
    let (mut columns_differ, mut suspect) = (Vec::new(), Vec::new());
    for row in rows {
        // Behind the first bad place nothing can be told of the chain; the columns can be held against their text all the same.
        let agree = if broken.is_some() {
            columns(row).agree_with(&row.body)
        } else {
            walk.step_with(&stored(row), &columns(row)).unwrap_or_else(|at| {
                broken = Some(at);
                columns(row).agree_with(&row.body)
            })
        };
        if !agree {
            columns_differ.push(row.seq);
        }
        if !agree || broken.is_some() {
            suspect.push(row.seq);
        }
    }
    let up_to = heads.up_to(case);
    let mut behind = rows.iter().filter(|row| u32::try_from(row.seq).is_ok_and(|seq| seq > up_to));
    let first = behind.next();
    Some(Held {
        case,
        entries: rows.len(),
        broken,
        columns: columns_differ.iter().map(|seq| u32::try_from(*seq).unwrap_or_default()).collect(),
        unsealed: (behind.count() + usize::from(first.is_some()), first.map(|row| (number(row), row.at))),
        anchors: Moorings::named_by(rows, &suspect),
        differing: heads.differing(case, rows),
    })
}

impl Cases {
    fn add(&mut self, held: Held) {
        let case = held.case;
        let counted = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        self.differing.extend(held.differing);
        self.broken.extend(held.broken.map(|broken| (case, broken)));
        self.besides.extend(held.columns.into_iter().map(|seq| Beside::Column { case, seq }));
        self.read += 1;
        self.entries += counted(held.entries);
        let (unsealed, first) = held.unsealed;
        self.unsealed_entries += counted(unsealed);
        self.unsealed.extend(first.map(|(seq, at)| (case, seq, at)));
        self.moorings.learn(held.anchors);
    }

    /// Tells what is wrong: with the heads first, in order of place, for only so much is told one by one.
    fn tell(&mut self, audit: &mut Audit, heads: Heads) {
        let mut differing = std::mem::take(&mut self.differing);
        differing.extend(heads.gone());
        differing.sort_by_key(Differing::place);
        for one in differing {
            one.tell(audit);
        }
        for (case, broken) in std::mem::take(&mut self.broken) {
            audit.journal_broken(case, broken);
        }
    }
}
