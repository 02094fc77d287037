//! The audit of a whole database against its seals: every chain, every leaf, every seal. It needs the public keys and nothing
//! else of the office, so it runs on a machine that has only them, on a copy of the database.

mod beside;
mod columns;
mod enquiries;
mod moored;
mod named;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};

use crate::ids::CaseId;
use crate::journal::audit::{Audit, Finding, Report, Standing, StoredLeaf, StoredSeal};
use crate::journal::log::{Chain, ChainName, Leaf};
use crate::journal::seal::KnownKeys;
use crate::office::check::{columns_agree, stored};
use crate::office::failure::Failure;
use crate::storage::journal::{self, JournalRow};
use crate::storage::seals::{self, LeafRow, SealRow};
use crate::storage::{Conn, Db, log_entries};

pub use beside::Beside;

/// Leaves, and cases, read at a time.
const PAGE: i64 = 500;

/// An entry that is older than the last seal by more was there when it was made: a transaction does not take so long.
const MARGIN: TimeDelta = TimeDelta::minutes(10);

/// What the audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    /// Seals, log and journals.
    pub report: Report,
    /// What is wrong besides.
    pub besides: Vec<Beside>,
    /// Cases that were read.
    pub cases: u64,
    /// Entries of their journals that were read.
    pub entries: u64,
    /// Entries of the files of proceedings that were read.
    pub of_proceedings: u64,
    /// Entries of enquiries that were read.
    pub of_enquiries: u64,
    /// Entries of the named chains that were read.
    pub chained: u64,
    /// Leaves that were read.
    pub leaves: u64,
    /// Entries that no seal covers yet.
    pub unsealed_entries: u64,
}

impl Audited {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.report.findings.is_empty() && self.besides.is_empty()
    }

    /// What is wrong, each in Chinese and in English; the first bad place first.
    #[must_use]
    pub fn told(&self) -> Vec<(String, String)> {
        let found = self.report.findings.iter().map(|one: &Finding| (one.zh(), one.to_string()));
        found.chain(self.besides.iter().map(|one| (one.zh(), one.to_string()))).collect()
    }
}

/// Audits a database. `progress` hears how many leaves and cases were read.
///
/// # Errors
/// The database's failures; what is wrong is in the report.
pub fn audit(db: &Db, keys: &KnownKeys, progress: &mut dyn FnMut(u64)) -> Result<Audited, Failure> {
    let sealed: Vec<SealRow> = db.read_now(|conn| seals::all(conn).map_err(Failure::from))?;
    let mut audit =
        Audit::new(keys, sealed.iter().map(|row| StoredSeal { text: &row.text, signature: &row.signature }));
    // Up to which entry each case lies under the seals.
    let mut covered: HashMap<CaseId, u32> = HashMap::new();
    let size = sealed.iter().map(|row| row.size).max().unwrap_or_default();
    let (mut after, mut leaves, mut done) = (None, 0_u64, 0_u64);
    let mut held = columns::Leaves::under(&sealed);
    loop {
        let (page, standings) = db.read_now(|conn| {
            let (page, standings) = page_of_leaves(conn, after)?;
            held.hold(conn, &page)?;
            Ok::<_, Failure>((page, standings))
        })?;
        let Some(last) = page.last() else { break };
        after = Some(last.place);
        for row in &page {
            let leaf = StoredLeaf {
                place: u64::try_from(row.place).unwrap_or(u64::MAX),
                text: &row.text,
                algorithm: &row.algorithm,
                hash: &row.hash,
            };
            audit.leaf(leaf, |leaf| standings.of(leaf));
            if let (true, Ok(Leaf { chain: Chain::Case(case), seq, .. })) = (row.place < size, row.text.parse()) {
                let up_to = covered.entry(case).or_default();
                *up_to = seq.max(*up_to);
            }
            leaves += 1;
        }
        done += u64::try_from(page.len()).unwrap_or_default();
        progress(done);
    }
    let (mut after, mut cases, mut entries) = (None, 0_u64, 0_u64);
    let mut unsealed: Vec<(CaseId, u32, DateTime<Utc>)> = Vec::new();
    let mut besides = columns::of_seals(&sealed);
    besides.extend(held.besides());
    let mut unsealed_entries = 0;
    let mut moorings = moored::Moorings::default();
    loop {
        let page = db.read_now(|conn| journal::list_all_cases(conn, after, PAGE).map_err(Failure::from))?;
        let Some(last) = page.last() else { break };
        after = Some(*last);
        let rows = db.read_now(|conn| journal::load_many(conn, &page).map_err(Failure::from))?;
        for rows in rows.chunk_by(|one, next| one.case_id == next.case_id) {
            let Some(case) = rows.first().map(|row| row.case_id) else { continue };
            audit.case(case, rows.iter().map(stored));
            moorings.learn(rows);
            let up_to = covered.get(&case).copied().unwrap_or_default();
            let behind = rows.iter().filter(|row| u32::try_from(row.seq).is_ok_and(|seq| seq > up_to));
            unsealed_entries += u64::try_from(behind.clone().count()).unwrap_or_default();
            let number = |row: &JournalRow| u32::try_from(row.seq).unwrap_or_default();
            unsealed.extend(behind.take(1).map(|row| (case, number(row), row.at)));
            let columns = rows.iter().filter(|row| !columns_agree(row));
            besides.extend(columns.map(|row| Beside::Column { case, seq: number(row) }));
            entries += u64::try_from(rows.len()).unwrap_or_default();
            cases += 1;
        }
        done += u64::try_from(page.len()).unwrap_or_default();
        progress(done);
    }
    let files = moored::walk(db, moorings, &mut |read| progress(done.saturating_add(read)))?;
    besides.extend(files.besides);
    done = done.saturating_add(files.entries);
    let letters = enquiries::walk(db, &mut |read| progress(done.saturating_add(read)))?;
    besides.extend(letters.besides);
    done = done.saturating_add(letters.entries);
    let named = named::walk(db, &mut audit, &mut |read| progress(done.saturating_add(read)))?;
    unsealed_entries += named.unlinked;
    let chained = named.entries;
    let report = audit.finish();
    besides.extend(named.besides(report.unsealed_since().map(|since| since - MARGIN)));
    if let Some(since) = report.unsealed_since() {
        let old = unsealed.into_iter().filter(|(_, _, at)| *at + MARGIN < since);
        besides.extend(old.map(|(case, seq, at)| Beside::LeftOut { case, seq, at }));
    }
    Ok(Audited {
        report,
        besides,
        cases,
        entries,
        of_proceedings: files.entries,
        of_enquiries: letters.entries,
        chained,
        leaves,
        unsealed_entries,
    })
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

fn page_of_leaves(conn: &mut Conn, after: Option<i64>) -> Result<(Vec<LeafRow>, Standings), Failure> {
    let page = seals::list_leaves(conn, after, PAGE)?;
    let mut cases: Vec<CaseId> = Vec::new();
    let mut named: BTreeMap<ChainName, Vec<i32>> = BTreeMap::new();
    for leaf in page.iter().filter_map(|row| row.text.parse::<Leaf>().ok()) {
        match leaf.chain {
            Chain::Case(case) => cases.push(case),
            Chain::Named(name) => named.entry(name).or_default().extend(i32::try_from(leaf.seq).ok()),
        }
    }
    cases.sort_unstable();
    cases.dedup();
    let mut standings = Standings { there: HashMap::new(), ends: HashMap::new() };
    for (case, seq, hash) in journal::list_hashes(conn, &cases)? {
        let seq = u32::try_from(seq).map_err(Failure::broken)?;
        let last = standings.ends.entry(Chain::Case(case)).or_default();
        *last = seq.max(*last);
        standings.there.insert((Chain::Case(case), seq), hash);
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
