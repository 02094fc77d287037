//! The pages over HTTP without scripts: an application by the form, the applicant's own acts, lists that cost the same
//! whatever their length, headers that keep a page to itself, languages.

use std::collections::BTreeMap;

use dafu::config::Config;

use crate::attack_forms::{EVERYBODY, employs_everybody, filled, table, with_all_cookies};
use crate::support::cells::{Scope, lines};
use crate::support::forged::Forger;
use crate::support::handled::Handled;
use crate::support::served::{Served, on_both};
use crate::support::statements::{taken, watch};
use crate::support::town::Town;
use crate::support::visitor::{Page, Visitor};

const REQUEST: &[(&str, &str)] = &[
    ("subject", "老旧小区改造项目施工合同"),
    ("description", "2024年城东片区老旧小区改造项目的施工合同及附件"),
    ("form", "electronic"),
    ("route", "online"),
];

const APPLICANT: &[(&str, &str)] = &[
    ("kind", "natural_person"),
    ("name", "陈晓燕"),
    ("identity_number", "110101199003070011"),
    ("phone", "13800000001"),
];

#[test]
fn an_application_is_filled_in_step_by_step_kept_and_sent_once() {
    on_both("2025-03-03", |service| {
        let mut citizen = Visitor::new(service);
        citizen.get("/").expect(200).says("20个工作日");
        citizen.get("/agencies?q=%E4%BA%91%E6%B2%B3").expect(200).says("云河");
        let page = citizen.post("/apply/yunhe", &[]);
        let page = citizen.follow(page).expect(200).says("您想要什么信息");
        assert!(page.html.contains("novalidate"), "what is wrong is told by us, in words");
        let blank = citizen.post("/apply/yunhe/request", &[("subject", "合同"), ("go", "on")]);
        let blank = citizen.follow(blank).expect(422);
        let blank = blank.says("请更正下列内容").says("具体描述：");
        assert!(blank.html.contains("href=\"#description\"") && blank.html.contains("value=\"合同\""));
        let page = citizen.post("/apply/yunhe/request", REQUEST);
        assert_eq!(page.location.as_deref(), Some("/apply/yunhe/applicant"));

        // Another browser goes on with the code.
        let code = citizen.cookie("dafu_draft").unwrap().to_owned();
        let mut elsewhere = Visitor::new(service);
        elsewhere.post("/apply/yunhe/resume", &[("code", "wrong")]).expect(401);
        elsewhere.post("/apply/yunhe/resume", &[("code", &code)]).expect(303);
        elsewhere.get("/apply/yunhe/request").expect(200).says("城东片区老旧小区改造项目的施工合同");

        citizen.post("/apply/yunhe/applicant", APPLICANT).expect(303);
        let check = citizen.post("/apply/yunhe/besides", &[("assistance", "reading")]);
        let check = citizen.follow(check).expect(200).says("陈晓燕").says("自然人").says("提交申请");
        assert!(!check.html.contains("disabled"));
        service.clock.set(service.clock.now() + chrono::TimeDelta::minutes(8));
        let mut twice = Visitor::new(service);
        twice.post("/apply/yunhe/resume", &[("code", &code)]).expect(303);
        let sent = citizen.post("/apply/yunhe/check", &[]);
        let receipt = citizen.follow(sent).expect(200).says("申请已提交").says("为什么是这一天：逐日看");
        assert!(citizen.cookie("dafu_draft").is_none(), "the draft is gone, and its code with it");
        let again = twice.post("/apply/yunhe/check", &[]);
        let again = twice.follow(again).expect(200);
        let number = |text: &str| text.split("回执编号").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        assert_eq!(number(&receipt.text()), number(&again.text()), "sent twice, received once");

        let track = citizen.get("/track").expect(200);
        let track = track.says("老旧小区改造项目施工合同").says("期满");
        assert!(track.html.contains(&number(&receipt.text())));
        citizen.post("/track/leave", &[]).expect(303);
        citizen.get("/track").expect(200).says("填写回执上的编号和查询码");
        assert_eq!(service.get("clerk", "/api/v1/cases").expect(200)["items"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn files_come_with_the_application_and_one_that_is_not_taken_does_not_hold_it_up() {
    let service = &Served::on_sqlite("2025-03-03");
    let mut citizen = Visitor::new(service);
    citizen.post("/apply/yunhe", &[]).expect(303);
    citizen.post("/apply/yunhe/request", REQUEST).expect(303);
    citizen.post("/apply/yunhe/applicant", APPLICANT).expect(303);
    citizen.post("/apply/yunhe/besides", &[("assistance", "reading")]).expect(303);
    service.clock.set(service.clock.now() + chrono::TimeDelta::minutes(8));
    let code = citizen.cookie("dafu_draft").unwrap().to_owned();
    let files = [("地块示意.txt", "东至滨江路"), ("", ""), ("程序.exe", "MZ"), ("空.txt", "")];
    let sent = citizen.post_with_files("/apply/yunhe/check", &[("draft_code", &code)], &files);
    let receipt = citizen.follow(sent).expect(200);
    let receipt = receipt.says("申请已提交").says("随申请收到的附件：1").says("没有收下的附件：2");
    // Pressed again: the same receipt, and the file once.
    let again = citizen.post_with_files("/apply/yunhe/check", &[("draft_code", &code)], &files[..1]);
    assert!(again.location.unwrap().starts_with("/track/receipt"));
    let track = citizen.get("/track").expect(200);
    assert_eq!(track.text().matches("地块示意.txt").count(), 1, "{}", track.text());
    assert!(!track.text().contains("程序.exe") && receipt.html.contains("/track/files"));
    // Later ones, too: a bad one holds up none of the others, and the receipt can be had again.
    let more = [("坏.pdf", "MZ"), ("权属证明.txt", "证明")];
    let told =
        citizen.post_with_files("/track/files", &[], &more).expect(422).says("下列文件没有收下").says("“坏.pdf”");
    let told = told.says("权属证明.txt");
    assert!(told.html.contains("/track/sheets/receipt/pdf"));
}

#[test]
fn two_drafts_side_by_side_never_meet() {
    let service = &Served::on_sqlite("2025-03-03");
    let mut citizen = Visitor::new(service);
    citizen.post("/apply/yunhe", &[]).expect(303);
    citizen.post("/apply/yunhe/request", REQUEST).expect(303);
    citizen.post("/apply/yunhe/applicant", APPLICANT).expect(303);
    let city = citizen.cookie("dafu_draft").unwrap().to_owned();
    // The visitor's jar knows no paths: with the other agency's code the form is nobody's, and nothing is sent.
    let page = citizen.post("/apply/jianshe/check", &[]).expect(303);
    assert_eq!(page.location.as_deref(), Some("/apply/jianshe"));
    assert!(service.get("clerk", "/api/v1/cases").expect(200)["items"].as_array().unwrap().is_empty());
    assert_eq!(citizen.cookie("dafu_draft"), Some(city.as_str()));
    let begun = citizen.post("/apply/jianshe", &[]).expect(303);
    let cookie = begun.cookies.iter().find(|cookie| cookie.starts_with("dafu_draft=")).unwrap();
    assert!(cookie.contains("Path=/apply/jianshe;") || cookie.ends_with("Path=/apply/jianshe"), "{cookie}");
}

#[test]
fn what_an_applicant_typed_survives_the_closing_of_the_application() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    case.does("handler", "correction-requests", &serde_json::json!({"letter": "请明确标段。"}));
    let told = |name: &str| case.receipt[name].as_str().unwrap().to_owned();
    let (number, code) = (told("receipt_no"), told("query_code"));
    let act = "/track/acts/receive_correction";
    let mut citizen = Visitor::new(service);
    let door = citizen.post(act, &[("text", "一标段 <施工> \"合同\"")]).expect(401).says("原样带回");
    let (next, carried) = (door.field("next"), door.field("carried"));
    // Typed with an input method for Chinese, in full width.
    let wide = |letter: char| {
        if letter.is_ascii_graphic() { char::from_u32(u32::from(letter) + 0xFEE0).unwrap() } else { letter }
    };
    let wide: String = number.chars().map(wide).collect();
    let fields = [("receipt_no", wide.as_str()), ("code", &code), ("next", &next), ("carried", &carried)];
    let back = citizen.post("/track", &fields).expect(200);
    let text = back.field("text");
    assert_eq!(text, "一标段 <施工> \"合同\"");
    citizen.post(act, &[("text", &text), ("restored", "yes")]).expect(200).says("一标段 <施工>");
    assert_eq!(case.view()["stage"]["code"], "correcting", "nothing was sent yet");
    citizen.post(act, &[("text", &text)]).expect(303);
    assert_eq!(case.view()["stage"]["code"], "handling");
    citizen.get("/track/acts/report_payment").expect(200).says("现在不需要");
}

#[test]
fn an_applicant_answers_the_correction_notice_in_the_form_that_asks_for_it() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let letter = serde_json::json!({"letter": "请明确所需合同的标段和年度。"});
        case.does("handler", "correction-requests", &letter);
        let mut citizen = Visitor::new(service);
        let told = |name: &str| case.receipt[name].as_str().unwrap().to_owned();
        let (number, code) = (told("receipt_no"), told("query_code"));
        citizen.post("/track", &[("receipt_no", &number), ("code", "0000-0000")]).expect(401).says("不符");
        citizen.post("/track", &[("receipt_no", &number), ("code", &code)]).expect(303);
        citizen.get("/track").expect(200).says("现在需要您");
        let act = "/track/acts/receive_correction";
        citizen.get(act).expect(200).says("请明确所需合同的标段和年度。");
        citizen.post(act, &[]).expect(422).says("补正内容：");
        let done = citizen.post(act, &[("text", "2024年一标段。")]);
        citizen.follow(done).expect(200).says("补正已提交");
        assert_eq!(case.view()["stage"]["code"], "handling");
        citizen.post(act, &[("text", "再补一次。")]).expect(409).says("现在不能这样办理");
        let withdrawn = citizen.post("/track/acts/withdraw", &[]);
        let page = citizen.follow(withdrawn).expect(200).says("申请已撤回").says("您对这次办理满意吗");
        assert!(page.html.contains("name=\"satisfaction\""));
        citizen.post("/track/rating", &[("satisfaction", "4"), ("comment", "办得快")]).expect(303);
        citizen.get("/track").expect(200).says("满意").says("办得快");
    });
}

#[test]
fn a_queue_costs_the_same_number_of_queries_whatever_its_length() {
    watch("counted-pages");
    let service = &Served::on_sqlite_named("counted-pages", "2025-03-03");
    let mut clerk = Visitor::signed_in(service, "clerk");
    let path = "/desk?open=true&sort=due_on";
    let mut cost = |cases: usize| {
        for _ in 0..cases {
            service.apply("yunhe");
        }
        clerk.get(path).expect(200);
        taken("counted-pages");
        let page = clerk.get(path).expect(200);
        (taken("counted-pages").len(), page.html.matches("name=\"cases\"").count())
    };
    let (one, rows_of_one) = cost(1);
    let (many, rows_of_many) = cost(39);
    assert_eq!((rows_of_one, rows_of_many), (1, 40));
    assert!(one > 3, "they were counted");
    assert_eq!(one, many);
}

#[test]
fn a_form_that_is_too_large_is_told_so_on_a_page() {
    let service = &Served::on_sqlite("2025-03-03");
    let mut citizen = Visitor::new(service);
    let large = "字".repeat(600_000);
    let page = citizen.post("/track", &[("receipt_no", &large), ("code", "x")]).expect(413).says("内容过大");
    assert!(page.headers["content-type"].starts_with("text/html"));
    citizen.send("POST", "/track", &[("Content-Type", "application/json")], Some("{}")).expect(400);
}

#[test]
fn every_page_carries_the_headers_that_keep_it_to_itself_and_none_is_kept_by_a_cache() {
    let service = &Served::on_sqlite("2025-03-03");
    let mut visitor = Visitor::new(service);
    for path in ["/", "/agencies", "/track", "/sign-in", "/calculator", "/nowhere"] {
        let page = visitor.get(path);
        let policy = &page.headers["content-security-policy"];
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(page.headers["cache-control"], "no-store", "{path}");
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
        assert_eq!(page.headers["referrer-policy"], "same-origin");
        assert!(page.headers.contains_key("x-request-id"));
    }
    let head = visitor.send("HEAD", "/", &[], None).expect(200);
    assert!(head.html.is_empty() && head.headers["content-type"].starts_with("text/html"));
    let home = visitor.get("/");
    let style = home.html.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let sheet = visitor.get(&style).expect(200);
    assert_eq!(sheet.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(sheet.headers["content-type"], "text/css; charset=utf-8");
    visitor.get("/assets/dafu-000000000000.css").expect(404);
}

/// The one page of ours that stands within another of ours: an empty pane, filled by a form.
const WITHIN_OURS: &str = "/desk/preview";
/// What addresses of pages begin with that are for whoever has signed in, or has a code.
const NOBODY_ELSES: &[&str] = &["/admin", "/audit", "/desk", "/me", "/start", "/supervision", "/track", "/apply"];

/// What is wrong with answers, and which came.
#[derive(Default)]
struct Answers {
    https: bool,
    wrong: Vec<String>,
    /// How many of each status.
    seen: BTreeMap<u16, usize>,
    /// How many were files to be kept.
    downloads: usize,
}

impl Answers {
    /// Looks at an answer. What is `somebodys` must be kept by no cache.
    fn take(&mut self, what: &str, status: u16, headers: &BTreeMap<String, String>, somebodys: bool) {
        let told = |name: &str| headers.get(name).map(String::as_str).unwrap_or_default();
        let policy = told("content-security-policy");
        let ancestors = if what.ends_with(WITHIN_OURS) && status == 200 { "'self'" } else { "'none'" };
        let kept = headers.get("strict-transport-security").map(String::as_str);
        let disposition = told("content-disposition");
        for (header, holds) in [
            ("cross-origin-opener-policy", told("cross-origin-opener-policy") == "same-origin"),
            ("cross-origin-resource-policy", told("cross-origin-resource-policy") == "same-origin"),
            ("permissions-policy", told("permissions-policy").contains("camera=()")),
            ("x-content-type-options", told("x-content-type-options") == "nosniff"),
            ("referrer-policy", ["no-referrer", "same-origin"].contains(&told("referrer-policy"))),
            ("content-security-policy", policy.starts_with("default-src ") && !policy.contains("unsafe-eval")),
            ("frame-ancestors", policy.contains(&format!("frame-ancestors {ancestors}"))),
            ("strict-transport-security", kept == self.https.then_some("max-age=31536000")),
            ("cache-control", !somebodys || told("cache-control") == "no-store"),
            ("content-disposition", disposition.is_empty() || disposition.starts_with("attachment")),
            ("server", !headers.contains_key("server") && !headers.contains_key("x-powered-by")),
        ] {
            if !holds {
                self.wrong.push(format!("{what} ({status}), {header}: {headers:?}"));
            }
        }
        *self.seen.entry(status).or_default() += 1;
        self.downloads += usize::from(status == 200 && !disposition.is_empty());
    }

    fn page(&mut self, what: &str, page: &Page) {
        self.take(what, page.status, &page.headers, false);
    }

    /// One answer of each kind that is not what was asked for.
    fn refusals(&mut self, service: &Served) {
        let mut visitor = Visitor::new(service);
        let (long, json) = ("x".repeat(2 << 20), [("Content-Type", "application/json")]);
        let words = [("Content-Type", "text/plain")];
        let elsewhere = [("Origin", "https://evil.example")];
        for (method, path, headers, body, status) in [
            ("GET", "/nowhere", &[][..], None, 404),
            ("GET", "/api/nowhere", &[], None, 404),
            ("GET", "/api/v1/nowhere", &[], None, 404),
            ("GET", "/assets/dafu-000000000000.css", &[], None, 404),
            ("DELETE", "/desk", &[], None, 404),
            ("DELETE", "/api/v1/cases", &[], None, 405),
            ("DELETE", "/api/v1/openapi.json", &[], None, 404),
            ("POST", "/track", &[], Some(long.as_str()), 413),
            ("POST", "/api/v1/auth/login", &json, Some(&long), 413),
            ("POST", "/api/v1/auth/login", &words, Some("x"), 415),
            ("POST", "/api/v1/auth/login", &json, Some("{"), 400),
            ("POST", "/api/v1/auth/login", &json, Some("{}"), 422),
            ("POST", "/api/v1/auth/login", &json, Some(r#"{"login": "clerk", "password": "x"}"#), 401),
            ("POST", "/sign-in", &[], Some("login=clerk&password=x"), 401),
            ("POST", "/apply/yunhe", &elsewhere, Some(""), 403),
        ] {
            let page = visitor.send(method, path, headers, body);
            if page.status != status {
                self.wrong.push(format!("{method} {path}: {} and not {status}", page.status));
            }
            self.page(&format!("{method} {path}"), &page);
        }
    }

    /// What is there for whoever watches the service, and for whoever reads its document.
    fn beside(&mut self, service: &Served) {
        let mut visitor = Visitor::new(service);
        let home = visitor.get("/").html;
        let style = home.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        for path in ["/healthz", "/readyz", "/metrics", "/api/docs/", "/api/v1/openapi.json", "/robots.txt", &style] {
            let page = visitor.get(path);
            self.page(&format!("GET {path}"), &page);
        }
    }
}

#[test]
fn every_answer_of_pages_and_api_keeps_other_sites_out_and_behind_https_the_open_line() {
    // Without HTTPS one answer of each kind: what differs is one header, which is added to all in one place.
    let mut open = Answers::default();
    let service = &Served::on_sqlite("2025-03-03");
    open.refusals(service);
    open.beside(service);
    open.page("GET /", &Visitor::new(service).get("/"));
    // No room for anybody.
    let full = |config: &mut Config| config.server.requests = 0;
    let service = &Served::on_sqlite_with("2025-03-03", full);
    for path in ["/", "/desk", "/api/v1/public/agencies", "/api/v1/cases"] {
        open.page(&format!("GET {path}"), &Visitor::new(service).get(path).expect(503));
    }

    let mut answers = Answers { https: true, ..Answers::default() };
    let service = &Served::on_sqlite_with("2025-03-03", |config| config.server.https = true);
    let city = &Town::new(service).city;
    employs_everybody(service);
    answers.refusals(service);
    answers.beside(service);
    // Every route as a stranger, every one that only reads as somebody with every role, or with the code of what it is about.
    let (forger, token) = (Forger::new(), service.token(EVERYBODY));
    let mut read = 0;
    for line in lines() {
        let (what, forged) =
            (format!("{} {}", line.method, line.path), forger.request(line.method, line.path, city, None));
        let is_public = line.scope == Scope::Public;
        if !is_public {
            let told = forged.sent(service, None);
            answers.take(&format!("{what}, nobody"), told.status, &told.headers.into_iter().collect(), true);
        }
        if line.method == "GET" {
            let code = if line.path.contains("{number}") { "enquiry code" } else { "query code" };
            let told = if is_public {
                forged.with_code(service, city.thing(code))
            } else {
                forged.sent(service, Some(&token))
            };
            read += usize::from(told.status == 200);
            answers.take(&what, told.status, &told.headers.into_iter().collect(), !is_public);
        }
    }
    let mut visitor = with_all_cookies(service, city);
    let mut shown = 0;
    for line in table().iter().filter(|line| line.method == "get") {
        let page = visitor.get(&filled(line.path, city));
        shown += usize::from(page.status == 200);
        let somebodys = NOBODY_ELSES.iter().any(|start| line.path.starts_with(start));
        answers.take(&format!("GET {}", line.path), page.status, &page.headers, somebodys);
    }
    let wrong = [open.wrong, answers.wrong].concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What was looked at is not only refusals.
    let downloads = answers.downloads;
    let told = format!("{read} of the API, {shown} pages, {downloads} files, {:?}", answers.seen);
    assert!(read >= 90 && shown >= 80 && downloads >= 20, "{told}");
    for status in [200, 303, 400, 401, 403, 404, 405, 413, 415, 422] {
        assert!(answers.seen.contains_key(&status), "no answer was {status}: {told}");
    }
}

#[test]
fn no_template_has_a_style_or_a_script_of_its_own_or_points_elsewhere() {
    fn templates(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                templates(&path, found);
            } else if path.extension().is_some_and(|end| end == "html") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    templates(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut found);
    assert!(found.len() > 30, "the templates were found");
    for path in found {
        let text = std::fs::read_to_string(&path).unwrap();
        for forbidden in [" style=", "<style", "onclick", "onsubmit", "javascript:", "http://", "https://", "//cdn"] {
            assert!(!text.contains(forbidden), "{forbidden} in {}", path.display());
        }
        assert_eq!(text.matches("<script").count(), text.matches("<script type=\"module\" src=").count());
    }
}

#[test]
fn the_language_is_the_readers_and_a_choice_is_kept() {
    let service = &Served::on_sqlite("2025-03-03");
    let mut visitor = Visitor::new(service);
    visitor.language = "en-GB,en;q=0.9";
    let home = visitor.get("/").expect(200).says("Ask a government body for its records");
    assert_eq!(home.headers["content-language"], "en");
    assert!(home.html.contains("<html lang=\"en\""));
    let switched = visitor.get("/preferences?lang=zh&next=%2Fcalculator%3Freceived_on%3D2025-03-03");
    visitor.follow(switched).expect(200).says("2025年3月31日（星期一）");
    visitor.get("/preferences?lang=zh&next=https://evil.example/").expect(303);
    let away = visitor.get("/preferences?lang=zh&next=//evil.example/").expect(303);
    assert_eq!(away.location.as_deref(), Some("/"), "a link of ours leads nowhere else");
    let large = visitor.get("/preferences?large=yes&next=/");
    assert!(visitor.follow(large).html.contains("data-type=\"large\""));
}

#[test]
fn who_wants_no_page_is_answered_as_by_the_api() {
    let service = &Served::on_sqlite("2025-03-03");
    let answer = service.public("GET", "/nowhere", None, None);
    assert_eq!((answer.status, answer.content_type.as_str()), (404, "application/problem+json"));
    let mut visitor = Visitor::new(service);
    let page = visitor.get("/nowhere").expect(404);
    assert!(page.headers["content-type"].starts_with("text/html"), "{page:?}");
}

#[test]
fn another_row_of_a_list_is_added_without_sending_the_form() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let path = format!("/desk/cases/{}/acts/split_off", case.id);
    let mut clerk = Visitor::signed_in(service, "clerk");
    let form = clerk.get(&path).expect(200);
    let version = form.field("version");
    let typed = [
        ("version", version.as_str()),
        ("remaining", "施工合同"),
        ("matters.0.subject", "监理合同"),
        ("matters.0.description", "2024年城东片区监理合同"),
        ("reason", "两件事项"),
    ];
    let mut more = typed.to_vec();
    more.push(("more", "matters"));
    let again = clerk.submit(&form, &path, &more).expect(200);
    assert!(again.html.contains("name=\"matters.1.subject\"") && again.html.contains("value=\"监理合同\""));
    assert_eq!(case.view()["version"].to_string(), version, "nothing was sent");
    let mut two = typed.to_vec();
    two.push(("matters.1.subject", "竣工图"));
    let missing = clerk.submit(&again, &path, &two).expect(422);
    assert!(missing.html.contains("href=\"#matters-1-description\""), "{}", missing.text());
    two.push(("matters.1.description", "竣工图纸"));
    clerk.submit(&missing, &path, &two).expect(303);
}
