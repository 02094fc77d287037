//! Putting entries into their chains: what the sealer does before it seals. It alone keeps count, so that no writer waits for
//! another. The order is that of the entries' ids, which is by time, among those that wait; what comes later goes behind.

use std::collections::BTreeMap;

use super::kind::LogChain;
use crate::journal::Algorithm;
use crate::journal::chain;
use crate::journal::log::{Chain, Leaf};
use crate::office::failure::Failure;
use crate::storage::Conn;
use crate::storage::log_entries::{self, LinkRow};
use crate::vault::Digest;

/// Where a chain goes on.
struct End {
    seq: i32,
    hash: Option<Digest>,
}

/// Links at most `limit` of what waits; gives how many, and a leaf for each chain that grew: its new head.
///
/// # Errors
/// [`Failure::Broken`] for a chain whose last link cannot be read; the database's failures.
pub(in crate::office) fn link_waiting(
    conn: &mut Conn,
    algorithm: Algorithm,
    limit: i64,
) -> Result<(usize, Vec<Leaf>), Failure> {
    let mut ends: BTreeMap<String, End> = BTreeMap::new();
    let waiting = log_entries::list_waiting(conn, limit)?;
    for row in &waiting {
        let named = named(&row.chain)?;
        if !ends.contains_key(&row.chain) {
            ends.insert(row.chain.clone(), end_of(conn, &row.chain)?);
        }
        let Some(end) = ends.get_mut(&row.chain) else { continue };
        let link = chain::link(algorithm, named.clone(), end.hash.as_ref(), &row.body);
        end.seq = end.seq.checked_add(1).ok_or_else(|| Failure::broken("a chain is too long"))?;
        end.hash = Some(link.hash);
        let placed = LinkRow {
            chain: row.chain.clone(),
            seq: end.seq,
            entry_id: row.id,
            algorithm: algorithm.to_string(),
            previous: link.previous.to_string(),
            hash: link.hash.to_string(),
        };
        log_entries::link(conn, &placed).map_err(Failure::of_race)?;
    }
    let mut leaves = Vec::new();
    for (name, end) in ends {
        let seq = u32::try_from(end.seq).map_err(Failure::broken)?;
        leaves.extend(end.hash.map(|hash| named(&name).map(|chain| Leaf { chain, seq, hash, algorithm })).transpose()?);
    }
    Ok((waiting.len(), leaves))
}

fn end_of(conn: &mut Conn, chain: &str) -> Result<End, Failure> {
    let Some(last) = log_entries::last_link(conn, chain)? else { return Ok(End { seq: 0, hash: None }) };
    Ok(End { seq: last.seq, hash: Some(last.hash.parse().map_err(Failure::broken)?) })
}

fn named(chain: &str) -> Result<Chain, Failure> {
    let chain: LogChain = chain.parse().map_err(Failure::broken)?;
    chain.as_str().parse().map(Chain::Named).map_err(Failure::broken)
}
