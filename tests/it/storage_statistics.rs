//! What SQLite knows of how its rows are spread: counts, and no copy of what stands in them (decision 028).

use dafu::storage::{Conn, Db, DbOptions, StoreError};
use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{Connection, RunQueryDsl, SqliteConnection};

use crate::support::served::Served;

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn count(service: &Served, from: &str) -> i64 {
    let db = Db::open(service.url(), &DbOptions::default()).unwrap();
    db.read_now(|conn| {
        let Conn::Sqlite(inner) = conn else { panic!("SQLite only") };
        let rows: Vec<Count> = diesel::sql_query(format!("SELECT count(*) AS n FROM {from}")).load(inner).unwrap();
        Ok::<_, StoreError>(rows[0].n)
    })
    .unwrap()
}

fn run(service: &Served, sql: &str) {
    let file = service.url().strip_prefix("sqlite://").unwrap();
    SqliteConnection::establish(file).unwrap().batch_execute(sql).unwrap();
}

#[test]
fn sqlite_counts_how_rows_are_spread_and_copies_none_of_them() {
    let service = &Served::on_sqlite("2025-03-03");
    service.apply("yunhe");
    run(service, "ANALYZE");
    assert!(count(service, "sqlite_stat1 WHERE tbl = 'bigrams'") > 0);
    assert_eq!(count(service, "sqlite_master WHERE name = 'sqlite_stat4'"), 0);
}

#[test]
fn samples_that_an_earlier_build_took_are_wiped_with_the_first_file_that_is_destroyed() {
    let service = &Served::on_sqlite("2025-03-03");
    let columns = "(tbl, idx, neq, nlt, ndlt, sample)";
    run(
        service,
        &format!(
            "CREATE TABLE planted{columns}; INSERT INTO planted VALUES ('bigrams', 'bigrams_by_gram', '1', '1', '1', x'e9a5ae');
             PRAGMA writable_schema = ON;
             UPDATE sqlite_master SET name = 'sqlite_stat4', tbl_name = 'sqlite_stat4', sql = 'CREATE TABLE sqlite_stat4{columns}'
             WHERE name = 'planted';
             PRAGMA writable_schema = RESET;"
        ),
    );
    assert_eq!(count(service, "sqlite_stat4"), 1);
    service.office.db().forget_old_pages().unwrap();
    assert_eq!(count(service, "sqlite_stat4"), 0);
}
