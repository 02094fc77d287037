//! Numbers without gaps, and counts that many instances share.

use crate::storage_fixtures::{agency_id, fill, noon, on_both};
use dafu::storage::{Db, StoreError, attempts, counters};
use std::collections::BTreeSet;

fn next(db: &Db, agency: u32, year: i32, series: &str) -> i64 {
    db.write_now(|conn| counters::next(conn, agency_id(agency), year, series)).expect("a number")
}

#[test]
fn each_agency_year_and_series_counts_for_itself() {
    on_both(|db| {
        fill(db, &[]);
        assert_eq!([next(db, 1, 2026, "case"), next(db, 1, 2026, "case")], [1, 2]);
        assert_eq!([next(db, 2, 2026, "case"), next(db, 1, 2027, "case"), next(db, 1, 2026, "letter")], [1, 1, 1]);
    });
}

#[test]
fn eight_who_count_at_once_leave_no_gap_and_take_no_number_twice() {
    on_both(|db| {
        fill(db, &[]);
        // Nobody begins the series beforehand: the race for the first number is part of the test.
        let taken: Vec<i64> = std::thread::scope(|scope| {
            let counting: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| (0..25).map(|_| next(db, 1, 2026, "case")).collect::<Vec<_>>()))
                .collect();
            counting.into_iter().flat_map(|one| one.join().expect("ran")).collect()
        });
        assert_eq!(taken.len(), 200);
        assert_eq!(taken.into_iter().collect::<BTreeSet<_>>(), (1..=200).collect());
    });
}

#[test]
fn an_act_that_fails_gives_its_number_back() {
    on_both(|db| {
        fill(db, &[]);
        for round in 0..2 {
            let undone: Result<(), _> = db.write_now(|conn| {
                assert_eq!(counters::next(conn, agency_id(1), 2026, "case")?, 1 + round);
                Err(StoreError::Missing)
            });
            assert!(undone.is_err());
            assert_eq!(next(db, 1, 2026, "case"), 1 + round);
        }
    });
}

#[test]
fn attempts_are_counted_within_their_window() {
    on_both(|db| {
        let (morning, noon) = (noon("2026-03-02") - chrono::Duration::hours(4), noon("2026-03-02"));
        let try_at = |window| db.write_now(move |conn| attempts::count_attempt(conn, "sign_in:1", window)).expect("ok");
        assert_eq!([try_at(morning), try_at(morning), try_at(noon)], [1, 2, 1]);
        assert_eq!(db.write_now(|conn| attempts::prune(conn, noon)).expect("pruned"), 1);
        assert_eq!([try_at(morning), try_at(noon)], [1, 2], "the old window begins anew, the other goes on");
    });
}

#[test]
fn an_attempt_that_was_right_is_forgiven_and_never_more_than_there_were() {
    on_both(|db| {
        let window = noon("2026-03-02");
        let count = || db.write_now(|conn| attempts::count_attempt(conn, "sign_in:1", window)).expect("counted");
        let forgive = || db.write_now(|conn| attempts::forgive(conn, "sign_in:1", window)).expect("forgiven");
        assert_eq!([count(), count()], [1, 2]);
        forgive();
        assert_eq!(count(), 2);
        (0..5).for_each(|_| forgive());
        assert_eq!(count(), 1);
    });
}

#[test]
fn attempts_at_several_instances_at_once_are_all_counted() {
    on_both(|db| {
        let window = noon("2026-03-02");
        let count = || db.write_now(|conn| attempts::count_attempt(conn, "query:R1", window)).expect("counted");
        let counts: BTreeSet<i64> = std::thread::scope(|scope| {
            let counting: Vec<_> = (0..8).map(|_| scope.spawn(count)).collect();
            counting.into_iter().map(|one| one.join().expect("ran")).collect()
        });
        assert_eq!(counts, (1..=8).collect(), "each is told a number of its own");
    });
}
