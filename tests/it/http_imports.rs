//! Old cases brought in from a ledger: what is told of bad rows, what becomes of good ones.

use std::process::Output;

use dafu::reports::book::Workbook;
use dafu::reports::columns::Sheet;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Answer, Served, on_both};
use dafu::law::outcome::Outcome;

pub const HEADS: [&str; 11] = [
    "登记编号",
    "渠道",
    "到达日期",
    "收到日期",
    "申请人类别",
    "申请人",
    "证件号码",
    "申请内容",
    "办理结果",
    "办结日期",
    "逾期答复",
];

/// An old case that was answered.
fn old(number: &str) -> Vec<String> {
    [
        number,
        "邮寄（需签收）",
        "2021/3/1",
        "2021年3月1日",
        "自然人",
        "陈晓燕",
        "110101199003070011",
        "旧改合同",
        "予以公开",
        "2021-03-22",
        "否",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn text(rows: &[Vec<String>]) -> Vec<u8> {
    let mut text = HEADS.join(",");
    for row in rows {
        text.push_str("\r\n");
        text.push_str(&row.join(","));
    }
    text.into_bytes()
}

fn brought_in(service: &Served, login: &str, query: &str, bytes: &[u8]) -> Answer {
    let bearer = format!("Bearer {}", service.token(login));
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "text/csv")];
    service.bytes("POST", &format!("/api/v1/imports?{query}"), &headers, bytes)
}

fn cases(service: &Served) -> Vec<Value> {
    service.get("clerk", "/api/v1/cases?sort=created_at").expect(200)["items"].as_array().unwrap().clone()
}

#[test]
fn every_bad_cell_is_told_with_its_place_and_nothing_is_written_unless_good_rows_are_wished_for() {
    on_both("2026-01-05", |service| {
        let mut bad = old("2021-2");
        bad[1] = "鸽子".to_owned();
        bad[3] = "2021-02-30".to_owned();
        bad[9] = String::new();
        let mut late = old("2021-3");
        late[9] = "2021-02-01".to_owned();
        let file = text(&[old("2021-1"), bad, late, old("2021-1")]);
        let told = brought_in(service, "head", "agency=yunhe", &file).expect(200);
        let places: Vec<_> = told["problems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["row"].as_u64().unwrap(), one["column"].as_str().unwrap()))
            .collect();
        assert_eq!(places, [(3, "channel"), (3, "received_on"), (3, "closed_on"), (4, "closed_on"), (5, "number")]);
        let first = &told["problems"][0];
        assert_eq!(
            (&first["found"], &first["head_zh"], &first["sheet_zh"]),
            (&json!("鸽子"), &json!("渠道"), &json!("申请"))
        );
        assert!(first["zh"].as_str().unwrap().contains("当面提交"), "what is allowed: {first:#}");
        assert_eq!(
            (&told["cases"]["good"], &told["cases"]["bad"], &told["cases"]["brought_in"]),
            (&json!(1), &json!(3), &json!(0))
        );
        assert_eq!(cases(service), [Value::Null; 0], "all or nothing");

        let done = brought_in(service, "head", "agency=yunhe&good_rows=true", &file).expect(200);
        assert_eq!(done["cases"]["brought_in"], 1);
        assert_eq!(cases(service).len(), 1);
        let no_ledger = brought_in(service, "head", "agency=yunhe", b"a,b\r\n1,2\r\n").expect(422);
        assert!(no_ledger["errors"][0]["detail"].as_str().unwrap().contains("申请"), "{no_ledger:#}");
        for (login, status) in [("clerk", 403), ("supervisor", 403), ("county_clerk", 404)] {
            assert_eq!(brought_in(service, login, "agency=yunhe", &file).status, status, "{login}");
        }
        let log = service.get("auditor", "/api/v1/audit/entries?kind=imported").expect(200);
        let facts = &log["items"][0]["facts"];
        assert_eq!(
            (&facts["cases"], &facts["bad"], &facts["sha256"]),
            (&json!("1"), &json!("3"), &done["sha256"]),
            "{log:#}"
        );
        assert_eq!(log["items"].as_array().unwrap().len(), 1, "what wrote nothing left nothing");
    });
}

#[test]
fn an_old_case_is_a_case_like_any_other_and_nobody_hears_of_it() {
    on_both("2026-01-05", |service| {
        let mut open = old("2025-88");
        for (at, value) in [(1, "当面提交"), (2, "2025-12-30"), (3, "2025-12-30"), (8, ""), (9, ""), (10, "")] {
            open[at] = value.to_owned();
        }
        brought_in(service, "admin", "agency=yunhe", &text(&[old("2021-1"), open])).expect(200);
        let all = cases(service);
        let by_number = |number: &str| all.iter().find(|one| one["number"] == number).unwrap();
        let (closed, open) = (by_number("2021-1"), by_number("2025-88"));
        assert_eq!(
            (&closed["outcome"]["code"], &closed["closed_on"], &closed["due"]),
            (&json!("granted"), &json!("2021-03-22"), &json!(null))
        );
        // Twenty working days from 30 December: the 31st, 5 January (1 to 3 being free, the 4th a day of work), … 27 January.
        assert_eq!(open["stage"]["code"], "assigning");
        let due = open["due"]["on"].as_str().unwrap().to_owned();
        let calculated = json!({"received_on": "2025-12-30"});
        let clock = service.public("POST", "/api/v1/public/deadline", None, Some(&calculated)).expect(200);
        let expected = clock["due_on"].as_str().or(clock["clock"]["due_on"].as_str()).unwrap().to_owned();
        assert_eq!(due, expected);

        let id = closed["id"].as_str().unwrap();
        let view = service.get("clerk", &format!("/api/v1/cases/{id}")).expect(200);
        assert_eq!(
            (&view["applicant"]["name"], &view["closing"]["late"]),
            (&json!("陈晓燕"), &json!(false)),
            "{view:#}"
        );
        let journal = service.get("clerk", &format!("/api/v1/cases/{id}/journal")).expect(200);
        let kinds: Vec<&str> = journal.as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, ["filed", "imported"]);
        let outbox = service.get("admin", "/api/v1/admin/outbox").expect(200);
        assert_eq!(outbox["items"], json!([]), "no notice goes out");

        // It is gone on with like any other, and answered.
        let handled = Handled { service, id: open["id"].as_str().unwrap().to_owned(), receipt: json!({}) };
        handled.does("clerk", "assignment", &json!({}));
        handled.does("handler", "claim", &json!({}));
        let replied = handled.replied(&draft(Outcome::Granted));
        assert_eq!(replied["closing"]["late"], false);
        service.check();
    });
}

#[test]
fn a_number_that_was_given_before_is_not_given_again() {
    on_both("2026-01-05", |service| {
        let next = Handled::new(service).view()["number"].as_str().unwrap().to_owned();
        // The same pattern, three numbers on.
        let serial: String =
            next.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
        let serial =
            if serial.is_empty() { next.chars().filter(char::is_ascii_digit).skip(4).collect() } else { serial };
        let given: u32 = serial.parse().unwrap();
        let taken = next.replace(&serial, &format!("{:0width$}", given + 3, width = serial.len()));
        let mut row = old(&taken);
        for (at, value) in [(2, "2026-01-04"), (3, "2026-01-04"), (8, ""), (9, ""), (10, "")] {
            row[at] = value.to_owned();
        }
        brought_in(service, "admin", "agency=yunhe", &text(&[row])).expect(200);
        let after = Handled::new(service).view()["number"].as_str().unwrap().to_owned();
        assert_eq!(after, next.replace(&serial, &format!("{:0width$}", given + 4, width = serial.len())));
    });
}

#[test]
fn the_command_line_writes_the_template_tries_a_file_and_brings_it_in() {
    let service = Served::on_sqlite("2026-01-05");
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| -> Output {
        service.command().arg("import").args(arguments).current_dir(&folder).output().unwrap()
    };
    let said = |done: &Output| String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(run(&["--template", "ledger", "-o", "ledger.xlsx"]).status.success());
    let sheets = dafu::reports::readback::read(&std::fs::read(folder.path().join("ledger.xlsx")).unwrap(), 10).unwrap();
    assert_eq!(sheets.iter().map(|one| one.sheet).collect::<Vec<_>>(), Sheet::ALL);
    assert!(sheets.iter().all(|one| one.missing.is_empty() && one.unknown.is_empty() && one.rows.is_empty()));

    let mut book = Workbook::new("");
    book.sheet("申请", &[], Vec::new()).unwrap();
    book.row(HEADS, true).unwrap();
    for row in (0..1_200).map(|at| old(&format!("2021-{at}"))) {
        book.row(row, false).unwrap();
    }
    std::fs::write(folder.path().join("old.xlsx"), book.finish().unwrap()).unwrap();
    let tried = run(&["old.xlsx", "--agency", "yunhe", "--dry-run"]);
    assert!(tried.status.success() && said(&tried).contains("1200 good"), "{}", said(&tried));
    assert_eq!(cases(&service).len(), 0);
    let done = run(&["old.xlsx", "--agency", "yunhe"]);
    assert!(done.status.success() && said(&done).contains("1200 written"), "{}", said(&done));
    let again = run(&["old.xlsx", "--agency", "yunhe"]);
    assert!(said(&again).contains("1200 here already, 0 bad, 0 written"), "{}", said(&again));
    std::fs::write(folder.path().join("bad.csv"), text(&[old("")])).unwrap();
    let bad = run(&["bad.csv", "--agency", "yunhe"]);
    assert!(!bad.status.success() && said(&bad).contains("row 2, number"), "{}", said(&bad));
    let nowhere = run(&["bad.csv", "--agency", "nowhere"]);
    assert!(!nowhere.status.success(), "{}", said(&nowhere));
    service.check();
}
