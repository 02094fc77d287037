//! A change of the calendar takes two: proposed by one, seen by both with everything it moves, confirmed by another; and what
//! then moves is what was foretold.

use chrono::TimeDelta;
use dafu::case::{Role, redating};
use dafu::law::calendar::{Calendar, Year};
use dafu::office::failure::Failure;
use dafu::office::projection;
use dafu::office::staff::{FirstPassword, NewStaff};
use dafu::storage::journal;
use serde_json::{Value, json};

use crate::http_supervision::served as answered;
use crate::support::handled::Handled;
use crate::support::served::{Answer, PASSWORD, Served, on_both};

const PROPOSALS: &str = "/api/v1/admin/calendar/proposals";

/// The year after the last published one, as it may turn out: New Year's Day off, and Monday the 4th besides.
fn next_year(notice: &str) -> Value {
    json!({
        "year": 2027, "notice": notice, "published_on": "2026-12-15",
        "holidays": ["2027-01-01", "2027-01-04"], "workdays": ["2027-01-30"]
    })
}

fn propose(service: &Served, login: &str, body: &Value) -> Answer {
    service.by(login, "POST", PROPOSALS, &[], Some(body))
}

fn decide(service: &Served, login: &str, id: &str, decision: &str) -> Answer {
    service.by(login, "POST", &format!("{PROPOSALS}/{id}/{decision}"), &[], None)
}

fn id_of(proposal: &Value) -> String {
    proposal["id"].as_str().unwrap().to_owned()
}

/// After so many seconds.
fn later(service: &Served, seconds: i64) {
    service.clock.set(service.clock.now() + TimeDelta::seconds(seconds));
}

type Moved = (String, String, String, String);

fn word(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn foretold(page: &Value) -> Vec<Moved> {
    let mut all: Vec<Moved> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (word(&one["case"]), word(&one["clock"]["code"]), word(&one["from"]), word(&one["to"])))
        .collect();
    all.sort();
    all
}

/// What the journals of these cases say has moved.
fn recorded(service: &Served, cases: &[String]) -> Vec<Moved> {
    let mut all = Vec::new();
    for case in cases {
        let journal = service.get("supervisor", &format!("/api/v1/cases/{case}/journal")).expect(200);
        for entry in journal.as_array().unwrap().iter().filter(|entry| entry["kind"] == "due_moved") {
            let event = &entry["event"];
            let clock = event["clock"]["code"].as_str().or_else(|| event["clock"].as_str()).unwrap().to_owned();
            all.push((case.clone(), clock, word(&event["from"]), word(&event["to"])));
        }
    }
    all.sort();
    all
}

/// What a year would move, with every case there is looked at: what the preview, and the calendar's turn, look for only where
/// something is timed so late.
fn with_every_case(service: &Served, year: &Value) -> Vec<Moved> {
    let year: Year = serde_json::from_value(year.clone()).unwrap();
    let calendars = service.office.calendars();
    let standing = calendars.latest();
    let others = standing.years().filter(|one| one.year != year.year).cloned();
    let proposed = Calendar::new(others.chain([year.clone()])).unwrap();
    let read =
        service.office.db().read_now(|conn| {
            let mut all = Vec::new();
            for id in journal::list_cases(conn, None, 10_000)? {
                let (case, _) = projection::load(conn, id)?;
                let moves = redating::moves(&case, &calendars.known_at(case.dated_at), &proposed);
                all.extend(moves.into_iter().map(|one| {
                    (id.to_string(), one.clock.as_str().to_owned(), one.from.to_string(), one.to.to_string())
                }));
            }
            Ok::<_, Failure>(all)
        });
    let mut all = read.unwrap();
    all.sort();
    all
}

fn moved(case: &str, clock: &str, from: &str, to: &str) -> Moved {
    (case.to_owned(), clock.to_owned(), format!("2027-{from}"), format!("2027-{to}"))
}

#[test]
fn what_was_foretold_is_what_moves_once_a_second_administrator_has_confirmed_it() {
    on_both("2026-12-24", |service| {
        let handled = Handled::new(service);
        let consulting = Handled::new(service);
        let letter =
            json!({"party": "third_party", "addressee": "云河建设集团", "letter": "请在十五个工作日内提出意见。"});
        consulting.does("handler", "consultations", &letter);
        let correcting = Handled::new(service);
        let letter = json!({"letter": "请明确所需合同的年度和路段。", "window_days": 10});
        correcting.does("handler", "correction-requests", &letter);
        let county = word(&service.apply("qingxi")["case_id"]);
        let closed = word(&service.apply("yunhe")["case_id"]);
        answered(service, &closed);
        let cases = [handled.id.clone(), consulting.id.clone(), correcting.id.clone(), county.clone(), closed];

        let proposal = propose(service, "admin", &json!({"year": next_year("测试〔2026〕1号")})).expect(201);
        let id = id_of(&proposal);
        let days: Vec<(&str, &str, &str)> = proposal["days"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| {
                let code = |name: &str| one[name]["code"].as_str().unwrap();
                (one["day"].as_str().unwrap(), code("was"), code("will_be"))
            })
            .collect();
        assert_eq!(days, [("2027-01-04", "weekday", "holiday"), ("2027-01-30", "weekend", "made_up")]);
        assert_eq!((&proposal["stands_on"], &proposal["decision"]), (&Value::Null, &Value::Null));
        assert_eq!(proposal["candidates"], 4);
        let preview = foretold(&proposal["moves"]);
        for expected in [
            moved(&handled.id, "reply", "01-22", "01-25"),
            moved(&handled.id, "correction_notice", "01-05", "01-06"),
            moved(&consulting.id, "third_party_window", "01-20", "01-21"),
            moved(&correcting.id, "correction_window", "01-13", "01-14"),
            moved(&county, "reply", "01-22", "01-25"),
            moved(&county, "correction_notice", "01-05", "01-06"),
        ] {
            assert!(preview.contains(&expected), "{expected:?} in {preview:#?}");
        }
        assert_eq!(preview.len(), 7, "and the reply that waits for the third party: {preview:#?}");
        for one in proposal["moves"]["items"].as_array().unwrap() {
            let named = matches!(one["clock"]["code"].as_str().unwrap(), "reply" | "correction_window");
            let told = named && one["from"] != one["to"];
            assert_eq!(one["told"], told, "{one:#}");
            if one["case"] == handled.id.as_str() {
                assert_eq!(one["number"], handled.view()["number"]);
                assert_eq!((&one["agency"]["slug"], &one["handler"]["name"]), (&json!("yunhe"), &json!("某handler")));
            }
        }
        assert_eq!(page_by_page(service, &id), preview);
        assert_eq!(with_every_case(service, &next_year("测试〔2026〕1号")), preview, "and nothing was missed");
        assert_eq!(foretold(&service.get("admin2", &format!("{PROPOSALS}/{id}")).expect(200)["moves"]), preview);

        let own = decide(service, "admin", &id, "confirmation").expect(409);
        assert_eq!(own["type"], "/problems/contrary");
        assert!(own["detail"].as_str().unwrap().contains("另一名管理员"), "{own:#}");
        service.office.tick(&mut |_| ()).unwrap();
        let confirmed = decide(service, "admin2", &id, "confirmation").expect(200);
        assert_eq!(confirmed["decision"]["code"], "confirmed");
        assert_eq!(
            (&confirmed["proposed_by"]["name"], &confirmed["decided_by"]["name"]),
            (&json!("某admin"), &json!("某admin2"))
        );
        assert_eq!(decide(service, "admin2", &id, "confirmation").expect(409)["type"], "/problems/contrary");

        later(service, 59);
        service.office.tick(&mut |_| ()).unwrap();
        assert_eq!(recorded(service, &cases), [], "not known yet");
        later(service, 2);
        service.office.tick(&mut |_| ()).unwrap();
        assert_eq!(recorded(service, &cases), preview);
        service.office.tick(&mut |_| ()).unwrap();
        assert_eq!(recorded(service, &cases), preview, "what was said is not said again");
        assert_eq!(handled.view()["due"]["on"], "2027-01-25");
        let of_kind = |path: &str, login: &str, kind: &str| {
            let all = service.get(login, path).expect(200);
            let all = all.as_array().or_else(|| all["items"].as_array()).unwrap().clone();
            all.iter().filter(|one| one["notice"]["code"] == kind).count()
        };
        let about = format!("/api/v1/cases/{}/notices", handled.id);
        assert_eq!(of_kind(&about, "clerk", "date_moved"), 1, "the applicant was told the day and is told the new one");
        let outbox = "/api/v1/admin/outbox?limit=200";
        assert_eq!(of_kind(outbox, "admin", "calendar_proposed"), 1, "who proposed it knows");
        assert_eq!(of_kind(outbox, "admin", "calendar_confirmed"), 2);
        let year =
            service.get("admin", "/api/v1/admin/calendar").expect(200).as_array().unwrap().last().unwrap().clone();
        assert_eq!(
            (&year["year"], &year["notice"], &year["editions"]),
            (&json!(2027), &json!("测试〔2026〕1号"), &json!(1))
        );
        assert_eq!(year["working_days"], 261 - 2 + 1);
        service.check();
    });
}

/// Every page of a single candidate, one after another.
fn page_by_page(service: &Served, id: &str) -> Vec<Moved> {
    let (mut all, mut path) = (Vec::new(), format!("{PROPOSALS}/{id}/moves?limit=1"));
    loop {
        let page = service.get("admin2", &path).expect(200);
        all.extend(foretold(&page));
        let Some(next) = page["next"].as_str() else {
            all.sort();
            return all;
        };
        path = format!("{PROPOSALS}/{id}/moves?limit=1&cursor={next}");
    }
}

#[test]
fn an_amendment_of_the_running_year_moves_what_is_open() {
    on_both("2026-03-02", |service| {
        let case = Handled::new(service);
        let mut year = serde_json::to_value(
            dafu::config::calendars::embedded_years().unwrap().into_iter().find(|year| year.year == 2026).unwrap(),
        )
        .unwrap();
        year["amendments"] =
            json!([{"notice": "测试〔2026〕2号", "published_on": "2026-03-02", "summary": "3月26日放假"}]);
        year["holidays"].as_array_mut().unwrap().push(json!("2026-03-26"));
        let proposal = propose(service, "admin2", &json!({"year": year})).expect(201);
        assert_eq!(proposal["days"].as_array().unwrap().len(), 1);
        let expected = (case.id.clone(), "reply".to_owned(), "2026-03-30".to_owned(), "2026-03-31".to_owned());
        assert_eq!(foretold(&proposal["moves"]), std::slice::from_ref(&expected));
        assert_eq!(with_every_case(service, &year), std::slice::from_ref(&expected), "and nothing was missed");
        decide(service, "admin", &id_of(&proposal), "confirmation").expect(200);
        later(service, 61);
        service.office.tick(&mut |_| ()).unwrap();
        assert_eq!(recorded(service, std::slice::from_ref(&case.id)), [expected]);
        let years = service.get("admin", "/api/v1/admin/calendar").expect(200);
        let amended = years.as_array().unwrap().iter().find(|one| one["year"] == 2026).unwrap();
        let before: Vec<&Value> = amended["earlier"].as_array().unwrap().iter().map(|one| &one["notice"]).collect();
        assert_eq!((&amended["editions"], before), (&json!(2), vec![&year["notice"]]));
        let again = propose(service, "admin", &json!({"year": year})).expect(422);
        assert!(again["errors"][0]["detail"].as_str().unwrap().contains("完全相同"), "{again:#}");
        service.check();
    });
}

#[test]
fn a_proposal_is_decided_once_and_one_that_was_overtaken_is_none_any_more() {
    on_both("2026-12-10", |service| {
        let first = id_of(&propose(service, "admin", &json!({"year": next_year("测试〔2026〕1号")})).expect(201));
        let second = id_of(&propose(service, "admin", &json!({"year": next_year("测试〔2026〕2号")})).expect(201));
        let third = id_of(&propose(service, "admin", &json!({"year": next_year("测试〔2026〕3号")})).expect(201));
        assert_eq!(decide(service, "admin", &third, "rejection").expect(200)["decision"]["code"], "rejected");
        decide(service, "admin2", &third, "confirmation").expect(409);
        decide(service, "admin2", &first, "confirmation").expect(200);
        let overtaken = decide(service, "admin2", &second, "confirmation").expect(409);
        assert!(overtaken["detail"].as_str().unwrap().contains("新版本"), "{overtaken:#}");
        let codes: Vec<Value> = service
            .get("admin2", PROPOSALS)
            .expect(200)
            .as_array()
            .unwrap()
            .iter()
            .map(|one| json!([one["id"], one["decision"]["code"]]))
            .collect();
        for expected in [json!([first, "confirmed"]), json!([second, "overtaken"]), json!([third, "rejected"])] {
            assert!(codes.contains(&expected), "{codes:#?}");
        }

        // An edition that came by another way overtakes as well, and that is written down.
        later(service, 61);
        let fourth = id_of(&propose(service, "admin", &json!({"year": next_year("测试〔2026〕4号")})).expect(201));
        later(service, 61);
        let learnt = serde_json::from_value(next_year("测试〔2026〕5号")).unwrap();
        service.office.learn_calendars(&[learnt]).unwrap();
        decide(service, "admin2", &fourth, "confirmation").expect(409);
        let fourth = service.get("admin2", &format!("{PROPOSALS}/{fourth}")).expect(200);
        assert_eq!(fourth["decision"]["code"], "overtaken");
        assert_eq!((&fourth["candidates"], &fourth["moves"]["items"]), (&json!(0), &json!([])));
    });
}

#[test]
fn a_wrong_file_is_told_with_everything_that_is_wrong() {
    on_both("2026-12-10", |service| {
        let event = |lines: &str| format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n");
        let text = format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}{}{}{}END:VCALENDAR\r\n",
            event("DTSTART;VALUE=DATE:20270101\r\nSUMMARY:元旦（休）"),
            event("DTSTART;VALUE=DATE:20270105\r\nSUMMARY:小寒"),
            event("DTSTART:20270109T090000\r\nSUMMARY:补班"),
            event("DTSTART;VALUE=DATE:20270112\r\nSUMMARY:春节（班）"),
        );
        let answer = propose(service, "admin", &json!({"ical": text})).expect(422);
        assert_eq!(pointers(&answer), ["/notice", "/published_on"], "without a day nobody knows which year is meant");
        let answer = propose(service, "admin", &json!({"ical": text, "for_year": 2027})).expect(422);
        assert_eq!(pointers(&answer), ["/notice", "/published_on", "/ical", "/ical"]);
        let body = json!({"ical": text, "notice": "测试〔2026〕1号", "published_on": "2026-11-05"});
        let answer = propose(service, "admin", &body).expect(422);
        let details: Vec<&str> =
            answer["errors"].as_array().unwrap().iter().map(|one| one["detail"].as_str().unwrap()).collect();
        assert_eq!(details.len(), 3, "{details:#?}");
        for (detail, word) in details.iter().zip(["小寒", "补班", "2027-01-12"]) {
            assert!(detail.contains(word), "{word} in {detail}");
        }
        let two = json!({"toml": "year = 2027", "ical": text, "notice": "甲号", "published_on": "2026-11-05"});
        assert_eq!(pointers(&propose(service, "admin", &two).expect(422)), [""]);
        propose(service, "admin", &json!({"toml": "year = 2027"})).expect(422);
        let mut year = next_year("测试〔2026〕1号");
        year["holidays"] = json!(["2027-01-02", "2028-01-03"]);
        year["workdays"] = json!(["2027-01-05"]);
        assert_eq!(
            propose(service, "admin", &json!({"year": year})).expect(422)["errors"].as_array().unwrap().len(),
            4
        );
        assert_eq!(service.get("admin", PROPOSALS).expect(200), json!([]));
    });
}

fn pointers(answer: &Value) -> Vec<&str> {
    answer["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect()
}

#[test]
fn only_administrators_of_the_top_agency_keep_the_calendar() {
    on_both("2026-12-10", |service| {
        let county = NewStaff {
            login: "county_admin".to_owned(),
            name: "某county_admin".to_owned(),
            password: PASSWORD.to_owned(),
            agency: "qingxi".to_owned(),
            roles: vec![Role::Administrator],
            email: None,
        };
        service.office.install_staff(county, FirstPassword::Stays).unwrap();
        let id = id_of(&propose(service, "admin", &json!({"year": next_year("测试〔2026〕1号")})).expect(201));
        for login in ["county_admin", "clerk", "handler", "supervisor"] {
            for path in
                ["/api/v1/admin/calendar", PROPOSALS, &format!("{PROPOSALS}/{id}"), &format!("{PROPOSALS}/{id}/moves")]
            {
                service.get(login, path).expect(403);
            }
            propose(service, login, &json!({"year": next_year("测试〔2026〕2号")})).expect(403);
            decide(service, login, &id, "confirmation").expect(403);
            decide(service, login, &id, "rejection").expect(403);
        }
        decide(service, "admin2", "00000000-0000-7000-8000-000000000000", "confirmation").expect(404);
        let wrong = service.get("admin2", &format!("{PROPOSALS}/{id}/moves?limit=0&cursor=x")).expect(422);
        assert_eq!(pointers(&wrong), ["?limit", "?cursor"]);
    });
}

#[test]
fn a_start_proposes_what_was_never_known_and_asks_once() {
    on_both("2026-12-10", |service| {
        let folder = tempfile::tempdir().unwrap();
        let write = |notice: &str| {
            let text = format!(
                "year = 2027\nnotice = \"{notice}\"\npublished_on = \"2026-11-05\"\nholidays = [\"2027-01-01\"]\nworkdays = []\n"
            );
            std::fs::write(folder.path().join("2027.toml"), text).unwrap();
        };
        write("测试〔2026〕1号");
        let last_year = |office: &dafu::office::Office| office.years_in_force().unwrap().last().unwrap().year;
        assert_eq!(last_year(&service.started_with(folder.path())), 2026);
        service.started_with(folder.path());
        let open = service.get("admin", PROPOSALS).expect(200);
        assert_eq!(open.as_array().unwrap().len(), 1, "once: {open:#}");
        assert_eq!((&open[0]["source"]["code"], &open[0]["proposed_by"]), (&json!("start"), &Value::Null));
        decide(service, "admin", open[0]["id"].as_str().unwrap(), "rejection").expect(200);
        service.started_with(folder.path());
        assert_eq!(
            service.get("admin", PROPOSALS).expect(200).as_array().unwrap().len(),
            1,
            "what was rejected stays so"
        );

        write("测试〔2026〕2号");
        later(service, 1);
        service.started_with(folder.path());
        let open = service.get("admin", PROPOSALS).expect(200);
        decide(service, "admin", open[0]["id"].as_str().unwrap(), "confirmation").expect(200);
        later(service, 61);
        assert_eq!(last_year(&service.started_with(folder.path())), 2027, "one administrator is enough for it");
        assert_eq!(service.get("admin", PROPOSALS).expect(200).as_array().unwrap().len(), 2);
    });
}

#[test]
fn whoever_has_the_machine_rehearses_without_writing_and_proposes_without_a_name() {
    on_both("2026-12-24", |service| {
        let case = Handled::new(service);
        let input = serde_json::from_value(json!({"year": next_year("测试〔2026〕1号")})).unwrap();
        let mut steps = Vec::new();
        let rehearsal = service.office.rehearse_calendar(&input, &mut |done, of| steps.push((done, of))).unwrap();
        assert_eq!((rehearsal.looked_at, rehearsal.moves.len(), steps), (1, 2, vec![(1, 1)]));
        assert_eq!(rehearsal.days.len(), 2);
        assert_eq!(service.get("admin", PROPOSALS).expect(200), json!([]), "nothing was written");
        let laid = service.office.lay_calendar_down(&input).unwrap();
        let confirmed = decide(service, "admin", &laid.line.id.to_string(), "confirmation").expect(200);
        assert_eq!(confirmed["source"]["code"], "command_line");
        later(service, 61);
        service.office.tick(&mut |_| ()).unwrap();
        assert_eq!(recorded(service, std::slice::from_ref(&case.id)).len(), 2);
    });
}
