//! Who writes together on SQLite shares a transaction with the others, and notices nothing of them: each is answered after
//! the commit, what one does wrong is undone for it alone, and each is told what became of its own.

use std::future::poll_fn;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::time::{Duration, Instant};

use dafu::storage::{Conn, Db, DbOptions, StoreError, agencies, counters};
use diesel::connection::SimpleConnection;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};

use crate::storage_fixtures::{agency, agency_id, open, sqlite_url};

type Written = Result<u32, StoreError>;

fn database(folder: &tempfile::TempDir) -> Db {
    let db = open(&sqlite_url(folder.path()));
    db.migrate(&mut |_| ()).expect("migrates");
    db
}

/// Writes that agency.
fn adds(db: &Db, number: u32) -> BoxFuture<'_, Written> {
    db.write_together(move |conn| agencies::insert(conn, &agency(number, None)).map(|()| number)).boxed()
}

/// Somebody who has the writer until they let it go.
struct Holder {
    let_go: mpsc::Sender<()>,
    holds: std::thread::JoinHandle<Result<(), StoreError>>,
}

impl Holder {
    fn of(db: &Db) -> Self {
        let (held, is_held) = mpsc::channel();
        let (let_go, may_go) = mpsc::channel::<()>();
        let db = db.clone();
        let holds = std::thread::spawn(move || {
            db.write_now(|_| {
                held.send(()).expect("somebody listens");
                may_go.recv().expect("told to go");
                Ok::<_, StoreError>(())
            })
        });
        is_held.recv().expect("held");
        Self { let_go, holds }
    }

    fn lets_go(self) {
        self.let_go.send(()).expect("it waits");
        self.holds.join().expect("ran").expect("wrote nothing");
    }
}

/// Whether it is answered as soon as it is asked.
async fn is_answered_at_once<F: Future + Unpin>(asked: &mut F) -> bool {
    poll_fn(|context| Poll::Ready(asked.poll_unpin(context).is_ready())).await
}

/// All of them at once: somebody holds the writer until the last has come.
async fn all_at_once<T>(db: &Db, writes: Vec<BoxFuture<'_, T>>) -> Vec<T> {
    let holder = Holder::of(db);
    let mut writes = join_all(writes);
    assert!(!is_answered_at_once(&mut writes).await, "answered while somebody else was writing");
    holder.lets_go();
    writes.await
}

fn numbers(db: &Db) -> Vec<String> {
    let mut all: Vec<_> = db.read_now(agencies::list).expect("read").into_iter().map(|one| one.slug).collect();
    all.sort();
    all
}

#[tokio::test]
async fn who_writes_at_once_is_written_in_the_order_they_came_and_no_number_is_skipped() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(&folder);
    db.write_now(|conn| agencies::insert(conn, &agency(1, None))).expect("written");
    // More than one transaction takes.
    let takes = |_| db.write_together(|conn| counters::next(conn, agency_id(1), 2026, "a")).boxed();
    let given = all_at_once(&db, (0..150).map(takes).collect()).await;
    let given: Vec<_> = given.into_iter().map(|number| u32::try_from(number.expect("given")).unwrap()).collect();
    assert_eq!(given, (1..=150).collect::<Vec<_>>());
}

#[tokio::test]
async fn who_waits_shares_a_transaction_and_nobody_else_sees_half_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(&folder);
    // The second looks whether the first is written: in its own transaction, and from outside. Had the first taken too long, the
    // second had one of its own: then once more.
    let mut shared = false;
    for number in (10..200).step_by(2) {
        let outside = db.clone();
        let looks = db.write_together(move |conn| {
            let before = agencies::list(conn)?.len();
            Ok::<_, StoreError>(u32::from(before > outside.read_now(agencies::list)?.len()))
        });
        let answers = all_at_once(&db, vec![adds(&db, number), looks.boxed()]).await;
        if matches!(answers[..], [Ok(_), Ok(1)]) {
            shared = true;
            break;
        }
    }
    assert!(shared, "never in one transaction");
}

#[tokio::test]
async fn what_one_does_wrong_is_undone_for_it_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(&folder);
    let goes_wrong = |number| {
        let write = move |conn: &mut Conn| {
            agencies::insert(conn, &agency(number, None))?;
            agencies::insert(conn, &agency(1, None)).map(|()| number)
        };
        db.write_together(write).boxed()
    };
    let writes = vec![adds(&db, 1), goes_wrong(2), adds(&db, 3), goes_wrong(4), adds(&db, 5)];
    let answers = all_at_once(&db, writes).await;
    assert!(
        matches!(answers[..], [Ok(1), Err(StoreError::Conflict), Ok(3), Err(StoreError::Conflict), Ok(5)]),
        "{answers:?}"
    );
    assert_eq!(numbers(&db), ["agency-1", "agency-3", "agency-5"]);
    let first_goes_wrong = all_at_once(&db, vec![goes_wrong(6), adds(&db, 7)]).await;
    assert!(matches!(first_goes_wrong[..], [Err(StoreError::Conflict), Ok(7)]), "{first_goes_wrong:?}");
}

#[tokio::test]
async fn what_cannot_be_committed_takes_nobody_with_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(&folder);
    // A parent that does not exist is found at the commit only, which is everybody's.
    let orphan = db.write_together(|conn| {
        conn.batch_execute("PRAGMA defer_foreign_keys = ON")?;
        agencies::insert(conn, &agency(2, Some(99))).map(|()| 2)
    });
    let answers = all_at_once(&db, vec![adds(&db, 1), orphan.boxed(), adds(&db, 3)]).await;
    assert!(matches!(answers[..], [Ok(1), Err(_), Ok(3)]), "{answers:?}");
    assert_eq!(numbers(&db), ["agency-1", "agency-3"]);
}

#[tokio::test]
async fn a_panic_is_the_panic_of_whoever_had_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(&folder);
    let panics = |number: u32| {
        let write = move |conn: &mut Conn| -> Written {
            agencies::insert(conn, &agency(number, None))?;
            panic!("in the middle of it")
        };
        AssertUnwindSafe(db.write_together(write)).catch_unwind().boxed()
    };
    let adds = |number| adds(&db, number).map(Ok).boxed();
    let answers = all_at_once(&db, vec![panics(1), adds(2), panics(3), adds(4)]).await;
    assert!(matches!(answers[..], [Err(_), Ok(Ok(2)), Err(_), Ok(Ok(4))]), "{answers:?}");
    assert_eq!(numbers(&db), ["agency-2", "agency-4"]);
}

#[tokio::test]
async fn a_write_that_met_another_is_repeated_and_then_given_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(&folder);
    let meets = |others: u32| {
        let tries = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&tries);
        let write = db.write_together(move |_| match counted.fetch_add(1, Ordering::Relaxed) {
            tried if tried < others => Err(StoreError::Busy),
            tried => Ok(tried),
        });
        async move { (write.await, tries.load(Ordering::Relaxed)) }.boxed()
    };
    let answers = all_at_once(&db, vec![meets(3), meets(0), meets(9)]).await;
    assert!(matches!(answers[..], [(Ok(3), 4), (Ok(0), 1), (Err(StoreError::Busy), 6)]), "{answers:?}");
}

#[tokio::test]
async fn who_waits_too_long_is_told_so_and_not_written_and_whose_turn_has_come_is_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let patience = Duration::from_millis(500);
    let options = DbOptions { checkout_timeout: patience, ..DbOptions::default() };
    let db = Db::open(&sqlite_url(folder.path()), &options).expect("opens");
    db.migrate(&mut |_| ()).expect("migrates");
    let (begun, is_begun) = mpsc::channel();
    let (let_go, may_go) = mpsc::channel::<()>();
    let slow = db.write_together(move |conn| {
        agencies::insert(conn, &agency(1, None))?;
        begun.send(()).expect("somebody listens");
        may_go.recv().expect("told to go");
        Ok::<_, StoreError>(1)
    });
    let meanwhile = async {
        is_begun.recv().expect("begun");
        let asked = Instant::now();
        let alone = db.clone();
        let alone =
            tokio::task::spawn_blocking(move || alone.write_now(|conn| agencies::insert(conn, &agency(3, None))));
        let late = (adds(&db, 2).await, alone.await.expect("ran"));
        assert!(matches!(late, (Err(StoreError::Busy), Err(StoreError::Busy))), "{late:?}");
        assert!(asked.elapsed() < patience * 4, "they waited {:?}", asked.elapsed());
        let_go.send(()).expect("it waits");
    };
    let mut slow = slow.boxed();
    assert!(!is_answered_at_once(&mut slow).await);
    let (slow, ()) = tokio::join!(slow, meanwhile);
    assert!(matches!(slow, Ok(1)), "longer than anybody waits, and written: {slow:?}");
    adds(&db, 4).await.expect("its turn");
    assert_eq!(numbers(&db), ["agency-1", "agency-4"]);
}

#[tokio::test]
async fn a_full_disk_is_told_as_that_to_whoever_is_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(&folder);
    let full = db.write_together(|conn| -> Written {
        conn.batch_execute("ROLLBACK")?;
        Err(StoreError::Full)
    });
    assert!(matches!(full.await, Err(StoreError::Full)));
    adds(&db, 1).await.expect("there is room again");
}

#[tokio::test]
async fn a_writer_that_cannot_be_opened_is_told_as_that_to_everybody() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = DbOptions { checkout_timeout: Duration::from_millis(500), ..DbOptions::default() };
    let db = Db::open(&sqlite_url(folder.path()), &options).expect("opens");
    // It was opened once to see whether it can be; from now on there is nothing to open.
    let place = folder.path().join("deep");
    std::fs::rename(&place, folder.path().join("elsewhere")).expect("moved");
    std::fs::write(&place, b"").expect("in its place");
    let writes = join_all((1..=5).map(|number| adds(&db, number))).await;
    assert!(writes.iter().all(|one| matches!(one, Err(StoreError::Unavailable))), "{writes:?}");
    std::fs::remove_file(&place).expect("gone");
    std::fs::rename(folder.path().join("elsewhere"), &place).expect("back");
    db.migrate(&mut |_| ()).expect("migrates");
    adds(&db, 6).await.expect("it serves again");
}

#[tokio::test]
async fn where_the_whole_is_undone_each_is_tried_by_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(&folder);
    // As SQLite does by itself when the disk is full; and somebody who overlooks it.
    let undoes_all = |number: u32, overlooks: bool| {
        let write = move |conn: &mut Conn| {
            conn.batch_execute("ROLLBACK")?;
            if overlooks { Ok(number) } else { Err(StoreError::Full) }
        };
        db.write_together(write).boxed()
    };
    let tries = Arc::new(AtomicU32::new(0));
    let counts = |number| {
        let tries = Arc::clone(&tries);
        let write = move |conn: &mut Conn| {
            tries.fetch_add(1, Ordering::Relaxed);
            agencies::insert(conn, &agency(number, None)).map(|()| number)
        };
        db.write_together(write).boxed()
    };
    let mut written = Vec::new();
    let mut shared = [false; 2];
    // Had the first taken too long, the second had a transaction of its own: then once more.
    for round in 1..=40 {
        let (first, overlooks) = (round * 10 + 100, round % 2 == 0);
        let writes = vec![counts(first), undoes_all(first + 1, overlooks), counts(first + 2)];
        let answers = all_at_once(&db, writes).await;
        assert!(matches!(answers[..], [Ok(_), Err(_), Ok(_)]), "{answers:?}");
        let first_undoes = all_at_once(&db, vec![undoes_all(first + 3, overlooks), counts(first + 4)]).await;
        assert!(matches!(first_undoes[..], [Err(_), Ok(_)]), "{first_undoes:?}");
        written.extend([first, first + 2, first + 4].map(|number| format!("agency-{number}")));
        shared[usize::from(overlooks)] |= tries.swap(0, Ordering::Relaxed) > 3;
        if shared == [true; 2] {
            break;
        }
    }
    assert_eq!(numbers(&db), written);
    assert_eq!(shared, [true; 2], "nobody was run again: each had a transaction of its own");
}

#[test]
fn a_runtime_that_ends_leaves_the_writer_to_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(&folder);
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let holder = Holder::of(&db);
    // Begun, and its runtime is gone before its turn has come: written all the same.
    let begun = runtime();
    let mut gone = adds(&db, 1);
    assert!(!begun.block_on(is_answered_at_once(&mut gone)));
    drop((gone, begun));
    holder.lets_go();
    runtime().block_on(adds(&db, 2)).expect("written");
    assert_eq!(numbers(&db), ["agency-1", "agency-2"]);
}

#[test]
fn whoever_lets_go_of_the_database_finds_its_writer_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = database(&folder);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(adds(&db, 1)).expect("written");
    drop(db);
    // The last connection takes up the log and removes it.
    assert!(!folder.path().join("deep/er/dafu.db-wal").exists());
}
