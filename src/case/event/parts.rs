//! The larger parts of events: an arrival, a fee, a record of a search. Versioned with the entries they stand in.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::case::terms::{
    Agent, Assistance, DeliveryRoute, DeliveryWay, IdentityDocument, InformationForm, Matter, PersonRef, Recipient,
    SearchFinding, TextRef,
};
use crate::ids::{AgencyId, CaseId, DisposalId, FileId, ProceedingId, StaffId, TransferId};
use crate::law::fee::{FeeBasis, Yuan};
use crate::law::judgment::Judgment;
use crate::law::order::OrderPeriod;
use crate::law::outcome::Outcome;
use crate::law::overturn::OverturnReason;
use crate::law::receipt::{ApplicantKind, Channel};
use crate::law::reply::Ordered;
use crate::vault::digest::Digest;

/// An application arrived: the first entry of every journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filed {
    /// The agency addressed.
    pub agency: AgencyId,
    /// The number on the receipt, which the applicant uses until the case has its own.
    pub receipt_no: String,
    /// How it came.
    pub channel: Channel,
    /// The day it was handed in, signed for, or arrived.
    pub arrived_on: NaiveDate,
    /// The legal date of receipt where the channel alone settles it (art. 31); else it waits for confirmation.
    pub received_on: Option<NaiveDate>,
    /// Working days within which the office means to confirm receipt: its setting on that day.
    pub confirmation_days: u32,
    /// The annual report's class of the applicant.
    pub applicant_kind: ApplicantKind,
    /// Who asks.
    pub applicant: PersonRef,
    /// Title of what is asked for.
    pub subject: TextRef,
    /// Title, document number or other description by which it can be found (art. 29 ¶2 (2)).
    pub description: TextRef,
    /// The form wanted.
    pub form: InformationForm,
    /// The way of getting it.
    pub route: DeliveryRoute,
    /// What is applied for. This and what follows came with version 2 of the entries.
    #[serde(default)]
    pub matter: Matter,
    /// The document that proves who asks.
    #[serde(default)]
    pub identity_document: Option<IdentityDocument>,
    /// Those who ask together with the applicant.
    #[serde(default)]
    pub co_applicants: Vec<PersonRef>,
    /// Who acts for them.
    #[serde(default)]
    pub agent: Option<Agent>,
    /// Where letters go.
    #[serde(default)]
    pub recipient: Recipient,
    /// Help that is needed (art. 43).
    #[serde(default)]
    pub assistance: Vec<Assistance>,
    /// Whether it was addressed to somebody other than the disclosure office.
    #[serde(default)]
    pub misaddressed: bool,
    /// Whether a spoken application was read back to the applicant.
    #[serde(default)]
    pub read_back: bool,
    /// What shows a record about the applicant to be wrong (art. 41).
    #[serde(default)]
    pub evidence: Option<TextRef>,
    /// The case whose matter this is, where it was split off.
    #[serde(default)]
    pub split_from: Option<CaseId>,
    /// Whether the application was corrected, or asked to be, before this matter was split off.
    #[serde(default)]
    pub correction_asked: bool,
    /// The version of the agency's own fields that was filled in. This and what follows came with version 3 of the entries.
    #[serde(default)]
    pub form_version: Option<u32>,
    /// The answers to them: one text for all.
    #[serde(default)]
    pub extra: Option<TextRef>,
}

/// A fee as it is charged, with the finding it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fee {
    /// By item or by page, never both (国办函〔2020〕109号 art. 3).
    pub basis: FeeBasis,
    /// Items, or pages of one side of A4.
    pub units: u32,
    /// By item: the first day of the month in which the items count (house rule 25).
    pub month: Option<NaiveDate>,
    /// By item: the place of each in that month.
    pub places: Vec<u32>,
    /// What is to be paid, in whole yuan.
    pub amount: Yuan,
}

/// Who searched where, for what, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SearchRecord {
    /// Who searched.
    pub searched_by: TextRef,
    /// Where: archive, system, unit.
    pub place: TextRef,
    /// For which words.
    pub words: TextRef,
    /// The first day of the period searched, if it was bounded.
    pub period_from: Option<NaiveDate>,
    /// Its last day.
    pub period_to: Option<NaiveDate>,
    /// What was found.
    pub found: SearchFinding,
    /// The same in words.
    pub result: TextRef,
    /// The day of the search.
    pub on: NaiveDate,
}

/// What was done to a record before it could be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redaction {
    /// The file it was made from.
    pub of: FileId,
    /// The sheet: every box with its page, its place and its ground.
    pub sheet: TextRef,
    /// How many boxes there are.
    pub boxes: u32,
    /// The grounds, each once.
    pub grounds: Vec<Outcome>,
}

/// A line of the register of service (送达登记).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// The way.
    pub way: DeliveryWay,
    /// The number of the postal item, the address of the mail, who took it.
    pub number: Option<TextRef>,
    /// The day it was posted or sent.
    pub posted_on: Option<NaiveDate>,
    /// The day it was received; missing while that is not known.
    pub received_on: Option<NaiveDate>,
    /// The file that proves it.
    pub proof: Option<FileId>,
    /// In words.
    pub remark: Option<TextRef>,
}

/// What a decision in a proceeding asks for: that the application is answered anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reopened {
    /// The file in which it was decided.
    pub proceeding: ProceedingId,
    /// The entry of that file which recorded the decision: it reopens the case once.
    pub decision: u32,
    /// The outcome.
    pub judgment: Judgment,
    /// Within what time the new reply is due.
    pub period: OrderPeriod,
    /// The day on which the decision binds; not counted.
    pub from: NaiveDate,
    /// Why the first reply did not stand, or why there should have been one.
    pub reasons: Vec<OverturnReason>,
}

impl Reopened {
    /// As the reply clock reckons with it.
    #[must_use]
    pub const fn ordered(&self) -> Ordered {
        Ordered { judgment: self.judgment, period: self.period, from: self.from }
    }
}

/// That a file was handed over to an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The package; the archive and the number of its receipt stand with it.
    pub transfer: TransferId,
    /// On which day.
    pub on: NaiveDate,
    /// Of the package's manifest, which has the hash of every paper.
    pub digest: Digest,
}

/// That what is in a file was destroyed: all that may be known of it afterwards beside the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Destruction {
    /// The list.
    pub list: DisposalId,
    /// The number of its certificate.
    pub certificate: String,
    /// Who proposed it.
    pub proposed_by: StaffId,
    /// Who approved it.
    pub approved_by: StaffId,
    /// When.
    pub approved_at: DateTime<Utc>,
    /// The last day on which it had to be kept.
    pub kept_until: NaiveDate,
    /// Whether it was destroyed again, because a copy from before had been restored.
    #[serde(default)]
    pub again: bool,
}
