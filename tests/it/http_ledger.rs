//! The ledger, as somebody takes it; and its way into an empty database of the other kind and out again.

use std::collections::BTreeMap;

use dafu::law::outcome::Outcome;
use dafu::reports::columns::{Column, Sheet, Wanted};
use dafu::reports::readback::{self, Row};
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft, draft_withholding};
use crate::support::postgres::Cluster;
use crate::support::served::{Answer, Served, application, on_both};

const PERIOD: &str = "from=2025-01-01&to=2026-12-31";
/// The same with the year before, of which there is but table two.
const EVER: &str = "from=2024-01-01&to=2026-12-31";

/// The ledger as that officer gets it.
#[track_caller]
fn taken(service: &Served, login: &str, form: &str, query: &str) -> Vec<u8> {
    let bearer = format!("Bearer {}", service.token(login));
    let path = format!("/api/v1/reports/ledger.{form}?{query}");
    let (status, _, bytes) = service.file(&path, &[("Authorization", &bearer)]);
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
    bytes
}

/// The whole ledger of the city, with its people.
fn whole(service: &Served) -> Vec<u8> {
    taken(service, "clerk", "xlsx", &format!("{EVER}&agency=yunhe&reason=moving&unmasked=true"))
}

fn brought_in(service: &Served, login: &str, query: &str, bytes: &[u8]) -> Answer {
    let bearer = format!("Bearer {}", service.token(login));
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/octet-stream")];
    service.bytes("POST", &format!("/api/v1/imports?{query}"), &headers, bytes)
}

/// Each sheet's rows by their numbers, with every column that is read back.
fn rows(bytes: &[u8]) -> BTreeMap<&'static str, BTreeMap<String, Vec<String>>> {
    let line = |columns: &[Column], row: &Row| -> Vec<String> {
        let carried = columns.iter().filter(|one| one.wanted != Wanted::Never);
        carried.map(|one| row.cells.get(one.code).cloned().unwrap_or_default()).collect()
    };
    let key = |row: &Row| ["number", "receipt_no", "year"].iter().find_map(|one| row.cells.get(*one)).unwrap().clone();
    let sheets = readback::read(bytes, 10_000).unwrap();
    let of = |sheet: Sheet| {
        let found = sheets.iter().filter(|one| one.sheet == sheet).flat_map(|one| &one.rows);
        found.map(|row| (key(row), line(&sheet.columns(), row))).collect()
    };
    Sheet::ALL.iter().map(|sheet| (sheet.as_str(), of(*sheet))).collect()
}

fn cell(bytes: &[u8], sheet: Sheet, number: &str, column: &str) -> String {
    let sheets = readback::read(bytes, 10_000).unwrap();
    let mut all = sheets.iter().filter(|one| one.sheet == sheet).flat_map(|one| &one.rows);
    let row = all.find(|row| row.cells.values().any(|cell| cell == number)).unwrap();
    row.cells.get(column).cloned().unwrap_or_default()
}

/// The file of a proceeding, by its acts.
struct File<'a>(&'a Served, String);

impl<'a> File<'a> {
    #[track_caller]
    fn opened(case: &Handled<'a>, body: &Value) -> Self {
        let path = format!("/api/v1/cases/{}/proceedings", case.id);
        let file = case.service.by("lawyer", "POST", &path, &[], Some(body)).expect(201);
        Self(case.service, file["id"].as_str().unwrap().to_owned())
    }

    #[track_caller]
    fn does(&self, act: &str, body: &Value) {
        self.done_by("lawyer", act, body);
    }

    #[track_caller]
    fn done_by(&self, login: &str, act: &str, body: &Value) {
        let path = format!("/api/v1/proceedings/{}", self.1);
        let etag = self.0.get("lawyer", &path).etag.unwrap_or_default();
        self.0.by(login, "POST", &format!("{path}/acts/{act}"), &[("If-Match", &etag)], Some(body)).expect(200);
    }
}

fn entered(service: &Served, channel: &str, kind: &str, name: &str) -> String {
    let mut body = application();
    body["agency"] = json!("yunhe");
    body["channel"] = json!(channel);
    body["applicant"]["kind"] = json!(kind);
    body["applicant"]["name"] = json!(name);
    body["applicant"]["contact_name"] = json!("周敏");
    body["request"]["subject"] = json!("=1+1 施工许可\n<附件> & \"说明\"");
    let made = service.by("clerk", "POST", "/api/v1/cases", &[], Some(&body)).expect(201);
    made["case"]["id"].as_str().or(made["id"].as_str()).unwrap().to_owned()
}

fn reconsideration(on: &str) -> Value {
    json!({
        "kind": "reconsideration", "challenged": "reply", "authority": "云河省人民政府", "procedure": "simplified",
        "submitted_on": on, "accepted_on": on, "received_on": on,
    })
}

fn revoked(on: &str) -> Value {
    json!({
        "judgment": "reconsideration_revoked", "made_on": on, "reasons": ["wrong_ground", "no_reasons"],
        "period": "working_days", "period_days": 15,
    })
}

/// Cases and proceedings of many kinds, all by the office's own doors; the clock stands on 2026-02-02 at the end.
fn a_year_of_work(service: &Served) {
    // Granted, extended before, corrected before.
    let extended = Handled::new(service);
    extended.does("handler", "correction-requests", &json!({"letter": "请补充项目名称。"}));
    service.day("2025-03-05");
    extended.does("clerk", "corrections", &json!({"text": "城东片区。"}));
    extended.does("handler", "extension-request", &json!({"days": 20, "reason": "情况复杂。"}));
    extended.does("head", "extension-decision", &json!({"granted": true}));
    extended.does("handler", "extension-notice", &json!({"letter": "延长答复期限二十个工作日。"}));
    extended.replied(&draft(Outcome::Granted));
    // Withdrawn; waiting for a correction; waiting for confirmation; registered and no more.
    let withdrawn = Handled::new(service);
    withdrawn.applicant("POST", "/withdrawal", Some(&json!({}))).expect(200);
    let asked = Handled::new(service);
    asked.does("handler", "correction-requests", &json!({"letter": "请补充年份。"}));
    entered(service, "email", "natural_person", "钱多");
    let firm = entered(service, "signed_post", "legal_service_organisation", "云河正言律师事务所");
    service.act("clerk", &firm, "registration", &json!({"evidence": "EMS 1"})).expect(200);

    // Charged by the page, and paid.
    let charged = Handled::new(service);
    charged.does(
        "handler",
        "fee-notices",
        &json!({"basis": "page", "units": 119, "letter": "请按所附标准缴纳信息处理费。"}),
    );
    charged.does("clerk", "payments", &json!({"evidence": "收据第1号"}));
    // A record about oneself, which the annual report does not count.
    let mut own = application();
    own["besides"] = json!({"matter": "records_correction", "evidence": "身份证住址"});
    Handled::of(service, &own).replied(&draft(Outcome::RecordsCorrected));

    // Refused, revoked, answered anew; sued, dismissed, appealed, dismissed again.
    let fought = Handled::new(service);
    fought.replied(&draft(Outcome::RefusedProcessInformation));
    let pending = Handled::new(service);
    pending.replied(&draft(Outcome::RefusedInternalAffairs));
    let ordered = Handled::new(service);
    ordered.replied(&draft(Outcome::RefusedProcessInformation));
    service.day("2025-04-29");
    let body = File::opened(&fought, &reconsideration("2025-04-29"));
    body.does("answer", &json!({"text": "请予维持。"}));
    let struck = File::opened(&fought, &reconsideration("2025-04-29"));
    struck.done_by("head", "close", &json!({"reason": "merged", "text": "并案审理。"}));
    service.day("2025-05-23");
    body.does("receive_decision", &revoked("2025-05-22"));
    let part = [Outcome::RefusedProcessInformation, Outcome::RefusedInternalAffairs];
    fought.replied(&draft_withholding(Outcome::PartlyGranted, &part));
    body.does("record_performance", &json!({"text": "已重新答复。"}));
    File::opened(&pending, &reconsideration("2025-05-23"));
    service.day("2025-10-09");
    let court = File::opened(
        &fought,
        &json!({
            "kind": "litigation", "challenged": "reply", "route": "direct", "authority": "云河市中级人民法院",
            "authority_number": "（2025）云01行初7号", "accepted_on": "2025-10-09", "received_on": "2025-10-09",
        }),
    );
    service.day("2025-12-15");
    court.does("receive_decision", &json!({"judgment": "court_dismissed", "made_on": "2025-12-12"}));
    service.day("2025-12-20");
    court.does("record_appeal", &json!({"by": "plaintiff", "on": "2025-12-19"}));
    service.day("2026-01-28");
    court.does("receive_decision", &json!({"judgment": "court_appeal_dismissed", "made_on": "2026-01-26"}));
    for (year, normative) in [(2024, json!(null)), (2025, json!({"made": 12, "repealed": 3, "in_force": 90}))] {
        let body = json!({"normative_documents": normative, "licences": 1_200, "charges": "59237.2449"});
        let path = format!("/api/v1/reports/annual/{year}/agencies/yunhe");
        service.by("clerk", "PUT", &path, &[("If-Match", "\"0\"")], Some(&body)).expect(200);
    }
    // Revoked, and not answered anew yet.
    let last = File::opened(&ordered, &reconsideration("2026-01-28"));
    service.day("2026-01-30");
    last.does("receive_decision", &revoked("2026-01-29"));
    service.day("2026-02-02");
}

#[test]
fn a_ledger_brought_into_an_empty_database_of_the_other_kind_comes_out_as_it_went_in() {
    let here = Served::on_sqlite("2025-03-03");
    a_year_of_work(&here);
    here.check();
    let there = match Cluster::shared() {
        Some(cluster) => Served::start(&cluster.migrated_database(), "2026-02-02"),
        None => Served::on_sqlite("2026-02-02"),
    };
    let taken = whole(&here);
    let tried = brought_in(&there, "admin", "agency=yunhe&dry_run=true", &taken).expect(200);
    assert_eq!(tried["problems"], json!([]), "{tried:#}");
    assert_eq!((&tried["dry_run"], &tried["cases"]["brought_in"]), (&json!(true), &json!(0)));
    let done = brought_in(&there, "admin", "agency=yunhe", &taken).expect(200);
    assert_eq!(done["cases"]["brought_in"], done["cases"]["rows"], "{done:#}");
    assert_eq!((&done["cases"]["rows"], &done["proceedings"]["brought_in"]), (&json!(10), &json!(5)), "{done:#}");
    assert_eq!(done["table_two"]["brought_in"], 2, "{done:#}");

    let again = whole(&there);
    assert_eq!(rows(&again), rows(&taken));
    for year in [2025, 2026] {
        let path = format!("/api/v1/reports/{year}/table-four");
        let table = here.get("supervisor", &path).expect(200);
        assert!(table["rows"].as_array().unwrap().iter().any(|row| row["total"] != json!(0)), "{table:#}");
        assert_eq!(there.get("supervisor", &path).expect(200), table, "table four of {year}");
    }
    for year in [2024, 2025, 2026] {
        let report = |of: &Served| {
            let path = format!("/api/v1/reports/annual/{year}?agency=yunhe");
            of.get("supervisor", &path).expect(200)["report"].clone()
        };
        let expected = report(&here);
        assert_eq!(report(&there), expected, "the annual report of {year}, cell by cell");
        let told = expected.to_string();
        assert!(year != 2025 || (told.contains("59237.2449") && told.contains("\"fees\"")), "{expected:#}");
    }
    // What a decision has answered anew is due on the same day, and so is what only waits.
    let open = |bytes: &[u8]| -> BTreeMap<String, (String, String)> {
        let sheets = readback::read(bytes, 10_000).unwrap();
        let rows = sheets.iter().filter(|one| one.sheet == Sheet::Cases).flat_map(|one| &one.rows);
        let due = |row: &Row| Some((row.cells["receipt_no"].clone(), row.cells.get("due_on")?.clone()));
        rows.filter_map(due).map(|(number, on)| (number.clone(), (number, on))).collect()
    };
    assert_eq!(open(&again), open(&taken));
    assert_eq!(open(&again).len(), 5, "asked, unconfirmed, registered, charged, ordered");

    // A second time it changes nothing.
    let second = brought_in(&there, "admin", "agency=yunhe", &taken).expect(200);
    assert_eq!((&second["cases"]["already_there"], &second["cases"]["brought_in"]), (&json!(10), &json!(0)));
    assert_eq!(second["proceedings"]["already_there"], 5);
    there.check();
    let verified = there.command().args(["audit", "verify"]).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[test]
fn people_are_whole_only_for_who_works_there_and_says_so_and_every_file_tells_who_took_it() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::Granted));
        let number = case.view()["number"].as_str().unwrap().to_owned();
        let asked = format!("{PERIOD}&reason=statistics");
        let person = |login: &str, more: &str| {
            let bytes = taken(service, login, "xlsx", &format!("{asked}{more}"));
            ["applicant", "identity_number", "phone"].map(|column| cell(&bytes, Sheet::Cases, &number, column))
        };
        let masked = ["陈**", "***", "***"].map(str::to_owned);
        assert_eq!(person("clerk", ""), masked, "not asked for");
        assert_eq!(person("supervisor", "&unmasked=true"), masked, "they do not work on it");
        assert_eq!(
            person("clerk", "&unmasked=true"),
            ["陈晓燕", "110101199003070011", "13800000001"].map(str::to_owned)
        );

        let wished = String::from_utf8(taken(service, "supervisor", "csv", &format!("{asked}&unmasked=true"))).unwrap();
        assert!(
            wished.lines().last().unwrap().contains("已脱敏"),
            "it says what it is, not what was wished for: {wished}"
        );

        let text = String::from_utf8(taken(service, "head", "csv", &asked)).unwrap();
        let last = text.lines().last().unwrap();
        for told in ["云河市人民政府", "某head", "2025-03-03 12:00", "统计分析", "已脱敏"] {
            assert!(last.starts_with("# ") && last.contains(told), "{told}: {last}");
        }
        let narrow =
            String::from_utf8(taken(service, "head", "csv", &format!("{asked}&columns=number,outcome"))).unwrap();
        assert_eq!(narrow.lines().next().unwrap(), "\u{feff}\"登记编号\",\"办理结果\"");
        assert!(narrow.contains("\"予以公开\""), "{narrow}");

        let log = service.get("auditor", "/api/v1/audit/entries?kind=export").expect(200);
        let entries = log["items"].as_array().unwrap();
        assert_eq!(entries.len(), 6, "{log:#}");
        assert!(entries.iter().all(|one| one["facts"]["what"] == "ledger"), "{log:#}");

        let refused = |login: &str, query: &str| service.get(login, &format!("/api/v1/reports/ledger.csv?{query}"));
        refused("handler", &asked).expect(403);
        refused("county_clerk", &format!("{asked}&agency=jianshe")).expect(404);
        let wrong = refused("clerk", "from=2025-02-01&to=2025-01-01&columns=number,colour&reason=other").expect(422);
        assert_eq!(wrong["errors"].as_array().unwrap().len(), 2, "{wrong:#}");
        refused("clerk", PERIOD).expect(422);
    });
}

#[test]
fn a_ledger_has_what_was_there_in_the_period_and_goes_on_over_pages() {
    on_both("2025-03-03", |service| {
        let closed = Handled::new(service);
        closed.replied(&draft(Outcome::Granted));
        service.day("2025-06-02");
        let pending = Handled::new(service);
        let numbers = |from: &str, to: &str| -> Vec<String> {
            let query = format!("from={from}&to={to}&reason=other&columns=receipt_no");
            let text = String::from_utf8(taken(service, "supervisor", "csv", &query)).unwrap();
            text.lines()
                .skip(1)
                .filter(|line| !line.starts_with('#'))
                .map(|line| line.trim_matches('"').to_owned())
                .collect()
        };
        let of = |case: &Handled<'_>| case.receipt["receipt_no"].as_str().unwrap().to_owned();
        assert_eq!(numbers("2025-03-01", "2025-03-31"), [of(&closed)]);
        assert_eq!(numbers("2025-04-01", "2025-05-31"), [""; 0], "closed before, not yet received");
        assert_eq!(numbers("2025-03-03", "2025-06-30"), [of(&closed), of(&pending)]);
        assert_eq!(numbers("2026-01-01", "2026-01-31"), [of(&pending)], "pending");
    });
}
