//! What a file's entries mean for the application beside it: the head of the file's chain is taken into the application's, and a
//! decision that binds has the application answered anew.

use super::desk::Desk;
use crate::case::event::Reopened;
use crate::case::{self, Case, Command};
use crate::office::failure::Failure;
use crate::office::notices::outbox;
use crate::office::projection;
use crate::proceeding::Proceeding;
use crate::proceeding::consequence::{Consequence, consequence};
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
    let order = reopening(desk, &after).map(|order| Command::Reopen { order: Box::new(order) });
    for command in std::iter::once(anchor).chain(order) {
        // What stands in the way of answering anew, such as that the application is still open, takes nothing from the file.
        let Ok(events) = case::decide(&after, command, &desk.moment()) else { continue };
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

/// That the application is to be answered anew, where the file says so for the first time.
fn reopening(desk: &Desk<'_>, case: &Case) -> Option<Reopened> {
    let Consequence::Reopen(order) = consequence(&desk.proceeding, &desk.moment().calendar()) else { return None };
    let decision = decision_entry(&desk.proceeding)?;
    let again =
        case.reopenings.iter().any(|one| one.order.proceeding == order.proceeding && one.order.decision == decision);
    (!again).then_some(Reopened {
        proceeding: order.proceeding,
        decision,
        judgment: order.judgment,
        period: order.period,
        from: order.from,
        reasons: order.reasons,
    })
}

/// The entry of the decision that stands.
fn decision_entry(file: &Proceeding) -> Option<u32> {
    file.standing().map(|ended| ended.seq)
}
