//! Supervision: what is overdue or soon due at an agency and below it, on any day; who has how much; what came late;
//! what applicants thought of it; which windows close, which steps lie, how many replies are in time.

use super::answer::{self, Answer};
use super::file;
use super::officer::Staff;
use super::query::CheckedQuery;
use crate::office::supervision::forecast::{Forecast, ForecastQuery};
use crate::office::supervision::indicators::{IndicatorQuery, Indicators};
use crate::office::supervision::late_replies::{LatePage, LateQuery};
use crate::office::supervision::satisfaction::{Satisfaction, SatisfactionQuery};
use crate::office::supervision::scorecards::{ScorecardQuery, Scorecards, ScoredPage, ScoredQuery};
use crate::office::supervision::stalled::{StalledPage, StalledQuery};
use crate::office::supervision::timeliness::{Timeliness, TimelinessQuery};
use crate::office::supervision::windows::{WindowPage, WindowQuery};
use crate::office::supervision::workload::{Workload, WorkloadQuery};
use crate::office::supervision::{DuePage, SupervisionQuery};

/// List what is overdue
///
/// As it stood on `as_of`, with what was known of calendars and cases then.
#[utoipa::path(get, path = "/api/v1/supervision/overdue", tag = "supervision", params(SupervisionQuery),
    responses((status = 200, description = "The cases, and how many an agency", body = DuePage)))]
pub async fn overdue(staff: Staff<CheckedQuery<SupervisionQuery>>) -> Answer {
    answer::ok(staff.office.overdue(&staff.officer, staff.input.0).await?)
}

/// Fetch what is overdue as a table
///
/// Every case of the list, in CSV; that it was taken out is written down.
#[utoipa::path(get, path = "/api/v1/supervision/overdue.csv", tag = "supervision", params(SupervisionQuery),
    responses((status = 200, description = "The table", content_type = "text/csv", body = String)))]
pub async fn overdue_table(staff: Staff<CheckedQuery<SupervisionQuery>>) -> Answer {
    let name = format!("overdue-{}.csv", staff.office.today());
    Ok(file::figures(&name, staff.office.overdue_table(&staff.officer, staff.input.0).await?))
}

/// List what is due soon
#[utoipa::path(get, path = "/api/v1/supervision/due-soon", tag = "supervision", params(SupervisionQuery),
    responses((status = 200, description = "The cases, and how many an agency", body = DuePage)))]
pub async fn due_soon(staff: Staff<CheckedQuery<SupervisionQuery>>) -> Answer {
    answer::ok(staff.office.due_soon(&staff.officer, staff.input.0).await?)
}

/// Show who has how much
///
/// For each handler, and for what lies with nobody yet: open, due soon, overdue, waiting for others.
#[utoipa::path(get, path = "/api/v1/supervision/workload", tag = "supervision", params(WorkloadQuery),
    responses((status = 200, description = "The numbers", body = Workload)))]
pub async fn workload(staff: Staff<CheckedQuery<WorkloadQuery>>) -> Answer {
    answer::ok(staff.office.workload(&staff.officer, staff.input.0).await?)
}

/// List late replies
///
/// By the verdict that was taken when the reply was served.
#[utoipa::path(get, path = "/api/v1/supervision/late-replies", tag = "supervision", params(LateQuery),
    responses((status = 200, description = "One page", body = LatePage)))]
pub async fn late_replies(staff: Staff<CheckedQuery<LateQuery>>) -> Answer {
    answer::ok(staff.office.late_replies(&staff.officer, staff.input.0).await?)
}

/// Show what applicants thought
///
/// How many gave each value, and the mean, by the day on which they first did.
#[utoipa::path(get, path = "/api/v1/supervision/satisfaction", tag = "supervision", params(SatisfactionQuery),
    responses((status = 200, description = "The numbers", body = Satisfaction)))]
pub async fn satisfaction(staff: Staff<CheckedQuery<SatisfactionQuery>>) -> Answer {
    answer::ok(staff.office.satisfaction(&staff.officer, staff.input.0).await?)
}

/// List windows that close
///
/// Windows that somebody else has and that close within some working days, or have closed without what is called for.
#[utoipa::path(get, path = "/api/v1/supervision/windows", tag = "supervision", params(WindowQuery),
    responses((status = 200, description = "The windows, and how many of each kind", body = WindowPage)))]
pub async fn windows(staff: Staff<CheckedQuery<WindowQuery>>) -> Answer {
    answer::ok(staff.office.closing_windows(&staff.officer, staff.input.0).await?)
}

/// List steps that lie
///
/// Open cases at which a step has waited as many working days as the office's rule allows (`step` of its reminders).
#[utoipa::path(get, path = "/api/v1/supervision/stalled", tag = "supervision", params(StalledQuery),
    responses((status = 200, description = "The cases, and how many at each step", body = StalledPage)))]
pub async fn stalled(staff: Staff<CheckedQuery<StalledQuery>>) -> Answer {
    answer::ok(staff.office.stalled(&staff.officer, staff.input.0).await?)
}

/// Show how many replies were in time
///
/// Month by month, by the verdict that was taken when each was served.
#[utoipa::path(get, path = "/api/v1/supervision/timeliness", tag = "supervision", params(TimelinessQuery),
    responses((status = 200, description = "The numbers", body = Timeliness)))]
pub async fn timeliness(staff: Staff<CheckedQuery<TimelinessQuery>>) -> Answer {
    answer::ok(staff.office.timeliness(&staff.officer, staff.input.0).await?)
}

/// Show the indicators
///
/// What came in, what was closed and how, how long it took, where the days went; grouped by one column.
#[utoipa::path(get, path = "/api/v1/supervision/indicators", tag = "supervision", params(IndicatorQuery),
    responses((status = 200, description = "The figures", body = Indicators)))]
pub async fn indicators(staff: Staff<CheckedQuery<IndicatorQuery>>) -> Answer {
    answer::ok(staff.office.indicators(&staff.officer, staff.input.0).await?)
}

/// Take the indicators out as a table
///
/// RFC 4180, UTF-8 with a byte order mark; a line a group and one for all.
#[utoipa::path(get, path = "/api/v1/supervision/indicators.csv", tag = "supervision", params(IndicatorQuery),
    responses((status = 200, description = "The table", content_type = "text/csv", body = String)))]
pub async fn indicator_table(staff: Staff<CheckedQuery<IndicatorQuery>>) -> Answer {
    let name = format!("indicators-{}.csv", staff.office.today());
    Ok(file::figures(&name, staff.office.indicator_table(&staff.officer, staff.input.0).await?))
}

/// Foretell what will be late
///
/// Open cases in the order of their due days, done at the pace of the last sixty working days.
#[utoipa::path(get, path = "/api/v1/supervision/forecast", tag = "supervision", params(ForecastQuery),
    responses((status = 200, description = "The cases, and how it was reckoned", body = Forecast)))]
pub async fn forecast(staff: Staff<CheckedQuery<ForecastQuery>>) -> Answer {
    answer::ok(staff.office.forecast(&staff.officer, staff.input.0).await?)
}

/// Show the score cards
///
/// Each agency's points in a period, rule by rule.
#[utoipa::path(get, path = "/api/v1/supervision/scorecards", tag = "supervision", params(ScorecardQuery),
    responses((status = 200, description = "The cards", body = Scorecards)))]
pub async fn scorecards(staff: Staff<CheckedQuery<ScorecardQuery>>) -> Answer {
    answer::ok(staff.office.scorecards(&staff.officer, staff.input.0).await?)
}

/// Open what stands behind points
///
/// The cases, decisions or orders that a rule counted at one agency.
#[utoipa::path(get, path = "/api/v1/supervision/scorecards/items", tag = "supervision", params(ScoredQuery),
    responses((status = 200, description = "One page", body = ScoredPage)))]
pub async fn scored(staff: Staff<CheckedQuery<ScoredQuery>>) -> Answer {
    answer::ok(staff.office.scored(&staff.officer, staff.input.0).await?)
}
