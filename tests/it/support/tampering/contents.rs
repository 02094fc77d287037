//! The same somebody at what the chains only have digests of, and at the rows that are made from the journals: the chains hold, and
//! it takes the office's keys to see that they speak of something else.

use dafu::storage::{journal, log_entries, people, proceedings, texts};

use super::columns::tamper_with_contents;
use super::{Dice, Tampering, open, run};

/// Does it, and names the places of which one must be told first.
pub fn tamper(url: &str, how: Tampering, seed: u64) -> Vec<String> {
    let (db, mut dice) = (open(url), Dice(seed));
    let cases = db.read_now(|conn| journal::list_cases(conn, None, 100_000)).unwrap();
    let case = cases[dice.below(cases.len())];
    let other = |of: &[String], at: usize| of[(at + 1) % of.len()].clone();
    let exchange = |table: &str, column: &str, id: &str, other: &str| {
        assert_ne!(id, other, "there are several");
        run(
            &db,
            &format!(
                "UPDATE {table} SET sealed = (SELECT sealed FROM {table} WHERE {column} = '{other}') WHERE {column} = '{id}'"
            ),
        );
    };
    match how {
        Tampering::WordsExchanged | Tampering::WordsGone => {
            let rows = db.read_now(|conn| texts::list(conn, case)).unwrap();
            let ids: Vec<String> = rows.iter().map(|row| row.id.to_string()).collect();
            let at = dice.below(ids.len());
            if how == Tampering::WordsGone || ids.len() == 1 {
                run(&db, &format!("DELETE FROM texts WHERE id = '{}'", ids[at]));
            } else {
                exchange("texts", "id", &ids[at], &other(&ids, at));
            }
        }
        Tampering::PersonExchanged | Tampering::PersonGone => {
            let mine = db.read_now(|conn| people::list(conn, case)).unwrap();
            let stranger = *cases.iter().find(|one| **one != case).unwrap();
            let theirs = db.read_now(|conn| people::list(conn, stranger)).unwrap();
            if how == Tampering::PersonGone {
                run(&db, &format!("DELETE FROM people WHERE id = '{}'", mine[0].id));
            } else {
                exchange("people", "id", &mine[0].id.to_string(), &theirs[0].id.to_string());
            }
        }
        Tampering::ParticularsExchanged => {
            let links = db.read_now(|conn| log_entries::list_links(conn, "staff", 0, 100_000)).unwrap();
            let ids: Vec<String> = links.iter().map(|(link, _)| link.entry_id.to_string()).collect();
            let at = dice.below(ids.len());
            exchange("log_particulars", "entry_id", &ids[at], &other(&ids, at));
            return vec![ids[at].clone()];
        }
        Tampering::Row => run(&db, &format!("UPDATE cases SET received_on = '2019-05-15' WHERE id = '{case}'")),
        Tampering::Span => run(&db, &format!("UPDATE due_spans SET due_on = '2030-01-02' WHERE case_id = '{case}'")),
        Tampering::PersonIndex
        | Tampering::PersonColumn
        | Tampering::WordsColumn
        | Tampering::TagChange
        | Tampering::TagChangesGone
        | Tampering::Answer => return tamper_with_contents(&db, how, case, &cases, &mut dice),
        _ => {
            let files = db.read_now(|conn| proceedings::list_of_cases(conn, &cases)).unwrap();
            let file = &files[dice.below(files.len())];
            run(&db, &format!("UPDATE proceedings SET due_on = '2030-01-02' WHERE id = '{}'", file.id));
            return vec![format!("proceeding {}", file.id)];
        }
    }
    vec![case.to_string()]
}
