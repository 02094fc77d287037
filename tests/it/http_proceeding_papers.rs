//! What the agency writes in a proceeding: its answer, its defence, its catalogue of evidence, tried first, issued under the next
//! number, kept byte for byte among the letters of the case; what an office lays down about being reminded; the queue of an earlier day.

use dafu::law::letter::LetterKind;
use dafu::law::outcome::Outcome;
use dafu::notices::memory::Memory;
use dafu::notices::message::Letter;
use dafu::notices::transport::Transport;
use dafu::office::letters::reading::Format;
use dafu::office::letters::wordings::WhichLetter;
use dafu::scheduler::turn;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Answer, Served, on_both};
use crate::support::visitor::Visitor;

fn refused(service: &Served) -> Handled<'_> {
    let case = Handled::new(service);
    case.replied(&draft(Outcome::RefusedProcessInformation));
    // The reply comes first, and what is done against it later.
    service.day("2025-04-29");
    case
}

fn opened(case: &Handled<'_>, body: &Value) -> String {
    let path = format!("/api/v1/cases/{}/proceedings", case.id);
    case.service.by("lawyer", "POST", &path, &[], Some(body)).expect(201)["id"].as_str().unwrap().to_owned()
}

fn act(service: &Served, id: &str, act: &str, body: &Value) -> Answer {
    let path = format!("/api/v1/proceedings/{id}");
    let etag = service.get("lawyer", &path).etag.unwrap_or_default();
    service.by("lawyer", "POST", &format!("{path}/acts/{act}"), &[("If-Match", &etag)], Some(body))
}

fn bytes(service: &Served, login: &str, path: &str) -> (u16, Vec<u8>) {
    let bearer = format!("Bearer {}", service.token(login));
    let (status, _, bytes) = service.file(path, &[("Authorization", &bearer)]);
    (status, bytes)
}

fn text(service: &Served, case: &Handled<'_>, seq: &Value) -> String {
    String::from_utf8(bytes(service, "lawyer", &format!("/api/v1/cases/{}/letters/{seq}/txt", case.id)).1).unwrap()
}

fn reconsideration() -> Value {
    json!({
        "kind": "reconsideration", "challenged": "reply", "authority": "云河省人民政府", "procedure": "simplified",
        "authority_number": "云府复〔2025〕12号", "accepted_on": "2025-04-25", "received_on": "2025-04-29",
    })
}

fn sent(service: &Served) -> Vec<Letter> {
    let memory = Memory::default();
    for done in turn(&service.office, Some(&Transport::Memory(memory.clone())), "one", &mut |_| ()) {
        assert_eq!(done.report.unwrap().failed, [], "{}", done.name);
    }
    memory.letters()
}

#[test]
fn an_answer_and_its_catalogue_are_tried_issued_numbered_and_kept_among_the_letters_of_the_case() {
    on_both("2025-04-01", |service| {
        let case = refused(service);
        let record = case.attaches("handler", "检索记录.txt", "档案室检索三处，未见。".as_bytes(), "record");
        service.day("2025-04-29");
        let id = opened(&case, &reconsideration());
        let catalogue = json!({"paper": "evidence_catalogue"});
        act(service, &id, "issue_paper", &catalogue).refused_by("nothing_listed");
        let item = json!({"evidence": "search", "title": "档案检索记录", "proves": "已尽检索义务", "file": record, "pages": 3});
        act(service, &id, "list_evidence", &item).expect(200);
        let reply = json!({"evidence": "reply", "title": "告知书及送达回证", "proves": "答复已依法送达", "pages": 2});
        act(service, &id, "list_evidence", &reply).expect(200);
        let basis = json!({"evidence": "basis", "title": "政府信息公开条例第十六条", "proves": "适用依据正确"});
        act(service, &id, "list_evidence", &basis).expect(200);

        let wordless = act(service, &id, "issue_paper", &json!({"paper": "answer"})).expect(422);
        assert_eq!(wordless["errors"][0]["pointer"], "/text");
        let answer = json!({"paper": "answer", "text": "答复事实清楚、程序合法，请予维持。"});
        let path = format!("/api/v1/proceedings/{id}");
        let etag = service.get("lawyer", &path).etag.unwrap();
        let tried = format!("{path}/acts/issue_paper?preview=letters");
        let foretold = service.by("lawyer", "POST", &tried, &[("If-Match", &etag)], Some(&answer)).expect(200);
        assert!(foretold[0]["text"].as_str().unwrap().contains("请予维持"), "{foretold:#}");
        assert_eq!(service.get("lawyer", &path).etag.unwrap(), etag, "only tried");

        let before = case.view()["version"].clone();
        act(service, &id, "issue_paper", &answer).expect(200);
        let view = act(service, &id, "issue_paper", &catalogue).expect(200);
        let numbers: Vec<_> = view["issued"].as_array().unwrap().iter().map(|one| &one["number"]).collect();
        assert_eq!(
            numbers,
            ["云政公开复答〔2025〕1号", "云政公开证〔2025〕1号"],
            "nothing tried or refused took a number"
        );
        // Whoever worked on the case with what they had read may go on: the papers are another file's.
        let noted = format!("/api/v1/cases/{}/notes", case.id);
        let etag = format!("\"{before}\"");
        service.by("handler", "POST", &noted, &[("If-Match", &etag)], Some(&json!({"text": "已转。"}))).expect(200);

        let said = text(service, &case, &view["issued"][0]["seq"]);
        for words in [
            "云河省人民政府：",
            "行政复议答复书",
            "云府复〔2025〕12号",
            "陈晓燕（申请人）",
            "不服本机关云政公开答〔2025〕1号文书，申请行政复议",
            "2025年4月29日收到行政复议申请书副本",
            "第五十四条",
            "《政府信息不予公开告知书》（云政公开答〔2025〕1号）",
            "答复事实清楚、程序合法，请予维持。",
            "证据、依据和其他有关材料共3件",
            "附件：证据目录",
        ] {
            assert!(said.contains(words), "{words} is not in\n{said}");
        }
        assert!(
            !said.contains("15日内") && !said.contains("110101199003070011"),
            "no remedies, no number of a person:\n{said}"
        );
        let listed = text(service, &case, &view["issued"][1]["seq"]);
        for row in [
            "1\u{3000}档案检索记录\u{3000}检索记录\u{3000}已尽检索义务\u{3000}检索记录.txt\u{3000}第1—3页",
            "2\u{3000}告知书及送达回证\u{3000}答复及送达凭证\u{3000}答复已依法送达\u{3000}纸质材料\u{3000}第4—5页",
            "3\u{3000}政府信息公开条例第十六条\u{3000}法律依据\u{3000}适用依据正确\u{3000}纸质材料\u{3000}—",
        ] {
            assert!(listed.contains(row), "{row} is not in\n{listed}");
        }

        let at = |form: &str| format!("/api/v1/cases/{}/letters/{}/{form}", case.id, view["issued"][0]["seq"]);
        let (status, pdf) = bytes(service, "lawyer", &at("pdf"));
        assert_eq!((status, &pdf[..5]), (200, b"%PDF-".as_slice()));
        assert_eq!(bytes(service, "lawyer", &at("pdf")).1, pdf, "the very bytes that were kept");
        assert_eq!(&bytes(service, "lawyer", &at("docx")).1[..2], b"PK");
        let receipt = format!("/api/v1/cases/{}/letters/{}/service-receipt/txt", case.id, view["issued"][0]["seq"]);
        let receipt = String::from_utf8(bytes(service, "lawyer", &receipt).1).unwrap();
        assert!(receipt.contains("云河省人民政府") && !receipt.contains("陈晓燕"), "{receipt}");
        assert_eq!(bytes(service, "county_clerk", &at("pdf")).0, 404);
        let own = case.applicant("GET", "", None).expect(200);
        assert!(!own.to_string().contains("复答"), "what goes to the body is not the applicant's");

        act(service, &id, "answer", &json!({"text": "请予维持。"})).expect(200);
        act(service, &id, "issue_paper", &answer).refused_by("nothing_to_answer");
        act(service, &id, "issue_paper", &catalogue).expect(200);
        service.check();
    });
}

#[test]
fn a_defence_names_the_court_and_a_complaint_has_no_such_paper() {
    on_both("2025-04-01", |service| {
        let case = refused(service);
        service.day("2025-12-02");
        let court = opened(
            &case,
            &json!({
                "kind": "litigation", "challenged": "reply", "route": "direct", "authority": "云河市中级人民法院",
                "accepted_on": "2025-11-27", "received_on": "2025-12-02",
            }),
        );
        let view = act(service, &court, "issue_paper", &json!({"paper": "answer", "text": "请求驳回原告的诉讼请求。"}));
        let view = view.expect(200);
        let said = text(service, &case, &view["issued"][0]["seq"]);
        for words in [
            "云河市中级人民法院：",
            "行政诉讼答辩状",
            "陈晓燕（原告）",
            "提起行政诉讼",
            "起诉状副本",
            "《中华人民共和国行政诉讼法》第六十七条",
            "随后依法提交",
        ] {
            assert!(said.contains(words), "{words} is not in\n{said}");
        }
        let complaint = opened(
            &case,
            &json!({"kind": "complaint", "challenged": "reply", "authority": "云河省政府办公厅",
                "received_on": "2025-12-01", "answer_by": "2025-12-20"}),
        );
        // Whoever edits its wording and may read the case looks at it on that case before.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let number = case.view()["number"].as_str().unwrap().to_owned();
        runtime.block_on(async {
            let mut both = service.office.officer_of(&service.token("admin")).await.unwrap();
            both.roles.extend(service.office.officer_of(&service.token("lawyer")).await.unwrap().roles);
            let look = |kind| {
                let which = WhichLetter { slug: "yunhe".to_owned(), kind, outcome: None };
                let source = Some("试印：{{ proceeding.party }}，{{ words }}{{ articles }}。".to_owned());
                service.office.preview_letter_wording(&both, which, source, Some(number.clone()), Format::Txt)
            };
            let shown = String::from_utf8(look(LetterKind::Defence).await.unwrap().bytes).unwrap();
            assert!(shown.contains("试印：原告，请求驳回原告的诉讼请求。") && shown.contains("未编号"), "{shown}");
            assert!(look(LetterKind::ReconsiderationAnswer).await.is_err(), "the case has no such letter");
        });
        act(service, &complaint, "issue_paper", &json!({"paper": "answer", "text": "情况如下。"}))
            .refused_by("not_in_this_kind");
        service.check();
    });
}

#[test]
fn the_page_of_a_file_has_the_form_a_preview_and_the_papers_issued() {
    on_both("2025-04-14", |service| {
        let case = refused(service);
        let id = opened(&case, &reconsideration());
        let mut visitor = Visitor::signed_in(service, "lawyer");
        let form = visitor.get(&format!("/desk/proceedings/{id}/acts/issue_paper")).expect(200);
        let (token, version) = (form.field("form_token"), form.field("version"));
        let fields = |more: &[(&'static str, &'static str)]| -> Vec<(String, String)> {
            let base = [
                ("form_token", token.as_str()),
                ("version", version.as_str()),
                ("paper", "answer"),
                ("text", "请予维持。"),
            ];
            base.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        let path = format!("/desk/proceedings/{id}/acts/issue_paper");
        let tried = fields(&[("preview", "letter")]);
        let tried: Vec<(&str, &str)> = tried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert!(visitor.post(&path, &tried).expect(200).html.starts_with("%PDF-"), "only looked at");
        assert_eq!(service.get("lawyer", &format!("/api/v1/proceedings/{id}")).expect(200)["issued"], json!([]));
        let done = fields(&[]);
        let done: Vec<(&str, &str)> = done.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        visitor.post(&path, &done).expect(303);
        let page = visitor.get(&format!("/desk/proceedings/{id}")).expect(200);
        page.says("行政复议答复书").says("云政公开复答〔2025〕1号");
    });
}

#[test]
fn an_office_lays_down_when_it_is_reminded_in_proceedings_and_open_files_follow() {
    on_both("2025-04-14", |service| {
        let path = "/api/v1/admin/agencies/yunhe/proceeding-reminders";
        let mut rules = service.get("admin", path).expect(200);
        assert_eq!((&rules["answer"], &rules["hearing"]), (&json!([3, 1, 0]), &json!([3, 1, 0])), "as they come");
        let mut wrong = rules.clone();
        (wrong["escalation"], wrong["appeal"]) = (json!([]), json!([251]));
        let problems = service.by("admin", "PUT", path, &[], Some(&wrong)).expect(422);
        assert_eq!(problems["errors"].as_array().unwrap().len(), 2, "{problems:#}");
        wrong["answer"] = json!([]);
        service.by("admin", "PUT", path, &[], Some(&wrong)).expect(422);
        service.by("clerk", "PUT", path, &[], Some(&rules)).expect(403);

        let case = refused(service);
        opened(&case, &reconsideration());
        let _before = sent(service);
        // Due on 9 May: 6, 7, 8 and 9 May are working days, and so is 30 April.
        rules["answer"] = json!([4, 4, 2]);
        let laid = service.by("admin", "PUT", path, &[], Some(&rules)).expect(200);
        assert_eq!(laid["answer"], json!([4, 2]), "the longest first, each once");
        let told = |service: &Served| {
            sent(service);
            let all = service.get("admin", "/api/v1/admin/outbox?limit=200").expect(200);
            let items = all["items"].as_array().unwrap().iter().filter(|one| one["notice"]["code"] == "proceeding_due");
            items.map(|one| one["fell_on"].as_str().unwrap().to_owned()).collect::<std::collections::BTreeSet<_>>()
        };
        service.day("2025-05-09");
        assert_eq!(told(service).into_iter().collect::<Vec<_>>(), ["2025-04-30", "2025-05-07"]);
        service.check();
    });
}

#[test]
fn whoever_is_given_a_file_is_told_and_whoever_takes_it_is_not() {
    on_both("2025-04-14", |service| {
        let case = refused(service);
        let _before = sent(service);
        let id = opened(&case, &reconsideration());
        let told = |letters: &[Letter]| -> Vec<String> {
            let given = letters.iter().filter(|one| one.rendered.subject.contains("案卷分派"));
            given.map(|one| one.to_address.clone()).collect()
        };
        assert!(told(&sent(service)).is_empty(), "the lawyer took it");
        let people = service.get("admin", "/api/v1/admin/staff").expect(200);
        let handler = people.as_array().unwrap().iter().find(|one| one["login"] == "handler").unwrap()["id"].clone();
        let path = format!("/api/v1/proceedings/{id}");
        let etag = service.get("clerk", &path).etag.unwrap();
        let assign = format!("{path}/acts/assign");
        service.by("clerk", "POST", &assign, &[("If-Match", &etag)], Some(&json!({"handler": handler}))).expect(200);
        let letters = sent(service);
        assert_eq!(told(&letters), ["handler@example.org"]);
        let letter = letters.iter().find(|one| one.rendered.subject.contains("案卷分派")).unwrap();
        assert!(
            letter.rendered.text.contains("云政复应〔2025〕1号") && letter.rendered.text.contains("2025年5月9日"),
            "{}",
            letter.rendered.text
        );
        assert!(told(&sent(service)).is_empty(), "once");
    });
}

#[test]
fn the_queue_of_an_earlier_day_is_as_it_lay_then() {
    on_both("2025-04-01", |service| {
        let case = refused(service);
        service.day("2025-04-29");
        let id = opened(&case, &reconsideration());
        service.day("2025-05-08");
        act(service, &id, "answer", &json!({"text": "请予维持。"})).expect(200);
        service.day("2025-05-23");
        let upheld = json!({"judgment": "reconsideration_upheld", "made_on": "2025-05-22"});
        act(service, &id, "receive_decision", &upheld).expect(200);
        service.day("2025-06-02");
        let list = |query: &str| {
            let page = service.get("clerk", &format!("/api/v1/proceedings{query}")).expect(200);
            page["items"].as_array().unwrap().clone()
        };
        let stood = |day: &str| -> Option<(Value, Value, Value)> {
            let one = list(&format!("?as_of={day}")).into_iter().next()?;
            Some((one["stage"]["code"].clone(), one["due"]["on"].clone(), one["due"]["days_left"].clone()))
        };
        assert_eq!(stood("2025-04-28"), None, "nothing was there");
        // The answer was due on 9 May: 6, 7, 8 and 9 May and 30 April are working days.
        assert_eq!(stood("2025-04-30"), Some((json!("answering"), json!("2025-05-09"), json!(4))));
        assert_eq!(stood("2025-05-07"), Some((json!("answering"), json!("2025-05-09"), json!(2))));
        assert_eq!(stood("2025-05-08").unwrap().0, "deciding");
        assert_eq!(stood("2025-05-23").unwrap().0, "closed", "closed on that day");
        assert_eq!(stood("2025-05-24"), None, "over before it");
        assert!(list("?as_of=2025-05-07&open=false").is_empty());
        assert_eq!(list("?as_of=2025-05-07&kind=reconsideration&handler=me").len(), 0, "the lawyer has it");
        let wrong = service.get("clerk", "/api/v1/proceedings?as_of=2025-06-03").expect(422);
        assert_eq!(wrong["errors"][0]["pointer"], "?as_of");
        let mut visitor = Visitor::signed_in(service, "clerk");
        visitor.get("/desk/proceedings?as_of=2025-05-07").expect(200).says("这是当日终了时的情况").says("2025年5月9日");
        visitor.get("/desk/proceedings?as_of=2025-06-03").expect(422).says("不能查询未来的日期");
    });
}
