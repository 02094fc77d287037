//! A wording looked at on a real case, before it is laid down: the letter that case had, or would have, in these words. Nothing is
//! numbered and nothing kept.

use super::wordings::{WhichLetter, in_force};
use super::{UNNUMBERED, beside, cause, facts};
use crate::case::{Act, Entry};
use crate::ids::CaseId;
use crate::law::letter::LetterKind;
use crate::letters::{Draft, Facts, Letter, compose, owed};
use crate::office::desk::{Ask, Desk, Who};
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Lineage, Officer};
use crate::office::proceedings::load_file;
use crate::office::queue::visible;
use crate::office::{Shared, projection};
use crate::proceeding::Event as PaperEvent;
use crate::proceeding::terms::PaperKind;
use crate::storage::{Conn, cases, proceedings};

/// The letter of that case in these words (none: those in force).
///
/// # Errors
/// [`Failure::Invalid`] at `/case` for a case that is not the reader's to see, or has no such letter, and at `/source` for a wording
/// that cannot be filled in.
pub(super) fn on_case(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    which: &WhichLetter,
    number: &str,
    source: Option<&str>,
) -> Result<Letter, Failure> {
    let number = number.trim();
    let not_there = || {
        Failure::invalid(
            "/case",
            "没有您可以查看的这一案件。请填登记编号或者回执编号；查看案件需要承办该案件的角色。",
            "There is no such case that you may read. Give its number or that of its receipt; reading it takes a role that handles it.",
        )
    };
    let told = |failure: Failure| match failure {
        // Whoever administers may have no role on cases: that is said where the case was named.
        Failure::Forbidden { .. } | Failure::Missing => not_there(),
        other => other,
    };
    let seen = visible(conn, officer, Deed::Read, None).map_err(told)?;
    let rows = cases::list_by_number(conn, &seen, number, &number.to_ascii_uppercase())?;
    let case: CaseId = rows.into_iter().find(|row| seen.contains(&row.agency_id)).ok_or_else(not_there)?.id;
    let ask = Ask { who: Who::Officer(officer.clone()), act: Act::Note, case, expected: None };
    let mut desk = Desk::open(conn, shared, &ask).map_err(told)?;
    let lineage = projection::lineage(desk.conn, desk.agency.id)?;
    if !officer.sees_persons_at(&lineage) {
        return Err(not_there());
    }
    let kind = which.kind;
    if kind.is_of_proceeding() {
        return in_proceeding(&mut desk, &lineage, which, source);
    }
    let after = desk.case.clone();
    let entry = after.journal().iter().rfind(|entry| calls_for(&after, entry, which)).cloned();
    let drafted = kind == LetterKind::Reply && after.draft.as_ref().map(|draft| draft.outcome) == which.outcome;
    if entry.is_none() && !drafted {
        return Err(no_such_letter());
    }
    let mut told = facts::gather(&mut desk, &after, entry.as_ref(), kind)?;
    UNNUMBERED.clone_into(&mut told.number);
    filled(&mut desk, which, source, &told)
}

fn no_such_letter() -> Failure {
    Failure::invalid("/case", "该案件没有这种文书，请换一个案件。", "That case has no such letter; choose another.")
}

fn filled(desk: &mut Desk<'_>, which: &WhichLetter, source: Option<&str>, facts: &Facts) -> Result<Letter, Failure> {
    let (kind, outcome) = (which.kind, which.outcome);
    let wording = match source {
        Some(source) => source.to_owned(),
        None => in_force(desk.conn, desk.agency.id, kind, outcome, desk.today)?.0,
    };
    let letter = compose(&Draft { kind, outcome, wording: &wording, facts });
    let letter = letter.map_err(|fault| Failure::wording("/source", &fault))?;
    let missing = owed::left_out_of(&letter, outcome, facts).map_err(Failure::broken)?;
    if source.is_none() || missing.is_empty() {
        return Ok(letter);
    }
    let zh: Vec<&str> = missing.iter().map(|one| one.zh).collect();
    let en: Vec<&str> = missing.iter().map(|one| one.en).collect();
    Err(Failure::invalid(
        "/source",
        format!("用于该案件时，文书中没有写明：{}。", zh.join("、")),
        format!("For this case the letter leaves out: {}.", en.join(", ")),
    ))
}

/// The paper of the last proceeding beside the case that has such a one, in the words of the last that was issued.
fn in_proceeding(
    desk: &mut Desk<'_>,
    lineage: &Lineage,
    which: &WhichLetter,
    source: Option<&str>,
) -> Result<Letter, Failure> {
    let has_it = |kind| PaperKind::ALL.iter().any(|paper| paper.letter(kind) == Some(which.kind));
    let mut found = None;
    for row in proceedings::list_of_cases(desk.conn, &[desk.case.id])? {
        let (file, _) = load_file(desk.conn, row.id)?;
        found = Some(file).filter(|file| has_it(file.kind())).or(found);
    }
    let file = found.ok_or_else(no_such_letter)?;
    let words = file.journal().iter().rev().find_map(|entry| match &entry.event {
        PaperEvent::PaperIssued { letter, text, .. } if *letter == which.kind => *text,
        _ => None,
    });
    let calendar = desk.moment().calendar();
    let (shared, today) = (desk.shared, desk.today);
    let mut beside = beside::Beside {
        conn: desk.conn,
        shared,
        case: &desk.case,
        agency: &desk.agency,
        lineage,
        file: &file,
        today,
        calendar,
    };
    let facts = beside::gather(&mut beside, which.kind, UNNUMBERED.to_owned(), words)?;
    filled(desk, which, source, &facts)
}

fn calls_for(case: &crate::case::Case, entry: &Entry, which: &WhichLetter) -> bool {
    let decides = which.outcome.is_none() || facts::decided(case, &entry.event) == which.outcome;
    cause::letter_for(&entry.event) == Some(which.kind) && decides
}
