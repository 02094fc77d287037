//! The same somebody at the named chains: who looked at what, who kept house how.

use dafu::ids::LogId;
use dafu::journal::chain;
use dafu::journal::log::Chain;
use dafu::storage::log_entries::{self, LinkRow, LogRow};
use dafu::storage::{Db, StoreError, seals};
use uuid::Uuid;

use super::{Dice, Tampering, edited, open, quoted, run};

/// Does it, and names the places of which one must be told first.
pub fn tamper(url: &str, how: Tampering, seed: u64) -> Vec<String> {
    let (db, mut dice) = (open(url), Dice(seed));
    let name = ["readings", "staff"][dice.below(2)];
    let (leaves, rows) = db
        .read_now(|conn| {
            Ok::<_, StoreError>((
                seals::list_leaves(conn, None, 100_000)?,
                log_entries::list_links(conn, name, 0, 1_000_000)?,
            ))
        })
        .unwrap();
    let rows: Vec<(LinkRow, LogRow)> = rows.into_iter().map(|(link, row)| (link, row.unwrap())).collect();
    let newest = leaves.iter().filter(|one| one.chain == name).map(|one| one.seq).max().unwrap();
    let below = usize::try_from(newest).unwrap();
    // In the first half: what is put in must be older than the last seal.
    let at = dice.below(below.div_ceil(2));
    let (link, row) = &rows[at];
    let seq = link.seq;
    let chain = vec![format!("chain {name}")];
    match how {
        Tampering::EntryText => {
            let body = quoted(&edited(&row.body));
            run(&db, &format!("UPDATE log_entries SET body = {body} WHERE id = '{}'", row.id));
            vec![format!("chain {name}: entry {seq} does not match")]
        }
        Tampering::EntryDropped => {
            run(&db, &taken(row.id));
            // Where it was the head of a seal, that is told first.
            let head = format!("event {seq} of chain {name}");
            vec![format!("chain {name}: entry {seq} was due"), format!("chain {name} ends"), head]
        }
        Tampering::EntryDroppedAndRenumbered => {
            let later = rows.iter().filter(|(other, _)| other.seq > seq);
            let numbered: String = later.map(|(other, _)| numbered(name, other.seq, other.seq - 1)).collect();
            run(&db, &(taken(row.id) + &numbered));
            chain
        }
        Tampering::EntriesMoved => {
            let other = rows[(at + 1) % below].0.seq;
            run(&db, &(numbered(name, seq, 999_999) + &numbered(name, other, seq) + &numbered(name, 999_999, other)));
            chain
        }
        Tampering::EntryPutIn => {
            let id = LogId::from_uuid(Uuid::from_u128(u128::from(seed) + 1));
            put_in(&db, row, id);
            vec![format!("entry {id} ")]
        }
        Tampering::EntryLinkedIn => {
            let id = LogId::from_uuid(Uuid::from_u128(u128::from(seed) + 1));
            put_in(&db, row, id);
            let mut anew = rows.clone();
            let (mut put, of) = (link.clone(), row.clone());
            put.entry_id = id;
            anew.insert(at, (put, of));
            link_anew(&db, name, &anew);
            chain
        }
        Tampering::EntriesCutOff => {
            let cut: String = rows.iter().skip(at).map(|(_, row)| taken(row.id)).collect();
            run(&db, &cut);
            chain
        }
        Tampering::EntriesRecomputed => {
            let body = edited(&row.body);
            run(&db, &format!("UPDATE log_entries SET body = {} WHERE id = '{}'", quoted(&body), row.id));
            let mut anew = rows.clone();
            anew[at].1.body = body;
            link_anew(&db, name, &anew);
            chain
        }
        Tampering::EntriesGone => {
            let all: String = rows.iter().map(|(_, row)| taken(row.id)).collect();
            run(&db, &all);
            vec![format!("chain {name} is gone")]
        }
        _ => {
            run(&db, &format!("UPDATE log_entries SET kind = 'nothing' WHERE id = '{}'", row.id));
            vec![format!("entry {seq} of chain {name}: a column")]
        }
    }
}

fn taken(id: LogId) -> String {
    format!(
        "DELETE FROM log_links WHERE entry_id = '{id}'; DELETE FROM log_particulars WHERE entry_id = '{id}'; \
         DELETE FROM log_waiting WHERE entry_id = '{id}'; DELETE FROM log_entries WHERE id = '{id}';"
    )
}

fn numbered(chain: &str, from: i32, to: i32) -> String {
    format!("UPDATE log_links SET seq = {to} WHERE chain = '{chain}' AND seq = {from};")
}

fn put_in(db: &Db, like: &LogRow, id: LogId) {
    let body = quoted(&like.body.replace(&like.id.to_string(), &id.to_string()));
    run(
        db,
        &format!(
            "INSERT INTO log_entries SELECT '{id}', chain, at, kind, staff_id, absent_id, case_id, agency_id, {body} \
             FROM log_entries WHERE id = '{}'",
            like.id
        ),
    );
}

/// Writes the links of a chain anew, each as it should be.
fn link_anew(db: &Db, name: &str, rows: &[(LinkRow, LogRow)]) {
    run(db, &format!("DELETE FROM log_links WHERE chain = '{name}'"));
    let chain = Chain::Named(name.parse().unwrap());
    db.write_now(|conn| {
        let mut head = None;
        for (seq, (link, row)) in (1..).zip(rows) {
            let made = chain::link(link.algorithm.parse().unwrap(), chain.clone(), head.as_ref(), &row.body);
            head = Some(made.hash);
            let (previous, hash) = (made.previous.to_string(), made.hash.to_string());
            log_entries::link(conn, &LinkRow { seq, previous, hash, ..link.clone() })?;
        }
        Ok::<_, StoreError>(())
    })
    .unwrap();
}
