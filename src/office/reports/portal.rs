//! What is public of the annual reports: the latest published edition of each year and agency, and the earlier ones it restates.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::editions::{Origin, of_year};
use super::views::{BreakView, ReportView};
use super::year_of;
use crate::law::annual::identity::breaks;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::office::supervision::{agency_name, names};
use crate::office::views::{AgencyName, Term, term};
use crate::reports::body::ReportBody;
use crate::storage::annual_reports::AnnualReportRow;
use crate::storage::{agencies, annual_reports};

/// Reports listed at once: a province with its counties for some years.
const LISTED: i64 = 2000;

/// Which published reports.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PublicReportsQuery {
    /// Those of an agency, by its short name; all if missing.
    pub agency: Option<String>,
}

/// Which of an agency's two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PublicReportQuery {
    /// The one with the agencies below, or the agency's own; if missing, its own, or the other where there is but that.
    pub below: Option<bool>,
}

/// A published report in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublicReportLine {
    /// The agency.
    pub agency: AgencyName,
    /// Of which year.
    pub year: i32,
    /// Whether the agencies below are taken in: such a report stands beside the agency's own.
    pub below: bool,
    /// Since which day it is public.
    pub published_on: Option<chrono::NaiveDate>,
}

/// A published report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublicReport {
    /// Which edition it is.
    pub edition: i32,
    /// Whether it was counted here, or entered as it was published before.
    pub origin: Term,
    /// Since which day it is public.
    pub published_on: Option<chrono::NaiveDate>,
    /// Why it restates an earlier edition; of one that was entered as published, where it was found.
    pub reason: Option<String>,
    /// What does not agree in it, as printed.
    pub breaks: Vec<BreakView>,
    /// The report.
    pub report: ReportView,
}

impl Office {
    /// The published reports, the latest year first, each in its latest edition.
    ///
    /// # Errors
    /// [`Failure::Missing`] for no agency; the database's failures.
    pub async fn public_reports(&self, slug: Option<String>) -> Result<Vec<PublicReportLine>, Failure> {
        self.db()
            .read(move |conn| {
                let agency = match slug.as_deref() {
                    Some(slug) => Some(agencies::find_by_slug(conn, slug)?.ok_or(Failure::Missing)?.id),
                    None => None,
                };
                let mut rows = annual_reports::list_published(conn, agency, LISTED)?;
                rows.dedup_by_key(|row| (row.year, row.agency_id, row.below));
                let names = names(conn)?;
                let line = |row: AnnualReportRow| PublicReportLine {
                    agency: agency_name(&names, row.agency_id),
                    year: row.year,
                    below: row.below,
                    published_on: row.published_on,
                };
                Ok(rows.into_iter().map(line).collect())
            })
            .await
    }

    /// A published report, in its latest edition: the agency's own, or the one with those below it; asked for neither, whichever there
    /// is, its own first.
    ///
    /// # Errors
    /// [`Failure::Missing`] where nothing is published; the database's failures.
    pub async fn public_report(
        &self,
        slug: &str,
        year: i32,
        below: Option<bool>,
    ) -> Result<(PublicReport, ReportBody), Failure> {
        let slug = slug.to_owned();
        let year = year_of(year)?;
        self.db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                let public = |row: &AnnualReportRow| row.published_on.is_some() && row.signed_at.is_some();
                let mut editions: Vec<_> =
                    of_year(conn, agency.id, year)?.into_iter().filter(|(row, _)| public(row)).collect();
                // Stable: of each kind the latest edition stays first.
                editions.sort_by_key(|(row, _)| row.below);
                let wanted = |row: &AnnualReportRow| below.is_none_or(|below| row.below == below);
                let (row, body) = editions.into_iter().find(|(row, _)| wanted(row)).ok_or(Failure::Missing)?;
                let origin: Origin = row.origin.parse().map_err(Failure::broken)?;
                let report = PublicReport {
                    edition: row.edition,
                    origin: term!(origin),
                    published_on: row.published_on,
                    reason: row.reason,
                    breaks: breaks(&body.tables, None).into_iter().map(BreakView::from).collect(),
                    report: ReportView::from(&body),
                };
                Ok::<_, Failure>((report, body))
            })
            .await
    }
}
