//! Art. 39 both ways. A letter that is in truth an application is entered as one, with its own date of receipt, and each points to
//! the other. An application that was in truth a question or a petition was answered so (`not_processed_petition`); a letter can be
//! opened from it, so that what it asks is not lost.

use super::bodies::EnquiryFromCase;
use super::desk::Desk;
use super::registering::{Read, register};
use super::views::EnquiryView;
use crate::case::terms::EnquiryTie;
use crate::case::{self, Actor, Case, Command, Moment};
use crate::clock::day_in_china;
use crate::enquiry::Act;
use crate::enquiry::terms::EnquiryKind;
use crate::ids::{CaseId, EnquiryId};
use crate::law::outcome::Outcome;
use crate::office::failure::Failure;
use crate::office::intake::{self, Enter};
use crate::office::notices::outbox;
use crate::office::permission::{Deed, Officer, permit};
use crate::office::sealing::Opener;
use crate::office::{Shared, projection};
use crate::storage::{Conn, agencies, enquiries, people, texts};

/// Enters the application in the transaction at hand, and has it point to the enquiry. Its applicant gets the receipt of every
/// application.
///
/// # Errors
/// Every [`Failure`].
pub(super) fn into_case(desk: &mut Desk<'_>, enter: &Enter) -> Result<CaseId, Failure> {
    let Some(officer) = desk.officer else { return Err(Deed::Enter.forbidden()) };
    if enter.agency != desk.agency.slug {
        return Err(Failure::invalid(
            "/agency",
            "申请向办理来信的机关提出；属于其他机关的，请先转交。",
            "The application goes to the agency that has the enquiry; hand it over first if it is another's.",
        ));
    }
    let case = intake::entered(desk.conn, desk.shared, officer, enter)?.case;
    let actor = officer.acts_as(Deed::Enter, &desk.lineage);
    tie(desk.conn, desk.shared, &case, desk.enquiry.id, EnquiryTie::CameFrom, actor)?;
    Ok(case.id)
}

/// Opens an enquiry from an application that was answered under art. 39 ¶1.
///
/// # Errors
/// Every [`Failure`].
pub(super) fn from_case(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    case: CaseId,
    input: &EnquiryFromCase,
) -> Result<EnquiryView, Failure> {
    let (case, _) = projection::load(conn, case)?;
    let agency = agencies::load(conn, case.agency())?;
    let lineage = projection::lineage(conn, agency.id)?;
    permit(officer, Deed::Enquire(Act::Register), &lineage)?;
    if case.closing.as_ref().is_none_or(|closing| closing.outcome != Outcome::NotProcessedPetition) {
        return Err(Failure::contrary(
            "只有以信访、投诉、举报等为由作出不予处理答复（条例第三十九条第一款）的申请，才可以另作来信办理。",
            "Only an application that was answered as a petition (Regulation art. 39 ¶1) can be taken up as an enquiry.",
        ));
    }
    if let Some(there) = enquiries::find_from_case(conn, case.id)? {
        return Err(Failure::contrary(
            format!("已另作来信办理，编号{}。", there.number),
            format!("It was taken up already, as {}.", there.number),
        ));
    }
    if matches!(input.kind, EnquiryKind::Hotline | EnquiryKind::Platform) {
        return Err(Failure::invalid(
            "/kind",
            "由申请转来的是来信或者咨询。",
            "What comes of an application is a letter or a question.",
        ));
    }
    let opener = Opener::of(conn, &[case.id], &shared.keys)?;
    let gone = || Failure::contrary("申请的内容已经销毁。", "The contents of the application were destroyed.");
    let writer = opener.person(&people::load(conn, case.particulars.applicant.id)?)?.ok_or_else(gone)?;
    let mut words = |id| -> Result<String, Failure> {
        let row = texts::find(conn, id)?.ok_or_else(gone)?;
        Ok(opener.text(&row)?.ok_or_else(gone)?.words)
    };
    let read = Read {
        kind: input.kind,
        arrived_on: Some(case.filed.arrived_on),
        // An enquiry asks for no proof of who writes: the number stays in the application.
        writer: crate::office::sealing::Person { identity_number: None, ..writer },
        subject: words(case.particulars.subject.id)?,
        content: words(case.filed.description.id)?,
        their_number: None,
        handler: input.handler,
        from_case: Some(case.id),
    };
    let actor = officer.acts_as(Deed::Enquire(Act::Register), &lineage);
    let enquiry = register(conn, shared, Some(officer), &agency, &read, actor)?;
    tie(conn, shared, &case, enquiry.id, EnquiryTie::WentOn, actor)?;
    Desk::open(conn, shared, Some(officer), enquiry.id)?.view()
}

/// The entry in the application's journal that points to the enquiry.
fn tie(
    conn: &mut Conn,
    shared: &Shared,
    case: &Case,
    enquiry: EnquiryId,
    tie: EnquiryTie,
    actor: Actor,
) -> Result<(), Failure> {
    let (before, head) = projection::load(conn, case.id)?;
    let now = projection::instant_after(&before, shared.clock.now());
    let calendars = shared.calendars_in(conn)?;
    let agency = agencies::load(conn, before.agency())?;
    let settings = projection::settings_of(conn, &agency)?;
    let moment = Moment { now, today: day_in_china(now), calendars: &calendars, actor, settings };
    let events = case::decide(&before, Command::TieEnquiry { enquiry, tie }, &moment)
        .map_err(|refusal| Failure::Refused { refusal, allowed: Vec::new() })?;
    let entries = case::Entry::follow(before.id, before.version, now, actor, events);
    let mut after = before.clone();
    for entry in &entries {
        after.apply(entry.clone());
    }
    projection::record(conn, shared.algorithm, Some((&before, &head)), &after, &entries, &calendars)?;
    outbox::write(conn, shared, Some(&before), &after, &entries, &calendars)
}
