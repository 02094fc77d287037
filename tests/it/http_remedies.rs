//! What an applicant can do, through the API and on the page: the order by kind of reply, before whom, until which day, against
//! silence and from when; and all papers in one archive, without anybody else's.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use dafu::case::clocks::path_of;
use dafu::law::outcome::{self, Outcome};
use dafu::law::remedy::{Measure, RemedyPath, Way};
use serde_json::{Value, json};

use crate::support::handled::{Handled, draft, draft_withholding};
use crate::support::served::{Served, on_both};
use crate::support::visitor::Visitor;

/// Before whom, laid down by the administrator.
fn places(service: &Served) {
    let places = json!({
        "reconsideration_address": "某省会市省政府路1号行政复议服务大厅", "reconsideration_phone": "0000-7654321",
        "court_address": "云河市法院路2号", "court_online": "https://court.example.gov.cn",
        "supervisor": "某省人民政府办公厅", "supervisor_address": "某省会市省政府路1号",
        "supervisor_phone": "0000-7650000", "supervisor_online": "https://tousu.example.gov.cn",
    });
    let shown = service.by("admin", "PATCH", "/api/v1/admin/agencies/yunhe", &[], Some(&places)).expect(200);
    for (field, value) in places.as_object().unwrap() {
        assert_eq!(&shown[field], value);
    }
}

fn remedies(case: &Handled<'_>) -> Value {
    case.applicant("GET", "/remedies", None).expect(200)
}

/// `measure:turn` of each way, the complaint that is always open left out.
fn order(remedies: &Value) -> Vec<String> {
    let ways = remedies["ways"].as_array().unwrap();
    assert_eq!(ways.last().unwrap()["measure"]["code"], "complaint", "{remedies:#}");
    let told = ways.iter().filter(|way| way["measure"]["code"] != "complaint").map(|way| {
        let code = |field: &str| way[field]["code"].as_str().unwrap().to_owned();
        format!("{} {}:{}", code("against"), code("measure"), code("turn"))
    });
    told.collect()
}

const FIRST: &[&str] = &["withheld reconsideration:first", "withheld suit:after"];
const CHOICE: &[&str] = &["whole reconsideration:choice", "whole suit:choice", "whole suit:after"];
const BY_PART: &[&str] = &[
    "withheld reconsideration:first",
    "withheld suit:after",
    "rest reconsideration:choice",
    "rest suit:choice",
    "rest suit:after",
];

/// Every kind of end a case can have, with the order that holds against it and an article that says so.
const TABLE: &[(Outcome, &[Outcome], &[&str], &str)] = &[
    (Outcome::Granted, &[], CHOICE, "regulation-51"),
    (Outcome::AlreadyPublic, &[], CHOICE, "regulation-51"),
    (Outcome::PartlyGranted, &[Outcome::RefusedThirdParty], BY_PART, "reconsideration-opinion-2"),
    (Outcome::PartlyGranted, &[Outcome::RefusedStateSecret, Outcome::NotHeld], BY_PART, "reconsideration-law-23-1.4"),
    (Outcome::PartlyGranted, &[Outcome::NotHeld], CHOICE, "disclosure-interpretation-1"),
    (Outcome::PartlyGranted, &[Outcome::WouldHaveToBeMade], CHOICE, "disclosure-interpretation-1"),
    (Outcome::RefusedStateSecret, &[], FIRST, "reconsideration-law-23-1.4"),
    (Outcome::RefusedForbiddenByLaw, &[], FIRST, "reconsideration-law-23-1.4"),
    (Outcome::RefusedSecurityStability, &[], FIRST, "reconsideration-law-23-1.4"),
    (Outcome::RefusedThirdParty, &[], FIRST, "disclosure-interpretation-1"),
    (Outcome::RefusedInternalAffairs, &[], FIRST, "disclosure-interpretation-1"),
    (Outcome::RefusedProcessInformation, &[], FIRST, "disclosure-interpretation-1"),
    (Outcome::RefusedEnforcementFiles, &[], FIRST, "reconsideration-law-23-1.4"),
    (Outcome::RefusedOwnRoute, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::NotHeld, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::NotThisAgency, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::WouldHaveToBeMade, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::StillUnclear, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::NotProcessedPetition, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::NotProcessedRepeat, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::NotProcessedPublications, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::NotProcessedExcessive, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::NotProcessedReissue, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::LapsedCorrection, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::LapsedFee, &[], CHOICE, "disclosure-interpretation-1"),
    (Outcome::Withdrawn, &[], &[], "reconsideration-opinion-3"),
    (Outcome::NotGovernmentInformation, &[], CHOICE, "regulation-51"),
    (Outcome::RecordsCorrected, &[], CHOICE, "regulation-51"),
    (Outcome::RecordsCorrectionReferred, &[], CHOICE, "regulation-51"),
    (Outcome::RecordsCorrectionRefused, &[], CHOICE, "regulation-51"),
    (Outcome::Other, &[], CHOICE, "regulation-51"),
];

#[test]
fn the_order_is_right_for_every_kind_of_end_and_names_its_article() {
    let told = |way: &&Way| way.measure != Measure::Complaint;
    for (outcome, withheld, order, article) in TABLE {
        let path = path_of(*outcome, withheld);
        let ways = path.ways().iter().filter(told);
        let found: Vec<String> = ways.map(|way| format!("{} {}:{}", way.against, way.measure, way.turn)).collect();
        assert_eq!(found, *order, "{outcome} {withheld:?}");
        let articles: Vec<String> = path.articles().iter().map(dafu::law::article::Article::code).collect();
        assert!(articles.iter().any(|code| code == article), "{outcome}: {articles:?}");
        // Who may go to court at once is told so in the letter, and who may not is not.
        let paragraph = path.paragraph_zh("甲", "乙");
        assert_eq!(paragraph.contains("6个月"), order.iter().any(|one| one.ends_with("suit:choice")), "{outcome}");
        assert_eq!(paragraph.contains("应当"), order.iter().any(|one| one.ends_with(":first")), "{outcome}");
        assert_eq!(paragraph.is_empty(), path == RemedyPath::NotSeparately, "{outcome}");
    }
    let listed: BTreeSet<Outcome> = TABLE.iter().map(|(outcome, ..)| *outcome).collect();
    assert_eq!(listed, Outcome::ALL.iter().copied().collect());
    assert!(
        TABLE
            .iter()
            .all(|(one, ..)| *one == Outcome::PartlyGranted || path_of(*one, &[]) == outcome::rule(*one).remedy)
    );
}

#[test]
fn a_refusal_goes_to_reconsideration_first_before_a_body_with_its_address_until_a_day_that_is_explained() {
    on_both("2025-03-03", |service| {
        places(service);
        let case = Handled::new(service);
        case.replied(&draft(Outcome::RefusedProcessInformation));
        let told = remedies(&case);
        assert_eq!(
            (&told["situation"]["code"], &told["path"]["code"]),
            (&json!("replied"), &json!("reconsideration_first"))
        );
        assert_eq!(order(&told), FIRST);
        // Posted on Monday, presumed received on Thursday, until the register of service says when.
        assert_eq!(told["known"], json!({"on": "2025-03-06", "is_proven": false}));
        assert!(told["notes"].to_string().contains("还没有证明"), "{told:#}");

        let first = &told["ways"][0];
        assert_eq!(first["place"]["name_zh"], "某省人民政府");
        assert_eq!(first["place"]["address"], "某省会市省政府路1号行政复议服务大厅");
        assert_eq!(first["place"]["phone"], "0000-7654321");
        assert_eq!(first["place"]["online"], "https://fuyi.example.gov.cn");
        assert!(first["zh"].as_str().unwrap().contains("应当自收到本答复之日起60日内先向某省人民政府申请行政复议"));
        // The sixtieth day is 5 May, the last of the holidays: it moves on to the 6th.
        assert_eq!((&first["clock"]["due_on"], &first["days_left"]), (&json!("2025-05-06"), &json!(64)));
        let steps = first["clock"]["steps"].as_array().unwrap();
        assert_eq!(
            (steps.first().unwrap()["on"].as_str(), steps.last().unwrap()["kind"].as_str()),
            (Some("2025-03-06"), Some("rolled_to"))
        );
        let after = &told["ways"][1];
        assert_eq!((&after["clock"], &after["begins_later"]), (&Value::Null, &json!(true)));
        assert_eq!(after["place"]["address"], "云河市法院路2号");
        let complaint = &told["ways"][2];
        assert_eq!(complaint["place"]["name_zh"], "某省人民政府办公厅");
        assert_eq!(complaint["articles"][0]["code"], "regulation-47");

        // The page says what the letter says, from the same place.
        let documents = case.applicant("GET", "", None).expect(200);
        let id = documents["documents"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
        let letter = case.applicant("GET", &format!("/documents/{id}"), None).expect(200);
        assert!(letter["text"].as_str().unwrap().contains(told["paragraph"].as_str().unwrap()), "{told:#}");

        service.day("2025-03-20");
        let letters = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
        let line = json!({"letter": letters[0]["seq"], "way": "post", "number": "EMS 1", "posted_on": "2025-03-03", "received_on": "2025-03-18"});
        case.does("clerk", "deliveries", &line);
        let told = remedies(&case);
        assert_eq!(told["known"], json!({"on": "2025-03-18", "is_proven": true}));
        assert_eq!(
            (&told["ways"][0]["clock"]["due_on"], &told["ways"][0]["days_left"]),
            (&json!("2025-05-19"), &json!(60))
        );
        assert_eq!(told["notes"], json!([]));
        service.day("2025-05-20");
        assert_eq!(remedies(&case)["ways"][0]["days_left"], -1);

        // Where another body is named since, the letter counts.
        let other = json!({"reconsideration_body": "另一机关"});
        service.by("admin", "PATCH", "/api/v1/admin/agencies/yunhe", &[], Some(&other)).expect(200);
        let told = remedies(&case);
        assert_eq!(told["paragraph"], Value::Null);
        assert!(told["notes"].to_string().contains("以答复书为准"), "{told:#}");
        service.check();
    });
}

#[test]
fn a_partial_reply_has_an_order_for_each_part() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft_withholding(Outcome::PartlyGranted, &[Outcome::RefusedInternalAffairs]));
        let told = remedies(&case);
        assert_eq!(
            (told["path"]["code"].as_str(), order(&told)),
            (Some("by_part"), BY_PART.iter().map(|one| (*one).to_owned()).collect())
        );
        let paragraph = told["paragraph"].as_str().unwrap();
        assert!(
            paragraph.contains("不予公开的内容不服的，应当") && paragraph.contains("其他内容不服的，可以"),
            "{paragraph}"
        );
        // Sixty days for either part, six months for the rest alone.
        assert_eq!(told["ways"][0]["clock"]["due_on"], told["ways"][2]["clock"]["due_on"]);
        assert_eq!(told["ways"][3]["clock"]["name"]["code"], "suit_direct");
        service.check();
    });
}

#[test]
fn nothing_can_be_contested_before_the_last_day_and_silence_after_it() {
    on_both("2025-03-03", |service| {
        places(service);
        let case = Handled::new(service);
        let told = remedies(&case);
        assert_eq!((told["situation"]["code"].as_str(), order(&told).len()), (Some("running"), 0));
        // Twenty working days from 3 March end on the 31st.
        assert_eq!(told["silent_from"], "2025-04-01");
        assert!(told["notes"].to_string().contains("不能单独申请行政复议"), "{told:#}");

        // An extension moves the day, and opens nothing by itself.
        case.does("handler", "extension-request", &json!({"days": 5, "reason": "涉及部门多。"}));
        case.does("head", "extension-decision", &json!({"granted": true}));
        case.does("clerk", "extension-notice", &json!({"letter": "需要延期。"}));
        let told = remedies(&case);
        assert_eq!((told["silent_from"].as_str(), order(&told).len()), (Some("2025-04-09"), 0));

        service.day("2025-04-08");
        assert_eq!(remedies(&case)["situation"]["code"], "running");
        service.day("2025-04-09");
        let told = remedies(&case);
        assert_eq!(told["situation"]["code"], "silent");
        assert_eq!(order(&told), ["silence reconsideration:choice", "silence suit:choice", "silence suit:after"]);
        assert!(
            told["ways"][0]["zh"].as_str().unwrap().contains("自答复期限届满之日起60日内向某省人民政府申请行政复议")
        );
        // Sixty days from the 8th of April end on a Saturday; six months in the holidays of October.
        assert_eq!(told["ways"][0]["clock"]["due_on"], "2025-06-09");
        assert_eq!(told["ways"][1]["clock"]["due_on"], "2025-10-09");
        assert!(told["notes"].to_string().contains("先申请行政复议不会丧失任何权利"), "{told:#}");
        let articles = told["ways"][0]["articles"].to_string();
        assert!(
            articles.contains("reconsideration-rules-16-1.1") && articles.contains("disclosure-interpretation-2"),
            "{articles}"
        );

        // The reply that comes late is contested as what it is, and the delay besides.
        case.replied(&draft(Outcome::Granted));
        let told = remedies(&case);
        assert_eq!((told["situation"]["code"].as_str(), told["late"].as_bool()), (Some("replied"), Some(true)));
        assert_eq!(order(&told), CHOICE);
        assert!(told["notes"].to_string().contains("确认逾期答复违法"), "{told:#}");
        service.check();
    });
}

#[test]
fn while_the_applicant_is_asked_nothing_runs_and_a_withdrawal_or_a_lapse_has_its_own_end() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请写明年度。", "window_days": 10}));
        let told = remedies(&case);
        assert_eq!(
            (told["situation"]["code"].as_str(), &told["silent_from"]),
            (Some("awaits_applicant"), &Value::Null)
        );
        service.day("2025-03-31");
        case.does("head", "lapse", &json!({"finding": "未说明正当理由。", "letter": "视为放弃申请。"}));
        let told = remedies(&case);
        assert_eq!(
            (told["situation"]["code"].as_str(), told["known"]["is_proven"].as_bool()),
            (Some("lapsed"), Some(false))
        );
        assert_eq!(order(&told), CHOICE);
        // 31 March and three working days, over Qingming on the 4th: the 3rd; sixty days on, the 2nd of June is a holiday.
        assert_eq!(
            (told["known"]["on"].as_str(), told["ways"][0]["clock"]["due_on"].as_str()),
            (Some("2025-04-03"), Some("2025-06-03"))
        );

        let case = Handled::new(service);
        case.applicant("POST", "/withdrawal", Some(&json!({}))).expect(200);
        let told = remedies(&case);
        assert_eq!(
            (told["situation"]["code"].as_str(), told["path"]["code"].as_str()),
            (Some("withdrawn"), Some("not_separately"))
        );
        assert!(order(&told).is_empty() && told["known"].is_null(), "{told:#}");
    });
}

/// The entries of an archive, each with its bytes.
fn opened(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

#[test]
fn all_papers_of_the_applicant_come_in_one_archive_and_nobody_elses() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let number = case.receipt["receipt_no"].as_str().unwrap().to_owned();
        let code = case.receipt["query_code"].as_str().unwrap().to_owned();
        let path = format!("/api/v1/public/applications/{number}/papers");
        let taken = |code: &str| service.file(&path, &[("X-Query-Code", code)]);
        let at = format!("/uploads/{}", {
            let begun = case.applicant("POST", "/uploads", Some(&json!({"name": "示意图.txt", "size": 9}))).expect(201);
            begun["id"].as_str().unwrap().to_owned()
        });
        let headers = [("X-Query-Code", code.as_str()), ("Upload-Offset", "0")];
        let upload = format!("/api/v1/public/applications/{number}{at}");
        let sent = service.bytes("PATCH", &upload, &headers, "示意图".as_bytes()).expect(200);
        case.applicant("POST", "/files", Some(&json!({"file": sent["id"]}))).expect(200);

        let consulted = json!({"party": "third_party", "addressee": "某公司", "letter": "请提出意见。"});
        case.does("handler", "consultations", &consulted);
        let consultation = case.view()["consultations"][0]["id"].as_str().unwrap().to_owned();
        case.does(
            "handler",
            &format!("consultations/{consultation}/opinion"),
            &json!({"opinion": "consents", "text": "同意公开。"}),
        );
        case.does(
            "handler",
            &format!("consultations/{consultation}/finding"),
            &json!({"finding": "consents", "text": "第三方同意。"}),
        );
        case.does("clerk", "consultation-notice", &json!({"letter": "本件征求第三方意见，期间不计入答复期限。"}));
        case.replied(&draft(Outcome::Granted));
        let large: Vec<u8> = (0..9_000_000_u32).map(|at| u8::try_from(at % 251).unwrap()).collect();
        let mut record = "台账\n".as_bytes().to_vec();
        record.extend(large.iter().map(|byte| b'a' + byte % 26));
        let given = case.attaches("handler", "台账.txt", &record, "record");
        case.attaches("handler", "内部讨论稿.txt", "内部讨论".as_bytes(), "record");
        case.does("clerk", "releases", &json!({"files": [given], "letter": "现提供台账。"}));

        assert_eq!(taken("wrong-code").0, 401);
        let (status, kind, bytes) = taken(&code);
        assert_eq!((status, kind.as_str()), (200, "application/zip"));
        let entries = opened(bytes);
        let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
        for wanted in [
            "救济途径.txt",
            "1-申请/政府信息公开申请表",
            "1-申请/政府信息公开申请登记回执",
            "1-申请/示意图.txt",
            "2-文书/政府信息公开申请答复书",
            "2-文书/政府信息提供告知书",
            "4-提供的文件/台账.txt",
            "目录.txt",
        ] {
            assert!(names.iter().any(|name| name.starts_with(wanted)), "{wanted} is not in {names:?}");
        }
        for other in ["征求意见书", "内部讨论稿", "封面", "审批"] {
            assert!(!names.iter().any(|name| name.contains(other)), "{names:?}");
        }
        let content = |wanted: &str| entries.iter().find(|(name, _)| name.starts_with(wanted)).unwrap().1.clone();
        assert!(content("4-提供的文件/台账.txt") == record, "as it was, nine megabytes of it");
        let list = String::from_utf8(content("目录.txt")).unwrap();
        assert_eq!(list.matches('\t').count(), 2 * entries.len(), "each with its size and digest\n{list}");
        assert!(String::from_utf8(content("救济途径.txt")).unwrap().contains("最后一日：2025-"), "{list}");

        // What came with it counts as fetched: the register has it, the receipt of downloads says so, and the next archive holds that.
        let register = service.get("handler", &format!("/api/v1/cases/{}/deliveries", case.id)).expect(200);
        let fetched: Vec<&Value> =
            register.as_array().unwrap().iter().filter(|one| one["way"]["code"] == "download").collect();
        let kinds: Vec<&str> = fetched.iter().map(|one| one["kind"]["code"].as_str().unwrap()).collect();
        assert_eq!(
            kinds.iter().collect::<BTreeSet<_>>(),
            BTreeSet::from([&"consultation_told", &"reply", &"release"]),
            "{register:#}"
        );
        assert!(fetched.iter().any(|one| one["file"] == json!(given)), "{register:#}");
        let again = opened(taken(&code).2);
        let names: Vec<&str> = again.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.iter().any(|name| name.starts_with("3-送达/网上取得回执")), "{names:?}");
        assert!(names.iter().any(|name| name.starts_with("3-送达/送达回证")), "{names:?}");
        service.check();
    });
}

#[test]
fn a_receipt_says_what_was_fetched_and_when_first() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.replied(&draft(Outcome::Granted));
        let paper = case.attaches("handler", "台账.txt", "台账一号".as_bytes(), "record");
        case.does("clerk", "releases", &json!({"files": [paper], "letter": "现提供台账。"}));
        let number = case.receipt["receipt_no"].as_str().unwrap().to_owned();
        let code = case.receipt["query_code"].as_str().unwrap().to_owned();
        let sheet = |format: &str| {
            let path = format!("/api/v1/public/applications/{number}/sheets/download_receipt/{format}");
            service.file(&path, &[("X-Query-Code", &code)])
        };
        assert_eq!(sheet("pdf").0, 404, "nothing was fetched yet");
        service.day("2025-03-07");
        assert_eq!(case.own_content(&paper).0, 200);
        service.day("2025-03-10");
        case.own_content(&paper);
        let told = case.applicant("GET", "", None).expect(200);
        assert_eq!(told["has_fetched"], true);
        let reply = told["documents"].as_array().unwrap().iter().find(|one| one["kind"] == "reply").unwrap().clone();
        case.applicant("GET", &format!("/documents/{}", reply["id"].as_str().unwrap()), None).expect(200);
        assert_eq!(&sheet("pdf").2[..5], b"%PDF-");
        let text = String::from_utf8(sheet("txt").2).unwrap();
        for said in ["网上取得回执", "台账.txt", "2025年3月7日", "政府信息公开申请答复书", "2025年3月10日", "第四十条"]
        {
            assert!(text.contains(said), "{said} is not in\n{text}");
        }
        let sheets = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
        assert!(sheets.to_string().contains("download_receipt"), "the office has it too");
        service.check();
    });
}

#[test]
fn every_letter_has_its_receipt_of_service_filled_in_from_the_register() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
        let seq = |kind: &str| {
            let letters = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
            letters.as_array().unwrap().iter().find(|one| one["letter"]["code"] == kind).unwrap()["seq"].clone()
        };
        let receipt = |login: &str, seq: &Value, format: &str| {
            let bearer = format!("Bearer {}", service.token(login));
            let path = format!("/api/v1/cases/{}/letters/{seq}/service-receipt/{format}", case.id);
            service.file(&path, &[("Authorization", &bearer)])
        };
        let said = |seq: &Value| String::from_utf8(receipt("clerk", seq, "txt").2).unwrap();
        let notice = seq("correction");
        let blank = said(&notice);
        assert!(blank.contains("政府信息公开申请补正告知书") && blank.contains("年　　月　　日"), "{blank}");
        service.day("2025-03-06");
        let line = json!({"letter": notice, "way": "post", "number": "EMS 1000000000001", "posted_on": "2025-03-03", "received_on": "2025-03-05", "remark": "门卫李某代收"});
        case.does("clerk", "deliveries", &line);
        let filled = said(&notice);
        for words in ["云政公开补〔2025〕1号", "陈晓燕", "邮寄", "2025年3月5日", "EMS 1000000000001", "门卫李某代收"]
        {
            assert!(filled.contains(words), "{words} is not in\n{filled}");
        }
        assert_eq!(&receipt("clerk", &notice, "pdf").2[..5], b"%PDF-");
        assert_eq!(receipt("supervisor", &notice, "pdf").0, 403, "names are masked from above");
        assert_eq!(receipt("clerk", &json!(1), "pdf").0, 404);

        // A letter to a third party names the third party, and not who asks.
        case.applicant("POST", "/corrections", Some(&json!({"text": "2024年度。"}))).expect(200);
        let consulted = json!({"party": "third_party", "addressee": "某公司", "letter": "请提出意见。"});
        case.does("handler", "consultations", &consulted);
        let third = said(&seq("third_party"));
        assert!(third.contains("某公司") && !third.contains("陈晓燕"), "{third}");
        service.check();
    });
}

#[test]
fn the_page_leads_step_by_step_in_both_languages_and_from_the_list_of_ones_own() {
    let service = &Served::on_sqlite("2025-03-03");
    places(service);
    let case = Handled::new(service);
    case.replied(&draft(Outcome::RefusedInternalAffairs));
    let mut citizen = Visitor::new(service);
    assert_eq!(citizen.get("/track/remedies").expect(303).location.as_deref(), Some("/track"));
    let fields = [
        ("receipt_no", case.receipt["receipt_no"].as_str().unwrap()),
        ("code", case.receipt["query_code"].as_str().unwrap()),
    ];
    citizen.post("/track", &fields).expect(303);
    let track = citizen.get("/track").expect(200);
    assert!(track.html.contains("href=\"/track/remedies\"") && track.html.contains("href=\"/track/papers\""));
    let page = citizen.get("/track/remedies").expect(200);
    let page = page
        .says("必须先走这一步")
        .says("推定，尚无证明")
        .says("某省人民政府")
        .says("还剩64天")
        .says("某省人民政府办公厅");
    assert!(page.html.contains("https://fuyi.example.gov.cn") && page.html.contains("https://court.example.gov.cn"));
    assert!(!page.text().contains("6个月"), "no direct suit is told");
    citizen.language = "en";
    citizen
        .get("/track/remedies")
        .expect(200)
        .says("this must come first")
        .says("64 days left")
        .says("presumed, not proven yet");
    let archive = citizen.get("/track/sheets/receipt/txt").expect(200);
    assert!(archive.html.contains("回执"));
    citizen.language = "zh-CN";
    let mut other = Visitor::new(service);
    assert_eq!(other.get("/track/papers").expect(303).location.as_deref(), Some("/track"));
}
