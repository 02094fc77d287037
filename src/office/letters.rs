//! Letters of a case: when an act sends one out, it is made, numbered and kept in the act's own transaction, so that no act
//! stands without its letter and no number is left over.
//!
//! The words an officer writes are the heart of a letter; the frame around them (receipt, what was asked, articles, period,
//! consequence, remedy) is the wording's, filled in from the case.

pub(super) mod beside;
pub mod cause;
mod facts;
mod particulars;
pub mod picturing;
pub mod reading;
pub(super) mod serving;
pub(super) mod sheets;
mod trying;
pub mod wordings;

use super::desk::Desk;
use super::failure::{Failure, Problem};
use super::files::keeping::keep_made;
use super::sealing::TextKind;
use crate::case::numbers::{LetterPattern, Series};
use crate::case::terms::{FileFormat, FileRef};
use crate::case::{Case, Entry, Event};
use crate::ids::WordingId;
use crate::law::letter::{LetterKind, Numbered};
use crate::law::outcome::Outcome;
use crate::letters::fonts::Fonts;
use crate::letters::wordings::embedded;
use crate::letters::{Draft, Facts, Letter, compose, owed, typeset};
use crate::storage::files::KEPT;

/// A letter on its way out.
pub(super) struct Made {
    /// The letter.
    pub letter: Letter,
    /// The edition of its wording; none for what is built in.
    pub wording: Option<WordingId>,
}

/// The letters that the entries of an act call for, as the events that issue them. `after`: the case with these entries.
///
/// # Errors
/// [`Failure::Invalid`] where a letter cannot be written as it stands; the database's failures.
pub(super) fn issue(desk: &mut Desk<'_>, after: &Case, entries: &[Entry]) -> Result<Vec<Event>, Failure> {
    let mut issued = Vec::new();
    for entry in entries {
        let Some(kind) = cause::letter_for(&entry.event) else { continue };
        let made = make(desk, after, entry, kind)?;
        let text = serde_json::to_string(&made.letter).map_err(Failure::broken)?;
        let text = desk.text(TextKind::IssuedLetter, &text)?;
        let pdf = kept_as_set(desk, &made.letter)?;
        issued.push(Event::LetterIssued {
            of: entry.seq,
            letter: kind,
            number: made.letter.number,
            wording: made.wording,
            text,
            pdf,
        });
    }
    Ok(issued)
}

/// The letter as it is set, kept byte for byte beside its words: a later machine may have other fonts. None where there is no font
/// at all; that was said at start.
fn kept_as_set(desk: &mut Desk<'_>, letter: &Letter) -> Result<Option<FileRef>, Failure> {
    let fonts = Fonts::at_hand(&desk.shared.letters);
    if !fonts.can_set() {
        return Ok(None);
    }
    let bytes = typeset::pdf(letter, &fonts).map_err(Failure::broken)?;
    let name = format!("{}（{}）.pdf", letter.title, letter.number);
    keep_made(desk, name, FileFormat::Pdf, &bytes, KEPT).map(Some)
}

/// The letters that would go out with these events; of a draft, the reply as it would be signed. Without numbers, for none is
/// given yet.
///
/// # Errors
/// As [`issue`].
pub(super) fn foretell(desk: &mut Desk<'_>, events: Vec<Event>) -> Result<Vec<Letter>, Failure> {
    let entries = Entry::follow(desk.case.id, desk.case.version, desk.now, desk.actor(), events);
    let mut after = desk.case.clone();
    for entry in &entries {
        after.apply(entry.clone());
    }
    let mut letters = Vec::new();
    for entry in &entries {
        let of_draft = matches!(entry.event, Event::Drafted { .. }).then_some(LetterKind::Reply);
        let Some(kind) = cause::letter_for(&entry.event).or(of_draft) else { continue };
        let drafted = after.draft.as_ref().map(|draft| draft.outcome).filter(|_| of_draft.is_some());
        let outcome = facts::decided(&after, &entry.event).or(drafted);
        let mut facts = facts::gather(desk, &after, Some(entry).filter(|_| of_draft.is_none()), kind)?;
        UNNUMBERED.clone_into(&mut facts.number);
        let (wording, _) = wordings::in_force(desk.conn, desk.agency.id, kind, outcome, desk.today)?;
        let mut letter = written(kind, outcome, &wording, &facts)?.letter;
        if desk.agency.deadline_annex {
            counted(desk, &after, &mut letter)?;
        }
        is_printable(desk, &letter)?;
        letters.push(letter);
    }
    Ok(letters)
}

/// What stands in the place of a number in a letter that is not issued.
pub(super) const UNNUMBERED: &str = "（预览，未编号）";

/// Makes the letter that `entry` calls for.
///
/// # Errors
/// As [`issue`].
fn make(desk: &mut Desk<'_>, after: &Case, entry: &Entry, kind: LetterKind) -> Result<Made, Failure> {
    let outcome = facts::decided(after, &entry.event);
    let mut facts = facts::gather(desk, after, Some(entry), kind)?;
    facts.number = number(desk, after, kind)?;
    let (wording, edition) = wordings::in_force(desk.conn, desk.agency.id, kind, outcome, desk.today)?;
    let Written { mut letter, built_in } = written(kind, outcome, &wording, &facts)?;
    if desk.agency.deadline_annex {
        counted(desk, after, &mut letter)?;
    }
    is_printable(desk, &letter)?;
    Ok(Made { letter, wording: edition.filter(|_| !built_in) })
}

/// A letter, and whether it came out of what is built in although an edited wording was asked for.
struct Written {
    letter: Letter,
    built_in: bool,
}

/// Fills in a wording. Where an edited one does not fit this case, or leaves out what the letter owes its reader here, what is built in is taken: a letter in plain words is better
/// than an act that cannot be done. The journal then names no edition, for none was used.
///
/// # Errors
/// [`Failure::Broken`] when even what is built in fails.
fn written(kind: LetterKind, outcome: Option<Outcome>, wording: &str, facts: &Facts) -> Result<Written, Failure> {
    let built_in = || {
        let wording = embedded(kind, outcome);
        let letter = compose(&Draft { kind, outcome, wording, facts }).map_err(Failure::broken)?;
        Ok(Written { letter, built_in: true })
    };
    match compose(&Draft { kind, outcome, wording, facts }) {
        Ok(letter) => {
            let missing = owed::left_out_of(&letter, outcome, facts).map_err(Failure::broken)?;
            if missing.is_empty() {
                return Ok(Written { letter, built_in: false });
            }
            let missing: Vec<&str> = missing.iter().map(|one| one.name).collect();
            tracing::warn!(%kind, ?missing, "an edited wording leaves out what this letter owes; what is built in is taken");
            built_in()
        }
        Err(fault) => {
            tracing::warn!(%kind, %fault, "an edited wording of a letter failed; what is built in is taken");
            built_in()
        }
    }
}

/// The number of the case's letter of this kind: the one it has where it is made again, else the next of its series. Within
/// one act the same letter has the same number, however often it is asked.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for a pattern that was tampered with.
pub(super) fn number(desk: &mut Desk<'_>, case: &Case, kind: LetterKind) -> Result<String, Failure> {
    let Numbered::Series { mark } = kind.numbered() else { return Ok(facts::case_number(case)) };
    // A reply that was taken back before it went out and signed again is the same letter; one that a decision took away is not.
    let since = case.reply_since();
    let earlier = case.letters.iter().rfind(|one| one.kind == kind && kind == LetterKind::Reply && one.seq > since);
    if let Some(earlier) = earlier {
        return Ok(earlier.number.clone());
    }
    if let Some(given) = desk.given_number(kind) {
        return Ok(given);
    }
    let pattern: LetterPattern = desk.agency.letter_pattern.parse().map_err(Failure::broken)?;
    let serial = desk.next_number(Series::Letter(kind))?;
    let number = pattern.number(&desk.agency.number_mark, &desk.agency.org_code, mark, desk.today, serial);
    desk.give_number(kind, number.clone());
    Ok(number)
}

/// Whether every character has a glyph: told before the letter is issued, never found on paper. Where there is no font at all
/// nothing can be told; that was said at start.
fn is_printable(desk: &Desk<'_>, letter: &Letter) -> Result<(), Failure> {
    let fonts = Fonts::at_hand(&desk.shared.letters);
    if !fonts.can_set() {
        return Ok(());
    }
    let lacking = fonts.lacking(letter);
    if lacking.is_empty() {
        return Ok(());
    }
    let problems = lacking.iter().map(|one| {
        let code = format!("U+{:04X}", u32::from(one.character));
        Problem::at(
            String::new(),
            format!(
                "文书{}中的“{}”（{code}）在已有字体中没有字形，不能印出；请安装含有该字的字体。",
                one.place, one.character
            ),
            format!(
                "{:?} ({code}) in the letter ({}) has no glyph in the fonts at hand; install a font that has it.",
                one.character, one.place
            ),
        )
    });
    Err(Failure::Invalid(problems.collect()))
}

/// The reply as it would go out if it were signed on the day `on`. `with_count`: whether the count of its days follows it.
///
/// # Errors
/// As [`issue`].
pub(super) fn reply(desk: &mut Desk<'_>, on: chrono::NaiveDate, with_count: bool) -> Result<Letter, Failure> {
    let case = desk.case.clone();
    let kind = LetterKind::Reply;
    let mut facts = facts::gather(desk, &case, None, kind)?;
    facts.on = on;
    facts.number = number(desk, &case, kind)?;
    let outcome = case.draft.as_ref().map(|draft| draft.outcome);
    // What was signed is made again by the edition it was signed in, whatever was laid down since.
    let signed = case.draft.as_ref().is_some_and(|draft| draft.signed.is_some());
    let issued = case.letters.iter().rfind(|one| one.kind == kind).filter(|_| signed);
    let wording = match issued {
        Some(issued) => wordings::edition(desk.conn, issued.wording, kind, outcome)?,
        None => wordings::in_force(desk.conn, desk.agency.id, kind, outcome, desk.today)?.0,
    };
    let mut letter = written(kind, outcome, &wording, &facts)?.letter;
    if with_count {
        counted(desk, &case, &mut letter)?;
    }
    is_printable(desk, &letter)?;
    Ok(letter)
}

/// Has the count of the reply's days follow a letter that hangs on its last day.
fn counted(desk: &mut Desk<'_>, case: &Case, letter: &mut Letter) -> Result<(), Failure> {
    if letter.kind.hangs_on_reply_day() {
        let contents = desk.whole_contents(case)?;
        let calendar = desk.moment().calendar();
        letter.annexes.extend(sheets::count(case, &contents, &desk.agency, letter.on, &calendar)?);
    }
    Ok(())
}
