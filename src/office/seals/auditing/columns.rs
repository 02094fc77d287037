//! The columns beside the texts of seals and leaves, and the inner nodes kept for proofs: nothing of it is signed, all of it follows
//! from what is.

use std::collections::BTreeMap;

use super::Beside;
use crate::journal::log::{Chain, Frontier, Leaf};
use crate::journal::seal::SignedSeal;
use crate::office::failure::Failure;
use crate::office::seals::nodes::Tree;
use crate::storage::Conn;
use crate::storage::seals::{self, LeafRow, NodeRow, SealRow};

/// The columns of seals that say something else than what was signed. A seal that cannot be read is told otherwise.
pub(super) fn of_seals(sealed: &[SealRow]) -> Vec<Beside> {
    let mut found = Vec::new();
    for row in sealed {
        let Ok(signed) = SignedSeal::read(&row.text, &row.signature) else { continue };
        let seal = signed.seal();
        let edge = row.frontier.parse::<Frontier>();
        let agree = [
            ("number", u64::try_from(row.number) == Ok(seal.number)),
            ("made_at", row.made_at == seal.made_at),
            ("size", u64::try_from(row.size) == Ok(seal.root.size)),
            ("frontier", edge.is_ok_and(|edge| edge.root() == seal.root)),
        ];
        let differing = agree.into_iter().filter(|(_, agrees)| !agrees);
        found.extend(differing.map(|(column, _)| Beside::SealColumn { number: row.number, column }));
    }
    found
}

/// What is held against the leaves, one page after the other.
pub(super) struct Leaves {
    /// Up to which leaf each seal goes, and under which algorithm, from the first on.
    sealed: Vec<(u64, &'static str)>,
    trees: Vec<Tree>,
    found: Vec<Beside>,
    /// The first node that is another, and how many are.
    nodes: Option<(NodeRow, u64)>,
}

impl Leaves {
    /// To be held against these seals.
    pub fn under(sealed: &[SealRow]) -> Self {
        let read = sealed.iter().filter_map(|row| SignedSeal::read(&row.text, &row.signature).ok());
        let sealed_to = read.map(|signed| (signed.seal().root.size, signed.seal().root.algorithm.as_str()));
        let mut sealed_to: Vec<_> = sealed_to.collect();
        sealed_to.sort_by_key(|(size, _)| *size);
        Self { sealed: sealed_to, trees: Tree::all(sealed), found: Vec::new(), nodes: None }
    }

    /// The next page.
    ///
    /// # Errors
    /// The database's failures.
    pub fn hold(&mut self, conn: &mut Conn, page: &[(Option<Leaf>, LeafRow)]) -> Result<(), Failure> {
        for (leaf, row) in page {
            // A leaf whose text cannot be read is told otherwise.
            let differing = leaf.as_ref().map_or_else(Vec::new, |leaf| self.columns(leaf, row));
            self.found.extend(differing);
        }
        for tree in &mut self.trees {
            let made: Vec<NodeRow> = page.iter().flat_map(|(_, row)| tree.append(row)).collect();
            let mut levels: BTreeMap<i32, Vec<NodeRow>> = BTreeMap::new();
            for node in made {
                levels.entry(node.level).or_default().push(node);
            }
            for (level, made) in levels {
                let (Some(first), Some(last)) = (made.first(), made.last()) else { continue };
                let kept = seals::list_nodes(conn, tree.algorithm(), level, first.place, last.place)?;
                let kept: BTreeMap<i64, String> = kept.into_iter().collect();
                for node in made.into_iter().filter(|node| kept.get(&node.place) != Some(&node.hash)) {
                    let (_, count) = self.nodes.get_or_insert((node, 0));
                    *count = count.saturating_add(1);
                }
            }
        }
        Ok(())
    }

    /// What was found.
    pub fn besides(self) -> impl Iterator<Item = Beside> {
        let nodes = self.nodes.map(|(NodeRow { level, place, .. }, count)| Beside::Nodes { level, place, count });
        self.found.into_iter().chain(nodes)
    }

    fn columns(&self, leaf: &Leaf, row: &LeafRow) -> Vec<Beside> {
        let chain = match &leaf.chain {
            Chain::Case(case) => case.to_string(),
            Chain::Named(name) => name.as_str().to_owned(),
        };
        let place = u64::try_from(row.place).unwrap_or(u64::MAX);
        let first_over = self.sealed.get(self.sealed.partition_point(|(size, _)| *size <= place));
        let agree = [
            ("chain", row.chain == chain),
            ("seq", u32::try_from(row.seq) == Ok(leaf.seq)),
            ("algorithm", first_over.is_none_or(|(_, algorithm)| row.algorithm == *algorithm)),
        ];
        let differing = agree.into_iter().filter(|(_, agrees)| !agrees);
        differing.map(|(column, _)| Beside::LeafColumn { place: row.place, column }).collect()
    }
}
