//! Withdrawal by the applicant, taken down by the office.

use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::input;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::{Act, Command};
use crate::ids::CaseId;

/// The application is withdrawn.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why, if the applicant says. From the office: how it was withdrawn, and what proves it.
    #[schema(max_length = 5000)]
    pub reason: Option<String>,
}

impl Office {
    /// Takes down a withdrawal that came on paper or was spoken.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn withdraw(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Withdrawal,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Withdraw, case, expected, move |desk| {
            // Nobody but the applicant ends an application; how that is known stands in the file.
            let reason = input::required("/reason", input.reason.as_deref().unwrap_or_default())?;
            Ok(Command::Withdraw { reason: Some(desk.text(TextKind::Reason, &reason)?) })
        })
        .await
    }
}
