//! The door to the database: who waits, who is told to try again, and what happens when the database goes away.

use crate::storage_fixtures::{agency, agency_id, case, case_id, fill, noon, on_both, open, sqlite_url};
use crate::support::postgres::Cluster;
use dafu::storage::{Conn, Db, DbOptions, StoreError, agencies, cases, counters};
use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::dsl::sql;
use diesel::sql_types::{BigInt, Text};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

#[test]
fn what_is_written_reads_back_the_same() {
    on_both(|db| {
        let mut row = case(1, 2);
        row.created_at = noon("2026-03-02") + chrono::Duration::microseconds(123_456);
        row.late = Some(false);
        fill(db, std::slice::from_ref(&row));
        assert_eq!(db.read_now(|conn| cases::load(conn, row.id)).expect("there"), row);
    });
}

#[test]
fn an_unknown_case_is_missing() {
    on_both(|db| {
        assert!(matches!(db.read_now(|conn| cases::load(conn, case_id(9))), Err(StoreError::Missing)));
        assert_eq!(db.read_now(|conn| cases::find(conn, case_id(9))).expect("asked"), None);
    });
}

#[test]
fn a_failed_write_leaves_nothing_behind() {
    on_both(|db| {
        let failed = db.write_now(|conn| {
            agencies::insert(conn, &agency(1, None))?;
            agencies::insert(conn, &agency(1, None))
        });
        assert!(matches!(failed, Err(StoreError::Conflict)));
        assert!(db.read_now(agencies::list).expect("asked").is_empty());
    });
}

#[test]
fn of_two_writers_the_second_is_told_that_the_case_has_changed() {
    on_both(|db| {
        fill(db, &[case(1, 2)]);
        let both_have_read = Barrier::new(2);
        let write = |stage: &str| {
            let mut row = db.read_now(|conn| cases::load(conn, case_id(1))).expect("there");
            both_have_read.wait();
            (row.stage, row.version) = (stage.to_owned(), 2);
            db.write_now(|conn| cases::update(conn, &row, 1))
        };
        let (one, other) = std::thread::scope(|scope| {
            let one = scope.spawn(|| write("registered"));
            let other = scope.spawn(|| write("withdrawn"));
            (one.join().expect("ran"), other.join().expect("ran"))
        });
        assert!(one.is_ok() != other.is_ok(), "one of them was first");
        assert!([one, other].iter().any(|result| matches!(result, Err(StoreError::Conflict))));
        assert_eq!(db.read_now(|conn| cases::load(conn, case_id(1))).expect("there").version, 2);
    });
}

#[test]
fn a_write_that_met_another_is_repeated_and_then_given_up() {
    on_both(|db| {
        let tries = AtomicU32::new(0);
        let lucky = db.write_now(|_| match tries.fetch_add(1, Ordering::Relaxed) {
            0..3 => Err(StoreError::Busy),
            _ => Ok("done"),
        });
        assert_eq!((lucky.expect("the fourth time"), tries.load(Ordering::Relaxed)), ("done", 4));

        let tries = AtomicU32::new(0);
        let unlucky: Result<(), _> = db.write_now(|_| {
            tries.fetch_add(1, Ordering::Relaxed);
            Err(StoreError::Busy)
        });
        assert!(matches!(unlucky, Err(StoreError::Busy)));
        assert_eq!(tries.load(Ordering::Relaxed), 6, "once and five repeats");
    });
}

#[test]
fn two_writers_who_wait_for_each_other_both_get_through() {
    on_both(|db| {
        fill(db, &[]);
        let numbers = |first, second| {
            db.write_now(move |conn| {
                counters::next(conn, agency_id(1), 2026, first)?;
                std::thread::sleep(Duration::from_millis(30));
                counters::next(conn, agency_id(1), 2026, second)
            })
        };
        numbers("a", "b").expect("begun");
        std::thread::scope(|scope| {
            let one = scope.spawn(|| numbers("a", "b"));
            let other = scope.spawn(|| numbers("b", "a"));
            assert!(one.join().expect("ran").is_ok() && other.join().expect("ran").is_ok());
        });
        let next = |series| db.write_now(move |conn| counters::next(conn, agency_id(1), 2026, series));
        assert_eq!((next("a").expect("a"), next("b").expect("b")), (4, 4), "the one undone gave its numbers back");
    });
}

#[test]
fn nobody_writes_through_a_read() {
    on_both(|db| {
        let written = db.read_now(|conn| agencies::insert(conn, &agency(1, None)));
        assert!(matches!(written, Err(StoreError::Broken(_))), "{written:?}");
    });
}

#[test]
fn a_read_sees_one_moment_though_others_write() {
    on_both(|db| {
        fill(db, &[]);
        let (before, after) = db
            .read_now(|conn| {
                let before = agencies::list(conn)?.len();
                db.write_now(|conn| agencies::insert(conn, &agency(3, Some(1))))?;
                Ok::<_, StoreError>((before, agencies::list(conn)?.len()))
            })
            .expect("read");
        assert_eq!((before, after), (2, 2));
        assert_eq!(db.read_now(agencies::list).expect("later").len(), 3);
    });
}

#[test]
fn a_panic_in_a_write_locks_nobody_out() {
    on_both(|db| {
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            db.write_now(|conn: &mut Conn| -> Result<(), StoreError> {
                agencies::insert(conn, &agency(1, None))?;
                panic!("in the middle of it")
            })
        }));
        assert!(panicked.is_err());
        db.write_now(|conn| agencies::insert(conn, &agency(1, None))).expect("the first one was undone");
    });
}

#[test]
fn a_savepoint_that_fails_leaves_the_transaction_usable() {
    on_both(|db| {
        fill(db, &[]);
        db.write_now(|conn| {
            let again = conn.savepoint(|conn| agencies::insert(conn, &agency(1, None)));
            assert!(matches!(again, Err(StoreError::Conflict)));
            agencies::insert(conn, &agency(3, Some(1)))
        })
        .expect("went on");
        assert_eq!(db.read_now(agencies::list).expect("asked").len(), 3);
    });
}

#[tokio::test]
async fn the_door_can_be_awaited() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = open(&sqlite_url(folder.path()));
    db.migrate(&mut |_| ()).expect("migrates");
    db.write(|conn| agencies::insert(conn, &agency(1, None))).await.expect("written");
    let found = db.read(|conn| agencies::find_by_slug(conn, "agency-1")).await.expect("asked");
    assert_eq!(found, Some(agency(1, None)));
}

#[test]
fn sqlite_waits_for_another_process_but_not_for_ever() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = sqlite_url(folder.path());
    let options = DbOptions { busy_timeout: Duration::from_millis(10), ..DbOptions::default() };
    let [one, other] = [(); 2].map(|()| Db::open(&url, &options).expect("opens"));
    one.migrate(&mut |_| ()).expect("migrates");
    one.write_now(|conn| {
        agencies::insert(conn, &agency(1, None))?;
        let blocked = other.write_now(|conn| agencies::insert(conn, &agency(2, None)));
        assert!(matches!(blocked, Err(StoreError::Busy)), "{blocked:?}");
        Ok::<_, StoreError>(())
    })
    .expect("written");
    other.write_now(|conn| agencies::insert(conn, &agency(2, Some(1)))).expect("free again");
}

#[test]
fn sqlite_learns_how_its_rows_are_spread_when_it_is_opened_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = sqlite_url(folder.path());
    let rows: Vec<_> = (1..=500).map(|number| case(number, 1)).collect();
    let db = open(&url);
    db.migrate(&mut |_| ()).expect("migrates");
    fill(&db, &rows);
    drop(db);
    let known = open(&url).read_now(|conn| {
        Ok::<i64, StoreError>(sql::<BigInt>("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'cases'").get_result(conn)?)
    });
    assert!(known.expect("asked") > 0);
}

#[test]
fn a_server_breaks_off_what_takes_too_long_and_that_is_busy() {
    let Some(cluster) = Cluster::shared() else { return };
    let db = Db::open(&cluster.migrated_database(), &DbOptions::default()).expect("opens");
    let pg = |conn: &mut Conn, sql: &str| {
        let Conn::Pg(pg) = conn else { panic!("a server") };
        Ok::<_, StoreError>(pg.batch_execute(sql)?)
    };
    let limits = db.read_now(|conn| {
        let setting = |name: &str| format!("current_setting('{name}')");
        let names = ["statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"].map(setting);
        Ok::<String, StoreError>(sql::<Text>(&format!("SELECT concat_ws(' ', {})", names.join(", "))).get_result(conn)?)
    });
    assert_eq!(limits.expect("asked"), "30s 5s 1min");

    let slow: Result<(), _> = db.read_now(|conn| {
        pg(conn, "SET LOCAL statement_timeout = '50ms'")?;
        pg(conn, "SELECT pg_sleep(20)")
    });
    assert!(matches!(slow, Err(StoreError::Busy)), "{slow:?}");

    fill(&db, &[]);
    db.write_now(|conn| {
        counters::next(conn, agency_id(1), 2026, "case")?;
        let stuck = db.write_now(|conn| {
            pg(conn, "SET LOCAL lock_timeout = '50ms'")?;
            counters::next(conn, agency_id(1), 2026, "case")
        });
        assert!(matches!(stuck, Err(StoreError::Busy)), "{stuck:?}");
        Ok::<_, StoreError>(())
    })
    .expect("written");
}

#[test]
fn a_stopped_server_is_unavailable_and_serves_again_after_its_restart() {
    let Some(cluster) = Cluster::new() else { return };
    let options = DbOptions { checkout_timeout: Duration::from_millis(1500), ..DbOptions::default() };
    let db = Db::open(&cluster.migrated_database(), &options).expect("opens");
    fill(&db, &[case(1, 2)]);

    let cut_off = db.write_now(|conn| {
        cases::load(conn, case_id(1))?;
        cluster.stop();
        cases::load(conn, case_id(1))
    });
    assert!(matches!(cut_off, Err(StoreError::Unavailable)), "in the middle of an act: {cut_off:?}");
    let away = db.read_now(|conn| cases::load(conn, case_id(1)));
    assert!(matches!(away, Err(StoreError::Unavailable)), "from outside: {away:?}");

    cluster.start();
    let back = (0..5).find_map(|_| db.read_now(|conn| cases::load(conn, case_id(1))).ok());
    assert_eq!(back.map(|row| row.id), Some(case_id(1)), "without opening it again");
}

#[test]
fn an_instance_can_start_before_its_server() {
    let options = DbOptions { checkout_timeout: Duration::from_millis(200), ..DbOptions::default() };
    let db = Db::open("postgres://test@127.0.0.1:1/none", &options).expect("opens all the same");
    assert!(matches!(db.pending_migrations(), Err(StoreError::Unavailable)));
}
