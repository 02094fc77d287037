//! The walk over the files of proceedings: each held against what the journal of its case names of it.

use std::collections::BTreeMap;

use super::{Beside, PAGE};
use crate::ids::ProceedingId;
use crate::journal::mooring::{self, Anchor};
use crate::journal::verify::Stored;
use crate::office::failure::Failure;
use crate::office::proceedings::checking;
use crate::office::projection;
use crate::storage::Db;
use crate::storage::journal::JournalRow;
use crate::storage::proceeding_journal::{self, ProceedingEntryRow};

/// What the journals of the cases name, file by file.
#[derive(Default)]
pub(super) struct Moorings(BTreeMap<ProceedingId, Vec<Anchor>>);

impl Moorings {
    /// What the journal of one case names. An entry that cannot be read is told otherwise. `suspect`: the numbers of the entries that are
    /// not known to be what they were, columns and all.
    pub fn named_by(rows: &[JournalRow], suspect: &[i32]) -> Vec<(ProceedingId, Anchor)> {
        // The text decides and not the column beside it, unless they are known to agree; reading every text a second time would take as
        // long as all the rest.
        const KIND: &str = "proceeding_anchored";
        let naming =
            rows.iter().filter(|row| row.kind == KIND || (suspect.contains(&row.seq) && row.body.contains(KIND)));
        naming.filter_map(|row| checking::anchor(&projection::entry_of(row).ok()?.event)).collect()
    }

    /// Learns it.
    pub fn learn(&mut self, named: Vec<(ProceedingId, Anchor)>) {
        for (file, anchor) in named {
            self.0.entry(file).or_default().push(anchor);
        }
    }
}

/// What was found on the way.
pub(super) struct Files {
    /// Entries that were read.
    pub entries: u64,
    /// What is wrong.
    pub besides: Vec<Beside>,
}

/// Walks over all files, and then over those that are only named.
///
/// # Errors
/// The database's failures.
pub(super) fn walk(db: &Db, moorings: Moorings, progress: &mut dyn FnMut(u64)) -> Result<Files, Failure> {
    let Moorings(mut named) = moorings;
    let mut files = Files { entries: 0, besides: Vec::new() };
    let mut after = None;
    loop {
        let page = db.read_now(|conn| proceeding_journal::list_files(conn, after, PAGE).map_err(Failure::from))?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        let rows = db.read_now(|conn| proceeding_journal::list(conn, &page).map_err(Failure::from))?;
        for rows in rows.chunk_by(|one, next| one.proceeding_id == next.proceeding_id) {
            let Some(file) = rows.first().map(|row| row.proceeding_id) else { continue };
            files.hold(file, rows, &named.remove(&file).unwrap_or_default());
        }
        progress(files.entries);
    }
    for (file, anchors) in named {
        files.hold(file, &[], &anchors);
    }
    Ok(files)
}

impl Files {
    fn hold(&mut self, proceeding: ProceedingId, rows: &[ProceedingEntryRow], anchors: &[Anchor]) {
        let chained: Vec<Stored<'_>> = rows.iter().map(checking::stored).collect();
        let adrift = mooring::adrift(proceeding, &chained, anchors);
        self.besides.extend(adrift.into_iter().map(|how| Beside::Adrift { proceeding, how }));
        let columns = rows.iter().filter(|row| !checking::columns_agree(row));
        let seq = |row: &ProceedingEntryRow| u32::try_from(row.seq).unwrap_or_default();
        self.besides.extend(columns.map(|row| Beside::ProceedingColumn { proceeding, seq: seq(row) }));
        self.entries = self.entries.saturating_add(u64::try_from(rows.len()).unwrap_or_default());
    }
}
