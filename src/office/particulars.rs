//! What is recorded of an application beside its way: contact attempts, the first look, particulars set right, the mark of a
//! sensitive case, links to other cases.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::desk::{Desk, Who};
use super::failure::Failure;
use super::input::{self, Reader};
use super::intake::{self, EnteredApplicant};
use super::permission::Deed;
use super::queue::visible;
use super::sealing::{TextKind, part};
use super::views::CaseView;
use super::{Office, Officer};
use crate::case::terms::{
    ConfirmedBy, DeliveryRoute, ExaminationAnswer, ExaminationStep, Examined, InformationForm, LinkKind, Matter,
};
use crate::case::{Act, Command};
use crate::ids::CaseId;
use crate::law::receipt::ApplicantKind;
use crate::storage::{Conn, cases};

/// A try to reach the applicant.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactAttempt {
    /// By which way: `telephone`, `text_message`, `email` or `in_person`.
    #[schema(value_type = String, example = "telephone")]
    pub by: ConfirmedBy,
    /// Whether the applicant was reached.
    pub reached: bool,
    /// The day; today if missing.
    pub on: Option<NaiveDate>,
    /// What came of it.
    #[schema(max_length = 2000)]
    pub remark: Option<String>,
}

/// One question of the first look, answered.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExaminedInput {
    /// The question.
    #[schema(value_type = String, example = "responsible")]
    pub step: ExaminationStep,
    /// The answer: `yes`, `no` or `open`.
    #[schema(value_type = String, example = "yes")]
    pub answer: ExaminationAnswer,
}

/// The first look.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Examination {
    /// The answers; questions left out stay as they were.
    #[schema(min_items = 1, max_items = 7)]
    pub answers: Vec<ExaminedInput>,
    /// A remark.
    #[schema(max_length = 5000)]
    pub remark: Option<String>,
}

/// The particulars as they should have been recorded.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParticularsCorrection {
    /// What is applied for, where it was taken for the other: `disclosure` or `records_correction`.
    #[schema(value_type = Option<String>)]
    pub matter: Option<Matter>,
    /// The annual report's class, where it changes.
    #[schema(value_type = Option<String>)]
    pub applicant_kind: Option<ApplicantKind>,
    /// Who asks, where that changes: all of it.
    pub applicant: Option<EnteredApplicant>,
    /// The form wanted, where it changes.
    #[schema(value_type = Option<String>)]
    pub form: Option<InformationForm>,
    /// The way of getting it, where it changes.
    #[schema(value_type = Option<String>)]
    pub route: Option<DeliveryRoute>,
    /// Why, and from what it is known.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
}

/// Sensitive, or no longer.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SensitivityMark {
    /// Whether it is.
    pub sensitive: bool,
    /// Why.
    #[schema(min_length = 1, max_length = 5000)]
    pub reason: String,
}

/// A link to another case.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkInput {
    /// The other case: its number in the register, its receipt's, or its id.
    #[schema(min_length = 1, max_length = 100, example = "云政公开申〔2026〕12号")]
    pub other: String,
    /// `duplicate`, `follow_up` or `same_facts`.
    #[schema(value_type = String, example = "same_facts")]
    pub link: LinkKind,
    /// A remark.
    #[schema(max_length = 2000)]
    pub remark: Option<String>,
}

impl Office {
    /// Logs a contact attempt.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn record_contact(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ContactAttempt,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::RecordContact, case, expected, move |desk| {
            Ok(Command::RecordContact {
                by: input.by,
                reached: input.reached,
                on: input.on.unwrap_or(desk.today),
                remark: desk.optional_text(TextKind::Evidence, input.remark.as_deref())?,
            })
        })
        .await
    }

    /// Records the first look.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Invalid`] for a question answered twice.
    pub async fn examine(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Examination,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Examine, case, expected, move |desk| {
            let answers: Vec<Examined> =
                input.answers.iter().map(|one| Examined { step: one.step, answer: one.answer }).collect();
            for (at, one) in answers.iter().enumerate() {
                if answers.iter().take(at).any(|earlier| earlier.step == one.step) {
                    return Err(Failure::invalid(
                        format!("/answers/{at}/step"),
                        "同一审查事项只能回答一次。",
                        "Each question is answered once.",
                    ));
                }
            }
            Ok(Command::Examine { answers, remark: desk.optional_text(TextKind::Reason, input.remark.as_deref())? })
        })
        .await
    }

    /// Sets the particulars right.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn correct_particulars(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: ParticularsCorrection,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::CorrectParticulars, case, expected, move |desk| particulars(desk, &input)).await
    }

    /// Marks a case as sensitive, or no longer.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn mark_sensitive(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: SensitivityMark,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::MarkSensitive, case, expected, move |desk| {
            let reason = input::required("/reason", &input.reason)?;
            Ok(Command::MarkSensitive { sensitive: input.sensitive, reason: desk.text(TextKind::Reason, &reason)? })
        })
        .await
    }

    /// Links two cases.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Invalid`] for a case that is not there, not this reader's, or this one itself.
    pub async fn link(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: LinkInput,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::Link, case, expected, move |desk| {
            let other = named_case(desk, &input.other, "/other")?;
            Ok(Command::Link {
                other,
                link: input.link,
                remark: desk.optional_text(TextKind::Reason, input.remark.as_deref())?,
            })
        })
        .await
    }
}

fn particulars(desk: &mut Desk<'_>, input: &ParticularsCorrection) -> Result<Command, Failure> {
    let mut reader = Reader::new();
    let reason = reader.text("/reason", &input.reason);
    let person = input.applicant.as_ref().map(|one| intake::read_person(&mut reader, "/applicant", one));
    let (reason, person) = reader.finish((reason, person))?;
    let kind = input.applicant_kind.or(input.applicant.as_ref().map(|one| one.kind));
    let now = desk.case.particulars.clone();
    Ok(Command::CorrectParticulars {
        matter: input.matter.filter(|matter| *matter != now.matter),
        applicant_kind: kind.unwrap_or(now.applicant_kind),
        applicant: person.map(|person| desk.person(part::APPLICANT, &person)).transpose()?,
        form: input.form.unwrap_or(now.form),
        route: input.route.unwrap_or(now.route),
        reason: desk.text(TextKind::Reason, &reason)?,
    })
}

/// Another case than this one, named by its number, its receipt's or its id, which the officer may read; what may not be read
/// is told like what is not there.
///
/// # Errors
/// [`Failure::Invalid`] at `pointer`; the database's failures.
pub(super) fn named_case(desk: &mut Desk<'_>, name: &str, pointer: &str) -> Result<CaseId, Failure> {
    let Who::Officer(officer) = desk.who else { return Err(no_such_case(pointer)) };
    case_by_name(desk.conn, officer, desk.case.id, name, pointer)
}

/// The same, where another desk than a case's asks: another case than `this`.
///
/// # Errors
/// As [`named_case`].
pub(super) fn case_by_name(
    conn: &mut Conn,
    officer: &Officer,
    this: CaseId,
    name: &str,
    pointer: &str,
) -> Result<CaseId, Failure> {
    let name = name.trim();
    let seen = visible(conn, officer, Deed::Read, None)?;
    let rows = match name.parse::<CaseId>() {
        Ok(id) => cases::find(conn, id)?.into_iter().collect(),
        Err(_no_id) => cases::list_by_number(conn, &seen, name, &name.to_ascii_uppercase())?,
    };
    let other = rows.into_iter().find(|row| row.id != this && seen.contains(&row.agency_id));
    other.map(|row| row.id).ok_or_else(|| no_such_case(pointer))
}

fn no_such_case(pointer: &str) -> Failure {
    Failure::invalid(
        pointer,
        "没有这一案件，或者就是本案；请填写登记编号或者回执编号。",
        "There is no such case, or it is this very one; give the number in the register or on the receipt.",
    )
}
