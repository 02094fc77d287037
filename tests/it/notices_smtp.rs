//! The outbox against a real mail server that refuses, puts off, hangs and is cut off: each notice is accepted once in the
//! end, twice only where the line was cut after the letter, and then under the same Message-ID.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use dafu::config::mail::{Mail, Security, Way};
use dafu::notices::message::Letter;
use dafu::notices::render::Rendered;
use dafu::notices::transport::{SendFault, Transport};
use dafu::scheduler::turn;
use serde_json::{Value, json};

use super::support::served::{Served, application, on_both};
use super::support::smtp::Smtp;

fn mail(port: u16) -> Mail {
    let mut mail = dafu::config::Config::load(None, []).unwrap().mail;
    mail.transport = Way::Smtp;
    "云河市政府信息公开 <noreply@yunhe.example>".clone_into(&mut mail.from);
    "127.0.0.1".clone_into(&mut mail.host);
    mail.port = port;
    mail.security = Security::None;
    mail.timeout_seconds = 1;
    mail
}

fn apply(service: &Served, email: &str) -> Value {
    let mut application = application();
    application["applicant"]["email"] = json!(email);
    let path = "/api/v1/public/agencies/yunhe/applications";
    service.public("POST", path, None, Some(&application)).expect(201)
}

/// The receipt among the notices of a case.
fn receipt_among(notices: &Value) -> Value {
    notices.as_array().unwrap().iter().find(|one| one["notice"]["code"] == "receipt").unwrap().clone()
}

fn states(service: &Served) -> BTreeMap<String, usize> {
    let mut states = BTreeMap::new();
    let mut cursor = String::new();
    loop {
        let page = service.get("admin", &format!("/api/v1/admin/outbox?limit=200{cursor}")).expect(200);
        for item in page["items"].as_array().unwrap() {
            *states.entry(item["state"]["code"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return states,
        }
    }
}

#[test]
fn every_notice_is_accepted_once_and_twice_only_where_the_line_was_cut_after_the_letter() {
    on_both("2026-03-02", |service| {
        let server = Smtp::start();
        let transport = Transport::from_config(&mail(server.port)).unwrap();
        let mut receipts = Vec::new();
        for number in 0..8 {
            receipts.push(apply(service, &format!("ok{number}@example.org")));
        }
        let refused = apply(service, "refused@example.org");
        apply(service, "later@example.org");
        apply(service, "slow@example.org");

        server.drop_connections(2);
        server.cut_after_data(2);
        let mut rounds = 0;
        loop {
            turn(&service.office, Some(&transport), "one", &mut |_| ());
            if !states(service).contains_key("waiting") {
                break;
            }
            rounds += 1;
            assert!(rounds < 30, "{:?}", states(service));
            service.clock.set(service.clock.now() + TimeDelta::minutes(45));
        }

        let accepted = server.accepted();
        let mut by_id: BTreeMap<&str, u32> = BTreeMap::new();
        for letter in &accepted {
            *by_id.entry(letter.message_id.as_str()).or_default() += 1;
        }
        let twice: u32 = by_id.values().map(|count| count - 1).sum();
        let unheard = server.unheard.load(std::sync::atomic::Ordering::SeqCst);
        // A slow server may take the letter of a sender who has gone: that too is a line cut after DATA.
        assert!(twice >= unheard.min(2) && twice <= unheard + 1, "{twice} of {unheard}: {by_id:?}");
        let reached: BTreeSet<&str> = accepted.iter().map(|letter| letter.to.as_str()).collect();
        for number in 0..8 {
            assert!(reached.contains(format!("ok{number}@example.org").as_str()), "{reached:?}");
        }
        assert!(reached.contains("later@example.org") && reached.contains("slow@example.org"), "{reached:?}");
        assert!(!reached.contains("refused@example.org"));

        let receipt = accepted.iter().find(|letter| letter.to == "ok0@example.org").unwrap();
        let parsed = mail_parser::MessageParser::default().parse(&receipt.raw).unwrap();
        let text = parsed.body_text(0).unwrap();
        assert!(parsed.subject().unwrap().starts_with("收件回执：YUNHE-2026-"), "{:?}", parsed.subject());
        assert!(text.contains(receipts[0]["query_code"].as_str().unwrap()), "{text}");
        assert!(!text.contains("110101199003070011"), "no identity number: {text}");

        // Refused for good: told at once, and a task on the case.
        let case = refused["case_id"].as_str().unwrap();
        let notices = service.get("clerk", &format!("/api/v1/cases/{case}/notices")).expect(200);
        let lost = receipt_among(&notices);
        assert_eq!((lost["state"]["code"].as_str(), lost["fault"].as_str()), (Some("dead"), Some("550")), "{lost:#}");
        let told = accepted.iter().any(|letter| {
            let mail = mail_parser::MessageParser::default().parse(&letter.raw).unwrap();
            letter.to == "clerk@example.org" && mail.subject().unwrap().starts_with("邮件未送达")
        });
        assert!(told, "the clerk hears of it while there is no handler");
        let tasks = service.get("clerk", "/api/v1/tasks").expect(200);
        let task = &tasks["items"][0];
        assert_eq!((task["case"].as_str(), task["fault"].as_str()), (Some(case), Some("550")), "{tasks:#}");
        let settle = format!("/api/v1/tasks/{}/settlement", task["id"].as_str().unwrap());
        let settled = service.by("clerk", "POST", &settle, &[], Some(&json!({"settled": "phoned"}))).expect(200);
        assert_eq!(settled["settled"]["code"], "phoned");
        service.by("clerk", "POST", &settle, &[], Some(&json!({"settled": "phoned"}))).expect(422);
        assert_eq!(service.get("clerk", "/api/v1/tasks").expect(200)["items"], json!([]));
    });
}

#[test]
fn what_is_not_accepted_for_too_long_is_given_up_and_can_be_tried_again() {
    on_both("2026-03-02", |service| {
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let transport = Transport::from_config(&mail(nobody)).unwrap();
        let receipt = apply(service, "ok@example.org");
        for _ in 0..40 {
            turn(&service.office, Some(&transport), "one", &mut |_| ());
            service.clock.set(service.clock.now() + TimeDelta::hours(5));
        }
        let case = receipt["case_id"].as_str().unwrap();
        let path = format!("/api/v1/cases/{case}/notices");
        let notices = service.get("clerk", &path).expect(200);
        let lost = receipt_among(&notices);
        assert_eq!((lost["state"]["code"].as_str(), lost["fault"].as_str()), (Some("dead"), Some("connection")));
        assert!(lost["attempts"].as_u64().unwrap() > 5, "{lost:#}");

        let server = Smtp::start();
        let transport = Transport::from_config(&mail(server.port)).unwrap();
        let retry = format!("/api/v1/admin/outbox/{}/retry", lost["id"].as_str().unwrap());
        service.by("admin", "POST", &retry, &[], None).expect(200);
        service.by("clerk", "POST", &retry, &[], None).expect(404);
        turn(&service.office, Some(&transport), "one", &mut |_| ());
        let sent: Vec<String> = server.accepted().into_iter().map(|letter| letter.message_id).collect();
        let expected = format!("{}@yunhe.example", lost["id"].as_str().unwrap());
        assert!(sent.contains(&expected), "under the id it always had: {sent:?}");
        service.by("admin", "POST", &retry, &[], None).expect(422);
    });
}

#[test]
fn a_server_is_believed_only_when_an_authority_we_know_speaks_for_it() {
    let server = Smtp::with_tls();
    let letter = Letter {
        to_name: "陈晓燕".to_owned(),
        to_address: "chen@example.org".to_owned(),
        from: "云河市政府信息公开 <noreply@yunhe.example>".to_owned(),
        message_id: "<one@yunhe.example>".to_owned(),
        thread: None,
        list_id: "yunhe.yunhe.example".to_owned(),
        rendered: Rendered {
            subject: "回执".to_owned(), text: "您好".to_owned(), html: "<p>您好</p>".to_owned()
        },
        at: "2026-03-02T01:00:00Z".parse().unwrap(),
    };
    let secured = |settings: Mail| Transport::from_config(&Mail { security: Security::Starttls, ..settings }).unwrap();
    let stranger = secured(mail(server.port)).send(&letter);
    assert_eq!(stranger, Err(SendFault::Transient { code: "tls".to_owned() }));
    let ca_file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tls/ca.pem").into();
    secured(Mail { ca_file, ..mail(server.port) }).send(&letter).unwrap();
    assert_eq!(server.accepted().len(), 1);

    // A server without encryption gets nothing where encryption is asked for.
    let open = Smtp::start();
    assert!(secured(mail(open.port)).send(&letter).is_err());
    assert_eq!(open.accepted().len(), 0);
}
