//! The walk over the leaves of the seals: the next page is read, with what its chains say today, while the last one is held against
//! the seals.

use std::collections::{BTreeMap, HashMap};
use std::sync::mpsc::{self, SyncSender};
use std::thread;

use super::PAGE;
use super::columns::Leaves;
use crate::ids::CaseId;
use crate::journal::audit::{Audit, Standing, StoredLeaf};
use crate::journal::log::{Chain, ChainName, Leaf};
use crate::office::failure::Failure;
use crate::storage::seals::{self, LeafRow, SealRow};
use crate::storage::{Conn, Db, journal, log_entries};

/// What was found on the way.
pub(super) struct Walked {
    /// Leaves that were read.
    pub read: u64,
    /// Up to which entry each case lies under the seals.
    pub covered: HashMap<CaseId, u32>,
    /// What was held against them besides.
    pub held: Leaves,
}

/// Leaves, each read as what it says if it can be, and what their chains say today.
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
    let mut covered: HashMap<CaseId, u32> = HashMap::new();
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
                audit.leaf(stored, |leaf| standings.of(leaf));
                if let (true, Some(Leaf { chain: Chain::Case(case), seq, .. })) = (row.place < size, leaf) {
                    let up_to = covered.entry(*case).or_default();
                    *up_to = (*seq).max(*up_to);
                }
                read += 1;
            }
            progress(read);
        }
        let held = reader.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok(Walked { read, covered, held })
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

/// What the chains of some leaves say today.
struct Standings {
    there: HashMap<(Chain, u32), String>,
    ends: HashMap<Chain, u32>,
}

impl Standings {
    fn of(&self, leaf: &Leaf) -> Standing {
        if let Some(hash) = self.there.get(&(leaf.chain.clone(), leaf.seq)) {
            return Standing::There(hash.clone());
        }
        self.ends.get(&leaf.chain).map_or(Standing::Gone, |last| Standing::EndsAt(*last))
    }
}

/// The next leaves, and what their chains say today where they speak of them.
fn read(conn: &mut Conn, after: Option<i64>, held: &mut Leaves) -> Result<Page, Failure> {
    let rows = seals::list_leaves(conn, after, PAGE)?;
    let page: Vec<_> = rows.into_iter().map(|row| (row.text.parse::<Leaf>().ok(), row)).collect();
    held.hold(conn, &page)?;
    let mut cases: Vec<(CaseId, i32)> = Vec::new();
    let mut named: BTreeMap<ChainName, Vec<i32>> = BTreeMap::new();
    for leaf in page.iter().filter_map(|(leaf, _)| leaf.as_ref()) {
        // A number that no entry can have stands nowhere, and where its chain ends is asked.
        let seq = i32::try_from(leaf.seq).unwrap_or(i32::MAX);
        match &leaf.chain {
            Chain::Case(case) => cases.push((*case, seq)),
            Chain::Named(name) => named.entry(name.clone()).or_default().push(seq),
        }
    }
    let mut standings = Standings { there: HashMap::new(), ends: HashMap::new() };
    for row in journal::list_hashes_at(conn, &cases)? {
        let seq = u32::try_from(row.seq).map_err(Failure::broken)?;
        standings.there.insert((Chain::Case(row.case_id), seq), row.hash);
    }
    // Only of those that are not where they were is it asked where they end.
    cases.retain(|(case, seq)| {
        u32::try_from(*seq).is_ok_and(|seq| !standings.there.contains_key(&(Chain::Case(*case), seq)))
    });
    let mut missing: Vec<CaseId> = cases.into_iter().map(|(case, _)| case).collect();
    missing.dedup();
    for (case, seq, _) in journal::list_hashes(conn, &missing)? {
        let last = standings.ends.entry(Chain::Case(case)).or_default();
        *last = u32::try_from(seq).map_err(Failure::broken)?.max(*last);
    }
    for (name, places) in named {
        let chain = Chain::Named(name.clone());
        if let Some(last) = log_entries::last_link(conn, name.as_str())? {
            standings.ends.insert(chain.clone(), u32::try_from(last.seq).map_err(Failure::broken)?);
        }
        for (seq, hash) in log_entries::list_hashes(conn, name.as_str(), &places)? {
            standings.there.insert((chain.clone(), u32::try_from(seq).map_err(Failure::broken)?), hash);
        }
    }
    Ok((page, standings))
}
