//! Sealed content: found by whole values only, and gone for good once destroyed.

use crate::storage_fixtures::{agency_id, case, case_id, fill, noon, on_both};
use dafu::ids::{PersonId, TextId};
use dafu::storage::case_keys::{CaseKeyRow, DestroyedRow};
use dafu::storage::people::{PersonIndex, PersonRow};
use dafu::storage::texts::TextRow;
use dafu::storage::{Db, StoreError, case_keys, cases, people, search, texts};
use std::collections::BTreeSet;
use uuid::Uuid;

fn person(number: u32, case: u32) -> PersonRow {
    PersonRow {
        id: PersonId::from_uuid(Uuid::from_u128(number.into())),
        case_id: case_id(case),
        part: "applicant".to_owned(),
        sealed: vec![0, 1, 255],
        name_index: "index of 李雷".to_owned(),
        identity_index: Some(format!("identity {number}")),
        phone_index: None,
        email_index: Some("mail".to_owned()),
        created_at: noon("2026-03-02") + chrono::Duration::seconds(i64::from(number)),
    }
}

fn text(number: u32, case: u32, kind: &str) -> TextRow {
    TextRow {
        id: TextId::from_uuid(Uuid::from_u128(number.into())),
        case_id: case_id(case),
        kind: kind.to_owned(),
        sealed: vec![9; 40],
        created_at: noon("2026-03-02"),
    }
}

fn key(case: u32) -> CaseKeyRow {
    CaseKeyRow { case_id: case_id(case), wrapped: vec![5; 60], created_at: noon("2026-03-02") }
}

fn destroyed(case: u32) -> DestroyedRow {
    DestroyedRow { case_id: case_id(case), destroyed_at: noon("2036-03-02"), reason_code: "retention_over".to_owned() }
}

fn write_content(db: &Db) {
    fill(db, &[case(1, 1), case(2, 1)]);
    db.write_now(|conn| {
        for number in [1, 2] {
            case_keys::insert(conn, &key(number), "")?;
            people::insert(conn, &person(number, number))?;
            texts::insert(conn, &[text(number * 10, number, "subject"), text(number * 10 + 1, number, "reason")])?;
            search::add(conn, case_id(number), &BTreeSet::from(["路灯".to_owned()]))?;
        }
        Ok::<_, StoreError>(())
    })
    .expect("written");
}

/// How many keys, people, texts and index entries a case has.
fn left_of(db: &Db, case: u32) -> [usize; 4] {
    db.read_now(|conn| {
        let grams = BTreeSet::from(["路灯".to_owned()]);
        let found = search::list_cases_with_all(conn, &grams, &[agency_id(1)], 10)?;
        Ok::<_, StoreError>([
            usize::from(case_keys::find(conn, case_id(case))?.is_some()),
            people::list(conn, case_id(case))?.len(),
            texts::list(conn, case_id(case))?.len(),
            usize::from(found.contains(&case_id(case))),
        ])
    })
    .expect("counted")
}

#[test]
fn sealed_bytes_come_back_as_they_were() {
    on_both(|db| {
        write_content(db);
        assert_eq!(db.read_now(|conn| people::load(conn, person(1, 1).id)).expect("there"), person(1, 1));
        assert_eq!(db.read_now(|conn| texts::load(conn, text(11, 1, "reason").id)).expect("there").kind, "reason");
        assert_eq!(db.read_now(|conn| case_keys::load(conn, case_id(2))).expect("there"), key(2));
    });
}

#[test]
fn people_are_found_by_a_whole_value_only() {
    on_both(|db| {
        write_content(db);
        let both = [agency_id(1), agency_id(2)];
        let found = |index: PersonIndex| {
            db.read_now(|conn| people::list_cases_by_index(conn, &index, "applicant", &both, 10)).expect("searched")
        };
        assert_eq!(found(PersonIndex::Name("index of 李雷".to_owned())), [case_id(2), case_id(1)], "the latest first");
        assert_eq!(found(PersonIndex::Name("index of 李".to_owned())), []);
        assert_eq!(found(PersonIndex::Identity("identity 1".to_owned())), [case_id(1)]);
        assert_eq!(found(PersonIndex::Phone("identity 1".to_owned())), []);
        assert_eq!(found(PersonIndex::Email("mail".to_owned())).len(), 2);
    });
}

#[test]
fn people_are_found_in_one_part_and_at_the_agencies_asked_about() {
    on_both(|db| {
        fill(db, &[case(1, 1), case(2, 2), case(3, 2)]);
        let agent = PersonRow { part: "agent".to_owned(), ..person(3, 3) };
        let rows = [person(1, 1), person(2, 2), agent];
        db.write_now(|conn| rows.iter().try_for_each(|row| people::insert(conn, row))).expect("written");
        let name = PersonIndex::Name("index of 李雷".to_owned());
        let found = |part: &str, agencies: &[u32], limit| {
            let agencies: Vec<_> = agencies.iter().copied().map(agency_id).collect();
            db.read_now(|conn| people::list_cases_by_index(conn, &name, part, &agencies, limit)).expect("searched")
        };
        assert_eq!(found("applicant", &[1, 2], 10), [case_id(2), case_id(1)], "not where the person is an agent");
        assert_eq!(found("agent", &[1, 2], 10), [case_id(3)]);
        assert_eq!(found("applicant", &[1], 1), [case_id(1)], "the later case of another agency uses up no limit");
        assert_eq!(found("applicant", &[], 10), []);
    });
}

#[test]
fn a_page_of_a_list_needs_one_query_for_its_people_subjects_and_keys() {
    on_both(|db| {
        write_content(db);
        let page = [case_id(1), case_id(2), case_id(9)];
        let subjects = db.read_now(|conn| texts::list_of_cases(conn, &page, "subject")).expect("listed");
        assert_eq!(subjects.iter().map(|row| row.case_id).collect::<Vec<_>>(), [case_id(1), case_id(2)]);
        assert_eq!(db.read_now(|conn| people::list_of_cases(conn, &page)).expect("listed").len(), 2);
        assert_eq!(db.read_now(|conn| case_keys::list_of_cases(conn, &page)).expect("listed"), [key(1), key(2)]);
    });
}

#[test]
fn a_changed_phone_number_leaves_no_old_index() {
    on_both(|db| {
        write_content(db);
        let moved = PersonRow { phone_index: Some("phone".to_owned()), email_index: None, ..person(1, 1) };
        db.write_now(|conn| people::update(conn, &moved)).expect("updated");
        assert_eq!(db.read_now(|conn| people::load(conn, moved.id)).expect("there"), moved);
        let elsewhere = PersonRow { case_id: case_id(2), ..moved };
        assert!(matches!(db.write_now(|conn| people::update(conn, &elsewhere)), Err(StoreError::Missing)));
    });
}

#[test]
fn destroying_takes_all_content_of_one_case_and_leaves_its_row() {
    on_both(|db| {
        write_content(db);
        db.write_now(|conn| case_keys::destroy(conn, &destroyed(1))).expect("destroyed");
        assert_eq!(left_of(db, 1), [0, 0, 0, 0]);
        assert_eq!(left_of(db, 2), [1, 1, 2, 1], "the other case is whole");
        assert!(db.read_now(|conn| cases::find(conn, case_id(1))).expect("asked").is_some());
        assert_eq!(db.read_now(case_keys::list_destroyed).expect("listed"), [destroyed(1)]);
    });
}

#[test]
fn a_destroyed_case_is_neither_destroyed_again_nor_given_a_new_key() {
    on_both(|db| {
        write_content(db);
        db.write_now(|conn| case_keys::destroy(conn, &destroyed(1))).expect("destroyed");
        assert!(matches!(db.write_now(|conn| case_keys::destroy(conn, &destroyed(1))), Err(StoreError::Conflict)));
        assert!(matches!(db.write_now(|conn| case_keys::insert(conn, &key(1), "")), Err(StoreError::Conflict)));
    });
}

#[test]
fn a_restored_backup_is_destroyed_again_by_the_list() {
    on_both(|db| {
        write_content(db);
        // Case 1 is back from a backup; case 9 is younger than it.
        let list = [destroyed(1), destroyed(9)];
        for _ in 0..2 {
            db.write_now(|conn| case_keys::replay_destroyed(conn, &list)).expect("replayed");
        }
        assert_eq!(left_of(db, 1), [0, 0, 0, 0]);
        assert_eq!(db.read_now(case_keys::list_destroyed).expect("listed"), list);
    });
}

#[test]
fn a_key_and_its_destruction_are_one_act() {
    on_both(|db| {
        write_content(db);
        let undone: Result<(), _> = db.write_now(|conn| {
            case_keys::destroy(conn, &destroyed(1))?;
            Err(StoreError::Busy)
        });
        assert!(undone.is_err());
        assert_eq!(left_of(db, 1), [1, 1, 2, 1]);
    });
}
