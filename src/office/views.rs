//! What the office shows of a case: plain values with both names of every coded term, so that a page, a letter and a
//! program read the same answer.

mod clocks;
mod desk;
mod ending;
mod reply;
mod term;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::case::{Act, Choice};
use crate::ids::{CaseId, ConsultationId, StaffId, TextId};
use crate::law::article::Article;
use crate::office::application_form::ExtraView;
use crate::office::rating::RatingView;
use crate::office::retention::RetentionView;

pub use clocks::{ClockView, StepView, clock_view};
pub use desk::{
    BesidesView, CoWorkView, ContactView, ExaminedView, ExplanationView, FeeView, LinkView, PublicationView,
    ReferralView, SearchView, WaiverView,
};
pub use ending::{ClosingView, ReopenedView};
pub use reply::{CheckView, DraftView, PartView, SecrecyView, SeparabilityView, StatedView};
pub use term::Term;
pub(crate) use term::term;

/// An article, cited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArticleView {
    /// The stable word, such as `regulation-33-2`.
    pub code: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl From<Article> for ArticleView {
    fn from(article: Article) -> Self {
        Self { code: article.code(), zh: article.zh(), en: article.en() }
    }
}

/// A member of staff, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StaffName {
    /// Who.
    #[schema(value_type = String, format = "uuid")]
    pub id: StaffId,
    /// The name.
    pub name: String,
}

/// A step whose record can be annulled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LastStep {
    /// Its entry in the journal.
    pub seq: u32,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// What it was, in Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// An agency, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgencyName {
    /// Its short name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// A person of the case. Masked for those who do not work on it; the identity number for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonView {
    /// Name.
    pub name: String,
    /// Identity number or credit code, with its middle hidden: the whole is had from `identity-view`.
    pub identity_number: Option<String>,
    /// Whether there is an identity number that is not shown, or not whole.
    pub identity_masked: bool,
    /// Whom to ask for.
    pub contact_name: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Whether parts are hidden from this reader.
    pub masked: bool,
}

/// What is due now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DueView {
    /// Which clock runs.
    pub clock: Term,
    /// The last day, counted strictly.
    pub on: NaiveDate,
    /// The last day that can still be defended.
    pub last_defensible_on: NaiveDate,
    /// Whether the calendar of that year is not published yet: never to be told as final.
    pub provisional: bool,
    /// Working days left; 0 on the day, negative after it.
    pub days_left: i64,
    /// Whether the day has passed.
    pub overdue: bool,
    /// The same in a word, as the settings divide it: `ample`, `near`, `urgent`, `overdue`.
    pub band: Term,
}

/// A correction asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CorrectionView {
    /// What is to be corrected.
    pub letter: Option<String>,
    /// The day the notice was sent.
    pub sent_on: NaiveDate,
    /// Working days given.
    pub window_days: u32,
    /// The last day of the window.
    pub window_ends_on: NaiveDate,
    /// Whether that day lies in a year without a published calendar.
    pub window_provisional: bool,
    /// Whether the notice was in time; if not, it restarts nothing.
    pub in_time: bool,
    /// The day the applicant received it.
    pub delivered_on: Option<NaiveDate>,
    /// The day the correction came.
    pub received_on: Option<NaiveDate>,
    /// Whether the window has passed and a finding is called for.
    pub finding_needed: bool,
}

/// A consultation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConsultationView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ConsultationId,
    /// Whom one asks.
    pub party: Term,
    /// The one asked.
    pub addressee: Option<PersonView>,
    /// The letter.
    pub letter: Option<String>,
    /// The day it was sent.
    pub issued_on: NaiveDate,
    /// The day they received it.
    pub delivered_on: Option<NaiveDate>,
    /// The last day of their window.
    pub window_ends_on: NaiveDate,
    /// Whether that day lies in a year without a published calendar.
    pub window_provisional: bool,
    /// Whether that day is reckoned from a presumed receipt.
    pub presumed: bool,
    /// What they said.
    pub opinion: Option<Term>,
    /// The day they said it.
    pub answered_on: Option<NaiveDate>,
    /// Whether the window passed in silence.
    pub silent: bool,
    /// What the agency made of a third party's answer or silence.
    pub finding: Option<Term>,
    /// The day a third party was told that its information is disclosed all the same.
    pub told_on: Option<NaiveDate>,
    /// Whether the applicant has been told of this consultation.
    pub applicant_told: bool,
}

/// An extension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExtensionView {
    /// `requested`, `granted` or `notified`; only the last is in effect.
    pub state: &'static str,
    /// Working days.
    pub days: u32,
    /// The day the notice was sent.
    pub notified_on: Option<NaiveDate>,
}

/// Something an officer should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WarningView {
    /// The stable word.
    pub code: &'static str,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// An act, and what stands in its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChoiceView {
    /// The act.
    pub act: Term,
    /// Whether it may be done now.
    pub open: bool,
    /// The rule in its way.
    pub rule: Option<&'static str>,
    /// Why not, in Chinese.
    pub zh: Option<String>,
    /// Why not, in English.
    pub en: Option<String>,
    /// The article in the way.
    pub article: Option<ArticleView>,
}

impl From<Choice> for ChoiceView {
    fn from(choice: Choice) -> Self {
        let refusal = choice.refusal;
        Self {
            act: term!(choice.act),
            open: refusal.is_none(),
            rule: refusal.as_ref().map(crate::case::Refusal::rule),
            zh: refusal.as_ref().map(crate::case::Refusal::zh),
            en: refusal.as_ref().map(crate::case::Refusal::en),
            article: refusal.as_ref().map(|refusal| refusal.article().into()),
        }
    }
}

/// A case as an officer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CaseView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// Its version: the number of journal entries. State it in `If-Match`.
    pub version: u32,
    /// The number on the receipt.
    pub receipt_no: String,
    /// The number in the register.
    pub number: Option<String>,
    /// The agency.
    pub agency: AgencyName,
    /// Where it stands.
    pub stage: Term,
    /// How it came.
    pub channel: Term,
    /// The annual report's class of the applicant.
    pub applicant_kind: Term,
    /// Who asks; none once destroyed.
    pub applicant: Option<PersonView>,
    /// What is asked for; none once destroyed.
    pub subject: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// The form wanted.
    pub form: Term,
    /// The way of getting it.
    pub route: Term,
    /// What the application says besides.
    pub besides: BesidesView,
    /// What was answered to the agency's own questions, by the words of the version that was filled in.
    pub extra: Vec<ExtraView>,
    /// The case it was split off from.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub split_from: Option<CaseId>,
    /// Cases that belong to it.
    pub links: Vec<LinkView>,
    /// Tries to reach the applicant.
    pub contacts: Vec<ContactView>,
    /// The first look.
    pub examination: Vec<ExaminedView>,
    /// Whether it was marked as sensitive by hand.
    pub sensitive: bool,
    /// The tags on it.
    pub tags: Vec<String>,
    /// The last step, where its record can be annulled.
    pub last_step: Option<LastStep>,
    /// With whom it is.
    pub handler: Option<StaffName>,
    /// The day it arrived.
    pub arrived_on: NaiveDate,
    /// The legal date of receipt (art. 31).
    pub received_on: Option<NaiveDate>,
    /// How that was confirmed.
    pub confirmed_by: Option<Term>,
    /// The day it was registered.
    pub registered_on: Option<NaiveDate>,
    /// What is due now; none once closed.
    pub due: Option<DueView>,
    /// The correction.
    pub correction: Option<CorrectionView>,
    /// The consultations.
    pub consultations: Vec<ConsultationView>,
    /// The request to explain many applications.
    pub explanation: Option<ExplanationView>,
    /// The fee.
    pub fee: Option<FeeView>,
    /// The waiver of it.
    pub waiver: Option<WaiverView>,
    /// Units that were asked to contribute.
    pub co_work: Vec<CoWorkView>,
    /// Searches.
    pub searches: Vec<SearchView>,
    /// The agencies it was pointed to, each followed until it confirms.
    pub referrals: Vec<ReferralView>,
    /// The information on its way to being published.
    pub publication: Option<PublicationView>,
    /// The extension.
    pub extension: Option<ExtensionView>,
    /// The draft reply.
    pub draft: Option<DraftView>,
    /// The legality gate, as it stands before the draft is served in the way asked for; empty without a draft.
    pub gate: Vec<CheckView>,
    /// How it ended.
    pub closing: Option<ClosingView>,
    /// The decision that has it answered anew, while that is not done.
    pub reopened: Option<ReopenedView>,
    /// What the applicant thought of it; the words for those who work on the case.
    pub rating: Option<RatingView>,
    /// What became of the file after the case was closed.
    pub retention: RetentionView,
    /// What the officer should know.
    pub warnings: Vec<WarningView>,
    /// The acts this reader may do now.
    #[schema(value_type = Vec<String>)]
    pub allowed: Vec<Act>,
}

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EntryView {
    /// Its place.
    pub seq: u32,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// `applicant`, `staff`, `delegate` or `system`.
    pub actor: &'static str,
    /// Which member of staff.
    pub staff: Option<StaffName>,
    /// In whose place a delegate did it.
    pub on_behalf_of: Option<StaffName>,
    /// What happened.
    pub kind: &'static str,
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// The facts, as they stand in the journal.
    #[schema(value_type = Object)]
    pub event: serde_json::Value,
    /// The texts it refers to.
    pub texts: Vec<TextView>,
    /// Whether it was annulled later.
    pub annulled: bool,
    /// Its hash.
    pub hash: String,
}

/// A text an entry refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TextView {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: TextId,
    /// Its words; none once destroyed, or not for this reader.
    pub words: Option<String>,
}
