//! When mail to staff may come: within the office's working hours on its working days, and the day's digest at its hour.
//! An agency sets them; whoever wants mail at any hour says so.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeZone, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::clock::day_in_china;
use crate::ids::AgencyId;
use crate::law::calendar::Calendar;
use crate::office::failure::Failure;
use crate::storage::{Conn, office_rules};

/// What the store calls them.
pub const KIND: &str = "notice_hours";

/// The hours of an office, in Beijing time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// From when mail may come, as `08:30`.
    #[schema(value_type = String, pattern = "^[0-2][0-9]:[0-5][0-9]$", example = "08:30")]
    pub from: Hour,
    /// Until when.
    #[schema(value_type = String, pattern = "^[0-2][0-9]:[0-5][0-9]$", example = "17:30")]
    pub to: Hour,
    /// When the digest comes.
    #[schema(value_type = String, pattern = "^[0-2][0-9]:[0-5][0-9]$", example = "08:30")]
    pub digest: Hour,
}

impl Default for Hours {
    fn default() -> Self {
        let time = |hour, minute| Hour(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN));
        Self { from: time(8, 30), to: time(17, 30), digest: time(8, 30) }
    }
}

impl Hours {
    /// Those of an agency.
    ///
    /// # Errors
    /// [`Failure::Broken`] for a stored value that is none; the database's failures.
    pub fn of(conn: &mut Conn, agency: AgencyId) -> Result<Self, Failure> {
        let stored = office_rules::find(conn, agency, KIND)?;
        stored.map_or_else(|| Ok(Self::default()), |body| serde_json::from_str(&body).map_err(Failure::broken))
    }

    /// The first instant from `now` on at which mail may come.
    #[must_use]
    pub fn next_open(&self, now: DateTime<Utc>, calendar: &Calendar) -> DateTime<Utc> {
        let today = day_in_china(now);
        if calendar.is_working(today) {
            if now < instant(today, self.from) {
                return instant(today, self.from);
            }
            if now < instant(today, self.to) {
                return now;
            }
        }
        instant(calendar.next_working_day(after(today)), self.from)
    }

    /// The instant of the next digest from `now` on.
    #[must_use]
    pub fn next_digest(&self, now: DateTime<Utc>, calendar: &Calendar) -> DateTime<Utc> {
        let today = day_in_china(now);
        if calendar.is_working(today) && now <= instant(today, self.digest) {
            return instant(today, self.digest);
        }
        instant(calendar.next_working_day(after(today)), self.digest)
    }
}

fn after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// An hour of a day in China. Beijing time has had no jumps since 1991, so there is always exactly one such instant.
fn instant(day: NaiveDate, at: Hour) -> DateTime<Utc> {
    let local = day.and_time(at.0);
    FixedOffset::east_opt(8 * 3600)
        .and_then(|beijing| beijing.from_local_datetime(&local).single())
        .map_or_else(|| local.and_utc(), |there| there.with_timezone(&Utc))
}

/// How people write an hour; seconds are for machines.
const WRITTEN: &str = "%H:%M";

/// An hour of the day, written as `08:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Hour(NaiveTime);

impl TryFrom<String> for Hour {
    type Error = chrono::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        NaiveTime::parse_from_str(&text, WRITTEN).map(Self)
    }
}

impl Serialize for Hour {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.format(WRITTEN))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::calendars::embedded_years;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn mail_waits_for_the_office_to_open_and_never_comes_on_a_holiday() {
        let calendar = Calendar::new(embedded_years().unwrap()).unwrap();
        let open = |now: &str| Hours::default().next_open(at(now), &calendar).to_rfc3339();
        assert_eq!(open("2026-03-09T02:00:00Z"), "2026-03-09T02:00:00+00:00", "ten in the morning of a Monday");
        assert_eq!(open("2026-03-08T22:00:00Z"), "2026-03-09T00:30:00+00:00", "six in the morning");
        assert_eq!(open("2026-03-09T12:00:00Z"), "2026-03-10T00:30:00+00:00", "eight in the evening");
        assert_eq!(open("2026-09-30T12:00:00Z"), "2026-10-08T00:30:00+00:00", "the evening before National Day");
        assert_eq!(open("2026-10-10T02:00:00Z"), "2026-10-10T02:00:00+00:00", "a Saturday that is worked");
    }

    #[test]
    fn the_digest_comes_once_a_working_day() {
        let calendar = Calendar::new(embedded_years().unwrap()).unwrap();
        let next = |now: &str| Hours::default().next_digest(at(now), &calendar).to_rfc3339();
        assert_eq!(next("2026-03-08T16:05:00Z"), "2026-03-09T00:30:00+00:00");
        assert_eq!(next("2026-03-09T00:31:00Z"), "2026-03-10T00:30:00+00:00");
    }

    #[test]
    fn hours_are_written_as_people_write_them() {
        let text = serde_json::to_string(&Hours::default()).unwrap();
        assert_eq!(text, r#"{"from":"08:30","to":"17:30","digest":"08:30"}"#);
        assert_eq!(serde_json::from_str::<Hours>(&text).unwrap(), Hours::default());
        assert!(serde_json::from_str::<Hours>(r#"{"from":"8 Uhr","to":"17:30","digest":"08:30"}"#).is_err());
    }
}
