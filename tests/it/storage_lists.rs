//! Pages, filters and what was due as of any instant.

use crate::storage_fixtures::{agency_id, case, case_id, day, fill, noon, on_both, staff_id};
use chrono::Duration;
use dafu::ids::CaseId;
use dafu::storage::case_list::{self, CaseFilter, CaseOrder, Direction};
use dafu::storage::cases::CaseRow;
use dafu::storage::due_spans::{self, AsOf, DueSpanRow};
use dafu::storage::{Db, StoreError, search};
use std::collections::{BTreeMap, BTreeSet};

fn everything() -> CaseFilter {
    CaseFilter { agencies: vec![agency_id(1), agency_id(2)], ..CaseFilter::default() }
}

fn found(db: &Db, filter: &CaseFilter) -> Vec<CaseId> {
    let order = CaseOrder::CreatedAt { after: None };
    let page = db.read_now(|conn| case_list::list(conn, filter, order, Direction::Ascending, 100)).expect("listed");
    let count = db.read_now(|conn| case_list::count(conn, filter)).expect("counted");
    assert_eq!(usize::try_from(count), Ok(page.rows.len()), "the count agrees with the list");
    page.rows.into_iter().map(|row| row.id).collect()
}

/// 23 cases, of which many share a due date, a day of receipt and an instant; every fifth is closed.
fn crowd() -> Vec<CaseRow> {
    (1..=23_u32)
        .map(|number| {
            let closed = number % 5 == 0;
            let mut row = case(number, 1 + number % 2);
            row.created_at = noon("2026-03-02") + Duration::seconds(i64::from(number / 4));
            row.received_on = (number % 7 != 0).then(|| day("2026-03-02") + Duration::days(i64::from(number % 3)));
            row.due_on = (!closed).then(|| day("2026-03-30") + Duration::days(i64::from(number % 4)));
            row.closed_on = closed.then(|| day("2026-03-20"));
            row
        })
        .collect()
}

/// What a page is ordered by.
type Key<'a> = &'a dyn Fn(&CaseRow) -> Option<(String, CaseId)>;

#[test]
fn pages_cover_every_case_once_in_order_though_many_are_equal() {
    on_both(|db| {
        let crowd = crowd();
        fill(db, &crowd);
        let due = |row: &CaseRow| row.due_on.map(|on| (on.to_string(), row.id));
        let received = |row: &CaseRow| row.received_on.map(|on| (on.to_string(), row.id));
        let created = |row: &CaseRow| Some((row.created_at.to_string(), row.id));
        let orders: [(CaseOrder, Key<'_>); 3] = [
            (CaseOrder::DueOn { after: None }, &due),
            (CaseOrder::ReceivedOn { after: None }, &received),
            (CaseOrder::CreatedAt { after: None }, &created),
        ];
        for (order, key) in orders {
            for direction in [Direction::Ascending, Direction::Descending] {
                let mut expected: Vec<_> = crowd.iter().filter_map(key).collect();
                expected.sort();
                if direction == Direction::Descending {
                    expected.reverse();
                }
                let (mut seen, mut next) = (Vec::new(), Some(order));
                while let Some(order) = next {
                    let page =
                        db.read_now(|conn| case_list::list(conn, &everything(), order, direction, 4)).expect("a page");
                    assert!(page.rows.len() == 4 || page.next.is_none(), "only the last page is short");
                    seen.extend(page.rows.iter().filter_map(key));
                    next = page.next;
                }
                assert_eq!(seen, expected, "{order:?} {direction:?}");
            }
        }
    });
}

#[test]
fn a_last_page_that_is_just_full_has_no_next() {
    on_both(|db| {
        fill(db, &[case(1, 1), case(2, 1)]);
        let order = CaseOrder::CreatedAt { after: None };
        let page =
            db.read_now(|conn| case_list::list(conn, &everything(), order, Direction::Ascending, 2)).expect("ok");
        assert_eq!((page.rows.len(), page.next), (2, None));
    });
}

#[test]
fn someone_without_an_agency_sees_no_case() {
    on_both(|db| {
        fill(db, &[case(1, 1)]);
        assert_eq!(found(db, &CaseFilter::default()), []);
        assert_eq!(found(db, &CaseFilter { agencies: vec![agency_id(2)], ..CaseFilter::default() }), []);
    });
}

#[test]
fn each_filter_leaves_out_what_does_not_fit() {
    let mut handled = case(1, 1);
    handled.handler_id = Some(staff_id(1));
    handled.stage = "handling".to_owned();
    let mut closed = case(2, 1);
    (closed.due_on, closed.closed_on, closed.late) = (None, Some(day("2026-03-20")), Some(true));
    (closed.outcome, closed.channel) = (Some("refused".to_owned()), "letter".to_owned());
    let mut new = case(3, 2);
    (new.received_on, new.applicant_kind) = (None, "company".to_owned());
    let mut early = case(4, 2);
    (early.received_on, early.due_on) = (Some(day("2026-02-02")), Some(day("2026-03-04")));
    let rows = [handled, closed, new, early];

    let all = everything;
    let cases: [(&str, CaseFilter, &[u32]); 17] = [
        ("stage", CaseFilter { stages: vec!["handling".to_owned(), "none".to_owned()], ..all() }, &[1]),
        ("handler", CaseFilter { handlers: vec![staff_id(1)], ..all() }, &[1]),
        ("channel", CaseFilter { channel: Some("letter".to_owned()), ..all() }, &[2]),
        ("kind", CaseFilter { applicant_kind: Some("company".to_owned()), ..all() }, &[3]),
        ("outcome", CaseFilter { outcome: Some("refused".to_owned()), ..all() }, &[2]),
        ("received from", CaseFilter { received_from: Some(day("2026-03-02")), ..all() }, &[1, 2]),
        ("received to", CaseFilter { received_to: Some(day("2026-02-02")), ..all() }, &[4]),
        ("due from", CaseFilter { due_from: Some(day("2026-03-30")), ..all() }, &[1, 3]),
        ("due to", CaseFilter { due_to: Some(day("2026-03-04")), ..all() }, &[4]),
        ("closed from", CaseFilter { closed_from: Some(day("2026-03-20")), ..all() }, &[2]),
        ("closed later", CaseFilter { closed_from: Some(day("2026-03-21")), ..all() }, &[]),
        ("closed to", CaseFilter { closed_to: Some(day("2026-03-20")), ..all() }, &[2]),
        ("due today is not overdue", CaseFilter { overdue_on: Some(day("2026-03-04")), ..all() }, &[]),
        ("due yesterday is", CaseFilter { overdue_on: Some(day("2026-03-05")), ..all() }, &[4]),
        ("open", CaseFilter { open: Some(true), ..all() }, &[1, 3, 4]),
        ("late", CaseFilter { late: Some(true), ..all() }, &[2]),
        ("ids", CaseFilter { case_ids: Some(vec![case_id(3), case_id(9)]), open: Some(true), ..all() }, &[3]),
    ];
    on_both(|db| {
        fill(db, &rows);
        for (name, filter, expected) in &cases {
            let expected: Vec<_> = expected.iter().copied().map(case_id).collect();
            assert_eq!(found(db, filter), expected, "{name}");
        }
    });
}

fn grams(text: &str) -> BTreeSet<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.windows(2).map(|pair| pair.iter().collect()).collect()
}

#[test]
fn a_search_finds_the_cases_that_have_every_pair() {
    on_both(|db| {
        fill(db, &[case(1, 1), case(2, 2), case(3, 2)]);
        db.write_now(|conn| {
            search::add(conn, case_id(1), &grams("人民路路灯损坏"))?;
            search::add(conn, case_id(2), &grams("路灯采购合同"))?;
            // A second text of the same case repeats some pairs.
            search::add(conn, case_id(2), &grams("采购预算"))?;
            search::add(conn, case_id(3), &grams("征地补偿"))
        })
        .expect("indexed");
        let both = [agency_id(1), agency_id(2)];
        let search =
            |word| db.read_now(|conn| search::list_cases_with_all(conn, &grams(word), &both, 10)).expect("searched");
        assert_eq!(search("路灯"), [case_id(2), case_id(1)]);
        assert_eq!(search("路灯损坏"), [case_id(1)]);
        assert_eq!(search("采购预算"), [case_id(2)]);
        assert_eq!(search("路灯补偿"), []);
        assert_eq!(search("一"), [], "no pair matches nothing rather than everything");

        let of = |agencies: &[u32], limit| {
            let agencies: Vec<_> = agencies.iter().copied().map(agency_id).collect();
            db.read_now(|conn| search::list_cases_with_all(conn, &grams("路灯"), &agencies, limit)).expect("searched")
        };
        assert_eq!(of(&[1], 1), [case_id(1)], "the later case of another agency does not use up the limit");
        assert_eq!(of(&[], 10), []);

        let filter = CaseFilter { grams: vec!["路灯".to_owned()], agencies: vec![agency_id(1)], ..everything() };
        assert_eq!(found(db, &filter), [case_id(1)], "together with what may be seen");

        db.write_now(|conn| search::remove(conn, case_id(1))).expect("removed");
        assert_eq!(search("路灯"), [case_id(2)]);
    });
}

#[test]
fn cases_that_share_most_rare_pairs_come_first_and_common_pairs_are_left_out() {
    on_both(|db| {
        fill(db, &[case(1, 1), case(2, 1), case(3, 1), case(4, 2)]);
        db.write_now(|conn| {
            search::add(conn, case_id(1), &grams("路灯维修合同"))?;
            search::add(conn, case_id(2), &grams("采购合同"))?;
            search::add(conn, case_id(3), &grams("路灯合同"))?;
            search::add(conn, case_id(4), &grams("路灯维修"))
        })
        .expect("indexed");
        let sharing = |word: &str, common_from| {
            db.read_now(|conn| search::list_sharing(conn, &grams(word), common_from, agency_id(1), case_id(9), 10))
                .expect("searched")
        };
        assert_eq!(
            sharing("路灯维修合同", 3),
            [case_id(1), case_id(3), case_id(2)],
            "of one agency, what shares most first"
        );
        assert_eq!(sharing("路灯维修合同", 2), [case_id(1)], "路灯 and 合同 stand in three cases and are common");
        assert_eq!(
            sharing("合同", 2),
            [case_id(3), case_id(2), case_id(1)],
            "where all is common, all of it must be there"
        );
    });
}

#[test]
fn a_long_text_is_indexed_whole() {
    on_both(|db| {
        fill(db, &[case(1, 1)]);
        let long: BTreeSet<String> = (0..2500).map(|number| format!("{number:04}")).collect();
        db.write_now(|conn| search::add(conn, case_id(1), &long)).expect("indexed");
        for gram in ["0000", "0999", "1000", "2499"] {
            let one = BTreeSet::from([gram.to_owned()]);
            let found = db.read_now(|conn| search::list_cases_with_all(conn, &one, &[agency_id(1)], 1));
            assert_eq!(found.expect("searched"), [case_id(1)]);
        }
    });
}

fn span(case: u32, seq: i32, due: &str, from: &str, to: Option<&str>) -> DueSpanRow {
    DueSpanRow {
        case_id: case_id(case),
        seq,
        agency_id: agency_id(1 + case % 2),
        handler_id: (case == 1).then(|| staff_id(1)),
        stage: "handling".to_owned(),
        clock: "reply".to_owned(),
        due_on: day(due),
        provisional: false,
        from_at: noon(from),
        to_at: to.map(noon),
    }
}

/// Case 1 was extended on March 10 and closed on April 8; case 2 was late from April 1 on and still is;
/// case 3 was closed in time; case 4 began in April.
fn spans() -> Vec<DueSpanRow> {
    vec![
        span(1, 1, "2026-03-30", "2026-03-02", Some("2026-03-10")),
        span(1, 2, "2026-04-28", "2026-03-10", Some("2026-04-08")),
        span(2, 1, "2026-03-31", "2026-03-03", None),
        span(3, 1, "2026-03-30", "2026-03-02", Some("2026-03-20")),
        span(4, 1, "2026-04-29", "2026-04-01", None),
    ]
}

fn as_of(on: &str) -> AsOf {
    let agencies = vec![agency_id(1), agency_id(2)];
    AsOf { at: noon(on), agencies, handler: None, stage: None, due_from: None, due_before: None }
}

#[test]
fn what_was_due_is_told_as_of_any_day() {
    on_both(|db| {
        fill(db, &(1..=4).map(|number| case(number, 1)).collect::<Vec<_>>());
        db.write_now(|conn| spans().iter().try_for_each(|row| due_spans::insert(conn, row))).expect("written");
        let stood = |as_of: &AsOf| -> Vec<(CaseId, i32)> {
            let rows = db.read_now(|conn| due_spans::list_as_of(conn, as_of, None, 100)).expect("listed");
            let counted = db.read_now(|conn| due_spans::count_by_agency(conn, as_of)).expect("counted");
            assert_eq!(counted.values().sum::<i64>(), rows.len() as i64, "the counts agree with the list");
            rows.into_iter().map(|row| (row.case_id, row.seq)).collect()
        };
        let one = case_id;
        assert_eq!(stood(&as_of("2026-03-01")), [], "before anything began");
        assert_eq!(stood(&as_of("2026-03-09")), [(one(1), 1), (one(3), 1), (one(2), 1)], "by due date, then by id");
        assert_eq!(stood(&as_of("2026-03-10")), [(one(3), 1), (one(2), 1), (one(1), 2)], "an end is excluded");
        assert_eq!(stood(&as_of("2026-04-09")), [(one(2), 1), (one(4), 1)], "what was closed is gone");

        let overdue = |on: &str| stood(&AsOf { due_before: Some(day(on)), ..as_of(on) });
        assert_eq!(overdue("2026-03-31"), [], "the last day is not late");
        assert_eq!(overdue("2026-04-01"), [(one(2), 1)], "case 1 had been extended, case 3 closed");
        assert_eq!(overdue("2027-01-01"), [(one(2), 1), (one(4), 1)]);

        assert_eq!(
            stood(&AsOf { due_from: Some(day("2026-04-01")), ..as_of("2026-04-01") }),
            [(one(1), 2), (one(4), 1)]
        );
        assert_eq!(stood(&AsOf { handler: Some(staff_id(1)), ..as_of("2026-03-09") }), [(one(1), 1)]);
        assert_eq!(stood(&AsOf { agencies: vec![agency_id(2)], ..as_of("2026-03-09") }), [(one(1), 1), (one(3), 1)]);
        assert_eq!(stood(&AsOf { agencies: vec![], ..as_of("2026-03-09") }), []);
        let counts = db.read_now(|conn| due_spans::count_by_agency(conn, &as_of("2026-03-09"))).expect("counted");
        assert_eq!(counts, BTreeMap::from([(agency_id(1), 1), (agency_id(2), 2)]));
    });
}

#[test]
fn what_was_due_comes_in_pages_that_cover_all_once() {
    on_both(|db| {
        let rows: Vec<_> = (1..=11).map(|number| case(number, 1)).collect();
        fill(db, &rows);
        // Ended and current spans take turns, and share three due dates.
        let end = |number| (number % 2 == 0).then_some("2026-05-01");
        let due = ["2026-03-30", "2026-03-31", "2026-04-01"];
        let spans: Vec<_> =
            (1..=11_u32).map(|number| span(number, 1, due[number as usize % 3], "2026-03-02", end(number))).collect();
        db.write_now(|conn| spans.iter().try_for_each(|row| due_spans::insert(conn, row))).expect("written");
        let mut expected: Vec<_> = spans.iter().map(|row| (row.due_on, row.case_id)).collect();
        expected.sort();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = db.read_now(|conn| due_spans::list_as_of(conn, &as_of("2026-04-02"), after, 3)).expect("a page");
            let Some(last) = page.last() else { break };
            after = Some((last.due_on, last.case_id));
            seen.extend(page.iter().map(|row| (row.due_on, row.case_id)));
        }
        assert_eq!(seen, expected);
    });
}

#[test]
fn a_case_has_one_current_span_at_most() {
    on_both(|db| {
        fill(db, &[case(1, 1)]);
        let insert = |row: DueSpanRow| db.write_now(|conn| due_spans::insert(conn, &row));
        let close = |on| db.write_now(|conn| due_spans::close_current(conn, case_id(1), noon(on)));
        assert!(!close("2026-03-02").expect("asked"), "nothing to close yet");
        insert(span(1, 1, "2026-03-30", "2026-03-02", None)).expect("the first");
        let second = span(1, 2, "2026-04-28", "2026-03-10", None);
        assert!(matches!(insert(second.clone()), Err(StoreError::Conflict)), "the first still stands");
        assert!(matches!(close("2026-03-01"), Err(StoreError::Broken(_))), "no span ends before it began");
        assert!(close("2026-03-10").expect("closed"));
        insert(second.clone()).expect("the second");
        let ended = span(1, 1, "2026-03-30", "2026-03-02", Some("2026-03-10"));
        assert_eq!(db.read_now(|conn| due_spans::list(conn, case_id(1))).expect("listed"), [ended, second]);
    });
}
