//! Senders that begin and do not go on: they are cut off after the time that the settings state, and meanwhile take no place
//! from anybody who means it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::served::{Served, application};

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
    let bodies = [
        ("/api/v1/public/agencies/yunhe/applications", "application/json"),
        ("/api/v1/auth/login", "application/json"),
        ("/api/v1/cases/01890000-0000-7000-8000-000000000000/draft", "application/json"),
        ("/apply/yunhe/request", "application/x-www-form-urlencoded"),
        ("/sign-in", "application/x-www-form-urlencoded"),
    ];
    let mut lines: Vec<TcpStream> = (0..slow_senders())
        .map(|number| {
            let (path, kind) = bodies[number % bodies.len()];
            let length = if number % 2 == 0 { "Content-Length: 900" } else { "Transfer-Encoding: chunked" };
            open(service, &format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n{length}\r\n\r\n"))
        })
        .collect();
    nobody_else_waits(service, &mut lines, b"0   ");
    let until = Instant::now() + Duration::from_secs(SECONDS * 4);
    for line in lines {
        let told = ended(line, until);
        assert!(told.starts_with("HTTP/1.1 4"), "{told}");
        assert!(!told.starts_with("HTTP/1.1 404"), "{told}");
    }
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
