//! The entries that belong to no case's journal, and the chains they are put into: looks into what is personal, acts of keeping
//! house. An entry is one plain insert; links are made by the one sealer (docs/decisions/021). Triggers in both databases
//! refuse any change to either.

use super::conn::Conn;
use super::error::StoreError;
use super::prepared::Prepared;
use super::schema::{log_entries, log_links, log_particulars, log_waiting};
use super::types::Instant;
use crate::ids::{AgencyId, CaseId, LogId, StaffId};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Binary, Text};

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = log_entries, treat_none_as_default_value = false)]
pub struct LogRow {
    pub id: LogId,
    /// `readings` or `staff`.
    pub chain: String,
    #[diesel(serialize_as = Instant, deserialize_as = Instant)]
    pub at: DateTime<Utc>,
    pub kind: String,
    /// Who; none for the command line, and where nobody is known.
    pub staff_id: Option<StaffId>,
    /// In whose place.
    pub absent_id: Option<StaffId>,
    pub case_id: Option<CaseId>,
    /// Whose auditors read it.
    pub agency_id: Option<AgencyId>,
    /// Canonical JSON: the very bytes that are hashed.
    pub body: String,
}

/// What of an entry is personal.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = log_particulars, treat_none_as_default_value = false)]
pub struct ParticularsRow {
    pub entry_id: LogId,
    pub wrapped: Vec<u8>,
    pub sealed: Vec<u8>,
}

#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = log_waiting, treat_none_as_default_value = false)]
struct WaitingRow {
    entry_id: LogId,
    chain: String,
}

/// The place of an entry in its chain.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = log_links, treat_none_as_default_value = false)]
pub struct LinkRow {
    pub chain: String,
    /// 1, 2, 3 … within the chain.
    pub seq: i32,
    pub entry_id: LogId,
    pub algorithm: String,
    pub previous: String,
    pub hash: String,
}

/// Which entries are wanted; what is missing is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Those of these agencies; all for none.
    pub agencies: Option<Vec<AgencyId>>,
    pub chain: Option<String>,
    pub kind: Option<String>,
    /// Done by this member of staff, or in their place.
    pub staff: Option<StaffId>,
    pub case: Option<CaseId>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// Before this instant.
    pub until: Option<DateTime<Utc>>,
    /// Behind this entry, the newest first.
    pub after: Option<LogId>,
}

/// Adds an entry, which waits for the sealer from then on.
///
/// # Errors
/// [`StoreError::Conflict`] when the id is taken.
pub fn insert(conn: &mut Conn, row: &LogRow) -> Result<(), StoreError> {
    diesel::insert_into(log_entries::table).values(row.clone()).execute(conn)?;
    let waiting = WaitingRow { entry_id: row.id, chain: row.chain.clone() };
    diesel::insert_into(log_waiting::table).values(waiting).execute(conn)?;
    Ok(())
}

/// Keeps what is personal of an entry, whose key lies under the master key of this fingerprint. Whether it was kept: not where another
/// master is in force.
///
/// # Errors
/// [`StoreError::Conflict`] when the entry has particulars already.
pub fn keep_particulars(conn: &mut Conn, row: &ParticularsRow, master: &str) -> Result<bool, StoreError> {
    let kept = sql_query(KEEP)
        .bind::<Text, _>(row.entry_id)
        .bind::<Binary, _>(&row.wrapped)
        .bind::<Binary, _>(&row.sealed)
        .bind::<Text, _>(master);
    Ok(Prepared(kept).execute(conn)? > 0)
}

/// In one trip, as every look makes it.
const KEEP: &str = "INSERT INTO log_particulars (entry_id, wrapped, sealed) SELECT $1, $2, $3 \
     WHERE NOT EXISTS (SELECT 1 FROM vault_keys WHERE vault_keys.name = 'master' AND vault_keys.fingerprint <> $4)";

/// Entries that are in no chain yet, in the order in which they go into one: by their ids, which is by time.
///
/// # Errors
/// Only the database's own.
pub fn list_waiting(conn: &mut Conn, limit: i64) -> Result<Vec<LogRow>, StoreError> {
    Ok(log_waiting::table
        .inner_join(log_entries::table.on(log_entries::id.eq(log_waiting::entry_id)))
        .order(log_waiting::entry_id)
        .limit(limit)
        .select(LogRow::as_select())
        .load(conn)?)
}

/// Puts an entry into its chain.
///
/// # Errors
/// [`StoreError::Conflict`] when another sealer was there before.
pub fn link(conn: &mut Conn, row: &LinkRow) -> Result<(), StoreError> {
    diesel::insert_into(log_links::table).values(row.clone()).execute(conn)?;
    diesel::delete(log_waiting::table.find(row.entry_id)).execute(conn)?;
    Ok(())
}

/// The last link of a chain; none before the first.
///
/// # Errors
/// Only the database's own.
pub fn last_link(conn: &mut Conn, chain: &str) -> Result<Option<LinkRow>, StoreError> {
    Ok(log_links::table
        .filter(log_links::chain.eq(chain))
        .order(log_links::seq.desc())
        .select(LinkRow::as_select())
        .first(conn)
        .optional()?)
}

/// The next links of a chain behind `after`, each with its entry if that is still there.
///
/// # Errors
/// Only the database's own.
pub fn list_links(
    conn: &mut Conn,
    chain: &str,
    after: i32,
    limit: i64,
) -> Result<Vec<(LinkRow, Option<LogRow>)>, StoreError> {
    Ok(log_links::table
        .left_join(log_entries::table.on(log_entries::id.eq(log_links::entry_id)))
        .filter(log_links::chain.eq(chain))
        .filter(log_links::seq.gt(after))
        .order(log_links::seq)
        .limit(limit)
        .select((LinkRow::as_select(), Option::<LogRow>::as_select()))
        .load(conn)?)
}

/// The hashes that a chain has at these places.
///
/// # Errors
/// Only the database's own.
pub fn list_hashes(conn: &mut Conn, chain: &str, places: &[i32]) -> Result<Vec<(i32, String)>, StoreError> {
    Ok(log_links::table
        .filter(log_links::chain.eq(chain))
        .filter(log_links::seq.eq_any(places))
        .select((log_links::seq, log_links::hash))
        .load(conn)?)
}

/// Entries that are in no chain, from the oldest on.
///
/// # Errors
/// Only the database's own.
pub fn list_unlinked(conn: &mut Conn, limit: i64) -> Result<Vec<LogRow>, StoreError> {
    Ok(log_entries::table
        .left_join(log_links::table.on(log_links::entry_id.eq(log_entries::id)))
        .filter(log_links::seq.is_null())
        .order(log_entries::id)
        .limit(limit)
        .select(LogRow::as_select())
        .load(conn)?)
}

/// How many entries are in no chain.
///
/// # Errors
/// Only the database's own.
pub fn count_unlinked(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(log_entries::table
        .left_join(log_links::table.on(log_links::entry_id.eq(log_entries::id)))
        .filter(log_links::seq.is_null())
        .count()
        .get_result(conn)?)
}

/// Entries from the newest down.
///
/// # Errors
/// Only the database's own.
pub fn list(conn: &mut Conn, filter: &LogFilter, limit: i64) -> Result<Vec<LogRow>, StoreError> {
    let mut query =
        log_entries::table.order(log_entries::id.desc()).limit(limit).select(LogRow::as_select()).into_boxed();
    if let Some(agencies) = &filter.agencies {
        query = query.filter(log_entries::agency_id.eq_any(agencies.clone()));
    }
    if let Some(chain) = &filter.chain {
        query = query.filter(log_entries::chain.eq(chain.clone()));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(log_entries::kind.eq(kind.clone()));
    }
    if let Some(staff) = filter.staff {
        query = query.filter(log_entries::staff_id.eq(staff).or(log_entries::absent_id.eq(staff)));
    }
    if let Some(case) = filter.case {
        query = query.filter(log_entries::case_id.eq(case));
    }
    if let Some(from) = filter.from {
        query = query.filter(log_entries::at.ge(Instant::from(from)));
    }
    if let Some(until) = filter.until {
        query = query.filter(log_entries::at.lt(Instant::from(until)));
    }
    if let Some(after) = filter.after {
        query = query.filter(log_entries::id.lt(after));
    }
    Ok(query.load(conn)?)
}

/// What is personal of these entries.
///
/// # Errors
/// Only the database's own.
pub fn list_particulars(conn: &mut Conn, entries: &[LogId]) -> Result<Vec<ParticularsRow>, StoreError> {
    Ok(log_particulars::table
        .filter(log_particulars::entry_id.eq_any(entries))
        .select(ParticularsRow::as_select())
        .load(conn)?)
}

/// The places of these entries in their chains.
///
/// # Errors
/// Only the database's own.
pub fn list_links_of(conn: &mut Conn, entries: &[LogId]) -> Result<Vec<LinkRow>, StoreError> {
    Ok(log_links::table.filter(log_links::entry_id.eq_any(entries)).select(LinkRow::as_select()).load(conn)?)
}

/// The next entries by id, with what is personal of them: to walk through all in bounded steps.
///
/// # Errors
/// Only the database's own.
pub fn list_whole(
    conn: &mut Conn,
    after: Option<LogId>,
    limit: i64,
) -> Result<Vec<(LogRow, Option<ParticularsRow>)>, StoreError> {
    let entries = log_entries::table
        .left_join(log_particulars::table.on(log_particulars::entry_id.eq(log_entries::id)))
        .order(log_entries::id)
        .limit(limit)
        .select((LogRow::as_select(), Option::<ParticularsRow>::as_select()));
    Ok(match after {
        Some(after) => entries.filter(log_entries::id.gt(after)).load(conn)?,
        None => entries.load(conn)?,
    })
}
