//! Two administrators in a browser, with the scripts of the pages running and without: one puts a year forward and sees
//! what would move, the other confirms it, and it is in force.

use chrono::TimeDelta;

use crate::browser_officer::signs_in;
use crate::support::browser::{Browser, Scripts, Tongue};
use crate::support::handled::Handled;
use crate::support::hands::Words;
use crate::support::served::Served;

pub const YEAR: &str = r#"year = 2027
notice = "测试〔2026〕1号"
published_on = "2026-12-15"
holidays = ["2027-01-01", "2027-01-04"]
workdays = ["2027-01-30"]
"#;
pub const CALENDAR: Words = ("日历内容", "The calendar");
pub const PROPOSE: Words = ("提出，先看影响", "Put it forward and see what moves");
pub const CONFIRM: Words = ("确认，按此重算期限", "Confirm: reckon with it");

/// From the form to the year in force.
pub fn imports(browser: &Browser, service: &Served, look: &dyn Fn(&str)) {
    signs_in(browser, "admin");
    browser.follow(("管理", "Administration"));
    look("administration");
    browser.follow(("工作日日历", "Calendar"));
    look("calendar");
    browser.fill(CALENDAR, "year = 2027\nnotice = 没有引号");
    browser.press(PROPOSE);
    assert_eq!(browser.count(".error-summary"), 1);
    look("calendar with errors");
    browser.fill(CALENDAR, YEAR);
    browser.press(PROPOSE);
    browser.says(("您提出的变更须由另一名管理员确认。", "You put it forward"));
    browser.says(("2027年1月4日（星期一）", "Mon 4 January 2027"));
    browser.says(("2027年1月25日", "25 January 2027"));
    look("proposal of one's own");

    signs_in(browser, "admin2");
    browser.go("/admin/calendar");
    look("calendar with a proposal");
    browser.follow(("2027 · 测试〔2026〕1号", "2027 · 测试〔2026〕1号"));
    look("proposal");
    browser.press(CONFIRM);
    look("proposal confirmed");
    service.clock.set(service.clock.now() + TimeDelta::seconds(61));
    browser.follow(("工作日日历", "Calendar"));
    let years = browser.text_of("table tbody");
    assert!(years.contains("2027"), "{years}");
    look("calendar with the year");
}

fn a_year_is_imported(scripts: Scripts) {
    let service = Served::on_sqlite("2026-12-24");
    let Some(browser) = Browser::open(&service.address, scripts, Tongue::Zh) else { return };
    let case = Handled::new(&service);
    assert_eq!(case.view()["due"]["on"], "2027-01-22");
    imports(&browser, &service, &|_| ());
    service.office.tick(&mut |_| ()).unwrap();
    assert_eq!(case.view()["due"]["on"], "2027-01-25");
}

#[test]
fn browser_an_administrator_imports_a_calendar_year_with_scripts() {
    a_year_is_imported(Scripts::On);
}

#[test]
fn browser_an_administrator_imports_a_calendar_year_without_scripts() {
    a_year_is_imported(Scripts::Off);
}
