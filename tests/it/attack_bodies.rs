//! Bodies, addresses and files that no honest sender makes: each is answered at once, with a 4xx, and nothing of it stays.

use std::io::{Cursor, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use dafu::config::files::Opened;
use lopdf::{Document, Object, Stream, dictionary};
use serde_json::{Value, json};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::http_imports::HEADS;
use crate::support::cells::lines;
use crate::support::handled::Handled;
use crate::support::pdf::one_page;
use crate::support::served::{Served, application};
use crate::support::town::turn;
use crate::support::visitor::Visitor;

/// No refusal takes longer, on a slow machine in its tests too.
const AT_ONCE: Duration = Duration::from_secs(15);

fn is_long() -> bool {
    std::env::var_os("DAFU_ATTACK").is_some()
}

/// Puts bytes on the line as they are, and tells the status.
fn raw(service: &Served, bytes: &[u8]) -> u16 {
    let begun = Instant::now();
    let mut line = TcpStream::connect(service.address.strip_prefix("http://").unwrap()).unwrap();
    line.set_read_timeout(Some(AT_ONCE)).unwrap();
    // Who has heard enough may close before all was sent.
    let _cut = line.write_all(bytes);
    let mut told = Vec::new();
    let _cut = line.read_to_end(&mut told);
    assert!(begun.elapsed() < AT_ONCE);
    let told = String::from_utf8_lossy(&told);
    // Nothing at all: the line was closed on what is not HTTP.
    told.strip_prefix("HTTP/1.1 ").map_or(0, |rest| rest.split(' ').next().unwrap().parse().unwrap())
}

fn posted(service: &Served, path: &str, headers: &str, body: &[u8]) -> u16 {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    raw(service, &[head.as_bytes(), body].concat())
}

const JSON: &str = "Content-Type: application/json\r\n";

/// JSON that is none, or is too much of it.
fn monsters() -> Vec<(&'static str, Vec<u8>)> {
    let nested =
        |open: &str, close: &str, times: usize| [open.repeat(times), close.repeat(times)].concat().into_bytes();
    let within = |value: &str| format!(r#"{{"login": {value}, "password": "x"}}"#).into_bytes();
    vec![
        ("100 000 brackets", nested("[", "]", 100_000)),
        ("100 000 brackets, open", b"[".repeat(100_000)),
        ("100 000 objects", nested("{\"a\":", "}", 100_000)),
        ("nested in a field", within(&"[".repeat(90_000))),
        ("a huge number", within(&"9".repeat(500_000))),
        ("a huge exponent", within("1e999999999")),
        ("a tiny exponent", within("-1e-999999999")),
        ("no number", within("NaN")),
        ("a member twice", br#"{"login": "clerk", "login": "admin", "password": "x"}"#.to_vec()),
        ("a member twice, escaped", br#"{"login": "clerk", "\u006cogin": "admin", "password": "x"}"#.to_vec()),
        ("not UTF-8", b"{\"login\": \"\xff\xfe\", \"password\": \"x\"}".to_vec()),
        ("overlong UTF-8", b"{\"login\": \"\xc0\xaf\", \"password\": \"x\"}".to_vec()),
        ("half a surrogate", within(r#""\ud800""#)),
        ("the character NUL", within(r#""a\u0000b""#)),
        ("UTF-16", "{\"login\": \"a\"}".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("nothing", Vec::new()),
        ("blanks", b" ".repeat(900_000)),
        ("a comment", b"/* */ {}".to_vec()),
        ("two values", b"{} {}".to_vec()),
        ("100 000 members", {
            let members: Vec<String> = (0..60_000).map(|number| format!("\"m{number}\":1")).collect();
            format!("{{{}}}", members.join(",")).into_bytes()
        }),
        ("a mebibyte and more", [b"{\"login\": \"".as_slice(), &b"x".repeat(2 << 20), b"\"}"].concat()),
        ("__proto__", br#"{"__proto__": {"admin": true}, "login": "clerk", "password": "x"}"#.to_vec()),
    ]
}

#[test]
fn json_that_is_too_deep_too_long_or_means_two_things_is_refused_at_once() {
    let service = &Served::on_sqlite("2025-03-03");
    let bearer = format!("Authorization: Bearer {}\r\nIf-Match: \"1\"\r\n{JSON}", service.token("clerk"));
    let places = [
        ("/api/v1/auth/login", JSON.to_owned()),
        ("/api/v1/public/agencies/yunhe/applications", JSON.to_owned()),
        ("/api/v1/public/deadline", JSON.to_owned()),
        ("/api/v1/cases", bearer.clone()),
        ("/api/v1/cases/01890000-0000-7000-8000-000000000000/notes", bearer.clone()),
        ("/api/v1/enquiries/01890000-0000-7000-8000-000000000000/acts/note", bearer),
    ];
    for (path, headers) in &places {
        for (what, body) in monsters() {
            let status = posted(service, path, headers, &body);
            // A line that was closed on too long a body counts: it was not taken.
            assert!(
                (400..500).contains(&status) || (status == 0 && body.len() > 1 << 20),
                "{path}: {what} is {status}"
            );
        }
    }
    let chunked = b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = [format!("{:x}\r\n", 700_000).into_bytes(), vec![b' '; 700_000], b"\r\n".to_vec()].concat();
    let status = raw(service, &[chunked.as_slice(), &chunk, &chunk, &chunk, b"0\r\n\r\n"].concat());
    assert!([0, 413].contains(&status), "{status}");
    service.public("GET", "/api/v1/public/agencies", None, None).expect(200);
}

#[test]
fn a_body_is_what_its_headers_say_or_it_is_refused() {
    let service = &Served::on_sqlite("2025-03-03");
    let login = br#"{"login": "clerk", "password": "x"}"#;
    let gzip = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    let bomb = gzip(&vec![b' '; 64 << 20]);
    for headers in [
        "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
        "Content-Type: application/json\r\nContent-Encoding: GZIP\r\n",
        "Content-Type: application/json\r\nContent-Encoding: deflate, gzip\r\n",
        "Content-Type: application/json\r\nContent-Encoding: br\r\n",
    ] {
        assert_eq!(posted(service, "/api/v1/auth/login", headers, &bomb), 415, "{headers}");
        assert_eq!(posted(service, "/api/v1/auth/login", headers, &gzip(login)), 415, "{headers}");
    }
    let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Encoding: gzip\r\n";
    for path in ["/sign-in", "/track", "/apply/yunhe"] {
        let status = posted(service, path, form, &gzip(&vec![b'a'; 64 << 20]));
        // Where nothing of the form is looked at, it is not unpacked either.
        assert!((300..500).contains(&status), "{path}: {status}");
    }
    for kind in [
        "text/plain",
        "application/xml",
        "multipart/form-data",
        "application/json; charset=utf-16",
        "application/jsonx",
        "",
    ] {
        let headers = if kind.is_empty() { String::new() } else { format!("Content-Type: {kind}\r\n") };
        assert_eq!(posted(service, "/api/v1/auth/login", &headers, login), 415, "{kind}");
    }
    for smuggled in [
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX: a\u{0}b\r\n\r\n",
        "GET /\r\nX: y HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        "\u{0}\u{0}\u{0}\u{0}\r\n\r\n",
    ] {
        let status = raw(service, smuggled.replace("\r\nHost", "\r\nConnection: close\r\nHost").as_bytes());
        assert!(status == 0 || (400..500).contains(&status), "{smuggled:?}: {status}");
    }
}

#[test]
fn no_address_leads_out_of_the_house_or_makes_it_fall() {
    let service = &Served::on_sqlite("2025-03-03");
    let bearer = format!("Authorization: Bearer {}\r\n", service.token("clerk"));
    let mut clerk = Visitor::signed_in(service, "clerk");
    clerk.get("/desk").expect(200);
    let cookie = format!("Cookie: dafu_session={}\r\n", clerk.cookie("dafu_session").unwrap());
    let get = |path: &str, headers: &str| {
        raw(service, format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").as_bytes())
    };
    let nasty = [
        "..",
        "%2e%2e",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%2f..%2f..%2fkeys%2fmaster",
        "..%5c..%5ckeys",
        "%2f%2fetc%2fpasswd",
        "%00",
        "a%00.pdf",
        "%0d%0aSet-Cookie:%20x=y",
        "%ff%fe",
        "%c0%ae%c0%ae",
        "%e2%80%ae",
        "%25%30%30",
        "%",
        "%zz",
        "-1",
        "99999999999999999999999999",
        "NaN",
        "0x10",
        "1e9",
        "%27%20OR%201=1--",
        "%3Cscript%3E",
        "{{7*7}}",
        "$%7Bjndi:x%7D",
    ];
    let long = "a".repeat(6_000);
    let every = is_long();
    let mut asked = 0_u32;
    for line in lines().iter().filter(|line| line.method == "GET" && line.path.contains('{')) {
        let names: Vec<&str> = line.path.split('/').filter(|part| part.starts_with('{')).collect();
        for (number, part) in nasty.iter().copied().chain([long.as_str()]).enumerate() {
            // In the short version a third of them for each route, another third for the next.
            if !every && !(number + asked as usize).is_multiple_of(3) {
                continue;
            }
            let path = names.iter().fold(format!("/api/v1{}", line.path), |path, name| path.replace(name, part));
            let status = get(&path, &bearer);
            assert!((200..500).contains(&status) && status != 204, "{path}: {status}");
            assert!(status != 200 || line.path.contains("{year}") || line.path.contains("{name}"), "{path}: {status}");
        }
        asked += 1;
    }
    for part in nasty.iter().copied().chain([long.as_str()]) {
        for at in [
            "/assets/",
            "/agencies/",
            "/desk/cases/",
            "/desk/reports/",
            "/admin/agencies/",
            "/mine/",
            "/published/",
            "/track/letters/",
            "/supervision/",
            "/audit/slips/",
            "/",
        ] {
            let status = get(&format!("{at}{part}"), &cookie);
            assert!((200..500).contains(&status), "{at}{part}: {status}");
        }
        for query in ["cursor", "limit", "agency", "stage", "q", "as_of", "handler", "sort", "applicant"] {
            let status = get(&format!("/api/v1/cases?{query}={part}"), &bearer);
            assert!((200..500).contains(&status), "{query}={part}: {status}");
            let status = get(&format!("/desk?{query}={part}"), &cookie);
            assert!((200..500).contains(&status), "/desk?{query}={part}: {status}");
        }
    }
    let many = "stage=s&".repeat(4_000);
    for path in [format!("/api/v1/cases?{many}"), format!("/api/v1/public/agencies?q={}", "%E8%B7%AF%20".repeat(2_000))]
    {
        let status = get(&path, &bearer);
        assert!(status == 0 || (200..500).contains(&status), "{status}");
    }
    let keys = "X-Y: y\r\n".repeat(300);
    let status = get("/", &keys);
    assert!(status == 0 || (400..500).contains(&status), "three hundred headers: {status}");
    let status = get("/", &format!("X: {}\r\n", "y".repeat(200_000)));
    assert!(status == 0 || (400..500).contains(&status), "a header of 200 000 bytes: {status}");
}

#[test]
fn signing_in_leads_to_a_page_of_the_house_and_nowhere_else() {
    let service = &Served::on_sqlite("2025-03-03");
    for elsewhere in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
    ] {
        let mut reader = Visitor::new(service);
        let page = reader.post(
            "/sign-in",
            &[("login", "clerk"), ("password", crate::support::served::PASSWORD), ("next", elsewhere)],
        );
        let place = page.location.unwrap_or_default();
        assert!(
            place.starts_with('/') && !place.starts_with("//") && !place.starts_with("/\\"),
            "{elsewhere} leads to {place}"
        );
    }
}

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="申请" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const IN_BOOK: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

fn workbook(sheet: &[u8], strings: &[u8]) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", IN_BOOK.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
    ])
}

/// Writes into every header of the archive that its parts are this long.
fn lying(mut archive: Vec<u8>, length: u32) -> Vec<u8> {
    for (mark, at) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        let places: Vec<usize> =
            archive.windows(4).enumerate().filter(|(_, four)| four == mark).map(|(at, _)| at).collect();
        for place in places {
            archive[place + at..place + at + 4].copy_from_slice(&length.to_le_bytes());
        }
    }
    archive
}

const LAUGHS: &str = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">]>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A part that begins with this takes its text from a file of the machine and its definitions from an address.
fn outside(file: &Path, address: &str) -> String {
    let file = file.display();
    format!(
        r#"<?xml version="1.0"?><!DOCTYPE x SYSTEM "{address}/x.dtd" [<!ENTITY a SYSTEM "file://{file}"><!ENTITY % b SYSTEM "{address}/b"><!ENTITY c SYSTEM "{address}/c"> %b;]>"#
    )
}

/// The number in the file to which such a part points, and in texts that are read: whoever looks through one tells it.
const NUMBER: &str = "110101199003070011";

/// A file of the machine with that number in it.
fn secret_file(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("secret");
    std::fs::write(&file, format!("root: {NUMBER}\n")).unwrap();
    file
}

/// An address of this machine at which somebody listens. Whoever begins to ask waits there until they are counted.
struct Ear(TcpListener);

impl Ear {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn address(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }

    /// How many have come since somebody asked last.
    fn heard(&self) -> usize {
        std::iter::from_fn(|| self.0.accept().ok()).count()
    }
}

fn sheet(before: &str, cell: &str) -> String {
    format!(
        r#"{before}<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{cell}</t></is></c></row></sheetData></worksheet>"#
    )
}

/// Ledgers that unpack to more than they are, and that mean more than they say.
fn bombs(outside: &str) -> Vec<(&'static str, Vec<u8>)> {
    let plain = sheet("<?xml version=\"1.0\"?>", "登记编号").into_bytes();
    let megabytes = if is_long() { 1024 } else { 160 };
    let long = [b"<x>".as_slice(), &vec![b'a'; megabytes << 20], b"</x>"].concat();
    let strings: &[u8] = b"<sst/>";
    let bomb = workbook(&plain, &long);
    vec![
        ("a bomb in the sheet", workbook(&long, strings)),
        ("a bomb among the strings that says it is small", lying(bomb.clone(), 100)),
        ("a bomb among the strings", bomb),
        ("laughs", workbook(sheet(LAUGHS, "&g;").as_bytes(), strings)),
        (
            "laughs among the strings",
            workbook(&plain, format!("{LAUGHS}<sst xmlns=\"{MAIN}\"><si><t>&g;</t></si></sst>").as_bytes()),
        ),
        ("an entity from outside", workbook(sheet(outside, "&a;&c;").as_bytes(), strings)),
        ("100 000 elements deep", workbook("<a>".repeat(100_000).as_bytes(), strings)),
        ("no workbook", archive(&[("a.txt", b"x")])),
        ("half a workbook", workbook(&plain, strings)[..300].to_vec()),
        ("a cell beyond the sheet", workbook(sheet("", "x").replace("A1", "ZZZZZZZZ99999999999").as_bytes(), strings)),
        (
            "a part named out of the house",
            archive(&[("../../../../tmp/x", b"x"), ("xl/workbook.xml", BOOK.as_bytes())]),
        ),
        ("many parts", {
            let names: Vec<String> = (0..3_000).map(|number| format!("p{number}")).collect();
            archive(&names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect::<Vec<_>>())
        }),
        ("text with a NUL", b"a,b\n\0,\0\n".to_vec()),
        ("one line of quotes", vec![b'"'; 1 << 20]),
        ("a row of commas", vec![b','; 1 << 20]),
    ]
}

#[test]
fn a_ledger_that_is_a_bomb_is_refused_at_once_and_reads_nothing_from_elsewhere() {
    let service = &Served::on_sqlite("2025-03-03");
    let bearer = format!("Bearer {}", service.token("admin"));
    let path = "/api/v1/imports?agency=yunhe&dry_run=false";
    let (folder, ear) = (tempfile::tempdir().unwrap(), Ear::new());
    for (what, bytes) in bombs(&outside(&secret_file(folder.path()), &ear.address())) {
        let begun = Instant::now();
        let told = service.bytes("POST", path, &[("Authorization", &bearer)], &bytes);
        assert!((200..500).contains(&told.status), "{what}: {} {}", told.status, told.body);
        assert!(told.body["cases"]["brought_in"].as_u64().unwrap_or_default() == 0, "{what}: {:#}", told.body);
        let text = told.body.to_string();
        assert!(!text.contains(NUMBER) && !text.contains("hahaha"), "{what}: {text}");
        assert!(begun.elapsed() < AT_ONCE, "{what}: {:?}", begun.elapsed());
        assert_eq!(ear.heard(), 0, "{what} asks elsewhere");
    }
}

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A document of Word with this body, and with these parts besides.
fn document(text: &str, besides: &[(&str, &str)]) -> Vec<u8> {
    let types = TYPES
        .replace("/xl/workbook.xml", "/word/document.xml")
        .replace("spreadsheetml.sheet.main", "wordprocessingml.document.main");
    let relations = RELATIONS.replace("xl/workbook.xml", "word/document.xml");
    let own = [("[Content_Types].xml", types.as_str()), ("_rels/.rels", &relations), ("word/document.xml", text)];
    let own = own.iter().filter(|(name, _)| besides.iter().all(|(other, _)| other != name));
    archive(&own.chain(besides).map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

fn body(before: &str, text: &str) -> String {
    format!(
        "{before}<w:document xmlns:w=\"{WORD}\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )
}

/// A file comes in, is put into the case and is looked through; what is told of it.
#[track_caller]
fn looked_through(case: &Handled<'_>, name: &str, bytes: &[u8]) -> (String, Value) {
    let id = case.attaches("handler", name, bytes, "record");
    let told = case.service.get("handler", &format!("/api/v1/cases/{}/files/{id}/privacy", case.id)).expect(200);
    (id, told)
}

#[test]
fn a_file_that_is_a_bomb_comes_in_as_it_is_and_is_not_unpacked_beyond_its_bounds() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let (folder, ear) = (tempfile::tempdir().unwrap(), Ear::new());
    let outside = outside(&secret_file(folder.path()), &ear.address());
    let long = "a".repeat(if is_long() { 512 << 20 } else { 80 << 20 });
    // Of a picture by itself nothing here is ever unpacked; of one in a page, see below.
    let mut picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    picture.extend([0, 1, 0, 0, 0, 1, 0, 0, 8, 6, 0, 0, 0, 0, 0, 0, 0]);
    let number = LAUGHS.replace("\"ha\"", &format!("\"{NUMBER}\""));
    // What is taken is not yet read: each comes in. Then each but the first, which is as it should be, is told as one that cannot be
    // looked through, and of what it means nothing is found.
    for (name, bytes, why) in [
        ("平常.docx", document(&body("", NUMBER), &[]), ""),
        ("笑.docx", document(&body(LAUGHS, "&g;"), &[]), "defines texts of its own"),
        ("号.docx", document(&body(&number, "&a;"), &[]), "defines texts of its own"),
        ("外.docx", document(&body(&outside, "&a;&c;"), &[]), "defines texts of its own"),
        ("深.docx", document(&body("", &"<w:r>".repeat(100_000)), &[]), "broken"),
        ("弹.docx", document(&body("", &long), &[]), "64 MiB"),
        ("谎.docx", lying(document(&body("", &long), &[]), 10), "broken"),
        ("弹.xlsx", workbook(long.as_bytes(), b"<sst/>"), "64 MiB"),
        ("大.png", picture, "PNG picture cannot be looked through"),
    ] {
        let begun = Instant::now();
        let (_, told) = looked_through(&case, name, &bytes);
        let found: Vec<&str> =
            told["found"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
        let unread = told["unread_en"].as_str().unwrap_or_default();
        if why.is_empty() {
            assert_eq!((found.as_slice(), unread), ([NUMBER].as_slice(), ""), "{name}: {told:#}");
        } else {
            assert!(unread.contains(why), "{name}: {told:#}");
            assert_eq!((found.len(), &told["count"]), (0, &json!(0)), "{name}: {told:#}");
        }
        assert!(begun.elapsed() < AT_ONCE * 2, "{name}: {:?}", begun.elapsed());
        assert_eq!(ear.heard(), 0, "{name} asks elsewhere");
    }
    service.check();
}

/// Relationships of a part that all lead to an address: what Word and Excel fetch when they open a file, or when somebody clicks.
fn relations_to(address: &str, besides: &str) -> String {
    let kinds = ["attachedTemplate", "image", "hyperlink", "externalLink", "oleObject", "aFChunk", "frame", "video"];
    let relations = kinds.iter().enumerate().map(|(number, kind)| {
        format!(
            r#"<Relationship Id="x{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{address}/{kind}" TargetMode="External"/>"#
        )
    });
    let relations: String = relations.collect();
    format!(
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{besides}{relations}</Relationships>"#
    )
}

/// A sheet with one old case.
fn ledger_sheet(number: &str, subject: &str) -> String {
    let row = [number, "邮寄（需签收）", "2021-03-01", "2021-03-01", "自然人", "陈晓燕", NUMBER, subject, "予以公开"];
    let cells = |row: u8, words: &[&str]| -> String {
        let cell = |(column, word): (u8, &&str)| {
            format!(r#"<c r="{}{row}" t="inlineStr"><is><t>{word}</t></is></c>"#, char::from(column))
        };
        (b'A'..).zip(words).map(cell).collect()
    };
    format!(
        r#"<worksheet xmlns="{MAIN}"><sheetData><row r="1">{}</row><row r="2">{}</row></sheetData></worksheet>"#,
        cells(1, &HEADS),
        cells(2, &[&row[..], &["2021-03-22", "否"]].concat())
    )
}

/// A ledger whose parts are these, where they are other than usual.
fn ledger(number: &str, subject: &str, others: &[(&str, String)]) -> Vec<u8> {
    let sheet = ledger_sheet(number, subject);
    let own = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", IN_BOOK),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", "<sst/>"),
    ];
    let own = own.iter().filter(|(name, _)| others.iter().all(|(other, _)| other != name)).copied();
    let parts = own.chain(others.iter().map(|(name, text)| (*name, text.as_str())));
    archive(&parts.map(|(name, text)| (name, text.as_bytes())).collect::<Vec<_>>())
}

/// Ledgers that point to an address in each of the ways there are, and whether their one case is brought in.
fn pointing_ledgers(address: &str, outside: &str) -> Vec<(&'static str, Vec<u8>, u64)> {
    let after = |text: &str| format!("{outside}{}", text.trim_start_matches(r#"<?xml version="1.0"?>"#));
    let within = IN_BOOK.split("<Relationship ").skip(1).map(|one| format!("<Relationship {one}"));
    let within = within.collect::<String>().replace("</Relationships>", "");
    let elsewhere =
        |target: &str| IN_BOOK.replace(&format!(r#""{target}""#), &format!(r#""{address}/x" TargetMode="External""#));
    let refers = "&a;&c;";
    vec![
        ("one that points nowhere", ledger("2021-1", "旧改合同", &[]), 1),
        (
            "relationships",
            ledger(
                "2021-2",
                address,
                &[
                    ("xl/worksheets/_rels/sheet1.xml.rels", relations_to(address, "")),
                    ("xl/_rels/workbook.xml.rels", relations_to(address, &within)),
                ],
            ),
            1,
        ),
        (
            "a sheet elsewhere",
            ledger("2021-3", "合同", &[("xl/_rels/workbook.xml.rels", elsewhere("worksheets/sheet1.xml"))]),
            0,
        ),
        (
            "words elsewhere",
            ledger("2021-4", "合同", &[("xl/_rels/workbook.xml.rels", elsewhere("sharedStrings.xml"))]),
            1,
        ),
        (
            "definitions of the sheet",
            ledger("2021-5", "", &[("xl/worksheets/sheet1.xml", after(&ledger_sheet("2021-5", refers)))]),
            0,
        ),
        (
            "definitions of the words",
            ledger(
                "2021-6",
                "合同",
                &[("xl/sharedStrings.xml", after(&format!("<sst xmlns=\"{MAIN}\"><si><t>{refers}</t></si></sst>")))],
            ),
            0,
        ),
        ("definitions of the book", ledger("2021-7", "合同", &[("xl/workbook.xml", after(BOOK))]), 1),
        (
            "definitions of the relationships",
            ledger("2021-8", "合同", &[("xl/_rels/workbook.xml.rels", after(IN_BOOK))]),
            1,
        ),
    ]
}

/// A PDF that points to an address: its page when it is opened, what it shows, and a form.
fn pointing_page(address: &str) -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    let place = || {
        let name = Object::string_literal(format!("{address}/x"));
        dictionary! { "FS" => "URL", "F" => name }
    };
    let picture = Stream::new(
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 4, "Height" => 4, "ColorSpace" => "DeviceGray",
        "BitsPerComponent" => 8, "F" => place() },
        vec![0; 16],
    );
    let picture = file.add_object(picture);
    let drawn = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
    "Ref" => dictionary! { "F" => place(), "Page" => 0 } };
    let drawn = file.add_object(Stream::new(drawn, Vec::new()));
    let resources = dictionary! { "XObject" => dictionary! { "P" => picture, "D" => drawn },
    "Font" => dictionary! { "F" => dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" } } };
    let content = format!("BT /F 12 Tf 50 700 Td ({NUMBER}) Tj ET q 90 0 0 90 50 50 cm /P Do /D Do Q").into_bytes();
    let whole = one_page(file, resources, content);
    // What is done on opening it stands in the catalog, which is made with the page.
    let mut file = Document::load_mem(&whole).unwrap();
    let address = Object::string_literal(format!("{address}/open"));
    let goes = dictionary! { "Type" => "Action", "S" => "URI", "URI" => address.clone() };
    let sends =
        dictionary! { "Type" => "Action", "S" => "SubmitForm", "F" => dictionary! { "FS" => "URL", "F" => address } };
    let catalog = file.catalog_mut().unwrap();
    catalog.set("OpenAction", goes);
    catalog.set("AA", dictionary! { "WC" => sends });
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn nothing_that_files_and_texts_point_to_is_ever_asked_for() {
    let ear = Ear::new();
    drop(TcpStream::connect(ear.0.local_addr().unwrap()).unwrap());
    assert_eq!(ear.heard(), 1, "whoever comes is heard");
    // Files are opened by this very process: the one of their own that opens them elsewhere could not even begin to ask.
    let service = &Served::on_sqlite_with("2025-03-03", |config| config.files.opened = Opened::Here);
    let (address, folder) = (ear.address(), tempfile::tempdir().unwrap());
    let outside = outside(&secret_file(folder.path()), &address);

    let bearer = format!("Bearer {}", service.token("admin"));
    let path = "/api/v1/imports?agency=yunhe&dry_run=false";
    for (what, bytes, brought_in) in pointing_ledgers(&address, &outside) {
        let told = service.bytes("POST", path, &[("Authorization", &bearer)], &bytes);
        assert_eq!(
            told.body["cases"]["brought_in"].as_u64().unwrap_or_default(),
            brought_in,
            "{what}: {:#}",
            told.body
        );
        assert_eq!(ear.heard(), 0, "a ledger: {what}");
    }

    // Somebody applies and writes addresses, the agency has one, and letters, papers and mails are made of them.
    let settings = json!({"reconsideration_online": address, "online_url": address});
    service.by("admin", "PATCH", "/api/v1/admin/agencies/yunhe", &[], Some(&settings)).expect(200);
    let mut asked = application();
    let words =
        format!("{address}/a.png #image(\"{address}/b.png\") ![]({address}/c.png) <img src=\"{address}/d.png\">");
    (asked["request"]["subject"], asked["request"]["description"]) = (json!(words), json!(words));
    let case = Handled::of(service, &asked);
    case.does("handler", "correction-requests", &json!({"letter": words}));
    let mut handler = Visitor::signed_in(service, "handler");
    let letters = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
    let seq = letters.as_array().unwrap().iter().find_map(|one| one["seq"].as_u64()).unwrap();
    for paper in ["pdf", "docx", "txt"] {
        handler.get(&format!("/desk/cases/{}/letters/{seq}/{paper}", case.id)).expect(200);
        handler.get(&format!("/desk/cases/{}/sheets/receipt/{paper}", case.id));
    }
    assert!(!turn(service).is_empty(), "mails went out");
    assert_eq!(ear.heard(), 0, "texts");

    // Files of the case: looked through, drawn, shown on a page.
    let relations = relations_to(&address, "");
    let besides = [
        ("word/_rels/document.xml.rels", relations.as_str()),
        ("word/_rels/settings.xml.rels", &relations),
        (
            "word/settings.xml",
            &format!(
                r#"<w:settings xmlns:w="{WORD}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:attachedTemplate r:id="x0"/></w:settings>"#
            ),
        ),
    ];
    let field = format!(
        "{NUMBER}</w:t></w:r><w:r><w:instrText>INCLUDEPICTURE \"{address}/f.png\"</w:instrText></w:r><w:r><w:t>"
    );
    let defines = "defines texts of its own";
    for (name, bytes, why) in [
        ("指.docx", document(&body("", &field), &besides), None),
        ("外.docx", document(&body(&outside, "&a;&c;"), &besides), Some(defines)),
        (
            "旁.docx",
            document(&body("", NUMBER), &[("word/comments.xml", &format!("{outside}<c>&a;&c;</c>"))]),
            Some(defines),
        ),
        ("指.xlsx", ledger("2021-1", "合同", &[("xl/worksheets/_rels/sheet1.xml.rels", relations.clone())]), None),
        ("指.pdf", pointing_page(&address), None),
    ] {
        let (id, told) = looked_through(&case, name, &bytes);
        let unread = told["unread_en"].as_str();
        assert_eq!(unread.is_some(), why.is_some(), "{name}: {told:#}");
        assert!(unread.unwrap_or_default().contains(why.unwrap_or_default()), "{name}: {told:#}");
        assert_eq!(told.to_string().contains(NUMBER), why.is_none(), "{name} was read: {told:#}");
        let at = format!("/desk/cases/{}/files/{id}", case.id);
        for page in ["", "/privacy", "/sheet", "/redact", "/pages/1"] {
            let page = handler.get(&format!("{at}{page}"));
            assert!(page.status < 500, "{name}: {page:?}");
        }
        if name == "指.pdf" {
            handler.get(&format!("{at}/pages/1")).expect(200);
            let boxes = json!({"boxes": [{"page": 1, "left": 0.1, "top": 0.1, "width": 0.1, "height": 0.1,
                "ground": "refused_third_party"}]});
            case.act("handler", &format!("files/{id}/redaction"), &boxes).expect(200);
        }
        assert_eq!(ear.heard(), 0, "{name}");
    }
}

/// A PDF of one page that shows a picture of so many pixels a side, and through a mask of so many. What they are packed in says nothing
/// of that: hardly any of it is there.
fn showing(side: i64, mask: i64) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![128; 1 << 20]).unwrap();
    let packed = packed.finish().unwrap();
    let picture = |side: i64| {
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => side, "Height" => side,
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Filter" => "FlateDecode" }
    };
    let mut file = Document::with_version("1.7");
    let mask = file.add_object(Stream::new(picture(mask), packed.clone()));
    let mut shown = picture(side);
    shown.set("SMask", mask);
    let shown = file.add_object(Stream::new(shown, packed));
    let resources = dictionary! { "XObject" => dictionary! { "P" => shown } };
    one_page(file, resources, b"q 500 0 0 800 0 0 cm /P Do Q".to_vec())
}

#[test]
fn a_picture_in_a_page_that_is_a_bomb_is_refused_wherever_the_page_would_be_drawn() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let bearer = format!("Bearer {}", service.token("handler"));
    let boxes = json!({"boxes": [{"page": 1, "left": 0.1, "top": 0.1, "width": 0.1, "height": 0.1,
        "ground": "refused_third_party"}]});
    // The first is drawn, so it is for its pixels that the others are not.
    for (name, bytes, status) in [
        ("平常.pdf", showing(100, 100), 200),
        ("六万见方.pdf", showing(60_000, 100), 422),
        ("蒙版.pdf", showing(100, 60_000), 422),
        ("七千见方.pdf", showing(7_000, 7_000), 422),
    ] {
        let id = case.attaches("handler", name, &bytes, "record");
        let begun = Instant::now();
        let page = format!("/api/v1/cases/{}/files/{id}/pages/1", case.id);
        let (told, kind, _) = service.file(&page, &[("Authorization", &bearer)]);
        assert_eq!((told, kind == "image/png"), (status, status == 200), "{name}: {kind}");
        let redacted = case.act("handler", &format!("files/{id}/redaction"), &boxes);
        assert_eq!(redacted.status, status, "{name}: {:#}", redacted.body);
        assert_eq!(redacted.body.to_string().contains("万像素"), status == 422, "{name}: {:#}", redacted.body);
        let looked = service.get("handler", &format!("/api/v1/cases/{}/files/{id}/privacy", case.id));
        assert_eq!(looked.status, 200, "{name}: {:#}", looked.body);
        assert!(begun.elapsed() < AT_ONCE * 2, "{name}: {:?}", begun.elapsed());
    }
    service.check();
}

#[test]
fn a_name_of_a_file_is_a_name_and_never_a_way() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    for name in [
        "../../../etc/passwd",
        "..\\..\\x.txt",
        "a\r\nX-Evil: y.txt",
        "a\"; filename=\"evil.exe",
        "\u{202e}txt.exe",
        "a\u{0}.txt",
        "",
        ".",
        "..",
        "CON",
        &"长".repeat(2_000),
    ] {
        let at = format!("/api/v1/cases/{}/uploads", case.id);
        let begun = service.by("handler", "POST", &at, &[], Some(&json!({"name": name, "size": 3})));
        assert!([201, 400, 422].contains(&begun.status), "{name:?}: {}", begun.status);
        if begun.status != 201 {
            continue;
        }
        let id = begun.body["id"].as_str().unwrap();
        if case.sends("handler", id, 0, b"abc").status != 200 {
            continue;
        }
        let attached = case.act("handler", "files", &json!({"file": id, "purpose": "record"}));
        assert!(attached.status < 500, "{name:?}: {}", attached.status);
        if attached.status != 200 {
            continue;
        }
        let mut reader = Visitor::signed_in(service, "handler");
        let page = reader.get(&format!("/desk/cases/{}/files/{id}", case.id)).expect(200);
        assert!(!page.headers.contains_key("x-evil"), "{name:?}");
        let told = &page.headers["content-disposition"];
        assert!(told.starts_with("attachment") && told.matches("filename=").count() <= 1, "{name:?}: {told}");
        assert!(!told.contains("..") && !told.contains('/') && !told.contains('\\'), "{name:?}: {told}");
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
    }
}
