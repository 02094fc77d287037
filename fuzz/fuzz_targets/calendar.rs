//! Calendars as somebody lays them down: iCalendar files and TOML.
#![no_main]

use dafu::config::calendars::{ical, year_from_toml};
use dafu::office::calendar_proposals::formats::{NewProposal, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    if first % 2 == 0 {
        if let Ok(days) = ical::special_days(text, 2026) {
            assert!(days.holidays.len() + days.workdays.len() <= 366);
        }
        let proposal = NewProposal {
            ical: Some(text.to_owned()),
            notice: Some("某办〔2025〕1号".to_owned()),
            published_on: "2025-11-04".parse().ok(),
            ..NewProposal::default()
        };
        let _told = read(&proposal, &[]);
    } else {
        let _told = year_from_toml("it", text);
        let _told = read(&NewProposal { toml: Some(text.to_owned()), ..NewProposal::default() }, &[]);
    }
});
