//! The files of a case made again from their journals and compared: the chain and its anchors in the application's journal, the
//! row, the texts.

use std::collections::{BTreeMap, HashMap};

use super::recording;
use crate::case::{Case, Event};
use crate::ids::{ProceedingId, TextId};
use crate::journal::canonical;
use crate::journal::mooring::{self, Anchor};
use crate::journal::verify::Stored;
use crate::office::Shared;
use crate::office::failure::Failure;
use crate::office::sealing::Opener;
use crate::proceeding::Proceeding;
use crate::proceeding::milestone::Rules;
use crate::storage::proceeding_journal::{self, ProceedingEntryRow};
use crate::storage::proceedings::{self, ProceedingRow};
use crate::storage::{Conn, case_keys, texts};
use crate::vault::Digest;

/// What is wrong with the files of `case`, each in a sentence; and the entries that were read.
///
/// # Errors
/// The database's failures.
pub fn faults(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<(u64, Vec<String>), Failure> {
    let anchors = anchors(case);
    let rows = proceedings::list_of_cases(conn, &[case.id])?;
    if rows.is_empty() && anchors.is_empty() {
        return Ok((0, Vec::new()));
    }
    let calendars = shared.calendars_in(conn)?;
    let words = words(conn, shared, case)?;
    let mut ids: Vec<ProceedingId> = rows.iter().map(|row| row.id).chain(anchors.keys().copied()).collect();
    ids.sort_unstable();
    ids.dedup();
    let entries = proceeding_journal::list(conn, &ids)?;
    let counted = u64::try_from(entries.len()).unwrap_or(u64::MAX);
    let mut found = Vec::new();
    for id in ids {
        let of_file: Vec<ProceedingEntryRow> = entries.iter().filter(|row| row.proceeding_id == id).cloned().collect();
        let mut tell = |what: String| found.push(format!("proceeding {id}: {what}"));
        for what in chain_faults(id, &of_file, anchors.get(&id).map_or(&[], Vec::as_slice)) {
            tell(what);
        }
        let Ok(read) = of_file.iter().map(recording::entry_of).collect::<Result<Vec<_>, _>>() else {
            tell("an entry cannot be read".to_owned());
            continue;
        };
        for (entry, text) in
            read.iter().flat_map(|entry| entry.event.texts().into_iter().map(move |text| (entry, text)))
        {
            if words.as_ref().is_some_and(|words| words.get(&text.id) != Some(&text.digest)) {
                tell(format!("entry {}: text {} is not the one that was recorded", entry.seq, text.id));
            }
        }
        match (Proceeding::replay(read), rows.iter().find(|row| row.id == id)) {
            (Err(fault), _) => tell(fault.to_string()),
            (Ok(_), None) => tell("it has no row".to_owned()),
            (Ok(file), Some(stored)) => {
                let made =
                    recording::row(&file, &Rules::default(), &calendars.known_at(file.dated_at), stored.told_on)?;
                // When the scheduler looks again is a fact of its own.
                let made = ProceedingRow { next_on: stored.next_on, ..made };
                if *stored != made {
                    tell(format!("the row says {stored:?}, the journal {made:?}"));
                }
            }
        }
    }
    Ok((counted, found))
}

/// The digests of the texts as they open; none where they were destroyed, or do not open, which is told of the case.
fn words(conn: &mut Conn, shared: &Shared, case: &Case) -> Result<Option<HashMap<TextId, Digest>>, Failure> {
    if case_keys::find_destroyed(conn, case.id)?.is_some() {
        return Ok(None);
    }
    let Ok(opener) = Opener::of(conn, &[case.id], &shared.keys) else { return Ok(None) };
    let opened = texts::list(conn, case.id)?.into_iter().filter_map(|row| {
        let words = opener.text(&row).ok().flatten()?;
        Some((row.id, words.digest))
    });
    Ok(Some(opened.collect()))
}

/// The entries of the files as the case's journal names them.
fn anchors(case: &Case) -> BTreeMap<ProceedingId, Vec<Anchor>> {
    let mut found: BTreeMap<ProceedingId, Vec<Anchor>> = BTreeMap::new();
    for entry in case.journal() {
        if let Some((proceeding, anchor)) = anchor(&entry.event) {
            found.entry(proceeding).or_default().push(anchor);
        }
    }
    found
}

/// The entry of a file that this event names, if it names one.
pub fn anchor(event: &Event) -> Option<(ProceedingId, Anchor)> {
    let Event::ProceedingAnchored { proceeding, entry, digest } = event else { return None };
    Some((*proceeding, Anchor { seq: *entry, hash: digest.to_string() }))
}

/// A row as the verification of a chain takes it. A number below zero is no number of an entry.
pub fn stored(row: &ProceedingEntryRow) -> Stored<'_> {
    Stored {
        seq: u32::try_from(row.seq).unwrap_or(u32::MAX),
        body: &row.body,
        algorithm: &row.algorithm,
        previous: &row.previous,
        hash: &row.hash,
    }
}

/// The chain itself, its columns, and whether it is the one that the case's journal holds.
fn chain_faults(id: ProceedingId, rows: &[ProceedingEntryRow], anchors: &[Anchor]) -> Vec<String> {
    let chained: Vec<Stored<'_>> = rows.iter().map(stored).collect();
    let columns = rows.iter().filter(|row| !columns_agree(row));
    let told = columns.map(|row| format!("entry {}: a column does not agree with the body", row.seq));
    mooring::adrift(id, &chained, anchors).iter().map(ToString::to_string).chain(told).collect()
}

/// Whether the columns beside an entry's text say what the text says; true for a text that cannot be read, which is told
/// otherwise.
pub fn columns_agree(row: &ProceedingEntryRow) -> bool {
    recording::entry_of(row).map_or(true, |entry| {
        entry.proceeding == row.proceeding_id
            && i64::from(entry.seq) == i64::from(row.seq)
            && entry.at == row.at
            && entry.event.kind() == row.kind
            && i32::from(entry.version) == row.version
            && canonical::bytes(&entry.actor).is_ok_and(|actor| actor == row.actor)
    })
}
