//! What an agency asks on its form beside what the law lists: laid down version by version, answered by applicants, kept
//! with the case and shown by the words of the version that was filled in.

use serde_json::{Value, json};

use crate::support::served::{Answer, Served, application, on_both};
use crate::support::visitor::Visitor;

const ADMIN: &str = "/api/v1/admin/agencies/yunhe/form";
const PAGE: &str = "/api/v1/public/agencies/yunhe";

fn fields() -> Value {
    json!([
        {"name": "plot", "zh": "宗地位置", "en": "Where the plot lies", "hint_zh": "写明乡镇和村组", "kind": "line", "required": true},
        {"name": "land", "zh": "土地性质", "en": "Kind of land", "kind": "choice", "choices": [
            {"code": "state", "zh": "国有土地", "en": "state-owned"}, {"code": "collective", "zh": "集体土地", "en": "collective"}]},
        {"name": "moved", "zh": "是否已经搬迁", "en": "Has anybody moved yet?", "kind": "yes_no"},
        {"name": "since", "zh": "公告日期", "en": "Day of the notice", "kind": "day"},
        {"name": "more", "zh": "补充说明", "en": "Anything more", "kind": "text"}
    ])
}

fn lay_down(service: &Served, fields: &Value) -> Value {
    service.by("admin", "PUT", ADMIN, &[], Some(&json!({"fields": fields}))).expect(200)
}

fn apply(service: &Served, extra: &Value, version: Option<u32>) -> Answer {
    let mut body = application();
    body["extra"] = extra.clone();
    if let Some(version) = version {
        body["form_version"] = json!(version);
    }
    service.public("POST", &format!("{PAGE}/applications"), None, Some(&body))
}

fn case_of(service: &Served, receipt: &Value) -> Value {
    service.get("clerk", &format!("/api/v1/cases/{}", receipt["case_id"].as_str().unwrap())).expect(200)
}

fn pointers(answer: Answer) -> Vec<String> {
    let body = answer.expect(422);
    body["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn fields_are_laid_down_version_by_version_and_earlier_ones_are_kept() {
    on_both("2025-03-03", |service| {
        let nothing = service.get("admin", ADMIN).expect(200);
        assert_eq!(
            (&nothing["version"], &nothing["fields"], &nothing["versions"]),
            (&json!(0), &json!([]), &json!([]))
        );
        assert_eq!(lay_down(service, &fields())["version"], 1);
        service.day("2025-03-04");
        let second = lay_down(service, &json!([]));
        assert_eq!((&second["version"], &second["fields"]), (&json!(2), &json!([])));
        let versions = second["versions"].as_array().unwrap();
        let told: Vec<_> = versions.iter().map(|one| (&one["version"], &one["laid_by"]["name"])).collect();
        assert_eq!(told, [(&json!(2), &json!("某admin")), (&json!(1), &json!("某admin"))], "the latest first");
        assert_eq!(versions[1]["fields"][0]["hint_zh"], "写明乡镇和村组");
        assert!(versions[0]["laid_at"].as_str() > versions[1]["laid_at"].as_str());

        lay_down(service, &fields());
        let form = service.public("GET", PAGE, None, None).expect(200)["form"].clone();
        assert_eq!((&form["version"], &form["fields"][1]["choices"][0]["en"]), (&json!(3), &json!("state-owned")));
        let other = service.public("GET", "/api/v1/public/agencies/qingxi", None, None).expect(200);
        assert_eq!(other["form"], json!({"version": 0, "fields": []}));

        service.get("clerk", ADMIN).expect(403);
        service.by("clerk", "PUT", ADMIN, &[], Some(&json!({"fields": []}))).expect(403);
        service.get("admin", "/api/v1/admin/agencies/nowhere/form").expect(404);
    });
}

#[test]
fn fields_that_cannot_be_asked_are_told_all_at_once() {
    on_both("2025-03-03", |service| {
        let field = |name: &str, kind: &str| json!({"name": name, "zh": "问", "en": "Asked", "kind": kind});
        let mut listed = field("listed", "line");
        listed["choices"] = json!([{"code": "a", "zh": "甲", "en": "A"}]);
        let mut twice = field("twice", "choice");
        twice["choices"] = json!([{"code": "a", "zh": "甲", "en": "A"}, {"code": "a", "zh": " ", "en": "B"}]);
        let put = |fields: &Value| service.by("admin", "PUT", ADMIN, &[], Some(&json!({"fields": fields})));
        let wrong = put(&json!([
            field("Plot", "line"),
            field("same", "line"),
            field("same", "day"),
            listed,
            field("few", "choice"),
            twice
        ]));
        assert_eq!(
            pointers(wrong),
            [
                "/fields/0/name",
                "/fields/2/name",
                "/fields/3/choices",
                "/fields/4/choices",
                "/fields/5/choices/1/code",
                "/fields/5/choices/1/zh"
            ]
        );
        assert_eq!(pointers(put(&json!([field("a", "colour")]))), ["/fields/0/kind"]);
        let many: Vec<Value> = (0..21).map(|number| field(&format!("f{number}"), "line")).collect();
        assert_eq!(pointers(put(&json!(many))), ["/fields"]);
        assert_eq!(service.get("admin", ADMIN).expect(200)["version"], 0, "nothing was laid down");
    });
}

#[test]
fn answers_are_held_to_the_version_that_was_filled_in_and_everything_wrong_is_told_at_once() {
    on_both("2025-03-03", |service| {
        lay_down(service, &fields());
        let wrong = apply(
            service,
            &json!({"land": "lunar", "moved": "yes", "since": "3 March", "more": 7, "colour/a": "red"}),
            None,
        );
        let mut told = pointers(wrong);
        told.sort();
        assert_eq!(
            told,
            ["/extra/colour~1a", "/extra/land", "/extra/more", "/extra/moved", "/extra/plot", "/extra/since"]
        );
        let long = apply(service, &json!({"plot": "村".repeat(201), "more": "字".repeat(5001)}), None);
        assert_eq!(pointers(long), ["/extra/plot", "/extra/more"]);
        assert_eq!(pointers(apply(service, &json!({"plot": " "}), None)), ["/extra/plot"], "blank is not answered");

        let mut unreachable = application();
        unreachable["applicant"] = json!({"kind": "natural_person", "name": "陈晓燕", "identity_number": "1"});
        let sent = service.public("POST", &format!("{PAGE}/applications"), None, Some(&unreachable));
        assert_eq!(pointers(sent), ["/applicant", "/extra/plot"], "with what else is wrong");

        assert_eq!(pointers(apply(service, &json!({}), Some(9))), ["/form_version"]);
        let elsewhere = "/api/v1/public/agencies/qingxi/applications";
        let mut body = application();
        body["form_version"] = json!(1);
        assert_eq!(pointers(service.public("POST", elsewhere, None, Some(&body))), ["/form_version"], "another's");
        service.public("POST", elsewhere, None, Some(&application())).expect(201);

        lay_down(service, &json!([]));
        apply(service, &json!({"plot": "石桥镇"}), Some(1)).expect(201);
        assert_eq!(pointers(apply(service, &json!({"plot": "石桥镇"}), None)), ["/extra/plot"], "no longer asked");
    });
}

#[test]
fn a_case_keeps_the_version_and_shows_its_answers_by_those_words_for_ever() {
    on_both("2025-03-03", |service| {
        lay_down(service, &fields());
        let extra =
            json!({"since": "2025-02-28", "plot": " 石桥镇三组 ", "land": "collective", "moved": false, "more": ""});
        let receipt = apply(service, &extra, None).expect(201);
        lay_down(service, &json!([{"name": "plot", "zh": "别的问题", "en": "Something else", "kind": "line"}]));
        let case = case_of(service, &receipt);
        let line = |name: &str, zh: &str, en: &str, value: Value, value_zh: &str, value_en: &str| json!({"name": name, "zh": zh, "en": en, "value": value, "value_zh": value_zh, "value_en": value_en});
        assert_eq!(
            case["extra"],
            json!([
                line("plot", "宗地位置", "Where the plot lies", json!("石桥镇三组"), "石桥镇三组", "石桥镇三组"),
                line("land", "土地性质", "Kind of land", json!("collective"), "集体土地", "collective"),
                line("moved", "是否已经搬迁", "Has anybody moved yet?", json!(false), "否", "no"),
                line("since", "公告日期", "Day of the notice", json!("2025-02-28"), "2025-02-28", "2025-02-28"),
            ])
        );
        let id = receipt["case_id"].as_str().unwrap();
        let journal = service.get("clerk", &format!("/api/v1/cases/{id}/journal")).expect(200);
        let filed = &journal[0]["event"];
        assert_eq!(filed["form_version"], 1);
        assert!(filed["extra"]["digest"].is_string() && !filed.to_string().contains("石桥镇"), "{filed}");
        let words: Vec<_> = journal[0]["texts"].as_array().unwrap().iter().map(|one| &one["words"]).collect();
        assert_eq!(
            *words.last().unwrap(),
            r#"{"land":"collective","moved":false,"plot":"石桥镇三组","since":"2025-02-28"}"#
        );
        if !service.is_on_postgres() {
            let bytes = service.database_bytes();
            assert!(!bytes.windows(12).any(|one| one == "石桥镇三".as_bytes()), "sealed");
        }
        service.check();

        let without = case_of(service, &service.apply("yunhe"));
        assert_eq!(without["extra"], json!([]));
        Visitor::signed_in(service, "clerk")
            .get(&format!("/desk/cases/{id}"))
            .expect(200)
            .says("宗地位置")
            .says("集体土地");
    });
}

#[test]
fn what_came_on_paper_is_entered_without_a_field_that_the_form_on_line_requires() {
    on_both("2025-03-03", |service| {
        lay_down(service, &fields());
        let mut body = application();
        body["agency"] = json!("yunhe");
        body["channel"] = json!("in_person");
        let enter = |body: &Value| service.by("clerk", "POST", "/api/v1/cases", &[], Some(body));
        let bare = enter(&body).expect(201)["case"].clone();
        let journal =
            service.get("clerk", &format!("/api/v1/cases/{}/journal", bare["id"].as_str().unwrap())).expect(200);
        assert_eq!((&bare["extra"], &journal[0]["event"]["form_version"]), (&json!([]), &Value::Null));
        body["extra"] = json!({"land": "lunar"});
        assert_eq!(pointers(enter(&body)), ["/extra/land"], "what is entered is held to the form");
        body["extra"] = json!({"land": "state"});
        assert_eq!(enter(&body).expect(201)["case"]["extra"][0]["value_zh"], "国有土地");

        let mut clerk = Visitor::signed_in(service, "clerk");
        let page = clerk.get("/desk/enter").expect(200).says("机关的补充问题：云河市人民政府");
        let form = [
            ("once", page.field("once")),
            ("agency", "yunhe".to_owned()),
            ("channel", "in_person".to_owned()),
            ("applicant.kind", "natural_person".to_owned()),
            ("applicant.name", "陈晓燕".to_owned()),
            ("applicant.identity_number", "110101199003070011".to_owned()),
            ("applicant.phone", "13800000001".to_owned()),
            ("request.subject", "征地公告".to_owned()),
            ("request.description", "石桥镇征地公告".to_owned()),
            ("request.form", "paper".to_owned()),
            ("request.route", "collection".to_owned()),
            ("extra.yunhe.plot", "石桥镇五组".to_owned()),
            ("extra.yunhe.since", "three".to_owned()),
        ];
        let fields: Vec<(&str, &str)> = form.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let wrong = clerk.submit(&page, "/desk/enter", &fields).expect(422).says("公告日期：请填写日期");
        assert!(wrong.html.contains("#extra-yunhe-since") && wrong.html.contains("石桥镇五组"));
        clerk.submit(&page, "/desk/enter", &fields[..12]).expect(200);
        let all = service.get("clerk", "/api/v1/cases").expect(200);
        let shown: Vec<Value> = all["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| service.get("clerk", &format!("/api/v1/cases/{}", one["id"].as_str().unwrap())).expect(200))
            .collect();
        assert!(shown.iter().any(|case| case["extra"][0]["value"] == "石桥镇五组"));
    });
}

#[test]
fn a_matter_that_is_split_off_takes_the_answers_along_under_its_own_key() {
    on_both("2025-03-03", |service| {
        lay_down(service, &fields());
        let receipt = apply(service, &json!({"plot": "石桥镇三组"}), None).expect(201);
        let case = receipt["case_id"].as_str().unwrap();
        service.act("clerk", case, "registration", &json!({})).expect(200);
        service.act("clerk", case, "assignment", &json!({"handler": Value::Null})).expect(200);
        service.act("handler", case, "claim", &json!({})).expect(200);
        let split =
            json!({"remaining": "甲", "reason": "两件事", "matters": [{"subject": "乙", "description": "乙事"}]});
        let answer = service.act("clerk", case, "split", &split).expect(200);
        let child = case_of(service, &answer["receipts"][0]);
        assert_eq!(child["extra"][0]["value"], "石桥镇三组");
        service.check();
    });
}

#[test]
fn a_draft_is_told_what_is_missing_of_the_agencys_own_fields_whatever_else_is_missing() {
    on_both("2025-03-03", |service| {
        lay_down(service, &fields());
        let begun = service
            .public(
                "POST",
                &format!("{PAGE}/drafts"),
                None,
                Some(&json!({"extra": {"land": "lunar"}, "form_version": 1})),
            )
            .expect(201);
        let missing: Vec<&str> =
            begun["missing"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert!(missing.contains(&"/extra/plot") && missing.contains(&"/extra/land"), "{missing:?}");
        assert!(missing.contains(&"/applicant"));
        let code = begun["draft_code"].as_str().unwrap();
        let mut whole = application();
        whole["extra"] = json!({"plot": "石桥镇三组"});
        whole["form_version"] = json!(1);
        let held = [("X-Draft-Code", code)];
        let saved = service.send("PUT", "/api/v1/public/drafts", &held, Some(&whole.to_string())).expect(200);
        assert_eq!(saved["missing"], json!([]));
        lay_down(service, &json!([{"name": "other", "zh": "别的", "en": "Other", "kind": "line", "required": true}]));
        let receipt = service.send("POST", "/api/v1/public/drafts/submission", &held, Some("{}")).expect(201);
        assert_eq!(case_of(service, &receipt)["extra"][0]["zh"], "宗地位置", "the version it was filled in by");
    });
}

#[test]
fn the_form_on_line_asks_the_agencys_own_questions_on_its_first_step() {
    on_both("2025-03-03", |service| {
        lay_down(service, &fields());
        let mut citizen = Visitor::new(service);
        citizen.get("/agencies/yunhe").expect(200).says("网上申请时还会问").says("宗地位置");
        let page = citizen.post("/apply/yunhe", &[]);
        let page = citizen.follow(page).expect(200).says("这个机关的补充问题").says("宗地位置").says("写明乡镇和村组");
        let version = page.field("form_version");
        let request = [
            ("subject", "征地公告"),
            ("description", "石桥镇征地公告"),
            ("form", "electronic"),
            ("route", "online"),
            ("form_version", version.as_str()),
        ];
        let blank = citizen.post("/apply/yunhe/request", &request);
        let blank = citizen.follow(blank).expect(422).says("宗地位置：请填写。");
        assert!(blank.html.contains("href=\"#extra-plot\""));
        // The form is changed while it is filled in: this applicant goes on with theirs.
        lay_down(service, &json!([]));
        let answered =
            [&request[..], &[("extra.plot", "石桥镇三组"), ("extra.moved", "no"), ("extra.land", "state")]].concat();
        let page = citizen.post("/apply/yunhe/request", &answered);
        assert_eq!(page.location.as_deref(), Some("/apply/yunhe/applicant"));
        let again = citizen.get("/apply/yunhe/request").expect(200);
        assert!(again.html.contains("value=\"石桥镇三组\""));
        citizen.language = "en";
        citizen.get("/apply/yunhe/request").expect(200).says("Where the plot lies").says("state-owned");
        citizen.language = "zh-CN";
        let person = [
            ("kind", "natural_person"),
            ("name", "陈晓燕"),
            ("identity_number", "110101199003070011"),
            ("phone", "13800000001"),
        ];
        citizen.post("/apply/yunhe/applicant", &person).expect(303);
        let check = citizen.post("/apply/yunhe/besides", &[]);
        citizen.follow(check).expect(200).says("石桥镇三组").says("国有土地").says("提交申请");
        service.clock.set(service.clock.now() + chrono::TimeDelta::minutes(5));
        let sent = citizen.post("/apply/yunhe/check", &[]);
        citizen.follow(sent).expect(200).says("申请已提交");
        let all = service.get("clerk", "/api/v1/cases").expect(200);
        let case =
            service.get("clerk", &format!("/api/v1/cases/{}", all["items"][0]["id"].as_str().unwrap())).expect(200);
        let answers: Vec<_> = case["extra"].as_array().unwrap().iter().map(|one| &one["value_zh"]).collect();
        assert_eq!(answers, ["石桥镇三组", "国有土地", "否"]);
    });
}

#[test]
fn an_administrator_edits_the_fields_row_by_row_and_sees_the_versions() {
    on_both("2025-03-03", |service| {
        let mut admin = Visitor::signed_in(service, "admin");
        admin.get("/admin/agencies/yunhe").expect(200).says("申请表附加项");
        let place = "/admin/agencies/yunhe/form";
        let page = admin.get(place).expect(200).says("不得以没有填写附加项为由不予受理申请").says("还没有附加项");
        let first = [
            ("fields.0.name", "plot"),
            ("fields.0.zh", "宗地位置"),
            ("fields.0.en", "Where the plot lies"),
            ("fields.0.kind", "line"),
            ("fields.0.required", "yes"),
            ("fields.1.name", "land"),
            ("fields.1.zh", "土地性质"),
            ("fields.1.en", "Kind of land"),
            ("fields.1.kind", "choice"),
            ("fields.1.choices.0.code", "state"),
            ("fields.1.choices.0.zh", "国有"),
            ("fields.1.choices.0.en", "state"),
        ];
        let wrong = admin.submit(&page, place, &first).expect(422).says("请列出至少两个选项");
        assert!(wrong.html.contains("value=\"宗地位置\""), "what was typed stays");
        let second = [
            &first[..],
            &[
                ("fields.1.choices.1.code", "collective"),
                ("fields.1.choices.1.zh", "集体"),
                ("fields.1.choices.1.en", "collective"),
            ],
        ]
        .concat();
        let saved = admin.submit(&page, place, &second);
        let page = admin.follow(saved).expect(200).says("已保存为新的版本").says("某admin");
        assert!(page.html.contains("fields.2.name"), "a spare row");
        // The first row is emptied; what is chosen in it cannot be.
        let emptied: Vec<(&str, &str)> = second
            .iter()
            .map(|(name, text)| match *name {
                "fields.0.name" | "fields.0.zh" | "fields.0.en" => (*name, ""),
                _ => (*name, *text),
            })
            .collect();
        admin.submit(&page, place, &emptied).expect(303);
        let form = service.get("admin", ADMIN).expect(200);
        assert_eq!((&form["version"], &form["fields"][0]["name"]), (&json!(2), &json!("land")));
        assert_eq!(form["fields"].as_array().unwrap().len(), 1);
        let mut clerk = Visitor::signed_in(service, "clerk");
        clerk.get(place).expect(403);
    });
}
