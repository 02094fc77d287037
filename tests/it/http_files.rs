//! Files through the API: sent in one go or in pieces, taken for what they are, put into the case, and seen by whom they are
//! shown to and by nobody else.

use std::io::Write;
use std::net::TcpStream;
use std::path::PathBuf;

use dafu::law::outcome::Outcome;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Served, on_both};

const PART: usize = 1 << 20;

/// A text of that many bytes in which no two parts are alike.
fn text(bytes: usize) -> Vec<u8> {
    (0..).flat_map(|line: u32| format!("{line:07} street lamp ledger\n").into_bytes()).take(bytes).collect()
}

/// All that lies in the store of files.
fn stored(service: &Served) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(&service.config.files.url).into_iter().flatten().map(|entry| entry.unwrap().path());
    folders.flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path()).collect()
}

fn begun(case: &Handled<'_>, login: &str, name: &str, size: usize) -> Value {
    let path = format!("/api/v1/cases/{}/uploads", case.id);
    case.service.by(login, "POST", &path, &[], Some(&json!({"name": name, "size": size}))).body
}

#[test]
fn a_file_that_comes_in_pieces_is_one_file_and_lies_encrypted_in_the_store() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let content = text(2 * PART + 123_456);
        let id = begun(&case, "handler", "路灯台账.txt", content.len())["id"].as_str().unwrap().to_owned();
        // A part and a half: the half is not acknowledged, and comes again.
        let told = case.sends("handler", &id, 0, &content[..PART + PART / 2]).expect(200);
        assert_eq!((told["received"].as_u64(), &told["complete"]), (Some(PART as u64), &json!(false)));
        let misplaced = case.sends("handler", &id, PART + PART / 2, &content[PART + PART / 2..]).expect(409);
        assert!(misplaced["detail"].as_str().unwrap().contains("1048576"), "{misplaced:#}");
        case.sends("reviewer", &id, PART, &content[PART..]).expect(404);
        // Not whole, it cannot be put into the case.
        let attachment = json!({"file": id, "purpose": "record"});
        let early = case.act("handler", "files", &attachment).expect(422);
        assert_eq!(early["errors"][0]["pointer"], "/file", "{early:#}");
        let told = case.sends("handler", &id, PART, &content[PART..]).expect(200);
        assert_eq!(told["complete"], true);
        case.act("reviewer", "files", &attachment).expect(422);
        case.does("handler", "files", &attachment);
        case.act("handler", "files", &attachment).expect(422);

        let files = case.files();
        let one = &files[0];
        assert_eq!((one["name"].as_str(), one["size"].as_u64()), (Some("路灯台账.txt"), Some(content.len() as u64)));
        assert_eq!((&one["format"]["code"], &one["visibility"]["code"]), (&json!("text"), &json!("office")));
        let (status, kind, bytes) = case.content("reviewer", &id);
        // Text is never shown within the service's own address, whatever is in it.
        assert_eq!((status, kind.as_str(), bytes == content), (200, "application/octet-stream", true));
        assert_eq!(case.content("county_handler", &id).0, 404);
        assert_eq!(case.content("supervisor", &id).0, 403, "names of files are masked from above");
        assert_eq!(case.own_content(&id).0, 404, "it is the office's");

        let parts = stored(service);
        assert_eq!(parts.len(), 3);
        for part in parts {
            let bytes = std::fs::read(&part).unwrap();
            assert!(!bytes.windows(11).any(|window| window == b"street lamp"), "{part:?}");
        }
        service.check();
    });
}

#[test]
fn an_upload_whose_line_was_cut_goes_on_where_it_stood() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let content = text(3 * PART);
    let id = begun(&case, "handler", "a.txt", content.len())["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/cases/{}/uploads/{id}", case.id);
    let mut line = TcpStream::connect(service.address.strip_prefix("http://").unwrap()).unwrap();
    let head = format!(
        "PATCH {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nUpload-Offset: 0\r\nContent-Length: {}\r\n\r\n",
        service.token("handler"),
        content.len()
    );
    line.write_all(head.as_bytes()).unwrap();
    line.write_all(&content[..PART + 1000]).unwrap();
    drop(line);
    // The server notices by and by; what it has by then is what it tells.
    let told = loop {
        let told = service.get("handler", &path).expect(200);
        if told["received"] != 0 {
            break told;
        }
        std::thread::yield_now();
    };
    assert_eq!(told["received"].as_u64(), Some(PART as u64));
    case.sends("handler", &id, PART, &content[PART..]).expect(200);
    case.does("handler", "files", &json!({"file": id, "purpose": "working"}));
    assert!(case.content("handler", &id).2 == content);
}

#[test]
fn a_file_is_what_its_bytes_say_and_everything_wrong_is_told_at_once() {
    let service = Served::on_sqlite_with("2025-03-03", |config| {
        config.files.max_bytes = 4096;
        config.files.max_files = 2;
        config.files.max_applicant_files = 1;
    });
    let case = Handled::new(&service);
    let wrong = begun(&case, "handler", "setup.exe", 5000);
    let pointers: Vec<_> = wrong["errors"].as_array().unwrap().iter().map(|one| one["pointer"].clone()).collect();
    assert_eq!(pointers, ["/name", "/size"], "{wrong:#}");

    let faked = |name: &str, content: &[u8]| {
        let id = begun(&case, "handler", name, content.len())["id"].as_str().unwrap().to_owned();
        let told = case.sends("handler", &id, 0, content).expect(422);
        let path = format!("/api/v1/cases/{}/uploads/{id}", case.id);
        service.get("handler", &path).expect(404);
        told["errors"][0]["detail"].as_str().unwrap().to_owned()
    };
    assert!(faked("合同.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").contains("PNG"));
    assert!(faked("说明.txt", b"MZ\x90\0\x03\0\0\0\x04\0").contains("可以接收"));
    assert!(stored(&service).is_empty(), "nothing of it is kept");

    let id = begun(&case, "handler", "a.txt", 10)["id"].as_str().unwrap().to_owned();
    let more = case.sends("handler", &id, 0, b"more than ten bytes").expect(422);
    assert_eq!(more["errors"][0]["pointer"], "/size");
    service.get("handler", &format!("/api/v1/cases/{}/uploads/{id}", case.id)).expect(404);
    let id = begun(&case, "handler", "a.txt", 10)["id"].as_str().unwrap().to_owned();
    let short = case.sends("handler", &id, 0, b"five.").expect(422);
    assert!(short["errors"][0]["detail"].as_str().unwrap().contains("整数倍"), "it would come for ever: {short:#}");
    // The path that some browsers send goes no further than here.
    case.attaches("handler", "C:\\文件\\a.txt", b"lamp", "working");
    assert_eq!(case.files()[0]["name"], "a.txt");
    let full = begun(&case, "handler", "c.txt", 4);
    assert!(full["errors"][0]["detail"].as_str().unwrap().contains("上限（2 个）"), "{full:#}");
    // One that is not wanted after all makes room; whose it is, and whether it is in the case by now, is asked.
    let path = |id: &str| format!("/api/v1/cases/{}/uploads/{id}", case.id);
    service.by("reviewer", "DELETE", &path(&id), &[], None).expect(404);
    service.by("handler", "DELETE", &path(&id), &[], None).expect(204);
    service.get("handler", &path(&id)).expect(404);
    let attached = case.files()[0]["id"].as_str().unwrap().to_owned();
    service.by("handler", "DELETE", &path(&attached), &[], None).expect(409);
    case.attaches("handler", "d.txt", b"lamp", "working");
}

#[test]
fn an_applicant_adds_a_file_and_the_office_reads_it() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let number = case.receipt["receipt_no"].as_str().unwrap();
        let begun = case.applicant("POST", "/uploads", Some(&json!({"name": "身份证.png", "size": 16}))).expect(201);
        let id = begun["id"].as_str().unwrap();
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        let path = format!("/api/v1/public/applications/{number}/uploads/{id}");
        let code = case.receipt["query_code"].as_str().unwrap();
        service.bytes("PATCH", &path, &[("X-Query-Code", "wrong"), ("Upload-Offset", "0")], picture).expect(401);
        service.bytes("PATCH", &path, &[("X-Query-Code", code), ("Upload-Offset", "0")], picture).expect(200);
        let told = case.applicant("POST", "/files", Some(&json!({"file": id}))).expect(200);
        assert_eq!((&told["files"][0]["name"], &told["files"][0]["given"]), (&json!("身份证.png"), &json!(false)));
        assert!(told["timeline"].to_string().contains("file_attached"));
        assert_eq!(case.content("handler", id).2, picture);
        assert_eq!(case.own_content(id).2, picture);
        assert_eq!(case.files()[0]["purpose"]["code"], "application");
        // It is the applicant's: it is neither hidden from them nor shown to everybody.
        for to in ["office", "public"] {
            case.act("clerk", &format!("files/{id}/visibility"), &json!({"to": to})).refused_by("file_stays_inside");
        }
        service.check();
    });
}

#[test]
fn everybody_sees_a_file_only_after_a_second_look_and_from_its_day_on() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::Granted));
        let id = case.attaches("handler", "台账.txt", b"lamp 1\nlamp 2\n", "record");
        let show = format!("files/{id}/visibility");
        case.act("clerk", &show, &json!({"to": "public"})).refused_by("file_stays_inside");
        case.does("clerk", "releases", &json!({"files": [id], "letter": "现提供路灯台账。"}));
        let public = format!("/api/v1/public/published/{}/files/{id}", case.id);
        let listed = format!("/api/v1/public/published/{}/files", case.id);
        case.does("handler", "publication-proposal", &json!({"reason": "多人申请", "equal_requests": 3}));
        let answer = json!({"place": "门户网站", "title": "路灯台账", "summary": "2024年路灯台账"});
        case.does("clerk", "publication", &answer);
        assert_eq!(service.public("GET", &listed, None, None).expect(200), json!([]));

        case.does("clerk", &show, &json!({"to": "public", "from": "2025-03-10", "reason": "多人申请"}));
        assert_eq!(case.files()[0]["waits_for_check"], true);
        assert_eq!(service.file(&public, &[]).0, 404);
        case.act("clerk", &format!("files/{id}/check"), &json!({})).refused_by("own_decision");
        case.does("reviewer", &format!("files/{id}/check"), &json!({"remark": "已核对，无个人信息"}));
        case.act("reviewer", &format!("files/{id}/check"), &json!({})).refused_by("no_check_pending");
        assert_eq!(service.file(&public, &[]).0, 404, "its day has not come");
        service.day("2025-03-10");
        assert_eq!(service.file(&public, &[]).2, b"lamp 1\nlamp 2\n");
        assert_eq!(service.public("GET", &listed, None, None).expect(200)[0]["name"], "台账.txt");
        // Decided anew, it waits for another look.
        case.does("clerk", &show, &json!({"to": "public"}));
        assert_eq!(service.file(&public, &[]).0, 404);
        service.check();
    });
}

#[test]
fn all_files_together_have_no_more_room_than_the_settings_give() {
    use crate::support::visitor::Visitor;
    let test = |service: &Served| {
        let case = Handled::new(service);
        case.attaches("handler", "台账.txt", &vec![b'a'; 600_000], "record");
        let at = format!("/api/v1/cases/{}/uploads", case.id);
        let announced = |size: u64| json!({"name": "附表.txt", "size": size});
        let told = service.by("handler", "POST", &at, &[], Some(&announced(900_000))).expect(422);
        assert_eq!(told["errors"][0]["pointer"], "/size", "{told:#}");
        let said = told["errors"][0]["detail"].as_str().unwrap();
        assert!(said.contains("上限 1.0 MB") && said.contains("放不下"), "{said}");
        // What is on its way counts, and a letter goes out all the same.
        service.by("handler", "POST", &at, &[], Some(&announced(300_000))).expect(201);
        service.by("handler", "POST", &at, &[], Some(&announced(300_000))).expect(422);
        case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        let mut admin = Visitor::signed_in(service, "admin");
        admin.get("/admin/settings").expect(200).says("上限 1.0 MB");
    };
    test(&Served::on_sqlite_with("2025-03-03", |config| config.files.total_bytes = 1 << 20));
    if let Some(service) = Served::on_postgres_with("2025-03-03", |config| config.files.total_bytes = 1 << 20) {
        test(&service);
    }
}
