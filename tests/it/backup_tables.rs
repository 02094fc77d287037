//! No table and no column is left out of a backup but those that say why; and one made by an older release is restored as it was and
//! then brought up to date.

use std::collections::BTreeSet;

use dafu::office::backup::{Archive, LEFT_OUT, Place, load, take};
use dafu::storage::vault_keys::{self, VaultKeyRow};
use dafu::storage::{Conn, Db, StoreError, migrations, refilling, tables};
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};

use crate::storage_fixtures::{noon, on_both, on_both_empty, open, sqlite_url};
use crate::support::postgres::Cluster;

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The names that a query gives, on the database of its kind.
fn asked(db: &Db, sqlite: &str, postgres: &str) -> BTreeSet<String> {
    let rows: Vec<Name> = db
        .read_now(|conn| {
            Ok::<_, StoreError>(match conn {
                Conn::Sqlite(conn) => sql_query(sqlite).load(conn)?,
                Conn::Pg(conn) => sql_query(postgres).load(conn)?,
            })
        })
        .unwrap();
    rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn every_table_is_in_a_backup_or_says_why_it_is_not() {
    on_both(|db| {
        let there = asked(
            db,
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '!_!_diesel%' ESCAPE '!'",
            "SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_diesel%'",
        );
        let folder = tempfile::tempdir().unwrap();
        let place = Place { archive: folder.path().join("all.zip") };
        let manifest = take(db, None, &place, noon("2026-03-02"), &|_, _| ()).unwrap().manifest;
        let mut told: BTreeSet<String> = manifest.tables.iter().map(|table| table.name.clone()).collect();
        assert_eq!(told.len() + LEFT_OUT.len(), there.len());
        assert!(manifest.left_out.values().all(|why| why.len() > 20));
        told.extend(LEFT_OUT.iter().map(|(name, _)| (*name).to_owned()));
        assert_eq!(told, there);
        // None of the others refers to one that stays out.
        for table in db.read_now(tables::list).unwrap() {
            assert!(!LEFT_OUT.iter().any(|(out, _)| table.parents.contains(*out)), "{}", table.name);
            assert!(!table.columns.is_empty());
        }
    });
}

#[test]
fn the_tables_are_read_alike_from_both_databases() {
    let Some(cluster) = Cluster::shared() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (sqlite, postgres) = (open(&sqlite_url(folder.path())), open(&cluster.migrated_database()));
    sqlite.migrate(&mut |_| ()).unwrap();
    assert_eq!(sqlite.read_now(tables::list).unwrap(), postgres.read_now(tables::list).unwrap());
}

#[test]
fn a_backup_of_an_older_release_is_restored_as_it_was_and_then_brought_up_to_date() {
    on_both_empty(|old| {
        let all = migrations::names(old.backend()).unwrap();
        let (before, since) = all.split_at(all.len() - 3);
        let row = VaultKeyRow { name: "k".to_owned(), fingerprint: "f".to_owned(), created_at: noon("2026-03-02") };
        old.write_now(|conn| {
            refilling::rebuild(conn, before, &mut |_| ())?;
            vault_keys::insert(conn, &row)
        })
        .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let place = Place { archive: folder.path().join("old.zip") };
        take(old, None, &place, noon("2026-03-02"), &|_, _| ()).unwrap();
        let archive = Archive::open(&place.archive).unwrap();
        assert_eq!(archive.manifest().migrations, before);

        let sqlite = open(&sqlite_url(folder.path()));
        let postgres = Cluster::shared().map(|cluster| open(&cluster.migrated_database()));
        for new in std::iter::once(sqlite).chain(postgres) {
            // Tables that are there and empty are made anew.
            let loaded = load(&new, &archive, &|_, _| ()).unwrap();
            assert_eq!((loaded.migrated.as_slice(), loaded.rows), (since, 1));
            assert_eq!(new.pending_migrations().unwrap(), Vec::<String>::new());
            assert_eq!(new.read_now(vault_keys::list).unwrap(), std::slice::from_ref(&row));
            // No reference is left put off that was not before.
            let put_off = |db: &Db| {
                asked(
                    db,
                    "SELECT 'none' AS name",
                    "SELECT conname::text AS name FROM pg_constraint WHERE contype = 'f' AND condeferrable",
                )
            };
            if let Some(fresh) = Cluster::shared().map(|cluster| open(&cluster.migrated_database()))
                && new.backend() == fresh.backend()
            {
                assert_eq!(put_off(&new), put_off(&fresh));
            }
        }
    });
}
