//! Reminding by hand: whom it reaches, what arrives, and what stays of it beside each case.

use dafu::notices::memory::Memory;
use dafu::notices::message::Letter;
use dafu::notices::transport::Transport;
use dafu::scheduler::turn;
use serde_json::{Value, json};

use crate::support::handled::Handled;
use crate::support::served::{Served, on_both};
use crate::support::visitor::Visitor;

const PATH: &str = "/api/v1/cases/reminders";

fn remind(service: &Served, login: &str, body: &Value) -> Value {
    service.by(login, "POST", PATH, &[], Some(body)).expect(200)
}

/// What a turn sends to that account.
fn sent_to(service: &Served, login: &str) -> Vec<Letter> {
    let memory = Memory::default();
    let transport = Transport::Memory(memory.clone());
    for done in turn(&service.office, Some(&transport), "one", &mut |_| ()) {
        assert_eq!(done.report.unwrap().failed, [], "{}", done.name);
    }
    let address = format!("{login}@example.org");
    memory.letters().into_iter().filter(|letter| letter.to_address == address).collect()
}

/// The reminders beside a case.
fn kept(service: &Served, case: &str) -> Vec<Value> {
    let all = service.get("clerk", &format!("/api/v1/cases/{case}/notices")).expect(200);
    let by_hand = |one: &&Value| one["notice"]["code"] == "reminded_by_hand";
    all.as_array().unwrap().iter().filter(by_hand).cloned().collect()
}

#[test]
fn each_handler_gets_one_mail_about_all_the_chosen_cases_and_each_case_keeps_who_was_told() {
    on_both("2025-03-03", |service| {
        let (one, two) = (Handled::new(service), Handled::new(service));
        let unassigned = service.apply("qingxi")["case_id"].as_str().unwrap().to_owned();
        let _before = sent_to(service, "handler");
        let words = "请于本周五前反馈进展。联系人电话13800000001。";
        let mut ask = json!({"cases": [one.id, two.id, unassigned, one.id], "text": words, "preview": true});
        let seen = remind(service, "supervisor", &ask);
        let told = |answer: &Value| -> Vec<(String, usize)> {
            let name = |reached: &Value| reached["staff"]["name"].as_str().unwrap().to_owned();
            let reached = answer["reached"].as_array().unwrap();
            reached.iter().map(|it| (name(it), it["cases"].as_array().unwrap().len())).collect()
        };
        let expected = [("某county_clerk".to_owned(), 1), ("某handler".to_owned(), 2)];
        assert_eq!(told(&seen), expected, "the clerks where nobody handles it: {seen:#}");
        assert_eq!((&seen["preview"], &seen["failed"]), (&json!(true), &json!([])));
        let first = &seen["reached"][1];
        assert_eq!((&first["has_address"], &first["at_once"]), (&json!(true), &json!(true)));
        assert_eq!(kept(service, &one.id), [] as [Value; 0], "a preview sends nothing");

        ask["preview"] = json!(false);
        assert_eq!(told(&remind(service, "supervisor", &ask)), expected);
        let letters = sent_to(service, "handler");
        assert_eq!(letters.len(), 1, "one mail, whatever the number of cases");
        let rendered = &letters[0].rendered;
        assert_eq!(rendered.subject, "催办提醒：2件");
        for case in [&one, &two] {
            let number = case.view()["number"].as_str().unwrap().to_owned();
            assert!(rendered.text.contains(&number) && rendered.html.contains(&number), "{}", rendered.text);
        }
        assert!(rendered.text.contains("某supervisor提醒您") && rendered.text.contains("请于本周五前反馈进展。"));
        assert_eq!(rendered.text.matches("请于本周五前反馈进展").count(), 1, "what was said is said once");
        assert!(!rendered.text.contains("13800000001"), "a number that was typed is masked");
        for case in [&one, &two] {
            let rows = kept(service, &case.id);
            assert_eq!(rows.len(), 1);
            assert_eq!((&rows[0]["staff"], &rows[0]["by"]), (&json!("某handler"), &json!("某supervisor")));
            assert_eq!((&rows[0]["state"]["code"], &rows[0]["fell_on"]), (&json!("collected"), &json!("2025-03-03")));
        }
        assert_eq!(one.view()["version"], two.view()["version"], "the cases stay as they were");

        let again = remind(service, "supervisor", &ask);
        assert_eq!((told(&again).len(), again["failed"].as_array().map(Vec::len)), (0, Some(3)));
        assert!(again["failed"][0]["zh"].as_str().unwrap().contains("今天已经"), "{again:#}");
        assert_eq!(sent_to(service, "handler").len(), 0, "pressed twice, sent once");
        let another = json!({"cases": [one.id], "preview": false});
        assert_eq!(told(&remind(service, "head", &another)).len(), 1, "somebody else may");
        service.day("2025-03-04");
        assert_eq!(told(&remind(service, "supervisor", &ask)).len(), 2, "and so may the same on another day");
        service.check();
    });
}

#[test]
fn whoever_gathers_their_mail_reads_the_reminder_and_its_words_in_the_digest() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let choices = json!({"email": "handler@example.org", "language": "zh", "any_hour": false, "notices": {"reminded_by_hand": "off"}});
        service.by("handler", "PUT", "/api/v1/me/notices", &[], Some(&choices)).expect(422);
        let mut choices = choices;
        choices["notices"]["reminded_by_hand"] = json!("digest");
        service.by("handler", "PUT", "/api/v1/me/notices", &[], Some(&choices)).expect(200);
        let _before = sent_to(service, "handler");
        let ask = json!({"cases": [case.id], "text": "请尽快答复。", "preview": false});
        assert_eq!(remind(service, "clerk", &ask)["reached"][0]["at_once"], false);
        assert_eq!(sent_to(service, "handler").len(), 0);
        service.day("2025-03-04");
        let letters = sent_to(service, "handler");
        let digest = letters.iter().find(|letter| letter.rendered.subject.starts_with("每日摘要")).unwrap();
        assert!(digest.rendered.text.contains("催办提醒"), "{}", digest.rendered.text);
        assert!(digest.rendered.text.contains("请尽快答复。"), "{}", digest.rendered.text);
        service.check();
    });
}

#[test]
fn a_reminder_needs_its_role_at_the_cases_agency_and_an_open_case_with_somebody_to_remind() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let closed = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        crate::http_supervision::served(service, &closed);
        let own = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        let why = |login: &str, case: &str| {
            let answer = remind(service, login, &json!({"cases": [case], "preview": true}));
            assert_eq!(answer["reached"], json!([]), "{answer:#}");
            answer["failed"][0].clone()
        };
        assert_eq!(why("handler", &case.id)["type"], "/problems/forbidden");
        assert_eq!(why("auditor", &case.id)["type"], "/problems/forbidden");
        assert_eq!(why("county_clerk", &case.id)["type"], "/problems/missing", "not even that it exists");
        assert!(why("clerk", &closed)["zh"].as_str().unwrap().contains("已经办结"));
        assert!(why("clerk", &own)["en"].as_str().unwrap().contains("nobody but you"));
        let many: Vec<&str> = (0..201).map(|_| case.id.as_str()).collect();
        for wrong in [
            json!({"cases": [], "preview": true}),
            json!({"cases": many, "preview": true}),
            json!({"cases": [case.id], "text": "字".repeat(501), "preview": true}),
            json!({"cases": [case.id]}),
        ] {
            service.by("clerk", "POST", PATH, &[], Some(&wrong)).expect(422);
        }
    });
}

#[test]
fn on_the_desk_the_chosen_cases_are_previewed_before_anything_is_sent() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let mut head = Visitor::signed_in(service, "head");
    let desk = head.get("/desk?open=true&sort=due_on").expect(200).says("预览改派").says("预览催办提醒");
    assert!(desk.html.contains("formaction=\"/desk/remind\""));
    let chosen = [("cases", case.id.as_str()), ("back", "/desk?open=true")];
    let preview = head.submit(&desk, "/desk/remind", &chosen).expect(200).says("尚未发出").says("某handler");
    assert_eq!(kept(service, &case.id), [] as [Value; 0]);
    let confirmed = [("cases", case.id.as_str()), ("confirmed", "yes"), ("text", "请抓紧。"), ("back", "/desk")];
    let done = head.submit(&preview, "/desk/remind", &confirmed).expect(200).says("提醒已发出");
    assert!(done.html.contains(&format!("href=\"/desk/cases/{}\"", case.id)));
    assert_eq!(kept(service, &case.id).len(), 1);
    let again = head.submit(&preview, "/desk/remind", &confirmed).expect(200).says("今天已经就此件提醒过");
    assert_eq!(again.html.matches("name=\"confirmed\"").count(), 0);
}
