//! A clock as a picture: the months it runs through, each day as what it is. The reasons stand beside it in words, so
//! that nothing is told by colour alone.

use std::collections::HashMap;

use askama::Template;
use chrono::{Datelike, Days, Months, NaiveDate};

use super::frame::Frame;
use crate::office::views::{ClockView, StepView};

/// Months drawn at most: a delayed reply may lie far off, and its days all look alike.
const MONTHS: usize = 18;

/// One day in the picture.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub day: u32,
    /// What it is, as the stylesheet names it; empty for a day outside the count.
    pub kind: &'static str,
    /// A sign for it, or its number.
    pub sign: String,
    /// Why, for whoever points at it.
    pub why: String,
    pub due: bool,
}

/// A month in the picture.
#[derive(Debug, Clone)]
pub(super) struct Month {
    pub first: NaiveDate,
    /// Weeks from Monday to Sunday; days of the neighbouring months are left out.
    pub weeks: Vec<Vec<Option<Cell>>>,
}

/// The picture of one clock.
#[derive(Template)]
#[template(path = "shared/picture.html")]
pub(super) struct Picture<'a> {
    p: &'a Frame,
    clock: &'a ClockView,
    months: Vec<Month>,
}

impl<'a> Picture<'a> {
    /// Draws a clock.
    pub(super) fn of(p: &'a Frame, clock: &'a ClockView) -> Self {
        let mut steps: HashMap<NaiveDate, &StepView> = HashMap::new();
        for step in &clock.steps {
            // A day may be stopped and a holiday too: what is told first of it is why it does not count.
            steps.entry(step.on).or_insert(step);
        }
        let first = clock.from.with_day(1).unwrap_or(clock.from);
        let last = clock.steps.last().map_or(clock.due_on, |step| step.on.max(clock.due_on));
        let months = (0u32..)
            .map_while(|ahead| first.checked_add_months(Months::new(ahead)))
            .take_while(|month| *month <= last)
            .take(MONTHS)
            .map(|first| month(p, clock, first, &steps))
            .collect();
        Self { p, clock, months }
    }

    /// What the signs mean, as far as they occur.
    fn legend(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        const SIGNS: &[(&str, &str, &str, &str, &str)] = &[
            ("start", "起", "start", "起算之日，不计入", "first day, not counted"),
            ("counted", "1", "1", "计入的工作日", "working day that counts"),
            ("made_up", "班", "w", "调休上班日，计入", "made-up working day, counts"),
            ("weekend", "休", "·", "周末", "weekend"),
            ("holiday", "假", "hol.", "法定节假日", "public holiday"),
            ("stopped", "停", "stop", "征求意见，不计入", "consultation, not counted"),
            ("suspended", "中", "susp", "中止期间，不计入", "suspended, not counted"),
            ("delayed", "延", "delay", "延迟答复期间", "delayed reply"),
            ("assumed", "?", "?", "日历尚未公布，暂按工作日计", "calendar not published yet, taken as a working day"),
        ];
        SIGNS
            .iter()
            .filter(|(kind, ..)| self.clock.steps.iter().any(|step| step.kind == *kind))
            .map(|(kind, sign, sign_en, zh, en)| {
                (*kind, self.p.language.pick(*sign, *sign_en), self.p.language.pick(*zh, *en))
            })
            .collect()
    }
}

fn month(p: &Frame, clock: &ClockView, first: NaiveDate, steps: &HashMap<NaiveDate, &StepView>) -> Month {
    let before = usize::try_from(first.weekday().num_days_from_monday()).unwrap_or_default();
    let mut cells: Vec<Option<Cell>> = vec![None; before];
    let days = (0..31).map_while(|ahead| first.checked_add_days(Days::new(ahead)));
    cells.extend(
        days.take_while(|day| day.month() == first.month()).map(|day| Some(cell(p, clock, day, steps.get(&day)))),
    );
    while !cells.len().is_multiple_of(7) {
        cells.push(None);
    }
    Month { first, weeks: cells.chunks(7).map(<[Option<Cell>]>::to_vec).collect() }
}

fn cell(p: &Frame, clock: &ClockView, day: NaiveDate, step: Option<&&StepView>) -> Cell {
    let due = day == clock.due_on;
    let Some(step) = step else {
        return Cell { day: day.day(), kind: "", sign: String::new(), why: String::new(), due };
    };
    let sign = match (step.kind, step.number) {
        ("made_up", Some(number)) => format!("{number}{}", p.t("班", "w")),
        ("assumed", Some(number)) => format!("{number}?"),
        (_, Some(number)) => number.to_string(),
        ("start", None) => p.t("起", "start").to_owned(),
        ("weekend", None) => p.t("休", "·").to_owned(),
        ("holiday", None) => p.t("假", "hol.").to_owned(),
        ("stopped", None) => p.t("停", "stop").to_owned(),
        ("suspended", None) => p.t("中", "susp").to_owned(),
        ("delayed", None) => p.t("延", "delay").to_owned(),
        ("rolled_to", None) => p.t("顺延", "next").to_owned(),
        (_, None) => String::new(),
    };
    Cell { day: day.day(), kind: step.kind, sign, why: p.t(&step.zh, &step.en).to_owned(), due }
}
