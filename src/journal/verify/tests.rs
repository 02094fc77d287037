//! What somebody with write access to the database might try, and what is found.

use super::*;
use crate::ids::CaseId;
use crate::journal::chain::link;
use proptest::prelude::*;
use uuid::Uuid;

#[derive(Debug, Clone)]
struct Row {
    seq: u32,
    body: String,
    algorithm: String,
    previous: String,
    hash: String,
}

fn case(number: u128) -> CaseId {
    CaseId::from_uuid(Uuid::from_u128(number))
}

/// A journal of `length` events, as it would be appended.
fn journal(case: CaseId, length: usize) -> Vec<Row> {
    let mut previous = None;
    (FIRST_SEQ..)
        .take(length)
        .map(|seq| {
            let body = format!(r#"{{"days":{seq},"kind":"extended","note":"依法延期"}}"#);
            let made = link(Algorithm::Sha256, case, previous.as_ref(), &body);
            previous = Some(made.hash);
            row(seq, body, &made)
        })
        .collect()
}

fn row(seq: u32, body: String, made: &crate::journal::Link) -> Row {
    Row {
        seq,
        body,
        algorithm: made.algorithm.to_string(),
        previous: made.previous.to_string(),
        hash: made.hash.to_string(),
    }
}

fn check(case: CaseId, rows: &[Row]) -> Result<Option<Digest>, Break> {
    verify(case, rows.iter().map(Row::stored))
}

impl Row {
    fn stored(&self) -> Stored<'_> {
        Stored {
            seq: self.seq,
            body: &self.body,
            algorithm: &self.algorithm,
            previous: &self.previous,
            hash: &self.hash,
        }
    }
}

#[test]
fn an_untouched_journal_holds_and_gives_its_head() {
    let rows = journal(case(1), 5);
    let head = check(case(1), &rows).expect("sound").expect("a head");
    assert_eq!(head.to_string(), rows[4].hash);
    assert_eq!(check(case(1), &[]), Ok(None));
}

type Field = fn(&mut Row) -> &mut String;

#[test]
fn any_changed_character_of_any_row_is_found_at_that_row() {
    let sound = journal(case(1), 3);
    for place in 0..sound.len() {
        let row = &sound[place];
        let fields: [(&str, Field, Flaw); 4] = [
            (&row.body, |row| &mut row.body, Flaw::WrongHash),
            (&row.algorithm, |row| &mut row.algorithm, Flaw::UnknownAlgorithm),
            (&row.previous, |row| &mut row.previous, Flaw::WrongPrevious),
            (&row.hash, |row| &mut row.hash, Flaw::WrongHash),
        ];
        for (text, field, flaw) in fields {
            for (at, letter) in text.char_indices() {
                let other = if letter == '5' { "6" } else { "5" };
                let mut rows = sound.clone();
                field(&mut rows[place]).replace_range(at..at + letter.len_utf8(), other);
                let seq = rows[place].seq;
                assert_eq!(check(case(1), &rows), Err(Break { seq, what: flaw.clone() }), "{at} of {text}");
            }
        }
    }
}

#[test]
fn a_hash_in_capitals_is_a_change() {
    let mut rows = journal(case(1), 2);
    rows[0].hash = rows[0].hash.to_uppercase();
    assert_eq!(check(case(1), &rows), Err(Break { seq: 1, what: Flaw::WrongHash }));
}

#[test]
fn a_dropped_row_is_found() {
    for gone in 0..4 {
        let mut rows = journal(case(1), 5);
        rows.remove(gone);
        let expected = u32::try_from(gone).expect("small") + FIRST_SEQ;
        assert_eq!(check(case(1), &rows), Err(Break { seq: expected + 1, what: Flaw::Gap { expected } }));
        // Numbering anew does not help.
        for (seq, row) in (FIRST_SEQ..).zip(&mut rows) {
            row.seq = seq;
        }
        assert_eq!(check(case(1), &rows), Err(Break { seq: expected, what: Flaw::WrongPrevious }));
    }
}

#[test]
fn a_tail_cut_off_shows_in_the_head_only() {
    let rows = journal(case(1), 5);
    let whole = check(case(1), &rows).expect("sound");
    assert_ne!(check(case(1), &rows[..4]).expect("sound as far as it goes"), whole);
}

#[test]
fn an_inserted_or_doubled_row_is_found() {
    let sound = journal(case(1), 3);
    let mut doubled = sound.clone();
    doubled.insert(1, sound[0].clone());
    assert_eq!(check(case(1), &doubled), Err(Break { seq: 1, what: Flaw::Gap { expected: 2 } }));

    // A row well linked to the one before it breaks the one after it.
    let mut inserted = sound.clone();
    let before: Digest = sound[0].hash.parse().expect("a digest");
    let body = r#"{"kind":"forged"}"#.to_owned();
    let made = link(Algorithm::Sha256, case(1), Some(&before), &body);
    inserted.insert(1, row(2, body, &made));
    inserted[2].seq = 3;
    inserted[3].seq = 4;
    assert_eq!(check(case(1), &inserted), Err(Break { seq: 3, what: Flaw::WrongPrevious }));
}

#[test]
fn a_journal_of_another_case_is_found_at_its_first_row() {
    let rows = journal(case(2), 3);
    assert_eq!(check(case(1), &rows), Err(Break { seq: 1, what: Flaw::WrongPrevious }));
}

#[test]
fn a_text_hashed_right_but_spelt_otherwise_is_found() {
    for body in [r#"{"b":1,"a":2}"#, r#"{"a": 1}"#, r#"{"a":1.5}"#, r#"{"a":1,"a":1}"#, "{", "", "{} "] {
        let made = link(Algorithm::Sha256, case(1), None, body);
        let rows = [row(1, body.to_owned(), &made)];
        assert_eq!(check(case(1), &rows), Err(Break { seq: 1, what: Flaw::NotCanonical }), "{body}");
    }
}

#[test]
fn a_column_that_differs_from_the_text_is_found_whichever_it_is() {
    let id = Uuid::from_u128(7);
    let body = format!(
        r#"{{"actor":{{"staff":"a"}},"at":"2026-03-09T01:00:00.000001Z","case":"{id}","event":{{"kind":"extended"}},"seq":4,"version":1}}"#
    );
    let at: DateTime<Utc> = "2026-03-09T09:00:00.000001+08:00".parse().expect("an instant");
    let actor = r#"{"staff":"a"}"#;
    let all = Columns { owner: ("case", id), seq: 4, at, kind: "extended", version: 1, actor };
    assert!(all.agree_with(&body));
    for (column, wrong) in [
        ("case", Columns { owner: ("case", Uuid::nil()), ..all }),
        ("seq", Columns { seq: 5, ..all }),
        ("at", Columns { at: at + chrono::Duration::microseconds(1), ..all }),
        ("kind", Columns { kind: "replied", ..all }),
        ("version", Columns { version: 2, ..all }),
        ("actor", Columns { actor: r#"{"staff":"b"}"#, ..all }),
        ("a member that is not there", Columns { owner: ("proceeding", id), ..all }),
    ] {
        assert!(!wrong.agree_with(&body), "{column}");
    }
    assert!(all.agree_with("{"), "what cannot be read is another flaw");
    assert!(!all.agree_with("[]"), "a text that says nothing of them");
    let made = link(Algorithm::Sha256, case(1), None, "[]");
    let row = row(1, "[]".to_owned(), &made);
    assert_eq!(Walk::new(case(1)).step_with(&row.stored(), &all), Ok(false));
}

#[test]
fn a_break_is_told_in_both_languages() {
    let broken = Break { seq: 4, what: Flaw::Gap { expected: 3 } };
    assert!(broken.zh().contains("第 3 条") && broken.zh().contains("第 4 条"));
    assert!(broken.to_string().contains("entry 3") && broken.to_string().contains("entry 4"));
}

/// Six events; those whose place is given are linked with SM3.
fn mixed(sm3: &[u32]) -> Vec<Row> {
    let mut previous = None;
    let mut rows = Vec::new();
    for seq in FIRST_SEQ..=6 {
        let algorithm = if sm3.contains(&seq) { Algorithm::Sm3 } else { Algorithm::Sha256 };
        let body = format!(r#"{{"days":{seq}}}"#);
        let made = link(algorithm, case(1), previous.as_ref(), &body);
        previous = Some(made.hash);
        rows.push(row(seq, body, &made));
    }
    rows
}

#[test]
fn a_journal_that_changes_its_algorithm_on_the_way_holds() {
    for sm3 in [&[1, 2, 3, 4, 5, 6][..], &[4, 5, 6], &[1, 2], &[2, 4, 6], &[]] {
        let rows = mixed(sm3);
        let head = check(case(1), &rows).expect("sound").expect("a head");
        assert_eq!(head.to_string(), rows[5].hash);
    }
}

#[test]
fn the_name_of_an_algorithm_cannot_be_exchanged() {
    for place in 0..6 {
        let mut rows = mixed(&[4, 5, 6]);
        let seq = rows[place].seq;
        rows[place].algorithm = if seq < 4 { "sm3" } else { "sha-256" }.to_owned();
        // The genesis of the first event is made with its own algorithm.
        let what = if seq == 1 { Flaw::WrongPrevious } else { Flaw::WrongHash };
        assert_eq!(check(case(1), &rows), Err(Break { seq, what }));
    }
}

proptest! {
    #[test]
    fn every_other_order_is_found(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let sound = journal(case(1), 6);
        let rows: Vec<Row> = order.iter().map(|place| sound[*place].clone()).collect();
        prop_assert_eq!(check(case(1), &rows).is_ok(), order.is_sorted());
    }
}
