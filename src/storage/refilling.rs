//! An empty database made ready for rows that come from elsewhere: its tables as they were there, its references asked after at the end.
//!
//! Everything happens in the transaction of whoever fills it, on both databases: what fails leaves the database as empty as it was.

use super::conn::Conn;
use super::error::StoreError;
use super::migrations;
use super::tables::{Table, quoted};
use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

/// References that PostgreSQL asks after row by row, though rows may come before those they refer to.
#[derive(Debug)]
pub struct Deferred(Vec<ReferenceRow>);

#[derive(Debug, QueryableByName)]
struct ReferenceRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    parent: String,
}

const AT_ONCE: &str = "SELECT c.conname::text AS name, t.relname::text AS table_name, p.relname::text AS parent \
     FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class p ON p.oid = c.confrelid \
     WHERE c.contype = 'f' AND NOT c.condeferrable AND t.relnamespace = current_schema()::regnamespace ORDER BY 1, 2";

/// Takes away the tables, which are empty, and makes them anew as exactly these migrations do.
///
/// # Errors
/// [`StoreError::Broken`] when this program does not know one of them.
pub fn rebuild(conn: &mut Conn, migrations: &[String], progress: &mut dyn FnMut(&str)) -> Result<(), StoreError> {
    migrations::undo_all(conn)?;
    migrations::run_these(conn, migrations, progress)
}

/// KiB of pages that SQLite keeps in memory while it is filled, and as a rule. Every row goes to a place of its own in each index: with
/// the two megabytes of the rule a million cases are read and written back page by page, for hours.
const FILLING_KIB: u32 = 1 << 20;
const AS_A_RULE_KIB: u32 = 2000;

/// Puts off until [`settle`] every reference that a table of this order makes to itself or to one behind it; SQLite takes memory for it.
///
/// # Errors
/// Only the database's own.
pub fn defer(conn: &mut Conn, order: &[&Table]) -> Result<Deferred, StoreError> {
    let Conn::Pg(pg) = conn else {
        conn.batch_execute(&format!("PRAGMA defer_foreign_keys = ON; PRAGMA cache_size = -{FILLING_KIB}"))?;
        return Ok(Deferred(Vec::new()));
    };
    let place = |name: &str| order.iter().position(|table| table.name == name);
    let mut early: Vec<ReferenceRow> = sql_query(AT_ONCE).load(pg)?;
    early.retain(|one| place(&one.parent) >= place(&one.table_name));
    for one in &early {
        pg.batch_execute(&altered(one, "DEFERRABLE INITIALLY DEFERRED"))?;
    }
    Ok(Deferred(early))
}

/// Asks after every reference that was put off, and has them asked after at once again.
///
/// # Errors
/// [`StoreError::Broken`] when a row refers to one that is not there.
pub fn settle(conn: &mut Conn, deferred: &Deferred) -> Result<(), StoreError> {
    let Conn::Pg(pg) = conn else {
        // SQLite counts what is open, and asks when the transaction ends.
        return Ok(conn.batch_execute(&format!("PRAGMA cache_size = -{AS_A_RULE_KIB}"))?);
    };
    pg.batch_execute("SET CONSTRAINTS ALL IMMEDIATE")?;
    for one in &deferred.0 {
        pg.batch_execute(&altered(one, "NOT DEFERRABLE"))?;
    }
    Ok(())
}

fn altered(one: &ReferenceRow, to: &str) -> String {
    format!("ALTER TABLE {} ALTER CONSTRAINT {} {to}", quoted(&one.table_name), quoted(&one.name))
}
