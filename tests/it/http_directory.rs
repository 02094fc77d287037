//! Whom to ask: agencies found by name, place and duty, and the duties their administrators name.

use serde_json::{Value, json};

use crate::support::served::{Answer, Served, on_both};

fn name_duties(service: &Served, slug: &str, duties: &Value) -> Value {
    let path = format!("/api/v1/admin/agencies/{slug}");
    service.by("admin", "PATCH", &path, &[], Some(&json!({"duties": duties}))).expect(200)
}

fn ask(service: &Served, question: &str) -> Answer {
    let question: String = form_urlencoded::byte_serialize(question.as_bytes()).collect();
    service.public("GET", &format!("/api/v1/public/agencies?q={question}"), None, None)
}

/// The agencies found, each with the duties that say so.
fn found(service: &Served, question: &str) -> Vec<(String, Vec<String>)> {
    let page = ask(service, question).expect(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    page.as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["slug"]), one["matched"].as_array().unwrap().iter().map(text).collect()))
        .collect()
}

fn pair(slug: &str, matched: &[&str]) -> (String, Vec<String>) {
    (slug.to_owned(), matched.iter().map(|duty| (*duty).to_owned()).collect())
}

#[test]
fn words_find_the_agency_by_its_name_before_its_duties_and_say_which_duties() {
    on_both("2025-03-03", |service| {
        let lamps = "城市道路、桥梁、路灯的建设与维修养护";
        let tests = "建设工程质量检测（PPP项目除外）";
        name_duties(service, "jianshe", &json!(["住房保障", lamps, tests]));
        name_duties(service, "yunhe", &json!(["住房和城乡建设局以外的协调事项", "Ｐｐｐ项目 50%_补贴"]));
        name_duties(service, "qingxi", &json!(["县道路灯", "乡道路灯", "村道路灯", "路灯电费"]));

        assert_eq!(
            found(service, "路灯"),
            [pair("qingxi", &["县道路灯", "乡道路灯", "村道路灯"]), pair("jianshe", &[lamps])],
            "three at most, in the agency's own order; of equals the shorter name first"
        );
        assert_eq!(
            found(service, "城乡建设"),
            [pair("jianshe", &[]), pair("yunhe", &["住房和城乡建设局以外的协调事项"])],
            "who has it in the name comes first"
        );
        assert_eq!(found(service, "ppp").len(), 2, "whatever the case and width of the letters");
        assert_eq!(found(service, "JIANSHE"), [pair("jianshe", &[])], "by the short name");
        assert_eq!(found(service, "50%_"), [pair("yunhe", &["Ｐｐｐ项目 50%_补贴"])], "signs mean themselves");
        assert_eq!(found(service, "5%_%"), []);
        assert_eq!(found(service, "\\\\"), []);
        assert_eq!(found(service, "码头"), []);
    });
}

#[test]
fn every_word_must_stand_somewhere_and_an_agency_lies_where_those_above_it_lie() {
    on_both("2025-03-03", |service| {
        name_duties(service, "jianshe", &json!(["住房保障", "路灯维修", "老旧小区改造，小区路灯"]));
        name_duties(service, "qingxi", &json!(["路灯维修"]));
        assert_eq!(
            found(service, "云河市人民政府 路灯 小区"),
            [pair("jianshe", &["老旧小区改造，小区路灯", "路灯维修"])],
            "the duty with most of the words first"
        );
        assert_eq!(found(service, "清溪县　路灯"), [pair("qingxi", &["路灯维修"])], "a full-width blank is one too");
        assert_eq!(found(service, "路灯 码头"), []);
        let cities: Vec<String> = found(service, "云河市").into_iter().map(|(slug, _)| slug).collect();
        assert_eq!(cities, ["yunhe", "jianshe", "qingxi"], "the county lies below the city and does not bear its name");
    });
}

#[test]
fn a_question_of_one_character_or_too_many_is_refused_and_none_lists_them_all() {
    on_both("2025-03-03", |service| {
        for question in ["路", "路灯 修", &"路灯".repeat(51)] {
            let body = ask(service, question).expect(422);
            assert_eq!(body["errors"][0]["pointer"], "?q", "{question}");
        }
        for question in ["", "  "] {
            let all: Vec<String> = found(service, question).into_iter().map(|(slug, _)| slug).collect();
            assert_eq!(all, ["jianshe", "qingxi", "yunhe"]);
        }
        let all = service.public("GET", "/api/v1/public/agencies", None, None).expect(200);
        assert_eq!((&all[0]["parent"], &all[0]["matched"]), (&json!("yunhe"), &json!([])));
    });
}

#[test]
fn duties_are_named_by_the_administrator_and_shown_to_everybody() {
    on_both("2025-03-03", |service| {
        let settings = name_duties(service, "jianshe", &json!([" 住房保障 ", "路灯维修", "住房保障"]));
        assert_eq!(settings["duties"], json!(["住房保障", "路灯维修"]), "trimmed, and nothing twice");
        let page = service.public("GET", "/api/v1/public/agencies/jianshe", None, None).expect(200);
        assert_eq!((&page["duties"], &page["parent"]), (&settings["duties"], &json!("yunhe")));
        let path = "/api/v1/admin/agencies/jianshe";
        let other = service.by("admin", "PATCH", path, &[], Some(&json!({"office_hours": "工作日"}))).expect(200);
        assert_eq!(other["duties"], settings["duties"], "what is not named stays");
        let shorter = name_duties(service, "jianshe", &json!(["路灯维修"]));
        assert_eq!(shorter["duties"], json!(["路灯维修"]));
        assert_eq!(name_duties(service, "jianshe", &json!([]))["duties"], json!([]));

        let change = |duties: Value| {
            let body = json!({"duties": duties});
            service.by("admin", "PATCH", path, &[], Some(&body)).expect(422)["errors"].clone()
        };
        assert_eq!(change(json!(["路灯", " "]))[0]["pointer"], "/duties/1");
        assert_eq!(change(json!(["路灯".repeat(101)]))[0]["pointer"], "/duties/0");
        assert_eq!(
            change(json!((0..101).map(|number| format!("职责{number}")).collect::<Vec<_>>()))[0]["pointer"],
            "/duties"
        );
        service.by("clerk", "PATCH", "/api/v1/admin/agencies/yunhe", &[], Some(&json!({"duties": []}))).expect(403);

        let new = json!({
            "parent": "yunhe", "slug": "shuiwu", "name": "云河市水务局", "level": "department", "number_mark": "云水",
            "reconsideration_body": "云河市人民政府", "court": "云河市中级人民法院", "office_name": "办公室",
            "office_address": "人民路3号", "office_phone": "0000-3", "duties": ["防汛抗旱", "城市供水"]
        });
        service.by("admin", "POST", "/api/v1/admin/agencies", &[], Some(&new)).expect(201);
        assert_eq!(found(service, "供水"), [pair("shuiwu", &["城市供水"])]);
    });
}
