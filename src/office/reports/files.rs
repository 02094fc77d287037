//! A report as a file: the official layout as PDF or DOCX, the tables as a workbook, all of it as JSON.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::ids::ReportId;
use crate::law::coded::coded;
use crate::letters::fonts::Fonts;
use crate::letters::typeset::TypesetFault;
use crate::letters::{docx, typeset};
use crate::office::blocking::off_the_reactor;
use crate::office::failure::Failure;
use crate::office::permission::Officer;
use crate::office::{Office, Shared};
use crate::reports::annual::{laid_out, title};
use crate::reports::body::ReportBody;
use crate::reports::workbook::workbook;

use super::views::ReportView;
use super::workbench::{ReportQuery, Scope, TakenIn};
use crate::storage::agencies;

coded! {
    /// How a report is handed out.
    pub enum ReportFormat {
        /// As a program reads it.
        Json = "json", "JSON 数据", "JSON";
        /// The tables.
        Xlsx = "xlsx", "Excel 工作簿", "workbook";
        /// To go on editing.
        Docx = "docx", "Word 文档", "Word document";
        /// To be published.
        Pdf = "pdf", "PDF", "PDF";
    }
}

impl ReportFormat {
    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }
}

/// A report as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFile {
    /// What it is called.
    pub name: String,
    /// How it is written.
    pub format: ReportFormat,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Office {
    /// The report of a year as it stands now, as a file.
    ///
    /// # Errors
    /// As [`Office::annual_report`]; [`Failure::Contrary`] where there is no font.
    pub async fn report_file(
        &self,
        officer: &Officer,
        year: i32,
        query: ReportQuery,
        format: ReportFormat,
    ) -> Result<ReportFile, Failure> {
        let body = self.report_now(officer, year, query).await?;
        self.report_written(body, Some(self.today()), format).await
    }

    /// An edition as a file.
    ///
    /// # Errors
    /// As [`Office::report_edition`]; [`Failure::Contrary`] where there is no font.
    pub async fn edition_file(
        &self,
        officer: &Officer,
        id: ReportId,
        format: ReportFormat,
    ) -> Result<ReportFile, Failure> {
        let body = self.report_frozen(officer, id).await?;
        self.report_written(body, None, format).await
    }

    /// A published report as a file.
    ///
    /// # Errors
    /// As [`Office::public_report`]; [`Failure::Contrary`] where there is no font; [`Failure::Busy`] when too many ask at once.
    pub async fn public_report_file(
        &self,
        slug: &str,
        year: i32,
        below: Option<bool>,
        format: ReportFormat,
    ) -> Result<ReportFile, Failure> {
        let (_, body) = self.public_report(slug, year, below).await?;
        let shared = self.shared();
        let lent = Arc::clone(&shared);
        shared.typesetting.set(move || written(&lent, &body, None, format)).await
    }

    /// The report of a year as it stands now, for whoever runs the program on the machine itself.
    ///
    /// # Errors
    /// [`Failure::Missing`] for no agency; as [`Office::report_file`].
    pub fn report_of(
        &self,
        slug: &str,
        year: i32,
        taken: TakenIn,
        format: ReportFormat,
    ) -> Result<ReportFile, Failure> {
        let (slug, year) = (slug.to_owned(), super::year_of(year)?);
        let body = self.db().read_now(|conn| {
            let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
            Ok::<_, Failure>(Scope::of(conn, agency, year, taken)?.reckoned(conn)?.0)
        })?;
        written(&self.shared(), &body, Some(self.today()), format)
    }

    /// Setting pages takes its time: beside the threads that answer.
    async fn report_written(
        &self,
        body: ReportBody,
        counted_on: Option<NaiveDate>,
        format: ReportFormat,
    ) -> Result<ReportFile, Failure> {
        let shared = self.shared();
        off_the_reactor(move || written(&shared, &body, counted_on, format)).await
    }
}

/// Writes a report; `counted_on` for one that is not frozen, and says so on paper.
///
/// # Errors
/// [`Failure::Contrary`] where there is no font; [`Failure::Broken`], never seen.
pub fn written(
    shared: &Shared,
    body: &ReportBody,
    counted_on: Option<NaiveDate>,
    format: ReportFormat,
) -> Result<ReportFile, Failure> {
    let paper = || laid_out(body, counted_on);
    let bytes = match format {
        ReportFormat::Json => serde_json::to_vec_pretty(&ReportView::from(body)).map_err(Failure::broken)?,
        ReportFormat::Xlsx => workbook(body).map_err(Failure::broken)?,
        ReportFormat::Docx => docx::paper(&paper()).map_err(Failure::broken)?,
        ReportFormat::Pdf => typeset::paper(&paper(), None, &Fonts::at_hand(&shared.letters)).map_err(unset)?,
    };
    let draft = if counted_on.is_some() { "（未定稿）" } else { "" };
    Ok(ReportFile { name: format!("{}{draft}.{}", title(body), format.as_str()), format, bytes })
}

fn unset(fault: TypesetFault) -> Failure {
    match fault {
        TypesetFault::NoFont(_) => Failure::contrary(
            "本机没有可用的中文字体，不能排印报告；请管理员安装 fonts-noto-cjk 软件包。",
            "There is no Chinese font on this machine, so the report cannot be set: have fonts-noto-cjk installed.",
        ),
        other => Failure::broken(other),
    }
}
