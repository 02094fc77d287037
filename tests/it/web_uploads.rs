//! The addresses to which the module of the pages sends large files: only from pages of ours, only one's own uploads, and gone on with
//! only where it is the same file.

use serde_json::{Value, json};

use crate::support::handled::Handled;
use crate::support::served::{Served, on_both};
use crate::support::visitor::{Page, Visitor};

const PART: usize = 1 << 20;

fn told(page: Page) -> Value {
    serde_json::from_str(&page.expect(200).html).unwrap()
}

fn text(bytes: usize) -> String {
    (0..).flat_map(|line: u32| format!("{line:07} street lamp\n").into_bytes()).take(bytes).map(char::from).collect()
}

#[test]
fn an_officers_upload_is_gone_on_with_where_it_is_the_same_file_and_theirs() {
    on_both("2025-03-03", |service| {
        let case = Handled::new(service);
        let at = format!("/desk/cases/{}/uploads", case.id);
        let mut handler = Visitor::signed_in(service, "handler");
        let page = handler.get(&format!("/desk/cases/{}/files", case.id)).expect(200);
        assert!(page.html.contains(&format!("data-upload=\"{at}\"")));
        let token = page.field("form_token");
        let content = text(2 * PART + 500);
        let size = content.len().to_string();
        let named = |known: &str, size: &str| {
            [
                ("form_token", &token),
                ("name", &"台账.txt".to_owned()),
                ("size", &size.to_owned()),
                ("known", &known.to_owned()),
            ]
            .map(|(name, text)| (name, text.clone()))
        };
        let open = |visitor: &mut Visitor<'_>, known: &str, size: &str| {
            let fields = named(known, size);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
            visitor.post(&at, &fields)
        };
        handler.post(&at, &[("name", "台账.txt"), ("size", &size)]).expect(403);
        let begun = told(open(&mut handler, "", &size));
        let id = begun["id"].as_str().unwrap().to_owned();
        assert_eq!((&begun["received"], &begun["complete"]), (&json!(0), &json!(false)));

        let piece = |visitor: &mut Visitor<'_>, headers: &[(&str, &str)], from: usize, to: usize| {
            visitor.send("POST", &format!("{at}/{id}"), headers, Some(content.get(from..to).unwrap()))
        };
        let bytes = ("Content-Type", "application/octet-stream");
        piece(&mut handler, &[bytes, ("Upload-Offset", "0")], 0, PART).expect(403);
        piece(&mut handler, &[bytes, ("X-Form-Token", &token)], 0, PART).expect(422);
        let known = [bytes, ("X-Form-Token", token.as_str()), ("Upload-Offset", "0")];
        let elsewhere = [known[0], known[1], known[2], ("Sec-Fetch-Site", "cross-site")];
        piece(&mut handler, &elsewhere, 0, PART).expect(403);
        assert_eq!(told(piece(&mut handler, &known, 0, PART))["received"], json!(PART));

        // Remembered: the same name and size go on, another file begins anew, and somebody else's is nobody's.
        assert_eq!(told(open(&mut handler, &id, &size))["received"], json!(PART));
        let other = told(open(&mut handler, &id, "5000"));
        assert_ne!(other["id"], json!(id));
        let mut reviewer = Visitor::signed_in(service, "clerk");
        let theirs = reviewer.get(&format!("/desk/cases/{}/files", case.id)).field("form_token");
        let fields = [("form_token", theirs.as_str()), ("name", "台账.txt"), ("size", &size), ("known", &id)];
        assert_ne!(told(reviewer.post(&at, &fields))["id"], json!(id));
        let end = format!("{at}/{}/end", other["id"].as_str().unwrap());
        handler.post(&end, &[]).expect(403);
        handler.post(&end, &[("form_token", &token)]).expect(204);

        let from = PART.to_string();
        let rest = [bytes, ("X-Form-Token", token.as_str()), ("Upload-Offset", &from)];
        assert_eq!(told(piece(&mut handler, &rest, PART, content.len()))["complete"], true);
        assert_eq!(told(open(&mut handler, &id, &size))["complete"], true, "whole, and not in the case yet");
        let form = [("form_token", token.as_str()), ("purpose", "record"), ("uploads", &id)];
        let path = format!("/desk/cases/{}/files", case.id);
        handler.post_with_files(&path, &form, &[("附注.txt", "说明")]).expect(303);
        let names: Vec<_> = case.files().iter().map(|one| one["name"].clone()).collect();
        assert_eq!(names, ["台账.txt", "附注.txt"]);
        assert_ne!(told(open(&mut handler, &id, &size))["id"], json!(id), "it is in the case: once more is another");
        handler.post_with_files(&path, &form, &[]).expect(422).says("请先上传完毕");
        service.check();
    });
}

#[test]
fn nobody_sends_a_file_without_the_code_that_opens_the_application() {
    let service = Served::on_sqlite("2025-03-03");
    let case = Handled::new(&service);
    let mut citizen = Visitor::new(&service);
    let fields = [("name", "证明.txt"), ("size", "5")];
    // The module asks for no page, and is told as a program is.
    let asked = [("Accept", "application/json"), ("Content-Type", "application/x-www-form-urlencoded")];
    let refused = service.send("POST", "/track/uploads", &asked, Some("name=a.txt&size=5"));
    assert!(refused.content_type.starts_with("application/problem+json"), "{refused:?}");
    refused.expect(401);
    citizen.post("/track/uploads", &fields).expect(401);
    let number = case.receipt["receipt_no"].as_str().unwrap();
    let code = case.receipt["query_code"].as_str().unwrap();
    citizen.post("/track", &[("receipt_no", number), ("code", code)]).expect(303);
    let begun = told(citizen.post("/track/uploads", &fields));
    let id = begun["id"].as_str().unwrap();
    let headers = [("Content-Type", "application/octet-stream"), ("Upload-Offset", "0")];
    assert_eq!(told(citizen.send("POST", &format!("/track/uploads/{id}"), &headers, Some("lamps")))["complete"], true);
    let mut stranger = Visitor::new(&service);
    stranger.send("POST", &format!("/track/uploads/{id}"), &headers, Some("lamps")).expect(401);
    citizen.post_with_files("/track/files", &[("uploads", id)], &[]).expect(303);
    assert_eq!(case.own_content(id).2, b"lamps");
    citizen.post(&format!("/track/uploads/{id}/end"), &[]).expect(409);
}
