//! Tags by which an office sorts its cases, and lists of cases as a table for other programs.

use serde_json::{Value, json};

use crate::support::handled::Handled;
use crate::support::served::{Served, application, on_both};

fn tag(service: &Served, login: &str, body: &Value) -> Value {
    service.by(login, "POST", "/api/v1/cases/tags", &[], Some(body)).expect(200)
}

fn numbers(service: &Served, query: &str) -> Vec<Value> {
    let page = service.get("clerk", &format!("/api/v1/cases?{query}")).expect(200);
    page["items"].as_array().unwrap().iter().map(|one| one["number"].clone()).collect()
}

#[test]
fn tags_are_seen_before_they_are_put_on_and_lists_are_narrowed_by_them() {
    on_both("2025-03-03", |service| {
        let (one, other) = (Handled::new(service), Handled::new(service));
        let asked = |preview: bool| json!({"cases": [one.id, other.id], "add": ["拆迁", "媒体关注"], "remove": [], "preview": preview});
        let shown = tag(service, "clerk", &asked(true));
        assert_eq!(shown["tagged"][0]["added"], json!(["拆迁", "媒体关注"]));
        assert_eq!(one.view()["tags"], json!([]), "nothing is changed by looking");
        tag(service, "clerk", &asked(false));
        assert_eq!(one.view()["tags"], json!(["媒体关注", "拆迁"]));

        let off = json!({"cases": [one.id], "add": [], "remove": ["拆迁", "没有的"], "preview": false});
        let done = tag(service, "handler", &off);
        assert_eq!(
            (&done["tagged"][0]["removed"], &done["tagged"][0]["tags"]),
            (&json!(["拆迁"]), &json!(["媒体关注"]))
        );
        assert_eq!(numbers(service, "tag=%E6%8B%86%E8%BF%81"), [other.view()["number"].clone()]);
        let version = one.view()["version"].clone();
        tag(service, "clerk", &json!({"cases": [one.id], "add": ["催办"], "remove": [], "preview": false}));
        assert_eq!(one.view()["version"], version, "a tag is no entry of the journal");

        let outside = tag(service, "county_clerk", &asked(true));
        assert_eq!((outside["tagged"].as_array().unwrap().len(), outside["failed"].as_array().unwrap().len()), (0, 2));
        let many: Vec<String> = (0..10).map(|at| format!("标签{at}")).collect();
        let full = tag(service, "clerk", &json!({"cases": [one.id], "add": many, "remove": [], "preview": false}));
        assert_eq!(full["failed"].as_array().unwrap().len(), 1, "ten at most: {full:#}");
        for wrong in ["", "一个超过二十个字的标签是不能用的因为它太长了", "甲,乙", "甲\u{7}"] {
            let body = json!({"cases": [one.id], "add": [wrong], "remove": [], "preview": true});
            let told = service.by("clerk", "POST", "/api/v1/cases/tags", &[], Some(&body)).expect(422);
            assert_eq!(told["errors"][0]["pointer"], "/add/0", "{wrong:?}: {told:#}");
        }
        service.check();
    });
}

#[test]
fn a_list_is_exported_whole_as_the_reader_sees_it() {
    on_both("2025-03-03", |service| {
        let mut odd = application();
        odd["request"]["subject"] = json!("=HYPERLINK(\"http://x\")");
        let one = Handled::of(service, &odd);
        for _ in 0..3 {
            Handled::new(service);
        }
        let csv = |login: &str, query: &str| {
            let bearer = format!("Bearer {}", service.token(login));
            let path = format!("/api/v1/cases/export?{query}");
            let (status, kind, bytes) = service.file(&path, &[("Authorization", &bearer)]);
            assert_eq!((status, kind.as_str()), (200, "text/csv; charset=utf-8"));
            String::from_utf8(bytes).unwrap()
        };
        let table = csv("clerk", "");
        assert!(table.starts_with("\u{FEFF}\"登记编号\","), "{table}");
        assert_eq!(table.lines().count(), 5);
        assert!(table.contains("陈晓燕") && table.contains("\"'=HYPERLINK(\"\"http://x\"\")\""), "{table}");
        assert!(!csv("supervisor", "").contains("陈晓燕"), "from above names are masked");
        let chosen = csv("clerk", &format!("ids={}", one.id));
        assert_eq!(chosen.lines().count(), 2);
        assert_eq!(csv("clerk", "open=false").lines().count(), 1);
        service.get("clerk", "/api/v1/cases/export?stage=nowhere").expect(422);
        service.get("clerk", "/api/v1/cases/export?ids=x").expect(422);
    });
}
