//! A year's days off and days worked from an iCalendar file (RFC 5545), as calendars that people subscribe to have them: days
//! without a time of day, marked as Apple marks them or by a word in the title. What is not understood is told event by event:
//! a day left out would move deadlines without anybody noticing.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use icalendar::parser::{Component, read_components, unfold};

/// Days of the longest event; anything longer is no holiday.
const LONGEST: usize = 31;

/// What Apple's calendars say of a day.
const APPLE: &str = "X-APPLE-SPECIAL-DAY";

/// The days of a year that differ from the week.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpecialDays {
    /// Mondays to Fridays that are free.
    pub holidays: BTreeSet<NaiveDate>,
    /// Days named as worked.
    pub workdays: BTreeSet<NaiveDate>,
}

/// Something that was not understood, in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Unclear {
    fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// The days of `year` in the file; events of other years are passed over.
///
/// # Errors
/// Everything that is not understood, at once, with what was understood beside it.
pub fn special_days(text: &str, year: i32) -> Result<SpecialDays, (SpecialDays, Vec<Unclear>)> {
    let mut days = SpecialDays::default();
    let text = unfold(text.trim_start_matches('\u{feff}'));
    let roots = read_components(&text).unwrap_or_default();
    let events: Vec<&Component<'_>> = roots
        .iter()
        .filter(|root| root.name == "VCALENDAR")
        .flat_map(|root| root.components.iter().filter(|part| part.name == "VEVENT"))
        .collect();
    // The reader stops at what it cannot read; whatever follows would be left out without a word.
    if events.is_empty() || events.len() != text.matches("BEGIN:VEVENT").count() {
        let fault = Unclear::new(
            "不是完整的 iCalendar 文件（VCALENDAR，含有 VEVENT）。",
            "This is no complete iCalendar file (a VCALENDAR with VEVENTs).",
        );
        return Err((days, vec![fault]));
    }
    let mut unclear: Vec<Unclear> = Vec::new();
    for event in events {
        if let Err(fault) = take(event, year, &mut days) {
            unclear.push(fault);
        }
    }
    let both: Vec<NaiveDate> = days.workdays.intersection(&days.holidays).copied().collect();
    unclear.extend(both.into_iter().map(|day| {
        Unclear::new(format!("{day} 既是放假，又是上班。"), format!("{day} is given both as free and as worked."))
    }));
    if unclear.is_empty() {
        // A Saturday inside a holiday is free anyway.
        days.holidays.retain(|day| !is_weekend(*day));
        return Ok(days);
    }
    Err((days, unclear))
}

/// What an event says of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Free,
    Worked,
}

fn take(event: &Component<'_>, year: i32, days: &mut SpecialDays) -> Result<(), Unclear> {
    if value(event, "STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED")) {
        return Ok(());
    }
    let span: Vec<NaiveDate> = span(event)?.into_iter().filter(|day| day.year() == year).collect();
    if span.is_empty() {
        return Ok(());
    }
    if value(event, "RRULE").or_else(|| value(event, "RDATE")).is_some() {
        return Err(of(event, "重复出现的事件不能读入，请逐次列出", "an event that repeats; list each of them"));
    }
    match meaning(event)? {
        Meaning::Free => days.holidays.extend(span),
        Meaning::Worked => days.workdays.extend(span),
    }
    Ok(())
}

/// The days of an event. Its end is the first day that no longer belongs to it.
fn span(event: &Component<'_>) -> Result<Vec<NaiveDate>, Unclear> {
    let unreadable = || of(event, "不是全天事件（DTSTART 应为 YYYYMMDD）", "not a whole day (DTSTART as YYYYMMDD)");
    let first = value(event, "DTSTART").and_then(date).ok_or_else(unreadable)?;
    let end = match (value(event, "DTEND"), value(event, "DURATION")) {
        (Some(end), _) => date(end),
        (None, Some(length)) => duration(length).and_then(|length| first.checked_add_days(length)),
        (None, None) => first.succ_opt(),
    };
    let end = end.filter(|end| *end > first).ok_or_else(|| {
        of(event, "结束日期无法读取，或者不晚于开始日期", "its end cannot be read, or does not lie after its begin")
    })?;
    let days: Vec<NaiveDate> = first.iter_days().take(LONGEST + 1).take_while(|day| *day < end).collect();
    if days.len() > LONGEST {
        return Err(of(event, "超过31天", "longer than 31 days"));
    }
    Ok(days)
}

/// By Apple's mark, or by a word of the title. 调休 alone says nothing: it is written of days off and of days worked.
fn meaning(event: &Component<'_>) -> Result<Meaning, Unclear> {
    match value(event, APPLE) {
        Some("WORK-HOLIDAY") => return Ok(Meaning::Free),
        Some("ALTERNATE-WORKDAY") => return Ok(Meaning::Worked),
        Some(_) | None => {}
    }
    let title = value(event, "SUMMARY").unwrap_or_default().replace("调休", "");
    let free = ["休", "放假", "假期"].iter().any(|word| title.contains(word));
    let worked = title.contains('班');
    match (free, worked) {
        (true, false) => Ok(Meaning::Free),
        (false, true) => Ok(Meaning::Worked),
        (true, true) => Err(of(event, "标题既说放假又说上班", "its title says both free and worked")),
        (false, false) => Err(of(
            event,
            "看不出是放假还是上班：标题应含有“休”“放假”“假期”，或者“班”“补班”“上班”",
            "neither free nor worked: the title should have 休, 放假 or 假期, or 班, 补班 or 上班",
        )),
    }
}

/// A fault of an event, which is named by its day and title.
fn of(event: &Component<'_>, zh: &str, en: &str) -> Unclear {
    let on = value(event, "DTSTART").unwrap_or("?");
    let title = value(event, "SUMMARY").unwrap_or("?");
    Unclear::new(format!("事件“{title}”（{on}）：{zh}。"), format!("The event “{title}” ({on}): {en}."))
}

fn value<'a>(event: &'a Component<'_>, name: &str) -> Option<&'a str> {
    event.find_prop(name).map(|property| property.val.as_str().trim())
}

fn date(text: &str) -> Option<NaiveDate> {
    let plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { NaiveDate::parse_from_str(text, "%Y%m%d").ok() } else { None }
}

/// `P3D` or `P1W`.
fn duration(text: &str) -> Option<Days> {
    let length = text.strip_prefix('P')?;
    match (length.strip_suffix('D'), length.strip_suffix('W')) {
        (Some(days), _) => days.parse().ok().map(Days::new),
        (None, Some(weeks)) => weeks.parse().ok().and_then(|weeks: u64| weeks.checked_mul(7)).map(Days::new),
        (None, None) => None,
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
mod tests;
