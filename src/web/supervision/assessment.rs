//! Pages that look at more than today: indicators, score cards with what stands behind each point, the forecast. What is wrong with
//! what was asked is said beside the field, over the page as it is without it.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use askama::Template;

use super::Asked;
use super::figures::{self, Chart};
use crate::api::file;
use crate::office::failure::Failure;
use crate::office::supervision::forecast::{Forecast, ForecastQuery, ForecastUnit};
use crate::office::supervision::indicators::{Grouping, IndicatorQuery, Indicators};
use crate::office::supervision::scorecards::{ScorecardQuery, Scorecards, ScoredPage, ScoredQuery};
use crate::office::views::{Term, term};
use crate::web::fields::{Fields, encode};
use crate::web::frame::Frame;
use crate::web::page::{self, Paged};
use crate::web::signed_in::SignedIn;

#[derive(Template)]
#[template(path = "supervision/indicators.html")]
struct IndicatorPage<'a> {
    p: &'a Frame,
    asked: Asked,
    figures: Indicators,
    charts: Vec<Chart>,
    groupings: Vec<Term>,
    /// Where the same is had as a table.
    table: String,
}

#[derive(Template)]
#[template(path = "supervision/scorecards.html")]
struct ScorecardPage<'a> {
    p: &'a Frame,
    asked: Asked,
    cards: Scorecards,
}

#[derive(Template)]
#[template(path = "supervision/scored.html")]
struct BehindPage<'a> {
    p: &'a Frame,
    page: ScoredPage,
    back: String,
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "supervision/forecast.html")]
struct ForecastPage<'a> {
    p: &'a Frame,
    asked: Asked,
    forecast: Forecast,
    units: Vec<Term>,
    next: Option<String>,
}

impl IndicatorPage<'_> {
    /// The share of replies in time, in the span.
    fn in_time(&self) -> String {
        figures::percent(self.figures.total.replies.in_time_per_mille)
    }
}

impl ScorecardPage<'_> {
    /// Where the points of a rule are opened.
    fn items(&self, agency: &str, rule: &str) -> String {
        let query = encode([("agency", agency), ("rule", rule), ("period", self.cards.period.as_str())]);
        format!("/supervision/scorecards/items?{query}")
    }
}

/// Shows a page as it was asked for; where that cannot be, the page of the agency alone, with what is wrong.
async fn or_bare<'a, F>(by: &'a SignedIn, request: &HttpRequest, shown: F) -> Paged
where
    F: AsyncFn(&'a SignedIn, Fields, Option<String>) -> Result<Paged, Failure>,
{
    let fields = Fields::of(request.query_string());
    match shown(by, fields.clone(), None).await {
        Ok(page) => page,
        Err(Failure::Invalid(problems)) => {
            let mut bare = Fields::default();
            bare.set("agency", fields.text("agency"));
            let told: Vec<&str> = problems.iter().map(|one| by.frame.t(&one.zh, &one.en)).collect();
            let mut response = shown(by, bare, Some(told.join(" "))).await??;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

/// The indicators.
pub(in crate::web) async fn indicators(by: SignedIn, request: HttpRequest) -> Paged {
    or_bare(&by, &request, async |by: &SignedIn, fields: Fields, error| {
        let text = fields.encoded();
        let query: IndicatorQuery = by.contract.query("get", "/api/v1/supervision/indicators", &text)?;
        let figures = by.office.indicators(&by.officer, query).await?;
        let asked = Asked { error, ..Asked::of(by, &fields).await? };
        let page = IndicatorPage {
            p: &by.frame,
            asked,
            charts: figures::charts(&by.frame, &figures),
            figures,
            groupings: Grouping::ALL.iter().map(|one| term!(*one)).collect(),
            table: format!("/supervision/indicators.csv{}{text}", if text.is_empty() { "" } else { "?" }),
        };
        Ok(page::shown(&by.frame, &page))
    })
    .await
}

/// The same as a table.
pub(in crate::web) async fn table(by: SignedIn, request: HttpRequest) -> Paged {
    let query: IndicatorQuery =
        by.contract.query("get", "/api/v1/supervision/indicators.csv", request.query_string())?;
    let name = format!("indicators-{}.csv", by.office.today());
    Ok(file::figures(&name, by.office.indicator_table(&by.officer, query).await?))
}

/// The score cards.
pub(in crate::web) async fn scorecards(by: SignedIn, request: HttpRequest) -> Paged {
    or_bare(&by, &request, async |by: &SignedIn, fields: Fields, error| {
        let query: ScorecardQuery = by.contract.query("get", "/api/v1/supervision/scorecards", &fields.encoded())?;
        let cards = by.office.scorecards(&by.officer, query).await?;
        let asked = Asked { error, ..Asked::of(by, &fields).await? };
        Ok(page::shown(&by.frame, &ScorecardPage { p: &by.frame, asked, cards }))
    })
    .await
}

/// What stands behind the points of a rule.
pub(in crate::web) async fn scored(by: SignedIn, request: HttpRequest) -> Paged {
    let fields = Fields::of(request.query_string());
    let query: ScoredQuery =
        by.contract.query("get", "/api/v1/supervision/scorecards/items", request.query_string())?;
    let page = by.office.scored(&by.officer, query).await?;
    let period = fields.text("period");
    let back = format!("/supervision/scorecards?{}", encode([("period", period.as_str())]));
    let next = further("scorecards/items", &fields, page.next.as_deref());
    page::shown(&by.frame, &BehindPage { p: &by.frame, page, back, next })
}

/// The forecast.
pub(in crate::web) async fn forecast(by: SignedIn, request: HttpRequest) -> Paged {
    or_bare(&by, &request, async |by: &SignedIn, fields: Fields, error| {
        let query: ForecastQuery = by.contract.query("get", "/api/v1/supervision/forecast", &fields.encoded())?;
        let forecast = by.office.forecast(&by.officer, query).await?;
        let asked = Asked { error, ..Asked::of(by, &fields).await? };
        let next = further("forecast", &fields, forecast.next.as_deref());
        let units = ForecastUnit::ALL.iter().map(|one| term!(*one)).collect();
        Ok(page::shown(&by.frame, &ForecastPage { p: &by.frame, asked, forecast, units, next }))
    })
    .await
}

/// Where a list goes on.
fn further(list: &str, fields: &Fields, next: Option<&str>) -> Option<String> {
    next.map(|cursor| {
        let mut further = fields.clone();
        further.set("cursor", cursor);
        format!("/supervision/{list}?{}", further.encoded())
    })
}
