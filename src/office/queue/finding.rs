//! Narrowing a list down by a piece of text or by a person, through the two indexes.

use super::CaseQuery;
use crate::ids::CaseId;
use crate::office::failure::Failure;
use crate::office::sealing::{Opener, TextKind, index};
use crate::office::{Shared, search};
use crate::storage::people::{self, PersonIndex};
use crate::storage::{Conn, texts};
use crate::vault::blind;

/// How many cases a search may narrow down to; the newest are taken.
const FOUND_MAX: i64 = 2000;

/// The cases that a piece of text and a person narrow the list down to; none if neither was asked for.
pub(super) fn found(conn: &mut Conn, shared: &Shared, query: &CaseQuery) -> Result<Option<Vec<CaseId>>, Failure> {
    let by_text = query.q.as_deref().map(|piece| found_by_text(conn, shared, piece)).transpose()?;
    let by_person = query.applicant.as_deref().map(|value| found_by_person(conn, shared, value)).transpose()?;
    Ok(match (by_text, by_person) {
        (Some(mut texts), Some(people)) => {
            texts.retain(|case| people.contains(case));
            Some(texts)
        }
        (texts, people) => texts.or(people),
    })
}

/// By text: the index first, then the words themselves, for pairs may stand apart.
fn found_by_text(conn: &mut Conn, shared: &Shared, piece: &str) -> Result<Vec<CaseId>, Failure> {
    if !shared.search {
        return Err(Failure::invalid("?q", "本系统未启用文字检索。", "Search by text is switched off here."));
    }
    let candidates = crate::storage::search::list_cases_with_all(conn, &search::grams_of(piece), FOUND_MAX)?;
    let opener = Opener::of(conn, &candidates, &shared.keys)?;
    let mut cases = Vec::new();
    for kind in [TextKind::Subject, TextKind::Description, TextKind::Correction] {
        for row in texts::list_of_cases(conn, &candidates, kind.as_str())? {
            if opener.text(&row)?.is_some_and(|opened| search::holds(&opened.words, piece)) {
                cases.push(row.case_id);
            }
        }
    }
    cases.sort_unstable();
    cases.dedup();
    Ok(cases)
}

/// By a person's whole value, through the blind index.
fn found_by_person(conn: &mut Conn, shared: &Shared, value: &str) -> Result<Vec<CaseId>, Failure> {
    let blinded = |field| blind::blind(&shared.keys, field, value);
    let mut cases = Vec::new();
    for person in [
        PersonIndex::Name(blinded(index::NAME)),
        PersonIndex::Identity(blinded(index::IDENTITY)),
        PersonIndex::Phone(blinded(index::PHONE)),
        PersonIndex::Email(blinded(index::EMAIL)),
    ] {
        cases.extend(people::list_by_index(conn, &person, FOUND_MAX)?.into_iter().map(|row| row.case_id));
    }
    cases.sort_unstable();
    cases.dedup();
    Ok(cases)
}
