//! Narrowing a list down by a piece of text or by a person, through the two indexes.
//!
//! By a person only those may search who see persons: to somebody who sees names masked, "is there a case of this
//! identity number" would tell what the mask hides.

use super::CaseQuery;
use crate::case::Role;
use crate::ids::{AgencyId, CaseId};
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Lineage, Officer, reaches_below};
use crate::office::sealing::{Opener, TextKind, index};
use crate::office::{Shared, search};
use crate::storage::people::{self, PersonIndex};
use crate::storage::{Conn, texts};
use crate::vault::blind;

/// How many cases a search may narrow down to; the newest are taken.
const FOUND_MAX: i64 = 2000;

/// The cases of `agencies` that a piece of text and a person narrow the list down to; none if neither was asked for.
///
/// # Errors
/// [`Failure::Forbidden`] for a search by person where the officer works on cases at none of `agencies`;
/// [`Failure::Invalid`] where search by text is switched off; the database's failures.
pub(super) fn found(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    query: &CaseQuery,
    agencies: &[AgencyId],
) -> Result<Option<Vec<CaseId>>, Failure> {
    let by_person = match query.applicant.as_deref() {
        None => None,
        Some(value) => Some(found_by_person(conn, shared, value, &where_persons_are_seen(officer, agencies)?)?),
    };
    let by_text = query.q.as_deref().map(|piece| found_by_text(conn, shared, piece, agencies)).transpose()?;
    Ok(match (by_text, by_person) {
        (Some(mut texts), Some(people)) => {
            texts.retain(|case| people.contains(case));
            Some(texts)
        }
        (texts, people) => texts.or(people),
    })
}

/// Those of `agencies` on whose cases the officer works.
fn where_persons_are_seen(officer: &Officer, agencies: &[AgencyId]) -> Result<Vec<AgencyId>, Failure> {
    let works_at = |agency: &AgencyId| officer.sees_persons_at(&Lineage { agency: *agency, above: Vec::new() });
    let seen: Vec<AgencyId> = agencies.iter().copied().filter(works_at).collect();
    if !seen.is_empty() {
        return Ok(seen);
    }
    let may = || Deed::Read.roles().iter().copied().filter(|role| !reaches_below(*role));
    Err(Failure::Forbidden {
        zh: format!(
            "按申请人检索，只限在该机关承办申请的人员：{}。",
            may().map(Role::zh).collect::<Vec<_>>().join("、")
        ),
        en: format!(
            "A search by applicant is for those who work on the agency's cases: {}.",
            may().map(Role::as_str).collect::<Vec<_>>().join(", ")
        ),
    })
}

/// By text: the index first, then the words themselves, for pairs may stand apart.
fn found_by_text(conn: &mut Conn, shared: &Shared, piece: &str, agencies: &[AgencyId]) -> Result<Vec<CaseId>, Failure> {
    if !shared.search {
        return Err(Failure::invalid("?q", "本系统未启用文字检索。", "Search by text is switched off here."));
    }
    let candidates = crate::storage::search::list_cases_with_all(conn, &search::grams_of(piece), agencies, FOUND_MAX)?;
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

/// By an applicant's whole value, through the blind index.
fn found_by_person(
    conn: &mut Conn,
    shared: &Shared,
    value: &str,
    agencies: &[AgencyId],
) -> Result<Vec<CaseId>, Failure> {
    let blinded = |field| blind::blind(&shared.keys, field, value);
    let mut cases = Vec::new();
    for person in [
        PersonIndex::Name(blinded(index::NAME)),
        PersonIndex::Identity(blinded(index::IDENTITY)),
        PersonIndex::Phone(blinded(index::PHONE)),
        PersonIndex::Email(blinded(index::EMAIL)),
    ] {
        cases.extend(people::list_cases_by_index(conn, &person, "applicant", agencies, FOUND_MAX)?);
    }
    cases.sort_unstable();
    cases.dedup();
    Ok(cases)
}
