//! Fingerprints of the key files this database belongs to.
//!
//! Keys are made only for an empty database, whose rows then name them: an instance with the wrong
//! files, or none, must refuse to start rather than seal new content under a second key.

use super::conn::Conn;
use super::error::StoreError;
use super::schema::vault_keys;
use super::types::Instant;
use chrono::{DateTime, Utc};
use diesel::prelude::*;

/// One key of the vault, by fingerprint only.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = vault_keys, treat_none_as_default_value = false)]
pub struct VaultKeyRow {
    pub name: String,
    pub fingerprint: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub created_at: DateTime<Utc>,
}

/// Notes a key's fingerprint.
///
/// # Errors
/// [`StoreError::Conflict`] when the name has one already: two instances started on one empty database.
pub fn insert(conn: &mut Conn, row: &VaultKeyRow) -> Result<(), StoreError> {
    diesel::insert_into(vault_keys::table).values(row.clone()).execute(conn)?;
    Ok(())
}

/// The key noted under `name`.
///
/// # Errors
/// Only the database's own.
pub fn find(conn: &mut Conn, name: &str) -> Result<Option<VaultKeyRow>, StoreError> {
    Ok(vault_keys::table.find(name).select(VaultKeyRow::as_select()).first(conn).optional()?)
}

/// Whether no other master key is in force than the one of this fingerprint. Asked in the transaction that keeps what lies under it: a
/// process that has slept through a renewal learns of it there at the latest.
///
/// # Errors
/// Only the database's own.
pub fn is_master(conn: &mut Conn, fingerprint: &str) -> Result<bool, StoreError> {
    let another = vault_keys::table.find("master").filter(vault_keys::fingerprint.ne(fingerprint));
    Ok(another.count().get_result::<i64>(conn)? == 0)
}

/// All noted keys, by name; none means an empty database.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn) -> Result<Vec<VaultKeyRow>, StoreError> {
    Ok(vault_keys::table.order(vault_keys::name).select(VaultKeyRow::as_select()).load(conn)?)
}

/// Takes a new fingerprint for `name` in place of `old`; whether `old` was the one.
///
/// # Errors
/// Only the database's own.
pub fn replace(conn: &mut Conn, name: &str, old: &str, row: &VaultKeyRow) -> Result<bool, StoreError> {
    let there = vault_keys::table.find(name).filter(vault_keys::fingerprint.eq(old));
    let made = (vault_keys::fingerprint.eq(&row.fingerprint), vault_keys::created_at.eq(Instant::from(row.created_at)));
    Ok(diesel::update(there).set(made).execute(conn)? == 1)
}
