//! Guessing: codes of applicants and of writers, accounts. How often, whom it shuts out, what the answers tell.

use std::time::{Duration, Instant};

use dafu::storage::{Conn, Db, DbOptions, StoreError};
use diesel::RunQueryDsl;
use diesel::sql_types::BigInt;
use serde_json::{Value, json};

use crate::support::handled::Handled;
use crate::support::postgres::Cluster;
use crate::support::rows::rows;
use crate::support::served::{Answer, PASSWORD, Served, application};
use crate::support::statements::{taken, watch};
use crate::support::town::turn;
use crate::support::visitor::{Page, Visitor};

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
fn whoever_tries_every_number_from_one_address_is_stopped_and_their_neighbour_gets_in() {
    let settings = |config: &mut dafu::config::Config| {
        config.server.trusted_proxies = 1;
        config.limits.wrong_codes_from_an_address_per_hour = 20;
    };
    stops_who_tries_everything(&Served::on_sqlite_with("2025-03-03", settings));
    if let Some(service) = Served::on_postgres_with("2025-03-03", settings) {
        stops_who_tries_everything(&service);
    }
}

fn stops_who_tries_everything(service: &Served) {
    let receipt = service.apply("yunhe");
    let (number, code) = (word(&receipt["receipt_no"]), word(&receipt["query_code"]));
    let attacker = "2001:db8:7:1::66";
    // Numbers, a letter, drafts: whatever is tried, it is one who tries.
    let numbers = (0..12).map(|one| from(service, attacker, &format!("YUNHE-2025-7{one:05}"), WRONG).status);
    let numbers: Vec<u16> = numbers.collect();
    let header = ("X-Forwarded-For", attacker);
    let letters = "/api/v1/public/enquiries/YUNHE-L-2025-000001";
    let letters: Vec<u16> =
        (0..4).map(|_| service.send("GET", letters, &[("X-Query-Code", WRONG), header], None).status).collect();
    let draft = |one: u32| {
        let code = format!("{WRONG}-{one:04}");
        service.send("GET", "/api/v1/public/drafts", &[("X-Draft-Code", &code), header], None)
    };
    let drafts: Vec<u16> = (0..6).map(|one| draft(one).status).collect();
    assert_eq!((numbers, letters), (vec![401; 12], vec![401; 4]));
    assert_eq!(drafts, [401, 401, 401, 401, 429, 429]);
    let told = from(service, "2001:db8:7:1::67", "YUNHE-2025-700099", WRONG);
    assert_eq!(told.status, 429, "another address of the same household");
    let wait: u32 = told.retry_after.as_deref().unwrap().parse().unwrap();
    assert!((1..=3601).contains(&wait), "{wait}");
    assert!(told.body["detail"].as_str().unwrap().contains("正确的码随时可以打开"), "{told:?}");
    assert_eq!(from(service, "2001:db8:7:2::66", "YUNHE-2025-700098", WRONG).status, 401, "the house beside it");
    assert_eq!(from(service, attacker, &number, &code).status, 200, "the right code is never refused");
    // The next hour is a new one.
    service.clock.set(service.clock.now() + chrono::TimeDelta::hours(1));
    assert_eq!(from(service, attacker, "YUNHE-2025-700097", WRONG).status, 401);
}

#[test]
fn whoever_guesses_shuts_no_browser_out_that_still_has_a_code_of_yesterday() {
    let service = &Served::on_sqlite("2025-03-03");
    let receipt = service.apply("yunhe");
    let (number, code) = (word(&receipt["receipt_no"]), word(&receipt["query_code"]));
    let mut applicant = Visitor::new(service);
    applicant.post("/track", &[("receipt_no", &number), ("code", &code)]).expect(303);
    let mut with_a_draft = Visitor::new(service);
    with_a_draft.post("/apply/yunhe", &[]).expect(303);
    // Both codes are nothing any more, and somebody has tried others for the number, from the same address, all hour long.
    let db = Db::open(service.url(), &DbOptions::default()).unwrap();
    db.write_now(|conn| {
        let Conn::Sqlite(inner) = conn else { panic!("SQLite only") };
        let sql = "DELETE FROM application_drafts; UPDATE cases SET query_generation = query_generation + 1";
        diesel::connection::SimpleConnection::batch_execute(inner, sql).unwrap();
        Ok::<_, StoreError>(())
    })
    .unwrap();
    for _ in 0..120 {
        from(service, "198.51.100.1", &number, WRONG);
    }
    assert_eq!(from(service, "198.51.100.1", &number, WRONG).status, 429);
    applicant.get("/track").expect(200).says("查询码");
    for page in ["remedies", "receipt", "letters/019324f0-7000-7000-8000-000000000001", "acts/withdraw", "papers"] {
        let led = applicant.get(&format!("/track/{page}")).expect(303).location;
        assert_eq!(led.as_deref(), Some("/track"), "{page}");
    }
    let typed = [("receipt_no", number.as_str()), ("number", "YUNHE-L-2025-000001"), ("code", WRONG)];
    let again = |told: &Page| told.headers["retry-after"].parse::<u32>().unwrap();
    for door in ["/track", "/third-party", "/enquiries", "/apply/yunhe/resume"] {
        let told = Visitor::new(service).post(door, &typed).expect(429).says("正确的码随时可以打开");
        assert!((1..=3601).contains(&again(&told)), "{door}: {told:?}");
    }
    for _ in 0..10 {
        Visitor::new(service).sign_in("clerk", "没有这个密码").expect(401);
    }
    let told = Visitor::new(service).sign_in("clerk", "没有这个密码").expect(429);
    assert!((1..=3601).contains(&again(&told)), "{told:?}");
    let carried = applicant.post("/track/acts/withdraw", &[("reason", "不再需要了")]).expect(401);
    carried.says("查询码");
    assert_eq!(with_a_draft.get("/apply/yunhe/request").expect(303).location.as_deref(), Some("/apply/yunhe"));
    with_a_draft.get("/apply/yunhe").expect(200);
}

#[test]
fn a_wrong_code_and_a_number_that_does_not_exist_are_told_the_same_and_cost_the_same() {
    let service = &behind_a_proxy();
    let (plain, consulted) = (Handled::new(service), Handled::new(service));
    let (_, _, third) = consulted.overrides_a_third_party();
    let number = |case: &Handled<'_>| word(&case.receipt["receipt_no"]);
    let own = |case: &Handled<'_>| word(&case.receipt["query_code"]);
    let told = |number: &str, code: &str, below: &str| {
        let before = counted(service);
        let path = format!("/api/v1/public/applications/{number}{below}");
        let headers = [("X-Query-Code", code), ("X-Forwarded-For", "203.0.113.7")];
        let mut answer = service.send("GET", &path, &headers, None);
        answer.body["request_id"] = Value::Null;
        let after = counted(service);
        (answer.status, answer.body, answer.retry_after, after.0 - before.0)
    };
    // The number that comes next before one that does not exist is what it is compared with: the code of that opens nothing either.
    let after_all = "YUNHE-2025-900000";
    for below in ["", "/third-party/remedies"] {
        let known = told(&number(&plain), WRONG, below);
        assert_eq!((known.0, known.3), (401, 2), "each wrong one is counted for its number and for where it came from");
        for (number, code) in [
            (number(&consulted), WRONG.to_owned()),
            ("NOWHERE-2025-000001".to_owned(), WRONG.to_owned()),
            ("ZHONGXIN-2025-000001".to_owned(), own(&consulted)),
            (after_all.to_owned(), WRONG.to_owned()),
            (after_all.to_owned(), own(&consulted)),
            (after_all.to_owned(), third.clone()),
            (number(&plain), third.clone()),
            (number(&plain), own(&consulted)),
            (number(&plain), String::new()),
        ] {
            assert_eq!(told(&number, &code, below), known, "{number} {code:?} {below}");
        }
        // What can be no number at all costs nobody anything, and is told the same.
        let long = "9".repeat(300);
        for number in ["%2e%2e", "a%20b", &long, "%E4%BA%91"] {
            let answer = told(number, WRONG, below);
            assert_eq!((answer.0, answer.3), (401, 0), "{number} {below}");
            assert_eq!(answer.1, known.1, "{number} {below}");
        }
    }
    assert_eq!(told(&number(&consulted), &own(&consulted), "").0, 200);
    assert_eq!(told(&number(&consulted), &third, "/third-party/remedies").0, 200);
    // However many numbers are made up, the counters stay a few.
    for made_up in 0..60 {
        told(&format!("YUNHE-2025-8{made_up:05}"), WRONG, "");
    }
    assert!(counted(service).1 <= 67, "{:?}", counted(service));
}

/// A letter to the mailbox; its number.
fn letter(service: &Served) -> String {
    let letter = json!({
        "kind": "mailbox_letter", "writer": {"name": "周秀英", "phone": "13900000002"},
        "subject": "路灯不亮", "content": "坏了两周。"
    });
    let receipt = service.public("POST", "/api/v1/public/agencies/yunhe/enquiries", None, Some(&letter)).expect(201);
    word(&receipt["number"])
}

#[test]
fn a_wrong_code_sends_the_same_statements_whether_its_number_exists_or_not() {
    let name = "wrong-codes";
    watch(name);
    sends_the_same(&Served::on_sqlite_named(name, "2025-03-03"), name);
    if let Some(cluster) = Cluster::shared() {
        let url = cluster.migrated_database();
        let (_, name) = url.rsplit_once('/').unwrap();
        watch(name);
        sends_the_same(&Served::start(&url, "2025-03-03"), name);
    }
}

/// A door, the numbers that are tried at it, and the status of a try.
type Knock<'a> = (&'a str, &'a [&'a str], &'a dyn Fn(&str) -> u16);

/// Through every door that asks for a number and a code: what is asked of the database for a number that exists, for one that a third
/// party has a code for too, for one behind all that there are and for one before them.
fn sends_the_same(service: &Served, watched: &str) {
    let (plain, consulted) = (Handled::new(service), Handled::new(service));
    consulted.overrides_a_third_party();
    let cases = [&plain, &consulted].map(|case| word(&case.receipt["receipt_no"]));
    let cases = [cases[0].as_str(), &cases[1], "YUNHE-2025-900000", "AAAA-2025-000001"];
    let letter = letter(service);
    let letters = [letter.as_str(), "YUNHE-L-2025-900000", "AAAA-L-2025-000001"];
    let api = |below: String| service.public("GET", &format!("/api/v1/public/{below}"), Some(WRONG), None).status;
    let page = |door: &str, name: &str, number: &str| {
        Visitor::new(service).post(door, &[(name, number), ("code", WRONG)]).status
    };
    let doors: [Knock<'_>; 6] = [
        ("an application", &cases, &|number| api(format!("applications/{number}"))),
        ("a third party", &cases, &|number| api(format!("applications/{number}/third-party/remedies"))),
        ("an enquiry", &letters, &|number| api(format!("enquiries/{number}"))),
        ("the page of an application", &cases, &|number| page("/track", "receipt_no", number)),
        ("the page of a third party", &cases, &|number| page("/third-party", "receipt_no", number)),
        ("the page of an enquiry", &letters, &|number| page("/enquiries", "number", number)),
    ];
    for (door, numbers, knock) in doors {
        let sent = |number: &str| {
            // The first wrong one of an hour makes the row in which the others are counted.
            assert_eq!(knock(number), 401, "{door}: {number}");
            taken(watched);
            assert_eq!(knock(number), 401, "{door}: {number}");
            taken(watched)
        };
        let known = sent(numbers[0]);
        let told = known.join("\n");
        assert!(
            known.len() >= 3 && told.contains("attempts"),
            "{door}: the number is looked up, two are counted: {told}"
        );
        for number in &numbers[1..] {
            assert_eq!(sent(number), known, "{door}: {number}");
        }
    }
}

#[test]
fn codes_of_letters_are_counted_by_number_and_what_opens_without_a_number_is_guarded_by_its_length() {
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
    // A number that does not exist is looked up by the one before it; its code opens it only under its own number.
    let after = service.public("GET", "/api/v1/public/enquiries/ZHONGXIN-L-2025-900000", Some(&code), None);
    assert_eq!((after.status, &after.body["detail"]), (401, &known.body["detail"]));
    let statuses: Vec<u16> = (0..12).map(|_| service.public("GET", &path, Some(WRONG), None).status).collect();
    assert_eq!(statuses, [[401; 9].as_slice(), [429; 3].as_slice()].concat());
    service.public("GET", &path, Some(&code), None).expect(200);

    // A draft has no number: its code of a hundred bits is all there is. One code tried over and over is told to wait, others are not.
    let begun = service.public("POST", "/api/v1/public/agencies/yunhe/drafts", None, Some(&application())).expect(201);
    let draft = |code: &str| service.send("GET", "/api/v1/public/drafts", &[("X-Draft-Code", code)], None).status;
    for one in 0..30 {
        assert_eq!(draft(&format!("{WRONG}-{one:04}")), 401, "each code that opens nothing is another");
    }
    let again: Vec<u16> = (0..12).map(|_| draft("ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ")).collect();
    assert_eq!(again, [[401; 10].as_slice(), [429; 2].as_slice()].concat());
    assert_eq!(draft(begun["draft_code"].as_str().unwrap()), 200);

    // A pass bears a sum of 128 bits. Nothing is looked up for one that is made up, and so nothing is counted.
    let before = counted(service);
    let pass = |pass: &str| service.send("GET", "/api/v1/public/mine", &[("X-Mine-Pass", pass)], None).status;
    let made_up = |sum: u32| format!("{}-9999999999-{sum:032x}", "0123456789abcdef".repeat(2));
    assert!((0..30).all(|one| pass(&made_up(one)) == 401 && pass(&format!("guess-{one}")) == 401));
    let link = json!({"link": made_up(1)});
    service.public("POST", "/api/v1/public/mine/pass", None, Some(&link)).expect(401);
    assert_eq!(counted(service), before);
}

#[test]
fn whether_an_address_is_known_decides_nothing_before_the_mail_goes_out() {
    let service = &Served::on_sqlite("2025-03-03");
    service.apply("yunhe");
    turn(service);
    let before = rows(service);
    let ask = |email: &str| {
        let counted_before = counted(service);
        let answer = service.public("POST", "/api/v1/public/mine", None, Some(&json!({"email": email})));
        let after = counted(service);
        (answer.status, answer.body, answer.retry_after, after.0 - counted_before.0, after.1 - counted_before.1)
    };
    for _ in 0..5 {
        assert_eq!(ask("chen@example.org"), ask("nobody@example.org"), "told and counted alike");
    }
    assert_eq!(rows(service), before, "nothing but what counts who asked");
    let noted = counted(service);
    let to: Vec<String> = turn(service).into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, ["chen@example.org"; 3]);
    // Three notes of either are gone; what limits how often stays.
    assert_eq!(counted(service), (noted.0 - 6, noted.1 - 6));
    assert!(turn(service).is_empty());
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
    assert_eq!(try_it("handler", PASSWORD).1, known.1);
    // An account that does not exist costs a hash, too. The others here have one that costs next to nothing; this one's is as dear as
    // those of an office. That a hash was made can be seen by its time alone: the rest of a sign-in is a small part of it.
    let account = json!({
        "login": "novice", "name": "新人", "password": "first-horse-q7x4-battery", "agency": "yunhe", "roles": ["handler"]
    });
    service.by("admin", "POST", "/api/v1/admin/staff", &[], Some(&account)).expect(201);
    let timed = |login: &str| {
        let body = json!({"login": login, "password": "wrong-password"});
        let begun = Instant::now();
        service.public("POST", "/api/v1/auth/login", None, Some(&body)).expect(401);
        begun.elapsed()
    };
    let (mut cheap, mut known, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for at in 0..9 {
        cheap.push(timed("reviewer"));
        known.push(timed("novice"));
        unknown.push(timed(&format!("nobody.{at}")));
    }
    // The shortest of each: whatever else goes on in the machine makes a sign-in longer and none shorter.
    let [cheap, known, unknown] = [cheap, known, unknown].map(|all| all.into_iter().min().unwrap());
    assert!(known > cheap + Duration::from_millis(4), "a hash cannot be seen: {cheap:?} and {known:?}");
    assert!(
        unknown >= cheap + known.saturating_sub(cheap) / 2,
        "{unknown:?} for nobody, {known:?} for somebody, {cheap:?} without"
    );
}

#[test]
fn the_document_says_wherever_a_password_is_asked_for_that_one_may_be_told_to_come_again_later() {
    let service = &Served::on_sqlite("2025-03-03");
    let document = service.send("GET", "/api/v1/openapi.json", &[], None).expect(200);
    let says = |path: &str| document["paths"][path]["post"]["responses"]["429"].is_object();
    assert!(says("/api/v1/auth/login") && says("/api/v1/me/password") && !says("/api/v1/auth/logout"));
}
