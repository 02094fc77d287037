//! Letters to the mailbox, questions and hand-overs, over the API: the whole way of one, each with its day reckoned by hand beside the
//! calendar of March 2026; who may do what; who is told; art. 39 both ways; and what is found when somebody tampers.

use dafu::law::outcome::Outcome;
use dafu::notices::memory::Memory;
use dafu::notices::message::Letter;
use dafu::notices::transport::Transport;
use dafu::scheduler::turn;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Answer, Served, application, on_both};
use crate::support::tampering::execute;

fn letter() -> Value {
    json!({
        "kind": "mailbox_letter",
        "writer": {"name": "周秀英", "phone": "13900000002", "email": "zhou@example.org"},
        "subject": "小区门口路灯不亮",
        "content": "人民路与建设街交口的路灯坏了两周，晚上看不清路。"
    })
}

/// A letter in somebody's hands.
struct Written<'a> {
    service: &'a Served,
    id: String,
    number: String,
    code: String,
}

impl<'a> Written<'a> {
    #[track_caller]
    fn new(service: &'a Served) -> Self {
        let receipt =
            service.public("POST", "/api/v1/public/agencies/yunhe/enquiries", None, Some(&letter())).expect(201);
        let number = receipt["number"].as_str().unwrap().to_owned();
        let found = service.get("clerk", &format!("/api/v1/enquiries?number={number}")).expect(200);
        let id = found["items"][0]["id"].as_str().unwrap().to_owned();
        Self { service, id, number, code: receipt["query_code"].as_str().unwrap().to_owned() }
    }

    fn act(&self, login: &str, act: &str, body: &Value) -> Answer {
        let path = format!("/api/v1/enquiries/{}", self.id);
        let etag = self.service.get(login, &path).etag.unwrap_or_else(|| "\"1\"".to_owned());
        self.service.by(login, "POST", &format!("{path}/acts/{act}"), &[("If-Match", &etag)], Some(body))
    }

    #[track_caller]
    fn does(&self, login: &str, act: &str, body: &Value) -> Value {
        self.act(login, act, body).expect(200)
    }

    #[track_caller]
    fn seen_by(&self, login: &str) -> Value {
        self.service.get(login, &format!("/api/v1/enquiries/{}", self.id)).expect(200)
    }

    fn writer(&self, method: &str, what: &str, body: Option<&Value>) -> Answer {
        let path = format!("/api/v1/public/enquiries/{}{what}", self.number);
        self.service.public(method, &path, Some(&self.code), body)
    }

    #[track_caller]
    fn tracked(&self) -> Value {
        self.writer("GET", "", None).expect(200)
    }
}

/// Who works there, by login.
fn id_of(service: &Served, login: &str) -> Value {
    service.get(login, "/api/v1/me").expect(200)["id"].clone()
}

/// What a turn sends.
fn sent(service: &Served) -> Vec<Letter> {
    let memory = Memory::default();
    let transport = Transport::Memory(memory.clone());
    for done in turn(&service.office, Some(&transport), "one", &mut |_| ()) {
        assert_eq!(done.report.unwrap().failed, [], "{}", done.name);
    }
    memory.letters()
}

fn subjects_to(letters: &[Letter], address: &str) -> Vec<String> {
    let theirs = letters.iter().filter(|letter| letter.to_address == address);
    theirs.map(|letter| letter.rendered.subject.clone()).collect()
}

#[track_caller]
fn holds(service: &Served, enquiries: u64) {
    let report = service.office.check(&mut |_| ()).unwrap();
    assert_eq!((report.told(), report.enquiries), (Vec::new(), enquiries));
}

#[test]
fn a_letter_is_registered_given_to_somebody_answered_sent_and_rated() {
    on_both("2026-03-02", |service| {
        let written = Written::new(service);
        assert_eq!(written.number, "YUNHE-L2026-000001");
        let begun = written.tracked();
        assert_eq!((&begun["due_on"], &begun["stage"]["code"]), (&json!("2026-03-23"), &json!("assigning")));
        assert_eq!(begun["clock"]["steps"].as_array().unwrap().last().unwrap()["number"], 15, "{begun:#}");
        service
            .public("GET", &format!("/api/v1/public/enquiries/{}", written.number), Some("0000-0000-00000"), None)
            .expect(401);

        let handler = id_of(service, "handler");
        let given = written.does("clerk", "assign", &json!({"handler": handler}));
        assert_eq!((&given["stage"]["code"], &given["writer"]["phone"]), (&json!("handling"), &json!("13900000002")));
        service.day("2026-03-10");
        written.does("handler", "answer", &json!({"text": "路灯将于本周修复。"}));
        assert_eq!(written.tracked()["answer"], Value::Null, "what is not sent is not told");
        written.does("handler", "answer", &json!({"text": "路灯已于3月9日修复。"}));
        written.writer("POST", "/rating", Some(&json!({"satisfaction": 5}))).refused_by("not_in_this_stage");
        let over = written.does("handler", "send", &json!({"way": "online"}));
        assert_eq!(
            (&over["ending"]["code"], &over["late"], &over["due"]),
            (&json!("answered"), &json!(false), &Value::Null)
        );
        let read = written.tracked();
        assert_eq!((&read["answer"], &read["may_rate"]), (&json!("路灯已于3月9日修复。"), &json!(true)));
        let rated =
            written.writer("POST", "/rating", Some(&json!({"satisfaction": 4, "comment": "很快。"}))).expect(200);
        assert_eq!((&rated["satisfaction"], &rated["comment"]), (&json!(4), &json!("很快。")));
        service.day("2026-04-20");
        written.writer("POST", "/rating", Some(&json!({"satisfaction": 1}))).refused_by("rated_too_late");

        for by in ["month", "agency", "handler", "channel"] {
            let query = format!("/api/v1/supervision/indicators?from=2026-03-01&to=2026-03-31&by={by}");
            let told = service.get("supervisor", &query).expect(200);
            let should = json!({
                "registered": 1,
                "answered": {"in_time": 1, "late": 0, "in_time_per_mille": 1000},
                "closed": 0,
                "turned": 0,
                "rated": 1,
                "mean_hundredths": 400,
            });
            assert_eq!(told["total"]["enquiries"], should, "{by}");
            assert_eq!((&told["total"]["received"], &told["enquiries_now"]["open"]), (&json!(0), &json!(0)));
            let of_groups = told["groups"].as_array().unwrap().iter();
            let sum: i64 = of_groups.map(|one| one["figures"]["enquiries"]["registered"].as_i64().unwrap()).sum();
            assert_eq!(sum, i64::from(by != "channel"), "{by}");
        }

        let watched = written.seen_by("supervisor");
        assert_eq!((&watched["writer"]["name"], &watched["writer"]["phone"]), (&json!("周**"), &Value::Null));
        assert_eq!(watched["choices"], json!([]), "who watches acts in none");
        service.get("county_clerk", &format!("/api/v1/enquiries/{}", written.id)).expect(404);
        holds(service, 1);
        let looks = service.get("auditor", "/api/v1/audit/entries?kind=enquiry").expect(200);
        assert!(!looks["items"].as_array().unwrap().is_empty(), "who opened it is written down");
        let cases = service.get("clerk", "/api/v1/cases").expect(200);
        assert_eq!(cases["items"], json!([]), "it is no application");
    });
}

#[test]
fn what_is_written_lies_nowhere_in_the_clear() {
    let service = Served::on_sqlite_named("letters", "2026-03-02");
    let written = Written::new(&service);
    written.does("clerk", "answer", &json!({"text": "路灯已经修复。"}));
    let bytes = service.database_bytes();
    for words in ["周秀英", "13900000002", "zhou@example.org", "路灯", &written.code] {
        assert!(!bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{words}");
    }
}

#[test]
fn a_hand_over_goes_to_the_agency_whose_duty_it_is_with_days_of_its_own_and_both_are_told() {
    on_both("2026-03-02", |service| {
        let written = Written::new(service);
        sent(service);
        service.day("2026-03-20");
        let passed = json!({"agency": "qingxi", "reason": "路灯由清溪县维护。"});
        written.act("handler", "hand_over", &passed).expect(403);
        written.act("clerk", "hand_over", &json!({"agency": "yunhe", "reason": "本机关。"})).refused_by("here_already");
        let gone = written.does("clerk", "hand_over", &passed);
        // Five working days from Friday the 20th, which is later than the 23rd.
        assert_eq!((&gone["agency"]["slug"], &gone["due"]["on"]), (&json!("qingxi"), &json!("2026-03-27")));
        assert_eq!(gone["hand_overs"][0]["days"], 5);
        assert_eq!(written.seen_by("clerk")["choices"], json!([]), "they read on, and act no more");
        written.act("clerk", "answer", &json!({"text": "已转交。"})).expect(404);
        let there = service.get("county_clerk", "/api/v1/enquiries").expect(200);
        assert_eq!(there["items"][0]["id"], json!(written.id));
        assert_eq!(service.get("clerk", "/api/v1/enquiries").expect(200)["items"], json!([]));

        let letters = sent(service);
        assert_eq!(subjects_to(&letters, "county_clerk@example.org"), ["来信待办理：YUNHE-L2026-000001"]);
        assert_eq!(subjects_to(&letters, "zhou@example.org"), ["来信YUNHE-L2026-000001有了新进展"]);
        let read = written.tracked();
        assert_eq!((&read["passed_on"][0]["to"]["slug"], &read["due_on"]), (&json!("qingxi"), &json!("2026-03-27")));

        service.day("2026-03-30");
        written.does("county_handler", "answer", &json!({"text": "已经修复。"}));
        let late = written.does("county_handler", "send", &json!({"way": "spoken", "on": "2026-03-30"}));
        assert_eq!(late["late"], json!(true));
        holds(service, 1);
    });
}

#[test]
fn a_hand_over_never_takes_days_away() {
    on_both("2026-03-02", |service| {
        let written = Written::new(service);
        let gone = written.does("clerk", "hand_over", &json!({"agency": "qingxi", "reason": "路灯由清溪县维护。"}));
        assert_eq!(gone["due"]["on"], "2026-03-23", "the day the writer was told stands");
    });
}

#[test]
fn what_the_hotline_hands_over_has_five_days_and_a_registration_sent_twice_is_one() {
    on_both("2026-03-02", |service| {
        let body = json!({
            "agency": "yunhe", "kind": "hotline", "writer": {"name": "市民"}, "subject": "咨询施工时间",
            "content": "夜间施工到几点？", "their_number": "DH20260302001", "handler": id_of(service, "handler")
        });
        let register =
            || service.by("clerk", "POST", "/api/v1/enquiries", &[("Idempotency-Key", "k1")], Some(&body)).expect(201);
        let (one, other) = (register(), register());
        assert_eq!(one["enquiry"]["id"], other["enquiry"]["id"]);
        assert_eq!(
            (&one["enquiry"]["due"]["on"], &one["enquiry"]["their_number"]),
            (&json!("2026-03-09"), &json!("DH20260302001"))
        );
        let mut longer = body.clone();
        longer["subject"] = json!("另一件");
        service.by("clerk", "POST", "/api/v1/enquiries", &[("Idempotency-Key", "k1")], Some(&longer)).expect(422);
        let wrong =
            json!({"agency": "nowhere", "kind": "pigeon", "writer": {"name": ""}, "subject": "", "content": ""});
        let wrong = service.by("clerk", "POST", "/api/v1/enquiries", &[], Some(&wrong)).expect(422);
        assert!(wrong["errors"].as_array().unwrap().len() >= 4, "every field at once: {wrong:#}");
        service.by("supervisor", "POST", "/api/v1/enquiries", &[], Some(&body)).expect(403);
        holds(service, 1);
    });
}

#[test]
fn an_agency_sets_its_own_days_and_what_is_registered_keeps_those_of_then() {
    on_both("2026-03-02", |service| {
        let before = Written::new(service);
        let at = "/api/v1/admin/agencies/yunhe/enquiry-rules";
        let mut rules = service.get("admin", at).expect(200);
        assert_eq!((&rules["answer_days"], &rules["hand_over_days"]), (&json!(15), &json!(5)));
        rules["answer_days"] = json!(10);
        service.by("admin", "PUT", at, &[], Some(&rules)).expect(200);
        let after = Written::new(service);
        assert_eq!(
            (&before.tracked()["due_on"], &after.tracked()["due_on"]),
            (&json!("2026-03-23"), &json!("2026-03-16"))
        );
        service.by("clerk", "PUT", at, &[], Some(&rules)).expect(403);
        rules["escalation"] = json!([]);
        service.by("admin", "PUT", at, &[], Some(&rules)).expect(422);
        holds(service, 2);
    });
}

#[test]
fn whoever_has_it_is_reminded_before_the_day_and_the_heads_hear_of_it_after() {
    on_both("2026-03-02", |service| {
        let written = Written::new(service);
        written.does("clerk", "assign", &json!({"handler": id_of(service, "handler")}));
        sent(service);
        let told = |kind: &str| {
            let all = service.get("admin", "/api/v1/admin/outbox?limit=200").expect(200);
            let items = all["items"].as_array().unwrap().iter().filter(|one| one["notice"]["code"] == kind);
            items.map(|one| one["fell_on"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let tick = || assert_eq!(service.office.tick(&mut |_| ()).unwrap().failed, []);
        tick();
        assert!(told("enquiry_due").is_empty());
        // Due on Monday the 23rd: three working days before is Wednesday the 18th.
        service.day("2026-03-18");
        tick();
        tick();
        assert_eq!(told("enquiry_due"), ["2026-03-18"]);
        service.day("2026-03-24");
        tick();
        assert_eq!(told("enquiry_overdue"), ["2026-03-24"; 2], "the handler and the head of the office");
        let late = written.seen_by("clerk");
        assert_eq!((&late["due"]["overdue"], &late["journal"][2]["kind"]), (&json!(true), &json!("went_overdue")));
        let listed = service.get("clerk", "/api/v1/enquiries?overdue=true&handler=me").expect(200);
        assert_eq!(listed["items"], json!([]), "it is with the handler");
        let listed = service.get("handler", "/api/v1/enquiries?overdue=true&handler=me").expect(200);
        assert_eq!(listed["items"][0]["id"], json!(written.id));
        holds(service, 1);
    });
}

#[test]
fn what_is_in_truth_an_application_goes_on_as_one_and_each_points_to_the_other() {
    on_both("2026-03-02", |service| {
        let written = Written::new(service);
        sent(service);
        service.day("2026-03-05");
        let mut enter = application();
        enter["agency"] = json!("yunhe");
        enter["channel"] = json!("in_person");
        // A letter proves nobody's identity: that is asked for once the application stands.
        enter["applicant"].as_object_mut().unwrap().remove("identity_number");
        written.act("handler", "turn_into_application", &enter).expect(403);
        let mut elsewhere = enter.clone();
        elsewhere["agency"] = json!("qingxi");
        written.act("clerk", "turn_into_application", &elsewhere).expect(422);
        let turned = written.does("clerk", "turn_into_application", &enter);
        assert_eq!((&turned["ending"]["code"], &turned["stage"]["code"]), (&json!("turned"), &json!("closed")));
        let case = turned["went_on_as"]["id"].as_str().unwrap().to_owned();
        let view = service.get("clerk", &format!("/api/v1/cases/{case}")).expect(200);
        assert_eq!(view["received_on"], "2026-03-05", "its own day of receipt, by its own rules");
        let journal = service.get("clerk", &format!("/api/v1/cases/{case}/journal")).expect(200);
        let tied = journal.as_array().unwrap().iter().find(|one| one["kind"] == "enquiry_tied").unwrap();
        assert_eq!((&tied["event"]["enquiry"], &tied["event"]["tie"]), (&json!(written.id), &json!("came_from")));
        assert_eq!(written.tracked()["application"], view["receipt_no"]);
        assert_eq!(subjects_to(&sent(service), "zhou@example.org").len(), 1, "the writer is told");
        let found = service.get("clerk", &format!("/api/v1/enquiries?case={case}")).expect(200);
        assert_eq!(found["items"][0]["id"], json!(written.id));
        written.act("clerk", "answer", &json!({"text": "晚了。"})).refused_by("not_in_this_stage");
        service.check();
        holds(service, 1);
    });
}

#[test]
fn an_application_that_was_in_truth_a_petition_can_be_taken_up_as_a_letter() {
    on_both("2026-03-02", |service| {
        let case = Handled::new(service);
        let at = format!("/api/v1/cases/{}/enquiries", case.id);
        let ask = json!({"kind": "question"});
        let early = service.by("clerk", "POST", &at, &[], Some(&ask)).expect(409);
        assert!(early["detail"].as_str().unwrap().contains("第三十九条第一款"), "{early:#}");
        case.replied(&draft(Outcome::NotProcessedPetition));
        let opened = service.by("clerk", "POST", &at, &[], Some(&ask)).expect(201);
        assert_eq!((&opened["came_of"]["id"], &opened["writer"]["name"]), (&json!(case.id), &json!("陈晓燕")));
        assert_eq!(opened["subject"], "老旧小区改造项目施工合同");
        let journal = service.get("clerk", &format!("/api/v1/cases/{}/journal", case.id)).expect(200);
        assert_eq!(journal.as_array().unwrap().last().unwrap()["event"]["tie"], "went_on");
        service.by("clerk", "POST", &at, &[], Some(&ask)).expect(409);
        service.check();
        holds(service, 1);
    });
}

#[test]
fn one_written_before_is_closed_with_a_pointer_and_the_writer_reads_why() {
    on_both("2026-03-02", |service| {
        let (one, other) = (Written::new(service), Written::new(service));
        let mut close = json!({"reason": "duplicate", "text": "与先前来信相同。"});
        let wrong = other.act("clerk", "close", &close).expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "/of");
        close["of"] = json!(other.number);
        other.act("clerk", "close", &close).refused_by("duplicate_of_itself");
        close["of"] = json!(one.number);
        let closed = other.does("head", "close", &close);
        assert_eq!(
            (&closed["closed_for"]["code"], &closed["repeats"]["number"]),
            (&json!("duplicate"), &json!(one.number))
        );
        let read = other.tracked();
        assert_eq!((&read["closed_because"], &read["may_rate"]), (&json!("与先前来信相同。"), &json!(false)));
        other.writer("POST", "/rating", Some(&json!({"satisfaction": 3}))).refused_by("nothing_to_rate");
    });
}

#[test]
fn a_list_goes_page_by_page_and_whoever_acts_rests_on_what_they_have_read() {
    on_both("2026-03-02", |service| {
        let all: Vec<Written<'_>> = (0..5).map(|_| Written::new(service)).collect();
        all[4].does("clerk", "close", &json!({"reason": "mistaken", "text": "误登记。"}));
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = service.get("clerk", &format!("/api/v1/enquiries?limit=2{cursor}")).expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
            let Some(next) = page["next"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        seen.sort_unstable();
        let mut should: Vec<String> = all.iter().map(|one| one.id.clone()).collect();
        should.sort_unstable();
        assert_eq!(seen, should, "each once");
        service.get("clerk", "/api/v1/enquiries?kind=pigeon&limit=0&cursor=x").expect(422);

        let at = format!("/api/v1/enquiries/{}/acts", all[0].id);
        let note = json!({"text": "已电话了解情况。"});
        let act = |headers: &[(&str, &str)], act: &str| {
            service.by("clerk", "POST", &format!("{at}/{act}"), headers, Some(&note))
        };
        act(&[], "note").expect(428);
        assert_eq!(act(&[("If-Match", "\"9\"")], "note").expect(412)["current"]["id"], json!(all[0].id));
        act(&[("If-Match", "\"1\"")], "tick").expect(404);
        act(&[("If-Match", "\"1\"")], "dance").expect(404);
        act(&[("If-Match", "\"1\"")], "note").expect(200);
    });
}

#[test]
fn an_entry_that_is_changed_cut_off_or_put_in_is_found_through_the_chain_of_the_staff() {
    on_both("2026-03-02", |service| {
        let written = Written::new(service);
        written.does("clerk", "note", &json!({"text": "已电话了解情况。"}));
        service.office.seal_now().unwrap();
        holds(service, 1);
        let told = || service.office.check(&mut |_| ()).unwrap().told();
        let says = |what: &str| told().iter().any(|(_, en)| en.contains(what));
        let id = &written.id;
        let body = |from: &str, to: &str| {
            format!(
                "UPDATE enquiry_journal SET body = REPLACE(body, '{from}', '{to}') WHERE enquiry_id = '{id}' AND seq = 1"
            )
        };
        execute(service.url(), &body("mailbox_letter", "question"));
        assert!(says("entry 1 does not match its hash"), "{:?}", told());
        execute(service.url(), &body("question", "mailbox_letter"));
        holds(service, 1);
        execute(service.url(), &format!("UPDATE enquiries SET due_on = '2026-05-01' WHERE id = '{id}'"));
        assert!(says("column due_on"), "{:?}", told());
        execute(service.url(), &format!("UPDATE enquiries SET due_on = '2026-03-23' WHERE id = '{id}'"));
        execute(service.url(), &format!("DELETE FROM enquiry_journal WHERE enquiry_id = '{id}' AND seq = 2"));
        assert!(says("entry 2, which the chain staff holds, is gone"), "{:?}", told());
        let verified = service.command().args(["audit", "verify"]).output().unwrap();
        let said = String::from_utf8_lossy(&verified.stdout).into_owned() + &String::from_utf8_lossy(&verified.stderr);
        assert!(!verified.status.success() && said.contains("which the chain staff holds, is gone"), "{said}");
    });
}
