//! The walk over the leaves of the seals: the next page is read, with what the named chains say today, while the last one is held
//! against the seals. What the cases say today is seen in the walk over their journals.

use std::collections::{BTreeMap, HashMap};
use std::sync::mpsc::{self, SyncSender};
use std::thread;

use super::PAGE;
use super::columns::Leaves;
use super::heads::Heads;
use crate::journal::audit::{Audit, Standing, StoredLeaf};
use crate::journal::log::{Chain, ChainName, Leaf};
use crate::office::failure::Failure;
use crate::storage::seals::{self, LeafRow, SealRow};
use crate::storage::{Conn, Db, log_entries};

/// What was found on the way.
pub(super) struct Walked {
    /// Leaves that were read.
    pub read: u64,
    /// What they name of the cases.
    pub heads: Heads,
    /// What was held against them besides.
    pub held: Leaves,
}

/// Leaves, each read as what it says if it can be, and what the named chains among them say today.
type Page = (Vec<(Option<Leaf>, LeafRow)>, Standings);

/// Walks over them. `progress` hears how many were read.
///
/// # Errors
/// The database's failures; what is wrong is told to the audit.
pub(super) fn walk(
    db: &Db,
    audit: &mut Audit,
    sealed: &[SealRow],
    progress: &mut dyn FnMut(u64),
) -> Result<Walked, Failure> {
    let size = sealed.iter().map(|row| row.size).max().unwrap_or_default();
    let mut heads = Heads::default();
    let mut read = 0_u64;
    thread::scope(|scope| {
        let (send, pages) = mpsc::sync_channel(1);
        let reader = scope.spawn(move || read_all(db, Leaves::under(sealed), &send));
        for page in pages {
            let (page, standings) = page?;
            for (leaf, row) in &page {
                let stored = StoredLeaf {
                    place: u64::try_from(row.place).unwrap_or(u64::MAX),
                    text: &row.text,
                    algorithm: &row.algorithm,
                    hash: &row.hash,
                };
                let mut sound = false;
                audit.leaf(stored, |leaf| {
                    sound = true;
                    standings.of(leaf)
                });
                // What is sealed is told by the seals; by their columns, what lies under one although its text was changed.
                if let (true, Some(leaf @ Leaf { chain: Chain::Case(case), .. })) = (sound || row.place < size, leaf) {
                    heads.keep(*case, stored.place, leaf, sound);
                }
                read += 1;
            }
            progress(read);
        }
        let held = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        heads.settle();
        Ok(Walked { read, heads, held })
    })
}

/// Reads page after page, until nobody wants another.
fn read_all(db: &Db, mut held: Leaves, send: &SyncSender<Result<Page, Failure>>) -> Leaves {
    let mut after = None;
    loop {
        match db.read_now(|conn| read(conn, after, &mut held)) {
            Ok((page, standings)) => {
                let Some((_, last)) = page.last() else { return held };
                after = Some(last.place);
                if send.send(Ok((page, standings))).is_err() {
                    return held;
                }
            }
            Err(failure) => {
                // Whoever has gone away wants no failure either.
                let _told = send.send(Err(failure));
                return held;
            }
        }
    }
}

/// What the named chains of some leaves say today.
#[derive(Default)]
struct Standings {
    there: HashMap<(ChainName, u32), String>,
    ends: HashMap<ChainName, u32>,
}

impl Standings {
    /// `None` for a case: its journal is still to be met.
    fn of(&self, leaf: &Leaf) -> Option<Standing> {
        let Chain::Named(name) = &leaf.chain else { return None };
        if let Some(hash) = self.there.get(&(name.clone(), leaf.seq)) {
            return Some(Standing::There(hash.clone()));
        }
        Some(self.ends.get(name).map_or(Standing::Gone, |last| Standing::EndsAt(*last)))
    }
}

/// The next leaves, and what the named chains say today where they speak of them.
fn read(conn: &mut Conn, after: Option<i64>, held: &mut Leaves) -> Result<Page, Failure> {
    let rows = seals::list_leaves(conn, after, PAGE)?;
    let page: Vec<_> = rows.into_iter().map(|row| (row.text.parse::<Leaf>().ok(), row)).collect();
    held.hold(conn, &page)?;
    let mut named: BTreeMap<ChainName, Vec<i32>> = BTreeMap::new();
    for leaf in page.iter().filter_map(|(leaf, _)| leaf.as_ref()) {
        if let Chain::Named(name) = &leaf.chain {
            // A number that no entry can have stands nowhere, and where its chain ends is asked.
            named.entry(name.clone()).or_default().push(i32::try_from(leaf.seq).unwrap_or(i32::MAX));
        }
    }
    let mut standings = Standings::default();
    for (name, places) in named {
        if let Some(last) = log_entries::last_link(conn, name.as_str())? {
            standings.ends.insert(name.clone(), u32::try_from(last.seq).map_err(Failure::broken)?);
        }
        for (seq, hash) in log_entries::list_hashes(conn, name.as_str(), &places)? {
            standings.there.insert((name.clone(), u32::try_from(seq).map_err(Failure::broken)?), hash);
        }
    }
    Ok((page, standings))
}
