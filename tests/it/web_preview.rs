//! The letter beside the form in which it is written: as pictures of its pages, without a script and without a viewer, kept nowhere.

use serde_json::json;

use crate::support::handled::Handled;
use crate::support::served::{Served, on_both};
use crate::support::visitor::Visitor;

fn correction<'a>(version: &'a str, letter: &'a str, preview: &'a str) -> [(&'a str, &'a str); 3] {
    [("version", version), ("letter", letter), ("preview", preview)]
}

#[test]
fn a_letter_is_seen_page_by_page_beside_its_form_and_nothing_is_done() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let before = case.view()["version"].clone();
        let mut officer = Visitor::signed_in(service, "handler");
        let path = format!("/desk/cases/{}/acts/request_correction", case.id);
        let form = officer.get(&path).expect(200).says("文书预览");
        assert!(form.headers["content-security-policy"].contains("frame-src 'self'"));
        let button = "name=\"preview\" value=\"beside\" formtarget=\"letter-beside\"";
        assert!(
            form.html.contains(button) && form.html.contains("<iframe name=\"letter-beside\" src=\"/desk/preview\"")
        );
        let empty = officer.get("/desk/preview").expect(200).says("点“预览文书”");
        let policy = &empty.headers["content-security-policy"];
        assert!(policy.contains("frame-ancestors 'self'") && !policy.contains("script"), "{policy}");

        let version = form.field("version");
        let shown = officer.submit(&form, &path, &correction(&version, "请写明所需信息的年度。", "beside"));
        let shown = shown.expect(200).says("请写明所需信息的年度").says("补正");
        assert!(shown.html.contains("<img src=\"data:image/png;base64,iVBOR"), "{}", shown.text());
        assert!(shown.headers["content-security-policy"].contains("img-src data:"));
        assert_eq!(shown.headers["cache-control"], "no-store");
        // What stands in its way is told in its place, by the name of the field.
        let told = officer.submit(&form, &path, &correction(&version, "", "beside")).expect(200);
        let told = told.says("填完以下各项后可以预览");
        assert!(!told.html.contains("<img"), "{}", told.html);
        assert_eq!(case.view()["version"], before, "it is only looked at");
        let letters = service.get("handler", &format!("/api/v1/cases/{}/letters", case.id)).expect(200);
        assert!(letters.as_array().unwrap().iter().all(|one| one["seq"].is_null()), "{letters:#}");

        officer.language = "en";
        officer.get("/desk/preview").expect(200).says("Nothing is done by it");
        service.check();
    });
}

#[test]
fn a_letter_that_somebody_overtook_is_not_shown_as_if_it_could_go_out() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let mut officer = Visitor::signed_in(&service, "handler");
    let path = format!("/desk/cases/{}/acts/request_correction", case.id);
    let form = officer.get(&path).expect(200);
    let version = form.field("version");
    case.does("handler", "correction-requests", &json!({"letter": "请写明年度。"}));
    let told = officer.submit(&form, &path, &correction(&version, "请写明年度。", "beside")).expect(200);
    assert!(!told.html.contains("<img"), "{}", told.text());
    // Whoever may not do it sees no letter either, and a stranger no pane.
    Visitor::new(&service).get("/desk/preview").expect(303);
}
