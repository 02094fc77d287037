//! 督办单 and 整改清单: what a supervisor asks of an agency at or below the own one, on a case or at large, item by item, by a day of
//! its own; how the agency answers, with words and files as proof; and whether that is enough. Each act is an entry that is only ever
//! added; the row says what they amount to.
//!
//! The day is the one that was set: unlike a case's it is not reckoned anew when a calendar changes, for it stands in an order that
//! somebody has received.

mod acts;
pub(in crate::office) mod checking;
mod issuing;
pub mod papers;
pub mod proof;
mod telling;
mod views;
mod words;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ids::{CaseId, FileId};
use crate::law::coded::coded;
use crate::storage::orders::OrderRow;

pub use views::{OrderEntry, OrderLine, OrderPage, OrderQuery, ProofView, WholeOrder};

/// Working days that an order may give at most.
const DAYS_MAX: u32 = 60;
/// Things that one order may ask for at most.
const ASKS_MAX: usize = 50;
/// Files that may prove one answer.
const FILES_MAX: usize = 50;

coded! {
    /// What an order is.
    pub enum OrderKind {
        /// It urges: reply to this case, see to that delay.
        Order = "order", "督办单", "supervision order";
        /// It lists what is to be put right.
        Rectification = "rectification", "整改清单", "rectification list";
    }
}

coded! {
    /// Where an order stands.
    pub enum OrderState {
        /// The agency owes its answer.
        Awaiting = "awaiting", "待答复", "awaiting its answer";
        /// The answer lies with the supervisor.
        Answered = "answered", "待核验", "answered";
        /// It is done.
        Closed = "closed", "已办结", "closed";
        /// It was taken back.
        Withdrawn = "withdrawn", "已撤回", "withdrawn";
    }
}

coded! {
    /// An act in an order.
    pub enum OrderAct {
        /// It was issued.
        Issued = "issued", "发出", "issued";
        /// The agency answered.
        Answered = "answered", "答复", "answered";
        /// The answer was sent back, with a new day.
        Returned = "returned", "退回", "sent back";
        /// It was found to be done.
        Closed = "closed", "办结", "closed";
        /// It was taken back.
        Withdrawn = "withdrawn", "撤回", "taken back";
    }
}

/// An order to be issued.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrder {
    /// `order` or `rectification`.
    #[schema(value_type = String, example = "order")]
    pub kind: OrderKind,
    /// The agency, by its short name; that of the case if missing.
    pub agency: Option<String>,
    /// The case it is about; none for an order to the agency at large.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub case: Option<CaseId>,
    /// Why it is issued.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
    /// What is asked for, one by one.
    #[schema(max_items = 50)]
    pub asks: Option<Vec<String>>,
    /// Working days given, counted from tomorrow.
    #[schema(minimum = 1, maximum = 60, example = 5)]
    pub days: u32,
}

/// A file that proves an answer: of a case, or sent for the order itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The case that has it; the one the order is about if missing. An order at large has documents of its own, which are in no case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = "uuid")]
    pub case: Option<CaseId>,
    /// The file.
    #[schema(value_type = String, format = "uuid")]
    pub file: FileId,
}

/// An answer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderAnswer {
    /// What was done, or why not.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
    /// Which of the things asked for are done: their places, 1 for the first.
    #[schema(max_items = 50)]
    pub done: Option<Vec<u32>>,
    /// Files that prove it: of the case the order is about, of other cases of the agency, or sent for an order at large.
    #[schema(max_items = 50)]
    pub files: Option<Vec<Proof>>,
}

/// An answer that is sent back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderReturn {
    /// What is still missing.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
    /// Working days given anew.
    #[schema(minimum = 1, maximum = 60, example = 3)]
    pub days: u32,
}

/// The end of an order whose answer is enough.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderClosing {
    /// What was found; may be missing.
    #[schema(max_length = 5000)]
    pub text: Option<String>,
}

/// An order that is taken back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderWithdrawal {
    /// Why.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
}

/// Whether its answer is waited for and its day has passed.
fn is_overdue(row: &OrderRow, today: NaiveDate) -> bool {
    row.state == OrderState::Awaiting.as_str() && row.due_on < today
}
