//! Rows of any table as they are, out of one database and into the other: for backups, which know no row by its meaning.
//!
//! Reading streams, in the order of the primary key by bytes, so that the same rows come in the same order from both databases.

use super::conn::Conn;
use super::error::StoreError;
use super::prepared::Prepared;
use super::tables::{Column, Kind, Table, quoted};
use super::types::Instant;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::deserialize::{self, FromSql};
use diesel::pg::Pg;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::row::{Field, NamedRow, Row};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, Binary, Bool, Date, HasSqlType, Nullable, Text, Timestamp};
use diesel::sqlite::Sqlite;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use std::fmt::Write;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Nothing,
    Text(String),
    Number(i64),
    Truth(bool),
    Bytes(Vec<u8>),
    Day(NaiveDate),
    Instant(DateTime<Utc>),
}

/// Rows that PostgreSQL hands over at once.
const FETCHED: usize = 128;

/// Values in one statement: PostgreSQL takes 65535 of them.
const MOST_VALUES: usize = 30_000;

/// Rows in one statement.
const MOST_ROWS: usize = 500;

/// How many rows of this table go into one statement. A statement costs PostgreSQL a trip, so that it takes many; SQLite is spared none,
/// and reads thousands of numbered values more slowly than it writes them: it gets as many as a kept statement has.
#[must_use]
pub fn batch_of(conn: &Conn, table: &Table) -> usize {
    let most = match conn {
        Conn::Sqlite(_) => KEPT_UP_TO,
        Conn::Pg(_) => MOST_ROWS,
    };
    (MOST_VALUES / table.columns.len().max(1)).clamp(1, most)
}

#[derive(Debug, thiserror::Error)]
#[error("表 {table} 的列 {column} 含有不能识别的值 / column {column} of table {table} holds what it cannot: {value:?}")]
struct StrangeValue {
    table: String,
    column: String,
    value: String,
}

/// A row as text, column by column.
struct Line(Vec<Option<String>>);

impl<DB: Backend> QueryableByName<DB> for Line
where
    String: FromSql<Text, DB>,
{
    fn build<'a>(row: &impl NamedRow<'a, DB>) -> deserialize::Result<Self> {
        let mut values = Vec::with_capacity(row.field_count());
        for place in 0..row.field_count() {
            let field = Row::get(row, place).ok_or("a row ended early")?;
            values.push(field.value().map(<String as FromSql<Text, DB>>::from_sql).transpose()?);
        }
        Ok(Self(values))
    }
}

/// Gives every row of `table` to `each`, in the order of its key.
///
/// # Errors
/// Whatever `each` gives; [`StoreError::Broken`] for a value that is none of its column's; the database's own.
pub fn read<E: From<StoreError>>(
    conn: &mut Conn,
    table: &Table,
    each: &mut dyn FnMut(Vec<Cell>) -> Result<(), E>,
) -> Result<(), E> {
    match conn {
        Conn::Sqlite(sqlite) => {
            let rows = sql_query(selection(table, as_text_in_sqlite, ""));
            for line in rows.load_iter::<Line, _>(sqlite).map_err(StoreError::from)? {
                each(cells(table, line.map_err(StoreError::from)?)?)?;
            }
        }
        Conn::Pg(pg) => {
            let rows = selection(table, as_text_in_postgres, " COLLATE \"C\"");
            let cursor = format!("DECLARE whole_rows NO SCROLL CURSOR FOR {rows}");
            pg.batch_execute(&cursor).map_err(StoreError::from)?;
            loop {
                let fetch = sql_query(format!("FETCH FORWARD {FETCHED} FROM whole_rows"));
                let lines: Vec<Line> = fetch.load(pg).map_err(StoreError::from)?;
                if lines.is_empty() {
                    break;
                }
                for line in lines {
                    each(cells(table, line)?)?;
                }
            }
            pg.batch_execute("CLOSE whole_rows").map_err(StoreError::from)?;
        }
    }
    Ok(())
}

/// Lets a reader of everything take its time, until the end of its transaction (`open.rs` sets the limits of all others).
///
/// # Errors
/// Only the database's own.
pub fn take_time(conn: &mut Conn) -> Result<(), StoreError> {
    if let Conn::Pg(pg) = conn {
        pg.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")?;
    }
    Ok(())
}

/// Adds rows, [`batch_of`] the table at most.
///
/// # Errors
/// [`StoreError::Conflict`] when a row is there already; [`StoreError::Broken`] for a row that the table does not take.
pub fn insert(conn: &mut Conn, table: &Table, rows: Vec<Vec<Cell>>) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let statement = insertion(table, rows.len());
    let few = rows.len() <= KEPT_UP_TO;
    match conn {
        Conn::Sqlite(sqlite) => {
            let all = bind_all(sql_query(statement).into_boxed::<Sqlite>(), table, rows);
            if few {
                Prepared(all).execute(sqlite)?
            } else {
                all.execute(sqlite)?
            };
        }
        Conn::Pg(pg) => {
            let all = bind_all(sql_query(statement).into_boxed::<Pg>(), table, rows);
            if few {
                Prepared(all).execute(pg)?
            } else {
                all.execute(pg)?
            };
        }
    }
    Ok(())
}

/// A statement is kept for so many rows and for fewer; those of a backup for PostgreSQL are of any number, and long.
const KEPT_UP_TO: usize = 16;

fn selection(table: &Table, as_text: fn(&Column) -> String, collation: &str) -> String {
    let columns: Vec<String> = table.columns.iter().map(as_text).collect();
    // With the table's name before it: PostgreSQL would take a bare name for the column of the result, which is text by now, and put
    // 10 before 9.
    let order = table.key.iter().map(|column| {
        let collation = if column.kind == Kind::Text { collation } else { "" };
        format!("{}.{}{collation}", quoted(&table.name), quoted(&column.name))
    });
    let order: Vec<String> = order.collect();
    format!("SELECT {} FROM {} ORDER BY {}", columns.join(", "), quoted(&table.name), order.join(", "))
}

fn as_text_in_sqlite(column: &Column) -> String {
    let name = quoted(&column.name);
    match column.kind {
        Kind::Text | Kind::Day | Kind::Instant => name,
        Kind::Number | Kind::Truth => format!("CAST({name} AS TEXT)"),
        Kind::Bytes => format!("CASE WHEN {name} IS NOT NULL THEN lower(hex({name})) END"),
    }
}

fn as_text_in_postgres(column: &Column) -> String {
    let name = quoted(&column.name);
    match column.kind {
        Kind::Text => name,
        Kind::Number => format!("{name}::text"),
        Kind::Truth => format!("CASE {name} WHEN true THEN '1' WHEN false THEN '0' END"),
        Kind::Bytes => format!("encode({name}, 'hex')"),
        Kind::Day => format!("to_char({name}, 'YYYY-MM-DD')"),
        Kind::Instant => format!("to_char({name}, 'YYYY-MM-DD HH24:MI:SS.US')"),
    }
}

fn cells(table: &Table, line: Line) -> Result<Vec<Cell>, StoreError> {
    let cells = table.columns.iter().zip(line.0).map(|(column, value)| {
        let Some(value) = value else { return Ok(Cell::Nothing) };
        cell(column.kind, value).map_err(|value| {
            StoreError::broken(StrangeValue { table: table.name.clone(), column: column.name.clone(), value })
        })
    });
    cells.collect()
}

/// A value out of its text; the text again if it is none.
fn cell(kind: Kind, text: String) -> Result<Cell, String> {
    let read = match kind {
        Kind::Text => return Ok(Cell::Text(text)),
        Kind::Number => text.parse().ok().map(Cell::Number),
        Kind::Truth => match text.as_str() {
            "1" => Some(Cell::Truth(true)),
            "0" => Some(Cell::Truth(false)),
            _ => None,
        },
        Kind::Bytes => crate::vault::hex::decode_any(&text).map(Cell::Bytes),
        Kind::Day => text.parse().ok().map(Cell::Day),
        Kind::Instant => {
            let read = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S%.f").ok();
            read.map(|at| Cell::Instant(at.and_utc()))
        }
    };
    read.ok_or(text)
}

fn insertion(table: &Table, rows: usize) -> String {
    let columns: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
    let mut statement = format!("INSERT INTO {} ({}) VALUES ", quoted(&table.name), columns.join(", "));
    let mut place = 0;
    for row in 0..rows {
        statement.push_str(if row == 0 { "(" } else { ", (" });
        for column in 0..columns.len() {
            place += 1;
            let comma = if column == 0 { "" } else { ", " };
            // Writing to a String cannot fail.
            let _infallible = write!(statement, "{comma}${place}");
        }
        statement.push(')');
    }
    statement
}

fn bind_all<DB>(
    mut query: BoxedSqlQuery<'static, DB, SqlQuery>,
    table: &Table,
    rows: Vec<Vec<Cell>>,
) -> BoxedSqlQuery<'static, DB, SqlQuery>
where
    DB: Backend
        + HasSqlType<Nullable<Text>>
        + HasSqlType<Nullable<BigInt>>
        + HasSqlType<Nullable<Bool>>
        + HasSqlType<Nullable<Binary>>
        + HasSqlType<Nullable<Date>>
        + HasSqlType<Nullable<Timestamp>>,
    Option<String>: ToSql<Nullable<Text>, DB>,
    Option<i64>: ToSql<Nullable<BigInt>, DB>,
    Option<bool>: ToSql<Nullable<Bool>, DB>,
    Option<Vec<u8>>: ToSql<Nullable<Binary>, DB>,
    Option<NaiveDate>: ToSql<Nullable<Date>, DB>,
    Option<Instant>: ToSql<Nullable<Timestamp>, DB>,
{
    for row in rows {
        for (column, cell) in table.columns.iter().zip(row) {
            query = match cell {
                Cell::Text(text) => query.bind::<Nullable<Text>, _>(Some(text)),
                Cell::Number(number) => query.bind::<Nullable<BigInt>, _>(Some(number)),
                Cell::Truth(truth) => query.bind::<Nullable<Bool>, _>(Some(truth)),
                Cell::Bytes(bytes) => query.bind::<Nullable<Binary>, _>(Some(bytes)),
                Cell::Day(day) => query.bind::<Nullable<Date>, _>(Some(day)),
                Cell::Instant(at) => query.bind::<Nullable<Timestamp>, _>(Some(Instant::from(at))),
                // PostgreSQL wants to know of what there is nothing.
                Cell::Nothing => match column.kind {
                    Kind::Text => query.bind::<Nullable<Text>, _>(None::<String>),
                    Kind::Number => query.bind::<Nullable<BigInt>, _>(None::<i64>),
                    Kind::Truth => query.bind::<Nullable<Bool>, _>(None::<bool>),
                    Kind::Bytes => query.bind::<Nullable<Binary>, _>(None::<Vec<u8>>),
                    Kind::Day => query.bind::<Nullable<Date>, _>(None::<NaiveDate>),
                    Kind::Instant => query.bind::<Nullable<Timestamp>, _>(None::<Instant>),
                },
            };
        }
    }
    query
}
