//! The same somebody at the files of proceedings: they write a chain of their own, and the journal of the case another.

use dafu::journal::chain;
use dafu::storage::proceeding_journal::{self, ProceedingEntryRow};
use dafu::storage::{Db, StoreError};

use super::{Dice, Tampering, edited, open, quoted, run};

/// Does it, and names the places of which one must be told first.
pub fn tamper(url: &str, how: Tampering, seed: u64) -> Vec<String> {
    let (db, mut dice) = (open(url), Dice(seed));
    let rows = db
        .read_now(|conn| {
            let files = proceeding_journal::list_files(conn, None, 100_000)?;
            proceeding_journal::load(conn, files[dice.below(files.len())])
        })
        .unwrap();
    let file = rows[0].proceeding_id;
    let at = dice.below(rows.len());
    let row = &rows[at];
    let of_entry = format!("proceeding_id = '{file}' AND seq = {}", row.seq);
    let numbered = |from: i32, to: i32| {
        format!("UPDATE proceeding_journal SET seq = {to} WHERE proceeding_id = '{file}' AND seq = {from};")
    };
    match how {
        Tampering::FileText => {
            run(&db, &format!("UPDATE proceeding_journal SET body = {} WHERE {of_entry}", quoted(&edited(&row.body))));
        }
        Tampering::FileTextAndHash => {
            let body = edited(&row.body);
            let previous = row.previous.parse().unwrap();
            let link = chain::link(row.algorithm.parse().unwrap(), file, Some(&previous), &body);
            let set = format!("body = {}, hash = '{}'", quoted(&body), link.hash);
            run(&db, &format!("UPDATE proceeding_journal SET {set} WHERE {of_entry}"));
        }
        Tampering::FileDropped => run(&db, &format!("DELETE FROM proceeding_journal WHERE {of_entry}")),
        Tampering::FileDroppedAndRenumbered => {
            run(&db, &format!("DELETE FROM proceeding_journal WHERE {of_entry}"));
            for later in rows.iter().filter(|other| other.seq > row.seq) {
                run(&db, &numbered(later.seq, later.seq - 1));
            }
        }
        Tampering::FileMoved => {
            let other = rows[(at + 1) % rows.len()].seq;
            assert_ne!(other, row.seq, "the files have several entries");
            run(&db, &(numbered(row.seq, 9_999) + &numbered(other, row.seq) + &numbered(9_999, other)));
        }
        Tampering::FilePutIn => {
            let mut anew = rows.clone();
            anew.insert(at + 1, row.clone());
            for (seq, one) in (1..).zip(&mut anew) {
                one.seq = seq;
            }
            write_anew(&db, &anew);
        }
        Tampering::FileCutOff => {
            run(&db, &format!("DELETE FROM proceeding_journal WHERE proceeding_id = '{file}' AND seq >= {}", row.seq));
        }
        Tampering::FileRecomputed => {
            let mut anew = rows.clone();
            anew[at].body = edited(&row.body);
            write_anew(&db, &anew);
        }
        Tampering::FileGone => {
            run(&db, &format!("DELETE FROM proceeding_journal WHERE proceeding_id = '{file}'"));
        }
        _ => run(&db, &format!("UPDATE proceeding_journal SET kind = 'nothing' WHERE {of_entry}")),
    }
    vec![format!("proceeding {file}")]
}

/// Writes a file anew with every link as it should be.
fn write_anew(db: &Db, rows: &[ProceedingEntryRow]) {
    let file = rows[0].proceeding_id;
    run(db, &format!("DELETE FROM proceeding_journal WHERE proceeding_id = '{file}'"));
    db.write_now(|conn| {
        let mut head = None;
        for row in rows {
            let link = chain::link(row.algorithm.parse().unwrap(), file, head.as_ref(), &row.body);
            head = Some(link.hash);
            let (previous, hash) = (link.previous.to_string(), link.hash.to_string());
            proceeding_journal::append(conn, &ProceedingEntryRow { previous, hash, ..row.clone() })?;
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}
