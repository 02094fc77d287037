//! A large file in a browser: sent in pieces, held up by a line that breaks, gone on with by itself and after the page was loaded
//! again; with the application, and without scripts as any form.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::browser_officer::signs_in;
use crate::support::audit::Audit;
use crate::support::browser::{Browser, Scripts, Tongue};
use crate::support::handled::Handled;
use crate::support::hands::Words;
use crate::support::line::Line;
use crate::support::served::{Served, application};

const MEBIBYTE: u64 = 1 << 20;
const FILES: Words = ("文件（可以多选）", "Files (several may be chosen)");
const BROKE: Words = ("连接中断", "The line broke");

/// A file on the disk in which no two parts are alike, and its bytes.
struct Paper {
    folder: tempfile::TempDir,
    name: &'static str,
    bytes: Vec<u8>,
}

impl Paper {
    fn of(name: &'static str, mebibytes: u64) -> Self {
        let lines = (0..).flat_map(|line: u32| format!("{line:07} street lamp ledger\n").into_bytes());
        let bytes: Vec<u8> = lines.take(usize::try_from(mebibytes * MEBIBYTE + 4321).unwrap()).collect();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), &bytes).unwrap();
        Self { folder, name, bytes }
    }

    fn chosen(&self, browser: &Browser, field: Words<'_>) {
        let path = self.folder.path().join(self.name);
        browser.write(&browser.field(field), path.to_str().unwrap());
    }
}

/// Waits until the page says so.
#[track_caller]
fn says_by_and_by(browser: &Browser, words: Words<'_>) {
    let begun = Instant::now();
    while !browser.text().contains(browser.t(words)) {
        assert!(begun.elapsed() < Duration::from_mins(1), "{} is not said: {}", words.0, browser.text());
        std::thread::yield_now();
    }
}

/// Presses what does not lead away.
#[track_caller]
fn taps(browser: &Browser, selector: &str) {
    let found = browser.element("return document.querySelector(arguments[0])", &json!([selector]));
    browser.click(&found.unwrap_or_else(|| panic!("no {selector}: {}", browser.text())));
}

/// How far the bar is, between none and all.
fn is_on_its_way(browser: &Browser) -> bool {
    let bar = browser.run("const bar = document.querySelector('progress'); return bar.value / bar.max", &json!([]));
    bar.as_f64().is_some_and(|share| share > 0.0 && share < 1.0)
}

#[test]
fn browser_a_large_file_goes_on_by_itself_after_the_line_broke() {
    let service = Served::on_sqlite("2026-03-02");
    let (line, case) = (Line::to(&service.address), Handled::new(&service));
    let Some(browser) = Browser::open(&line.address, Scripts::On, Tongue::Zh) else { return };
    let paper = Paper::of("路灯台账.txt", 12);
    signs_in(&browser, "handler");
    browser.go(&format!("/desk/cases/{}/files", case.id));
    paper.chosen(&browser, FILES);
    let before = line.carried();
    line.breaks_after(6 * MEBIBYTE);
    browser.leaving(|| {
        taps(&browser, "form[data-upload] button:not([type])");
        says_by_and_by(&browser, BROKE);
        assert!(is_on_its_way(&browser), "{}", browser.text());
        if let Some(audit) = Audit::new() {
            audit.look(&browser, "an upload whose line broke");
            audit.finish(1);
        }
        line.is_mended();
    });
    browser.says(("已添加。", "It is in the case now."));
    let files = case.files();
    assert_eq!((files.len(), files[0]["name"].as_str()), (1, Some(paper.name)));
    assert!(case.content("handler", files[0]["id"].as_str().unwrap()).2 == paper.bytes);
    let carried = line.carried() - before;
    assert!(carried < 16 * MEBIBYTE, "it went on where it stood: {carried}");
    service.check();
}

#[test]
fn browser_a_large_file_goes_on_when_it_is_chosen_again_after_the_page_was_left() {
    let service = Served::on_sqlite("2026-03-02");
    let (line, case) = (Line::to(&service.address), Handled::new(&service));
    let Some(browser) = Browser::open(&line.address, Scripts::On, Tongue::En) else { return };
    let paper = Paper::of("photographs.txt", 12);
    let tracks = || {
        browser.go("/track");
        if browser.text().contains("Receipt number") {
            browser.fill(("", "Receipt number"), case.receipt["receipt_no"].as_str().unwrap());
            browser.fill(("", "Query code"), case.receipt["query_code"].as_str().unwrap());
            browser.press(("", "Look it up"));
        }
        browser.run("document.querySelector('details:has([data-upload])').open = true", &json!([]));
        paper.chosen(&browser, FILES);
    };
    tracks();
    let before = line.carried();
    line.breaks_after(6 * MEBIBYTE);
    taps(&browser, "form[data-upload] button:not([type])");
    says_by_and_by(&browser, BROKE);
    // Held, it waits for whoever holds it, line or no line.
    taps(&browser, ".upload button");
    says_by_and_by(&browser, ("", "Paused."));
    if let Some(audit) = Audit::new() {
        audit.look(&browser, "an upload that is held");
        audit.finish(1);
    }
    line.is_mended();
    assert!(case.files().is_empty());
    let kept = browser.run("return JSON.stringify(localStorage)", &json!([]));
    assert!(!kept.as_str().unwrap().contains("photographs"), "no name is left on the machine: {kept}");

    tracks();
    browser.leaving(|| taps(&browser, "form[data-upload] button:not([type])"));
    browser.says(("", "What has come in stands below."));
    let files = case.files();
    assert_eq!(files.len(), 1);
    assert!(case.own_content(files[0]["id"].as_str().unwrap()).2 == paper.bytes);
    let carried = line.carried() - before;
    assert!(carried < 16 * MEBIBYTE, "it went on where it stood: {carried}");

    // The same file once more is another upload; given up, nothing of it is left.
    tracks();
    line.breaks_after(5 * MEBIBYTE);
    taps(&browser, "form[data-upload] button:not([type])");
    says_by_and_by(&browser, BROKE);
    line.is_mended();
    taps(&browser, ".upload button:last-of-type");
    says_by_and_by(&browser, ("", "Not sent."));
    assert_eq!(case.files().len(), 1);
    let id = case.id.parse().unwrap();
    let underway = service.office.db().read_now(|conn| dafu::storage::files::count_underway(conn, id, true)).unwrap();
    assert_eq!(underway, 0);
}

#[test]
fn browser_a_large_file_follows_the_application_it_came_with() {
    let service = Served::on_sqlite("2026-03-02");
    let line = Line::to(&service.address);
    let Some(browser) = Browser::open(&line.address, Scripts::On, Tongue::Zh) else { return };
    let body = application();
    let draft = service.public("POST", "/api/v1/public/agencies/yunhe/drafts", None, Some(&body)).expect(201);
    service.clock.set(service.clock.now() + chrono::TimeDelta::minutes(8));
    browser.go("/apply/yunhe");
    browser.fill(("草稿码", "Draft code"), draft["draft_code"].as_str().unwrap());
    browser.press(("继续", "Go on"));
    browser.go("/apply/yunhe/check");
    let (large, small) = (Paper::of("现场照片.txt", 9), Paper::of("说明.txt", 0));
    let field = ("附件（可以不附，可以多选）", "Files to go with it (none, one or several)");
    large.chosen(&browser, field);
    small.chosen(&browser, field);
    line.breaks_after(6 * MEBIBYTE);
    browser.leaving(|| {
        taps(&browser, "form[data-upload] button:not([type])");
        says_by_and_by(&browser, BROKE);
        // The receipt is there before the file is.
        browser.says(("申请已提交", "Your application has been sent"));
        assert!(browser.here().starts_with("/track/receipt"));
        line.is_mended();
    });
    browser.says(("随申请收到的附件：2", "Files received with it: 2"));
    browser.follow(("查看进度", "See how it stands"));
    browser.says(("现场照片.txt", ""));
    browser.says(("说明.txt", ""));
    service.check();
}

#[test]
fn browser_a_large_file_is_taken_without_scripts() {
    let service = Served::on_sqlite("2026-03-02");
    let case = Handled::new(&service);
    let Some(browser) = Browser::open(&service.address, Scripts::Off, Tongue::Zh) else { return };
    let paper = Paper::of("路灯台账.txt", 6);
    signs_in(&browser, "handler");
    browser.go(&format!("/desk/cases/{}/files", case.id));
    paper.chosen(&browser, FILES);
    browser.press(("添加", "Add"));
    browser.says(("已添加。", "It is in the case now."));
    assert!(case.content("handler", case.files()[0]["id"].as_str().unwrap()).2 == paper.bytes);
}

#[test]
fn browser_a_large_file_of_another_kind_is_told_beside_it_and_the_form_stays() {
    let service = Served::on_sqlite("2026-03-02");
    let case = Handled::new(&service);
    let Some(browser) = Browser::open(&service.address, Scripts::On, Tongue::Zh) else { return };
    let mut paper = Paper::of("合同.pdf", 6);
    paper.bytes[..8].copy_from_slice(b"\x89PNG\r\n\x1a\n");
    std::fs::write(paper.folder.path().join(paper.name), &paper.bytes).unwrap();
    signs_in(&browser, "handler");
    browser.go(&format!("/desk/cases/{}/files", case.id));
    paper.chosen(&browser, FILES);
    taps(&browser, "form[data-upload] button:not([type])");
    says_by_and_by(&browser, ("没有收下：", "Not taken: "));
    browser.says(("PNG", "PNG"));
    assert!(case.files().is_empty() && browser.count("progress") == 1);
    // Another one is chosen in its place, and goes.
    let other = Paper::of("说明.txt", 5);
    browser.run("document.getElementById('file').value = ''", &json!([]));
    other.chosen(&browser, FILES);
    browser.leaving(|| taps(&browser, "form[data-upload] button:not([type])"));
    assert_eq!(case.files()[0]["name"], other.name);
}
