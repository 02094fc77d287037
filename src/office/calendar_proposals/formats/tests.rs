//! The three forms of a year, beside the editions of the years there are.

use super::*;
use crate::config::calendars::embedded_years;

const NEXT: &str = include_str!("../../../config/calendars/ical/2027.ics");

fn known() -> Vec<Edition> {
    embedded_years().unwrap().into_iter().map(Edition::as_published).collect()
}

fn stands() -> Year {
    embedded_years().unwrap().into_iter().find(|year| year.year == 2026).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn problems(input: &NewProposal) -> Vec<(String, String)> {
    match read(input, &known()) {
        Err(Failure::Invalid(problems)) => problems.into_iter().map(|one| (one.pointer, one.en)).collect(),
        other => panic!("{other:?}"),
    }
}

fn ical(text: &str) -> NewProposal {
    NewProposal {
        ical: Some(text.to_owned()),
        notice: Some("国办发明电〔2026〕5号".to_owned()),
        published_on: Some(day("2026-11-05")),
        ..NewProposal::default()
    }
}

/// An iCalendar file that says of 2026 what its notice says, with one more day off.
fn amendment(free: &str) -> String {
    let year = stands();
    let event = |day: &NaiveDate, title: &str| {
        format!("BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n", day.format("%Y%m%d"))
    };
    let mut events: String = year.holidays.iter().map(|day| event(day, "休")).collect();
    events.extend(year.workdays.iter().map(|day| event(day, "班")));
    events.push_str(&event(&day(free), "临时放假"));
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

#[test]
fn a_notice_of_autumn_is_that_of_the_year_after() {
    let offered = read(&ical(NEXT), &known()).unwrap();
    assert_eq!((offered.year.year, offered.source, offered.stands_on), (2027, ProposalSource::Ical, None));
    assert_eq!((offered.year.holidays.len(), offered.year.workdays.len()), (18, 6));
    assert_eq!(offered.year.citation(), "国办发明电〔2026〕5号");
}

#[test]
fn a_change_of_the_running_year_is_an_amendment_of_its_notice() {
    let mut input = ical(&amendment("2026-05-06"));
    input.published_on = Some(day("2026-03-20"));
    let offered = read(&input, &known()).unwrap();
    let amended = offered.year;
    assert_eq!(amended.citation(), "国办发明电〔2025〕7号、国办发明电〔2026〕5号");
    assert_eq!(amended.amendments[0].summary, "增加放假：2026-05-06");
    assert_eq!(amended.published_on, stands().published_on);
    assert_eq!(offered.stands_on, last_of(2026, &known()).map(|edition| edition.known_from));
    // Laid down again under the same number once it is in force, it says nothing new.
    let mut later = known();
    later.push(Edition { known_from: "2026-03-21T00:00:00Z".parse().unwrap(), year: amended });
    assert!(matches!(read(&input, &later), Err(Failure::Invalid(_))));
}

#[test]
fn the_three_forms_give_the_same_year() {
    let mut year = read(&ical(NEXT), &known()).unwrap().year;
    let toml = NewProposal { toml: Some(toml::to_string(&year).unwrap()), ..NewProposal::default() };
    assert_eq!(read(&toml, &known()).unwrap().year, year);
    let entered = NewProposal { year: Some(year.clone().into()), ..NewProposal::default() };
    assert_eq!(read(&entered, &known()).unwrap().year, year);
    year.notice = String::new();
    let without = NewProposal { year: Some(year.into()), ..NewProposal::default() };
    assert_eq!(
        problems(&without),
        [("/year/notice".to_owned(), "the notice for 2027 has no document number.".to_owned())]
    );
}

#[test]
fn what_changes_nothing_is_no_proposal() {
    let same = NewProposal { year: Some(stands().into()), ..NewProposal::default() };
    assert!(problems(&same)[0].1.contains("nothing to change"));
}

#[test]
fn one_form_and_only_one() {
    let both = NewProposal { toml: Some(String::new()), year: Some(stands().into()), ..NewProposal::default() };
    assert_eq!(problems(&both)[0].0, "");
    let mut none = ical(NEXT);
    none.ical = None;
    let pointers: Vec<String> = problems(&none).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["/notice", "/published_on", ""]);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let mut year = stands();
    year.holidays.extend([day("2026-05-10"), day("2027-01-01")]);
    year.holidays.remove(&day("2026-01-01"));
    year.workdays.insert(day("2026-05-11"));
    let entered = NewProposal { year: Some(year.into()), ..NewProposal::default() };
    let pointers: Vec<String> = problems(&entered).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(pointers, ["/year/holidays", "/year/holidays", "/year/workdays", "/year/holidays"]);

    // Of a file: what is not understood, what cannot be, and what was not said beside it.
    let text = amendment("2026-05-06").replace("SUMMARY:临时放假", "SUMMARY:立夏").replace(
        "END:VCALENDAR",
        "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260512\r\nSUMMARY:班\r\nEND:VEVENT\r\nEND:VCALENDAR",
    );
    let mut input = ical(&text);
    input.published_on = Some(day("2026-03-20"));
    let told = problems(&input);
    assert!(told[0].1.contains("立夏") && told[1].1.contains("2026-05-12"), "{told:?}");
    (input.notice, input.for_year) = (None, Some(2026));
    let told = problems(&input);
    assert!(told[0].0 == "/notice" && told[1].1.contains("立夏"), "{told:?}");
}

#[test]
fn a_toml_that_cannot_be_read_says_where() {
    let input = NewProposal { toml: Some("year = 2027\nholiday = []".to_owned()), ..NewProposal::default() };
    assert!(problems(&input)[0].1.contains("unknown field `holiday`"));
}
