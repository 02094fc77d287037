//! The law on the command line: deadlines, fees, outcomes and remedies without a database, for a lawyer's check or another
//! agency's comparison. The answers come from the same engine as the service's own dates.

mod cases;
mod explain;
mod facts;
mod kinds;
mod remedy;
mod table;

pub use cases::deadline;
pub use explain::clock;
pub use remedy::{RemedyQuestion, remedy};
pub use table::outcomes;

use crate::config::calendars::embedded_years;
use crate::law::calendar::Calendar;
use crate::law::fee::{FeeBasis, Yuan};

/// The calendar of the notices that come with the service.
///
/// # Errors
/// A fault in an embedded notice, which a test rules out.
pub fn embedded_calendar() -> anyhow::Result<Calendar> {
    Ok(Calendar::new(embedded_years()?)?)
}

/// What `count` items of one month, or pages of one application, cost in whole yuan.
#[must_use]
pub fn fee(by: FeeBasis, count: u32) -> Yuan {
    by.total(count)
}
