//! The annual report against four that were really published: cases and proceedings are made for every cell of them, and the tables
//! that are counted must be the published ones, cell by cell. Then what happens to a report: entered, frozen, restated, signed,
//! published, taken in as others printed it.

use chrono::NaiveDate;
use dafu::case::event::Event;
use dafu::case::terms::ServiceWay;
use dafu::case::{Case, Entry, Moment, Settings, open};
use dafu::ids::{AgencyId, CaseId, ProceedingId};
use dafu::journal::Algorithm;
use dafu::law::annual::Row;
use dafu::law::judgment::{Cell, Counts, Judgment, ReportRow, rule};
use dafu::law::outcome::Outcome;
use dafu::law::receipt::{ApplicantKind, Channel};
use dafu::office::failure::Failure;
use dafu::office::projection;
use dafu::office::reports::rows;
use dafu::proceeding::Command;
use dafu::proceeding::terms::{Procedure, Route};
use dafu::storage::proceedings::{self, ProceedingRow};
use dafu::storage::{Conn, agencies, report_proceedings};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::case::{CLERK, HANDLER, application, calendars, morning, text};
use crate::support::proceeding::{self, Desk};
use crate::support::program::is_drill;
use crate::support::served::{Answer, Served, on_both};

fn published() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/annual_reports.json");
    let data: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    data["reports"].as_array().unwrap().clone()
}

fn day(year: i64, month_and_day: &str) -> NaiveDate {
    format!("{year}-{month_and_day}").parse().unwrap()
}

/// The outcome that is counted in a row; of several the first. The single row of the trial form takes 3.6.3.
fn outcome_of(row: &str) -> Outcome {
    let row: Row = if row == "3.6" { Row::OtherResult } else { row.parse().unwrap() };
    *Outcome::ALL.iter().find(|outcome| Row::of(**outcome) == Some(row)).unwrap()
}

/// A desk that fills an office's books.
struct Filling<'a> {
    conn: &'a mut Conn,
    agency: AgencyId,
    made: u128,
}

impl Filling<'_> {
    /// A case that came and ended on these days, with its journal and all rows.
    fn case(&mut self, kind: ApplicantKind, came: NaiveDate, ended: Option<(NaiveDate, Outcome)>) -> CaseId {
        self.made += 1;
        let calendars = calendars();
        let id = CaseId::from_uuid(Uuid::from_u128(0xF111 << 64 | self.made));
        let mut asked = application(Channel::InPerson, came);
        (asked.agency, asked.applicant_kind, asked.receipt_no) = (self.agency, kind, format!("F-{:08}", self.made));
        let now = morning(came);
        let at = Moment { now, today: came, calendars: &calendars, actor: CLERK, settings: Settings::default() };
        let mut events = open(asked, &at).unwrap();
        events.push(Event::Registered {
            number: format!("云政公开申〔{came}〕{}号", self.made),
            on: came,
            evidence: None,
        });
        let mut entries = Entry::follow(id, 0, now, CLERK, events);
        if let Some((on, outcome)) = ended {
            let events = match outcome {
                Outcome::LapsedCorrection | Outcome::LapsedFee => {
                    vec![Event::Lapsed { outcome, finding: text(), letter: text(), on }]
                }
                Outcome::Withdrawn => vec![Event::Withdrawn { on, reason: None }],
                outcome => {
                    let drafted = Event::Drafted {
                        outcome,
                        withheld: vec![],
                        letter: text(),
                        submitted: true,
                        statements: vec![],
                        parts: vec![],
                        separability: None,
                        repeats: None,
                        flow: vec![],
                        personal_data: 0,
                    };
                    let way = ServiceWay::Electronic;
                    vec![drafted, Event::Served { way, on, proof: None, due: on, late: false, provisional: false }]
                }
            };
            let after = u32::try_from(entries.len()).unwrap();
            entries.extend(Entry::follow(id, after, morning(on), HANDLER, events));
        }
        let case = Case::replay(entries.clone()).unwrap();
        projection::record(self.conn, Algorithm::Sha256, None, &case, &entries, &calendars).unwrap();
        id
    }

    /// A proceeding that stands in this cell of the year.
    fn proceeding(&mut self, case: CaseId, year: i64, (line, cell): (ReportRow, Cell)) {
        self.made += 1;
        let (came, on) = (format!("{year}-02-06"), format!("{year}-04-08"));
        let mut opening = match line {
            ReportRow::Reconsideration => proceeding::reconsideration(Procedure::Ordinary, &came, &came),
            _ => proceeding::suit(Procedure::Ordinary, &came, &came),
        };
        opening.route = match line {
            ReportRow::Reconsideration => None,
            ReportRow::SuitDirect => Some(Route::Direct),
            ReportRow::SuitAfterReconsideration => Some(Route::AfterReconsideration { proceeding: None }),
        };
        (opening.case, opening.agency) = (case, self.agency);
        let mut desk = Desk::opened(opening, &came);
        if cell != Cell::Pending {
            desk.put(on.parse().unwrap(), proceeding::answer(&on)).unwrap();
            let court = line != ReportRow::Reconsideration;
            let judgment = Judgment::ALL.iter().copied().find(|one| {
                let is_court = one.as_str().starts_with("court_") && !one.as_str().contains("appeal");
                let fits = if court { is_court } else { one.as_str().starts_with("reconsideration_") };
                fits && rule(*one).counts == Counts::In(cell)
            });
            desk.put(on.parse().unwrap(), proceeding::decided(judgment.unwrap(), &on, &on)).unwrap();
            if desk.file.effect_on().is_none() {
                let later = format!("{year}-06-09");
                desk.put(later.parse().unwrap(), Command::RecordEffect { on: later.parse().unwrap() }).unwrap();
            }
        }
        let mut file = desk.file;
        file.id = ProceedingId::from_uuid(Uuid::from_u128(0xF222 << 64 | self.made));
        proceedings::insert(self.conn, &self.row(&file)).unwrap();
        report_proceedings::put(self.conn, file.id, &rows::proceeding_rows(&file).unwrap()).unwrap();
    }

    fn row(&self, file: &dafu::proceeding::Proceeding) -> ProceedingRow {
        ProceedingRow {
            id: file.id,
            version: 1,
            case_id: file.case(),
            agency_id: self.agency,
            number: format!("复{}", self.made),
            kind: file.kind().as_str().to_owned(),
            level: "sole".to_owned(),
            route: None,
            challenged: "reply".to_owned(),
            letter_number: None,
            stage: file.stage.as_str().to_owned(),
            handler_id: None,
            began_on: file.round.began_on(),
            received_on: None,
            due_on: None,
            due_provisional: false,
            due_clock: None,
            due_ours: false,
            judgment: None,
            decided_on: None,
            effect_on: None,
            overturned: false,
            reasons: String::new(),
            closed_on: None,
            told_on: file.round.began_on(),
            next_on: None,
            created_at: file.opened_at,
            updated_at: file.dated_at,
            struck: None,
        }
    }
}

/// Makes a case for every application of the report and a proceeding for every one of its table 四.
fn fill(service: &Served, report: &Value) {
    let year = report["year"].as_i64().unwrap();
    let cells = |row: &str| -> Vec<u64> {
        let line = report["three"].as_array().unwrap().iter().find(|line| line["row"] == row).unwrap();
        line["cells"].as_array().unwrap().iter().map(|cell| cell.as_u64().unwrap()).collect()
    };
    let fill = |conn: &mut Conn| -> Result<(), Failure> {
        let agency = agencies::find_by_slug(conn, "yunhe")?.unwrap().id;
        let mut books = Filling { conn, agency, made: u128::try_from(year).unwrap() << 32 };
        let mut some_case = None;
        for (column, kind) in ApplicantKind::ALL.iter().copied().enumerate() {
            // What was carried over came in the autumn before; the rest in the year itself.
            let mut carried = cells("2")[column];
            let came = |left: &mut u64| {
                if *left > 0 {
                    *left -= 1;
                    day(year - 1, "11-20")
                } else {
                    day(year, "03-04")
                }
            };
            for line in report["three"].as_array().unwrap() {
                let row = line["row"].as_str().unwrap();
                if matches!(row, "1" | "2" | "3.7" | "4") {
                    continue;
                }
                for _ in 0..line["cells"][column].as_u64().unwrap() {
                    let from = came(&mut carried);
                    some_case = Some(books.case(kind, from, Some((day(year, "05-06"), outcome_of(row)))));
                }
            }
            for _ in 0..cells("4")[column] {
                let from = came(&mut carried);
                some_case = Some(books.case(kind, from, None));
            }
        }
        let case = some_case.unwrap();
        for line in report["four"].as_array().unwrap() {
            let row: ReportRow = line["row"].as_str().unwrap().parse().unwrap();
            for (cell, number) in Cell::ALL.iter().zip(line["cells"].as_array().unwrap()) {
                for _ in 0..number.as_u64().unwrap() {
                    books.proceeding(case, year, (row, *cell));
                }
            }
        }
        Ok(())
    };
    service.office.db().write_now(fill).unwrap();
}

/// What is entered, as it was printed.
fn enter(service: &Served, report: &Value) {
    let mut body = report["two"].clone();
    body["form"] = report["form"].clone();
    put(service, "clerk", report["year"].as_i64().unwrap(), 0, &body).expect(200);
}

fn put(service: &Served, login: &str, year: i64, version: u32, body: &Value) -> Answer {
    let (path, tag) = (format!("/api/v1/reports/annual/{year}/agencies/yunhe"), format!("\"{version}\""));
    service.by(login, "PUT", &path, &[("If-Match", &tag)], Some(body))
}

fn post(service: &Served, login: &str, path: &str, body: &Value) -> Answer {
    service.by(login, "POST", path, &[], Some(body))
}

fn counted(service: &Served, year: i64) -> Value {
    service.get("supervisor", &format!("/api/v1/reports/annual/{year}?agency=yunhe")).expect(200)
}

#[track_caller]
fn is_as_published(bench: &Value, report: &Value) {
    let tables = &bench["report"]["tables"];
    assert_eq!(tables["two"], report["two"]);
    let rows = tables["three"].as_array().unwrap();
    assert_eq!(rows.len(), report["three"].as_array().unwrap().len());
    for line in report["three"].as_array().unwrap() {
        let counted = rows.iter().find(|row| row["row"]["code"] == line["row"]).unwrap();
        assert_eq!(counted["cells"], line["cells"], "row {} of {} {}", line["row"], report["agency"], report["year"]);
    }
    for (counted, line) in tables["four"].as_array().unwrap().iter().zip(report["four"].as_array().unwrap()) {
        assert_eq!(counted["cells"], line["cells"], "{} of {} {}", line["row"], report["agency"], report["year"]);
        let sum: u64 = line["cells"].as_array().unwrap().iter().map(|cell| cell.as_u64().unwrap()).sum();
        assert_eq!(counted["total"], sum, "a total is reckoned, whatever was printed");
    }
    assert_eq!(bench["breaks"], json!([]), "what is counted agrees");
}

#[test]
fn what_is_counted_is_what_was_published_cell_by_cell_in_four_real_reports() {
    for (at, report) in published().into_iter().enumerate() {
        let year = report["year"].as_i64().unwrap();
        let counts = |service: &Served| {
            fill(service, &report);
            enter(service, &report);
            is_as_published(&counted(service, year), &report);
        };
        let day = format!("{}-01-12", year + 1);
        // Every one on both databases by `make drill`.
        if at == 0 || is_drill() { on_both(&day, counts) } else { counts(&Served::on_sqlite(&day)) }
    }
}

#[test]
fn what_was_pending_is_carried_over_column_by_column_into_a_second_year() {
    let report = published().into_iter().find(|one| one["agency"] == "宿迁市人民政府").unwrap();
    on_both("2025-01-12", |service| {
        fill(service, &report);
        let close = |conn: &mut Conn| -> Result<(), Failure> {
            let agency = agencies::find_by_slug(conn, "yunhe")?.unwrap().id;
            let mut books = Filling { conn, agency, made: 0xA << 100 };
            books.case(
                ApplicantKind::ResearchInstitution,
                day(2024, "02-19"),
                Some((day(2024, "03-01"), Outcome::NotHeld)),
            );
            Ok(())
        };
        service.office.db().write_now(close).unwrap();
        let second = counted(service, 2024);
        let cells = |row: &str| {
            let rows = second["report"]["tables"]["three"].as_array().unwrap();
            rows.iter().find(|one| one["row"]["code"] == row).unwrap()["cells"].clone()
        };
        assert_eq!(cells("2"), json!([118, 3, 0, 0, 0, 0, 121]), "what 2023 left open");
        assert_eq!((cells("1"), cells("3.4.1")), (json!([0, 0, 1, 0, 0, 0, 1]), json!([0, 0, 1, 0, 0, 0, 1])));
        assert_eq!(cells("4"), json!([118, 3, 0, 0, 0, 0, 121]));
        assert_eq!(second["breaks"], json!([]), "row 2 is row 4 of the year before");

        let opened = service
            .get("supervisor", "/api/v1/reports/annual/2024/cells?agency=yunhe&row=2&column=commercial_enterprise");
        let opened = opened.expect(200);
        assert_eq!(opened["items"].as_array().unwrap().len(), 3, "a cell opens its cases");
        let mut through = 0;
        let mut cursor = String::new();
        loop {
            let path = format!("/api/v1/reports/annual/2024/cells?agency=yunhe&row=2&limit=50{cursor}");
            let page = service.get("supervisor", &path).expect(200);
            through += page["items"].as_array().unwrap().len();
            let Some(next) = page["next"].as_str() else { break };
            cursor = format!("&cursor={}", next.replace('|', "%7C"));
        }
        assert_eq!(through, 121, "page by page, each once");
        let reviews = service
            .get("supervisor", "/api/v1/reports/annual/2023/cells?agency=yunhe&row=reconsideration&column=corrected");
        assert_eq!(reviews.expect(200)["items"].as_array().unwrap().len(), 17);
        service.get("supervisor", "/api/v1/reports/annual/2023/cells?agency=yunhe&row=9").expect(422);
    });
}

#[test]
fn a_report_is_entered_frozen_restated_signed_and_published() {
    let report =
        published().into_iter().find(|one| one["agency"] == "淮安市洪泽区人民政府" && one["year"] == 2024).unwrap();
    on_both("2024-12-31", |service| {
        fill(service, &report);
        let mut body = report["two"].clone();
        body["words"] = json!({"overview": "2024年，共受理申请95件。", "other": "无其他需要报告的事项。"});
        put(service, "handler", 2024, 0, &body).expect(403);
        let bench = put(service, "clerk", 2024, 0, &body).expect(200);
        assert_eq!((&bench["version"], &bench["over"], &bench["missing"]), (&json!(1), &json!(false), &json!([])));
        let stale = put(service, "clerk", 2024, 0, &body).expect(412);
        assert_eq!(stale["current"]["version"], 1);
        let mut wrong = body.clone();
        wrong["charges"] = json!("一亿");
        assert_eq!(put(service, "clerk", 2024, 1, &wrong).expect(422)["errors"][0]["pointer"], "/charges");

        let editions = "/api/v1/reports/annual/2024/editions";
        let freezing = json!({"agency": "yunhe"});
        post(service, "clerk", editions, &freezing).expect(409);
        service.clock.set(morning("2025-01-12".parse().unwrap()));
        let first = post(service, "clerk", editions, &freezing).expect(201);
        assert_eq!((&first["edition"], &first["breaks"]), (&json!(1), &json!([])));

        // A case that was recorded late changes the count, not what is frozen.
        let add = |conn: &mut Conn| -> Result<(), Failure> {
            let agency = agencies::find_by_slug(conn, "yunhe")?.unwrap().id;
            let mut books = Filling { conn, agency, made: 0xB << 100 };
            books.case(ApplicantKind::NaturalPerson, day(2024, "12-30"), None);
            Ok(())
        };
        service.office.db().write_now(add).unwrap();
        let moved = counted(service, 2024);
        let told: Vec<_> = moved["moved"].as_array().unwrap().iter().map(|one| one["row"]["code"].clone()).collect();
        assert_eq!(told, [json!("1"), json!("1"), json!("4"), json!("4")], "in its column and in the total");
        let id = |edition: &Value| edition["id"].as_str().unwrap().to_owned();
        let kept = service.get("supervisor", &format!("/api/v1/reports/editions/{}", id(&first))).expect(200);
        assert_eq!(kept["report"], first["report"]);
        assert_eq!(post(service, "clerk", editions, &freezing).expect(422)["errors"][0]["pointer"], "/reason");
        let why = json!({"agency": "yunhe", "reason": "补录一件年末收到的申请。"});
        let second = post(service, "clerk", editions, &why).expect(201);
        assert_eq!(second["edition"], 2);

        let act = |login: &str, act: &str| {
            post(service, login, &format!("/api/v1/reports/editions/{}/{act}", id(&second)), &json!({}))
        };
        let with_all = json!({"agency": "yunhe", "below": true});
        let together = post(service, "clerk", editions, &with_all).expect(201);
        assert_eq!((&together["edition"], &together["reason"]), (&json!(3), &Value::Null), "it restates nothing");
        act("clerk", "publication").expect(409);
        act("clerk", "signature").expect(403);
        act("signer", "signature").expect(200);
        act("signer", "signature").expect(409);
        service.public("GET", "/api/v1/public/annual-reports/yunhe/2024", None, None).expect(404);
        service.clock.set(morning("2025-04-02".parse().unwrap()));
        let publication = format!("/api/v1/reports/editions/{}/publication", id(&second));
        let before = post(service, "clerk", &publication, &json!({"on": "2025-01-11"})).expect(422);
        assert_eq!(before["errors"][0]["pointer"], "/on", "nobody publishes what is not signed yet");
        assert_eq!(act("clerk", "publication").expect(200)["published_on"], "2025-04-02");
        late_on_the_score_card(service, &id(&second));
        let public = service.public("GET", "/api/v1/public/annual-reports/yunhe/2024", None, None).expect(200);
        assert_eq!((&public["edition"], &public["report"]), (&json!(2), &second["report"]));
        let list = service.public("GET", "/api/v1/public/annual-reports", None, None).expect(200);
        assert_eq!(list.as_array().unwrap().len(), 1);
        files_say_the_same(service, &public["report"]);
    });
}

/// What was taken in is public once a head of the office has signed it, with what does not agree in it; its numbers have bounds, and
/// what is frozen over it says where it differs.
fn public_once_it_is_signed(service: &Served) {
    let mut body = published().into_iter().find(|one| one["year"] == 2023).map(|report| {
        let mut body = report["two"].clone();
        for name in ["form", "three", "four"] {
            body[name] = report[name].clone();
        }
        body
    });
    let body = body.as_mut().unwrap();
    (body["agency"], body["published_on"]) = (json!("yunhe"), json!("2023-12-31"));
    let path = "/api/v1/reports/annual/2023/published";
    assert_eq!(post(service, "clerk", path, body).expect(422)["errors"][0]["pointer"], "/published_on");
    body["published_on"] = json!("2024-01-20");
    let fits = body["three"][0]["cells"][0].clone();
    body["three"][0]["cells"][0] = json!(u64::MAX);
    assert_eq!(post(service, "clerk", path, body).expect(422)["errors"][0]["pointer"], "/three");
    body["three"][0]["cells"][0] = fits;
    post(service, "clerk", "/api/v1/reports/annual/2025/published", body).expect(422);
    let taken = post(service, "clerk", path, body).expect(201);
    let public = "/api/v1/public/annual-reports/yunhe/2023";
    service.public("GET", public, None, None).expect(404);
    let sign = format!("/api/v1/reports/editions/{}/signature", taken["id"].as_str().unwrap());
    post(service, "clerk", &sign, &json!({})).expect(403);
    post(service, "signer", &sign, &json!({})).expect(200);
    let shown = service.public("GET", public, None, None).expect(200);
    assert_eq!((&shown["origin"]["code"], &shown["report"]), (&json!("published"), &taken["report"]));
    service.public("GET", &format!("{public}?below=true"), None, None).expect(404);
    let list = service.public("GET", "/api/v1/public/annual-reports?agency=yunhe", None, None).expect(200);
    assert_eq!(
        list,
        json!([{"agency": list[0]["agency"], "year": 2023, "below": false, "published_on": "2024-01-20"}]),
        "no account of anybody"
    );
    let bench = service.get("supervisor", "/api/v1/reports/annual/2023?agency=yunhe").expect(200);
    assert!(!bench["moved"].as_array().unwrap().is_empty(), "nothing is counted here, and that is told");
    body["agency"] = json!("qingxi");
    post(service, "county_clerk", path, body).expect(201);
    let over = service.get("supervisor", "/api/v1/reports/annual/2023?agency=yunhe&below=true").expect(200);
    assert_eq!(over["as_printed"][0]["slug"], "qingxi");
    assert!(!over["unentered"].as_array().unwrap().is_empty());
}

/// After 31 March it is late for a government and for a department: the score card says so, and opens it.
fn late_on_the_score_card(service: &Served, id: &str) {
    let get = |path: &str| service.get("supervisor", &format!("/api/v1/supervision/scorecards{path}")).expect(200);
    let of = |cards: &Value| {
        let card = cards["items"].as_array().unwrap().iter().find(|one| one["agency"]["slug"] == "yunhe").unwrap();
        let line = card["lines"].as_array().unwrap().iter().find(|line| line["rule"] == "late_annual_report");
        (line.unwrap()["count"].clone(), line.unwrap()["points"].clone())
    };
    assert_eq!(of(&get("?period=2025")), (json!(1), json!(-5)));
    assert_eq!(of(&get("?period=2025-Q1")), (json!(0), json!(0)));
    let items = get("/items?agency=yunhe&rule=late_annual_report&period=2025");
    assert_eq!(
        items["items"],
        json!([{"case": null, "proceeding": null, "order": null, "report": id, "number": "2024", "on": "2025-04-02"}])
    );
}

/// The workbook has the numbers in the order of the form, the PDF and the DOCX its words.
fn files_say_the_same(service: &Served, report: &Value) {
    use calamine::{Data, Reader, Xlsx};
    let fetch = |format: &str| service.file(&format!("/api/v1/public/annual-reports/yunhe/2024/{format}"), &[]);
    let (status, _, bytes) = fetch("xlsx");
    assert_eq!(status, 200);
    assert_eq!(fetch("xlsx").2, bytes, "equal reports give equal bytes");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("表三 依申请公开").unwrap();
    let numbers: Vec<Vec<u64>> = sheet
        .rows()
        .map(|row| {
            row.iter()
                .filter_map(|cell| if let Data::Float(number) = cell { number.to_string().parse().ok() } else { None })
                .collect()
        })
        .filter(|row: &Vec<u64>| row.len() == 7)
        .collect();
    let rows: Vec<Vec<u64>> = report["tables"]["three"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["cells"].as_array().unwrap().iter().map(|cell| cell.as_u64().unwrap()).collect())
        .collect();
    assert_eq!(numbers, rows);
    let (status, kind, pdf) = fetch("pdf");
    assert_eq!((status, kind.as_str()), (200, "application/pdf"));
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("report.pdf");
    std::fs::write(&place, pdf).unwrap();
    let text = std::process::Command::new("pdftotext").arg(&place).arg("-").output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    for words in [
        "年政府信息公开工作年度报告",
        "2024年，共受理申请95件。",
        "本年度未收取政府信息公开信息处理费",
        "结转下年度继续办理",
    ] {
        assert!(text.replace(['\n', ' '], "").contains(words), "{words} is not in {text}");
    }
    let (status, _, docx) = fetch("docx");
    assert_eq!((status, docx.get(..2)), (200, Some(&b"PK"[..])));
}

#[test]
fn a_report_of_others_is_kept_as_it_was_printed_and_what_does_not_agree_in_it_is_told() {
    on_both("2025-03-12", |service| {
        for report in published() {
            let year = report["year"].as_i64().unwrap();
            let mut body = report["two"].clone();
            for (name, value) in [("form", &report["form"]), ("three", &report["three"]), ("four", &report["four"])] {
                body[name] = value.clone();
            }
            body["agency"] = json!("yunhe");
            body["below"] = json!(report["agency"] != "淮安市人民政府");
            body["remark"] = report["agency"].clone();
            let path = format!("/api/v1/reports/annual/{year}/published");
            let taken = post(service, "clerk", &path, &body).expect(201);
            let broken: Vec<_> = taken["breaks"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|one| one["identity"]["code"] == "I4")
                .map(|one| {
                    (
                        one["place"].as_str().unwrap(),
                        one["printed"].as_u64().unwrap(),
                        one["reckoned"].as_u64().unwrap(),
                    )
                })
                .collect();
            if report["breaks_i4"].as_array().unwrap().is_empty() {
                assert_eq!(broken, [], "{} {year}", report["agency"]);
            } else {
                assert_eq!(broken, [("reconsideration", 0, 11), ("suit_after_reconsideration", 0, 5)]);
            }
            let others =
                taken["breaks"].as_array().unwrap().iter().map(|one| one["identity"]["code"].as_str().unwrap());
            assert!(others.clone().all(|code| !matches!(code, "I1" | "I2" | "I3")), "{:#}", taken["breaks"]);
            let printed = &taken["report"]["tables"]["four"];
            assert_eq!(printed[0]["total"], report["four"][0]["total"], "as it was printed");
        }
        public_once_it_is_signed(service);
        let mut short = json!({"agency": "yunhe", "three": [{"row": "1", "cells": [1, 2]}], "four": []});
        let told = post(service, "clerk", "/api/v1/reports/annual/2022/published", &short).expect(422);
        assert!(told["errors"].as_array().unwrap().iter().any(|one| one["pointer"] == "/three/0/cells"));
        short["three"] = json!([]);
        let told = post(service, "clerk", "/api/v1/reports/annual/2022/published", &short).expect(422);
        assert_eq!(told["errors"].as_array().unwrap().len(), 25 + 3, "every row that is missing is told");
    });
}
