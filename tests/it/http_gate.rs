//! What could slip past the gate between the signature and the letter box, and what stays with the applicant.

use dafu::law::outcome::Outcome;
use serde_json::json;

use crate::support::handled::{Handled, draft};
use crate::support::served::on_both;

#[test]
fn what_is_served_is_the_very_text_that_was_signed() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.approved(&draft(Outcome::Granted)).expect(200);
        let agency = "/api/v1/admin/agencies/yunhe";
        let body = json!({"reconsideration_body": "另一省人民政府"});
        service.by("admin", "PATCH", agency, &[], Some(&body)).expect(200);
        case.served().refused_by("signed_text_stale");
        case.does("signer", "recall", &json!({"reason": "复议机关已变更"}));
        case.approved(&draft(Outcome::Granted)).expect(200);
        let closed = case.served().expect(200);
        assert!(closed["draft"]["signed_text"].as_str().unwrap().contains("另一省人民政府"));
        let told = case.applicant("GET", "", None).expect(200);
        assert!(told["remedies"].as_str().unwrap().contains("另一省人民政府"));
        let moved = json!({"reconsideration_body": "第三省人民政府"});
        service.by("admin", "PATCH", agency, &[], Some(&moved)).expect(200);
        let told = case.applicant("GET", "", None).expect(200);
        assert_eq!(told["remedies"], json!(null), "the letter says it, and nothing beside it says otherwise");

        let case = Handled::new(service);
        case.approved(&draft(Outcome::Granted)).expect(200);
        let applicant = json!({"kind": "natural_person", "name": "王芳", "identity_number": "110101198001010039"});
        let other = json!({"applicant": applicant, "reason": "登记有误"});
        case.does("clerk", "particulars", &other);
        case.served().refused_by("signed_text_stale");
        service.check();
    });
}

#[test]
fn who_sees_names_masked_does_not_read_them_in_the_signed_letter() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let closed = case.replied(&draft(Outcome::Granted));
        let name = closed["applicant"]["name"].as_str().unwrap().to_owned();
        assert!(closed["draft"]["signed_text"].as_str().unwrap().contains(&name));
        let seen = service.get("supervisor", &format!("/api/v1/cases/{}", case.id)).expect(200);
        assert!(!seen.to_string().contains(&name), "{:#}", seen["draft"]);
        let journal = service.get("supervisor", &format!("/api/v1/cases/{}/journal", case.id)).expect(200);
        assert!(!journal.to_string().contains(&name));
    });
}

#[test]
fn a_letter_that_was_read_stays_with_the_applicant_though_its_record_is_annulled() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let asked = case.does("handler", "correction-requests", &json!({"letter": "请补正。", "window_days": 5}));
        // The letter follows the step as an entry of its own.
        let seq = json!(asked["version"].as_u64().unwrap() - 1);
        case.does("head", "annulments", &json!({"seq": seq, "reason": "误发"}));
        let told = case.applicant("GET", "", None).expect(200);
        let letter = &told["documents"][0];
        assert_eq!((&letter["kind"], &letter["annulled"]), (&json!("correction_notice"), &json!(true)), "{told:#}");
        let path = format!("/documents/{}", letter["id"].as_str().unwrap());
        case.applicant("GET", &path, None).expect(200);
    });
}

#[test]
fn one_application_is_asked_for_one_correction_also_when_its_matters_are_split() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        case.does("handler", "correction-requests", &json!({"letter": "请补正。", "window_days": 5}));
        case.applicant("POST", "/corrections", Some(&json!({"text": "两份合同。"}))).expect(200);
        let split = json!({
            "matters": [{"subject": "监理合同", "description": "监理合同及附件"}],
            "remaining": "施工合同", "reason": "一事一申请",
        });
        let parted = case.act("clerk", "split", &split).expect(200);
        let id = parted["receipts"][0]["case_id"].as_str().unwrap();
        service.act("clerk", id, "registration", &json!({})).expect(200);
        service.act("clerk", id, "assignment", &json!({})).expect(200);
        service.act("handler", id, "claim", &json!({})).expect(200);
        let again = json!({"letter": "请补正。", "window_days": 5});
        service.act("handler", id, "correction-requests", &again).refused_by("correction_already_requested");
    });
}
