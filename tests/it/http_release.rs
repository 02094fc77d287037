//! Information on its way out: looked through before it goes, handed out in parts with a letter each, blacked out where it must
//! not be read, and the register of how letters reached people.

use std::io::{Cursor, Write};
use std::process::Command;
use std::sync::LazyLock;

use dafu::law::outcome::Outcome;
use lopdf::Document;
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support::handled::{Handled, draft};
use crate::support::served::{Served, on_both};

/// Three pages of a real guide.
static RECORD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut guide = Document::load_mem(include_bytes!("../fixtures/debmake-doc.zh-cn.pdf")).unwrap();
    guide.delete_pages(&(4..=60).collect::<Vec<_>>());
    let mut bytes = Vec::new();
    guide.save_to(&mut bytes).unwrap();
    bytes
});

const LEDGER: &str = "路灯台账\n维护人：张某 电话 13800138000\n身份证 11010519491231002X\n";

fn letters(case: &Handled<'_>, kind: &str) -> Vec<Value> {
    let all = case.service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
    all.as_array()
        .unwrap()
        .iter()
        .filter(|one| one["letter"]["code"] == kind && one["seq"].is_number())
        .cloned()
        .collect()
}

fn letter_text(case: &Handled<'_>, seq: &Value) -> String {
    let bearer = format!("Bearer {}", case.service.token("handler"));
    let path = format!("/api/v1/cases/{}/letters/{seq}/txt", case.id);
    String::from_utf8(case.service.file(&path, &[("Authorization", &bearer)]).2).unwrap()
}

#[test]
fn information_is_handed_out_in_parts_each_with_its_letter_once_the_reply_is_served() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let one = case.attaches("handler", "台账2023.txt", b"lamp 1\n", "record");
        let other = case.attaches("handler", "台账2024.txt", b"lamp 2\n", "record");
        let inside = case.attaches("handler", "会议记录.txt", b"inside\n", "working");
        let part = |file: &str, last: bool| json!({"files": [file], "last": last, "letter": "现提供路灯台账。"});
        case.act("clerk", "releases", &part(&one, false)).refused_by("not_in_this_stage");
        case.replied(&draft(Outcome::Granted));
        case.act("clerk", "releases", &part(&inside, false)).refused_by("file_stays_inside");
        case.does("clerk", "releases", &part(&one, false));
        case.act("clerk", "releases", &part(&one, true)).refused_by("released_already");
        let told = case.applicant("GET", "", None).expect(200);
        assert_eq!(told["files"].as_array().unwrap().len(), 1, "{told:#}");
        assert_eq!(case.own_content(&one).2, b"lamp 1\n");
        assert_eq!((case.own_content(&other).0, case.own_content(&inside).0), (404, 404));
        let first = letters(&case, "release");
        let said = letter_text(&case, &first[0]["seq"]);
        for words in ["第1次", "台账2023.txt", "现提供路灯台账。", "其余决定公开的政府信息另行提供"]
        {
            assert!(said.contains(words), "{words} is not in\n{said}");
        }
        assert!(!said.contains("台账2024.txt") && !said.contains("涂黑"), "{said}");
        let show = json!({"to": "applicant", "reason": "申请人要求"});
        case.act("clerk", &format!("files/{inside}/visibility"), &show).refused_by("file_stays_inside");
        case.does("clerk", "releases", &part(&other, true));
        let numbers: Vec<Value> = letters(&case, "release").iter().map(|one| one["number"].clone()).collect();
        assert_eq!(numbers, ["云政公开供〔2025〕1号", "云政公开供〔2025〕2号"]);
        case.act("clerk", "releases", &part(&inside, true)).refused_by("release_complete");
        let releases = service.get("handler", &format!("/api/v1/cases/{}/releases", case.id)).expect(200);
        assert_eq!((&releases[0]["last"], &releases[1]["last"]), (&json!(false), &json!(true)));
        // The first fetching is on record, and only the first; an officer's page is none the older for it.
        let fetched = || case.files()[0]["fetched_on"].clone();
        assert_eq!(fetched(), "2025-03-03");
        service.day("2025-03-05");
        case.own_content(&one);
        assert_eq!(fetched(), "2025-03-03");
        service.check();
    });
}

#[test]
fn what_names_people_does_not_go_out_unless_somebody_says_why() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::Granted));
        let id = case.attaches("handler", "台账.txt", LEDGER.as_bytes(), "record");
        let picture = case.attaches("handler", "图.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "record");
        let path = format!("/api/v1/cases/{}/files/{id}/privacy", case.id);
        let looked = service.get("handler", &path).expect(200);
        let found: Vec<_> = looked["found"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["kind"]["code"].clone(), one["place_zh"].clone()))
            .collect();
        assert_eq!(found, [(json!("phone"), json!("第2行")), (json!("identity_number"), json!("第3行"))]);

        let mut release = json!({"files": [id, picture], "letter": "现提供。"});
        let told = case.act("clerk", "releases", &release).expect(422);
        let said = told.to_string();
        for words in ["第3行", "11010519491231002X", "13800138000", "图.png", "不能自动检查", "/accept"] {
            assert!(said.contains(words), "{words} is not in {told:#}");
        }
        release["accept"] = json!("张某书面同意公开；图片已人工核对。");
        case.does("clerk", "releases", &release);
        let journal = service.get("handler", &format!("/api/v1/cases/{}/journal", case.id)).expect(200);
        assert!(journal.to_string().contains("张某书面同意公开"), "the reason is on record");
        service.check();
    });
}

/// A DOCX of one paragraph.
fn document(before: &str, text: &str) -> Vec<u8> {
    let body = format!("{before}<w:x xmlns:w=\"w\"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:x>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in [("[Content_Types].xml", "<Types/>"), ("word/document.xml", body.as_str())] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn of_a_file_that_cannot_be_looked_through_both_languages_say_why_alike() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let large = document("", &" ".repeat(65 << 20));
    let defining = document("<!DOCTYPE x [<!ENTITY n \"11010519491231002X\">]>", "&n;");
    for (name, bytes, zh, en) in [
        ("大.docx", large, "文件展开后多于 64 MiB，不能检查。", "more than 64 MiB"),
        ("定义.docx", defining, "文件自行定义了文字（DTD），不能检查。", "defines texts of its own (a DTD)"),
    ] {
        let id = case.attaches("handler", name, &bytes, "record");
        let looked = service.get("handler", &format!("/api/v1/cases/{}/files/{id}/privacy", case.id)).expect(200);
        assert_eq!(looked["unread_zh"], zh, "{looked:#}");
        assert!(looked["unread_en"].as_str().unwrap().contains(en), "{looked:#}");
    }
    service.check();
}

#[test]
fn a_record_is_blacked_out_with_its_grounds_and_proven_before_it_is_kept() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let id = case.attaches("handler", "维护指南.pdf", &RECORD, "record");
    let path = format!("/api/v1/cases/{}/files/{id}", case.id);
    let bearer = format!("Bearer {}", service.token("handler"));
    let (status, kind, page) = service.file(&format!("{path}/pages/1"), &[("Authorization", &bearer)]);
    assert_eq!((status, kind.as_str(), &page[1..4]), (200, "image/png", &b"PNG"[..]));
    assert_eq!(service.file(&format!("{path}/pages/4"), &[("Authorization", &bearer)]).0, 404);

    let area = |page: u32, left: f64, ground: &str| json!({"page": page, "left": left, "top": 0.1, "width": 0.5, "height": 0.2, "ground": ground, "note": "姓名"});
    let act = format!("files/{id}/redaction");
    let wrong = json!({"boxes": [area(4, 0.1, "refused_third_party"), area(1, 0.6, "refused_third_party")]});
    let told = case.act("handler", &act, &wrong).expect(422);
    let pointers: Vec<_> = told["errors"].as_array().unwrap().iter().map(|one| one["pointer"].clone()).collect();
    assert_eq!(pointers, ["/boxes/0", "/boxes/1"], "{told:#}");
    case.act("handler", &act, &json!({"boxes": [area(1, 0.1, "granted")]})).expect(422);
    assert_eq!(case.files().len(), 1, "nothing is kept of what is refused");

    let boxes = json!({"boxes": [area(1, 0.1, "refused_third_party"), area(3, 0.2, "refused_internal_affairs")]});
    case.does("handler", &act, &boxes);
    let files = case.files();
    let made = &files[1];
    assert_eq!(
        (&made["purpose"]["code"], &made["boxes"], &made["name"]),
        (&json!("redacted"), &json!(2), &json!("维护指南（遮盖件）.pdf"))
    );
    let sheet =
        service.get("handler", &format!("/api/v1/cases/{}/files/{}/redaction", case.id, made["id"].as_str().unwrap()));
    let sheet = sheet.expect(200);
    assert_eq!((&sheet["boxes"][1]["page"], &sheet["of"]), (&json!(3), &json!(id)));
    assert!(sheet["boxes"][0]["articles"].as_str().unwrap().contains("第十五条"), "{sheet:#}");

    // Somebody else's extractor finds nothing, and the original is as it was.
    let bytes = case.content("handler", made["id"].as_str().unwrap()).2;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("redacted.pdf");
    std::fs::write(&file, &bytes).unwrap();
    let text = Command::new("pdftotext").arg(&file).arg("-").output().unwrap();
    assert_eq!(String::from_utf8(text.stdout).unwrap().trim(), "");
    assert!(case.content("handler", &id).2 == *RECORD);
    let again = case.does("handler", &act, &boxes);
    assert!(again["version"].is_number());
    let twin = case.content("handler", case.files()[2]["id"].as_str().unwrap()).2;
    assert!(twin == bytes, "the same boxes give the same bytes");

    // The reply granted everything: what is blacked out all the same is asked about, and its pictures are not.
    case.replied(&draft(Outcome::Granted));
    let release = json!({"files": [made["id"]], "letter": "现提供维护指南。"});
    let told = case.act("clerk", "releases", &release).expect(422);
    let asked: Vec<_> = told["errors"].as_array().unwrap().iter().map(|one| one["pointer"].clone()).collect();
    assert_eq!(asked, ["/accept", "/accept"], "{told:#}");
    let mut release = release;
    release["accept"] = json!("申请人书面同意遮盖。");
    case.does("clerk", "releases", &release);
    let said = letter_text(&case, &letters(&case, "release")[0]["seq"]);
    assert!(said.contains("涂黑") && said.contains("已遮盖2处"), "{said}");
    service.check();
}

#[test]
fn the_register_of_service_says_how_each_letter_reached_its_reader() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        let notice = letters(&case, "correction")[0]["seq"].clone();
        let line = |way: &str, more: Value| {
            let mut line = json!({"letter": notice, "way": way});
            line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            line
        };
        case.act("clerk", "deliveries", &line("post", json!({"posted_on": "2025-03-03"})))
            .refused_by("delivery_incomplete");
        case.act("clerk", "deliveries", &line("hand", json!({}))).refused_by("delivery_incomplete");
        let early = line("post", json!({"posted_on": "2025-03-02", "number": "EMS 1"}));
        case.act("clerk", "deliveries", &early).refused_by("date_too_early");
        service.day("2025-03-06");
        let proof = case.attaches("clerk", "回执.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "proof");
        let posted = line(
            "post",
            json!({"posted_on": "2025-03-03", "number": "EMS 1000000000001", "received_on": "2025-03-05", "proof": proof}),
        );
        case.does("clerk", "deliveries", &posted);
        case.applicant("POST", "/corrections", Some(&json!({"text": "2024年度。"}))).expect(200);
        case.replied(&draft(Outcome::Granted));
        // The applicant reads the reply: it has reached them.
        let told = case.applicant("GET", "", None).expect(200);
        let reply = told["documents"].as_array().unwrap().iter().find(|one| one["kind"] == "reply").unwrap().clone();
        case.applicant("GET", &format!("/documents/{}", reply["id"].as_str().unwrap()), None).expect(200);

        let register = service.get("handler", &format!("/api/v1/cases/{}/deliveries", case.id)).expect(200);
        let lines: Vec<_> = register
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["kind"]["code"].clone(), one["way"]["code"].clone(), one["received_on"].clone()))
            .collect();
        assert_eq!(
            lines,
            [
                (json!("correction"), json!("post"), json!("2025-03-05")),
                (json!("reply"), json!("post"), Value::Null),
                (json!("reply"), json!("download"), json!("2025-03-06")),
            ]
        );
        assert_eq!((&register[0]["number"], &register[0]["proof"]), (&json!("EMS 1000000000001"), &json!(proof)));
        assert_eq!(register[1]["remark"], "EMS 1000000000001");
        service.check();
    });
}

#[test]
fn the_day_the_reply_is_received_starts_the_time_for_review() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::RefusedInternalAffairs));
        let clock = || {
            let clocks = service.get("clerk", &format!("/api/v1/cases/{}/clock", case.id)).expect(200);
            let all = clocks.as_array().unwrap().clone();
            all.into_iter().find(|one| one["name"]["code"].as_str().unwrap().starts_with("reconsideration")).unwrap()
        };
        let presumed = clock()["due_on"].clone();
        service.day("2025-03-20");
        let seq = letters(&case, "reply")[0]["seq"].clone();
        let line = json!({"letter": seq, "way": "post", "number": "EMS 1", "posted_on": "2025-03-03", "received_on": "2025-03-18"});
        case.does("clerk", "deliveries", &line);
        let known = clock()["due_on"].clone();
        assert!(known.as_str().unwrap() > presumed.as_str().unwrap(), "{presumed} {known}");
        service.check();
    });
}

#[test]
fn personal_data_in_a_draft_is_told_with_its_place_and_masked_at_a_touch() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let mut reply = draft(Outcome::Granted);
        reply["letter"] = json!("维护合同的联系人电话为13800138000，见附件。");
        reply["submit"] = json!(false);
        case.does("handler", "draft", &reply);
        let path = format!("/api/v1/cases/{}/draft/privacy", case.id);
        let found = service.get("handler", &path).expect(200);
        assert_eq!(found.as_array().unwrap().len(), 1, "{found:#}");
        let one = &found[0];
        assert_eq!(
            (&one["place_zh"], &one["kind"]["code"], &one["from"]),
            (&json!("正文"), &json!("phone"), &json!(12))
        );
        assert_eq!(service.get("supervisor", &path).status, 403);
        // The gate asks for a word before it is signed, until it is masked.
        let light = |case: &Handled<'_>| {
            let view = case.view();
            let checks = view["gate"].as_array().unwrap().clone();
            checks.iter().find(|one| one["check"]["code"] == "personal_data").unwrap()["level"]["code"].clone()
        };
        assert_eq!(light(&case), "amber");
        let masked = case.does("handler", "draft/masking", &json!({}));
        assert_eq!(light(&case), "green");
        assert!(!masked.to_string().contains("13800138000"), "{masked:#}");
        assert!(masked["draft"]["letter"].as_str().unwrap().contains("＊＊＊"), "{masked:#}");
        assert_eq!(service.get("handler", &path).expect(200), json!([]));
        case.act("handler", "draft/masking", &json!({})).expect(409);

        // Offices may be named: one's own, and the one that the law has the reply name.
        let own = service.get("admin", "/api/v1/admin/agencies/yunhe").expect(200)["office_phone"].clone();
        reply["letter"] = json!(format!("有疑问请致电{}。", own.as_str().unwrap()));
        reply["statements"] = json!([{"statement": "how_to_obtain", "text": "请致电0571-87654321领取。"}]);
        case.does("handler", "draft", &reply);
        assert_eq!(light(&case), "green");
        assert_eq!(service.get("handler", &path).expect(200), json!([]));
        service.check();
    });
}
