//! Lists of cases that somebody keeps: held to what the queue takes, theirs alone, thirty at most.

use serde_json::{Value, json};

use crate::support::served::{Answer, Served, on_both};

fn keep(service: &Served, login: &str, name: &str, query: &str) -> Answer {
    let path = format!("/api/v1/me/views/{name}");
    service.by(login, "PUT", &path, &[], Some(&json!({"query": query})))
}

fn kept(service: &Served, login: &str) -> Vec<(String, String)> {
    let views = service.get(login, "/api/v1/me/views").expect(200);
    let text = |view: &Value, member: &str| view[member].as_str().unwrap().to_owned();
    views.as_array().unwrap().iter().map(|view| (text(view, "name"), text(view, "query"))).collect()
}

fn pair(name: &str, query: &str) -> (String, String) {
    (name.to_owned(), query.to_owned())
}

/// `我的在办` and `急/办 50%`, as they go into a path.
const MINE: &str = "%E6%88%91%E7%9A%84%E5%9C%A8%E5%8A%9E";
const ODD: &str = "%E6%80%A5%2F%E5%8A%9E%2050%25";

#[test]
fn a_view_is_kept_put_in_order_changed_and_deleted_and_opens_what_it_names() {
    on_both("2025-03-03", |service| {
        assert_eq!(kept(service, "handler"), []);
        let view =
            keep(service, "handler", MINE, "?stage=handling&sort=due_on&handler=me&outcome=&cursor=").expect(200);
        assert_eq!(view, json!({"name": "我的在办", "query": "handler=me&sort=due_on&stage=handling"}));
        service.day("2025-03-04");
        keep(service, "handler", ODD, "q=路灯&stage=signing,serving&limit=20&overdue=true").expect(200);
        let odd = "limit=20&overdue=true&q=%E8%B7%AF%E7%81%AF&stage=signing%2Cserving";
        let mine = "handler=me&sort=due_on&stage=handling";
        assert_eq!(kept(service, "handler"), [pair("我的在办", mine), pair("急/办 50%", odd)]);
        assert_eq!(kept(service, "clerk"), [], "another's views are theirs");

        service.day("2025-03-05");
        keep(service, "handler", MINE, "stage=handling").expect(200);
        assert_eq!(kept(service, "handler"), [pair("我的在办", "stage=handling"), pair("急/办 50%", odd)]);
        for (_, query) in kept(service, "handler") {
            service.get("handler", &format!("/api/v1/cases?{query}")).expect(200);
        }
        for _ in 0..2 {
            let gone = service.by("handler", "DELETE", &format!("/api/v1/me/views/{ODD}"), &[], None);
            assert_eq!(gone.status, 204);
        }
        assert_eq!(kept(service, "handler"), [pair("我的在办", "stage=handling")]);
    });
}

#[test]
fn a_cursor_is_not_kept_and_a_view_of_everything_is_one_too() {
    on_both("2025-03-03", |service| {
        service.apply("yunhe");
        service.apply("yunhe");
        let page = service.get("clerk", "/api/v1/cases?limit=1").expect(200);
        let cursor = page["next"].as_str().unwrap().replace('+', "%2B");
        let view = keep(service, "clerk", "all", &format!("limit=1&cursor={cursor}")).expect(200);
        assert_eq!(view["query"], "limit=1");
        assert_eq!(keep(service, "clerk", "all", "").expect(200)["query"], "");
    });
}

#[test]
fn what_the_queue_would_not_take_is_not_kept() {
    on_both("2025-03-03", |service| {
        let wrong = keep(service, "handler", MINE, "stage=waiting&sort=due&colour=red&limit=201&due_from=tomorrow");
        let wrong = wrong.expect(422);
        for error in wrong["errors"].as_array().unwrap() {
            assert_eq!(error["pointer"], "/query", "{wrong:#}");
        }
        for (query, says) in [
            ("stage=waiting", "stage："),
            ("sort=due", "sort："),
            ("limit=201", "limit："),
            ("limit=many", "limit："),
            ("colour=red", "colour："),
            ("overdue=true&overdue=false", "overdue："),
            ("q=路", "q："),
            ("applicant=陈晓燕", "applicant："),
        ] {
            let body = keep(service, "handler", MINE, query).expect(422);
            assert!(body["errors"][0]["detail"].as_str().unwrap().starts_with(says), "{query}: {body:#}");
        }
        keep(service, "county_clerk", MINE, "agency=jianshe").expect(404);
        keep(service, "admin", MINE, "stage=handling").expect(403);
        assert_eq!(kept(service, "handler"), []);
    });
}

#[test]
fn a_name_is_not_blank_and_at_most_sixty_letters() {
    on_both("2025-03-03", |service| {
        let named = |name: &str| keep(service, "handler", name, "stage=handling");
        let long = "%E5%8A%9E".repeat(61);
        for name in ["%20%20", &long] {
            assert_eq!(named(name).expect(422)["errors"][0]["pointer"], "{name}");
        }
        named(&"%E5%8A%9E".repeat(60)).expect(200);
        named("a%00b").expect(404);
        assert_eq!(named("%20a%20").expect(200)["name"], "a");
    });
}

#[test]
fn thirty_views_are_kept_and_no_more_however_many_ask_at_once() {
    on_both("2025-03-03", |service| {
        let put = |number: usize| keep(service, "handler", &format!("view-{number}"), "stage=handling");
        for number in 0..27 {
            put(number).expect(200);
        }
        let answers: Vec<u16> = std::thread::scope(|scope| {
            let asking: Vec<_> = (27..33).map(|number| scope.spawn(move || put(number).status)).collect();
            asking.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|status| **status == 200).count(), 3, "{answers:?}");
        assert_eq!(answers.iter().filter(|status| **status == 409).count(), 3, "{answers:?}");
        assert_eq!(kept(service, "handler").len(), 30);
        put(0).expect(200);
        let full = put(99).expect(409);
        assert!(full["detail"].as_str().unwrap().contains("30"), "{full:#}");
        service.by("handler", "DELETE", "/api/v1/me/views/view-0", &[], None);
        put(99).expect(200);
        keep(service, "clerk", "view-0", "stage=serving").expect(200);
    });
}
