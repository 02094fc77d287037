//! What is shown of an enquiry to those who work on it or watch over it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::ids::{CaseId, EnquiryId};
use crate::office::views::{AgencyName, ChoiceView, ClockView, EntryView, StaffName, Term};

/// Until when it is to be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EnquiryDue {
    /// The last day.
    pub on: NaiveDate,
    /// Whether it lies in a year without a published calendar.
    pub provisional: bool,
    /// Working days left; 0 on the day, negative after it.
    pub days_left: i64,
    /// The same in a word, as the settings divide it: `ample`, `near`, `urgent`, `overdue`.
    pub band: Term,
    /// Whether the day has passed.
    pub overdue: bool,
}

/// An enquiry in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EnquirySummary {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: EnquiryId,
    /// Its version.
    pub version: i32,
    /// Its number.
    pub number: String,
    /// What it is.
    pub kind: Term,
    /// Its title.
    pub subject: Option<String>,
    /// Where it stands.
    pub stage: Term,
    /// Whose duty it is.
    pub agency: AgencyName,
    /// Who sees to it.
    pub handler: Option<StaffName>,
    /// The day it came.
    pub arrived_on: NaiveDate,
    /// The day it was registered.
    pub registered_on: NaiveDate,
    /// Until when it is to be answered; none once closed.
    pub due: Option<EnquiryDue>,
    /// How it ended.
    pub ending: Option<Term>,
    /// On which day.
    pub closed_on: Option<NaiveDate>,
    /// Whether the answer was late.
    pub late: Option<bool>,
    /// What its writer thought of the answer, 1 to 5; 5 is best.
    pub satisfaction: Option<i32>,
}

/// Who wrote. Masked for those who do not work at the agency that has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WriterView {
    /// Name.
    pub name: String,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Whether parts are hidden from this reader.
    pub masked: bool,
}

/// A hand-over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HandOverView {
    /// From which agency.
    pub from: AgencyName,
    /// To which.
    pub to: AgencyName,
    /// On which day.
    pub on: NaiveDate,
    /// Working days given from then.
    pub days: u32,
    /// Why.
    pub reason: Option<String>,
}

/// A file that belongs to it: an application, or another enquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LinkedCase {
    /// The application.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// Its number in the register, or that of its receipt.
    pub number: String,
}

/// Another enquiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LinkedEnquiry {
    /// Which.
    #[schema(value_type = String, format = "uuid")]
    pub id: EnquiryId,
    /// Its number.
    pub number: String,
}

/// An enquiry as an officer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EnquiryView {
    /// What a list shows of it.
    #[serde(flatten)]
    pub summary: EnquirySummary,
    /// Who wrote.
    pub writer: Option<WriterView>,
    /// The words.
    pub content: Option<String>,
    /// The number that whoever handed it over gave it.
    pub their_number: Option<String>,
    /// The answer, sent or not.
    pub answer: Option<String>,
    /// How it went out.
    pub way: Option<Term>,
    /// Why it was closed without one.
    pub closed_for: Option<Term>,
    /// The same in words.
    pub closed_because: Option<String>,
    /// The enquiry in which the same is answered.
    pub repeats: Option<LinkedEnquiry>,
    /// The application it went on as.
    pub went_on_as: Option<LinkedCase>,
    /// The application that turned out to be it.
    pub came_of: Option<LinkedCase>,
    /// The hand-overs, oldest first.
    pub hand_overs: Vec<HandOverView>,
    /// What its writer said of the answer.
    pub comment: Option<String>,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// The clock, explained day by day.
    pub clock: ClockView,
    /// What this reader may do, and what stands in the way of the rest.
    pub choices: Vec<ChoiceView>,
    /// Its journal, oldest entry first.
    pub journal: Vec<EntryView>,
}
