//! Calendars as people subscribe to them: that of Apple's servers, that of a feed with titles only, and broken ones.

use super::*;

/// Like the one that Apple's calendars subscribe to; folded lines, the year before and after, an alarm.
const APPLES: &str = include_str!("2027.ics");

fn days(texts: &[&str]) -> BTreeSet<NaiveDate> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn event(lines: &str) -> String {
    let lines = lines.replace('|', "\r\n");
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
}

fn fault(lines: &str) -> String {
    let (_, faults) = special_days(&event(lines), 2027).unwrap_err();
    faults.iter().map(|fault| fault.en.as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_year_is_read_and_the_years_beside_it_are_passed_over() {
    let read = special_days(APPLES, 2027).unwrap();
    let holidays = [
        "2027-01-01",
        "2027-02-05",
        "2027-02-08",
        "2027-02-09",
        "2027-02-10",
        "2027-02-11",
        "2027-02-12",
        "2027-04-05",
        "2027-05-03",
        "2027-05-04",
        "2027-05-05",
        "2027-06-09",
        "2027-09-15",
        "2027-10-01",
        "2027-10-04",
        "2027-10-05",
        "2027-10-06",
        "2027-10-07",
    ];
    assert_eq!(read.holidays, days(&holidays), "weekends inside a holiday are left out");
    let workdays = ["2027-01-31", "2027-02-20", "2027-04-25", "2027-05-08", "2027-09-26", "2027-10-09"];
    assert_eq!(read.workdays, days(&workdays));
    assert_eq!(special_days(APPLES, 2030).unwrap(), SpecialDays::default());
}

#[test]
fn a_title_tells_free_from_worked() {
    for (title, free) in [("元旦（休）", true), ("春节放假", true), ("国庆假期", true), ("元旦（调休）放假", true)]
    {
        let read = special_days(&event(&format!("DTSTART;VALUE=DATE:20270104|SUMMARY:{title}")), 2027).unwrap();
        assert_eq!(!read.holidays.is_empty(), free, "{title}");
    }
    for title in ["春节（班）", "国庆节补班", "劳动节调休上班"] {
        let read = special_days(&event(&format!("DTSTART;VALUE=DATE:20270131|SUMMARY:{title}")), 2027).unwrap();
        assert_eq!(read.workdays, days(&["2027-01-31"]), "{title}");
    }
}

#[test]
fn what_is_not_understood_names_the_event() {
    assert!(fault("DTSTART;VALUE=DATE:20270104|SUMMARY:小寒").contains("“小寒” (20270104): neither free nor worked"));
    assert!(fault("DTSTART;VALUE=DATE:20270104|SUMMARY:元旦调休").contains("neither"));
    assert!(fault("DTSTART;VALUE=DATE:20270104|SUMMARY:元旦休一日后上班").contains("both"));
    assert!(fault("DTSTART:20270104T090000|SUMMARY:春节上班").contains("not a whole day"));
    assert!(fault("SUMMARY:春节上班").contains("not a whole day"));
    assert!(fault("DTSTART;VALUE=DATE:20270104|DTEND;VALUE=DATE:20270104|SUMMARY:休").contains("its end"));
    assert!(fault("DTSTART;VALUE=DATE:20270104|DTEND;VALUE=DATE:20270804|SUMMARY:休").contains("31 days"));
    assert!(fault("DTSTART;VALUE=DATE:20270101|RRULE:FREQ=YEARLY|SUMMARY:元旦休").contains("repeats"));
}

#[test]
fn a_length_takes_the_place_of_an_end_and_what_was_called_off_is_passed_over() {
    let read = special_days(&event("DTSTART;VALUE=DATE:20270104|DURATION:P2D|SUMMARY:休"), 2027).unwrap();
    assert_eq!(read.holidays, days(&["2027-01-04", "2027-01-05"]));
    let off = event("DTSTART;VALUE=DATE:20270104|STATUS:CANCELLED|SUMMARY:休");
    assert_eq!(special_days(&off, 2027).unwrap(), SpecialDays::default());
}

#[test]
fn a_file_that_breaks_off_is_told_and_so_is_one_that_is_none() {
    let broken = APPLES.split("UID:2027-qingming").next().unwrap();
    for text in [broken, "", "year = 2027", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"] {
        let (_, faults) = special_days(text, 2027).unwrap_err();
        assert_eq!(faults.len(), 1);
        assert!(faults.iter().all(|fault| fault.zh.contains("iCalendar")), "{faults:?}");
    }
}

#[test]
fn a_day_that_is_both_is_told() {
    let text = event(
        "DTSTART;VALUE=DATE:20270130|DTEND;VALUE=DATE:20270202|SUMMARY:休|END:VEVENT|BEGIN:VEVENT|\
         DTSTART;VALUE=DATE:20270131|SUMMARY:班",
    );
    let (_, faults) = special_days(&text, 2027).unwrap_err();
    assert_eq!(
        faults.iter().map(|fault| fault.en.as_str()).collect::<Vec<_>>(),
        ["2027-01-31 is given both as free and as worked."]
    );
}
