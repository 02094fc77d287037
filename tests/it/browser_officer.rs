//! The officers in a browser, with the scripts of the pages running and without: an application that came by mail goes from
//! the confirmation of its receipt to the service of its reply, each step by whose turn it is, and the applicant reads what
//! was decided.

use serde_json::{Value, json};

use crate::browser_applicant::{
    DESCRIPTION_LABEL, FORM, NAME, NUMBER, PHONE, ROUTE, Receipt, SUBJECT, SUBJECT_LABEL, tracks,
};
use crate::support::browser::{Browser, Scripts, Tongue};
use crate::support::hands::Words;
use crate::support::served::{PASSWORD, Served};

const LETTER: &str = "经审查，您申请的施工合同可以公开，现随函提供电子版。";
pub const DRAFT: Words = ("拟稿", "draft the reply");
pub const CLAIM: Words = ("签收承办", "claim");
pub const LETTER_LABEL: Words = ("答复书正文", "Text of the reply");
const REVIEW: Words = ("审核", "review");
pub const MINE: Words = ("我的在办", "handled by me");
pub const GRANTED: Words = ("予以公开", "granted");
const DECISION: Words = ("意见", "Decision");
const APPROVE: Words = ("同意", "Approve");

/// Signs in, whoever was before.
#[track_caller]
pub fn signs_in(browser: &Browser, login: &str) {
    browser.forget();
    browser.go("/sign-in");
    browser.fill(("用户名", "Account"), login);
    browser.fill(("密码", "Password"), PASSWORD);
    browser.press(("登录", "Sign in"));
    browser.says(("退出", "Sign out"));
}

/// From the list on the desk to the one case in it.
#[track_caller]
pub fn opens(browser: &Browser, queue: Words) {
    browser.go("/desk");
    browser.follow(queue);
    let row = browser.element("return document.querySelector('[data-rows] tbody th a')", &json!([]));
    let row = row.unwrap_or_else(|| panic!("nothing in {queue:?}:\n{}", browser.text()));
    browser.leaving(|| browser.click(&row));
    browser.says((SUBJECT, SUBJECT));
}

/// Chooses an act on the case's page, fills in its form, sends it, and is told that it is done.
#[track_caller]
pub fn acts(browser: &Browser, act: Words, fill: impl FnOnce()) {
    browser.follow(act);
    fill();
    browser.press(act);
    assert_eq!(browser.count(".error-summary"), 0, "{}", browser.text());
    let done = (format!("已办理：{}", act.0), format!("Done: {}", act.1));
    browser.says((&done.0, &done.1));
}

/// The clerk enters what came by mail; the receipt for the applicant.
fn enters(browser: &Browser, look: &dyn Fn(&str)) -> Receipt {
    signs_in(browser, "clerk");
    look("desk, empty");
    browser.follow(("录入收到的申请", "Enter an application"));
    look("enter");
    let enter = ("录入并出具回执", "Enter it and issue the receipt");
    browser.press(enter);
    assert_eq!(browser.count(".error-summary"), 1);
    look("enter with errors");
    browser.choose(("收到申请的机关", "Agency addressed"), ("云河市人民政府", "云河市人民政府"));
    browser.choose(("收到方式", "How it came"), ("电子邮件", "e-mail"));
    browser.choose(("申请人类型", "Who applies"), ("自然人", "natural person"));
    browser.fill(NAME, "陈晓燕");
    browser.fill(NUMBER, "110101199003070011");
    browser.fill(PHONE, "13800000001");
    browser.fill(("电子邮箱", "E-mail"), "chen@example.org");
    browser.fill(SUBJECT_LABEL, SUBJECT);
    browser.fill(DESCRIPTION_LABEL, "2024年城东片区老旧小区改造项目的施工合同及附件");
    browser.choose(FORM, ("电子", "electronic"));
    browser.choose(ROUTE, ("电子邮件", "by e-mail"));
    browser.press(enter);
    look("entered");
    let receipt = Receipt::on(browser);
    browser.follow(("打开案件", "Open the case"));
    receipt
}

/// Confirmed, registered, given to whoever claims it, and claimed.
fn reaches_its_handler(browser: &Browser, look: &dyn Fn(&str)) {
    look("case to confirm");
    acts(browser, ("确认收到日期", "confirm receipt"), || {
        browser.choose(("确认方式", "Confirmed by"), ("电话确认", "by telephone"));
        browser.fill(("确认的凭据", "What shows it"), "上午十时通话确认。");
    });
    acts(browser, ("登记", "register"), || ());
    acts(browser, ("分办", "assign"), || ());
    signs_in(browser, "handler");
    opens(browser, ("待分办", "to be assigned"));
    acts(browser, CLAIM, || ());
    look("case in hand");
}

/// Decided and written; sent back once, and written again.
fn is_drafted(browser: &Browser, look: &dyn Fn(&str)) {
    browser.follow(DRAFT);
    look("outcomes");
    browser.follow(GRANTED);
    look("draft");
    browser.press(DRAFT);
    assert_eq!(browser.count(".error-summary"), 1, "{}", browser.text());
    look("draft with errors");
    browser.fill(LETTER_LABEL, LETTER);
    browser.fill(("内容", "In words"), "以电子邮件提供，三个工作日内发出。");
    browser.choose(("是否立即送审", "Send it on its way now?"), ("是", "Yes"));
    browser.previews(LETTER);
    look("draft with its letter beside");
    browser.press(DRAFT);
    browser.says(("已办理：拟稿", "Done: draft the reply"));
    look("case with its draft");

    signs_in(browser, "reviewer");
    opens(browser, ("待审核", "to be reviewed"));
    acts(browser, REVIEW, || {
        look("review");
        browser.choose(DECISION, ("退回修改", "Send it back"));
        browser.fill(("理由", "Reason"), "请写明咨询电话。");
    });

    signs_in(browser, "handler");
    opens(browser, MINE);
    browser.follow(DRAFT);
    assert_eq!(browser.value(LETTER_LABEL), LETTER, "the next draft begins with the last");
    browser.fill(LETTER_LABEL, &format!("{LETTER}如有疑问请来电。"));
    browser.choose(("是否立即送审", "Send it on its way now?"), ("是", "Yes"));
    browser.press(DRAFT);
    browser.says(("已办理：拟稿", "Done: draft the reply"));
    look("case under review");
}

/// Reviewed, reviewed for secrecy, signed.
fn is_approved(browser: &Browser, look: &dyn Fn(&str)) {
    signs_in(browser, "reviewer");
    opens(browser, ("待审核", "to be reviewed"));
    acts(browser, REVIEW, || {
        assert!(browser.count("ins") > 0, "what changed since the last version is marked");
        look("review with changes");
        browser.choose(DECISION, APPROVE);
    });
    signs_in(browser, "secrecy");
    opens(browser, ("待保密审查", "secrecy review"));
    acts(browser, ("保密审查", "review for secrecy"), || {
        look("secrecy review");
        browser.choose(DECISION, APPROVE);
        browser.fill(("依据", "What it rests on"), "对照定密事项一览表逐项审查。");
        browser.choose(("结论", "Result"), ("可以公开", "may be disclosed"));
    });
    signs_in(browser, "signer");
    opens(browser, ("待签发", "to be signed"));
    acts(browser, ("签发", "sign"), || {
        look("signature");
        browser.choose(DECISION, APPROVE);
    });
}

fn is_served(browser: &Browser, look: &dyn Fn(&str)) {
    signs_in(browser, "clerk");
    opens(browser, ("待送达", "to be served"));
    acts(browser, ("送达", "serve"), || {
        look("service");
        browser.choose(("送达方式", "Way"), ("电子送达", "electronically"));
    });
    look("case closed");
    for (tab, name) in
        [(("期限", "Clock"), "clock"), (("答复稿", "Drafts"), "drafts"), (("办理记录", "Journal"), "journal")]
    {
        browser.follow(tab);
        look(name);
    }
    browser.follow(("类似案件", "Like cases"));
    look("like cases");
}

/// What the applicant then finds.
fn is_read(browser: &Browser, receipt: &Receipt, look: &dyn Fn(&str)) {
    browser.forget();
    tracks(browser, receipt, &|_| ());
    browser.says(("予以公开", "granted"));
    look("track, answered");
    browser.follow(("答复书", "Reply"));
    browser.says((LETTER, LETTER));
    look("reply");
}

/// The whole way.
pub fn answers(browser: &Browser, look: &dyn Fn(&str)) {
    let receipt = enters(browser, look);
    reaches_its_handler(browser, look);
    is_drafted(browser, look);
    is_approved(browser, look);
    is_served(browser, look);
    is_read(browser, &receipt, look);
}

/// Every form of an act that is open on the page of the case, by its address.
pub fn open_forms(browser: &Browser) -> Vec<String> {
    let script = "return [...document.querySelectorAll('a[href*=\"/acts/\"]')].map((e) => e.getAttribute('href'))";
    let found = browser.run(script, &json!([]));
    found.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn from_confirmation_to_service(scripts: Scripts) {
    let service = Served::on_sqlite("2026-03-02");
    let Some(browser) = Browser::open(&service.address, scripts, Tongue::Zh) else { return };
    answers(&browser, &|_| ());
    service.check();
}

#[test]
fn browser_officers_take_a_case_from_confirmation_to_service_with_scripts() {
    from_confirmation_to_service(Scripts::On);
}

#[test]
fn browser_officers_take_a_case_from_confirmation_to_service_without_scripts() {
    from_confirmation_to_service(Scripts::Off);
}
