//! What is laid down, in whichever of three forms, as a year: checked whole, so that all that is wrong is told at once.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ProposalSource, last_of};
use crate::config::calendars::ical::special_days;
use crate::law::calendar::{Amendment, CalendarFault, Year};
use crate::law::editions::Edition;
use crate::office::failure::{Failure, Problem};

/// The years of which a calendar can be laid down: from that of the regulation on.
const YEARS: std::ops::RangeInclusive<i32> = 2019..=2100;

/// A notice that changed a year after it was announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AmendmentBody {
    /// The document number.
    #[schema(min_length = 1, max_length = 200)]
    pub notice: String,
    /// The day it was published.
    #[serde(default)]
    pub published_on: Option<NaiveDate>,
    /// What it changed, in a sentence.
    #[schema(min_length = 1, max_length = 500)]
    pub summary: String,
}

/// A year as its notice has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct YearBody {
    /// The year.
    #[schema(minimum = 2019, maximum = 2100)]
    pub year: i32,
    /// The notice's document number.
    #[schema(min_length = 1, max_length = 200, example = "国办发明电〔2026〕5号")]
    pub notice: String,
    /// The day it was published.
    pub published_on: NaiveDate,
    /// Later notices already worked into the days below.
    #[serde(default)]
    #[schema(required = false, max_items = 20)]
    pub amendments: Vec<AmendmentBody>,
    /// Mondays to Fridays that are free.
    #[schema(value_type = Vec<NaiveDate>, max_items = 100)]
    pub holidays: BTreeSet<NaiveDate>,
    /// Saturdays and Sundays that are worked.
    #[schema(value_type = Vec<NaiveDate>, max_items = 100)]
    pub workdays: BTreeSet<NaiveDate>,
}

/// A year to be laid down: exactly one of `year`, `toml` and `ical`.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProposal {
    /// The year itself.
    pub year: Option<YearBody>,
    /// The same as TOML: the text of a file as in config/calendar.
    #[schema(max_length = 100_000)]
    pub toml: Option<String>,
    /// An iCalendar file: whole days, marked `X-APPLE-SPECIAL-DAY` or by 休 or 班 in the title.
    #[schema(max_length = 800_000)]
    pub ical: Option<String>,
    /// With `ical`: the notice's document number.
    #[schema(min_length = 1, max_length = 200)]
    pub notice: Option<String>,
    /// With `ical`: the day the notice was published.
    pub published_on: Option<NaiveDate>,
    /// With `ical`: which year of the file. If missing, the year after a notice of October or later, else that of the notice.
    #[schema(minimum = 2019, maximum = 2100)]
    pub for_year: Option<i32>,
}

/// A year that can be laid down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The year.
    pub year: Year,
    /// How it came.
    pub source: ProposalSource,
    /// Since when the edition is known that it would replace.
    pub stands_on: Option<DateTime<Utc>>,
}

/// The year in `input`, beside the editions there are.
///
/// # Errors
/// [`Failure::Invalid`] with everything that is wrong, or when the last edition says the same.
pub fn read(input: &NewProposal, known: &[Edition]) -> Result<Offered, Failure> {
    let beside_ical = [
        ("/notice", input.notice.is_some()),
        ("/published_on", input.published_on.is_some()),
        ("/for_year", input.for_year.is_some()),
    ];
    let mut problems: Vec<Problem> = Vec::new();
    if input.ical.is_none() {
        problems.extend(beside_ical.into_iter().filter(|(_, given)| *given).map(|(pointer, _)| {
            Problem::at(
                pointer,
                "只与 ical 一起填写；年份和 TOML 自带通知。",
                "Only with `ical`; the others have it inside.",
            )
        }));
    }
    let (pointer, source, year) = match (&input.year, &input.toml, &input.ical) {
        (Some(body), None, None) => ("/year", ProposalSource::Entered, Some(Year::from(body.clone()))),
        (None, Some(text), None) => ("/toml", ProposalSource::Toml, from_toml(text, &mut problems)),
        (None, None, Some(text)) => ("/ical", ProposalSource::Ical, from_ical(text, input, known, &mut problems)),
        _ => {
            let (zh, en) =
                ("year、toml、ical 三者填写且只填写一项。", "Give exactly one of `year`, `toml` and `ical`.");
            problems.push(Problem::at("", zh, en));
            ("", ProposalSource::Entered, None)
        }
    };
    if let Some(year) = &year {
        problems.extend(faults(pointer, year));
    }
    let (true, Some(year)) = (problems.is_empty(), year) else { return Err(Failure::Invalid(problems)) };
    let last = last_of(year.year, known);
    if last.is_some_and(|edition| edition.year == year) {
        return Err(Failure::invalid(
            pointer,
            "与现行日历完全相同，没有可以变更的内容。",
            "It says what the calendar says already; there is nothing to change.",
        ));
    }
    let stands_on = last.map(|edition| edition.known_from);
    Ok(Offered { year, source, stands_on })
}

fn from_toml(text: &str, problems: &mut Vec<Problem>) -> Option<Year> {
    match toml::from_str(text) {
        Ok(year) => Some(year),
        Err(fault) => {
            problems.push(Problem::at("/toml", in_chinese(text, &fault), format!("It cannot be read: {fault}")));
            None
        }
    }
}

/// Where a text is no year and, of the commonest kinds, why; the reader of TOML itself speaks English only.
fn in_chinese(text: &str, fault: &toml::de::Error) -> String {
    let before = fault.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let named = |kind: &str| fault.message().strip_prefix(kind)?.split('`').nth(1);
    match (named("missing field"), named("unknown field")) {
        (Some(field), _) => format!("无法读取：缺少“{field}”一项。"),
        (_, Some(field)) => format!("无法读取：第{line}行的“{field}”不是日历的一项。"),
        _ => format!("无法读取：第{line}行不符合TOML格式。"),
    }
}

fn from_ical(text: &str, input: &NewProposal, known: &[Edition], problems: &mut Vec<Problem>) -> Option<Year> {
    let (notice, published_on) = (input.notice.clone(), input.published_on);
    if notice.is_none() {
        problems.push(Problem::at(
            "/notice",
            "日历文件不含文号，请填写。",
            "The file has no document number; give it.",
        ));
    }
    if published_on.is_none() {
        let (zh, en) =
            ("日历文件不含发布日期，请填写。", "The file does not say when the notice was published; give it.");
        problems.push(Problem::at("/published_on", zh, en));
    }
    // Notices come in autumn for the year after, and amendments in the year itself.
    let by_notice = published_on.map(|on| if on.month() >= 10 { on.year().saturating_add(1) } else { on.year() });
    let number = input.for_year.or(by_notice)?;
    let days = special_days(text, number).unwrap_or_else(|(days, unclear)| {
        problems.extend(unclear.into_iter().map(|one| Problem::at("/ical", one.zh, one.en)));
        days
    });
    let (notice, published_on) = (notice?, published_on?);
    let year = Year {
        year: number,
        notice,
        published_on,
        amendments: Vec::new(),
        holidays: days.holidays,
        workdays: days.workdays,
    };
    Some(match last_of(number, known) {
        Some(last) => amending(&last.year, year),
        None => year,
    })
}

/// The days of `new` as a change of what stands: the first notice stays the year's, a later one amends it.
fn amending(stands: &Year, new: Year) -> Year {
    let mut amendments = stands.amendments.clone();
    if new.notice == stands.notice {
        return Year { amendments, ..new };
    }
    let same_days = stands.holidays == new.holidays && stands.workdays == new.workdays;
    let told = amendments.iter().any(|amendment| amendment.notice == new.notice);
    if same_days && told {
        return stands.clone();
    }
    let summary = difference(stands, &new);
    amendments.retain(|amendment| amendment.notice != new.notice);
    amendments.push(Amendment { notice: new.notice, published_on: Some(new.published_on), summary });
    Year { notice: stands.notice.clone(), published_on: stands.published_on, amendments, ..new }
}

/// The change in a sentence, for whoever asks later why a day is free.
fn difference(stands: &Year, new: &Year) -> String {
    let listed = |label: &str, days: Vec<&NaiveDate>| {
        let days: Vec<String> = days.into_iter().map(ToString::to_string).collect();
        (!days.is_empty()).then(|| format!("{label}{}", days.join("、")))
    };
    let parts = [
        listed("增加放假：", new.holidays.difference(&stands.holidays).collect()),
        listed("不再放假：", stands.holidays.difference(&new.holidays).collect()),
        listed("增加上班：", new.workdays.difference(&stands.workdays).collect()),
        listed("不再上班：", stands.workdays.difference(&new.workdays).collect()),
    ];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    if said.is_empty() { "未变动日期".to_owned() } else { said.join("；") }
}

/// All that is wrong with a year, each where it stands.
fn faults(pointer: &str, year: &Year) -> Vec<Problem> {
    let mut problems = Vec::new();
    let at = |field: &str| if pointer == "/year" { format!("/year/{field}") } else { pointer.to_owned() };
    if !YEARS.contains(&year.year) {
        problems.push(Problem::at(at("year"), "年份应在2019至2100之间。", "The year should be one of 2019 to 2100."));
    }
    if year.published_on.year() < year.year.saturating_sub(1) {
        let (zh, en) = ("发布日期早于上一年，请核对。", "It was published before the year before; look again.");
        problems.push(Problem::at(at("published_on"), zh, en));
    }
    for fault in year.check().err().unwrap_or_default() {
        let field = match fault {
            CalendarFault::WorkdayOnWeekday { .. } => "workdays",
            CalendarFault::DayOutsideYear { day, .. } if year.workdays.contains(&day) => "workdays",
            CalendarFault::HolidayOnWeekend { .. }
            | CalendarFault::NewYearMissing { .. }
            | CalendarFault::DayOutsideYear { .. } => "holidays",
            CalendarFault::NoNotice { .. } => "notice",
            CalendarFault::PublishedTooLate { .. } => "published_on",
            CalendarFault::YearTwice { .. } | CalendarFault::EditionTwice { .. } | CalendarFault::Several(_) => "year",
        };
        problems.push(Problem::at(at(field), format!("{}。", fault.zh()), format!("{fault}.")));
    }
    problems
}

impl From<YearBody> for Year {
    fn from(body: YearBody) -> Self {
        let amendment =
            |one: AmendmentBody| Amendment { notice: one.notice, published_on: one.published_on, summary: one.summary };
        Self {
            year: body.year,
            notice: body.notice,
            published_on: body.published_on,
            amendments: body.amendments.into_iter().map(amendment).collect(),
            holidays: body.holidays,
            workdays: body.workdays,
        }
    }
}

impl From<Year> for YearBody {
    fn from(year: Year) -> Self {
        let amendment =
            |one: Amendment| AmendmentBody { notice: one.notice, published_on: one.published_on, summary: one.summary };
        Self {
            year: year.year,
            notice: year.notice,
            published_on: year.published_on,
            amendments: year.amendments.into_iter().map(amendment).collect(),
            holidays: year.holidays,
            workdays: year.workdays,
        }
    }
}

#[cfg(test)]
mod tests;
