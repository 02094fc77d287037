//! The inner nodes of the seal log, kept so that a proof is read and not reckoned. What they say is made again from the leaves: to
//! hold them against it, and to put them right.

use crate::journal::log::{Frontier, tree};
use crate::journal::seal::SignedSeal;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::storage::Conn;
use crate::storage::seals::{self, LeafRow, NodeRow, SealRow};
use crate::vault::Digest;

/// Leaves read at a time.
const PAGE: i64 = 5000;

/// One tree: the log under one algorithm, as far as it is sealed under that.
pub(super) struct Tree {
    frontier: Frontier,
    /// Leaves that are sealed under it.
    size: u64,
}

impl Tree {
    /// The trees of these seals. A seal that cannot be read is told otherwise.
    pub fn all(sealed: &[SealRow]) -> Vec<Self> {
        let mut trees: Vec<Self> = Vec::new();
        for row in sealed {
            let Ok(signed) = SignedSeal::read(&row.text, &row.signature) else { continue };
            let root = signed.seal().root;
            match trees.iter_mut().find(|tree| tree.frontier.algorithm() == root.algorithm) {
                Some(tree) => tree.size = tree.size.max(root.size),
                None => trees.push(Self { frontier: Frontier::new(root.algorithm), size: root.size }),
            }
        }
        trees
    }

    /// Appends the next leaf, if it lies under the seals of this tree; gives the nodes that became whole with it.
    pub fn append(&mut self, leaf: &LeafRow) -> Vec<NodeRow> {
        let mut made = Vec::new();
        let algorithm = self.frontier.algorithm();
        if self.frontier.size() < self.size && u64::try_from(leaf.place) == Ok(self.frontier.size()) {
            self.frontier.append_noting(tree::leaf_hash(algorithm, leaf.text.as_bytes()), |at, hash| {
                made.extend(node_row(algorithm, at, hash));
            });
        }
        made
    }

    /// How the tree is made, as it is stored.
    pub fn algorithm(&self) -> &'static str {
        self.frontier.algorithm().as_str()
    }
}

/// The row of a subtree; leaves stand in the log itself.
pub(super) fn node_row(
    algorithm: crate::journal::Algorithm,
    at: crate::journal::log::Subtree,
    hash: &Digest,
) -> Option<NodeRow> {
    let (level, place) = (i32::try_from(at.level).ok()?, i64::try_from(at.index).ok()?);
    (level > 0).then(|| NodeRow { algorithm: algorithm.to_string(), level, place, hash: hash.to_string() })
}

impl Office {
    /// Makes the kept nodes anew from the leaves; gives how many there are then.
    ///
    /// # Errors
    /// [`Failure::Broken`] when the leaves do not give what was sealed last: then it is they that were changed, and nothing is
    /// written; the database's failures.
    pub fn rebuild_nodes(&self) -> Result<u64, Failure> {
        self.db().write_now(rebuild)
    }
}

fn rebuild(conn: &mut Conn) -> Result<u64, Failure> {
    let sealed = seals::all(conn)?;
    let mut trees = Tree::all(&sealed);
    seals::delete_nodes(conn)?;
    let (mut after, mut made) = (None, 0_u64);
    loop {
        let page = seals::list_leaves(conn, after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.place);
        let nodes: Vec<NodeRow> = page
            .iter()
            .flat_map(|leaf| trees.iter_mut().flat_map(|tree| tree.append(leaf)).collect::<Vec<_>>())
            .collect();
        seals::append(conn, &[], &nodes)?;
        made = made.saturating_add(u64::try_from(nodes.len()).unwrap_or_default());
    }
    if let Some(last) = sealed.last() {
        let root = SignedSeal::read(&last.text, &last.signature).map_err(Failure::broken)?.seal().root;
        if !trees.iter().any(|tree| tree.frontier.root() == root) {
            return Err(Failure::broken("the leaves do not give what was sealed last: run dafu audit verify"));
        }
    }
    Ok(made)
}
