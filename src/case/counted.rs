//! What table 三 of the annual report counts of a case (国办公开办函〔2021〕30号): from when to when it was with the agency, and the row in which
//! it ended.
//!
//! One case is one application, whatever was split off from it. It came on the day of receipt (art. 31), or while that is not
//! settled on the day it arrived. It ended once: a reply that a decision asks for is neither a new application nor a second result
//! (docs/LAW.md §9). Corrections of records (art. 41) are not counted at all.

use chrono::NaiveDate;

use super::Case;
use super::terms::Matter;
use crate::law::annual::Row;
use crate::law::fee::Yuan;
use crate::law::receipt::ApplicantKind;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The day on which it came; never after it ended.
    pub from: NaiveDate,
    /// The day on which it ended, and the row.
    pub ended: Option<(NaiveDate, Row)>,
    /// The column.
    pub kind: ApplicantKind,
    /// The fee that was paid, and when.
    pub fee: Option<(NaiveDate, Yuan)>,
}

/// What is counted of a case; `None` for what the table does not know.
#[must_use]
pub fn counted(case: &Case) -> Option<Counted> {
    if case.particulars.matter != Matter::Disclosure {
        return None;
    }
    let ended = case.first_closing().and_then(|closing| Some((closing.on, Row::of(closing.outcome)?)));
    let came = case.received_on.unwrap_or(case.filed.arrived_on);
    // Withdrawn before anybody confirmed its receipt, or its day of receipt set right to a later one than that.
    let from = ended.map_or(came, |(on, _)| on.min(came));
    let brought_in = || case.imported.as_ref().and_then(|one| one.fee).and_then(|fee| Some((fee.paid_on?, fee.amount)));
    let fee = case.fee.as_ref().and_then(|fee| Some((fee.paid_on?, fee.amount))).or_else(brought_in);
    Some(Counted { from, ended, kind: case.particulars.applicant_kind, fee })
}
