//! Files in a bucket: the store by its URL, against a server that speaks S3 and checks every signature. What holds for a folder holds
//! here: encrypted, whole, gone on with, found where it was changed, gone with its case; and an outage loses nothing.

use dafu::config::Config;
use dafu::law::outcome::Outcome;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::s3::{Bucket, URL, with_bucket};
use crate::support::served::Served;

const PART: usize = 1 << 20;

fn in_the_bucket(config: &mut Config) {
    URL.clone_into(&mut config.files.url);
}

fn text(bytes: usize) -> Vec<u8> {
    (0..).flat_map(|line: u32| format!("{line:07} street lamp ledger\n").into_bytes()).take(bytes).collect()
}

/// The keys under which a file lies.
fn parts_of(bucket: &Bucket, file: &str) -> Vec<String> {
    let below = format!("dafu/{file}/");
    bucket.keys().into_iter().filter(|key| key.starts_with(&below)).collect()
}

fn turn(service: &Served) -> Vec<String> {
    let done = dafu::scheduler::turn::calendar(&service.office, "test", &mut |_| ());
    let reports = done.into_iter().map(|one| (one.name, one.report.unwrap()));
    reports.flat_map(|(name, report)| report.failed.into_iter().map(move |(_, why)| format!("{name}: {why}"))).collect()
}

fn begun(case: &Handled<'_>, name: &str, size: usize) -> String {
    let path = format!("/api/v1/cases/{}/uploads", case.id);
    let body = json!({"name": name, "size": size});
    let begun = case.service.by("handler", "POST", &path, &[], Some(&body)).expect(201);
    begun["id"].as_str().unwrap().to_owned()
}

fn received(case: &Handled<'_>, file: &str) -> u64 {
    let told = case.service.get("handler", &format!("/api/v1/cases/{}/uploads/{file}", case.id)).expect(200);
    told["received"].as_u64().unwrap()
}

#[test]
fn files_lie_in_a_bucket_and_what_was_changed_or_lost_there_is_found() {
    with_bucket("files_s3::files_lie_in_a_bucket_and_what_was_changed_or_lost_there_is_found", |bucket| {
        let test = |service: &Served| {
            let case = Handled::new(service);
            // In pieces; what a broken line left in the bucket is swept once the file is whole.
            let content = text(4 * PART + 123_456);
            let large = begun(&case, "路灯台账.txt", content.len());
            case.sends("handler", &large, 0, &content[..2 * PART + 77]).expect(200);
            assert_eq!(received(&case, &large), 2 * PART as u64);
            case.sends("handler", &large, 2 * PART, &content[2 * PART..]).expect(200);
            case.does("handler", "files", &json!({"file": large, "purpose": "record"}));
            assert!(case.content("reviewer", &large).2 == content);
            assert_eq!(parts_of(&bucket, &large).len(), 5);
            for key in parts_of(&bucket, &large) {
                let sealed = bucket.bytes(&key);
                assert!(!sealed.windows(11).any(|window| window == b"street lamp"), "{key} is readable");
            }

            let small = case.attaches("handler", "a.txt", b"lamp", "working");
            let lost = case.attaches("handler", "b.txt", b"lamp lamp", "working");
            assert_eq!(turn(service), Vec::<String>::new(), "verified when they came, today");
            bucket.changes(&parts_of(&bucket, &large)[3]);
            bucket.loses(&parts_of(&bucket, &lost)[0]);
            service.day("2025-03-05");
            let failed = turn(service);
            assert_eq!(failed.len(), 2, "{failed:?}");
            let files = case.files();
            for (file, said) in [(&files[0], "was changed"), (&files[2], "is not in the store")] {
                assert!(file["trouble_en"].as_str().unwrap().contains(said), "{file:#}");
            }
            assert!(files[1]["trouble_zh"].is_null(), "{:#}", files[1]);
            assert_eq!(case.content("handler", &small).2, b"lamp");
            service.check();
        };
        test(&Served::on_sqlite_with("2025-03-03", in_the_bucket));
        if let Some(service) = Served::on_postgres_with("2025-03-03", in_the_bucket) {
            test(&service);
        }
    });
}

#[test]
fn while_the_bucket_is_away_that_is_told_nothing_is_lost_and_it_goes_on_afterwards() {
    let name = "files_s3::while_the_bucket_is_away_that_is_told_nothing_is_lost_and_it_goes_on_afterwards";
    with_bucket(name, |mut bucket| {
        let service = Served::on_sqlite_with("2025-03-03", in_the_bucket);
        let case = Handled::new(&service);
        let kept = case.attaches("handler", "a.txt", b"lamp", "working");
        let content = text(3 * PART);
        let large = begun(&case, "b.txt", content.len());
        case.sends("handler", &large, 0, &content[..PART]).expect(200);

        assert_eq!(turn(&service), Vec::<String>::new());

        bucket.goes_away();
        let told = case.sends("handler", &large, PART, &content[PART..]);
        assert!(told.retry_after.is_some() || told.status == 503, "{:#}", told.body);
        let told = told.expect(503);
        assert!(!told.to_string().contains("127.0.0.1"), "where it is concerns nobody: {told:#}");
        assert_eq!(received(&case, &large), PART as u64);
        assert_eq!(case.content("handler", &kept).0, 503);
        // A letter that cannot be kept is not issued, and its act is not done.
        let before = case.view()["version"].clone();
        case.act("handler", "correction-requests", &json!({"letter": "请写明年度。"})).expect(503);
        assert_eq!(case.view()["version"], before);
        // That it cannot be read says nothing about a file.
        service.day("2025-03-05");
        let told = turn(&service);
        assert!(told.iter().any(|failed| failed.starts_with("file_bytes: ")), "{told:?}");
        assert!(case.files()[0]["trouble_zh"].is_null());

        bucket.comes_back();
        case.sends("handler", &large, PART, &content[PART..]).expect(200);
        case.does("handler", "files", &json!({"file": large, "purpose": "record"}));
        assert!(case.content("handler", &large).2 == content);
        case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        service.day("2025-03-07");
        assert_eq!(turn(&service), Vec::<String>::new());
        service.check();
    });
}

#[test]
fn what_lay_in_the_bucket_goes_with_its_case_and_strays_are_found() {
    with_bucket("files_s3::what_lay_in_the_bucket_goes_with_its_case_and_strays_are_found", |bucket| {
        let service = Served::on_sqlite_with("2025-03-03", in_the_bucket);
        let (case, kept) = (Handled::new(&service), Handled::new(&service));
        let other = kept.attaches("handler", "a.txt", b"lamp", "working");
        case.attaches("handler", "调查记录.txt", &text(4 * PART), "working");
        case.replied(&draft(Outcome::Granted));
        let theirs = parts_of(&bucket, &other);
        assert!(bucket.keys().len() > theirs.len() + 4, "letters lie there too");

        service.day("2036-01-02");
        let post = |login: &str, path: &str, body: &Value| service.by(login, "POST", path, &[], Some(body));
        let list = post("clerk", "/api/v1/retention/disposals", &json!({"agency": "yunhe"})).expect(201);
        let approval = format!("/api/v1/retention/disposals/{}/approval", list["id"].as_str().unwrap());
        post("head", &approval, &json!({})).expect(200);
        let report = service.office.carry_out_disposals(&mut |_| ()).unwrap();
        assert_eq!(report.failed, []);
        assert_eq!(bucket.keys(), theirs, "nothing of the destroyed case is left, and nothing else is gone");
        assert_eq!(kept.content("handler", &other).2, b"lamp");
        let strays = service.office.strays(false, &mut |_| ()).unwrap();
        assert_eq!(strays, []);
    });
}
