//! What was typed is not lost, with the scripts of the pages running and without: two tabs change one case, and the second
//! is told what happened and sends again; a sign-in runs out while a form is filled in, and the form comes back.

use chrono::TimeDelta;

use crate::browser_applicant::{SUBJECT, SUBJECT_LABEL};
use crate::browser_officer::{DRAFT, GRANTED, MINE, opens, signs_in};
use crate::support::browser::{Browser, Scripts, Tongue};
use crate::support::handled::Handled;
use crate::support::hands::Words;
use crate::support::served::{PASSWORD, Served};

const NOTE: Words = ("备注", "note");
const WORDS: Words = ("备注内容", "Note");
const LETTER: Words = ("答复书正文", "Text of the reply");
const TYPED: &str = "经检索，合同由城建档案馆保存，共十二页；\n第二段写到一半。";

/// Two tabs on one case; what the second typed, and what the first did meanwhile.
pub fn loses_nothing_to_another_tab(browser: &Browser, look: &dyn Fn(&str)) {
    signs_in(browser, "handler");
    opens(browser, MINE);
    let case = browser.here();
    browser.follow(DRAFT);
    browser.follow(GRANTED);
    browser.fill(("内容", "In words"), "以电子邮件提供。");
    browser.fill(LETTER, TYPED);
    browser.choose(("是否立即送审", "Send it on its way now?"), ("否", "No"));
    let first = browser.tab();

    browser.new_tab();
    browser.go(&case);
    browser.follow(NOTE);
    browser.fill(WORDS, "申请人来电，希望尽快。");
    browser.press(NOTE);
    browser.says(("已办理：备注", "Done: note"));

    browser.to_tab(&first);
    browser.press(DRAFT);
    browser
        .says(("您填写期间，案件有了变化，本次没有办理", "The case changed while you were writing; nothing was done"));
    let told = browser.text_of(".error-summary ul");
    assert!(told.contains("某handler"), "who did what is told: {told}");
    assert_eq!(browser.count(".error-summary li"), 1, "{told}");
    assert_eq!(browser.value(LETTER), TYPED);
    look("changed meanwhile");
    browser.press(DRAFT);
    browser.says(("已办理：拟稿", "Done: draft the reply"));
}

/// A form that is sent after the sign-in is over.
pub fn loses_nothing_to_the_clock(browser: &Browser, service: &Served, look: &dyn Fn(&str)) {
    signs_in(browser, "handler");
    opens(browser, MINE);
    browser.follow(NOTE);
    browser.fill(WORDS, TYPED);
    service.clock.set(service.clock.now() + TimeDelta::minutes(31));
    browser.press(NOTE);
    browser.says(("您有一段时间没有操作，登录已经结束。", "Your sign-in had run out."));
    look("sign-in over");
    assert_eq!(browser.value(("用户名", "Account")), "handler");
    browser.fill(("密码", "Password"), PASSWORD);
    browser.press(("登录", "Sign in"));
    look("signed in again");
    browser.press(("回到刚才的表单", "Go back to the form"));
    browser.says(("这是您刚才填写的内容，还没有提交。", "This is what you had typed; it has not been sent yet."));
    assert_eq!(browser.value(WORDS), TYPED);
    look("form restored");
    browser.press(NOTE);
    browser.says(("已办理：备注", "Done: note"));
}

fn on_a_case(scripts: Scripts, test: impl Fn(&Browser, &Served)) {
    let service = Served::on_sqlite("2026-03-02");
    let Some(browser) = Browser::open(&service.address, scripts, Tongue::Zh) else { return };
    Handled::new(&service);
    test(&browser, &service);
}

#[test]
fn browser_the_second_of_two_tabs_is_told_and_keeps_what_was_typed_with_scripts() {
    on_a_case(Scripts::On, |browser, _| loses_nothing_to_another_tab(browser, &|_| ()));
}

#[test]
fn browser_the_second_of_two_tabs_is_told_and_keeps_what_was_typed_without_scripts() {
    on_a_case(Scripts::Off, |browser, _| loses_nothing_to_another_tab(browser, &|_| ()));
}

#[test]
fn browser_a_sign_in_that_ran_out_brings_the_form_back_with_scripts() {
    on_a_case(Scripts::On, |browser, service| loses_nothing_to_the_clock(browser, service, &|_| ()));
}

#[test]
fn browser_a_sign_in_that_ran_out_brings_the_form_back_without_scripts() {
    on_a_case(Scripts::Off, |browser, service| loses_nothing_to_the_clock(browser, service, &|_| ()));
}

/// What is typed into an application and not saved is there again in another tab, once the page says that it kept it.
#[test]
fn browser_an_application_is_kept_while_it_is_typed() {
    let service = Served::on_sqlite("2025-03-03");
    let Some(browser) = Browser::open(&service.address, Scripts::On, Tongue::Zh) else { return };
    browser.go("/apply/yunhe");
    browser.press(("开始填写", "Begin"));
    let kept = "const done = arguments[arguments.length - 1]; const said = document.querySelector('[data-kept]'); \
                new MutationObserver(() => done(said.textContent)).observe(said, { childList: true });";
    browser.fill(SUBJECT_LABEL, SUBJECT);
    let told = browser.run_later(kept, &serde_json::json!([]));
    assert!(told.as_str().unwrap().contains("已自动保存"), "{told}");
    let form = browser.here();
    browser.new_tab();
    browser.go(&form);
    assert_eq!(browser.value(SUBJECT_LABEL), SUBJECT);
    assert_eq!(browser.count(".error-summary"), 0, "nothing is wrong with an application that is being written");
}
