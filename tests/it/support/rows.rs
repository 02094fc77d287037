//! What a database holds, row by row: to see that something was not done, and to ask what nobody else does.

use std::collections::BTreeSet;

use dafu::storage::{Conn, Db, DbOptions, StoreError};
use diesel::RunQueryDsl;
use diesel::sql_types::Text;

use super::served::Served;

/// What may be written by somebody who is let do nothing: that they asked.
const WRITTEN_BY_ASKING: &[&str] = &[
    "access_log",
    "attempts",
    "log_entries",
    "log_links",
    "log_particulars",
    "log_waiting",
    "refresh_tokens",
    "idempotency",
];

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every row of every table but those, each as a line that begins with the table's name. SQLite only.
pub fn rows(service: &Served) -> BTreeSet<String> {
    let every = |conn: &mut Conn, sql: String| -> Vec<String> {
        let Conn::Sqlite(inner) = conn else { panic!("SQLite only") };
        let rows: Vec<Row> = diesel::sql_query(sql).load(inner).unwrap();
        rows.into_iter().map(|row| row.line).collect()
    };
    let db = Db::open(service.url(), &DbOptions::default()).unwrap();
    db.read_now(|conn| {
        let named = "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let mut all = BTreeSet::new();
        for table in every(conn, named.to_owned()) {
            if WRITTEN_BY_ASKING.contains(&table.as_str()) {
                continue;
            }
            let columns =
                every(conn, format!("SELECT 'quote(\"' || name || '\")' AS line FROM pragma_table_info('{table}')"));
            let sql = format!("SELECT '{table}: ' || {} AS line FROM \"{table}\"", columns.join(" || ' ' || "));
            all.extend(every(conn, sql));
        }
        Ok::<_, StoreError>(all)
    })
    .unwrap()
}

/// What a statement finds; it calls its only column `line`.
#[track_caller]
pub fn lines(db: &Db, sql: &str) -> Vec<String> {
    let rows: Result<Vec<Row>, StoreError> = db.read_now(|conn| {
        Ok(match conn {
            Conn::Sqlite(conn) => diesel::sql_query(sql).load(conn)?,
            Conn::Pg(conn) => diesel::sql_query(sql).load(conn)?,
        })
    });
    rows.unwrap_or_else(|error| panic!("{sql}: {error:?}")).into_iter().map(|row| row.line).collect()
}
