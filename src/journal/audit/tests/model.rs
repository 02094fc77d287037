//! Twenty cases, a chain of another kind and their seal log, as a sealer would have left them.

use super::super::*;
use crate::ids::{CountingEntropy, Entropy};
use crate::journal::chain::{self, FIRST_SEQ};
use crate::journal::seal::SigningKey;
use chrono::Duration;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How many cases there are.
pub const CASES: u64 = 20;

/// How often was sealed.
pub const SEALS: u64 = 6;

/// An event's row.
#[derive(Debug, Clone)]
pub struct Row {
    pub seq: u32,
    pub body: String,
    pub algorithm: Algorithm,
    pub previous: Digest,
    pub hash: Digest,
}

/// A leaf's row; its place is that in the list unless something was dropped.
#[derive(Debug, Clone)]
pub struct LeafRow {
    pub place: u64,
    pub text: String,
    pub algorithm: Algorithm,
    pub hash: Digest,
}

/// Everything in the database.
#[derive(Debug, Clone)]
pub struct Model {
    pub cases: BTreeMap<CaseId, Vec<Row>>,
    pub readings: Vec<Digest>,
    pub log: Vec<LeafRow>,
    /// Text and signature.
    pub seals: Vec<(String, String)>,
}

pub fn key(seed: u64) -> SigningKey {
    SigningKey::generate(&mut CountingEntropy::new(seed))
}

pub fn case(number: u64) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(u128::from(number) + 1))
}

pub fn start() -> DateTime<Utc> {
    "2026-03-02T01:00:00Z".parse().expect("an instant")
}

/// Appends an event with this text to a journal.
pub fn append(case: CaseId, rows: &mut Vec<Row>, algorithm: Algorithm, body: String) {
    let made = chain::link(algorithm, case, rows.last().map(|row| &row.hash), &body);
    let seq = rows.last().map_or(FIRST_SEQ, |row| row.seq + 1);
    rows.push(Row { seq, body, algorithm, previous: made.previous, hash: made.hash });
}

impl Model {
    /// A model made by chance from `seed`. From the fourth round on events are linked with SM3, and the log goes over to it at
    /// the third seal, by sealing the same leaves again.
    pub fn new(seed: u64) -> Self {
        let mut chance = CountingEntropy::new(seed);
        let mut model = Self { cases: BTreeMap::new(), readings: Vec::new(), log: Vec::new(), seals: Vec::new() };
        let mut last: Option<SignedSeal> = None;
        for round in 0..=SEALS {
            let linked = if round < 3 { Algorithm::Sha256 } else { Algorithm::Sm3 };
            let tree = if round < 2 { Algorithm::Sha256 } else { Algorithm::Sm3 };
            // The third seal changes the algorithm only, and after the last seal there is the window.
            if round != 2 {
                let changed = model.go_on(&mut chance, round, linked);
                if round < SEALS {
                    model.append_leaves(&changed, tree);
                }
            }
            if round < SEALS {
                let at = start() + Duration::minutes(10 * i64::try_from(round).expect("small"));
                let origin = "某市".parse().expect("an origin");
                let signed = SignedSeal::make(last.as_ref(), at, origin, model.root(tree), &key(1)).expect("sealed");
                model.seals.push((signed.text().to_owned(), signed.signature().to_string()));
                last = Some(signed);
            }
        }
        model
    }

    /// One to three events in about half of the cases (in all of them in the first round), one reading.
    fn go_on(&mut self, chance: &mut CountingEntropy, round: u64, algorithm: Algorithm) -> Vec<CaseId> {
        let mut changed = Vec::new();
        for number in 0..CASES {
            let mut dice = [0; 2];
            chance.fill(&mut dice);
            if round > 0 && dice[0] % 2 == 0 {
                continue;
            }
            let case = case(number);
            let rows = self.cases.entry(case).or_default();
            for step in 0..=dice[1] % 3 {
                append(case, rows, algorithm, format!(r#"{{"round":{round},"step":{step}}}"#));
            }
            changed.push(case);
        }
        self.readings.push(Digest::of("test", &[&round.to_be_bytes()]));
        changed
    }

    fn append_leaves(&mut self, changed: &[CaseId], tree: Algorithm) {
        let mut leaves: Vec<Leaf> = changed
            .iter()
            .map(|case| {
                let head = self.cases[case].last().expect("an event");
                Leaf { chain: Chain::Case(*case), seq: head.seq, hash: head.hash, algorithm: head.algorithm }
            })
            .collect();
        leaves.push(Leaf {
            chain: Chain::Named("readings".parse().expect("a name")),
            seq: u32::try_from(self.readings.len()).expect("small"),
            hash: *self.readings.last().expect("a reading"),
            algorithm: Algorithm::Sha256,
        });
        for leaf in leaves {
            let place = u64::try_from(self.log.len()).expect("small");
            self.log.push(LeafRow { place, text: leaf.text(), algorithm: tree, hash: leaf.leaf_hash(tree) });
        }
    }

    /// The root of the log as it stands.
    pub fn root(&self, tree: Algorithm) -> Root {
        let mut frontier = Frontier::new(tree);
        self.log.iter().for_each(|row| frontier.append(tree::leaf_hash(tree, row.text.as_bytes())));
        frontier.root()
    }

    /// The leaves as they can be read.
    pub fn leaf(&self, place: usize) -> Leaf {
        self.log[place].text.parse().expect("a leaf")
    }

    /// The seal at a place of the list.
    pub fn seal(&self, at: usize) -> Seal {
        let (text, signature) = &self.seals[at];
        SignedSeal::read(text, signature).expect("a seal").seal().clone()
    }

    fn standing(&self, leaf: &Leaf) -> Standing {
        match &leaf.chain {
            Chain::Named(_) => {
                let at = usize::try_from(leaf.seq).expect("small") - 1;
                self.readings.get(at).map_or(Standing::EndsAt(0), |hash| Standing::There(hash.to_string()))
            }
            Chain::Case(case) => {
                let Some(rows) = self.cases.get(case) else { return Standing::Gone };
                rows.iter().find(|row| row.seq == leaf.seq).map_or_else(
                    || Standing::EndsAt(rows.last().map_or(0, |row| row.seq)),
                    |row| Standing::There(row.hash.to_string()),
                )
            }
        }
    }

    /// The whole audit:
    /// its report, which is the same whether the heads are looked up leaf by leaf or told in the walk over the journals.
    pub fn audit(&self) -> Report {
        let (at_once, later) = (self.audited(true), self.audited(false));
        assert_eq!(at_once, later);
        later
    }

    fn audited(&self, at_once: bool) -> Report {
        let keys: KnownKeys = [key(1).verifying_key()].into_iter().collect();
        let seals = self.seals.iter().map(|(text, signature)| StoredSeal { text, signature });
        let (mut audit, mut waiting) = (Audit::new(&keys, seals), Vec::new());
        for LeafRow { place, text, algorithm, hash } in &self.log {
            let hash = hash.to_string();
            let row = StoredLeaf { place: *place, text, algorithm: algorithm.as_str(), hash: &hash };
            audit.leaf(row, |leaf| {
                let standing = self.standing(leaf);
                if !at_once {
                    waiting.push((*place, leaf.clone(), standing.clone()));
                }
                at_once.then_some(standing)
            });
        }
        // In the order of the cases, and in that of the log within each.
        waiting.sort_by_key(|(place, leaf, _)| (format!("{:?}", leaf.chain), *place));
        for (place, leaf, standing) in waiting {
            audit.head(place, leaf, &standing);
        }
        for (case, rows) in &self.cases {
            let texts: Vec<[String; 2]> =
                rows.iter().map(|row| [row.previous.to_string(), row.hash.to_string()]).collect();
            let stored = rows.iter().zip(&texts).map(|(row, [previous, hash])| Stored {
                seq: row.seq,
                body: &row.body,
                algorithm: row.algorithm.as_str(),
                previous,
                hash,
            });
            audit.case(*case, stored);
        }
        audit.finish()
    }
}
