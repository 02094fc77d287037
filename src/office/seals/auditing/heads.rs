//! The heads of cases that the seals cover, kept from the walk over the leaves for the walk over the journals: what each chain says today
//! is then at hand, and need not be looked up leaf by leaf.

use crate::ids::CaseId;
use crate::journal::Algorithm;
use crate::journal::audit::{Audit, Standing};
use crate::journal::log::{Chain, Leaf};
use crate::storage::journal::JournalRow;
use crate::vault::Digest;

/// The head of a case as a sealed leaf names it.
#[derive(Debug, Clone, Copy)]
struct Head {
    case: CaseId,
    place: u64,
    seq: u32,
    hash: Digest,
    algorithm: Algorithm,
    /// Whether the leaf is what it was, so that it can be held against the journal.
    sound: bool,
    /// Whether the journal was met.
    met: bool,
}

impl Head {
    fn leaf(&self) -> Leaf {
        Leaf { chain: Chain::Case(self.case), seq: self.seq, hash: self.hash, algorithm: self.algorithm }
    }
}

/// All of them: some sixty bytes each.
#[derive(Debug, Default)]
pub(super) struct Heads(Vec<Head>);

/// A head that is not what the journal says today.
#[derive(Debug)]
pub(super) struct Differing {
    place: u64,
    leaf: Leaf,
    standing: Standing,
}

impl Differing {
    /// The place of the leaf.
    pub const fn place(&self) -> u64 {
        self.place
    }

    /// Tells it.
    pub fn tell(self, audit: &mut Audit) {
        audit.head(self.place, self.leaf, &self.standing);
    }
}

impl Heads {
    /// Keeps what a sealed leaf says of a case. `sound`: whether its text is the one that was hashed.
    pub fn keep(&mut self, case: CaseId, place: u64, leaf: &Leaf, sound: bool) {
        let Leaf { seq, hash, algorithm, .. } = *leaf;
        self.0.push(Head { case, place, seq, hash, algorithm, sound, met: false });
    }

    /// All are kept: in order of case and place, to be found.
    pub fn settle(&mut self) {
        self.0.sort_unstable_by_key(|head| (head.case, head.place));
    }

    fn of(&self, case: CaseId) -> &[Head] {
        let from = self.0.partition_point(|head| head.case < case);
        let (_, rest) = self.0.split_at(from);
        let (of_case, _) = rest.split_at(rest.partition_point(|head| head.case == case));
        of_case
    }

    /// Up to which entry the journal of a case lies under the seals; 0 for not at all.
    pub fn up_to(&self, case: CaseId) -> u32 {
        self.of(case).iter().map(|head| head.seq).max().unwrap_or_default()
    }

    /// The first head that the journal of a case, in order, does not have any more.
    pub fn differing(&self, case: CaseId, rows: &[JournalRow]) -> Option<Differing> {
        self.of(case).iter().filter(|head| head.sound).find_map(|head| {
            let standing = match at(rows, head.seq) {
                Some(row) if row.hash.parse() == Ok(head.hash) => return None,
                Some(row) => Standing::There(row.hash.clone()),
                None => Standing::EndsAt(rows.last().and_then(|row| u32::try_from(row.seq).ok()).unwrap_or_default()),
            };
            Some(Differing { place: head.place, leaf: head.leaf(), standing })
        })
    }

    /// The journal of a case was met.
    pub fn met(&mut self, case: CaseId) {
        let from = self.0.partition_point(|head| head.case < case);
        self.0.iter_mut().skip(from).take_while(|head| head.case == case).for_each(|head| head.met = true);
    }

    /// The heads of every case whose journal was not met.
    pub fn gone(self) -> impl Iterator<Item = Differing> {
        let gone = self.0.into_iter().filter(|head| head.sound && !head.met);
        gone.map(|head| Differing { place: head.place, leaf: head.leaf(), standing: Standing::Gone })
    }
}

/// The row with this number. In its place, unless one before it is missing or doubled.
fn at(rows: &[JournalRow], seq: u32) -> Option<&JournalRow> {
    let is = |row: &&JournalRow| u32::try_from(row.seq) == Ok(seq);
    let place = usize::try_from(seq.saturating_sub(1)).ok();
    place.and_then(|place| rows.get(place)).filter(is).or_else(|| rows.iter().find(is))
}
