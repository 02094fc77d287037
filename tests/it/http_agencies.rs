//! The settings of an agency over HTTP: shown and changed by its administrator, held to what the law leaves open, and
//! the numbers that follow from them.

use crate::support::served::{Served, on_both};
use serde_json::{Value, json};

fn change(service: &Served, slug: &str, change: &Value) -> crate::support::served::Answer {
    service.by("admin", "PATCH", &format!("/api/v1/admin/agencies/{slug}"), &[], Some(change))
}

fn pointers(body: &Value) -> Vec<&str> {
    body["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect()
}

/// An application on line that the clerk registers; its number in the register.
fn register(service: &Served, slug: &str, clerk: &str) -> String {
    let case = service.apply(slug)["case_id"].as_str().unwrap().to_owned();
    let etag = service.get(clerk, &format!("/api/v1/cases/{case}")).etag.unwrap();
    let path = format!("/api/v1/cases/{case}/registration");
    let view = service.by(clerk, "POST", &path, &[("If-Match", &etag)], Some(&json!({}))).expect(200);
    view["number"].as_str().unwrap().to_owned()
}

#[test]
fn every_setting_of_an_agency_is_shown_and_changed() {
    on_both("2025-03-03", |service| {
        let shown = service.get("admin", "/api/v1/admin/agencies/jianshe").expect(200);
        assert_eq!(shown["kind"]["code"], "department");
        assert_eq!(shown["number_pattern"], "{mark}公开申〔{year}〕{serial}号");
        assert_eq!(shown["override_waiting_days"], 5);
        assert_eq!(shown["reconsideration_by_law"]["zh"], "本级人民政府");
        assert_eq!(shown["reconsideration_by_law"]["articles"][0]["code"], "reconsideration-law-24-1.1");
        assert_eq!(shown["reconsideration_body_fits"], true);
        let wanted = json!({
            "name": "云河市住房城乡建设局", "kind": "judicial_department", "number_mark": "云住建", "org_code": "AB123",
            "number_pattern": "{org}-{year}-{serial:5}", "reconsideration_body": "某省住房和城乡建设厅",
            "reconsideration_online": "https://fuyi.example.org/a", "court": "云河市第一人民法院",
            "office_name": "办公室", "office_address": "建设路2号", "office_postcode": "000001", "office_phone": "0000-1",
            "office_fax": "0000-2", "office_email": "jian@example.org", "office_hours": "工作日",
            "online_url": "https://www.example.org", "automatic_confirmation": false, "confirmation_days": 3,
            "correction_window_days": 15, "other_agency_days": 10, "explanation_window_days": 7,
            "override_waiting_days": 10, "secrecy_stops_clock": true
        });
        let changed = change(service, "jianshe", &wanted).expect(200);
        assert_eq!(changed, service.get("admin", "/api/v1/admin/agencies/jianshe").expect(200));
        for (name, value) in wanted.as_object().unwrap() {
            let is = if name == "kind" { &changed["kind"]["code"] } else { &changed[name] };
            assert_eq!(is, value, "{name}");
        }
        assert_eq!((&changed["slug"], &changed["level"]), (&json!("jianshe"), &json!("department")));
    });
}

#[test]
fn what_is_not_named_stays_and_a_blank_text_clears_what_may_be_missing() {
    on_both("2025-03-03", |service| {
        let before = service.get("admin", "/api/v1/admin/agencies/yunhe").expect(200);
        let mut wanted = before.clone();
        wanted["reconsideration_online"] = Value::Null;
        let after = change(service, "yunhe", &json!({"reconsideration_online": " "})).expect(200);
        assert_eq!(after, wanted);
    });
}

#[test]
fn a_department_whose_replies_name_another_body_than_its_government_is_told_so() {
    on_both("2025-03-03", |service| {
        let body = json!({"reconsideration_body": "某省住房和城乡建设厅"});
        let shown = change(service, "jianshe", &body).expect(200);
        assert_eq!(shown["reconsideration_body_fits"], false);
        let vertical = change(service, "jianshe", &json!({"kind": "vertical_department"})).expect(200);
        assert_eq!(vertical["reconsideration_body_fits"], true, "it goes to the superior department (art. 27)");
    });
}

#[test]
fn every_setting_that_is_wrong_is_told_at_once() {
    on_both("2025-03-03", |service| {
        let wrong =
            json!({"correction_window_days": 31, "explanation_window_days": 2, "kind": "empire", "slug": "else"});
        let mut body = change(service, "yunhe", &wrong).expect(422);
        let mut told = pointers(&body);
        told.sort_unstable();
        assert_eq!(told, ["/correction_window_days", "/explanation_window_days", "/kind", "/slug"]);
        let wrong = json!({"name": " ", "office_email": "nobody", "reconsideration_online": "fuyi", "org_code": "A-1",
            "number_pattern": "{mark}{serial}"});
        body = change(service, "yunhe", &wrong).expect(422);
        let mut told = pointers(&body);
        told.sort_unstable();
        assert_eq!(told, ["/name", "/number_pattern", "/office_email", "/org_code", "/reconsideration_online"]);
    });
}

#[test]
fn only_the_administrator_of_an_agency_sees_and_changes_its_settings() {
    on_both("2025-03-03", |service| {
        service.get("head", "/api/v1/admin/agencies/yunhe").expect(403);
        service.get("county_clerk", "/api/v1/admin/agencies/yunhe").expect(404);
        service.get("admin", "/api/v1/admin/agencies/nowhere").expect(404);
        let body = json!({"court": "某法院"});
        service.by("head", "PATCH", "/api/v1/admin/agencies/yunhe", &[], Some(&body)).expect(403);
    });
}

#[test]
fn a_pattern_that_cannot_number_is_refused_at_its_field() {
    on_both("2025-03-03", |service| {
        for pattern in
            ["{mark}{year}", "{mark}{serial}", "{year}{serial}", "{mark}{yaer}{serial}", "{org}{year}{serial}"]
        {
            let body = change(service, "yunhe", &json!({"number_pattern": pattern})).expect(422);
            assert_eq!(pointers(&body), ["/number_pattern"], "{pattern}");
        }
        let long = format!("{{mark}}{{year}}{{serial}}{}", "号".repeat(60));
        let body = change(service, "yunhe", &json!({"number_pattern": long})).expect(422);
        assert_eq!(pointers(&body), ["/number_pattern"]);
    });
}

#[test]
fn a_pattern_changed_in_mid_year_goes_on_counting() {
    on_both("2025-03-03", |service| {
        assert_eq!(register(service, "yunhe", "clerk"), "云政公开申〔2025〕1号");
        let shanghai = json!({"number_pattern": "shanghai_23", "org_code": "MB1234567"});
        assert_eq!(
            change(service, "yunhe", &shanghai).expect(200)["number_pattern"],
            "SQ{org}{year}{month}{day}{serial:4}"
        );
        service.day("2025-07-01");
        let number = register(service, "yunhe", "clerk");
        assert_eq!((number.as_str(), number.chars().count()), ("SQMB1234567202507010002", 23));
        change(service, "yunhe", &json!({"number_pattern": "gb9704"})).expect(200);
        assert_eq!(register(service, "yunhe", "clerk"), "云政公开申〔2025〕3号");
        service.day("2026-01-05");
        assert_eq!(register(service, "yunhe", "clerk"), "云政公开申〔2026〕1号");
    });
}

#[test]
fn a_number_that_was_given_under_an_earlier_pattern_is_not_given_again() {
    on_both("2025-03-03", |service| {
        change(service, "yunhe", &json!({"number_pattern": "{mark}{year}1{serial}"})).expect(200);
        let first = register(service, "yunhe", "clerk");
        assert_eq!(first, "云政202511");
        for serial in 2..=10 {
            assert_eq!(register(service, "yunhe", "clerk"), format!("云政20251{serial}"));
        }
        change(service, "yunhe", &json!({"number_pattern": "{mark}{year}{serial}"})).expect(200);
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        let refused = service.act("clerk", &case, "registration", &json!({})).expect(422);
        assert_eq!(pointers(&refused), ["/number_pattern"]);
        change(service, "yunhe", &json!({"number_pattern": "gb9704"})).expect(200);
        let view = service.act("clerk", &case, "registration", &json!({})).expect(200);
        assert_eq!(view["number"], "云政公开申〔2025〕11号", "nothing was skipped");
        service.check();
    });
}

#[test]
fn a_refused_registration_uses_up_no_number() {
    on_both("2025-03-03", |service| {
        assert_eq!(register(service, "yunhe", "clerk"), "云政公开申〔2025〕1号");
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        service.act("clerk", &case, "registration", &json!({})).expect(200);
        service.act("clerk", &case, "registration", &json!({})).refused_by("not_in_this_stage");
        assert_eq!(register(service, "yunhe", "clerk"), "云政公开申〔2025〕3号");
    });
}

#[test]
fn no_two_agencies_give_numbers_under_one_mark_or_code() {
    on_both("2025-03-03", |service| {
        let taken = change(service, "jianshe", &json!({"number_mark": "云政"})).expect(422);
        assert_eq!((&taken["type"], pointers(&taken)), (&json!("/problems/taken"), vec!["/number_mark"]));
        change(service, "yunhe", &json!({"org_code": "MB1234567"})).expect(200);
        let taken = change(service, "jianshe", &json!({"org_code": "MB1234567"})).expect(422);
        assert_eq!(pointers(&taken), ["/org_code"]);
    });
}

#[test]
fn a_new_agency_is_what_its_level_says_and_numbers_as_it_was_told_to() {
    on_both("2025-03-03", |service| {
        let add = |slug: &str, mark: &str, level: &str, more: &Value| {
            let mut body = json!({
                "parent": "yunhe", "slug": slug, "name": format!("云河市{slug}"), "level": level, "number_mark": mark,
                "reconsideration_body": "云河市人民政府", "court": "云河市中级人民法院",
                "office_name": "办公室", "office_address": "人民路2号", "office_phone": "0000-7654321"
            });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            service.by("admin", "POST", "/api/v1/admin/agencies", &[], Some(&body))
        };
        add("linjiang", "临政", "county", &json!({})).expect(201);
        let shown = service.get("admin", "/api/v1/admin/agencies/linjiang").expect(200);
        assert_eq!(
            (&shown["kind"]["code"], &shown["explanation_window_days"]),
            (&json!("local_government"), &json!(5))
        );
        assert_eq!(shown["reconsideration_online"], Value::Null);

        let more = json!({"kind": "judicial_department", "number_pattern": "suffix", "override_waiting_days": 0});
        add("sifa", "云司", "department", &more).expect(201);
        let shown = service.get("admin", "/api/v1/admin/agencies/sifa").expect(200);
        assert_eq!(
            (&shown["kind"]["code"], &shown["override_waiting_days"]),
            (&json!("judicial_department"), &json!(0))
        );
        assert_eq!(shown["number_pattern"], "{mark}〔{year}〕第{serial}号");

        let wrong = add("shenji", "云审", "department", &json!({"number_pattern": "shanghai_23"})).expect(422);
        assert_eq!(pointers(&wrong), ["/number_pattern"], "it has no code");
    });
}
