//! An enquiry laid out for a reader.

use std::collections::HashMap;

use super::contents::{Contents, TextKind};
use super::desk::Desk;
use super::listing::summaries;
use super::views::{EnquiryView, HandOverView, LinkedCase, LinkedEnquiry, WriterView};
use crate::enquiry::state::Ended;
use crate::enquiry::{Choice, Refusal, clock};
use crate::ids::{AgencyId, CaseId, EnquiryId, StaffId};
use crate::office::contents::mask_name;
use crate::office::failure::Failure;
use crate::office::projection::small;
use crate::office::reading::actor_word;
use crate::office::sealing::Person;
use crate::office::views::{AgencyName, ChoiceView, EntryView, StaffName, TextView, clock_view, term};
use crate::storage::{Conn, agencies, cases, enquiries, enquiry_journal, staff};

/// The enquiry for whoever is at the desk.
///
/// # Errors
/// The database's failures; [`Failure::Broken`] for rows that were tampered with.
pub(super) fn view(desk: &mut Desk<'_>) -> Result<EnquiryView, Failure> {
    let enquiry = desk.enquiry.clone();
    let contents = Contents::of(desk.conn, desk.shared, &[enquiry.id], None)?;
    let row = enquiries::load(desk.conn, enquiry.id)?;
    let summary = summaries(desk.conn, desk.shared, vec![row])?.pop().ok_or(Failure::Missing)?;
    let calendar = desk.calendars.known_at(desk.shared.clock.now().max(enquiry.dated_at));
    let unmasked = desk.officer.is_none_or(|officer| officer.sees_persons_at(&desk.lineage));
    let names: HashMap<AgencyId, AgencyName> = agencies::list(desk.conn)?
        .into_iter()
        .map(|row| (row.id, AgencyName { slug: row.slug, name: row.name }))
        .collect();
    let named = |id: AgencyId| names.get(&id).cloned().ok_or(Failure::Missing);
    let hand_overs = enquiry.hand_overs.iter().map(|one| {
        Ok(HandOverView {
            from: named(one.from)?,
            to: named(one.to)?,
            on: one.on,
            days: one.days,
            reason: contents.words(one.reason),
        })
    });
    let hand_overs = hand_overs.collect::<Result<Vec<_>, Failure>>()?;
    let mut view = EnquiryView {
        summary,
        writer: contents.writer(enquiry.opening.writer)?.map(|person| writer_view(person, unmasked)),
        content: contents.words(enquiry.opening.content),
        their_number: enquiry.opening.their_number.and_then(|number| contents.words(number)),
        answer: enquiry.answer.and_then(|answer| contents.words(answer)),
        way: None,
        closed_for: None,
        closed_because: None,
        repeats: None,
        went_on_as: None,
        came_of: linked_case(desk.conn, enquiry.opening.from_case)?,
        hand_overs,
        comment: enquiry.rating.and_then(|rating| rating.comment).and_then(|comment| contents.words(comment)),
        registered_at: enquiry.registered_at,
        clock: clock_view(&clock::clock(&enquiry, &calendar)),
        choices: desk.choices().into_iter().map(choice_view).collect(),
        journal: Vec::new(),
    };
    match enquiry.ended {
        Some(Ended::Answered { way, .. }) => view.way = Some(term!(way)),
        Some(Ended::Closed { reason, text, of, .. }) => {
            view.closed_for = Some(term!(reason));
            view.closed_because = contents.words(text);
            view.repeats = linked_enquiry(desk.conn, of)?;
        }
        Some(Ended::Turned { case, .. }) => view.went_on_as = linked_case(desk.conn, Some(case))?,
        None => {}
    }
    view.journal = journal(desk, &contents, unmasked)?;
    Ok(view)
}

/// The application with its number.
pub(super) fn linked_case(conn: &mut Conn, case: Option<CaseId>) -> Result<Option<LinkedCase>, Failure> {
    let row = case.map(|case| cases::load(conn, case)).transpose()?;
    Ok(row.map(|row| LinkedCase { id: row.id, number: row.number.unwrap_or(row.receipt_no) }))
}

fn linked_enquiry(conn: &mut Conn, id: Option<EnquiryId>) -> Result<Option<LinkedEnquiry>, Failure> {
    let row = id.map(|id| enquiries::load(conn, id)).transpose()?;
    Ok(row.map(|row| LinkedEnquiry { id: row.id, number: row.number }))
}

fn writer_view(person: Person, unmasked: bool) -> WriterView {
    if unmasked {
        return WriterView {
            name: person.name,
            phone: person.phone,
            email: person.email,
            address: person.address,
            masked: false,
        };
    }
    WriterView { name: mask_name(&person.name), phone: None, email: None, address: None, masked: true }
}

fn choice_view(choice: Choice) -> ChoiceView {
    let refusal = choice.refusal;
    ChoiceView {
        act: term!(choice.act),
        open: refusal.is_none(),
        rule: refusal.as_ref().map(Refusal::rule),
        zh: refusal.as_ref().map(Refusal::zh),
        en: refusal.as_ref().map(Refusal::en),
        article: refusal.as_ref().map(|refusal| refusal.article().into()),
    }
}

fn journal(desk: &mut Desk<'_>, contents: &Contents, unmasked: bool) -> Result<Vec<EntryView>, Failure> {
    let names: HashMap<StaffId, String> = staff::list(desk.conn)?.into_iter().map(|row| (row.id, row.name)).collect();
    let named = |id: StaffId| StaffName { id, name: names.get(&id).cloned().unwrap_or_default() };
    let hashes: HashMap<i32, String> =
        enquiry_journal::load(desk.conn, desk.enquiry.id)?.into_iter().map(|row| (row.seq, row.hash)).collect();
    let writer = desk.enquiry.opening.writer.id;
    let entries = desk.enquiry.journal().iter().map(|entry| {
        // Who wrote stands above, masked where it must be; the sealed row is no text for people.
        let texts = entry.event.texts().into_iter().filter(|text| text.id != writer);
        Ok(EntryView {
            seq: entry.seq,
            at: entry.at,
            actor: actor_word(entry.actor),
            staff: entry.actor.staff().map(named),
            on_behalf_of: entry.actor.absent().map(named),
            kind: entry.event.kind(),
            zh: entry.event.zh(),
            en: entry.event.en(),
            event: serde_json::to_value(&entry.event).map_err(Failure::broken)?,
            texts: texts.map(|text| TextView { id: text.id, words: words_for(contents, text, unmasked) }).collect(),
            annulled: false,
            hash: hashes.get(&small(entry.seq)?).cloned().unwrap_or_default(),
        })
    });
    entries.collect()
}

/// Answers address people by name; whoever only watches reads them where they are laid out, not word by word in the journal.
fn words_for(contents: &Contents, text: crate::case::terms::TextRef, unmasked: bool) -> Option<String> {
    if unmasked { contents.words(text) } else { None }
}

/// The kind of text that lists show.
pub(super) const LISTED: TextKind = TextKind::Subject;
