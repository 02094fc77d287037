//! All that somebody has applied for, by way of their mail box: an address, a link that works once, a list.

use chrono::TimeDelta;
use dafu::notices::memory::Memory;
use dafu::notices::transport::Transport;
use dafu::scheduler::turn;
use serde_json::json;

use crate::support::handled::Handled;
use crate::support::served::{Served, application, on_both};

/// The links that are in the mails of a turn, each with the address it went to.
fn links(service: &Served) -> Vec<(String, String)> {
    let memory = Memory::default();
    let transport = Transport::Memory(memory.clone());
    for done in turn(&service.office, Some(&transport), "one", &mut |_| ()) {
        assert_eq!(done.report.unwrap().failed, [], "{}", done.name);
    }
    let link = |text: &str| {
        let rest = text.split("输入链接码").nth(1)?;
        Some(rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect())
    };
    let letters = memory.letters();
    letters.iter().filter_map(|letter| Some((letter.to_address.clone(), link(&letter.rendered.text)?))).collect()
}

fn ask(service: &Served, email: &str) {
    service.public("POST", "/api/v1/public/mine", None, Some(&json!({ "email": email }))).expect(202);
}

#[test]
fn a_link_to_the_mail_box_opens_the_list_once_and_each_application_in_it() {
    on_both("2025-03-03", |service| {
        let (one, other) = (Handled::new(service), Handled::new(service));
        let mut foreign = application();
        foreign["applicant"]["email"] = json!("other@example.org");
        Handled::of(service, &foreign);
        links(service);
        ask(service, " Chen@Example.org ");
        ask(service, "nobody@example.org");
        let sent = links(service);
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert_eq!(sent[0].0, "chen@example.org");
        let open = || service.public("POST", "/api/v1/public/mine/pass", None, Some(&json!({"link": sent[0].1})));
        let pass = open().expect(200)["pass"].as_str().unwrap().to_owned();
        open().expect(401);
        let list = |pass: &str| service.send("GET", "/api/v1/public/mine", &[("X-Mine-Pass", pass)], None);
        let mine = list(&pass).expect(200);
        let numbers: Vec<&str> =
            mine.as_array().unwrap().iter().map(|one| one["receipt_no"].as_str().unwrap()).collect();
        let theirs = |case: &Handled<'_>| case.receipt["receipt_no"].as_str().unwrap().to_owned();
        assert_eq!(numbers, [theirs(&other), theirs(&one)], "{mine:#}");
        let (number, code) = (numbers[1], mine[1]["query_code"].as_str().unwrap());
        service.public("GET", &format!("/api/v1/public/applications/{number}"), Some(code), None).expect(200);
        for wrong in ["", "x", &sent[0].1, &pass.replace('1', "2")] {
            assert_eq!(list(wrong).status, 401, "{wrong}");
        }
        service.clock.set(service.clock.now() + TimeDelta::minutes(60));
        list(&pass).expect(401);
    });
}

#[test]
fn a_link_is_over_after_twenty_minutes_and_three_an_hour_are_enough() {
    let service = Served::on_sqlite("2025-03-03");
    Handled::new(&service);
    links(&service);
    for _ in 0..5 {
        ask(&service, "chen@example.org");
    }
    let sent = links(&service);
    assert_eq!(sent.len(), 3);
    service.clock.set(service.clock.now() + TimeDelta::minutes(20));
    service.public("POST", "/api/v1/public/mine/pass", None, Some(&json!({"link": sent[0].1}))).expect(401);
    service.public("POST", "/api/v1/public/mine", None, Some(&json!({"email": "no address"}))).expect(422);
}
