//! Senders that begin and do not go on: they are cut off after the time that the settings state, and meanwhile take no place
//! from anybody who means it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::handled::Handled;
use crate::support::served::{Served, application};
use crate::support::visitor::Visitor;

/// Few places, so that a few slow senders would take them all.
const PLACES: usize = 8;
/// How long a sender may take.
const SECONDS: u64 = 3;

fn served(seconds: u64) -> Served {
    Served::on_sqlite_with("2025-03-03", |config| {
        config.server.requests = PLACES;
        config.server.request_seconds = seconds;
    })
}

fn slow_senders() -> usize {
    if std::env::var_os("DAFU_ATTACK").is_some() { 600 } else { 60 }
}

fn open(service: &Served, first: &str) -> TcpStream {
    let mut line = TcpStream::connect(service.address.strip_prefix("http://").unwrap()).unwrap();
    line.write_all(first.as_bytes()).unwrap();
    line
}

/// What came before the line was closed; that it is closed at all within the time.
fn ended(mut line: TcpStream, until: Instant) -> String {
    line.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let (mut told, mut bytes) = (String::new(), [0_u8; 4096]);
    loop {
        match line.read(&mut bytes) {
            Ok(0) => return told,
            Ok(count) => told.push_str(&String::from_utf8_lossy(&bytes[..count])),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => return told,
            Err(_not_yet) => assert!(Instant::now() < until, "still open; so far: {told}"),
        }
    }
}

/// Everybody else is served, at once, while these wait.
fn nobody_else_waits(service: &Served, lines: &mut [TcpStream], drop_by_drop: &[u8]) {
    let begun = Instant::now();
    for round in 0..4 {
        for line in lines.iter_mut() {
            // Who was cut off already hears so here.
            let _cut = line.write_all(&drop_by_drop[round..=round]);
        }
        service.public("GET", "/api/v1/public/agencies", None, None).expect(200);
        let path = "/api/v1/public/agencies/yunhe/applications";
        service.public("POST", path, None, Some(&application())).expect(201);
        service.get("clerk", "/api/v1/cases").expect(200);
    }
    assert!(begun.elapsed() < Duration::from_secs(SECONDS * 3), "{:?}", begun.elapsed());
}

#[test]
fn who_sends_headers_drop_by_drop_is_cut_off_and_keeps_nobody_waiting() {
    let service = &served(SECONDS);
    let mut lines: Vec<TcpStream> = (0..slow_senders())
        .map(|_| open(service, "GET /api/v1/public/agencies HTTP/1.1\r\nHost: x\r\nX-A: "))
        .collect();
    nobody_else_waits(service, &mut lines, b"abcd");
    let until = Instant::now() + Duration::from_secs(SECONDS * 4);
    for line in lines {
        let told = ended(line, until);
        assert!(told.is_empty() || told.starts_with("HTTP/1.1 408"), "{told}");
    }
}

#[test]
fn who_sends_a_body_drop_by_drop_takes_no_place_and_is_cut_off() {
    let service = &served(SECONDS);
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    let (packed, files) = (format!("{form}\r\nContent-Encoding: gzip"), "multipart/form-data; boundary=x");
    let bodies = [
        ("/api/v1/public/agencies/yunhe/applications", json),
        ("/api/v1/auth/login", json),
        ("/api/v1/cases/01890000-0000-7000-8000-000000000000/draft", json),
        ("/apply/yunhe/request", form),
        ("/sign-in", form),
        ("/sign-in", packed.as_str()),
        ("/sign-in", "Application/X-WWW-Form-Urlencoded; charset=UTF-8"),
        ("/track/files", files),
        ("/apply/yunhe/check", files),
        ("/track/uploads/01890000-0000-7000-8000-000000000000", "application/octet-stream"),
    ];
    let lengths = ["Content-Length: 900", "Transfer-Encoding: chunked", "Content-Length: 900000"];
    let ways = || (0..slow_senders()).map(|number| (bodies[number % bodies.len()], lengths[number % lengths.len()]));
    let mut lines: Vec<TcpStream> = ways()
        .map(|((path, kind), length)| {
            open(service, &format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n{length}\r\n\r\n"))
        })
        .collect();
    nobody_else_waits(service, &mut lines, b"0   ");
    let until = Instant::now() + Duration::from_secs(SECONDS * 4);
    for (line, ((path, kind), length)) in lines.into_iter().zip(ways()) {
        let told = ended(line, until);
        // What nobody waits for is answered at once. Files are for those who have applied: the others are shown to the door, or find it
        // crowded with their like.
        let at_once = kind == packed || kind == files || kind == "application/octet-stream";
        let turned_away = at_once && ["HTTP/1.1 303", "HTTP/1.1 503"].iter().any(|status| told.starts_with(status));
        assert!(told.starts_with("HTTP/1.1 4") || turned_away, "{path} as {kind}, {length}: {told}");
        assert!(!told.starts_with("HTTP/1.1 404"), "{path} as {kind}, {length}: {told}");
    }
}

#[test]
fn who_sends_files_drop_by_drop_is_cut_off_and_applicants_have_a_part_of_the_places_for_it() {
    let service = &served(SECONDS);
    let case = Handled::new(service);
    let announced = json!({"name": "证明.txt", "size": 9_000_000});
    let theirs = case.applicant("POST", "/uploads", Some(&announced)).expect(201);
    let at = format!("/api/v1/cases/{}/uploads", case.id);
    let ours = service.by("handler", "POST", &at, &[], Some(&announced)).expect(201);
    let (number, code) = (case.receipt["receipt_no"].as_str().unwrap(), case.receipt["query_code"].as_str().unwrap());
    let mut citizen = Visitor::new(service);
    citizen.post("/track", &[("receipt_no", number), ("code", code)]).expect(303);
    let head = |method: &str, path: &str, known: &str| {
        format!("{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n{known}\r\n")
    };
    let to = format!("/api/v1/public/applications/{number}/uploads/{}", theirs["id"].as_str().unwrap());
    let piece = head("PATCH", &to, &format!("X-Query-Code: {code}\r\nUpload-Offset: 0\r\n"));
    let known = format!("Cookie: dafu_track={}\r\n", citizen.cookie("dafu_track").unwrap());
    let form = head("POST", "/track/files", &format!("{known}Content-Type: multipart/form-data; boundary=x\r\n"))
        + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n";
    let known = format!("Authorization: Bearer {}\r\nUpload-Offset: 0\r\n", service.token("handler"));
    let of_staff = head("PATCH", &format!("{at}/{}", ours["id"].as_str().unwrap()), &known);
    let sent = (0..PLACES).map(|number| if number % 2 == 0 { &piece } else { &form });
    let mut lines: Vec<TcpStream> = sent.chain([&of_staff, &of_staff]).map(|first| open(service, first)).collect();
    nobody_else_waits(service, &mut lines, b"abcd");
    let until = Instant::now() + Duration::from_secs(SECONDS * 4);
    let told: Vec<String> = lines.into_iter().map(|line| ended(line, until)).collect();
    let (of_applicants, of_staff) = told.split_at(PLACES);
    let (too_many, cut_off): (Vec<&String>, Vec<&String>) =
        of_applicants.iter().partition(|told| told.starts_with("HTTP/1.1 503"));
    assert_eq!(cut_off.len(), PLACES / 4, "{told:?}");
    assert!(too_many.iter().all(|told| told.to_lowercase().contains("\r\nretry-after: ")), "{told:?}");
    assert!(cut_off.iter().all(|told| told.starts_with("HTTP/1.1 4")), "{told:?}");
    assert!(of_staff.iter().all(|told| told.starts_with("HTTP/1.1 422")), "{told:?}");
}

#[test]
fn a_form_with_a_large_file_is_waited_for_from_whoever_has_begun_an_application() {
    let service = &Served::on_sqlite("2025-03-03");
    let asked = application();
    let text = |of: &str, name: &str| asked[of][name].as_str().unwrap().to_owned();
    let mut citizen = Visitor::new(service);
    citizen.post("/apply/yunhe", &[]).expect(303);
    let request = ["subject", "description", "form", "route"].map(|name| (name, text("request", name)));
    citizen.post("/apply/yunhe/request", &request.each_ref().map(|(name, text)| (*name, text.as_str()))).expect(303);
    let applicant = ["kind", "name", "identity_number", "phone"].map(|name| (name, text("applicant", name)));
    citizen
        .post("/apply/yunhe/applicant", &applicant.each_ref().map(|(name, text)| (*name, text.as_str())))
        .expect(303);
    citizen.post("/apply/yunhe/besides", &[("assistance", "reading")]).expect(303);
    service.clock.set(service.clock.now() + chrono::TimeDelta::minutes(8));
    let code = citizen.cookie("dafu_draft").unwrap().to_owned();
    let large = "东至滨江路，西至人民路\n".repeat(8_000);
    let sent = citizen.post_with_files("/apply/yunhe/check", &[("draft_code", &code)], &[("地块示意.txt", &large)]);
    citizen.follow(sent).expect(200).says("申请已提交").says("随申请收到的附件：1");
    citizen.post_with_files("/track/files", &[], &[("权属证明.txt", &large)]).expect(303);
    citizen.get("/track").expect(200).says("权属证明.txt");
}

#[test]
fn who_does_not_read_the_answer_takes_no_place_either() {
    let service = &served(SECONDS * 20);
    // Nobody is cut off here for being slow: on a busy machine the answers themselves take their time.
    let asked = "GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(3);
    let lines: Vec<TcpStream> = (0..slow_senders()).map(|_| open(service, &asked)).collect();
    for _ in 0..5 {
        service.public("GET", "/api/v1/public/agencies", None, None).expect(200);
    }
    drop(lines);
}
