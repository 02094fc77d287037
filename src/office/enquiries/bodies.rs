//! What is sent with each act. Every body is checked against the schema that the OpenAPI document publishes.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::enquiry::terms::{AnswerWay, CloseReason, EnquiryKind};
use crate::ids::StaffId;

/// Who writes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WriterInput {
    /// Name, as it was given.
    #[schema(min_length = 1, max_length = 200)]
    pub name: String,
    /// Telephone.
    #[schema(max_length = 50)]
    pub phone: Option<String>,
    /// E-mail: news of the letter goes there.
    #[schema(max_length = 200)]
    pub email: Option<String>,
    /// Postal address.
    #[schema(max_length = 500)]
    pub address: Option<String>,
}

/// An enquiry that came otherwise than on line.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnquiryRegistration {
    /// The agency that registers it, by its short name.
    #[schema(min_length = 1, max_length = 100)]
    pub agency: String,
    /// `mailbox_letter`, `question`, `hotline` or `platform`.
    #[schema(value_type = String, example = "hotline")]
    pub kind: EnquiryKind,
    /// The day it came; today if missing. The clock runs from registration all the same.
    pub arrived_on: Option<NaiveDate>,
    /// Who wrote.
    pub writer: WriterInput,
    /// Its title.
    #[schema(min_length = 1, max_length = 200)]
    pub subject: String,
    /// Its words.
    #[schema(min_length = 1, max_length = 20000)]
    pub content: String,
    /// The number that the hotline or platform gave it.
    #[schema(max_length = 100)]
    pub their_number: Option<String>,
    /// Who sees to it, if that is plain.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub handler: Option<StaffId>,
}

/// An application that was in truth an enquiry (art. 39 ¶1): its writer, title and words are taken over.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnquiryFromCase {
    /// `mailbox_letter` or `question`.
    #[schema(value_type = String, example = "question")]
    pub kind: EnquiryKind,
    /// Who sees to it, if that is plain.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub handler: Option<StaffId>,
}

/// Who sees to it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnquiryAssignment {
    /// Somebody who works there; nobody in particular if missing.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub handler: Option<StaffId>,
}

/// To the agency whose duty it is.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnquiryHandOver {
    /// That agency, by its short name.
    #[schema(min_length = 1, max_length = 100)]
    pub agency: String,
    /// Why it is its duty: both agencies read it, the writer does not.
    #[schema(min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// The answer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnquiryAnswer {
    /// Its words. Until they are sent they can be written anew.
    #[schema(min_length = 1, max_length = 20000)]
    pub text: String,
}

/// How the answer went out.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnquirySending {
    /// `online`, `email`, `post`, `spoken` or `platform`. The writer reads it on line in any case.
    #[schema(value_type = String, example = "online")]
    pub way: AnswerWay,
    /// On which day; today if missing.
    pub on: Option<NaiveDate>,
}

/// Why it is closed without an answer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnquiryClosing {
    /// `duplicate`, `nothing_to_answer`, `withdrawn` or `mistaken`.
    #[schema(value_type = String, example = "duplicate")]
    pub reason: CloseReason,
    /// In words; the writer reads it.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
    /// The number of the enquiry in which the same is answered. Needed for `duplicate`.
    #[schema(max_length = 100)]
    pub of: Option<String>,
}

/// A note.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnquiryNote {
    /// Its words; internal.
    #[schema(min_length = 1, max_length = 5000)]
    pub text: String,
}
