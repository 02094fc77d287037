//! Who is told what: by the acts of a case, by its days, as each has chosen; and how administrators keep words and rules.

use chrono::TimeDelta;
use dafu::law::outcome::Outcome;
use dafu::notices::memory::Memory;
use dafu::notices::message::Letter;
use dafu::notices::transport::Transport;
use dafu::scheduler::turn;
use serde_json::{Value, json};

use super::support::handled::{Handled, draft};
use super::support::served::{Served, on_both};

/// What a turn sends.
fn sent(service: &Served) -> Vec<Letter> {
    let memory = Memory::default();
    let transport = Transport::Memory(memory.clone());
    for done in turn(&service.office, Some(&transport), "one", &mut |_| ()) {
        assert_eq!(done.report.unwrap().failed, [], "{}", done.name);
    }
    memory.letters()
}

fn to<'a>(letters: &'a [Letter], address: &str) -> Vec<&'a Letter> {
    letters.iter().filter(|letter| letter.to_address == address).collect()
}

fn subjects(letters: &[&Letter]) -> Vec<String> {
    letters.iter().map(|letter| letter.rendered.subject.clone()).collect()
}

/// At that hour of Beijing time.
fn at(service: &Served, instant: &str) {
    service.clock.set(format!("{instant}:00+08:00").parse().unwrap());
}

#[test]
fn an_applicant_hears_of_each_step_and_the_code_is_only_in_the_receipt() {
    on_both("2026-03-02", |service| {
        let case = Handled::new(service);
        let code = case.receipt["query_code"].as_str().unwrap().to_owned();
        let letters = sent(service);
        let mine = to(&letters, "chen@example.org");
        assert_eq!(mine.len(), 2, "{:?}", subjects(&mine));
        assert!(mine[0].rendered.subject.starts_with("收件回执"), "{}", mine[0].rendered.subject);
        assert!(mine[0].rendered.text.contains(&code), "{}", mine[0].rendered.text);
        assert!(mine[0].rendered.text.contains("收到之日为2026年3月2日；本机关应当在2026年3月30日前（含当日）答复您"));
        assert!(mine[1].rendered.subject.starts_with("已登记") && !mine[1].rendered.text.contains(&code));
        assert_eq!(mine[0].thread, mine[1].thread, "one thread a case");
        for letter in &letters {
            assert!(!letter.rendered.text.contains("110101199003070011"), "{}", letter.rendered.text);
            assert!(!letter.rendered.html.contains("13800000001"));
        }
        assert_eq!(to(&letters, "handler@example.org").len(), 0, "who took the case up is not told so");

        case.does("handler", "correction-requests", &json!({"letter": "请说明年度。", "window_days": 10}));
        case.applicant("POST", "/corrections", Some(&json!({"text": "2024年。"}))).expect(200);
        let letters = sent(service);
        let asked = to(&letters, "chen@example.org")[0];
        assert!(
            asked.rendered.text.contains("10个工作日") && asked.rendered.text.contains("第三十条"),
            "{}",
            asked.rendered.text
        );
        assert_eq!(subjects(&to(&letters, "handler@example.org")).len(), 1, "the correction came");

        case.does("handler", "extension-request", &json!({"days": 10, "reason": "检索量大。"}));
        case.does("head", "extension-decision", &json!({"granted": true}));
        case.does("clerk", "extension-notice", &json!({"letter": "延期十个工作日。"}));
        let letters = sent(service);
        assert!(to(&letters, "head@example.org")[0].rendered.subject.starts_with("待审核"));
        let extended = to(&letters, "chen@example.org")[0];
        assert!(extended.rendered.text.contains("延长10个工作日") && extended.rendered.text.contains("2026年4月14日"));

        case.does("handler", "draft", &draft(Outcome::Granted));
        assert!(to(&sent(service), "reviewer@example.org")[0].rendered.subject.starts_with("待审核"));
        case.signed().expect(200);
        let letters = sent(service);
        assert!(to(&letters, "signer@example.org")[0].rendered.subject.starts_with("待签发"));
        case.served().expect(200);
        assert!(to(&sent(service), "chen@example.org")[0].rendered.subject.starts_with("答复已送达"));

        let thread = service.get("clerk", &format!("/api/v1/cases/{}/notices", case.id)).expect(200);
        let states: Vec<&str> =
            thread.as_array().unwrap().iter().map(|one| one["state"]["code"].as_str().unwrap()).collect();
        assert!(states.len() > 10 && states.iter().all(|state| ["sent", "waiting"].contains(state)), "{states:?}");
    });
}

#[test]
fn a_third_party_is_asked_without_being_told_who_asks() {
    on_both("2026-03-02", |service| {
        let case = Handled::new(service);
        let asked = json!({"party": "third_party", "addressee": "某公司", "email": "firm@example.org", "letter": "请提出意见。"});
        case.does("handler", "consultations", &asked);
        let letters = sent(service);
        let firm = to(&letters, "firm@example.org");
        assert_eq!(subjects(&firm), ["征求意见：请在期限内回复"]);
        for part in [&firm[0].rendered.text, &firm[0].rendered.html] {
            assert!(part.contains("15个工作日") && !part.contains("陈晓燕") && !part.contains("老旧小区"), "{part}");
        }
    });
}

#[test]
fn everybody_chooses_what_comes_at_once_and_what_one_answers_for_cannot_be_switched_off() {
    on_both("2026-03-02", |service| {
        let shown = service.get("handler", "/api/v1/me/notices").expect(200);
        assert_eq!(shown["email"], "handler@example.org");
        let choice = |view: &Value, notice: &str| {
            let all = view["notices"].as_array().unwrap().clone();
            all.into_iter()
                .find(|one| one["notice"]["code"] == notice)
                .map(|one| one["choice"]["code"].clone())
                .unwrap()
        };
        assert_eq!((choice(&shown, "due"), choice(&shown, "overdue")), (json!("digest"), json!("at_once")));
        let wrong = json!({"email": "no address", "language": "zh", "any_hour": false,
            "notices": {"overdue": "off", "receipt": "off"}});
        let answer = service.by("handler", "PUT", "/api/v1/me/notices", &[], Some(&wrong)).expect(422);
        let pointers: Vec<&str> =
            answer["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/email", "/notices/receipt", "/notices/overdue"], "{answer:#}");

        let mine = json!({"email": "wang@example.org", "language": "en", "any_hour": true,
            "notices": {"answer_received": "off", "due": "at_once"}});
        let chosen = service.by("handler", "PUT", "/api/v1/me/notices", &[], Some(&mine)).expect(200);
        assert_eq!((choice(&chosen, "answer_received"), choice(&chosen, "due")), (json!("off"), json!("at_once")));
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请说明年度。", "window_days": 10}));
        case.applicant("POST", "/corrections", Some(&json!({"text": "2024年。"}))).expect(200);
        at(service, "2026-03-16T06:00");
        let letters = sent(service);
        let mine = to(&letters, "wang@example.org");
        assert_eq!(
            subjects(&mine),
            [format!("10 working days left (reply): {}", case.view()["number"].as_str().unwrap())]
        );
        let thread = service.get("clerk", &format!("/api/v1/cases/{}/notices", case.id)).expect(200);
        let off =
            thread.as_array().unwrap().iter().find(|one| one["notice"]["code"] == "answer_received").unwrap().clone();
        assert_eq!(off["state"]["code"], "switched_off");
    });
}

#[test]
fn mail_to_staff_waits_for_working_hours_and_what_is_not_urgent_for_the_digest() {
    on_both("2026-03-02", |service| {
        let case = Handled::new(service);
        let _all_of_today = sent(service);
        // A Friday evening.
        at(service, "2026-03-06T20:00");
        case.does("handler", "draft", &draft(Outcome::Granted));
        let evening = sent(service);
        assert_eq!(
            to(&evening, "reviewer@example.org").len(),
            0,
            "{:?}",
            subjects(&evening.iter().collect::<Vec<_>>())
        );
        at(service, "2026-03-08T10:00");
        assert_eq!(to(&sent(service), "reviewer@example.org").len(), 0, "a Sunday");
        at(service, "2026-03-09T08:31");
        let monday = sent(service);
        let told = subjects(&to(&monday, "reviewer@example.org"));
        assert!(told.iter().any(|subject| subject.starts_with("待审核")), "{told:?}");
        // The reviewer is late with it: that is for the next digest.
        at(service, "2026-03-10T08:31");
        let tuesday = sent(service);
        let digest = to(&tuesday, "reviewer@example.org");
        assert_eq!(subjects(&digest), ["每日摘要：1项（2026年3月10日）"]);
        assert!(digest[0].rendered.text.contains("滞留提醒：审核"), "{}", digest[0].rendered.text);
        assert_eq!(to(&sent(service), "reviewer@example.org").len(), 0, "once a day");
    });
}

#[test]
fn a_reminder_of_what_was_done_meanwhile_is_not_sent() {
    on_both("2026-03-02", |service| {
        let case = Handled::new(service);
        let _of_today = sent(service);
        // Ten working days before: written in the morning, for tomorrow's digest.
        at(service, "2026-03-16T09:00");
        let _others = sent(service);
        case.replied(&draft(Outcome::Granted));
        at(service, "2026-03-17T08:31");
        let letters = sent(service);
        assert_eq!(
            to(&letters, "handler@example.org").len(),
            0,
            "{:?}",
            subjects(&to(&letters, "handler@example.org"))
        );
        let thread = service.get("clerk", &format!("/api/v1/cases/{}/notices", case.id)).expect(200);
        let due: Vec<&Value> = thread.as_array().unwrap().iter().filter(|one| one["notice"]["code"] == "due").collect();
        assert!(!due.is_empty() && due.iter().all(|one| one["state"]["code"] == "overtaken"), "{due:#?}");
        let milestones = service.get("supervisor", &format!("/api/v1/cases/{}/milestones", case.id)).expect(200);
        let last = milestones.as_array().unwrap().iter().find(|one| one["days"] == 10).unwrap().clone();
        assert_eq!((last["alarm"]["code"].as_str(), last["fell_on"].as_str()), (Some("reminder"), Some("2026-03-16")));
    });
}

#[test]
fn what_is_overdue_climbs_and_stops_when_the_reply_is_served() {
    on_both("2026-03-02", |service| {
        let case = Handled::new(service);
        for day in ["2026-03-31", "2026-04-01", "2026-04-02", "2026-04-03"] {
            service.day(day);
            let letters = sent(service);
            let climbed = |login: &str| !to(&letters, &format!("{login}@example.org")).is_empty();
            let escalated: Vec<&str> = ["head", "signer", "supervisor"]
                .into_iter()
                .filter(|login| {
                    let mine = to(&letters, &format!("{login}@example.org"));
                    mine.iter().any(|letter| letter.rendered.subject.starts_with("逾期"))
                })
                .collect();
            match day {
                "2026-03-31" => assert_eq!(escalated, ["head"]),
                "2026-04-01" => assert_eq!(escalated, ["signer"]),
                "2026-04-02" => assert_eq!(escalated, Vec::<&str>::new()),
                _ => assert_eq!(escalated, ["supervisor"]),
            }
            assert_eq!(climbed("handler"), day != "2026-04-02", "{day}");
        }
        case.replied(&draft(Outcome::Granted));
        service.day("2026-04-13");
        let letters = sent(service);
        assert!(letters.iter().all(|letter| !letter.rendered.subject.starts_with("逾期")), "it has stopped");
    });
}

#[test]
fn an_office_lays_down_when_its_people_are_reminded() {
    on_both("2026-03-02", |service| {
        let path = "/api/v1/admin/agencies/yunhe/reminders";
        let mut rules = service.get("admin", path).expect(200);
        assert_eq!(rules["reply"], json!([10, 5, 3, 1, 0]));
        let mut wrong = rules.clone();
        wrong["escalation"] = json!([]);
        wrong["hours"] = json!({"from": "18:00", "to": "09:00", "digest": "08:30"});
        let answer = service.by("admin", "PUT", path, &[], Some(&wrong)).expect(422);
        assert_eq!(answer["errors"].as_array().unwrap().len(), 2, "{answer:#}");
        service.by("clerk", "PUT", path, &[], Some(&rules)).expect(403);

        let case = Handled::new(service);
        service.day("2026-03-10");
        let _today = sent(service);
        rules["reply"] = json!([14, 2]);
        service.by("admin", "PUT", path, &[], Some(&rules)).expect(200);
        let _now = sent(service);
        let milestones = service.get("clerk", &format!("/api/v1/cases/{}/milestones", case.id)).expect(200);
        let codes: Vec<(&str, u64)> = milestones
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["timed"]["code"] == "reply")
            .map(|one| (one["fell_on"].as_str().unwrap(), one["days"].as_u64().unwrap()))
            .collect();
        assert_eq!(codes, [("2026-03-10", 14)], "told today by the new rule");
    });
}

#[test]
fn an_edited_wording_goes_out_and_one_that_cannot_be_used_is_refused_with_its_line() {
    on_both("2026-03-02", |service| {
        let path = "/api/v1/admin/agencies/yunhe/wordings/receipt/zh";
        let built_in = service.get("admin", path).expect(200);
        assert_eq!((built_in["built_in"].as_bool(), built_in["editions"].as_u64()), (Some(true), Some(0)));
        let wrong = json!({"subject": "回执", "text": "一\n{{ case.nubmer }}", "html": "<p>一</p>"});
        let answer = service.by("admin", "PUT", path, &[], Some(&wrong)).expect(422);
        assert_eq!(answer["errors"][0]["pointer"], "/text");
        assert!(answer["errors"][0]["detail"].as_str().unwrap().starts_with("第2行"), "{answer:#}");

        let edited = json!({"subject": "我们收到了：{{ case.receipt_no }}", "text": "查询码 {{ facts.query_code }}", "html": "<p>{{ case.subject }}</p>"});
        service.by("admin", "PUT", path, &[], Some(&edited)).expect(200);
        let case = Handled::new(service);
        let letters = sent(service);
        assert!(to(&letters, "chen@example.org")[0].rendered.subject.starts_with("我们收到了"));
        let preview = json!({"case": case.id});
        let shown = service.by("admin", "POST", &format!("{path}/preview"), &[], Some(&preview)).expect(200);
        assert!(shown["subject"].as_str().unwrap().starts_with("我们收到了"));
        assert_eq!(shown["text"], "查询码 ****-****\n", "no code that opens a case is shown to whoever edits words");
        assert_eq!(service.by("admin", "DELETE", path, &[], None).expect(200)["built_in"], true);
        assert_eq!(service.get("admin", path).expect(200)["editions"], 2);
        service.get("clerk", path).expect(403);
        service.get("admin", "/api/v1/admin/agencies/yunhe/wordings/nothing/zh").expect(404);
    });
}

#[test]
fn a_lapse_is_found_by_the_calendar_only_where_an_agency_has_switched_that_on() {
    on_both("2026-03-02", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请说明年度。", "window_days": 10}));
        service.day("2026-04-20");
        let letters = sent(service);
        assert!(to(&letters, "handler@example.org").iter().any(|letter| letter.rendered.subject.starts_with("待认定")));
        assert!(to(&letters, "head@example.org").iter().any(|letter| letter.rendered.subject.starts_with("逾期督促")));
        assert_eq!(case.view()["stage"]["code"], "correcting", "never silently closed");
        let tasks = service.get("handler", "/api/v1/tasks").expect(200);
        assert_eq!(tasks["findings"][0]["case"], json!(case.id), "{tasks:#}");

        let change = json!({"automatic_lapse": true});
        service.by("admin", "PATCH", "/api/v1/admin/agencies/yunhe", &[], Some(&change)).expect(200);
        service.clock.set(service.clock.now() + TimeDelta::minutes(5));
        let letters = sent(service);
        assert_eq!(case.view()["closing"]["report_row"], "3.6.1");
        assert!(to(&letters, "chen@example.org")[0].rendered.subject.starts_with("申请不再处理"));
        assert_eq!(service.get("handler", "/api/v1/tasks").expect(200)["findings"], json!([]));
        service.check();
    });
}

#[test]
fn administrators_see_the_queue_and_the_scheduler_and_others_do_not() {
    on_both("2026-03-02", |service| {
        let receipt = service.apply("yunhe");
        let page = service.get("admin", "/api/v1/admin/outbox?state=waiting").expect(200);
        let row = page["items"][0].clone();
        assert_eq!(row["case"], receipt["case_id"]);
        assert_eq!(row["reader"]["code"], "applicant");
        assert!(!page.to_string().contains("chen@example.org"), "no address");
        let id = row["id"].as_str().unwrap();
        let cancel = format!("/api/v1/admin/outbox/{id}/cancellation");
        assert_eq!(service.by("admin", "POST", &cancel, &[], None).expect(200)["state"]["code"], "cancelled");
        assert_eq!(sent(service).len(), 0);
        service.get("clerk", "/api/v1/admin/outbox").expect(403);

        let state = service.get("admin", "/api/v1/admin/scheduler").expect(200);
        let names: Vec<&str> =
            state["reconcilers"].as_array().unwrap().iter().map(|one| one["reconciler"].as_str().unwrap()).collect();
        for name in ["sweep", "reminders", "lapses", "digests", "outbox"] {
            assert!(names.contains(&name), "{names:?}");
        }
        service.day("2026-03-03");
        let _told = sent(service);
        let runs = service.get("admin", "/api/v1/admin/scheduler/runs?limit=1").expect(200);
        assert!(runs["next"].is_string() && runs["items"][0]["changed"].as_u64().unwrap() > 0, "{runs:#}");
        service.get("clerk", "/api/v1/admin/scheduler").expect(403);

        let ready = service.public("GET", "/readyz", None, None).expect(200);
        let needs = ready["needs"].as_array().unwrap();
        assert!(needs.iter().any(|need| need["name"] == "scheduler" && need["detail"] == "ok"), "{ready:#}");
        let metrics = service.public("GET", "/metrics", None, None).expect(200);
        let text = metrics.as_str().unwrap();
        assert!(text.contains("dafu_scheduler_seconds_since_run{reconciler=\"reminders\"}"), "{text}");
        assert!(text.contains("dafu_outbox_notices{state=\"cancelled\"} 1"), "{text}");
        assert!(text.contains("dafu_scheduler_late 0"), "{text}");
    });
}
