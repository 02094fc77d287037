//! Rules of routing: laid down by the administrator, they propose a handler with the words that speak for it.

use serde_json::{Value, json};

use crate::http_absences::id;
use crate::support::served::{Served, on_both};

const RULES: &str = "/api/v1/admin/agencies/yunhe/routing";

fn lay_down(service: &Served, rules: &Value) -> crate::support::served::Answer {
    service.by("admin", "PUT", RULES, &[], Some(&json!({"rules": rules})))
}

fn routes(service: &Served, case: &str) -> Value {
    service.get("clerk", &format!("/api/v1/cases/{case}/routes")).expect(200)
}

#[test]
fn the_handler_with_most_words_is_proposed_first_with_the_words_that_were_found() {
    on_both("2025-03-03", |service| {
        let case = service.apply("yunhe")["case_id"].as_str().unwrap().to_owned();
        assert_eq!(routes(service, &case), json!([]), "without rules nothing is proposed");
        let second = json!({
            "login": "second", "name": "王二", "password": "first-password", "agency": "yunhe", "roles": ["handler"]
        });
        let second = service.by("admin", "POST", "/api/v1/admin/staff", &[], Some(&second)).expect(201)["id"].clone();
        let rules = json!([
            {"duty": "市政设施维护", "words": ["合同", "路灯"], "handler": second},
            {"duty": "旧城改造", "words": ["小区", "施工", "拆迁"], "handler": id(service, "handler")},
        ]);
        let laid_down = lay_down(service, &rules).expect(200);
        assert_eq!(service.get("admin", RULES).expect(200), laid_down);

        let proposed = routes(service, &case);
        assert_eq!(proposed[0]["duty"], "旧城改造", "{proposed:#}");
        assert_eq!(proposed[0]["words"], json!(["小区", "施工"]));
        assert_eq!((&proposed[1]["handler"]["name"], &proposed[1]["words"]), (&json!("王二"), &json!(["合同"])));

        let away = json!({"delegate": second, "from_on": "2025-03-03", "to_on": "2025-03-07", "note_code": "leave"});
        service.by("handler", "POST", "/api/v1/me/absences", &[], Some(&away)).expect(201);
        let proposed = routes(service, &case);
        assert_eq!(proposed[0]["away_until"], "2025-03-07");
        assert_eq!(proposed[0]["delegate"]["name"], "王二");

        let gone = format!("/api/v1/admin/staff/{}/status", second.as_str().unwrap());
        service.by("admin", "POST", &gone, &[], Some(&json!({"active": false}))).expect(200);
        assert_eq!(routes(service, &case).as_array().unwrap().len(), 1, "who has left is not proposed");
        service.get("county_clerk", &format!("/api/v1/cases/{case}/routes")).expect(404);
    });
}

#[test]
fn a_rule_that_could_never_work_is_told_field_by_field() {
    on_both("2025-03-03", |service| {
        let rules = json!([{"duty": " ", "words": ["灯"], "handler": id(service, "reviewer")}]);
        let told = lay_down(service, &rules).expect(422);
        let pointers: Vec<&str> =
            told["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
        assert_eq!(pointers, ["/rules/0/duty", "/rules/0/words/0", "/rules/0/handler"]);
        let unknown = json!([{"duty": "维护", "words": ["路灯"], "handler": "00000000-0000-0000-0000-000000000000"}]);
        let told = lay_down(service, &unknown).expect(422);
        assert_eq!(told["errors"][0]["pointer"], "/rules/0/handler");
        service.by("clerk", "PUT", RULES, &[], Some(&json!({"rules": []}))).expect(403);
    });
}
