//! The letter beside its form with scripts: it follows whoever writes, and leaves the form and the way back as they were.

use serde_json::json;

use crate::browser_officer::signs_in;
use crate::support::browser::{Browser, Scripts, Theme, Tongue};
use crate::support::handled::Handled;
use crate::support::served::Served;

#[test]
fn browser_a_letter_follows_its_writer_and_adds_no_step_to_the_history() {
    let service = Served::on_sqlite("2026-03-02");
    let case = Handled::new(&service);
    let Some(browser) = Browser::open(&service.address, Scripts::On, Tongue::Zh) else { return };
    signs_in(&browser, "handler");
    browser.go(&format!("/desk/cases/{}/acts/request_correction", case.id));
    let steps = || browser.run("return history.length", &json!([]));
    let before = steps();
    let field = browser.element("return document.querySelector('textarea[name=letter]')", &json!([])).unwrap();
    browser.write(&field, "请写明所需信息的年度。");
    browser.sees_beside("请写明所需信息的年度。");
    browser.write(&field, "并写明地段。");
    browser.previews("并写明地段。");
    assert_eq!(steps(), before);
    for (width, height) in [(360, 740), (768, 1024), (1440, 900)] {
        browser.size(width, height);
        for theme in [Theme::Light, Theme::Dark] {
            browser.theme(theme);
            let beside = "const [form, pane] = [document.querySelector('form[data-preview]'), document.querySelector('iframe')] \
                          .map((one) => one.getBoundingClientRect()); return [pane.left >= form.right, pane.width > 250]";
            assert_eq!(browser.run(beside, &json!([])), json!([width >= 1024, true]), "{width}");
        }
    }
    assert_eq!(case.view()["correction"], json!(null), "it was only looked at");
    browser.press(("要求补正", "request a correction"));
    browser.says(("已办理", "Done"));
    service.check();
}
