//! The editions of a report: frozen with all that stands in it, signed by a head of the office, published on a day. A later edition
//! restates an earlier one and says why; both are kept.

use serde::Deserialize;
use utoipa::ToSchema;

use super::views::{BreakView, EditionSummary, EditionView, ReportView};
use super::workbench::{Scope, TakenIn};
use super::{agency_for, counting, year_of};
use crate::clock::day_in_china;
use crate::ids::{AgencyId, ReportId};
use crate::law::annual::TwoItem;
use crate::law::annual::identity::breaks;
use crate::law::coded::coded;
use crate::office::failure::Failure;
use crate::office::input::Reader;
use crate::office::log::{Kind, Note};
use crate::office::permission::{Deed, Officer, permit};
use crate::office::reading::name_of;
use crate::office::views::{AgencyName, term};
use crate::office::{Office, projection};
use crate::reports::body::ReportBody;
use crate::storage::annual_reports::{self, AnnualReportRow};
use crate::storage::{Conn, StoreError, agencies};
use crate::vault::Digest;

coded! {
    /// Where a report comes from.
    pub enum Origin {
        /// It was counted here.
        Reckoned = "reckoned", "本系统统计", "counted here";
        /// It was published by others, or before this system, and is kept as it was printed.
        Published = "published", "已发布报告录入", "entered as published";
    }
}

/// The code of reports that were counted here.
pub(super) const RECKONED: &str = Origin::Reckoned.as_str();

/// That a report is frozen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Freezing {
    /// The agency, by its short name.
    pub agency: String,
    /// Whether the agencies below are taken in.
    pub below: Option<bool>,
    /// Whether those to which it had succeeded by the end of the year are taken in; they are if missing.
    pub predecessors: Option<bool>,
    /// Why it restates an earlier edition; needed where there is one.
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
}

/// That a report was published.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// On which day; today if missing.
    pub on: Option<chrono::NaiveDate>,
}

impl Office {
    /// Freezes the report of a year.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`], [`Failure::Invalid`]; [`Failure::Contrary`] before the year is over, and while
    /// table 二 is not entered; the database's failures.
    pub async fn freeze_report(&self, officer: &Officer, year: i32, input: Freezing) -> Result<EditionView, Failure> {
        let (shared, officer, today) = (self.shared(), officer.clone(), self.today());
        let year = year_of(year)?;
        self.db()
            .write(move |conn| {
                let agency = agency_for(conn, &officer, Deed::Report, &input.agency)?;
                if counting::days(year)?.1 >= today {
                    return Err(Failure::contrary(
                        format!("{year}年还没有结束，不能定稿。"),
                        format!("{year} is not over: nothing can be frozen yet."),
                    ));
                }
                let before = annual_reports::list(conn, agency.id, year)?;
                let below = input.below.unwrap_or_default();
                let mut reader = Reader::new();
                let reason = reader.optional(input.reason.as_deref());
                // The agency's own report and the one with those below are two: neither restates the other.
                if before.iter().any(|row| row.below == below) && reason.is_none() {
                    reader.wrong(
                        "/reason",
                        "本年度已有定稿，再次定稿须写明更正理由。",
                        "There is an edition of that year already: say why it is restated.",
                    );
                }
                let reason = reader.finish(reason)?;
                let scope = Scope::of(conn, agency, year, TakenIn::of(input.below, input.predecessors))?;
                let (body, _) = scope.reckoned(conn)?;
                complete(&body)?;
                let edition = before.first().map_or(1, |row| row.edition + 1);
                let now = shared.clock.now();
                let id = ReportId::new(now, &mut shared.randomness.clone());
                let row = row_of(&scope.agency.id, &body, (id, edition), Origin::Reckoned, reason, (officer.id, now))?;
                annual_reports::insert(conn, &row).map_err(Failure::of_race)?;
                told(&officer, Kind::ReportFrozen, &row).write(conn, &shared)?;
                view(conn, &row)
            })
            .await
    }

    /// An edition.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; the database's failures.
    pub async fn report_edition(&self, officer: &Officer, id: ReportId) -> Result<EditionView, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let row = permitted(conn, &officer, Deed::Supervise, id)?;
                view(conn, &row)
            })
            .await
    }

    /// The report of an edition: for files made of it.
    ///
    /// # Errors
    /// As [`Office::report_edition`].
    pub async fn report_frozen(&self, officer: &Officer, id: ReportId) -> Result<ReportBody, Failure> {
        let officer = officer.clone();
        self.db()
            .read(move |conn| {
                let row = permitted(conn, &officer, Deed::Supervise, id)?;
                body_of(&row)
            })
            .await
    }

    /// Signs an edition.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`]; [`Failure::Contrary`] where it is signed; the database's failures.
    pub async fn sign_report(&self, officer: &Officer, id: ReportId) -> Result<EditionView, Failure> {
        let (shared, officer) = (self.shared(), officer.clone());
        self.db()
            .write(move |conn| {
                let row = permitted(conn, &officer, Deed::SignReport, id)?;
                annual_reports::sign(conn, id, officer.id, shared.clock.now()).map_err(|error| match error {
                    StoreError::Conflict => Failure::contrary("该定稿已经签发。", "This edition is signed already."),
                    other => other.into(),
                })?;
                told(&officer, Kind::ReportSigned, &row).write(conn, &shared)?;
                let row = annual_reports::load(conn, id)?;
                view(conn, &row)
            })
            .await
    }

    /// Publishes a signed edition: it stands on the public pages from then on.
    ///
    /// # Errors
    /// [`Failure::Missing`], [`Failure::Forbidden`], [`Failure::Invalid`] for a day still to come or before it was signed; [`Failure::Contrary`] before
    /// it is signed, and where it is public; the database's failures.
    pub async fn publish_report(
        &self,
        officer: &Officer,
        id: ReportId,
        input: Publication,
    ) -> Result<EditionView, Failure> {
        let (shared, officer, today) = (self.shared(), officer.clone(), self.today());
        let on = input.on.unwrap_or(today);
        if on > today {
            return Err(Failure::invalid("/on", "发布日期不能晚于今天。", "It cannot be published on a day to come."));
        }
        self.db()
            .write(move |conn| {
                let row = permitted(conn, &officer, Deed::Report, id)?;
                // Before it was signed nobody could have published it: the day decides whether it was late (arts 49 and 50).
                if row.signed_at.is_some_and(|at| on < day_in_china(at)) {
                    return Err(Failure::invalid(
                        "/on",
                        "发布日期不能早于签发之日。",
                        "It cannot have been published before the day it was signed.",
                    ));
                }
                annual_reports::publish(conn, id, officer.id, on).map_err(|error| match error {
                    StoreError::Conflict => Failure::contrary(
                        "尚未签发或者已经发布，不能发布。",
                        "It is not signed yet, or published already.",
                    ),
                    other => other.into(),
                })?;
                told(&officer, Kind::ReportPublished, &row).fact("on", on).write(conn, &shared)?;
                let row = annual_reports::load(conn, id)?;
                view(conn, &row)
            })
            .await
    }
}

/// Whether table 二 is entered: an annual report without it is none.
///
/// # Errors
/// [`Failure::Contrary`] with the lines that are missing.
fn complete(body: &ReportBody) -> Result<(), Failure> {
    let missing: Vec<TwoItem> = body.tables.two.missing().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = |name: fn(TwoItem) -> &'static str| missing.iter().map(|item| name(*item)).collect::<Vec<_>>();
    Err(Failure::contrary(
        format!("表二还没有填报：{}；没有的填0。", names(TwoItem::zh).join("、")),
        format!("Table 2 is not entered: {}. Enter 0 where there is nothing.", names(TwoItem::en).join(", ")),
    ))
}

/// The row of a report.
///
/// # Errors
/// [`Failure::Broken`], never seen.
pub(super) fn row_of(
    agency: &AgencyId,
    body: &ReportBody,
    (id, edition): (ReportId, i32),
    origin: Origin,
    reason: Option<String>,
    (frozen_by, frozen_at): (crate::ids::StaffId, chrono::DateTime<chrono::Utc>),
) -> Result<AnnualReportRow, Failure> {
    let text = serde_json::to_string(body).map_err(Failure::broken)?;
    Ok(AnnualReportRow {
        id,
        agency_id: *agency,
        year: body.year,
        edition,
        origin: origin.as_str().to_owned(),
        below: body.below,
        digest: Digest::of("dafu/annual-report/1", &[text.as_bytes()]).to_string(),
        body: text,
        reason,
        frozen_by,
        frozen_at,
        signed_by: None,
        signed_at: None,
        published_by: None,
        published_on: None,
    })
}

pub(super) fn told(officer: &Officer, kind: Kind, row: &AnnualReportRow) -> Note {
    Note::by(officer, kind)
        .at(row.agency_id)
        .fact("year", row.year)
        .fact("edition", row.edition)
        .fact("digest", &row.digest)
}

fn permitted(conn: &mut Conn, officer: &Officer, deed: Deed, id: ReportId) -> Result<AnnualReportRow, Failure> {
    let row = annual_reports::load(conn, id)?;
    permit(officer, deed, &projection::lineage(conn, row.agency_id)?)?;
    Ok(row)
}

/// The report in a row, held against its digest.
///
/// # Errors
/// [`Failure::Broken`] for a row that was tampered with.
pub(super) fn body_of(row: &AnnualReportRow) -> Result<ReportBody, Failure> {
    if Digest::of("dafu/annual-report/1", &[row.body.as_bytes()]).to_string() != row.digest {
        return Err(Failure::broken(format!("annual report {} differs from its digest", row.id)));
    }
    serde_json::from_str(&row.body).map_err(Failure::broken)
}

/// The editions of a year, the latest first.
///
/// # Errors
/// [`Failure::Broken`] for a row that was tampered with; the database's failures.
pub(super) fn of_year(
    conn: &mut Conn,
    agency: AgencyId,
    year: i32,
) -> Result<Vec<(AnnualReportRow, ReportBody)>, Failure> {
    let rows = annual_reports::list(conn, agency, year)?;
    rows.into_iter().map(|row| body_of(&row).map(|body| (row, body))).collect()
}

/// What a list shows of an edition.
///
/// # Errors
/// [`Failure::Broken`] for a code that is none; the database's failures.
pub(super) fn summary(conn: &mut Conn, row: &AnnualReportRow) -> Result<EditionSummary, Failure> {
    let agency = agencies::load(conn, row.agency_id)?;
    let origin: Origin = row.origin.parse().map_err(Failure::broken)?;
    Ok(EditionSummary {
        id: row.id,
        agency: AgencyName { slug: agency.slug, name: agency.name },
        year: row.year,
        edition: row.edition,
        origin: term!(origin),
        below: row.below,
        reason: row.reason.clone(),
        digest: row.digest.clone(),
        frozen_by: name_of(conn, Some(row.frozen_by))?,
        frozen_at: row.frozen_at,
        signed_by: name_of(conn, row.signed_by)?,
        signed_at: row.signed_at,
        published_on: row.published_on,
    })
}

/// An edition with what does not agree in it.
///
/// # Errors
/// As [`summary`].
pub(super) fn view(conn: &mut Conn, row: &AnnualReportRow) -> Result<EditionView, Failure> {
    let body = body_of(row)?;
    let agency = agencies::load(conn, row.agency_id)?;
    // One that others published may well take in those before it: it is held against all of theirs.
    let published = row.origin != RECKONED;
    let taken = TakenIn { below: row.below, predecessors: published || !body.predecessors.is_empty() };
    let before = Scope::of(conn, agency, row.year, taken)?.year_before(conn)?;
    Ok(EditionView {
        summary: summary(conn, row)?,
        report: ReportView::from(&body),
        breaks: breaks(&body.tables, before.as_ref()).into_iter().map(BreakView::from).collect(),
        year_before: before.is_some(),
    })
}
