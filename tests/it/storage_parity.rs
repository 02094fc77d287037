//! The two migration trees make the same database, and it is the one `schema.rs` describes.

use crate::storage_fixtures::{on_both_empty, said};
use dafu::storage::{Backend, Conn, Db, StoreError, migrations};
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use std::collections::BTreeMap;

/// (table, column) → (family of types, nullable)
type Columns = BTreeMap<(String, String), (&'static str, bool)>;

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    nullable: String,
}

const SQLITE_COLUMNS: &str = "SELECT m.name AS table_name, c.name AS column_name, c.type AS kind, \
     CASE c.\"notnull\" WHEN 0 THEN 'YES' ELSE 'NO' END AS nullable \
     FROM sqlite_master m JOIN pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND m.name NOT LIKE '!_!_diesel%' ESCAPE '!'";

const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text, data_type::text AS kind, \
     is_nullable::text AS nullable FROM information_schema.columns \
     WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_diesel%'";

fn columns_of(db: &Db) -> Columns {
    let rows: Vec<ColumnRow> = db
        .read_now(|conn| {
            Ok::<_, StoreError>(match conn {
                Conn::Sqlite(conn) => sql_query(SQLITE_COLUMNS).load(conn)?,
                Conn::Pg(conn) => sql_query(POSTGRES_COLUMNS).load(conn)?,
            })
        })
        .expect("columns");
    rows.into_iter()
        .map(|row| ((row.table_name, row.column_name), (family(&row.kind), row.nullable == "YES")))
        .collect()
}

fn family(kind: &str) -> &'static str {
    match kind.to_lowercase().as_str() {
        "text" => "Text",
        "integer" => "Integer",
        "bigint" => "BigInt",
        "boolean" => "Bool",
        "date" => "Date",
        "timestamp" | "timestamp without time zone" => "Timestamp",
        "blob" | "bytea" => "Binary",
        other => panic!("a type schema.rs cannot name: {other}"),
    }
}

/// Reads `schema.rs` as a person would: `table (keys) {`, then `column -> Type,`.
fn columns_of_schema() -> Columns {
    let mut columns = Columns::new();
    let mut table = String::new();
    let sources = concat!(
        include_str!("../../src/storage/schema.rs"),
        include_str!("../../src/storage/schema/beside.rs"),
        include_str!("../../src/storage/schema/bundles.rs"),
        include_str!("../../src/storage/schema/disputes.rs"),
        include_str!("../../src/storage/schema/enquiries.rs"),
        include_str!("../../src/storage/schema/history.rs"),
        include_str!("../../src/storage/schema/named_chains.rs"),
        include_str!("../../src/storage/schema/remedies.rs"),
        include_str!("../../src/storage/schema/reporting.rs"),
        include_str!("../../src/storage/schema/retention.rs"),
        include_str!("../../src/storage/schema/scheduling.rs"),
        include_str!("../../src/storage/schema/seal_log.rs"),
        include_str!("../../src/storage/schema/store.rs"),
        include_str!("../../src/storage/schema/supervision.rs"),
    );
    for line in sources.lines().map(str::trim) {
        if let Some((column, kind)) = line.split_once(" -> ") {
            let kind = kind.trim_end_matches(',');
            let inner = kind.strip_prefix("Nullable<").map(|inner| inner.trim_end_matches('>'));
            let known = ["Text", "Integer", "BigInt", "Bool", "Date", "Timestamp", "Binary"];
            let plain = inner.unwrap_or(kind);
            let family = known.into_iter().find(|known| *known == plain).expect(line);
            let column = (table.clone(), column.to_owned());
            columns.insert(column, (family, inner.is_some()));
        } else if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            name.clone_into(&mut table);
        }
    }
    columns
}

#[test]
fn both_trees_hold_the_same_names() {
    let sqlite = migrations::names(Backend::Sqlite).expect("embedded");
    assert_eq!(sqlite, migrations::names(Backend::Postgres).expect("embedded"));
    assert!(sqlite.len() >= 4);
}

#[test]
fn both_databases_have_the_columns_that_the_schema_names() {
    let schema = columns_of_schema();
    assert!(schema.len() > 100, "schema.rs was read");
    on_both_empty(|db| {
        db.migrate(&mut |_| ()).expect("migrates");
        let made = columns_of(db);
        let differing: Vec<_> = schema
            .keys()
            .chain(made.keys())
            .filter(|column| schema.get(column) != made.get(column))
            .map(|column| (column, schema.get(column), made.get(column)))
            .collect();
        assert!(differing.is_empty(), "{:?}: {differing:#?}", db.backend());
    });
}

#[test]
fn migrations_can_be_run_undone_and_run_again() {
    on_both_empty(|db| {
        let all = migrations::names(db.backend()).expect("embedded");
        assert_eq!(db.pending_migrations().expect("asked"), all);
        let mut heard = Vec::new();
        assert_eq!(db.migrate(&mut |name| heard.push(name.to_owned())).expect("up"), all);
        assert_eq!(heard, all, "progress hears every name");
        assert_eq!(db.pending_migrations().expect("asked"), Vec::<String>::new());
        assert_eq!(db.migrate(&mut |_| ()).expect("nothing to do"), Vec::<String>::new());
        assert_eq!(db.undo_migrations().expect("down").len(), all.len());
        assert!(columns_of(db).is_empty(), "nothing is left behind");
        assert_eq!(db.migrate(&mut |_| ()).expect("up again"), all);
    });
}

#[test]
fn a_database_written_by_a_newer_release_is_refused() {
    on_both_empty(|db| {
        db.migrate(&mut |_| ()).expect("up");
        db.write_now(|conn| {
            sql_query("INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('29991231000000', '2999-12-31 00:00:00')")
                .execute(conn)?;
            Ok::<_, StoreError>(())
        })
        .expect("a migration of the future");
        assert!(said(db.pending_migrations()).contains("29991231000000"));
        assert!(said(db.migrate(&mut |_| ())).contains("newer release"));
    });
}

#[test]
fn instances_that_start_together_migrate_once() {
    on_both_empty(|db| {
        let ran: Vec<usize> = std::thread::scope(|scope| {
            let starting: Vec<_> = (0..4).map(|_| scope.spawn(|| db.migrate(&mut |_| ()).expect("up").len())).collect();
            starting.into_iter().map(|one| one.join().expect("ran")).collect()
        });
        assert_eq!(ran.iter().filter(|count| **count > 0).count(), 1, "{ran:?}");
    });
}
