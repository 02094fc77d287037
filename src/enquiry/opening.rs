//! How an enquiry begins: what is known when it is entered in the register.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::decide::on;
use super::event::Event;
use super::refusal::Refusal;
use super::terms::EnquiryKind;
use crate::case::moment::Moment;
use crate::case::terms::TextRef;
use crate::ids::{AgencyId, CaseId, StaffId};

/// The first entry of every enquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The agency that registers it.
    pub agency: AgencyId,
    /// Its number, under which its writer asks after it.
    pub number: String,
    /// What it is. Not `kind`, which names the event.
    pub of: EnquiryKind,
    /// The day it came, which may lie before the day it is registered.
    pub arrived_on: NaiveDate,
    /// Working days the agency gives itself, by its setting of then.
    pub days: u32,
    /// Who wrote: name and how to be reached.
    pub writer: TextRef,
    /// Its title.
    pub subject: TextRef,
    /// Its words.
    pub content: TextRef,
    /// The number that whoever handed it over gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub their_number: Option<TextRef>,
    /// The application that turned out to be one (art. 39 ¶1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_case: Option<CaseId>,
    /// Who sees to it from the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler: Option<StaffId>,
}

/// What registering causes.
///
/// # Errors
/// [`Refusal::DateInFuture`].
pub fn open(opening: Opening, at: &Moment<'_>) -> Result<Event, Refusal> {
    on(opening.arrived_on, NaiveDate::MIN, at)?;
    Ok(Event::Registered(Box::new(opening)))
}
