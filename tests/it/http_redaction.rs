//! Blacking out beside everything else that goes on: nobody waits for it, nothing is kept when the record changed meanwhile, and
//! whoever draws a box through letters is told.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use dafu::storage::{Conn, StoreError, files};
use lopdf::{Document, dictionary};
use serde_json::{Value, json};

use crate::support::handled::Handled;
use crate::support::pdf::one_page;
use crate::support::served::{Answer, Served, on_both};
use crate::support::visitor::{Page, Visitor};

/// One page with a telephone number, 100 points from the left and 700 from the foot, letters of 20 points.
static RECORD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut file = Document::with_version("1.7");
    let font = file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let resources = dictionary! { "Font" => dictionary! { "F" => font } };
    one_page(file, resources, b"BT /F 20 Tf 100 700 Td (13800138000) Tj ET".to_vec())
});

/// A box on the number's line: its figures reach from 0.2 to 0.45 of the width, and from 0.107 to 0.125 of the height.
fn area(left: f64, width: f64, height: f64) -> Value {
    json!({"boxes": [{"page": 1, "left": left, "top": 0.09, "width": width, "height": height,
        "ground": "refused_third_party", "note": "电话"}]})
}

fn whole() -> Value {
    area(0.15, 0.4, 0.06)
}

fn until(what: &str, met: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_mins(2);
    while !met() {
        assert!(Instant::now() < end, "{what}");
        std::thread::yield_now();
    }
}

/// How many files lie in the store.
fn stored(service: &Served) -> usize {
    std::fs::read_dir(&service.config.files.url).unwrap().count()
}

/// A record is blacked out while somebody else is writing for as long as it takes to draw, store and prove it; `meanwhile` is
/// what they write.
fn blacked_out_beside(case: &Handled<'_>, id: &str, meanwhile: impl Fn(&mut Conn)) -> Answer {
    let service = case.service;
    let before = stored(service);
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| case.act("handler", &format!("files/{id}/redaction"), &whole()));
        until("the record is not read", || {
            let looks = service.get("auditor", "/api/v1/audit/entries?kind=pages").expect(200);
            !looks["items"].as_array().unwrap().is_empty()
        });
        let writing = service.office.db().write_now(|conn| {
            until("nothing is stored while another writes", || stored(service) > before);
            meanwhile(conn);
            Ok::<_, StoreError>(())
        });
        writing.unwrap();
        asked.join().unwrap()
    })
}

#[test]
fn whoever_writes_does_not_wait_for_a_record_that_is_being_blacked_out() {
    // SQLite has one writer: were the record drawn or stored within its transaction, nothing would come of this.
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let id = case.attaches("handler", "台账.pdf", &RECORD, "record");
    let told = blacked_out_beside(&case, &id, |_| ()).expect(200);
    assert_eq!(told["warnings"], json!([]), "{told:#}");
    let files = case.files();
    assert_eq!((&files[1]["purpose"]["code"], &files[1]["boxes"]), (&json!("redacted"), &json!(1)));
    assert!(case.content("handler", files[1]["id"].as_str().unwrap()).2.starts_with(b"%PDF-1.7"));
    service.check();
}

#[test]
fn what_the_scanner_found_meanwhile_undoes_it_and_nothing_is_kept() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let id = case.attaches("handler", "台账.pdf", &RECORD, "record");
    let before = stored(&service);
    let found = |conn: &mut Conn| {
        files::set_scan(conn, id.parse().unwrap(), files::SCAN_INFECTED, Some("Test.Evil")).unwrap();
    };
    let told = blacked_out_beside(&case, &id, found).expect(409);
    assert!(told.to_string().contains("Test.Evil"), "{told:#}");
    assert_eq!((case.files().len(), stored(&service)), (1, before), "its bytes are gone as well");
    service.check();
}

#[test]
fn an_act_on_what_one_has_not_read_is_refused_before_anything_is_drawn() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let id = case.attaches("handler", "台账.pdf", &RECORD, "record");
        let before = stored(service);
        let path = format!("/api/v1/cases/{}/files/{id}/redaction", case.id);
        service.by("handler", "POST", &path, &[("If-Match", "\"1\"")], Some(&whole())).expect(412);
        let looks = service.get("auditor", "/api/v1/audit/entries?kind=pages").expect(200);
        assert_eq!(looks["items"], json!([]), "it was not even opened");
        assert_eq!((case.files().len(), stored(service)), (1, before));
        service.check();
    });
}

#[test]
fn what_no_box_covers_is_looked_through_before_it_goes_out() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let id = case.attaches("handler", "台账.pdf", &RECORD, "record");
    let redaction = format!("files/{id}/redaction");
    // A blank spot far from the number; then the number itself, under a key that a client may send with anything.
    case.does("handler", &redaction, &area(0.7, 0.1, 0.02));
    let path = format!("/api/v1/cases/{}/{redaction}", case.id);
    let etag = service.get("handler", &format!("/api/v1/cases/{}", case.id)).etag.unwrap();
    let headers = [("If-Match", etag.as_str()), ("Idempotency-Key", "box-1")];
    service.by("handler", "POST", &path, &headers, Some(&whole())).expect(200);
    let looked = |at: usize| {
        let made = case.files()[at]["id"].as_str().unwrap().to_owned();
        service.get("handler", &format!("/api/v1/cases/{}/files/{made}/privacy", case.id)).expect(200)
    };
    let open = looked(1);
    assert_eq!(open["count"], 1, "{open:#}");
    assert_eq!(open["found"][0]["text"], "13800138000");
    assert!(open["found"][0]["place_zh"].as_str().unwrap().contains("遮盖后仍可见"), "{open:#}");
    assert_eq!(looked(2)["count"], 0, "all of it is covered");
}

#[test]
fn a_box_that_leaves_something_legible_is_told_with_one_that_does_not() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let id = case.attaches("handler", "台账.pdf", &RECORD, "record");
        let path = format!("/api/v1/cases/{}/files/{id}/redaction/remnants", case.id);
        let left = |boxes: &Value| {
            let told = service.by("handler", "POST", &path, &[], Some(boxes)).expect(200);
            told["remnants"].as_array().unwrap().clone()
        };
        assert!(left(&whole()).is_empty());
        // The upper half of every figure; the first figures whole.
        for (boxes, code) in
            [(area(0.15, 0.4, 0.026), "part_of_a_letter"), (area(0.15, 0.1175, 0.06), "part_of_a_word")]
        {
            let told = left(&boxes);
            assert_eq!(told.len(), 1, "{boxes:#} {told:#?}");
            let one = &told[0];
            let named = (&one["pointer"], &one["page"], &one["code"]);
            assert_eq!(named, (&json!("/boxes/0"), &json!(1), &json!(code)), "{one:#}");
            assert!(one["zh"].as_str().unwrap().starts_with("第1处（第1页）") && one["en"].is_string(), "{one:#}");
            assert!(!one.to_string().contains("138"), "what is to be covered is not told");
            assert!(left(&json!({"boxes": [one["instead"]]})).is_empty(), "what is proposed is enough");
        }
        assert_eq!(service.by("supervisor", "POST", &path, &[], Some(&whole())).status, 403);
        service.by("handler", "POST", &path, &[], Some(&area(0.9, 0.4, 0.06))).expect(422);
        // It may be meant so: it is made, and told again.
        let told = case.does("handler", &format!("files/{id}/redaction"), &area(0.15, 0.1175, 0.06));
        let warned: Vec<_> = told["warnings"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
        assert_eq!(warned, ["part_of_a_word"], "{told:#}");
        assert_eq!(case.files()[1]["boxes"], 1);
        service.check();
    });
}

#[test]
fn the_page_tells_of_such_a_box_before_anything_is_made_and_enlarges_it() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let id = case.attaches("handler", "台账.pdf", &RECORD, "record");
    let mut officer = Visitor::signed_in(&service, "handler");
    let path = format!("/desk/cases/{}/files/{id}/redact", case.id);
    let send = |officer: &mut Visitor<'_>, from: &Page, deed: &str, width: &str, warned: &str| {
        let version = from.field("version");
        let fields = [
            ("version", version.as_str()),
            ("from", "1"),
            ("warned", warned),
            ("page", "1"),
            ("left", "15"),
            ("top", "9"),
            ("width", width),
            ("height", "6"),
            ("ground", "refused_third_party"),
            ("note", ""),
            ("deed", deed),
        ];
        officer.submit(from, &path, &fields)
    };
    let page = officer.get(&path).expect(200);
    let good = send(&mut officer, &page, "check", "40", "").expect(200).says("没有遮盖框切过文字");
    let told = send(&mut officer, &good, "burn", "11.75", "").expect(200).says("尚未生成遮盖件").says("第1处");
    assert_eq!(case.files().len(), 1, "it warns first");
    let warned = told.field("warned");
    let wider = send(&mut officer, &told, "widen", "11.75", &warned).expect(200).says("没有遮盖框切过文字");
    let width: f64 = wider.field("width").parse().unwrap();
    assert!(width > 25.0, "{width}");
    assert_eq!(case.files().len(), 1);
    // Another box is told anew; the same one sent again is meant.
    send(&mut officer, &told, "burn", "11.76", &warned).expect(200).says("尚未生成遮盖件");
    let made = send(&mut officer, &told, "burn", "11.75", &warned).expect(303);
    officer.follow(made).expect(200).says("遮盖件已生成");
    assert_eq!(case.files().len(), 2);
    officer.language = "en";
    let page = officer.get(&path).expect(200);
    send(&mut officer, &page, "check", "11.75", "").expect(200).says("Something would stay legible");
    service.check();
}
