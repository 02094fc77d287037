//! Every page and state on the way of every journey is held against the same demands: axe-core finds nothing in either
//! theme, wide or narrow; nothing overflows at 360 pixels; no English is left in Chinese pages; nothing is asked of another
//! host; and no page weighs more than 100 KB. In Chinese and in English.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::browser_applicant::{
    DESCRIPTION_LABEL, FORM, KIND, NAME, NUMBER, ON, PHONE, ROUTE, SEND, SUBJECT, SUBJECT_LABEL, applies, tracks,
};
use crate::browser_calendar::imports;
use crate::browser_officer::{answers, open_forms, signs_in};
use crate::browser_supervision::{finds, late_and_in_time};
use crate::browser_tabs::{loses_nothing_to_another_tab, loses_nothing_to_the_clock};
use serde_json::{Value, json};

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

/// Pages by who comes to see them. A page that is added must stand here, and somebody must go there.
const ANYBODYS: &[&str] = &[
    "/",
    "/agencies",
    "/agencies/{slug}",
    "/calculator",
    "/apply/{slug}",
    "/apply/{slug}/{step}",
    "/track",
    "/track/receipt",
    "/track/remedies",
    "/third-party",
    "/track/letters/{id}",
    "/track/acts/{act}",
    "/published",
    "/published/{id}",
    "/mine",
    "/mine/{link}",
    "/sign-in",
];
const OFFICERS: &[&str] = &[
    "/me",
    "/me/absences",
    "/me/notices",
    "/desk",
    "/desk/tasks",
    "/desk/cases/{id}",
    "/desk/cases/{id}/clock",
    "/desk/cases/{id}/journal",
    "/desk/cases/{id}/drafts",
    "/desk/preview",
    "/desk/cases/{id}/similar",
    "/desk/cases/{id}/acts/{act}",
];
const SELDOM: &[&str] = &[
    "/desk/cases/{id}/applicant",
    "/desk/cases/{id}/letters",
    "/desk/enter",
    "/desk/export",
    "/desk/held",
    "/apply/{slug}/aside",
];
const FILES: &[&str] = &[
    "/desk/cases/{id}/files",
    "/desk/cases/{id}/files/{file}/privacy",
    "/desk/cases/{id}/files/{file}/redact",
    "/desk/cases/{id}/files/{file}/sheet",
    "/desk/cases/{id}/deliveries",
    "/desk/cases/{id}/bundles",
];
const PROCEEDINGS: &[&str] = &[
    "/desk/cases/{id}/proceedings",
    "/desk/proceedings",
    "/desk/proceedings/{id}",
    "/desk/proceedings/{id}/acts/{act}",
];
const CLOSED: &[&str] = &["/desk/retention", "/desk/retention/lists/{id}", "/desk/retention/transfers/{id}"];
const REPORTS: &[&str] = &[
    "/admin/import",
    "/annual-reports",
    "/annual-reports/{slug}/{year}",
    "/desk/ledger",
    "/desk/reports/editions/{id}",
    "/desk/reports/{year}",
    "/desk/reports/{year}/cells",
    "/desk/reports/{year}/enter/{slug}",
    "/desk/reports/{year}/published/{slug}",
];
const ENQUIRIES: &[&str] = &[
    "/admin/agencies/{slug}/history",
    "/desk/cases/{id}/enquiries",
    "/desk/enquiries",
    "/desk/enquiries/new",
    "/desk/enquiries/{id}",
    "/desk/enquiries/{id}/acts/{act}",
    "/enquiries",
    "/enquiries/to/{slug}",
];
const SUPERVISORS: &[&str] = &[
    "/audit",
    "/audit/entries",
    "/audit/slips/{number}",
    "/desk/cases/{id}/readings",
    "/supervision",
    "/supervision/forecast",
    "/supervision/indicators",
    "/supervision/orders",
    "/supervision/orders/{id}",
    "/supervision/scorecards",
    "/supervision/scorecards/items",
    "/supervision/windows",
    "/supervision/stalled",
    "/supervision/{list}",
];
const ADMINISTRATORS: &[&str] = &[
    "/admin",
    "/admin/agencies",
    "/admin/agencies/{slug}",
    "/admin/agencies/{slug}/form",
    "/admin/agencies/{slug}/letters",
    "/admin/agencies/{slug}/letters/{letter}/{outcome}",
    "/admin/agencies/{slug}/rules/{rules}",
    "/admin/staff",
    "/admin/staff/{id}",
    "/admin/calendar",
    "/admin/calendar/{id}",
    "/admin/wordings/{slug}/{notice}/{language}",
    "/admin/outbox",
    "/admin/scheduler",
    "/admin/settings",
];
/// Addresses that give a file, or lead on.
const NO_PAGES: &[&str] = &[
    "/preferences",
    "/start",
    "/admin/import/template",
    "/annual-reports/{slug}/{year}/{format}",
    "/desk/ledger/file",
    // Leads on to the year before.
    "/desk/reports",
    "/desk/reports/editions/{id}/file/{format}",
    "/desk/reports/{year}/file/{format}",
    "/agencies/{slug}/application-form/{format}",
    "/track/letters/{id}/{format}",
    "/track/sheets/{sheet}/{format}",
    "/track/files/{file}",
    "/track/papers",
    "/published/{id}/files/{file}",
    "/desk/export/cases.csv",
    "/supervision/indicators.csv",
    "/supervision/overdue.csv",
    "/supervision/orders/{id}/proofs/{file}",
    "/desk/retention/lists/{id}/certificate/{format}",
    "/desk/retention/transfers/{id}/package",
    "/desk/cases/{id}/files/{file}",
    "/desk/cases/{id}/files/{file}/pages/{page}",
    "/desk/cases/{id}/letters/{seq}/{format}",
    "/desk/cases/{id}/letters/{seq}/service-receipt/{format}",
    "/desk/cases/{id}/sheets/{sheet}/{format}",
    "/desk/cases/{id}/bundles/{bundle}/file",
];

#[test]
fn every_page_of_the_table_is_looked_at_on_some_way() {
    let table = crate::support::case::source("src/web.rs");
    let pages: BTreeSet<&str> = table
        .lines()
        .filter_map(|line| line.trim().strip_prefix("get "))
        .filter_map(|line| line.split('"').nth(1))
        .collect();
    let office = [OFFICERS, SELDOM, FILES, PROCEEDINGS, CLOSED, REPORTS, ENQUIRIES].concat();
    let seen = [ANYBODYS, &office, SUPERVISORS, ADMINISTRATORS, NO_PAGES].concat();
    let seen: BTreeSet<&str> = seen.into_iter().collect();
    assert_eq!(pages, seen);
}

fn audited(at: &str, tongue: Tongue, least: usize, pages: &[&str], walk: impl Fn(&Browser, &Served, &Audit)) {
    let service = Served::on_sqlite(at);
    let (Some(browser), Some(audit)) = (Browser::open(&service.address, Scripts::On, tongue), Audit::new()) else {
        return;
    };
    walk(&browser, &service, &audit);
    audit.finish(least);
    audit.has_been_at(pages);
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
        "/third-party",
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
    let case = Handled::new(service);
    case.does("handler", "correction-requests", &serde_json::json!({"letter": "请写明年度。"}));
    browser.go("/track");
    browser.press(("关闭查询", "Close"));
    browser.fill(("回执编号", "Receipt number"), case.receipt["receipt_no"].as_str().unwrap());
    browser.fill(("查询码", "Query code"), case.receipt["query_code"].as_str().unwrap());
    browser.press(("查询", "Look it up"));
    audit.look(browser, "asked for a correction");
    browser.follow(("补正告知书", "Correction notice"));
    audit.look(browser, "letter");
    let refused = Handled::new(service);
    refused.replied(&draft(Outcome::RefusedInternalAffairs));
    browser.go("/track");
    browser.press(("关闭查询", "Close"));
    browser.fill(("回执编号", "Receipt number"), refused.receipt["receipt_no"].as_str().unwrap());
    browser.fill(("查询码", "Query code"), refused.receipt["query_code"].as_str().unwrap());
    browser.press(("查询", "Look it up"));
    audit.look(browser, "refused");
    opens(browser, audit, &["/track/remedies"]);
    let answered = published(service);
    let one = format!("/published/{}", answered.id);
    opens(browser, audit, &["/published", &one, "/published?q=一", "/mine", "/mine/no-such-link"]);
    browser.press(("查看我的申请", "Show my applications"));
    audit.look(browser, "a link that is over");
    browser.go("/mine");
    browser.fill(("申请时留的电子邮箱", "The e-mail of your applications"), "没有地址");
    browser.press(("寄给我链接", "Send me the link"));
    audit.look(browser, "no address");
    browser.fill(("申请时留的电子邮箱", "The e-mail of your applications"), "chen@example.org");
    browser.press(("寄给我链接", "Send me the link"));
    audit.look(browser, "link on its way");
}

/// A granted case whose answer is on the public list, with a file that everybody may see.
fn published(service: &Served) -> Handled<'_> {
    let case = Handled::new(service);
    case.replied(&draft(Outcome::Granted));
    let file = case.attaches("handler", "路灯台账.txt", "路灯一号\n路灯二号\n".as_bytes(), "record");
    case.does("clerk", "releases", &json!({"files": [file], "letter": "现提供路灯台账。"}));
    case.does("handler", "publication-proposal", &json!({"reason": "多人申请", "equal_requests": 3}));
    case.does("clerk", "publication", &json!({"place": "门户网站", "title": "路灯台账", "summary": "2025年路灯台账"}));
    case.does("clerk", &format!("files/{file}/visibility"), &json!({"to": "public"}));
    case.does("reviewer", &format!("files/{file}/check"), &json!({}));
    case
}

/// The plan, a list from its proposal to its end, a package for an archive, and a case of which nothing is left.
fn what_becomes_of_closed_files(browser: &Browser, service: &Served, audit: &Audit) {
    let cases: Vec<Handled<'_>> = (0..3).map(|_| Handled::new(service)).collect();
    for case in &cases {
        case.replied(&draft(Outcome::Granted));
    }
    signs_in(browser, "clerk");
    opens(browser, audit, &["/desk/retention"]);
    browser.press(("制作移交包", "Make a package"));
    audit.look(browser, "a package");
    let package = service.get("clerk", "/api/v1/retention/transfers").expect(200)[0]["id"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {}", service.token("clerk"));
    let fetched =
        service.file(&format!("/api/v1/retention/transfers/{package}/package"), &[("Authorization", bearer.as_str())]);
    assert_eq!(fetched.0, 200);
    opens(browser, audit, &[&format!("/desk/retention/transfers/{package}")]);
    browser.fill(("接收档案馆", "Archive"), "云河市档案馆");
    browser.fill(("回执编号", "Number of its receipt"), "档收〔2025〕7号");
    browser.press(("登记移交", "Record it"));
    audit.look(browser, "handed over");
    service.day("2036-01-02");
    cases[2].does("head", "holds", &json!({"reason": "可能起诉"}));
    signs_in(browser, "clerk");
    opens(browser, audit, &["/desk/retention"]);
    browser.press(("提出销毁清册", "Propose a list"));
    audit.look(browser, "a list that waits");
    let list = service.get("clerk", "/api/v1/retention/disposals").expect(200)[0]["id"].as_str().unwrap().to_owned();
    let strike = json!({"case": cases[1].id, "reason": "in_use"});
    let at = format!("/api/v1/retention/disposals/{list}/strikes");
    service.by("clerk", "POST", &at, &[], Some(&strike)).expect(200);
    signs_in(browser, "head");
    let page = format!("/desk/retention/lists/{list}");
    opens(browser, audit, &[&page]);
    browser.press(("批准销毁", "Approve the destruction"));
    audit.look(browser, "approved");
    service.office.carry_out_disposals(&mut |_| ()).unwrap();
    let gone = format!("/desk/cases/{}", cases[0].id);
    opens(browser, audit, &[&page, "/desk/retention", &gone, &format!("{gone}/journal")]);
}

/// The annual report of the year before, published; what is brought in and taken out.
fn what_is_seen_of_reports(browser: &Browser, service: &Served, audit: &Audit) {
    Handled::new(service).replied(&draft(Outcome::Granted));
    service.day("2026-03-02");
    let send = |login: &str, method: &str, path: &str, body: &Value| {
        service.by(login, method, path, &[("If-Match", "\"0\"")], Some(body))
    };
    let words = json!({"words": {"overview": "全年平稳。", "problems": "", "other": ""}, "charges": "12.5",
        "regulations": {"made": 0, "repealed": 0, "in_force": 0}, "licences": 0, "penalties": 0, "enforcement": 0,
        "normative_documents": {"made": 1, "repealed": 0, "in_force": 1}});
    send("clerk", "PUT", "/api/v1/reports/annual/2025/agencies/yunhe", &words).expect(200);
    let frozen = send("clerk", "POST", "/api/v1/reports/annual/2025/editions", &json!({"agency": "yunhe"})).expect(201);
    let edition = frozen["id"].as_str().unwrap().to_owned();
    signs_in(browser, "clerk");
    let page = format!("/desk/reports/editions/{edition}");
    let bench = "/desk/reports/2025?agency=yunhe";
    let cells = "/desk/reports/2025/cells?agency=yunhe&row=1";
    let printed = "/desk/reports/2025/published/yunhe";
    opens(browser, audit, &[bench, "/desk/reports/2025/enter/yunhe", printed, cells, &page, "/desk/ledger"]);
    for (login, act) in [("signer", "signature"), ("clerk", "publication")] {
        send(login, "POST", &format!("/api/v1/reports/editions/{edition}/{act}"), &json!({})).expect(200);
    }
    opens(browser, audit, &[&page, "/annual-reports", "/annual-reports/yunhe/2025"]);
    signs_in(browser, "head");
    opens(browser, audit, &["/admin/import"]);
}

/// Letters, questions and hand-overs; and what became of agencies.
fn what_is_seen_of_enquiries(browser: &Browser, service: &Served, audit: &Audit) {
    let petition = Handled::new(service);
    petition.replied(&draft(Outcome::NotProcessedPetition));
    opens(browser, audit, &["/enquiries/to/yunhe", "/enquiries"]);
    let body = json!({
        "agency": "yunhe", "kind": "mailbox_letter", "subject": "小区门口路灯不亮", "content": "坏了两周。",
        "writer": {"name": "周秀英", "phone": "13900000002"},
    });
    let made = service.by("clerk", "POST", "/api/v1/enquiries", &[], Some(&body)).expect(201);
    let page = format!("/desk/enquiries/{}", made["enquiry"]["id"].as_str().unwrap());
    signs_in(browser, "clerk");
    let acts = ["answer", "hand_over", "close"].map(|act| format!("{page}/acts/{act}"));
    let of_case = format!("/desk/cases/{}/enquiries", petition.id);
    opens(browser, audit, &["/desk/enquiries", "/desk/enquiries/new", &page, &of_case]);
    opens(browser, audit, &acts.each_ref().map(String::as_str));
    signs_in(browser, "admin");
    opens(browser, audit, &["/admin/agencies/yunhe/history"]);
}

/// A page with one line on it.
fn record() -> Vec<u8> {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut paper = Document::with_version("1.5");
    let font = paper.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let said = b"BT /F1 24 Tf 72 700 Td (13800138000) Tj ET".to_vec();
    let content = paper.add_object(Stream::new(dictionary! {}, said));
    let pages = paper.new_object_id();
    let page = paper.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
    });
    let kids = vec![Object::Reference(page)];
    paper.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
    let catalog = paper.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    paper.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    paper.save_to(&mut bytes).unwrap();
    bytes
}

/// Files on their way in and out of a case.
fn what_is_seen_of_files(browser: &Browser, service: &Served, audit: &Audit) {
    let case = Handled::new(service);
    case.replied(&draft(Outcome::Granted));
    let at = format!("/desk/cases/{}", case.id);
    signs_in(browser, "handler");
    let (files, register) = (format!("{at}/files"), format!("{at}/deliveries"));
    opens(browser, audit, &[&register, &files]);
    browser.press(("添加", "Add"));
    audit.look(browser, "no file chosen");
    let paper = case.attaches("handler", "合同.pdf", &record(), "record");
    let (looked, redact) = (format!("{files}/{paper}/privacy"), format!("{files}/{paper}/redact"));
    opens(browser, audit, &[&files, &looked, &redact]);
    browser.press(("生成遮盖件", "Make the redacted record"));
    audit.look(browser, "no box");
    let draw = "const [low] = arguments; const page = document.querySelector('[data-page]'); page.scrollIntoView(); \
                const area = page.getBoundingClientRect(); \
                const at = (type, x, y) => page.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, \
                pointerId: 1, clientX: area.left + x * area.width, clientY: area.top + y * area.height })); \
                page.setPointerCapture = () => {}; \
                at('pointerdown', 0.1, 0.1); at('pointermove', 0.6, low); at('pointerup', 0.6, low);";
    browser.run(draw, &json!([0.158]));
    browser.press(("生成遮盖件", "Make the redacted record"));
    browser.says(("尚未生成遮盖件", "nothing was made yet"));
    audit.look(browser, "a box through letters");
    browser.press(("扩大这些遮盖框", "Enlarge these boxes"));
    browser.says(("没有遮盖框切过文字", "No box cuts through letters"));
    audit.look(browser, "the box enlarged");
    browser.go(&redact);
    browser.run(draw, &json!([0.2]));
    audit.look(browser, "a box drawn");
    browser.press(("生成遮盖件", "Make the redacted record"));
    browser.says(("遮盖件已生成", "The redacted record was made"));
    audit.look(browser, "redacted");
    let made = case.files()[1].clone();
    assert_eq!(made["boxes"], 1, "{made:#}");
    let sheet = format!("{files}/{}/sheet", made["id"].as_str().unwrap());
    let acts: Vec<String> =
        ["release", "record_delivery", "show_file"].iter().map(|act| format!("{at}/acts/{act}")).collect();
    opens(browser, audit, &[&sheet, &acts[0], &acts[1], &acts[2]]);
    browser.go(&acts[0]);
    browser.press(("提供信息", "release information"));
    audit.look(browser, "release with errors");
    case.does("clerk", "releases", &json!({"files": [made["id"]], "letter": "现提供合同。", "accept": "已人工核对"}));
    let letters = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
    let line =
        json!({"letter": letters[0]["seq"], "way": "post", "number": "1000000000001", "posted_on": "2026-03-02"});
    case.does("clerk", "deliveries", &line);
    opens(browser, audit, &[&files, &register]);
    let bundles = format!("{at}/bundles");
    opens(browser, audit, &[&bundles]);
    browser.run("document.getElementById('masked-no').checked = true;", &json!([]));
    browser.press(("生成", "Have it made"));
    audit.look(browser, "a bundle without a reason");
    let asked = service.by("handler", "POST", &format!("/api/v1/cases/{}/bundles", case.id), &[], Some(&json!({})));
    let made = format!("/api/v1/bundles/{}", asked.expect(201)["id"].as_str().unwrap());
    while service.get("handler", &made).expect(200)["state"]["code"] != "ready" {
        std::thread::yield_now();
    }
    opens(browser, audit, &[&bundles]);
    browser.go("/track");
    browser.fill(("回执编号", "Receipt number"), case.receipt["receipt_no"].as_str().unwrap());
    browser.fill(("查询码", "Query code"), case.receipt["query_code"].as_str().unwrap());
    browser.press(("查询", "Look it up"));
    browser.says(("合同（遮盖件）.pdf", "合同（遮盖件）.pdf"));
    audit.look(browser, "what was handed out");
}

/// A reconsideration from its opening to the decision, and every form that is open on the way.
fn what_is_seen_of_proceedings(browser: &Browser, service: &Served, audit: &Audit) {
    let case = Handled::new(service);
    case.replied(&draft(Outcome::RefusedProcessInformation));
    let at = format!("/desk/cases/{}/proceedings", case.id);
    signs_in(browser, "lawyer");
    opens(browser, audit, &["/desk/proceedings", &at, &format!("{at}?open=yes")]);
    let kinds = ["litigation", "complaint", "inspection"].map(|kind| format!("{at}?kind={kind}"));
    opens(browser, audit, &[&kinds[0], &kinds[1], &kinds[2]]);
    let authority = ("复议机关、法院或者监督机关", "Body, court or authority");
    let asked = |browser: &Browser| browser.count("form[data-keep] [name=route], form[data-keep] [name=answer_by]");
    assert!(asked(browser) == 1 && browser.value(authority).is_empty(), "no supervising authority is named");
    browser.go(&format!("{at}?open=yes"));
    browser.follow(("行政复议", "reconsideration"));
    assert_eq!(asked(browser), 0, "what only other kinds have is not asked");
    assert_eq!(browser.value(authority), "某省人民政府", "the agency's settings name it");
    browser.fill(authority, "");
    browser.press(("立卷", "Open the file"));
    audit.look(browser, "a file without an authority");
    browser.fill(authority, "云河省人民政府");
    // What is typed into a day depends on the machine's own language.
    let day = |name: &str| {
        let script = "document.querySelector(`[name=${arguments[0]}]`).value = '2026-03-02'";
        browser.run(script, &json!([name]));
    };
    day("received_on");
    browser.press(("立卷", "Open the file"));
    browser.says(("复议答复举证", "respondent's answer"));
    audit.look(browser, "a file");
    let file = browser.here();
    // The words of fields are held against the contract by a test of their own; what the forms look like is the same in both.
    for form in open_forms(browser).into_iter().filter(|_| browser.tongue == Tongue::Zh) {
        browser.go(&form);
        audit.look(browser, &form);
    }
    let act = |name: &str| format!("{file}/acts/{name}");
    browser.go(&act("receive_decision"));
    browser.press(("签收决定书或者裁判文书", "receive the decision"));
    audit.look(browser, "a decision with errors");
    browser.go(&act("answer"));
    browser.fill(("答复书、答辩状", "The answer"), "答复人依法作出不予公开决定，请予维持。");
    browser.press(("提交答复或者答辩", "hand in the answer"));
    audit.look(browser, "answered");
    browser.go(&act("answer"));
    audit.look(browser, "an act that is barred");
    browser.go(&act("receive_decision"));
    browser.choose(("结果", "Outcome"), ("撤销", "revoked on reconsideration"));
    day("made_on");
    browser.choose(("未获支持的原因", "Why the act did not stand"), ("适用依据错误", "wrong ground"));
    browser.choose(("履行期限的定法", "How the time is named"), ("法定期限（未定期限）", "the statutory period"));
    browser.press(("签收决定书或者裁判文书", "receive the decision"));
    browser.says(("申请须重新办理", "The application is to be answered anew"));
    audit.look(browser, "decided");
    opens(browser, audit, &["/desk/proceedings?state=overturned", "/desk/proceedings?state=overdue", &at]);
    opens(browser, audit, &[&format!("/desk/cases/{}", case.id)]);
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
        "/desk/preview",
    ];
    opens(browser, audit, &paths);
    browser.go("/me");
    let wrong = ["现用密码", "新密码", "再输入一次新密码"].into_iter();
    for (zh, en) in wrong.zip(["Current password", "New password", "New password again"]) {
        browser.fill((zh, en), "短");
    }
    browser.press(("修改密码", "Change the password"));
    audit.look(browser, "password too short");
    browser.go("/me/absences");
    browser.press(("登记", "Enter"));
    audit.look(browser, "absence with errors");
    browser.go("/me/notices");
    browser.fill(("电子邮箱", "E-mail"), "没有地址");
    browser.press(("保存", "Save"));
    audit.look(browser, "notices with errors");
}

/// An application in no time at all, as a program would send it.
fn sends_too_fast(browser: &Browser) {
    browser.go("/apply/yunhe");
    browser.press(("开始填写", "Begin"));
    browser.fill(SUBJECT_LABEL, SUBJECT);
    browser.fill(DESCRIPTION_LABEL, "2024年城东片区老旧小区改造项目的施工合同及附件");
    browser.choose(FORM, ("电子", "electronic"));
    browser.choose(ROUTE, ("网上获取", "online"));
    browser.press(ON);
    browser.choose(KIND, ("自然人", "natural person"));
    browser.fill(NAME, "陈晓燕");
    browser.fill(NUMBER, "110101199003070011");
    browser.fill(PHONE, "13800000001");
    browser.press(ON);
    browser.press(ON);
    browser.press(SEND);
}

/// What is done with several cases, and with the whole of a number.
fn what_is_seldom_seen(browser: &Browser, service: &Served, audit: &Audit) {
    let case = format!("/desk/cases/{}", Handled::new(service).id);
    sends_too_fast(browser);
    audit.look(browser, "set aside");
    signs_in(browser, "clerk");
    opens(browser, audit, &[&format!("{case}/applicant"), &format!("{case}/clock?as_of=昨天"), "/desk/cases/nothing"]);
    browser.go("/desk?open=true");
    let box_of_case = browser.element("return document.querySelector('[name=cases]')", &serde_json::json!([])).unwrap();
    browser.click(&box_of_case);
    browser.choose(("把选中的改派给", "Give those chosen to"), ("某handler", "某handler"));
    browser.press(("预览改派", "Preview"));
    browser.says(("改派预览：尚未改派", "Preview: nothing has moved yet"));
    audit.look(browser, "several given to another, foretold");
    browser.go("/desk?open=true");
    let box_of_case = browser.element("return document.querySelector('[name=cases]')", &serde_json::json!([])).unwrap();
    browser.click(&box_of_case);
    browser.press(("加标签", "Tag"));
    audit.look(browser, "which tags");
    browser.fill(("加上的标签", "Tags to put on"), "拆迁，一个超过二十个字的标签是不能用的因为它太长了");
    browser.press(("预览", "Preview"));
    audit.look(browser, "tags with errors");
    browser.fill(("加上的标签", "Tags to put on"), "拆迁，媒体关注");
    browser.press(("预览", "Preview"));
    audit.look(browser, "tags foretold");
    browser.press(("确认改动", "Change them"));
    audit.look(browser, "tags changed");
    let letters = format!("{case}/letters");
    opens(browser, audit, &["/desk?tag=拆迁", "/desk/export?open=true", "/desk/enter", "/desk/held", &letters]);
    browser.go("/desk/enter");
    browser.press(("录入并出具回执", "Enter it and issue the receipt"));
    audit.look(browser, "entry with errors");
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
        "/supervision/overdue?as_of=2099-01-01",
        "/supervision/late-replies?from=2026-03-02&to=2026-03-01",
        "/supervision/workload",
        "/supervision/late-replies",
        "/supervision/late-replies?from=2026-01-01&to=2026-01-31",
        "/supervision/satisfaction",
        "/supervision/windows",
        "/supervision/stalled",
        "/supervision/nothing",
        "/supervision/indicators",
        "/supervision/indicators?by=agency",
        "/supervision/indicators?from=2026-03-02&to=2026-03-01",
        "/supervision/forecast",
        "/supervision/forecast?unit=handler&by=2026-06-30",
        "/supervision/scorecards",
        "/supervision/scorecards?period=moon",
        "/supervision/scorecards/items?agency=yunhe&rule=late_reply&period=2026",
        "/supervision/orders",
    ];
    let order = json!({"kind": "rectification", "case": late.id, "text": "请说明逾期的原因。", "asks": ["说明原因"], "days": 3});
    let made = service.by("supervisor", "POST", "/api/v1/supervision/orders", &[], Some(&order)).expect(201);
    let order = format!("/supervision/orders/{}", made["order"]["id"].as_str().unwrap());
    signs_in(browser, "supervisor");
    opens(browser, audit, &paths);
    opens(browser, audit, &[&format!("/supervision/orders?about={}", late.id), &order]);
    signs_in(browser, "clerk");
    opens(browser, audit, &[&order]);
    let answer = json!({"text": "档案在库外，已整改。", "done": [1]});
    service.by("clerk", "POST", &format!("/api/v1{order}/answers"), &[], Some(&answer)).expect(200);
    signs_in(browser, "supervisor");
    opens(browser, audit, &[&order, "/supervision/orders?state=answered"]);
    signs_in(browser, "auditor");
    browser.go("/audit");
    browser.press(("立即封存", "Seal now"));
    browser.says(("已封存", "Sealed"));
    audit.look(browser, "/audit");
    let readings = format!("/desk/cases/{}/readings", late.id);
    opens(browser, audit, &["/audit/slips/1", "/audit/entries", "/audit/entries?staff=nobody", &readings]);
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
    browser.go("/admin/staff");
    browser.follow(("某clerk", "某clerk"));
    audit.look(browser, "account");
    browser.fill(("新的初始密码", "New first password"), "短");
    browser.press(("重置", "Reset it"));
    audit.look(browser, "account with errors");
    opens(browser, audit, &["/admin/agencies/yunhe/form", "/admin/agencies/yunhe/rules/reminders"]);
    opens(browser, audit, &["/admin/agencies/yunhe/letters", "/admin/agencies/yunhe/letters/correction/-"]);
    browser.fill(("固定文字", "Wording"), "{{ 没有这个词");
    browser.press(("保存", "Save"));
    audit.look(browser, "letter with errors");
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
    browser.press(("保存", "Save"));
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
    audited("2026-03-02", Tongue::Zh, 25, ANYBODYS, what_anybody_sees);
}

#[test]
fn browser_what_anybody_sees_holds_in_english() {
    audited("2026-03-02", Tongue::En, 25, ANYBODYS, what_anybody_sees);
}

#[test]
fn browser_what_officers_see_holds() {
    audited("2026-03-02", Tongue::Zh, 45, OFFICERS, what_officers_see);
}

#[test]
fn browser_what_officers_see_holds_in_english() {
    audited("2026-03-02", Tongue::En, 45, OFFICERS, what_officers_see);
}

#[test]
fn browser_what_is_seen_of_files_holds() {
    audited("2026-03-02", Tongue::Zh, 12, FILES, what_is_seen_of_files);
}

#[test]
fn browser_what_is_seen_of_files_holds_in_english() {
    audited("2026-03-02", Tongue::En, 12, FILES, what_is_seen_of_files);
}

#[test]
fn browser_what_is_seen_of_proceedings_holds() {
    audited("2026-03-02", Tongue::Zh, 20, PROCEEDINGS, what_is_seen_of_proceedings);
}

#[test]
fn browser_what_is_seen_of_proceedings_holds_in_english() {
    audited("2026-03-02", Tongue::En, 9, PROCEEDINGS, what_is_seen_of_proceedings);
}

#[test]
fn browser_what_becomes_of_closed_files_holds() {
    audited("2025-03-03", Tongue::Zh, 9, CLOSED, what_becomes_of_closed_files);
}

#[test]
fn browser_what_becomes_of_closed_files_holds_in_english() {
    audited("2025-03-03", Tongue::En, 9, CLOSED, what_becomes_of_closed_files);
}

#[test]
fn browser_what_is_seen_of_reports_holds() {
    audited("2025-03-03", Tongue::Zh, 9, REPORTS, what_is_seen_of_reports);
}

#[test]
fn browser_what_is_seen_of_reports_holds_in_english() {
    audited("2025-03-03", Tongue::En, 9, REPORTS, what_is_seen_of_reports);
}

#[test]
fn browser_what_is_seen_of_enquiries_holds() {
    audited("2025-03-03", Tongue::Zh, 10, ENQUIRIES, what_is_seen_of_enquiries);
}

#[test]
fn browser_what_is_seen_of_enquiries_holds_in_english() {
    audited("2025-03-03", Tongue::En, 10, ENQUIRIES, what_is_seen_of_enquiries);
}

#[test]
fn browser_what_is_seldom_seen_holds() {
    audited("2026-03-02", Tongue::Zh, 5, SELDOM, what_is_seldom_seen);
}

#[test]
fn browser_what_is_seldom_seen_holds_in_english() {
    audited("2026-03-02", Tongue::En, 5, SELDOM, what_is_seldom_seen);
}

#[test]
fn browser_what_supervisors_see_holds() {
    audited("2026-03-02", Tongue::Zh, 12, SUPERVISORS, what_supervisors_see);
}

#[test]
fn browser_what_supervisors_see_holds_in_english() {
    audited("2026-03-02", Tongue::En, 12, SUPERVISORS, what_supervisors_see);
}

#[test]
fn browser_what_administrators_see_holds() {
    audited("2026-12-24", Tongue::Zh, 18, ADMINISTRATORS, what_administrators_see);
}

#[test]
fn browser_what_administrators_see_holds_in_english() {
    audited("2026-12-24", Tongue::En, 18, ADMINISTRATORS, what_administrators_see);
}

#[test]
fn browser_what_is_seen_when_it_goes_wrong_holds() {
    audited("2026-03-02", Tongue::Zh, 4, &[], what_is_seen_when_it_goes_wrong);
}

#[test]
fn browser_what_is_seen_when_it_goes_wrong_holds_in_english() {
    audited("2026-03-02", Tongue::En, 4, &[], what_is_seen_when_it_goes_wrong);
}
