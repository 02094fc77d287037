//! What the office shows of cases that are alike.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::frequency::Frequency;
use crate::ids::CaseId;
use crate::law::coded::coded;
use crate::office::views::{AgencyName, ArticleView, Term};

coded! {
    /// What likeness may lead to. A suggestion is for a person to weigh; nothing follows from it by itself.
    pub enum LikenessSuggestion {
        /// The applicant asks again for what was answered (art. 36 item 6).
        Repeat = "repeat", "疑似重复申请", "seems to repeat an answered request";
        /// Several applicants ask for the same (art. 44).
        EqualRequests = "equal_requests", "多人申请相同信息", "several applicants ask for the same";
        /// More requests in a month than the tariff lets free (arts 35, 42).
        Frequent = "frequent", "申请数量、频次较高", "many requests in one month";
    }
}

coded! {
    /// Why cases may be missing from an answer.
    pub enum LikenessNote {
        /// The index of words is switched off by a setting.
        SearchOff = "search_off", "本系统未启用文字检索，不能按内容查找类似申请", "search by text is switched off here: cases are not compared by what they ask for";
        /// The contents of the case were destroyed.
        ContentDestroyed = "content_destroyed", "本件内容已销毁，无从比对", "the contents of this case were destroyed: there is nothing to compare";
    }
}

/// Another case of the agency, and how alike it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LikeCase {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: CaseId,
    /// The number on the receipt.
    pub receipt_no: String,
    /// The number in the register.
    pub number: Option<String>,
    /// The agency.
    pub agency: AgencyName,
    /// What is asked for; none once destroyed.
    pub subject: Option<String>,
    /// Who asks, always masked: the case itself tells who it is.
    pub applicant: Option<String>,
    /// The day it arrived.
    pub arrived_on: NaiveDate,
    /// The legal date of receipt.
    pub received_on: Option<NaiveDate>,
    /// Where it stands.
    pub stage: Option<Term>,
    /// How it ended.
    pub outcome: Option<Term>,
    /// The row of the annual report it is counted in.
    pub report_row: Option<&'static str>,
    /// The articles its outcome rests on.
    pub articles: Vec<ArticleView>,
    /// On which day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// Whether the reply was late.
    pub late: Option<bool>,
    /// How alike the subjects are: 0 for nothing in common, 100 for the same words.
    #[schema(minimum = 0, maximum = 100)]
    pub score: u8,
    /// The words that both subjects have, in the order of this case's own.
    pub matched: Vec<String>,
    /// Whether the applicant is the same: by identity number, or by name where none is known.
    pub same_applicant: bool,
    /// Whether it came before the case that was asked about.
    pub earlier: bool,
    /// Whether it was closed by a reply; lapsed and withdrawn are not answered.
    pub answered: bool,
    /// Whether its reply stood in reconsideration or before a court; null where nobody challenged it, or nothing binds yet.
    pub stood: Option<bool>,
    /// Why it did not: what the next such reply should do better.
    pub overturned: Vec<Term>,
    /// The outcome of the reply that did not stand; the case may have ended otherwise since.
    pub overturned_outcome: Option<Term>,
}

/// Something to weigh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SuggestionView {
    /// What.
    pub kind: Term,
    /// The articles it rests on.
    pub articles: Vec<ArticleView>,
    /// What was found and what may be done, in Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The cases it rests on.
    #[schema(value_type = Vec<String>)]
    pub cases: Vec<CaseId>,
}

/// What is like a case, at its own agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SimilarCases {
    /// Other cases of the same applicant, the newest first.
    pub same_applicant: Vec<LikeCase>,
    /// Other cases of a like subject, whoever the applicant, the most alike first.
    pub same_subject: Vec<LikeCase>,
    /// How often this applicant asks this agency.
    pub frequency: Frequency,
    /// What may follow.
    pub suggestions: Vec<SuggestionView>,
    /// Why cases may be missing.
    pub note: Option<Term>,
}
