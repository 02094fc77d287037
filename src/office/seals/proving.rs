//! That the head of one case lies under a seal: its leaf, the way from it to the root, and the seal. Whoever has the public key
//! checks it without this program (RFC 9162 §2.1.3).

use std::cell::RefCell;

use serde::Serialize;
use utoipa::ToSchema;

use super::SealView;
use crate::ids::CaseId;
use crate::journal::Algorithm;
use crate::journal::log::{Inclusion, LeafHashes, Root, Subtree, Subtrees, tree};
use crate::journal::seal::SignedSeal;
use crate::office::failure::Failure;
use crate::office::{Office, Officer};
use crate::storage::seals;
use crate::storage::{Conn, StoreError};
use crate::vault::Digest;

/// Leaves read at a time where the kept nodes do not do.
const PAGE: i64 = 5000;

/// The proof that the head of a case lies under a seal.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HeadProof {
    /// The leaf: case, number and hash of the entry that was its head when it was sealed.
    pub leaf: String,
    /// Whether entries came after it, which the next seal will cover.
    pub has_gone_on: bool,
    /// The place of the leaf, the size of the log, and the hashes on the way to the root (RFC 9162).
    #[schema(value_type = Object)]
    pub inclusion: serde_json::Value,
    /// The seal.
    pub seal: SealView,
}

impl Office {
    /// The newest proof of a case's head, for whoever may read the case; none before its first seal.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Broken`] when the log does not give what was sealed.
    pub async fn head_proof(&self, officer: &Officer, case: CaseId) -> Result<Option<HeadProof>, Failure> {
        self.glance(officer, case, |conn, _, case, _| proof_of(conn, case.id, case.version)).await
    }
}

/// The newest proof of a case's head, which had `version` entries when it was read; none before its first seal.
///
/// # Errors
/// [`Failure::Broken`] when the log does not give what was sealed; the database's failures.
pub(in crate::office) fn proof_of(conn: &mut Conn, case: CaseId, version: u32) -> Result<Option<HeadProof>, Failure> {
    let Some(row) = seals::last(conn)? else { return Ok(None) };
    let Some(leaf) = seals::newest_leaf(conn, &case.to_string(), row.size)? else { return Ok(None) };
    let root = SignedSeal::read(&row.text, &row.signature).map_err(Failure::broken)?.seal().root;
    let place = u64::try_from(leaf.place).map_err(Failure::broken)?;
    let kept = Kept { conn: RefCell::new(&mut *conn), algorithm: root.algorithm, failed: RefCell::default() };
    let inclusion = Inclusion::make(&kept, place, root.size);
    if let Some(error) = kept.failed.into_inner() {
        return Err(error.into());
    }
    let differs = || Failure::broken("the seal log does not give what was sealed: run dafu audit verify");
    let hash = tree::leaf_hash(root.algorithm, leaf.text.as_bytes());
    let fits = |one: &Inclusion| one.verify(&hash, &root).is_ok();
    // What is kept for proofs is not sealed itself: where it gives none, the leaves do (and the audit tells).
    let inclusion = match inclusion.filter(fits) {
        Some(inclusion) => inclusion,
        None => from_leaves(conn, &root, place)?.filter(fits).ok_or_else(differs)?,
    };
    Ok(Some(HeadProof {
        has_gone_on: u32::try_from(leaf.seq) != Ok(version),
        leaf: leaf.text,
        inclusion: serde_json::to_value(&inclusion).map_err(Failure::broken)?,
        seal: SealView::of(&row)?,
    }))
}

/// The proof made from all the leaves: some seconds for a million.
fn from_leaves(conn: &mut Conn, root: &Root, place: u64) -> Result<Option<Inclusion>, Failure> {
    let (mut after, mut hashes) = (None, Vec::new());
    loop {
        let page = seals::list_leaves(conn, after, PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.place);
        hashes.extend(page.iter().map(|row| tree::leaf_hash(root.algorithm, row.text.as_bytes())));
    }
    Ok(Inclusion::make(&LeafHashes { algorithm: root.algorithm, hashes: &hashes }, place, root.size))
}

/// The subtrees as they are kept; a leaf is hashed from its text.
struct Kept<'a> {
    conn: RefCell<&'a mut Conn>,
    algorithm: Algorithm,
    failed: RefCell<Option<StoreError>>,
}

impl Subtrees for Kept<'_> {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn subtree(&self, at: Subtree) -> Option<Digest> {
        let (level, place) = (i32::try_from(at.level).ok()?, i64::try_from(at.index).ok()?);
        let conn = &mut **self.conn.borrow_mut();
        let found = if level == 0 {
            let text = seals::leaf_text(conn, place);
            text.map(|text| text.map(|text| tree::leaf_hash(self.algorithm, text.as_bytes())))
        } else {
            let hash = seals::node(conn, self.algorithm.as_str(), level, place);
            hash.map(|hash| hash.and_then(|hash| hash.parse().ok()))
        };
        found.unwrap_or_else(|error| {
            *self.failed.borrow_mut() = Some(error);
            None
        })
    }
}
