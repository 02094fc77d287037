//! What a supervisor asks: overdue and due soon, over a subtree, as of any day; and the officers' queues.

use dafu::law::outcome::Outcome;
use dafu::storage::{agencies, staff};
use serde_json::{Value, json};

use crate::support::handled::draft;
use crate::support::served::{Served, application, on_both};

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

pub fn served(service: &Served, case: &str) {
    service.act("clerk", case, "registration", &json!({})).expect(200);
    service.act("clerk", case, "assignment", &json!({})).expect(200);
    service.act("handler", case, "claim", &json!({})).expect(200);
    let searched = json!({
        "searched_by": "档案科 李某", "place": "电子档案系统", "words": "施工合同", "period_from": "2023-01-01",
        "period_to": "2024-12-31", "found": "nothing", "result": "未检索到相符文件。"
    });
    service.act("handler", case, "searches", &searched).expect(200);
    let draft = draft(Outcome::NotHeld);
    service.act("handler", case, "draft", &draft).expect(200);
    service.act("reviewer", case, "review", &json!({"decision": "approve"})).expect(200);
    service.act("signer", case, "signature", &json!({"decision": "approve"})).expect(200);
    service.act("clerk", case, "service", &json!({"way": "electronic"})).expect(200);
}

#[test]
fn overdue_is_answered_over_the_subtree_and_as_of_any_day() {
    on_both("2025-03-03", |service| {
        let city = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        service.day("2025-03-05");
        let county = service.apply("qingxi")["case_id"].as_str().unwrap().to_owned();
        service.day("2025-04-01");
        let overdue = service.get("supervisor", "/api/v1/supervision/overdue").expect(200);
        assert_eq!(ids(&overdue), [city.as_str()], "due 31 March; the county's is due on 2 April");
        assert_eq!((overdue["total"].as_i64(), overdue["items"][0]["days_left"].as_i64()), (Some(1), Some(-1)));
        let soon = service.get("supervisor", "/api/v1/supervision/due-soon").expect(200);
        assert_eq!(ids(&soon), [county.as_str()]);

        service.day("2025-04-03");
        let overdue = service.get("supervisor", "/api/v1/supervision/overdue").expect(200);
        assert_eq!(ids(&overdue), [city.as_str(), county.as_str()], "the longest due first");
        let below = service.get("supervisor", "/api/v1/supervision/overdue?agency=qingxi").expect(200);
        assert_eq!(ids(&below), [county.as_str()]);
        let at =
            |query: &str| ids(&service.get("supervisor", &format!("/api/v1/supervision/overdue?{query}")).expect(200));
        assert_eq!(at("stage=registering"), [city.as_str(), county.as_str()]);
        assert_eq!((at("stage=handling").len(), at("agency=qingxi&stage=registering").len()), (0, 1));
        service.get("supervisor", "/api/v1/supervision/overdue?stage=moon").expect(422);
        let bearer = format!("Bearer {}", service.token("supervisor"));
        let table = |query: &str| {
            let path = format!("/api/v1/supervision/overdue.csv?{query}");
            let (status, _, bytes) = service.file(&path, &[("Authorization", &bearer)]);
            assert_eq!(status, 200);
            String::from_utf8(bytes).unwrap().lines().count()
        };
        assert_eq!((table(""), table("as_of=2025-04-01"), table("agency=qingxi")), (3, 2, 2), "with the head");
        let own = service.get("county_clerk", "/api/v1/supervision/overdue?agency=yunhe").expect(200);
        assert_eq!(ids(&own), [county.as_str()], "of the city's agencies, those one may see");
        service.get("county_clerk", "/api/v1/supervision/overdue?agency=jianshe").expect(404);
        service.get("handler", "/api/v1/supervision/overdue").expect(403);

        served(service, &city);
        let view = service.get("clerk", &format!("/api/v1/cases/{city}")).expect(200);
        assert_eq!(view["closing"]["late"], true);
        let overdue = service.get("supervisor", "/api/v1/supervision/overdue").expect(200);
        assert_eq!(ids(&overdue), [county]);
        let then = service.get("supervisor", "/api/v1/supervision/overdue?as_of=2025-04-01").expect(200);
        assert_eq!(ids(&then), [city], "the past is answered as it stood then");
        let before = service.get("supervisor", "/api/v1/supervision/overdue?as_of=2025-03-31").expect(200);
        assert_eq!(before["total"], 0, "the last day is not overdue");
        service.get("supervisor", "/api/v1/supervision/overdue?as_of=2025-05-01").expect(422);
        service.check();
    });
}

#[test]
fn a_queue_is_read_in_pages_that_cover_everything_once() {
    on_both("2025-03-03", |service| {
        let made: std::collections::BTreeSet<String> =
            (0..7).map(|_| service.apply("yunhe")["case_id"].as_str().unwrap().to_owned()).collect();
        let mut seen = Vec::new();
        let mut next = Value::Null;
        loop {
            let cursor = next
                .as_str()
                .map_or(String::new(), |cursor| format!("&cursor={}", cursor.replace('|', "%7C").replace(':', "%3A")));
            let page = service.get("clerk", &format!("/api/v1/cases?limit=3&sort=due_on{cursor}")).expect(200);
            seen.extend(ids(&page));
            next = page["next"].clone();
            if next.is_null() {
                break;
            }
        }
        assert_eq!(seen.len(), 7);
        assert_eq!(seen.into_iter().collect::<std::collections::BTreeSet<_>>(), made);
    });
}

#[test]
fn a_case_is_found_by_two_characters_of_its_subject_and_by_the_whole_name_of_its_applicant() {
    on_both("2025-03-03", |service| {
        let roads = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        let mut other = application();
        other["request"]["subject"] = json!("垃圾中转站环评批复");
        other["request"]["description"] = json!("城西垃圾中转站环境影响评价批复");
        other["applicant"]["name"] = json!("王建国");
        let path = "/api/v1/public/agencies/yunhe/applications";
        let waste =
            service.public("POST", path, None, Some(&other)).expect(201)["case_id"].as_str().unwrap().to_owned();
        let found = |query: &str| ids(&service.get("clerk", &format!("/api/v1/cases?{query}")).expect(200));
        assert_eq!(found("q=%E7%8E%AF%E8%AF%84"), [waste.as_str()]);
        assert_eq!(found("q=%E6%96%BD%E5%B7%A5%E5%90%88%E5%90%8C"), [roads.as_str()]);
        assert_eq!(found("q=%E8%AF%84%E7%8E%AF"), [] as [&str; 0], "both characters are there, the piece is not");
        assert_eq!(found("applicant=%E7%8E%8B%E5%BB%BA%E5%9B%BD"), [waste]);
        assert_eq!(found("applicant=%E7%8E%8B%E5%BB%BA"), [] as [&str; 0], "half a name finds nobody");
        assert_eq!(ids(&service.get("county_clerk", "/api/v1/cases").expect(200)), [] as [&str; 0]);
    });
}

#[test]
fn by_a_person_only_those_search_who_work_on_the_cases_and_only_there() {
    on_both("2025-03-03", |service| {
        let city = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        let county = service.apply("qingxi")["case_id"].as_str().unwrap().to_owned();
        let search = "/api/v1/cases?applicant=110101199003070011";
        assert_eq!(ids(&service.get("clerk", search).expect(200)), [city.as_str()]);
        assert_eq!(ids(&service.get("county_clerk", search).expect(200)), [county.as_str()]);
        for watcher in ["supervisor", "auditor"] {
            let told = service.get(watcher, search).expect(403);
            assert!(told["detail"].as_str().unwrap().contains("经办人"), "{told:#}");
            service.get(watcher, "/api/v1/cases?applicant=nobody").expect(403);
            let seen = ids(&service.get(watcher, "/api/v1/cases?q=%E6%96%BD%E5%B7%A5").expect(200));
            assert_eq!(seen.len(), 2, "by what is asked for they may");
        }
        let both = service.get("county_handler", "/api/v1/me").expect(200)["id"].as_str().unwrap().parse().unwrap();
        service
            .office
            .db()
            .write_now(|conn| {
                let city = agencies::find_by_slug(conn, "yunhe")?.expect("there").id;
                staff::grant(conn, both, city, "supervisor", service.clock.now())
            })
            .expect("granted");
        let both = |query: &str| service.get("county_handler", &format!("{search}{query}"));
        assert_eq!(ids(&service.get("county_handler", "/api/v1/cases").expect(200)).len(), 2, "watches both");
        assert_eq!(ids(&both("").expect(200)), [county.as_str()], "and searches where they work");
        assert_eq!(ids(&both("&agency=yunhe").expect(200)), [county]);
        both("&agency=jianshe").expect(403);
    });
}

#[test]
fn numbers_have_no_gap_and_no_double_when_many_register_at_once() {
    on_both("2025-03-03", |service| {
        let cases: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..12)
                .map(|_| scope.spawn(|| service.apply("yunhe")["case_id"].as_str().unwrap().to_owned()))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        service.token("clerk");
        let mut numbers: Vec<u32> = std::thread::scope(|scope| {
            let threads: Vec<_> = cases
                .iter()
                .map(|case| {
                    scope.spawn(move || {
                        let view = service.act("clerk", case, "registration", &json!({})).expect(200);
                        let number = view["number"].as_str().unwrap();
                        number.trim_start_matches("云政公开申〔2025〕").trim_end_matches('号').parse().unwrap()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=12).collect::<Vec<u32>>());
        service.check();
    });
}

#[test]
fn of_two_who_act_on_the_same_version_one_loses_politely() {
    on_both("2025-03-03", |service| {
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        service.token("clerk");
        let path = format!("/api/v1/cases/{case}/notes");
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let note = |text: &'static str| {
                let path = &path;
                scope.spawn(move || {
                    service.by("clerk", "POST", path, &[("If-Match", "\"2\"")], Some(&json!({"text": text}))).status
                })
            };
            [note("一"), note("二")].map(|thread| thread.join().unwrap()).to_vec()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412]);
        service.check();
    });
}
