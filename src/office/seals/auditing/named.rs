//! The walk over the chains that are no case's: every link with its entry, and the entries that have none.

use chrono::{DateTime, Utc};

use super::{Beside, PAGE};
use crate::journal::audit::Audit;
use crate::journal::log::{Chain, ChainName};
use crate::journal::verify::{Break, Stored, Walk};
use crate::office::failure::Failure;
use crate::office::log::{Form, LogChain};
use crate::storage::Db;
use crate::storage::log_entries::{self, LinkRow, LogRow};

/// Entries without a link that are told one by one.
const TOLD: i64 = 1000;

/// What was found on the way.
pub(super) struct Named {
    /// Entries that were read.
    pub entries: u64,
    /// Entries that are in no chain yet.
    pub unlinked: u64,
    columns: Vec<Beside>,
    oldest: Vec<LogRow>,
}

impl Named {
    /// What is wrong beside the chains: columns, and entries from before this instant that are in none.
    pub(super) fn besides(self, sealed: Option<DateTime<Utc>>) -> impl Iterator<Item = Beside> {
        let old = self.oldest.into_iter().filter(move |row| sealed.is_some_and(|sealed| row.at < sealed));
        let kept = old.map(|row| Beside::NotLinked { entry: row.id, chain: row.chain, at: row.at });
        self.columns.into_iter().chain(kept)
    }
}

/// Walks over them.
///
/// # Errors
/// The database's failures; what is wrong is told to the audit, or kept in what comes back.
pub(super) fn walk(db: &Db, audit: &mut Audit, progress: &mut dyn FnMut(u64)) -> Result<Named, Failure> {
    let mut named = Named { entries: 0, unlinked: 0, columns: Vec::new(), oldest: Vec::new() };
    for chain in LogChain::ALL.iter().copied() {
        let name: ChainName = chain.as_str().parse().map_err(Failure::broken)?;
        let mut walk = Some(Walk::new(Chain::Named(name.clone())));
        let mut after = 0;
        loop {
            let page =
                db.read_now(|conn| log_entries::list_links(conn, chain.as_str(), after, PAGE).map_err(Failure::from))?;
            let Some((last, _)) = page.last() else { break };
            after = last.seq;
            for (link, row) in &page {
                // Behind the first bad place nothing can be told of the chain.
                if let Some(going) = &mut walk
                    && let Err(broken) = step(going, link, row.as_ref())
                {
                    audit.chain_broken(name.clone(), broken);
                    walk = None;
                }
                if row.as_ref().is_some_and(|row| !Form::agrees(row) || row.chain != link.chain) {
                    named.columns.push(Beside::LogColumn { chain: chain.as_str(), seq: number(link.seq) });
                }
            }
            named.entries += u64::try_from(page.len()).unwrap_or_default();
            progress(named.entries);
        }
    }
    let (count, oldest) = db.read_now(|conn| {
        Ok::<_, Failure>((log_entries::count_unlinked(conn)?, log_entries::list_unlinked(conn, TOLD)?))
    })?;
    named.unlinked = u64::try_from(count).unwrap_or_default();
    named.oldest = oldest;
    Ok(named)
}

fn step(walk: &mut Walk, link: &LinkRow, row: Option<&LogRow>) -> Result<(), Break> {
    let Some(row) = row else { return walk.gone(number(link.seq)) };
    walk.step(&Stored {
        seq: number(link.seq),
        body: &row.body,
        algorithm: &link.algorithm,
        previous: &link.previous,
        hash: &link.hash,
    })
}

/// A number below one is no number of an entry.
fn number(seq: i32) -> u32 {
    u32::try_from(seq).unwrap_or(u32::MAX)
}
