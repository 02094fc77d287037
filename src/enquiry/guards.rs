//! Whether an act is open at this moment, before its particulars are looked at. The same question answers a command, the API's
//! `choices` and a page's buttons.

use chrono::Days;

use super::act::Act;
use super::refusal::Refusal;
use super::state::{Ended, Enquiry};
use super::table;
use crate::case::moment::Moment;

/// Calendar days after the answer within which it can be rated, and after a rating within which that can be changed: as with
/// applications.
pub const RATED_WITHIN: u64 = 30;

/// Whether `act` is open to the enquiry at `at`.
///
/// # Errors
/// The [`Refusal`] that stands in the way.
pub fn open(enquiry: &Enquiry, act: Act, at: &Moment<'_>) -> Result<(), Refusal> {
    if !table::open_in(act, enquiry.stage) {
        return Err(Refusal::NotInThisStage { act, stage: enquiry.stage });
    }
    match act {
        Act::Rate => can_rate(enquiry, at),
        Act::Register
        | Act::Assign
        | Act::HandOver
        | Act::Answer
        | Act::Send
        | Act::Close
        | Act::TurnIntoApplication
        | Act::Note
        | Act::Tick => Ok(()),
    }
}

fn can_rate(enquiry: &Enquiry, at: &Moment<'_>) -> Result<(), Refusal> {
    let Some(Ended::Answered { on, .. }) = enquiry.ended else { return Err(Refusal::NothingToRate) };
    let from = enquiry.rating.map_or(on, |rating| rating.first_on);
    let until = from.checked_add_days(Days::new(RATED_WITHIN)).unwrap_or(from);
    if at.today > until { Err(Refusal::RatedTooLate { until }) } else { Ok(()) }
}
