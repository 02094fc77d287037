//! What gathers in a case beside its statutory way, read for an officer.

use chrono::NaiveDate;

use super::name_of;
use crate::case::state::{CoWork, Explanation, FeeNotice, Publication, Search};
use crate::case::{Case, Stage, clocks};
use crate::law::calendar::Calendar;
use crate::law::periods;
use crate::office::contents::Contents;
use crate::office::failure::Failure;
use crate::office::projection::SPLIT_OFF;
use crate::office::views::{
    BesidesView, CoWorkView, ContactView, ExplanationView, FeeView, LinkView, PublicationView, SearchView, term,
};
use crate::storage::case_links::{self, CaseLinkRow};
use crate::storage::{Conn, cases};

/// What the application says besides.
pub(super) fn besides(case: &Case, contents: &Contents) -> BesidesView {
    let filed = &case.filed;
    BesidesView {
        matter: term!(case.particulars.matter),
        identity_document: filed.identity_document.map(|document| term!(document)),
        co_applicants: filed.co_applicants.iter().filter_map(|one| contents.person(*one)).collect(),
        agent: filed.agent.and_then(|agent| contents.person(agent.person)),
        authority: filed.agent.and_then(|agent| agent.authority).and_then(|text| contents.words(text)),
        recipient: term!(filed.recipient),
        assistance: filed.assistance.iter().map(|one| term!(*one)).collect(),
        misaddressed: filed.misaddressed,
        read_back: filed.read_back,
        evidence: filed.evidence.and_then(|text| contents.words(text)),
    }
}

/// Tries to reach the applicant.
pub(super) fn contacts(case: &Case) -> Vec<ContactView> {
    case.contacts.iter().map(|one| ContactView { by: term!(one.by), reached: one.reached, on: one.on }).collect()
}

/// The links of a case, from either side, with two queries.
///
/// # Errors
/// The database's failures.
pub(super) fn links(conn: &mut Conn, case: &Case) -> Result<Vec<LinkView>, Failure> {
    let ours = case_links::list(conn, case.id)?.into_iter().map(|row| (row.other_id, row, false));
    let mut found: Vec<(_, CaseLinkRow, bool)> = ours.collect();
    found.extend(case_links::list_to(conn, case.id)?.into_iter().map(|row| (row.case_id, row, true)));
    let ids: Vec<_> = found.iter().map(|(other, ..)| *other).collect();
    let rows = cases::list_of(conn, &ids)?;
    let view = |(other, link, from_there): (_, CaseLinkRow, bool)| {
        let row = rows.iter().find(|row| row.id == other)?;
        Some(LinkView {
            case: other,
            receipt_no: row.receipt_no.clone(),
            number: row.number.clone(),
            link: if link.link == SPLIT_OFF { SPLIT_OFF.to_owned() } else { link.link },
            from_there,
        })
    };
    Ok(found.into_iter().filter_map(view).collect())
}

/// The request to explain.
pub(super) fn explanation(one: &Explanation, contents: &Contents, calendar: &Calendar) -> ExplanationView {
    ExplanationView {
        letter: contents.words(one.letter),
        sent_on: one.sent_on,
        window_days: one.window_days,
        window_ends_on: clocks::explanation_window(one, calendar).due.on,
        delivered_on: one.delivered_on,
        received_on: one.received_on,
        reasonable: one.reasonable,
        delayed_until: one.delayed_until,
        delay_told_on: one.delay_told_on,
    }
}

/// The fee.
pub(super) fn fee(case: &Case, one: &FeeNotice, contents: &Contents, calendar: &Calendar) -> FeeView {
    let window = clocks::fee_window(one, calendar).due;
    FeeView {
        basis: term!(one.basis),
        units: one.units,
        places: one.places.clone(),
        yuan: one.amount,
        letter: contents.words(one.letter),
        sent_on: one.sent_on,
        delivered_on: one.delivered_on,
        window_ends_on: window.on,
        window_provisional: window.provisional,
        reported_on: one.reported_on,
        paid_on: one.paid_on,
        finding_needed: case.stage == Stage::Paying && one.lapse_proposed,
    }
}

/// A unit that was asked.
///
/// # Errors
/// The database's failures.
pub(super) fn co_work(
    conn: &mut Conn,
    one: &CoWork,
    contents: &Contents,
    today: NaiveDate,
) -> Result<CoWorkView, Failure> {
    Ok(CoWorkView {
        id: one.id,
        kind: term!(one.kind),
        unit: contents.words(one.unit),
        staff: name_of(conn, one.staff)?,
        task: contents.words(one.task),
        due_on: one.due_on,
        overdue: one.is_open() && today > one.due_on,
        answer: one.answer.and_then(|(text, _)| contents.words(text)),
        answered_on: one.answer.map(|(_, on)| on),
        recalled: one.recalled,
    })
}

/// A search.
pub(super) fn search(one: &Search, contents: &Contents) -> SearchView {
    SearchView {
        searched_by: contents.words(one.searched_by),
        place: contents.words(one.place),
        words: contents.words(one.words),
        period_from: one.period.0,
        period_to: one.period.1,
        found: term!(one.found),
        result: contents.words(one.result),
        on: one.on,
    }
}

/// A proposal to publish, with the day by which the law wants it done (arts 26, 44).
pub(super) fn publication(one: &Publication, calendar: &Calendar) -> PublicationView {
    PublicationView {
        proposed_on: one.proposed_on,
        equal_requests: one.equal_requests,
        due_on: calendar.nth_working_day_after(one.proposed_on, periods::PUBLICATION_DAYS),
        published_on: one.published_on,
    }
}
