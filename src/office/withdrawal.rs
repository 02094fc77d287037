//! Withdrawal by the applicant, taken down by the office.

use serde::Deserialize;
use utoipa::ToSchema;

use super::failure::Failure;
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::{Act, Command};
use crate::ids::CaseId;

/// The application is withdrawn.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Why, if the applicant says.
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
            Ok(Command::Withdraw { reason: desk.optional_text(TextKind::Reason, input.reason.as_deref())? })
        })
        .await
    }
}
