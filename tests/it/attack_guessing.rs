//! Guessing: codes of applicants and of writers, accounts. How often, whom it shuts out, what the answers tell.

use dafu::storage::{Conn, Db, DbOptions, StoreError};
use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;
use serde_json::{Value, json};

use crate::support::served::{Answer, Served};
use crate::support::visitor::Visitor;

const WRONG: &str = "0000-0000-00000";

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// As it came from an address, through the one proxy that the house has.
fn from(service: &Served, address: &str, number: &str, code: &str) -> Answer {
    let path = format!("/api/v1/public/applications/{number}");
    service.send("GET", &path, &[("X-Query-Code", code), ("X-Forwarded-For", address)], None)
}

fn behind_a_proxy() -> Served {
    Served::on_sqlite_with("2025-03-03", |config| config.server.trusted_proxies = 1)
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// What is counted, and under how many heads.
fn counted(service: &Served) -> (i64, i64) {
    let db = Db::open(service.url(), &DbOptions::default()).unwrap();
    let ask = |sql: &str| {
        db.read_now(|conn| {
            let Conn::Sqlite(inner) = conn else { panic!("SQLite only") };
            let rows: Vec<Count> = diesel::sql_query(sql).load(inner).unwrap();
            Ok::<_, StoreError>(rows[0].n)
        })
        .unwrap()
    };
    (ask("SELECT COALESCE(SUM(count), 0) AS n FROM attempts"), ask("SELECT COUNT(*) AS n FROM attempts"))
}

#[test]
fn whoever_guesses_is_stopped_and_the_applicant_gets_in_from_wherever_they_are() {
    let service = &behind_a_proxy();
    let receipt = service.apply("yunhe");
    let (number, code) = (word(&receipt["receipt_no"]), word(&receipt["query_code"]));
    let (attacker, home) = ("203.0.113.7", "198.51.100.9");
    let answers: Vec<u16> = (0..14).map(|_| from(service, attacker, &number, WRONG).status).collect();
    assert_eq!(answers, [[401; 10].as_slice(), [429; 4].as_slice()].concat());
    // From other addresses the number has no fresh allowance: it is the number that is guarded.
    for last in 1..=20 {
        assert_eq!(from(service, &format!("203.0.113.{last}"), &number, WRONG).status, 429);
    }
    for address in [home, attacker] {
        assert_eq!(from(service, address, &number, &code).status, 200, "the right code is never refused");
    }
    let mut applicant = Visitor::new(service);
    let opened = applicant.post("/track", &[("receipt_no", &number), ("code", &code), ("query_code", &code)]);
    assert!([200, 303].contains(&opened.status), "{}", opened.status);
    for act in ["corrections", "withdrawal", "feedback"] {
        let path = format!("/api/v1/public/applications/{number}/{act}");
        let told = service.public("POST", &path, Some(WRONG), Some(&json!({"text": "x"})));
        assert!([401, 422, 429].contains(&told.status), "{act}: {}", told.status);
    }
}

#[test]
fn a_wrong_code_and_a_number_that_does_not_exist_are_told_the_same_and_cost_the_same() {
    let service = &behind_a_proxy();
    let number = word(&service.apply("yunhe")["receipt_no"]);
    let told = |number: &str, code: &str| {
        let before = counted(service);
        let mut answer = from(service, "203.0.113.7", number, code);
        answer.body["request_id"] = Value::Null;
        let after = counted(service);
        (answer.status, answer.body, answer.retry_after, after.0 - before.0)
    };
    let known = told(&number, WRONG);
    assert_eq!((known.0, known.3), (401, 1), "each wrong one is counted once, in the database");
    for (number, code) in
        [("YUNHE-2025-900000", WRONG), ("NOWHERE-2025-000001", WRONG), (number.as_str(), "x"), (number.as_str(), "")]
    {
        assert_eq!(told(number, code), known, "{number} {code:?}");
    }
    // What can be no number at all costs nobody anything, and is told the same.
    let long = "9".repeat(300);
    for number in ["%2e%2e", "a%20b", &long, "%E4%BA%91"] {
        let answer = told(number, WRONG);
        assert_eq!((answer.0, answer.3), (401, 0), "{number}");
        assert_eq!(answer.1, known.1, "{number}");
    }
    // However many numbers are made up, the counters stay a few.
    for made_up in 0..60 {
        told(&format!("YUNHE-2025-8{made_up:05}"), WRONG);
    }
    assert!(counted(service).1 <= 65, "{:?}", counted(service));
}

#[test]
fn codes_of_writers_of_drafts_and_of_links_are_guarded_alike() {
    let service = &behind_a_proxy();
    let letter = json!({
        "kind": "mailbox_letter", "writer": {"name": "周秀英", "phone": "13900000002"},
        "subject": "路灯不亮", "content": "坏了两周。"
    });
    let path = "/api/v1/public/agencies/yunhe/enquiries";
    let receipt = service.public("POST", path, None, Some(&letter)).expect(201);
    let (number, code) = (word(&receipt["number"]), word(&receipt["query_code"]));
    let path = format!("/api/v1/public/enquiries/{number}");
    let known = service.public("GET", &path, Some(WRONG), None);
    let unknown = service.public("GET", "/api/v1/public/enquiries/YUNHE-L-2025-900000", Some(WRONG), None);
    assert_eq!((known.status, &known.body["detail"]), (401, &unknown.body["detail"]));
    assert_eq!(unknown.status, 401);
    let statuses: Vec<u16> = (0..12).map(|_| service.public("GET", &path, Some(WRONG), None).status).collect();
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    service.public("GET", &path, Some(&code), None).expect(200);

    let draft = |code: &str| service.send("GET", "/api/v1/public/drafts", &[("X-Draft-Code", code)], None).status;
    for one in 0..30 {
        assert_eq!(draft(&format!("{WRONG}-{one:04}")), 401, "each code that opens nothing is another");
    }
    let pass = |pass: &str| service.send("GET", "/api/v1/public/mine", &[("X-Mine-Pass", pass)], None).status;
    assert!((0..30).all(|one| [401, 429].contains(&pass(&format!("guess-{one}")))));
}

#[test]
fn accounts_are_not_to_be_found_out_by_signing_in() {
    let service = &Served::on_sqlite("2025-03-03");
    let try_it = |login: &str, password: &str| {
        let body = json!({"login": login, "password": password});
        let before = counted(service);
        let mut answer = service.public("POST", "/api/v1/auth/login", None, Some(&body));
        answer.body["request_id"] = Value::Null;
        (answer.status, answer.body, answer.retry_after, counted(service).0 - before.0)
    };
    let known = try_it("clerk", "wrong-password");
    assert_eq!(known.0, 401);
    for login in ["nobody", "clerk ", " CLERK", "clerk'--", "admin\u{200b}", "管理员"] {
        assert_eq!(try_it(login, "wrong-password"), known, "{login:?}");
    }
    // An account that is switched off is told like one that does not exist.
    let staff = service.get("admin", "/api/v1/admin/staff").expect(200);
    let id = word(&staff.as_array().unwrap().iter().find(|one| one["login"] == "handler").unwrap()["id"]);
    let path = format!("/api/v1/admin/staff/{id}/status");
    service.by("admin", "POST", &path, &[], Some(&json!({"active": false}))).expect(200);
    assert_eq!(try_it("handler", crate::support::served::PASSWORD).1, known.1);
}
