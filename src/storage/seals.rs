//! The seal log and its seals: appended by one sealer, read by whoever verifies. Triggers in both databases refuse any change;
//! what is found when they were switched off is told above.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::{cases, journal, seal_leaves, seal_nodes, sealed_heads, seals};
use super::types::Instant;
use crate::ids::CaseId;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One leaf.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = seal_leaves, treat_none_as_default_value = false)]
pub struct LeafRow {
    /// From 0.
    pub place: i64,
    /// The id of a case, or the name of another chain.
    pub chain: String,
    pub seq: i32,
    pub text: String,
    /// That of the tree.
    pub algorithm: String,
    pub hash: String,
}

/// A whole subtree.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = seal_nodes, treat_none_as_default_value = false)]
pub struct NodeRow {
    pub algorithm: String,
    pub level: i32,
    pub place: i64,
    pub hash: String,
}

/// A seal.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = seals, treat_none_as_default_value = false)]
pub struct SealRow {
    /// 1, 2, 3 …
    pub number: i64,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub made_at: DateTime<Utc>,
    /// Leaves under it.
    pub size: i64,
    /// What was signed.
    pub text: String,
    pub signature: String,
    /// The right edge of the log at this seal.
    pub frontier: String,
}

/// Up to which event a case is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Insertable)]
#[diesel(table_name = sealed_heads, treat_none_as_default_value = false)]
struct HeadRow {
    case_id: CaseId,
    seq: i32,
}

/// The head of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Head {
    pub case: CaseId,
    pub seq: i32,
    pub hash: String,
    pub algorithm: String,
}

/// Cases of which an entry is not in the log yet.
#[diesel::dsl::auto_type]
fn unsealed() -> _ {
    cases::table
        .left_join(sealed_heads::table.on(sealed_heads::case_id.eq(cases::id)))
        .filter(sealed_heads::seq.is_null().or(sealed_heads::seq.nullable().lt(cases::version.nullable())))
}

/// Cases of which an entry is not in the log yet, at most `limit`, in the order of their ids from `after` on. It looks at every case
/// once (docs/decisions/020), so whoever asks holds no writer.
///
/// # Errors
/// Only the database's own.
pub fn list_unsealed(conn: &mut Conn, after: Option<CaseId>, limit: i64) -> Result<Vec<CaseId>, StoreError> {
    let mut listed = unsealed().select(cases::id).order(cases::id).limit(limit).into_boxed();
    if let Some(after) = after {
        listed = listed.filter(cases::id.gt(after));
    }
    Ok(listed.load(conn)?)
}

/// The heads of these journals, but for those that are in the log by now.
///
/// # Errors
/// Only the database's own.
pub fn load_unsealed_heads(conn: &mut Conn, of: &[CaseId]) -> Result<Vec<Head>, StoreError> {
    Ok(unsealed()
        .inner_join(journal::table.on(journal::case_id.eq(cases::id).and(journal::seq.eq(cases::version))))
        .filter(cases::id.eq_any(of))
        .order(cases::id)
        .select((cases::id, journal::seq, journal::hash, journal::algorithm))
        .load(conn)?)
}

/// Appends leaves and the subtrees they made whole.
///
/// # Errors
/// [`StoreError::Conflict`] when another sealer was there before.
pub fn append(conn: &mut Conn, leaves: &[LeafRow], nodes: &[NodeRow]) -> Result<(), StoreError> {
    for row in leaves {
        diesel::insert_into(seal_leaves::table).values(row.clone()).execute(conn)?;
    }
    for row in nodes {
        diesel::insert_into(seal_nodes::table).values(row.clone()).execute(conn)?;
    }
    Ok(())
}

/// Remembers up to which event a case is in the log.
///
/// # Errors
/// Only the database's own.
pub fn set_sealed(conn: &mut Conn, case: CaseId, seq: i32) -> Result<(), StoreError> {
    let row = sealed_heads::table.find(case);
    if diesel::update(row).set(sealed_heads::seq.eq(seq)).execute(conn)? == 0 {
        diesel::insert_into(sealed_heads::table).values(HeadRow { case_id: case, seq }).execute(conn)?;
    }
    Ok(())
}

/// Adds a seal.
///
/// # Errors
/// [`StoreError::Conflict`] when there is one of this number.
pub fn insert(conn: &mut Conn, row: &SealRow) -> Result<(), StoreError> {
    diesel::insert_into(seals::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The last seal; none before the first.
///
/// # Errors
/// Only the database's own.
pub fn last(conn: &mut Conn) -> Result<Option<SealRow>, StoreError> {
    Ok(seals::table.order(seals::number.desc()).select(SealRow::as_select()).first(conn).optional()?)
}

/// The seal of this number.
///
/// # Errors
/// [`StoreError::Missing`] when there is none.
pub fn load(conn: &mut Conn, number: i64) -> Result<SealRow, StoreError> {
    seals::table.find(number).select(SealRow::as_select()).first(conn).optional()?.ok_or(StoreError::Missing)
}

/// Seals from the newest down, those before `before` only.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, before: Option<i64>, limit: i64) -> Result<Vec<SealRow>, StoreError> {
    let newest = seals::table.order(seals::number.desc()).limit(limit).select(SealRow::as_select());
    Ok(match before {
        Some(before) => newest.filter(seals::number.lt(before)).load(conn)?,
        None => newest.load(conn)?,
    })
}

/// All seals in the order of their numbers: some ten thousand a year at most.
///
/// # Errors
/// Only the database's own.
pub fn all(conn: &mut Conn) -> Result<Vec<SealRow>, StoreError> {
    Ok(seals::table.order(seals::number).select(SealRow::as_select()).load(conn)?)
}

/// The next leaves from `place` on, in their order.
///
/// # Errors
/// Only the database's own.
pub fn list_leaves(conn: &mut Conn, after: Option<i64>, limit: i64) -> Result<Vec<LeafRow>, StoreError> {
    let leaves = seal_leaves::table.order(seal_leaves::place).limit(limit).select(LeafRow::as_select());
    Ok(match after {
        Some(after) => leaves.filter(seal_leaves::place.gt(after)).load(conn)?,
        None => leaves.load(conn)?,
    })
}

/// The newest leaf of a chain before `size`; none where it has none.
///
/// # Errors
/// Only the database's own.
pub fn newest_leaf(conn: &mut Conn, chain: &str, size: i64) -> Result<Option<LeafRow>, StoreError> {
    Ok(seal_leaves::table
        .filter(seal_leaves::chain.eq(chain))
        .filter(seal_leaves::place.lt(size))
        .order(seal_leaves::place.desc())
        .select(LeafRow::as_select())
        .first(conn)
        .optional()?)
}

/// The hash of a whole subtree, as kept.
///
/// # Errors
/// Only the database's own.
pub fn node(conn: &mut Conn, algorithm: &str, level: i32, place: i64) -> Result<Option<String>, StoreError> {
    Ok(seal_nodes::table.find((algorithm, level, place)).select(seal_nodes::hash).first(conn).optional()?)
}

/// The hashes of the whole subtrees of one height from place `from` up to and with `to`, as kept.
///
/// # Errors
/// Only the database's own.
pub fn list_nodes(
    conn: &mut Conn,
    algorithm: &str,
    level: i32,
    from: i64,
    to: i64,
) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(seal_nodes::table
        .filter(seal_nodes::algorithm.eq(algorithm).and(seal_nodes::level.eq(level)))
        .filter(seal_nodes::place.between(from, to))
        .select((seal_nodes::place, seal_nodes::hash))
        .load(conn)?)
}

/// Takes all kept subtrees away, to make them anew.
///
/// # Errors
/// Only the database's own.
pub fn delete_nodes(conn: &mut Conn) -> Result<(), StoreError> {
    diesel::delete(seal_nodes::table).execute(conn)?;
    Ok(())
}

/// The text of the leaf at this place.
///
/// # Errors
/// Only the database's own.
pub fn leaf_text(conn: &mut Conn, place: i64) -> Result<Option<String>, StoreError> {
    Ok(seal_leaves::table.find(place).select(seal_leaves::text).first(conn).optional()?)
}
