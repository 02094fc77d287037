//! The files beside a case, over the API: a whole road from a refusal through reconsideration and court, with each day reckoned by
//! hand beside the calendar of 2025; who may do what in them; whoever is told; and what is found when somebody tampers.

use std::process::Command;

use dafu::journal::seal::SigningKey;
use dafu::law::outcome::Outcome;
use dafu::vault::seal_files;
use serde_json::{Value, json};

use crate::support::bundled::{covered_up, fetched, made, members, packed, told_elsewhere};
use crate::support::handled::{Handled, draft};
use crate::support::served::{Answer, Served, on_both};
use crate::support::tampering::execute;

/// The file of a proceeding in somebody's hands.
struct File<'a> {
    service: &'a Served,
    id: String,
}

impl<'a> File<'a> {
    #[track_caller]
    fn opened(case: &Handled<'a>, body: &Value) -> Self {
        let path = format!("/api/v1/cases/{}/proceedings", case.id);
        let file = case.service.by("lawyer", "POST", &path, &[], Some(body)).expect(201);
        Self { service: case.service, id: file["id"].as_str().unwrap().to_owned() }
    }

    fn act(&self, login: &str, act: &str, body: &Value) -> Answer {
        let path = format!("/api/v1/proceedings/{}", self.id);
        let etag = self.service.get(login, &path).etag.unwrap_or_default();
        self.service.by(login, "POST", &format!("{path}/acts/{act}"), &[("If-Match", &etag)], Some(body))
    }

    #[track_caller]
    fn does(&self, act: &str, body: &Value) -> Value {
        self.act("lawyer", act, body).expect(200)
    }

    #[track_caller]
    fn view(&self) -> Value {
        self.service.get("lawyer", &format!("/api/v1/proceedings/{}", self.id)).expect(200)
    }

    /// The stage, and what is due on which day by whom.
    #[track_caller]
    fn stands(&self) -> (String, String, String, bool) {
        let view = self.view();
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let due = &view["due"];
        let clock = word(&due["clock"]["code"]);
        (word(&view["stage"]["code"]), clock, word(&due["on"]), due["ours"].as_bool().unwrap_or_default())
    }
}

fn stands(stage: &str, clock: &str, on: &str, ours: bool) -> (String, String, String, bool) {
    (stage.to_owned(), clock.to_owned(), on.to_owned(), ours)
}

fn reconsideration() -> Value {
    json!({
        "kind": "reconsideration", "challenged": "reply", "authority": "云河省人民政府", "procedure": "simplified",
        "submitted_on": "2025-04-18", "accepted_on": "2025-04-25", "received_on": "2025-04-29",
    })
}

/// Refused on process information, served by post on that day.
fn refused(service: &Served) -> Handled<'_> {
    let case = Handled::new(service);
    case.replied(&draft(Outcome::RefusedProcessInformation));
    // The reply comes first, and what is done against it later.
    service.day("2025-04-29");
    case
}

/// The counts of a row of table 四: 维持, 纠正, 其他, 未审结, 总计.
#[track_caller]
fn row(service: &Served, year: i32, name: &str) -> Vec<u64> {
    let table = service.get("supervisor", &format!("/api/v1/reports/{year}/table-four")).expect(200);
    let row = table["rows"].as_array().unwrap().iter().find(|row| row["row"]["code"] == name).unwrap().clone();
    let cells = row["cells"].as_array().unwrap().iter().map(|cell| cell["count"].as_u64().unwrap());
    cells.chain([row["total"].as_u64().unwrap()]).collect()
}

#[test]
fn a_refusal_is_revoked_answered_anew_and_the_new_reply_stands_in_court() {
    on_both("2025-03-03", |service| {
        let case = refused(service);
        let first = service.get("clerk", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
        let number =
            first.as_array().unwrap().iter().find(|one| one["letter"]["code"] == "reply").unwrap()["number"].clone();

        // The copy came on 29 April: five working days (行政复议法 art. 54) are 30 April, 6, 7, 8 and 9 May.
        service.day("2025-04-29");
        let body = File::opened(&case, &reconsideration());
        let view = body.view();
        assert_eq!(view["letter_number"], number, "the last reply, where nothing is said");
        assert_eq!(view["number"], "云政复应〔2025〕1号");
        assert_eq!(body.stands(), stands("answering", "reconsideration_answer_simplified", "2025-05-09", true));
        assert_eq!(row(service, 2025, "reconsideration"), [0, 0, 0, 1, 1]);

        service.day("2025-05-08");
        let item = json!({"evidence": "search", "title": "检索记录", "proves": "已尽检索义务"});
        body.does("list_evidence", &item);
        let answered = body.does("answer", &json!({"text": "答复人依法作出不予公开决定，请予维持。"}));
        assert_eq!(answered["rounds"][0]["answered_late"], false);
        // Thirty calendar days from acceptance on 25 April (art. 62) end on Sunday 25 May.
        assert_eq!(body.stands(), stands("deciding", "reconsideration_decision_simplified", "2025-05-26", false));

        // Revoked, with 15 working days: from 23 May they end on 16 June, 2 June being free (端午节).
        service.day("2025-05-23");
        let revoked = json!({
            "judgment": "reconsideration_revoked", "made_on": "2025-05-22", "reasons": ["wrong_ground", "no_reasons"],
            "period": "working_days", "period_days": 15, "number": "云府复决〔2025〕12号", "text": "适用依据错误。",
        });
        let decided = body.does("receive_decision", &revoked);
        assert_eq!(decided["consequence"]["reopens"], true);
        assert_eq!(decided["consequence"]["due_on"], "2025-06-16");
        assert_eq!(body.stands(), stands("performing", "performance", "2025-06-16", true));
        let reopened = case.view();
        assert_eq!((&reopened["stage"]["code"], &reopened["due"]["on"]), (&json!("handling"), &json!("2025-06-16")));
        assert_eq!(reopened["closing"], json!(null));
        assert_eq!(reopened["reopened"]["reasons"][0]["code"], "wrong_ground");
        let told = case.applicant("GET", "", None).expect(200);
        let replies = told["documents"].as_array().unwrap().iter().filter(|one| one["kind"] == "reply").count();
        assert_eq!(replies, 1, "the first reply was read, and stays the applicant's");

        // The reason comes back where the like is written: beside past answers, and at the wording.
        let wording =
            service.get("admin", "/api/v1/admin/agencies/yunhe/letters/reply/refused_process_information").expect(200);
        assert_eq!(wording["overturned"][0]["reasons"][0]["code"], "wrong_ground", "{wording:#}");
        let another = Handled::new(service);
        let like = service.get("handler", &format!("/api/v1/cases/{}/similar", another.id)).expect(200);
        let past =
            like["same_subject"].as_array().unwrap().iter().find(|one| one["id"] == json!(case.id)).unwrap().clone();
        assert_eq!((&past["stood"], &past["overturned"][0]["code"]), (&json!(false), &json!("wrong_ground")));

        // Partly granted on 10 June.
        service.day("2025-06-10");
        let part = [Outcome::RefusedProcessInformation];
        let closed = case.replied(&crate::support::handled::draft_withholding(Outcome::PartlyGranted, &part));
        assert_eq!(
            (&closed["closing"]["outcome"]["code"], &closed["closing"]["late"]),
            (&json!("partly_granted"), &json!(false))
        );
        let told = case.applicant("GET", "", None).expect(200);
        let replies = told["documents"].as_array().unwrap().iter().filter(|one| one["kind"] == "reply").count();
        assert_eq!(replies, 2);
        let letters = service.get("clerk", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
        let replies = letters.as_array().unwrap().iter().filter(|one| one["letter"]["code"] == "reply");
        let numbers: Vec<&str> = replies.map(|one| one["number"].as_str().unwrap()).collect();
        assert_eq!(numbers.len(), 2);
        assert_ne!(numbers[0], numbers[1], "a second reply has a number of its own");
        let like = service.get("handler", &format!("/api/v1/cases/{}/similar", another.id)).expect(200);
        let past = like["same_subject"].as_array().unwrap().iter().find(|one| one["id"] == json!(case.id)).unwrap();
        assert_eq!(past["overturned_outcome"]["code"], "refused_process_information", "the one that did not stand");
        body.does("record_performance", &json!({"text": "已重新作出答复。", "letter_number": "云政公开答〔2025〕2号"}));
        assert_eq!(body.stands().0, "closed");
        assert_eq!(row(service, 2025, "reconsideration"), [0, 1, 0, 0, 1]);

        // Sued: the copy came on 2 December; fifteen days (行政诉讼法 art. 67) end on the 17th. Forty-five days from filing on
        // 27 November (art. 83) end on Sunday 11 January.
        service.day("2025-12-02");
        let court = File::opened(
            &case,
            &json!({
                "kind": "litigation", "challenged": "reply", "route": "direct", "authority": "云河市中级人民法院",
                "procedure": "simplified", "accepted_on": "2025-11-27", "received_on": "2025-12-02",
            }),
        );
        assert_eq!(court.stands(), stands("answering", "defence", "2025-12-17", true));
        service.day("2025-12-15");
        court.does("answer", &json!({"text": "请求驳回原告诉讼请求。"}));
        assert_eq!(court.stands(), stands("deciding", "first_instance_simplified", "2026-01-12", false));
        assert_eq!(row(service, 2025, "suit_direct"), [0, 0, 0, 1, 1]);
        service.day("2026-01-12");
        court.does("receive_decision", &json!({"judgment": "court_dismissed", "made_on": "2026-01-08"}));
        // Fifteen days to appeal (art. 85), the judgment having come on the 12th: a right, and no duty of anybody's.
        assert_eq!(court.stands(), stands("appealable", "appeal_judgment", "2026-01-27", false));
        assert_eq!(court.act("lawyer", "record_effect", &json!({"on": "2026-01-12"})).status, 409);
        service.day("2026-01-28");
        court.does("record_effect", &json!({}));
        assert_eq!(court.stands().0, "closed");
        assert_eq!(row(service, 2025, "suit_direct"), [0, 0, 0, 1, 1], "what was reported in January stands");
        assert_eq!(row(service, 2026, "suit_direct"), [1, 0, 0, 0, 1]);
        assert_eq!(row(service, 2026, "reconsideration"), [0, 0, 0, 0, 0]);
        assert_eq!(case.view()["closing"]["outcome"]["code"], "partly_granted", "the new reply stands");
        service.check();
        the_bundle_of_it_is_verified_elsewhere(&case);
    });
}

/// All of the road in one archive: by a copy of the program that has the public key and nothing else; opened by another program.
fn the_bundle_of_it_is_verified_elsewhere(case: &Handled<'_>) {
    let service = case.service;
    let bytes = fetched(case, &made(case, &json!({"masked": false, "reason": "proceeding"})));
    let (well, told) = told_elsewhere(service, &bytes);
    assert!(well && told.contains("nothing is wrong"), "{told}");
    let whole = members(&bytes);
    let of_files = String::from_utf8(whole["data/proceedings.jsonl"].clone()).unwrap();
    assert!(told.contains(&format!("{} entries of proceedings", of_files.lines().count())), "{told}");
    assert!(!of_files.contains("请予维持"), "what the agency says there is its own");

    // The book, as another program opens it.
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("catalogue.pdf");
    std::fs::write(&book, &whole["catalogue.pdf"]).unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let done = Command::new(program).args(arguments).arg(&book).arg("-").output().unwrap();
        assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let words: String = run("pdftotext", &[]).split_whitespace().collect();
    for told in ["云政复应〔2025〕1号", "云河省人民政府", "云河市中级人民法院", "不予公开", "部分公开"]
    {
        assert!(words.contains(told), "{told} is not in the book");
    }
    let outline = lopdf::Document::load(&book).unwrap().get_toc().unwrap().toc;
    assert!(outline.iter().any(|mark| mark.title.contains("复议")), "{outline:?}");

    // One byte changed, wherever it is; and what somebody changes who can sign the manifest again.
    for name in ["catalogue.pdf", "data/proceedings.jsonl", "data/journal.jsonl", "proof/inclusion.json"] {
        let mut changed = whole.clone();
        let middle = changed[name].len() / 2;
        changed.get_mut(name).unwrap()[middle] ^= 1;
        let (well, told) = told_elsewhere(service, &packed(&changed));
        assert!(!well && told.contains(name), "{name}: {told}");
    }
    let pem = seal_files::read_private(&service.config.keys.directory).unwrap().unwrap();
    let key = SigningKey::from_pem(&pem).unwrap();
    let mut changed = whole.clone();
    let other = of_files.replacen("reconsideration_revoked", "reconsideration_upheld", 1);
    assert_ne!(other, of_files);
    changed.insert("data/proceedings.jsonl".to_owned(), other.into_bytes());
    covered_up(&mut changed, &key);
    let (well, told) = told_elsewhere(service, &packed(&changed));
    assert!(!well && told.contains("data/proceedings.jsonl") && told.contains("does not match its hash"), "{told}");
    changed.remove("data/proceedings.jsonl");
    let mut manifest: Value = serde_json::from_slice(&changed["manifest.json"]).unwrap();
    manifest["members"].as_array_mut().unwrap().retain(|one| one["path"] != "data/proceedings.jsonl");
    changed.insert("manifest.json".to_owned(), manifest.to_string().into_bytes());
    covered_up(&mut changed, &key);
    let (well, told) = told_elsewhere(service, &packed(&changed));
    assert!(!well && told.contains("which the case's journal holds, is gone"), "{told}");
}

#[test]
fn who_acts_rests_on_what_they_have_read_and_only_those_of_the_table_act() {
    on_both("2025-04-14", |service| {
        let case = refused(service);
        let at = format!("/api/v1/cases/{}/proceedings", case.id);
        service.by("secrecy", "POST", &at, &[], Some(&reconsideration())).expect(403);
        service.by("county_clerk", "POST", &at, &[], Some(&reconsideration())).expect(404);
        let mut suit = reconsideration();
        suit["route"] = json!("direct");
        service.by("lawyer", "POST", &at, &[], Some(&suit)).refused_by("route_out_of_place");
        let wrong = service.by("lawyer", "POST", &at, &[], Some(&json!({"kind": "quarrel"}))).expect(422);
        assert!(wrong["errors"].as_array().unwrap().len() >= 3, "every field at once: {wrong:#}");

        let file = File::opened(&case, &reconsideration());
        let path = format!("/api/v1/proceedings/{}", file.id);
        let sent = |headers: &[(&str, &str)], act: &str, body: &Value| {
            service.by("lawyer", "POST", &format!("{path}/acts/{act}"), headers, Some(body))
        };
        sent(&[], "note", &json!({"text": "已转法制科。"})).expect(428);
        let stale = sent(&[("If-Match", "\"9\"")], "note", &json!({"text": "已转法制科。"})).expect(412);
        assert_eq!(stale["current"]["id"], json!(file.id));
        sent(&[("If-Match", "\"1\"")], "note", &json!({"words": "已转法制科。"})).expect(422);
        sent(&[("If-Match", "\"1\"")], "tick", &json!({})).expect(404);
        sent(&[("If-Match", "\"1\"")], "dance", &json!({})).expect(404);
        let late = sent(&[("If-Match", "\"1\"")], "answer", &json!({"on": "2025-05-30", "text": "答复"}));
        let late = late.refused_by("date_in_future");
        assert!(late["allowed"].as_array().unwrap().iter().any(|act| act["act"] == "answer"));
        file.act("handler", "close", &json!({"reason": "mistaken", "text": "误立"})).expect(403);
        service.get("county_handler", &path).expect(404);
        let seen = service.get("supervisor", &path).expect(200);
        assert_eq!(seen["choices"], json!([]), "who watches acts in no file");
        file.act("head", "close", &json!({"reason": "mistaken", "text": "误立"})).expect(200);
        assert_eq!(case.view()["stage"]["code"], "closed");
        service.check();
    });
}

#[test]
fn those_who_see_to_it_are_told_before_the_day_and_the_heads_after_it_each_once() {
    on_both("2025-04-14", |service| {
        let case = refused(service);
        let file = File::opened(&case, &reconsideration());
        let told = |kind: &str| {
            let all = service.get("admin", "/api/v1/admin/outbox?limit=200").expect(200);
            let items = all["items"].as_array().unwrap().iter().filter(|one| one["notice"]["code"] == kind);
            items.map(|one| one["fell_on"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let tick = || service.office.tick(&mut |_| ()).unwrap();
        tick();
        assert!(told("proceeding_due").is_empty());
        // Due on 9 May: three working days before is the 6th, one the 8th.
        service.day("2025-05-06");
        assert_eq!(tick().failed, []);
        tick();
        let on = |day: &str| told("proceeding_due").iter().filter(|one| *one == day).count();
        assert_eq!(on("2025-05-06"), 1, "the lawyer, who sees to it and is a legal reviewer, once");
        service.day("2025-05-09");
        tick();
        assert_eq!(
            (on("2025-05-06"), on("2025-05-08"), on("2025-05-09")),
            (1, 1, 1),
            "a day nobody looked at is made up"
        );
        assert!(told("proceeding_overdue").is_empty());
        service.day("2025-05-12");
        tick();
        assert!(!told("proceeding_overdue").is_empty());
        assert_eq!(file.view()["due"]["overdue"], true);
        let late = service.get("supervisor", "/api/v1/proceedings?overdue=true").expect(200);
        assert_eq!(late["items"].as_array().unwrap().len(), 1);
        let answered = file.does("answer", &json!({"text": "迟延答复。"}));
        assert_eq!(answered["rounds"][0]["answered_late"], true);
        service.day("2025-06-20");
        tick();
        assert_eq!(service.get("supervisor", "/api/v1/proceedings?overdue=true").expect(200)["items"], json!([]));
        service.check();
    });
}

#[test]
fn the_list_goes_on_where_the_page_ended_and_finds_by_kind_and_state() {
    on_both("2025-04-14", |service| {
        let case = refused(service);
        for n in 0..53 {
            let mut one = reconsideration();
            if n % 2 == 1 {
                one = json!({"kind": "complaint", "challenged": "reply", "authority": "云河省政府办公厅",
                    "received_on": "2025-04-28", "answer_by": "2025-05-20"});
            }
            File::opened(&case, &one);
        }
        let list = |query: &str| service.get("clerk", &format!("/api/v1/proceedings{query}")).expect(200);
        let first = list("");
        assert_eq!(first["items"].as_array().unwrap().len(), 50);
        let rest = list(&format!("?cursor={}", first["next"].as_str().unwrap()));
        assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (3, &json!(null)));
        let ids: std::collections::BTreeSet<String> = [&first, &rest]
            .iter()
            .flat_map(|page| page["items"].as_array().unwrap())
            .map(|one| one["id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(ids.len(), 53);
        assert_eq!(list("?kind=complaint")["items"].as_array().unwrap().len(), 26);
        assert_eq!(list("?open=false")["items"], json!([]));
        assert_eq!(list("?handler=me")["items"], json!([]));
        service.get("clerk", "/api/v1/proceedings?kind=quarrel&cursor=x").expect(422);
        let beside = service.get("clerk", &format!("/api/v1/cases/{}/proceedings", case.id)).expect(200);
        assert_eq!(beside.as_array().unwrap().len(), 53);
    });
}

#[test]
fn an_entry_that_is_changed_cut_off_or_put_in_is_found_through_the_cases_own_journal() {
    on_both("2025-04-14", |service| {
        let case = refused(service);
        let file = File::opened(&case, &reconsideration());
        file.does("note", &json!({"text": "已转法制科。"}));
        service.check();
        let differences = || service.office.check(&mut |_| ()).unwrap().differences;
        let id = &file.id;
        execute(
            service.url(),
            &format!(
                "UPDATE proceeding_journal SET body = REPLACE(body, 'simplified', 'ordinary') WHERE proceeding_id = '{id}' AND seq = 1"
            ),
        );
        assert!(
            differences().iter().any(|one| one.what.contains("entry 1 does not match its hash")),
            "{:?}",
            differences()
        );
        execute(
            service.url(),
            &format!(
                "UPDATE proceeding_journal SET body = REPLACE(body, 'ordinary', 'simplified') WHERE proceeding_id = '{id}' AND seq = 1"
            ),
        );
        service.check();
        execute(service.url(), &format!("DELETE FROM proceeding_journal WHERE proceeding_id = '{id}' AND seq = 2"));
        assert!(
            differences().iter().any(|one| one.what.contains("entry 2, which the case's journal holds, is gone")),
            "{:?}",
            differences()
        );
    });
}
