//! Score cards: what each agency did in a period, in points, by rules that are data (`supervision.scorecard`). Every point opens what
//! it was given or taken away for; no point is given by hand.

mod behind;
mod counting;
mod period;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::names;
use crate::clock::day_in_china;
use crate::config::scorecards::Rule;
use crate::office::failure::Failure;
use crate::office::permission::{Deed, Officer};
use crate::office::queue::visible;
use crate::office::views::AgencyName;
use crate::office::{Office, Shared};
use crate::storage::Conn;
use counting::Counting;
use period::Period;

pub use behind::{ScoredItem, ScoredPage, ScoredQuery};

/// Which score cards.
#[derive(Debug, Clone, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ScorecardQuery {
    /// An agency by its short name, with all below it; all one may see if missing.
    pub agency: Option<String>,
    /// A year `2026`, a quarter `2026-Q1` or a month `2026-03`; this year if missing.
    pub period: Option<String>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RuleView {
    /// Its code.
    pub code: String,
    /// Its name.
    pub zh: String,
    /// The same in English.
    pub en: String,
    /// Points for each; less than 0 are taken away.
    pub points: i64,
    /// The most it adds or takes away in all.
    pub at_most: Option<i64>,
    /// Where it comes from.
    pub source_zh: String,
    /// The same in English.
    pub source_en: String,
}

/// What a rule came to at an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScoreLine {
    /// The rule.
    pub rule: String,
    /// How many.
    pub count: i64,
    /// The points.
    pub points: i64,
}

/// The score card of an agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgencyCard {
    /// The agency; what is below it has cards of its own.
    pub agency: AgencyName,
    /// The base with all points.
    pub score: i64,
    /// Rule by rule.
    pub lines: Vec<ScoreLine>,
}

/// The score cards of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Scorecards {
    /// The period.
    pub period: String,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day; today while it runs.
    pub to: NaiveDate,
    /// What every agency begins with.
    pub base: i64,
    /// The rules.
    pub rules: Vec<RuleView>,
    /// Agency by agency, the highest score first.
    pub items: Vec<AgencyCard>,
}

impl Office {
    /// The score cards of a period.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for what is no period, or has not begun; [`Failure::Missing`] for an agency one may not see,
    /// [`Failure::Forbidden`]; the database's failures.
    pub async fn scorecards(&self, officer: &Officer, query: ScorecardQuery) -> Result<Scorecards, Failure> {
        let (shared, officer, today) = (self.shared(), officer.clone(), self.today());
        let period = period_asked(query.period.as_deref(), today)?;
        self.db().read(move |conn| cards(conn, &shared, &officer, query.agency.as_deref(), &period)).await
    }
}

/// The period, cut off today.
fn period_asked(name: Option<&str>, today: NaiveDate) -> Result<Period, Failure> {
    let period = match name {
        None => Period::year_of(today),
        Some(name) => Period::read(name),
    };
    let period = period.filter(|period| period.from <= today).ok_or_else(|| {
        Failure::invalid(
            "?period",
            "请填写已经开始的年、季或者月，例如 2026、2026-Q1、2026-03。",
            "Give a year, a quarter or a month that has begun, such as 2026, 2026-Q1, 2026-03.",
        )
    })?;
    Ok(Period { to: period.to.min(today), ..period })
}

fn cards(
    conn: &mut Conn,
    shared: &Shared,
    officer: &Officer,
    agency: Option<&str>,
    period: &Period,
) -> Result<Scorecards, Failure> {
    let agencies = visible(conn, officer, Deed::Supervise, agency)?;
    let today = day_in_china(shared.clock.now());
    let card = &shared.scorecard;
    let counting = Counting { agencies: &agencies, days: (period.from, period.to), today };
    let mut counts = Vec::new();
    for rule in &card.rules {
        counts.push((rule, counting.of(conn, rule.counts)?));
    }
    let names = names(conn)?;
    let mut items: Vec<AgencyCard> = agencies
        .iter()
        .filter_map(|id| {
            let agency = names.get(id)?.clone();
            let line = |(rule, counts): &(&Rule, counting::ByAgency)| {
                let count = counts.get(id).copied().unwrap_or(0);
                ScoreLine { rule: rule.code.clone(), count, points: rule.points_for(count) }
            };
            let lines: Vec<ScoreLine> = counts.iter().map(line).collect();
            let score = lines.iter().fold(card.base, |score, line| score.saturating_add(line.points));
            Some(AgencyCard { agency, score, lines })
        })
        .collect();
    items.sort_by(|one, other| other.score.cmp(&one.score).then_with(|| one.agency.slug.cmp(&other.agency.slug)));
    let rules = counts.iter().map(|(rule, _)| view(rule)).collect();
    Ok(Scorecards { period: period.name.clone(), from: period.from, to: period.to, base: card.base, rules, items })
}

fn view(rule: &Rule) -> RuleView {
    RuleView {
        code: rule.code.clone(),
        zh: rule.zh.clone(),
        en: rule.en.clone(),
        points: rule.points,
        at_most: rule.at_most,
        source_zh: rule.source_zh.clone(),
        source_en: rule.source_en.clone(),
    }
}
