//! What an officer sees beside a case: who asked the like before, with what end, and how often one applicant asks.

use dafu::storage::log_entries::{self, LogFilter};
use serde_json::{Value, json};

use crate::http_supervision::served;
use crate::support::served::{Served, application, on_both};

const CHEN: (&str, &str) = ("陈晓燕", "110101199003070011");
const WANG: (&str, &str) = ("王建国", "110101198001010018");
const LIU: (&str, &str) = ("刘洋", "110101197505050026");

/// A person asks an agency for something on line; the case's id.
fn asks(service: &Served, agency: &str, person: (&str, &str), subject: &str) -> String {
    let mut body = application();
    body["applicant"]["name"] = json!(person.0);
    body["applicant"]["identity_number"] = json!(person.1);
    body["request"]["subject"] = json!(subject);
    let path = format!("/api/v1/public/agencies/{agency}/applications");
    service.public("POST", &path, None, Some(&body)).expect(201)["case_id"].as_str().unwrap().to_owned()
}

fn similar(service: &Served, login: &str, case: &str) -> Value {
    service.get(login, &format!("/api/v1/cases/{case}/similar")).expect(200)
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

fn suggested(answer: &Value) -> Vec<&str> {
    let list = answer["suggestions"].as_array().unwrap();
    list.iter().map(|one| one["kind"]["code"].as_str().unwrap()).collect()
}

/// Looks at the requests of the case's applicant.
fn looked_at(service: &Served, case: &str) -> Vec<Value> {
    let kind = Some("applicant_cases".to_owned());
    let filter = LogFilter { case: Some(case.parse().unwrap()), kind, ..LogFilter::default() };
    let rows = service.office.db().read_now(|conn| log_entries::list(conn, &filter, 100)).unwrap();
    rows.iter().map(|row| serde_json::from_str(&row.body).unwrap()).collect()
}

#[test]
fn a_case_shows_what_was_asked_before_by_whom_and_how_it_ended() {
    on_both("2025-03-03", |service| {
        let first = asks(service, "yunhe", CHEN, "路灯维修合同");
        served(service, &first);
        let near = asks(service, "yunhe", WANG, "路灯维护合同");
        let far = asks(service, "yunhe", WANG, "垃圾中转站环评批复");
        service.day("2025-03-10");
        let other = asks(service, "yunhe", CHEN, "老年食堂补贴名单");
        let again = asks(service, "yunhe", CHEN, "路灯 维修合同");

        let seen = similar(service, "clerk", &again);
        assert_eq!(ids(&seen["same_applicant"]), [other.as_str(), first.as_str()], "the newest first: {seen:#}");
        assert_eq!(ids(&seen["same_subject"]), [first.as_str(), near.as_str()], "the most alike first: {seen:#}");
        assert!(!ids(&seen["same_subject"]).contains(&far.as_str()));
        let like = &seen["same_subject"][0];
        assert_eq!((like["score"].as_u64(), &like["matched"]), (Some(100), &json!(["路灯", "维修合同"])));
        assert_eq!((&like["applicant"], &like["same_applicant"]), (&json!("陈**"), &json!(true)));
        assert_eq!((&like["outcome"]["code"], &like["report_row"]), (&json!("not_held"), &json!("3.4.1")));
        assert_eq!(like["articles"][0]["code"], "regulation-36.4");
        assert_eq!((&like["answered"], &like["earlier"], &like["late"]), (&json!(true), &json!(true), &json!(false)));
        assert_eq!((&like["closed_on"], &like["received_on"]), (&json!("2025-03-03"), &json!("2025-03-03")));
        assert_eq!((&like["agency"]["slug"], &like["stood"]), (&json!("yunhe"), &Value::Null));
        let like = &seen["same_subject"][1];
        assert_eq!(like["matched"], json!(["路灯", "合同"]), "single characters are no words");
        assert_eq!((&like["applicant"], &like["same_applicant"]), (&json!("王**"), &json!(false)));
        assert_eq!((&like["answered"], &like["outcome"]), (&json!(false), &Value::Null));

        assert_eq!(suggested(&seen), ["repeat"]);
        assert_eq!(seen["suggestions"][0]["articles"][0]["code"], "regulation-36.6");
        assert_eq!(seen["suggestions"][0]["cases"], json!([first]));
        assert_eq!(seen["note"], Value::Null);

        let back = similar(service, "handler", &first);
        assert_eq!(back["same_subject"][0]["earlier"], false);
        assert_eq!(suggested(&back), [] as [&str; 0], "the first request repeats nothing");

        let one = service.get("clerk", &format!("/api/v1/cases/{again}/similar?limit=1")).expect(200);
        assert_eq!((ids(&one["same_applicant"]).len(), ids(&one["same_subject"]).len()), (1, 1));
        let wrong = service.get("clerk", &format!("/api/v1/cases/{again}/similar?limit=0")).expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "?limit");
    });
}

#[test]
fn another_agencys_case_never_appears_and_who_watches_compares_nothing() {
    on_both("2025-03-03", |service| {
        asks(service, "qingxi", CHEN, "路灯维修合同");
        asks(service, "jianshe", CHEN, "路灯维修合同");
        asks(service, "jianshe", WANG, "路灯维修合同");
        let city = asks(service, "yunhe", CHEN, "路灯维修合同");
        let seen = similar(service, "clerk", &city);
        assert_eq!((ids(&seen["same_applicant"]).len(), ids(&seen["same_subject"]).len()), (0, 0), "{seen:#}");
        assert_eq!((&seen["frequency"]["count"], suggested(&seen).len()), (&json!(1), 0));
        let listed = service.get("clerk", &format!("/api/v1/cases/{city}/applicant-cases")).expect(200);
        assert_eq!((&listed["total"], ids(&listed["items"])), (&json!(1), vec![city.as_str()]));

        for call in ["similar", "applicant-cases"] {
            let path = format!("/api/v1/cases/{city}/{call}");
            service.get("county_clerk", &path).expect(404);
            for watcher in ["supervisor", "auditor"] {
                let told = service.get(watcher, &path).expect(403);
                assert!(told["detail"].as_str().unwrap().contains("经办人"), "{told:#}");
            }
        }
        let logged = looked_at(service, &city);
        assert_eq!(logged.len(), 1, "who was turned away has looked at nothing");
    });
}

#[test]
fn several_applicants_who_ask_for_the_same_raise_the_thought_of_publishing_it() {
    on_both("2025-03-03", |service| {
        let subject = "2024年度全区路灯维修合同及中标通知书";
        let first = asks(service, "yunhe", CHEN, subject);
        let second = asks(service, "yunhe", WANG, "2024年度全区路灯维修合同和中标通知书");
        asks(service, "yunhe", WANG, subject);
        assert_eq!(suggested(&similar(service, "clerk", &first)), [] as [&str; 0], "two applicants are not several");
        asks(service, "yunhe", LIU, subject);
        let seen = similar(service, "clerk", &second);
        assert_eq!(suggested(&seen), ["equal_requests"]);
        let suggestion = &seen["suggestions"][0];
        assert_eq!(suggestion["articles"][0]["code"], "regulation-44");
        assert_eq!(suggestion["cases"].as_array().map(Vec::len), Some(3));
        assert!(suggestion["zh"].as_str().unwrap().contains("3名申请人"), "{suggestion:#}");
    });
}

#[test]
fn nine_at_the_end_of_march_and_nine_at_the_beginning_of_april_are_two_months() {
    on_both("2026-03-31", |service| {
        let march: Vec<String> =
            (1..=9).map(|number| asks(service, "yunhe", CHEN, &format!("第{number}号路灯的合同"))).collect();
        asks(service, "yunhe", WANG, "环评批复");
        service.day("2026-04-01");
        let mut april: Vec<String> =
            (1..=9).map(|number| asks(service, "yunhe", CHEN, &format!("第{number}号井盖的合同"))).collect();
        let frequency = |case: &str| similar(service, "clerk", case)["frequency"].clone();
        // All nine of a day lie at one instant: the id decides.
        let mut places: Vec<u64> = march.iter().map(|case| frequency(case)["place"].as_u64().unwrap()).collect();
        places.sort_unstable();
        assert_eq!(places, (1..=9).collect::<Vec<_>>());
        let seen = frequency(&april[8]);
        assert_eq!((&seen["month"], &seen["count"]), (&json!("2026-04"), &json!(9)));
        let months = seen["months"].as_array().unwrap();
        assert_eq!(months.len(), 12);
        assert_eq!(
            months[..3],
            [("2026-04", 9), ("2026-03", 9), ("2026-02", 0)].map(|(m, n)| json!({"month": m, "count": n}))
        );
        assert!(!suggested(&similar(service, "clerk", &april[0])).contains(&"frequent"));

        service.day("2026-04-02");
        april.push(asks(service, "yunhe", CHEN, "公交站台的合同"));
        assert_eq!(frequency(&april[9])["place"], 10);
        assert!(!suggested(&similar(service, "clerk", &april[9])).contains(&"frequent"), "ten are free");
        let eleventh = asks(service, "yunhe", CHEN, "健身步道的合同");
        let seen = similar(service, "clerk", &eleventh);
        assert!(suggested(&seen).contains(&"frequent"), "{seen:#}");
        let frequent = seen["suggestions"].as_array().unwrap().last().unwrap();
        let codes: Vec<&str> =
            frequent["articles"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect();
        assert_eq!(codes, ["regulation-35", "regulation-42"]);
    });
}

#[test]
fn a_request_whose_receipt_is_not_settled_is_compared_but_not_counted() {
    on_both("2026-04-01", |service| {
        let earlier = asks(service, "yunhe", CHEN, "路灯维修合同");
        service.day("2026-04-02");
        let mut body = application();
        body["agency"] = json!("yunhe");
        body["channel"] = json!("email");
        body["request"]["subject"] = json!("路灯维修合同");
        let entered = service.by("clerk", "POST", "/api/v1/cases", &[], Some(&body)).expect(201);
        let case = entered["case"]["id"].as_str().unwrap();
        assert_eq!(entered["case"]["stage"]["code"], "confirming");
        let seen = similar(service, "clerk", case);
        assert_eq!(ids(&seen["same_applicant"]), [earlier.as_str()]);
        assert_eq!((&seen["frequency"]["place"], &seen["frequency"]["count"]), (&Value::Null, &json!(1)));
        let confirmation = json!({"by": "telephone", "received_on": "2026-04-02", "evidence": "电话记录"});
        service.act("clerk", case, "confirmation", &confirmation).expect(200);
        let seen = similar(service, "clerk", case);
        assert_eq!((&seen["frequency"]["place"], &seen["frequency"]["count"]), (&json!(2), &json!(2)));
    });
}

#[test]
fn one_applicants_requests_are_listed_in_pages_and_every_look_is_recorded() {
    on_both("2026-03-31", |service| {
        let mut made: Vec<String> = (0..3).map(|_| asks(service, "yunhe", CHEN, "路灯维修合同")).collect();
        asks(service, "yunhe", WANG, "路灯维修合同");
        service.day("2026-04-01");
        made.push(asks(service, "yunhe", CHEN, "垃圾中转站环评批复"));
        let path = format!("/api/v1/cases/{}/applicant-cases", made[0]);
        let (mut seen, mut next, mut looks) = (Vec::new(), String::new(), 0);
        loop {
            let page = service.get("handler", &format!("{path}?limit=3{next}")).expect(200);
            looks += 1;
            assert_eq!(page["total"], 4);
            assert_eq!(page["months"], json!([{"month": "2026-04", "count": 1}, {"month": "2026-03", "count": 3}]));
            seen.extend(ids(&page["items"]).into_iter().map(str::to_owned));
            let Some(cursor) = page["next"].as_str() else { break };
            next = format!("&cursor={}", cursor.replace('|', "%7C").replace(':', "%3A"));
        }
        assert_eq!(seen.first(), made.last(), "the newest first");
        seen.sort_unstable();
        made.sort_unstable();
        assert_eq!((seen, looks), (made.clone(), 2));
        let wrong = service.get("handler", &format!("{path}?limit=0&cursor=x")).expect(422);
        assert_eq!(wrong["errors"].as_array().map(Vec::len), Some(2), "{wrong:#}");

        let logged = looked_at(service, path.split('/').nth(4).unwrap());
        assert_eq!(logged.len(), 2);
        let me = service.get("handler", "/api/v1/me").expect(200)["id"].clone();
        for look in logged {
            assert_eq!(look["staff"], me);
            assert_eq!(look["facts"]["subject"].as_str().map(str::len), Some(64), "the index, not the number");
        }
    });
}

#[test]
fn without_the_index_of_words_only_the_applicants_own_requests_are_compared() {
    on_both("2025-03-03", |service| {
        let first = asks(service, "yunhe", CHEN, "路灯维修合同");
        asks(service, "yunhe", WANG, "路灯维修合同");
        served(service, &first);
        service.day("2025-03-04");
        let again = asks(service, "yunhe", CHEN, "路灯维修合同");
        let office = service.without_search();
        let token = service.token("clerk");
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let seen = runtime.block_on(async {
            let clerk = office.officer_of(&token).await.unwrap();
            office.similar(&clerk, again.parse().unwrap(), dafu::office::likeness::SimilarQuery::default()).await
        });
        let seen = serde_json::to_value(seen.unwrap()).unwrap();
        assert_eq!((ids(&seen["same_applicant"]), ids(&seen["same_subject"]).len()), (vec![first.as_str()], 0));
        assert_eq!(seen["note"]["code"], "search_off");
        assert_eq!(suggested(&seen), ["repeat"]);
    });
}
