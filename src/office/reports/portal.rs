//! What is public of the annual reports: the latest published edition of each year and agency, and the earlier ones it restates.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::editions::{of_year, summary};
use super::views::{EditionSummary, ReportView};
use super::year_of;
use crate::office::Office;
use crate::office::failure::Failure;
use crate::reports::body::ReportBody;
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

/// A published report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublicReport {
    /// Which edition it is.
    pub edition: i32,
    /// Since which day it is public.
    pub published_on: Option<chrono::NaiveDate>,
    /// Why it restates an earlier edition.
    pub reason: Option<String>,
    /// The report.
    pub report: ReportView,
}

impl Office {
    /// The published reports, the latest year first, each in its latest edition.
    ///
    /// # Errors
    /// [`Failure::Missing`] for no agency; the database's failures.
    pub async fn public_reports(&self, slug: Option<String>) -> Result<Vec<EditionSummary>, Failure> {
        self.db()
            .read(move |conn| {
                let agency = match slug.as_deref() {
                    Some(slug) => Some(agencies::find_by_slug(conn, slug)?.ok_or(Failure::Missing)?.id),
                    None => None,
                };
                let mut rows = annual_reports::list_published(conn, agency, LISTED)?;
                rows.dedup_by_key(|row| (row.year, row.agency_id));
                rows.iter().map(|row| summary(conn, row)).collect()
            })
            .await
    }

    /// A published report, in its latest edition.
    ///
    /// # Errors
    /// [`Failure::Missing`] where nothing is published; the database's failures.
    pub async fn public_report(&self, slug: &str, year: i32) -> Result<(PublicReport, ReportBody), Failure> {
        let slug = slug.to_owned();
        let year = year_of(year)?;
        self.db()
            .read(move |conn| {
                let agency = agencies::find_by_slug(conn, &slug)?.ok_or(Failure::Missing)?;
                let editions = of_year(conn, agency.id, year)?;
                let (row, body) =
                    editions.into_iter().find(|(row, _)| row.published_on.is_some()).ok_or(Failure::Missing)?;
                let report = PublicReport {
                    edition: row.edition,
                    published_on: row.published_on,
                    reason: row.reason.filter(|_| row.edition > 1),
                    report: ReportView::from(&body),
                };
                Ok::<_, Failure>((report, body))
            })
            .await
    }
}
