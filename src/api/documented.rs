//! Answers that many operations share, as the OpenAPI document shows them.

use utoipa::IntoResponses;

use crate::office::views::CaseView;

/// What every act on a case answers.
#[derive(Debug, IntoResponses)]
#[response(
    status = 200,
    description = "The case as it is now",
    headers(("ETag" = String, description = "Its version in quotes; state it in If-Match"))
)]
pub struct CaseAnswer(pub CaseView);
