//! What gathers in a case beside its statutory way, for a reader.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{PersonView, StaffName, Term};
use crate::ids::{CaseId, CoWorkId};

/// What the application says besides who asks and what for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BesidesView {
    /// What is applied for.
    pub matter: Term,
    /// The document that proves who asks.
    pub identity_document: Option<Term>,
    /// Those who ask together with the applicant.
    pub co_applicants: Vec<PersonView>,
    /// Who acts for them.
    pub agent: Option<PersonView>,
    /// The agent's power of attorney.
    pub authority: Option<String>,
    /// Where letters go.
    pub recipient: Term,
    /// Help that is needed.
    pub assistance: Vec<Term>,
    /// Whether it was addressed to somebody else.
    pub misaddressed: bool,
    /// Whether a spoken application was read back.
    pub read_back: bool,
    /// What shows a record to be wrong.
    pub evidence: Option<String>,
}

/// A try to reach the applicant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContactView {
    /// By which way.
    pub by: Term,
    /// Whether the applicant was reached.
    pub reached: bool,
    /// On which day.
    pub on: NaiveDate,
}

/// A question of the first look, answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExaminedView {
    /// The question.
    pub step: Term,
    /// The answer.
    pub answer: Term,
}

/// Another case that belongs to this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LinkView {
    /// The other case.
    #[schema(value_type = String, format = "uuid")]
    pub case: CaseId,
    /// Its receipt number.
    pub receipt_no: String,
    /// Its number in the register.
    pub number: Option<String>,
    /// `duplicate`, `follow_up`, `same_facts` or `split_off`.
    pub link: String,
    /// Whether the other case recorded it, and not this one.
    pub from_there: bool,
}

/// A request to explain many applications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExplanationView {
    /// The letter.
    pub letter: Option<String>,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// Working days given.
    pub window_days: u32,
    /// The last day of the window.
    pub window_ends_on: NaiveDate,
    /// The day the applicant received it.
    pub delivered_on: Option<NaiveDate>,
    /// The day the explanation came.
    pub received_on: Option<NaiveDate>,
    /// What was found.
    pub reasonable: Option<bool>,
    /// The delayed date that was fixed.
    pub delayed_until: Option<NaiveDate>,
    /// The day the applicant was told of it; it has effect from then.
    pub delay_told_on: Option<NaiveDate>,
}

/// A fee notice, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FeeView {
    /// By item or by page.
    pub basis: Term,
    /// Items or pages.
    pub units: u32,
    /// The places of the items in the applicant's month.
    pub places: Vec<u32>,
    /// What is to be paid, in whole yuan.
    pub yuan: u64,
    /// The notice.
    pub letter: Option<String>,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// The day the applicant received it.
    pub delivered_on: Option<NaiveDate>,
    /// The day on which the applicant says it was paid: look for the payment before finding a lapse.
    pub reported_on: Option<NaiveDate>,
    /// The last day to pay.
    pub window_ends_on: NaiveDate,
    /// Whether that day lies in a year without a published calendar.
    pub window_provisional: bool,
    /// The day it was paid.
    pub paid_on: Option<NaiveDate>,
    /// Whether the window has passed and a finding is called for.
    pub finding_needed: bool,
}

/// A waiver of the fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WaiverView {
    /// Why.
    pub reason: Term,
    /// The decision; none while it is awaited.
    pub granted: Option<bool>,
}

/// A unit that was asked to contribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CoWorkView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CoWorkId,
    /// What for.
    pub kind: Term,
    /// The unit.
    pub unit: Option<String>,
    /// Who of the staff answers for it.
    pub staff: Option<StaffName>,
    /// What is asked.
    pub task: Option<String>,
    /// The internal due day.
    pub due_on: NaiveDate,
    /// Whether that day has passed without an answer.
    pub overdue: bool,
    /// Its answer.
    pub answer: Option<String>,
    /// The day that came.
    pub answered_on: Option<NaiveDate>,
    /// Whether it was called back.
    pub recalled: bool,
}

/// A search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SearchView {
    /// Who searched.
    pub searched_by: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// For which words.
    pub words: Option<String>,
    /// The first day of the period searched.
    pub period_from: Option<NaiveDate>,
    /// Its last day.
    pub period_to: Option<NaiveDate>,
    /// What was found.
    pub found: Term,
    /// In words.
    pub result: Option<String>,
    /// The day of the search.
    pub on: NaiveDate,
}

/// The agency it was referred to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReferralView {
    /// The journal entry of the letter.
    pub seq: u32,
    /// Name and contact.
    pub to: Option<String>,
    /// The letter.
    pub letter: Option<String>,
    /// The day it went.
    pub on: NaiveDate,
    /// The day it was confirmed.
    pub confirmed_on: Option<NaiveDate>,
}

/// Information on its way to being published (art. 44).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublicationView {
    /// The day it was proposed.
    pub proposed_on: NaiveDate,
    /// Equal requests known then.
    pub equal_requests: u32,
    /// The day by which it is to be published.
    pub due_on: NaiveDate,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
}
