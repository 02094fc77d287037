//! The evidence bundle: made of a whole case, opened by other people's programs, verified with the public key alone, and every
//! byte that was changed in it found.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use dafu::journal::seal::KnownKeys;
use dafu::law::outcome::Outcome;
use dafu::release::bundle::{Finding, verify};
use dafu::release::redact::Source;
use dafu::storage::bundles::{self, BundleRow};
use dafu::storage::{Db, DbOptions, StoreError, files};
use dafu::vault::seal_files;
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::support::bundled::{covered_up, fetched, made, members, packed, verified};
use crate::support::handled::{Handled, draft};
use crate::support::program::is_drill;
use crate::support::served::{Served, on_both};
use crate::support::visitor::Visitor;

const GUIDE: &[u8] = include_bytes!("../fixtures/debmake-doc.zh-cn.pdf");

/// Three pages of a real guide.
fn paper() -> Vec<u8> {
    let mut guide = lopdf::Document::load_mem(GUIDE).unwrap();
    guide.delete_pages(&(4..=60).collect::<Vec<_>>());
    let mut bytes = Vec::new();
    guide.save_to(&mut bytes).unwrap();
    bytes
}

fn picture() -> Vec<u8> {
    Source::open(Arc::new(GUIDE.to_vec())).unwrap().page_png(1, 400).unwrap()
}

/// A case through its life: consulted, searched, refused, served, with files of every kind.
fn whole_case(service: &Served) -> Handled<'_> {
    let case = Handled::new(service);
    case.attaches("handler", "身份证.png", &picture(), "application");
    let letter = json!({"party": "third_party", "addressee": "云河市某建设有限公司", "letter": "请提出意见。"});
    let consulting = case.does("handler", "consultations", &letter);
    let consultation = consulting["consultations"][0]["id"].as_str().unwrap().to_owned();
    let opinion = json!({"opinion": "objects", "text": "合同含商业秘密，不同意公开。"});
    case.does("clerk", &format!("consultations/{consultation}/opinion"), &opinion);
    let finding = json!({"finding": "objection_reasonable", "text": "确属商业秘密，理由合理。"});
    case.does("handler", &format!("consultations/{consultation}/finding"), &finding);
    case.does("clerk", "consultation-notice", &json!({"letter": "曾征求第三方意见。"}));
    case.does("handler", "notes", &json!({"text": "内部讨论，不对外。"}));
    let search = json!({
        "searched_by": "档案科 李某", "place": "电子档案系统、纸质档案库房", "words": "老旧小区 施工合同",
        "period_from": "2023-01-01", "period_to": "2024-12-31", "found": "nothing", "result": "未检索到相符文件。"
    });
    case.does("handler", "searches", &search);
    case.attaches("handler", "维护指南.pdf", &paper(), "record");
    case.attaches("handler", "台账.txt", "路灯台账\n".as_bytes(), "record");
    case.attaches("handler", "加密.pdf", include_bytes!("../fixtures/encrypted.pdf"), "record");
    case.attaches("handler", "坏图.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "record");
    case.attaches("handler", "会议记录.txt", b"inside\n", "working");
    case.replied(&draft(Outcome::NotHeld));
    case.attaches("clerk", "回执.png", &picture(), "proof");
    let letters = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
    let reply = letters.as_array().unwrap().iter().rfind(|one| one["letter"]["code"] == "reply").unwrap();
    let line = json!({"letter": reply["seq"], "way": "post", "number": "1000000000001", "posted_on": "2025-03-03"});
    case.does("clerk", "deliveries", &line);
    case
}

fn member_of<'a>(members: &'a BTreeMap<String, Vec<u8>>, ending: &str) -> (&'a str, &'a [u8]) {
    let found = members.iter().find(|(name, _)| name.ends_with(ending)).unwrap_or_else(|| panic!("no {ending}"));
    (found.0, found.1)
}

#[track_caller]
fn run(program: &str, arguments: &[&str], file: &Path) -> String {
    let done = Command::new(program).args(arguments).arg(file).output().unwrap();
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    assert!(done.stderr.is_empty(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// Where a picture of what was made is left for whoever wants to look at it.
fn kept(name: &str, bytes: &[u8]) -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("DAFU_LOOK_AT")?);
    let file = folder.join(name);
    std::fs::write(&file, bytes).unwrap();
    Some(file)
}

#[test]
fn the_bundle_of_a_whole_case_holds_every_paper_and_is_verified_with_the_public_key_alone() {
    on_both("2025-03-03", |service| {
        let case = whole_case(service);
        let bundle = made(&case, &json!({"masked": false, "reason": "proceeding"}));
        let bytes = fetched(&case, &bundle);
        kept(if service.is_on_postgres() { "bundle-pg.zip" } else { "bundle.zip" }, &bytes);
        let found = verified(service, &bytes);
        assert!(found.holds(), "{:#?}", found.findings);
        let entries = u32::try_from(bundle["entries"].as_u64().unwrap()).unwrap();
        assert_eq!((found.entries, found.sealed), (entries, entries), "all of the journal lies under a seal");
        assert_eq!(found.withheld, 2, "a note and a working paper are the office's own");

        let members = members(&bytes);
        let names: Vec<&str> = members.keys().map(String::as_str).collect();
        for (ending, content) in [("维护指南.pdf", paper()), ("回执.png", picture()), ("身份证.png", picture())]
        {
            assert!(member_of(&members, ending).1 == content, "{ending}");
        }
        assert!(names.iter().all(|name| !name.contains("会议记录")), "{names:?}");
        let letters = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
        for letter in letters.as_array().unwrap().iter().filter(|one| one["seq"].is_number()) {
            let bearer = format!("Bearer {}", service.token("handler"));
            let path = format!("/api/v1/cases/{}/letters/{}/pdf", case.id, letter["seq"]);
            let issued = service.file(&path, &[("Authorization", &bearer)]).2;
            assert!(members.values().any(|bytes| *bytes == issued), "{letter} is as it was issued");
        }
        let text = |name: &str| String::from_utf8(members[name].clone()).unwrap();
        assert!(!text("data/contents.jsonl").contains("内部讨论"));
        assert_eq!(text("data/journal.jsonl").lines().count(), entries as usize);
        assert!(text("data/clocks.json").contains("\"weekend\""), "each day is told, and why it does not count");
        service.check();

        // Two asked for it, two looks are written down: one for the asking, one for the taking.
        for kind in ["bundle_asked", "bundle_taken"] {
            let found =
                service.get("auditor", &format!("/api/v1/audit/entries?kind={kind}&case={}", case.id)).expect(200);
            let items = found["items"].as_array().unwrap();
            assert_eq!(items.len(), 1, "{kind}: {found:#}");
            assert!(items[0].to_string().contains("proceeding"), "with its reason: {found:#}");
        }
        let strays = service.office.strays(false, &mut |_| ()).unwrap();
        assert!(strays.is_empty());
    });
}

#[test]
fn the_book_opens_elsewhere_with_its_pages_numbered_and_its_bookmarks() {
    let service = Served::on_sqlite("2025-03-03");
    let case = whole_case(&service);
    let bytes = fetched(&case, &made(&case, &json!({"masked": false, "reason": "proceeding"})));
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("catalogue.pdf");
    std::fs::write(&book, &members(&bytes)["catalogue.pdf"]).unwrap();
    kept("catalogue.pdf", &members(&bytes)["catalogue.pdf"]);

    let info = run("pdfinfo", &[], &book);
    let pages: usize = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse().unwrap();
    let title = info.lines().find(|line| line.starts_with("Title:")).unwrap();
    assert!(title.contains("卷宗") && info.contains("JavaScript:      no"), "{info}");
    for page in 1..=pages {
        let number = page.to_string();
        let output = Command::new("pdftotext")
            .args(["-layout", "-f", &number, "-l", &number])
            .arg(&book)
            .arg("-")
            .output()
            .unwrap();
        let text: String = String::from_utf8(output.stdout).unwrap().split_whitespace().collect();
        assert!(text.contains(&format!("第{page}页共{pages}页")), "page {page}: {text}");
    }
    let all = Command::new("pdftotext").arg(&book).arg("-").output().unwrap();
    let all: String = String::from_utf8(all.stdout).unwrap().split_whitespace().collect();
    for words in [
        "卷内目录",
        "合同含商业秘密，不同意公开",
        "电子档案系统、纸质档案库房",
        "审核通过",
        "1000000000001",
        "征求意见",
        "案卷日志",
        "维护者指南",
        "此文件有密码、已损坏",
        "此图片不能识别",
        "此文件不能逐页显示",
    ] {
        assert!(all.contains(words), "{words} is not in the book");
    }
    // Bookmarks, as another program reads them: each section, and under it each paper.
    run("pdftohtml", &["-xml", "-i", "-q", "-noroundcoord"], &book);
    let xml = std::fs::read_to_string(folder.path().join("catalogue.xml")).unwrap();
    let (_, outline) = xml.split_once("<outline>").expect("bookmarks");
    for words in [
        "卷内目录",
        "申请材料",
        "文书",
        "征求意见材料",
        "检索记录",
        "审核、保密审查和签发",
        "政府信息",
        "送达材料",
        "期限计算",
        "案卷日志",
    ] {
        assert!(outline.contains(words), "{words} is no bookmark: {outline}");
    }
    assert!(outline.matches("<item").count() > 20, "{outline}");
    run("pdfseparate", &["-f", "1", "-l", "1", book.to_str().unwrap()], &folder.path().join("page-%d.pdf"));
    // The pages of the list are those on which the papers begin.
    let toc = lopdf::Document::load(&book).unwrap().get_toc().unwrap().toc;
    let journal = toc.iter().rfind(|one| one.title.ends_with("案卷日志") && one.level == 2).unwrap();
    let listed = format!("案卷日志{}", journal.page);
    assert!(all.contains(&listed) || all.replace('.', "").contains(&listed), "{listed}");
}

#[test]
fn one_changed_byte_in_any_member_is_found_and_named() {
    let service = Served::on_sqlite("2025-03-03");
    let case = whole_case(&service);
    let bytes = fetched(&case, &made(&case, &json!({"masked": false, "reason": "proceeding"})));
    let whole = members(&bytes);
    assert!(verified(&service, &packed(&whole)).holds(), "packed anew by another hand it still holds");

    for (name, content) in &whole {
        let middle = content.len() / 2;
        let places = if is_drill() { vec![0, middle, content.len() - 1] } else { vec![middle] };
        for at in places {
            let mut changed = whole.clone();
            changed.get_mut(name).unwrap()[at] ^= 1;
            let found = verified(&service, &packed(&changed));
            let first = found.findings.first().unwrap_or_else(|| panic!("{name} at {at} was not found"));
            let named = if name == "manifest.sig.json" { "manifest" } else { name.as_str() };
            assert!(first.to_string().contains(named) && first.zh().contains(named), "{name} at {at}: {first}");
        }
        let mut dropped = whole.clone();
        dropped.remove(name);
        let first = verified(&service, &packed(&dropped)).findings.remove(0);
        assert_eq!(first, Finding::Missing { member: name.clone() });
    }
    let mut added = whole.clone();
    added.insert("papers/999 伪造.pdf".to_owned(), b"%PDF".to_vec());
    let first = verified(&service, &packed(&added)).findings.remove(0);
    assert_eq!(first, Finding::Extra { member: "papers/999 伪造.pdf".to_owned() });

    // In the archive as it lies there, every so many bytes within what its members hold.
    let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let places: Vec<(String, u64, u64)> = (0..archive.len())
        .map(|index| {
            let member = archive.by_index_raw(index).unwrap();
            (member.name().unwrap().into_owned(), member.data_start().unwrap(), member.compressed_size())
        })
        .collect();
    for (name, start, size) in places {
        let mut changed = bytes.clone();
        changed[usize::try_from(start + size / 3).unwrap()] ^= 0x10;
        let found = verified(&service, &changed);
        let first = found.findings.first().unwrap_or_else(|| panic!("{name} was not found"));
        let named = if name == "manifest.sig.json" { "manifest" } else { name.as_str() };
        assert!(first.to_string().contains(named), "{name}: {first}");
    }
    for end in [0, 1, bytes.len() / 2, bytes.len() - 1] {
        assert!(!verified(&service, &bytes[..end]).holds(), "cut off at {end}");
    }
    assert!(!verify(Cursor::new(&bytes), &KnownKeys::default()).holds(), "without a key nothing is proven");
}

/// `junk` put in at this byte, with every place in the table moved along.
fn put_in(bytes: &[u8], at: usize, junk: &[u8]) -> Vec<u8> {
    let number = |bytes: &[u8], at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let short = |bytes: &[u8], at: usize| usize::from(u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap()));
    let mut changed = [&bytes[..at], junk, &bytes[at..]].concat();
    let end = changed.len() - 22;
    let mut move_along = |place: usize| {
        let moved = number(&changed, place) + if number(&changed, place) >= at { junk.len() } else { 0 };
        changed[place..place + 4].copy_from_slice(&u32::try_from(moved).unwrap().to_le_bytes());
    };
    move_along(end + 16);
    let mut entry = number(&bytes[bytes.len() - 22..], 16) + junk.len();
    while entry < end {
        move_along(entry + 42);
        let lengths = [28, 30, 32].map(|of| short(bytes, entry - junk.len() + of));
        entry += 46 + lengths.iter().sum::<usize>();
    }
    changed
}

/// Every place where a name stands in the archive is given another of the same length.
fn renamed(bytes: &[u8], from: &str, to: &str, times: usize) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    for _ in 0..times {
        let at = changed.windows(from.len()).position(|some| some == from.as_bytes()).unwrap();
        changed[at..at + from.len()].copy_from_slice(to.as_bytes());
    }
    changed
}

#[test]
fn what_lies_in_the_archive_beside_its_members_is_found() {
    let service = Served::on_sqlite("2025-03-03");
    let case = whole_case(&service);
    let bytes = fetched(&case, &made(&case, &json!({"masked": false, "reason": "proceeding"})));
    let whole = members(&bytes);
    let first = |changed: &[u8]| verified(&service, changed).findings.into_iter().next();

    // A second member of one name, before the genuine one and behind it.
    for (name, twin) in [("README.txt", "README.tx!"), ("manifest.json", "manifest.jso!"), ("README.txt", "README.tx~")]
    {
        let mut more = whole.clone();
        more.insert(twin.to_owned(), b"{}".to_vec());
        let changed = renamed(&packed(&more), twin, name, 2);
        assert_eq!(first(&changed), Some(Finding::Twice { member: name.to_owned() }), "{twin}");
    }
    for archive in [&bytes, &packed(&whole)] {
        assert_eq!(first(archive), None);
        let mut opened = ZipArchive::new(Cursor::new(archive)).unwrap();
        let end = opened.central_directory_start();
        let second = opened.by_index_raw(1).unwrap().header_start();
        let [second, end] = [second, end].map(|at| usize::try_from(at).unwrap());
        // A header that gives another name than the table.
        let named = opened.by_index_raw(0).unwrap().name().unwrap().into_owned();
        // Of the same length.
        let other = named.replacen(|letter: char| letter.is_ascii_alphabetic(), "!", 1);
        assert_eq!(first(&renamed(archive, &named, &other, 1)), Some(Finding::Header { member: named }));
        // Bytes before all, between two members, behind the last.
        assert_eq!(first(&[b"PK", &archive[..]].concat()), Some(Finding::Stray { at: 0 }));
        for at in [0, second, end] {
            let stray = Finding::Stray { at: u64::try_from(at).unwrap() };
            assert_eq!(first(&put_in(archive, at, b"another paper")), Some(stray), "at {at}");
        }
        // Between table and end, behind the end, and as a comment.
        let last = archive.len() - 22;
        let changed = [&archive[..last], b"more", &archive[last..]].concat();
        assert_eq!(first(&changed), Some(Finding::Stray { at: u64::try_from(last).unwrap() }));
        assert_eq!(first(&[&archive[..], b"more"].concat()), Some(Finding::Tail));
        let mut comment = archive.clone();
        comment[last + 20] = 4;
        assert_eq!(first(&[&comment[..], b"more"].concat()), Some(Finding::Tail));
    }
    // Behind the end of what is packed, within the length of its member.
    let archive = packed(&whole);
    let mut opened = ZipArchive::new(Cursor::new(&archive)).unwrap();
    let (start, size, name) = {
        let member = opened.by_index_raw(0).unwrap();
        (member.data_start().unwrap(), member.compressed_size(), member.name().unwrap().into_owned())
    };
    let mut changed = put_in(&archive, usize::try_from(start + size).unwrap(), b"behind");
    let longer = u32::try_from(size + 6).unwrap().to_le_bytes();
    changed[18..22].copy_from_slice(&longer);
    let table = usize::try_from(opened.central_directory_start()).unwrap() + 6;
    changed[table + 20..table + 24].copy_from_slice(&longer);
    assert_eq!(first(&changed), Some(Finding::Attached { member: name }));

    // Whatever else is done to the records at the end stops nobody from verifying.
    for at in (archive.len() - 400..archive.len()).step_by(9) {
        let mut changed = archive.clone();
        changed[at] ^= 0xff;
        verified(&service, &changed);
    }
}

#[test]
fn what_was_covered_up_is_found_by_the_key_and_by_the_journal_even_where_the_key_is_in_on_it() {
    let service = Served::on_sqlite("2025-03-03");
    let case = whole_case(&service);
    let whole = members(&fetched(&case, &made(&case, &json!({"masked": false, "reason": "proceeding"}))));
    let pem = seal_files::read_private(&service.config.keys.directory).unwrap().unwrap();
    let genuine = dafu::journal::seal::SigningKey::from_pem(&pem).unwrap();
    let foreign = dafu::journal::seal::SigningKey::generate(&mut dafu::ids::CountingEntropy::new(7));

    let swapped = |name: &str, from: &str, to: &str, key| {
        let mut changed = whole.clone();
        let text = String::from_utf8(changed[name].clone()).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        changed.insert(name.to_owned(), text.replacen(from, to, 1).into_bytes());
        covered_up(&mut changed, key);
        verified(&service, &packed(&changed)).findings
    };
    let words = ("合同含商业秘密，不同意公开。", "同意公开。");
    let found = swapped("data/contents.jsonl", words.0, words.1, &foreign);
    assert!(matches!(found[0], Finding::UnknownSigner { .. }), "{found:?}");
    // Whoever has the key cannot make the journal say something else either: that is sealed.
    let found = swapped("data/contents.jsonl", words.0, words.1, &genuine);
    assert!(matches!(&found[0], Finding::Content { kind, .. } if kind.as_str() == "text"), "{found:?}");
    let found = swapped("data/journal.jsonl", "\"objects\"", "\"consents\"", &genuine);
    assert!(matches!(&found[0], Finding::Journal(_)), "{found:?}");
    let found = swapped("proof/leaf.json", "\"seq\":", "\"seq\":1", &genuine);
    assert_eq!(found[0], Finding::OtherLeaf);
    let found = swapped("proof/inclusion.json", "\"place\":0", "\"place\":1", &genuine);
    assert!(matches!(found[0], Finding::NotUnder(_)), "{found:?}");
    let mut changed = whole.clone();
    let name = member_of(&whole, "维护指南.pdf").0.to_owned();
    changed.get_mut(&name).unwrap().push(b'\n');
    covered_up(&mut changed, &genuine);
    let found = verified(&service, &packed(&changed)).findings;
    assert!(matches!(&found[0], Finding::FileBytes { member, .. } if *member == name), "{found:?}");

    // The last entries cut off, the chain intact: the manifest's head is another.
    let mut cut = whole.clone();
    for name in ["data/journal.jsonl", "data/chain.jsonl"] {
        let text = String::from_utf8(cut[name].clone()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        cut.insert(name.to_owned(), (lines[..lines.len() - 1].join("\n") + "\n").into_bytes());
    }
    covered_up(&mut cut, &genuine);
    assert_eq!(verified(&service, &packed(&cut)).findings[0], Finding::OtherHead);

    // The journal of another case in its place.
    let other = Handled::new(&service);
    let theirs = members(&fetched(&other, &made(&other, &json!({}))));
    let mut exchanged = whole.clone();
    for name in ["data/journal.jsonl", "data/chain.jsonl", "data/contents.jsonl"] {
        exchanged.insert(name.to_owned(), theirs[name].clone());
    }
    covered_up(&mut exchanged, &genuine);
    let found = verified(&service, &packed(&exchanged)).findings;
    assert!(matches!(&found[0], Finding::Journal(_)), "{found:?}");
}

#[test]
fn the_command_line_verifies_a_bundle_without_database_and_settings() {
    let service = Served::on_sqlite("2025-03-03");
    let case = whole_case(&service);
    let bytes = fetched(&case, &made(&case, &json!({"masked": false, "reason": "proceeding"})));
    let elsewhere = tempfile::tempdir().unwrap();
    let (file, key) = (elsewhere.path().join("证据包.zip"), elsewhere.path().join("key.pem"));
    std::fs::write(&file, &bytes).unwrap();
    let pems = seal_files::read_public(&seal_files::public_keys(&service.config.keys.directory)).unwrap();
    std::fs::write(&key, &pems[0]).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dafu"));
        command.env_clear().current_dir(elsewhere.path()).env("DAFU_CONFIG", "/nowhere/dafu.toml");
        let done = command.args(["audit", "verify"]).args(arguments).output().unwrap();
        (done.status.success(), String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned())
    };
    let bundle = ["--bundle", file.to_str().unwrap(), "--key", key.to_str().unwrap()];
    let (well, told) = run(&bundle);
    assert!(well && told.contains("验证通过") && told.contains("nothing is wrong"), "{told}");
    let left: Vec<_> = std::fs::read_dir(elsewhere.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "it leaves nothing behind: {left:?}");
    let (well, told) = run(&bundle[..2]);
    assert!(!well && told.contains("--public-keys"), "{told}");

    let mut changed = members(&bytes);
    changed.get_mut("catalogue.pdf").unwrap()[2000] ^= 1;
    std::fs::write(&file, packed(&changed)).unwrap();
    let (well, told) = run(&bundle);
    assert!(!well && told.contains("catalogue.pdf：内容与清单不符"), "{told}");
}

#[test]
fn a_masked_bundle_leaves_out_numbers_and_addresses_and_says_so() {
    on_both("2025-03-03", |service| {
        let case = whole_case(service);
        let bytes = fetched(&case, &made(&case, &json!({})));
        let found = verified(service, &bytes);
        assert!(found.holds() && found.withheld > 2, "{:?} {}", found.findings, found.withheld);
        let members = members(&bytes);
        assert!(members.keys().all(|name| !name.contains("身份证")), "what came with the application stays here");
        let contents = String::from_utf8(members["data/contents.jsonl"].clone()).unwrap();
        let people: Vec<Value> = contents
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .filter(|line| line["of"] == "person")
            .collect();
        assert!(!people.is_empty() && people.iter().all(|one| one["withheld"] == "masked" && one["content"].is_null()));
        let manifest: Value = serde_json::from_slice(&members["manifest.json"]).unwrap();
        assert_eq!(manifest["bundle"]["masked"], true);
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("catalogue.pdf");
        std::fs::write(&book, &members["catalogue.pdf"]).unwrap();
        let text = Command::new("pdftotext").args(["-f", "1", "-l", "4"]).arg(&book).arg("-").output().unwrap();
        let text: String = String::from_utf8(text.stdout).unwrap().split_whitespace().collect();
        assert!(text.contains("已隐去") && !text.contains("13800138000"), "{text}");
    });
}

#[test]
fn a_bundle_is_for_those_who_may_with_a_reason_where_nothing_is_left_out_and_for_its_days() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let path = format!("/api/v1/cases/{}/bundles", case.id);
        let asks = |login: &str, body: &Value| service.by(login, "POST", &path, &[], Some(body));
        for (login, status) in [("reviewer", 403), ("supervisor", 403), ("auditor", 403), ("county_handler", 404)] {
            asks(login, &json!({})).expect(status);
            service.get(login, &path).expect(status);
        }
        let wrong = asks("handler", &json!({"masked": false})).expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "/reason", "{wrong:#}");
        let bundle = made(&case, &json!({}));
        let file = format!("/api/v1/bundles/{}/file", bundle["id"].as_str().unwrap());
        service.get("reviewer", &file).expect(403);
        service.get("county_handler", &file).expect(404);
        assert_eq!(service.get("clerk", &path).expect(200).as_array().unwrap().len(), 1);

        // After its days it is gone, with its bytes; what it was stays written down.
        service.clock.set(service.clock.now() + chrono::TimeDelta::days(8));
        let report = runtime().block_on(service.office.look_after_bundles()).unwrap();
        assert_eq!((report.changed, report.failed.len()), (1, 0));
        let told = service.get("handler", &format!("/api/v1/bundles/{}", bundle["id"].as_str().unwrap())).expect(200);
        assert_eq!(told["state"]["code"], "removed");
        service.get("handler", &file).expect(409);
        let db = Db::open(service.url(), &DbOptions::default()).unwrap();
        let left = db.read_now(|conn| files::list(conn, case.id.parse().unwrap())).unwrap();
        assert!(left.iter().all(|row| row.state != files::MADE));
        service.check();
    });
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap()
}

#[test]
fn bundles_that_are_asked_for_at_once_are_made_one_after_the_other_and_all_of_them() {
    on_both("2025-03-03", |service| {
        let cases: [Handled<'_>; 6] = std::array::from_fn(|_| Handled::new(service));
        cases[0].attaches("handler", "维护指南.pdf", GUIDE, "record");
        std::thread::scope(|scope| {
            for case in &cases {
                let path = format!("/api/v1/cases/{}/bundles", case.id);
                scope.spawn(move || service.by("handler", "POST", &path, &[], Some(&json!({}))).expect(201));
            }
        });
        let db = Db::open(service.url(), &DbOptions::default()).unwrap();
        // All as they are at one instant.
        let list = || {
            db.read_now(|conn| {
                let lists = cases.iter().map(|case| bundles::list(conn, case.id.parse().unwrap()));
                Ok::<_, StoreError>(lists.collect::<Result<Vec<_>, _>>()?.concat())
            })
            .unwrap()
        };
        let mut at_once = 0;
        // Nobody but those who asked makes them: the scheduler of these tests stands still.
        let rows = loop {
            let rows = list();
            at_once = at_once.max(rows.iter().filter(|row| row.state == bundles::WORKING).count());
            if rows.iter().all(|row| row.state != bundles::WORKING && row.state != bundles::WAITING) {
                break rows;
            }
            std::thread::yield_now();
        };
        assert_eq!((rows.len(), at_once), (6, 1));
        assert!(rows.iter().all(|row| row.state == bundles::READY && row.attempts == 1), "{rows:?}");
    });
}

#[test]
fn a_job_whose_holder_died_is_taken_up_again_and_one_that_always_dies_is_given_up() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let finished = made(&case, &json!({}));
        let db = Db::open(service.url(), &DbOptions::default()).unwrap();
        let id = |number: u128| dafu::ids::BundleId::from_uuid(uuid::Uuid::from_u128(number));
        let of = |number: u128, attempts: i32, held_for: i64| {
            let done =
                db.read_now(|conn| bundles::load(conn, finished["id"].as_str().unwrap().parse().unwrap())).unwrap();
            let held_until = Some(service.office.machine_time() + chrono::TimeDelta::seconds(held_for));
            BundleRow {
                id: id(number),
                state: bundles::WORKING.to_owned(),
                attempts,
                held_by: Some("a process that is no more".to_owned()),
                held_until,
                file_id: None,
                ended_at: None,
                expires_at: None,
                ..done
            }
        };
        let rows = [of(1, 1, -1), of(2, 3, -1), of(3, 1, 600)];
        db.write_now(|conn| rows.iter().try_for_each(|row| bundles::insert(conn, row))).unwrap();
        // Two processes at once: each job is done by one of them.
        let both = [service.another_process(), service.another_process()];
        std::thread::scope(|scope| {
            for office in both {
                scope.spawn(move || runtime().block_on(office.look_after_bundles()).unwrap());
            }
        });
        let state = |number| db.read_now(|conn| bundles::load(conn, id(number))).unwrap();
        while [1, 2].map(state).iter().any(|row| row.state == bundles::WORKING) {
            std::thread::yield_now();
        }
        assert_eq!((state(1).state.as_str(), state(1).attempts), (bundles::READY, 2));
        assert_eq!(state(2).state, bundles::FAILED);
        assert!(state(2).fault_zh.unwrap().contains("多次"));
        assert_eq!(state(3).state, bundles::WORKING, "its holder is alive");
        let bundle = service.get("handler", &format!("/api/v1/bundles/{}", id(1))).expect(200);
        assert!(verified(service, &fetched(&case, &bundle)).holds());
    });
}

#[test]
fn the_page_follows_a_bundle_without_scripts_and_hands_it_out() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let mut visitor = Visitor::signed_in(&service, "handler");
    let path = format!("/desk/cases/{}/bundles", case.id);
    let page = visitor.get(&path).expect(200).says("还没有");
    let refused = visitor.submit(&page, &path, &[("masked", "no"), ("reason", "")]).expect(422);
    refused.says("不隐去个人信息的证据包须说明用途");
    let asked = visitor.submit(&page, &path, &[("masked", "yes"), ("reason", "")]).expect(303);
    assert_eq!(asked.location.as_deref(), Some(format!("{path}?asked=yes").as_str()));
    let page = loop {
        let page = visitor.get(&path).expect(200);
        if page.text().contains("可以下载") {
            break page;
        }
        assert_eq!(page.headers.get("refresh").map(String::as_str), Some("3"));
    };
    assert!(!page.headers.contains_key("refresh"), "nothing more is to come");
    let (_, link) = page.html.split_once(&format!("href=\"{path}/")).expect("a link");
    let file = format!("{path}/{}", link.split('"').next().unwrap());
    let fetched = visitor.send("HEAD", &file, &[], None).expect(200);
    assert_eq!(fetched.headers["content-type"], "application/zip");
}
