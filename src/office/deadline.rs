//! The deadline calculator: anybody may lay the facts of an application before the law's reply clock and see why the day
//! is what it is. Nothing is stored.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Office;
use super::failure::Failure;
use super::input::Reader;
use super::views::{ClockView, clock_view};
use crate::law::reply::{CorrectionFacts, ExtensionFacts, ReplyFacts, Stop, StopCause, reply_clock};

/// The regulation came into force on 15 May 2019; calendars reach back to that year.
const FIRST_YEAR: i32 = 2019;

/// Beyond it a date is a slip of the pen, and the count would only be long.
const LAST_YEAR: i32 = 2100;

/// A question to the deadline calculator: the facts of one reply clock.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeadlineQuestion {
    /// The date of receipt (art. 31).
    pub received_on: NaiveDate,
    /// The day a correction notice was sent.
    pub correction_notice_sent_on: Option<NaiveDate>,
    /// The day the correction came.
    pub correction_received_on: Option<NaiveDate>,
    /// Consultations: letter sent, opinion received or window ended.
    #[schema(max_items = 50)]
    pub consultations: Option<Vec<ConsultationDays>>,
    /// Working days of extension.
    #[schema(minimum = 1, maximum = 20)]
    pub extension_days: Option<u32>,
    /// The day the notice of extension was sent.
    pub extension_notice_sent_on: Option<NaiveDate>,
}

/// A consultation in the calculator.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationDays {
    /// The day the letter was sent.
    pub from: NaiveDate,
    /// The day the opinion came, or the window ended.
    pub until: NaiveDate,
}

impl Office {
    /// The deadline calculator: a reply clock, explained. Nothing is stored.
    ///
    /// # Errors
    /// [`Failure::Invalid`] for days beyond the calendar's reach.
    pub fn deadline(&self, question: &DeadlineQuestion) -> Result<ClockView, Failure> {
        let mut reader = Reader::new();
        let mut reachable = |pointer: &str, day: NaiveDate| {
            if !(FIRST_YEAR..=LAST_YEAR).contains(&day.year()) {
                reader.wrong(pointer, "日期应当在2019年至2100年之间。", "The day must lie between 2019 and 2100.");
            }
        };
        reachable("/received_on", question.received_on);
        for (pointer, day) in [
            ("/correction_notice_sent_on", question.correction_notice_sent_on),
            ("/correction_received_on", question.correction_received_on),
            ("/extension_notice_sent_on", question.extension_notice_sent_on),
        ] {
            if let Some(day) = day {
                reachable(pointer, day);
            }
        }
        for (place, days) in question.consultations.iter().flatten().enumerate() {
            reachable(&format!("/consultations/{place}/from"), days.from);
            reachable(&format!("/consultations/{place}/until"), days.until);
        }
        in_order(&mut reader, question);
        reader.finish(())?;
        let facts = ReplyFacts {
            correction: question.correction_notice_sent_on.map(|notice_sent_on| CorrectionFacts {
                notice_sent_on,
                received_on: question.correction_received_on,
                found_in_time: None,
            }),
            stops: (1..)
                .zip(question.consultations.iter().flatten())
                .map(|(place, days): (u32, _)| Stop {
                    label: place.to_string(),
                    cause: StopCause::ThirdParty,
                    from: days.from,
                    until: days.until,
                })
                .collect(),
            extension: question
                .extension_days
                .zip(question.extension_notice_sent_on)
                .map(|(days, notice_sent_on)| ExtensionFacts { days, notice_sent_on }),
            ..ReplyFacts::received(question.received_on)
        };
        Ok(clock_view(&reply_clock(&facts, &self.calendars().latest()).clock))
    }
}

/// Facts that cannot all be true: nothing comes before what it answers, and an extension has a notice.
fn in_order(reader: &mut Reader, question: &DeadlineQuestion) {
    let mut after = |pointer: &str, day: Option<NaiveDate>, earlier: Option<NaiveDate>| {
        if let (Some(day), Some(earlier)) = (day, earlier)
            && day < earlier
        {
            reader.wrong(pointer, "早于它所依据的日期，请核对。", "This lies before what it rests on.");
        }
    };
    let (received, notice) = (Some(question.received_on), question.correction_notice_sent_on);
    after("/correction_notice_sent_on", notice, received);
    after("/correction_received_on", question.correction_received_on, notice);
    after("/extension_notice_sent_on", question.extension_notice_sent_on, received);
    for (place, days) in question.consultations.iter().flatten().enumerate() {
        after(&format!("/consultations/{place}/from"), Some(days.from), received);
        after(&format!("/consultations/{place}/until"), Some(days.until), Some(days.from));
    }
    if question.correction_received_on.is_some() && notice.is_none() {
        reader.wrong(
            "/correction_notice_sent_on",
            "收到补正的，请填写发出补正告知的日期。",
            "A correction that came was asked for: say when.",
        );
    }
    if question.extension_days.is_some() != question.extension_notice_sent_on.is_some() {
        let missing = if question.extension_days.is_some() { "/extension_notice_sent_on" } else { "/extension_days" };
        reader.wrong(
            missing,
            "延长的天数和发出延期告知的日期应当一并填写。",
            "Give the days of the extension together with the day of its notice.",
        );
    }
}
