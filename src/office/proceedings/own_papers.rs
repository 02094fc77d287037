//! What the agency writes in a proceeding: its answer, its defence, its catalogue of evidence. Each is a letter of the case, numbered,
//! set and kept like any other; the file's journal has its number.

use chrono::Datelike;

use super::desk::Desk;
use super::views::IssuedPaperView;
use crate::case::Event as CaseEvent;
use crate::case::numbers::{LetterPattern, Series};
use crate::law::letter::{LetterKind, Numbered};
use crate::letters::Letter;
use crate::office::desk::{Ask, Desk as CaseDesk, Who};
use crate::office::failure::Failure;
use crate::office::letters::beside;
use crate::office::projection;
use crate::office::views::term;
use crate::proceeding::terms::PaperKind;
use crate::proceeding::{Command, Event};
use crate::storage::counters;

/// The next number of such a paper; none where such a proceeding has none, which is refused for its kind after this.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for a pattern that was tampered with.
pub(super) fn number(desk: &mut Desk<'_>, paper: PaperKind) -> Result<String, Failure> {
    let Some(kind) = paper.letter(desk.proceeding.kind()) else { return Ok(String::new()) };
    let Numbered::Series { mark } = kind.numbered() else { return Ok(String::new()) };
    let agency = &desk.agency;
    let pattern: LetterPattern = agency.letter_pattern.parse().map_err(Failure::broken)?;
    let serial = counters::next(desk.conn, agency.id, desk.today.year(), Series::Letter(kind).as_str())?;
    Ok(pattern.number(&agency.number_mark, &agency.org_code, mark, desk.today, serial))
}

/// Issues the paper that the file's last entry tells of, beside the case, in the transaction of that entry; nothing for any other entry.
///
/// # Errors
/// [`Failure::Invalid`] where it cannot be printed as it stands; the database's failures.
pub(super) fn issue(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let last = desk.proceeding.journal().last().map(|entry| entry.event.clone());
    let Some(Event::PaperIssued { letter: kind, number, text }) = last else { return Ok(()) };
    let facts = beside::gather(&mut beside_of(desk), kind, number, text)?;
    let anchored = |event: &CaseEvent| matches!(event, CaseEvent::ProceedingAnchored { .. });
    let of = desk.case.journal().iter().rfind(|entry| anchored(&entry.event)).map(|entry| entry.seq);
    let of = of.ok_or_else(|| Failure::broken("the file's entry is not in its case"))?;
    on_case(desk, |case| {
        let issued = beside::keep(case, of, kind, &facts)?;
        case.record(vec![issued])
    })?;
    (desk.case, desk.case_head) = projection::load(desk.conn, desk.case.id)?;
    Ok(())
}

/// The letters that would go out with `command`: one for a paper, none for anything else. Without a number, for none is given yet.
///
/// # Errors
/// What stands in the way of the act; as [`issue`].
pub(super) fn foretell(desk: &mut Desk<'_>, command: Command) -> Result<Vec<Letter>, Failure> {
    let events = desk.decide(command)?;
    let Some(Event::PaperIssued { letter: kind, text, .. }) = events.last() else { return Ok(Vec::new()) };
    let facts = beside::gather(&mut beside_of(desk), *kind, beside::UNNUMBERED.to_owned(), *text)?;
    on_case(desk, |case| beside::made(case, *kind, &facts).map(|made| vec![made.letter]))
}

/// The papers issued in this file, oldest first.
pub(super) fn issued(desk: &Desk<'_>) -> Vec<IssuedPaperView> {
    let numbers = desk.proceeding.journal().iter().filter_map(|entry| match &entry.event {
        Event::PaperIssued { letter, number, .. } => Some((*letter, number)),
        _ => None,
    });
    let of = |(kind, number): (LetterKind, &String)| {
        let letter = desk.case.letters.iter().find(|one| one.kind == kind && one.number == *number)?;
        Some(IssuedPaperView { letter: term!(kind), number: number.clone(), on: letter.on, seq: letter.seq })
    };
    numbers.filter_map(of).collect()
}

fn beside_of<'a>(desk: &'a mut Desk<'_>) -> beside::Beside<'a> {
    let calendar = desk.moment().calendar();
    beside::Beside {
        conn: desk.conn,
        shared: desk.shared,
        case: &desk.case,
        agency: &desk.agency,
        lineage: &desk.lineage,
        file: &desk.proceeding,
        today: desk.today,
        calendar,
    }
}

/// Does something at the desk of the case beside, as whoever acts here. That they may was asked for the act in the file.
fn on_case<T>(desk: &mut Desk<'_>, act: impl FnOnce(&mut CaseDesk<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
    let officer = desk.officer.cloned().ok_or_else(|| Failure::broken("nobody issues a paper"))?;
    let actor = desk.actor();
    let ask = Ask { who: Who::Officer(officer), act: crate::case::Act::Note, case: desk.case.id, expected: None };
    let mut case = CaseDesk::open(desk.conn, desk.shared, &ask)?;
    case.actor = actor;
    act(&mut case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proceeding::terms::ProceedingKind;

    #[test]
    fn a_paper_of_a_proceeding_is_numbered_and_never_the_applicants() {
        for kind in ProceedingKind::ALL {
            for paper in PaperKind::ALL {
                let Some(letter) = paper.letter(*kind) else { continue };
                assert!(letter.is_of_proceeding() && letter.is_issued() && !letter.is_to_applicant(), "{letter}");
            }
        }
    }
}
