//! Sealing: what waits is put into the named chains, the heads of journals and chains that are not in the log yet are appended to it, and the root of what there is then is signed.
//! One transaction a seal, and no more heads in it than can be written while others wait.

use chrono::{DateTime, TimeDelta, Utc};

use super::nodes::node_row;
use super::{SealView, keys};
use crate::ids::CaseId;
use crate::journal::Algorithm;
use crate::journal::log::{Chain, Frontier, Leaf, tree};
use crate::journal::seal::{Origin, SignedSeal, SigningKey};
use crate::office::blocking::off_the_reactor;
use crate::office::failure::Failure;
use crate::office::log::{Kind, Note, link_waiting};
use crate::office::permission::{Deed, Officer};
use crate::office::tick::TickReport;
use crate::office::{Office, Shared};
use crate::storage::seals::{self, Head, LeafRow, NodeRow, SealRow};
use crate::storage::{Conn, agencies, log_entries};

/// Heads in one seal: some seconds of writing at the most.
const BATCH: i64 = 2000;

/// Leaves read at a time when the log is hashed anew.
const PAGE: i64 = 5000;

impl Office {
    /// Seals what is not sealed, when the interval since the last seal has passed.
    ///
    /// # Errors
    /// As [`Office::seal_now`].
    pub fn seal_in_time(&self) -> Result<TickReport, Failure> {
        let mut report = TickReport::default();
        let every = TimeDelta::minutes(self.shared().seals.interval_minutes.max(1));
        let last = self.db().read_now(|conn| seals::last(conn).map_err(Failure::from))?;
        report.looked_at = 1;
        if last.is_none_or(|last| last.made_at + every <= self.now()) {
            report.changed = u64::try_from(self.seal_now()?.len()).unwrap_or_default();
        }
        Ok(report)
    }

    /// Seals what is not sealed yet; gives the seals that were made, none where nothing has happened since the last.
    ///
    /// # Errors
    /// [`Failure::Contrary`] when the key is gone; [`Failure::Broken`] when the log is not what was sealed: then nothing more is
    /// sealed on top of it; the database's failures.
    pub fn seal_now(&self) -> Result<Vec<SealView>, Failure> {
        self.seal_by(BATCH)
    }

    /// [`Office::seal_now`] with at most `batch` heads in a seal.
    ///
    /// # Errors
    /// As [`Office::seal_now`].
    pub fn seal_by(&self, batch: i64) -> Result<Vec<SealView>, Failure> {
        let shared = self.shared();
        // Asked beside the writer, which is taken only where there is something to seal.
        let (last, mut page, nothing) = self.db().read_now(|conn| {
            let page = seals::list_unsealed(conn, None, batch)?;
            // A version without its entry is the audit's to find; nothing of it can be sealed.
            let no_head =
                page.is_empty() || seals::load_unsealed_heads(conn, &page)?.is_empty() && !full(page.len(), batch);
            let nothing = no_head && log_entries::list_waiting(conn, 1)?.is_empty();
            Ok::<_, Failure>((seals::last(conn)?, page, nothing))
        })?;
        let same = match &last {
            Some(last) => last.frontier.parse::<Frontier>().map_err(Failure::broken)?.algorithm() == shared.algorithm,
            None => true,
        };
        if nothing && same {
            return Ok(Vec::new());
        }
        let key = keys::signing(&shared.key_folder, last.is_some(), &shared.randomness)?;
        let mut made = Vec::new();
        loop {
            let now = self.now();
            let round = self.db().write_now(|conn| seal_once(conn, &shared, &key, now, (&page, batch)))?;
            made.extend(round.seal.as_ref().map(SealView::of).transpose()?);
            match round.left {
                Left::SameAgain => {}
                Left::More => {
                    // Every case is looked at once for all seals of one call, and not once for each.
                    let next = page.last().copied().filter(|_| full(page.len(), batch));
                    let next =
                        next.map(|after| self.db().read_now(|conn| seals::list_unsealed(conn, Some(after), batch)));
                    page = next.transpose()?.unwrap_or_default();
                }
                Left::Nothing => return Ok(made),
            }
        }
    }

    /// [`Office::seal_now`] for an auditor; that they did is an entry of the log, which the next seal covers.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; as [`Office::seal_now`].
    pub async fn seal_on_demand(&self, officer: &Officer) -> Result<Vec<SealView>, Failure> {
        Deed::Audit.anywhere(officer)?;
        let office = self.clone();
        let made = off_the_reactor(move || office.seal_now()).await?;
        if let Some(last) = made.last() {
            self.write_down(Note::of_look(officer, Kind::Sealed, Deed::Audit).fact("seal", last.number)).await?;
        }
        Ok(made)
    }

    /// Seals from the newest down, for an auditor; `before`: those of smaller numbers only.
    ///
    /// # Errors
    /// [`Failure::Forbidden`]; the database's failures.
    pub async fn seals(&self, officer: &Officer, before: Option<u64>) -> Result<Vec<SealView>, Failure> {
        const LISTED: i64 = 50;
        Deed::Audit.anywhere(officer)?;
        let before = before.map(i64::try_from).transpose().map_err(Failure::broken)?;
        let rows = self.db().read(move |conn| seals::list(conn, before, LISTED).map_err(Failure::from)).await?;
        rows.iter().map(SealView::of).collect()
    }

    /// The last seal; none before the first.
    ///
    /// # Errors
    /// The database's failures.
    pub fn last_seal(&self) -> Result<Option<SealView>, Failure> {
        let last = self.db().read_now(|conn| seals::last(conn).map_err(Failure::from))?;
        last.as_ref().map(SealView::of).transpose()
    }
}

/// Whether there may be more than these.
fn full(count: usize, batch: i64) -> bool {
    i64::try_from(count).is_ok_and(|count| count >= batch)
}

/// What one seal leaves to the next.
enum Left {
    /// All that there was to seal: this one was about another algorithm.
    SameAgain,
    /// There may be more than it holds.
    More,
    /// Nothing.
    Nothing,
}

/// One turn of the sealer.
struct Round {
    /// None where another sealer was there before.
    seal: Option<SealRow>,
    left: Left,
}

/// One seal: over the heads of these journals, and what waits for the named chains.
fn seal_once(
    conn: &mut Conn,
    shared: &Shared,
    key: &SigningKey,
    now: DateTime<Utc>,
    (of, batch): (&[CaseId], i64),
) -> Result<Round, Failure> {
    let (before, mut frontier) = match seals::last(conn)? {
        None => (None, Frontier::new(shared.algorithm)),
        Some(row) => {
            let signed = SignedSeal::read(&row.text, &row.signature).map_err(Failure::broken)?;
            let frontier: Frontier = row.frontier.parse().map_err(Failure::broken)?;
            if frontier.root() != signed.seal().root {
                return Err(Failure::broken("the seal log is not what was sealed last: run dafu audit verify"));
            }
            (Some(signed), frontier)
        }
    };
    let (mut rows, mut nodes, mut left) = (Vec::new(), Vec::new(), Left::SameAgain);
    if frontier.algorithm() == shared.algorithm {
        let heads = seals::load_unsealed_heads(conn, of)?;
        let (linked, named) = link_waiting(conn, shared.algorithm, batch)?;
        left = if full(of.len(), batch) || full(linked, batch) { Left::More } else { Left::Nothing };
        if heads.is_empty() && named.is_empty() {
            return Ok(Round { seal: None, left });
        }
        for leaf in heads.iter().map(leaf_of).chain(named.into_iter().map(Ok)) {
            let leaf = leaf?;
            rows.push(row_of(&leaf, &frontier)?);
            frontier.append_noting(leaf.leaf_hash(shared.algorithm), |at, hash| {
                nodes.extend(node_row(shared.algorithm, at, hash));
            });
        }
        for head in &heads {
            seals::set_sealed(conn, head.case, head.seq).map_err(Failure::of_race)?;
        }
    } else {
        // Another algorithm from now on: what there is is sealed once more under it, and the next seal goes on.
        frontier = hashed_anew(conn, shared.algorithm, &mut nodes)?;
    }
    // Another sealer may be at it: then this one begins again, with what is left.
    seals::append(conn, &rows, &nodes).map_err(Failure::of_race)?;
    let origin = origin(conn, shared)?;
    let root = frontier.root();
    let signed = SignedSeal::make(before.as_ref(), now, origin, root, key).map_err(Failure::broken)?;
    let row = SealRow {
        number: i64::try_from(signed.seal().number).map_err(Failure::broken)?,
        made_at: signed.seal().made_at,
        size: i64::try_from(root.size).map_err(Failure::broken)?,
        text: signed.text().to_owned(),
        signature: signed.signature().to_string(),
        frontier: frontier.to_string(),
    };
    seals::insert(conn, &row).map_err(Failure::of_race)?;
    Ok(Round { seal: Some(row), left })
}

fn leaf_of(head: &Head) -> Result<Leaf, Failure> {
    Ok(Leaf {
        chain: Chain::Case(head.case),
        seq: u32::try_from(head.seq).map_err(Failure::broken)?,
        hash: head.hash.parse().map_err(Failure::broken)?,
        algorithm: head.algorithm.parse().map_err(Failure::broken)?,
    })
}

fn row_of(leaf: &Leaf, frontier: &Frontier) -> Result<LeafRow, Failure> {
    Ok(LeafRow {
        place: i64::try_from(frontier.size()).map_err(Failure::broken)?,
        chain: match &leaf.chain {
            Chain::Case(case) => case.to_string(),
            Chain::Named(name) => name.as_str().to_owned(),
        },
        seq: i32::try_from(leaf.seq).map_err(Failure::broken)?,
        text: leaf.text(),
        algorithm: frontier.algorithm().to_string(),
        hash: leaf.leaf_hash(frontier.algorithm()).to_string(),
    })
}

fn hashed_anew(conn: &mut Conn, algorithm: Algorithm, nodes: &mut Vec<NodeRow>) -> Result<Frontier, Failure> {
    let mut frontier = Frontier::new(algorithm);
    let mut after = None;
    loop {
        let page = seals::list_leaves(conn, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(frontier) };
        after = Some(last.place);
        for row in &page {
            frontier.append_noting(tree::leaf_hash(algorithm, row.text.as_bytes()), |at, hash| {
                nodes.extend(node_row(algorithm, at, hash));
            });
        }
    }
}

/// Whose log it is: as set, else the agency at the top; a name no slip can bear gives way to the program's.
fn origin(conn: &mut Conn, shared: &Shared) -> Result<Origin, Failure> {
    let set = shared.seals.origin.trim().to_owned();
    let name = if set.is_empty() {
        let top = agencies::list(conn)?.into_iter().find(|row| row.parent_id.is_none());
        top.map(|row| row.name).unwrap_or_default()
    } else {
        set
    };
    name.parse().or_else(|_no_origin| "dafu".parse()).map_err(Failure::broken)
}
