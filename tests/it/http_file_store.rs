//! What happens to the bytes of files: a scanner that finds something or is away, a byte that was changed on the disk, an upload
//! that nothing came of, and letters that are handed out as they were set.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use dafu::law::outcome::Outcome;
use dafu::notices::transport::Transport;
use serde_json::json;

use crate::support::handled::{Handled, draft};
use crate::support::served::{Served, on_both};

fn turn(service: &Served) {
    let done = dafu::scheduler::turn::calendar(&service.office, "test", &mut |_| ());
    assert!(done.iter().all(|one| one.report.is_ok()), "{done:#?}");
    let _unused = Transport::Off;
}

/// A scanner as clamd speaks; it knows one word. Gives its address, and what it has been sent.
fn scanner() -> (String, Arc<Mutex<Vec<Vec<u8>>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("tcp://{}", listener.local_addr().unwrap());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    std::thread::spawn(move || {
        for line in listener.incoming() {
            let mut line = line.unwrap();
            let mut word = [0; 10];
            line.read_exact(&mut word).unwrap();
            assert_eq!(&word, b"zINSTREAM\0");
            let mut content = Vec::new();
            loop {
                let mut length = [0; 4];
                line.read_exact(&mut length).unwrap();
                let length = u32::from_be_bytes(length) as usize;
                if length == 0 {
                    break;
                }
                let mut chunk = vec![0; length];
                line.read_exact(&mut chunk).unwrap();
                content.extend(chunk);
            }
            let bad = content.windows(4).any(|window| window == b"EVIL");
            line.write_all(if bad { b"stream: Test.Evil FOUND\0" } else { b"stream: OK\0" }).unwrap();
            kept.lock().unwrap().push(content);
        }
    });
    (address, seen)
}

#[test]
fn a_file_in_which_the_scanner_finds_something_is_locked_away() {
    let (address, seen) = scanner();
    let service = Served::on_sqlite_with("2025-03-03", |config| config.files.scanner = address);
    let case = Handled::new(&service);
    let good = case.attaches("handler", "a.txt", b"lamp", "working");
    let bad = case.attaches("handler", "b.txt", b"lamp EVIL", "working");
    assert_eq!(*seen.lock().unwrap(), [b"lamp".to_vec(), b"lamp EVIL".to_vec()], "as they are, not as they are kept");
    assert_eq!(case.content("handler", &good).0, 200);
    assert_eq!(case.content("handler", &bad).0, 409);
    let told = &case.files()[1];
    assert!(told["trouble_zh"].as_str().unwrap().contains("Test.Evil") && told["can_be_opened"] == false, "{told:#}");
}

#[test]
fn while_the_scanner_is_away_files_wait_and_nothing_is_lost() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let service = Served::on_sqlite_with("2025-03-03", |config| config.files.scanner = format!("tcp://{closed}"));
    let case = Handled::new(&service);
    let id = case.attaches("handler", "a.txt", b"lamp", "working");
    assert_eq!(case.content("handler", &id).0, 409);
    assert!(case.files()[0]["trouble_zh"].as_str().unwrap().contains("等待病毒扫描"));
    turn(&service);
    assert_eq!(case.content("handler", &id).0, 409, "it is still away");
    // It comes back at the same place.
    let listener = TcpListener::bind(closed).unwrap();
    std::thread::spawn(move || {
        let (mut line, _) = listener.accept().unwrap();
        let mut sent = [0; 10 + 4 + 4 + 4];
        line.read_exact(&mut sent).unwrap();
        line.write_all(b"stream: OK\0").unwrap();
    });
    turn(&service);
    assert_eq!(case.content("handler", &id).2, b"lamp");
}

#[test]
fn a_changed_byte_on_the_disk_is_found_and_told() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let (whole, changed) = (
            case.attaches("handler", "a.txt", b"lamp", "working"),
            case.attaches("handler", "b.txt", b"lamp lamp", "working"),
        );
        let gone = case.attaches("handler", "c.txt", b"lamp lamp lamp", "working");
        let part = |id: &str| {
            let folder = format!("{}/{id}", service.config.files.url);
            std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
        };
        let mut bytes = std::fs::read(part(&changed)).unwrap();
        bytes[20] ^= 1;
        std::fs::write(part(&changed), bytes).unwrap();
        std::fs::remove_file(part(&gone)).unwrap();
        turn(service);
        assert!(case.files().iter().all(|one| one["trouble_zh"].is_null()), "verified when it came, today");
        service.day("2025-03-05");
        turn(service);
        let files = case.files();
        assert!(files[0]["trouble_zh"].is_null(), "{:#}", files[0]);
        for (file, said) in [(&files[1], "was changed"), (&files[2], "is not in the store")] {
            assert!(file["trouble_en"].as_str().unwrap().contains(said), "{file:#}");
        }
        assert_eq!(case.content("handler", &whole).2, b"lamp");
        service.check();
    });
}

#[test]
fn an_upload_that_nothing_came_of_is_taken_away() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let left = case.uploads("handler", "a.txt", b"lamp");
    let kept = case.attaches("handler", "b.txt", b"lamp", "working");
    service.day("2025-03-09");
    turn(&service);
    let lies = |id: &str| {
        std::path::Path::new(&service.config.files.url).join(id).read_dir().is_ok_and(|mut it| it.next().is_some())
    };
    assert!(lies(&left) && lies(&kept));
    service.day("2025-03-11");
    turn(&service);
    assert!(!lies(&left) && lies(&kept));
    let path = format!("/api/v1/cases/{}/uploads/{left}", case.id);
    service.get("handler", &path).expect(404);
}

#[test]
fn bytes_under_no_row_are_told_and_taken_away_when_asked() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let kept = case.attaches("handler", "a.txt", b"lamp", "working");
    // An act that was undone after its letter had been written: the bytes lie there, the row does not.
    let store = std::path::Path::new(&service.config.files.url);
    let at = service.clock.now();
    let stray = dafu::ids::FileId::new(at, &mut dafu::ids::Randomness::System).to_string();
    std::fs::create_dir(store.join(&stray)).unwrap();
    std::fs::write(store.join(&stray).join("0".repeat(64)), b"sealed").unwrap();
    let told = |take_away| {
        let strays = service.office.strays(take_away, &mut |_| ()).unwrap();
        strays.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(told(true), Vec::<String>::new(), "an act may be about to write its row");
    service.day("2025-03-12");
    assert_eq!(told(false), [stray.as_str()]);
    assert_eq!(told(true), [stray.as_str()]);
    assert_eq!(told(true), Vec::<String>::new());
    assert_eq!(case.content("handler", &kept).2, b"lamp");
}

#[test]
fn a_letter_is_handed_out_byte_for_byte_as_it_was_set_whatever_fonts_there_are_later() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    case.replied(&draft(Outcome::Granted));
    let letters = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
    let seq = letters[0]["seq"].clone();
    let bearer = format!("Bearer {}", service.token("handler"));
    let path = format!("/api/v1/cases/{}/letters/{seq}/pdf", case.id);
    let set = service.file(&path, &[("Authorization", &bearer)]).2;
    assert!(set.starts_with(b"%PDF-"));
    let journal = service.get("handler", &format!("/api/v1/cases/{}/journal", case.id)).expect(200);
    let entry = journal.as_array().unwrap().iter().find(|one| one["seq"] == seq).unwrap();
    assert_eq!(entry["kind"], "letter_issued");
    service.check();

    // A machine without any font.
    let bare = Served::on_sqlite_with("2025-03-03", |config| config.letters.font_folders = String::new());
    let other = Handled::new(&bare);
    other.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
    let letters = bare.get("handler", &format!("/api/v1/cases/{}/letters", other.id)).expect(200);
    let path = format!("/api/v1/cases/{}/letters/{}/pdf", other.id, letters[0]["seq"]);
    let bearer = format!("Bearer {}", bare.token("handler"));
    assert_eq!(bare.file(&path, &[("Authorization", &bearer)]).0, 422, "there is nothing to hand out");
}
