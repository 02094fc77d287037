//! Files that take all memory or all time there is, and those that end whoever opens them: it is a process of its own that ends, and the
//! service, its other turns and the file in the case stay as they are.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use lopdf::{Dictionary, Document, Stream, dictionary};
use serde_json::json;

use crate::support::handled::Handled;
use crate::support::pdf::one_page;
use crate::support::served::Served;

/// A page whose content is so many MiB of blanks, packed.
fn of_blanks(mebibytes: usize) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..mebibytes {
        packed.write_all(&blanks).unwrap();
    }
    let content = Stream::new(dictionary! { "Filter" => "FlateDecode" }, packed.finish().unwrap());
    let mut file = Document::with_version("1.7");
    let form = file.add_object(with_form_keys(content, dictionary! {}));
    one_page(file, dictionary! { "XObject" => dictionary! { "F" => form } }, b"/F Do".to_vec())
}

fn with_form_keys(mut content: Stream, resources: Dictionary) -> Stream {
    content.dict.set("Type", "XObject");
    content.dict.set("Subtype", "Form");
    content.dict.set("BBox", vec![0.into(), 0.into(), 500.into(), 800.into()]);
    content.dict.set("Resources", resources);
    content
}

/// A page that draws a form ten times, which draws another ten times, and so on: ten thousand million squares in some kilobytes.
fn of_forms() -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    let square = Stream::new(dictionary! {}, b"0 0 10 10 re f".to_vec());
    let mut form = file.add_object(with_form_keys(square, dictionary! {}));
    for _ in 0..10 {
        let within = dictionary! { "XObject" => dictionary! { "F" => form } };
        form = file.add_object(with_form_keys(Stream::new(dictionary! {}, b"/F Do ".repeat(10)), within));
    }
    one_page(file, dictionary! { "XObject" => dictionary! { "F" => form } }, b"/F Do".to_vec())
}

/// A page with a list in a list in a list.
fn of_lists(deep: usize) -> Vec<u8> {
    let mut content = b"[".repeat(deep);
    content.extend(b"]".repeat(deep));
    content.extend(b" 0 d 0 0 10 10 re f");
    one_page(Document::with_version("1.7"), dictionary! {}, content)
}

fn plain() -> Vec<u8> {
    one_page(Document::with_version("1.7"), dictionary! {}, b"0 0 100 100 re f".to_vec())
}

/// Everything that opens a record, and what each said.
fn everywhere(case: &Handled<'_>, id: &str) -> Vec<(String, u16, String)> {
    let boxes = json!({"boxes": [{"page": 1, "left": 0.1, "top": 0.1, "width": 0.1, "height": 0.1,
        "ground": "refused_third_party"}]});
    let path = format!("/api/v1/cases/{}/files/{id}", case.id);
    let service = case.service;
    let looked = service.get("handler", &format!("{path}/privacy")).expect(200);
    let bearer = format!("Bearer {}", service.token("handler"));
    let (page, _, picture) = service.file(&format!("{path}/pages/1"), &[("Authorization", &bearer)]);
    let remnants = service.by("handler", "POST", &format!("{path}/redaction/remnants"), &[], Some(&boxes));
    let redacted = case.act("handler", &format!("files/{id}/redaction"), &boxes);
    vec![
        ("privacy".to_owned(), 200, looked["unread_zh"].as_str().unwrap_or_default().to_owned()),
        ("page".to_owned(), page, String::from_utf8_lossy(&picture).into_owned()),
        ("remnants".to_owned(), remnants.status, remnants.body.to_string()),
        ("redaction".to_owned(), redacted.status, redacted.body.to_string()),
    ]
}

/// Beside a file that cannot be opened, one that can still is.
fn goes_on(case: &Handled<'_>) {
    let id = case.attaches("handler", "平常.pdf", &plain(), "record");
    let said = everywhere(case, &id);
    assert!(said.iter().all(|(_, status, _)| *status == 200), "{said:?}");
    assert_eq!(said[0].2, "", "it was looked through");
    case.service.check();
}

#[test]
fn a_page_that_unpacks_to_gigabytes_ends_the_process_that_opens_it_and_nothing_else() {
    let service = Served::on_sqlite_with("2025-03-03", |config| config.files.open_mebibytes = 768);
    let case = Handled::new(&service);
    let id = case.attaches("handler", "弹.pdf", &of_blanks(2048), "record");
    for (what, status, said) in everywhere(&case, &id) {
        match what.as_str() {
            "privacy" => assert!(said.contains("不能检查"), "{said}"),
            _ => assert!(status == 422 && said.contains("展开后过大或者过于复杂"), "{what}: {status} {said}"),
        }
    }
    assert_eq!(case.files().len(), 1, "nothing was made of it");
    goes_on(&case);
}

#[test]
fn a_drawing_without_end_is_ended_and_gives_its_turn_back() {
    let service = Served::on_sqlite_with("2025-03-03", |config| config.files.open_seconds = 2);
    let case = Handled::new(&service);
    let id = case.attaches("handler", "无尽.pdf", &of_forms(), "record");
    // More often than there are turns.
    for _ in 0..2 {
        let begun = Instant::now();
        for (what, status, said) in everywhere(&case, &id) {
            let told = if what == "privacy" { said.contains("不能检查") } else { status == 422 };
            assert!(told && said.contains("展开后过大或者过于复杂"), "{what}: {status} {said}");
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "{:?}", begun.elapsed());
    }
    goes_on(&case);
}

#[test]
fn whoever_leaves_while_a_page_is_drawn_leaves_no_process_behind() {
    let service = Served::on_sqlite_with("2025-03-03", |config| config.files.open_seconds = 5);
    let case = Handled::new(&service);
    let id = case.attaches("handler", "无尽.pdf", &of_forms(), "record");
    let path = format!("/api/v1/cases/{}/files/{id}/pages/1", case.id);
    let address = service.address.trim_start_matches("http://");
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\r\n", service.token("handler"));
    let before = opening();
    let mut gone = std::net::TcpStream::connect(address).unwrap();
    gone.write_all(request.as_bytes()).unwrap();
    until("no process opens it", || opening().iter().any(|one| !before.contains(one)));
    let opened = opening().into_iter().find(|one| !before.contains(one)).unwrap();

    // It has neither the environment of the service nor a file of it.
    let told = |what: &str| std::fs::read(format!("/proc/{opened}/{what}")).unwrap_or_default();
    assert_eq!(String::from_utf8_lossy(&told("environ")), "");
    until("it lays no limits upon itself", || {
        let limits = String::from_utf8_lossy(&told("limits")).into_owned();
        let most = |what: &str| {
            let line = limits.lines().find(|line| line.starts_with(what)).unwrap_or_default();
            line.trim_start_matches(what).split_whitespace().next().map(str::to_owned)
        };
        let most = ["Max open files", "Max file size", "Max address space"].map(most);
        most == ["3", "0", "2147483648"].map(|most| Some(most.to_owned()))
    });

    drop(gone);
    until("it goes on", || !opening().contains(&opened));
    goes_on(&case);
}

/// The processes that open a file just now, of this test program.
fn opening() -> Vec<u32> {
    let own = format!("\nPPid:\t{}\n", std::process::id());
    let all = std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let opens = |id: &u32| {
        let told = |what: &str| std::fs::read(format!("/proc/{id}/{what}")).unwrap_or_default();
        let (status, command) = (told("status"), told("cmdline"));
        String::from_utf8_lossy(&status).contains(&own) && command.windows(10).any(|words| words == b"open-apart")
    };
    all.filter(opens).collect()
}

fn until(what: &str, met: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_mins(1);
    while !met() {
        assert!(Instant::now() < end, "{what}");
        std::thread::yield_now();
    }
}

#[test]
fn a_file_at_which_its_reader_falls_is_told_as_one_that_cannot_be_opened() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let id = case.attaches("handler", "深.pdf", &of_lists(5_000_000), "record");
    for (what, status, said) in everywhere(&case, &id) {
        assert!(status < 500, "{what}: {status} {said}");
    }
    goes_on(&case);
}

#[test]
fn what_is_no_question_is_no_answer() {
    for sent in [&b""[..], b"\0\0\0\0\0\0\0\0", &[0xff; 64], b"\x02\0\0\0\0\0\0\0{}"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dafu"))
            .args(["open-apart", "--mebibytes", "512"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It may be gone before it has read it all.
        let _gone = child.stdin.take().unwrap().write_all(sent);
        let done = child.wait_with_output().unwrap();
        assert!(!done.status.success() && done.stdout.is_empty(), "{done:?}");
    }
    let mut help = Command::new(env!("CARGO_BIN_EXE_dafu"));
    let help = help.arg("--help").output().unwrap();
    assert!(!String::from_utf8_lossy(&help.stdout).contains("open-apart"), "it is nobody's command");
}
