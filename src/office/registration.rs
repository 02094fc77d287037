//! Confirming receipt with the applicant (art. 31), and the register (art. 45).

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::desk::Desk;
use super::failure::{Failure, Problem};
use super::sealing::TextKind;
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::numbers::{NumberPattern, Series};
use crate::case::terms::ConfirmedBy;
use crate::case::{Act, Command};
use crate::ids::CaseId;
use crate::storage::cases;

/// Receipt confirmed with the applicant.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// The day both sides confirmed; today if missing.
    pub received_on: Option<NaiveDate>,
    /// How: `telephone`, `text_message`, `email` or `in_person`.
    #[schema(value_type = String, example = "telephone")]
    pub by: ConfirmedBy,
    /// What proves it.
    #[schema(max_length = 2000)]
    pub evidence: Option<String>,
}

/// Entered in the register.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// What proves the date of receipt: number of the postal item, signature book, stamp of arrival.
    #[schema(max_length = 2000)]
    pub evidence: Option<String>,
}

impl Office {
    /// Confirms receipt; the day becomes the legal date of receipt.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn confirm(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Confirmation,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::ConfirmReceipt, case, expected, move |desk| {
            if input.by == ConfirmedBy::Automatic {
                return Err(Failure::invalid(
                    "/by",
                    "自动确认由系统在网上提交时作出，请填写与申请人双方确认的方式。",
                    "Automatic confirmation is the system's, at the moment of submission; say how both sides confirmed.",
                ));
            }
            Ok(Command::ConfirmReceipt {
                received_on: input.received_on.unwrap_or(desk.today),
                by: input.by,
                evidence: desk.optional_text(TextKind::Evidence, input.evidence.as_deref())?,
            })
        })
        .await
    }

    /// Registers under the next number of the agency and year. The number is taken in the same transaction, so that
    /// none is skipped and none is given twice.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn register(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Registration,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Register, case, expected, move |desk| register(desk, &input)).await
    }
}

/// Two patterns, one after the other, can come to the same number; one alone cannot.
fn taken(number: &str) -> Failure {
    Failure::Taken(Problem::at(
        "/number_pattern",
        format!("编号“{number}”已被使用：编号规则修改后与原规则重复，请机关管理员换一种规则后再登记。"),
        format!(
            "The number {number} is taken: the present pattern meets an earlier one. Let the administrator set another, then register."
        ),
    ))
}

fn register(desk: &mut Desk<'_>, input: &Registration) -> Result<Command, Failure> {
    let evidence = desk.optional_text(TextKind::Evidence, input.evidence.as_deref())?;
    let serial = desk.next_number(Series::Register)?;
    let agency = &desk.agency;
    let pattern: NumberPattern = agency.number_pattern.parse().map_err(Failure::broken)?;
    let number = pattern.number(&agency.number_mark, &agency.org_code, desk.today, serial);
    if cases::has_number(desk.conn, agency.id, &number)? {
        return Err(taken(&number));
    }
    Ok(Command::Register { number, evidence })
}
