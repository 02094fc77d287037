//! An applicant in a browser, with the scripts of the pages running and without: they find the agency, fill in the form,
//! are told what is missing, go back and forth without losing anything, send, and follow what becomes of it.
//!
//! The same way is walked by the audit of the pages, which looks at each of them on the way.

use crate::support::browser::{Browser, Scripts, Tongue};
use crate::support::hands::Words;
use crate::support::served::Served;

pub const SUBJECT: &str = "老旧小区改造项目施工合同";
pub const SUBJECT_LABEL: Words = ("您想获取的信息（名称）", "What you ask for (a short name)");
pub const DESCRIPTION_LABEL: Words = ("具体描述", "Description");
pub const FORM: Words = ("希望的形式", "Form wanted");
pub const ROUTE: Words = ("希望的获取方式", "Way of getting it");
pub const KIND: Words = ("申请人类型", "Who you are");
pub const NAME: Words = ("姓名或者单位名称", "Full name, or name of the organisation");
pub const NUMBER: Words = ("证件号码或者统一社会信用代码", "Number of the document, or unified social credit code");
pub const PHONE: Words = ("联系电话", "Telephone");
pub const ON: Words = ("保存并继续", "Save and go on");
pub const SEND: Words = ("提交申请", "Send the application");
const NUMBER_OF_RECEIPT: Words = ("回执编号", "Receipt number");
const CODE: Words = ("查询码", "Query code");

/// A number and the code that opens it, as the receipt shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub number: String,
    pub code: String,
}

impl Receipt {
    /// As it stands on the page that is open.
    pub fn on(browser: &Browser) -> Self {
        let at = |place: usize| {
            let script = "return document.querySelectorAll('dd.code')[arguments[0]]?.innerText";
            let found = browser.run(script, &serde_json::json!([place]));
            found.as_str().unwrap_or_else(|| panic!("no receipt: {}", browser.text())).trim().to_owned()
        };
        Self { number: at(0), code: at(1) }
    }
}

/// From the start page to the first question.
fn finds_the_agency(browser: &Browser, look: &dyn Fn(&str)) {
    browser.go("/");
    look("home");
    browser.follow(("提出申请", "Apply"));
    look("agencies");
    browser.follow(("云河市人民政府", "云河市人民政府"));
    look("guide");
    browser.follow(("开始填写", "Begin"));
    look("before the form");
    browser.press(("开始填写", "Begin"));
}

/// The first question, once left empty.
fn says_what(browser: &Browser, look: &dyn Fn(&str)) {
    look("request");
    browser.fill(DESCRIPTION_LABEL, "2024年城东片区老旧小区改造项目的施工合同及附件");
    browser.press(ON);
    assert_eq!(browser.count(".error-summary"), 1, "{}", browser.text());
    browser.says(SUBJECT_LABEL);
    let first = browser.run("return document.querySelector('.error-summary a').hash", &serde_json::json!([]));
    let leads_to = browser.run("return document.querySelector(arguments[0])?.name", &serde_json::json!([first]));
    assert_eq!(leads_to, "subject", "the summary leads to the field");
    look("request with errors");
    assert!(browser.value(DESCRIPTION_LABEL).contains("城东片区"), "what was right stays");
    browser.fill(SUBJECT_LABEL, SUBJECT);
    browser.choose(FORM, ("电子", "electronic"));
    browser.choose(ROUTE, ("网上获取", "online"));
    browser.press(ON);
}

fn says_who(browser: &Browser, look: &dyn Fn(&str)) {
    look("applicant");
    browser.press(ON);
    assert_eq!(browser.count(".error-summary"), 1);
    browser.says(("姓名或者单位名称：缺少这一项。", "Full name, or name of the organisation: "));
    look("applicant with errors");
    browser.choose(KIND, ("自然人", "natural person"));
    browser.fill(NAME, "陈晓燕");
    browser.fill(NUMBER, "110101199003070011");
    browser.fill(PHONE, "13800000001");
    browser.press(ON);
}

/// The whole way; the receipt.
pub fn applies(browser: &Browser, service: &Served, look: &dyn Fn(&str)) -> Receipt {
    finds_the_agency(browser, look);
    says_what(browser, look);
    says_who(browser, look);
    look("besides");

    browser.back();
    assert_eq!(browser.value(NAME), "陈晓燕", "going back loses nothing");
    browser.press(("上一步", "Back"));
    assert_eq!(browser.value(SUBJECT_LABEL), SUBJECT);
    browser.press(("保存，以后再填", "Save for later"));
    browser.says(("已保存", "Saved."));
    look("saved for later");
    browser.press(ON);
    browser.press(ON);
    browser.press(ON);
    browser.says((SUBJECT, SUBJECT));
    browser.says(("110101199003070011", "110101199003070011"));
    look("check");

    let first = browser.tab();
    browser.new_tab();
    browser.go("/apply/yunhe/check");
    // Nobody has written all that in no time: the service would set it aside.
    service.clock.set(service.clock.now() + chrono::TimeDelta::minutes(8));
    browser.press(SEND);
    let receipt = Receipt::on(browser);
    look("receipt");
    browser.command("DELETE", "/window", &serde_json::Value::Null);
    browser.to_tab(&first);
    browser.press(SEND);
    assert_eq!(Receipt::on(browser), receipt, "sent twice it is one application");
    receipt
}

/// Looks an application up by its number and code; once with a wrong one.
pub fn tracks(browser: &Browser, receipt: &Receipt, look: &dyn Fn(&str)) {
    browser.go("/track");
    if browser.text().contains(browser.t(("关闭查询", "Close"))) {
        browser.press(("关闭查询", "Close"));
    }
    look("track, closed");
    browser.fill(NUMBER_OF_RECEIPT, &receipt.number);
    browser.fill(CODE, "0000-0000-0000");
    browser.press(("查询", "Look it up"));
    assert_eq!(browser.count(".error-summary"), 1);
    look("track, wrong code");
    browser.fill(CODE, &receipt.code);
    browser.press(("查询", "Look it up"));
    browser.says((SUBJECT, SUBJECT));
    look("track");
}

fn sent_and_tracked(scripts: Scripts, tongue: Tongue) {
    let service = Served::on_sqlite("2026-03-02");
    let Some(browser) = Browser::open(&service.address, scripts, tongue) else { return };
    let receipt = applies(&browser, &service, &|_| ());
    // Twenty working days after a Monday without holidays in between.
    browser.says(("2026年3月30日（星期一）", "Mon 30 March 2026"));
    let printing = browser.count("[data-print]");
    assert_eq!(printing, u64::from(scripts == Scripts::On), "the button that needs scripts is there with them only");
    browser.follow(("查看进度", "See how it stands"));
    browser.says((&receipt.number, &receipt.number));
    browser.says(("2026年3月30日（星期一）", "Mon 30 March 2026"));
    tracks(&browser, &receipt, &|_| ());
}

#[test]
fn browser_an_application_is_sent_once_and_tracked_with_scripts() {
    sent_and_tracked(Scripts::On, Tongue::Zh);
}

#[test]
fn browser_an_application_is_sent_once_and_tracked_without_scripts() {
    sent_and_tracked(Scripts::Off, Tongue::Zh);
}

#[test]
fn browser_an_application_is_sent_once_and_tracked_in_english() {
    sent_and_tracked(Scripts::On, Tongue::En);
}
