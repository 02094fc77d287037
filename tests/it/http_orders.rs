//! Supervision orders over HTTP: issued from above, answered with proof, sent back and closed; by a day of their own, and by nobody
//! whose turn it is not.

use dafu::notices::memory::Memory;
use dafu::notices::transport::Transport;
use serde_json::{Value, json};

use crate::support::handled::Handled;
use crate::support::served::{Answer, Served, on_both};
use crate::support::tampering::execute;
use crate::support::visitor::Visitor;

const ORDERS: &str = "/api/v1/supervision/orders";

fn post(service: &Served, login: &str, path: &str, body: &Value) -> Answer {
    service.by(login, "POST", path, &[], Some(body))
}

fn issued(service: &Served, body: &Value) -> String {
    let made = post(service, "supervisor", ORDERS, body).expect(201);
    made["order"]["id"].as_str().unwrap().to_owned()
}

fn about(case: &str) -> Value {
    json!({"kind": "order", "case": case, "text": "该件久拖未复，请说明原因。", "asks": ["说明原因", "三日内答复申请人"], "days": 5})
}

/// One turn of everything; the mail that went out in it.
fn turn(service: &Served) -> Vec<String> {
    let memory = Memory::default();
    let transport = Transport::Memory(memory.clone());
    for done in dafu::scheduler::turn(&service.office, Some(&transport), "test", &mut |_| ()) {
        done.report.unwrap();
    }
    memory.letters().iter().map(|letter| format!("{} {}", letter.to_address, letter.rendered.subject)).collect()
}

#[test]
fn an_order_sent_twice_under_one_key_is_one_order_and_another_under_that_key_is_refused() {
    let body = json!({"kind": "order", "agency": "yunhe", "text": "登记不及时。", "days": 5});
    on_both("2025-03-03", |service| {
        let send = |body: &Value| service.by("supervisor", "POST", ORDERS, &[("Idempotency-Key", "k-1")], Some(body));
        let first = send(&body).expect(201);
        let again = send(&body).expect(201);
        assert_eq!(first["order"]["id"], again["order"]["id"]);
        assert_eq!(service.get("supervisor", ORDERS).expect(200)["total"], 1);
        let mut other = body.clone();
        other["days"] = json!(6);
        send(&other).expect(422);
    });
}

#[test]
fn an_order_at_large_is_proven_by_documents_that_lie_sealed_and_only_those_that_the_answer_names_stay() {
    let about_all =
        json!({"kind": "rectification", "agency": "yunhe", "text": "登记不及时。", "asks": ["补正登记"], "days": 5});
    on_both("2025-03-03", |service| {
        let path = format!("{ORDERS}/{}", issued(service, &about_all));
        let send = |login: &str, name: &str, bytes: &[u8]| {
            let bearer = format!("Bearer {}", service.token(login));
            let to = format!("{path}/papers?name={name}");
            service.bytes("POST", &to, &[("Authorization", &bearer)], bytes)
        };
        let words = "整改工作已经完成。".as_bytes();
        send("supervisor", "a.txt", words).expect(403);
        send("county_clerk", "a.txt", words).expect(404);
        let told = send("clerk", "a.exe", words).expect(422);
        assert_eq!(told["errors"][0]["pointer"], "/name");
        send("clerk", "a.pdf", words).expect(422);
        let kept = send("clerk", "%E6%95%B4%E6%94%B9.txt", words).expect(200);
        let left = send("clerk", "b.txt", words).expect(200);
        let seen = service.get("clerk", &path).expect(200);
        let underway = seen["underway"].as_array().unwrap();
        assert!(underway.len() == 2 && underway.contains(&kept) && underway.contains(&left), "{underway:?}");
        assert_eq!(service.get("supervisor", &path).expect(200)["underway"], json!([]), "they are not given yet");
        let proof = |login: &str, paper: &Value| {
            let bearer = format!("Bearer {}", service.token(login));
            let at = format!("{path}/proofs/{}", paper["file"].as_str().unwrap());
            let (status, _, bytes) = service.file(&at, &[("Authorization", &bearer)]);
            (status, bytes)
        };
        assert_eq!(proof("supervisor", &kept).0, 404);
        let answer = json!({"text": "见附件。", "done": [1], "files": [{"file": kept["file"]}]});
        let answered = post(service, "clerk", &format!("{path}/answers"), &answer).expect(200);
        let of_answer = &answered["entries"][1]["files"][0];
        assert_eq!((&of_answer["name"], &of_answer["case"]), (&json!("整改.txt"), &Value::Null));
        assert_eq!(proof("supervisor", &kept), (200, words.to_vec()));
        assert_eq!(proof("supervisor", &left).0, 404, "nobody named it, and it is gone");
        send("clerk", "c.txt", words).expect(409);
        let kinds = service.get("auditor", "/api/v1/audit/entries?kind=order_paper").expect(200);
        assert_eq!(kinds["items"].as_array().unwrap().len(), 2, "both were written down");

        // What an answer named before may be named again after it was sent back.
        post(service, "supervisor", &format!("{path}/returns"), &json!({"text": "缺盖章件。", "days": 2})).expect(200);
        let sealed = send("clerk", "%E7%9B%96%E7%AB%A0%E4%BB%B6.txt", words).expect(200);
        let both = json!({"text": "补上。", "files": [{"file": kept["file"]}, {"file": sealed["file"]}]});
        let again = post(service, "clerk", &format!("{path}/answers"), &both).expect(200);
        assert_eq!(again["entries"][3]["files"].as_array().unwrap().len(), 2);
        let other = format!("{ORDERS}/{}/answers", issued(service, &about_all));
        post(service, "clerk", &other, &answer).expect(422);
    });
}

#[test]
fn a_document_of_an_order_lies_nowhere_in_the_clear() {
    let service = Served::on_sqlite_named("papers", "2025-03-03");
    let about_all = json!({"kind": "order", "agency": "yunhe", "text": "登记不及时。", "asks": [], "days": 5});
    let path =
        format!("{ORDERS}/{}/papers?name=%E6%95%B4%E6%94%B9%E6%8A%A5%E5%91%8A.txt", issued(&service, &about_all));
    let bearer = format!("Bearer {}", service.token("clerk"));
    service.bytes("POST", &path, &[("Authorization", &bearer)], "由李明负责整改".as_bytes()).expect(200);
    let bytes = service.database_bytes();
    for words in ["整改报告", "由李明负责整改"] {
        assert!(!bytes.windows(words.len()).any(|window| window == words.as_bytes()), "{words}");
    }
}

#[test]
fn an_order_is_answered_with_proof_sent_back_answered_again_and_closed() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let file = case.attaches("handler", "说明.txt", "已于今日寄出。".as_bytes(), "record");
        let id = issued(service, &about(&case.id));
        let path = format!("{ORDERS}/{id}");
        let order = service.get("supervisor", &path).expect(200);
        assert_eq!(order["order"]["number"], "云政督〔2025〕1号");
        // Five working days behind Monday 3 March.
        assert_eq!((&order["order"]["due_on"], &order["order"]["days_left"]), (&json!("2025-03-10"), &json!(5)));
        assert_eq!((&order["may_answer"], &order["may_withdraw"]), (&json!(false), &json!(true)));
        let seen = service.get("clerk", &path).expect(200);
        assert_eq!((&seen["may_answer"], &seen["asks"]), (&json!(true), &json!(["说明原因", "三日内答复申请人"])));

        // Its turn is the agency's, and the agency's alone.
        post(service, "supervisor", &format!("{path}/closing"), &json!({})).expect(409);
        post(service, "supervisor", &format!("{path}/answers"), &json!({"text": "好"})).expect(403);
        post(service, "county_clerk", &format!("{path}/answers"), &json!({"text": "好"})).expect(404);
        let wrong = json!({"text": " ", "done": [1], "files": []});
        let told = post(service, "clerk", &format!("{path}/answers"), &wrong).expect(422);
        assert_eq!(told["errors"][0]["pointer"], "/text");
        let stranger =
            json!({"text": "见附件", "done": [3], "files": [{"file": "0190f000-0000-7000-8000-000000000000"}]});
        let told = post(service, "clerk", &format!("{path}/answers"), &stranger).expect(422);
        let at: Vec<&str> =
            told["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert_eq!(at, ["/done", "/files/0"]);

        let answer = json!({"text": "原因是档案在库外。", "done": [1], "files": [{"file": file}]});
        let answered = post(service, "handler", &format!("{path}/answers"), &answer).expect(200);
        assert_eq!(
            (&answered["order"]["state"]["code"], &answered["order"]["late"]),
            (&json!("answered"), &json!(false))
        );
        let bearer = format!("Bearer {}", service.token("supervisor"));
        let (status, _, bytes) = service.file(&format!("{path}/proofs/{file}"), &[("Authorization", &bearer)]);
        assert_eq!((status, bytes.as_slice()), (200, "已于今日寄出。".as_bytes()), "the supervisor reads the proof");
        let (status, ..) = case.content("supervisor", &file);
        assert_eq!(status, 403, "and nothing else of the case");

        service.day("2025-03-11");
        let back = json!({"text": "第二项还没有办理。", "days": 2});
        let returned = post(service, "supervisor", &format!("{path}/returns"), &back).expect(200);
        assert_eq!(
            (&returned["order"]["state"]["code"], &returned["order"]["due_on"]),
            (&json!("awaiting"), &json!("2025-03-13"))
        );
        service.day("2025-03-14");
        let listed = service.get("supervisor", &format!("{ORDERS}?overdue=true")).expect(200);
        assert_eq!((&listed["total"], &listed["items"][0]["days_left"]), (&json!(1), &json!(-1)));
        let again = json!({"text": "已答复申请人。", "done": [1, 2]});
        let answered = post(service, "clerk", &format!("{path}/answers"), &again).expect(200);
        assert_eq!(answered["order"]["late"], true);
        let closed = post(service, "supervisor", &format!("{path}/closing"), &json!({"text": "属实。"})).expect(200);
        let acts: Vec<(&str, &str)> = closed["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["act"]["code"].as_str().unwrap(), one["by"]["name"].as_str().unwrap()))
            .collect();
        let expected = [
            ("issued", "某supervisor"),
            ("answered", "某handler"),
            ("returned", "某supervisor"),
            ("answered", "某clerk"),
            ("closed", "某supervisor"),
        ];
        assert_eq!(acts, expected);
        post(service, "supervisor", &format!("{path}/withdrawal"), &json!({"text": "误发"})).expect(409);

        // It is counted where it was issued, and every act and every reading of it is in the log.
        let told = service.get("supervisor", "/api/v1/supervision/indicators").expect(200);
        assert_eq!(told["total"]["orders"], json!({"issued": 1, "late": 1, "overdue": 0, "closed": 1}));
        let log = service.get("auditor", &format!("/api/v1/audit/entries?case={}&limit=200", case.id)).expect(200);
        let kinds: Vec<&str> =
            log["items"].as_array().unwrap().iter().filter_map(|one| one["kind"]["code"].as_str()).collect();
        for kind in ["order", "order_issued", "order_answered", "order_returned", "order_closed", "file"] {
            assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
        }
        let by_channel = service.get("supervisor", "/api/v1/supervision/indicators?by=channel").expect(200);
        assert_eq!(by_channel["total"]["orders"], told["total"]["orders"], "of no group, and counted all the same");
        service.check();
        assert_eq!(service.office.check(&mut |_| ()).unwrap().log_differences, []);
        execute(service.url(), "UPDATE orders SET late = NULL");
        let found = service.office.check(&mut |_| ()).unwrap().log_differences;
        assert!(format!("{found:?}").contains("云政督〔2025〕1号"), "{found:?}");
    });
}

#[test]
fn an_order_to_an_agency_at_large_is_for_those_above_it_alone_and_its_words_are_sealed() {
    on_both("2025-03-03", |service| {
        let list = json!({
            "kind": "rectification", "agency": "qingxi", "text": "检查发现王建国一件答复理由不足。", "asks": ["逐件复查"], "days": 10,
        });
        post(service, "head", ORDERS, &list).expect(404);
        post(service, "auditor", ORDERS, &list).expect(403);
        post(service, "county_clerk", ORDERS, &list).expect(403);
        let bare = json!({"kind": "rectification", "text": "整改", "days": 99});
        let told = post(service, "supervisor", ORDERS, &bare).expect(422);
        assert!(told["errors"].as_array().is_some_and(|errors| !errors.is_empty()), "{told:#}");
        let id = issued(service, &list);
        let path = format!("{ORDERS}/{id}");
        let order = service.get("county_clerk", &path).expect(200);
        assert_eq!(order["order"]["number"], "云政督改〔2025〕1号");
        assert_eq!(order["entries"][0]["text"], "检查发现王建国一件答复理由不足。");
        service.get("clerk", &path).expect(404);
        service.get("jianshe_handler", &path).expect(404);
        if !service.is_on_postgres() {
            let bytes = service.database_bytes();
            let words = "王建国".as_bytes();
            assert!(!bytes.windows(words.len()).any(|window| window == words), "the words lie in the clear");
        }
        post(service, "supervisor", &format!("{path}/withdrawal"), &json!({"text": "误发，另行通知。"})).expect(200);
        post(service, "county_clerk", &format!("{path}/answers"), &json!({"text": "收到"})).expect(409);
        let listed = service.get("county_clerk", &format!("{ORDERS}?state=withdrawn")).expect(200);
        assert_eq!(listed["items"][0]["id"], id.as_str());
        service.get("county_clerk", &format!("{ORDERS}?state=moon")).expect(422);
    });
}

#[test]
fn the_agency_is_told_reminded_and_chased_and_the_supervisor_hears_of_the_answer() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let to = |mail: &[String], whom: &str, what: &str| {
            mail.iter().any(|one| one.starts_with(&format!("{whom}@example.org")) && one.contains(what))
        };
        let id = issued(service, &about(&case.id));
        let mail = turn(service);
        for whom in ["clerk", "head", "handler"] {
            assert!(to(&mail, whom, "督办：云政督〔2025〕1号"), "{whom}: {mail:?}");
        }
        assert!(!to(&mail, "supervisor", "督办"), "nobody is told of what they did themselves");
        assert!(!turn(service).iter().any(|one| one.contains("督办")), "once");
        // Due on Monday 10 March: three working days before it is the 5th.
        service.day("2025-03-05");
        turn(service);
        service.day("2025-03-06");
        let mail = turn(service);
        let digested = service.get("clerk", &format!("/api/v1/cases/{}/notices", case.id)).expect(200);
        assert!(digested.to_string().contains("order_due"), "{mail:?} {digested:#}");
        service.day("2025-03-11");
        let mail = turn(service);
        for whom in ["clerk", "head", "supervisor"] {
            assert!(to(&mail, whom, "督办逾期未答复"), "{whom}: {mail:?}");
        }
        post(service, "clerk", &format!("{ORDERS}/{id}/answers"), &json!({"text": "已办理。"})).expect(200);
        let mail = turn(service);
        assert!(to(&mail, "supervisor", "督办已答复：云政督〔2025〕1号"), "{mail:?}");
        service.day("2025-03-18");
        assert!(!turn(service).iter().any(|one| one.contains("督办逾期")), "it is answered");
    });
}

#[test]
fn entries_are_never_changed_and_the_words_go_with_the_case() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let id = issued(service, &about(&case.id));
    for sql in ["UPDATE order_entries SET kind = 'closed'", "DELETE FROM order_entries"] {
        let refused = std::panic::catch_unwind({
            let url = service.url().to_owned();
            move || execute(&url, sql)
        });
        assert!(refused.is_err(), "{sql}");
    }
    execute(service.url(), &format!("DELETE FROM texts WHERE kind = 'order' AND case_id = '{}'", case.id));
    let order = service.get("supervisor", &format!("{ORDERS}/{id}")).expect(200);
    assert_eq!((&order["entries"][0]["text"], &order["asks"]), (&Value::Null, &json!([])));
}

#[test]
fn both_sides_have_their_forms_on_the_pages_and_what_is_wrong_is_told_over_them() {
    let service = &Served::on_sqlite("2025-03-03");
    let case = Handled::new(service);
    let mut supervisor = Visitor::signed_in(service, "supervisor");
    let page = supervisor.get(&format!("/supervision/orders?about={}", case.id)).expect(200).says("就本案发出督办单");
    let typed =
        [("kind", "rectification"), ("text", "请说明"), ("asks", ""), ("days", "5"), ("case", case.id.as_str())];
    let wrong = supervisor.submit(&page, "/supervision/orders", &typed).expect(422).says("整改清单须逐项列明要求");
    assert!(wrong.html.contains("请说明</textarea>"), "what was typed is kept");
    let typed =
        [("kind", "order"), ("text", "请说明"), ("asks", "说明\n答复"), ("days", "5"), ("case", case.id.as_str())];
    let made = supervisor.submit(&page, "/supervision/orders", &typed).expect(303);
    let at = made.location.unwrap();
    supervisor.get(&at).expect(200).says("云政督〔2025〕1号").says("待答复");

    let mut clerk = Visitor::signed_in(service, "clerk");
    clerk.get("/desk").expect(200).says("督办");
    clerk.get(&format!("/desk/cases/{}", case.id)).expect(200).says("云政督〔2025〕1号");
    let page = clerk.get(&at).expect(200).says("提交答复");
    clerk.submit(&page, &format!("{at}/answer"), &[("text", "已办理"), ("done", "1"), ("done", "2")]).expect(303);
    let page = supervisor.get(&at).expect(200).says("待核验").says("已办理");
    supervisor.submit(&page, &format!("{at}/return"), &[("text", "不足"), ("days", "0")]).expect(422);
    supervisor.submit(&page, &format!("{at}/close"), &[("text", "")]).expect(303);
    supervisor.get("/supervision/orders?state=closed").expect(200).says("已办结");
    supervisor.get("/supervision").expect(200).says("督办单和整改清单");
}
