//! The same somebody at the columns beside what is signed, hashed or sealed, and at what lies in the clear beside a case.

use dafu::ids::CaseId;
use dafu::storage::seals::{LeafRow, SealRow};
use dafu::storage::{Db, case_tags, people, published_answers, texts};

use super::{Dice, Tampering, run};

const LONG_AGO: &str = "'2019-05-15 00:00:00'";
const NOBODY: &str = "'0000000000000000000000000000000000000000000000000000000000000000'";

/// One of these.
fn one_of<'a>(dice: &mut Dice, of: &[&'a str]) -> &'a str {
    of[dice.below(of.len())]
}

/// What the public keys are enough to find.
pub fn tamper_with_the_log(db: &Db, how: Tampering, leaf: &LeafRow, seal: &SealRow, dice: &mut Dice) -> Vec<String> {
    match how {
        Tampering::SealColumn => {
            let made_at = format!("made_at = {LONG_AGO}");
            let set = one_of(dice, &[&made_at, "size = size + 1", "size = 0", "frontier = 'sha-256 0'"]);
            run(db, &format!("UPDATE seals SET {set} WHERE number = {}", seal.number));
            vec![format!("seal {}:", seal.number)]
        }
        Tampering::LeafColumn => {
            let set = one_of(dice, &["chain = 'staff'", "seq = seq + 1", "algorithm = 'sm3'"]);
            run(db, &format!("UPDATE seal_leaves SET {set} WHERE place = {}", leaf.place));
            vec![format!("leaf {} ", leaf.place)]
        }
        _ => {
            let changed = format!("UPDATE seal_nodes SET hash = {NOBODY} WHERE level = 1 AND place = 0");
            run(db, one_of(dice, &[&changed, "DELETE FROM seal_nodes"]));
            vec!["nodes kept for proofs".to_owned()]
        }
    }
}

/// What takes the office's keys.
pub fn tamper_with_contents(db: &Db, how: Tampering, case: CaseId, all: &[CaseId], dice: &mut Dice) -> Vec<String> {
    match how {
        Tampering::PersonIndex | Tampering::PersonColumn => {
            let people = db.read_now(|conn| people::list(conn, case)).unwrap();
            let made_at = format!("created_at = {LONG_AGO}");
            let set = if how == Tampering::PersonIndex {
                let column = one_of(dice, &["name_index", "identity_index", "phone_index", "email_index"]);
                format!("{column} = {NOBODY}")
            } else {
                one_of(dice, &["part = 'agent'", &made_at]).to_owned()
            };
            run(db, &format!("UPDATE people SET {set} WHERE id = '{}'", people[0].id));
        }
        Tampering::WordsColumn => {
            let texts = db.read_now(|conn| texts::list(conn, case)).unwrap();
            let made_at = format!("created_at = {LONG_AGO}");
            let set = one_of(dice, &["kind = 'opinion'", &made_at]);
            run(db, &format!("UPDATE texts SET {set} WHERE id = '{}'", texts[dice.below(texts.len())].id));
        }
        Tampering::TagChange | Tampering::TagChangesGone => {
            let tags = db.read_now(|conn| case_tags::list_of_cases(conn, all)).unwrap();
            let case = tags[0].case_id;
            let changed = format!("UPDATE case_tag_changes SET tag = '别的' WHERE case_id = '{case}'");
            let later = format!("UPDATE case_tag_changes SET at = {LONG_AGO} WHERE case_id = '{case}'");
            let gone = "DELETE FROM case_tag_changes; DELETE FROM case_tags";
            run(db, if how == Tampering::TagChangesGone { gone } else { one_of(dice, &[&changed, &later]) });
            return vec![case.to_string()];
        }
        _ => {
            let mut on =
                all.iter().filter_map(|case| db.read_now(|conn| published_answers::find(conn, *case)).unwrap());
            let case = on.next().unwrap().case_id;
            let set = one_of(dice, &["place = '别处'", "published_on = '2019-05-15'"]);
            run(db, &format!("UPDATE published_answers SET {set} WHERE case_id = '{case}'"));
            return vec![case.to_string()];
        }
    }
    vec![case.to_string()]
}
