//! Closed files: kept for their term, held, listed by one and approved by another, destroyed for good, brought back by a restored
//! copy and destroyed again, handed over to an archive. On both databases.

use std::collections::BTreeMap;
use std::io::Read;

use dafu::ids::CaseId;
use dafu::law::outcome::Outcome;
use dafu::office::retention::register;
use dafu::storage::{Conn, Db, DbOptions, case_keys, cases, files, texts};
use diesel::RunQueryDsl;
use diesel::sql_types::Text;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::postgres::Cluster;
use crate::support::served::{Served, application, on_both};
use crate::support::visitor::Visitor;

/// Two characters that no other text has: the index of words shows them in the clear.
const RARE: &str = "鹮麋";

/// An application for something rare, granted on the day of the clock, with a file.
fn closed(service: &Served) -> Handled<'_> {
    let mut asked = application();
    asked["request"]["subject"] = json!(format!("{RARE}保护区调查报告"));
    let case = Handled::of(service, &asked);
    case.attaches("handler", "调查记录.txt", "走访记录：鹮麋数量".as_bytes(), "working");
    case.replied(&draft(Outcome::Granted));
    case
}

fn post(service: &Served, login: &str, path: &str, body: &Value) -> crate::support::served::Answer {
    service.by(login, "POST", path, &[], Some(body))
}

/// Listed by the clerk; the id of the list.
fn proposed(service: &Served) -> String {
    let made = post(service, "clerk", "/api/v1/retention/disposals", &json!({"agency": "yunhe"})).expect(201);
    made["id"].as_str().unwrap().to_owned()
}

fn list(service: &Served, id: &str) -> Value {
    service.get("auditor", &format!("/api/v1/retention/disposals/{id}")).expect(200)
}

fn approve(service: &Served, login: &str, id: &str) -> crate::support::served::Answer {
    post(service, login, &format!("/api/v1/retention/disposals/{id}/approval"), &json!({}))
}

/// Listed, approved and carried out.
fn destroyed(service: &Served) -> String {
    let id = proposed(service);
    approve(service, "head", &id).expect(200);
    let report = service.office.carry_out_disposals(&mut |_| ()).unwrap();
    assert_eq!(report.failed, []);
    id
}

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every row of every table, as text.
fn dump(service: &Served) -> String {
    let every = |conn: &mut Conn, sql: String| -> Vec<String> {
        let rows: Vec<Line> = match conn {
            Conn::Sqlite(inner) => diesel::sql_query(sql).load(inner).unwrap(),
            Conn::Pg(inner) => diesel::sql_query(sql).load(inner).unwrap(),
        };
        rows.into_iter().map(|row| row.line).collect()
    };
    let db = Db::open(service.url(), &DbOptions::default()).unwrap();
    let whole = db.read_now(|conn| {
        if !service.is_on_postgres() {
            return Ok(Vec::new());
        }
        let named = "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public'";
        let tables = every(conn, named.to_owned());
        Ok::<_, dafu::storage::StoreError>(
            tables.iter().flat_map(|table| every(conn, format!("SELECT t::text AS line FROM \"{table}\" t"))).collect(),
        )
    });
    let rows = whole.unwrap().join("\n");
    // SQLite is one file: all of it is looked through, pages that are free and the log too.
    if service.is_on_postgres() { rows } else { String::from_utf8_lossy(&service.database_bytes()).into_owned() }
}

fn wrapped(service: &Served, case: CaseId) -> Option<Vec<u8>> {
    service.office.db().read_now(|conn| case_keys::find(conn, case)).unwrap().map(|row| row.wrapped)
}

#[test]
fn a_file_is_due_on_the_first_of_january_after_its_term_and_a_schedule_changes_that_at_once() {
    on_both("2025-03-03", |service| {
        closed(service);
        let plan = |login: &str| service.get(login, "/api/v1/retention/plan").expect(200);
        let line = plan("clerk")[0].clone();
        assert_eq!(
            (&line["closed_in"], &line["term"]["code"], &line["kept_until"], &line["files"], &line["is_due"]),
            (&json!(2025), &json!("ten"), &json!("2035-12-31"), &json!(1), &json!(false))
        );
        service.day("2035-12-31");
        let early = post(service, "clerk", "/api/v1/retention/disposals", &json!({"agency": "yunhe"})).expect(409);
        assert_eq!(early["type"], "/problems/contrary");
        service.day("2036-01-01");
        assert_eq!(plan("head")[0]["is_due"], true);

        let path = "/api/v1/admin/agencies/yunhe/retention";
        let ours =
            json!({"usual": "ten", "reviewed": "thirty", "outcomes": [{"outcome": "granted", "term": "permanent"}]});
        service.by("admin", "PUT", path, &[], Some(&ours)).expect(200);
        assert_eq!((&plan("head")[0]["kept_until"], &plan("head")[0]["is_due"]), (&Value::Null, &json!(false)));
        post(service, "clerk", "/api/v1/retention/disposals", &json!({"agency": "yunhe"})).expect(409);
        let odd = json!({"usual": "thirty", "reviewed": "ten", "outcomes": []});
        service.by("admin", "PUT", path, &[], Some(&odd)).expect(422);
        service.by("head", "PUT", path, &[], Some(&ours)).expect(403);
        service.get("handler", "/api/v1/retention/plan").expect(403);
        service.get("county_clerk", "/api/v1/retention/plan").expect(200);
    });
}

#[test]
fn what_is_held_is_neither_listed_nor_destroyed_until_a_named_person_lifts_the_hold() {
    on_both("2025-03-03", |service| {
        let (one, other) = (closed(service), closed(service));
        service.day("2036-01-02");
        let reason = json!({"reason": "当事人可能起诉"});
        let held = one.does("clerk", "holds", &reason);
        assert_eq!(held["retention"]["holds"][0]["placed_by"]["name"], "某clerk");
        assert_eq!(service.get("head", "/api/v1/retention/holds").expect(200)[0]["case"], json!(one.id));
        service.check();

        let id = proposed(service);
        let items = list(service, &id)["items"].clone();
        assert_eq!((items.as_array().unwrap().len(), &items[0]["case"]), (1, &json!(other.id)));
        // Held after it was listed: it is not approved.
        other.does("head", "holds", &reason);
        let refused = approve(service, "head", &id).refused_by("legal_hold");
        assert!(refused["article"]["code"].as_str().unwrap().contains("house-rule"), "{refused:#}");
        other.act("clerk", "holds/lifting", &reason).expect(403);
        let lifted = other.does("head", "holds/lifting", &reason);
        assert_eq!(lifted["retention"]["holds"][0]["lifted_by"]["name"], "某head");
        other.act("head", "holds/lifting", &reason).refused_by("no_such_hold");
        approve(service, "head", &id).expect(200);
        // Held after it was approved: it stays, and its list says why; then it is struck off, and the list is done.
        other.does("clerk", "holds", &reason);
        let report = service.office.carry_out_disposals(&mut |_| ()).unwrap();
        assert_eq!((report.changed, report.failed.len()), (0, 1));
        assert!(list(service, &id)["items"][0]["fault"].as_str().unwrap().contains("hold"));
        let strike = json!({"case": other.id, "reason": "proceeding_expected"});
        post(service, "clerk", &format!("/api/v1/retention/disposals/{id}/strikes"), &strike).expect(200);
        service.office.carry_out_disposals(&mut |_| ()).unwrap();
        assert_eq!(list(service, &id)["state"]["code"], "done");
        assert!(wrapped(service, other.id.parse().unwrap()).is_some());
        service.check();
    });
}

#[test]
fn two_people_destroy_and_standing_in_makes_nobody_the_second() {
    on_both("2025-03-03", |service| {
        closed(service);
        service.day("2036-01-02");
        let made = post(service, "head", "/api/v1/retention/disposals", &json!({"agency": "yunhe"})).expect(201);
        let id = made["id"].as_str().unwrap().to_owned();
        assert_eq!(made["may_approve"], false);
        approve(service, "head", &id).refused_by("own_proposal");
        approve(service, "clerk", &id).expect(403);
        approve(service, "auditor", &id).expect(403);
        approve(service, "county_clerk", &id).expect(404);
        // Whoever stands in for the head is the head.
        let away = json!({"from_on": "2036-01-02", "to_on": "2036-01-20", "delegate": colleague(service, "某handler")});
        post(service, "head", "/api/v1/me/absences", &away).expect(201);
        approve(service, "handler", &id).refused_by("own_proposal");
        let done = approve(service, "signer", &id).expect(200);
        assert_eq!(
            (&done["state"]["code"], &done["proposed_by"]["name"], &done["decided_by"]["name"]),
            (&json!("approved"), &json!("某head"), &json!("某signer"))
        );
        assert!(done["certificate"].as_str().unwrap().contains("销〔2036〕1号"), "{done:#}");
        approve(service, "signer", &id).expect(409);
        post(service, "clerk", &format!("/api/v1/retention/disposals/{id}/dropping"), &json!({})).expect(409);
    });
}

/// The id of a colleague of the city's.
fn colleague(service: &Served, name: &str) -> Value {
    let listed = service.get("clerk", "/api/v1/me/colleagues").expect(200);
    listed.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["id"].clone()
}

#[test]
fn a_list_that_is_given_up_leaves_its_files_for_the_next() {
    on_both("2025-03-03", |service| {
        closed(service);
        service.day("2036-01-02");
        let id = proposed(service);
        post(service, "clerk", "/api/v1/retention/disposals", &json!({"agency": "yunhe"})).expect(409);
        post(service, "clerk", &format!("/api/v1/retention/disposals/{id}/dropping"), &json!({})).expect(200);
        assert_eq!(list(service, &id)["items"][0]["struck_for"]["code"], "list_dropped");
        approve(service, "head", &id).expect(409);
        assert_ne!(proposed(service), id);
    });
}

#[test]
fn of_a_destroyed_file_nothing_is_left_but_its_journal_and_everybody_is_told_so() {
    on_both("2025-03-03", |service| {
        let (case, kept) = (closed(service), Handled::new(service));
        kept.replied(&draft(Outcome::Granted));
        kept.does("clerk", "notes", &json!({"text": "留存"}));
        service.by("auditor", "POST", "/api/v1/audit/seals", &[], Some(&json!({}))).expect(200);
        // What every figure is counted from.
        let counts = || {
            let row = service.office.db().read_now(|conn| cases::load(conn, case.id.parse().unwrap())).unwrap();
            (row.stage, row.outcome, row.closed_on, row.late, row.received_on, row.applicant_kind)
        };
        let before = (counts(), dump(service));
        assert!(before.1.contains(RARE), "the index shows pairs of characters");
        let id: CaseId = case.id.parse().unwrap();
        let (key, rows) = service
            .office
            .db()
            .read_now(|conn| Ok::<_, dafu::storage::StoreError>((case_keys::load(conn, id)?, files::list(conn, id)?)))
            .unwrap();
        let letter = case.view()["version"].as_u64().unwrap();

        service.day("2036-01-02");
        kept.does("head", "holds", &json!({"reason": "审计"}));
        let list_id = destroyed(service);
        let whole = list(service, &list_id);
        assert_eq!((&whole["state"]["code"], &whole["gone"]), (&json!("done"), &json!(1)));

        // The raw file, or every row of every table.
        let after = dump(service);
        assert!(!after.contains(RARE), "the index, and what the planner has sampled of it");
        if !service.is_on_postgres() {
            let bytes = service.database_bytes();
            assert!(!bytes.windows(key.wrapped.len()).any(|window| window == key.wrapped), "the key");
        }
        assert_eq!(wrapped(service, id), None);
        let left = service.office.db().read_now(|conn| case_keys::has_remains(conn, id)).unwrap();
        assert!(!left);
        // The store.
        let store = std::path::Path::new(&service.config.files.url);
        for row in &rows {
            let folder = store.join(row.id.to_string());
            let there = std::fs::read_dir(&folder).map(Iterator::count).unwrap_or_default();
            assert_eq!(there, 0, "{}", folder.display());
        }
        // The digests are the journal's, the chain verifies, the counts are the same.
        service.check();
        let keys = crate::http_seals::keys(service);
        let db = Db::open(service.url(), &DbOptions::default()).unwrap();
        let audited = dafu::office::seals::auditing::audit(&db, &keys, &mut |_| ()).unwrap();
        assert!(audited.holds(), "{:?}", audited.told());
        assert_eq!(counts(), before.0);

        // Whoever asks is told.
        let view = case.view();
        let gone = &view["retention"]["destroyed"];
        let certificate = gone["certificate"].as_str().unwrap();
        assert!(gone["zh"].as_str().unwrap().contains(certificate), "{gone:#}");
        assert_eq!((&view["subject"], &view["applicant"], &view["allowed"]), (&Value::Null, &Value::Null, &json!([])));
        let journal = service.get("clerk", &format!("/api/v1/cases/{id}/journal")).expect(200);
        assert_eq!(journal.as_array().unwrap().last().unwrap()["kind"], "destroyed");
        case.act("clerk", "notes", &json!({"text": "再记"})).refused_by("content_destroyed");
        let letters = service.get("clerk", &format!("/api/v1/cases/{id}/letters")).expect(200);
        let seq = letters.as_array().unwrap().iter().find_map(|one| one["seq"].as_u64()).unwrap();
        assert!(seq <= letter + 1);
        service.get("clerk", &format!("/api/v1/cases/{id}/letters/{seq}/txt")).refused_by("content_destroyed");
        service.get("clerk", &format!("/api/v1/cases/{id}/sheets/cover_sheet/txt")).refused_by("content_destroyed");
        assert_eq!(case.files(), Vec::<Value>::new());
        let told = case.applicant("GET", "", None).expect(200);
        assert!(told["destroyed"]["zh"].as_str().unwrap().contains("依法销毁"), "{told:#}");
        case.applicant("POST", "/feedback", Some(&json!({"satisfaction": 5}))).expect(409);
        for tab in ["", "/clock", "/drafts", "/letters", "/files", "/deliveries", "/similar", "/journal"] {
            let page = Visitor::signed_in(service, "clerk").get(&format!("/desk/cases/{id}{tab}")).expect(200);
            page.says(certificate);
        }
        let found = service.get("clerk", "/api/v1/cases?q=%E9%B9%AE%E9%BA%8B").expect(200);
        assert_eq!(found["items"], json!([]));
        let listed = service.get("clerk", "/api/v1/cases").expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 2, "its row stays");

        // The certificate has numbers, names of officers and hashes, nothing of the applicant; it can be had for ever.
        let certified = service.file(
            &format!("/api/v1/retention/disposals/{list_id}/certificate/txt"),
            &[("Authorization", &format!("Bearer {}", service.token("auditor")))],
        );
        let text = String::from_utf8(certified.2).unwrap();
        for part in [certificate, "某clerk", "某head", view["number"].as_str().unwrap()] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("陈晓燕") && !text.contains(RARE), "{text}");
        let head = whole["items"][0]["head"].as_str().unwrap();
        assert!(text.replace(' ', "").contains(head), "{head}: {text}");
        let bearer = format!("Bearer {}", service.token("auditor"));
        let path = format!("/api/v1/retention/disposals/{list_id}/certificate/pdf");
        let (status, _, pdf) = service.file(&path, &[("Authorization", &bearer)]);
        assert!(status == 200 && pdf.starts_with(b"%PDF-"));
        // Where a person can look at it.
        std::fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/certificate.pdf"), pdf).unwrap();
    });
}

#[test]
fn contents_that_are_missing_without_an_entry_are_missed_and_contents_that_are_back_are_told() {
    on_both("2025-03-03", |service| {
        let case = closed(service);
        let id: CaseId = case.id.parse().unwrap();
        let differences = || service.office.check(&mut |_| ()).unwrap().differences;
        // On the list, but nobody's journal says so.
        let row = case_keys::DestroyedRow {
            case_id: id,
            destroyed_at: service.clock.now(),
            reason_code: "retention_over".to_owned(),
        };
        service.office.db().write_now(|conn| case_keys::destroy(conn, &row)).unwrap();
        let told: Vec<String> = differences().into_iter().map(|one| one.what).collect();
        assert!(told.iter().any(|what| what.contains("no such entry")), "{told:?}");
        assert!(told.iter().any(|what| what.contains("is not the one that was recorded")), "{told:?}");
    });
}

#[test]
fn an_interrupted_destruction_has_lost_its_key_and_is_finished_by_the_next_turn() {
    on_both("2025-03-03", |service| {
        let case = closed(service);
        let id: CaseId = case.id.parse().unwrap();
        service.day("2036-01-02");
        let list_id = proposed(service);
        approve(service, "head", &list_id).expect(200);
        // The store is away: a file in the place of its folder.
        let broken = service.opened_with(|config| config.files.url = "s3://".to_owned());
        let report = broken.carry_out_disposals(&mut |_| ()).unwrap();
        assert_eq!((report.changed, report.failed.len()), (0, 1), "{report:?}");
        assert_eq!(wrapped(service, id), None, "the key went first");
        let half = list(service, &list_id);
        assert_eq!(
            (&half["state"]["code"], &half["without_key"], &half["gone"]),
            (&json!("approved"), &json!(1), &json!(0))
        );
        service.check();
        let report = service.office.carry_out_disposals(&mut |_| ()).unwrap();
        assert_eq!((report.changed, report.failed.len()), (1, 0), "{report:?}");
        assert_eq!(list(service, &list_id)["state"]["code"], "done");
        assert_eq!(service.office.carry_out_disposals(&mut |_| ()).unwrap().looked_at, 0);
        let journal = service.get("clerk", &format!("/api/v1/cases/{id}/journal")).expect(200);
        let times = journal.as_array().unwrap().iter().filter(|one| one["kind"] == "destroyed").count();
        assert_eq!(times, 1);
    });
}

/// A copy of the database as it is now: what an operator restores after an accident.
fn copied(service: &Served, folder: &std::path::Path) -> String {
    let Some(database) = service.url().strip_prefix("sqlite://") else {
        return Cluster::shared().unwrap().copied(service.url());
    };
    service.office.db().forget_old_pages().unwrap();
    let copy = folder.join("copy.db");
    std::fs::copy(database, &copy).unwrap();
    format!("sqlite://{}", copy.display())
}

#[test]
fn a_restored_copy_is_destroyed_again_by_the_register() {
    on_both("2025-03-03", |service| {
        let case = closed(service);
        let id: CaseId = case.id.parse().unwrap();
        let copies = tempfile::tempdir().unwrap();
        let copy = copied(service, copies.path());
        service.day("2036-01-02");
        destroyed(service);
        let listed = register::read_whole(&register::place(&service.config.keys.directory)).unwrap();
        assert_eq!(listed.keys().copied().collect::<Vec<_>>(), [id]);
        assert_eq!(listed[&id].files.len(), 2, "the file and the letter");

        // A copy from before knows nothing of it.
        let run = |arguments: &[&str]| {
            let mut command = service.command();
            command.env("DATABASE_URL", &copy);
            let done = command.args(arguments).output().unwrap();
            (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
        };
        let old = Db::open(&copy, &DbOptions::default()).unwrap();
        assert!(!old.read_now(|conn| texts::list(conn, id)).unwrap().is_empty());
        let (well, told) = run(&["retention", "replay"]);
        assert!(well && told.contains("1 files were there again"), "{told}");
        assert!(!old.read_now(|conn| case_keys::has_remains(conn, id)).unwrap());
        let (well, told) = run(&["check"]);
        assert!(well, "{told}");
        let (well, told) = run(&["retention", "replay"]);
        assert!(well && told.contains("0 files were there again"), "{told}");
        assert!(run(&["retention", "list"]).1.contains(&case.id), "it is listed");
        let (well, told) = run(&["retention", "finish"]);
        assert!(well, "{told}");
    });
}

#[test]
fn a_package_for_an_archive_opens_has_its_hashes_and_is_recorded_once_it_was_handed_over() {
    on_both("2025-03-03", |service| {
        let case = closed(service);
        let made =
            post(service, "clerk", "/api/v1/retention/transfers", &json!({"agency": "yunhe", "closed_in": 2025}));
        let made = made.expect(201);
        let path = format!("/api/v1/retention/transfers/{}", made["id"].as_str().unwrap());
        let over = json!({"archive": "云河市档案馆", "receipt_no": "档收〔2025〕7号", "on": "2025-03-03"});
        post(service, "clerk", &format!("{path}/hand-over"), &over).expect(409);
        let bearer = format!("Bearer {}", service.token("clerk"));
        let fetch = || service.file(&format!("{path}/package"), &[("Authorization", &bearer)]);
        let (status, kind, bytes) = fetch();
        assert_eq!((status, kind.as_str()), (200, "application/zip"));
        service.get("signer", &format!("{path}/package")).expect(403);
        let papers = unzipped(&bytes);
        let sums = String::from_utf8(papers["SHA256SUMS"].clone()).unwrap();
        assert_eq!(sums.lines().count(), papers.len() - 1);
        for line in sums.lines() {
            let (hash, name) = line.split_once("  ").unwrap();
            assert_eq!(sha256(&papers[name]), hash, "{name}");
        }
        let mut archived = 0;
        for (name, paper) in &papers {
            if std::path::Path::new(name).extension().is_some_and(|kind| kind == "xml") {
                well_formed(paper);
            }
            if name.ends_with("-pdfa.pdf") {
                archived += 1;
                let raw = String::from_utf8_lossy(paper);
                for mark in ["pdfaid:part", "pdfaid:conformance", "/OutputIntents", "GTS_PDFA1"] {
                    assert!(raw.contains(mark), "{name} lacks {mark}");
                }
            }
        }
        assert!(archived >= 4, "the letters and the sheets: {:?}", papers.keys());
        let about = papers.iter().find(|(name, _)| name.ends_with("metadata.xml")).unwrap().1;
        let about = String::from_utf8(about.clone()).unwrap();
        assert!(about.contains(RARE) && about.contains("as_issued") && about.contains("10年"), "{about}");
        assert_eq!(sha256(&fetch().2), sha256(&bytes), "the same papers make the same package");

        let view = post(service, "clerk", &format!("{path}/hand-over"), &over).expect(200);
        assert_eq!(view["manifest"], json!(sha256(&papers["manifest.xml"])));
        post(service, "clerk", &format!("{path}/hand-over"), &over).expect(409);
        let seen = case.view();
        assert_eq!(
            (&seen["retention"]["handed_over"]["archive"], &seen["retention"]["handed_over"]["receipt_no"]),
            (&json!("云河市档案馆"), &json!("档收〔2025〕7号"))
        );
        let again = json!({"agency": "yunhe", "closed_in": 2025});
        post(service, "clerk", "/api/v1/retention/transfers", &again).expect(409);
        service.check();
    });
}

fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut papers = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        papers.insert(entry.name().unwrap().into_owned(), content);
    }
    papers
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    crate::support::served::hex(&sha2::Sha256::digest(bytes))
}

fn well_formed(xml: &[u8]) {
    let mut reader = quick_xml::Reader::from_reader(xml);
    let mut open = 0;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(_) => open += 1,
            quick_xml::events::Event::End(_) => open -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open, 0);
}

#[test]
fn the_pages_list_look_through_approve_and_hand_over() {
    on_both("2025-03-03", |service| {
        closed(service);
        service.day("2036-01-02");
        let mut clerk = Visitor::signed_in(service, "clerk");
        clerk.get("/desk").expect(200).says("保管与销毁");
        let page = clerk.get("/desk/retention").expect(200).says("期限届满").says("2035年12月31日");
        let made = clerk.submit(&page, "/desk/retention", &[("agency", "yunhe")]);
        let page = clerk.follow(made).expect(200).says("须由提出人以外");
        let id = service.get("clerk", "/api/v1/retention/disposals").expect(200)[0]["id"].as_str().unwrap().to_owned();
        assert!(!page.html.contains("批准销毁"));
        let at = format!("/desk/retention/lists/{id}");
        let mut signer = Visitor::signed_in(service, "signer");
        let page = signer.get(&at).expect(200).says("批准销毁");
        let done = signer.submit(&page, &format!("{at}/approve"), &[]);
        signer.follow(done).expect(200).says("正在销毁");
        service.office.carry_out_disposals(&mut |_| ()).unwrap();
        signer.get(&at).expect(200).says("已销毁").says("销毁证明书");
        let mut handler = Visitor::signed_in(service, "handler");
        assert!(!handler.get("/desk").expect(200).html.contains("/desk/retention"));
        handler.get("/desk/retention").expect(403);
    });
}

#[test]
fn once_a_month_those_who_may_list_hear_how_many_files_are_due_in_one_notice() {
    on_both("2025-03-03", |service| {
        closed(service);
        closed(service);
        let told = |service: &Served| -> Vec<String> {
            let memory = dafu::notices::memory::Memory::default();
            let transport = dafu::notices::transport::Transport::Memory(memory.clone());
            for done in dafu::scheduler::turn(&service.office, Some(&transport), "one", &mut |_| ()) {
                assert_eq!(done.report.unwrap().failed, [], "{}", done.name);
            }
            let letters = memory.letters();
            let due = letters.iter().filter(|one| one.rendered.subject == "保管期限届满的案卷：2件");
            let mut to: Vec<String> = due.map(|one| one.to_address.clone()).collect();
            to.sort();
            to
        };
        service.day("2035-12-31");
        assert!(told(service).is_empty(), "not yet");
        // The first working day of 2036 is the 2nd; mail to staff waits for it.
        service.day("2036-01-02");
        assert_eq!(told(service), ["clerk@example.org", "head@example.org"]);
        assert!(told(service).is_empty(), "once");
        service.day("2036-01-31");
        assert!(told(service).is_empty(), "once a month");
        service.day("2036-02-01");
        assert_eq!(told(service).len(), 2, "still due");
        let list = proposed(service);
        service.day("2036-03-03");
        assert!(told(service).is_empty(), "what stands on a list is in hand: {list}");
    });
}
