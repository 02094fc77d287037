//! The four journeys by keyboard alone: Tab, Enter, Space, the arrows and what is typed. At every stop on the way the focus
//! has to be seen. (Without scripts too: the keyboard is the browser's own.)

use crate::browser_applicant::{DESCRIPTION_LABEL, FORM, KIND, NAME, NUMBER, ON, PHONE, ROUTE, Receipt, SEND, SUBJECT};
use crate::browser_calendar::{CALENDAR, CONFIRM, PROPOSE, YEAR};
use crate::browser_officer::{CLAIM, DRAFT, GRANTED, LETTER_LABEL};
use crate::browser_supervision::late_and_in_time;
use crate::support::browser::{Browser, Scripts, Tongue};
use crate::support::handled::Handled;
use crate::support::hands::Words;
use crate::support::served::{PASSWORD, Served};

const DECISION: Words = ("意见", "Decision");
const APPROVE: Words = ("同意", "Approve");

fn by_keyboard(at: &str, scripts: Scripts, way: impl Fn(&Browser, &Served)) {
    let service = Served::on_sqlite(at);
    let Some(browser) = Browser::open(&service.address, scripts, Tongue::Zh) else { return };
    way(&browser, &service);
}

fn signs_in(browser: &Browser, login: &str) {
    browser.forget();
    browser.go("/sign-in");
    browser.type_into(("用户名", "Account"), login);
    browser.type_into(("密码", "Password"), PASSWORD);
    browser.enter_on(("登录", "Sign in"));
}

/// From the desk to a case; its number is what the link says.
fn opens(browser: &Browser, queue: Words, number: &str) {
    browser.go("/desk");
    browser.enter_on(queue);
    browser.enter_on((number, number));
    browser.says((SUBJECT, SUBJECT));
}

fn acts(browser: &Browser, act: Words, fill: impl FnOnce()) {
    browser.enter_on(act);
    fill();
    browser.enter_on(act);
    assert_eq!(browser.count(".error-summary"), 0, "{}", browser.text());
}

fn applies(browser: &Browser, service: &Served) {
    browser.go("/");
    browser.enter_on(("提出申请", "Apply"));
    browser.enter_on(("向其申请：云河市人民政府", "Apply to 云河市人民政府"));
    browser.enter_on(("开始填写", "Begin"));
    browser.enter_on(ON);
    // The summary of what is missing leads to each field.
    browser.tab_to(("您想获取的信息（名称）：缺少这一项。", ""));
    browser.key(crate::support::hands::ENTER);
    browser.type_into_focus(SUBJECT);
    browser.type_into(DESCRIPTION_LABEL, "2024年城东片区的合同");
    browser.arrow_to(FORM, ("电子", "electronic"));
    browser.arrow_to(ROUTE, ("网上获取", "online"));
    browser.enter_on(ON);
    browser.arrow_to(KIND, ("自然人", "natural person"));
    browser.type_into(NAME, "陈晓燕");
    browser.type_into(NUMBER, "110101199003070011");
    browser.type_into(PHONE, "13800000001");
    browser.enter_on(ON);
    browser.enter_on(ON);
    // Nobody has written all that in no time: the service would set it aside.
    service.clock.set(service.clock.now() + chrono::TimeDelta::minutes(8));
    browser.enter_on(SEND);
    let receipt = Receipt::on(browser);
    browser.enter_on(("查看进度", "See how it stands"));
    browser.says((&receipt.number, &receipt.number));
}

fn answers(browser: &Browser, service: &Served) {
    let receipt = service.apply("yunhe");
    let receipt = receipt["receipt_no"].as_str().unwrap();
    signs_in(browser, "clerk");
    opens(browser, ("待登记", "to be registered"), receipt);
    acts(browser, ("登记", "register"), || ());
    acts(browser, ("分办", "assign"), || ());
    let case = service.get("clerk", "/api/v1/cases").expect(200);
    let number = case["items"][0]["number"].as_str().unwrap().to_owned();

    signs_in(browser, "handler");
    opens(browser, ("待分办", "to be assigned"), &number);
    acts(browser, CLAIM, || ());
    browser.enter_on(DRAFT);
    browser.enter_on(GRANTED);
    browser.type_into(LETTER_LABEL, "经审查，予以公开。");
    browser.type_into(("内容", "In words"), "以电子邮件提供。");
    browser.arrow_to(("是否立即送审", "Send it on its way now?"), ("是", "Yes"));
    browser.enter_on(DRAFT);

    signs_in(browser, "reviewer");
    opens(browser, ("待审核", "to be reviewed"), &number);
    acts(browser, ("审核", "review"), || browser.arrow_to(DECISION, APPROVE));
    signs_in(browser, "secrecy");
    opens(browser, ("待保密审查", "secrecy review"), &number);
    acts(browser, ("保密审查", "review for secrecy"), || {
        browser.arrow_to(DECISION, APPROVE);
        browser.type_into(("依据", "What it rests on"), "逐项审查。");
        browser.arrow_to(("结论", "Result"), ("可以公开", "may be disclosed"));
    });
    signs_in(browser, "signer");
    opens(browser, ("待签发", "to be signed"), &number);
    acts(browser, ("签发", "sign"), || browser.arrow_to(DECISION, APPROVE));
    signs_in(browser, "clerk");
    opens(browser, ("待送达", "to be served"), &number);
    acts(browser, ("送达", "serve"), || browser.arrow_to(("送达方式", "Way"), ("电子送达", "electronically")));
    browser.says(("已办理：送达", "Done: serve"));
}

fn supervises(browser: &Browser, service: &Served) {
    let number = late_and_in_time(service);
    signs_in(browser, "supervisor");
    browser.go("/desk");
    browser.enter_on(("监督", "Supervision"));
    browser.enter_on(("1已超期", "1Overdue"));
    browser.enter_on((&number, &number));
    browser.says(("已超期6个工作日", "6 working days late"));
}

fn imports(browser: &Browser, service: &Served) {
    Handled::new(service);
    signs_in(browser, "admin");
    browser.go("/desk");
    browser.enter_on(("管理", "Administration"));
    let title = ("工作日日历导入一年，看看哪些期限会变", "");
    browser.enter_on(title);
    browser.type_into(CALENDAR, YEAR);
    browser.enter_on(PROPOSE);
    browser.says(("2027年1月25日", "25 January 2027"));
    signs_in(browser, "admin2");
    browser.go("/admin/calendar");
    browser.enter_on(("2027 · 测试〔2026〕1号", ""));
    browser.enter_on(CONFIRM);
    browser.says(("某admin2", "某admin2"));
}

#[test]
fn browser_an_application_is_sent_by_keyboard_alone() {
    by_keyboard("2026-03-02", Scripts::On, applies);
}

#[test]
fn browser_an_application_is_sent_by_keyboard_alone_without_scripts() {
    by_keyboard("2026-03-02", Scripts::Off, applies);
}

#[test]
fn browser_a_case_is_answered_by_keyboard_alone() {
    by_keyboard("2026-03-02", Scripts::On, answers);
}

#[test]
fn browser_what_is_overdue_is_found_by_keyboard_alone() {
    by_keyboard("2026-03-02", Scripts::On, supervises);
}

#[test]
fn browser_a_calendar_year_is_imported_by_keyboard_alone() {
    by_keyboard("2026-12-24", Scripts::On, imports);
}
