//! What a file's entries mean for the application beside it: the head of the file's chain is taken into the application's, and a
//! decision that binds has the application answered anew, or by the day it sets.

use super::desk::Desk;
use crate::case::event::Reopened;
use crate::case::state::Reopening;
use crate::case::{self, Case, Command};
use crate::office::failure::Failure;
use crate::office::notices::outbox;
use crate::office::projection;
use crate::proceeding::Proceeding;
use crate::proceeding::consequence::{Consequence, consequence};
use crate::proceeding::event::Event;
use crate::vault::Digest;

/// Records in the case what follows from the file as it stands, and gives the case with its head.
///
/// # Errors
/// [`Failure::Busy`] when somebody was first; the database's failures.
pub(super) fn moor(desk: &mut Desk<'_>, head: Digest) -> Result<(Case, Digest), Failure> {
    let mut after = desk.case.clone();
    let mut recorded = Vec::new();
    let anchor =
        Command::AnchorProceeding { proceeding: desk.proceeding.id, entry: desk.proceeding.version, digest: head };
    let follows = what_follows(desk, &after);
    for command in std::iter::once(anchor).chain(follows) {
        let events = match (case::decide(&after, command.clone(), &desk.moment()), command) {
            (Ok(events), _) => events,
            // What never came into the register has no period that could begin anew: that takes nothing from the file.
            (Err(_), Command::Reopen { .. }) => continue,
            (Err(_), Command::TakeBackReopening { .. }) => return Err(worked_on_since()),
            (Err(refusal), _) => return Err(Failure::broken(format!("the case takes no anchor: {refusal:?}"))),
        };
        let entries = case::Entry::follow(after.id, after.version, desk.now, desk.actor(), events);
        for entry in &entries {
            after.apply(entry.clone());
        }
        recorded.extend(entries);
    }
    let before = (desk.case.clone(), desk.case_head());
    projection::record(
        desk.conn,
        desk.shared.algorithm,
        Some((&before.0, &before.1)),
        &after,
        &recorded,
        &desk.calendars,
    )?;
    outbox::write(desk.conn, desk.shared, Some(&before.0), &after, &recorded, &desk.calendars)?;
    // The head is read back rather than reckoned again: one place makes links.
    projection::load(desk.conn, after.id)
}

/// What the application has to be told, so that it says of the decision what the file says.
fn what_follows(desk: &Desk<'_>, case: &Case) -> Vec<Command> {
    let reopen = |order: Reopened| vec![Command::Reopen { order: Box::new(order) }];
    let of_file: Vec<_> = case.reopenings.iter().filter(|one| one.order.proceeding == desk.proceeding.id).collect();
    let Some(order) = order(desk) else { return taken_back(&desk.proceeding, &of_file) };
    match of_file.iter().rfind(|one| one.order.decision == order.decision) {
        None => reopen(order),
        // The day from which the time runs was stated anew. A case that has been answered since is not opened again by that.
        Some(known) if known.order != order && !case.is_closed() => reopen(order),
        Some(_) => Vec::new(),
    }
}

/// The order that the file gives; none while nothing binds.
fn order(desk: &Desk<'_>) -> Option<Reopened> {
    // What a ledger says to be done needs no doing anew.
    if desk.proceeding.imported.is_some() && desk.proceeding.owed().is_none() {
        return None;
    }
    let Consequence::Reopen(order) = consequence(&desk.proceeding, &desk.moment().calendar()) else { return None };
    // The entry of the decision that stands.
    let decision = desk.proceeding.standing()?.seq;
    Some(Reopened {
        proceeding: order.proceeding,
        decision,
        judgment: order.judgment,
        period: order.period,
        from: order.from,
        reasons: order.reasons,
    })
}

/// What was opened by a decision that turns out to have been recorded by mistake is closed again as it was, the newest first.
fn taken_back(file: &Proceeding, of_file: &[&Reopening]) -> Vec<Command> {
    let Some(Event::Annulled { reason, .. }) = file.journal().last().map(|entry| &entry.event) else {
        return Vec::new();
    };
    of_file.iter().rev().map(|one| Command::TakeBackReopening { seq: one.seq, reason: *reason }).collect()
}

fn worked_on_since() -> Failure {
    Failure::contrary(
        "该决定已使申请重新办理，此后又有办理步骤，不能再撤销对它的记录；请先逐步撤销申请中的这些步骤。",
        "By that decision the application was taken up again, and steps were taken since: annul these in the application, the newest first, before the record of the decision.",
    )
}
