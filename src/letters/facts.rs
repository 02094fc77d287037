//! What a wording may say. It sees this and nothing else: no identity number but on the application's own form, and of the
//! applicant nothing at all in what goes to others.

use chrono::NaiveDate;
use serde::Serialize;

use crate::law::letter::LetterKind;

/// The agency that writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AgencyFacts {
    /// Its name.
    pub name: String,
    /// Its disclosure office.
    pub office_name: String,
    /// Where that is.
    pub office_address: String,
    /// Its telephone.
    pub office_phone: String,
    /// Who decides on a reconsideration of its replies.
    pub reconsideration_body: String,
    /// The court in which it is sued.
    pub court: String,
}

/// The case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CaseFacts {
    /// The register's number, or the receipt's until there is one.
    pub number: String,
    /// The receipt's number.
    pub receipt_no: String,
    /// What is asked for, by title.
    pub subject: String,
    /// How it came, as a sentence goes on: 通过网上, 当面.
    pub way: String,
    /// The day it arrived.
    pub arrived_on: NaiveDate,
    /// The legal date of receipt, once settled.
    pub received_on: Option<NaiveDate>,
    /// The form wanted.
    pub form: String,
    /// The way of getting it.
    pub route: String,
}

/// A line with its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// A part that is withheld.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PartFacts {
    /// Which.
    pub part: String,
    /// Whole records, or passages.
    pub kind: String,
    /// On which articles.
    pub articles: String,
    /// Why.
    pub reason: String,
}

/// Whether the open part could be separated (art. 37).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SeparabilityFacts {
    /// What was found.
    pub finding: String,
    /// Why.
    pub reason: String,
}

/// A fee.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FeeFacts {
    /// By item or by page.
    pub basis: String,
    /// How many.
    pub units: u32,
    /// Of what: 件, 页.
    pub unit: String,
    /// Whole yuan.
    pub amount: u64,
    /// How the amount comes about.
    pub reckoning: String,
}

/// An opinion that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ConsultationFacts {
    /// The day it was asked for.
    pub issued_on: NaiveDate,
    /// What was said, as a sentence.
    pub answer: String,
    /// What the agency made of it, as a sentence.
    pub weighed: String,
}

/// A service, or the blank form of its receipt.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ServiceFacts {
    /// What is served, by title.
    pub title: String,
    /// Its number.
    pub number: String,
    /// The way.
    pub way: String,
    /// Where, if that is said.
    pub place: Option<String>,
    /// When, once it is.
    pub on: Option<NaiveDate>,
    /// What proves it.
    pub proof: Option<String>,
}

/// A paper in the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PaperFacts {
    /// Its title.
    pub title: String,
    /// Its number.
    pub number: String,
    /// Its day.
    pub on: NaiveDate,
}

/// With what a third party opens the page of its remedies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AccessFacts {
    /// The number to give: that on the receipt of the application.
    pub number: String,
    /// The code.
    pub code: String,
}

/// A proceeding against the agency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ProceedingFacts {
    /// Its number here.
    pub number: String,
    /// How whoever decides calls the matter: its own number, once that is known.
    pub authority_number: Option<String>,
    /// Who began it, as the letter names them.
    pub claimant: String,
    /// What they are called there: 申请人, 原告, 上诉人.
    pub party: String,
    /// What is challenged, as a sentence goes on.
    pub challenged: String,
    /// The day the copy came.
    pub received_on: Option<NaiveDate>,
    /// The last day for the answer, and the evidence with it.
    pub answer_by: Option<NaiveDate>,
}

/// An item of evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EvidenceFacts {
    /// Its number in the catalogue, from 1.
    pub no: usize,
    /// What it is, by kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// What it proves.
    pub proves: String,
    /// Where it is from: the paper of the file, or that it goes in on paper.
    pub source: String,
    /// On which pages it lies, numbered through, as far as they were counted.
    pub pages: String,
}

/// A day of a count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DayFacts {
    /// The day.
    pub on: NaiveDate,
    /// 一 to 日.
    pub weekday: &'static str,
    /// What the count made of it.
    pub what: String,
}

/// Everything a wording may say. What a kind of letter has nothing to do with is empty or missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Who writes.
    pub agency: AgencyFacts,
    /// About which case.
    pub case: CaseFacts,
    /// How the addressee is spoken to: 您, 贵单位.
    pub you: String,
    /// Whom it addresses.
    pub addressee: String,
    /// The letter's number.
    pub number: String,
    /// The day of the letter, or of what it confirms.
    pub on: NaiveDate,
    /// What the officer wrote.
    pub words: String,
    /// The articles it stands on, as cited.
    pub articles: String,
    /// Working days given.
    pub window_days: Option<u32>,
    /// Working days an extension adds.
    pub days: Option<u32>,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// Whether that day lies in a year without a published calendar.
    pub provisional: bool,
    /// Day 0 of a count.
    pub from: Option<NaiveDate>,
    /// Whether a notice of correction was in time, so that the period begins afresh.
    pub in_time: bool,
    /// Whether a decision has set the day of the reply: a correction does not move that.
    pub ordered: bool,
    /// The day a correction came.
    pub corrected_on: Option<NaiveDate>,
    /// The day the notice went out that was not heeded.
    pub asked_on: Option<NaiveDate>,
    /// Applications of this applicant in the month.
    pub month_count: Option<u32>,
    /// What the agency found.
    pub finding: Option<String>,
    /// Working days of the reply period (art. 33).
    pub reply_days: u32,
    /// Working days an extension may add at most (art. 33).
    pub extension_days: u32,
    /// What the law has the reply state.
    pub statements: Vec<Line>,
    /// The parts withheld.
    pub parts: Vec<PartFacts>,
    /// Whether the open part could be separated.
    pub separability: Option<SeparabilityFacts>,
    /// What may be done against it; empty where nothing may.
    pub remedy: String,
    /// Where that can be done on line.
    pub remedy_online: Option<String>,
    /// The fee.
    pub fee: Option<FeeFacts>,
    /// The consultation it ends.
    pub consultation: Option<ConsultationFacts>,
    /// Who was consulted, as a letter names them.
    pub whom: String,
    /// The agency pointed to.
    pub referred_to: String,
    /// What is served.
    pub served: Option<ServiceFacts>,
    /// Of the applicant, for the application's own form.
    pub applicant: Vec<Line>,
    /// What is asked, for the same.
    pub asked: Vec<Line>,
    /// What the office enters.
    pub register: Vec<Line>,
    /// What is handed out: each file by its name, with its form and size.
    pub files: Vec<Line>,
    /// Whether parts of them are blacked out.
    pub blackened: bool,
    /// In which part it is handed out.
    pub part: Option<u32>,
    /// Whether nothing is outstanding after it.
    pub last: bool,
    /// The papers of the file.
    pub papers: Vec<PaperFacts>,
    /// The days of a count.
    pub counted: Vec<DayFacts>,
    /// With what a third party finds its remedies on line.
    pub access: Option<AccessFacts>,
    /// The proceeding it is written in.
    pub proceeding: Option<ProceedingFacts>,
    /// The evidence that goes in.
    pub evidence: Vec<EvidenceFacts>,
}

/// The remedy as the letter's reader has it: a third party contests the decision to disclose, for it was sent no reply.
#[must_use]
pub fn contested(kind: LetterKind, remedy: &str) -> String {
    match kind {
        LetterKind::Override => remedy.replace("本答复", "本决定"),
        _ => remedy.to_owned(),
    }
}
