//! How a case ended, and that a decision has it answered anew.

use crate::case::Case;
use crate::law::outcome;
use crate::office::views::{ClosingView, ReopenedView, term};
use crate::proceeding::consequence;

/// The last decision, as long as there is no new reply.
pub(super) fn reopened(case: &Case) -> Option<ReopenedView> {
    let order = &case.reopenings.last().filter(|_| !case.is_closed())?.order;
    let mut checks: Vec<_> = order.reasons.iter().flat_map(|reason| consequence::checks(*reason)).copied().collect();
    checks.sort_unstable();
    checks.dedup();
    Some(ReopenedView {
        proceeding: order.proceeding,
        judgment: term!(order.judgment),
        from: order.from,
        reasons: order.reasons.iter().map(|reason| term!(*reason)).collect(),
        checks: checks.into_iter().map(|check| term!(check)).collect(),
    })
}

pub(super) fn closing(case: &Case) -> Option<ClosingView> {
    case.closing.as_ref().map(|closing| ClosingView {
        outcome: term!(closing.outcome),
        report_row: outcome::rule(closing.outcome).report_row,
        on: closing.on,
        late: closing.late,
        late_provisional: closing.provisional,
        way: case.served.as_ref().map(|served| term!(served.way)),
    })
}
