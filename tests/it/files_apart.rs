//! Files that take all memory or all time there is, and those that end whoever opens them: it is a process of its own that ends, and the
//! service, its other turns and the file in the case stay as they are.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use dafu::release::text::{Kind, text_of};
use lopdf::{Dictionary, Document, Stream, dictionary};
use serde_json::json;

use crate::support::bundled::{fetched, made, members};
use crate::support::handled::Handled;
use crate::support::pdf::one_page;
use crate::support::served::Served;

/// So many MiB of `unit`, packed.
fn packed(mebibytes: usize, unit: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let one = unit.repeat((1 << 20) / unit.len());
    for _ in 0..mebibytes {
        packed.write_all(&one).unwrap();
    }
    packed.finish().unwrap()
}

/// A page whose content is so many MiB of blanks, packed.
fn of_blanks(mebibytes: usize) -> Vec<u8> {
    let content = Stream::new(dictionary! { "Filter" => "FlateDecode" }, packed(mebibytes, b" "));
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

/// A page, and beside it a list of so many million zeros among the packed objects: whoever reads it has each as an object of its own. By hand,
/// for no library packs objects like that.
fn of_zeros(millions: usize) -> Vec<u8> {
    let mut packing = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packing.write_all(b"6 0 [").unwrap();
    let zeros = b"0 ".repeat(1 << 20);
    for _ in 0..millions {
        packing.write_all(&zeros).unwrap();
    }
    packing.write_all(b"]").unwrap();
    let list = packing.finish().unwrap();
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    let mut object = |file: &mut Vec<u8>, words: &str, stream: Option<&[u8]>| {
        places.push(u32::try_from(file.len()).unwrap());
        file.extend(format!("{} 0 obj\n{words}\n", places.len()).bytes());
        if let Some(bytes) = stream {
            file.extend([&b"stream\n"[..], bytes, b"\nendstream\n"].concat());
        }
        file.extend(b"endobj\n");
    };
    object(&mut file, "<</Type/Catalog/Pages 2 0 R>>", None);
    object(&mut file, "<</Type/Pages/Kids[3 0 R]/Count 1>>", None);
    object(&mut file, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 800]/Contents 4 0 R>>", None);
    object(&mut file, "<</Length 16>>", Some(b"0 0 100 100 re f"));
    let packed = format!("<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>", list.len());
    object(&mut file, &packed, Some(&list));
    // The table: five objects where they stand, the sixth in the fifth, and the table itself.
    let at = u32::try_from(file.len()).unwrap();
    let rows = places.iter().map(|place| (1, *place)).chain([(2, 5), (1, at)]);
    let rows = std::iter::once((0, 0)).chain(rows);
    let table: Vec<u8> = rows.flat_map(|(kind, place)| [&[kind][..], &place.to_be_bytes(), &[0, 0]].concat()).collect();
    let words = format!("<</Type/XRef/Size 8/W[1 4 2]/Root 1 0 R/Length {}>>", table.len());
    file.extend(format!("7 0 obj\n{words}\nstream\n").bytes());
    file.extend(table);
    file.extend(format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n").bytes());
    file
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
    let service = Served::on_sqlite_with("2025-03-03", |config| config.files.open_mebibytes = 512);
    let case = Handled::new(&service);
    let id = case.attaches("handler", "弹.pdf", &of_blanks(1024), "record");
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
    let service = Served::on_sqlite_with("2025-03-03", |config| config.files.open_seconds = 10);
    let case = Handled::new(&service);
    let id = case.attaches("handler", "无尽.pdf", &of_forms(), "record");
    let path = format!("/api/v1/cases/{}/files/{id}", case.id);
    // More at once than there are turns of each kind.
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let looked = service.get("handler", &format!("{path}/privacy")).expect(200);
                assert!(looked["unread_zh"].as_str().unwrap().contains("展开后过大或者过于复杂"), "{looked:#}");
            });
            scope.spawn(|| {
                let page = service.get("handler", &format!("{path}/pages/1")).expect(422);
                assert!(page.to_string().contains("展开后过大或者过于复杂"), "{page:#}");
            });
        }
    });
    goes_on(&case);
}

#[test]
fn whoever_leaves_while_a_page_is_drawn_leaves_no_process_behind() {
    // A figure of its own, by which its processes are known from those of other tests.
    let service = Served::on_sqlite_with("2025-03-03", |config| {
        (config.files.open_seconds, config.files.open_mebibytes) = (10, 2047);
    });
    let case = Handled::new(&service);
    let id = case.attaches("handler", "无尽.pdf", &of_forms(), "record");
    let path = format!("/api/v1/cases/{}/files/{id}/pages/1", case.id);
    let address = service.address.trim_start_matches("http://");
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\n\r\n", service.token("handler"));
    let mut gone = std::net::TcpStream::connect(address).unwrap();
    gone.write_all(request.as_bytes()).unwrap();
    until("no process opens it", || !opening().is_empty());
    let opened = opening()[0];

    // It has neither the environment of the service nor a file of it, and can open none. Its allocator is told to begin small: else it
    // has a GiB before any limit is laid.
    let told = |what: &str| std::fs::read(format!("/proc/{opened}/{what}")).unwrap_or_default();
    until("it lays no limits upon itself", || {
        let limits = String::from_utf8_lossy(&told("limits")).into_owned();
        let most = |what: &str| {
            let line = limits.lines().find(|line| line.starts_with(what)).unwrap_or_default();
            line.trim_start_matches(what).split_whitespace().next().map(str::to_owned)
        };
        let most = ["Max open files", "Max file size", "Max processes", "Max address space"].map(most);
        most == ["0", "0", "0", "2146435072"].map(|most| Some(most.to_owned()))
    });
    let environment = std::fs::read(format!("/proc/{opened}/environ")).unwrap();
    let told_its_allocator = "MIMALLOC_ARENA_MAX_OBJECT_SIZE=1MiB\0MIMALLOC_ARENA_RESERVE=64MiB\0";
    assert_eq!(String::from_utf8_lossy(&environment), told_its_allocator);
    let size = String::from_utf8_lossy(&told("status")).into_owned();
    let size = size.lines().find_map(|line| line.strip_prefix("VmSize:")?.split_whitespace().next()?.parse().ok());
    assert!(size.is_some_and(|kibibytes: u64| kibibytes < 400 << 10), "{size:?} KiB of addresses");
    // What whoever started the tests left open is theirs.
    let folder = service.config.keys.directory.parent().unwrap().display().to_string();
    let open = std::fs::read_dir(format!("/proc/{opened}/fd")).unwrap();
    for one in open.map(|entry| std::fs::read_link(entry.unwrap().path()).unwrap().display().to_string()) {
        assert!(!one.contains(&folder) && !one.starts_with("socket:"), "{one} is open");
    }

    drop(gone);
    until("it goes on", || !opening().contains(&opened));
    goes_on(&case);
}

/// The processes that open a file just now, of the service that gives them 2047 MiB.
fn opening() -> Vec<u32> {
    let own = format!("\nPPid:\t{}\n", std::process::id());
    let all = std::fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let opens = |id: &u32| {
        let told = |what: &str| std::fs::read(format!("/proc/{id}/{what}")).unwrap_or_default();
        let (status, command) = (told("status"), told("cmdline"));
        String::from_utf8_lossy(&status).contains(&own) && command.windows(4).any(|words| words == b"2047")
    };
    all.filter(opens).collect()
}

fn until(what: &str, met: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_mins(1);
    while !met() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_file_at_which_its_reader_falls_is_told_as_one_that_cannot_be_opened() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let id = case.attaches("handler", "深.pdf", &of_lists(5_000_000), "record");
    for (what, status, said) in everywhere(&case, &id) {
        match what.as_str() {
            "privacy" => assert!(said.contains("不能检查"), "{said}"),
            "page" | "redaction" => assert!(status == 422 && said.contains("过于复杂"), "{what}: {status} {said}"),
            _ => assert!(status < 500, "{what}: {status} {said}"),
        }
    }
    goes_on(&case);
}

#[test]
fn of_a_record_of_which_some_pages_can_be_burnt_nothing_is_kept() {
    let service = Served::on_sqlite_with("2025-03-03", |config| config.files.open_mebibytes = 512);
    let case = Handled::new(&service);
    let mut both = Document::load_mem(&of_blanks(1024)).unwrap();
    // The same page once more, before it, with nothing to it.
    let page = *both.get_pages().values().next().unwrap();
    let mut light = both.get_dictionary(page).unwrap().clone();
    light.set("Contents", both.new_object_id());
    let light = both.add_object(light);
    let tree = both.get_dictionary(page).unwrap().get(b"Parent").unwrap().as_reference().unwrap();
    let tree = both.get_dictionary_mut(tree).unwrap();
    tree.set("Kids", vec![light.into(), page.into()]);
    tree.set("Count", 2);
    let mut bytes = Vec::new();
    both.save_to(&mut bytes).unwrap();
    let id = case.attaches("handler", "两页.pdf", &bytes, "record");
    let before = std::fs::read_dir(&service.config.files.url).unwrap().count();
    let boxes = json!({"boxes": [{"page": 1, "left": 0.1, "top": 0.1, "width": 0.1, "height": 0.1,
        "ground": "refused_third_party"}]});
    let told = case.act("handler", &format!("files/{id}/redaction"), &boxes).expect(422);
    assert!(told.to_string().contains("过于复杂"), "{told:#}");
    let after = std::fs::read_dir(&service.config.files.url).unwrap().count();
    assert_eq!((case.files().len(), after), (1, before));
    goes_on(&case);
}

#[test]
fn a_bundle_of_evidence_takes_no_file_that_would_take_the_service() {
    let service = Served::on_sqlite_with("2025-03-03", |config| config.files.open_mebibytes = 512);
    let case = Handled::new(&service);
    case.attaches("handler", "零.pdf", &of_zeros(32), "record");
    let bundle = members(&fetched(&case, &made(&case, &json!({"masked": false, "reason": "proceeding"}))));
    let said = text_of(Kind::Pdf, &bundle["catalogue.pdf"]).unwrap();
    let said: String = said.iter().flat_map(|one| one.text.split_whitespace()).collect();
    assert!(said.contains("不能编入卷宗正文"), "it is told in the book");
    goes_on(&case);
}

#[test]
fn what_is_no_question_is_no_answer() {
    for sent in [&b""[..], b"\0\0\0\0\0\0\0\0", &[0xff; 64], b"\x02\0\0\0\0\0\0\0{}"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dafu"))
            .args(["open-apart", "--mebibytes", "512", "--seconds", "5"])
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
