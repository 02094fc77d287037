//! What tables there are, read from the database itself: whoever carries all of it elsewhere must not keep a second list, which the
//! next migration would make wrong in silence.

use super::conn::Conn;
use super::error::StoreError;
use diesel::sql_types::{Integer, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use std::collections::{BTreeMap, BTreeSet};

/// What a column holds; both databases have a type for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// 32 or 64 bits.
    Number,
    Truth,
    Bytes,
    Day,
    Instant,
}

impl Kind {
    /// The name in a backup.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Truth => "truth",
            Self::Bytes => "bytes",
            Self::Day => "day",
            Self::Instant => "instant",
        }
    }

    fn of(declared: &str) -> Option<Self> {
        Some(match declared.to_lowercase().as_str() {
            "text" => Self::Text,
            "integer" | "bigint" => Self::Number,
            "boolean" => Self::Truth,
            "blob" | "bytea" => Self::Bytes,
            "date" => Self::Day,
            "timestamp" | "timestamp without time zone" => Self::Instant,
            _ => return None,
        })
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    /// By name: the order in which they were made differs between the databases.
    pub columns: Vec<Column>,
    /// The columns of its primary key, in the order of the key.
    pub key: Vec<Column>,
    /// The tables that its rows refer to, itself among them where it does.
    pub parents: BTreeSet<String>,
}

/// Something a table must not be.
#[derive(Debug, thiserror::Error)]
enum TableFault {
    #[error(
        "{table}.{column} 的类型 {kind} 不能备份 / {table}.{column} is of a type that cannot be carried over: {kind}"
    )]
    Type { table: String, column: String, kind: String },
    #[error("表 {0} 没有主键，行的次序不定 / table {0} has no primary key, so its rows have no order")]
    NoKey(String),
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    /// From 1 on; 0 for a column outside of the key.
    #[diesel(sql_type = Integer)]
    key_place: i32,
}

#[derive(QueryableByName)]
struct ParentRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    parent: String,
}

const SQLITE_COLUMNS: &str = "SELECT m.name AS table_name, c.name AS column_name, c.type AS kind, c.pk AS key_place \
     FROM sqlite_master m JOIN pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND m.name NOT LIKE '!_!_diesel%' ESCAPE '!'";

const POSTGRES_COLUMNS: &str = "SELECT t.relname::text AS table_name, a.attname::text AS column_name, \
     format_type(a.atttypid, NULL)::text AS kind, \
     COALESCE(array_position(i.indkey::int2[], a.attnum) + 1, 0)::int4 AS key_place \
     FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped \
     LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary \
     WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace AND t.relname NOT LIKE '\\_\\_diesel%'";

const SQLITE_PARENTS: &str = "SELECT m.name AS table_name, f.\"table\" AS parent \
     FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";

const POSTGRES_PARENTS: &str = "SELECT t.relname::text AS table_name, p.relname::text AS parent FROM pg_constraint c \
     JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class p ON p.oid = c.confrelid \
     WHERE c.contype = 'f' AND t.relnamespace = current_schema()::regnamespace";

/// Every table of the database, by name; the list of its migrations is none of them.
///
/// # Errors
/// [`StoreError::Broken`] for a table without a key, or with a column of a type that the two databases do not share.
pub fn list(conn: &mut Conn) -> Result<Vec<Table>, StoreError> {
    let parents = parents(conn)?;
    let mut tables: BTreeMap<String, Vec<ColumnRow>> = BTreeMap::new();
    for row in columns(conn)? {
        tables.entry(row.table_name.clone()).or_default().push(row);
    }
    let mut listed = Vec::with_capacity(tables.len());
    for (name, mut rows) in tables {
        rows.sort_by(|one, other| one.column_name.cmp(&other.column_name));
        let columns = rows.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        rows.retain(|row| row.key_place > 0);
        rows.sort_by_key(|row| row.key_place);
        let key = rows.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        if key.is_empty() {
            return Err(StoreError::broken(TableFault::NoKey(name)));
        }
        let parents = parents.get(&name).cloned().unwrap_or_default();
        listed.push(Table { name, columns, key, parents });
    }
    Ok(listed)
}

/// The names of all tables, whatever is in them.
///
/// # Errors
/// Only the database's own.
pub fn names(conn: &mut Conn) -> Result<BTreeSet<String>, StoreError> {
    Ok(columns(conn)?.into_iter().map(|row| row.table_name).collect())
}

/// The tables in an order in which each comes after those it refers to. Where they refer to each other in a ring, the first by name
/// comes first.
#[must_use]
pub fn in_order_of_reference(tables: &[Table]) -> Vec<&Table> {
    let mut waiting: Vec<&Table> = tables.iter().collect();
    let mut ordered: Vec<&Table> = Vec::with_capacity(tables.len());
    while !waiting.is_empty() {
        let stands = |table: &&Table| {
            let elsewhere = |parent: &&String| **parent != table.name;
            !table.parents.iter().filter(elsewhere).any(|parent| waiting.iter().any(|one| one.name == *parent))
        };
        let next = waiting.iter().position(stands).unwrap_or_default();
        ordered.push(waiting.remove(next));
    }
    ordered
}

/// Whether a table holds any row.
///
/// # Errors
/// Only the database's own.
pub fn holds_rows(conn: &mut Conn, table: &str) -> Result<bool, StoreError> {
    let any = format!("EXISTS (SELECT 1 FROM {})", quoted(table));
    let any = diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&any));
    Ok(any.get_result(conn)?)
}

/// A name as both databases take it in a statement.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn columns(conn: &mut Conn) -> Result<Vec<ColumnRow>, StoreError> {
    Ok(match conn {
        Conn::Sqlite(sqlite) => sql_query(SQLITE_COLUMNS).load(sqlite)?,
        Conn::Pg(pg) => sql_query(POSTGRES_COLUMNS).load(pg)?,
    })
}

fn parents(conn: &mut Conn) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
    let rows: Vec<ParentRow> = match conn {
        Conn::Sqlite(sqlite) => sql_query(SQLITE_PARENTS).load(sqlite)?,
        Conn::Pg(pg) => sql_query(POSTGRES_PARENTS).load(pg)?,
    };
    let mut parents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        parents.entry(row.table_name).or_default().insert(row.parent);
    }
    Ok(parents)
}

fn column(row: &ColumnRow) -> Result<Column, StoreError> {
    let kind = Kind::of(&row.kind).ok_or_else(|| {
        let (table, column) = (row.table_name.clone(), row.column_name.clone());
        StoreError::broken(TableFault::Type { table, column, kind: row.kind.clone() })
    })?;
    Ok(Column { name: row.column_name.clone(), kind })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(name: &str, parents: &[&str]) -> Table {
        let parents = parents.iter().map(ToString::to_string).collect();
        Table { name: name.to_owned(), columns: Vec::new(), key: Vec::new(), parents }
    }

    #[test]
    fn a_table_comes_after_those_it_refers_to_and_a_ring_is_no_end() {
        let tables =
            [table("a", &["c", "a"]), table("b", &["a"]), table("c", &[]), table("x", &["y"]), table("y", &["x"])];
        let names: Vec<&str> = in_order_of_reference(&tables).into_iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["c", "a", "b", "x", "y"]);
    }
}
