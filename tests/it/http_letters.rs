//! Letters through the API: numbered with the act, handed out as PDF and DOCX, kept as they were issued.

use dafu::law::letter::LetterKind;
use dafu::law::outcome::Outcome;
use dafu::office::letters::reading::Format;
use dafu::office::letters::wordings::WhichLetter;
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft};
use crate::support::served::{Served, on_both};

fn letters(service: &Served, case: &Handled<'_>) -> Vec<Value> {
    let all = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
    all.as_array().unwrap().iter().filter(|one| one["seq"].is_number()).cloned().collect()
}

fn file(service: &Served, login: &str, path: &str) -> (u16, String, Vec<u8>) {
    let bearer = format!("Bearer {}", service.token(login));
    service.file(path, &[("Authorization", &bearer)])
}

fn text(service: &Served, case: &Handled<'_>, seq: &Value) -> String {
    let path = format!("/api/v1/cases/{}/letters/{seq}/txt", case.id);
    String::from_utf8(file(service, "handler", &path).2).unwrap()
}

#[test]
fn an_act_issues_its_letter_under_the_next_number_of_its_kind() {
    on_both("2025-03-03", |service| {
        let (one, other) = (Handled::new(service), Handled::new(service));
        let asked = json!({"letter": "请写明年度。\n请写明文号。", "window_days": 10});
        one.does("handler", "correction-requests", &asked);
        other.does("handler", "correction-requests", &asked);
        let numbers: Vec<Value> =
            [&one, &other].iter().map(|case| letters(service, case)[0]["number"].clone()).collect();
        assert_eq!(numbers, ["云政公开补〔2025〕1号", "云政公开补〔2025〕2号"]);

        let text = text(service, &one, &letters(service, &one)[0]["seq"]);
        for said in [
            "陈晓燕：",
            "2025年3月3日收到",
            "老旧小区改造项目施工合同",
            "第三十条",
            "请写明年度。\n请写明文号。",
            "10个工作日",
            "视为放弃申请",
            "2025年3月3日",
        ] {
            assert!(text.contains(said), "{said} is not in\n{text}");
        }
        // Refused acts take no number.
        one.act("handler", "correction-requests", &asked).refused_by("not_in_this_stage");
        let third = Handled::new(service);
        third.does("handler", "correction-requests", &asked);
        assert_eq!(letters(service, &third)[0]["number"], "云政公开补〔2025〕3号");
        service.check();
    });
}

#[test]
fn a_reply_taken_back_and_signed_again_keeps_its_number() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.approved(&draft(Outcome::Granted)).expect(200);
        case.does("signer", "recall", &json!({"reason": "措辞有误"}));
        case.approved(&draft(Outcome::Granted)).expect(200);
        case.served().expect(200);
        let numbers: Vec<Value> = letters(service, &case).iter().map(|one| one["number"].clone()).collect();
        assert_eq!(numbers, ["云政公开答〔2025〕1号", "云政公开答〔2025〕1号"]);
        let other = Handled::new(service);
        other.approved(&draft(Outcome::Granted)).expect(200);
        assert_eq!(letters(service, &other)[0]["number"], "云政公开答〔2025〕2号");
    });
}

#[test]
fn a_letter_is_handed_out_as_pdf_and_docx_and_is_the_same_every_time() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        let seq = letters(service, &case)[0]["seq"].clone();
        let path = |format: &str| format!("/api/v1/cases/{}/letters/{seq}/{format}", case.id);
        let (status, kind, pdf) = file(service, "handler", &path("pdf"));
        assert_eq!((status, kind.as_str(), &pdf[..5]), (200, "application/pdf", &b"%PDF-"[..]));
        let docx = file(service, "handler", &path("docx"));
        assert_eq!((docx.0, &docx.2[..2]), (200, &b"PK"[..]));
        // The wording of what was issued does not move with the agency.
        let body = json!({"name": "云河市人民政府办公室（改名）"});
        service.by("admin", "PATCH", "/api/v1/admin/agencies/yunhe", &[], Some(&body)).expect(200);
        assert_eq!(file(service, "handler", &path("pdf")).2, pdf);
        assert_eq!(file(service, "handler", &path("docx")).2, docx.2);
        assert_eq!(file(service, "handler", &path("odt")).0, 404);
        assert_eq!(file(service, "supervisor", &path("pdf")).0, 403, "names are masked from above");
        assert_eq!(file(service, "county_handler", &path("pdf")).0, 404);
    });
}

#[test]
fn the_applicant_has_their_letters_and_their_receipt_and_nobody_elses() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        let told = case.applicant("GET", "", None).expect(200);
        let document = &told["documents"][0];
        assert_eq!(document["number"], "云政公开补〔2025〕1号");
        let id = document["id"].as_str().unwrap();
        let read = case.applicant("GET", &format!("/documents/{id}"), None).expect(200);
        assert!(read["text"].as_str().unwrap().starts_with("云河市人民政府\n政府信息公开申请补正告知书\n"), "{read:#}");
        let at = |path: &str| {
            let number = case.receipt["receipt_no"].as_str().unwrap();
            let path = format!("/api/v1/public/applications/{number}{path}");
            service.file(&path, &[("X-Query-Code", case.receipt["query_code"].as_str().unwrap())])
        };
        assert_eq!(&at(&format!("/documents/{id}/pdf")).2[..5], b"%PDF-");
        assert_eq!(&at("/sheets/receipt/pdf").2[..5], b"%PDF-");
        let form = String::from_utf8(at("/sheets/application_form/txt").2).unwrap();
        assert!(form.contains("陈晓燕") && !form.contains("110101199003070011"), "{form}");
        // A sheet of the file is the office's, and so is a letter to somebody else.
        assert_eq!(at("/sheets/cover_sheet/pdf").0, 404);
        let consulted = json!({"party": "third_party", "addressee": "某公司", "letter": "请提出意见。"});
        case.applicant("POST", "/corrections", Some(&json!({"text": "2024年度。"}))).expect(200);
        case.does("handler", "consultations", &consulted);
        let issued = letters(service, &case);
        let third = issued.iter().find(|one| one["letter"]["code"] == "third_party").unwrap();
        assert_eq!(third["to_applicant"], false);
        let said = text(service, &case, &third["seq"]);
        assert!(said.contains("某公司：") && !said.contains("陈晓燕"), "a third party is not told who asks\n{said}");
        let told = case.applicant("GET", "", None).expect(200);
        assert_eq!(told["documents"].as_array().unwrap().len(), 1, "{told:#}");
    });
}

#[test]
fn a_name_that_cannot_be_printed_is_refused_before_the_letter_is_issued() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let asked = json!({"letter": "请写明\u{3FFFD}字号。"});
    let told = case.act("handler", "correction-requests", &asked).expect(422);
    assert!(told["errors"][0]["detail"].as_str().unwrap().contains("U+3FFFD"), "{told:#}");
    assert!(letters(&service, &case).is_empty());
    case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
    assert_eq!(letters(&service, &case)[0]["number"], "云政公开补〔2025〕1号", "and no number is lost");
}

#[test]
fn anybody_gets_the_blank_form() {
    let service = Served::on_sqlite("2025-03-03");
    let (status, _, pdf) = service.file("/api/v1/public/agencies/yunhe/application-form/pdf", &[]);
    assert_eq!((status, &pdf[..5]), (200, &b"%PDF-"[..]));
    assert_eq!(service.file("/api/v1/public/agencies/nowhere/application-form/pdf", &[]).0, 404);
}

#[test]
fn a_letter_is_looked_at_before_it_goes_out_and_nothing_is_done() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let before = case.view();
        let asked = json!({"letter": "请写明年度。", "window_days": 10});
        let told = case.act("handler", "correction-requests?preview=letters", &asked).expect(200);
        assert_eq!(told[0]["letter"]["code"], "correction", "{told:#}");
        let text = told[0]["text"].as_str().unwrap();
        assert!(text.contains("请写明年度。") && text.contains("（预览，未编号）"), "{text}");
        assert_eq!(case.view()["version"], before["version"]);
        assert!(letters(service, &case).is_empty());
        // A draft is shown as the reply it would be.
        let told = case.act("handler", "draft?preview=letters", &draft(Outcome::NotHeld)).expect(200);
        let text = told[0]["text"].as_str().unwrap();
        assert!(text.contains("政府信息不存在") && text.contains("行政复议"), "{text}");
        assert_eq!(case.view()["draft"], json!(null));
        // What stands in the way is told as by the act itself.
        case.act("handler", "extension-notice?preview=letters", &json!({"letter": "延期。"})).expect(409);
        case.does("handler", "correction-requests", &asked);
        assert_eq!(letters(service, &case)[0]["number"], "云政公开补〔2025〕1号", "no number was taken by looking");
        service.check();
    });
}

#[test]
fn an_edited_wording_is_used_from_its_day_on_and_what_was_issued_stays_as_it_is() {
    on_both("2025-03-03", |service| {
        let path = "/api/v1/admin/agencies/yunhe/letters/correction/-";
        let asked = json!({"letter": "请写明年度。"});
        let before = Handled::new(service);
        before.does("handler", "correction-requests", &asked);

        let edited = |from: &str| {
            let source = "本机关收到{{ you }}的申请（{{ case.number }}）。\n# 请补正\n{{ words }}\n\
                          根据{{ articles }}，请在{{ window_days }}个工作日内补正。\n";
            json!({"source": source, "effective_from": from})
        };
        service.by("admin", "PUT", path, &[], Some(&edited("2025-03-02"))).expect(422);
        let laid = service.by("admin", "PUT", path, &[], Some(&edited("2025-03-05"))).expect(200);
        assert_eq!((&laid["built_in"], &laid["editions"][0]["effective_from"]), (&json!(true), &json!("2025-03-05")));
        let still = Handled::new(service);
        still.does("handler", "correction-requests", &asked);
        service.day("2025-03-05");
        let after = Handled::new(service);
        after.does("handler", "correction-requests", &asked);
        let said = |case: &Handled<'_>| text(service, case, &letters(service, case)[0]["seq"]);
        assert!(said(&before).contains("视为放弃申请") && said(&still).contains("视为放弃申请"));
        assert!(said(&after).contains("\n请补正\n请写明年度。\n"), "{}", said(&after));
        assert!(!said(&after).contains("视为放弃申请"));

        let sheet = "/api/v1/admin/agencies/yunhe/letters/receipt/-";
        let source = "回执（云河版）：{{ case.receipt_no }} {{ case.subject }} {{ until|day if until else '' }}";
        service.by("admin", "PUT", sheet, &[], Some(&json!({"source": source}))).expect(200);
        let bearer = format!("Bearer {}", service.token("handler"));
        let receipt = format!("/api/v1/cases/{}/sheets/receipt/txt", after.id);
        let receipt = String::from_utf8(service.file(&receipt, &[("Authorization", &bearer)]).2).unwrap();
        assert!(receipt.contains("回执（云河版）"), "sheets take their wording as letters do: {receipt}");

        let broken = json!({"source": "{{ nothing_of_this_name.here }}"});
        let told = service.by("admin", "PUT", path, &[], Some(&broken)).expect(422);
        assert!(told["errors"][0]["detail"].as_str().unwrap().starts_with("第1行"), "{told:#}");
        service.by("clerk", "PUT", path, &[], Some(&edited("2025-03-06"))).expect(403);
        service.by("admin", "GET", "/api/v1/admin/agencies/yunhe/letters/reply/-", &[], None).expect(404);
        service.by("admin", "GET", "/api/v1/admin/agencies/yunhe/letters/reply/not_held", &[], None).expect(200);
        service.by("admin", "PUT", path, &[], Some(&edited("2025-03-10"))).expect(200);
        service.by("admin", "DELETE", path, &[], None).expect(200);
        // The way back leads back from what was still to come.
        service.day("2025-03-11");
        let restored = Handled::new(service);
        restored.does("handler", "correction-requests", &asked);
        assert!(said(&restored).contains("视为放弃申请"));
        service.check();
    });
}

#[test]
fn a_signed_reply_stands_though_its_wording_is_edited_before_it_is_served() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    case.approved(&draft(Outcome::Granted)).expect(200);
    let short = json!({"source": "另一种写法。{{ words }}"});
    let told = service.by("admin", "PUT", "/api/v1/admin/agencies/yunhe/letters/reply/granted", &[], Some(&short));
    let told = told.expect(422).to_string();
    assert!(
        told.contains("救济途径") && told.contains("{{ articles }}"),
        "what the law asks for is not left out: {told}"
    );
    let body = json!({"source": "另一种写法。{{ articles }}{{ words }}\n{% for one in statements %}{{ one.text }}{% endfor %}{{ remedy }}{{ remedy_online }}"});
    let path = "/api/v1/admin/agencies/yunhe/letters/reply/granted";
    service.by("admin", "PUT", path, &[], Some(&body)).expect(200);
    case.served().expect(200);
    let other = Handled::new(&service);
    other.approved(&draft(Outcome::Granted)).expect(200);
    assert!(text(&service, &other, &letters(&service, &other)[0]["seq"]).contains("另一种写法。"));
    other.served().expect(200);
}

#[test]
fn the_count_of_days_follows_the_letters_of_an_agency_that_wishes_it() {
    on_both("2025-03-03", |service| {
        let path = "/api/v1/admin/agencies/yunhe";
        let case = Handled::new(service);
        case.does("handler", "extension-request", &json!({"days": 10, "reason": "涉及部门多。"}));
        case.does("head", "extension-decision", &json!({"granted": true}));
        let wished = |yes: bool| {
            let shown = service.by("admin", "PATCH", path, &[], Some(&json!({"deadline_annex": yes}))).expect(200);
            assert_eq!(shown["deadline_annex"], yes);
        };
        wished(true);
        case.does("clerk", "extension-notice", &json!({"letter": "因涉及部门较多，需要延期。"}));
        let extension = text(service, &case, &letters(service, &case)[0]["seq"]);
        let (letter, annex) = extension.split_once("附件：").unwrap();
        assert!(letter.contains("延长10个工作日"), "{extension}");
        // Twenty working days and ten from 3 March 2025, over Qingming: the last of them as the notice names it.
        assert!(
            annex.contains("逐日计算") && annex.contains("2025年4月15日") && annex.contains("2025年4月4日　五　"),
            "{annex}"
        );

        case.approved(&draft(Outcome::Granted)).expect(200);
        let reply = text(service, &case, &letters(service, &case)[1]["seq"]);
        assert!(reply.contains("附件：") && reply.contains("逐日计算"), "{reply}");
        // What was signed stands, whatever the agency wishes by the time it goes out.
        wished(false);
        case.served().expect(200);
        let other = Handled::new(service);
        other.approved(&draft(Outcome::Granted)).expect(200);
        assert!(!text(service, &other, &letters(service, &other)[0]["seq"]).contains("逐日计算"));
        service.check();
    });
}

#[test]
fn a_wording_is_looked_at_on_a_real_case_by_whoever_may_read_it() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
    let number = case.view()["number"].as_str().unwrap().to_owned();
    let wording = "试印：{{ case.number }} {{ words }}{{ articles }}，{{ window_days }}个工作日。";
    let body = json!({"source": wording, "case": number});
    let path = "/api/v1/admin/agencies/yunhe/letters/correction/-/preview";
    // Who keeps the agency need not be who reads its cases.
    let told = service.by("admin", "POST", path, &[], Some(&body)).expect(422);
    assert_eq!(told["errors"][0]["pointer"], "/case", "{told:#}");

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut both = service.office.officer_of(&service.token("admin")).await.unwrap();
        both.roles.extend(service.office.officer_of(&service.token("handler")).await.unwrap().roles);
        let which = |kind| WhichLetter { slug: "yunhe".to_owned(), kind, outcome: None };
        let source = body["source"].as_str().map(str::to_owned);
        let look = |kind, source| {
            service.office.preview_letter_wording(&both, which(kind), source, Some(number.clone()), Format::Txt)
        };
        let too_short = look(LetterKind::Correction, Some("{{ words }}".to_owned())).await.unwrap_err();
        assert!(format!("{too_short:?}").contains("法律依据、期限"), "{too_short:?}");
        let shown = look(LetterKind::Correction, source).await.unwrap();
        let text = String::from_utf8(shown.bytes).unwrap();
        assert!(text.contains(&format!("试印：{number} 请写明年度。")), "{text}");
        assert!(text.contains("未编号"), "{text}");
        assert!(look(LetterKind::Extension, None).await.is_err(), "the case has no such letter");
    });
    assert_eq!(letters(&service, &case).len(), 1, "nothing is issued by it");
}
