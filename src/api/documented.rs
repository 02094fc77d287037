//! Parameters and answers that many operations share, as the OpenAPI document shows them. They are read by extractors of
//! their own; these types only describe them.

use utoipa::{IntoParams, IntoResponses};
use uuid::Uuid;

use crate::office::enquiries::views::EnquiryView;
use crate::office::proceedings::views::ProceedingView;
use crate::office::views::CaseView;

/// What every act on a case answers.
#[derive(Debug, IntoResponses)]
#[response(
    status = 200,
    description = "The case as it is now",
    headers(("ETag" = String, description = "Its version in quotes; state it in If-Match"))
)]
pub struct CaseAnswer(pub CaseView);

/// The case, as a parameter of the path.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CaseInPath {
    /// The case's id.
    pub id: Uuid,
}

/// The version the act rests on.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatch {
    /// The case's entity tag as last read: its version in quotes.
    #[param(rename = "If-Match", example = "\"7\"")]
    pub if_match: String,
}

/// The key under which a creation may be sent again.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct MayRepeat {
    /// Of the client's choosing, 1 to 128 visible ASCII characters. The same key with the same body is answered with
    /// what the first request made; with another body it is refused (422).
    #[param(rename = "Idempotency-Key", max_length = 128)]
    pub idempotency_key: Option<String>,
}

/// The consultation, as a parameter of the path.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ConsultationInPath {
    /// The consultation's id, from the case.
    pub consultation: Uuid,
}

/// The request to a unit, as a parameter of the path.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct CoWorkInPath {
    /// The request's id, from the case.
    pub co_work: Uuid,
}

/// The file, as a parameter of the path.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct FileInPath {
    /// The file's id.
    pub file: Uuid,
}

/// The bundle, as a parameter of the path.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct BundleInPath {
    /// The bundle's id.
    pub id: Uuid,
}

/// From which byte on a piece of a file is.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct UploadOffset {
    /// The `received` of the last answer: 0 at first.
    #[param(rename = "Upload-Offset", example = "0")]
    pub upload_offset: u64,
}

/// The application, as a parameter of the path.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ReceiptInPath {
    /// The number on the receipt.
    pub receipt_no: String,
}

/// The file of a proceeding, as a parameter of the path.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ProceedingInPath {
    /// The file's id.
    pub id: Uuid,
}

/// What every act in a file answers.
#[derive(Debug, IntoResponses)]
#[response(
    status = 200,
    description = "The file as it is now",
    headers(("ETag" = String, description = "Its version in quotes; state it in If-Match"))
)]
pub struct ProceedingAnswer(pub ProceedingView);

/// The enquiry, as a parameter of the path.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct EnquiryInPath {
    /// The enquiry's id.
    pub id: Uuid,
}

/// The letter, as a parameter of the path.
#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct EnquiryNumberInPath {
    /// The number on the receipt of the letter.
    pub number: String,
}

/// What every act with an enquiry answers.
#[derive(Debug, IntoResponses)]
#[response(
    status = 200,
    description = "The enquiry as it is now",
    headers(("ETag" = String, description = "Its version in quotes; state it in If-Match"))
)]
pub struct EnquiryAnswered(pub EnquiryView);
