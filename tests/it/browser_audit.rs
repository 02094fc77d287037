//! Every page and state on the way of every journey is held against the same demands: axe-core finds nothing in either
//! theme, wide or narrow; nothing overflows at 360 pixels; no English is left in Chinese pages; nothing is asked of another
//! host; and no page weighs more than 100 KB. In Chinese and in English.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::browser_applicant::{applies, tracks};
use crate::browser_calendar::imports;
use crate::browser_officer::{answers, open_forms, signs_in};
use crate::browser_supervision::{finds, late_and_in_time};
use crate::browser_tabs::{loses_nothing_to_another_tab, loses_nothing_to_the_clock};
use crate::support::audit::Audit;
use crate::support::browser::{Browser, Scripts, Tongue};
use crate::support::handled::{Handled, draft};
use crate::support::served::Served;
use dafu::law::outcome::Outcome;

/// Pages that only have to be opened, each with a name.
fn opens(browser: &Browser, audit: &Audit, paths: &[&str]) {
    for path in paths {
        browser.go(path);
        audit.look(browser, path);
    }
}

fn audited(at: &str, tongue: Tongue, least: usize, walk: impl Fn(&Browser, &Served, &Audit)) {
    let service = Served::on_sqlite(at);
    let (Some(browser), Some(audit)) = (Browser::open(&service.address, Scripts::On, tongue), Audit::new()) else {
        return;
    };
    walk(&browser, &service, &audit);
    audit.finish(least);
}

fn what_anybody_sees(browser: &Browser, service: &Served, audit: &Audit) {
    let receipt = applies(browser, service, &|name| audit.look(browser, name));
    tracks(browser, &receipt, &|name| audit.look(browser, name));
    let paths = [
        "/track/acts/withdraw",
        "/agencies?q=没有这样的机关",
        "/calculator",
        "/calculator?received_on=2026-03-02&extension_days=20&extension_notice_sent_on=2026-03-20",
        "/calculator?received_on=2026-12-15",
        "/calculator?received_on=没有日期",
        "/track?rate=choose",
        "/no/such/page",
        "/preferences?large=yes&next=/",
        "/preferences?large=no&next=/sign-in",
    ];
    opens(browser, audit, &paths);
    browser.fill(("用户名", "Account"), "clerk");
    browser.fill(("密码", "Password"), "不对的密码");
    browser.press(("登录", "Sign in"));
    audit.look(browser, "sign-in refused");
    browser.go("/apply/yunhe");
    browser.fill(("草稿码", "Draft code"), "没有这个码");
    browser.press(("继续", "Go on"));
    audit.look(browser, "no such draft");
}

fn what_officers_see(browser: &Browser, _service: &Served, audit: &Audit) {
    let seen = RefCell::new(BTreeSet::new());
    answers(browser, &|name| {
        audit.look(browser, name);
        let here = browser.here();
        // On the page of a case, and for each role that comes by: every form that is open to it, once.
        if name.starts_with("case") {
            for form in open_forms(browser) {
                if seen.borrow_mut().insert(form.rsplit('/').next().unwrap_or_default().to_owned()) {
                    browser.go(&form);
                    audit.look(browser, &form);
                }
            }
            browser.go(&here);
        }
    });
    assert!(seen.borrow().len() > 20, "{seen:?}");
    signs_in(browser, "handler");
    let paths = [
        "/desk",
        "/desk?open=true",
        "/desk?q=改造&stage=handling",
        "/desk?received_from=昨天",
        "/desk/tasks",
        "/me",
        "/me/absences",
        "/me/notices",
    ];
    opens(browser, audit, &paths);
    browser.go("/me");
    let wrong = ["现用密码", "新密码", "再输入一次新密码"].into_iter();
    for (zh, en) in wrong.zip(["Current password", "New password", "New password again"]) {
        browser.fill((zh, en), "短");
    }
    browser.press(("修改密码", "Change the password"));
    audit.look(browser, "password too short");
}

/// What is done with several cases, and with the whole of a number.
fn what_is_seldom_seen(browser: &Browser, service: &Served, audit: &Audit) {
    let case = format!("/desk/cases/{}", Handled::new(service).id);
    signs_in(browser, "clerk");
    opens(browser, audit, &[&format!("{case}/applicant"), &format!("{case}/clock?as_of=昨天"), "/desk/cases/nothing"]);
    browser.go("/desk?open=true");
    let box_of_case = browser.element("return document.querySelector('[name=cases]')", &serde_json::json!([])).unwrap();
    browser.click(&box_of_case);
    browser.choose(("把选中的改派给", "Give those chosen to"), ("某handler", "某handler"));
    browser.press(("预览改派", "Preview"));
    browser.says(("改派预览：尚未改派", "Preview: nothing has moved yet"));
    audit.look(browser, "several given to another, foretold");
    browser.go(&case);
    let form = "const form = document.querySelector('form[action$=\"/identity\"]'); if (!form) return null; \
                form.closest('details').open = true; return form.querySelector('button')";
    let button = browser.element(form, &serde_json::json!([])).expect("a way to the whole number");
    browser.leaving(|| browser.click(&button));
    audit.look(browser, "the whole number");
}

fn what_supervisors_see(browser: &Browser, service: &Served, audit: &Audit) {
    let number = late_and_in_time(service);
    finds(browser, &number, &|name| audit.look(browser, name));
    let late = Handled::new(service);
    service.day("2026-06-01");
    late.replied(&draft(Outcome::Granted));
    let paths = [
        "/supervision?agency=yunhe",
        "/supervision?as_of=2026-03-20",
        "/supervision?as_of=昨天",
        "/supervision/due-soon",
        "/supervision/workload",
        "/supervision/late-replies",
        "/supervision/late-replies?from=2026-01-01&to=2026-01-31",
        "/supervision/satisfaction",
        "/supervision/windows",
        "/supervision/stalled",
        "/supervision/nothing",
    ];
    signs_in(browser, "supervisor");
    opens(browser, audit, &paths);
}

fn what_administrators_see(browser: &Browser, service: &Served, audit: &Audit) {
    Handled::new(service);
    imports(browser, service, &|name| audit.look(browser, name));
    service.office.tick(&mut |_| ()).unwrap();
    signs_in(browser, "admin");
    let paths = [
        "/desk",
        "/admin/staff",
        "/admin/agencies",
        "/admin/agencies/yunhe",
        "/admin/agencies/yunhe/rules/approval",
        "/admin/agencies/yunhe/rules/assignment",
        "/admin/outbox",
        "/admin/outbox?state=sent",
        "/admin/scheduler",
        "/admin/settings",
    ];
    opens(browser, audit, &paths);
    browser.go("/admin/staff");
    browser.press(("新增", "Add"));
    audit.look(browser, "staff with errors");
    browser.go("/admin/agencies/yunhe");
    browser.fill(("机关名称", "Name"), "");
    browser.fill(("复议机关", "Reconsideration body"), "");
    browser.press(("保存", "Save"));
    audit.look(browser, "agency saved or refused");
    browser.go("/admin");
    browser.follow(("收件回执 中文", "receipt Chinese"));
    audit.look(browser, "wording");
    browser.press(("预览", "Preview"));
    audit.look(browser, "wording with its preview");
    browser.fill(("纯文本", "Plain text"), "{{ 没有这个词");
    browser.press(("保存", "Lay it down"));
    audit.look(browser, "wording with errors");
}

fn what_is_seen_when_it_goes_wrong(browser: &Browser, service: &Served, audit: &Audit) {
    Handled::new(service);
    loses_nothing_to_another_tab(browser, &|name| audit.look(browser, name));
    loses_nothing_to_the_clock(browser, service, &|name| audit.look(browser, name));
}

#[test]
fn browser_the_audit_finds_what_it_looks_for() {
    let service = Served::on_sqlite("2026-03-02");
    let (Some(browser), Some(audit)) = (Browser::open(&service.address, Scripts::On, Tongue::Zh), Audit::new()) else {
        return;
    };
    browser.go("/");
    let spoil = r##"document.querySelector("main").insertAdjacentHTML("beforeend", `<p class="bad">Left over</p>
        <a href="https://elsewhere.example/">别处</a><div id="wide">宽</div><input><p id="pale">颜色太浅</p>`);
        document.getElementById("wide").style.width = "600px";
        document.getElementById("pale").style.color = "#e0e0e0";"##;
    browser.run(spoil, &serde_json::json!([]));
    audit.look(&browser, "spoiled");
    let found = audit.found();
    for sign in ["English left", "another host", "too wide", "\"label\"", "color-contrast", "too pale"] {
        assert!(found.iter().any(|one| one.contains(sign)), "{sign}: {found:#?}");
    }
}

#[test]
fn browser_what_anybody_sees_holds() {
    audited("2026-03-02", Tongue::Zh, 25, what_anybody_sees);
}

#[test]
fn browser_what_anybody_sees_holds_in_english() {
    audited("2026-03-02", Tongue::En, 25, what_anybody_sees);
}

#[test]
fn browser_what_officers_see_holds() {
    audited("2026-03-02", Tongue::Zh, 45, what_officers_see);
}

#[test]
fn browser_what_officers_see_holds_in_english() {
    audited("2026-03-02", Tongue::En, 45, what_officers_see);
}

#[test]
fn browser_what_is_seldom_seen_holds() {
    audited("2026-03-02", Tongue::Zh, 5, what_is_seldom_seen);
}

#[test]
fn browser_what_is_seldom_seen_holds_in_english() {
    audited("2026-03-02", Tongue::En, 5, what_is_seldom_seen);
}

#[test]
fn browser_what_supervisors_see_holds() {
    audited("2026-03-02", Tongue::Zh, 12, what_supervisors_see);
}

#[test]
fn browser_what_supervisors_see_holds_in_english() {
    audited("2026-03-02", Tongue::En, 12, what_supervisors_see);
}

#[test]
fn browser_what_administrators_see_holds() {
    audited("2026-12-24", Tongue::Zh, 18, what_administrators_see);
}

#[test]
fn browser_what_administrators_see_holds_in_english() {
    audited("2026-12-24", Tongue::En, 18, what_administrators_see);
}

#[test]
fn browser_what_is_seen_when_it_goes_wrong_holds() {
    audited("2026-03-02", Tongue::Zh, 4, what_is_seen_when_it_goes_wrong);
}

#[test]
fn browser_what_is_seen_when_it_goes_wrong_holds_in_english() {
    audited("2026-03-02", Tongue::En, 4, what_is_seen_when_it_goes_wrong);
}
