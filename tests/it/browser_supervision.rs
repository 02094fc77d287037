//! A supervisor in a browser, with the scripts of the pages running and without: from the board to the list of what is
//! overdue, to the case, to the days that made it so.

use serde_json::json;

use crate::browser_officer::signs_in;
use crate::support::browser::{Browser, Scripts, Tongue};
use crate::support::handled::Handled;
use crate::support::served::Served;

/// A case of which the day has passed, and one that has time.
pub fn late_and_in_time(service: &Served) -> String {
    let late = Handled::new(service);
    service.day("2026-04-08");
    Handled::new(service);
    late.view()["number"].as_str().unwrap().to_owned()
}

/// From the board to the case.
pub fn finds(browser: &Browser, number: &str, look: &dyn Fn(&str)) {
    signs_in(browser, "supervisor");
    browser.follow(("监督", "Supervision"));
    look("board");
    assert_eq!(browser.text_of(".tile.bad .figure"), "1");
    browser.follow(("已超期", "Overdue"));
    assert_eq!(browser.count("[data-rows] tbody tr"), 1);
    browser.says((number, number));
    // Due on Monday 30 March; Monday 6 April was no working day.
    browser.says(("已超期6个工作日", "6 working days late"));
    look("overdue");
    browser.follow((number, number));
    browser.says(("已超期6个工作日", "6 working days late"));
    look("case of a supervisor");
    browser.follow(("期限", "Clock"));
    browser.says(("2026年3月30日（星期一）", "Mon 30 March 2026"));
    look("clock of an overdue case");
}

fn what_is_overdue_is_found(scripts: Scripts) {
    let service = Served::on_sqlite("2026-03-02");
    let Some(browser) = Browser::open(&service.address, scripts, Tongue::Zh) else { return };
    let number = late_and_in_time(&service);
    finds(&browser, &number, &|_| ());
    browser.go("/supervision?agency=yunhe&as_of=2026-03-20");
    let figure = browser.run("return document.querySelector('.tile.bad .figure').innerText", &json!([]));
    assert_eq!(figure, "0", "on that day nothing was late yet");
}

#[test]
fn browser_a_supervisor_finds_what_is_overdue_with_scripts() {
    what_is_overdue_is_found(Scripts::On);
}

#[test]
fn browser_a_supervisor_finds_what_is_overdue_without_scripts() {
    what_is_overdue_is_found(Scripts::Off);
}
