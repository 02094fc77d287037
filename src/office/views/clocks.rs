//! Clocks for a reader: each with its days, and why each counts or does not.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ArticleView, Term, term};
use crate::law::count::{Clock, Due, Step, StepKind};

/// One day of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct StepView {
    /// The day.
    pub on: NaiveDate,
    /// `start`, `counted`, `made_up`, `weekend`, `holiday`, `assumed`, `stopped`, `suspended`, `delayed` or `rolled_to`.
    pub kind: &'static str,
    /// Its number, where it is counted.
    pub number: Option<u32>,
    /// Why, in Chinese.
    pub zh: String,
    /// Why, in English.
    pub en: String,
}

/// A clock, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClockView {
    /// Which.
    pub name: Term,
    /// The article behind it.
    pub article: ArticleView,
    /// Day 0, which is not counted.
    pub from: NaiveDate,
    /// The last day, counted strictly.
    pub due_on: NaiveDate,
    /// The last day that can still be defended.
    pub last_defensible_on: NaiveDate,
    /// Whether it steps into a year without a published calendar.
    pub provisional: bool,
    /// Day by day.
    pub steps: Vec<StepView>,
}

/// A clock as a reader sees it.
#[must_use]
pub fn clock_view(clock: &Clock) -> ClockView {
    let provisional = |due: Due| due.provisional;
    ClockView {
        name: term!(clock.name),
        article: clock.article.into(),
        from: clock.from,
        due_on: clock.due.on,
        last_defensible_on: clock.last_defensible.on,
        provisional: provisional(clock.due) || provisional(clock.last_defensible),
        steps: clock.steps.iter().map(step_view).collect(),
    }
}

fn step_view(step: &Step) -> StepView {
    StepView {
        on: step.on,
        kind: kind_of(&step.kind),
        number: step.kind.number(),
        zh: step.kind.zh(),
        en: step.kind.en(),
    }
}

const fn kind_of(kind: &StepKind) -> &'static str {
    match kind {
        StepKind::Start => "start",
        StepKind::Counted { .. } => "counted",
        StepKind::MadeUp { .. } => "made_up",
        StepKind::Weekend => "weekend",
        StepKind::Holiday { .. } => "holiday",
        StepKind::Assumed { .. } => "assumed",
        StepKind::Stopped { .. } => "stopped",
        StepKind::Suspended { .. } => "suspended",
        StepKind::Delayed => "delayed",
        StepKind::RolledTo => "rolled_to",
    }
}
