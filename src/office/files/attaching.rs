//! A file that has come in is put into its case; who may see it is said, and looked at by a second pair of eyes before everybody
//! may.

use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use super::releasing::problems;
use crate::case::terms::{FileFormat, FilePurpose, Visibility};
use crate::case::{Act, Case, Command};
use crate::ids::{CaseId, FileId};
use crate::office::desk::{Desk, Who};
use crate::office::failure::Failure;
use crate::office::public::{Code, Tracking};
use crate::office::sealing::{Opener, TextKind};
use crate::office::views::CaseView;
use crate::office::{Office, Officer};
use crate::storage::files;

/// A file to be put into the case.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// The file that was sent.
    #[schema(value_type = String, format = "uuid")]
    pub file: FileId,
    /// What it is for: `application`, `record`, `proof` or `working`.
    #[schema(value_type = String, example = "record")]
    pub purpose: FilePurpose,
}

/// A file that the applicant puts into the case.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnAttachment {
    /// The file that was sent.
    #[schema(value_type = String, format = "uuid")]
    pub file: FileId,
}

/// Who may see a file.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Showing {
    /// `office`, `applicant` or `public`.
    #[schema(value_type = String, example = "public")]
    pub to: Visibility,
    /// Public from that day on; at once if missing. Never before a second member of staff has looked at it.
    pub from: Option<NaiveDate>,
    /// Why.
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
}

/// A second look.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileCheck {
    /// What was seen.
    #[schema(max_length = 2000)]
    pub remark: Option<String>,
}

impl Office {
    /// Puts a file into the case.
    ///
    /// # Errors
    /// Every [`Failure`]; [`Failure::Invalid`] at `/file` for one that is not whole, or is somebody else's.
    pub async fn attach(
        &self,
        officer: &Officer,
        case: CaseId,
        expected: u32,
        input: Attachment,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::AttachFile, case, expected, move |desk| {
            // A redacted record is made here and nowhere else: what somebody blacked out by hand was never proven.
            if input.purpose == FilePurpose::Redacted {
                return Err(Failure::invalid(
                    "/purpose",
                    "遮盖件由系统从原件生成，不能上传；自行处理过的文件请按“政府信息”添加。",
                    "A redacted record is made here from the original; attach what you have worked on yourself as a record.",
                ));
            }
            attached(desk, input.file, input.purpose)
        })
        .await
    }

    /// The applicant puts a file into the case.
    ///
    /// # Errors
    /// As [`Office::track`] and [`Office::attach`].
    pub async fn attach_own(&self, receipt_no: &str, code: &Code, input: OwnAttachment) -> Result<Tracking, Failure> {
        self.applicant_acts(receipt_no, code, Act::AttachFile, move |desk| {
            attached(desk, input.file, FilePurpose::Application)
        })
        .await
    }

    /// Says who may see a file.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn show_file(
        &self,
        officer: &Officer,
        case: CaseId,
        file: FileId,
        expected: u32,
        input: Showing,
    ) -> Result<CaseView, Failure> {
        let reasoned = input.reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
        if input.to != Visibility::Office && !reasoned {
            // Whatever leaves the office is looked through; somebody says why it may be seen all the same.
            let theirs = move |case: &Case| case.file(file).is_some_and(|one| one.by_applicant);
            let own = self.glance(officer, case, move |_, _, case, _| Ok(theirs(case))).await?;
            match self.look_through(officer, case, file).await {
                // What the applicant sent goes to nobody else, as the act itself says.
                _ if own => {}
                Ok(looked) if looked.to_answer_for() > 0 => {
                    return Err(Failure::Invalid(problems(&looked, "/reason")));
                }
                Ok(_) | Err(Failure::Missing) => {}
                Err(other) => return Err(other),
            }
        }
        self.officer_acts(officer, Act::ShowFile, case, expected, move |desk| {
            Ok(Command::ShowFile {
                file,
                to: input.to,
                from: input.from,
                reason: desk.optional_text(TextKind::Reason, input.reason.as_deref())?,
            })
        })
        .await
    }

    /// A second member of staff has looked at a file that is to be public.
    ///
    /// # Errors
    /// Every [`Failure`].
    pub async fn check_file(
        &self,
        officer: &Officer,
        case: CaseId,
        file: FileId,
        expected: u32,
        input: FileCheck,
    ) -> Result<CaseView, Failure> {
        self.officer_acts(officer, Act::CheckFile, case, expected, move |desk| {
            let remark = desk.optional_text(TextKind::Reason, input.remark.as_deref())?;
            Ok(Command::CheckFile { file, remark })
        })
        .await
    }
}

fn attached(desk: &mut Desk<'_>, id: FileId, purpose: FilePurpose) -> Result<Command, Failure> {
    let not_there = || {
        Failure::invalid(
            "/file",
            "没有这个已上传完的文件：请先上传完毕，且由上传人添加。",
            "There is no such file that has come in whole: send it first, and put it into the case yourself.",
        )
    };
    let row = match files::load(desk.conn, id) {
        Ok(row) => row,
        Err(crate::storage::StoreError::Missing) => return Err(not_there()),
        Err(other) => return Err(other.into()),
    };
    let theirs = match desk.who {
        Who::Officer(officer) => row.sent_by == Some(officer.id),
        Who::Applicant => row.by_applicant,
        Who::System => false,
    };
    if row.case_id != desk.case.id || row.state != files::COMPLETE || !theirs {
        return Err(not_there());
    }
    let format: FileFormat = row.format.as_deref().unwrap_or_default().parse().map_err(Failure::broken)?;
    let size = u64::try_from(row.size).map_err(Failure::broken)?;
    let opener = Opener::of(desk.conn, &[row.case_id], &desk.shared.keys)?;
    let (_, file) = opener.file(&row)?.ok_or(Failure::Missing)?;
    files::keep(desk.conn, id)?;
    Ok(Command::AttachFile { file, purpose, format, size, redaction: None })
}
