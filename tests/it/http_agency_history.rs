//! Agencies that are renamed, merged and succeeded, by date: the name of a day on the lists of that day, letters that keep their
//! bytes, open cases taken over with their clocks as they were, and whose reports include whose.

use dafu::ids::AgencyId;
use dafu::law::outcome::Outcome;
use dafu::storage::{StoreError, agencies, agency_history};
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Served, on_both};

const AT: &str = "/api/v1/admin/agencies/yunhe/history";

fn record(service: &Served, body: &Value) -> Value {
    service.by("admin", "POST", AT, &[], Some(body)).expect(200)
}

fn renamed(on: &str, name: &str) -> Value {
    json!({"kind": "renamed", "on": on, "new_name": name, "document": "云编办〔2026〕8号"})
}

fn name_of(service: &Served) -> Value {
    service.public("GET", "/api/v1/public/agencies/yunhe", None, None).expect(200)["name"].clone()
}

fn id_of(service: &Served, slug: &str) -> AgencyId {
    let found = service.office.db().read_now(|conn| agencies::find_by_slug(conn, slug));
    found.unwrap().unwrap().id
}

#[test]
fn a_name_holds_from_its_day_and_lists_of_an_earlier_day_show_the_one_of_then() {
    on_both("2026-03-02", |service| {
        Handled::new(service);
        let old = name_of(service);
        let told = record(service, &renamed("2026-05-11", "云河市数据和政务公开局"));
        assert_eq!((&told[0]["old_name"], &told[0]["new_name"]), (&old, &json!("云河市数据和政务公开局")));
        assert_eq!(name_of(service), old, "the day is still to come");
        service.day("2026-05-11");
        service.office.tick(&mut |_| ()).unwrap();
        assert_eq!(name_of(service), "云河市数据和政务公开局");
        let list = |day: &str| {
            let path = format!("/api/v1/supervision/overdue?agency=yunhe&as_of={day}");
            service.get("supervisor", &path).expect(200)["items"][0]["agency"]["name"].clone()
        };
        assert_eq!((list("2026-05-08"), list("2026-05-11")), (old.clone(), json!("云河市数据和政务公开局")));
        let on = |day: &str| {
            let day = day.parse().unwrap();
            let names = service.office.db().read_now(|conn| agency_history::names_on(conn, day)).unwrap();
            names[&id_of(service, "yunhe")].clone()
        };
        assert_eq!((json!(on("2020-01-01")), on("2026-05-11")), (old.clone(), "云河市数据和政务公开局".to_owned()));

        let twice = service.by("admin", "POST", AT, &[], Some(&renamed("2026-05-01", "另一名称"))).expect(422);
        assert_eq!(twice["errors"][0]["pointer"], "/on");
        let entry = service.get("admin", AT).expect(200)[0]["id"].as_str().unwrap().to_owned();
        let strike = json!({"reason": "误记。"});
        let struck = service.by("admin", "POST", &format!("{AT}/{entry}/striking"), &[], Some(&strike)).expect(200);
        assert_eq!(struck[0]["struck_for"], "误记。");
        assert_eq!(name_of(service), old, "as if it had not been recorded");
        service.check();
    });
}

#[test]
fn a_letter_issued_before_keeps_its_bytes_and_the_next_bears_the_new_name() {
    on_both("2026-03-02", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请说明年度。", "window_days": 10}));
        let letter = |case: &Handled<'_>, format: &str| {
            let letters = service.get("clerk", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
            let seq = letters.as_array().unwrap().iter().find_map(|one| one["seq"].as_u64()).unwrap();
            let bearer = format!("Bearer {}", service.token("clerk"));
            let path = format!("/api/v1/cases/{}/letters/{seq}/{format}", case.id);
            let (status, _, bytes) = service.file(&path, &[("Authorization", &bearer)]);
            assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
            bytes
        };
        let before = letter(&case, "docx");
        record(service, &renamed("2026-03-02", "云河市数据和政务公开局"));
        assert!(letter(&case, "docx") == before, "the letter of the old name");
        let after = Handled::new(service);
        after.does("handler", "correction-requests", &json!({"letter": "请说明年度。", "window_days": 10}));
        let words = String::from_utf8(letter(&after, "txt")).unwrap();
        assert!(words.contains("云河市数据和政务公开局"), "{words}");
        service.check();
    });
}

#[test]
fn a_successor_takes_over_what_is_open_with_its_clocks_and_what_is_closed_stays() {
    on_both("2026-03-02", |service| {
        let closed = Handled::new(service);
        closed.replied(&draft(Outcome::Granted));
        let open = Handled::new(service);
        let due = open.view()["due"]["on"].clone();
        let told = record(
            service,
            &json!({"kind": "merged", "on": "2026-03-10", "successor": "qingxi", "document": "云编办〔2026〕9号"}),
        );
        let at = format!("{AT}/{}/taking-over", told[0]["id"].as_str().unwrap());
        service.by("admin", "POST", &at, &[], None).expect(409);
        service.day("2026-03-10");
        service.by("clerk", "POST", &at, &[], None).expect(403);
        let done = service.by("admin", "POST", &at, &[], None).expect(200);
        assert_eq!(done["taken"].as_array().unwrap().len(), 1, "{done:#}");
        assert_eq!((&done["taken"][0]["case"], &done["more"]), (&json!(open.id), &json!(false)));

        let there = service.get("county_clerk", &format!("/api/v1/cases/{}", open.id)).expect(200);
        assert_eq!((&there["agency"]["slug"], &there["due"]["on"]), (&json!("qingxi"), &due));
        service.get("handler", &format!("/api/v1/cases/{}", open.id)).expect(404);
        let journal = service.get("county_clerk", &format!("/api/v1/cases/{}/journal", open.id)).expect(200);
        let entry = journal.as_array().unwrap().iter().find(|one| one["kind"] == "taken_over").unwrap();
        assert_eq!(entry["event"]["history"], told[0]["id"]);
        assert_eq!(
            service.get("clerk", &format!("/api/v1/cases/{}", closed.id)).expect(200)["agency"]["slug"],
            "yunhe"
        );
        let again = service.by("admin", "POST", &at, &[], None).expect(200);
        assert_eq!(again["taken"], json!([]), "asked again it does nothing");
        // As it lay the day before, it was still with the agency it came to.
        let was = service
            .get("supervisor", "/api/v1/supervision/due-soon?agency=yunhe&as_of=2026-03-09&within=20")
            .expect(200);
        assert!(was["items"].to_string().contains(&open.id), "{was:#}");
        let path = format!("/api/v1/cases/{}", open.id);
        let etag = service.get("county_clerk", &path).etag.unwrap();
        let assign = json!({"handler": null});
        service
            .by("county_clerk", "POST", &format!("{path}/assignment"), &[("If-Match", &etag)], Some(&assign))
            .expect(200);
        service.check();
    });
}

#[test]
fn a_successors_report_can_include_those_of_its_predecessors_from_the_year_of_the_succession_on() {
    on_both("2026-03-02", |service| {
        let merged =
            json!({"kind": "merged", "on": "2026-07-01", "successor": "qingxi", "document": "云编办〔2026〕9号"});
        record(service, &merged);
        let split =
            json!({"kind": "split", "on": "2026-07-01", "successor": "qingxi", "document": "云编办〔2026〕9号"});
        let at = "/api/v1/admin/agencies/jianshe/history";
        service.by("admin", "POST", at, &[], Some(&split)).expect(200);
        let of = |year: i32| {
            let agency = id_of(service, "qingxi");
            service.office.db().read_now(|conn| agency_history::predecessors(conn, &[agency], year)).unwrap()
        };
        assert_eq!(
            (of(2025), of(2026), of(2030)),
            (vec![], vec![id_of(service, "yunhe")], vec![id_of(service, "yunhe")])
        );
        let entries = service.get("admin", "/api/v1/admin/agencies/qingxi/history").expect(200);
        assert_eq!(entries.as_array().unwrap().len(), 2, "it is told of both");
    });
}

#[test]
fn the_annual_report_follows_the_succession_and_agrees_with_those_of_the_year_before() {
    on_both("2024-12-23", |service| {
        let carried_over = Handled::new(service);
        service.day("2025-03-03");
        carried_over.replied(&draft(Outcome::Granted));
        Handled::new(service);
        let merged =
            json!({"kind": "merged", "on": "2025-07-01", "successor": "qingxi", "document": "云编办〔2025〕9号"});
        record(service, &merged);
        service.day("2026-01-12");
        let bench = |year: i32, query: &str| {
            let path = format!("/api/v1/reports/annual/{year}?agency=qingxi{query}");
            service.get("supervisor", &path).expect(200)
        };
        let total = |bench: &Value, row: &str| {
            let rows = bench["report"]["tables"]["three"].as_array().unwrap();
            rows.iter().find(|one| one["row"]["code"] == row).unwrap()["cells"][6].clone()
        };
        let together = bench(2025, "");
        let row = |row: &str| total(&together, row);
        assert_eq!((row("1"), row("2"), row("3.1"), row("4")), (json!(1), json!(1), json!(1), json!(1)));
        let before = name_of(service);
        assert_eq!((&together["report"]["predecessors"], &together["succeeded"]), (&json!([before]), &json!(true)));
        assert_eq!(together["breaks"], json!([]), "what was pending with it in 2024 is carried over here");
        let alone = bench(2025, "&predecessors=false");
        assert_eq!((total(&alone, "1"), &alone["report"]["predecessors"]), (json!(0), &json!([])));
        assert_eq!(bench(2024, "")["succeeded"], json!(false), "the year before it was still on its own");

        let cells = service.get("supervisor", "/api/v1/reports/annual/2025/cells?agency=qingxi&row=1").expect(200);
        assert_eq!(cells["items"].as_array().unwrap().len(), 1, "{cells:#}");
        let freezing = json!({"agency": "qingxi"});
        let none = json!({"made": 0, "repealed": 0, "in_force": 0});
        let two = json!({"regulations": none, "normative_documents": none, "licences": 0, "penalties": 0,
            "enforcement": 0, "charges": "0"});
        let at = "/api/v1/reports/annual/2025/editions";
        service.by("county_clerk", "POST", at, &[], Some(&freezing)).expect(409);
        let enter = "/api/v1/reports/annual/2025/agencies/qingxi";
        service.by("county_clerk", "PUT", enter, &[("If-Match", "\"0\"")], Some(&two)).expect(200);
        let frozen = service.by("county_clerk", "POST", "/api/v1/reports/annual/2025/editions", &[], Some(&freezing));
        let frozen = frozen.expect(201);
        assert_eq!(frozen["report"]["predecessors"], json!([before]));
        assert_eq!(bench(2025, "")["moved"], json!([]));
        let other = bench(2025, "&predecessors=false");
        assert_eq!(other["moved"], json!([]), "held against an edition of its own kind only");
        let path = format!("/api/v1/reports/editions/{}", frozen["id"].as_str().unwrap());
        assert_eq!(service.get("supervisor", &path).expect(200)["breaks"], json!([]));
        service.day("2027-01-12");
        let next = bench(2026, "");
        assert_eq!((total(&next, "2"), &next["breaks"]), (json!(1), &json!([])), "from the edition before");
        service.check();
    });
}

#[test]
fn an_agency_is_succeeded_once_and_never_in_a_circle() {
    let service = Served::on_sqlite("2026-03-02");
    let to = |successor: &str, kind: &str| json!({"kind": kind, "on": "2026-03-02", "successor": successor, "document": "云编办〔2026〕9号"});
    let told = record(&service, &to("qingxi", "merged"));
    let refused = |at: &str, body: &Value| {
        let told = service.by("admin", "POST", at, &[], Some(body)).expect(422);
        assert_eq!(told["errors"][0]["pointer"], "/successor", "{told:#}");
    };
    refused(AT, &to("jianshe", "succeeded"));
    refused(AT, &to("jianshe", "split"));
    refused("/api/v1/admin/agencies/qingxi/history", &to("yunhe", "merged"));
    service
        .by("admin", "POST", "/api/v1/admin/agencies/qingxi/history", &[], Some(&to("jianshe", "merged")))
        .expect(200);
    refused("/api/v1/admin/agencies/jianshe/history", &to("yunhe", "merged"));
    let entry = told[0]["id"].as_str().unwrap();
    let strike = json!({"reason": "误记。"});
    service.by("admin", "POST", &format!("{AT}/{entry}/striking"), &[], Some(&strike)).expect(200);
    record(&service, &to("jianshe", "merged"));
}

#[test]
fn what_cannot_be_recorded_is_told_field_by_field() {
    let service = Served::on_sqlite("2026-03-02");
    let wrong = json!({"kind": "renamed", "on": "2026-03-02", "successor": "qingxi", "document": " "});
    let wrong = service.by("admin", "POST", AT, &[], Some(&wrong)).expect(422);
    let pointers: Vec<_> = wrong["errors"].as_array().unwrap().iter().map(|one| one["pointer"].clone()).collect();
    assert_eq!(pointers, ["/document", "/new_name", "/successor"]);
    let itself = json!({"kind": "merged", "on": "2026-03-02", "successor": "yunhe", "document": "云编办〔2026〕9号"});
    service.by("admin", "POST", AT, &[], Some(&itself)).expect(422);
    service.by("clerk", "GET", AT, &[], None).expect(403);
    let none: Result<_, StoreError> = service.office.db().read_now(agency_history::list_renamings);
    assert_eq!(none.unwrap(), []);
}
